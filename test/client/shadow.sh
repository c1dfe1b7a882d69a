#!/bin/bash
# A stranger's functions and operators with the names of those that the extension uses, for every type near to theirs:
# CREATE EXTENSION works among them and nothing binds to them. A caller's search path that holds the very same names
# first changes no answer, and neither do a caller's temporary tables of our names. Where the schema's owner sets traps in
# our schema itself, the extension is not updated.
. test/lib/tap.sh
. test/lib/answers.sh
. test/lib/frozen.sh
dir=$(mktemp -d "${TMPDIR:-/tmp}/portext-shadow-XXXXXX") && trap 'rm -rf "$dir"' EXIT

fresh sh_clean
q sh_clean "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE" >/dev/null

# What the expressions of the extension call: views, SQL functions, defaults, checks and indexes, as the catalogs hold
# them; and what the extension has itself.
cat >"$dir/used.sql" <<'SQL'
CREATE TEMP TABLE tree AS
	SELECT ev_action::text AS nodes FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = 'portext'::regnamespace
	UNION ALL SELECT prosqlbody::text FROM pg_proc WHERE pronamespace = 'portext'::regnamespace
	UNION ALL SELECT adbin::text FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid WHERE c.relnamespace = 'portext'::regnamespace
	UNION ALL SELECT conbin::text FROM pg_constraint WHERE connamespace = 'portext'::regnamespace
	UNION ALL SELECT concat(indexprs, indpred) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'portext'::regnamespace;
CREATE TEMP TABLE used AS
	SELECT 'f' AS kind, p.proname::text AS name, ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY a(t, n) ORDER BY n) AS args,
		p.prorettype::regtype::text AS result, p.pronargdefaults AS defaults, p.provariadic <> 0 AS many
	FROM pg_proc p
	WHERE p.oid IN (SELECT m[1]::oid FROM tree, regexp_matches(nodes, ':(?:funcid|aggfnoid|winfnoid) (\d+)', 'g') m)
		OR p.pronamespace = 'portext'::regnamespace AND NOT ARRAY[p.prorettype] || p.proargtypes::oid[] && '{internal,cstring,trigger}'::regtype[]::oid[]
	UNION ALL
	SELECT 'o', o.oprname, ARRAY[format_type(o.oprleft, NULL), format_type(o.oprright, NULL)], o.oprresult::regtype::text, 0, false
	FROM pg_operator o
	WHERE o.oprleft <> 0 AND (o.oprnamespace = 'portext'::regnamespace OR o.oid IN (SELECT m[1]::oid FROM tree, regexp_matches(nodes, ':opno (\d+)', 'g') m));
\copy used TO pstdout
SQL
psql -qX -d sh_clean -v ON_ERROR_STOP=1 -f "$dir/used.sql" >"$dir/used"
like "the extension calls many functions of others" "$(grep -c '^f' "$dir/used")" '^[4-9][0-9]{2}$'
like "and operators" "$(grep -c '^o' "$dir/used")" '^[1-9][0-9]'

# For each of them every list of types from which a value would be cast without being asked, in the schema trap; for a type
# that stands for any type, the types of our tables.
cat >"$dir/traps.sql" <<'SQL'
CREATE TEMP TABLE used (kind text, name text, args text[], result text, defaults int, many boolean);
\copy used FROM pstdin
DELETE FROM used WHERE EXISTS (SELECT FROM unnest(args || result) a WHERE to_regtype(a) IS NULL);	-- a type of the extension, which comes later
SET check_function_bodies = off;
SET client_min_messages = warning;
CREATE FUNCTION pg_temp.near(type text) RETURNS text[] LANGUAGE sql STABLE AS $$
	SELECT CASE
		WHEN type IN ('"any"', 'anyelement', 'anynonarray', 'anycompatible', 'anycompatiblenonarray')
			THEN '{text,integer,bigint,smallint,numeric,double precision,boolean,date,geometry,jsonb,text[],box,xml}'
		WHEN type IN ('anyarray', 'anycompatiblearray') THEN '{text[],integer[],bigint[],numeric[],double precision[],date[],box[]}'
		ELSE type || ARRAY(SELECT format_type(c.castsource, NULL) FROM pg_cast c
			WHERE c.casttarget = type::regtype AND c.castcontext = 'i' AND c.castsource::regtype::text IN ('character varying', 'name', 'smallint', 'integer', 'bigint', 'numeric', 'real', 'date',
				'timestamp without time zone', 'geometry', 'geography', 'box3d')) END
