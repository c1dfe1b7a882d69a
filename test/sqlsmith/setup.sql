-- What sqlsmith meets: the views and tables of the extension with some local rows, one table of values worth trying, the
-- functions of the extension, and of PostgreSQL's own those that make or take the same types. For a throw-away database.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION portext CASCADE;
INSERT INTO portext.local_port (port_code, name, country_iso2, neighbour_iso2, opened_year, mode, geom)
	VALUES ('one', 'One <&>', 'US', 'CA', 1999, 'CPC', 'SRID=4326;POINT(-100 49)'), ('two', NULL, 'US', 'MX', NULL, NULL, 'SRID=4326;POINT(180 -90)');
INSERT INTO portext.local_city (name, country_iso2, population, geom) VALUES ('Near', 'US', 50000, 'SRID=4326;POINT(-100.1 49)');
INSERT INTO portext.local_border (neighbour_iso2, geom) VALUES ('CA', 'SRID=4326;LINESTRING(-101 49,-99 49)');
INSERT INTO portext.local_event (port_code, event_date, event) VALUES ('one', '1999-05-01', 'opened');
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, unit)
	SELECT p, make_date(y, m, 1), (make_date(y, m, 1) + interval '1 month')::date, d, 'trucks', 7 * m + y % 5, 't'
	FROM unnest('{one,two,nowhere}'::text[]) p, generate_series(2018, 2021) y, generate_series(1, 12) m, unnest('{in,out}'::text[]) d;

CREATE SCHEMA smith;
-- A row is made of values that stand at the same place in their lists; a list that ends goes on with NULL.
CREATE TABLE smith.value AS SELECT * FROM ROWS FROM (
	unnest('{"{}","{\"a\": 1}","{\"a\": 0}","{\"a\": 1, \"b\": 2, \"c\": 3}","{\"a\": 0.1, \"b\": 2.25}","{\"a\": 0.1e0, \"b\": 1e300}","[1, 2, 3]","[0.5]","[1e-300]",
		"{2018: 200, 2019: 231, 2021: 150}","{-9223372036854775808: 1, 9223372036854775807: 2}","{201801: 3, 201802: 4, 201901: 5}",
		"{\"a\": 340282366920938463463374607431768211455}","{\"\": 1, \"满洲里\": 2}"}'::portext.composition[]),
	unnest('{"[,2012) \"before\"; [2012,2020) \"boom\"","[4713 BC,1950) \"x\"","[1950-06-30,) \"\"\"\""}'::portext.stage_scheme[]),
	unnest('{PP,CPPC,CPC,CC}'::portext.port_mode[]),
	unnest('{"",a,one,two,manzhouli-rail,nanping,trucks,cargo_tonnes,both,in,PP,"City-City",2019,2019-02-30,2019-Q1,NaN,1e400,-0,"{","<&>",integrated,口岸,mode,stage}'::text[]),
	unnest('{0,1,-1,2,12,1950,2019,100000,2147483647,-2147483648}'::integer[]),
	unnest('{0,1,-1,2019,201902,9223372036854775807,-9223372036854775808}'::bigint[]),
	unnest('{0,1,-1,0.1,1e-300,NaN,Infinity,-Infinity,12345678901234567890123456789012345678901234567890}'::numeric[]),
	unnest('{0,1,-1,0.1,1e-320,1e308,NaN,Infinity,-Infinity}'::double precision[]),
	unnest('{2019-01-01,1949-12-31,0044-03-15 BC,infinity,-infinity}'::date[]),
	unnest('{2019-01-01 12:00,infinity,-infinity}'::timestamp[]),
	unnest('{2019-01-01 12:00,infinity,-infinity}'::timestamptz[]),
	unnest(ARRAY['SRID=4326;POINT(100 20)', 'SRID=4326;POINT(180 90)', 'SRID=4326;POINT EMPTY', 'POINT(1 2)', 'SRID=4326;POINT(500 500)', 'SRID=4326;POINT(NaN NaN)',
		'SRID=4326;LINESTRING(1 2,3 4)', 'SRID=4326;POLYGON EMPTY', 'SRID=3857;POINT(0 0)', 'SRID=4326;POINT ZM(1 2 3 4)']::public.geometry[]),
	unnest(ARRAY['{}', '{"mode": "PP"}', '{"a": -1}', '[1, 2]', '"x"', 'null']::jsonb[])
) AS v(trade, stages, mode, label, year, big, amount, ratio, day, at, atz, geom, filter);
ALTER TABLE smith.value ADD COLUMN list text[] DEFAULT '{PP,NULL,""}', ADD COLUMN trades portext.composition[] DEFAULT '{"{\"a\": 1}",NULL,"{}"}',
	ADD COLUMN ratios double precision[] DEFAULT '{1,NULL,NaN,-1}', ADD COLUMN yes boolean DEFAULT true;
