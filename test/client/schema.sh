#!/bin/bash
# A schema portext that is there before the extension must be empty: what stands in it would be called in PostGIS's
# place by a script that a superuser runs. Names of ours in public do no harm.
. test/lib/tap.sh
fresh pre
q pre "CREATE EXTENSION postgis; CREATE TABLE public.ref_port (id integer); CREATE TABLE public.port (id integer);
	CREATE FUNCTION public.mode_rank(mode text) RETURNS integer LANGUAGE sql RETURN 99;
	DROP ROLE IF EXISTS schema_owner; CREATE ROLE schema_owner LOGIN; GRANT CREATE ON DATABASE pre TO schema_owner; GRANT CREATE ON SCHEMA public TO schema_owner"
as_owner() { q pre "SET SESSION AUTHORIZATION schema_owner; $1"; }
as_owner "CREATE SCHEMA portext"
trap_function="CREATE FUNCTION %s LANGUAGE plpgsql AS 'BEGIN IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN ALTER ROLE schema_owner SUPERUSER; END IF; RETURN %s; END'"
refused() { # refused WHAT SQL UNDO: with this in the schema the extension is refused, and nobody becomes superuser
	as_owner "$2"
	like "$1 is refused" "$(as_owner "CREATE EXTENSION portext")" 'ERROR:  42710: schema portext is not empty'
	is "and nothing of it was called" "$(q pre "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = 'schema_owner'")" f
	as_owner "$3"
}
refused "a type with a check" "$(printf "$trap_function" 'portext.pwn(public.geography) RETURNS boolean' true); CREATE DOMAIN portext.geography AS public.geography CHECK (portext.pwn(value))" \
	"DROP DOMAIN portext.geography; DROP FUNCTION portext.pwn"
refused "a function of PostGIS's name" "$(printf "$trap_function" 'portext.st_x(public.geometry) RETURNS double precision' 0.0)" "DROP FUNCTION portext.st_x"
refused "a table" "CREATE TABLE portext.secret (x integer)" "DROP TABLE portext.secret"
like "a session that reads backslashes in plain strings is refused" "$(PGOPTIONS=-cstandard_conforming_strings=off as_owner "CREATE EXTENSION portext")" 'ERROR:  55000: portext cannot be created while standard_conforming_strings is off'
ok "in an empty schema the extension is made" as_owner "CREATE EXTENSION portext"
is "the views read our tables" "$(q pre "SELECT count(*) FROM portext.port")" 95
is "and call our functions" "$(q pre "SELECT max(mode_rank) FROM portext.port")" 4
q postgres "DROP DATABASE pre" && q postgres "DROP ROLE schema_owner"
done_testing
