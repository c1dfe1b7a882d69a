-- One-step aggregates: each row is an entity. They share one state, a composition without keys, so several of one
-- column cost one pass. Sum per key first where an entity has several rows: hhi(composition_agg(key, value)). The
-- final function of each is the accessor of the same name.

CREATE AGGREGATE hhi(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = hhi, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE hhi(integer) IS 'Herfindahl-Hirschman index of the values: sum of squared shares, 1/p to 1. Each row is an entity: where one has several rows use hhi(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.hhi(x) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.365';

CREATE AGGREGATE hhi(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = hhi, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE hhi(bigint) IS 'Herfindahl-Hirschman index of the values: sum of squared shares, 1/p to 1. Each row is an entity: where one has several rows use hhi(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.hhi(x::bigint) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.365';

CREATE AGGREGATE hhi(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = hhi, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE hhi(numeric) IS 'Herfindahl-Hirschman index of the values: sum of squared shares, 1/p to 1. Each row is an entity: where one has several rows use hhi(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.hhi(x::numeric) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.365';

CREATE AGGREGATE hhi(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = hhi, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE hhi(double precision) IS 'Herfindahl-Hirschman index of the values: sum of squared shares, 1/p to 1. Each row is an entity: where one has several rows use hhi(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.hhi(x::double precision) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.365';

CREATE AGGREGATE effective_number(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = effective_number, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE effective_number(integer) IS 'effective number of entities of the values, 1 / HHI, 1 to p. Each row is an entity: where one has several rows use effective_number(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.effective_number(x) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 2.73972602739726';

CREATE AGGREGATE effective_number(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = effective_number, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE effective_number(bigint) IS 'effective number of entities of the values, 1 / HHI, 1 to p. Each row is an entity: where one has several rows use effective_number(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.effective_number(x::bigint) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 2.73972602739726';

CREATE AGGREGATE effective_number(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = effective_number, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE effective_number(numeric) IS 'effective number of entities of the values, 1 / HHI, 1 to p. Each row is an entity: where one has several rows use effective_number(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.effective_number(x::numeric) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 2.73972602739726';

CREATE AGGREGATE effective_number(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = effective_number, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE effective_number(double precision) IS 'effective number of entities of the values, 1 / HHI, 1 to p. Each row is an entity: where one has several rows use effective_number(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.effective_number(x::double precision) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 2.73972602739726';

CREATE AGGREGATE gini(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = gini, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(integer) IS 'Gini coefficient of the values, population form, 0 to (n-1)/n. Each row is an entity: where one has several rows use gini(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.gini(x) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.375';

CREATE AGGREGATE gini(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = gini, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(bigint) IS 'Gini coefficient of the values, population form, 0 to (n-1)/n. Each row is an entity: where one has several rows use gini(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.gini(x::bigint) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.375';

CREATE AGGREGATE gini(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = gini, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(numeric) IS 'Gini coefficient of the values, population form, 0 to (n-1)/n. Each row is an entity: where one has several rows use gini(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.gini(x::numeric) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.375';

CREATE AGGREGATE gini(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = gini, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(double precision) IS 'Gini coefficient of the values, population form, 0 to (n-1)/n. Each row is an entity: where one has several rows use gini(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.gini(x::double precision) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.375';

CREATE AGGREGATE theil_t(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = theil_t, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_t(integer) IS 'Theil T of the values: sum of s ln(x / mean), 0 to ln n. Each row is an entity: where one has several rows use theil_t(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.theil_t(x) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.2441743181315554';

CREATE AGGREGATE theil_t(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = theil_t, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_t(bigint) IS 'Theil T of the values: sum of s ln(x / mean), 0 to ln n. Each row is an entity: where one has several rows use theil_t(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.theil_t(x::bigint) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.2441743181315554';

CREATE AGGREGATE theil_t(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = theil_t, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_t(numeric) IS 'Theil T of the values: sum of s ln(x / mean), 0 to ln n. Each row is an entity: where one has several rows use theil_t(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.theil_t(x::numeric) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.2441743181315554';

CREATE AGGREGATE theil_t(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = theil_t, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_t(double precision) IS 'Theil T of the values: sum of s ln(x / mean), 0 to ln n. Each row is an entity: where one has several rows use theil_t(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.theil_t(x::double precision) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.2441743181315554';

CREATE AGGREGATE theil_l(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = theil_l, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_l(integer) IS 'Theil L of the values: mean of ln(mean / x), 0 and above, Infinity if one is zero. Each row is an entity: where one has several rows use theil_l(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.theil_l(x) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.3111986997115478';

CREATE AGGREGATE theil_l(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = theil_l, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_l(bigint) IS 'Theil L of the values: mean of ln(mean / x), 0 and above, Infinity if one is zero. Each row is an entity: where one has several rows use theil_l(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.theil_l(x::bigint) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.3111986997115478';

CREATE AGGREGATE theil_l(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = theil_l, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_l(numeric) IS 'Theil L of the values: mean of ln(mean / x), 0 and above, Infinity if one is zero. Each row is an entity: where one has several rows use theil_l(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.theil_l(x::numeric) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.3111986997115478';

CREATE AGGREGATE theil_l(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = theil_l, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_l(double precision) IS 'Theil L of the values: mean of ln(mean / x), 0 and above, Infinity if one is zero. Each row is an entity: where one has several rows use theil_l(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.theil_l(x::double precision) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.3111986997115478';

CREATE AGGREGATE shannon_entropy(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = shannon_entropy, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE shannon_entropy(integer) IS 'Shannon entropy of the values in nats, 0 to ln p. Each row is an entity: where one has several rows use shannon_entropy(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.shannon_entropy(x) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 1.142120042988335';

CREATE AGGREGATE shannon_entropy(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = shannon_entropy, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE shannon_entropy(bigint) IS 'Shannon entropy of the values in nats, 0 to ln p. Each row is an entity: where one has several rows use shannon_entropy(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.shannon_entropy(x::bigint) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 1.142120042988335';

CREATE AGGREGATE shannon_entropy(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = shannon_entropy, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE shannon_entropy(numeric) IS 'Shannon entropy of the values in nats, 0 to ln p. Each row is an entity: where one has several rows use shannon_entropy(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.shannon_entropy(x::numeric) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 1.142120042988335';

CREATE AGGREGATE shannon_entropy(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = shannon_entropy, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE shannon_entropy(double precision) IS 'Shannon entropy of the values in nats, 0 to ln p. Each row is an entity: where one has several rows use shannon_entropy(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.shannon_entropy(x::double precision) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 1.142120042988335';

CREATE AGGREGATE coefficient_of_variation(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = coefficient_of_variation, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE coefficient_of_variation(integer) IS 'standard deviation (population form) over mean of the values, 0 to sqrt(n-1). Each row is an entity: where one has several rows use coefficient_of_variation(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.coefficient_of_variation(x) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.6782329983125268';

CREATE AGGREGATE coefficient_of_variation(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = coefficient_of_variation, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE coefficient_of_variation(bigint) IS 'standard deviation (population form) over mean of the values, 0 to sqrt(n-1). Each row is an entity: where one has several rows use coefficient_of_variation(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.coefficient_of_variation(x::bigint) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.6782329983125268';

CREATE AGGREGATE coefficient_of_variation(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = coefficient_of_variation, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE coefficient_of_variation(numeric) IS 'standard deviation (population form) over mean of the values, 0 to sqrt(n-1). Each row is an entity: where one has several rows use coefficient_of_variation(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.coefficient_of_variation(x::numeric) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.6782329983125268';

CREATE AGGREGATE coefficient_of_variation(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = coefficient_of_variation, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE coefficient_of_variation(double precision) IS 'standard deviation (population form) over mean of the values, 0 to sqrt(n-1). Each row is an entity: where one has several rows use coefficient_of_variation(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.coefficient_of_variation(x::double precision) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.6782329983125268';

CREATE AGGREGATE rosenbluth(value integer) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = rosenbluth, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rosenbluth(integer) IS 'Rosenbluth or Hall-Tideman index of the values, 1/p to 1. Each row is an entity: where one has several rows use rosenbluth(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.rosenbluth(x) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.4';

CREATE AGGREGATE rosenbluth(value bigint) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = rosenbluth, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rosenbluth(bigint) IS 'Rosenbluth or Hall-Tideman index of the values, 1/p to 1. Each row is an entity: where one has several rows use rosenbluth(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.rosenbluth(x::bigint) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.4';

CREATE AGGREGATE rosenbluth(value numeric) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = rosenbluth, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rosenbluth(numeric) IS 'Rosenbluth or Hall-Tideman index of the values, 1/p to 1. Each row is an entity: where one has several rows use rosenbluth(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.rosenbluth(x::numeric) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.4';

CREATE AGGREGATE rosenbluth(value double precision) (
	SFUNC = composition_accum, STYPE = composition, SSPACE = 2048,
	FINALFUNC = rosenbluth, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rosenbluth(double precision) IS 'Rosenbluth or Hall-Tideman index of the values, 1/p to 1. Each row is an entity: where one has several rows use rosenbluth(composition_agg(key, value)). NULL rows are skipped; NULL without rows or where all are zero; 22003 for negative, NaN and infinite values. Example: (SELECT portext.rosenbluth(x::double precision) FROM (VALUES (50), (30), (15), (5)) AS v(x)) is 0.4';

-- Grubel-Lloyd: its state is a composition of two entries, the smaller flows (0) and the larger flows (1).

CREATE FUNCTION grubel_lloyd_accum(state composition, x integer, m integer) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE	-- not STRICT: a row with a NULL leaves the state as it is
	AS 'MODULE_PATHNAME', 'grubel_lloyd_accum_int4';
COMMENT ON FUNCTION grubel_lloyd_accum(composition, integer, integer) IS 'state with one pair of flows added: the transition function of grubel_lloyd_agg; in plain SQL it returns a new composition';

CREATE FUNCTION grubel_lloyd_accum(state composition, x bigint, m bigint) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE	-- not STRICT: a row with a NULL leaves the state as it is
	AS 'MODULE_PATHNAME', 'grubel_lloyd_accum_int8';
COMMENT ON FUNCTION grubel_lloyd_accum(composition, bigint, bigint) IS 'state with one pair of flows added: the transition function of grubel_lloyd_agg; in plain SQL it returns a new composition';

CREATE FUNCTION grubel_lloyd_accum(state composition, x numeric, m numeric) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE	-- not STRICT: a row with a NULL leaves the state as it is
	AS 'MODULE_PATHNAME', 'grubel_lloyd_accum_numeric';
COMMENT ON FUNCTION grubel_lloyd_accum(composition, numeric, numeric) IS 'state with one pair of flows added: the transition function of grubel_lloyd_agg; in plain SQL it returns a new composition';

CREATE FUNCTION grubel_lloyd_accum(state composition, x double precision, m double precision) RETURNS composition
	LANGUAGE C IMMUTABLE PARALLEL SAFE	-- not STRICT: a row with a NULL leaves the state as it is
	AS 'MODULE_PATHNAME', 'grubel_lloyd_accum_float8';
COMMENT ON FUNCTION grubel_lloyd_accum(composition, double precision, double precision) IS 'state with one pair of flows added: the transition function of grubel_lloyd_agg; in plain SQL it returns a new composition';

CREATE FUNCTION grubel_lloyd_final(state composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION grubel_lloyd_final(composition) IS 'twice the sum of the smaller flows over the sum of all: the final function of grubel_lloyd_agg; NULL without trade';

CREATE AGGREGATE grubel_lloyd_agg(x integer, m integer) (
	SFUNC = grubel_lloyd_accum, STYPE = composition, SSPACE = 256,
	FINALFUNC = grubel_lloyd_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE grubel_lloyd_agg(integer, integer) IS 'Grubel-Lloyd index of intra-industry trade over products, one row each with exports x and imports m: 1 - sum |x - m| / sum (x + m), 0 to 1, exactly summed; not the mean of the products. A row with a NULL is skipped, one without trade has no weight; NULL without trade; 22003 for negative, NaN and infinite values. Grubel and Lloyd 1975. Example: (SELECT portext.grubel_lloyd_agg(x, m) FROM (VALUES (100, 60), (0, 40), (50, 50)) AS v(x, m)) is 0.7333333333333333';

CREATE AGGREGATE grubel_lloyd_agg(x bigint, m bigint) (
	SFUNC = grubel_lloyd_accum, STYPE = composition, SSPACE = 256,
	FINALFUNC = grubel_lloyd_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE grubel_lloyd_agg(bigint, bigint) IS 'Grubel-Lloyd index of intra-industry trade over products, one row each with exports x and imports m: 1 - sum |x - m| / sum (x + m), 0 to 1, exactly summed; not the mean of the products. A row with a NULL is skipped, one without trade has no weight; NULL without trade; 22003 for negative, NaN and infinite values. Grubel and Lloyd 1975. Example: (SELECT portext.grubel_lloyd_agg(x::bigint, m::bigint) FROM (VALUES (100, 60), (0, 40), (50, 50)) AS v(x, m)) is 0.7333333333333333';

CREATE AGGREGATE grubel_lloyd_agg(x numeric, m numeric) (
	SFUNC = grubel_lloyd_accum, STYPE = composition, SSPACE = 256,
	FINALFUNC = grubel_lloyd_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE grubel_lloyd_agg(numeric, numeric) IS 'Grubel-Lloyd index of intra-industry trade over products, one row each with exports x and imports m: 1 - sum |x - m| / sum (x + m), 0 to 1, exactly summed; not the mean of the products. A row with a NULL is skipped, one without trade has no weight; NULL without trade; 22003 for negative, NaN and infinite values. Grubel and Lloyd 1975. Example: (SELECT portext.grubel_lloyd_agg(x::numeric, m::numeric) FROM (VALUES (100, 60), (0, 40), (50, 50)) AS v(x, m)) is 0.7333333333333333';

CREATE AGGREGATE grubel_lloyd_agg(x double precision, m double precision) (
	SFUNC = grubel_lloyd_accum, STYPE = composition, SSPACE = 256,
	FINALFUNC = grubel_lloyd_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = composition_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE grubel_lloyd_agg(double precision, double precision) IS 'Grubel-Lloyd index of intra-industry trade over products, one row each with exports x and imports m: 1 - sum |x - m| / sum (x + m), 0 to 1, exactly summed; not the mean of the products. A row with a NULL is skipped, one without trade has no weight; NULL without trade; 22003 for negative, NaN and infinite values. Grubel and Lloyd 1975. Example: (SELECT portext.grubel_lloyd_agg(x::double precision, m::double precision) FROM (VALUES (100, 60), (0, 40), (50, 50)) AS v(x, m)) is 0.7333333333333333';
