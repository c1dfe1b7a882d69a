-- Vector tiles for pg_tileserv, Martin and anything else that asks a function for z/x/y.

CREATE FUNCTION tile_filter(query jsonb, key text) RETURNS text[]
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE pg_catalog.jsonb_typeof(query OPERATOR(pg_catalog.->) key)
		WHEN 'array'::text THEN (SELECT pg_catalog.array_agg(e.value) FROM pg_catalog.jsonb_array_elements_text(query OPERATOR(pg_catalog.->) key) AS e (value))
		ELSE pg_catalog.string_to_array(query OPERATOR(pg_catalog.->>) key, ','::text)
	END;
COMMENT ON FUNCTION tile_filter(jsonb, text) IS 'the values that a tile query allows for one key: a JSON array, or one string with commas between; NULL when the key is absent. Example: SELECT portext.tile_filter(''{"mode": "PP,CC"}'', ''mode'') gives {PP,CC}';

-- The tile's box is taken to degrees first and widened there: widened before, it would cross 180 degrees and turn
-- inside out. Points beyond the square world of Web Mercator are in no tile.
CREATE FUNCTION port_tile(z integer, x integer, y integer, query jsonb DEFAULT '{}') RETURNS bytea
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000
	BEGIN ATOMIC
		SELECT ST_AsMVT(tile, 'port'::text, 4096, 'geom'::text, 'port_id'::text)
		FROM (
			SELECT p.port_id, p.port_code, p.name, p.name_local, p.place, p.transport, p.country_iso2, p.neighbour_iso2,
				p.region, p.mode, p.mode_rank, p.stage, p.stage_rank, p.opened_year, p.season, p.is_local,
				ST_AsMVTGeom(ST_Transform(p.geom, 3857), ST_TileEnvelope(z, x, y)::box2d, 4096, 64) AS geom
			FROM port p
			WHERE svg_require((SELECT pg_catalog.count(*) OPERATOR(pg_catalog.=) 0::bigint FROM pg_catalog.jsonb_object_keys(query) AS k (key)
					WHERE k.key <> ALL (ARRAY['mode'::text, 'stage', 'country', 'neighbour', 'transport'])),
				pg_catalog.format('unknown key in the query of port_tile: %s'::text, query),
				'The keys are mode, stage (1, 2, ...), country, neighbour (two letters) and transport.'::text)
				AND p.geom && ST_Expand(ST_Transform(ST_TileEnvelope(z, x, y), 4326),
					'5.625'::double precision OPERATOR(pg_catalog./) pg_catalog.power(2::double precision, z::double precision))
				AND p.latitude BETWEEN '-85.06'::double precision AND '85.06'::double precision
				AND (tile_filter(query, 'mode'::text) IS NULL OR p.mode = ANY (tile_filter(query, 'mode'::text)))
				AND (tile_filter(query, 'stage'::text) IS NULL OR p.stage_rank::text = ANY (tile_filter(query, 'stage'::text)))
				AND (tile_filter(query, 'country'::text) IS NULL OR p.country_iso2 = ANY (tile_filter(query, 'country'::text)))
				AND (tile_filter(query, 'neighbour'::text) IS NULL OR p.neighbour_iso2 = ANY (tile_filter(query, 'neighbour'::text)))
				AND (tile_filter(query, 'transport'::text) IS NULL OR p.transport = ANY (tile_filter(query, 'transport'::text)))
			ORDER BY p.port_id
		) AS tile
		WHERE tile.geom IS NOT NULL;
	END;
COMMENT ON FUNCTION port_tile(integer, integer, integer, jsonb) IS '{"description": "Ports as a Mapbox vector tile, layer port; query filters by mode, stage, country, neighbour or transport, for example {\"mode\": \"PP,CC\"}; another key is an error", "vector_layers": [{"id": "port", "fields": {"port_code": "String", "name": "String", "name_local": "String", "place": "String", "transport": "String", "country_iso2": "String", "neighbour_iso2": "String", "region": "String", "mode": "String", "mode_rank": "Number", "stage": "String", "stage_rank": "Number", "opened_year": "Number", "season": "String", "is_local": "Boolean"}}]}';
