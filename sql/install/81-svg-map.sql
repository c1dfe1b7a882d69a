-- The map of ports. Geometry is projected and scaled to the sheet by PostGIS; SVG's y grows downwards, and
-- ST_AsSVG turns the sign of y, so the plane used here is the sheet with y negative.

-- The projection strings are given in full: spatial_ref_sys is a table that a user may have emptied or changed.
CREATE FUNCTION svg_projection(lon_from double precision, lon_to double precision, lat_from double precision, lat_to double precision)
	RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE
		WHEN NOT require_argument(lat_from >= '-90'::double precision AND lat_to <= 90::double precision AND lon_from >= '-540'::double precision AND lon_to <= 540::double precision,
				'bounds of a map must lie within 90 degrees of latitude and 540 of longitude'::text, 'Look for ports and border lines that are not in degrees (WGS 84).'::text) THEN NULL
		WHEN lon_to - lon_from > 120::double precision OR pg_catalog.abs(lat_from + lat_to) < 10::double precision
			OR lat_to > 85::double precision OR lat_from < '-85'::double precision THEN
			pg_catalog.format('+proj=eqc +lon_0=%s +lat_ts=%s +datum=WGS84 +units=m'::text, svg_coordinate((lon_from + lon_to) / 2::double precision),
				svg_coordinate((lat_from + lat_to) / 2::double precision))
		ELSE
			pg_catalog.format('+proj=aea +lon_0=%s +lat_0=%s +lat_1=%s +lat_2=%s +datum=WGS84 +units=m'::text,
				svg_coordinate((lon_from + lon_to) / 2::double precision), svg_coordinate((lat_from + lat_to) / 2::double precision),
				svg_coordinate(lat_from + (lat_to - lat_from) / 6::double precision), svg_coordinate(lat_to - (lat_to - lat_from) / 6::double precision))
	END;
COMMENT ON FUNCTION svg_projection(double precision, double precision, double precision, double precision) IS 'the PROJ string for a map of these bounds in degrees: Albers equal-area with standard parallels at one and five sixths of the height, equirectangular where a cone does not fit (wider than 120 degrees, centred on the equator, at a pole). Example: SELECT portext.svg_projection(73, 135, 18, 54)';

CREATE FUNCTION svg_project(shape geometry, projection text) RETURNS geometry
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE	-- what PROJ cannot do would be an internal error
		WHEN require_argument(projection OPERATOR(pg_catalog.~) '^\+proj=(eqc \+lon_0=-?[0-9]{1,3}([.][0-9]{1,3})? \+lat_ts=-?([0-8]?[0-9]([.][0-9]{1,3})?|90)|aea \+lon_0=-?[0-9]{1,3}([.][0-9]{1,3})? \+lat_0=-?(8[0-5]|[0-7]?[0-9])([.][0-9]{1,3})? \+lat_1=-?(8[0-5]|[0-7]?[0-9])([.][0-9]{1,3})? \+lat_2=-?(8[0-5]|[0-7]?[0-9])([.][0-9]{1,3})?) \+datum=WGS84 \+units=m$'::text
					AND coalesce(pg_catalog.substring(projection, 'lat_1=(-?[0-9]{1,2}([.][0-9]{1,3})?) '::text)::double precision	-- opposite parallels make no cone
						<> '-1'::double precision * pg_catalog.substring(projection, 'lat_2=(-?[0-9]{1,2}([.][0-9]{1,3})?) '::text)::double precision, true),
				pg_catalog.format('a shape cannot be projected by "%s"'::text, pg_catalog.left(projection, 200)), 'Use what svg_projection gives.'::text)
			AND require_argument(ST_SRID(shape) IN (0, 4326), pg_catalog.concat('svg_project needs degrees (WGS 84), SRID 4326 or none, not ', ST_SRID(shape)), 'Use ST_Transform(shape, 4326).'::text)
			AND require_argument(ST_IsEmpty(shape) OR (ST_XMin(shape::box3d) >= '-540'::double precision AND ST_XMax(shape::box3d) <= 540::double precision
					AND ST_YMin(shape::box3d) >= '-90'::double precision AND ST_YMax(shape::box3d) <= 90::double precision),
				'a shape to be projected must lie within 90 degrees of latitude and 540 of longitude'::text, 'Give longitude and latitude in degrees (WGS 84).'::text)
		THEN ST_Transform(shape, '+proj=longlat +datum=WGS84 +no_defs'::text, projection) END;
