/*
 * fuzz.h -- what a fuzz target has: the doors of the extension, called without a server, and a demand.
 *
 * A target is one file with fuzz_one(). Memory of a run is gone after it; an error of the server ends the call that
 * raised it. Bytes for a call are copied to a chunk of their size, so that reading past them is seen.
 */
#ifndef PORTEXT_FUZZ_H
#define PORTEXT_FUZZ_H

#include "compat.h"

extern void fuzz_one(const uint8 *data, size_t size);

/* The SQLSTATE of the last call, 0 when it succeeded; its result is then valid. */
extern int	fuzz_state;
extern bool fuzz_in_aggregate;	/* what the called function finds in its context */
extern Datum fuzz_call(PGFunction f, int n, Datum a, Datum b, Datum c);
#define fuzz_call1(f, a)		fuzz_call(f, 1, a, (Datum) 0, (Datum) 0)
#define fuzz_call2(f, a, b)		fuzz_call(f, 2, a, b, (Datum) 0)
#define FUZZ_NULL ((Datum) 1)	/* an argument: NULL, which no pointer equals */

extern void fuzz_allow(const int *states);	/* the errors that calls may raise, up to a 0 */
pg_noreturn extern void fuzz_fail(const char *what, const char *file, int line);
#define demand(what) do { if (!(what)) fuzz_fail(#what, __FILE__, __LINE__); } while (0)

extern char *fuzz_cstring(const uint8 *data, size_t size);	/* up to the first zero byte */
extern Datum fuzz_message(const void *data, size_t size);	/* a StringInfo for a receive function */
extern Datum fuzz_varlena(const void *data, size_t size);	/* data is what follows the length word */
extern bool fuzz_utf8(const char *s, size_t len);
extern bool fuzz_same(Datum a, Datum b);	/* two varlenas with the same bytes */

/* Whether a number of so many digits or bits takes too long to print; of those in between few are tried. */
static inline bool
fuzz_long(int size, int limit)
{
	return size > limit && (size > 4 * limit || size % 32 != 0);
}

/* Takes bytes off an input; zeros once it is used up. */
typedef struct FuzzInput
{
	const uint8 *p;
	size_t		left;
} FuzzInput;

static inline uint8
take_byte(FuzzInput *in)
{
	if (in->left == 0)
		return 0;
	in->left--;
	return *in->p++;
}

static inline uint64
take_bytes(FuzzInput *in, int n)
{
	uint64		x = 0;

	while (n-- > 0)
		x = x << 8 | take_byte(in);
	return x;
}

#endif							/* PORTEXT_FUZZ_H */
