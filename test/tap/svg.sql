-- pictures: well-formed, escaped, complete, the same on any search path and plan; NULL and nothing are pictures too
SET client_min_messages = warning;
SET search_path = public;
SELECT no_plan();

-- parts of a picture by XPath; s is the namespace of SVG
CREATE FUNCTION pg_temp.found(svg text, path text) RETURNS text[] LANGUAGE sql AS
	$$ SELECT xpath(path, svg::xml, ARRAY[ARRAY['s', 'http://www.w3.org/2000/svg']])::text[] $$;

-- helpers
SELECT is(portext.svg_escape(E'a & b < c > "d" ''e'' \x01\x08\x0B\x1F\uFFFE\uFFFF\tf'), E'a &amp; b &lt; c &gt; &quot;d&quot; &#39;e&#39; \tf', 'escape');
SELECT is(portext.svg_escape(NULL), '', 'escape of NULL');
SELECT is(count(*), 0::bigint, 'every character that escape lets through is legal in XML')
	FROM generate_series(1, 65535) c WHERE c NOT BETWEEN 55296 AND 57343 AND NOT xml_is_well_formed_document('<a b="' || portext.svg_escape(chr(c)) || '"/>');
SELECT is((SELECT array_agg(portext.svg_number(v, d) ORDER BY n) FROM (VALUES (1, 0, 0), (2, 1234567.891, 2), (3, -1234.5, 0), (4, 'NaN', 0), (5, 'Infinity', 1), (6, 0.05, 1), (7, NULL, 0)) t (n, v, d)),
	'{0,"1,234,567.89","-1,235",–,–,0.1,–}', 'numbers for people');
SELECT is(portext.svg_number(1e300, 0), '1e+300', 'a number too long for the format');
-- What a picture or style says does not depend on how the caller has numbers printed.
CREATE TEMPORARY TABLE said AS SELECT string_agg(portext.svg_number(v), ' ' ORDER BY v) AS numbers, (SELECT string_agg(qml::text, ' ' ORDER BY layer) FROM portext.qgis_layer_styles()) AS styles
	FROM unnest('{1e15,-1234567890123456,123456789012345678,1e300,2.5}'::float8[]) v;
SELECT is(numbers, '-1.23456789012346e+15 2.50 1e+15 1.23456789012346e+17 1e+300', 'large numbers have 15 digits') FROM said;
SET extra_float_digits = -15;
SELECT is(string_agg(portext.svg_number(v), ' ' ORDER BY v), (SELECT numbers FROM said), 'and under other settings')
	FROM unnest('{1e15,-1234567890123456,123456789012345678,1e300,2.5}'::float8[]) v;
SELECT is(string_agg(qml::text, ' ' ORDER BY layer), (SELECT styles FROM said), 'styles have the same sizes under other settings') FROM portext.qgis_layer_styles();
RESET extra_float_digits;
SELECT is((SELECT array_agg(portext.svg_percent(v) ORDER BY n) FROM (VALUES (1, 0.0::float8), (2, 0.00001), (3, 0.3557), (4, 1), (5, NULL)) t (n, v)), '{"0.0 %","< 0.1 %","35.6 %","100.0 %","– %"}', 'percentages');
SELECT is((SELECT array_agg(portext.svg_tick(v, 5) ORDER BY v) FROM unnest(ARRAY[0.3, 1, 14, 46, 26000]) v), '{0.1,0.2,5,10,10000}', 'axis steps');
SELECT is(portext.svg_fit('short', 10, 100), 'short', 'a label that fits');
SELECT ok(portext.svg_text_width(portext.svg_fit(repeat('口岸 port ', 30), 12, 200), 12) <= 212, 'a label that does not is cut');
SELECT is(count(DISTINCT portext.svg_marker(r, 0, 0, 5)), 7::bigint, 'six categories and none look different') FROM generate_series(0, 6) i, nullif(i, 0) r;
SELECT is((SELECT array_agg(rank ORDER BY darkness) FROM (SELECT rank, -(0.2126 * r ^ 2.2 + 0.7152 * g ^ 2.2 + 0.0722 * b ^ 2.2) AS darkness
		FROM generate_series(1, 4) rank, LATERAL (SELECT decode(substr(portext.svg_colour(rank), 2), 'hex') AS c) x,
		LATERAL (SELECT get_byte(c, 0) / 255.0 AS r, get_byte(c, 1) / 255.0 AS g, get_byte(c, 2) / 255.0 AS b) y) z), '{1,2,3,4}', 'the first four colours grow darker');

