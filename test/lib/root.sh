# Throw-away Debian systems: directories made by debootstrap, each entered with mounts and processes of its own. Source
# it after packages.sh. The kernel takes mounts and processes away with the script that asked for them, however that
# ends. What remains is directories; a process of its own removes them when the script is gone.

# What a new Debian has in its environment, with the way out to the mirror that this machine uses.
root_env=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
for name in CI http_proxy https_proxy no_proxy HTTPS_PROXY NO_PROXY; do
	if [ -n "${!name}" ]; then root_env+=("$name=${!name}"); fi
done

release_of() { # the Debian release that brings this major version of PostgreSQL
	case $1 in 15) echo bookworm ;; 17) echo trixie ;; 18) echo sid ;; *) return 1 ;; esac
}

# roots_begin: call it first. Begins the script anew with mounts of its own, makes the directory ROOTS, in memory when there
# is plenty, and has it removed at the end.
roots_begin() {
	local scratch=${TMPDIR:-/var/tmp}
	need debootstrap debian-archive-keyring git perl util-linux || return 1
	if [ "$ROOTS_OF" != $$ ]; then
		if ! unshare --mount mount -t tmpfs tmpfs "$scratch"; then
			echo "this machine may not mount: throw-away systems need root and the right to mount (CAP_SYS_ADMIN)" >&2
			return 1
		fi
		export ROOTS_OF=$$
		exec unshare --mount -- bash "$PWD/test/${0##*/}"
	fi
	umask 022
	ROOTS=$(mktemp -d "$scratch/portext-roots-XXXXXX") || return 1
	trap roots_end EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	setsid bash -c 'while kill -0 "$1" && [ -d "$2" ]; do sleep 1; done; umount -l "$2"; rm -rf --one-file-system "$2"' \
		- $$ "$ROOTS" </dev/null >/dev/null 2>&1 &
	disown
	if [ "$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)" -ge 10000000 ]; then
		mount -t tmpfs -o size=7g,mode=755 tmpfs "$ROOTS" || return 1
	fi
	if [ "$(df --output=avail -k "$ROOTS" | tail -1)" -lt 6000000 ]; then
		echo "$ROOTS has less than 6 GB of room: set TMPDIR to a place with more" >&2
		return 1
	fi
}

roots_end() {
	if [ -n "$ISOLATED" ]; then kill -KILL "$ISOLATED"; fi 2>/dev/null
	umount -l "$ROOTS" 2>/dev/null
	rm -rf --one-file-system "$ROOTS" || { sleep 1; rm -rf --one-file-system "$ROOTS"; } # its last process may just be going
}

# isolated COMMAND...: with mounts and processes of its own. In the background, so that a signal need not wait for it.
isolated() {
	setpriv --pdeathsig KILL unshare --mount --pid --ipc --fork --kill-child -- "$@" </dev/null &
	ISOLATED=$!
	wait "$ISOLATED"
}

# The mirror that this machine gets Debian from; nothing (then debootstrap's own choice) when apt does not say.
mirror() {
	apt-get indextargets --format '$(LABEL) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
		awk '$1 == "Debian" && $2 == "main" && $3 ~ /^(https?|file):/ { print $3; exit }'
}

# root_new RELEASE DIR: a minimal Debian that gets its packages as this machine does. Three tries: mirrors have bad moments.
root_new() {
	local try
	for try in 1 2 3; do
		rm -rf --one-file-system "$2"
		root_lean "$2" || return 1
		isolated "${root_env[@]}" debootstrap --variant=minbase "$1" "$2" $(mirror) >"$2.log" 2>&1 &&
			root_settle "$2" && root_run "$2" apt-get update -qq && return 0
		tail -20 "$2/debootstrap/debootstrap.log" "$2.log" 2>/dev/null
		sleep $((5 * try))
	done
	return 1
}

# Without manuals and translations, and without waiting for the disk.
root_lean() {
	mkdir -p "$1/etc/dpkg/dpkg.cfg.d" &&
		printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/man/*' 'path-exclude=/usr/share/locale/*' >"$1/etc/dpkg/dpkg.cfg.d/throw-away"
}

# Gets its packages as this machine does; nothing is started by installing it.
root_settle() {
	mkdir -p "$1/usr/local/share/ca-certificates" "$1/etc/ssl/certs" "$1/dev/pts" "$1/dev/shm" &&
		printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d" && chmod 755 "$1/usr/sbin/policy-rc.d" &&
		{
			echo 'Acquire::Retries "3";'
			apt-config dump | grep -E '^Acquire::(https?|Check-Valid-Until|Check-Date|ForceIPv[46])[: ]'
		} >"$1/etc/apt/apt.conf.d/90as-outside" || return 1
	cp -L /etc/resolv.conf /etc/hosts "$1/etc/" || return 1
	if [ -d /usr/local/share/ca-certificates ]; then cp -r /usr/local/share/ca-certificates/. "$1/usr/local/share/ca-certificates/"; fi
	if [ -f /etc/ssl/certs/ca-certificates.crt ]; then cp -L /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"; fi
}

# root_run DIR COMMAND...: runs a command in it. The shell stays, as the first process of the system.
root_run() {
	isolated bash -c '
		mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm" &&
			mount -t devpts -o newinstance,ptmxmode=666 devpts "$0/dev/pts" && chroot "$0" "$@"
		exit $?' "$1" "${root_env[@]}" "${@:2}"
}

# root_install DIR PACKAGE...: three tries, too.
root_install() {
	local try
	for try in 1 2 3; do
		root_run "$1" apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${@:2}" >"$1.log" 2>&1 && return 0
		tail -20 "$1.log"
		sleep $((5 * try))
		root_run "$1" apt-get update -qq
	done
	return 1
}

# tree_into DIR: what git knows of the working tree, changes that are not committed included, and nothing that was built.
tree_into() {
	mkdir -p "$1" && git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
		perl -0lne 'print if -e || -l' | tar --null --no-recursion -T - -cf - | tar -C "$1" --no-same-owner -xf -
}
