#!/bin/bash
# A database owner who is no superuser creates the extension, writes every local_* table, dumps and restores:
# in every format, with ports restored after flows, and with PostGIS in a schema of its own.
. test/lib/tap.sh
. test/lib/local.sh
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
admin=$PGUSER

q postgres "CREATE ROLE keeper LOGIN PASSWORD '$PGPASSWORD'"

prepare() { # prepare DATABASE SCHEMA: what the administrator does, PostGIS, and nothing more
	fresh "$1" "OWNER keeper"
	[ "$2" = public ] || q "$1" "CREATE SCHEMA $2; GRANT USAGE ON SCHEMA $2 TO PUBLIC"
	q "$1" "CREATE EXTENSION postgis SCHEMA $2"
}

attach() { # attach DATABASE: a table of the owner's own in the place of local_flow, one of its periods closed
	psql -qX -v ON_ERROR_STOP=1 -d "$1" <<-'SQL'
		CREATE TABLE my_flow (LIKE portext.local_flow INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (period_from);
		CREATE TABLE my_flow_2012 PARTITION OF my_flow FOR VALUES FROM ('2012-01-01') TO ('2013-01-01');
		CREATE TABLE my_flow_2013 PARTITION OF my_flow FOR VALUES FROM ('2013-01-01') TO ('2014-01-01');
		INSERT INTO my_flow SELECT * FROM portext.local_flow;
		INSERT INTO my_flow SELECT id + 100, 'local-2', '2013-01-01', '2014-01-01', direction, measure, value, unit, quality, source, note FROM portext.local_flow;
		SELECT portext.attach_flow('my_flow');
		SELECT portext.close_flow('2013-01-01');
	SQL
}

attached() { # what the views read of it
	q "$1" "SELECT * FROM portext.own_flow ORDER BY flow_id; SELECT * FROM portext.flow_rollup() WHERE is_local ORDER BY 2, 3, 4, 5, 6, 7, 8"
}

objects() { # what the user built on the extension's types and functions
	q "$1" "SELECT indexdef FROM pg_indexes WHERE tablename ~ '^my_' UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'my_crossing'::regclass
		UNION ALL SELECT concat(attname, ' ', atttypid::regtype, ' ', attgenerated, pg_get_expr(adbin, adrelid)) FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE attrelid = 'my_crossing'::regclass
		UNION ALL SELECT pg_get_functiondef('my_points'::regproc) UNION ALL SELECT pg_get_viewdef('my_ports') ORDER BY 1"
}

again() { # again DATABASE SCHEMA: new rows after a restore get new ids and codes
	q "$1" "INSERT INTO portext.local_port (geom) VALUES ($2.ST_SetSRID($2.ST_MakePoint(1, 2), 4326)) RETURNING id, port_code"
	q "$1" "INSERT INTO portext.local_city (city_code, name, country_iso2, geom) VALUES ('c2', 'b', 'CN', $2.ST_SetSRID($2.ST_MakePoint(1, 2), 4326)) RETURNING id"
	q "$1" "INSERT INTO portext.local_event (port_code, event_date, event) VALUES ('local-3', '2000-01-01', 'opened') RETURNING id"
	q "$1" "INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('local-3', '2000-01-01', '2001-01-01', 'in', 'persons', 1) RETURNING id"
}
new_ids=$'1000003|local-3\n1000001\n1000002\n1000003'

same() { # same NAME DATABASE SCHEMA: a restored database equals the source and can be written
	is "$1: every row is there" "$(content "$2")" "$(content dr_source)"
	is "$1: the attached table is attached" "$(attached "$2")" "$(attached dr_source)"
	is "$1: the facts are there" "$(q "$2" "SELECT count(*) FROM portext.ref_port")" "$(q dr_source "SELECT count(*) FROM portext.ref_port")"
	is "$1: indexes, generated columns and checks are there" "$(objects "$2")" "$(objects dr_source)"
	is "$1: new rows get new ids" "$(again "$2" "$3")" "$new_ids"
}

for gis in public gis; do
	PGUSER=$admin
	prepare dr_source $gis
	PGUSER=keeper
	ok "PostGIS in $gis: the owner creates the extension" q dr_source "CREATE EXTENSION portext"
	ok "PostGIS in $gis: the owner writes" write dr_source $gis
	ok "PostGIS in $gis: the owner attaches a table" attach dr_source
	like "PostGIS in $gis: which the views read" "$(attached dr_source)" '^1000101\|local-2\|2013-01-01'
	for t in $(locals dr_source); do
		like "PostGIS in $gis: $t has rows" "$(q dr_source "SELECT count(*) FROM portext.$t")" '^[1-9]'
	done
	like "PostGIS in $gis: the owner cannot change a fact" "$(q dr_source "DELETE FROM portext.ref_port")" '42501'
	# The owner may not comment on PostGIS, make its schema again or fill its table, so these stay out of the dump.
	options=(--no-comments --exclude-schema=gis "--exclude-table-data=*.spatial_ref_sys")

	if [ $gis = public ]; then # one schema is enough for the formats
		ok "PostGIS in $gis: plain dump" pg_dump "${options[@]}" -d dr_source -f "$dir/plain.sql"
		is "PostGIS in $gis: no fact is in the dump" "$(grep -cE '^(COPY|INSERT INTO) portext\.ref_|CREATE TABLE portext\.' "$dir/plain.sql")" 0
		PGUSER=$admin prepare dr_plain $gis
		ok "PostGIS in $gis: plain restore" psql -qX -v ON_ERROR_STOP=1 -d dr_plain -f "$dir/plain.sql"
		same "PostGIS in $gis, plain" dr_plain $gis
		# The same rows once more, in the binary form.
		for t in my_crossing my_shares; do
			columns=$(q dr_source "SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '$t'::regclass AND attnum > 0 AND attgenerated = ''")
			psql -qX -d dr_source -c "\\copy (SELECT $columns FROM $t) TO '$dir/$t' (FORMAT binary)"
			q dr_plain "CREATE TABLE again_$t AS SELECT $columns FROM $t LIMIT 0"
			ok "COPY BINARY of $t" psql -qX -v ON_ERROR_STOP=1 -d dr_plain -c "\\copy again_$t FROM '$dir/$t' (FORMAT binary)"
			is "brings the same rows" "$(q dr_plain "SELECT * FROM again_$t ORDER BY 1")" "$(q dr_source "SELECT $columns FROM $t ORDER BY 1")"
		done
	fi

	ok "PostGIS in $gis: custom dump" pg_dump "${options[@]}" -Fc -d dr_source -f "$dir/custom"
	PGUSER=$admin prepare dr_custom $gis
	pg_restore -l "$dir/custom" >"$dir/list"
	# Flows first and ports last of all data.
	{ grep ' TABLE DATA .* local_flow ' "$dir/list"; grep -v ' TABLE DATA .* local_\(flow\|port\) ' "$dir/list" | grep -v 'SEQUENCE SET\|INDEX\|CONSTRAINT\|MATERIALIZED VIEW DATA'
		grep ' TABLE DATA .* local_port ' "$dir/list"; grep 'SEQUENCE SET\|INDEX\|CONSTRAINT\|MATERIALIZED VIEW DATA' "$dir/list"; } >"$dir/flow_first"
	sed -i '/ EXTENSION \| SCHEMA /!b;w '"$dir/head"$'\nd' "$dir/flow_first"
	cat "$dir/head" "$dir/flow_first" >"$dir/order"
	is "PostGIS in $gis: the reordered list is complete" "$(grep -v '^;' "$dir/order" | sort)" "$(grep -v '^;' "$dir/list" | sort)"
	ok "PostGIS in $gis: custom restore, ports after flows" pg_restore -e -d dr_custom -L "$dir/order" "$dir/custom"
	same "PostGIS in $gis, custom" dr_custom $gis

	if [ $gis = public ]; then
		ok "PostGIS in $gis: directory dump with two jobs" pg_dump "${options[@]}" -Fd -j 2 -d dr_source -f "$dir/parallel"
		PGUSER=$admin prepare dr_parallel $gis
		ok "PostGIS in $gis: directory restore with two jobs" pg_restore -e -j 2 -d dr_parallel "$dir/parallel"
		same "PostGIS in $gis, directory" dr_parallel $gis
	fi

	# A superuser restores everything, PostGIS included, into an empty database.
	PGUSER=$admin
	ok "PostGIS in $gis: dump by a superuser" pg_dump -Fc -d dr_source -f "$dir/full"
	fresh dr_full
	ok "PostGIS in $gis: restore by a superuser" pg_restore -e -d dr_full "$dir/full"
	same "PostGIS in $gis, superuser" dr_full $gis
done

# A client of another encoding: its dump is of this encoding, and so is what it sends.
PGUSER=$admin
prepare dr_source public
PGUSER=keeper
q dr_source "CREATE EXTENSION portext"
PGCLIENTENCODING=LATIN1 q dr_source "INSERT INTO portext.local_city (name, country_iso2, geom) VALUES ('$(printf 'Z\374rich')', 'CH', 'SRID=4326;POINT(8.5 47.4)');
	CREATE TABLE my_town AS SELECT portext.composition_agg(name, 1) AS towns, portext.stage_scheme('[,) \"$(printf '\351t\351')\"') AS stages FROM portext.local_city"
ok "a dump in LATIN1" pg_dump "${options[@]}" --encoding=LATIN1 -d dr_source -f "$dir/latin1.sql"
ok "is of LATIN1" grep -q $'Z\xfcrich' "$dir/latin1.sql"
PGUSER=$admin prepare dr_plain public
ok "and is restored" psql -qX -v ON_ERROR_STOP=1 -d dr_plain -f "$dir/latin1.sql"
rows="SELECT name FROM portext.local_city; SELECT * FROM my_town"
is "with its rows" "$(q dr_plain "$rows")" $'Zürich\n{"Zürich": 1}|[,) "été"'
is "which such a client reads" "$(PGCLIENTENCODING=LATIN1 q dr_plain "$rows" | iconv -f LATIN1 -t UTF-8)" $'Zürich\n{"Zürich": 1}|[,) "été"'

# A database whose transactions keep their snapshot: flows come first, then the ports, whose border changes.
PGUSER=$admin
prepare dr_source public
q dr_source "CREATE EXTENSION portext"
q dr_source "INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom) VALUES ('p1', 'US', 'CA', 'SRID=4326;POINT(1 2)'), ('p2', 'US', 'MX', 'SRID=4326;POINT(1 2)')"
flow() { echo "INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('p$1', '2012-01-01', '2013-01-01', 'in', '$2', 1)"; }
q dr_source "$(flow 1 trucks)"
q dr_source "$(flow 2 trucks); ALTER DATABASE dr_source SET default_transaction_isolation = 'repeatable read'"
cells="SELECT country_iso2, neighbour_iso2, state FROM portext.local_rollup WHERE portext.entity_count(state) > 0 ORDER BY 1, 2"
ok "a dump of a database of isolation level repeatable read" pg_dump -C -Fc -d dr_source -f "$dir/repeatable"
q postgres "DROP DATABASE dr_source"
like "is not restored as it is" "$(pg_restore -e -C -d postgres "$dir/repeatable" 2>&1)" 'HINT:.*PGOPTIONS="-c default_transaction_isolation=read.* committed"'
q postgres "DROP DATABASE dr_source"
ok "and is with these options" env PGOPTIONS="-c default_transaction_isolation=read\ committed" pg_restore -e -C -d postgres "$dir/repeatable"
is "with its ports, on their borders" "$(q dr_source "SHOW default_transaction_isolation; $cells")" $'repeatable read\nUS|CA|{"p1": 1}\nUS|MX|{"p2": 1}'

PGUSER=$admin
for d in source plain custom parallel full; do q postgres "DROP DATABASE IF EXISTS dr_$d"; done
q postgres "DROP ROLE keeper"
done_testing
