# Debian packages by name: installs what is missing as root, else says what to install. Source it.

# The server's major version: the newest installed one, else the distribution's own.
pg_major() {
	local v
	v=$(ls /usr/lib/postgresql 2>/dev/null | sort -n | while read -r m; do
		[ -x "/usr/lib/postgresql/$m/bin/postgres" ] && echo "$m"; done | tail -1)
	[ -n "$v" ] || v=$(apt-cache depends postgresql 2>/dev/null | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' | head -1)
	echo "${PG_MAJOR:-$v}"
}

# need PACKAGE...: after it returns all of them are installed.
need() {
	local missing=() p rc log extra=/etc/postgresql-common/createcluster.d/portext.conf
	for p; do
		[ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$p" 2>/dev/null)" = 'ii ' ] || missing+=("$p")
	done
	[ ${#missing[@]} -eq 0 ] && return 0
	if [ "$(id -u)" -ne 0 ]; then
		echo "These packages are missing; install them as root, or run this as root: ${missing[*]}" >&2
		return 1
	fi
	echo "installing: ${missing[*]}"
	# Installing the server would make and start a system cluster; this holds it back for the moment.
	mkdir -p "${extra%/*}" && echo "create_main_cluster = false" >"$extra" || return 1
	log=$(mktemp)
	{ apt_get install "${missing[@]}" || { apt_get update && apt_get install "${missing[@]}"; }; } >"$log" 2>&1
	rc=$?
	[ $rc -eq 0 ] || cat "$log" >&2
	rm -f "$extra" "$log"
	return $rc
}

apt_get() {
	DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# need_postgres EXTRA...: the server, its headers and PostGIS; sets PG_MAJOR and PG_CONFIG for this version.
need_postgres() {
	PG_MAJOR=$(pg_major)
	if [ -z "$PG_MAJOR" ] && [ "$(id -u)" -eq 0 ]; then
		apt_get update >/dev/null
		PG_MAJOR=$(pg_major)
	fi
	[ -n "$PG_MAJOR" ] || { echo "no PostgreSQL server found: install the package postgresql" >&2; return 1; }
	export PG_MAJOR PG_CONFIG="${PORTEXT_SERVER:-/usr/lib/postgresql/$PG_MAJOR}/bin/pg_config"
	need "postgresql-$PG_MAJOR" "postgresql-server-dev-$PG_MAJOR" "postgresql-$PG_MAJOR-postgis-3" \
		"postgresql-$PG_MAJOR-postgis-3-scripts" "${@/#pgtap/postgresql-$PG_MAJOR-pgtap}"
}
