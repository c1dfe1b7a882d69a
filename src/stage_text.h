/*
 * stage_text.h -- periods, their text form and the calendar: plain C, no server, no memory of its own.
 */
#ifndef PORTEXT_STAGE_TEXT_H
#define PORTEXT_STAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A day is counted from 2000-01-01, as in the server's dates. The two extremes are the open ends. */
#define STAGE_OPEN_FROM		INT32_MIN
#define STAGE_OPEN_TO		INT32_MAX
#define STAGE_DAY_FIRST		(-2451545)	/* the server's first date, 4714-11-24 BC */
#define STAGE_DAY_LAST		2145031948	/* and its last, 5874897-12-31 */
#define STAGE_YEAR_FIRST	(-4713) /* the first year that begins within them; -1 is 1 BC, there is no year 0 */
#define STAGE_YEAR_LAST		5874897

#define STAGE_MAX_PERIODS	1000
#define STAGE_MAX_LABEL		1000	/* bytes; with the line above it bounds the time that reading takes */
#define STAGE_DAY_SIZE		24		/* a printed day and its terminator */

/* The days from from up to, not including, to. Its label ends at label_end, where the next one begins. */
typedef struct StagePeriod
{
	int32_t		from;
	int32_t		to;
	int32_t		label_end;
} StagePeriod;

typedef enum StageFaultCode
{
	STAGE_FINE,
	STAGE_NO_PERIOD,
	STAGE_TOO_MANY,
	STAGE_NO_BRACKET,
	STAGE_BAD_DAY,
	STAGE_YEAR_RANGE,
	STAGE_NO_COMMA,
	STAGE_NO_CLOSE,
	STAGE_NO_LABEL,
	STAGE_OPEN_LABEL,
	STAGE_EMPTY_LABEL,
	STAGE_CONTROL_LABEL,
	STAGE_LONG_LABEL,
	STAGE_DUPLICATE_LABEL,
	STAGE_EMPTY_PERIOD,
	STAGE_UNSORTED,
	STAGE_OVERLAP,
	STAGE_NO_SEPARATOR
} StageFaultCode;

/* What is wrong, with which period (from 1) and, for some, against which other. */
typedef struct StageFault
{
	StageFaultCode code;
	int			period;
	int			other;
} StageFault;

extern bool stage_day_of_year(int64_t year, int32_t *day);
extern void stage_print_day(int32_t day, char out[STAGE_DAY_SIZE]);
extern StageFaultCode stage_parse_bound(const char *s, const char *end, int32_t *day);
extern StageFaultCode stage_parse_at(const char *s, size_t len, int32_t *day);

extern const char *stage_fault_text(StageFaultCode code);
extern bool stage_check(const StagePeriod *periods, int n, const char *labels, StageFault *fault);
extern int	stage_parse_capacity(const char *s, size_t len);
extern bool stage_parse(const char *s, size_t len, StagePeriod *periods, char *labels, int *n, StageFault *fault);
extern size_t stage_print_size(int n, size_t labels_len);
extern size_t stage_print(const StagePeriod *periods, int n, const char *labels, char *out);
extern int	stage_find(const StagePeriod *periods, int n, int32_t day);

#endif							/* PORTEXT_STAGE_TEXT_H */
