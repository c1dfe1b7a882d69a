-- The worked values of every indicator, to 1 unit in the last place for shares, 1e-13 for sums of shares and 1e-12
-- for logarithms, roots and regressions (relative; absolute a hundredth of it), and the rules for edge cases.
-- Expected values were computed with exact fractions and 300-bit arithmetic, outside this project.
SET search_path = public, portext;
SELECT no_plan();

CREATE FUNCTION pg_temp.val(expression text) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
	v double precision;
BEGIN
	EXECUTE 'SELECT (' || expression || ')::double precision FROM c' INTO v;
	RETURN v;
END $$;
CREATE FUNCTION pg_temp.near(expression text, want double precision, tolerance double precision) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN got = want OR abs(got - want) <= greatest(tolerance * abs(want), tolerance / 100) THEN ok(true, expression)
		ELSE ok(false, format('%s: got %s, want %s', expression, got, want)) END
	FROM (SELECT pg_temp.val(expression) AS got) AS g;
$$;
-- The names that the expressions below use.
CREATE TEMP TABLE c AS SELECT
	'{"A": 50, "B": 30, "C": 15, "D": 5, "E": 0}'::composition AS d0,
	'{"A": 50, "B": 30, "C": 15, "D": 5}'::composition AS d1,
	'{"k1": 60, "k2": 30, "k3": 10}'::composition AS p,
	'{"k1": 20, "k2": 20, "k3": 60}'::composition AS q,
	'{"k1": 40, "k2": 0, "k3": 10}'::composition AS r,
	'{"k1": 120, "k2": 50, "k3": 80}'::composition AS pqr,
	'{"k1": 60, "k2": 20, "k3": 70}'::composition AS not_p,
	'{"k1": 100, "k2": 30, "k3": 20}'::composition AS not_q,
	'{"k1": 80, "k2": 50, "k3": 70}'::composition AS not_r,
	'{"west": 35.5, "rest": 64.5}'::composition AS people,
	'{"west": 7.6, "rest": 92.4}'::composition AS cargo,
	'{"A": 600, "B": 300, "C": 100}'::composition AS traffic,
	'{"A": 100, "B": 300, "C": 600}'::composition AS population,
	'{"A": 100, "B": 60, "C": 40}'::composition AS t0,
	'{"A": 150, "B": 60, "C": 90}'::composition AS t1,
	'{201901: 80, 201902: 75, 201903: 90, 201904: 95, 201905: 110, 201906: 130, 201907: 160, 201908: 165, 201909: 120, 201910: 105, 201911: 85, 201912: 85}'::composition AS months,
	'{}'::composition AS empty, '{"A": 0, "B": 0}'::composition AS zero, '{"A": 7}'::composition AS one,
	'{"B": 0.1, "C": 0.1, "A": 0.1}'::composition AS ties, '{1: 60, 2: 40}'::composition AS numbered, '[50, 30]'::composition AS bare;

