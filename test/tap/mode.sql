-- laws of port_mode: order, hash, round trips, indexes, parallel and partitioned aggregates
SET client_min_messages = warning;
SET search_path = portext, public;
SELECT no_plan();

CREATE TEMPORARY TABLE v AS SELECT m FROM unnest(ARRAY['PP', 'CPPC', 'CPC', 'CC']::port_mode[]) AS m;

SELECT is(count(*), 0::bigint, 'cmp is antisymmetric')
	FROM v a, v b WHERE port_mode_cmp(a.m, b.m) <> -port_mode_cmp(b.m, a.m);
SELECT is(count(*), 0::bigint, 'the operators agree with cmp') FROM v a, v b
	WHERE (a.m = b.m) <> (port_mode_cmp(a.m, b.m) = 0) OR (a.m <> b.m) <> (port_mode_cmp(a.m, b.m) <> 0)
		OR (a.m < b.m) <> (port_mode_cmp(a.m, b.m) < 0) OR (a.m <= b.m) <> (port_mode_cmp(a.m, b.m) <= 0)
		OR (a.m > b.m) <> (port_mode_cmp(a.m, b.m) > 0) OR (a.m >= b.m) <> (port_mode_cmp(a.m, b.m) >= 0);
SELECT is(string_agg(m::text, ' < ' ORDER BY m), 'PP < CPPC < CPC < CC', 'ORDER BY is by urban integration') FROM v;
SELECT is(string_agg(m::text, ' ' ORDER BY mode_rank(m)), string_agg(m::text, ' ' ORDER BY m), 'mode_rank has the same order') FROM v;
SELECT is(count(*), 0::bigint, 'equal modes hash alike') FROM v a, v b
	WHERE a.m = b.m AND (port_mode_hash(a.m) <> port_mode_hash(b.m) OR port_mode_hash_extended(a.m, 7) <> port_mode_hash_extended(b.m, 7));
SELECT is(count(DISTINCT port_mode_hash(m)), 4::bigint, 'no two modes share a hash') FROM v;
SELECT is(count(*), 0::bigint, 'the extended hash with seed 0 ends in the hash')
	FROM v WHERE (port_mode_hash_extended(m, 0) & 4294967295) <> (port_mode_hash(m)::bigint & 4294967295);
SELECT is(count(*), 4::bigint, 'text round trip of code and long name')
	FROM v WHERE m::text::port_mode = m AND mode_name(m)::port_mode = m AND lower(mode_name(m))::port_mode = m;
SELECT is((SELECT string_agg(encode(port_mode_send(m), 'hex'), ' ' ORDER BY m) FROM v), '01 02 03 04', 'binary output is the rank');
SELECT is(pg_column_size(m), 1, 'one byte') FROM v WHERE m = 'CC';
SELECT is((SELECT string_agg(format('%s>%s', a.m, b.m), ' ' ORDER BY a.m, b.m) FROM v a, v b WHERE mode_can_follow(a.m, b.m)),
	'PP>CPPC PP>CPC CPPC>CC CPC>CC', 'the four edges of the graph');
SELECT is((SELECT count(*) FROM v a, v b WHERE mode_can_follow(a.m, b.m) AND NOT a.m < b.m), 0::bigint, 'every step adds integration');
SELECT is((SELECT count(*) FROM v a, v b, mode_path(a.m, b.m) p, regexp_split_to_table(p, '>') WITH ORDINALITY s(m, n),
		regexp_split_to_table(p, '>') WITH ORDINALITY t(m, n) WHERE t.n = s.n + 1 AND NOT mode_can_follow(s.m, t.m)),
	0::bigint, 'every step of every path is an edge');
SELECT throws_ok($$ SELECT 'x'::portext.port_mode $$, '22P02', 'invalid input syntax for type port_mode: "x"');
SELECT throws_ok($$ SELECT portext.mode_relation(-1, 1, 1, true) $$, '22003', 'city_km of mode_relation is out of range: -1');

-- enough rows for a parallel plan and for unlike partitions
CREATE TABLE many (id integer, g integer, m port_mode) PARTITION BY HASH (m);
CREATE TABLE many_0 PARTITION OF many FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE many_1 PARTITION OF many FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE many_2 PARTITION OF many FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO many SELECT i, i % 5, CASE i % 7 WHEN 0 THEN NULL ELSE (ARRAY['CPPC', 'CPC', 'CC']::port_mode[])[i % 3 + 1] END
	FROM generate_series(1, 20000) i;
CREATE INDEX many_btree ON many (m);
CREATE INDEX many_hash ON many USING hash (m);
ANALYZE many;

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS
	$$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;

SET max_parallel_workers_per_gather = 0;
CREATE TEMPORARY TABLE serial AS SELECT g, min(m), max(m) FROM many GROUP BY 1;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SET enable_bitmapscan = off;
SELECT ok(bool_or(p ~ 'Partial .*Aggregate'), 'min and max are computed in parallel') FROM pg_temp.plan_of('SELECT g, min(m), max(m) FROM many GROUP BY 1') p;
SELECT results_eq('SELECT g, min(m), max(m) FROM many GROUP BY 1 ORDER BY 1', 'SELECT * FROM serial ORDER BY g', 'parallel = serial');
SELECT results_eq('SELECT min(m), max(m) FROM many WHERE id < 0', 'VALUES (NULL::port_mode, NULL::port_mode)', 'parallel, no rows');
SELECT results_eq('SELECT min(m), max(m) FROM many WHERE m IS NULL', 'VALUES (NULL::port_mode, NULL::port_mode)', 'parallel, only NULLs');
SET enable_partitionwise_aggregate = on;
SELECT results_eq('SELECT min(m), max(m) FROM many', 'VALUES (''CPPC''::port_mode, ''CC''::port_mode)', 'partition-wise');
SELECT results_eq('SELECT m, min(m), max(m) FROM many WHERE m IS NOT NULL GROUP BY m ORDER BY m',
	'SELECT m, m, m FROM unnest(ARRAY[''CPPC'', ''CPC'', ''CC'']::port_mode[]) m', 'partition-wise by the key');
RESET enable_indexscan;
RESET enable_indexonlyscan;
RESET enable_bitmapscan;
SET max_parallel_workers_per_gather = 0;
SET enable_seqscan = off;
SELECT ok(bool_or(p ~ 'Index Only Scan'), 'min uses the btree index') FROM pg_temp.plan_of('SELECT min(m) FROM many') p;
SELECT is((SELECT min(m) FROM many), 'CPPC', 'and finds the least');
SELECT is((SELECT max(m) FROM many), 'CC', 'and the greatest');
DROP INDEX many_btree;
SELECT ok(bool_or(p ~ 'many_._m_idx'), 'equality uses the hash index') FROM pg_temp.plan_of('SELECT count(*) FROM many WHERE m = ''CC''') p;
SELECT is((SELECT count(*) FROM many WHERE m = 'CC'), (SELECT count(*) FROM generate_series(1, 20000) i WHERE i % 7 <> 0 AND i % 3 = 2),
	'and counts right');
SELECT results_eq($$ SELECT i, max((ARRAY['PP', 'CPPC', 'CPC', 'CC']::port_mode[])[i]) OVER (ORDER BY i DESC ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
		FROM generate_series(1, 4) i ORDER BY i $$,
	$$ VALUES (1, 'CPPC'::port_mode), (2, 'CPC'), (3, 'CC'), (4, 'CC') $$, 'a moving window');

SELECT * FROM finish();
