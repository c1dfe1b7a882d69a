#!/bin/bash
# The loaders: the 2019 Border Crossing Entry table whole, its present layout, generic tables, bad files, repeated and
# killed loads. Totals are compared with those that perl adds up from the file.
. test/lib/tap.sh
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
chmod 755 "$dir"
db=load_test
file=test/data/border_crossing_entry_2019.csv.xz
load() { psql -qX -d "${DB:-$db}" -v file="$2" "${@:3}" -f "sql/load/$1.sql" 2>&1; }
refused() { # refused NAME ERROR HINT LOADER FILE [OPTION...]: psql ends with status 3, one error and its hint
	local out
	out=$(load "${@:4}"; echo "status $?")
	is "$1" "$(grep -o 'ERROR:.*' <<<"$out"; grep -A9 '^HINT' <<<"$out")" "ERROR:  $2"$'\nHINT:  '"$3"$'\nstatus 3'
}
whole='The last byte must be a line feed: add one if only that is missing (echo >>FILE), make UTF-8 of UTF-16 (iconv -f UTF-16 -t UTF-8), unpack a zip archive.'
state() { q $db "SELECT md5(string_agg(f::text, ',' ORDER BY id)) FROM portext.local_flow f; SELECT md5(string_agg(r.state::text, ',' ORDER BY id)) FROM portext.local_rollup r; SELECT count(*) FROM portext.local_port"; }
fresh $db
q $db "CREATE EXTENSION portext CASCADE" >/dev/null

out=$(load us_border_crossing $file)
like "every row of the 2019 file is accounted for" "$out" '346733 \| 346733 \| +0 \| +0 \| +0 \| +0 \| 122387$'
xz -dc $file | perl -F, -lane 'next if $. == 1; my ($y) = $F[4] =~ m{/(\d{4}) }; (my $m = lc $F[5]) =~ tr/ /_/; $m =~ s/full/loaded/; $t{"$y|$m"} += $F[6]; $n{"$y|$m"}++; $z{"$y|$m"} += $F[6] == 0;
	END { print "$_|$n{$_}|$t{$_}|$z{$_}" for sort keys %t }' >"$dir/wanted"
q $db "SELECT extract(year FROM period_from), measure, count(*), sum(value), count(*) FILTER (WHERE value = 0) FROM portext.local_flow GROUP BY 1, 2 ORDER BY concat(extract(year FROM period_from), '|', measure) COLLATE \"C\"" >"$dir/got"
ok "rows, totals and zeros of each year and measure are those of the file" diff "$dir/wanted" "$dir/got"
like "which are many" "$(wc -l <"$dir/wanted")" '^288$'
is "the roll-ups have the same totals" "$(q $db "SELECT extract(year FROM period_from) || '|' || measure, sum(portext.total_exact(state)) FROM portext.local_rollup WHERE measure <> '' GROUP BY 1" | LC_ALL=C sort)" "$(cut -d'|' -f1,2,4 "$dir/wanted" | LC_ALL=C sort)"
is "117 ports with their leading zeros, on two borders" "$(q $db "SELECT count(*), count(*) FILTER (WHERE port_code ~ '^0'), count(*) FILTER (WHERE neighbour_iso2 = 'CA'), count(DISTINCT name) FROM portext.local_port WHERE length(port_code) = 4")" \
	"$(xz -dc $file | perl -F, -lane 'next if $. == 1; $b{$F[2]} = $F[3]; END { print join "|", scalar keys %b, scalar(grep { length == 3 } keys %b), scalar(grep { $b{$_} =~ /Canada/ } keys %b), 116 }')"
before=$(state)
like "a second load changes nothing" "$(load us_border_crossing $file)" '346733 \| +0 \| +0 \| +346733 \| +0 \| +0 \| 122387$'
is "not a row" "$(state)" "$before"

{ xz -dc $file | head -1; xz -dc $file | grep -m1 Maine; } >"$dir/one.csv"
q postgres "CREATE DATABASE load_one TEMPLATE $db"
q load_one "TRUNCATE portext.local_port, portext.local_flow"
like "backslashes in plain strings do no harm" "$(DB=load_one PGOPTIONS=-cstandard_conforming_strings=off load us_border_crossing "$dir/one.csv")" ' 1 \| +1 \| +0 \| +0 \| +0 \| +0 \| +0$'
q postgres "DROP DATABASE load_one"

