/*
 * grubel_lloyd.c -- the aggregate form of the Grubel-Lloyd index, grubel_lloyd_agg(exports, imports).
 *
 * 1 - sum |x - m| / sum (x + m) is twice the sum of the smaller flows over the sum of all, so the state needs no
 * difference: a composition of two entries, the smaller flow and the larger flow of each row, exactly summed.
 */
#include "composition.h"

#include "utils/builtins.h"

#include "indicators.h"

#define SMALLER 0
#define LARGER 1

/* The transition functions of composition_agg that do the work. */
extern Datum composition_accum_int8_int8(PG_FUNCTION_ARGS);
extern Datum composition_accum_int8_numeric(PG_FUNCTION_ARGS);
extern Datum composition_accum_int8_float8(PG_FUNCTION_ARGS);

/* Adds a pair of flows to the state, as two rows of a composition with bigint keys. */
static Datum
add_pair(FunctionCallInfo fcinfo, PGFunction add, Datum smaller, Datum larger)
{
	LOCAL_FCINFO(call, 3);

	InitFunctionCallInfoData(*call, NULL, 3, InvalidOid, fcinfo->context, NULL);
	call->args[0] = fcinfo->args[0];
	call->args[1].value = Int64GetDatum(SMALLER);
	call->args[1].isnull = false;
	call->args[2].value = smaller;
	call->args[2].isnull = false;
	call->args[0].value = add(call);
	call->args[0].isnull = false;
	call->args[1].value = Int64GetDatum(LARGER);
	call->args[2].value = larger;
	return add(call);
}

/* A row that lacks a flow counts for nothing. */
#define SKIP_NULL() \
	do { \
		if (PG_ARGISNULL(1) || PG_ARGISNULL(2)) \
		{ \
			if (PG_ARGISNULL(0)) \
				PG_RETURN_NULL(); \
			PG_RETURN_DATUM(PG_GETARG_DATUM(0)); \
		} \
	} while (0)

PG_FUNCTION_INFO_V1(grubel_lloyd_accum_int4);
Datum
grubel_lloyd_accum_int4(PG_FUNCTION_ARGS)
{
	int64		x,
				m;

	SKIP_NULL();
	x = PG_GETARG_INT32(1);
	m = PG_GETARG_INT32(2);
	return add_pair(fcinfo, composition_accum_int8_int8, Int64GetDatum(Min(x, m)), Int64GetDatum(Max(x, m)));
}

PG_FUNCTION_INFO_V1(grubel_lloyd_accum_int8);
Datum
grubel_lloyd_accum_int8(PG_FUNCTION_ARGS)
{
	int64		x,
				m;

	SKIP_NULL();
	x = PG_GETARG_INT64(1);
	m = PG_GETARG_INT64(2);
	return add_pair(fcinfo, composition_accum_int8_int8, Int64GetDatum(Min(x, m)), Int64GetDatum(Max(x, m)));
}

PG_FUNCTION_INFO_V1(grubel_lloyd_accum_numeric);
Datum
grubel_lloyd_accum_numeric(PG_FUNCTION_ARGS)
{
	Datum		x,
				m;
	bool		less;

	SKIP_NULL();
	x = PG_GETARG_DATUM(1);
	m = PG_GETARG_DATUM(2);
	less = DatumGetBool(DirectFunctionCall2(numeric_lt, x, m));
	return add_pair(fcinfo, composition_accum_int8_numeric, less ? x : m, less ? m : x);
}

PG_FUNCTION_INFO_V1(grubel_lloyd_accum_float8);
Datum
grubel_lloyd_accum_float8(PG_FUNCTION_ARGS)
{
	double		x,
				m;

	SKIP_NULL();
	x = PG_GETARG_FLOAT8(1);
	m = PG_GETARG_FLOAT8(2);
	return add_pair(fcinfo, composition_accum_int8_float8, Float8GetDatum(x < m ? x : m), Float8GetDatum(x < m ? m : x));
}

/* Twice the sum of the smaller flows over the sum of all; NULL without trade. */
PG_FUNCTION_INFO_V1(grubel_lloyd_final);
Datum
grubel_lloyd_final(PG_FUNCTION_ARGS)
{
	CompositionArrays a;

	composition_arrays(PG_GETARG_COMPOSITION_P(0), &a);
	if (a.kind != COMPOSITION_KEY_BIGINT || a.n != 2 || a.int_key[0] != SMALLER || a.int_key[1] != LARGER || !(a.total > 0))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(clamped(2 * (a.value[0] / a.total), 0, 1));
}
