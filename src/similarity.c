/*
 * similarity.c -- two compositions over the same keys: how far apart, and what one is special in.
 *
 * In the pairs "region and reference", a is the region and b the reference, which includes the region.
 */
#include "indicators.h"

/* Neither total may be zero. */
static bool
both_positive(const Matched *m)
{
	return m->a_total > 0 && m->b_total > 0;
}

/* Krugman: sum of absolute differences of shares, 0 (same) to 2 (nothing in common). */
double
krugman_index_of(const Matched *m)
{
	Sum			sum = {0, 0};

	if (!both_positive(m))
		return UNDEFINED;
	for (int64_t i = 0; i < m->n; i++)
		sum_add(&sum, fabs(m->a[i] / m->a_total - m->b[i] / m->b_total));
	return clamped(sum_value(&sum), 0, 2);
}

/* Half of it, 0 to 1. */
double
dissimilarity_index_of(const Matched *m)
{
	return krugman_index_of(m) / 2;
}

/* Finger-Kreinin: sum of the smaller shares, 0 to 1, which is 1 less half the Krugman index; the more precise form. */
double
finger_kreinin_of(const Matched *m)
{
	Sum			sum = {0, 0};
	double		krugman = krugman_index_of(m);

	if (!(krugman > 1))			/* also when undefined */
		return 1 - krugman / 2;
	for (int64_t i = 0; i < m->n; i++)
		sum_add(&sum, fmin(m->a[i] / m->a_total, m->b[i] / m->b_total));
	return clamped(sum_value(&sum), 0, 1);
}

/* Cosine of the angle between the two, 0 to 1; of shares, so that no square under- or overflows. */
double
cosine_similarity_of(const Matched *m)
{
	Sum			ab = {0, 0},
				aa = {0, 0},
				bb = {0, 0};

	if (!both_positive(m))
		return UNDEFINED;
	for (int64_t i = 0; i < m->n; i++)
	{
		double		a = m->a[i] / m->a_total;
		double		b = m->b[i] / m->b_total;

		sum_add(&ab, a * b);
		sum_add(&aa, a * a);
		sum_add(&bb, b * b);
	}
	return clamped(sum_value(&ab) / sqrt(sum_value(&aa) * sum_value(&bb)), 0, 1);
}

/* Hachman: 1 / sum of region share times location quotient, above 0 to 1; undefined where a quotient is. */
double
hachman_of(const Matched *m)
{
	Sum			sum = {0, 0};

	if (!both_positive(m))
		return UNDEFINED;
	for (int64_t i = 0; i < m->n; i++)
		if (m->a[i] > 0)
			sum_add(&sum, m->a[i] / m->a_total * location_quotient_of(m->a[i], m->a_total, m->b[i], m->b_total));
	return clamped(1 / sum_value(&sum), 0, 1);
}

/*
 * Volume shifted between the dates over the absolute growth of the total; undefined without growth. The caller gives
 * the difference of the exact totals: that of rounded values shows growth where there is none.
 */
double
shift_to_growth_of(const Matched *m, double growth)
{
	if (!both_positive(m) || growth == 0)
		return UNDEFINED;
	return dissimilarity_index_of(m) * (m->b_total / fabs(growth));
}
