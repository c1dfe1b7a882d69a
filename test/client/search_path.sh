#!/bin/bash
# Views and functions answer the same whatever the search path and settings of the caller, and nothing of the extension ever
# binds to an object that a stranger put into public before the extension was created.
. test/lib/tap.sh
. test/lib/answers.sh
. test/lib/frozen.sh

fresh sp_plain
q sp_plain "CREATE EXTENSION postgis; CREATE EXTENSION portext" >/dev/null

under() { # under PATH SQL
	psql -qXAt -d sp_plain -c "SET search_path = $1" -c "$2" 2>&1
}

answer_queries sp_plain >build/queries.sql
like "views and examples are found" "$(wc -l <build/queries.sql)" '^[0-9]{2,}'
wanted=$(answers sp_plain build/queries.sql "search_path = public")
is "no query is an error" "$(grep ERROR <<<"$wanted")" ""
is "every query answers" "$(grep -c '^view \|^table \|^function \|^example ' <<<"$wanted")" "$(grep -c . build/queries.sql)"
for path in "''" portext pg_catalog "portext, public" "pg_temp, portext"; do
	is "the same answers under search_path $path" "$(diff <(answers sp_plain build/queries.sql "search_path = $path") <(echo "$wanted"))" ""
done

# What is written into a text is the same for every caller, however that one has dates and numbers printed.
wanted=$(answers_under sp_plain build/queries.sql "extra_float_digits = 1")
is "every query that returns something answers" "$(grep -c '^view \|^table \|^function \|^example ' <<<"$wanted")" \
	"$(($(grep -c . build/queries.sql) - $(grep -c 'has pseudo-type void' <<<"$wanted")))"
for setting in "DateStyle = 'SQL, DMY'" "DateStyle = German" "extra_float_digits = -15" "extra_float_digits = 0" "IntervalStyle = iso_8601" "TimeZone = 'America/Los_Angeles'" "TimeZone = 'Asia/Shanghai'"; do
	is "the same answers under $setting" "$(diff <(answers_under sp_plain build/queries.sql "$setting") <(echo "$wanted") | cut -c1-300 | head -20)" ""
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
bound() { # what is bound to a trap
	q sp_traps "
	WITH trap AS (
		SELECT 'pg_operator'::regclass AS classid, oid FROM pg_operator WHERE oprnamespace = 'public'::regnamespace AND oprcode::regproc::text ~ 'trap'
		UNION ALL
		SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
			AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'))
	SELECT pg_describe_object(d.classid, d.objid, d.objsubid), pg_describe_object(d.refclassid, d.refobjid, 0)
	FROM pg_depend d JOIN trap t ON t.classid = d.refclassid AND t.oid = d.refobjid
	WHERE d.classid <> 'pg_operator'::regclass
	ORDER BY 1, 2"
}
is "nothing of the extension binds to a trap" "$(bound)" ""
install_frozen
q sp_traps "DROP EXTENSION portext; CREATE EXTENSION portext VERSION '0.1.0'"
ok "among traps the extension can be updated" q sp_traps "ALTER EXTENSION portext UPDATE"
is "nor binds anything of an updated one" "$(bound)" ""

q postgres "DROP DATABASE sp_plain"
q postgres "DROP DATABASE sp_traps"
rm -f build/queries.sql
done_testing
