-- mode_local, port_border, mode_history, mode_outlook, and the search for towns under them
SET client_min_messages = warning;
SET search_path = portext, public;
SELECT no_plan();

CREATE FUNCTION pg_temp.at(lon float8, lat float8) RETURNS geometry LANGUAGE sql AS 'SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326)';

-- thresholds: one row, the defaults of mode_relation
SELECT is((SELECT pg_get_function_arguments('mode_relation'::regproc)), (SELECT format('city_km double precision, city_population double precision, seat_km double precision, seat_is_city boolean, '
	'integrated_km double precision DEFAULT (%s)::double precision, integrated_population double precision DEFAULT (%s)::double precision, '
	'integrated_seat_km double precision DEFAULT (%s)::double precision, reach_km double precision DEFAULT (%s)::double precision, '
	'reach_population double precision DEFAULT (%s)::double precision', integrated_km, integrated_population, integrated_seat_km, reach_km, reach_population)
	FROM mode_thresholds()), 'the views use the default thresholds');

-- towns over the whole globe, poles and antimeridian included, against brute force on the spheroid
INSERT INTO local_city (city_code, name, country_iso2, population, geom)
SELECT 'w' || i, 'w' || i, (ARRAY['AA', 'BB'])[1 + i % 2], 5000 + i % 7 * 10000,
	pg_temp.at(mod((i * 137.50776405)::numeric, 360)::float8 - 180, degrees(asin(2 * (i + 0.5) / 4000 - 1)))
FROM generate_series(0, 3999) i;
INSERT INTO local_city (city_code, name, country_iso2, population, geom)
SELECT 'e' || i, 'edge', 'AA', 20000, pg_temp.at(CASE i % 2 WHEN 0 THEN 180 ELSE -180 END, i - 90) FROM generate_series(0, 180) i;
ANALYZE local_city;
CREATE TEMPORARY TABLE spot AS
SELECT i, pg_temp.at(mod((i * 97.13)::numeric, 360)::float8 - 180, mod((i * 41.7)::numeric, 180)::float8 - 90) AS at FROM generate_series(1, 150) i
UNION ALL SELECT 1000 + i, pg_temp.at(CASE i % 2 WHEN 0 THEN 179.99 ELSE -179.99 END, i * 8.9 - 89) FROM generate_series(0, 20) i
UNION ALL SELECT 2000 + i, pg_temp.at(i * 30 - 180, CASE i % 2 WHEN 0 THEN 89.9 ELSE -89.9 END) FROM generate_series(0, 12) i
UNION ALL SELECT 3000 + i, pg_temp.at(i * 90 - 180, CASE i % 2 WHEN 0 THEN 90 ELSE -90 END) FROM generate_series(0, 4) i;
CREATE TEMPORARY TABLE found AS
SELECT s.i, r.km AS reach, t.* FROM spot s, (VALUES (30), (200), (500), (2000)) r (km) CROSS JOIN LATERAL mode_town(s.at, 'AA', 10000, r.km, true) t;
CREATE TEMPORARY TABLE brute AS
SELECT DISTINCT ON (s.i) s.i, c.city_code, c.population, ST_Distance(c.geom::geography, s.at::geography) / 1000 AS km
FROM spot s, local_city c WHERE c.country_iso2 = 'AA' AND c.population >= 10000
ORDER BY s.i, 4, c.population DESC, c.city_code;
SELECT is((SELECT count(*) FROM found f JOIN brute b USING (i) WHERE f.km IS DISTINCT FROM b.km OR f.city_code <> b.city_code), 0::bigint, 'the nearest town anywhere on Earth is that of brute force');
SELECT is((SELECT count(*) FROM found), (SELECT count(*) FROM brute b, (VALUES (30), (200), (500), (2000)) r (km) WHERE b.km <= r.km), 'and is found whenever it is within reach');
SELECT cmp_ok((SELECT count(*) FROM found WHERE i >= 1000), '>', 60::bigint, 'at the antimeridian and the poles, too');

