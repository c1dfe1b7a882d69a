-- The audit of the published claims: complete, in agreement with the verdicts set when the claims were compiled,
-- joined to its data, and alive (each recomputed value follows the facts).
SELECT no_plan();
BEGIN;

CREATE TEMP TABLE audit AS SELECT * FROM portext.claim_audit;
CREATE TEMP TABLE by_claim AS -- the document's own row where there is one
SELECT DISTINCT ON (claim_code) a.*, c.verdict AS compiled_verdict, c.recomputed_value AS compiled_value
FROM audit a JOIN portext.ref_claim c USING (claim_code)
ORDER BY claim_code, basis_rank;

-- Complete.
SELECT is_empty('SELECT claim_code FROM portext.ref_claim EXCEPT SELECT claim_code FROM audit', 'every claim is in the audit');
SELECT is_empty('SELECT claim_code, basis FROM audit GROUP BY 1, 2 HAVING count(*) > 1', 'once per claim and basis');
SELECT is((SELECT count(DISTINCT claim_audit_id) FROM audit), (SELECT count(*) FROM audit), 'the key is unique');
SELECT is_empty($$SELECT * FROM audit WHERE verdict IS NULL OR basis NOT IN ('document', 'reconstruction')
	OR method NOT IN ('computed', 'primary', 'manual', 'open') OR how = ''$$, 'every row has a basis, a method, a verdict and a reason');
SELECT is_empty($$SELECT claim_code FROM audit WHERE method = 'computed' AND recomputed_low IS NULL$$, 'every computed row has a figure');
SELECT is_empty($$SELECT claim_code FROM audit WHERE method = 'computed' AND (recomputed < recomputed_low OR recomputed > recomputed_high)$$,
	'a recomputed figure lies in its own interval');
SELECT is_empty($$SELECT claim_code FROM audit WHERE method = 'computed' AND verdict IS DISTINCT FROM
	portext.claim_verdict(basis, published_low, published_high, recomputed, recomputed_low, recomputed_high)$$,
	'the verdict of a computed row follows from its two intervals');
SELECT cmp_ok((SELECT count(*) FROM by_claim WHERE method = 'manual'), '<=', 30::bigint, 'at most 30 claims are judged by hand');
SELECT cmp_ok((SELECT count(*) FROM by_claim b WHERE NOT EXISTS (SELECT FROM audit a WHERE a.claim_code = b.claim_code AND a.verdict <> 'needs_port_list')),
	'<=', 15::bigint, 'at most 15 claims are open');
SELECT results_eq('SELECT count(*)::integer, sum(claims_computed)::integer, sum(claims)::integer FROM portext.audit_summary',
	$$SELECT (SELECT count(*)::integer FROM (SELECT DISTINCT document, basis, verdict FROM audit) d),
		(SELECT count(*)::integer FROM audit WHERE method = 'computed'), (SELECT count(*)::integer FROM audit)$$,
	'the summary counts every row once');
SELECT results_eq($$SELECT claim_code, basis FROM portext.audit_findings WHERE finding_kind <> 'list answers' ORDER BY 1, 2$$,
	$$SELECT claim_code, basis FROM audit WHERE verdict IN ('inconsistent', 'differs_here') ORDER BY 1, 2$$,
	'the findings hold every contradiction and every difference');
SELECT is_empty('SELECT claim_code FROM portext.audit_findings WHERE finding IS NULL', 'each finding has its line');

-- The contradictions: those that the compiler of the claims found by hand, no more and no fewer.
SELECT results_eq($$SELECT claim_code FROM audit WHERE basis = 'document' AND verdict = 'inconsistent' ORDER BY claim_code COLLATE "C"$$, $$VALUES
	('alashankou-cargo'), ('bridge-roles'), ('countries-table2'), ('cppc-mostly-west'), ('dongxing-in-vietnam'),
	('four-borders-are-largest'), ('four-borders-share'), ('kz-within-total'), ('manzhouli-line-province'),
	('mn-ports-vs-places'), ('nanping-2005-top'), ('nanping-cap-is-flow'), ('nanping-pair'), ('nanping-vs-first'),
	('nanping-website'), ('nw-ports-share'), ('others-road-vs-places'), ('peak2-rate'), ('rail-road-within-total'),
	('stages-cover-all-years'), ('t1-sw-people'), ('t3-cppc-members'), ('t3-hekou-province'), ('t3-mudanjiang-cc'),
	('t3-shiwei-province')$$, '25 claims contradict their documents');
