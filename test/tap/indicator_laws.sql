-- Laws that need no golden values, over generated data: order, partition, scale, zeros, replication, identities,
-- decompositions, transfers. The data are arithmetic, so every run sees the same.
SET search_path = public, portext;
SELECT no_plan();
\pset fieldsep '\n'

-- Every indicator of one composition that does not depend on the unit, as exact text: equal text is equal bits.
CREATE FUNCTION pg_temp.bits(c composition) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', entity_count(c), partner_count(c), concentration_ratio(c, 1), concentration_ratio(c, 2), concentration_ratio(c, 7), hhi(c), hhi_normalized(c),
		hhi_normalized(c, 20000), hirschman_normalized(c), hirschman_normalized(c, 20000), effective_number(c), hill_number(c, 0), hill_number(c, 0.3), hill_number(c, 0.7),
		hill_number(c, 1), hill_number(c, 1.2), hill_number(c, 3), hill_number(c, 'Infinity'), simpson_diversity(c), rosenbluth(c), horvath_cci(c), lead_share(c), primacy(c), primacy(c, 3),
		shannon_entropy(c), shannon_entropy(c, 2), entropy_normalized(c), evenness(c), gini(c), gini(c, true), theil_t(c), theil_l(c), coefficient_of_variation(c),
		coefficient_of_variation(c, true), hoover(c), rank_size_slope(c), rank_size_r2(c), pareto_exponent(c), first_entity(c))
$$;
-- Those that do not notice zeros.
CREATE FUNCTION pg_temp.zero_bits(c composition) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', partner_count(c), concentration_ratio(c, 1), concentration_ratio(c, 2), concentration_ratio(c, 7), hhi(c), hhi_normalized(c, 20000),
		hirschman_normalized(c, 20000), effective_number(c), hill_number(c, 0), hill_number(c, 0.3), hill_number(c, 1), hill_number(c, 3), hill_number(c, 'Infinity'),
		simpson_diversity(c), rosenbluth(c), horvath_cci(c), shannon_entropy(c), entropy_normalized(c, 20000), evenness(c), rank_size_slope(c),
		rank_size_intercept(c), rank_size_r2(c), pareto_exponent(c), first_entity(c))
$$;
CREATE FUNCTION pg_temp.near(a double precision, b double precision, tolerance double precision DEFAULT 1e-12) RETURNS boolean LANGUAGE sql AS $$
	SELECT coalesce(a = b OR abs(a - b) <= greatest(tolerance * abs(b), tolerance / 100), a IS NULL AND b IS NULL);
$$;

-- Rows of several shapes: (name, row, key, value); some keys have several rows.
CREATE TEMP TABLE rows AS
	WITH g AS (SELECT i, mod(i::bigint * 7919 + i::bigint * i * 104729, 1000003) AS h FROM generate_series(1, 12000) AS i)
	SELECT 'ten thousand' AS name, i, 'port ' || mod(i, 10000) AS k, ((h + 1) * 0.01)::double precision AS v FROM g
	UNION ALL SELECT 'mixed', i, 'k' || mod(h, 500), (h + 1) * power(2::double precision, mod(h, 121) - 60) FROM g WHERE i <= 3000
	UNION ALL SELECT 'extreme', i, 'k' || mod(i, 300), (h + 1) * power(10::double precision, mod(h, 600) - 300) FROM g WHERE i <= 900
	UNION ALL SELECT 'zeros', i, 'k' || i, CASE WHEN mod(h, 3) = 0 THEN h ELSE 0 END FROM g WHERE i <= 200
	UNION ALL SELECT 'ties', i, 'k' || i, mod(h, 4) FROM g WHERE i <= 300
	UNION ALL SELECT 'skewed', i, 'k' || i, 1e9 / power(i, 2::double precision) FROM g WHERE i <= 1000
	UNION ALL SELECT 'close', i, 'k' || i, 1 + mod(h, 97) * 1e-12 FROM g WHERE i <= 500
	UNION ALL SELECT 'equal', i, 'k' || i, 0.1 FROM g WHERE i <= 7
	UNION ALL SELECT 'two', i, 'k' || i, i FROM g WHERE i <= 2
	UNION ALL SELECT 'one', i, 'k1', 7 FROM g WHERE i <= 3;
