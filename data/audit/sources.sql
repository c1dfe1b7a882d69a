-- What the audit reads. Each source is one query of one row: the expressions of claims.csv use its columns and name
-- the sources they need. A composition holds the cells of a printed column by their key, so that a share, a rank or
-- a total of the audit is computed by the same functions that users call.

-- source t1: Table 1, ports by region and transport, shares of the flows; the printed Total row apart
SELECT composition_agg(region, ports) FILTER (WHERE region <> 'total') AS t1_ports,
	composition_agg(region, air) FILTER (WHERE region <> 'total') AS t1_air,
	composition_agg(region, rail) FILTER (WHERE region <> 'total') AS t1_rail,
	composition_agg(region, road) FILTER (WHERE region <> 'total') AS t1_road,
	composition_agg(region, river) FILTER (WHERE region <> 'total') AS t1_river,
	composition_agg(region, air + rail + road + river) FILTER (WHERE region <> 'total') AS t1_row,
	composition_agg(region, cargo_pct) FILTER (WHERE region <> 'total') AS t1_cargo,
	composition_agg(region, people_pct) FILTER (WHERE region <> 'total') AS t1_people,
	max(ports) FILTER (WHERE region = 'total')::numeric AS all_ports,
	max(air) FILTER (WHERE region = 'total')::numeric AS all_air,
	max(rail) FILTER (WHERE region = 'total')::numeric AS all_rail,
	max(road) FILTER (WHERE region = 'total')::numeric AS all_road,
	max(river) FILTER (WHERE region = 'total')::numeric AS all_river
FROM ref_table1_region

-- source t2: Table 2, ports and flows by neighbour; totals are ours, the table prints none
SELECT composition_agg(iso2, ports) AS t2_ports,
	composition_agg(iso2, cargo_kt) AS t2_cargo,
	composition_agg(iso2, people_k) AS t2_people,
	sum(ports)::numeric AS ports_sum, sum(cargo_kt) AS cargo_sum, sum(people_k) AS people_sum,
	count(*) FILTER (WHERE ports > 0)::numeric AS partners,
	sum(ports) FILTER (WHERE iso2 IN ('RU', 'KP', 'MN', 'KZ'))::numeric AS four_ports,
	sum(cargo_kt) FILTER (WHERE iso2 IN ('KZ', 'MN', 'RU')) AS top3_cargo,
	sum(people_k) FILTER (WHERE iso2 IN ('RU', 'VN', 'MN')) AS top3_people,
	sum(cargo_kt) FILTER (WHERE iso2 IN ('VN', 'MM', 'LA')) AS sw_cargo,
	sum(people_k) FILTER (WHERE iso2 IN ('VN', 'MM', 'LA')) AS sw_people,
	sum(cargo_kt) FILTER (WHERE iso2 IN ('RU', 'KP')) AS ne_cargo,
	sum(people_k) FILTER (WHERE iso2 IN ('RU', 'KP')) AS ne_people,
	sum(cargo_kt) FILTER (WHERE iso2 IN ('KZ', 'KG', 'PK', 'TJ')) AS nw_cargo,
	sum(people_k) FILTER (WHERE iso2 IN ('KZ', 'KG', 'PK', 'TJ')) AS nw_people,
	sum(ports) FILTER (WHERE iso2 IN ('KZ', 'KG', 'PK', 'TJ'))::numeric AS nw_ports,
	sum(ports) FILTER (WHERE iso2 IN ('VN', 'MM', 'LA'))::numeric AS sw_ports,
	max(ports) FILTER (WHERE iso2 = 'RU')::numeric AS ru_ports, max(ports) FILTER (WHERE iso2 = 'KP')::numeric AS kp_ports,
	max(ports) FILTER (WHERE iso2 = 'KZ')::numeric AS kz_ports, max(ports) FILTER (WHERE iso2 = 'NP')::numeric AS np_ports,
	max(cargo_kt) FILTER (WHERE iso2 = 'RU') AS ru_cargo, max(people_k) FILTER (WHERE iso2 = 'RU') AS ru_people,
	max(cargo_kt) FILTER (WHERE iso2 = 'MN') AS mn_cargo, max(people_k) FILTER (WHERE iso2 = 'MN') AS mn_people,
	max(cargo_kt) FILTER (WHERE iso2 = 'NP') AS np_cargo, max(people_k) FILTER (WHERE iso2 = 'NP') AS np_people,
	max(cargo_kt) FILTER (WHERE iso2 = 'KG') AS kg_cargo, max(people_k) FILTER (WHERE iso2 = 'KG') AS kg_people,
	max(cargo_kt) FILTER (WHERE iso2 = 'KZ') AS kz_cargo, max(cargo_kt) FILTER (WHERE iso2 = 'KP') AS kp_cargo
