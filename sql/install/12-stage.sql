-- stage_scheme: ordered, non-overlapping, labelled periods at day resolution.

CREATE TYPE stage_scheme;

CREATE FUNCTION stage_scheme_in(cstring) RETURNS stage_scheme
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_in(cstring) IS 'text input of stage_scheme; a bad literal is error 22P02 and its detail names the faulty period';
CREATE FUNCTION stage_scheme_out(stage_scheme) RETURNS cstring
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_out(stage_scheme) IS 'text output of stage_scheme, which reads back as the same value';
CREATE FUNCTION stage_scheme_recv(internal) RETURNS stage_scheme
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_recv(internal) IS 'binary input of stage_scheme: format byte 1, count, then first day, day after, label with its length; else error 22P03, and 0A000 for a later format';
CREATE FUNCTION stage_scheme_send(stage_scheme) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_send(stage_scheme) IS 'binary output of stage_scheme, as stage_scheme_recv reads it';

CREATE TYPE stage_scheme (
	INPUT = stage_scheme_in, OUTPUT = stage_scheme_out, RECEIVE = stage_scheme_recv, SEND = stage_scheme_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE stage_scheme IS 'periods in order, each with its first day, the first day after it and a label: [,1950) "before 1950"; [1950,1980) "slow opening"; [1980-07-01,) "reform". A year stands for its first day, BC may follow, an empty bound is open, gaps are allowed, a double quote in a label is written twice';

CREATE FUNCTION stage_scheme_eq(stage_scheme, stage_scheme) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_eq(stage_scheme, stage_scheme) IS 'function of the operator =: equal, byte by byte';
CREATE FUNCTION stage_scheme_ne(stage_scheme, stage_scheme) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_ne(stage_scheme, stage_scheme) IS 'function of the operator <>: not equal';
CREATE FUNCTION stage_scheme_lt(stage_scheme, stage_scheme) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_lt(stage_scheme, stage_scheme) IS 'function of the operator <: less than, in the order of bytes, which has no meaning';
CREATE FUNCTION stage_scheme_le(stage_scheme, stage_scheme) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_le(stage_scheme, stage_scheme) IS 'function of the operator <=: less than or equal to, in the order of bytes';
CREATE FUNCTION stage_scheme_gt(stage_scheme, stage_scheme) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_gt(stage_scheme, stage_scheme) IS 'function of the operator >: greater than, in the order of bytes';
CREATE FUNCTION stage_scheme_ge(stage_scheme, stage_scheme) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_ge(stage_scheme, stage_scheme) IS 'function of the operator >=: greater than or equal to, in the order of bytes';
CREATE FUNCTION stage_scheme_cmp(stage_scheme, stage_scheme) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_cmp(stage_scheme, stage_scheme) IS '-1, 0 or 1: the btree order of stage_scheme';
CREATE FUNCTION stage_scheme_hash(stage_scheme) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_hash(stage_scheme) IS '32-bit hash of stage_scheme';
CREATE FUNCTION stage_scheme_hash_extended(stage_scheme, bigint) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_scheme_hash_extended(stage_scheme, bigint) IS '64-bit hash of stage_scheme with a seed';

CREATE OPERATOR = (
	LEFTARG = stage_scheme, RIGHTARG = stage_scheme, FUNCTION = stage_scheme_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (stage_scheme, stage_scheme) IS 'equal, byte by byte';
CREATE OPERATOR <> (
	LEFTARG = stage_scheme, RIGHTARG = stage_scheme, FUNCTION = stage_scheme_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (stage_scheme, stage_scheme) IS 'not equal';
CREATE OPERATOR < (
	LEFTARG = stage_scheme, RIGHTARG = stage_scheme, FUNCTION = stage_scheme_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (stage_scheme, stage_scheme) IS 'less than, in the order of bytes, which has no meaning';
CREATE OPERATOR <= (
	LEFTARG = stage_scheme, RIGHTARG = stage_scheme, FUNCTION = stage_scheme_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (stage_scheme, stage_scheme) IS 'less than or equal to, in the order of bytes';
CREATE OPERATOR > (
	LEFTARG = stage_scheme, RIGHTARG = stage_scheme, FUNCTION = stage_scheme_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (stage_scheme, stage_scheme) IS 'greater than, in the order of bytes';
CREATE OPERATOR >= (
	LEFTARG = stage_scheme, RIGHTARG = stage_scheme, FUNCTION = stage_scheme_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (stage_scheme, stage_scheme) IS 'greater than or equal to, in the order of bytes';

CREATE OPERATOR FAMILY stage_scheme_btree_ops USING btree;
COMMENT ON OPERATOR FAMILY stage_scheme_btree_ops USING btree IS 'order of the bytes of stage_scheme, for GROUP BY, DISTINCT and unique keys';
CREATE OPERATOR CLASS stage_scheme_btree_ops DEFAULT FOR TYPE stage_scheme USING btree FAMILY stage_scheme_btree_ops AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 stage_scheme_cmp(stage_scheme, stage_scheme),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS stage_scheme_btree_ops USING btree IS 'order of the bytes of stage_scheme; it has no meaning';
CREATE OPERATOR FAMILY stage_scheme_hash_ops USING hash;
COMMENT ON OPERATOR FAMILY stage_scheme_hash_ops USING hash IS 'equality of stage_scheme';
CREATE OPERATOR CLASS stage_scheme_hash_ops DEFAULT FOR TYPE stage_scheme USING hash FAMILY stage_scheme_hash_ops AS
	OPERATOR 1 =,
	FUNCTION 1 stage_scheme_hash(stage_scheme),
	FUNCTION 2 stage_scheme_hash_extended(stage_scheme, bigint);
COMMENT ON OPERATOR CLASS stage_scheme_hash_ops USING hash IS 'equality of stage_scheme, for hash indexes, joins and partitions';

-- Assignment, never implicit; varchar too, because that is what a client binds.
CREATE CAST (stage_scheme AS text) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (stage_scheme AS text) IS 'the text form, which reads back as the same value';
CREATE CAST (text AS stage_scheme) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS stage_scheme) IS 'periods in order, as the text input takes them';
CREATE CAST (varchar AS stage_scheme) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (varchar AS stage_scheme) IS 'periods in order, as a client binds them with setString';
