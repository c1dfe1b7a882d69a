/*
 * mode_label.c -- the labels of port_mode: plain C, the one rule that text input, binary input and casts ask.
 */
#include "mode.h"

static const struct
{
	const char *code;
	const char *name;
} labels[] = {
	[MODE_PP] = {"PP", "Port-Port"},
	[MODE_CPPC] = {"CPPC", "City-Port-Port-City"},
	[MODE_CPC] = {"CPC", "City (Port)-Port-City"},
	[MODE_CC] = {"CC", "City (Port)-City (Port)"}
};

/* Is this the rank of a mode? */
bool
mode_valid(int rank)
{
	return rank >= MODE_FIRST && rank <= MODE_LAST;
}

/* The short label of a mode, for example "CPC". */
const char *
mode_code(PortMode mode)
{
	return labels[mode].code;
}

/* The long label of a mode, for example "City (Port)-Port-City". */
const char *
mode_long_name(PortMode mode)
{
	return labels[mode].name;
}

/* Lower case of an ASCII letter; the locale has no say in what is a label. */
static char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
}

/* Do len bytes spell the label in any case? */
static bool
same_label(const char *s, size_t len, const char *label)
{
	size_t		i;

	for (i = 0; i < len; i++)
		if (label[i] == '\0' || ascii_lower(s[i]) != ascii_lower(label[i]))
			return false;
	return label[len] == '\0';
}

/* ASCII white space, as the input functions of core skip it around a number. */
static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Reads a short or long label in any case, with white space around it; false when it is neither. */
bool
mode_parse(const char *s, size_t len, PortMode *mode)
{
	int			rank;

	while (len > 0 && is_space(s[0]))
		s++, len--;
	while (len > 0 && is_space(s[len - 1]))
		len--;
	for (rank = MODE_FIRST; rank <= MODE_LAST; rank++)
	{
		if (same_label(s, len, labels[rank].code) || same_label(s, len, labels[rank].name))
		{
			*mode = (PortMode) rank;
			return true;
		}
	}
	return false;
}
