#!/bin/bash
# Tiles as the role reader: decoded with Mapbox' own decoder and drawn by MapLibre in Chromium.
export PGDATABASE=clients_$(basename "$0" .sh)
exec node "$OUT/tiles.mjs"
