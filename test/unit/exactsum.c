/*
 * Exact sums against independent arithmetic: decimal schoolbook addition of the exact expansions that printf writes,
 * rounded by strtod; and the compiler's 128-bit integers and quadruple floats.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/exactsum.c"

#define LIMBS 36				/* 2^-1074 ... 2^1023 and 64 bits of carries */
#define PLACES 1074				/* decimals of an exact expansion */
#define DIGITS (330 + PLACES)	/* places before the point, and after it */

static int	tests = 0;

static void
ok(bool passed, const char *name)
{
	printf("%s %d - %s\n", passed ? "ok" : "not ok", ++tests, name);
}

/* A fixed sequence of pseudo-random numbers (xorshift). */
static uint64_t seed = 88172645463325252ULL;

static uint64_t
next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

/* A double with 53 random bits and an exponent between two powers of two. */
static double
random_double(int low, int high)
{
	return ldexp((double) (next() >> 11), low + (int) (next() % (uint64_t) (high - low + 1)));
}

/* The library's sum. */
static double
sum_exactly(const double *v, int n)
{
	uint64_t	sum[LIMBS] = {0};

	for (int i = 0; i < n; i++)
	{
		uint64_t	m,
					part[LIMBS] = {0};
		int			e;

		exact_split(v[i], &m, &e);
		if (m == 0)
			continue;
		exact_shift_left(part, LIMBS, &m, 1, e + 1074);
		exact_add(sum, LIMBS, part, LIMBS);
	}
	return exact_round(sum, LIMBS, -1074);
}

/* The reference: add the decimal expansions digit by digit. */
static double
sum_decimally(const double *v, int n)
{
	static char digits[DIGITS + 2];
	static char text[DIGITS + 400];
	int			sum[DIGITS] = {0};
	int			carry = 0;

	for (int i = 0; i < n; i++)
	{
		int			len = snprintf(text, sizeof(text), "%.*f", PLACES, v[i]);

		for (int d = 0, at = len - 1; at >= 0; at--)
			if (text[at] != '.')
				sum[d++] += text[at] - '0';
	}
	for (int d = 0; d < DIGITS; d++)
	{
		carry += sum[d];
		digits[DIGITS - d - (d < PLACES ? 0 : 1)] = (char) ('0' + carry % 10);
		carry /= 10;
	}
	digits[DIGITS - PLACES] = '.';
	digits[DIGITS + 1] = '\0';
	return strtod(digits, NULL);
}

static void
shuffle(double *v, int n)
{
	for (int i = n - 1; i > 0; i--)
	{
		int			j = (int) (next() % (uint64_t) (i + 1));
		double		t = v[i];

		v[i] = v[j];
		v[j] = t;
	}
}

