#!/bin/bash
# data/csv2sql: a row that breaks a rule stops the build with file and line; the same input gives the same bytes.
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0
ok() { # ok STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
fresh() { # a copy of the facts and their schema
	rm -rf "$dir/data" "$dir/sql"
	mkdir -p "$dir/sql/install" && cp -r data "$dir/data" && cp sql/install/50-tables.sql "$dir/sql/install/"
}
refused() { # refused NAME FILE LINE MESSAGE PERL: after the change PERL to FILE, csv2sql says FILE:LINE: MESSAGE
	local out rc
	fresh
	perl -i -pe "$5" "$dir/data/$2"
	out=$("$dir/data/csv2sql" "$dir/data/tables.list" 2>&1 >/dev/null)
	rc=$?
	if [ $rc -ne 0 ] && [[ $out == "$dir/data/$2:$3: "*"$4"* ]] && [ "$(wc -l <<<"$out")" -eq 1 ]; then
		ok 0 "$1"
	else
		ok 1 "$1"
		echo "# exit status $rc, message: $out"
	fi
}

fresh
"$dir/data/csv2sql" "$dir/data/tables.list" >"$dir/one" 2>"$dir/err"
ok $? 'the facts pass'
[ ! -s "$dir/err" ]
ok $? 'without a warning'
"$dir/data/csv2sql" "$dir/data/tables.list" | cmp -s - "$dir/one"
ok $? 'the same input gives the same bytes'
[ "$(awk '/^INSERT/ { n = 0 } /^\(/ { if (++n > most) most = n } END { print most }' "$dir/one")" -le 500 ]
ok $? 'no statement has more than 500 rows'

refused 'too many fields' port.csv 2 '26 fields, the header has 25' 's/$/,more/ if $. == 2'
refused 'too few fields' place.csv 3 '7 fields, the header has 8' 's/,[^,]*$/\n/ if $. == 3'
refused 'invalid UTF-8' country.csv 4 'invalid UTF-8' 's/,false/\xc3,false/ if $. == 4'
refused 'a truncated UTF-8 character' port.csv 5 'invalid UTF-8' 's/\xe5/\xe5\x2c/ if $. == 5'
refused 'carriage return' stage.csv 2 'carriage return' 's/$/\r/ if $. == 2'
refused 'control character' stage.csv 3 'control character' 's/rapid|slow/\x07/ if $. == 3'
refused 'no line end at the end of the file' factor.csv 5 'does not end with LF' 'chomp if eof'
refused 'wrong header' city.csv 1 'the header must be' 's/population_year/year/ if $. == 1'
refused 'byte order mark' city.csv 1 'the header must be' 's/^/\xef\xbb\xbf/ if $. == 1'
refused 'duplicate id' place.csv 3 'duplicate id "1"' 's/^2,/1,/ if $. == 3'
refused 'duplicate key' place.csv 3 'duplicate place_code "aershan"' 's/ahetubieke/aershan/ if $. == 3'
refused 'duplicate key of several columns' seat.csv 3 'duplicate place_code "aershan", side "away", role' \
	'$_ = "2" . substr($first, 1) if $. == 3; $first = $_ if $. == 2'
refused 'not sorted' figure.csv 3 'not sorted by figure_code' 's/^(\d+),[^,]*/$1,aaa/ if $. == 3'
refused 'missing required value' place.csv 2 'name_en is missing' 's/,Aershan,/,,/ if $. == 2'
refused 'missing position' city.csv 2 'lat, lon is missing' 's/,20\.4335,99\.8762,/,,,/ if $. == 2'
refused 'half a position' port.csv 2 'only one of the two is given' 's/,47\.318,/,,/ if $. == 2'
refused 'unknown place' port.csv 2 'place_code: "elsewhere" is not in ref_place' 's/aershan-road,aershan/aershan-road,elsewhere/ if $. == 2'
refused 'unknown country' border.csv 8 'neighbour_iso2: "ZZ" is not in ref_country' 's/land_border,[A-Z]{2}/land_border,ZZ/ if $. == 8'
refused 'unknown source' event.csv 2 'source_code: "hearsay" is not in ref_source' 's/guoying-aershan-2019/hearsay/ if $. == 2'
refused 'unknown source in a list' port.csv 2 'fact_source: "hearsay" is not in ref_source' 's/guoying-aershan-2019/hearsay/ if $. == 2'
refused 'id of a local row' place.csv 84 'id: 1000000 is not between' 's/^83,/1000000,/ if $. == 84'
refused 'id zero' place.csv 2 'id: 0 is not between' 's/^1,/0,/ if $. == 2'
refused 'id that is no integer' place.csv 2 '"1.5" is not of type integer' 's/^1,/1.5,/ if $. == 2'
refused 'number' flow.csv 2 '"7385,76" is not of type numeric' 's/7385\.76/"7385,76"/ if $. == 2'
refused 'NaN' flow.csv 2 '"NaN" is not of type numeric' 's/7385\.76/NaN/ if $. == 2'
refused 'negative value' flow.csv 2 'breaks CHECK (value >= 0::numeric)' 's/7385\.76/-1/ if $. == 2'
refused 'date' flow.csv 2 '"2018-02-29" is not of type date' 's/2018-01-01/2018-02-29/ if $. == 2'
refused 'period that ends before it begins' flow.csv 2 'breaks CHECK (period_from < period_to)' 's/2019-01-01/2017-01-01/ if $. == 2'
refused 'period with one end' flow.csv 2 'breaks CHECK ((period_from IS NULL) = (period_to IS NULL))' 's/2019-01-01// if $. == 2'
refused 'enumeration' event.csv 2 'breaks CHECK (event IN' 's/,approved,/,permitted,/ if $. == 2'
refused 'mode' place.csv 2 'mode: "CPCC" is not of type port_mode' 's/,PP$/,CPCC/ if $. == 2'
refused 'boolean' country.csv 2 'is_land_neighbour: "yes" is not of type boolean' 's/,true/,yes/ if $. == 2'
refused 'year out of range' port.csv 2 'breaks CHECK (opened_year BETWEEN 1800 AND 2100)' 's/,2004,/,20040,/ if $. == 2'
refused 'pattern' port.csv 2 'breaks CHECK (unlocode ~' 's/CNARS/CN ARS/ if $. == 2'
refused 'latitude out of range' port.csv 2 'lat, lon: "147.318, 119.505" is not a latitude and longitude' 's/,47\.318/,147.318/ if $. == 2'
refused 'longitude out of range' city.csv 2 'is not a latitude and longitude' 's/,99\.8762/,199.8762/ if $. == 2'
refused 'latitude and longitude exchanged' port.csv 2 'is not a latitude and longitude' 's/47\.318,119\.505/119.505,47.318/ if $. == 2'
refused 'WKT of another kind' border.csv 2 'is not a LINESTRING' 's/LINESTRING/POLYGON/ if $. == 2'
refused 'WKT without its bracket' border.csv 3 'is not a LINESTRING' 's/\)"/"/ if $. == 3'
refused 'WKT with a bad point' border.csv 4 'is not a longitude and latitude' 's/,(\S+) (\S+),/,$1$2,/ if $. == 4'
refused 'WKT of one point' border.csv 5 'a line needs two points' 's/,[^,]*\)"/)"/ and s/(LINESTRING\([^,]*),.*\)/$1)/ if $. == 5'
refused 'a figure without a value' figure.csv 2 'breaks CHECK (value IS NOT NULL OR text_value IS NOT NULL)' 's/,5\.6,/,,/ if $. == 2'
refused 'blank at the end' place.csv 2 'begins or ends with a blank' 's/Aershan/Aershan / if $. == 2'
refused 'text the server would replace' place.csv 2 'contains text that an extension script would replace: MODULE_PATHNAME' 's/Aershan/MODULE_PATHNAME/ if $. == 2'
refused 'an extension macro' place.csv 2 'contains text that an extension script would replace: @extschema@' 's/Aershan/\@extschema\@/ if $. == 2'
refused 'quote in an unquoted field' place.csv 2 'quote inside an unquoted field' 's/Aershan/Aer"shan/ if $. == 2'
refused 'quote that is not closed' claim.csv 431 'quoted field is not closed' 's/,"?([^,"]*)"?$/,"$1/ if $. == 431'
refused 'text after a closing quote' place.csv 2 'text after its closing quote' 's/Aershan/"Aershan"x/ if $. == 2'
refused 'a release that is no date' VERSION 1 'is not a date' 's/^/v/'

# Quotes, commas and line ends inside a field are data; the line of a later error still is the file's own.
fresh
perl -i -pe 's/Aershan,Inner/"Aer ""the"",\nshan \\ it\x27s",Inner/ if $. == 2' "$dir/data/place.csv"
"$dir/data/csv2sql" "$dir/data/tables.list" >"$dir/two"
grep -A1 "^('1', 'aershan', E'Aer \"the\",$" "$dir/two" | grep -q "^shan \\\\\\\\ it''s', 'Inner"
ok $? 'quotes, commas, line ends and backslashes inside a field are kept'
perl -i -pe 's/^2,/x,/ if $. == 4' "$dir/data/place.csv"
"$dir/data/csv2sql" "$dir/data/tables.list" 2>&1 >/dev/null | grep -q "place.csv:4: id"
ok $? 'lines are counted inside quotes'

fresh
perl -i -pe 's/opened_year BETWEEN 1800 AND 2100/mod(opened_year, 2) = 0/' "$dir/sql/install/50-tables.sql"
"$dir/data/csv2sql" "$dir/data/tables.list" 2>&1 >/dev/null | grep -q 'cannot read CHECK (mod'
ok $? 'a check that csv2sql cannot read stops the build, too'
fresh
sed -i '/^ref_city /d' "$dir/data/tables.list"
"$dir/data/csv2sql" "$dir/data/tables.list" 2>&1 >/dev/null | grep -q 'no CSV file for table ref_city'
ok $? 'a table without a file stops the build'

# From one release to the next: what changed, and no more.
fresh
since() { # since PERL FILE: what csv2sql says of a release in which FILE is changed by PERL and the date is later
	rm -rf "$dir/next" && mkdir -p "$dir/next/sql/install" && cp -r data "$dir/next/data" && cp sql/install/50-tables.sql "$dir/next/sql/install/"
	echo 2099-12-31 >"$dir/next/data/VERSION"
	perl -i -pe "$1" "$dir/next/data/$2"
	"$dir/data/csv2sql" --since "$dir/data/tables.list" "$dir/next/data/tables.list" 2>&1
}
never() { # never NAME PERL FILE MESSAGE: such a release is refused with the message
	since "$2" "$3" | grep -qF "$3: $4"
	ok $? "$1"
}
[ "$(since 's/^1,aershan,Aershan,/1,aershan,Arxan,/' place.csv | grep -c "^('")" -eq 1 ]
ok $? 'a changed row is written, and no other'
since 's/^1,aershan,Aershan,/1,aershan,Arxan,/' place.csv | grep -q '^ON CONFLICT (id) DO UPDATE SET'
ok $? 'over the row that is there'
[ -z "$(since '' place.csv)" ]
ok $? 'without a change nothing is written, whatever the date'
since 's/.*/2020-01-01/' VERSION >/dev/null
ok $? 'without a change an earlier date is no error'
never 'a row that is gone' '$_ = "" if /^1,aershan,/' port_context.csv 'id 1 of the last release is missing; a key is never deleted'
never 'a key that changed' 's/^1,alashankou-ftz-area,/1,alashankou-ftz-areas,/' figure.csv 'id 1: figure_code was "alashankou-ftz-area" in the last release; a key never changes'
never 'an id that changed' 's/^1,aershan,/9001,aershan,/' port_context.csv 'id 1 of the last release is missing'
never 'two rows that exchange a key' 's/^1,PP,/1,CPPC,/ or s/^2,CPPC,/2,PP,/' mode.csv 'id 1 takes mode "CPPC" from id 2; that needs two releases'
fresh
"$dir/data/csv2sql" --since "$dir/data/tables.list" >/dev/null 2>"$dir/err" || grep -q '^usage:' "$dir/err"
ok $? 'a missing list is told'
perl -i -pe 's/^1,aershan,Aershan,/1,aershan,Arxan,/' "$dir/data/place.csv"
data/csv2sql --since data/tables.list "$dir/data/tables.list" 2>&1 >/dev/null | grep -q 'needs a later date'
ok $? 'changed facts need a later date'
echo "1..$n"
