#!/bin/bash
# make demo-stop: ends the server that the last make demo in this clone started, and no other.
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
dir=$(cat build/demo.server 2>/dev/null)
if [ ! -d "$dir/data" ]; then
	echo "no demo server is running for this clone"
	rm -f build/demo.server build/pg_service.conf
	exit 0
fi
PG_MAJOR=$(cat "$dir/data/PG_VERSION") && need_postgres || exit 1
cluster_stop "$dir" && rm -f build/demo.server build/pg_service.conf && echo "the demo server is stopped and its data removed"
