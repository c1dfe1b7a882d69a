#!/bin/bash
# Every layer in QGIS, with default styles, drawn and edited.
export XDG_RUNTIME_DIR=$OUT HOME=$OUT
psql -qXAt -c 'SELECT portext.install_qgis_styles()' >/dev/null || exit 1
exec /usr/bin/python3 test/clients/qgis_check.py 2>"$OUT/qgis.log"
