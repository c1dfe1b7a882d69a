/*
 * composition_parse.c -- the text form of a composition, read token by token.
 */
#include "composition_parse.h"

#include <string.h>

/* Begins with a text; buffer must hold as many bytes as the text. */
void
composition_parse_start(CompositionParser *s, const char *text, size_t len, char *buffer)
{
	memset(s, 0, sizeof(*s));
	s->p = text;
	s->end = text + len;
	s->buffer = buffer;
}

/* Ends the parse with a message. */
static CompositionToken
fail(CompositionParser *s, const char *message)
{
	s->error = message;
	return COMPOSITION_TOKEN_ERROR;
}

static void
skip_space(CompositionParser *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
		s->p++;
}

/* Whether the next byte is c. */
static bool
at(const CompositionParser *s, char c)
{
	return s->p < s->end && *s->p == c;
}

/* Takes c if it comes next, after white space. */
static bool
take(CompositionParser *s, char c)
{
	skip_space(s);
	if (!at(s, c))
		return false;
	s->p++;
	return true;
}

static bool
at_digit(const CompositionParser *s)
{
	return s->p < s->end && *s->p >= '0' && *s->p <= '9';
}

/* Takes digits; how many. */
static int
take_digits(CompositionParser *s)
{
	const char *start = s->p;

	while (at_digit(s))
		s->p++;
	return (int) (s->p - start);
}

/* Four hexadecimal digits, or -1. */
static int
take_hex(CompositionParser *s)
{
	int			value = 0;

	if (s->end - s->p < 4)
		return -1;
	for (int i = 0; i < 4; i++)
	{
		char		c = *s->p++;

		if (c >= '0' && c <= '9')
			value = value * 16 + c - '0';
		else if (c >= 'a' && c <= 'f')
			value = value * 16 + c - 'a' + 10;
		else if (c >= 'A' && c <= 'F')
			value = value * 16 + c - 'A' + 10;
		else
			return -1;
	}
	return value;
}

/* What follows \u, into the buffer as UTF-8; the message if it stands for no character. */
static const char *
take_unicode(CompositionParser *s)
{
	int			code = take_hex(s);
	char	   *out = s->buffer + s->key_len;

	if (code < 0)
		return "\\u needs four hexadecimal digits";
	if (code == 0)
		return "\\u0000 cannot be part of a key";
	if (code >= 0x80 && s->ascii_escapes)
		return "\\u stands for ASCII characters only in a database whose encoding is not UTF8";
	if (code >= 0xD800 && code <= 0xDBFF)
	{
		int			low;

		if (s->end - s->p < 6 || s->p[0] != '\\' || s->p[1] != 'u')
			return "a high surrogate needs a low one after it";
		s->p += 2;
		low = take_hex(s);
		if (low < 0xDC00 || low > 0xDFFF)
			return "a high surrogate needs a low one after it";
		code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
	}
	else if (code >= 0xDC00 && code <= 0xDFFF)
		return "a low surrogate needs a high one before it";
	if (code < 0x80)
		*out++ = (char) code;
	else if (code < 0x800)
	{
		*out++ = (char) (0xC0 | code >> 6);
		*out++ = (char) (0x80 | (code & 0x3F));
	}
	else if (code < 0x10000)
	{
		*out++ = (char) (0xE0 | code >> 12);
		*out++ = (char) (0x80 | (code >> 6 & 0x3F));
		*out++ = (char) (0x80 | (code & 0x3F));
	}
	else
	{
		*out++ = (char) (0xF0 | code >> 18);
		*out++ = (char) (0x80 | (code >> 12 & 0x3F));
		*out++ = (char) (0x80 | (code >> 6 & 0x3F));
		*out++ = (char) (0x80 | (code & 0x3F));
	}
	s->key_len = (int) (out - s->buffer);
	return NULL;
}

