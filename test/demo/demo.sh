#!/bin/bash
# make demo: installs what is missing, builds, starts a private server, shows what portext does, and leaves it
# running. A second run replaces the first server; build/demo.server names the one that make demo-stop ends.
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh

fail() {
	echo "$1" >&2
	exit 1
}

mkdir -p build || exit 1
for f in build build/demo.server build/pg_service.conf build/ports_by_mode.svg build/openings_by_year.svg; do
	[ ! -e $f ] || [ -w $f ] || fail "$f belongs to $(stat -c %U $f) and cannot be written: sudo chown -R $(id -un) build"
done

need_postgres || exit 1
make -s --no-print-directory PG_CONFIG="$PG_CONFIG" || exit 1
test/demo/stop.sh >/dev/null || exit 1

cluster_guard
cluster_new || fail "the demo server did not start"
echo "$CLUSTER" >build/demo.server
run() { psql -qX -v ON_ERROR_STOP=1 -P pager=off "$@"; }

# The administrator gives PostGIS and a database; everything else is done by its owner, who is no superuser.
run -d postgres -c "CREATE ROLE demo LOGIN PASSWORD '$PGPASSWORD'" -c "CREATE DATABASE demo OWNER demo" &&
	run -d demo -c "CREATE EXTENSION postgis" -c "ALTER DATABASE demo SET search_path = portext, public" ||
	fail "the demo database was not created"
export PGUSER=demo PGDATABASE=demo
run -c "CREATE EXTENSION portext" || fail "the extension was not created"

run -f test/demo/demo.sql || fail "the demo queries failed"
run -At -c "SELECT svg_map('mode')" >build/ports_by_mode.svg &&
	run -At -c "SELECT svg_opening_chart()" >build/openings_by_year.svg || fail "the pictures were not drawn"
(umask 077 && rm -f build/pg_service.conf && cat >build/pg_service.conf) <<EOS
[portext_demo]
host=127.0.0.1
port=$PGPORT
dbname=demo
user=demo
password=$PGPASSWORD
EOS
cluster_keep

cat <<EOS
PICTURES, drawn by SQL functions of the extension (open them in a browser)
  build/ports_by_mode.svg        build/openings_by_year.svg

CONNECT. The server runs until "make demo-stop" and listens to this machine only.
  psql   psql postgresql://demo:$PGPASSWORD@127.0.0.1:$PGPORT/demo
  JDBC   jdbc:postgresql://127.0.0.1:$PGPORT/demo?user=demo&password=$PGPASSWORD
  QGIS   New PostgreSQL connection, Service: portext_demo, with this in ~/.pg_service.conf
         (it is in build/pg_service.conf too):

$(sed 's/^/           /' build/pg_service.conf)

THREE QUERIES TO TRY
  Which ports lead to Mongolia, and how did they come?
    SELECT name, transport, mode, opened_year FROM port WHERE neighbour = 'Mongolia' ORDER BY 4, 1;
  Over how many provinces do the ports of each neighbour spread, counted by weight?
    SELECT neighbour, count(*) AS ports, effective_number(composition_agg(province, 1)) AS provinces
    FROM port WHERE neighbour IS NOT NULL GROUP BY neighbour ORDER BY provinces DESC, neighbour;
  A town at the crossing here, a city an hour away there: which mode is that, and where can it lead?
    SELECT mode, mode_path(mode, 'CC') FROM classify_mode('integrated', 'separate') AS mode;
EOS
