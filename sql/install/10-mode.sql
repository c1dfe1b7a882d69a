-- port_mode: which of the four port-city modes a crossing is, ordered by urban integration PP < CPPC < CPC < CC.

CREATE TYPE port_mode;

CREATE FUNCTION port_mode_in(cstring) RETURNS port_mode
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_in(cstring) IS 'text input of port_mode: a code or a long name, any case, white space around it ignored; else error 22P02';
CREATE FUNCTION port_mode_out(port_mode) RETURNS cstring
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_out(port_mode) IS 'text output of port_mode: the code';
CREATE FUNCTION port_mode_recv(internal) RETURNS port_mode
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_recv(internal) IS 'binary input of port_mode: one byte, the rank 1 to 4; else error 22P03';
CREATE FUNCTION port_mode_send(port_mode) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_send(port_mode) IS 'binary output of port_mode: one byte, the rank 1 to 4';

CREATE TYPE port_mode (
	INPUT = port_mode_in, OUTPUT = port_mode_out, RECEIVE = port_mode_recv, SEND = port_mode_send,
	INTERNALLENGTH = 1, PASSEDBYVALUE, ALIGNMENT = char, STORAGE = plain
);
COMMENT ON TYPE port_mode IS 'port-city mode of a crossing, ordered PP < CPPC < CPC < CC; input also takes the long names, any case: ''City (Port)-Port-City''::portext.port_mode is CPC';

CREATE FUNCTION port_mode_eq(port_mode, port_mode) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_eq(port_mode, port_mode) IS 'function of the operator =: equal';
CREATE FUNCTION port_mode_ne(port_mode, port_mode) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_ne(port_mode, port_mode) IS 'function of the operator <>: not equal';
CREATE FUNCTION port_mode_lt(port_mode, port_mode) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_lt(port_mode, port_mode) IS 'function of the operator <: less integrated than';
CREATE FUNCTION port_mode_le(port_mode, port_mode) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_le(port_mode, port_mode) IS 'function of the operator <=: less integrated than or equal to';
CREATE FUNCTION port_mode_gt(port_mode, port_mode) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_gt(port_mode, port_mode) IS 'function of the operator >: more integrated than';
CREATE FUNCTION port_mode_ge(port_mode, port_mode) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_ge(port_mode, port_mode) IS 'function of the operator >=: more integrated than or equal to';
CREATE FUNCTION port_mode_cmp(port_mode, port_mode) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_cmp(port_mode, port_mode) IS '-1, 0 or 1: the btree order of port_mode';
CREATE FUNCTION port_mode_hash(port_mode) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_hash(port_mode) IS '32-bit hash of port_mode';
CREATE FUNCTION port_mode_hash_extended(port_mode, bigint) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_hash_extended(port_mode, bigint) IS '64-bit hash of port_mode with a seed';

CREATE OPERATOR = (
	LEFTARG = port_mode, RIGHTARG = port_mode, FUNCTION = port_mode_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (port_mode, port_mode) IS 'equal';
CREATE OPERATOR <> (
	LEFTARG = port_mode, RIGHTARG = port_mode, FUNCTION = port_mode_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (port_mode, port_mode) IS 'not equal';
CREATE OPERATOR < (
	LEFTARG = port_mode, RIGHTARG = port_mode, FUNCTION = port_mode_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (port_mode, port_mode) IS 'less integrated than';
CREATE OPERATOR <= (
	LEFTARG = port_mode, RIGHTARG = port_mode, FUNCTION = port_mode_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (port_mode, port_mode) IS 'less integrated than or equal to';
CREATE OPERATOR > (
	LEFTARG = port_mode, RIGHTARG = port_mode, FUNCTION = port_mode_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (port_mode, port_mode) IS 'more integrated than';
CREATE OPERATOR >= (
	LEFTARG = port_mode, RIGHTARG = port_mode, FUNCTION = port_mode_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (port_mode, port_mode) IS 'more integrated than or equal to';

CREATE OPERATOR FAMILY port_mode_btree_ops USING btree;
COMMENT ON OPERATOR FAMILY port_mode_btree_ops USING btree IS 'order of port_mode by urban integration';
CREATE OPERATOR CLASS port_mode_btree_ops DEFAULT FOR TYPE port_mode USING btree FAMILY port_mode_btree_ops AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 port_mode_cmp(port_mode, port_mode),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS port_mode_btree_ops USING btree IS 'order of port_mode by urban integration: PP < CPPC < CPC < CC';
CREATE OPERATOR FAMILY port_mode_hash_ops USING hash;
COMMENT ON OPERATOR FAMILY port_mode_hash_ops USING hash IS 'equality of port_mode';
CREATE OPERATOR CLASS port_mode_hash_ops DEFAULT FOR TYPE port_mode USING hash FAMILY port_mode_hash_ops AS
	OPERATOR 1 =,
	FUNCTION 1 port_mode_hash(port_mode),
	FUNCTION 2 port_mode_hash_extended(port_mode, bigint);
COMMENT ON OPERATOR CLASS port_mode_hash_ops USING hash IS 'equality of port_mode, for hash indexes, joins and partitions';

-- Assignment, never implicit: an implicit cast to text would compare and sort by the alphabet. Clients that bind a
-- string send varchar, which does not go through the cast from text.
CREATE CAST (port_mode AS text) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (port_mode AS text) IS 'the code, for example CPC';
CREATE CAST (text AS port_mode) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS port_mode) IS 'a code or a long name, as the text input takes it';
CREATE CAST (varchar AS port_mode) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (varchar AS port_mode) IS 'a code or a long name, as a client binds it with setString';

CREATE FUNCTION port_mode_smaller(port_mode, port_mode) RETURNS port_mode
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_smaller(port_mode, port_mode) IS 'the less integrated of two modes';
CREATE FUNCTION port_mode_larger(port_mode, port_mode) RETURNS port_mode
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION port_mode_larger(port_mode, port_mode) IS 'the more integrated of two modes';

CREATE AGGREGATE min(port_mode) (
	SFUNC = port_mode_smaller, STYPE = port_mode, COMBINEFUNC = port_mode_smaller, SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(port_mode) IS 'the least integrated mode; NULLs are skipped, NULL without a row: portext.min(mode)';
CREATE AGGREGATE max(port_mode) (
	SFUNC = port_mode_larger, STYPE = port_mode, COMBINEFUNC = port_mode_larger, SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(port_mode) IS 'the most integrated mode; NULLs are skipped, NULL without a row: portext.max(mode)';

CREATE FUNCTION mode_rank(mode port_mode) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION mode_rank(port_mode) IS 'rank of a mode by urban integration: 1 PP, 2 CPPC, 3 CPC, 4 CC';
CREATE FUNCTION mode_rank(mode text) RETURNS integer
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN mode_rank(CAST(mode AS port_mode));
COMMENT ON FUNCTION mode_rank(text) IS 'rank of a mode by urban integration, from its label: portext.mode_rank(''CPC'') is 3';
CREATE FUNCTION mode_name(mode port_mode) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION mode_name(port_mode) IS 'long name of a mode, for example City (Port)-Port-City';
CREATE FUNCTION mode_name(mode text) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN mode_name(CAST(mode AS port_mode));
COMMENT ON FUNCTION mode_name(text) IS 'long name of a mode, from its label: portext.mode_name(''cc'') is City (Port)-City (Port)';
