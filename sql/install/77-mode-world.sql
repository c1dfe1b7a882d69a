-- Modes beyond the shipped places and beyond today: your own ports, the past that the events tell, what could follow.

CREATE VIEW mode_local AS
WITH crossing AS (
	SELECT port.id, port.port_code, port.name, port.transport, COALESCE(port.country_iso2, place.country_iso2) AS country_iso2,
		port.neighbour_iso2, port.mode, port.geom,
		COALESCE(ST_SetSRID(ST_MakePoint(port.counterpart_longitude, port.counterpart_latitude), 4326), port.geom) AS away_geom
	FROM local_port port
	LEFT JOIN ref_place place ON place.place_code = port.place_code
), with_city AS (	-- without any city of a country, that none is near says nothing
	SELECT country_iso2 FROM ref_city UNION SELECT country_iso2 FROM local_city
)
SELECT crossing.id AS mode_local_id, crossing.port_code, crossing.name, crossing.transport,
	pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], crossing.transport) AS transport_rank,
	crossing.country_iso2, crossing.neighbour_iso2,
	home.name AS home_city, home.km AS home_city_km, home.population AS home_city_population,
	CASE WHEN unknown.home IS NULL THEN home_why.relation END AS home_relation, CASE WHEN unknown.home IS NULL THEN home_why.relation_rank END AS home_relation_rank,
	away.name AS away_city, away.km AS away_city_km, away.population AS away_city_population,
	CASE WHEN unknown.away IS NULL THEN away_why.relation END AS away_relation, CASE WHEN unknown.away IS NULL THEN away_why.relation_rank END AS away_relation_rank,
	known.mode::text AS predicted_mode, mode_rank(known.mode) AS predicted_mode_rank,
	crossing.mode AS own_mode, mode_rank(crossing.mode) AS own_mode_rank,
	known.mode::text = crossing.mode AS agrees,
	CASE WHEN known.mode IS NOT NULL THEN LEAST(home_why.margin_km, away_why.margin_km) END AS margin_km,
	CASE WHEN crossing.country_iso2 IS NULL THEN 'country_iso2 is empty: the rule does not apply'
		WHEN crossing.neighbour_iso2 IS NULL THEN 'neighbour_iso2 is empty: the rule does not apply'
		WHEN unknown.home IS NOT NULL OR unknown.away IS NOT NULL
			THEN 'no city of ' || pg_catalog.concat_ws(' and none of '::text, unknown.home, unknown.away) || ' is loaded: the rule does not apply'
		ELSE home_why.reason || '; ' || away_why.reason END AS reason,
	CASE WHEN crossing.country_iso2 = crossing.neighbour_iso2 THEN 'country and neighbour are the same'
		WHEN known.mode IS NOT NULL AND home.name IS NULL AND away.name IS NULL
			THEN 'no town on either side: are latitude and longitude in order, and the cities loaded?' END AS warning,
	ST_Y(crossing.geom) AS latitude, ST_X(crossing.geom) AS longitude, crossing.geom
FROM crossing
CROSS JOIN mode_thresholds() rule
LEFT JOIN LATERAL mode_town(crossing.geom, crossing.country_iso2, rule.reach_population, rule.horizon_km, true) home_near ON true
LEFT JOIN LATERAL mode_town(crossing.geom, crossing.country_iso2, rule.integrated_population,
	CASE WHEN home_near.km <= rule.integrated_km AND home_near.population::double precision < rule.integrated_population
		THEN rule.integrated_km END, true) home_large ON true
LEFT JOIN LATERAL mode_town(crossing.away_geom, crossing.neighbour_iso2, rule.reach_population, rule.horizon_km, true) away_near ON true
LEFT JOIN LATERAL mode_town(crossing.away_geom, crossing.neighbour_iso2, rule.integrated_population,
	CASE WHEN away_near.km <= rule.integrated_km AND away_near.population::double precision < rule.integrated_population
		THEN rule.integrated_km END, true) away_large ON true
CROSS JOIN LATERAL (SELECT COALESCE(home_large.name, home_near.name), COALESCE(home_large.km, home_near.km),
	COALESCE(home_large.population, home_near.population)) home (name, km, population)
CROSS JOIN LATERAL (SELECT COALESCE(away_large.name, away_near.name), COALESCE(away_large.km, away_near.km),
	COALESCE(away_large.population, away_near.population)) away (name, km, population)
