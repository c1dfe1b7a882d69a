/*
 * Days as text: what a bound or a client's point in time says is printed and read back the same.
 */
#include "fuzz.h"

#include "stage_text.h"

/* A day that was read: in the calendar, and the same again. */
static void
check_day(int32 day)
{
	char		out[STAGE_DAY_SIZE];
	int32		again;

	demand(day >= STAGE_DAY_FIRST && day <= STAGE_DAY_LAST);
	stage_print_day(day, out);
	demand(stage_parse_bound(out, out + strlen(out), &again) == STAGE_FINE && again == day);
	demand(stage_parse_at(out, strlen(out), &again) == STAGE_FINE && again == day);
}

void
fuzz_one(const uint8 *data, size_t size)
{
	char	   *exact = memcpy(palloc(size), data, size);
	FuzzInput	in = {data, size};
	int32		day,
				at;
	int64		year;
	StageFaultCode bound = stage_parse_bound(exact, exact + size, &day);
	StageFaultCode client = stage_parse_at(exact, size, &at);

	demand(bound == STAGE_FINE || bound == STAGE_BAD_DAY || bound == STAGE_YEAR_RANGE);
	demand(client == STAGE_FINE || client == STAGE_BAD_DAY || client == STAGE_YEAR_RANGE);
	if (bound == STAGE_FINE)
	{
		check_day(day);
		demand(client == STAGE_FINE && at == day);	/* a bound is a point in time, too */
	}
	if (client == STAGE_FINE && at != STAGE_OPEN_FROM && at != STAGE_OPEN_TO)
		check_day(at);

	/* Any day and any year; the printer takes days that no scheme holds. */
	day = (int32) take_bytes(&in, 4);
	if (day >= STAGE_DAY_FIRST && day <= STAGE_DAY_LAST)
		check_day(day);
	else
	{
		char		out[STAGE_DAY_SIZE];

		stage_print_day(day, out);
		demand(strlen(out) < STAGE_DAY_SIZE);
	}
	year = (int64) take_bytes(&in, 8) >> (take_byte(&in) & 63);
	if (stage_day_of_year(year, &day))
	{
		demand(year != 0 && year >= STAGE_YEAR_FIRST && year <= STAGE_YEAR_LAST);
		check_day(day);
	}
	else
		demand(year == 0 || year < STAGE_YEAR_FIRST || year > STAGE_YEAR_LAST);
}
