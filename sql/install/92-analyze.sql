-- A table that was never analyzed counts as ten pages: the planner then thinks the empty local tables large, and
-- compiles (JIT) for seconds what runs in a moment.

ANALYZE local_attachment, local_border, local_city, local_closed, local_event, local_flow, local_port, local_reject, local_rollup,
	ref_border, ref_channel, ref_city, ref_claim, ref_country, ref_event, ref_factor, ref_figure, ref_flow,
	ref_good, ref_mode, ref_place, ref_port, ref_port_context, ref_seat, ref_source, ref_stage,
	ref_table1_region, ref_table2_country, ref_table3_mode;
