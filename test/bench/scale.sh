#!/bin/bash
# make bench-scale: what partitions, kept states, other servers and, where it is installed, Citus make of one question:
# total and concentration of ports by direction and year. Queries take turns, A B A B; a ratio is that of the medians.
# BENCH_SCALE_ROWS (2000000) and BENCH_ROUNDS (5) say how much.
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
. test/lib/nodes.sh
. test/lib/tap.sh
need_postgres || exit 1
make -s --no-print-directory PG_CONFIG="$PG_CONFIG" || exit 1
rows=${BENCH_SCALE_ROWS:-2000000} rounds=${BENCH_ROUNDS:-5} db=bench_scale
citus= && [ -e "$("$PG_CONFIG" --sharedir)/extension/citus.control" ] && citus=yes
settings=("jit = off" "autovacuum = off" "shared_buffers = 1GB" "work_mem = 256MB" "max_wal_size = 4GB" "max_parallel_workers_per_gather = 0"
	${citus:+"shared_preload_libraries = 'citus'" "citus.node_conninfo = 'sslmode=prefer'" "citus.enable_statistics_collection = off" "max_connections = 200"})
for node in north south centre; do node_new $node "${settings[@]}" || exit 1; done
for node in north south centre; do
	on $node q postgres "ALTER ROLE postgres PASSWORD '${NODE_PASSWORD[centre]}'" && NODE_PASSWORD[$node]=${NODE_PASSWORD[centre]}
	on $node fresh $db
	on $node q $db "SET client_min_messages = error; ${citus:+CREATE EXTENSION citus; INSERT INTO pg_dist_authinfo VALUES (0, 'postgres', 'password=${NODE_PASSWORD[centre]}');}
		CREATE EXTENSION portext CASCADE; CREATE EXTENSION postgres_fdw"
done
sql() { on centre q $db "SET client_min_messages = error; $1" || exit 1; }

# Skewed like a border: the first of 117 ports has most of the traffic.
generated="SELECT i + 1000000 AS id, 'port-' || (117 * ((i * 7919 % 9973) / 9973.0) ^ 3)::integer AS port_code, make_date((2022 + i % 24 / 12)::integer, (1 + i % 12)::integer, 1) AS period_from,
	(make_date((2022 + i % 24 / 12)::integer, (1 + i % 12)::integer, 1) + interval '1 month')::date AS period_to, (ARRAY['in', 'out'])[1 + i / 24 % 2] AS direction, 'tonnes' AS measure,
	i * 104729 % 100003 / 10::numeric AS value, 't'::text AS unit, 'measured' AS quality, (ARRAY['north', 'south'])[1 + i / 48 % 2] AS source, NULL::text AS note
	FROM generate_series(1::bigint, $rows) i"
echo "loading $rows rows, load average $(cut -d' ' -f1 /proc/loadavg)"
for node in north south; do
	on $node q $db "CREATE TABLE flows (LIKE portext.local_flow); INSERT INTO flows SELECT * FROM ($generated) g WHERE source = '$node'; ANALYZE flows" &
done
sql "CREATE TABLE plain (LIKE portext.local_flow); INSERT INTO plain $generated; ANALYZE plain"
wait $(jobs -p)
for node in north south; do
	servers+="CREATE SERVER $node FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '${NODE_PORT[$node]}', dbname '$db', extensions 'portext', async_capable 'true', fetch_size '10000');
		CREATE USER MAPPING FOR CURRENT_USER SERVER $node OPTIONS (user 'postgres', password '${NODE_PASSWORD[$node]}');
		CREATE FOREIGN TABLE far_$node PARTITION OF far FOR VALUES IN ('$node') SERVER $node OPTIONS (table_name 'flows');"
done
sql "CREATE TABLE far (LIKE plain) PARTITION BY LIST (source); $servers ANALYZE far;
	CREATE TABLE parts (LIKE plain) PARTITION BY RANGE (period_from)" >/dev/null
on centre psql -qXAt -d $db >/dev/null <<'SQL'
SELECT format('CREATE TABLE parts_%s PARTITION OF parts FOR VALUES FROM (%L) TO (%L)', n, make_date(2022 + n / 12, 1 + n % 12, 1), (make_date(2022 + n / 12, 1 + n % 12, 1) + interval '1 month')::date) FROM generate_series(0, 23) n
\gexec
INSERT INTO parts TABLE plain;
ANALYZE parts;
SET enable_partitionwise_aggregate = on;
SELECT portext.create_states_view('far_states', 'far', 'port_code', 'value', 'direction', 'period_from');
SELECT portext.create_states_view('parts_states', 'parts', 'port_code', 'value', 'direction');
CREATE TABLE states AS SELECT id / 100 AS id, portext.composition_agg(port_code, value) AS state FROM plain GROUP BY 1;
ANALYZE states;
SELECT portext.attach_flow('parts');
ALTER DATABASE bench_scale SET enable_partitionwise_aggregate = on;
SQL

