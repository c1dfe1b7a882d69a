/*
 * composition_work.c -- the work form: a hash table of exact totals in one flat value that grows as needed.
 *
 * Every function that may have to rebuild the value returns where it now is; the old one stays valid and is left to
 * its memory context (an aggregate's executor frees it).
 */
#include "composition_layout.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

/* Bytes of a work form. */
static Size
work_size(CompositionKeyKind kind, Size cap, Size limbs, Size slots, Size text)
{
	Size		lane = limbs == COMPOSITION_LIMBS_RAW ? sizeof(double) : limbs * 8;

	return sizeof(CompositionWork) + cap * (lane + (kind == COMPOSITION_KEY_NONE ? 0 : 8)) +
		slots * (cap < 65535 ? 2 : 4) + text;
}

/* Slots for so many entries: a power of two at most three quarters full. */
static Size
slots_for(CompositionKeyKind kind, Size cap)
{
	Size		slots = 8;

	if (kind == COMPOSITION_KEY_NONE)
		return 0;
	while (slots * 3 < cap * 4)
		slots *= 2;
	return slots;
}

/* Whether a value can have room for cap entries and so many bytes of keys. */
static bool
work_fits(CompositionKeyKind kind, int64 cap, int64 text, int limbs)
{
	return cap <= PG_INT32_MAX / 2 && AllocSizeIsValid(work_size(kind, cap, limbs, slots_for(kind, cap), text));
}

/* Fills in what follows from kind, cap, limbs and room for text; the bytes of the whole. */
Size
work_place(CompositionWork *w)
{
	CompositionKeyKind kind = w->kind & ~COMPOSITION_WORK;
	Size		cap = w->cap;
	Size		slots = slots_for(kind, cap);

	w->slots = slots;
	w->shift = slots == 0 ? 0 : 64 - __builtin_ctzll(slots);
	w->keys_at = sizeof(CompositionWork) + (w->limbs == COMPOSITION_LIMBS_RAW ? 1 : w->limbs) * 8 * cap;
	w->ends_at = w->keys_at + 4 * cap;
	w->slots_at = w->keys_at + (kind == COMPOSITION_KEY_NONE ? 0 : 8) * cap;
	w->text_at = w->slots_at + slots * (cap < 65535 ? 2 : 4);
	return work_size(kind, cap, w->limbs, slots, w->text_cap);
}

/* An empty work form with room for cap entries and so many bytes of keys. */
static CompositionWork *
work_allocate(CompositionKeyKind kind, int64 cap, int64 text, int limbs, int scale)
{
	Size		size,
				more;
	CompositionWork *w;

	if (!work_fits(kind, cap, text, limbs))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("composition of %lld entries would exceed the limit of 1 GB", (long long) cap),
				 errhint("Aggregate over fewer or coarser keys.")));
	cap = Max(cap, 4);
	/* Memory comes in powers of two up to 8 kB: use what there is. */
	size = work_size(kind, cap, limbs, slots_for(kind, cap), text);
	if (size < 8192 && kind != COMPOSITION_KEY_TEXT)
	{
		Size		rounded = 128;

		while (rounded < size)
			rounded *= 2;
		more = (rounded - size) / (work_size(kind, 1, limbs, 0, 0) - sizeof(CompositionWork));
		while (more > 0 && work_size(kind, cap + more, limbs, slots_for(kind, cap + more), text) > rounded)
			more--;
		cap += more;
	}
	size = work_size(kind, cap, limbs, slots_for(kind, cap), text);
	w = palloc(size);
	memset(w, 0, sizeof(CompositionWork));
	SET_VARSIZE(w, size);
	w->format = COMPOSITION_FORMAT;
	w->kind = kind | COMPOSITION_WORK;
	w->form = COMPOSITION_INTEGER;
	w->cap = cap;
	w->limbs = limbs;
	w->scale = scale;
	w->text_cap = text;
	work_place(w);
	memset(WORK_SLOTS(w), 0, w->text_at - w->slots_at);
	return w;
}

/* A new one. */
CompositionWork *
work_new(CompositionKeyKind kind, int n, int text)
{
	return work_allocate(kind, n, text, kind == COMPOSITION_KEY_NONE ? COMPOSITION_LIMBS_RAW : 1, 0);
}

