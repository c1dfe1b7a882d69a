-- Profiles: everything the facts hold about one port, about one trade channel, and about the national system.
-- Only ref_* is read.

-- One line per fact. The key is section_rank * 100,000,000 + id of the row it comes from * 100 + a number for the
-- item, so it stays as long as the row does; lines of a place use items below 50, those of one port from 50 on.
CREATE VIEW port_profile AS
WITH crossing AS (
	SELECT port.place_code, port.id, port.port_code, port.geom, port.counterpart_geom,
		neighbour.name_en AS neighbour, second.name_en AS second_neighbour
	FROM ref_port port
	LEFT JOIN ref_country neighbour ON neighbour.iso2 = port.neighbour_iso2
	LEFT JOIN ref_country second ON second.iso2 = port.second_neighbour_iso2
), named AS (
	-- The names by which the documents speak of a place: its code, and the names and counterparts of its ports.
	SELECT place_code, place_code AS name FROM ref_place
	UNION
	SELECT port.place_code, lower(name)
	FROM ref_port port
	CROSS JOIN LATERAL pg_catalog.unnest(string_to_array(pg_catalog.concat_ws(';', port.name_en, port.aliases, port.counterpart_name), ';')) AS name
), subject AS (
	-- The subject of a figure is key=value pairs; the words of a place, a port or a route (by its first end) name it.
	SELECT figure.id AS figure_id, named.place_code, min(word.word_rank)::integer AS word_rank
	FROM ref_figure figure
	CROSS JOIN LATERAL pg_catalog.unnest(string_to_array(figure.subject, ';')) WITH ORDINALITY AS word (word, word_rank)
	JOIN named ON named.name = CASE
		WHEN word.word ~ '^(port|place)=' THEN split_part(word.word, '=', 2)
		WHEN word.word ~ '^route=' THEN split_part(split_part(word.word, '=', 2), '-', 1)
		WHEN word.word !~ '=' THEN split_part(word.word, '-', 1)
	END
	GROUP BY figure.id, named.place_code
), line AS (
	SELECT place.place_code, NULL::text AS port_code, 1 AS section_rank, place.id AS row_id, item.item_rank, item.item,
		item.value_text, NULL::numeric AS value, NULL::text AS unit, NULL::text AS period, NULL::text AS source, NULL::text AS note
	FROM ref_place place
	CROSS JOIN LATERAL (VALUES (1, 'place', place.name_en), (2, 'province', place.province),
		(3, 'prefecture', place.prefecture), (4, 'region', place.region)) item (item_rank, item, value_text)

	UNION ALL
	SELECT port.place_code, port.port_code, 1, port.id, item.item_rank, item.item, item.value_text, NULL, NULL, NULL,
		port.fact_source, NULL
	FROM ref_port port
	CROSS JOIN LATERAL (VALUES (50, 'port', port.name_en), (51, 'local name', port.name_local),
		(52, 'other names', replace(port.aliases, ';', '; ')), (53, 'transport', port.transport), (54, 'county', port.county),
		(55, 'UN/LOCODE', port.unlocode), (56, 'confidence in the facts', port.confidence)) item (item_rank, item, value_text)

	UNION ALL
	SELECT port.place_code, port.port_code, 2, port.id, item.item_rank, item.item, NULL, item.value::numeric, item.unit, NULL,
		port.coord_source, NULL
	FROM ref_port port
	CROSS JOIN LATERAL (VALUES (50, 'latitude', round(ST_Y(port.geom)::numeric, 4), 'degrees'),
		(51, 'longitude', round(ST_X(port.geom)::numeric, 4), 'degrees'),
		(52, 'elevation', port.elevation_m, 'm')) item (item_rank, item, value, unit)

	UNION ALL
	SELECT context.place_code, NULL, 2, context.id, item.item_rank, item.item, item.value_text, item.value, item.unit, NULL,
		context.source, context.note
	FROM ref_port_context context
	CROSS JOIN LATERAL (VALUES (1, 'elevation of the place', NULL::text, context.elevation_m, 'm'),
		(2, 'elevation of the home seat', NULL, context.home_seat_elevation_m, 'm'),
		(3, 'elevation of the foreign seat', NULL, context.away_seat_elevation_m, 'm'),
		(4, 'railway across the border in 2012', CASE WHEN context.rail_crossing_2012 THEN 'yes' ELSE 'no' END, NULL, NULL)
	) item (item_rank, item, value_text, value, unit)

	UNION ALL
	SELECT port.place_code, port.port_code, 3, port.id, item.item_rank, item.item, item.value_text, item.value, item.unit, NULL,
		port.coord_source, NULL
	FROM ref_port port
	JOIN crossing ON crossing.id = port.id
	CROSS JOIN LATERAL (VALUES (50, 'neighbour', crossing.neighbour, NULL::numeric, NULL),
		(51, 'second neighbour', crossing.second_neighbour, NULL, NULL),
		(52, 'counterpart port', port.counterpart_name, NULL, NULL),
		(53, 'distance to the counterpart', NULL,
			round((ST_DistanceSphere(port.geom, port.counterpart_geom) / 1000.0::double precision)::numeric, 1), 'km')
	) item (item_rank, item, value_text, value, unit)

	UNION ALL
	SELECT place.place_code, NULL, 4, place.id, item.item_rank, item.item, item.value_text, NULL, NULL, NULL, 'paper', NULL
	FROM ref_place place
	LEFT JOIN ref_mode mode ON mode.mode::text = place.mode::text
	CROSS JOIN LATERAL (VALUES (1, 'mode in Table 3', coalesce(place.mode::text, 'none: not in Table 3')),
		(2, 'long name of the mode', mode.full_name), (3, 'home side', mode.home_side_relation),
		(4, 'foreign side', mode.away_side_relation)) item (item_rank, item, value_text)

	UNION ALL
	SELECT evidence.place_code, NULL, 4, evidence.place_id, item.item_rank, item.item, item.value_text, item.value, item.unit, NULL, NULL,
		CASE item.item_rank WHEN 5 THEN evidence.reason END
	FROM mode_evidence evidence
	CROSS JOIN LATERAL (VALUES (5, 'mode by the rule', evidence.predicted_mode, NULL::numeric, NULL),
		(6, 'margin of the rule', NULL, round(evidence.margin_km::numeric, 1), 'km')) item (item_rank, item, value_text, value, unit)

	UNION ALL
	SELECT port.place_code, port.port_code, 5, port.id, item.item_rank, item.item, item.value_text, item.value, NULL, NULL,
		port.fact_source, CASE item.item_rank WHEN 50 THEN port.note END
	FROM ref_port port
	LEFT JOIN ref_stage stage ON stage.ordinal = portext.stage_bucket(port.opened_year, portext.china_border_port_stages())
	CROSS JOIN LATERAL (VALUES (50, 'opened', coalesce(port.opened_year::text, 'unknown'), port.opened_year::numeric),
		(51, 'stage', stage.label, stage.ordinal::numeric),
		(52, 'opening peak', portext.stage_label(port.opened_year, portext.china_opening_peaks()),
			portext.stage_bucket(port.opened_year, portext.china_opening_peaks())::numeric)
	) item (item_rank, item, value_text, value)

	UNION ALL
	SELECT port.place_code, port.port_code, 6, port.id, item.item_rank, item.item, item.value_text, NULL, NULL, 'early 2014',
		port.fact_source, NULL
	FROM ref_port port
	CROSS JOIN LATERAL (VALUES (50, 'season', coalesce(replace(port.season, '_', ' '), 'unknown')),
		(51, 'open to third countries', CASE WHEN port.open_to_third_country THEN 'yes'
			WHEN NOT port.open_to_third_country THEN 'no' ELSE 'unknown' END)) item (item_rank, item, value_text)

	UNION ALL
	SELECT event.place_code, event.port_code, 7, event.id, 1, replace(event.event, '_', ' '),
		to_char(event.event_date::timestamp, CASE event.date_precision WHEN 'year' THEN 'YYYY' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY-MM-DD' END),
		date_part('year', event.event_date)::numeric, NULL, event.date_precision, event.source_code,
		pg_catalog.concat_ws('; ', event.note, 'factor (editorial): ' || event.factor_editorial)
	FROM ref_event event

	UNION ALL
	SELECT flow.place_code, flow.port_code, 8, flow.id, item.item_rank, item.item, NULL, item.value, item.unit,
		CASE
			WHEN flow.period_from IS NULL THEN NULL
			WHEN flow.period_to - flow.period_from = 1 THEN day.first
			WHEN NOT whole.years THEN day.first || ' to ' || day.last
			WHEN whole.number = 1 THEN left(day.first, 4)
			ELSE left(day.first, 4) || '-' || left(day.last, 4)
		END, flow.source_code, item.note
	FROM ref_flow flow
	CROSS JOIN LATERAL (
		SELECT date_part('doy', flow.period_from) = 1.0::double precision AND date_part('doy', flow.period_to) = 1.0::double precision AS years,
			(date_part('year', flow.period_to) - date_part('year', flow.period_from))::integer AS number
	) whole
	CROSS JOIN LATERAL (
		SELECT to_char(flow.period_from::timestamp, 'YYYY-MM-DD') AS first, to_char((flow.period_to - 1)::timestamp, 'YYYY-MM-DD') AS last
	) day
	LEFT JOIN ref_figure base ON base.figure_code = CASE flow.measure
		WHEN 'share_rail_cargo' THEN 'rail-cargo' WHEN 'share_road_cargo' THEN 'road-cargo' END
	CROSS JOIN LATERAL (SELECT CASE flow.measure WHEN 'cargo_tonnes' THEN 'cargo' WHEN 'value_cny' THEN 'trade value'
			WHEN 'value_usd' THEN 'trade value' WHEN 'share_rail_cargo' THEN 'share of all rail cargo'
			WHEN 'share_road_cargo' THEN 'share of all road cargo' WHEN 'share_all_border_cargo' THEN 'share of all border cargo'
			WHEN 'share_all_border_persons' THEN 'share of all travellers' ELSE flow.measure END
		|| CASE flow.direction WHEN 'both' THEN '' ELSE ', ' || flow.direction END) measured (name)
	CROSS JOIN LATERAL (VALUES
		(1, measured.name || CASE flow.quality WHEN 'design_capacity' THEN ', design capacity a year'
				WHEN 'estimate' THEN ', estimate' WHEN 'upper_bound' THEN ', at most' ELSE '' END,
			flow.value, flow.unit, flow.note),
		(2, measured.name || ', average a year',
			CASE WHEN whole.years AND whole.number > 1 AND flow.unit <> 'percent' THEN flow.value / whole.number::numeric END,
			flow.unit, 'the total over ' || whole.number::text || ' years'),
		(3, 'cargo implied by the share', flow.value / 100.0 * base.value * 1000000.0, 't',
			trim_scale(flow.value)::text || ' percent of ' || trim_scale(base.value)::text || ' million tonnes')
	) item (item_rank, item, value, unit, note)

	UNION ALL
	SELECT subject.place_code, port.port_code, 9, figure.id, subject.word_rank,
		replace(figure.measure, ';', ' and ') || coalesce(' (' || rest.words || ')', ''),
		replace(figure.text_value, ';', '; '), figure.value, figure.unit, figure.period, figure.source_code, figure.note
	FROM subject
	JOIN ref_figure figure ON figure.id = subject.figure_id
	LEFT JOIN ref_port port ON port.place_code = subject.place_code
		AND port.transport = replace(substring(figure.subject FROM 'transport=([a-z]+)'), 'railway', 'rail')
	CROSS JOIN LATERAL (
		SELECT string_agg(replace(word, '=', ' '), ', ') AS words
		FROM pg_catalog.unnest(string_to_array(figure.subject, ';')) AS word
		WHERE word NOT IN ('port=' || subject.place_code, 'place=' || subject.place_code)
	) rest

	UNION ALL
	SELECT named.place_code, NULL, 10, good.id, word.word_rank::integer,
		CASE good.direction WHEN 'both' THEN 'goods, both ways' ELSE 'goods, ' || good.direction END,
		good.good, NULL, NULL, good.period, good.source_code,
		pg_catalog.concat_ws('; ', good.category, nullif(replace(good.sanctioned_status, '_', ' '), 'not stated'), good.note)
	FROM ref_good good
	CROSS JOIN LATERAL pg_catalog.unnest(regexp_split_to_array(good.route, ', | to ')) WITH ORDINALITY AS word (word, word_rank)
	JOIN named ON named.place_code = named.name AND named.name = split_part(lower(word.word), '-', 1)

	UNION ALL
	SELECT place.place_code, NULL, 11, channel.id, 1, 'channel ' || channel.channel_code,
		pg_catalog.concat_ws(', ', channel.direction, channel.goods_category, channel.transport, 'inspection ' || channel.inspection_strictness,
			'charges ' || channel.customs_charge_level),
		channel.trucks_per_day::numeric * channel.tonnes_per_truck, CASE WHEN channel.trucks_per_day IS NOT NULL THEN 't/day' END,
		channel.period, channel.source_code, channel.note
	FROM ref_channel channel
	JOIN ref_place place ON place.place_code = split_part(channel.channel_code, '-', 1)

	UNION ALL
	SELECT seat.place_code, NULL, 12, seat.id, item.item_rank,
		seat.side || ' ' || replace(seat.role, '_', ' ') || item.suffix,
		CASE item.item_rank WHEN 1 THEN pg_catalog.concat_ws(' ', seat.name_en, seat.name_local) END, item.value, item.unit,
		CASE item.item_rank WHEN 2 THEN seat.population_year::text END, seat.source,
		CASE item.item_rank WHEN 1 THEN replace(seat.admin_status, '_', ' ') ELSE pg_catalog.concat_ws('; ', seat.population_kind, seat.note) END
	FROM ref_seat seat
	CROSS JOIN LATERAL (VALUES (1, '', seat.distance_km, 'km'), (2, ', population', seat.population::numeric, 'people')
	) item (item_rank, suffix, value, unit)

	UNION ALL
	-- The three nearest cities of either side; the list of cities ends 150 km from the ports.
	SELECT place.place_code, NULL, 13, place.id, side.side_rank * 6 + city.nearest * 2 + item.item_rank,
		side.side || ' city' || item.suffix,
		CASE item.item_rank WHEN 1 THEN pg_catalog.concat_ws(' ', city.name_en, city.name_local) END, item.value, item.unit,
		CASE item.item_rank WHEN 2 THEN city.population_year::text END, city.source_code, NULL
	FROM ref_place place
	CROSS JOIN (VALUES (0, 'home'), (1, 'away')) side (side_rank, side)
	CROSS JOIN LATERAL (
		SELECT near.*, (row_number() OVER (ORDER BY near.km, near.id))::integer - 1 AS nearest
		FROM (
			SELECT city.id, city.name_en, city.name_local, city.population, city.population_year, city.source_code,
				min(ST_DistanceSphere(port.geom, city.geom)) / 1000.0::double precision AS km
			FROM ref_port port
			JOIN ref_city city ON city.geom && ST_Expand(port.geom, 3.0::double precision)
				AND CASE side.side WHEN 'home' THEN city.country_iso2 = port.country_iso2
					ELSE city.country_iso2 IN (port.neighbour_iso2, port.second_neighbour_iso2) END
			WHERE port.place_code = place.place_code
			GROUP BY city.id
		) near
		WHERE near.km <= 150.0::double precision
		ORDER BY near.km, near.id
		LIMIT 3
	) city
	CROSS JOIN LATERAL (VALUES (1, '', round(city.km::numeric, 1), 'km'), (2, ', population', city.population::numeric, 'people')
	) item (item_rank, suffix, value, unit)
)
SELECT section_rank * 100000000 + row_id * 100 + item_rank AS port_profile_id, place_code, port_code,
	CASE section_rank WHEN 1 THEN 'identity' WHEN 2 THEN 'location' WHEN 3 THEN 'counterpart' WHEN 4 THEN 'mode'
		WHEN 5 THEN 'opening' WHEN 6 THEN 'status' WHEN 7 THEN 'event' WHEN 8 THEN 'flow' WHEN 9 THEN 'figure'
		WHEN 10 THEN 'goods' WHEN 11 THEN 'channel' WHEN 12 THEN 'seat' ELSE 'city' END AS section,
	section_rank, item, coalesce(value_text, trim_scale(round(value, 4))::text) AS value_text, value::double precision AS value,
	unit, period, source, note
FROM line
WHERE value_text IS NOT NULL OR value IS NOT NULL;

COMMENT ON VIEW port_profile IS 'Everything the facts hold about a port and its place, one line each: WHERE place_code = ''nanping'' ORDER BY port_profile_id. Lines of the whole place have no port_code. What the documents say about it that does not hold is in claim_audit.';
COMMENT ON COLUMN port_profile.port_profile_id IS 'key, and the order to read a profile in: section_rank * 100,000,000 + id of the source row * 100 + item';
COMMENT ON COLUMN port_profile.place_code IS 'place, as in ref_place';
COMMENT ON COLUMN port_profile.port_code IS 'port, as in ref_port; NULL for a line about the whole place';
COMMENT ON COLUMN port_profile.section IS 'identity, location, counterpart, mode, opening, status, event, flow, figure, goods, channel, seat or city';
COMMENT ON COLUMN port_profile.section_rank IS 'order of the section, 1 to 13';
COMMENT ON COLUMN port_profile.item IS 'what the line says; flows are seen from China';
COMMENT ON COLUMN port_profile.value_text IS 'the value as text, always present; names, dates, or value printed with at most four decimals';
COMMENT ON COLUMN port_profile.value IS 'the value as a number, in unit; for a named seat or city its distance from the port (home) or, for an away seat, from the counterpart; for an event its year; NULL for text';
COMMENT ON COLUMN port_profile.unit IS 'unit of value';
COMMENT ON COLUMN port_profile.period IS 'period the value holds for, inclusive; for an event the precision of its date';
COMMENT ON COLUMN port_profile.source IS 'source_code of ref_source, or a list of them with remarks';
COMMENT ON COLUMN port_profile.note IS 'remark on the value';

CREATE VIEW channel_profile AS
SELECT channel.id AS channel_profile_id, channel.channel_code, place.place_code, channel.cn_side, channel.cn_province, channel.kp_side,
	channel.direction, CASE channel.direction WHEN 'import' THEN 1 WHEN 'export' THEN 2 ELSE 3 END AS direction_rank, channel.goods_category, replace(channel.goods_class, '_', ' ') AS goods_class,
	replace(channel.goods, ';', '; ') AS goods, channel.transport,
	CASE channel.transport WHEN 'rail' THEN 2 WHEN 'road' THEN 3 WHEN 'sea' THEN 6 END AS transport_rank,
	channel.inspection_strictness AS inspection,
	CASE channel.inspection_strictness WHEN 'loose' THEN 1 WHEN 'strict' THEN 2 ELSE 3 END AS inspection_rank,
	channel.customs_charge_level AS charges,
	CASE channel.customs_charge_level WHEN 'low' THEN 1 WHEN 'high' THEN 2 ELSE 3 END AS charges_rank,
	channel.trucks_per_day, channel.tonnes_per_truck::double precision AS tonnes_per_truck,
	(channel.trucks_per_day::numeric * channel.tonnes_per_truck)::double precision AS tonnes_per_day,
	CASE WHEN channel.trucks_per_day::numeric * channel.tonnes_per_truck IS NOT NULL THEN
		pg_catalog.concat_ws('; ', 'trucks: ' || trucks.note, 'load: ' || load.note) END AS bounds,
	channel.period, channel.source_code, channel.note
FROM ref_channel channel
LEFT JOIN ref_place place ON place.place_code = split_part(channel.channel_code, '-', 1)
LEFT JOIN ref_figure trucks ON trucks.subject = 'route=' || channel.channel_code AND trucks.measure = 'trucks'
LEFT JOIN ref_figure load ON load.subject = 'route=' || channel.channel_code AND load.measure = 'cargo per truck'
ORDER BY channel.channel_code, channel.id;

COMMENT ON VIEW channel_profile IS 'Trade channels between China and North Korea as two newspapers report them: one row per channel, direction and class of goods, with inspection, charges, and the tonnage that the trucks a day imply.';
COMMENT ON COLUMN channel_profile.channel_profile_id IS 'key: id in ref_channel';
COMMENT ON COLUMN channel_profile.channel_code IS 'the two ends of the channel; quanhe-rason and quanhe-wonjongri are one corridor in two reports';
COMMENT ON COLUMN channel_profile.place_code IS 'place of the Chinese end, as in ref_place; NULL if no port is named';
COMMENT ON COLUMN channel_profile.cn_side IS 'Chinese end as reported';
COMMENT ON COLUMN channel_profile.cn_province IS 'province of the Chinese end';
COMMENT ON COLUMN channel_profile.kp_side IS 'North Korean end as reported';
COMMENT ON COLUMN channel_profile.direction IS 'export, import or both, seen from China';
COMMENT ON COLUMN channel_profile.direction_rank IS 'order of direction: import 1, export 2, both 3';
COMMENT ON COLUMN channel_profile.goods_category IS 'goods the row is about';
COMMENT ON COLUMN channel_profile.goods_class IS 'standing under the sanctions as reported: sanctioned, non sanctioned, outward processing, luxury or unspecified';
COMMENT ON COLUMN channel_profile.goods IS 'goods named, separated by a semicolon';
COMMENT ON COLUMN channel_profile.transport IS 'rail, road or sea; NULL if not stated';
COMMENT ON COLUMN channel_profile.transport_rank IS 'order of transport as in the other views: rail 2, road 3; sea 6';
COMMENT ON COLUMN channel_profile.inspection IS 'strictness of the inspection: loose, strict or not stated';
COMMENT ON COLUMN channel_profile.inspection_rank IS 'order of inspection: loose 1, strict 2, not stated 3';
COMMENT ON COLUMN channel_profile.charges IS 'level of customs charges: low, high or not stated';
COMMENT ON COLUMN channel_profile.charges_rank IS 'order of charges: low 1, high 2, not stated 3';
COMMENT ON COLUMN channel_profile.trucks_per_day IS 'trucks a day as reported; see bounds';
COMMENT ON COLUMN channel_profile.tonnes_per_truck IS 'load of a truck as reported, tonnes; see bounds';
COMMENT ON COLUMN channel_profile.tonnes_per_day IS 'trucks_per_day * tonnes_per_truck, tonnes a day';
COMMENT ON COLUMN channel_profile.bounds IS 'how the report bounds the two figures behind tonnes_per_day';
COMMENT ON COLUMN channel_profile.period IS 'when it was observed';
COMMENT ON COLUMN channel_profile.source_code IS 'source, as in ref_source';
COMMENT ON COLUMN channel_profile.note IS 'remark on the row';

CREATE VIEW national_system AS
WITH printed AS (
	SELECT (SELECT claim.published_value::numeric FROM ref_claim claim WHERE claim.claim_code = 'gac-ports-all') AS ports,
		(SELECT claim.published_value::numeric FROM ref_claim claim WHERE claim.claim_code = 'gac-countries') AS countries,
		(SELECT figure.value FROM ref_figure figure WHERE figure.figure_code = 'gac-ports-sea') AS sea,
		(SELECT figure.value FROM ref_figure figure WHERE figure.figure_code = 'gac-ports-air') AS air,
		(SELECT figure.value FROM ref_figure figure WHERE figure.figure_code = 'gac-ports-railway') AS rail,
		(SELECT figure.value FROM ref_figure figure WHERE figure.figure_code = 'gac-ports-road') AS road,
		(SELECT figure.value FROM ref_figure figure WHERE figure.figure_code = 'gac-border-ports') AS border,
		(SELECT figure.value FROM ref_figure figure WHERE figure.figure_code = 'gac-cargo-2023') AS cargo_mt,
		(SELECT figure.value FROM ref_figure figure WHERE figure.figure_code = 'gac-cargo-share') AS cargo_pct,
		(SELECT sum(country.cargo_kt) / 1000.0 FROM ref_table2_country country) AS cargo_mt_2012
), counted AS (
	SELECT count(*)::numeric AS ports, pg_catalog.count(DISTINCT port.neighbour_iso2)::numeric AS countries FROM ref_port port
)
SELECT item.item_rank AS national_system_id, item.item, item.item_rank, item.unit, item.period,
	item.published::double precision AS published, item.ours::double precision AS ours,
	(item.ours - item.published)::double precision AS difference, item.basis, item.reason
FROM printed
CROSS JOIN counted
CROSS JOIN LATERAL (VALUES
	(1, 'open ports', 'ports', '2024', printed.ports, printed.sea + printed.air + printed.rail + printed.road, 'document',
		'The sum of the four kinds below.'),
	(2, 'open ports, sea', 'ports', '2024', printed.sea, NULL::numeric, 'document',
		'No list of the country''s ports is among the facts. There is no river kind: river ports must be among these.'),
	(3, 'open ports, air', 'ports', '2024', printed.air, NULL, 'document', 'No list of the country''s ports is among the facts.'),
	(4, 'open ports, railway', 'ports', '2024', printed.rail, NULL, 'document', 'No list of the country''s ports is among the facts.'),
	(5, 'open ports, road', 'ports', '2024', printed.road, NULL, 'document', 'No list of the country''s ports is among the facts.'),
	(6, 'border ports', 'ports', '2024', printed.border, counted.ports, 'facts',
		'Ours is the list of early 2014: the number is the same, that the ports are is not shown.'),
	(7, 'border ports in all open ports', 'percent', '2024', NULL, round(100.0 * printed.border / printed.ports, 1), 'document',
		'Not printed; from the two counts.'),
	(8, 'neighbours with border ports', 'countries', '2024', printed.countries, counted.countries, 'facts',
		'India, which Pulan also serves, is not counted on either side.'),
	(9, 'cargo through border ports', 'million tonnes', '2023', printed.cargo_mt, NULL, 'document',
		'The facts hold cargo of 2023 for a few ports only.'),
	(10, 'its share of the national cargo', 'percent', '2023', printed.cargo_pct, NULL, 'document',
		'The national total is not printed.'),
	(11, 'national cargo, implied', 'million tonnes', '2023', NULL, round(100.0 * printed.cargo_mt / printed.cargo_pct, 0), 'document',
		'Not printed; cargo over share, between '
		|| round(100.0 * (printed.cargo_mt - 0.5) / (printed.cargo_pct + 0.005), 0)::text || ' and '
		|| round(100.0 * (printed.cargo_mt + 0.5) / (printed.cargo_pct - 0.005), 0)::text || ' as both are rounded.'),
	(12, 'border cargo, growth since 2012', 'percent', '2012-2023', NULL,
		round(100.0 * (printed.cargo_mt / printed.cargo_mt_2012 - 1.0), 1), 'document',
		'Not printed; against the total of Table 2, if the two are comparable.')
) item (item_rank, item, unit, period, published, ours, basis, reason)
ORDER BY item.item_rank;

COMMENT ON VIEW national_system IS 'The border ports within the national system, after the customs statement of 2024: the published figure, ours, the difference, and why ours is missing or how it was had.';
COMMENT ON COLUMN national_system.national_system_id IS 'key: item_rank';
COMMENT ON COLUMN national_system.item IS 'what is counted';
COMMENT ON COLUMN national_system.item_rank IS 'order of the item';
COMMENT ON COLUMN national_system.unit IS 'unit of published, ours and difference';
COMMENT ON COLUMN national_system.period IS 'year or years';
COMMENT ON COLUMN national_system.published IS 'figure printed in the statement; NULL if it prints none';
COMMENT ON COLUMN national_system.ours IS 'recomputed figure; NULL where neither the facts nor the statement''s other figures give it';
COMMENT ON COLUMN national_system.difference IS 'ours - published';
COMMENT ON COLUMN national_system.basis IS 'what ours rests on: document (the statement''s other figures and Table 2) or facts (ref_port)';
COMMENT ON COLUMN national_system.reason IS 'why ours is NULL, or what to know about it';