cat >"$dir/new.csv" <<'CSV'
Port Name,State,Port Code,Border,Date,Measure,Value,Latitude,Longitude,Point
Van Buren,Maine,108,US-Canada Border,Jan 2024,Truck Containers Loaded,12,47.162,-67.943,POINT (-67.942710 47.162070)
Van Buren,Maine,108,US-Canada Border,Mar 2019,Rail Containers Loaded,429,47.162,-67.943,POINT (-67.942710 47.162070)
New Place,Maine,199,US-Canada Border,Jan 2024,Trucks,0,47,-68,POINT (-68 47)
New Place,Maine,199,US-Canada Border,Feb 2024,Trucks,,47,-68,POINT (-68 47)
New Place,Maine,199,US-Canada Border,Feb 2024,Camels,7,47,-68,POINT (-68 47)
CSV
like "the present layout: one value changes, a port comes, an empty value is no row, an unknown measure is refused" "$(load us_border_crossing "$dir/new.csv")" ' 5 \| +2 \| +1 \| +0 \| +1 \| +1 \| +1$'
is "under the names of the old one" "$(q $db "SELECT port_code, measure, value FROM portext.local_flow WHERE period_from = '2024-01-01' OR value = 429 AND port_code = '0108' AND period_from = '2019-03-01' ORDER BY 1, 2")" \
	$'0108|rail_containers_loaded|429\n0108|truck_containers_loaded|12\n0199|trucks|0'
is "the report names row and rule" "$(q $db "SELECT source, line, rule FROM portext.local_reject")" 'us-bts|6|the measure is empty or unknown'

cat >"$dir/flows.csv" <<'CSV'
port,period,direction,measure,value
manzhouli-rail,2019-03,in,cargo_tonnes,12.5
manzhouli-rail,2019-Q2,in,cargo_tonnes,0
manzhouli-rail,2019,out,cargo_tonnes,
0108,2019-03-05/2019-03-10,both,"odd, ""name""",1e3
nowhere,2019,in,cargo_tonnes,1
manzhouli-rail,2019-03/2018,in,cargo_tonnes,1
manzhouli-rail,2019-02-29,in,cargo_tonnes,1
manzhouli-rail,2019,inward,cargo_tonnes,1
manzhouli-rail,2019,in,,1
manzhouli-rail,2019,in,cargo_tonnes,many
manzhouli-rail,2019,in,cargo_tonnes,-1
manzhouli-rail,2019-03,in,cargo_tonnes,13
manzhouli-rail,2019,in,cargo_tonnes,NaN
manzhouli-rail,2019,in,cargo_tonnes,10e99
manzhouli-rail,2019,in,cargo_tonnes,0.1e-99
manzhouli-rail,2019,in,cargo_tonnes,0.01e-99
manzhouli-rail,2020,in,cargo_tonnes,0e99
CSV
like "a generic table: good rows in, bad ones out" "$(load flows_csv "$dir/flows.csv")" '17 \| +5 \| +0 \| +0 \| +1 \| +11 \| +2$'
is "each with its row and rule" "$(q $db "SELECT line, rule FROM portext.local_reject WHERE source = 'csv-flows_csv' ORDER BY line")" \
	$'6|unknown port\n7|the period ends before it begins\n8|the period cannot be read: write 2019, 2019-Q1, 2019-03, 2019-03-05, Mar 2019 or two with / between\n9|the direction is not in, out or both\n10|the measure is empty or unknown\n11|the value is no number\n12|the value is negative\n13|repeats row 2\n14|the value is no number\n15|the value is out of range\n17|the value is out of range'
is "periods run to the day after their last" "$(q $db "SELECT port_code, period_from, period_to, value FROM portext.local_flow WHERE source = 'csv-flows_csv' ORDER BY 1, 2")" \
	$'0108|2019-03-05|2019-03-11|1000\nmanzhouli-rail|2019-01-01|2020-01-01|0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001\nmanzhouli-rail|2019-03-01|2019-04-01|12.5\nmanzhouli-rail|2019-04-01|2019-07-01|0\nmanzhouli-rail|2020-01-01|2021-01-01|0'