FROM ref_table2_country

-- source t3: Table 3, places by mode, with the province and the neighbour that geography gives
SELECT pg_catalog.count(DISTINCT t.mode)::numeric AS modes,
	composition_agg(t.mode::text, 1) AS t3_modes,
	pg_catalog.count(DISTINCT coalesce(t.province_correct, t.province_as_printed))::numeric AS t3_provinces,
	count(*) FILTER (WHERE t.faces_editorial = 'MN')::numeric AS mn_places,
	count(*) FILTER (WHERE t.faces_editorial = 'MN' AND p.region = 'northeast')::numeric AS mn_places_ne,
	count(*) FILTER (WHERE t.faces_editorial = 'MN' AND p.region = 'northwest')::numeric AS mn_places_nw,
	count(*) FILTER (WHERE t.faces_editorial = 'MN' AND p.region = 'other')::numeric AS mn_places_other,
	count(*) FILTER (WHERE t.mode = 'CPPC' AND t.province_as_printed = 'Xinjiang')::numeric AS cppc_xinjiang,
	count(*) FILTER (WHERE t.mode = 'CPPC')::numeric AS cppc,
	max(pg_catalog.cardinality(string_to_array(t.faces_editorial, ';'))) FILTER (WHERE t.place_code = 'pulan')::numeric AS pulan_faces,
	coalesce(max(pg_catalog.cardinality(string_to_array(t.faces_editorial, ';'))) FILTER (WHERE t.place_code = 'mudanjiang' AND t.mode = 'CC'), 0)::numeric AS mudanjiang_faces,
	max(coalesce(t.province_correct, t.province_as_printed)) FILTER (WHERE t.place_code = 'hekou') AS hekou_province,
	max(coalesce(t.province_correct, t.province_as_printed)) FILTER (WHERE t.place_code = 'shiwei') AS shiwei_province,
	max(coalesce(t.province_correct, t.province_as_printed)) FILTER (WHERE t.place_code = 'manzhouli') AS manzhouli_province,
	max(coalesce(t.province_correct, t.province_as_printed)) FILTER (WHERE t.place_code = 'nanping') AS nanping_province,
	string_agg(DISTINCT p.country_iso2, ';') FILTER (WHERE t.place_code IN ('dongxing', 'youyiguan')) AS dongxing_country,
	max(t.mode) FILTER (WHERE t.place_code = 'alashankou') AS alashankou_mode
FROM ref_table3_mode t
JOIN ref_place p ON p.place_code = t.place_code

-- source example: the places that the text discusses under a mode and Table 3 lists under the same
SELECT string_agg(e.place, ';' ORDER BY e.place_order) FILTER (WHERE m.mode = 'PP') AS pp_examples,
	string_agg(e.place, ';' ORDER BY e.place_order) FILTER (WHERE m.mode = 'CPPC') AS cppc_examples,
	string_agg(e.place, ';' ORDER BY e.place_order) FILTER (WHERE m.mode = 'CPC') AS cpc_examples,
	string_agg(e.place, ';' ORDER BY e.place_order) FILTER (WHERE m.mode = 'CC') AS cc_examples
