/*
 * composition_parse.h -- the text form of a composition, read token by token.
 *
 *	{"Quanhe": 50, "Dandong": 0.1}	text keys: JSON strings
 *	{7: 50, -3: 12}					bigint keys
 *	[1, 2.5, 2.5]					no keys
 *	{}								empty
 *
 * A total is digits; digits with a point (decimal); or one or more doubles, each with an exponent, joined by + or -
 * (binary): 0.1e0, 1e16+1e0. No sign leads.
 *
 * Plain C: no server, no allocation; every byte is checked.
 */
#ifndef PORTEXT_COMPOSITION_PARSE_H
#define PORTEXT_COMPOSITION_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum
{
	COMPOSITION_TOKEN_ENTRY,
	COMPOSITION_TOKEN_END,
	COMPOSITION_TOKEN_ERROR
} CompositionToken;

typedef struct CompositionParser
{
	const char *p;
	const char *end;
	char	   *buffer;			/* for one key: as long as the text */
	bool		ascii_escapes;	/* \u stands for ASCII only: the buffer is not UTF-8 */
	bool		open;
	bool		list;
	const char *error;			/* after COMPOSITION_TOKEN_ERROR: what is wrong */

	/* The entry: */
	bool		has_int_key;
	bool		has_text_key;
	int64_t		int_key;
	int			key_len;		/* of the bytes in buffer */
	const char *number;			/* its total */
	int			number_len;
	bool		binary;			/* the total has an exponent */
	int			whole_digits;	/* digits before the point, unless binary */
	int			scale;			/* digits after the point, unless binary */
} CompositionParser;

extern void composition_parse_start(CompositionParser *s, const char *text, size_t len, char *buffer);
extern CompositionToken composition_parse_next(CompositionParser *s);

#endif							/* PORTEXT_COMPOSITION_PARSE_H */
