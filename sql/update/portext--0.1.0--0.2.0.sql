\echo Use "ALTER EXTENSION portext UPDATE" to load this file. \quit

-- Brings a database of 0.1.0 to what CREATE EXTENSION makes of 0.2.0.

COMMENT ON FUNCTION portext_version() IS 'version of the loaded library, for example 0.2.0';