/* Enters a number into the slots, where the key is known to be absent. */
static inline void
enter_slot(CompositionWork *w, uint32 at, int entry)
{
	uint32		mask = w->slots - 1;

	while (work_slot(w, at) != 0)
		at = (at + 1) & mask;
	if (work_short_slots(w))
		((uint16 *) WORK_SLOTS(w))[at] = (uint16) (entry + 1);
	else
		((uint32 *) WORK_SLOTS(w))[at] = entry + 1;
}

/* Copies the totals of one work form to another with more limbs or a larger scale. */
static void
copy_lanes(CompositionWork *to, const CompositionWork *from)
{
	int			old = from->limbs;
	int			new = to->limbs;
	int			up = to->scale - from->scale;

	if (old == new && up == 0)
	{
		memcpy(WORK_LANES(to), WORK_LANES(from), (Size) from->n * (new == COMPOSITION_LIMBS_RAW ? 1 : new) * 8);
		return;
	}
	memset(WORK_LANES(to), 0, (Size) from->n * new * 8);
	for (int i = 0; i < from->n; i++)
	{
		uint64_t   *lane = WORK_LANES(to) + (Size) i * new;

		memcpy(lane, WORK_LANES(from) + (Size) i * old, Min(old, new) * 8);
		if (up != 0 && to->form == COMPOSITION_BINARY)
			exact_shift_left(lane, new, lane, new, up);
		else if (up != 0)
			exact_scale10(lane, Min(old, new), up);
		CHECK_FOR_INTERRUPTS();
	}
}

/*
 * The same entries in a new value with more room or limbs, or a larger scale. It needs room for "least" entries with
 * so many bytes of keys, and has that of cap and text, or as much of it as fits in a value.
 */
static CompositionWork *
work_resize(CompositionWork *w, int64 least, int64 least_text, int64 cap, int64 text, int limbs, int scale)
{
	CompositionKeyKind kind = w->kind & ~COMPOSITION_WORK;
	CompositionWork *to;

	while (!work_fits(kind, cap, text, limbs) && (cap > least || text > least_text))
	{
		cap = least + (cap - least) / 2;
		text = least_text + (text - least_text) / 2;
	}
	to = work_allocate(kind, cap, text, limbs, scale);
	to->form = w->form;
	to->n = w->n;
	copy_lanes(to, w);
	if (kind == COMPOSITION_KEY_BIGINT)
	{
		memcpy(WORK_KEYS(to), WORK_KEYS(w), sizeof(int64) * w->n);
		for (int i = 0; i < w->n; i++)
		{
			enter_slot(to, hash_int_key(to, WORK_KEYS(to)[i]), i);
			if ((i & 4095) == 4095)
				CHECK_FOR_INTERRUPTS();
		}
	}
	else if (kind == COMPOSITION_KEY_TEXT)
	{
		memcpy(WORK_HASHES(to), WORK_HASHES(w), sizeof(uint32) * w->n);
		memcpy(WORK_ENDS(to), WORK_ENDS(w), sizeof(uint32) * w->n);
		memcpy(WORK_TEXT(to), WORK_TEXT(w), w->text_used);
		to->text_used = w->text_used;
		for (int i = 0; i < w->n; i++)
		{
			enter_slot(to, hash_slot(to, WORK_HASHES(to)[i]), i);
			if ((i & 4095) == 4095)
				CHECK_FOR_INTERRUPTS();
		}
	}
	return to;
}

/* Makes sure that n more entries with so many bytes of keys fit. */
CompositionWork *
work_reserve(CompositionWork *w, int n, int64 text)
{
	int64		cap = w->cap;
	int64		room = w->text_cap;

	if (n <= w->cap - w->n && text <= room - w->text_used)
		return w;
	/* Double what is too small, so that growing takes linear time. */
	if (n > w->cap - w->n)
		cap = Max(cap * 2, (int64) w->n + n);
	if (text > room - w->text_used)
		room = Max(room * 2, (int64) w->text_used + text);
	return work_resize(w, (int64) w->n + n, (int64) w->text_used + text, cap, room, w->limbs, w->scale);
}

