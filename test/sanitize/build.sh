#!/bin/bash
# build.sh KIND DIR: builds and installs the server whose source is in DIR/source/tree into DIR. No more than a server,
# plpgsql, replication and the contrib modules that tests use; programs for clients are the distribution's. Runs as
# somebody who can write nothing but DIR.
kind=$1 dir=$2
unset MAKELEVEL MAKEFLAGS MFLAGS # below another make PostgreSQL takes its generated headers for made
flags="-O1 -g1 -fno-omit-frame-pointer -DUSE_VALGRIND" libs=
if [ "$kind" = asan ]; then
	flags+=" -fsanitize=address,undefined -fno-sanitize-recover=undefined -I$dir/memdebug"
	# PostGIS throws exceptions of C++: the sanitizer looks for who catches them when the server starts.
	libs="-Wl,--no-as-needed -lstdc++"
fi
install() { make -s -j"$(nproc)" -C "$1" && make -s -C "$1" install; }
cd "$dir/source/tree" && ./configure --prefix="$dir" --enable-cassert --without-readline --without-zlib --with-libxml \
	--with-system-tzdata=/usr/share/zoneinfo CC=gcc CFLAGS="$flags" LDFLAGS_EX="$libs" || exit 1
for part in common port timezone backend backend/utils/mb/conversion_procs backend/snowball include interfaces/libpq \
	backend/replication/libpqwalreceiver backend/replication/pgoutput fe_utils bin/initdb bin/pg_ctl bin/pg_config \
	pl/plpgsql/src makefiles test/regress; do
	install "src/$part" || exit 1
done
make -s -C config install && make -s -C src install-local && cp src/tools/valgrind.supp "$dir/" || exit 1
for part in postgres_fdw amcheck pageinspect pg_prewarm; do
	install "contrib/$part" || exit 1
done
