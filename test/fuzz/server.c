/*
 * server.c -- as much of the server as the types need, for fuzz targets: memory, errors, messages, strings.
 *
 * Memory is a pile that is thrown away after each run. Every chunk lies between poisoned bytes and is filled with
 * another pattern, so that an overrun is seen at once and bytes that nobody wrote show as values that differ.
 */
#include "fuzz.h"

#include <sanitizer/asan_interface.h>
#include <setjmp.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/execnodes.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

/* Parameters that newer servers do not have. */
#if PG_VERSION_NUM >= 160000
#define BEFORE_16(parameter)
#else
#define BEFORE_16(parameter) parameter,
#endif
#if PG_VERSION_NUM >= 170000
#define BEFORE_17(parameter)
#else
#define BEFORE_17(parameter) , parameter
#endif

#define PILE_SIZE (8 * 1024 * 1024)
#define GAP 16					/* before each chunk: its size, then poison */

static char pile[PILE_SIZE] __attribute__((aligned(16)));
static size_t pile_used = 0;

/* What does not fit on the pile. */
typedef struct Large
{
	struct Large *next;
	size_t		size;
} Large;

static Large *larges = NULL;

MemoryContext CurrentMemoryContext = NULL;
volatile sig_atomic_t InterruptPending = false;
int			fuzz_state;
bool		fuzz_in_aggregate;
static jmp_buf on_error;
static bool has_hint;
static const int *allowed;

/* Ends the fuzzing with what was demanded. */
void
fuzz_fail(const char *what, const char *file, int line)
{
	fprintf(stderr, "%s:%d: demanded: %s\n", file, line, what);
	abort();
}

void
ExceptionalCondition(const char *condition, BEFORE_16(const char *type) const char *file, int line)
{
	fuzz_fail(condition, file, line);
}

/* Forgets all memory of a run. */
static void
forget(void)
{
	while (larges != NULL)
	{
		Large	   *next = larges->next;

		free(larges);
		larges = next;
	}
	__asan_poison_memory_region(pile, pile_used);
	pile_used = 0;
}

static bool
is_on_pile(const void *p)
{
	return (const char *) p >= pile && (const char *) p < pile + PILE_SIZE;
}

/* The size of a chunk, which stands in the poisoned bytes before it. */
static __attribute__((no_sanitize("address"))) size_t
read_size(const void *p)
{
	return is_on_pile(p) ? ((const size_t *) p)[-1] : ((const Large *) p - 1)->size;
}

static __attribute__((no_sanitize("address"))) void
write_size(void *p, size_t size)
{
	((size_t *) p)[-1] = size;
}

void *
palloc(Size size)
{
	static uint8 pattern = 0;
	size_t		room = TYPEALIGN(16, size + GAP) + GAP;
	char	   *p;

	demand(AllocHugeSizeIsValid(size));
	if (room > PILE_SIZE / 8 || room > PILE_SIZE - pile_used)
	{
		Large	   *large = malloc(sizeof(Large) + size);

		large->next = larges;
		large->size = size;
		larges = large;
		p = (char *) (large + 1);
	}
	else
	{
		p = pile + pile_used + GAP;
		pile_used += room;
		write_size(p, size);
		__asan_unpoison_memory_region(p, size);
	}
	memset(p, pattern++, Min(size, 256));
	return p;
}

void *
palloc0(Size size)
{
	return memset(palloc(size), 0, size);
}

void *
MemoryContextAllocHuge(MemoryContext context, Size size)
{
	return palloc(size);
}

/* Nothing may be read after this. */
void
pfree(void *p)
{
	__asan_poison_memory_region(p, read_size(p));
}

