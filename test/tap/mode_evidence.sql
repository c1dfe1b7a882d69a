-- mode_evidence: the rule over the shipped facts, recomputed by other ways
SET client_min_messages = warning;
SET search_path = portext, public;
SELECT no_plan();

CREATE TEMPORARY TABLE e AS SELECT * FROM mode_evidence;
CREATE TEMPORARY TABLE s AS SELECT * FROM mode_side;

SELECT is((SELECT count(*) FROM e), (SELECT count(*) FROM ref_place), 'a row for every place');
SELECT is((SELECT count(*) FROM e WHERE published_mode IS NOT NULL AND predicted_mode IS NOT NULL), 53::bigint, '53 published places have a neighbour');
SELECT is((SELECT string_agg(place_code, ' ') FROM e WHERE published_mode IS NOT NULL AND predicted_mode IS NULL), 'mudanjiang', 'the other one is Mudanjiang');
SELECT is((SELECT count(*) FROM e WHERE predicted_mode IS NULL), (SELECT count(*) FROM (SELECT place_code FROM ref_port GROUP BY 1 HAVING count(neighbour_iso2) = 0) p),
	'no mode where there is no neighbour, and only there');
SELECT is((SELECT count(*) FROM e JOIN ref_table3_mode t USING (place_code) WHERE t.mode::text = e.predicted_mode), 42::bigint, 'the rule agrees with Table 3 in 42 of 53');
SELECT is((SELECT count(*) FROM e WHERE agrees), 42::bigint, 'and says so');
SELECT ok(42 > (SELECT max(n) * 2 FROM (SELECT count(*) AS n FROM e WHERE published_mode IS NOT NULL GROUP BY published_mode) m), 'more than twice the commonest mode');
SELECT is((SELECT count(*) FROM e WHERE agrees IS DISTINCT FROM (predicted_mode = published_mode)), 0::bigint, 'agrees is what it says');

-- the view passes its own thresholds: they are the defaults of mode_relation
SELECT is((SELECT count(*) FROM s WHERE relation IS DISTINCT FROM mode_relation(city_km, city_population, seat_km, seat_is_city)), 0::bigint, 'relations by the default thresholds');
SELECT is((SELECT count(*) FROM e WHERE predicted_mode IS NOT NULL AND predicted_mode <> classify_mode(home_relation, away_relation)::text), 0::bigint, 'modes from relations');
SELECT is((SELECT count(*) FROM e WHERE predicted_mode_rank IS DISTINCT FROM mode_rank(predicted_mode) OR published_mode_rank IS DISTINCT FROM mode_rank(published_mode)), 0::bigint, 'ranks');
SELECT is((SELECT count(*) FROM s WHERE relation_rank <> CASE relation WHEN 'none' THEN 1 WHEN 'separate' THEN 2 ELSE 3 END), 0::bigint, 'ranks of relations');

-- the towns by brute force over every city and seat, without index or KNN
CREATE TEMPORARY TABLE brute AS
	SELECT p.place_code, k.side, t.population, min(ST_Distance(t.geom::geography, k.g)) / 1000 AS km
	FROM ref_port p
	CROSS JOIN LATERAL (VALUES ('home', p.country_iso2, p.geom::geography), ('away', p.neighbour_iso2, COALESCE(p.counterpart_geom, p.geom)::geography)) k(side, iso2, g)
	JOIN LATERAL (SELECT c.id, 'city', c.population, c.geom FROM ref_city c WHERE c.country_iso2 = k.iso2
		UNION ALL SELECT x.id, 'seat', x.population, x.geom FROM ref_seat x WHERE x.place_code = p.place_code AND x.side = k.side) t(id, kind, population, geom) ON t.population >= 10000
	WHERE p.neighbour_iso2 IS NOT NULL
	GROUP BY p.place_code, k.side, t.kind, t.id, t.population;
SELECT is((SELECT count(*) FROM s WHERE city_km IS DISTINCT FROM COALESCE(
		(SELECT min(km) FROM brute b WHERE b.place_code = s.place_code AND b.side = s.side AND km <= 10 AND population >= 30000),
		(SELECT min(km) FROM brute b WHERE b.place_code = s.place_code AND b.side = s.side))), 0::bigint, 'the relevant town of each side is the nearest by brute force');
SELECT is((SELECT count(*) FROM s JOIN ref_seat r ON r.place_code = s.place_code AND r.side = s.side AND r.name_en = s.seat AND r.role IN ('county_seat', 'district_seat')
	WHERE abs(r.distance_km - s.seat_km) > 0.6 + 0.005 * s.seat_km), 0::bigint, 'seats are as far as the facts say, on another figure of the Earth');