-- mode_box: two boxes where the circle crosses the antimeridian, all longitudes over a pole
SELECT is((SELECT count(*) FROM mode_box(pg_temp.at(179.9, -16.5), 20)), 2::bigint, 'two boxes across 180 degrees');
SELECT is((SELECT count(*) FROM mode_box(pg_temp.at(10, 50), 20)), 1::bigint, 'else one');
SELECT ok((SELECT bool_or(square @> point(-180, 89.95)) FROM mode_box(pg_temp.at(0, 89.9), 20)), 'every longitude near a pole');
SELECT is((SELECT count(*) FROM mode_box(NULL, 20)) + (SELECT count(*) FROM mode_box(pg_temp.at(1, 1), NULL)), 0::bigint, 'no row for NULL');
SELECT is((SELECT count(*) FROM unnest(ARRAY['POINT EMPTY', 'POINT(NaN NaN)', '0101000020E6100000000000000000F07F0000000000000000']) AS p, LATERAL mode_box(p::geometry, 20)), 0::bigint, 'nor for a point that is nowhere');
SELECT throws_ok('SELECT * FROM mode_box(''LINESTRING(1 1, 2 2)'', 20)', '22023', 'mode_box needs a point');
SELECT throws_ok('SELECT * FROM mode_town(ST_SetSRID(''POLYGON((0 0, 0 1, 1 1, 0 0))''::geometry, 4326), ''AA'', 10000, 500, true)', '22023', 'mode_box needs a point');
SELECT throws_ok(format('SELECT * FROM mode_box(''SRID=%s;POINT(1 1)'', 20)', srid), '22023', format('mode_box needs degrees (WGS 84), SRID 4326, not %s', srid)) FROM (VALUES (0), (3857), (4269)) s (srid);
SELECT throws_ok(format('SELECT * FROM mode_town(''SRID=%s;POINT(1 1)'', ''AA'', 10000, 500, true)', srid), '22023', NULL, format('nor does mode_town take SRID %s', srid)) FROM (VALUES (0), (3857), (4269)) s (srid);
SELECT throws_ok('SELECT * FROM mode_box(pg_temp.at(1, 1), ''NaN'')', '22023', 'within_km of mode_box must be finite');
SELECT throws_ok('SELECT * FROM mode_town(pg_temp.at(1, 1), ''AA'', 10000, ''NaN'', true)', '22023', 'within_km of mode_box must be finite');
SELECT throws_ok('SELECT * FROM mode_town(pg_temp.at(1, 1), ''AA'', 10000, ''-Infinity'', true)');
SELECT is((SELECT count(*) FROM spot s, (VALUES (5), (60), (500)) r (km), generate_series(0, 330, 30) a,
	LATERAL (SELECT ST_Project(s.at::geography, r.km * 1000 * 0.999999, radians(a))::geometry) e (p)
	WHERE NOT EXISTS (SELECT FROM mode_box(s.at, r.km) WHERE e.p::point <@ square)), 0::bigint, 'the boxes hold the whole circle');

-- two towns at the same distance: the larger, then the first by code; unknown population passed over
DELETE FROM local_city;
INSERT INTO local_city (city_code, name, country_iso2, population, geom) VALUES
	('t1', 'small', 'AA', 20000, pg_temp.at(10.1, 0)), ('t3', 'large b', 'AA', 25000, pg_temp.at(9.9, 0)), ('t2', 'large a', 'AA', 25000, pg_temp.at(10.1, 0)),
	('t0', 'unknown', 'AA', NULL, pg_temp.at(10, 0)), ('t4', 'other country', 'BB', 90000, pg_temp.at(10, 0)), ('t5', 'village', 'AA', 9999, pg_temp.at(10, 0));
SELECT is((SELECT city_code FROM mode_town(pg_temp.at(10, 0), 'AA', 10000, 500, true)), 't2', 'a tie goes to the larger, then to the first code');
SELECT is((SELECT count(*) FROM mode_town(pg_temp.at(10, 0), 'AA', 10000, 5, true)), 0::bigint, 'no row when none is near enough');
SELECT is((SELECT count(*) FROM mode_town(pg_temp.at(10, 0), 'AA', 10000, 500, false)), 0::bigint, 'local cities only when asked for');

