-- a table of one's own in the place of local_flow: what the views and answers read, which partitions a plan touches,
-- periods closed and opened, borders that change, and what cannot be attached
SET client_min_messages = warning;
SET search_path = public;
SELECT no_plan();

CREATE FUNCTION hint(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN hint;
END $$;
CREATE TABLE my_flow (LIKE portext.local_flow INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY) PARTITION BY RANGE (period_from);
SELECT format('CREATE TABLE my_flow_%1$s PARTITION OF my_flow FOR VALUES FROM (%2$L) TO (%3$L)', y, make_date(y, 1, 1), make_date(y + 1, 1, 1)) FROM generate_series(2016, 2020) y
\gexec
INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom)
	SELECT 'p' || i, 'US', (ARRAY['CA', 'MX'])[1 + i % 2], 'SRID=4326;POINT(1 2)' FROM generate_series(1, 10) i;
-- p11 is in no table of ports; values have fractions of several lengths.
INSERT INTO my_flow (port_code, period_from, period_to, direction, measure, value, unit)
	SELECT 'p' || 1 + i % 11, d, (d + interval '1 month')::date, (ARRAY['in', 'out'])[1 + i % 2], 'm' || i % 3, round(i / 7.0, i % 5), CASE i % 3 WHEN 0 THEN 't' END
	FROM generate_series(1, 6000) i, LATERAL (SELECT make_date(2016 + i % 5, 1 + i / 5 % 12, 1) AS d) x;
ANALYZE my_flow;

-- What triggers make of the same rows is what must come out.
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit)
	SELECT port_code, period_from, period_to, direction, measure, value, unit FROM my_flow;
CREATE VIEW answer AS SELECT measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, encode(portext.composition_send(state), 'hex') AS bytes
	FROM portext.flow_rollup() WHERE is_local AND portext.entity_count(state) > 0;
CREATE TABLE kept AS TABLE answer;
CREATE TABLE concentration AS SELECT c::text AS line FROM portext.flow_concentration c WHERE is_local;
SELECT cmp_ok((SELECT count(*) FROM kept), '>', 100::bigint, 'cells to compare');
TRUNCATE portext.local_flow;

SELECT lives_ok($$SELECT portext.attach_flow('my_flow')$$, 'a partitioned table is attached');
SELECT is((SELECT count(*) FROM portext.flow WHERE is_local), 6000::bigint, 'the view flow shows its rows');
SELECT is((SELECT count(*) FROM portext.local_flow_unmatched), (SELECT count(*) FROM my_flow WHERE port_code = 'p11'), 'and local_flow_unmatched those without a port');
SELECT set_eq('TABLE answer', 'TABLE kept', 'all periods open: the states are those of the triggers, byte for byte');
SELECT set_eq($$SELECT c::text FROM portext.flow_concentration c WHERE is_local$$, 'TABLE concentration', 'so are the answers');
SELECT is(portext.close_flow('2020-01-01'), (SELECT count(*) FROM kept WHERE period_from < '2020-01-01'), 'four years are closed, their states counted');
SELECT set_eq('TABLE answer', 'TABLE kept', 'closed and open periods together: the same bytes');
SELECT set_eq($$SELECT c::text FROM portext.flow_concentration c WHERE is_local$$, 'TABLE concentration', 'and the same answers');

