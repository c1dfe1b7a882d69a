-- What people read of the audit: the summary, the findings, and the meaning of every column.

CREATE VIEW audit_summary AS
SELECT s.id * 100 + a.basis_rank * 10 + a.verdict_rank AS audit_summary_id,
	a.document, a.document_title, a.basis, a.basis_rank, a.verdict, a.verdict_rank,
	count(*)::integer AS claims,
	(count(*) FILTER (WHERE a.method = 'computed'))::integer AS claims_computed,
	(count(*) FILTER (WHERE a.method = 'manual'))::integer AS claims_manual
FROM claim_audit a
JOIN ref_source s ON s.source_code = a.document
GROUP BY s.id, a.document, a.document_title, a.basis, a.basis_rank, a.verdict, a.verdict_rank;

COMMENT ON VIEW audit_summary IS 'claim_audit counted by document, basis and verdict: one row each';
COMMENT ON COLUMN audit_summary.audit_summary_id IS 'key: source id * 100 + basis_rank * 10 + verdict_rank';
COMMENT ON COLUMN audit_summary.document IS 'source code of the document that makes the claims';
COMMENT ON COLUMN audit_summary.document_title IS 'title of the document';
COMMENT ON COLUMN audit_summary.basis IS 'document or reconstruction, as in claim_audit';
COMMENT ON COLUMN audit_summary.basis_rank IS 'order of basis: 1 document, 2 reconstruction';
COMMENT ON COLUMN audit_summary.verdict IS 'verdict, as in claim_audit';
COMMENT ON COLUMN audit_summary.verdict_rank IS 'order of verdict: 1 inconsistent, 2 differs_here, 3 rounding, 4 match, 5 primary, 6 needs_port_list';
COMMENT ON COLUMN audit_summary.claims IS 'number of claims with this verdict';
COMMENT ON COLUMN audit_summary.claims_computed IS 'those of them that SQL computes from the facts';
COMMENT ON COLUMN audit_summary.claims_manual IS 'those of them that were judged by hand';

CREATE VIEW audit_findings AS
SELECT f.audit_findings_id, f.finding_kind,
	CASE f.finding_kind WHEN 'contradiction' THEN 1 WHEN 'list differs' THEN 2 ELSE 3 END AS finding_kind_rank,
	f.claim_code, f.document, f.document_title, f.locator, f.statement,
	f.basis, f.basis_rank, f.verdict, f.verdict_rank, f.published_text, f.published, f.recomputed, f.recomputed_text,
	CASE WHEN f.published_text = 'true' THEN '' ELSE 'printed ' || f.published_text || ', ' END
		|| 'found ' || coalesce(f.recomputed_text, trim_scale(round(f.recomputed, 3))::text)
		|| CASE WHEN f.published_text <> 'true' OR f.recomputed_text IS NOT NULL THEN ''
			WHEN f.published_low = f.published_high THEN ', not ' || trim_scale(round(f.published_low, 3))::text
			ELSE coalesce(', least allowed ' || trim_scale(round(f.published_low, 3))::text, '')
				|| coalesce(', most allowed ' || trim_scale(round(f.published_high, 3))::text, '')
		END || ': ' || f.how AS finding
FROM (
	SELECT a.claim_audit_id AS audit_findings_id, a.*,
		CASE WHEN a.verdict = 'inconsistent' THEN 'contradiction'
			WHEN a.verdict = 'differs_here' THEN 'list differs'
			WHEN c.verdict IN ('needs_port_list', 'inconsistent') AND a.basis = 'reconstruction' AND a.verdict = 'match' THEN 'list answers'
		END AS finding_kind
	FROM claim_audit a
	JOIN ref_claim c ON c.claim_code = a.claim_code
) f
WHERE f.finding_kind IS NOT NULL;

COMMENT ON VIEW audit_findings IS 'what the audit found, with the arithmetic in one line: claims that contradict their own document, figures on which the reconstructed list of ports differs, and claims that their document leaves open or contradicts and the list confirms';
COMMENT ON COLUMN audit_findings.audit_findings_id IS 'key: claim_audit_id of the row';
COMMENT ON COLUMN audit_findings.finding_kind IS 'contradiction (the document against itself), list differs (the reconstructed list of ports against the document), list answers (the document leaves it open or contradicts it, the list confirms it)';
COMMENT ON COLUMN audit_findings.finding_kind_rank IS 'order of finding_kind: 1 contradiction, 2 list differs, 3 list answers';
COMMENT ON COLUMN audit_findings.claim_code IS 'code of the claim';
COMMENT ON COLUMN audit_findings.document IS 'source code of the document that makes the claim';
COMMENT ON COLUMN audit_findings.document_title IS 'title of the document';
COMMENT ON COLUMN audit_findings.locator IS 'place in the document';
COMMENT ON COLUMN audit_findings.statement IS 'the claim in words';
COMMENT ON COLUMN audit_findings.basis IS 'document or reconstruction, as in claim_audit';
COMMENT ON COLUMN audit_findings.basis_rank IS 'order of basis: 1 document, 2 reconstruction';
COMMENT ON COLUMN audit_findings.verdict IS 'verdict, as in claim_audit';
COMMENT ON COLUMN audit_findings.verdict_rank IS 'order of verdict, as in claim_audit';
COMMENT ON COLUMN audit_findings.published_text IS 'the published value as text; true for a claim in words that is simply asserted';
COMMENT ON COLUMN audit_findings.published IS 'the published figure in the unit of the claim; NULL for a claim in words';
COMMENT ON COLUMN audit_findings.recomputed IS 'the recomputed figure in the unit of the claim; for a claim in words 1 if it holds, else 0';
COMMENT ON COLUMN audit_findings.recomputed_text IS 'the recomputed words; NULL where the claim is a figure';
COMMENT ON COLUMN audit_findings.finding IS 'one line: what is printed, what comes out, for a claim in words what it allows, and the arithmetic';

