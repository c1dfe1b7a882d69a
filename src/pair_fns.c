/*
 * pair_fns.c -- SQL doors of the indicators of two compositions, and of two compositions at one key.
 */
#include "indicator_fns.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

/* Where each entry of the union came from; -1 is an absent key. */
typedef struct Walk
{
	CompositionArrays a;
	CompositionArrays b;
	int			n;
	int		   *in_a;
	int		   *in_b;
} Walk;

/* Order of key i of a and key j of b. */
static int
compare_keys(const CompositionArrays *a, int i, const CompositionArrays *b, int j)
{
	int			order;

	if (a->kind == COMPOSITION_KEY_BIGINT)
		return (a->int_key[i] > b->int_key[j]) - (a->int_key[i] < b->int_key[j]);
	order = memcmp(a->text_key[i], b->text_key[j], Min(a->text_len[i], b->text_len[j]));
	return order != 0 ? order : a->text_len[i] - b->text_len[j];
}

/* Without keys there is nothing to match by. */
static void
check_keyed(const char *name, const CompositionArrays *a)
{
	if (a->n > 0 && a->kind == COMPOSITION_KEY_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs compositions with keys", name),
				 errhint("Build them with composition_agg(key, value).")));
}

/* Walks two compositions side by side in key order. */
static void
walk(const char *name, const Composition *a, const Composition *b, Walk *w)
{
	int			i = 0,
				j = 0;

	composition_arrays(a, &w->a);
	composition_arrays(b, &w->b);
	check_keyed(name, &w->a);
	check_keyed(name, &w->b);
	composition_check_kinds(a, b);
	w->in_a = palloc_extended(((Size) w->a.n + w->b.n + 1) * sizeof(int), MCXT_ALLOC_HUGE);
	w->in_b = palloc_extended(((Size) w->a.n + w->b.n + 1) * sizeof(int), MCXT_ALLOC_HUGE);
	for (w->n = 0; i < w->a.n || j < w->b.n; w->n++)
	{
		int			order = i == w->a.n ? 1 : j == w->b.n ? -1 : compare_keys(&w->a, i, &w->b, j);

		w->in_a[w->n] = order <= 0 ? i++ : -1;
		w->in_b[w->n] = order >= 0 ? j++ : -1;
		if ((w->n & 4095) == 4095)
			CHECK_FOR_INTERRUPTS();
	}
}

/* The first two arguments as matched arrays. */
static void
matched_args(FunctionCallInfo fcinfo, const char *name, Matched *m)
{
	Walk		w;
	double	   *a,
			   *b;

	walk(name, PG_GETARG_COMPOSITION_P(0), PG_GETARG_COMPOSITION_P(1), &w);
	a = palloc_extended(((Size) w.n + 1) * sizeof(double), MCXT_ALLOC_HUGE);
	b = palloc_extended(((Size) w.n + 1) * sizeof(double), MCXT_ALLOC_HUGE);
	for (int i = 0; i < w.n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		a[i] = w.in_a[i] < 0 ? 0 : w.a.value[w.in_a[i]];
		b[i] = w.in_b[i] < 0 ? 0 : w.b.value[w.in_b[i]];
	}
	m->a = a;
	m->b = b;
	m->n = w.n;
	m->a_total = w.a.total;
	m->b_total = w.b.total;
}

