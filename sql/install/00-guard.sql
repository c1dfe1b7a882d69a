\echo Use "CREATE EXTENSION portext CASCADE" to load this file. \quit

COMMENT ON SCHEMA portext IS 'border-port analytics: start with portext.port, portext.flow, portext.mode_evidence; portext.hhi(portext.composition_agg(key, value))';

CREATE FUNCTION portext_version() RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION portext_version() IS 'version of the loaded library, for example 0.1.0';