COMMENT ON VIEW claim_audit IS 'every checkable claim of the five source documents beside its recomputation: published and recomputed value, the interval each may lie in, and the verdict that follows from the two intervals. One row per claim and basis. Reads the shipped facts alone (ref_*).';
COMMENT ON COLUMN claim_audit.claim_audit_id IS 'key: twice the id of the claim in ref_claim, less 1 for the basis document';
COMMENT ON COLUMN claim_audit.claim_code IS 'code of the claim in ref_claim';
COMMENT ON COLUMN claim_audit.document IS 'source code of the document that makes the claim (ref_source)';
COMMENT ON COLUMN claim_audit.document_title IS 'title of the document';
COMMENT ON COLUMN claim_audit.locator IS 'place in the document';
COMMENT ON COLUMN claim_audit.statement IS 'the claim in words';
COMMENT ON COLUMN claim_audit.kind IS 'kind of claim: count, sum, share, rank, rate, ratio, relation, membership, quantity or year';
COMMENT ON COLUMN claim_audit.measure IS 'what is measured';
COMMENT ON COLUMN claim_audit.unit IS 'unit of the published figure; NULL for a claim in words';
COMMENT ON COLUMN claim_audit.period IS 'period the claim is about; NULL if none is stated';
COMMENT ON COLUMN claim_audit.basis IS 'what the recomputation rests on: document (what the documents print; where a place lies and whom it faces is read from the editorial columns and the list of ports) or reconstruction (the reconstructed list of ports and other reference data)';
COMMENT ON COLUMN claim_audit.basis_rank IS 'order of basis: 1 document, 2 reconstruction';
COMMENT ON COLUMN claim_audit.method IS 'computed (by SQL from the facts), primary (taken as given; its datum is in datum_table), manual (judged or counted by hand) or open (the facts cannot tell; how says why)';
COMMENT ON COLUMN claim_audit.method_rank IS 'order of method: 1 computed, 2 primary, 3 manual, 4 open';
COMMENT ON COLUMN claim_audit.published_text IS 'the published value as text; true for a claim in words that is simply asserted';
COMMENT ON COLUMN claim_audit.published IS 'the published figure in unit; NULL for a claim in words';
COMMENT ON COLUMN claim_audit.published_decimals IS 'printed decimals of the published figure; NULL for a claim in words';
COMMENT ON COLUMN claim_audit.published_low IS 'least value the published claim admits: half a unit of its last printed digit below the figure, or what the words ask for; NULL if open, or if nothing was recomputed';
COMMENT ON COLUMN claim_audit.published_high IS 'greatest value the published claim admits; NULL if open, or if nothing was recomputed';
COMMENT ON COLUMN claim_audit.recomputed IS 'the recomputed value, to 6 decimals, from the printed inputs at face value; for claims in words the measure that decides them, or 1 if the recomputed words are the published ones and 0 if not; NULL where only bounds can be had, and for primary and open claims';
COMMENT ON COLUMN claim_audit.recomputed_low IS 'least value that the inputs allow: half a unit of the last printed digit of each, or the blanks of the reconstructed list left out';
COMMENT ON COLUMN claim_audit.recomputed_high IS 'greatest value that the inputs allow: half a unit of the last printed digit of each, or the blanks of the reconstructed list counted in';
COMMENT ON COLUMN claim_audit.recomputed_text IS 'the recomputed words of a claim on names; NULL for others';
COMMENT ON COLUMN claim_audit.verdict IS 'match, rounding (within reach of the inputs'' printed digits only), inconsistent (contradicts the document), differs_here (the reconstructed list disagrees), primary (taken as given), needs_port_list (cannot be settled by the facts, or blanks of the list leave it open): see the function claim_verdict';
COMMENT ON COLUMN claim_audit.verdict_rank IS 'order of verdict: 1 inconsistent, 2 differs_here, 3 rounding, 4 match, 5 primary, 6 needs_port_list';
COMMENT ON COLUMN claim_audit.how IS 'the arithmetic in words, or the reason why there is none';
COMMENT ON COLUMN claim_audit.datum_table IS 'table that holds the datum of a primary claim; NULL for others';
COMMENT ON COLUMN claim_audit.datum_key IS 'row of that table, as column=value; NULL for others';
COMMENT ON COLUMN claim_audit.datum_column IS 'column of that row; a date has at least the precision of the claim, and a name may have another spelling beside it; NULL for others';
COMMENT ON COLUMN claim_audit.datum_scale IS 'the datum is the published figure times this (1000000 where a document prints millions); NULL for others';
COMMENT ON COLUMN claim_audit.note IS 'compiler''s note on the claim; NULL if none';
