#!/bin/bash
# Fuzzes every parser and reader of outside bytes: builds each target of this directory with libFuzzer, AddressSanitizer,
# UndefinedBehaviorSanitizer and assertions, and runs it from its seeds. The last line is "N passed, N failed". jsonb is not
# fuzzed here: the server's own reader parses and checks it, and client/odd_arguments tries odd values of it.
#	RUNS=N		executions of each target; SEED=N another sequence; TARGETS="a b" only these
#	COVERAGE=1	ends with the lines of the sources that were reached
#	CORPUS=DIR	keeps what is found in DIR/TARGET and begins with it
cd "$(dirname "$0")/../.." || exit 1
. test/lib/packages.sh
runs=${RUNS:-400000} seed=${SEED:-1} out=build/fuzz passed=0 failed=0
sources=(mode mode_label stage stage_text stage_calendar exactsum composition composition_{agg,binary,check,merge,ops,order,pack,parse,text,view,work})

need_postgres clang libclang-rt-dev ${COVERAGE:+llvm} || { echo "0 passed, 1 failed"; exit 1; }
lib=$("$PG_CONFIG" --pkglibdir)
flags=(-std=gnu99 -O2 -g -DUSE_ASSERT_CHECKING -ffp-contract=off -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare
	-Wno-missing-field-initializers -Wno-unknown-warning-option -Wno-ignored-attributes
	-fsanitize=address,undefined -fno-sanitize-recover=all ${COVERAGE:+-fprofile-instr-generate -fcoverage-mapping}
	"-I$("$PG_CONFIG" --includedir-server)" -Isrc)

build() { # the sources and the stand-in for the server, into one archive
	local f objects=()
	rm -rf $out/o && mkdir -p $out/o || return 1
	for f in "${sources[@]}"; do
		clang "${flags[@]}" -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp -c -o "$out/o/$f.o" "src/$f.c" || return 1
		objects+=("$out/o/$f.o")
	done
	clang "${flags[@]}" -c -o $out/o/server.o test/fuzz/server.c && ar rcs $out/o/portext.a "${objects[@]}" $out/o/server.o
}

seeds() { # seeds TARGET DIR: one file for each line of its seeds, in which \xNN is a byte
	perl -ne 'BEGIN { $dir = shift } chomp; s/\\x([0-9a-f]{2})|\\\\/defined $1 ? chr hex $1 : "\\"/ge;
		open my $f, ">:raw", "$dir/seed-$." or die; print $f $_' "$2" <"test/fuzz/seeds/$1.txt"
}

fuzz() { # fuzz TARGET: whether all its runs ended well
	local t=$1 corpus=${CORPUS:+$CORPUS/$1} dict=(test/fuzz/"${1%_*}".dict) log=$out/$1.log
	corpus=${corpus:-$out/corpus/$t}
	[ -n "$CORPUS" ] || rm -rf "$corpus"
	mkdir -p "$corpus" && seeds "$t" "$corpus" || return 1
	[ -e "${dict[0]}" ] && dict=("-dict=${dict[0]}") || dict=()
	clang "${flags[@]}" -fsanitize=fuzzer -o $out/$t test/fuzz/$t.c $out/o/portext.a "$lib/libpgcommon.a" "$lib/libpgport.a" -lm &&
		UBSAN_OPTIONS=print_stacktrace=1 LLVM_PROFILE_FILE=$out/$t.profraw $out/$t -runs="$runs" -seed="$seed" -max_len=120 -timeout=60 -rss_limit_mb=4096 "${dict[@]}" \
			-artifact_prefix=$out/$t- -print_final_stats=1 -entropic=0 "$corpus" >"$log" 2>&1
}

coverage() { # the reached part of each source, all targets together
	local raw=() t
	for t in "${targets[@]}"; do raw+=("$out/$t.profraw"); done
	llvm-profdata merge -o $out/all.profdata "${raw[@]}" &&
		llvm-cov report -instr-profile=$out/all.profdata "$out/${targets[0]}" $(printf -- "-object $out/%s " "${targets[@]:1}") $(printf 'src/%s.c ' "${sources[@]}") |
		sed 's/\x1b\[[0-9;]*m//g'
}

targets=(${TARGETS:-$(ls test/fuzz/seeds | sed 's/\.txt$//')})
mkdir -p $out && build || { echo "0 passed, 1 failed"; exit 1; }
for t in "${targets[@]}"; do
	if fuzz "$t"; then
		passed=$((passed + 1))
		echo "$t ... ok, $(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$t.log") executions, $(sed -n 's/^stat::average_exec_per_sec: *//p' "$out/$t.log") a second"
	else
		failed=$((failed + 1))
		echo "$t ... FAILED"
		grep -vE '^#[0-9]+\s+(NEW|REDUCE|pulse)' "$out/$t.log" | tail -60
	fi
done
[ -z "$COVERAGE" ] || coverage
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
