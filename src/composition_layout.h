/*
 * composition_layout.h -- inside the composition type: one view of all its layouts, and the work form.
 *
 * The work form is what an aggregate's transition function updates in place. It is the same varlena type, so the
 * server copies it, ships it between processes and (through the output function) between nodes like any value:
 *
 *	header		CompositionWork
 *	totals		cap lanes of "limbs" 64-bit limbs
 *	keys		bigint: cap int64; text: cap 32-bit hashes, cap end offsets (the bytes follow at the very end)
 *	slots		open-addressing table of entry numbers plus one, 16 or 32 bits each
 *	text		the bytes of the keys
 *
 * Entries stay in order of arrival; only the slots are hashed. All totals share one scale: 0 while all are whole, a
 * multiple of 64 bits when binary (two limbs and 64 bits serve nearly all data), any number of digits when decimal.
 * When a value does not fit, the state is rebuilt with more limbs or a larger scale, as often as the range of a
 * double (or of a numeric) asks for. Without keys, rows of double precision are kept as the doubles that they are.
 */
#ifndef PORTEXT_COMPOSITION_LAYOUT_H
#define PORTEXT_COMPOSITION_LAYOUT_H

#include "composition.h"
#include "exactsum.h"

#define COMPOSITION_WORK 0x80	/* in kind: this is a work form */
#define COMPOSITION_WIDTH_MAX 16	/* bytes of a lane in the stored form */
#define COMPOSITION_LIMBS_RAW 0 /* in limbs: lanes are doubles */

/* No double is finer than 2^-1074, no numeric finer than 10^-16383. */
#define COMPOSITION_BINARY_SCALE_MAX 1074
#define COMPOSITION_DECIMAL_SCALE_MAX 16383
/* The largest numeric has 131072 digits before the point; sums of 2^31 of them at the finest scale fit in this. */
#define COMPOSITION_BITS_MAX ((131072 + COMPOSITION_DECIMAL_SCALE_MAX + 10) * 10 / 3 + 1)
/* What a stored total may have: a little less, so that reading it back never meets the limit. */
#define COMPOSITION_TOTAL_BITS_MAX (COMPOSITION_BITS_MAX - 64)
/* Limbs of a total in a state: rescaling counts bits generously, and one addition in 2^63 asks for one more. */
#define COMPOSITION_WORK_LIMBS_MAX (2 * COMPOSITION_BITS_MAX / 64)
/* The bits of a double that is neither negative nor infinite nor NaN are less. */
#define COMPOSITION_INFINITY_BITS UINT64CONST(0x7FF0000000000000)

typedef struct CompositionWork
{
	int32		vl_len_;
	uint8		format;
	uint8		kind;			/* CompositionKeyKind | COMPOSITION_WORK */
	uint8		form;			/* the family met so far; never forgotten */
	uint8		shift;			/* 64 - log2(slots) */
	int32		n;
	int32		cap;
	int32		limbs;			/* of a total, or COMPOSITION_LIMBS_RAW */
	int32		scale;
	uint32		slots;			/* a power of two; 0 without keys */
	uint32		keys_at;		/* offsets from the start */
	uint32		ends_at;		/* text only */
	uint32		slots_at;
	uint32		text_at;
	uint32		text_used;
	uint32		text_cap;
	uint32		unused[3];
} CompositionWork;

#define IS_COMPOSITION_WORK(c) ((((const Composition *) (c))->kind & COMPOSITION_WORK) != 0)
#define WORK_LANES(w)	((uint64_t *) ((char *) (w) + sizeof(CompositionWork)))
#define WORK_DOUBLES(w)	((double *) (void *) WORK_LANES(w))	/* of raw lanes */
#define WORK_KEYS(w)	((int64 *) ((char *) (w) + (w)->keys_at))
#define WORK_HASHES(w)	((uint32 *) ((char *) (w) + (w)->keys_at))
#define WORK_ENDS(w)	((uint32 *) ((char *) (w) + (w)->ends_at))
#define WORK_SLOTS(w)	((char *) (w) + (w)->slots_at)
#define WORK_TEXT(w)	((char *) (w) + (w)->text_at)

/* Either form, taken apart. */
typedef struct CompositionView
{
	CompositionKeyKind kind;
	CompositionForm form;
	int			n;
	int			width;			/* bytes of a lane; 0 wide */
	bool		raw;			/* lanes are doubles */
	int			scale;
	const char *lanes;
	const char *keys;			/* bigint keys, or the end offsets of text keys */
	int			key_width;
	const char *text;
	uint32		text_len;
	const char *wide;			/* bytes of wide totals */
	uint32		wide_len;
} CompositionView;

