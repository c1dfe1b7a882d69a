-- Loads ports of any country from a CSV file into local_port.
--
--	psql -d DATABASE -v file=FILE.csv -f sql/load/ports.sql
--
-- The first line names the columns: port_code,name,transport,country_iso2,neighbour_iso2,region,province,opened_year,latitude,longitude,counterpart_name,counterpart_latitude,counterpart_longitude. The file may be plain, .xz or .gz.
-- Variables: file; source (csv-ports), the name of the report in local_reject; encoding (UTF8). A row whose code is there already
-- replaces it; a row that breaks a rule goes to local_reject.
\set session_stop :ON_ERROR_STOP
\set ON_ERROR_STOP on
SELECT portext.require_argument(:{?file}, 'the variable file is not set', 'Usage: psql -d DATABASE -v file=FILE.csv -f sql/load/ports.sql') AS given \gset
\if :{?source}
	\set load_source :source
\else
	\set load_source csv-ports
\endif
\set layout '^port_code,name,transport,country_iso2,neighbour_iso2,region,province,opened_year,latitude,longitude,counterpart_name,counterpart_latitude,counterpart_longitude$'
\set layout_hint 'It must be port_code,name,transport,country_iso2,neighbour_iso2,region,province,opened_year,latitude,longitude,counterpart_name,counterpart_latitude,counterpart_longitude.'
-- A new border moves the flows of a port.
\set load_table local_flow
\ir open.sql
CREATE TEMP TABLE load_file (line bigint GENERATED ALWAYS AS IDENTITY, port_code text, name text, transport text, country_iso2 text, neighbour_iso2 text, region text, province text, opened_year text, latitude text, longitude text, counterpart_name text, counterpart_latitude text, counterpart_longitude text) ON COMMIT DROP;
\copy load_file (port_code, name, transport, country_iso2, neighbour_iso2, region, province, opened_year, latitude, longitude, counterpart_name, counterpart_latitude, counterpart_longitude) FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv)
DELETE FROM load_file WHERE line = 1;
CREATE TEMP TABLE load_checked ON COMMIT DROP AS
SELECT f.*, CASE
	WHEN COALESCE(trim(port_code), '') = '' THEN 'the port is empty'
	WHEN transport <> ALL ('{air,rail,road,river,pipeline}') THEN 'the transport is not air, rail, road, river or pipeline'
	WHEN country_iso2 !~ '^[A-Z]{2}$' OR neighbour_iso2 !~ '^[A-Z]{2}$' THEN 'a country is not two capital letters'
	WHEN opened_year !~ '^(?!0+$)[0-9]{1,4}$' THEN 'the year cannot be read'
	WHEN portext.load_coordinate(latitude, 90) IS NULL OR portext.load_coordinate(longitude, 180) IS NULL THEN 'the position cannot be read'
	WHEN counterpart_latitude IS NOT NULL AND portext.load_coordinate(counterpart_latitude, 90) IS NULL
		OR counterpart_longitude IS NOT NULL AND portext.load_coordinate(counterpart_longitude, 180) IS NULL THEN 'the position of the counterpart cannot be read'
	WHEN row_number() OVER (PARTITION BY trim(port_code) ORDER BY line) > 1 THEN 'repeats an earlier row' END AS rule
FROM load_file f;
DELETE FROM portext.local_reject WHERE source = :'load_source';
INSERT INTO portext.local_reject (source, line, rule, content)
SELECT :'load_source', c.line, c.rule, f::text FROM load_checked c JOIN load_file f ON f.line = c.line WHERE c.rule IS NOT NULL ORDER BY c.line;
\echo :ROW_COUNT 'rows rejected, see portext.local_reject'
INSERT INTO portext.local_port AS p (port_code, name, transport, country_iso2, neighbour_iso2, region, province, opened_year, counterpart_name,
	counterpart_latitude, counterpart_longitude, source, geom)
SELECT trim(port_code), name, COALESCE(transport, 'road'), country_iso2, neighbour_iso2, region, province, opened_year::integer, counterpart_name,
	portext.load_coordinate(counterpart_latitude, 90), portext.load_coordinate(counterpart_longitude, 180), :'load_source',
	format('SRID=4326;POINT(%s %s)', portext.load_coordinate(longitude, 180), portext.load_coordinate(latitude, 90))::geometry
FROM load_checked WHERE rule IS NULL ORDER BY line
ON CONFLICT (port_code) DO UPDATE SET name = excluded.name, transport = excluded.transport, country_iso2 = excluded.country_iso2,
	neighbour_iso2 = excluded.neighbour_iso2, region = excluded.region, province = excluded.province, opened_year = excluded.opened_year,
	counterpart_name = excluded.counterpart_name, counterpart_latitude = excluded.counterpart_latitude,
	counterpart_longitude = excluded.counterpart_longitude, source = excluded.source, geom = excluded.geom;
\echo :ROW_COUNT 'ports loaded'
\ir close.sql
