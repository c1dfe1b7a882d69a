-- Loads cities of any country from a CSV file into local_city.
--
--	psql -d DATABASE -v file=FILE.csv -f sql/load/cities.sql
--
-- The first line names the columns: city_code,name,country_iso2,admin1,population,population_year,latitude,longitude. The file may be plain, .xz or .gz.
-- Variables: file; source (csv-cities), the name of the report in local_reject; encoding (UTF8). A row whose code is there already
-- replaces it; a row that breaks a rule goes to local_reject.
\set session_stop :ON_ERROR_STOP
\set ON_ERROR_STOP on
SELECT portext.require_argument(:{?file}, 'the variable file is not set', 'Usage: psql -d DATABASE -v file=FILE.csv -f sql/load/cities.sql') AS given \gset
\if :{?source}
	\set load_source :source
\else
	\set load_source csv-cities
\endif
\set layout '^city_code,name,country_iso2,admin1,population,population_year,latitude,longitude$'
\set layout_hint 'It must be city_code,name,country_iso2,admin1,population,population_year,latitude,longitude.'
\set load_table local_city
\ir open.sql
CREATE TEMP TABLE load_file (line bigint GENERATED ALWAYS AS IDENTITY, city_code text, name text, country_iso2 text, admin1 text, population text, population_year text, latitude text, longitude text) ON COMMIT DROP;
\copy load_file (city_code, name, country_iso2, admin1, population, population_year, latitude, longitude) FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv)
DELETE FROM load_file WHERE line = 1;
CREATE TEMP TABLE load_checked ON COMMIT DROP AS
SELECT f.*, CASE
	WHEN COALESCE(trim(city_code), '') = '' THEN 'the city is empty'
	WHEN COALESCE(name, '') = '' THEN 'the name is empty'
	WHEN COALESCE(country_iso2, '') !~ '^[A-Z]{2}$' THEN 'the country is not two capital letters'
	WHEN population !~ '^[0-9]{1,15}$' THEN 'the population cannot be read'
	WHEN population_year !~ '^[0-9]{1,4}$' THEN 'the year cannot be read'
	WHEN portext.load_coordinate(latitude, 90) IS NULL OR portext.load_coordinate(longitude, 180) IS NULL THEN 'the position cannot be read'
	WHEN row_number() OVER (PARTITION BY trim(city_code) ORDER BY line) > 1 THEN 'repeats an earlier row' END AS rule
FROM load_file f;
DELETE FROM portext.local_reject WHERE source = :'load_source';
INSERT INTO portext.local_reject (source, line, rule, content)
SELECT :'load_source', c.line, c.rule, f::text FROM load_checked c JOIN load_file f ON f.line = c.line WHERE c.rule IS NOT NULL ORDER BY c.line;
\echo :ROW_COUNT 'rows rejected, see portext.local_reject'
INSERT INTO portext.local_city (city_code, name, country_iso2, admin1, population, population_year, source, geom)
SELECT trim(city_code), name, country_iso2, admin1, population::bigint, population_year::integer, :'load_source',
	format('SRID=4326;POINT(%s %s)', portext.load_coordinate(longitude, 180), portext.load_coordinate(latitude, 90))::geometry
FROM load_checked WHERE rule IS NULL ORDER BY line
ON CONFLICT (city_code) DO UPDATE SET name = excluded.name, country_iso2 = excluded.country_iso2, admin1 = excluded.admin1,
	population = excluded.population, population_year = excluded.population_year, source = excluded.source, geom = excluded.geom;
\echo :ROW_COUNT 'cities loaded'
\ir close.sql
