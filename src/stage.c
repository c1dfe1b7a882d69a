/*
 * stage.c -- the type stage_scheme: text and binary I/O, comparison, hashing.
 */
#include "compat.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "stage.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(stage_scheme_in);
PG_FUNCTION_INFO_V1(stage_scheme_out);
PG_FUNCTION_INFO_V1(stage_scheme_recv);
PG_FUNCTION_INFO_V1(stage_scheme_send);
PG_FUNCTION_INFO_V1(stage_scheme_eq);
PG_FUNCTION_INFO_V1(stage_scheme_ne);
PG_FUNCTION_INFO_V1(stage_scheme_lt);
PG_FUNCTION_INFO_V1(stage_scheme_le);
PG_FUNCTION_INFO_V1(stage_scheme_gt);
PG_FUNCTION_INFO_V1(stage_scheme_ge);
PG_FUNCTION_INFO_V1(stage_scheme_cmp);
PG_FUNCTION_INFO_V1(stage_scheme_hash);
PG_FUNCTION_INFO_V1(stage_scheme_hash_extended);

#define STAGE_HINT "Write periods in order, each with its first day, the first day after it and a label, for example " \
	"[,1950) \"before 1950\"; [1950,1980) \"slow opening\"; [1980-07-01,) \"reform\"."

/* The error for bytes that no portext has written. */
static void
stage_damaged(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored value of type %s is damaged: %s", "stage_scheme", what),
			 errhint("Restore the row from a backup, or set the value anew.")));
}

/*
 * A stored value that this version can read; a later one may have written another format. Its sizes must add up; the
 * rest is checked where it is read, since finding the stage of a day does without most of it.
 */
StageScheme *
stage_open(StageScheme *scheme)
{
	Size		periods;

	if (VARSIZE(scheme) < offsetof(StageScheme, periods))
		stage_damaged("length");
	if (scheme->format != STAGE_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("value of type %s has format %d, which this version of portext cannot read", "stage_scheme",
						scheme->format),
				 errhint("Install the version of portext that wrote it, or a later one.")));
	if (scheme->n < 1 || scheme->n > STAGE_MAX_PERIODS)
		stage_damaged("number of periods");
	periods = offsetof(StageScheme, periods) + scheme->n * sizeof(StagePeriod);
	if (VARSIZE(scheme) < periods || STAGE_LABELS_LEN(scheme) < 0 || VARSIZE(scheme) - periods != STAGE_LABELS_LEN(scheme))
		stage_damaged("length");
	return scheme;
}

/* The label of period i, which has no end mark; who shows a label shows the period, so this checks both. */
const char *
stage_label_of(const StageScheme *scheme, int i, int *len)
{
	const StagePeriod *p = &scheme->periods[i];
	int32		start = i == 0 ? 0 : p[-1].label_end;

	if (start < 0 || start > p->label_end || p->label_end > STAGE_LABELS_LEN(scheme))
		stage_damaged("end of a label");
	if (p->from >= p->to || (i > 0 && p->from < p[-1].to) || (p->from != STAGE_OPEN_FROM && p->from < STAGE_DAY_FIRST) ||
		(p->to != STAGE_OPEN_TO && p->to > STAGE_DAY_LAST))
		stage_damaged("days of a period");
	*len = p->label_end - start;
	return STAGE_LABELS(scheme) + start;
}

/* Makes the stored form of checked periods and labels. */
static StageScheme *
stage_build(const StagePeriod *periods, int n, const char *labels)
{
	int32		labels_len = periods[n - 1].label_end;
	Size		size = offsetof(StageScheme, periods) + n * sizeof(StagePeriod) + labels_len;
	StageScheme *scheme = palloc0(size);

	SET_VARSIZE(scheme, size);
	scheme->format = STAGE_FORMAT;
	scheme->n = n;
	memcpy(scheme->periods, periods, n * sizeof(StagePeriod));
	memcpy(STAGE_LABELS(scheme), labels, labels_len);
	return scheme;
}

/* The sentence that names the faulty period. */
static char *
fault_detail(const StageFault *fault)
{
	if (fault->other > 0)
		return psprintf("Period %d %s period %d.", fault->period, stage_fault_text(fault->code), fault->other);
	return psprintf("Period %d %s.", fault->period, stage_fault_text(fault->code));
}

/* Text to stage_scheme. */
Datum
stage_scheme_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	size_t		len = strlen(str);
	StagePeriod *periods = palloc(stage_parse_capacity(str, len) * sizeof(StagePeriod));
	char	   *labels = palloc(len + 1);
	StageFault	fault;
	int			n;

	if (!stage_parse(str, len, periods, labels, &n, &fault))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%.*s%s\"", "stage_scheme", pg_mbcliplen(str, len, 200), str,
						len > 200 ? "..." : ""),
				 errdetail_internal("%s", fault_detail(&fault)),
				 errhint("%s", STAGE_HINT)));
	PG_RETURN_POINTER(stage_build(periods, n, labels));
}

