/*
 * composition_merge.c -- adding a composition to a work form: find each key's entry, then add lane to lane.
 */
#include "composition_layout.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

/* A work form with the same contents. */
CompositionWork *
work_from(const Composition *c)
{
	CompositionView v;
	int64		text = 0;
	CompositionWork *w;

	if (IS_COMPOSITION_WORK(c))
	{
		w = palloc(VARSIZE(c));
		memcpy(w, c, VARSIZE(c));
		return w;
	}
	composition_view(c, &v);
	if (v.kind == COMPOSITION_KEY_TEXT)
		text = (const char *) c + VARSIZE(c) - v.text;
	w = work_merge(work_new(v.kind, v.n, text), c);
	if (w->n != v.n)
		composition_damaged("a key stands twice");
	return w;
}

/*
 * The entries of the first keys that the state has already, up to one that it lacks; how many. One loop for each width
 * of keys, with everything that does not change kept in registers: this is what merging many states spends its time on.
 */
static inline int
find_int_keys(const CompositionWork *w, const char *p, int width, int i, int n, int32 *map)
{
	const int64 *keys = WORK_KEYS(w);
	const uint16 *slots = (const uint16 *) WORK_SLOTS(w);
	uint32		mask = w->slots - 1;
	int			shift = w->shift;

	for (; i < n; i++)
	{
		int64		key = load_signed(p + (Size) i * width, width);
		uint32		at = (uint32) (((uint64) key * HASH_FACTOR) >> shift);
		uint32		entry = slots[at];

		while (entry != 0 && keys[entry - 1] != key)
		{
			at = (at + 1) & mask;
			entry = slots[at];
		}
		if (entry == 0)
			return i;
		map[i] = entry - 1;
	}
	return n;
}

/* The same for text keys. */
static inline int
find_text_keys(const CompositionWork *w, const CompositionView *v, int width, int i, int n, int32 *map)
{
	uint32		start = i == 0 ? 0 : load_unsigned(v->keys + (Size) (i - 1) * width, width);

	if (start > v->text_len)
		composition_damaged("end of a key");
	for (; i < n; i++)
	{
		uint32		end = load_unsigned(v->keys + (Size) i * width, width);
		uint32		len = end - start;
		const char *text = v->text + start;
		int			entry;

		if (unlikely(len > v->text_len - start))
			composition_damaged("end of a key");
		entry = work_find_text(w, text, len, hash_text_key(text, len));
		if (entry < 0)
			return i;
		map[i] = entry;
		start = end;
	}
	return n;
}

/* The same for either kind and any width. */
static int
find_some_keys(const CompositionWork *w, const CompositionView *v, int i, int n, int32 *map)
{
	if (v->kind == COMPOSITION_KEY_TEXT)
		return v->key_width == 1 ? find_text_keys(w, v, 1, i, n, map) :
			v->key_width == 2 ? find_text_keys(w, v, 2, i, n, map) : find_text_keys(w, v, 4, i, n, map);
	if (work_short_slots(w))
		switch (v->key_width)
		{
			case 1:
				return find_int_keys(w, v->keys, 1, i, n, map);
			case 2:
				return find_int_keys(w, v->keys, 2, i, n, map);
			case 4:
				return find_int_keys(w, v->keys, 4, i, n, map);
			default:
				return find_int_keys(w, v->keys, 8, i, n, map);
		}
	for (; i < n; i++)
	{
		map[i] = work_find_int(w, view_int(v, i));
		if (map[i] < 0)
			break;
	}
	return i;
}

/* The entries of as many keys as the state has from key i on: in steps, to keep interrupts out of the inner loops. */
static int
find_keys(const CompositionWork *w, const CompositionView *v, int i, int32 *map)
{
	while (i < v->n)
	{
		int			end = Min(v->n - i, 4096) + i;

		i = find_some_keys(w, v, i, end, map);
		if (i < end)
			break;
		CHECK_FOR_INTERRUPTS();
	}
	return i;
}

