-- The tables. ref_* hold the shipped facts: never dumped, never written by users. local_* hold the user's own
-- rows: dumped with every database. Text labels are checked here; C types appear in ref_place and ref_mode only.
-- Every ref table has a permanent integer id below 1,000,000 that is written in data/.

CREATE TABLE ref_source (
	id integer PRIMARY KEY,
	source_code text NOT NULL UNIQUE,
	kind text NOT NULL CHECK (kind IN ('document', 'dataset', 'page', 'own')),
	title text NOT NULL,
	licence text NOT NULL,
	note text
);

CREATE TABLE ref_country (
	id integer PRIMARY KEY,
	iso2 text NOT NULL UNIQUE CHECK (iso2 ~ '^[A-Z]{2}$'),
	name_en text NOT NULL,
	name_local text,
	is_land_neighbour boolean NOT NULL,
	note text
);

CREATE TABLE ref_mode (
	id integer PRIMARY KEY,
	mode port_mode NOT NULL UNIQUE,
	full_name text NOT NULL,
	home_side_relation text NOT NULL,
	away_side_relation text NOT NULL,
	urban_functions text NOT NULL,
	hinterland text NOT NULL,
	proximity text NOT NULL,
	typical_setting text NOT NULL,
	examples_in_text text NOT NULL,
	table3_place_count integer NOT NULL CHECK (table3_place_count >= 0),
	table3_places text NOT NULL,
	evolution_edges text NOT NULL,
	note text
);

CREATE TABLE ref_factor (
	id integer PRIMARY KEY,
	factor_code text NOT NULL UNIQUE,
	ordinal integer NOT NULL UNIQUE,
	name text NOT NULL,
	role text NOT NULL,
	elements text NOT NULL,
	effect_in_conclusion text NOT NULL
);

CREATE TABLE ref_stage (
	id integer PRIMARY KEY,
	ordinal integer NOT NULL UNIQUE,
	label text NOT NULL UNIQUE,
	from_year integer,
	to_year integer,
	ports_opened integer NOT NULL CHECK (ports_opened >= 0),
	note text,
	CHECK (from_year <= to_year)
);

CREATE TABLE ref_place (
	id integer PRIMARY KEY,
	place_code text NOT NULL UNIQUE,
	name_en text NOT NULL,
	province text NOT NULL,
	prefecture text NOT NULL,
	region text NOT NULL CHECK (region IN ('northeast', 'northwest', 'southwest', 'other')),
	country_iso2 text NOT NULL REFERENCES ref_country (iso2),
	mode port_mode
);

CREATE TABLE ref_port (
	id integer PRIMARY KEY,
	port_code text NOT NULL UNIQUE,
	place_code text NOT NULL REFERENCES ref_place (place_code),
	name_en text NOT NULL,
	name_local text NOT NULL,
	aliases text,
	transport text NOT NULL CHECK (transport IN ('air', 'rail', 'road', 'river', 'pipeline')),
	country_iso2 text NOT NULL REFERENCES ref_country (iso2),
	neighbour_iso2 text REFERENCES ref_country (iso2),
	second_neighbour_iso2 text REFERENCES ref_country (iso2),
	county text NOT NULL,
	counterpart_name text,
	geom geometry(Point, 4326) NOT NULL,
	counterpart_geom geometry(Point, 4326),
	opened_year integer CHECK (opened_year BETWEEN 1800 AND 2100),
	season text CHECK (season IN ('year_round', 'seasonal', 'closed')),
	open_to_third_country boolean,
	unlocode text CHECK (unlocode ~ '^[A-Z]{2}[A-Z0-9]{3}$'),
	elevation_m numeric,
	coord_source text NOT NULL,
	fact_source text NOT NULL,
	confidence text NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
	note text
);
CREATE INDEX ref_port_place_code_idx ON ref_port (place_code);
CREATE INDEX ref_port_geom_idx ON ref_port USING gist (geom);
CREATE INDEX ref_port_counterpart_geom_idx ON ref_port USING gist (counterpart_geom);

CREATE TABLE ref_port_context (
	id integer PRIMARY KEY,
	place_code text NOT NULL UNIQUE REFERENCES ref_place (place_code),
	elevation_m numeric NOT NULL,
	home_seat_elevation_m numeric NOT NULL,
	away_seat_elevation_m numeric,
	rail_crossing_2012 boolean NOT NULL,
	note text,
	source text NOT NULL
);

