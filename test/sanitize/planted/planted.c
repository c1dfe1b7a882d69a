/*
 * planted.c -- one fault for each kind that the tools must see, and the same code without it.
 *
 * planted(fault) commits the fault of that name; planted('none') walks the same path and must not be reported.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(planted);
PG_FUNCTION_INFO_V1(planted_leak);

/* Volatile, so that the compiler neither sees the fault nor leaves it out. (Overflow is none: -fwrapv defines it.) */
static volatile char sink;
static volatile int zero = 0;
static char global[13];

/* Chunks of several sizes, aligned and not, small and with a block of their own. */
static const Size sizes[] = {1, 7, 8, 13, 16, 100, 1024, 8000, 9001, 100000};

/* A chunk in a context of its own: behind a full one stands free space, and not a free chunk's size, which is no secret. */
static void
chunk_fault(const char *name, Size size)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "planted", ALLOCSET_SMALL_SIZES);
	char	   *p = MemoryContextAllocZero(context, size);

	sink = p[size - 1];
	if (strcmp(name, psprintf("write after %zu", size)) == 0)
		p[size + zero] = 1;
	if (strcmp(name, psprintf("read after %zu", size)) == 0)
		sink = p[size + zero];
	p = repalloc(p, size + 5);
	sink = p[size + 4];
	if (strcmp(name, psprintf("read after repalloc %zu", size)) == 0)
		sink = p[size + 5 + zero];
	pfree(p);
	if (strcmp(name, psprintf("read freed %zu", size)) == 0)
		sink = p[zero];
	MemoryContextDelete(context);
}

/* Memory that goes with its context. */
static void
context_fault(const char *name)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "planted", ALLOCSET_SMALL_SIZES);
	char	   *p = MemoryContextAllocZero(context, 50);

	MemoryContextReset(context);
	if (strcmp(name, "read after reset") == 0)
		sink = p[zero];
	MemoryContextDelete(context);
	if (strcmp(name, "read after delete") == 0)
		sink = p[zero];
}

/* Not palloc's. */
static void
other_fault(const char *name)
{
	char		local[13] = {0};
	int			length = 13 + zero;
	char	   *volatile p = malloc(13);

	if (strcmp(name, "read after malloc") == 0)
		sink = p[length];
	free(p);
	if (strcmp(name, "read after stack") == 0)
		sink = ((volatile char *) local)[length];
	if (strcmp(name, "read after global") == 0)
		sink = ((volatile char *) global)[length];
	if (strcmp(name, "shift") == 0)
		sink = 1 << (length + 40);
	if (strcmp(name, "misaligned") == 0)
		sink = *(volatile int *) (global + 1 + zero);
}

/* Commits the fault of argument 0; its last byte is read by "argument". */
Datum
planted(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);
	char	   *name = text_to_cstring(arg);

	for (int i = 0; i < lengthof(sizes); i++)
		chunk_fault(name, sizes[i]);
	context_fault(name);
	other_fault(name);
	if (strcmp(name, "undefined") == 0)
	{
		char	   *p = palloc(8);

		if (p[zero] == 1)		/* only valgrind knows that nobody wrote it */
			sink = 1;
	}
	if (strcmp(name, "malloc leak") == 0)
		sink = *(char *) memset(malloc(12345), 1, 12345);
	PG_RETURN_TEXT_P(arg);
}

/* Keeps some bytes of each call: until the session's end, the query's end, or (a right way) the row's end. */
Datum
planted_leak(PG_FUNCTION_ARGS)
{
	char	   *until = text_to_cstring(PG_GETARG_TEXT_PP(0));
	MemoryContext context = strcmp(until, "session") == 0 ? TopMemoryContext :
		strcmp(until, "query") == 0 ? fcinfo->flinfo->fn_mcxt : CurrentMemoryContext;

	sink = *(char *) MemoryContextAllocZero(context, 24);
	PG_RETURN_VOID();
}
