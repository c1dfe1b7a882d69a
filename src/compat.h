/*
 * compat.h -- every difference between server versions, in one place.
 *
 * Supported: PostgreSQL 15 to 18.
 */
#ifndef PORTEXT_COMPAT_H
#define PORTEXT_COMPAT_H

#include "postgres.h"
#include "fmgr.h"

#if PG_VERSION_NUM >= 160000
#include "varatt.h"				/* VARSIZE and friends moved here in 16 */
#else
/* Soft input errors came in 16; before that every input error is a hard one. */
#define ereturn(context, dummy_value, ...) ereport(ERROR, __VA_ARGS__)

/*
 * Before 16 every function of a module that is not static is visible to all others. Two modules with a function of
 * the same name then call each other's (PostGIS has a contains(), too), so we hide ours but for the doors.
 */
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#undef PG_FUNCTION_INFO_V1
#define PG_FUNCTION_INFO_V1(funcname) \
extern PGDLLEXPORT Datum funcname(PG_FUNCTION_ARGS); \
extern PGDLLEXPORT const Pg_finfo_record *CppConcat(pg_finfo_,funcname)(void); \
const Pg_finfo_record * \
CppConcat(pg_finfo_,funcname) (void) \
{ \
	static const Pg_finfo_record my_finfo = {1}; \
	return &my_finfo; \
} \
extern int no_such_variable
#endif

#if PG_VERSION_NUM >= 170000
#define send_counted_text(buf, str, len) pq_sendcountedtext(buf, str, len)
#else							/* until 17 the count could include itself */
#define send_counted_text(buf, str, len) pq_sendcountedtext(buf, str, len, false)
#endif

#if PG_VERSION_NUM < 180000		/* until 18 the attribute came after the parameters */
#define pg_noreturn __attribute__((noreturn))
#endif

#ifdef PG_MODULE_MAGIC_EXT		/* 18 */
#define PORTEXT_MAGIC PG_MODULE_MAGIC_EXT(.name = "portext", .version = PORTEXT_VERSION)
#else
#define PORTEXT_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* PORTEXT_COMPAT_H */