-- the map of the shipped ports
CREATE TEMPORARY TABLE picture AS SELECT portext.svg_map() AS map, portext.svg_opening_chart() AS openings;
SELECT ok(xml_is_well_formed_document(map) AND xml_is_well_formed_document(openings), 'well-formed') FROM picture;
SELECT is(cardinality(pg_temp.found(map, '//s:g[@class="ports"]/s:path')), 95, 'one marker a port') FROM picture;
SELECT is(cardinality(pg_temp.found(map, '//s:g[@class="ports"]/s:path/s:title')), 95, 'each with its name') FROM picture;
SELECT is((SELECT array_agg(t ORDER BY t COLLATE "C") FROM unnest(pg_temp.found(map, '//s:g[@class="legend"]/s:text/text()')) t),
	'{"CC: City (Port)-City (Port) (10)","CPC: City (Port)-Port-City (16)","CPPC: City-Port-Port-City (17)","PP: Port-Port (20)",coast,"land border","no published mode (32)"}',
	'every mode is in the legend, with its ports') FROM picture;
SELECT is(count(*), 4::bigint, 'land, graticule, coast and border have lines') FROM picture, unnest(ARRAY['land', 'graticule', 'coast', 'land_border']) c
	WHERE length((pg_temp.found(map, format('//s:path[@class="%s"]/@d', c)))[1]) > 500;
SELECT ok(cardinality(pg_temp.found(map, '//s:title')) = 96 AND cardinality(pg_temp.found(map, '/s:svg/s:desc')) = 1, 'title and description') FROM picture;
SELECT is(pg_temp.found(portext.svg_map(width => 400), '/s:svg/@width | /s:svg/@viewBox')::text, (SELECT format('{400,"%s"}', (pg_temp.found(map, '/s:svg/@viewBox'))[1]) FROM picture), 'width scales the sheet');

-- a disc begins at its left end: positions on the sheet against distances on the spheroid, ports that stand alone
CREATE TEMPORARY TABLE position AS
	SELECT p.geom, split_part(substr(d, 2), ' ', 1)::float8 + 3.9 AS x, split_part(split_part(d, ' ', 2), 'a', 1)::float8 AS y, p.place_code
	FROM unnest(pg_temp.found(portext.svg_map('none'), '//s:g[@class="ports"]/s:path/@d')) WITH ORDINALITY AS m (d, n)
	JOIN (SELECT *, row_number() OVER (ORDER BY port_code) AS n, count(*) OVER (PARTITION BY place_code) AS ports FROM portext.port) p USING (n)
	WHERE p.ports = 1;
SELECT ok(max(scale) / min(scale) < 1.12 AND count(*) > 1000, 'equal distances look equal: ' || round((max(scale) / min(scale))::numeric, 3))
	FROM (SELECT sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2) / ST_Distance(a.geom::geography, b.geom::geography) AS scale
		FROM position a JOIN position b ON a.place_code < b.place_code AND ST_Distance(a.geom::geography, b.geom::geography) > 500000) pair;
SELECT ok(bool_and(x BETWEEN 20 AND 780), 'all inside the frame') FROM position;
SELECT ok((SELECT x FROM position WHERE place_code = 'fuyuan') > (SELECT x FROM position WHERE place_code = 'hongqilafu')
	AND (SELECT y FROM position WHERE place_code = 'mohe') < (SELECT y FROM position WHERE place_code = 'dongxing'), 'east is right, north is up');

