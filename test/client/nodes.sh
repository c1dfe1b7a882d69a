#!/bin/bash
# Two servers behind postgres_fdw: the two-step query runs on both at once and gives the bytes of one table; branch
# servers keep monthly states that the centre merges; a foreign table in the place of local_flow. A server that dies in
# the middle of a query, one with an older portext or none, and states of a future format are clear errors.
. test/lib/tap.sh
centre_port=$PGPORT centre_password=$PGPASSWORD centre_cluster=$CLUSTER
. test/lib/cluster.sh
. test/lib/nodes.sh
. test/lib/frozen.sh
node_new north || exit 1
node_new south || exit 1
on south install_frozen # into the directory of the last one
export PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres PGPORT=$centre_port PGPASSWORD=$centre_password
CLUSTER=$centre_cluster
db=nodes_test
dir=$(mktemp -d)

explain() { # explain QUERY [off]: with partition-wise aggregates, or without
	q $db "SET max_parallel_workers_per_gather = 0; SET enable_partitionwise_aggregate = ${2:-on}; EXPLAIN (VERBOSE, COSTS OFF) $1"
}
count() { grep -cE -- "$2" <<<"$1"; }
wait_for() { # wait_for WHAT COMMAND...: until it prints "t", a minute at most
	local try
	for try in {1..600}; do
		[ "$("${@:2}")" = t ] && return 0
		sleep 0.1
	done
	echo "# waited in vain for: $1"
}

# The same rows everywhere: each node has those of its branch, the centre has all, in a plain table and in partitions.
rows="SELECT CASE i % 3 WHEN 0 THEN 'north' ELSE 'south' END AS branch, make_date(2020, 1 + i / 3 % 6, 1) AS month, (ARRAY['in', 'out'])[1 + i % 2] AS direction,
	'Port ' || i * 7919 % 101 AS port, i * 7919 % 103 AS port_id, i * 7919::bigint % 107 - 5000000000 AS port_big,
	i % 1000 AS whole, i * 10000000019 AS big, round(i / 7.0, i % 6) AS exact, i / 8191::double precision * 10.0 ^ (i % 9 - 4) AS double
	FROM generate_series(1, 12000) i"
for node in north south; do
	on $node fresh $db
	on $node q $db "CREATE EXTENSION portext CASCADE; CREATE TABLE trade AS SELECT * FROM ($rows) r WHERE branch = '$node'; ANALYZE trade;
		CREATE VIEW held AS SELECT * FROM trade WHERE (SELECT pg_advisory_xact_lock_shared(42)::text) = ''" >/dev/null
done
fresh $db
server() { # server NAME NODE DATABASE: a foreign server of that name
	echo "CREATE SERVER $1 FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '${NODE_PORT[$2]}', dbname '$3', extensions 'portext', async_capable 'true');
		CREATE USER MAPPING FOR CURRENT_USER SERVER $1 OPTIONS (user 'postgres', password '${NODE_PASSWORD[$2]}');"
}
foreign() { # foreign PARENT REMOTE SERVER...: a parent by branch of the remote tables; the second server is the south
	echo "CREATE TABLE $1 (LIKE plain) PARTITION BY LIST (branch);
		CREATE FOREIGN TABLE $1_n PARTITION OF $1 FOR VALUES IN ('north') SERVER $3 OPTIONS (table_name '$2');
		CREATE FOREIGN TABLE $1_s PARTITION OF $1 FOR VALUES IN ('south') SERVER $4 OPTIONS (table_name '$2');"
}
is "the centre is set up" "$(q $db "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE; CREATE EXTENSION postgres_fdw;
	$(server north north $db) $(server south south $db)
	CREATE TABLE plain AS $rows;
	CREATE TABLE parts (LIKE plain) PARTITION BY LIST (branch);
	CREATE TABLE parts_n PARTITION OF parts FOR VALUES IN ('north');
	CREATE TABLE parts_s PARTITION OF parts FOR VALUES IN ('south');
	INSERT INTO parts TABLE plain; ANALYZE plain; ANALYZE parts;
	$(foreign far trade north south) ANALYZE far;
	$(foreign held held north south)
	ALTER DATABASE $db SET enable_partitionwise_aggregate = on")" ""

# The two-step query as a view.
like "without partition-wise aggregates the view says so" "$(q $db "SET enable_partitionwise_aggregate = off; SELECT portext.create_states_view('far_states', 'far', 'port', 'exact', 'month', 'direction')")" \
	'NOTICE: .*only while enable_partitionwise_aggregate is on'
