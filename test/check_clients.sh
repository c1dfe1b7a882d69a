#!/bin/bash
# The programs that people use portext from: pgjdbc, QGIS, QGIS Server, GDAL, a tile decoder and MapLibre in Chromium.
# Heavier than check: installs some 2 GB of packages. The last line is "N passed, N failed". Arguments name single tests.
cd "$(dirname "$0")/.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
export OUT="$PWD/build/clients"
fail() { echo "$1"; echo "0 passed, 1 failed"; exit 1; }

need_postgres default-jdk-headless libpostgresql-jdbc-java python3-qgis qgis-server gdal-bin chromium libxml2-utils || fail "packages are missing"
command -v node >/dev/null || need nodejs || fail "node is missing"
command -v npm >/dev/null || need npm || fail "npm is missing"
make -s --no-print-directory PG_CONFIG="$PG_CONFIG" || fail "the build failed"
rm -rf "$OUT" && mkdir -p -m 700 "$OUT" && cp test/clients/package.json test/clients/*.mjs "$OUT" &&
	(cd "$OUT" && npm install --no-audit --no-fund --no-package-lock --silent) || fail "npm install failed"
cluster_guard
cluster_new || fail "no server"
psql -qX -v ON_ERROR_STOP=1 -c "CREATE DATABASE clients" -c "CREATE ROLE reader LOGIN PASSWORD 'reader'" &&
	psql -qX -v ON_ERROR_STOP=1 -d clients -c "SET client_min_messages = warning" -c "CREATE EXTENSION portext CASCADE" || { cluster_stop; fail "no database"; }
for t in test/clients/*.sh; do # some write, so each has its own
	db=clients_$(basename "$t" .sh)
	psql -qX -c "CREATE DATABASE $db TEMPLATE clients" && psql -qX -d "$db" -c "SELECT portext.install_qgis_styles()" >/dev/null ||
		{ cluster_stop; fail "no database"; }
done
if [ $# -gt 0 ]; then set -- "${@/#/test/clients/}"; set -- "${@/%/.sh}"; else set -- test/clients/*.sh; fi
test/lib/tap.pl "$@"
rc=$?
cluster_stop
exit $rc