COMMENT ON FUNCTION svg_project(geometry, text) IS 'a shape in degrees (WGS 84) on the plane of a projection that svg_projection gives, in metres; each call sets the projection up anew, so collect many shapes into one. Example: SELECT ST_AsText(portext.svg_project(ST_MakePoint(105, 35), portext.svg_projection(73, 135, 18, 54)))';

CREATE FUNCTION svg_map(by text DEFAULT 'mode', title text DEFAULT NULL, width integer DEFAULT 800, home text DEFAULT NULL,
		labels integer DEFAULT 60, scheme stage_scheme DEFAULT china_border_port_stages(), shares composition DEFAULT NULL) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE COST 100000	-- not STRICT: every argument has a meaning when NULL
	SET jit = off	-- compiling the query takes three times as long as running it
	BEGIN ATOMIC
		WITH argument AS MATERIALIZED (
			SELECT coalesce(svg_map.by, 'none'::text) AS by, coalesce(svg_map.title,
				CASE WHEN svg_map.by = 'mode'::text THEN 'Border ports by mode'::text
					WHEN svg_map.by = 'transport'::text THEN 'Border ports by transport'::text
					WHEN svg_map.by = 'stage'::text THEN 'Border ports by stage of opening'::text
					ELSE 'Border ports'::text END OPERATOR(pg_catalog.||)
				CASE WHEN total(svg_map.shares) > 0::double precision THEN ', area by share'::text ELSE ''::text END) AS title, total(svg_map.shares) > 0::double precision AS is_sized,
				least(greatest(coalesce(svg_map.labels, 0), 0), 200) AS labels
			WHERE require_argument(coalesce(svg_map.by, 'none'::text) IN ('mode'::text, 'stage'::text, 'transport'::text, 'none'::text),
				pg_catalog.format('a map cannot be drawn by "%s"'::text, svg_map.by), 'Use mode, stage, transport or none.'::text)
			AND require_argument(svg_map.home IS NULL OR svg_map.home OPERATOR(pg_catalog.~) '^[A-Z]{2}$'::text,
				pg_catalog.format('"%s" is no code of a country'::text, pg_catalog.left(svg_map.home, 200)), 'home is two capital letters (ISO 3166), such as CN, or NULL for all ports.'::text)
		), category AS MATERIALIZED (
			SELECT mode_rank(ref_mode.mode) AS rank, ref_mode.mode::text AS label,
				pg_catalog.format('%s: %s'::text, ref_mode.mode::text, ref_mode.full_name) AS long_name
			FROM ref_mode, argument
			WHERE argument.by = 'mode'::text
			UNION ALL
			SELECT transport.rank, transport.label, transport.label
			FROM (VALUES (1, 'air'::text), (2, 'rail'::text), (3, 'road'::text), (4, 'river'::text), (5, 'pipeline'::text)) AS transport (rank, label), argument
			WHERE argument.by = 'transport'::text
			UNION ALL
			SELECT ordinal, ordinal::text, label FROM stages(svg_map.scheme), argument
			WHERE argument.by = 'stage'::text
		), portion AS MATERIALIZED (
			SELECT key, value, share FROM shares(svg_map.shares) WHERE share > 0::double precision
		), shown AS MATERIALIZED (
			SELECT pg_catalog.row_number() OVER (ORDER BY port.port_code, port.port_id) AS n, port.port_id, port.port_code, port.place_code, coalesce(port.name, port.port_code) AS name,
				coalesce(port.place_code, port.port_code) AS place, coalesce(port.place, port.name, port.port_code) AS place_name, port.opened_year, port.longitude, port.latitude, port.is_local,
				category.rank, category.long_name
			FROM port CROSS JOIN argument LEFT JOIN category ON category.label = CASE
				WHEN argument.by = 'mode'::text THEN port.mode
				WHEN argument.by = 'transport'::text THEN port.transport
				WHEN argument.by = 'stage'::text AND port.opened_year BETWEEN 1 AND 9999 THEN stage_bucket(port.opened_year, svg_map.scheme)::text END
			WHERE svg_map.home IS NULL OR port.country_iso2 = svg_map.home
		), outline AS MATERIALIZED (	-- the shipped lines with shipped ports, your own with yours; a grid of a hundredth of a degree closes the joints
			SELECT pg_catalog.row_number() OVER (ORDER BY border_id) AS n, kind, neighbour_iso2, neighbour AS neighbour_name, geom
			FROM (SELECT border_id, kind, neighbour_iso2, neighbour, ST_SnapToGrid(geom, '0.01'::double precision) AS geom
				FROM border
				WHERE EXISTS (SELECT FROM shown WHERE shown.is_local = border.is_local)
					AND ST_Length(geom) < 'Infinity'::double precision) AS snapped	-- GEOS cannot node what is empty (a line shorter than the grid, too) or not finite
			WHERE NOT ST_IsEmpty(geom)
		), corner AS (
			SELECT longitude, latitude FROM shown
			UNION ALL SELECT ST_XMin(geom::box3d), ST_YMin(geom::box3d) FROM outline
			UNION ALL SELECT ST_XMax(geom::box3d), ST_YMax(geom::box3d) FROM outline
		), bounds AS (	-- the shorter way round: ports on both sides of the antimeridian lie together
			SELECT CASE WHEN east <= shifted_east THEN lon_from ELSE shifted_from END AS lon_from,
				CASE WHEN east <= shifted_east THEN lon_from + east ELSE shifted_from + shifted_east END AS lon_to, lat_from, lat_to
			FROM (SELECT pg_catalog.min(longitude) AS lon_from, pg_catalog.max(longitude) - pg_catalog.min(longitude) AS east,
					pg_catalog.min(shifted) AS shifted_from, pg_catalog.max(shifted) - pg_catalog.min(shifted) AS shifted_east,
					pg_catalog.min(latitude) AS lat_from, pg_catalog.max(latitude) AS lat_to
				FROM (SELECT longitude, latitude, CASE WHEN longitude < 0::double precision
					THEN longitude + 360::double precision ELSE longitude END AS shifted FROM corner) AS both_ways) AS extent
		), projection AS MATERIALIZED (
			SELECT lon_from, lon_to, lat_from, lat_to, svg_projection(lon_from, lon_to, lat_from, lat_to) AS proj FROM bounds WHERE lon_from IS NOT NULL
		), flat_port AS MATERIALIZED (	-- one call of the projection for all
			SELECT piece.path[1] AS n, piece.geom FROM ST_Dump((SELECT svg_project(ST_Collect(ST_MakePoint(longitude, latitude) ORDER BY n), (SELECT proj FROM projection)) FROM shown)) AS piece
		), flat_outline AS MATERIALIZED (
			SELECT piece.path[1] AS n, piece.geom FROM ST_Dump((SELECT svg_project(ST_Collect(geom ORDER BY n), (SELECT proj FROM projection)) FROM outline)) AS piece
		), plane AS (
			SELECT ST_3DExtent(piece.geom) AS box FROM (SELECT geom FROM flat_port UNION ALL SELECT geom FROM flat_outline) AS piece
		), scale AS (	-- 22 units of margin inside the frame; never closer than a map of 60 km
			SELECT box, least(716::double precision / greatest(ST_XMax(box) - ST_XMin(box), 60000::double precision),
				620::double precision / greatest(ST_YMax(box) - ST_YMin(box), 20000::double precision)) AS scale
			FROM plane WHERE box IS NOT NULL
		), frame AS MATERIALIZED (
			SELECT scale, height, 70::double precision AS top, 70::double precision + height AS bottom,
				400::double precision - scale * (ST_XMin(box) + ST_XMax(box)) / 2::double precision AS dx,
				'-70'::double precision - height / 2::double precision - scale * (ST_YMin(box) + ST_YMax(box)) / 2::double precision AS dy,
				ST_MakeEnvelope(20::double precision, '-70'::double precision - height, 780::double precision, '-70'::double precision, 0) AS geom
			FROM (SELECT box, scale, greatest(44::double precision + scale * (ST_YMax(box) - ST_YMin(box)), 300::double precision) AS height FROM scale) AS size
		), drawn_outline AS MATERIALIZED (
			SELECT n, kind, neighbour_iso2, neighbour_name,
				ST_Simplify(ST_Affine(flat_outline.geom, scale, 0::double precision, 0::double precision, scale, dx, dy), '0.4'::double precision) AS geom
			FROM outline JOIN flat_outline USING (n) CROSS JOIN frame
		), land AS MATERIALIZED (
			SELECT ST_BuildArea(ST_Node(ST_Collect(drawn_outline.geom ORDER BY n))) AS geom FROM drawn_outline
		), land_piece AS MATERIALIZED (	-- small pieces are compared with names much faster
			SELECT ST_Subdivide(land.geom, 32, '-1'::double precision) AS geom FROM land
		), grid AS (
			SELECT step, svg_number(step) AS step_text FROM (SELECT greatest(svg_tick(greatest(lon_to - lon_from, lat_to - lat_from), 7), '0.5'::double precision) AS step FROM projection) AS tick
		), graticule_line AS MATERIALIZED (
			SELECT pg_catalog.row_number() OVER (ORDER BY is_meridian, degree) AS n, is_meridian, degree, line
			FROM projection, LATERAL (
				SELECT true AS is_meridian, (n::double precision * step) AS degree, ST_Segmentize(ST_MakeLine(
					ST_MakePoint(n::double precision * step, greatest(lat_from - (5::double precision + lat_to - lat_from), '-89'::double precision)),
					ST_MakePoint(n::double precision * step, least(lat_to + (5::double precision + lat_to - lat_from), 89::double precision))), 1::double precision) AS line
				FROM grid, pg_catalog.generate_series(
					pg_catalog.ceil(greatest(lon_from - (5::double precision + lon_to - lon_from), (lon_from + lon_to) / 2::double precision - 179::double precision) / step)::integer,
					pg_catalog.floor(least(lon_to + (5::double precision + lon_to - lon_from), (lon_from + lon_to) / 2::double precision + 179::double precision) / step)::integer) AS meridian (n)
				UNION ALL
				SELECT false, n::double precision * step, ST_Segmentize(ST_MakeLine(
					ST_MakePoint(greatest(lon_from - (5::double precision + lon_to - lon_from), (lon_from + lon_to) / 2::double precision - 179::double precision), n::double precision * step),
					ST_MakePoint(least(lon_to + (5::double precision + lon_to - lon_from), (lon_from + lon_to) / 2::double precision + 179::double precision), n::double precision * step)), 1::double precision)
				FROM grid, pg_catalog.generate_series(
					pg_catalog.ceil(greatest(lat_from - (5::double precision + lat_to - lat_from), '-89'::double precision) / step)::integer,
					pg_catalog.floor(least(lat_to + (5::double precision + lat_to - lat_from), 89::double precision) / step)::integer) AS parallel (n)) AS line
		), graticule AS MATERIALIZED (
			SELECT is_meridian, degree, ST_ClipByBox2D(ST_Affine(piece.geom, scale, 0::double precision, 0::double precision, scale, dx, dy), frame.geom::box2d) AS geom, frame.geom AS box
			FROM ST_Dump((SELECT svg_project(ST_Collect(line ORDER BY n), (SELECT proj FROM projection)) FROM graticule_line)) AS piece
				JOIN graticule_line ON graticule_line.n = piece.path[1] CROSS JOIN frame
		), degree_label AS (	-- where a meridian leaves through the bottom, a parallel through the left
			SELECT is_meridian, degree, ST_X(ST_Centroid(hit)) AS x, '-1'::double precision * ST_Y(ST_Centroid(hit)) AS y
			FROM graticule, LATERAL (SELECT ST_Intersection(geom, CASE WHEN is_meridian
				THEN ST_MakeLine(ST_MakePoint(20::double precision, ST_YMin(box::box3d) + '0.01'::double precision), ST_MakePoint(780::double precision, ST_YMin(box::box3d) + '0.01'::double precision))
				ELSE ST_MakeLine(ST_MakePoint('20.01'::double precision, ST_YMin(box::box3d)), ST_MakePoint('20.01'::double precision, ST_YMax(box::box3d))) END, '-1'::double precision) AS hit) AS crossing
			WHERE NOT ST_IsEmpty(hit)
		), spot AS (
			SELECT shown.*, ST_X(at) AS true_x, '-1'::double precision * ST_Y(at) AS y
			FROM shown JOIN flat_port USING (n) CROSS JOIN frame CROSS JOIN LATERAL (SELECT ST_Affine(flat_port.geom, scale, 0::double precision, 0::double precision, scale, dx, dy) AS at) AS projected
		), marked AS MATERIALIZED (	-- a share belongs to its port; that of a place to the first port there
			SELECT spot.*, own.share AS port_share, at_place.share AS place_share,
				CASE WHEN own.share IS NOT NULL OR at_place.share IS NOT NULL THEN coalesce(own.share, 0::double precision) + coalesce(at_place.share, 0::double precision) END AS share
			FROM (SELECT spot.*, pg_catalog.row_number() OVER (PARTITION BY place ORDER BY port_code, port_id) AS in_place,
					pg_catalog.count(*) OVER (PARTITION BY place) AS of_place FROM spot) AS spot
				LEFT JOIN portion AS own ON own.key = spot.port_code
				LEFT JOIN portion AS at_place ON at_place.key = spot.place_code AND spot.in_place = 1 AND at_place.key <> spot.port_code
		), largest AS MATERIALIZED (
			SELECT pg_catalog.max(share) AS share, pg_catalog.sum(share ORDER BY n) AS drawn FROM marked
		), marker AS MATERIALIZED (	-- symbols of one size stand side by side at a place; sized ones stand where the port is
			SELECT marked.*, CASE WHEN is_sized IS NOT TRUE THEN true_x + 9::double precision * (in_place::double precision - (of_place + 1)::double precision / 2::double precision) ELSE true_x END AS x,
				CASE WHEN is_sized IS NOT TRUE THEN CASE WHEN rank IS NULL THEN '3.9'::double precision ELSE '5.2'::double precision END
					ELSE greatest(coalesce(24::double precision * pg_catalog.sqrt(marked.share / largest.share), 0::double precision), 2::double precision) END AS radius,
				is_sized
			FROM marked, largest, argument
		), obstacle AS MATERIALIZED (
			SELECT port_id, ST_MakeEnvelope(x - '1.3'::double precision * radius, y - radius, x + '1.3'::double precision * radius, y + radius, 0) AS box FROM marker
		), label AS MATERIALIZED (	-- one name a place, by share, then those of a known category, then the oldest; neighbours last
			SELECT pg_catalog.row_number() OVER (ORDER BY is_port DESC, weight DESC, opened_year NULLS LAST, code) AS n, label.*,
				svg_text_width(label, size) * CASE WHEN is_port THEN 1::double precision ELSE '1.12'::double precision END AS width
			FROM (
				SELECT false AS is_port, pg_catalog.upper(neighbour_name) AS label, 10::double precision AS size, ST_X(middle) AS x,
					'-1'::double precision * ST_Y(middle) AS y, 0::double precision AS reach, 0::double precision AS radius, length AS weight, NULL::integer AS opened_year, neighbour_iso2 AS code
				FROM (SELECT DISTINCT ON (neighbour_iso2) neighbour_iso2, neighbour_name, ST_LineInterpolatePoint(geom, '0.5'::double precision) AS middle, ST_Length(geom) AS length
					FROM drawn_outline WHERE kind = 'land_border'::text AND ST_Length(geom) > 40::double precision
					ORDER BY neighbour_iso2, ST_Length(geom) DESC) AS side
				UNION ALL
				SELECT * FROM (SELECT true, svg_fit(place_name, 10::double precision, 150::double precision), 10::double precision, true_x, y,
					CASE WHEN is_sized IS NOT TRUE THEN '2.2'::double precision + '4.5'::double precision * of_place::double precision ELSE '1.3'::double precision * radius END, radius,
					coalesce(share, CASE WHEN rank IS NULL THEN '-1'::double precision ELSE 0::double precision END) AS weight, opened_year, port_code
					FROM marker WHERE in_place = 1 OR share IS NOT NULL ORDER BY weight DESC, opened_year NULLS LAST, port_code LIMIT 300) AS port_label
			) AS label
		), candidate AS (
			SELECT label.n, label.is_port, label.size, label.label, label.width, place.rank,
				label.x + place.dx * (label.reach + place.away) + (place.dx - 1::double precision) / 2::double precision * label.width AS x_from,
				label.y + place.dy * (label.radius + place.away + 6::double precision) AS y_middle
			FROM frame CROSS JOIN label
				CROSS JOIN (VALUES (true, 1, 1::double precision, 0::double precision, 3::double precision), (true, 2, -1, 0, 3), (true, 3, 0, -1, 1), (true, 4, 0, 1, 1),
					(true, 5, 1, -1, 0), (true, 6, -1, -1, 0), (true, 7, 1, 1, 0), (true, 8, -1, 1, 0),
					(false, 1, 0, -1, 24), (false, 2, 0, 1, 24), (false, 3, -1, 0, 24), (false, 4, 1, 0, 24), (false, 5, -1, 1, 24), (false, 6, 1, 1, 24), (false, 7, -1, -1, 24), (false, 8, 1, -1, 24),
					(false, 9, 0, -1, 44), (false, 10, 0, 1, 44), (false, 11, -1, 0, 44), (false, 12, 1, 0, 44), (false, 13, -1, 1, 44), (false, 14, 1, 1, 44), (false, 15, -1, -1, 44), (false, 16, 1, -1, 44),
					(false, 17, 0, -1, 66), (false, 18, 0, 1, 66), (false, 19, -1, 1, 66), (false, 20, 1, 1, 66), (false, 21, -1, -1, 66), (false, 22, 1, -1, 66)) AS place (is_port, rank, dx, dy, away)
			WHERE place.is_port = label.is_port AND (label.is_port	-- a short border has its name close by, and no name stands 600 km away, where another country or the sea may be
				OR place.away < least('0.6'::double precision * label.weight, 600000::double precision * frame.scale))
		), possible AS MATERIALIZED (	-- positions that cover no marker (a neighbour's name: nor any land) and stay in the frame
			SELECT candidate.n, is_port, label, size, rank, x_from, y_middle, box
			FROM (SELECT candidate.*, ST_MakeEnvelope(x_from - 2::double precision, y_middle - 6::double precision,
					x_from + width + 2::double precision, y_middle + 6::double precision, 0) AS box FROM candidate) AS candidate, frame
			WHERE x_from > 22::double precision AND x_from + width < 778::double precision AND y_middle > top + 8::double precision AND y_middle < bottom - 20::double precision
				AND NOT EXISTS (SELECT FROM obstacle WHERE obstacle.box && candidate.box)
				AND (is_port OR NOT EXISTS (SELECT FROM land_piece WHERE ST_Intersects(land_piece.geom, ST_Scale(candidate.box, 1::double precision, '-1'::double precision))))
		), first_try AS MATERIALIZED (
			SELECT DISTINCT ON (n) possible.* FROM possible ORDER BY n, rank
		), settled AS MATERIALIZED (
			SELECT first_try.* FROM first_try
			WHERE NOT EXISTS (SELECT FROM first_try AS earlier WHERE earlier.n < first_try.n AND earlier.box && first_try.box)
		), second_try AS MATERIALIZED (	-- who lost a place to another name looks for one that is still free
			SELECT DISTINCT ON (n) possible.* FROM possible
			WHERE NOT EXISTS (SELECT FROM settled WHERE settled.n = possible.n OR settled.box && possible.box)
			ORDER BY n, rank
		), placed AS (
			SELECT settled.* FROM settled
			UNION ALL
			SELECT second_try.* FROM second_try
			WHERE NOT EXISTS (SELECT FROM second_try AS earlier WHERE earlier.n < second_try.n AND earlier.box && second_try.box)
		), chosen AS (
			SELECT placed.* FROM (SELECT placed.*, pg_catalog.row_number() OVER (PARTITION BY is_port ORDER BY n) AS ordinal FROM placed) AS placed, argument
			WHERE NOT is_port OR ordinal <= argument.labels
		), legend_item AS (
			SELECT 1 AS kind, category.rank, pg_catalog.format('%s (%s)'::text, svg_fit(category.long_name, 11::double precision, 690::double precision),
				(SELECT pg_catalog.count(*) FROM shown WHERE shown.rank = category.rank)) AS label, NULL::text AS stroke FROM category
			UNION ALL
			SELECT 1, NULL, pg_catalog.format('%s (%s)'::text, CASE WHEN argument.by = 'none'::text THEN 'port'::text
				WHEN argument.by = 'mode'::text THEN 'no published mode'::text ELSE 'not known'::text END, (SELECT pg_catalog.count(*) FROM shown WHERE rank IS NULL)), NULL FROM argument
			UNION ALL
			SELECT 2, 1, 'land border'::text, '#7d746a'::text WHERE EXISTS (SELECT FROM outline WHERE kind <> 'coast'::text)
			UNION ALL
			SELECT 2, 2, 'coast'::text, '#6f9bb8'::text WHERE EXISTS (SELECT FROM outline WHERE kind = 'coast'::text)
		), legend AS (
			SELECT pg_catalog.string_agg(CASE WHEN kind = 1 THEN svg_marker(rank, x, y, CASE WHEN rank IS NULL THEN '4.5'::double precision ELSE 6::double precision END)
					ELSE pg_catalog.format('<path d="M%s %sh16" stroke="%s" stroke-width="2"/>'::text, svg_coordinate(x - 8::double precision), svg_coordinate(y), stroke) END
				OPERATOR(pg_catalog.||) svg_text(x + 14::double precision, y + 4::double precision, label, 11::double precision), E'\n'::text ORDER BY item) AS svg,
				pg_catalog.max(y) AS last_y
			FROM (SELECT legend_item.*, 30::double precision + 765::double precision * ((item - 1) % columns)::double precision / columns::double precision AS x,
					bottom + 24::double precision + 22::double precision * ((item - 1) / columns)::double precision AS y
				FROM (SELECT legend_item.*, pg_catalog.row_number() OVER (ORDER BY kind, rank NULLS LAST) AS item,
						least(greatest(pg_catalog.floor(765::double precision / (pg_catalog.max(svg_text_width(label, 11::double precision)) OVER () + 24::double precision))::bigint, 1::bigint), 3::bigint) AS columns FROM legend_item) AS legend_item, frame) AS legend_item
		), size_key AS (	-- three discs of round shares, the largest near the largest share drawn
			SELECT pg_catalog.string_agg(pg_catalog.format('<circle cx="%s" cy="%s" r="%s" fill="none" stroke="#222"/>'::text,
					svg_coordinate(x), svg_coordinate(y), svg_coordinate(24::double precision * pg_catalog.sqrt(step.share / largest.share)))
				OPERATOR(pg_catalog.||) svg_text(x + 34::double precision, y + 4::double precision, svg_percent(step.share), 11::double precision), E'\n'::text ORDER BY step.share DESC) AS svg
			FROM largest, legend, LATERAL (SELECT svg_tick(largest.share, 2) / part.n::double precision AS share, 170::double precision + 130::double precision * (part.place - 1)::double precision AS x, last_y + 44::double precision AS y
				FROM (VALUES (1, 1), (5, 2), (25, 3)) AS part (n, place)) AS step
			WHERE largest.share > 0::double precision
		), body AS (
			SELECT pg_catalog.format(E'<rect x="20" y="70" width="760" height="%s" fill="#eff2f4"/>\n<path class="land" d="%s" fill="#fbf8f0"/>\n<path class="graticule" d="%s" fill="none" stroke="#ccd6dd" stroke-width="0.6"/>\n<path class="coast" d="%s" fill="none" stroke="#6f9bb8" stroke-width="0.9"/>\n<path class="land_border" d="%s" fill="none" stroke="#7d746a" stroke-width="1.2"/>\n%s\n<g class="ports">%s</g>\n<g class="labels">%s</g>\n<rect x="20" y="70" width="760" height="%s" fill="none" stroke="#444"/>\n<g class="legend">%s</g>\n<g class="size_key">%s</g>'::text,
				svg_coordinate(height),
				(SELECT coalesce(ST_AsSVG(ST_ClipByBox2D(land.geom, frame.geom::box2d), 0, 1), ''::text) FROM land),
				(SELECT coalesce(pg_catalog.string_agg(ST_AsSVG(graticule.geom, 0, 1), ' '::text ORDER BY is_meridian, degree), ''::text) FROM graticule WHERE NOT ST_IsEmpty(graticule.geom)),
				(SELECT coalesce(pg_catalog.string_agg(ST_AsSVG(clipped, 0, 1), ' '::text ORDER BY n), ''::text)
					FROM drawn_outline, LATERAL (SELECT ST_ClipByBox2D(drawn_outline.geom, frame.geom::box2d) AS clipped) AS clip WHERE kind = 'coast'::text AND NOT ST_IsEmpty(clipped)),
				(SELECT coalesce(pg_catalog.string_agg(ST_AsSVG(clipped, 0, 1), ' '::text ORDER BY n), ''::text)
					FROM drawn_outline, LATERAL (SELECT ST_ClipByBox2D(drawn_outline.geom, frame.geom::box2d) AS clipped) AS clip WHERE kind <> 'coast'::text AND NOT ST_IsEmpty(clipped)),
				(SELECT coalesce(pg_catalog.string_agg(svg_text(CASE WHEN is_meridian THEN x + 3::double precision ELSE 24::double precision END,
						CASE WHEN is_meridian THEN bottom - 5::double precision ELSE y - 3::double precision END,
						pg_catalog.format('%s°%s'::text, pg_catalog.abs(pg_catalog.trim_scale(pg_catalog.round((CASE WHEN degree > 180::double precision THEN degree - 360::double precision WHEN degree < '-180'::double precision THEN degree + 360::double precision ELSE degree END)::numeric, 1))),
							CASE WHEN is_meridian THEN CASE WHEN degree > 180::double precision OR (degree < 0::double precision AND degree > '-180'::double precision) THEN 'W'::text ELSE 'E'::text END
								WHEN degree < 0::double precision THEN 'S'::text ELSE 'N'::text END), 9::double precision, 'start'::text, ' fill="#7a8b96"'::text), E'\n'::text ORDER BY is_meridian, degree), ''::text)
					FROM degree_label WHERE CASE WHEN is_meridian THEN x BETWEEN 60::double precision AND 745::double precision ELSE y BETWEEN top + 14::double precision AND bottom - 20::double precision END),
				(SELECT coalesce(pg_catalog.string_agg(svg_marker(rank, x, y, radius,
						pg_catalog.concat_ws(', '::text, name, long_name, 'opened '::text OPERATOR(pg_catalog.||) opened_year::text, CASE WHEN share IS NOT NULL THEN svg_percent(share) END)), E'\n'::text
						ORDER BY share DESC NULLS LAST, rank NULLS FIRST, port_code, port_id), ''::text) FROM marker),
				(SELECT coalesce(pg_catalog.string_agg(svg_text(x_from, y_middle + '3.5'::double precision, label, size, 'start'::text,
						CASE WHEN is_port THEN ' stroke="#fff" stroke-width="2.5" stroke-opacity="0.8" paint-order="stroke"'::text ELSE ' fill="#8a8a80" letter-spacing="0.5"'::text END), E'\n'::text ORDER BY n), ''::text) FROM chosen),
				svg_coordinate(height), legend.svg,
				(SELECT svg_text(22::double precision, last_y + 48::double precision, 'share of the total'::text, 11::double precision) OPERATOR(pg_catalog.||) size_key.svg FROM size_key WHERE size_key.svg IS NOT NULL)) AS svg,
				legend.last_y + CASE WHEN largest.share > 0::double precision THEN 82::double precision ELSE 24::double precision END AS sheet_height
			FROM frame, legend, largest
		)
		SELECT coalesce((SELECT svg_document(argument.title, 'Map of border ports; every symbol is one port and carries its name.'::text,
				pg_catalog.format('%s at %s'::text, svg_count((SELECT pg_catalog.count(*) FROM shown), 'port'::text), svg_count((SELECT pg_catalog.count(DISTINCT place) FROM shown), 'place'::text))
					OPERATOR(pg_catalog.||) CASE WHEN argument.is_sized THEN pg_catalog.format('; %s with a share'::text, svg_count((SELECT pg_catalog.count(share) FROM marked), 'port'::text))
						OPERATOR(pg_catalog.||) (SELECT CASE WHEN coalesce(drawn, 0::double precision) < '0.9999'::double precision
							THEN pg_catalog.format('; %s of the total has no port here'::text, svg_percent(1::double precision - coalesce(drawn, 0::double precision))) ELSE ''::text END FROM largest)
						ELSE ''::text END,
				svg_map.width, sheet_height, body.svg) FROM body),
			svg_empty(argument.title, svg_map.width, 'No port to draw'::text))
		FROM argument;
	END;
COMMENT ON FUNCTION svg_map(text, text, integer, text, integer, stage_scheme, composition) IS 'map of the ports as an SVG document: by is mode, transport, stage (of the scheme) or none and decides colour and shape (a port without one is a small grey disc), title NULL says what is shown, width is in pixels (200 to 8000), home is the ISO 3166 code (two capital letters, else error 22023) of the country whose ports are drawn (NULL: all), labels the greatest count of names. The bounds are those of the ports, and of the border and coast of China when a shipped port is among them, of the lines of local_border when a local one is; ports of one place stand side by side. With shares, a composition whose keys are port codes or place codes (a place is drawn at its first port), the area of each symbol is the share of its port, ports without a share are dots, and the subtitle says how much of the total has no port on the map. Equal-area projection. Examples: SELECT portext.svg_map(''mode'', home => ''CN''); SELECT portext.svg_map(shares => (SELECT portext.rollup(state) FROM portext.flow_year() WHERE measure = ''cargo_tonnes'' AND direction = ''both'' AND flow_year = 2002))';
