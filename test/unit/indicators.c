/*
 * indicators.c -- the indicator formulas against values computed independently with exact fractions and 300 bits.
 */
static long checks;
#define CHECK_FOR_INTERRUPTS() checks++

#include "../../src/ranked.c"
#include "../../src/concentration.c"
#include "../../src/inequality.c"
#include "../../src/ranksize.c"
#include "../../src/similarity.c"
#include "../../src/trade.c"

#include <stdio.h>
#include <stdlib.h>

static int	tests,
			failures;

/* One assertion, printed as TAP. */
static void
ok(bool passed, const char *name)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++tests, name);
	failures += !passed;
}

/* got is want, within a relative tolerance or 1/100 of it absolutely; NaN equals NaN. */
static void
near(double got, double want, double tolerance, const char *name)
{
	bool		passed = got == want || (isnan(got) && isnan(want)) ||
		fabs(got - want) <= fmax(tolerance * fabs(want), tolerance / 100);

	ok(passed, name);
	if (!passed)
		printf("# got %.17g, want %.17g\n", got, want);
}

#define HHI 1e-13				/* sums of shares */
#define LOG 1e-12				/* logarithms, roots, regressions */

/* The indicators without a parameter. */
static double (*const share_based[]) (const Ranked *) = {
	lead_share_of, hhi_of, effective_number_of, simpson_diversity_of, rosenbluth_of, horvath_cci_of, shannon_entropy_of,
	evenness_of, gini_of, gini_unbiased_of, theil_t_of, theil_l_of, coefficient_of_variation_of,
	coefficient_of_variation_sample_of, hoover_of, rank_size_slope_of, rank_size_intercept_of, rank_size_r2_of,
pareto_exponent_of};

static double buffer[16];
static double scratch[4096];

/* Ranks a short list that starts at v; the total is given, as an exact sum would be. */
static Ranked
ranked(const double *v, int n, double total)
{
	Ranked		r;

	memcpy(buffer, v, n * sizeof(double));
	ranked_init(&r, buffer, scratch, n, total);
	return r;
}

/* The running example, without and with an entity of zero. */
static void
worked_values(int n)
{
	static const double v[] = {5, 30, 50, 15, 0};
	Ranked		r = ranked(v, n, 100);
	bool		zero = n == 5;

	ok(r.n == n && r.p == 4 && r.x[0] == 50 && r.x[3] == 5, zero ? "ranked, with a zero" : "ranked");
	ok(concentration_ratio_of(&r, 2) == 0.8, "CR 2");
	ok(concentration_ratio_of(&r, 4) == 1 && concentration_ratio_of(&r, 9) == 1, "CR 4 and CR 9 are 1");
	near(hhi_of(&r), 0.365, HHI, "HHI");
	near(hhi_normalized_of(&r, n), zero ? 0.20625 : 0.1533333333333333, HHI, "normalised HHI");
	near(hhi_normalized_of(&r, 4), 0.1533333333333333, HHI, "normalised HHI of positive entities");
	near(hhi_normalized_of(&r, 260), 0.3625482625482626, HHI, "normalised HHI, n = 260");
	near(hirschman_normalized_of(&r, n), zero ? 0.2839047811273707 : 0.2083045973594572, LOG, "normalised Hirschman");
	near(hirschman_normalized_of(&r, 260), 0.5779797114382177, LOG, "normalised Hirschman, n = 260");
	near(effective_number_of(&r), 2.739726027397260, HHI, "effective number");
	ok(hill_number_of(&r, 0) == 4, "Hill 0");
	near(hill_number_of(&r, 0.5), 3.480965116510622, LOG, "Hill 0.5");
	near(hill_number_of(&r, 1), 3.133404280262059, LOG, "Hill 1");
	near(hill_number_of(&r, 1 + 1e-6), 3.1334037174500844, LOG, "Hill 1.000001");
	near(hill_number_of(&r, 1.001), 3.1328416949538024, LOG, "Hill 1.001");
	ok(hill_number_of(&r, 2) == effective_number_of(&r), "Hill 2 is the effective number");
	near(hill_number_of(&r, 3), 2.535915646704869, LOG, "Hill 3");
	near(hill_number_of(&r, 5000), 2.000277333561790, 1e-12, "Hill 5000 does not underflow");
	near(hill_number_of(&r, INFINITY), 2, HHI, "Hill infinity");
	near(shannon_entropy_of(&r), 1.142120042988335, LOG, "entropy");
	near(shannon_entropy_of(&r) / log(2), 1.647730922119161, LOG, "entropy in bits");
	near(entropy_normalized_of(&r, n), zero ? 0.7096390821693784 : 0.8238654610595805, LOG, "relative entropy");
	near(evenness_of(&r), 0.8238654610595805, LOG, "evenness");
	near(simpson_diversity_of(&r), 0.635, HHI, "Simpson diversity");
	near(gini_of(&r), zero ? 0.5 : 0.375, HHI, "Gini");
	near(gini_unbiased_of(&r), zero ? 0.625 : 0.5, HHI, "Gini, sample-corrected");
	near(theil_t_of(&r), zero ? 0.4673178694457652 : 0.2441743181315554, LOG, "Theil T");
	near(theil_l_of(&r), zero ? INFINITY : 0.3111986997115478, LOG, "Theil L");
	near(coefficient_of_variation_of(&r), zero ? 0.9082951062292475 : 0.6782329983125268, LOG, "variation");
	near(coefficient_of_variation_sample_of(&r), zero ? 1.015504800579495 : 0.7831560082980487, LOG, "variation, sample");
	near(rosenbluth_of(&r), 0.4, HHI, "Rosenbluth");
	near(hoover_of(&r), zero ? 0.4 : 0.3, HHI, "Hoover");
	near(horvath_cci_of(&r), 0.6995, HHI, "Horvath");
	ok(lead_share_of(&r) == 0.2, "lead");
	near(primacy_of(&r, 1), 1.666666666666667, HHI, "primacy 1");
	near(primacy_of(&r, 3), 1, HHI, "primacy 3");
	ok(isnan(primacy_of(&r, n)), "primacy over more than there are");
	near(rank_size_slope_of(&r), -1.546726182932612, LOG, "rank-size slope");
	near(rank_size_intercept_of(&r), 4.136571892698765, LOG, "rank-size intercept");
	near(rank_size_r2_of(&r), 0.8711248111348232, LOG, "rank-size r2");
	near(pareto_exponent_of(&r), 0.7742464339362177, LOG, "Pareto exponent");
}

