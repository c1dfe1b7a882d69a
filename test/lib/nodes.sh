# Several private servers at once, each under a name. Source it after cluster.sh, in a script that needs no other trap.
declare -A NODE NODE_PORT NODE_PASSWORD

# node_new NAME [SETTING=VALUE...]: starts one, which goes when the script goes.
node_new() {
	GUARDED=$$
	trap nodes_stop EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	cluster_new "${@:2}" >"${TMPDIR:-/tmp}/portext-node-$$.log" 2>&1 || { cat "${TMPDIR:-/tmp}/portext-node-$$.log" >&2; return 1; }
	NODE[$1]=$CLUSTER NODE_PORT[$1]=$PGPORT NODE_PASSWORD[$1]=$PGPASSWORD
}

nodes_stop() {
	local dir
	for dir in "${NODE[@]}"; do cluster_stop "$dir"; done
	rm -f "${TMPDIR:-/tmp}/portext-node-$$.log"
}

on() { # on NAME COMMAND...: the command, with libpq's variables for that server
	PGPORT=${NODE_PORT[$1]} PGPASSWORD=${NODE_PASSWORD[$1]} "${@:2}"
}