\set u 2.3e-16
\set s 1e-13
\set l 1e-12
CREATE TEMP TABLE worked (expression text, want double precision, tolerance double precision);
INSERT INTO worked VALUES
	('share(d0, ''A'')', 0.5, :u), ('share(d0, ''E'')', 0, :u), ('share(d0, ''absent'')', 0, :u), ('share(numbered, 2)', 0.4, :u),
	('concentration_ratio(d0, 2)', 0.8, :u), ('concentration_ratio(d0, 4)', 1, :u), ('concentration_ratio(d0, 9)', 1, 0),
	('concentration_ratio(d1, 2)', 0.8, :u), ('concentration_ratio(d1, 4)', 1, :u), ('concentration_ratio(d0, 1)', 0.5, :u),
	('hhi(d0)', 0.365, :s), ('hhi(d1)', 0.365, :s),
	('hhi_normalized(d0)', 0.20625, :s), ('hhi_normalized(d0, 4)', 0.1533333333333333, :s),
	('hhi_normalized(d0, partner_count(d0))', 0.1533333333333333, :s),
	('hhi_normalized(d1)', 0.1533333333333333, :s), ('hhi_normalized(d1, 260)', 0.3625482625482626, :s),
	('hirschman_normalized(d0)', 0.2839047811273707, :l), ('hirschman_normalized(d1)', 0.2083045973594572, :l),
	('hirschman_normalized(d1, 260)', 0.5779797114382177, :l),
	('effective_number(d0)', 2.739726027397260, :s), ('effective_number(d1)', 2.739726027397260, :s),
	('hill_number(d0, 0)', 4, 0), ('hill_number(d0, 0.5)', 3.480965116510622, :l), ('hill_number(d0, 1)', 3.133404280262059, :l),
	('hill_number(d0, 2)', 2.739726027397260, :s), ('hill_number(d0, 3)', 2.535915646704869, :l), ('hill_number(d0, ''Infinity'')', 2, :s),
	('hill_number(d1, 0)', 4, 0), ('hill_number(d1, 1)', 3.133404280262059, :l), ('hill_number(d1, 3)', 2.535915646704869, :l),
	('shannon_entropy(d0)', 1.142120042988335, :l), ('shannon_entropy(d0, 2)', 1.647730922119161, :l),
	('shannon_entropy(d1)', 1.142120042988335, :l), ('shannon_entropy(d1, 2)', 1.647730922119161, :l),
	('entropy_normalized(d0)', 0.7096390821693784, :l), ('entropy_normalized(d1)', 0.8238654610595805, :l),
	('entropy_normalized(d0, 4)', 0.8238654610595805, :l),
	('evenness(d0)', 0.8238654610595805, :l), ('evenness(d1)', 0.8238654610595805, :l),
	('simpson_diversity(d0)', 0.635, :s), ('simpson_diversity(d1)', 0.635, :s),
	('entity_count(d0)', 5, 0), ('partner_count(d0)', 4, 0), ('entity_count(d1)', 4, 0), ('partner_count(d1)', 4, 0),
	('gini(d0)', 0.5, :s), ('gini(d1)', 0.375, :s), ('gini(d0, unbiased => true)', 0.625, :s), ('gini(d1, unbiased => true)', 0.5, :s),
	('gini(d1, unbiased => false)', 0.375, :s),
	('theil_t(d0)', 0.4673178694457652, :l), ('theil_t(d1)', 0.2441743181315554, :l),
	('theil_l(d0)', 'Infinity', 0), ('theil_l(d1)', 0.3111986997115478, :l),
	('coefficient_of_variation(d0)', 0.9082951062292475, :l), ('coefficient_of_variation(d0, sample => true)', 1.015504800579495, :l),
	('coefficient_of_variation(d1)', 0.6782329983125268, :l), ('coefficient_of_variation(d1, sample => true)', 0.7831560082980487, :l),
	('coefficient_of_variation(d1, sample => false)', 0.6782329983125268, :l),
	('rosenbluth(d0)', 0.4, :s), ('rosenbluth(d1)', 0.4, :s), ('hoover(d0)', 0.4, :s), ('hoover(d1)', 0.3, :s),
	('horvath_cci(d0)', 0.6995, :s), ('horvath_cci(d1)', 0.6995, :s), ('lead_share(d0)', 0.2, :s), ('lead_share(one)', 1, 0),
	('primacy(d0)', 1.666666666666667, :s), ('primacy(d0, 1)', 1.666666666666667, :s), ('primacy(d0, 3)', 1, :s),
	('rank_size_slope(d0)', -1.546726182932612, :l), ('rank_size_intercept(d0)', 4.136571892698765, :l), ('rank_size_r2(d0)', 0.8711248111348232, :l),
	('rank_size_slope(d1)', -1.546726182932612, :l), ('pareto_exponent(d0)', 0.7742464339362177, :l), ('pareto_exponent(d1)', 0.7742464339362177, :l),
	('total(d0)', 100, 0), ('total(ties)', 0.3, 0), ('total_exact(ties)', 0.3, 0), ('total(empty)', 0, 0), ('total_exact(empty)', 0, 0),
	-- two compositions
	('location_quotient(p, pqr, ''k1'')', 1.25, :s), ('location_quotient(q, pqr, ''k1'')', 0.4166666666666667, :s), ('location_quotient(r, pqr, ''k2'')', 0, 0),
	('location_quotient(60, 100, 120, 250)', 1.25, :s), ('location_quotient(numbered, numbered, 1)', 1, :s),
	('rca_symmetric(location_quotient(p, pqr, ''k1''))', 0.1111111111111111, :s), ('rca_symmetric(location_quotient(q, pqr, ''k3''))', 0.3043478260869565, :s),
	('rca_normalized(p, pqr, ''k1'')', 0.048, :s), ('rca_normalized(q, pqr, ''k1'')', -0.112, :s), ('rca_normalized(numbered, numbered, 1)', 0, :s),
	('diversity_rca(p, pqr)', 2, 0), ('diversity_rca(q, pqr)', 2, 0), ('diversity_rca(r, pqr)', 1, 0),
	('krugman_index(p, pqr)', 0.44, :s), ('krugman_index(q, pqr)', 0.56, :s), ('krugman_index(r, pqr)', 0.64, :s),
	('krugman_index(p, not_p)', 0.7333333333333333, :s), ('krugman_index(q, not_q)', 0.9333333333333333, :s), ('krugman_index(r, not_r)', 0.8, :s),
	('dissimilarity_index(p, pqr)', 0.22, :s),
	('krugman_index(p, q)', 1, :s), ('krugman_index(p, r)', 0.6, :s), ('krugman_index(q, r)', 1.2, :s),
	('finger_kreinin(p, q)', 0.5, :s), ('finger_kreinin(p, r)', 0.7, :s), ('finger_kreinin(q, r)', 0.4, :s),
	('cosine_similarity(p, q)', 0.5334650693692645, :l), ('cosine_similarity(p, r)', 0.8939981748151894, :l), ('cosine_similarity(q, r)', 0.5118906968889915, :l),
	('hachman(p, pqr)', 0.8121827411167513, :s),
	('localization_index(ARRAY[p, q, r], ''k1'')', 0.2333333333333333, :s), ('localization_index(ARRAY[p, q, r], ''k2'')', 0.2, :s),
	('localization_index(ARRAY[p, q, r, NULL], ''k3'')', 0.35, :s), ('localization_index(ARRAY[numbered, ''{1: 20, 2: 80}''], 1)', 0.25, :s),
	('role_ratio(people, cargo, ''west'')', 4.671052631578947, :s), ('role_ratio(people, cargo, ''rest'')', 0.6980519480519480, :s),
	('role_balance(people, cargo, ''west'')', 0.6473317865429234, :s), ('role_ratio(numbered, numbered, 1)', 1, :s), ('role_balance(numbered, numbered, 1)', 0, :s),
	('relative_concentration_index(traffic, population, ''A'')', 6, :s), ('relative_concentration_index(traffic, population, ''B'')', 1, :s),
	('relative_concentration_index(traffic, population, ''C'')', 0.1666666666666667, :s), ('relative_concentration_index(numbered, numbered, 1)', 1, :s),
	('rci_class(6)', 5, 0), ('rci_class(1)', 3, 0), ('rci_class(0.1666666666666667)', 1, 0), ('rci_class(3)', 5, 0), ('rci_class(1, ''{1,2}'')', 2, 0),
	('port_city_class(50, 400, ''{100,1000}'', ''{50,300}'')', 3, 0), ('port_city_class(1000, 0, ''{100,1000}'', ''{50,300}'')', 7, 0),
	-- two directions
	('trade_balance(100, 60) + trade_balance(0, 40) + trade_balance(50, 50)', 0, 0), ('trade_balance(NULL, 60)', -60, 0), ('trade_balance(60, NULL)', 60, 0),
	('trade_balance(-5, 3)', -8, 0),
	('trade_balance_normalized(100, 60)', 0.25, :s), ('coverage_ratio(100, 60)', 1.666666666666667, :s), ('directional_balance(100, 60)', 0.6, :s),
	('abs(trade_balance_normalized(60, 100))', 0.25, :s), ('grubel_lloyd(100, 60)', 0.75, :s), ('grubel_lloyd(0, 40)', 0, 0), ('grubel_lloyd(50, 50)', 1, 0),
	('(SELECT grubel_lloyd_agg(x, m) FROM (VALUES (100, 60), (0, 40), (50, 50)) AS v(x, m))', 0.7333333333333333, :s),
	('(SELECT grubel_lloyd_agg(x, m) FROM (VALUES (100::bigint, 60::bigint), (0, 40), (50, 50), (NULL, 7), (7, NULL), (0, 0)) AS v(x, m))', 0.7333333333333333, :s),
	('(SELECT grubel_lloyd_agg(x, m) FROM (VALUES (10.0, 6.0), (0, 4), (5, 5)) AS v(x, m))', 0.7333333333333333, :s),
	('(SELECT grubel_lloyd_agg(x, m) FROM (VALUES (1e-300::float8, 6e-301::float8), (0, 4e-301), (5e-301, 5e-301)) AS v(x, m))', 0.7333333333333333, :s),
	-- two dates
	('shift_rate(t0, t1)', 0.1, :s), ('shift_to_growth(t0, t1)', 0.3, :s), ('shift_to_growth(''{"x": 9007199254740993}'', ''{"y": 9007199254740994}'')', 9007199254740994, :s), ('1 - finger_kreinin(t0, t1)', 0.1, :s),
	('cagr(200, 266.2, 3)', 0.1, :l), ('cagr(5, 0, 2)', -1, 0),
	('growth_rate_ls(''{2019: 200, 2020: 220, 2021: 242, 2022: 266.2}'', periods_per_year => 1)', 0.1, :l),
	('growth_rate_ls(''{201911: 100, 201912: 110, 202002: 133.1}'')', 0.1, :l),
	('(SELECT yoy FROM yoy(''{201907: 231, 202007: 150, 202001: 1}'') WHERE period = 202007)', -0.3506493506493506, :s),
	('(SELECT yoy FROM yoy(''{2019: 231, 2020: 150}'', periods_per_year => 1) WHERE period = 2020)', -0.3506493506493506, :s),
	('index_number(231, 200)', 115.5, :s), ('(SELECT index_number FROM index_number(''{2018: 200, 2019: 231}''::composition, 2018) WHERE period = 2019)', 115.5, :s),
	('(SELECT recovery_ratio FROM recovery_ratio(''{201907: 200, 202207: 266.2, 202208: 5}'', 2019) WHERE period = 202207)', 1.331, :s),
	('(SELECT recovery_ratio FROM recovery_ratio(''{2019: 200, 2022: 266.2}'', 2019, 1) WHERE period = 2022)', 1.331, :s),
	('(SELECT seasonal_index FROM seasonal_index(months) WHERE month = 1)', 73.84615384615385, :s),
	('(SELECT seasonal_index FROM seasonal_index(months || ''{202001: 500, 202002: 500}'') WHERE month = 8)', 152.3076923076923, :s),
	('gini(months)', 0.1455128205128205, :s), ('seasonality_ratio(months)', 1.523076923076923, :s),
	('capacity_utilization(130, 100)', 1.3, :s), ('period_number(202001) - period_number(201912)', 1, 0), ('period_number(201904, 4)', 8079, 0);


