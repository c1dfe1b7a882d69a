#!/bin/bash
# Roll-ups of local_flow: after every step of a long random sequence, and after many writers at once, each cell equals
# what a query that knows nothing of the triggers adds up, byte for byte.
. test/lib/tap.sh
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
pgbench=$("$PG_CONFIG" --bindir)/pgbench
db=rollup_test
steps=400
fresh $db
q $db "CREATE EXTENSION portext CASCADE" >/dev/null
psql -qX -v ON_ERROR_STOP=1 -d $db <<'SQL'
CREATE VIEW wanted AS
	SELECT f.measure, coalesce(f.unit, '') AS unit, f.quality, f.direction, coalesce(p.country_iso2, '') AS country, coalesce(p.neighbour_iso2, '') AS neighbour,
		f.period_from, f.period_to, portext.composition_agg(f.port_code, f.value)::text AS state
	FROM portext.local_flow f LEFT JOIN portext.port p ON p.port_code = f.port_code GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
CREATE VIEW kept AS
	SELECT measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state::text FROM portext.local_rollup
	WHERE portext.entity_count(state) > 0;
CREATE VIEW wrong AS (SELECT 'kept', * FROM kept EXCEPT SELECT 'kept', * FROM wanted) UNION ALL (SELECT 'wanted', * FROM wanted EXCEPT SELECT 'wanted', * FROM kept);
CREATE FUNCTION some_port() RETURNS text LANGUAGE sql AS $$SELECT (ARRAY['manzhouli-rail', 'dandong-road', 'a', 'b', 'c', 'none'])[1 + floor(random() * 6)::int]$$;
CREATE PROCEDURE some_rows(n int) LANGUAGE sql AS $$
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit, source)
	SELECT some_port(), make_date(2020, m, 1), make_date(2020, m + 1, 1), (ARRAY['in', 'out'])[1 + floor(random() * 2)::int],
		'm' || floor(random() * 2)::int, (random() * 1000)::numeric(12, 2), (ARRAY[NULL, '', 't'])[1 + floor(random() * 3)::int], '0'
	FROM (SELECT 1 + floor(random() * 4)::int AS m FROM generate_series(1, n)) x$$;
-- A trigger of the user's own that writes the table from within a statement on it.
CREATE FUNCTION echo() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
	IF new.note = 'vanish' THEN DELETE FROM portext.local_flow WHERE id = new.id; END IF;
	IF new.note = 'double' THEN INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value)
		VALUES (new.port_code, new.period_from, new.period_to, new.direction, new.measure, new.value); END IF;
	IF new.note = 'move' THEN UPDATE portext.local_port SET neighbour_iso2 = CASE neighbour_iso2 WHEN 'CA' THEN 'MX' ELSE 'CA' END WHERE port_code = new.port_code; END IF;
	IF new.note = 'rebuild' THEN PERFORM portext.rebuild_local_rollup(); END IF;
	IF new.note = 'undo' THEN
		BEGIN
			UPDATE portext.local_flow SET value = value + 1, note = NULL WHERE measure = new.measure;
			DELETE FROM portext.local_flow WHERE direction = 'out';
			INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value)
				SELECT 'a', '2020-01-01', '2020-02-01', 'in', 'm0', 1 - g FROM generate_series(1, 2) g;
		EXCEPTION WHEN check_violation THEN NULL;	-- a change that began and was never over
		END;
	END IF;
	RETURN NULL; END$$;
CREATE TRIGGER echo AFTER INSERT ON portext.local_flow FOR EACH ROW EXECUTE FUNCTION echo();
SQL

