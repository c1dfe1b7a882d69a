-- The nearest town, exact on the spheroid and by an index: what the views of modes have in common over shipped and
-- local rows. The index is core's SP-GiST on points in degrees. Degrees give no true order, but any town gives a bound,
-- and no nearer town lies outside the box of degrees that holds the circle of that bound.

CREATE INDEX ref_city_point_idx ON ref_city USING spgist ((geom::point));
CREATE INDEX local_city_point_idx ON local_city USING spgist ((geom::point));

-- Not STRICT, so that it is inlined; a NULL gives no row. A degree of latitude is 110.57 km or more, so 110.5 errs on
-- the safe side; the widest point of a circle of angle r at latitude y is asin(sin r / cos y) of longitude away.
CREATE FUNCTION mode_box(at geometry, within_km double precision) RETURNS TABLE (square box, centre point)
	LANGUAGE SQL STABLE PARALLEL SAFE ROWS 1	-- STABLE like require_argument, which else would keep it from being inlined
BEGIN ATOMIC
	SELECT box(point(turn.x - half.width, half.y - half.height), point(turn.x + half.width, half.y + half.height)), point(turn.x, half.y)
	FROM (SELECT angle.x, angle.y, angle.height,
			CASE WHEN abs(angle.y) + angle.height < 90::double precision
				THEN degrees(asin(sin(radians(angle.height)) / cos(radians(angle.y)))) ELSE 180::double precision END AS width
		-- ST_X raises an internal error for all but a point; the box of a point has its coordinates and raises none.
		FROM (SELECT ST_XMin(mode_box.at::box3d) AS x, ST_YMin(mode_box.at::box3d) AS y, mode_box.within_km / 110.5::double precision AS height) angle) half
	CROSS JOIN LATERAL (VALUES (half.x), (CASE WHEN half.x + half.width > 180::double precision THEN half.x - 360::double precision
		WHEN half.x - half.width < '-180'::double precision THEN half.x + 360::double precision END)) turn (x)
	WHERE abs(turn.x) < 'Infinity'::double precision AND abs(half.y) < 'Infinity'::double precision AND half.height IS NOT NULL
		AND require_argument(ST_GeometryType(mode_box.at) = 'ST_Point'::text, 'mode_box needs a point'::text, 'Take ST_Centroid or ST_PointOnSurface of another shape.'::text)
		AND require_argument(ST_SRID(mode_box.at) = 4326, pg_catalog.concat('mode_box needs degrees (WGS 84), SRID 4326, not ', ST_SRID(mode_box.at)), 'Use ST_SetSRID(at, 4326) for degrees without an SRID, ST_Transform(at, 4326) for another one.'::text)
		AND require_argument(abs(half.height) < 'Infinity'::double precision, 'within_km of mode_box must be finite'::text, 'Give a number of kilometres under 10,000.'::text);
END;
COMMENT ON FUNCTION mode_box(geometry, double precision) IS
'boxes in degrees that hold every place within within_km (under 10,000) of a point, for an index on geom::point: one row, or two where the circle crosses the antimeridian, with the point as seen from each. A circle over a pole gives all longitudes. No row for a point that is NULL, empty or not finite. SELECT square FROM portext.mode_box(ST_SetSRID(ST_MakePoint(179.9, -16.5), 4326), 20)';

-- Not STRICT, so that it is inlined into the views and planned with them. The bound is taken on
-- the sphere of <->, which is cheap; a distance on the spheroid is at most 0.45 % longer.
CREATE FUNCTION mode_town(at geometry, iso2 text, people double precision, within_km double precision, with_local boolean)
	RETURNS TABLE (city_code text, name text, population bigint, km double precision)
	LANGUAGE SQL STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT nearest.city_code, nearest.name, nearest.population, nearest.km
	FROM (
		SELECT town.city_code, town.name, town.population, town.km
		FROM (
			SELECT pg_catalog.min(first.km) AS km
			FROM mode_box(mode_town.at, mode_town.within_km) area
			CROSS JOIN LATERAL (
				(SELECT (city.geom::geography <-> mode_town.at::geography) * 0.001006::double precision AS km
				FROM ref_city city
				WHERE city.geom::point <@ area.square AND city.country_iso2 = mode_town.iso2 AND city.population::double precision >= mode_town.people
					AND (NOT mode_town.with_local OR NOT EXISTS (SELECT FROM local_city own WHERE own.city_code = city.city_code))
				ORDER BY city.geom::point <-> area.centre LIMIT 1)
				UNION ALL
				(SELECT (city.geom::geography <-> mode_town.at::geography) * 0.001006::double precision
				FROM local_city city
				WHERE mode_town.with_local AND city.geom::point <@ area.square AND city.country_iso2 = mode_town.iso2
					AND city.population::double precision >= mode_town.people
				ORDER BY city.geom::point <-> area.centre LIMIT 1)
			) first
		) bound
		CROSS JOIN LATERAL mode_box(mode_town.at, bound.km) area
		CROSS JOIN LATERAL (
			SELECT city.city_code, city.name_en AS name, city.population,
				ST_Distance(city.geom::geography, mode_town.at::geography, true) / 1000::double precision AS km
			FROM ref_city city
			WHERE city.geom::point <@ area.square AND city.country_iso2 = mode_town.iso2 AND city.population::double precision >= mode_town.people
				AND (NOT mode_town.with_local OR NOT EXISTS (SELECT FROM local_city own WHERE own.city_code = city.city_code))
			UNION ALL
			SELECT city.city_code, city.name, city.population,
				ST_Distance(city.geom::geography, mode_town.at::geography, true) / 1000::double precision
			FROM local_city city
			WHERE mode_town.with_local AND city.geom::point <@ area.square AND city.country_iso2 = mode_town.iso2
				AND city.population::double precision >= mode_town.people
		) town
		ORDER BY town.km, town.population DESC, town.city_code
		LIMIT 1
	) nearest
	WHERE nearest.km <= mode_town.within_km;
