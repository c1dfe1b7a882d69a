/*
 * share_fns.c -- SQL doors that name entities: share, shares, top, first_entity.
 */
#include "indicator_fns.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

typedef struct Entry
{
	double		value;
	int			at;				/* index into the arrays, which are in key order */
} Entry;

/* Largest first, equal values in key order. */
#define ST_SORT sort_entries
#define ST_ELEMENT_TYPE Entry
#define ST_COMPARE(a, b) ((a)->value != (b)->value ? ((a)->value < (b)->value ? 1 : -1) : \
						  ((a)->at > (b)->at) - ((a)->at < (b)->at))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* A key as text, or a null pointer without keys. */
text *
indicator_key_text(const CompositionArrays *a, int i)
{
	char		digits[24];

	if (a->kind == COMPOSITION_KEY_TEXT)
		return cstring_to_text_with_len(a->text_key[i], a->text_len[i]);
	if (a->kind != COMPOSITION_KEY_BIGINT)
		return NULL;
	snprintf(digits, sizeof(digits), INT64_FORMAT, a->int_key[i]);
	return cstring_to_text(digits);
}

/* Returns the first "limit" entries as rows (key, value, share, rank). */
static void
put_shares(FunctionCallInfo fcinfo, int limit)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	CompositionArrays a;
	Entry	   *entry;

	composition_arrays(PG_GETARG_COMPOSITION_P(0), &a);
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	entry = palloc_extended(((Size) a.n + 1) * sizeof(Entry), MCXT_ALLOC_HUGE);
	for (int i = 0; i < a.n; i++)
	{
		entry[i].value = a.value[i];
		entry[i].at = i;
	}
	sort_entries(entry, a.n);
	for (int i = 0; i < a.n && i < limit; i++)
	{
		text	   *key = indicator_key_text(&a, entry[i].at);
		Datum		values[4] = {PointerGetDatum(key), Float8GetDatum(entry[i].value),
		Float8GetDatum(a.total > 0 ? entry[i].value / a.total : 0), Int32GetDatum(i + 1)};
		bool		nulls[4] = {key == NULL, false, !(a.total > 0), false};

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		if (key != NULL)
			pfree(key);
	}
}

/* All entities, largest first. */
PG_FUNCTION_INFO_V1(indicator_shares);
Datum
indicator_shares(PG_FUNCTION_ARGS)
{
	put_shares(fcinfo, PG_INT32_MAX);
	return (Datum) 0;
}

/* The k largest. */
PG_FUNCTION_INFO_V1(indicator_top);
Datum
indicator_top(PG_FUNCTION_ARGS)
{
	int32		k = PG_GETARG_INT32(1);

	if (k < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("top: k is %d, but must be at least 1", k)));
	put_shares(fcinfo, k);
	return (Datum) 0;
}

/* The key of the largest; NULL where all is zero or there are no keys. */
PG_FUNCTION_INFO_V1(indicator_first_entity);
Datum
indicator_first_entity(PG_FUNCTION_ARGS)
{
	CompositionArrays a;
	int			first = 0;

	composition_arrays(PG_GETARG_COMPOSITION_P(0), &a);
	if (!(a.total > 0) || a.kind == COMPOSITION_KEY_NONE)
		PG_RETURN_NULL();
	for (int i = 1; i < a.n; i++)
		if (a.value[i] > a.value[first])
			first = i;
	PG_RETURN_TEXT_P(indicator_key_text(&a, first));
}

/* One entity's share. */
static Datum
share_result(FunctionCallInfo fcinfo, Part part)
{
	if (!(part.total > 0))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(part.value / part.total);
}

PG_FUNCTION_INFO_V1(indicator_share_text);
Datum
indicator_share_text(PG_FUNCTION_ARGS)
{
	return share_result(fcinfo, part_of_text(PG_GETARG_COMPOSITION_P(0), PG_GETARG_TEXT_PP(1)));
}

PG_FUNCTION_INFO_V1(indicator_share_int);
Datum
indicator_share_int(PG_FUNCTION_ARGS)
{
	return share_result(fcinfo, part_of_int(PG_GETARG_COMPOSITION_P(0), PG_GETARG_INT64(1)));
}

/* A series: the rows (period, value) of a composition with bigint keys, in order of the period. */
PG_FUNCTION_INFO_V1(indicator_periods);
Datum
indicator_periods(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	CompositionArrays a;

	composition_arrays(PG_GETARG_COMPOSITION_P(0), &a);
	if (a.n > 0 && a.kind != COMPOSITION_KEY_BIGINT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a series is a composition with bigint keys"),
				 errhint("Build it with composition_agg(period, value), the period as in 201907 or 2019.")));
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (int i = 0; i < a.n; i++)
	{
		Datum		values[2] = {Int64GetDatum(a.int_key[i]), Float8GetDatum(a.value[i])};
		bool		nulls[2] = {false, false};

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
