-- Loads border lines into local_border from a CSV file, one LINESTRING a row.
--
--	psql -d DATABASE -v file=test/data/border_na.csv -f sql/load/border_lines.sql
--
-- The first line names the columns: neighbour_iso2,part,points,wkt. The file may be plain, .xz or .gz.
-- Variables: file; source (the file's name), under which rows are found again: loading again replaces them; encoding (UTF8).
\set session_stop :ON_ERROR_STOP
\set ON_ERROR_STOP on
SELECT portext.require_argument(:{?file}, 'the variable file is not set', 'Usage: psql -d DATABASE -v file=test/data/border_na.csv -f sql/load/border_lines.sql') AS given \gset
\if :{?source}
	\set load_source :source
\else
	\set load_source :file
\endif
\set layout '^neighbour_iso2,part,points,wkt$'
\set layout_hint 'It must be neighbour_iso2,part,points,wkt.'
\set load_table local_border
\ir open.sql
CREATE TEMP TABLE load_file (neighbour_iso2 text, part integer, points integer, wkt text) ON COMMIT DROP;
\copy load_file FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv, HEADER)
DELETE FROM portext.local_border WHERE source = :'load_source';
INSERT INTO portext.local_border (neighbour_iso2, part, source, geom)
SELECT neighbour_iso2, part, :'load_source', ST_GeomFromText(wkt, 4326) FROM load_file;
\echo :ROW_COUNT 'lines'
\ir close.sql
