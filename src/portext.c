/*
 * portext.c -- the module itself: its magic block and its version.
 */
#include "compat.h"

#include "utils/builtins.h"

PORTEXT_MAGIC;

PG_FUNCTION_INFO_V1(portext_version);

/* The version that the library was built as, which is that of the control file. */
Datum
portext_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(PORTEXT_VERSION));
}
