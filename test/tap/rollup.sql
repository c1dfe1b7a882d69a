-- answers from roll-ups, on figures small enough to work out by hand; the roll-ups themselves are tested in client/rollup
SET client_min_messages = warning;
SET search_path = public;
SELECT no_plan();

INSERT INTO portext.local_port (port_code, name, country_iso2, neighbour_iso2, geom)
	VALUES ('a', 'Aa', 'US', 'CA', 'SRID=4326;POINT(-70 45)'), ('b', 'Bb', 'US', 'CA', 'SRID=4326;POINT(-71 45)');
-- a: 10 each month of 2021, 20 in July; b: 10 each month. In 2022 a 20 each month, b nothing (zero is a figure).
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit)
SELECT p, d, (d + interval '1 month')::date, 'in', 'lorries',
	CASE WHEN date_part('year', d) = 2022 THEN CASE p WHEN 'a' THEN 20 ELSE 0 END WHEN p = 'a' AND date_part('month', d) = 7 THEN 20 ELSE 10 END, 'n'
FROM unnest(ARRAY['a', 'b']) p, generate_series('2021-01-01'::date, '2022-12-01', '1 month') t, LATERAL (SELECT t::date AS d) x;

SELECT is(concat_ws(' ', total, round(growth::numeric, 4), ports, round(hhi::numeric, 6), first_port_code, round(first_share::numeric, 6), round(similarity::numeric, 6), days),
	CASE flow_year WHEN 2021 THEN '250 2 0.500800 a 0.520000 365' ELSE '240 -0.0400 2 1.000000 a 1.000000 0.520000 365' END, 'concentration of ' || flow_year)
	FROM portext.flow_concentration WHERE measure = 'lorries' ORDER BY flow_year;
SELECT results_eq($$SELECT flow_year, port_code, port, port_rank, value FROM portext.flow_share WHERE measure = 'lorries' ORDER BY flow_share_id$$,
	$$VALUES (2021, 'a', 'Aa', 1, 130::float8), (2021, 'b', 'Bb', 2, 120), (2022, 'a', 'Aa', 1, 240), (2022, 'b', 'Bb', 2, 0)$$, 'shares, a zero among them');
SELECT is(recovery_ratio, 120 / 130.0::float8, 'half a year over a whole one')
	FROM portext.flow_recovery('lorries', 'a', '2022-01-01', '2022-07-01', '2021-01-01', '2022-01-01');
SELECT is(concat_ws(' ', value, base_value), '130', 'a period that the table does not fill has no value')
	FROM portext.flow_recovery('lorries', 'a', '2021-01-01', '2022-01-01', '2020-07-01', '2021-07-01');
SELECT is((SELECT count(*) FROM portext.flow_recovery('cargo_tonnes', 'quanhe-road', '2023-01-01', '2023-07-01', '2022-01-01', '2023-01-01') WHERE value IS NULL AND base_value IS NULL), 1::bigint,
	'the shipped facts have no figures of Quanhe for 2022 and 2023, so no ratio is made up');
SELECT is(portext.flow_recovery_reason('cargo_tonnes', 'quanhe-road', '2023-01-01', '2023-07-01', '2022-01-01', '2023-01-01'),
	'cargo_tonnes of quanhe-road in [2023-01-01,2023-07-01): no measured or derived figures; cargo_tonnes of quanhe-road in [2022-01-01,2023-01-01): no measured or derived figures', 'and both are said to be missing');
-- What flow_in_period refuses to add up, and says so.
INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom) VALUES ('m', 'US', 'MX', 'SRID=4326;POINT(-100 30)');
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit, quality) VALUES
	('a', '2021-01-01', '2021-03-01', 'in', 'p', 1, NULL, 'measured'), ('a', '2021-04-01', '2022-01-01', 'in', 'p', 2, NULL, 'measured'),
	('b', '2021-01-01', '2022-01-01', 'in', 'p', 3, NULL, 'measured'), ('b', '2021-06-01', '2021-07-01', 'in', 'p', 4, NULL, 'derived'),
	('a', '2022-01-01', '2023-01-01', 'in', 'p', 5, NULL, 'measured'), ('a', '2022-01-01', '2022-07-01', 'out', 'p', 6, NULL, 'measured'),
	('b', '2022-01-01', '2023-01-01', 'in', 'p', 7, NULL, 'measured'), ('b', '2022-01-01', '2023-01-01', 'both', 'p', 8, NULL, 'measured'),
	('a', '2023-01-01', '2023-07-01', 'in', 'p', 9, 'kg', 'measured'), ('a', '2023-07-01', '2024-01-01', 'in', 'p', 10, 't', 'measured'),
	('a', '2024-01-01', '2025-01-01', 'in', 'p', 11, NULL, 'estimate'), ('a', '2025-01-01', '2026-01-01', 'in', 'p', 0, NULL, 'measured'),
	('a', '2026-01-01', '2027-01-01', 'in', 'p', 0.1, NULL, 'measured'), ('a', '2026-01-01', '2027-01-01', 'out', 'p', 0.2, NULL, 'measured'),
	('m', '2026-01-01', '2026-07-01', 'in', 'p', 1, NULL, 'measured');
