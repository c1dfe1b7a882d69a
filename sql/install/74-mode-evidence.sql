-- Why each place has the mode that the rule gives it, beside the mode that the paper gives it. Over the shipped
-- facts alone. Distances are geodesics on the spheroid.

-- The relevant town of a side is the nearest of reach_population people, unless one of integrated_population lies
-- within integrated_km. A larger town is looked for only where a smaller one is that near.
CREATE VIEW mode_side AS
WITH point AS (
	SELECT port.place_code, 1 AS side_rank, port.country_iso2, port.geom
	FROM ref_port port WHERE port.neighbour_iso2 IS NOT NULL
	UNION ALL
	SELECT port.place_code, 2, port.neighbour_iso2, COALESCE(port.counterpart_geom, port.geom)
	FROM ref_port port WHERE port.neighbour_iso2 IS NOT NULL
), seat AS (
	SELECT point.place_code, point.side_rank, seat.id, seat.name_en AS name, seat.population, seat.role IN ('county_seat', 'district_seat') AS is_own,
		seat.admin_status IN ('city', 'county_level_city')
			OR (seat.admin_status = 'district' AND seat.country_iso2 = 'CN') AS is_city,
		ST_Distance(seat.geom::geography, point.geom::geography, true) / 1000::double precision AS km
	FROM point
	JOIN ref_seat seat ON seat.place_code = point.place_code
		AND seat.side = (CASE WHEN point.side_rank = 1 THEN 'home' ELSE 'away' END)
), own_seat AS (
	SELECT DISTINCT ON (seat.place_code, seat.side_rank) seat.place_code, seat.side_rank, seat.name, seat.is_city, seat.km
	FROM seat WHERE seat.is_own
	ORDER BY seat.place_code, seat.side_rank, seat.km, seat.name
), town AS (
	SELECT seat.place_code, seat.side_rank, seat.name, seat.population, seat.km
	FROM seat CROSS JOIN mode_thresholds() rule WHERE seat.population::double precision >= rule.reach_population
	UNION ALL
	SELECT point.place_code, point.side_rank, found.name, found.population, found.km
	FROM point
	CROSS JOIN mode_thresholds() rule
	CROSS JOIN LATERAL mode_town(point.geom, point.country_iso2, rule.reach_population, rule.horizon_km, false) near
	CROSS JOIN LATERAL (
		SELECT near.name, near.population, near.km
		UNION ALL
		SELECT large.name, large.population, large.km
		FROM mode_town(point.geom, point.country_iso2, rule.integrated_population,
			CASE WHEN near.km <= rule.integrated_km AND near.population::double precision < rule.integrated_population THEN rule.integrated_km END,
			false) large
	) found
), best AS (
	SELECT DISTINCT ON (town.place_code, town.side_rank) town.place_code, town.side_rank, town.name, town.population, town.km
	FROM town CROSS JOIN mode_thresholds() rule
	ORDER BY town.place_code, town.side_rank,
		(town.km <= rule.integrated_km AND town.population::double precision >= rule.integrated_population) DESC,
		town.km, town.population DESC, town.name
)
SELECT place.id * 10 + side.side_rank AS mode_side_id, place.id AS place_id, place.place_code, place.name_en AS place,
	side.side, side.side_rank, side.country_iso2,
	best.name AS city, best.km AS city_km, best.population AS city_population,
	own_seat.name AS seat, own_seat.km AS seat_km, own_seat.is_city AS seat_is_city,
	why.relation, why.relation_rank, why.in_city, why.margin_km, why.reason
FROM (SELECT port.place_code, pg_catalog.min(port.country_iso2) AS home, pg_catalog.min(port.neighbour_iso2) AS away
	FROM ref_port port WHERE port.neighbour_iso2 IS NOT NULL GROUP BY port.place_code) crossing
CROSS JOIN LATERAL (VALUES ('home', 1, crossing.home), ('away', 2, crossing.away)) side (side, side_rank, country_iso2)
JOIN ref_place place ON place.place_code = crossing.place_code
LEFT JOIN best ON best.place_code = crossing.place_code AND best.side_rank = side.side_rank
LEFT JOIN own_seat ON own_seat.place_code = crossing.place_code AND own_seat.side_rank = side.side_rank
CROSS JOIN LATERAL mode_side_reason(side.side, best.name, best.km, best.population, own_seat.name, own_seat.km, own_seat.is_city) why;

