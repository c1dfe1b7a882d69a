#!/bin/bash
# make bench: ratios of portext to named anchors, measured side by side in one run. See bench.mjs and flow.mjs.
# BENCH_PARTS names the parts to run: compositions flows
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
need_postgres && need xz-utils || exit 1
command -v node >/dev/null || need nodejs || exit 1
command -v npm >/dev/null || need npm || exit 1
make -s PG_CONFIG="$PG_CONFIG" || exit 1
mkdir -p build/bench && cp test/bench/package.json test/bench/*.mjs build/bench/ &&
	(cd build/bench && npm install --no-audit --no-fund --no-package-lock --silent) || exit 1
trap 'cluster_stop' EXIT
trap 'exit 1' INT TERM
cluster_new "shared_buffers = 6GB" "work_mem = 3GB" "hash_mem_multiplier = 1.0" "max_wal_size = 8GB" "jit = off" \
	"autovacuum = off" "max_parallel_workers_per_gather = 0" "wal_level = minimal" "max_wal_senders = 0" || exit 1
export BENCH_CSV=build/bench/crossing.csv BENCH_ROWS=${BENCH_ROWS:-10000000} BENCH_ROUNDS=${BENCH_ROUNDS:-5}
xz -dc test/data/border_crossing_entry_2019.csv.xz >$BENCH_CSV || exit 1
parts=${BENCH_PARTS:-compositions flows}
echo "load of the machine at the start: $(cut -d' ' -f1-3 /proc/loadavg)"
if [[ " $parts " == *" compositions "* ]]; then
	node build/bench/bench.mjs || { tail -30 "$CLUSTER/log"; exit 1; }
fi
if [[ " $parts " == *" flows "* ]]; then
	createdb bench_flow && PGDATABASE=bench_flow node build/bench/flow.mjs || { tail -30 "$CLUSTER/log"; exit 1; }
fi
