#!/bin/bash
# A database owner who is no superuser creates the extension, writes every local_* table, dumps and restores:
# in every format, with ports restored after flows, and with PostGIS in a schema of its own.
. test/lib/tap.sh
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
admin=$PGUSER

q postgres "CREATE ROLE keeper LOGIN PASSWORD '$PGPASSWORD'"

prepare() { # prepare DATABASE SCHEMA: what the administrator does, PostGIS, and nothing more
	fresh "$1" "OWNER keeper"
	[ "$2" = public ] || q "$1" "CREATE SCHEMA $2; GRANT USAGE ON SCHEMA $2 TO PUBLIC"
	q "$1" "CREATE EXTENSION postgis SCHEMA $2"
}

locals() { # the tables that a dump must carry
	q "$1" "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'portext'::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'local\_%' AND c.relname <> 'local_rollup' ORDER BY 1"
}

content() { # every row of every local table, as text
	local t
	for t in $(locals "$1"); do q "$1" "SELECT '$t', t.* FROM portext.$t t ORDER BY id"; done
	q "$1" "SELECT measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state FROM portext.local_rollup
		WHERE portext.entity_count(state) > 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
	q "$1" "SELECT * FROM my_crossing ORDER BY 1"
	q "$1" "SELECT * FROM my_summary ORDER BY 1"
}

write() { # write DATABASE SCHEMA: rows in every local table, and objects of the user's own over the extension's
	psql -qX -v ON_ERROR_STOP=1 -d "$1" -v gis="$2" <<-'SQL'
		INSERT INTO portext.local_port (name, name_local, mode, opened_year, counterpart_latitude, geom)
			VALUES (E'Tab\there', '口岸 "quoted", comma', 'CPC', 1999, -0.1, :gis.ST_SetSRID(:gis.ST_MakePoint(100.1, 20.2), 4326)),
				('', NULL, NULL, NULL, NULL, :gis.ST_SetSRID(:gis.ST_MakePoint(-180, 90), 4326));
		INSERT INTO portext.local_port (port_code, name, transport, geom)
			VALUES ('nanping-road', E'back\\slash\nnewline', 'rail', :gis.ST_SetSRID(:gis.ST_MakePoint(129.2, 42.3), 4326));
		INSERT INTO portext.local_city (city_code, name, country_iso2, population, geom)
			VALUES ('c1', '和龙', 'CN', 9223372036854775807, :gis.ST_SetSRID(:gis.ST_MakePoint(129, 42.5), 4326));
		INSERT INTO portext.local_border (neighbour_iso2, geom) VALUES ('KP', :gis.ST_SetSRID(:gis.ST_MakeLine(:gis.ST_MakePoint(1, 2), :gis.ST_MakePoint(3, 4)), 4326));
		INSERT INTO portext.local_event (port_code, event_date, event) VALUES ('local-1', '1929-12-31', 'opened'), ('local-2', '0044-03-15 BC', 'closed');
		INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit)
			VALUES ('local-1', '2012-01-01', '2013-01-01', 'in', 'cargo_tonnes', 0.10000000000000000000000001, 't'),
				('nanping-road', '2012-01-01', '2013-01-01', 'both', 'persons', 123456789012345678901234567890, NULL),
				('not there', '2012-01-01', '2012-02-01', 'out', 'cargo_tonnes', 0, 't');
		UPDATE portext.local_port SET note = 'changed' WHERE port_code = 'local-2';
		UPDATE portext.local_city SET population_year = 2010;
		UPDATE portext.local_border SET note = 'changed';
		UPDATE portext.local_event SET note = 'changed' WHERE event = 'closed';
		UPDATE portext.local_flow SET quality = 'estimate' WHERE port_code = 'local-1';
		DELETE FROM portext.local_flow WHERE value = 0;
		INSERT INTO portext.local_reject (source, line, rule, content) VALUES ('us-bts', 7, 'unknown port', '(a,"b ""c""")');
		CREATE TABLE my_crossing (id integer PRIMARY KEY, mode portext.port_mode, stages portext.stage_scheme, trade portext.composition);
		INSERT INTO my_crossing VALUES (1, 'CPC', portext.china_border_port_stages(), '{"煤": 0.1, "b": 12345678901234567890}'), (2, 'PP', NULL, '[1, 2]');
		CREATE INDEX ON my_crossing ((mode::text));
		CREATE INDEX ON my_crossing (portext.hhi(trade));
		CREATE MATERIALIZED VIEW my_summary AS SELECT p.port_id, p.name, portext.stage_bucket(p.opened_year, portext.china_opening_peaks()) AS peak
			FROM portext.port p WHERE p.is_local;
	SQL
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
	is "$1: the facts are there" "$(q "$2" "SELECT count(*) FROM portext.ref_port")" "$(q dr_source "SELECT count(*) FROM portext.ref_port")"
	is "$1: new rows get new ids" "$(again "$2" "$3")" "$new_ids"
}

for gis in public gis; do
	PGUSER=$admin
	prepare dr_source $gis
	PGUSER=keeper
	ok "PostGIS in $gis: the owner creates the extension" q dr_source "CREATE EXTENSION portext"
	ok "PostGIS in $gis: the owner writes" write dr_source $gis
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
for d in source plain custom parallel full; do q postgres "DROP DATABASE IF EXISTS dr_$d"; done
q postgres "DROP ROLE keeper"
done_testing
