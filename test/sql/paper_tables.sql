-- the paper's tables as a reader sees them
SET search_path = '';
\pset null -
\pset format unaligned
SELECT region, measure, transport, published, ours, difference, reason FROM portext.region_transport
	WHERE is_total OR measure <> 'ports' ORDER BY region_transport_id;
SELECT country, ports_published, ports, ports_difference, reason FROM portext.country_flow ORDER BY country_rank;
SELECT country, cargo_kt, cargo_pct_published, cargo_pct, people_k, people_pct_published, people_pct
	FROM portext.country_flow ORDER BY country_rank;
SELECT mode, full_name, places_published, places, ports FROM portext.mode_summary ORDER BY mode_rank;
SELECT place, mode_published, province_published, province, transports, reason FROM portext.mode_place
	WHERE mode_published = 'CC' OR reason IS NOT NULL ORDER BY mode_place_id;
SELECT period, published, ours, difference, reason FROM portext.stage_summary ORDER BY stage_summary_id;
SELECT year, openings, openings_so_far, stage_rank, peak FROM portext.opening_by_year WHERE openings >= 5 ORDER BY year;
SELECT status, part_of, published, ours, difference, reason FROM portext.status_summary ORDER BY status_summary_id;
SELECT item, unit, period, published, ours, difference, basis FROM portext.national_system ORDER BY national_system_id;
SELECT channel_code, goods_category, goods_class, inspection, charges, trucks_per_day, tonnes_per_day
	FROM portext.channel_profile ORDER BY channel_profile_id;
SELECT section, item, value_text, unit, period FROM portext.port_profile WHERE place_code = 'nanping' ORDER BY port_profile_id;
