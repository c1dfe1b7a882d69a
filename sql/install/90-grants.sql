-- Everyone may read: the views show the local rows to everyone, too, and a restore by a superuser must be able to
-- refresh what a user built over the local tables. The role that creates the extension may write the local tables and
-- let others do so (a trusted install is owned by the superuser otherwise).
-- Every table and view is named, since the schema may hold a stranger's tables when the extension arrives.

GRANT USAGE ON SCHEMA portext TO PUBLIC;
GRANT SELECT ON
	ref_border, ref_channel, ref_city, ref_claim, ref_country, ref_event, ref_factor, ref_figure, ref_flow, ref_good,
	ref_mode, ref_place, ref_port, ref_port_context, ref_seat, ref_source, ref_stage, ref_table1_region,
	ref_table2_country, ref_table3_mode,
	local_port, local_city, local_border, local_event, local_flow, local_rollup, local_reject, local_attachment, local_closed,
	port, crossing, border, city, event, flow, own_flow, open_flow, local_flow_unmatched,
	region_transport, country_flow, mode_place, mode_summary, stage_summary, opening_by_year, status_summary,
	share_by_country, concentration_by_year, modal_split, role_ratio_by_region, flow_layer, mode_layer, port_profile, channel_profile, national_system,
	mode_local, mode_history, port_border,
	mode_side, mode_evidence, mode_confusion, claim_audit, audit_findings, audit_summary
TO PUBLIC;
GRANT ALL ON local_port, local_city, local_border, local_event, local_flow, local_rollup, local_reject, local_attachment, local_closed TO @extowner@ WITH GRANT OPTION;
GRANT ALL ON SEQUENCE local_port_code_seq, local_city_code_seq,
	local_port_id_seq, local_city_id_seq, local_border_id_seq, local_event_id_seq, local_flow_id_seq, local_rollup_id_seq, local_reject_id_seq, local_closed_id_seq TO @extowner@ WITH GRANT OPTION;

SELECT pg_catalog.pg_extension_config_dump('local_port', '');
SELECT pg_catalog.pg_extension_config_dump('local_city', '');
SELECT pg_catalog.pg_extension_config_dump('local_border', '');
SELECT pg_catalog.pg_extension_config_dump('local_event', '');
SELECT pg_catalog.pg_extension_config_dump('local_flow', '');
SELECT pg_catalog.pg_extension_config_dump('local_port_code_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_city_code_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_port_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_city_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_border_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_event_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_flow_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_reject', '');
SELECT pg_catalog.pg_extension_config_dump('local_reject_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('local_attachment', '');
SELECT pg_catalog.pg_extension_config_dump('local_closed', '');
SELECT pg_catalog.pg_extension_config_dump('local_closed_id_seq', '');