/* A JSON string after its opening quote, into the buffer; the message if it is none. */
static const char *
take_string(CompositionParser *s)
{
	static const char from[] = "\"\\/bfnrt";
	static const char to[] = "\"\\/\b\f\n\r\t";

	s->key_len = 0;
	while (s->p < s->end)
	{
		char		c = *s->p++;
		const char *escape;

		if (c == '"')
			return NULL;
		if ((unsigned char) c < 0x20)
			return "a control character in a key must be escaped";
		if (c != '\\')
		{
			s->buffer[s->key_len++] = c;
			continue;
		}
		if (s->p == s->end)
			break;
		c = *s->p++;
		if (c == 'u')
		{
			const char *error = take_unicode(s);

			if (error != NULL)
				return error;
			continue;
		}
		escape = c == '\0' ? NULL : strchr(from, c);
		if (escape == NULL)
			return "unknown escape in a key";
		s->buffer[s->key_len++] = to[escape - from];
	}
	return "a key has no closing quote";
}

/* A bigint; the message if it is none. */
static const char *
take_int_key(CompositionParser *s)
{
	bool		negative = at(s, '-');
	uint64_t	value = 0;
	uint64_t	limit = (uint64_t) INT64_MAX + negative;
	const char *start;

	if (negative)
		s->p++;
	start = s->p;
	while (at_digit(s))
	{
		unsigned	digit = (unsigned) (*s->p++ - '0');

		if (value > (limit - digit) / 10)
			return "an integer key is out of range for type bigint";
		value = value * 10 + digit;
	}
	if (s->p == start || (*start == '0' && (s->p > start + 1 || negative)))
		return "a key is a string in double quotes or an integer without leading zeros";
	s->int_key = negative ? (int64_t) (0 - value) : (int64_t) value;
	return NULL;
}

/* One number: digits, perhaps a point with digits, perhaps an exponent. */
static const char *
take_one_number(CompositionParser *s, bool *exponent)
{
	const char *start = s->p;
	int			digits = take_digits(s);

	if (digits == 0)
		return at(s, '-') ? "a total cannot be negative" : "a total must be a number";
	if (digits > 1 && *start == '0')
		return "a number has a leading zero";
	s->whole_digits = digits;
	s->scale = 0;
	if (at(s, '.'))
	{
		s->p++;
		s->scale = take_digits(s);
		if (s->scale == 0)
			return "a point needs digits after it";
	}
	*exponent = at(s, 'e') || at(s, 'E');
	if (*exponent)
	{
		s->p++;
		if (at(s, '+') || at(s, '-'))
			s->p++;
		if (take_digits(s) == 0)
			return "an exponent needs digits";
	}
	return NULL;
}

/* A total: one number, or several with exponents joined by signs. */
static const char *
take_total(CompositionParser *s)
{
	const char *error;
	bool		exponent;

	skip_space(s);
	s->number = s->p;
	error = take_one_number(s, &s->binary);
	while (error == NULL && (at(s, '+') || at(s, '-')))
	{
		if (!s->binary)
			return "only numbers with an exponent can be joined";
		s->p++;
		error = take_one_number(s, &exponent);
		if (error == NULL && !exponent)
			return "only numbers with an exponent can be joined";
	}
	s->number_len = (int) (s->p - s->number);
	return error;
}

/* The next entry, or the end. */
CompositionToken
composition_parse_next(CompositionParser *s)
{
	const char *error;
	bool		first = !s->open;

	if (first)
	{
		s->list = take(s, '[');
		if (!s->list && !take(s, '{'))
			return fail(s, "it must begin with { or [");
		s->open = true;
	}
	if (take(s, s->list ? ']' : '}'))
	{
		skip_space(s);
		return s->p == s->end ? COMPOSITION_TOKEN_END : fail(s, "there is text after its end");
	}
	if (!first && !take(s, ','))
		return fail(s, s->list ? "expected , or ]" : "expected , or }");
	skip_space(s);
	s->has_text_key = s->has_int_key = false;
	if (!s->list)
	{
		s->has_text_key = take(s, '"');
		s->has_int_key = !s->has_text_key;
		error = s->has_text_key ? take_string(s) : take_int_key(s);
		if (error != NULL)
			return fail(s, error);
		if (!take(s, ':'))
			return fail(s, "expected : after a key");
	}
	error = take_total(s);
	return error == NULL ? COMPOSITION_TOKEN_ENTRY : fail(s, error);
}