/* The entry of each key of v in the state, which gets those that it lacks. */
static CompositionWork *
map_keys(CompositionWork *w, const CompositionView *v, int32 *map)
{
	for (int i = find_keys(w, v, 0, map); i < v->n; i = find_keys(w, v, i + 1, map))
	{
		int			entry;

		if (v->kind == COMPOSITION_KEY_BIGINT)
			w = work_insert_int(w, view_int(v, i), &entry);
		else
		{
			int			len;
			const char *text = view_text(v, i, &len);

			w = work_insert_text(w, text, len, hash_text_key(text, len), &entry);
		}
		map[i] = entry;
		if ((i & 4095) == 4095)
			CHECK_FOR_INTERRUPTS();
	}
	return w;
}

/*
 * Adds lanes of one width to lanes of one limb; whether any total lost its free top bit. A map of NULL says that both
 * have the same keys in the same order. Called with constants, so that each call becomes a loop of its own.
 */
static pg_attribute_always_inline bool
add_one_limb(uint64_t *lane, const int32 *map, const CompositionView *v, int width)
{
	const char *p = v->lanes;
	uint64_t	seen = 0;
	int			n = v->n;

	if (map == NULL)
		for (int i = 0; i < n; i++)
			seen |= lane[i] += load_unsigned(p + (Size) i * width, width);
	else
		for (int i = 0; i < n; i++)
			seen |= lane[map[i]] += load_unsigned(p + (Size) i * width, width);
	return (seen >> 63) != 0;
}

/* Adds x to a total of two limbs; the top limb. */
static inline uint64_t
add_to_two_limbs(uint64_t *to, exact_u128 x)
{
	x += to[0] | (exact_u128) to[1] << 64;
	to[0] = (uint64_t) x;
	to[1] = (uint64_t) (x >> 64);
	return to[1];
}

/* The same for two limbs: each value shifted (factor 1) or multiplied (shift 0). */
static pg_attribute_always_inline bool
add_two_limbs(uint64_t *lane, const int32 *map, const CompositionView *v, int width, int shift, uint64_t factor)
{
	const char *p = v->lanes;
	uint64_t	seen = 0;
	int			n = v->n;

	if (factor != 1)
		for (int i = 0; i < n; i++)
			seen |= add_to_two_limbs(lane + (Size) (map == NULL ? i : map[i]) * 2,
									 load_lane(p + (Size) i * width, width) * factor);
	else if (width <= 8 && shift > 0 && shift < 64)
		/* The usual case of double precision: two plain shifts are cheaper than one of 128 bits. */
		for (int i = 0; i < n; i++)
		{
			uint64_t	x = load_unsigned(p + (Size) i * width, width);

			seen |= add_to_two_limbs(lane + (Size) (map == NULL ? i : map[i]) * 2,
									 x << shift | (exact_u128) (x >> (64 - shift)) << 64);
		}
	else if (map == NULL)
		for (int i = 0; i < n; i++)
			seen |= add_to_two_limbs(lane + (Size) i * 2, load_lane(p + (Size) i * width, width) << shift);
	else
		for (int i = 0; i < n; i++)
			seen |= add_to_two_limbs(lane + (Size) map[i] * 2, load_lane(p + (Size) i * width, width) << shift);
	return (seen >> 63) != 0;
}

/* Takes back what one of the above added. */
static void
undo_add(CompositionWork *w, const int32 *map, const CompositionView *v, int shift, uint64_t factor)
{
	for (int i = 0; i < v->n; i++)
	{
		exact_u128	x = (load_lane(v->lanes + (Size) i * v->width, v->width) << shift) * factor;
		uint64_t	y[2] = {(uint64_t) x, (uint64_t) (x >> 64)};

		exact_subtract(WORK_LANES(w) + (Size) (map == NULL ? i : map[i]) * w->limbs, w->limbs, y, w->limbs);
	}
}