-- the chart of openings
SELECT is(cardinality(pg_temp.found(openings, '//s:rect[@class="bar"]')), (SELECT count(DISTINCT opened_year)::integer FROM portext.port), 'one bar a year') FROM picture;
SELECT ok('93 ports with a known year; 2 more without one' = ANY (pg_temp.found(openings, '/s:svg/s:text/text()')), 'ports without a year are owned up to') FROM picture;
SELECT is((SELECT array_agg(t ORDER BY t COLLATE "C") FROM unnest(pg_temp.found(openings, '/s:svg/s:text/text()')) t WHERE t ~ '–|peak'),
	ARRAY['1950–1979', '1980–1999', 'first peak, 1950-1955', 'second peak, 1989-1995'], 'both peaks and the closed stages are marked') FROM picture;
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.found(openings, '/s:svg/s:text/text()')) t WHERE t ~ ' ports$'),
	ARRAY[a || ' ports', b || ' ports', c || ' ports', d || ' ports', e || ' ports', f || ' ports'], 'with their counts')
	FROM picture, (SELECT count(*) FILTER (WHERE opened_year < 1950) AS a, count(*) FILTER (WHERE opened_year BETWEEN 1950 AND 1979) AS b,
		count(*) FILTER (WHERE opened_year BETWEEN 1980 AND 1999) AS c, count(*) FILTER (WHERE opened_year >= 2000) AS d,
		count(*) FILTER (WHERE opened_year BETWEEN 1950 AND 1955) AS e, count(*) FILTER (WHERE opened_year BETWEEN 1989 AND 1995) AS f FROM portext.port) n;

-- the stage chart
SELECT is(sum(b.ports), 93::bigint, 'every port with a year is in one segment')
	FROM unnest(pg_temp.found(portext.svg_stage_chart(), '//s:rect[@class="bar"]/s:title/text()')) t, LATERAL (SELECT substring(t FROM ': (\d+)$')::integer AS ports) b;
SELECT results_eq($$ SELECT t FROM unnest(pg_temp.found(portext.svg_stage_chart('transport'), '//s:rect[@class="bar"]/s:title/text()')) t ORDER BY t COLLATE "C" $$,
	$$ SELECT format('%s, %s: %s', years, transport, count(*))
		FROM portext.ref_port, LATERAL (SELECT CASE WHEN opened_year < 1950 THEN 'to 1949' WHEN opened_year < 1980 THEN '1950–1979'
			WHEN opened_year < 2000 THEN '1980–1999' ELSE 'from 2000' END AS years) AS stage
		WHERE opened_year IS NOT NULL GROUP BY years, transport
		ORDER BY format('%s, %s', years, transport) COLLATE "C" $$, 'each segment is the count of its stage and transport');
SELECT ok('56 ports, 2.80 a year' = ANY (pg_temp.found(portext.svg_stage_chart('none'), '/s:svg/s:text/text()')), 'a closed stage has its yearly rate');
SELECT ok(bool_and(xml_is_well_formed_document(svg)), 'a scheme of one''s own, with markup in its labels')
	FROM (SELECT '[1900,1950) "<a> & ""b"""; [1950-03-01,) "]]>"'::portext.stage_scheme AS s) v,
		unnest(ARRAY[portext.svg_stage_chart('mode', scheme => s), portext.svg_map('stage', scheme => s), portext.svg_opening_chart(scheme => s, peaks => s)]) svg;
SELECT ok(bool_and(xml_is_well_formed_document(svg)), 'no scheme at all')
	FROM unnest(ARRAY[portext.svg_stage_chart(scheme => NULL), portext.svg_map('stage', scheme => NULL), portext.svg_opening_chart(scheme => NULL, peaks => NULL)]) svg;

-- pictures of compositions
CREATE TEMPORARY TABLE four AS SELECT '{"A": 50, "B": 30, "C": 15, "D": 5}'::portext.composition AS c;
SELECT is((SELECT array_agg(round(w::numeric / max, 3) ORDER BY n) FROM (SELECT w, n, max(w::numeric) OVER () AS max
		FROM unnest(pg_temp.found(portext.svg_share_bars(c), '//s:rect[@class="bar"]/@width')) WITH ORDINALITY b (w, n)) x), '{1.000,0.600,0.300,0.100}', 'bars are as long as their shares') FROM four;
