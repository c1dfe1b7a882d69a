-- Vector tiles for pg_tileserv, Martin and anything else that asks a function for z/x/y.

CREATE FUNCTION tile_filter(query jsonb, key text) RETURNS text[]
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE pg_catalog.jsonb_typeof(query OPERATOR(pg_catalog.->) key)
		WHEN 'array'::text THEN (SELECT coalesce(pg_catalog.array_agg(e.value), '{}'::text[]) FROM pg_catalog.jsonb_array_elements_text(query OPERATOR(pg_catalog.->) key) AS e (value))
		ELSE pg_catalog.string_to_array(query OPERATOR(pg_catalog.->>) key, ','::text)
	END;
COMMENT ON FUNCTION tile_filter(jsonb, text) IS 'the values that a tile query allows for one key: a JSON array, or one string with commas between; NULL when the key is absent. Example: SELECT portext.tile_filter(''{"mode": "PP,CC"}'', ''mode'') gives {PP,CC}';

-- A label that does not exist would give an empty map without a word.
CREATE FUNCTION tile_query_error(query jsonb) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN pg_catalog.jsonb_typeof(query) <> 'object'::text THEN 'query must be a JSON object'::text
		ELSE (SELECT pg_catalog.min(CASE
				WHEN allowed.key IS NULL THEN pg_catalog.format('query has an unknown key "%s"'::text, given.key)
				WHEN NOT tile_filter(tile_query_error.query, given.key) OPERATOR(pg_catalog.<@) allowed.labels
					OR allowed.labels IS NULL AND EXISTS (SELECT FROM pg_catalog.unnest(tile_filter(tile_query_error.query, given.key)) AS country (code)
						WHERE (country.code OPERATOR(pg_catalog.~) '^[A-Z]{2}$'::text) IS NOT TRUE)
					THEN pg_catalog.format('query has an unknown %s: %s'::text, given.key, tile_query_error.query OPERATOR(pg_catalog.->) given.key) END)
			FROM pg_catalog.jsonb_object_keys(CASE WHEN pg_catalog.jsonb_typeof(query) = 'object'::text THEN query ELSE '{}'::jsonb END) AS given (key)
			LEFT JOIN (VALUES ('mode'::text, '{PP,CPPC,CPC,CC}'::text[]), ('stage', '{1,2,3,4}'), ('country', NULL), ('neighbour', NULL),
				('transport', '{air,rail,road,river,pipeline}')) AS allowed (key, labels) ON allowed.key = given.key) END;
COMMENT ON FUNCTION tile_query_error(jsonb) IS 'what is wrong with the query of a tile, NULL when nothing is: an unknown key, a label that mode, stage or transport does not have, or a country or neighbour that is not two capital letters. Example: SELECT portext.tile_query_error(''{"colour": 1}'') gives query has an unknown key "colour"';

-- PostGIS has an error of its own for a tile out of range, but of the kind that means a bug. The planner may ask it with
-- constants before the check is made, so what it gets is in range in any case.
CREATE FUNCTION tile_square(z integer, x integer, y integer) RETURNS geometry
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN require_argument(z BETWEEN 0 AND 30, pg_catalog.format('tile zoom must be between 0 and 30, not %s'::text, z), 'Maps ask for 0 (the world) to about 22.'::text)
			AND require_argument(x::double precision >= 0::double precision AND x::double precision < pg_catalog.power(2::double precision, z::double precision)
					AND y::double precision >= 0::double precision AND y::double precision < pg_catalog.power(2::double precision, z::double precision),
				pg_catalog.format('tile %s/%s/%s is out of range'::text, z, x, y), 'At zoom z, x and y run from 0 to 2^z - 1.'::text)
		THEN ST_TileEnvelope(CASE WHEN z BETWEEN 0 AND 30 THEN z ELSE 0 END,
			CASE WHEN z BETWEEN 0 AND 30 AND x BETWEEN 0 AND (1 << z) - 1 THEN x ELSE 0 END,
			CASE WHEN z BETWEEN 0 AND 30 AND y BETWEEN 0 AND (1 << z) - 1 THEN y ELSE 0 END, ST_MakeEnvelope('-20037508.342789244'::double precision, '-20037508.342789244'::double precision,
			20037508.342789244::double precision, 20037508.342789244::double precision, 3857), '0'::double precision) END;
COMMENT ON FUNCTION tile_square(integer, integer, integer) IS 'the square of a tile in Web Mercator, geometry with SRID 3857; a tile out of range is error 22023. Example: SELECT public.ST_Area(portext.tile_square(1, 0, 0))';

-- The tile's box is taken to degrees first and widened there, by the margin of 64 of 4096: widened before, it would
-- cross 180 degrees and turn inside out. Points beyond the square world of Web Mercator are in no tile.
CREATE FUNCTION port_tile(z integer, x integer, y integer, query jsonb DEFAULT '{}') RETURNS bytea
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000
	BEGIN ATOMIC
		SELECT ST_AsMVT(tile, 'port'::text, 4096, 'geom'::text, 'port_id'::text)
		FROM (
			SELECT p.port_id, p.port_code, p.name, p.name_local, p.place, p.transport, p.country_iso2, p.neighbour_iso2,
				p.region, p.mode, p.mode_rank, p.stage, p.stage_rank, p.opened_year, p.season, p.is_local,
				ST_AsMVTGeom(ST_Transform(p.geom, 3857), tile_square(z, x, y)::box2d, 4096, 64, true) AS geom
			FROM port p
			WHERE require_argument(tile_query_error(query) IS NULL, tile_query_error(query),
					'The keys are mode (PP, CPPC, CPC, CC), stage (1 to 4), country, neighbour (two capital letters) and transport (air, rail, road, river, pipeline).'::text)
				AND p.geom && ST_Expand(ST_Transform(tile_square(z, x, y), 4326),
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
COMMENT ON FUNCTION port_tile(integer, integer, integer, jsonb) IS '{"description": "Ports as a Mapbox vector tile, layer port; query filters by mode, stage, country, neighbour or transport, for example {\"mode\": \"PP,CC\"}; another key, a mode, stage or transport that does not exist, a country that is not two capital letters or a tile out of range is error 22023", "vector_layers": [{"id": "port", "fields": {"port_code": "String", "name": "String", "name_local": "String", "place": "String", "transport": "String", "country_iso2": "String", "neighbour_iso2": "String", "region": "String", "mode": "String", "mode_rank": "Number", "stage": "String", "stage_rank": "Number", "opened_year": "Number", "season": "String", "is_local": "Boolean"}}]}';