-- mode_local: the rule at every relation
DELETE FROM local_city;
INSERT INTO local_city (city_code, name, country_iso2, population, geom) VALUES
	('a1', 'Alpha', 'AA', 50000, pg_temp.at(0, 0.05)), ('b1', 'Beta', 'BB', 50000, pg_temp.at(0, -0.05)), ('a0', 'Suburb', 'AA', 12000, pg_temp.at(0, 0.01)),
	('a2', 'Gamma', 'AA', 12000, pg_temp.at(20, 0.3)), ('b2', 'Delta', 'BB', 12000, pg_temp.at(20, -0.3)),
	('a3', 'Fiji east', 'AA', 40000, pg_temp.at(-179.97, -17)), ('b3', 'Fiji west', 'BB', 15000, pg_temp.at(179.8, -17));
INSERT INTO local_port (port_code, name, country_iso2, neighbour_iso2, mode, geom) VALUES
	('cc', 'both', 'AA', 'BB', 'CC', pg_temp.at(0, 0)), ('cppc', 'apart', 'AA', 'BB', 'PP', pg_temp.at(20, 0)),
	('pp', 'nowhere', 'AA', 'BB', NULL, pg_temp.at(-40, 40)), ('dateline', 'dateline', 'AA', 'BB', NULL, pg_temp.at(179.99, -17)),
	('none', 'no neighbour', 'AA', NULL, NULL, pg_temp.at(0, 0)), ('home', 'no country', NULL, 'BB', NULL, pg_temp.at(0, 0)), ('same', 'same', 'AA', 'AA', NULL, pg_temp.at(0, 0));
INSERT INTO local_port (port_code, name, country_iso2, neighbour_iso2, counterpart_latitude, counterpart_longitude, geom) VALUES
	('cpc', 'counterpart', 'AA', 'BB', -0.3, 0, pg_temp.at(0, 0));
INSERT INTO local_port (port_code, name, country_iso2, neighbour_iso2, geom) VALUES ('x1', 'one side', 'AA', 'ZY', pg_temp.at(0, 0)), ('x2', 'neither', 'ZX', 'ZY', pg_temp.at(0, 0));
CREATE TEMPORARY TABLE l AS SELECT * FROM mode_local;
SELECT is((SELECT string_agg(port_code || ' ' || COALESCE(predicted_mode, '-'), ', ' ORDER BY port_code COLLATE "C") FROM l),
	'cc CC, cpc CPC, cppc CPPC, dateline CPC, home -, none -, pp PP, same CC, x1 -, x2 -', 'modes of local ports');
SELECT is((SELECT home_city FROM l WHERE port_code = 'cc'), 'Alpha', 'a city within 10 km comes before a nearer town');
SELECT is((SELECT reason FROM l WHERE port_code = 'cppc'), 'home separate: supported by Gamma (12,000 people, 33.2 km); away separate: supported by Delta (12,000 people, 33.2 km)', 'the reason names both sides');
SELECT ok((SELECT reason ~ 'no town known within 500 km' AND warning ~ 'latitude and longitude' FROM l WHERE port_code = 'pp'), 'no town on either side is a PP with a warning');
SELECT is((SELECT string_agg(concat_ws(' ', port_code, home_relation, away_relation, margin_km, reason), '; ' ORDER BY port_code) FROM l WHERE port_code ~ '^x'),
	'x1 integrated no city of ZY is loaded: the rule does not apply; x2 no city of ZX and none of ZY is loaded: the rule does not apply', 'a country without any city loaded has no verdict');
SELECT is((SELECT string_agg(concat_ws(' ', port_code, mode_basis, mode), '; ' ORDER BY port_code) FROM mode_layer WHERE is_local AND port_code ~ '^x'), 'x1 none; x2 none', 'and none on the map');
SELECT is((SELECT string_agg(port_code, ' ' ORDER BY port_code) FROM l WHERE warning IS NOT NULL), 'pp same', 'warnings only where something looks wrong');
SELECT is((SELECT string_agg(agrees::text, ' ' ORDER BY port_code COLLATE "C") FROM l), 'true false', 'agrees where a mode is written in the table');
SELECT ok((SELECT abs(away_city_km - ST_Distance('POINT(179.99 -17)'::geography, 'POINT(179.8 -17)'::geography) / 1000) < 1e-9 AND home_city_km < 5 FROM l WHERE port_code = 'dateline'), 'across the antimeridian');
SELECT is((SELECT count(*) FROM l WHERE predicted_mode IS NULL AND (margin_km IS NOT NULL OR reason !~ 'does not apply')), 0::bigint, 'no mode, no margin, and it says why');
SELECT is((SELECT count(*) FROM l WHERE port_code !~ '^x' AND (home_relation IS DISTINCT FROM mode_relation(home_city_km, home_city_population, NULL, false)
	OR away_relation IS DISTINCT FROM mode_relation(away_city_km, away_city_population, NULL, false))), 0::bigint, 'relations are those of mode_relation');