-- sqlsmith calls no function in FROM and makes no cast, so functions of its own kind stand for these.
DO $$
DECLARE f regprocedure; name text; args text; call text;
BEGIN
	FOR f, name, args, call IN SELECT p.oid, p.proname, pg_catalog.oidvectortypes(p.proargtypes), (SELECT string_agg('$' || g, ', ') FROM generate_series(1, p.pronargs) g)
		FROM pg_proc p WHERE p.pronamespace = 'portext'::regnamespace AND p.proretset AND p.prokind = 'f'
	LOOP
		EXECUTE format('CREATE FUNCTION smith.%I(%s) RETURNS text LANGUAGE sql STABLE AS %L', name, args, format('SELECT string_agg(r::text, '','') FROM portext.%I(%s) r', name, call));
	END LOOP;
	FOREACH name IN ARRAY '{composition,stage_scheme,port_mode}'::text[] LOOP
		EXECUTE format('CREATE FUNCTION smith.read_%s(text) RETURNS portext.%1$s LANGUAGE sql STABLE AS ''SELECT $1::portext.%1$s''', name);
		EXECUTE format('CREATE FUNCTION smith.print_%s(portext.%1$s) RETURNS text LANGUAGE sql STABLE AS ''SELECT $1::text''', name);
	END LOOP;
END $$;
ANALYZE;

-- sqlsmith chooses from all of pg_proc and pg_operator. Views in their place, in this database alone, make it choose from
-- what matters here: no statement is spent on the others. The server itself finds its catalogs by number, not by name.
SET allow_system_table_mods = on;
CREATE TABLE smith.plain AS SELECT unnest('{text,integer,bigint,numeric,double precision,boolean,date,timestamp,timestamptz,jsonb,text[],public.geometry,
	portext.composition,portext.composition[],portext.stage_scheme,portext.port_mode,double precision[]}'::regtype[])::oid AS type;
ALTER TABLE pg_catalog.pg_operator RENAME TO pg_operator_whole;
CREATE VIEW pg_catalog.pg_operator AS SELECT * FROM pg_catalog.pg_operator_whole
	WHERE oprnamespace <> 'public'::regnamespace AND oprleft IN (TABLE smith.plain) AND oprright IN (TABLE smith.plain) AND oprresult IN (TABLE smith.plain);
ALTER TABLE pg_catalog.pg_proc RENAME TO pg_proc_whole;
CREATE VIEW pg_catalog.pg_proc AS SELECT * FROM pg_catalog.pg_proc_whole p
	WHERE pronamespace IN ('portext'::regnamespace, 'smith'::regnamespace)
			AND proargtypes::oid[] && '{internal,cstring}'::regtype[]::oid[] IS FALSE AND prorettype NOT IN ('cstring'::regtype, 'internal'::regtype)
		OR pronamespace = 'pg_catalog'::regnamespace AND provolatile <> 'v' AND prorettype IN (TABLE smith.plain)
			AND NOT EXISTS (SELECT FROM unnest(proargtypes) a WHERE a NOT IN (TABLE smith.plain))
			AND proname !~ '^(pg_|has_|inet_|json|row_security|ri_|ts_|to_ts|get_|set_|current_|txid|query_to|table_to|database_to|cursor_to|schema_to|lo_)';
GRANT SELECT ON pg_catalog.pg_operator, pg_catalog.pg_proc TO PUBLIC;
CREATE ROLE smith LOGIN;
GRANT USAGE ON SCHEMA smith TO smith;
GRANT SELECT ON smith.value TO smith;
-- Everything is rolled back, so facts may be written, too.
GRANT ALL ON ALL TABLES IN SCHEMA portext TO smith;
GRANT ALL ON ALL SEQUENCES IN SCHEMA portext TO smith;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA portext TO smith;
ALTER ROLE smith SET search_path = portext, public;
