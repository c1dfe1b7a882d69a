#!/bin/bash
# A role that may only log in reads everything, in READ ONLY transactions, on any search path, on the primary and on a
# hot standby, and gets the same answers as the owner. It writes nothing; a role shut out is told so.
. test/lib/tap.sh
bindir=$("$PG_CONFIG" --bindir) work=$(mktemp -d "${TMPDIR:-/tmp}/portext-reader-XXXXXX")
trap 'rm -rf "$work"' EXIT

fresh read_only
q read_only "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE" >/dev/null
q postgres "DROP ROLE IF EXISTS reader_test; DROP ROLE IF EXISTS outsider_test" >/dev/null
# The documented role: log in, connect, nothing else.
q read_only "CREATE ROLE reader_test LOGIN PASSWORD 'reader'; ALTER ROLE reader_test SET default_transaction_read_only = on;
	CREATE ROLE outsider_test LOGIN PASSWORD 'outsider'" >/dev/null
# Rows that want care: no label at all, quotes, brackets, 180 degrees.
q read_only "INSERT INTO portext.local_port (port_code, name, country_iso2, mode, geom) VALUES
		('odd-1', 'a <b> \"c\" & ''d'' ]]>', 'US', NULL, 'SRID=4326;POINT(180 66)'), ('odd-2', NULL, NULL, 'CC', 'SRID=4326;POINT(-180 -40)');
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit) VALUES
		('odd-1', '2019-01-01', '2020-01-01', 'in', 'a <b> & \"c\"', 3, NULL), ('odd-2', '2019-01-01', '2020-01-01', 'in', 'a <b> & \"c\"', 1, NULL)" >/dev/null

as_reader() { PGUSER=reader_test PGPASSWORD=reader psql -qXAt -d read_only "$@" 2>&1; }

# Each view as a whole, by a hash of its rows; each scalar function whose comment shows a call; the main calls.
q read_only "SELECT format('SELECT %L, count(*), md5(string_agg(v::text, %L ORDER BY v.%I)) FROM portext.%I v;', 'view ' || c.relname, ';', a.attname, c.relname)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
		WHERE c.relnamespace = 'portext'::regnamespace AND c.relkind = 'v' ORDER BY 1" >"$work/queries.sql"
views=$(wc -l <"$work/queries.sql")
q read_only "SELECT format('SELECT %L, %s;', 'function ' || p.oid::regprocedure,
			regexp_replace(d.description, '^.*?(portext\.' || p.proname || '\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)).*\$', '\1'))
		FROM pg_proc p JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid
		WHERE p.pronamespace = 'portext'::regnamespace AND p.prokind = 'f' AND NOT p.proretset AND p.provolatile <> 'v'
			AND d.description ~ ('portext\.' || p.proname || '\(') ORDER BY p.oid::regprocedure::text" |
	grep -vE "', .*\b(ST_|geometry)" >>"$work/queries.sql"
cat >>"$work/queries.sql" <<'EOF'
SELECT 'call 1', md5(portext.port_tile(0, 0, 0)), md5(portext.port_tile(4, 12, 6, '{"mode": "PP,CC"}')), md5(portext.port_tile(1, 1, 0));
SELECT 'call 2', md5(portext.svg_map()), md5(portext.svg_map('stage')), md5(portext.svg_opening_chart()), md5(portext.svg_stage_chart());
SELECT 'call 3', md5(portext.svg_share_bars(portext.composition_agg(neighbour, value))), md5(portext.svg_lorenz(portext.composition_agg(neighbour, value))) FROM portext.flow WHERE subject_kind = 'country' AND measure = 'persons';
SELECT 'call 4', portext.hhi(portext.composition_agg(measure, value)) FROM portext.flow WHERE is_local;
SELECT 'call 5', string_agg(stage::text, '|') FROM portext.stages() stage;
SELECT 'call 6', count(*), sum(length(qml::text)) FROM portext.qgis_layer_styles();
EOF
like "every view is asked for" "$views" '^[0-9]{2}$'
like "and many functions" "$(grep -c "^SELECT 'function" "$work/queries.sql")" '^[0-9]{2,}'

wanted=$(psql -qXAt -d read_only -f "$work/queries.sql" 2>&1)
is "the owner gets an answer to each" "$(grep -cE '^(view|function|call) ' <<<"$wanted") $(grep -c ERROR <<<"$wanted")" "$(grep -c . "$work/queries.sql") 0"
for path in '"$user", public' portext "''"; do
	is "the reader gets the same answers, READ ONLY, search_path $path" \
		"$(diff <(as_reader -c "SET search_path = $path" -f "$work/queries.sql") <(echo "$wanted"))" ""
done
is "the reader's transactions are READ ONLY" "$(as_reader -c 'SHOW transaction_read_only')" on

# What the reader may not do is an error that says so.
like "a READ ONLY transaction refuses to write" "$(as_reader -c "INSERT INTO portext.local_city (name, country_iso2, geom) VALUES ('x', 'US', 'SRID=4326;POINT(0 0)')")" 'cannot execute INSERT in a read-only transaction'
like "and without it the role may not" "$(as_reader -c 'SET default_transaction_read_only = off' -c "INSERT INTO portext.local_city (name, country_iso2, geom) VALUES ('x', 'US', 'SRID=4326;POINT(0 0)')")" 'permission denied for table local_city'
like "nor change a fact" "$(as_reader -c 'SET default_transaction_read_only = off' -c 'DELETE FROM portext.ref_port')" 'permission denied for table ref_port'
like "nor write through a view" "$(as_reader -c 'SET default_transaction_read_only = off' -c "DELETE FROM portext.port")" 'cannot delete from view "port"|permission denied for view port'
like "nor install styles" "$(as_reader -c 'SET default_transaction_read_only = off' -c 'SELECT portext.install_qgis_styles()')" 'permission denied for function install_qgis_styles'

