#!/bin/bash
# Every layer in QGIS, with default styles, drawn and edited.
export PGDATABASE=clients_$(basename "$0" .sh)
export XDG_RUNTIME_DIR=$OUT HOME=$OUT
exec /usr/bin/python3 test/clients/qgis_check.py 2>"$OUT/qgis.log"
