#!/bin/bash
# Static analysis of src/, each file by each tool: cppcheck, clang-tidy, gcc -fanalyzer. One finding fails. What is no
# fault is marked where it stands, with the reason. The last line is "N passed, N failed".
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
fail() { echo "$1"; echo "0 passed, 1 failed"; exit 1; }
need_postgres clang clang-tidy cppcheck || fail "packages are missing"
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT

# clang-analyzer finds paths to faults, the other groups what is a mistake more often than not. Not asked: integers that
# become narrower or wider (what packed forms are made of), and names and macros that come with the server's headers.
checks='-*,clang-analyzer-*,bugprone-*,cert-*,misc-redundant-expression,readability-misleading-indentation'
checks+=',-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions,-bugprone-implicit-widening-of-multiplication-result'
checks+=',-bugprone-reserved-identifier,-cert-dcl37-c,-cert-dcl51-cpp,-cert-err33-c'
headers=$("$PG_CONFIG" --includedir-server)

analyse() { # analyse TOOL FILE
	case $1 in
		cppcheck) # knows nothing of the server's headers, and reads their macros as calls
			cppcheck --quiet --std=c99 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
				-D__SIZEOF_INT128__=16 -D__GNUC__=12 -DPORTEXT_VERSION='"0"' -Isrc "$2" ;;
		clang-tidy)
			clang-tidy --quiet --warnings-as-errors='*' --checks="$checks" "$2" -- -std=gnu99 -O1 -D_GNU_SOURCE \
				-DPORTEXT_VERSION='"0"' -Isrc "-I$headers" -I/usr/include/postgresql/internal ;;
		gcc)
			make -s --no-print-directory -f test/lib/compile.mk PG_CONFIG="$PG_CONFIG" CC=gcc EXTRA=-fanalyzer SRC="$2" OUT="$dir/$$.o" ;;
	esac
}

one() { # one TOOL FILE: a line, and under it what the tool says
	local out
	if out=$(analyse "$1" "$2" 2>&1); then echo "ok $1 $2"; else echo "not ok $1 $2"; sed 's/^/# /' <<<"$out"; fi
}
export -f analyse one
export dir checks headers PG_CONFIG
for tool in cppcheck clang-tidy gcc; do
	printf "$tool %s\n" src/*.c
done | xargs -P "$(nproc)" -L 1 bash -c 'one "$@"' - | tee "$dir/log"
passed=$(grep -c '^ok' "$dir/log") failed=$(grep -c '^not ok' "$dir/log")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
