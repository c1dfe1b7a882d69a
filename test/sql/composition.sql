-- composition as people see it
\pset null NULL
SET search_path = '';
SET extra_float_digits = 1;

-- text keys, bigint keys, no keys; whole, decimal, double precision
SELECT portext.composition_agg(port, tonnes) FROM (VALUES ('Quanhe', 50), ('满洲里', 30), ('Quanhe', 15), (NULL, 1), ('Dandong', NULL)) AS t(port, tonnes);
SELECT portext.composition_agg(month, tonnes) FROM (VALUES (201902, 0.10), (201901, 12.5), (201902, 0.20)) AS t(month, tonnes);
SELECT portext.composition_agg(tonnes) FROM (VALUES (0.1::double precision), (12.5), (0)) AS t(tonnes);
SELECT portext.composition_agg('all', tonnes) FROM (VALUES (0.1::double precision), (0.2), (0.3)) AS t(tonnes);
SELECT portext.composition_agg('all', tonnes) FROM (VALUES (0.5::double precision), (0.25), (0.25)) AS t(tonnes);

-- merging, taking apart, looking up
SELECT portext.rollup(c::portext.composition) FROM (VALUES ('{"a": 1.5, "b": 2}'), (NULL), ('{}'), ('{"a": 0.5}')) AS t(c);
SELECT '{"a": 1}'::portext.composition OPERATOR(portext.||) '{"b": 2}'::portext.composition;
SELECT '{"a": 1, "b": 2}'::portext.composition OPERATOR(portext.-) '{"b": 2}'::portext.composition;
SELECT '{"a": 1, "b": 2}'::portext.composition OPERATOR(portext.->) 'b', '{7: 0.1}'::portext.composition OPERATOR(portext.->) 7, '{7: 1}'::portext.composition OPERATOR(portext.->) 8;
SELECT '{"a": 1, "b": 0.1e0}'::portext.composition::json, '{7: 1}'::portext.composition::jsonb, '{"b": 0.10, "a": 1e2}'::jsonb::portext.composition;
SELECT '{"a": 1}'::portext.composition OPERATOR(portext.=) '{"a": 1e0}'::portext.composition AS same;

-- a table of them
CREATE TEMP TABLE monthly (month integer PRIMARY KEY, trade portext.composition UNIQUE);
INSERT INTO monthly VALUES (1, '{"Quanhe": 50, "Dandong": 20.5}'), (2, '{"Quanhe": 40}'), (3, NULL);
INSERT INTO monthly VALUES (4, '{"Dandong": 20.50, "Quanhe": 50.0}');
SELECT portext.rollup(trade) FROM monthly;
SELECT month, portext.rollup(trade) OVER (ORDER BY month) FROM monthly ORDER BY month;
PREPARE bind(varchar) AS INSERT INTO monthly VALUES (5, $1);
EXECUTE bind('{"Erenhot": 1}');
SELECT trade FROM monthly WHERE month = 5;

-- errors
SELECT '{"a": -1}'::portext.composition;
SELECT '{"a": 1, "a": 2}'::portext.composition;
SELECT '{"a": 0.5, "b": 0.5e0}'::portext.composition;
SELECT portext.composition_agg('a', -1);
SELECT portext.composition_agg('a', 'NaN'::double precision);
SELECT portext.hhi(v) FROM (VALUES (1), (-1)) AS t(v);
SELECT '{"a": 0.5}'::portext.composition OPERATOR(portext.||) '{"a": 0.5e0}'::portext.composition;
SELECT '{"a": 1}'::portext.composition OPERATOR(portext.||) '{1: 1}'::portext.composition;
SELECT '{"a": 1}'::portext.composition OPERATOR(portext.-) '{"a": 2}'::portext.composition;
SELECT '{"a": 1}'::portext.composition OPERATOR(portext.-) '{"b": 0}'::portext.composition;
SELECT '{"a": -1}'::jsonb::portext.composition;
SELECT '{"a": "1"}'::jsonb::portext.composition;
