-- Default styles for QGIS, which looks for a table layer_styles in schema public of the layer's own database.
-- The extension owns no such table: a function writes it when an administrator asks, and another takes its rows back.

CREATE FUNCTION qgis_symbol(name text, kind text, colour text, shape text, size double precision) RETURNS xml
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN XMLELEMENT(NAME symbol, XMLATTRIBUTES(name AS name, kind AS type, '1' AS alpha, '1' AS clip_to_extent, '0' AS force_rhr),
		CASE WHEN kind = 'marker'::text THEN
			XMLELEMENT(NAME layer, XMLATTRIBUTES('SimpleMarker' AS class, '1' AS enabled, '0' AS locked, '0' AS pass),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('color' AS k, colour AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('name' AS k, shape AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('outline_color' AS k, '#222222' AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('outline_width' AS k, '0.2' AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('size' AS k, size::numeric AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('size_unit' AS k, 'MM' AS v)))
		ELSE
			XMLELEMENT(NAME layer, XMLATTRIBUTES('SimpleLine' AS class, '1' AS enabled, '0' AS locked, '0' AS pass),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('line_color' AS k, colour AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('line_style' AS k, shape AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('line_width' AS k, size::numeric AS v)),
				XMLELEMENT(NAME prop, XMLATTRIBUTES('line_width_unit' AS k, 'MM' AS v)))
		END);
COMMENT ON FUNCTION qgis_symbol(text, text, text, text, double precision) IS 'one symbol of a QGIS style: kind marker (shape circle, square, triangle, diamond; size in millimetres) or line (shape solid, dash; size is the width). Example: SELECT portext.qgis_symbol(''0'', ''marker'', ''#f7cf46'', ''circle'', 3.6)';

CREATE FUNCTION qgis_style(attr text, kind text, "values" text[], labels text[], colours text[], shapes text[], sizes double precision[]) RETURNS xml
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE	-- not STRICT: without an attribute all rows get the first symbol
	RETURN XMLELEMENT(NAME qgis, XMLATTRIBUTES('3.22' AS version, 'Symbology' AS "styleCategories"),
		CASE WHEN attr IS NULL THEN
			XMLELEMENT(NAME "renderer-v2", XMLATTRIBUTES('singleSymbol' AS type),
				XMLELEMENT(NAME symbols, qgis_symbol('0'::text, kind, colours[1], shapes[1], sizes[1])))
		ELSE
			XMLELEMENT(NAME "renderer-v2", XMLATTRIBUTES('categorizedSymbol' AS type, attr AS attr),
				XMLELEMENT(NAME categories, (SELECT XMLAGG(XMLELEMENT(NAME category, XMLATTRIBUTES('true' AS render,
					(u.n - 1)::text AS symbol, u.value AS value, u.label AS label)) ORDER BY u.n)
					FROM ROWS FROM (pg_catalog.unnest("values"), pg_catalog.unnest(labels)) WITH ORDINALITY AS u (value, label, n))),
				XMLELEMENT(NAME symbols, (SELECT XMLAGG(qgis_symbol((u.n - 1)::text, kind, u.colour, u.shape, u.size) ORDER BY u.n)
					FROM ROWS FROM (pg_catalog.unnest(colours), pg_catalog.unnest(shapes), pg_catalog.unnest(sizes)) WITH ORDINALITY AS u (colour, shape, size, n))))
		END,
		XMLELEMENT(NAME "layerGeometryType", CASE WHEN kind = 'marker'::text THEN 0 ELSE 1 END));
COMMENT ON FUNCTION qgis_style(text, text, text[], text[], text[], text[], double precision[]) IS 'a QGIS style (QML): one symbol per value of the attribute, the value '''' standing for all others and for NULL; without an attribute one symbol for all. Colours, shapes and sizes go with the values by position. Used by install_qgis_styles.';

-- Symbols of one colour whose size grows with a number: the area follows the upper bound of the class.
CREATE FUNCTION qgis_graduated_style(attr text, bounds double precision[], labels text[], colour text, largest double precision) RETURNS xml
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC
		WITH class AS (
			SELECT step.n, bounds[step.n] AS lower, bounds[step.n + 1] AS upper, l.label,	-- a text by its number is found by walking there
				pg_catalog.round((largest * pg_catalog.sqrt(bounds[step.n + 1] / bounds[pg_catalog.array_length(bounds, 1)]))::numeric, 1)::double precision AS size
			FROM pg_catalog.generate_series(1, pg_catalog.array_length(bounds, 1) - 1) AS step (n)
				LEFT JOIN pg_catalog.unnest(labels) WITH ORDINALITY AS l (label, n) ON l.n = step.n
		)
		SELECT XMLELEMENT(NAME qgis, XMLATTRIBUTES('3.22' AS version, 'Symbology' AS "styleCategories"),
			XMLELEMENT(NAME "renderer-v2", XMLATTRIBUTES('graduatedSymbol' AS type, attr AS attr, 'GraduatedSize' AS "graduatedMethod"),
				XMLELEMENT(NAME ranges, XMLAGG(XMLELEMENT(NAME range, XMLATTRIBUTES('true' AS render, (class.n - 1)::text AS symbol,
					class.lower::numeric AS lower, class.upper::numeric AS upper, class.label AS label)) ORDER BY class.n)),
				XMLELEMENT(NAME symbols, XMLAGG(qgis_symbol((class.n - 1)::text, 'marker'::text, colour, 'circle'::text, class.size) ORDER BY class.n))),
			XMLELEMENT(NAME "layerGeometryType", 0))
		FROM class;
	END;
COMMENT ON FUNCTION qgis_graduated_style(text, double precision[], text[], text, double precision) IS 'a QGIS style (QML) with circles of one colour in classes of a number: attr is a column or expression, bounds rise from the lower bound of the first class to the upper of the last, largest is the diameter in millimetres of the last. Used by install_qgis_styles.';

-- The layers that have a default style, in the colours and shapes of the SVG pictures.
CREATE FUNCTION qgis_layer_styles() RETURNS TABLE (layer text, style_name text, description text, qml xml)
	LANGUAGE SQL STABLE PARALLEL SAFE
	BEGIN ATOMIC
		WITH mode AS (
			SELECT pg_catalog.array_agg(m.mode ORDER BY m.n) AS codes, pg_catalog.array_agg(m.label ORDER BY m.n) AS labels,
				pg_catalog.array_agg(m.colour ORDER BY m.n) AS colours, pg_catalog.array_agg(m.shape ORDER BY m.n) AS shapes
			FROM (VALUES (1, 'PP'::text, 'PP: port to port'::text, svg_colour(1), 'circle'::text),
				(2, 'CPPC', 'CPPC: city, port, port, city', svg_colour(2), 'square'),
				(3, 'CPC', 'CPC: city with its port, city', svg_colour(3), 'triangle'),
				(4, 'CC', 'CC: two cities with their ports', svg_colour(4), 'diamond'),
				(5, '', 'no mode', svg_colour(NULL::integer), 'circle')) AS m (n, mode, label, colour, shape))
		SELECT l.layer, 'portext: mode'::text, 'ports by port-city mode'::text,
			qgis_style('mode'::text, 'marker'::text, m.codes, m.labels, m.colours, m.shapes,
				'{3,3,3.6,3.6,2}'::double precision[])
		FROM mode m, (VALUES ('port'::text), ('mode_layer'::text)) AS l (layer)
		UNION ALL
		SELECT 'crossing'::text, 'portext: mode'::text, 'lines from port to counterpart by port-city mode'::text,
			qgis_style('mode'::text, 'line'::text, m.codes, m.labels, m.colours, '{solid,solid,solid,solid,dash}'::text[],
				'{0.8,0.8,0.8,0.8,0.5}'::double precision[])
		FROM mode m
		UNION ALL
		SELECT 'flow_layer'::text, 'portext: share'::text, 'circles by share of the traffic; filter by year and measure first'::text,
			qgis_graduated_style('coalesce("value_share", 0)'::text, '{0,0.01,0.05,0.1,0.25,1}'::double precision[],
				'{up to 1 %,1 to 5 %,5 to 10 %,10 to 25 %,more than 25 %}'::text[], svg_colour(5), 12::double precision)
		UNION ALL
		SELECT 'city'::text, 'portext: city'::text, 'cities and towns'::text,
			qgis_style(NULL::text, 'marker'::text, NULL::text[], NULL::text[], '{#999999}'::text[], '{circle}'::text[], '{1.4}'::double precision[])
		UNION ALL
		SELECT 'border'::text, 'portext: border'::text, 'land border and coast'::text,
			qgis_style('kind'::text, 'line'::text, '{land_border,coast,""}'::text[], '{land border,coast,other}'::text[],
				'{#555555,#8fb3cc,#999999}'::text[], '{solid,solid,dash}'::text[], '{0.5,0.4,0.4}'::double precision[]);
	END;
COMMENT ON FUNCTION qgis_layer_styles() IS 'the default QGIS style of each layer view, as QML; every label has a symbol, and one more is for all others and for NULL. install_qgis_styles writes them where QGIS finds them';

-- Writes, so nobody but its owner may call it until that is granted.
CREATE FUNCTION install_qgis_styles() RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	written integer;
BEGIN
	IF to_regclass('public.layer_styles') IS NULL THEN
		-- the columns that QGIS itself makes
		CREATE TABLE public.layer_styles (
			id serial PRIMARY KEY,
			f_table_catalog varchar,
			f_table_schema varchar,
			f_table_name varchar,
			f_geometry_column varchar,
			stylename text,
			styleqml xml,
			stylesld xml,
			useasdefault boolean,
			description text,
			owner varchar(63),
			ui xml,
			update_time timestamp DEFAULT CURRENT_TIMESTAMP,
			type varchar
		);
		GRANT SELECT ON public.layer_styles TO PUBLIC;
	END IF;
	PERFORM portext.remove_qgis_styles();	-- locks the table, too: two callers at once would write all rows twice
	INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml,
			useasdefault, description, owner)
		SELECT current_database(), 'portext', s.layer, 'geom', s.style_name, s.qml, true, s.description, current_user
		FROM portext.qgis_layer_styles() AS s;
	GET DIAGNOSTICS written = ROW_COUNT;
	RETURN written;
END
$$;
REVOKE EXECUTE ON FUNCTION install_qgis_styles() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION install_qgis_styles() TO @extowner@;
COMMENT ON FUNCTION install_qgis_styles() IS 'writes the default QGIS styles of portext''s layers into public.layer_styles, which it creates as QGIS would if it is missing; may be called again; touches only its own rows of this database. An error 42501 unless you or a superuser own the table and what its triggers call. Returns the number of styles written. Example: SELECT portext.install_qgis_styles()';

CREATE FUNCTION remove_qgis_styles() RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	removed integer := 0;
BEGIN
	IF to_regclass('public.layer_styles') IS NOT NULL THEN
		LOCK TABLE public.layer_styles IN SHARE ROW EXCLUSIVE MODE;
		-- Triggers, rules, defaults, constraints and expressions of indexes run as the caller: whose they are must be trusted.
		IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
				WHERE c.oid = 'public.layer_styles'::regclass AND (r.rolname = current_user OR r.rolsuper))
			OR EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_roles r ON r.oid = p.proowner
				WHERE t.tgrelid = 'public.layer_styles'::regclass AND r.rolname <> current_user AND NOT r.rolsuper) THEN
			RAISE EXCEPTION 'public.layer_styles or a function of its triggers is neither yours nor a superuser''s, and could do anything in your name'
				USING ERRCODE = 'insufficient_privilege', HINT = 'Let the owner of the table call it: GRANT EXECUTE ON FUNCTION portext.install_qgis_styles(), portext.remove_qgis_styles() TO that role.';
		END IF;
		DELETE FROM public.layer_styles
			WHERE f_table_catalog = current_database() AND f_table_schema = 'portext' AND stylename LIKE 'portext: %';
		GET DIAGNOSTICS removed = ROW_COUNT;
	END IF;
	RETURN removed;
END
$$;
REVOKE EXECUTE ON FUNCTION remove_qgis_styles() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_qgis_styles() TO @extowner@;
COMMENT ON FUNCTION remove_qgis_styles() IS 'deletes the rows that install_qgis_styles wrote into public.layer_styles; the table itself stays. Returns the number of styles removed. Example: SELECT portext.remove_qgis_styles()';
