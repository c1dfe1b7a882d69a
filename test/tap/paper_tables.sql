-- the paper's tables recomputed: every figure against literals, and what each column may read
SET client_min_messages = warning;
SET search_path = public;
SELECT no_plan();

-- Table 1: 49 = 5 + 7 + 23 + 14 and so on, as printed and as counted
SELECT is(string_agg(line, ' | ' ORDER BY id), E'northeast 49 5 7 23 14 | southwest 20 1 2 15 2 | northwest 18 1 2 15 0'
	' | other 8 1 0 7 0 | total 95 8 11 60 16', 'ports by region and transport, ours')
	FROM (SELECT min(region_transport_id) AS id, region || ' ' || string_agg(ours::text, ' ' ORDER BY measure_rank) AS line
		FROM portext.region_transport WHERE measure = 'ports' GROUP BY region) t;
SELECT is(count(*), 25::bigint, 'all 25 counts of Table 1 agree')
	FROM portext.region_transport WHERE measure = 'ports' AND difference = 0 AND reason IS NULL;
SELECT is(string_agg(published::text, ' ' ORDER BY measure_rank, region_transport_id), '37.7 7.6 36.2 18.5 100 49.5 35.5 9.7 5.4 100',
	'the printed shares of Table 1') FROM portext.region_transport WHERE measure <> 'ports';
SELECT is(string_agg(concat_ws(' ', region, measure, published, ours, difference), ' | ' ORDER BY measure_rank),
	'southwest cargo 7.6 7.6 0 | southwest people 35.5 36.7 1.2', 'only the shares of the Southwest can be recomputed')
	FROM portext.region_transport WHERE measure <> 'ports' AND ours IS NOT NULL;
SELECT ok(reason LIKE '%airports%', 'travellers of the Southwest differ because of airports')
	FROM portext.region_transport WHERE region = 'southwest' AND measure = 'people';
SELECT is(count(*), 8::bigint, 'what cannot be recomputed has a reason')
	FROM portext.region_transport WHERE ours IS NULL AND difference IS NULL AND reason IS NOT NULL;
SELECT is(string_agg(region || ' ' || reason, ' ' ORDER BY region_rank) FILTER (WHERE reason NOT LIKE '%Mongolia%'),
	'total 100 by definition: there is nothing to recompute.', 'Mongolia is what divides the regions')
	FROM portext.region_transport WHERE measure = 'cargo' AND ours IS NULL;

-- Table 2
SELECT is(string_agg(concat_ws(' ', country_iso2, ports_published, ports, ports_difference), ' | ' ORDER BY country_rank),
	'RU 23 25 2 | KP 15 13 -2 | MN 13 14 1 | VN 10 10 0 | KZ 9 9 0 | MM 5 5 0 | LA 4 4 0 | NP 4 3 -1 | KG 2 2 0 | PK 1 1 0 | TJ 1 1 0',
	'ports by neighbour') FROM portext.country_flow;
SELECT is(concat_ws(' ', sum(ports_published), sum(ports), sum(cargo_kt), sum(people_k), count(*)), '87 87 121766 14236 11', 'totals of Table 2')
	FROM portext.country_flow;
SELECT is(string_agg(country_iso2, ' ' ORDER BY country_rank), 'RU KP MN NP', 'a reason wherever the ports differ, and only there')
	FROM portext.country_flow WHERE reason IS NOT NULL;
SELECT is(string_agg(concat_ws(' ', country_iso2, cargo_pct, people_pct), ' | ' ORDER BY country_rank),
	'RU 26.1 32.1 | KP 2.9 4 | MN 28.6 17.1 | VN 3.8 26.4 | KZ 33.6 8.4 | MM 3 8.1 | LA 0.8 2.3 | NP 0.1 0.8 | KG 0.9 0.7'
	' | PK 0 0.1 | TJ 0.1 0.1', 'all 22 percentages of Table 2') FROM portext.country_flow;
SELECT is(count(*) FILTER (WHERE cargo_pct_difference = 0 AND people_pct_difference = 0), 11::bigint, 'they agree with the print')
	FROM portext.country_flow;
SELECT is(round(100 * sum(cargo_share)::numeric, 1), 88.3, 'Kazakhstan, Mongolia and Russia: 88.3 percent of cargo')
	FROM portext.country_flow WHERE country_iso2 IN ('KZ', 'MN', 'RU');
SELECT is(concat_ws(' ', sum(cargo_share)::numeric(20, 12), sum(people_share)::numeric(20, 12)), '1.000000000000 1.000000000000', 'shares add up to 1')
	FROM portext.country_flow;
