/*
 * composition_check.c -- whether bytes that come from outside are a composition: detoasting, and both forms' layout.
 *
 * Every value passes here once, so this looks at the header alone for the stored form: its sizes must add up to the
 * length of the value. What lies behind the header is checked where it is read (view_text, view_wide). A work form
 * becomes a state that is read without looking, and so is checked as a whole.
 */
#include "composition_layout.h"

/* The error for bytes that no portext has written. */
void
composition_damaged(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored value of type %s is damaged: %s", "composition", what),
			 errhint("Restore the row from a backup, or compute the value anew.")));
}

/* Whether an integer of so many bytes is one that load_unsigned reads. */
static bool
is_field_width(int width, int most)
{
	return width <= most && (width == 1 || width == 2 || width == 4 || width == 8);
}

/* The fields of the stored form that have few values. */
static void
check_fields(const Composition *c)
{
	if (c->kind > COMPOSITION_KEY_TEXT || c->form > COMPOSITION_BINARY || c->unused != 0)
		composition_damaged("kind of keys or totals");
	if (c->n < 0 || (c->n == 0 && c->kind != COMPOSITION_KEY_NONE))
		composition_damaged("number of entries");
	if (c->width != 0 && c->width != 12 && c->width != 16 && !is_field_width(c->width, 8))
		composition_damaged("width of totals");
	if (c->kind == COMPOSITION_KEY_NONE ? c->key_width != 0 :
		!is_field_width(c->key_width, c->kind == COMPOSITION_KEY_TEXT ? 4 : 8))
		composition_damaged("width of keys");
	if (c->scale > (c->form == COMPOSITION_INTEGER ? 0 : c->form == COMPOSITION_BINARY ?
					COMPOSITION_BINARY_SCALE_MAX : COMPOSITION_DECIMAL_SCALE_MAX))
		composition_damaged("scale of totals");
}

/* The stored form: totals, keys and text fill the value. */
static void
check_stored(const Composition *c)
{
	const char *p = (const char *) c + sizeof(Composition);
	uint64		left = VARSIZE(c) - sizeof(Composition);
	uint64		totals = (uint64) c->n * (c->width == 0 ? sizeof(CompositionWide) : c->width);
	uint64		keys = (uint64) c->n * c->key_width;

	check_fields(c);
	if (totals > left)
		composition_damaged("length");
	if (c->width == 0 && c->n > 0)
	{
		CompositionWide last;

		memcpy(&last, p + totals - sizeof(last), sizeof(last));
		totals += last.end;
	}
	if (totals + keys > left)
		composition_damaged("length");
	left -= totals + keys;
	if (left != (c->kind == COMPOSITION_KEY_TEXT ? load_unsigned(p + totals + keys - c->key_width, c->key_width) : 0))
		composition_damaged("length");
}

/* The keys of a work form: text in one piece, and as many slots taken as there are entries. */
static void
check_work_keys(const CompositionWork *w)
{
	uint32		last = 0;
	uint32		taken = 0;

	if (w->kind == (COMPOSITION_KEY_TEXT | COMPOSITION_WORK))
	{
		for (int i = 0; i < w->n; i++)
		{
			if (WORK_ENDS(w)[i] < last)
				composition_damaged("state: end of a key");
			last = WORK_ENDS(w)[i];
		}
		if (last != w->text_used)
			composition_damaged("state: length of keys");
	}
	for (uint32 at = 0; at < w->slots; at++)
	{
		uint32		entry = work_slot(w, at);

		if (entry > (uint32) w->n)
			composition_damaged("state: slot of a key");
		taken += entry != 0;
	}
	if (w->slots != 0 && taken != (uint32) w->n)
		composition_damaged("state: number of slots");
}

/* The work form: the offsets are those that its sizes give. */
static void
check_work(const CompositionWork *w)
{
	CompositionWork again;

	if (VARSIZE(w) < sizeof(CompositionWork))
		composition_damaged("state: length");
	if ((w->kind & ~COMPOSITION_WORK) > COMPOSITION_KEY_TEXT || w->form > COMPOSITION_BINARY)
		composition_damaged("state: kind of keys or totals");
	if (w->n < 0 || w->n > w->cap || w->text_used > w->text_cap || w->limbs < 0 || w->limbs > COMPOSITION_WORK_LIMBS_MAX ||
		(w->limbs == COMPOSITION_LIMBS_RAW && w->kind != (COMPOSITION_KEY_NONE | COMPOSITION_WORK)))
		composition_damaged("state: number of entries");
	/* A numeric's scale comes in groups of four digits, a binary one in limbs. */
	if (w->scale < 0 || w->scale > (w->form == COMPOSITION_INTEGER || w->limbs == COMPOSITION_LIMBS_RAW ? 0 :
									w->form == COMPOSITION_DECIMAL ? TYPEALIGN(4, COMPOSITION_DECIMAL_SCALE_MAX) :
									TYPEALIGN(64, COMPOSITION_BINARY_SCALE_MAX)) ||
		(w->form == COMPOSITION_BINARY && w->scale % 64 != 0))
		composition_damaged("state: scale of totals");
	again = *w;
	memset(again.unused, 0, sizeof(again.unused));
	if (work_place(&again) != VARSIZE(w) || memcmp(&again, w, sizeof(again)) != 0)
		composition_damaged("state: length");
	if (w->limbs == COMPOSITION_LIMBS_RAW)
		for (int i = 0; i < w->n; i++)
			if (WORK_LANES(w)[i] >= COMPOSITION_INFINITY_BITS)
				composition_damaged("state: a total is negative or not finite");
	check_work_keys(w);
}

/* Detoasts a value of either form; refuses what is damaged and a format of the future. */
Composition *
composition_open(Datum d)
{
	Composition *c = (Composition *) PG_DETOAST_DATUM(d);

	if (VARSIZE(c) < sizeof(Composition))
		composition_damaged("length");
	if (c->format != COMPOSITION_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("unknown format %d of type %s", c->format, "composition"),
				 errhint("The value was written by a newer version of portext: update the library.")));
	if (IS_COMPOSITION_WORK(c))
		check_work((const CompositionWork *) c);
	else
		check_stored(c);
	return c;
}
