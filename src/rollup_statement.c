/*
 * rollup_statement.c
 *	  What one statement has done to the roll-ups so far, for its triggers to tell each other.
 *
 * MERGE, INSERT ... ON CONFLICT, data-modifying WITH and triggers of the user's own make several statement triggers of
 * local_flow and local_port fire for one statement. If each locked the cells that it touches, two such statements could
 * wait for each other. So a BEFORE trigger counts the kinds of change that have begun, an AFTER trigger those that are
 * over, and until the last is over the others only note their cells here.
 *
 * The notes are a log in which each entry carries the subtransaction that made it. All entries made since a
 * subtransaction began have its number or a higher one, so its abort cuts them off the end.
 */
#include "compat.h"

#include "access/xact.h"
#include "commands/trigger.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/datum.h"
#include "utils/memutils.h"

typedef struct RollupNote
{
	SubTransactionId subid;		/* who wrote it */
	int			open;			/* kinds of change begun and not over, from here on */
	HeapTupleHeader cell;		/* a touched cell, or NULL */
} RollupNote;

static RollupNote *notes = NULL;	/* in TopTransactionContext */
static Size note_count = 0;
static Size note_room = 0;

PG_FUNCTION_INFO_V1(local_rollup_count);
PG_FUNCTION_INFO_V1(local_rollup_open);
PG_FUNCTION_INFO_V1(local_rollup_is_touched);
PG_FUNCTION_INFO_V1(local_rollup_touch);
PG_FUNCTION_INFO_V1(local_rollup_touched);

/* Cuts the log to its first entries. */
static void
keep_notes(Size count)
{
	while (note_count > count)
	{
		note_count--;
		if (notes[note_count].cell != NULL)
			pfree(notes[note_count].cell);
	}
}

/* A subtransaction that is undone takes its notes along. */
static void
forget_subtransaction(SubXactEvent event, SubTransactionId subid, SubTransactionId parent, void *arg)
{
	Size		count = note_count;

	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	while (count > 0 && notes[count - 1].subid >= subid)
		count--;
	keep_notes(count);
}

/* The memory goes with the transaction's. */
static void
forget_transaction(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PARALLEL_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE)
		return;
	notes = NULL;
	note_count = note_room = 0;
}

/* Makes room for one more note. */
static void
reserve_note(void)
{
	static bool registered = false;

	if (!registered)
	{
		RegisterXactCallback(forget_transaction, NULL);
		RegisterSubXactCallback(forget_subtransaction, NULL);
		registered = true;
	}
	if (notes == NULL)
	{
		notes = MemoryContextAlloc(TopTransactionContext, 8 * sizeof(RollupNote));
		note_room = 8;
	}
	else if (note_count == note_room)
	{
		notes = repalloc_huge(notes, 2 * note_room * sizeof(RollupNote));
		note_room *= 2;
	}
}

static int
open_changes(void)
{
	return note_count == 0 ? 0 : notes[note_count - 1].open;
}

static void
write_note(int open, HeapTupleHeader cell)
{
	RollupNote *note;

	reserve_note();
	note = &notes[note_count++];
	note->subid = GetCurrentSubTransactionId();
	note->open = open;
	note->cell = cell;
}

/* Sets how many changes are open; the last note of the same subtransaction takes the new number. */
static void
set_open_changes(int open)
{
	if (note_count > 0 && notes[note_count - 1].subid == GetCurrentSubTransactionId())
		notes[note_count - 1].open = open;
	else
		write_note(open, NULL);
}

/* The trigger on both sides of a change, for each statement. */
Datum
local_rollup_count(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	int			open = open_changes();

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" must be called as a trigger for each statement", "local_rollup_count")));
	if (TRIGGER_FIRED_BEFORE(trigger->tg_event))
	{
		if (open == 0)
			keep_notes(0);		/* a new statement: what is noted is of an older one */
		set_open_changes(open + 1);
	}
	else if (open > 0)			/* 0: somebody disabled the trigger on the other side */
		set_open_changes(open - 1);
	PG_RETURN_POINTER(NULL);
}

/* How many changes of the statement are not over? */
Datum
local_rollup_open(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(open_changes());
}

/* Has one of them touched a cell? */
Datum
local_rollup_is_touched(PG_FUNCTION_ARGS)
{
	Size		i;

	for (i = note_count; i > 0; i--)
	{
		CHECK_FOR_INTERRUPTS();
		if (notes[i - 1].cell != NULL)
			PG_RETURN_BOOL(true);
	}
	PG_RETURN_BOOL(false);
}

/* Notes one cell. */
Datum
local_rollup_touch(PG_FUNCTION_ARGS)
{
	MemoryContext caller = MemoryContextSwitchTo(TopTransactionContext);
	HeapTupleHeader cell = PG_GETARG_HEAPTUPLEHEADER_COPY(0);

	MemoryContextSwitchTo(caller);
	write_note(open_changes(), cell);
	PG_RETURN_VOID();
}

/* All cells noted before the call, as often as they were. */
Datum
local_rollup_touched(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	Size	   *at;				/* the next note, and the end */

	if (SRF_IS_FIRSTCALL())
	{
		call = SRF_FIRSTCALL_INIT();
		at = MemoryContextAlloc(call->multi_call_memory_ctx, 2 * sizeof(Size));
		at[0] = 0;
		at[1] = note_count;	/* what the caller notes meanwhile does not keep it going */
		call->user_fctx = at;
	}
	call = SRF_PERCALL_SETUP();
	at = call->user_fctx;
	while (at[0] < Min(at[1], note_count))
	{
		HeapTupleHeader cell = notes[at[0]++].cell;

		if (cell != NULL)
			SRF_RETURN_NEXT(call, datumCopy(PointerGetDatum(cell), false, -1));
	}
	SRF_RETURN_DONE(call);
}
