/*
 * stage_text.c -- a scheme of stages as text, and the one rule of what a scheme is: plain C, no server.
 *
 * One line, periods in order: [,1950) "before 1950"; [1950,1980) "slow opening"; [1980-07-01,) "reform". The first
 * day belongs to a period, the day after the comma does not; an empty bound is open; a year stands for its first
 * day; a double quote inside a label is written twice.
 */
#include <string.h>

#include "stage_text.h"

/* What is wrong, as the end of a sentence that begins with the period. */
const char *
stage_fault_text(StageFaultCode code)
{
	switch (code)
	{
		case STAGE_FINE:
			break;
		case STAGE_NO_PERIOD:
			return "is missing";
		case STAGE_TOO_MANY:
			return "is one too many: a scheme has at most 1000";
		case STAGE_NO_BRACKET:
			return "must begin with \"[\"";
		case STAGE_BAD_DAY:
			return "has a bound that is neither a year nor a date";
		case STAGE_YEAR_RANGE:
			return "has a year out of range: 4713 BC to 5874897, without a year 0";
		case STAGE_NO_COMMA:
			return "must have a comma between its bounds";
		case STAGE_NO_CLOSE:
			return "must close its bounds with \")\": its last bound is the first day after it";
		case STAGE_NO_LABEL:
			return "must have a label in double quotes";
		case STAGE_OPEN_LABEL:
			return "has a label without a closing quote";
		case STAGE_EMPTY_LABEL:
			return "has an empty label";
		case STAGE_CONTROL_LABEL:
			return "has a control character in its label";
		case STAGE_LONG_LABEL:
			return "has a label of more than 1000 bytes";
		case STAGE_DUPLICATE_LABEL:
			return "has the same label as";
		case STAGE_EMPTY_PERIOD:
			return "is empty: it must end after it begins";
		case STAGE_UNSORTED:
			return "begins before";
		case STAGE_OVERLAP:
			return "overlaps";
		case STAGE_NO_SEPARATOR:
			return "must be followed by \";\" or by the end";
	}
	return "is wrong";
}

static bool
set_fault(StageFault *fault, StageFaultCode code, int period, int other)
{
	fault->code = code;
	fault->period = period;
	fault->other = other;
	return code == STAGE_FINE;
}

static int32_t
label_start(const StagePeriod *periods, int i)
{
	return i == 0 ? 0 : periods[i - 1].label_end;
}

/* A label that a person can read in one line: not blank, no control character. */
static StageFaultCode
check_label(const char *label, int32_t len)
{
	bool		blank = true;
	int32_t		i;

	if (len > STAGE_MAX_LABEL)
		return STAGE_LONG_LABEL;
	for (i = 0; i < len; i++)
	{
		if ((unsigned char) label[i] < 0x20 || label[i] == 0x7f)
			return STAGE_CONTROL_LABEL;
		if (label[i] != ' ')
			blank = false;
	}
	return blank ? STAGE_EMPTY_LABEL : STAGE_FINE;
}

static bool
same_label(const StagePeriod *periods, const char *labels, int a, int b)
{
	int32_t		len = periods[a].label_end - label_start(periods, a);

	return len == periods[b].label_end - label_start(periods, b) &&
		memcmp(labels + label_start(periods, a), labels + label_start(periods, b), len) == 0;
}

/*
 * The one rule, which text and binary input ask: at least one period, each not empty and inside the calendar, in
 * order, without overlap, with labels that differ. Label ends must already be ascending and within the labels.
 */
bool
stage_check(const StagePeriod *periods, int n, const char *labels, StageFault *fault)
{
	int			i,
				j;

	if (n < 1)
		return set_fault(fault, STAGE_NO_PERIOD, 1, 0);
	if (n > STAGE_MAX_PERIODS)
		return set_fault(fault, STAGE_TOO_MANY, STAGE_MAX_PERIODS + 1, 0);
	for (i = 0; i < n; i++)
	{
		const StagePeriod *p = &periods[i];
		int32_t		start = label_start(periods, i);
		StageFaultCode code = check_label(labels + start, p->label_end - start);

		if (code != STAGE_FINE)
			return set_fault(fault, code, i + 1, 0);
		if ((p->from != STAGE_OPEN_FROM && (p->from < STAGE_DAY_FIRST || p->from > STAGE_DAY_LAST)) ||
			(p->to != STAGE_OPEN_TO && (p->to < STAGE_DAY_FIRST || p->to > STAGE_DAY_LAST)))
			return set_fault(fault, STAGE_YEAR_RANGE, i + 1, 0);
		if (p->from >= p->to)
			return set_fault(fault, STAGE_EMPTY_PERIOD, i + 1, 0);
		if (i > 0 && p->from < periods[i - 1].from)
			return set_fault(fault, STAGE_UNSORTED, i + 1, i);
		if (i > 0 && p->from < periods[i - 1].to)
			return set_fault(fault, STAGE_OVERLAP, i + 1, i);
		for (j = 0; j < i; j++)
			if (same_label(periods, labels, i, j))
				return set_fault(fault, STAGE_DUPLICATE_LABEL, i + 1, j + 1);
	}
	return set_fault(fault, STAGE_FINE, 0, 0);
}

/* A place in the text. */
typedef struct Cursor
{
	const char *s;
	const char *end;
} Cursor;

