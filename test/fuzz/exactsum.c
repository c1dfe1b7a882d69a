/*
 * Naturals of any length: laws between the operations, digits against the compiler's own arithmetic, rounding against
 * strtod.
 */
#include "fuzz.h"

#include <math.h>

#include "exactsum.h"

#define MOST 5					/* limbs of an operand */

/* An operand: limbs of random bits, or of few, or of all ones. */
static int
take_natural(FuzzInput *in, uint64_t *x)
{
	uint8		shape = take_byte(in);
	int			n = shape % (MOST + 1);

	for (int i = 0; i < n; i++)
		x[i] = shape & 0x80 ? UINT64_C(1) << take_byte(in) % 64 : shape & 0x40 ? ~(uint64_t) take_byte(in) :
			shape & 0x20 ? take_byte(in) : take_bytes(in, 8);
	return n;
}

/* A copy in memory of its size. */
static uint64_t *
copy_of(const uint64_t *x, int n, int room)
{
	uint64_t   *copy = palloc0(sizeof(uint64_t) * room);

	memcpy(copy, x, sizeof(uint64_t) * n);
	return copy;
}

/* x + y - y, x * y / y by parts, x << s >> s. */
static void
check_laws(const uint64_t *x, int n, const uint64_t *y, int m, int shift)
{
	int			room = Max(n, m) + 1;
	uint64_t   *sum = copy_of(x, n, room);
	uint64_t   *product = palloc(sizeof(uint64_t) * (n + m));
	uint64_t   *other = palloc(sizeof(uint64_t) * (n + m));
	uint64_t   *shifted = palloc(sizeof(uint64_t) * (n + shift / 64 + 1));

	demand(exact_add(sum, room, y, m) == 0);
	demand(exact_compare(sum, room, x, n) >= 0 && exact_compare(sum, room, y, m) >= 0);
	demand(!exact_subtract(sum, room, y, m));
	demand(exact_compare(sum, room, x, n) == 0);
	demand(exact_subtract(copy_of(x, n, room), room, y, m) == (exact_compare(x, n, y, m) < 0));
	exact_multiply(product, x, n, y, m);
	exact_multiply(other, y, m, x, n);
	demand(exact_compare(product, n + m, other, n + m) == 0);
	if (exact_length(x, n) > 0 && exact_length(y, m) > 0)
	{
		int			bits = exact_bits(x, n) + exact_bits(y, m);

		demand(exact_bits(product, n + m) == bits || exact_bits(product, n + m) == bits - 1);
		demand(exact_trailing(product, n + m) == exact_trailing(x, n) + exact_trailing(y, m));
	}
	exact_shift_left(shifted, n + shift / 64 + 1, x, n, shift);
	demand(exact_length(x, n) == 0 || exact_bits(shifted, n + shift / 64 + 1) == exact_bits(x, n) + shift);
	exact_shift_right(shifted, n + shift / 64 + 1, shifted, n + shift / 64 + 1, shift);
	demand(exact_compare(shifted, n + shift / 64 + 1, x, n) == 0);
}

/* Digits, and the power of ten that divides, against multiplying back. */
static char *
check_digits(const uint64_t *x, int n, int *len)
{
	char	   *digits = palloc(EXACT_DIGITS(n));
	uint64_t   *back = palloc0(sizeof(uint64_t) * (n + 1));
	int			zeros = 0;

	*len = exact_digits(digits, copy_of(x, n, n), n);
	demand(strlen(digits) == *len && (digits[0] != '0' || *len == 1));
	for (int i = 0; i < *len; i++)
		demand(exact_multiply_small(back, n + 1, 10, digits[i] - '0') == 0);
	demand(exact_compare(back, n + 1, x, n) == 0);
	while (zeros < *len - 1 && digits[*len - 1 - zeros] == '0')
		zeros++;
	if (exact_length(x, n) > 0)
	{
		demand(exact_zeros10(copy_of(x, n, n), n, 1000) == zeros);
		demand(exact_zeros10(copy_of(x, n, n), n, 3) == Min(zeros, 3));
		if (n == 2)
			demand(exact_zeros10_u128(x[0] | (exact_u128) x[1] << 64, 1000) == zeros);
	}
	return digits;
}

