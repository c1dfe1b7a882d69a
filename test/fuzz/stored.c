/*
 * Stored bytes of all three types, as a damaged disk may give them: every door answers or raises an error that says so.
 *
 * The first byte says what follows: the bytes of a value; or, since few random bytes are nearly a value, one of the
 * texts below and changes to the bytes of its value (or of an aggregate's state of it): place and new byte.
 */
#include "fuzz.h"

#include "composition_layout.h"
#include "mode.h"
#include "stage.h"

extern Datum composition_in(PG_FUNCTION_ARGS);
extern Datum composition_out(PG_FUNCTION_ARGS);
extern Datum composition_send(PG_FUNCTION_ARGS);
extern Datum composition_recv(PG_FUNCTION_ARGS);
extern Datum composition_hash(PG_FUNCTION_ARGS);
extern Datum composition_cmp(PG_FUNCTION_ARGS);
extern Datum composition_merge(PG_FUNCTION_ARGS);
extern Datum composition_subtract(PG_FUNCTION_ARGS);
extern Datum composition_combine(PG_FUNCTION_ARGS);
extern Datum composition_final(PG_FUNCTION_ARGS);
extern Datum composition_value_text(PG_FUNCTION_ARGS);
extern Datum composition_value_int8(PG_FUNCTION_ARGS);
extern Datum composition_accum_text_int8(PG_FUNCTION_ARGS);
extern Datum composition_accum_int8_float8(PG_FUNCTION_ARGS);
extern Datum composition_accum_float8(PG_FUNCTION_ARGS);
extern Datum stage_scheme_in(PG_FUNCTION_ARGS);
extern Datum stage_scheme_out(PG_FUNCTION_ARGS);
extern Datum stage_scheme_send(PG_FUNCTION_ARGS);
extern Datum stage_scheme_hash(PG_FUNCTION_ARGS);
extern Datum stage_scheme_cmp(PG_FUNCTION_ARGS);
extern Datum port_mode_out(PG_FUNCTION_ARGS);

static const char *const compositions[] = {
	"{}", "{\"a\": 1}", "{\"a\": 5, \"abcdefghi\": 3, \"abcdefghj\": 0, \"b\": 70000}", "{\"\": 0.5, \"x\": 12.25}",
	"{\"a\": 0.1e0, \"b\": 3e0}", "{\"a\": 1e300, \"b\": 1e-300}", "{\"a\": 123456789012345678901234567890123456789012345, \"b\": 1}",
	"{1: 5, 2: 7}", "{-300: 1.5e0, 70000: 2}", "{1: 0.00000000000000000000000000000000000001, 5000000000: 1000000}",
	"[1, 2, 2, 5]", "[0.1e0, 0.2e0]", "[1e-300, 1e300]", "[0.1, 123456789012345678901234567890123456789012345]"
};
static const char *const schemes[] = {
	"[,) \"x\"", "[1949,1978) \"one\"; [1978,1992-01-01) \"two\"; [1992,) \"three\"", "[4713 BC,2000) \"\xe5\x90\x8e\"; [2000,2000-01-02) \"day\""
};

/* The same bytes again, since calls may change what they are given inside an aggregate. */
static Datum
copy_of(Datum d)
{
	return fuzz_varlena(VARDATA(d), VARSIZE(d) - VARHDRSZ);
}

/* The state of an aggregate that has seen a stored value twice. */
static Datum
state_of(Datum stored)
{
	return PointerGetDatum(work_merge(work_from((Composition *) DatumGetPointer(stored)), (Composition *) DatumGetPointer(stored)));
}

/* A value of a text, and changes to its bytes. */
static Datum
changed(FuzzInput *in, PGFunction read, const char *text, bool state)
{
	Datum		d = fuzz_call1(read, CStringGetDatum(pstrdup(text)));
	uint8	   *p;

	demand(fuzz_state == 0);
	if (state)
		d = state_of(d);
	if (in->left % 7 == 6)		/* some are cut off */
	{
		size_t		cut = take_byte(in);

		d = fuzz_varlena(VARDATA(d), VARSIZE(d) - VARHDRSZ - Min(cut, VARSIZE(d) - VARHDRSZ));
	}
	else
		d = copy_of(d);
	p = (uint8 *) VARDATA(d);
	while (in->left > 1 && VARSIZE(d) > VARHDRSZ)
	{
		int			at = take_byte(in);
		uint8		byte = take_byte(in);

		/* Header and ends are what matters most; the rest of a large value is far away. */
		at = (at < 128 ? at % 64 : at * 4) % (VARSIZE(d) - VARHDRSZ);
		p[at] = byte < 64 ? p[at] + byte - 32 : byte < 128 ? p[at] ^ 1 << byte % 8 : byte;
	}
	return d;
}

