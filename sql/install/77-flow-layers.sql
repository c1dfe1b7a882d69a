-- Layers for maps of traffic and of modes, one point each.

-- Figures are added up within one calendar year, port, measure, unit and direction. A shipped figure whose period lies
-- within that of another one of the same kind is part of it and left out; local rows are taken as they are.
CREATE VIEW flow_layer AS
WITH yearly AS (
	SELECT pg_catalog.min(f.flow_id) AS id, f.subject_kind, f.subject_kind_rank, f.port_code,
		CASE WHEN f.port_code IS NULL THEN f.place_code END AS place_code, CASE WHEN f.port_code IS NULL THEN f.transport END AS transport,
		f.flow_year, f.measure, f.unit, f.direction, f.direction_rank,
		pg_catalog.sum(f.value) AS value, pg_catalog.count(*)::integer AS figures,
		pg_catalog.min(f.period_from) AS period_from, pg_catalog.max(f.period_to) AS period_to, pg_catalog.bool_or(f.is_local) AS is_local
	FROM flow f
	WHERE f.subject_kind_rank < 3
		AND pg_catalog.date_part('year'::text, f.period_to - 1)::integer = f.flow_year
		AND f.quality IN ('measured', 'derived', 'estimate')
		AND coalesce(f.unit, '') NOT IN ('percent', 't/day', 'vehicles/day')
		AND NOT EXISTS (SELECT FROM ref_flow whole
			WHERE NOT f.is_local AND whole.place_code = f.place_code AND whole.port_code IS NOT DISTINCT FROM f.port_code
				AND whole.measure = f.measure AND whole.unit = f.unit AND whole.direction = f.direction
				AND whole.quality IN ('measured', 'derived', 'estimate')
				AND pg_catalog.date_part('year'::text, whole.period_from)::integer = f.flow_year
				AND pg_catalog.date_part('year'::text, whole.period_to - 1)::integer = f.flow_year
				AND whole.period_from <= f.period_from AND whole.period_to >= f.period_to
				AND (whole.period_to - whole.period_from > f.period_days OR whole.id::bigint < f.flow_id))
	GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
), at AS (
	SELECT y.*, p.port_id, p.name, p.transport AS port_transport, p.country_iso2, p.neighbour_iso2, p.neighbour, p.region, p.mode, p.geom
	FROM yearly y JOIN port p ON p.port_code = y.port_code
	UNION ALL
	SELECT y.*, NULL, pl.name_en, y.transport, pl.country_iso2, NULL, NULL, pl.region, pl.mode::text,
		(SELECT p.geom FROM ref_port p WHERE p.place_code = y.place_code ORDER BY p.neighbour_iso2 IS NULL, p.id LIMIT 1)
	FROM yearly y JOIN ref_place pl ON pl.place_code = y.place_code
	WHERE y.port_code IS NULL
)
SELECT at.id AS flow_layer_id, at.subject_kind, at.subject_kind_rank, at.port_code, at.place_code, at.name,
	at.port_transport AS transport, pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], at.port_transport) AS transport_rank,
	at.country_iso2, at.neighbour_iso2, at.neighbour,
	at.region, pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], at.region) AS region_rank,
	at.mode, mode_rank(at.mode) AS mode_rank,
	at.flow_year, at.period_from, at.period_to,
	at.measure, at.unit, at.direction, at.direction_rank, at.value::double precision AS value,
	ratio_to_report(at.value) OVER alike AS value_share,
	pg_catalog.rank() OVER (alike ORDER BY at.value DESC)::integer AS value_rank, at.figures, at.is_local,
	ST_Y(at.geom) AS latitude, ST_X(at.geom) AS longitude, at.geom::geometry(Point, 4326) AS geom
FROM at
WINDOW alike AS (PARTITION BY at.subject_kind_rank, at.country_iso2, at.flow_year, at.measure, at.unit, at.direction);

COMMENT ON VIEW flow_layer IS 'traffic by port and calendar year as points, for symbols sized by value_share; filter by flow_year, measure, direction and subject_kind before drawing. Shipped figures and yours; figures of a whole place stand at its first port and are apart from those of its ports. Capacities, bounds, daily rates and percentages are left out, and so are periods that cross the end of a year';
COMMENT ON COLUMN flow_layer.flow_layer_id IS 'unique key: the smallest flow_id in the row';
COMMENT ON COLUMN flow_layer.subject_kind IS 'whom the figure is about: port, or place (all ports of a town)';
COMMENT ON COLUMN flow_layer.subject_kind_rank IS 'order of subject_kind: port 1, place 2';
COMMENT ON COLUMN flow_layer.port_code IS 'port, as in port; empty for a place';
COMMENT ON COLUMN flow_layer.place_code IS 'place, for the figures of a whole place';
COMMENT ON COLUMN flow_layer.name IS 'name of the port or place';
COMMENT ON COLUMN flow_layer.transport IS 'air, rail, road, river or pipeline; empty for several';
COMMENT ON COLUMN flow_layer.transport_rank IS 'order of transport: air 1, rail 2, road 3, river 4, pipeline 5';
COMMENT ON COLUMN flow_layer.country_iso2 IS 'country of the port, ISO 3166 two letters';
COMMENT ON COLUMN flow_layer.neighbour_iso2 IS 'country on the other side; empty for a place';
COMMENT ON COLUMN flow_layer.neighbour IS 'country on the other side, English name; empty for a place';
COMMENT ON COLUMN flow_layer.region IS 'region of the port, as in port';
COMMENT ON COLUMN flow_layer.region_rank IS 'order of region: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN flow_layer.mode IS 'port-city mode, as in port: PP, CPPC, CPC or CC';
COMMENT ON COLUMN flow_layer.mode_rank IS 'order of mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN flow_layer.flow_year IS 'calendar year';
COMMENT ON COLUMN flow_layer.period_from IS 'first day of the figures in it';
COMMENT ON COLUMN flow_layer.period_to IS 'the day after their last day; less than a year where only part of it is reported';
COMMENT ON COLUMN flow_layer.measure IS 'cargo_tonnes, persons, vehicles and so on, as in flow';
COMMENT ON COLUMN flow_layer.unit IS 'unit of value';
COMMENT ON COLUMN flow_layer.direction IS 'in, out or both, seen from the country of the port; both may hold what in and out say again';
COMMENT ON COLUMN flow_layer.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN flow_layer.value IS 'sum of the figures, in unit';
COMMENT ON COLUMN flow_layer.value_share IS 'value over the sum of all ports (or places) of the country with a figure for that year, measure, unit and direction, 0 to 1; empty when that is 0; mind period_to, a figure of half a year counts as it is';
COMMENT ON COLUMN flow_layer.value_rank IS 'order by value among them, the largest 1';
COMMENT ON COLUMN flow_layer.figures IS 'number of figures in the sum, 12 for a full year of months';
COMMENT ON COLUMN flow_layer.is_local IS 'true when a row of local_flow is in it';
COMMENT ON COLUMN flow_layer.latitude IS 'degrees north, WGS 84';
COMMENT ON COLUMN flow_layer.longitude IS 'degrees east, WGS 84';
COMMENT ON COLUMN flow_layer.geom IS 'the port, or the first port of the place; point, SRID 4326';
