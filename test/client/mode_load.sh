#!/bin/bash
# Loading GeoNames cities and border lines, and the modes of the ports of the United States that follow.
cd "$(dirname "$0")/../.." || exit 1
. test/lib/tap.sh
db=mode_load
psql -qX -c "CREATE DATABASE $db" && psql -qX -d $db -c 'CREATE EXTENSION portext CASCADE' 2>/dev/null
q() { psql -qXAt -v ON_ERROR_STOP=1 -d $db "$@" 2>&1; }
dir=$(mktemp -d)

is "cities of North America" "$(q -v file=test/data/cities_na.csv -f sql/load/geonames_cities.sql)" "reading test/data/cities_na.csv
1215 cities of 5000 people or more"
is "again" "$(q -v file=test/data/cities_na.csv -v people=10000 -f sql/load/geonames_cities.sql | tail -1; q -c 'SELECT count(*), count(DISTINCT city_code) FROM portext.local_city')" "$(tail -n +2 test/data/cities_na.csv | perl -ne '$n++ if (split /,/)[-4] >= 10000; END { print "$n cities of 10000 people or more\n" }')
1215|1215"
is "border lines, twice" "$(for i in 1 2; do q -v file=test/data/border_na.csv -v source=na -f sql/load/border_lines.sql; done; q -c 'SELECT count(*) FROM portext.local_border')" "reading test/data/border_na.csv
5 lines
reading test/data/border_na.csv
5 lines
5"
head -c 20000 test/data/border_na.csv >"$dir/cut.csv"
xz <test/data/cities_na.csv >"$dir/cities.csv.xz"
printf 'a,b\n1,2\n' >"$dir/other.csv"
for file in none cut other; do
	like "border lines of a file that is $file are refused" "$(q -v file="$dir/$file.csv" -v source=na -f sql/load/border_lines.sql; echo "status $?")" 'status 3'
done
is "and those that are there stay" "$(q -c "SELECT count(*) FROM portext.local_border WHERE source = 'na'")" 5
like "cities of a file that is cut off are refused" "$(head -c 20000 test/data/cities_na.csv >"$dir/cut.csv"; q -v file="$dir/cut.csv" -f sql/load/geonames_cities.sql)" 'cut off'
like "a packed file is read, whatever the encoding of the client" "$(q -c 'TRUNCATE portext.local_city'; PGCLIENTENCODING=LATIN1 q -v file="$dir/cities.csv.xz" -f sql/load/geonames_cities.sql; q -c "SELECT name FROM portext.local_city WHERE name ~ '^Ciudad Ju'")" '^Ciudad Juárez$'
printf '1\tTown "quoted"\tTown\t\t10.5\t20.5\tP\tPPL\tTD\t\t01\t\t\t\t7000\t\t300\tAfrica/Ndjamena\t2020-01-01\n2\tPart\tPart\t\t10\t20\tP\tPPLX\tTD\t\t01\t\t\t\t70000\t\t300\tAfrica/Ndjamena\t2020-01-01\n3\tHill\tHill\t\t10\t20\tT\tHLL\tTD\t\t01\t\t\t\t0\t\t300\tAfrica/Ndjamena\t2020-01-01\n' >"$dir/dump.txt"
is "an extract of GeoNames" "$(q -v file="$dir/dump.txt" -f sql/load/geonames_cities.sql | tail -n +2; q -c "SELECT city_code, name, public.ST_AsText(geom) FROM portext.local_city WHERE country_iso2 = 'TD'")" '1 cities of 5000 people or more
gn-1|Town "quoted"|POINT(20.5 10.5)'
printf 'city_id,name,country_iso2,admin1,lat,lon,population,feature_code,nearest_port_code,nearest_port_km\na,Good,TD,x,1,1,9000,,,\nb,Swapped,TD,x,117,30,9000,,,\nc,,TD,x,1,1,9000,,,\nd,D,Chad,x,1,1,9000,,,\ne,E,TD,x,1,1,-5,,,\na,Good,TD,x,1,1,9000,,,\n' >"$dir/bad.csv"
is "bad rows are reported, the good one is loaded" "$(q -v file="$dir/bad.csv" -f sql/load/geonames_cities.sql | tail -n +2; q -c "SELECT line, rule FROM portext.local_reject WHERE source = 'geonames' ORDER BY line; SELECT city_code FROM portext.local_city WHERE city_code ~ '^[a-e]$'")" '5 rows rejected, see portext.local_reject
1 cities of 5000 people or more
3|the position cannot be read
4|the name is empty
5|the country is not two capital letters
6|the population cannot be read
7|repeats an earlier row
a'
like "another layout is refused" "$(q -v file="$dir/other.csv" -f sql/load/geonames_cities.sql)" 'ERROR: .*the first line of .*/other.csv is unknown: "a,b"'

q -c "INSERT INTO portext.local_port (port_code, name, country_iso2, neighbour_iso2, geom) SELECT v.code, v.name, 'US', v.iso2, public.ST_SetSRID(public.ST_MakePoint(v.x, v.y), 4326)
	FROM (VALUES ('2402', 'El Paso', 'MX', -106.4494, 31.7644), ('3318', 'Eureka', 'CA', -115.0557, 48.9966)) v (code, name, iso2, x, y)"
is "modes" "$(q -c "SELECT name, predicted_mode, home_city, away_city FROM portext.mode_local ORDER BY name")" "El Paso|CC|El Paso|Ciudad Juárez
Eureka|PP|Kalispell|Cranbrook"
is "distance from the border" "$(q -c "SELECT bool_and(border_km < 5) FROM portext.port_border WHERE is_local")" t
rm -rf "$dir"
psql -qX -c "DROP DATABASE $db"
done_testing
