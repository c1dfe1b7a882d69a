/*
 * composition_view.c -- reading totals out of either form: as naturals, as doubles, as numerics.
 */
#include "composition_layout.h"

#include <float.h>
#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

/* Takes a composition apart. */
void
composition_view(const Composition *c, CompositionView *v)
{
	memset(v, 0, sizeof(*v));
	v->n = c->n;
	v->form = c->form;
	if (IS_COMPOSITION_WORK(c))
	{
		const CompositionWork *w = (const CompositionWork *) c;

		v->n = w->n;
		v->kind = w->kind & ~COMPOSITION_WORK;
		v->raw = w->limbs == COMPOSITION_LIMBS_RAW;
		v->width = v->raw ? sizeof(double) : w->limbs * 8;
		v->scale = w->scale;
		v->lanes = (const char *) WORK_LANES(w);
		v->keys = v->kind == COMPOSITION_KEY_TEXT ? (const char *) WORK_ENDS(w) : (const char *) WORK_KEYS(w);
		v->key_width = v->kind == COMPOSITION_KEY_TEXT ? sizeof(uint32) : sizeof(int64);
		v->text = WORK_TEXT(w);
		v->text_len = w->text_used;
		return;
	}
	v->kind = c->kind;
	v->width = c->width;
	v->scale = c->scale;
	v->key_width = c->key_width;
	v->lanes = (const char *) c + sizeof(Composition);
	if (v->width != 0)
		v->keys = v->lanes + (Size) v->n * v->width;
	else
	{
		CompositionWide last;

		v->wide = v->lanes + (Size) v->n * sizeof(CompositionWide);
		memcpy(&last, v->wide - sizeof(last), sizeof(last));
		v->wide_len = last.end;
		v->keys = v->wide + last.end;
	}
	v->text = v->keys + (Size) v->n * v->key_width;
	v->text_len = (const char *) c + VARSIZE(c) - v->text;
}

/* Entry i of a wide composition; its end and its exponent come from outside. */
static const char *
view_wide(const CompositionView *v, int i, int *len, int *exponent)
{
	CompositionWide entry;
	uint32		start = 0;
	int64		bits = 0;

	if (i > 0)
	{
		memcpy(&entry, v->lanes + (Size) (i - 1) * sizeof(entry), sizeof(entry));
		start = entry.end;
	}
	memcpy(&entry, v->lanes + (Size) i * sizeof(entry), sizeof(entry));
	if (start > entry.end || entry.end > v->wide_len)
		composition_damaged("end of a total");
	if (start < entry.end)
	{
		/* The highest byte is never zero. */
		uint8		top = (uint8) v->wide[entry.end - 1];

		bits = (int64) (entry.end - start) * 8 - (top == 0 ? 0 : __builtin_clz(top) - 24);
	}
	if (entry.exponent < (v->form == COMPOSITION_BINARY ? -COMPOSITION_BINARY_SCALE_MAX : 0) ||
		entry.exponent + bits > (v->form == COMPOSITION_BINARY ? DBL_MAX_EXP : COMPOSITION_BITS_MAX))
		composition_damaged("exponent of a total");
	*len = (int) (entry.end - start);
	*exponent = entry.exponent;
	return v->wide + start;
}

/* Limbs that hold any total of the view. */
int
view_limbs(const CompositionView *v)
{
	int			most = 1;

	if (v->width != 0)
		return v->raw ? 1 : (v->width + 7) / 8;
	for (int i = 0; i < v->n; i++)
	{
		int			len,
					exponent;

		view_wide(v, i, &len, &exponent);
		most = Max(most, (len + 7) / 8);
	}
	return most;
}

