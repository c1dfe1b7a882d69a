-- Operators, casts and comparison of compositions.

CREATE FUNCTION composition_merge(a composition, b composition) RETURNS composition
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_merge(composition, composition) IS
	'totals of both, those of the same key added exactly; an empty composition merges with any; keys of different types, or decimal fractions with double precision ones, are an error 22023. composition_merge(''{"a": 1}'', ''{"a": 2, "b": 3}'') is {"a": 3, "b": 3}';

CREATE FUNCTION composition_subtract(a composition, b composition) RETURNS composition
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_subtract(composition, composition) IS
	'takes b out of a again, exactly: a key of b that a lacks, or a total below zero, is an error 22023; a key that reaches zero stays, at zero. composition_subtract(''{"a": 3, "b": 3}'', ''{"a": 3}'') is {"a": 0, "b": 3}';

CREATE FUNCTION composition_value(c composition, key text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_value_text';
COMMENT ON FUNCTION composition_value(composition, text) IS
	'total of a text key, correctly rounded; NULL if the key is absent; a composition with other keys is an error 22023. composition_value(''{"a": 3}'', ''a'') is 3';

CREATE FUNCTION composition_value(c composition, key bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_value_int8';
COMMENT ON FUNCTION composition_value(composition, bigint) IS
	'total of a bigint key, correctly rounded; NULL if the key is absent; a composition with other keys is an error 22023. composition_value(''{7: 3}'', 7) is 3';

CREATE FUNCTION composition_value_exact(c composition, key text) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_value_exact_text';
COMMENT ON FUNCTION composition_value_exact(composition, text) IS
	'total of a text key without any rounding; NULL if the key is absent; a composition with other keys is an error 22023. composition_value_exact(''{"a": 9007199254740993}'', ''a'') is 9007199254740993';

CREATE FUNCTION composition_value_exact(c composition, key bigint) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'composition_value_exact_int8';
COMMENT ON FUNCTION composition_value_exact(composition, bigint) IS
	'total of a bigint key without any rounding; NULL if the key is absent; a composition with other keys is an error 22023. composition_value_exact(''{7: 9007199254740993}'', 7) is 9007199254740993';

CREATE OPERATOR || (LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_merge, COMMUTATOR = ||);
COMMENT ON OPERATOR || (composition, composition) IS 'totals of both, those of the same key added (composition_merge)';

CREATE OPERATOR - (LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_subtract);
COMMENT ON OPERATOR - (composition, composition) IS 'the left without what the right added to it (composition_subtract)';

CREATE OPERATOR -> (LEFTARG = composition, RIGHTARG = text, FUNCTION = composition_value);
COMMENT ON OPERATOR -> (composition, text) IS 'total of a key as double precision (composition_value)';

CREATE OPERATOR -> (LEFTARG = composition, RIGHTARG = bigint, FUNCTION = composition_value);
COMMENT ON OPERATOR -> (composition, bigint) IS 'total of a key as double precision (composition_value)';

-- Comparison is bytewise: equal means equal keys and exactly equal totals; the order has no meaning.

CREATE FUNCTION composition_lt(composition, composition) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_lt(composition, composition) IS 'function of operator <: before, in the order of their bytes';

CREATE FUNCTION composition_le(composition, composition) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_le(composition, composition) IS 'function of operator <=: before or equal, in the order of their bytes';

CREATE FUNCTION composition_eq(composition, composition) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_eq(composition, composition) IS 'function of operator =: same keys with exactly the same totals';

CREATE FUNCTION composition_ne(composition, composition) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_ne(composition, composition) IS 'function of operator <>: other keys or other totals';

CREATE FUNCTION composition_ge(composition, composition) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_ge(composition, composition) IS 'function of operator >=: after or equal, in the order of their bytes';

CREATE FUNCTION composition_gt(composition, composition) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_gt(composition, composition) IS 'function of operator >: after, in the order of their bytes';

CREATE FUNCTION composition_cmp(composition, composition) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_cmp(composition, composition) IS '-1, 0 or 1 for btree indexes';

CREATE FUNCTION composition_hash(composition) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_hash(composition) IS 'hash of the stored bytes';

CREATE FUNCTION composition_hash_extended(composition, bigint) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_hash_extended(composition, bigint) IS 'hash of the stored bytes, with a seed';

CREATE OPERATOR < (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (composition, composition) IS 'before, in the order of their bytes';

CREATE OPERATOR <= (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (composition, composition) IS 'before or equal, in the order of their bytes';

CREATE OPERATOR = (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (composition, composition) IS 'same keys with exactly the same totals';

CREATE OPERATOR <> (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (composition, composition) IS 'other keys or other totals';

CREATE OPERATOR >= (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (composition, composition) IS 'after or equal, in the order of their bytes';

CREATE OPERATOR > (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (composition, composition) IS 'after, in the order of their bytes';

CREATE OPERATOR FAMILY composition_btree_ops USING btree;
COMMENT ON OPERATOR FAMILY composition_btree_ops USING btree IS 'bytewise order of compositions';
CREATE OPERATOR CLASS composition_btree_ops DEFAULT FOR TYPE composition USING btree FAMILY composition_btree_ops AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 composition_cmp(composition, composition);
COMMENT ON OPERATOR CLASS composition_btree_ops USING btree IS 'bytewise order of compositions; it has no meaning';

CREATE OPERATOR FAMILY composition_hash_ops USING hash;
COMMENT ON OPERATOR FAMILY composition_hash_ops USING hash IS 'equality of compositions';
CREATE OPERATOR CLASS composition_hash_ops DEFAULT FOR TYPE composition USING hash FAMILY composition_hash_ops AS
	OPERATOR 1 =,
	FUNCTION 1 composition_hash(composition),
	FUNCTION 2 composition_hash_extended(composition, bigint);
COMMENT ON OPERATOR CLASS composition_hash_ops USING hash IS 'equality of compositions';

-- Text by the type's own input and output; JSON for people, and from jsonb.

CREATE CAST (composition AS text) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (composition AS text) IS 'the text form, which keeps every total exactly';

CREATE CAST (text AS composition) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS composition) IS 'reads the text form';

CREATE CAST (varchar AS composition) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (varchar AS composition) IS 'reads the text form, as a client binds it with setString';

CREATE FUNCTION composition_to_json(composition) RETURNS json
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_to_json(composition) IS
	'as JSON: an object of totals, or an array without keys; bigint keys become strings, a double precision total is rounded to one number. composition_to_json(''{7: 50}'') is {"7": 50}';

CREATE FUNCTION composition_to_jsonb(composition) RETURNS jsonb
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_to_jsonb(composition) IS 'as jsonb: like composition_to_json, with the keys in the order of jsonb';

CREATE FUNCTION composition_from_jsonb(jsonb) RETURNS composition
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION composition_from_jsonb(jsonb) IS
	'text keys and decimal totals from an object of numbers, or no keys from an array; a negative number is an error 22003, anything but a number 22023. composition_from_jsonb(''{"a": 0.1}'') is {"a": 0.1}';

CREATE CAST (composition AS json) WITH FUNCTION composition_to_json(composition);
COMMENT ON CAST (composition AS json) IS 'an object of totals, or an array without keys';

CREATE CAST (composition AS jsonb) WITH FUNCTION composition_to_jsonb(composition);
COMMENT ON CAST (composition AS jsonb) IS 'an object of totals, or an array without keys';

CREATE CAST (jsonb AS composition) WITH FUNCTION composition_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS composition) IS 'text keys and decimal totals from an object of numbers';