q $db "SELECT portext.create_states_view('held_states', 'held', 'port', 'exact', 'month', 'direction')" >/dev/null
plan=$(explain "SELECT direction, portext.hhi(portext.rollup(state)) FROM far_states WHERE month >= '2020-02-01' GROUP BY direction")
is "both servers are asked at once" "$(count "$plan" 'Async Foreign Scan')" 2
is "for states, with the condition" "$(count "$plan" 'Remote SQL: SELECT .*portext\.composition_agg\(port, exact\).* WHERE .*2020-02-01.* GROUP BY')" 2
plan=$(explain "SELECT direction, portext.hhi(portext.rollup(state)) FROM far_states WHERE branch = 'south' GROUP BY direction")
is "one branch asks one server" "$(count "$plan" 'Foreign Scan')" 1

q $db "CREATE FUNCTION differ(parent text) RETURNS TABLE (key text, value text, groups bigint, differences bigint) LANGUAGE plpgsql AS \$\$
BEGIN
	FOR key, value IN SELECT k, v FROM unnest('{port,port_id,port_big}'::text[]) k, unnest('{whole,big,exact,double}'::text[]) v LOOP
		PERFORM portext.create_states_view('public.compared', parent::regclass, key::name, value::name, 'month', 'direction');
		EXECUTE format('WITH a AS (SELECT direction, month, portext.composition_send(portext.composition_agg(%1\$s, %2\$s)) FROM plain GROUP BY 1, 2),
			b AS (SELECT direction, month, portext.composition_send(portext.rollup(state)) FROM compared GROUP BY 1, 2)
			SELECT (SELECT count(*) FROM b), (SELECT count(*) FROM ((TABLE a EXCEPT TABLE b) UNION ALL (TABLE b EXCEPT TABLE a)) d)', key, value) INTO groups, differences;
		DROP VIEW compared;
		RETURN NEXT;
	END LOOP;
END \$\$" >/dev/null
for parent in parts far; do
	is "$parent: for 3 sorts of keys and 4 of values, 12 groups each have the bytes of one table" \
		"$(q $db "SELECT count(*), sum(groups), sum(differences) FROM differ('$parent')")" '12|144|0'
done
is "without a trick, too, only slower" "$(q $db "SET client_min_messages = warning; SET enable_partitionwise_aggregate = off; SELECT sum(groups), sum(differences) FROM differ('far')")" '144|0'
is "the bytes of all rows together" "$(q $db "SELECT portext.rollup(state)::text = (SELECT portext.composition_agg(port, exact)::text FROM plain) FROM far_states")" t

# Both servers at work in one moment: their rows wait for a lock each.
hold() { # hold NODE
	on "$1" psql -qX -d $db -c "SELECT pg_advisory_lock(42), pg_sleep(600)" >/dev/null 2>&1 &
	wait_for "a lock on $1" on "$1" q $db "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND granted"
}
release() { on "$1" q $db "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND granted AND mode = 'ExclusiveLock'" >/dev/null; }
waiting() { on "$1" q $db "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted"; }
q $db "CREATE TABLE result (month date, state portext.composition)" >/dev/null
merge="INSERT INTO result SELECT month, portext.rollup(state) FROM held_states GROUP BY month"
start() { # a merge of both servers in the background, until both wait
	hold north
	hold south
	q $db "$merge" >"$dir/merge" &
	merging=$!
	wait_for "north" waiting north
	wait_for "south" waiting south
}
start
is "the backends of both servers are at work at once" "$(waiting north) $(waiting south)" "t t"
release north
release south
wait $merging
is "released, the merge gives the bytes of one table" "$(cat "$dir/merge"; q $db "SELECT count(*) FROM
	(TABLE result EXCEPT SELECT month, portext.composition_agg(port, exact) FROM plain GROUP BY month) d; SELECT count(*) FROM result")" $'0\n6'

# One of them dies.
q $db "TRUNCATE result" >/dev/null
start
postmaster=$(head -1 "${NODE[south]}/data/postmaster.pid")
kill -9 $postmaster $(ps -o pid= --ppid "$postmaster")
release north
wait $merging
like "a server that dies in the middle of a query is an error" "$(cat "$dir/merge")" 'ERROR:  (08006|08000|57P01|57P02): .*(server closed the connection|terminating connection|could not receive)'
is "and nothing half is merged" "$(q $db "SELECT count(*) FROM result")" 0
like "while it is down, too" "$(q $db "$merge")" 'ERROR:  08001: could not connect to server "south"'
rm -f "${NODE[south]}/data/postmaster.pid" # where nobody reaps it, the dead server still counts as running
as_server "$("$PG_CONFIG" --bindir)/pg_ctl" -D "${NODE[south]}/data" -l "${NODE[south]}/log" -o "-p ${NODE_PORT[south]}" -s -w start >"$dir/start" 2>&1 || cat "$dir/start" "${NODE[south]}/log"
is "when it is back, the merge works" "$(q $db "$merge; SELECT count(*) FROM (TABLE result EXCEPT SELECT month, portext.composition_agg(port, exact) FROM plain GROUP BY month) d")" 0
q $db "TRUNCATE result" >/dev/null

# Other versions on a node.
other() { # other NAME [VERSION]: a database of the south with rows, and a parent over north and it
	on south fresh "$1"
	on south q "$1" "SET client_min_messages = warning; ${2:+CREATE EXTENSION postgis; CREATE EXTENSION portext VERSION '$2';} CREATE TABLE trade AS SELECT * FROM ($rows) r WHERE branch = 'south'" >/dev/null
	q $db "$(server "$1" south "$1") $(foreign "far_$1" trade north "$1") ANALYZE far_$1; SELECT portext.create_states_view('states_$1', 'far_$1', 'port', 'exact', 'month')" >/dev/null
}
merge_of() { q $db "INSERT INTO result SELECT month, portext.rollup(state) FROM states_$1 GROUP BY month"; }
other older 0.1.0
is "a node whose portext is 0.1.0 works with us" "$(merge_of older; q $db "SELECT count(*) FROM (TABLE result EXCEPT SELECT month, portext.composition_agg(port, exact) FROM plain GROUP BY month) d; SELECT count(*) FROM result; TRUNCATE result")" $'0\n6'
on south psql -qX -d older <<<"SELECT format('ALTER AGGREGATE %s RENAME TO not_yet', oid::regprocedure) FROM pg_proc WHERE proname = 'composition_agg' \\gexec" >/dev/null
out=$(merge_of older)
like "one that has not the aggregate asked for is an error" "$out" 'ERROR:  42883: function portext.composition_agg\(text, numeric\) does not exist'
like "with the query that it was asked" "$out" 'CONTEXT:  .*[rR]emote SQL command: SELECT .*portext\.composition_agg'
other bare
like "so is one without portext" "$(merge_of bare)" 'ERROR:  3F000: schema "portext" does not exist'
is "nothing half is merged by either" "$(q $db "SELECT count(*) FROM result")" 0

# Branch servers keep states of each month; the centre merges them.
for node in north south; do
	on $node q $db "CREATE TABLE monthly (branch text, month date, direction text, state portext.composition, PRIMARY KEY (month, direction));
		INSERT INTO monthly SELECT branch, month, direction, portext.composition_agg(port, exact) FROM trade GROUP BY 1, 2, 3" >/dev/null
done
q $db "CREATE TABLE monthly (branch text, month date, direction text, state portext.composition) PARTITION BY LIST (branch);
	CREATE FOREIGN TABLE monthly_n PARTITION OF monthly FOR VALUES IN ('north') SERVER north OPTIONS (table_name 'monthly');
	CREATE FOREIGN TABLE monthly_s PARTITION OF monthly FOR VALUES IN ('south') SERVER south OPTIONS (table_name 'monthly')" >/dev/null
merge="INSERT INTO result SELECT month, portext.rollup(state) FROM monthly GROUP BY month"
is "the monthly states of two branches merge to the bytes of one big table" "$(q $db "$merge; SELECT count(*) FROM (TABLE result EXCEPT SELECT month, portext.composition_agg(port, exact) FROM plain GROUP BY month) d; SELECT count(*) FROM result; TRUNCATE result")" $'0\n6'
is "so do those of a year and direction" "$(q $db "SELECT direction, md5(portext.composition_send(portext.rollup(state))) FROM monthly GROUP BY 1 ORDER BY 1")" \
	"$(q $db "SELECT direction, md5(portext.composition_send(portext.composition_agg(port, exact))) FROM plain GROUP BY 1 ORDER BY 1")"
plan=$(explain "SELECT direction, portext.rollup(state) FROM monthly GROUP BY direction" off)
is "without partition-wise aggregates the centre asks for states, from both at once" "$(count "$plan" 'Async Foreign Scan') $(count "$plan" 'Remote SQL: SELECT direction, state FROM public.monthly')" "2 2"

# A state as some later version may write it.
on south q $db "CREATE FUNCTION bytes_of(portext.composition) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'byteasend';
	CREATE FUNCTION composition_of(bytea) RETURNS portext.composition LANGUAGE internal IMMUTABLE STRICT AS 'byteasend';
	UPDATE monthly SET state = composition_of(set_byte(bytes_of(state), 0, 200)) WHERE month = '2020-06-01'" >/dev/null
out=$(q $db "$merge")
like "a state of a future format is an error" "$out" 'ERROR:  0A000: unknown format 200 of type composition'
like "with a hint" "$out" 'HINT:  .*[uU]pdate'
on south q $db "ALTER TABLE monthly RENAME TO monthly_old; CREATE TABLE monthly AS SELECT branch, month, direction, '{\"v2\": {\"Port 1\": 5}}'::text AS state FROM monthly_old" >/dev/null
out=$(q $db "$merge")
like "so is a text that some later version may send" "$out" 'ERROR:  22P02: invalid input syntax for type composition: "\{"v2"'
like "with the column it came from" "$out" 'CONTEXT:  .*column "state" of foreign table "monthly'
is "and nothing half is merged" "$(q $db "SELECT count(*) FROM result")" 0

# A foreign table in the place of local_flow.
flows="SELECT i + 1000000::bigint AS id, 'p' || i % 7 AS port_code, make_date(2020, 1 + i / 2 % 6, 1) AS period_from, make_date(2020, 2 + i / 2 % 6, 1) AS period_to,
	(ARRAY['in', 'out'])[1 + i % 2] AS direction, 'm' || i / 12 % 3 AS measure, round(i / 7.0, i % 5) AS value, NULL::text AS unit, 'measured'::text AS quality, NULL::text AS source, NULL::text AS note
	FROM generate_series(1, 20000) i"
on north q $db "CREATE TABLE flows AS SELECT * FROM ($flows) f WHERE direction = 'in'" >/dev/null
on south q $db "CREATE TABLE flows AS SELECT * FROM ($flows) f WHERE direction = 'out'" >/dev/null
q $db "INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom) SELECT 'p' || i, 'US', 'CA', 'SRID=4326;POINT(1 2)' FROM generate_series(1, 4) i;
	INSERT INTO portext.local_flow SELECT * FROM ($flows) f;
	CREATE VIEW answer AS SELECT measure, direction, country_iso2, period_from, portext.composition_send(state) FROM portext.flow_rollup() WHERE is_local;
	CREATE TABLE kept AS TABLE answer;
	CREATE TABLE flows (LIKE portext.local_flow) PARTITION BY LIST (direction);
	CREATE FOREIGN TABLE flows_in PARTITION OF flows FOR VALUES IN ('in') SERVER north OPTIONS (table_name 'flows');
	CREATE FOREIGN TABLE flows_out PARTITION OF flows FOR VALUES IN ('out') SERVER south OPTIONS (table_name 'flows');
	ANALYZE flows; SELECT portext.attach_flow('flows')" >/dev/null
differences="SELECT count(*) FROM ((TABLE answer EXCEPT TABLE kept) UNION ALL (TABLE kept EXCEPT TABLE answer)) d"
like "there is something to compare" "$(q $db "SELECT count(*) FROM kept")" '^[0-9]{2}$'
is "attached, foreign rows give the states that local rows gave" "$(q $db "$differences")" 0
plan=$(explain "SELECT portext.rollup(state) FROM portext.flow_rollup() WHERE is_local")
is "the servers add up by port" "$(count "$plan" 'Remote SQL: SELECT .*sum\(value\) FROM .* WHERE .*period_from >= .* GROUP BY')" 2
is "closed" "$(q $db "SELECT portext.close_flow('2020-04-01'); $differences")" $'36\n0'
like "a server that is down closes nothing" "$(q $db "ALTER SERVER south OPTIONS (SET port '1'); SELECT portext.close_flow('2020-06-01')")" 'ERROR:  08001'
is "what was closed stays" "$(q $db "SELECT closed_until, (SELECT count(*) FROM portext.local_closed) FROM portext.local_attachment")" '2020-04-01|36'

q postgres "DROP DATABASE $db"
rm -rf "$dir"
done_testing
