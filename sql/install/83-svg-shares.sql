-- Pictures of a composition: its shares as bars, its inequality as a Lorenz curve.

CREATE FUNCTION svg_share_bars(c composition, title text DEFAULT 'Shares', width integer DEFAULT 800, k integer DEFAULT 15) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE COST 10000	-- not STRICT: a NULL composition is a picture too
	BEGIN ATOMIC
		WITH entity AS MATERIALIZED (
			SELECT coalesce(key, pg_catalog.format('no. %s'::text, rank)) AS label, value, share, rank FROM shares(svg_share_bars.c)
			WHERE share IS NOT NULL
		), bar AS MATERIALIZED (
			SELECT label, value, share, rank, '#35618f'::text AS fill FROM entity WHERE rank <= coalesce(svg_share_bars.k, 15)
			UNION ALL
			SELECT pg_catalog.format('%s others'::text, pg_catalog.count(*)), pg_catalog.sum(value ORDER BY rank), pg_catalog.sum(share ORDER BY rank), pg_catalog.min(rank), '#b5b5b5'::text
			FROM entity WHERE rank > coalesce(svg_share_bars.k, 15) HAVING pg_catalog.count(*) > 0
		), scale AS MATERIALIZED (	-- the labels take what they need, up to a third of the sheet
			SELECT least(pg_catalog.max(svg_text_width(label, 12::double precision)), 250::double precision) AS label_width,
				pg_catalog.max(svg_text_width(svg_number(value), 12::double precision)) + 62::double precision AS value_width, pg_catalog.max(share) AS top FROM bar
		), part AS (
			SELECT rank, svg_text(20::double precision + label_width, y + 16::double precision, svg_fit(label, 12::double precision, 255::double precision), 12::double precision, 'end'::text)
				OPERATOR(pg_catalog.||) pg_catalog.format('<rect class="bar" x="%s" y="%s" width="%s" height="20" fill="%s"><title>%s</title></rect>'::text, svg_coordinate(30::double precision + label_width), svg_coordinate(y),
					svg_coordinate(room * share / top), fill, svg_escape(pg_catalog.format('%s: %s, %s'::text, label, svg_number(value), svg_percent(share))))
				OPERATOR(pg_catalog.||) svg_text(36::double precision + label_width + room * share / top, y + 15::double precision, svg_percent(share), 12::double precision, 'start'::text, ' font-weight="bold"'::text)
				OPERATOR(pg_catalog.||) svg_text(780::double precision, y + 15::double precision, svg_number(value), 12::double precision, 'end'::text, ' fill="#555"'::text) AS svg
			FROM scale, bar, LATERAL (SELECT 74::double precision + 27::double precision * (rank - 1)::double precision AS y,
				760::double precision - 16::double precision - label_width - value_width AS room) AS place
		)
		SELECT CASE WHEN EXISTS (SELECT FROM bar) THEN
				svg_document(svg_share_bars.title, 'Horizontal bars of the share of each entity in the total, largest first.'::text,
					CASE WHEN entity_count(svg_share_bars.c) = 1 THEN '1 entity'::text ELSE pg_catalog.format('%s entities'::text, svg_number(entity_count(svg_share_bars.c)::double precision)) END
						OPERATOR(pg_catalog.||) pg_catalog.format(', total %s; HHI %s'::text, svg_number(total(svg_share_bars.c)), svg_number(hhi(svg_share_bars.c), 4)),
					svg_share_bars.width, 84::double precision + 27::double precision * (SELECT pg_catalog.count(*)::double precision FROM bar),
					(SELECT pg_catalog.string_agg(part.svg, E'\n'::text ORDER BY rank) FROM part))
			ELSE svg_empty(svg_share_bars.title, svg_share_bars.width, CASE WHEN svg_share_bars.c IS NULL THEN 'No data'::text ELSE 'The total is zero: there are no shares'::text END) END
		FROM (SELECT 1 OFFSET 0) AS once
		WHERE require_argument(coalesce(svg_share_bars.k, 15) BETWEEN 1 AND 200, pg_catalog.format('number of bars must be between 1 and 200, not %s'::text, svg_share_bars.k), 'Leave it out for 15.'::text);
	END;
COMMENT ON FUNCTION svg_share_bars(composition, text, integer, integer) IS 'the k largest shares of a composition as horizontal bars in an SVG document, the rest summed in one grey bar, with the values, the total and the HHI; title NULL is none, width is in pixels (200 to 8000), k is 1 to 200. A NULL composition or a total of zero gives a picture that says so. Example: SELECT portext.svg_share_bars(''{"Mongolia": 34851, "Kazakhstan": 40884, "Russia": 31783}''::portext.composition, ''Cargo by country, kt'')';

