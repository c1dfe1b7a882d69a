-- Answers from roll-ups, for shipped and local flows alike: concentration, shares, growth, recovery, seasonality, modal
-- split, similarity. Local flows are read from local_rollup, those of an attached table from local_closed and, in its open
-- periods, from its rows; the few shipped ones are rolled up on the way.

-- One row per cell. It is inlined, so a condition on a column reaches the index of local_rollup. Rows of open
-- periods are added up by port first: a partition or another server does that whole.
CREATE FUNCTION flow_rollup() RETURNS TABLE (is_local boolean, measure text, unit text, quality text, direction text, country_iso2 text, neighbour_iso2 text,
		period_from date, period_to date, state composition)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000	-- no argument, so STRICT has no meaning
BEGIN ATOMIC
	SELECT true, r.measure, r.unit, r.quality, r.direction, r.country_iso2, r.neighbour_iso2, r.period_from, r.period_to, r.state
	FROM local_rollup r WHERE r.measure <> ''::text AND NOT EXISTS (SELECT FROM local_attachment)
	UNION ALL
	SELECT true, c.measure, c.unit, c.quality, c.direction, c.country_iso2, c.neighbour_iso2, c.period_from, c.period_to, c.state
	FROM local_closed c
	UNION ALL
	SELECT true, s.measure, COALESCE(s.unit, ''::text), s.quality, s.direction, COALESCE(lp.country_iso2, p.country_iso2, pl.country_iso2, ''::text),
		COALESCE(lp.neighbour_iso2, p.neighbour_iso2, ''::text), s.period_from, s.period_to, composition_agg(s.port_code, s.value)
	FROM (SELECT f.port_code, f.measure, f.unit, f.quality, f.direction, f.period_from, f.period_to, sum(f.value) AS value FROM open_flow f
		GROUP BY f.port_code, f.measure, f.unit, f.quality, f.direction, f.period_from, f.period_to) s
	LEFT JOIN local_port lp ON lp.port_code = s.port_code	-- as port_border, which would be asked row by row
	LEFT JOIN ref_port p ON p.port_code = s.port_code AND lp.id IS NULL
	LEFT JOIN ref_place pl ON pl.place_code = COALESCE(lp.place_code, p.place_code)
	GROUP BY 2, 3, 4, 5, 6, 7, 8, 9
	UNION ALL
	SELECT false, f.measure, COALESCE(f.unit, ''::text), f.quality, f.direction, p.country_iso2, COALESCE(p.neighbour_iso2, ''::text), f.period_from, f.period_to,
		composition_agg(f.port_code, f.value)
	FROM ref_flow f JOIN ref_port p ON p.port_code = f.port_code
	WHERE f.period_from IS NOT NULL AND f.unit <> 'percent'::text
	GROUP BY f.measure, f.unit, f.quality, f.direction, p.country_iso2, p.neighbour_iso2, f.period_from, f.period_to;
END;
COMMENT ON FUNCTION flow_rollup() IS 'compositions of flows by port: local_rollup, or the closed and open periods of an attached table, and, rolled up alike, the dated shipped flows of ports (those of whole places are left out, they hold their ports). Example: SELECT portext.hhi(portext.rollup(state)) FROM portext.flow_rollup() WHERE measure = ''trucks'' AND period_from >= ''2018-01-01'' AND period_to <= ''2019-01-01''';

CREATE FUNCTION flow_year() RETURNS TABLE (is_local boolean, measure text, unit text, quality text, direction text, country_iso2 text, neighbour_iso2 text,
		flow_year integer, days integer, state composition)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 500	-- no argument, so STRICT has no meaning
BEGIN ATOMIC
	SELECT r.is_local, r.measure, r.unit, r.quality, r.direction, r.country_iso2, r.neighbour_iso2, date_part('year'::text, r.period_from)::integer,
		sum(r.period_to - r.period_from)::integer, rollup(r.state)
	FROM flow_rollup() r
	WHERE date_part('year'::text, r.period_from) = date_part('year'::text, r.period_to - 1) AND entity_count(r.state) > 0::bigint
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
END;
COMMENT ON FUNCTION flow_year() IS 'flow_rollup by calendar year: periods within one year are added, so a table must not hold months and their year of the same measure at once; days is the sum of the lengths of the periods, less than 365 when the year is not complete. Example: SELECT flow_year, portext.gini(state) FROM portext.flow_year() WHERE measure = ''trucks''';

