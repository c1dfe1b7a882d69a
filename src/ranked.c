/*
 * ranked.c -- values in the one order that all sums use, and the arithmetic that the indicators share.
 */
#include "c.h"

#include "indicators.h"

#define ST_SORT sort_descending
#define ST_ELEMENT_TYPE double
#define ST_COMPARE(a, b) ((*(a) < *(b)) - (*(a) > *(b)))
#define ST_SCOPE static
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* Totals below this are scaled up, so that a mean or a difference of values is never subnormal. */
#define TINY_TOTAL 0x1p-500
#define TINY_SCALE 500

/* Sorts x in place, largest first. Equal values are alike, so no key is needed to break ties. */
void
ranked_init(Ranked *r, double *x, int64_t n, double total)
{
	r->exponent = total < TINY_TOTAL ? TINY_SCALE : 0;
	if (r->exponent != 0)
	{
		for (int64_t i = 0; i < n; i++)
			x[i] = ldexp(x[i], r->exponent);
		total = ldexp(total, r->exponent);
	}
	sort_descending(x, n);
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
