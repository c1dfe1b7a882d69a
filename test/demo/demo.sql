-- What make demo prints: plain queries of the published views and functions, laid out for 100 columns.
\set QUIET on
\pset linestyle unicode
\pset border 1
\pset footer off
\pset null ''

\qecho
\qecho 'PORTEXT: the 95 first-class inland border ports of China, from the documents to a database'
\qecho '==========================================================================================='
\qecho
\qecho 'TABLE 1. Ports by region and transport, and each region''s share of all flows of 2012 in percent.'
\qecho 'Recomputed from the facts; (+n) is the difference to the paper, [n] the paper''s own figure where the'
\qecho 'facts cannot tell.'
SELECT initcap(region) AS "region",
	max(cell) FILTER (WHERE measure_rank = 1) AS "ports",
	max(cell) FILTER (WHERE measure_rank = 2) AS "air",
	max(cell) FILTER (WHERE measure_rank = 3) AS "rail",
	max(cell) FILTER (WHERE measure_rank = 4) AS "road",
	max(cell) FILTER (WHERE measure_rank = 5) AS "river",
	max(cell) FILTER (WHERE measure_rank = 6) AS "cargo %",
	max(cell) FILTER (WHERE measure_rank = 7) AS "people %"
FROM (SELECT region, region_rank, measure_rank, CASE
		WHEN measure = 'ports' THEN lpad(ours::text, 3) || CASE WHEN difference <> 0 THEN to_char(difference, '" ("SGFM990")"') ELSE '' END
		WHEN ours IS NULL THEN to_char(published, '"["FM990.0"]"')
		ELSE to_char(ours, 'FM990.0') || CASE WHEN difference <> 0 THEN to_char(difference, '" ("SGFM990.0")"') ELSE '' END
		END AS cell
	FROM region_transport) t
GROUP BY region, region_rank ORDER BY region_rank;

\qecho 'TABLE 2. Ports and flows by neighbour, airports left out; flows of 2012, percentages recomputed.'
SELECT country AS "neighbour", lpad(ports::text, 3) || CASE WHEN ports_difference <> 0 THEN to_char(ports_difference, '" ("SGFM990")"') ELSE '' END AS "ports",
	to_char(cargo_kt, '999,990') AS "cargo, kt", to_char(cargo_pct, '990.0') AS "%", to_char(cargo_pct_published, '990.0') AS "paper",
	to_char(people_k, '99,990') AS "people, k", to_char(people_pct, '990.0') AS "% ", to_char(people_pct_published, '990.0') AS "paper "
FROM country_flow ORDER BY country_rank;
\qecho 'Where the number of ports differs:'
\pset tuples_only on
\pset format unaligned
SELECT '  ' || CASE line WHEN 1 THEN rpad(country, 13) ELSE repeat(' ', 13) END || text
FROM country_flow, regexp_split_to_table(rtrim(regexp_replace(reason, '(.{1,80})( |$)', E'\\1\n', 'g'), E'\n'), '\n') WITH ORDINALITY AS l (text, line)
WHERE ports_difference <> 0 ORDER BY country_rank, line;
\pset format aligned
\pset tuples_only off

\qecho
\qecho 'TABLE 3. The places of each port-city mode, as printed.'
SELECT CASE line WHEN 1 THEN mode END AS "mode", CASE line WHEN 1 THEN places END AS "places", text AS "as printed"
FROM (SELECT s.mode, s.mode_rank, s.places, string_agg(DISTINCT p.place_as_printed, ', ') AS list
		FROM mode_summary s JOIN mode_place p ON p.mode_published = s.mode GROUP BY s.mode, s.mode_rank, s.places) m,
	regexp_split_to_table(rtrim(regexp_replace(list, '(.{1,78})( |$)', E'\\1\n', 'g'), E'\n'), '\n') WITH ORDINALITY AS l (text, line)
ORDER BY mode_rank, line;

\qecho 'OPENINGS BY STAGE. One block is three ports.'
SELECT period AS "stage", published AS "paper", ours, repeat('█', ours / 3) || (ARRAY['', '▍', '▊'])[ours % 3 + 1] AS "openings"
FROM stage_summary ORDER BY period_rank;

\qecho 'HOW A PORT GROWS INTO A CITY. The four modes and what each can become:'
\qecho
\qecho '                         ┌──>  CPPC  City-Port-Port-City    ──┐'
\qecho '      PP  Port-Port   ───┤                                    ├──>  CC  City (Port)-City (Port)'
\qecho '                         └──>  CPC   City (Port)-Port-City  ──┘'
\qecho
\qecho 'Places by the mode that the rule gives them, from distances and sizes of the nearest cities:'
SELECT s.mode, array_to_string(ARRAY(SELECT mode_successors(s.mode)), ', ') AS "can become",
	max(c.place_count) FILTER (WHERE c.predicted_mode = 'PP') AS "PP", max(c.place_count) FILTER (WHERE c.predicted_mode = 'CPPC') AS "CPPC",
	max(c.place_count) FILTER (WHERE c.predicted_mode = 'CPC') AS "CPC", max(c.place_count) FILTER (WHERE c.predicted_mode = 'CC') AS "CC",
	string_agg(c.places, ', ') FILTER (WHERE NOT agrees) AS "the rule differs for"
