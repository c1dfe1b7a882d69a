#!/bin/bash
# make check-sqlsmith [STATEMENTS=N] [SEED=N]: random statements by sqlsmith over all views, tables and functions of the
# extension. A crash fails, and so does an internal error (class XX) that known.txt does not explain.
# The statements run 3,000 at a time, each lot with a seed of its own: SEED, SEED + 1 and so on.
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
statements=${STATEMENTS:-9000} seed=${SEED:-1} lot=3000 out=build/sqlsmith
passed=0 failed=0
fail() { echo "$1"; echo "$passed passed, $((failed + 1)) failed"; exit 1; }

need_postgres sqlsmith || fail "packages are missing"
make -s --no-print-directory PG_CONFIG="$PG_CONFIG" || fail "the build failed"
rm -rf $out && mkdir -p $out || exit 1
cluster_guard
cluster_new "jit = off" "log_error_verbosity = verbose" "log_line_prefix = '%e %a|'" "track_activity_query_size = 64kB" || fail "no server"
psql -qX -c "CREATE DATABASE smith" && psql -qX -d smith -f test/sqlsmith/setup.sql && psql -qX -c "ALTER ROLE smith PASSWORD '$PGPASSWORD'" || fail "no database"

for ((done = 0; done < statements; done += lot, seed++)); do
	# sqlsmith itself limits a statement to one second; the long limit here is for a server that does not answer any more.
	as_server sh -c ": >'$CLUSTER/log'"
	n=$((statements - done < lot ? statements - done : lot))
	timeout 3600 sqlsmith --target="host=$PGHOST port=$PGPORT dbname=smith user=smith password=$PGPASSWORD" \
		--seed=$seed --max-queries=$n --exclude-catalog --verbose >$out/said 2>&1
	status=$?
	if test/sqlsmith/count.pl $n $status $out "$CLUSTER/log"; then
		echo "seed $seed ... ok" && passed=$((passed + 1))
	else
		cp "$CLUSTER/log" "$out/log.$seed"
		echo "seed $seed ... FAILED, the server's log is $out/log.$seed" && failed=$((failed + 1))
	fi
done
test/sqlsmith/count.pl total $out
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
