/*
 * require_argument.c
 *	  The one thing SQL functions cannot say themselves: an error with a message, a hint and a SQLSTATE.
 */
#include "compat.h"

#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(require_argument);

/* require_argument(ok, message, hint): true, or the error */
Datum
require_argument(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(0) && PG_GETARG_BOOL(0))
		PG_RETURN_BOOL(true);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s", PG_ARGISNULL(1) ? "invalid argument" : text_to_cstring(PG_GETARG_TEXT_PP(1))),
			 PG_ARGISNULL(2) ? 0 : errhint("%s", text_to_cstring(PG_GETARG_TEXT_PP(2)))));
}
