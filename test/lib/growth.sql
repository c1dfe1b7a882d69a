-- pg_temp.growth(item): how many bytes each evaluation of a select-list item keeps until the end of the query, or for
-- longer. The item may use i, which counts the rows from 1. Sums over all memory contexts, so one byte does not hide.
CREATE FUNCTION pg_temp.used_after(item text, rows integer) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	used numeric;
BEGIN
	EXECUTE format('WITH calls AS MATERIALIZED (SELECT count(r.item) AS n FROM (SELECT %s AS item FROM (SELECT generate_series(1, %s) AS i) AS g OFFSET 0) AS r)
		SELECT (SELECT sum(m.used_bytes) FROM pg_backend_memory_contexts AS m WHERE calls.n >= 0) FROM calls', item, rows) INTO used;
	RETURN used;
END $$;
CREATE FUNCTION pg_temp.growth(item text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	used numeric[];
	least numeric;
	rows integer;
BEGIN
	FOR try IN 1..5 LOOP	-- others may invalidate this session's caches in between; what a call keeps, it keeps each time
		used := '{0,0,0}';
		FOREACH rows IN ARRAY ARRAY[10, 10, 60] LOOP	-- the first fills caches; one statement, so that it is prepared then, too
			used := ARRAY[used[2], used[3], pg_temp.used_after(item, rows)];
		END LOOP;
		least := least(least, abs(round((used[3] - used[2]) / 50)));
		EXIT WHEN least = 0;
	END LOOP;
	RETURN least;
END $$;
