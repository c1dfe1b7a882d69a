/*
 * stage_scheme as text: what is read comes back the same from text and from bytes, and finds days as a plain walk does.
 */
#include "fuzz.h"

#include "stage.h"

extern Datum stage_scheme_in(PG_FUNCTION_ARGS);
extern Datum stage_scheme_out(PG_FUNCTION_ARGS);
extern Datum stage_scheme_recv(PG_FUNCTION_ARGS);
extern Datum stage_scheme_send(PG_FUNCTION_ARGS);
extern Datum stage_scheme_eq(PG_FUNCTION_ARGS);

/* The ordinal of the stage of a day, the slow way. */
static int
walk(const StageScheme *s, int32 day)
{
	for (int i = 0; i < s->n; i++)
		if (s->periods[i].from <= day && (day < s->periods[i].to || s->periods[i].to == STAGE_OPEN_TO))
			return i + 1;
	return 0;
}

void
fuzz_one(const uint8 *data, size_t size)
{
	static const int states[] = {ERRCODE_INVALID_TEXT_REPRESENTATION, 0};
	char	   *text = fuzz_cstring(data, size);
	Datum		d,
				out,
				bytes;
	StageScheme *s;

	fuzz_allow(states);
	d = fuzz_call1(stage_scheme_in, CStringGetDatum(text));
	if (fuzz_state != 0)
		return;
	out = fuzz_call1(stage_scheme_out, d);
	demand(fuzz_state == 0);
	demand(fuzz_same(d, fuzz_call1(stage_scheme_in, out)));
	if (fuzz_utf8(text, strlen(text)))
	{
		bytes = fuzz_call1(stage_scheme_send, d);
		demand(fuzz_state == 0);
		bytes = fuzz_call1(stage_scheme_recv, fuzz_message(VARDATA(bytes), VARSIZE(bytes) - VARHDRSZ));
		demand(fuzz_state == 0);
		demand(fuzz_same(d, bytes));
		demand(DatumGetBool(fuzz_call2(stage_scheme_eq, d, bytes)));
	}
	s = (StageScheme *) DatumGetPointer(d);
	for (int i = 0; i < s->n; i++)
		for (int step = -1; step <= 1; step++)
		{
			int64		from = (int64) s->periods[i].from + step,
						to = (int64) s->periods[i].to + step;

			if (from >= PG_INT32_MIN && from <= PG_INT32_MAX)
				demand(stage_find(s->periods, s->n, (int32) from) == walk(s, (int32) from));
			if (to >= PG_INT32_MIN && to <= PG_INT32_MAX)
				demand(stage_find(s->periods, s->n, (int32) to) == walk(s, (int32) to));
		}
}
