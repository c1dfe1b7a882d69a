/*
 * The state of the aggregates: a program of rows goes into one state, and split over three states that are merged in
 * some order. Both give the same bytes, which text and binary form keep.
 */
#include "fuzz.h"

#include <math.h>

#include "composition_layout.h"
#include "numeric_digits.h"

extern Datum composition_out(PG_FUNCTION_ARGS);
extern Datum composition_in(PG_FUNCTION_ARGS);
extern Datum composition_send(PG_FUNCTION_ARGS);
extern Datum composition_recv(PG_FUNCTION_ARGS);
extern Datum composition_combine(PG_FUNCTION_ARGS);
extern Datum composition_final(PG_FUNCTION_ARGS);
extern Datum composition_accum_text_int8(PG_FUNCTION_ARGS);
extern Datum composition_accum_text_float8(PG_FUNCTION_ARGS);
extern Datum composition_accum_text_numeric(PG_FUNCTION_ARGS);
extern Datum composition_accum_int8_int8(PG_FUNCTION_ARGS);
extern Datum composition_accum_int8_float8(PG_FUNCTION_ARGS);
extern Datum composition_accum_int8_numeric(PG_FUNCTION_ARGS);
extern Datum composition_accum_int8(PG_FUNCTION_ARGS);
extern Datum composition_accum_float8(PG_FUNCTION_ARGS);
extern Datum composition_accum_numeric(PG_FUNCTION_ARGS);

#define ROWS 24
#define PARTS 3

typedef enum
{
	VALUE_INT,
	VALUE_DOUBLE,
	VALUE_NUMERIC
} ValueType;

/* A transition function for each kind of keys and type of values. */
static const PGFunction accumulate[3][3] = {
	[COMPOSITION_KEY_NONE] = {composition_accum_int8, composition_accum_float8, composition_accum_numeric},
	[COMPOSITION_KEY_BIGINT] = {composition_accum_int8_int8, composition_accum_int8_float8, composition_accum_int8_numeric},
	[COMPOSITION_KEY_TEXT] = {composition_accum_text_int8, composition_accum_text_float8, composition_accum_text_numeric}
};

typedef struct Row
{
	int			part;
	ValueType	type;
	Datum		key;
	Datum		value;
} Row;

/* A run had a row that the aggregates must refuse. */
static bool refused;

/*
 * A numeric: groups of four digits, the first of them worth 10000^weight, after a header of the short form where the
 * weight fits, or of the long one. Few are negative, NaN or infinite. The digits to show stand in the header, too.
 */
static Datum
make_numeric(FuzzInput *in)
{
	static const uint16 special[] = {0xC000, 0xD000, 0xF000};
	uint8		shape = take_byte(in);
	int			n = shape % 12;
	int16		part[16] = {0};
	bool		negative = shape == 0x2B || shape == 0x3B;

	part[1] = (int16) (shape & 0x80 ? (int8) take_byte(in) : (int) (take_byte(in) % 6) - 2);
	for (int i = 0; i < n; i++)
		part[2 + i] = (int16) ((shape & 0x40 ? take_byte(in) : take_bytes(in, 2)) % 10000);
	while (n > 0 && part[1 + n] == 0)	/* the server strips zeros */
		n--;
	if (n == 0 || part[2] == 0)
	{
		part[1] = 0;
		part[2] = 7;
		n = 1;
	}
	refused = refused || negative || shape >= 0xFD;
	if (shape >= 0xFD)
		return fuzz_varlena(&special[0xFF - shape], sizeof(uint16));
	if ((shape & 0x10) || part[1] < -64 || part[1] > 63)
	{
		part[0] = (int16) ((negative ? 0x4000 : 0) | shape);
		return fuzz_varlena(part, (2 + n) * sizeof(int16));
	}
	part[1] = (int16) (0x8000 | (negative ? 0x2000 : 0) | (shape & 0x3F) << 7 | (part[1] & 0x007F));
	return fuzz_varlena(&part[1], (1 + n) * sizeof(int16));
}

/* A double: plain, of any bits, or a power of two. */
static double
make_double(FuzzInput *in)
{
	uint8		shape = take_byte(in);
	union
	{
		uint64		u;
		double		d;
	}			bits;

	if (shape < 0x60)
		return (double) (int8) take_byte(in) * (shape & 1 ? 1 : 0.01);
	if (shape < 0xA0)
		return ldexp(1 + shape % 4, (int) (take_bytes(in, 2) % 2100) - 1076);
	if (shape < 0xC0)
		return (double) take_bytes(in, 4) / 7;
	bits.u = take_bytes(in, 8);
	return bits.d;
}

static Datum
make_value(FuzzInput *in, ValueType type)
{
	if (type == VALUE_NUMERIC)
		return make_numeric(in);
	if (type == VALUE_DOUBLE)
		return Float8GetDatum(make_double(in));
	return Int64GetDatum((int64) (take_byte(in) & 1 ? take_bytes(in, 8) >> 1 : take_byte(in)));
}