SELECT pg_temp.near(expression, want, tolerance) FROM worked;

-- An undefined result is NULL: no total, one entity, no variance, nothing to divide by.
SELECT is(pg_temp.val(e), NULL, e || ' is NULL') FROM unnest(ARRAY['hhi(%s)', 'hhi_normalized(%s)', 'hhi_normalized(%s, 5)',
	'hirschman_normalized(%s)', 'effective_number(%s)', 'hill_number(%s, 0)', 'hill_number(%s, 1)', 'simpson_diversity(%s)', 'rosenbluth(%s)',
	'horvath_cci(%s)', 'lead_share(%s)', 'primacy(%s)', 'concentration_ratio(%s, 1)', 'share(%s, ''A'')', 'shannon_entropy(%s)', 'shannon_entropy(%s, 2)',
	'entropy_normalized(%s, 5)', 'evenness(%s)', 'gini(%s)', 'gini(%s, true)', 'theil_t(%s)', 'theil_l(%s)', 'coefficient_of_variation(%s)',
	'coefficient_of_variation(%s, true)', 'hoover(%s)', 'rank_size_slope(%s)', 'rank_size_intercept(%s)', 'rank_size_r2(%s)', 'pareto_exponent(%s)',
	'krugman_index(%s, d0)', 'krugman_index(d0, %s)', 'dissimilarity_index(%s, d0)', 'finger_kreinin(%s, d0)', 'cosine_similarity(%s, d0)',
	'hachman(%s, d0)', 'hachman(d0, %s)', 'diversity_rca(%s, d0)', 'diversity_rca(d0, %s)', 'shift_rate(%s, d0)', 'shift_to_growth(%s, d0)',
	'location_quotient(%s, d0, ''A'')', 'location_quotient(d0, %s, ''A'')', 'rca_normalized(d0, %s, ''A'')', 'role_ratio(%s, d0, ''A'')',
	'role_ratio(d0, %s, ''A'')', 'role_balance(%s, d0, ''A'')', 'relative_concentration_index(d0, %s, ''A'')', 'localization_index(ARRAY[%s, %1$s], ''A'')',
	'first_entity(%s)']) AS u(pattern), unnest(ARRAY['empty', 'zero']) AS v(name), format(pattern, name) AS e;
