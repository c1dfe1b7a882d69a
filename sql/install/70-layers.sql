-- The layers people open: the shipped facts and the user's own rows in one view each, with plain types only. The
-- first column is a unique integer (shipped ids lie below 1,000,000, the user's above), every ordered label has its
-- rank beside it, and a local row with a shipped code replaces the shipped row here and nowhere else.
-- Labels are joined on unique keys with LEFT JOIN, so that a query that does not name them does not pay for them.

CREATE VIEW port AS
SELECT
	r.id AS port_id,
	r.port_code,
	r.name_en AS name,
	r.name_local,
	r.place_code,
	pl.name_en AS place,
	r.transport,
	pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], r.transport) AS transport_rank,
	r.country_iso2,
	c.name_en AS country,
	r.neighbour_iso2,
	n.name_en AS neighbour,
	r.second_neighbour_iso2,
	pl.region,
	pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], pl.region) AS region_rank,
	pl.province,
	pl.prefecture,
	r.county,
	r.counterpart_name,
	ST_Y(r.counterpart_geom) AS counterpart_latitude,
	ST_X(r.counterpart_geom) AS counterpart_longitude,
	r.opened_year,
	stage_label(r.opened_year) AS stage,
	stage_bucket(r.opened_year) AS stage_rank,
	r.season,
	pg_catalog.array_position('{year_round,seasonal,closed}'::text[], r.season) AS season_rank,
	r.open_to_third_country,
	pl.mode::text AS mode,
	mode_rank(pl.mode) AS mode_rank,
	r.unlocode,
	r.elevation_m::double precision AS elevation_m,
	r.confidence,
	pg_catalog.array_position('{high,medium,low}'::text[], r.confidence) AS confidence_rank,
	r.fact_source AS source,
	r.note,
	false AS is_local,
	ST_Y(r.geom) AS latitude,
	ST_X(r.geom) AS longitude,
	r.geom
FROM ref_port r
JOIN ref_place pl ON pl.place_code = r.place_code
JOIN ref_country c ON c.iso2 = r.country_iso2
LEFT JOIN ref_country n ON n.iso2 = r.neighbour_iso2
WHERE NOT EXISTS (SELECT FROM local_port l WHERE l.port_code = r.port_code)
UNION ALL
SELECT
	l.id,
	l.port_code,
	l.name,
	l.name_local,
	l.place_code,
	pl.name_en,
	l.transport,
	pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], l.transport),
	COALESCE(l.country_iso2, pl.country_iso2),
	c.name_en,
	l.neighbour_iso2,
	n.name_en,
	NULL::text,
	COALESCE(l.region, pl.region),
	pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], COALESCE(l.region, pl.region)),
	COALESCE(l.province, pl.province),
	pl.prefecture,
	NULL::text,
	l.counterpart_name,
	l.counterpart_latitude,
	l.counterpart_longitude,
	l.opened_year,
	stage_label(l.opened_year),
	stage_bucket(l.opened_year),
	l.season,
	pg_catalog.array_position('{year_round,seasonal,closed}'::text[], l.season),
	l.open_to_third_country,
	COALESCE(l.mode, pl.mode::text),
	mode_rank(COALESCE(l.mode, pl.mode::text)),
	NULL::text,
	NULL::double precision,
	NULL::text,
	NULL::integer,
	l.source,
	l.note,
	true,
	ST_Y(l.geom),
	ST_X(l.geom),
	l.geom
FROM local_port l
LEFT JOIN ref_place pl ON pl.place_code = l.place_code
LEFT JOIN ref_country c ON c.iso2 = COALESCE(l.country_iso2, pl.country_iso2)
LEFT JOIN ref_country n ON n.iso2 = l.neighbour_iso2;

