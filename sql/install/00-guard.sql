\echo Use "CREATE EXTENSION portext CASCADE" to load this file. \quit

-- A superuser runs this script for whoever creates the extension. A schema that is there already is searched before
-- PostGIS's own, so nothing of a stranger's may stand in it: a type or a function there would be called in PostGIS's place.
DO $$
BEGIN
	IF pg_catalog.current_setting('standard_conforming_strings') OPERATOR(pg_catalog.<>) 'on' THEN	-- the whole script is read by now, each backslash wrong
		RAISE EXCEPTION 'portext cannot be created while standard_conforming_strings is off'
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'SET standard_conforming_strings = on, and create the extension again.';
	ELSIF EXISTS (SELECT FROM pg_catalog.pg_depend d
			WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass::pg_catalog.oid
				AND d.refobjid OPERATOR(pg_catalog.=) 'portext'::pg_catalog.regnamespace::pg_catalog.oid
				AND d.classid OPERATOR(pg_catalog.<>) 'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid) THEN
		RAISE EXCEPTION 'schema portext is not empty'
			USING ERRCODE = 'duplicate_object', HINT = 'Move what is in it to another schema, or drop the schema, and create the extension again.';
	END IF;
END
$$;

COMMENT ON SCHEMA portext IS 'border-port analytics: start with portext.port, portext.flow, portext.mode_evidence; portext.hhi(portext.composition_agg(key, value))';

CREATE FUNCTION portext_version() RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION portext_version() IS 'version of the loaded library, for example 0.2.0';
