-- The paper's tables, recomputed from the facts: each row has the published figure, ours and the difference, and a
-- reason where they differ, where ours cannot be had, or where they agree by other members. Only ref_* is read.
-- A published column is read for the published side alone; the printed tonnages and persons of Table 2 are the one
-- exception, because every percentage of the paper rests on them.

-- Table 1. A region's share of the flows can be had where all its neighbours' ports lie in it: the tonnages are
-- printed by country.
CREATE VIEW region_transport AS
WITH region (region_rank, region) AS (
	VALUES (1, 'northeast'), (2, 'southwest'), (3, 'northwest'), (4, 'other'), (5, 'total')
), cell (measure, transport, transport_rank, unit, measure_rank) AS (
	VALUES ('ports', 'all', 0, 'ports', 1), ('ports', 'air', 1, 'ports', 2), ('ports', 'rail', 2, 'ports', 3),
		('ports', 'road', 3, 'ports', 4), ('ports', 'river', 4, 'ports', 5),
		('cargo', 'all', 0, 'percent', 6), ('people', 'all', 0, 'percent', 7)
), counted AS (
	SELECT coalesce(place.region, 'total') AS region, coalesce(port.transport, 'all') AS transport, count(*) AS ports
	FROM ref_port port JOIN ref_place place ON place.place_code = port.place_code
	GROUP BY CUBE (place.region, port.transport)
), neighbour AS (
	SELECT port.neighbour_iso2 AS iso2, place.region,
		count(*) OVER (PARTITION BY port.neighbour_iso2) AS regions
	FROM ref_port port JOIN ref_place place ON place.place_code = port.place_code
	WHERE port.neighbour_iso2 IS NOT NULL AND port.transport <> 'air'
	GROUP BY port.neighbour_iso2, place.region
), flow AS (
	SELECT neighbour.region,
		string_agg(country.name_en, ' and ' ORDER BY country.name_en) FILTER (WHERE neighbour.regions > 1) AS divided,
		100.0 * sum(printed.cargo_kt) / (SELECT sum(cargo_kt) FROM ref_table2_country) AS cargo,
		100.0 * sum(printed.people_k) / (SELECT sum(people_k) FROM ref_table2_country) AS people
	FROM neighbour
	JOIN ref_country country ON country.iso2 = neighbour.iso2
	LEFT JOIN ref_table2_country printed ON printed.iso2 = neighbour.iso2
	GROUP BY neighbour.region
), line AS (
	SELECT region.region, region.region_rank, cell.measure, cell.measure_rank, cell.transport, cell.transport_rank, cell.unit, flow.divided,
		CASE cell.measure_rank WHEN 1 THEN printed.ports WHEN 2 THEN printed.air WHEN 3 THEN printed.rail
			WHEN 4 THEN printed.road WHEN 5 THEN printed.river WHEN 6 THEN printed.cargo_pct
			ELSE printed.people_pct END AS published,
		CASE WHEN cell.measure = 'ports' THEN coalesce(counted.ports, 0)::numeric
			WHEN flow.divided IS NOT NULL THEN NULL
			WHEN cell.measure = 'cargo' THEN round(flow.cargo, 1)
			ELSE round(flow.people, 1) END AS ours
	FROM region
	CROSS JOIN cell
	LEFT JOIN ref_table1_region printed ON printed.region = region.region
	LEFT JOIN counted ON counted.region = region.region AND counted.transport = cell.transport
	LEFT JOIN flow ON flow.region = region.region
)
SELECT region_rank * 10 + measure_rank AS region_transport_id, region, region_rank, measure, measure_rank, transport, transport_rank, unit,
	region = 'total' OR measure = 'ports' AND transport = 'all' AS is_total,
	published::double precision AS published, ours::double precision AS ours,
	(ours - published)::double precision AS difference,
	CASE
		WHEN ours = published THEN NULL
		WHEN ours IS NULL AND region = 'total' THEN '100 by definition: there is nothing to recompute.'
		WHEN ours IS NULL THEN 'Flows are printed by country, and the ports to ' || divided
			|| ' lie in more than one region.'
		WHEN region = 'southwest' AND measure = 'people' THEN 'Table 1 seems to count travellers at airports; Table 2, on '
			|| 'which ours rests, leaves airports out.'
		ELSE 'The list of ports as rebuilt differs from the paper''s.'
	END AS reason