COMMENT ON VIEW port IS 'border ports, one point each: the shipped 95 of China and your own from local_port; a local row with a shipped port_code replaces the shipped one here. One row per transport, so a town may have several';
COMMENT ON COLUMN port.port_id IS 'unique key: below 1,000,000 shipped, from there on yours';
COMMENT ON COLUMN port.port_code IS 'readable key, for example manzhouli-rail';
COMMENT ON COLUMN port.name IS 'name in English or pinyin';
COMMENT ON COLUMN port.name_local IS 'name in the script of the country';
COMMENT ON COLUMN port.place_code IS 'key of the town that groups its ports, for example manzhouli';
COMMENT ON COLUMN port.place IS 'name of that town; empty for a place that is not shipped';
COMMENT ON COLUMN port.transport IS 'air, rail, road, river or pipeline';
COMMENT ON COLUMN port.transport_rank IS 'order of transport: air 1, rail 2, road 3, river 4, pipeline 5';
COMMENT ON COLUMN port.country_iso2 IS 'country of the port, ISO 3166 two letters';
COMMENT ON COLUMN port.country IS 'country of the port, English name';
COMMENT ON COLUMN port.neighbour_iso2 IS 'country on the other side, ISO 3166 two letters; empty for airports';
COMMENT ON COLUMN port.neighbour IS 'country on the other side, English name';
COMMENT ON COLUMN port.second_neighbour_iso2 IS 'second country served, where there is one (Pulan: IN)';
COMMENT ON COLUMN port.region IS 'northeast, southwest, northwest or other, as in Table 1 of the paper (eastern Inner Mongolia is northeast); free text for local ports';
COMMENT ON COLUMN port.region_rank IS 'order of region in Table 1 of the paper: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN port.province IS 'province or autonomous region';
COMMENT ON COLUMN port.prefecture IS 'prefecture-level unit; shipped places only';
COMMENT ON COLUMN port.county IS 'county-level unit; shipped ports only';
COMMENT ON COLUMN port.counterpart_name IS 'port or town on the other side';
COMMENT ON COLUMN port.counterpart_latitude IS 'latitude of the counterpart, degrees north, WGS 84';
COMMENT ON COLUMN port.counterpart_longitude IS 'longitude of the counterpart, degrees east, WGS 84';
COMMENT ON COLUMN port.opened_year IS 'year of State approval as a first-class port where known, else of opening; note says which';
COMMENT ON COLUMN port.stage IS 'stage of the paper in which opened_year lies, see stages()';
COMMENT ON COLUMN port.stage_rank IS 'number of that stage: 1 to 1949, 2 1950-1979, 3 1980-1999, 4 from 2000';
COMMENT ON COLUMN port.season IS 'year_round, seasonal or closed, as of early 2014; empty when unknown';
COMMENT ON COLUMN port.season_rank IS 'order of season: year_round 1, seasonal 2, closed 3';
COMMENT ON COLUMN port.open_to_third_country IS 'whether travellers of third countries may pass; empty when unknown';
COMMENT ON COLUMN port.mode IS 'published port-city mode of the place: PP, CPPC, CPC or CC; empty when the paper does not class it';
COMMENT ON COLUMN port.mode_rank IS 'order of mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN port.unlocode IS 'UN/LOCODE of edition 2014-1; ports of one town may share it';
COMMENT ON COLUMN port.elevation_m IS 'elevation in metres, where known';
COMMENT ON COLUMN port.confidence IS 'high, medium or low: how well year and position are supported; shipped ports only';
COMMENT ON COLUMN port.confidence_rank IS 'order of confidence: high 1, medium 2, low 3';
COMMENT ON COLUMN port.source IS 'source codes of the facts, separated by "; " (ref_source says what they are); free text for local ports';
COMMENT ON COLUMN port.note IS 'remarks';
COMMENT ON COLUMN port.is_local IS 'true for a row of local_port';
COMMENT ON COLUMN port.latitude IS 'degrees north, WGS 84';
COMMENT ON COLUMN port.longitude IS 'degrees east, WGS 84';
COMMENT ON COLUMN port.geom IS 'the crossing point or wharf, else the port''s town; point, SRID 4326';

