-- The flows with every label beside them. One branch per kind of subject; a filter on any column reaches each branch.

CREATE VIEW flow AS
SELECT
	f.id::bigint AS flow_id,
	CASE WHEN f.port_code IS NULL THEN 'place'::text ELSE 'port'::text END AS subject_kind,
	CASE WHEN f.port_code IS NULL THEN 2 ELSE 1 END AS subject_kind_rank,
	f.port_code,
	p.name_en AS port,
	f.place_code,
	pl.name_en AS place,
	pl.country_iso2,
	c.name_en AS country,
	p.neighbour_iso2,
	n.name_en AS neighbour,
	pl.region,
	pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], pl.region) AS region_rank,
	pl.province,
	f.transport,
	pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], f.transport) AS transport_rank,
	pl.mode::text AS mode,
	mode_rank(pl.mode) AS mode_rank,
	p.opened_year,
	stage_label(p.opened_year) AS opened_stage,
	stage_bucket(p.opened_year) AS opened_stage_rank,
	f.period_from,
	f.period_to,
	f.period_to OPERATOR(pg_catalog.-) f.period_from AS period_days,
	pg_catalog.date_part('year'::text, f.period_from)::integer AS flow_year,
	stage_label(f.period_from) AS stage,
	stage_bucket(f.period_from) AS stage_rank,
	f.direction,
	pg_catalog.array_position('{in,out,both}'::text[], f.direction) AS direction_rank,
	f.measure,
	f.value,
	f.unit,
	f.quality,
	pg_catalog.array_position('{measured,derived,estimate,upper_bound,design_capacity}'::text[], f.quality) AS quality_rank,
	f.source_code AS source,
	f.note,
	false AS is_local,
	ST_Y(p.geom) AS latitude,
	ST_X(p.geom) AS longitude
FROM ref_flow f
JOIN ref_place pl ON pl.place_code = f.place_code
JOIN ref_country c ON c.iso2 = pl.country_iso2
LEFT JOIN ref_port p ON p.port_code = f.port_code
LEFT JOIN ref_country n ON n.iso2 = p.neighbour_iso2
UNION ALL
SELECT
	m.flow_id_base OPERATOR(pg_catalog.+) t.id::bigint,
	'country'::text,
	3,
	NULL::text,
	NULL::text,
	NULL::text,
	NULL::text,
	'CN'::text,
	c.name_en,
	t.iso2,
	n.name_en,
	NULL::text,
	NULL::integer,
	NULL::text,
	NULL::text,
	NULL::integer,
	NULL::text,
	NULL::integer,
	NULL::integer,
	NULL::text,
	NULL::integer,
	pg_catalog.make_date(t.flows_year, 1, 1),
	pg_catalog.make_date(t.flows_year OPERATOR(pg_catalog.+) 1, 1, 1),
	pg_catalog.make_date(t.flows_year OPERATOR(pg_catalog.+) 1, 1, 1) OPERATOR(pg_catalog.-) pg_catalog.make_date(t.flows_year, 1, 1),
	t.flows_year,
	stage_label(t.flows_year),
	stage_bucket(t.flows_year),
	'both'::text,
	3,
	m.measure,
	CASE WHEN m.measure = 'persons'::text THEN t.people_k ELSE t.cargo_kt END OPERATOR(pg_catalog.*) 1000::numeric,
	m.unit,
	'measured'::text,
	1,
	'paper'::text,
	t.note,
	false,
	NULL::double precision,
	NULL::double precision
FROM ref_table2_country t
JOIN ref_country n ON n.iso2 = t.iso2
JOIN ref_country c ON c.iso2 = 'CN'::text
CROSS JOIN (VALUES (900000::bigint, 'cargo_tonnes'::text, 't'::text), (910000::bigint, 'persons'::text, 'person-times'::text))
	AS m (flow_id_base, measure, unit)
