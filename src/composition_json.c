/*
 * composition_json.c -- the casts between composition and JSON.
 */
#include "composition_layout.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "composition_text.h"
#include "numeric_digits.h"

PG_FUNCTION_INFO_V1(composition_to_json);
PG_FUNCTION_INFO_V1(composition_to_jsonb);
PG_FUNCTION_INFO_V1(composition_from_jsonb);

/* Cast to json. */
Datum
composition_to_json(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(composition_to_string(PG_GETARG_COMPOSITION_P(0), true)));
}

/* Cast to jsonb. */
Datum
composition_to_jsonb(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(composition_to_string(PG_GETARG_COMPOSITION_P(0), true)));
}

/* A JSON number as a total. */
static void
jsonb_total(const JsonbValue *value, Total *t)
{
	NumericDigits d;

	if (value->type == jbvNumeric)
	{
		numeric_open((struct varlena *) value->val.numeric, &d);
		if (!d.special && !(d.negative && d.n > 0))
		{
			t->n = NUMERIC_LIMBS(&d);
			t->x = palloc0(sizeof(uint64_t) * t->n);
			numeric_natural(&d, t->x, t->n);
			t->exponent = 0;
			t->scale = d.scale;
			t->form = d.scale > 0 ? COMPOSITION_DECIMAL : COMPOSITION_INTEGER;
			return;
		}
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot cast jsonb to type %s: a total must be finite and not negative: %s", "composition",
						DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)))),
				 errhint("Leave such entries out, or set them to 0.")));
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot cast jsonb to type %s: a total is not a number", "composition"),
			 errhint("Use an object or an array whose values are numbers.")));
}

/* Cast from jsonb: an object has text keys, an array none. */
Datum
composition_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb	   *json = PG_GETARG_JSONB_P(0);
	JsonbIterator *it = JsonbIteratorInit(&json->root);
	JsonbIteratorToken token;
	JsonbValue	value;
	JsonbValue	key = {0};
	CompositionWork *w = NULL;
	Total		t;

	token = JsonbIteratorNext(&it, &value, true);
	if ((token != WJB_BEGIN_OBJECT && token != WJB_BEGIN_ARRAY) || (token == WJB_BEGIN_ARRAY && value.val.array.rawScalar))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot cast jsonb to type %s: it is neither an object nor an array", "composition"),
				 errhint("Use an object or an array whose values are numbers.")));
	/* jsonb holds no key twice, and numbers of one family. */
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		CHECK_FOR_INTERRUPTS();
		if (token == WJB_KEY)
			key = value;
		else if (token == WJB_VALUE)
		{
			jsonb_total(&value, &t);
			enter_total(&w, COMPOSITION_KEY_TEXT, 0, key.val.string.val, key.val.string.len, &t);
			pfree(t.x);
		}
		else if (token == WJB_ELEM)
		{
			jsonb_total(&value, &t);
			enter_total(&w, COMPOSITION_KEY_NONE, 0, NULL, 0, &t);
			pfree(t.x);
		}
	}
	PG_RETURN_COMPOSITION_P(finish_state(w));
}
