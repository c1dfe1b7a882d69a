# Rows in every local table, and objects of the user's own over the extension's. Source it after tap.sh.

locals() { # the tables that a dump must carry
	q "$1" "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'portext'::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'local\_%' AND c.relname <> 'local_rollup' ORDER BY 1"
}

content() { # every row of every local table, as text
	local t
	for t in $(locals "$1"); do q "$1" "SELECT '$t', t.* FROM portext.$t t ORDER BY id"; done
	q "$1" "SELECT measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state FROM portext.local_rollup
		WHERE portext.entity_count(state) > 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
	q "$1" "SELECT * FROM my_crossing ORDER BY 1"
	q "$1" "SELECT * FROM my_summary ORDER BY 1"
	q "$1" "REFRESH MATERIALIZED VIEW my_shares; SELECT * FROM my_shares ORDER BY 1" # as a restore does
	q "$1" "SELECT * FROM my_map ORDER BY 1, 2, 3, 4, 5"
}

write() { # write DATABASE SCHEMA: rows in every local table, and objects of the user's own over the extension's
	psql -qX -v ON_ERROR_STOP=1 -d "$1" -v gis="$2" <<-'SQL'
		INSERT INTO portext.local_port (name, name_local, mode, opened_year, counterpart_latitude, geom)
			VALUES (E'Tab\there', '口岸 "quoted", comma', 'CPC', 1999, -0.1, :gis.ST_SetSRID(:gis.ST_MakePoint(100.1, 20.2), 4326)),
				('', NULL, NULL, NULL, NULL, :gis.ST_SetSRID(:gis.ST_MakePoint(-180, 90), 4326));
		INSERT INTO portext.local_port (port_code, name, transport, geom)
			VALUES ('nanping-road', E'back\\slash\nnewline', 'rail', :gis.ST_SetSRID(:gis.ST_MakePoint(129.2, 42.3), 4326));
		INSERT INTO portext.local_city (city_code, name, country_iso2, population, geom)
			VALUES ('c1', '和龙', 'CN', 9223372036854775807, :gis.ST_SetSRID(:gis.ST_MakePoint(129, 42.5), 4326));
		INSERT INTO portext.local_border (neighbour_iso2, geom) VALUES ('KP', :gis.ST_SetSRID(:gis.ST_MakeLine(:gis.ST_MakePoint(1, 2), :gis.ST_MakePoint(3, 4)), 4326));
		INSERT INTO portext.local_event (port_code, event_date, event) VALUES ('local-1', '1929-12-31', 'opened'), ('local-2', '0044-03-15 BC', 'closed');
		INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit)
			VALUES ('local-1', '2012-01-01', '2013-01-01', 'in', 'cargo_tonnes', 0.10000000000000000000000001, 't'),
				('nanping-road', '2012-01-01', '2013-01-01', 'both', 'persons', 123456789012345678901234567890, NULL),
				('not there', '2012-01-01', '2012-02-01', 'out', 'cargo_tonnes', 0, 't');
		UPDATE portext.local_port SET note = 'changed' WHERE port_code = 'local-2';
		UPDATE portext.local_city SET population_year = 2010;
		UPDATE portext.local_border SET note = 'changed';
		UPDATE portext.local_event SET note = 'changed' WHERE event = 'closed';
		UPDATE portext.local_flow SET quality = 'estimate' WHERE port_code = 'local-1';
		DELETE FROM portext.local_flow WHERE value = 0;
		INSERT INTO portext.local_reject (source, line, rule, content) VALUES ('us-bts', 7, 'unknown port', '(a,"b ""c""")');
		CREATE TABLE my_crossing (id integer PRIMARY KEY, mode portext.port_mode, stages portext.stage_scheme, trade portext.composition);
		INSERT INTO my_crossing VALUES (1, 'CPC', portext.china_border_port_stages(), '{"煤": 0.1, "b": 12345678901234567890}'), (2, 'PP', NULL, '[1, 2]');
		ALTER TABLE my_crossing ADD COLUMN hhi double precision GENERATED ALWAYS AS (portext.hhi(trade)) STORED,
			ADD COLUMN stage integer GENERATED ALWAYS AS (portext.stage_bucket(1955, stages)) STORED,
			ADD COLUMN urban boolean GENERATED ALWAYS AS (mode OPERATOR(portext.>=) 'CPC') STORED,
			ADD COLUMN scheme portext.stage_scheme DEFAULT portext.china_opening_peaks(),
			ADD CHECK (portext.total(trade) > 0), ADD CHECK (portext.mode_can_follow('PP', mode) OR mode OPERATOR(portext.=) 'PP');
		CREATE INDEX ON my_crossing ((mode::text));
		CREATE INDEX ON my_crossing USING hash (mode);
		CREATE UNIQUE INDEX ON my_crossing (trade) WHERE mode OPERATOR(portext.<) 'CC';
		CREATE INDEX ON my_crossing (portext.hhi(trade));
		CREATE MATERIALIZED VIEW my_summary AS SELECT p.port_id, p.name, portext.stage_bucket(p.opened_year, portext.china_opening_peaks()) AS peak
			FROM portext.port p WHERE p.is_local;
		CREATE FUNCTION my_points(c portext.composition) RETURNS double precision LANGUAGE sql IMMUTABLE RETURN portext.hhi(c) * 10000;
		CREATE INDEX ON my_crossing (my_points(trade));
		CREATE VIEW my_ports AS SELECT p.port_id, p.name, p.mode::portext.port_mode AS mode, c.geom AS line FROM portext.port p LEFT JOIN portext.crossing c USING (port_code);
		CREATE MATERIALIZED VIEW my_shares AS SELECT f.neighbour, portext.composition_agg(f.measure, f.value) AS trade, portext.hhi(portext.composition_agg(f.measure, f.value)) AS hhi
			FROM portext.flow f WHERE f.value IS NOT NULL GROUP BY f.neighbour;
		CREATE UNIQUE INDEX ON my_shares (portext.total_exact(trade), neighbour);
		CREATE MATERIALIZED VIEW my_map AS SELECT p.*, portext.mode_successors(p.mode) AS next FROM my_ports p WHERE p.mode OPERATOR(portext.<) 'CPC';
	SQL
}
