-- profiles of a port, of the trade channels and of the national system
SET client_min_messages = warning;
SET search_path = public;
SELECT no_plan();

SELECT is(count(*), count(DISTINCT port_profile_id), 'the key is unique') FROM portext.port_profile;
SELECT is(count(*), 0::bigint, 'no line without a value or an item') FROM portext.port_profile
	WHERE value_text IS NULL OR item IS NULL OR section IS NULL;
SELECT is(string_agg(DISTINCT place_code, ' '), NULL, 'every place has a profile') FROM portext.ref_place p
	WHERE NOT EXISTS (SELECT FROM portext.port_profile l WHERE l.place_code = p.place_code AND l.section = 'identity');
SELECT is(string_agg(DISTINCT port_code, ' '), NULL, 'every port has one') FROM portext.ref_port p
	WHERE NOT EXISTS (SELECT FROM portext.port_profile l WHERE l.port_code = p.port_code AND l.place_code = p.place_code AND l.item = 'opened');
SELECT is((SELECT count(*) FROM portext.port_profile WHERE section = 'event'), (SELECT count(*) FROM portext.ref_event), 'every event is there');
SELECT is((SELECT count(*) FROM portext.port_profile WHERE section = 'flow' AND port_profile_id % 100 = 1),
	(SELECT count(*) FROM portext.ref_flow), 'every flow is there');
SELECT is((SELECT count(*) FROM portext.port_profile WHERE section = 'seat' AND port_profile_id % 100 = 1),
	(SELECT count(*) FROM portext.ref_seat), 'every seat is there');

-- Nanping: all that its page says
SELECT is((SELECT count(*) FROM portext.port_profile WHERE place_code = 'nanping' AND section = 'figure'), 17::bigint, 'seventeen figures');
SELECT is(string_agg(figure_code, ' '), NULL, 'every figure about Nanping is there, with its value')
	FROM portext.ref_figure f WHERE subject ~ '(port|place)=nanping'
	AND NOT EXISTS (SELECT FROM portext.port_profile p WHERE p.place_code = 'nanping' AND p.section = 'figure'
		AND (p.port_profile_id / 100) % 1000000 = f.id AND p.value IS NOT DISTINCT FROM f.value::double precision
		AND p.value_text = coalesce(replace(f.text_value, ';', '; '), trim_scale(f.value)::text) AND p.unit IS NOT DISTINCT FROM f.unit);
CREATE TEMPORARY TABLE said (section text, item text, value_text text, unit text, period text);
INSERT INTO said VALUES
	('identity', 'county', 'Helong', NULL, NULL), ('identity', 'prefecture', 'Yanbian', NULL, NULL), ('identity', 'province', 'Jilin', NULL, NULL),
	('counterpart', 'neighbour', 'North Korea', NULL, NULL), ('mode', 'mode in Table 3', 'CPPC', NULL, NULL),
	('opening', 'opened', '1951', NULL, NULL), ('event', 'established', '1929-12', NULL, 'month'), ('event', 'opened', '1951', NULL, 'year'),
	('flow', 'cargo', '533000', 't', '2010'), ('flow', 'persons', '32000', 'person-times', '2010'),
	('flow', 'cargo, design capacity a year', '533000', 't', NULL), ('flow', 'cargo', '1793000', 't', '2016-2020'),
	('flow', 'cargo, average a year', '358600', 't', '2016-2020'),
	('figure', 'floor area', '6310', 'm2', NULL), ('figure', 'investment', '1.05', 'million yuan', '2024'),
	('figure', 'distance (place chongjin)', '84', 'km', NULL), ('figure', 'ethnic Korean share', '98.5', 'percent', NULL),
	('figure', 'road', 'G331', NULL, NULL), ('figure', 'boundary river', 'Tumen', NULL, NULL), ('figure', 'port class', 'first class bilateral', NULL, NULL),
	('figure', 'design cargo capacity', '533000', 'tonnes per year', NULL), ('figure', 'foreign trade cargo', '1.793', 'million tonnes', '2016-2020'),
	('goods', 'goods, import', 'iron ore concentrates', NULL, NULL), ('goods', 'goods, export', 'mining machinery', NULL, NULL),
	('seat', 'home county seat', 'Helong 和龙市', 'km', NULL), ('seat', 'home county seat, population', '112337', 'people', '2010');
SELECT is(string_agg(concat_ws(' ', section, item, value_text), ', '), NULL, 'what the page says is in the profile') FROM said s
	WHERE NOT EXISTS (SELECT FROM portext.port_profile p WHERE p.place_code = 'nanping' AND p.section = s.section AND p.item = s.item
		AND p.value_text = s.value_text AND p.unit IS NOT DISTINCT FROM s.unit AND p.period IS NOT DISTINCT FROM s.period);
SELECT is(string_agg(value_text, ' ' ORDER BY value_text COLLATE "C"), 'coal coke gasoline grains iron ore concentrates mining machinery pig iron steel timber',
	'nine goods') FROM portext.port_profile WHERE place_code = 'nanping' AND section = 'goods';
SELECT ok(value BETWEEN 4 AND 5, 'Musan is 4 km away') FROM portext.port_profile
	WHERE place_code = 'nanping' AND item = 'away city' ORDER BY value LIMIT 1;

