/*
 * composition_text.c -- the composition as text, in and out; as JSON, out.
 */
#include "composition_layout.h"

#include <float.h>
#include <stdlib.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "composition_parse.h"
#include "composition_text.h"

PG_FUNCTION_INFO_V1(composition_in);
PG_FUNCTION_INFO_V1(composition_out);

#define INPUT_HINT "Write {\"key\": total, ...} with text keys, {1: total, ...} with bigint keys or [total, ...] without keys; a total is 50, 0.1 (decimal) or 0.1e0 (double precision)."

/* Sums of doubles from the text: the units are 2^-1074, the top leaves room for 2^32 of the largest. */
#define PARTS_LIMBS ((1074 + 1024 + 64) / 64 + 2)

/* Digits before and after the point as a natural, without needless zeros at the end. */
static const char *
decimal_total(const char *number, int whole_digits, int scale, Total *t)
{
	const char *fraction = number + whole_digits + 1;

	while (scale > 0 && fraction[scale - 1] == '0')
		scale--;
	/* A sum may have more digits before the point than type numeric allows; its bits are counted below. */
	if (whole_digits > COMPOSITION_TOTAL_BITS_MAX / 3 || scale > COMPOSITION_DECIMAL_SCALE_MAX)
		return "a total has too many digits";
	t->x = palloc0(sizeof(uint64_t) * ((whole_digits + scale) / EXACT_POW10_MAX + 2));
	t->n = 1;
	for (int i = 0; i < whole_digits + scale;)
	{
		uint64_t	part = 0,
					carry;
		int			k = 0;

		for (; k < EXACT_POW10_MAX && i < whole_digits + scale; k++, i++)
			part = part * 10 + ((i < whole_digits ? number[i] : fraction[i - whole_digits]) - '0');
		carry = exact_multiply_small(t->x, t->n, exact_pow10[k], part);
		if (carry != 0)
			t->x[t->n++] = carry;
	}
	if (exact_bits(t->x, t->n) > COMPOSITION_TOTAL_BITS_MAX)
		return "a total has too many digits";
	t->exponent = 0;
	t->scale = scale;
	t->form = scale > 0 ? COMPOSITION_DECIMAL : COMPOSITION_INTEGER;
	return NULL;
}

/* Whether the digits of a number, up to its exponent, are all zero. */
static bool
all_zeros(const char *number)
{
	while (*number == '0' || *number == '.')
		number++;
	return *number == 'e' || *number == 'E';
}

/* The exact sum of doubles joined by signs. */
static const char *
binary_total(const char *number, int len, Total *t)
{
	uint64_t	sum[2][PARTS_LIMBS];	/* of those added and of those taken away */
	const char *p = number;
	int			sign = 0;

	memset(sum, 0, sizeof(sum));
	for (;;)
	{
		char	   *end;
		double		part = strtod(p, &end);
		uint64_t	m,
					wide[2];
		int			e;

		CHECK_FOR_INTERRUPTS();
		if (part > DBL_MAX || (part == 0 && !all_zeros(p)))
			return "a total is out of range for type double precision";
		exact_split(part, &m, &e);
		exact_shift_left(wide, 2, &m, 1, m == 0 ? 0 : (e + 1074) % 64);
		exact_add(sum[sign] + (m == 0 ? 0 : (e + 1074) / 64), PARTS_LIMBS - (m == 0 ? 0 : (e + 1074) / 64), wide, 2);
		if (end >= number + len)
			break;
		sign = *end == '-';
		p = end + 1;
	}
	if (exact_subtract(sum[0], PARTS_LIMBS, sum[1], PARTS_LIMBS))
		return "a total cannot be negative";
	t->x = palloc(sizeof(sum[0]));
	memcpy(t->x, sum[0], sizeof(sum[0]));
	t->n = exact_length(t->x, PARTS_LIMBS);
	t->exponent = -1074;
	t->scale = 0;
	t->form = t->n > 0 && exact_trailing(t->x, t->n) < 1074 ? COMPOSITION_BINARY : COMPOSITION_INTEGER;
	if (t->n > 0)
	{
		/* Small again, so that the work form grows by what is there. */
		int			low = exact_trailing(t->x, t->n);

		exact_shift_right(t->x, t->n, t->x, t->n, low);
		t->n = exact_length(t->x, t->n);
		t->exponent += low;
	}
	return NULL;
}

