#!/bin/bash
# A backend has one space of names for all its libraries: a symbol that another library exports too may be called in
# its place. So portext shares none with the server or with PostGIS and what it is built on.
bindir=$("$PG_CONFIG" --bindir) pkglibdir=$("$PG_CONFIG" --pkglibdir)
exported() { nm -D --defined-only "$1" | sed 's/.* //; s/@.*//' | grep -vxE '_init|_fini|_PG_init|Pg_magic_func' | sort -u; }
ours=$(exported portext.so)
n=0
for library in "$bindir/postgres" "$pkglibdir/postgis-3.so" $(ldd "$pkglibdir/postgis-3.so" | sed -n 's/.* => \(\/[^ ]*\).*/\1/p' | sort); do
	n=$((n + 1))
	shared=$(comm -12 <(echo "$ours") <(exported "$library") | tr '\n' ' ')
	if [ -n "$ours" ] && [ -z "$shared" ]; then echo "ok $n - $(basename "$library")"; else echo "not ok $n - $(basename "$library") also exports: $shared"; fi
done
echo "1..$n"
