-- Laws of the aggregates that build compositions: no row order, plan, partition, merge tree or overload leaves a trace.
SET search_path = public;	-- pgTAP needs its own schema; portext stays off the path
SELECT no_plan();

CREATE FUNCTION pg_temp.r(i bigint, salt text) RETURNS double precision LANGUAGE sql IMMUTABLE
	RETURN ('x' || substr(md5(salt || i::text), 1, 12))::bit(48)::bigint / 281474976710656.0::double precision;

-- one-argument shorthands, so that each law can be tried on each aggregate
CREATE TABLE row_of AS
	SELECT i, i % 9 AS part, (i * 7919 % 101)::integer AS k4, (i * 7919 % 101)::bigint * 1000000007 AS k8, '港' || (i * 7919 % 101) AS kt,
		floor(pg_temp.r(i, 'n') * 1000)::integer AS n4, floor(pg_temp.r(i, 'n') * 1e17)::bigint AS n8,
		round((pg_temp.r(i, 'd') * 10 ^ (i % 12))::numeric, (i % 7)::integer) AS nn, pg_temp.r(i, 'f') * 10::double precision ^ (i % 40 - 20) AS nf,
		pg_temp.r(i, 'w') * 10::double precision ^ (i % 600 - 300) AS nw
	FROM generate_series(1, 5000) AS i;
INSERT INTO row_of (i, part) SELECT i, i % 9 FROM generate_series(5001, 5100) AS i;	-- all NULL
CREATE UNIQUE INDEX ON row_of (i);
ANALYZE row_of;
CREATE TABLE door (name text, call text);
INSERT INTO door SELECT 'composition_agg(' || concat_ws(', ', k, v) || ')', 'portext.composition_agg(' || concat_ws(', ', k, v) || ')'
FROM (VALUES ('k4'), ('k8'), ('kt'), (NULL)) AS a(k), (VALUES ('n4'), ('n8'), ('nn'), ('nf'), ('nw')) AS b(v);

