#!/bin/bash
# Every layer through GDAL: fields and geometry known, copied to GeoPackage and GeoJSON without loss.
export PGDATABASE=clients_$(basename "$0" .sh)
. test/lib/tap.sh
source="PG:host=$PGHOST port=$PGPORT dbname=$PGDATABASE user=$PGUSER password=$PGPASSWORD"
copy() { # copy FORMAT FILE VIEW COUNT
	rm -f "$2"
	ogr2ogr -f "$1" "$2" "$source" "portext.$3" && ogrinfo -so -al "$2" | grep "^Feature Count: $4$"
}
for view in $(q "$PGDATABASE" "SELECT f_table_name FROM public.geometry_columns JOIN pg_catalog.pg_views
		ON viewname = f_table_name AND schemaname = f_table_schema WHERE f_table_schema = 'portext' ORDER BY 1"); do
	count=$(q "$PGDATABASE" "SELECT count(*) FROM portext.$view")
	columns=$(q "$PGDATABASE" "SELECT count(*) FROM information_schema.columns
		WHERE table_schema = 'portext' AND table_name = '$view' AND column_name <> 'geom'")
	info=$(ogrinfo -so "$source" "portext.$view" 2>&1)
	like "$view: ogrinfo counts $count features" "$info" "^Feature Count: $count$"
	is "$view: every column is a field" "$(grep -cE '^[A-Za-z0-9_]+: (String|Integer|Integer64|Real|Date|DateTime|Integer\(Boolean\)) ' <<<"$info")" "$columns"
	like "$view: the geometry's type is known" "$info" '^Geometry: (Point|Line String)'
	like "$view: and its reference system" "$info" '"WGS 84"'
	ok "$view: copied to GeoPackage whole" copy GPKG "$OUT/$view.gpkg" "$view" "$count"
	ok "$view: copied to GeoJSON whole" copy GeoJSON "$OUT/$view.geojson" "$view" "$count"
done
done_testing