CREATE TEMP TABLE data AS SELECT name, composition_agg(k, v) AS c FROM rows GROUP BY name;
SELECT is(count(*), 10::bigint, 'ten shapes') FROM data;
SELECT is(entity_count(c), 10000::bigint, 'ten thousand entities') FROM data WHERE name = 'ten thousand';

-- Permutation, partition, merge tree.
-- (Grouping never carries a composition along: comparing ten thousand entities for each row would take minutes.)
SELECT ok(count(DISTINCT pg_temp.bits(x)) = 1 AND bool_and(x = c), name || ': any order, partition and tree of merges')
	FROM data JOIN (
		SELECT name, composition_agg(k, v ORDER BY v) AS x FROM rows GROUP BY name
		UNION ALL SELECT name, composition_agg(k, v ORDER BY v DESC) FROM rows GROUP BY name
		UNION ALL SELECT name, composition_agg(k, v ORDER BY mod(i * 7919, 12007)) FROM rows GROUP BY name
		UNION ALL SELECT name, rollup(x) FROM (SELECT name, composition_agg(k, v) AS x FROM rows GROUP BY name, mod(i, 7)) AS p GROUP BY name
		UNION ALL SELECT name, rollup(x) FROM (SELECT name, rollup(x ORDER BY p DESC) AS x FROM
			(SELECT name, mod(i, 31) AS p, composition_agg(k, v) AS x FROM rows GROUP BY name, mod(i, 31)) AS q GROUP BY name, mod(p, 5)) AS r GROUP BY name) AS v USING (name)
	GROUP BY name;

-- Every row an entity: the one-step aggregates are the accessors of a composition without keys, in any order.
SELECT ok(one_step = concat_ws(' ', hhi(c), effective_number(c), gini(c), theil_t(c), theil_l(c), shannon_entropy(c), coefficient_of_variation(c), rosenbluth(c)) AND up = down, name || ': one step = two steps')
	FROM (SELECT name, composition_agg(v ORDER BY i DESC) AS c, hhi(v ORDER BY v) AS up, hhi(v ORDER BY v DESC) AS down,
		concat_ws(' ', hhi(v), effective_number(v), gini(v), theil_t(v), theil_l(v), shannon_entropy(v), coefficient_of_variation(v), rosenbluth(v)) AS one_step
		FROM rows GROUP BY name) AS r;
-- Keys do not matter to numbers: the same totals without keys, and whole totals through every type, give the same bits.
SELECT ok(regexp_replace(pg_temp.bits(c), ' k\S+$| port \S+$', '') = pg_temp.bits((SELECT composition_agg(value) FROM shares(c))), name || ': without keys') FROM data;
SELECT ok(pg_temp.bits(composition_agg(k, v::integer)) = pg_temp.bits(composition_agg(k, v::bigint)) AND pg_temp.bits(composition_agg(k, v::integer)) = pg_temp.bits(composition_agg(k, v::numeric)) AND
		pg_temp.bits(composition_agg(k, v::integer)) = pg_temp.bits(composition_agg(k, v)), name || ': every type of value')
	FROM rows WHERE name IN ('zeros', 'ties', 'two', 'one') GROUP BY name;

-- Scale: by a power of two bit for bit, by 3 within rounding.
SELECT ok(pg_temp.bits(t) = pg_temp.bits(c), format('%s: times 2^%s', name, e))
	FROM (SELECT name, e, composition_agg(k, v * power(2::double precision, e)) AS t FROM rows, unnest(ARRAY[-1000, -30, 1, 52, 900]) AS u(e)
		WHERE name <> 'extreme' AND (abs(e) < 100 OR name IN ('two', 'one', 'ties', 'zeros')) GROUP BY name, e) AS s JOIN data USING (name);
SELECT ok(pg_temp.near(hhi(t), hhi(c), 1e-15) AND pg_temp.near(gini(t), gini(c), 1e-13) AND pg_temp.near(theil_t(t), theil_t(c)) AND pg_temp.near(rank_size_slope(t), rank_size_slope(c)) AND
		pg_temp.near(rosenbluth(t), rosenbluth(c), 1e-15) AND pg_temp.near(concentration_ratio(t, 3), concentration_ratio(c, 3), 1e-15), name || ': times 3')
	FROM (SELECT name, composition_agg(k, v * 3) AS t FROM rows WHERE name NOT IN ('extreme', 'close') GROUP BY name) AS s JOIN data USING (name);

