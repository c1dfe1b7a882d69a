-- Aggregates that build and merge compositions, and their transition functions.
--
-- None of the transition functions is STRICT: a row with a NULL leaves the state as it is, and no state is NULL.
-- The names composition_accum, composition_combine and composition_final serve every aggregate whose state is a
-- composition, so that the server computes several of them in one pass with one state.

CREATE FUNCTION composition_accum(state composition, key text, value integer) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_text_int4';
COMMENT ON FUNCTION composition_accum(composition, text, integer) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key text, value bigint) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_text_int8';
COMMENT ON FUNCTION composition_accum(composition, text, bigint) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key text, value numeric) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_text_numeric';
COMMENT ON FUNCTION composition_accum(composition, text, numeric) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key text, value double precision) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_text_float8';
COMMENT ON FUNCTION composition_accum(composition, text, double precision) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key bigint, value integer) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int8_int4';
COMMENT ON FUNCTION composition_accum(composition, bigint, integer) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key bigint, value bigint) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int8_int8';
COMMENT ON FUNCTION composition_accum(composition, bigint, bigint) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key bigint, value numeric) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int8_numeric';
COMMENT ON FUNCTION composition_accum(composition, bigint, numeric) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key bigint, value double precision) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int8_float8';
COMMENT ON FUNCTION composition_accum(composition, bigint, double precision) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key integer, value integer) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int4_int4';
COMMENT ON FUNCTION composition_accum(composition, integer, integer) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key integer, value bigint) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int4_int8';
COMMENT ON FUNCTION composition_accum(composition, integer, bigint) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key integer, value numeric) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int4_numeric';
COMMENT ON FUNCTION composition_accum(composition, integer, numeric) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, key integer, value double precision) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int4_float8';
COMMENT ON FUNCTION composition_accum(composition, integer, double precision) IS
	'state with one row added: the transition function of composition_agg; in plain SQL it returns a new composition';

CREATE FUNCTION composition_accum(state composition, value integer) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int4';
COMMENT ON FUNCTION composition_accum(composition, integer) IS
	'state with one row added, as an entry of its own: the transition function of the aggregates without keys';

CREATE FUNCTION composition_accum(state composition, value bigint) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_int8';
COMMENT ON FUNCTION composition_accum(composition, bigint) IS
	'state with one row added, as an entry of its own: the transition function of the aggregates without keys';

CREATE FUNCTION composition_accum(state composition, value numeric) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_numeric';
COMMENT ON FUNCTION composition_accum(composition, numeric) IS
	'state with one row added, as an entry of its own: the transition function of the aggregates without keys';

CREATE FUNCTION composition_accum(state composition, value double precision) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_accum_float8';
COMMENT ON FUNCTION composition_accum(composition, double precision) IS
	'state with one row added, as an entry of its own: the transition function of the aggregates without keys';

CREATE FUNCTION composition_combine(state composition, other composition) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_combine(composition, composition) IS
	'state with another merged into it; either may be NULL: the combine function of every composition aggregate';

CREATE FUNCTION composition_final(state composition) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_final(composition) IS 'the stored form of a state; NULL stays NULL';

CREATE AGGREGATE composition_agg(key text, value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(text, integer) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key text, value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(text, bigint) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key text, value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(text, numeric) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key text, value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(text, double precision) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key bigint, value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(bigint, integer) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key bigint, value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(bigint, bigint) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key bigint, value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(bigint, numeric) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key bigint, value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(bigint, double precision) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key integer, value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(integer, integer) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key integer, value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(integer, bigint) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key integer, value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(integer, numeric) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(key integer, value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(integer, double precision) IS
	'exact total of value for each key; a row with a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003. composition_agg(port, tonnes)';

CREATE AGGREGATE composition_agg(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(integer) IS
	'all values as a composition without keys: each row is an entity of its own; a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003';

CREATE AGGREGATE composition_agg(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(bigint) IS
	'all values as a composition without keys: each row is an entity of its own; a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003';

CREATE AGGREGATE composition_agg(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(numeric) IS
	'all values as a composition without keys: each row is an entity of its own; a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003';

CREATE AGGREGATE composition_agg(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE composition_agg(double precision) IS
	'all values as a composition without keys: each row is an entity of its own; a NULL is skipped, no row gives NULL; a negative, NaN or infinite value is an error 22003';

CREATE AGGREGATE rollup(composition) (
	SFUNC = composition_combine, STYPE = composition, SSPACE = 2048,
	FINALFUNC = composition_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(composition) IS
	'merges compositions: months into years, ports into regions; exact, so any order and any tree of merges gives the same bytes; NULL is skipped, no row gives NULL; decimal fractions and those of double precision in one call are an error in any order, even when one kind adds up to whole totals, while a stored composition of whole totals merges with both';
