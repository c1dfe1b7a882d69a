/*
 * mode.c -- the type port_mode: text and binary I/O, comparison, hashing, min and max.
 */
#include "compat.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mode.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(port_mode_in);
PG_FUNCTION_INFO_V1(port_mode_out);
PG_FUNCTION_INFO_V1(port_mode_recv);
PG_FUNCTION_INFO_V1(port_mode_send);
PG_FUNCTION_INFO_V1(port_mode_eq);
PG_FUNCTION_INFO_V1(port_mode_ne);
PG_FUNCTION_INFO_V1(port_mode_lt);
PG_FUNCTION_INFO_V1(port_mode_le);
PG_FUNCTION_INFO_V1(port_mode_gt);
PG_FUNCTION_INFO_V1(port_mode_ge);
PG_FUNCTION_INFO_V1(port_mode_cmp);
PG_FUNCTION_INFO_V1(port_mode_hash);
PG_FUNCTION_INFO_V1(port_mode_hash_extended);
PG_FUNCTION_INFO_V1(port_mode_smaller);
PG_FUNCTION_INFO_V1(port_mode_larger);
PG_FUNCTION_INFO_V1(mode_rank);
PG_FUNCTION_INFO_V1(mode_name);

/* A stored byte as a mode: labels and rules are looked up by it. */
PortMode
mode_checked(int rank)
{
	if (unlikely(!mode_valid(rank)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("stored value of type %s is damaged: %d", "port_mode", rank),
				 errhint("Restore the row from a backup, or set the value anew.")));
	return (PortMode) rank;
}

/* Text to port_mode: a short or long label in any case. */
Datum
port_mode_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	PortMode	mode;

	if (!mode_parse(str, strlen(str), &mode))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "port_mode", str),
				 errhint("%s", MODE_HINT)));
	PG_RETURN_PORTMODE(mode);
}

/* port_mode to text: the short label. */
Datum
port_mode_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pstrdup(mode_code(PG_GETARG_PORTMODE(0))));
}

/* Binary to port_mode: one byte, the rank. */
Datum
port_mode_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			rank;

	if (buf->len - buf->cursor != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary length of type %s: %d bytes", "port_mode", buf->len - buf->cursor),
				 errhint("The binary form is one byte, the rank of the mode.")));
	rank = pq_getmsgbyte(buf);
	if (!mode_valid(rank))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s: %d", "port_mode", rank),
				 errhint("The one byte is the rank: 1 PP, 2 CPPC, 3 CPC, 4 CC.")));
	PG_RETURN_PORTMODE(rank);
}

/* port_mode to binary: one byte, the rank. */
Datum
port_mode_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, (uint8) PG_GETARG_PORTMODE(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
port_mode_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_PORTMODE(0) == PG_GETARG_PORTMODE(1));
}

Datum
port_mode_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_PORTMODE(0) != PG_GETARG_PORTMODE(1));
}

Datum
port_mode_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_PORTMODE(0) < PG_GETARG_PORTMODE(1));
}

Datum
port_mode_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_PORTMODE(0) <= PG_GETARG_PORTMODE(1));
}

Datum
port_mode_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_PORTMODE(0) > PG_GETARG_PORTMODE(1));
}

Datum
port_mode_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_PORTMODE(0) >= PG_GETARG_PORTMODE(1));
}

/* The order of urban integration: PP < CPPC < CPC < CC. */
Datum
port_mode_cmp(PG_FUNCTION_ARGS)
{
	PortMode	a = PG_GETARG_PORTMODE(0);
	PortMode	b = PG_GETARG_PORTMODE(1);

	PG_RETURN_INT32((a > b) - (a < b));
}

/* Hash of the rank, by core's own mix. */
Datum
port_mode_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32((uint32) PG_GETARG_PORTMODE(0));
}

/* The same with a seed; for seed 0 its low 32 bits are port_mode_hash. */
Datum
port_mode_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended((uint32) PG_GETARG_PORTMODE(0), (uint64) PG_GETARG_INT64(1));
}

/* Transition and combine function of min. */
Datum
port_mode_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_PORTMODE(Min(PG_GETARG_PORTMODE(0), PG_GETARG_PORTMODE(1)));
}

/* Transition and combine function of max. */
Datum
port_mode_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_PORTMODE(Max(PG_GETARG_PORTMODE(0), PG_GETARG_PORTMODE(1)));
}

/* The rank 1 to 4, for clients that sort by number. */
Datum
mode_rank(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) PG_GETARG_PORTMODE(0));
}

/* The long label. */
Datum
mode_name(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(mode_long_name(PG_GETARG_PORTMODE(0))));
}
