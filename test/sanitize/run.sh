#!/bin/bash
# run.sh asan|valgrind [TEST...]: the tests on a server that is built to find faults in memory and undefined behaviour.
# First it shows that it finds faults that are planted. The last line is "N passed, N failed". CI=true runs less.
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
. test/sanitize/server.sh
kind=$1
shift
fail() { echo "$1"; echo "$((passed)) passed, $((failed + 1)) failed"; exit 1; }

suite() { # suite TEST...: runs them and adds up
	local p f
	export CLUSTER_LOG=$logs/$1.log
	mkdir -p "${CLUSTER_LOG%/*}" && chmod 1777 "${CLUSTER_LOG%/*}"
	test/check.sh "$@" 2>&1 | tee suite.log
	read -r p f < <(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' suite.log | tail -1)
	passed=$((passed + p)) failed=$((failed + ${f:-1}))
}

export CANCEL_ENTRIES=20000 # the tools are slow
passed=0 failed=0
need_postgres pgtap procps || fail "packages are missing"
debug_server "$kind" || fail "the server could not be built"
export PORTEXT_SERVER=$SERVER
need_postgres # which sees it

# A tree of its own, so that the objects of the usual build stay.
tree=build/$kind
rm -rf $tree && mkdir -p $tree && tar -c --exclude=./build --exclude=./.git --exclude='*.o' --exclude='*.so' --exclude='*.bc' . |
	tar -x -C $tree && cd $tree || fail "the tree could not be copied"
logs=$(mktemp -d) && chmod 755 "$logs" && trap 'rm -rf "$logs"' EXIT
. "test/sanitize/$kind.sh"

# The server's user must be able to read the module.
make -s -C test/sanitize/planted PG_CONFIG="$PG_CONFIG" && install -m 755 test/sanitize/planted/planted.so "$logs/" ||
	fail "the planted faults could not be built"
export PLANTED=$logs/planted.so
install -m 755 test/sanitize/planted.sh test/client/
suite client/planted
rm test/client/planted.sh

if [ $# -eq 0 ]; then
	for f in test/{sql,tap}/* test/client/*.{sh,pl}; do
		f=${f#test/}
		[ -n "$CI" ] && [[ ! "$f" =~ $CI_TESTS ]] || set -- "$@" "${f%.*}"
	done
fi
suite "$@"

if grep -E -A60 "$SIGN" "$CLUSTER_LOG"; then failed=$((failed + 1)); fi # what the tests themselves made of it is not enough
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
