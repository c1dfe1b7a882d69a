#!/bin/bash
# ALTER EXTENSION portext UPDATE: a database of 0.1.0 becomes what CREATE EXTENSION makes today, in every fact of the
# catalogs and in every answer, whether a superuser or a plain owner asks; the user's rows and objects stay as they are.
. test/lib/tap.sh
. test/lib/frozen.sh
. test/lib/answers.sh
. test/lib/local.sh
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
admin=$PGUSER
install_frozen
q postgres "CREATE ROLE upgrader LOGIN PASSWORD '$PGPASSWORD'; CREATE ROLE bystander LOGIN PASSWORD '$PGPASSWORD'" >/dev/null

create() { # create DATABASE ROLE [VERSION]: by the role, which owns the database
	PGUSER=$admin fresh "$1" "OWNER $2"
	PGUSER=$admin q "$1" "CREATE EXTENSION postgis"
	PGUSER=$2 q "$1" "CREATE EXTENSION portext ${3:+VERSION '$3'}"
}
update() { PGUSER=$2 q "$1" "ALTER EXTENSION portext UPDATE"; }
catalog() { psql -qXAt -v ON_ERROR_STOP=1 -d "$1" -f test/lib/catalog.sql 2>&1; }
same() { is "$1" "$(diff "$2" "$3" | cut -c1-300 | head -40)" ""; }

# The library: under the name that 0.1.0's catalog says, with every function that it names.
xzcat test/client/portext--0.1.0.sql.xz >"$dir/frozen.sql"
is "the library's name is the one that 0.1.0's script was made for" "$(sed -n "s/^module_pathname *= *'\(.*\)'/\1/p" portext.control)" portext
create up_super $admin 0.1.0
q up_super "SELECT DISTINCT probin, prosrc FROM pg_proc WHERE pronamespace = 'portext'::regnamespace AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')" >"$dir/doors"
like "0.1.0's catalog names functions of the library" "$(wc -l <"$dir/doors")" '^[0-9]{3}'
is "all in the library portext" "$(cut -d'|' -f1 "$dir/doors" | sort -u)" portext
is "and today's library has them all" "$(comm -23 <(cut -d'|' -f2 "$dir/doors" | sort) <(nm -D --defined-only portext.so | sed 's/.* //' | sort))" ""

# The guards of client/shadow: the schema is looked at first, what the extension is bound to last, as in CREATE EXTENSION.
is "every update script begins and ends with its guards" "$(perl -0ne 'BEGIN { local @ARGV = "sql/install/99-guard.sql"; ($last) = <> =~ /\A(--[^\n]*\nDO \$\$.*?\n\$\$;\n)/s or die }
	print "$ARGV\n" unless /\A\\echo[^\n]*\n(?:\s*\n|--[^\n]*\n)*DO \$\$\nDECLARE\n\tstrange text;/ && substr($_, -length $last) eq $last' sql/update/*.sql)" ""

# Before the update: today's library under the catalog of 0.1.0 answers what it does under its own.
create up_fresh $admin
answer_queries up_super >"$dir/queries"
like "0.1.0 has answers to compare" "$(wc -l <"$dir/queries")" '^[0-9]{3}'
answers up_super "$dir/queries" >"$dir/old"
is "without an update no query is an error" "$(grep ERROR "$dir/old")" ""
answers up_fresh "$dir/queries" >"$dir/new"
same "and all answers are today's" "$dir/old" "$dir/new"

# Clean databases, of both kinds of owner.
answer_queries up_fresh >"$dir/queries"
answers up_fresh "$dir/queries" >"$dir/new"
create up_owner upgrader 0.1.0
create up_fresh_owner upgrader
like "who does not own it cannot update it" "$(update up_owner bystander)" 'ERROR:  42501: must be owner of extension portext'
like "nor a session that reads backslashes in plain strings" "$(PGOPTIONS=-cstandard_conforming_strings=off update up_owner upgrader)" 'ERROR:  55000: portext cannot be updated while standard_conforming_strings is off'
for kind in super owner; do
	[ $kind = super ] && role=$admin new=up_fresh || role=upgrader new=up_fresh_owner
	ok "$kind: the update works" update up_$kind $role
	is "$kind: the extension is of the library's version" "$(q up_$kind "SELECT extversion = portext.portext_version() FROM pg_extension WHERE extname = 'portext'")" t
	is "$kind: a second update changes nothing" "$(update up_$kind $role)" \
		"NOTICE:  00000: version \"$(q up_$kind "SELECT portext.portext_version()")\" of extension \"portext\" is already installed