SELECT is(pg_temp.found(portext.svg_share_bars(c, k => 2), '//s:rect[@class="bar"]/s:title/text()'), '{"A: 50, 50.0 %","B: 30, 30.0 %","2 others: 20, 20.0 %"}', 'the rest is one bar') FROM four;
SELECT ok('4 entities, total 100; HHI 0.3650' = ANY (pg_temp.found(portext.svg_share_bars(c), '/s:svg/s:text/text()')), 'total and HHI') FROM four;
SELECT is((SELECT round(1 - 2 * sum((x - px) / 480 * ((560 - y) + (560 - py)) / 2 / 480), 6) FROM (SELECT x::numeric, y::numeric, coalesce(lag(x::numeric) OVER w, 70) AS px, coalesce(lag(y::numeric) OVER w, 560) AS py
		FROM ROWS FROM (unnest(pg_temp.found(svg, '//s:circle[@class="step"]/@cx')), unnest(pg_temp.found(svg, '//s:circle[@class="step"]/@cy'))) WITH ORDINALITY AS s (x, y, n) WINDOW w AS (ORDER BY n)) t),
	0.375, 'the area of the Lorenz curve is the Gini coefficient') FROM four, portext.svg_lorenz(c) svg;
SELECT ok('0.375' = ANY (pg_temp.found(portext.svg_lorenz(c), '//s:text/text()')), 'which is printed') FROM four;
SELECT ok(xml_is_well_formed_document(bars) AND xml_is_well_formed_document(lorenz) AND length(lorenz) < 60000, 'ten thousand entities')
	FROM (SELECT portext.svg_share_bars(c) AS bars, portext.svg_lorenz(c) AS lorenz FROM (SELECT portext.composition_agg(i::text, i) AS c FROM generate_series(1, 10000) i) x) y;
SELECT ok(bool_and(xml_is_well_formed_document(svg)), 'hostile keys, bigint keys, no keys, one key')
	FROM unnest(ARRAY['{"<a> & \"b\" ]]>": 1, "": 2, "口岸": 3e-9}', '{201901: 1, 201902: 3}', '[1, 2, 3]', '{"A": 7}']::portext.composition[]) c, unnest(ARRAY[portext.svg_share_bars(c, '<&'), portext.svg_lorenz(c, '<&'), portext.svg_map(shares => c)]) svg;
SELECT ok(bool_and(xml_is_well_formed_document(svg) AND svg ~ 'No data|total is zero'), 'nothing to show is a picture that says so')
	FROM unnest(ARRAY[NULL, '{}', '{"A": 0}']::portext.composition[]) c, unnest(ARRAY[portext.svg_share_bars(c), portext.svg_lorenz(c)]) svg;
SELECT throws_ok($$ SELECT portext.svg_share_bars('{"A": 1}', k => 0) $$, '22023', 'number of bars must be between 1 and 200, not 0');
SELECT throws_ok($$ SELECT portext.svg_lorenz(NULL, width => 1) $$, '22023', NULL, 'width is checked even for NULL');
SELECT is((SELECT array_agg(r ORDER BY r) FROM unnest(pg_temp.found(svg, '//s:g[@class="ports"]/s:path/@d')) d, LATERAL (SELECT substring(d FROM 'a([0-9.]+)')::numeric AS r) x WHERE r > 2),
	'{12.0,24.0}', 'four times the share is four times the area; a place is drawn at its first port') FROM portext.svg_map('none', shares => '{"manzhouli": 4, "mohe-river": 1}') svg;
SELECT ok('95 ports at 83 places; 1 port with a share; 75.0 % of the total has no port here' = ANY (pg_temp.found(portext.svg_map(shares => '{"manzhouli-rail": 1, "Atlantis": 3}'), '/s:svg/s:text/text()')),
	'a share without a port is owned up to');

-- the same bytes on any path, plan and in a read-only transaction
CREATE TEMPORARY TABLE again (map text, openings text, stages text);
SET search_path = '';
SET enable_hashjoin = off;
SET enable_hashagg = off;
SET enable_indexscan = off;
INSERT INTO pg_temp.again SELECT portext.svg_map(), portext.svg_opening_chart(), portext.svg_stage_chart();
SET search_path = portext;
SET enable_mergejoin = off;
SET enable_nestloop = off;

