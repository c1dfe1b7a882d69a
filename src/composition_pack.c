/*
 * composition_pack.c -- writing the stored form: keys in order, the smallest scale, the narrowest lanes.
 */
#include "composition_layout.h"

#include <float.h>
#include <limits.h>

#include "miscadmin.h"
#include "utils/memutils.h"

/* The narrowest integer for a key of a bigint composition whose least and greatest keys are given. */
static int
int_key_width(int64 least, int64 most)
{
	if (least >= PG_INT8_MIN && most <= PG_INT8_MAX)
		return 1;
	if (least >= PG_INT16_MIN && most <= PG_INT16_MAX)
		return 2;
	return least >= PG_INT32_MIN && most <= PG_INT32_MAX ? 4 : 8;
}

/* The narrowest lane for totals of so many bits, one of which stays free; 0 if none is wide enough. */
static int
lane_width(int bits)
{
	static const int widths[] = {1, 2, 4, 8, 12, 16};

	for (int i = 0; i < lengthof(widths); i++)
		if (bits < widths[i] * 8)
			return widths[i];
	return 0;
}

/* A value of the stored form with its header filled and its keys written; totals take so many bytes. */
static Composition *
pack_keys(const CompositionView *v, const SortKey *sorted, Size totals)
{
	CompositionKeyKind kind = sorted == NULL ? COMPOSITION_KEY_NONE : v->kind;	/* doubles come without keys */
	int			key_width = 0;
	Size		text = 0;
	Size		size;
	Composition *c;
	char	   *keys;

	if (kind == COMPOSITION_KEY_BIGINT)
		key_width = int_key_width(view_int(v, sorted[0].entry), view_int(v, sorted[v->n - 1].entry));
	else if (kind == COMPOSITION_KEY_TEXT)
	{
		text = load_unsigned(v->keys + (Size) (v->n - 1) * v->key_width, v->key_width);
		key_width = text <= PG_UINT8_MAX ? 1 : text <= PG_UINT16_MAX ? 2 : 4;
	}
	size = sizeof(Composition) + totals + (Size) v->n * key_width + text;
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("composition of %d entries would exceed the limit of 1 GB", v->n),
				 errhint("Aggregate over fewer or coarser keys.")));
	c = palloc(size);
	memset(c, 0, sizeof(Composition));
	SET_VARSIZE(c, size);
	c->format = COMPOSITION_FORMAT;
	c->kind = kind;
	c->n = v->n;
	c->key_width = key_width;
	keys = (char *) c + sizeof(Composition) + totals;
	if (kind == COMPOSITION_KEY_BIGINT)
		for (int i = 0; i < v->n; i++)
		{
			store_unsigned(keys + (Size) i * key_width, key_width, (uint64) view_int(v, sorted[i].entry));
			if ((i & 4095) == 4095)
				CHECK_FOR_INTERRUPTS();
		}
	else if (kind == COMPOSITION_KEY_TEXT)
	{
		char	   *bytes = keys + (Size) v->n * key_width;
		uint32		end = 0;

		for (int i = 0; i < v->n; i++)
		{
			int			len;
			const char *p = view_text(v, sorted[i].entry, &len);

			memcpy(bytes + end, p, len);
			end += len;
			store_unsigned(keys + (Size) i * key_width, key_width, end);
			if ((i & 4095) == 4095)
				CHECK_FOR_INTERRUPTS();
		}
	}
	return c;
}

/* Digits or bits after the point that no double and no numeric has can only come from a damaged state. */
static void
check_scale(int scale, CompositionForm form)
{
	if (scale > (form == COMPOSITION_BINARY ? COMPOSITION_BINARY_SCALE_MAX : COMPOSITION_DECIMAL_SCALE_MAX))
		composition_damaged("state: scale of totals");
}

/* How many digits after the point no total needs. */
static int
spare_digits(const CompositionView *v)
{
	int			spare = v->scale;
	int			limbs = view_limbs(v);
	uint64_t   *x = NULL;

	for (int i = 0; i < v->n && spare > 0; i++)
	{
		int			exponent,
					n;

		if (v->width != 0 && v->width <= COMPOSITION_WIDTH_MAX)
		{
			spare = exact_zeros10_u128(load_lane(v->lanes + (Size) i * v->width, v->width), spare);
			if ((i & 4095) == 4095)
				CHECK_FOR_INTERRUPTS();
			continue;
		}
		if (x == NULL)
			x = palloc(sizeof(uint64_t) * (limbs + COMPOSITION_BITS_MAX / 64 + 2));
		n = view_natural(v, i, x, &exponent);
		exact_shift_left(x, n + exponent / 64 + 1, x, n, exponent);
		spare = exact_zeros10(x, n + exponent / 64 + 1, spare);
		CHECK_FOR_INTERRUPTS();
	}
	return spare;
}

