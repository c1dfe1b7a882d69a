/*
 * composition_text.h -- what the text form and the JSON casts share.
 */
#ifndef PORTEXT_COMPOSITION_TEXT_H
#define PORTEXT_COMPOSITION_TEXT_H

#include "composition_layout.h"

/* A total read from text or JSON: x times 2^exponent times 10^-scale. */
typedef struct Total
{
	uint64_t   *x;
	int			n;
	int			exponent;
	int			scale;
	CompositionForm form;
} Total;

extern const char *enter_total(CompositionWork **state, CompositionKeyKind kind, int64 int_key, const char *key,
							   int key_len, Total *t);
extern Composition *finish_state(CompositionWork *w);
extern char *composition_to_string(const Composition *c, bool json);

#endif							/* PORTEXT_COMPOSITION_TEXT_H */
