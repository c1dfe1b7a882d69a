-- Percent of total in one line: a window function, so that it reads rows and not a composition.

CREATE FUNCTION ratio_to_report(x integer) RETURNS double precision
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE	-- not STRICT: the rows of the other values are read too
	AS 'MODULE_PATHNAME', 'ratio_to_report_int4';
COMMENT ON FUNCTION ratio_to_report(integer) IS 'window function: x over the sum of x in the whole partition, whatever ORDER BY and frame say; exact sum, rounded once; NULL for a NULL x or a sum of 0; negative values are allowed. Example: SELECT x, portext.ratio_to_report(x) OVER () FROM (VALUES (1), (3)) AS v(x)';

CREATE FUNCTION ratio_to_report(x bigint) RETURNS double precision
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE	-- not STRICT, see above
	AS 'MODULE_PATHNAME', 'ratio_to_report_int8';
COMMENT ON FUNCTION ratio_to_report(bigint) IS 'window function: x over the sum of x in the whole partition, whatever ORDER BY and frame say; exact sum, rounded once; NULL for a NULL x or a sum of 0; negative values are allowed. Example: SELECT x, portext.ratio_to_report(x) OVER () FROM (VALUES (1::bigint), (3)) AS v(x)';

CREATE FUNCTION ratio_to_report(x numeric) RETURNS double precision
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE	-- not STRICT, see above
	AS 'MODULE_PATHNAME', 'ratio_to_report_numeric';
COMMENT ON FUNCTION ratio_to_report(numeric) IS 'window function: x over the sum of x in the whole partition, whatever ORDER BY and frame say; exact sum, rounded once; NULL for a NULL x or a sum of 0 (also one that rounds to 0: below 2.5e-324); negative values are allowed; 22003 for NaN and Infinity. Example: SELECT x, portext.ratio_to_report(x) OVER () FROM (VALUES (0.1), (0.3)) AS v(x)';

CREATE FUNCTION ratio_to_report(x double precision) RETURNS double precision
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE	-- not STRICT, see above
	AS 'MODULE_PATHNAME', 'ratio_to_report_float8';
COMMENT ON FUNCTION ratio_to_report(double precision) IS 'window function: x over the sum of x in the whole partition, whatever ORDER BY and frame say; exact sum, rounded once; NULL for a NULL x or a sum of 0; negative values are allowed; 22003 for NaN and Infinity. Example: SELECT x, portext.ratio_to_report(x) OVER () FROM (VALUES (1e0), (3)) AS v(x)';