UNION ALL
SELECT
	f.flow_id,
	'port'::text,
	1,
	f.port_code,
	COALESCE(lp.name, p.name_en),
	COALESCE(lp.place_code, p.place_code),
	pl.name_en,
	COALESCE(lp.country_iso2, p.country_iso2, pl.country_iso2),
	c.name_en,
	COALESCE(lp.neighbour_iso2, p.neighbour_iso2),
	n.name_en,
	COALESCE(lp.region, pl.region),
	pg_catalog.array_position('{northeast,southwest,northwest,other}'::text[], COALESCE(lp.region, pl.region)),
	COALESCE(lp.province, pl.province),
	COALESCE(lp.transport, p.transport),
	pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], COALESCE(lp.transport, p.transport)),
	COALESCE(lp.mode, pl.mode::text),
	mode_rank(COALESCE(lp.mode, pl.mode::text)),
	COALESCE(lp.opened_year, p.opened_year),
	stage_label(COALESCE(lp.opened_year, p.opened_year)),
	stage_bucket(COALESCE(lp.opened_year, p.opened_year)),
	f.period_from,
	f.period_to,
	f.period_to OPERATOR(pg_catalog.-) f.period_from,
	pg_catalog.date_part('year'::text, f.period_from)::integer,
	stage_label(f.period_from),
	stage_bucket(f.period_from),
	f.direction,
	pg_catalog.array_position('{in,out,both}'::text[], f.direction),
	f.measure,
	f.value,
	f.unit,
	f.quality,
	pg_catalog.array_position('{measured,derived,estimate,upper_bound,design_capacity}'::text[], f.quality),
	f.source,
	f.note,
	true,
	ST_Y(COALESCE(lp.geom, p.geom)),
	ST_X(COALESCE(lp.geom, p.geom))
FROM own_flow f
LEFT JOIN local_port lp ON lp.port_code = f.port_code
LEFT JOIN ref_port p ON p.port_code = f.port_code AND lp.id IS NULL
LEFT JOIN ref_place pl ON pl.place_code = COALESCE(lp.place_code, p.place_code)
LEFT JOIN ref_country c ON c.iso2 = COALESCE(lp.country_iso2, p.country_iso2, pl.country_iso2)
LEFT JOIN ref_country n ON n.iso2 = COALESCE(lp.neighbour_iso2, p.neighbour_iso2);

