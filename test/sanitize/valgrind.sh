# What run.sh needs to know of valgrind. A report does not end the process.
export VALGRIND="valgrind --quiet --leak-check=no --num-callers=30 --suppressions=$SERVER/valgrind.supp"
if [ ! -e "$SERVER/bin/postgres.bin" ]; then # a server that is started runs in it; one that initdb asks for does not
	mv "$SERVER/bin/postgres" "$SERVER/bin/postgres.bin" && cat >"$SERVER/bin/postgres" <<-'WRAPPER' && chmod 755 "$SERVER/bin/postgres"
		#!/bin/sh
		if [ "$1" = -D ]; then exec $VALGRIND "$0.bin" "$@"; fi
		exec "$0.bin" "$@"
	WRAPPER
fi
SIGN='Invalid (read|write)|uninitialised|definitely lost|Mismatched'
FAULTS=
for size in 1 7 8 13 16 100 1024 8000 9001 100000; do
	FAULTS+="write after $size|Invalid write of size 1
read after $size|Invalid read of size 1
read after repalloc $size|Invalid read of size 1
read freed $size|Invalid read of size 1
"
done
FAULTS+="read after reset|Invalid read of size 1
read after delete|Invalid read of size 1
read after malloc|Invalid read of size 1
undefined|depends on uninitialised"
export SIGN FAULTS
# With CI=true: what runs the most of the C code in little time; the whole suite takes an hour.
CI_TESTS='^sql/|^tap/(stage|mode|composition|composition_agg|damaged|indicators)\.'
