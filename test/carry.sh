#!/bin/bash
# carry.sh write DIR: rows in every local table and states of every kind, dumped into DIR, and what they were.
# carry.sh read DIR: restores that dump, of an older server, and compares: as text, in binary form, as stored.
# The last line is "N passed, N failed".
dir=$(realpath -m "$2")
cd "$(dirname "$0")/.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
. test/lib/tap.sh
. test/lib/local.sh
db=carried
done_counting() {
	echo "$((tests - bad)) passed, $bad failed"
	exit $((bad > 0))
}

states() { # states by each kind of key, of whole, decimal and binary totals, some of them wide
	psql -qX -v ON_ERROR_STOP=1 -d $db <<-'SQL'
		CREATE TABLE my_state (id integer PRIMARY KEY, state portext.composition);
		INSERT INTO my_state SELECT g, portext.composition_agg(concat('口岸 ', i % g), i * 12345678901234) FROM generate_series(1, 40) g, generate_series(1, 100) i GROUP BY g;
		INSERT INTO my_state SELECT 100 + g, portext.composition_agg((i % g)::bigint, i / 8192.0) FROM generate_series(1, 40) g, generate_series(1, 100) i GROUP BY g;
		INSERT INTO my_state SELECT 200 + g, portext.composition_agg((i % g)::bigint, i / 7::float8 * 10::float8 ^ (i % 3 * g)) FROM generate_series(1, 40) g, generate_series(1, 100) i GROUP BY g;
		INSERT INTO my_state SELECT 300 + g, portext.composition_agg(i * 10::numeric ^ (20 * g)) FROM generate_series(1, 40) g, generate_series(1, 20) i GROUP BY g;
		CREATE INDEX ON my_state USING hash (state);
	SQL
}

load() { # a part of a real file, through the loader and its triggers
	xz -dc test/data/border_crossing_entry_2019.csv.xz 2>/dev/null | head -20001 >"$dir/flows.csv"
	chmod 644 "$dir/flows.csv"
	psql -qX -v ON_ERROR_STOP=1 -d $db -v file="$dir/flows.csv" -f sql/load/us_border_crossing.sql
}

# Everything that the user stored. The roll-up's own keys and empty cells may differ after a restore, its states may not.
held() {
	local t
	echo "-- text"
	content $db
	q $db "SELECT * FROM my_state ORDER BY id"
	echo "-- binary form"
	for t in $(locals $db | sed 's/^/portext./') my_crossing my_state; do
		psql -qX -d $db -c "COPY (SELECT * FROM $t ORDER BY id) TO STDOUT (FORMAT binary)" | sha256sum | sed "s/-/$t/"
	done
	echo "-- as stored"
	# A function of the server's own that copies a value, under the name of ours, shows the bytes as they lie in the table.
	q $db "CREATE FUNCTION pg_temp.stored(portext.composition) RETURNS bytea LANGUAGE internal STRICT AS 'byteasend';
		CREATE FUNCTION pg_temp.stored(portext.stage_scheme) RETURNS bytea LANGUAGE internal STRICT AS 'byteasend';
		SELECT id, encode(pg_temp.stored(state), 'hex') FROM my_state ORDER BY 1;
		SELECT id, encode(pg_temp.stored(trade), 'hex'), encode(pg_temp.stored(stages), 'hex') FROM my_crossing ORDER BY 1;
		SELECT md5(string_agg(pg_temp.stored(state), '' ORDER BY measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to))
		FROM portext.local_rollup WHERE portext.entity_count(state) > 0"
}

need_postgres xz-utils || { echo "0 passed, 1 failed"; exit 1; }
ok "build" make -s --no-print-directory PG_CONFIG="$PG_CONFIG" || done_counting
cluster_guard
cluster_new || { ok "a server" false; done_counting; }
fresh $db
if [ "$1" = write ]; then
	mkdir -p "$dir" && chmod 755 "$dir"
	ok "the extension" q $db "CREATE EXTENSION portext CASCADE"
	ok "rows in every local table" write $db public
	ok "a file" load
	ok "states" states
	ok "a restore makes the user's summaries anew, so do we" q $db "REFRESH MATERIALIZED VIEW my_summary"
	ok "a dump" pg_dump -d $db -f "$dir/dump.sql"
	held >"$dir/held"
	ok "no query about it failed" sh -c '! grep -E "^(ERROR|psql):" "$1"' - "$dir/held"
else
	ok "the dump of an older server is restored" psql -qX -v ON_ERROR_STOP=1 -d $db -f "$dir/dump.sql"
	held >"$dir/held.new"
	for part in text 'binary form' 'as stored'; do
		for f in held held.new; do sed -n "/^-- $part\$/,/^-- /p" "$dir/$f" >"$dir/$f.part"; done
		ok "every row and state is the same: $part" diff "$dir/held.part" "$dir/held.new.part"
		ok "which are many: $part" test "$(wc -l <"$dir/held.part")" -gt 8
	done
	ok "an index on states serves" sh -c '[ "$(psql -qXAt -d "$1" -c "SET enable_seqscan = off" -c "SELECT count(*) FROM my_state s WHERE state OPERATOR(portext.=) (SELECT state FROM my_state WHERE id = s.id)")" = 160 ]' - $db
	like "new rows get new keys" "$(q $db "INSERT INTO portext.local_event (port_code, event_date, event) VALUES ('local-3', '2000-01-01', 'opened') RETURNING id")" '^10000'
	before=$(q $db "SELECT md5(string_agg(r::text, ';' ORDER BY r::text)) FROM (SELECT measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state FROM portext.local_rollup WHERE portext.entity_count(state) > 0) r")
	ok "roll-ups can be made anew" q $db "SELECT portext.rebuild_local_rollup()"
	is "and are the same" "$(q $db "SELECT md5(string_agg(r::text, ';' ORDER BY r::text)) FROM (SELECT measure, unit, quality, direction, country_iso2, neighbour_iso2, period_from, period_to, state FROM portext.local_rollup WHERE portext.entity_count(state) > 0) r")" "$before"
fi
cluster_stop
done_counting
