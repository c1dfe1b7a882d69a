/*
 * exactsum.c -- arithmetic on naturals of any length and the one rounding to a double.
 */
#include <math.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exactsum.h"

const uint64_t exact_pow10[EXACT_POW10_MAX + 1] = {
	1ULL, 10ULL, 100ULL, 1000ULL, 10000ULL, 100000ULL, 1000000ULL, 10000000ULL, 100000000ULL, 1000000000ULL,
	10000000000ULL, 100000000000ULL, 1000000000000ULL, 10000000000000ULL, 100000000000000ULL, 1000000000000000ULL,
	10000000000000000ULL, 100000000000000000ULL, 1000000000000000000ULL, 10000000000000000000ULL
};

/* Limbs without leading zeros. */
int
exact_length(const uint64_t *x, int n)
{
	while (n > 0 && x[n - 1] == 0)
		n--;
	return n;
}

/* Bits without leading zeros; 0 for zero. */
int
exact_bits(const uint64_t *x, int n)
{
	n = exact_length(x, n);
	return n == 0 ? 0 : n * 64 - __builtin_clzll(x[n - 1]);
}

/* Trailing zero bits; -1 for zero. */
int
exact_trailing(const uint64_t *x, int n)
{
	for (int i = 0; i < n; i++)
		if (x[i] != 0)
			return i * 64 + __builtin_ctzll(x[i]);
	return -1;
}

/* -1, 0, 1. */
int
exact_compare(const uint64_t *x, int n, const uint64_t *y, int m)
{
	n = exact_length(x, n);
	m = exact_length(y, m);
	if (n != m)
		return n < m ? -1 : 1;
	while (n-- > 0)
		if (x[n] != y[n])
			return x[n] < y[n] ? -1 : 1;
	return 0;
}

/* x += y for m <= n; the carry out. */
uint64_t
exact_add(uint64_t *x, int n, const uint64_t *y, int m)
{
	uint64_t	carry = 0;

	for (int i = 0; i < n && (i < m || carry); i++)
	{
		exact_u128	sum = (exact_u128) x[i] + (i < m ? y[i] : 0) + carry;

		x[i] = (uint64_t) sum;
		carry = (uint64_t) (sum >> 64);
	}
	return carry;
}

/* x -= y for m <= n; whether it would have gone below zero (x is then spoilt). */
bool
exact_subtract(uint64_t *x, int n, const uint64_t *y, int m)
{
	uint64_t	borrow = 0;

	for (int i = 0; i < n && (i < m || borrow); i++)
	{
		exact_u128	diff = (exact_u128) x[i] - (i < m ? y[i] : 0) - borrow;

		x[i] = (uint64_t) diff;
		borrow = (uint64_t) (diff >> 64) & 1;
	}
	return borrow != 0;
}

/* x = x * factor + addend; the carry out. */
uint64_t
exact_multiply_small(uint64_t *x, int n, uint64_t factor, uint64_t addend)
{
	uint64_t	carry = addend;

	for (int i = 0; i < n; i++)
	{
		exact_u128	p = (exact_u128) x[i] * factor + carry;

		x[i] = (uint64_t) p;
		carry = (uint64_t) (p >> 64);
	}
	return carry;
}

/* x /= divisor; the remainder. */
uint64_t
exact_divide_small(uint64_t *x, int n, uint64_t divisor)
{
	uint64_t	rest = 0;

	while (n-- > 0)
	{
		exact_u128	part = ((exact_u128) rest << 64) | x[n];

		x[n] = (uint64_t) (part / divisor);
		rest = (uint64_t) (part % divisor);
	}
	return rest;
}

/* r = x * y; r has n + m limbs and overlaps neither. */
void
exact_multiply(uint64_t *r, const uint64_t *x, int n, const uint64_t *y, int m)
{
	memset(r, 0, sizeof(uint64_t) * (n + m));
	for (int i = 0; i < n; i++)
	{
		uint64_t	carry = 0;

		for (int j = 0; j < m; j++)
		{
			exact_u128	p = (exact_u128) x[i] * y[j] + r[i + j] + carry;

			r[i + j] = (uint64_t) p;
			carry = (uint64_t) (p >> 64);
		}
		r[i + m] = carry;
	}
}

