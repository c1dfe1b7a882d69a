-- The views for BI tools and the flow layer, against figures worked out apart from the extension and plain SQL.
SET client_min_messages = warning;
SET search_path = public;
SELECT no_plan();

SELECT is(concat_ws(' ', count(*), count(DISTINCT share_by_country_id), count(DISTINCT country_iso2)), '33 33 11', 'one row per measure and country')
	FROM portext.share_by_country;
SELECT is(string_agg(country_iso2, ' ' ORDER BY country_rank), 'KZ MN RU VN MM KP KG LA NP TJ PK', 'countries by cargo')
	FROM portext.share_by_country WHERE measure = 'cargo';
SELECT is(count(*), 0::bigint, 'shares are those of country_flow') FROM portext.share_by_country s JOIN portext.country_flow f USING (country_iso2)
	WHERE abs(s.country_share - CASE s.measure WHEN 'cargo' THEN f.cargo_share WHEN 'people' THEN f.people_share ELSE f.ports / 87.0 END) > 1e-15;
SELECT is(count(*), 0::bigint, 'the cumulative share is the running sum') FROM (SELECT cumulative_share
		- sum(country_share) OVER (PARTITION BY measure ORDER BY country_rank) AS gap FROM portext.share_by_country) t WHERE abs(gap) > 1e-14;
SELECT is(string_agg(DISTINCT cumulative_share::text, ' '), '1', 'and ends at 1') FROM portext.share_by_country WHERE country_rank = 11;

-- Concentration of Table 2.
SELECT is(string_agg(concat_ws(' ', measure, total, entities, first_entity, round(first_share::numeric, 4), round(top3_share::numeric, 4)),
		' | ' ORDER BY measure), 'cargo_tonnes 121766000 11 KZ 0.3358 0.8830 | persons 14236000 11 RU 0.3214 0.7561', 'the largest')
	FROM portext.concentration_by_year WHERE entity_kind = 'country' AND measure <> 'ports';
SELECT is(string_agg(concat_ws(' ', round(hhi::numeric, 6), round(effective_number::numeric, 4), round(gini::numeric, 6), round(evenness::numeric, 6)),
		' | ' ORDER BY measure), '0.266106 3.7579 0.668252 0.629549 | 0.217907 4.5891 0.610488 0.720881', 'the indicators')
	FROM portext.concentration_by_year WHERE entity_kind = 'country' AND measure <> 'ports';
-- Ports opened, by plain SQL.
SELECT results_eq($$SELECT flow_year, entities, total, round(hhi::numeric, 12) FROM portext.concentration_by_year WHERE measure = 'ports' ORDER BY 1$$,
	$$SELECT y, count(*)::int, sum(n)::float8, round(sum(n * n) / (sum(n) * sum(n)), 12)
		FROM (SELECT y, neighbour_iso2, count(*)::numeric AS n FROM (SELECT DISTINCT opened_year AS y FROM portext.ref_port WHERE neighbour_iso2 IS NOT NULL) years
			JOIN portext.ref_port ON opened_year <= y WHERE neighbour_iso2 IS NOT NULL GROUP BY 1, 2) t
		GROUP BY y ORDER BY 1$$, 'concentration of ports by year of opening');

-- The role ratio of the paper.
SELECT is(concat_ws(' ', cargo_published_share, people_published_share, round(role_ratio_published::numeric, 2), cargo_share, people_share, round(role_ratio::numeric, 2)),
	'0.076 0.355 4.67 0.076 0.367 4.83', 'the Southwest: little cargo, many people') FROM portext.role_ratio_by_region WHERE region = 'southwest';
SELECT is(string_agg(concat_ws(' ', region, round(role_ratio_published::numeric, 2), coalesce(role_ratio::text, '-')), ', ' ORDER BY region_rank),
	'northeast 1.31 -, northwest 0.27 -, other 0.29 -', 'the others') FROM portext.role_ratio_by_region WHERE region <> 'southwest';
SELECT is(count(*), 0::bigint, 'a missing or differing figure has its reason') FROM portext.role_ratio_by_region
	WHERE (role_ratio IS NULL OR role_ratio_difference <> 0) AND reason IS NULL;

-- The modal split: Table 1 has 95 ports, 8 by air, 11 by rail, 60 by road, 16 by river.
SELECT is(string_agg(concat_ws(' ', transport, ports, round(transport_share::numeric, 4)), ', ' ORDER BY transport_rank),
	'air 8 0.0842, rail 11 0.1158, road 60 0.6316, river 16 0.1684', 'ports by transport') FROM portext.modal_split WHERE basis_rank = 1;
SELECT is(string_agg(concat_ws(' ', transport, value, round(transport_share::numeric, 4)), ', ' ORDER BY transport_rank),
	'rail 54240000 0.4387, road 69400000 0.5613', 'printed cargo by transport') FROM portext.modal_split WHERE basis_rank = 2;
SELECT is(count(*), 0::bigint, 'shares of a group add up to 1') FROM (SELECT sum(transport_share) AS total FROM portext.modal_split
	GROUP BY basis, country_iso2, flow_year, measure, unit, direction) t WHERE abs(total - 1) > 1e-12;

-- The flow layer.
SELECT is(concat_ws(' ', name, value, figures), 'Ceke 12240000 1', 'a day within a longer figure is not counted twice')
	FROM portext.flow_layer WHERE flow_year = 2023 AND port_code = 'ceke-road' AND measure = 'cargo_tonnes';
SELECT is(concat_ws(' ', value, latitude IS NOT NULL), '23800000 t', 'a place has its figure and a point')
	FROM portext.flow_layer WHERE flow_year = 2012 AND place_code = 'alashankou' AND measure = 'cargo_tonnes';