/* A new entry of zero for a key that is absent. */
static inline void
zero_entry(CompositionWork *w, int entry)
{
	int			limbs = Max(w->limbs, 1);	/* a raw zero is all zero bits too */

	memset(WORK_LANES(w) + (Size) entry * limbs, 0, limbs * 8);
}

/* Adds a bigint key that is absent. */
CompositionWork *
work_insert_int(CompositionWork *w, int64 key, int *entry)
{
	if (w->n == w->cap)
		w = work_reserve(w, 1, 0);
	*entry = w->n++;
	WORK_KEYS(w)[*entry] = key;
	zero_entry(w, *entry);
	enter_slot(w, hash_int_key(w, key), *entry);
	return w;
}

/* Adds a text key that is absent. */
CompositionWork *
work_insert_text(CompositionWork *w, const char *key, int len, uint32 hash, int *entry)
{
	if (w->n == w->cap || len > w->text_cap - w->text_used)
		w = work_reserve(w, 1, len);
	*entry = w->n++;
	memcpy(WORK_TEXT(w) + w->text_used, key, len);
	w->text_used += len;
	WORK_HASHES(w)[*entry] = hash;
	WORK_ENDS(w)[*entry] = w->text_used;
	zero_entry(w, *entry);
	enter_slot(w, hash_slot(w, hash), *entry);
	return w;
}

/* Adds an entry without a key. */
CompositionWork *
work_append(CompositionWork *w, int *entry)
{
	if (w->n == w->cap)
		w = work_reserve(w, 1, 0);
	*entry = w->n++;
	zero_entry(w, *entry);
	return w;
}

/* The family of a sum; there is none of decimal and binary fractions. */
CompositionForm
check_family(CompositionForm a, CompositionForm b)
{
	if (a == COMPOSITION_INTEGER || a == b)
		return b;
	if (b != COMPOSITION_INTEGER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot merge a composition of decimal fractions with one of double precision"),
				 errdetail("Decimal and binary fractions have no common exact form."),
				 errhint("Build both from the same type: cast the values to numeric or to double precision before composition_agg.")));
	return a;
}

/* The most bits that any total needs. */
static int
most_bits(const CompositionWork *w)
{
	int			most = 0;

	for (int i = 0; i < w->n; i++)
	{
		most = Max(most, exact_bits(WORK_LANES(w) + (Size) i * w->limbs, w->limbs));
		CHECK_FOR_INTERRUPTS();
	}
	return most;
}

/* Bits that 10^digits needs at most. */
static int
bits_of_pow10(int digits)
{
	return digits == 0 ? 0 : (int) (digits * 3.3219280948873627 + 1);
}

/* Makes the scale at least so large and the lanes wide enough for totals of so many bits at the new scale. */
CompositionWork *
work_widen(CompositionWork *w, int scale, int bits)
{
	int			up = scale - w->scale;
	int			limbs;

	Assert(up >= 0);
	if (up > 0)
		bits = Max(bits, most_bits(w) + (w->form == COMPOSITION_BINARY ? up : bits_of_pow10(up)));
	/* One bit is kept free, so that one addition cannot overflow unnoticed. */
	limbs = Max(w->limbs, bits / 64 + 1);
	if (up == 0 && limbs == w->limbs)
		return w;
	return work_resize(w, w->n, w->text_used, w->cap, w->text_cap, limbs, scale);
}

/* The rows of an aggregate without keys as exact totals instead of doubles. */
CompositionWork *
work_unraw(CompositionWork *w)
{
	CompositionWork *to;
	const double *value = WORK_DOUBLES(w);

	if (w->limbs != COMPOSITION_LIMBS_RAW)
		return w;
	to = work_allocate(COMPOSITION_KEY_NONE, w->cap, 0, 1, 0);
	for (int i = 0; i < w->n; i++)
	{
		uint64_t	m;
		int			exponent,
					entry;

		exact_split(value[i], &m, &exponent);
		to = work_append(to, &entry);
		to = work_add(to, entry, &m, 1, exponent, 0, COMPOSITION_BINARY);
		CHECK_FOR_INTERRUPTS();
	}
	to->form = check_family(to->form, w->form);
	return to;
}