/* Bits that a lane of the view may need, by its width or, when that is too many, by looking. */
static int
lane_bits(const CompositionView *v, int allowed)
{
	uint64_t	all[2] = {0, 0};

	if (v->width * 8 - 1 <= allowed)
		return v->width * 8 - 1;
	for (int i = 0; i < v->n; i++)
	{
		exact_u128	x = load_lane(v->lanes + (Size) i * v->width, v->width);

		all[0] |= (uint64_t) x;
		all[1] |= (uint64_t) (x >> 64);
	}
	return exact_bits(all, 2);
}

/* Adds all lanes at once where they agree with the state's in scale up to a shift or a factor; whether it did. */
static bool
add_lanes(CompositionWork **state, const CompositionView *v, const int32 *map)
{
	CompositionWork *w = *state;
	int			scale = v->form == COMPOSITION_INTEGER ? 0 : v->scale;
	int			up = w->form == COMPOSITION_BINARY ? (scale + 63) / 64 * 64 : scale;
	int			shift = 0;
	int			more = 0;
	uint64_t	factor = 1;
	bool		overflow;
	uint64_t   *lane;

	if (v->raw || v->width == 0 || v->width > COMPOSITION_WIDTH_MAX || w->limbs > 2)
		return false;
	up = Max(up, w->scale);
	if (w->form == COMPOSITION_BINARY)
		more = shift = up - scale;
	else if (up - scale > EXACT_POW10_MAX)
		return false;
	else if (up > scale)
	{
		factor = exact_pow10[up - scale];
		more = 64 - __builtin_clzll(factor);
	}
	w = *state = work_widen(w, up, lane_bits(v, w->limbs * 64 - 1 - more) + more);
	if (w->limbs > 2 || (w->limbs == 1 && (more != 0 || v->width > 8)))
		return false;
	lane = WORK_LANES(w);
	if (w->limbs == 1)
		overflow = v->width == 1 ? add_one_limb(lane, map, v, 1) : v->width == 2 ? add_one_limb(lane, map, v, 2) :
			v->width == 4 ? add_one_limb(lane, map, v, 4) : add_one_limb(lane, map, v, 8);
	else
		overflow = v->width == 8 ? add_two_limbs(lane, map, v, 8, shift, factor) :
			v->width == 12 ? add_two_limbs(lane, map, v, 12, shift, factor) :
			v->width == 16 ? add_two_limbs(lane, map, v, 16, shift, factor) :
			add_two_limbs(lane, map, v, v->width, shift, factor);
	if (overflow)
		undo_add(w, map, v, shift, factor);
	return !overflow;
}

/* Whether the state has the keys of v in their order, as it does when all states have the keys of the first. */
static bool
same_keys(const CompositionWork *w, const CompositionView *v)
{
	uint64		different = 0;

	if (w->n != v->n)
		return false;
	if (v->kind == COMPOSITION_KEY_TEXT)
	{
		/* Lengths first, since v may have fewer bytes than the state. */
		if (w->text_used != v->text_len || memcmp(WORK_TEXT(w), v->text, v->text_len) != 0)
			return false;
		for (int i = 0; i < v->n; i++)
			different |= load_unsigned(v->keys + (Size) i * v->key_width, v->key_width) ^ WORK_ENDS(w)[i];
		return different == 0;
	}
	if (view_int(v, 0) != WORK_KEYS(w)[0] || view_int(v, v->n - 1) != WORK_KEYS(w)[v->n - 1])
		return false;
	for (int i = 0; i < v->n; i++)
		different |= (uint64) (view_int(v, i) ^ WORK_KEYS(w)[i]);
	return different == 0;
}

