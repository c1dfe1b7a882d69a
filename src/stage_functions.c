/*
 * stage_functions.c -- which stage a point in time falls in, and what the stages of a scheme are.
 */
#include "compat.h"

#include "funcapi.h"
#include "stage.h"
#include "utils/builtins.h"
#include "utils/date.h"

PG_FUNCTION_INFO_V1(stage_bucket_year);
PG_FUNCTION_INFO_V1(stage_bucket_date);
PG_FUNCTION_INFO_V1(stage_bucket_text);
PG_FUNCTION_INFO_V1(stage_ordinal_label);
PG_FUNCTION_INFO_V1(stages);

#define YEAR_HINT "Years run from -4713 (4713 BC) to 5874897, and there is no year 0."

/* The ordinal of the stage that holds a day; NULL when none does. */
static Datum
bucket(FunctionCallInfo fcinfo, int32 day)
{
	StageScheme *scheme = PG_GETARG_STAGE(1);
	int			ordinal = stage_find(scheme->periods, scheme->n, day);

	PG_FREE_IF_COPY(scheme, 1);
	if (ordinal == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(ordinal);
}

/* By year, which stands for its first day. */
Datum
stage_bucket_year(PG_FUNCTION_ARGS)
{
	int64		year = PG_GETARG_INT64(0);
	int32		day;

	if (!stage_day_of_year(year, &day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("year out of range for stage_bucket: \"%lld\"", (long long) year),
				 errhint(YEAR_HINT)));
	return bucket(fcinfo, day);
}

/* By date; the two infinite dates are the open ends. */
Datum
stage_bucket_date(PG_FUNCTION_ARGS)
{
	return bucket(fcinfo, PG_GETARG_DATEADT(0));
}

/* By text: a year or an ISO date. */
Datum
stage_bucket_text(PG_FUNCTION_ARGS)
{
	text	   *at = PG_GETARG_TEXT_PP(0);
	int32		day;
	StageFaultCode code = stage_parse_at(VARDATA_ANY(at), VARSIZE_ANY_EXHDR(at), &day);

	if (code == STAGE_YEAR_RANGE)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("year out of range for stage_bucket: \"%s\"", text_to_cstring(at)),
				 errhint(YEAR_HINT)));
	if (code != STAGE_FINE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_DATETIME_FORMAT),
				 errmsg("invalid year or date for stage_bucket: \"%s\"", text_to_cstring(at)),
				 errhint("Give a year like 1995 or an ISO date like 1995-06-30; what follows a date is ignored.")));
	return bucket(fcinfo, day);
}

/* The label of a stage. */
static text *
label_text(const StageScheme *scheme, int i)
{
	int			len;
	const char *label = stage_label_of(scheme, i, &len);

	return cstring_to_text_with_len(label, len);
}

/* The label of the stage with an ordinal; NULL when the scheme has none such. */
Datum
stage_ordinal_label(PG_FUNCTION_ARGS)
{
	int32		ordinal = PG_GETARG_INT32(0);
	StageScheme *scheme = PG_GETARG_STAGE(1);

	if (ordinal < 1 || ordinal > scheme->n)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(label_text(scheme, ordinal - 1));
}

/* The stages of a scheme as rows: ordinal, label, first day, first day after; NULL where it is open. */
Datum
stages(PG_FUNCTION_ARGS)
{
	FuncCallContext *ctx;
	StageScheme *scheme;
	Datum		values[4];
	bool		nulls[4] = {false, false, false, false};
	int			i;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;
		TupleDesc	desc;

		ctx = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(ctx->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "stages must return rows");
		ctx->tuple_desc = BlessTupleDesc(desc);
		ctx->user_fctx = stage_open((StageScheme *) PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0)));
		MemoryContextSwitchTo(caller);
	}
	ctx = SRF_PERCALL_SETUP();
	scheme = ctx->user_fctx;
	i = (int) ctx->call_cntr;
	if (i >= scheme->n)
		SRF_RETURN_DONE(ctx);
	values[0] = Int32GetDatum(i + 1);
	values[1] = PointerGetDatum(label_text(scheme, i));
	values[2] = DateADTGetDatum(scheme->periods[i].from);
	values[3] = DateADTGetDatum(scheme->periods[i].to);
	nulls[2] = scheme->periods[i].from == STAGE_OPEN_FROM;
	nulls[3] = scheme->periods[i].to == STAGE_OPEN_TO;
	SRF_RETURN_NEXT(ctx, HeapTupleGetDatum(heap_form_tuple(ctx->tuple_desc, values, nulls)));
}