-- Zeros appended.
SELECT ok(pg_temp.zero_bits(c || z) = pg_temp.zero_bits(c), name || ': zeros change no bit'),
	ok(pg_temp.near(gini(c || z), 1 - n / (n + 50) * (1 - gini(c)), 1e-13), name || ': Gini with zeros'),
	ok(entity_count(c || z) = n + 50, name || ': zeros are entities')
	FROM data, (SELECT composition_agg('zero ' || i, 0) AS z FROM generate_series(1, 50) AS i) AS a, LATERAL (SELECT entity_count(c)::double precision AS n) AS b;

-- Replication: m copies of each entity.
SELECT ok(pg_temp.near(hhi(r), hhi(c) / 4, 1e-13) AND pg_temp.near(shannon_entropy(r), shannon_entropy(c) + ln(4::double precision)) AND pg_temp.near(gini(r), gini(c), 1e-13) AND
		pg_temp.near(theil_t(r), theil_t(c)) AND pg_temp.near(theil_l(r), theil_l(c)) AND pg_temp.near(coefficient_of_variation(r), coefficient_of_variation(c)), name || ': four copies')
	FROM data, LATERAL (SELECT composition_agg(s.key || ' copy ' || m, s.value) AS r FROM shares(c) AS s, generate_series(1, 4) AS m) AS x;

-- Identities and bounds.
SELECT ok(pg_temp.near(hhi(c), (1 + power(coefficient_of_variation(c), 2)) / n), name || ': HHI = (1 + CV^2) / n'),
	ok(pg_temp.near(rosenbluth(c), 1 / (n * (1 - gini(c))), 1e-10), name || ': Rosenbluth = 1 / (n (1 - Gini))'),
	ok(pg_temp.near(theil_t(c), ln(n) - shannon_entropy(c)), name || ': T = ln n - H'),
	ok(pg_temp.near(simpson_diversity(c), 1 - hhi(c), 1e-13), name || ': Simpson = 1 - HHI'),
	ok(hill_number(c, 2) = effective_number(c) AND pg_temp.near(effective_number(c), 1 / hhi(c), 1e-15), name || ': Hill 2 = 1 / HHI'),
	ok(pg_temp.near(1 / hill_number(c, 'Infinity'), concentration_ratio(c, 1), 1e-15), name || ': 1 / Hill infinity = CR 1'),
	ok(pg_temp.near(hill_number(c, 1), exp(shannon_entropy(c))), name || ': Hill 1 = exp H'),
	ok(hill_number(c, 4) <= hill_number(c, 2) * r AND hill_number(c, 2) <= hill_number(c, 1) * r AND hill_number(c, 1) <= hill_number(c, 0.5) * r AND hill_number(c, 0.5) <= hill_number(c, 0), name || ': Hill falls with q'),
	ok(power(concentration_ratio(c, 1), 2) <= hhi(c) + 1e-16 AND hhi(c) <= concentration_ratio(c, 1) + 1e-16, name || ': CR1^2 <= HHI <= CR1'),
	ok(hhi(c) BETWEEN 1 / p AND 1 AND effective_number(c) BETWEEN 1 AND p AND gini(c) BETWEEN 0 AND (n - 1) / n AND theil_t(c) BETWEEN 0 AND ln(n) AND theil_l(c) >= 0 AND
		shannon_entropy(c) BETWEEN 0 AND ln(p) AND hoover(c) BETWEEN 0 AND 1 - 1 / n AND rosenbluth(c) BETWEEN 1 / p AND 1 AND horvath_cci(c) BETWEEN 0 AND 1 AND
		coefficient_of_variation(c) BETWEEN 0 AND sqrt(n - 1) AND simpson_diversity(c) BETWEEN 0 AND 1 - 1 / p AND
		coalesce(rank_size_slope(c), 0) <= 0 AND coalesce(rank_size_r2(c), 0) BETWEEN 0 AND 1 AND coalesce(evenness(c), 1) BETWEEN 0 AND 1 AND
		coalesce(hhi_normalized(c), 0) BETWEEN 0 AND 1 AND coalesce(hirschman_normalized(c), 0) BETWEEN 0 AND 1, name || ': in range'),
	ok(pg_temp.near(rank_size_intercept(composition_agg_times), rank_size_intercept(c) + ln(2::double precision)), name || ': the intercept carries the unit')
	FROM data, LATERAL (SELECT entity_count(c)::double precision AS n, partner_count(c)::double precision AS p, 1 + 1e-13 AS r) AS a,
		LATERAL (SELECT c || c AS composition_agg_times) AS b;
