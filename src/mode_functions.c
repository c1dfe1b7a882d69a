/*
 * mode_functions.c -- the SQL doors of mode_rules.c.
 */
#include "compat.h"

#include <math.h>

#include "funcapi.h"
#include "mode_rules.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(mode_relation);
PG_FUNCTION_INFO_V1(classify_mode);
PG_FUNCTION_INFO_V1(mode_successors);
PG_FUNCTION_INFO_V1(mode_path);
PG_FUNCTION_INFO_V1(mode_can_follow);

/* A distance or a population: neither negative nor NaN. */
static double
check_amount(double value, const char *what)
{
	if (isnan(value) || value < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of mode_relation is out of range: %g", what, value),
				 errhint("Distances are kilometres and populations are people, zero or more; a NULL distance says that there is none.")));
	return value;
}

/* A distance argument, infinite when it is NULL: none in reach. */
static double
distance_arg(FunctionCallInfo fcinfo, int n, const char *what)
{
	return PG_ARGISNULL(n) ? INFINITY : check_amount(PG_GETARG_FLOAT8(n), what);
}

/* A threshold argument, which must be given. */
static double
threshold_arg(FunctionCallInfo fcinfo, int n, const char *what)
{
	if (PG_ARGISNULL(n))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s of mode_relation must not be NULL", what),
				 errhint("Leave the argument out to use its default.")));
	return check_amount(PG_GETARG_FLOAT8(n), what);
}

/* The relation of one side: integrated, separate or none; NULL when it depends on an unknown. */
Datum
mode_relation(PG_FUNCTION_ARGS)
{
	ModeSide	side;
	ModeThresholds at;
	ModeRelation relation;

	side.city_km = distance_arg(fcinfo, 0, "city_km");
	side.population_known = !PG_ARGISNULL(1);
	side.city_population = side.population_known ? check_amount(PG_GETARG_FLOAT8(1), "city_population") : 0;
	side.seat_km = distance_arg(fcinfo, 2, "seat_km");
	side.status_known = !PG_ARGISNULL(3);
	side.seat_is_city = side.status_known && PG_GETARG_BOOL(3);
	at.integrated_km = threshold_arg(fcinfo, 4, "integrated_km");
	at.integrated_population = threshold_arg(fcinfo, 5, "integrated_population");
	at.integrated_seat_km = threshold_arg(fcinfo, 6, "integrated_seat_km");
	at.reach_km = threshold_arg(fcinfo, 7, "reach_km");
	at.reach_population = threshold_arg(fcinfo, 8, "reach_population");

	/* Infinity is how this code says "none", so an infinite threshold must not reach it. */
	if (isinf(at.integrated_km) || isinf(at.integrated_seat_km) || isinf(at.reach_km))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a distance threshold of mode_relation must be finite"),
				 errhint("No two places on Earth are more than 20,040 km apart.")));

	relation = mode_side_relation(&side, &at);
	if (relation == RELATION_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(mode_relation_name(relation)));
}

/* A relation argument; unknown when it is NULL. */
static ModeRelation
relation_arg(FunctionCallInfo fcinfo, int n)
{
	text	   *word;
	ModeRelation relation;

	if (PG_ARGISNULL(n))
		return RELATION_UNKNOWN;
	word = PG_GETARG_TEXT_PP(n);
	if (!mode_relation_parse(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), &relation))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid relation for classify_mode: \"%s\"", text_to_cstring(word)),
				 errhint("Relations are integrated, separate and none, as mode_relation returns them.")));
	return relation;
}

/* The mode of two relations; NULL when one of them is. */
Datum
classify_mode(PG_FUNCTION_ARGS)
{
	ModeRelation home = relation_arg(fcinfo, 0);
	ModeRelation away = relation_arg(fcinfo, 1);

	if (home == RELATION_UNKNOWN || away == RELATION_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_PORTMODE(mode_of_relations(home, away));
}

/* The set of modes that can follow in one step, in order of rank. */
Datum
mode_successors(PG_FUNCTION_ARGS)
{
	FuncCallContext *ctx;
	PortMode	from = PG_GETARG_PORTMODE(0);
	PortMode	to;

	if (SRF_IS_FIRSTCALL())
		SRF_FIRSTCALL_INIT();
	ctx = SRF_PERCALL_SETUP();
	if (mode_successor_nth(from, (int) ctx->call_cntr, &to))
		SRF_RETURN_NEXT(ctx, UInt8GetDatum((uint8) to));
	SRF_RETURN_DONE(ctx);
}

/* The set of ways from one mode to another, one text row each. */
Datum
mode_path(PG_FUNCTION_ARGS)
{
	FuncCallContext *ctx;
	char		path[MODE_PATH_SIZE];

	if (SRF_IS_FIRSTCALL())
		SRF_FIRSTCALL_INIT();
	ctx = SRF_PERCALL_SETUP();
	if (mode_path_nth(PG_GETARG_PORTMODE(0), PG_GETARG_PORTMODE(1), (int) ctx->call_cntr, path))
		SRF_RETURN_NEXT(ctx, PointerGetDatum(cstring_to_text(path)));
	SRF_RETURN_DONE(ctx);
}

/* Can the second mode follow the first in one step? */
Datum
mode_can_follow(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(mode_edge(PG_GETARG_PORTMODE(0), PG_GETARG_PORTMODE(1)));
}