SELECT ok((SELECT count(*) FROM s WHERE seat_km IS NOT NULL) >= 140, 'nearly every side has a seat');

-- the margin is exact: a little less changes nothing, a little more does
CREATE TEMPORARY TABLE shift AS
	SELECT s.mode_side_id, d.way, d.step, s.relation AS before,
		mode_relation(greatest(0, city_km + d.way * (margin_km + d.step)), city_population, greatest(0, seat_km + d.way * (margin_km + d.step)), seat_is_city) AS after
	FROM s, (VALUES (1, -0.001), (-1, -0.001), (1, 0.001), (-1, 0.001)) d(way, step)
	WHERE margin_km > 0.001;
SELECT is((SELECT count(*) FROM shift WHERE step < 0 AND after <> before), 0::bigint, 'within the margin no relation changes');
SELECT is((SELECT count(*) FROM (SELECT mode_side_id FROM shift WHERE step > 0 GROUP BY 1 HAVING bool_and(after = before)) b), 0::bigint, 'beyond it one does');
SELECT is((SELECT count(*) FROM s WHERE margin_km < 0), 0::bigint, 'no margin is negative');

-- the confusion table
SELECT is((SELECT count(*) FROM mode_confusion), 16::bigint, 'all 16 pairs');
SELECT is((SELECT sum(place_count) FROM mode_confusion), 53::numeric, 'they hold the 53');
SELECT is((SELECT sum(place_count) FROM mode_confusion WHERE agrees), 42::numeric, '42 on the diagonal');
SELECT is((SELECT string_agg(published_mode || ' ' || n, ', ' ORDER BY published_mode_rank) FROM
	(SELECT published_mode, published_mode_rank, sum(place_count) AS n FROM mode_confusion GROUP BY 1, 2) c), 'PP 20, CPPC 17, CPC 9, CC 7', 'rows sum to Table 3 less Mudanjiang');
SELECT is((SELECT count(*) FROM mode_confusion WHERE place_count <> COALESCE(cardinality(string_to_array(places, ', ')), 0)), 0::bigint, 'as many names as places');

-- the reason names both sides
SELECT is((SELECT count(*) FROM e WHERE predicted_mode IS NOT NULL AND (position('home ' || home_relation || ':' IN reason) = 0 OR position('away ' || away_relation || ':' IN reason) = 0)), 0::bigint, 'each reason says which side is what');
SELECT is((SELECT count(*) FROM e WHERE reason IS NULL OR reason ~ E'\n'), 0::bigint, 'each has one, in one line');
SELECT is((SELECT reason FROM e WHERE place_code = 'wanding'), 'home integrated: its seat Mengmao (Ruili) is a city 23.4 km away; away separate: supported by Muse (117,507 people, 20.0 km)', 'the words of one');

-- what the rule may not read: the published mode, and the user's own rows
CREATE TEMPORARY TABLE reads AS
	SELECT d.refobjid::regclass::text AS relation, a.attname FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
	LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attnum > 0
	WHERE r.ev_class = 'mode_side'::regclass;
SELECT ok((SELECT count(*) FROM reads WHERE relation = 'ref_port' AND attname = 'neighbour_iso2') > 0, 'the columns that a view reads are known');
SELECT is((SELECT count(*) FROM reads WHERE attname ~ 'mode' AND relation <> 'mode_side' OR relation ~ '^(ref_mode|ref_table3|mode_place|local_)' OR relation IN ('port', 'city')), 0::bigint, 'the rule reads no published mode and no local row');
INSERT INTO local_city (city_code, name, country_iso2, population, geom) SELECT 'x' || id, 'x', country_iso2, 1000000, geom FROM ref_port;
INSERT INTO local_port (port_code, geom, neighbour_iso2) SELECT port_code, ST_SetSRID(ST_MakePoint(0, 0), 4326), 'FR' FROM ref_port;
SELECT is((SELECT count(*) FROM (TABLE mode_side EXCEPT TABLE s) d), 0::bigint, 'local rows change nothing');

SET search_path = '';
CREATE TEMPORARY TABLE empty_path AS SELECT pg_catalog.count(*) AS n FROM portext.mode_evidence WHERE agrees;
SET search_path = portext;
CREATE TEMPORARY TABLE own_path AS SELECT count(*) AS n FROM mode_evidence WHERE agrees;
SET search_path = portext, public;
SELECT is((SELECT n FROM empty_path), 42::bigint, 'with an empty search path');
SELECT is((SELECT n FROM own_path), 42::bigint, 'and with portext alone');

SELECT * FROM finish();
