-- What every object of the extension promises: a comment, marks that the planner and a restore can trust, plain
-- columns for clients. Failures name the objects.
SELECT no_plan();

CREATE TEMP TABLE member AS
SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS name
FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE d.deptype = 'e' AND e.extname = 'portext';
CREATE TEMP TABLE member_function AS
SELECT p.*, l.lanname, m.name FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND p.oid = m.objid JOIN pg_language l ON l.oid = p.prolang;
CREATE TEMP TABLE member_relation AS
SELECT c.*, m.name FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid;
CREATE TEMP TABLE view_column AS
SELECT c.oid, c.relname, a.attnum, a.attname::text AS attname, format_type(a.atttypid, a.atttypmod) AS typ
FROM member_relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relkind = 'v';

SELECT cmp_ok((SELECT count(*) FROM member), '>', 100::bigint, 'the extension has members');
SELECT is_empty($$SELECT name FROM member WHERE classid <> ALL (ARRAY['pg_proc', 'pg_type', 'pg_operator', 'pg_opclass', 'pg_opfamily',
	'pg_cast', 'pg_class']::regclass[])$$, 'it has members of these kinds only');

-- Comments.
SELECT is_empty($$SELECT m.name FROM member m LEFT JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
	WHERE obj_description(m.objid, m.classid::regclass::name) IS NULL
		AND (t.oid IS NULL OR (t.typcategory <> 'A' AND t.typrelid = 0))
		ORDER BY 1$$, 'every object has a comment');
SELECT is_empty($$SELECT c.name, a.attname FROM member_relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	WHERE c.relkind IN ('r', 'v') AND col_description(c.oid, a.attnum) IS NULL ORDER BY 1, 2$$, 'every column has a comment');
SELECT isnt(obj_description('portext'::regnamespace, 'pg_namespace'), NULL, 'the schema has a comment');
SELECT isnt(obj_description((SELECT oid FROM pg_extension WHERE extname = 'portext'), 'pg_extension'), NULL, 'the extension has a comment');

-- Marks of functions.
SELECT is_empty($$SELECT name, proparallel FROM member_function WHERE proparallel <> 's' AND provolatile <> 'v' ORDER BY 1$$,
	'every function and aggregate that does not write is parallel safe');
SELECT is_empty($$SELECT name FROM member_function WHERE lanname = 'sql' AND prosqlbody IS NULL ORDER BY 1$$, 'every SQL function has a parsed body');
SELECT is_empty($$SELECT name FROM member_function WHERE prosecdef ORDER BY 1$$, 'no function runs with its owner''s rights');
SELECT is_empty($$SELECT name, lanname FROM member_function WHERE lanname NOT IN ('c', 'sql', 'internal') AND (lanname <> 'plpgsql' OR provolatile <> 'v') ORDER BY 1$$,
	'only functions that write are in PL/pgSQL, none is in another language');
SELECT is_empty($$SELECT name, proconfig FROM member_function WHERE lanname = 'plpgsql'
	AND proconfig IS DISTINCT FROM '{"search_path=pg_catalog, pg_temp"}' ORDER BY 1$$, 'every PL/pgSQL function sets its own search path');
SELECT is_empty($$SELECT name FROM member_function WHERE provolatile = 'v' AND prorettype <> 'trigger'::regtype
	AND has_function_privilege('public', oid, 'EXECUTE')
	AND proname !~ '^local_rollup_(open|is_touched|touch|touched)$'	-- what these write is forgotten with the transaction
	AND proname <> 'local_closed_divide'	-- a trigger calls it for whoever writes ports; the grants on its table decide
	ORDER BY 1$$, 'nobody may call a function that writes unless it is granted');
SELECT is_empty($$SELECT name, proconfig FROM member_function WHERE lanname = 'sql' AND array_to_string(proconfig, ',') ~ 'search_path' ORDER BY 1$$,
	'no SQL function sets a search path, which would stop inlining');
SELECT is_empty($$SELECT m.name FROM member_function m JOIN pg_aggregate a ON a.aggfnoid = m.oid
	WHERE a.aggkind = 'n' AND (a.aggcombinefn = 0 OR a.aggfinalmodify <> 'r' OR a.aggtranstype = 'internal'::regtype)
	ORDER BY 1$$, 'every aggregate combines, leaves its state alone at the end and keeps it in a type of its own');
SELECT is_empty($$SELECT m.name, c.castcontext FROM member m JOIN pg_cast c ON m.classid = 'pg_cast'::regclass AND c.oid = m.objid
	WHERE c.castcontext = 'i' ORDER BY 1$$, 'no cast is implicit');
SELECT is_empty($$SELECT name FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
	WHERE t.typtype = 'b' AND t.typcategory <> 'A' AND (t.typreceive = 0 OR t.typsend = 0 OR t.typname ~ '^(int|float|date|time)'
		OR NOT EXISTS (SELECT FROM pg_opclass o JOIN pg_am am ON am.oid = o.opcmethod WHERE o.opcintype = t.oid AND o.opcdefault AND am.amname = 'btree')
		OR NOT EXISTS (SELECT FROM pg_opclass o JOIN pg_am am ON am.oid = o.opcmethod WHERE o.opcintype = t.oid AND o.opcdefault AND am.amname = 'hash'))$$,
	'every type has binary input and output, and default btree and hash operator classes');