-- Shares: they sum to 1, ranks run, and the top k are the concentration ratio.
SELECT ok(pg_temp.near(a.sum, 1, 1e-13) AND a.min = 1 AND a.max = entity_count(c) AND pg_temp.near(a.top, concentration_ratio(c, 3), 1e-15) AND a.same, name || ': shares')
	FROM data, LATERAL (SELECT sum(share), min(rank), max(rank), sum(share) FILTER (WHERE rank <= 3) AS top, bool_and(share = share(c, key)) AS same FROM shares(c)) AS a
	WHERE name <> 'ten thousand';

-- Decomposition by disjoint groups.
CREATE TEMP TABLE grouped AS SELECT name, array_agg(g ORDER BY part) AS groups, composition_agg(part, total(g)) AS between, sum(power(total(g), 2) * hhi(g)) AS hhi, sum(total(g) * shannon_entropy(g)) AS entropy
	FROM (SELECT name, mod(hashtext(k), 5) AS part, composition_agg(k, v) AS g FROM rows WHERE name IN ('ten thousand', 'ties', 'skewed', 'close') GROUP BY 1, 2) AS p GROUP BY name;
SELECT ok(pg_temp.near(hhi(c), hhi / power(total(c), 2), 1e-13) AND pg_temp.near(shannon_entropy(c), shannon_entropy(between) + entropy / total(c)), name || ': HHI and entropy by groups'),
	ok(pg_temp.near(t.t, theil_t(c)) AND pg_temp.near(t.t, t.t_between + t.t_within) AND pg_temp.near(t.l, theil_l(c)) AND pg_temp.near(t.l, t.l_between + t.l_within), name || ': Theil by groups')
	FROM grouped JOIN data USING (name), theil_decomposition(groups) AS t;
SELECT is(a, b, 'theil_decomposition does not depend on the order of groups')
	FROM (SELECT (SELECT t FROM theil_decomposition(array_agg(g ORDER BY part)) AS t) AS a, (SELECT t FROM theil_decomposition(array_agg(g ORDER BY part DESC)) AS t) AS b FROM
		(SELECT mod(i, 6) AS part, composition_agg(k, v) AS g FROM rows WHERE name = 'skewed' GROUP BY 1) AS p) AS q;

-- Two compositions.
CREATE TEMP TABLE pairs AS SELECT a.name || ' and ' || b.name AS name, a.c AS a, b.c AS b, a.c || b.c AS ab FROM data AS a, data AS b
	WHERE a.name IN ('mixed', 'zeros', 'ties', 'skewed', 'extreme', 'one') AND b.name IN ('mixed', 'zeros', 'ties', 'skewed', 'two');
SELECT ok(pg_temp.near(finger_kreinin(a, b), 1 - krugman_index(a, b) / 2, 1e-13) AND pg_temp.near(finger_kreinin(a, b), 1 - shift_rate(a, b), 1e-13) AND dissimilarity_index(a, b) = krugman_index(a, b) / 2,
		name || ': similarity, dissimilarity and shift rate'),
	ok(finger_kreinin(a, b) = finger_kreinin(b, a) AND krugman_index(a, b) = krugman_index(b, a) AND cosine_similarity(a, b) = cosine_similarity(b, a), name || ': symmetric'),
	ok(finger_kreinin(a, a) = 1 AND krugman_index(a, a) = 0 AND cosine_similarity(a, a) = 1, name || ': same with itself'),
	ok(krugman_index(a, b) BETWEEN 0 AND 2 AND finger_kreinin(a, b) BETWEEN 0 AND 1 AND cosine_similarity(a, b) BETWEEN 0 AND 1, name || ': in range'),
	ok(hachman(a, ab) BETWEEN 0 AND 1, name || ': Hachman')
	FROM pairs WHERE name NOT LIKE 'extreme%';
