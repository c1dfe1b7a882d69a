/*
 * concentration.c -- how much of the whole the largest hold: ratios, Herfindahl and Hill families, ranks.
 *
 * The k-th largest share is s_k = x_k / total, n counts all entities, p those above zero. A total of zero leaves
 * every share, and so everything here, undefined.
 */
#include "indicators.h"

/* CR_k: the sum of the k largest shares; all of them are 1. */
double
concentration_ratio_of(const Ranked *r, int64_t k)
{
	Sum			sum = {0, 0};

	if (!(r->total > 0))
		return UNDEFINED;
	if (k >= r->p)
		return 1;
	/* Halves, since rounding may push a sum past a total that is nearly the largest double. */
	for (int64_t i = 0; i < k; i++)
		sum_add(&sum, r->x[i] / 2);
	return clamped(sum_value(&sum) / (r->total / 2), 0, 1);
}

/* Herfindahl-Hirschman: the sum of squared shares, 1/p to 1. */
double
hhi_of(const Ranked *r)
{
	Sum			sum = {0, 0};

	if (!(r->total > 0))
		return UNDEFINED;
	if (ranked_all_equal(r))
		return 1.0 / r->p;
	for (int64_t i = 0; i < r->p; i++)
	{
		double		s = r->x[i] / r->total;

		sum_add(&sum, s * s);
	}
	return clamped(sum_value(&sum), 1.0 / r->p, 1);
}

/*
 * HHI - 1/n without cancellation, as (sum of squared relative deviations of the p positive values) / p^2 plus what
 * n - p zeros add, (n - p) / (n p): a sum of terms that are not negative. n >= p >= 1.
 */
double
hhi_excess(const Ranked *r, int64_t n)
{
	Sum			sum = {0, 0};
	double		p = r->p;
	double		mean = r->total / p;

	if (!ranked_all_equal(r))
		for (int64_t i = 0; i < r->p; i++)
		{
			double		d = (r->x[i] - mean) / mean;

			sum_add(&sum, d * d);
		}
	return sum_value(&sum) / p / p + (n - p) / p / n;
}

/* (HHI - 1/n) / (1 - 1/n), 0 to 1; undefined for n = 1. */
double
hhi_normalized_of(const Ranked *r, int64_t n)
{
	if (!(r->total > 0) || n < 2)
		return UNDEFINED;
	return clamped(hhi_excess(r, n) * n / (n - 1.0), 0, 1);
}

/* (sqrt HHI - sqrt 1/n) / (1 - sqrt 1/n), 0 to 1, with both differences in a form that does not cancel. */
double
hirschman_normalized_of(const Ranked *r, int64_t n)
{
	double		root = sqrt(1.0 / n);

	if (!(r->total > 0) || n < 2)
		return UNDEFINED;
	return clamped(hhi_excess(r, n) * n / (n - 1.0) * (1 + root) / (sqrt(hhi_of(r)) + root), 0, 1);
}

/* 1 / HHI: as many equal entities would be as concentrated, 1 to p. */
double
effective_number_of(const Ranked *r)
{
	if (ranked_all_equal(r))
		return r->p;
	return clamped(1 / hhi_of(r), 1, r->p);
}

/* Hill number of order 1, exp(H), from whichever of H and ln p - H is smaller and so more precise after exp. */
static double
hill_one(const Ranked *r)
{
	Ranked		positive = *r;
	double		h = shannon_entropy_of(r);

	positive.n = r->p;
	if (h < log(r->p) / 2)
		return clamped(exp(h), 1, r->p);
	return clamped(r->p * exp(-theil_t_of(&positive)), 1, r->p);
}

/* Hill number of order q >= 0, (sum s^q)^(1/(1-q)) over shares above zero, 1 to p. */
double
hill_number_of(const Ranked *r, double q)
{
	Sum			sum = {0, 0};
	double		top = r->p > 0 ? r->x[0] : 0;

	if (!(r->total > 0))
		return UNDEFINED;
	if (q == 0 || ranked_all_equal(r))
		return r->p;
	if (q == 2)
		return effective_number_of(r);
	if (isinf(q))
		return clamped(r->total / top, 1, r->p);
	if (fabs(q - 1) <= 1e-8)
		return hill_one(r);
	if (fabs(q - 1) < 0.5)		/* sum s^q - 1 would cancel: the shares sum to 1, so take the 1 off first */
	{
		for (int64_t i = 0; i < r->p; i++)
		{
			double		s = r->x[i] / r->total;
			double		log_s = log_ratio(r->x[i], r->total);

			/* for a tiny share the factor could overflow, and there is nothing to cancel */
			sum_add(&sum, s < 1e-3 ? exp(q * log_s) - s : s * expm1((q - 1) * log_s));
		}
		return clamped(exp(log1p(sum_value(&sum)) / (1 - q)), 1, r->p);
	}
	/* relative to the largest share, so that a large q does not underflow */
	for (int64_t i = 0; i < r->p; i++)
		sum_add(&sum, pow(r->x[i] / top, q));
	return clamped(pow(top / r->total, q / (1 - q)) * pow(sum_value(&sum), 1 / (1 - q)), 1, r->p);
}

/* Gini-Simpson: 1 - HHI as sum of s (1 - s), 0 to 1 - 1/n. */
double
simpson_diversity_of(const Ranked *r)
{
	Sum			sum = {0, 0};

	if (!(r->total > 0))
		return UNDEFINED;
	for (int64_t i = 0; i < r->p; i++)
		sum_add(&sum, r->x[i] / r->total * ((r->total - r->x[i]) / r->total));
	return clamped(sum_value(&sum), 0, 1 - 1.0 / r->p);
}

/* Rosenbluth, Hall-Tideman: 1 / (2 sum of rank times share - 1), 1/p to 1. */
double
rosenbluth_of(const Ranked *r)
{
	Sum			sum = {0, 0};

	if (!(r->total > 0))
		return UNDEFINED;
	for (int64_t i = 0; i < r->p; i++)
		sum_add(&sum, (i + 1) * (r->x[i] / r->total));
	return clamped(1 / (2 * sum_value(&sum) - 1), 1.0 / r->p, 1);
}

/* Horvath's comprehensive concentration index: s_1 + sum over the others of s^2 (2 - s), above 0 to 1. */
double
horvath_cci_of(const Ranked *r)
{
	Sum			sum = {0, 0};

	if (!(r->total > 0))
		return UNDEFINED;
	sum_add(&sum, r->x[0] / r->total);
	for (int64_t i = 1; i < r->p; i++)
	{
		double		s = r->x[i] / r->total;

		sum_add(&sum, s * s * (2 - s));
	}
	return clamped(sum_value(&sum), 0, 1);
}

/* The largest share less the second, which is 0 where there is none. */
double
lead_share_of(const Ranked *r)
{
	if (!(r->total > 0))
		return UNDEFINED;
	return (r->x[0] - (r->n > 1 ? r->x[1] : 0)) / r->total;
}

/* The largest over the sum of the k next; undefined with fewer than k + 1 entities or where those sum to zero. */
double
primacy_of(const Ranked *r, int64_t k)
{
	Sum			sum = {0, 0};

	if (!(r->total > 0) || r->n < k + 1 || r->p < 2)
		return UNDEFINED;
	for (int64_t i = 1; i <= k && i < r->p; i++)
		sum_add(&sum, r->x[i]);
	return r->x[0] / sum_value(&sum);
}