END;
COMMENT ON FUNCTION mode_town(geometry, text, double precision, double precision, boolean) IS
'the nearest town of a country with at least so many people, within so many km on the spheroid, among the shipped cities and, with_local, your own (which replace shipped ones of the same code); at most one row. Two at the same distance: the larger, then the first by code. Towns of unknown population are passed over. SELECT name, km FROM portext.mode_town(ST_SetSRID(ST_MakePoint(117.43, 49.58), 4326), ''CN'', 30000, 500, false)';

CREATE FUNCTION mode_thresholds() RETURNS TABLE (integrated_km double precision, integrated_population double precision,
		integrated_seat_km double precision, reach_km double precision, reach_population double precision, horizon_km double precision)
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT 10::double precision, 30000::double precision, 25::double precision, 60::double precision, 10000::double precision, 500::double precision;
END;
COMMENT ON FUNCTION mode_thresholds() IS
'the thresholds of the views of modes, one row: the defaults of mode_relation, and the km beyond which no town is looked for. Set by hand: fitted ones do no better on places left out (make calibrate). SELECT * FROM portext.mode_thresholds()';

-- Not STRICT: a side without town or seat has a relation, too.
CREATE FUNCTION mode_side_reason(side text, city text, city_km double precision, city_population bigint,
	seat text, seat_km double precision, seat_is_city boolean)
	RETURNS TABLE (relation text, relation_rank integer, in_city boolean, margin_km double precision, reason text)
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT found.relation, pg_catalog.array_position('{none,separate,integrated}'::text[], found.relation), found.in_city,
		CASE found.relation
			WHEN 'integrated' THEN found.integrated_by
			WHEN 'separate' THEN LEAST(found.reached_by, - found.integrated_by)
			ELSE LEAST(- found.reached_by, - found.integrated_by)
		END,
		mode_side_reason.side || ' ' || found.relation || ': ' || CASE
			WHEN found.in_city THEN 'in ' || found.town || ' km)'
			WHEN found.relation = 'integrated' THEN 'its seat ' || found.own_seat
			WHEN found.relation = 'separate' AND NOT found.town_reached THEN 'supported by its seat ' || found.own_seat
			WHEN found.relation = 'separate' THEN 'supported by ' || found.town || ' km)'
			ELSE COALESCE('nearest town is ' || found.town || ' km)',
				'no town known within ' || pg_catalog.to_char(found.horizon_km, 'FM9999') || ' km') END
	FROM (
		SELECT mode_relation(mode_side_reason.city_km, mode_side_reason.city_population::double precision, mode_side_reason.seat_km,
				mode_side_reason.seat_is_city, rule.integrated_km, rule.integrated_population, rule.integrated_seat_km,
				rule.reach_km, rule.reach_population) AS relation,
			rule.horizon_km,
			COALESCE(mode_side_reason.city_population::double precision >= rule.integrated_population
				AND mode_side_reason.city_km <= rule.integrated_km, false) AS in_city,
			COALESCE(mode_side_reason.city_km <= rule.reach_km, false) AS town_reached,
			-- km inside (positive) or outside (negative) the two distances that count, the better of town and seat
			GREATEST(CASE WHEN mode_side_reason.city_population::double precision >= rule.integrated_population
					THEN rule.integrated_km - mode_side_reason.city_km END,
				CASE WHEN mode_side_reason.seat_is_city THEN rule.integrated_seat_km - mode_side_reason.seat_km END) AS integrated_by,
			GREATEST(rule.reach_km - mode_side_reason.city_km,
				CASE WHEN mode_side_reason.seat_is_city THEN rule.reach_km - mode_side_reason.seat_km END) AS reached_by,
			mode_side_reason.city || ' (' || pg_catalog.to_char(mode_side_reason.city_population, 'FM999,999,999') || ' people, '
				|| pg_catalog.to_char(mode_side_reason.city_km, 'FM9990.0') AS town,
			mode_side_reason.seat || ' is a city ' || pg_catalog.to_char(mode_side_reason.seat_km, 'FM9990.0') || ' km away' AS own_seat
		FROM mode_thresholds() rule
	) found;
END;
COMMENT ON FUNCTION mode_side_reason(text, text, double precision, bigint, text, double precision, boolean) IS
'relation of one side by the thresholds of mode_thresholds, whether the port lies in the city, the km by which the distances would have to change before the relation does, and all that in words; one row. SELECT * FROM portext.mode_side_reason(''home'', ''Dongning'', 11.9, 112425, ''Dongning'', 11.9, false)';
