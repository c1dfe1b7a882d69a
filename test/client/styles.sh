#!/bin/bash
# The installer of QGIS styles: may be called again, leaves the rows of others alone, goes without a trace.
. test/lib/tap.sh
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
rows() { q "$1" "SELECT string_agg(f_table_schema || '.' || f_table_name || ':' || stylename, ' ' ORDER BY f_table_schema, f_table_name, stylename) FROM public.layer_styles"; }

fresh styles_new
q styles_new "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE" >/dev/null
installed=$(q styles_new "SELECT count(*) FROM portext.qgis_layer_styles()")
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
q styles_old "SELECT qml FROM portext.qgis_layer_styles()" >"$dir/styles.qml"
is "each style is well-formed XML" "$(while read -r line; do xmllint --noout - <<<"$line" 2>&1; done <"$dir/styles.qml")" ""

# A table of somebody else's could run anything as a superuser: as a trigger, a default, an index.
fresh styles_strange
q styles_strange "SET client_min_messages = warning; CREATE EXTENSION portext CASCADE; CREATE ROLE styles_mallory; GRANT CREATE ON SCHEMA public TO styles_mallory"
mallory() { q styles_strange "SET SESSION AUTHORIZATION styles_mallory; $1"; }
refused() { # refused WHAT: both functions are, and the stranger has gained nothing
	like "$1 is refused" "$(q styles_strange 'SELECT portext.install_qgis_styles()')" '42501: public.layer_styles or a function'
	like "$1 is refused when styles are removed" "$(q styles_strange 'SELECT portext.remove_qgis_styles()')" '42501: public.layer_styles or a function'
	is "and nobody became superuser" "$(q styles_strange "SELECT rolsuper FROM pg_roles WHERE rolname = 'styles_mallory'")" f
}
is "somebody makes a table and a trigger" "$(mallory "CREATE FUNCTION public.climb() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ALTER ROLE styles_mallory SUPERUSER; RETURN new; END';
	CREATE TABLE public.layer_styles (id serial, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar, f_geometry_column varchar,
		stylename text, styleqml xml, useasdefault boolean, description text, owner varchar);
	CREATE TRIGGER climb BEFORE INSERT ON public.layer_styles FOR EACH ROW EXECUTE FUNCTION public.climb()")" ""
refused "a table of somebody else's"
q styles_strange "ALTER TABLE public.layer_styles OWNER TO CURRENT_USER"
refused "a trigger of somebody else's"
q styles_strange "DROP TRIGGER climb ON public.layer_styles"
is "without it the table is written" "$(q styles_strange 'SELECT portext.install_qgis_styles()')" "$installed"
q styles_strange "ALTER TABLE public.layer_styles OWNER TO styles_mallory; GRANT EXECUTE ON FUNCTION portext.install_qgis_styles(), portext.remove_qgis_styles() TO styles_mallory"
is "and its owner may write it" "$(mallory 'SELECT portext.install_qgis_styles()')" "$installed"
q postgres "DROP DATABASE styles_strange" >/dev/null
q postgres "DROP ROLE styles_mallory" >/dev/null
q postgres "DROP DATABASE styles_new" >/dev/null
q postgres "DROP DATABASE styles_old" >/dev/null
done_testing