FROM line
ORDER BY region_transport_id;

COMMENT ON VIEW region_transport IS 'Table 1 recomputed: ports by region and transport (early 2014), and each region''s share of cargo and travellers (2012). One row per region and measure; rows with is_total repeat what the others hold.';
COMMENT ON COLUMN region_transport.region_transport_id IS 'key, in the order of Table 1: its row * 10 + its column';
COMMENT ON COLUMN region_transport.region IS 'northeast, southwest, northwest, other (land ports of no named region) or total';
COMMENT ON COLUMN region_transport.region_rank IS 'order of the region in Table 1, as in the other views: northeast 1, southwest 2, northwest 3, other 4; total 5';
COMMENT ON COLUMN region_transport.measure IS 'ports (a count), cargo or people (percent of all ports)';
COMMENT ON COLUMN region_transport.measure_rank IS 'order of the column in Table 1, 1 to 7';
COMMENT ON COLUMN region_transport.transport IS 'air, rail, road, river, or all';
COMMENT ON COLUMN region_transport.transport_rank IS 'order of transport as in the other views: air 1, rail 2, road 3, river 4; all 0';
COMMENT ON COLUMN region_transport.unit IS 'unit of published, ours and difference: ports or percent';
COMMENT ON COLUMN region_transport.is_total IS 'true for the total row and for ports of all transports: leave these out of a sum';
COMMENT ON COLUMN region_transport.published IS 'figure printed in Table 1';
COMMENT ON COLUMN region_transport.ours IS 'count of ref_port, or percent from the printed tonnages and persons of Table 2, rounded as printed; NULL where the facts cannot tell';
COMMENT ON COLUMN region_transport.difference IS 'ours - published, in unit; NULL where ours is NULL';
COMMENT ON COLUMN region_transport.reason IS 'why ours is NULL or differs; NULL where the two agree';

-- Table 2. Ports are counted by the first neighbour they serve, airports left out.
CREATE VIEW country_flow AS
WITH counted AS (
	SELECT neighbour_iso2 AS iso2, count(*)::integer AS ports
	FROM ref_port
	WHERE neighbour_iso2 IS NOT NULL AND transport <> 'air'
	GROUP BY neighbour_iso2
), share AS (
	SELECT id, iso2, cargo_kt, people_k, flows_year, ports, cargo_pct, people_pct,
		cargo_kt / sum(cargo_kt) OVER () AS cargo_share, people_k / sum(people_k) OVER () AS people_share
	FROM ref_table2_country
), why (iso2, reason) AS (
	VALUES
		('RU', 'Hunchun railway and Hunchun road lead to Russia; the paper seems to book both under North Korea.'),
		('KP', 'The paper seems to count Hunchun railway and Hunchun road here; both lead to Russia.'),
		('MN', 'Twelve ports to Mongolia are in Table 3, and Erenhot railway and road make 14; not explained.'),
		('NP', 'Zhangmu, Jilong and Pulan were the only first-class land ports to Nepal until 2023; the paper''s fourth '
			|| 'is not explained. Pulan also serves India, which Table 2 leaves out.')
)
SELECT country.id AS country_flow_id, country.iso2 AS country_iso2, country.name_en AS country,
	row_number() OVER (ORDER BY share.id, country.id)::integer AS country_rank,
	share.flows_year AS flow_year, false AS includes_air,
	share.ports AS ports_published, coalesce(counted.ports, 0) AS ports, coalesce(counted.ports, 0) - share.ports AS ports_difference,
	share.cargo_kt::double precision AS cargo_kt, share.cargo_share::double precision AS cargo_share,
	share.cargo_pct::double precision AS cargo_pct_published,
	round(100.0 * share.cargo_share, 1)::double precision AS cargo_pct,
	(round(100.0 * share.cargo_share, 1) - share.cargo_pct)::double precision AS cargo_pct_difference,
	share.people_k::double precision AS people_k, share.people_share::double precision AS people_share,
	share.people_pct::double precision AS people_pct_published,
	round(100.0 * share.people_share, 1)::double precision AS people_pct,
	(round(100.0 * share.people_share, 1) - share.people_pct)::double precision AS people_pct_difference,
	CASE
		WHEN share.ports IS NULL THEN 'Not in Table 2.'
		WHEN coalesce(counted.ports, 0) <> share.ports
			THEN coalesce(why.reason, 'The list of ports as rebuilt differs from the paper''s.')
	END AS reason
