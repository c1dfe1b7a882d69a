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