SELECT is(count(*) FILTER (WHERE includes_air OR flow_year <> 2012), 0::bigint, 'flows of 2012 without airports') FROM portext.country_flow;

-- Table 3
SELECT is(string_agg(concat_ws(' ', mode, mode_rank, places_published, places, places_difference), ' | ' ORDER BY mode_rank),
	'PP 1 20 20 0 | CPPC 2 17 17 0 | CPC 3 9 9 0 | CC 4 8 8 0', 'places by mode') FROM portext.mode_summary;
SELECT is(concat_ws(' ', northwest_places, southwest_places), '4 6', 'CPPC: 4 of 17 in Xinjiang, 6 more in Yunnan and Guangxi')
	FROM portext.mode_summary WHERE mode = 'CPPC';
SELECT is(count(*) FILTER (WHERE northeast_places + southwest_places + northwest_places + other_places <> places), 0::bigint,
	'regions add up') FROM portext.mode_summary;
SELECT is(string_agg(mode_published || ' ' || n, ' ' ORDER BY mode_rank), 'PP 20 CPPC 17 CPC 9 CC 8', 'places of Table 3')
	FROM (SELECT mode_published, mode_rank, count(*) AS n FROM portext.mode_place GROUP BY 1, 2) t;
SELECT is(string_agg(concat_ws(' ', place_code, province_published, '>', province), ' | ' ORDER BY place_code),
	'hekou Guangxi > Yunnan | shiwei Heilongjiang > Inner Mongolia', 'two provinces are misprinted')
	FROM portext.mode_place WHERE NOT province_agrees;
SELECT is(string_agg(place_code, ' ' ORDER BY place_code), 'hekou mudanjiang shiwei', 'three places carry a reason')
	FROM portext.mode_place WHERE reason IS NOT NULL;
SELECT is(string_agg(concat_ws(' ', place_code, neighbours, transports, ports), ' | ' ORDER BY place_code),
	'manzhouli RU air;rail;road 3 | mudanjiang air 1 | pulan NP;IN road 1', 'ports of a place')
	FROM portext.mode_place WHERE place_code IN ('manzhouli', 'mudanjiang', 'pulan');

-- stages, peaks, years
SELECT is(string_agg(concat_ws(' ', period_rank, kind, published, ours, difference), ' | ' ORDER BY period_rank),
	'1 stage 2 3 1 | 2 stage 18 18 0 | 3 stage 55 56 1 | 4 stage 20 16 -4 | 5 unknown 0 2 2 | 6 peak 14 13 -1 | 7 peak 46 46 0',
	'openings by stage and in the peaks') FROM portext.stage_summary;
SELECT is(concat_ws(' ', sum(published), sum(ours), count(*) FILTER (WHERE reason IS NULL)), '95 95 0', 'every port has its stage')
	FROM portext.stage_summary WHERE kind <> 'peak';
SELECT is(concat_ws(' ', min(year), max(openings_so_far), sum(openings), count(*) = max(year) - min(year) + 1), '1901 93 93 t',
	'93 dated openings in unbroken years from 1901') FROM portext.opening_by_year;
SELECT is(count(*), 0::bigint, 'transports add up to openings') FROM portext.opening_by_year WHERE road + rail + river + air <> openings;
SELECT is(concat_ws(' ', sum(openings), sum(road), sum(river), sum(rail), sum(air)), '46 29 12 1 4', 'the second peak by transport')
	FROM portext.opening_by_year WHERE peak_rank = 2;
SELECT is(string_agg(concat_ws(' ', year, stage_rank, coalesce(peak_rank, 0)), ' | ' ORDER BY year),
	'1949 1 0 | 1950 2 1 | 1955 2 1 | 1956 2 0 | 1979 2 0 | 1980 3 0 | 1988 3 0 | 1989 3 2 | 1995 3 2 | 1996 3 0 | 1999 3 0 | 2000 4 0',
	'edges of stages and peaks') FROM portext.opening_by_year
	WHERE year IN (1949, 1950, 1955, 1956, 1979, 1980, 1988, 1989, 1995, 1996, 1999, 2000);
SELECT is(concat_ws(' ', min(year_date), bool_and(date_part('year', year_date) = year)), '1901-01-01 t', 'a date for time axes')
	FROM portext.opening_by_year;
SELECT is(string_agg(concat_ws(' ', s.period, s.from_year, s.to_year), ' | ' ORDER BY period_rank), 'first peak, 1950-1955 1950 1955 | second peak, 1989-1995 1989 1995',
	'name and years of the peaks') FROM portext.stage_summary s WHERE kind = 'peak';
SELECT is(s.period, t.label, 'stage ' || t.ordinal || ' is named as in the scheme') FROM portext.stage_summary s JOIN portext.stages() t ON s.period_rank = t.ordinal ORDER BY t.ordinal;

