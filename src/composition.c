/*
 * composition.c -- reading stored compositions.
 */
#include "composition.h"

Composition *
composition_from_datum(Datum d)
{
	return (Composition *) PG_DETOAST_DATUM(d);
}

void
composition_arrays(const Composition *c, CompositionArrays *a)
{
	memset(a, 0, sizeof(*a));
}

int
composition_find_text(const Composition *c, const char *key, int len)
{
	return -1;
}

int
composition_find_int(const Composition *c, int64 key)
{
	return -1;
}

void
composition_check_kinds(const Composition *a, const Composition *b)
{
}

Datum
composition_total_numeric(const Composition *c)
{
	return (Datum) 0;
}

int
composition_compare_rca(const Composition *region, int i, const Composition *reference, int j)
{
	return 0;
}
