#!/bin/bash
# Tiles as the role reader: decoded with Mapbox' own decoder and drawn by MapLibre in Chromium.
exec node "$OUT/tiles.mjs"