/* Enters one parsed entry into the state; the message if it does not fit the others. */
const char *
enter_total(CompositionWork **state, CompositionKeyKind kind, int64 int_key, const char *key, int key_len, Total *t)
{
	CompositionWork *w = *state;
	int			entry;

	if (w == NULL)
		w = work_new(kind, 0, 0);
	if ((w->kind & ~COMPOSITION_WORK) != kind)
		return "keys are of different types";
	if (t->form != COMPOSITION_INTEGER && w->form != COMPOSITION_INTEGER && t->form != w->form)
		return "decimal totals and totals of double precision cannot be mixed";
	if (kind == COMPOSITION_KEY_NONE)
	{
		*state = work_append_natural(w, t->x, t->n, t->exponent, t->scale, t->form);
		if (t->form != COMPOSITION_INTEGER)
			(*state)->form = t->form;	/* doubles do not tell */
		return NULL;
	}
	if (kind == COMPOSITION_KEY_BIGINT)
	{
		if (work_find_int(w, int_key) >= 0)
			return "a key appears twice";
		w = work_insert_int(w, int_key, &entry);
	}
	else
	{
		uint32		hash = hash_text_key(key, key_len);

		if (work_find_text(w, key, key_len, hash) >= 0)
			return "a key appears twice";
		w = work_insert_text(w, key, key_len, hash, &entry);
	}
	*state = work_add(w, entry, t->x, t->n, t->exponent, t->scale, t->form);
	return NULL;
}

/* The stored form of a state, which may not exist. */
Composition *
finish_state(CompositionWork *w)
{
	return w == NULL ? composition_empty() : composition_finish(w);
}

/* User text for a message, not longer than a line. */
static char *
clip_text(const char *text)
{
	int			len = strlen(text);

	if (len <= 200)
		return pstrdup(text);
	return psprintf("%.*s...", pg_mbcliplen(text, len, 200), text);
}

/* Text to value. */
Datum
composition_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	size_t		len = strlen(text);
	CompositionParser parser;
	CompositionToken token;
	CompositionWork *w = NULL;
	const char *error = NULL;

	composition_parse_start(&parser, text, len, palloc(len + 1));
	parser.ascii_escapes = GetDatabaseEncoding() != PG_UTF8;
	while (error == NULL && (token = composition_parse_next(&parser)) == COMPOSITION_TOKEN_ENTRY)
	{
		Total		t;

		CHECK_FOR_INTERRUPTS();
		error = parser.binary ? binary_total(parser.number, parser.number_len, &t) :
			decimal_total(parser.number, parser.whole_digits, parser.scale, &t);
		if (error != NULL)
			break;
		error = enter_total(&w, parser.has_text_key ? COMPOSITION_KEY_TEXT :
							parser.has_int_key ? COMPOSITION_KEY_BIGINT : COMPOSITION_KEY_NONE,
							parser.int_key, parser.buffer, parser.key_len, &t);
		pfree(t.x);
	}
	if (error == NULL && token == COMPOSITION_TOKEN_ERROR)
		error = parser.error;
	if (error != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "composition", clip_text(text)),
				 errdetail("At byte %zu: %s.", (size_t) (parser.p - text) + 1, error),
				 errhint(INPUT_HINT)));
	PG_RETURN_COMPOSITION_P(finish_state(w));
}