CREATE TABLE ref_city (
	id integer PRIMARY KEY,
	city_code text NOT NULL UNIQUE,
	name_en text NOT NULL,
	name_local text,
	country_iso2 text NOT NULL REFERENCES ref_country (iso2),
	admin1 text NOT NULL,
	geom geometry(Point, 4326) NOT NULL,
	population bigint NOT NULL CHECK (population >= 0),
	population_year integer,
	source_code text NOT NULL REFERENCES ref_source (source_code),
	note text
);
CREATE INDEX ref_city_geom_idx ON ref_city USING gist (geom);

CREATE TABLE ref_seat (
	id integer PRIMARY KEY,
	place_code text NOT NULL REFERENCES ref_place (place_code),
	side text NOT NULL CHECK (side IN ('home', 'away')),
	role text NOT NULL CHECK (role IN ('county_seat', 'prefecture_seat', 'district_seat', 'nearest_town')),
	name_en text NOT NULL,
	name_local text,
	country_iso2 text NOT NULL REFERENCES ref_country (iso2),
	admin_status text NOT NULL,
	geom geometry(Point, 4326) NOT NULL,
	population bigint NOT NULL CHECK (population >= 0),
	population_year integer,
	population_kind text NOT NULL CHECK (population_kind IN ('urban', 'town', 'municipal', 'estimate')),
	distance_km numeric NOT NULL CHECK (distance_km >= 0::numeric),
	source text NOT NULL,
	confidence text NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
	note text,
	UNIQUE (place_code, side, role, name_en)
);
CREATE INDEX ref_seat_geom_idx ON ref_seat USING gist (geom);

-- A date of partial precision is stored as the first day of its period.
CREATE TABLE ref_event (
	id integer PRIMARY KEY,
	place_code text NOT NULL REFERENCES ref_place (place_code),
	port_code text REFERENCES ref_port (port_code),
	event_date date NOT NULL,
	date_precision text NOT NULL CHECK (date_precision IN ('year', 'month', 'day')),
	event text NOT NULL CHECK (event IN ('established', 'approved', 'opened', 'reopened', 'closed', 'suspended',
		'upgraded', 'relocated', 'bridge_opened', 'rail_link', 'policy_zone', 'city_established', 'construction',
		'expansion', 'renovation')),
	factor_editorial text NOT NULL REFERENCES ref_factor (factor_code),
	source_code text NOT NULL REFERENCES ref_source (source_code),
	note text
);
CREATE INDEX ref_event_place_code_idx ON ref_event (place_code);

-- [period_from, period_to): the inclusive end of a published period is stored as the next day.
CREATE TABLE ref_flow (
	id integer PRIMARY KEY,
	place_code text NOT NULL REFERENCES ref_place (place_code),
	port_code text REFERENCES ref_port (port_code),
	transport text CHECK (transport IN ('air', 'rail', 'road', 'river', 'pipeline')),
	period_from date,
	period_to date,
	direction text NOT NULL CHECK (direction IN ('in', 'out', 'both')),
	measure text NOT NULL CHECK (measure IN ('cargo_tonnes', 'persons', 'vehicles', 'value_cny', 'value_usd',
		'share_rail_cargo', 'share_road_cargo', 'share_all_border_cargo', 'share_all_border_persons')),
	value numeric NOT NULL CHECK (value >= 0::numeric),
	unit text NOT NULL CHECK (unit IN ('t', 't/day', 'person-times', 'vehicle-times', 'vehicles/day', 'percent', 'CNY', 'USD')),
	quality text NOT NULL CHECK (quality IN ('measured', 'derived', 'estimate', 'upper_bound', 'design_capacity')),
	source_code text NOT NULL REFERENCES ref_source (source_code),
	note text,
	CHECK ((period_from IS NULL) = (period_to IS NULL)),
	CHECK (period_from < period_to)
);
CREATE INDEX ref_flow_place_code_idx ON ref_flow (place_code);