COMMENT ON VIEW flow IS 'traffic figures with every label beside them: shipped ones of ports and places, the country totals of Table 2 of the paper (2012, without airports) and your own from local_flow. Subjects overlap (a place holds its ports, a country all of them), measures differ and design capacities are no traffic: filter by subject_kind, measure, unit, quality and period before adding up';
COMMENT ON COLUMN flow.flow_id IS 'unique key: below 1,000,000 shipped, from there on yours; country totals from 900,000';
COMMENT ON COLUMN flow.subject_kind IS 'whom the figure is about: port, place (all ports of a town) or country (all ports to one neighbour)';
COMMENT ON COLUMN flow.subject_kind_rank IS 'order of subject_kind: port 1, place 2, country 3';
COMMENT ON COLUMN flow.port_code IS 'port, as in port; empty for a place or country';
COMMENT ON COLUMN flow.port IS 'name of the port; empty for a code of local_flow that no port has, see local_flow_unmatched';
COMMENT ON COLUMN flow.place_code IS 'place, as in port';
COMMENT ON COLUMN flow.place IS 'name of the place';
COMMENT ON COLUMN flow.country_iso2 IS 'country of the port, ISO 3166 two letters';
COMMENT ON COLUMN flow.country IS 'country of the port, English name';
COMMENT ON COLUMN flow.neighbour_iso2 IS 'country on the other side, ISO 3166 two letters';
COMMENT ON COLUMN flow.neighbour IS 'country on the other side, English name';
COMMENT ON COLUMN flow.region IS 'northeast, southwest, northwest or other, as in port';
COMMENT ON COLUMN flow.region_rank IS 'order of region: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN flow.province IS 'province or autonomous region';
COMMENT ON COLUMN flow.transport IS 'air, rail, road, river or pipeline; empty where the figure covers several';
COMMENT ON COLUMN flow.transport_rank IS 'order of transport: air 1, rail 2, road 3, river 4, pipeline 5';
COMMENT ON COLUMN flow.mode IS 'published port-city mode of the place: PP, CPPC, CPC or CC';
COMMENT ON COLUMN flow.mode_rank IS 'order of mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN flow.opened_year IS 'year the port opened, as in port';
COMMENT ON COLUMN flow.opened_stage IS 'stage of the paper in which the port opened, see stages()';
COMMENT ON COLUMN flow.opened_stage_rank IS 'number of that stage: 1 to 1949, 2 1950-1979, 3 1980-1999, 4 from 2000';
COMMENT ON COLUMN flow.period_from IS 'first day of the period; empty for a capacity or a rate without a date';
COMMENT ON COLUMN flow.period_to IS 'the day after the last day of the period';
COMMENT ON COLUMN flow.period_days IS 'length of the period in days';
COMMENT ON COLUMN flow.flow_year IS 'year of period_from; periods of one calendar year have period_days 365 or 366';
COMMENT ON COLUMN flow.stage IS 'stage of the paper in which period_from lies, see stages()';
COMMENT ON COLUMN flow.stage_rank IS 'number of that stage: 1 to 1949, 2 1950-1979, 3 1980-1999, 4 from 2000';
COMMENT ON COLUMN flow.direction IS 'in, out or both, seen from the country of the port';
COMMENT ON COLUMN flow.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN flow.measure IS 'what is measured: cargo_tonnes, persons, vehicles, value_cny, value_usd, share_rail_cargo, share_road_cargo, share_all_border_cargo, share_all_border_persons; free text for local flows';
COMMENT ON COLUMN flow.value IS 'the figure in the unit of its row, as published (Table 2 times 1000)';
COMMENT ON COLUMN flow.unit IS 't, person-times, vehicle-times, CNY, USD, percent, t/day, vehicles/day; free text for local flows';
COMMENT ON COLUMN flow.quality IS 'measured, derived, estimate, upper_bound or design_capacity (a capacity per year, not traffic)';
COMMENT ON COLUMN flow.quality_rank IS 'order of quality: measured 1, derived 2, estimate 3, upper_bound 4, design_capacity 5';
COMMENT ON COLUMN flow.source IS 'source code, see ref_source; free text for local flows';
COMMENT ON COLUMN flow.note IS 'remarks: bounds, bases of shares, conflicts';
COMMENT ON COLUMN flow.is_local IS 'true for a row of local_flow';
COMMENT ON COLUMN flow.latitude IS 'latitude of the port, degrees north, WGS 84';
COMMENT ON COLUMN flow.longitude IS 'longitude of the port, degrees east, WGS 84';

CREATE VIEW local_flow_unmatched AS
SELECT
	f.flow_id,
	f.port_code,
	f.period_from,
	f.period_to,
	f.direction,
	f.direction_rank,
	f.measure,
	f.value,
	f.unit,
	f.quality,
	f.quality_rank,
	f.source,
	f.note
FROM own_flow f
WHERE NOT EXISTS (SELECT FROM local_port l WHERE l.port_code = f.port_code)
	AND NOT EXISTS (SELECT FROM ref_port r WHERE r.port_code = f.port_code);

COMMENT ON VIEW local_flow_unmatched IS 'rows of local_flow whose port_code no port has, neither shipped nor local; empty when all is well';
COMMENT ON COLUMN local_flow_unmatched.flow_id IS 'unique key, local_flow.id';
COMMENT ON COLUMN local_flow_unmatched.port_code IS 'the code that matches no port';
COMMENT ON COLUMN local_flow_unmatched.period_from IS 'first day of the period';
COMMENT ON COLUMN local_flow_unmatched.period_to IS 'the day after the last day of the period';
COMMENT ON COLUMN local_flow_unmatched.direction IS 'in, out or both';
COMMENT ON COLUMN local_flow_unmatched.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN local_flow_unmatched.measure IS 'what is measured';
COMMENT ON COLUMN local_flow_unmatched.value IS 'the figure in the unit of its row';
COMMENT ON COLUMN local_flow_unmatched.unit IS 'unit of value';
COMMENT ON COLUMN local_flow_unmatched.quality IS 'measured, derived, estimate, upper_bound or design_capacity';
COMMENT ON COLUMN local_flow_unmatched.quality_rank IS 'order of quality: measured 1, derived 2, estimate 3, upper_bound 4, design_capacity 5';
COMMENT ON COLUMN local_flow_unmatched.source IS 'source, free text';
COMMENT ON COLUMN local_flow_unmatched.note IS 'remarks';
