# A private, throw-away PostgreSQL server that finds portext in a directory of its own. Source it.
# System directories stay untouched. The server runs as postgres when root asks, else as the caller.

# A name or option in the caller's environment must not lead a test elsewhere.
unset PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGDATABASE PGSERVICE PGSERVICEFILE PGOPTIONS PGSSLMODE PGDATESTYLE PGTZ PGCLIENTENCODING
export LC_ALL=C.UTF-8

as_server() { # from / because the postgres user may not read the directory that root stands in
	if [ "$(id -u)" -eq 0 ]; then (cd / && exec runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# cluster_new [SETTING=VALUE...]: makes and starts one; exports CLUSTER and libpq's PG* variables. With UPDATED=1 each
# CREATE EXTENSION portext makes an updated database: of 0.1.0, brought to today's version.
cluster_new() {
	local bindir try setting log
	umask 022 # the server's user reads what is installed here
	bindir=$("$PG_CONFIG" --bindir)
	CLUSTER=$(mktemp -d "${CLUSTER_PARENT:-/tmp}/portext-XXXXXX") && chmod 755 "$CLUSTER" || return 1
	[ -z "$GUARDED" ] || watch_for_death
	log=${CLUSTER_LOG:-$CLUSTER/log}
	export CLUSTER PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres
	PATH="$bindir:$PATH" # the programs of this version, without the wrapper that picks one
	make -s --no-print-directory install DESTDIR="$CLUSTER/dest" PG_CONFIG="$PG_CONFIG" >/dev/null || return 1
	# A version without a script of its own is created from an older one and updated at once.
	if [ -n "$UPDATED" ]; then
		. test/lib/frozen.sh
		install_frozen && rm "$CLUSTER/dest$("$PG_CONFIG" --sharedir)"/extension/portext--"$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" portext.control)".sql || return 1
	fi
	PGPASSWORD=$(perl -e 'open F, "<", "/dev/urandom"; read F, $b, 12; print unpack "H*", $b')
	export PGPASSWORD
	if [ "$(id -u)" -eq 0 ]; then chown postgres "$CLUSTER"; fi
	printf '%s' "$PGPASSWORD" | as_server sh -c "umask 077; cat > '$CLUSTER/pw'"
	as_server "$bindir/initdb" -D "$CLUSTER/data" -U postgres --auth=scram-sha-256 --pwfile="$CLUSTER/pw" \
		--encoding=UTF8 --locale=C.UTF-8 --no-sync >"$CLUSTER/initdb.log" || return 1
	rm -f "$CLUSTER/pw"
	{
		echo "listen_addresses = '127.0.0.1'"
		echo "unix_socket_directories = ''"
		echo "fsync = off"
		echo "max_worker_processes = 16"
		echo "shared_buffers = 256MB"
		if [ "$PG_MAJOR" -ge 18 ]; then
			echo "extension_control_path = '$CLUSTER/dest$("$PG_CONFIG" --sharedir):\$system'"
		else
			echo "extension_destdir = '$CLUSTER/dest'"
		fi
		echo "dynamic_library_path = '$CLUSTER/dest$("$PG_CONFIG" --pkglibdir):\$libdir'"
		for setting; do echo "$setting"; done
	} | as_server sh -c "cat >> '$CLUSTER/data/postgresql.conf'"
	for try in 1 2 3 4 5; do # another process may take the port between the look and the start
		PGPORT=$(free_port)
		export PGPORT
		as_server "$bindir/pg_ctl" -D "$CLUSTER/data" -l "$log" -o "-p $PGPORT" -s -w start && return 0
	done
	cat "$log" >&2
	return 1
}

# cluster_stop [DIR]: stops the server and removes everything of it. Root stops it as the user who runs it.
cluster_stop() {
	local dir=${1:-$CLUSTER} as=() pid
	[[ "$dir" == */portext-?????? && -d "$dir" ]] || return 0
	pid=$(head -1 "$dir/data/postmaster.pid" 2>/dev/null)
	# After a restart of the machine the number may be another process.
	if [ -n "$pid" ] && grep -qaF "$dir/data" "/proc/$pid/cmdline" 2>/dev/null; then
		if [ "$(id -u)" -eq 0 ]; then as=(runuser -u "$(stat -c %U "$dir/data")" --); fi
		(cd / && "${as[@]}" "$("$PG_CONFIG" --bindir)/pg_ctl" -D "$dir/data" -s -m immediate stop)
	fi
	rm -rf "$dir"
}

# cluster_guard: call it before cluster_new in a script. The server goes when the script goes, even when that is
# killed and cannot say so. cluster_keep lets the server outlive the script.
cluster_guard() {
	GUARDED=$$
	trap cluster_stop EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
}

cluster_keep() {
	trap - EXIT INT TERM HUP
	kill "$WATCHER"
}

watch_for_death() {
	setsid bash -c '. test/lib/cluster.sh
		while kill -0 "$1" && [ -d "$2" ]; do sleep 1; done
		cluster_stop "$2"' - "$GUARDED" "$CLUSTER" </dev/null >/dev/null 2>&1 &
	WATCHER=$!
	disown
}
