-- Indicators made of several compositions or of a time series, written in SQL so that the formula can be read.
-- Sums of doubles are ordered inside the aggregate: equal input gives equal bits.

CREATE FUNCTION theil_decomposition(groups composition[], OUT t double precision, OUT t_between double precision, OUT t_within double precision,
		OUT l double precision, OUT l_between double precision, OUT l_within double precision) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 1
BEGIN ATOMIC
	WITH g AS (		-- each group: its totals, and its weight by value and by number
		SELECT u.i, portext.theil_t(u.c) AS t, portext.theil_l(u.c) AS l, portext.total(u.c) AS total,
			portext.entity_count(u.c)::double precision AS n
		FROM pg_catalog.unnest(groups) WITH ORDINALITY AS u(c, i)
		WHERE portext.entity_count(u.c) > 0::bigint
	), w AS (
		SELECT g.t, g.l, g.total, portext.share(a.by_value, g.i) AS s, portext.share(a.by_number, g.i) AS f
		FROM g, (SELECT portext.composition_agg(g.i, g.total) AS by_value, portext.composition_agg(g.i, g.n) AS by_number FROM g) AS a
	), parts AS (	-- s / f is the group's mean over the mean of all
		SELECT CASE WHEN w.s > 0::double precision THEN w.s * ln(w.s / w.f) ELSE 0::double precision END AS t_between,
			coalesce(w.s * w.t, 0::double precision) AS t_within,
			CASE WHEN w.s > 0::double precision THEN w.f * ln(w.f / w.s) ELSE 'Infinity'::double precision END AS l_between,
			coalesce(w.f * w.l, 0::double precision) AS l_within, 0::double precision AS zero	-- groups of one mean round to below
		FROM w WHERE w.s IS NOT NULL
	), entity AS (
		SELECT portext.theil_t(e.value) AS t, portext.theil_l(e.value) AS l
		FROM pg_catalog.unnest(groups) AS u(c), portext.shares(u.c) AS e
	)
	SELECT max(entity.t), greatest(max(parts.zero), sum(parts.t_between ORDER BY parts.t_between)), sum(parts.t_within ORDER BY parts.t_within),
		max(entity.l), greatest(max(parts.zero), sum(parts.l_between ORDER BY parts.l_between)), sum(parts.l_within ORDER BY parts.l_within)
	FROM entity LEFT JOIN parts ON true;
END;
COMMENT ON FUNCTION theil_decomposition(composition[]) IS 'Theil T and L of all entities of all groups, split into the part between groups and the part within: with group shares s, numbers of entities n and means, t_between = sum of s ln(mean / mean of all), t_within = sum of s theil_t(group), l_between = sum of n/N ln(mean of all / mean), l_within = sum of n/N theil_l(group); t = t_between + t_within and l likewise. One row; NULL where all is zero; a group without a total adds 0 to T and makes L infinite; a key found in two groups is two entities. Theil 1967, Shorrocks 1980. Example: SELECT * FROM portext.theil_decomposition(ARRAY[''[50, 30]''::portext.composition, ''[10, 5, 5]''])';

CREATE FUNCTION localization_index(regions composition[], key text) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
	RETURN (SELECT portext.dissimilarity_index(portext.composition_agg(r.i, coalesce(portext.composition_value(r.c, key), 0::double precision)),
			portext.composition_agg(r.i, portext.total(r.c)))
		FROM pg_catalog.unnest(regions) WITH ORDINALITY AS r(c, i) WHERE r.c IS NOT NULL);
COMMENT ON FUNCTION localization_index(composition[], text) IS 'Hoover localisation of one key over the regions that make up the whole: half the sum over regions of |share of the region in the key - share of the region in everything|, 0 (spread as everything is) to 1; NULL where no region has the key or all is zero. Hoover 1936. Example: portext.localization_index(ARRAY[''{"k1": 60, "k2": 40}''::portext.composition, ''{"k1": 20, "k2": 80}''], ''k1'') is 0.25';

CREATE FUNCTION localization_index(regions composition[], key bigint) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
	RETURN (SELECT portext.dissimilarity_index(portext.composition_agg(r.i, coalesce(portext.composition_value(r.c, key), 0::double precision)),
			portext.composition_agg(r.i, portext.total(r.c)))
		FROM pg_catalog.unnest(regions) WITH ORDINALITY AS r(c, i) WHERE r.c IS NOT NULL);
COMMENT ON FUNCTION localization_index(composition[], bigint) IS 'Hoover localisation of one bigint key over the regions that make up the whole: half the sum over regions of |share of the region in the key - share of the region in everything|, 0 to 1; NULL where no region has the key or all is zero. Hoover 1936. Example: portext.localization_index(ARRAY[''{1: 60, 2: 40}''::portext.composition, ''{1: 20, 2: 80}''], 1) is 0.25';