/* r = x << bits, in rn limbs; the caller knows that it fits. r may be x. */
void
exact_shift_left(uint64_t *r, int rn, const uint64_t *x, int n, int bits)
{
	int			limbs = bits / 64;

	bits %= 64;
	for (int i = rn - 1; i >= 0; i--)
	{
		int			j = i - limbs;
		uint64_t	hi = j >= 0 && j < n ? x[j] : 0;
		uint64_t	lo = j >= 1 && j <= n ? x[j - 1] : 0;

		r[i] = bits == 0 ? hi : (hi << bits) | (lo >> (64 - bits));
	}
}

/* r = x >> bits, in rn limbs; what falls out at either end is lost. r may be x. */
void
exact_shift_right(uint64_t *r, int rn, const uint64_t *x, int n, int bits)
{
	int			limbs = bits / 64;

	bits %= 64;
	for (int i = 0; i < rn; i++)
	{
		int			j = i + limbs;
		uint64_t	lo = j < n ? x[j] : 0;
		uint64_t	hi = j + 1 < n ? x[j + 1] : 0;

		r[i] = bits == 0 ? lo : (lo >> bits) | (hi << (64 - bits));
	}
}

/* x *= 10^k. */
int
exact_scale10(uint64_t *x, int n, int k)
{
	n = exact_length(x, n);
	while (k > 0)
	{
		int			step = k < EXACT_POW10_MAX ? k : EXACT_POW10_MAX;
		uint64_t	carry = exact_multiply_small(x, n, exact_pow10[step], 0);

		if (carry != 0)
			x[n++] = carry;
		k -= step;
	}
	return n;
}

/* How many times 10 divides x, at most max; x is destroyed. Zero is divisible without end. */
int
exact_zeros10(uint64_t *x, int n, int max)
{
	int			zeros = 0;
	int			twos = exact_trailing(x, n);

	n = exact_length(x, n);
	if (n == 0)
		return max;
	if (twos < max)
		max = twos;
	while (zeros + EXACT_POW10_MAX <= max && n > 1)
	{
		uint64_t	rest = exact_divide_small(x, n, exact_pow10[EXACT_POW10_MAX]);

		n = exact_length(x, n);
		if (rest != 0)			/* the first limb that does not divide tells the rest */
		{
			while (rest % 10 == 0)
			{
				rest /= 10;
				zeros++;
			}
			return zeros < max ? zeros : max;
		}
		zeros += EXACT_POW10_MAX;
	}
	while (zeros < max && exact_divide_small(x, n, 10) == 0)
		zeros++;
	return zeros;
}

/* The same for 128 bits. */
int
exact_zeros10_u128(exact_u128 x, int max)
{
	int			zeros = 0;

	if (x == 0)
		return max;
	while (zeros < max && (x >> 64) != 0 && x % 10 == 0)
	{
		x /= 10;
		zeros++;
	}
	if ((x >> 64) == 0)
	{
		uint64_t	low = (uint64_t) x;

		while (zeros < max && low % 10 == 0)
		{
			low /= 10;
			zeros++;
		}
	}
	return zeros;
}

/* Decimal digits without leading zeros. */
int
exact_digits(char *out, uint64_t *x, int n)
{
	int			len = EXACT_DIGITS(n) - 1;
	int			at = len;

	n = exact_length(x, n);
	do
	{
		uint64_t	part = n > 0 ? exact_divide_small(x, n, exact_pow10[EXACT_POW10_MAX]) : 0;

		n = exact_length(x, n);
		for (int i = 0; n > 0 ? i < EXACT_POW10_MAX : part != 0; i++)
		{
			out[--at] = (char) ('0' + part % 10);
			part /= 10;
		}
	} while (n > 0);
	if (at == len)
		out[--at] = '0';
	memmove(out, out + at, len - at);
	out[len - at] = '\0';
	return len - at;
}