FROM ref_country country
LEFT JOIN counted ON counted.iso2 = country.iso2
LEFT JOIN share ON share.iso2 = country.iso2
LEFT JOIN why ON why.iso2 = country.iso2
WHERE counted.iso2 IS NOT NULL OR share.iso2 IS NOT NULL
ORDER BY country_rank;

COMMENT ON VIEW country_flow IS 'Table 2 recomputed: ports, cargo and travellers by neighbouring country, airports left out. Ports are of early 2014, flows of 2012. Tonnages and persons are the printed ones; every percentage is recomputed from them.';
COMMENT ON COLUMN country_flow.country_flow_id IS 'key: id of the country in ref_country';
COMMENT ON COLUMN country_flow.country_iso2 IS 'neighbouring country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN country_flow.country IS 'neighbouring country in English';
COMMENT ON COLUMN country_flow.country_rank IS 'order of the country in Table 2';
COMMENT ON COLUMN country_flow.flow_year IS 'year of cargo_kt and people_k';
COMMENT ON COLUMN country_flow.includes_air IS 'whether airports are in the flows and counts; false in Table 2';
COMMENT ON COLUMN country_flow.ports_published IS 'ports printed in Table 2';
COMMENT ON COLUMN country_flow.ports IS 'ports of ref_port that lead to the country, airports left out; a port with two neighbours counts for its first';
COMMENT ON COLUMN country_flow.ports_difference IS 'ports - ports_published';
COMMENT ON COLUMN country_flow.cargo_kt IS 'foreign trade cargo as printed, thousand tonnes';
COMMENT ON COLUMN country_flow.cargo_share IS 'share of cargo_kt in all countries, 0 to 1, not rounded';
COMMENT ON COLUMN country_flow.cargo_pct_published IS 'share of cargo printed in Table 2, percent';
COMMENT ON COLUMN country_flow.cargo_pct IS 'cargo_share in percent, rounded as printed';
COMMENT ON COLUMN country_flow.cargo_pct_difference IS 'cargo_pct - cargo_pct_published, percentage points';
COMMENT ON COLUMN country_flow.people_k IS 'people entering and leaving as printed, thousand';
COMMENT ON COLUMN country_flow.people_share IS 'share of people_k in all countries, 0 to 1, not rounded';
COMMENT ON COLUMN country_flow.people_pct_published IS 'share of people printed in Table 2, percent';
COMMENT ON COLUMN country_flow.people_pct IS 'people_share in percent, rounded as printed';
COMMENT ON COLUMN country_flow.people_pct_difference IS 'people_pct - people_pct_published, percentage points';
COMMENT ON COLUMN country_flow.reason IS 'why the number of ports differs; NULL where it agrees';

-- Table 3. The mode is the paper's judgement and has no recomputed side here: mode_evidence has what the rule says.
CREATE VIEW mode_place AS
SELECT printed.id AS mode_place_id, printed.place_code, printed.place_as_printed, place.name_en AS place,
	printed.mode::text AS mode_published, mode.id AS mode_rank,
	printed.province_as_printed AS province_published, place.province, place.province = printed.province_as_printed AS province_agrees,
	place.region, pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], place.region) AS region_rank, port.neighbours, port.transports, port.ports,
	CASE WHEN place.province <> printed.province_as_printed OR port.land_ports = 0 THEN printed.note END AS reason