is "$steps random changes: the roll-ups equal a rebuild after each" "$(psql -qXAt -v ON_ERROR_STOP=1 -d $db 2>&1 <<SQL
SELECT setseed(0.42) \\g /dev/null
DO \$\$
DECLARE step int; op int; bad text; r float;
BEGIN
	FOR step IN 1 .. $steps LOOP
		op := floor(random() * 21); r := random();
		BEGIN
		CASE op
			WHEN 0, 1, 2 THEN CALL some_rows(1 + floor(random() * 30)::int);
			WHEN 3 THEN UPDATE portext.local_flow SET value = value + 1.5 WHERE id % 7 = floor(r * 7)::int;
			WHEN 4 THEN UPDATE portext.local_flow SET port_code = some_port(), measure = 'm' || id % 3 WHERE id % 5 = floor(r * 5)::int;
			WHEN 5 THEN UPDATE portext.local_flow SET note = 'n' || step;
			WHEN 6 THEN DELETE FROM portext.local_flow WHERE id % 6 = floor(r * 6)::int;
			WHEN 7 THEN DELETE FROM portext.local_flow WHERE measure = 'm1' AND direction = 'in';
			WHEN 8 THEN INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom)
				SELECT some_port(), (ARRAY['US', 'CN', NULL])[1 + floor(random() * 3)::int], (ARRAY['CA', 'RU', NULL])[1 + floor(random() * 3)::int], 'SRID=4326;POINT(1 2)'
				ON CONFLICT (port_code) DO UPDATE SET country_iso2 = excluded.country_iso2, neighbour_iso2 = excluded.neighbour_iso2;
			WHEN 9 THEN UPDATE portext.local_port SET neighbour_iso2 = 'MX' WHERE port_code = some_port();
			WHEN 10 THEN DELETE FROM portext.local_port WHERE port_code = some_port();
			WHEN 11 THEN WITH gone AS (DELETE FROM portext.local_flow WHERE id % 4 = floor(r * 4)::int RETURNING *)
				INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value)
				SELECT some_port(), period_from, period_to, direction, measure, value FROM gone;
			WHEN 12 THEN WITH changed AS (UPDATE portext.local_flow SET value = value * 2 WHERE id % 4 = floor(r * 4)::int RETURNING *)
				INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value)
				SELECT port_code, period_from, period_to, direction, measure, 0 FROM changed;
			WHEN 13 THEN INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, note)
				SELECT some_port(), '2020-05-01', '2020-06-01', 'in', 'm9', g, (ARRAY['vanish', 'double', NULL, 'move', 'rebuild', 'undo'])[1 + floor(random() * 6)::int] FROM generate_series(1, 6) g;
			WHEN 14 THEN WITH p AS (INSERT INTO portext.local_port (port_code, country_iso2, geom) VALUES ('new-' || step, 'FR', 'SRID=4326;POINT(1 2)'))
				INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('new-' || step, '2020-01-01', '2020-02-01', 'in', 'm0', 1);
			WHEN 15 THEN MERGE INTO portext.local_flow f USING (SELECT g, some_port() AS p FROM generate_series(1, 20) g) s ON f.id % 20 = s.g AND f.id > s.g + 1000000 + step * 3
				WHEN MATCHED AND s.g % 3 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET value = value + 1
				WHEN NOT MATCHED THEN INSERT (port_code, period_from, period_to, direction, measure, value) VALUES (s.p, '2020-01-01', '2020-02-01', 'in', 'm0', s.g);
			WHEN 16 THEN INSERT INTO portext.local_flow (id, port_code, period_from, period_to, direction, measure, value, note)
				SELECT id, some_port(), '2020-01-01', '2020-02-01', 'in', 'm' || id % 3, 5, (ARRAY['double', 'undo', NULL])[1 + id % 3]
				FROM (SELECT id FROM portext.local_flow WHERE id % 5 = floor(r * 5)::int UNION ALL SELECT 2000000 + step * 10 + g FROM generate_series(1, 3) g) i
				ON CONFLICT (id) DO UPDATE SET port_code = excluded.port_code, value = local_flow.value + excluded.value;
			WHEN 17 THEN WITH gone AS (DELETE FROM portext.local_flow WHERE port_code = 'a' AND id % 3 > 0),
				moved AS (UPDATE portext.local_port SET neighbour_iso2 = 'MX', country_iso2 = CASE country_iso2 WHEN 'US' THEN 'CN' ELSE 'US' END WHERE port_code IN ('a', 'b'))
				UPDATE portext.local_flow SET value = value + 1 WHERE port_code = 'b' AND id % 2 = 0;
			WHEN 18 THEN WITH gone AS (DELETE FROM portext.local_flow WHERE id % 3 = 0 RETURNING *), changed AS (UPDATE portext.local_flow SET measure = 'm2' WHERE id % 3 = 1 RETURNING *),
				twice AS (INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) SELECT port_code, period_from, period_to, direction, 'm0', value FROM changed)
				INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) SELECT port_code, period_from, period_to, direction, measure, value FROM gone;
			WHEN 19 THEN	-- after a change the same transaction merges again
				UPDATE portext.local_flow SET value = value + 1 WHERE id % 4 = 1;
				CALL some_rows(5);
			ELSE IF r < 0.15 THEN TRUNCATE portext.local_flow; ELSIF r < 0.25 THEN TRUNCATE portext.local_port; ELSIF r < 0.4 THEN PERFORM portext.rebuild_local_rollup(); END IF;
		END CASE;
		IF random() < 0.1 THEN RAISE SQLSTATE 'ZZZZZ'; END IF;	-- undone by its savepoint
		EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN NULL;
		END;
		SELECT string_agg(w::text, E'\n') INTO bad FROM wrong w;
		IF bad IS NOT NULL THEN RAISE EXCEPTION 'step %, change %: %', step, op, bad; END IF;
		IF random() < 0.6 THEN COMMIT; END IF;
	END LOOP;