COMMENT ON VIEW mode_side IS 'how each place stands to the cities of its own side and of the other, by the rule of mode_relation: one row per place with a neighbour and side, shipped facts only. The other side is measured from the counterpart point, else from the port';
COMMENT ON COLUMN mode_side.mode_side_id IS 'unique key: place_id * 10 + side_rank';
COMMENT ON COLUMN mode_side.place_id IS 'key of the place in ref_place';
COMMENT ON COLUMN mode_side.place_code IS 'readable key of the place';
COMMENT ON COLUMN mode_side.place IS 'name of the place';
COMMENT ON COLUMN mode_side.side IS 'home (China) or away (the neighbour)';
COMMENT ON COLUMN mode_side.side_rank IS 'order of side: home 1, away 2';
COMMENT ON COLUMN mode_side.country_iso2 IS 'country of the side, ISO 3166 two letters';
COMMENT ON COLUMN mode_side.city IS 'the relevant town: one of 30,000 people within 10 km, else the nearest of 10,000, in the country of the side; NULL when none is known; two at the same distance: the larger';
COMMENT ON COLUMN mode_side.city_km IS 'its distance from the nearest port of the place, km on the spheroid';
COMMENT ON COLUMN mode_side.city_population IS 'its people';
COMMENT ON COLUMN mode_side.seat IS 'seat of the county or district that holds the port on this side; NULL when unknown';
COMMENT ON COLUMN mode_side.seat_km IS 'distance of the seat, km on the spheroid';
COMMENT ON COLUMN mode_side.seat_is_city IS 'whether the seat has the rank of a city: a city, a county-level city or an urban district of China';
COMMENT ON COLUMN mode_side.relation IS 'integrated, separate or none, as mode_relation gives it';
COMMENT ON COLUMN mode_side.relation_rank IS 'order of relation: none 1, separate 2, integrated 3';
COMMENT ON COLUMN mode_side.in_city IS 'whether the port lies in the city: it has 30,000 people and is within 10 km';
COMMENT ON COLUMN mode_side.margin_km IS 'km by which the distances of this town and seat would have to change before relation does, people and rank unchanged; NULL when no change of them would';
COMMENT ON COLUMN mode_side.reason IS 'relation and what decides it, in one line';

-- Both sides from one pass over mode_side.
CREATE VIEW mode_evidence AS
WITH side AS MATERIALIZED (
	SELECT * FROM mode_side
)
SELECT place.id AS place_id, place.place_code, place.name_en AS place, place.province, place.region,
	pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], place.region) AS region_rank,
	home.country_iso2, away.country_iso2 AS neighbour_iso2,
	home.city AS home_city, home.city_km AS home_city_km, home.city_population AS home_city_population,
	home.seat AS home_seat, home.seat_km AS home_seat_km, home.seat_is_city AS home_seat_is_city,
	home.relation AS home_relation, home.relation_rank AS home_relation_rank,
	away.city AS away_city, away.city_km AS away_city_km, away.city_population AS away_city_population,
	away.seat AS away_seat, away.seat_km AS away_seat_km, away.seat_is_city AS away_seat_is_city,
	away.relation AS away_relation, away.relation_rank AS away_relation_rank,
	classify_mode(home.relation, away.relation)::text AS predicted_mode,
	mode_rank(classify_mode(home.relation, away.relation)) AS predicted_mode_rank,
	place.mode::text AS published_mode, mode_rank(place.mode) AS published_mode_rank,
	classify_mode(home.relation, away.relation) = place.mode AS agrees,
	LEAST(home.margin_km, away.margin_km) AS margin_km,
	CASE WHEN home.place_id IS NULL THEN 'an airport without a neighbour across the border: the rule does not apply'
		ELSE home.reason || '; ' || away.reason END AS reason,
	CASE WHEN place.mode IS NOT NULL AND (home.place_id IS NULL OR classify_mode(home.relation, away.relation) <> place.mode)
		THEN known.miss END AS miss_reason,
	ST_Y(port.geom) AS latitude, ST_X(port.geom) AS longitude, port.geom
