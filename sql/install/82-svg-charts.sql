-- Charts of openings: by year, and by stage.

CREATE FUNCTION svg_year(day date) RETURNS double precision
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN pg_catalog.date_part('year'::text, day) + (pg_catalog.date_part('doy'::text, day) - 1::double precision) / 366::double precision;
COMMENT ON FUNCTION svg_year(date) IS 'a day as a position on an axis of years. Example: SELECT portext.svg_year(date ''1950-07-02'') gives 1950.5 nearly';

CREATE FUNCTION svg_years(from_date date, to_date date) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: NULL is an open end
	RETURN CASE WHEN from_date IS NULL AND to_date IS NULL THEN 'all years'::text
		WHEN from_date IS NULL THEN pg_catalog.format('to %s'::text, pg_catalog.date_part('year'::text, to_date - 1)::numeric)
		WHEN to_date IS NULL THEN pg_catalog.format('from %s'::text, pg_catalog.date_part('year'::text, from_date)::numeric)
		ELSE pg_catalog.format('%s–%s'::text, pg_catalog.date_part('year'::text, from_date)::numeric, pg_catalog.date_part('year'::text, to_date - 1)::numeric) END;
COMMENT ON FUNCTION svg_years(date, date) IS 'the years of a period whose end is exclusive, NULL for an open end. Example: SELECT portext.svg_years(date ''1950-01-01'', date ''1980-01-01'') gives the years 1950 and 1979 with a dash between';

