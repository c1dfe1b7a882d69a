/*
 * composition_binary.c -- the composition in network byte order.
 *
 *	int8 format, int8 kind, int8 form, int8 width, int32 n, int16 scale, then n entries in key order:
 *	key		bigint: int64; text: int32 length, bytes; none without keys
 *	total	width bytes; width 0: int32 exponent, int32 length, bytes
 *
 * Input is as strict as the text form: only the one way to write a value is accepted.
 */
#include "composition_layout.h"

#include <float.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

PG_FUNCTION_INFO_V1(composition_send);
PG_FUNCTION_INFO_V1(composition_recv);

/* Value to bytes. */
Datum
composition_send(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION_P(0);
	CompositionView v;
	StringInfoData out;
	uint64_t   *x;

	composition_view(c, &v);
	x = palloc(sizeof(uint64_t) * (view_limbs(&v) + 1));
	pq_begintypsend(&out);
	pq_sendint8(&out, c->format);
	pq_sendint8(&out, c->kind);
	pq_sendint8(&out, c->form);
	pq_sendint8(&out, c->width);
	pq_sendint32(&out, c->n);
	pq_sendint16(&out, c->scale);
	for (int i = 0; i < v.n; i++)
	{
		int			exponent,
					len;
		int			n = view_natural(&v, i, x, &exponent);

		CHECK_FOR_INTERRUPTS();
		if (v.kind == COMPOSITION_KEY_BIGINT)
			pq_sendint64(&out, view_int(&v, i));
		else if (v.kind == COMPOSITION_KEY_TEXT)
		{
			const char *key = view_text(&v, i, &len);

			send_counted_text(&out, key, len);
		}
		len = v.width;
		if (v.width == 0)
		{
			len = (exact_bits(x, n) + 7) / 8;
			pq_sendint32(&out, exponent);
			pq_sendint32(&out, len);
		}
		for (int b = len; b-- > 0;)
			pq_sendint8(&out, b / 8 < n ? (uint8) (x[b / 8] >> (b % 8 * 8)) : 0);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Refuses a message. */
static void
bad_message(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s: %s", "composition", what),
			 errhint("Send what composition_send wrote.")));
}

/* The bytes of a natural, highest first. */
static int
receive_natural(StringInfo in, int len, uint64_t *x)
{
	const uint8 *p = (const uint8 *) pq_getmsgbytes(in, len);

	memset(x, 0, sizeof(uint64_t) * ((len + 7) / 8));
	for (int b = 0; b < len; b++)
		x[b / 8] |= (uint64_t) p[len - 1 - b] << (b % 8 * 8);
	return exact_length(x, (len + 7) / 8);
}

/* One total, checked; its limbs in *x. */
static int
receive_total(StringInfo in, const Composition *head, uint64_t **x, int *exponent)
{
	int			len = head->width;
	int			n;

	*exponent = head->form == COMPOSITION_BINARY ? -head->scale : 0;
	if (head->width == 0)
	{
		*exponent = (int32) pq_getmsgint(in, 4);
		len = (int32) pq_getmsgint(in, 4);
		if (len < 0 || len > in->len - in->cursor || len > COMPOSITION_BITS_MAX / 8)
			bad_message("length of a total");
		if (*exponent < (head->form == COMPOSITION_BINARY ? -COMPOSITION_BINARY_SCALE_MAX : 0) ||
			*exponent > COMPOSITION_BITS_MAX - len * 8 || (len == 0 && *exponent != 0))
			bad_message("exponent of a total");
	}
	*x = palloc(sizeof(uint64_t) * (len / 8 + 2));
	n = receive_natural(in, len, *x);
	if (head->width != 0 && exact_bits(*x, n) == head->width * 8)
		bad_message("a total is negative");
	if (head->width == 0 && ((exact_bits(*x, n) + 7) / 8 != len || (n > 0 && ((*x)[0] & 1) == 0)))
		bad_message("a total is not in its shortest form");
	if (head->form == COMPOSITION_BINARY && exact_bits(*x, n) + *exponent > DBL_MAX_EXP)
		bad_message("a total is out of range");
	return n;
}