SELECT is(pg_temp.val(e), NULL, e || ' is NULL') FROM unnest(ARRAY[
	'hhi_normalized(one)', 'hhi_normalized(one, 1)', 'hirschman_normalized(one)', 'entropy_normalized(one)', 'evenness(one)', 'gini(one, true)',
	'coefficient_of_variation(one, true)', 'primacy(one)', 'primacy(d1, 4)', 'primacy(''{"A": 1, "B": 0}'')', 'rank_size_slope(one)',
	'rank_size_intercept(one)', 'rank_size_r2(one)', 'pareto_exponent(one)', 'rank_size_r2(ties)', 'pareto_exponent(ties)',
	'hhi(NULL::composition)', 'entity_count(NULL)', 'share(d0, NULL::text)',
	'location_quotient(d0, d1, ''E'')', 'location_quotient(d0, d1, ''absent'')', 'role_balance(d0, d1, ''E'')', 'hachman(d0, p)', 'shift_to_growth(t0, t0)',
	'shift_to_growth(''{"x": 0.1, "y": 0.2}'', ''{"x": 0.15, "y": 0.15}'')',
	'shift_to_growth(''{"x": 9007199254740993, "y": 1}'', ''{"x": 9007199254740994, "y": 0}'')',
	'localization_index(ARRAY[p, q], ''absent'')', 'location_quotient(1, 0, 1, 1)', 'location_quotient(1, 1, 0, 1)', 'trade_balance(NULL, NULL)',
	'trade_balance_normalized(0, 0)', 'trade_balance_normalized(1, NULL)', 'coverage_ratio(5, 0)', 'directional_balance(0, 0)', 'grubel_lloyd(0, 0)',
	'(SELECT grubel_lloyd_agg(x, m) FROM (VALUES (0, 0), (NULL, 1)) AS v(x, m))',
	'cagr(0, 1, 1)', 'cagr(-1, 1, 1)', 'cagr(1, -1, 1)', 'cagr(1, 1, 0)', 'capacity_utilization(1, 0)', 'capacity_utilization(1, -5)',
	'growth_rate_ls(''{2019: 1, 2020: 0}'', 1)', 'growth_rate_ls(''{2019: 1}'', 1)', 'growth_rate_ls(''{}'')',
	'(SELECT yoy FROM yoy(''{201907: 0, 202007: 150}'') WHERE period = 202007)', '(SELECT yoy FROM yoy(''{201906: 1, 202007: 150}'') WHERE period = 202007)',
	'(SELECT index_number FROM index_number(''{2018: 0, 2019: 231}''::composition, 2018) WHERE period = 2019)', 'index_number(1, 0)',
	'seasonality_ratio(''{201901: 5}'')', 'rci_class(NULL)', 'port_city_class(1, NULL, ''{1}'', ''{1}'')', 'raw_quotient(1, 0)', 'index_number(NULL, 1)']) AS u(e);

-- C1, C2: NULL rows are skipped; no rows and only NULLs give NULL, for every one-step aggregate and type.
CREATE TEMP TABLE one_step AS SELECT f, t FROM unnest(ARRAY['hhi', 'effective_number', 'gini', 'theil_t', 'theil_l', 'shannon_entropy',
	'coefficient_of_variation', 'rosenbluth']) AS a(f), unnest(ARRAY['integer', 'bigint', 'numeric', 'double precision']) AS b(t);
SELECT is(pg_temp.val(format('(SELECT %s(x::%s) FROM (VALUES (50), (NULL), (30), (15), (5), (0)) AS v(x))', f, t)),
	pg_temp.val(format('%s(d0)', f)), format('%s(%s) skips NULL and keeps zeros', f, t)) FROM one_step;
SELECT is(pg_temp.val(format('(SELECT %s(x::%s) FROM (VALUES (NULL), (NULL)) AS v(x) WHERE %s)', f, t, w)), NULL, format('%s(%s) of NULLs WHERE %s', f, t, w))
	FROM one_step, unnest(ARRAY['true', 'false']) AS c(w);
SELECT is(pg_temp.val(e || '(empty)'), 0::double precision, e || ' of nothing is 0') FROM unnest(ARRAY['entity_count', 'partner_count', 'total', 'total_exact']) AS u(e);
-- C3
SELECT is(pg_temp.val('total(zero)'), 0::double precision, 'the total of zeros is 0');
SELECT is(pg_temp.val('(SELECT hhi(x) FROM (VALUES (0), (0)) AS v(x))'), NULL, 'hhi of zeros is NULL');
-- C4, C5, C10
CREATE FUNCTION pg_temp.fails(expression text, code text) RETURNS text LANGUAGE sql AS $$
	SELECT throws_ok(format('SELECT %s %s', expression, CASE WHEN left(expression, 1) = '(' OR expression NOT LIKE '% FROM %' THEN 'FROM c' END),
		code, NULL, format('%s is an error %s', expression, code));
$$;
SELECT pg_temp.fails(format('%s(x::%s) FROM (VALUES (''%s''), (''1'')) AS v(x)', f, t, v), '22003')
	FROM unnest(ARRAY['hhi', 'gini', 'theil_l']) AS a(f), (VALUES ('integer', '-1'), ('bigint', '-1'), ('numeric', '-0.1'), ('numeric', 'NaN'),
		('double precision', '-1e-300'), ('double precision', 'NaN'), ('double precision', 'Infinity')) AS b(t, v);
