/*
 * composition.c -- the composition as a value: detoasting, arrays, looking up keys, comparing exactly.
 */
#include "composition_layout.h"

#include <math.h>

#include "common/hashfn.h"
#include "miscadmin.h"

PG_FUNCTION_INFO_V1(composition_lt);
PG_FUNCTION_INFO_V1(composition_le);
PG_FUNCTION_INFO_V1(composition_eq);
PG_FUNCTION_INFO_V1(composition_ne);
PG_FUNCTION_INFO_V1(composition_ge);
PG_FUNCTION_INFO_V1(composition_gt);
PG_FUNCTION_INFO_V1(composition_cmp);
PG_FUNCTION_INFO_V1(composition_hash);
PG_FUNCTION_INFO_V1(composition_hash_extended);

/* Detoasts, checks, and turns a work form into the stored form. */
Composition *
composition_from_datum(Datum d)
{
	Composition *c = composition_open(d);

	return IS_COMPOSITION_WORK(c) ? composition_finish((CompositionWork *) c) : c;
}

/* All totals as doubles. */
static double *
values_of(const CompositionView *v)
{
	uint64_t   *scratch = palloc(sizeof(uint64_t) * view_limbs(v));
	double	   *value = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * v->n);
	/* One wide total may take a millisecond. */
	int			stride = v->width == 0 || v->width > COMPOSITION_WIDTH_MAX ? 1 : 4096;

	for (int i = 0; i < v->n; i++)
	{
		value[i] = view_double(v, i, scratch);
		if ((i & (stride - 1)) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	pfree(scratch);
	return value;
}

/* The grand total as a double. */
static double
total_of(const CompositionView *v)
{
	int			n,
				exponent;
	uint64_t   *total = view_total(v, &n, &exponent);
	double		d = round_natural(total, n, exponent, v->form == COMPOSITION_DECIMAL ? v->scale : 0);

	if (isinf(d) || (n > 0 && d == 0))
		total_out_of_range();
	pfree(total);
	return d;
}

/* Totals alone, of either form and so in no order. */
double *
composition_values(Datum d, int *n, double *total)
{
	CompositionView v;

	composition_view(composition_open(d), &v);
	*n = v.n;
	*total = v.n == 0 ? 0 : total_of(&v);
	return v.n == 0 ? NULL : values_of(&v);
}

/* The grand total alone. */
double
composition_total(Datum d)
{
	CompositionView v;

	composition_view(composition_open(d), &v);
	return v.n == 0 ? 0 : total_of(&v);
}

/* How many totals are above zero, exactly. */
int64
composition_positive(Datum d)
{
	CompositionView v;
	uint64_t   *x;
	int			exponent;
	int64		count = 0;

	composition_view(composition_open(d), &v);
	x = palloc(sizeof(uint64_t) * view_limbs(&v));
	for (int i = 0; i < v.n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		count += view_natural(&v, i, x, &exponent) > 0;
	}
	return count;
}

/* Everything that an indicator needs. */
void
composition_arrays(const Composition *c, CompositionArrays *a)
{
	CompositionView v;

	composition_view(c, &v);
	memset(a, 0, sizeof(*a));
	a->kind = v.n == 0 ? COMPOSITION_KEY_NONE : v.kind;
	a->n = v.n;
	if (v.n == 0)
		return;
	a->value = values_of(&v);
	if (v.kind == COMPOSITION_KEY_BIGINT)
	{
		a->int_key = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(int64) * v.n);
		for (int i = 0; i < v.n; i++)
			a->int_key[i] = view_int(&v, i);
	}
	else if (v.kind == COMPOSITION_KEY_TEXT)
	{
		a->text_key = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(char *) * v.n);
		a->text_len = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(int) * v.n);
		for (int i = 0; i < v.n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			a->text_key[i] = view_text(&v, i, &a->text_len[i]);
		}
	}
	a->total = total_of(&v);
}

/* The name of a kind of keys in messages. */
static const char *
kind_name(CompositionKeyKind kind)
{
	return kind == COMPOSITION_KEY_TEXT ? "text keys" : kind == COMPOSITION_KEY_BIGINT ? "bigint keys" : "no keys";
}

/* The error for keys of unlike kinds. */
static void
check_kind(const CompositionView *v, CompositionKeyKind kind)
{
	if (v->n != 0 && v->kind != kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot match a composition with %s and one with %s", kind_name(v->kind), kind_name(kind)),
				 errhint("Build both with keys of the same type.")));
}

/* The same for two compositions. */
void
composition_check_kinds(const Composition *a, const Composition *b)
{
	CompositionView va,
				vb;

	composition_view(a, &va);
	composition_view(b, &vb);
	if (vb.n != 0)
		check_kind(&va, vb.kind);
}

