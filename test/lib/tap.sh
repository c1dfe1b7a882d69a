# TAP for client tests in bash. Source it; end with done_testing. PG* point at a running server as superuser.
tests=0 bad=0

ok() { # ok NAME COMMAND...: the command succeeds
	local name=$1 out
	shift
	tests=$((tests + 1))
	if out=$("$@" 2>&1); then
		echo "ok $tests - $name"
	else
		bad=$((bad + 1))
		echo "not ok $tests - $name"
		printf '%s\n' "$out" | tail -20 | sed 's/^/# /'
		return 1
	fi
}

is() { # is NAME GOT WANTED
	tests=$((tests + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $tests - $1"
	else
		bad=$((bad + 1))
		echo "not ok $tests - $1"
		printf '%s\n' "got:    $2" "wanted: $3" | sed 's/^/# /'
		return 1
	fi
}

like() { # like NAME TEXT REGEX: some line of the text matches
	tests=$((tests + 1))
	if grep -qE -- "$3" <<<"$2"; then
		echo "ok $tests - $1"
	else
		bad=$((bad + 1))
		echo "not ok $tests - $1"
		printf '%s\n' "text:   $2" "wanted: $3" | sed 's/^/# /'
		return 1
	fi
}

q() { # q DATABASE SQL: the result, unaligned, without header; errors too, on standard output
	psql -qXAt -v ON_ERROR_STOP=1 -v VERBOSITY=verbose -d "$1" -c "$2" 2>&1
}

fresh() { # fresh DATABASE [OPTIONS]: an empty database
	psql -qX -v ON_ERROR_STOP=1 -d postgres -c "SET client_min_messages = warning" -c "DROP DATABASE IF EXISTS $1" \
		-c "CREATE DATABASE $1 TEMPLATE template0 ${2:-}"
}

done_testing() {
	echo "1..$tests"
	exit $((bad > 0))
}
