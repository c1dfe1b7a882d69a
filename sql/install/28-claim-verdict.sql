-- The one rule by which the audit judges a figure.

CREATE FUNCTION claim_verdict(basis text, published_low numeric, published_high numeric,
	recomputed numeric, recomputed_low numeric, recomputed_high numeric) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: a NULL bound is an open end
	RETURN CASE
		WHEN coalesce(recomputed, recomputed_low, recomputed_high) IS NULL THEN NULL
		WHEN recomputed >= coalesce(published_low, recomputed) AND recomputed <= coalesce(published_high, recomputed)
			THEN 'match'
		WHEN recomputed IS NULL AND (published_low IS NULL OR recomputed_low >= published_low)
			AND (published_high IS NULL OR recomputed_high <= published_high) THEN 'match'
		WHEN recomputed_high < published_low OR recomputed_low > published_high
			THEN CASE WHEN basis = 'reconstruction' THEN 'differs_here' ELSE 'inconsistent' END
		WHEN recomputed IS NULL OR basis = 'reconstruction' THEN 'needs_port_list'
		ELSE 'rounding'
	END;
COMMENT ON FUNCTION claim_verdict(text, numeric, numeric, numeric, numeric, numeric) IS 'verdict on a published figure, from the interval that its printed digits (or the words of a claim) admit and the interval that the inputs give. match: the recomputed value lies in the published interval, ends included; where only bounds can be had, both do. rounding: only part of the recomputed interval does. inconsistent: none of it does (basis document), differs_here: the same where the basis is reconstruction. needs_port_list: only bounds can be had, or the reconstructed list has blanks, and the published interval is within reach. A NULL bound is an open end; NULL if nothing was recomputed. Example: portext.claim_verdict(''document'', 9.15, 9.25, 46.0 / 7, 46.0 / 7, 46.0 / 7) is inconsistent';