END \$\$;
SELECT count(*) > 5 FROM portext.local_rollup
SQL
)" t

is "a rebuild changes no cell" "$(q $db "CREATE TABLE before AS TABLE kept; SELECT portext.rebuild_local_rollup();
	SELECT count(*) FROM ((TABLE before EXCEPT TABLE kept) UNION ALL (TABLE kept EXCEPT TABLE before)) d")" $'\n0'
is "the roll-up of months is the year" "$(q $db "SELECT count(*) FROM (SELECT portext.rollup(r.state)::text AS s FROM portext.local_rollup r WHERE measure = 'm0' AND direction = 'in' GROUP BY unit, quality, country_iso2, neighbour_iso2
	EXCEPT SELECT portext.composition_agg(f.port_code, f.value)::text FROM portext.local_flow f LEFT JOIN portext.port p ON p.port_code = f.port_code WHERE measure = 'm0' AND direction = 'in'
	GROUP BY coalesce(unit, ''), quality, coalesce(p.country_iso2, ''), coalesce(p.neighbour_iso2, '')) x WHERE s <> '{}'")" 0

# Writers of the same cells with rows of their own: a deadlock or a lost row could come from the roll-ups only. Every
# transaction is one statement, most of several kinds.
cat >"$dir/write.sql" <<'SQL'
\set op random(1, 14)
\set r random(1, 10)
\if :op <= 3
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, source, note)
		SELECT (ARRAY['a', 'b', 'manzhouli-rail'])[1 + (:r + g) % 3], make_date(2021, 1 + (:r * g) % 5, 1), make_date(2021, 2 + (:r * g) % 5, 1), 'in', 'm' || (g + :r) % 3, g, :client_id,
			CASE WHEN g = :r THEN 'double' END
		FROM generate_series(1, 8) g;
\elif :op <= 4
	UPDATE portext.local_flow SET value = value + :r, measure = 'm' || (id + :r) % 3 WHERE source = :client_id::text AND id % 4 = :r % 4;
\elif :op <= 5
	DELETE FROM portext.local_flow WHERE source = :client_id::text AND id % 5 = :r % 5;
\elif :op <= 7
	WITH gone AS (DELETE FROM portext.local_flow WHERE source = :client_id::text AND id % 3 = 0 RETURNING *),
		changed AS (UPDATE portext.local_flow SET measure = 'm' || :r % 3 WHERE source = :client_id::text AND id % 3 = 1)
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, source)
		SELECT (ARRAY['a', 'b'])[1 + id % 2], period_from, period_to, direction, measure, value, source FROM gone;
