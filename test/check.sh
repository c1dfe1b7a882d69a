#!/bin/bash
# Builds portext, starts a private server and runs every test; the last line is "N passed, N failed".
# Arguments name single tests, or all of a kind: test/check.sh sql/mode tap client/dump_restore unit/exactsum
cd "$(dirname "$0")/.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
passed=0 failed=0 log=build/check want=("$@")
mkdir -p $log || exit 1

count() { # count LOG: adds its last line "N passed, N failed" to the sums; one failure when it has none
	local p f
	read -r p f < <(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$1" | tail -1)
	passed=$((passed + ${p:-0})) failed=$((failed + ${f:-1}))
}

step() { # step NAME COMMAND...: one test, passed when the command succeeds
	local name=$1
	shift
	if "$@" >"$log/step.log" 2>&1; then
		echo "$name ... ok"
		passed=$((passed + 1))
	else
		echo "$name ... FAILED"
		cat "$log/step.log"
		failed=$((failed + 1))
		return 1
	fi
}

finish() {
	cluster_stop
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ] && [ $passed -gt 0 ]
	exit
}

chosen() { # chosen KIND FILE...: the files of one kind that the arguments ask for (all without arguments), into "files"
	local kind=$1 f
	files=()
	shift
	for f; do
		[ -e "$f" ] || continue
		if [ ${#want[@]} -eq 0 ] || printf '%s\n' "${want[@]}" | grep -qxE "$kind(/$(basename "${f%.*}"))?"; then files+=("$f"); fi
	done
	[ ${#files[@]} -gt 0 ]
}

compile() { # every source file with warnings as errors, objects thrown away
	local f
	for f in src/*.c; do
		make -s --no-print-directory -f test/lib/compile.mk PG_CONFIG="$PG_CONFIG" CC="$1" EXTRA="$2" SRC="$f" OUT=$log/one.o || return 1
	done
}

template() { # the database that each pgTAP file gets a copy of
	psql -qX -v ON_ERROR_STOP=1 -c "CREATE DATABASE $TAP_TEMPLATE" &&
		psql -qX -v ON_ERROR_STOP=1 -d $TAP_TEMPLATE -c 'CREATE EXTENSION portext CASCADE' -c 'CREATE EXTENSION pgtap'
}

need_postgres pgtap clang libxml2-utils xz-utils procps || { failed=1; finish; }
if [ ${#want[@]} -eq 0 ]; then
	step "gcc -Wall -Wextra -Werror" compile gcc
	step "clang -Wall -Wextra -Werror" compile clang "-Wno-unknown-warning-option -Wno-ignored-attributes"
fi
step "build" make -s --no-print-directory PG_CONFIG="$PG_CONFIG" || finish

if chosen unit test/unit/*.c; then
	programs=()
	for f in "${files[@]}"; do
		p=build/unit/$(basename "$f" .c)
		step "build $f" make -s --no-print-directory -f test/lib/unit.mk PG_CONFIG="$PG_CONFIG" "$p" && programs+=("$p")
	done
	if [ ${#programs[@]} -gt 0 ]; then
		test/lib/tap.pl "${programs[@]}" 2>&1 | tee $log/unit.log
		count $log/unit.log
	fi
fi

cluster_guard
cluster_new || { failed=$((failed + 1)); finish; }

if chosen sql test/sql/*.sql; then
	names=$(for f in "${files[@]}"; do basename "$f" .sql; done)
	make -s --no-print-directory installcheck PG_CONFIG="$PG_CONFIG" REGRESS="$(echo $names)" 2>&1 | tee $log/regress.log
	p=$(grep -cE '^(test .*\.\.\. ok|ok [0-9]+)' $log/regress.log)
	f=$((${#files[@]} - p))
	[ $f -eq 0 ] || cat build/regression.diffs
	passed=$((passed + p)) failed=$((failed + f))
fi

if chosen tap test/tap/*.sql; then
	export TAP_TEMPLATE=tap_template
	if step "template database" template; then
		test/lib/tap.pl "${files[@]}" 2>&1 | tee $log/tap.log
		count $log/tap.log
	fi
fi

if chosen client test/client/*.sh test/client/*.pl; then
	test/lib/tap.pl "${files[@]}" 2>&1 | tee $log/client.log
	count $log/client.log
fi

for w in "${want[@]}"; do # a test that is asked for and does not exist could not run
	compgen -G "test/$w.*" >/dev/null || [ -d "test/$w" ] || { echo "no such test: $w"; failed=$((failed + 1)); }
done
finish