SELECT is(concat(f.value, regexp_replace(f.reason, '^.*\): ', '')), wanted, concat(port, ' ', year, ' ', direction))
FROM (VALUES ('a', 2021, NULL, 'no figures for {[2021-03-01,2021-04-01)}, direction in'), ('b', 2021, NULL, 'periods overlap, direction in'),
	('a', 2022, NULL, 'no figures for {[2022-07-01,2023-01-01)}, direction out'), ('a', 2022, 'in', '5'),
	('b', 2022, NULL, 'figures of direction both beside those of in or out: name one direction'), ('b', 2022, 'both', '8'),
	('a', 2023, NULL, 'figures in kg and t'), ('a', 2024, NULL, 'no measured or derived figures'), ('c', 2024, NULL, 'unknown port'), ('a', 2025, NULL, '0'),
	('a', 2026, NULL, '0.3'), (NULL, 2026, NULL, 'no figures for {[2026-07-01,2027-01-01)}, direction in, border US-MX')) v (port, year, direction, wanted),
	LATERAL portext.flow_in_period('p', port, make_date(year, 1, 1), make_date(year + 1, 1, 1), direction) f;
SELECT is(portext.flow_recovery_reason('p', 'a', '2026-01-01', '2027-01-01', '2025-01-01', '2026-01-01'), 'the flow in the base period is 0', 'no ratio to 0');
SELECT throws_ok($$SELECT * FROM portext.flow_in_period('p', 'a', '2022-01-01', '2022-01-01')$$, '22023', 'flow_in_period: the period from 2022-01-01 to 2022-01-01 does not end after it begins', 'a period must have a length');
SELECT throws_ok(statement, '22023', 'flow_in_period: the period from 2022-01-01 to 2021-01-01 does not end after it begins', 'nor may it end before it begins: ' || statement)
FROM unnest(ARRAY[$$SELECT * FROM portext.flow_in_period('p', 'a', '2022-01-01', '2021-01-01')$$, $$SELECT portext.flow_in_period('p', 'a', '2022-01-01', '2021-01-01')$$,
	$$SELECT f.* FROM (VALUES (2021), (2020)) y (year), portext.flow_in_period('p', 'a', '2022-01-01', make_date(year, 1, 1)) f$$,
	$$SELECT * FROM portext.flow_recovery('p', 'a', '2022-01-01', '2021-01-01', '2025-01-01', '2026-01-01')$$, $$SELECT * FROM portext.flow_recovery('p', 'a', '2026-01-01', '2027-01-01', '2022-01-01', '2021-01-01')$$,
	$$SELECT portext.flow_recovery_reason('p', 'a', '2026-01-01', '2027-01-01', '2022-01-01', '2021-01-01')$$]) statement;
SELECT is(concat(f.value, f.reason), wanted, 'what is not given is said: ' || concat_ws(' ', measure, period_from, period_to))
FROM (VALUES (NULL, '2026-01-01'::date, '2027-01-01'::date, 'flow_in_period needs a measure'), ('p', NULL, '2027-01-01', 'flow_in_period needs both ends of a period'),
	('p', '2026-01-01', NULL, 'flow_in_period needs both ends of a period'), (NULL, NULL, NULL, 'flow_in_period needs a measure')) v (measure, period_from, period_to, wanted),
	LATERAL portext.flow_in_period(measure, 'b', period_from, period_to, 'in') f;
