/*
 * composition_agg.c -- transition, combine and final functions of the composition aggregates.
 *
 * One transition function per type of key and of value; all of them, and rollup, share the state and the final
 * function. A state is updated in place only inside an aggregate, where argument 0 is nobody else's; a call from
 * plain SQL works on a copy and returns the stored form.
 */
#include "composition_layout.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_aggregate.h"
#include "nodes/execnodes.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/syscache.h"

#include "numeric_digits.h"

/* Whether the caller is an aggregate: two tags to compare, since this runs for every row. */
static inline bool
in_aggregate(FunctionCallInfo fcinfo)
{
	return fcinfo->context != NULL && (IsA(fcinfo->context, AggState) || IsA(fcinfo->context, WindowAggState));
}

/* The state of argument 0, ready to be changed. */
static pg_noinline CompositionWork *
other_state(FunctionCallInfo fcinfo, CompositionKeyKind kind)
{
	Composition *c;
	CompositionWork *w;

	if (PG_ARGISNULL(0))
		return work_new(kind, 0, 0);
	c = composition_open(PG_GETARG_DATUM(0));
	if (in_aggregate(fcinfo) && IS_COMPOSITION_WORK(c))
		w = (CompositionWork *) c;
	else
		w = work_from(c);
	if ((w->kind & ~COMPOSITION_WORK) == kind)
		return w;
	if (w->n != 0)
	{
		CompositionWork *other = work_new(kind, 0, 0);

		other->n = 1;			/* only to be seen as one of this kind */
		composition_check_kinds((Composition *) w, (Composition *) other);
	}
	return work_new(kind, 0, 0);
}

/* The same, fast for a state in its work form inside an aggregate. */
static inline CompositionWork *
state_of(FunctionCallInfo fcinfo, CompositionKeyKind kind)
{
	if (likely(!PG_ARGISNULL(0) && in_aggregate(fcinfo)))
	{
		CompositionWork *w = (CompositionWork *) PG_GETARG_POINTER(0);

		if (likely(VARATT_IS_4B_U(w) && w->format == COMPOSITION_FORMAT && w->kind == (kind | COMPOSITION_WORK)))
			return w;
	}
	return other_state(fcinfo, kind);
}

/* What a transition function returns: the state, or the stored form to anybody but an aggregate. */
static inline Datum
return_state(FunctionCallInfo fcinfo, CompositionWork *w)
{
	if (likely(in_aggregate(fcinfo)))
		PG_RETURN_POINTER(w);
	PG_RETURN_COMPOSITION_P(composition_finish(w));
}

/* A row that counts for nothing. */
static Datum
same_state(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* The name of the window function whose transition function runs; NULL if it may be one of several. */
static const char *
window_name(FunctionCallInfo fcinfo)
{
	const char *name = NULL;
	ListCell   *lc;

	foreach(lc, ((WindowAggState *) fcinfo->context)->funcs)
	{
		Oid			oid = lfirst_node(WindowFuncExprState, lc)->wfunc->winfnoid;
		HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(oid));
		const char *other;

		if (!HeapTupleIsValid(tuple))
			continue;			/* no aggregate */
		other = fcinfo->flinfo == NULL || ((Form_pg_aggregate) GETSTRUCT(tuple))->aggtransfn == fcinfo->flinfo->fn_oid ?
			get_func_name(oid) : NULL;
		ReleaseSysCache(tuple);
		if (other == NULL)
			continue;
		if (name != NULL && strcmp(name, other) != 0)
			return NULL;
		name = other;
	}
	return name;
}

/* The name of the running aggregate, for messages. */
static const char *
aggregate_name(FunctionCallInfo fcinfo)
{
	const char *name = NULL;

	if (in_aggregate(fcinfo))
	{
		Aggref	   *call = AggGetAggref(fcinfo);

		if (call != NULL)
			name = get_func_name(call->aggfnoid);
		else if (IsA(fcinfo->context, WindowAggState))
			name = window_name(fcinfo);
	}
	return name == NULL ? "composition aggregate" : name;
}

/* The error for a value that a composition cannot hold. */
static pg_noinline void
bad_value(FunctionCallInfo fcinfo, const char *value, bool negative)
{
	if (negative)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("negative value in %s: %s", aggregate_name(fcinfo), value),
				 errhint("Leave such rows out with FILTER, or use NULLIF or GREATEST.")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("value in %s is not a finite number: %s", aggregate_name(fcinfo), value),
			 errhint("Leave such rows out with FILTER, or use NULLIF.")));
}

/* Adds a whole number to a total: 64 bits as long as they are enough. */
static inline CompositionWork *
add_int(FunctionCallInfo fcinfo, CompositionWork *w, int entry, int64 value)
{
	uint64_t	x = (uint64_t) value;

	if (unlikely(value < 0))
		bad_value(fcinfo, psprintf(INT64_FORMAT, value), true);
	if (likely(w->limbs == 1 && w->scale == 0))
	{
		uint64_t   *lane = WORK_LANES(w) + entry;
		uint64_t	sum = *lane + x;

		if (likely((sum >> 63) == 0))
		{
			*lane = sum;
			return w;
		}
	}
	return work_add(w, entry, &x, 1, 0, 0, COMPOSITION_INTEGER);
}

