/*
 * mode.c -- the plain half of modes: labels, rule and graph, against values worked out by hand.
 */
#include <stdio.h>
#include <string.h>

#include "../../src/mode_label.c"
#include "../../src/mode_rules.c"

static int	number;

static void
ok(bool good, const char *what)
{
	printf("%s %d - %s\n", good ? "ok" : "not ok", ++number, what);
}

int
main(void)
{
	static const ModeThresholds at = {10, 30000, 25, 60, 10000};
	ModeSide	side = {10, 30000, true, INFINITY, false, true};
	PortMode	mode;
	char		path[MODE_PATH_SIZE];
	int			rank;

	for (rank = MODE_FIRST; rank <= MODE_LAST; rank++)
	{
		const char *code = mode_code(rank);
		const char *name = mode_long_name(rank);

		ok(mode_parse(code, strlen(code), &mode) && mode == (PortMode) rank, code);
		ok(mode_parse(name, strlen(name), &mode) && mode == (PortMode) rank, name);
	}
	ok(!mode_parse("PPx", 3, &mode) && mode_parse("PPx", 2, &mode) && mode == MODE_PP, "no byte beyond the length is read");
	ok(!mode_parse("PP\0", 3, &mode), "a zero byte is not a label's end");
	ok(!mode_parse("", 0, &mode), "nothing");
	ok(!mode_valid(0) && mode_valid(1) && mode_valid(4) && !mode_valid(5), "ranks");
	ok(mode_side_relation(&side, &at) == RELATION_INTEGRATED, "on both thresholds");
	side.city_km = 10.1;
	ok(mode_side_relation(&side, &at) == RELATION_SEPARATE, "a little farther");
	side.seat_is_city = true;
	side.seat_km = 25;
	ok(mode_side_relation(&side, &at) == RELATION_INTEGRATED, "the seat is a city");
	side.status_known = false;
	ok(mode_side_relation(&side, &at) == RELATION_UNKNOWN, "the seat may be a city");
	ok(mode_path_nth(MODE_PP, MODE_CC, 1, path) && strcmp(path, "PP>CPC>CC") == 0, "the second path from PP to CC");
	ok(!mode_path_nth(MODE_PP, MODE_CC, 2, path) && !mode_path_nth(MODE_CC, MODE_PP, 0, path), "no third, and none back");
	ok(!mode_path_nth(MODE_CPPC, MODE_CPC, 0, path), "none between CPPC and CPC");
	printf("1..%d\n", number);
	return 0;
}
