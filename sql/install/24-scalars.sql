-- Indicators of a few numbers. They take double precision; other numbers are cast by the server.

CREATE FUNCTION trade_balance(x double precision, m double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE PARALLEL SAFE	-- not STRICT: one NULL counts as 0
	AS 'MODULE_PATHNAME', 'indicator_trade_balance';
COMMENT ON FUNCTION trade_balance(double precision, double precision) IS 'trade balance: exports x - imports m, in their unit, any sign; one NULL counts as 0, two give NULL. Example: portext.trade_balance(100, 60) is 40';

CREATE FUNCTION trade_balance_normalized(x double precision, m double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_trade_balance_normalized';
COMMENT ON FUNCTION trade_balance_normalized(double precision, double precision) IS 'normalised trade balance: (x - m) / (x + m), -1 (imports only) to 1 (exports only); NULL without trade; 22003 if either is negative, NaN or infinite. Example: portext.trade_balance_normalized(100, 60) is 0.25';

CREATE FUNCTION coverage_ratio(x double precision, m double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_coverage_ratio';
COMMENT ON FUNCTION coverage_ratio(double precision, double precision) IS 'cover ratio: exports x / imports m, 0 and above; NULL where m is 0; 22003 if either is negative, NaN or infinite. Example: portext.coverage_ratio(100, 60) is 1.66666666666667';

CREATE FUNCTION directional_balance(a double precision, b double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_directional_balance';
COMMENT ON FUNCTION directional_balance(double precision, double precision) IS 'balance of two directions: the smaller flow over the larger, 0 (one way) to 1 (balanced); NULL where both are 0; 22003 if either is negative, NaN or infinite. The imbalance is abs(trade_balance_normalized(a, b)). Example: portext.directional_balance(100, 60) is 0.6';

CREATE FUNCTION grubel_lloyd(x double precision, m double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_grubel_lloyd';
COMMENT ON FUNCTION grubel_lloyd(double precision, double precision) IS 'Grubel-Lloyd index of intra-industry trade of one product: 1 - |x - m| / (x + m), 0 (one way) to 1 (balanced); NULL without trade; 22003 if either is negative, NaN or infinite. Over several products use grubel_lloyd_agg. Grubel and Lloyd 1975. Example: portext.grubel_lloyd(100, 60) is 0.75';

CREATE FUNCTION cagr(v0 double precision, v1 double precision, years double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_cagr';
COMMENT ON FUNCTION cagr(double precision, double precision, double precision) IS 'compound annual growth rate: (v1 / v0)^(1/years) - 1, -1 and above, 0.1 is 10 % a year; NULL where v0 <= 0, v1 < 0 or years <= 0; -1 where v1 is 0. growth_rate_ls is the least-squares rate. Example: portext.cagr(200, 266.2, 3) is 0.1';

CREATE FUNCTION capacity_utilization(throughput double precision, capacity double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_capacity_utilization';
COMMENT ON FUNCTION capacity_utilization(double precision, double precision) IS 'capacity utilisation: throughput / capacity in the same unit, 0 and above, over 1 where capacity is exceeded; NULL where capacity <= 0; 22003 if the throughput is negative. Example: portext.capacity_utilization(90, 120) is 0.75';

CREATE FUNCTION location_quotient(x double precision, region_total double precision, category_total double precision, total double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_location_quotient';
COMMENT ON FUNCTION location_quotient(double precision, double precision, double precision, double precision) IS 'location quotient of four totals: (x / region_total) / (category_total / total), 0 and above; NULL where the region or the category total is 0; 22003 if one is negative, NaN or infinite. Balassa 1965. Example: portext.location_quotient(60, 100, 120, 250) is 1.25';

CREATE FUNCTION rca_symmetric(lq double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_rca_symmetric';
COMMENT ON FUNCTION rca_symmetric(double precision) IS 'symmetric revealed comparative advantage of a location quotient: (lq - 1) / (lq + 1), -1 to below 1; 22003 if negative, NaN or infinite. Dalum, Laursen and Villumsen 1998. Example: portext.rca_symmetric(1.25) is 0.111111111111111';

CREATE FUNCTION rci_class(rci double precision, breaks double precision[] DEFAULT '{0.33,0.75,1.25,3}') RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_rci_class';
COMMENT ON FUNCTION rci_class(double precision, double precision[]) IS 'class of a relative concentration index, from 1 (below the first break) to 1 + number of breaks; a value on a break belongs to the class above it; 22003 if rci is negative, NaN or infinite. The breaks must ascend, else 22023; the default ones are those usually quoted for port cities and could not be checked in the source. Example: portext.rci_class(1) is 3';

CREATE FUNCTION port_city_class(port_size double precision, city_size double precision, port_breaks double precision[], city_breaks double precision[]) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_port_city_class';
COMMENT ON FUNCTION port_city_class(double precision, double precision, double precision[], double precision[]) IS 'cell of a grid of port size (rows, intermediacy) by city size (columns, centrality), numbered row by row from 1 at the smallest of both; two breaks each make the 3 x 3 grid, cells 1 to 9; 22003 if a size is negative, NaN or infinite. The breaks must ascend, else 22023; join a table of your own for the labels. After Ducruet and Lee 2006. Example: portext.port_city_class(500, 80, ''{100,1000}'', ''{50,300}'') is 5';

CREATE FUNCTION period_number(period bigint, periods_per_year integer DEFAULT 12) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_period_number';
COMMENT ON FUNCTION period_number(bigint, integer) IS 'a period such as 201907 (year times 100 plus month, or plus quarter with periods_per_year => 4) as a number without gaps, year times periods_per_year plus period less 1; with periods_per_year => 1 the number itself; 22023 for what is no period, such as 201913. Example: portext.period_number(202001) - portext.period_number(201912) is 1';

CREATE FUNCTION index_number(v double precision, base double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_index_number';
COMMENT ON FUNCTION index_number(double precision, double precision) IS 'index number: 100 v / base; NULL where the base is 0; 22003 if either is NaN or infinite. Example: portext.index_number(231, 200) is 115.5';

-- For formulas written in SQL: the server's own operators refuse a result that is too small for a double.
CREATE FUNCTION raw_quotient(a double precision, b double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_raw_quotient';
COMMENT ON FUNCTION raw_quotient(double precision, double precision) IS 'a / b, which may round to 0 where the operator / gives an error; NULL where b is 0; 22003 if either is NaN or infinite, or the result too large. Example: portext.raw_quotient(1e-300, 1e300) is 0';

CREATE FUNCTION raw_product(a double precision, b double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_raw_product';
COMMENT ON FUNCTION raw_product(double precision, double precision) IS 'a times b, which may round to 0 where the operator * gives an error; 22003 if either is NaN or infinite, or the result too large. Example: portext.raw_product(1e-300, 1e-300) is 0';

CREATE FUNCTION raw_quotient(a double precision, b double precision, indicator text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_raw_quotient';
COMMENT ON FUNCTION raw_quotient(double precision, double precision, text) IS 'the same inside a formula: messages name the indicator that it belongs to. Example: portext.raw_quotient(1e-300, 1e300, ''share'') is 0';

CREATE FUNCTION raw_product(a double precision, b double precision, indicator text) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'indicator_raw_product';
COMMENT ON FUNCTION raw_product(double precision, double precision, text) IS 'the same inside a formula: messages name the indicator that it belongs to. Example: portext.raw_product(1e-300, 1e-300, ''share'') is 0';
