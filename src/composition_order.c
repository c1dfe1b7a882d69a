/*
 * composition_order.c -- the order of keys, and of totals without keys, in the stored form.
 */
#include "composition_layout.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#define ST_SORT sort_int_keys
#define ST_ELEMENT_TYPE SortKey
#define ST_COMPARE(a, b) ((a)->order < (b)->order ? -1 : (a)->order > (b)->order)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The bits of a non-negative double sort as it does. */
#define ST_SORT sort_bits
#define ST_ELEMENT_TYPE uint64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* By the first eight bytes, then bytewise. */
static inline int
compare_sort_text(const SortKey *a, const SortKey *b, const CompositionView *v)
{
	int			alen,
				blen;
	const char *atext,
			   *btext;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	atext = view_text(v, a->entry, &alen);
	btext = view_text(v, b->entry, &blen);
	return compare_text_keys(atext, alen, btext, blen);
}

#define ST_SORT sort_text_keys
#define ST_ELEMENT_TYPE SortKey
#define ST_COMPARE(a, b, v) compare_sort_text(a, b, v)
#define ST_COMPARE_ARG_TYPE const CompositionView
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* Totals without keys, by size: the lanes of a work form, which share one scale. */
static inline int
compare_values(const SortKey *a, const SortKey *b, const CompositionView *v)
{
	const uint64_t *lanes = (const uint64_t *) v->lanes;
	int			limbs = v->width / 8;

	return exact_compare(lanes + (Size) a->entry * limbs, limbs, lanes + (Size) b->entry * limbs, limbs);
}

#define ST_SORT sort_values
#define ST_ELEMENT_TYPE SortKey
#define ST_COMPARE(a, b, v) compare_values(a, b, v)
#define ST_COMPARE_ARG_TYPE const CompositionView
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The first eight bytes of a text key as a number that sorts as they do; a shorter key is filled with zeros. */
static uint64
text_order(const char *text, int len)
{
	uint64		order = 0;

	for (int i = 0; i < 8; i++)
		order = order << 8 | (i < len ? (uint8) text[i] : 0);
	return order;
}

/* The entries in key order (in order of size without keys). */
SortKey *
sorted_entries(const CompositionView *v)
{
	SortKey    *sorted = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(SortKey) * v->n);

	for (int i = 0; i < v->n; i++)
	{
		sorted[i].entry = i;
		sorted[i].order = 0;
		if (v->kind == COMPOSITION_KEY_BIGINT)
			sorted[i].order = (uint64) view_int(v, i) ^ (UINT64CONST(1) << 63);
		else if (v->kind == COMPOSITION_KEY_TEXT)
		{
			int			len;
			const char *text = view_text(v, i, &len);

			sorted[i].order = text_order(text, len);
		}
		else if (v->width != 0 && v->width <= 8)
			sorted[i].order = load_unsigned(v->lanes + (Size) i * v->width, v->width);
	}
	CHECK_FOR_INTERRUPTS();
	if (v->kind == COMPOSITION_KEY_TEXT)
		sort_text_keys(sorted, v->n, v);
	else if (v->kind == COMPOSITION_KEY_BIGINT || (v->width != 0 && v->width <= 8))
		sort_int_keys(sorted, v->n);	/* the bits of a non-negative double sort as it does */
	else
		sort_values(sorted, v->n, v);
	CHECK_FOR_INTERRUPTS();
	return sorted;
}

/* Doubles that are not negative, by size. */
void
sort_doubles(double *value, int n)
{
	sort_bits((uint64 *) value, n);
}
