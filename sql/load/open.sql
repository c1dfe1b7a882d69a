-- Part of the loaders: looks at the file and begins the transaction. A whole file is loaded or nothing of it. The first
-- line must match layout; layout_hint says what it should be; load_table is the table that takes the rows. close.sql ends
-- the transaction.
--
-- A variable of the caller's is only read, never set: the next loader of the session would take it for the caller's wish.
\if :{?encoding}
	\set load_encoding :encoding
\else
	\set load_encoding UTF8
\endif
\set session_encoding :ENCODING
\setenv PORTEXT_FILE :file
\set header `case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac 2>/dev/null | head -n 1 | tr -d '\r' | sed '1s/^\xef\xbb\xbf//'`
\set last_byte `case "$PORTEXT_FILE" in *.xz) xz -dc -- "$PORTEXT_FILE" ;; *.gz) gzip -dc -- "$PORTEXT_FILE" ;; *) cat -- "$PORTEXT_FILE" ;; esac | tail -c 1 | od -An -tx1 | tr -d ' '`
SELECT portext.require_argument(:'last_byte' = '0a', pg_catalog.format('%s is missing, empty or cut off', :'file'),
	'The last byte must be a line feed: add one if only that is missing (echo >>FILE), make UTF-8 of UTF-16 (iconv -f UTF-16 -t UTF-8), unpack a zip archive.') AS whole \gset
SELECT portext.require_argument(:'header' OPERATOR(pg_catalog.~) :'layout', pg_catalog.format('the first line of %s is unknown: "%s"', :'file', pg_catalog.left(:'header', 200)), :'layout_hint') AS known \gset
BEGIN;
-- PostGIS may be off the search path of the session, and nobody's objects on it may stand in for ours. Backslashes in the rules are plain.
SELECT set_config('standard_conforming_strings', 'on', true) AS strings, set_config('search_path', concat_ws(', ', 'pg_catalog', quote_ident(n.nspname), 'pg_temp'), true) AS path
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis' \gset
\encoding :load_encoding
-- A second load of the same source must not run beside this one: each would miss the other's rows.
LOCK TABLE portext.:load_table IN SHARE ROW EXCLUSIVE MODE;
\echo 'reading' :file
