-- One screen of shares: Table 2's flows and our counts of ports as compositions by neighbouring country.

CREATE VIEW country_share AS
WITH measured AS (
	SELECT item.measure, item.measure_rank, item.unit, composition_agg(flow.country_iso2, item.value) AS composition
	FROM country_flow flow
	CROSS JOIN LATERAL (VALUES (1, 'cargo', 'thousand tonnes', flow.cargo_kt), (2, 'people', 'thousand people', flow.people_k),
		(3, 'ports', 'ports', flow.ports::double precision)) item (measure_rank, measure, unit, value)
	GROUP BY item.measure, item.measure_rank, item.unit
)
SELECT measured.measure_rank * 1000 + country.id AS country_share_id, measured.measure, measured.measure_rank,
	country.iso2 AS country_iso2, country.name_en AS country, part.rank AS country_rank, part.value, measured.unit,
	part.share AS country_share, concentration_ratio(measured.composition, part.rank) AS cumulative_share
FROM measured
CROSS JOIN LATERAL shares(measured.composition) part
JOIN ref_country country ON country.iso2 = part.key
ORDER BY measured.measure_rank, part.rank;

COMMENT ON VIEW country_share IS 'Each neighbouring country''s share of cargo, travellers (2012, as printed in Table 2) and ports (early 2014, as in ref_port), airports left out: one row per measure and country.';
COMMENT ON COLUMN country_share.country_share_id IS 'key: measure_rank * 1000 + id of the country';
COMMENT ON COLUMN country_share.measure IS 'cargo, people or ports';
COMMENT ON COLUMN country_share.measure_rank IS 'order of the measure, 1 to 3';
COMMENT ON COLUMN country_share.country_iso2 IS 'neighbouring country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN country_share.country IS 'neighbouring country in English';
COMMENT ON COLUMN country_share.country_rank IS 'order of the country within the measure, the largest first';
COMMENT ON COLUMN country_share.value IS 'the country''s figure, in unit';
COMMENT ON COLUMN country_share.unit IS 'unit of value';
COMMENT ON COLUMN country_share.country_share IS 'value over the sum of all countries, 0 to 1';
COMMENT ON COLUMN country_share.cumulative_share IS 'share of this and all larger countries together, 0 to 1';

CREATE VIEW country_concentration AS
WITH measured AS (
	SELECT item.measure, item.measure_rank, item.unit, composition_agg(flow.country_iso2, item.value) AS composition
	FROM country_flow flow
	CROSS JOIN LATERAL (VALUES (1, 'cargo', 'thousand tonnes', flow.cargo_kt), (2, 'people', 'thousand people', flow.people_k),
		(3, 'ports', 'ports', flow.ports::double precision)) item (measure_rank, measure, unit, value)
	GROUP BY item.measure, item.measure_rank, item.unit
)
SELECT measured.measure_rank AS country_concentration_id, measured.measure, measured.measure_rank,
	total(measured.composition) AS total, measured.unit, entity_count(measured.composition)::integer AS countries,
	first.name_en AS first_country, concentration_ratio(measured.composition, 1) AS first_share,
	concentration_ratio(measured.composition, 3) AS top3_share, hhi(measured.composition) AS hhi,
	effective_number(measured.composition) AS effective_number, gini(measured.composition) AS gini,
	evenness(measured.composition) AS evenness
FROM measured
LEFT JOIN ref_country first ON first.iso2 = first_entity(measured.composition)
ORDER BY measured.measure_rank;

COMMENT ON VIEW country_concentration IS 'How concentrated cargo, travellers and ports are on the neighbouring countries: indicators of the compositions that country_share lists.';
COMMENT ON COLUMN country_concentration.country_concentration_id IS 'key: measure_rank';
COMMENT ON COLUMN country_concentration.measure IS 'cargo, people or ports';
COMMENT ON COLUMN country_concentration.measure_rank IS 'order of the measure, 1 to 3';
COMMENT ON COLUMN country_concentration.total IS 'sum over all countries, in unit';
COMMENT ON COLUMN country_concentration.unit IS 'unit of total';
COMMENT ON COLUMN country_concentration.countries IS 'number of countries';
COMMENT ON COLUMN country_concentration.first_country IS 'the country with the largest share';
COMMENT ON COLUMN country_concentration.first_share IS 'its share, 0 to 1';
COMMENT ON COLUMN country_concentration.top3_share IS 'share of the three largest countries together, 0 to 1';
COMMENT ON COLUMN country_concentration.hhi IS 'Herfindahl-Hirschman index, the sum of squared shares, 1 / countries to 1';
COMMENT ON COLUMN country_concentration.effective_number IS '1 / hhi: as many countries of equal size would be as concentrated';
COMMENT ON COLUMN country_concentration.gini IS 'Gini coefficient, population form, 0 (equal) towards 1';
COMMENT ON COLUMN country_concentration.evenness IS 'Shannon entropy over its maximum, 0 to 1 (equal)';