SELECT is((SELECT reason FROM portext.flow_in_period('p', 'b', '-infinity', 'infinity', 'in')), 'p of b in [-infinity,infinity): no figures for {[-infinity,2021-01-01),[2023-01-01,infinity)}, direction in', 'all of time is not filled');
SELECT is(portext.flow_recovery_reason(NULL, 'a', '2026-01-01', '2027-01-01', '2025-01-01', '2026-01-01'), 'flow_in_period needs a measure', 'no ratio of nothing');
SELECT is(portext.flow_recovery_reason('p', 'a', '2026-01-01', '2027-01-01', NULL, '2026-01-01'), 'flow_in_period needs both ends of a period', 'nor to any time');
DELETE FROM portext.local_flow WHERE measure = 'p' AND period_from >= '2025-01-01';
SELECT is(portext.flow_recovery_reason('p', NULL, '2026-01-01', '2027-01-01', '2025-01-01', '2026-01-01'),
	'p of all ports in [2026-01-01,2027-01-01): no measured or derived figures; p of all ports in [2025-01-01,2026-01-01): no measured or derived figures', 'rows deleted are none, not 0');
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value)
	VALUES ('quanhe-road', '2022-01-01', '2023-01-01', 'both', 'cargo_tonnes', 40), ('quanhe-road', '2023-01-01', '2023-04-01', 'both', 'cargo_tonnes', 30),
		('quanhe-road', '2023-04-01', '2023-07-01', 'both', 'cargo_tonnes', 35);
SELECT is(recovery_ratio, 1.625::float8, 'the reopening question, on figures of one''s own: quarters over a year')
	FROM portext.flow_recovery('cargo_tonnes', 'quanhe-road', '2023-01-01', '2023-07-01', '2022-01-01', '2023-01-01');
SELECT is(portext.flow_recovery_reason('cargo_tonnes', 'quanhe-road', '2023-01-01', '2023-07-01', '2022-01-01', '2023-01-01'), NULL, 'with no reason against it');
SELECT is(string_agg(concat_ws(' ', port_code, round(seasonality_ratio::numeric, 6), peak_month, years), ', ' ORDER BY port_code), 'a 1.297297 7 2, b 1.000000 1 2', 'seasonality')
	FROM portext.flow_seasonality('lorries');
SELECT is((SELECT seasonal_index FROM portext.seasonal_index(portext.flow_series('lorries', 'a')) WHERE month = 7), 1200 * 40 / 370.0::float8, 'a series feeds the functions of indicators');
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value)
	SELECT p, make_date(y, 1, 1), make_date(y, 2, 1), 'in', 'coins', v FROM (VALUES ('a', 2020, 9007199254740991), ('a', 2021, 9007199254740991.25), ('b', 2020, 0.75)) t (p, y, v);
SELECT is(portext.flow_series('coins', 'a')::text, '{202001: 9007199254740991, 202101: 9007199254740991.25}', 'a series of one port is exact');
SELECT is(portext.flow_series('coins', 'c')::text, NULL, 'of a port without figures there is none');
CREATE TABLE public.unbounded (LIKE portext.local_flow INCLUDING DEFAULTS INCLUDING IDENTITY);	-- an attached table may lack the bounds of values
SELECT portext.attach_flow('public.unbounded') \g /dev/null
INSERT INTO public.unbounded (port_code, period_from, period_to, direction, measure, value)
	SELECT 'a', make_date(y, 1, 1), make_date(y + 1, 1, 1), 'in', 'atoms', v FROM (VALUES (2020, 1e300), (2021, 1e-30), (2022, 1e300), (2023, 0), (2024, 0), (2025, 1e-30), (2026, 2e-30)) t (y, v);
SELECT is(string_agg(concat(flow_year, ' ', growth), ', ' ORDER BY flow_year), '2020 , 2021 -1, 2022 , 2023 -1, 2024 , 2025 , 2026 1', 'growth beyond the range of doubles is 0 or none, no error')
	FROM portext.flow_concentration WHERE measure = 'atoms';
SET DateStyle = 'SQL, DMY';
SELECT is(reason, 'atoms of a in [2026-01-01,2028-01-01): no figures for {[2027-01-01,2028-01-01)}, direction in', 'a reason is the same under any DateStyle')
	FROM portext.flow_in_period('atoms', 'a', '2026-01-01', '2028-01-01');
RESET DateStyle;
SELECT portext.detach_flow() \g /dev/null
SELECT is(portext.flow_similarity('lorries', 2021, 2022), 0.52::float8, 'similarity of two years');
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('a', '2021-01-01', '2022-01-01', 'in', 'coaches', 750);
SELECT is((SELECT string_agg(concat_ws(' ', measure, share), ', ' ORDER BY rank) FROM portext.flow_modal_split('{lorries,coaches}', 2021, 'US')), 'coaches 0.75, lorries 0.25', 'modal split');
SELECT is((SELECT count(*) FROM portext.flow_concentration WHERE NOT is_local AND measure = 'cargo_tonnes' AND neighbour_iso2 = 'KG' AND flow_year = 2002 AND total = 218000), 1::bigint, 'shipped flows have answers too');

