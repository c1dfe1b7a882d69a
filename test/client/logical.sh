#!/bin/bash
# Logical replication carries every type, as text and in the binary form: by the first copy and by each change after it,
# also where whole rows identify what changes. A subscriber of the local tables has their rows and their roll-ups.
. test/lib/tap.sh
. test/lib/cluster.sh
cluster_guard
cluster_new "wal_level = logical" "max_logical_replication_workers = 12" "max_sync_workers_per_subscription = 4" || exit 1

for db in source by_text by_binary; do
	fresh $db
	q $db "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE;
		CREATE TABLE every (id integer PRIMARY KEY, mode portext.port_mode, stages portext.stage_scheme, trade portext.composition,
			modes portext.port_mode[], trades portext.composition[], note text);
		CREATE TABLE whole (mode portext.port_mode, stages portext.stage_scheme, trade portext.composition, n integer);
		ALTER TABLE whole REPLICA IDENTITY FULL"
done
rows() { # rows FROM TO: a value of each type and form, NULLs, and what is too large for a page
	echo "SELECT i, (enum_mode)[1 + i % 4]::portext.port_mode, CASE i % 3 WHEN 0 THEN portext.china_border_port_stages() WHEN 1 THEN ('[,' || 1900 + i || ') \"é\"; [' || 1900 + i || ',) \"\"\"\"')::portext.stage_scheme END,
			CASE i % 8 WHEN 0 THEN '{}' WHEN 1 THEN '{\"满\": 0.1, \"\": 12345678901234567890123}' WHEN 2 THEN '[1, 2.5, 2.5]' WHEN 3 THEN '{7: 1e-300, -7: 1e300}'
				WHEN 4 THEN '[5e-324, 1e308]' WHEN 5 THEN NULL ELSE (SELECT portext.composition_agg(md5((k * i)::text), k / 7.0) FROM generate_series(1, 400 * (i % 2) + 1) k)::text END::portext.composition AS trade
		FROM generate_series($1, $2) i, (VALUES ('{PP,CPPC,CPC,CC}'::text[])) m(enum_mode)"
}
insert() { q source "INSERT INTO every SELECT i, enum_mode, stages, trade, ARRAY[enum_mode, NULL], ARRAY[trade, '{\"a\": 1}'], 'new' FROM ($(rows "$1" "$2")) r(i, enum_mode, stages, trade);
	INSERT INTO whole SELECT enum_mode, stages, trade, i FROM ($(rows "$1" "$2")) r(i, enum_mode, stages, trade)"; }
insert 1 40
q source "INSERT INTO portext.local_port (port_code, name, country_iso2, neighbour_iso2, geom) VALUES ('one', 'One', 'US', 'CA', 'SRID=4326;POINT(1 2)');
	INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value) SELECT 'one', make_date(2000 + y, 1, 1), make_date(2001 + y, 1, 1), 'in', 'trucks', y + 0.5 FROM generate_series(1, 9) y;
	CREATE PUBLICATION all_of_it FOR TABLE every, whole, portext.local_port, portext.local_flow, portext.local_rollup"
for way in text binary; do
	# No trigger runs for a subscriber, so the roll-ups come along; its own empty cells give way to them.
	q by_$way "DELETE FROM portext.local_rollup"
	# The slot is made beforehand: within one server, the command itself would wait for its own end.
	q source "SELECT pg_create_logical_replication_slot('by_$way', 'pgoutput')" >/dev/null
	ok "a subscription, $way" q by_$way "CREATE SUBSCRIPTION by_$way CONNECTION 'host=$PGHOST port=$PGPORT dbname=source user=$PGUSER password=$PGPASSWORD'
		PUBLICATION all_of_it WITH (create_slot = false, binary = $([ $way = binary ] && echo true || echo false))"
done

content() { # every row, each value as text and as bytes
	q "$1" "SELECT id, mode, stages, trade, modes, trades, note, encode(portext.stage_scheme_send(stages), 'hex'), encode(portext.composition_send(trade), 'hex') FROM every ORDER BY id;
		SELECT n, mode, stages, trade FROM whole ORDER BY n, trade::text; SELECT * FROM portext.local_port ORDER BY id; SELECT * FROM portext.local_flow ORDER BY id; SELECT * FROM portext.local_rollup ORDER BY id;
		SELECT flow_year, state FROM portext.flow_year() WHERE is_local ORDER BY 1, 2::text"
}
caught_up() { # caught_up: waits until both subscribers have everything that is committed
	local lsn try pending="SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r'"
	lsn=$(q source "SELECT pg_current_wal_insert_lsn()")
	for try in {1..300}; do
		[ "$(q by_text "$pending")$(q by_binary "$pending")" = 00 ] &&
			[ "$(q source "SELECT count(*) FROM pg_stat_replication WHERE application_name ~ '^by_' AND replay_lsn >= '$lsn'")" = 2 ] && return
		sleep 0.3
	done
	ok "the subscribers catch up" false
	tail -20 "$CLUSTER/log" | sed 's/^/# /'
	cluster_stop
	done_testing
}
same() { # same NAME
	caught_up
	for way in text binary; do is "$1, $way" "$(diff <(content by_$way) <(content source) | head -20)" ""; done
}
like "there is much to carry" "$(content source | wc -c)" '^[0-9]{5,}$'
same "the first copy"
insert 41 80
same "new rows"
q source "UPDATE every SET note = 'changed' WHERE id % 2 = 0; UPDATE every SET trade = portext.composition_merge(trade, trade), trades = trades || trades, mode = 'CC' WHERE id % 3 = 0;
	UPDATE every SET stages = NULL WHERE id % 5 = 0; DELETE FROM every WHERE id % 7 = 0"
same "changed rows, also with values that stay out of line"
q source "UPDATE whole SET mode = 'PP' WHERE n % 2 = 0; DELETE FROM whole WHERE n % 3 = 0"
same "rows found by all of their values"
q source "UPDATE portext.local_flow SET value = value * 2 WHERE value > 3; DELETE FROM portext.local_flow WHERE value < 2; UPDATE portext.local_port SET neighbour_iso2 = 'MX'"
same "flows and their roll-ups"

for way in text binary; do q by_$way "ALTER SUBSCRIPTION by_$way DISABLE; ALTER SUBSCRIPTION by_$way SET (slot_name = NONE); DROP SUBSCRIPTION by_$way"; done >/dev/null
cluster_stop
done_testing