SELECT pg_temp.fails(e, '22003') FROM unnest(ARRAY['grubel_lloyd(-1, 1)', 'grubel_lloyd(1, ''NaN'')', 'coverage_ratio(1, -1)', 'coverage_ratio(''Infinity'', 1)',
	'directional_balance(-1, 1)', 'trade_balance_normalized(1, -2)', 'trade_balance(''NaN'', 1)', 'capacity_utilization(-1, 1)', 'capacity_utilization(1, ''Infinity'')',
	'capacity_utilization(1, ''NaN'')', 'rca_symmetric(-0.5)', 'rci_class(-1)', 'rci_class(''NaN'')', 'rci_class(''Infinity'')',
	'port_city_class(''NaN'', 1, ''{1,2}'', ''{1,2}'')', 'port_city_class(-1, 1, ''{1,2}'', ''{1,2}'')', 'port_city_class(1, ''Infinity'', ''{1,2}'', ''{1,2}'')',
	'index_number(''NaN'', 1)', 'index_number(1, ''Infinity'')', 'index_number(1e300, 1e-300)', 'raw_quotient(''NaN'', 1)', 'raw_quotient(1e300, 1e-300)',
	'raw_product(1e300, 1e300)', 'raw_product(0, ''Infinity'')', '(SELECT max(yoy) FROM yoy(''{201901: 1e-300, 202001: 1e300}''))', 'location_quotient(1, 1, -1, 1)', 'cagr(1, ''NaN'', 1)', 'coverage_ratio(1e300, 1e-300)',
	'grubel_lloyd_agg(x, 1) FROM (VALUES (1), (-1)) AS v(x)', 'grubel_lloyd_agg(1, x) FROM (VALUES (1e0::float8), (''NaN'')) AS v(x)',
	'primacy(composition_agg(k, v)) FROM (VALUES (1, 1e300::float8), (2, 1e-300)) AS t(k, v)']) AS u(e);
SELECT pg_temp.fails(e, '22023') FROM unnest(ARRAY['concentration_ratio(d0, 0)', 'concentration_ratio(d0, -1)', 'concentration_ratio(empty, 0)', 'primacy(d0, 0)',
	'(SELECT count(*) FROM top(d0, 0))', 'hhi_normalized(d0, 3)', 'hhi_normalized(d0, 0)', 'hhi_normalized(empty, 0)', 'hirschman_normalized(d0, 3)',
	'entropy_normalized(d0, 3)', 'hill_number(d0, -1)', 'hill_number(d0, ''NaN'')', 'shannon_entropy(d0, 0)', 'shannon_entropy(d0, 1)', 'shannon_entropy(d0, -2)',
	'shannon_entropy(d0, ''NaN'')', 'shannon_entropy(d0, ''Infinity'')', 'share(d0, 1)', 'share(numbered, ''A'')', 'share(bare, ''A'')',
	'krugman_index(d0, numbered)', 'krugman_index(bare, bare)', 'krugman_index(bare, d0)', 'location_quotient(d0, numbered, ''A'')', 'diversity_rca(bare, bare)',
	'(SELECT count(*) FROM matched(d0, numbered))', '(SELECT count(*) FROM port_shift(bare, bare))', '(SELECT count(*) FROM yoy(d0))', 'growth_rate_ls(bare)',
	'period_number(201913)', 'period_number(201900)', 'period_number(2005)', 'period_number(-201901)', 'period_number(201901, 0)', 'period_number(201905, 4)',
	'seasonality_ratio(''{201913: 1}'')', 'rci_class(2, ''{3,1,0.5}'')', 'rci_class(2, ''{1,1}'')', 'rci_class(2, ''{1,NULL}'')', 'rci_class(2, ''{1,Infinity}'')',
	'rci_class(2, ''{NaN}'')', 'rci_class(2, ''{{1,2}}'')', 'port_city_class(1, 1, ''{2,1}'', ''{1,2}'')', 'port_city_class(1, 1, ''{1,2}'', ''{2,1}'')']) AS u(e);
-- A total above zero that no double holds is none of zero.
CREATE TEMP TABLE tiny AS SELECT composition_agg(k, v) AS c FROM (VALUES ('a', 1.0), ('b', 1e-400), ('z', 0)) AS t(k, v);
SELECT throws_ok(format('SELECT %s FROM tiny', e), '22003', NULL, e || ' of a total too small for a double is an error')
	FROM unnest(ARRAY['theil_l(c)', 'hill_number(c, 0)', 'hhi(c)', 'share(c, ''b'')', 'c -> ''b''', '(SELECT count(*) FROM shares(c))']) AS u(e);
SELECT results_eq('SELECT partner_count(c), entity_count(c), total(c), c -> ''z'' FROM tiny', 'VALUES (2::bigint, 3::bigint, 1::double precision, 0::double precision)', 'it is counted');
SELECT throws_ok('SELECT rci_class(2, ''{3,1,0.5}'')', '22023', 'rci_class: the breaks do not ascend: {3,1,0.5}', 'the message shows the breaks');
SELECT is(rci_class(2, '{}'), 1, 'without breaks there is one class');
SELECT throws_ok('SELECT ' || e, '22003', split_part(e, '(', 1) || ' ' || m, 'the message names the function: ' || e) FROM (VALUES
	('port_city_class(''NaN'', 1, ''{1,2}'', ''{1,2}'')', 'of NaN is not defined'), ('port_city_class(1, -1, ''{1,2}'', ''{1,2}'')', 'of a negative value is not defined: -1'),
	('rci_class(''NaN'')', 'of NaN is not defined'), ('rci_class(-1)', 'of a negative value is not defined: -1'), ('index_number(''NaN'', 1)', 'of NaN is not defined'),
	('index_number(1e300, 1e-300)', 'is out of range for type double precision')) AS t(e, m);
