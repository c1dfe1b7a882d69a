#!/bin/bash
# make check-citus: tests against an installed Citus. Without one it says that they were skipped.
cd "$(dirname "$0")/.." || exit 1
. test/lib/packages.sh
need_postgres || exit 1
if [ ! -e "$("$PG_CONFIG" --sharedir)/extension/citus.control" ]; then
	echo "skipped: Citus is not installed for PostgreSQL $PG_MAJOR"
	echo "0 passed, 0 failed"
	exit 0
fi
make -s --no-print-directory PG_CONFIG="$PG_CONFIG" && test/lib/tap.pl test/citus/citus.sh
