-- The composition type: what it reads, writes and refuses, that its bytes are canonical, and its operators.
SET search_path = public; -- pgTAP needs its own schema; portext stays off the path
SET extra_float_digits = 1;
SELECT public.no_plan();

-- a fixed sequence of numbers in [0, 1)
CREATE FUNCTION pg_temp.r(i bigint, salt text) RETURNS double precision LANGUAGE sql IMMUTABLE
	RETURN ('x' || pg_catalog.substr(pg_catalog.md5(salt || i::text), 1, 12))::bit(48)::bigint / 281474976710656.0::double precision;

-- literals and the text that comes back
SELECT public.is(literal::portext.composition::text, expected, literal)
FROM (VALUES
	('{"Quanhe": 50, "Dandong": 0.1}', '{"Dandong": 0.1, "Quanhe": 50}'),
	('{"满洲里": 0.1e0, "é": 1}', '{"é": 1e0, "满洲里": 0.1e0}'),
	('{7: 50, -3: 12, 10: 0}', '{-3: 12, 7: 50, 10: 0}'),
	('[3, 1, 2.50, 1]', '[1, 1, 2.5, 3]'),
	('{}', '{}'), ('[]', '{}'), (' { } ', '{}'),
	('{"a": 1.000}', '{"a": 1}'), ('{"a": 2e0}', '{"a": 2}'), ('{"a": 1e3, "b": 2.0}', '{"a": 1000, "b": 2}'),
	('{"a": 0.1e0, "b": 0e0}', '{"a": 0.1e0, "b": 0e0}'),
	('{"a": 10e-2}', '{"a": 0.1e0}'),
	('{"a": 1e16+1e0, "b": 0.5e0}', '{"a": 1e16+1e0, "b": 0.5e0}'),
	('{"a": 0.1e0+0.7e0}', '{"a": 0.7999999999999999e0+2.7755575615628914e-17}'),
	('{"a": 1e0-1e-20}', '{"a": 1e0-1e-20}'),
	('{"a": 1e300+1e-300}', '{"a": 1e300+1e-300}'),
	('{"a": 5e-324}', '{"a": 5e-324}'), ('{"a": 3e-324}', '{"a": 5e-324}'), ('{"a": 0e-400, "b": 0.000e9}', '{"a": 0, "b": 0}'),
	('{"a": 1.7976931348623157e308+9e291+0.5e0}', '{"a": 1.7976931348623157e308+9e291+0.5e0}'),
	('{"a": 1e20}', '{"a": 100000000000000000000}'),
	('{"a": 170141183460469231731687303715884105727}', '{"a": 170141183460469231731687303715884105727}'),
	('{"a": 170141183460469231731687303715884105728}', '{"a": 170141183460469231731687303715884105728}'),
	('{"a": 123456789012345678901234567890123456789.125, "b": 0.001}', '{"a": 123456789012345678901234567890123456789.125, "b": 0.001}'),
	('{"a": 0.00000000000000000000000000000000000000000000000001}', '{"a": 0.00000000000000000000000000000000000000000000000001}'),
	('{"\"\\\n\u0001": 1}', '{"\"\\\n\u0001": 1}'),
	('{"\u6ee1\ud83d\ude00": 1}', '{"满😀": 1}'),
	('{"b": 1, "B": 2, "": 3, "ba": 4}', '{"": 3, "B": 2, "b": 1, "ba": 4}')
) AS t(literal, expected);
SELECT public.is(portext.composition_value('{"a": 1e300}', 'a'::text), 1e300::double precision, 'a large whole total is read back from its digits');

