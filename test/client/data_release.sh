#!/bin/bash
# The next release of the facts, made up here: figures that changed, a port that closed, new ports, one of them under a code
# that a user has given to a port, another under a code for which a user has only flows. The update brings the facts of a
# new database, and the user's own rows stay as they are.
. test/lib/tap.sh
. test/lib/answers.sh
. test/lib/local.sh
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
admin=$PGUSER
now=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" portext.control)
extension="$CLUSTER/dest$("$PG_CONFIG" --sharedir)/extension"
same() { is "$1" "$(diff "$2" "$3" | cut -c1-300 | head -40)" ""; }

mkdir -p "$dir/sql/install" && cp -r data "$dir/data" && cp sql/install/*.sql "$dir/sql/install/"
echo 2099-12-31 >"$dir/data/VERSION"
edit() { perl -C -i -pe "$2" "$dir/data/$1.csv"; } # edit TABLE PERL: a file of the new release
edit figure 's/^(1,alashankou-ftz-area,.*),5\.6,/$1,5.7,/'
edit port 's/,seasonal,/,closed,/ if /,aershan-road,/'
edit event '$_ = "9001,aershan,aershan-road,2099-01-01,day,closed,policy,paper,\n$_" if /^\d+,[^,]*,/ && !/,aershan,/ && $. > 1 && !$done++'
edit place '$_ .= "9001,zzz,New Place,Jilin,Yanbian,northeast,CN,CC\n" if eof'
edit port '$_ .= join "", map "900$_->[0],$_->[1],zzz,New Port,\x{65b0},,road,CN,KP,,Hunchun,,42.9,130.3,,,2098,year_round,true,,,paper,paper,low,it\x27s new\n", [1, "zzz-mine"], [2, "zzz-road"] if eof'
data/csv2sql "$dir/data/tables.list" >"$dir/sql/install/60-data.sql" # the names of parts give their order
ok "the update is written by one command" sh -c "data/csv2sql --since data/tables.list '$dir/data/tables.list' >'$dir/update.sql'"
is "it writes shipped tables only" "$(grep -oE '^(INSERT INTO|UPDATE|DELETE FROM) \w+' "$dir/update.sql" | sort -u | grep -v ' ref_')" ""
is "and no more rows than changed" "$(grep -c "^('" "$dir/update.sql")" 6
is "without a change it writes nothing" "$(data/csv2sql --since data/tables.list data/tables.list)" ""
{ echo '\echo Use "ALTER EXTENSION portext UPDATE" to load this file. \quit'; cat "$dir/update.sql"; } >"$extension/portext--$now--next.sql"
cat "$dir"/sql/install/*.sql >"$extension/portext--next.sql"

q postgres "CREATE ROLE curator LOGIN PASSWORD '$PGPASSWORD'" >/dev/null
create() { # create DATABASE VERSION
	PGUSER=$admin fresh "$1" "OWNER curator"
	PGUSER=$admin q "$1" "CREATE EXTENSION postgis"
	PGUSER=curator q "$1" "CREATE EXTENSION portext VERSION '$2'"
}
create release_new next
create release_clean "$now"
create release_used "$now"
PGUSER=curator
ok "a clean database is updated" q release_clean "ALTER EXTENSION portext UPDATE TO 'next'"
for d in new clean; do
	psql -qXAt -v ON_ERROR_STOP=1 -d release_$d -f test/lib/catalog.sql >"$dir/catalog_$d" 2>&1
	answer_queries release_$d >"$dir/queries"
	answers release_$d "$dir/queries" >"$dir/answers_$d"
done
same "its catalog is that of a new one" "$dir/catalog_clean" "$dir/catalog_new"
same "its facts and answers are those of a new one" "$dir/answers_clean" "$dir/answers_new"
is "no query is an error" "$(grep ERROR "$dir/answers_new")" ""
is "the release is told" "$(q release_clean "SELECT portext.portext_data_version()")" 2099-12-31
is "the closed port is shown as closed" "$(q release_clean "SELECT season, (SELECT count(*) FROM portext.event e WHERE e.port_code = p.port_code AND e.event = 'closed') FROM portext.port p WHERE port_code = 'aershan-road'")" 'closed|1'

# The user's rows, among them what the release meets: a port and flows under its new codes, a port at its new place.
ok "the owner writes rows" write release_used public
q release_used "INSERT INTO portext.local_port (port_code, name, country_iso2, neighbour_iso2, geom) VALUES ('zzz-mine', 'Mine', 'XA', 'XB', 'SRID=4326;POINT(1 2)');
	INSERT INTO portext.local_port (port_code, place_code, geom) VALUES ('zzz-quay', 'zzz', 'SRID=4326;POINT(1 2)');
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) SELECT p, '2097-01-01', '2098-01-01', 'in', 'persons', 1.5
		FROM unnest('{zzz-mine,zzz-road,zzz-quay,manzhouli-rail}'::text[]) p;
	CREATE TABLE my_note (port_code text, note text);
	CREATE FUNCTION climb() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
		IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN ALTER ROLE curator SUPERUSER; END IF; RETURN NULL; END'"
for t in $(q release_used "SELECT relname FROM pg_class WHERE relnamespace = 'portext'::regnamespace AND relkind = 'r' AND has_table_privilege('curator', oid, 'TRIGGER')"); do
	q release_used "CREATE TRIGGER climb AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON portext.$t FOR EACH STATEMENT EXECUTE FUNCTION climb()"
done
like "the owner's triggers stand" "$(q release_used "SELECT count(*) FROM pg_trigger WHERE tgname = 'climb'")" '^[5-9]|^[0-9]{2}'
rows() { for t in $(locals release_used); do q release_used "SELECT '$t', t, t.xmin FROM portext.$t t ORDER BY id"; done; }
cells() { q release_used "SELECT country_iso2, neighbour_iso2, measure, state FROM portext.local_rollup WHERE portext.entity_count(state) > 0 ORDER BY 1, 2, 3, 4"; }
rows >"$dir/rows"
cells >"$dir/cells"
ok "a database in use is updated" q release_used "ALTER EXTENSION portext UPDATE TO 'next'"
same "no row of the user's was written" "$dir/rows" <(rows)
is "no trigger of the owner's ran as a superuser" "$(q release_used "SELECT rolsuper FROM pg_roles WHERE rolname = 'curator'")" f
is "the roll-ups are the same, but for the port and the place that were unknown" "$(diff "$dir/cells" <(cells) | grep '^[<>]')" '< ||persons|{"zzz-quay": 1.5, "zzz-road": 1.5}
> CN||persons|{"zzz-quay": 1.5}
> CN|KP|persons|{"zzz-road": 1.5}'
cells >"$dir/cells"
q release_used "SELECT portext.rebuild_local_rollup()"
same "and equal a rebuild" "$dir/cells" <(cells)
is "the user's port hides the shipped one of its code" "$(q release_used "SELECT name, is_local, country_iso2 FROM portext.port WHERE port_code = 'zzz-mine'")" 'Mine|t|XA'
is "which is there" "$(q release_used "SELECT name_en FROM portext.ref_port WHERE port_code = 'zzz-mine'")" 'New Port'
is "the flows of the new port have its border" "$(q release_used "SELECT DISTINCT country_iso2, neighbour_iso2 FROM portext.flow WHERE port_code = 'zzz-road'")" 'CN|KP'
is "the facts are those of a new database" "$(answers release_used <(grep "'table ref_" "$dir/queries"))" "$(grep '^table ref_' "$dir/answers_new")"

# States of closed periods of an attached table move likewise; there the rows may be gone.
PGUSER=$admin
create release_closed "$now"
PGUSER=curator
q release_closed "CREATE TABLE my_flow (LIKE portext.local_flow INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY);
	INSERT INTO my_flow (port_code, period_from, period_to, direction, measure, value) SELECT p, '2097-01-01', '2098-01-01', 'in', 'persons', 1.5
		FROM unnest('{zzz-road,other,manzhouli-rail}'::text[]) p;
	SELECT portext.attach_flow('my_flow'); SELECT portext.close_flow('2098-01-01'); DELETE FROM my_flow"
cells() { q release_closed "SELECT country_iso2, neighbour_iso2, state FROM portext.local_closed ORDER BY 1, 2"; }
is "closed periods have states" "$(cells)" '||{"other": 1.5, "zzz-road": 1.5}
CN|RU|{"manzhouli-rail": 1.5}'
ok "a database with closed periods is updated" q release_closed "ALTER EXTENSION portext UPDATE TO 'next'"
is "and the states follow the border of the new port" "$(cells)" '||{"other": 1.5}
CN|KP|{"zzz-road": 1.5}
CN|RU|{"manzhouli-rail": 1.5}'

PGUSER=$admin
for d in new clean used closed; do q postgres "DROP DATABASE release_$d"; done
q postgres "DROP ROLE curator"
rm -f "$extension"/portext--next.sql "$extension/portext--$now--next.sql"
done_testing
