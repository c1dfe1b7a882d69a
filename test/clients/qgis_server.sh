#!/bin/bash
# QGIS Server serves a project whose layers are portext views: GetMap gives a picture, GetFeature every port.
export PGDATABASE=clients_$(basename "$0" .sh)
. test/lib/tap.sh
export QUERY_STRING QGIS_PROJECT_FILE="$OUT/server.qgs" QT_QPA_PLATFORM=offscreen HOME="$OUT" XDG_RUNTIME_DIR="$OUT" REQUEST_METHOD=GET
/usr/bin/python3 test/clients/qgis_project.py >"$OUT/project.log" 2>&1
ok "a project with the layers port, crossing and border" test -s "$QGIS_PROJECT_FILE"
QUERY_STRING="SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=port,crossing,border&STYLES=&CRS=EPSG:4326&BBOX=17,72,55,137&WIDTH=1000&HEIGHT=600&FORMAT=image/png"
/usr/lib/cgi-bin/qgis_mapserv.fcgi >"$OUT/getmap.raw" 2>"$OUT/getmap.log"
perl -0777 -pe 's/^.*?\r?\n\r?\n//s' "$OUT/getmap.raw" >"$OUT/qgis-server.png"
is "GetMap answers with a PNG" "$(head -c 8 "$OUT/qgis-server.png" | od -An -tx1 | tr -d ' \n')" 89504e470d0a1a0a
ok "and it is no empty one" test "$(stat -c %s "$OUT/qgis-server.png")" -gt 10000
QUERY_STRING="SERVICE=WFS&VERSION=1.1.0&REQUEST=GetFeature&TYPENAME=port&OUTPUTFORMAT=GeoJSON"
features=$(/usr/lib/cgi-bin/qgis_mapserv.fcgi 2>"$OUT/getfeature.log" | grep -o '"type" *: *"Feature"' | wc -l)
is "GetFeature gives every port" "$features" "$(q "$PGDATABASE" 'SELECT count(*) FROM portext.port')"
done_testing
