-- Everyone may read: the views show the local rows to everyone, too, and a restore by a superuser must be able to
-- refresh what a user built over the local tables. The role that creates the extension may write the local tables and
-- let others do so (a trusted install is owned by the superuser otherwise).

GRANT USAGE ON SCHEMA portext TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA portext TO PUBLIC;
GRANT ALL ON local_port, local_city, local_event, local_flow TO @extowner@ WITH GRANT OPTION;
GRANT ALL ON SEQUENCE local_port_code_seq, local_city_code_seq,
	local_port_id_seq, local_city_id_seq, local_event_id_seq, local_flow_id_seq TO @extowner@ WITH GRANT OPTION;

SELECT pg_catalog.pg_extension_config_dump('local_port', '');
SELECT pg_catalog.pg_extension_config_dump('local_city', '');
SELECT pg_catalog.pg_extension_config_dump('local_event', '');
SELECT pg_catalog.pg_extension_config_dump('local_flow', '');
SELECT pg_catalog.pg_extension_config_dump('local_port_code_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_city_code_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_port_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_city_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_event_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_flow_id_seq', '');
