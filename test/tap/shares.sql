-- shares and concentration of Table 2's flows, against figures worked out apart from the extension
SET client_min_messages = warning;
SET search_path = public;
SELECT no_plan();

SELECT is(string_agg(concat_ws(' ', measure, total, countries, first_country, round(first_share::numeric, 4), round(top3_share::numeric, 4)),
		' | ' ORDER BY measure_rank),
	'cargo 121766 11 Kazakhstan 0.3358 0.8830 | people 14236 11 Russia 0.3214 0.7561 | ports 87 11 Russia 0.2874 0.5977', 'the largest')
	FROM portext.country_concentration;
SELECT is(string_agg(concat_ws(' ', round(hhi::numeric, 6), round(effective_number::numeric, 4), round(gini::numeric, 6), round(evenness::numeric, 6)),
		' | ' ORDER BY measure_rank),
	'0.266106 3.7579 0.668252 0.629549 | 0.217907 4.5891 0.610488 0.720881 | 0.162109 6.1687 0.468130 0.846986', 'the indicators')
	FROM portext.country_concentration;
SELECT is(concat_ws(' ', count(*), count(DISTINCT country_share_id), count(DISTINCT country_iso2)), '33 33 11', 'one row per measure and country')
	FROM portext.country_share;
SELECT is(string_agg(country_iso2, ' ' ORDER BY country_rank), 'KZ MN RU VN MM KP KG LA NP TJ PK', 'countries by cargo')
	FROM portext.country_share WHERE measure = 'cargo';
SELECT is(count(*), 0::bigint, 'shares are those of country_flow') FROM portext.country_share s JOIN portext.country_flow f USING (country_iso2)
	WHERE abs(s.country_share - CASE s.measure WHEN 'cargo' THEN f.cargo_share WHEN 'people' THEN f.people_share ELSE f.ports / 87.0 END) > 1e-15;
SELECT is(count(*), 0::bigint, 'the cumulative share is the running sum') FROM (SELECT cumulative_share
		- sum(country_share) OVER (PARTITION BY measure ORDER BY country_rank) AS gap FROM portext.country_share) t WHERE abs(gap) > 1e-14;
SELECT is(string_agg(DISTINCT cumulative_share::text, ' '), '1', 'and ends at 1') FROM portext.country_share WHERE country_rank = 11;

SELECT * FROM finish();