CREATE FUNCTION pg_temp.bytes(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	v text;
BEGIN
	EXECUTE 'SELECT md5(portext.composition_send(c)) FROM (' || query || ') AS q(c)' INTO v;
	RETURN v;
END $$;
CREATE FUNCTION pg_temp.value(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	v text;
BEGIN
	EXECUTE 'SELECT (' || query || ')::text' INTO v;
	RETURN v;
END $$;

CREATE TABLE direct AS SELECT name, call, pg_temp.bytes('SELECT ' || call || ' FROM row_of') AS bytes FROM door;
SELECT is(count(DISTINCT bytes), 20::bigint, 'twenty different answers') FROM direct;

-- order, partition, merge tree
SELECT is(pg_temp.bytes('SELECT ' || replace(call, ')', ' ORDER BY md5(i::text || ' || quote_literal(salt) || '))') || ' FROM row_of'), bytes, name || ' in another order')
FROM direct, (VALUES ('a'), ('b')) AS s(salt);
SELECT is(pg_temp.bytes('SELECT portext.rollup(c) FROM (SELECT ' || call || ' FROM row_of GROUP BY part) AS p(c)'), bytes, name || ' rolled up from parts') FROM direct;
SELECT is(pg_temp.bytes('SELECT portext.rollup(c) FROM (SELECT portext.rollup(c) FROM (SELECT part, ' || call || ' FROM row_of GROUP BY part, i % 13) AS p(part, c) GROUP BY part % 4) AS q(c)'),
	bytes, name || ' rolled up twice') FROM direct;
SELECT is(pg_temp.bytes('SELECT portext.rollup(c::text::portext.composition) FROM (SELECT ' || call || ' FROM row_of GROUP BY part) AS p(c)'), bytes, name || ' with states moved as text') FROM direct;
SELECT is(pg_temp.bytes('SELECT portext.rollup(c ORDER BY part DESC) FROM (SELECT part, ' || call || ' FROM row_of GROUP BY i % 700, part) AS p(part, c)'), bytes, name || ' from 700 groups') FROM direct;

-- doors: equal totals, equal bytes
SELECT is(pg_temp.bytes('SELECT portext.composition_agg(' || k || ', n4' || cast_to || ') FROM row_of'), pg_temp.bytes('SELECT portext.composition_agg(' || k || ', n4) FROM row_of'),
	'integers through ' || cast_to || ' by ' || k)
FROM (VALUES ('k4'), ('k8'), ('kt')) AS a(k), (VALUES ('::bigint'), ('::numeric'), ('::numeric(30,9)'), ('::double precision')) AS b(cast_to);
SELECT is(pg_temp.bytes('SELECT portext.composition_agg(k4::bigint, ' || v || ') FROM row_of'), pg_temp.bytes('SELECT portext.composition_agg(k4, ' || v || ') FROM row_of'), 'integer and bigint keys: ' || v)
FROM (VALUES ('n4'), ('n8'), ('nn'), ('nf'), ('nw')) AS b(v);
SELECT is(pg_temp.bytes('SELECT portext.composition_agg(' || a || ') FROM row_of'), pg_temp.bytes('SELECT portext.composition_agg(' || b || ') FROM row_of'), a || ' without keys is ' || b)
FROM (VALUES ('n4', 'n4::bigint'), ('n4', 'n4::double precision'), ('n4', 'n4::numeric'), ('n8', 'n8::numeric')) AS t(a, b);
SELECT is(pg_temp.bytes('SELECT portext.composition_agg(k4, n8) FROM row_of'), pg_temp.bytes('SELECT portext.composition_agg(k4, n8 / 2.0) OPERATOR(portext.||) portext.composition_agg(k4, n8 / 2.0) FROM row_of'),
	'halves that add up to whole totals take the integer form');
SELECT is(pg_temp.bytes('SELECT portext.composition_agg(kt, n4 / 4.0::double precision) FROM row_of'), pg_temp.bytes('SELECT portext.composition_agg(kt, n4 / 4.0::double precision) FROM (SELECT kt, sum(n4) FROM row_of GROUP BY kt) AS q(kt, n4)'),
	'sums before and after');

-- totals against numeric
SELECT is(count(*), 0::bigint, 'decimal totals are those of sum(numeric)')
FROM (SELECT kt, sum(nn) AS total FROM row_of GROUP BY kt) AS s, (SELECT portext.composition_agg(kt, nn)::jsonb AS c FROM row_of) AS q
WHERE (c ->> kt)::numeric IS DISTINCT FROM total;
SELECT is(count(*), 0::bigint, 'binary totals are the exact sums, rounded once')
FROM (SELECT kt, sum(floor(nf * 1048576)::numeric) * 0.00000095367431640625 AS total FROM row_of WHERE nf < 1e8 GROUP BY kt) AS s,
	(SELECT portext.composition_agg(kt, floor(nf * 1048576) / 1048576) AS c FROM row_of WHERE nf < 1e8) AS q
WHERE c OPERATOR(portext.->) kt IS DISTINCT FROM total::double precision;
SELECT is(portext.composition_agg(1, v) OPERATOR(portext.->) 1::bigint, 36028797018963976::double precision, 'just below a tie')
FROM (VALUES (36028797018963976.0::double precision), (2.8), (0.4), (0.4), (0.4)) AS t(v);

-- five tests for each aggregate: no rows; only NULLs; parallel = serial; partition-wise; a moving window
SELECT is(pg_temp.value('SELECT ' || call || ' FROM row_of WHERE false'), NULL, name || ': no rows') FROM door;
SELECT is(pg_temp.value('SELECT ' || call || ' FROM row_of WHERE i > 5000'), NULL, name || ': only NULLs') FROM door;
SELECT is(pg_temp.value('SELECT portext.rollup(c) FROM (SELECT NULL::portext.composition) AS t(c) WHERE false'), NULL, 'rollup: no rows');
SELECT is(pg_temp.value('SELECT portext.rollup(c) FROM (SELECT NULL::portext.composition) AS t(c)'), NULL, 'rollup: only NULLs');
SELECT is(pg_temp.value($$SELECT portext.rollup(c::portext.composition) FROM (VALUES (NULL), ('{"a": 1}'), ('{}'), (NULL), ('{"a": 2, "b": 1}')) AS t(c)$$), '{"a": 3, "b": 1}', 'rollup skips NULL');
SELECT is(pg_temp.value($$SELECT portext.composition_agg(k, v) FROM (VALUES ('a', 1), (NULL, 2), ('b', NULL), ('a', 3)) AS t(k, v)$$), '{"a": 4}', 'a row with a NULL counts for nothing');

SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 3;
SET parallel_leader_participation = off;
CREATE FUNCTION pg_temp.plan_has(query text, node text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
	found boolean := false;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		found := found OR strpos(line, node) > 0;
	END LOOP;
	RETURN found;
END $$;
SELECT ok(pg_temp.plan_has('SELECT ' || call || ' FROM row_of', 'Partial Aggregate'), name || ': a parallel plan') FROM door;
SELECT is(pg_temp.bytes('SELECT ' || call || ' FROM row_of'), bytes, name || ': parallel as serial') FROM direct;
SELECT is(pg_temp.bytes('SELECT ' || call || ' FILTER (WHERE i = 4711) FROM row_of'), pg_temp.bytes('SELECT ' || call || ' FROM (SELECT * FROM row_of WHERE i = 4711 OFFSET 0) AS q'),
	name || ': a filter leaves workers without rows') FROM door;
SELECT is(pg_temp.value('SELECT ' || call || ' FILTER (WHERE i > 5000) FROM row_of'), NULL, name || ': a filter leaves all workers without rows') FROM door;
CREATE TABLE state AS SELECT i % 300 AS g, portext.composition_agg(kt, nf) AS c FROM row_of GROUP BY 1;
ALTER TABLE state SET (parallel_workers = 3);
INSERT INTO state VALUES (-1, NULL);
SELECT ok(pg_temp.plan_has('SELECT portext.rollup(c) FROM state', 'Partial Aggregate'), 'rollup: a parallel plan');
SELECT is(pg_temp.bytes('SELECT portext.rollup(c) FROM state'), bytes, 'rollup: parallel as serial') FROM direct WHERE name = 'composition_agg(kt, nf)';
SELECT is(pg_temp.value('SELECT portext.rollup(c) FILTER (WHERE g = -1) FROM state'), NULL, 'rollup: a filter leaves only NULLs');
SELECT is(pg_temp.bytes('SELECT portext.rollup(c) FILTER (WHERE g = 7) FROM state'), pg_temp.bytes('SELECT c FROM state WHERE g = 7'), 'rollup: a filter leaves one row');
-- many groups: hashed, and combined group by group
SELECT is(
	(SELECT string_agg(part || ':' || md5(portext.composition_send(c)), ' ' ORDER BY part) FROM (SELECT part, portext.composition_agg(kt, nw) AS c FROM row_of GROUP BY part) AS q),
	(SELECT string_agg(part || ':' || md5(portext.composition_send(c)), ' ' ORDER BY part) FROM (SELECT part, (SELECT portext.composition_agg(kt, nw) FROM row_of AS r WHERE r.part = o.part) AS c FROM (SELECT DISTINCT part FROM row_of) AS o) AS q),
	'grouped in parallel as one by one');
RESET max_parallel_workers_per_gather;
RESET parallel_leader_participation;

CREATE TABLE parted (LIKE row_of) PARTITION BY LIST (part);
CREATE TABLE parted_a PARTITION OF parted FOR VALUES IN (0, 1, 2);
CREATE TABLE parted_b PARTITION OF parted FOR VALUES IN (3, 4, 5, 6);
CREATE TABLE parted_c PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT * FROM row_of;
ANALYZE parted;
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SELECT ok(pg_temp.plan_has('SELECT k4 % 2, ' || call || ' FROM parted GROUP BY 1', 'Partial'), name || ': a partition-wise plan') FROM door;
SELECT is(pg_temp.bytes('SELECT portext.rollup(c) FROM (SELECT k4 % 2, ' || call || ' FROM parted GROUP BY 1) AS q(x, c)'), bytes, name || ': partition-wise') FROM direct;
CREATE TABLE parted_state (g integer, c portext.composition) PARTITION BY HASH (g);
CREATE TABLE parted_state_a PARTITION OF parted_state FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parted_state_b PARTITION OF parted_state FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parted_state SELECT * FROM state;
SELECT ok(pg_temp.plan_has('SELECT g % 2, portext.rollup(c) FROM parted_state GROUP BY 1', 'Partial'), 'rollup: a partition-wise plan');
SELECT is(pg_temp.bytes('SELECT portext.rollup(c) FROM (SELECT g % 2, portext.rollup(c) FROM parted_state GROUP BY 1) AS q(x, c)'), bytes, 'rollup: partition-wise') FROM direct WHERE name = 'composition_agg(kt, nf)';
RESET enable_partitionwise_aggregate;

-- the last frames reach into the rows of NULLs
SELECT is(pg_temp.value('SELECT count(*) FROM (SELECT i, ' || call || ' OVER (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 2 FOLLOWING) FROM row_of WHERE i > 4800) AS w(i, c)
	WHERE i > 4810 AND i % 7 = 0 AND md5(portext.composition_send(c)) IS DISTINCT FROM
		(SELECT md5(portext.composition_send(' || call || ')) FROM row_of AS r WHERE r.i BETWEEN w.i - 5 AND w.i + 2)'), '0', name || ': a moving window') FROM door;
SELECT is(pg_temp.value('SELECT count(*) FROM (SELECT g, portext.rollup(c) OVER (ORDER BY g ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM state) AS w(g, c)
	WHERE md5(portext.composition_send(c)) IS DISTINCT FROM (SELECT md5(portext.composition_send(portext.rollup(c))) FROM state AS s WHERE s.g BETWEEN w.g - 3 AND w.g)'), '0', 'rollup: a moving window');
SELECT is(pg_temp.value('SELECT count(*) FROM (SELECT g, portext.rollup(c) OVER (ORDER BY g), portext.rollup(c) OVER (ORDER BY g) FROM state WHERE g < 20) AS w(g, c, d) WHERE c OPERATOR(portext.<>) d'), '0', 'a growing frame');

-- calls from plain SQL: a stored value is never overwritten, and what comes back is a stored form
CREATE TABLE stored AS SELECT portext.composition_agg(k4, n4) AS c, portext.composition_agg(k4, n4)::text AS t FROM row_of;
SELECT is(portext.composition_accum('{"a": 1}', 'a', 0.5::double precision)::text, '{"a": 1.5e0}', 'a direct call');
SELECT is(md5(portext.composition_send(portext.composition_accum(c, 1, 5))), md5(portext.composition_send(c OPERATOR(portext.||) '{1: 5}')), 'a direct call returns the stored form') FROM stored;
SELECT is(md5(portext.composition_send(portext.composition_combine(c, c))), md5(portext.composition_send(c OPERATOR(portext.||) c)), 'a direct call of the combine function') FROM stored;
SELECT is(portext.composition_final(c)::text, t, 'a direct call of the final function') FROM stored;
SELECT is(c::text, t, 'the stored value is as before') FROM stored;
SELECT is(pg_column_size(portext.composition_accum(c, 1, 5)), pg_column_size(c OPERATOR(portext.||) '{1: 5}'), 'no state escapes from a direct call') FROM stored;
SELECT is(pg_column_size(portext.composition_combine(c, c)), pg_column_size(c OPERATOR(portext.||) c), 'nor from one of the combine function') FROM stored;
SELECT is(portext.composition_accum(NULL, 1, 5)::text, '{1: 5}', 'a direct call without a state');
SELECT is(portext.composition_accum(NULL, NULL::integer, 5)::text, NULL, 'a direct call without anything');
SELECT is(portext.composition_accum(NULL, 2.5)::text, '[2.5]', 'a direct call without a key');
SELECT is(portext.composition_combine(a::portext.composition, b::portext.composition)::text, r, 'combine ' || coalesce(a, 'NULL') || ' and ' || coalesce(b, 'NULL'))
FROM (VALUES (NULL, NULL, NULL), ('{1: 1}', NULL, '{1: 1}'), (NULL, '{1: 1}', '{1: 1}'), ('{1: 1}', '{2: 1}', '{1: 1, 2: 1}'), ('{}', '{2: 1}', '{2: 1}'), ('{2: 1}', '{}', '{2: 1}'), ('{}', '{}', '{}')) AS t(a, b, r);
SELECT is(portext.composition_final(NULL)::text, NULL, 'no state, no composition');
SELECT is(count(DISTINCT c::text), 1::bigint, 'an aggregate of calls')
FROM (SELECT portext.rollup(portext.composition_accum(c, 1, 5)) FROM stored, generate_series(1, 3) UNION ALL SELECT portext.rollup(c OPERATOR(portext.||) '{1: 5}') FROM stored, generate_series(1, 3)) AS q(c);

-- an aggregate of the user's own that starts from a given state
CREATE AGGREGATE plus(text, bigint) (SFUNC = portext.composition_accum, STYPE = portext.composition, INITCOND = '{"a": 1}', FINALFUNC = portext.composition_final);
SELECT is((SELECT string_agg(c::text, ';' ORDER BY g) FROM (SELECT i % 3, plus('a', i) FROM generate_series(1, 6) AS i GROUP BY 1) AS q(g, c)), '{"a": 10};{"a": 6};{"a": 8}', 'a given start is never changed');

-- errors name the aggregate and say what to do
SELECT throws_ok('SELECT portext.composition_agg(' || call || ') FROM (VALUES (1)) AS t(x)', '22003', message, message || ' ' || call)
FROM (VALUES ('1, -1', 'negative value in composition_agg: -1'), ('1, -1::bigint', 'negative value in composition_agg: -1'), ('1, -0.5', 'negative value in composition_agg: -0.5'),
	('1, -0.5::double precision', 'negative value in composition_agg: -0.5'), ('''NaN''::double precision', 'value in composition_agg is not a finite number: NaN'),
	('1, ''Infinity''::double precision', 'value in composition_agg is not a finite number: Infinity'), ('1, ''-Infinity''::double precision', 'value in composition_agg is not a finite number: -Infinity'),
	('1, ''NaN''::numeric', 'value in composition_agg is not a finite number: NaN'), ('1, ''Infinity''::numeric', 'value in composition_agg is not a finite number: Infinity'),
	('''a'', ''-Infinity''::numeric', 'value in composition_agg is not a finite number: -Infinity'), ('-1e-300::double precision', 'negative value in composition_agg: -1e-300')) AS t(call, message);
SELECT throws_ok('SELECT ' || call || ' FROM (VALUES (-1.5::double precision)) AS t(x)', '22003', 'negative value in ' || name || ': -1.5', name || ' is named: ' || call)
FROM (VALUES ('portext.hhi(x)', 'hhi'), ('portext.hhi(x) OVER ()', 'hhi'), ('count(*) OVER (), portext.coefficient_of_variation(x) OVER (), sum(x) OVER (), rank() OVER ()', 'coefficient_of_variation'),
	('portext.composition_agg(x) OVER ()', 'composition_agg'), ('portext.hhi(x) OVER (), portext.coefficient_of_variation(x) OVER ()', 'composition aggregate'),
	('portext.composition_accum(NULL, x)', 'composition aggregate')) AS t(call, name);
SELECT throws_ok('SELECT portext.composition_agg(i, CASE WHEN i = 20000 THEN 9e131071 ELSE 1 END) FROM generate_series(1, 20000) AS i', '54000',
	'composition of 20000 entries would exceed the limit of 1 GB', 'a state that cannot be is refused by the number of its entries');
SELECT throws_ok('SELECT portext.rollup(c::portext.composition) FROM (VALUES (''{"a": 1}''), (''{1: 1}'')) AS t(c)', '22023', NULL, 'text and bigint keys');
SELECT throws_ok('SELECT portext.rollup(c::portext.composition) FROM (VALUES (''{"a": 1}''), (''[1]'')) AS t(c)', '22023', NULL, 'keys and no keys');
SELECT throws_ok('SELECT portext.rollup(c::portext.composition) FROM (VALUES (''{"a": 0.5}''), (''{"b": 0.5e0}'')) AS t(c)', '22023', NULL, 'decimal and binary');
SELECT throws_ok('SELECT portext.rollup(c::portext.composition ORDER BY i) FROM (VALUES (1, ''{"a": 0.5e0}''), (2, ''{"a": 0.5e0}''), (3, ''{"a": 0.5}'')) AS t(i, c)', '22023', NULL, 'decimal and binary, whatever the order (1)');
SELECT throws_ok('SELECT portext.rollup(c::portext.composition ORDER BY i DESC) FROM (VALUES (1, ''{"a": 0.5e0}''), (2, ''{"a": 0.5e0}''), (3, ''{"a": 0.5}'')) AS t(i, c)', '22023', NULL, 'decimal and binary, whatever the order (2)');
SELECT throws_ok('SELECT portext.rollup(c::portext.composition) FROM (VALUES (''{"a": 0.5}''), (''{"a": 0.5}''), (''{"a": 0.5e0}'')) AS t(c)', '22023', NULL, 'decimal and binary, even when the decimals have become whole');
SELECT is((SELECT portext.rollup(c) FROM (SELECT portext.rollup(c::portext.composition) FROM (VALUES ('{"a": 0.5}'), ('{"a": 0.5}')) AS t(c) UNION ALL SELECT '{"a": 0.5e0}') AS q(c))::text, '{"a": 1.5e0}', 'a stored whole composition merges with both');
SELECT is(portext.composition_agg(v)::text, '[0, 0, 0, 5]', 'minus zero counts as zero') FROM (VALUES ('-0'::double precision), (0), (5), ('-0')) AS t(v);
SELECT is(portext.composition_agg(1, v)::text, '{1: 0.5e0}', 'minus zero adds nothing') FROM (VALUES ('-0'::double precision), (0.5), ('-0')) AS t(v);

-- large ones
CREATE TABLE large AS SELECT g, portext.composition_agg('key ' || md5(i::text), pg_temp.r(i, 'large') * 10 ^ (i % 5)) AS c FROM generate_series(1, 10000) AS i, generate_series(0, 1) AS g WHERE i % 3 <> g GROUP BY g;
SELECT cmp_ok(pg_column_size(c), '>', 100000, 'toasted') FROM large WHERE g = 0;
SELECT is((SELECT md5(portext.composition_send(portext.rollup(c))) FROM large),
	(SELECT md5(portext.composition_send(portext.composition_agg('key ' || md5(i::text), pg_temp.r(i, 'large') * 10 ^ (i % 5)))) FROM generate_series(1, 10000) AS i, generate_series(0, 1) AS g WHERE i % 3 <> g),
	'ten thousand entities in toasted states');
SELECT is(md5(portext.composition_send(c::text::portext.composition)), md5(portext.composition_send(c)), 'a large text') FROM large;
SELECT is((SELECT md5(portext.composition_send(portext.composition_agg(i, 1))) FROM generate_series(1, 200000) AS i),
	(SELECT md5(portext.composition_send(portext.rollup(c))) FROM (SELECT portext.composition_agg(i, 1) AS c FROM generate_series(1, 200000) AS i GROUP BY i % 10) AS q), '200,000 keys');
SELECT is((SELECT portext.composition_agg(1, v)::text FROM (VALUES (0.5::double precision), (9e18), (9e18), (9e18)) AS t(v)), '{1: 2.7e19+0.5e0}', 'beyond 2^63 with a fraction');
SELECT is((SELECT portext.composition_agg(1, v)::text FROM (SELECT 0.5::double precision UNION ALL SELECT 4e18 FROM generate_series(1, 6)) AS t(v)), '{1: 2.4e19+0.5e0}', 'beyond 2^63 step by step');
SELECT is((SELECT portext.rollup(c::portext.composition)::text FROM (SELECT '{1: 9223372036854775807}' FROM generate_series(1, 3)) AS t(c)), '{1: 27670116110564327421}', 'beyond 2^64 by merging');
SELECT is((SELECT portext.rollup(c::portext.composition)::text FROM (SELECT '{1: 4e18+0.5e0}' FROM generate_series(1, 11)) AS t(c)), '{1: 4.4e19+5.5e0}', 'beyond 2^128 units by merging');
SELECT is((SELECT portext.composition_agg(1, v)::text FROM (VALUES (9e18::double precision), (9e18), (9e18)) AS t(v)), '{1: 27000000000000000000}', 'beyond 2^63 without');
SELECT is((SELECT portext.composition_agg(1, v)::text FROM (VALUES (9223372036854775807), (9223372036854775807), (9223372036854775807)) AS t(v)), '{1: 27670116110564327421}', 'beyond the range of bigint');
SELECT is((SELECT portext.composition_agg(1, v)::text FROM (VALUES (0.001), (99999999999999999.999), (99999999999999999.999), (9e36), (9e36)) AS t(v)), '{1: 18000000000000000000199999999999999999.999}', 'beyond 64 and 128 bits of decimals');
SELECT is((SELECT portext.composition_agg(1, v)::text FROM (VALUES (1e-300::double precision), (1e300), (1e-300), (0.5), (5e-324)) AS t(v)), '{1: 1e300+0.5e0+2e-300+5e-324}', 'from the smallest to the largest');
SELECT is((SELECT portext.composition_agg(1, ('1e' || i)::numeric)::text FROM generate_series(-60, 60, 30) AS i), '{1: 1000000000000000000000000000001000000000000000000000000000001.000000000000000000000000000001000000000000000000000000000001}', 'decimals of 120 places');

SELECT * FROM finish();