SELECT is_empty($$SELECT m.name FROM member m JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND o.oid = m.objid
	JOIN pg_proc p ON p.oid = o.oprcode WHERE o.oprresult = 'boolean'::regtype AND o.oprname IN ('=', '<>', '<', '<=', '>', '>=')
		AND (o.oprcom = 0 OR o.oprnegate = 0 OR o.oprrest = 0 OR o.oprjoin = 0) ORDER BY 1$$,
	'every comparison operator has a commutator, a negator and selectivity estimators');

-- Views for clients.
SELECT is_empty($$SELECT relname, attname, typ FROM view_column WHERE typ NOT IN ('smallint', 'integer', 'bigint', 'double precision', 'numeric',
	'text', 'boolean', 'date', 'timestamp with time zone')
	AND NOT (attname = 'geom' AND typ IN ('geometry(Point,4326)', 'geometry(LineString,4326)', 'geometry(Polygon,4326)', 'geometry(MultiPolygon,4326)'))
	ORDER BY 1, 2$$, 'views have plain columns and at most a geom');
SELECT is_empty($$SELECT relname, attname, typ FROM view_column WHERE attnum = 1 AND (attname NOT LIKE '%\_id' OR typ NOT IN ('integer', 'bigint')) ORDER BY 1$$,
	'the first column of a view is an integer key');
SELECT is_empty(format('SELECT %2$I FROM %1$s GROUP BY 1 HAVING count(*) > 1 OR %2$I IS NULL', oid::regclass, attname), relname || '.' || attname || ' is unique and never empty')
FROM view_column WHERE attnum = 1 ORDER BY relname;
SELECT is_empty($$SELECT l.relname, l.attname FROM view_column l WHERE l.attname IN ('mode', 'stage', 'opened_stage', 'season', 'transport', 'region',
	'direction', 'quality', 'confidence', 'date_precision', 'subject_kind')
	AND NOT EXISTS (SELECT FROM view_column r WHERE r.oid = l.oid AND r.attname = l.attname || '_rank' AND r.typ IN ('smallint', 'integer')) ORDER BY 1, 2$$,
	'every ordered label has its rank');
SELECT is_empty($$SELECT relname, attname, typ FROM view_column WHERE (attname IN ('latitude', 'longitude') OR attname ~ '_share$') AND typ <> 'double precision' ORDER BY 1, 2$$,
	'latitude, longitude and shares are double precision');
SELECT is_empty($$SELECT relname, attname, typ FROM view_column WHERE (typ ~ 'date|time' AND attname ~ 'start|create') OR (typ ~ 'int' AND attname ~ 'number')
	OR attname ~ 'score' ORDER BY 1, 2$$, 'no name that a BI tool would misread');
SELECT is_empty($$SELECT name FROM member_relation WHERE relkind NOT IN ('r', 'v', 'S', 'i')$$, 'tables, views and sequences only');

-- Tables.
SELECT is_empty($$SELECT name FROM member_relation c WHERE relkind = 'r' AND relname !~ '^(ref|local)_'$$, 'tables are named ref_ or local_');
SELECT is_empty($$SELECT name FROM member_relation c WHERE relkind = 'r' AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_attribute a
	ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnatts = 1 AND a.attname = 'id')$$,
	'every table has the key id');
SELECT is_empty($$SELECT c.name, a.attname FROM member_relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
	WHERE c.relkind = 'r' AND a.atttypid = 'geometry'::regtype AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
		JOIN pg_am am ON am.oid = x.relam WHERE i.indrelid = c.oid AND am.amname = 'gist' AND i.indkey[0] = a.attnum)$$,
	'every geometry column of a table has a GiST index');
SELECT is_empty(format('SELECT id FROM %s WHERE id NOT BETWEEN 1 AND 999999', oid::regclass), relname || ' has ids below 1,000,000')
FROM member_relation WHERE relkind = 'r' AND relname LIKE 'ref\_%' ORDER BY relname;

-- Who may do what.
SELECT ok(has_schema_privilege('public', 'portext', 'USAGE') AND NOT has_schema_privilege('public', 'portext', 'CREATE'), 'everyone may use the schema, not create in it');
SELECT is_empty($$SELECT name FROM member_relation WHERE relkind IN ('r', 'v') AND NOT has_table_privilege('public', oid, 'SELECT') ORDER BY 1$$, 'everyone may read');
SELECT is_empty($$SELECT name FROM member_relation WHERE relkind IN ('r', 'v') AND has_table_privilege('public', oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') ORDER BY 1$$,
	'nobody else may write');
SELECT set_eq($$SELECT c.relname::text FROM member_relation c JOIN pg_extension e ON c.oid = ANY (e.extconfig) WHERE e.extname = 'portext'$$,
	$$SELECT relname::text FROM member_relation WHERE ((relkind = 'r' AND relname LIKE 'local\_%') OR relkind = 'S') AND relname NOT LIKE 'local\_rollup%'$$,
	'local tables and sequences are dumped, the facts and the roll-ups are not');
SELECT is_empty($$SELECT FROM pg_extension WHERE extname = 'portext' AND array_length(array_positions(extcondition, ''), 1) <> array_length(extcondition, 1)$$, 'and with all their rows');
SELECT * FROM finish();