before=$(state)
printf 'port,period,direction,measure,value\nmanzhouli-rail,2020,in,M\xfcll,1\n' >"$dir/latin1.csv"
like "a file in another encoding is refused whole" "$(load flows_csv "$dir/latin1.csv")" 'invalid byte sequence for encoding "UTF8": 0xfc'
printf 'port,period,direction,measure,value\nmanzhouli-rail,2020,in,m,1\nmanzhouli-rail,2021,in,m,12' >"$dir/cut.csv"
refused "so is one that is cut off in a value" "$dir/cut.csv is missing, empty or cut off" "$whole" flows_csv "$dir/cut.csv"
printf 'port,period,direction,measure,value\nmanzhouli-rail,2020,in,m,1\nmanzhouli-rail,20\n' >"$dir/short.csv"
like "or has a short line" "$(load flows_csv "$dir/short.csv")" 'missing data for column "direction"'
printf 'port;period\n' >"$dir/other.csv"
refused "or another layout" "the first line of $dir/other.csv is unknown: \"port;period\"" "It must be port,period,direction,measure,value." flows_csv "$dir/other.csv"
refused "or the layout of something else" "the first line of $dir/flows.csv is unknown: \"port,period,direction,measure,value\"" \
	"A Border Crossing Entry table begins with Port Name,State,Port Code,Border,Date,Measure,Value." us_border_crossing "$dir/flows.csv"