CROSS JOIN LATERAL mode_side_reason('home', home.name, home.km, home.population, NULL, NULL, false) home_why
CROSS JOIN LATERAL mode_side_reason('away', away.name, away.km, away.population, NULL, NULL, false) away_why
LEFT JOIN with_city home_with_city ON home_with_city.country_iso2 = crossing.country_iso2
LEFT JOIN with_city away_with_city ON away_with_city.country_iso2 = crossing.neighbour_iso2
CROSS JOIN LATERAL (SELECT CASE WHEN home_with_city.country_iso2 IS NULL THEN crossing.country_iso2 END,
	CASE WHEN away_with_city.country_iso2 IS NULL THEN crossing.neighbour_iso2 END) unknown (home, away)
CROSS JOIN LATERAL (SELECT CASE WHEN crossing.country_iso2 IS NOT NULL AND crossing.neighbour_iso2 IS NOT NULL AND unknown.home IS NULL AND unknown.away IS NULL
	THEN classify_mode(home_why.relation, away_why.relation) END) known (mode);

COMMENT ON VIEW mode_local IS 'the mode that the rule gives each port of local_port and why, from the cities of local_city and the shipped ones: one row per port. Seats are not known for local ports, so a side is integrated only by a city of 30,000 within 10 km. The other side is measured from the counterpart, else from the port. Load the cities of both countries first: where one has none there is no mode';
COMMENT ON COLUMN mode_local.mode_local_id IS 'unique key, the id of the port in local_port';
COMMENT ON COLUMN mode_local.port_code IS 'readable key of the port';
COMMENT ON COLUMN mode_local.name IS 'name of the port';
COMMENT ON COLUMN mode_local.transport IS 'air, rail, road, river or pipeline';
COMMENT ON COLUMN mode_local.transport_rank IS 'order of transport: air 1, rail 2, road 3, river 4, pipeline 5';
COMMENT ON COLUMN mode_local.country_iso2 IS 'country of the home side: that of the port, else of its shipped place';
COMMENT ON COLUMN mode_local.neighbour_iso2 IS 'country of the away side';
COMMENT ON COLUMN mode_local.home_city IS 'relevant town of the home side: one of 30,000 people within 10 km, else the nearest of 10,000 within 500 km';
COMMENT ON COLUMN mode_local.home_city_km IS 'its distance, km on the spheroid';
COMMENT ON COLUMN mode_local.home_city_population IS 'its people';
COMMENT ON COLUMN mode_local.home_relation IS 'integrated, separate or none, as mode_relation gives it; NULL when no city of the country is loaded';
COMMENT ON COLUMN mode_local.home_relation_rank IS 'order of relation: none 1, separate 2, integrated 3';
COMMENT ON COLUMN mode_local.away_city IS 'relevant town of the away side, from the counterpart, else from the port';
COMMENT ON COLUMN mode_local.away_city_km IS 'its distance, km on the spheroid';
COMMENT ON COLUMN mode_local.away_city_population IS 'its people';
COMMENT ON COLUMN mode_local.away_relation IS 'integrated, separate or none, as mode_relation gives it; NULL when no city of the country is loaded';
COMMENT ON COLUMN mode_local.away_relation_rank IS 'order of relation: none 1, separate 2, integrated 3';
COMMENT ON COLUMN mode_local.predicted_mode IS 'mode that the rule gives: PP, CPPC, CPC or CC; NULL when a country is not given or none of its cities is loaded';
COMMENT ON COLUMN mode_local.predicted_mode_rank IS 'order of predicted_mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_local.own_mode IS 'mode written in local_port, if any';
COMMENT ON COLUMN mode_local.own_mode_rank IS 'order of own_mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_local.agrees IS 'whether the two are the same; NULL when one is';
COMMENT ON COLUMN mode_local.margin_km IS 'km by which the distances would have to change before the relation of a side does';
COMMENT ON COLUMN mode_local.reason IS 'which side is integrated and what decides it, in one line; or why the rule does not apply';
COMMENT ON COLUMN mode_local.warning IS 'what looks wrong with the row, NULL when nothing does; a latitude over 90 is refused by local_port itself';
COMMENT ON COLUMN mode_local.latitude IS 'degrees north, WGS 84';
COMMENT ON COLUMN mode_local.longitude IS 'degrees east, WGS 84';
COMMENT ON COLUMN mode_local.geom IS 'point of the port, SRID 4326';

CREATE VIEW port_border AS
SELECT port.port_id AS port_border_id, port.port_code, port.name, port.country_iso2, port.neighbour_iso2,
	(SELECT pg_catalog.min(ST_Distance(border.geom::geography, port.geom::geography, true)) / 1000::double precision
	FROM border WHERE border.kind = 'land_border'::text AND border.neighbour_iso2 = port.neighbour_iso2
		AND border.is_local = port.is_local) AS border_km,
	port.is_local, port.latitude, port.longitude, port.geom
