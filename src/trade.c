/*
 * trade.c -- indicators of a few numbers: quotients of shares, flows in two directions, growth.
 */
#include "indicators.h"

/* Location quotient, Balassa's revealed comparative advantage: (x/R) / (C/X); undefined where R or C is zero. */
double
location_quotient_of(double x, double region_total, double category_total, double total)
{
	if (!(region_total > 0) || !(category_total > 0))
		return UNDEFINED;
	return scaled_quotient(x, total, region_total, category_total);
}

/* Normalised advantage, x/X - R C / X^2; undefined where X is zero. */
double
rca_normalized_of(double x, double region_total, double category_total, double total)
{
	if (!(total > 0))
		return UNDEFINED;
	return x / total - region_total / total * (category_total / total);
}

/* (share a - share b) / (share a + share b), -1 to 1; undefined where a total, or both shares, are zero. */
double
share_balance_of(double a, double a_total, double b, double b_total)
{
	if (!(a_total > 0) || !(b_total > 0))
		return UNDEFINED;
	return balance_normalized_of(a / a_total, b / b_total);
}

/* x + m, and where that would overflow half of x and m, which are changed then. */
static double
sum_of(double *x, double *m)
{
	if (isinf(*x + *m))
	{
		*x /= 2;
		*m /= 2;
	}
	return *x + *m;
}

/* (x - m) / (x + m), -1 to 1; undefined without trade. */
double
balance_normalized_of(double x, double m)
{
	double		sum = sum_of(&x, &m);

	return sum > 0 ? (x - m) / sum : UNDEFINED;
}

/* Smaller over larger, 0 to 1; undefined where both are zero. */
double
directional_balance_of(double a, double b)
{
	if (!(fmax(a, b) > 0))
		return UNDEFINED;
	return fmin(a, b) / fmax(a, b);
}

/* Grubel-Lloyd: 1 - |x - m| / (x + m) as twice the smaller over the sum, 0 to 1; undefined without trade. */
double
grubel_lloyd_of(double x, double m)
{
	double		sum = sum_of(&x, &m);

	return sum > 0 ? 2 * (fmin(x, m) / sum) : UNDEFINED;
}

/* Compound annual growth rate (v1/v0)^(1/years) - 1, -1 and above. */
double
cagr_of(double v0, double v1, double years)
{
	if (!(v0 > 0) || !(v1 >= 0) || !(years > 0))
		return UNDEFINED;
	if (v1 == 0)
		return -1;
	return expm1(log_ratio(v1, v0) / years);
}