CREATE FUNCTION svg_opening_chart(title text DEFAULT 'Border ports by year of opening', width integer DEFAULT 800, home text DEFAULT NULL,
		scheme stage_scheme DEFAULT china_border_port_stages(), peaks stage_scheme DEFAULT china_opening_peaks()) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE COST 10000	-- not STRICT: home NULL means every country
	BEGIN ATOMIC
		WITH opening AS MATERIALIZED (
			SELECT port_id, coalesce(name, port_code) AS name,
				CASE WHEN opened_year BETWEEN 1 AND 9999 THEN opened_year END AS opened_year FROM port
			WHERE require_argument(svg_opening_chart.home IS NULL OR svg_opening_chart.home OPERATOR(pg_catalog.~) '^[A-Z]{2}$'::text,
					pg_catalog.format('"%s" is no code of a country'::text, pg_catalog.left(svg_opening_chart.home, 200)), 'home is two capital letters (ISO 3166), such as CN, or NULL for all ports.'::text)
				AND (svg_opening_chart.home IS NULL OR country_iso2 = svg_opening_chart.home)
		), span AS MATERIALIZED (	-- the axis runs over whole decades
			SELECT lo, hi, 724::double precision / (hi - lo)::double precision AS step
			FROM (SELECT pg_catalog.floor(pg_catalog.min(opened_year)::numeric / 10::numeric)::integer * 10 AS lo,
				pg_catalog.floor((pg_catalog.max(opened_year)::numeric + 11::numeric) / 10::numeric)::integer * 10 AS hi FROM opening) AS years
			WHERE lo IS NOT NULL
		), stage AS MATERIALIZED (
			SELECT ordinal, label, svg_year(from_date) AS from_at, svg_year(to_date) AS to_at, svg_years(from_date, to_date) AS years,
				(SELECT pg_catalog.count(*) FROM opening WHERE stage_bucket(opened_year, svg_opening_chart.scheme) = ordinal) AS ports
			FROM stages(svg_opening_chart.scheme)
		), peak AS MATERIALIZED (
			SELECT ordinal, label, svg_year(from_date) AS from_at, svg_year(to_date) AS to_at,
				(SELECT pg_catalog.count(*) FROM opening WHERE stage_bucket(opened_year, svg_opening_chart.peaks) = ordinal) AS ports
			FROM stages(svg_opening_chart.peaks)
		), year AS MATERIALIZED (
			SELECT opened_year, pg_catalog.count(*) AS ports, pg_catalog.string_agg(name, ', '::text ORDER BY name, port_id) AS names,
				stage_bucket(opened_year, svg_opening_chart.scheme) AS ordinal
			FROM opening WHERE opened_year IS NOT NULL GROUP BY opened_year
		), axis AS MATERIALIZED (	-- room above the highest bar for the brackets of the peaks
			SELECT tick, pg_catalog.max(ports)::double precision * '1.2'::double precision AS top, 112::double precision AS y_top, 420::double precision AS y_zero
			FROM (SELECT ports, greatest(svg_tick(pg_catalog.max(ports) OVER ()::double precision, 6), 1::double precision) AS tick FROM year) AS year GROUP BY tick
		), part AS (
			SELECT 1 AS layer, from_x AS place, pg_catalog.format('<rect x="%s" y="72" width="%s" height="348" fill="%s" fill-opacity="0.12"/>'::text,
					svg_coordinate(from_x), svg_coordinate(to_x - from_x), svg_colour(ordinal))
				OPERATOR(pg_catalog.||) CASE WHEN to_x - from_x > svg_text_width(years, 12::double precision) THEN
					svg_text((from_x + to_x) / 2::double precision, 88::double precision, years, 12::double precision, 'middle'::text, ' font-weight="bold"'::text)
					OPERATOR(pg_catalog.||) svg_text((from_x + to_x) / 2::double precision, 103::double precision, svg_count(ports, 'port'::text), 11::double precision, 'middle'::text)
					ELSE ''::text END AS svg
			FROM (SELECT stage.*, 56::double precision + step * (least(greatest(coalesce(from_at, lo::double precision), lo::double precision), hi::double precision) - lo::double precision) AS from_x,
					56::double precision + step * (least(greatest(coalesce(to_at, hi::double precision), lo::double precision), hi::double precision) - lo::double precision) AS to_x FROM stage, span) AS band
			WHERE to_x > from_x
			UNION ALL
			SELECT 2, n::double precision, pg_catalog.format('<path d="M56 %sH780" stroke="#999" stroke-width="0.5" stroke-opacity="0.6"/>'::text, svg_coordinate(y))
				OPERATOR(pg_catalog.||) svg_text(50::double precision, y + 4::double precision, svg_number(n::double precision * tick), 11::double precision, 'end'::text)
			FROM axis, LATERAL (SELECT n, y_zero - (y_zero - y_top) * n::double precision * tick / top AS y
				FROM pg_catalog.generate_series(0, pg_catalog.floor(top / tick)::integer) AS tick (n)) AS line
			UNION ALL
			SELECT 3, n::double precision, pg_catalog.format('<path d="M%s 420v5" stroke="#444"/>'::text, svg_coordinate(x))
				OPERATOR(pg_catalog.||) svg_text(x, 439::double precision, n::text, 11::double precision, 'middle'::text)
			FROM span, LATERAL (SELECT greatest(svg_tick((hi - lo)::double precision, 13)::integer, 10) AS every) AS tick,
				LATERAL (SELECT n, 56::double precision + step * (n - lo)::double precision AS x FROM pg_catalog.generate_series(lo, hi, every) AS tick (n)) AS line
			UNION ALL
			SELECT 4, opened_year::double precision, pg_catalog.format('<rect class="bar" x="%s" y="%s" width="%s" height="%s" fill="%s" stroke="#222" stroke-width="0.5"><title>%s</title></rect>'::text,
				svg_coordinate(56::double precision + step * ((opened_year - lo)::double precision + '0.1'::double precision)),
				svg_coordinate(y_zero - (y_zero - y_top) * ports::double precision / top),
				svg_coordinate(greatest('0.8'::double precision * step, '0.5'::double precision)), svg_coordinate((y_zero - y_top) * ports::double precision / top), svg_colour(ordinal),
				svg_escape(pg_catalog.format('%s: %s (%s)'::text, opened_year, ports, svg_fit(names, 1::double precision, 250::double precision))))
			FROM year, span, axis
			UNION ALL
			SELECT 5, from_x, pg_catalog.format('<path d="M%s %sv-5H%sv5" fill="none" stroke="#222"/>'::text, svg_coordinate(from_x), svg_coordinate(y), svg_coordinate(to_x))
				OPERATOR(pg_catalog.||) svg_text((from_x + to_x) / 2::double precision, y - 10::double precision, svg_count(ports, 'port'::text), 11::double precision, 'middle'::text)
				OPERATOR(pg_catalog.||) svg_text((from_x + to_x) / 2::double precision, y - 23::double precision, label, 11::double precision, 'middle'::text, ' font-weight="bold"'::text)
			FROM (SELECT peak.*, 56::double precision + step * (greatest(coalesce(from_at, lo::double precision), lo::double precision) - lo::double precision) AS from_x,
					56::double precision + step * (least(coalesce(to_at, hi::double precision), hi::double precision) - lo::double precision) AS to_x,
					y_zero - (y_zero - y_top) * (SELECT pg_catalog.max(year.ports)::double precision FROM year WHERE stage_bucket(opened_year, svg_opening_chart.peaks) = peak.ordinal) / top - 4::double precision AS y
				FROM peak, span, axis WHERE ports > 0) AS peak
			UNION ALL
			SELECT 6, ordinal::double precision, pg_catalog.format('<rect x="56" y="%s" width="12" height="12" fill="%s" stroke="#222" stroke-width="0.5"/>'::text,
					svg_coordinate(442::double precision + 20::double precision * ordinal::double precision), svg_colour(ordinal))
				OPERATOR(pg_catalog.||) svg_text(75::double precision, 452::double precision + 20::double precision * ordinal::double precision, svg_fit(label, 12::double precision, 700::double precision), 12::double precision)
			FROM stage
			UNION ALL
			SELECT 7, 0::double precision, '<path d="M56 72V420H780" fill="none" stroke="#444"/>'::text
				OPERATOR(pg_catalog.||) svg_text(18::double precision, 266::double precision, 'ports opened in the year'::text, 11::double precision, 'middle'::text, ' transform="rotate(-90 18 266)"'::text)
		)
		SELECT CASE WHEN EXISTS (SELECT FROM span) THEN
			svg_document(svg_opening_chart.title, 'Bar chart of the number of border ports opened in each year, coloured by stage.'::text,
				(svg_count((SELECT pg_catalog.count(opened_year) FROM opening), 'port'::text) OPERATOR(pg_catalog.||) ' with a known year'::text)
					OPERATOR(pg_catalog.||) (SELECT CASE WHEN pg_catalog.count(*) > 0 THEN pg_catalog.format('; %s more without one'::text, pg_catalog.count(*)) ELSE ''::text END
						FROM opening WHERE opened_year IS NULL),
				svg_opening_chart.width, 470::double precision + 20::double precision * (SELECT pg_catalog.count(*)::double precision FROM stage),
				(SELECT pg_catalog.string_agg(part.svg, E'\n'::text ORDER BY layer, place) FROM part))
			ELSE svg_empty(svg_opening_chart.title, svg_opening_chart.width, 'No port with a known year of opening'::text) END;
	END;
