-- What a BI tool asks for first, ready to draw: shares, concentration by year, the modal split and the role ratio.

CREATE VIEW share_by_country AS
WITH measured AS (
	SELECT item.measure, item.measure_rank, item.unit, composition_agg(flow.country_iso2, item.value) AS composition
	FROM country_flow flow
	CROSS JOIN LATERAL (VALUES (1, 'cargo', 'thousand tonnes', flow.cargo_kt), (2, 'people', 'thousand people', flow.people_k),
		(3, 'ports', 'ports', flow.ports::double precision)) item (measure_rank, measure, unit, value)
	GROUP BY item.measure, item.measure_rank, item.unit
)
SELECT measured.measure_rank * 1000 + country.id AS share_by_country_id, measured.measure, measured.measure_rank,
	country.iso2 AS country_iso2, country.name_en AS country, part.rank AS country_rank, part.value, measured.unit,
	part.share AS country_share, concentration_ratio(measured.composition, part.rank) AS cumulative_share
FROM measured
CROSS JOIN LATERAL shares(measured.composition) part
JOIN ref_country country ON country.iso2 = part.key
ORDER BY measured.measure_rank, part.rank;

COMMENT ON VIEW share_by_country IS 'Each neighbouring country''s share of cargo, travellers (2012, as printed in Table 2) and ports (early 2014, as in ref_port), airports left out: one row per measure and country.';
COMMENT ON COLUMN share_by_country.share_by_country_id IS 'key: measure_rank * 1000 + id of the country';
COMMENT ON COLUMN share_by_country.measure IS 'cargo, people or ports';
COMMENT ON COLUMN share_by_country.measure_rank IS 'order of the measure, 1 to 3';
COMMENT ON COLUMN share_by_country.country_iso2 IS 'neighbouring country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN share_by_country.country IS 'neighbouring country in English';
COMMENT ON COLUMN share_by_country.country_rank IS 'order of the country within the measure, the largest first';
COMMENT ON COLUMN share_by_country.value IS 'the country''s figure, in unit';
COMMENT ON COLUMN share_by_country.unit IS 'unit of value';
COMMENT ON COLUMN share_by_country.country_share IS 'value over the sum of all countries, 0 to 1';
COMMENT ON COLUMN share_by_country.cumulative_share IS 'share of this and all larger countries together, 0 to 1';

CREATE VIEW concentration_by_year AS
WITH opened AS (
	SELECT port.neighbour_iso2 AS iso2, port.opened_year FROM ref_port port
	WHERE port.transport <> 'air' AND port.opened_year IS NOT NULL
), measured AS (
	SELECT 800000 + year.year AS id, 'ports' AS measure, 'ports' AS unit, 'both' AS direction, year.year, 'country' AS kind, 'CN' AS country_iso2,
		composition_agg(opened.iso2, 1::double precision) AS composition, false AS is_local
	FROM (SELECT DISTINCT opened.opened_year AS year FROM opened) year
	JOIN opened ON opened.opened_year <= year.year
	GROUP BY year.year
	UNION ALL
	SELECT pg_catalog.min(flow.flow_id), flow.measure, flow.unit, flow.direction, flow.flow_year, 'country', flow.country_iso2,
		composition_agg(flow.neighbour_iso2, flow.value), false
	FROM flow
	WHERE flow.subject_kind_rank = 3
	GROUP BY flow.measure, flow.unit, flow.direction, flow.flow_year, flow.country_iso2
	UNION ALL
	SELECT pg_catalog.min(layer.flow_layer_id), layer.measure, layer.unit, layer.direction, layer.flow_year, 'port', layer.country_iso2,
		composition_agg(layer.port_code, layer.value), pg_catalog.bool_or(layer.is_local)
	FROM flow_layer layer
	WHERE layer.subject_kind_rank = 1
	GROUP BY layer.measure, layer.unit, layer.direction, layer.flow_year, layer.country_iso2
)
SELECT measured.id::bigint AS concentration_by_year_id, measured.measure, measured.unit, measured.direction,
	pg_catalog.array_position('{in,out,both}'::text[], measured.direction) AS direction_rank,
	measured.country_iso2, measured.kind AS entity_kind, pg_catalog.array_position('{port,place,country}'::text[], measured.kind) AS entity_kind_rank,
	measured.year AS flow_year, CASE WHEN measured.year > 0 THEN pg_catalog.make_date(measured.year, 1, 1) END AS year_from,
	entity_count(measured.composition)::integer AS entities, total(measured.composition) AS total,
	first_entity(measured.composition) AS first_entity, concentration_ratio(measured.composition, 1) AS first_share,
	concentration_ratio(measured.composition, 3) AS top3_share, hhi(measured.composition) AS hhi,
	effective_number(measured.composition) AS effective_number, gini(measured.composition) AS gini,
	evenness(measured.composition) AS evenness, measured.is_local
