\echo Use "ALTER EXTENSION portext UPDATE" to load this file. \quit

-- Brings a database of 0.1.0 to what CREATE EXTENSION makes of 0.2.0.

COMMENT ON FUNCTION portext_version() IS 'version of the loaded library, for example 0.2.0';

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
			USING ERRCODE = 'invalid_transaction_state', HINT = 'Use READ COMMITTED: an older snapshot does not show the flows that others have committed.';
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

DROP FUNCTION local_rollup_recompute(bigint[]);

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