static void
skip_blank(Cursor *c)
{
	while (c->s < c->end && (*c->s == ' ' || (*c->s >= '\t' && *c->s <= '\r')))
		c->s++;
}

/* Is this the next character, after white space? Moves past it if so. */
static bool
take(Cursor *c, char wanted)
{
	skip_blank(c);
	if (c->s == c->end || *c->s != wanted)
		return false;
	c->s++;
	return true;
}

/* Reads a bound up to one of two characters that end it; an empty one is left as it is. */
static StageFaultCode
take_bound(Cursor *c, int32_t *day)
{
	const char *start;

	skip_blank(c);
	start = c->s;
	while (c->s < c->end && *c->s != ',' && *c->s != ')' && *c->s != ']' && *c->s != '"' && *c->s != ';' && *c->s != '[')
		c->s++;
	return c->s == start ? STAGE_FINE : stage_parse_bound(start, c->s, day);
}

/* Reads a label in double quotes, undoubling those inside it. */
static StageFaultCode
take_label(Cursor *c, char *labels, int32_t *label_end)
{
	if (!take(c, '"'))
		return STAGE_NO_LABEL;
	for (; c->s < c->end; c->s++)
	{
		if (*c->s == '"')
		{
			if (c->s + 1 == c->end || c->s[1] != '"')
			{
				c->s++;
				return STAGE_FINE;
			}
			c->s++;
		}
		labels[(*label_end)++] = *c->s;
	}
	return STAGE_OPEN_LABEL;
}

/* Reads one period. */
static StageFaultCode
take_period(Cursor *c, StagePeriod *p, char *labels)
{
	StageFaultCode code;

	p->from = STAGE_OPEN_FROM;
	p->to = STAGE_OPEN_TO;
	if (!take(c, '['))
		return STAGE_NO_BRACKET;
	if ((code = take_bound(c, &p->from)) != STAGE_FINE)
		return code;
	if (!take(c, ','))
		return STAGE_NO_COMMA;
	if ((code = take_bound(c, &p->to)) != STAGE_FINE)
		return code;
	if (!take(c, ')'))
		return STAGE_NO_CLOSE;
	return take_label(c, labels, &p->label_end);
}

/* The number of periods that a text can have at most, up to one more than is allowed. */
int
stage_parse_capacity(const char *s, size_t len)
{
	int			n = 1;
	size_t		i;

	for (i = 0; i < len && n <= STAGE_MAX_PERIODS; i++)
		n += s[i] == ';';
	return n;
}

/*
 * Reads a scheme into periods, for as many as stage_parse_capacity says, and labels, of at least len bytes.
 */
bool
stage_parse(const char *s, size_t len, StagePeriod *periods, char *labels, int *n, StageFault *fault)
{
	Cursor		c = {s, s + len};
	int32_t		label_end = 0;

	*n = 0;
	skip_blank(&c);
	if (c.s == c.end)
		return set_fault(fault, STAGE_NO_PERIOD, 1, 0);
	do
	{
		StageFaultCode code;

		if (*n == STAGE_MAX_PERIODS)
			return set_fault(fault, STAGE_TOO_MANY, *n + 1, 0);
		periods[*n].label_end = label_end;
		code = take_period(&c, &periods[*n], labels);
		if (code != STAGE_FINE)
			return set_fault(fault, code, *n + 1, 0);
		label_end = periods[*n].label_end;
		(*n)++;
	} while (take(&c, ';'));
	skip_blank(&c);
	if (c.s != c.end)
		return set_fault(fault, STAGE_NO_SEPARATOR, *n, 0);
	return stage_check(periods, *n, labels, fault);
}

/* Bytes that the text of a scheme can need, with its terminator. */
size_t
stage_print_size(int n, size_t labels_len)
{
	return (size_t) n * (2 * STAGE_DAY_SIZE + 8) + 2 * labels_len + 1;
}

/* Writes a scheme as text; returns its length. */
size_t
stage_print(const StagePeriod *periods, int n, const char *labels, char *out)
{
	char	   *w = out;
	int			i;
	int32_t		k;

	for (i = 0; i < n; i++)
	{
		if (i > 0)
			*w++ = ';', *w++ = ' ';
		*w++ = '[';
		if (periods[i].from != STAGE_OPEN_FROM)
		{
			stage_print_day(periods[i].from, w);
			w += strlen(w);
		}
		*w++ = ',';
		if (periods[i].to != STAGE_OPEN_TO)
		{
			stage_print_day(periods[i].to, w);
			w += strlen(w);
		}
		*w++ = ')', *w++ = ' ', *w++ = '"';
		for (k = label_start(periods, i); k < periods[i].label_end; k++)
		{
			if (labels[k] == '"')
				*w++ = '"';
			*w++ = labels[k];
		}
		*w++ = '"';
	}
	*w = '\0';
	return (size_t) (w - out);
}

/*
 * The ordinal (from 1) of the period that holds a day, 0 when none does. An infinite day lies in a period that is
 * open on its side.
 */
int
stage_find(const StagePeriod *periods, int n, int32_t day)
{
	int			low = 0,
				high = n;		/* the last period that begins by the day is before high and not before low - 1 */

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (periods[middle].from <= day)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return 0;
	return day < periods[low - 1].to || periods[low - 1].to == STAGE_OPEN_TO ? low : 0;
}
