#!/bin/bash
# The library shows its doors and nothing else: any other visible function could be taken for one of the same name in
# another module, or the other way round.
. test/lib/tap.sh
nm -D --defined-only portext.so | awk '{print $3}' | sort >build/exports.txt
{ echo Pg_magic_func; sed -n 's/^pg_finfo_\(.*\)/&\n\1/p' build/exports.txt; } | sort >build/doors.txt
is "nothing is exported but doors" "$(comm -23 build/exports.txt build/doors.txt)" ""
is "every door is exported" "$(comm -13 build/exports.txt build/doors.txt)" ""
like "there are doors" "$(wc -l <build/doors.txt)" '^[0-9]{2,}'
rm -f build/exports.txt build/doors.txt
done_testing