/* A text key as a JSON string. */
static void
append_json_string(StringInfo out, const char *p, int len)
{
	appendStringInfoChar(out, '"');
	for (int i = 0; i < len; i++)
	{
		char		c = p[i];

		switch (c)
		{
			case '"':
			case '\\':
				appendStringInfoChar(out, '\\');
				appendStringInfoChar(out, c);
				break;
			case '\n':
				appendStringInfoString(out, "\\n");
				break;
			case '\r':
				appendStringInfoString(out, "\\r");
				break;
			case '\t':
				appendStringInfoString(out, "\\t");
				break;
			default:
				if ((unsigned char) c < 0x20)
					appendStringInfo(out, "\\u%04x", c);
				else
					appendStringInfoChar(out, c);
				break;
		}
	}
	appendStringInfoChar(out, '"');
}

/* One double in the shortest form, always with an exponent: 0.1e0, 1e300, 1e-7. */
static void
append_part(void *arg, double part, bool first)
{
	StringInfo	out = arg;
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	char	   *e;

	double_to_shortest_decimal_buf(part < 0 ? -part : part, digits);
	e = strchr(digits, 'e');
	if (!first)
		appendStringInfoChar(out, part < 0 ? '-' : '+');
	if (e == NULL)
		appendStringInfo(out, "%se0", digits);
	else
		appendStringInfo(out, "%.*se%d", (int) (e - digits), digits, (int) strtol(e + 1, NULL, 10));
}

/* Total i: exact, or for JSON a binary one as a rounded double. */
static void
append_total(StringInfo out, const CompositionView *v, int i, bool json, uint64_t *x, uint64_t *scratch)
{
	int			exponent;
	int			n = view_natural(v, i, x, &exponent);

	if (v->form == COMPOSITION_BINARY && json)
	{
		char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
		double		d = exact_round(x, n, exponent);

		if (d > DBL_MAX)
			appendStringInfoString(out, natural_to_string(x, n, exponent, 0));
		else
		{
			double_to_shortest_decimal_buf(d, digits);
			appendStringInfoString(out, digits);
		}
	}
	else if (v->form == COMPOSITION_BINARY && n == 0)
		appendStringInfoString(out, "0e0");
	else if (v->form == COMPOSITION_BINARY)
		exact_parts(x, n, exponent, scratch, scratch + EXACT_PARTS_LIMBS(n), append_part, out);
	else if (v->form == COMPOSITION_INTEGER && exponent == 0 && n <= 1)
		appendStringInfo(out, UINT64_FORMAT, n == 0 ? UINT64CONST(0) : (uint64) x[0]);
	else
	{
		char	   *digits = natural_to_string(x, n, exponent, v->form == COMPOSITION_DECIMAL ? v->scale : 0);

		appendStringInfoString(out, digits);
		pfree(digits);
	}
}

/* The text form, or JSON: the same but for bigint keys (quoted) and binary totals (one double each). */
char *
composition_to_string(const Composition *c, bool json)
{
	CompositionView v;
	StringInfoData out;
	uint64_t   *x,
			   *scratch;

	composition_view(c, &v);
	x = palloc(sizeof(uint64_t) * view_limbs(&v));
	scratch = palloc(sizeof(uint64_t) * EXACT_PARTS_LIMBS(view_limbs(&v)) * 2);
	initStringInfo(&out);
	appendStringInfoChar(&out, v.n > 0 && v.kind == COMPOSITION_KEY_NONE ? '[' : '{');
	for (int i = 0; i < v.n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoString(&out, ", ");
		if (v.kind == COMPOSITION_KEY_TEXT)
		{
			int			len;
			const char *key = view_text(&v, i, &len);

			append_json_string(&out, key, len);
		}
		else if (v.kind == COMPOSITION_KEY_BIGINT)
			appendStringInfo(&out, json ? "\"" INT64_FORMAT "\"" : INT64_FORMAT, view_int(&v, i));
		if (v.kind != COMPOSITION_KEY_NONE)
			appendStringInfoString(&out, ": ");
		append_total(&out, &v, i, json, x, scratch);
	}
	appendStringInfoChar(&out, v.n > 0 && v.kind == COMPOSITION_KEY_NONE ? ']' : '}');
	return out.data;
}

/* Value to text. */
Datum
composition_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(composition_to_string(PG_GETARG_COMPOSITION_P(0), false));
}
