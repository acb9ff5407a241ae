#!/bin/sh
# Configure (once) and build a folder, quietly; show the log if that fails.
#
# usage: tools/build.sh FOLDER [MESON-OPTION...]
set -eu
cd "$(dirname "$0")/.."
folder=$1
shift
mkdir -p "$folder"
log=$folder/build.log
began=$(date +%s)
if [ ! -f "$folder/build.ninja" ]; then
	if command -v ccache >/dev/null; then
		export CC="ccache ${CC:-gcc}" CXX="ccache ${CXX:-g++}"
	fi
	printf 'configuring %s\n' "$folder"
	if ! meson setup "$folder" "$@" >"$log" 2>&1; then
		cat "$log" >&2
		exit 1
	fi
fi
printf 'building %s ... ' "$folder"
if ! ninja -C "$folder" >"$log" 2>&1; then
	echo failed
	grep -v '^\[' "$log" >&2
	exit 1
fi
printf '%s s\n' $(($(date +%s) - began))
