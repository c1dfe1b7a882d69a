-- Part of the loaders: brings the rows of load_row (line, port_code, period, direction, measure, unit, value) into
-- local_flow and ends the transaction. load_file has the rows as read, by line.
--
-- A row that breaks a rule of load_flow_rule, or has the key of an earlier row of the file, goes to local_reject. A row
-- without a value is no figure and is counted only; zero is a figure. The key of a row is (source, port_code, period,
-- direction, measure, unit): a key that is there already keeps its row and takes the new value. So a second load of the
-- same file changes nothing. Rows that an earlier file had and this one has not stay.
\echo 'checking rows'
CREATE TEMP TABLE load_checked ON COMMIT DROP AS
WITH period AS MATERIALIZED (
	SELECT given.period, p.period_from, p.period_to
	FROM (SELECT DISTINCT period FROM load_row WHERE period IS NOT NULL) given CROSS JOIN LATERAL portext.load_period(given.period) p
), port AS MATERIALIZED (
	SELECT port_code FROM portext.ref_port UNION SELECT port_code FROM portext.local_port
)
SELECT r.line, r.port_code, p.period_from, p.period_to, r.direction, r.measure, r.unit, r.number AS value,
	portext.load_flow_rule(r.port_code, port.port_code IS NOT NULL, p.period_from, p.period_to, r.direction, r.measure, r.has_value, r.number) AS rule
FROM (SELECT *, trim(value) <> '' AS has_value, portext.load_number(value) AS number FROM load_row OFFSET 0) r LEFT JOIN period p ON p.period = r.period LEFT JOIN port ON port.port_code = r.port_code;
UPDATE load_checked c SET rule = concat('repeats row ', d.first)
FROM (SELECT line, first_value(line) OVER (PARTITION BY port_code, period_from, period_to, direction, measure, unit ORDER BY line) AS first
	FROM load_checked WHERE rule IS NULL) d
WHERE d.line = c.line AND d.first < d.line;
ANALYZE load_checked;
DELETE FROM portext.local_reject WHERE source = :'load_source';
INSERT INTO portext.local_reject (source, line, rule, content)
SELECT :'load_source', c.line, c.rule, f::text FROM load_checked c JOIN load_file f ON f.line = c.line WHERE c.rule IS NOT NULL ORDER BY c.line;
\set rejected :ROW_COUNT

\echo 'writing flows'
UPDATE portext.local_flow f SET value = c.value
FROM load_checked c
WHERE c.rule IS NULL AND c.value IS NOT NULL AND f.source = :'load_source' AND f.port_code = c.port_code AND f.period_from = c.period_from AND f.period_to = c.period_to
	AND f.direction = c.direction AND f.measure = c.measure AND f.unit IS NOT DISTINCT FROM c.unit AND f.quality = 'measured' AND f.value <> c.value;
\set updated :ROW_COUNT
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit, source)
SELECT c.port_code, c.period_from, c.period_to, c.direction, c.measure, c.value, c.unit, :'load_source'
FROM load_checked c
WHERE c.rule IS NULL AND c.value IS NOT NULL AND NOT EXISTS (SELECT FROM portext.local_flow f
	WHERE f.source = :'load_source' AND f.port_code = c.port_code AND f.period_from = c.period_from AND f.period_to = c.period_to
		AND f.direction = c.direction AND f.measure = c.measure AND f.unit IS NOT DISTINCT FROM c.unit AND f.quality = 'measured')
ORDER BY c.period_from, c.line;
\set inserted :ROW_COUNT
SELECT count(*) AS rows, :inserted AS loaded, :updated AS changed,
	count(*) FILTER (WHERE rule IS NULL AND value IS NOT NULL) - :inserted - :updated AS unchanged,
	count(*) FILTER (WHERE rule IS NULL AND value IS NULL) AS empty, :rejected AS rejected,
	count(*) FILTER (WHERE rule IS NULL AND value = 0) AS zeros FROM load_checked;
SELECT rule, count(*) AS rows, min(line) AS first_line FROM portext.local_reject WHERE source = :'load_source' AND rule NOT LIKE 'repeats row %' GROUP BY rule
UNION ALL
SELECT 'repeats an earlier row', count(*), min(line) FROM portext.local_reject WHERE source = :'load_source' AND rule LIKE 'repeats row %' HAVING count(*) > 0
ORDER BY 1;
\ir close.sql
\echo 'done; rejected rows are in portext.local_reject'
