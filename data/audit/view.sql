SELECT c.id * 2 - CASE WHEN a.basis = 'document' THEN 1 ELSE 0 END AS claim_audit_id,
	c.claim_code, c.source_code AS document, s.title AS document_title, c.locator, c.statement, c.kind,
	c.measure, c.unit, c.period,
	a.basis, pg_catalog.array_position('{document,reconstruction}'::text[], a.basis) AS basis_rank,
	a.method, pg_catalog.array_position('{computed,primary,manual,open}'::text[], a.method) AS method_rank,
	c.published_value AS published_text, p.published, c.decimals AS published_decimals,
	trim_scale(round(r.published_low, 6)) AS published_low, trim_scale(round(r.published_high, 6)) AS published_high,
	trim_scale(round(r.recomputed, 6)) AS recomputed,
	trim_scale(round(r.low, 6)) AS recomputed_low, trim_scale(round(r.high, 6)) AS recomputed_high,
	a.answer AS recomputed_text,
	v.verdict, pg_catalog.array_position('{inconsistent,differs_here,rounding,match,primary,needs_port_list}'::text[], v.verdict) AS verdict_rank,
	coalesce(a.how, c.recompute) AS how,
	a.datum_table, a.datum_key, a.datum_column, a.datum_scale, c.note
FROM (
	SELECT claim_code, basis, method, recomputed, low, high, at_least, at_most, answer, stated, how,
		NULL::text AS datum_table, NULL::text AS datum_key, NULL::text AS datum_column, NULL::numeric AS datum_scale,
		method = 'computed' AND pg_catalog.num_nonnulls(recomputed, low, high, at_least, at_most) = 0 AS in_words
	FROM found
	UNION ALL
	SELECT claim_code, 'document', 'primary', NULL, NULL, NULL, NULL, NULL, NULL, 'primary', 'taken as given',
		datum_table, datum_key, datum_column, datum_scale, false
	FROM datum
) a
JOIN ref_claim c ON c.claim_code = a.claim_code
JOIN ref_source s ON s.source_code = c.source_code
CROSS JOIN LATERAL (
	SELECT CASE WHEN c.decimals IS NOT NULL THEN c.published_value::numeric END AS published,
		0.5 * power(10.0, (- c.decimals)::numeric) AS half_unit
) p
CROSS JOIN LATERAL (
	SELECT CASE WHEN a.in_words THEN (a.answer IS NOT DISTINCT FROM c.published_value)::integer::numeric ELSE a.recomputed END AS recomputed,
		CASE WHEN a.in_words THEN (a.answer IS NOT DISTINCT FROM c.published_value)::integer::numeric ELSE a.low END AS low,
		CASE WHEN a.in_words THEN (a.answer IS NOT DISTINCT FROM c.published_value)::integer::numeric ELSE a.high END AS high,
		CASE WHEN a.in_words THEN 1.0 WHEN pg_catalog.num_nonnulls(a.at_least, a.at_most) = 0 THEN p.published - p.half_unit ELSE a.at_least END AS published_low,
		CASE WHEN a.in_words THEN 1.0 WHEN pg_catalog.num_nonnulls(a.at_least, a.at_most) = 0 THEN p.published + p.half_unit ELSE a.at_most END AS published_high
) r
CROSS JOIN LATERAL (
	SELECT coalesce(a.stated, claim_verdict(a.basis, r.published_low, r.published_high, r.recomputed, r.low, r.high)) AS verdict
) v;
