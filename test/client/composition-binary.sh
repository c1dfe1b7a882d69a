#!/bin/bash
# The binary form of composition: there and back by COPY for every kind and form, and damaged bytes refused.
db=composition_binary_$$
dir=$(mktemp -d)
trap 'psql -qX -d postgres -c "DROP DATABASE IF EXISTS $db"; rm -rf "$dir"' EXIT
psql -qX -d postgres -c "CREATE DATABASE $db" || exit 1
q() { psql -qXAt -v ON_ERROR_STOP=1 -d "$db" "$@"; }
q -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION portext CASCADE' || exit 1
q <<-'SQL' || exit 1
	CREATE TABLE t (c portext.composition);
	INSERT INTO t VALUES ('{}'), ('[0]'), ('[1, 2.5, 2.5]'), ('{"満": 1, "é": 0.1, "": 0}'), ('{7: 1e-300, -7: 1e300, 0: 0e0}'), ('{"a": 0.1e0+0.7e0}'),
		('{"a": 1e300}'), ('{"a": 123456789012345678901234567890123456789012345.125, "b": 0.5}'), ('[5e-324, 1e308, 0.5e0]'), (NULL);
	INSERT INTO t SELECT portext.composition_agg(i * 1000003 % 997, i / (1 + i % 7)::double precision) FROM generate_series(1::bigint, 3000) AS i GROUP BY i % 40;
	INSERT INTO t SELECT portext.composition_agg('é' || i % 97, round(i / 7.0, (i % 5)::integer)) FROM generate_series(1::bigint, 3000) AS i GROUP BY i % 40;
	INSERT INTO t SELECT portext.composition_agg(i / (1 + i % 7)::double precision) FROM generate_series(1::bigint, 3000) AS i GROUP BY i % 40;
SQL
n=0
ok() { # ok NAME STATUS
	n=$((n + 1))
	if [ "$2" -eq 0 ]; then echo "ok $n - $1"; else echo "not ok $n - $1"; fi
}
for encoding in UTF8 EUC_JP; do
	q -c 'DROP TABLE IF EXISTS back' -c 'CREATE TABLE back (LIKE t)' 2>/dev/null
	if [ $encoding = EUC_JP ]; then q -c "UPDATE t SET c = replace(c::text, '満', '港')::portext.composition"; fi
	PGCLIENTENCODING=$encoding q -c "\\copy t to '$dir/$encoding' (format binary)"
	PGCLIENTENCODING=$encoding q -c "\\copy back from '$dir/$encoding' (format binary)"
	[ "$(q -c 'SELECT count(*) FROM back')" = 130 ] && [ "$(q -c 'SELECT count(*) FROM (TABLE t EXCEPT ALL TABLE back) d')" = 0 ]
	ok "binary copy there and back, client encoding $encoding" $?
done

# Every bit of small messages turned over: refused, or a value that is canonical (its bytes are those that came).
q -c 'CREATE TABLE small (c portext.composition)' -c "INSERT INTO small SELECT * FROM t WHERE length(c::text) < 40 AND c IS NOT NULL" \
	-c "\\copy small to '$dir/small' (format binary)"
perl - "$dir" <<'PERL' >"$dir/script"
my $dir = shift;
local $/;
open my $in, '<:raw', "$dir/small" or die;
my $bytes = <$in>;
my $at = 19;
my $n = 0;
while ((my $fields = unpack 'n', substr $bytes, $at, 2) != 0xFFFF)
{
	my $size = unpack 'N', substr $bytes, $at + 2, 4;
	my $value = substr $bytes, $at + 6, $size;
	my @bad = map { my $b = $value; substr($b, int($_ / 8), 1) ^= chr(1 << $_ % 8); $b } grep { $_ % 3 != 1 } 0 .. $size * 8 - 1;
	push @bad, map { substr $value, 0, $_ } 0 .. $size - 1;
	push @bad, "$value\0";
	for my $bad (@bad)
	{
		open my $out, '>:raw', "$dir/bad$n" or die;
		print $out substr($bytes, 0, 19), pack('nN', 1, length $bad), $bad, "\xFF\xFF";
		print "\\copy damaged from '$dir/bad$n' (format binary)\n";
		print "INSERT INTO came SELECT '", unpack('H*', $bad), "' WHERE (SELECT count(*) FROM damaged) > (SELECT count(*) FROM came);\n";
		$n++;
	}
	$at += 6 + $size;
}
PERL
q -c 'CREATE TABLE damaged (c portext.composition)' -c 'CREATE TABLE came (b text)'
tried=$(grep -c copy "$dir/script")
psql -qX -v VERBOSITY=sqlstate -d "$db" -f "$dir/script" >"$dir/log" 2>&1
refused=$(grep -c 'ERROR:' "$dir/log")
[ "$tried" -gt 1000 ] && [ "$refused" -gt $((tried / 4)) ] && [ "$(q -c 'SELECT count(*) FROM damaged')" = $((tried - refused)) ]
ok "damaged bytes: $refused of $tried refused, the rest are values" $?
! grep 'ERROR:' "$dir/log" | grep -vqE 'ERROR:  (22P02|22P03|22021|08P01|54000)'
ok 'every refusal has the error code of bad input' $?
[ "$(q -c "SELECT count(*) FROM damaged WHERE c::text::portext.composition OPERATOR(portext.<>) c")" = 0 ]
ok 'what was taken reads back from its text' $?
[ "$(q -c "SELECT count(*) FROM (SELECT b FROM came EXCEPT ALL SELECT encode(portext.composition_send(c), 'hex') FROM damaged) d")" = 0 ]
ok 'what was taken has the bytes that came' $?
echo "1..$n"