FROM port;

COMMENT ON VIEW port_border IS 'how far each port lies from the border with its neighbour: shipped ports from the shipped lines, your own from local_border. The lines are simplified, by as much as 5 km in places, so the rule of modes does not use this';
COMMENT ON COLUMN port_border.port_border_id IS 'unique key, equal to port.port_id';
COMMENT ON COLUMN port_border.port_code IS 'readable key of the port';
COMMENT ON COLUMN port_border.name IS 'name of the port';
COMMENT ON COLUMN port_border.country_iso2 IS 'country of the port';
COMMENT ON COLUMN port_border.neighbour_iso2 IS 'country on the other side';
COMMENT ON COLUMN port_border.border_km IS 'distance from the nearest line of that border, km on the spheroid; NULL without a neighbour or a line';
COMMENT ON COLUMN port_border.is_local IS 'true for a row of local_port';
COMMENT ON COLUMN port_border.latitude IS 'degrees north, WGS 84';
COMMENT ON COLUMN port_border.longitude IS 'degrees east, WGS 84';
COMMENT ON COLUMN port_border.geom IS 'point of the port, SRID 4326';

-- What the events say of a change of mode is that a port became a city of its own. Before that the side is measured
-- as if that city, the one that the port lies in, were not there.
CREATE VIEW mode_history AS
WITH place AS (
	SELECT place.id, place.place_code, place.name_en, place.mode,
		(SELECT pg_catalog.min(port.opened_year) FROM ref_port port WHERE port.place_code = place.place_code) AS opened_year,
		(SELECT pg_catalog.date_part('year'::text, pg_catalog.max(event.event_date))::integer FROM ref_event event
			WHERE event.place_code = place.place_code AND event.event = 'city_established') AS city_year
	FROM ref_place place WHERE place.mode IS NOT NULL
), before AS (
	SELECT place.place_code, classify_mode(home.relation, away.relation) AS mode, home.name, home.km
	FROM place
	CROSS JOIN mode_thresholds() rule
	CROSS JOIN LATERAL (
		SELECT mode_relation(town.km, town.population::double precision, NULL, false, rule.integrated_km, rule.integrated_population,
			rule.integrated_seat_km, rule.reach_km, rule.reach_population) AS relation, town.name, town.km
		FROM (
			SELECT city.name_en AS name, city.population, ST_Distance(city.geom::geography, port.geom::geography, true) / 1000::double precision AS km
			FROM ref_port port
			JOIN ref_city city ON city.country_iso2 = port.country_iso2
			WHERE port.place_code = place.place_code AND city.population::double precision >= rule.reach_population
			UNION ALL
			SELECT seat.name_en, seat.population, ST_Distance(seat.geom::geography, port.geom::geography, true) / 1000::double precision
			FROM ref_port port
			JOIN ref_seat seat ON seat.place_code = port.place_code AND seat.side = 'home'
			WHERE port.place_code = place.place_code AND seat.population::double precision >= rule.reach_population
		) town
		WHERE town.km > rule.integrated_km
		ORDER BY town.km, town.population DESC, town.name LIMIT 1
	) home
	JOIN mode_side away ON away.place_code = place.place_code AND away.side_rank = 2
	WHERE place.city_year IS NOT NULL
), period AS (
	SELECT place.id, 1 AS item, place.opened_year AS from_year, place.city_year AS to_year, COALESCE(before.mode, place.mode) AS mode,
		NULL::port_mode AS previous, CASE WHEN before.mode IS NULL THEN 'published' ELSE 'rule' END AS basis,
		CASE WHEN before.mode IS NULL THEN 'no event changes the published mode'
			ELSE 'before it became a city the nearest town was ' || before.name || ', ' || pg_catalog.to_char(before.km, 'FM9990') || ' km away' END AS reason
	FROM place LEFT JOIN before ON before.place_code = place.place_code
	UNION ALL
	SELECT place.id, 2, place.city_year, NULL, place.mode, before.mode, 'published', 'became a city in ' || place.city_year::text
		|| CASE WHEN place.city_year > 2013 THEN '; the paper classes it so in early 2014 already' ELSE '' END
	FROM place JOIN before ON before.place_code = place.place_code
)
SELECT period.id * 10 + period.item AS mode_history_id, place.place_code, place.name_en AS place, period.from_year, period.to_year,
	period.mode::text AS mode, mode_rank(period.mode) AS mode_rank, period.previous::text AS previous_mode,
	mode_rank(period.previous) AS previous_mode_rank, mode_can_follow(period.previous, period.mode) AS can_follow,
	period.basis, period.reason