CREATE FUNCTION svg_lorenz(c composition, title text DEFAULT 'Lorenz curve', width integer DEFAULT 800) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE COST 10000	-- not STRICT: a NULL composition is a picture too
	BEGIN ATOMIC
		WITH step AS MATERIALIZED (	-- smallest first; the plot is 480 units square with its origin at (70, 560)
			SELECT n, key, share, 70::double precision + 480::double precision * n::double precision / (pg_catalog.max(n) OVER ())::double precision AS x,
				560::double precision - 480::double precision * least(climb, 1::double precision) AS y, climb, pg_catalog.max(n) OVER () AS entities
			FROM (SELECT pg_catalog.row_number() OVER smallest AS n, key, share, pg_catalog.sum(share) OVER smallest AS climb
				FROM shares(svg_lorenz.c) WHERE share IS NOT NULL WINDOW smallest AS (ORDER BY rank DESC)) AS climbed
		), shown AS (	-- of very many entities every so manyth, and the largest hundred
			SELECT step.* FROM step WHERE entities <= 400 OR n % (entities / 200) = 0 OR entities - n < 100
		), curve AS MATERIALIZED (
			SELECT 'M70 560'::text OPERATOR(pg_catalog.||) pg_catalog.string_agg(pg_catalog.format('L%s %s'::text, svg_coordinate(x), svg_coordinate(y)), ''::text ORDER BY n) AS path,
				pg_catalog.string_agg(pg_catalog.format('<circle class="step" cx="%s" cy="%s" r="3" fill="#35618f"><title>%s</title></circle>'::text, svg_coordinate(x), svg_coordinate(y),
					svg_escape(pg_catalog.concat_ws(': '::text, key, svg_percent(share)))), E'\n'::text ORDER BY n) FILTER (WHERE entities <= 60) AS dots
			FROM shown HAVING pg_catalog.count(*) > 0
		), fact AS (
			SELECT line.n, line.label, line.value FROM (VALUES (1, 'Gini coefficient'::text, svg_number(gini(svg_lorenz.c), 3)),
				(2, 'Herfindahl index (HHI)'::text, svg_number(hhi(svg_lorenz.c), 4)), (3, 'entities'::text, svg_number(entity_count(svg_lorenz.c)::double precision)),
				(4, 'share of the largest'::text, svg_percent((SELECT pg_catalog.max(share) FROM step))),
				(5, 'largest ones that hold half'::text, (SELECT svg_number(pg_catalog.count(*)::double precision + 1::double precision) FROM (SELECT pg_catalog.sum(share) OVER (ORDER BY n DESC) AS held FROM step) AS top WHERE held < '0.5'::double precision)))
				AS line (n, label, value)
		)
		SELECT CASE WHEN EXISTS (SELECT FROM curve) THEN
			svg_document(svg_lorenz.title, 'Lorenz curve: the cumulative share of the total held by the smallest entities, against the diagonal of equality.'::text,
				'share of the total held by the smallest entities'::text, svg_lorenz.width, 620::double precision,
				(SELECT '<rect x="70" y="80" width="480" height="480" fill="#f6f7f8"/>'::text
					OPERATOR(pg_catalog.||) (SELECT pg_catalog.string_agg(pg_catalog.format('<path d="M70 %sh480M%s 80v480" stroke="#d5dade" stroke-width="0.7"/>'::text, 560 - 96 * n, 70 + 96 * n)
							OPERATOR(pg_catalog.||) svg_text(62::double precision, (564 - 96 * n)::double precision, pg_catalog.format('%s %%'::text, 20 * n), 11::double precision, 'end'::text)
							OPERATOR(pg_catalog.||) svg_text((70 + 96 * n)::double precision, 578::double precision, pg_catalog.format('%s %%'::text, 20 * n), 11::double precision, 'middle'::text), E'\n'::text ORDER BY n)
						FROM pg_catalog.generate_series(0, 5) AS tick (n))
					OPERATOR(pg_catalog.||) pg_catalog.format(E'\n<path class="lorenz" d="%sL70 560z" fill="#35618f" fill-opacity="0.18"/>\n<path d="M70 560L550 80" stroke="#777" stroke-dasharray="6 4" fill="none"/>\n<path d="%s" fill="none" stroke="#35618f" stroke-width="2"/>\n<path d="M70 80V560H550" fill="none" stroke="#444"/>\n%s\n'::text,
						curve.path, curve.path, coalesce(curve.dots, ''::text))
					OPERATOR(pg_catalog.||) svg_text(310::double precision, 600::double precision, 'share of the entities, smallest first'::text, 12::double precision, 'middle'::text)
					OPERATOR(pg_catalog.||) svg_text(296::double precision, 316::double precision, 'equality'::text, 11::double precision, 'middle'::text, ' fill="#777" transform="rotate(-45 296 316)"'::text)
					OPERATOR(pg_catalog.||) (SELECT pg_catalog.string_agg(svg_text(590::double precision, (90 + 46 * n)::double precision, label, 12::double precision, 'start'::text, ' fill="#555"'::text)
							OPERATOR(pg_catalog.||) svg_text(590::double precision, (111 + 46 * n)::double precision, value, 18::double precision, 'start'::text, ' font-weight="bold"'::text), E'\n'::text ORDER BY n) FROM fact)
					FROM curve))
			ELSE svg_empty(svg_lorenz.title, svg_lorenz.width, CASE WHEN svg_lorenz.c IS NULL THEN 'No data'::text ELSE 'The total is zero: there are no shares'::text END) END;
	END;
COMMENT ON FUNCTION svg_lorenz(composition, text, integer) IS 'Lorenz curve of a composition as an SVG document: entities from the smallest to the largest (zeros included) against the share of the total they hold, with Gini, HHI, the number of entities, the largest share, and how many of the largest hold half; width is in pixels (200 to 8000). A NULL composition or a total of zero gives a picture that says so. Example: SELECT portext.svg_lorenz(''{"A": 50, "B": 30, "C": 15, "D": 5}''::portext.composition, ''Four ports'')';
