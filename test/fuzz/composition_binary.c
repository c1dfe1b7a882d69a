/*
 * composition in binary: what is accepted is sent back byte for byte, and survives as text.
 */
#include "fuzz.h"

#include "composition_layout.h"

extern Datum composition_in(PG_FUNCTION_ARGS);
extern Datum composition_out(PG_FUNCTION_ARGS);
extern Datum composition_recv(PG_FUNCTION_ARGS);
extern Datum composition_send(PG_FUNCTION_ARGS);

/* Whether a value has totals of thousands of digits, which take milliseconds to print. */
static bool
is_long(const Composition *c)
{
	CompositionView v;
	int			exponent;
	uint64_t	x[64];

	composition_view(c, &v);
	for (int i = 0; v.width == 0 && i < v.n; i++)
	{
		view_natural(&v, i, x, &exponent);
		if (fuzz_long(exponent, 4096))
			return true;
	}
	return false;
}

void
fuzz_one(const uint8 *data, size_t size)
{
	static const int states[] = {ERRCODE_INVALID_BINARY_REPRESENTATION, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
	ERRCODE_INVALID_PARAMETER_VALUE, 0};
	Datum		d,
				out;

	fuzz_allow(states);
	d = fuzz_call1(composition_recv, fuzz_message(data, size));
	if (fuzz_state != 0)
		return;
	out = fuzz_call1(composition_send, d);
	demand(fuzz_state == 0);
	demand(fuzz_same(out, fuzz_varlena(data, size)));
	if (is_long((Composition *) DatumGetPointer(d)))
		return;
	out = fuzz_call1(composition_out, d);
	demand(fuzz_state == 0);
	demand(fuzz_same(d, fuzz_call1(composition_in, out)));
}