-- texts that are refused, with the name of the type, the text and a hint
SELECT public.throws_like(pg_catalog.format('SELECT %L::portext.composition', literal),
	'invalid input syntax for type composition: "' || pg_catalog.replace(pg_catalog.replace(literal, '\', '\\'), '%', '\%') || '"', literal)
FROM (VALUES (''), ('{'), ('{"a": -1}'), ('{"a": NaN}'), ('{"a": Infinity}'), ('{"a": 1, "a": 2}'), ('{1: 1, 1: 1}'), ('{"a": 1, 2: 1}'),
	('{"a": 0.1, "b": 0.1e0}'), ('{"a": 1e400}'), ('{"a": 1e-400}'), ('{"a": 2e-324}'), ('{"a": 0.00e0+0.001e-330}'), ('{"a": 0.1e0-0.2e0}'), ('{"\u0000": 1}'), ('{"\ud800": 1}'), ('{9223372036854775808: 1}'),
	('[{}]'), ('{"a": {}}'), ('{"a": null}')) AS t(literal);
SELECT public.throws_ok('SELECT (''['' || pg_catalog.repeat(''['', 100000))::portext.composition', '22P02', NULL, 'deep nesting is refused at once');
SELECT public.throws_ok('SELECT (''{"a": 0.'' || pg_catalog.repeat(''1'', 16384) || ''}'')::portext.composition', '22P02', NULL, 'too many digits after the point');
SELECT public.throws_ok(pg_catalog.format('SELECT (''{"a": 1'' || pg_catalog.repeat(''0'', %s) || ''}'')::portext.composition', digits), '22P02', NULL, 'too many digits before the point: ' || digits)
FROM (VALUES (150000), (200000)) AS t(digits);
SELECT public.lives_ok('SELECT (''{"a": '' || pg_catalog.repeat(''9'', 131072) || ''.'' || pg_catalog.repeat(''9'', 16383) || ''}'')::portext.composition', 'as many digits as numeric allows');
SELECT public.ok(c::text::portext.composition OPERATOR(portext.=) c AND pg_catalog.length(c::text) = 131080 + more, 'a sum with more digits reads back: ' || fraction)
FROM (SELECT fraction, more, portext.composition_agg('a'::text, v OPERATOR(pg_catalog.+) fraction::numeric) AS c
	FROM (VALUES (9.9e131071::numeric), (9.9e131071)) AS t(v), (VALUES ('0', 0), ('0.000003', 7)) AS f(fraction, more) GROUP BY fraction, more) AS q;

-- generated compositions of every kind and form
CREATE TEMP TABLE k AS
	SELECT i, (ARRAY['Quanhe', '满洲里', '二连浩特', 'a "b" \ c', E'tab\tand\nline', '']) [1 + (i / 7) % 6] || CASE WHEN i % 5 = 0 THEN '' ELSE (i % 91)::text END AS t,
		(pg_temp.r(i, 'key') * 10 ^ (i % 19) - 5 * 10 ^ (i % 19 - 1))::bigint AS b, pg_temp.r(i, 'a') AS u, pg_temp.r(i, 'b') AS w
	FROM pg_catalog.generate_series(1, 20000) AS i;
CREATE TEMP TABLE s AS
	SELECT i % 400 AS g, i, t, b, CASE (i % 400) % 8
		WHEN 0 THEN pg_catalog.floor(u * 100)
		WHEN 1 THEN pg_catalog.floor(u * 1e18)
		WHEN 2 THEN u
		WHEN 3 THEN u * 10::double precision ^ (w * 30 - 15)
		WHEN 4 THEN u * 10::double precision ^ (w * 600 - 300)
		WHEN 5 THEN pg_catalog.floor(u * 1000) / 64
		WHEN 6 THEN 0
		ELSE pg_catalog.floor(u * 1e15) * 1e20 END AS v
	FROM k;
CREATE TEMP TABLE c AS
	SELECT g, 't' AS kind, portext.composition_agg(t, v) AS c FROM s GROUP BY g
	UNION ALL SELECT g, 'b', portext.composition_agg(b, v) FROM s GROUP BY g
	UNION ALL SELECT g, 'n', portext.composition_agg(v) FROM s GROUP BY g
	UNION ALL SELECT g, 'td', portext.composition_agg(t, pg_catalog.round((v / 1e10)::numeric, g % 25)) FROM s WHERE g % 8 <> 4 GROUP BY g
	UNION ALL SELECT g, 'nd', portext.composition_agg(pg_catalog.round((v / 1e10)::numeric, g % 25)) FROM s WHERE g % 8 <> 4 GROUP BY g
	UNION ALL SELECT 0, 'e', '{}';
SELECT public.is(pg_catalog.count(*), 1901::bigint, 'generated compositions') FROM c;
SELECT public.is(pg_catalog.count(*), 0::bigint, 'the text form reads back to the same bytes')
FROM c WHERE c.c::text::portext.composition OPERATOR(portext.<>) c.c;
SELECT public.is(pg_catalog.count(*), 0::bigint, 'equal compositions have equal hashes')
FROM c WHERE portext.composition_hash(c.c::text::portext.composition) <> portext.composition_hash(c.c)
	OR portext.composition_hash_extended(c.c::text::portext.composition, 7) <> portext.composition_hash_extended(c.c, 7);
SELECT public.ok(pg_catalog.count(DISTINCT portext.composition_hash(c)) > 0.99 * pg_catalog.count(DISTINCT c::text), 'hashes differ') FROM c;
SELECT public.is(pg_catalog.count(DISTINCT c.c), pg_catalog.count(DISTINCT c.c::text), 'distinct values are distinct texts') FROM c;
SELECT public.is(pg_catalog.count(*), 0::bigint, 'the order is antisymmetric and agrees with equality')
FROM c AS x, c AS y
WHERE x.g < 12 AND y.g < 12 AND (portext.composition_cmp(x.c, y.c) <> -portext.composition_cmp(y.c, x.c)
	OR (x.c OPERATOR(portext.=) y.c) <> (x.c::text = y.c::text) OR (x.c OPERATOR(portext.<) y.c) <> (portext.composition_cmp(x.c, y.c) < 0)
	OR (x.c OPERATOR(portext.>=) y.c) <> (portext.composition_cmp(x.c, y.c) >= 0));
CREATE INDEX ON c (c);
CREATE INDEX ON c USING hash (c);
ANALYZE c;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT public.is((SELECT pg_catalog.count(*) FROM c WHERE c.c OPERATOR(portext.=) (SELECT c.c FROM c WHERE g = 5 AND kind = 't')), 1::bigint, 'an index finds a composition');
RESET enable_seqscan;
RESET enable_bitmapscan;

-- what people read
SELECT public.is((portext.composition '{7: 0.5e0, 8: 1}')::json::text, '{"7": 0.5, "8": 1}', 'json');
SELECT public.is((portext.composition '{"a": 0.1e0+0.7e0}')::jsonb, '{"a": 0.7999999999999999}'::jsonb, 'jsonb has rounded totals');
SELECT public.is((portext.composition '[1, 2.5]')::jsonb, '[1, 2.5]'::jsonb, 'a list');
SELECT public.is((portext.composition '{}')::jsonb, '{}'::jsonb, 'an empty one');
SELECT public.is('{"b": 2.50, "a": 1e3, "c": 0}'::jsonb::portext.composition::text, '{"a": 1000, "b": 2.5, "c": 0}', 'from jsonb');
SELECT public.is('[3, 0.1]'::jsonb::portext.composition::text, '[0.1, 3]', 'from a jsonb list');
SELECT public.is('{}'::jsonb::portext.composition::text, '{}', 'from an empty object');
SELECT public.throws_ok('SELECT ''{"a": -1}''::jsonb::portext.composition', '22003', NULL, 'a negative JSON number');
SELECT public.throws_ok('SELECT ' || pg_catalog.quote_literal(j) || '::jsonb::portext.composition', '22023', NULL, 'not a composition: ' || j)
FROM (VALUES ('1'), ('null'), ('"a"'), ('{"a": "1"}'), ('{"a": null}'), ('{"a": {"b": 1}}'), ('[[1]]'), ('[true]')) AS t(j);
SELECT public.is(pg_catalog.count(*), 0::bigint, 'decimal compositions survive jsonb')
FROM c WHERE kind IN ('td', 'nd') AND c.c::jsonb::portext.composition OPERATOR(portext.<>) c.c;

-- operators
SELECT public.is((a::portext.composition OPERATOR(portext.||) b::portext.composition)::text, r::portext.composition::text, a || ' || ' || b)
FROM (VALUES ('{"a": 1}', '{"a": 2, "b": 3}', '{"a": 3, "b": 3}'), ('{"a": 0.1}', '{"a": 1}', '{"a": 1.1}'), ('{"a": 0.5e0}', '{"a": 0.5e0}', '{"a": 1}'),
	('{}', '{7: 1}', '{7: 1}'), ('[1, 2]', '{}', '[1, 2]'), ('[1, 3]', '[0.5, 2]', '[0.5, 1, 2, 3]'), ('[1]', '[0.1e0]', '[0.1e0, 1e0]'),
	('{1: 9223372036854775807}', '{1: 9223372036854775807}', '{1: 18446744073709551614}'),
	('{1: 170141183460469231731687303715884105727, 2: 1}', '{1: 1}', '{1: 170141183460469231731687303715884105728, 2: 1}'),
	('{1: 1, 2: 1, 9: 1}', '{1: 1, 3: 1, 9: 1}', '{1: 2, 2: 1, 3: 1, 9: 2}'), ('{"a": 1, "bc": 1}', '{"ab": 1, "c": 1}', '{"a": 1, "ab": 1, "bc": 1, "c": 1}'),
	('{"a": 1e-300}', '{"a": 1e300}', '{"a": 1e300+1e-300}'),
	('{"a": 0.001}', '{"a": 123456789012345678901234567890123456789012345}', '{"a": 123456789012345678901234567890123456789012345.001}')) AS t(a, b, r);
SELECT public.throws_ok(pg_catalog.format('SELECT portext.composition_merge(%L, %L)', a, b), '22023', NULL, a || ' || ' || b)
FROM (VALUES ('{"a": 1}', '{1: 1}'), ('{"a": 1}', '[1]'), ('[1]', '{1: 1}'), ('{"a": 0.1}', '{"a": 0.1e0}'), ('[0.5]', '[0.5e0]'), ('{"a": 0.5e0}', '{"b": 0.5}')) AS t(a, b);
SELECT public.is((a::portext.composition OPERATOR(portext.-) b::portext.composition)::text, r::portext.composition::text, a || ' - ' || b)
FROM (VALUES ('{"a": 3, "b": 3}', '{"a": 3}', '{"a": 0, "b": 3}'), ('{"a": 1.5}', '{"a": 0.25}', '{"a": 1.25}'), ('{"a": 1}', '{"a": 0.1}', '{"a": 0.9}'),
	('{1: 1e0}', '{1: 0.1e0}', '{1: 1e0-0.1e0}'), ('{1: 1e300+1e-300}', '{1: 1e300}', '{1: 1e-300}'), ('{1: 1}', '{}', '{1: 1}'), ('{}', '{}', '{}'),
	('{1: 18446744073709551616}', '{1: 1}', '{1: 18446744073709551615}')) AS t(a, b, r);
SELECT public.throws_ok(pg_catalog.format('SELECT portext.composition_subtract(%L, %L)', a, b), '22023', NULL, a || ' - ' || b)
FROM (VALUES ('{"a": 1}', '{"b": 1}'), ('{"a": 1}', '{"a": 2}'), ('{"a": 1, "b": 5}', '{"a": 1.5}'), ('{}', '{"a": 0}'), ('[1, 2]', '[1]'), ('{"a": 1}', '{1: 1}'),
	('{"a": 1.5}', '{"a": 0.5e0}'), ('{"a": 0.1e0}', '{"a": 0.2e0}'), ('{"a": 1}', '{"a": 1e300}'), ('{"a": 1}', '{"a": 1, "aa": 0}')) AS t(a, b);
SELECT public.is(pg_catalog.count(*), 0::bigint, '(a || b) - b is a, and the keys of b alone at zero')
FROM c AS a JOIN c AS b ON b.kind = a.kind AND b.g = (a.g + 8) % 400
WHERE a.kind IN ('t', 'b', 'td') AND ((a.c OPERATOR(portext.||) b.c) OPERATOR(portext.-) b.c) OPERATOR(portext.||) b.c
	OPERATOR(portext.<>) (a.c OPERATOR(portext.||) b.c);
SELECT public.is(pg_catalog.count(*), 0::bigint, '|| is commutative')
FROM c AS a JOIN c AS b ON b.kind = a.kind AND b.g = (a.g + 5) % 400 AND a.kind IN ('t', 'b', 'n')
WHERE a.c OPERATOR(portext.||) b.c OPERATOR(portext.<>) (b.c OPERATOR(portext.||) a.c);
SELECT public.is(portext.composition '{"a": 3, "b": 0}' OPERATOR(portext.->) key, value, 'total of ' || key)
FROM (VALUES ('a', 3::double precision), ('b', 0), ('c', NULL), ('', NULL)) AS t(key, value);
SELECT public.is(portext.composition '{7: 3, -7: 0.1}' OPERATOR(portext.->) key, value, 'total of ' || key)
FROM (VALUES (7::bigint, 3::double precision), (-7, 0.1), (8, NULL)) AS t(key, value);
SELECT public.is(portext.composition_value_exact(c::portext.composition, 'a'::text), value, 'exact total in ' || c)
FROM (VALUES ('{"a": 9007199254740993}', 9007199254740993), ('{"a": 9007199254740991.25, "b": 0.001}', 9007199254740991.25), ('{"a": 0, "b": 1}', 0), ('{"b": 1}', NULL), ('{}', NULL),
	('{"a": 0.1e0}', 0.1000000000000000055511151231257827021181583404541015625), ('{"a": ' || 1e400 || ', "b": ' || 1e-400 || '}', 1e400), ('{"a": 4503599627370496e0+0.25e0}', 4503599627370496.25)) AS t(c, value);
SELECT public.is(portext.composition_value_exact('{7: 9007199254740993, -7: 0.1}', key), value, 'exact total of ' || key)
FROM (VALUES (7::bigint, 9007199254740993), (-7, 0.1), (8, NULL)) AS t(key, value);
SELECT public.is(pg_catalog.sum(portext.composition_value_exact(c, key)), portext.total_exact(c), 'exact totals add up to that of all')
FROM (SELECT portext.composition_agg(t, v) AS c, pg_catalog.array_agg(DISTINCT t) AS keys FROM s WHERE t IS NOT NULL AND v >= 0::double precision GROUP BY g % 5) x, pg_catalog.unnest(keys) AS u(key) GROUP BY c;
SELECT public.throws_ok('SELECT portext.composition_value(''{7: 3}'', ''a''::text)', '22023', NULL, 'a text key of bigint keys');
SELECT public.throws_ok('SELECT portext.composition_value(''[3]'', 3::bigint)', '22023', NULL, 'a key of no keys');
SELECT public.is(portext.composition_value('{}', 'a'::text), NULL, 'a key of the empty composition');
SELECT public.throws_ok($$SELECT portext.composition_value('{"a": 1.7976931348623157e308+1.7976931348623157e308}', 'a'::text)$$, '22003', NULL, 'a total that no double holds');
SELECT public.throws_ok($$SELECT '{"a": 1.7976931348623157e308+1.7976931348623157e308+0.5e0}'::portext.composition$$, '22003', NULL, 'a fraction beyond the range of a double');
SELECT public.is(pg_catalog.length((portext.composition '{"a": 1.7976931348623157e308+1.7976931348623157e308}')::text), 316, 'whole totals have no such end');

-- every key is found, in any composition
SELECT public.is(pg_catalog.count(*), 0::bigint, 'every key is found')
FROM (SELECT g, t, pg_catalog.sum(pg_catalog.floor(v)) AS total FROM s WHERE g % 8 = 0 GROUP BY g, t) AS x
JOIN c USING (g) WHERE kind = 't' AND c.c OPERATOR(portext.->) x.t IS DISTINCT FROM x.total;

-- comparative advantage is decided on exact products, whatever the forms
SELECT public.is(portext.diversity_rca(region::portext.composition, reference::portext.composition)::integer, n, region || ' in ' || reference)
FROM (VALUES ('{"a": 1, "b": 3}', '{"a": 0.25e0, "b": 0.75e0}', 2), ('{"a": 1, "b": 3}', '{"a": 0.25e0, "b": 0.75e0+1e-30}', 1), ('{"a": 1, "b": 3}', '{"a": 0.25, "b": 0.75}', 2),
	('{"a": 1, "b": 3}', '{"a": 0.25, "b": 0.7500000000000000000000000000000000000000000001}', 1), ('{"a": 0.5e0, "b": 1e0}', '{"a": 0.5e0, "b": 1.5e0}', 1),
	('{"a": 1e300, "b": 1e-300}', '{"a": 1e300, "b": 1e-300}', 2), ('{"a": 1e300, "b": 1e-300}', '{"a": 1e300, "b": 2e-300}', 1)) AS t(region, reference, n);
SELECT public.is(pg_catalog.count(*), 0::bigint, 'every key of a whole has the advantage of 1') FROM c
WHERE kind IN ('t', 'b', 'td') AND portext.diversity_rca(c.c, c.c) <> portext.partner_count(c.c);

-- sizes: what fits in line
SELECT public.cmp_ok(pg_catalog.pg_column_size(portext.composition_agg(i, pg_catalog.floor(pg_temp.r(i, 'v') * 1e12)::bigint)), '<', 2000, '120 bigint keys with bigint totals')
FROM pg_catalog.generate_series(1000, 1119) AS i;
SELECT public.cmp_ok(pg_catalog.pg_column_size(portext.composition_agg(i, pg_temp.r(i, 'v') * 1e6)), '<', 2000, '120 bigint keys with totals of double precision')
FROM pg_catalog.generate_series(1000, 1119) AS i;

-- rounding many wide totals stops when asked to, not only at its end: then the sequence would have moved
CREATE TEMP SEQUENCE done;
CREATE TEMP TABLE wide AS
	SELECT portext.composition_agg(i, 7e300 OPERATOR(pg_catalog.*) i OPERATOR(pg_catalog.+) 1e-16300) AS c FROM pg_catalog.generate_series(1, 200) AS i;
CREATE FUNCTION pg_temp.state_of(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	RETURN '00000';
EXCEPTION WHEN query_canceled THEN
	RETURN SQLSTATE;
END $$;
SET statement_timeout = '200ms';
SELECT public.is(pg_temp.state_of('SELECT portext.hhi(c), pg_catalog.nextval(''done'') FROM wide'), '57014', 'a statement with wide totals is cancelled');
RESET statement_timeout;
SELECT public.ok(NOT is_called, 'within the loop over its totals') FROM done;

SELECT * FROM public.finish();