FROM ref_table3_mode printed
JOIN ref_place place ON place.place_code = printed.place_code
JOIN ref_mode mode ON mode.mode::text = printed.mode::text
CROSS JOIN LATERAL (
	SELECT string_agg(DISTINCT pg_catalog.concat_ws(';', ref_port.neighbour_iso2, ref_port.second_neighbour_iso2), ';')
			FILTER (WHERE ref_port.neighbour_iso2 IS NOT NULL) AS neighbours,
		string_agg(DISTINCT ref_port.transport, ';') AS transports, count(*)::integer AS ports,
		count(*) FILTER (WHERE ref_port.transport <> 'air') AS land_ports
	FROM ref_port WHERE ref_port.place_code = printed.place_code
) port
ORDER BY mode_place_id;

COMMENT ON VIEW mode_place IS 'Table 3 beside the facts: the 54 places with the mode the paper gives them, the province as printed and as it is, and the ports found there. What the classification rule says of the mode is in mode_evidence.';
COMMENT ON COLUMN mode_place.mode_place_id IS 'key: id of the cell in ref_table3_mode';
COMMENT ON COLUMN mode_place.place_code IS 'place, as in ref_place';
COMMENT ON COLUMN mode_place.place_as_printed IS 'name as printed in Table 3';
COMMENT ON COLUMN mode_place.place IS 'name in English';
COMMENT ON COLUMN mode_place.mode_published IS 'mode in Table 3: PP, CPPC, CPC or CC';
COMMENT ON COLUMN mode_place.mode_rank IS 'order of the mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_place.province_published IS 'province printed in Table 3';
COMMENT ON COLUMN mode_place.province IS 'province in which the ports of the place lie';
COMMENT ON COLUMN mode_place.province_agrees IS 'whether province equals province_published';
COMMENT ON COLUMN mode_place.region IS 'region of the place: northeast, northwest, southwest or other';
COMMENT ON COLUMN mode_place.region_rank IS 'order of region: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN mode_place.neighbours IS 'countries the ports of the place lead to, ISO 3166-1 alpha-2, separated by a semicolon; NULL for an airport';
COMMENT ON COLUMN mode_place.transports IS 'transports of the ports of the place, separated by a semicolon';
COMMENT ON COLUMN mode_place.ports IS 'number of ports of the place';
COMMENT ON COLUMN mode_place.reason IS 'what is wrong in print, where the province differs or the place has no crossing to a neighbour; NULL elsewhere';

CREATE VIEW mode_summary AS
SELECT mode.id AS mode_summary_id, mode.mode::text AS mode, mode.id AS mode_rank, mode.full_name,
	mode.table3_place_count AS places_published, pg_catalog.count(DISTINCT place.place_code)::integer AS places,
	pg_catalog.count(DISTINCT place.place_code)::integer - mode.table3_place_count AS places_difference, pg_catalog.count(port.port_code)::integer AS ports,
	pg_catalog.count(DISTINCT place.place_code) FILTER (WHERE place.region = 'northeast')::integer AS northeast_places,
	pg_catalog.count(DISTINCT place.place_code) FILTER (WHERE place.region = 'southwest')::integer AS southwest_places,
	pg_catalog.count(DISTINCT place.place_code) FILTER (WHERE place.region = 'northwest')::integer AS northwest_places,
	pg_catalog.count(DISTINCT place.place_code) FILTER (WHERE place.region = 'other')::integer AS other_places
FROM ref_mode mode
LEFT JOIN ref_place place ON place.mode::text = mode.mode::text
LEFT JOIN ref_port port ON port.place_code = place.place_code
GROUP BY mode.id, mode.mode, mode.full_name, mode.table3_place_count
ORDER BY mode.id;

