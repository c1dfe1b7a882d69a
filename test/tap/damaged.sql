-- Stored values whose bytes are damaged: every door answers or says so, with SQLSTATE XX001; nothing crashes. The bytes
-- are changed through casts that only a superuser can make: byteasend copies a value as it is.
SET client_min_messages = error;
\ir ../lib/calls.sql
SET search_path = public, portext;
SELECT no_plan();

CREATE FUNCTION bytes_of(composition) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'byteasend';
CREATE FUNCTION bytes_of(stage_scheme) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'byteasend';
CREATE FUNCTION composition_of(bytea) RETURNS composition LANGUAGE internal IMMUTABLE STRICT AS 'byteasend';
CREATE FUNCTION scheme_of(bytea) RETURNS stage_scheme LANGUAGE internal IMMUTABLE STRICT AS 'byteasend';
CREATE CAST (composition AS bytea) WITH FUNCTION bytes_of(composition);
CREATE CAST (stage_scheme AS bytea) WITH FUNCTION bytes_of(stage_scheme);
CREATE CAST (bytea AS composition) WITH FUNCTION composition_of(bytea);
CREATE CAST (bytea AS stage_scheme) WITH FUNCTION scheme_of(bytea);
CREATE CAST ("char" AS port_mode) WITHOUT FUNCTION;

-- The state of an aggregate, which only one without a final function shows.
CREATE AGGREGATE state_of(text, numeric) (SFUNC = composition_accum, STYPE = composition);
CREATE AGGREGATE state_of(bigint, bigint) (SFUNC = composition_accum, STYPE = composition);
CREATE AGGREGATE state_of(double precision) (SFUNC = composition_accum, STYPE = composition);

-- The outcome of one query: its SQLSTATE, or 'value'.
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE query;
	RETURN 'value';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	IF SQLSTATE IN ('XX001', '0A000') AND (hint = '' OR SQLERRM !~ 'type (composition|stage_scheme|port_mode)') THEN
		RETURN 'an error without type or hint: ' || SQLERRM;
	END IF;
	RETURN SQLSTATE;
END $$;

-- Every function, at each argument of our types, with a value that is too short.
CREATE TABLE damaged (type regtype, expression text);
INSERT INTO damaged VALUES
	('composition', $$substr('{"a": 5, "b": 3}'::portext.composition::bytea, 1, 15)::portext.composition$$),
	('composition', $$''::bytea::portext.composition$$),
	('composition', $$(SELECT set_byte(public.state_of(k, v)::bytea, 8, 9)::portext.composition FROM (VALUES ('a', 1.5)) AS s (k, v))$$),
	('stage_scheme', $$substr(portext.china_border_port_stages()::bytea, 1, 40)::portext.stage_scheme$$),
	('stage_scheme', $$'\x0100'::bytea::portext.stage_scheme$$),
	('port_mode', $$5::"char"::portext.port_mode$$),
	('port_mode', $$0::"char"::portext.port_mode$$);
CREATE TABLE door AS
SELECT o.object, i, d.expression, outcome(format(CASE WHEN proretset THEN 'SELECT count(*) FROM %s(%s)' ELSE 'SELECT (%s(%s)) IS NULL' END, o.name,
	array_to_string(a.list[:i - 1] || d.expression || a.list[i + 1:], ', '))) AS outcome
FROM calls.object o, calls.arguments(o.types, o.example) AS a, generate_subscripts(o.types, 1) AS i, damaged d
WHERE o.prokind = 'f' AND a.odd = 'ordinary' AND o.types[i] = d.type;
SELECT ok((SELECT count(DISTINCT object) FROM door) > 100, 'there are many doors');
-- A map that is not by stage does not look at the stages.
SELECT is(string_agg(format('%s argument %s: %s', object, i, outcome), E'\n'), NULL, 'every door refuses what is too short')
FROM door WHERE outcome <> 'XX001' AND object !~ '^svg_map';

CREATE TABLE good (id serial, c composition);
INSERT INTO good (c) VALUES ('{}'), ('{"a": 5, "abcdefghi": 3, "abcdefghj": 0, "b": 70000}'), ('{"": 0.5, "x": 12.25}'), ('{"a": 0.1e0, "b": 3e0}'),
	('{"a": 1e300, "b": 1e-300}'), ('{"a": 123456789012345678901234567890123456789012345, "b": 1}'), ('{1: 5, 2: 7}'), ('{-300: 1.5e0, 70000: 2}'),
	('{1: 0.00000000000000000000000000000000000001, 5000000000: 1000000}'), ('[1, 2, 2, 5]'), ('[0.1e0, 0.2e0]'), ('[1e-300, 1e300]'),
	('[0.1, 123456789012345678901234567890123456789012345]');
