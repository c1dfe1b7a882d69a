#!/bin/bash
# make check on other versions of PostgreSQL, each with the PostGIS, pgTAP and compilers of its Debian, in throw-away
# systems; then the rows that the oldest version dumped are restored on each newer one. VERSIONS="15 17 18" are the
# versions. The last line is "N passed, N failed".
cd "$(dirname "$0")/.." || exit 1
. test/lib/packages.sh
. test/lib/root.sh
passed=0 failed=0 table=
VERSIONS=$(printf '%s\n' ${VERSIONS:-15 17 18} | sort -nu)
packages='gcc libc6-dev make git postgresql-V postgresql-V-postgis-3 postgresql-V-pgtap'

finish() {
	printf '%s' "$table"
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ] && [ $passed -gt 0 ]
	exit
}

# counted COMMAND...: shows what it prints and adds its last line "N passed, N failed"; none is a failure.
counted() {
	local log=$ROOTS/counted.log shown status p f
	exec 3> >(exec tee "$log")
	shown=$!
	"$@" >&3 2>&1
	status=$?
	exec 3>&-
	wait $shown
	read -r p f < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$log" | tail -1)
	p=${p:-0} f=${f:-1}
	if [ $f -eq 0 ] && [ $status -ne 0 ]; then f=1; fi
	passed=$((passed + p)) failed=$((failed + f))
	result="$p passed, $f failed"
}

not_had() { # not_had VERSION RELEASE: only Debian unstable may lack its version for a day
	echo "PostgreSQL $1 could not be had from Debian $2"
	if [ "$2" = sid ]; then
		table+="PostgreSQL $1: skipped, it could not be had"$'\n'
	else
		failed=$((failed + 1))
		table+="PostgreSQL $1: could not be had"$'\n'
	fi
}

check_version() {
	local version=$1 release root=$ROOTS/$1 start=$SECONDS had
	release=$(release_of "$version") || { echo "no Debian release is known to bring PostgreSQL $version"; failed=$((failed + 1)); return; }
	echo "== PostgreSQL $version, Debian $release"
	root_new "$release" "$root" && root_install "$root" ${packages//V/$version} || { not_had "$version" "$release"; return; }
	had=$((SECONDS - start))
	tree_into "$root/root/portext"
	counted root_run "$root" env PG_MAJOR="$version" make --no-print-directory -C /root/portext check
	table+="PostgreSQL $version: $result; $had s for the system, $((SECONDS - start - had)) s for the suite"$'\n'
	start=$SECONDS
	if [ "$version" -eq "$oldest" ]; then
		counted root_run "$root" env PG_MAJOR="$version" /root/portext/test/carry.sh write /root/carried
		cp -r "$root/root/carried" "$ROOTS/carried"
	else
		cp -r "$ROOTS/carried" "$root/root/carried"
		counted root_run "$root" env PG_MAJOR="$version" /root/portext/test/carry.sh read /root/carried
	fi
	table+="  rows carried from $oldest: $result; $((SECONDS - start)) s"$'\n'
	rm -rf --one-file-system "$root"
}

roots_begin || { failed=1; finish; }
# This machine's own server writes the dump when it is older than what is asked for.
oldest=$(printf '%s\n' $VERSIONS $(pg_major) | sort -n | head -1)
if ! grep -qx "$oldest" <<<"$VERSIONS"; then
	counted test/carry.sh write "$ROOTS/carried"
	table+="rows written on $oldest: $result"$'\n'
fi
for version in $VERSIONS; do check_version "$version"; done
finish
