-- Every fact that the catalogs hold about the extension's objects, one a line, with names for object identifiers, so that
-- two databases can be compared with diff. The columns and what they refer to are those of the server that runs it:
-- nothing has to be added here for a new kind of property. Run it with psql -qXAt.
SET search_path = pg_catalog;
SET client_min_messages = warning;

CREATE TEMPORARY TABLE part (classid oid, objid oid, PRIMARY KEY (classid, objid));	-- members, and what belongs to them alone
INSERT INTO part
WITH RECURSIVE own AS (
	SELECT d.classid, d.objid FROM pg_depend d
	WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'portext')
	UNION
	SELECT d.classid, d.objid FROM own JOIN pg_depend d ON d.refclassid = own.classid AND d.refobjid = own.objid AND d.deptype IN ('a', 'i')
)
SELECT classid, objid FROM own
UNION SELECT 'pg_extension'::regclass, oid FROM pg_extension WHERE extname = 'portext'
UNION SELECT 'pg_namespace'::regclass, 'portext'::regnamespace;

-- Triggers of foreign keys and toast tables have numbers in their names; the constraints and the tables stand for them.
DELETE FROM part WHERE classid = 'pg_trigger'::regclass AND objid IN (SELECT oid FROM pg_trigger WHERE tgisinternal)
	OR classid = 'pg_class'::regclass AND objid IN (SELECT oid FROM pg_class WHERE relnamespace = 'pg_toast'::regnamespace)
	OR classid = 'pg_type'::regclass AND objid IN (SELECT oid FROM pg_type WHERE typnamespace = 'pg_toast'::regnamespace);

CREATE FUNCTION pg_temp.name(classid oid, objid oid, part integer DEFAULT 0) RETURNS text LANGUAGE sql AS
	$$SELECT CASE WHEN objid <> 0 THEN (SELECT type || ' ' || identity FROM pg_identify_object(classid, objid, part)) END$$;
CREATE FUNCTION pg_temp.names(classid oid, objids oid[]) RETURNS text LANGUAGE sql AS
	$$SELECT string_agg(pg_temp.name(classid, o), ', ' ORDER BY n) FROM unnest(objids) WITH ORDINALITY AS u(o, n)$$;

-- The catalogs, the object that a row (r) belongs to, and its definition where a column holds it as a tree.
CREATE TEMPORARY TABLE looked_at (catalog regclass, owner_class regclass, owner text, definition text);
INSERT INTO looked_at VALUES
	('pg_extension', 'pg_extension', 'oid', NULL), ('pg_namespace', 'pg_namespace', 'oid', NULL),
	('pg_class', 'pg_class', 'oid', 'CASE WHEN relkind IN (''v'', ''m'') THEN pg_get_viewdef(oid) END'),
	('pg_attribute', 'pg_class', 'attrelid', NULL), ('pg_attrdef', 'pg_attrdef', 'oid', 'pg_get_expr(adbin, adrelid)'),
	('pg_constraint', 'pg_constraint', 'oid', 'pg_get_constraintdef(oid)'), ('pg_index', 'pg_class', 'indexrelid', 'pg_get_indexdef(indexrelid)'),
	('pg_trigger', 'pg_trigger', 'oid', 'pg_get_triggerdef(oid)'), ('pg_rewrite', 'pg_rewrite', 'oid', 'pg_get_ruledef(oid)'),
	('pg_policy', 'pg_policy', 'oid', 'pg_get_expr(polqual, polrelid) || pg_get_expr(polwithcheck, polrelid)'),
	('pg_statistic_ext', 'pg_statistic_ext', 'oid', 'pg_get_statisticsobjdef(oid)'), ('pg_sequence', 'pg_class', 'seqrelid', NULL),
	('pg_proc', 'pg_proc', 'oid', 'CASE WHEN prokind <> ''a'' THEN pg_get_functiondef(oid) ELSE pg_get_function_arguments(oid) END'),
	('pg_aggregate', 'pg_proc', 'aggfnoid', NULL), ('pg_type', 'pg_type', 'oid', NULL), ('pg_enum', 'pg_type', 'enumtypid', NULL),
	('pg_range', 'pg_type', 'rngtypid', NULL), ('pg_cast', 'pg_cast', 'oid', NULL), ('pg_operator', 'pg_operator', 'oid', NULL),
	('pg_opclass', 'pg_opclass', 'oid', NULL), ('pg_opfamily', 'pg_opfamily', 'oid', NULL),
	('pg_amop', 'pg_opfamily', 'amopfamily', NULL), ('pg_amproc', 'pg_opfamily', 'amprocfamily', NULL),
	('pg_event_trigger', 'pg_event_trigger', 'oid', NULL);

-- What two equal databases may differ in: numbers of objects, files and columns (a dropped column leaves a gap, and
-- definitions name the columns), statistics, and traces of changes. What dumps carry (extconfig) comes below, without order.
CREATE FUNCTION pg_temp.is_left_out(name text) RETURNS boolean LANGUAGE sql AS
	$$SELECT name IN ('oid', 'relfilenode', 'relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid', 'reltoastrelid', 'relnatts',
		'attnum', 'conkey', 'confkey', 'indkey', 'tgattr', 'stxkeys', 'atthasmissing', 'attmissingval', 'adnum', 'indcheckxmin',
		'extconfig', 'extcondition')$$;