$$;
-- Every combination, but where that would be thousands: there all arguments of the same distance.
CREATE FUNCTION pg_temp.lists(args text[]) RETURNS SETOF text[] LANGUAGE plpgsql STABLE AS $$
DECLARE n bigint;
BEGIN
	SELECT exp(sum(ln(cardinality(pg_temp.near(a))))) INTO n FROM unnest(args) a;
	IF n > 300 THEN
		RETURN QUERY SELECT array_agg((pg_temp.near(a))[least(k, cardinality(pg_temp.near(a)))] ORDER BY i) FROM generate_series(1, 13) k, unnest(args) WITH ORDINALITY u(a, i) GROUP BY k;
		RETURN;
	END IF;
	RETURN QUERY EXECUTE format('SELECT ARRAY[%s]::text[] FROM %s', (SELECT string_agg('t' || i, ', ' ORDER BY i) FROM generate_subscripts(args, 1) i),
		(SELECT string_agg(format('unnest(%L::text[]) t%s', pg_temp.near(args[i]), i), ', ' ORDER BY i) FROM generate_subscripts(args, 1) i));
END $$;
-- With trailing defaults left out, with one to three values for a variadic list; and operators on one type twice, since a
-- literal without a type takes that of the other side.
CREATE TEMP TABLE trap AS
WITH shape AS (
	SELECT kind, name, result, args[1:cardinality(args) - cut] AS args FROM used, generate_series(0, defaults) cut WHERE NOT many
	UNION ALL
	SELECT kind, name, result, args[1:cardinality(args) - 1] || ARRAY(SELECT CASE WHEN args[cardinality(args)] ~ '\[\]$' THEN left(args[cardinality(args)], -2) ELSE '"any"' END FROM generate_series(1, n))
	FROM used, generate_series(1, 3) n WHERE many
	UNION ALL
	SELECT kind, name, result, ARRAY[one, one] FROM used, unnest(args) one WHERE kind = 'o'
)
SELECT DISTINCT ON (kind, name, list) kind, name, list, result FROM shape, pg_temp.lists(args) AS list WHERE cardinality(args) > 0 ORDER BY kind, name, list, result;

DO $$
DECLARE t record; body text := 'BEGIN RAISE EXCEPTION ''a trap was sprung''; END'; at text := current_schema;
BEGIN
	FOR t IN SELECT *, 'trap_' || row_number() OVER () AS own, array_to_string(list, ', ') AS types, CASE WHEN result ~ '^(any|"any"|record)' OR result = 'internal' THEN 'boolean' ELSE result END AS returns FROM trap LOOP
		BEGIN
			IF t.kind = 'f' THEN
				EXECUTE format('CREATE FUNCTION %I.%I(%s) RETURNS %s LANGUAGE plpgsql IMMUTABLE AS %L', at, t.name, t.types, t.returns, body);
			ELSE
				EXECUTE format('CREATE FUNCTION %I.%I(%s) RETURNS %s LANGUAGE plpgsql IMMUTABLE AS %L', at, t.own, t.types, t.returns, body);
				EXECUTE format('CREATE OPERATOR %I.%s (FUNCTION = %I.%I, LEFTARG = %s, RIGHTARG = %s)', at, t.name, at, t.own, t.list[1], t.list[2]);
			END IF;
		EXCEPTION WHEN duplicate_function OR ambiguous_function THEN NULL;	-- PostGIS has it
		END;
	END LOOP;
END $$;
SELECT count(*) > 2000 FROM pg_proc WHERE prosrc ~ 'a trap was sprung';
SQL
set_traps() { psql -qXAt -v ON_ERROR_STOP=1 -d "$1" -c "SET search_path = $2" -f "$dir/traps.sql" <"$dir/used" 2>&1; }
sprung="prosrc ~ 'a trap was sprung'"

fresh sh_traps
q sh_traps "CREATE EXTENSION postgis"
is "traps stand in public" "$(set_traps sh_traps public)" t
ok "among them the extension is created" q sh_traps "CREATE EXTENSION portext"
captured() { # what of the extension is bound to a trap
	q "$1" "WITH trap AS (
			SELECT 'pg_proc'::regclass AS classid, oid FROM pg_proc WHERE $sprung
			UNION ALL SELECT 'pg_operator'::regclass, o.oid FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode WHERE $sprung)
		SELECT pg_describe_object(d.classid, d.objid, d.objsubid), pg_describe_object(d.refclassid, d.refobjid, 0)
		FROM pg_depend d JOIN trap t ON t.classid = d.refclassid AND t.oid = d.refobjid
		WHERE d.classid <> 'pg_operator'::regclass ORDER BY 1, 2"
}
is "nothing of it binds to a trap" "$(captured sh_traps)" ""

