-- The facts in the tables are the facts in data/*.csv, every row and column; their sources are named; the layers
-- show them beside the user's rows.
SELECT no_plan();
SET search_path = portext, public;

-- Each CSV file is read a second time, by COPY, into text columns, and compared both ways.
CREATE TEMP TABLE csv_column AS
SELECT t.relname AS tab, a.attnum, a.attname AS col, f.ord, f.field, f.stored, f.read
FROM pg_class t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
CROSS JOIN LATERAL (SELECT format_type(a.atttypid, a.atttypmod) AS typ, replace(a.attname, 'geom', '') AS prefix) k
CROSS JOIN LATERAL (VALUES
	('geometry(Point,4326)', 1, prefix || 'lat', format('public.ST_Y(%I)::text', a.attname), format('%I::float8::text', prefix || 'lat')),
	('geometry(Point,4326)', 2, prefix || 'lon', format('public.ST_X(%I)::text', a.attname), format('%I::float8::text', prefix || 'lon')),
	('geometry(LineString,4326)', 1, 'wkt', 'public.ST_AsEWKT(geom)', 'public.ST_AsEWKT(public.ST_GeomFromText(wkt, 4326))'),
	(NULL, 1, a.attname, format('%I::text', a.attname), format('%I', a.attname))
) AS f (typ, ord, field, stored, read)
WHERE t.relnamespace = 'portext'::regnamespace AND t.relkind = 'r' AND t.relname LIKE 'ref\_%'
	AND (f.typ = k.typ OR (f.typ IS NULL AND k.typ NOT LIKE 'geometry%'));
SELECT format('CREATE TEMP TABLE csv_%s (%s)', substr(tab, 5), string_agg(format('%I text', field), ', ' ORDER BY attnum, ord))
FROM csv_column GROUP BY tab ORDER BY tab \gexec
\copy csv_source FROM 'data/source.csv' (FORMAT csv, HEADER)
\copy csv_country FROM 'data/country.csv' (FORMAT csv, HEADER)
\copy csv_mode FROM 'data/mode.csv' (FORMAT csv, HEADER)
\copy csv_factor FROM 'data/factor.csv' (FORMAT csv, HEADER)
\copy csv_stage FROM 'data/stage.csv' (FORMAT csv, HEADER)
\copy csv_place FROM 'data/place.csv' (FORMAT csv, HEADER)
\copy csv_port FROM 'data/port.csv' (FORMAT csv, HEADER)
\copy csv_port_context FROM 'data/port_context.csv' (FORMAT csv, HEADER)
\copy csv_city FROM 'data/city.csv' (FORMAT csv, HEADER)
\copy csv_seat FROM 'data/seat.csv' (FORMAT csv, HEADER)
\copy csv_event FROM 'data/event.csv' (FORMAT csv, HEADER)
\copy csv_flow FROM 'data/flow.csv' (FORMAT csv, HEADER)
\copy csv_border FROM 'data/border.csv' (FORMAT csv, HEADER)
\copy csv_good FROM 'data/good.csv' (FORMAT csv, HEADER)
\copy csv_channel FROM 'data/channel.csv' (FORMAT csv, HEADER)
\copy csv_figure FROM 'data/figure.csv' (FORMAT csv, HEADER)
\copy csv_claim FROM 'data/claim.csv' (FORMAT csv, HEADER)
\copy csv_table1_region FROM 'data/table1_region.csv' (FORMAT csv, HEADER)
\copy csv_table2_country FROM 'data/table2_country.csv' (FORMAT csv, HEADER)
\copy csv_table3_mode FROM 'data/table3_mode.csv' (FORMAT csv, HEADER)
SELECT format('SELECT is_empty($q$(SELECT %2$s FROM csv_%1$s EXCEPT ALL SELECT %3$s FROM ref_%1$s) UNION ALL'
	' (SELECT %3$s FROM ref_%1$s EXCEPT ALL SELECT %2$s FROM csv_%1$s)$q$, %4$L)', substr(tab, 5),
	string_agg(read, ', ' ORDER BY attnum, ord), string_agg(stored, ', ' ORDER BY attnum, ord),
	'every row and column of data/' || substr(tab, 5) || '.csv is in ' || tab || ' and no other')
FROM csv_column GROUP BY tab ORDER BY tab \gexec

-- How many facts there are.
SELECT is((SELECT count(*) FROM ref_port), 95::bigint, '95 ports');
SELECT is((SELECT count(*) FROM ref_place), 83::bigint, '83 places');
SELECT is((SELECT count(*) FROM ref_city), 348::bigint, '348 cities');
SELECT is((SELECT count(*) FROM ref_event), 194::bigint, '194 events');
SELECT is((SELECT count(*) FROM ref_flow), 183::bigint, '183 flows');
SELECT is((SELECT count(*) FROM ref_seat), 307::bigint, '307 seats');
SELECT is((SELECT count(*) FROM ref_port_context), 78::bigint, '78 places with context');
SELECT is((SELECT count(*) FROM ref_channel), 13::bigint, '13 channel rows');
SELECT is((SELECT count(*) FROM ref_good), 66::bigint, '66 goods');
SELECT is((SELECT count(*) FROM ref_figure), 173::bigint, '173 figures');
SELECT is((SELECT count(*) FROM ref_claim), 430::bigint, '430 claims');
SELECT is((SELECT count(*) FROM ref_table3_mode), 54::bigint, '54 places of Table 3');
SELECT is((SELECT count(*) FROM ref_table1_region), 5::bigint, '5 rows of Table 1');
SELECT is((SELECT count(*) FROM ref_table2_country), 11::bigint, '11 rows of Table 2');
SELECT is((SELECT count(*) FROM ref_mode), 4::bigint, '4 modes');
SELECT is((SELECT count(*) FROM ref_stage), 4::bigint, '4 stages');
SELECT is((SELECT count(*) FROM ref_factor), 4::bigint, '4 factors');
SELECT is((SELECT count(*) FROM ref_border), 24::bigint, '24 border lines');
SELECT is((SELECT count(*) FROM ref_country WHERE is_land_neighbour), 14::bigint, '14 land neighbours');
SELECT results_eq('SELECT verdict, count(*) FROM ref_claim GROUP BY 1 ORDER BY 1',
	$$VALUES ('inconsistent', 25::bigint), ('match', 148), ('needs_port_list', 32), ('primary', 222), ('rounding', 3)$$,
	'claims by verdict');

-- What ties the tables together beyond their keys.
SELECT is_empty('SELECT place_code FROM ref_table3_mode t JOIN ref_place p USING (place_code) WHERE t.mode <> p.mode',
	'Table 3 and the places agree on the mode');
SELECT is_empty('SELECT place_code FROM ref_place p WHERE (mode IS NULL) = EXISTS (SELECT FROM ref_table3_mode t WHERE t.place_code = p.place_code)',
	'a place has a mode exactly when Table 3 lists it');
SELECT is_empty('SELECT place_code FROM ref_table3_mode t JOIN ref_place p USING (place_code) WHERE coalesce(province_correct, province_as_printed) <> p.province',
	'Table 3, corrected, and the places agree on the province');
SELECT is_empty('SELECT f.id FROM ref_flow f JOIN ref_port p USING (port_code) WHERE f.place_code <> p.place_code OR f.transport <> p.transport',
	'a flow of a port names its place and transport');
SELECT is_empty('SELECT e.id FROM ref_event e JOIN ref_port p USING (port_code) WHERE e.place_code <> p.place_code',
	'an event of a port names its place');
SELECT is_empty($$SELECT id FROM ref_event WHERE event_date <> date_trunc(date_precision, event_date)$$,
	'a date of partial precision is the first day of its period');
SELECT is_empty('SELECT place_code FROM ref_place p WHERE NOT EXISTS (SELECT FROM ref_port r WHERE r.place_code = p.place_code)',
	'every place has a port');

-- Every source that a row names is described.
CREATE TEMP TABLE used_source AS
	SELECT unnest(string_to_array(coord_source, '; ')) AS code FROM ref_port
	UNION ALL SELECT unnest(string_to_array(fact_source, '; ')) FROM ref_port
	UNION ALL SELECT m[1] FROM ref_seat, regexp_matches(source, '(?:position|population): ([^ ;]+)', 'g') m
	UNION ALL SELECT m[1] FROM ref_port_context, regexp_matches(source, '\m([a-z]+-[a-z0-9]+(?:[-.][a-z0-9]+)*)', 'g') m
	UNION ALL SELECT source_code FROM ref_city
	UNION ALL SELECT source_code FROM ref_event
	UNION ALL SELECT source_code FROM ref_flow
	UNION ALL SELECT source_code FROM ref_border
	UNION ALL SELECT source_code FROM ref_good
	UNION ALL SELECT source_code FROM ref_channel
	UNION ALL SELECT source_code FROM ref_figure
	UNION ALL SELECT source_code FROM ref_claim
	UNION ALL SELECT source FROM flow WHERE NOT is_local;
SELECT is_empty('SELECT DISTINCT code FROM used_source EXCEPT SELECT source_code FROM ref_source', 'every source used is in ref_source');
SELECT is_empty($$SELECT source FROM ref_seat WHERE source !~ '^position: [^ ;]+( \([^)]*\))?; population: [^ ;]+$'$$,
	'a seat names the sources of its position and of its population');
SELECT is((SELECT count(*) FROM ref_source WHERE kind = 'document'), 5::bigint, 'five source documents');
SELECT is((SELECT count(*) FROM ref_source WHERE kind = 'document'), 5::bigint, 'and only they are documents');
SELECT matches(portext_data_version(), '^\d{4}-\d\d-\d\d$', 'the facts have a release date');

-- The layers: shipped rows alone at first, ids unique, the user's rows beside them afterwards.
SELECT is((SELECT count(*) FROM port), 95::bigint, 'port shows the shipped ports');
SELECT is((SELECT count(*) FROM city), 348::bigint, 'city shows the shipped cities');
SELECT is((SELECT count(*) FROM event), 194::bigint, 'event shows the shipped events');
SELECT is((SELECT count(*) FROM flow), 205::bigint, 'flow shows 183 flows and twice 11 country totals');
SELECT is((SELECT count(*) FROM border), 24::bigint, 'border shows the lines');
SELECT is((SELECT count(*) FROM crossing), 81::bigint, '81 ports have a counterpart with a position');
SELECT is((SELECT sum(value) FROM flow WHERE subject_kind = 'country' AND measure = 'cargo_tonnes'), 121766000::numeric,
	'Table 2 adds up to 121,766 thousand tonnes');
SELECT is((SELECT sum(value) FROM flow WHERE subject_kind = 'country' AND measure = 'persons'), 14236000::numeric,
	'and to 14,236 thousand person-times');
SELECT ok((SELECT length_km BETWEEN 9.5 AND 9.7 FROM crossing WHERE port_code = 'manzhouli-rail'),
	'Manzhouli railway lies 9.6 km from Zabaykalsk (49.597 117.430 to 49.651 117.326)');
SELECT is((SELECT ARRAY[period_from, period_to]::text FROM flow WHERE port_code = 'torugart-road' AND period_from = '2012-01-01' AND measure = 'persons'),
	'{2012-01-01,2013-01-01}', 'a period ends on the day after its last');

SELECT results_eq('SELECT stage_rank, count(*) FROM port GROUP BY 1 ORDER BY 1',
	'VALUES (1, 3::bigint), (2, 18), (3, 56), (4, 16), (NULL, 2)', 'ports by stage of opening');

INSERT INTO local_port (port_code, place_code, name, transport, neighbour_iso2, counterpart_latitude, counterpart_longitude, geom)
	VALUES ('nanping-road', 'nanping', 'my Nanping', 'road', 'KP', 42.257, 129.205, 'SRID=4326;POINT(129.2 42.26)');
INSERT INTO local_port (geom) VALUES ('SRID=4326;POINT(10 50)');
INSERT INTO local_city (city_code, name, country_iso2, geom) VALUES ('gn-2036973', 'my Heihe', 'CN', 'SRID=4326;POINT(127.5 50.2)');
INSERT INTO local_city (name, country_iso2, geom) VALUES ('Nowhere', 'XX', 'SRID=4326;POINT(10 50)');
INSERT INTO local_event (port_code, event_date, event) VALUES ('local-1', '2020-05-01', 'opened'), ('tumen-rail', '2021-01-01', 'closed');
INSERT INTO local_flow (port_code, period_from, period_to, direction, measure, value, unit) VALUES
	('local-1', '2020-01-01', '2021-01-01', 'both', 'cargo_tonnes', 5, 't'),
	('nanping-road', '2020-01-01', '2021-01-01', 'in', 'cargo_tonnes', 7.25, 't'),
	('no-such-port', '2020-01-01', '2021-01-01', 'out', 'persons', 1, NULL);

SELECT results_eq($$SELECT port_id, port_code, name, is_local, mode, province FROM port WHERE is_local ORDER BY 1$$,
	$$VALUES (1000000, 'nanping-road', 'my Nanping', true, 'CPPC', 'Jilin'), (1000001, 'local-1', NULL, true, NULL, NULL)$$,
	'local ports get ids from 1,000,000 and a default code; a shipped place lends mode and province');
SELECT is((SELECT count(*) FROM port), 96::bigint, 'a local row with a shipped code replaces the shipped port');
SELECT is((SELECT name_en FROM ref_port WHERE port_code = 'nanping-road'), 'Nanping', 'but not in ref_port');
SELECT is((SELECT count(*) FROM city), 349::bigint, 'the same for cities');
SELECT is((SELECT count(*) FROM crossing), 81::bigint, 'crossing follows port');
SELECT is((SELECT count(*) FROM event WHERE is_local), 2::bigint, 'local events show');
SELECT is((SELECT string_agg(coalesce(port, '-') || coalesce(place_code, '-'), ',' ORDER BY flow_id) FROM flow WHERE is_local),
	'--,my Nanpingnanping,--', 'local flows show with the labels of their port, whichever it is');
SELECT results_eq('SELECT port_code FROM local_flow_unmatched', ARRAY['no-such-port'], 'a flow without a port is listed');
SELECT is_empty(format('SELECT %1$s FROM %2$s GROUP BY 1 HAVING count(*) > 1', id, layer), 'ids of ' || layer || ' are unique')
FROM (VALUES ('port', 'port_id'), ('city', 'city_id'), ('event', 'event_id'), ('flow', 'flow_id'), ('crossing', 'crossing_id'),
	('border', 'border_id'), ('local_flow_unmatched', 'flow_id')) v (layer, id);
SELECT is_empty('SELECT id FROM (SELECT port_id AS id, is_local FROM port UNION ALL SELECT city_id, is_local FROM city
	UNION ALL SELECT event_id, is_local FROM event UNION ALL SELECT flow_id, is_local FROM flow) v WHERE is_local <> (id >= 1000000)',
	'shipped ids lie below 1,000,000, local ones do not');

-- What local tables refuse.
SELECT throws_ok($$INSERT INTO local_port (geom) VALUES ('SRID=4326;POINT(440000 4500000)')$$, '23514', NULL, 'metres taken for degrees');
SELECT throws_ok($$INSERT INTO local_port (geom) VALUES ('SRID=4326;POINT EMPTY')$$, '23514', NULL, 'an empty point');
SELECT throws_ok($$INSERT INTO local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('x', '2020-01-01', 'infinity', 'in', 'm', 1)$$, '23514', NULL, 'a period without an end');
SELECT throws_ok($$INSERT INTO local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('x', '2020-01-01', '2020-01-01', 'in', 'm', 1)$$, '23514', NULL, 'a period without a day');
SELECT throws_ok($$INSERT INTO local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('x', '2020-01-01', '2020-01-02', 'in', 'm', 'NaN')$$, '23514', NULL, 'a value that is no number');
SELECT throws_ok($$INSERT INTO local_event (event_date, event) VALUES ('2020-01-01', 'opened')$$, '23514', NULL, 'an event without port and place');
SELECT * FROM finish();