CREATE VIEW flow_concentration AS
SELECT pg_catalog.row_number() OVER (ORDER BY y.is_local, y.measure, y.unit, y.quality, y.direction, y.country_iso2, y.neighbour_iso2, y.flow_year) AS flow_concentration_id,
	y.measure, y.unit, y.quality, pg_catalog.array_position('{measured,derived,estimate,upper_bound,design_capacity}'::text[], y.quality) AS quality_rank,
	y.direction, pg_catalog.array_position('{in,out,both}'::text[], y.direction) AS direction_rank, y.country_iso2, y.neighbour_iso2, y.flow_year, y.days, y.is_local,
	total(y.state) AS total, CASE WHEN total(pg_catalog.lag(y.state) OVER w) >= 1::double precision OR total(y.state) <= total(pg_catalog.lag(y.state) OVER w) * '1e308'::double precision
		THEN raw_quotient(total(y.state), total(pg_catalog.lag(y.state) OVER w)) - 1::double precision END AS growth,
	entity_count(y.state) AS ports, hhi(y.state) AS hhi, effective_number(y.state) AS effective_number, gini(y.state) AS gini,
	first_entity(y.state) AS first_port_code, concentration_ratio(y.state, 1) AS first_share, concentration_ratio(y.state, 4) AS top4_share,
	finger_kreinin(pg_catalog.lag(y.state) OVER w, y.state) AS similarity
FROM flow_year() y
WINDOW w AS (PARTITION BY y.is_local, y.measure, y.unit, y.quality, y.direction, y.country_iso2, y.neighbour_iso2 ORDER BY y.flow_year
	RANGE BETWEEN 1 PRECEDING AND CURRENT ROW);

CREATE VIEW flow_share AS
SELECT pg_catalog.row_number() OVER (ORDER BY y.is_local, y.measure, y.unit, y.quality, y.direction, y.country_iso2, y.neighbour_iso2, y.flow_year, s.rank) AS flow_share_id,
	y.measure, y.unit, y.quality, pg_catalog.array_position('{measured,derived,estimate,upper_bound,design_capacity}'::text[], y.quality) AS quality_rank,
	y.direction, pg_catalog.array_position('{in,out,both}'::text[], y.direction) AS direction_rank, y.country_iso2, y.neighbour_iso2, y.flow_year, y.is_local,
	s.key AS port_code, COALESCE(lp.name, p.name_en) AS port, s.rank AS port_rank, s.value, s.share AS port_share
FROM flow_year() y CROSS JOIN LATERAL shares(y.state) s
LEFT JOIN local_port lp ON lp.port_code = s.key
LEFT JOIN ref_port p ON p.port_code = s.key AND lp.id IS NULL;

CREATE FUNCTION flow_series(measure text, port_code text DEFAULT NULL, direction text DEFAULT NULL, neighbour_iso2 text DEFAULT NULL) RETURNS composition
	LANGUAGE sql STABLE PARALLEL SAFE	-- not STRICT: NULL means every one
	RETURN (SELECT composition_agg((date_part('year'::text, r.period_from) * 100::double precision + date_part('month'::text, r.period_from))::bigint,
			CASE WHEN flow_series.port_code IS NULL THEN total_exact(r.state) ELSE composition_value_exact(r.state, flow_series.port_code) END)
		FROM flow_rollup() r
		WHERE r.measure = flow_series.measure AND (flow_series.direction IS NULL OR r.direction = flow_series.direction)
			AND (flow_series.neighbour_iso2 IS NULL OR r.neighbour_iso2 = flow_series.neighbour_iso2)
			AND r.quality IN ('measured', 'derived') AND entity_count(r.state) > 0::bigint
			AND r.period_to = (r.period_from + interval '1 month')::date AND date_part('day'::text, r.period_from) = 1::double precision);
COMMENT ON FUNCTION flow_series(text, text, text, text) IS 'monthly series of a measure, keys as in 201907, for yoy, recovery_ratio, seasonal_index and index_number; of one port, direction or neighbour, or of all of them together; NULL without monthly flows. Example: SELECT portext.seasonality_ratio(portext.flow_series(''trucks'', ''3604''))';