CREATE VIEW crossing AS
SELECT
	p.port_id AS crossing_id,
	p.port_code,
	p.name,
	p.counterpart_name,
	p.transport,
	p.transport_rank,
	p.country_iso2,
	p.country,
	p.neighbour_iso2,
	p.neighbour,
	p.region,
	p.region_rank,
	p.mode,
	p.mode_rank,
	ST_Distance(p.geom::geography, ST_SetSRID(ST_MakePoint(p.counterpart_longitude, p.counterpart_latitude), 4326)::geography, true)
		OPERATOR(pg_catalog./) 1000::double precision AS length_km,
	p.is_local,
	p.latitude,
	p.longitude,
	ST_MakeLine(p.geom, ST_SetSRID(ST_MakePoint(p.counterpart_longitude, p.counterpart_latitude), 4326))::geometry(LineString, 4326) AS geom
FROM port p
WHERE p.counterpart_latitude IS NOT NULL AND p.counterpart_longitude IS NOT NULL;

COMMENT ON VIEW crossing IS 'a straight line from each port to its counterpart on the other side, where the counterpart''s position is known';
COMMENT ON COLUMN crossing.crossing_id IS 'unique key, equal to port.port_id';
COMMENT ON COLUMN crossing.port_code IS 'code of the port, as in port';
COMMENT ON COLUMN crossing.name IS 'name of the port';
COMMENT ON COLUMN crossing.counterpart_name IS 'port or town on the other side';
COMMENT ON COLUMN crossing.transport IS 'air, rail, road, river or pipeline';
COMMENT ON COLUMN crossing.transport_rank IS 'order of transport: air 1, rail 2, road 3, river 4, pipeline 5';
COMMENT ON COLUMN crossing.country_iso2 IS 'country of the port, ISO 3166 two letters';
COMMENT ON COLUMN crossing.country IS 'country of the port, English name';
COMMENT ON COLUMN crossing.neighbour_iso2 IS 'country on the other side, ISO 3166 two letters';
COMMENT ON COLUMN crossing.neighbour IS 'country on the other side, English name';
COMMENT ON COLUMN crossing.region IS 'region of the port, as in port';
COMMENT ON COLUMN crossing.region_rank IS 'order of region: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN crossing.mode IS 'published port-city mode of the place: PP, CPPC, CPC or CC';
COMMENT ON COLUMN crossing.mode_rank IS 'order of mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN crossing.length_km IS 'length on the WGS 84 spheroid in kilometres';
COMMENT ON COLUMN crossing.is_local IS 'true for a row of local_port';
COMMENT ON COLUMN crossing.latitude IS 'latitude of the port, degrees north, WGS 84';
COMMENT ON COLUMN crossing.longitude IS 'longitude of the port, degrees east, WGS 84';
COMMENT ON COLUMN crossing.geom IS 'line of two points, port first; SRID 4326';

CREATE VIEW border AS
SELECT
	b.id AS border_id,
	b.kind,
	b.neighbour_iso2,
	b.neighbour_name AS neighbour,
	b.part,
	ST_Length(b.geom::geography, true) OPERATOR(pg_catalog./) 1000::double precision AS length_km,
	b.source_code,
	false AS is_local,
	b.geom
FROM ref_border b
UNION ALL
SELECT
	l.id,
	l.kind,
	l.neighbour_iso2,
	n.name_en,
	l.part,
	ST_Length(l.geom::geography, true) OPERATOR(pg_catalog./) 1000::double precision,
	l.source,
	true,
	l.geom
FROM local_border l
LEFT JOIN ref_country n ON n.iso2 = l.neighbour_iso2;

COMMENT ON VIEW border IS 'China''s land border by neighbour and its coast, as simplified lines for maps, and your own lines from local_border; no statement on any dispute';
COMMENT ON COLUMN border.border_id IS 'unique key';
COMMENT ON COLUMN border.kind IS 'land_border or coast';
COMMENT ON COLUMN border.neighbour_iso2 IS 'country on the other side, ISO 3166 two letters; empty for the coast and for the Siachen Glacier';
COMMENT ON COLUMN border.neighbour IS 'name of the other side; empty for the coast';
COMMENT ON COLUMN border.part IS 'number of the piece, where one neighbour or the coast has several';
COMMENT ON COLUMN border.length_km IS 'length of the simplified line on the WGS 84 spheroid in kilometres; shorter than the true border';
COMMENT ON COLUMN border.source_code IS 'source code, see ref_source; free text for local lines';
COMMENT ON COLUMN border.is_local IS 'true for a row of local_border';
COMMENT ON COLUMN border.geom IS 'line, SRID 4326';