SELECT ok(pg_temp.near(sum(location_quotient(a, ab, s.key) * s.share), 1) AND abs(sum(rca_normalized(a, ab, s.key))) < 1e-14, name || ': location quotients')
	FROM pairs, shares(ab) AS s WHERE name SIMILAR TO '(zeros|ties|one|mixed) and (zeros|ties|two)' GROUP BY name;
SELECT ok(finger_kreinin(a, b) = finger_kreinin(b, a) AND krugman_index(a, b) BETWEEN 0 AND 2 AND cosine_similarity(a, b) BETWEEN 0 AND 1 AND cosine_similarity(a, a) = 1 AND
		location_quotient(a, a, k) = 1 AND hachman(a, a) BETWEEN 1 - 1e-13 AND 1, name || ': extremes')
	FROM pairs, LATERAL (SELECT first_entity(a) AS k) AS s WHERE name LIKE 'extreme%';

SELECT is(diversity_rca(a, ab), count(*) FILTER (WHERE m.a_value > 0 AND m.a_value::numeric * total_exact(ab) >= m.b_value::numeric * total_exact(a)), name || ': diversity_rca')
	FROM pairs, matched(a, ab) AS m WHERE name SIMILAR TO '(zeros|ties|two) and (zeros|ties|two)' GROUP BY name, a, ab;

-- Two dates: the parts sum to the change, the shifts to 0; over regions the competitive parts of a key sum to 0.
CREATE TEMP TABLE regions AS SELECT r, composition_agg('k' || mod(i, 9), mod(h, 1000) + 1) AS c0, composition_agg('k' || mod(i, 9), mod(h, 777) + 5) AS c1
	FROM (SELECT i, mod(i, 4) AS r, i::bigint * 7919 + i * 104729 AS h FROM generate_series(1, 400) AS i) AS g GROUP BY r;
SELECT ok(bool_and(abs(s.change - (s.national + s.structural + s.regional)) <= 1e-12 * greatest(abs(s.national), abs(s.structural), abs(s.regional))) AND count(*) = 9, 'shift_share sums to the change, region ' || r)
	FROM regions, (SELECT rollup(c0) AS a0, rollup(c1) AS a1 FROM regions) AS a, shift_share(c0, c1, a0, a1) AS s GROUP BY r;
SELECT ok(abs(sum(s.regional)) < 1e-9, 'the regional parts sum to 0 over regions: ' || s.key)
	FROM regions, (SELECT rollup(c0) AS a0, rollup(c1) AS a1 FROM regions) AS a, shift_share(c0, c1, a0, a1) AS s GROUP BY s.key;
SELECT ok(abs(sum(s.shift)) < 1e-9 AND bool_and(pg_temp.near(s.absolute_growth, s.share + s.shift, 1e-10)) AND
		pg_temp.near(sum(abs(s.shift)) / 2 / total(c1), shift_rate(c0, c1), 1e-10) AND pg_temp.near(shift_rate(c0, c1) * total(c1) / abs(total(c1) - total(c0)), shift_to_growth(c0, c1), 1e-13),
		'port_shift, region ' || r) FROM regions, port_shift(c0, c1) AS s GROUP BY r, c0, c1;
SELECT ok(pg_temp.near(localization_index(array_agg(c0), k), (SELECT sum(abs(composition_value(c0, k) / (SELECT sum(composition_value(c0, k)) FROM regions) - total(c0) / (SELECT sum(total(c0)) FROM regions))) / 2 FROM regions), 1e-13),
	'localization_index of ' || k) FROM regions, unnest(ARRAY['k0', 'k5']) AS u(k) GROUP BY k;

-- A transfer from a larger to a smaller entity, not past each other, raises no concentration and no inequality.
SELECT ok(bool_and(hhi(t) <= hhi(c) AND gini(t) <= gini(c) AND theil_t(t) <= theil_t(c) AND theil_l(t) <= theil_l(c)), name || ': ' || count(*) || ' transfers')
	FROM (SELECT name, c, (SELECT composition_agg(s.key, s.value + CASE s.rank WHEN p.i THEN -p.d WHEN p.j THEN p.d ELSE 0 END) FROM shares(c) AS s) AS t FROM
		(SELECT name, c, a.rank AS i, b.rank AS j, floor((a.value - b.value) / 2) AS d FROM data, shares(c) AS a, shares(c) AS b
			WHERE name IN ('zeros', 'skewed', 'ties') AND mod(a.rank, 61) = 1 AND mod(b.rank, 71) = 7 AND a.value - b.value >= 2) AS p) AS q
	GROUP BY name;

