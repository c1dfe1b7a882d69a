/*
 * ranksize.c -- regressions of size on rank over the values above zero, with ordinal ranks from the largest.
 *
 * Sizes enter as ln(x / largest): equal for any unit, and precise where values are close.
 */
#include "indicators.h"

typedef struct Moments
{
	double		rank_mean;		/* of ln(rank - shift) */
	double		size_mean;		/* of ln(x / largest) */
	double		rank_rank;		/* sums of squares and products about the means */
	double		rank_size;
	double		size_size;
} Moments;

/* Means, then centred sums, of ln(rank - shift) and ln(x / largest). */
static Moments
moments(const Ranked *r, double shift)
{
	Sum			rank = {0, 0},
				size = {0, 0},
				rank_rank = {0, 0},
				rank_size = {0, 0},
				size_size = {0, 0};
	Moments		m;

	for (int64_t i = 0; i < r->p; i++)
	{
		sum_add(&rank, log(i + 1 - shift));
		sum_add(&size, log_ratio(r->x[i], r->x[0]));
	}
	m.rank_mean = sum_value(&rank) / r->p;
	m.size_mean = sum_value(&size) / r->p;
	for (int64_t i = 0; i < r->p; i++)
	{
		double		dr = log(i + 1 - shift) - m.rank_mean;
		double		ds = log_ratio(r->x[i], r->x[0]) - m.size_mean;

		sum_add(&rank_rank, dr * dr);
		sum_add(&rank_size, dr * ds);
		sum_add(&size_size, ds * ds);
	}
	m.rank_rank = sum_value(&rank_rank);
	m.rank_size = sum_value(&rank_size);
	m.size_size = sum_value(&size_size);
	return m;
}

/* Slope of ln x on ln rank; Zipf's law is -1. */
double
rank_size_slope_of(const Ranked *r)
{
	Moments		m;

	if (r->p < 2)
		return UNDEFINED;
	if (ranked_all_equal(r))
		return 0;
	m = moments(r, 0);
	return m.rank_size / m.rank_rank;
}

/* ln of the size that the fitted line gives the first rank. */
double
rank_size_intercept_of(const Ranked *r)
{
	Moments		m;
	double		largest;

	if (r->p < 2)
		return UNDEFINED;
	largest = log(r->x[0]) - r->exponent * log(2);
	if (ranked_all_equal(r))
		return largest;
	m = moments(r, 0);
	return largest + (m.size_mean - m.rank_size / m.rank_rank * m.rank_mean);
}

/* Coefficient of determination of that line; undefined where all sizes are equal. */
double
rank_size_r2_of(const Ranked *r)
{
	Moments		m;

	if (r->p < 2 || ranked_all_equal(r))
		return UNDEFINED;
	m = moments(r, 0);
	return clamped(m.rank_size / m.rank_rank * (m.rank_size / m.size_size), 0, 1);
}

/* Minus the slope of ln(rank - 1/2) on ln x (Gabaix and Ibragimov); undefined where all sizes are equal. */
double
pareto_exponent_of(const Ranked *r)
{
	Moments		m;

	if (r->p < 2 || ranked_all_equal(r))
		return UNDEFINED;
	m = moments(r, 0.5);
	return -m.rank_size / m.size_size;
}