FROM measured;

COMMENT ON VIEW concentration_by_year IS 'How concentrated ports and traffic are, by year: ports open on neighbouring countries (shipped ports with a known year of opening, airports left out, closures ignored), the traffic of Table 2 (2012) on countries, and the traffic of each year, yours too, on the ports that have a figure. With few entities the indices say who reported, not who was used: look at entities. Large local tables: the views over local_rollup are faster.';
COMMENT ON COLUMN concentration_by_year.concentration_by_year_id IS 'key: the smallest flow_id in the row; 800,000 + year for ports opened';
COMMENT ON COLUMN concentration_by_year.measure IS 'ports (opened up to that year), cargo_tonnes, persons, vehicles and so on, as in flow';
COMMENT ON COLUMN concentration_by_year.unit IS 'unit of total';
COMMENT ON COLUMN concentration_by_year.direction IS 'in, out or both, seen from the country of the ports';
COMMENT ON COLUMN concentration_by_year.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN concentration_by_year.country_iso2 IS 'country of the ports, ISO 3166 two letters; empty when unknown';
COMMENT ON COLUMN concentration_by_year.entity_kind IS 'what the total is divided by: port, or country on the other side';
COMMENT ON COLUMN concentration_by_year.entity_kind_rank IS 'order of entity_kind: port 1, country 3';
COMMENT ON COLUMN concentration_by_year.flow_year IS 'calendar year';
COMMENT ON COLUMN concentration_by_year.year_from IS 'its first day, for time axes';
COMMENT ON COLUMN concentration_by_year.entities IS 'number of ports or countries with a figure';
COMMENT ON COLUMN concentration_by_year.total IS 'sum over them, in unit';
COMMENT ON COLUMN concentration_by_year.first_entity IS 'port_code or two-letter country with the largest share';
COMMENT ON COLUMN concentration_by_year.first_share IS 'its share, 0 to 1';
COMMENT ON COLUMN concentration_by_year.top3_share IS 'share of the three largest together, 0 to 1';
COMMENT ON COLUMN concentration_by_year.hhi IS 'Herfindahl-Hirschman index, the sum of squared shares, 1 / entities to 1';
COMMENT ON COLUMN concentration_by_year.effective_number IS '1 / hhi: as many entities of equal size would be as concentrated';
COMMENT ON COLUMN concentration_by_year.gini IS 'Gini coefficient, population form, 0 (equal) towards 1';
COMMENT ON COLUMN concentration_by_year.evenness IS 'Shannon entropy over its maximum, 0 to 1 (equal)';
COMMENT ON COLUMN concentration_by_year.is_local IS 'true when a row of local_flow is in it';

