/*
 * composition as text: what is read is printed in one way, which reads back to the same bytes, as its binary form does.
 */
#include "fuzz.h"

#include "composition_layout.h"

extern Datum composition_in(PG_FUNCTION_ARGS);
extern Datum composition_out(PG_FUNCTION_ARGS);
extern Datum composition_recv(PG_FUNCTION_ARGS);
extern Datum composition_send(PG_FUNCTION_ARGS);
extern Datum composition_merge(PG_FUNCTION_ARGS);
extern Datum composition_subtract(PG_FUNCTION_ARGS);

void
fuzz_one(const uint8 *data, size_t size)
{
	static const int states[] = {ERRCODE_INVALID_TEXT_REPRESENTATION, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, 0};
	char	   *text = fuzz_cstring(data, size);
	Datum		d,
				out,
				bytes,
				twice;
	Composition *c;

	fuzz_allow(states);
	d = fuzz_call1(composition_in, CStringGetDatum(text));
	if (fuzz_state != 0)
		return;
	out = fuzz_call1(composition_out, d);
	demand(fuzz_state == 0);
	demand(fuzz_same(d, fuzz_call1(composition_in, out)));
	if (fuzz_utf8(text, strlen(text)))
	{
		bytes = fuzz_call1(composition_send, d);
		demand(fuzz_state == 0);
		bytes = fuzz_call1(composition_recv, fuzz_message(VARDATA(bytes), VARSIZE(bytes) - VARHDRSZ));
		demand(fuzz_state == 0);
		demand(fuzz_same(d, bytes));
	}

	/* Added to itself and taken away again it is the same. */
	c = (Composition *) DatumGetPointer(d);
	twice = fuzz_call2(composition_merge, d, d);
	if (fuzz_state == 0 && c->n > 0 && c->kind != COMPOSITION_KEY_NONE)
	{
		twice = fuzz_call2(composition_subtract, twice, d);
		demand(fuzz_state == 0);
		demand(fuzz_same(d, twice));
	}
}