FROM ref_mode m
CROSS JOIN LATERAL pg_catalog.unnest(string_to_array(m.examples_in_text, ';')) WITH ORDINALITY e (place, place_order)
JOIN ref_table3_mode t ON t.place_as_printed = e.place AND t.mode = m.mode

-- source neighbour: land neighbours, and those that Table 2 or Table 3 names as partners
SELECT count(*) FILTER (WHERE c.is_land_neighbour)::numeric AS land_neighbours,
	pg_catalog.count(p.iso2)::numeric AS named_partners,
	string_agg(c.iso2, ';' ORDER BY c.iso2) FILTER (WHERE c.is_land_neighbour AND p.iso2 IS NULL) AS without_port
FROM ref_country c
LEFT JOIN (
	SELECT iso2 FROM ref_table2_country WHERE ports > 0
	UNION
	SELECT f.iso2 FROM ref_table3_mode t CROSS JOIN LATERAL pg_catalog.unnest(string_to_array(t.faces_editorial, ';')) f (iso2)
) p ON p.iso2 = c.iso2

-- source stage: the four stages with their printed openings; the years that no label covers, read literally
SELECT pg_catalog.count(DISTINCT stage_bucket(coalesce(s.from_year, s.to_year), china_border_port_stages()))::numeric AS stages,
	max(t.opened) AS opened,
	max(s.ports_opened) FILTER (WHERE s.ordinal = 1)::numeric AS opened_1,
	max(s.ports_opened) FILTER (WHERE s.ordinal = 2)::numeric AS opened_2,
	max(s.ports_opened) FILTER (WHERE s.ordinal = 3)::numeric AS opened_3,
	max(s.ports_opened) FILTER (WHERE s.ordinal = 4)::numeric AS opened_4,
	max(s.to_year - s.from_year + 1) FILTER (WHERE s.ordinal = 3)::numeric AS years_3,
	max(s.from_year) FILTER (WHERE s.ordinal = 4)::numeric AS from_4,
	pg_catalog.count(DISTINCT y.uncovered)::numeric AS uncovered_years,
	string_agg(DISTINCT y.uncovered::text, ';') AS uncovered_list
FROM ref_stage s
CROSS JOIN (SELECT sum(ports_opened)::numeric AS opened FROM ref_stage) t
LEFT JOIN (
	SELECT y AS uncovered
	FROM generate_series(1930, 2014) y
	WHERE NOT EXISTS (
		SELECT FROM ref_stage l
		WHERE l.label ~ '^pre-' AND y < substring(l.label FROM '^pre-(\d{4})')::integer
			OR l.label ~ '^post-' AND y > substring(l.label FROM '^post-(\d{4})')::integer
			OR l.label ~ '^\d{4}-' AND y BETWEEN substring(l.label FROM '^\d{4}')::integer AND substring(l.label FROM '^\d{4}-(\d{4})')::integer)
) y ON true

-- source peak: calendar years in the two peaks of the text
SELECT count(*) FILTER (WHERE stage_bucket(y, china_opening_peaks()) = 1)::numeric AS peak1_years,
	count(*) FILTER (WHERE stage_bucket(y, china_opening_peaks()) = 2)::numeric AS peak2_years
FROM generate_series(1930, 2014) y