/* Whether printing a value would take long: totals of thousands of digits are for the test with a server. */
static bool
is_long(Datum d)
{
	const Composition *c = (const Composition *) DatumGetPointer(d);

	if (VARSIZE(d) < sizeof(CompositionWork) || !IS_COMPOSITION_WORK(c))
	{
		CompositionWide wide;

		if (VARSIZE(d) < sizeof(Composition) || c->width != 0)
			return VARSIZE(d) >= sizeof(Composition) && c->form == COMPOSITION_DECIMAL && fuzz_long(c->scale, 2000);
		for (int i = 0; i < c->n && i < 64 && (i + 1) * sizeof(wide) <= VARSIZE(d) - sizeof(Composition); i++)
		{
			memcpy(&wide, (const char *) (c + 1) + i * sizeof(wide), sizeof(wide));
			if (fuzz_long(wide.exponent, 4096))
				return true;
		}
		return fuzz_long(c->scale, 2000);
	}
	return fuzz_long(((const CompositionWork *) c)->scale, 2000);
}

static void
try_composition(Datum d)
{
	Datum		text = fuzz_varlena("abcdefghi", 9);
	Datum		keyed = fuzz_call1(composition_in, CStringGetDatum(pstrdup("{\"abcdefghi\": 1, \"zz\": 2}")));
	Datum		numbered = fuzz_call1(composition_in, CStringGetDatum(pstrdup("{2: 1, 70000: 2}")));
	Datum		out;

	if (is_long(d))
		return;
	out = fuzz_call1(composition_out, copy_of(d));
	fuzz_call1(composition_send, copy_of(d));
	fuzz_call1(composition_hash, copy_of(d));
	fuzz_call2(composition_cmp, copy_of(d), keyed);
	fuzz_call2(composition_value_text, copy_of(d), text);
	fuzz_call2(composition_value_int8, copy_of(d), Int64GetDatum(2));
	fuzz_call2(composition_merge, copy_of(d), copy_of(d));
	fuzz_call2(composition_merge, keyed, copy_of(d));
	fuzz_call2(composition_merge, copy_of(d), numbered);
	fuzz_call2(composition_subtract, copy_of(d), copy_of(d));
	fuzz_call2(composition_subtract, copy_of(d), keyed);
	fuzz_call(composition_accum_text_int8, 3, copy_of(d), text, Int64GetDatum(5));
	fuzz_call(composition_accum_int8_float8, 3, copy_of(d), Int64GetDatum(7), Float8GetDatum(0.5));
	fuzz_call2(composition_accum_float8, copy_of(d), Float8GetDatum(0.5));
	/* As the state of another process, which an aggregate adopts and goes on with. */
	fuzz_in_aggregate = true;
	out = fuzz_call2(composition_combine, FUZZ_NULL, copy_of(d));
	if (fuzz_state == 0)
	{
		fuzz_call2(composition_combine, out, keyed);
		out = fuzz_call2(composition_combine, FUZZ_NULL, copy_of(d));
		fuzz_call(composition_accum_int8_float8, 3, out, Int64GetDatum(7), Float8GetDatum(0.5));
		out = fuzz_call2(composition_combine, FUZZ_NULL, copy_of(d));
		fuzz_call2(composition_combine, out, copy_of(d));
		if (fuzz_state == 0)
			fuzz_call1(composition_final, out);
	}
	fuzz_in_aggregate = false;
}

static void
try_scheme(Datum d)
{
	Datum		out = fuzz_call1(stage_scheme_out, d);

	if (fuzz_state == 0)
		demand(strlen(DatumGetCString(out)) < 2 * VARSIZE(d) + 60 * ((StageScheme *) DatumGetPointer(d))->n);
	fuzz_call1(stage_scheme_send, d);
	fuzz_call1(stage_scheme_hash, d);
	fuzz_call2(stage_scheme_cmp, d, d);
	demand(fuzz_state != 0 || stage_find(((StageScheme *) DatumGetPointer(d))->periods, ((StageScheme *) DatumGetPointer(d))->n, 42) >= 0);
}

void
fuzz_one(const uint8 *data, size_t size)
{
	static const int states[] = {ERRCODE_DATA_CORRUPTED, ERRCODE_FEATURE_NOT_SUPPORTED, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
		ERRCODE_INVALID_PARAMETER_VALUE, ERRCODE_PROGRAM_LIMIT_EXCEEDED, 0};
	FuzzInput	in = {data, size};
	uint8		head = take_byte(&in);

	fuzz_allow(states);
	switch (head % 6)
	{
		case 0:
			try_composition(fuzz_varlena(in.p, in.left));
			break;
		case 1:
			try_scheme(fuzz_varlena(in.p, in.left));
			break;
		case 2:
			fuzz_call1(port_mode_out, UInt8GetDatum(take_byte(&in)));
			break;
		case 3:
			try_scheme(changed(&in, stage_scheme_in, schemes[head / 6 % lengthof(schemes)], false));
			break;
		default:
			try_composition(changed(&in, composition_in, compositions[head / 6 % lengthof(compositions)], head % 6 == 5));
			break;
	}
}