SELECT is(count(*), 0::bigint, 'shares add up to 1') FROM (SELECT sum(value_share) AS total FROM portext.flow_layer
	GROUP BY subject_kind, country_iso2, flow_year, measure, unit, direction) t WHERE abs(total - 1) > 1e-12;
SELECT is(count(*), 0::bigint, 'no capacity, bound or percentage is in it') FROM portext.flow_layer l JOIN portext.flow f ON f.flow_id = l.flow_layer_id
	WHERE f.quality NOT IN ('measured', 'derived', 'estimate') OR f.unit = 'percent' OR f.unit LIKE '%/day';
SELECT is(count(*), 0::bigint, 'no shipped figures of one row overlap') FROM portext.flow_layer WHERE NOT is_local AND figures > 1;
INSERT INTO portext.local_port (port_code, name, country_iso2, neighbour_iso2, transport, geom) VALUES
	('x-1', 'One', 'US', 'MX', 'road', 'SRID=4326;POINT(-106 31)'), ('x-2', 'Two', 'US', 'CA', 'rail', 'SRID=4326;POINT(180 66)'), ('x-3', NULL, NULL, NULL, 'road', 'SRID=4326;POINT(0 0)');
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit)
	SELECT p, make_date(2018, m, 1), (make_date(2018, m, 1) + interval '1 month')::date, 'in', 'trucks', v, 'vehicle-times'
	FROM (VALUES ('x-1', 30), ('x-2', 10), ('x-3', 0)) t(p, v), generate_series(1, 12) m;
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit) VALUES
	('x-1', '2018-07-01', '2019-07-01', 'in', 'trucks', 99, 'vehicle-times'), ('nowhere', '2018-01-01', '2019-01-01', 'in', 'trucks', 99, 'vehicle-times'),
	('x-1', '0044-03-15 BC', '0044-03-16 BC', 'in', 'trucks', 1, NULL);
SELECT is(string_agg(concat_ws(' ', port_code, value, figures, value_share, value_rank, period_from, period_to), ', ' ORDER BY port_code),
	'x-1 360 12 0.75 1 2018-01-01 2019-01-01, x-2 120 12 0.25 2 2018-01-01 2019-01-01, x-3 0 12 1 2018-01-01 2019-01-01',
	'local months add up to years; a period across two years and an unknown port stay out; a total of zero has no share')
	FROM portext.flow_layer WHERE is_local AND flow_year > 0;
SELECT is(string_agg(concat_ws(' ', country_iso2, entities, total, first_entity, hhi), ', ' ORDER BY country_iso2), 'US 2 480 x-1 0.625, 1 0', 'concentration of local ports')
	FROM portext.concentration_by_year WHERE is_local AND flow_year > 0;
SELECT is(string_agg(concat_ws(' ', transport, ports, value, transport_share), ', ' ORDER BY transport_rank), 'rail 1 120 0.25, road 1 360 0.75', 'modal split of local ports')
	FROM portext.modal_split WHERE country_iso2 = 'US' AND measure = 'trucks' AND flow_year > 0;
-- Sums are exact, so they do not depend on the order in which a plan brings the rows.
INSERT INTO portext.local_port (port_code, country_iso2, transport, geom) SELECT 'c-' || n, 'BR', 'road', 'SRID=4326;POINT(-55 -10)' FROM generate_series(1, 200) n;
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit)
	SELECT 'c-' || n, '2018-01-01', '2019-01-01', 'in', 'cents', n * n * n * 7919 % 31415926 / 100.0, 'BRL' FROM generate_series(1, 200::bigint) n ORDER BY n % 7, n;
SELECT is(l.value_share, l.value / (SELECT sum(value) FROM portext.local_flow WHERE measure = 'cents')::float8, 'the share of ' || l.port_code)
	FROM portext.flow_layer l WHERE l.measure = 'cents' AND l.value_rank % 20 = 1;
SELECT is(value, (SELECT sum(value) FROM portext.local_flow WHERE measure = 'cents')::float8, 'cents add up to cents') FROM portext.modal_split WHERE measure = 'cents';
CREATE TEMP VIEW cents AS SELECT (SELECT array_agg(l ORDER BY l.flow_layer_id) FROM portext.flow_layer l) AS layer, (SELECT array_agg(m ORDER BY m.modal_split_id) FROM portext.modal_split m) AS split;
CREATE TEMP TABLE hashed AS SELECT * FROM cents;
SET enable_hashjoin = off;
SELECT is(c.layer::text, h.layer::text, 'flow_layer is the same without hash joins') FROM cents c, hashed h;
SELECT is(c.split::text, h.split::text, 'and modal_split') FROM cents c, hashed h;
SET enable_mergejoin = off;
SET enable_hashagg = off;
SELECT is(c.layer::text, h.layer::text, 'flow_layer is the same in nested loops') FROM cents c, hashed h;
SELECT is(c.split::text, h.split::text, 'and modal_split') FROM cents c, hashed h;
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_hashagg;

SELECT is(concat_ws(' ', count(*), count(DISTINCT flow_layer_id)), count(*) || ' ' || count(*), 'flow_layer has a key') FROM portext.flow_layer;
SELECT is(concat_ws(' ', count(*), count(DISTINCT modal_split_id)), count(*) || ' ' || count(*), 'modal_split has a key') FROM portext.modal_split;
SELECT is(concat_ws(' ', count(*), count(DISTINCT concentration_by_year_id)), count(*) || ' ' || count(*), 'concentration_by_year has a key') FROM portext.concentration_by_year;

SELECT * FROM finish();