-- source figure: single figures of the texts
SELECT max(value) FILTER (WHERE figure_code = 'stage2-kp-road') AS kp_road,
	max(value) FILTER (WHERE figure_code = 'stage2-kp-rail') AS kp_rail,
	max(value) FILTER (WHERE figure_code = 'stage2-ru-rail') AS ru_rail,
	max(value) FILTER (WHERE figure_code = 'stage2-np-road') AS np_road,
	max(value) FILTER (WHERE figure_code = 'stage2-vn-road') AS vn_road,
	max(value) FILTER (WHERE figure_code = 'stage2-vn-rail') AS vn_rail,
	max(value) FILTER (WHERE figure_code = 'stage2-mm-road') AS mm_road,
	max(value) FILTER (WHERE figure_code = 'peak1-road') AS peak1_road,
	max(value) FILTER (WHERE figure_code = 'p8283-road') AS p8283_road,
	max(value) FILTER (WHERE figure_code = 'p8283-river') AS p8283_river,
	max(value) FILTER (WHERE figure_code = 'p8283-air') AS p8283_air,
	max(value) FILTER (WHERE figure_code = 'peak2-road') AS peak2_road,
	max(value) FILTER (WHERE figure_code = 'peak2-river') AS peak2_river,
	max(value) FILTER (WHERE figure_code = 'peak2-railway') AS peak2_rail,
	max(value) FILTER (WHERE figure_code = 'peak2-air') AS peak2_air,
	sum(value) FILTER (WHERE figure_code IN ('peak2-road', 'peak2-river', 'peak2-railway', 'peak2-air')) AS peak2_all,
	max(value) FILTER (WHERE figure_code = 'open-third-country') AS open_third,
	max(value) FILTER (WHERE figure_code = 'open-bilateral') AS open_bilateral,
	max(value) FILTER (WHERE figure_code = 'open-seasonal') AS open_seasonal,
	max(value) FILTER (WHERE figure_code = 'closed-temporarily') AS closed,
	max(value) FILTER (WHERE figure_code = 'ne-heilongjiang') AS heilongjiang,
	max(value) FILTER (WHERE figure_code = 'ne-jilin') AS jilin,
	max(value) FILTER (WHERE figure_code = 'ne-liaoning') AS liaoning,
	max(value) FILTER (WHERE figure_code = 'ne-neimenggu-east') AS neimenggu_east,
	max(value) FILTER (WHERE figure_code = 'sw-yunnan') AS yunnan,
	max(value) FILTER (WHERE figure_code = 'sw-guangxi') AS guangxi,
	max(value) FILTER (WHERE figure_code = 'rail-cargo') AS rail_cargo,
	max(value) FILTER (WHERE figure_code = 'road-cargo') AS road_cargo,
	max(value) FILTER (WHERE figure_code = 'road-people') AS road_people,
	max(value) FILTER (WHERE figure_code = 'heihe-population') AS heihe_population,
	max(value) FILTER (WHERE figure_code = 'blagoveshchensk-population') AS blagoveshchensk_population,
	max(value) FILTER (WHERE figure_code = 'quanhe-second') AS quanhe_rank,
	max(substring(text_value FROM '^(\d{4})-\d\d-\d\d/')) FILTER (WHERE figure_code = 'korean-war-span')::numeric AS war_from,
	max(substring(text_value FROM '/(\d{4})-\d\d-\d\d$')) FILTER (WHERE figure_code = 'korean-war-span')::numeric AS war_to,
	sum(value) FILTER (WHERE figure_code IN ('gac-ports-sea', 'gac-ports-air', 'gac-ports-railway', 'gac-ports-road')) AS open_ports,
	count(*) FILTER (WHERE source_code = 'asiapress' AND measure = 'photo date' AND text_value <> '2023-07')::numeric AS other_photos
FROM ref_figure

-- source event: the dated openings of the documents; a first-class opening is one of a port, not of a town
SELECT min(year) FILTER (WHERE opening) AS first_opening,
	count(*) FILTER (WHERE opening AND stage = 1)::numeric AS dated_stage1,
	count(*) FILTER (WHERE opening AND stage = 1 AND faces = 'KP')::numeric AS dated_stage1_kp,
	min(place_in_all) FILTER (WHERE opening AND place_code = 'kaishantun')::numeric AS kaishantun_rank,
	min(place_in_kind) FILTER (WHERE opening AND place_code = 'sanhe')::numeric AS sanhe_rank,
	min(year) FILTER (WHERE source_code = 'paper' AND place_code = 'alashankou' AND event = 'policy_zone') AS alashankou_park,
	min(year) FILTER (WHERE source_code = 'nanping-page' AND event = 'established') AS nanping_founded,
	min(year) FILTER (WHERE source_code = 'nanping-page' AND event = 'opened') AS nanping_opened
