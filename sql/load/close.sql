-- Part of the loaders: ends the transaction and gives the session its settings back.
COMMIT;
\encoding :session_encoding
\set ON_ERROR_STOP :session_stop
