/*
 * stage_calendar.c -- days and years of the Gregorian calendar, and the text of a day: plain C, no server.
 *
 * Years are as people and the server write them: 1 BC is -1 and there is no year 0. Inside this file an astronomical
 * year is used for arithmetic, where 1 BC is 0.
 */
#include <stdio.h>
#include <string.h>

#include "stage_text.h"

static const int month_end[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

/* Quotient rounded down, for negative numbers too. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool
is_leap(int64_t year)
{
	return floor_div(year, 4) * 4 == year && (floor_div(year, 100) * 100 != year || floor_div(year, 400) * 400 == year);
}

/* The leap years up to and with a year, but for a constant. */
static int64_t
leap_count(int64_t year)
{
	return floor_div(year, 4) - floor_div(year, 100) + floor_div(year, 400);
}

/* The day on which an astronomical year begins. */
static int64_t
year_begin(int64_t year)
{
	return 365 * (year - 2000) + leap_count(year - 1) - leap_count(1999);
}

/* The days of a year that lie before a month, 1 to 13. */
static int
days_before_month(int64_t year, int month)
{
	return month_end[month - 1] + (month > 2 && is_leap(year));
}

/* The first day of a year; false when the server has no such date. */
bool
stage_day_of_year(int64_t year, int32_t *day)
{
	if (year == 0 || year < STAGE_YEAR_FIRST || year > STAGE_YEAR_LAST)
		return false;
	*day = (int32_t) year_begin(year < 0 ? year + 1 : year);
	return true;
}

/* Writes a day as 1950 when it begins a year, else as 1950-06-30; BC follows where it is needed. */
void
stage_print_day(int32_t day, char out[STAGE_DAY_SIZE])
{
	int64_t		year = 2000 + floor_div((int64_t) day * 400, 146097);
	int			in_year;
	int			month = 1;
	int			shown;

	while (year_begin(year) > day)
		year--;
	while (year_begin(year + 1) <= day)
		year++;
	in_year = (int) (day - year_begin(year));
	while (days_before_month(year, month + 1) <= in_year)
		month++;
	shown = (int) (year > 0 ? year : 1 - year);
	if (in_year == 0)
		snprintf(out, STAGE_DAY_SIZE, "%d%s", shown, year > 0 ? "" : " BC");
	else
		snprintf(out, STAGE_DAY_SIZE, "%04d-%02d-%02d%s", shown, month, in_year - days_before_month(year, month) + 1,
				 year > 0 ? "" : " BC");
}

/* Reads digits up to a maximum number of them; the value is capped far above any year. Returns how many were read. */
static int
read_digits(const char **s, const char *end, int max, int64_t *value)
{
	int			count = 0;

	*value = 0;
	while (*s < end && **s >= '0' && **s <= '9' && count < max)
	{
		if (*value < INT64_C(100000000000))
			*value = *value * 10 + (**s - '0');
		(*s)++;
		count++;
	}
	return count;
}

/*
 * Reads YEAR or YEAR-MM-DD, without BC, and moves past it. A month of -1 says that there was a year alone.
 * False when it is not of this form. The year of a date has four digits or more: 01-02-03 could be anything.
 */
static bool
read_day(const char **s, const char *end, int64_t *year, int *month, int *day_of_month)
{
	int64_t		m,
				d;
	int			digits;

	*month = *day_of_month = -1;
	digits = read_digits(s, end, 1000000000, year);
	if (digits == 0)
		return false;
	if (*s == end || **s != '-')
		return true;
	if (digits < 4)
		return false;
	(*s)++;
	if (read_digits(s, end, 2, &m) != 2 || *s == end || *(*s)++ != '-' || read_digits(s, end, 2, &d) != 2 ||
		(*s < end && **s >= '0' && **s <= '9'))
		return false;
	*month = (int) m;
	*day_of_month = (int) d;
	return true;
}

/* The day of what read_day read, in a year of either era. */
static StageFaultCode
day_of(int64_t year, int month, int day_of_month, bool bc, int32_t *day)
{
	int64_t		astronomical = bc ? 1 - year : year;
	int64_t		result;

	if (year == 0 || year > STAGE_YEAR_LAST)
		return STAGE_YEAR_RANGE;
	result = year_begin(astronomical);
	if (month != -1)
	{
		if (month < 1 || month > 12 || day_of_month < 1 ||
			day_of_month > days_before_month(astronomical, month + 1) - days_before_month(astronomical, month))
			return STAGE_BAD_DAY;
		result += days_before_month(astronomical, month) + day_of_month - 1;
	}
	if (result < STAGE_DAY_FIRST || result > STAGE_DAY_LAST)
		return STAGE_YEAR_RANGE;
	*day = (int32_t) result;
	return STAGE_FINE;
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Do the bytes end in the word, in any case, with nothing of a word before it? */
static bool
ends_in(const char *s, const char *end, const char *word)
{
	size_t		len = strlen(word);
	const char *tail;
	size_t		i;

	if ((size_t) (end - s) < len)
		return false;
	tail = end - len;
	for (i = 0; i < len; i++)
		if ((tail[i] | 0x20) != word[i])
			return false;
	return true;
}

/*
 * Reads one bound of a period: a year or a date, with BC after it where it is meant, and white space around it.
 */
StageFaultCode
stage_parse_bound(const char *s, const char *end, int32_t *day)
{
	int64_t		year;
	int			month,
				day_of_month;
	bool		bc = false;

	while (s < end && is_blank(*s))
		s++;
	while (s < end && is_blank(end[-1]))
		end--;
	if (!read_day(&s, end, &year, &month, &day_of_month))
		return STAGE_BAD_DAY;
	if (s < end && is_blank(*s) && ends_in(s, end, "bc"))
	{
		bc = true;
		end -= 2;
	}
	while (s < end && is_blank(*s))
		s++;
	if (s < end)
		return STAGE_BAD_DAY;
	return day_of(year, month, day_of_month, bc, day);
}

/*
 * Reads what a client sends for a point in time: a year with an optional sign, an ISO date with anything after it
 * (a time, a zone), either with BC at the very end, or infinity. A year stands for its first day.
 */
StageFaultCode
stage_parse_at(const char *s, size_t len, int32_t *day)
{
	const char *end = s + len;
	int64_t		year;
	int			month,
				day_of_month;
	bool		bc = false;
	bool		minus = false;

	while (s < end && is_blank(*s))
		s++;
	while (s < end && is_blank(end[-1]))
		end--;
	if (s < end && (*s == '-' || *s == '+'))
		minus = *s++ == '-';
	if (end - s == 8 && ends_in(s, end, "infinity"))
	{
		*day = minus ? STAGE_OPEN_FROM : STAGE_OPEN_TO;
		return STAGE_FINE;
	}
	if (!read_day(&s, end, &year, &month, &day_of_month))
		return STAGE_BAD_DAY;
	if (s < end && ends_in(s, end, "bc") && is_blank(end[-3]))
	{
		bc = true;
		end -= 2;
	}
	if (minus && (bc || month != -1))
		return STAGE_BAD_DAY;
	if (month == -1)			/* a year has nothing after it; a date may */
	{
		while (s < end && is_blank(*s))
			s++;
		if (s < end)
			return STAGE_BAD_DAY;
	}
	return day_of(year, month, day_of_month, bc || minus, day);
}
