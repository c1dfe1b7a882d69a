/*
 * share_window.c -- ratio_to_report(x) OVER (...): each row's part of its partition's total.
 *
 * A true window function: it always takes the whole partition, whatever the frame and the order, and it sums
 * exactly, so neither matters. Plain arithmetic: values may be negative, and a total of zero gives NULL.
 */
#include "compat.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "windowapi.h"

#include "exactsum.h"

/* Limbs for any sum of doubles in units of 2^-1074, with room for 2^64 of the largest. */
#define SUM_LIMBS 35
#define SUM_UNIT (-1074)

typedef struct PartitionTotal
{
	bool		known;
	double		total;
} PartitionTotal;

/* A walk over the rows of the partition. */
typedef struct Rows
{
	WindowObject window;
	int			n;
	int			next;
	MemoryContext scratch;		/* what one row's argument needs */
} Rows;

/* Adds a positive finite double to an exact sum. */
static void
add_double(uint64_t *sum, double v)
{
	uint64_t	mantissa,
				part[2];
	int			exponent,
				shift;

	exact_split(v, &mantissa, &exponent);
	shift = exponent - SUM_UNIT;
	part[0] = mantissa << shift % 64;
	part[1] = shift % 64 != 0 ? mantissa >> (64 - shift % 64) : 0;
	exact_add(sum + shift / 64, SUM_LIMBS - shift / 64, part, 2);
}

/* Refuses NaN and infinities: one would spoil every row of the partition. */
static void
check_finite(bool finite)
{
	if (!finite)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("ratio_to_report of NaN or Infinity is not defined"),
				 errhint("Leave such rows out, or use NULLIF.")));
}

/* The next argument that is not NULL, which lives until the one after it; false at the end. */
static bool
next_argument(Rows *rows, Datum *value)
{
	while (rows->next < rows->n)
	{
		bool		isnull,
					isout;
		MemoryContext outer;

		CHECK_FOR_INTERRUPTS();
		/* The server frees what a row took only after the function returns, and that is after all rows. */
		MemoryContextReset(rows->scratch);
		outer = MemoryContextSwitchTo(rows->scratch);
		*value = WinGetFuncArgInPartition(rows->window, 0, rows->next++, WINDOW_SEEK_HEAD, false, &isnull, &isout);
		MemoryContextSwitchTo(outer);
		if (!isnull)
			return true;
	}
	return false;
}

/* Totals of one partition, for each type: exact, then rounded once. */
static double
total_of_doubles(Rows *rows)
{
	uint64_t	above[SUM_LIMBS] = {0},
				below[SUM_LIMBS] = {0};
	Datum		value;

	while (next_argument(rows, &value))
	{
		double		v = DatumGetFloat8(value);

		check_finite(isfinite(v));
		if (v > 0)
			add_double(above, v);
		else if (v < 0)
			add_double(below, -v);
	}
	if (exact_compare(above, SUM_LIMBS, below, SUM_LIMBS) < 0)
	{
		exact_subtract(below, SUM_LIMBS, above, SUM_LIMBS);
		return -exact_round(below, SUM_LIMBS, SUM_UNIT);
	}
	exact_subtract(above, SUM_LIMBS, below, SUM_LIMBS);
	return exact_round(above, SUM_LIMBS, SUM_UNIT);
}

static double
total_of_integers(Rows *rows, bool wide)
{
	__int128	sum = 0;
	Datum		value;

	while (next_argument(rows, &value))
		sum += wide ? DatumGetInt64(value) : DatumGetInt32(value);
	return (double) sum;
}

/* The error for a number that no double can hold. */
static void
out_of_range(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s of ratio_to_report is out of range for type double precision", what)));
}

/* The double nearest to a finite numeric. */
static double
numeric_double(Datum value)
{
	check_finite(!numeric_is_nan(DatumGetNumeric(value)) && !numeric_is_inf(DatumGetNumeric(value)));
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, value));
}

static double
total_of_numerics(Rows *rows)
{
	Datum		sum = DirectFunctionCall1(int4_numeric, Int32GetDatum(0));
	Datum		value;
	double		total;

	while (next_argument(rows, &value))
	{
		MemoryContext outer = MemoryContextSwitchTo(rows->scratch);
		Datum		next;

		value = NumericGetDatum(DatumGetNumeric(value));	/* in full, so that the addition copies nothing */
		MemoryContextSwitchTo(outer);
		next = DirectFunctionCall2(numeric_add, sum, value);
		pfree(DatumGetPointer(sum));
		sum = next;
	}
	total = numeric_double(sum);
	if (total == 0 && DatumGetBool(DirectFunctionCall2(numeric_ne, sum, DirectFunctionCall1(int4_numeric, Int32GetDatum(0)))))
		out_of_range("total");	/* too small is no zero */
	return total;
}

/* The current row's value over the total, which the first row of the partition finds. */
static Datum
ratio_to_report(FunctionCallInfo fcinfo, double value, bool isnull, double (*sum) (Rows *rows))
{
	WindowObject window = PG_WINDOW_OBJECT();
	PartitionTotal *partition = WinGetPartitionLocalMemory(window, sizeof(PartitionTotal));
	double		ratio;

	if (!partition->known)
	{
		int64		count = WinGetPartitionRowCount(window);
		Rows		rows = {window, (int) count, 0, NULL};

		if (count > PG_INT32_MAX)		/* row positions are integers in the window interface */
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("ratio_to_report takes at most %d rows in a partition", PG_INT32_MAX)));
		rows.scratch = AllocSetContextCreate(CurrentMemoryContext, "ratio_to_report", ALLOCSET_SMALL_SIZES);
		partition->total = sum(&rows);
		MemoryContextDelete(rows.scratch);
		partition->known = true;
	}
	if (isnull || partition->total == 0)
		PG_RETURN_NULL();
	ratio = value / partition->total;
	if (isinf(partition->total) || isinf(ratio))
		out_of_range(isinf(partition->total) ? "total" : "result");
	PG_RETURN_FLOAT8(ratio);
}

static double
total_of_int4(Rows *rows)
{
	return total_of_integers(rows, false);
}

static double
total_of_int8(Rows *rows)
{
	return total_of_integers(rows, true);
}

/* One door for each type. */
#define DOOR(type, convert, sum) \
PG_FUNCTION_INFO_V1(ratio_to_report_##type); \
Datum \
ratio_to_report_##type(PG_FUNCTION_ARGS) \
{ \
	bool		isnull; \
	Datum		value = WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), 0, &isnull); \
\
	return ratio_to_report(fcinfo, isnull ? 0 : convert(value), isnull, sum); \
}

DOOR(int4, DatumGetInt32, total_of_int4)
DOOR(int8, DatumGetInt64, total_of_int8)
DOOR(float8, DatumGetFloat8, total_of_doubles)
DOOR(numeric, numeric_double, total_of_numerics)
