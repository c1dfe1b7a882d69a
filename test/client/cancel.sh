#!/bin/bash
# Whatever builds or reads a huge composition stops when it is cancelled, and gives its memory back. Each query is repeated
# without end and cancelled twice, after some time. "At once" is measured in processor time, which does not depend on what
# else the machine does. CANCEL_ENTRIES makes the compositions larger.
. test/lib/tap.sh
n=${CANCEL_ENTRIES:-200000}
dir=$(mktemp -d) && chmod 755 "$dir" && trap 'rm -rf "$dir"' EXIT
fresh cancel
q cancel "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE" | grep ERROR

# The values: text and bigint keys, none, and totals of every width.
psql -qX -v ON_ERROR_STOP=1 -v n=$n -d cancel <<-'SQL'
	SET search_path = public, portext;
	CREATE TABLE huge (name text, c composition, x text, j jsonb);
	ALTER TABLE huge ALTER c SET STORAGE EXTERNAL, ALTER x SET STORAGE EXTERNAL, ALTER j SET STORAGE EXTERNAL;
	INSERT INTO huge SELECT 'bigint', composition_agg(i, i) FROM generate_series(1, :n) AS i;
	INSERT INTO huge SELECT 'text', composition_agg('key ' || i, i) FROM generate_series(1, :n) AS i;
	INSERT INTO huge SELECT 'text1', composition_agg('key ' || i, i + 1) FROM generate_series(1, :n) AS i;
	INSERT INTO huge SELECT 'none', composition_agg(i / 3e0) FROM generate_series(1, :n) AS i;
	INSERT INTO huge SELECT 'binary', composition_agg(i, i / 7e9) FROM generate_series(1, :n) AS i;
	INSERT INTO huge SELECT 'decimal', composition_agg(i, i / 7.0) FROM generate_series(1, :n) AS i;
	INSERT INTO huge SELECT 'wide', composition_agg(i, (i / 7.0) * 1e60) FROM generate_series(1, :n / 10) AS i;
	-- Each of these totals takes milliseconds.
	CREATE TABLE long AS SELECT composition_agg(i, CASE i WHEN 0 THEN 1e-4000 ELSE 1e20000 END) AS c FROM generate_series(0, :n / 500) AS i;
	-- Sorting values and adding them up is quick.
	CREATE TABLE many AS SELECT composition_agg((i % 250)::float8) AS c FROM (SELECT generate_series(1, 75 * :n) AS i) AS g;
	UPDATE huge SET x = c::text;
	UPDATE huge SET j = c::jsonb WHERE name = 'text';
SQL
psql -qX -d cancel -c "\\copy (SELECT c FROM huge) TO '$dir/binary' (FORMAT binary)"

used="SELECT 'memory ' || sum(total_bytes) FROM pg_backend_memory_contexts"
time="SELECT 'time ' || pg_read_file('/proc/self/stat', 0, 1000)"
session() { # session QUERY: runs it between looks at its own memory and time, in one session
	psql -qXAt -d cancel -v VERBOSITY=sqlstate -c "SET search_path = public, portext" -c "SET max_parallel_workers_per_gather = 0" \
		-c "SELECT 'pid ' || pg_backend_pid()" -c "$used" -c "DO \$do\$ BEGIN LOOP EXECUTE \$q\$$1\$q\$; END LOOP; END \$do\$" -c "$time" -c "$used" 2>&1 >"$dir/out"
}