/* x times 2^exponent as a double. */
double
exact_round(const uint64_t *x, int n, int exponent)
{
	int			bits = exact_bits(x, n);
	int			high = bits + exponent; /* 2^(high - 1) <= value < 2^high */
	int			precision = high - 1 >= DBL_MIN_EXP - 1 ? DBL_MANT_DIG : high - 1 + 1075;
	int			drop = bits - precision;
	uint64_t	top,
				half;
	bool		sticky = false;

	if (bits == 0 || precision < 0)
		return 0;
	if (high > DBL_MAX_EXP)
		return HUGE_VAL;
	if (drop <= 0)				/* few bits: exact */
		return ldexp((double) x[0], exponent);
	exact_shift_right(&top, 1, x, exact_length(x, n), drop);
	if (precision == 0)
		top = 0;
	half = (x[(drop - 1) / 64] >> ((drop - 1) % 64)) & 1;
	for (int i = 0; i < (drop - 1) / 64 && !sticky; i++)
		sticky = x[i] != 0;
	sticky = sticky || (x[(drop - 1) / 64] & ((UINT64_C(1) << ((drop - 1) % 64)) - 1)) != 0;
	if (half && (sticky || (top & 1)))
		top++;
	return ldexp((double) top, exponent + drop);
}

/* x times 2^-scale. */
double
exact_round_u128(exact_u128 x, int scale)
{
	uint64_t	limb[2] = {(uint64_t) x, (uint64_t) (x >> 64)};

	/* The compiler's conversion rounds correctly; dividing by a power of two is then exact, far from underflow. */
	if (scale == 0)
		return limb[1] == 0 ? (double) limb[0] : (double) x;
	if (scale == 64)
		return (double) x * 0x1p-64;
	if (scale <= 900)
		return ldexp((double) x, -scale);
	return exact_round(limb, 2, -scale);
}

/* A string of n digits times 10^-scale; scratch needs n + 16 bytes. strtod rounds correctly. */
double
exact_round_digits(const char *digits, int n, int scale, char *scratch)
{
	memcpy(scratch, digits, n);
	snprintf(scratch + n, 16, "e-%d", scale);
	return strtod(scratch, NULL);
}

/* x times 10^-scale. */
double
exact_round_decimal_u128(exact_u128 x, int scale)
{
	uint64_t	limb[2] = {(uint64_t) x, (uint64_t) (x >> 64)};
	char		digits[EXACT_DIGITS(2)];
	char		scratch[EXACT_DIGITS(2) + 16];

	if (scale == 0)
		return (double) x;
	/* Both exact as doubles, so that the quotient is rounded once. */
	if (scale <= 15 && limb[1] == 0 && limb[0] < (UINT64_C(1) << 53))
		return (double) limb[0] / (double) exact_pow10[scale];
	return exact_round_digits(digits, exact_digits(digits, limb, 2), scale, scratch);
}

/* Emits hi, then the rounded rest, until nothing is left. */
void
exact_parts(const uint64_t *x, int n, int exponent, uint64_t *rest, uint64_t *scratch, exact_emit emit, void *arg)
{
	int			room = EXACT_PARTS_LIMBS(n);
	bool		negative = false;
	bool		first = true;

	memset(rest, 0, sizeof(uint64_t) * room);
	memcpy(rest, x, sizeof(uint64_t) * n);
	while (exact_length(rest, room) > 0)
	{
		double		part = exact_round(rest, room, exponent);
		uint64_t	m;
		int			e;

		if (isinf(part))
			part = DBL_MAX;		/* beyond a double: as many of the largest as it takes */
		emit(arg, negative ? -part : part, first);
		first = false;
		/* The part is a multiple of 2^exponent, since rounding only clears low bits. */
		exact_split(part, &m, &e);
		exact_shift_left(scratch, room, &m, 1, e - exponent);
		if (exact_compare(rest, room, scratch, room) >= 0)
			exact_subtract(rest, room, scratch, room);
		else
		{
			exact_subtract(scratch, room, rest, room);
			memcpy(rest, scratch, sizeof(uint64_t) * room);
			negative = !negative;
		}
	}
}