-- status
SELECT is(string_agg(concat_ws(' ', status_rank, published, ours, difference), ' | ' ORDER BY status_rank),
	'1 79 66 -13 | 2 47 40 -7 | 3 32 14 -18 | 4 0 12 12 | 5 11 10 -1 | 6 5 4 -1 | 7 0 15 15', 'ports by status') FROM portext.status_summary;
SELECT is(string_agg(concat_ws(' ', part_of, published, ours), ' | ' ORDER BY part_of NULLS LAST), 'open all year 79 66 | 95 95', 'parts add up')
	FROM (SELECT part_of, sum(published) AS published, sum(ours) AS ours FROM portext.status_summary GROUP BY part_of) t;
SELECT is(count(*), 7::bigint, 'all differ, all say why') FROM portext.status_summary WHERE difference <> 0 AND reason IS NOT NULL;

-- What each column reads: every printed figure is changed, then the facts. Table 2's tonnages and persons are the exception.
CREATE TEMPORARY TABLE col (v text, side text, names text[]);
INSERT INTO col VALUES
	('region_transport', 'published', '{published}'), ('region_transport', 'ours', '{ours}'),
	('country_flow', 'published', '{ports_published,cargo_pct_published,people_pct_published}'),
	('country_flow', 'ours', '{country,ports,cargo_share,cargo_pct,people_share,people_pct}'),
	('mode_place', 'published', '{place_as_printed,mode_published,mode_rank,province_published}'),
	('mode_place', 'ours', '{place,province,region,neighbours,transports,ports}'),
	('mode_summary', 'published', '{places_published}'),
	('mode_summary', 'ours', '{places,ports,northeast_places,southwest_places,northwest_places,other_places}'),
	('stage_summary', 'published', '{published}'), ('stage_summary', 'ours', '{ours}'),
	('opening_by_year', 'ours', '{year,year_date,openings,openings_so_far,road,rail,river,air,stage,stage_rank,peak,peak_rank}'),
	('status_summary', 'published', '{published}'), ('status_summary', 'ours', '{ours}');
CREATE TEMPORARY TABLE derived (v text, name text);
INSERT INTO derived VALUES ('country_flow', 'cargo_kt'), ('country_flow', 'people_k'), ('country_flow', 'flow_year'),
	('country_flow', 'includes_air'), ('country_flow', 'country_iso2'), ('country_flow', 'country_rank'),
	('mode_place', 'place_code'), ('mode_place', 'province_agrees'), ('mode_summary', 'mode'), ('mode_summary', 'mode_rank'),
	('mode_summary', 'full_name'), ('stage_summary', 'kind'), ('stage_summary', 'period'), ('stage_summary', 'period_rank'),
	('stage_summary', 'from_year'), ('stage_summary', 'to_year'), ('status_summary', 'status'), ('status_summary', 'status_rank'),
	('status_summary', 'part_of'), ('region_transport', 'region'), ('region_transport', 'region_rank'), ('region_transport', 'measure'),
	('region_transport', 'measure_rank'), ('region_transport', 'transport'), ('region_transport', 'unit'), ('region_transport', 'transport_rank'), ('mode_place', 'region_rank'), ('region_transport', 'is_total');
SELECT is(count(*), 0::bigint, 'every column is a key, a label, published, ours, a difference or a reason')
	FROM information_schema.columns c
	WHERE table_schema = 'portext' AND table_name IN (SELECT v FROM col)
		AND column_name <> table_name || '_id' AND column_name NOT LIKE '%difference' AND column_name <> 'reason'
		AND NOT EXISTS (SELECT FROM derived WHERE v = table_name AND name = column_name)
		AND NOT EXISTS (SELECT FROM col WHERE v = table_name AND column_name = ANY (names));

CREATE TEMPORARY VIEW cell AS
	SELECT col.v, col.side, r.row ->> (col.v || '_id') AS id, name, r.row ->> name AS value
	FROM col CROSS JOIN LATERAL unnest(names) AS name
	JOIN (
		SELECT 'region_transport' AS v, to_jsonb(t) AS row FROM portext.region_transport t
		UNION ALL SELECT 'country_flow', to_jsonb(t) FROM portext.country_flow t
		UNION ALL SELECT 'mode_place', to_jsonb(t) FROM portext.mode_place t
		UNION ALL SELECT 'mode_summary', to_jsonb(t) FROM portext.mode_summary t
		UNION ALL SELECT 'stage_summary', to_jsonb(t) FROM portext.stage_summary t
		UNION ALL SELECT 'opening_by_year', to_jsonb(t) FROM portext.opening_by_year t
		UNION ALL SELECT 'status_summary', to_jsonb(t) FROM portext.status_summary t
	) r ON r.v = col.v;