FROM ref_place place
LEFT JOIN side home ON home.place_code = place.place_code AND home.side_rank = 1
LEFT JOIN side away ON away.place_code = place.place_code AND away.side_rank = 2
LEFT JOIN (
	SELECT DISTINCT ON (port.place_code) port.place_code, port.geom
	FROM ref_port port
	ORDER BY port.place_code, port.neighbour_iso2 IS NULL, port.id
) port ON port.place_code = place.place_code
LEFT JOIN (VALUES
	('jinshuihe', 'a near-twin of Tianbao, which is CPPC: county seat and foreign town of the same size, 18 and 37 km away, there 24 and 18'),
	('pingmeng', 'a near-twin of Shuikou, which is CPPC, and as far from the same Cao Bang; Longbang, too, is CPPC'),
	('dulata', 'the foreign town is 73 km away; a reach of 75 km would give CPPC here and at Kalasu, and wrongly at Houqiao'),
	('kalasu', 'the foreign town is 73 km away; a reach of 75 km would give CPPC here and at Dulata, and wrongly at Houqiao'),
	('torugart', 'the paper counts towns over 100 km away as support here; a reach of so much gives CPPC to many of its PP places'),
	('yierkeshitan', 'its towns are 81 and 110 km away; a reach of so much gives CPPC to many of the paper''s PP places'),
	('sanhe', 'the counterpart lies in Hoeryong, a city of North Korea; the paper does not count a city on the foreign side alone'),
	('jimunai', 'the county town is small, has no city rank and is 24 km away; nothing measured sets it apart from CPPC places'),
	('jian', 'Manp''o, a city of North Korea, lies across the river as at the CC places; the paper calls the foreign side limited'),
	('wanding', 'Ruili and Muse adjoin each other but lie over 20 km from this port; no town at the bridge is among the facts'),
	('youyiguan', 'Lang Son is 14 km away; a radius of 15 km would take in Dongning, 12 km from a county seat of 112,000 and CPPC'),
	('mudanjiang', 'the paper is odd here: CC asks for two cities that adjoin across the border, and this is an inland airport')
) known (place_code, miss) ON known.place_code = place.place_code;

