#!/bin/bash
# A coordinator and two workers of Citus on this machine: aggregates run on the workers, states travel exactly, a
# distributed table stands in the place of local_flow. test/check_citus.sh runs it.
. test/lib/packages.sh
. test/lib/cluster.sh
. test/lib/nodes.sh
. test/lib/tap.sh
need_postgres >&2 || exit 1
db=citus_test
for node in north south centre; do
	node_new $node "shared_preload_libraries = 'citus'" "citus.node_conninfo = 'sslmode=prefer'" "citus.enable_statistics_collection = off" \
		"max_connections = 200" "max_prepared_transactions = 20" "shared_buffers = 64MB" "wal_level = logical" || exit 1
done
for node in north south centre; do # every server asks every other one, by one password
	on $node q postgres "ALTER ROLE postgres PASSWORD '${NODE_PASSWORD[centre]}'" >/dev/null
	NODE_PASSWORD[$node]=${NODE_PASSWORD[centre]}
	on $node fresh $db
	is "$node has Citus and portext" "$(on $node q $db "SET client_min_messages = error; CREATE EXTENSION citus; CREATE EXTENSION portext CASCADE;
		INSERT INTO pg_dist_authinfo VALUES (0, 'postgres', 'password=${NODE_PASSWORD[centre]}')")" ""
done
sql() { # with nothing but distributed plans of aggregates allowed
	on centre q $db "SET client_min_messages = warning; SET citus.coordinator_aggregation_strategy = 'disabled'; SET citus.explain_all_tasks = on; $1"
}
is "the coordinator has two workers" "$(sql "SELECT citus_set_coordinator_host('127.0.0.1', ${NODE_PORT[centre]});
	SELECT count(*) FROM (SELECT citus_add_node('127.0.0.1', p) FROM unnest(ARRAY[${NODE_PORT[north]}, ${NODE_PORT[south]}]) p) n")" $'\n2'

# The same rows in a local and in a distributed table.
rows="SELECT i AS id, make_date(2020, 1 + i / 3 % 6, 1) AS month, (ARRAY['in', 'out'])[1 + i % 2] AS direction,
	'Port ' || i * 7919 % 101 AS port, i * 7919 % 103 AS port_id, i * 7919::bigint % 107 - 5000000000 AS port_big,
	i % 1000 AS whole, i * 10000000019 AS big, round(i / 7.0, i % 6) AS exact, i / 8191::double precision * 10.0 ^ (i % 9 - 4) AS double
	FROM generate_series(1, 12000) i"
sql "SET citus.shard_count = 4; CREATE TABLE plain AS $rows; CREATE TABLE far (LIKE plain); SELECT create_distributed_table('far', 'id'); INSERT INTO far TABLE plain" >/dev/null
is "rows on both workers" "$(sql "SELECT count(DISTINCT nodeport), sum((SELECT count(*) FROM far)) / count(*) FROM citus_shards WHERE table_name = 'far'::regclass")" "2|12000.0000000000000000"
plan=$(sql "EXPLAIN (VERBOSE, COSTS OFF) SELECT direction, portext.hhi(portext.composition_agg(port, exact)) FROM far GROUP BY direction")
like "four tasks" "$plan" 'Tasks Shown: All'
is "each with a partial aggregate on its worker" "$(grep -c "worker_partial_agg('portext.composition_agg(text,numeric)'::regprocedure" <<<"$plan")" 4
like "which the coordinator merges" "$plan" 'coord_combine_agg\('
echo "$plan" | sed 's/^/# /'
for key in port port_id port_big; do
	for value in whole big exact double; do
		is "$key, $value: the bytes of one table" "$(sql "WITH a AS (SELECT direction, portext.composition_send(portext.composition_agg($key, $value)) AS s FROM far GROUP BY 1),
			b AS (SELECT direction, portext.composition_send(portext.composition_agg($key, $value)) AS s FROM plain GROUP BY 1)
			SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM a JOIN b USING (direction, s))")" "2|2"
	done
done
is "one-step aggregates, too" "$(sql "SELECT portext.hhi(exact), portext.gini(double) FROM far")" "$(sql "SELECT portext.hhi(exact), portext.gini(double) FROM plain")"
is "a state on each worker first, then rollup: half the traffic" "$(sql "SELECT direction, md5(portext.composition_send(portext.rollup(s))) FROM
	(SELECT id % 4 AS part, direction, portext.composition_agg(port, exact) AS s FROM far GROUP BY id % 4, direction) q GROUP BY 1 ORDER BY 1")" \
	"$(sql "SELECT direction, md5(portext.composition_send(portext.composition_agg(port, exact))) FROM plain GROUP BY 1 ORDER BY 1")"
sql "CREATE TABLE states AS SELECT id % 50 AS id, portext.composition_agg(port, double) AS s FROM plain GROUP BY 1; SELECT create_distributed_table('states', 'id')" >/dev/null
is "distributed states merge on the workers" "$(sql "SELECT md5(portext.composition_send(portext.rollup(s))) FROM states")" "$(sql "SELECT md5(portext.composition_send(portext.composition_agg(port, double))) FROM plain")"

# A distributed table in the place of local_flow.
sql "INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom) SELECT 'Port ' || i, 'US', 'CA', 'SRID=4326;POINT(1 2)' FROM generate_series(1, 50) i;
	INSERT INTO portext.local_flow (id, port_code, period_from, period_to, direction, measure, value) SELECT id + 1000000, port, month, (month + interval '1 month')::date, direction, 'm', exact FROM plain;
	CREATE TABLE kept AS SELECT direction, country_iso2, period_from, portext.composition_send(state) AS s FROM portext.flow_rollup() WHERE is_local;
	CREATE TABLE my_flow (LIKE portext.local_flow INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
	SET citus.shard_count = 4; SELECT create_distributed_table('my_flow', 'port_code'); INSERT INTO my_flow SELECT * FROM portext.local_flow" >/dev/null
is "it is attached" "$(sql "SELECT portext.attach_flow('my_flow')")" ""
is "the views read it" "$(sql "SELECT count(*) FROM portext.own_flow; SELECT count(*) FROM portext.flow WHERE is_local")" $'12000\n12000'
out=$(sql "SELECT count(*) FROM portext.flow_rollup() WHERE is_local")
like "open periods are an error" "$out" 'ERROR:'
echo "$out" | sed 's/^/# /'
is "all periods are closed" "$(sql "SELECT portext.close_flow('infinity')")" 24
is "closed states are the bytes of local_flow" "$(sql "SELECT count(*) FROM portext.local_closed c JOIN kept k ON k.direction = c.direction AND k.country_iso2 = c.country_iso2
	AND k.period_from = c.period_from AND k.s = portext.composition_send(c.state)")" 24
is "answers read them" "$(sql "SELECT count(*) FROM portext.flow_rollup() WHERE is_local; SELECT count(*) FROM portext.flow_concentration WHERE is_local")" $'24\n4'
sql "UPDATE my_flow SET value = value + 1 WHERE period_from = '2020-03-01'" >/dev/null
is "a changed month is rebuilt" "$(sql "SELECT portext.rebuild_closed_flow('2020-03-01', '2020-04-01'); SELECT sum(portext.total_exact(state)) = (SELECT sum(value) FROM my_flow) FROM portext.local_closed")" $'4\nt'
done_testing