CREATE VIEW city AS
SELECT
	r.id AS city_id,
	r.city_code,
	r.name_en AS name,
	r.name_local,
	r.country_iso2,
	c.name_en AS country,
	r.admin1,
	r.population,
	r.population_year,
	r.source_code AS source,
	r.note,
	false AS is_local,
	ST_Y(r.geom) AS latitude,
	ST_X(r.geom) AS longitude,
	r.geom
FROM ref_city r
JOIN ref_country c ON c.iso2 = r.country_iso2
WHERE NOT EXISTS (SELECT FROM local_city l WHERE l.city_code = r.city_code)
UNION ALL
SELECT
	l.id,
	l.city_code,
	l.name,
	l.name_local,
	l.country_iso2,
	c.name_en,
	l.admin1,
	l.population,
	l.population_year,
	l.source,
	l.note,
	true,
	ST_Y(l.geom),
	ST_X(l.geom),
	l.geom
FROM local_city l
LEFT JOIN ref_country c ON c.iso2 = l.country_iso2;

COMMENT ON VIEW city IS 'cities and towns: the shipped ones (10,000 or more people within 150 km of a port, on either side, and those the source documents name) and your own from local_city; a local row with a shipped city_code replaces the shipped one here';
COMMENT ON COLUMN city.city_id IS 'unique key: below 1,000,000 shipped, from there on yours';
COMMENT ON COLUMN city.city_code IS 'readable key; shipped cities have gn- and the GeoNames number';
COMMENT ON COLUMN city.name IS 'name in English or Latin script';
COMMENT ON COLUMN city.name_local IS 'name in the script of the country, where known';
COMMENT ON COLUMN city.country_iso2 IS 'country, ISO 3166 two letters';
COMMENT ON COLUMN city.country IS 'country, English name; empty for a country that is not shipped';
COMMENT ON COLUMN city.admin1 IS 'province, oblast or like unit';
COMMENT ON COLUMN city.population IS 'inhabitants';
COMMENT ON COLUMN city.population_year IS 'year of the count; empty when the source gives none';
COMMENT ON COLUMN city.source IS 'source code, see ref_source; free text for local cities';
COMMENT ON COLUMN city.note IS 'remarks';
COMMENT ON COLUMN city.is_local IS 'true for a row of local_city';
COMMENT ON COLUMN city.latitude IS 'degrees north, WGS 84';
COMMENT ON COLUMN city.longitude IS 'degrees east, WGS 84';
COMMENT ON COLUMN city.geom IS 'point, SRID 4326';

CREATE VIEW event AS
SELECT
	r.id AS event_id,
	r.port_code,
	p.name_en AS port,
	r.place_code,
	pl.name_en AS place,
	pl.province,
	pl.region,
	pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], pl.region) AS region_rank,
	n.name_en AS neighbour,
	p.transport,
	pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], p.transport) AS transport_rank,
	r.event_date,
	r.date_precision,
	pg_catalog.array_position('{year,month,day}'::text[], r.date_precision) AS date_precision_rank,
	pg_catalog.date_part('year'::text, r.event_date)::integer AS event_year,
	stage_label(r.event_date) AS stage,
	stage_bucket(r.event_date) AS stage_rank,
	r.event,
	r.factor_editorial,
	f.ordinal AS factor_editorial_rank,
	r.source_code AS source,
	r.note,
	false AS is_local,
	ST_Y(p.geom) AS latitude,
	ST_X(p.geom) AS longitude