/* No entity, only zeros, one entity, equal entities. */
static void
edges(void)
{
	static const double zeros[] = {0, 0, 0};
	static const double one[] = {7};
	static const double equal[] = {0.1, 0.1, 0.1};
	Ranked		r;
	bool		undefined = true;

	for (int n = 0; n <= 3; n += 3)
	{
		r = ranked(zeros, n, 0);
		for (size_t i = 0; i < sizeof(share_based) / sizeof(share_based[0]); i++)
			undefined = undefined && isnan(share_based[i] (&r));
		undefined = undefined && isnan(hill_number_of(&r, 0)) && isnan(concentration_ratio_of(&r, 1)) &&
			isnan(primacy_of(&r, 1)) && isnan(hhi_normalized_of(&r, 5)) && isnan(entropy_normalized_of(&r, 5)) &&
			isnan(hirschman_normalized_of(&r, 5));
	}
	ok(undefined, "without a total every share-based indicator is undefined");

	r = ranked(one, 1, 7);
	ok(hhi_of(&r) == 1 && effective_number_of(&r) == 1 && gini_of(&r) == 0 && theil_t_of(&r) == 0 &&
	   theil_l_of(&r) == 0 && shannon_entropy_of(&r) == 0 && coefficient_of_variation_of(&r) == 0 &&
	   rosenbluth_of(&r) == 1 && hoover_of(&r) == 0 && lead_share_of(&r) == 1 && horvath_cci_of(&r) == 1 &&
	   hill_number_of(&r, 1) == 1 && simpson_diversity_of(&r) == 0, "one entity");
	ok(isnan(hhi_normalized_of(&r, 1)) && isnan(hirschman_normalized_of(&r, 1)) && isnan(entropy_normalized_of(&r, 1)) &&
	   isnan(evenness_of(&r)) && isnan(gini_unbiased_of(&r)) && isnan(coefficient_of_variation_sample_of(&r)) &&
	   isnan(primacy_of(&r, 1)) && isnan(rank_size_slope_of(&r)) && isnan(pareto_exponent_of(&r)),
	   "one entity leaves normalised forms and regressions undefined");
	ok(hhi_normalized_of(&r, 5) == 1 && hirschman_normalized_of(&r, 5) == 1, "one of five possible is 1");

	r = ranked(equal, 3, 0.30000000000000004);
	ok(hhi_of(&r) == 1.0 / 3 && effective_number_of(&r) == 3 && gini_of(&r) == 0 && theil_t_of(&r) == 0 &&
	   theil_l_of(&r) == 0 && coefficient_of_variation_of(&r) == 0 && hoover_of(&r) == 0 && hhi_normalized_of(&r, 3) == 0 &&
	   shannon_entropy_of(&r) == log(3) && evenness_of(&r) == 1 && hill_number_of(&r, 1) == 3 &&
	   rosenbluth_of(&r) == 1.0 / 3, "equal entities give the bounds exactly");
	bool		bounds = true;

	for (int n = 1; n <= 16; n++)
	{
		double		many[16];

		for (int i = 0; i < n; i++)
			many[i] = 0.7;
		ranked_init(&r, many, scratch, n, 0.7 * n);
		bounds = bounds && hhi_of(&r) == 1.0 / n && effective_number_of(&r) == n && hill_number_of(&r, 0.7) == n &&
			hill_number_of(&r, 1) == n && gini_of(&r) == 0 && theil_t_of(&r) == 0 && theil_l_of(&r) == 0 &&
			hoover_of(&r) == 0 && coefficient_of_variation_of(&r) == 0;
	}
	ok(bounds, "one to sixteen equal entities, where shares round up and down");
	r = ranked(equal, 3, 0.30000000000000004);
	ok(rank_size_slope_of(&r) == 0 && rank_size_intercept_of(&r) == log(0.1) && isnan(rank_size_r2_of(&r)) &&
	   isnan(pareto_exponent_of(&r)), "equal entities: a flat line without a fit");
}