char *
pnstrdup(const char *s, Size len)
{
	char	   *copy;

	len = strnlen(s, len);
	copy = palloc(len + 1);
	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *
pstrdup(const char *s)
{
	return pnstrdup(s, strlen(s));
}

void *
repalloc(void *p, Size size)
{
	void	   *copy = palloc(size);

	memcpy(copy, p, Min(read_size(p), size));
	pfree(p);
	return copy;
}

/* For StringInfo, which comes from the server's library for clients. */
size_t
pvsnprintf(char *out, size_t len, const char *format, va_list args)
{
	int			wanted = vsnprintf(out, len, format, args);

	return wanted < len ? wanted : wanted + 1;
}

char *
psprintf(const char *format,...)
{
	char	   *out = palloc(2048);
	va_list		args;

	va_start(args, format);
	vsnprintf(out, 2048, format, args);
	va_end(args);
	return out;
}

/* Errors: what is said is formatted, to read all that it names, and then forgotten. */

bool
errstart_cold(int level, const char *domain)
{
	demand(level == ERROR);
	fuzz_state = 0;
	has_hint = false;
	return true;
}

bool
errstart(int level, const char *domain)
{
	return errstart_cold(level, domain);
}

int
errcode(int state)
{
	fuzz_state = state;
	return 0;
}

static int
say(const char *format, va_list args)
{
	char		text[4096];

	vsnprintf(text, sizeof(text), format, args);
	return 0;
}

#define SAY(name, also) \
int \
name(const char *format,...) \
{ \
	va_list		args; \
\
	va_start(args, format); \
	say(format, args); \
	va_end(args); \
	also; \
	return 0; \
}

SAY(errmsg,)
SAY(errmsg_internal,)
SAY(errdetail,)
SAY(errdetail_internal,)
SAY(errhint, has_hint = true)

void
errfinish(const char *file, int line, const char *function)
{
	const int  *state = allowed;

	if (!has_hint && fuzz_state != ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
		fuzz_fail("every error has a hint", file, line);
	while (*state != 0 && *state != fuzz_state)
		state++;
	if (*state == 0)
		fuzz_fail("only errors that are allowed", file, line);
	longjmp(on_error, 1);
}

/* An error that the server's own code raises. */
static void
server_error(int state)
{
	fuzz_state = state;
	longjmp(on_error, 1);
}

void
fuzz_allow(const int *states)
{
	allowed = states;
}

void
ProcessInterrupts(void)
{
}

/* Messages, as the protocol has them. */

void
pq_begintypsend(StringInfo s)
{
	initStringInfo(s);
	appendBinaryStringInfo(s, "\0\0\0", 4);
}

bytea *
pq_endtypsend(StringInfo s)
{
	SET_VARSIZE(s->data, s->len);
	return (bytea *) s->data;
}

void
pq_sendcountedtext(StringInfo s, const char *text, int len BEFORE_17(bool counts_itself))
{
	pq_sendint32(s, len);
	appendBinaryStringInfo(s, text, len);
}

const char *
pq_getmsgbytes(StringInfo s, int len)
{
	const char *p = s->data + s->cursor;

	if (len < 0 || len > s->len - s->cursor)
		server_error(ERRCODE_PROTOCOL_VIOLATION);
	s->cursor += len;
	return p;
}

int
pq_getmsgbyte(StringInfo s)
{
	return *(const uint8 *) pq_getmsgbytes(s, 1);
}

unsigned int
pq_getmsgint(StringInfo s, int width)
{
	const uint8 *p = (const uint8 *) pq_getmsgbytes(s, width);
	unsigned	x = 0;

	while (width-- > 0)
		x = x << 8 | *p++;
	return x;
}

int64
pq_getmsgint64(StringInfo s)
{
	uint64		high = pq_getmsgint(s, 4);

	return (int64) (high << 32 | pq_getmsgint(s, 4));
}

char *
pq_getmsgtext(StringInfo s, int len, int *bytes)
{
	const char *p = pq_getmsgbytes(s, len);

	if (!fuzz_utf8(p, len))
		server_error(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE);
	*bytes = len;
	return pnstrdup(p, len);
}

void
pq_getmsgend(StringInfo s)
{
	if (s->cursor != s->len)
		server_error(ERRCODE_PROTOCOL_VIOLATION);
}

bool
fuzz_utf8(const char *s, size_t len)
{
	return pg_encoding_verifymbstr(PG_UTF8, s, (int) len) == (int) len;
}

int
GetDatabaseEncoding(void)
{
	return PG_UTF8;
}

int
pg_mbcliplen(const char *s, int len, int limit)
{
	return Min(len, limit);
}

/* Function calls. */

struct varlena *
pg_detoast_datum(struct varlena *datum)
{
	demand(VARATT_IS_4B_U(datum));
	return datum;
}

struct varlena *
pg_detoast_datum_packed(struct varlena *datum)
{
	return pg_detoast_datum(datum);
}

Datum
DirectFunctionCall1Coll(PGFunction f, Oid collation, Datum a)
{
	LOCAL_FCINFO(call, 1);

	InitFunctionCallInfoData(*call, NULL, 1, collation, NULL, NULL);
	call->args[0].value = a;
	call->args[0].isnull = false;
	return f(call);
}

Datum
DirectFunctionCall3Coll(PGFunction f, Oid collation, Datum a, Datum b, Datum c)
{
	return DirectFunctionCall1Coll(f, collation, a);
}

/* Numbers that only messages and numeric totals need: a numeric is its text here. */
Datum
numeric_in(PG_FUNCTION_ARGS)
{
	return fcinfo->args[0].value;
}

Datum
numeric_out(PG_FUNCTION_ARGS)
{
	return CStringGetDatum("a numeric");
}

Datum
float8out(PG_FUNCTION_ARGS)
{
	return CStringGetDatum("a double");
}

text *
cstring_to_text(const char *s)
{
	return (text *) DatumGetPointer(fuzz_varlena(s, strlen(s)));
}

/* The catalogs, which are asked only for the name of the running aggregate. */
Aggref *
AggGetAggref(FunctionCallInfo fcinfo)
{
	return NULL;
}

HeapTuple
SearchSysCache1(int cache, Datum key)
{
	return NULL;
}

void
ReleaseSysCache(HeapTuple tuple)
{
}

char *
get_func_name(Oid oid)
{
	return NULL;
}

/* One call; the state of the error, if there was one, is in fuzz_state. */
Datum
fuzz_call(PGFunction f, int n, Datum a, Datum b, Datum c)
{
	static AggState aggregate = {.ss.ps.type = T_AggState};
	Datum		arg[3] = {a, b, c};
	Datum		result;
	LOCAL_FCINFO(call, 3);

	fuzz_state = 0;
	if (setjmp(on_error) != 0)
		return (Datum) 0;
	InitFunctionCallInfoData(*call, NULL, n, InvalidOid, fuzz_in_aggregate ? (Node *) &aggregate : NULL, NULL);
	for (int i = 0; i < n; i++)
	{
		call->args[i].value = arg[i];
		call->args[i].isnull = arg[i] == FUZZ_NULL;
	}
	result = f(call);
	return call->isnull ? FUZZ_NULL : result;
}

char *
fuzz_cstring(const uint8 *data, size_t size)
{
	return pnstrdup((const char *) data, size);
}

Datum
fuzz_message(const void *data, size_t size)
{
	StringInfo	s = palloc0(sizeof(StringInfoData));

	/* The server's own ends with a zero byte, which belongs to no one. */
	s->data = memcpy(palloc(size), data, size);
	s->len = s->maxlen = (int) size;
	return PointerGetDatum(s);
}

Datum
fuzz_varlena(const void *data, size_t size)
{
	char	   *value = palloc(VARHDRSZ + size);

	SET_VARSIZE(value, VARHDRSZ + size);
	memcpy(VARDATA(value), data, size);
	return PointerGetDatum(value);
}

bool
fuzz_same(Datum a, Datum b)
{
	return VARSIZE(a) == VARSIZE(b) && memcmp(VARDATA(a), VARDATA(b), VARSIZE(a) - VARHDRSZ) == 0;
}

int			LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

/* libFuzzer's door. */
int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	if (pile_used == 0)
		__asan_poison_memory_region(pile, PILE_SIZE);
	fuzz_in_aggregate = false;
	fuzz_one(data, size);
	forget();
	return 0;
}
