-- Calls of everything that the extension has, made from the catalogs: each function, aggregate, window function,
-- operator and cast with ordinary arguments and with every odd one. Run it in a database with portext; it makes the
-- schema "calls". Then:
--
--	SELECT object, odd, sql FROM calls.call	-- all calls, each a SELECT of one column "result"
--	SELECT calls.run('portext.total(portext.composition)')	-- makes the calls of one object and records the outcomes
--	SELECT * FROM calls.outcome	-- object, odd, and 'value', 'NULL', 'no rows' or the SQLSTATE with the message
CREATE SCHEMA calls;

-- The values of each type. The first of a type is the ordinary one, for when a function's comment shows none.
CREATE TABLE calls.odd (n serial, type regtype, expression text);
INSERT INTO calls.odd (type, expression)
SELECT type::regtype, expression FROM (VALUES
	('text', ARRAY['''a''', '''''', '''2020''', '''-1''', '''NaN''', '''1e400''', '''2020-02-30''', '''a''''b"<&>{}[],\''', 'E''\n''', '''满洲里''',
		'''PP''', '''Quanhe''', '''none''', 'pg_catalog.repeat(''x'', 100000)']),
	('cstring', ARRAY['''a''', '''''', '''{''', '''{"a": 1}''', '''[1e0, 2e0]''', '''PP''', '''[,) "x"''']),
	('boolean', ARRAY['true', 'false']),
	('smallint', ARRAY['2::smallint', '0::smallint', '''-1''::smallint', '32767::smallint', '''-32768''::smallint']),
	('integer', ARRAY['2', '0', '''-1''::integer', '2147483647', '''-2147483648''::integer']),
	('bigint', ARRAY['2::bigint', '0::bigint', '''-1''::bigint', '9223372036854775807', '''-9223372036854775808''::bigint']),
	('numeric', ARRAY['2::numeric', '0::numeric', '''-1''::numeric', '0.1', '''NaN''::numeric', '''Infinity''::numeric', '''-Infinity''::numeric', '1e100000', '''1e-16383''::numeric', '9.99e131071']),
	('double precision', ARRAY['2::double precision', '''0''::double precision', '''-0''::double precision', '''-1''::double precision', '''0.1''::double precision', '''NaN''::double precision',
		'''Infinity''::double precision', '''-Infinity''::double precision', '''1.7976931348623157e308''::double precision', '''4.9e-324''::double precision']),
	('date', ARRAY['''2020-01-01''::date', '''infinity''::date', '''-infinity''::date', '''4714-11-24 BC''::date', '''5874897-12-31''::date', '''0001-12-31 BC''::date']),
	('timestamp', ARRAY['''2020-01-01''::timestamp', '''infinity''::timestamp', '''-infinity''::timestamp', '''4714-11-24 BC''::timestamp', '''294276-12-31 23:59:59.999999''::timestamp']),
	('timestamptz', ARRAY['''2020-01-01 UTC''::timestamptz', '''infinity''::timestamptz', '''-infinity''::timestamptz', '''4714-11-24 UTC BC''::timestamptz', '''294276-12-31 23:59:59 UTC''::timestamptz']),
	('text[]', ARRAY['''{a,b}''::text[]', '''{}''::text[]', '''{NULL}''::text[]', '''{a,NULL,a}''::text[]', '''{{a,b},{c,d}}''::text[]', '''[5:6]={a,b}''::text[]']),
	('bigint[]', ARRAY['''{1,2}''::bigint[]', '''{}''::bigint[]', '''{NULL}''::bigint[]', '''{{1},{-1}}''::bigint[]']),
	('double precision[]', ARRAY['''{1,2}''::double precision[]', '''{}''::double precision[]', '''{NULL}''::double precision[]', '''{2,1}''::double precision[]', '''{1,NaN}''::double precision[]',
		'''{-Infinity,Infinity}''::double precision[]', '''{{1,2},{3,4}}''::double precision[]', '''[7:8]={1,2}''::double precision[]']),
	('regclass', ARRAY['''portext.local_flow''::regclass', '''pg_catalog.pg_class''::regclass', '''portext.port''::regclass', '0::regclass']),
	('name', ARRAY['''year''::name', '''''::name', '''no " column''::name']),
	('name[]', ARRAY['''{year}''::name[]', '''{}''::name[]', '''{NULL}''::name[]', '''{{a},{b}}''::name[]']),
	('jsonb', ARRAY['''{"a": 1}''::jsonb', '''{}''::jsonb', '''[]''::jsonb', '''null''::jsonb', '''1''::jsonb', '''"a"''::jsonb', '''[1, 2.5]''::jsonb', '''{"a": -1}''::jsonb', '''{"a": null}''::jsonb',
		'''{"a": {"b": [1]}}''::jsonb', '''{"a": 1e400, "b": 1e-400}''::jsonb', '''{"mode": ["PP"], "home": "CN", "x": "1"}''::jsonb']),
	('geometry', ARRAY['''SRID=4326;POINT(130 43)''', '''POINT(130 43)''', '''SRID=4326;POINT EMPTY''', '''SRID=4326;POINT(500 -500)''', '''SRID=4326;POINT(1e308 -1e308)''', '''SRID=3857;POINT(1 2)''',
		'''SRID=4326;POINT(NaN NaN)''', '''0101000020E6100000000000000000F07F0000000000000000''', '''SRID=4326;POINT ZM(1 2 3 4)''', '''SRID=4326;LINESTRING EMPTY''', '''SRID=4326;LINESTRING(0 0, 180 90)''', '''SRID=4326;GEOMETRYCOLLECTION EMPTY''',
		'''SRID=4326;GEOMETRYCOLLECTION(POINT EMPTY, LINESTRING(1 1, 1 1))''', '''SRID=4326;POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))''', '''SRID=4326;CIRCULARSTRING(0 0, 1 1, 2 0)''']),
	('portext.port_mode', ARRAY['''CPPC''::portext.port_mode', '''PP''::portext.port_mode', '''CPC''::portext.port_mode', '''CC''::portext.port_mode']),
	('portext.stage_scheme', ARRAY['portext.china_border_port_stages()', '''[,) "x"''::portext.stage_scheme', '''[2020,2020-01-02) "a day"''::portext.stage_scheme',
		'''[4713 BC,5874897) "all"; [5874897,) "后"''::portext.stage_scheme']),
	('portext.composition', ARRAY['''{"a": 5, "b": 3, "c": 2}''::portext.composition', '''{}''::portext.composition', '''{"a": 0}''::portext.composition', '''{"a": 0, "b": 0}''::portext.composition',
		'''{"": 1}''::portext.composition', '''{"a": 2, "z": 0.5}''::portext.composition', '''{"a": 0.1e0, "b": 3e0}''::portext.composition', '''{"a": 1e-320, "b": 1e308, "c": 1e308}''::portext.composition',
		'''[1, 2, 2, 5]''::portext.composition', '''[0]''::portext.composition', '''{24240: 5, 24241: 0, 24252: 7}''::portext.composition',
		'''{-9223372036854775808: 1, 9223372036854775807: 2}''::portext.composition', '(''{"a": 1'' || pg_catalog.repeat(''0'', 4000) || '', "b": 1}'')::portext.composition',
		'(SELECT portext.composition_agg(n, n) FROM pg_catalog.generate_series(24240, 24299) AS n)']),
	('portext.composition[]', ARRAY['ARRAY[''{"a": 5, "b": 3}'', ''{"a": 1, "c": 2}'']::portext.composition[]', '''{}''::portext.composition[]', 'ARRAY[NULL]::portext.composition[]',
		'ARRAY[''{}'', ''{"a": 0}'']::portext.composition[]', 'ARRAY[''{"a": 1}'', ''{1: 1}'']::portext.composition[]', 'ARRAY[''{"a": 0.5}'', ''{"a": 0.5e0}'']::portext.composition[]', 'ARRAY[''[1, 2]'']::portext.composition[]'])
) AS v (type, expressions), pg_catalog.unnest(v.expressions) AS expression;
INSERT INTO calls.odd (type, expression) SELECT 'varchar', expression || '::varchar' FROM calls.odd WHERE type = 'text'::regtype ORDER BY n;
INSERT INTO calls.odd (type, expression)	-- a row of NULLs of each type of rows that a function takes
SELECT DISTINCT t.oid::regtype, format('''(%s)''::%s', repeat(',', c.relnatts - 1), t.oid::regtype)
FROM pg_proc p, unnest(p.proargtypes) AS a (type), pg_type t JOIN pg_class c ON c.oid = t.typrelid
WHERE t.oid = a.type AND p.pronamespace = 'portext'::regnamespace;
-- PostGIS may be in any schema, and its input function belongs to the call.
UPDATE calls.odd SET expression = expression || '::' || type::text WHERE type::text ~ 'geometry$';
INSERT INTO calls.odd (type, expression) SELECT DISTINCT type, 'NULL::' || type FROM calls.odd;

-- The arguments of a call, split at the commas that no bracket and no quote holds.
CREATE FUNCTION calls.split(arguments text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	parts text[] := '{}';
	part text := '';
	depth int := 0;
	quoted boolean := false;
	c text;
BEGIN
	FOREACH c IN ARRAY regexp_split_to_array(coalesce(arguments, ''), '') LOOP
		IF c = '''' THEN quoted := NOT quoted; END IF;
		IF NOT quoted THEN depth := depth + (c IN ('(', '[', '{'))::int - (c IN (')', ']', '}'))::int; END IF;
		IF c = ',' AND depth = 0 AND NOT quoted THEN
			parts := parts || btrim(part);
			part := '';
		ELSE
			part := part || c;
		END IF;
	END LOOP;
	RETURN CASE WHEN btrim(part) = '' THEN parts ELSE parts || btrim(part) END;
END $$;

-- Functions of the extension, each argument on its own, with what the example in the comment passes.
CREATE VIEW calls.object AS
WITH member AS (
	SELECT p.oid, p.oid::regprocedure::text AS object, p.prokind, p.proretset, p.prorettype::regtype AS result, ARRAY(SELECT unnest(p.proargtypes)::regtype) AS types,
		p.proargnames AS names, p.provariadic <> 0 AS is_variadic, format('%I.%I', p.pronamespace::regnamespace::text, p.proname) AS name,
		calls.split(substring(obj_description(p.oid, 'pg_proc') FROM 'portext\.' || p.proname || '\(((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*)\)')) AS shown
	FROM pg_proc p
		JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
		JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'portext'
	WHERE NOT 'internal'::regtype = ANY (p.proargtypes::regtype[])
)
SELECT oid, object, prokind, proretset, result, types, name, is_variadic,
	ARRAY(SELECT coalesce('(' || CASE WHEN prokind <> 'f' OR (is_variadic AND i = cardinality(types)) THEN NULL WHEN shown[i] !~ '=>' THEN shown[i]
			ELSE (SELECT substring(s FROM '=>\s*(.*)') FROM unnest(shown) AS s WHERE s ~ ('^' || names[i] || '\s*=>')) END || ')::' || types[i], pg_get_function_arg_default(oid, i),
			CASE WHEN types[i] = 'portext.composition'::regtype AND 'bigint'::regtype = ANY (types) THEN '''{2: 5, 3: 0.5}''::portext.composition' END)	-- for its key
		FROM generate_subscripts(types, 1) AS i ORDER BY i) AS example
FROM member;

-- Lists of arguments for some types: all ordinary; one odd among ordinary ones; all NULL; the k-th odd value of each.
CREATE FUNCTION calls.arguments(types regtype[], example text[], OUT odd text, OUT list text[]) RETURNS SETOF record LANGUAGE sql STABLE AS $$
	WITH value AS (	-- of argument i, the k-th; the example counts as the 0-th
		SELECT i, k, expression
		FROM unnest(types) WITH ORDINALITY AS t (type, i), LATERAL (
			SELECT row_number() OVER (ORDER BY o.expression LIKE 'NULL::%', o.n) AS k, o.expression FROM calls.odd o WHERE o.type = t.type
			UNION ALL SELECT 0, coalesce(example[t.i], (SELECT o.expression FROM calls.odd o WHERE o.type = t.type ORDER BY o.n LIMIT 1))) AS v
	), single AS (
		SELECT DISTINCT ON (list) odd, list
		FROM (
			SELECT format('%s = %s', odd.i, odd.expression) AS odd, odd.k, (SELECT array_agg(CASE WHEN v.i = odd.i THEN odd.expression ELSE v.expression END ORDER BY v.i) FROM value v WHERE v.k = 0) AS list
			FROM value odd
			WHERE odd.k > 0
			UNION ALL
			SELECT 'all ' || k, k, array_agg(expression ORDER BY i) FROM value WHERE k > 0 GROUP BY k HAVING count(*) = cardinality(types)
			UNION ALL
			SELECT 'all NULL', 0, ARRAY(SELECT 'NULL::' || type FROM unnest(types) WITH ORDINALITY AS t (type, i) ORDER BY i)
			UNION ALL
			SELECT 'ordinary', -1, ARRAY(SELECT expression FROM value WHERE k = 0 ORDER BY i)
		) AS made
		ORDER BY list, k
	)
	SELECT odd, list FROM single
$$;

CREATE TABLE calls.call AS
SELECT object, odd, format('SELECT %s AS result %s', CASE WHEN proretset OR prokind = 'p' THEN 'r::text' ELSE call || CASE WHEN result = 'cstring'::regtype THEN '::cstring::text' ELSE '' END END,
	CASE WHEN proretset THEN format('FROM %s AS r', call) ELSE '' END) AS sql
FROM calls.object, calls.arguments(types, example) AS a, format('%s(%s)', name, array_to_string(CASE WHEN is_variadic
	THEN trim_array(list, 1) || ('VARIADIC ' || list[cardinality(list)]) ELSE list END, ', ')) AS call
WHERE prokind = 'f'
UNION ALL	-- ordinary rows and the odd one; then the odd one alone, five times; then none
SELECT object, odd || ' in ' || way, format('SELECT %s(%s)%s AS result FROM (VALUES %s) AS v (%s) WHERE %s', name, columns, CASE prokind WHEN 'w' THEN ' OVER ()' ELSE '' END,
	CASE way WHEN 'many' THEN format('(%s), (%s), (%2$s)', array_to_string(ordinary, ', '), array_to_string(list, ', ')) ELSE format('(%s)', array_to_string(list, ', ')) END, columns, (way <> 'none')::text)
FROM calls.object, calls.arguments(types, NULL) AS a,
	LATERAL (SELECT string_agg('c' || i, ', ' ORDER BY i) AS columns, array_agg((SELECT expression FROM calls.odd o WHERE o.type = t.type ORDER BY n LIMIT 1) ORDER BY i) AS ordinary
		FROM unnest(types) WITH ORDINALITY AS t (type, i)) AS c,
	(VALUES ('many'), ('one'), ('none')) AS w (way)
WHERE prokind IN ('a', 'w') AND (way <> 'none' OR odd = 'ordinary')
UNION ALL
SELECT o.oid::regoperator::text, odd, format('SELECT (%s) OPERATOR(%I.%s) (%s) AS result', list[1], o.oprnamespace::regnamespace::text, o.oprname, list[2])
FROM pg_operator o
	JOIN pg_depend d ON d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'
	JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'portext',
	calls.arguments(ARRAY[o.oprleft, o.oprright]::regtype[], NULL) AS a
UNION ALL
SELECT format('cast (%s as %s)', c.castsource::regtype, c.casttarget::regtype), odd, format('SELECT (%s)::%s AS result', list[1], c.casttarget::regtype)
FROM pg_cast c
	JOIN pg_depend d ON d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e'
	JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'portext',
	calls.arguments(ARRAY[c.castsource]::regtype[], NULL) AS a;

CREATE INDEX ON calls.call (object);

CREATE TABLE calls.outcome (object text, odd text, sql text, outcome text);

-- Makes the calls of one object. An error is an outcome; a lost connection is the caller's to see.
CREATE FUNCTION calls.run(wanted text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	c record;
	rows bigint;
	values bigint;
	message text;
	calls bigint := 0;
BEGIN
	FOR c IN SELECT * FROM calls.call WHERE object = wanted LOOP
		BEGIN
			EXECUTE format('SELECT count(*), count(result) FROM (%s LIMIT 1000) AS c', c.sql) INTO rows, values;
			message := CASE WHEN rows = 0 THEN 'no rows' WHEN values < rows THEN 'NULL' ELSE 'value' END;
		EXCEPTION WHEN OTHERS THEN
			message := SQLSTATE || ' ' || SQLERRM;
		END;
		INSERT INTO calls.outcome VALUES (c.object, c.odd, c.sql, message);
		calls := calls + 1;
	END LOOP;
	RETURN calls;
END $$;