/* Adds the totals of v to the entries of the map. */
static CompositionWork *
merge_totals(CompositionWork *w, const CompositionView *v, const int32 *map)
{
	uint64_t   *x;

	w->form = check_family(w->form, v->form);
	if (add_lanes(&w, v, map))
		return w;
	x = palloc(sizeof(uint64_t) * view_limbs(v));
	for (int i = 0; i < v->n; i++)
	{
		int			exponent;
		int			n = view_natural(v, i, x, &exponent);

		w = work_add(w, map == NULL ? i : map[i], x, n, exponent, v->form == COMPOSITION_DECIMAL ? v->scale : 0,
					 v->raw ? COMPOSITION_BINARY : v->form);
		CHECK_FOR_INTERRUPTS();
	}
	pfree(x);
	return w;
}

/* Whether x times 2^exponent is a double. */
static bool
natural_is_double(const uint64_t *x, int n, int exponent, double *d)
{
	uint64_t	m;
	int			e;

	*d = exact_round(x, n, exponent);
	if (n == 0)
		return true;
	if (isinf(*d))
		return false;
	exact_split(*d, &m, &e);
	return e == exponent + exact_trailing(x, n) && exact_bits(&m, 1) == exact_bits(x, n) - exact_trailing(x, n);
}

/* Appends an entry without a key: as a double while all of them are. */
CompositionWork *
work_append_natural(CompositionWork *w, const uint64_t *x, int n, int exponent, int scale, CompositionForm form)
{
	int			entry;
	double		d;

	n = exact_length(x, n);
	if (w->limbs == COMPOSITION_LIMBS_RAW)
	{
		if (form != COMPOSITION_DECIMAL && natural_is_double(x, n, exponent, &d))
		{
			w = work_append(w, &entry);
			WORK_DOUBLES(w)[entry] = d;
			return w;
		}
		w = work_unraw(w);
	}
	w = work_append(w, &entry);
	return work_add(w, entry, x, n, exponent, scale, form);
}

/* Appends all entries of a composition without keys. */
static CompositionWork *
append_totals(CompositionWork *w, const CompositionView *v)
{
	uint64_t   *x;

	w = work_reserve(w, v->n, 0);
	if (v->raw && w->limbs == COMPOSITION_LIMBS_RAW)
	{
		memcpy(WORK_LANES(w) + w->n, v->lanes, sizeof(double) * v->n);
		w->n += v->n;
		return w;
	}
	x = palloc(sizeof(uint64_t) * view_limbs(v));
	for (int i = 0; i < v->n; i++)
	{
		int			exponent;
		int			n = view_natural(v, i, x, &exponent);

		w = work_append_natural(w, x, n, exponent, v->form == COMPOSITION_DECIMAL ? v->scale : 0,
								v->raw ? COMPOSITION_BINARY : v->form);
		CHECK_FOR_INTERRUPTS();
	}
	pfree(x);
	return w;
}

/* Adds a composition to a state of the same kind; an empty one has any kind. */
CompositionWork *
work_merge(CompositionWork *w, const Composition *c)
{
	CompositionView v;
	int32		small[256];
	int32	   *map = small;
	CompositionForm form = w->form;

	/* A stored state is cold memory: ask for all of it at once instead of waiting for line after line. */
	for (Size at = 64; at < Min(VARSIZE(c), 4096); at += 64)
		__builtin_prefetch((const char *) c + at);
	composition_view(c, &v);
	if (v.n == 0)
		return w;
	if (w->n == 0 && (w->kind & ~COMPOSITION_WORK) != v.kind)
	{
		w = work_new(v.kind, v.n, 0);
		w->form = form;
	}
	composition_check_kinds((const Composition *) w, c);
	if (v.kind == COMPOSITION_KEY_NONE)
	{
		w->form = check_family(w->form, v.form);
		return append_totals(w, &v);
	}
	if (same_keys(w, &v))
		return merge_totals(w, &v, NULL);
	if (v.n > lengthof(small))
		map = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(int32) * v.n);
	w = map_keys(w, &v, map);
	w = merge_totals(w, &v, map);
	if (map != small)
		pfree(map);
	return w;
}