install_frozen
fresh sh_update
q sh_update "CREATE EXTENSION postgis; CREATE EXTENSION portext VERSION '0.1.0'"
is "traps stand beside 0.1.0" "$(set_traps sh_update public)" t
ok "among them it is updated" q sh_update "ALTER EXTENSION portext UPDATE"
is "and nothing of it binds to a trap" "$(captured sh_update)" ""

# The schema portext comes first of all, and belongs to whoever created the extension.
q postgres "CREATE ROLE sh_owner LOGIN PASSWORD '$PGPASSWORD'"
fresh sh_update "OWNER sh_owner"
q sh_update "CREATE EXTENSION postgis"
owner() { PGUSER=sh_owner q sh_update "$1"; }
owner "CREATE EXTENSION portext VERSION '0.1.0'"
climb="LANGUAGE plpgsql AS 'BEGIN IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN ALTER ROLE sh_owner SUPERUSER; END IF; RETURN"
length="CREATE FUNCTION portext.st_length(public.geography, boolean) RETURNS float8 $climb 1.0; END'"
refused() { # refused WHAT SQL NAME UNDO: with this in the schema the extension is not updated
	is "the owner of the schema makes $1" "$(owner "$2")" ""
	like "among $1 it is not updated" "$(q sh_update "ALTER EXTENSION portext UPDATE")" "ERROR:  55000: in schema portext stands what is not a superuser's: $3\$"
	owner "$4"
}
refused "a function of PostGIS's name" "$length" 'function st_length\(geography,boolean\)' "DROP FUNCTION portext.st_length"
refused "a function that joins the extension" "$length; ALTER EXTENSION portext ADD FUNCTION portext.st_length(public.geography, boolean)" 'function st_length\(geography,boolean\)' \
	"ALTER EXTENSION portext DROP FUNCTION portext.st_length(public.geography, boolean); DROP FUNCTION portext.st_length"
refused "an operator" "CREATE FUNCTION public.less(public.geography, public.geography) RETURNS float8 $climb 1.0; END';
	CREATE OPERATOR portext.<-> (FUNCTION = public.less, LEFTARG = public.geography, RIGHTARG = public.geography)" 'operator <->\(geography,geography\)' \
	"DROP OPERATOR portext.<-> (public.geography, public.geography)"
refused "a type" "CREATE DOMAIN portext.geography AS public.geography" 'type geography' "DROP DOMAIN portext.geography"
refused "a table whose rows have a type of PostGIS's name" "CREATE TABLE portext.box3d (x integer)" 'table box3d' "DROP TABLE portext.box3d"
is "the owner has a view in the schema" "$(owner "CREATE VIEW portext.my_port AS SELECT port_code FROM portext.port")" ""
# What comes while the update waits for a lock.
hold() { # hold NAME STATEMENT: a session that keeps what the statement locks until "release NAME"
	mkfifo "$dir/$1"
	psql -qXAt -d sh_update <"$dir/$1" >"$dir/$1.out" &
	exec {fd}<>"$dir/$1"
	holders[$1]=$fd
	echo "BEGIN; $2; SELECT 'locked';" >&"$fd"
	wait_for grep -q locked "$dir/$1.out"
}
release() { echo 'COMMIT; \q' >&"${holders[$1]}"; }
declare -A holders
wait_for() { local _; for _ in {1..300}; do "$@" && return; sleep 0.1; done; return 1; }
waiting() { [ "$(q sh_update "SELECT count(*) FROM pg_locks WHERE relation = 'portext.$1'::regclass AND NOT granted")" = 1 ]; }
# Were it called, it would hide from the last check as a superuser's.
owner "INSERT INTO portext.local_border (neighbour_iso2, geom) VALUES ('RU', 'SRID=4326;LINESTRING(28 59, 28 60)')"
hidden="CREATE FUNCTION portext.st_xmin(public.box3d) RETURNS float8 ${climb/END IF/ALTER FUNCTION portext.st_xmin(public.box3d) OWNER TO $PGUSER; END IF} 1.0; END'"
hold flow "LOCK TABLE portext.local_flow"
q sh_update "ALTER EXTENSION portext UPDATE" >"$dir/update" & update=$!
ok "the update waits for a lock" wait_for waiting local_flow
is "the owner makes a function meanwhile" "$(owner "$hidden")" ""
release flow
wait $update
like "so it is not updated" "$(cat "$dir/update")" "ERROR:  55000: portext would call what is not a superuser's: function st_xmin"
owner "DROP FUNCTION portext.st_xmin; CREATE SCHEMA away"
# A type that views are bound to, gone from the schema when the script looks again.
hold flow2 "LOCK TABLE portext.local_flow"
hold late "LOCK TABLE portext.mode_local IN ACCESS SHARE MODE"
q sh_update "ALTER EXTENSION portext UPDATE" >"$dir/update" & update=$!
ok "the update waits again" wait_for waiting local_flow
is "the owner makes a type, and casts from and to PostGIS's" "$(owner "CREATE TABLE portext.geography (x integer);
	CREATE FUNCTION away.to_mine(public.geometry) RETURNS portext.geography ${climb/plpgsql/plpgsql IMMUTABLE} ROW(1); END';
	CREATE FUNCTION away.from_mine(portext.geography) RETURNS public.geography ${climb/plpgsql/plpgsql IMMUTABLE} NULL; END';
	CREATE CAST (public.geometry AS portext.geography) WITH FUNCTION away.to_mine(public.geometry);
	CREATE CAST (portext.geography AS public.geography) WITH FUNCTION away.from_mine(portext.geography) AS IMPLICIT")" ""
