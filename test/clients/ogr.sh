#!/bin/bash
# Every layer through GDAL: fields and geometry known, copied to GeoPackage and GeoJSON without loss.
. test/lib/tap.sh
source="PG:host=$PGHOST port=$PGPORT dbname=$PGDATABASE user=$PGUSER password=$PGPASSWORD"
for view in $(psql -qXAt -c "SELECT f_table_name FROM public.geometry_columns JOIN pg_catalog.pg_views ON viewname = f_table_name AND schemaname = f_table_schema
		WHERE f_table_schema = 'portext' ORDER BY 1"); do
	count=$(psql -qXAt -c "SELECT count(*) FROM portext.$view")
	columns=$(psql -qXAt -c "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'portext' AND table_name = '$view' AND column_name <> 'geom'")
	ogrinfo -so "$source" "portext.$view" >"$OUT/ogr.txt" 2>&1
	grep -q "^Feature Count: $count$" "$OUT/ogr.txt"
	ok $? "$view: ogrinfo counts $count features"
	[ "$(grep -cE '^[A-Za-z0-9_]+: (String|Integer|Integer64|Real|Date|DateTime|Integer\(Boolean\)) ' "$OUT/ogr.txt")" -eq "$columns" ]
	ok $? "$view: ogrinfo shows its $columns fields"
	grep -qE '^Geometry: (Point|Line String)' "$OUT/ogr.txt" && grep -q '"WGS 84"' "$OUT/ogr.txt"
	ok $? "$view: geometry type and reference system known"
	for format in GPKG:gpkg GeoJSON:geojson; do
		rm -f "$OUT/$view.${format#*:}"
		ogr2ogr -f "${format%:*}" "$OUT/$view.${format#*:}" "$source" "portext.$view" >"$OUT/ogr.txt" 2>&1 &&
			ogrinfo -so -al "$OUT/$view.${format#*:}" 2>&1 | grep -q "^Feature Count: $count$"
		ok $? "$view: copied to ${format%:*} whole"
	done
done
done_testing