CREATE VIEW modal_split AS
WITH part AS (
	SELECT pg_catalog.min(port.port_id)::bigint AS id, 1 AS basis_rank, port.country_iso2, NULL::integer AS year, 'ports' AS measure, 'ports' AS unit, 'both' AS direction,
		port.transport, port.transport_rank, count(*)::integer AS ports, count(*)::double precision AS value
	FROM port
	GROUP BY port.country_iso2, port.transport, port.transport_rank
	UNION ALL
	-- the only totals by transport that are printed
	SELECT 700000 + figure.id, 2, 'CN', 2012, 'cargo_tonnes', 't', 'both', item.transport, item.transport_rank, NULL,
		(figure.value * 1000000::numeric)::double precision
	FROM (VALUES ('rail-cargo', 'rail', 2), ('road-cargo', 'road', 3)) item (figure_code, transport, transport_rank)
	JOIN ref_figure figure ON figure.figure_code = item.figure_code
	UNION ALL
	SELECT pg_catalog.min(layer.flow_layer_id) + 10000000000::bigint, 3, layer.country_iso2, layer.flow_year, layer.measure, layer.unit, layer.direction,
		layer.transport, layer.transport_rank, count(*)::integer, total(composition_agg(layer.port_code, layer.value))
	FROM flow_layer layer
	WHERE layer.subject_kind_rank = 1
	GROUP BY layer.country_iso2, layer.flow_year, layer.measure, layer.unit, layer.direction, layer.transport, layer.transport_rank
)
SELECT part.id AS modal_split_id, CASE part.basis_rank WHEN 1 THEN 'list of ports' WHEN 2 THEN 'printed totals' ELSE 'ports with a figure' END AS basis, part.basis_rank,
	part.country_iso2, part.year AS flow_year, CASE WHEN part.year > 0 THEN pg_catalog.make_date(part.year, 1, 1) END AS year_from,
	part.measure, part.unit, part.direction, pg_catalog.array_position('{in,out,both}'::text[], part.direction) AS direction_rank,
	part.transport, part.transport_rank, part.ports, part.value,
	ratio_to_report(part.value) OVER (PARTITION BY part.basis_rank, part.country_iso2, part.year, part.measure, part.unit, part.direction) AS transport_share
FROM part;

COMMENT ON VIEW modal_split IS 'Shares of the kinds of transport: of the ports in the view port, of the cargo of 2012 that the paper prints for railways and roads, and of the traffic of each year, yours too, at the ports that have a figure. One row per kind, within basis, country, year, measure, unit and direction. Rail and road as printed are together 123.64 Mt, more than the 121.77 Mt of Table 2.';
COMMENT ON COLUMN modal_split.modal_split_id IS 'key: the smallest port_id or, above 10,000,000,000, flow_id in the row; 700,000 + id of the figure for printed totals';
COMMENT ON COLUMN modal_split.basis IS 'list of ports, printed totals, or ports with a figure';
COMMENT ON COLUMN modal_split.basis_rank IS 'order of basis, 1 to 3';
COMMENT ON COLUMN modal_split.country_iso2 IS 'country of the ports, ISO 3166 two letters; empty when unknown';
COMMENT ON COLUMN modal_split.flow_year IS 'calendar year; empty for the list of ports';
COMMENT ON COLUMN modal_split.year_from IS 'its first day, for time axes';
COMMENT ON COLUMN modal_split.measure IS 'ports, cargo_tonnes, persons, vehicles and so on, as in flow';
COMMENT ON COLUMN modal_split.unit IS 'unit of value';
COMMENT ON COLUMN modal_split.direction IS 'in, out or both, seen from the country of the ports';
COMMENT ON COLUMN modal_split.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN modal_split.transport IS 'air, rail, road, river or pipeline';
COMMENT ON COLUMN modal_split.transport_rank IS 'order of transport: air 1, rail 2, road 3, river 4, pipeline 5';
COMMENT ON COLUMN modal_split.ports IS 'number of ports behind value; empty for printed totals';
COMMENT ON COLUMN modal_split.value IS 'total of this kind of transport, in unit';
COMMENT ON COLUMN modal_split.transport_share IS 'value over the sum of all kinds in the same group, 0 to 1; empty when that is 0';