INSERT INTO pg_temp.again SELECT portext.svg_map(), portext.svg_opening_chart(), portext.svg_stage_chart();
RESET ALL;
SET client_min_messages = warning;
CREATE ROLE svg_reader;
SET ROLE svg_reader;
CREATE TEMPORARY TABLE by_reader AS SELECT portext.svg_map() AS map, portext.svg_opening_chart() AS openings, portext.svg_stage_chart() AS stages;
RESET ROLE;
INSERT INTO again SELECT * FROM by_reader;
DROP TABLE by_reader;
DROP ROLE svg_reader;
SELECT results_eq('SELECT map, openings, stages FROM again', 'SELECT map, openings, portext.svg_stage_chart() FROM picture CROSS JOIN generate_series(1, 3)', 'the same bytes on any search path and plan, and for a role without any grant');
BEGIN TRANSACTION READ ONLY;
SELECT lives_ok('SELECT portext.svg_map(), portext.svg_opening_chart(), portext.svg_stage_chart()', 'in a read-only transaction');
COMMIT;

-- nothing to draw is a picture that says so
SELECT ok(xml_is_well_formed_document(svg) AND svg ~ 'No port', 'no port') FROM unnest(ARRAY[portext.svg_map(home => 'ZZ'), portext.svg_opening_chart(home => 'ZZ'), portext.svg_stage_chart(home => 'ZZ')]) svg;
SELECT ok(xml_is_well_formed_document(portext.svg_map(NULL, NULL, NULL, NULL, NULL)), 'NULL arguments of the map');
SELECT ok(xml_is_well_formed_document(portext.svg_stage_chart(NULL, NULL, NULL, NULL, NULL)), 'NULL arguments of the stage chart');
SELECT ok(xml_is_well_formed_document(portext.svg_opening_chart(NULL, NULL, NULL)), 'NULL arguments of the chart');

-- bad arguments
SELECT throws_ok($$ SELECT portext.svg_map('colour') $$, '22023', 'a map cannot be drawn by "colour"');
SELECT throws_ok($$ SELECT portext.svg_map(width => 0) $$, '22023', 'width of a picture must be between 200 and 8000 pixels, not 0');
SELECT throws_ok($$ SELECT portext.svg_stage_chart('year') $$, '22023', 'a stage chart cannot be drawn by "year"');
SELECT throws_ok($$ SELECT portext.svg_opening_chart(width => 8001) $$, '22023', 'width of a picture must be between 200 and 8000 pixels, not 8001');
SELECT throws_ok(format('SELECT portext.%s(home => %L)', f, h), '22023', format('"%s" is no code of a country', h), f || ' of ' || h) FROM unnest('{svg_map,svg_opening_chart,svg_stage_chart}'::text[]) AS f, unnest('{China,cn,""}'::text[]) AS h;
SELECT throws_ok(format('SELECT portext.port_tile(0, 0, 0, %L)', query), '22023', format('query has an unknown %s: %s', key, query -> key), 'tile of ' || query::text)
	FROM unnest('{country,neighbour}'::text[]) AS key, LATERAL unnest(ARRAY['"China"', '"cn"', '["CN", "Russia"]', '[null]', '7']) AS v, LATERAL (SELECT jsonb_build_object(key, v::jsonb) AS query) q;
SELECT lives_ok($$ SELECT portext.port_tile(0, 0, 0, '{"country": "CN,EE", "neighbour": ["RU"]}') $$, 'codes are taken');
SELECT throws_ok($$ SELECT portext.svg_map(home => 'ZZ', width => -1) $$, '22023', NULL, 'even when there is nothing to draw');