INSERT INTO good (c)
	SELECT state_of(k, v) FROM (VALUES ('a', 1.5), ('abcdefghij', 2), ('b', 3)) AS s (k, v)
	UNION ALL SELECT state_of(n, n) FROM generate_series(1::bigint, 3) AS n
	UNION ALL SELECT state_of(n::double precision / 7) FROM generate_series(1, 5) AS n;
SELECT is(count(*), 16::bigint, 'values of both forms') FROM good WHERE c::text IS NOT NULL;
SELECT is(count(*), 3::bigint, 'of which three are states') FROM good WHERE get_byte(c::bytea, 1) >= 128;

-- Each bit turned over, each length cut to: through the doors that read everything.
CREATE TABLE spoilt AS
	SELECT id, set_bit(c::bytea, n, 1 - get_bit(c::bytea, n))::composition AS c FROM good, generate_series(0, length(c::bytea) * 8 - 1) AS n
	UNION ALL SELECT id, substr(c::bytea, 1, n)::composition FROM good, generate_series(0, length(c::bytea) - 1) AS n
	UNION ALL SELECT id, (c::bytea || '\x00')::composition FROM good;
CREATE FUNCTION try(door text, c composition) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	CASE door
		WHEN 'text' THEN PERFORM c::text;
		WHEN 'send' THEN PERFORM composition_send(c);
		WHEN 'shares' THEN PERFORM key FROM shares(c);
		WHEN 'merge' THEN PERFORM c || '{"abcdefghi": 1}';
		WHEN 'merge with integer keys' THEN PERFORM '{2: 1}' || c;
		WHEN 'subtract' THEN PERFORM c - c;
		WHEN 'find' THEN PERFORM c -> 'b'::text;
		WHEN 'find an integer' THEN PERFORM c -> 2::bigint;
		WHEN 'rollup' THEN PERFORM rollup(x) FROM unnest(ARRAY[c, c]) AS x;
		WHEN 'total' THEN PERFORM total_exact(c);
		WHEN 'hhi' THEN PERFORM hhi(c);
		WHEN 'hash' THEN PERFORM composition_hash(c);
		WHEN 'accumulate' THEN PERFORM composition_accum(c, 'zz'::text, 1::bigint);
	END CASE;
	RETURN 'value';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE TABLE result AS
SELECT id, length(c::bytea) AS length, door, try(door, c) AS outcome
FROM spoilt, unnest(ARRAY['text', 'send', 'shares', 'merge', 'merge with integer keys', 'subtract', 'find', 'find an integer', 'rollup', 'total', 'hhi', 'hash', 'accumulate']) AS door;
SELECT is(string_agg(DISTINCT outcome COLLATE "C", ', '), '0A000, 22003, 22023, XX001, value', 'each changed bit is an answer or an error that is ours') FROM result;
SELECT ok(count(*) FILTER (WHERE outcome = 'XX001') > 20000, 'most are seen') FROM result;
SELECT is(count(DISTINCT door), 13::bigint, 'at every door') FROM result WHERE outcome = 'XX001';
SELECT is(count(*), 0::bigint, 'what is cut or too long is damaged or, without its form, of the future')
	FROM result JOIN good USING (id) WHERE length <> length(c::bytea) AND outcome NOT IN ('XX001', '0A000');

-- What is checked only where it is read.
SELECT throws_ok($$SELECT set_byte('{"a": 5, "b": 3}'::composition::bytea, 14, 9)::composition::text$$, 'XX001', 'stored value of type composition is damaged: end of a key');
SELECT throws_ok($$SELECT set_byte('{"a": 5, "b": 3}'::composition::bytea, 14, 9)::composition -> 'b'$$, 'XX001');
SELECT throws_ok($$SELECT rollup(c) FROM (VALUES ('{"a": 5}'::composition), (set_byte('{"a": 5, "b": 3}'::composition::bytea, 14, 9)::composition)) AS v (c)$$, 'XX001');
SELECT is(hhi(set_byte('{"a": 5, "b": 3}'::composition::bytea, 14, 9)::composition), hhi('{"a": 5, "b": 3}'::composition), 'totals are read without keys');
SELECT throws_ok($$SELECT set_byte('{"a": 1e300, "b": 1e-300}'::composition::bytea, 15, 127)::composition::text$$, 'XX001', 'stored value of type composition is damaged: exponent of a total');

SELECT throws_ok($$SELECT c - c FROM (SELECT set_byte('{1: 5, 2: 7}'::composition::bytea, 15, 1)::composition AS c) AS one$$, 'XX001',
	'stored value of type composition is damaged: a key stands twice');

