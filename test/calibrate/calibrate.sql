-- make calibrate: how well the rule of mode_relation and classify_mode does on Table 3, and what fitting it is worth.
--
-- Fixed before any fit:
--   Places     the 53 of Table 3 that have a neighbour. Mudanjiang, an inland airport, has no other side to measure.
--   Features   four per side: distance and people of the relevant town, distance and city rank of the seat of the
--              port's own unit. The home side is measured from the port, the other from its counterpart.
--   Forms      full: towns and seats, five thresholds, the shipped rule
--              one radius: the seat integrates within the radius of the town, four thresholds
--              towns: seats count as towns only, four thresholds
--   Grid       the round numbers below; the C functions do the classifying.
--   Choice     the most hits; among equals the prediction that most threshold sets share, and of these the middle one.
--   Folds      a form is chosen by leave-one-out inside the fold, its thresholds by the hits inside the fold.
\set ON_ERROR_STOP on
SET search_path = portext, public;
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;

CREATE TEMPORARY TABLE hand AS
SELECT 10::float8 AS integrated_km, 30000::float8 AS integrated_population, 25::float8 AS integrated_seat_km,
	60::float8 AS reach_km, 10000::float8 AS reach_population;

CREATE TEMPORARY TABLE place AS
SELECT place_id, place, neighbour_iso2, published_mode AS mode FROM mode_evidence
WHERE published_mode IS NOT NULL AND neighbour_iso2 IS NOT NULL;

-- Every town that a side could have, from all its ports, without an index.
CREATE TEMPORARY TABLE town AS
SELECT p.place_id, k.side_rank, t.population::float8 AS population, min(ST_Distance(t.geom::geography, k.at)) / 1000 AS km
FROM place p
JOIN ref_place r ON r.id = p.place_id
JOIN ref_port o ON o.place_code = r.place_code AND o.neighbour_iso2 IS NOT NULL
CROSS JOIN LATERAL (VALUES (1, 'home', o.country_iso2, o.geom::geography),
	(2, 'away', o.neighbour_iso2, COALESCE(o.counterpart_geom, o.geom)::geography)) k (side_rank, side, iso2, at)
JOIN LATERAL (
	SELECT c.id, 'city' AS kind, c.population, c.geom FROM ref_city c WHERE c.country_iso2 = k.iso2
	UNION ALL
	SELECT s.id, 'seat', s.population, s.geom FROM ref_seat s WHERE s.place_code = r.place_code AND s.side = k.side
) t ON t.population >= 10000
GROUP BY p.place_id, k.side_rank, t.kind, t.id, t.population;

CREATE TEMPORARY TABLE seat AS
SELECT place_id, side_rank, seat_km AS km, seat_is_city AS is_city FROM mode_side JOIN place USING (place_id);

CREATE TEMPORARY TABLE threshold AS
SELECT row_number() OVER (ORDER BY form, i.v, p.v, s.v, r.v, q.v)::int AS threshold_id, form,
	i.v AS integrated_km, p.v AS integrated_population, s.v AS integrated_seat_km, r.v AS reach_km, q.v AS reach_population
FROM (VALUES ('full'), ('one radius'), ('towns')) f (form)
CROSS JOIN unnest('{5,10,15,20}'::float8[]) i (v)
CROSS JOIN unnest('{20000,30000,50000}'::float8[]) p (v)
CROSS JOIN LATERAL unnest(CASE form WHEN 'full' THEN '{10,15,20,25,30}'::float8[] WHEN 'one radius' THEN ARRAY[i.v] ELSE '{0}' END) s (v)
CROSS JOIN unnest('{40,50,60,75,100,125}'::float8[]) r (v)
CROSS JOIN unnest('{10000,15000,20000}'::float8[]) q (v);

-- What each set of thresholds predicts, by the functions as shipped.
CREATE TEMPORARY TABLE near_town AS -- the nearest town of each least population, and how far
SELECT DISTINCT ON (place_id, side_rank, q.v) place_id, side_rank, q.v AS least, km, population
FROM town JOIN (SELECT integrated_population AS v FROM threshold UNION SELECT reach_population FROM threshold
	UNION SELECT 30000 UNION SELECT 10000) q ON town.population >= q.v
ORDER BY place_id, side_rank, q.v, km, population DESC;

