-- Loads border lines into local_border from a CSV file, one LINESTRING a row.
--
--	psql -d DATABASE -v file=test/data/border_na.csv -f sql/load/border_lines.sql
--
-- The first line names the columns: neighbour_iso2,part,points,wkt. The file may be plain, .xz or .gz.
-- Variables: file; source (the file's name), under which rows are found again: loading again replaces them; encoding (UTF8).
\set ON_ERROR_STOP on
SELECT portext.require_argument(:{?file}, 'the variable file is not set', 'Usage: psql -d DATABASE -v file=test/data/border_na.csv -f sql/load/border_lines.sql') AS given \gset
\if :{?source}
\else
	\set source :file
\endif
\ir open.sql
SELECT portext.require_argument(:'header' = 'neighbour_iso2,part,points,wkt', pg_catalog.format('the first line of %s is unknown: "%s"', :'file', pg_catalog.left(:'header', 200)),
	'It must be neighbour_iso2,part,points,wkt.') AS known \gset
CREATE TEMP TABLE load_file (neighbour_iso2 text, part integer, points integer, wkt text) ON COMMIT DROP;
\copy load_file FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv, HEADER)
DELETE FROM portext.local_border WHERE source = :'source';
INSERT INTO portext.local_border (neighbour_iso2, part, source, geom)
SELECT neighbour_iso2, part, :'source', ST_GeomFromText(wkt, 4326) FROM load_file;
\echo :ROW_COUNT 'lines'
COMMIT;
