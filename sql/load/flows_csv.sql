-- Loads flows of any country from a CSV file into local_flow.
--
--	psql -d DATABASE -v file=FILE.csv -f sql/load/flows_csv.sql
--
-- The first line names the columns: port,period,direction,measure,value. The file may be plain, .xz or .gz.
-- port is a code of local_port or of a shipped port; period is 2019, 2019-Q1, 2019-03, 2019-03-05, Mar 2019 or two of them with /
-- between, both inclusive; direction is in, out or both, seen from the country of the port.
--
-- Variables: file; source (csv-flows_csv), the name under which rows are found again; unit (none), of all rows; encoding (UTF8).
-- See flows.sql for what happens to the rows.
\set session_stop :ON_ERROR_STOP
\set ON_ERROR_STOP on
SELECT portext.require_argument(:{?file}, 'the variable file is not set', 'Usage: psql -d DATABASE -v file=FILE.csv -f sql/load/flows_csv.sql') AS given \gset
\if :{?source}
	\set load_source :source
\else
	\set load_source csv-flows_csv
\endif
\if :{?unit}
	\set load_unit :unit
\else
	\set load_unit ''
\endif
\set layout '^port,period,direction,measure,value$'
\set layout_hint 'It must be port,period,direction,measure,value.'
\set load_table local_flow
\ir open.sql
CREATE TEMP TABLE load_file (line bigint GENERATED ALWAYS AS IDENTITY, port text, period text, direction text, measure text, value text) ON COMMIT DROP;
\copy load_file (port, period, direction, measure, value) FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv)
DELETE FROM load_file WHERE line = 1;
CREATE TEMP TABLE load_row ON COMMIT DROP AS
SELECT line, trim(port) AS port_code, trim(period) AS period, trim(direction) AS direction, trim(measure) AS measure, nullif(:'load_unit', '') AS unit, value FROM load_file;
\ir flows.sql