CREATE VIEW role_ratio_by_region AS
WITH percent AS (
	SELECT region.region, region.region_rank,
		pg_catalog.max(region.published) FILTER (WHERE region.measure = 'cargo') AS cargo_published,
		pg_catalog.max(region.published) FILTER (WHERE region.measure = 'people') AS people_published,
		pg_catalog.max(region.ours) FILTER (WHERE region.measure = 'cargo') AS cargo_ours,
		pg_catalog.max(region.ours) FILTER (WHERE region.measure = 'people') AS people_ours,
		pg_catalog.max(region.reason) FILTER (WHERE region.measure = 'people') AS reason
	FROM region_transport region
	WHERE region.measure IN ('cargo', 'people') AND NOT region.is_total
	GROUP BY region.region, region.region_rank
), ratio AS (
	-- A share is all that is known of a region, so each composition is the region and the rest.
	SELECT percent.*,
		role_ratio(published.people, published.cargo, percent.region) AS published_ratio,
		role_ratio(ours.people, ours.cargo, percent.region) AS ours_ratio
	FROM percent
	CROSS JOIN LATERAL (SELECT composition_agg(item.key, item.people) AS people, composition_agg(item.key, item.cargo) AS cargo
		FROM (VALUES (percent.region, percent.people_published, percent.cargo_published),
			('rest', 100::double precision - percent.people_published, 100::double precision - percent.cargo_published)) item (key, people, cargo)) published
	CROSS JOIN LATERAL (SELECT composition_agg(item.key, item.people) AS people, composition_agg(item.key, item.cargo) AS cargo
		FROM (VALUES (percent.region, percent.people_ours, percent.cargo_ours),
			('rest', 100::double precision - percent.people_ours, 100::double precision - percent.cargo_ours)) item (key, people, cargo)) ours
)
SELECT ratio.region_rank AS role_ratio_by_region_id, ratio.region, ratio.region_rank,
	2012 AS flow_year, pg_catalog.make_date(2012, 1, 1) AS year_from,
	(ratio.cargo_published::numeric / 100::numeric)::double precision AS cargo_published_share, (ratio.people_published::numeric / 100::numeric)::double precision AS people_published_share,
	ratio.published_ratio AS role_ratio_published,
	(ratio.cargo_ours::numeric / 100::numeric)::double precision AS cargo_share, (ratio.people_ours::numeric / 100::numeric)::double precision AS people_share,
	ratio.ours_ratio AS role_ratio, ratio.ours_ratio - ratio.published_ratio AS role_ratio_difference, ratio.reason
FROM ratio
ORDER BY ratio.region_rank;

COMMENT ON VIEW role_ratio_by_region IS 'What the ports of a region are for: its share of the people over its share of the cargo, 2012. As published, the Southwest has 7.6 % of the cargo and 35.5 % of the people, a ratio of 4.67; the Northwest the reverse. Ours rests on Table 2 and can be had where all neighbours of a region lie in it alone, that is for the Southwest.';
COMMENT ON COLUMN role_ratio_by_region.role_ratio_by_region_id IS 'key: region_rank';
COMMENT ON COLUMN role_ratio_by_region.region IS 'northeast, southwest, northwest or other (land ports of no named region)';
COMMENT ON COLUMN role_ratio_by_region.region_rank IS 'order of region: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN role_ratio_by_region.flow_year IS 'year of the flows';
COMMENT ON COLUMN role_ratio_by_region.year_from IS 'its first day, for time axes';
COMMENT ON COLUMN role_ratio_by_region.cargo_published_share IS 'share of the cargo as printed in Table 1, 0 to 1';
COMMENT ON COLUMN role_ratio_by_region.people_published_share IS 'share of the people as printed in Table 1, 0 to 1';
COMMENT ON COLUMN role_ratio_by_region.role_ratio_published IS 'people_published_share / cargo_published_share: above 1 a region of people, below 1 of cargo';
COMMENT ON COLUMN role_ratio_by_region.cargo_share IS 'share of the cargo by the tonnages of Table 2, rounded as printed, 0 to 1; empty where the facts cannot tell';
COMMENT ON COLUMN role_ratio_by_region.people_share IS 'share of the people by the persons of Table 2, rounded as printed, 0 to 1; empty where the facts cannot tell';
COMMENT ON COLUMN role_ratio_by_region.role_ratio IS 'people_share / cargo_share';
COMMENT ON COLUMN role_ratio_by_region.role_ratio_difference IS 'role_ratio - role_ratio_published';
COMMENT ON COLUMN role_ratio_by_region.reason IS 'why ours is empty or differs';
