/*
 * exactsum.h -- exact sums of non-negative numbers: naturals of any length, rounded to a double once at the end.
 *
 * A natural is an array of 64-bit limbs, the lowest first. A sum is a natural times 2^-scale or 10^-scale, so adding
 * is integer addition: no order of rows, no plan and no merge tree can change it. 128 bits are enough for nearly all
 * data; the same functions serve the wide sums of values from 1e-300 to 1e300.
 *
 * Plain C: no server, no allocation.
 */
#ifndef PORTEXT_EXACTSUM_H
#define PORTEXT_EXACTSUM_H

#include <stdbool.h>
#include <stdint.h>

#ifndef __SIZEOF_INT128__
#error "portext needs a compiler with 128-bit integers (gcc or clang on a 64-bit machine)"
#endif
typedef unsigned __int128 exact_u128;

/* 10^19 is the largest power of ten in one limb. */
#define EXACT_POW10_MAX 19
extern const uint64_t exact_pow10[EXACT_POW10_MAX + 1];

/* A finite non-negative double as mantissa times 2^exponent; the mantissa is odd or zero. */
static inline void
exact_split(double v, uint64_t *mantissa, int *exponent)
{
	union
	{
		double		d;
		uint64_t	u;
	}			bits;
	uint64_t	m;
	int			e;

	bits.d = v;
	m = bits.u & ((UINT64_C(1) << 52) - 1);
	e = (int) ((bits.u >> 52) & 0x7ff);
	if (e != 0)
		m |= UINT64_C(1) << 52;
	else
		e = 1;
	if (m == 0)
	{
		*mantissa = 0;
		*exponent = 0;
		return;
	}
	*mantissa = m >> __builtin_ctzll(m);
	*exponent = e - 1075 + __builtin_ctzll(m);
}

extern int	exact_length(const uint64_t *x, int n);
extern int	exact_bits(const uint64_t *x, int n);
extern int	exact_trailing(const uint64_t *x, int n);
extern int	exact_compare(const uint64_t *x, int n, const uint64_t *y, int m);

extern uint64_t exact_add(uint64_t *x, int n, const uint64_t *y, int m);
extern bool exact_subtract(uint64_t *x, int n, const uint64_t *y, int m);
extern uint64_t exact_multiply_small(uint64_t *x, int n, uint64_t factor, uint64_t addend);
extern uint64_t exact_divide_small(uint64_t *x, int n, uint64_t divisor);
extern void exact_multiply(uint64_t *r, const uint64_t *x, int n, const uint64_t *y, int m);
extern void exact_shift_left(uint64_t *r, int rn, const uint64_t *x, int n, int bits);
extern void exact_shift_right(uint64_t *r, int rn, const uint64_t *x, int n, int bits);

/* x times 10^k in place: x must have room for exact_pow10_limbs(k) more limbs, which count as zero; the new length. */
extern int	exact_scale10(uint64_t *x, int n, int k);
#define exact_pow10_limbs(k) ((k) / EXACT_POW10_MAX + 1)
extern int	exact_zeros10(uint64_t *x, int n, int max);
extern int	exact_zeros10_u128(exact_u128 x, int max);

/* Digits of x, which is destroyed; needs EXACT_DIGITS(n) bytes. Returns the number of digits, 1 for zero. */
#define EXACT_DIGITS(n) ((n) * 20 + 2)
extern int	exact_digits(char *out, uint64_t *x, int n);

/* Correctly rounded to nearest, ties to even; infinite beyond the range of a double. */
extern double exact_round(const uint64_t *x, int n, int exponent);
extern double exact_round_u128(exact_u128 x, int scale);
extern double exact_round_digits(const char *digits, int n, int scale, char *scratch);
extern double exact_round_decimal_u128(exact_u128 x, int scale);

/*
 * The parts of x times 2^exponent as doubles of falling size, each the rounded rest: hi, then what hi misses ...
 * Needs two scratch arrays of EXACT_PARTS_LIMBS(n) limbs. Calls emit for each part; zero emits nothing.
 */
#define EXACT_PARTS_LIMBS(n) ((n) + 2)
typedef void (*exact_emit) (void *arg, double part, bool first);
extern void exact_parts(const uint64_t *x, int n, int exponent, uint64_t *rest, uint64_t *scratch,
						exact_emit emit, void *arg);

#endif							/* PORTEXT_EXACTSUM_H */
