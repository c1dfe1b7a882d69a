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
#endif

#ifdef PG_MODULE_MAGIC_EXT		/* 18 */
#define PORTEXT_MAGIC PG_MODULE_MAGIC_EXT(.name = "portext", .version = PORTEXT_VERSION)
#else
#define PORTEXT_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* PORTEXT_COMPAT_H */