/* 10^k for k <= 38. */
static exact_u128
pow10_u128(int k)
{
	return k <= EXACT_POW10_MAX ? exact_pow10[k] : (exact_u128) exact_pow10[EXACT_POW10_MAX] * exact_pow10[k - EXACT_POW10_MAX];
}

/* The usual case: every total comes in a lane of at most 128 bits. */
static Composition *
pack_lanes(const CompositionView *v, const SortKey *sorted)
{
	exact_u128	all = 0;
	int			spare = 0;
	uint64		limb[2];
	exact_u128	divisor = 1;
	int			width;
	Composition *c;
	char	   *lanes;

	for (int i = 0; i < v->n; i++)
		all |= load_lane(v->lanes + (Size) i * v->width, v->width);
	limb[0] = (uint64) all;
	limb[1] = (uint64) (all >> 64);
	if (v->form == COMPOSITION_BINARY)
	{
		spare = all == 0 ? v->scale : Min(v->scale, exact_trailing(limb, 2));
		width = lane_width(Max(exact_bits(limb, 2) - spare, 0));
	}
	else
	{
		if (v->form == COMPOSITION_DECIMAL)
			spare = spare_digits(v);
		if (spare > 0 && all != 0)
		{
			divisor = pow10_u128(spare);
			all = 0;
			for (int i = 0; i < v->n; i++)
			{
				all |= load_lane(v->lanes + (Size) i * v->width, v->width) / divisor;
				if ((i & 4095) == 4095)
					CHECK_FOR_INTERRUPTS();
			}
			limb[0] = (uint64) all;
			limb[1] = (uint64) (all >> 64);
		}
		width = lane_width(exact_bits(limb, 2));
	}
	check_scale(v->scale - spare, v->form);
	if (width == 0)				/* the top bit of a lane stays free, as in the stored form */
		composition_damaged("state: a total is negative");
	c = pack_keys(v, sorted, (Size) v->n * width);
	c->width = width;
	c->scale = v->scale - spare;
	c->form = c->scale == 0 ? COMPOSITION_INTEGER : v->form;
	lanes = (char *) c + sizeof(Composition);
	for (int i = 0; i < v->n; i++)
	{
		exact_u128	x = load_lane(v->lanes + (Size) sorted[i].entry * v->width, v->width);

		if (v->form == COMPOSITION_BINARY)
			x = spare >= 128 ? 0 : x >> spare;
		else if (divisor != 1)
			x /= divisor;
		store_lane(lanes + (Size) i * width, width, x);
		if ((i & 4095) == 4095)
			CHECK_FOR_INTERRUPTS();
	}
	return c;
}

/* Total i of the view as an odd number times 2^exponent at the final decimal scale. */
static int
reduced_natural(const CompositionView *v, int i, uint64_t *x, int *exponent, int spare_decimals)
{
	int			n = view_natural(v, i, x, exponent);
	int			low;

	if (n == 0)
	{
		*exponent = 0;
		return 0;
	}
	if (spare_decimals > 0)
	{
		int			len = n + *exponent / 64 + 1;

		exact_shift_left(x, len, x, n, *exponent);
		for (; spare_decimals > 0; spare_decimals -= Min(spare_decimals, EXACT_POW10_MAX))
			exact_divide_small(x, len, exact_pow10[Min(spare_decimals, EXACT_POW10_MAX)]);
		n = exact_length(x, len);
		*exponent = 0;
	}
	low = exact_trailing(x, n);
	exact_shift_right(x, n, x, n, low);
	*exponent += low;
	return exact_length(x, n);
}