SELECT is_empty($$SELECT claim_code FROM audit WHERE basis = 'reconstruction' AND verdict IN ('inconsistent', 'rounding')
	OR basis = 'document' AND verdict = 'differs_here'$$, 'the reconstructed list contradicts no document');
SELECT results_eq($$SELECT claim_code, round(recomputed, 3), round(recomputed_low, 2), round(recomputed_high, 2) FROM audit
	WHERE basis = 'document' AND claim_code IN ('alashankou-cargo', 'kz-within-total', 'rail-road-within-total') ORDER BY 1$$,
	$$VALUES ('alashankou-cargo', 26.736, 26.35, 27.12), ('kz-within-total', 43.392, 42.65, 44.13), ('rail-road-within-total', 123.640, 123.59, 123.70)$$,
	'the three cargo claims, with the ranges of their printed digits');

-- The compiler's verdicts.
SELECT is_empty($$SELECT claim_code, verdict, compiled_verdict FROM by_claim
	WHERE verdict <> compiled_verdict AND compiled_verdict <> 'needs_port_list'$$, 'the verdicts are the compiler''s');
SELECT results_eq($$SELECT claim_code, basis, verdict FROM by_claim WHERE compiled_verdict = 'needs_port_list' AND verdict <> compiled_verdict ORDER BY claim_code COLLATE "C"$$,
	$$VALUES ('alashankou-triple', 'reconstruction', 'match'),
	('heihe-first-river', 'reconstruction', 'match'),
	('india-trade-small', 'document', 'match'), -- Pulan is booked under Nepal, which bounds it
	('kp-ports-fit-provinces', 'reconstruction', 'differs_here'),
	('ne-sw-earlier', 'reconstruction', 'match'),
	('peak2-heilongjiang', 'reconstruction', 'differs_here'),
	('peak2-kz', 'reconstruction', 'match'),
	('peak2-mn', 'reconstruction', 'differs_here'),
	('peak2-neimenggu', 'reconstruction', 'differs_here'),
	('peak2-ru', 'reconstruction', 'differs_here'),
	('peak2-vn', 'reconstruction', 'match'),
	('peak2-xinjiang', 'reconstruction', 'differs_here'),
	('ru-mostly-river', 'reconstruction', 'match'),
	('stage4-countries', 'reconstruction', 'match'),
	('stage4-mostly', 'reconstruction', 'match'),
	('suifenhe-first-rail', 'reconstruction', 'differs_here'),
	('sw-river-yunnan', 'reconstruction', 'match')$$, 'what the list says to claims that the documents leave open');
SELECT results_eq($$SELECT claim_code, compiled_value::numeric, round(recomputed, scale(compiled_value::numeric)) FROM by_claim
	WHERE method = 'computed' AND compiled_value ~ '^[0-9.]+$' AND round(recomputed, scale(compiled_value::numeric)) <> compiled_value::numeric
	ORDER BY 1$$, $$VALUES ('dnk-daily-cargo', 3000::numeric, 1095::numeric)$$, -- tonnes a day there, thousand tonnes a year here
	'the figures are the compiler''s, to the digits he gave');

-- Primary claims: each joined to its datum.
CREATE FUNCTION pg_temp.datum(a audit) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found_text text;
BEGIN
	EXECUTE format('SELECT %I::text FROM portext.%I WHERE %I::text = $1', a.datum_column, a.datum_table, split_part(a.datum_key, '=', 1))
		INTO STRICT found_text USING split_part(a.datum_key, '=', 2);
	RETURN found_text;
END $$;
SELECT is((SELECT count(*) FROM audit WHERE method = 'primary'), (SELECT count(*) FROM portext.ref_claim WHERE verdict = 'primary'), 'every primary claim names its datum');
SELECT is_empty($$SELECT claim_code, published_text, datum FROM (SELECT a.*, pg_temp.datum(a::audit) AS datum FROM audit a WHERE method = 'primary') p
	WHERE NOT CASE
		WHEN datum_column = 'event_date' THEN starts_with(datum, published_text)
		WHEN published IS NOT NULL THEN datum::numeric = published * datum_scale
		WHEN datum_column = 'counterpart_name' THEN datum LIKE '%' || published_text || '%'
		ELSE datum = published_text END$$, 'every primary claim agrees with its datum');
