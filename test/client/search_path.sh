#!/bin/bash
# Views and functions answer the same whatever the search path of the caller, and nothing of the extension ever
# binds to an object that a stranger put into public before the extension was created.
. test/lib/tap.sh

fresh sp_plain
q sp_plain "CREATE EXTENSION postgis; CREATE EXTENSION portext" >/dev/null

under() { # under PATH SQL
	psql -qXAt -d sp_plain -c "SET search_path = $1" -c "$2" 2>&1
}

# One query a line: each view as a whole, by a hash of its rows; each function whose comment shows a call, that call.
q sp_plain "SELECT format('SELECT %L, count(*), md5(string_agg(v::text, %L ORDER BY v.%I)) FROM portext.%I v;', 'view ' || c.relname, ';', a.attname, c.relname)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
		WHERE c.relnamespace = 'portext'::regnamespace AND c.relkind = 'v' ORDER BY 1" >build/queries.sql
q sp_plain "SELECT DISTINCT ON (p.oid) format('SELECT %L, %s;', 'function ' || p.oid::regprocedure,
			regexp_replace(d.description, '^.*?(portext\.' || p.proname || '\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)).*\$', '\1'))
		FROM pg_proc p JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid
		WHERE p.pronamespace = 'portext'::regnamespace AND p.prokind = 'f' AND NOT p.proretset
			AND d.description ~ ('portext\.' || p.proname || '\(') ORDER BY p.oid" |
	grep -vE "', .*\b(ST_|geometry)" >>build/queries.sql # there the caller's own words need PostGIS on the path
like "views and examples are found" "$(wc -l <build/queries.sql)" '^[0-9]{2,}'
answers() { psql -qXAt -d sp_plain -c "SET search_path = $1" -f build/queries.sql 2>&1 | sed 's/^psql:[^ ]* //'; }
wanted=$(answers public)
is "no query is an error" "$(grep ERROR <<<"$wanted")" ""
is "every query answers" "$(grep -c '^view \|^function ' <<<"$wanted")" "$(grep -c . build/queries.sql)"
for path in "''" portext pg_catalog "portext, public" "pg_temp, portext"; do
	is "the same answers under search_path $path" "$(diff <(answers "$path") <(echo "$wanted"))" ""
done

# With portext first, what PostgreSQL itself has still means the same.
is "everyday expressions keep their meaning with portext first on the path" \
	"$(under "portext, public" "SELECT 'a' || 'b', 'a' || 1, ARRAY[1] || 2, '{\"a\":1}'::jsonb -> 'a', max(x), min(x), 'a' < 'b', '2' = 2, '[1]'::jsonb - 0 FROM generate_series(1, 2) x" )" \
	'ab|a1|{1,2}|1|2|1|t|t|[]'

# A stranger's operators and functions for every pair of types that PostgreSQL leaves free.
fresh sp_traps
q sp_traps "CREATE EXTENSION postgis"
q sp_traps "DO \$\$
DECLARE
	types text[] := '{text,varchar,name,\"char\",boolean,smallint,integer,bigint,numeric,real,double precision,date,timestamp,timestamptz}';
	a text; b text; o text; f text;
BEGIN
	FOREACH a IN ARRAY types LOOP
		FOREACH b IN ARRAY types LOOP
			EXECUTE format('CREATE FUNCTION public.trap(%s, %s) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \$f\$BEGIN RAISE EXCEPTION ''trap''; END\$f\$', a, b);
			FOREACH o IN ARRAY '{+,-,*,/,%,=,<>,<,>,<=,>=,||,~,!~,^}'::text[] LOOP
				CONTINUE WHEN EXISTS (SELECT FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprname = o
					AND oprleft = a::regtype AND oprright = b::regtype);
				EXECUTE format('CREATE OPERATOR public.%s (FUNCTION = public.trap, LEFTARG = %s, RIGHTARG = %s)', o, a, b);
			END LOOP;
			FOREACH f IN ARRAY '{round,power,log,mod,left,right,to_char,date_part,repeat,lpad,array_position,concat_ws,trunc,regexp_split_to_table,make_date,split_part}'::text[] LOOP
				CONTINUE WHEN EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = f
					AND proargtypes::text = a::regtype::oid || ' ' || b::regtype::oid);
				EXECUTE format('CREATE FUNCTION public.%I(%s, %s) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \$f\$BEGIN RAISE EXCEPTION ''trap''; END\$f\$', f, a, b);
			END LOOP;
		END LOOP;
		FOREACH f IN ARRAY '{abs,round,floor,ceil,sqrt,ln,exp,lower,upper,length,char_length,trim_scale,initcap,md5,quote_literal,to_jsonb,sign,trunc}'::text[] LOOP
			CONTINUE WHEN EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = f
				AND proargtypes::text = a::regtype::oid::text);
			EXECUTE format('CREATE FUNCTION public.%I(%s) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \$f\$BEGIN RAISE EXCEPTION ''trap''; END\$f\$', f, a);
		END LOOP;
	END LOOP;
END \$\$"
like "the traps are set" "$(q sp_traps "SELECT count(*) FROM pg_operator WHERE oprnamespace = 'public'::regnamespace AND oprcode::regproc::text ~ 'trap'")" '^[0-9]{4}'
ok "among traps the extension can be created" q sp_traps "CREATE EXTENSION portext"
is "nothing of the extension binds to a trap" "$(q sp_traps "
	WITH trap AS (
		SELECT 'pg_operator'::regclass AS classid, oid FROM pg_operator WHERE oprnamespace = 'public'::regnamespace AND oprcode::regproc::text ~ 'trap'
		UNION ALL
		SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
			AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'))
	SELECT pg_describe_object(d.classid, d.objid, d.objsubid), pg_describe_object(d.refclassid, d.refobjid, 0)
	FROM pg_depend d JOIN trap t ON t.classid = d.refclassid AND t.oid = d.refobjid
	WHERE d.classid <> 'pg_operator'::regclass
	ORDER BY 1, 2")" ""

q postgres "DROP DATABASE sp_plain"
q postgres "DROP DATABASE sp_traps"
rm -f build/queries.sql
done_testing
