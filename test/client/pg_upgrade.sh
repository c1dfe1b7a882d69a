#!/bin/bash
# pg_upgrade carries files over and runs no install script: a database of 0.1.0 comes out as it went in, works with
# today's library, and is updated afterwards. Both servers are of one version here.
. test/lib/tap.sh
. test/lib/cluster.sh
. test/lib/frozen.sh
. test/lib/answers.sh
. test/lib/local.sh
dir=$(mktemp -d)
cluster_guard
trap 'rm -rf "$dir"; cluster_stop "$old"; cluster_stop' EXIT
server() { as_server pg_ctl -D "$1/data" -s -w -l "$1/log" "${@:2}"; }

cluster_new && install_frozen || exit 1
old=$CLUSTER password=$PGPASSWORD
q postgres "CREATE DATABASE carried"
q carried "CREATE EXTENSION postgis; CREATE EXTENSION portext VERSION '0.1.0'"
ok "rows are written at 0.1.0" write carried public
answer_queries carried >"$dir/queries"
state() { # what a dump leaves out
	q carried "SELECT r, r.ctid FROM portext.local_rollup r ORDER BY id"
	answers carried <(grep "'table \|'view " "$dir/queries")
	q carried "SELECT extversion FROM pg_extension WHERE extname = 'portext'"
}
content carried >"$dir/rows"
state >"$dir/state"
is "nothing of it is an error" "$(grep ERROR: "$dir/rows" "$dir/state")" ""
server "$old" stop

cluster_new && install_frozen || exit 1
server "$CLUSTER" stop
for c in "$old" "$CLUSTER"; do # each server has a password of its own
	as_server sed -i '1i local all all trust' "$c/data/pg_hba.conf"
done
ok "pg_upgrade" as_server sh -c "cd '$CLUSTER' && pg_upgrade -U postgres -b '$("$PG_CONFIG" --bindir)' -B '$("$PG_CONFIG" --bindir)' \
	-d '$old/data' -D '$CLUSTER/data' -s '$CLUSTER'"
export PGPASSWORD=$password # roles are carried over, too
server "$CLUSTER" -o "-p $PGPORT" start
is "the rows are as they were" "$(diff "$dir/rows" <(content carried) | head -20)" ""
is "so are facts, answers and roll-ups" "$(diff "$dir/state" <(state) | head -20)" ""
ok "it is updated" q carried "ALTER EXTENSION portext UPDATE"
q postgres "CREATE DATABASE new"
q new "CREATE EXTENSION postgis; CREATE EXTENSION portext"
# Views and checks were carried over as text, and parsed again.
for d in carried new; do psql -qXAt -v ON_ERROR_STOP=1 -d $d -f test/lib/catalog.sql 2>&1 | grep -vE '^pg_(class|rewrite|constraint): .*\|definition\|' >"$dir/$d"; done
like "there are facts of the catalog" "$(wc -l <"$dir/new")" '^[0-9]{5}'
is "they are those of a new database" "$(diff "$dir/carried" "$dir/new" | cut -c1-300 | head -20)" ""
answer_queries new | grep "'table " >"$dir/queries"
is "so are the shipped rows" "$(answers carried "$dir/queries")" "$(answers new "$dir/queries")"
is "and the rows are as they were" "$(diff "$dir/rows" <(content carried) | head -20)" ""
done_testing
