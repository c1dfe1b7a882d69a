-- Loads the Border Crossing Entry table of the US Bureau of Transportation Statistics into local_port and local_flow.
--
--	psql -d DATABASE -v file=Border_Crossing_Entry_Data.csv -f sql/load/us_border_crossing.sql
--
-- Both layouts are read: that of 2019 (Date as 03/01/2019 12:00:00 AM, Location) and the present one (Date as Jan 2024,
-- Latitude, Longitude, Point); the file may be plain, .xz or .gz. Measures have one name in all editions. Port codes get
-- their leading zeros back. Ports that are not there yet are added with the newest position; existing ones stay as they are.
--
-- Variables: file; source (us-bts), the name under which rows are found again; prefix (none), put before port codes where
-- they would meet other ports; encoding (UTF8). See flows.sql for what happens to the rows.
\set session_stop :ON_ERROR_STOP
\set ON_ERROR_STOP on
SELECT portext.require_argument(:{?file}, 'the variable file is not set', 'Usage: psql -d DATABASE -v file=Border_Crossing_Entry_Data.csv -f sql/load/us_border_crossing.sql') AS given \gset
\if :{?source}
	\set load_source :source
\else
	\set load_source us-bts
\endif
\if :{?prefix}
	\set load_prefix :prefix
\else
	\set load_prefix ''
\endif
\set layout '^Port Name,State,Port Code,Border,Date,Measure,Value,(Location|Latitude,Longitude,Point)$'
\set layout_hint 'A Border Crossing Entry table begins with Port Name,State,Port Code,Border,Date,Measure,Value.'
\set load_table local_flow
\ir open.sql
SELECT :'header' ~ 'Location$' AS old \gset
CREATE TEMP TABLE load_file (line bigint GENERATED ALWAYS AS IDENTITY, port_name text, state text, port_code text, border text, date text,
	measure text, value text, location text, latitude text, longitude text) ON COMMIT DROP;
\if :old
\copy load_file (port_name, state, port_code, border, date, measure, value, location) FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv)
\else
\copy load_file (port_name, state, port_code, border, date, measure, value, latitude, longitude, location) FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv)
\endif
DELETE FROM load_file WHERE line = 1;

\echo 'adding ports'
CREATE TEMP TABLE load_month ON COMMIT DROP AS
SELECT given.date, given.period, p.period_from
FROM (SELECT DISTINCT date, CASE WHEN date ~ '^[0-9]{2}/01/[0-9]{4}( 12:00:00 AM)?$' THEN substr(date, 7, 4) || '-' || left(date, 2) ELSE date END AS period
	FROM load_file) given
CROSS JOIN LATERAL portext.load_period(given.period) p;
CREATE TEMP TABLE load_port ON COMMIT DROP AS
SELECT DISTINCT ON (port_code) *
FROM (SELECT line, :'load_prefix' || lpad(trim(port_code), 4, '0') AS port_code, nullif(trim(port_name), '') AS name, nullif(trim(state), '') AS province, trim(border) AS border,
		CASE trim(border) WHEN 'US-Canada Border' THEN 'CA' WHEN 'US-Mexico Border' THEN 'MX' END AS neighbour_iso2,
		COALESCE(portext.load_coordinate(latitude, 90), portext.load_coordinate(point[2], 90)) AS latitude,
		COALESCE(portext.load_coordinate(longitude, 180), portext.load_coordinate(point[1], 180)) AS longitude,
		m.period_from
	FROM (SELECT f.port_code, f.port_name, f.state, f.border, f.location, f.latitude, f.longitude, max(m.period_from) AS period_from, min(f.line) AS line
		FROM load_file f JOIN load_month m ON m.date = f.date
		WHERE trim(f.port_code) ~ '^[0-9]{1,4}$'
		GROUP BY f.port_code, f.port_name, f.state, f.border, f.location, f.latitude, f.longitude) m,
		regexp_match(location, '^POINT \(([-+0-9.eE]+) ([-+0-9.eE]+)\)$') AS point) port
WHERE neighbour_iso2 IS NOT NULL AND latitude IS NOT NULL AND longitude IS NOT NULL
ORDER BY port_code, period_from DESC NULLS LAST, line;
INSERT INTO portext.local_port (port_code, name, province, region, country_iso2, neighbour_iso2, source, geom)
SELECT port_code, name, province, border, 'US', neighbour_iso2, :'load_source', format('SRID=4326;POINT(%s %s)', longitude, latitude)::geometry
FROM load_port WHERE NOT EXISTS (SELECT FROM portext.local_port p WHERE p.port_code = load_port.port_code)
ORDER BY port_code;
\echo :ROW_COUNT 'ports added'

CREATE TEMP TABLE load_row ON COMMIT DROP AS
SELECT f.line, CASE WHEN trim(f.port_code) ~ '^[0-9]{1,4}$' THEN :'load_prefix' || lpad(trim(f.port_code), 4, '0') ELSE trim(f.port_code) END AS port_code,
	d.period,
	'in'::text AS direction, m.measure, m.unit, f.value
FROM load_file f LEFT JOIN load_month d ON d.date = f.date
LEFT JOIN (SELECT given.measure AS name, m.measure, m.unit FROM (SELECT DISTINCT measure FROM load_file) given
	CROSS JOIN LATERAL portext.load_measure(given.measure) m) m ON m.name = f.measure;
\ir flows.sql