CREATE FUNCTION shift_share(region0 composition, region1 composition, all0 composition, all1 composition)
		RETURNS TABLE (key text, change double precision, "national" double precision, structural double precision, regional double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH g AS MATERIALIZED (	-- once, not for each key
		SELECT portext.raw_quotient(portext.total(all1), portext.total(all0), 'shift_share'::text) AS growth
	), m AS (		-- e0, e1 of the region, c0, c1 of all regions; growth of the whole and of the key as factors
		SELECT r.key, r.a_value AS e0, r.b_value AS e1, g.growth, portext.raw_quotient(c.b_value, c.a_value, 'shift_share'::text) AS key_growth
		FROM g CROSS JOIN portext.matched(region0, region1) AS r
			LEFT JOIN portext.matched(all0, all1) AS c ON c.key = r.key
	)
	SELECT m.key, m.e1 - m.e0,
		CASE WHEN m.growth IS NULL THEN NULL WHEN m.key_growth IS NOT NULL THEN portext.raw_product(m.e0, m.growth - 1::double precision, 'shift_share'::text)
			WHEN m.e0 = 0::double precision THEN 0::double precision END,
		CASE WHEN m.growth IS NULL THEN NULL WHEN m.key_growth IS NOT NULL THEN portext.raw_product(m.e0, m.key_growth - m.growth, 'shift_share'::text)
			WHEN m.e0 = 0::double precision THEN 0::double precision END,
		CASE WHEN m.growth IS NULL THEN NULL WHEN m.key_growth IS NOT NULL THEN m.e1 - portext.raw_product(m.e0, m.key_growth, 'shift_share'::text)
			WHEN m.e0 = 0::double precision THEN m.e1 END
	FROM m ORDER BY m.key COLLATE "C";
END;
COMMENT ON FUNCTION shift_share(composition, composition, composition, composition) IS 'classical shift-share of a region between two dates, one row for each of its keys: change e1 - e0 = national e0 (X1/X0 - 1) + structural e0 (C1/C0 - X1/X0), the industry mix, + regional e1 - e0 C1/C0, the competitive part, in the unit of the totals; all0 and all1 are the totals of all regions, this one included. A key new to all regions is wholly regional; the three parts are NULL where X0 is 0, or where the region has a key at the first date that all0 lacks. Creamer 1943, Dunn 1960. Example: SELECT * FROM portext.shift_share(''{"k1": 100, "k2": 50}'', ''{"k1": 150, "k2": 45}'', ''{"k1": 160, "k2": 140}'', ''{"k1": 210, "k2": 165}'')';

CREATE FUNCTION port_shift(c0 composition, c1 composition)
		RETURNS TABLE (key text, absolute_growth double precision, share double precision, shift double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH g AS MATERIALIZED (	-- once, not for each key
		SELECT portext.raw_quotient(portext.total(c1), portext.total(c0), 'port_shift'::text) AS growth
	), m AS (
		SELECT v.key, v.a_value AS v0, v.b_value AS v1, g.growth FROM g, portext.matched(c0, c1) AS v
	)
	SELECT m.key, m.v1 - m.v0, portext.raw_product(m.v0, m.growth - 1::double precision, 'port_shift'::text), m.v1 - portext.raw_product(m.v0, m.growth, 'port_shift'::text)
	FROM m ORDER BY m.key COLLATE "C";
END;
COMMENT ON FUNCTION port_shift(composition, composition) IS 'shift of each port of a system between two dates: absolute growth v1 - v0 = share v0 (V1/V0 - 1), its part in proportion, + shift v1 - v0 V1/V0, what it won from or lost to the others, in the unit of the totals; the shifts sum to 0; share and shift are NULL where V0 is 0. For groups of ports apply it to group totals (between) and inside each group (within). After Notteboom 1997. Example: SELECT * FROM portext.port_shift(''{"A": 100, "B": 60, "C": 40}'', ''{"A": 150, "B": 60, "C": 90}'')';

CREATE FUNCTION yoy(series composition, periods_per_year integer DEFAULT 12)
		RETURNS TABLE (period bigint, value double precision, yoy double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH s AS (
		SELECT p.period, p.value, portext.period_number(p.period, periods_per_year) AS number FROM portext.periods(series) AS p
	)
	SELECT s.period, s.value, portext.raw_quotient(s.value, base.value, 'yoy'::text) - 1::double precision
	FROM s LEFT JOIN s AS base ON base.number = s.number - periods_per_year::bigint
	ORDER BY s.period;
END;
COMMENT ON FUNCTION yoy(composition, integer) IS 'year on year: for each period of a series its value over that of the same period a year before, less 1; 0.1 is 10 % more. By the calendar, not by row: NULL where that period is missing or 0. Keys are months as in 201907; quarters as in 201903 with periods_per_year => 4; years with 1. Example: SELECT * FROM portext.yoy(''{201807: 231, 201907: 150}'')';

CREATE FUNCTION index_number(series composition, base_period bigint)
		RETURNS TABLE (period bigint, value double precision, index_number double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH base AS MATERIALIZED (	-- one row, found once
		SELECT p.value FROM portext.periods(series) AS p WHERE p.period = base_period
	)
	SELECT p.period, p.value, portext.index_number(p.value, base.value)
	FROM portext.periods(series) AS p LEFT JOIN base ON true
	ORDER BY p.period;
END;
COMMENT ON FUNCTION index_number(composition, bigint) IS 'index numbers of a series: 100 times each value over that of the base period; NULL where the base period is missing or 0. Example: SELECT * FROM portext.index_number(''{2018: 200, 2019: 231}''::portext.composition, 2018)';

CREATE FUNCTION recovery_ratio(series composition, base_year bigint, periods_per_year integer DEFAULT 12)
		RETURNS TABLE (period bigint, value double precision, base_value double precision, recovery_ratio double precision)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
	WITH s AS (
		SELECT p.period, p.value, portext.period_number(p.period, periods_per_year) AS number FROM portext.periods(series) AS p
	)
	SELECT s.period, s.value, base.value, portext.raw_quotient(s.value, base.value, 'recovery_ratio'::text)
	FROM s LEFT JOIN s AS base
		ON base.number = base_year * periods_per_year::bigint + mod(s.number, periods_per_year::bigint)
	ORDER BY s.period;
END;
COMMENT ON FUNCTION recovery_ratio(composition, bigint, integer) IS 'recovery ratio: for each period of a series its value over that of the same period of the base year, 1 where recovered; NULL where that period is missing or 0. Keys as for yoy. Example: SELECT * FROM portext.recovery_ratio(''{2019: 200, 2022: 266.2}'', 2019, periods_per_year => 1)';

CREATE FUNCTION growth_rate_ls(series composition, periods_per_year integer DEFAULT 12) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
	RETURN (SELECT CASE WHEN bool_and(s.value > 0::double precision) THEN
			exp(regr_slope(ln(nullif(s.value, 0::double precision)), s.number ORDER BY s.number)) - 1::double precision END
		FROM (SELECT p.value, portext.period_number(p.period, periods_per_year)::double precision AS number
			FROM portext.periods(series) AS p) AS s);
COMMENT ON FUNCTION growth_rate_ls(composition, integer) IS 'average growth per period by least squares: exp(slope of ln value on period number) - 1; 0.1 is 10 % a period; gaps in the series are allowed; NULL if a value is 0 or there are fewer than two periods. cagr is the rate between two dates. Keys as for yoy. Example: portext.growth_rate_ls(''{2019: 100, 2020: 110, 2021: 121}'', periods_per_year => 1) is 0.1';

CREATE FUNCTION seasonal_index(months composition) RETURNS TABLE (month integer, seasonal_index double precision, years bigint)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 12
BEGIN ATOMIC
	WITH m AS (
		SELECT p.value, n.number / 12::bigint AS year, mod(n.number, 12::bigint) + 1::bigint AS month
		FROM portext.periods(months) AS p, LATERAL (SELECT portext.period_number(p.period, 12) AS number) AS n
	), complete AS (
		SELECT m.year FROM m GROUP BY m.year HAVING count(*) = 12::bigint
	), total AS (
		SELECT portext.composition_agg(m.month, m.value) AS c, count(*) / 12::bigint AS years
		FROM m JOIN complete ON complete.year = m.year
	)
	SELECT g.month, 1200::double precision * portext.share(total.c, g.month::bigint), total.years
	FROM total, pg_catalog.generate_series(1, 12) AS g(month)
	WHERE total.c IS NOT NULL
	ORDER BY g.month;
END;
COMMENT ON FUNCTION seasonal_index(composition) IS 'seasonal index of each month: 100 times its total over the average month, 0 to 1200, 100 is average, over the complete years only (years tells how many; others are left out); NULL if all is zero, no rows without a complete year. Keys are months as in 201907. Example: SELECT * FROM portext.seasonal_index(''{201901: 80, 201902: 75, 201903: 90, 201904: 95, 201905: 110, 201906: 130, 201907: 160, 201908: 165, 201909: 120, 201910: 105, 201911: 85, 201912: 85}'')';

CREATE FUNCTION seasonality_ratio(months composition) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
	RETURN (SELECT max(s.seasonal_index) / 100::double precision FROM portext.seasonal_index(months) AS s);
COMMENT ON FUNCTION seasonality_ratio(composition) IS 'seasonality ratio: the largest month over the average one, 1 (no season) to 12 (one month has all); complete years only; NULL without one. The seasonal Gini is gini(months). Example: portext.seasonality_ratio(''{201901: 80, 201902: 75, 201903: 90, 201904: 95, 201905: 110, 201906: 130, 201907: 160, 201908: 165, 201909: 120, 201910: 105, 201911: 85, 201912: 85}'') is 1.523076923076923';
