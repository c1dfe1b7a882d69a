-- Accessors: every indicator of one composition, of two, and of two at one key. x is the total of an entity, X the
-- grand total, s = x / X a share, n the number of entities (zeros count), p of those above zero. A total of zero
-- leaves an indicator of shares NULL; so does a formula without a value, such as a normalised form with n = 1.

-- What is in it.

CREATE FUNCTION total(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_total';
COMMENT ON FUNCTION total(composition) IS 'grand total X, exactly summed and rounded once to a double; 0 for an empty composition. 22003 beyond the range of a double. Example: portext.total(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 100';

CREATE FUNCTION total_exact(c composition) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_total_exact';
COMMENT ON FUNCTION total_exact(composition) IS 'grand total X without any rounding; 0 for an empty composition. Example: portext.total_exact(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 100';

CREATE FUNCTION entity_count(c composition) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_entity_count';
COMMENT ON FUNCTION entity_count(composition) IS 'number n of entities, those with a total of zero included; 0 for an empty composition. Example: portext.entity_count(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 4';

CREATE FUNCTION partner_count(c composition) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_partner_count';
COMMENT ON FUNCTION partner_count(composition) IS 'number p of entities with a total above zero; 0 for an empty composition. Example: portext.partner_count(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 4';

CREATE FUNCTION share(c composition, key text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_share_text';
COMMENT ON FUNCTION share(composition, text) IS 'share of one entity, x / X, 0 to 1; 0 for an absent key, NULL where X is 0, 22023 if the keys are not text. Example: portext.share(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, ''A'') is 0.5';

CREATE FUNCTION share(c composition, key bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_share_int';
COMMENT ON FUNCTION share(composition, bigint) IS 'share of one entity, x / X, 0 to 1; 0 for an absent key, NULL where X is 0, 22023 if the keys are not bigint. Example: portext.share(''{201901: 1, 201902: 3}''::portext.composition, 201902) is 0.75';

CREATE FUNCTION shares(c composition) RETURNS TABLE (key text, value double precision, share double precision, rank integer)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 100
	AS 'MODULE_PATHNAME', 'indicator_shares';
COMMENT ON FUNCTION shares(composition) IS 'one row for each entity, largest first, equal totals in bytewise key order: its key as text (NULL in a composition without keys), its total, its share 0 to 1 (NULL where X is 0), its rank from 1 without ties. Example: SELECT * FROM portext.shares(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition)';

CREATE FUNCTION top(c composition, k integer) RETURNS TABLE (key text, value double precision, share double precision, rank integer)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 10
	AS 'MODULE_PATHNAME', 'indicator_top';
COMMENT ON FUNCTION top(composition, integer) IS 'the k first rows of shares(c); fewer if there are fewer; 22023 if k < 1. Example: SELECT * FROM portext.top(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, 2)';

CREATE FUNCTION periods(series composition) RETURNS TABLE (period bigint, value double precision)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 100
	AS 'MODULE_PATHNAME', 'indicator_periods';
COMMENT ON FUNCTION periods(composition) IS 'the entries of a composition with bigint keys, in order of the key: a time series; 22023 for other keys. Example: SELECT * FROM portext.periods(''{201901: 80, 201902: 75}''::portext.composition)';

CREATE FUNCTION first_entity(c composition) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_first_entity';
COMMENT ON FUNCTION first_entity(composition) IS 'key of the largest entity as text, of equal ones the first bytewise (equal as double precision: totals that differ only beyond it count as equal); NULL where X is 0 or there are no keys. concentration_ratio(c, 1) is its share. Example: portext.first_entity(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is A';

-- Concentration.

CREATE FUNCTION concentration_ratio(c composition, k integer) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_concentration_ratio';
COMMENT ON FUNCTION concentration_ratio(composition, integer) IS 'concentration ratio CR_k: sum of the k largest shares, above 0 to 1; 1 if k >= p; NULL where X is 0; 22023 if k < 1. Example: portext.concentration_ratio(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, 2) is 0.8';

CREATE FUNCTION hhi(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_hhi';
COMMENT ON FUNCTION hhi(composition) IS 'Herfindahl-Hirschman index: sum of squared shares, 1/p to 1 (times 10000 for the antitrust scale); zeros do not matter; NULL where X is 0. Entities are keys: sum per key first. Hirschman 1945, Herfindahl 1950. Example: portext.hhi(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.365';

CREATE FUNCTION hhi_normalized(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_hhi_normalized';
COMMENT ON FUNCTION hhi_normalized(composition) IS '(HHI - 1/n) / (1 - 1/n), 0 to 1, with n all entities, zeros included; NULL where n is 1 or X is 0. Example: portext.hhi_normalized(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.1533333333333333';

CREATE FUNCTION hhi_normalized(c composition, n bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_hhi_normalized';
COMMENT ON FUNCTION hhi_normalized(composition, bigint) IS '(HHI - 1/n) / (1 - 1/n), 0 to 1, with the n given: partner_count(c) for positive entities only, or the number of all possible ones; NULL where n is 1 or X is 0; 22023 if n < 1 or n < p. Example: portext.hhi_normalized(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, 260) is 0.3625482625482626';

CREATE FUNCTION hirschman_normalized(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_hirschman_normalized';
COMMENT ON FUNCTION hirschman_normalized(composition) IS '(sqrt HHI - sqrt 1/n) / (1 - sqrt 1/n), 0 to 1, with n all entities: the square-root form of concentration index as UNCTAD is remembered to publish it; NULL where n is 1 or X is 0. Example: portext.hirschman_normalized(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.2083045973594572';

CREATE FUNCTION hirschman_normalized(c composition, n bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_hirschman_normalized';
COMMENT ON FUNCTION hirschman_normalized(composition, bigint) IS '(sqrt HHI - sqrt 1/n) / (1 - sqrt 1/n), 0 to 1, with the n given, such as the number of products in the classification; NULL where n is 1 or X is 0; 22023 if n < 1 or n < p. Example: portext.hirschman_normalized(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, 260) is 0.5779797114382177';

CREATE FUNCTION effective_number(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_effective_number';
COMMENT ON FUNCTION effective_number(composition) IS 'effective number of entities, 1 / HHI = hill_number(c, 2), 1 to p: so many equal ones would be as concentrated; NULL where X is 0. Adelman 1969, Laakso and Taagepera 1979. Example: portext.effective_number(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 2.73972602739726';

CREATE FUNCTION hill_number(c composition, q double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_hill_number';
COMMENT ON FUNCTION hill_number(composition, double precision) IS 'Hill number of order q, (sum s^q)^(1/(1-q)) over shares above zero, 1 to p: 0 gives p, 1 exp(entropy) (also within 1e-8 of 1), 2 1/HHI, Infinity 1/largest share; NULL where X is 0; 22023 if q < 0 or NaN. Hill 1973. Example: portext.hill_number(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, 1) is 3.133404280262059';

CREATE FUNCTION simpson_diversity(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_simpson_diversity';
COMMENT ON FUNCTION simpson_diversity(composition) IS 'Gini-Simpson diversity: 1 - HHI as sum of s (1 - s), 0 to 1 - 1/p; NULL where X is 0. Example: portext.simpson_diversity(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.635';

CREATE FUNCTION rosenbluth(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_rosenbluth';
COMMENT ON FUNCTION rosenbluth(composition) IS 'Rosenbluth or Hall-Tideman index: 1 / (2 sum of rank times share - 1) = 1 / (n (1 - Gini)), 1/p to 1; zeros do not matter; NULL where X is 0. Rosenbluth 1961, Hall and Tideman 1967. Example: portext.rosenbluth(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.4';

CREATE FUNCTION horvath_cci(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_horvath_cci';
COMMENT ON FUNCTION horvath_cci(composition) IS 'comprehensive concentration index: largest share + sum over the others of s^2 (2 - s), above 0 to 1; NULL where X is 0. Horvath 1970. Example: portext.horvath_cci(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.6995';

CREATE FUNCTION lead_share(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_lead_share';
COMMENT ON FUNCTION lead_share(composition) IS 'largest share less the second (0 if there is none), 0 to 1; NULL where X is 0. Example: portext.lead_share(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.2';

CREATE FUNCTION primacy(c composition, k integer DEFAULT 1) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_primacy';
COMMENT ON FUNCTION primacy(composition, integer) IS 'primacy: the largest over the sum of the k next, above 0; k = 1 is the two-port ratio, k = 3 the four-port index; NULL with fewer than k + 1 entities or where those sum to 0; 22023 if k < 1. Jefferson 1939. Example: portext.primacy(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, 3) is 1';

-- Inequality and diversity.

CREATE FUNCTION shannon_entropy(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_shannon_entropy';
COMMENT ON FUNCTION shannon_entropy(composition) IS 'Shannon entropy in nats: - sum of s ln s with 0 ln 0 = 0, 0 to ln p; NULL where X is 0. Shannon 1948. Example: portext.shannon_entropy(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 1.142120042988335';

CREATE FUNCTION shannon_entropy(c composition, base double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_shannon_entropy_base';
COMMENT ON FUNCTION shannon_entropy(composition, double precision) IS 'Shannon entropy with logarithms to the base given (2 for bits), 0 to log p; NULL where X is 0; 22023 if the base is not above 0, is 1, or is infinite. Example: portext.shannon_entropy(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, 2) is 1.647730922119161';

CREATE FUNCTION entropy_normalized(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_entropy_normalized';
COMMENT ON FUNCTION entropy_normalized(composition) IS 'relative entropy H / ln n, 0 to 1, with n all entities, zeros included; NULL where n is 1 or X is 0. Theil 1967. Example: portext.entropy_normalized(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.8238654610595805';

CREATE FUNCTION entropy_normalized(c composition, n bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_entropy_normalized';
COMMENT ON FUNCTION entropy_normalized(composition, bigint) IS 'relative entropy H / ln n, 0 to 1, with the n given; NULL where n is 1 or X is 0; 22023 if n < 1 or n < p. Theil 1967. Example: portext.entropy_normalized(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, 5) is 0.7096390821693784';

CREATE FUNCTION evenness(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_evenness';
COMMENT ON FUNCTION evenness(composition) IS 'evenness H / ln p over the entities above zero, 0 to 1; NULL where p is 1 or X is 0. Pielou 1966. Example: portext.evenness(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.8238654610595805';

CREATE FUNCTION gini(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_gini';
COMMENT ON FUNCTION gini(composition) IS 'Gini coefficient, population form: mean absolute difference over twice the mean, 0 to (n-1)/n; zeros count; NULL where X is 0. Gini 1912. Example: portext.gini(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.375';

CREATE FUNCTION gini(c composition, unbiased boolean) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_gini_unbiased';
COMMENT ON FUNCTION gini(composition, boolean) IS 'Gini coefficient; with unbiased => true times n/(n-1), 0 to 1 and NULL where n is 1, the normalised Gini of concentration practice; false is gini(c). Example: portext.gini(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, unbiased => true) is 0.5';

CREATE FUNCTION theil_t(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_theil_t';
COMMENT ON FUNCTION theil_t(composition) IS 'Theil T: sum of s ln(x / mean) = ln n - H, 0 to ln n; zeros count in n; NULL where X is 0; theil_decomposition splits it by groups. Theil 1967. Example: portext.theil_t(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.2441743181315554';

CREATE FUNCTION theil_l(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_theil_l';
COMMENT ON FUNCTION theil_l(composition) IS 'Theil L, mean log deviation: mean of ln(mean / x), 0 and above; Infinity if any entity is zero; NULL where X is 0. Theil 1967. Example: portext.theil_l(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.3111986997115478';

CREATE FUNCTION coefficient_of_variation(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_coefficient_of_variation';
COMMENT ON FUNCTION coefficient_of_variation(composition) IS 'standard deviation (population form) over mean, 0 to sqrt(n-1); zeros count; NULL where X is 0. Example: portext.coefficient_of_variation(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.6782329983125268';

CREATE FUNCTION coefficient_of_variation(c composition, sample boolean) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_coefficient_of_variation_sample';
COMMENT ON FUNCTION coefficient_of_variation(composition, boolean) IS 'coefficient of variation; with sample => true from the sample standard deviation (n-1), 0 to sqrt(n) and NULL where n is 1; false is coefficient_of_variation(c). Example: portext.coefficient_of_variation(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, sample => true) is 0.783156008298049';

CREATE FUNCTION hoover(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_hoover';
COMMENT ON FUNCTION hoover(composition) IS 'Hoover, Robin Hood or Schutz index: half the sum of |s - 1/n|, the part of the whole to move for equality, 0 to 1 - 1/n; zeros count; NULL where X is 0. Hoover 1936. Example: portext.hoover(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.3';

-- Size and rank.

CREATE FUNCTION rank_size_slope(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_rank_size_slope';
COMMENT ON FUNCTION rank_size_slope(composition) IS 'slope of the least-squares line of ln x on ln rank over entities above zero (ordinal ranks from the largest), 0 or below; Zipf''s law is -1; NULL where p < 2. Zipf 1949. Example: portext.rank_size_slope(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is -1.546726182932612';

CREATE FUNCTION rank_size_intercept(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_rank_size_intercept';
COMMENT ON FUNCTION rank_size_intercept(composition) IS 'intercept of that line, the natural logarithm of the size fitted for rank 1, in the unit of the totals; NULL where p < 2. Example: portext.rank_size_intercept(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 4.136571892698765';

CREATE FUNCTION rank_size_r2(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_rank_size_r2';
COMMENT ON FUNCTION rank_size_r2(composition) IS 'coefficient of determination of the rank-size line, 0 to 1; NULL where p < 2 or all totals above zero are equal. Example: portext.rank_size_r2(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.8711248111348232';

CREATE FUNCTION pareto_exponent(c composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_pareto_exponent';
COMMENT ON FUNCTION pareto_exponent(composition) IS 'Pareto exponent: minus the least-squares slope of ln(rank - 1/2) on ln x over entities above zero; NULL where p < 2 or all are equal. Gabaix and Ibragimov 2011. Example: portext.pareto_exponent(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition) is 0.7742464339362177';

-- Two compositions, matched by key; a key that one side lacks is a zero there. A total of zero on either side gives
-- NULL, unlike kinds of keys or none are an error 22023.

CREATE FUNCTION matched(a composition, b composition) RETURNS TABLE (key text, a_value double precision, b_value double precision, a_share double precision, b_share double precision)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 100
	AS 'MODULE_PATHNAME', 'indicator_matched';
COMMENT ON FUNCTION matched(composition, composition) IS 'one row for each key of either side, in bytewise key order: its total and its share in a and in b, 0 where it is absent; shares are NULL where that total is 0. Example: SELECT * FROM portext.matched(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 20, "k2": 20, "k3": 60}''::portext.composition)';

CREATE FUNCTION krugman_index(a composition, b composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_krugman_index';
COMMENT ON FUNCTION krugman_index(composition, composition) IS 'Krugman index: sum of |share in a - share in b|, 0 (same structure) to 2 (nothing in common); of a region and the whole that includes it, its specialisation. Krugman 1991. Example: portext.krugman_index(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 20, "k2": 20, "k3": 60}''::portext.composition) is 1';

CREATE FUNCTION dissimilarity_index(a composition, b composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_dissimilarity_index';
COMMENT ON FUNCTION dissimilarity_index(composition, composition) IS 'half the Krugman index, 0 to 1: the share that would have to move (Duncan; specialisation coefficient). Example: portext.dissimilarity_index(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 120, "k2": 50, "k3": 80}''::portext.composition) is 0.22';

CREATE FUNCTION finger_kreinin(a composition, b composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_finger_kreinin';
COMMENT ON FUNCTION finger_kreinin(composition, composition) IS 'Finger-Kreinin similarity: sum of the smaller of the two shares = 1 - krugman_index/2, 0 to 1. Finger and Kreinin 1979. Example: portext.finger_kreinin(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 20, "k2": 20, "k3": 60}''::portext.composition) is 0.5';

CREATE FUNCTION cosine_similarity(a composition, b composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_cosine_similarity';
COMMENT ON FUNCTION cosine_similarity(composition, composition) IS 'cosine of the angle between the two as vectors over the keys, 0 to 1. Example: portext.cosine_similarity(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 20, "k2": 20, "k3": 60}''::portext.composition) is 0.5334650693692645';

CREATE FUNCTION hachman(region composition, reference composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_hachman';
COMMENT ON FUNCTION hachman(composition, composition) IS 'Hachman index: 1 / sum of region share times location quotient, above 0 to 1 (the structure of the reference); the reference includes the region; NULL where a location quotient is. Hachman 1995. Example: portext.hachman(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 120, "k2": 50, "k3": 80}''::portext.composition) is 0.8121827411167513';

CREATE FUNCTION diversity_rca(region composition, reference composition) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_diversity_rca';
COMMENT ON FUNCTION diversity_rca(composition, composition) IS 'number of keys in which the region has a location quotient of at least 1, decided exactly as x X >= R C and not on a rounded quotient; the reference includes the region. Hidalgo and Hausmann 2009. Example: portext.diversity_rca(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 120, "k2": 50, "k3": 80}''::portext.composition) is 2';

CREATE FUNCTION shift_rate(c0 composition, c1 composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_shift_rate';
COMMENT ON FUNCTION shift_rate(composition, composition) IS 'shift rate between two dates: volume shifted over the later total, half the sum of |s1 - s0|, 0 to 1 = 1 - finger_kreinin(c0, c1). After Notteboom 1997. Example: portext.shift_rate(''{"A": 100, "B": 60, "C": 40}'', ''{"A": 150, "B": 60, "C": 90}'') is 0.1';

CREATE FUNCTION shift_to_growth(c0 composition, c1 composition) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_shift_to_growth';
COMMENT ON FUNCTION shift_to_growth(composition, composition) IS 'volume shifted between two dates over the absolute growth of the total, 0 and above; NULL without growth. After Notteboom 1997. Example: portext.shift_to_growth(''{"A": 100, "B": 60, "C": 40}'', ''{"A": 150, "B": 60, "C": 90}'') is 0.3';

-- Two compositions at one key.

CREATE FUNCTION location_quotient(region composition, reference composition, key text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_location_quotient_text';
COMMENT ON FUNCTION location_quotient(composition, composition, text) IS 'location quotient, Balassa''s revealed comparative advantage: share of the key in the region over its share in the reference, which includes the region, 0 and above; NULL where the region or the reference has none of it at all (R = 0 or C = 0). Balassa 1965. Example: portext.location_quotient(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 120, "k2": 50, "k3": 80}''::portext.composition, ''k1'') is 1.25';

CREATE FUNCTION rca_normalized(region composition, reference composition, key text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_rca_normalized_text';
COMMENT ON FUNCTION rca_normalized(composition, composition, text) IS 'normalised revealed comparative advantage: x/X - R C / X^2, -1/4 to 1/4; sums to 0 over keys and over regions; NULL where X is 0. Yu, Cai and Leung 2009. Example: portext.rca_normalized(''{"k1": 60, "k2": 30, "k3": 10}''::portext.composition, ''{"k1": 120, "k2": 50, "k3": 80}''::portext.composition, ''k1'') is 0.048';

CREATE FUNCTION role_ratio(a composition, b composition, key text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_role_ratio_text';
COMMENT ON FUNCTION role_ratio(composition, composition, text) IS 'role ratio: share of the key in a over its share in b, 0 and above, such as people against cargo; NULL where either total or the share in b is 0. Example: portext.role_ratio(''{"west": 355, "rest": 645}'', ''{"west": 76, "rest": 924}'', ''west'') is 4.67105263157895';

CREATE FUNCTION role_balance(a composition, b composition, key text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_role_balance_text';
COMMENT ON FUNCTION role_balance(composition, composition, text) IS 'balanced role: (share in a - share in b) over their sum, -1 to 1; NULL where either total or both shares are 0. Example: portext.role_balance(''{"west": 355, "rest": 645}'', ''{"west": 76, "rest": 924}'', ''west'') is 0.647331786542923';

CREATE FUNCTION relative_concentration_index(throughput composition, population composition, key text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_relative_concentration_index_text';
COMMENT ON FUNCTION relative_concentration_index(composition, composition, text) IS 'relative concentration index of a port city: its share of the throughput over its share of the population, 0 and above; NULL where either total or the population share is 0. rci_class puts it into classes. Vallega 1979, Ducruet and Lee 2006. Example: portext.relative_concentration_index(''{"A": 600, "B": 300, "C": 100}'', ''{"A": 100, "B": 300, "C": 600}'', ''A'') is 6';

CREATE FUNCTION location_quotient(region composition, reference composition, key bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_location_quotient_int';
COMMENT ON FUNCTION location_quotient(composition, composition, bigint) IS 'location quotient, Balassa''s revealed comparative advantage: share of the key in the region over its share in the reference, which includes the region, 0 and above; NULL where the region or the reference has none of it at all (R = 0 or C = 0). Balassa 1965. Keys are bigint, as in (c0, c1, 201907).';

CREATE FUNCTION rca_normalized(region composition, reference composition, key bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_rca_normalized_int';
COMMENT ON FUNCTION rca_normalized(composition, composition, bigint) IS 'normalised revealed comparative advantage: x/X - R C / X^2, -1/4 to 1/4; sums to 0 over keys and over regions; NULL where X is 0. Yu, Cai and Leung 2009. Keys are bigint, as in (c0, c1, 201907).';

CREATE FUNCTION role_ratio(a composition, b composition, key bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_role_ratio_int';
COMMENT ON FUNCTION role_ratio(composition, composition, bigint) IS 'role ratio: share of the key in a over its share in b, 0 and above, such as people against cargo; NULL where either total or the share in b is 0. Keys are bigint, as in (c0, c1, 201907).';

CREATE FUNCTION role_balance(a composition, b composition, key bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_role_balance_int';
COMMENT ON FUNCTION role_balance(composition, composition, bigint) IS 'balanced role: (share in a - share in b) over their sum, -1 to 1; NULL where either total or both shares are 0. Keys are bigint, as in (c0, c1, 201907).';

CREATE FUNCTION relative_concentration_index(throughput composition, population composition, key bigint) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20
	AS 'MODULE_PATHNAME', 'indicator_relative_concentration_index_int';
COMMENT ON FUNCTION relative_concentration_index(composition, composition, bigint) IS 'relative concentration index of a port city: its share of the throughput over its share of the population, 0 and above; NULL where either total or the population share is 0. rci_class puts it into classes. Vallega 1979, Ducruet and Lee 2006. Keys are bigint, as in (c0, c1, 201907).';