-- Plans. Whether the planner likes workers for so few rows is not the question.
CREATE FUNCTION plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, VERBOSE) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END $$;
CREATE FUNCTION scanned(query text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(DISTINCT m[1], ' ' ORDER BY m[1]) FROM regexp_matches(plan(query), 'Scan[^\n]* on \S*my_flow_(\d+)[^\n]*\(actual', 'g') m $$;
SELECT is(scanned('SELECT sum(portext.total(state)) FROM portext.flow_rollup()'), '2020', 'answers read the rows of the open period only');
SELECT is(scanned($$SELECT count(*) FROM portext.flow WHERE is_local AND period_from >= '2017-01-01' AND period_from < '2019-01-01'$$), '2017 2018', 'the view flow prunes partitions');
SELECT is(scanned($$SELECT count(*) FROM portext.own_flow WHERE period_from = '2018-05-01'$$), '2018', 'so does own_flow');
SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
SELECT alike(plan('SELECT sum(value) FROM portext.own_flow'), '%Parallel Append%', 'partitions are read by workers side by side');
SET max_parallel_workers_per_gather = 0; SET enable_partitionwise_aggregate = on;
SELECT is(scanned('SELECT sum(portext.total(state)) FROM portext.flow_rollup()'), '2020', 'partition by partition, too, of the open period only');
SELECT is((SELECT count(*) FROM regexp_matches(plan('SELECT period_from, portext.composition_agg(port_code, value) FROM portext.own_flow GROUP BY 1'), 'Aggregate', 'g')), 5::bigint,
	'aggregates run partition by partition');
SELECT set_eq('TABLE answer', 'TABLE kept', 'partition by partition: the same bytes');
RESET ALL;
SET client_min_messages = warning; SET search_path = public;

-- Late rows, periods opened again.
INSERT INTO my_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('p1', '2017-03-01', '2017-04-01', 'in', 'late', 5);
SELECT is((SELECT count(*) FROM answer WHERE measure = 'late'), 0::bigint, 'a row that comes late is not in the closed states');
SELECT cmp_ok(portext.rebuild_closed_flow('2017-03-01', '2017-04-01'), '>', 1::bigint, 'the period is rebuilt');
SELECT is((SELECT count(*) FROM answer WHERE measure = 'late'), 1::bigint, 'now it is');
DELETE FROM my_flow WHERE measure = 'late';
SELECT is(portext.rebuild_closed_flow('2000-01-01', '2030-01-01'), (SELECT count(*) FROM kept WHERE period_from < '2020-01-01'), 'a rebuild of all leaves the open period open');
SELECT set_eq('TABLE answer', 'TABLE kept', 'and changes no byte');
SELECT throws_ok($$SELECT portext.rebuild_closed_flow('2020-01-01', '2021-01-01')$$, '55000', 'rebuild_closed_flow: no period that begins from 2020-01-01 to before 2021-01-01 is closed', 'an open period alone is not rebuilt');
SELECT is(hint($$SELECT portext.rebuild_closed_flow('2020-01-01', '2021-01-01')$$), 'Closed are the periods that begin before 2020-01-01. Open ones are computed when asked for; close_flow closes more.', 'with a hint');
SELECT is(portext.close_flow('2018-07-01'), 0::bigint, 'an earlier day opens periods');
SELECT set_eq('TABLE answer', 'TABLE kept', 'which are computed');
SELECT portext.close_flow('-infinity');
SELECT cmp_ok(portext.close_flow('infinity'), '>', 1::bigint, 'infinity closes all');
SELECT set_eq('TABLE answer', 'TABLE kept', 'all closed');
SELECT unalike(pg_get_viewdef('portext.open_flow'), '%my_flow%', 'nothing is open');
SELECT portext.close_flow('2016-02-01');
SELECT set_eq('TABLE answer', 'TABLE kept', 'all but a month opened');
SELECT portext.close_flow('2021-01-01');
SELECT is(scanned('SELECT sum(portext.total(state)) FROM portext.flow_rollup()'), NULL, 'no row is read');
ALTER TABLE my_flow DETACH PARTITION my_flow_2016;
SELECT set_eq('TABLE answer', 'TABLE kept', 'states stay when the rows of a closed period leave the table');
ALTER TABLE my_flow ATTACH PARTITION my_flow_2016 FOR VALUES FROM ('2016-01-01') TO ('2017-01-01');

-- A port gets another border: closed states follow as the rows would.
CREATE FUNCTION same_as_open(what text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	until date := (SELECT closed_until FROM portext.local_attachment);
BEGIN
	CREATE TEMP TABLE closed ON COMMIT DROP AS TABLE answer;
	PERFORM portext.close_flow('-infinity');
	RETURN set_eq('TABLE closed', 'TABLE answer', what);
END $$;
CREATE FUNCTION border_changes(change text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM portext.close_flow('2020-06-01');
	EXECUTE change;
	RETURN NEXT same_as_open(change);
	DROP TABLE closed;
END $$;
SELECT border_changes(c) FROM unnest(ARRAY[
	$$UPDATE portext.local_port SET neighbour_iso2 = 'RU' WHERE port_code IN ('p1', 'p2', 'p3')$$,
	$$UPDATE portext.local_port SET neighbour_iso2 = CASE neighbour_iso2 WHEN 'CA' THEN 'MX' WHEN 'MX' THEN 'CA' END$$,
	$$UPDATE portext.local_port SET port_code = 'p11' WHERE port_code = 'p4'$$,
	$$INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom) VALUES ('p4', 'US', 'CA', 'SRID=4326;POINT(1 2)')$$,
	$$DELETE FROM portext.local_port WHERE port_code IN ('p5', 'p6')$$,
	$$UPDATE portext.local_port SET note = 'nothing moves'$$,
	$$TRUNCATE portext.local_port$$]) c;

-- What cannot be attached, closed or dropped.
SELECT throws_ok($$SELECT portext.attach_flow('my_flow')$$, '55000', 'public.my_flow is attached already', 'one table at a time');
SELECT throws_ok('DROP TABLE my_flow', '2BP01', NULL, 'an attached table is not dropped');
SELECT throws_ok('ALTER TABLE my_flow DROP COLUMN note', '2BP01', NULL, 'nor a column that the views read');
SELECT throws_ok('SELECT portext.close_flow(NULL)', '22004', 'close_flow needs a day', 'no day to close until');
SELECT throws_ok($$SELECT portext.rebuild_closed_flow('2020-01-01', '2020-01-01')$$, '22023', NULL, 'a range without a day');
SELECT throws_ok($$SELECT portext.rebuild_closed_flow('-infinity', 'infinity')$$, '55000', NULL, 'no closed period at all');
SELECT is(hint($$SELECT portext.rebuild_closed_flow('-infinity', 'infinity')$$), 'Open periods are computed when asked for; close_flow closes them.', 'with a hint of its own');
SELECT portext.detach_flow();
SELECT is((SELECT count(*) FROM portext.flow WHERE is_local) + (SELECT count(*) FROM portext.local_closed), 0::bigint, 'detached, the views read local_flow; no state stays');
SELECT lives_ok('DROP TABLE my_flow', 'and the table can go');
SELECT throws_ok('SELECT portext.detach_flow()', '55000', 'no table is attached', 'nothing to detach');
SELECT throws_ok($$SELECT portext.close_flow('2020-01-01')$$, '55000', 'no table is attached', 'nothing to close');
SELECT throws_ok($$SELECT portext.rebuild_closed_flow('2020-01-01', '2021-01-01')$$, '55000', 'no table is attached', 'nothing to rebuild');
SELECT throws_ok('SELECT portext.attach_flow(NULL)', '22004', NULL, 'no table');
SELECT throws_ok('SELECT portext.attach_flow(0::regclass)', '42P01', NULL, 'a number that is no table');
SELECT throws_ok('INSERT INTO portext.local_attachment (flow) VALUES (NULL)', '23502', NULL, 'no table, by hand');
CREATE TABLE other (LIKE portext.local_flow);
SELECT throws_ok($$SELECT portext.attach_flow('portext.flow')$$, '42809', NULL, 'a view of the extension');
SELECT throws_ok($$SELECT portext.attach_flow('portext.local_flow_id_seq')$$, '42809', NULL, 'a sequence');
CREATE TEMP TABLE passing (LIKE portext.local_flow);
SELECT throws_ok($$SELECT portext.attach_flow('passing')$$, '42809', NULL, 'a temporary table');
CREATE VIEW circle AS SELECT flow_id AS id, * FROM portext.own_flow;
SELECT throws_ok($$SELECT portext.attach_flow('circle')$$, '42P17', 'public.circle reads the views of portext and cannot be attached', 'a view of the views');
CREATE MATERIALIZED VIEW wheel AS TABLE circle;
SELECT throws_ok($$SELECT portext.attach_flow('wheel')$$, '42P17', 'public.wheel reads the views of portext and cannot be attached', 'a materialized view of them');
CREATE VIEW rim AS TABLE wheel;
SELECT throws_ok($$SELECT portext.attach_flow('rim')$$, '42P17', 'public.rim reads the views of portext and cannot be attached', 'a view of that');
CREATE FUNCTION turn() RETURNS SETOF bigint BEGIN ATOMIC SELECT flow_id FROM portext.flow; END;
CREATE VIEW turning AS SELECT f.* FROM portext.local_flow f JOIN turn() t (id) USING (id);
SELECT throws_ok($$SELECT portext.attach_flow('turning')$$, '42P17', 'public.turning reads the views of portext and cannot be attached', 'a view whose function reads them');
CREATE MATERIALIZED VIEW straight AS SELECT f.* FROM portext.local_flow f JOIN portext.port p USING (port_code) WITH NO DATA;
CREATE VIEW straight_view AS TABLE straight;
SELECT lives_ok($$SELECT portext.attach_flow('straight_view')$$, 'tables of the extension may be read, through views and materialized views, too');
SELECT portext.detach_flow();
DROP VIEW circle, turning, straight_view CASCADE;
ALTER TABLE other ALTER value TYPE double precision;
SELECT throws_ok($$SELECT portext.attach_flow('other')$$, '42804', 'column "value" of public.other has type double precision, not numeric', 'a column of another type');
ALTER TABLE other DROP value;
SELECT throws_ok($$SELECT portext.attach_flow('other')$$, '42703', 'public.other has no column "value" of type numeric', 'a column too few');
ALTER TABLE other ADD value numeric(12, 2), ADD extra text;
SELECT lives_ok($$SELECT portext.attach_flow('other')$$, 'more columns, another order and a modifier do no harm');
INSERT INTO other VALUES (1, 'p1', '2020-01-01', '2021-01-01', 'in', 'm', NULL, 'measured', NULL, NULL, 3.25);
SELECT is((SELECT value FROM portext.flow WHERE is_local), 3.25, 'and it is read');
TRUNCATE portext.local_attachment;
SELECT lives_ok('DROP TABLE other', 'a truncated local_attachment detaches as well');
BEGIN ISOLATION LEVEL REPEATABLE READ;
CREATE TABLE other (LIKE portext.local_flow);
SELECT portext.attach_flow('other');
SELECT throws_ok($$SELECT portext.close_flow('2020-01-01')$$, '25000', NULL, 'an old snapshot closes nothing');
ROLLBACK;

-- create_states_view.
CREATE TABLE "Odd name" ("the key" varchar(9), big bigint, small smallint, "v 1" numeric, d double precision, region text, sub integer, state text) PARTITION BY LIST (region);
CREATE TABLE odd_a PARTITION OF "Odd name" FOR VALUES IN ('a') PARTITION BY HASH (sub);
CREATE TABLE odd_a0 PARTITION OF odd_a FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE odd_b PARTITION OF "Odd name" FOR VALUES IN ('b');
INSERT INTO "Odd name" SELECT 'k' || i % 5, i % 3, 1, i / 3.0, i / 8.0, (ARRAY['a', 'b'])[1 + i % 2], i % 4, 's' FROM generate_series(1, 400) i;
ANALYZE "Odd name";
SELECT lives_ok($$SELECT portext.create_states_view('"S 1"', '"Odd name"', 'the key', 'v 1', 'big')$$, 'names that need quotes');
SELECT is((SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'public."S 1"'::regclass), 'region sub big state', 'the view has the partition keys of every level');
SELECT set_eq($$SELECT big, portext.rollup(state)::text FROM "S 1" GROUP BY 1$$, $$SELECT big, portext.composition_agg("the key", "v 1")::text FROM "Odd name" GROUP BY 1$$, 'merged, its states are those of the rows');
SET enable_partitionwise_aggregate = on;
SELECT is((SELECT count(*) FROM regexp_matches(plan('SELECT portext.rollup(state) FROM "S 1"'), 'Group Key', 'g')), 2::bigint, 'and each is computed in its partition');
RESET enable_partitionwise_aggregate;
SELECT lives_ok($$SELECT portext.create_states_view('s2', 'odd_b', 'big', 'd')$$, 'a table without partitions and no column to group by');
SELECT is((SELECT state::text FROM s2), (SELECT portext.composition_agg(big, d)::text FROM odd_b), 'is one state');
SELECT throws_ok($$SELECT portext.create_states_view('s2', 'odd_b', 'big', 'd')$$, '42P07', NULL, 'a view that is there');
SELECT throws_ok($$SELECT portext.create_states_view('s3', 'odd_b', 'big', 'none')$$, '42703', 'public.odd_b has no column "none"', 'a column that is not');
SELECT throws_ok($$SELECT portext.create_states_view('s3', 'odd_b', 'big', 'd', 'xmin')$$, '42703', 'public.odd_b has no column "xmin"', 'a column of the system''s');
SELECT throws_ok($$SELECT portext.create_states_view('s3', 'odd_b', 'big', 'region')$$, '42804', 'columns "big" and "region" of public.odd_b are no key and value of a composition', 'a value that is none');
SELECT throws_ok($$SELECT portext.create_states_view('s3', 'odd_b', 'small', 'd')$$, '42804', NULL, 'a key of smallint');
SELECT throws_ok(format('SELECT portext.create_states_view(%L, ''odd_b'', ''big'', ''d'')', name), '42602', format('create_states_view: improper view name "%s"', name), what)
	FROM (VALUES ('a.b.c', 'a name of three parts'), ('', 'an empty name'), ('bad"x', 'half a quote'), ('a.', 'half a name'), ('2 b', 'a name that needs quotes')) v (name, what);
SELECT is(hint($$SELECT portext.create_states_view('', 'odd_b', 'big', 'd')$$), 'Give view or schema.view, each in double quotes if it is no plain name.', 'with a hint');
SELECT throws_ok($$SELECT portext.create_states_view(NULL, 'odd_b', 'big', 'd')$$, '22004', NULL, 'no name');
SELECT throws_ok($$SELECT portext.create_states_view('s3', 'odd_b', 'big', 'd', NULL)$$, '22004', NULL, 'no column');
SELECT throws_ok($$SELECT portext.create_states_view('s3', 'odd_b', 'big', 'd', 'state')$$, '42701', 'create_states_view: column "state" of public.odd_b has the name of the states', 'a column with the name of the result');
SELECT is(hint($$SELECT portext.create_states_view('s3', 'odd_b', 'big', 'd', 'state')$$), 'Rename the column, or write the view yourself with another name for the states.', 'with a hint');
CREATE TABLE by_state (state text, v integer) PARTITION BY LIST (state);
SELECT throws_ok($$SELECT portext.create_states_view('s3', 'by_state', 'state', 'v')$$, '42701', 'create_states_view: column "state" of public.by_state has the name of the states', 'a partition key with that name');
CREATE TABLE by_expression (k text, v integer) PARTITION BY HASH (lower(k));
SELECT throws_ok($$SELECT portext.create_states_view('s3', 'by_expression', 'k', 'v')$$, '0A000', NULL, 'a partition key that is no column');
SELECT * FROM finish();