xz -dc $file | head -c 200000 | xz >"$dir/half.csv.xz"
refused "or is half a table" "$dir/half.csv.xz is missing, empty or cut off" "$whole" us_border_crossing "$dir/half.csv.xz"
for f in sql/load/*.sql; do
	l=$(basename "$f" .sql)
	grep -q 'psql -d' "$f" || continue # part of others
	refused "$l refuses a file that is not there" "$dir/none.csv is missing, empty or cut off" "$whole" "$l" "$dir/none.csv"
	like "$l refuses another layout" "$(load "$l" "$dir/other.csv")" "ERROR:  the first line of $dir/other.csv is unknown: \"port;period\"$"
	is "$l refuses to run without a file" "$(psql -qX -d $db -f "$f" 2>&1 | sed 's/^psql:[^ ]* //'; echo "status ${PIPESTATUS[0]}")" \
		"ERROR:  the variable file is not set"$'\n'"HINT:  Usage: $(sed -n 's/^--\tpsql/psql/p' "$f" | head -1)"$'\nstatus 3'
done
is "and nothing of them stays" "$(state)" "$before"
like "with its encoding named it is read" "$(load flows_csv "$dir/latin1.csv" -v encoding=LATIN1)" ' 1 \| +1 \| +0 \| +0 \| +0 \| +0 \| +0$'

printf 'port_code,name,transport,country_iso2,neighbour_iso2,region,province,opened_year,latitude,longitude,counterpart_name,counterpart_latitude,counterpart_longitude\nx1,Ixe,rail,BR,BO,,,1950,-16,-58.5,Boa,,\nx2,Bad,rail,BR,BO,,,1950,-96,-58.5,,,\nx3,Bad,camel,BR,BO,,,,1,1,,,\nx4,Bad,,BR,BO,,,0,1,1,,,\nx5,Bad,,BR,BO,,,0000,1,1,,,\n' >"$dir/ports.csv"
load ports "$dir/ports.csv" >/dev/null
load ports "$dir/ports.csv" >/dev/null
is "ports of any country" "$(q $db "SELECT port_code, name, country, neighbour, latitude FROM portext.port WHERE is_local AND port_code ~ '^x'; SELECT line, rule FROM portext.local_reject WHERE source = 'csv-ports' ORDER BY 1")" \
	"x1|Ixe|||-16"$'\n3|the position cannot be read\n4|the transport is not air, rail, road, river or pipeline\n5|the year cannot be read\n6|the year cannot be read'
printf 'city_code,name,country_iso2,admin1,population,population_year,latitude,longitude\ny1,City,BR,MS,1000,2010,-16.1,-58.4\ny2,Bad,Brazil,,,,1,1\n' >"$dir/cities.csv"
load cities "$dir/cities.csv" >/dev/null
is "cities" "$(q $db "SELECT city_code, population FROM portext.local_city; SELECT line, rule FROM portext.local_reject WHERE source = 'csv-cities'")" $'y1|1000\n3|the country is not two capital letters'
printf 'port_code,event_date,event,note\nx1,2001-05,opened,\nx9,2001,opened,\nx1,yesterday,closed,\n' >"$dir/events.csv"
load events "$dir/events.csv" >/dev/null
load events "$dir/events.csv" >/dev/null
is "events" "$(q $db "SELECT port_code, event_date, date_precision, event FROM portext.local_event; SELECT line, rule FROM portext.local_reject WHERE source = 'csv-events' ORDER BY 1")" \
	$'x1|2001-05-01|month|opened\n3|unknown port\n4|the date cannot be read: write 2019, 2019-03 or 2019-03-05'
# One session and several loaders, as with \i: what one takes for granted is not the wish of the next.
printf 'neighbour_iso2,part,points,wkt\nBO,1,2,"LINESTRING(0 0,1 1)"\n' >"$dir/a.csv"
printf 'neighbour_iso2,part,points,wkt\nBO,2,2,"LINESTRING(1 1,2 2)"\n' >"$dir/b.csv"
printf 'port,period,direction,measure,value\nx1,1999,in,together,1\n' >"$dir/together.csv"
cat >"$dir/session.sql" <<SQL
\\encoding LATIN1
\\set file $dir/a.csv
\\i sql/load/border_lines.sql
\\set file $dir/b.csv
\\i sql/load/border_lines.sql
\\set file $dir/ports.csv
\\i sql/load/ports.sql
\\set unit t
\\set file $dir/together.csv
\\i sql/load/flows_csv.sql
\\unset unit
\\i sql/load/flows_csv.sql
\\set file $dir/events.csv
\\i sql/load/events.sql
SELECT FROM no_table_of_this_name;
\\echo still :ENCODING
SQL
like "a session goes on with its own settings after loads" "$(psql -qX -d $db -f "$dir/session.sql" 2>&1)" 'still LATIN1$'
load flows_csv "$dir/together.csv" >/dev/null
is "each loader has its own source and unit in it" "$(q $db "SELECT part, source FROM portext.local_border ORDER BY 1; SELECT source, unit FROM portext.local_flow WHERE measure = 'together' ORDER BY unit;
	SELECT source, count(*) FROM portext.local_reject WHERE source IN ('csv-ports', 'csv-events') GROUP BY 1 ORDER BY 1")" \
	"1|$dir/a.csv
2|$dir/b.csv
csv-flows_csv|t
csv-flows_csv|
csv-events|2
csv-ports|4"
q $db "DELETE FROM portext.local_flow WHERE measure = 'together'" >/dev/null
printf '\\set file %s\n\\i sql/load/ports.sql\nSELECT 1 + 1 AS goes_on;\n\\q\n' "$dir/other.csv" >"$dir/session.sql"
like "a session at a terminal goes on when another layout is refused: no transaction has begun" "$(script -qc "psql -qXnAt -P pager=off -d $db" /dev/null <"$dir/session.sql" | tr -d '\r')" '(^|# )2$'
# The README's table of scripts, first lines and rows.
perl -ne 'print "$1 $2\n" if /^\| `(\w+)\.sql` \| `([^`]*)` \| `[^`]*` \|$/; print "$1 $2\n" if /^\| `(\w+)\.sql` \| `[^`]*` \| `([^`]*)` \|$/' README.md >"$dir/samples"
for l in ports cities events flows_csv; do
	sed -n "s/^$l //p" "$dir/samples" >"$dir/sample.csv"
	like "$l takes the README's row" "$(load $l "$dir/sample.csv" -v source=readme -v unit=person-times; q $db "SELECT count(*) FROM portext.local_reject WHERE source = 'readme'")" '^0$'
done
is "and they are there" "$(q $db "SELECT (SELECT name FROM portext.local_port WHERE source = 'readme'), (SELECT population FROM portext.local_city WHERE source = 'readme'), (SELECT event_date FROM portext.local_event WHERE source = 'readme'),
	(SELECT value || unit FROM portext.local_flow WHERE source = 'readme')")" 'Narva|53000|1991-09-01|1025000person-times'
q $db "DELETE FROM portext.local_flow WHERE source = 'readme'; DELETE FROM portext.local_event WHERE source = 'readme'; DELETE FROM portext.local_city WHERE source = 'readme'; DELETE FROM portext.local_port WHERE source = 'readme'" >/dev/null
# Roles with the rights that the README grants: the first statement for flows, all of them for the loaders.
tr '\n' ' ' <README.md | perl -ne 'print "$1 writer;\n" while /`(GRANT [^`]* TO) clerk`/g' >"$dir/grants.sql"
like "the README grants rights on flows, on the rest and on sequences" "$(wc -l <"$dir/grants.sql")" '^3$'
q postgres "DROP ROLE IF EXISTS load_clerk; CREATE ROLE load_clerk LOGIN PASSWORD 'clerk'" >/dev/null
as_clerk() { PGUSER=load_clerk PGPASSWORD=clerk psql -qXAt -v ON_ERROR_STOP=1 -d $db "$@" 2>&1; }
cat >"$dir/clerk.sql" <<'SQL'
INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) VALUES ('x1', '2020-01-01', '2021-01-01', 'in', 'c', 1), ('x1', '2021-01-01', '2022-01-01', 'in', 'c', 2);
UPDATE portext.local_flow SET value = value + 1 WHERE measure = 'c';
INSERT INTO portext.local_flow SELECT * FROM portext.local_flow WHERE measure = 'c' ON CONFLICT (id) DO UPDATE SET direction = 'out';
WITH gone AS (DELETE FROM portext.local_flow WHERE measure = 'c' AND value = 2 RETURNING *)
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) SELECT port_code, period_from, period_to, 'both', measure, 7 FROM gone;
DELETE FROM portext.local_flow WHERE measure = 'c' AND value = 3;
SQL
q $db "$(head -1 "$dir/grants.sql" | sed 's/writer;/load_clerk/')" >/dev/null
for level in 'read committed' 'repeatable read'; do
	is "a role that may write flows inserts, updates and deletes them, $level" "$(as_clerk -c "SET default_transaction_isolation = '$level'; SET search_path = ''" -f "$dir/clerk.sql" \
		-c "SELECT direction, state::text FROM portext.local_rollup WHERE measure = 'c' AND portext.entity_count(state) > 0")" 'both|{"x1": 7}'
	q $db "DELETE FROM portext.local_flow WHERE measure = 'c'" >/dev/null
done
like "it may not load, for it may not write ports" "$(PGUSER=load_clerk PGPASSWORD=clerk load us_border_crossing "$dir/new.csv" -v source=clerk -v prefix=c)" 'permission denied for table local_port'
sed 's/writer;/load_clerk;/' "$dir/grants.sql" | psql -qX -d $db
like "a role that may write all of it loads" "$(PGUSER=load_clerk PGPASSWORD=clerk PGOPTIONS="-c search_path=''" load us_border_crossing "$dir/new.csv" -v source=clerk -v prefix=c)" ' 5 \| +3 \| +0 \| +0 \| +1 \| +1 \| +1$'
like "ports, too" "$(PGUSER=load_clerk PGPASSWORD=clerk PGOPTIONS="-c search_path=''" load ports "$dir/ports.csv")" '^1 ports'
q $db "DROP OWNED BY load_clerk; DROP ROLE load_clerk" >/dev/null
q postgres "DROP DATABASE $db"

# A server of its own, killed in the middle of a load.
(
	. test/lib/cluster.sh
	cluster_guard
	trap 'cluster_stop; rm -rf "$dir"' EXIT
	cluster_new >/dev/null 2>&1
	fresh killed
	q killed "CREATE EXTENSION portext CASCADE" >/dev/null
	DB=killed load us_border_crossing $file >"$dir/killed.log" 2>&1 &
	loader=$!
	until grep -q 'writing flows' "$dir/killed.log" || ! kill -0 $loader 2>/dev/null; do sleep 0.1; done
	for i in $(seq 600); do
		[ "$(q killed "SELECT count(*) FROM pg_stat_activity WHERE query ~ '^INSERT INTO portext.local_flow'")" = 0 ] || break
		sleep 0.1
	done
	sleep 0.5
	postmaster=$(head -1 "$CLUSTER/data/postmaster.pid")
	children=$(ps -o pid= --ppid "$postmaster")
	kill -9 $postmaster $children
	wait $loader
	echo "$?" >"$dir/loader.status"
	sleep 1
	rm "$CLUSTER/data/postmaster.pid" # where nobody reaps it, the dead server still counts as running
	bindir=$("$PG_CONFIG" --bindir)
	as_server "$bindir/pg_ctl" -D "$CLUSTER/data" -l "$CLUSTER/log" -o "-p $PGPORT" -s -w start >"$dir/start.log" 2>&1 || tail -5 "$CLUSTER/log" | sed "s/^/# /"
	q killed "SELECT count(*) FROM portext.local_flow; SELECT count(*) FROM portext.local_port; SELECT count(*) FROM portext.local_rollup WHERE measure <> ''; SELECT count(*) FROM portext.local_reject" >"$dir/after"
	xz -dc $file | head -1001 >"$dir/head.csv"
	DB=killed load us_border_crossing "$dir/head.csv" >"$dir/again.log" 2>&1
	trap 'cluster_stop' EXIT
)
like "the server dies in the middle of a load" "$(cat "$dir/loader.status")" '^[1-9]'
like "while it writes" "$(cat "$dir/killed.log")" 'writing flows'
is "after a restart nothing of the load is there" "$(cat "$dir/after")" $'0\n0\n0\n0'
like "and a load works again" "$(cat "$dir/again.log")" '1000 \| +1000 \|'
done_testing
