#!/bin/bash
# COPY BINARY there and back for the types with a binary form, whatever the client's encoding.
db=binary_copy_$$
dir=$(mktemp -d)
trap 'psql -qX -d postgres -c "DROP DATABASE IF EXISTS $db"; rm -rf "$dir"' EXIT
psql -qX -d postgres -c "CREATE DATABASE $db" || exit 1
q() { psql -qXAt -v ON_ERROR_STOP=1 -d "$db" "$@"; }
q -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION portext CASCADE' || exit 1
q -c "CREATE TABLE t (m portext.port_mode, s portext.stage_scheme)" \
	-c "INSERT INTO t VALUES ('PP', NULL), ('CPPC', portext.china_border_port_stages()), (NULL, portext.china_opening_peaks()), ('CC', '[4713 BC,1950) \"été \"\"1950\"\"\"; [1950-06-30,) \"x\"')" || exit 1

n=0
check() { # check NAME: both tables hold the same rows
	local rows differ
	rows=$(q -c 'SELECT count(*) FROM back')
	differ=$(q -c "SELECT count(*) FROM (TABLE t EXCEPT ALL TABLE back) d")
	n=$((n + 1))
	if [ "$rows" = 4 ] && [ "$differ" = 0 ]; then echo "ok $n - $1"; else echo "not ok $n - $1 (rows $rows, different $differ)"; fi
}
for encoding in UTF8 LATIN1; do
	q -c 'DROP TABLE IF EXISTS back' -c 'CREATE TABLE back (LIKE t)' 2>/dev/null
	PGCLIENTENCODING=$encoding q -c "\\copy t to '$dir/$encoding' (format binary)"
	PGCLIENTENCODING=$encoding q -c "\\copy back from '$dir/$encoding' (format binary)"
	check "binary copy there and back, client encoding $encoding"
done
n=$((n + 1))
if grep -q $'\xe9t\xe9' "$dir/LATIN1" && ! grep -q $'\xe9t\xe9' "$dir/UTF8"; then echo "ok $n - labels travel in the client's encoding"; else echo "not ok $n - labels travel in the client's encoding"; fi

# the same bytes with one cut off or one changed never crash the server; most are refused
n=$((n + 1))
tried=0
size=$(stat -c %s "$dir/UTF8")
for ((at = 21; at < size; at += 3)); do
	perl -e 'local $/; open F, "<", $ARGV[0]; binmode F; $b = <F>; substr($b, $ARGV[1], 1) ^= "\x41"; binmode STDOUT; print $b' "$dir/UTF8" $at >"$dir/bad$at"
	echo "\\copy back from '$dir/bad$at' (format binary)"
	tried=$((tried + 1))
done >"$dir/script"
refused=$(psql -qX -d "$db" -f "$dir/script" 2>&1 | grep -c 'ERROR:')
if [ $refused -gt $((tried / 4)) ] && [ "$(q -c 'SELECT count(*) FROM back WHERE s::text::portext.stage_scheme::text IS DISTINCT FROM s::text')" = 0 ]; then
	echo "ok $n - damaged bytes: $refused of $tried refused, the rest are good values"
else
	echo "not ok $n - damaged bytes: $refused of $tried refused"
fi
echo "1..$n"