COMMENT ON FUNCTION svg_opening_chart(text, integer, text, stage_scheme, stage_scheme) IS 'bars of the ports opened in each year as an SVG document, coloured by the stage of the scheme (grey outside every stage), the stages as bands and the peaks marked by brackets; width is in pixels (200 to 8000), home is the ISO 3166 code (two capital letters, else error 22023) of the country whose ports are counted (NULL: all), a NULL scheme has no stages. Ports without a year from 1 to 9999 are counted in the subtitle. Example: SELECT portext.svg_opening_chart(home => ''CN'')';

CREATE FUNCTION svg_stage_chart(by text DEFAULT 'region', title text DEFAULT NULL, width integer DEFAULT 800, home text DEFAULT NULL,
		scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE COST 10000	-- not STRICT: every argument has a meaning when NULL
	BEGIN ATOMIC
		WITH argument AS MATERIALIZED (
			SELECT coalesce(svg_stage_chart.by, 'none'::text) AS by, coalesce(svg_stage_chart.title, 'Border ports by stage of opening'::text
				OPERATOR(pg_catalog.||) CASE WHEN svg_stage_chart.by <> 'none'::text THEN ' and '::text OPERATOR(pg_catalog.||) svg_stage_chart.by ELSE ''::text END) AS title
			WHERE require_argument(coalesce(svg_stage_chart.by, 'none'::text) IN ('region'::text, 'transport'::text, 'mode'::text, 'none'::text),
				pg_catalog.format('a stage chart cannot be drawn by "%s"'::text, svg_stage_chart.by), 'Use region, transport, mode or none.'::text)
				AND require_argument(svg_stage_chart.home IS NULL OR svg_stage_chart.home OPERATOR(pg_catalog.~) '^[A-Z]{2}$'::text,
					pg_catalog.format('"%s" is no code of a country'::text, pg_catalog.left(svg_stage_chart.home, 200)), 'home is two capital letters (ISO 3166), such as CN, or NULL for all ports.'::text)
		), opening AS MATERIALIZED (
			SELECT stage_bucket(opened_year, svg_stage_chart.scheme) AS ordinal,
				CASE WHEN argument.by = 'region'::text THEN region WHEN argument.by = 'transport'::text THEN transport WHEN argument.by = 'mode'::text THEN mode
					ELSE 'ports'::text END AS label,
				CASE WHEN argument.by = 'region'::text THEN region_rank WHEN argument.by = 'transport'::text THEN transport_rank
					WHEN argument.by = 'mode'::text THEN mode_rank END AS rank
			FROM (SELECT CASE WHEN opened_year BETWEEN 1 AND 9999 THEN opened_year END AS opened_year, region, region_rank, transport, transport_rank, mode, mode_rank
				FROM port WHERE svg_stage_chart.home IS NULL OR country_iso2 = svg_stage_chart.home) AS port, argument
		), category AS MATERIALIZED (	-- a NULL label is grey and last
			SELECT label, CASE WHEN label IS NOT NULL THEN (pg_catalog.row_number() OVER in_order)::integer END AS colour, pg_catalog.row_number() OVER in_order AS n, ports
			FROM (SELECT label, rank, pg_catalog.count(*) AS ports FROM opening WHERE ordinal IS NOT NULL GROUP BY label, rank) AS label
			WINDOW in_order AS (ORDER BY label IS NULL, rank NULLS LAST, label)
		), stage AS MATERIALIZED (
			SELECT stages.ordinal, label, from_date, to_date, svg_years(from_date, to_date) AS years, coalesce(ports, 0::bigint) AS ports,
				90::double precision + 62::double precision * (pg_catalog.row_number() OVER (ORDER BY stages.ordinal) - 1)::double precision AS y
			FROM stages(svg_stage_chart.scheme) LEFT JOIN (SELECT ordinal, pg_catalog.count(*) AS ports FROM opening GROUP BY ordinal) AS counted USING (ordinal)
		), scale AS MATERIALIZED (
			SELECT 600::double precision / pg_catalog.max(ports)::double precision AS unit, pg_catalog.max(y) + 42::double precision AS bottom FROM stage HAVING pg_catalog.max(ports) > 0
		), part AS (
			SELECT 1 AS layer, ordinal::bigint AS place, svg_text(20::double precision, y, svg_fit(label, 13::double precision, 760::double precision), 13::double precision)
				OPERATOR(pg_catalog.||) svg_text(30::double precision + unit * ports::double precision, y + 24::double precision, svg_count(ports, 'port'::text)
					OPERATOR(pg_catalog.||) CASE WHEN from_date IS NOT NULL AND to_date IS NOT NULL AND ports > 0
						THEN pg_catalog.format(', %s a year'::text, svg_number(ports::double precision / (svg_year(to_date) - svg_year(from_date)), 2)) ELSE ''::text END,
					12::double precision, 'start'::text, ' fill="#555"'::text) AS svg
			FROM stage, scale
			UNION ALL
			SELECT 2, ordinal::bigint * 1000 + n, pg_catalog.format('<rect class="bar" x="%s" y="%s" width="%s" height="22" fill="%s" stroke="#222" stroke-width="0.5"><title>%s</title></rect>'::text,
					svg_coordinate(20::double precision + unit * before), svg_coordinate(y + 8::double precision), svg_coordinate(unit * ports::double precision), svg_colour(colour),
					svg_escape(pg_catalog.format('%s, %s: %s'::text, years, coalesce(label, 'not known'::text), ports)))
				OPERATOR(pg_catalog.||) CASE WHEN unit * ports::double precision > 16::double precision THEN
					svg_text(20::double precision + unit * (before + ports::double precision / 2::double precision), y + 23::double precision, ports::text, 12::double precision, 'middle'::text,
						CASE WHEN colour IN (3, 4, 6) THEN ' fill="#fff"'::text ELSE ''::text END) ELSE ''::text END
			FROM scale, (SELECT stage.ordinal, stage.y, stage.years, category.n, category.colour, category.label, segment.ports,
					(pg_catalog.sum(segment.ports) OVER (PARTITION BY stage.ordinal ORDER BY category.n))::double precision - segment.ports::double precision AS before
				FROM (SELECT ordinal, label, pg_catalog.count(*) AS ports FROM opening GROUP BY ordinal, label) AS segment
					JOIN stage ON stage.ordinal = segment.ordinal JOIN category ON category.label IS NOT DISTINCT FROM segment.label) AS segment
			UNION ALL
			SELECT 3, n, pg_catalog.format('<rect x="%s" y="%s" width="12" height="12" fill="%s" stroke="#222" stroke-width="0.5"/>'::text, svg_coordinate(x), svg_coordinate(y), svg_colour(colour))
				OPERATOR(pg_catalog.||) svg_text(x + 18::double precision, y + '10.5'::double precision, pg_catalog.format('%s (%s)'::text, svg_fit(coalesce(label, 'not known'::text), 12::double precision, 120::double precision), ports), 12::double precision)
			FROM scale, argument, LATERAL (SELECT category.*, 20::double precision + 190::double precision * ((n - 1) % 4::bigint)::double precision AS x,
				bottom + 14::double precision + 22::double precision * ((n - 1) / 4::bigint)::double precision AS y FROM category) AS item
			WHERE argument.by <> 'none'::text
		)
		SELECT CASE WHEN EXISTS (SELECT FROM scale) THEN
			svg_document(argument.title, 'Bars of the number of border ports opened in each stage, divided by category.'::text,
				svg_count((SELECT pg_catalog.count(*) FROM opening WHERE ordinal IS NOT NULL), 'port'::text) OPERATOR(pg_catalog.||) ' opened in a stage'::text
					OPERATOR(pg_catalog.||) (SELECT CASE WHEN pg_catalog.count(*) > 0 THEN pg_catalog.format('; %s more outside every stage or without a year'::text, pg_catalog.count(*)) ELSE ''::text END
						FROM opening WHERE ordinal IS NULL),
				svg_stage_chart.width, (SELECT bottom FROM scale) + 22::double precision
					+ CASE WHEN argument.by = 'none'::text THEN 0::double precision ELSE 22::double precision * (((SELECT pg_catalog.max(n) FROM category) + 3) / 4)::double precision END,
				(SELECT pg_catalog.string_agg(part.svg, E'\n'::text ORDER BY layer, place) FROM part))
			ELSE svg_empty(argument.title, svg_stage_chart.width, 'No port opened in any stage'::text) END
		FROM argument;
	END;
COMMENT ON FUNCTION svg_stage_chart(text, text, integer, text, stage_scheme) IS 'bars of the ports opened in each stage of a scheme as an SVG document, divided by region, transport or mode (none: undivided), with ports a year for stages that have both ends; title NULL says what is shown, width is in pixels (200 to 8000), home is the ISO 3166 code (two capital letters, else error 22023) of the country whose ports are counted (NULL: all). Example: SELECT portext.svg_stage_chart(''transport'')';
