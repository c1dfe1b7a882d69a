#!/bin/bash
# Client and database encodings, and a missing PostGIS: it works, or PostgreSQL says why and nothing is half made.
. test/lib/tap.sh

nothing_made() { # nothing_made NAME DATABASE
	is "$1: nothing is half made" "$(q "$2" "SELECT (SELECT count(*) FROM pg_extension WHERE extname = 'portext'),
		(SELECT count(*) FROM pg_namespace WHERE nspname = 'portext'), (SELECT count(*) FROM pg_type WHERE typname = 'port_mode')")" '0|0|0'
}
first_bytes="SELECT encode(convert_to(name_local, 'UTF8'), 'hex') FROM portext.ref_port WHERE port_code = 'manzhouli-rail'"

fresh enc_latin1_client
q enc_latin1_client "CREATE EXTENSION postgis"
export PGCLIENTENCODING=LATIN1
ok "LATIN1 client: CREATE EXTENSION" q enc_latin1_client "CREATE EXTENSION portext"
is "LATIN1 client: the facts arrived as they are" "$(q enc_latin1_client "$first_bytes")" "e6bba1e6b4b2e9878ce99381e8b7af"
is "LATIN1 client: Latin names can be read" "$(q enc_latin1_client "SELECT name_en FROM portext.ref_port WHERE port_code = 'manzhouli-rail'")" "Manzhouli railway"
like "LATIN1 client: reading Chinese is PostgreSQL's own error" "$(q enc_latin1_client "SELECT name_local FROM portext.ref_port WHERE port_code = 'manzhouli-rail'")" '22P05.*LATIN1'
like "LATIN1 client: a bad label is an error with its text" "$(q enc_latin1_client "SELECT '$(printf 'Z\374')'::portext.port_mode" | iconv -f LATIN1 -t UTF-8)" '22P02.*Zü'
q enc_latin1_client "INSERT INTO portext.local_city (city_code, name, country_iso2, geom) VALUES ('z', '$(printf 'Z\374rich')', 'CH', 'SRID=4326;POINT(8.5 47.4)')"
unset PGCLIENTENCODING
is "LATIN1 client: own rows arrive converted" "$(q enc_latin1_client "SELECT name FROM portext.local_city")" "Zürich"

fresh enc_latin1 "ENCODING 'LATIN1' LOCALE 'C'"
q enc_latin1 "CREATE EXTENSION postgis"
like "LATIN1 database: PostgreSQL's own error" "$(q enc_latin1 "CREATE EXTENSION portext")" '22P05: character with byte sequence .* in encoding "UTF8" has no equivalent in encoding "LATIN1"'
nothing_made "LATIN1 database" enc_latin1

# SQL_ASCII means "no encoding": PostgreSQL stores the bytes of UTF-8 as they are.
fresh enc_none "ENCODING 'SQL_ASCII' LOCALE 'C'"
q enc_none "CREATE EXTENSION postgis"
ok "SQL_ASCII database: CREATE EXTENSION" q enc_none "CREATE EXTENSION portext"
is "SQL_ASCII database: the facts are the bytes of UTF-8" "$(q enc_none "SELECT encode(textsend(name_local), 'hex') FROM portext.ref_port WHERE port_code = 'manzhouli-rail'")" "e6bba1e6b4b2e9878ce99381e8b7af"

fresh enc_nogis
like "no PostGIS: PostgreSQL's own error" "$(q enc_nogis "CREATE EXTENSION portext")" 'required extension "postgis" is not installed'
nothing_made "no PostGIS" enc_nogis
q postgres "CREATE ROLE enc_owner"
q postgres "ALTER DATABASE enc_nogis OWNER TO enc_owner"
like "no PostGIS, no superuser: PostgreSQL's own error" "$(q enc_nogis "SET SESSION AUTHORIZATION enc_owner; CREATE EXTENSION portext CASCADE")" '42501: permission denied to create extension "postgis"'
nothing_made "no PostGIS, no superuser" enc_nogis
q enc_nogis "CREATE EXTENSION postgis; CREATE ROLE enc_guest"
like "neither owner nor superuser: PostgreSQL's own error" "$(q enc_nogis "SET SESSION AUTHORIZATION enc_guest; CREATE EXTENSION portext")" '42501: permission denied'
nothing_made "neither owner nor superuser" enc_nogis

for d in latin1_client latin1 none nogis; do q postgres "DROP DATABASE enc_$d"; done
q postgres "DROP ROLE enc_owner, enc_guest"
done_testing