/* The scale that holds x times 2^exponent times 10^-scale, and the family of that number. */
static CompositionForm
needed_scale(const uint64_t *x, int n, int exponent, int *scale, CompositionForm form)
{
	int			low = exact_trailing(x, n);

	if (form == COMPOSITION_BINARY)
	{
		*scale = Max(0, -(exponent + low));
		return *scale == 0 ? COMPOSITION_INTEGER : COMPOSITION_BINARY;
	}
	if (form == COMPOSITION_DECIMAL && *scale > 0)
	{
		/* Only whole or not matters here; the smallest scale is found when the state is packed. */
		uint64_t   *copy = palloc(sizeof(uint64_t) * (n + exponent / 64 + 1));
		int			len = n + exponent / 64 + 1;
		bool		whole;

		exact_shift_left(copy, len, x, n, exponent);
		whole = exact_zeros10(copy, len, *scale) == *scale;
		pfree(copy);
		if (whole)
			*scale = 0;
		return whole ? COMPOSITION_INTEGER : COMPOSITION_DECIMAL;
	}
	*scale = 0;
	return COMPOSITION_INTEGER;
}

/* Adds a whole number that came with zeros after the decimal point. */
static CompositionWork *
work_add_whole_decimal(CompositionWork *w, int entry, const uint64_t *x, int n, int exponent, int scale)
{
	int			len = n + exponent / 64 + 1;
	uint64_t   *y = palloc(sizeof(uint64_t) * len);

	exact_shift_left(y, len, x, n, exponent);
	for (; scale > 0; scale -= Min(scale, EXACT_POW10_MAX))
		exact_divide_small(y, len, exact_pow10[Min(scale, EXACT_POW10_MAX)]);
	w = work_add(w, entry, y, len, 0, 0, COMPOSITION_INTEGER);
	pfree(y);
	return w;
}

/*
 * Adds x times 2^exponent times 10^-scale (scale is 0 unless the form is decimal, and then exponent >= 0) to a total:
 * the general case, which widens the state as the number asks for.
 */
CompositionWork *
work_add(CompositionWork *w, int entry, const uint64_t *x, int n, int exponent, int scale, CompositionForm form)
{
	int			need = scale;
	int			len,
				up,
				bits;
	uint64_t   *y;
	uint64_t	small[8];

	n = exact_length(x, n);
	if (n == 0)
		return w;
	w = work_unraw(w);
	form = needed_scale(x, n, exponent, &need, form);
	if (need < scale)
		return work_add_whole_decimal(w, entry, x, n, exponent, scale);
	w->form = check_family(w->form, form);
	if (form == COMPOSITION_BINARY)
		need = (need + 63) / 64 * 64;

	/* y = x at the larger of both scales */
	up = Max(need, w->scale);
	if (w->form == COMPOSITION_BINARY)
		exponent += up;
	bits = exact_bits(x, n) + exponent;
	len = n + Max(exponent, 0) / 64 + 1;
	if (w->form == COMPOSITION_DECIMAL && up > scale)
	{
		bits += bits_of_pow10(up - scale);
		len += exact_pow10_limbs(up - scale);
	}
	if (bits > COMPOSITION_BITS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value is too large for type %s", "composition")));
	y = len <= lengthof(small) ? small : palloc(sizeof(uint64_t) * len);
	/* An integer may come as a double with an exponent: its bits below the point are zero. */
	if (exponent >= 0)
		exact_shift_left(y, len, x, n, exponent);
	else
		exact_shift_right(y, len, x, n, -exponent);
	if (w->form == COMPOSITION_DECIMAL && up > scale)
		exact_scale10(y, len, up - scale);
	len = exact_length(y, len);

	w = work_widen(w, up, exact_bits(y, len));
	if (exact_bits(WORK_LANES(w) + (Size) entry * w->limbs, w->limbs) >= w->limbs * 64 - 1 ||
		exact_bits(y, len) >= w->limbs * 64 - 1)
		w = work_resize(w, w->n, w->text_used, w->cap, w->text_cap, w->limbs + 1, w->scale);
	exact_add(WORK_LANES(w) + (Size) entry * w->limbs, w->limbs, y, len);
	if (y != small)
		pfree(y);
	return w;
}
