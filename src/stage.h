/*
 * stage.h -- stage_scheme as it is stored.
 */
#ifndef PORTEXT_STAGE_H
#define PORTEXT_STAGE_H

#include "stage_text.h"

#define STAGE_FORMAT 1

/* The labels follow the periods. Everything not named here is zero, so that equal schemes have equal bytes. */
typedef struct StageScheme
{
	int32		vl_len_;		/* varlena header, not to be touched */
	uint8		format;			/* STAGE_FORMAT */
	uint8		unused[3];		/* zero */
	int32		n;
	StagePeriod periods[FLEXIBLE_ARRAY_MEMBER];
} StageScheme;

#define STAGE_LABELS(s)			((char *) &(s)->periods[(s)->n])
#define STAGE_LABELS_LEN(s)		((s)->periods[(s)->n - 1].label_end)

#define DatumGetStageScheme(d)	stage_open((StageScheme *) PG_DETOAST_DATUM(d))
#define PG_GETARG_STAGE(n)		DatumGetStageScheme(PG_GETARG_DATUM(n))

extern StageScheme *stage_open(StageScheme *scheme);
extern const char *stage_label_of(const StageScheme *scheme, int i, int *len);

#endif							/* PORTEXT_STAGE_H */
