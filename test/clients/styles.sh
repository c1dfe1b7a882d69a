#!/bin/bash
# The installer of QGIS styles: may be called again, leaves the rows of others alone, goes without a trace.
export PGDATABASE=clients_$(basename "$0" .sh)
. test/lib/tap.sh
rows() { q "$1" "SELECT string_agg(f_table_schema || '.' || f_table_name || ':' || stylename, ' ' ORDER BY f_table_schema, f_table_name, stylename) FROM public.layer_styles"; }
installed=$(q "$PGDATABASE" "SELECT count(*) FROM portext.qgis_layer_styles()")

fresh styles_new
q styles_new "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE" >/dev/null
is "without a table nothing is removed" "$(q styles_new 'SELECT portext.remove_qgis_styles()')" 0
is "it makes the table and writes every style" "$(q styles_new 'SELECT portext.install_qgis_styles()')" "$installed"
first=$(rows styles_new)
is "a second time changes nothing" "$(q styles_new 'SELECT portext.install_qgis_styles()') $(rows styles_new)" "$installed $first"
ok "DROP EXTENSION is not held up by it" q styles_new "DROP EXTENSION portext"

fresh styles_old
# As QGIS itself makes it, with a style of the user for a portext layer, of another schema and another database.
q styles_old "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE;
	CREATE TABLE public.layer_styles (id SERIAL PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar, f_geometry_column varchar,
		styleName text, styleQML xml, styleSLD xml, useAsDefault boolean, description text, owner varchar(63), ui xml, update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar);
	INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, useasdefault) VALUES
		(current_database(), 'portext', 'port', 'geom', 'my own', false), (current_database(), 'public', 'port', 'geom', 'portext: mode', true), ('other', 'portext', 'port', 'geom', 'portext: mode', true)" >/dev/null
before=$(rows styles_old)
is "it writes into a table that is there" "$(q styles_old 'SELECT portext.install_qgis_styles()')" "$installed"
is "and again" "$(q styles_old 'SELECT portext.install_qgis_styles()') $(q styles_old 'SELECT count(*) FROM public.layer_styles')" "$installed $((installed + 3))"
is "it removes what it wrote" "$(q styles_old 'SELECT portext.remove_qgis_styles()')" "$installed"
is "and leaves the rows of others" "$(rows styles_old)" "$before"
like "a table of that name with other columns is an error, not a loss" "$(q styles_old 'DROP TABLE public.layer_styles; CREATE TABLE public.layer_styles (a int); SELECT portext.install_qgis_styles()')" '42703'
q styles_old "SELECT qml FROM portext.qgis_layer_styles()" >"$OUT/styles.qml"
is "each style is well-formed XML" "$(while read -r line; do xmllint --noout - <<<"$line" 2>&1; done <"$OUT/styles.qml")" ""
q postgres "DROP DATABASE styles_new" >/dev/null
q postgres "DROP DATABASE styles_old" >/dev/null
done_testing
