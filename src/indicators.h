/*
 * indicators.h -- every indicator as plain C on plain arrays of doubles.
 *
 * Nothing here knows the server but that it may cancel a query. Values are finite and not negative, totals are
 * correctly rounded exact sums; the callers see to that. An indicator that its formula leaves undefined is NaN, which the callers turn into NULL.
 * Sums run in one fixed order with compensation, so equal input gives equal bits; shares, never values, are squared.
 */
#ifndef PORTEXT_INDICATORS_H
#define PORTEXT_INDICATORS_H

#ifndef CHECK_FOR_INTERRUPTS	/* a program without a server defines it */
#include "compat.h"

#include "miscadmin.h"
#endif

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __FAST_MATH__
#error "the compensated sums need IEEE arithmetic: build without -ffast-math"
#endif

#define UNDEFINED ((double) NAN)

/* One composition's values, largest first. */
typedef struct Ranked
{
	const double *x;			/* all of them, zeros last */
	int64_t		n;				/* how many */
	int64_t		p;				/* how many are above zero */
	double		total;
	int			exponent;		/* x and total are 2^exponent times the real values */
} Ranked;

/* Two compositions over the union of their keys, in key order; an absent key is a zero. */
typedef struct Matched
{
	const double *a;
	const double *b;
	int64_t		n;
	double		a_total;
	double		b_total;
} Matched;

/* A running sum with Neumaier's compensation. */
typedef struct Sum
{
	double		hi;
	double		lo;
} Sum;

/* Adds one value. Every loop over the entities does, so this is where it can be cancelled. */
static inline void
sum_add(Sum *s, double v)
{
	double		t = s->hi + v;

	CHECK_FOR_INTERRUPTS();
	s->lo += fabs(s->hi) >= fabs(v) ? (s->hi - t) + v : (v - t) + s->hi;
	s->hi = t;
}

/* The sum so far. */
static inline double
sum_value(const Sum *s)
{
	return s->hi + s->lo;
}

/* ranked.c */
extern void ranked_init(Ranked *r, double *x, double *scratch, int64_t n, double total);
extern bool ranked_all_equal(const Ranked *r);
extern double clamped(double v, double lo, double hi);
extern double log_ratio(double x, double y);
extern double scaled_quotient(double a, double b, double c, double d);

/* concentration.c */
extern double concentration_ratio_of(const Ranked *r, int64_t k);
extern double hhi_of(const Ranked *r);
extern double hhi_excess(const Ranked *r, int64_t n);
extern double hhi_normalized_of(const Ranked *r, int64_t n);
extern double hirschman_normalized_of(const Ranked *r, int64_t n);
extern double effective_number_of(const Ranked *r);
extern double hill_number_of(const Ranked *r, double q);
extern double simpson_diversity_of(const Ranked *r);
extern double rosenbluth_of(const Ranked *r);
extern double horvath_cci_of(const Ranked *r);
extern double lead_share_of(const Ranked *r);
extern double primacy_of(const Ranked *r, int64_t k);

/* inequality.c */
extern double shannon_entropy_of(const Ranked *r);
extern double entropy_normalized_of(const Ranked *r, int64_t n);
extern double evenness_of(const Ranked *r);
extern double gini_of(const Ranked *r);
extern double gini_unbiased_of(const Ranked *r);
extern double theil_t_of(const Ranked *r);
extern double theil_l_of(const Ranked *r);
extern double coefficient_of_variation_of(const Ranked *r);
extern double coefficient_of_variation_sample_of(const Ranked *r);
extern double hoover_of(const Ranked *r);

/* ranksize.c */
extern double rank_size_slope_of(const Ranked *r);
extern double rank_size_intercept_of(const Ranked *r);
extern double rank_size_r2_of(const Ranked *r);
extern double pareto_exponent_of(const Ranked *r);

/* similarity.c */
extern double krugman_index_of(const Matched *m);
extern double dissimilarity_index_of(const Matched *m);
extern double finger_kreinin_of(const Matched *m);
extern double cosine_similarity_of(const Matched *m);
extern double hachman_of(const Matched *m);
extern double shift_to_growth_of(const Matched *m, double growth);

/* trade.c: numbers, not compositions */
extern double location_quotient_of(double x, double region_total, double category_total, double total);
extern double rca_normalized_of(double x, double region_total, double category_total, double total);
extern double share_balance_of(double a, double a_total, double b, double b_total);
extern double balance_normalized_of(double x, double m);
extern double directional_balance_of(double a, double b);
extern double grubel_lloyd_of(double x, double m);
extern double cagr_of(double v0, double v1, double years);

#endif							/* PORTEXT_INDICATORS_H */
