#!/bin/bash
# make check-crash [ROUNDS=N] [SEED=N]: kill -9 of a backend or of the whole server at random moments of writing, loading,
# CREATE EXTENSION, ALTER EXTENSION UPDATE and DROP EXTENSION. After each recovery everything is compared with what was
# committed, and amcheck reads every table and index. fsync is off: what a killed process has written, the operating system
# keeps. A loss of power is not what is tested here.
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
out=build/crash
fail() { echo "$1"; echo "0 passed, 1 failed"; exit 1; }

need_postgres xz-utils procps || fail "packages are missing"
make -s --no-print-directory PG_CONFIG="$PG_CONFIG" || fail "the build failed"
rm -rf $out && mkdir -p $out || exit 1
cluster_guard
# Small buffers and frequent checkpoints: pages are written at many moments, and few of them are in memory alone.
cluster_new "full_page_writes = on" "shared_buffers = 4MB" "checkpoint_timeout = 30s" "max_wal_size = 64MB" "min_wal_size = 32MB" \
	"autovacuum_naptime = 1s" "log_line_prefix = '%t %p '" "max_connections = 30" || fail "no server"
xz -dc test/client/portext--0.1.0.sql.xz >"$CLUSTER/dest$("$PG_CONFIG" --sharedir)/extension/portext--0.1.0.sql"
gis() { psql -qX -c "CREATE DATABASE $1" && psql -qX -v ON_ERROR_STOP=1 -d "$1" -c "CREATE EXTENSION postgis" -c "CREATE EXTENSION amcheck"; }
made() { # made DATABASE TEMPLATE SQL
	psql -qX -c "CREATE DATABASE $1 TEMPLATE $2" && psql -qX -v ON_ERROR_STOP=1 -d "$1" -c "$3"
}
own="INSERT INTO portext.local_port (port_code, name, country_iso2, geom) VALUES ('mine', 'Mine', 'US', 'SRID=4326;POINT(1 2)');
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('mine', '2020-01-01', '2021-01-01', 'in', 'trucks', 1.5);
	CREATE TABLE public.mine AS SELECT 1 AS id, '{\"a\": 0.1}'::portext.composition AS trade"
gis crash_gis && made crash_new crash_gis "CREATE EXTENSION portext" && made crash_old crash_gis "CREATE EXTENSION portext VERSION '0.1.0'; $own" &&
	made crash_updated crash_old "ALTER EXTENSION portext UPDATE" && made crash_used crash_updated "" && made crash_dropped crash_used "SET client_min_messages = warning; DROP EXTENSION portext CASCADE" &&
	made work crash_new "" && psql -qX -v ON_ERROR_STOP=1 -d work -f test/crash/setup.sql || fail "no database"
test/crash/crash.pl "${ROUNDS:-20}" "${SEED:-1}" $out