LOCATION:  ExecAlterExtensionStmt, $(update up_$kind $role | sed -n 's/^LOCATION.*, //p')"
	catalog $new >"$dir/catalog_new"
	catalog up_$kind >"$dir/catalog_old"
	like "$kind: there are facts of the catalog to compare" "$(wc -l <"$dir/catalog_new")" '^[0-9]{5}'
	is "$kind: and no error" "$(grep ERROR: "$dir/catalog_new")" ""
	same "$kind: updated and new catalog are the same" "$dir/catalog_old" "$dir/catalog_new"
	answers up_$kind "$dir/queries" >"$dir/old"
	same "$kind: updated and new database answer the same" "$dir/old" "$dir/new"
done

# Rows that no view can read are named before they are refused.
create up_broken $admin 0.1.0
q up_broken "INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) SELECT 'a', '2012-01-01', '2013-01-01', 'in', 'persons', v FROM unnest('{1,0,1e400,1e-400,1e99}'::numeric[]) v"
like "values out of range are named" "$(update up_broken $admin)" 'ERROR:  23514: rows of local_flow have a value of 1e100 or more, or above 0 and below 1e-100, or a period that ends after the year 9999: id 1000002, 1000003$'
q up_broken "DELETE FROM portext.local_flow WHERE value >= 1e100 OR value > 0 AND value < 1e-100;
	INSERT INTO portext.local_border (geom) VALUES ('SRID=4326;LINESTRING(1 1, 2 2)'), ('SRID=4326;LINESTRING(1 NaN, 2 2)'), ('SRID=4326;LINESTRING EMPTY'), ('SRID=4326;LINESTRING(1 100, 2 2)');
	INSERT INTO portext.local_border (id, geom) VALUES (1, 'SRID=4326;LINESTRING(1 1, 2 2)')"
like "so are lines" "$(update up_broken $admin)" 'ERROR:  23514: rows of local_border have an id below 1000000, .*: id 1, 1000001, 1000002, 1000003$'
q up_broken "DELETE FROM portext.local_border WHERE id <> 1000000"
q up_broken "INSERT INTO portext.local_event (port_code, event_date, event) VALUES ('a', '9999-12-31', 'opened'), ('a', '10000-01-01', 'opened')"
like "so are days" "$(update up_broken $admin)" 'ERROR:  23514: rows of local_event have a date after the year 9999: id 1000001$'
q up_broken "DELETE FROM portext.local_event WHERE id = 1000001; INSERT INTO portext.local_flow (id, port_code, period_from, period_to, direction, measure, value) VALUES (2000000, 'a', '2012-01-01', '300000-01-01', 'in', 'persons', 1)"
like "and periods" "$(update up_broken $admin)" 'ERROR:  23514: rows of local_flow have .*: id 2000000$'
q up_broken "DELETE FROM portext.local_flow WHERE id = 2000000"
ok "without them the update works" update up_broken $admin

