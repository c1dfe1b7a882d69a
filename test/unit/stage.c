/*
 * stage.c -- the plain half of stages: the calendar against a plain walk over the days, and mutated literals, which
 * must be refused or come back the same after printing and reading again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/stage_calendar.c"
#include "../../src/stage_text.c"

static int	number;

static void
ok(bool good, const char *what)
{
	printf("%s %d - %s\n", good ? "ok" : "not ok", ++number, what);
}

/* Walks day by day from a new year that is known and compares every printed day. */
static bool
walk(int year, int32_t day, int years)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int			last = year + years;

	for (; year < last; year++)
	{
		bool		leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
		int32_t		first;
		int			month,
					d;

		if (!stage_day_of_year(year > 0 ? year : year - 1, &first) || first != day)
			return false;
		for (month = 1; month <= 12; month++)
			for (d = 1; d <= length[month - 1] + (month == 2 && leap); d++, day++)
			{
				char		want[64],
							got[STAGE_DAY_SIZE];
				int			shown = year > 0 ? year : 1 - year;
				int32_t		back;

				if (month == 1 && d == 1)
					snprintf(want, sizeof want, "%d%s", shown, year > 0 ? "" : " BC");
				else
					snprintf(want, sizeof want, "%04d-%02d-%02d%s", shown, month, d, year > 0 ? "" : " BC");
				stage_print_day(day, got);
				if (strcmp(got, want) != 0 || stage_parse_bound(got, got + strlen(got), &back) != STAGE_FINE || back != day ||
					stage_parse_at(got, strlen(got), &back) != STAGE_FINE || back != day)
					return false;
			}
	}
	return true;
}

static uint64_t seed = 20140101;

static unsigned
next(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned) (seed >> 33) % below;
}

/* Reads a text; if it is good, prints and reads it again. -1 refused, 1 the same again, 0 not. */
static int
round_trip(const char *text, size_t len)
{
	StagePeriod *a = malloc(sizeof(StagePeriod) * stage_parse_capacity(text, len));
	char	   *a_labels = malloc(len + 1);
	StagePeriod *b = NULL;
	char	   *b_labels = NULL,
			   *out = NULL;
	StageFault	fault;
	int			n,
				m,
				result = -1;

	if (stage_parse(text, len, a, a_labels, &n, &fault))
	{
		size_t		size = stage_print_size(n, a[n - 1].label_end);
		size_t		out_len;

		out = malloc(size);
		out_len = stage_print(a, n, a_labels, out);
		b = malloc(sizeof(StagePeriod) * stage_parse_capacity(out, out_len));
		b_labels = malloc(out_len + 1);
		result = out_len < size && stage_parse(out, out_len, b, b_labels, &m, &fault) && m == n &&
			memcmp(a, b, sizeof(StagePeriod) * n) == 0 && memcmp(a_labels, b_labels, a[n - 1].label_end) == 0;
	}
	else if (fault.code == STAGE_FINE || fault.period < 1 || strcmp(stage_fault_text(fault.code), "is wrong") == 0)
		result = 0;
	free(a), free(a_labels), free(b), free(b_labels), free(out);
	return result;
}

static void
mutate_all(void)
{
	static const char *const good[] = {
		"[,1950) \"before 1950\"; [1950,1980) \"slow\"; [1980-07-01,) \"reform\"",
		"[44 BC,1) \"a \"\"b\"\"\"; [0476-09-04,12024-02-29) \"c\"",
		"[1,2)\"x\";[2,3)\"y\";[3,4)\"z\""
	};
	static const char pieces[] = "[],;)(\"\" -0123456789BCabc\n";
	int			i,
				kept = 0,
				refused = 0,
				wrong = 0;

	for (i = 0; i < 200000; i++)
	{
		char		text[256];
		size_t		len = strlen(good[i % 3]);
		int			changes = 1 + next(3);

		memcpy(text, good[i % 3], len);
		while (changes-- > 0)
		{
			size_t		at = next((unsigned) len);

			switch (next(3))
			{
				case 0:
					text[at] = pieces[next(sizeof pieces - 1)];
					break;
				case 1:
					memmove(text + at, text + at + 1, len - at - 1);
					len--;
					break;
				default:
					memmove(text + at + 1, text + at, len - at);
					text[at] = pieces[next(sizeof pieces - 1)];
					len++;
			}
		}
		switch (round_trip(text, len))
		{
			case -1:
				refused++;
				break;
			case 1:
				kept++;
				break;
			default:
				wrong++;
		}
	}
	ok(wrong == 0, "200000 mutated literals: each is refused with a reason or comes back the same");
	ok(kept > 10000 && refused > 10000, "of both there are many");
}

int
main(void)
{
	static const StagePeriod open[] = {{STAGE_OPEN_FROM, 0, 1}, {10, STAGE_OPEN_TO, 2}};
	int32_t		day;

	ok(walk(1896, -37985, 210), "every day from 1896 to 2105");
	ok(walk(-4, -731946, 10), "every day from 5 BC to 5 AD");
	ok(stage_parse_at("4714-11-24 BC", 13, &day) == STAGE_FINE && day == STAGE_DAY_FIRST, "the first day");
	ok(stage_parse_at("4714-11-23 BC", 13, &day) == STAGE_YEAR_RANGE, "the day before it");
	ok(stage_parse_at("5874897-12-31", 13, &day) == STAGE_FINE && day == STAGE_DAY_LAST, "the last day");
	ok(stage_parse_at("5874898-01-01", 13, &day) == STAGE_YEAR_RANGE, "the day after it");
	ok(!stage_day_of_year(INT64_MAX, &day) && !stage_day_of_year(INT64_MIN, &day) && !stage_day_of_year(0, &day), "years that there are not");
	ok(stage_find(open, 2, INT32_MIN) == 1 && stage_find(open, 2, -1) == 1 && stage_find(open, 2, 0) == 0 &&
	   stage_find(open, 2, 9) == 0 && stage_find(open, 2, 10) == 2 && stage_find(open, 2, INT32_MAX) == 2, "open ends and a gap");
	ok(stage_find(open + 1, 1, INT32_MIN) == 0, "before the first");
	mutate_all();
	printf("1..%d\n", number);
	return 0;
}