CREATE TABLE ref_border (
	id integer PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('land_border', 'coast')),
	neighbour_iso2 text REFERENCES ref_country (iso2),
	neighbour_name text,
	part integer NOT NULL,
	source_code text NOT NULL REFERENCES ref_source (source_code),
	geom geometry(LineString, 4326) NOT NULL
);
CREATE INDEX ref_border_geom_idx ON ref_border USING gist (geom);

CREATE TABLE ref_good (
	id integer PRIMARY KEY,
	good text NOT NULL,
	category text NOT NULL,
	direction text NOT NULL CHECK (direction IN ('export', 'import', 'both')),
	route text NOT NULL,
	sanctioned_status text NOT NULL CHECK (sanctioned_status IN ('not_stated', 'sanctioned', 'non_sanctioned',
		'outward_processing', 'luxury')),
	period text,
	source_code text NOT NULL REFERENCES ref_source (source_code),
	note text
);

CREATE TABLE ref_channel (
	id integer PRIMARY KEY,
	channel_code text NOT NULL,
	cn_side text,
	cn_province text,
	kp_side text NOT NULL,
	direction text NOT NULL CHECK (direction IN ('export', 'import', 'both')),
	inspection_strictness text NOT NULL CHECK (inspection_strictness IN ('loose', 'strict', 'not stated')),
	customs_charge_level text NOT NULL CHECK (customs_charge_level IN ('low', 'high', 'not stated')),
	goods_category text NOT NULL,
	goods_class text NOT NULL,
	goods text,
	transport text,
	trucks_per_day integer CHECK (trucks_per_day >= 0),
	tonnes_per_truck numeric CHECK (tonnes_per_truck >= 0::numeric),
	period text,
	source_code text NOT NULL REFERENCES ref_source (source_code),
	note text
);

CREATE TABLE ref_figure (
	id integer PRIMARY KEY,
	figure_code text NOT NULL UNIQUE,
	subject text NOT NULL,
	measure text NOT NULL,
	unit text,
	period text,
	value numeric,
	text_value text,
	decimals integer CHECK (decimals >= 0),
	source_code text NOT NULL REFERENCES ref_source (source_code),
	locator text NOT NULL,
	note text,
	CHECK (value IS NOT NULL OR text_value IS NOT NULL)
);

CREATE TABLE ref_claim (
	id integer PRIMARY KEY,
	claim_code text NOT NULL UNIQUE,
	source_code text NOT NULL REFERENCES ref_source (source_code),
	locator text NOT NULL,
	statement text NOT NULL,
	kind text NOT NULL,
	subject text NOT NULL,
	measure text NOT NULL,
	unit text,
	period text,
	published_value text NOT NULL,
	decimals integer CHECK (decimals >= 0),
	recompute text NOT NULL,
	recomputed_value text,
	verdict text NOT NULL CHECK (verdict IN ('match', 'rounding', 'inconsistent', 'primary', 'needs_port_list')),
	note text
);

-- The paper's printed tables, cell by cell.
CREATE TABLE ref_table1_region (
	id integer PRIMARY KEY,
	region text NOT NULL UNIQUE CHECK (region IN ('northeast', 'northwest', 'southwest', 'other', 'total')),
	region_as_printed text NOT NULL,
	ports integer NOT NULL,
	air integer NOT NULL,
	rail integer NOT NULL,
	road integer NOT NULL,
	river integer NOT NULL,
	cargo_pct numeric NOT NULL,
	people_pct numeric NOT NULL,
	ports_as_of text NOT NULL,
	flows_year integer NOT NULL
);

CREATE TABLE ref_table2_country (
	id integer PRIMARY KEY,
	iso2 text NOT NULL UNIQUE REFERENCES ref_country (iso2),
	country_as_printed text NOT NULL,
	ports integer NOT NULL,
	cargo_kt numeric NOT NULL,
	cargo_pct numeric NOT NULL,
	people_k numeric NOT NULL,
	people_pct numeric NOT NULL,
	flows_year integer NOT NULL,
	note text
);

CREATE TABLE ref_table3_mode (
	id integer PRIMARY KEY,
	place_code text NOT NULL UNIQUE REFERENCES ref_place (place_code),
	mode port_mode NOT NULL,
	place_as_printed text NOT NULL,
	place_normalised text NOT NULL,
	province_as_printed text NOT NULL,
	province_correct text,
	faces_editorial text,
	note text
);
