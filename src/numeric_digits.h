/*
 * numeric_digits.h -- a numeric as a natural times 10^-scale, read from its stored bytes.
 *
 * The server keeps its digits private, and printing them costs more than the rest of a transition. The stored format
 * is fixed, since pg_upgrade carries it over: after the length word one 16-bit header (two bits tell short, long or
 * special form) or, in the long form, a second one with the weight; then groups of four decimal digits, the highest
 * first, the first of them worth 10000^weight.
 */
#ifndef PORTEXT_NUMERIC_DIGITS_H
#define PORTEXT_NUMERIC_DIGITS_H

#include "exactsum.h"

typedef struct NumericDigits
{
	bool		special;		/* NaN or infinite */
	bool		negative;
	int			weight;
	int			n;				/* groups */
	int			scale;			/* digits after the point that the groups hold: a multiple of four */
	const char *group;			/* unaligned 16-bit numbers */
} NumericDigits;

/* Limbs that hold the natural. */
#define NUMERIC_LIMBS(d) (((d)->n + Max((d)->weight + 1 - (d)->n, 0)) * 14 / 64 + 2)

static inline int
numeric_group(const NumericDigits *d, int i)
{
	int16		group;

	memcpy(&group, d->group + i * sizeof(group), sizeof(group));
	return group;
}

/* Takes a numeric apart; its varlena header may be short. */
static inline void
numeric_open(const struct varlena *value, NumericDigits *d)
{
	const char *p = VARDATA_ANY(value);
	int			size = VARSIZE_ANY_EXHDR(value);
	uint16		header;

	memcpy(&header, p, sizeof(header));
	d->special = (header & 0xC000) == 0xC000;
	if (header & 0x8000)		/* short form: sign, scale and a 7-bit weight in one */
	{
		d->negative = (header & 0x2000) != 0;
		d->weight = (header & 0x0040) ? (int) (header & 0x003F) - 64 : (int) (header & 0x003F);
		p += 2;
		size -= 2;
	}
	else
	{
		int16		weight = 0;

		d->negative = (header & 0x4000) != 0;
		if (size >= 4)
			memcpy(&weight, p + 2, sizeof(weight));
		d->weight = weight;
		p += 4;
		size -= 4;
	}
	d->group = p;
	d->n = d->special ? 0 : size / 2;
	d->scale = Max(d->n - d->weight - 1, 0) * 4;
	if (d->n == 0)
		d->weight = d->scale = 0;
}

/* Groups that 128 bits hold, with a bit to spare. */
#define NUMERIC_GROUPS_U128 9

/* Its digits as one natural, for at most so many groups with their trailing zeros. */
static inline exact_u128
numeric_natural_u128(const NumericDigits *d)
{
	exact_u128	x = 0;

	for (int i = 0; i < d->n; i++)
		x = x * 10000 + numeric_group(d, i);
	for (int i = d->n; i <= d->weight; i++)
		x *= 10000;
	return x;
}

/* The same for any number of groups, into zeroed limbs. */
static inline void
numeric_natural(const NumericDigits *d, uint64_t *x, int limbs)
{
	int			used = 1;

	for (int i = 0; i < Max(d->n, d->weight + 1); i++)
	{
		uint64_t	carry = exact_multiply_small(x, used, 10000, i < d->n ? numeric_group(d, i) : 0);

		if (carry != 0 && used < limbs)
			x[used++] = carry;
	}
}

#endif							/* PORTEXT_NUMERIC_DIGITS_H */