-- A column as text: identifiers by name, privileges in order, definitions instead of trees.
CREATE FUNCTION pg_temp.shown(catalog regclass, attribute pg_attribute) RETURNS text LANGUAGE sql AS $$
	SELECT CASE
		WHEN k.is_array THEN format('pg_temp.names(%L::regclass, r.%I::oid[])', k.pktable, attribute.attname)
		WHEN k.pktable IS NOT NULL THEN format('pg_temp.name(%L::regclass, r.%I::oid)', k.pktable, attribute.attname)
		WHEN attribute.attname = 'attoptions' THEN	-- some servers keep a counter of changes there
			'(SELECT string_agg(o, '' '' ORDER BY o) FROM unnest(r.attoptions) AS o WHERE o !~ ''^pg_attver='')'
		WHEN attribute.atttypid = 'aclitem[]'::regtype THEN format('(SELECT string_agg(a::text, '' '' ORDER BY a::text) FROM unnest(r.%I) AS a)', attribute.attname)
		ELSE format('r.%I::text', attribute.attname) END
	FROM (SELECT) AS one LEFT JOIN pg_get_catalog_foreign_keys() k ON k.fktable = catalog AND k.fkcols = ARRAY[attribute.attname::text] AND k.pkcols = '{oid}'
$$;

CREATE TEMPORARY TABLE fact (object text, property text, value text);
DO $$
DECLARE
	l record;
	columns text;
BEGIN
	FOR l IN SELECT * FROM looked_at LOOP
		SELECT string_agg(format('(%L, %s)', a.attname, pg_temp.shown(l.catalog, a)), ', ') INTO columns
		FROM pg_attribute a WHERE a.attrelid = l.catalog AND a.attnum > 0 AND NOT a.attisdropped
			AND a.atttypid <> 'pg_node_tree'::regtype AND NOT pg_temp.is_left_out(a.attname);
		IF l.definition IS NOT NULL THEN
			columns := columns || format(', (''definition'', (SELECT (%s) FROM %s AS x WHERE x.ctid = r.ctid))', l.definition, l.catalog);
		END IF;
		IF l.catalog = 'pg_attribute'::regclass THEN
			columns := columns || ', (''place'', (SELECT count(*) FROM pg_attribute x WHERE x.attrelid = r.attrelid AND NOT x.attisdropped AND x.attnum BETWEEN 1 AND r.attnum)::text)';
		END IF;
		EXECUTE format('INSERT INTO fact SELECT %s || pg_temp.name(%L::regclass, r.%I) || %s, v.* FROM %s r CROSS JOIN LATERAL (VALUES %s) AS v
				WHERE EXISTS (SELECT FROM part p WHERE p.classid = %L::regclass AND p.objid = r.%I) %s',
			quote_literal(l.catalog || ': '), l.owner_class, l.owner,
			CASE l.catalog::text WHEN 'pg_attribute' THEN ''' . '' || r.attname'
				WHEN 'pg_amop' THEN ''' '' || pg_temp.name(''pg_amop''::regclass, r.oid)' WHEN 'pg_amproc' THEN ''' '' || pg_temp.name(''pg_amproc''::regclass, r.oid)'
				WHEN 'pg_enum' THEN ''' '' || r.enumlabel' ELSE '''''' END,
			l.catalog, columns, l.owner_class, l.owner, CASE WHEN l.catalog = 'pg_attribute'::regclass THEN 'AND r.attnum > 0 AND NOT r.attisdropped' END);
	END LOOP;
END
$$;
INSERT INTO fact SELECT pg_temp.name('pg_class'::regclass, u.o), 'dumped where', u.condition FROM pg_extension e, unnest(e.extconfig, e.extcondition) AS u(o, condition)
	WHERE e.extname = 'portext';
INSERT INTO fact SELECT pg_temp.name(d.classoid, d.objoid, d.objsubid), 'comment', d.description
	FROM pg_description d JOIN part p ON p.classid = d.classoid AND p.objid = d.objoid;
INSERT INTO fact SELECT pg_temp.name(i.classoid, i.objoid, i.objsubid), 'first privileges', (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(i.initprivs) AS a)
	FROM pg_init_privs i JOIN part p ON p.classid = i.classoid AND p.objid = i.objoid;
INSERT INTO fact SELECT pg_temp.name(s.classoid, s.objoid, s.objsubid), 'label ' || s.provider, s.label
	FROM pg_seclabel s JOIN part p ON p.classid = s.classoid AND p.objid = s.objoid;
INSERT INTO fact SELECT DISTINCT pg_temp.name(d.classid, d.objid, d.objsubid), 'depends (' || d.deptype::text || ') on', pg_temp.name(d.refclassid, d.refobjid, d.refobjsubid)
	FROM pg_depend d JOIN part p ON p.classid = d.classid AND p.objid = d.objid;
INSERT INTO fact SELECT DISTINCT pg_temp.name(d.classid, d.objid, d.objsubid), 'depends (' || d.deptype::text || ') on role', pg_temp.name(d.refclassid, d.refobjid)
	FROM pg_shdepend d JOIN part p ON p.classid = d.classid AND p.objid = d.objid
	WHERE d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database());

SELECT object, property, replace(value, E'\n', '\n') FROM fact WHERE value IS NOT NULL ORDER BY object COLLATE "C", property COLLATE "C", value COLLATE "C";