FROM (
	SELECT e.place_code, e.event, e.source_code, extract(year FROM e.event_date)::numeric AS year,
		stage_bucket(e.event_date, china_border_port_stages()) AS stage, t.faces_editorial AS faces,
		e.source_code = 'paper' AND e.event = 'opened' AND e.port_code IS NOT NULL AS opening,
		rank() OVER (PARTITION BY e.source_code, e.event, e.port_code IS NULL ORDER BY e.event_date) AS place_in_all,
		rank() OVER (PARTITION BY e.source_code, e.event, p.transport ORDER BY e.event_date) AS place_in_kind
	FROM ref_event e
	LEFT JOIN ref_port p ON p.port_code = e.port_code
	LEFT JOIN ref_table3_mode t ON t.place_code = e.place_code
	WHERE e.source_code IN ('paper', 'nanping-page')
) e

-- source flow: the flows that the documents print for single ports
SELECT max(value) FILTER (WHERE place_code = 'manzhouli' AND measure = 'share_rail_cargo') AS manzhouli_rail,
	max(value) FILTER (WHERE place_code = 'alashankou' AND measure = 'share_rail_cargo') AS alashankou_rail,
	max(value) FILTER (WHERE place_code = 'erenhot' AND measure = 'share_rail_cargo') AS erenhot_rail,
	max(value) FILTER (WHERE place_code = 'suifenhe' AND measure = 'share_rail_cargo') AS suifenhe_rail,
	max(value) FILTER (WHERE place_code = 'horgos' AND measure = 'share_road_cargo') AS horgos_road,
	max(value) FILTER (WHERE place_code = 'ganqimaodu' AND measure = 'share_road_cargo') AS ganqimaodu_road,
	max(value) FILTER (WHERE place_code = 'alashankou' AND measure = 'share_road_cargo') AS alashankou_road,
	max(value) FILTER (WHERE place_code = 'ceke' AND measure = 'share_road_cargo') AS ceke_road,
	max(value) FILTER (WHERE place_code = 'alashankou' AND measure = 'cargo_tonnes') AS alashankou_cargo,
	max(value) FILTER (WHERE place_code = 'heihe' AND measure = 'cargo_tonnes') AS heihe_cargo,
	max(value) FILTER (WHERE place_code = 'heihe' AND measure = 'persons') AS heihe_people,
	max(value) FILTER (WHERE place_code = 'torugart' AND measure = 'cargo_tonnes') AS torugart_cargo,
	max(value) FILTER (WHERE place_code = 'torugart' AND measure = 'persons') AS torugart_people,
	max(value) FILTER (WHERE place_code = 'nanping' AND measure = 'cargo_tonnes' AND quality = 'design_capacity') AS nanping_capacity_cargo,
	max(value) FILTER (WHERE place_code = 'nanping' AND measure = 'persons' AND quality = 'design_capacity') AS nanping_capacity_people,
	max(value) FILTER (WHERE place_code = 'nanping' AND measure = 'cargo_tonnes' AND period_from = '2010-01-01'::date) AS nanping_2010_cargo,
	max(value) FILTER (WHERE place_code = 'nanping' AND measure = 'persons' AND period_from = '2010-01-01'::date) AS nanping_2010_people,
	max(value) FILTER (WHERE place_code = 'nanping' AND period_from = '2016-01-01'::date) AS nanping_plan13,
	max(extract(year FROM period_to) - extract(year FROM period_from)) FILTER (WHERE place_code = 'nanping' AND period_from > '2011-01-01'::date)::numeric AS nanping_plan13_years
FROM ref_flow
WHERE source_code IN ('paper', 'nanping-page')

-- source channel: the lorries of one channel
SELECT max(trucks_per_day)::numeric AS trucks_per_day, max(tonnes_per_truck) AS tonnes_per_truck
FROM ref_channel
WHERE channel_code = 'quanhe-wonjongri'