SELECT is_empty($$SELECT claim_code FROM audit WHERE datum_column = 'value' AND datum_table = 'ref_figure' AND split_part(datum_key, '=', 2) <> claim_code$$,
	'a figure belongs to the claim of its own name');

-- The rule itself.
SELECT is(portext.claim_verdict('document', 9.15, 9.25, 9.2, 9.2, 9.2), 'match', 'inside');
SELECT is(portext.claim_verdict('document', 9.15, 9.25, 9.25, 9.2, 9.3), 'match', 'the ends belong to the interval');
SELECT is(portext.claim_verdict('document', 9.15, 9.25, 9.3, 9.2, 9.4), 'rounding', 'within reach of the inputs only');
SELECT is(portext.claim_verdict('document', 9.15, 9.25, 9.3, 9.26, 9.4), 'inconsistent', 'out of reach');
SELECT is(portext.claim_verdict('reconstruction', 9.15, 9.25, 9.3, 9.26, 9.4), 'differs_here', 'out of reach of the list');
SELECT is(portext.claim_verdict('reconstruction', 79, 79, 66, 66, 81), 'needs_port_list', 'the blanks of the list leave it open');
SELECT is(portext.claim_verdict('document', 50, NULL, 23.5, 23.5, 23.5), 'inconsistent', 'below an open interval');
SELECT is(portext.claim_verdict('document', NULL, 100, 23.5, 23.5, 23.5), 'match', 'inside an open interval');
SELECT is(portext.claim_verdict('document', NULL, 1, NULL, 0, 0.2), 'match', 'both bounds inside');
SELECT is(portext.claim_verdict('document', 37.65, 37.75, NULL, 29, 57), 'needs_port_list', 'bounds around');
SELECT is(portext.claim_verdict('document', 37.65, 37.75, NULL, 39, 57), 'inconsistent', 'bounds beside');
SELECT is(portext.claim_verdict('document', 1, 2, NULL, NULL, NULL), NULL, 'nothing recomputed');

-- Alive. Which columns the view reads is known to the server. Each of them but the keys is changed in every row, in
-- several ways, and the view must answer differently.
CREATE TEMP TABLE reads AS
SELECT DISTINCT c.relname AS tab, a.attname AS col, a.atttypid::regtype::text AS typ
FROM pg_depend d
JOIN pg_rewrite r ON r.oid = d.objid
JOIN pg_class c ON c.oid = d.refobjid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
	AND r.ev_class = 'portext.claim_audit'::regclass AND d.deptype = 'n';
SELECT is_empty($$SELECT tab FROM reads WHERE tab NOT LIKE 'ref\_%'$$, 'the audit reads the shipped facts alone');

CREATE TEMP TABLE ways (typ text, way text); -- %I the column, %T its table
INSERT INTO ways VALUES ('number', '%I + 1 + id % 5'), ('number', '%I + 50 + id % 7'), ('number', '100000 - %I'), ('number', '0'), ('number', 'NULL'),
	('boolean', 'NOT coalesce(%I, false)'),
	('date', '%I - 366 * (20 + id % 3)'),
	('port_mode', '''CPPC'''), ('port_mode', 'CASE %I::text WHEN ''PP'' THEN ''CPPC'' WHEN ''CPPC'' THEN ''CPC'' WHEN ''CPC'' THEN ''CC'' ELSE ''PP'' END::portext.port_mode'),
	('text', '%I || ''?'''), ('text', 'NULL'),
	('text', 'coalesce((SELECT min(o.%I) FROM portext.%T o WHERE o.%I > t.%I), (SELECT min(o.%I) FROM portext.%T o))'),
	('printed', 'CASE WHEN decimals IS NULL THEN %I ELSE (%I::numeric + 1)::text END'),
	('geometry', 'coalesce((SELECT o.%I FROM portext.%T o WHERE o.id > t.id ORDER BY o.id LIMIT 1), %I)');
CREATE TEMP TABLE changed (claim_audit_id integer, tab text, col text);

-- One change: the rows of the view that answer differently; the change itself is undone.
CREATE FUNCTION pg_temp.change(tab text, col text, way text) RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
	answer integer[];