ANALYZE near_town; ANALYZE seat; ANALYZE threshold;
CREATE TEMPORARY TABLE side_relation AS
SELECT s.place_id, s.side_rank, t.threshold_id,
	mode_relation(CASE WHEN big.km <= t.integrated_km THEN big.km ELSE town.km END,
		CASE WHEN big.km <= t.integrated_km THEN big.population ELSE town.population END,
		s.km, t.form <> 'towns' AND s.is_city,
		t.integrated_km, t.integrated_population, t.integrated_seat_km, t.reach_km, t.reach_population) AS relation
FROM seat s
CROSS JOIN threshold t
LEFT JOIN near_town big ON big.place_id = s.place_id AND big.side_rank = s.side_rank AND big.least = t.integrated_population
LEFT JOIN near_town town ON town.place_id = s.place_id AND town.side_rank = s.side_rank AND town.least = t.reach_population;
ANALYZE side_relation;

CREATE TEMPORARY TABLE prediction AS
SELECT h.threshold_id, h.place_id, classify_mode(h.relation, a.relation)::text AS mode
FROM side_relation h JOIN side_relation a USING (threshold_id, place_id)
WHERE h.side_rank = 1 AND a.side_rank = 2;

-- The way of this file and that of the views must agree on the hand rule, or nothing below means anything.
CREATE TEMPORARY TABLE agreement (same boolean NOT NULL CHECK (same));
INSERT INTO agreement
SELECT pg_catalog.bool_and(p.mode = e.predicted_mode) FROM threshold t NATURAL JOIN hand
JOIN prediction p USING (threshold_id) JOIN mode_evidence e USING (place_id) WHERE t.form = 'full';

-- Threshold sets that predict alike are one candidate. Its id is the middle set; its plateau is how many there are.
CREATE TEMPORARY TABLE candidate AS
SELECT form, plateau[(cardinality(plateau) + 1) / 2] AS candidate_id, cardinality(plateau) AS plateau
FROM (SELECT form, array_agg(threshold_id ORDER BY threshold_id) AS plateau
	FROM (SELECT threshold_id, string_agg(mode, ' ' ORDER BY place_id) AS modes FROM prediction GROUP BY 1) v
	JOIN threshold USING (threshold_id) GROUP BY form, modes) g;
DELETE FROM prediction WHERE threshold_id NOT IN (SELECT candidate_id FROM candidate);
ANALYZE candidate; ANALYZE prediction;

-- The labels: 0 as published, 1 to 20 shuffled, in the order of a checksum of the place and the number.
CREATE TEMPORARY TABLE label AS
SELECT 0 AS shuffle, place_id, mode FROM place
UNION ALL
SELECT s, p.place_id, q.mode
FROM generate_series(1, 20) s
CROSS JOIN LATERAL (SELECT place_id, row_number() OVER (ORDER BY place_id) AS n FROM place) p
JOIN LATERAL (SELECT mode, row_number() OVER (ORDER BY md5(place_id || ' ' || s)) AS n FROM place) q USING (n);

CREATE TEMPORARY TABLE hit AS
SELECT l.shuffle, c.form, c.candidate_id, c.plateau, p.place_id, (p.mode = l.mode)::int AS hit
FROM label l JOIN prediction p USING (place_id) JOIN candidate c ON c.candidate_id = p.threshold_id;
CREATE TEMPORARY TABLE total AS
SELECT shuffle, form, candidate_id, plateau, sum(hit)::int AS hits FROM hit GROUP BY 1, 2, 3, 4;
ANALYZE hit; ANALYZE total;

-- Leave one out, each form by itself: the candidate with the most hits elsewhere is tried on the place left out. The
-- order of choice is packed into one number, whose last bit says whether the candidate hits.
CREATE FUNCTION pg_temp.choice(hits int, plateau int, candidate_id int, hit int) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN ((hits::bigint * 10000 + plateau) * 10000 + 9999 - candidate_id) * 2 + hit;
CREATE TEMPORARY TABLE out_one AS
SELECT h.shuffle, h.form, h.place_id, (max(pg_temp.choice(t.hits - h.hit, h.plateau, h.candidate_id, h.hit)) % 2)::int AS hit
FROM hit h JOIN total t USING (shuffle, form, candidate_id)
GROUP BY h.shuffle, h.form, h.place_id;