COMMENT ON VIEW mode_summary IS 'Table 3 counted: places and ports by mode and region. The modes are the paper''s; 29 places with ports are not in Table 3 and have none.';
COMMENT ON COLUMN mode_summary.mode_summary_id IS 'key: id of the mode in ref_mode';
COMMENT ON COLUMN mode_summary.mode IS 'PP, CPPC, CPC or CC';
COMMENT ON COLUMN mode_summary.mode_rank IS 'order of the mode by urban integration, 1 to 4';
COMMENT ON COLUMN mode_summary.full_name IS 'long name of the mode';
COMMENT ON COLUMN mode_summary.places_published IS 'places printed under the mode in Table 3, Nanping and Sanhe apart';
COMMENT ON COLUMN mode_summary.places IS 'places of ref_place that carry the mode and have a port';
COMMENT ON COLUMN mode_summary.places_difference IS 'places - places_published';
COMMENT ON COLUMN mode_summary.ports IS 'ports of these places, one per transport';
COMMENT ON COLUMN mode_summary.northeast_places IS 'places in the northeast';
COMMENT ON COLUMN mode_summary.southwest_places IS 'places in the southwest';
COMMENT ON COLUMN mode_summary.northwest_places IS 'places in the northwest';
COMMENT ON COLUMN mode_summary.other_places IS 'places in no named region';

-- Openings by stage and in the two peaks. The printed sums that no table of the paper holds are among the claims.
CREATE VIEW stage_summary AS
WITH period (period_rank, kind, bucket, period, from_year, to_year, published, reason) AS (
	SELECT stage.ordinal, 'stage', stage.ordinal, stage.label, stage.from_year, stage.to_year, stage.ports_opened,
		CASE stage.ordinal
			WHEN 1 THEN 'Manzhouli railway (1901) is historic here; the paper must date it after 1979.'
			WHEN 2 THEN 'Same total, other members: here with the railways of Erenhot (1956) and Pingxiang (1955), without '
				|| 'Shatuozi road and Hekou railway, whose years are unknown.'
			WHEN 3 THEN 'Years are kept as the evidence has them; the paper seems to date some ports by a later approval.'
			ELSE 'The paper seems to date some ports by a later approval, which moves them here from 1980-1999.'
		END
	FROM ref_stage stage
	UNION ALL
	SELECT 5, 'unknown', NULL::integer, 'year unknown', NULL::integer, NULL::integer,
		(SELECT total.ports FROM ref_table1_region total WHERE total.region = 'total')
			- (SELECT sum(stage.ports_opened) FROM ref_stage stage)::integer,
		'Shatuozi road and Hekou railway; the paper puts both inside 1950-1979.'
	UNION ALL
	SELECT peak.ordinal + 5, 'peak', peak.ordinal, peak.label, date_part('year', peak.from_date)::integer,
		date_part('year', peak.to_date)::integer - 1,
		(SELECT claim.published_value::integer FROM ref_claim claim WHERE claim.claim_code = 'peak' || peak.ordinal::text || '-ports'),
		CASE peak.ordinal
			WHEN 1 THEN 'Five railways as printed, though not the same five; of the nine roads one is missing, perhaps Shatuozi, '
				|| 'whose year is unknown.'
			ELSE 'Same total, other members: here more roads, and fewer rivers and railways, than printed.'
		END
	FROM portext.stages(portext.china_opening_peaks()) peak
), opened AS (
	SELECT CASE WHEN opened_year IS NULL THEN 'unknown' ELSE 'stage' END AS kind,
		portext.stage_bucket(opened_year, portext.china_border_port_stages()) AS bucket, count(*)::integer AS ports
	FROM ref_port
	GROUP BY 1, 2
	UNION ALL
	SELECT 'peak', portext.stage_bucket(opened_year, portext.china_opening_peaks()), count(*)::integer
	FROM ref_port
	GROUP BY 2
)
SELECT period.period_rank AS stage_summary_id, period.kind, period.period, period.period_rank, period.from_year, period.to_year,
	period.published, coalesce(opened.ports, 0) AS ours, coalesce(opened.ports, 0) - period.published AS difference, period.reason
FROM period
LEFT JOIN opened ON opened.kind = period.kind AND opened.bucket IS NOT DISTINCT FROM period.bucket
ORDER BY period.period_rank;