/* Total i = x times 2^exponent, times 10^-scale if decimal; the limbs used, 0 for zero. */
int
view_natural(const CompositionView *v, int i, uint64_t *x, int *exponent)
{
	const char *p = v->lanes + (Size) i * v->width;
	int			len = v->width;

	*exponent = v->form == COMPOSITION_BINARY ? -v->scale : 0;
	if (v->raw)
	{
		double		d;

		memcpy(&d, p, sizeof(d));
		exact_split(d, x, exponent);
		return x[0] != 0;
	}
	if (v->width == 0)
		p = view_wide(v, i, &len, exponent);
	for (int at = 0; at < len; at += 8)
	{
		/* The bytes of a wide total end anywhere; the lowest comes first. */
		uint64_t	limb = 0;

		if (len - at >= 8)
			limb = load_unsigned(p + at, 8);
		else if (v->width != 0)
			limb = load_unsigned(p + at, len - at);
		else
			for (int b = len - at; b-- > 0;)
				limb = limb << 8 | (uint8) p[at + b];
		x[at / 8] = limb;
	}
	return exact_length(x, (len + 7) / 8);
}

/* Decimal text of x times 2^exponent times 10^-scale, in full. */
char *
natural_to_string(const uint64_t *x, int n, int exponent, int scale)
{
	int			grow = exponent >= 0 ? exponent / 64 + 1 : -exponent / 64 * 3 + 4;
	uint64_t   *work = palloc0(sizeof(uint64_t) * (n + grow));
	int			len;
	char	   *digits,
			   *out;

	if (exponent >= 0)
		exact_shift_left(work, n + grow, x, n, exponent);
	else
	{
		/* x 2^-e = x 5^e 10^-e */
		memcpy(work, x, sizeof(uint64_t) * n);
		for (int left = -exponent; left > 0; left -= 27)
		{
			uint64_t	five = 1;

			for (int k = 0; k < Min(left, 27); k++)
				five *= 5;
			exact_multiply_small(work, n + grow, five, 0);
		}
		scale -= exponent;
	}
	digits = palloc(EXACT_DIGITS(n + grow));
	len = exact_digits(digits, work, n + grow);
	pfree(work);
	while (scale > 0 && len > 1 && digits[len - 1] == '0')
	{
		len--;
		scale--;
	}
	if (len == 1 && digits[0] == '0')
		scale = 0;
	digits[len] = '\0';
	if (scale == 0)
		return digits;
	out = palloc(Max(len, scale) + 4);
	if (len > scale)
	{
		memcpy(out, digits, len - scale);
		out[len - scale] = '.';
		memcpy(out + len - scale + 1, digits + len - scale, scale + 1);
	}
	else
	{
		out[0] = '0';
		out[1] = '.';
		memset(out + 2, '0', scale - len);
		memcpy(out + 2 + scale - len, digits, len + 1);
	}
	pfree(digits);
	return out;
}

/* x times 2^exponent times 10^-scale as a double, rounded once. */
double
round_natural(const uint64_t *x, int n, int exponent, int scale)
{
	char	   *digits,
			   *scratch;
	uint64_t   *work;
	int			len;
	double		result;

	if (scale == 0)
		return exact_round(x, n, exponent);
	Assert(exponent >= 0);
	len = n + exponent / 64 + 1;
	work = palloc(sizeof(uint64_t) * len);
	exact_shift_left(work, len, x, n, exponent);
	if (exact_length(work, len) <= 2)
	{
		result = exact_round_decimal_u128(work[0] | (exact_u128) (len > 1 ? work[1] : 0) << 64, scale);
		pfree(work);
		return result;
	}
	digits = palloc(EXACT_DIGITS(len));
	len = exact_digits(digits, work, len);
	scratch = palloc(len + 16);
	result = exact_round_digits(digits, len, scale, scratch);
	pfree(scratch);
	pfree(digits);
	pfree(work);
	return result;
}

/* The error for a total that no double can hold. */
void
total_out_of_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("total of %s is out of range for type %s", "composition", "double precision")));
}

