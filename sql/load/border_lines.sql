-- Loads border lines into local_border from a CSV with the header neighbour_iso2,part,points,wkt, one LINESTRING a row.
--
--	psql -d DATABASE -v file=test/data/border_na.csv -f sql/load/border_lines.sql
--
-- Variables: file; source (the file's name), under which rows are found again: loading again replaces them. All or nothing.
\set ON_ERROR_STOP on
\if :{?file}
\else
	\warn 'usage: psql -d DATABASE -v file=FILE -f sql/load/border_lines.sql'
	SELECT 1 / 0 AS "the variable file is not set";
\endif
\if :{?source}
\else
	\set source :file
\endif
SELECT extnamespace::regnamespace AS postgis FROM pg_catalog.pg_extension WHERE extname = 'postgis' \gset
\setenv PORTEXT_FILE :file
BEGIN;
CREATE TEMP TABLE load_line (neighbour_iso2 text, part integer, points integer, wkt text) ON COMMIT DROP;
\copy load_line FROM PROGRAM 'tail -n +2 "$PORTEXT_FILE" | tr -d "\r"' (FORMAT csv)
DELETE FROM portext.local_border WHERE source = :'source';
INSERT INTO portext.local_border (neighbour_iso2, part, source, geom)
SELECT neighbour_iso2, part, :'source', :postgis.ST_GeomFromText(wkt, 4326) FROM load_line;
\echo :ROW_COUNT 'lines'
COMMIT;
