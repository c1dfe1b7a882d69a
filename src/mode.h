/*
 * mode.h -- port_mode, the four port-city modes, carried as one byte by value.
 *
 * The stored byte is the rank 1 to 4, ordered by urban integration. Zero is never valid, so that a forgotten
 * initialisation shows.
 */
#ifndef PORTEXT_MODE_H
#define PORTEXT_MODE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum PortMode
{
	MODE_PP = 1,				/* port only on both sides */
	MODE_CPPC,					/* a separate supporting city on both sides */
	MODE_CPC,					/* the port lies in a city on one side */
	MODE_CC						/* the port lies in a city on both sides */
} PortMode;

#define MODE_FIRST	MODE_PP
#define MODE_LAST	MODE_CC

#define DatumGetPortMode(d)		mode_checked(DatumGetUInt8(d))
#define PG_GETARG_PORTMODE(n)	DatumGetPortMode(PG_GETARG_DATUM(n))
#define PG_RETURN_PORTMODE(m)	return UInt8GetDatum((unsigned char) (m))

#define MODE_HINT "Labels of port_mode: PP, CPPC, CPC, CC; or their long names Port-Port, City-Port-Port-City, " \
	"City (Port)-Port-City, City (Port)-City (Port)."

extern PortMode mode_checked(int rank); /* mode.c, the only part that needs the server */
extern bool mode_valid(int rank);
extern const char *mode_code(PortMode mode);
extern const char *mode_long_name(PortMode mode);
extern bool mode_parse(const char *s, size_t len, PortMode *mode);

#endif							/* PORTEXT_MODE_H */
