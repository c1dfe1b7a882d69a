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
	w = work_new(v.kind, v.n, text);
	return work_merge(w, c);
}

/* The entry of each key of v in the state, which gets those that it lacks. */
static CompositionWork *
map_keys(CompositionWork *w, const CompositionView *v, int32 *map)
{
	for (int i = 0; i < v->n; i++)
	{
		int			entry;

		if (v->kind == COMPOSITION_KEY_BIGINT)
		{
			int64		key = view_int(v, i);

			entry = work_find_int(w, key);
			if (entry < 0)
				w = work_insert_int(w, key, &entry);
		}
		else
		{
			int			len;
			const char *text = view_text(v, i, &len);
			uint32		hash = hash_text_key(text, len);

			entry = work_find_text(w, text, len, hash);
			if (entry < 0)
				w = work_insert_text(w, text, len, hash, &entry);
		}
		map[i] = entry;
		if ((i & 4095) == 4095)
			CHECK_FOR_INTERRUPTS();
	}
	return w;
}

/* Adds lanes of one width to lanes of one limb; the totals that lost their free top bit, if any. */
static inline uint64_t
add_one_limb(uint64_t *lane, const int32 *map, const char *p, int width, int n)
{
	uint64_t	seen = 0;

	for (int i = 0; i < n; i++)
		seen |= lane[map[i]] += load_unsigned(p + (Size) i * width, width);
	return seen >> 63;
}

/* The same for two limbs: each value shifted, then multiplied. */
static inline uint64_t
add_two_limbs(uint64_t *lane, const int32 *map, const char *p, int width, int n, int shift, uint64_t factor)
{
	uint64_t	seen = 0;

	for (int i = 0; i < n; i++)
	{
		exact_u128	x = (load_lane(p + (Size) i * width, width) << shift) * factor;
		uint64_t   *to = lane + (Size) map[i] * 2;
		exact_u128	sum = (to[0] | (exact_u128) to[1] << 64) + x;

		to[0] = (uint64_t) sum;
		to[1] = (uint64_t) (sum >> 64);
		seen |= to[1];
	}
	return seen >> 63;
}

/* Takes back what one of the above added. */
static void
undo_add(CompositionWork *w, const int32 *map, const CompositionView *v, int shift, uint64_t factor)
{
	for (int i = 0; i < v->n; i++)
	{
		exact_u128	x = (load_lane(v->lanes + (Size) i * v->width, v->width) << shift) * factor;
		uint64_t	y[2] = {(uint64_t) x, (uint64_t) (x >> 64)};

		exact_subtract(WORK_LANES(w) + (Size) map[i] * w->limbs, w->limbs, y, w->limbs);
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
	uint64_t	overflow;
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
	if (w->limbs > 2 || (w->limbs == 1 && more != 0))
		return false;
	lane = WORK_LANES(w);
	if (w->limbs == 1)
		switch (v->width)
		{
			case 1:
				overflow = add_one_limb(lane, map, v->lanes, 1, v->n);
				break;
			case 2:
				overflow = add_one_limb(lane, map, v->lanes, 2, v->n);
				break;
			case 4:
				overflow = add_one_limb(lane, map, v->lanes, 4, v->n);
				break;
			case 8:
				overflow = add_one_limb(lane, map, v->lanes, 8, v->n);
				break;
			default:
				return false;
		}
	else
		switch (v->width)
		{
			case 8:
				overflow = add_two_limbs(lane, map, v->lanes, 8, v->n, shift, factor);
				break;
			case 12:
				overflow = add_two_limbs(lane, map, v->lanes, 12, v->n, shift, factor);
				break;
			default:
				overflow = add_two_limbs(lane, map, v->lanes, v->width, v->n, shift, factor);
				break;
		}
	if (overflow)
		undo_add(w, map, v, shift, factor);
	return !overflow;
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

		w = work_add(w, map[i], x, n, exponent, v->form == COMPOSITION_DECIMAL ? v->scale : 0,
					 v->raw ? COMPOSITION_BINARY : v->form);
		if ((i & 1023) == 1023)
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
			((double *) WORK_LANES(w))[entry] = d;
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
	uint64_t   *x = palloc(sizeof(uint64_t) * view_limbs(v));

	w = work_reserve(w, v->n, 0);
	for (int i = 0; i < v->n; i++)
	{
		int			exponent;
		int			n = view_natural(v, i, x, &exponent);

		w = work_append_natural(w, x, n, exponent, v->form == COMPOSITION_DECIMAL ? v->scale : 0,
								v->raw ? COMPOSITION_BINARY : v->form);
		if ((i & 1023) == 1023)
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
	if (v.n > lengthof(small))
		map = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(int32) * v.n);
	w = map_keys(w, &v, map);
	w = merge_totals(w, &v, map);
	if (map != small)
		pfree(map);
	return w;
}
