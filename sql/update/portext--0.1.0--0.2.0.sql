\echo Use "ALTER EXTENSION portext UPDATE" to load this file. \quit

-- Brings a database of 0.1.0 to what CREATE EXTENSION makes of 0.2.0.

-- A superuser runs this script for whoever owns the extension, and the owner of the schema can have put something there:
-- a function, an operator or a type would be bound or called in PostGIS's place. A table or view of the owner's own does
-- no harm unless its row type has the name of a type of PostGIS's. Membership proves nothing, since the owner can add
-- members; that a superuser owns it does.
DO $$
DECLARE
	strange text;
BEGIN
	IF pg_catalog.current_setting('standard_conforming_strings') OPERATOR(pg_catalog.<>) 'on' THEN	-- the whole script is read by now, each backslash wrong
		RAISE EXCEPTION 'portext cannot be updated while standard_conforming_strings is off'
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'SET standard_conforming_strings = on, and update again.';
	END IF;
	SELECT pg_catalog.string_agg(pg_catalog.pg_describe_object(f.classid, f.objid, 0), ', ') INTO strange
	FROM (SELECT d.classid, d.objid FROM pg_catalog.pg_depend d
	WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass::pg_catalog.oid
		AND d.refobjid OPERATOR(pg_catalog.=) 'portext'::pg_catalog.regnamespace::pg_catalog.oid
		AND (d.classid OPERATOR(pg_catalog.=) ANY (ARRAY['pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid,
				'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid, 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid])
			OR d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
				AND EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_type t ON t.typname OPERATOR(pg_catalog.=) c.relname
					JOIN pg_catalog.pg_depend e ON e.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid
						AND e.objid OPERATOR(pg_catalog.=) t.oid AND e.deptype OPERATOR(pg_catalog.=) 'e'::pg_catalog."char"
					WHERE c.oid OPERATOR(pg_catalog.=) d.objid AND t.typnamespace OPERATOR(pg_catalog.<>) c.relnamespace))
		AND EXISTS (SELECT FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) s.refobjid
			WHERE s.dbid OPERATOR(pg_catalog.=) (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
				AND s.classid OPERATOR(pg_catalog.=) d.classid AND s.objid OPERATOR(pg_catalog.=) d.objid
				AND s.deptype OPERATOR(pg_catalog.=) 'o'::pg_catalog."char" AND NOT r.rolsuper)
	LIMIT 10) f;
	IF strange IS NOT NULL THEN
		RAISE EXCEPTION 'in schema portext stands what is not a superuser''s: %', strange
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Move it to another schema (ALTER ... SET SCHEMA) or drop it, and update again. If it is portext''s own, whose owner is no superuser any more, a superuser must look at its definition and own it.';
	END IF;
END
$$;

COMMENT ON FUNCTION portext_version() IS 'version of the loaded library, for example 0.2.0';

-- Rows that broke views: values that double precision does not hold, lines whose length is no number.
DO $$
DECLARE
	ids text;
	-- Evaluated here, by a superuser: a function of this schema's would run before the second check could see it.
	in_degrees text := (SELECT pg_catalog.format($c$%1$s.ST_XMin(geom::%1$s.box3d) >= '-180'::double precision AND %1$s.ST_XMax(geom::%1$s.box3d) <= 180::double precision
		AND %1$s.ST_YMin(geom::%1$s.box3d) >= '-90'::double precision AND %1$s.ST_YMax(geom::%1$s.box3d) <= 90::double precision
		AND %1$s.ST_Length(geom) < 'Infinity'::double precision AND NOT %1$s.ST_IsEmpty(geom)$c$, e.extnamespace::pg_catalog.regnamespace)
		FROM pg_catalog.pg_extension e WHERE e.extname OPERATOR(pg_catalog.=) 'postgis');
BEGIN
	SELECT pg_catalog.string_agg(f.id::text, ', '::text) INTO ids
	FROM (SELECT id FROM local_flow WHERE value >= 1e100 OR value > 0::numeric AND value < 1e-100 OR period_to > '10000-01-01' ORDER BY id LIMIT 10) f;
	IF ids IS NOT NULL THEN
		RAISE EXCEPTION 'rows of local_flow have a value of 1e100 or more, or above 0 and below 1e-100, or a period that ends after the year 9999: id %', ids
			USING ERRCODE = 'check_violation', HINT = 'Correct or delete them, and update again.';
	END IF;
	SELECT pg_catalog.string_agg(e.id::text, ', '::text) INTO ids
	FROM (SELECT id FROM local_event WHERE event_date >= '10000-01-01' ORDER BY id LIMIT 10) e;
	IF ids IS NOT NULL THEN
		RAISE EXCEPTION 'rows of local_event have a date after the year 9999: id %', ids
			USING ERRCODE = 'check_violation', HINT = 'Correct or delete them, and update again.';
	END IF;
	EXECUTE pg_catalog.format('SELECT pg_catalog.string_agg(b.id::text, '', ''::text)
		FROM (SELECT id FROM local_border WHERE id < 1000000 OR NOT COALESCE(%s, false) ORDER BY id LIMIT 10) b', in_degrees) INTO ids;
	IF ids IS NOT NULL THEN
		RAISE EXCEPTION 'rows of local_border have an id below 1000000, or a line that is empty or not within 180 degrees of longitude and 90 of latitude: id %', ids
			USING ERRCODE = 'check_violation', HINT = 'Correct or delete them, and update again.';
	END IF;
	EXECUTE pg_catalog.format('ALTER TABLE local_border ADD CHECK (id >= 1000000), ADD CONSTRAINT local_border_geom_in_degrees CHECK (%s)', in_degrees);
END
$$;
ALTER TABLE local_flow DROP CONSTRAINT local_flow_value_check, ADD CHECK (value = 0::numeric OR value >= 1e-100 AND value < 1e100),
	DROP CONSTRAINT local_flow_period_to_check, ADD CHECK (period_to <= '10000-01-01');
ALTER TABLE local_event DROP CONSTRAINT local_event_event_date_check, ADD CHECK (pg_catalog.isfinite(event_date) AND event_date < '10000-01-01');
COMMENT ON COLUMN local_flow.period_to IS 'the day after the last day, by the year 9999';
COMMENT ON COLUMN local_flow.value IS 'the figure, in unit; 0, or from 1e-100 to below 1e100';

-- Roll-ups: a statement of several kinds locks its cells once.
COMMENT ON COLUMN local_rollup.recomputed_by IS 'transaction that rebuilt the cell from within a statement on local_flow; its inserts recompute the cell';

CREATE TYPE local_rollup_key AS (
	measure text,
	unit text,
	quality text,
	direction text,
	country_iso2 text,
	neighbour_iso2 text,
	period_from date,
	period_to date
);
COMMENT ON TYPE local_rollup_key IS 'key of a cell of local_rollup';

CREATE FUNCTION local_rollup_count() RETURNS trigger
	LANGUAGE C VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION local_rollup_count() IS 'trigger of local_flow and local_port: counts the changes of a statement that have begun and are not over';

CREATE FUNCTION local_rollup_open() RETURNS integer
	LANGUAGE C VOLATILE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION local_rollup_open() IS 'number of changes of the current statement on local_flow and local_port that are not over; for the triggers. Example: SELECT portext.local_rollup_open() gives 0';

CREATE FUNCTION local_rollup_is_touched() RETURNS boolean
	LANGUAGE C VOLATILE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION local_rollup_is_touched() IS 'true when a cell of local_rollup is noted for the current statement; for the triggers. Example: SELECT portext.local_rollup_is_touched() gives false';

CREATE FUNCTION local_rollup_touch(cell local_rollup_key) RETURNS void
	LANGUAGE C VOLATILE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION local_rollup_touch(local_rollup_key) IS 'notes a cell of local_rollup, which the last trigger of the statement on local_flow or local_port recomputes; for the triggers. Example: SELECT portext.local_rollup_touch((''trucks'', '''', ''measured'', ''in'', ''US'', ''CA'', ''2018-01-01'', ''2018-02-01''))';

CREATE FUNCTION local_rollup_touched() RETURNS SETOF local_rollup_key
	LANGUAGE C VOLATILE STRICT PARALLEL RESTRICTED ROWS 10
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION local_rollup_touched() IS 'cells noted for the current or last statement on local_flow or local_port, as often as they were; for the triggers. Example: SELECT DISTINCT * FROM portext.local_rollup_touched()';

CREATE FUNCTION local_rollup_write() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	cells bigint[];
BEGIN
	IF portext.local_rollup_open() > 0 OR NOT portext.local_rollup_is_touched() THEN
		RETURN NULL;
	END IF;
	WITH touched AS MATERIALIZED (
		SELECT DISTINCT t.* FROM portext.local_rollup_touched() t
	), cell AS (	-- where a border changed, a row that is gone may have been in a cell of any border
		TABLE touched
		UNION
		SELECT r.measure, r.unit, r.quality, r.direction, r.country_iso2, r.neighbour_iso2, r.period_from, r.period_to
		FROM touched t JOIN portext.local_rollup r ON r.measure = t.measure AND r.unit = t.unit AND r.quality = t.quality
			AND r.direction = t.direction AND r.period_from = t.period_from AND r.period_to = t.period_to
		WHERE EXISTS (SELECT FROM touched WHERE measure = '')
	), locked AS (
		INSERT INTO portext.local_rollup AS r (measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state)
		SELECT c.*, '{}'::portext.composition FROM cell c
		ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
		ON CONFLICT ON CONSTRAINT local_rollup_cell DO UPDATE SET recomputed_by = NULL
		RETURNING r.id)
	SELECT array_agg(id) INTO cells FROM locked;
	-- A statement of its own, with a snapshot taken after the locks.
	UPDATE portext.local_rollup r SET state = COALESCE(portext.local_flow_composition(r.measure, r.unit, r.quality, r.direction,
		r.country_iso2, r.neighbour_iso2, r.period_from, r.period_to), '{}'::portext.composition)
	WHERE r.id = ANY (cells);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION local_rollup_write() IS 'trigger of local_flow and local_port, the last by name: when all changes of the statement are over, locks the cells that they touched in the order of the key and recomputes them';

CREATE OR REPLACE FUNCTION local_rollup_insert() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
BEGIN
	IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
		PERFORM FROM portext.local_rollup r WHERE r.measure = '' FOR SHARE;
	END IF;
	IF portext.local_rollup_open() > 0 OR portext.local_rollup_is_touched() THEN
		PERFORM portext.local_rollup_touch((f.measure, COALESCE(f.unit, ''), f.quality, f.direction, b.country_iso2, b.neighbour_iso2, f.period_from, f.period_to))
		FROM (SELECT DISTINCT measure, unit, quality, direction, port_code, period_from, period_to FROM new_flow) f
			CROSS JOIN LATERAL portext.port_border(f.port_code) b;
		RETURN NULL;
	END IF;
	WITH border AS MATERIALIZED (	-- once for each port: a border asked for in each row takes most of the time
		SELECT d.port_code, b.country_iso2, b.neighbour_iso2
		FROM (SELECT DISTINCT port_code FROM new_flow) d CROSS JOIN LATERAL portext.port_border(d.port_code) b)
	INSERT INTO portext.local_rollup AS r (measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state)
	SELECT f.measure, COALESCE(f.unit, ''), f.quality, f.direction, b.country_iso2, b.neighbour_iso2, f.period_from, f.period_to,
		portext.composition_agg(f.port_code, f.value)
	FROM new_flow f JOIN border b ON b.port_code = f.port_code
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
	ON CONFLICT ON CONSTRAINT local_rollup_cell DO UPDATE SET state = CASE WHEN r.recomputed_by = pg_current_xact_id()
		THEN COALESCE(portext.local_flow_composition(r.measure, r.unit, r.quality, r.direction,
			r.country_iso2, r.neighbour_iso2, r.period_from, r.period_to), '{}'::portext.composition)
		ELSE portext.composition_merge(r.state, excluded.state) END;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION local_rollup_insert() IS 'trigger of local_flow: merges inserted rows into local_rollup when nothing else changes, else notes the cells that they are in';

CREATE OR REPLACE FUNCTION local_rollup_change() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
BEGIN
	IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
		PERFORM FROM portext.local_rollup r WHERE r.measure = '' FOR SHARE;
	END IF;
	IF TG_OP = 'DELETE' THEN
		PERFORM portext.local_rollup_touch((f.measure, COALESCE(f.unit, ''), f.quality, f.direction, b.country_iso2, b.neighbour_iso2, f.period_from, f.period_to))
		FROM (SELECT DISTINCT measure, unit, quality, direction, port_code, period_from, period_to FROM old_flow) f
			CROSS JOIN LATERAL portext.port_border(f.port_code) b;
	ELSE	-- rows that differ in what a cell holds; a new note touches nothing
		PERFORM portext.local_rollup_touch((f.measure, COALESCE(f.unit, ''), f.quality, f.direction, b.country_iso2, b.neighbour_iso2, f.period_from, f.period_to))
		FROM (SELECT DISTINCT measure, unit, quality, direction, port_code, period_from, period_to
			FROM ((SELECT id, measure, unit, quality, direction, period_from, period_to, port_code, value FROM old_flow
					EXCEPT SELECT id, measure, unit, quality, direction, period_from, period_to, port_code, value FROM new_flow)
				UNION ALL
				(SELECT id, measure, unit, quality, direction, period_from, period_to, port_code, value FROM new_flow
					EXCEPT SELECT id, measure, unit, quality, direction, period_from, period_to, port_code, value FROM old_flow)) changed) f
			CROSS JOIN LATERAL portext.port_border(f.port_code) b;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION local_rollup_change() IS 'trigger of local_flow: notes the cells of local_rollup that updated or deleted rows were or are in';

CREATE OR REPLACE FUNCTION rebuild_local_rollup() RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
BEGIN
	IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
		RAISE EXCEPTION 'local_rollup cannot be rebuilt in a transaction of isolation level %', current_setting('transaction_isolation')
			USING ERRCODE = 'invalid_transaction_state', HINT = 'Use READ COMMITTED: an older snapshot does not show what others have committed.';
	END IF;
	LOCK TABLE portext.local_port IN SHARE MODE;
	LOCK TABLE portext.local_flow IN SHARE ROW EXCLUSIVE MODE;
	UPDATE portext.local_rollup SET recomputed_by = NULL WHERE measure = '';
	DELETE FROM portext.local_rollup WHERE measure <> '';
	WITH border AS MATERIALIZED (
		SELECT d.port_code, b.country_iso2, b.neighbour_iso2
		FROM (SELECT DISTINCT port_code FROM portext.local_flow) d CROSS JOIN LATERAL portext.port_border(d.port_code) b)
	INSERT INTO portext.local_rollup (measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state, recomputed_by)
	SELECT f.measure, COALESCE(f.unit, ''), f.quality, f.direction, b.country_iso2, b.neighbour_iso2, f.period_from, f.period_to,
		portext.composition_agg(f.port_code, f.value), CASE WHEN portext.local_rollup_open() > 0 THEN pg_current_xact_id() END
	FROM portext.local_flow f JOIN border b ON b.port_code = f.port_code
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8;
END $$;
COMMENT ON FUNCTION rebuild_local_rollup() IS 'fills local_rollup anew from local_flow, with local_flow and local_port locked against writers; needed only after rows were written with triggers disabled. Example: SELECT portext.rebuild_local_rollup()';

CREATE OR REPLACE FUNCTION local_rollup_truncate() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
BEGIN
	IF TG_TABLE_NAME = 'local_port' THEN
		PERFORM portext.rebuild_local_rollup();
	ELSE
		UPDATE portext.local_rollup SET recomputed_by = NULL WHERE measure = '';
		DELETE FROM portext.local_rollup WHERE measure <> '';
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION local_rollup_truncate() IS 'trigger of local_flow and local_port: empties or rebuilds local_rollup when they are truncated';

CREATE OR REPLACE FUNCTION local_rollup_border() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	codes text[];
BEGIN
	IF TG_OP = 'INSERT' THEN
		codes := ARRAY(SELECT port_code FROM new_port);
	ELSIF TG_OP = 'DELETE' THEN
		codes := ARRAY(SELECT port_code FROM old_port);
	ELSE
		codes := ARRAY(
			(SELECT port_code FROM (SELECT port_code, country_iso2, neighbour_iso2, place_code FROM old_port
				EXCEPT SELECT port_code, country_iso2, neighbour_iso2, place_code FROM new_port) gone)
			UNION
			(SELECT port_code FROM (SELECT port_code, country_iso2, neighbour_iso2, place_code FROM new_port
				EXCEPT SELECT port_code, country_iso2, neighbour_iso2, place_code FROM old_port) come));
	END IF;
	IF codes = '{}' THEN
		RETURN NULL;
	END IF;
	IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
		RAISE EXCEPTION 'the border of a port cannot change in a transaction of isolation level %', current_setting('transaction_isolation')
			USING ERRCODE = 'invalid_transaction_state', HINT = 'Use READ COMMITTED, in a restore by PGOPTIONS="-c default_transaction_isolation=read\ committed": an older snapshot does not show the flows that others have committed.';
	END IF;
	LOCK TABLE portext.local_flow IN SHARE ROW EXCLUSIVE MODE;
	-- The row with measure '' is touched like a cell, and is the first in order.
	PERFORM portext.local_rollup_touch((r.measure, r.unit, r.quality, r.direction, r.country_iso2, r.neighbour_iso2, r.period_from, r.period_to))
	FROM portext.local_rollup r WHERE r.measure = '';
	PERFORM portext.local_rollup_touch((f.measure, COALESCE(f.unit, ''), f.quality, f.direction, b.country_iso2, b.neighbour_iso2, f.period_from, f.period_to))
	FROM (SELECT c AS port_code, b.country_iso2, b.neighbour_iso2 FROM unnest(codes) c CROSS JOIN LATERAL portext.port_border(c) b) b
		JOIN (SELECT DISTINCT measure, unit, quality, direction, port_code, period_from, period_to FROM portext.local_flow WHERE port_code = ANY (codes)) f
			ON f.port_code = b.port_code;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION local_rollup_border() IS 'trigger of local_port: locks local_flow against writers and notes the cells of ports whose border changed';

COMMENT ON FUNCTION local_rollup_recompute(bigint[]) IS 'recomputes cells of local_rollup from local_flow, for repairs by hand: lock local_flow first. Example: SELECT portext.local_rollup_recompute(ARRAY[1000001])';

CREATE TRIGGER local_rollup_begin BEFORE INSERT OR UPDATE OR DELETE ON local_flow
	FOR EACH STATEMENT EXECUTE FUNCTION local_rollup_count();
CREATE TRIGGER local_rollup_count AFTER INSERT OR UPDATE OR DELETE ON local_flow
	FOR EACH STATEMENT EXECUTE FUNCTION local_rollup_count();
CREATE TRIGGER local_rollup_write AFTER INSERT OR UPDATE OR DELETE ON local_flow
	FOR EACH STATEMENT EXECUTE FUNCTION local_rollup_write();
CREATE TRIGGER local_rollup_begin BEFORE INSERT OR UPDATE OR DELETE ON local_port
	FOR EACH STATEMENT EXECUTE FUNCTION local_rollup_count();
CREATE TRIGGER local_rollup_count AFTER INSERT OR UPDATE OR DELETE ON local_port
	FOR EACH STATEMENT EXECUTE FUNCTION local_rollup_count();
CREATE TRIGGER local_rollup_write AFTER INSERT OR UPDATE OR DELETE ON local_port
	FOR EACH STATEMENT EXECUTE FUNCTION local_rollup_write();

-- What is wrong with a row, and how to mend it.
CREATE OR REPLACE FUNCTION load_flow_rule(port_code text, port_is_known boolean, period_from date, period_to date, direction text, measure text, has_value boolean, value numeric) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE	-- not STRICT: an empty field breaks a rule of its own
	RETURN CASE
		WHEN COALESCE(port_code, ''::text) = ''::text THEN 'the port is empty'::text
		WHEN port_is_known IS NOT TRUE THEN 'unknown port'::text
		WHEN period_from IS NULL OR period_to IS NULL THEN 'the period cannot be read: write 2019, 2019-Q1, 2019-03, 2019-03-05, Mar 2019 or two with / between'::text
		WHEN period_to <= period_from THEN 'the period ends before it begins'::text
		WHEN direction IS NULL OR direction NOT IN ('in', 'out', 'both') THEN 'the direction is not in, out or both'::text
		WHEN COALESCE(measure, ''::text) = ''::text THEN 'the measure is empty or unknown'::text
		WHEN has_value IS NOT TRUE THEN NULL::text	-- no figure: nothing to load, nothing wrong
		WHEN value IS NULL THEN 'the value is no number'::text
		WHEN value < 0::numeric THEN 'the value is negative'::text
		WHEN value >= 1e100 OR value > 0::numeric AND value < 1e-100 THEN 'the value is out of range'::text END;
COMMENT ON FUNCTION load_flow_rule(text, boolean, date, date, text, text, boolean, numeric) IS 'the first rule that a row of flows breaks, NULL when it keeps all: a known port, a period with an end after its start, a direction, a measure, a number that is 0 or from 1e-100 to below 1e100; value is NULL when it is no number, has_value false when the field is empty, which is no figure and breaks no rule. Example: SELECT portext.load_flow_rule(''manzhouli-rail'', true, ''2019-03-01'', ''2019-04-01'', ''in'', ''cargo_tonnes'', true, -1) gives: the value is negative';

COMMENT ON TABLE ref_mode IS 'the four port-city modes as the paper defines them (source: paper, section 3, Table 3 and Figure 7)';

-- All arguments of PostGIS's functions are given, so that no stranger's function with fewer is a better match.
CREATE OR REPLACE FUNCTION mode_box(at geometry, within_km double precision) RETURNS TABLE (square box, centre point)
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

CREATE OR REPLACE FUNCTION mode_town(at geometry, iso2 text, people double precision, within_km double precision, with_local boolean)
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

CREATE OR REPLACE VIEW crossing AS
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

CREATE OR REPLACE VIEW border AS
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

CREATE OR REPLACE VIEW mode_side AS
WITH point AS (
	SELECT port.place_code, 1 AS side_rank, port.country_iso2, port.geom
	FROM ref_port port WHERE port.neighbour_iso2 IS NOT NULL
	UNION ALL
	SELECT port.place_code, 2, port.neighbour_iso2, COALESCE(port.counterpart_geom, port.geom)
	FROM ref_port port WHERE port.neighbour_iso2 IS NOT NULL
), seat AS (
	SELECT point.place_code, point.side_rank, seat.id, seat.name_en AS name, seat.population, seat.role IN ('county_seat', 'district_seat') AS is_own,
		seat.admin_status IN ('city', 'county_level_city')
			OR (seat.admin_status = 'district' AND seat.country_iso2 = 'CN') AS is_city,
		ST_Distance(seat.geom::geography, point.geom::geography, true) / 1000::double precision AS km
	FROM point
	JOIN ref_seat seat ON seat.place_code = point.place_code
		AND seat.side = (CASE WHEN point.side_rank = 1 THEN 'home' ELSE 'away' END)
), own_seat AS (
	SELECT DISTINCT ON (seat.place_code, seat.side_rank) seat.place_code, seat.side_rank, seat.name, seat.is_city, seat.km
	FROM seat WHERE seat.is_own
	ORDER BY seat.place_code, seat.side_rank, seat.km, seat.name
), town AS (
	SELECT seat.place_code, seat.side_rank, seat.name, seat.population, seat.km
	FROM seat CROSS JOIN mode_thresholds() rule WHERE seat.population::double precision >= rule.reach_population
	UNION ALL
	SELECT point.place_code, point.side_rank, found.name, found.population, found.km
	FROM point
	CROSS JOIN mode_thresholds() rule
	CROSS JOIN LATERAL mode_town(point.geom, point.country_iso2, rule.reach_population, rule.horizon_km, false) near
	CROSS JOIN LATERAL (
		SELECT near.name, near.population, near.km
		UNION ALL
		SELECT large.name, large.population, large.km
		FROM mode_town(point.geom, point.country_iso2, rule.integrated_population,
			CASE WHEN near.km <= rule.integrated_km AND near.population::double precision < rule.integrated_population THEN rule.integrated_km END,
			false) large
	) found
), best AS (
	SELECT DISTINCT ON (town.place_code, town.side_rank) town.place_code, town.side_rank, town.name, town.population, town.km
	FROM town CROSS JOIN mode_thresholds() rule
	ORDER BY town.place_code, town.side_rank,
		(town.km <= rule.integrated_km AND town.population::double precision >= rule.integrated_population) DESC,
		town.km, town.population DESC, town.name
)
SELECT place.id * 10 + side.side_rank AS mode_side_id, place.id AS place_id, place.place_code, place.name_en AS place,
	side.side, side.side_rank, side.country_iso2,
	best.name AS city, best.km AS city_km, best.population AS city_population,
	own_seat.name AS seat, own_seat.km AS seat_km, own_seat.is_city AS seat_is_city,
	why.relation, why.relation_rank, why.in_city, why.margin_km, why.reason
FROM (SELECT port.place_code, pg_catalog.min(port.country_iso2) AS home, pg_catalog.min(port.neighbour_iso2) AS away
	FROM ref_port port WHERE port.neighbour_iso2 IS NOT NULL GROUP BY port.place_code) crossing
CROSS JOIN LATERAL (VALUES ('home', 1, crossing.home), ('away', 2, crossing.away)) side (side, side_rank, country_iso2)
JOIN ref_place place ON place.place_code = crossing.place_code
LEFT JOIN best ON best.place_code = crossing.place_code AND best.side_rank = side.side_rank
LEFT JOIN own_seat ON own_seat.place_code = crossing.place_code AND own_seat.side_rank = side.side_rank
CROSS JOIN LATERAL mode_side_reason(side.side, best.name, best.km, best.population, own_seat.name, own_seat.km, own_seat.is_city) why;

-- Without any city of a country the rule gives no mode.
CREATE OR REPLACE VIEW mode_local AS
WITH crossing AS (
	SELECT port.id, port.port_code, port.name, port.transport, COALESCE(port.country_iso2, place.country_iso2) AS country_iso2,
		port.neighbour_iso2, port.mode, port.geom,
		COALESCE(ST_SetSRID(ST_MakePoint(port.counterpart_longitude, port.counterpart_latitude), 4326), port.geom) AS away_geom
	FROM local_port port
	LEFT JOIN ref_place place ON place.place_code = port.place_code
), with_city AS (	-- without any city of a country, that none is near says nothing
	SELECT country_iso2 FROM ref_city UNION SELECT country_iso2 FROM local_city
)
SELECT crossing.id AS mode_local_id, crossing.port_code, crossing.name, crossing.transport,
	pg_catalog.array_position('{air,rail,road,river,pipeline}'::text[], crossing.transport) AS transport_rank,
	crossing.country_iso2, crossing.neighbour_iso2,
	home.name AS home_city, home.km AS home_city_km, home.population AS home_city_population,
	CASE WHEN unknown.home IS NULL THEN home_why.relation END AS home_relation, CASE WHEN unknown.home IS NULL THEN home_why.relation_rank END AS home_relation_rank,
	away.name AS away_city, away.km AS away_city_km, away.population AS away_city_population,
	CASE WHEN unknown.away IS NULL THEN away_why.relation END AS away_relation, CASE WHEN unknown.away IS NULL THEN away_why.relation_rank END AS away_relation_rank,
	known.mode::text AS predicted_mode, mode_rank(known.mode) AS predicted_mode_rank,
	crossing.mode AS own_mode, mode_rank(crossing.mode) AS own_mode_rank,
	known.mode::text = crossing.mode AS agrees,
	CASE WHEN known.mode IS NOT NULL THEN LEAST(home_why.margin_km, away_why.margin_km) END AS margin_km,
	CASE WHEN crossing.country_iso2 IS NULL THEN 'country_iso2 is empty: the rule does not apply'
		WHEN crossing.neighbour_iso2 IS NULL THEN 'neighbour_iso2 is empty: the rule does not apply'
		WHEN unknown.home IS NOT NULL OR unknown.away IS NOT NULL
			THEN 'no city of ' || pg_catalog.concat_ws(' and none of '::text, unknown.home, unknown.away) || ' is loaded: the rule does not apply'
		ELSE home_why.reason || '; ' || away_why.reason END AS reason,
	CASE WHEN crossing.country_iso2 = crossing.neighbour_iso2 THEN 'country and neighbour are the same'
		WHEN known.mode IS NOT NULL AND home.name IS NULL AND away.name IS NULL
			THEN 'no town on either side: are latitude and longitude in order, and the cities loaded?' END AS warning,
	ST_Y(crossing.geom) AS latitude, ST_X(crossing.geom) AS longitude, crossing.geom
FROM crossing
CROSS JOIN mode_thresholds() rule
LEFT JOIN LATERAL mode_town(crossing.geom, crossing.country_iso2, rule.reach_population, rule.horizon_km, true) home_near ON true
LEFT JOIN LATERAL mode_town(crossing.geom, crossing.country_iso2, rule.integrated_population,
	CASE WHEN home_near.km <= rule.integrated_km AND home_near.population::double precision < rule.integrated_population
		THEN rule.integrated_km END, true) home_large ON true
LEFT JOIN LATERAL mode_town(crossing.away_geom, crossing.neighbour_iso2, rule.reach_population, rule.horizon_km, true) away_near ON true
LEFT JOIN LATERAL mode_town(crossing.away_geom, crossing.neighbour_iso2, rule.integrated_population,
	CASE WHEN away_near.km <= rule.integrated_km AND away_near.population::double precision < rule.integrated_population
		THEN rule.integrated_km END, true) away_large ON true
CROSS JOIN LATERAL (SELECT COALESCE(home_large.name, home_near.name), COALESCE(home_large.km, home_near.km),
	COALESCE(home_large.population, home_near.population)) home (name, km, population)
CROSS JOIN LATERAL (SELECT COALESCE(away_large.name, away_near.name), COALESCE(away_large.km, away_near.km),
	COALESCE(away_large.population, away_near.population)) away (name, km, population)
CROSS JOIN LATERAL mode_side_reason('home', home.name, home.km, home.population, NULL, NULL, false) home_why
CROSS JOIN LATERAL mode_side_reason('away', away.name, away.km, away.population, NULL, NULL, false) away_why
LEFT JOIN with_city home_with_city ON home_with_city.country_iso2 = crossing.country_iso2
LEFT JOIN with_city away_with_city ON away_with_city.country_iso2 = crossing.neighbour_iso2
CROSS JOIN LATERAL (SELECT CASE WHEN home_with_city.country_iso2 IS NULL THEN crossing.country_iso2 END,
	CASE WHEN away_with_city.country_iso2 IS NULL THEN crossing.neighbour_iso2 END) unknown (home, away)
CROSS JOIN LATERAL (SELECT CASE WHEN crossing.country_iso2 IS NOT NULL AND crossing.neighbour_iso2 IS NOT NULL AND unknown.home IS NULL AND unknown.away IS NULL
	THEN classify_mode(home_why.relation, away_why.relation) END) known (mode);
COMMENT ON VIEW mode_local IS 'the mode that the rule gives each port of local_port and why, from the cities of local_city and the shipped ones: one row per port. Seats are not known for local ports, so a side is integrated only by a city of 30,000 within 10 km. The other side is measured from the counterpart, else from the port. Load the cities of both countries first: where one has none there is no mode';
COMMENT ON COLUMN mode_local.home_relation IS 'integrated, separate or none, as mode_relation gives it; NULL when no city of the country is loaded';
COMMENT ON COLUMN mode_local.away_relation IS 'integrated, separate or none, as mode_relation gives it; NULL when no city of the country is loaded';
COMMENT ON COLUMN mode_local.predicted_mode IS 'mode that the rule gives: PP, CPPC, CPC or CC; NULL when a country is not given or none of its cities is loaded';

CREATE OR REPLACE VIEW port_border AS
SELECT port.port_id AS port_border_id, port.port_code, port.name, port.country_iso2, port.neighbour_iso2,
	(SELECT pg_catalog.min(ST_Distance(border.geom::geography, port.geom::geography, true)) / 1000::double precision
	FROM border WHERE border.kind = 'land_border'::text AND border.neighbour_iso2 = port.neighbour_iso2
		AND border.is_local = port.is_local) AS border_km,
	port.is_local, port.latitude, port.longitude, port.geom
FROM port;

CREATE OR REPLACE VIEW mode_history AS
WITH place AS (
	SELECT place.id, place.place_code, place.name_en, place.mode,
		(SELECT pg_catalog.min(port.opened_year) FROM ref_port port WHERE port.place_code = place.place_code) AS opened_year,
		(SELECT pg_catalog.date_part('year'::text, pg_catalog.max(event.event_date))::integer FROM ref_event event
			WHERE event.place_code = place.place_code AND event.event = 'city_established') AS city_year
	FROM ref_place place WHERE place.mode IS NOT NULL
), before AS (
	SELECT place.place_code, classify_mode(home.relation, away.relation) AS mode, home.name, home.km
	FROM place
	CROSS JOIN mode_thresholds() rule
	CROSS JOIN LATERAL (
		SELECT mode_relation(town.km, town.population::double precision, NULL, false, rule.integrated_km, rule.integrated_population,
			rule.integrated_seat_km, rule.reach_km, rule.reach_population) AS relation, town.name, town.km
		FROM (
			SELECT city.name_en AS name, city.population, ST_Distance(city.geom::geography, port.geom::geography, true) / 1000::double precision AS km
			FROM ref_port port
			JOIN ref_city city ON city.country_iso2 = port.country_iso2
			WHERE port.place_code = place.place_code AND city.population::double precision >= rule.reach_population
			UNION ALL
			SELECT seat.name_en, seat.population, ST_Distance(seat.geom::geography, port.geom::geography, true) / 1000::double precision
			FROM ref_port port
			JOIN ref_seat seat ON seat.place_code = port.place_code AND seat.side = 'home'
			WHERE port.place_code = place.place_code AND seat.population::double precision >= rule.reach_population
		) town
		WHERE town.km > rule.integrated_km
		ORDER BY town.km, town.population DESC, town.name LIMIT 1
	) home
	JOIN mode_side away ON away.place_code = place.place_code AND away.side_rank = 2
	WHERE place.city_year IS NOT NULL
), period AS (
	SELECT place.id, 1 AS item, place.opened_year AS from_year, place.city_year AS to_year, COALESCE(before.mode, place.mode) AS mode,
		NULL::port_mode AS previous, CASE WHEN before.mode IS NULL THEN 'published' ELSE 'rule' END AS basis,
		CASE WHEN before.mode IS NULL THEN 'no event changes the published mode'
			ELSE 'before it became a city the nearest town was ' || before.name || ', ' || pg_catalog.to_char(before.km, 'FM9990') || ' km away' END AS reason
	FROM place LEFT JOIN before ON before.place_code = place.place_code
	UNION ALL
	SELECT place.id, 2, place.city_year, NULL, place.mode, before.mode, 'published', 'became a city in ' || place.city_year::text
		|| CASE WHEN place.city_year > 2013 THEN '; the paper classes it so in early 2014 already' ELSE '' END
	FROM place JOIN before ON before.place_code = place.place_code
)
SELECT period.id * 10 + period.item AS mode_history_id, place.place_code, place.name_en AS place, period.from_year, period.to_year,
	period.mode::text AS mode, mode_rank(period.mode) AS mode_rank, period.previous::text AS previous_mode,
	mode_rank(period.previous) AS previous_mode_rank, mode_can_follow(period.previous, period.mode) AS can_follow,
	period.basis, period.reason
FROM period JOIN ref_place place ON place.id = period.id;

CREATE OR REPLACE FUNCTION svg_projection(lon_from double precision, lon_to double precision, lat_from double precision, lat_to double precision)
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

CREATE OR REPLACE FUNCTION svg_project(shape geometry, projection text) RETURNS geometry
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

CREATE OR REPLACE FUNCTION svg_map(by text DEFAULT 'mode', title text DEFAULT NULL, width integer DEFAULT 800, home text DEFAULT NULL,
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

CREATE OR REPLACE FUNCTION tile_square(z integer, x integer, y integer) RETURNS geometry
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN require_argument(z BETWEEN 0 AND 30, pg_catalog.format('tile zoom must be between 0 and 30, not %s'::text, z), 'Maps ask for 0 (the world) to about 22.'::text)
			AND require_argument(x::double precision >= 0::double precision AND x::double precision < pg_catalog.power(2::double precision, z::double precision)
					AND y::double precision >= 0::double precision AND y::double precision < pg_catalog.power(2::double precision, z::double precision),
				pg_catalog.format('tile %s/%s/%s is out of range'::text, z, x, y), 'At zoom z, x and y run from 0 to 2^z - 1.'::text)
		THEN ST_TileEnvelope(CASE WHEN z BETWEEN 0 AND 30 THEN z ELSE 0 END,
			CASE WHEN z BETWEEN 0 AND 30 AND x BETWEEN 0 AND (1 << z) - 1 THEN x ELSE 0 END,
			CASE WHEN z BETWEEN 0 AND 30 AND y BETWEEN 0 AND (1 << z) - 1 THEN y ELSE 0 END, ST_MakeEnvelope('-20037508.342789244'::double precision, '-20037508.342789244'::double precision,
			20037508.342789244::double precision, 20037508.342789244::double precision, 3857), '0'::double precision) END;

CREATE OR REPLACE FUNCTION svg_opening_chart(title text DEFAULT 'Border ports by year of opening', width integer DEFAULT 800, home text DEFAULT NULL,
		scheme stage_scheme DEFAULT china_border_port_stages(), peaks stage_scheme DEFAULT china_opening_peaks()) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE COST 10000	-- not STRICT: home NULL means every country
	BEGIN ATOMIC
		WITH opening AS MATERIALIZED (
			SELECT port_id, coalesce(name, port_code) AS name,
				CASE WHEN opened_year BETWEEN 1 AND 9999 THEN opened_year END AS opened_year FROM port
			WHERE require_argument(svg_opening_chart.home IS NULL OR svg_opening_chart.home OPERATOR(pg_catalog.~) '^[A-Z]{2}$'::text,
					pg_catalog.format('"%s" is no code of a country'::text, pg_catalog.left(svg_opening_chart.home, 200)), 'home is two capital letters (ISO 3166), such as CN, or NULL for all ports.'::text)
				AND (svg_opening_chart.home IS NULL OR country_iso2 = svg_opening_chart.home)
		), span AS MATERIALIZED (	-- the axis runs over whole decades
			SELECT lo, hi, 724::double precision / (hi - lo)::double precision AS step
			FROM (SELECT pg_catalog.floor(pg_catalog.min(opened_year)::numeric / 10::numeric)::integer * 10 AS lo,
				pg_catalog.floor((pg_catalog.max(opened_year)::numeric + 11::numeric) / 10::numeric)::integer * 10 AS hi FROM opening) AS years
			WHERE lo IS NOT NULL
		), stage AS MATERIALIZED (
			SELECT ordinal, label, svg_year(from_date) AS from_at, svg_year(to_date) AS to_at, svg_years(from_date, to_date) AS years,
				(SELECT pg_catalog.count(*) FROM opening WHERE stage_bucket(opened_year, svg_opening_chart.scheme) = ordinal) AS ports
			FROM stages(svg_opening_chart.scheme)
		), peak AS MATERIALIZED (
			SELECT ordinal, label, svg_year(from_date) AS from_at, svg_year(to_date) AS to_at,
				(SELECT pg_catalog.count(*) FROM opening WHERE stage_bucket(opened_year, svg_opening_chart.peaks) = ordinal) AS ports
			FROM stages(svg_opening_chart.peaks)
		), year AS MATERIALIZED (
			SELECT opened_year, pg_catalog.count(*) AS ports, pg_catalog.string_agg(name, ', '::text ORDER BY name, port_id) AS names,
				stage_bucket(opened_year, svg_opening_chart.scheme) AS ordinal
			FROM opening WHERE opened_year IS NOT NULL GROUP BY opened_year
		), axis AS MATERIALIZED (	-- room above the highest bar for the brackets of the peaks
			SELECT tick, pg_catalog.max(ports)::double precision * '1.2'::double precision AS top, 112::double precision AS y_top, 420::double precision AS y_zero
			FROM (SELECT ports, greatest(svg_tick(pg_catalog.max(ports) OVER ()::double precision, 6), 1::double precision) AS tick FROM year) AS year GROUP BY tick
		), part AS (
			SELECT 1 AS layer, from_x AS place, pg_catalog.format('<rect x="%s" y="72" width="%s" height="348" fill="%s" fill-opacity="0.12"/>'::text,
					svg_coordinate(from_x), svg_coordinate(to_x - from_x), svg_colour(ordinal))
				OPERATOR(pg_catalog.||) CASE WHEN to_x - from_x > svg_text_width(years, 12::double precision) THEN
					svg_text((from_x + to_x) / 2::double precision, 88::double precision, years, 12::double precision, 'middle'::text, ' font-weight="bold"'::text)
					OPERATOR(pg_catalog.||) svg_text((from_x + to_x) / 2::double precision, 103::double precision, svg_count(ports, 'port'::text), 11::double precision, 'middle'::text)
					ELSE ''::text END AS svg
			FROM (SELECT stage.*, 56::double precision + step * (least(greatest(coalesce(from_at, lo::double precision), lo::double precision), hi::double precision) - lo::double precision) AS from_x,
					56::double precision + step * (least(greatest(coalesce(to_at, hi::double precision), lo::double precision), hi::double precision) - lo::double precision) AS to_x FROM stage, span) AS band
			WHERE to_x > from_x
			UNION ALL
			SELECT 2, n::double precision, pg_catalog.format('<path d="M56 %sH780" stroke="#999" stroke-width="0.5" stroke-opacity="0.6"/>'::text, svg_coordinate(y))
				OPERATOR(pg_catalog.||) svg_text(50::double precision, y + 4::double precision, svg_number(n::double precision * tick), 11::double precision, 'end'::text)
			FROM axis, LATERAL (SELECT n, y_zero - (y_zero - y_top) * n::double precision * tick / top AS y
				FROM pg_catalog.generate_series(0, pg_catalog.floor(top / tick)::integer) AS tick (n)) AS line
			UNION ALL
			SELECT 3, n::double precision, pg_catalog.format('<path d="M%s 420v5" stroke="#444"/>'::text, svg_coordinate(x))
				OPERATOR(pg_catalog.||) svg_text(x, 439::double precision, n::text, 11::double precision, 'middle'::text)
			FROM span, LATERAL (SELECT greatest(svg_tick((hi - lo)::double precision, 13)::integer, 10) AS every) AS tick,
				LATERAL (SELECT n, 56::double precision + step * (n - lo)::double precision AS x FROM pg_catalog.generate_series(lo, hi, every) AS tick (n)) AS line
			UNION ALL
			SELECT 4, opened_year::double precision, pg_catalog.format('<rect class="bar" x="%s" y="%s" width="%s" height="%s" fill="%s" stroke="#222" stroke-width="0.5"><title>%s</title></rect>'::text,
				svg_coordinate(56::double precision + step * ((opened_year - lo)::double precision + '0.1'::double precision)),
				svg_coordinate(y_zero - (y_zero - y_top) * ports::double precision / top),
				svg_coordinate(greatest('0.8'::double precision * step, '0.5'::double precision)), svg_coordinate((y_zero - y_top) * ports::double precision / top), svg_colour(ordinal),
				svg_escape(pg_catalog.format('%s: %s (%s)'::text, opened_year, ports, svg_fit(names, 1::double precision, 250::double precision))))
			FROM year, span, axis
			UNION ALL
			SELECT 5, from_x, pg_catalog.format('<path d="M%s %sv-5H%sv5" fill="none" stroke="#222"/>'::text, svg_coordinate(from_x), svg_coordinate(y), svg_coordinate(to_x))
				OPERATOR(pg_catalog.||) svg_text((from_x + to_x) / 2::double precision, y - 10::double precision, svg_count(ports, 'port'::text), 11::double precision, 'middle'::text)
				OPERATOR(pg_catalog.||) svg_text((from_x + to_x) / 2::double precision, y - 23::double precision, label, 11::double precision, 'middle'::text, ' font-weight="bold"'::text)
			FROM (SELECT peak.*, 56::double precision + step * (greatest(coalesce(from_at, lo::double precision), lo::double precision) - lo::double precision) AS from_x,
					56::double precision + step * (least(coalesce(to_at, hi::double precision), hi::double precision) - lo::double precision) AS to_x,
					y_zero - (y_zero - y_top) * (SELECT pg_catalog.max(year.ports)::double precision FROM year WHERE stage_bucket(opened_year, svg_opening_chart.peaks) = peak.ordinal) / top - 4::double precision AS y
				FROM peak, span, axis WHERE ports > 0) AS peak
			UNION ALL
			SELECT 6, ordinal::double precision, pg_catalog.format('<rect x="56" y="%s" width="12" height="12" fill="%s" stroke="#222" stroke-width="0.5"/>'::text,
					svg_coordinate(442::double precision + 20::double precision * ordinal::double precision), svg_colour(ordinal))
				OPERATOR(pg_catalog.||) svg_text(75::double precision, 452::double precision + 20::double precision * ordinal::double precision, svg_fit(label, 12::double precision, 700::double precision), 12::double precision)
			FROM stage
			UNION ALL
			SELECT 7, 0::double precision, '<path d="M56 72V420H780" fill="none" stroke="#444"/>'::text
				OPERATOR(pg_catalog.||) svg_text(18::double precision, 266::double precision, 'ports opened in the year'::text, 11::double precision, 'middle'::text, ' transform="rotate(-90 18 266)"'::text)
		)
		SELECT CASE WHEN EXISTS (SELECT FROM span) THEN
			svg_document(svg_opening_chart.title, 'Bar chart of the number of border ports opened in each year, coloured by stage.'::text,
				(svg_count((SELECT pg_catalog.count(opened_year) FROM opening), 'port'::text) OPERATOR(pg_catalog.||) ' with a known year'::text)
					OPERATOR(pg_catalog.||) (SELECT CASE WHEN pg_catalog.count(*) > 0 THEN pg_catalog.format('; %s more without one'::text, pg_catalog.count(*)) ELSE ''::text END
						FROM opening WHERE opened_year IS NULL),
				svg_opening_chart.width, 470::double precision + 20::double precision * (SELECT pg_catalog.count(*)::double precision FROM stage),
				(SELECT pg_catalog.string_agg(part.svg, E'\n'::text ORDER BY layer, place) FROM part))
			ELSE svg_empty(svg_opening_chart.title, svg_opening_chart.width, 'No port with a known year of opening'::text) END;
	END;
COMMENT ON FUNCTION svg_opening_chart(text, integer, text, stage_scheme, stage_scheme) IS 'bars of the ports opened in each year as an SVG document, coloured by the stage of the scheme (grey outside every stage), the stages as bands and the peaks marked by brackets; width is in pixels (200 to 8000), home is the ISO 3166 code (two capital letters, else error 22023) of the country whose ports are counted (NULL: all), a NULL scheme has no stages. Ports without a year from 1 to 9999 are counted in the subtitle. Example: SELECT portext.svg_opening_chart(home => ''CN'')';

CREATE OR REPLACE FUNCTION svg_stage_chart(by text DEFAULT 'region', title text DEFAULT NULL, width integer DEFAULT 800, home text DEFAULT NULL,
		scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE COST 10000	-- not STRICT: every argument has a meaning when NULL
	BEGIN ATOMIC
		WITH argument AS MATERIALIZED (
			SELECT coalesce(svg_stage_chart.by, 'none'::text) AS by, coalesce(svg_stage_chart.title, 'Border ports by stage of opening'::text
				OPERATOR(pg_catalog.||) CASE WHEN svg_stage_chart.by <> 'none'::text THEN ' and '::text OPERATOR(pg_catalog.||) svg_stage_chart.by ELSE ''::text END) AS title
			WHERE require_argument(coalesce(svg_stage_chart.by, 'none'::text) IN ('region'::text, 'transport'::text, 'mode'::text, 'none'::text),
				pg_catalog.format('a stage chart cannot be drawn by "%s"'::text, svg_stage_chart.by), 'Use region, transport, mode or none.'::text)
				AND require_argument(svg_stage_chart.home IS NULL OR svg_stage_chart.home OPERATOR(pg_catalog.~) '^[A-Z]{2}$'::text,
					pg_catalog.format('"%s" is no code of a country'::text, pg_catalog.left(svg_stage_chart.home, 200)), 'home is two capital letters (ISO 3166), such as CN, or NULL for all ports.'::text)
		), opening AS MATERIALIZED (
			SELECT stage_bucket(opened_year, svg_stage_chart.scheme) AS ordinal,
				CASE WHEN argument.by = 'region'::text THEN region WHEN argument.by = 'transport'::text THEN transport WHEN argument.by = 'mode'::text THEN mode
					ELSE 'ports'::text END AS label,
				CASE WHEN argument.by = 'region'::text THEN region_rank WHEN argument.by = 'transport'::text THEN transport_rank
					WHEN argument.by = 'mode'::text THEN mode_rank END AS rank
			FROM (SELECT CASE WHEN opened_year BETWEEN 1 AND 9999 THEN opened_year END AS opened_year, region, region_rank, transport, transport_rank, mode, mode_rank
				FROM port WHERE svg_stage_chart.home IS NULL OR country_iso2 = svg_stage_chart.home) AS port, argument
		), category AS MATERIALIZED (	-- a NULL label is grey and last
			SELECT label, CASE WHEN label IS NOT NULL THEN (pg_catalog.row_number() OVER in_order)::integer END AS colour, pg_catalog.row_number() OVER in_order AS n, ports
			FROM (SELECT label, rank, pg_catalog.count(*) AS ports FROM opening WHERE ordinal IS NOT NULL GROUP BY label, rank) AS label
			WINDOW in_order AS (ORDER BY label IS NULL, rank NULLS LAST, label)
		), stage AS MATERIALIZED (
			SELECT stages.ordinal, label, from_date, to_date, svg_years(from_date, to_date) AS years, coalesce(ports, 0::bigint) AS ports,
				90::double precision + 62::double precision * (pg_catalog.row_number() OVER (ORDER BY stages.ordinal) - 1)::double precision AS y
			FROM stages(svg_stage_chart.scheme) LEFT JOIN (SELECT ordinal, pg_catalog.count(*) AS ports FROM opening GROUP BY ordinal) AS counted USING (ordinal)
		), scale AS MATERIALIZED (
			SELECT 600::double precision / pg_catalog.max(ports)::double precision AS unit, pg_catalog.max(y) + 42::double precision AS bottom FROM stage HAVING pg_catalog.max(ports) > 0
		), part AS (
			SELECT 1 AS layer, ordinal::bigint AS place, svg_text(20::double precision, y, svg_fit(label, 13::double precision, 760::double precision), 13::double precision)
				OPERATOR(pg_catalog.||) svg_text(30::double precision + unit * ports::double precision, y + 24::double precision, svg_count(ports, 'port'::text)
					OPERATOR(pg_catalog.||) CASE WHEN from_date IS NOT NULL AND to_date IS NOT NULL AND ports > 0
						THEN pg_catalog.format(', %s a year'::text, svg_number(ports::double precision / (svg_year(to_date) - svg_year(from_date)), 2)) ELSE ''::text END,
					12::double precision, 'start'::text, ' fill="#555"'::text) AS svg
			FROM stage, scale
			UNION ALL
			SELECT 2, ordinal::bigint * 1000 + n, pg_catalog.format('<rect class="bar" x="%s" y="%s" width="%s" height="22" fill="%s" stroke="#222" stroke-width="0.5"><title>%s</title></rect>'::text,
					svg_coordinate(20::double precision + unit * before), svg_coordinate(y + 8::double precision), svg_coordinate(unit * ports::double precision), svg_colour(colour),
					svg_escape(pg_catalog.format('%s, %s: %s'::text, years, coalesce(label, 'not known'::text), ports)))
				OPERATOR(pg_catalog.||) CASE WHEN unit * ports::double precision > 16::double precision THEN
					svg_text(20::double precision + unit * (before + ports::double precision / 2::double precision), y + 23::double precision, ports::text, 12::double precision, 'middle'::text,
						CASE WHEN colour IN (3, 4, 6) THEN ' fill="#fff"'::text ELSE ''::text END) ELSE ''::text END
			FROM scale, (SELECT stage.ordinal, stage.y, stage.years, category.n, category.colour, category.label, segment.ports,
					(pg_catalog.sum(segment.ports) OVER (PARTITION BY stage.ordinal ORDER BY category.n))::double precision - segment.ports::double precision AS before
				FROM (SELECT ordinal, label, pg_catalog.count(*) AS ports FROM opening GROUP BY ordinal, label) AS segment
					JOIN stage ON stage.ordinal = segment.ordinal JOIN category ON category.label IS NOT DISTINCT FROM segment.label) AS segment
			UNION ALL
			SELECT 3, n, pg_catalog.format('<rect x="%s" y="%s" width="12" height="12" fill="%s" stroke="#222" stroke-width="0.5"/>'::text, svg_coordinate(x), svg_coordinate(y), svg_colour(colour))
				OPERATOR(pg_catalog.||) svg_text(x + 18::double precision, y + '10.5'::double precision, pg_catalog.format('%s (%s)'::text, svg_fit(coalesce(label, 'not known'::text), 12::double precision, 120::double precision), ports), 12::double precision)
			FROM scale, argument, LATERAL (SELECT category.*, 20::double precision + 190::double precision * ((n - 1) % 4::bigint)::double precision AS x,
				bottom + 14::double precision + 22::double precision * ((n - 1) / 4::bigint)::double precision AS y FROM category) AS item
			WHERE argument.by <> 'none'::text
		)
		SELECT CASE WHEN EXISTS (SELECT FROM scale) THEN
			svg_document(argument.title, 'Bars of the number of border ports opened in each stage, divided by category.'::text,
				svg_count((SELECT pg_catalog.count(*) FROM opening WHERE ordinal IS NOT NULL), 'port'::text) OPERATOR(pg_catalog.||) ' opened in a stage'::text
					OPERATOR(pg_catalog.||) (SELECT CASE WHEN pg_catalog.count(*) > 0 THEN pg_catalog.format('; %s more outside every stage or without a year'::text, pg_catalog.count(*)) ELSE ''::text END
						FROM opening WHERE ordinal IS NULL),
				svg_stage_chart.width, (SELECT bottom FROM scale) + 22::double precision
					+ CASE WHEN argument.by = 'none'::text THEN 0::double precision ELSE 22::double precision * (((SELECT pg_catalog.max(n) FROM category) + 3) / 4)::double precision END,
				(SELECT pg_catalog.string_agg(part.svg, E'\n'::text ORDER BY layer, place) FROM part))
			ELSE svg_empty(argument.title, svg_stage_chart.width, 'No port opened in any stage'::text) END
		FROM argument;
	END;
COMMENT ON FUNCTION svg_stage_chart(text, text, integer, text, stage_scheme) IS 'bars of the ports opened in each stage of a scheme as an SVG document, divided by region, transport or mode (none: undivided), with ports a year for stages that have both ends; title NULL says what is shown, width is in pixels (200 to 8000), home is the ISO 3166 code (two capital letters, else error 22023) of the country whose ports are counted (NULL: all). Example: SELECT portext.svg_stage_chart(''transport'')';

-- A country that is no code gave an empty map without a word.
CREATE OR REPLACE FUNCTION tile_query_error(query jsonb) RETURNS text
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

CREATE OR REPLACE FUNCTION port_tile(z integer, x integer, y integer, query jsonb DEFAULT '{}') RETURNS bytea
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

-- A table of the user's own in the place of local_flow, and views of states.

-- A table of the user's own in the place of local_flow: partitioned, foreign, distributed, as large as it likes.
--
-- * The views read own_flow, a plain view, so that nothing hides the table from the planner: partitions are pruned,
--   aggregates run partition by partition or on other servers.
-- * Which table it is stands in local_attachment, which dumps carry; its trigger defines own_flow, so that a restore
--   attaches the table again, whatever the order of its data.
-- * Roll-ups of an attached table have no triggers. States of the periods that begin before closed_until are kept in
--   local_closed; those of the open ones are computed from open_flow by whoever asks. A dump carries the states, too: the
--   rows of a closed period may have left the table.
-- * When all periods are closed, or nothing is attached, open_flow does not name the table: no plan pays for it, and an
--   engine that plans no distributed table in an SQL function can answer.
-- * An update script that defines own_flow or open_flow anew must not write local_attachment, nor read what its owner
--   defined: that would run in the name of the superuser who runs the script. It defines the views from the catalog, in a
--   DO block, as local_attachment_apply does.

CREATE TABLE local_attachment (
	id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
	flow pg_catalog.regclass NOT NULL,
	closed_until date NOT NULL DEFAULT '-infinity'
);
COMMENT ON TABLE local_attachment IS 'the table that stands in the place of local_flow, one row; empty without one. attach_flow, detach_flow and close_flow write it';
COMMENT ON COLUMN local_attachment.id IS 'key, always 1';
COMMENT ON COLUMN local_attachment.flow IS 'the attached table; own_flow reads it';
COMMENT ON COLUMN local_attachment.closed_until IS 'periods that begin before this day are closed: their states are in local_closed';

CREATE TABLE local_closed (
	id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 1000000) PRIMARY KEY,
	measure text NOT NULL,
	unit text NOT NULL,
	quality text NOT NULL,
	direction text NOT NULL,
	country_iso2 text NOT NULL,
	neighbour_iso2 text NOT NULL,
	period_from date NOT NULL,
	period_to date NOT NULL,
	state composition NOT NULL,
	CONSTRAINT local_closed_cell UNIQUE (measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to)
);
CREATE INDEX local_closed_period_idx ON local_closed (period_from);
COMMENT ON TABLE local_closed IS 'roll-ups of the closed periods of the attached table: totals by port for each measure, unit, quality, direction, border and period. close_flow writes it; read it through flow_rollup()';
COMMENT ON COLUMN local_closed.id IS 'key; numbers have gaps';
COMMENT ON COLUMN local_closed.measure IS 'as in local_flow';
COMMENT ON COLUMN local_closed.unit IS 'as in local_flow; empty for none';
COMMENT ON COLUMN local_closed.quality IS 'as in local_flow';
COMMENT ON COLUMN local_closed.direction IS 'in, out or both';
COMMENT ON COLUMN local_closed.country_iso2 IS 'country of the ports, ISO 3166 two letters; empty when unknown';
COMMENT ON COLUMN local_closed.neighbour_iso2 IS 'country on the other side, ISO 3166 two letters; empty when unknown';
COMMENT ON COLUMN local_closed.period_from IS 'first day of the period';
COMMENT ON COLUMN local_closed.period_to IS 'the day after the last day of the period';
COMMENT ON COLUMN local_closed.state IS 'total of value for each port_code';
COMMENT ON SEQUENCE local_closed_id_seq IS 'keys of local_closed';

-- The trigger below writes the same views over an attached table: keep the columns alike. Who creates the extension owns
-- them, since a trusted install belongs to a superuser otherwise and only an owner can define a view anew.
CREATE VIEW own_flow AS
SELECT f.id AS flow_id, f.port_code, f.period_from, f.period_to,
	f.direction, pg_catalog.array_position('{in,out,both}'::text[], f.direction) AS direction_rank, f.measure, f.value, f.unit,
	f.quality, pg_catalog.array_position('{measured,derived,estimate,upper_bound,design_capacity}'::text[], f.quality) AS quality_rank,
	f.source, f.note
FROM local_flow f;
ALTER VIEW own_flow OWNER TO @extowner@;
COMMENT ON VIEW own_flow IS 'your own traffic figures as the other views read them: the rows of the table that attach_flow has attached, or of local_flow without one';
COMMENT ON COLUMN own_flow.flow_id IS 'unique key, the id of the table';
COMMENT ON COLUMN own_flow.port_code IS 'the port, shipped or local';
COMMENT ON COLUMN own_flow.period_from IS 'first day of the period';
COMMENT ON COLUMN own_flow.period_to IS 'the day after the last day of the period';
COMMENT ON COLUMN own_flow.direction IS 'in, out or both, seen from the country of the port';
COMMENT ON COLUMN own_flow.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN own_flow.measure IS 'what is measured';
COMMENT ON COLUMN own_flow.value IS 'the figure, in unit';
COMMENT ON COLUMN own_flow.unit IS 'unit of value';
COMMENT ON COLUMN own_flow.quality IS 'measured, derived, estimate, upper_bound or design_capacity';
COMMENT ON COLUMN own_flow.quality_rank IS 'order of quality: measured 1, derived 2, estimate 3, upper_bound 4, design_capacity 5';
COMMENT ON COLUMN own_flow.source IS 'source, free text';
COMMENT ON COLUMN own_flow.note IS 'remarks';

CREATE VIEW open_flow AS
SELECT f.id AS flow_id, f.port_code, f.period_from, f.period_to,
	f.direction, pg_catalog.array_position('{in,out,both}'::text[], f.direction) AS direction_rank, f.measure, f.value, f.unit,
	f.quality, pg_catalog.array_position('{measured,derived,estimate,upper_bound,design_capacity}'::text[], f.quality) AS quality_rank,
	f.source, f.note
FROM local_flow f WHERE false;
ALTER VIEW open_flow OWNER TO @extowner@;
COMMENT ON VIEW open_flow IS 'the rows of own_flow in open periods of an attached table, which answers add up when asked; empty without one or when all periods are closed, since states or roll-ups answer then';
COMMENT ON COLUMN open_flow.flow_id IS 'unique key, the id of the table';
COMMENT ON COLUMN open_flow.port_code IS 'the port, shipped or local';
COMMENT ON COLUMN open_flow.period_from IS 'first day of the period';
COMMENT ON COLUMN open_flow.period_to IS 'the day after the last day of the period';
COMMENT ON COLUMN open_flow.direction IS 'in, out or both, seen from the country of the port';
COMMENT ON COLUMN open_flow.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN open_flow.measure IS 'what is measured';
COMMENT ON COLUMN open_flow.value IS 'the figure, in unit';
COMMENT ON COLUMN open_flow.unit IS 'unit of value';
COMMENT ON COLUMN open_flow.quality IS 'measured, derived, estimate, upper_bound or design_capacity';
COMMENT ON COLUMN open_flow.quality_rank IS 'order of quality: measured 1, derived 2, estimate 3, upper_bound 4, design_capacity 5';
COMMENT ON COLUMN open_flow.source IS 'source, free text';
COMMENT ON COLUMN open_flow.note IS 'remarks';

CREATE FUNCTION local_attachment_check() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	like_it CONSTANT text := 'Create it like local_flow: CREATE TABLE my_flow (LIKE portext.local_flow INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY) PARTITION BY RANGE (period_from).';
	c record;
BEGIN
	SELECT r.relkind, r.relpersistence, r.relnamespace INTO c FROM pg_class r WHERE r.oid = new.flow;
	IF new.flow IS NULL THEN
		RETURN new;	-- the column refuses it
	ELSIF NOT FOUND THEN
		RAISE EXCEPTION 'relation with OID % does not exist', new.flow::oid USING ERRCODE = 'undefined_table';
	ELSIF c.relkind NOT IN ('r', 'p', 'f', 'v', 'm') THEN
		RAISE EXCEPTION '% is no table', new.flow USING ERRCODE = 'wrong_object_type', HINT = 'A table, partitioned table, foreign table or view can be attached.';
	ELSIF c.relpersistence = 't' THEN
		RAISE EXCEPTION 'the temporary table % cannot be attached', new.flow USING ERRCODE = 'wrong_object_type', HINT = 'Other sessions could not read the views.';
	ELSIF c.relnamespace = 'portext'::regnamespace THEN
		RAISE EXCEPTION '% belongs to portext and cannot be attached', new.flow USING ERRCODE = 'wrong_object_type', HINT = like_it;
	ELSIF EXISTS (
			WITH RECURSIVE used (class, object) AS (	-- by the table: the rules of views, and the relations and functions named there
				SELECT 'pg_class'::regclass::oid, new.flow::oid
				UNION
				SELECT n.* FROM used u CROSS JOIN LATERAL (
					SELECT 'pg_rewrite'::regclass::oid, w.oid FROM pg_rewrite w WHERE u.class = 'pg_class'::regclass AND w.ev_class = u.object
					UNION ALL
					SELECT d.refclassid, d.refobjid FROM pg_depend d
					WHERE d.classid = u.class AND d.objid = u.object AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)) n)
			SELECT FROM used u WHERE u.class = 'pg_class'::regclass AND u.object IN ('portext.own_flow'::regclass, 'portext.open_flow'::regclass)) THEN
		RAISE EXCEPTION '% reads the views of portext and cannot be attached', new.flow
			USING ERRCODE = 'invalid_object_definition', HINT = 'The views would read themselves.';
	END IF;
	SELECT l.attname, format_type(l.atttypid, -1) AS wanted, format_type(a.atttypid, -1) AS got INTO c
	FROM pg_attribute l LEFT JOIN pg_attribute a ON a.attrelid = new.flow AND a.attname = l.attname AND a.attnum > 0 AND NOT a.attisdropped
	WHERE l.attrelid = 'portext.local_flow'::regclass AND l.attnum > 0 AND NOT l.attisdropped AND a.atttypid IS DISTINCT FROM l.atttypid
	ORDER BY l.attnum LIMIT 1;
	IF c.got IS NOT NULL THEN
		RAISE EXCEPTION 'column "%" of % has type %, not %', c.attname, new.flow, c.got, c.wanted USING ERRCODE = 'datatype_mismatch', HINT = like_it;
	ELSIF FOUND THEN
		RAISE EXCEPTION '% has no column "%" of type %', new.flow, c.attname, c.wanted USING ERRCODE = 'undefined_column', HINT = like_it;
	END IF;
	RETURN new;
END $$;
COMMENT ON FUNCTION local_attachment_check() IS 'trigger of local_attachment: refuses a table that has not the columns of local_flow, or reads own_flow itself';

CREATE FUNCTION local_attachment_apply() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	attached regclass := (SELECT a.flow FROM portext.local_attachment a);
	open regclass := (SELECT a.flow FROM portext.local_attachment a WHERE a.closed_until < 'infinity');
	open_from date := (SELECT a.closed_until FROM portext.local_attachment a WHERE a.closed_until < 'infinity');
	name text;
	source regclass;
	condition text;
BEGIN
	IF attached IS NULL THEN
		DELETE FROM portext.local_closed;
	END IF;
	-- The cast takes a modifier such as numeric(12, 2) off.
	FOR name, source, condition IN VALUES ('own_flow', COALESCE(attached, 'portext.local_flow'::regclass), 'true'),
		('open_flow', COALESCE(open, 'portext.local_flow'::regclass),
			-- A constant, since partition-wise aggregates prune by nothing else.
			COALESCE('f.period_from >= ' || quote_literal(open_from) || '::date', 'false')) LOOP
		EXECUTE format($view$CREATE OR REPLACE VIEW portext.%I AS
SELECT f.id AS flow_id, f.port_code, f.period_from, f.period_to,
	f.direction, pg_catalog.array_position('{in,out,both}'::text[], f.direction) AS direction_rank, f.measure, f.value::numeric AS value, f.unit,
	f.quality, pg_catalog.array_position('{measured,derived,estimate,upper_bound,design_capacity}'::text[], f.quality) AS quality_rank,
	f.source, f.note
FROM %s f WHERE %s$view$, name, source, condition);
	END LOOP;
	PERFORM FROM portext.own_flow WHERE false;	-- the owner of own_flow may read it
	RETURN NULL;
END $$;
COMMENT ON FUNCTION local_attachment_apply() IS 'trigger of local_attachment: lets own_flow and open_flow read the attached table, or local_flow without one';

CREATE TRIGGER local_attachment_check BEFORE INSERT OR UPDATE OF flow ON local_attachment
	FOR EACH ROW EXECUTE FUNCTION local_attachment_check();
CREATE TRIGGER local_attachment_apply AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON local_attachment
	FOR EACH STATEMENT EXECUTE FUNCTION local_attachment_apply();

CREATE FUNCTION attach_flow(flow regclass) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp	-- not STRICT: NULL is an error
	AS $$
DECLARE
	attached regclass;
BEGIN
	IF attach_flow.flow IS NULL THEN
		RAISE EXCEPTION 'attach_flow needs a table' USING ERRCODE = 'null_value_not_allowed';
	END IF;
	INSERT INTO portext.local_attachment (flow) VALUES (attach_flow.flow) ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		SELECT a.flow INTO attached FROM portext.local_attachment a;
		RAISE EXCEPTION '% is attached already', attached USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Detach it first: SELECT portext.detach_flow().';
	END IF;
END $$;
COMMENT ON FUNCTION attach_flow(regclass) IS 'puts a table of your own, with the columns of local_flow, in the place of local_flow: own_flow, flow and every answer read it. It may be partitioned, foreign, distributed or a view. Its roll-ups are computed when asked for; close_flow keeps those of past periods. DROP TABLE refuses an attached table; DROP ... CASCADE would drop the extension with it: detach it first. Example: SELECT portext.attach_flow(''public.my_flow'')';

CREATE FUNCTION detach_flow() RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
BEGIN
	DELETE FROM portext.local_attachment;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'no table is attached' USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'The views read local_flow already.';
	END IF;
END $$;
COMMENT ON FUNCTION detach_flow() IS 'lets the views read local_flow again; the attached table stays as it is, the states of its closed periods are deleted. Example: SELECT portext.detach_flow()';

CREATE FUNCTION fill_closed_flow(period_from date, period_to date) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	cells bigint;
BEGIN
	IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
		RAISE EXCEPTION 'periods cannot be closed in a transaction of isolation level %', current_setting('transaction_isolation')
			USING ERRCODE = 'invalid_transaction_state', HINT = 'Use READ COMMITTED: an older snapshot does not show what others have committed.';
	END IF;
	LOCK TABLE portext.local_port IN SHARE MODE;
	LOCK TABLE portext.own_flow IN SHARE MODE;	-- and the tables under it, but foreign ones
	DELETE FROM portext.local_closed c WHERE c.period_from >= fill_closed_flow.period_from AND c.period_from < fill_closed_flow.period_to;
	WITH s AS MATERIALIZED (
		SELECT f.port_code, f.measure, f.unit, f.quality, f.direction, f.period_from, f.period_to, sum(f.value) AS value FROM portext.own_flow f
		WHERE f.period_from >= fill_closed_flow.period_from AND f.period_from < fill_closed_flow.period_to
		GROUP BY f.port_code, f.measure, f.unit, f.quality, f.direction, f.period_from, f.period_to)
	INSERT INTO portext.local_closed (measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state)
	SELECT s.measure, COALESCE(s.unit, ''), s.quality, s.direction, COALESCE(lp.country_iso2, p.country_iso2, pl.country_iso2, ''),
		COALESCE(lp.neighbour_iso2, p.neighbour_iso2, ''), s.period_from, s.period_to, portext.composition_agg(s.port_code, s.value)
	FROM s
	LEFT JOIN portext.local_port lp ON lp.port_code = s.port_code	-- as port_border, which would be asked row by row
	LEFT JOIN portext.ref_port p ON p.port_code = s.port_code AND lp.id IS NULL
	LEFT JOIN portext.ref_place pl ON pl.place_code = COALESCE(lp.place_code, p.place_code)
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
	GET DIAGNOSTICS cells = ROW_COUNT;
	RETURN cells;
END $$;
COMMENT ON FUNCTION fill_closed_flow(date, date) IS 'computes the states in local_closed of the periods that begin from one day to before another, writers of ports and of the attached table locked out; close_flow and rebuild_closed_flow call it. Example: SELECT portext.fill_closed_flow(''2019-01-01'', ''2020-01-01'')';

CREATE FUNCTION close_flow(until date) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp	-- not STRICT: NULL is an error
	AS $$
DECLARE
	closed date;
	cells bigint := 0;
BEGIN
	IF close_flow.until IS NULL THEN
		RAISE EXCEPTION 'close_flow needs a day' USING ERRCODE = 'null_value_not_allowed', HINT = 'infinity closes all periods, -infinity opens them.';
	END IF;
	SELECT a.closed_until INTO closed FROM portext.local_attachment a FOR UPDATE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'no table is attached' USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Triggers keep the roll-ups of local_flow; attach_flow puts a table in its place.';
	ELSIF close_flow.until < closed THEN
		DELETE FROM portext.local_closed c WHERE c.period_from >= close_flow.until;
	ELSE
		cells := portext.fill_closed_flow(closed, close_flow.until);
	END IF;
	UPDATE portext.local_attachment SET closed_until = close_flow.until;
	RETURN cells;
END $$;
COMMENT ON FUNCTION close_flow(date) IS 'closes the periods of the attached table that begin before a day: their states are computed once and kept, and answers read the rows of later periods only. infinity closes all; an earlier day than before opens periods again, -infinity all. Gives the number of states written. Rows that come for a closed period are not seen until rebuild_closed_flow. It waits for queries of the views that are running. Example: SELECT portext.close_flow(''2019-07-01'')';

CREATE FUNCTION rebuild_closed_flow(period_from date, period_to date) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp	-- not STRICT: NULL is an error
	AS $$
DECLARE
	closed date;
BEGIN
	IF NOT COALESCE(rebuild_closed_flow.period_from < rebuild_closed_flow.period_to, false) THEN
		RAISE EXCEPTION 'rebuild_closed_flow needs a first day and a later one' USING ERRCODE = 'invalid_parameter_value',
			DETAIL = format('It was given %s and %s.', COALESCE(rebuild_closed_flow.period_from::text, 'NULL'), COALESCE(rebuild_closed_flow.period_to::text, 'NULL'));
	END IF;
	SELECT a.closed_until INTO closed FROM portext.local_attachment a FOR UPDATE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'no table is attached' USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'rebuild_local_rollup() rebuilds the roll-ups of local_flow.';
	ELSIF closed <= rebuild_closed_flow.period_from THEN
		RAISE EXCEPTION 'rebuild_closed_flow: no period that begins from % to before % is closed', rebuild_closed_flow.period_from, rebuild_closed_flow.period_to
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = CASE WHEN closed > '-infinity'
				THEN format('Closed are the periods that begin before %s. Open ones are computed when asked for; close_flow closes more.', closed)
				ELSE 'Open periods are computed when asked for; close_flow closes them.' END;
	END IF;
	RETURN portext.fill_closed_flow(rebuild_closed_flow.period_from, LEAST(rebuild_closed_flow.period_to, closed));
END $$;
COMMENT ON FUNCTION rebuild_closed_flow(date, date) IS 'computes the states of closed periods anew, those that begin from one day to before another: after rows have come late. Where the rows have left the table their states go, too. Open periods among them need nothing; when all are open it is an error. Gives the number of states written. Example: SELECT portext.rebuild_closed_flow(''2019-03-01'', ''2019-04-01'')';

-- A state holds ports of one border. When a port gets another one, the states it is in are divided anew: each total
-- is exact, so the result is what the rows would give.
CREATE FUNCTION local_closed_divide(port_codes text[]) RETURNS void
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
BEGIN
	WITH border AS MATERIALIZED (
		SELECT k.port_code, b.country_iso2, b.neighbour_iso2 FROM unnest(port_codes) k (port_code) CROSS JOIN LATERAL portext.port_border(k.port_code) b
	), divided AS (
		DELETE FROM portext.local_closed c
		WHERE EXISTS (SELECT FROM border b WHERE portext.composition_value(c.state, b.port_code) IS NOT NULL
			AND (b.country_iso2 <> c.country_iso2 OR b.neighbour_iso2 <> c.neighbour_iso2))
		RETURNING c.measure, c.unit, c.quality, c.direction, c.period_from, c.period_to, c.state
	), entry AS (
		SELECT d.measure, d.unit, d.quality, d.direction, d.period_from, d.period_to, e.key AS port_code, e.value::numeric AS value
		FROM divided d CROSS JOIN LATERAL jsonb_each_text(d.state::jsonb) e)
	INSERT INTO portext.local_closed AS r (measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state)
	SELECT e.measure, e.unit, e.quality, e.direction, b.country_iso2, b.neighbour_iso2, e.period_from, e.period_to, portext.composition_agg(e.port_code, e.value)
	FROM entry e CROSS JOIN LATERAL portext.port_border(e.port_code) b
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
	ON CONFLICT ON CONSTRAINT local_closed_cell DO UPDATE SET state = portext.composition_merge(r.state, excluded.state);
END $$;
COMMENT ON FUNCTION local_closed_divide(text[]) IS 'moves the totals of some ports in local_closed to the cells of the border that they have now. Example: SELECT portext.local_closed_divide(''{manzhouli-rail}'')';

CREATE FUNCTION local_closed_border() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	codes text[];
BEGIN
	IF NOT EXISTS (SELECT FROM portext.local_closed) THEN
		RETURN NULL;	-- nor does a writer of ports need rights on local_closed then
	END IF;
	CASE TG_OP
		WHEN 'INSERT' THEN codes := ARRAY(SELECT n.port_code FROM new_port n);
		WHEN 'DELETE' THEN codes := ARRAY(SELECT o.port_code FROM old_port o);
		WHEN 'UPDATE' THEN codes := ARRAY(SELECT o.port_code FROM old_port o UNION SELECT n.port_code FROM new_port n);
		ELSE codes := ARRAY(SELECT DISTINCT k.port_code FROM portext.local_closed c CROSS JOIN LATERAL jsonb_object_keys(c.state::jsonb) k (port_code));
	END CASE;
	PERFORM portext.local_closed_divide(codes);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION local_closed_border() IS 'trigger of local_port: moves the totals of a port in local_closed to the cells of its new border';

-- An update that brings new facts calls it, as the superuser that runs updates. The triggers that the owner may have on the
-- tables written here must not run as that one, so the update first sets session_replication_role.
CREATE FUNCTION local_border_changed(port_codes text[], place_codes text[]) RETURNS void
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	codes text[] := local_border_changed.port_codes || ARRAY(
		SELECT p.port_code FROM portext.local_port p WHERE p.country_iso2 IS NULL AND p.place_code = ANY (local_border_changed.place_codes));
BEGIN
	IF EXISTS (SELECT FROM portext.local_flow f WHERE f.port_code = ANY (codes)) THEN
		PERFORM portext.rebuild_local_rollup();
	END IF;
	PERFORM portext.local_closed_divide(codes);
END $$;
COMMENT ON FUNCTION local_border_changed(text[], text[]) IS 'moves your own flows to the roll-ups of another border, where shipped ports or places are new or have another border; updates call it. Example: SELECT portext.local_border_changed(''{manzhouli-rail}'', ''{manzhouli}'')';

CREATE TRIGGER local_closed_port_insert AFTER INSERT ON local_port REFERENCING NEW TABLE AS new_port
	FOR EACH STATEMENT EXECUTE FUNCTION local_closed_border();
CREATE TRIGGER local_closed_port_update AFTER UPDATE ON local_port REFERENCING OLD TABLE AS old_port NEW TABLE AS new_port
	FOR EACH STATEMENT EXECUTE FUNCTION local_closed_border();
CREATE TRIGGER local_closed_port_delete AFTER DELETE ON local_port REFERENCING OLD TABLE AS old_port
	FOR EACH STATEMENT EXECUTE FUNCTION local_closed_border();
CREATE TRIGGER local_closed_port_truncate AFTER TRUNCATE ON local_port
	FOR EACH STATEMENT EXECUTE FUNCTION local_closed_border();

REVOKE EXECUTE ON FUNCTION attach_flow(regclass), detach_flow(), fill_closed_flow(date, date), close_flow(date), rebuild_closed_flow(date, date) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION local_border_changed(text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION local_border_changed(text[], text[]) TO @extowner@ WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION attach_flow(regclass), detach_flow(), fill_closed_flow(date, date), close_flow(date), rebuild_closed_flow(date, date) TO @extowner@ WITH GRANT OPTION;

-- The two-step query without its trick: an aggregate that another server or a partition computes whole has the
-- partition key in its GROUP BY. A view of states has it; whoever reads the view merges with rollup.

CREATE FUNCTION create_states_view(view_name text, flows regclass, key name, value name, VARIADIC by name[] DEFAULT '{}') RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp	-- not STRICT: NULL is an error
	AS $$
DECLARE
	ident text[];
	wanted name[];
	missing name;
	schema name;
BEGIN
	IF create_states_view.view_name IS NULL OR create_states_view.flows IS NULL OR create_states_view.key IS NULL
			OR create_states_view.value IS NULL OR array_position(COALESCE(create_states_view.by, '{NULL}'), NULL) IS NOT NULL THEN
		RAISE EXCEPTION 'create_states_view needs the names of a view, a table and its columns, none of them NULL' USING ERRCODE = 'null_value_not_allowed';
	END IF;
	BEGIN
		ident := parse_ident(create_states_view.view_name);
	EXCEPTION WHEN invalid_parameter_value THEN NULL;
	END;
	IF COALESCE(cardinality(ident) > 2, true) THEN
		RAISE EXCEPTION 'create_states_view: improper view name "%"', create_states_view.view_name
			USING ERRCODE = 'invalid_name', HINT = 'Give view or schema.view, each in double quotes if it is no plain name.';
	END IF;
	SELECT c INTO missing FROM unnest(create_states_view.by || create_states_view.key || create_states_view.value) WITH ORDINALITY u (c, n)
	WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = create_states_view.flows AND a.attname = u.c AND a.attnum > 0 AND NOT a.attisdropped)
	ORDER BY n LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION '% has no column "%"', create_states_view.flows, missing USING ERRCODE = 'undefined_column';
	ELSIF EXISTS (SELECT FROM pg_partition_tree(create_states_view.flows) t JOIN pg_partitioned_table p ON p.partrelid = t.relid WHERE 0 = ANY (p.partattrs::int2[])) THEN
		RAISE EXCEPTION '% is partitioned by an expression', create_states_view.flows
			USING ERRCODE = 'feature_not_supported', HINT = 'Partition by a column, or write the view yourself with the expression in its GROUP BY.';
	END IF;
	-- The partition keys of every level, then what was asked for.
	wanted := ARRAY(SELECT c FROM (
			SELECT a.attname, t.level, k.n FROM pg_partition_tree(create_states_view.flows) t JOIN pg_partitioned_table p ON p.partrelid = t.relid
				CROSS JOIN LATERAL unnest(p.partattrs::int2[]) WITH ORDINALITY k (attnum, n) JOIN pg_attribute a ON a.attrelid = t.relid AND a.attnum = k.attnum
			UNION ALL SELECT u.c, 1000000, u.n FROM unnest(create_states_view.by) WITH ORDINALITY u (c, n)) x (c, level, n)
		GROUP BY c ORDER BY min(level), min(n));
	IF 'state' = ANY (wanted) THEN
		RAISE EXCEPTION 'create_states_view: column "state" of % has the name of the states', create_states_view.flows
			USING ERRCODE = 'duplicate_column', HINT = 'Rename the column, or write the view yourself with another name for the states.';
	END IF;
	SELECT n.nspname INTO schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = create_states_view.flows;
	EXECUTE format('CREATE VIEW %I.%I AS SELECT %sportext.composition_agg(%I, %I) AS state FROM %s%s',
		CASE cardinality(ident) WHEN 2 THEN ident[1] ELSE schema END, ident[cardinality(ident)],
		(SELECT string_agg(format('%I, ', c), '' ORDER BY n) FROM unnest(wanted) WITH ORDINALITY u (c, n)),
		create_states_view.key, create_states_view.value, create_states_view.flows,
		(SELECT ' GROUP BY ' || string_agg(format('%I', c), ', ' ORDER BY n) FROM unnest(wanted) WITH ORDINALITY u (c, n)));
	IF current_setting('enable_partitionwise_aggregate') = 'off' AND EXISTS (SELECT FROM pg_partitioned_table p WHERE p.partrelid = create_states_view.flows) THEN
		RAISE NOTICE 'states are computed partition by partition, and on other servers, only while enable_partitionwise_aggregate is on'
			USING HINT = format('ALTER DATABASE %I SET enable_partitionwise_aggregate = on', current_database());
	END IF;
EXCEPTION WHEN undefined_function OR ambiguous_function THEN
	RAISE EXCEPTION 'columns "%" and "%" of % are no key and value of a composition', create_states_view.key, create_states_view.value, create_states_view.flows
		USING ERRCODE = 'datatype_mismatch', DETAIL = SQLERRM || '.', HINT = 'A key is text, integer or bigint; a value integer, bigint, numeric or double precision.';
END $$;
COMMENT ON FUNCTION create_states_view(text, regclass, name, name, name[]) IS 'creates a view of compositions of a table, one for each partition and each combination of the columns named last, so that partitions and foreign servers compute them whole; read it with rollup(state). A name without a schema stands in the schema of the table. Example: SELECT portext.create_states_view(''public.port_states'', ''portext.local_flow'', ''port_code'', ''value'', ''measure'', ''period_from'')';

REVOKE EXECUTE ON FUNCTION create_states_view(text, regclass, name, name, name[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_states_view(text, regclass, name, name, name[]) TO @extowner@ WITH GRANT OPTION;

GRANT SELECT ON local_attachment, local_closed, own_flow, open_flow TO PUBLIC;
GRANT ALL ON local_attachment, local_closed TO @extowner@ WITH GRANT OPTION;
GRANT ALL ON SEQUENCE local_closed_id_seq TO @extowner@ WITH GRANT OPTION;
SELECT pg_catalog.pg_extension_config_dump('local_attachment', '');
SELECT pg_catalog.pg_extension_config_dump('local_closed', '');
SELECT pg_catalog.pg_extension_config_dump('local_closed_id_seq', '');
ANALYZE local_attachment, local_closed;

-- What read local_flow reads own_flow.
CREATE OR REPLACE VIEW flow AS
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

CREATE OR REPLACE VIEW local_flow_unmatched AS
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

CREATE OR REPLACE FUNCTION flow_rollup() RETURNS TABLE (is_local boolean, measure text, unit text, quality text, direction text, country_iso2 text, neighbour_iso2 text,
		period_from date, period_to date, state composition)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000	-- no argument, so STRICT has no meaning
BEGIN ATOMIC
	SELECT true, r.measure, r.unit, r.quality, r.direction, r.country_iso2, r.neighbour_iso2, r.period_from, r.period_to, r.state
	FROM local_rollup r WHERE r.measure <> ''::text AND NOT EXISTS (SELECT FROM local_attachment)
	UNION ALL
	SELECT true, c.measure, c.unit, c.quality, c.direction, c.country_iso2, c.neighbour_iso2, c.period_from, c.period_to, c.state
	FROM local_closed c
	UNION ALL
	SELECT true, s.measure, COALESCE(s.unit, ''::text), s.quality, s.direction, COALESCE(lp.country_iso2, p.country_iso2, pl.country_iso2, ''::text),
		COALESCE(lp.neighbour_iso2, p.neighbour_iso2, ''::text), s.period_from, s.period_to, composition_agg(s.port_code, s.value)
	FROM (SELECT f.port_code, f.measure, f.unit, f.quality, f.direction, f.period_from, f.period_to, sum(f.value) AS value FROM open_flow f
		GROUP BY f.port_code, f.measure, f.unit, f.quality, f.direction, f.period_from, f.period_to) s
	LEFT JOIN local_port lp ON lp.port_code = s.port_code	-- as port_border, which would be asked row by row
	LEFT JOIN ref_port p ON p.port_code = s.port_code AND lp.id IS NULL
	LEFT JOIN ref_place pl ON pl.place_code = COALESCE(lp.place_code, p.place_code)
	GROUP BY 2, 3, 4, 5, 6, 7, 8, 9
	UNION ALL
	SELECT false, f.measure, COALESCE(f.unit, ''::text), f.quality, f.direction, p.country_iso2, COALESCE(p.neighbour_iso2, ''::text), f.period_from, f.period_to,
		composition_agg(f.port_code, f.value)
	FROM ref_flow f JOIN ref_port p ON p.port_code = f.port_code
	WHERE f.period_from IS NOT NULL AND f.unit <> 'percent'::text
	GROUP BY f.measure, f.unit, f.quality, f.direction, p.country_iso2, p.neighbour_iso2, f.period_from, f.period_to;
END;
COMMENT ON FUNCTION flow_rollup() IS 'compositions of flows by port: local_rollup, or the closed and open periods of an attached table, and, rolled up alike, the dated shipped flows of ports (those of whole places are left out, they hold their ports). Example: SELECT portext.hhi(portext.rollup(state)) FROM portext.flow_rollup() WHERE measure = ''trucks'' AND period_from >= ''2018-01-01'' AND period_to <= ''2019-01-01''';
-- End of attached tables.

COMMENT ON FUNCTION svg_years(date, date) IS 'the years of a period whose end is exclusive, NULL for an open end. Example: SELECT portext.svg_years(date ''1950-01-01'', date ''1980-01-01'') gives the years 1950 and 1979 with a dash between';

-- Answers from roll-ups: exact sums of figures that fill their period, and the reason when there are none.
CREATE FUNCTION flow_in_period(measure text, port_code text, period_from date, period_to date, direction text DEFAULT NULL)
		RETURNS TABLE (value double precision, reason text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1	-- not STRICT: a NULL port or direction means every one
BEGIN ATOMIC
	WITH asked AS (	-- a range even of what is refused below, since the planner may make it before the check
		SELECT daterange(flow_in_period.period_from, GREATEST(flow_in_period.period_from, flow_in_period.period_to)) AS period
	), series AS (	-- each must fill the period by itself
		SELECT r.direction, r.country_iso2, r.neighbour_iso2, rollup(r.state) AS state, min(r.unit) AS unit, max(r.unit) AS other_unit,
			sum(r.period_to - r.period_from) AS days, pg_catalog.range_agg(daterange(r.period_from, r.period_to)) AS filled
		FROM flow_rollup() r
		WHERE r.measure = flow_in_period.measure AND (flow_in_period.direction IS NULL OR r.direction = flow_in_period.direction)
			AND r.period_from >= flow_in_period.period_from AND r.period_to <= flow_in_period.period_to
			AND r.quality IN ('measured', 'derived') AND entity_count(r.state) > 0::bigint
			AND (flow_in_period.port_code IS NULL OR composition_value(r.state, flow_in_period.port_code) IS NOT NULL)
		GROUP BY r.direction, r.country_iso2, r.neighbour_iso2
	), checked AS (
		SELECT s.*, CASE WHEN s.filled OPERATOR(pg_catalog.<>) datemultirange(asked.period)
					THEN 'no figures for {'::text || (SELECT string_agg(pg_catalog.format('[%s,%s)'::text, pg_catalog.to_jsonb(pg_catalog.lower(gap)) #>> '{}'::text[], pg_catalog.to_jsonb(pg_catalog.upper(gap)) #>> '{}'::text[]), ','::text ORDER BY gap)
						FROM pg_catalog.unnest(datemultirange(asked.period) OPERATOR(pg_catalog.-) s.filled) gap) || '}'::text
				WHEN s.days <> pg_catalog.upper(s.filled) - pg_catalog.lower(s.filled) THEN 'periods overlap'::text END
			|| ', direction '::text || s.direction
			|| CASE WHEN flow_in_period.port_code IS NULL THEN ', border '::text || s.country_iso2 || '-'::text || s.neighbour_iso2 ELSE ''::text END AS fault
		FROM series s CROSS JOIN asked
	), answer AS (
		SELECT count(*) AS series, rollup(c.state) AS state, min(c.unit) AS unit, max(c.other_unit) AS other_unit,
			bool_or(c.direction = 'both') AND bool_or(c.direction <> 'both') AS doubles, min(c.fault) AS fault
		FROM checked c
	), judged AS (
		SELECT CASE WHEN flow_in_period.port_code IS NULL THEN total(a.state) ELSE composition_value(a.state, flow_in_period.port_code) END AS value,
			CASE WHEN a.series = 0::bigint THEN
					CASE WHEN NOT EXISTS (SELECT FROM local_port p WHERE p.port_code = flow_in_period.port_code)
						AND NOT EXISTS (SELECT FROM ref_port p WHERE p.port_code = flow_in_period.port_code) AND flow_in_period.port_code IS NOT NULL
					THEN 'unknown port'::text ELSE 'no measured or derived figures'::text END
				WHEN a.unit <> a.other_unit THEN 'figures in '::text || a.unit || ' and '::text || a.other_unit
				WHEN a.doubles THEN 'figures of direction both beside those of in or out: name one direction'::text
				ELSE a.fault END AS fault
		FROM answer a
	)
	SELECT CASE WHEN j.fault IS NULL THEN j.value END,
		CASE WHEN flow_in_period.measure IS NULL THEN 'flow_in_period needs a measure'::text
			WHEN flow_in_period.period_from IS NULL OR flow_in_period.period_to IS NULL THEN 'flow_in_period needs both ends of a period'::text
			ELSE flow_in_period.measure || ' of '::text || COALESCE(flow_in_period.port_code, 'all ports'::text) || ' in '::text
				|| pg_catalog.format('[%s,%s): '::text, pg_catalog.to_jsonb(pg_catalog.lower(asked.period)) #>> '{}'::text[], pg_catalog.to_jsonb(pg_catalog.upper(asked.period)) #>> '{}'::text[]) || j.fault END
	FROM judged j CROSS JOIN asked
	WHERE require_argument(COALESCE(flow_in_period.period_from < flow_in_period.period_to, true),
		pg_catalog.concat('flow_in_period: the period from ', flow_in_period.period_from, ' to ', flow_in_period.period_to, ' does not end after it begins'),
		'The end is exclusive: a year ends on the first of January of the next.'::text);
END;
COMMENT ON FUNCTION flow_in_period(text, text, date, date, text) IS 'flow of a port (NULL: of all) in a period, its end exclusive, from figures of quality measured or derived. NULL with a reason unless they fill the period exactly, in each direction and on each border, without gap or overlap and in one unit. Example: SELECT * FROM portext.flow_in_period(''cargo_tonnes'', ''quanhe-road'', ''2022-01-01'', ''2023-01-01'')';

-- Messages name the indicator.
CREATE FUNCTION raw_quotient(a double precision, b double precision, indicator text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_raw_quotient';
COMMENT ON FUNCTION raw_quotient(double precision, double precision, text) IS 'the same inside a formula: messages name the indicator that it belongs to. Example: portext.raw_quotient(1e-300, 1e300, ''share'') is 0';

CREATE FUNCTION raw_product(a double precision, b double precision, indicator text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_raw_product';
COMMENT ON FUNCTION raw_product(double precision, double precision, text) IS 'the same inside a formula: messages name the indicator that it belongs to. Example: portext.raw_product(1e-300, 1e-300, ''share'') is 0';

CREATE OR REPLACE FUNCTION shift_rate(c0 composition, c1 composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_shift_rate';

CREATE OR REPLACE FUNCTION yoy(series composition, periods_per_year integer DEFAULT 12)
		RETURNS TABLE (period bigint, value double precision, yoy double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH s AS (
		SELECT p.period, p.value, portext.period_number(p.period, periods_per_year) AS number FROM portext.periods(series) AS p
	)
	SELECT s.period, s.value, portext.raw_quotient(s.value, base.value, 'yoy'::text) - 1::double precision
	FROM s LEFT JOIN s AS base ON base.number = s.number - periods_per_year::bigint
	ORDER BY s.period;
END;

CREATE OR REPLACE FUNCTION recovery_ratio(series composition, base_year bigint, periods_per_year integer DEFAULT 12)
		RETURNS TABLE (period bigint, value double precision, base_value double precision, recovery_ratio double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH s AS (
		SELECT p.period, p.value, portext.period_number(p.period, periods_per_year) AS number FROM portext.periods(series) AS p
	)
	SELECT s.period, s.value, base.value, portext.raw_quotient(s.value, base.value, 'recovery_ratio'::text)
	FROM s LEFT JOIN s AS base
		ON base.number = base_year * periods_per_year::bigint + mod(s.number, periods_per_year::bigint)
	ORDER BY s.period;
END;

CREATE OR REPLACE FUNCTION flow_recovery(measure text, port_code text, period_from date, period_to date, base_from date, base_to date, direction text DEFAULT NULL)
		RETURNS TABLE (value double precision, base_value double precision, recovery_ratio double precision)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1	-- not STRICT: a NULL port or direction means every one
BEGIN ATOMIC
	SELECT v.value, b.value, raw_quotient(v.value, b.value, 'flow_recovery'::text)
	FROM flow_in_period(flow_recovery.measure, flow_recovery.port_code, flow_recovery.period_from, flow_recovery.period_to, flow_recovery.direction) v
	CROSS JOIN flow_in_period(flow_recovery.measure, flow_recovery.port_code, flow_recovery.base_from, flow_recovery.base_to, flow_recovery.direction) b;
END;
COMMENT ON FUNCTION flow_recovery(text, text, date, date, date, date, text) IS 'flow of a port (NULL: of all) in one period over that in a base period, ends exclusive; each as flow_in_period gives it, so NULL unless figures fill the period exactly: flow_recovery_reason says which are missing. Did the first half of 2023 pass all of 2022? SELECT * FROM portext.flow_recovery(''cargo_tonnes'', ''quanhe-road'', ''2023-01-01'', ''2023-07-01'', ''2022-01-01'', ''2023-01-01'')';

CREATE FUNCTION flow_recovery_reason(measure text, port_code text, period_from date, period_to date, base_from date, base_to date, direction text DEFAULT NULL) RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE	-- not STRICT: a NULL port or direction means every one
	RETURN (SELECT CASE WHEN v.reason <> b.reason THEN v.reason || '; '::text || b.reason
			WHEN b.value = 0::double precision AND v.reason IS NULL THEN 'the flow in the base period is 0'::text
			ELSE COALESCE(v.reason, b.reason) END
		FROM flow_in_period(flow_recovery_reason.measure, flow_recovery_reason.port_code, flow_recovery_reason.period_from, flow_recovery_reason.period_to, flow_recovery_reason.direction) v
		CROSS JOIN flow_in_period(flow_recovery_reason.measure, flow_recovery_reason.port_code, flow_recovery_reason.base_from, flow_recovery_reason.base_to, flow_recovery_reason.direction) b);
COMMENT ON FUNCTION flow_recovery_reason(text, text, date, date, date, date, text) IS 'why flow_recovery of the same arguments has no ratio: which figures are missing or cannot be added; NULL when it has one. Example: SELECT portext.flow_recovery_reason(''cargo_tonnes'', ''quanhe-road'', ''2023-01-01'', ''2023-07-01'', ''2022-01-01'', ''2023-01-01'')';

-- The breaks are checked.
COMMENT ON FUNCTION rci_class(double precision, double precision[]) IS 'class of a relative concentration index, from 1 (below the first break) to 1 + number of breaks; a value on a break belongs to the class above it; 22003 if rci is negative, NaN or infinite. The breaks must ascend, else 22023; the default ones are those usually quoted for port cities and could not be checked in the source. Example: portext.rci_class(1) is 3';
COMMENT ON FUNCTION port_city_class(double precision, double precision, double precision[], double precision[]) IS 'cell of a grid of port size (rows, intermediacy) by city size (columns, centrality), numbered row by row from 1 at the smallest of both; two breaks each make the 3 x 3 grid, cells 1 to 9; 22003 if a size is negative, NaN or infinite. The breaks must ascend, else 22023; join a table of your own for the labels. After Ducruet and Lee 2006. Example: portext.port_city_class(500, 80, ''{100,1000}'', ''{50,300}'') is 5';

-- Linear in the number of entries.
CREATE OR REPLACE FUNCTION shift_share(region0 composition, region1 composition, all0 composition, all1 composition)
		RETURNS TABLE (key text, change double precision, "national" double precision, structural double precision, regional double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH g AS MATERIALIZED (	-- once, not for each key
		SELECT portext.raw_quotient(portext.total(all1), portext.total(all0), 'shift_share'::text) AS growth
	), m AS (		-- e0, e1 of the region, c0, c1 of all regions; growth of the whole and of the key as factors
		SELECT r.key, r.a_value AS e0, r.b_value AS e1, g.growth, portext.raw_quotient(c.b_value, c.a_value, 'shift_share'::text) AS key_growth
		FROM g CROSS JOIN portext.matched(region0, region1) AS r
			LEFT JOIN portext.matched(all0, all1) AS c ON c.key = r.key
	)
	SELECT m.key, m.e1 - m.e0,
		CASE WHEN m.growth IS NULL THEN NULL WHEN m.key_growth IS NOT NULL THEN portext.raw_product(m.e0, m.growth - 1::double precision, 'shift_share'::text)
			WHEN m.e0 = 0::double precision THEN 0::double precision END,
		CASE WHEN m.growth IS NULL THEN NULL WHEN m.key_growth IS NOT NULL THEN portext.raw_product(m.e0, m.key_growth - m.growth, 'shift_share'::text)
			WHEN m.e0 = 0::double precision THEN 0::double precision END,
		CASE WHEN m.growth IS NULL THEN NULL WHEN m.key_growth IS NOT NULL THEN m.e1 - portext.raw_product(m.e0, m.key_growth, 'shift_share'::text)
			WHEN m.e0 = 0::double precision THEN m.e1 END
	FROM m ORDER BY m.key COLLATE "C";
END;

CREATE OR REPLACE FUNCTION port_shift(c0 composition, c1 composition)
		RETURNS TABLE (key text, absolute_growth double precision, share double precision, shift double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH g AS MATERIALIZED (	-- once, not for each key
		SELECT portext.raw_quotient(portext.total(c1), portext.total(c0), 'port_shift'::text) AS growth
	), m AS (
		SELECT v.key, v.a_value AS v0, v.b_value AS v1, g.growth FROM g, portext.matched(c0, c1) AS v
	)
	SELECT m.key, m.v1 - m.v0, portext.raw_product(m.v0, m.growth - 1::double precision, 'port_shift'::text), m.v1 - portext.raw_product(m.v0, m.growth, 'port_shift'::text)
	FROM m ORDER BY m.key COLLATE "C";
END;

CREATE OR REPLACE FUNCTION index_number(series composition, base_period bigint)
		RETURNS TABLE (period bigint, value double precision, index_number double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH base AS MATERIALIZED (	-- one row, found once
		SELECT p.value FROM portext.periods(series) AS p WHERE p.period = base_period
	)
	SELECT p.period, p.value, portext.index_number(p.value, base.value)
	FROM portext.periods(series) AS p LEFT JOIN base ON true
	ORDER BY p.period;
END;

CREATE OR REPLACE FUNCTION qgis_graduated_style(attr text, bounds double precision[], labels text[], colour text, largest double precision) RETURNS xml
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC
		WITH class AS (
			SELECT step.n, bounds[step.n] AS lower, bounds[step.n + 1] AS upper, l.label,	-- a text by its number is found by walking there
				pg_catalog.round((largest * pg_catalog.sqrt(bounds[step.n + 1] / bounds[pg_catalog.array_length(bounds, 1)]))::numeric, 1)::double precision AS size
			FROM pg_catalog.generate_series(1, pg_catalog.array_length(bounds, 1) - 1) AS step (n)
				LEFT JOIN pg_catalog.unnest(labels) WITH ORDINALITY AS l (label, n) ON l.n = step.n
		)
		SELECT XMLELEMENT(NAME qgis, XMLATTRIBUTES('3.22' AS version, 'Symbology' AS "styleCategories"),
			XMLELEMENT(NAME "renderer-v2", XMLATTRIBUTES('graduatedSymbol' AS type, attr AS attr, 'GraduatedSize' AS "graduatedMethod"),
				XMLELEMENT(NAME ranges, XMLAGG(XMLELEMENT(NAME range, XMLATTRIBUTES('true' AS render, (class.n - 1)::text AS symbol,
					class.lower::numeric AS lower, class.upper::numeric AS upper, class.label AS label)) ORDER BY class.n)),
				XMLELEMENT(NAME symbols, XMLAGG(qgis_symbol((class.n - 1)::text, 'marker'::text, colour, 'circle'::text, class.size) ORDER BY class.n))),
			XMLELEMENT(NAME "layerGeometryType", 0))
		FROM class;
	END;

-- Answers that are the same under any plan and any setting of the caller, exact to the last digit, and none that one row can stop.

CREATE FUNCTION composition_value_exact(c composition, key text) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_value_exact_text';
COMMENT ON FUNCTION composition_value_exact(composition, text) IS
	'total of a text key without any rounding; NULL if the key is absent; a composition with other keys is an error 22023. composition_value_exact(''{"a": 9007199254740993}'', ''a'') is 9007199254740993';

CREATE FUNCTION composition_value_exact(c composition, key bigint) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_value_exact_int8';
COMMENT ON FUNCTION composition_value_exact(composition, bigint) IS
	'total of a bigint key without any rounding; NULL if the key is absent; a composition with other keys is an error 22023. composition_value_exact(''{7: 9007199254740993}'', 7) is 9007199254740993';

CREATE OR REPLACE VIEW flow_layer AS
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

CREATE OR REPLACE VIEW modal_split AS
WITH part AS (
	SELECT pg_catalog.min(port.port_id)::bigint AS id, 1 AS basis_rank, port.country_iso2, NULL::integer AS year, 'ports' AS measure, 'ports' AS unit, 'both' AS direction,
		port.transport, port.transport_rank, count(*)::integer AS ports, count(*)::double precision AS value
	FROM port
	GROUP BY port.country_iso2, port.transport, port.transport_rank
	UNION ALL
	-- the only totals by transport that are printed
	SELECT 700000 + figure.id, 2, 'CN', 2012, 'cargo_tonnes', 't', 'both', item.transport, item.transport_rank, NULL,
		(figure.value * 1000000::numeric)::double precision
	FROM (VALUES ('rail-cargo', 'rail', 2), ('road-cargo', 'road', 3)) item (figure_code, transport, transport_rank)
	JOIN ref_figure figure ON figure.figure_code = item.figure_code
	UNION ALL
	SELECT pg_catalog.min(layer.flow_layer_id) + 10000000000::bigint, 3, layer.country_iso2, layer.flow_year, layer.measure, layer.unit, layer.direction,
		layer.transport, layer.transport_rank, count(*)::integer, total(composition_agg(layer.port_code, layer.value))
	FROM flow_layer layer
	WHERE layer.subject_kind_rank = 1
	GROUP BY layer.country_iso2, layer.flow_year, layer.measure, layer.unit, layer.direction, layer.transport, layer.transport_rank
)
SELECT part.id AS modal_split_id, CASE part.basis_rank WHEN 1 THEN 'list of ports' WHEN 2 THEN 'printed totals' ELSE 'ports with a figure' END AS basis, part.basis_rank,
	part.country_iso2, part.year AS flow_year, CASE WHEN part.year > 0 THEN pg_catalog.make_date(part.year, 1, 1) END AS year_from,
	part.measure, part.unit, part.direction, pg_catalog.array_position('{in,out,both}'::text[], part.direction) AS direction_rank,
	part.transport, part.transport_rank, part.ports, part.value,
	ratio_to_report(part.value) OVER (PARTITION BY part.basis_rank, part.country_iso2, part.year, part.measure, part.unit, part.direction) AS transport_share
FROM part;

CREATE OR REPLACE VIEW flow_concentration AS
SELECT pg_catalog.row_number() OVER (ORDER BY y.is_local, y.measure, y.unit, y.quality, y.direction, y.country_iso2, y.neighbour_iso2, y.flow_year) AS flow_concentration_id,
	y.measure, y.unit, y.quality, pg_catalog.array_position('{measured,derived,estimate,upper_bound,design_capacity}'::text[], y.quality) AS quality_rank,
	y.direction, pg_catalog.array_position('{in,out,both}'::text[], y.direction) AS direction_rank, y.country_iso2, y.neighbour_iso2, y.flow_year, y.days, y.is_local,
	total(y.state) AS total, CASE WHEN total(pg_catalog.lag(y.state) OVER w) >= 1::double precision OR total(y.state) <= total(pg_catalog.lag(y.state) OVER w) * '1e308'::double precision
		THEN raw_quotient(total(y.state), total(pg_catalog.lag(y.state) OVER w)) - 1::double precision END AS growth,
	entity_count(y.state) AS ports, hhi(y.state) AS hhi, effective_number(y.state) AS effective_number, gini(y.state) AS gini,
	first_entity(y.state) AS first_port_code, concentration_ratio(y.state, 1) AS first_share, concentration_ratio(y.state, 4) AS top4_share,
	finger_kreinin(pg_catalog.lag(y.state) OVER w, y.state) AS similarity
FROM flow_year() y
WINDOW w AS (PARTITION BY y.is_local, y.measure, y.unit, y.quality, y.direction, y.country_iso2, y.neighbour_iso2 ORDER BY y.flow_year
	RANGE BETWEEN 1 PRECEDING AND CURRENT ROW);
COMMENT ON COLUMN flow_concentration.growth IS 'total over that of the year before, less 1; empty without that year, when it is 0 or the growth too large for the type';

CREATE OR REPLACE FUNCTION flow_series(measure text, port_code text DEFAULT NULL, direction text DEFAULT NULL, neighbour_iso2 text DEFAULT NULL) RETURNS composition
	LANGUAGE sql STABLE PARALLEL SAFE	-- not STRICT: NULL means every one
	RETURN (SELECT composition_agg((date_part('year'::text, r.period_from) * 100::double precision + date_part('month'::text, r.period_from))::bigint,
			CASE WHEN flow_series.port_code IS NULL THEN total_exact(r.state) ELSE composition_value_exact(r.state, flow_series.port_code) END)
		FROM flow_rollup() r
		WHERE r.measure = flow_series.measure AND (flow_series.direction IS NULL OR r.direction = flow_series.direction)
			AND (flow_series.neighbour_iso2 IS NULL OR r.neighbour_iso2 = flow_series.neighbour_iso2)
			AND r.quality IN ('measured', 'derived') AND entity_count(r.state) > 0::bigint
			AND r.period_to = (r.period_from + interval '1 month')::date AND date_part('day'::text, r.period_from) = 1::double precision);

CREATE OR REPLACE FUNCTION theil_decomposition(groups composition[], OUT t double precision, OUT t_between double precision, OUT t_within double precision,
		OUT l double precision, OUT l_between double precision, OUT l_within double precision) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 1
BEGIN ATOMIC
	WITH g AS (		-- each group: its totals, and its weight by value and by number
		SELECT u.i, portext.theil_t(u.c) AS t, portext.theil_l(u.c) AS l, portext.total(u.c) AS total,
			portext.entity_count(u.c)::double precision AS n
		FROM pg_catalog.unnest(groups) WITH ORDINALITY AS u(c, i)
		WHERE portext.entity_count(u.c) > 0::bigint
	), w AS (
		SELECT g.t, g.l, g.total, portext.share(a.by_value, g.i) AS s, portext.share(a.by_number, g.i) AS f
		FROM g, (SELECT portext.composition_agg(g.i, g.total) AS by_value, portext.composition_agg(g.i, g.n) AS by_number FROM g) AS a
	), parts AS (	-- s / f is the group's mean over the mean of all
		SELECT CASE WHEN w.s > 0::double precision THEN w.s * ln(w.s / w.f) ELSE 0::double precision END AS t_between,
			coalesce(w.s * w.t, 0::double precision) AS t_within,
			CASE WHEN w.s > 0::double precision THEN w.f * ln(w.f / w.s) ELSE 'Infinity'::double precision END AS l_between,
			coalesce(w.f * w.l, 0::double precision) AS l_within, 0::double precision AS zero	-- groups of one mean round to below
		FROM w WHERE w.s IS NOT NULL
	), entity AS (
		SELECT portext.theil_t(e.value) AS t, portext.theil_l(e.value) AS l
		FROM pg_catalog.unnest(groups) AS u(c), portext.shares(u.c) AS e
	)
	SELECT max(entity.t), greatest(max(parts.zero), sum(parts.t_between ORDER BY parts.t_between)), sum(parts.t_within ORDER BY parts.t_within),
		max(entity.l), greatest(max(parts.zero), sum(parts.l_between ORDER BY parts.l_between)), sum(parts.l_within ORDER BY parts.l_within)
	FROM entity LEFT JOIN parts ON true;
END;

CREATE OR REPLACE FUNCTION load_date(year text, month text, day text) RETURNS date
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN pg_catalog.concat_ws('-'::text, year, month, day) ~ '^(?!0000)[0-9]{4}-(0?[1-9]|1[0-2])-[0-9]{1,2}$'::text THEN
		CASE WHEN date_part('month'::text, make_date(year::integer, month::integer, 1) + day::integer - 1) = month::double precision THEN
			make_date(year::integer, month::integer, 1) + day::integer - 1 END END;
COMMENT ON FUNCTION load_date(text, text, text) IS 'a date from the digits of its parts, four of the year; NULL when there is no such day. Example: SELECT portext.load_date(''2020'', ''02'', ''30'') gives NULL';

CREATE OR REPLACE FUNCTION load_period_one(field text) RETURNS TABLE (period_from date, period_to date)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1	-- not STRICT: one row always
BEGIN ATOMIC
	SELECT p.period_from, (p.period_from + p.length)::date
	FROM (SELECT regexp_match(trim(field), '^([0-9]{4})(?:-?Q([1-4])|-([0-9]{2})(?:-([0-9]{2}))?)?$'::text) AS iso,
		regexp_match(trim(field), '^(?=(Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sep(tember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?) )([A-Z][a-z]{2})[a-z]* ([0-9]{4})$'::text) AS named) given
	CROSS JOIN LATERAL (SELECT
		CASE WHEN given.named IS NOT NULL
			THEN load_date(given.named[2], lpad(pg_catalog.array_position('{Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec}'::text[], given.named[1])::text, 2, '0'::text), '01'::text)
			WHEN given.iso[2] IS NOT NULL THEN load_date(given.iso[1], lpad((given.iso[2]::integer * 3 - 2)::text, 2, '0'::text), '01'::text)
			ELSE load_date(given.iso[1], COALESCE(given.iso[3], '01'::text), COALESCE(given.iso[4], '01'::text)) END AS period_from,
		CASE WHEN given.named IS NOT NULL THEN interval '1 month' WHEN given.iso[2] IS NOT NULL THEN interval '3 months'
			WHEN given.iso[4] IS NOT NULL THEN interval '1 day' WHEN given.iso[3] IS NOT NULL THEN interval '1 month'
			ELSE interval '1 year' END AS length) p;
END;

CREATE OR REPLACE VIEW port_profile AS
WITH crossing AS (
	SELECT port.place_code, port.id, port.port_code, port.geom, port.counterpart_geom,
		neighbour.name_en AS neighbour, second.name_en AS second_neighbour
	FROM ref_port port
	LEFT JOIN ref_country neighbour ON neighbour.iso2 = port.neighbour_iso2
	LEFT JOIN ref_country second ON second.iso2 = port.second_neighbour_iso2
), named AS (
	-- The names by which the documents speak of a place: its code, and the names and counterparts of its ports.
	SELECT place_code, place_code AS name FROM ref_place
	UNION
	SELECT port.place_code, lower(name)
	FROM ref_port port
	CROSS JOIN LATERAL pg_catalog.unnest(string_to_array(pg_catalog.concat_ws(';', port.name_en, port.aliases, port.counterpart_name), ';')) AS name
), subject AS (
	-- The subject of a figure is key=value pairs; the words of a place, a port or a route (by its first end) name it.
	SELECT figure.id AS figure_id, named.place_code, min(word.word_rank)::integer AS word_rank
	FROM ref_figure figure
	CROSS JOIN LATERAL pg_catalog.unnest(string_to_array(figure.subject, ';')) WITH ORDINALITY AS word (word, word_rank)
	JOIN named ON named.name = CASE
		WHEN word.word ~ '^(port|place)=' THEN split_part(word.word, '=', 2)
		WHEN word.word ~ '^route=' THEN split_part(split_part(word.word, '=', 2), '-', 1)
		WHEN word.word !~ '=' THEN split_part(word.word, '-', 1)
	END
	GROUP BY figure.id, named.place_code
), line AS (
	SELECT place.place_code, NULL::text AS port_code, 1 AS section_rank, place.id AS row_id, item.item_rank, item.item,
		item.value_text, NULL::numeric AS value, NULL::text AS unit, NULL::text AS period, NULL::text AS source, NULL::text AS note
	FROM ref_place place
	CROSS JOIN LATERAL (VALUES (1, 'place', place.name_en), (2, 'province', place.province),
		(3, 'prefecture', place.prefecture), (4, 'region', place.region)) item (item_rank, item, value_text)

	UNION ALL
	SELECT port.place_code, port.port_code, 1, port.id, item.item_rank, item.item, item.value_text, NULL, NULL, NULL,
		port.fact_source, NULL
	FROM ref_port port
	CROSS JOIN LATERAL (VALUES (50, 'port', port.name_en), (51, 'local name', port.name_local),
		(52, 'other names', replace(port.aliases, ';', '; ')), (53, 'transport', port.transport), (54, 'county', port.county),
		(55, 'UN/LOCODE', port.unlocode), (56, 'confidence in the facts', port.confidence)) item (item_rank, item, value_text)

	UNION ALL
	SELECT port.place_code, port.port_code, 2, port.id, item.item_rank, item.item, NULL, item.value::numeric, item.unit, NULL,
		port.coord_source, NULL
	FROM ref_port port
	CROSS JOIN LATERAL (VALUES (50, 'latitude', round(ST_Y(port.geom)::numeric, 4), 'degrees'),
		(51, 'longitude', round(ST_X(port.geom)::numeric, 4), 'degrees'),
		(52, 'elevation', port.elevation_m, 'm')) item (item_rank, item, value, unit)

	UNION ALL
	SELECT context.place_code, NULL, 2, context.id, item.item_rank, item.item, item.value_text, item.value, item.unit, NULL,
		context.source, context.note
	FROM ref_port_context context
	CROSS JOIN LATERAL (VALUES (1, 'elevation of the place', NULL::text, context.elevation_m, 'm'),
		(2, 'elevation of the home seat', NULL, context.home_seat_elevation_m, 'm'),
		(3, 'elevation of the foreign seat', NULL, context.away_seat_elevation_m, 'm'),
		(4, 'railway across the border in 2012', CASE WHEN context.rail_crossing_2012 THEN 'yes' ELSE 'no' END, NULL, NULL)
	) item (item_rank, item, value_text, value, unit)

	UNION ALL
	SELECT port.place_code, port.port_code, 3, port.id, item.item_rank, item.item, item.value_text, item.value, item.unit, NULL,
		port.coord_source, NULL
	FROM ref_port port
	JOIN crossing ON crossing.id = port.id
	CROSS JOIN LATERAL (VALUES (50, 'neighbour', crossing.neighbour, NULL::numeric, NULL),
		(51, 'second neighbour', crossing.second_neighbour, NULL, NULL),
		(52, 'counterpart port', port.counterpart_name, NULL, NULL),
		(53, 'distance to the counterpart', NULL,
			round((ST_DistanceSphere(port.geom, port.counterpart_geom) / 1000.0::double precision)::numeric, 1), 'km')
	) item (item_rank, item, value_text, value, unit)

	UNION ALL
	SELECT place.place_code, NULL, 4, place.id, item.item_rank, item.item, item.value_text, NULL, NULL, NULL, 'paper', NULL
	FROM ref_place place
	LEFT JOIN ref_mode mode ON mode.mode::text = place.mode::text
	CROSS JOIN LATERAL (VALUES (1, 'mode in Table 3', coalesce(place.mode::text, 'none: not in Table 3')),
		(2, 'long name of the mode', mode.full_name), (3, 'home side', mode.home_side_relation),
		(4, 'foreign side', mode.away_side_relation)) item (item_rank, item, value_text)

	UNION ALL
	SELECT evidence.place_code, NULL, 4, evidence.place_id, item.item_rank, item.item, item.value_text, item.value, item.unit, NULL, NULL,
		CASE item.item_rank WHEN 5 THEN evidence.reason END
	FROM mode_evidence evidence
	CROSS JOIN LATERAL (VALUES (5, 'mode by the rule', evidence.predicted_mode, NULL::numeric, NULL),
		(6, 'margin of the rule', NULL, round(evidence.margin_km::numeric, 1), 'km')) item (item_rank, item, value_text, value, unit)

	UNION ALL
	SELECT port.place_code, port.port_code, 5, port.id, item.item_rank, item.item, item.value_text, item.value, NULL, NULL,
		port.fact_source, CASE item.item_rank WHEN 50 THEN port.note END
	FROM ref_port port
	LEFT JOIN ref_stage stage ON stage.ordinal = portext.stage_bucket(port.opened_year, portext.china_border_port_stages())
	CROSS JOIN LATERAL (VALUES (50, 'opened', coalesce(port.opened_year::text, 'unknown'), port.opened_year::numeric),
		(51, 'stage', stage.label, stage.ordinal::numeric),
		(52, 'opening peak', portext.stage_label(port.opened_year, portext.china_opening_peaks()),
			portext.stage_bucket(port.opened_year, portext.china_opening_peaks())::numeric)
	) item (item_rank, item, value_text, value)

	UNION ALL
	SELECT port.place_code, port.port_code, 6, port.id, item.item_rank, item.item, item.value_text, NULL, NULL, 'early 2014',
		port.fact_source, NULL
	FROM ref_port port
	CROSS JOIN LATERAL (VALUES (50, 'season', coalesce(replace(port.season, '_', ' '), 'unknown')),
		(51, 'open to third countries', CASE WHEN port.open_to_third_country THEN 'yes'
			WHEN NOT port.open_to_third_country THEN 'no' ELSE 'unknown' END)) item (item_rank, item, value_text)

	UNION ALL
	SELECT event.place_code, event.port_code, 7, event.id, 1, replace(event.event, '_', ' '),
		to_char(event.event_date::timestamp, CASE event.date_precision WHEN 'year' THEN 'YYYY' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY-MM-DD' END),
		date_part('year', event.event_date)::numeric, NULL, event.date_precision, event.source_code,
		pg_catalog.concat_ws('; ', event.note, 'factor (editorial): ' || event.factor_editorial)
	FROM ref_event event

	UNION ALL
	SELECT flow.place_code, flow.port_code, 8, flow.id, item.item_rank, item.item, NULL, item.value, item.unit,
		CASE
			WHEN flow.period_from IS NULL THEN NULL
			WHEN flow.period_to - flow.period_from = 1 THEN day.first
			WHEN NOT whole.years THEN day.first || ' to ' || day.last
			WHEN whole.number = 1 THEN left(day.first, 4)
			ELSE left(day.first, 4) || '-' || left(day.last, 4)
		END, flow.source_code, item.note
	FROM ref_flow flow
	CROSS JOIN LATERAL (
		SELECT date_part('doy', flow.period_from) = 1.0::double precision AND date_part('doy', flow.period_to) = 1.0::double precision AS years,
			(date_part('year', flow.period_to) - date_part('year', flow.period_from))::integer AS number
	) whole
	CROSS JOIN LATERAL (
		SELECT to_char(flow.period_from::timestamp, 'YYYY-MM-DD') AS first, to_char((flow.period_to - 1)::timestamp, 'YYYY-MM-DD') AS last
	) day
	LEFT JOIN ref_figure base ON base.figure_code = CASE flow.measure
		WHEN 'share_rail_cargo' THEN 'rail-cargo' WHEN 'share_road_cargo' THEN 'road-cargo' END
	CROSS JOIN LATERAL (SELECT CASE flow.measure WHEN 'cargo_tonnes' THEN 'cargo' WHEN 'value_cny' THEN 'trade value'
			WHEN 'value_usd' THEN 'trade value' WHEN 'share_rail_cargo' THEN 'share of all rail cargo'
			WHEN 'share_road_cargo' THEN 'share of all road cargo' WHEN 'share_all_border_cargo' THEN 'share of all border cargo'
			WHEN 'share_all_border_persons' THEN 'share of all travellers' ELSE flow.measure END
		|| CASE flow.direction WHEN 'both' THEN '' ELSE ', ' || flow.direction END) measured (name)
	CROSS JOIN LATERAL (VALUES
		(1, measured.name || CASE flow.quality WHEN 'design_capacity' THEN ', design capacity a year'
				WHEN 'estimate' THEN ', estimate' WHEN 'upper_bound' THEN ', at most' ELSE '' END,
			flow.value, flow.unit, flow.note),
		(2, measured.name || ', average a year',
			CASE WHEN whole.years AND whole.number > 1 AND flow.unit <> 'percent' THEN flow.value / whole.number::numeric END,
			flow.unit, 'the total over ' || whole.number::text || ' years'),
		(3, 'cargo implied by the share', flow.value / 100.0 * base.value * 1000000.0, 't',
			trim_scale(flow.value)::text || ' percent of ' || trim_scale(base.value)::text || ' million tonnes')
	) item (item_rank, item, value, unit, note)

	UNION ALL
	SELECT subject.place_code, port.port_code, 9, figure.id, subject.word_rank,
		replace(figure.measure, ';', ' and ') || coalesce(' (' || rest.words || ')', ''),
		replace(figure.text_value, ';', '; '), figure.value, figure.unit, figure.period, figure.source_code, figure.note
	FROM subject
	JOIN ref_figure figure ON figure.id = subject.figure_id
	LEFT JOIN ref_port port ON port.place_code = subject.place_code
		AND port.transport = replace(substring(figure.subject FROM 'transport=([a-z]+)'), 'railway', 'rail')
	CROSS JOIN LATERAL (
		SELECT string_agg(replace(word, '=', ' '), ', ') AS words
		FROM pg_catalog.unnest(string_to_array(figure.subject, ';')) AS word
		WHERE word NOT IN ('port=' || subject.place_code, 'place=' || subject.place_code)
	) rest

	UNION ALL
	SELECT named.place_code, NULL, 10, good.id, word.word_rank::integer,
		CASE good.direction WHEN 'both' THEN 'goods, both ways' ELSE 'goods, ' || good.direction END,
		good.good, NULL, NULL, good.period, good.source_code,
		pg_catalog.concat_ws('; ', good.category, nullif(replace(good.sanctioned_status, '_', ' '), 'not stated'), good.note)
	FROM ref_good good
	CROSS JOIN LATERAL pg_catalog.unnest(regexp_split_to_array(good.route, ', | to ')) WITH ORDINALITY AS word (word, word_rank)
	JOIN named ON named.place_code = named.name AND named.name = split_part(lower(word.word), '-', 1)

	UNION ALL
	SELECT place.place_code, NULL, 11, channel.id, 1, 'channel ' || channel.channel_code,
		pg_catalog.concat_ws(', ', channel.direction, channel.goods_category, channel.transport, 'inspection ' || channel.inspection_strictness,
			'charges ' || channel.customs_charge_level),
		channel.trucks_per_day::numeric * channel.tonnes_per_truck, CASE WHEN channel.trucks_per_day IS NOT NULL THEN 't/day' END,
		channel.period, channel.source_code, channel.note
	FROM ref_channel channel
	JOIN ref_place place ON place.place_code = split_part(channel.channel_code, '-', 1)

	UNION ALL
	SELECT seat.place_code, NULL, 12, seat.id, item.item_rank,
		seat.side || ' ' || replace(seat.role, '_', ' ') || item.suffix,
		CASE item.item_rank WHEN 1 THEN pg_catalog.concat_ws(' ', seat.name_en, seat.name_local) END, item.value, item.unit,
		CASE item.item_rank WHEN 2 THEN seat.population_year::text END, seat.source,
		CASE item.item_rank WHEN 1 THEN replace(seat.admin_status, '_', ' ') ELSE pg_catalog.concat_ws('; ', seat.population_kind, seat.note) END
	FROM ref_seat seat
	CROSS JOIN LATERAL (VALUES (1, '', seat.distance_km, 'km'), (2, ', population', seat.population::numeric, 'people')
	) item (item_rank, suffix, value, unit)

	UNION ALL
	-- The three nearest cities of either side; the list of cities ends 150 km from the ports.
	SELECT place.place_code, NULL, 13, place.id, side.side_rank * 6 + city.nearest * 2 + item.item_rank,
		side.side || ' city' || item.suffix,
		CASE item.item_rank WHEN 1 THEN pg_catalog.concat_ws(' ', city.name_en, city.name_local) END, item.value, item.unit,
		CASE item.item_rank WHEN 2 THEN city.population_year::text END, city.source_code, NULL
	FROM ref_place place
	CROSS JOIN (VALUES (0, 'home'), (1, 'away')) side (side_rank, side)
	CROSS JOIN LATERAL (
		SELECT near.*, (row_number() OVER (ORDER BY near.km, near.id))::integer - 1 AS nearest
		FROM (
			SELECT city.id, city.name_en, city.name_local, city.population, city.population_year, city.source_code,
				min(ST_DistanceSphere(port.geom, city.geom)) / 1000.0::double precision AS km
			FROM ref_port port
			JOIN ref_city city ON city.geom && ST_Expand(port.geom, 3.0::double precision)
				AND CASE side.side WHEN 'home' THEN city.country_iso2 = port.country_iso2
					ELSE city.country_iso2 IN (port.neighbour_iso2, port.second_neighbour_iso2) END
			WHERE port.place_code = place.place_code
			GROUP BY city.id
		) near
		WHERE near.km <= 150.0::double precision
		ORDER BY near.km, near.id
		LIMIT 3
	) city
	CROSS JOIN LATERAL (VALUES (1, '', round(city.km::numeric, 1), 'km'), (2, ', population', city.population::numeric, 'people')
	) item (item_rank, suffix, value, unit)
)
SELECT section_rank * 100000000 + row_id * 100 + item_rank AS port_profile_id, place_code, port_code,
	CASE section_rank WHEN 1 THEN 'identity' WHEN 2 THEN 'location' WHEN 3 THEN 'counterpart' WHEN 4 THEN 'mode'
		WHEN 5 THEN 'opening' WHEN 6 THEN 'status' WHEN 7 THEN 'event' WHEN 8 THEN 'flow' WHEN 9 THEN 'figure'
		WHEN 10 THEN 'goods' WHEN 11 THEN 'channel' WHEN 12 THEN 'seat' ELSE 'city' END AS section,
	section_rank, item, coalesce(value_text, trim_scale(round(value, 4))::text) AS value_text, value::double precision AS value,
	unit, period, source, note
FROM line
WHERE value_text IS NOT NULL OR value IS NOT NULL;

CREATE OR REPLACE FUNCTION svg_number(value double precision, decimals integer DEFAULT NULL) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: NULL becomes a dash
	RETURN CASE
		WHEN value IS NULL OR value IN ('NaN'::double precision, 'Infinity'::double precision, '-Infinity'::double precision) THEN '–'::text
		WHEN pg_catalog.abs(value) >= '1e15'::double precision THEN	-- not value::text, whose digits are a setting's
			pg_catalog.regexp_replace(pg_catalog.to_char(value::numeric, '9.99999999999999EEEE'::text), '^ |\.?0+(?=e)'::text, ''::text, 'g'::text)
		ELSE (SELECT pg_catalog.to_char(pg_catalog.round(value::numeric, places.n), 'FM999,999,999,999,990'::text OPERATOR(pg_catalog.||)
				CASE WHEN places.n > 0 THEN pg_catalog.rpad('.'::text, places.n + 1, '0'::text) ELSE ''::text END)
			FROM (SELECT coalesce(decimals, CASE WHEN value = pg_catalog.trunc(value) THEN 0
				WHEN pg_catalog.abs(value) >= 100::double precision THEN 1 WHEN pg_catalog.abs(value) >= 1::double precision THEN 2 ELSE 4 END) AS n) AS places)
	END;
COMMENT ON FUNCTION svg_number(double precision, integer) IS 'a number for people, with thousands separated by commas in any locale; decimals NULL gives none to a whole number and up to four to a small one; from 1e15 on 15 digits and an exponent; NULL, NaN and infinity become a dash. Example: SELECT portext.svg_number(31783.5, 1) gives 31,783.5';

CREATE OR REPLACE FUNCTION svg_years(from_date date, to_date date) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: NULL is an open end
	RETURN CASE WHEN from_date IS NULL AND to_date IS NULL THEN 'all years'::text
		WHEN from_date IS NULL THEN pg_catalog.format('to %s'::text, pg_catalog.date_part('year'::text, to_date - 1)::numeric)
		WHEN to_date IS NULL THEN pg_catalog.format('from %s'::text, pg_catalog.date_part('year'::text, from_date)::numeric)
		ELSE pg_catalog.format('%s–%s'::text, pg_catalog.date_part('year'::text, from_date)::numeric, pg_catalog.date_part('year'::text, to_date - 1)::numeric) END;

CREATE OR REPLACE FUNCTION qgis_symbol(name text, kind text, colour text, shape text, size double precision) RETURNS xml
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN XMLELEMENT(NAME symbol, XMLATTRIBUTES(name AS name, kind AS type, '1' AS alpha, '1' AS clip_to_extent, '0' AS force_rhr),
		CASE WHEN kind = 'marker'::text THEN
			XMLELEMENT(NAME layer, XMLATTRIBUTES('SimpleMarker' AS class, '1' AS enabled, '0' AS locked, '0' AS pass),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('color' AS k, colour AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('name' AS k, shape AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('outline_color' AS k, '#222222' AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('outline_width' AS k, '0.2' AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('size' AS k, size::numeric AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('size_unit' AS k, 'MM' AS v)))
		ELSE
			XMLELEMENT(NAME layer, XMLATTRIBUTES('SimpleLine' AS class, '1' AS enabled, '0' AS locked, '0' AS pass),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('line_color' AS k, colour AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('line_style' AS k, shape AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('line_width' AS k, size::numeric AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('line_width_unit' AS k, 'MM' AS v)))
		END);
COMMENT ON FUNCTION qgis_symbol(text, text, text, text, double precision) IS 'one symbol of a QGIS style: kind marker (shape circle, square, triangle, diamond; size in millimetres) or line (shape solid, dash; size is the width). Example: SELECT portext.qgis_symbol(''0'', ''marker'', ''#f7cf46'', ''circle'', 3.6)';
CREATE CAST (varchar AS composition) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (varchar AS composition) IS 'reads the text form, as a client binds it with setString';

-- A table of a stranger's would run in the name of the caller.
CREATE OR REPLACE FUNCTION install_qgis_styles() RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	written integer;
BEGIN
	IF to_regclass('public.layer_styles') IS NULL THEN
		-- the columns that QGIS itself makes
		CREATE TABLE public.layer_styles (
			id serial PRIMARY KEY,
			f_table_catalog varchar,
			f_table_schema varchar,
			f_table_name varchar,
			f_geometry_column varchar,
			stylename text,
			styleqml xml,
			stylesld xml,
			useasdefault boolean,
			description text,
			owner varchar(63),
			ui xml,
			update_time timestamp DEFAULT CURRENT_TIMESTAMP,
			type varchar
		);
		GRANT SELECT ON public.layer_styles TO PUBLIC;
	END IF;
	PERFORM portext.remove_qgis_styles();	-- locks the table, too: two callers at once would write all rows twice
	INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml,
			useasdefault, description, owner)
		SELECT current_database(), 'portext', s.layer, 'geom', s.style_name, s.qml, true, s.description, current_user
		FROM portext.qgis_layer_styles() AS s;
	GET DIAGNOSTICS written = ROW_COUNT;
	RETURN written;
END
$$;
COMMENT ON FUNCTION install_qgis_styles() IS 'writes the default QGIS styles of portext''s layers into public.layer_styles, which it creates as QGIS would if it is missing; may be called again; touches only its own rows of this database. An error 42501 unless you or a superuser own the table and what its triggers call. Returns the number of styles written. Example: SELECT portext.install_qgis_styles()';

CREATE OR REPLACE FUNCTION remove_qgis_styles() RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	removed integer := 0;
BEGIN
	IF to_regclass('public.layer_styles') IS NOT NULL THEN
		LOCK TABLE public.layer_styles IN SHARE ROW EXCLUSIVE MODE;
		-- Triggers, rules, defaults, constraints and expressions of indexes run as the caller: whose they are must be trusted.
		IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
				WHERE c.oid = 'public.layer_styles'::regclass AND (r.rolname = current_user OR r.rolsuper))
			OR EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_roles r ON r.oid = p.proowner
				WHERE t.tgrelid = 'public.layer_styles'::regclass AND r.rolname <> current_user AND NOT r.rolsuper) THEN
			RAISE EXCEPTION 'public.layer_styles or a function of its triggers is neither yours nor a superuser''s, and could do anything in your name'
				USING ERRCODE = 'insufficient_privilege', HINT = 'Let the owner of the table call it: GRANT EXECUTE ON FUNCTION portext.install_qgis_styles(), portext.remove_qgis_styles() TO that role.';
		END IF;
		DELETE FROM public.layer_styles
			WHERE f_table_catalog = current_database() AND f_table_schema = 'portext' AND stylename LIKE 'portext: %';
		GET DIAGNOSTICS removed = ROW_COUNT;
	END IF;
	RETURN removed;
END
$$;

-- What the extension is bound to, wherever that stands by now: it may have been moved away since.
DO $$
DECLARE
	strange text;
BEGIN
	SELECT pg_catalog.string_agg(DISTINCT pg_catalog.pg_describe_object(d.refclassid, d.refobjid, 0), ', ') INTO strange
	FROM pg_catalog.pg_extension x
	JOIN pg_catalog.pg_depend m ON m.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid
		AND m.refobjid OPERATOR(pg_catalog.=) x.oid AND m.deptype OPERATOR(pg_catalog.=) 'e'::pg_catalog."char"
	CROSS JOIN LATERAL (
		SELECT m.classid, m.objid
		UNION ALL SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid, w.oid FROM pg_catalog.pg_rewrite w
			JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) w.ev_class
			WHERE w.ev_class OPERATOR(pg_catalog.=) m.objid AND c.relname OPERATOR(pg_catalog.<>) ALL ('{own_flow,open_flow}'::pg_catalog.name[])	-- the owner's
		UNION ALL SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid, k.oid FROM pg_catalog.pg_constraint k
			WHERE k.conrelid OPERATOR(pg_catalog.=) m.objid
		UNION ALL SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid, a.oid FROM pg_catalog.pg_attrdef a
			WHERE a.adrelid OPERATOR(pg_catalog.=) m.objid
		UNION ALL SELECT m.classid, i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid OPERATOR(pg_catalog.=) m.objid
	) part (classid, objid)
	JOIN pg_catalog.pg_depend d ON d.classid OPERATOR(pg_catalog.=) part.classid AND d.objid OPERATOR(pg_catalog.=) part.objid
	LEFT JOIN pg_catalog.pg_proc p ON d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid AND p.oid OPERATOR(pg_catalog.=) d.refobjid
	LEFT JOIN pg_catalog.pg_operator o ON d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid AND o.oid OPERATOR(pg_catalog.=) d.refobjid
	LEFT JOIN pg_catalog.pg_type t ON d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid AND t.oid OPERATOR(pg_catalog.=) d.refobjid
		AND t.typtype OPERATOR(pg_catalog.<>) 'c'::pg_catalog."char"	-- rows alone call nothing
	JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) COALESCE(p.proowner, o.oprowner, t.typowner)
	WHERE x.extname OPERATOR(pg_catalog.=) 'portext' AND NOT r.rolsuper
		AND (m.classid OPERATOR(pg_catalog.=) part.classid OR m.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid);
	IF strange IS NOT NULL THEN
		RAISE EXCEPTION 'portext would call what is not a superuser''s: %', strange
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Drop it, and try again.';
	END IF;
END
$$;