COMMENT ON VIEW mode_evidence IS 'the mode that the rule gives each place of China''s border ports and why, beside the mode that the paper gives it: one row per place, shipped facts only. 53 of the 54 published places have a neighbour; Mudanjiang, an inland airport, has none, and the rule does not apply to it';
COMMENT ON COLUMN mode_evidence.place_id IS 'unique key, the id of the place in ref_place';
COMMENT ON COLUMN mode_evidence.place_code IS 'readable key of the place';
COMMENT ON COLUMN mode_evidence.place IS 'name of the place';
COMMENT ON COLUMN mode_evidence.province IS 'province or autonomous region';
COMMENT ON COLUMN mode_evidence.region IS 'northeast, southwest, northwest or other';
COMMENT ON COLUMN mode_evidence.region_rank IS 'order of region in Table 1 of the paper: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN mode_evidence.country_iso2 IS 'country of the home side; NULL without a neighbour';
COMMENT ON COLUMN mode_evidence.neighbour_iso2 IS 'country of the away side; NULL without a neighbour';
COMMENT ON COLUMN mode_evidence.home_city IS 'relevant town of the home side: one of 30,000 people within 10 km, else the nearest of 10,000';
COMMENT ON COLUMN mode_evidence.home_city_km IS 'its distance, km on the spheroid';
COMMENT ON COLUMN mode_evidence.home_city_population IS 'its people';
COMMENT ON COLUMN mode_evidence.home_seat IS 'seat of the county or district that holds the port on the home side';
COMMENT ON COLUMN mode_evidence.home_seat_km IS 'its distance, km on the spheroid';
COMMENT ON COLUMN mode_evidence.home_seat_is_city IS 'whether it has the rank of a city';
COMMENT ON COLUMN mode_evidence.home_relation IS 'integrated, separate or none, as mode_relation gives it';
COMMENT ON COLUMN mode_evidence.home_relation_rank IS 'order of relation: none 1, separate 2, integrated 3';
COMMENT ON COLUMN mode_evidence.away_city IS 'relevant town of the away side, from the counterpart point, else from the port: one of 30,000 people within 10 km, else the nearest of 10,000';
COMMENT ON COLUMN mode_evidence.away_city_km IS 'its distance, km on the spheroid';
COMMENT ON COLUMN mode_evidence.away_city_population IS 'its people';
COMMENT ON COLUMN mode_evidence.away_seat IS 'seat of the county or district that holds the port on the away side';
COMMENT ON COLUMN mode_evidence.away_seat_km IS 'its distance, km on the spheroid';
COMMENT ON COLUMN mode_evidence.away_seat_is_city IS 'whether it has the rank of a city';
COMMENT ON COLUMN mode_evidence.away_relation IS 'integrated, separate or none, as mode_relation gives it';
COMMENT ON COLUMN mode_evidence.away_relation_rank IS 'order of relation: none 1, separate 2, integrated 3';
COMMENT ON COLUMN mode_evidence.predicted_mode IS 'mode that the rule gives: PP, CPPC, CPC or CC; NULL without a neighbour';
COMMENT ON COLUMN mode_evidence.predicted_mode_rank IS 'order of predicted_mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_evidence.published_mode IS 'mode that the paper gives in Table 3; NULL for a place it does not class';
COMMENT ON COLUMN mode_evidence.published_mode_rank IS 'order of published_mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_evidence.agrees IS 'whether the two are the same; NULL when one is';
COMMENT ON COLUMN mode_evidence.margin_km IS 'km by which the distances would have to change before the relation of a side does; small values are close calls';
COMMENT ON COLUMN mode_evidence.reason IS 'which side is integrated and what decides it, in one line';
COMMENT ON COLUMN mode_evidence.miss_reason IS 'why the rule and the paper differ here, the compiler''s words; NULL where they agree or the paper has no mode';
COMMENT ON COLUMN mode_evidence.latitude IS 'degrees north, WGS 84';
COMMENT ON COLUMN mode_evidence.longitude IS 'degrees east, WGS 84';
COMMENT ON COLUMN mode_evidence.geom IS 'point of the first port of the place, SRID 4326';

CREATE VIEW mode_confusion AS
SELECT mode_rank(published.mode) * 10 + mode_rank(predicted.mode) AS mode_confusion_id,
	published.mode::text AS published_mode, mode_rank(published.mode) AS published_mode_rank,
	predicted.mode::text AS predicted_mode, mode_rank(predicted.mode) AS predicted_mode_rank,
	published.mode = predicted.mode AS agrees,
	pg_catalog.count(evidence.place_id) AS place_count,
	pg_catalog.string_agg(evidence.place, ', '::text ORDER BY evidence.place) AS places
FROM ref_mode published
CROSS JOIN ref_mode predicted
LEFT JOIN mode_evidence evidence ON evidence.published_mode_rank = mode_rank(published.mode)
	AND evidence.predicted_mode_rank = mode_rank(predicted.mode)
GROUP BY published.mode, predicted.mode
ORDER BY published.mode, predicted.mode;

COMMENT ON VIEW mode_confusion IS 'how often the rule gives each mode where the paper gives another: all 16 pairs, over the 53 published places that have a neighbour';
COMMENT ON COLUMN mode_confusion.mode_confusion_id IS 'unique key: published_mode_rank * 10 + predicted_mode_rank';
COMMENT ON COLUMN mode_confusion.published_mode IS 'mode that the paper gives';
COMMENT ON COLUMN mode_confusion.published_mode_rank IS 'order of published_mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_confusion.predicted_mode IS 'mode that the rule gives';
COMMENT ON COLUMN mode_confusion.predicted_mode_rank IS 'order of predicted_mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_confusion.agrees IS 'whether the two are the same';
COMMENT ON COLUMN mode_confusion.place_count IS 'number of places';
COMMENT ON COLUMN mode_confusion.places IS 'their names, by the alphabet; NULL when there are none';
