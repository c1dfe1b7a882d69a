#!/bin/bash
# Builds the Debian package in one throw-away system and installs, uses and removes it in another, both as new; then
# its autopkgtest and lintian. PG_MAJOR=15 is the version of PostgreSQL. The last line is "N passed, N failed".
cd "$(dirname "$0")/.." || exit 1
. test/lib/packages.sh
. test/lib/root.sh
version=${PG_MAJOR:-15}
package=postgresql-$version-portext
passed=0 failed=0

finish() {
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ] && [ $passed -gt 0 ]
	exit
}

# ok NAME COMMAND...: the command succeeds. In this very shell, since a signal must find what it runs.
ok() {
	local name=$1
	shift
	if "$@" >"$ROOTS/step.log" 2>&1; then
		passed=$((passed + 1))
		echo "ok - $name ($SECONDS s)"
	else
		failed=$((failed + 1))
		echo "not ok - $name ($SECONDS s)"
		tail -80 "$ROOTS/step.log" | sed 's/^/# /'
		return 1
	fi
}

build() { root_run "$ROOTS/build" env LC_ALL=C SUDO_UID=4321 SUDO_GID=4321 make --no-print-directory -C /root/portext deb; }
clean() { root_run "$ROOTS/clean" "$@"; }
inside() { clean bash -euc "$1"; }

# Names of files anywhere, without what the system and the server write for themselves.
files() { (cd "$ROOTS/clean" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./srv -o -path ./var/lib/postgresql \) -prune -o -print | LC_ALL=C sort); }

roots_begin || { failed=1; finish; }
ok "a new system" root_new "$(release_of "$version")" "$ROOTS/clean" || finish
ok "and its twin" cp -a "$ROOTS/clean" "$ROOTS/build"
ok "what a builder has: gcc, make and git" root_install "$ROOTS/build" gcc libc6-dev make git
tree_into "$ROOTS/build/root/portext"
ok "a clone" root_run "$ROOTS/build" sh -c 'cd /root/portext && git init -q && git add -A'
ok "make deb, in any locale" build || finish
ok "what it made belongs to who called sudo" sh -c '! find "$1/root/portext/build" ! -uid 4321 | grep .' - "$ROOTS/build"
ok "leaves the clone as it was" root_run "$ROOTS/build" sh -c 'cd /root/portext && git diff --stat --exit-code && ! git ls-files -o --exclude-standard | grep .'
ok "a package for this version" cp "$ROOTS/build/root/portext/build/deb/${package}_"*.deb "$ROOTS/clean/srv/$package.deb" || finish
ok "lintian comes" root_install "$ROOTS/build" lintian
ok "lintian finds nothing" root_run "$ROOTS/build" sh -c 'cd /root/portext/build/deb &&
	lintian --allow-root --fail-on error,warning,info --display-info --suppress-tags initial-upload-closes-no-bugs *.changes'

ok "apt installs it with all that it needs" root_install "$ROOTS/clean" "/srv/$package.deb" || finish
files >"$ROOTS/installed"
ok "the library is there" grep -x "\./usr/lib/postgresql/$version/lib/portext\.so" "$ROOTS/installed"
ok "README and changelogs are there" sh -c 'cd "$1/clean/usr/share/doc/$2" && ls README.md.gz CHANGELOG.md.gz && zgrep "^portext (" changelog.gz' - "$ROOTS" "$package"
ok "it is used as the README says" inside "pg_ctlcluster $version main start 2>/dev/null || { pg_createcluster $version main -- --encoding=UTF8 --locale=C.UTF-8 && pg_ctlcluster $version main start; }
	cd /; sql() { runuser -u postgres -- psql -XqAt -v ON_ERROR_STOP=1 \"\$@\"; }
	sql -c 'CREATE DATABASE mydb' && sql -d mydb -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION portext'
	[ \"\$(sql -d mydb -c 'SELECT count(*) FROM portext.port')\" = 95 ]
	sql -d mydb -c 'DROP EXTENSION portext'
	pg_ctlcluster $version main stop"
ok "apt removes it" clean apt-get purge -y -qq "$package"
files >"$ROOTS/purged"
ok "and nothing of it stays" sh -c '! grep -i portext "$1/purged"' - "$ROOTS"
ok "nor goes more than its own" sh -c '! comm -23 "$1/installed" "$1/purged" | grep -v portext' - "$ROOTS"
ok "the server does without it" inside "pg_ctlcluster $version main start && pg_ctlcluster $version main stop"

ok "autopkgtest comes" root_install "$ROOTS/clean" autopkgtest
tree_into "$ROOTS/clean/srv/portext"
ok "its autopkgtest passes" clean autopkgtest --no-built-binaries /srv/portext "/srv/$package.deb" -- null
finish
