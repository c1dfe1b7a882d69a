/*
 * mode_rules.c -- the rule that classifies a crossing and the graph of how modes evolve: plain C, no server.
 *
 * The rule in three sentences. A side is integrated when a city of 30,000 people lies within 10 km of the port, or
 * when the seat of the port's own unit is a city within 25 km. It is separate when a town of 10,000, or that seat,
 * is within 60 km, which is an hour of driving. Otherwise there is no city on that side.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mode_rules.h"

static const char *const relation_names[] = {"none", "separate", "integrated"};

/* The rule with everything known. */
static ModeRelation
relation_known(const ModeSide *side, double population, bool seat_is_city, const ModeThresholds *at)
{
	if (side->city_km <= at->integrated_km && population >= at->integrated_population)
		return RELATION_INTEGRATED;
	if (seat_is_city && side->seat_km <= at->integrated_seat_km)
		return RELATION_INTEGRATED;
	if (side->city_km <= at->reach_km && population >= at->reach_population)
		return RELATION_SEPARATE;
	if (seat_is_city && side->seat_km <= at->reach_km)
		return RELATION_SEPARATE;
	return RELATION_NONE;
}

/*
 * The relation of one side. The rule only rises with population and status, so that an unknown one makes no
 * difference when the least and the most that it can be give the same relation.
 */
ModeRelation
mode_side_relation(const ModeSide *side, const ModeThresholds *at)
{
	ModeRelation least = relation_known(side,
										side->population_known ? side->city_population : -1,
										side->status_known && side->seat_is_city, at);
	ModeRelation most = relation_known(side,
									   side->population_known ? side->city_population : INFINITY,
									   !side->status_known || side->seat_is_city, at);

	return least == most ? least : RELATION_UNKNOWN;
}

/* The word for a known relation. */
const char *
mode_relation_name(ModeRelation relation)
{
	return relation_names[relation];
}

/* Reads one of the three words, exactly as mode_relation_name writes them. */
bool
mode_relation_parse(const char *s, size_t len, ModeRelation *relation)
{
	int			i;

	for (i = RELATION_NONE; i <= RELATION_INTEGRATED; i++)
	{
		if (strlen(relation_names[i]) == len && memcmp(relation_names[i], s, len) == 0)
		{
			*relation = (ModeRelation) i;
			return true;
		}
	}
	return false;
}

/* The mode of two known relations. The mode does not say which side is the integrated one. */
PortMode
mode_of_relations(ModeRelation home, ModeRelation away)
{
	if (home == RELATION_INTEGRATED && away == RELATION_INTEGRATED)
		return MODE_CC;
	if (home == RELATION_INTEGRATED || away == RELATION_INTEGRATED)
		return MODE_CPC;
	if (home == RELATION_SEPARATE && away == RELATION_SEPARATE)
		return MODE_CPPC;
	return MODE_PP;
}

/* Can one mode turn into the other in one step? PP>CPPC, PP>CPC, CPPC>CC, CPC>CC. */
bool
mode_edge(PortMode from, PortMode to)
{
	if (from == MODE_PP)
		return to == MODE_CPPC || to == MODE_CPC;
	return (from == MODE_CPPC || from == MODE_CPC) && to == MODE_CC;
}

/* The n-th mode (from 0, in order of rank) that can follow; false when there are fewer. */
bool
mode_successor_nth(PortMode from, int n, PortMode *to)
{
	int			rank;

	for (rank = MODE_FIRST; rank <= MODE_LAST; rank++)
	{
		if (mode_edge(from, (PortMode) rank) && n-- == 0)
		{
			*to = (PortMode) rank;
			return true;
		}
	}
	return false;
}

/*
 * The n-th way (from 0) from one mode to another, written like PP>CPC>CC; false when there are fewer. The graph has
 * no longer way than two steps, so the ways are: stay, one step, or two steps over each mode between in order of rank.
 */
bool
mode_path_nth(PortMode from, PortMode to, int n, char path[MODE_PATH_SIZE])
{
	int			via;

	if (from == to)
	{
		snprintf(path, MODE_PATH_SIZE, "%s", mode_code(from));
		return n == 0;
	}
	if (mode_edge(from, to))
	{
		snprintf(path, MODE_PATH_SIZE, "%s>%s", mode_code(from), mode_code(to));
		return n == 0;
	}
	for (via = MODE_FIRST; via <= MODE_LAST; via++)
	{
		if (mode_edge(from, (PortMode) via) && mode_edge((PortMode) via, to) && n-- == 0)
		{
			snprintf(path, MODE_PATH_SIZE, "%s>%s>%s", mode_code(from), mode_code((PortMode) via), mode_code(to));
			return true;
		}
	}
	return false;
}
