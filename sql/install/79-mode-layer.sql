-- One layer that shows both modes of every port, in one glance where they differ.

CREATE VIEW mode_layer AS
SELECT p.port_id AS mode_layer_id, p.port_code, p.name, p.place_code, p.place, p.transport, p.transport_rank,
	p.country_iso2, p.country, p.neighbour_iso2, p.neighbour, p.region, p.region_rank,
	coalesce(p.mode, rule.predicted_mode) AS mode, coalesce(p.mode_rank, rule.predicted_mode_rank) AS mode_rank,
	basis.mode_basis, pg_catalog.array_position('{published,own,rule,none}'::text[], basis.mode_basis) AS mode_basis_rank,
	p.mode AS published_mode, p.mode_rank AS published_mode_rank,
	rule.predicted_mode, rule.predicted_mode_rank, p.mode = rule.predicted_mode AS agrees, rule.margin_km, rule.reason,
	p.is_local, p.latitude, p.longitude, p.geom
FROM port p
LEFT JOIN (
	SELECT false AS is_local, evidence.place_code AS code, evidence.predicted_mode, evidence.predicted_mode_rank, evidence.margin_km, evidence.reason
	FROM mode_evidence evidence
	UNION ALL
	SELECT true, own.port_code, own.predicted_mode, own.predicted_mode_rank, own.margin_km, own.reason
	FROM mode_local own
) rule ON rule.is_local = p.is_local AND rule.code = (CASE WHEN p.is_local THEN p.port_code ELSE p.place_code END)
CROSS JOIN LATERAL (SELECT CASE WHEN coalesce(p.mode, rule.predicted_mode) IS NULL THEN 'none' WHEN p.mode IS NULL THEN 'rule'
	WHEN p.is_local THEN 'own' ELSE 'published' END AS mode_basis) basis;

COMMENT ON VIEW mode_layer IS 'ports as points with the mode that is published (or, for your own ports, written in local_port), the mode that the rule gives, and in mode the first of the two that there is; one row per port';
COMMENT ON COLUMN mode_layer.mode_layer_id IS 'unique key, equal to port.port_id';
COMMENT ON COLUMN mode_layer.port_code IS 'code of the port, as in port';
COMMENT ON COLUMN mode_layer.name IS 'name of the port';
COMMENT ON COLUMN mode_layer.place_code IS 'key of the town that groups its ports';
COMMENT ON COLUMN mode_layer.place IS 'name of that town';
COMMENT ON COLUMN mode_layer.transport IS 'air, rail, road, river or pipeline';
COMMENT ON COLUMN mode_layer.transport_rank IS 'order of transport: air 1, rail 2, road 3, river 4, pipeline 5';
COMMENT ON COLUMN mode_layer.country_iso2 IS 'country of the port, ISO 3166 two letters';
COMMENT ON COLUMN mode_layer.country IS 'country of the port, English name';
COMMENT ON COLUMN mode_layer.neighbour_iso2 IS 'country on the other side, ISO 3166 two letters';
COMMENT ON COLUMN mode_layer.neighbour IS 'country on the other side, English name';
COMMENT ON COLUMN mode_layer.region IS 'region of the port, as in port';
COMMENT ON COLUMN mode_layer.region_rank IS 'order of region: northeast 1, southwest 2, northwest 3, other 4';
COMMENT ON COLUMN mode_layer.mode IS 'mode to draw: published_mode, else predicted_mode: PP, CPPC, CPC or CC';
COMMENT ON COLUMN mode_layer.mode_rank IS 'order of mode by urban integration: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_layer.mode_basis IS 'where mode is from: published, own, rule, or none';
COMMENT ON COLUMN mode_layer.mode_basis_rank IS 'order of mode_basis, 1 to 4';
COMMENT ON COLUMN mode_layer.published_mode IS 'mode in Table 3 of the paper, or your own; empty when there is none';
COMMENT ON COLUMN mode_layer.published_mode_rank IS 'order of published_mode: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_layer.predicted_mode IS 'mode that the rule gives; empty where the rule does not apply';
COMMENT ON COLUMN mode_layer.predicted_mode_rank IS 'order of predicted_mode: PP 1, CPPC 2, CPC 3, CC 4';
COMMENT ON COLUMN mode_layer.agrees IS 'whether the two are the same; empty when one is';
COMMENT ON COLUMN mode_layer.margin_km IS 'km by which distances would have to change before the rule says something else; small values are close calls';
COMMENT ON COLUMN mode_layer.reason IS 'what decides the rule, in one line';
COMMENT ON COLUMN mode_layer.is_local IS 'true for a row of local_port';
COMMENT ON COLUMN mode_layer.latitude IS 'degrees north, WGS 84';
COMMENT ON COLUMN mode_layer.longitude IS 'degrees east, WGS 84';
COMMENT ON COLUMN mode_layer.geom IS 'the port; point, SRID 4326';
