-- Part of the loaders: looks at the file and begins the transaction. A whole file is loaded or nothing of it.
\if :{?encoding}
\else
	\set encoding UTF8
\endif
\setenv PORTEXT_FILE :file
\set header `case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac 2>/dev/null | head -n 1 | tr -d '\r' | sed '1s/^\xef\xbb\xbf//'`
\set last_byte `case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac | tail -c 1 | od -An -tx1 | tr -d ' '`
SELECT portext.require_argument(:'last_byte' = '0a', pg_catalog.format('%s is missing, empty or cut off', :'file'), 'A file ends with a line feed.') AS whole \gset
BEGIN;
-- PostGIS may be off the search path of the session, and nobody's objects on it may stand in for ours.
SELECT set_config('search_path', concat_ws(', ', 'pg_catalog', quote_ident(n.nspname), 'pg_temp'), true) AS path
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis' \gset
\encoding :encoding
-- A second load of the same source must not run beside this one: each would miss the other's rows.
LOCK TABLE portext.local_flow IN SHARE ROW EXCLUSIVE MODE;
\echo 'reading' :file
