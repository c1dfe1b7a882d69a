-- What every picture is made of: escaping, numbers, text, markers, the frame. A picture is drawn on a sheet 800
-- units wide; the width asked for scales the whole sheet, so that nothing moves against anything else.

CREATE FUNCTION svg_escape(label text) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: NULL becomes the empty string
	RETURN pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
		pg_catalog.regexp_replace(coalesce(label, ''::text), '[\u0001-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]'::text, ''::text, 'g'::text),
		'&'::text, '&amp;'::text), '<'::text, '&lt;'::text), '>'::text, '&gt;'::text), '"'::text, '&quot;'::text), ''''::text, '&#39;'::text);
COMMENT ON FUNCTION svg_escape(text) IS 'text made safe inside XML content and attributes: & < > and both quotes become entities, characters that XML 1.0 forbids are dropped, NULL becomes the empty string. Example: SELECT portext.svg_escape(''R&D <"x">'') gives R&amp;D &lt;&quot;x&quot;&gt;';

CREATE FUNCTION svg_coordinate(value double precision) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN pg_catalog.trim_scale(pg_catalog.round(value::numeric, 1))::text;
COMMENT ON FUNCTION svg_coordinate(double precision) IS 'a position on the sheet with one decimal and no trailing zero. Example: SELECT portext.svg_coordinate(12.04) gives 12';

CREATE FUNCTION svg_number(value double precision, decimals integer DEFAULT NULL) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: NULL becomes a dash
	RETURN CASE
		WHEN value IS NULL OR value IN ('NaN'::double precision, 'Infinity'::double precision, '-Infinity'::double precision) THEN '–'::text
		WHEN pg_catalog.abs(value) >= '1e15'::double precision THEN	-- not value::text, whose digits are a setting's
			pg_catalog.regexp_replace(pg_catalog.to_char(value::numeric, '9.99999999999999EEEE'::text), '^ |\.?0+(?=e)'::text, ''::text, 'g'::text)
		ELSE (SELECT pg_catalog.to_char(pg_catalog.round(value::numeric, places.n), 'FM999,999,999,999,990'::text OPERATOR(pg_catalog.||)
				CASE WHEN places.n > 0 THEN pg_catalog.rpad('.'::text, places.n + 1, '0'::text) ELSE ''::text END)
			FROM (SELECT coalesce(decimals, CASE WHEN value = pg_catalog.trunc(value) THEN 0
				WHEN pg_catalog.abs(value) >= 100::double precision THEN 1 WHEN pg_catalog.abs(value) >= 1::double precision THEN 2 ELSE 4 END) AS n) AS places)
	END;
COMMENT ON FUNCTION svg_number(double precision, integer) IS 'a number for people, with thousands separated by commas in any locale; decimals NULL gives none to a whole number and up to four to a small one; from 1e15 on 15 digits and an exponent; NULL, NaN and infinity become a dash. Example: SELECT portext.svg_number(31783.5, 1) gives 31,783.5';

CREATE FUNCTION svg_percent(share double precision) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: NULL becomes a dash
	RETURN CASE WHEN share > 0::double precision AND share < '0.0005'::double precision THEN '< 0.1 %'::text
		ELSE svg_number(share * 100::double precision, 1) OPERATOR(pg_catalog.||) ' %'::text END;
COMMENT ON FUNCTION svg_percent(double precision) IS 'a fraction 0..1 as a percentage with one decimal; a positive share that would print as zero is "< 0.1 %". Example: SELECT portext.svg_percent(0.3557) gives 35.6 %';

CREATE FUNCTION svg_count(count bigint, noun text) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN pg_catalog.format(CASE WHEN count = 1 THEN '%s %s'::text ELSE '%s %ss'::text END, svg_number(count::double precision), noun);
COMMENT ON FUNCTION svg_count(bigint, text) IS 'a number with its noun in the singular or plural. Example: SELECT portext.svg_count(1, ''port'') gives 1 port, SELECT portext.svg_count(95, ''port'') 95 ports';

-- The letters of common sans-serif fonts in four widths; a wide font (DejaVu Sans) is the measure, so that nothing overflows.
CREATE FUNCTION svg_text_width(label text, size double precision) RETURNS double precision
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN size * ('0.64'::double precision * pg_catalog.char_length(label)::double precision
		- '0.32'::double precision * (pg_catalog.char_length(label) - pg_catalog.char_length(pg_catalog.translate(label, 'ijl.,:;!|'' '::text, ''::text)))::double precision
		- '0.23'::double precision * (pg_catalog.char_length(label) - pg_catalog.char_length(pg_catalog.translate(label, 'frtI()-/'::text, ''::text)))::double precision
		+ '0.3'::double precision * (pg_catalog.char_length(label) - pg_catalog.char_length(pg_catalog.translate(label, 'mwMW@%&'::text, ''::text)))::double precision
		+ CASE WHEN pg_catalog.octet_length(label) = pg_catalog.char_length(label) THEN 0::double precision	-- ASCII is spared the slow search
			ELSE '0.41'::double precision * (pg_catalog.char_length(label) - pg_catalog.char_length(pg_catalog.regexp_replace(label, '[\u1100-\u11FF\u2E80-\uFFDC]'::text, ''::text, 'g'::text)))::double precision END);
COMMENT ON FUNCTION svg_text_width(text, double precision) IS 'estimated width of a line of sans-serif text in units of the sheet: from 0.32 of the font size for an i to 1.05 for a Chinese character. Example: SELECT portext.svg_text_width(''Quanhe'', 10) gives 38.4';

CREATE FUNCTION svg_fit(label text, size double precision, room double precision) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN svg_text_width(label, size) <= room THEN label
		ELSE pg_catalog.left(label, greatest(pg_catalog.floor(pg_catalog.char_length(label)::double precision * room
			/ svg_text_width(label, size))::integer - 1, 1)) OPERATOR(pg_catalog.||) '…'::text END;
COMMENT ON FUNCTION svg_fit(text, double precision, double precision) IS 'the label, cut with an ellipsis where it would be wider than the room at that font size. Example: SELECT portext.svg_fit(''a very long name'', 10, 60)';

CREATE FUNCTION svg_text(x double precision, y double precision, label text, size double precision DEFAULT 12,
		anchor text DEFAULT 'start', attributes text DEFAULT '') RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: a NULL label is an empty one
	RETURN pg_catalog.format('<text x="%s" y="%s" font-size="%s" text-anchor="%s"%s>%s</text>'::text, svg_coordinate(x), svg_coordinate(y),
		svg_coordinate(size), anchor, attributes, svg_escape(label));
COMMENT ON FUNCTION svg_text(double precision, double precision, text, double precision, text, text) IS 'one line of text as an SVG element; the label is escaped, the attributes are not and start with a space. Example: SELECT portext.svg_text(20, 30, ''a < b'', 14, ''middle'')';

CREATE FUNCTION svg_colour(rank integer) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: NULL is grey
	RETURN coalesce((ARRAY['#f7cf46', '#ee7f31', '#b8336a', '#2e1a5e', '#4fa3a5', '#1f6f4a', '#8c6d46', '#c9b8d8'])[
		CASE WHEN rank >= 1 THEN (rank - 1) % 8 + 1 END], '#b5b5b5'::text);
COMMENT ON FUNCTION svg_colour(integer) IS 'the colour of a category by its rank: the first four grow steadily darker, so that they stay apart in grey print and for colour-blind readers; after the eighth they repeat; NULL is grey. Example: SELECT portext.svg_colour(1) gives #f7cf46';

CREATE FUNCTION svg_marker(rank integer, x double precision, y double precision, radius double precision, tooltip text DEFAULT NULL)
	RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: a NULL rank is a small grey disc, a NULL tooltip none
	RETURN pg_catalog.format('<path class="marker" d="%s" fill="%s" stroke="%s" stroke-width="0.8" fill-opacity="0.9">%s</path>'::text,
		CASE WHEN rank IS NULL OR (rank - 1) % 6 = 0 THEN
			pg_catalog.format('M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 -%s 0z'::text, svg_coordinate(x - radius), svg_coordinate(y),
				svg_coordinate(radius), svg_coordinate(radius), svg_coordinate(2::double precision * radius),
				svg_coordinate(radius), svg_coordinate(radius), svg_coordinate(2::double precision * radius))
		ELSE (SELECT 'M'::text OPERATOR(pg_catalog.||) pg_catalog.string_agg(
				svg_coordinate(svg_marker.x + radius * corner.x) OPERATOR(pg_catalog.||) ' '::text
				OPERATOR(pg_catalog.||) svg_coordinate(svg_marker.y + radius * corner.y), 'L'::text ORDER BY corner.n) OPERATOR(pg_catalog.||) 'z'::text
			-- shapes of the same area as the disc of that radius
			FROM (VALUES (1, 1, '-0.89'::double precision, '-0.89'::double precision), (1, 2, 0.89, -0.89), (1, 3, 0.89, 0.89), (1, 4, -0.89, 0.89),
				(2, 1, 0, -1.55), (2, 2, 1.35, 0.78), (2, 3, -1.35, 0.78),
				(3, 1, 0, -1.3), (3, 2, 1.2, 0), (3, 3, 0, 1.3), (3, 4, -1.2, 0),
				(4, 1, 0, 1.55), (4, 2, 1.35, -0.78), (4, 3, -1.35, -0.78),
				(5, 1, 0, -1.1), (5, 2, 0.95, -0.55), (5, 3, 0.95, 0.55), (5, 4, 0, 1.1), (5, 5, -0.95, 0.55), (5, 6, -0.95, -0.55))
				AS corner (shape, n, x, y)
			WHERE corner.shape = (rank - 1) % 6) END,
		svg_colour(rank), CASE WHEN rank IS NULL THEN '#777'::text ELSE '#222'::text END,
		CASE WHEN tooltip IS NULL THEN ''::text ELSE pg_catalog.format('<title>%s</title>'::text, svg_escape(tooltip)) END);
COMMENT ON FUNCTION svg_marker(integer, double precision, double precision, double precision, text) IS 'the symbol of a category by its rank (disc, square, triangle, diamond, triangle upside down, hexagon), all of the area of a disc of that radius; NULL is a grey disc. Example: SELECT portext.svg_marker(2, 100, 100, 5, ''Quanhe'')';

CREATE FUNCTION svg_document(title text, description text, subtitle text, width integer, height double precision, body text) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE	-- not STRICT: a picture is never NULL
	BEGIN ATOMIC
		SELECT pg_catalog.format('<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 800 %s" role="img" font-family="sans-serif" fill="#222">'::text,
				sheet.width, pg_catalog.round(height::numeric * sheet.width::numeric / 800::numeric), svg_coordinate(height))
			OPERATOR(pg_catalog.||) pg_catalog.format(E'\n<title>%s</title>\n<desc>%s</desc>\n<rect width="800" height="%s" fill="#fff"/>\n'::text,
				svg_escape(title), svg_escape(description), svg_coordinate(height))
			OPERATOR(pg_catalog.||) svg_text(20::double precision, 32::double precision, svg_fit(title, 20::double precision, 760::double precision), 20::double precision, 'start'::text, ' font-weight="bold"'::text)
			OPERATOR(pg_catalog.||) E'\n'::text
			OPERATOR(pg_catalog.||) svg_text(20::double precision, 53::double precision, svg_fit(subtitle, 13::double precision, 760::double precision), 13::double precision, 'start'::text, ' fill="#555"'::text)
			OPERATOR(pg_catalog.||) E'\n'::text OPERATOR(pg_catalog.||) coalesce(body, ''::text) OPERATOR(pg_catalog.||) E'\n</svg>\n'::text
		FROM (SELECT coalesce(svg_document.width, 800) AS width OFFSET 0) AS sheet
		WHERE require_argument(sheet.width BETWEEN 200 AND 8000,
			pg_catalog.format('width of a picture must be between 200 and 8000 pixels, not %s'::text, sheet.width), 'Leave it out for 800.'::text);
	END;
COMMENT ON FUNCTION svg_document(text, text, text, integer, double precision, text) IS 'a whole SVG document: sheet 800 units wide and height units high, shown width pixels wide (200 to 8000, NULL is 800), with title, accessible description, subtitle and the body, which must be SVG already. Example: SELECT portext.svg_document(''Title'', ''What it shows'', ''subtitle'', 800, 200, portext.svg_text(20, 100, ''hello''))';

CREATE FUNCTION svg_empty(title text, width integer, message text) RETURNS text
	LANGUAGE SQL STABLE PARALLEL SAFE	-- not STRICT: a picture is never NULL
	RETURN svg_document(title, message, ''::text, width, 200::double precision,
		svg_text(400::double precision, 115::double precision, message, 15::double precision, 'middle'::text, ' fill="#555"'::text));
COMMENT ON FUNCTION svg_empty(text, integer, text) IS 'the picture of nothing: the title and a sentence that says why there is nothing to draw. Example: SELECT portext.svg_empty(''Ports'', 800, ''No ports'')';

CREATE FUNCTION svg_tick(top double precision, count integer DEFAULT 5) RETURNS double precision
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT pg_catalog.min(step.size) FROM (SELECT (power.of_ten * mantissa.digit)::double precision AS size
			FROM pg_catalog.generate_series(-15, 18) AS exponent (n), LATERAL (SELECT ('1e'::text OPERATOR(pg_catalog.||) exponent.n::text)::numeric AS of_ten) AS power,
				(VALUES (1::numeric), (2::numeric), (5::numeric)) AS mantissa (digit)) AS step
		WHERE step.size * count::double precision >= top);
COMMENT ON FUNCTION svg_tick(double precision, integer) IS 'the smallest step 1, 2 or 5 times a power of ten of which at most count reach the top of an axis; NULL above 1e19. Example: SELECT portext.svg_tick(14, 5) gives 5';