# measure NAME SETTINGS SQL...: keeps milliseconds; the first run in a session connects and warms, the second counts.
declare -A times result
measure() {
	local out
	out=$(on centre psql -qXAt -v ON_ERROR_STOP=1 -d $db -c "SET client_min_messages = error; $2" -c "$3" -c '\timing on' -c "$3" 2>&1) || { echo "$out" >&2; exit 1; }
	times[$1]+=" $(sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' <<<"$out" | tail -1)"
	result[$1]=$(grep -v '^Time' <<<"$out" | sort -u | md5sum)
}
median() { tr ' ' '\n' <<<"${times[$1]}" | grep . | sort -g | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
compare() { # compare TEXT A B [GOAL]: their medians and ratio; both must have given the same rows
	[ "${result[$2]}" = "${result[$3]}" ] || { echo "$1: the results differ" >&2; exit 1; }
	awk -v t="$1" -v a="$(median "$2")" -v b="$(median "$3")" -v g="$4" 'BEGIN { printf "  %s: %.1f ms / %.1f ms = %.3g%s\n", t, a, b, a / b, g == "" ? "" : " (goal <= " g ")" (a / b > g ? "  missed" : "") }'
}
question() { # question STATE FROM: numbers that any plan must give alike
	echo "SELECT direction, date_part('year', period_from) AS year, portext.total_exact($1), portext.hhi($1) FROM $2 GROUP BY 1, 2 ORDER BY 1, 2"
}
one="portext.composition_agg(port_code, value)" two="portext.rollup(state)"
answers="SELECT $two, count(*) FROM portext.flow_rollup() WHERE is_local AND measure = 'tonnes'"
for ((round = 0; round < rounds; round++)); do
	measure plain "" "$(question "$one" plain)"
	measure one_step "" "$(question "$one" far)"
	measure two_steps "" "$(question "$two" far_states)"
	measure parts "" "$(question "$two" parts_states)"
	measure plain_workers "SET max_parallel_workers_per_gather = 2" "$(question "$one" plain)"
	measure parts_workers "SET max_parallel_workers_per_gather = 2" "$(question "$two" parts_states)"
	sql "SELECT portext.close_flow('-infinity')" >/dev/null
	measure open "" "$answers"
	sql "SELECT portext.close_flow('2023-12-01')" >/dev/null
	measure closed "" "$answers"
	measure count "" "SELECT count(*) FROM plain"
	measure states "" "SELECT $two FROM states"
done
echo "total and concentration by direction and year, $rows rows, $rounds rounds, load average $(cut -d' ' -f1 /proc/loadavg)"
compare "foreign servers, two steps / one step" two_steps one_step 0.25
compare "foreign servers, two steps / one local table" two_steps plain
compare "24 partitions / plain table" parts plain
compare "24 partitions / plain table, two workers" parts_workers plain_workers
compare "23 closed months and the open one / all rows" closed open

if [ -n "$citus" ]; then
	sql "SELECT citus_set_coordinator_host('127.0.0.1', ${NODE_PORT[centre]}); SELECT citus_add_node('127.0.0.1', p) FROM unnest(ARRAY[${NODE_PORT[north]}, ${NODE_PORT[south]}]) p;
		SET citus.shard_count = 4; CREATE TABLE spread (LIKE plain); SELECT create_distributed_table('spread', 'id'); INSERT INTO spread TABLE plain;
		CREATE AGGREGATE gathered(text, numeric) (SFUNC = portext.composition_accum, STYPE = portext.composition, FINALFUNC = portext.composition_final)" >/dev/null
	sql "ANALYZE spread"
	for ((round = 0; round < rounds; round++)); do
		measure gathered "SET citus.coordinator_aggregation_strategy = 'row-gather'" "$(question "gathered(port_code, value)" spread)"
		measure pushed "SET citus.coordinator_aggregation_strategy = 'disabled'" "$(question "$one" spread)"
	done
	compare "Citus, pushed down / rows gathered" pushed gathered 0.30
else
	echo "  Citus is not installed: not measured"
fi

sizes() { sql "SELECT round($1)"; }
state_rows=$(sizes "(SELECT count(*) FROM states)")
echo "for the sizing in the README:"
echo "  a row: $(sizes "pg_table_size('plain') / $rows::numeric") bytes, $(awk -v t="$(median plain)" -v n=$rows 'BEGIN { printf "%.0f", t * 1e6 / n }') ns to add up, $(awk -v t="$(median count)" -v n=$rows 'BEGIN { printf "%.0f", t * 1e6 / n }') of them to read it"
echo "  a state of $(sizes "(SELECT avg(portext.entity_count(state)) FROM states)") ports: $(sizes "pg_total_relation_size('states') / $state_rows::numeric") bytes, $(awk -v t="$(median states)" -v n="$state_rows" 'BEGIN { printf "%.0f", t * 1e6 / n }') ns to merge"
