#!/bin/bash
# make demo in a copy of the tree (a demo server of this clone stays as it is): what it prints, that a second run
# replaces the first server, that the pictures are XML, and that make demo-stop leaves nothing.
. test/lib/tap.sh
here="host=$PGHOST port=$PGPORT user=$PGUSER password=$PGPASSWORD dbname=postgres"
unset PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE CLUSTER
copy=$(mktemp -d) && chmod 755 "$copy"
trap 'make -s -C "$copy" demo-stop >/dev/null 2>&1; rm -rf "$copy"' EXIT
tar --exclude=./build --exclude=./.git -cf - . | tar -C "$copy" -xf -

too_wide() { # lines wider than 100 columns; a Chinese character takes two
	perl -CSD -Mutf8 -ne 'chomp; my $w = length; $w++ while /[\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{f900}-\x{faff}\x{fe30}-\x{fe4f}\x{ff00}-\x{ff60}]/g; print "$.: $_\n" if $w > 100'
}
query() { PGSERVICEFILE=$copy/build/pg_service.conf psql -qXAt -d service=portext_demo -c "$1" 2>&1; }

mkdir "$copy/build" && chmod 555 "$copy/build"
like "make demo says so when it cannot write build/" "$([ "$(id -u)" -ne 0 ] || other=(runuser -u nobody --); "${other[@]}" make -C "$copy" demo 2>&1)" '^build belongs to .* sudo chown -R'
chmod 755 "$copy/build"
ok "make demo" make -C "$copy" demo
first=$(cat "$copy/build/demo.server")
out=$(make -C "$copy" demo 2>&1)
is "a second make demo" $? 0
second=$(cat "$copy/build/demo.server")
is "it replaces the first server" "$(ls -d "$first" 2>/dev/null)" ""
is "no line is wider than 100 columns" "$(too_wide <<<"$out")" ""
is "no warning or error is printed" "$(grep -E 'WARNING|ERROR|NOTICE|error:' <<<"$out")" ""
for heading in 'TABLE 1' 'TABLE 2' 'TABLE 3' 'OPENINGS BY STAGE' 'HOW A PORT GROWS' 'THE PROFILE OF NANPING' 'SHARES' 'PICTURES' 'CONNECT' 'THREE QUERIES'; do
	like "it prints $heading" "$out" "^$heading"
done
like "Table 2 has the paper's tonnage of Russia" "$out" 'Russia .*31,783'
like "it says how many of the 53 places the rule gets" "$out" '[0-9]+ of (the )?53'
for f in ports_by_mode openings_by_year; do
	ok "$f.svg is XML" xmllint --noout "$copy/build/$f.svg"
	like "$f.svg is a picture" "$(head -1 "$copy/build/$f.svg")" '^<svg .*xmlns="http://www.w3.org/2000/svg"'
done
like "the map has every port" "$(grep -o '<path class="marker"' "$copy/build/ports_by_mode.svg" | wc -l)" '^(9[5-9]|[1-9][0-9][0-9])$'
is "the service connects as the owner, who is no superuser" \
	"$(query "SELECT current_user, usesuper, (SELECT extowner::regrole FROM pg_extension WHERE extname = 'portext') FROM pg_user WHERE usename = current_user")" 'demo|f|demo'
psql_line=$(sed -n 's/^  psql *psql \(.*\)/\1/p' <<<"$out")
is "the psql command connects" "$(psql -qXAt "$psql_line" -c "SELECT count(*) FROM portext.ref_port")" 95
like "the JDBC URL has the same port" "$out" "jdbc:postgresql://127.0.0.1:$(sed 's/.*:\([0-9]*\)\/.*/\1/' <<<"$psql_line")/demo"
queries=$(sed -n '/^THREE QUERIES/,$s/^    //p' <<<"$out")
is "the three queries are three" "$(grep -c ';$' <<<"$queries")" 3
is "the three queries run" "$(psql -qXAt -v ON_ERROR_STOP=1 "$psql_line" 2>&1 <<<"$queries" | grep ERROR)" ""
is "no query finds nothing" "$(psql -X "$psql_line" 2>&1 <<<"$queries" | grep -c '(0 rows)')" 0
like "it says so in a clone without a server" "$(make -C "$copy" demo-stop 2>&1; make -C "$copy" demo-stop 2>&1)" 'no demo server is running for this clone'
is "make demo-stop leaves other servers alone" "$(psql -qXAt "$here" -c "SELECT 1")" 1
is "make demo-stop removes its data" "$(ls -d "$second" 2>/dev/null)" ""
done_testing