/* A key out of few, so that they meet again; some differ only late. */
static Datum
make_key(FuzzInput *in, CompositionKeyKind kind)
{
	static const char *const names[] = {"", "a", "ab", "abcdefgh", "abcdefghi", "abcdefghj", "\xe6\xbb\xa1\xe6\xb4\xb2\xe9\x87\x8c", "b"};
	uint8		which = take_byte(in);

	if (kind == COMPOSITION_KEY_TEXT)
	{
		const char *name = names[which % 8];

		return fuzz_varlena(name, strlen(name));
	}
	if (which >= 0xF0)
		return Int64GetDatum((int64) take_bytes(in, 8));
	return Int64GetDatum((int64) (int8) which % 20 * (which & 1 ? 1 : INT64_C(1) << 31));
}

/* A call that must not fail if *whole is to stay true. */
static Datum
step(bool *whole, PGFunction f, int n, Datum a, Datum b, Datum c)
{
	Datum		d = *whole ? fuzz_call(f, n, a, b, c) : FUZZ_NULL;

	if (*whole && fuzz_state != 0)
		*whole = false;
	return *whole ? d : FUZZ_NULL;
}

/* The state of the rows of one part, or of all (-1). */
static Datum
state_of_rows(bool *whole, CompositionKeyKind kind, const Row *rows, int n, int part)
{
	Datum		state = FUZZ_NULL;

	for (int i = 0; i < n && *whole; i++)
		if (part < 0 || rows[i].part == part)
			state = kind == COMPOSITION_KEY_NONE ? step(whole, accumulate[kind][rows[i].type], 2, state, rows[i].value, FUZZ_NULL) :
				step(whole, accumulate[kind][rows[i].type], 3, state, rows[i].key, rows[i].value);
	return state;
}

/* The stored form of the merged states of all parts, the first of them being "first". */
static Datum
merged(bool *whole, CompositionKeyKind kind, const Row *rows, int n, int first, bool stored)
{
	Datum		state = FUZZ_NULL;

	for (int i = 0; i < PARTS; i++)
	{
		Datum		part = state_of_rows(whole, kind, rows, n, (first + i) % PARTS);

		if (stored && part != FUZZ_NULL)
			part = step(whole, composition_final, 1, part, FUZZ_NULL, FUZZ_NULL);
		state = step(whole, composition_combine, 2, state, part, FUZZ_NULL);
	}
	return step(whole, composition_final, 1, state, FUZZ_NULL, FUZZ_NULL);
}

/* Text and binary form of a stored value are the value. */
static void
check_forms(Datum d)
{
	Datum		out;

	fuzz_in_aggregate = false;
	out = fuzz_call1(composition_send, d);
	demand(fuzz_state == 0);
	demand(fuzz_same(d, fuzz_call1(composition_recv, fuzz_message(VARDATA(out), VARSIZE(out) - VARHDRSZ))));
	out = fuzz_call1(composition_out, d);
	demand(fuzz_state == 0);
	demand(fuzz_same(d, fuzz_call1(composition_in, out)));
}

void
fuzz_one(const uint8 *data, size_t size)
{
	static const int states[] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, ERRCODE_INVALID_PARAMETER_VALUE, 0};
	FuzzInput	in = {data, size};
	uint8		head = take_byte(&in);
	CompositionKeyKind kind = head % 3;
	ValueType	fraction = head & 0x80 ? VALUE_NUMERIC : VALUE_DOUBLE;
	Row			rows[ROWS];
	int			n = 0;
	bool		whole = true,
				whole_parts = true;
	Datum		all,
				parts;

	fuzz_allow(states);
	refused = false;
	while (in.left > 0 && n < ROWS)
	{
		uint8		shape = take_byte(&in);
		Row		   *row = &rows[n++];
		bool		before = refused;

		row->part = shape % PARTS;
		row->type = (shape & 0xC0) == 0 ? VALUE_INT : shape == 0xFF ? VALUE_DOUBLE + VALUE_NUMERIC - fraction : fraction;
		row->key = kind == COMPOSITION_KEY_NONE ? FUZZ_NULL : make_key(&in, kind);
		row->value = make_value(&in, row->type);
		if (kind != COMPOSITION_KEY_NONE && row->key == FUZZ_NULL)	/* the number 1, as it happens: no row */
			refused = before;
	}
	fuzz_in_aggregate = true;
	all = state_of_rows(&whole, kind, rows, n, -1);
	all = step(&whole, composition_final, 1, all, FUZZ_NULL, FUZZ_NULL);
	fuzz_in_aggregate = (head & 0x40) == 0;	/* or as plain SQL calls, where every step gives the stored form */
	parts = merged(&whole_parts, kind, rows, n, (head >> 3) % PARTS, (head & 0x20) != 0);
	if (!whole || all == FUZZ_NULL)
		return;
	demand(!refused);
	if (whole_parts)
		demand(fuzz_same(all, parts));
	check_forms(all);
}