release flow2
ok "the update has bound views to it and waits" wait_for waiting mode_local
is "the owner moves the type away" "$(owner "ALTER TABLE portext.geography SET SCHEMA away")" ""
release late
wait $update
like "nor is it updated with these" "$(cat "$dir/update")" "ERROR:  55000: portext would call what is not a superuser's: .*function away.from_mine\(away.geography\)"
owner "DROP SCHEMA away CASCADE"
wait
ok "a view of the owner's own does not stop the update" q sh_update "ALTER EXTENSION portext UPDATE"
q sh_update "SELECT length_km FROM portext.border" >/dev/null
is "and nobody became superuser" "$(q sh_update "SELECT rolsuper FROM pg_roles WHERE rolname = 'sh_owner'")" f
q postgres "DROP DATABASE sh_update"
q postgres "DROP ROLE sh_owner"

# Each query becomes a function, so that its own words are bound before the traps come.
answer_queries sh_clean >"$dir/queries.sql"
{ echo "CREATE SCHEMA asked;"; awk '{ print "CREATE FUNCTION asked.q" NR "() RETURNS SETOF record LANGUAGE sql BEGIN ATOMIC " $0 " END;" }' "$dir/queries.sql"; } >"$dir/ask.sql"
awk '{ print "SELECT asked.q" NR "();" }' "$dir/queries.sql" >"$dir/calls.sql"
for db in sh_clean sh_traps; do ok "the queries are bound in $db" psql -qX -v ON_ERROR_STOP=1 -d $db -c "SET search_path = pg_catalog" -f "$dir/ask.sql"; done
wanted=$(answers sh_clean "$dir/calls.sql")
is "each is answered" "$(grep -c '^("\?\(view\|table\|function\|example\)' <<<"$wanted") $(grep -c ERROR <<<"$wanted")" "$(grep -c . "$dir/queries.sql") 0"
is "among the traps in public the answers are the same" "$(diff <(answers sh_traps "$dir/calls.sql") <(echo "$wanted") | head -20)" ""

# Now the traps come first of all, before PostgreSQL's own, and so do temporary tables of our names.
q sh_clean "CREATE SCHEMA trap"
is "traps stand in a schema of their own" "$(set_traps sh_clean "trap, public")" t
# PostGIS finds and asks its own table of projections with the caller's path; that is not ours to mend.
q sh_clean "DROP OPERATOR IF EXISTS trap.= (integer, integer), trap.= (name, name), trap.= (name, text), trap.= (oid, integer), trap.= (oid, bigint), trap.= (oid, oid)"
hostile="SET search_path = trap, public, portext, pg_catalog"
like "and catch who calls without a schema" "$(q sh_clean "$hostile; SELECT 'a'::text = 'a'::text")" 'a trap was sprung'
is "with the traps first on the path the answers are the same" "$(diff <(answers sh_clean "$dir/calls.sql" "search_path = trap, public, portext, pg_catalog") <(echo "$wanted") | head -20)" ""
q sh_clean "SELECT format('CREATE TEMP TABLE %I (x boolean);', relname) FROM pg_class WHERE relnamespace = 'portext'::regnamespace AND relkind IN ('r', 'v')
	UNION ALL SELECT format('CREATE DOMAIN pg_temp.%I AS boolean;', typname) FROM pg_type WHERE typnamespace = 'portext'::regnamespace AND typtype = 'b' AND typelem = 0" >"$dir/temporary.sql"
like "temporary objects have our names" "$(grep -c . "$dir/temporary.sql")" '^[1-9][0-9]'
{ cat "$dir/temporary.sql"; echo "SET search_path = pg_temp, portext, public;"; cat "$dir/calls.sql"; } >"$dir/temporary_calls.sql"
is "with temporary objects of our names first the answers are the same" "$(diff <(answers sh_clean "$dir/temporary_calls.sql") <(echo "$wanted") | head -20)" ""

q postgres "DROP DATABASE sh_clean"
q postgres "DROP DATABASE sh_traps"
done_testing