# A database in use: rows everywhere, and objects of the user's own over ours.
create up_used upgrader 0.1.0
PGUSER=upgrader
ok "the owner writes rows at 0.1.0" write up_used public
ok "the owner builds on 0.1.0" psql -qX -v ON_ERROR_STOP=1 -d up_used <<'SQL'
SET search_path = public, portext;
CREATE VIEW my_flow AS SELECT f.*, portext.mode_rank(p.mode) AS rank FROM portext.flow f JOIN portext.port p USING (port_code);
CREATE VIEW my_state AS SELECT measure, portext.rollup(state) AS state, portext.hhi(portext.rollup(state)) AS hhi FROM portext.local_rollup GROUP BY measure;
CREATE MATERIALIZED VIEW my_evidence AS SELECT * FROM portext.mode_evidence;
CREATE UNIQUE INDEX ON my_evidence (place_code);
CREATE FUNCTION my_stage(y integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN portext.stage_bucket(y, portext.china_opening_peaks());
CREATE FUNCTION my_share(c portext.composition, k text) RETURNS float8 LANGUAGE sql IMMUTABLE RETURN portext.share(c, k);
CREATE AGGREGATE my_total(portext.composition) (SFUNC = portext.composition_merge, STYPE = portext.composition);
CREATE DOMAIN my_trade AS portext.composition CHECK (portext.total(VALUE) < 1e30);
CREATE TYPE my_pair AS (mode portext.port_mode, trade my_trade);
CREATE TABLE my_port (port_code text, mode portext.port_mode DEFAULT 'PP', trade my_trade,
	pair my_pair, many portext.port_mode[], stages portext.stage_scheme, stage integer GENERATED ALWAYS AS (my_stage(1993)) STORED,
	CHECK (mode > 'PP'::portext.port_mode OR trade IS NOT NULL));
INSERT INTO my_port SELECT port_code, mode::portext.port_mode, ('{"' || port_code || '": 0.1}')::portext.composition,
	ROW (mode::portext.port_mode, '{"a": 1e-3}')::my_pair, ARRAY[mode::portext.port_mode], portext.china_border_port_stages() FROM portext.port WHERE mode IS NOT NULL AND NOT is_local;
CREATE INDEX my_port_mode ON my_port (mode);
CREATE INDEX my_port_trade ON my_port USING hash (trade);
CREATE UNIQUE INDEX my_port_stages ON my_port (stages, port_code);
CREATE INDEX my_port_hhi ON my_port (portext.hhi(trade)) WHERE my_share(trade, 'nanping-road') > 0.5::float8;
CREATE TABLE my_log (what text);
CREATE FUNCTION my_log() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.my_log VALUES (new.port_code); RETURN NULL; END$$;
CREATE TRIGGER my_log AFTER INSERT ON portext.local_flow FOR EACH ROW EXECUTE FUNCTION my_log();
GRANT INSERT ON portext.local_flow TO bystander;
GRANT SELECT ON my_flow TO bystander;
SQL
ok "the administrator refers to our tables and indexes them" env PGUSER=$admin psql -qX -v ON_ERROR_STOP=1 -d up_used \
	-c "GRANT REFERENCES ON portext.ref_port TO upgrader" -c "ALTER TABLE my_port ADD FOREIGN KEY (port_code) REFERENCES portext.ref_port (port_code)" \
	-c "CREATE INDEX my_flow_year ON portext.local_flow (period_from, (value * 2))"
mine() { # everything of the user's, as text; tables by their indexes, too
	content "$1"
	for t in my_port my_flow my_state my_evidence my_log; do q "$1" "SELECT t FROM $t t ORDER BY t::text"; done
	q "$1" "SET enable_seqscan = off; SELECT port_code FROM my_port WHERE mode OPERATOR(portext.>=) 'CPC' ORDER BY mode, port_code"
	q "$1" "SET enable_seqscan = off; SELECT port_code FROM my_port WHERE trade OPERATOR(portext.=) '{\"nanping-road\": 0.1}'::portext.composition"
	q "$1" "SELECT my_total(trade) FROM my_port"
}
# Whoever may put triggers on our tables must not reach what runs the update, a superuser.
q up_used "CREATE FUNCTION climb() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
	IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN ALTER ROLE upgrader SUPERUSER; END IF; RETURN NULL; END'"
for t in $(q up_used "SELECT relname FROM pg_class WHERE relnamespace = 'portext'::regnamespace AND relkind = 'r' AND has_table_privilege('upgrader', oid, 'TRIGGER')"); do
	q up_used "CREATE TRIGGER climb AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON portext.$t FOR EACH STATEMENT EXECUTE FUNCTION climb()"
done
like "the owner has triggers on our tables" "$(q up_used "SELECT count(*) FROM pg_trigger WHERE tgname = 'climb'")" '^[5-9]|^[0-9]{2}'
mine up_used >"$dir/before"
kept() { # what a restore does not keep: numbers of roll-ups, and grants and triggers on our tables
	q "$1" "SELECT r FROM portext.local_rollup r ORDER BY id"
	q "$1" "SELECT relname, relacl FROM pg_class WHERE relname IN ('local_flow', 'my_flow') ORDER BY relname"
	q "$1" "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'my_log'"
}
kept up_used >"$dir/kept"
for t in $(locals up_used) my_port my_flow my_state my_evidence; do
	like "before the update $t has rows" "$(q up_used "SET search_path = portext, public; SELECT count(*) FROM $t")" '^[1-9]'
done
is "before the update nothing of the user's is an error" "$(grep ERROR: "$dir/before")" ""
options=(--no-comments "--exclude-table-data=*.spatial_ref_sys")
ok "a dump at 0.1.0" pg_dump "${options[@]}" -d up_used -f "$dir/old.sql"
ok "the owner updates a database in use" update up_used upgrader
mine up_used >"$dir/after"
same "after the update everything of the user's is the same" "$dir/before" "$dir/after"
is "no trigger of the owner's ran as a superuser" "$(q up_used "SELECT rolsuper FROM pg_roles WHERE rolname = 'upgrader'")" f
same "and the roll-ups to the last byte, grants and triggers, too" "$dir/kept" <(kept up_used)
ok "a materialized view is refreshed" q up_used "REFRESH MATERIALIZED VIEW my_evidence"
is "every index is sound" "$(q up_used "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid OR NOT indisready")" ""
ok "every index can be built again" q up_used "REINDEX DATABASE up_used"
answers up_used "$dir/queries" >"$dir/old"
is "after the update no query is an error" "$(grep ERROR "$dir/old")" ""
is "the facts are today's" "$(grep '^table' "$dir/old")" "$(grep '^table' "$dir/new")"
ok "the owner writes after the update" q up_used "INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit)
	VALUES ('local-1', '2012-01-01', '2013-01-01', 'in', 'cargo_tonnes', 0.9, 't'), ('nanping-road', '2012-01-01', '2013-01-01', 'both', 'persons', 1, NULL)"
is "and the roll-ups equal a query over the rows" "$(q up_used "
	SELECT measure, state FROM portext.local_rollup WHERE portext.entity_count(state) > 0
	EXCEPT SELECT f.measure, portext.composition_agg(f.port_code, f.value) FROM portext.local_flow f
		GROUP BY f.measure, coalesce(f.unit, ''), f.quality, f.direction, f.period_from, f.period_to")" ""
is "and the user's trigger ran" "$(q up_used "SELECT string_agg(what, ', ' ORDER BY what) FROM my_log")" "local-1, nanping-road"
ok "a dump after the update" pg_dump "${options[@]}" -d up_used -f "$dir/new.sql"

# Either dump makes a database of today.
mine up_used >"$dir/after"
for when in old new; do
	PGUSER=$admin fresh up_restored "OWNER upgrader"
	PGUSER=$admin q up_restored "CREATE EXTENSION postgis"
	ok "$when dump: it can be restored" env PGUSER=$admin psql -qX -v ON_ERROR_STOP=1 -d up_restored -f "$dir/$when.sql"
	mine up_restored >"$dir/restored"
	[ $when = old ] && wanted=before || wanted=after
	same "$when dump: everything of the user's is there" "$dir/restored" "$dir/$wanted"
	is "$when dump: of today's version" "$(q up_restored "SELECT extversion = portext.portext_version() FROM pg_extension WHERE extname = 'portext'")" t
done
PGUSER=$admin
for d in fresh super owner fresh_owner used restored broken; do q postgres "DROP DATABASE IF EXISTS up_$d"; done
q postgres "DROP ROLE upgrader; DROP ROLE bystander"
done_testing