/* Adds a double to a total where the usual lanes do not do. */
static pg_noinline CompositionWork *
add_any_double(FunctionCallInfo fcinfo, CompositionWork *w, int entry, double value)
{
	uint64_t	m;
	int			exponent;

	if (isnan(value) || isinf(value) || value < 0)
		bad_value(fcinfo, DatumGetCString(DirectFunctionCall1(float8out, Float8GetDatum(value))), value < 0 && !isinf(value));
	exact_split(value, &m, &exponent);
	return work_add(w, entry, &m, 1, exponent, 0, COMPOSITION_BINARY);
}

/* Adds a double to a total: as a whole number in 64 bits, else in units of 2^-64 in 128 bits, else with care. */
static inline CompositionWork *
add_double(FunctionCallInfo fcinfo, CompositionWork *w, int entry, double value)
{
	if (w->limbs == 2 && w->scale == 64 && w->form == COMPOSITION_BINARY)
	{
		union
		{
			double		d;
			uint64_t	u;
		}			bits = {value};
		int			shift = (int) (bits.u >> 52) - 1075 + 64;	/* a sign bit makes it huge */
		uint64_t	m = (bits.u & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52;
		uint64_t   *lane = WORK_LANES(w) + (Size) entry * 2;
		exact_u128	x;

		if (value == 0)
			return w;
		if (likely(shift >= 0 && shift <= 73))
			x = (exact_u128) m << shift;
		else if (shift < 0 && shift > -53 && (m & ((UINT64_C(1) << -shift) - 1)) == 0)
			x = m >> -shift;
		else
			return add_any_double(fcinfo, w, entry, value);
		x += lane[0] | (exact_u128) lane[1] << 64;
		if (unlikely((x >> 127) != 0))
			return add_any_double(fcinfo, w, entry, value);
		lane[0] = (uint64_t) x;
		lane[1] = (uint64_t) (x >> 64);
		return w;
	}
	if (w->limbs == 1 && w->scale == 0 && value >= 0 && value < 0x1p62)
	{
		uint64_t	whole = (uint64_t) (int64_t) value;
		uint64_t   *lane = WORK_LANES(w) + entry;

		if ((double) (int64_t) whole == value && ((*lane + whole) >> 63) == 0)
		{
			*lane += whole;
			return w;
		}
	}
	return add_any_double(fcinfo, w, entry, value);
}

/* Adds a numeric to a total: up to 36 digits in 128 bits, else with care. */
static inline CompositionWork *
add_numeric(FunctionCallInfo fcinfo, CompositionWork *w, int entry, struct varlena *value)
{
	NumericDigits d;
	uint64_t	x[2];
	uint64_t   *large;
	int			n;

	numeric_open(value, &d);
	if (unlikely(d.special || (d.negative && d.n > 0)))
		bad_value(fcinfo, DatumGetCString(DirectFunctionCall1(numeric_out, PointerGetDatum(value))), !d.special);
	if (likely(Max(d.n, d.weight + 1) <= NUMERIC_GROUPS_U128))
	{
		exact_u128	sum = numeric_natural_u128(&d);

		/* Groups of four digits after the point that the state lacks or has in plenty. */
		int			up = w->scale - d.scale;

		if (w->form == COMPOSITION_DECIMAL && w->limbs <= 2 && up >= 0 && up <= EXACT_POW10_MAX && (sum >> 60) == 0)
		{
			uint64_t   *lane = WORK_LANES(w) + (Size) entry * w->limbs;

			sum *= exact_pow10[up];
			if (w->limbs == 1)
			{
				sum += lane[0];
				if ((sum >> 63) == 0)
				{
					lane[0] = (uint64_t) sum;
					return w;
				}
			}
			else
			{
				sum += lane[0] | (exact_u128) lane[1] << 64;
				if ((sum >> 127) == 0)
				{
					lane[0] = (uint64_t) sum;
					lane[1] = (uint64_t) (sum >> 64);
					return w;
				}
			}
			sum = numeric_natural_u128(&d);
		}
		if (d.scale == 0 && (sum >> 63) == 0)
			return add_int(fcinfo, w, entry, (int64) sum);
		x[0] = (uint64_t) sum;
		x[1] = (uint64_t) (sum >> 64);
		return work_add(w, entry, x, 2, 0, d.scale, COMPOSITION_DECIMAL);
	}
	n = NUMERIC_LIMBS(&d);
	large = palloc0(sizeof(uint64_t) * n);
	numeric_natural(&d, large, n);
	w = work_add(w, entry, large, n, 0, d.scale, COMPOSITION_DECIMAL);
	pfree(large);
	return w;
}

/* The entry of a bigint key. */
static inline CompositionWork *
int_entry(CompositionWork *w, int64 key, int *entry)
{
	*entry = work_find_int(w, key);
	return likely(*entry >= 0) ? w : work_insert_int(w, key, entry);
}

/* The entry of a text key. */
static inline CompositionWork *
text_entry(CompositionWork *w, const text *key, int *entry)
{
	const char *p = VARDATA_ANY(key);
	int			len = VARSIZE_ANY_EXHDR(key);
	uint32		hash = hash_text_key(p, len);

	*entry = work_find_text(w, p, len, hash);
	return likely(*entry >= 0) ? w : work_insert_text(w, p, len, hash, entry);
}

/* The entry of a row without a key. */
static inline CompositionWork *
row_entry(CompositionWork *w, int unused, int *entry)
{
	return work_append(w, entry);
}

/* One transition function: where its key and its value come from, and how they enter the state. */
#define TRANSITION(name, kind, key_null, find_entry, key, add_value, value_arg, value) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	CompositionWork *w; \
	int			entry; \
\
	if ((key_null) || PG_ARGISNULL(value_arg)) \
		return same_state(fcinfo); \
	w = state_of(fcinfo, kind); \
	w = find_entry(w, key, &entry); \
	w = add_value(fcinfo, w, entry, value); \
	return return_state(fcinfo, w); \
}

