-- Loads dated events of ports from a CSV file into local_event.
--
--	psql -d DATABASE -v file=FILE.csv -f sql/load/events.sql
--
-- The first line names the columns: port_code,event_date,event,note. The file may be plain, .xz or .gz.
-- event_date is a year, month or day: 2019, 2019-03, 2019-03-05.
--
-- Variables: file; source (csv-events); encoding (UTF8). A row that is there already (source, port, date, event) takes the new note;
-- a row that breaks a rule goes to local_reject.
\set session_stop :ON_ERROR_STOP
\set ON_ERROR_STOP on
SELECT portext.require_argument(:{?file}, 'the variable file is not set', 'Usage: psql -d DATABASE -v file=FILE.csv -f sql/load/events.sql') AS given \gset
\if :{?source}
	\set load_source :source
\else
	\set load_source csv-events
\endif
\set layout '^port_code,event_date,event,note$'
\set layout_hint 'It must be port_code,event_date,event,note.'
\set load_table local_event
\ir open.sql
CREATE TEMP TABLE load_file (line bigint GENERATED ALWAYS AS IDENTITY, port_code text, event_date text, event text, note text) ON COMMIT DROP;
\copy load_file (port_code, event_date, event, note) FROM PROGRAM 'case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac' (FORMAT csv)
DELETE FROM load_file WHERE line = 1;
CREATE TEMP TABLE load_checked ON COMMIT DROP AS
SELECT f.line, trim(f.port_code) AS port_code, p.period_from AS event_date, trim(f.event) AS event, f.note,
	CASE length(trim(f.event_date)) WHEN 4 THEN 'year' WHEN 7 THEN 'month' ELSE 'day' END AS date_precision, CASE
	WHEN COALESCE(trim(f.port_code), '') = '' THEN 'the port is empty'
	WHEN NOT EXISTS (SELECT FROM portext.port k WHERE k.port_code = trim(f.port_code)) THEN 'unknown port'
	WHEN COALESCE(trim(f.event), '') = '' THEN 'the event is empty'
	WHEN p.period_from IS NULL OR trim(f.event_date) ~ '[Q ]' THEN 'the date cannot be read: write 2019, 2019-03 or 2019-03-05'
	WHEN row_number() OVER (PARTITION BY trim(f.port_code), trim(f.event_date), trim(f.event) ORDER BY line) > 1 THEN 'repeats an earlier row' END AS rule
FROM load_file f CROSS JOIN LATERAL portext.load_period_one(f.event_date) p;
DELETE FROM portext.local_reject WHERE source = :'load_source';
INSERT INTO portext.local_reject (source, line, rule, content)
SELECT :'load_source', c.line, c.rule, f::text FROM load_checked c JOIN load_file f ON f.line = c.line WHERE c.rule IS NOT NULL ORDER BY c.line;
\echo :ROW_COUNT 'rows rejected, see portext.local_reject'
UPDATE portext.local_event e SET note = c.note FROM load_checked c
WHERE c.rule IS NULL AND e.source = :'load_source' AND e.port_code = c.port_code AND e.event_date = c.event_date AND e.event = c.event AND e.note IS DISTINCT FROM c.note;
INSERT INTO portext.local_event (port_code, event_date, date_precision, event, source, note)
SELECT c.port_code, c.event_date, c.date_precision, c.event, :'load_source', c.note FROM load_checked c
WHERE c.rule IS NULL AND NOT EXISTS (SELECT FROM portext.local_event e
	WHERE e.source = :'load_source' AND e.port_code = c.port_code AND e.event_date = c.event_date AND e.event = c.event) ORDER BY c.line;
\echo :ROW_COUNT 'events loaded'
\ir close.sql