-- the user's own ports: hostile, NULL and missing labels, both sides of the antimeridian, no mode
INSERT INTO portext.local_port (port_code, name, country_iso2, mode, opened_year, geom) VALUES
	('x<1', E'<script>alert("x")</script> & ''q'' \x01', 'FJ', 'PP', 1999, ST_SetSRID(ST_MakePoint(179.5, -17), 4326)),
	('x"2', NULL, 'FJ', NULL, NULL, ST_SetSRID(ST_MakePoint(-179.5, -17.5), 4326)),
	('x3', ']]>', 'FJ', 'CC', 5874897, ST_SetSRID(ST_MakePoint(178, -18), 4326)),
	('y1', 'alone', 'KE', 'CPPC', 2001, ST_SetSRID(ST_MakePoint(34.17, 0.63), 4326));
TRUNCATE picture;
INSERT INTO picture SELECT portext.svg_map(title => '<&"' || E'\x02', home => 'FJ'), portext.svg_opening_chart(title => '</svg>', home => 'FJ');
SELECT ok(xml_is_well_formed_document(map) AND xml_is_well_formed_document(openings), 'hostile labels do not break the XML') FROM picture;
SELECT is(cardinality(pg_temp.found(map, '//s:script')), 0, 'nor become elements') FROM picture;
SELECT is(cardinality(pg_temp.found(map, '//s:g[@class="ports"]/s:path')), 3, 'a marker for each port with a position') FROM picture;
SELECT ok('3 ports at 3 places' = ANY (pg_temp.found(map, '/s:svg/s:text/text()')), 'and counted') FROM picture;
SELECT ok(map LIKE '%&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;q&#39; , PP%', 'the label is shown as it is') FROM picture;
SELECT ok(map LIKE '%<title>x&quot;2</title>%', 'a port without a name shows its code') FROM picture;
SELECT ok(x[1] > x[2] AND x[2] > x[3] AND x[1] - x[2] < x[2] - x[3], 'ports on both sides of the antimeridian lie side by side, not a world apart')	-- at 180.5, 179.5 and 178 degrees
	FROM picture, LATERAL (SELECT array_agg(split_part(substr(d, 2), ' ', 1)::float8 ORDER BY n) AS x FROM unnest(pg_temp.found(map, '//s:g[@class="ports"]/s:path/@d')) WITH ORDINALITY p (d, n)) p;
SELECT ok(length(openings) < 20000, 'the last year of the calendar does not stretch the axis') FROM picture;
SELECT is(cardinality(pg_temp.found(portext.svg_map(home => 'KE'), '//s:g[@class="ports"]/s:path')), 1, 'a single port on the equator');
SELECT is(cardinality(pg_temp.found(portext.svg_map(), '//s:g[@class="ports"]/s:path')), 99, 'ports all over the world');
SELECT ok(xml_is_well_formed_document(portext.svg_map('transport')), 'by transport, all over the world');
SELECT ok(portext.svg_map(home => 'CN') ~ '>MONGOLIA<' AND portext.svg_map() !~ '>MONGOLIA<', 'a neighbour has no name where that would stand in the sea');
CREATE TEMP TABLE shipped AS SELECT array_to_string(pg_temp.found(portext.svg_map(home => 'CN'), '//s:path[@class="land_border"]/@d'), '') AS border;
INSERT INTO portext.local_border (kind, geom) VALUES ('land_border', 'SRID=4326;LINESTRING(36.5 -1.5, 37 -1, 37.5 -0.8)');
SELECT ok(array_to_string(pg_temp.found(portext.svg_map(home => 'KE'), '//s:path[@class="land_border"]/@d'), '') ~ '^M.*L', 'a border of one''s own is drawn with one''s own ports');
SELECT is(array_to_string(pg_temp.found(portext.svg_map(home => 'CN'), '//s:path[@class="land_border"]/@d'), ''), border, 'and not with the shipped ones') FROM shipped;
CREATE TEMP TABLE drawn AS SELECT portext.svg_map(home => 'KE') AS map;
SELECT throws_ok(format('INSERT INTO portext.local_border (geom) VALUES (%L)', line), '23514', NULL, 'no line of one''s own is empty, not finite or not in degrees')
	FROM (VALUES ('SRID=4326;LINESTRING EMPTY'), ('SRID=4326;LINESTRING(NaN NaN, 37 -1)'), ('SRID=4326;LINESTRING(37 -1, 37 NaN, 38 -1)'), ('SRID=4326;LINESTRING(37 400, 37 -1)'),
		('0102000020E610000002000000000000000000F07F0000000000000000000000000000F07F0000000000000000')) s (line);
