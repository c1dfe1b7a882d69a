-- Three million rows of mixed magnitude: serial, parallel and rolled-up totals are the same bytes.
SET search_path = public;	-- pgTAP needs its own schema; portext stays off the path
SELECT no_plan();

CREATE UNLOGGED TABLE big AS
	SELECT (i * 7919 % 1009)::integer AS port, i % 28 AS year, (i * 104729 % 1000033) / 997.0::double precision * (ARRAY[1e-12, 1, 1e3, 1e-5, 1e9, 1e-9, 1e6]::double precision[])[1 + i % 7] AS tonnes
	FROM generate_series(1::bigint, 3000000) AS i;
ANALYZE big;
ALTER TABLE big SET (parallel_workers = 3);

SET max_parallel_workers_per_gather = 0;
SELECT md5(portext.composition_send(portext.composition_agg(port, tonnes))) AS serial FROM big
\gset
SELECT md5(portext.composition_send(portext.rollup(c))) AS rolled FROM (SELECT portext.composition_agg(port, tonnes) AS c FROM big GROUP BY year) AS q
\gset
SELECT md5(string_agg(c::text, ';' ORDER BY year)) AS grouped FROM (SELECT year, portext.composition_agg(port, tonnes) AS c FROM big GROUP BY year) AS q
\gset

SET max_parallel_workers_per_gather = 3;
SET parallel_leader_participation = off;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
CREATE FUNCTION pg_temp.explain(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ' || query LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END $$;
SELECT pg_temp.explain('SELECT portext.composition_agg(port, tonnes) FROM big') AS plan
\gset
SELECT alike(:'plan'::text, '%Partial Aggregate%', 'the plan has a partial aggregate');
SELECT cmp_ok(substring(:'plan' FROM 'Workers Launched: (\d+)')::integer, '>=', 2, 'at least two workers ran it');
SELECT md5(portext.composition_send(portext.composition_agg(port, tonnes))) AS parallel FROM big
\gset
SELECT md5(string_agg(c::text, ';' ORDER BY year)) AS parallel_grouped FROM (SELECT year, portext.composition_agg(port, tonnes) AS c FROM big GROUP BY year) AS q
\gset
SELECT is(:'parallel'::text, :'serial'::text, 'parallel as serial');
SELECT is(:'rolled'::text, :'serial'::text, 'rolled up as serial');
SELECT is(:'parallel_grouped'::text, :'grouped'::text, 'by year, parallel as serial');
SELECT * FROM finish();
