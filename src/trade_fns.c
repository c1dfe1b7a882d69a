/*
 * trade_fns.c -- SQL doors of the indicators of a few numbers.
 */
#include "indicator_fns.h"

#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"

/* A finite number. */
static double
check_finite(const char *name, double v)
{
	if (isnan(v) || isinf(v))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of %s is not defined", name, isnan(v) ? "NaN" : v > 0 ? "Infinity" : "-Infinity")));
	return v;
}

/* A number that an indicator of shares or flows accepts: finite and not negative. */
static double
check_number(const char *name, double v)
{
	if (check_finite(name, v) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of a negative value is not defined: %g", name, v),
				 errhint("Use NULLIF or GREATEST, or filter the row.")));
	return v;
}

/* Doors of two amounts. */
#define DOOR_TWO(name, formula) \
PG_FUNCTION_INFO_V1(indicator_##name); \
Datum \
indicator_##name(PG_FUNCTION_ARGS) \
{ \
	double		x = check_number(#name, PG_GETARG_FLOAT8(0)); \
	double		m = check_number(#name, PG_GETARG_FLOAT8(1)); \
\
	return indicator_result(fcinfo, #name, formula); \
}

DOOR_TWO(trade_balance_normalized, balance_normalized_of(x, m))
DOOR_TWO(coverage_ratio, m > 0 ? x / m : UNDEFINED)
DOOR_TWO(directional_balance, directional_balance_of(x, m))
DOOR_TWO(grubel_lloyd, grubel_lloyd_of(x, m))

/* Throughput over capacity; a capacity that is not above zero says nothing. */
PG_FUNCTION_INFO_V1(indicator_capacity_utilization);
Datum
indicator_capacity_utilization(PG_FUNCTION_ARGS)
{
	double		throughput = check_number("capacity_utilization", PG_GETARG_FLOAT8(0));
	double		capacity = PG_GETARG_FLOAT8(1);

	if (capacity <= 0)
		PG_RETURN_NULL();
	return indicator_result(fcinfo, "capacity_utilization", throughput / check_number("capacity_utilization", capacity));
}

/* Location quotient of four totals. */
PG_FUNCTION_INFO_V1(indicator_location_quotient);
Datum
indicator_location_quotient(PG_FUNCTION_ARGS)
{
	double		v[4];

	for (int i = 0; i < 4; i++)
		v[i] = check_number("location_quotient", PG_GETARG_FLOAT8(i));
	return indicator_result(fcinfo, "location_quotient", location_quotient_of(v[0], v[1], v[2], v[3]));
}

/* Symmetric form of a location quotient, (LQ - 1) / (LQ + 1). */
PG_FUNCTION_INFO_V1(indicator_rca_symmetric);
Datum
indicator_rca_symmetric(PG_FUNCTION_ARGS)
{
	double		lq = check_number("rca_symmetric", PG_GETARG_FLOAT8(0));

	return indicator_result(fcinfo, "rca_symmetric", balance_normalized_of(lq, 1));
}

/* Compound annual growth rate. A time-series ratio: values out of its domain are NULL, not an error. */
PG_FUNCTION_INFO_V1(indicator_cagr);
Datum
indicator_cagr(PG_FUNCTION_ARGS)
{
	double		v[3];

	for (int i = 0; i < 3; i++)
		v[i] = check_finite("cagr", PG_GETARG_FLOAT8(i));
	return indicator_result(fcinfo, "cagr", cagr_of(v[0], v[1], v[2]));
}

/* Exports less imports, of either sign; an amount that is missing counts as zero, unless both are. */
PG_FUNCTION_INFO_V1(indicator_trade_balance);
Datum
indicator_trade_balance(PG_FUNCTION_ARGS)
{
	double		x = PG_ARGISNULL(0) ? 0 : check_finite("trade_balance", PG_GETARG_FLOAT8(0));
	double		m = PG_ARGISNULL(1) ? 0 : check_finite("trade_balance", PG_GETARG_FLOAT8(1));

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	return indicator_result(fcinfo, "trade_balance", x - m);
}

/* The name for messages of a formula written in SQL: its own, or that of the indicator that it is a part of. */
static const char *
formula_name(FunctionCallInfo fcinfo, const char *name)
{
	return PG_NARGS() > 2 ? text_to_cstring(PG_GETARG_TEXT_PP(2)) : name;
}

/* Quotient and product for formulas written in SQL, whose own operators refuse a result too small for a double. */
PG_FUNCTION_INFO_V1(indicator_raw_quotient);
Datum
indicator_raw_quotient(PG_FUNCTION_ARGS)
{
	const char *name = formula_name(fcinfo, "raw_quotient");
	double		a = check_finite(name, PG_GETARG_FLOAT8(0));
	double		b = check_finite(name, PG_GETARG_FLOAT8(1));

	return indicator_result(fcinfo, name, b != 0 ? a / b : UNDEFINED);
}

PG_FUNCTION_INFO_V1(indicator_raw_product);
Datum
indicator_raw_product(PG_FUNCTION_ARGS)
{
	const char *name = formula_name(fcinfo, "raw_product");
	double		a = check_finite(name, PG_GETARG_FLOAT8(0));
	double		b = check_finite(name, PG_GETARG_FLOAT8(1));

	return indicator_result(fcinfo, name, a * b);
}

/* 100 v / base, of either sign. */
PG_FUNCTION_INFO_V1(indicator_index_number);
Datum
indicator_index_number(PG_FUNCTION_ARGS)
{
	double		v = check_finite("index_number", PG_GETARG_FLOAT8(0));
	double		base = check_finite("index_number", PG_GETARG_FLOAT8(1));
	double		hundredfold = 100 * v;

	if (base == 0)
		PG_RETURN_NULL();
	return indicator_result(fcinfo, "index_number", isinf(hundredfold) ? scaled_quotient(100, v, base, 1) : hundredfold / base);
}

/* The number of the class, from 0, that breaks put v into; how many classes there are. */
static int
class_of(const char *name, double v, Datum breaks, int *classes)
{
	ArrayType  *array = DatumGetArrayTypeP(breaks);
	const double *at = (const double *) ARR_DATA_PTR(array);
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	bool		ascend = ARR_NDIM(array) <= 1 && !array_contains_nulls(array);
	int			class = 0;

	check_number(name, v);
	for (int i = 0; i < n && ascend; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ascend = isfinite(at[i]) && (i == 0 || at[i - 1] < at[i]);
		class += at[i] <= v;
	}
	if (!ascend)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s: the breaks do not ascend: %.200s", name, OidOutputFunctionCall(F_ARRAY_OUT, PointerGetDatum(array))),
				 errhint("Give finite breaks in one dimension, each above the one before, as in {0.33,0.75,1.25,3}.")));
	*classes = n + 1;
	return class;
}

/* The class of a relative concentration index, from 1. */
PG_FUNCTION_INFO_V1(indicator_rci_class);
Datum
indicator_rci_class(PG_FUNCTION_ARGS)
{
	int			classes;

	PG_RETURN_INT32(class_of("rci_class", PG_GETARG_FLOAT8(0), PG_GETARG_DATUM(1), &classes) + 1);
}

/* The cell of a grid of port size by city size, from 1, row by row. */
PG_FUNCTION_INFO_V1(indicator_port_city_class);
Datum
indicator_port_city_class(PG_FUNCTION_ARGS)
{
	int			rows,
				columns;
	int			row = class_of("port_city_class", PG_GETARG_FLOAT8(0), PG_GETARG_DATUM(2), &rows);
	int			column = class_of("port_city_class", PG_GETARG_FLOAT8(1), PG_GETARG_DATUM(3), &columns);
	int64		cell = (int64) row * columns + column + 1;

	if (cell > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("port_city_class is out of range for type integer: " INT64_FORMAT, cell),
				 errhint("Give fewer breaks.")));
	PG_RETURN_INT32((int32) cell);
}

/* A period as a number without gaps: 201912 and 202001 are neighbours. */
PG_FUNCTION_INFO_V1(indicator_period_number);
Datum
indicator_period_number(PG_FUNCTION_ARGS)
{
	int64		period = PG_GETARG_INT64(0);
	int32		per_year = PG_GETARG_INT32(1);
	int64		part = period % 100;

	if (per_year < 1 || per_year > 99)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("periods_per_year is %d, but must be from 1 to 99", per_year)));
	if (per_year == 1)
		PG_RETURN_INT64(period);
	/* A bare year such as 2005 must not pass as month 5 of the year 20. */
	if (period < 10000 || part < 1 || part > per_year)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%lld is not a four-digit year and a period from 01 to %02d", (long long) period, per_year),
				 errhint("Write months as 201907 and quarters as 201903 with periods_per_year => 4; use periods_per_year => 1 for years.")));
	PG_RETURN_INT64(period / 100 * per_year + part - 1);
}
