/*
 * composition_ops.c -- operators between compositions, and between a composition and a key.
 */
#include "composition_layout.h"

#include "miscadmin.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(composition_merge);
PG_FUNCTION_INFO_V1(composition_subtract);
PG_FUNCTION_INFO_V1(composition_value_text);
PG_FUNCTION_INFO_V1(composition_value_int8);
PG_FUNCTION_INFO_V1(composition_value_exact_text);
PG_FUNCTION_INFO_V1(composition_value_exact_int8);

/* a || b: totals of the same key added. */
Datum
composition_merge(PG_FUNCTION_ARGS)
{
	Composition *a = PG_GETARG_COMPOSITION_P(0);
	Composition *b = PG_GETARG_COMPOSITION_P(1);
	CompositionWork *w;

	if (b->n == 0)
		PG_RETURN_COMPOSITION_P(a);
	if (a->n == 0)
		PG_RETURN_COMPOSITION_P(b);
	w = work_merge(work_from(a), b);
	PG_RETURN_COMPOSITION_P(composition_finish(w));
}

/* A key of a composition for a message. */
static char *
key_text(const CompositionView *v, int i)
{
	int			len;
	const char *p;

	if (v->kind == COMPOSITION_KEY_BIGINT)
		return psprintf(INT64_FORMAT, view_int(v, i));
	p = view_text(v, i, &len);
	return pnstrdup(p, len);
}

/* The error for a key whose total cannot be taken away. */
static void
cannot_subtract(const CompositionView *v, int i, bool absent)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 absent ? errmsg("cannot subtract compositions: key \"%s\" is not in the first", key_text(v, i)) :
			 errmsg("cannot subtract compositions: the total of key \"%s\" is smaller in the first", key_text(v, i)),
			 errhint("Subtract only what was merged before.")));
}

/* a - b: every key of b must be in a, and no total may fall below zero; a key that reaches zero stays. */
Datum
composition_subtract(PG_FUNCTION_ARGS)
{
	Composition *a = PG_GETARG_COMPOSITION_P(0);
	Composition *b = PG_GETARG_COMPOSITION_P(1);
	CompositionView v;
	CompositionWork *from,
			   *what;
	int			limbs;

	if (b->n == 0)
		PG_RETURN_COMPOSITION_P(a);
	composition_check_kinds(a, b);
	composition_view(b, &v);
	if (v.kind == COMPOSITION_KEY_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot subtract compositions without keys"),
				 errhint("Build both with keys: composition_agg(key, value).")));
	if (a->n == 0)
		cannot_subtract(&v, 0, true);
	/* Both with the same scale and width, then lane from lane. */
	from = work_from(a);
	what = work_from(b);
	from->form = what->form = check_family(from->form, what->form);
	from = work_widen(from, Max(from->scale, what->scale), 0);
	what = work_widen(what, from->scale, 0);
	limbs = what->limbs;
	from = work_widen(from, from->scale, limbs * 64 - 1);
	for (int i = 0; i < v.n; i++)
	{
		uint64_t   *lane;
		uint64_t   *taken = WORK_LANES(what) + (Size) i * limbs;
		int			entry,
					len;
		const char *key;

		if (v.kind == COMPOSITION_KEY_BIGINT)
			entry = work_find_int(from, view_int(&v, i));
		else
		{
			key = view_text(&v, i, &len);
			entry = work_find_text(from, key, len, hash_text_key(key, len));
		}
		if (entry < 0)
			cannot_subtract(&v, i, true);
		lane = WORK_LANES(from) + (Size) entry * from->limbs;
		if (exact_subtract(lane, from->limbs, taken, limbs))
			cannot_subtract(&v, i, false);
		CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_COMPOSITION_P(composition_finish(from));
}

/* Total i as a double, or NULL for an absent key. */
static Datum
return_total(FunctionCallInfo fcinfo, const Composition *c, int i)
{
	CompositionView v;

	if (i < 0)
		PG_RETURN_NULL();
	composition_view(c, &v);
	PG_RETURN_FLOAT8(view_double(&v, i, palloc(sizeof(uint64_t) * view_limbs(&v))));
}

/* Total i as a numeric, or NULL for an absent key. */
static Datum
return_exact(FunctionCallInfo fcinfo, const Composition *c, int i)
{
	CompositionView v;
	uint64_t   *x;
	int			n,
				exponent;

	if (i < 0)
		PG_RETURN_NULL();
	composition_view(c, &v);
	x = palloc(sizeof(uint64_t) * view_limbs(&v));
	n = view_natural(&v, i, x, &exponent);
	return natural_to_numeric(x, n, exponent, v.form == COMPOSITION_DECIMAL ? v.scale : 0);
}

/* c -> text key. */
Datum
composition_value_text(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION_P(0);
	text	   *key = PG_GETARG_TEXT_PP(1);

	return return_total(fcinfo, c, composition_find_text(c, VARDATA_ANY(key), VARSIZE_ANY_EXHDR(key)));
}

/* c -> bigint key. */
Datum
composition_value_int8(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION_P(0);

	return return_total(fcinfo, c, composition_find_int(c, PG_GETARG_INT64(1)));
}

/* The same, exactly. */
Datum
composition_value_exact_text(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION_P(0);
	text	   *key = PG_GETARG_TEXT_PP(1);

	return return_exact(fcinfo, c, composition_find_text(c, VARDATA_ANY(key), VARSIZE_ANY_EXHDR(key)));
}

Datum
composition_value_exact_int8(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION_P(0);

	return return_exact(fcinfo, c, composition_find_int(c, PG_GETARG_INT64(1)));
}