BEGIN
	EXECUTE format('UPDATE portext.%I t SET %I = ', tab, col) || replace(replace(way, '%I', quote_ident(col)), '%T', quote_ident(tab));
	answer := ARRAY(SELECT v.claim_audit_id FROM portext.claim_audit v JOIN audit b USING (claim_audit_id)
		WHERE (v.recomputed, v.recomputed_low, v.recomputed_high, v.recomputed_text) IS DISTINCT FROM (b.recomputed, b.recomputed_low, b.recomputed_high, b.recomputed_text));
	RAISE EXCEPTION USING ERRCODE = 'P0777';
EXCEPTION
	WHEN SQLSTATE 'P0777' THEN RETURN answer;
	WHEN data_exception OR not_null_violation THEN RETURN '{}'; -- a share of nothing, the year 0: the other ways must do
END $$;

DO $$
DECLARE
	c record;
	way text;
	total integer;
BEGIN
	FOR c IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint
		WHERE contype IN ('c', 'f', 'u') AND (conrelid::regclass::text LIKE 'portext.ref\_%' OR confrelid::regclass::text LIKE 'portext.ref\_%')
		ORDER BY contype = 'u'
	LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.tab, c.conname); END LOOP;
	FOR c IN SELECT r.tab, r.col, CASE WHEN r.tab = 'ref_claim' THEN 'printed' WHEN r.typ IN ('integer', 'bigint', 'numeric') THEN 'number' ELSE split_part(r.typ, '.', -1) END AS typ
		FROM reads r
		WHERE r.col <> 'id' AND r.col NOT LIKE '%\_code' AND (r.tab, r.col) NOT IN (('ref_table1_region', 'region'), ('ref_table2_country', 'iso2'), ('ref_country', 'iso2'))
			AND r.tab <> 'ref_source' AND (r.tab <> 'ref_claim' OR r.col = 'published_value')
		ORDER BY 1, 2
	LOOP
		INSERT INTO changed VALUES (NULL, c.tab, c.col);
		FOR way IN SELECT w.way FROM ways w WHERE w.typ = c.typ
		LOOP INSERT INTO changed SELECT u, c.tab, c.col FROM unnest(pg_temp.change(c.tab, c.col, way)) u; END LOOP;
		IF c.typ = 'text' THEN -- a status: all rows alike, for each of its values
			EXECUTE format('SELECT count(DISTINCT %I) FROM portext.%I', c.col, c.tab) INTO total;
			IF total <= 12 THEN
				FOR way IN EXECUTE format('SELECT DISTINCT quote_literal(%I) FROM portext.%I WHERE %I IS NOT NULL', c.col, c.tab, c.col)
				LOOP INSERT INTO changed SELECT u, c.tab, c.col FROM unnest(pg_temp.change(c.tab, c.col, way)) u; END LOOP;
			END IF;
		END IF;
	END LOOP;
END $$;
SELECT results_eq($$SELECT claim_code, basis FROM audit a WHERE method = 'computed' AND NOT EXISTS (SELECT FROM changed c WHERE c.claim_audit_id = a.claim_audit_id) ORDER BY 1, 2$$,
	$$VALUES ('stock-all', 'reconstruction'), ('t1-all-ports', 'reconstruction')$$, -- the rows of the list, which no column changes
	'every recomputed value follows the facts');
SELECT is_empty($$SELECT tab, col FROM changed GROUP BY 1, 2 HAVING count(claim_audit_id) = 0$$, 'every column that the audit reads can change it');
SELECT is_empty($$SELECT claim_code FROM audit a WHERE method <> 'computed' AND EXISTS (SELECT FROM changed c WHERE c.claim_audit_id = a.claim_audit_id)$$,
	'a row that is not computed does not change');
DELETE FROM portext.ref_port WHERE port_code = 'mandula-road';
SELECT results_eq($$SELECT claim_code, recomputed FROM portext.claim_audit WHERE basis = 'reconstruction' AND claim_code IN ('stock-all', 't1-all-ports') ORDER BY 1$$,
	$$VALUES ('stock-all', 94::numeric), ('t1-all-ports', 94::numeric)$$, 'the number of ports follows the list');

SELECT * FROM finish();
ROLLBACK;