q read_only "REVOKE USAGE ON SCHEMA portext FROM PUBLIC; GRANT USAGE ON SCHEMA portext TO reader_test" >/dev/null
like "a role shut out of the schema is told so" "$(PGUSER=outsider_test PGPASSWORD=outsider psql -qXAt -d read_only -c 'SELECT count(*) FROM portext.port' 2>&1)" 'permission denied for schema portext'
like "of a function too" "$(PGUSER=outsider_test PGPASSWORD=outsider psql -qXAt -d read_only -c 'SELECT portext.port_tile(0, 0, 0)' 2>&1)" 'permission denied for schema portext'
is "while the one let in reads on" "$(diff <(as_reader -f "$work/queries.sql") <(echo "$wanted"))" ""

# Odd labels make correct pictures.
for call in "svg_map('mode')" "svg_map('stage')" "svg_stage_chart()" "svg_share_bars(composition_agg(name, 1::float8)) FROM portext.port WHERE is_local" \
		"svg_lorenz(composition_agg(measure, value)) FROM portext.flow WHERE is_local"; do
	as_reader -c "SET search_path = portext, public" -c "SELECT $call" >"$work/picture.svg"
	ok "$call is valid XML with odd labels in it" xmllint --noout "$work/picture.svg"
done
as_reader -c "SELECT portext.svg_share_bars(portext.composition_agg(name, 1::float8)) FROM portext.port WHERE is_local" >"$work/picture.svg"
is "a name with quotes and brackets is drawn as it is" "$(xmllint --xpath 'string(//*[local-name() = "text" and contains(., "]]>")])' "$work/picture.svg")" "a <b> \"c\" & 'd' ]]>"

# A tile of many ports goes by the index.
q read_only "INSERT INTO portext.local_port (port_code, geom) SELECT 'many-' || n, ('SRID=4326;POINT(' || (n * 7919 % 36000) / 100.0 - 180 || ' ' || (n * 104729 % 17000) / 100.0 - 85 || ')')::public.geometry
	FROM generate_series(1, 20000) n; ANALYZE portext.local_port" >/dev/null
plan=$(PGOPTIONS='-c client_min_messages=log' q read_only "LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; SELECT portext.port_tile(8, 204, 95)")
like "a deep tile finds local ports by the index" "$plan" 'Index Scan using local_port_geom_idx|Bitmap Index Scan on local_port_geom_idx'
like "and shipped ones" "$plan" 'Index Scan using ref_port_geom_idx|Bitmap Index Scan on ref_port_geom_idx'
is "and scans no table of ports" "$(grep -cE 'Seq Scan on (local|ref)_port' <<<"$plan")" 0
q read_only "DELETE FROM portext.local_port WHERE port_code LIKE 'many-%'" >/dev/null

# A hot standby of this very server.
standby=$work/standby primary=$PGPORT
chmod 755 "$work" && mkdir -m 700 "$standby"
if [ "$(id -u)" -eq 0 ]; then chown postgres "$work" "$standby"; fi
(cd / && as() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
	umask 077
	as env PGPASSWORD="$PGPASSWORD" "$bindir/pg_basebackup" -d "host=$PGHOST port=$PGPORT user=$PGUSER" -D "$standby" -R -X stream -c fast >"$work/basebackup.log" 2>&1
	port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
	as "$bindir/pg_ctl" -D "$standby" -l "$standby/log.txt" -o "-p $port -c max_standby_streaming_delay=-1 -c hot_standby_feedback=on" -s -w start >"$work/start.log" 2>&1
	echo "$port" >"$work/port")
port=$(cat "$work/port")
is "a standby follows" "$(PGPORT=$port q read_only 'SELECT pg_is_in_recovery()')" t
lsn=$(q postgres "SELECT pg_current_wal_lsn()")
for try in {1..100}; do
	[ "$(PGPORT=$port q postgres "SELECT pg_last_wal_replay_lsn() >= '$lsn'")" = t ] && break
	sleep 0.1
done
is "on the standby the reader gets the same answers" "$(diff <(PGPORT=$port as_reader -f "$work/queries.sql") <(echo "$wanted") | head -20)" ""
is "with portext alone on the path too" "$(diff <(PGPORT=$port as_reader -c 'SET search_path = portext' -f "$work/queries.sql") <(echo "$wanted"))" ""
like "and cannot write there" "$(PGPORT=$port q read_only "INSERT INTO portext.local_city (name, country_iso2, geom) VALUES ('x', 'US', 'SRID=4326;POINT(0 0)')")" 'cannot execute INSERT in a read-only transaction'
[ -s "$standby/postmaster.pid" ] && kill -INT "$(head -1 "$standby/postmaster.pid")"
for try in {1..100}; do [ -e "$standby/postmaster.pid" ] || break; sleep 0.1; done
ok "the standby is gone" test ! -e "$standby/postmaster.pid"

q postgres "DROP DATABASE read_only" >/dev/null
q postgres "DROP ROLE reader_test; DROP ROLE outsider_test" >/dev/null
done_testing
