/*
 * inequality.c -- how unequal the entities are: entropy, Gini, Theil, variation, Hoover.
 *
 * Zeros count as entities in n and so in the mean, total / n. Equal values give exactly zero inequality.
 */
#include "indicators.h"

/* Shannon entropy in nats, - sum s ln s with 0 ln 0 = 0; 0 to ln p. */
double
shannon_entropy_of(const Ranked *r)
{
	Sum			sum = {0, 0};

	if (!(r->total > 0))
		return UNDEFINED;
	if (ranked_all_equal(r))
		return log(r->p);
	for (int64_t i = 0; i < r->p; i++)
		sum_add(&sum, r->x[i] / r->total * -log_ratio(r->x[i], r->total));
	return clamped(sum_value(&sum), 0, log(r->p));
}

/* Theil's relative entropy, H / ln n, 0 to 1; undefined for n = 1. */
double
entropy_normalized_of(const Ranked *r, int64_t n)
{
	if (!(r->total > 0) || n < 2)
		return UNDEFINED;
	return clamped(shannon_entropy_of(r) / log(n), 0, 1);
}

/* Pielou's evenness, H / ln p. */
double
evenness_of(const Ranked *r)
{
	return entropy_normalized_of(r, r->p);
}

/*
 * n times the population Gini. The weights of the rank-based formula are n-1, n-3, ... 3-n, 1-n from the largest
 * down, so the values pair up from both ends and every term is a difference that is not negative.
 */
static double
gini_times_n(const Ranked *r)
{
	Sum			sum = {0, 0};

	for (int64_t i = 0; i < r->n / 2; i++)
		sum_add(&sum, (r->n - 1 - 2 * i) * ((r->x[i] - r->x[r->n - 1 - i]) / r->total));
	return sum_value(&sum);
}

/* Gini, population form: mean absolute difference over twice the mean, 0 to (n-1)/n. */
double
gini_of(const Ranked *r)
{
	if (!(r->total > 0))
		return UNDEFINED;
	return clamped(gini_times_n(r) / r->n, 0, (r->n - 1.0) / r->n);
}

/* Gini times n/(n-1), 0 to 1; undefined for n = 1. */
double
gini_unbiased_of(const Ranked *r)
{
	if (!(r->total > 0) || r->n < 2)
		return UNDEFINED;
	return clamped(gini_times_n(r) / (r->n - 1.0), 0, 1);
}

/* Theil T: sum s ln(x / mean), 0 to ln n. */
double
theil_t_of(const Ranked *r)
{
	Sum			sum = {0, 0};
	double		mean = r->total / r->n;

	if (!(r->total > 0))
		return UNDEFINED;
	if (ranked_all_equal(r) && r->p == r->n)
		return 0;
	for (int64_t i = 0; i < r->p; i++)
		sum_add(&sum, r->x[i] / r->total * log_ratio(r->x[i], mean));
	return clamped(sum_value(&sum), 0, log(r->n));
}

/* Theil L, mean log deviation: mean of ln(mean / x), 0 to infinity, which any zero makes it. */
double
theil_l_of(const Ranked *r)
{
	Sum			sum = {0, 0};
	double		mean = r->total / r->n;

	if (!(r->total > 0))
		return UNDEFINED;
	if (r->p < r->n)
		return INFINITY;
	if (ranked_all_equal(r))
		return 0;
	for (int64_t i = 0; i < r->n; i++)
		sum_add(&sum, -log_ratio(r->x[i], mean));
	return clamped(sum_value(&sum) / r->n, 0, INFINITY);
}

/* Standard deviation over mean, population form, 0 to sqrt(n-1). */
double
coefficient_of_variation_of(const Ranked *r)
{
	if (!(r->total > 0))
		return UNDEFINED;
	return clamped(sqrt(r->n * hhi_excess(r, r->n)), 0, sqrt(r->n - 1.0));
}

/* The same with the sample standard deviation (n-1), 0 to sqrt(n); undefined for n = 1. */
double
coefficient_of_variation_sample_of(const Ranked *r)
{
	double		n = r->n;

	if (!(r->total > 0) || r->n < 2)
		return UNDEFINED;
	return clamped(sqrt(n * (n / (n - 1)) * hhi_excess(r, r->n)), 0, sqrt(n));
}

/* Hoover, Robin Hood: half the sum of absolute deviations of shares from 1/n, taken as the part above; 0 to 1 - 1/n. */
double
hoover_of(const Ranked *r)
{
	Sum			sum = {0, 0};
	double		mean = r->total / r->n;

	if (!(r->total > 0))
		return UNDEFINED;
	if (ranked_all_equal(r) && r->p == r->n)
		return 0;
	for (int64_t i = 0; i < r->p && r->x[i] > mean; i++)
		sum_add(&sum, (r->x[i] - mean) / r->total);
	return clamped(sum_value(&sum), 0, (r->n - 1.0) / r->n);
}