FROM ref_event r
JOIN ref_place pl ON pl.place_code = r.place_code
JOIN ref_factor f ON f.factor_code = r.factor_editorial
LEFT JOIN ref_port p ON p.port_code = r.port_code
LEFT JOIN ref_country n ON n.iso2 = p.neighbour_iso2
UNION ALL
SELECT
	l.id,
	l.port_code,
	COALESCE(lp.name, p.name_en),
	COALESCE(l.place_code, lp.place_code, p.place_code),
	pl.name_en,
	COALESCE(lp.province, pl.province),
	COALESCE(lp.region, pl.region),
	pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], COALESCE(lp.region, pl.region)),
	n.name_en,
	COALESCE(lp.transport, p.transport),
	pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], COALESCE(lp.transport, p.transport)),
	l.event_date,
	l.date_precision,
	pg_catalog.array_position('{year,month,day}'::text[], l.date_precision),
	pg_catalog.date_part('year'::text, l.event_date)::integer,
	stage_label(l.event_date),
	stage_bucket(l.event_date),
	l.event,
	NULL::text,
	NULL::integer,
	l.source,
	l.note,
	true,
	ST_Y(COALESCE(lp.geom, p.geom)),
	ST_X(COALESCE(lp.geom, p.geom))
FROM local_event l
LEFT JOIN local_port lp ON lp.port_code = l.port_code
LEFT JOIN ref_port p ON p.port_code = l.port_code AND lp.id IS NULL
LEFT JOIN ref_place pl ON pl.place_code = COALESCE(l.place_code, lp.place_code, p.place_code)
LEFT JOIN ref_country n ON n.iso2 = COALESCE(lp.neighbour_iso2, p.neighbour_iso2);

COMMENT ON VIEW event IS 'dated changes of status of ports and places: the shipped ones and your own from local_event';
COMMENT ON COLUMN event.event_id IS 'unique key: below 1,000,000 shipped, from there on yours';
COMMENT ON COLUMN event.port_code IS 'port, as in port; empty when the event concerns the whole place';
COMMENT ON COLUMN event.port IS 'name of the port';
COMMENT ON COLUMN event.place_code IS 'place, as in port';
COMMENT ON COLUMN event.place IS 'name of the place';
COMMENT ON COLUMN event.province IS 'province or autonomous region';
COMMENT ON COLUMN event.region IS 'northeast, southwest, northwest or other';
COMMENT ON COLUMN event.region_rank IS 'order of region: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN event.neighbour IS 'country on the other side of the port, English name';
COMMENT ON COLUMN event.transport IS 'transport of the port: air, rail, road, river or pipeline';
COMMENT ON COLUMN event.transport_rank IS 'order of transport: air 1, rail 2, road 3, river 4, pipeline 5';
COMMENT ON COLUMN event.event_date IS 'date; the first day of the month or year when only that is known, see date_precision';
COMMENT ON COLUMN event.date_precision IS 'year, month or day: how much of event_date is known';
COMMENT ON COLUMN event.date_precision_rank IS 'order of date_precision: year 1, month 2, day 3';
COMMENT ON COLUMN event.event_year IS 'year of event_date';
COMMENT ON COLUMN event.stage IS 'stage of the paper in which event_date lies, see stages()';
COMMENT ON COLUMN event.stage_rank IS 'number of that stage: 1 to 1949, 2 1950-1979, 3 1980-1999, 4 from 2000';
COMMENT ON COLUMN event.event IS 'what happened: established, approved, opened, reopened, closed, suspended, upgraded, relocated, bridge_opened, rail_link, policy_zone, city_established, construction, expansion, renovation; free text for local events';
COMMENT ON COLUMN event.factor_editorial IS 'demand, geopolitics, policy or environment: the compiler''s coding of the stated cause, not the source''s own; shipped events only';
COMMENT ON COLUMN event.factor_editorial_rank IS 'order of the factors in the paper: demand 1, geopolitics 2, policy 3, environment 4';
COMMENT ON COLUMN event.source IS 'source code, see ref_source; free text for local events';
COMMENT ON COLUMN event.note IS 'remarks';
COMMENT ON COLUMN event.is_local IS 'true for a row of local_event';
COMMENT ON COLUMN event.latitude IS 'latitude of the port, degrees north, WGS 84; empty without a port';
COMMENT ON COLUMN event.longitude IS 'longitude of the port, degrees east, WGS 84; empty without a port';
