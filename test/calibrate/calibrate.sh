#!/bin/bash
# Prints how well the rule of mode_relation gives the modes of Table 3, in and out of sample, on a private server.
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
need_postgres || exit
make -s --no-print-directory PG_CONFIG="$PG_CONFIG" || exit
cluster_guard
cluster_new || exit
psql -qX -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION portext CASCADE' 2>/dev/null &&
	psql -qX -P pager=off -f test/calibrate/calibrate.sql
