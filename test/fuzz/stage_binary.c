/*
 * stage_scheme in binary: what is accepted is sent back byte for byte, and survives as text.
 */
#include "fuzz.h"

extern Datum stage_scheme_in(PG_FUNCTION_ARGS);
extern Datum stage_scheme_out(PG_FUNCTION_ARGS);
extern Datum stage_scheme_recv(PG_FUNCTION_ARGS);
extern Datum stage_scheme_send(PG_FUNCTION_ARGS);

void
fuzz_one(const uint8 *data, size_t size)
{
	static const int states[] = {ERRCODE_INVALID_BINARY_REPRESENTATION, 0};
	Datum		d,
				out;

	fuzz_allow(states);
	d = fuzz_call1(stage_scheme_recv, fuzz_message(data, size));
	if (fuzz_state != 0)
		return;
	out = fuzz_call1(stage_scheme_send, d);
	demand(fuzz_state == 0);
	demand(fuzz_same(out, fuzz_varlena(data, size)));
	out = fuzz_call1(stage_scheme_out, d);
	demand(fuzz_state == 0);
	demand(fuzz_same(d, fuzz_call1(stage_scheme_in, out)));
}