SELECT is(string_agg(value_text, ' ' ORDER BY port_profile_id), (SELECT predicted_mode || ' ' || trim_scale(round(margin_km::numeric, 1)) FROM portext.mode_evidence
	WHERE place_code = 'nanping'), 'the mode by the rule and its margin') FROM portext.port_profile WHERE place_code = 'nanping' AND item LIKE '%the rule';

-- elsewhere: other names, routes, airports, shares, single days
SELECT is(string_agg(concat_ws(' ', place_code, coalesce(port_code, '-'), value_text), ' | ' ORDER BY place_code, port_code),
	'erenhot erenhot-rail 16.2 | kashgar kashgar-air 1982-1983 | quanhe - 300', 'a figure finds its port by other names, transport and route')
	FROM portext.port_profile WHERE section = 'figure' AND item IN ('share of rail cargo (port erlianhot, transport railway)',
		'opening period (port kashgar airport, transport air)', 'trucks (route quanhe-wonjongri)');
SELECT is(round(value), 19689120::double precision, 'Manzhouli, rail: 36.3 percent of 54.24 million tonnes')
	FROM portext.port_profile WHERE place_code = 'manzhouli' AND item = 'cargo implied by the share';
SELECT is(string_agg(period, ' | ' ORDER BY period COLLATE "C"), '2012 | 2023-01-01 to 2023-09-25 | 2023-01-01 to 2023-09-25 | '
	'2023-01-01 to 2023-09-25 | 2023-09-25 | 2023-09-25', 'periods: a year, a span, a day') FROM portext.port_profile
	WHERE place_code = 'ceke' AND section = 'flow' AND port_profile_id % 100 = 1;
SELECT is(count(*), 0::bigint, 'cities lie within 150 km, three a side at most')
	FROM (SELECT max(value) AS far, count(*) AS n FROM portext.port_profile WHERE item IN ('home city', 'away city') GROUP BY place_code, item) t
	WHERE far > 150 OR n > 3;
SELECT is(string_agg(l.value::text, ' '), NULL, 'nearest home city agrees with the spheroid to half a percent')
	FROM (SELECT place_code, min(value) AS value FROM portext.port_profile WHERE item = 'home city' GROUP BY place_code) l
	JOIN (SELECT p.place_code, min(p.geom::geography <-> c.geom::geography) / 1000 AS km FROM portext.ref_port p JOIN portext.ref_city c
		ON c.country_iso2 = 'CN' GROUP BY p.place_code) g USING (place_code) WHERE abs(l.value - g.km) > 0.005 * g.km + 0.1;

-- channels
SELECT is(count(*), 13::bigint, 'thirteen rows of channels') FROM portext.channel_profile;
SELECT is(concat_ws(' ', channel_code, place_code, trucks_per_day, tonnes_per_truck, tonnes_per_day, inspection, charges),
	'quanhe-wonjongri quanhe 300 10 3000 loose low', '300 trucks a day of 10 tonnes') FROM portext.channel_profile WHERE tonnes_per_day IS NOT NULL;
SELECT ok(bounds LIKE '%ceiling%floor%' AND bounds LIKE '%load: comparator >%', 'with their bounds') FROM portext.channel_profile WHERE tonnes_per_day IS NOT NULL;
SELECT is(string_agg(DISTINCT concat_ws(' ', channel_code, inspection, charges), ' | ' ORDER BY concat_ws(' ', channel_code, inspection, charges)),
	'changbai-hyesan loose low | dandong-sinuiju loose not stated | dandong-sinuiju not stated not stated | dandong-sinuiju strict high'
	' | nampo-sea not stated not stated | quanhe-rason not stated not stated | quanhe-wonjongri loose low', 'inspection and charges')
	FROM portext.channel_profile;
SELECT is(string_agg(goods_category, ' | ' ORDER BY goods_category), 'luxury goods', 'at Dandong only luxury goods pass lightly')
	FROM portext.channel_profile WHERE place_code = 'dandong' AND inspection = 'loose' AND inspection_rank = 1;

-- the national system
SELECT is(string_agg(concat_ws(' ', item_rank, coalesce(published::text, '-'), coalesce(ours::text, '-')), ' | ' ORDER BY item_rank),
	'1 311 311 | 2 125 - | 3 85 - | 4 17 - | 5 84 - | 6 95 95 | 7 - 30.5 | 8 11 11 | 9 181 - | 10 4.16 - | 11 - 4351 | 12 - 48.6',
	'311 ports of four kinds, 95 at the border, 181 Mt = 4.16 percent of 4351 Mt') FROM portext.national_system;
SELECT is(count(*), 0::bigint, 'every row says what to know') FROM portext.national_system WHERE reason IS NULL OR basis NOT IN ('document', 'facts');
BEGIN;
UPDATE portext.ref_figure SET value = value + 1;
UPDATE portext.ref_claim SET published_value = published_value || '0' WHERE claim_code LIKE 'gac-%';
SELECT string_agg(ours::text, ' ' ORDER BY item_rank) AS counted FROM portext.national_system WHERE basis = 'facts' \gset
ROLLBACK;
SELECT is(:'counted'::text, '95 11', 'what rests on the facts reads no figure');

SELECT * FROM finish();