/* Binary search for a text key. */
int
composition_find_text(const Composition *c, const char *key, int len)
{
	CompositionView v;
	int			low = 0,
				high;

	composition_view(c, &v);
	check_kind(&v, COMPOSITION_KEY_TEXT);
	high = v.n;
	while (low < high)
	{
		int			mid = low + (high - low) / 2;
		int			midlen;
		const char *text = view_text(&v, mid, &midlen);
		int			order = compare_text_keys(text, midlen, key, len);

		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return -1;
}

/* Binary search for a bigint key. */
int
composition_find_int(const Composition *c, int64 key)
{
	CompositionView v;
	int			low = 0,
				high;

	composition_view(c, &v);
	check_kind(&v, COMPOSITION_KEY_BIGINT);
	high = v.n;
	while (low < high)
	{
		int			mid = low + (high - low) / 2;
		int64		found = view_int(&v, mid);

		if (found == key)
			return mid;
		if (found < key)
			low = mid + 1;
		else
			high = mid;
	}
	return -1;
}

/* The exact grand total. */
Datum
composition_total_numeric(const Composition *c)
{
	CompositionView v;
	uint64_t   *total;
	int			n,
				exponent;

	composition_view(c, &v);
	total = view_total(&v, &n, &exponent);
	return natural_to_numeric(total, n, exponent, v.form == COMPOSITION_DECIMAL ? v.scale : 0);
}

/* Takes a composition apart for exact comparing: its view, and its grand total. */
static void
exact_part(const Composition *c, CompositionExact *e)
{
	CompositionView *v = palloc(sizeof(CompositionView));

	composition_view(c, v);
	e->view = v;
	e->limbs = view_limbs(v);
	e->total = view_total(v, &e->n, &e->exponent);
}

CompositionRca *
composition_rca(const Composition *region, const Composition *reference)
{
	CompositionRca *rca = palloc(sizeof(CompositionRca));

	exact_part(region, &rca->region);
	exact_part(reference, &rca->reference);
	return rca;
}

/* The product of total i of one composition and the grand total of another, as a natural times 2^exponent. */
static uint64_t *
total_product(const CompositionExact *a, int i, const CompositionExact *b, int *n, int *exponent)
{
	uint64_t   *x = palloc(sizeof(uint64_t) * a->limbs);
	uint64_t   *product;
	int			xe = 0;
	int			xn = i < 0 ? 0 : view_natural(a->view, i, x, &xe);

	*n = xn + b->n;
	*exponent = xe + b->exponent;
	product = palloc0(sizeof(uint64_t) * (*n + 1));
	exact_multiply(product, x, xn, b->total, b->n);
	pfree(x);
	return product;
}

/* The sign of x X - R C. */
int
composition_compare_rca(const CompositionRca *rca, int i, int j)
{
	uint64_t   *p,
			   *q,
			   *aligned;
	int			pn,
				pe,
				qn,
				qe,
				low,
				room,
				order;

	p = total_product(&rca->region, i, &rca->reference, &pn, &pe);
	q = total_product(&rca->reference, j, &rca->region, &qn, &qe);
	/* Each side has one factor of either composition, so that only the powers of two may differ. */
	low = Min(pe, qe);
	room = Max(pn, qn) + (Max(pe, qe) - low) / 64 + 2;
	aligned = palloc(sizeof(uint64_t) * room * 2);
	exact_shift_left(aligned, room, p, pn, pe - low);
	exact_shift_left(aligned + room, room, q, qn, qe - low);
	order = exact_compare(aligned, room, aligned + room, room);
	pfree(aligned);
	pfree(p);
	pfree(q);
	return order;
}

/* Bytewise order of the stored forms, the shorter first; it has no meaning. */
static int
compare(FunctionCallInfo fcinfo)
{
	Composition *a = PG_GETARG_COMPOSITION_P(0);
	Composition *b = PG_GETARG_COMPOSITION_P(1);
	Size		alen = VARSIZE(a) - VARHDRSZ;
	Size		blen = VARSIZE(b) - VARHDRSZ;
	int			order = memcmp(VARDATA(a), VARDATA(b), Min(alen, blen));

	if (order == 0)
		order = (alen > blen) - (alen < blen);
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

Datum
composition_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) < 0);
}

Datum
composition_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) <= 0);
}

Datum
composition_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) == 0);
}

Datum
composition_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) != 0);
}

Datum
composition_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) >= 0);
}

Datum
composition_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) > 0);
}

Datum
composition_cmp(PG_FUNCTION_ARGS)
{
	int			order = compare(fcinfo);

	PG_RETURN_INT32((order > 0) - (order < 0));
}

/* Of the stored bytes, which are canonical. */
Datum
composition_hash(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION_P(0);
	Datum		result = hash_any((unsigned char *) VARDATA(c), VARSIZE(c) - VARHDRSZ);

	PG_FREE_IF_COPY(c, 0);
	return result;
}

/* The same with 64 bits and a seed. */
Datum
composition_hash_extended(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION_P(0);
	Datum		result = hash_any_extended((unsigned char *) VARDATA(c), VARSIZE(c) - VARHDRSZ, PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(c, 0);
	return result;
}