SELECT throws_ok(format('SELECT * FROM %s', e), '22003', split_part(e, '(', 1) || ' is out of range for type double precision', 'the message names the indicator: ' || e) FROM unnest(ARRAY[
	'port_shift(''{"A": 1e-300}'', ''{"A": 1e300}'')', 'shift_share(''{"A": 1}'', ''{"A": 1}'', ''{"A": 1e-300}'', ''{"A": 1e300}'')',
	'yoy(''{201901: 1e-300, 202001: 1e300}'')', 'recovery_ratio(''{201901: 1e-300, 202001: 1e300}'', 2019)']) AS u(e);
SELECT throws_ok('SELECT shift_rate(''[1]'', ''[1]'')', '22023', 'shift_rate needs compositions with keys', 'so does that of shift_rate');
-- C6: the other choice through n.
SELECT is(pg_temp.val('hhi_normalized(d0, partner_count(d0))'), pg_temp.val('hhi_normalized(d1)'), 'positives-only normalised HHI through n');
-- C8, C9: no key, no row; a key is summed before it is squared.
SELECT is(composition_agg(k, v), '{"A": 50, "B": 30, "C": 15, "D": 5}', 'the row without a key is skipped')
	FROM (VALUES ('A', 20), ('A', 30), ('B', 30), ('C', 15), ('D', 5), (NULL, 99)) AS t(k, v);
SELECT pg_temp.near('(SELECT ' || e || ' FROM (VALUES (''A'', 20), (''A'', 30), (''B'', 30), (''C'', 15), (''D'', 5)) AS t(k, v))', want, 1e-13)
	FROM (VALUES ('hhi(v)', 0.245), ('gini(v)', 0.26), ('hhi(composition_agg(k, v))', 0.365), ('gini(composition_agg(k, v))', 0.375)) AS w(e, want);
-- C11: at the bounds exactly.
SELECT is(pg_temp.val(e), want::double precision, e) FROM (VALUES ('gini(ties)', 0), ('theil_t(ties)', 0), ('theil_l(ties)', 0), ('coefficient_of_variation(ties)', 0), ('hoover(ties)', 0),
	('effective_number(ties)', 3), ('evenness(ties)', 1), ('hill_number(ties, 0.3)', 3), ('hhi_normalized(ties)', 0), ('rank_size_slope(ties)', 0),
	('hhi(one)', 1), ('rosenbluth(one)', 1), ('effective_number(one)', 1), ('shannon_entropy(one)', 0), ('gini(one)', 0), ('horvath_cci(one)', 1), ('simpson_diversity(one)', 0),
	('finger_kreinin(d0, d1)', 1), ('krugman_index(d0, d1)', 0), ('cosine_similarity(d0, d1)', 1), ('krugman_index(one, ''{"B": 3}'')', 2),
	('finger_kreinin(one, ''{"B": 3}'')', 0), ('hachman(d0, d0)', 1)) AS t(e, want);
-- C12, C14: extremes neither overflow nor fail. C13: ties are broken by key where a key is shown.
SELECT pg_temp.near(e, want, 1e-12) FROM (VALUES ('(SELECT hhi(x) FROM (VALUES (1e300::float8), (3e300)) AS v(x))', 0.625), ('(SELECT hhi(x) FROM (VALUES (1e-300::float8), (3e-300)) AS v(x))', 0.625),
	('(SELECT hhi(x) FROM (VALUES (5e-324::float8), (1.5e-323)) AS v(x))', 0.625), ('(SELECT gini(x) FROM (VALUES (5e-324::float8), (1.5e-323)) AS v(x))', 0.25),
	('(SELECT hhi(x) FROM (VALUES (1e-300::float8), (1e300)) AS v(x))', 1), ('(SELECT theil_l(x) FROM (VALUES (1e-300::float8), (1e300)) AS v(x))', 690.0823807176538),
	('location_quotient(1e300, 1e301, 1e-300, 1e-299)', 1), ('cagr(1e-300, 1e300, 600)', 9),
	('(SELECT max(yoy) FROM yoy(''{201901: 1e300, 202001: 1e-300}''))', -1), ('index_number(1e-300, 1e300)', 0), ('index_number(1e308, 1e308)', 100), ('index_number(-5, 10)', -50),
	('(SELECT min(index_number) FROM index_number(''{2018: 1e300, 2019: 1e-300}''::composition, 2018))', 0),
	('(SELECT min(recovery_ratio) FROM recovery_ratio(''{201901: 1e300, 202001: 1e-300}'', 2019))', 0),
	('(SELECT share FROM port_shift(''{"a": 1e-300, "b": 1e300}'', ''{"a": 1, "b": 1e10}'') WHERE key = ''a'')', -1e-300),
	('(SELECT shift FROM port_shift(''{"a": 1e-300, "b": 1e300}'', ''{"a": 1, "b": 1e10}'') WHERE key = ''a'')', 1),
	('(SELECT regional FROM shift_share(''{"a": 1e-300}'', ''{"a": 1e-300}'', ''{"a": 1e300}'', ''{"a": 1e10}''))', 1e-300)) AS t(e, want);
SELECT results_eq('SELECT s.key, s.value, s.share::text, s.rank FROM c, shares(ties) AS s', $$VALUES ('A', 0.1::float8, '0.33333333333333337', 1),
	('B', 0.1, '0.33333333333333337', 2), ('C', 0.1, '0.33333333333333337', 3)$$, 'equal totals in key order');
