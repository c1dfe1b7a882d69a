-- Loads cities into local_city: a GeoNames extract (cities500, cities1000, cities5000, cities15000, or a country file) or
-- a CSV with a header of city_id, name, country_iso2, admin1, lat, lon, population and any further columns.
--
--	psql -d DATABASE -v file=cities15000.txt -f sql/load/geonames_cities.sql
--	psql -d DATABASE -v file=test/data/cities_na.csv -f sql/load/geonames_cities.sql
--
-- The file may be plain, .xz or .gz.
-- Variables: file; people (5000), the least population to load; encoding (UTF8). Of a GeoNames extract only populated
-- places are taken (feature class P, without sections PPLX and abandoned or historical places). Codes are gn- and the
-- GeoNames number, so a city that is shipped already is replaced in the views. Loading again brings the rows up to date.
-- A row that breaks a rule goes to local_reject, under the source geonames.
-- GeoNames is CC BY 4.0: name it where you show the data.
\set session_stop :ON_ERROR_STOP
\set ON_ERROR_STOP on
SELECT portext.require_argument(:{?file}, 'the variable file is not set', 'Usage: psql -d DATABASE -v file=cities15000.txt -f sql/load/geonames_cities.sql') AS given \gset
\if :{?people}
	\set load_people :people
\else
	\set load_people 5000
\endif
\set layout '^(city_id,name,country_iso2,admin1,lat,lon,population.*|([^\\t]*\\t){18}[^\\t]*)$'
\set layout_hint 'A GeoNames extract has 19 columns with tabs between them; a CSV of cities begins with city_id,name,country_iso2,admin1,lat,lon,population.'
\set load_table local_city
\ir open.sql
SELECT :'header' ~ '^city_id,' AS csv \gset
CREATE TEMP TABLE load_city (line bigint, city_code text, name text, country_iso2 text, admin1 text, latitude text, longitude text, population text) ON COMMIT DROP;
\if :csv
CREATE TEMP TABLE load_line (line bigint GENERATED ALWAYS AS IDENTITY (START WITH 2), city_code text, name text, country_iso2 text, admin1 text, latitude text, longitude text, population text,
	c8 text, c9 text, c10 text) ON COMMIT DROP;
\copy load_line (city_code, name, country_iso2, admin1, latitude, longitude, population, c8, c9, c10) FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv, HEADER)
INSERT INTO load_city SELECT line, city_code, name, country_iso2, admin1, latitude, longitude, population FROM load_line;
\else
CREATE TEMP TABLE load_line (line bigint GENERATED ALWAYS AS IDENTITY, id text, name text, ascii text, other text, latitude text, longitude text, class text, feature text, country_iso2 text,
	cc2 text, admin1 text, admin2 text, admin3 text, admin4 text, population text, elevation text, dem text, zone text, changed text) ON COMMIT DROP;
-- A dump has no quoting; the control characters named here occur nowhere in it.
\copy load_line (id, name, ascii, other, latitude, longitude, class, feature, country_iso2, cc2, admin1, admin2, admin3, admin4, population, elevation, dem, zone, changed) FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv, DELIMITER E'\t', QUOTE E'\x01', ESCAPE E'\x02')
INSERT INTO load_city SELECT line, 'gn-' || id, name, country_iso2, admin1, latitude, longitude, population FROM load_line
WHERE class = 'P' AND feature NOT IN ('PPLX', 'PPLQ', 'PPLH', 'PPLW');
\endif
CREATE TEMP TABLE load_checked ON COMMIT DROP AS
SELECT c.*, CASE
	WHEN COALESCE(c.city_code, '') IN ('', 'gn-') THEN 'the city is empty'
	WHEN COALESCE(c.name, '') = '' THEN 'the name is empty'
	WHEN COALESCE(c.country_iso2, '') !~ '^[A-Z]{2}$' THEN 'the country is not two capital letters'
	WHEN COALESCE(c.population, '') !~ '^[0-9]{1,15}$' THEN 'the population cannot be read'
	WHEN portext.load_coordinate(c.latitude, 90) IS NULL OR portext.load_coordinate(c.longitude, 180) IS NULL THEN 'the position cannot be read'
	WHEN row_number() OVER (PARTITION BY c.city_code ORDER BY c.line) > 1 THEN 'repeats an earlier row' END AS rule
FROM load_city c;
DELETE FROM portext.local_reject WHERE source = 'geonames';
INSERT INTO portext.local_reject (source, line, rule, content)
SELECT 'geonames', c.line, c.rule, l::text FROM load_checked c JOIN load_line l ON l.line = c.line WHERE c.rule IS NOT NULL ORDER BY c.line;
SELECT :ROW_COUNT > 0 AS some, :ROW_COUNT AS rejected \gset
\if :some
\echo :rejected 'rows rejected, see portext.local_reject'
\endif
INSERT INTO portext.local_city (city_code, name, country_iso2, admin1, population, source, geom)
SELECT city_code, name, country_iso2, admin1, population::bigint, 'GeoNames, CC BY 4.0',
	ST_SetSRID(ST_MakePoint(portext.load_coordinate(longitude, 180), portext.load_coordinate(latitude, 90)), 4326)
FROM load_checked WHERE rule IS NULL AND population::bigint >= :load_people ORDER BY line
ON CONFLICT (city_code) DO UPDATE SET name = EXCLUDED.name, country_iso2 = EXCLUDED.country_iso2, admin1 = EXCLUDED.admin1,
	population = EXCLUDED.population, source = EXCLUDED.source, geom = EXCLUDED.geom;
\echo :ROW_COUNT 'cities of' :load_people 'people or more'
\ir close.sql
ANALYZE portext.local_city;