/* stage_scheme to text. */
Datum
stage_scheme_out(PG_FUNCTION_ARGS)
{
	StageScheme *scheme = PG_GETARG_STAGE(0);
	char	   *out = palloc(stage_print_size(scheme->n, STAGE_LABELS_LEN(scheme)));
	int			len;

	for (int i = 0; i < scheme->n; i++)
		stage_label_of(scheme, i, &len);
	stage_print(scheme->periods, scheme->n, STAGE_LABELS(scheme), out);
	PG_RETURN_CSTRING(out);
}

/* Binary input that is too short or too long. */
static void
need_bytes(StringInfo buf, int wanted)
{
	if (wanted < 0 || buf->len - buf->cursor < wanted)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s: truncated at byte %d", "stage_scheme", buf->cursor),
				 errhint("The form is: format byte 1, count, then for each period its first day, the day after it, the length of its label and the label; integers have four bytes.")));
}

/*
 * Binary to stage_scheme: the format byte, the number of periods, and for each its first day, the first day after it
 * (the extremes of int4 are open ends) and its label after its length. The labels are in the client's encoding.
 */
Datum
stage_scheme_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	StringInfoData labels;
	StagePeriod *periods;
	StageFault	fault;
	int			format,
				n,
				i;

	need_bytes(buf, 5);
	format = pq_getmsgbyte(buf);
	if (format != STAGE_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("binary form of type %s has format %d, which this version of portext cannot read", "stage_scheme",
						format),
				 errhint("Formats up to %d are known; install a later version of portext to read this one.", STAGE_FORMAT)));
	n = pq_getmsgint(buf, 4);
	need_bytes(buf, n < 0 || n > STAGE_MAX_PERIODS ? -1 : n * 12);
	periods = palloc(Max(n, 1) * sizeof(StagePeriod));
	initStringInfo(&labels);
	for (i = 0; i < n; i++)
	{
		char	   *label;
		int			len;

		need_bytes(buf, 12);
		periods[i].from = pq_getmsgint(buf, 4);
		periods[i].to = pq_getmsgint(buf, 4);
		len = pq_getmsgint(buf, 4);
		need_bytes(buf, len);
		label = pq_getmsgtext(buf, len, &len);
		appendBinaryStringInfo(&labels, label, len);
		periods[i].label_end = labels.len;
		pfree(label);
	}
	if (buf->cursor != buf->len)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s: %d bytes after its end", "stage_scheme",
						buf->len - buf->cursor),
				 errhint("Nothing may follow the last label.")));
	if (!stage_check(periods, n, labels.data, &fault))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "stage_scheme"),
				 errdetail_internal("%s", fault_detail(&fault)),
				 errhint("A scheme has periods in order, without overlap, with labels that differ.")));
	PG_RETURN_POINTER(stage_build(periods, n, labels.data));
}

/* stage_scheme to binary, as stage_scheme_recv reads it. */
Datum
stage_scheme_send(PG_FUNCTION_ARGS)
{
	StageScheme *scheme = PG_GETARG_STAGE(0);
	StringInfoData buf;
	int			i;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, STAGE_FORMAT);
	pq_sendint32(&buf, scheme->n);
	for (i = 0; i < scheme->n; i++)
	{
		int			len;
		const char *label = stage_label_of(scheme, i, &len);

		pq_sendint32(&buf, scheme->periods[i].from);
		pq_sendint32(&buf, scheme->periods[i].to);
		send_counted_text(&buf, label, len);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* The order of the stored bytes; it has no meaning but that equal schemes are equal. */
static int
stage_compare(FunctionCallInfo fcinfo)
{
	StageScheme *a = PG_GETARG_STAGE(0);
	StageScheme *b = PG_GETARG_STAGE(1);
	Size		a_len = VARSIZE(a) - VARHDRSZ;
	Size		b_len = VARSIZE(b) - VARHDRSZ;
	int			result = memcmp(VARDATA(a), VARDATA(b), Min(a_len, b_len));

	if (result == 0)
		result = (a_len > b_len) - (a_len < b_len);
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return (result > 0) - (result < 0);
}

Datum
stage_scheme_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(stage_compare(fcinfo) == 0);
}

Datum
stage_scheme_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(stage_compare(fcinfo) != 0);
}

Datum
stage_scheme_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(stage_compare(fcinfo) < 0);
}

Datum
stage_scheme_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(stage_compare(fcinfo) <= 0);
}

Datum
stage_scheme_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(stage_compare(fcinfo) > 0);
}

Datum
stage_scheme_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(stage_compare(fcinfo) >= 0);
}

Datum
stage_scheme_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(stage_compare(fcinfo));
}

/* Hash of the stored bytes. */
Datum
stage_scheme_hash(PG_FUNCTION_ARGS)
{
	StageScheme *scheme = PG_GETARG_STAGE(0);
	Datum		result = hash_any((unsigned char *) VARDATA(scheme), VARSIZE(scheme) - VARHDRSZ);

	PG_FREE_IF_COPY(scheme, 0);
	return result;
}

/* The same with a seed; for seed 0 its low 32 bits are stage_scheme_hash. */
Datum
stage_scheme_hash_extended(PG_FUNCTION_ARGS)
{
	StageScheme *scheme = PG_GETARG_STAGE(0);
	Datum		result = hash_any_extended((unsigned char *) VARDATA(scheme), VARSIZE(scheme) - VARHDRSZ,
										   (uint64) PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(scheme, 0);
	return result;
}
