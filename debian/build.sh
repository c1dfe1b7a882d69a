#!/bin/bash
# Builds the Debian packages postgresql-NN-portext, for each server version of this Debian, into build/deb: from what git
# knows of the tree, in a copy of it.
cd "$(dirname "$0")/.." || exit 1
. test/lib/packages.sh
. test/lib/root.sh
# What sudo makes here is for who called it: make demo writes into build/, too.
top=$PWD
[ -z "$SUDO_UID" ] || trap 'chown -Rh "$SUDO_UID:$SUDO_GID" "$top/build"' EXIT
need build-essential debhelper git postgresql-server-dev-all || exit 1
rm -rf build/deb && tree_into build/deb/portext && cd build/deb/portext || exit 1
pg_buildext updatecontrol && dpkg-buildpackage -b -us -uc || exit 1
rm -rf "$PWD"
ls -1 "${PWD%/*}"/*.deb