-- A state of another process that is damaged never becomes the state of this one.
CREATE TABLE state AS SELECT composition_agg(n, n) AS c, state_of(n, n) AS state FROM generate_series(1::bigint, 3) AS n;
SELECT is((SELECT rollup(state) FROM state), (SELECT c FROM state), 'a state is taken for what it holds');
SELECT is(string_agg(DISTINCT outcome(format('SELECT rollup(x) FROM state, unnest(ARRAY[set_byte(state::bytea, %s, 255)::composition, state, c]) AS x', n)), ', '), '0A000, XX001',
	'and refused when any byte of its head or slots is damaged') FROM state, LATERAL (SELECT generate_series(0, 59) AS n UNION ALL SELECT generate_series(length(state::bytea) - 16, length(state::bytea) - 1)) AS place;

SELECT throws_ok($$SELECT rollup(set_byte(s::bytea, 75, 128)::composition) FROM (SELECT state_of('a', 1e25) AS s) AS one$$, 'XX001',
	'stored value of type composition is damaged: state: a total is negative');

-- A format of the future, in both forms.
SELECT throws_ok($$SELECT set_byte('{"a": 5}'::composition::bytea, 0, 2)::composition::text$$, '0A000', 'unknown format 2 of type composition');
SELECT throws_ok($$SELECT rollup(set_byte(state::bytea, 0, 2)::composition) FROM state$$, '0A000', 'unknown format 2 of type composition');
SELECT throws_ok($$SELECT stages(set_byte(china_border_port_stages()::bytea, 0, 2)::stage_scheme)$$, '0A000', 'value of type stage_scheme has format 2, which this version of portext cannot read');

-- No damage: the finest numeric, whose state has one digit more.
SELECT is((SELECT rollup(s) FROM (SELECT state_of('a', 1e-16383) AS s) AS one)::text, format('{"a": 0.%s1}', repeat('0', 16382)), 'a state of the finest numeric');
SELECT is(composition_agg('a'::text, 1e-16383)::text::composition, composition_agg('a'::text, 1e-16383), 'and its stored form');

-- Schemes: bits and lengths.
CREATE TABLE scheme AS
	SELECT set_bit(s::bytea, n, 1 - get_bit(s::bytea, n))::stage_scheme AS s FROM china_border_port_stages() AS s, generate_series(0, length(s::bytea) * 8 - 1) AS n
	UNION ALL SELECT substr(s::bytea, 1, n)::stage_scheme FROM china_border_port_stages() AS s, generate_series(0, length(s::bytea) - 1) AS n;
CREATE FUNCTION try(door text, s stage_scheme) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	CASE door
		WHEN 'text' THEN PERFORM s::text;
		WHEN 'send' THEN PERFORM stage_scheme_send(s);
		WHEN 'stages' THEN PERFORM label FROM stages(s);
		WHEN 'label' THEN PERFORM stage_label(1995, s);
		WHEN 'bucket' THEN PERFORM stage_bucket(1995, s);
		WHEN 'hash' THEN PERFORM stage_scheme_hash(s);
		WHEN 'compare' THEN PERFORM s < s;
	END CASE;
	RETURN 'value';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE TABLE scheme_result AS
SELECT door, try(door, s) AS outcome FROM scheme, unnest(ARRAY['text', 'send', 'stages', 'label', 'bucket', 'hash', 'compare']) AS door;
SELECT is(string_agg(DISTINCT outcome COLLATE "C", ', '), '0A000, XX001, value', 'each changed bit of a scheme is an answer or an error that is ours') FROM scheme_result;
SELECT ok(count(*) FILTER (WHERE outcome = 'XX001') > 1000, 'many are seen') FROM scheme_result;

-- One form for equal totals below 1, by whatever way they came: as much room as they need.
CREATE TABLE tiny AS SELECT c::composition FROM (VALUES ('{"a": 2.6e-18, "b": 0e0}'), ('{"a": 1e-300, "b": 0e0}'), ('{"a": 3e-30, "b": 5e-31}'), ('{"a": 5e-324, "b": 0e0}')) AS v (c);
SELECT is((c || '{"b": 1267650600228229401496703205376}') - '{"b": 1267650600228229401496703205376}', c, 'the same after adding and taking away: ' || c::text) FROM tiny;
SELECT is((SELECT composition_agg(key, value) FROM shares(c)), c, 'the same from rows') FROM tiny;
SELECT is((SELECT composition_agg(value) FROM shares(c)), (SELECT format('[%s]', string_agg(CASE WHEN value = 0 THEN '0e0' ELSE value::text END, ', ' ORDER BY value))::composition FROM shares(c)), 'and without keys') FROM tiny;
SELECT is(length('{"a": 1e-300, "b": 0e0}'::composition::bytea), length('{"a": 0.1e0, "b": 0e0}'::composition::bytea), 'a small total takes no more room than a large one');

SELECT * FROM finish();