-- bad input
SELECT throws_ok($$INSERT INTO local_port (port_code, geom) VALUES ('swapped', 'SRID=4326;POINT(49.6 117.4)')$$, '23514', NULL, 'a latitude of 117 is refused');
SELECT throws_ok($$INSERT INTO local_port (port_code, geom) VALUES ('far', 'SRID=4326;POINT(181 0)')$$, '23514', NULL, 'a longitude of 181 is refused');
SELECT throws_ok($$INSERT INTO local_port (port_code, counterpart_latitude, geom) VALUES ('c', 117, 'SRID=4326;POINT(0 0)')$$, '23514', NULL, 'so is such a counterpart');
SELECT throws_ok($$INSERT INTO local_city (name, country_iso2, population, geom) VALUES ('x', 'AA', -1, 'SRID=4326;POINT(0 0)')$$, '23514', NULL, 'a negative population is refused');
SELECT throws_ok($$INSERT INTO local_city (name, country_iso2, geom) VALUES ('x', 'AA', 'SRID=4326;POINT EMPTY')$$, '23514', NULL, 'an empty point is refused');
SELECT throws_ok($$SELECT mode_relation(-1, 5000, NULL, false)$$, '22003', NULL, 'a negative distance is refused');
SELECT throws_ok($$SELECT mode_relation(1, 'NaN', NULL, false)$$, '22003', NULL, 'a population that is no number, too');

-- border lines
INSERT INTO local_border (neighbour_iso2, geom) VALUES ('BB', 'SRID=4326;LINESTRING(-1 -0.1, 1 -0.1)');
SELECT ok((SELECT abs(border_km - ST_Distance('POINT(0 0)'::geography, 'POINT(0 -0.1)'::geography) / 1000) < 0.01 FROM port_border WHERE port_code = 'cc'), 'distance from a border of your own');
SELECT is((SELECT count(*) FROM port_border WHERE NOT is_local AND (border_km IS NULL) <> (neighbour_iso2 IS NULL)), 0::bigint, 'every shipped port with a neighbour has a distance');
SELECT is((SELECT count(*) FROM port_border WHERE border_km <= 5 AND NOT is_local), 75::bigint, '75 of 87 lie within 5 km, as the description of the facts says');
SELECT is((SELECT count(*) FROM border WHERE is_local), 1::bigint, 'own lines are in the view border');

-- history
SELECT is((SELECT string_agg(mode || ' ' || from_year || '-' || COALESCE(to_year::text, ''), ', ' ORDER BY mode_history_id) FROM mode_history WHERE place_code = 'alashankou'),
	'PP 1991-2012, CPC 2012-', 'Alashankou went from PP to CPC when it became a city');
SELECT is((SELECT string_agg(place_code || ' ' || previous_mode || '>' || mode || ' ' || can_follow, ', ' ORDER BY place_code) FROM mode_history WHERE previous_mode IS NOT NULL),
	'alashankou PP>CPC true, horgos CPPC>CPC false', 'two changes, of which Figure 7 has one');
SELECT is((SELECT count(DISTINCT place_code) FROM mode_history), 54::bigint, 'every place of Table 3 has a history');
SELECT is((SELECT count(*) FROM mode_history h JOIN ref_table3_mode t USING (place_code) WHERE h.to_year IS NULL AND h.mode <> t.mode::text), 0::bigint, 'which ends with the published mode');
SELECT is((SELECT count(*) FROM mode_history WHERE can_follow IS DISTINCT FROM mode_can_follow(previous_mode, mode)), 0::bigint, 'steps are checked against the graph');

