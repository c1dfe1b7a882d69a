/*
 * indicator_fns.h -- what the SQL doors of the indicators share.
 */
#ifndef PORTEXT_INDICATOR_FNS_H
#define PORTEXT_INDICATOR_FNS_H

#include "composition.h"

#include "indicators.h"

/* An indicator as a Datum: undefined is NULL, beyond the range of a double is an error. */
extern Datum indicator_result(FunctionCallInfo fcinfo, const char *name, double value);

/* A key argument, of either sort, looked up: the total of the key (0 when absent) and the grand total. */
typedef struct Part
{
	double		value;
	double		total;
} Part;

extern Part part_of_text(const Composition *c, const text *key);
extern Part part_of_int(const Composition *c, int64 key);

/* Key i as text, or a null pointer without keys. */
extern text *indicator_key_text(const CompositionArrays *a, int i);

#endif							/* PORTEXT_INDICATOR_FNS_H */
