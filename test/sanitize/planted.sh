#!/bin/bash
# The tool of a debug server sees planted faults, and nothing where there is none. Runs as a client test, on such a
# server. What the tool says stands in the server's log.
. test/lib/tap.sh
fresh planted
for f in planted planted_leak; do
	q planted "CREATE FUNCTION $f(text) RETURNS $([ $f = planted ] && echo text || echo void) LANGUAGE c STRICT VOLATILE AS '$PLANTED', '$f'" | grep ERROR
done

# commit FAULT: a session of its own does it; what the tool says then goes to "report".
commit() {
	local before
	until q planted "SELECT 1" >/dev/null; do sleep 0.2; done # the server starts again after a crash
	before=$(stat -c %s "$CLUSTER_LOG")
	q planted "SELECT planted('$1')" >/dev/null
	until q planted "SELECT 1" >/dev/null; do sleep 0.2; done
	report=$(tail -c +$((before + 1)) "$CLUSTER_LOG")
}

commit none
is "no fault, no report" "$(grep -E "$SIGN" <<<"$report")" ""
while IFS='|' read -r fault sign; do
	commit "$fault"
	like "$fault" "$report" "$sign"
done <<<"$FAULTS"

growth() { # growth UNTIL: what the leak test says
	{ cat test/lib/growth.sql; echo "SELECT pg_temp.growth('planted_leak(''$1'')');"; } | psql -qXAt -v ON_ERROR_STOP=1 -d planted 2>&1
}
is "memory of the row alone is no leak" "$(growth row)" 0
like "memory kept until the query's end is a leak" "$(growth query)" '^[1-9]'
like "memory kept until the session's end is a leak" "$(growth session)" '^[1-9]'
done_testing