/* x * 10^k has the digits of x and k zeros. */
static void
check_scale(const uint64_t *x, int n, int k, const char *digits, int len)
{
	int			room = n + exact_pow10_limbs(k);
	uint64_t   *scaled = copy_of(x, n, room);
	int			used = exact_scale10(scaled, n, k);
	int			more;
	char	   *longer = check_digits(scaled, used, &more);

	demand(used <= room);
	if (exact_length(x, n) > 0)
		demand(more == len + k && memcmp(longer, digits, len) == 0);
}

/* Rounding: decimal digits by strtod, binary exponents by undoing the power of two. */
static void
check_rounding(const uint64_t *x, int n, const char *digits, int len, int exponent, int scale)
{
	char	   *scratch = palloc(len + 16);
	double		whole = exact_round(x, n, 0);
	double		part = exact_round(x, n, exponent);

	demand(whole == strtod(digits, NULL));
	demand(part >= 0);
	if (exponent + exact_bits(x, n) > -1000 && exponent + exact_bits(x, n) <= 1024)
		demand(part == ldexp(whole, exponent));
	demand(exact_round_digits(digits, len, 0, scratch) == whole);
	if (exact_length(x, n) <= 2)
	{
		exact_u128	wide = (n > 0 ? x[0] : 0) | (exact_u128) (n > 1 ? x[1] : 0) << 64;

		demand(exact_round_decimal_u128(wide, scale) == exact_round_digits(digits, len, scale, scratch));
		if (exponent <= 0)
			demand(exact_round_u128(wide, -exponent) == part);
	}
}

/* The sum of the parts of a natural. */
typedef struct Parts
{
	uint64_t   *sum;
	int			room;
	int			exponent;
	int			count;
} Parts;

static void
add_part(void *arg, double part, bool first)
{
	Parts	   *p = arg;
	uint64_t	m;
	int			e;
	uint64_t   *shifted = palloc(sizeof(uint64_t) * p->room);

	demand(part != 0 && !isinf(part) && first == (p->count == 0) && (!first || part > 0));
	p->count++;
	exact_split(fabs(part), &m, &e);
	demand(e >= p->exponent);
	exact_shift_left(shifted, p->room, &m, 1, e - p->exponent);
	if (part > 0)
		demand(exact_add(p->sum, p->room, shifted, p->room) == 0);
	else
		demand(!exact_subtract(p->sum, p->room, shifted, p->room));
}

static void
check_parts(const uint64_t *x, int n, int exponent)
{
	Parts		p = {palloc0(sizeof(uint64_t) * (n + 2)), n + 2, exponent, 0};

	/* A total is a sum of doubles: nothing finer than their finest, nothing larger than their largest. */
	if (exact_bits(x, n) + exponent > 1024 || exponent < -1074)
		return;
	exact_parts(x, n, exponent, palloc(sizeof(uint64_t) * EXACT_PARTS_LIMBS(n)),
				palloc(sizeof(uint64_t) * EXACT_PARTS_LIMBS(n)), add_part, &p);
	demand(exact_compare(p.sum, p.room, x, n) == 0);
}

void
fuzz_one(const uint8 *data, size_t size)
{
	FuzzInput	in = {data, size};
	uint64_t	a[MOST],
				b[MOST];
	int			n = take_natural(&in, a);
	int			m = take_natural(&in, b);
	int			exponent = (int) (take_bytes(&in, 2) % 2300) - 1200;
	int			scale = (int) (take_bytes(&in, 2) % 400);
	const uint64_t *x = copy_of(a, n, n);
	const uint64_t *y = copy_of(b, m, m);
	int			len;
	char	   *digits = check_digits(x, n, &len);

	check_laws(x, n, y, m, scale);
	check_scale(x, n, scale % 60, digits, len);
	check_rounding(x, n, digits, len, exponent, scale);
	check_parts(x, n, exponent);
}
