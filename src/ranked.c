/*
 * ranked.c -- values in the one order that all sums use, and the arithmetic that the indicators share.
 */
#include "indicators.h"

#include <string.h>

/* Runs this long are sorted by insertion. */
#define RUN 16

/* A query may be cancelled after so many steps of merging. */
#define STRIDE 4096

/*
 * Merge sort, largest first. Compositions are short and many, and their values are in no order: a merge step that
 * chooses by arithmetic instead of a branch takes half the time of a quicksort.
 */
static void
sort_descending(double *x, double *scratch, int64_t n)
{
	double	   *from = x;
	double	   *to = scratch;

	for (int64_t start = 0; start < n; start += RUN)
	{
		CHECK_FOR_INTERRUPTS();
		for (int64_t i = start + 1; i < n && i < start + RUN; i++)
		{
			double		v = x[i];
			int64_t		j = i;

			for (; j > start && x[j - 1] < v; j--)
				x[j] = x[j - 1];
			x[j] = v;
		}
	}
	for (int64_t run = RUN; run < n; run *= 2)
	{
		double	   *swap = from;

		for (int64_t start = 0; start < n; start += 2 * run)
		{
			int64_t		middle = start + run < n ? start + run : n;
			int64_t		end = middle + run < n ? middle + run : n;
			int64_t		i = start,
						j = middle,
						k = start;

			while (i < middle && j < end)
			{
				int64_t		stop = k + STRIDE;

				CHECK_FOR_INTERRUPTS();
				while (i < middle && j < end && k < stop)
				{
					int64_t		left = from[i] >= from[j];

					to[k++] = from[j ^ ((i ^ j) & -left)];
					i += left;
					j += 1 - left;
				}
			}
			memcpy(to + k, from + i, (middle - i) * sizeof(double));
			k += middle - i;
			memcpy(to + k, from + j, (end - j) * sizeof(double));
		}
		from = to;
		to = swap;
	}
	if (from != x)
		memcpy(x, from, n * sizeof(double));
}

/* Totals below this are scaled up, so that a mean or a difference of values is never subnormal. */
#define TINY_TOTAL 0x1p-500
#define TINY_SCALE 500

/* Sorts x in place, largest first. Equal values are alike, so no key is needed to break ties. Scratch is as long as x. */
void
ranked_init(Ranked *r, double *x, double *scratch, int64_t n, double total)
{
	r->exponent = total < TINY_TOTAL ? TINY_SCALE : 0;
	if (r->exponent != 0)
	{
		for (int64_t i = 0; i < n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			x[i] = ldexp(x[i], r->exponent);
		}
		total = ldexp(total, r->exponent);
	}
	sort_descending(x, scratch, n);
	r->x = x;
	r->n = n;
	r->total = total;
	r->p = n;
	while (r->p > 0 && !(x[r->p - 1] > 0))
		r->p--;
}

/* Whether all values above zero are the same, decided on the values and not on a rounded variance. */
bool
ranked_all_equal(const Ranked *r)
{
	return r->p > 0 && r->x[0] == r->x[r->p - 1];
}

/* A value that rounding put up to 4 units in the last place outside its range moves to the bound. Further out is a
 * bug, and stays visible. */
double
clamped(double v, double lo, double hi)
{
	if (v < lo && v >= lo - 4 * DBL_EPSILON * (lo > 0 ? lo : 1))
		return lo;
	if (v > hi && v <= hi + 4 * DBL_EPSILON * (hi > 0 ? hi : 1))
		return hi;
	return v;
}

/* ln(x / y) for positive x and y: precise when they are close, and no under- or overflow when they are far apart. */
double
log_ratio(double x, double y)
{
	double		ratio = x / y;

	if (ratio > 0.5 && ratio < 2)
		return log1p((x - y) / y);
	if (ratio < DBL_MIN || isinf(ratio))
		return log(x) - log(y);
	return log(ratio);
}

/* (a b) / (c d) for c d > 0, where only the result itself may leave the range of a double. */
double
scaled_quotient(double a, double b, double c, double d)
{
	int			ea,
				eb,
				ec,
				ed;

	a = frexp(a, &ea);
	b = frexp(b, &eb);
	c = frexp(c, &ec);
	d = frexp(d, &ed);
	return ldexp((a * b) / (c * d), ea + eb - ec - ed);
}
