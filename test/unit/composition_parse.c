/*
 * The parser of composition's text form: what it takes, what it refuses, and that no mutated text leads it out of
 * its buffers (built with the undefined behaviour checks; the text is copied to memory of its exact size).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/composition_parse.c"

static int	tests = 0;

static void
ok(bool passed, const char *name)
{
	printf("%s %d - %s\n", passed ? "ok" : "not ok", ++tests, name);
}

/* Parses all of a text; the number of entries, or -1. */
static int
parse(const char *text, size_t len, char *last_key, size_t last_key_size)
{
	char	   *copy = malloc(len > 0 ? len : 1);
	char	   *buffer = malloc(len + 1);
	CompositionParser s;
	CompositionToken token;
	int			entries = 0;

	memcpy(copy, text, len);
	composition_parse_start(&s, copy, len, buffer);
	while ((token = composition_parse_next(&s)) == COMPOSITION_TOKEN_ENTRY)
	{
		entries++;
		if (s.number < copy || s.number + s.number_len > copy + len || s.number_len < 1)
			abort();
		if (s.key_len < 0 || (size_t) s.key_len > len)
			abort();
		if (last_key != NULL)
			snprintf(last_key, last_key_size, "%.*s", s.key_len, buffer);
	}
	if (token == COMPOSITION_TOKEN_ERROR && (s.error == NULL || s.p > copy + len))
		abort();
	free(copy);
	free(buffer);
	return token == COMPOSITION_TOKEN_END ? entries : -1;
}

static void
test_accepted(void)
{
	static const struct
	{
		const char *text;
		int			entries;
	}			good[] = {
		{"{}", 0}, {"[]", 0}, {" { } ", 0}, {"{\"a\": 1}", 1}, {"{\"a\":1,\"b\":2.5}", 2}, {"[1, 2.5, 2.5]", 3},
		{"{7: 50, -3: 12}", 2}, {"{9223372036854775807: 1, -9223372036854775808: 0}", 2}, {"{0: 0}", 1},
		{"{\"\": 0.0}", 1}, {"[0.1e0, 1E16+1e0-5e-17]", 2}, {"[1e+5]", 1}, {"{\"\\u0041\\n\": 1}", 1}
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(parse(good[i].text, strlen(good[i].text), NULL, 0) == good[i].entries, good[i].text);
}

static void
test_refused(void)
{
	static const char *const bad[] = {
		"", " ", "{", "[", "{]", "[}", "}", "1", "null", "{} x", "{},", "{\"a\"}", "{\"a\":}", "{\"a\": 1,}", "{,}", "[1,]",
		"[1 2]", "[,1]", "{\"a\" 1}", "{a: 1}", "{\"a: 1}", "{\"a\": \"1\"}", "{\"a\": -1}", "{\"a\": +1}", "{\"a\": 01}",
		"{\"a\": 1.}", "{\"a\": .5}", "{\"a\": 1e}", "{\"a\": 1e+}", "{\"a\": 0x10}", "{\"a\": NaN}", "{\"a\": Infinity}",
		"{\"a\": 1+1}", "{\"a\": 1e0+1}", "{\"a\": 1e0+}", "{\"a\": 1+1e0}", "{\"a\": 1e0--1e0}", "{\"a\": [1]}",
		"{\"a\": {}}", "{9223372036854775808: 1}", "{-9223372036854775809: 1}", "{-0: 1}", "{007: 1}", "{1.5: 1}", "{+1: 1}",
		"{\"\\u0000\": 1}", "{\"\\ud800\": 1}", "{\"\\udc00\": 1}", "{\"\\ud800\\ud800\": 1}", "{\"\\ud800x\": 1}",
		"{\"\\u12\": 1}", "{\"\\u00g0\": 1}", "{\"\\x\": 1}", "{\"\\", "{\"\\u", "{\"\n\": 1}", "{\"a\": 1", "[1", "{\"a\": 1]"
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(parse(bad[i], strlen(bad[i]), NULL, 0) == -1, i == 0 ? "nothing" : bad[i]);
	ok(parse("[1\0]", 4, NULL, 0) == -1, "a zero byte");
	ok(parse("{\"\\\0\": 1}", 9, NULL, 0) == -1, "an escaped zero byte");
}

static void
test_keys(void)
{
	char		key[100];
	const char *escaped = "{\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u6EE1\\ud83d\\ude00\": 1}";
	bool		good = parse(escaped, strlen(escaped), key, sizeof(key)) == 1;

	ok(good && strcmp(key, "\"\\/\b\f\n\r\t\xc3\xa9\xe6\xbb\xa1\xf0\x9f\x98\x80") == 0, "escapes become UTF-8");
}

/* Bytes of good texts replaced, removed, doubled and cut. */
static void
test_mutations(void)
{
	static const char *const start[] = {
		"{\"Quanhe\": 50, \"\\u6ee1\\ud83d\\ude00\": 0.1, \"c\\n\": 12345678901234567890}",
		"{7: 50, -3: 12.5, 9223372036854775807: 0}", "[0.1e0, 1e16+1e0-5e-17, 1e300]"
	};
	static const char bytes[] = "{}[]\",:.+-eE0123456789\\u \n\x80\xff";
	uint64_t	seed = 2463534242;
	int			accepted = 0;

	for (int i = 0; i < 300000; i++)
	{
		char		text[200];
		size_t		len;

		strcpy(text, start[i % 3]);
		len = strlen(text);
		for (int changes = 1 + i / 3 % 3; changes > 0 && len > 1; changes--)
		{
			size_t		at;

			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			at = (seed >> 8) % len;
			if (seed % 4 == 0)
				len = at;
			else if (seed % 4 == 1)
				memmove(text + at, text + at + 1, len-- - at);
			else if (seed % 4 == 2 && len < sizeof(text) - 1)
				memmove(text + at + 1, text + at, len++ - at);
			else
				text[at] = bytes[(seed >> 40) % (sizeof(bytes) - 1)];
		}
		accepted += parse(text, len, NULL, 0) >= 0;
	}
	ok(accepted > 1000, "mutated texts are read or refused");
}

int
main(void)
{
	test_accepted();
	test_refused();
	test_keys();
	test_mutations();
	printf("1..%d\n", tests);
	return 0;
}