COMMENT ON VIEW stage_summary IS 'Port openings by development stage, without a year, and in the two peaks (which lie inside stages two and three). Each port falls in a stage by stage_bucket(opened_year, china_border_port_stages()).';
COMMENT ON COLUMN stage_summary.stage_summary_id IS 'key: period_rank';
COMMENT ON COLUMN stage_summary.kind IS 'stage, unknown or peak; stage and unknown together hold every port once';
COMMENT ON COLUMN stage_summary.period IS 'name of the stage or peak';
COMMENT ON COLUMN stage_summary.period_rank IS 'order: the four stages 1 to 4, unknown 5, the peaks 6 and 7';
COMMENT ON COLUMN stage_summary.from_year IS 'first year; NULL if open or unknown';
COMMENT ON COLUMN stage_summary.to_year IS 'last year, inclusive; NULL if open or unknown';
COMMENT ON COLUMN stage_summary.published IS 'openings the paper prints; for year unknown, its total of ports less its four stages';
COMMENT ON COLUMN stage_summary.ours IS 'ports of ref_port whose opened_year lies in the period';
COMMENT ON COLUMN stage_summary.difference IS 'ours - published';
COMMENT ON COLUMN stage_summary.reason IS 'why the two differ, or in what they differ behind an equal total';

-- Every year from the first opening to the last, empty ones too, so that a chart has no gaps.
CREATE VIEW opening_by_year AS
WITH opened AS (
	SELECT year, pg_catalog.count(port.id)::integer AS openings,
		pg_catalog.count(port.id) FILTER (WHERE port.transport = 'road')::integer AS road,
		pg_catalog.count(port.id) FILTER (WHERE port.transport = 'rail')::integer AS rail,
		pg_catalog.count(port.id) FILTER (WHERE port.transport = 'river')::integer AS river,
		pg_catalog.count(port.id) FILTER (WHERE port.transport = 'air')::integer AS air
	FROM (SELECT min(opened_year) AS first_year, max(opened_year) AS last_year FROM ref_port) span
	CROSS JOIN LATERAL generate_series(span.first_year, span.last_year) AS year
	LEFT JOIN ref_port port ON port.opened_year = year
	GROUP BY year
)
SELECT opened.year AS opening_by_year_id, opened.year, make_date(opened.year, 1, 1) AS year_date, opened.openings,
	sum(opened.openings) OVER (ORDER BY opened.year)::integer AS openings_so_far,
	opened.road, opened.rail, opened.river, opened.air,
	stage.label AS stage, stage.ordinal AS stage_rank,
	portext.stage_label(opened.year, portext.china_opening_peaks()) AS peak,
	portext.stage_bucket(opened.year, portext.china_opening_peaks()) AS peak_rank
FROM opened
LEFT JOIN ref_stage stage ON stage.ordinal = portext.stage_bucket(opened.year, portext.china_border_port_stages())
ORDER BY opened.year;

COMMENT ON VIEW opening_by_year IS 'Port openings by year, years without an opening included; the two ports of unknown year are left out.';
COMMENT ON COLUMN opening_by_year.opening_by_year_id IS 'key: year';
COMMENT ON COLUMN opening_by_year.year IS 'year of opening';
COMMENT ON COLUMN opening_by_year.year_date IS 'first day of the year, for time axes';
COMMENT ON COLUMN opening_by_year.openings IS 'ports of ref_port opened in the year';
COMMENT ON COLUMN opening_by_year.openings_so_far IS 'openings up to and including the year';
COMMENT ON COLUMN opening_by_year.road IS 'road ports opened in the year';
COMMENT ON COLUMN opening_by_year.rail IS 'railway ports opened in the year';
COMMENT ON COLUMN opening_by_year.river IS 'river ports opened in the year';
COMMENT ON COLUMN opening_by_year.air IS 'airports opened in the year';
COMMENT ON COLUMN opening_by_year.stage IS 'development stage of the year';
COMMENT ON COLUMN opening_by_year.stage_rank IS 'ordinal of the stage, 1 to 4';
COMMENT ON COLUMN opening_by_year.peak IS 'label of the opening peak the year lies in; NULL outside the two';
COMMENT ON COLUMN opening_by_year.peak_rank IS '1 or 2 inside an opening peak, else NULL';