/* Checks the fields before the entries; how many bytes each entry has at least keeps n honest. */
static void
receive_head(StringInfo in, Composition *head)
{
	head->format = pq_getmsgbyte(in);
	if (head->format != COMPOSITION_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s: unknown format %d", "composition", head->format),
				 errhint("The value was written by a newer version of portext: update the library.")));
	head->kind = pq_getmsgbyte(in);
	head->form = pq_getmsgbyte(in);
	head->width = pq_getmsgbyte(in);
	head->n = (int32) pq_getmsgint(in, 4);
	head->scale = (uint16) pq_getmsgint(in, 2);
	if (head->kind > COMPOSITION_KEY_TEXT)
		bad_message("kind of keys");
	if (head->form > COMPOSITION_BINARY)
		bad_message("form of totals");
	if (head->width > COMPOSITION_WIDTH_MAX)
		bad_message("width of totals");
	if (head->n < 0 || head->n > in->len - in->cursor)
		bad_message("number of entries");
	if (head->scale > (head->form == COMPOSITION_INTEGER ? 0 : head->form == COMPOSITION_BINARY ?
					   COMPOSITION_BINARY_SCALE_MAX : COMPOSITION_DECIMAL_SCALE_MAX))
		bad_message("scale of totals");
}

/* The key that came last, which the next one must follow. */
typedef struct LastKey
{
	bool		any;
	int64		number;
	char	   *text;
	int			len;
} LastKey;

/* One key and its new entry in the state; without keys there is neither. */
static CompositionWork *
receive_key(StringInfo in, CompositionWork *w, CompositionKeyKind kind, LastKey *last, int *entry)
{
	if (kind == COMPOSITION_KEY_BIGINT)
	{
		int64		key = pq_getmsgint64(in);

		if (last->any && key <= last->number)
			bad_message("keys out of order");
		last->number = key;
		w = work_insert_int(w, key, entry);
	}
	else if (kind == COMPOSITION_KEY_TEXT)
	{
		int			len = (int32) pq_getmsgint(in, 4);
		char	   *key;

		if (len < 0 || len > in->len - in->cursor)
			bad_message("length of a key");
		key = pq_getmsgtext(in, len, &len);
		if (last->any && compare_text_keys(last->text, last->len, key, len) >= 0)
			bad_message("keys out of order");
		if (last->any)
			pfree(last->text);
		last->text = key;
		last->len = len;
		w = work_insert_text(w, key, len, hash_text_key(key, len), entry);
	}
	last->any = true;
	return w;
}

/* Totals without keys that came in another order have been sorted since: refuse them. */
static void
check_order(const Composition *c, const char *came, int len)
{
	bytea	   *again = DatumGetByteaPP(DirectFunctionCall1(composition_send, PointerGetDatum(c)));

	if (VARSIZE_ANY_EXHDR(again) != len || memcmp(VARDATA_ANY(again), came, len) != 0)
		bad_message("totals out of order");
}

/* Bytes to value: entries enter a work form in order, whose stored form must have the same head. */
Datum
composition_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int			start = in->cursor;
	int			decimal_scale;
	Composition head = {0};
	LastKey		last = {0};
	Composition *c;
	CompositionWork *w;

	receive_head(in, &head);
	decimal_scale = head.form == COMPOSITION_DECIMAL ? head.scale : 0;
	w = work_new(head.kind, head.n, 0);
	for (int i = 0; i < head.n; i++)
	{
		uint64_t   *x;
		int			n,
					exponent,
					entry = 0;

		CHECK_FOR_INTERRUPTS();
		w = receive_key(in, w, head.kind, &last, &entry);
		n = receive_total(in, &head, &x, &exponent);
		if (head.kind == COMPOSITION_KEY_NONE)
			w = work_append_natural(w, x, n, exponent, decimal_scale, head.form);
		else
			w = work_add(w, entry, x, n, exponent, decimal_scale, head.form);
		pfree(x);
	}
	pq_getmsgend(in);
	c = composition_finish(w);
	if (c->kind != head.kind || c->form != head.form || c->width != head.width || c->scale != head.scale)
		bad_message("totals are not in their shortest form");
	if (c->kind == COMPOSITION_KEY_NONE)
		check_order(c, in->data + start, in->cursor - start);
	PG_RETURN_COMPOSITION_P(c);
}
