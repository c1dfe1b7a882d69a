#!/bin/bash
# Everything that the extension has is called with every odd argument (test/lib/calls.sql): no connection is lost, no
# error is an internal one, and only what is known to does answer NULL to arguments that are not.
. test/lib/tap.sh
db=odd_arguments
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fresh $db
q $db "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE" >/dev/null
ok "calls are made from the catalogs" psql -qX -v ON_ERROR_STOP=1 -d $db -f test/lib/calls.sql
is "for every type of argument there are odd ones" "$(q $db "SELECT DISTINCT type FROM calls.object, unnest(types) AS type WHERE type NOT IN (SELECT type FROM calls.odd)")" ""

# One statement for each object: when one is not finished, its calls are to blame.
q $db "SELECT format('SELECT calls.run(%L);', object) FROM (SELECT DISTINCT object FROM calls.call ORDER BY object) AS o" >"$work/run.sql"
PGOPTIONS='-c client_min_messages=error -c statement_timeout=300s' psql -qXAt -v ON_ERROR_STOP=1 -d $db -f "$work/run.sql" >"$work/out" 2>&1
is "no call ends the connection or lasts five minutes" "$(grep -v '^[0-9]*$' "$work/out")" ""
calls=$(q $db 'SELECT count(*) FROM calls.call')
is "every call has an outcome" "$(q $db 'SELECT count(*) FROM calls.outcome')" "$calls"
like "of which there are thousands" "$calls" '^[0-9]{4,}$'
echo "# $calls calls of $(wc -l <"$work/run.sql") objects: $(q $db "SELECT string_agg(count || ' ' || outcome, ', ' ORDER BY count DESC) FROM (
	SELECT substring(outcome FROM '^\w+') AS outcome, count(*) FROM calls.outcome GROUP BY 1) AS o")"
# XX: internal; P0: a bare RAISE; 42601: no call at all; 53, 54: out of something.
is "no error is internal" "$(q $db "SELECT object || ': ' || sql || ': ' || left(outcome, 200) FROM calls.outcome WHERE outcome ~ '^(XX|P0|42601|53|54)'")" ""
is "ordinary arguments are taken, but for triggers and what needs a table or other keys" "$(q $db "SELECT object || ': ' || left(outcome, 100) FROM calls.outcome
	WHERE odd = 'ordinary' AND outcome ~ '^[0-9A-Z]{5} ' AND object !~ '^cast|_in\(' AND outcome !~ '^(0A000|39P01) .*trigger|^55000 no table is attached|^42P0[17]|cannot match a composition with'")" ""

# The name alone, since an overload answers like the others.
nulls="SELECT DISTINCT regexp_replace(regexp_replace(object, '\(.*', ''), '^portext\.', '') FROM calls.outcome
	WHERE outcome = 'NULL' AND sql !~ 'NULL::' AND sql !~ '[[{,]NULL' AND object NOT IN (SELECT object FROM calls.object WHERE result = 'void'::regtype)
	ORDER BY 1"
is "NULL is answered by what is known to, to arguments that are not NULL" "$(diff <(q $db "$nulls" | sort) <(sed '/^#/d; s/ .*//' test/data/null_results.txt | sort))" ""
q postgres "DROP DATABASE $db" >/dev/null
done_testing