static bool
same_double(double a, double b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

/* Many sums with exponents in a range, each in three orders. */
static void
test_sums(const char *name, int low, int high)
{
	double		v[60];
	bool		good = true;

	for (int round = 0; round < 60 && good; round++)
	{
		int			n = 2 + (int) (next() % 58);
		double		expected;

		for (int i = 0; i < n; i++)
			v[i] = random_double(low, high);
		expected = sum_decimally(v, n);
		for (int order = 0; order < 3; order++)
		{
			good = good && same_double(sum_exactly(v, n), expected);
			shuffle(v, n);
		}
	}
	ok(good, name);
}

/* Values that plain, Kahan and Neumaier summation get wrong, or that sit on the edges of the format. */
static void
test_traps(void)
{
	double		tie[] = {36028797018963976.0, 2.8, 0.4, 0.4, 0.4};
	double		even[] = {9007199254740992.0, 1.0};
	double		odd[] = {9007199254740992.0, 1.0, 0x1p-1074};
	double		tiny[] = {0x1p-1074, 0x1p-1074, 0x1p-1074};
	double		edge[] = {0x1.fffffffffffffp-1023, 0x1p-1074};
	double		over[] = {DBL_MAX, DBL_MAX};
	double		almost[] = {DBL_MAX, 0x1p969};
	double		carry[] = {DBL_MAX, 0x1p970};
	double		none[] = {0.0, 0.0};

	ok(same_double(sum_exactly(tie, 5), 36028797018963976.0), "2^55+8, 2.8, 0.4 three times: just below the tie, where some orders of plain sums round up");
	ok(same_double(sum_decimally(tie, 5), 36028797018963976.0), "and so says the reference");
	ok(same_double(sum_exactly(even, 2), 9007199254740992.0), "a tie goes to the even neighbour");
	ok(same_double(sum_exactly(odd, 3), 9007199254740994.0), "the last bit of the format breaks the tie");
	ok(same_double(sum_exactly(tiny, 3), 3 * 0x1p-1074), "subnormal sums");
	ok(same_double(sum_exactly(edge, 2), sum_decimally(edge, 2)), "the edge of the normal numbers");
	ok(isinf(sum_exactly(over, 2)), "twice the largest double is infinite");
	ok(same_double(sum_exactly(almost, 2), DBL_MAX), "less than half a unit above the largest double");
	ok(isinf(sum_exactly(carry, 2)), "half a unit above the largest double rounds up to infinite");
	ok(same_double(sum_exactly(none, 2), 0.0), "nothing");
}

/* Shifts, sums, differences and products that fit in 128 bits, by the compiler's arithmetic. */
static void
test_small(void)
{
	bool		shifts = true,
				sums = true,
				products = true,
				quads = true;

	for (int i = 0; i < 20000; i++)
	{
		uint64_t	a = next() >> (next() % 64);
		uint64_t	b = next() >> (next() % 64);
		int			bits = (int) (next() % 64);
		exact_u128	wide = (exact_u128) a << bits;
		uint64_t	x[2] = {a, 0};
		uint64_t	y[2] = {b, 0};
		uint64_t	r[2];
		double		exact;

		exact_shift_left(r, 2, x, 1, bits);
		shifts = shifts && r[0] == (uint64_t) wide && r[1] == (uint64_t) (wide >> 64);
		exact_shift_right(r, 2, r, 2, bits);
		shifts = shifts && r[0] == a && r[1] == 0;
		exact_multiply(r, x, 1, y, 1);
		wide = (exact_u128) a * b;
		products = products && r[0] == (uint64_t) wide && r[1] == (uint64_t) (wide >> 64);
		exact = (double) ((__float128) wide * 0x1p-100Q);	/* 113 bits may not hold all 128 */
		if ((uint64_t) (wide >> 64) >> 40 == 0)
			quads = quads && same_double(exact_round(r, 2, -100), exact) && same_double(exact_round_u128(wide, 100), exact);
		exact_add(x, 2, y, 1);
		wide = (exact_u128) a + b;
		sums = sums && x[0] == (uint64_t) wide && x[1] == (uint64_t) (wide >> 64);
		sums = sums && !exact_subtract(x, 2, y, 1) && x[0] == a && x[1] == 0;
		sums = sums && exact_subtract(x, 1, y, 1) == (a < b);
	}
	ok(shifts, "shifts of 128 bits");
	ok(sums, "sums and differences of 128 bits");
	ok(products, "products of 128 bits");
	ok(quads, "rounding agrees with quadruple precision");
}

/* Decimal digits in and out, powers of ten, zeros at the end, decimal rounding. */
static void
test_decimals(void)
{
	bool		digits = true,
				powers = true,
				rounded = true;

	for (int i = 0; i < 2000; i++)
	{
		char		text[200],
					out[600],
					expected[400];
		uint64_t	x[60] = {0};
		int			len = 1 + (int) (next() % 120);
		int			k = (int) (next() % 100);
		int			n = 30;
		int			zeros = 0;

		for (int d = 0; d < len; d++)
			text[d] = (char) ('0' + (d == 0 ? 1 + next() % 9 : next() % 10));
		text[len] = '\0';
		while (text[len - 1 - zeros] == '0')
			zeros++;
		for (int d = 0; d < len; d++)
			exact_multiply_small(x, n, 10, text[d] - '0');
		n = exact_scale10(x, exact_length(x, n), k);
		memcpy(expected, text, len);
		memset(expected + len, '0', k);
		expected[len + k] = '\0';
		{
			uint64_t	copy[60];

			memcpy(copy, x, sizeof(x));
			digits = digits && exact_digits(out, copy, n) == len + k && strcmp(out, expected) == 0;
			memcpy(copy, x, sizeof(x));
			powers = powers && exact_zeros10(copy, n, 1000) == zeros + k;
			memcpy(copy, x, sizeof(x));
			powers = powers && exact_zeros10(copy, n, k / 2) == k / 2;
		}
		if (len <= 36)
		{
			exact_u128	value = 0;
			int			scale = (int) (next() % 60);

			for (int d = 0; d < len; d++)
				value = value * 10 + (text[d] - '0');
			snprintf(expected, sizeof(expected), "%se-%d", text, scale);
			rounded = rounded && same_double(exact_round_decimal_u128(value, scale), strtod(expected, NULL));
			powers = powers && exact_zeros10_u128(value, 50) == zeros;
		}
	}
	ok(digits, "digits of naturals of up to 220 digits");
	ok(powers, "zeros at the end");
	ok(rounded, "decimals round as strtod does");
}

/* What the parts add up to, as a natural, and whether each is at most half a unit of the one before. */
typedef struct Parts
{
	uint64_t	plus[LIMBS];
	uint64_t	minus[LIMBS];
	double		last;
	int			count;
	bool		shrinking;
} Parts;

static void
take_part(void *arg, double part, bool first)
{
	Parts	   *p = arg;
	uint64_t	m,
				x[LIMBS] = {0};
	int			e;

	exact_split(fabs(part), &m, &e);
	exact_shift_left(x, LIMBS, &m, 1, e + 1074);
	exact_add(part < 0 ? p->minus : p->plus, LIMBS, x, LIMBS);
	p->shrinking = p->shrinking && (first == (p->count == 0)) && (first || fabs(part) <= fabs(p->last) * 0x1p-53);
	p->last = part;
	p->count++;
}

static void
test_parts(void)
{
	bool		equal = true,
				shrinking = true,
				single = true;

	for (int round = 0; round < 300; round++)
	{
		uint64_t	sum[LIMBS] = {0},
					rest[EXACT_PARTS_LIMBS(LIMBS)],
					scratch[EXACT_PARTS_LIMBS(LIMBS)];
		Parts		p = {{0}, {0}, 0, 0, true};
		int			n = 1 + (int) (next() % 5);

		for (int i = 0; i < n; i++)
		{
			uint64_t	m,
						x[LIMBS] = {0};
			int			e;

			exact_split(random_double(-1074, 960), &m, &e);
			exact_shift_left(x, LIMBS, &m, 1, e + 1074);
			exact_add(sum, LIMBS, x, LIMBS);
		}
		exact_parts(sum, LIMBS, -1074, rest, scratch, take_part, &p);
		shrinking = shrinking && p.shrinking;
		single = single && (n > 1 || p.count <= 1);
		equal = equal && !exact_subtract(p.plus, LIMBS, p.minus, LIMBS) && exact_compare(p.plus, LIMBS, sum, LIMBS) == 0;
	}
	ok(equal, "the parts add up to the sum exactly");
	ok(shrinking, "each part is the rounded rest of the one before");
	ok(single, "one double is one part");
}

int
main(void)
{
	test_traps();
	test_sums("sums of like magnitude", -60, -40);
	test_sums("sums of mixed magnitude", -200, 200);
	test_sums("sums of small and subnormal numbers", -1074, -1000);
	test_sums("sums of large numbers", 900, 965);
	test_sums("sums from 1e-300 to 1e300", -1050, 944);
	test_small();
	test_decimals();
	test_parts();
	printf("1..%d\n", tests);
	return 0;
}