/* The general case: totals of any size. */
static Composition *
pack_wide(const CompositionView *v, const SortKey *sorted)
{
	int			spare = v->form == COMPOSITION_DECIMAL ? spare_digits(v) : 0;
	int			decimal_scale = v->form == COMPOSITION_DECIMAL ? v->scale - spare : 0;
	uint64_t   *x = palloc(sizeof(uint64_t) * (view_limbs(v) + (spare > 0 ? COMPOSITION_BITS_MAX / 64 + 2 : 2)));
	int			low = 0,
				high = INT_MIN;
	Size		bytes = 0;
	int			width;
	Composition *c;
	char	   *lanes;

	for (int i = 0; i < v->n; i++)
	{
		int			exponent;
		int			n = reduced_natural(v, i, x, &exponent, spare);

		if (n == 0)
			continue;
		low = Min(low, exponent);
		high = Max(high, exact_bits(x, n) + exponent);
		bytes += (exact_bits(x, n) + 7) / 8;
		CHECK_FOR_INTERRUPTS();
	}
	high = Max(high, low);		/* all of them may be below 1, or zero */
	check_scale(decimal_scale, COMPOSITION_DECIMAL);
	check_scale(-low, COMPOSITION_BINARY);
	/* Such a total could not be written as doubles; decimal and whole totals have digits instead. */
	if (low < 0 && high > DBL_MAX_EXP)
		total_out_of_range();
	if (high > COMPOSITION_TOTAL_BITS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value is too large for type %s", "composition")));
	width = lane_width(high - low);
	c = pack_keys(v, sorted, width != 0 ? (Size) v->n * width : (Size) v->n * sizeof(CompositionWide) + bytes);
	c->width = width;
	c->scale = decimal_scale;
	c->form = decimal_scale > 0 ? COMPOSITION_DECIMAL : low < 0 ? COMPOSITION_BINARY : COMPOSITION_INTEGER;
	if (width != 0 && low < 0)
		c->scale = -low;
	lanes = (char *) c + sizeof(Composition);
	bytes = 0;
	for (int i = 0; i < v->n; i++)
	{
		int			exponent;
		int			n = reduced_natural(v, sorted[i].entry, x, &exponent, spare);

		if (width != 0)
		{
			uint64_t	lane[2];

			exact_shift_left(lane, 2, x, n, n == 0 ? 0 : exponent - low);
			store_lane(lanes + (Size) i * width, width, lane[0] | (exact_u128) lane[1] << 64);
		}
		else
		{
			CompositionWide entry;
			int			len = (exact_bits(x, n) + 7) / 8;

			for (int b = 0; b < len; b++)
				lanes[(Size) v->n * sizeof(entry) + bytes + b] = (char) (x[b / 8] >> (b % 8 * 8));
			bytes += len;
			entry.exponent = exponent;
			entry.end = (uint32) bytes;
			memcpy(lanes + (Size) i * sizeof(entry), &entry, sizeof(entry));
		}
		CHECK_FOR_INTERRUPTS();
	}
	return c;
}

/* Rows of double precision, which the state keeps as they are: sorted, then as lanes if their range allows. */
static Composition *
pack_doubles(const CompositionView *v)
{
	double	   *sorted = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * v->n);
	int			low = 0,
				high = INT_MIN,
				width;
	Composition *c = NULL;

	memcpy(sorted, v->lanes, sizeof(double) * v->n);
	sort_doubles(sorted, v->n);
	for (int i = 0; i < v->n; i++)
	{
		uint64_t	m;
		int			exponent;

		exact_split(sorted[i], &m, &exponent);
		low = Min(low, exponent);
		if (m != 0)
			high = Max(high, 64 - __builtin_clzll(m) + exponent);
	}
	CHECK_FOR_INTERRUPTS();
	width = lane_width(Max(high, low) - low);
	if (width != 0)
	{
		char	   *lanes;

		c = pack_keys(v, NULL, (Size) v->n * width);
		lanes = (char *) c + sizeof(Composition);
		c->width = width;
		c->scale = -low;
		c->form = low < 0 ? COMPOSITION_BINARY : COMPOSITION_INTEGER;
		for (int i = 0; i < v->n; i++)
		{
			uint64_t	m;
			int			exponent;

			exact_split(sorted[i], &m, &exponent);
			store_lane(lanes + (Size) i * width, width, m == 0 ? 0 : (exact_u128) m << (exponent - low));
		}
	}
	pfree(sorted);
	return c;
}

/* The composition of nothing, of any kind. */
Composition *
composition_empty(void)
{
	Composition *c = palloc0(sizeof(Composition));

	SET_VARSIZE(c, sizeof(Composition));
	c->format = COMPOSITION_FORMAT;
	c->width = 1;
	return c;
}

/* The stored form of anything. */
Composition *
composition_pack(const CompositionView *v)
{
	SortKey    *sorted;
	Composition *c;

	if (v->n == 0)
		return composition_empty();
	if (v->raw && (c = pack_doubles(v)) != NULL)
		return c;
	sorted = sorted_entries(v);
	if (v->width != 0 && v->width <= COMPOSITION_WIDTH_MAX && !v->raw)
		c = pack_lanes(v, sorted);
	else
		c = pack_wide(v, sorted);
	pfree(sorted);
	return c;
}

/* The stored form of a state. */
Composition *
composition_finish(const CompositionWork *w)
{
	CompositionView v;

	composition_view((const Composition *) w, &v);
	return composition_pack(&v);
}