SELECT is(first_entity(ties), 'A', 'the first of equals') FROM c;
SELECT is(first_entity('{"满洲里": 2, "Zabaikalsk": 2, "a": 1}'), 'Zabaikalsk', 'bytewise, not by collation');
SELECT is(first_entity('{10: 5, 9: 5}'), '9', 'a bigint key as text, by number');
SELECT is(first_entity('[10, 5]'), NULL, 'no key');
SELECT results_eq('SELECT s.* FROM c, shares(d0) AS s', $$VALUES ('A', 50::float8, 0.5::float8, 1), ('B', 30, 0.3, 2), ('C', 15, 0.15, 3), ('D', 5, 0.05, 4), ('E', 0, 0, 5)$$, 'shares');
SELECT results_eq('SELECT s.* FROM c, top(d0, 2) AS s', $$VALUES ('A', 50::float8, 0.5::float8, 1), ('B', 30, 0.3, 2)$$, 'top 2');
SELECT is(count(*), 5::bigint, 'top 9 of 5') FROM c, top(d0, 9);
SELECT results_eq('SELECT s.* FROM c, shares(zero) AS s', $$VALUES ('A', 0::float8, NULL::float8, 1), ('B', 0, NULL, 2)$$, 'shares of zeros are NULL');
SELECT results_eq('SELECT s.* FROM c, shares(bare) AS s', $$VALUES (NULL::text, 50::float8, 0.625::float8, 1), (NULL, 30, 0.375, 2)$$, 'shares without keys');
SELECT is_empty('SELECT * FROM shares(''{}'')', 'shares of nothing');
SELECT is(total_exact('{"A": 0.1, "B": 0.25}'), 0.35, 'the exact total of decimals');

-- Sets.
SELECT results_eq($$SELECT s.* FROM matched('{"A": 1, "B": 3}', '{"B": 1, "C": 1}') AS s$$,
	$$VALUES ('A', 1::float8, 0::float8, 0.25::float8, 0::float8), ('B', 3, 1, 0.75, 0.5), ('C', 0, 1, 0, 0.5)$$, 'matched');
CREATE FUNCTION pg_temp.close_to(got double precision, want double precision) RETURNS boolean LANGUAGE sql AS $$
	SELECT abs(got - want) <= greatest(1e-12 * abs(want), 1e-14);
$$;
SELECT ok(bool_and(pg_temp.close_to(s.change, w.change) AND pg_temp.close_to(s.national, w.national) AND pg_temp.close_to(s.structural, w.structural) AND
		pg_temp.close_to(s.regional, w.regional)) AND count(*) = 2, 'shift_share of P')
	FROM shift_share('{"k1": 100, "k2": 50}', '{"k1": 150, "k2": 45}', '{"k1": 160, "k2": 140}', '{"k1": 210, "k2": 165}') AS s
	FULL JOIN (VALUES ('k1', 50::float8, 25::float8, 6.25::float8, 18.75::float8), ('k2', -5, 12.5, -3.571428571428571, -13.92857142857143))
		AS w(key, change, national, structural, regional) ON w.key = s.key;
SELECT results_eq($$SELECT * FROM shift_share('{"k1": 1}', '{"k1": 2, "k2": 5}', '{"k1": 4}', '{"k1": 8, "k2": 5}')$$,
	$$VALUES ('k1', 1::float8, 2.25::float8, -1.25::float8, 0::float8), ('k2', 5, 0, 0, 5)$$, 'a key new to all regions is wholly regional');
SELECT results_eq($$SELECT * FROM shift_share('{"k1": 1, "k2": 1}', '{"k1": 2}', '{"k2": 4}', '{"k1": 8}')$$,
	$$VALUES ('k1', 1::float8, NULL::float8, NULL::float8, NULL::float8), ('k2', -1, 1, -2, 0)$$, 'a key that the reference lacks is NULL');
SELECT results_eq($$SELECT * FROM shift_share('{}', '{"k1": 2}', '{}', '{"k1": 8}')$$,
	$$VALUES ('k1', 2::float8, NULL::float8, NULL::float8, NULL::float8)$$, 'no total at the first date');
SELECT results_eq('SELECT s.* FROM c, port_shift(t0, t1) AS s', $$VALUES ('A', 50::float8, 50::float8, 0::float8), ('B', 0, 30, -30), ('C', 50, 20, 30)$$, 'port_shift');
SELECT results_eq($$SELECT * FROM port_shift('{"A": 0}', '{"A": 5}')$$, $$VALUES ('A', 5::float8, NULL::float8, NULL::float8)$$, 'port_shift from nothing');
SELECT ok(pg_temp.close_to(t, 0.3718407442015432) AND pg_temp.close_to(t_between, 0.3347952867143343) AND pg_temp.close_to(t_within, 0.03704545748720894) AND
	pg_temp.close_to(l, 0.4287960125634814) AND pg_temp.close_to(l_between, 0.3819085009768877) AND pg_temp.close_to(l_within, 0.04688751158659373), 'theil_decomposition')
	FROM theil_decomposition(ARRAY['[50, 30]'::composition, '[10, 5, 5]', NULL, '{}']);
SELECT is(concat_ws(' ', t, least(t_between, 0), t_within, l, least(l_between, 0), l_within), '0 0 0 0 0 0', 'groups of one mean: no part below 0')
	FROM (VALUES ('[0.1, 0.1, 0.1]'::composition, '[0.1]'::composition), ('[0.1, 0.1, 0.1, 0.1, 0.1]', '[0.1]')) v (a, b), theil_decomposition(ARRAY[a, b]);
SELECT results_eq($$SELECT t > 0, t_between > 0, t_within, l, l_between, l_within FROM theil_decomposition(ARRAY['[50]'::composition, '[0, 0]'])$$,
	$$VALUES (true, true, 0::float8, 'Infinity'::float8, 'Infinity'::float8, 0::float8)$$, 'a group of zeros adds nothing to T and makes L infinite');
SELECT results_eq($$SELECT * FROM theil_decomposition(ARRAY['[0]'::composition])$$,
	$$VALUES (NULL::float8, NULL::float8, NULL::float8, NULL::float8, NULL::float8, NULL::float8)$$, 'nothing to decompose');
