/*
 * Labels of port_mode, its binary form and its stored byte.
 */
#include "fuzz.h"

#include "mode.h"

extern Datum port_mode_in(PG_FUNCTION_ARGS);
extern Datum port_mode_out(PG_FUNCTION_ARGS);
extern Datum port_mode_recv(PG_FUNCTION_ARGS);
extern Datum port_mode_send(PG_FUNCTION_ARGS);

void
fuzz_one(const uint8 *data, size_t size)
{
	static const int states[] = {ERRCODE_INVALID_TEXT_REPRESENTATION, ERRCODE_INVALID_BINARY_REPRESENTATION,
	ERRCODE_DATA_CORRUPTED, 0};
	char	   *exact = memcpy(palloc(size), data, size);
	PortMode	mode = 0;
	Datum		d,
				out;

	fuzz_allow(states);
	if (mode_parse(exact, size, &mode))
	{
		PortMode	again;

		demand(mode_valid(mode));
		demand(mode_parse(mode_code(mode), strlen(mode_code(mode)), &again) && again == mode);
		demand(mode_parse(mode_long_name(mode), strlen(mode_long_name(mode)), &again) && again == mode);
	}

	/* By the doors: text, then bytes. */
	d = fuzz_call1(port_mode_in, CStringGetDatum(fuzz_cstring(data, size)));
	if (memchr(data, '\0', size) == NULL)
		demand((fuzz_state == 0) == (mode != 0));
	if (fuzz_state == 0)
	{
		out = fuzz_call1(port_mode_out, d);
		demand(fuzz_state == 0);
		demand(DatumGetUInt8(fuzz_call1(port_mode_in, out)) == DatumGetUInt8(d) && fuzz_state == 0);
	}
	d = fuzz_call1(port_mode_recv, fuzz_message(data, size));
	demand((fuzz_state == 0) == (size == 1 && data[0] >= 1 && data[0] <= 4));
	if (fuzz_state == 0)
	{
		out = fuzz_call1(port_mode_send, d);
		demand(VARSIZE(out) == VARHDRSZ + 1 && *(uint8 *) VARDATA(out) == data[0]);
	}

	/* A stored byte. */
	if (size == 1)
	{
		fuzz_call1(port_mode_out, UInt8GetDatum(data[0]));
		demand(fuzz_state == (mode_valid(data[0]) ? 0 : ERRCODE_DATA_CORRUPTED));
	}
}