#define DOOR_PAIR(name, function) \
PG_FUNCTION_INFO_V1(indicator_##name); \
Datum \
indicator_##name(PG_FUNCTION_ARGS) \
{ \
	Matched		m; \
\
	matched_args(fcinfo, #name, &m); \
	return indicator_result(fcinfo, #name, function(&m)); \
}

DOOR_PAIR(krugman_index, krugman_index_of)
DOOR_PAIR(dissimilarity_index, dissimilarity_index_of)
DOOR_PAIR(shift_rate, dissimilarity_index_of)
DOOR_PAIR(finger_kreinin, finger_kreinin_of)
DOOR_PAIR(cosine_similarity, cosine_similarity_of)
DOOR_PAIR(hachman, hachman_of)

/* The growth is the difference of the exact totals, rounded once. */
PG_FUNCTION_INFO_V1(indicator_shift_to_growth);
Datum
indicator_shift_to_growth(PG_FUNCTION_ARGS)
{
	Matched		m;
	Datum		growth;

	matched_args(fcinfo, "shift_to_growth", &m);
	growth = DirectFunctionCall2(numeric_sub, composition_total_numeric(PG_GETARG_COMPOSITION_P(1)),
								 composition_total_numeric(PG_GETARG_COMPOSITION_P(0)));
	return indicator_result(fcinfo, "shift_to_growth",
							shift_to_growth_of(&m, DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, growth))));
}

/* Categories with a location quotient of at least 1, decided on the exact totals: x X >= R C. */
PG_FUNCTION_INFO_V1(indicator_diversity_rca);
Datum
indicator_diversity_rca(PG_FUNCTION_ARGS)
{
	Composition *region = PG_GETARG_COMPOSITION_P(0);
	Composition *reference = PG_GETARG_COMPOSITION_P(1);
	CompositionRca *rca;
	Walk		w;
	int64		count = 0;

	walk("diversity_rca", region, reference, &w);
	if (!(w.a.total > 0) || !(w.b.total > 0))
		PG_RETURN_NULL();
	rca = composition_rca(region, reference);
	for (int i = 0; i < w.n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (w.in_a[i] >= 0 && w.a.value[w.in_a[i]] > 0 && w.in_b[i] >= 0 && w.b.value[w.in_b[i]] > 0 &&
			composition_compare_rca(rca, w.in_a[i], w.in_b[i]) >= 0)
			count++;
	}
	PG_RETURN_INT64(count);
}

/* One row for each key of either side: (key, a_value, b_value, a_share, b_share), in key order. */
PG_FUNCTION_INFO_V1(indicator_matched);
Datum
indicator_matched(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Walk		w;

	walk("matched", PG_GETARG_COMPOSITION_P(0), PG_GETARG_COMPOSITION_P(1), &w);
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (int i = 0; i < w.n; i++)
	{
		int			in_a = w.in_a[i];
		int			in_b = w.in_b[i];
		double		a = in_a < 0 ? 0 : w.a.value[in_a];
		double		b = in_b < 0 ? 0 : w.b.value[in_b];
		text	   *key = in_a < 0 ? indicator_key_text(&w.b, in_b) : indicator_key_text(&w.a, in_a);
		Datum		values[5] = {PointerGetDatum(key), Float8GetDatum(a), Float8GetDatum(b),
			Float8GetDatum(w.a.total > 0 ? a / w.a.total : 0), Float8GetDatum(w.b.total > 0 ? b / w.b.total : 0)};
		bool		nulls[5] = {false, false, false, !(w.a.total > 0), !(w.b.total > 0)};

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		pfree(key);
	}
	return (Datum) 0;
}

/* Entry i of c, or the zero of an absent key. */
static Part
part_at(const Composition *c, int i)
{
	CompositionArrays a;
	Part		part;

	composition_arrays(c, &a);
	part.value = i < 0 ? 0 : a.value[i];
	part.total = a.total;
	return part;
}

Part
part_of_text(const Composition *c, const text *key)
{
	return part_at(c, c->n == 0 ? -1 : composition_find_text(c, VARDATA_ANY(key), VARSIZE_ANY_EXHDR(key)));
}

Part
part_of_int(const Composition *c, int64 key)
{
	return part_at(c, c->n == 0 ? -1 : composition_find_int(c, key));
}

/* Doors of two compositions and a key, text or bigint. */
#define DOOR_AT_KEY(name, function) \
PG_FUNCTION_INFO_V1(indicator_##name##_text); \
Datum \
indicator_##name##_text(PG_FUNCTION_ARGS) \
{ \
	Part		a = part_of_text(PG_GETARG_COMPOSITION_P(0), PG_GETARG_TEXT_PP(2)); \
	Part		b = part_of_text(PG_GETARG_COMPOSITION_P(1), PG_GETARG_TEXT_PP(2)); \
\
	return indicator_result(fcinfo, #name, function(a.value, a.total, b.value, b.total)); \
} \
PG_FUNCTION_INFO_V1(indicator_##name##_int); \
Datum \
indicator_##name##_int(PG_FUNCTION_ARGS) \
{ \
	Part		a = part_of_int(PG_GETARG_COMPOSITION_P(0), PG_GETARG_INT64(2)); \
	Part		b = part_of_int(PG_GETARG_COMPOSITION_P(1), PG_GETARG_INT64(2)); \
\
	return indicator_result(fcinfo, #name, function(a.value, a.total, b.value, b.total)); \
}

DOOR_AT_KEY(location_quotient, location_quotient_of)
DOOR_AT_KEY(role_ratio, location_quotient_of)
DOOR_AT_KEY(relative_concentration_index, location_quotient_of)
DOOR_AT_KEY(role_balance, share_balance_of)
DOOR_AT_KEY(rca_normalized, rca_normalized_of)