/* An entry of the wide form: total = bytes (a natural, odd or zero) times 2^exponent times 10^-scale. */
typedef struct CompositionWide
{
	int32		exponent;
	uint32		end;			/* of its bytes */
} CompositionWide;

/* composition_check.c */
extern Composition *composition_open(Datum d);
pg_noreturn extern void composition_damaged(const char *what) pg_attribute_cold;

/* composition_view.c */
extern void composition_view(const Composition *c, CompositionView *v);
extern int	view_limbs(const CompositionView *v);
extern int	view_natural(const CompositionView *v, int i, uint64_t *x, int *exponent);
pg_noreturn extern void total_out_of_range(void) pg_attribute_cold;
extern double view_double(const CompositionView *v, int i, uint64_t *scratch);
extern uint64_t *view_total(const CompositionView *v, int *n, int *exponent);
extern double round_natural(const uint64_t *x, int n, int exponent, int scale);
extern char *natural_to_string(const uint64_t *x, int n, int exponent, int scale);
extern Datum natural_to_numeric(const uint64_t *x, int n, int exponent, int scale);
extern int	compare_text_keys(const char *a, int alen, const char *b, int blen);

/* composition_order.c: a key ready for sorting is a number that orders most of them, and its entry */
typedef struct SortKey
{
	uint64		order;
	int32		entry;
} SortKey;

extern SortKey *sorted_entries(const CompositionView *v);
extern void sort_doubles(double *value, int n);

/* composition_pack.c */
extern Composition *composition_pack(const CompositionView *v);
extern Composition *composition_finish(const CompositionWork *w);
extern Composition *composition_empty(void);

/* composition_work.c */
extern Size work_place(CompositionWork *w);
extern CompositionWork *work_new(CompositionKeyKind kind, int n, int text);
extern CompositionWork *work_reserve(CompositionWork *w, int n, int64 text);
extern CompositionWork *work_from(const Composition *c);
extern CompositionWork *work_insert_int(CompositionWork *w, int64 key, int *entry);
extern CompositionWork *work_insert_text(CompositionWork *w, const char *key, int len, uint32 hash, int *entry);
extern CompositionWork *work_append(CompositionWork *w, int *entry);
extern CompositionWork *work_add(CompositionWork *w, int entry, const uint64_t *x, int n, int exponent,
								 int scale, CompositionForm form);
extern CompositionWork *work_widen(CompositionWork *w, int scale, int bits);
extern CompositionWork *work_unraw(CompositionWork *w);
extern CompositionForm check_family(CompositionForm a, CompositionForm b);

/* composition_merge.c */
extern CompositionWork *work_append_natural(CompositionWork *w, const uint64_t *x, int n, int exponent, int scale,
											CompositionForm form);
extern CompositionWork *work_merge(CompositionWork *w, const Composition *c);

/* An unaligned little field of 1, 2, 4 or 8 bytes. */
static inline uint64
load_unsigned(const char *p, int width)
{
	uint8		u1;
	uint16		u2;
	uint32		u4;
	uint64		u8;

	switch (width)
	{
		case 1:
			memcpy(&u1, p, 1);
			return u1;
		case 2:
			memcpy(&u2, p, 2);
			return u2;
		case 4:
			memcpy(&u4, p, 4);
			return u4;
		default:
			memcpy(&u8, p, 8);
			return u8;
	}
}

static inline int64
load_signed(const char *p, int width)
{
	switch (width)
	{
		case 1:
			return (int8) load_unsigned(p, 1);
		case 2:
			return (int16) load_unsigned(p, 2);
		case 4:
			return (int32) load_unsigned(p, 4);
		default:
			return (int64) load_unsigned(p, 8);
	}
}

static inline void
store_unsigned(char *p, int width, uint64 value)
{
	uint8		u1 = (uint8) value;
	uint16		u2 = (uint16) value;
	uint32		u4 = (uint32) value;

	switch (width)
	{
		case 1:
			memcpy(p, &u1, 1);
			break;
		case 2:
			memcpy(p, &u2, 2);
			break;
		case 4:
			memcpy(p, &u4, 4);
			break;
		default:
			memcpy(p, &value, 8);
			break;
	}
}

/* A lane of at most 16 bytes. */
static inline exact_u128
load_lane(const char *p, int width)
{
	if (width <= 8)
		return load_unsigned(p, width);
	return load_unsigned(p, 8) | (exact_u128) load_unsigned(p + 8, width - 8) << 64;
}

static inline void
store_lane(char *p, int width, exact_u128 value)
{
	store_unsigned(p, width < 8 ? width : 8, (uint64) value);
	if (width > 8)
		store_unsigned(p + 8, width - 8, (uint64) (value >> 64));
}

