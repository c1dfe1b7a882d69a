/*
 * indicator_fns.c -- SQL doors of the indicators of one composition.
 */
#include "indicator_fns.h"

#include "utils/builtins.h"

/* What a double cannot hold is an error, except where the formula itself says infinity (theil_l). */
Datum
indicator_result(FunctionCallInfo fcinfo, const char *name, double value)
{
	if (isnan(value))
		PG_RETURN_NULL();
	if (isinf(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s is out of range for type double precision", name)));
	PG_RETURN_FLOAT8(value);
}

/* The first argument's totals, largest first. */
static void
ranked_arg(FunctionCallInfo fcinfo, Ranked *r)
{
	int			n;
	double		total;
	double	   *value = composition_values(PG_GETARG_DATUM(0), &n, &total);
	double	   *scratch = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * n);

	ranked_init(r, value, scratch, n, total);
}

/* A number of entities given by the caller: at least those that are there. */
static int64
check_entities(const char *name, const Ranked *r, int64 n)
{
	if (n < 1 || n < r->p)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s: n is %lld, but %lld entities have a value above zero",
						name, (long long) n, (long long) r->p),
				 errhint("n counts all entities that could have a share: at least 1 and at least partner_count(c).")));
	return n;
}

/* A number of leading entities. */
static int64
check_k(const char *name, int32 k)
{
	if (k < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s: k is %d, but must be at least 1", name, k)));
	return k;
}

/* Doors without a parameter. */
#define DOOR(name) \
PG_FUNCTION_INFO_V1(indicator_##name); \
Datum \
indicator_##name(PG_FUNCTION_ARGS) \
{ \
	Ranked		r; \
\
	ranked_arg(fcinfo, &r); \
	return indicator_result(fcinfo, #name, name##_of(&r)); \
}

DOOR(hhi)
DOOR(effective_number)
DOOR(simpson_diversity)
DOOR(rosenbluth)
DOOR(horvath_cci)
DOOR(lead_share)
DOOR(shannon_entropy)
DOOR(evenness)
DOOR(gini)
DOOR(theil_t)
DOOR(coefficient_of_variation)
DOOR(hoover)
DOOR(rank_size_slope)
DOOR(rank_size_intercept)
DOOR(rank_size_r2)
DOOR(pareto_exponent)

/* Theil L alone may be infinite: that is its value when an entity has nothing. */
PG_FUNCTION_INFO_V1(indicator_theil_l);
Datum
indicator_theil_l(PG_FUNCTION_ARGS)
{
	Ranked		r;
	double		value;

	ranked_arg(fcinfo, &r);
	value = theil_l_of(&r);
	if (isnan(value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/* Doors with the number of entities as an optional second argument. */
#define DOOR_N(name) \
PG_FUNCTION_INFO_V1(indicator_##name); \
Datum \
indicator_##name(PG_FUNCTION_ARGS) \
{ \
	Ranked		r; \
	int64		n; \
\
	ranked_arg(fcinfo, &r); \
	n = PG_NARGS() > 1 ? check_entities(#name, &r, PG_GETARG_INT64(1)) : r.n; \
	return indicator_result(fcinfo, #name, name##_of(&r, n)); \
}

DOOR_N(hhi_normalized)
DOOR_N(hirschman_normalized)
DOOR_N(entropy_normalized)

/* Doors with a number of leading entities. */
#define DOOR_K(name) \
PG_FUNCTION_INFO_V1(indicator_##name); \
Datum \
indicator_##name(PG_FUNCTION_ARGS) \
{ \
	Ranked		r; \
	int64		k = check_k(#name, PG_GETARG_INT32(1)); \
\
	ranked_arg(fcinfo, &r); \
	return indicator_result(fcinfo, #name, name##_of(&r, k)); \
}

DOOR_K(concentration_ratio)
DOOR_K(primacy)

/* Doors with a switch between two conventions. */
#define DOOR_SWITCH(name, other) \
PG_FUNCTION_INFO_V1(indicator_##other); \
Datum \
indicator_##other(PG_FUNCTION_ARGS) \
{ \
	Ranked		r; \
\
	ranked_arg(fcinfo, &r); \
	return indicator_result(fcinfo, #name, PG_GETARG_BOOL(1) ? other##_of(&r) : name##_of(&r)); \
}

DOOR_SWITCH(gini, gini_unbiased)
DOOR_SWITCH(coefficient_of_variation, coefficient_of_variation_sample)

/* Hill number of a given order. */
PG_FUNCTION_INFO_V1(indicator_hill_number);
Datum
indicator_hill_number(PG_FUNCTION_ARGS)
{
	Ranked		r;
	double		q = PG_GETARG_FLOAT8(1);

	if (!(q >= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("hill_number: the order q is %g, but must be 0 or more", q)));
	ranked_arg(fcinfo, &r);
	return indicator_result(fcinfo, "hill_number", hill_number_of(&r, q));
}

/* Shannon entropy in a given base. */
PG_FUNCTION_INFO_V1(indicator_shannon_entropy_base);
Datum
indicator_shannon_entropy_base(PG_FUNCTION_ARGS)
{
	Ranked		r;
	double		base = PG_GETARG_FLOAT8(1);

	if (!(base > 0) || base == 1 || isinf(base))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("shannon_entropy: the base is %g, but must be above 0 and not 1", base),
				 errhint("Use 2 for bits, 10 for bans, or no base for nats.")));
	ranked_arg(fcinfo, &r);
	return indicator_result(fcinfo, "shannon_entropy", shannon_entropy_of(&r) / log(base));
}

/* The grand total, rounded once. */
PG_FUNCTION_INFO_V1(indicator_total);
Datum
indicator_total(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(composition_total(PG_GETARG_DATUM(0)));
}

/* The grand total, exactly. */
PG_FUNCTION_INFO_V1(indicator_total_exact);
Datum
indicator_total_exact(PG_FUNCTION_ARGS)
{
	return composition_total_numeric(PG_GETARG_COMPOSITION_P(0));
}

/* How many entities, zeros included. */
PG_FUNCTION_INFO_V1(indicator_entity_count);
Datum
indicator_entity_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_COMPOSITION_P(0)->n);
}

/* How many entities above zero. */
PG_FUNCTION_INFO_V1(indicator_partner_count);
Datum
indicator_partner_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(composition_positive(PG_GETARG_DATUM(0)));
}