-- source claim: figures that a document prints only as another claim, which the facts cannot confirm
SELECT max(published_value::numeric) FILTER (WHERE claim_code = 'peak2-heilongjiang') AS peak2_heilongjiang,
	max(published_value::numeric) FILTER (WHERE claim_code = 'peak2-xinjiang') AS peak2_xinjiang,
	max(published_value::numeric) FILTER (WHERE claim_code = 'peak2-neimenggu') AS peak2_neimenggu,
	sum(published_value::numeric) FILTER (WHERE claim_code IN ('peak2-ru', 'peak2-mn', 'peak2-kz', 'peak2-vn')) AS peak2_four
FROM ref_claim
WHERE claim_code IN ('peak2-heilongjiang', 'peak2-xinjiang', 'peak2-neimenggu', 'peak2-ru', 'peak2-mn', 'peak2-kz', 'peak2-vn')

-- source list: the reconstructed list of ports, counted by region, transport, province and neighbour
SELECT composition_agg(l.region, 1) AS by_region,
	composition_agg(l.transport, 1) AS by_transport,
	composition_agg(l.region || ' ' || l.transport, 1) AS by_cell,
	composition_agg(l.area, 1) AS by_area,
	composition_agg(l.neighbour_iso2, 1) FILTER (WHERE l.transport <> 'air') AS by_neighbour,
	composition_agg(l.neighbour_iso2, 1) FILTER (WHERE l.transport = 'river') AS river_neighbour,
	pg_catalog.count(DISTINCT l.neighbour_iso2)::numeric + pg_catalog.count(DISTINCT l.second_neighbour_iso2)::numeric AS neighbours,
	pg_catalog.count(DISTINCT l.neighbour_iso2) FILTER (WHERE l.area = 'Yunnan')::numeric AS yunnan_neighbours,
	max((l.neighbour_iso2 IS NOT NULL)::integer + (l.second_neighbour_iso2 IS NOT NULL)::integer) FILTER (WHERE l.port_code = 'pulan-road')::numeric AS pulan_neighbours,
	count(*) FILTER (WHERE l.transport <> 'air' AND l.area IN ('Jilin', 'Liaoning') AND l.neighbour_iso2 = 'KP')::numeric AS kp_in_two_provinces,
	count(*) FILTER (WHERE l.transport = 'river' AND l.area = 'Yunnan')::numeric AS yunnan_rivers,
	count(*) FILTER (WHERE l.region = 'northwest' AND l.neighbour_iso2 = 'KZ')::numeric AS xinjiang_kz,
	string_agg(DISTINCT l.prefecture, ';') FILTER (WHERE l.place_code IN ('kaishantun', 'sanhe')) AS early_prefecture,
	max(l.county) FILTER (WHERE l.port_code = 'nanping-road') AS nanping_county,
	count(*) FILTER (WHERE l.place_code = 'quanhe' AND l.area = 'Jilin')::numeric AS quanhe_in_jilin,
	count(*) FILTER (WHERE l.season = 'year_round')::numeric AS year_round,
	count(*) FILTER (WHERE l.season = 'seasonal')::numeric AS seasonal,
	count(*) FILTER (WHERE l.season = 'closed')::numeric AS shut,
	count(*) FILTER (WHERE l.season IS NULL)::numeric AS season_blank,
	count(*) FILTER (WHERE l.season = 'year_round' AND l.open_to_third_country)::numeric AS third,
	count(*) FILTER (WHERE l.season = 'year_round' AND NOT l.open_to_third_country)::numeric AS bilateral,
	count(*) FILTER (WHERE (l.season IS NULL OR l.season = 'year_round') AND l.open_to_third_country IS NULL OR l.season IS NULL AND l.open_to_third_country)::numeric AS third_blank,
	count(*) FILTER (WHERE (l.season IS NULL OR l.season = 'year_round') AND l.open_to_third_country IS NULL OR l.season IS NULL AND NOT l.open_to_third_country)::numeric AS bilateral_blank
