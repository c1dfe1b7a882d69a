-- No function keeps memory of a call: not until the query's end and not for longer. Each runs the example of its own
-- comment many times in one query; functions without an example have one here.
SET search_path = public;	-- pgTAP needs its own schema; portext stays off the path
SELECT no_plan();
\ir ../lib/growth.sql

CREATE TEMP TABLE item AS
	SELECT p.oid::regprocedure::text AS name, regexp_replace(substring(obj_description(p.oid, 'pg_proc') FROM 'Example: (.*)$'), ' (is|gives):? .*$', '') AS call
	FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	WHERE p.pronamespace = 'portext'::regnamespace AND p.provolatile <> 'v' AND obj_description(p.oid, 'pg_proc') LIKE '%Example: %';
-- An example is a call, or a query of one; a subquery that depends on the row is not run only once.
UPDATE item SET call = CASE
	WHEN call ~ '^SELECT \* FROM ' THEN substring(call FROM '^SELECT \* FROM (.*?)( LIMIT \d+)?$')
	WHEN call ~ '^SELECT .* FROM ' THEN '(SELECT count(w) FROM (' || call || ') AS w WHERE i > 0)'
	WHEN call ~ '^SELECT ' THEN substring(call FROM '^SELECT (.*)$')
	WHEN call ~ '^\(SELECT .*\)$' THEN left(call, -1) || ' WHERE i > 0)'
	ELSE call END;

CREATE TEMP TABLE value (type text, literal text);
INSERT INTO value VALUES ('composition', '{"Quanhe": 50, "满洲里": 0.125}'), ('composition', '{1: 5, -300: 1e0+1e-300}'), ('composition', '[1, 2, 1e300]'),
	('composition', '{"a": 123456789012345678901234567890123456789012345678901234567890.5, "b": 1}'), ('composition', '{}'), ('port_mode', 'CPC'),
	('stage_scheme', '[,1950) "before"; [1950,1980) "slow"; [1980-07-01,) "reform"');
INSERT INTO item
	SELECT format('%s %s', what, literal), format(pattern, type, literal) FROM value, (VALUES
		('input', '(CASE WHEN i > 0 THEN %2$L END)::portext.%1$I'),
		('output', '(%2$L::portext.%1$I)::text'),
		('send', 'portext.%1$s_send(%2$L::portext.%1$I)'),
		('compare', 'portext.%1$s_cmp(%2$L::portext.%1$I, %2$L)'),
		('equal', '%2$L::portext.%1$I OPERATOR(portext.=) %2$L'),
		('hash', 'portext.%1$s_hash(%2$L::portext.%1$I)'),
		('hash_extended', 'portext.%1$s_hash_extended(%2$L::portext.%1$I, 7)')) AS w(what, pattern);
INSERT INTO item
	SELECT format('%s %s', what, literal), format(pattern, literal) FROM value, (VALUES
		('json', '(%L::portext.composition)::json'),
		('jsonb', '(%L::portext.composition)::jsonb'),
		('merge', '%1$L::portext.composition OPERATOR(portext.||) %1$L::portext.composition'),
		('subtract', '%1$L::portext.composition OPERATOR(portext.-) %1$L::portext.composition'),
		('rollup', '(SELECT portext.rollup(c::portext.composition) FROM (VALUES (%1$L), (%1$L)) AS v(c) WHERE i > 0)'),
		('top', 'portext.top(%1$L::portext.composition, 2)'),
		('table', '(SELECT count(s) FROM portext.shares(CASE WHEN i > 0 THEN %L::portext.composition END) AS s)')) AS w(what, pattern)
	WHERE type = 'composition' AND NOT (what = 'subtract' AND literal LIKE '[%');
INSERT INTO item
	SELECT format('composition_agg(%s, %s)', key, v), format('(SELECT portext.composition_agg(%s, x::%s) FROM generate_series(1, 30) AS x WHERE i > 0)', k, v)
	FROM (VALUES ('integer', 'x::integer'), ('bigint', 'x::bigint'), ('text', 'repeat(''k'', x::integer)')) AS key(key, k),
		(VALUES ('integer'), ('bigint'), ('double precision'), ('numeric')) AS value(v);
INSERT INTO item VALUES ('from jsonb', '(CASE WHEN i > 0 THEN jsonb ''{"a": 1.5, "b": 2}'' END)::portext.composition'),
	('table periods', '(SELECT count(s) FROM portext.periods(CASE WHEN i > 0 THEN ''{1: 2}''::portext.composition END) AS s)'),
	('table matched', '(SELECT count(s) FROM portext.matched(CASE WHEN i > 0 THEN ''{1: 2}''::portext.composition END, ''{2: 2}'') AS s)'),
	('rollup of a longer and a shorter key', '(SELECT portext.rollup(c::portext.composition) FROM (VALUES (''{"Manzhouli": 1}''), (''{"Q": 1}'')) AS v(c) WHERE i > 0)'),
	('table stages', '(SELECT count(s) FROM portext.stages(CASE WHEN i > 0 THEN ''[,1950) "before"''::portext.stage_scheme END) AS s)');

-- Otherwise the planner would call them once. The database is this test's own.
UPDATE pg_proc SET provolatile = 'v' WHERE pronamespace = 'portext'::regnamespace AND prokind = 'f';
SELECT cmp_ok(count(*), '>', 200::bigint, 'there are calls') FROM item;
SELECT is(pg_temp.growth(call), 0::numeric, name) FROM item ORDER BY name;

-- An index calls a type's functions once for each row of a statement, and frees nothing of theirs before its end.
CREATE TEMP TABLE used (i integer, bytes numeric);
CREATE FUNCTION pg_temp.note(i integer) RETURNS boolean VOLATILE LANGUAGE plpgsql AS $$ BEGIN
	IF i % 50 = 0 THEN
		INSERT INTO used SELECT i, sum(used_bytes) FROM pg_backend_memory_contexts;
	END IF;
	RETURN true;
END $$;
CREATE FUNCTION pg_temp.kept(type text, literal text, method text) RETURNS numeric LANGUAGE plpgsql AS $$ BEGIN
	TRUNCATE used;
	EXECUTE format('CREATE TEMP TABLE t (i integer, v portext.%I)', type);
	EXECUTE format('CREATE INDEX ON t USING %s (v)', method);
	EXECUTE format('INSERT INTO t SELECT i, %L FROM generate_series(1, 300) AS i WHERE pg_temp.note(i)', literal);
	DROP TABLE t;
	-- The least of all steps: caches grow or shrink in some of them.
	RETURN (SELECT round(min(grown) / 50) FROM (SELECT bytes - lag(bytes) OVER (ORDER BY u.i) AS grown FROM used AS u) AS steps);
END $$;
SELECT cmp_ok(pg_temp.kept(type, literal, method), '<=', 0::numeric, format('%s index of %s', method, literal)) FROM value, unnest(ARRAY['btree', 'hash']) AS m(method);
SELECT * FROM finish();
