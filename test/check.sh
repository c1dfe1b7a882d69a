#!/bin/bash
# Builds portext, starts a private server and runs every test; the last line is "N passed, N failed".
# Arguments name single tests: test/check.sh sql/mode tap/stage client/dump-restore unit/exactsum
cd "$(dirname "$0")/.." || exit 1
. test/lib/packages.sh
. test/lib/cluster.sh
passed=0 failed=0 log=build/check
mkdir -p $log

tally() { # a line "N passed, N failed" on standard input adds to the sums
	local p f
	read -r p f < <(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' | tail -1)
	if [ -z "$f" ]; then p=0 f=1; fi
	passed=$((passed + p)) failed=$((failed + f))
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
	fi
}

finish() {
	cluster_stop
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ]
	exit
}
trap 'cluster_stop; exit 1' INT TERM

chosen() { # chosen KIND GLOB: the files of one kind that the arguments ask for (all without arguments)
	local kind=$1 f name
	shift
	for f; do
		[ -e "$f" ] || continue
		name=$(basename "${f%.*}")
		if [ ${#want[@]} -eq 0 ] || printf '%s\n' "${want[@]}" | grep -qx "$kind/$name"; then echo "$f"; fi
	done
}
want=("$@")

need_postgres pgtap clang || { failed=1; finish; }
compile() { # every source file with warnings as errors, objects thrown away
	local cc=$1 dir f
	dir=$(mktemp -d) || return 1
	for f in src/*.c; do
		make -s --no-print-directory -f test/lib/compile.mk PG_CONFIG="$PG_CONFIG" CC="$cc" SRC="$f" OUT="$dir/o.o" || { rm -rf "$dir"; return 1; }
	done
	rm -rf "$dir"
}
if [ ${#want[@]} -eq 0 ]; then
	step "gcc -Wall -Wextra -Werror" compile gcc
	step "clang -Wall -Wextra -Werror" compile clang
fi
make -s PG_CONFIG="$PG_CONFIG" || { failed=$((failed + 1)); finish; }

mapfile -t files < <(chosen unit test/unit/*.c)
if [ ${#files[@]} -gt 0 ]; then
	programs=()
	for f in "${files[@]}"; do
		p=build/unit/$(basename "$f" .c)
		mkdir -p build/unit
		step "build $f" make -s --no-print-directory -f test/lib/unit.mk PG_CONFIG="$PG_CONFIG" "$p"
		programs+=("$p")
	done
	test/lib/tap.pl "${programs[@]}" | tee $log/unit.log
	tally <$log/unit.log
fi

cluster_new || { failed=$((failed + 1)); finish; }

mapfile -t files < <(chosen sql test/sql/*.sql)
if [ ${#files[@]} -gt 0 ]; then
	names=$(for f in "${files[@]}"; do basename "$f" .sql; done)
	make -s installcheck PG_CONFIG="$PG_CONFIG" REGRESS="$(echo $names)" 2>&1 | tee $log/regress.log
	p=$(grep -cE '^(test .*\.\.\. ok|ok [0-9]+)' $log/regress.log)
	f=$(($(echo "$names" | wc -w) - p))
	[ $f -eq 0 ] || cat regression.diffs 2>/dev/null
	passed=$((passed + p)) failed=$((failed + f))
fi

mapfile -t files < <(chosen tap test/tap/*.sql)
if [ ${#files[@]} -gt 0 ]; then
	export TAP_TEMPLATE=tap_template
	psql -qX -v ON_ERROR_STOP=1 -c "CREATE DATABASE $TAP_TEMPLATE" &&
		psql -qX -v ON_ERROR_STOP=1 -d $TAP_TEMPLATE -c 'CREATE EXTENSION portext CASCADE' -c 'CREATE EXTENSION pgtap' 2>/dev/null &&
		test/lib/tap.pl "${files[@]}" | tee $log/tap.log
	tally <$log/tap.log
fi

mapfile -t files < <(chosen client test/client/*.sh test/client/*.pl)
if [ ${#files[@]} -gt 0 ]; then
	test/lib/tap.pl "${files[@]}" | tee $log/client.log
	tally <$log/client.log
fi
finish
