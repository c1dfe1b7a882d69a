#!/bin/bash
# No function, operator or cast writes for a reader: each is called as a plain reader, in transactions that may write and
# in READ ONLY ones. A transaction that writes gets a number, even if the write is undone; none of these gets one.
. test/lib/tap.sh
db=no_writes
fresh $db
q $db "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE; DROP ROLE IF EXISTS no_writer; CREATE ROLE no_writer LOGIN PASSWORD '$PGPASSWORD'" >/dev/null
q $db "INSERT INTO portext.local_port (port_code, name, country_iso2, neighbour_iso2, geom) VALUES ('one', 'One', 'US', 'CA', 'SRID=4326;POINT(1 2)');
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('one', '2019-01-01', '2020-01-01', 'in', 'trucks', 3)" >/dev/null
ok "the calls are made" psql -qX -v ON_ERROR_STOP=1 -d $db -f test/lib/calls.sql
# Of each call the object, its outcome, and whether the transaction had a number after it.
ok "a function makes them" q $db "
	GRANT USAGE ON SCHEMA calls TO PUBLIC;
	GRANT SELECT ON calls.call TO PUBLIC;
	CREATE FUNCTION calls.outcomes(OUT object text, OUT odd text, OUT outcome text, OUT wrote boolean) RETURNS SETOF record LANGUAGE plpgsql AS \$\$
	DECLARE call record;
	BEGIN
		FOR call IN SELECT * FROM calls.call c WHERE c.odd ~ '^(ordinary|all NULL|all [1-3]\\M)' ORDER BY c.object, c.odd LOOP
			object := call.object;
			odd := call.odd;
			BEGIN
				EXECUTE format('SELECT count(result) || '' values'' FROM (%s LIMIT 100) c', call.sql) INTO outcome;
			EXCEPTION WHEN OTHERS THEN outcome := SQLSTATE;
			END;
			wrote := pg_current_xact_id_if_assigned() IS NOT NULL;
			RETURN NEXT;
			EXIT WHEN wrote;	-- the number stays, so that the others could not be told
		END LOOP;
	END \$\$"
as_reader() { PGUSER=no_writer q $db "BEGIN $1; SELECT object, odd, outcome, wrote FROM calls.outcomes(); COMMIT"; }
may_write=$(as_reader "READ WRITE")
read_only=$(as_reader "READ ONLY")
is "everything is called" "$(cut -d'|' -f1 <<<"$may_write" | sort -u | grep -c .)" "$(q $db "SELECT count(DISTINCT object) FROM calls.call")"
like "most answer" "$(grep -c 'values|f$' <<<"$may_write")" '^[0-9]{3,}$'
is "no transaction of a reader gets a number" "$(grep '|t$' <<<"$may_write")" ""
# What a trigger calls may be called by everybody, with nothing but the caller's own rights.
is "READ ONLY transactions end alike, but that what a role may not write they may not write either" \
	"$(diff <(sed '/^portext\.local_/s/|25006|/|42501|/' <<<"$read_only") <(echo "$may_write") | head -20)" ""
is "whatever else writes is not for a reader" "$(q $db "SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'portext'::regnamespace AND p.provolatile = 'v'
	AND p.prorettype <> 'trigger'::regtype AND p.proname !~ '^local_' AND has_function_privilege('no_writer', p.oid, 'EXECUTE') ORDER BY 1")" ""

q postgres "DROP DATABASE $db"
q postgres "DROP ROLE no_writer"
done_testing