SELECT throws_ok('INSERT INTO portext.local_border (id, geom) VALUES (1, ''SRID=4326;LINESTRING(37 -1, 38 -1)'')', '23514', NULL, 'nor has the number of a shipped one');
INSERT INTO portext.local_border (geom) VALUES ('SRID=4326;LINESTRING(37 -1, 37.001 -1)');
SELECT is(portext.svg_map(home => 'KE'), map, 'a border line too short to see is not drawn') FROM drawn;
SELECT throws_ok('SELECT portext.svg_projection(36, 38, -1, 400)', '22023', 'bounds of a map must lie within 90 degrees of latitude and 540 of longitude');
DELETE FROM portext.local_border;
DELETE FROM portext.local_port;
SELECT throws_ok(format('SELECT portext.svg_project(%L::geometry, portext.svg_projection(73, 135, 18, 54))', shape), '22023', 'a shape to be projected must lie within 90 degrees of latitude and 540 of longitude')
	FROM (VALUES ('POINT(500 -500)'), ('POINT(1e308 0)'), ('0101000020E6100000000000000000F07F0000000000000000')) AS s (shape);
SELECT throws_ok('SELECT portext.svg_project(''SRID=3857;POINT(1 1)'', portext.svg_projection(73, 135, 18, 54))', '22023', 'svg_project needs degrees (WGS 84), SRID 4326 or none, not 3857');
SELECT throws_ok('SELECT portext.svg_project(''POINT(1 1)'', ''+proj=nonsense'')', '22023', 'a shape cannot be projected by "+proj=nonsense"');
SELECT throws_ok(format('SELECT portext.svg_project(%L, %L)', shape, projection), '22023', format('a shape cannot be projected by "%s"', left(projection, 200)), left(projection, 100))
	FROM (VALUES ('POINT(1 1)', '+proj=aea +lon_0=0 +lat_0=0 +lat_1=30 +lat_2=-30 +datum=WGS84 +units=m'), ('POINT(1 1)', '+proj=aea +lon_0=0 +lat_0=0 +lat_1=0 +lat_2=-0.0 +datum=WGS84 +units=m'),
		('POINT(1 1)', '+proj=aea +lon_0=0 +lat_0=0 +lat_1=30 +lat_2=-29.999999999999 +datum=WGS84 +units=m'), ('POINT(0 90)', '+proj=aea +lon_0=0 +lat_0=0 +lat_1=-85 +lat_2=90 +datum=WGS84 +units=m'), ('POINT(0 90)', '+proj=aea +lon_0=0 +lat_0=0 +lat_1=86 +lat_2=86 +datum=WGS84 +units=m'),
		('POINT(1 1)', format('+proj=eqc +lon_0=%s +lat_ts=0 +datum=WGS84 +units=m', repeat('9', 400)))) AS p (shape, projection);
SELECT lives_ok(format('SELECT portext.svg_project(%L, %L)', shape, format('+proj=aea +lon_0=-999.999 +lat_0=%s +lat_1=%s +lat_2=%s +datum=WGS84 +units=m', a, a, b)), format('parallels at %s and %s, %s', a, b, shape))
	FROM (VALUES ('85.999', '-85.998'), ('-85.999', '85.998'), ('0', '0.001'), ('-30.001', '30'), ('85.999', '85.999')) AS l (a, b), (VALUES ('MULTIPOINT(0 90, 0 -90)'), ('MULTIPOINT(540 0, -540 0)')) AS s (shape);
SELECT ok(bool_and(ST_Within(portext.svg_project(ST_MakePoint(x, y), portext.svg_projection(x - w, x + w, y - h, y + h)), ST_MakeEnvelope(-3e7, -3e7, 3e7, 3e7))), 'what svg_projection gives is taken, for maps anywhere')
	FROM generate_series(-180, 180, 45) AS x, generate_series(-80, 80, 20) AS y, (VALUES (0.001, 0.001), (1, 2), (90, 10)) AS r (w, h);
SELECT * FROM finish();
