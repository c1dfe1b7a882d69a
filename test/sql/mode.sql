-- port_mode and the functions of modes, as people see them
\pset null NULL
SET search_path = '';

-- short and long labels, any case, white space around
SELECT 'PP'::portext.port_mode, 'cppc'::portext.port_mode, ' Cpc '::portext.port_mode, E'\tCC\n'::portext.port_mode;
SELECT 'Port-Port'::portext.port_mode, 'city-port-port-city'::portext.port_mode,
	'City (Port)-Port-City'::portext.port_mode, 'CITY (PORT)-CITY (PORT)'::portext.port_mode;

-- bad labels
SELECT 'XX'::portext.port_mode;
SELECT ''::portext.port_mode;
SELECT '  '::portext.port_mode;
SELECT 'P P'::portext.port_mode;
SELECT 'PPP'::portext.port_mode;
SELECT 'P'::portext.port_mode;
SELECT 'City (Port)-Port'::portext.port_mode;
SELECT 'ＣＣ'::portext.port_mode;
\set VERBOSITY sqlstate
SELECT 'XX'::portext.port_mode;
\set VERBOSITY default

-- order, grouping, min and max
CREATE TEMPORARY TABLE m (id integer, mode portext.port_mode);
INSERT INTO m VALUES (1, 'CC'), (2, 'PP'), (3, 'CPC'), (4, 'CPPC'), (5, NULL), (6, 'PP');
SELECT mode, count(*) FROM m GROUP BY mode ORDER BY mode;
SELECT portext.min(mode), portext.max(mode) FROM m;
SELECT portext.min(mode), portext.max(mode) FROM m WHERE mode IS NULL;
SELECT portext.min(mode), portext.max(mode) FROM m WHERE false;
SELECT id, portext.max(mode) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM m ORDER BY id;
SELECT portext.mode_rank(mode), mode, portext.mode_name(mode) FROM m ORDER BY mode, id;
SELECT portext.mode_rank('cpc'), portext.mode_name('cpc');
SELECT portext.mode_rank('cpx');

-- operators from the schema alone
SET search_path = portext;
SELECT a.mode, b.mode, a.mode = b.mode AS eq, a.mode <> b.mode AS ne, a.mode < b.mode AS lt, a.mode <= b.mode AS le,
	a.mode > b.mode AS gt, a.mode >= b.mode AS ge
	FROM pg_temp.m a, pg_temp.m b WHERE a.id < 5 AND b.id = 3 ORDER BY 1;
SELECT count(*) FROM pg_temp.m WHERE mode < 'CPC';
SET search_path = '';

-- casts: assignment, never implicit
CREATE TEMPORARY TABLE as_text (mode text);
INSERT INTO as_text SELECT mode FROM m;
INSERT INTO m SELECT 7, mode FROM as_text WHERE mode = 'CC';
SELECT mode::text, mode::varchar FROM m WHERE id = 7;
SELECT mode LIKE 'C%' FROM m;
SELECT portext.mode_rank(1);
PREPARE bind(integer, varchar) AS INSERT INTO m VALUES ($1, $2);
EXECUTE bind(8, 'City (Port)-Port-City');
SELECT mode FROM m WHERE id = 8;

-- binary input: a good byte, then zero, five, no byte and two bytes
CREATE TEMPORARY TABLE b (mode portext.port_mode);
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000001 03 ffff) =~ tr/ //dr"' (format binary)
SELECT * FROM b;
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000001 00 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000001 05 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000000 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000002 0101 ffff) =~ tr/ //dr"' (format binary)

-- the rule
SELECT portext.mode_relation(1.1, 147042, 1.1, true) AS in_a_city,
	portext.mode_relation(11.9, 112425, 11.9, false) AS city_apart,
	portext.mode_relation(70.8, 22338, 70.8, false) AS too_far,
	portext.mode_relation(16.7, 65044, 16.7, true) AS seat_is_city,
	portext.mode_relation(NULL, NULL, NULL, NULL) AS nothing;
SELECT portext.mode_relation(10, 30000, NULL, NULL) AS at_the_edge, portext.mode_relation(10, 29999, NULL, NULL) AS below,
	portext.mode_relation(60, 10000, NULL, NULL) AS reach, portext.mode_relation(60, 9999, NULL, NULL) AS small,
	portext.mode_relation('infinity', 1e7, 25, true) AS seat, portext.mode_relation('infinity', 1e7, 26, true) AS near_seat;
-- unknown population or status: known where it makes no difference
SELECT portext.mode_relation(5, NULL, NULL, NULL) AS unknown, portext.mode_relation(5, NULL, 5, true) AS known,
	portext.mode_relation(61, NULL, NULL, NULL) AS far, portext.mode_relation(50, 20000, 40, NULL) AS either_way;
SELECT portext.mode_relation(5, 20000, NULL, NULL, integrated_population => 20000);
SELECT portext.mode_relation(-1, 1, 1, true);
SELECT portext.mode_relation(1, 'NaN', 1, true);
SELECT portext.mode_relation(1, 1, 'NaN', true);
SELECT portext.mode_relation(1, -5, 1, true);
SELECT portext.mode_relation(1, 1, 1, true, reach_km => NULL);
SELECT portext.mode_relation(1, 1, 1, true, reach_km => -3);
SELECT portext.mode_relation(1, 1, 1, true, reach_km => 'infinity');
SELECT home, away, portext.classify_mode(home, away)
	FROM unnest(ARRAY['integrated', 'separate', 'none', NULL]) home, unnest(ARRAY['integrated', 'separate', 'none', NULL]) away
	ORDER BY 1, 2;
SELECT portext.classify_mode('Separate', NULL);

-- the graph
SELECT a, s FROM unnest(ARRAY['PP', 'CPPC', 'CPC', 'CC']::portext.port_mode[]) a, portext.mode_successors(a) s ORDER BY a, s;
SELECT portext.mode_successors('PP');
SELECT a, b, portext.mode_can_follow(a, b), portext.mode_path(a, b)
	FROM unnest(ARRAY['PP', 'CPPC', 'CPC', 'CC']::portext.port_mode[]) a, unnest(ARRAY['PP', 'CPPC', 'CPC', 'CC']::portext.port_mode[]) b
	ORDER BY a, b, 4;
SELECT portext.mode_path('port-port', 'cc'), portext.mode_can_follow('pp', 'cpc');
SELECT portext.mode_path('pp', 'dd');
SELECT portext.mode_successors(NULL::text), portext.mode_path('PP', NULL::text);