FROM mode_summary s JOIN mode_confusion c ON c.published_mode = s.mode
GROUP BY s.mode, s.mode_rank ORDER BY s.mode_rank;
\pset tuples_only on
\pset format unaligned
SELECT 'The rule gets ' || sum(place_count) FILTER (WHERE agrees) || ' of the ' || sum(place_count) || ' places of the paper that have a crossing.' FROM mode_confusion;
\pset format aligned
\pset tuples_only off
\qecho

\qecho 'THE PROFILE OF NANPING, in Jilin, across the Tumen from Musan.'
SELECT CASE line WHEN 1 THEN section END AS "section", text AS "what the sources say"
FROM (SELECT section, section_rank, string_agg(item || ': ' || list, '; ' ORDER BY first) AS list
		FROM (SELECT section, section_rank, item, min(port_profile_id) AS first, string_agg(CASE
				WHEN value_text ~ '^[0-9.]+$' AND unit NOT IN ('year', 'decade') THEN rtrim(to_char(value, 'FM999,999,990.999'), '.') || ' ' || unit
				WHEN section IN ('seat', 'city') THEN value_text || to_char(value, ' "at" FM990.0') || ' ' || unit
				ELSE replace(value_text, ';', ',') END || CASE WHEN period ~ '[0-9]' THEN ' (' || period || ')' ELSE '' END,
				', ' ORDER BY port_profile_id) AS list
			FROM port_profile WHERE place_code = 'nanping' GROUP BY section, section_rank, item) i
		GROUP BY section, section_rank) p,
	regexp_split_to_table(rtrim(regexp_replace(list, '(.{1,76})( |$)', E'\\1\n', 'g'), E'\n'), '\n') WITH ORDINALITY AS l (text, line)
ORDER BY section_rank, line;

\qecho 'SHARES. Who carries the trade and who the travellers: two compositions by neighbour.'
CREATE TEMPORARY VIEW trade AS
	SELECT composition_agg(country, cargo_kt) AS cargo, composition_agg(country, people_k) AS people FROM country_flow;
SELECT c.key AS "neighbour", to_char(100 * c.share, '990.0') AS "cargo %", rpad(repeat('█', (50 * c.share)::integer), 20) AS "cargo",
	to_char(100 * share(people, c.key), '990.0') AS "people %", rpad(repeat('█', (50 * share(people, c.key))::integer), 20) AS "people",
	to_char(role_ratio(people, cargo, c.key), '990.00') AS "people : cargo"
FROM trade, shares(cargo) c ORDER BY c.rank;
SELECT flow, to_char(hhi(c), '0.0000') AS "HHI", to_char(effective_number(c), '90.00') AS "effective number",
	to_char(gini(c), '0.0000') AS "Gini", to_char(theil_t(c), '0.0000') AS "Theil T", to_char(shannon_entropy(c), '0.0000') AS "entropy",
	to_char(100 * concentration_ratio(c, 3), '990.0') AS "top 3, %", first_entity(c) AS "largest"
FROM trade, LATERAL (VALUES ('cargo', cargo), ('people', people)) f (flow, c);
SELECT to_char(finger_kreinin(cargo, people), '0.0000') AS "similarity of cargo and people (Finger-Kreinin)",
	to_char(krugman_index(cargo, people), '0.0000') AS "Krugman", to_char(cosine_similarity(cargo, people), '0.0000') AS "cosine"
FROM trade;

SELECT format('THE AUDIT. %s published claims recomputed; "by list": by our list of the 95 ports as well.', count(*)) AS heading FROM ref_claim \gset
\qecho :heading
SELECT CASE basis WHEN 'document' THEN document ELSE document || ', by list' END AS "document", sum(claims) AS "rows",
	sum(claims) FILTER (WHERE verdict = 'match') AS "match", sum(claims) FILTER (WHERE verdict = 'rounding') AS "rounding",
	sum(claims) FILTER (WHERE verdict = 'inconsistent') AS "inconsistent", sum(claims) FILTER (WHERE verdict = 'differs_here') AS "differs",
	sum(claims) FILTER (WHERE verdict = 'primary') AS "primary", sum(claims) FILTER (WHERE verdict = 'needs_port_list') AS "open"
FROM audit_summary GROUP BY document, basis, basis_rank ORDER BY basis_rank, sum(claims) DESC, document;
SELECT claim_code AS "contradiction", finding AS "in one line" FROM audit_findings WHERE finding_kind = 'contradiction' ORDER BY audit_findings_id;
\qecho 'Where our list differs (printed > ours):'
\pset tuples_only on
\pset format unaligned
SELECT '  ' || line
FROM (SELECT string_agg(claim_code || ' ' || replace(published_text, ';', ',') || ' > ' || coalesce(replace(recomputed_text, ';', ','), trim_scale(round(recomputed, 1))::text), '; ' ORDER BY audit_findings_id) AS list
		FROM audit_findings WHERE finding_kind = 'list differs') d,
	regexp_split_to_table(rtrim(regexp_replace(list, '(.{1,96})( |$)', E'\\1\n', 'g'), E'\n'), '\n') AS line;
\pset format aligned
\pset tuples_only off