SELECT is(concat_ws(' ', period_from, period_to), wanted, 'period ' || given)
FROM (VALUES ('2019', '2019-01-01 2020-01-01'), ('2019-Q4', '2019-10-01 2020-01-01'), ('2020-02', '2020-02-01 2020-03-01'), ('2020-02-29', '2020-02-29 2020-03-01'),
	('Dec 2023', '2023-12-01 2024-01-01'), ('June 2019', '2019-06-01 2019-07-01'), ('Junk 2019', ''), ('Mayhem 2019', ''), ('Sept 2019', ''), ('Jan uary 2019', ''), ('2022-10/2023-03-15', '2022-10-01 2023-03-16'), ('2019-13', ''), ('2019-02-29', ''), ('0000', ''), ('1/2/3', ''), ('', '')) v (given, wanted),
	LATERAL portext.load_period(given);
SELECT is(portext.load_date(y, m, d), wanted::date, concat_ws(' ', 'date', y, m, d))
FROM (VALUES ('2020', '02', '29', '2020-02-29'), ('2020', '2', '9', '2020-02-09'), ('2020', '02', '30', NULL), ('2020', 'xx', '01', NULL), ('202001', '', '', NULL), ('', '', '202001', NULL),
	('2020', '01-01', '', NULL), ('2020', '-1', '01', NULL), ('2020', '01', '999', NULL), ('0000', '01', '01', NULL), ('99999', '1', '1', NULL)) v (y, m, d, wanted);
SELECT is(portext.load_number(given), wanted, 'number ' || given)
FROM (VALUES (' 12.50 ', 12.50), ('-3', -3), ('1e3', 1000), ('.5', 0.5), ('1,000', NULL), ('NaN', NULL), ('1e999', NULL), ('', NULL), ('٣', NULL)) v (given, wanted);
SELECT is(portext.load_measure('Truck Containers Full')::text, portext.load_measure('truck containers loaded')::text, 'measures of either edition');

BEGIN;
SELECT portext.local_rollup_touch(('x', '', 'measured', 'in', '', '', '2020-01-01', '2020-02-01')) IS NULL AS noted \g /dev/null
SELECT is((SELECT count(*) FROM (SELECT portext.local_rollup_touched(), portext.local_rollup_touch(('x', '', 'measured', 'in', '', '', '2020-01-01', '2020-02-01')) LIMIT 100) x),
	1::bigint, 'reading the notes comes to an end, even while more are written');
COMMIT;

-- The bounds of values and days: no row may break the views for everybody.
SELECT throws_ok(format('INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES (''a'', ''2030-01-01'', ''2031-01-01'', ''in'', ''bounds'', %L)', v), '23514', NULL, v || ' is no value')
	FROM unnest('{1e100,1e400,9.9e-101,1e-400,-1,NaN}'::text[]) v;
SELECT throws_ok(format('INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES (''a'', ''2030-01-01'', %L, ''in'', ''bounds'', 1)', d), '23514', NULL, d || ' ends no period')
	FROM unnest('{10000-01-02,300000-01-01,infinity}'::text[]) d;
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value)
	SELECT p, make_date(y, 1, 1), make_date(y + 1, 1, 1), 'in', 'bounds', v::numeric
	FROM (VALUES ('a', 2030, '9.9e99'), ('b', 2030, '9.9e99'), ('c', 2030, '1e-100'), ('a', 2031, '1e-100'), ('b', 2031, '2e-100'), ('manzhouli-rail', 2030, '9.9e99'), ('erenhot-rail', 2031, '1e-100'), ('a', 9999, '1'), ('a', 1, '1')) v (p, y, v);
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('a', '4713-01-01 BC', '4712-01-01 BC', 'in', 'bounds', 1);
INSERT INTO portext.local_event (port_code, event_date, date_precision, event) VALUES ('a', '9999-12-31', 'day', 'opened'), ('a', '4713-01-01 BC', 'year', 'opened');
SELECT throws_ok($$INSERT INTO portext.local_event (port_code, event_date, date_precision, event) VALUES ('a', '10000-01-01', 'day', 'opened')$$, '23514', NULL, 'nor is it the day of an event');
INSERT INTO portext.local_port (port_code, opened_year, geom) VALUES ('old', -4713, 'SRID=4326;POINT(1 2)'), ('new', 5874897, 'SRID=4326;POINT(1 2)');
SELECT lives_ok(format('SELECT x::text FROM portext.%I x', relname), relname || ' is read with rows at the bounds')
	FROM pg_class WHERE relnamespace = 'portext'::regnamespace AND relkind = 'v' ORDER BY relname;
SELECT * FROM finish();