-- Leave two out, for the choice of the form inside a fold: the inner place is tried without it and the outer one.
CREATE TEMPORARY TABLE out_two AS
SELECT h.form, o.place_id AS outer_id, h.place_id,
	(max(pg_temp.choice(t.hits - h.hit - o.hit, h.plateau, h.candidate_id, h.hit)) % 2)::int AS hit
FROM hit h JOIN total t USING (shuffle, form, candidate_id)
JOIN hit o USING (shuffle, form, candidate_id)
WHERE h.shuffle = 0 AND h.place_id <> o.place_id
GROUP BY h.form, o.place_id, h.place_id;

CREATE TEMPORARY TABLE form_in_fold AS -- equal forms: the one with fewer thresholds
SELECT DISTINCT ON (outer_id) outer_id AS place_id, form, sum(hit) AS hits
FROM out_two GROUP BY outer_id, form
ORDER BY outer_id, sum(hit) DESC, form = 'full', form;

-- Leave one country out.
CREATE TEMPORARY TABLE out_country AS
SELECT DISTINCT ON (p.form, p.neighbour_iso2) p.form, p.neighbour_iso2, p.hits, p.places
FROM (SELECT h.form, c.neighbour_iso2, h.candidate_id, h.plateau, sum(h.hit) AS hits, count(*) AS places
	FROM hit h JOIN place c USING (place_id) WHERE h.shuffle = 0 GROUP BY 1, 2, 3, 4) p
JOIN total t ON t.shuffle = 0 AND t.form = p.form AND t.candidate_id = p.candidate_id
ORDER BY p.form, p.neighbour_iso2, t.hits - p.hits DESC, p.plateau DESC, p.candidate_id;

CREATE TEMPORARY TABLE report (line int, item text, hits numeric, of int, remark text);
INSERT INTO report
SELECT 1, 'majority class (' || mode || ')', count(*), (SELECT count(*) FROM ref_place WHERE mode IS NOT NULL), 'of all places of Table 3'
FROM ref_place WHERE mode IS NOT NULL GROUP BY mode ORDER BY count(*) DESC LIMIT 1;
INSERT INTO report
SELECT 2, 'hand rule, the defaults of mode_relation', count(*) FILTER (WHERE agrees), count(*), 'round numbers set by hand; from mode_evidence'
FROM mode_evidence JOIN place USING (place_id);
INSERT INTO report
SELECT DISTINCT ON (form) 3, form || ': fitted, on the places it was fitted to', hits, 53,
	format('%s km and %s; seat %s km; reach %s km and %s', integrated_km, integrated_population, integrated_seat_km, reach_km, reach_population)
FROM total JOIN threshold USING (form) WHERE shuffle = 0 AND threshold_id = candidate_id
ORDER BY form, hits DESC, plateau DESC, candidate_id;
INSERT INTO report
SELECT 4, form || ': leave one out', sum(hit), count(*), NULL FROM out_one WHERE shuffle = 0 GROUP BY form;
INSERT INTO report
SELECT 5, 'nested leave one out', sum(hit), count(*),
	'form chosen inside: ' || (SELECT string_agg(form || ' ' || n, ', ' ORDER BY n DESC, form) FROM (SELECT form, count(*) AS n FROM form_in_fold GROUP BY 1) f)
FROM out_one JOIN form_in_fold USING (place_id, form) WHERE shuffle = 0;
INSERT INTO report
SELECT 6, form || ': leave one country out', sum(hits), sum(places), count(*) || ' countries' FROM out_country GROUP BY form;
INSERT INTO report
SELECT 7, 'full: leave one out, labels shuffled', round(avg(n), 1), 53, format('mean of 20, from %s to %s', min(n), max(n))
FROM (SELECT shuffle, sum(hit) AS n FROM out_one WHERE shuffle > 0 AND form = 'full' GROUP BY 1) s;

\echo How well the rule gives the modes of Table 3
SELECT item, hits, of, round(100 * hits / of, 1) AS percent, remark FROM report ORDER BY line, item;
\echo
\echo Where the hand rule and Table 3 differ
SELECT e.place, e.published_mode AS published, e.predicted_mode AS predicted, e.miss_reason AS why
FROM mode_evidence e WHERE e.agrees IS NOT TRUE AND e.published_mode IS NOT NULL ORDER BY e.place;