/* Extremes of the range, and values that differ in the last bits only. */
static void
extremes(void)
{
	static const double far[] = {1e300, 1e-300};
	static const double subnormal[] = {5e-324, 1.5e-323};
	static const double smallest[] = {5e-324, 1e-323, 2e-323};
	static const double close[] = {1 + 0x1p-40, 1 - 0x1p-40};
	static const double big[] = {8e307, 4e307, 4e307};
	static const double largest[] = {0x1p1023, 0x1p1021 - 0x1p969, 0x1p1021 - 0x1p969, 0x1p1021 - 0x1p969, 0x1p1021 - 0x1p969, 1};
	Ranked		r = ranked(far, 2, 1e300);

	ok(hhi_of(&r) == 1 && shannon_entropy_of(&r) == 0 && hill_number_of(&r, 0.6) == 1, "1e300 beside 1e-300");
	near(theil_l_of(&r), 690.0823807176538, LOG, "Theil L of 1e300 and 1e-300");
	near(rank_size_slope_of(&r), -1993.1568569324174, LOG, "rank-size of 1e300 and 1e-300");
	r = ranked(subnormal, 2, 2e-323);
	ok(hhi_of(&r) == 0.625 && gini_of(&r) == 0.25 && hoover_of(&r) == 0.25, "subnormal values");
	near(rank_size_intercept_of(&r), -743.3414596327132, LOG, "rank-size intercept of subnormal values");
	r = ranked(smallest, 3, 3.5e-323);
	near(coefficient_of_variation_of(&r), 0.53452248382484877, LOG, "variation of 1, 2 and 4 times the smallest double");
	near(theil_t_of(&r), 0.14291239755557539, LOG, "Theil T of them");
	near(theil_l_of(&r), 0.1541506798272583, LOG, "Theil L of them");
	near(hoover_of(&r), 5.0 / 21, HHI, "Hoover of them");
	r = ranked(close, 2, 2);
	near(gini_of(&r), 0x1p-41, HHI, "Gini of nearly equal values");
	near(coefficient_of_variation_of(&r), 0x1p-40, LOG, "variation of nearly equal values");
	near(hhi_normalized_of(&r, 2), 0x1p-80, LOG, "normalised HHI of nearly equal values");
	r = ranked(big, 3, 1.6e308);
	near(hhi_of(&r), 0.375, HHI, "values near the largest double");
	near(gini_of(&r), 1.0 / 6, HHI, "Gini near the largest double");
	r = ranked(largest, 6, DBL_MAX);
	ok(concentration_ratio_of(&r, 5) == 1, "concentration ratio where the total is the largest double");
}