\elif :op <= 10
	MERGE INTO portext.local_flow f USING (SELECT g FROM generate_series(1, 12) g) s ON f.source = :client_id::text AND f.id % 12 = s.g
		WHEN MATCHED AND s.g % 3 = :r % 3 THEN DELETE WHEN MATCHED THEN UPDATE SET value = value + 1, measure = 'm' || :r % 3
		WHEN NOT MATCHED THEN INSERT (port_code, period_from, period_to, direction, measure, value, source)
			VALUES ((ARRAY['a', 'b', 'manzhouli-rail'])[1 + s.g % 3], make_date(2021, 1 + s.g % 5, 1), make_date(2021, 2 + s.g % 5, 1), 'in', 'm' || (s.g + :r) % 3, s.g, :client_id);
\elif :op <= 13
	INSERT INTO portext.local_flow AS f (id, port_code, period_from, period_to, direction, measure, value, source)
		SELECT i.id, (ARRAY['a', 'b', 'manzhouli-rail'])[1 + i.id % 3], make_date(2021, 1 + (i.id % 5)::int, 1), make_date(2021, 2 + (i.id % 5)::int, 1), 'in', 'm' || i.id % 3, 1, :client_id
		FROM (SELECT id FROM portext.local_flow WHERE source = :client_id::text AND id % 4 = :r % 4
			UNION ALL SELECT nextval('portext.local_flow_id_seq') FROM generate_series(1, 3)) i
		ON CONFLICT (id) DO UPDATE SET value = f.value + excluded.value, measure = 'm' || (f.id + :r) % 3;
\else
	UPDATE portext.local_port SET neighbour_iso2 = (ARRAY['CA', 'MX'])[1 + :r % 2] WHERE port_code = (ARRAY['a', 'b'])[1 + :r / 6];
\endif
SQL
q $db "TRUNCATE portext.local_flow, portext.local_port;
	INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom) VALUES ('a', 'US', 'CA', 'SRID=4326;POINT(1 2)'), ('b', 'US', 'MX', 'SRID=4326;POINT(1 2)')"
for seed in 7 8 9; do
	out=$("$pgbench" -n -c 10 -j 2 -t 40 --random-seed=$seed -f "$dir/write.sql" $db 2>&1)
	like "10 writers at once finish, seed $seed" "$out" 'actually processed: 400/400'
	is "none of them met a deadlock" "$(grep -ciE 'deadlock|aborted|failed transactions: [1-9]' <<<"$out")" 0
	is "and the roll-ups lost nothing" "$(q $db "SELECT count(*) FROM wrong; SELECT count(*) > 0 FROM kept")" $'0\nt'
done

if [ "$PG_MAJOR" -ge 15 ]; then # earlier versions of pgbench do not retry
	sed 's/^\\set op .*/\\set op random(1, 13)/; s/^\\set r .*/&\nBEGIN ISOLATION LEVEL REPEATABLE READ;\nSELECT count(*) FROM portext.local_flow;/; $aCOMMIT;' "$dir/write.sql" >"$dir/repeatable.sql"
	out=$("$pgbench" -n -c 8 -j 2 -t 40 --max-tries=10000 --random-seed=8 -f "$dir/repeatable.sql@7" -f "$dir/write.sql@3" $db 2>&1)
	like "writers of level repeatable read finish by retrying" "$out" 'actually processed: 320/320'
	like "some had to" "$out" 'transactions retried: [1-9]'
	is "and nothing is lost" "$(q $db "SELECT count(*) FROM wrong; SELECT count(*) > 0 FROM kept")" $'0\nt'
fi
like "the border of a port cannot change under an old snapshot" "$(q $db "BEGIN ISOLATION LEVEL REPEATABLE READ; UPDATE portext.local_port SET country_iso2 = 'FR'")" '25000'
q postgres "DROP DATABASE $db"
done_testing