-- The aggregates in a moving frame, with FILTER, and in groups of which some are empty.
SELECT ok(bool_and(w = (SELECT hhi(r2.v) FROM rows AS r2 WHERE r2.name = 'ties' AND r2.i BETWEEN r.i - 3 AND r.i) OR w IS NULL AND (SELECT sum(v) FROM rows AS r2 WHERE r2.name = 'ties' AND r2.i BETWEEN r.i - 3 AND r.i) = 0), 'hhi in a moving frame')
	FROM (SELECT i, hhi(v) OVER (ORDER BY i ROWS 3 PRECEDING) AS w FROM rows WHERE name = 'ties' AND i <= 100) AS r;
SELECT is(hhi(v) FILTER (WHERE v < 0), NULL, 'FILTER that leaves no row') FROM rows;
SELECT ok(bool_and(w = (SELECT grubel_lloyd_agg(i, v) FROM rows AS r2 WHERE r2.name = 'skewed' AND r2.i BETWEEN r.i - 5 AND r.i)), 'grubel_lloyd_agg in a moving frame')
	FROM (SELECT i, grubel_lloyd_agg(i, v) OVER (ORDER BY i ROWS 5 PRECEDING) AS w FROM rows WHERE name = 'skewed' AND i <= 100) AS r;

-- Parallel and partition-wise plans give the same bits as one process.
CREATE TABLE facts (part integer, k text, v double precision, m double precision) PARTITION BY LIST (part);
CREATE TABLE facts_0 PARTITION OF facts FOR VALUES IN (0);
CREATE TABLE facts_1 PARTITION OF facts FOR VALUES IN (1);
CREATE TABLE facts_2 PARTITION OF facts FOR VALUES IN (2);
INSERT INTO facts SELECT mod(i, 3), k, v, mod(i, 17) * v FROM rows WHERE name IN ('ten thousand', 'mixed');
ANALYZE facts;
CREATE FUNCTION pg_temp.answer() RETURNS text LANGUAGE plpgsql AS $$
DECLARE r text;
BEGIN
	EXECUTE 'SELECT concat_ws('' '', hhi(v), effective_number(v), gini(v), theil_t(v), theil_l(v), shannon_entropy(v), coefficient_of_variation(v), rosenbluth(v),
		grubel_lloyd_agg(v, m), hhi(v) FILTER (WHERE part = 1), grubel_lloyd_agg(v, m) FILTER (WHERE part = 9)) FROM facts' INTO r;
	RETURN r;
END $$;
CREATE FUNCTION pg_temp.plan() RETURNS text LANGUAGE plpgsql AS $$
DECLARE r text; line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) SELECT hhi(v), grubel_lloyd_agg(v, m) FROM facts' LOOP r := concat_ws(' ', r, line); END LOOP;
	RETURN r;
END $$;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE answers AS SELECT 'serial' AS how, pg_temp.answer() AS answer, pg_temp.plan() AS plan;
SET enable_partitionwise_aggregate = on;
INSERT INTO answers SELECT 'partition-wise', pg_temp.answer(), pg_temp.plan();
SET max_parallel_workers_per_gather = 4;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
INSERT INTO answers SELECT 'parallel and partition-wise', pg_temp.answer(), pg_temp.plan();
SET enable_partitionwise_aggregate = off;
INSERT INTO answers SELECT 'parallel', pg_temp.answer(), pg_temp.plan();
SELECT is(a.answer, s.answer, a.how || ' = serial') FROM answers AS a, answers AS s WHERE s.how = 'serial';
SELECT alike(plan, '%Partial Aggregate%', how || ' has partial states') FROM answers WHERE how <> 'serial';
SELECT alike(plan, '%Gather%', how || ' has workers') FROM answers WHERE how LIKE 'parallel%';
SELECT unalike(plan, '%Partial%', 'serial has none') FROM answers WHERE how = 'serial';
SELECT * FROM finish();