/* Two compositions, and a few numbers. */
static void
pairs(void)
{
	static const double p[] = {60, 30, 10},
				q[] = {20, 20, 60},
				all[] = {120, 50, 80};
	Matched		pq = {p, q, 3, 100, 100},
				pp = {p, p, 3, 100, 100},
				pa = {p, all, 3, 100, 250},
				none = {p, all, 3, 100, 0};

	near(krugman_index_of(&pq), 1, HHI, "Krugman");
	near(krugman_index_of(&pa), 0.44, HHI, "Krugman against the whole");
	near(dissimilarity_index_of(&pa), 0.22, HHI, "dissimilarity");
	near(finger_kreinin_of(&pq), 0.5, HHI, "Finger-Kreinin");
	ok(finger_kreinin_of(&pp) == 1 && krugman_index_of(&pp) == 0 && cosine_similarity_of(&pp) == 1, "same with itself");
	near(cosine_similarity_of(&pq), 0.5334650693692645, LOG, "cosine");
	near(hachman_of(&pa), 0.8121827411167513, HHI, "Hachman");
	ok(isnan(krugman_index_of(&none)) && isnan(finger_kreinin_of(&none)) && isnan(cosine_similarity_of(&none)) &&
	   isnan(hachman_of(&none)) && isnan(shift_to_growth_of(&none, 1)), "nothing to compare with");
	ok(location_quotient_of(60, 100, 120, 250) == 1.25, "location quotient");
	near(location_quotient_of(20, 100, 120, 250), 0.4166666666666667, HHI, "location quotient below 1");
	near(location_quotient_of(1e300, 1e301, 1e-300, 1e-299), 1, HHI, "location quotient of extremes");
	near(location_quotient_of(1e300, 1e300, 1e300, 1e301), 10, HHI, "location quotient without overflow");
	ok(isnan(location_quotient_of(0, 0, 120, 250)) && isnan(location_quotient_of(5, 100, 0, 250)), "no location quotient");
	near(rca_normalized_of(60, 100, 120, 250), 0.048, HHI, "normalised RCA");
	near(share_balance_of(355, 1000, 76, 1000), 0.6473317865429234, HHI, "balanced role");
	near(balance_normalized_of(100, 60), 0.25, HHI, "normalised balance");
	near(balance_normalized_of(1.5e308, 1e308), 0.2, HHI, "normalised balance of large flows");
	ok(grubel_lloyd_of(100, 60) == 0.75, "Grubel-Lloyd");
	near(grubel_lloyd_of(1.5e308, 1e308), 0.8, HHI, "Grubel-Lloyd of large flows");
	ok(grubel_lloyd_of(0, 40) == 0 && grubel_lloyd_of(50, 50) == 1 && isnan(grubel_lloyd_of(0, 0)), "Grubel-Lloyd edges");
	ok(cagr_of(200, 266.2, 3) == 0.09999999999999998, "CAGR");
	ok(fabs(cagr_of(3, 3.000000000003, 1) / 9.9994087084572432e-13 - 1) < LOG, "CAGR of a small change");
	ok(cagr_of(5, 0, 2) == -1 && isnan(cagr_of(0, 1, 2)) && isnan(cagr_of(1, 1, 0)), "CAGR edges");
}

/* The compensated sum keeps what a plain one loses. */
static void
sums(void)
{
	Sum			sum = {0, 0};

	for (int i = 0; i < 1024; i++)
		sum_add(&sum, 0x1p-60);
	sum_add(&sum, 1);
	for (int i = 0; i < 1024; i++)
		sum_add(&sum, 0x1p-60);
	ok(sum_value(&sum) == 1 + 0x1p-49, "compensated sum");
}

/* Every length of list, in a scrambled order with ties and zeros, comes out largest first and complete. */
static void
sorting(void)
{
	static double x[300];
	bool		sorted = true;

	for (int n = 0; n <= 300; n++)
	{
		Ranked		r;
		double		before = 0,
					after = 0;

		for (int i = 0; i < n; i++)
			before += x[i] = (i * 7919 + n) % 257 / 4;
		ranked_init(&r, x, scratch, n, before);
		for (int i = 0; i < n; i++)
		{
			after += x[i];
			sorted = sorted && (i == 0 || x[i - 1] >= x[i]) && (x[i] > 0) == (i < r.p);
		}
		sorted = sorted && before == after;
	}
	ok(sorted, "values are ranked");
}

/* No loop over the entities is long without a look at whether the query is cancelled. */
static void
cancelling(void)
{
	enum
	{
		N = 65536
	};
	static const double orders[] = {0.5, 0.75, 1, 2, 3};
	static double x[N],
				room[N];
	double		(*const of_two[]) (const Matched *) = {krugman_index_of, finger_kreinin_of, cosine_similarity_of, hachman_of};
	double		total = N * (N + 1.0) / 2;
	Matched		m = {x, x, N, total, total};
	Ranked		r;
	long		least;

	for (int i = 0; i < N; i++)
		x[i] = (i * 7919L) % N + 1;
	checks = 0;
	ranked_init(&r, x, room, N, total);
	/* The runs, the merges, and steps of the long ones. */
	ok(checks >= N / RUN + N / RUN - 1 + 4 * (N / STRIDE) - 15, "sorting can be cancelled");
	least = N;
#define CANCELS(call) (checks = 0, (void) (call), least = checks < least ? checks : least)
	for (size_t i = 1; i < sizeof(share_based) / sizeof(share_based[0]); i++)	/* the first has no loop */
		CANCELS(share_based[i] (&r));
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		CANCELS(hill_number_of(&r, orders[i]));
	CANCELS(concentration_ratio_of(&r, N / 2));
	CANCELS(primacy_of(&r, N / 2));
	for (size_t i = 0; i < sizeof(of_two) / sizeof(of_two[0]); i++)
		CANCELS(of_two[i] (&m));
	ok(least >= N / 4, "so can every indicator");
}

int
main(void)
{
	cancelling();
	sums();
	sorting();
	worked_values(4);
	worked_values(5);
	edges();
	extremes();
	pairs();
	printf("1..%d\n", tests);
	return failures != 0;
}
