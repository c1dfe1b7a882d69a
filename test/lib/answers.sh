# What the extension answers, so that two databases, or one under two settings, can be compared. Source it.

# answer_queries DATABASE: one query a line. Each view and shipped table as a whole, by a hash of its rows; each function
# whose comment shows a call, that call; each example that is a query of its own, the query. Not those that attach a table
# or create a view, which nobody has made.
answer_queries() {
	psql -qXAt -d "$1" <<-'SQL'
		SELECT format('SELECT %L, count(*), md5(string_agg(v::text, %L ORDER BY v.%I)) FROM portext.%I v;',
			CASE c.relkind WHEN 'v' THEN 'view ' ELSE 'table ' END || c.relname, ';', a.attname, c.relname)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
		WHERE c.relnamespace = 'portext'::regnamespace AND (c.relkind = 'v' OR c.relkind = 'r' AND c.relname LIKE 'ref\_%') ORDER BY 1;
		-- A call that names PostGIS without its schema needs the caller's path.
		SELECT query FROM (
			SELECT DISTINCT ON (p.oid) p.oid, format('SELECT %L, %s;', 'function ' || p.oid::regprocedure,
				regexp_replace(d.description, '^.*?(portext\.' || p.proname || '\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)).*$', '\1')) AS query
			FROM pg_proc p JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid
			WHERE p.pronamespace = 'portext'::regnamespace AND p.prokind = 'f' AND NOT p.proretset AND p.proname !~ '_flow$|_states_view$'
				AND d.description ~ ('portext\.' || p.proname || '\(') ORDER BY p.oid) call
		WHERE query !~ ''', .*\y(ST_|geometry)' ORDER BY oid;
		SELECT format('SELECT %L, string_agg(e::text, '';'') FROM (%s) e;', 'example of ' || p.oid::regprocedure,
			split_part(regexp_replace(regexp_replace(d.description, '^.*Example: ', ''), '^\((SELECT .*)\) is .*$', '\1'), ' gives', 1))
		FROM pg_proc p JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid
		WHERE p.pronamespace = 'portext'::regnamespace AND p.proname !~ '_flow$|_states_view$' AND d.description ~ 'Example: \(?SELECT ' AND d.description !~ 'Example: .*\y(ST_|geometry)' ORDER BY 1;
	SQL
}

# answers DATABASE FILE [SETTING]: what the queries in FILE say there.
answers() { psql -qXAt -d "$1" ${3:+-c "SET $3"} -f "$2" 2>&1 | sed 's/^psql:[^ ]* //'; }

# answers_under DATABASE FILE SETTING: the same, each query run under the setting and its rows printed without it: what
# differs is then the extension's own doing, not the output of a column. What returns void is an error.
answers_under() {
	local keep="CREATE TEMP TABLE answer AS"
	psql -qXAt -d "$1" -f <(sed -E -e "s|^SELECT ('[^']*', count.*) FROM (portext\..*) v;$|$keep TABLE \2; RESET ALL; SELECT \1 FROM answer v;|;t end" \
		-e "s|^SELECT ('[^']*', string_agg\(e::text, ';'\)) FROM \((.*)\) e;$|$keep \2; RESET ALL; SELECT \1 FROM answer e;|;t end" \
		-e "s|^(.*);$|$keep \1; RESET ALL; TABLE answer;|;:end" -e "s|^.*$|SET $3; & DROP TABLE answer;|" "$2") 2>&1 | sed 's/^psql:[^ ]* //'
}