SELECT results_eq($$SELECT * FROM yoy('{201901: 10, 202001: 15, 202002: 4}')$$,
	$$VALUES (201901::bigint, 10::float8, NULL::float8), (202001, 15, 0.5), (202002, 4, NULL)$$, 'yoy goes by the calendar, not by rows');
SELECT is(count(*), 12::bigint, 'twelve months') FROM c, seasonal_index(months) AS s WHERE years = 1;
SELECT results_eq('SELECT sum(s.seasonal_index)::numeric(8, 4), max(years) FROM c, seasonal_index(months || ''{201801: 5, 202001: 7}'') AS s',
	'VALUES (1200.0000, 1::bigint)', 'incomplete years are left out');
SELECT is_empty($$SELECT * FROM seasonal_index('{201901: 5}')$$, 'no complete year');

-- A total that a double cannot hold is an error, whether it is too large or too small: NULL would say that there is none.
SELECT throws_ok('SELECT ' || e, '22003', m || ' is out of range for type double precision', 'too small a total: ' || e) FROM (VALUES
	('hhi(x) FROM (VALUES (1e-400), (3e-400)) AS v (x)', 'total of composition'), ('total(composition_agg(x)) FROM (VALUES (1e-400)) AS v (x)', 'total of composition'),
	('share(composition_agg(''a''::text, x), ''a''::text) FROM (VALUES (1e-400)) AS v (x)', 'total of composition'), ('ratio_to_report(x) OVER () FROM (VALUES (1e-400), (NULL)) AS v (x)', 'total of ratio_to_report')) AS v (e, m);
SELECT is(total_exact(composition_agg(x)), 4e-400, 'which is there exactly') FROM (VALUES (1e-400), (3e-400)) AS v (x);

-- ratio_to_report: the whole partition, whatever the order and the frame.
SELECT results_eq(format('SELECT x, ratio_to_report(x) OVER (%s) FROM (VALUES (1::%s), (3), (NULL), (4)) AS v(x) ORDER BY x', w, t),
	format('VALUES (1::%s, 0.125::float8), (3, 0.375), (4, 0.5), (NULL, NULL)', t), format('ratio_to_report(%s) OVER (%s)', t, w))
	FROM unnest(ARRAY['integer', 'bigint', 'numeric', 'double precision']) AS a(t),
		unnest(ARRAY['', 'ORDER BY x DESC', 'ORDER BY x ROWS 1 PRECEDING', 'ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW']) AS b(w);
SELECT results_eq('SELECT g, ratio_to_report(x) OVER (PARTITION BY g) FROM (VALUES (1, 1), (1, 3), (2, 5), (3, 2), (3, -2), (4, NULL)) AS v(g, x) ORDER BY 1, 2',
	$$VALUES (1, 0.25::float8), (1, 0.75), (2, 1), (3, NULL), (3, NULL), (4, NULL)$$, 'each partition has its own total; a total of zero gives NULL');
SELECT results_eq('SELECT ratio_to_report(x) OVER () FROM (VALUES (-1), (3)) AS v(x)', $$VALUES (-0.5::float8), (1.5)$$, 'negative values are plain arithmetic');
SELECT results_eq('SELECT ratio_to_report(x) OVER () FROM (VALUES (1e16::float8), (1), (-1e16), (1)) AS v(x) ORDER BY 1',
	$$VALUES (-5e15::float8), (0.5), (0.5), (5e15)$$, 'the sum is exact');
SELECT results_eq('SELECT ratio_to_report(x) OVER () FROM (VALUES (1e308::float8), (1e308), (-1.5e308)) AS v(x)', $$VALUES (2::float8), (2), (-3)$$, 'no overflow on the way');
SELECT results_eq('SELECT ratio_to_report(x) OVER () FROM (VALUES (5e-324::float8), (1.5e-323)) AS v(x)', $$VALUES (0.25::float8), (0.75)$$, 'subnormal values');
SELECT pg_temp.fails(format('ratio_to_report(x) OVER () FROM (VALUES (%s), (1)) AS v(x)', v), '22003')
	FROM unnest(ARRAY['''NaN''::float8', '''Infinity''::float8', '''-Infinity''::float8', '''NaN''::numeric', '''Infinity''::numeric', '1.7e308::float8), (1.7e308']) AS u(v);
SELECT is_empty('SELECT ratio_to_report(x) OVER () FROM generate_series(1::bigint, 0) AS v(x)', 'no rows');
-- The first row walks the partition, and what a row's argument takes is given back before the next: not megabytes.
SELECT ok(bool_and(bytes < 1000000), format('memory of ratio_to_report(%s)', t)) FROM unnest(ARRAY['numeric', 'double precision']) AS a(t),
	LATERAL (SELECT (xpath('//bytes/text()', query_to_xml(format('SELECT ratio_to_report((x::numeric + 0.5)::%s) OVER (), (SELECT max(total_bytes) FROM pg_backend_memory_contexts
		WHERE name IN (''ExprContext'', ''ratio_to_report'')) AS bytes FROM generate_series(1, 100000) AS v(x) LIMIT 1', t), false, true, '')))[1]::text::bigint AS bytes) AS b GROUP BY t;

-- The examples in the comments are true.

SELECT pg_temp.near(m[1], m[2]::double precision, 2e-14)
	FROM pg_description AS d JOIN pg_proc AS p ON p.oid = d.objoid AND d.classoid = 'pg_proc'::regclass,
		regexp_match(d.description, 'Example: (.*) is (-?[0-9.]+)$') AS m
	WHERE p.pronamespace = 'portext'::regnamespace AND m IS NOT NULL ORDER BY m[1];
SELECT * FROM finish();
