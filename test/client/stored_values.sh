#!/bin/bash
# What 0.1.0 stored and sent is read for ever: its bytes of some fifty values, as its own library made them, with the text
# that it showed. The bytes are those of a little-endian machine.
. test/lib/tap.sh
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
db=stored_values
fresh $db
q $db "CREATE EXTENSION portext CASCADE" >/dev/null
xzcat test/client/portext--0.1.0.values.xz >"$dir/values"
# Types that look like ours from outside take bytes as they are.
psql -qX -v ON_ERROR_STOP=1 -d $db <<SQL
SET client_min_messages = warning;
CREATE TYPE raw_composition; CREATE TYPE raw_stage_scheme;
CREATE FUNCTION raw_in(cstring) RETURNS raw_composition LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
CREATE FUNCTION raw_out(raw_composition) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
CREATE FUNCTION raw_stage_in(cstring) RETURNS raw_stage_scheme LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
CREATE FUNCTION raw_stage_out(raw_stage_scheme) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
CREATE TYPE raw_composition (INPUT = raw_in, OUTPUT = raw_out, LIKE = portext.composition);
CREATE TYPE raw_stage_scheme (INPUT = raw_stage_in, OUTPUT = raw_stage_out, LIKE = portext.stage_scheme);
CREATE CAST (raw_composition AS portext.composition) WITHOUT FUNCTION;
CREATE CAST (portext.composition AS raw_composition) WITHOUT FUNCTION;
CREATE CAST (raw_stage_scheme AS portext.stage_scheme) WITHOUT FUNCTION;
CREATE CAST (portext.stage_scheme AS raw_stage_scheme) WITHOUT FUNCTION;
CREATE TABLE kept (type text, n integer, stored text, sent bytea, shown text);
\copy kept FROM '$dir/values'
CREATE TABLE composition AS SELECT n, type = 'rewritten' AS wide, stored::raw_composition::portext.composition AS v, shown, sent, stored FROM kept WHERE type <> 'stage_scheme';
CREATE TABLE stage_scheme AS SELECT n, false AS wide, stored::raw_stage_scheme::portext.stage_scheme AS v, shown, sent, stored FROM kept WHERE type = 'stage_scheme';
SQL
like "there are values of each kind" "$(q $db "SELECT string_agg(n::text, ' ') FROM (SELECT count(*) AS n FROM kept GROUP BY type ORDER BY type) c")" '^[1-9][0-9] [1-9][0-9] [1-9]$'
for type in composition stage_scheme; do
	is "$type: what is stored shows what it showed" "$(q $db "SELECT n, shown, v FROM $type WHERE v::text <> shown")" ""
	is "$type: today's bytes are the same" "$(q $db "SELECT n, stored FROM $type WHERE NOT wide AND shown::portext.$type::raw_$type::text <> stored")" ""
	is "$type: so is what is sent" "$(q $db "SELECT n, sent FROM $type WHERE NOT wide AND portext.${type}_send(v) <> sent")" ""
	# What was sent comes back by way of a binary COPY.
	q $db "COPY (SELECT n, sent FROM $type WHERE NOT wide ORDER BY n) TO STDOUT (FORMAT binary)" >"$dir/sent"
	q $db "CREATE TABLE ${type}_read (n integer, v portext.$type)"
	ok "$type: what was sent is read" psql -qX -v ON_ERROR_STOP=1 -d $db -c "\\copy ${type}_read FROM '$dir/sent' (FORMAT binary)"
	is "$type: as what was stored" "$(q $db "SELECT t.n FROM $type t LEFT JOIN ${type}_read r ON t.n = r.n AND t.v OPERATOR(portext.=) r.v WHERE NOT t.wide AND r.n IS NULL")" ""
done

is "sums over stored states are those over what they show" "$(q $db "SELECT n FROM composition WHERE portext.composition_merge(v, v)::text <> portext.composition_merge(shown::portext.composition, shown::portext.composition)::text")" ""

# 0.1.0 stored some compositions of doubles below 1 wider than needed; the statement that the changelog names mends them.
update=$(sed -n 's/.*rewrite old ones in a table of yours, say `t (c portext.composition)`, with `\(UPDATE [^`]*\)`.*/\1/p' CHANGELOG.md)
like "the changelog names a statement" "$update" '^UPDATE t SET c = '
q $db "ALTER TABLE composition RENAME TO t; ALTER TABLE t RENAME v TO c; $update" >/dev/null
is "after it all have today's bytes" "$(q $db "SELECT n, c::raw_composition FROM t WHERE shown::portext.composition::raw_composition::text <> c::raw_composition::text")" ""
is "and show what they showed" "$(q $db "SELECT n, shown, c FROM t WHERE c::text <> shown")" ""
is "it wrote some" "$(q $db "SELECT count(*) > 5 FROM t WHERE wide AND c::raw_composition::text <> stored")" t
q postgres "DROP DATABASE $db" >/dev/null
done_testing
