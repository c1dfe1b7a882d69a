-- Indicators as a reader tries them: one composition many ways, two compositions, errors that say what to do.
SET search_path = public;
CREATE TABLE crossing_2019 (region text, port text, tonnes integer, people bigint);
INSERT INTO crossing_2019 VALUES ('north', 'A', 20, 5), ('north', 'A', 30, 15), ('north', 'B', 30, 60), ('south', 'C', 15, 10), ('south', 'D', 5, 10), ('south', 'E', 0, 0);

-- one pass, many readings
SELECT portext.hhi(c), portext.effective_number(c)::numeric(8, 6), portext.gini(c), portext.gini(c, unbiased => true),
	portext.concentration_ratio(c, 2), portext.first_entity(c), portext.entity_count(c), portext.partner_count(c), portext.total(c), portext.total_exact(c)
FROM (SELECT portext.composition_agg(port, tonnes) AS c FROM crossing_2019) AS s;
SELECT t.* FROM (SELECT portext.composition_agg(port, tonnes) AS c FROM crossing_2019) AS s, portext.top(c, 3) AS t;
SELECT region, portext.share(portext.composition_agg(port, tonnes), 'A'), portext.hhi(portext.composition_agg(port, tonnes)) FROM crossing_2019 GROUP BY region ORDER BY region;
-- each row an entity, or each port
SELECT portext.hhi(tonnes) AS of_rows, portext.hhi(portext.composition_agg(port, tonnes)) AS of_ports FROM crossing_2019;
-- percent of total in one line
SELECT port, tonnes, 100 * portext.ratio_to_report(tonnes) OVER () AS percent FROM crossing_2019 ORDER BY port, tonnes;
SELECT region, port, portext.ratio_to_report(tonnes) OVER (PARTITION BY region) AS of_region FROM crossing_2019 ORDER BY port, tonnes;
-- people against cargo
SELECT m.*, portext.role_ratio(people, cargo, m.key) FROM (SELECT portext.composition_agg(port, people) AS people, portext.composition_agg(port, tonnes) AS cargo FROM crossing_2019) AS c,
	portext.matched(people, cargo) AS m;
SELECT region, portext.diversity_rca(c, portext.rollup(c) OVER ()), portext.krugman_index(c, portext.rollup(c) OVER ())
FROM (SELECT region, portext.composition_agg(port, tonnes) AS c FROM crossing_2019 GROUP BY region) AS s ORDER BY region;
-- sets
SELECT * FROM portext.port_shift('{"A": 100, "B": 60, "C": 40}', '{"A": 150, "B": 60, "C": 90}');
SELECT key, change, "national", structural::numeric(8, 4), regional::numeric(8, 4) FROM portext.shift_share('{"k1": 100, "k2": 50}', '{"k1": 150, "k2": 45}', '{"k1": 160, "k2": 140}', '{"k1": 210, "k2": 165}');
SELECT period, value, yoy::numeric(6, 4) FROM portext.yoy('{201906: 200, 201907: 231, 202007: 150}');
SELECT period, value, index_number FROM portext.index_number('{2018: 200, 2019: 231}'::portext.composition, 2018);
-- scalars
SELECT portext.trade_balance(100, NULL), portext.grubel_lloyd(100, 60), portext.directional_balance(60, 100), portext.location_quotient(60, 100, 120, 250), portext.rci_class(1.3), portext.period_number(202001) - portext.period_number(201912) AS months;
SELECT portext.grubel_lloyd_agg(x, m)::numeric(8, 6) FROM (VALUES (100, 60), (0, 40), (50, 50), (NULL, 9)) AS v(x, m);

-- nothing to say is NULL, never NaN
\pset null NULL
SELECT portext.hhi('{}'::portext.composition), portext.hhi('{"A": 0}'::portext.composition), portext.gini('{"A": 1}'::portext.composition, true), portext.theil_l('{"A": 1, "B": 0}'::portext.composition), portext.entity_count('{}');

-- a literal needs its type where a one-step aggregate has the same name
SELECT portext.hhi('{"A": 50, "B": 50}');
SELECT portext.hhi('{"A": 50, "B": 50}'::portext.composition);

-- errors name the indicator and say what to do; first the message, then the code
SELECT portext.hhi(x) FROM (VALUES (1), (-1)) AS v(x);
SELECT portext.gini(x) FROM (VALUES (1e0::float8), ('NaN')) AS v(x);
SELECT portext.ratio_to_report(x) OVER () FROM (VALUES (1e0::float8), ('Infinity')) AS v(x);
SELECT portext.grubel_lloyd(-1, 5);
SELECT portext.hhi_normalized('{"A": 1, "B": 2}'::portext.composition, 1);
SELECT portext.concentration_ratio('{"A": 1}', 0);
SELECT portext.hill_number('{"A": 1}', -1);
SELECT portext.shannon_entropy('{"A": 1}'::portext.composition, 1);
SELECT portext.share('{"A": 1}', 7);
SELECT portext.krugman_index('[1, 2]', '[2, 3]');
SELECT * FROM portext.yoy('{2019: 1}');
SELECT * FROM portext.yoy('{"A": 1}');
\set VERBOSITY sqlstate
SELECT portext.hhi(x) FROM (VALUES (1), (-1)) AS v(x);
SELECT portext.gini(x) FROM (VALUES (1e0::float8), ('NaN')) AS v(x);
SELECT portext.ratio_to_report(x) OVER () FROM (VALUES (1e0::float8), ('Infinity')) AS v(x);
SELECT portext.grubel_lloyd(-1, 5);
SELECT portext.hhi_normalized('{"A": 1, "B": 2}'::portext.composition, 1);
SELECT portext.concentration_ratio('{"A": 1}', 0);
SELECT portext.share('{"A": 1}', 7);
SELECT portext.krugman_index('[1, 2]', '[2, 3]');
SELECT portext.primacy(portext.composition_agg(k, v)) FROM (VALUES (1, 1e300::float8), (2, 1e-300)) AS t(k, v);
SELECT * FROM portext.yoy('{2019: 1}');
DROP TABLE crossing_2019;
