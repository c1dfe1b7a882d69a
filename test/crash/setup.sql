-- For crash.pl: the three ports of its writers, how far each writer has come, and what the roll-ups must be.
CREATE TABLE progress (client integer PRIMARY KEY, n integer NOT NULL);
INSERT INTO progress SELECT k, 0 FROM generate_series(0, 3) k;
INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom) SELECT 'p' || k, 'US', 'CA', 'SRID=4326;POINT(1 2)' FROM generate_series(1, 3) k;
CREATE VIEW wanted AS
	SELECT f.measure, coalesce(f.unit, '') AS unit, f.quality, f.direction, coalesce(p.country_iso2, '') AS country, coalesce(p.neighbour_iso2, '') AS neighbour,
		f.period_from, f.period_to, encode(portext.composition_send(portext.composition_agg(f.port_code, f.value)), 'hex') AS state
	FROM portext.local_flow f LEFT JOIN portext.port p ON p.port_code = f.port_code GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
CREATE VIEW kept AS
	SELECT measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, encode(portext.composition_send(state), 'hex') AS state
	FROM portext.local_rollup WHERE portext.entity_count(state) > 0;
