# The distribution's own PostgreSQL, built from its source package to find faults. Source it, after test/lib/packages.sh.
export ASAN_OPTIONS=detect_leaks=0 # programs leave it to their end to free memory

# debug_server asan|valgrind: assertions on, and the allocators tell the tool of every chunk. Sets SERVER to the
# directory, which is in a cache outside of the tree: each version is built once.
debug_server() {
	local kind=$1 cache recipe as=(bash)
	need build-essential dpkg-dev pkg-config libxml2-dev tzdata $([ "$kind" = valgrind ] && echo valgrind) || return 1
	if [ "$(id -u)" -eq 0 ]; then
		cache=/var/cache/portext as=(runuser -u postgres -- bash)
	else
		cache=${XDG_CACHE_HOME:-$HOME/.cache}/portext
	fi
	recipe=$(cat test/sanitize/{server.sh,build.sh,memcheck.h} | cksum | cut -d' ' -f1)
	# The distribution installs libraries into its own directory, unless the path has "postgres" in it.
	SERVER=$cache/postgresql-$kind-$(dpkg-query -W -f='${Version}' "postgresql-$PG_MAJOR")-$recipe
	[ -e "$SERVER/complete" ] && return 0
	rm -rf "$SERVER" && mkdir -p "$SERVER"/{source,memdebug/valgrind} && cp test/sanitize/build.sh "$SERVER/source/" &&
		cp test/sanitize/memcheck.h "$SERVER/memdebug/valgrind/" && server_source "$SERVER/source" || return 1
	[ ${#as[@]} -eq 1 ] || chown -R postgres "$SERVER" || return 1
	if ! (cd / && "${as[@]}" "$SERVER/source/build.sh" "$kind" "$SERVER") >"$SERVER/build.log" 2>&1; then
		tail -20 "$SERVER/build.log" >&2
		return 1
	fi
	[ ${#as[@]} -eq 1 ] || chown -R root "$SERVER" || return 1
	server_links && rm -rf "$SERVER/source" && touch "$SERVER/complete"
}

# server_source DIR: the source, with the distribution's changes, into DIR/tree. Configures apt for this one purpose, so
# the machine's own need not list sources. A mirror may list a version that it no longer has; the next one will do.
server_source() {
	local dir=$1 f version apt
	mkdir -p "$dir"/{parts,lists/partial,cache/archives/partial} || return 1
	for f in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
		if [ -f "$f" ]; then sed 's/^Types:.*/Types: deb-src/; s/^deb /deb-src /' "$f" >"$dir/parts/${f##*/}"; fi
	done
	apt=(-qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$dir/parts" -o "Dir::State::lists=$dir/lists"
		-o "Dir::Cache=$dir/cache" -o APT::Sandbox::User=root)
	apt-get "${apt[@]}" update >/dev/null 2>"$dir/apt.log" # sources other than the distribution's may fail
	for version in $(apt-cache "${apt[@]}" showsrc "postgresql-$PG_MAJOR" | sed -n 's/^Version: //p' | sort -rVu); do
		(cd "$dir" && apt-get "${apt[@]}" source --download-only "postgresql-$PG_MAJOR=$version") >>"$dir/apt.log" 2>&1 || continue
		dpkg-source --no-check -x "$dir"/*.dsc "$dir/tree" >>"$dir/apt.log" 2>&1 || break
		echo "source: postgresql-$PG_MAJOR $version"
		return 0
	done
	cat "$dir/apt.log" >&2
	return 1
}

# The distribution's programs for clients, PostGIS and pgTAP: these two look into no structure that assertions change.
server_links() {
	local lib share program
	lib=$("$SERVER/bin/pg_config" --pkglibdir) share=$("$SERVER/bin/pg_config" --sharedir)/extension
	case $lib in "$SERVER"/*) ;; *) return 1 ;; esac
	for program in "/usr/lib/postgresql/$PG_MAJOR"/bin/*; do
		[ -e "$SERVER/bin/${program##*/}" ] || ln -s "$program" "$SERVER/bin/"
	done
	ln -s "/usr/lib/postgresql/$PG_MAJOR/lib"/postgis*.so "$lib" &&
		ln -s "/usr/share/postgresql/$PG_MAJOR/extension"/{postgis,pgtap}[-.]* "$share"
}
