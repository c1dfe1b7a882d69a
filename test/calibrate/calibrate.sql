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