/* Key i of a text composition; its ends come from outside. */
static inline const char *
view_text(const CompositionView *v, int i, int *len)
{
	uint32		start = i == 0 ? 0 : (uint32) load_unsigned(v->keys + (Size) (i - 1) * v->key_width, v->key_width);
	uint32		end = (uint32) load_unsigned(v->keys + (Size) i * v->key_width, v->key_width);

	if (unlikely(start > end || end > v->text_len))
		composition_damaged("end of a key");
	*len = (int) (end - start);
	return v->text + start;
}

/* Key i of a bigint composition. */
static inline int64
view_int(const CompositionView *v, int i)
{
	return load_signed(v->keys + (Size) i * v->key_width, v->key_width);
}

/* 2^64 divided by the golden ratio: the top bits of a product with it depend on all bits of the other factor. */
#define HASH_FACTOR UINT64CONST(0x9E3779B97F4A7C15)

/* The slot where the search for a bigint key begins. */
static inline uint32
hash_int_key(const CompositionWork *w, int64 key)
{
	return (uint32) (((uint64) key * HASH_FACTOR) >> w->shift);
}

/* Eight bytes at a time; the last ones overlap. */
static inline uint32
hash_text_key(const char *p, int len)
{
	uint64		h = (uint64) len * HASH_FACTOR;
	uint64		tail;

	if (len >= 8)
	{
		int			i = 0;

		for (; i + 8 <= len; i += 8)
		{
			h = (h ^ load_unsigned(p + i, 8)) * HASH_FACTOR;
			h ^= h >> 32;
		}
		tail = load_unsigned(p + len - 8, 8);
	}
	else if (len >= 4)
		tail = load_unsigned(p, 4) << 32 | load_unsigned(p + len - 4, 4);
	else
		tail = len == 0 ? 0 : (uint64) (uint8) p[0] << 16 | (uint64) (uint8) p[len / 2] << 8 | (uint8) p[len - 1];
	h = (h ^ tail) * HASH_FACTOR;
	return (uint32) (h >> 32);
}

/* The top bits depend on every byte, the low ones do not. */
static inline uint32
hash_slot(const CompositionWork *w, uint32 hash)
{
	return hash >> (w->shift - 32);
}

/* The slot table holds 16-bit numbers while they are enough. */
static inline bool
work_short_slots(const CompositionWork *w)
{
	return w->cap < 65535;
}

static inline uint32
work_slot(const CompositionWork *w, uint32 at)
{
	return work_short_slots(w) ? ((const uint16 *) WORK_SLOTS(w))[at] : ((const uint32 *) WORK_SLOTS(w))[at];
}

/* The entry of a bigint key, or -1. */
static inline int
work_find_int(const CompositionWork *w, int64 key)
{
	const int64 *keys = WORK_KEYS(w);
	uint32		mask = w->slots - 1;

	for (uint32 at = hash_int_key(w, key);; at = (at + 1) & mask)
	{
		uint32		entry = work_slot(w, at);

		if (entry == 0)
			return -1;
		if (keys[entry - 1] == key)
			return (int) entry - 1;
	}
}

/* Equality of two keys of one length without a call, since most are short. */
static inline bool
same_bytes(const char *a, const char *b, int len)
{
	if (len >= 8)
	{
		for (int i = 0; i + 8 <= len; i += 8)
			if (load_unsigned(a + i, 8) != load_unsigned(b + i, 8))
				return false;
		return load_unsigned(a + len - 8, 8) == load_unsigned(b + len - 8, 8);
	}
	if (len >= 4)
		return load_unsigned(a, 4) == load_unsigned(b, 4) &&
			load_unsigned(a + len - 4, 4) == load_unsigned(b + len - 4, 4);
	return len == 0 || (a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1]);
}

/* The entry of a text key, or -1. */
static inline int
work_find_text(const CompositionWork *w, const char *key, int len, uint32 hash)
{
	const uint32 *hashes = WORK_HASHES(w);
	const uint32 *ends = WORK_ENDS(w);
	uint32		mask = w->slots - 1;

	for (uint32 at = hash_slot(w, hash);; at = (at + 1) & mask)
	{
		uint32		entry = work_slot(w, at);
		uint32		start;

		if (entry == 0)
			return -1;
		start = entry == 1 ? 0 : ends[entry - 2];
		if (hashes[entry - 1] == hash && ends[entry - 1] - start == (uint32) len &&
			same_bytes(WORK_TEXT(w) + start, key, len))
			return (int) entry - 1;
	}
}

#endif							/* PORTEXT_COMPOSITION_LAYOUT_H */
