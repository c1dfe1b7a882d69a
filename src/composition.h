/*
 * composition.h -- the composition: an exact, non-negative total for each key, as one flat value.
 *
 * The stored form, which is canonical (one byte string for each family and set of keys and totals):
 *
 *	header		16 bytes, below
 *	totals		n lanes of "width" bytes each, in key order; width 0 is the wide form of composition_layout.h
 *	keys		bigint: n integers of key_width bytes; text: n end offsets of key_width bytes, then the bytes
 *
 * Keys ascend: text bytewise (then by length), bigint by number. A composition without keys is a multiset: its
 * totals ascend. A total is its lane times 1 (integer), 10^-scale (decimal) or 2^-scale (binary), with the smallest
 * scale and then the smallest width that hold every total. Nothing is padded and nothing needs alignment: fields
 * after the header are read with memcpy.
 *
 * The state of a running aggregate is the same type in its work form (composition_work.h).
 */
#ifndef PORTEXT_COMPOSITION_H
#define PORTEXT_COMPOSITION_H

#include "compat.h"

#define COMPOSITION_FORMAT 1

typedef enum
{
	COMPOSITION_KEY_NONE,
	COMPOSITION_KEY_BIGINT,
	COMPOSITION_KEY_TEXT
} CompositionKeyKind;

typedef enum
{
	COMPOSITION_INTEGER,		/* every total is whole: merges with both families */
	COMPOSITION_DECIMAL,
	COMPOSITION_BINARY
} CompositionForm;

typedef struct Composition
{
	int32		vl_len_;
	uint8		format;			/* COMPOSITION_FORMAT */
	uint8		kind;			/* CompositionKeyKind, or COMPOSITION_WORK for the work form */
	uint8		form;			/* CompositionForm */
	uint8		width;			/* bytes of a total: 1, 2, 4, 8, 12, 16; 0 wide */
	int32		n;				/* entries; 0 makes a composition without kind */
	uint16		scale;			/* digits (decimal) or bits (binary) after the point */
	uint8		key_width;		/* bytes of a bigint key or of a text key's end offset */
	uint8		unused;			/* zero */
} Composition;

/* A composition as plain arrays: what the indicators read. */
typedef struct CompositionArrays
{
	CompositionKeyKind kind;	/* COMPOSITION_KEY_NONE when n = 0 */
	int			n;				/* entities, zeros included */
	double	   *value;			/* each total correctly rounded, in key order; ascending without keys */
	int64	   *int_key;		/* COMPOSITION_KEY_BIGINT, else NULL */
	const char **text_key;		/* COMPOSITION_KEY_TEXT, else NULL; points into the composition, no end mark */
	int		   *text_len;
	double		total;			/* the exact grand total, rounded once */
} CompositionArrays;

/* Every door detoasts; a work form that escaped becomes the stored form. */
extern Composition *composition_from_datum(Datum d);
#define PG_GETARG_COMPOSITION_P(n)	composition_from_datum(PG_GETARG_DATUM(n))
#define PG_RETURN_COMPOSITION_P(c)	PG_RETURN_POINTER(c)

/* Fills *a in the current memory context; 22003 if a total or the grand total is too large or too small for a double. */
extern void composition_arrays(const Composition *c, CompositionArrays *a);

/* The totals alone, in no particular order, also of a running state: cheaper for what does not look at keys. */
extern double *composition_values(Datum d, int *n, double *total);

/* The grand total alone, rounded once. */
extern double composition_total(Datum d);

/* How many totals are above zero, also if no double holds them. */
extern int64 composition_positive(Datum d);

/* Where a key stands (an index into the arrays), or -1; 22023 if c has keys of another sort, or none. */
extern int	composition_find_text(const Composition *c, const char *key, int len);
extern int	composition_find_int(const Composition *c, int64 key);

/* The error for two compositions (or a composition and a key) of unlike kinds; nothing when one is empty. */
extern void composition_check_kinds(const Composition *a, const Composition *b);

/* The exact grand total as a numeric. */
extern Datum composition_total_numeric(const Composition *c);

/* A composition with its exact grand total: a natural of n limbs times 2^exponent at the scale of the view. */
typedef struct CompositionExact
{
	const struct CompositionView *view;
	int			limbs;			/* that hold any one total */
	uint64_t   *total;
	int			n;
	int			exponent;
} CompositionExact;

/* Two compositions made ready for comparing their totals key by key. */
typedef struct CompositionRca
{
	CompositionExact region;
	CompositionExact reference;
} CompositionRca;

extern CompositionRca *composition_rca(const Composition *region, const Composition *reference);

/*
 * The sign of x X - R C, exactly: x is total i of region, R the grand total of region, C total j of reference and X
 * its grand total. An index of -1 stands for a total of zero.
 */
extern int	composition_compare_rca(const CompositionRca *rca, int i, int j);

#endif							/* PORTEXT_COMPOSITION_H */