FROM (
	SELECT p.port_code, p.place_code, p.transport, p.neighbour_iso2, p.second_neighbour_iso2, p.county, p.season,
		p.open_to_third_country, pl.region, pl.prefecture,
		CASE WHEN pl.province = 'Inner Mongolia' THEN 'Inner Mongolia ' || pl.region ELSE pl.province END AS area
	FROM ref_port p
	JOIN ref_place pl ON pl.place_code = p.place_code
) l

-- source opened: the reconstructed list by year of opening; a blank year may be any year
SELECT composition_agg(stage::text, 1) FILTER (WHERE stage IS NOT NULL) AS by_stage,
	count(*) FILTER (WHERE opened_year IS NULL)::numeric AS undated,
	composition_agg(neighbour_iso2 || ' ' || transport, 1) FILTER (WHERE stage = 2) AS stage2,
	composition_agg(coalesce(neighbour_iso2, '') || ' ' || transport, 1) FILTER (WHERE opened_year IS NULL) AS undated_cell,
	composition_agg(transport, 1) FILTER (WHERE opened_year IS NULL) AS undated_transport,
	composition_agg(neighbour_iso2, 1) FILTER (WHERE stage = 1) AS stage1_neighbour,
	composition_agg(coalesce(neighbour_iso2, 'none'), 1) FILTER (WHERE stage = 4) AS stage4_neighbour,
	composition_agg(transport, 1) FILTER (WHERE peak = 1) AS peak1,
	composition_agg(transport, 1) FILTER (WHERE peak = 2) AS peak2,
	composition_agg(province, 1) FILTER (WHERE peak = 2) AS peak2_province,
	composition_agg(coalesce(neighbour_iso2, 'none'), 1) FILTER (WHERE peak = 2) AS peak2_neighbour,
	composition_agg(transport, 1) FILTER (WHERE opened_year IN (1982, 1983)) AS years8283,
	count(*) FILTER (WHERE neighbour_iso2 = 'KP' AND opened_year BETWEEN 1950 AND 1953)::numeric AS war_kp,
	count(*) FILTER (WHERE neighbour_iso2 = 'KP' AND opened_year IS NULL)::numeric AS undated_kp,
	min(place_in_all) FILTER (WHERE place_code = 'kaishantun')::numeric AS kaishantun_place,
	min(place_in_kind) FILTER (WHERE place_code = 'sanhe')::numeric AS sanhe_place,
	min(place_in_kind) FILTER (WHERE port_code = 'suifenhe-rail')::numeric AS suifenhe_place,
	min(place_in_kind) FILTER (WHERE port_code = 'heihe-river')::numeric AS heihe_place,
	max(opened_year) FILTER (WHERE port_code = 'kashgar-air')::numeric AS kashgar_air,
	max(opened_year) FILTER (WHERE place_code = 'horgos' AND transport = 'rail')::numeric AS horgos_third_kind,
	avg(opened_year) FILTER (WHERE region = 'northwest') AS mean_nw,
	avg(opened_year) FILTER (WHERE region = 'northeast') AS mean_ne,
	avg(opened_year) FILTER (WHERE region = 'southwest') AS mean_sw
FROM (
	SELECT p.port_code, p.place_code, p.transport, p.neighbour_iso2, p.opened_year, pl.region, pl.province,
		stage_bucket(p.opened_year, china_border_port_stages()) AS stage,
		stage_bucket(p.opened_year, china_opening_peaks()) AS peak,
		rank() OVER (ORDER BY p.opened_year) AS place_in_all,
		rank() OVER (PARTITION BY p.transport ORDER BY p.opened_year) AS place_in_kind
	FROM ref_port p
	JOIN ref_place pl ON pl.place_code = p.place_code
) p

-- source factor: the factors of the conclusion
SELECT pg_catalog.count(DISTINCT ordinal)::numeric AS factors
FROM ref_factor

-- source border: lengths of the land border with three neighbours in Central Asia, in metres on the sphere
SELECT composition_agg(neighbour_iso2, ST_Length(geom::geography, false)) AS border_length
FROM ref_border
WHERE kind = 'land_border' AND neighbour_iso2 IN ('KZ', 'KG', 'TJ')
