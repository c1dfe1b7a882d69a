#!/bin/bash
# One pgTAP file in its own copy of the template database.
db="tap_$(basename "$1" .sql)"
psql -qX -d postgres -c "SET client_min_messages = warning" -c "DROP DATABASE IF EXISTS $db" -c "CREATE DATABASE $db TEMPLATE $TAP_TEMPLATE" || exit 1
psql -qXAt -v ON_ERROR_STOP=1 -P pager=off -d "$db" -f "$1"
rc=$?
psql -qX -d postgres -c "DROP DATABASE IF EXISTS $db"
exit $rc