FROM period JOIN ref_place place ON place.id = period.id;

COMMENT ON VIEW mode_history IS 'the modes that each place of Table 3 has had as far as the events tell: one row per place and mode, from the opening of its first port. Only a port that became a city of its own changed mode by the events (Alashankou, Horgos)';
COMMENT ON COLUMN mode_history.mode_history_id IS 'unique key: id of the place * 10 + number of the period';
COMMENT ON COLUMN mode_history.place_code IS 'readable key of the place';
COMMENT ON COLUMN mode_history.place IS 'name of the place';
COMMENT ON COLUMN mode_history.from_year IS 'first year: that of opening, or of the change; NULL when unknown';
COMMENT ON COLUMN mode_history.to_year IS 'year of the next change; NULL for the published mode';
COMMENT ON COLUMN mode_history.mode IS 'PP, CPPC, CPC or CC';
COMMENT ON COLUMN mode_history.mode_rank IS 'order of mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_history.previous_mode IS 'mode before, NULL for the first';
COMMENT ON COLUMN mode_history.previous_mode_rank IS 'order of previous_mode';
COMMENT ON COLUMN mode_history.can_follow IS 'whether Figure 7 of the paper has the step from previous_mode to mode; NULL for the first';
COMMENT ON COLUMN mode_history.basis IS 'published (Table 3) or rule (mode_relation without the city that was founded later)';
COMMENT ON COLUMN mode_history.reason IS 'why, in words';

CREATE FUNCTION mode_outlook(place text) RETURNS TABLE (mode text, next_mode text, next_mode_rank integer, how_many text, side text,
		relation text, next_relation text, km_too_far double precision, people_too_few bigint, what text)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 4
BEGIN ATOMIC
	SELECT now.mode, step.next_mode, mode_rank(step.next_mode), step.how_many, side.side, side.relation, step.next_relation,
		GREATEST(0::double precision, side.city_km - need.km), GREATEST(0::bigint, need.people::bigint - side.city_population),
		CASE WHEN side.city IS NULL THEN 'a town of ' || pg_catalog.to_char(need.people, 'FM999,999') || ' people would have to grow within ' || need.km::text || ' km'
			ELSE side.city || ', ' || pg_catalog.to_char(side.city_km, 'FM9990.0') || ' km away with ' || pg_catalog.to_char(side.city_population, 'FM999,999,999')
				|| ' people, would have to be within ' || need.km::text || ' km with ' || pg_catalog.to_char(need.people, 'FM999,999') END
			|| CASE WHEN step.next_relation = 'integrated' AND side.seat IS NOT NULL THEN '; or the seat ' || side.seat || ', '
				|| pg_catalog.to_char(side.seat_km, 'FM9990.0') || ' km away' || CASE WHEN side.seat_is_city THEN '' ELSE ' and no city' END
				|| ', a city within ' || rule.integrated_seat_km::text || ' km' ELSE '' END
	FROM (SELECT evidence.place_code, evidence.predicted_mode AS mode FROM mode_evidence evidence
		WHERE evidence.place_code = mode_outlook.place OR evidence.place = mode_outlook.place) now
	CROSS JOIN mode_thresholds() rule
	CROSS JOIN LATERAL (
		SELECT followers.next_mode, CASE followers.next_mode WHEN 'CPPC' THEN 'separate' ELSE 'integrated' END AS next_relation,
			CASE followers.next_mode WHEN 'CPC' THEN 'one of these' ELSE 'each of these' END AS how_many
		FROM mode_successors(now.mode) followers (next_mode)) step
	JOIN mode_side side ON side.place_code = now.place_code AND side.relation <> step.next_relation
	CROSS JOIN LATERAL (SELECT CASE step.next_relation WHEN 'integrated' THEN rule.integrated_km ELSE rule.reach_km END,
		CASE step.next_relation WHEN 'integrated' THEN rule.integrated_population ELSE rule.reach_population END) need (km, people)
	ORDER BY mode_rank(step.next_mode), side.side_rank;
END;
COMMENT ON FUNCTION mode_outlook(text) IS
'the modes that can follow at a shipped place, given by its code or name, and what stands between: one row per next mode and side that would have to change, with the km by which the relevant town is too far and the people that it lacks. how_many says whether each row of a next mode is needed or one of them. No row after CC, without a neighbour or for an unknown place. SELECT next_mode, side, what FROM portext.mode_outlook(''torugart'')';
