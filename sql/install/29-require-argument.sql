-- How SQL functions refuse a bad argument.

CREATE FUNCTION require_argument(ok boolean, message text, hint text) RETURNS boolean
	LANGUAGE C STABLE PARALLEL SAFE		-- not STRICT: an unknown condition is an error too
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION require_argument(boolean, text, text) IS 'true when ok is true, else error 22023 with the message and the hint; used by SQL functions to refuse a bad argument. Example: SELECT portext.require_argument(800 > 0, ''width must be positive'', NULL)';