CREATE FUNCTION flow_in_period(measure text, port_code text, period_from date, period_to date, direction text DEFAULT NULL)
		RETURNS TABLE (value double precision, reason text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1	-- not STRICT: a NULL port or direction means every one
BEGIN ATOMIC
	WITH asked AS (	-- a range even of what is refused below, since the planner may make it before the check
		SELECT daterange(flow_in_period.period_from, GREATEST(flow_in_period.period_from, flow_in_period.period_to)) AS period
	), series AS (	-- each must fill the period by itself
		SELECT r.direction, r.country_iso2, r.neighbour_iso2, rollup(r.state) AS state, min(r.unit) AS unit, max(r.unit) AS other_unit,
			sum(r.period_to - r.period_from) AS days, pg_catalog.range_agg(daterange(r.period_from, r.period_to)) AS filled
		FROM flow_rollup() r
		WHERE r.measure = flow_in_period.measure AND (flow_in_period.direction IS NULL OR r.direction = flow_in_period.direction)
			AND r.period_from >= flow_in_period.period_from AND r.period_to <= flow_in_period.period_to
			AND r.quality IN ('measured', 'derived') AND entity_count(r.state) > 0::bigint
			AND (flow_in_period.port_code IS NULL OR composition_value(r.state, flow_in_period.port_code) IS NOT NULL)
		GROUP BY r.direction, r.country_iso2, r.neighbour_iso2
	), checked AS (
		SELECT s.*, CASE WHEN s.filled OPERATOR(pg_catalog.<>) datemultirange(asked.period)
					THEN 'no figures for {'::text || (SELECT string_agg(pg_catalog.format('[%s,%s)'::text, pg_catalog.to_jsonb(pg_catalog.lower(gap)) #>> '{}'::text[], pg_catalog.to_jsonb(pg_catalog.upper(gap)) #>> '{}'::text[]), ','::text ORDER BY gap)
						FROM pg_catalog.unnest(datemultirange(asked.period) OPERATOR(pg_catalog.-) s.filled) gap) || '}'::text
				WHEN s.days <> pg_catalog.upper(s.filled) - pg_catalog.lower(s.filled) THEN 'periods overlap'::text END
			|| ', direction '::text || s.direction
			|| CASE WHEN flow_in_period.port_code IS NULL THEN ', border '::text || s.country_iso2 || '-'::text || s.neighbour_iso2 ELSE ''::text END AS fault
		FROM series s CROSS JOIN asked
	), answer AS (
		SELECT count(*) AS series, rollup(c.state) AS state, min(c.unit) AS unit, max(c.other_unit) AS other_unit,
			bool_or(c.direction = 'both') AND bool_or(c.direction <> 'both') AS doubles, min(c.fault) AS fault
		FROM checked c
	), judged AS (
		SELECT CASE WHEN flow_in_period.port_code IS NULL THEN total(a.state) ELSE composition_value(a.state, flow_in_period.port_code) END AS value,
			CASE WHEN a.series = 0::bigint THEN
					CASE WHEN NOT EXISTS (SELECT FROM local_port p WHERE p.port_code = flow_in_period.port_code)
						AND NOT EXISTS (SELECT FROM ref_port p WHERE p.port_code = flow_in_period.port_code) AND flow_in_period.port_code IS NOT NULL
					THEN 'unknown port'::text ELSE 'no measured or derived figures'::text END
				WHEN a.unit <> a.other_unit THEN 'figures in '::text || a.unit || ' and '::text || a.other_unit
				WHEN a.doubles THEN 'figures of direction both beside those of in or out: name one direction'::text
				ELSE a.fault END AS fault
		FROM answer a
	)
	SELECT CASE WHEN j.fault IS NULL THEN j.value END,
		CASE WHEN flow_in_period.measure IS NULL THEN 'flow_in_period needs a measure'::text
			WHEN flow_in_period.period_from IS NULL OR flow_in_period.period_to IS NULL THEN 'flow_in_period needs both ends of a period'::text
			ELSE flow_in_period.measure || ' of '::text || COALESCE(flow_in_period.port_code, 'all ports'::text) || ' in '::text
				|| pg_catalog.format('[%s,%s): '::text, pg_catalog.to_jsonb(pg_catalog.lower(asked.period)) #>> '{}'::text[], pg_catalog.to_jsonb(pg_catalog.upper(asked.period)) #>> '{}'::text[]) || j.fault END
	FROM judged j CROSS JOIN asked
	WHERE require_argument(COALESCE(flow_in_period.period_from < flow_in_period.period_to, true),
		pg_catalog.concat('flow_in_period: the period from ', flow_in_period.period_from, ' to ', flow_in_period.period_to, ' does not end after it begins'),
		'The end is exclusive: a year ends on the first of January of the next.'::text);
END;
COMMENT ON FUNCTION flow_in_period(text, text, date, date, text) IS 'flow of a port (NULL: of all) in a period, its end exclusive, from figures of quality measured or derived. NULL with a reason unless they fill the period exactly, in each direction and on each border, without gap or overlap and in one unit. Example: SELECT * FROM portext.flow_in_period(''cargo_tonnes'', ''quanhe-road'', ''2022-01-01'', ''2023-01-01'')';

CREATE FUNCTION flow_recovery(measure text, port_code text, period_from date, period_to date, base_from date, base_to date, direction text DEFAULT NULL)
		RETURNS TABLE (value double precision, base_value double precision, recovery_ratio double precision)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1	-- not STRICT: a NULL port or direction means every one
BEGIN ATOMIC
	SELECT v.value, b.value, raw_quotient(v.value, b.value, 'flow_recovery'::text)
	FROM flow_in_period(flow_recovery.measure, flow_recovery.port_code, flow_recovery.period_from, flow_recovery.period_to, flow_recovery.direction) v
	CROSS JOIN flow_in_period(flow_recovery.measure, flow_recovery.port_code, flow_recovery.base_from, flow_recovery.base_to, flow_recovery.direction) b;
END;
COMMENT ON FUNCTION flow_recovery(text, text, date, date, date, date, text) IS 'flow of a port (NULL: of all) in one period over that in a base period, ends exclusive; each as flow_in_period gives it, so NULL unless figures fill the period exactly: flow_recovery_reason says which are missing. Did the first half of 2023 pass all of 2022? SELECT * FROM portext.flow_recovery(''cargo_tonnes'', ''quanhe-road'', ''2023-01-01'', ''2023-07-01'', ''2022-01-01'', ''2023-01-01'')';

CREATE FUNCTION flow_recovery_reason(measure text, port_code text, period_from date, period_to date, base_from date, base_to date, direction text DEFAULT NULL) RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE	-- not STRICT: a NULL port or direction means every one
	RETURN (SELECT CASE WHEN v.reason <> b.reason THEN v.reason || '; '::text || b.reason
			WHEN b.value = 0::double precision AND v.reason IS NULL THEN 'the flow in the base period is 0'::text
			ELSE COALESCE(v.reason, b.reason) END
		FROM flow_in_period(flow_recovery_reason.measure, flow_recovery_reason.port_code, flow_recovery_reason.period_from, flow_recovery_reason.period_to, flow_recovery_reason.direction) v
		CROSS JOIN flow_in_period(flow_recovery_reason.measure, flow_recovery_reason.port_code, flow_recovery_reason.base_from, flow_recovery_reason.base_to, flow_recovery_reason.direction) b);
COMMENT ON FUNCTION flow_recovery_reason(text, text, date, date, date, date, text) IS 'why flow_recovery of the same arguments has no ratio: which figures are missing or cannot be added; NULL when it has one. Example: SELECT portext.flow_recovery_reason(''cargo_tonnes'', ''quanhe-road'', ''2023-01-01'', ''2023-07-01'', ''2022-01-01'', ''2023-01-01'')';

CREATE FUNCTION flow_seasonality(measure text, direction text DEFAULT NULL)
		RETURNS TABLE (port_code text, port text, seasonality_ratio double precision, peak_month integer, years bigint)
	LANGUAGE sql STABLE PARALLEL SAFE	-- not STRICT: NULL means every direction
BEGIN ATOMIC
	SELECT m.key, COALESCE(lp.name, p.name_en), max(i.seasonal_index) / 100::double precision,
		(pg_catalog.array_agg(i.month ORDER BY i.seasonal_index DESC NULLS LAST, i.month))[1], max(i.years)
	FROM (SELECT s.key, composition_agg((date_part('year'::text, r.period_from) * 100::double precision + date_part('month'::text, r.period_from))::bigint, s.value) AS series
		FROM flow_rollup() r CROSS JOIN LATERAL shares(r.state) s
		WHERE r.measure = flow_seasonality.measure AND (flow_seasonality.direction IS NULL OR r.direction = flow_seasonality.direction)
			AND r.quality IN ('measured', 'derived')
			AND r.period_to = (r.period_from + interval '1 month')::date AND date_part('day'::text, r.period_from) = 1::double precision
		GROUP BY s.key) m
	CROSS JOIN LATERAL seasonal_index(m.series) i
	LEFT JOIN local_port lp ON lp.port_code = m.key
	LEFT JOIN ref_port p ON p.port_code = m.key AND lp.id IS NULL
	GROUP BY m.key, COALESCE(lp.name, p.name_en)
	ORDER BY 3 DESC NULLS LAST, m.key;
END;
COMMENT ON FUNCTION flow_seasonality(text, text) IS 'seasonality ratio (largest month over the average one, 1 to 12) of each port over its complete years, the month of the peak, and the number of those years; NULL for a port without traffic. Example: SELECT * FROM portext.flow_seasonality(''personal_vehicles'') LIMIT 10';

CREATE FUNCTION flow_modal_split(measures text[], flow_year integer, country_iso2 text DEFAULT NULL, neighbour_iso2 text DEFAULT NULL)
		RETURNS TABLE (measure text, value double precision, share double precision, rank integer)
	LANGUAGE sql STABLE PARALLEL SAFE	-- not STRICT: a NULL country means every one
BEGIN ATOMIC
	SELECT s.key, s.value, s.share, s.rank
	FROM (SELECT composition_agg(y.measure, total_exact(y.state)) AS c FROM flow_year() y
		WHERE y.measure = ANY (flow_modal_split.measures) AND y.flow_year = flow_modal_split.flow_year AND y.quality IN ('measured', 'derived')
			AND (flow_modal_split.country_iso2 IS NULL OR y.country_iso2 = flow_modal_split.country_iso2)
			AND (flow_modal_split.neighbour_iso2 IS NULL OR y.neighbour_iso2 = flow_modal_split.neighbour_iso2)) m
	CROSS JOIN LATERAL shares(m.c) s ORDER BY s.rank;
END;
COMMENT ON FUNCTION flow_modal_split(text[], integer, text, text) IS 'shares of measures of one unit in their sum, in one year. Example: SELECT * FROM portext.flow_modal_split(''{pedestrians,personal_vehicle_passengers,bus_passengers,train_passengers}'', 2018, neighbour_iso2 => ''MX'')';

CREATE FUNCTION flow_similarity(measure text, year_a integer, year_b integer, neighbour_iso2 text DEFAULT NULL, direction text DEFAULT NULL) RETURNS double precision
	LANGUAGE sql STABLE PARALLEL SAFE	-- not STRICT: a NULL neighbour or direction means every one
	RETURN (SELECT finger_kreinin(rollup(y.state) FILTER (WHERE y.flow_year = flow_similarity.year_a), rollup(y.state) FILTER (WHERE y.flow_year = flow_similarity.year_b))
		FROM flow_year() y
		WHERE y.measure = flow_similarity.measure AND (flow_similarity.neighbour_iso2 IS NULL OR y.neighbour_iso2 = flow_similarity.neighbour_iso2)
			AND (flow_similarity.direction IS NULL OR y.direction = flow_similarity.direction) AND y.quality IN ('measured', 'derived'));
COMMENT ON FUNCTION flow_similarity(text, integer, integer, text, text) IS 'how alike the shares of ports are in two years: the sum of the smaller shares, 0 to 1 (finger_kreinin); NULL without flows in either. Example: SELECT portext.flow_similarity(''trucks'', 2001, 2018, ''MX'')';

GRANT SELECT ON flow_concentration, flow_share TO PUBLIC;
COMMENT ON VIEW flow_concentration IS 'each measure, direction and border by year, over its ports: total, growth, concentration, similarity to the year before. From roll-ups; shipped and local flows, years of several borders apart';
COMMENT ON VIEW flow_share IS 'share of each port in each measure, direction and border by year. From roll-ups; shipped and local flows';
COMMENT ON COLUMN flow_concentration.flow_concentration_id IS 'key: number of the row in the order of its labels; it moves when data come';
COMMENT ON COLUMN flow_concentration.days IS 'sum of the lengths of the periods; less than 365 when the year is not complete';
COMMENT ON COLUMN flow_concentration.total IS 'sum over all ports, in unit';
COMMENT ON COLUMN flow_concentration.growth IS 'total over that of the year before, less 1; empty without that year, when it is 0 or the growth too large for the type';
COMMENT ON COLUMN flow_concentration.ports IS 'ports with a figure, zero included';
COMMENT ON COLUMN flow_concentration.hhi IS 'Herfindahl-Hirschman index, the sum of squared shares, 1 / ports to 1';
COMMENT ON COLUMN flow_concentration.effective_number IS '1 / hhi: as many ports of equal size would be as concentrated';
COMMENT ON COLUMN flow_concentration.gini IS 'Gini coefficient, population form, 0 (equal) towards 1';
COMMENT ON COLUMN flow_concentration.first_port_code IS 'the port with the largest share';
COMMENT ON COLUMN flow_concentration.first_share IS 'its share, 0 to 1';
COMMENT ON COLUMN flow_concentration.top4_share IS 'share of the four largest ports together, 0 to 1';
COMMENT ON COLUMN flow_concentration.similarity IS 'Finger-Kreinin similarity of the shares of ports to the year before, 0 to 1; empty without that year';
COMMENT ON COLUMN flow_share.flow_share_id IS 'key: number of the row in the order of its labels; it moves when data come';
COMMENT ON COLUMN flow_share.port_code IS 'port, as in port';
COMMENT ON COLUMN flow_share.port IS 'name of the port; empty for a code that no port has';
COMMENT ON COLUMN flow_share.port_rank IS 'order of the port by value, the largest first';
COMMENT ON COLUMN flow_share.value IS 'total of the port in the year, in unit';
COMMENT ON COLUMN flow_share.port_share IS 'value over the sum of all ports of the border, 0 to 1';
COMMENT ON COLUMN flow_concentration.measure IS 'what is measured, as in flow';
COMMENT ON COLUMN flow_concentration.unit IS 'unit of value, as in flow; empty for none';
COMMENT ON COLUMN flow_concentration.quality IS 'measured, derived, estimate, upper_bound or design_capacity';
COMMENT ON COLUMN flow_concentration.quality_rank IS 'order of quality: measured 1, derived 2, estimate 3, upper_bound 4, design_capacity 5';
COMMENT ON COLUMN flow_concentration.direction IS 'in, out or both, seen from the country of the port';
COMMENT ON COLUMN flow_concentration.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN flow_concentration.country_iso2 IS 'country of the ports, ISO 3166 two letters; empty when unknown';
COMMENT ON COLUMN flow_concentration.neighbour_iso2 IS 'country on the other side, ISO 3166 two letters; empty when unknown';
COMMENT ON COLUMN flow_concentration.flow_year IS 'calendar year of the periods added';
COMMENT ON COLUMN flow_concentration.is_local IS 'true for rows of local_flow';
COMMENT ON COLUMN flow_share.measure IS 'what is measured, as in flow';
COMMENT ON COLUMN flow_share.unit IS 'unit of value, as in flow; empty for none';
COMMENT ON COLUMN flow_share.quality IS 'measured, derived, estimate, upper_bound or design_capacity';
COMMENT ON COLUMN flow_share.quality_rank IS 'order of quality: measured 1, derived 2, estimate 3, upper_bound 4, design_capacity 5';
COMMENT ON COLUMN flow_share.direction IS 'in, out or both, seen from the country of the port';
COMMENT ON COLUMN flow_share.direction_rank IS 'order of direction: in 1, out 2, both 3';
COMMENT ON COLUMN flow_share.country_iso2 IS 'country of the ports, ISO 3166 two letters; empty when unknown';
COMMENT ON COLUMN flow_share.neighbour_iso2 IS 'country on the other side, ISO 3166 two letters; empty when unknown';
COMMENT ON COLUMN flow_share.flow_year IS 'calendar year of the periods added';
COMMENT ON COLUMN flow_share.is_local IS 'true for rows of local_flow';
