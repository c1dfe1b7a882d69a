/*
 * mode_rules.h -- from distances and sizes to a relation, from two relations to a mode, and which mode follows which.
 */
#ifndef PORTEXT_MODE_RULES_H
#define PORTEXT_MODE_RULES_H

#include "mode.h"

/* How a port stands to the city of one side. */
typedef enum ModeRelation
{
	RELATION_NONE,				/* no city in reach */
	RELATION_SEPARATE,			/* a supporting city in reach */
	RELATION_INTEGRATED,		/* the port lies in or at a city */
	RELATION_UNKNOWN			/* it depends on something that is not known */
} ModeRelation;

/* A distance of infinity says that there is none; a population or a status may be unknown. */
typedef struct ModeSide
{
	double		city_km;
	double		city_population;
	bool		population_known;
	double		seat_km;
	bool		seat_is_city;
	bool		status_known;
} ModeSide;

typedef struct ModeThresholds
{
	double		integrated_km;	/* a city this near ... */
	double		integrated_population;	/* ... and this large holds the port */
	double		integrated_seat_km; /* so does the seat of the port's own unit, when it is a city this near */
	double		reach_km;		/* a town this near ... */
	double		reach_population;	/* ... and this large supports the port from apart */
} ModeThresholds;

#define MODE_PATH_SIZE 16		/* "PP>CPPC>CC" and its terminator */

extern ModeRelation mode_side_relation(const ModeSide *side, const ModeThresholds *at);
extern const char *mode_relation_name(ModeRelation relation);
extern bool mode_relation_parse(const char *s, size_t len, ModeRelation *relation);
extern PortMode mode_of_relations(ModeRelation home, ModeRelation away);
extern bool mode_edge(PortMode from, PortMode to);
extern bool mode_successor_nth(PortMode from, int n, PortMode *to);
extern bool mode_path_nth(PortMode from, PortMode to, int n, char path[MODE_PATH_SIZE]);

#endif							/* PORTEXT_MODE_RULES_H */
