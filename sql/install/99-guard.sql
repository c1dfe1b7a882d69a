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

-- The first check again: whoever owns the schema could have put something there from another session meanwhile.
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_catalog.pg_depend d
			WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass::pg_catalog.oid
				AND d.refobjid OPERATOR(pg_catalog.=) 'portext'::pg_catalog.regnamespace::pg_catalog.oid
				AND d.classid OPERATOR(pg_catalog.<>) 'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid
				AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
					WHERE e.classid OPERATOR(pg_catalog.=) d.classid AND e.objid OPERATOR(pg_catalog.=) d.objid
						AND e.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid
						AND e.deptype OPERATOR(pg_catalog.=) 'e'::pg_catalog."char")) THEN
		RAISE EXCEPTION 'something else was created in schema portext while the extension was'
			USING ERRCODE = 'duplicate_object', HINT = 'Create the extension again when nobody else works in the schema.';
	END IF;
END
$$;