CREATE VIEW status_summary AS
WITH printed AS (
	SELECT (SELECT claim.published_value::integer FROM ref_claim claim WHERE claim.claim_code = 'open-all-year') AS all_year,
		(SELECT figure.value::integer FROM ref_figure figure WHERE figure.figure_code = 'open-third-country') AS third_country,
		(SELECT figure.value::integer FROM ref_figure figure WHERE figure.figure_code = 'open-bilateral') AS bilateral,
		(SELECT figure.value::integer FROM ref_figure figure WHERE figure.figure_code = 'open-seasonal') AS seasonal,
		(SELECT figure.value::integer FROM ref_figure figure WHERE figure.figure_code = 'closed-temporarily') AS closed,
		(SELECT total.ports FROM ref_table1_region total WHERE total.region = 'total') AS total
), line AS (
	SELECT line.status_rank, line.status, line.part_of, line.published, line.reason
	FROM printed
	CROSS JOIN LATERAL (VALUES
		(1, 'open all year', NULL::text, printed.all_year,
			'Some of the ports whose season is not known must be open all year.'),
		(2, 'to third countries', 'open all year', printed.third_country,
			'The paper does not say which; ours rests largely on general knowledge.'),
		(3, 'to the neighbour only', 'open all year', printed.bilateral,
			'The paper does not say which; ours rests largely on general knowledge.'),
		(4, 'to third countries: unknown', 'open all year', printed.all_year - printed.third_country - printed.bilateral,
			'Ports for which no source was found.'),
		(5, 'open in season', NULL::text, printed.seasonal,
			'One of the ports whose season is not known must be seasonal.'),
		(6, 'closed for the time being', NULL::text, printed.closed, 'The fifth closed port is not known.'),
		(7, 'season unknown', NULL::text, printed.total - printed.all_year - printed.seasonal - printed.closed,
			'Mostly river ports, which run boats in summer and ice roads in winter.')
	) line (status_rank, status, part_of, published, reason)

), counted AS (
	SELECT CASE WHEN season = 'year_round' THEN 1 WHEN season = 'seasonal' THEN 5 WHEN season = 'closed' THEN 6 ELSE 7 END AS status_rank,
		count(*)::integer AS ports
	FROM ref_port
	GROUP BY 1
	UNION ALL
	SELECT CASE WHEN open_to_third_country THEN 2 WHEN NOT open_to_third_country THEN 3 ELSE 4 END, count(*)::integer
	FROM ref_port
	WHERE season = 'year_round'
	GROUP BY 1
)
SELECT line.status_rank AS status_summary_id, line.status, line.status_rank, line.part_of, line.published,
	coalesce(counted.ports, 0) AS ours, coalesce(counted.ports, 0) - line.published AS difference,
	CASE WHEN coalesce(counted.ports, 0) IS DISTINCT FROM line.published THEN line.reason END AS reason
FROM line
LEFT JOIN counted ON counted.status_rank = line.status_rank
ORDER BY line.status_rank;

COMMENT ON VIEW status_summary IS 'Ports by opening status in early 2014. Rows with part_of split the row they name; the others hold every port once.';
COMMENT ON COLUMN status_summary.status_summary_id IS 'key: status_rank';
COMMENT ON COLUMN status_summary.status IS 'opening status';
COMMENT ON COLUMN status_summary.status_rank IS 'order of the status, 1 to 7';
COMMENT ON COLUMN status_summary.part_of IS 'the status this row is a part of; NULL for the rows that add up to all ports';
COMMENT ON COLUMN status_summary.published IS 'ports the paper prints; for unknown, what its totals leave over';
COMMENT ON COLUMN status_summary.ours IS 'ports of ref_port with that season and open_to_third_country';
COMMENT ON COLUMN status_summary.difference IS 'ours - published';
COMMENT ON COLUMN status_summary.reason IS 'why the two differ; NULL where they agree';