-- outlook
CREATE TEMPORARY TABLE o AS SELECT e.place_code, e.predicted_mode, u.* FROM mode_evidence e, mode_outlook(e.place_code) u WHERE e.predicted_mode IS NOT NULL;
SELECT is((SELECT count(*) FROM o WHERE NOT mode_can_follow(predicted_mode, next_mode)), 0::bigint, 'only modes that can follow');
SELECT is((SELECT count(*) FROM o WHERE mode <> predicted_mode), 0::bigint, 'from the mode by the rule');
SELECT is((SELECT count(*) FROM (SELECT place_code, predicted_mode FROM mode_evidence WHERE predicted_mode IS NOT NULL EXCEPT SELECT place_code, predicted_mode FROM o) x WHERE predicted_mode <> 'CC'), 0::bigint, 'every place but the CC ones has an outlook');
SELECT is((SELECT count(*) FROM o WHERE predicted_mode = 'CC'), 0::bigint, 'nothing follows CC');
-- what it asks for is enough: sides moved as told give the next mode
SELECT is((SELECT count(*) FROM (
	SELECT o.place_code, o.next_mode, classify_mode(
		COALESCE(max(o.next_relation) FILTER (WHERE o.side = 'home'), max(e.home_relation)),
		COALESCE(max(o.next_relation) FILTER (WHERE o.side = 'away' AND (o.how_many = 'each of these' OR NOT EXISTS (SELECT FROM o h WHERE h.place_code = o.place_code AND h.next_mode = o.next_mode AND h.side = 'home'))), max(e.away_relation)))::text AS got
	FROM o JOIN mode_evidence e USING (place_code) GROUP BY 1, 2) x WHERE got <> next_mode), 0::bigint, 'the changes told bring about the next mode');
SELECT is((SELECT count(*) FROM o JOIN mode_side s USING (place_code, side) WHERE mode_relation(s.city_km - o.km_too_far, s.city_population + o.people_too_few, NULL, false) IS DISTINCT FROM o.next_relation AND s.city IS NOT NULL AND s.relation <> 'integrated'), 0::bigint, 'and the amounts told bring about the relation');
SELECT is((SELECT count(*) FROM mode_outlook('atlantis')) + (SELECT count(*) FROM mode_outlook(NULL)) + (SELECT count(*) FROM mode_outlook('mudanjiang')), 0::bigint, 'no row for an unknown place, NULL or a place without a neighbour');
SELECT is((SELECT what FROM mode_outlook('suifenhe')), 'Pogranichny, 0.1 km away with 10,280 people, would have to be within 10 km with 30,000; or the seat Pogranichny, 0.1 km away and no city, a city within 25 km', 'the words of one');

-- what make calibrate prints, recomputed from mode_evidence
SELECT is((SELECT count(*) FROM mode_evidence WHERE agrees), 42::bigint, 'the hand rule reaches 42');
SELECT is((SELECT count(*) FROM mode_evidence WHERE agrees IS NOT NULL), 53::bigint, 'of 53');
SELECT is((SELECT max(n) FROM (SELECT count(*) AS n FROM mode_evidence WHERE published_mode IS NOT NULL GROUP BY published_mode) x), 20::bigint, 'the majority class has 20');
SELECT is((SELECT count(*) FROM mode_evidence WHERE published_mode IS NOT NULL), 54::bigint, 'of 54');
SELECT is((SELECT count(*) FROM mode_evidence WHERE (miss_reason IS NOT NULL) <> (published_mode IS NOT NULL AND agrees IS NOT TRUE)), 0::bigint, 'each miss says why, and nothing else does');

-- any search path
SET search_path = '';
CREATE TEMPORARY TABLE p1 AS SELECT pg_catalog.count(*) AS n FROM portext.mode_local WHERE predicted_mode IS NOT NULL;
SET search_path = portext;
CREATE TEMPORARY TABLE p2 AS SELECT count(*) AS n FROM mode_local, mode_outlook('torugart') WHERE predicted_mode IS NOT NULL;
SET search_path = portext, public;
SELECT is((SELECT n FROM p1), 6::bigint, 'mode_local with an empty search path');
SELECT is((SELECT n FROM p2), 24::bigint, 'mode_outlook with portext alone');

SELECT * FROM finish();