/* Total i, correctly rounded; one above zero is no zero. Scratch holds view_limbs(v) limbs. */
double
view_double(const CompositionView *v, int i, uint64_t *scratch)
{
	double		d;
	int			n,
				exponent;

	if (v->raw)
	{
		memcpy(&d, v->lanes + (Size) i * sizeof(d), sizeof(d));
		return d;
	}
	if (v->width != 0 && v->width <= COMPOSITION_WIDTH_MAX)
	{
		exact_u128	x = load_lane(v->lanes + (Size) i * v->width, v->width);

		d = v->form == COMPOSITION_DECIMAL ? exact_round_decimal_u128(x, v->scale) : exact_round_u128(x, v->scale);
		if (unlikely(d == 0) && x != 0)
			total_out_of_range();
		return d;
	}
	n = view_natural(v, i, scratch, &exponent);
	d = round_natural(scratch, n, exponent, v->form == COMPOSITION_DECIMAL ? v->scale : 0);
	if (isinf(d) || (d == 0 && n > 0))
		total_out_of_range();
	return d;
}

/* The sum of lanes that all have one scale, the usual case. */
static uint64_t *
total_of_lanes(const CompositionView *v, int *n)
{
	int			limbs = (v->width + 7) / 8 + 1;
	uint64_t   *sum = palloc0(sizeof(uint64_t) * limbs);
	uint64_t   *x = palloc(sizeof(uint64_t) * limbs);
	int			exponent;

	for (int i = 0; i < v->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (v->width <= 8)
		{
			x[0] = load_unsigned(v->lanes + (Size) i * v->width, v->width);
			exact_add(sum, limbs, x, 1);
		}
		else
			exact_add(sum, limbs, x, view_natural(v, i, x, &exponent));
	}
	pfree(x);
	*n = exact_length(sum, limbs);
	return sum;
}

/* The exact sum of all totals = result times 2^exponent, times 10^-scale if decimal. */
uint64_t *
view_total(const CompositionView *v, int *n, int *exponent)
{
	int			low = 0,
				high = 0,
				limbs;
	uint64_t   *sum,
			   *x,
			   *part;

	if (v->width != 0 && !v->raw)
	{
		*exponent = v->form == COMPOSITION_BINARY ? -v->scale : 0;
		return total_of_lanes(v, n);
	}
	/* Each total has an exponent of its own: find their range, then add at the lowest. */
	x = palloc(sizeof(uint64_t) * view_limbs(v));
	for (int i = 0; i < v->n; i++)
	{
		int			e;
		int			used = view_natural(v, i, x, &e);

		CHECK_FOR_INTERRUPTS();
		if (used == 0)
			continue;
		low = Min(low, e);
		high = Max(high, e + exact_bits(x, used));
	}
	limbs = (high - low) / 64 + 2;
	sum = palloc0(sizeof(uint64_t) * limbs);
	part = palloc(sizeof(uint64_t) * (limbs + 1));
	for (int i = 0; i < v->n; i++)
	{
		int			e;
		int			used = view_natural(v, i, x, &e);
		int			at = used == 0 ? 0 : (e - low) / 64;

		CHECK_FOR_INTERRUPTS();
		if (used == 0)
			continue;
		exact_shift_left(part, used + 1, x, used, (e - low) % 64);
		exact_add(sum + at, limbs - at, part, exact_length(part, used + 1));
	}
	pfree(x);
	pfree(part);
	*exponent = low;
	*n = exact_length(sum, limbs);
	return sum;
}

/* A natural as a numeric. */
Datum
natural_to_numeric(const uint64_t *x, int n, int exponent, int scale)
{
	char	   *s = natural_to_string(x, n, exponent, scale);

	return DirectFunctionCall3(numeric_in, CStringGetDatum(s), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
}

/* Bytewise, then by length. */
int
compare_text_keys(const char *a, int alen, const char *b, int blen)
{
	int			order = memcmp(a, b, Min(alen, blen));

	return order != 0 ? order : (alen > blen) - (alen < blen);
}