#define KEYED_TRANSITIONS(suffix, kind, find_entry, key) \
TRANSITION(composition_accum_##suffix##_int4, kind, PG_ARGISNULL(1), find_entry, key, add_int, 2, PG_GETARG_INT32(2)) \
TRANSITION(composition_accum_##suffix##_int8, kind, PG_ARGISNULL(1), find_entry, key, add_int, 2, PG_GETARG_INT64(2)) \
TRANSITION(composition_accum_##suffix##_float8, kind, PG_ARGISNULL(1), find_entry, key, add_double, 2, PG_GETARG_FLOAT8(2)) \
TRANSITION(composition_accum_##suffix##_numeric, kind, PG_ARGISNULL(1), find_entry, key, add_numeric, 2, \
		   PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(2)))

KEYED_TRANSITIONS(int4, COMPOSITION_KEY_BIGINT, int_entry, PG_GETARG_INT32(1))
KEYED_TRANSITIONS(int8, COMPOSITION_KEY_BIGINT, int_entry, PG_GETARG_INT64(1))
KEYED_TRANSITIONS(text, COMPOSITION_KEY_TEXT, text_entry, PG_GETARG_TEXT_PP(1))

/* A double as a row of its own: kept as it is. */
static inline CompositionWork *
add_row_double(FunctionCallInfo fcinfo, CompositionWork *w, int entry, double value)
{
	if (unlikely(!(value >= 0) || isinf(value)))
	{
		w->n--;
		return add_any_double(fcinfo, w, entry, value);
	}
	if (unlikely(w->limbs != COMPOSITION_LIMBS_RAW))
		return add_double(fcinfo, w, entry, value);
	WORK_DOUBLES(w)[entry] = value + 0.0;	/* -0.0 counts as 0 */
	return w;
}

/* A whole number as a row of its own. */
static inline CompositionWork *
add_row_int(FunctionCallInfo fcinfo, CompositionWork *w, int entry, int64 value)
{
	if (unlikely(w->limbs == COMPOSITION_LIMBS_RAW))
		w = work_unraw(w);
	return add_int(fcinfo, w, entry, value);
}

TRANSITION(composition_accum_int4, COMPOSITION_KEY_NONE, false, row_entry, 0, add_row_int, 1, PG_GETARG_INT32(1))
TRANSITION(composition_accum_int8, COMPOSITION_KEY_NONE, false, row_entry, 0, add_row_int, 1, PG_GETARG_INT64(1))
TRANSITION(composition_accum_float8, COMPOSITION_KEY_NONE, false, row_entry, 0, add_row_double, 1, PG_GETARG_FLOAT8(1))
TRANSITION(composition_accum_numeric, COMPOSITION_KEY_NONE, false, row_entry, 0, add_numeric, 1,
		   PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(1)))

PG_FUNCTION_INFO_V1(composition_combine);
PG_FUNCTION_INFO_V1(composition_final);

/* Merges argument 1 into argument 0: the combine function of all, and the transition function of rollup. */
Datum
composition_combine(PG_FUNCTION_ARGS)
{
	Composition *c;
	CompositionView v;

	if (PG_ARGISNULL(1))
		return same_state(fcinfo);
	c = composition_open(PG_GETARG_DATUM(1));
	if (PG_ARGISNULL(0))
	{
		/* Never adopt it: the executor copies what is not argument 0. */
		if (in_aggregate(fcinfo))
			PG_RETURN_POINTER(c);
		PG_RETURN_COMPOSITION_P(IS_COMPOSITION_WORK(c) ? composition_finish((CompositionWork *) c) : c);
	}
	composition_view(c, &v);
	if (v.n == 0)
		return same_state(fcinfo);	/* of no kind */
	return return_state(fcinfo, work_merge(state_of(fcinfo, v.kind), c));
}

/* The stored form; the state stays as it is. */
Datum
composition_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_COMPOSITION_P(PG_GETARG_COMPOSITION_P(0));
}
