-- Charts of openings: by year, and by stage.

CREATE FUNCTION svg_year(day date) RETURNS double precision
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN pg_catalog.date_part('year'::text, day) + (pg_catalog.date_part('doy'::text, day) - 1::double precision) / 366::double precision;
COMMENT ON FUNCTION svg_year(date) IS 'a day as a position on an axis of years. Example: SELECT portext.svg_year(date ''1950-07-02'') gives 1950.5 nearly';

CREATE FUNCTION svg_years(from_date date, to_date date) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: NULL is an open end
	RETURN CASE WHEN from_date IS NULL AND to_date IS NULL THEN 'all years'::text
		WHEN from_date IS NULL THEN pg_catalog.format('to %s'::text, pg_catalog.date_part('year'::text, to_date - 1))
		WHEN to_date IS NULL THEN pg_catalog.format('from %s'::text, pg_catalog.date_part('year'::text, from_date))
		ELSE pg_catalog.format('%s–%s'::text, pg_catalog.date_part('year'::text, from_date), pg_catalog.date_part('year'::text, to_date - 1)) END;
COMMENT ON FUNCTION svg_years(date, date) IS 'the years of a period whose end is exclusive, NULL for an open end. Example: SELECT portext.svg_years(date ''1950-01-01'', date ''1980-01-01'') gives 1950–1979';

CREATE FUNCTION svg_opening_chart(title text DEFAULT 'Border ports by year of opening', width integer DEFAULT 800, home text DEFAULT NULL,
		scheme stage_scheme DEFAULT china_border_port_stages(), peaks stage_scheme DEFAULT china_opening_peaks()) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE COST 10000	-- not STRICT: home NULL means every country
	BEGIN ATOMIC
		WITH opening AS MATERIALIZED (
			SELECT port_id, coalesce(name, port_code) AS name,
				CASE WHEN opened_year BETWEEN 1 AND 9999 THEN opened_year END AS opened_year FROM port
			WHERE svg_opening_chart.home IS NULL OR country_iso2 = svg_opening_chart.home
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
COMMENT ON FUNCTION svg_opening_chart(text, integer, text, stage_scheme, stage_scheme) IS 'bars of the ports opened in each year as an SVG document, coloured by the stage of the scheme (grey outside every stage), the stages as bands and the peaks marked by brackets; width is in pixels (200 to 8000), home is the ISO 3166 code of the country whose ports are counted (NULL: all), a NULL scheme has no stages. Ports without a year from 1 to 9999 are counted in the subtitle. Example: SELECT portext.svg_opening_chart(home => ''CN'')';