ticks() { # ticks LINE: user and system time, from a line of /proc/PID/stat, in hundredths of a second
	set -- ${1##*) }
	echo $((${12:-0} + ${13:-0}))
}

after() { sed -n "s/^$1 //p" "$dir/out" | sed -n "$2p"; } # after WORD NTH: what the session said there

# stopped NAME QUERY [TICKS]: cancelled after so much time
stopped() {
	local name=$1 query=${2//@n@/$n} after pid begin now spent grown
	for after in ${3:-8 30}; do
		: >"$dir/out"
		session "$query" >"$dir/err" &
		until [ -n "$(after memory 1)" ] || ! kill -0 $!; do sleep 0.01; done
		pid=$(after pid 1)
		begin=$(ticks "$(cat "/proc/$pid/stat")")
		while now=$(ticks "$(cat "/proc/$pid/stat" 2>/dev/null)"); [ "$now" -gt 0 ] && [ $((now - begin)) -lt $after ]; do sleep 0.01; done
		kill -INT "$pid"
		wait $!
		is "$name is cancelled" "$(cat "$dir/err")" "ERROR:  57014"
		spent=$(($(ticks "$(after time 1)") - now)) grown=$((($(after memory 2) - $(after memory 1)) / 1048576))
		[ "$spent" -lt 50 ] && [ "$grown" -lt 2 ]
		is "$name stops at once (after $spent ticks) and frees its memory (keeps $grown MB)" $? 0
	done
}

while IFS='|' read -r name query; do
	stopped "$name" "$query"
done <<-'QUERIES'
	composition_agg of bigint keys|SELECT composition_agg(i, i) FROM generate_series(1, 2 * @n@) AS i
	composition_agg of text keys|SELECT composition_agg('key ' || i, i) FROM generate_series(1, @n@) AS i
	composition_agg without keys|SELECT composition_agg(i / 7e0) FROM generate_series(1, 2 * @n@) AS i
	composition_agg of numeric|SELECT composition_agg(i, i / 7.0) FROM generate_series(1, @n@) AS i
	rollup of bigint keys|SELECT rollup(c) FROM huge, generate_series(1, 5) WHERE name = 'bigint'
	rollup of text keys|SELECT rollup(c) FROM huge, generate_series(1, 3) WHERE name LIKE 'text%'
	rollup without keys|SELECT rollup(c) FROM huge, generate_series(1, 3) WHERE name = 'none'
	rollup of wide totals|SELECT rollup(c) FROM huge, generate_series(1, 9) WHERE name = 'wide'
	rollup of long totals|SELECT rollup(c) FROM long, generate_series(1, 2)
	merge of long totals|SELECT c || c FROM long
	subtract of long totals|SELECT c - c FROM long
	merge|SELECT a.c || b.c FROM huge a, huge b WHERE a.name IN ('text', 'binary') AND b.name IN ('text1', 'bigint') AND a.name LIKE left(b.name, 1) || '%'
	subtract|SELECT b.c - a.c FROM huge a, huge b WHERE a.name = 'text' AND b.name = 'text1'
	text out|SELECT length(c::text) FROM huge
	text in|SELECT length(x::composition::text) FROM huge
	to json|SELECT length(c::json::text) FROM huge
	binary send|SELECT length(composition_send(c)) FROM huge, generate_series(1, 4)
	indicators|SELECT hhi(c), gini(c), theil_t(c), hill_number(c, 1.5), rank_size_slope(c), shannon_entropy(c) FROM huge
	total|SELECT total(c), total_exact(c), partner_count(c) FROM huge, generate_series(1, 4)
	shares|SELECT count(*) FROM huge, shares(c) WHERE name IN ('text', 'bigint')
	matched|SELECT count(*) FROM huge a, huge b, matched(a.c, b.c) WHERE a.name = 'text' AND b.name = 'text1'
	two compositions|SELECT krugman_index(a.c, b.c), cosine_similarity(a.c, b.c), diversity_rca(a.c, b.c) FROM huge a, huge b WHERE a.name = 'text' AND b.name = 'text1'
	a key of two compositions|SELECT location_quotient(a.c, b.c, 'key 5') FROM huge a, huge b, generate_series(1, 5) WHERE a.name = 'text' AND b.name = 'text1'
	port_shift|SELECT count(*) FROM huge a, huge b, port_shift(a.c, b.c) WHERE a.name = 'text' AND b.name = 'text1'
	index_number|SELECT count(*) FROM huge, index_number(c, 5) WHERE name = 'bigint'
	ratio_to_report|SELECT sum(r) FROM (SELECT ratio_to_report(i / 7e0) OVER () AS r FROM generate_series(1, @n@) AS i) AS q
	sort|SELECT c FROM (SELECT composition_agg(i % 100, i) AS c FROM generate_series(1, @n@) AS i GROUP BY i / 10) AS q ORDER BY c OFFSET 2000000000
	from jsonb|SELECT j::composition FROM huge, generate_series(1, 3) WHERE name = 'text'
	to jsonb|SELECT c::jsonb FROM huge WHERE name = 'text'
QUERIES
stopped "an indicator of many values" "SELECT pareto_exponent(c) FROM many" 60
stopped "binary recv" "COPY huge (c) FROM '$dir/binary' (FORMAT binary)"
q postgres "DROP DATABASE cancel"
done_testing
