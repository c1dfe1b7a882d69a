-- The composition type. Functions and operators on it are in parts 24 and 34, aggregates in 44.

CREATE TYPE composition;

CREATE FUNCTION composition_in(cstring) RETURNS composition
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_in(cstring) IS 'input function of type composition';

CREATE FUNCTION composition_out(composition) RETURNS cstring
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_out(composition) IS 'output function of type composition';

CREATE FUNCTION composition_recv(internal) RETURNS composition
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_recv(internal) IS 'binary input function of type composition: as strict as the text input';

CREATE FUNCTION composition_send(composition) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_send(composition) IS 'binary output function of type composition';

CREATE TYPE composition (
	INPUT = composition_in, OUTPUT = composition_out, RECEIVE = composition_recv, SEND = composition_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended
);
COMMENT ON TYPE composition IS
	'who has how much: an exact non-negative total per key, {"Quanhe": 50, "Dandong": 0.1}, {7: 50} with bigint keys or [50, 0.1] without keys; built by composition_agg, merged by rollup and ||; total 0.1 is decimal, 0.1e0 double precision';