CREATE TEMPORARY TABLE before AS SELECT * FROM cell;
CREATE TEMPORARY VIEW changed AS
	SELECT before.v, before.side, before.id, before.name, before.value, cell.value IS DISTINCT FROM before.value AS changed
	FROM before LEFT JOIN cell USING (v, side, id, name);

-- Asked inside the transaction, tested after it: pgTAP's own counters would be rolled back too.
BEGIN;
UPDATE portext.ref_table1_region SET ports = ports + 100, air = air + 100, rail = rail + 100, road = road + 100, river = river + 100,
	cargo_pct = cargo_pct + 100, people_pct = people_pct + 100;
UPDATE portext.ref_table2_country SET ports = ports + 100, cargo_pct = cargo_pct + 100, people_pct = people_pct + 100;
UPDATE portext.ref_table3_mode SET place_as_printed = 'x' || place_as_printed, province_as_printed = 'x' || province_as_printed,
	mode = CASE mode::text WHEN 'CC' THEN 'PP' ELSE 'CC' END::portext.port_mode;
UPDATE portext.ref_mode SET table3_place_count = table3_place_count + 100;
UPDATE portext.ref_stage SET ports_opened = ports_opened + 100;
UPDATE portext.ref_figure SET value = value + 1000, text_value = 'x' || text_value;
UPDATE portext.ref_claim SET recomputed_value = 'x', verdict = 'primary',
	published_value = CASE WHEN published_value ~ '^[0-9]+$' THEN (published_value::integer + 10000)::text ELSE 'x' || published_value END;
SELECT coalesce(string_agg(v || '.' || name || ' of ' || id, ', '), '') AS leaks FROM changed WHERE side = 'ours' AND changed \gset
SELECT coalesce(string_agg(v || '.' || name || ' of ' || id, ', '), '') AS stuck
	FROM changed WHERE side = 'published' AND value IS NOT NULL AND NOT changed \gset
SELECT difference AS follows FROM portext.region_transport WHERE region_transport_id = 11 \gset
ROLLBACK;
SELECT is(:'leaks'::text, '', 'no recomputed column reads a published one');
SELECT is(:'stuck'::text, '', 'every published column shows what is printed');
SELECT is(:'follows'::text, '-100', 'a difference follows the print');

BEGIN;
UPDATE portext.ref_table2_country SET cargo_kt = cargo_kt * id, people_k = people_k * (12 - id);
SELECT string_agg(DISTINCT v || '.' || name, ', ' ORDER BY v || '.' || name) AS readers FROM changed WHERE side = 'ours' AND changed \gset
ROLLBACK;
SELECT is(:'readers'::text, 'country_flow.cargo_pct, country_flow.cargo_share, country_flow.people_pct, country_flow.people_share, region_transport.ours',
	'only shares read the printed tonnages and persons');

BEGIN;
UPDATE portext.ref_port SET transport = 'rail', neighbour_iso2 = 'RU', opened_year = 1901, season = 'closed' WHERE port_code = 'nanping-road';
UPDATE portext.ref_place SET name_en = 'x', province = 'x', region = 'other', mode = 'CC' WHERE place_code = 'nanping';
SELECT coalesce(string_agg(DISTINCT v || '.' || name, ', '), '') AS leaks FROM changed WHERE side = 'published' AND changed \gset
SELECT string_agg(DISTINCT v, ', ' ORDER BY v) AS readers FROM changed WHERE side = 'ours' AND changed \gset
SELECT concat_ws(' ', ports, ports_difference) AS russia FROM portext.country_flow WHERE country_iso2 = 'RU' \gset
ROLLBACK;
SELECT is(:'leaks'::text, '', 'no published column reads a fact');
SELECT is(:'readers'::text, 'country_flow, mode_place, mode_summary, opening_by_year, region_transport, stage_summary, status_summary',
	'every view follows the facts');
SELECT is(:'russia'::text, '26 3', 'one more port to Russia');

BEGIN;
INSERT INTO portext.local_port (port_code, place_code, transport, country_iso2, neighbour_iso2, region, opened_year, season, geom)
	VALUES ('nanping-road', 'nanping', 'road', 'CN', 'RU', 'other', 2020, 'closed', ST_SetSRID(ST_MakePoint(0, 0), 4326));
SELECT coalesce(string_agg(DISTINCT v || '.' || name, ', '), '') AS leaks FROM changed WHERE changed \gset
ROLLBACK;
SELECT is(:'leaks'::text, '', 'no row of a user gets in');

SELECT * FROM finish();
