#!/bin/bash
# The schema may be there before the extension, with a stranger's table in it, and names of ours may be taken in public.
. test/lib/tap.sh
fresh pre
q pre "CREATE EXTENSION postgis"
q pre "CREATE SCHEMA portext; CREATE TABLE portext.secret (x integer); CREATE TABLE public.ref_port (id integer); CREATE TABLE public.port (id integer)"
q pre "CREATE FUNCTION public.mode_rank(mode text) RETURNS integer LANGUAGE sql RETURN 99"
ok "the extension is made in a schema that is there" q pre "CREATE EXTENSION portext"
is "a stranger's table in it stays closed" "$(q pre "SELECT has_table_privilege('public', 'portext.secret', 'SELECT')")" f
is "the views read our tables" "$(q pre "SELECT count(*) FROM portext.port")" 95
is "and call our functions" "$(q pre "SELECT max(mode_rank) FROM portext.port")" 4
q postgres "DROP DATABASE pre"
done_testing
