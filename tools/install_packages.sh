#!/bin/sh
# Install what packages.txt lists and this machine lacks.
#
# usage: tools/install_packages.sh [--test]
#
# Without --test the lines marked `# test` are left out. `unless COMMAND` in the
# mark leaves a package out where that command is there already: a machine that
# has a mail server keeps it. Nothing is fetched when nothing is missing.
set -eu
cd "$(dirname "$0")/.."
with_tests=${1:-}

if ! command -v dpkg-query >/dev/null; then
	echo "not a Debian system: packages.txt lists what is needed" >&2
	exit 0
fi
missing=
while read -r name mark; do
	case "$name" in
	'' | '#'*) continue ;;
	esac
	case "$mark" in
	*'# test'*) [ "$with_tests" = --test ] || continue ;;
	esac
	case "$mark" in
	*' unless '*) command -v "${mark##* unless }" >/dev/null && continue ;;
	esac
	status=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) ||
		status=
	[ "$status" = installed ] || missing="$missing $name"
done <packages.txt
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "please install, as root:$missing" >&2
		exit 1
	fi
	as_root=sudo
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
printf 'installing packages:%s\n' "$missing"
case "$missing " in
*' postfix '*)
	# Without a configuration of its own its service is never started.
	echo 'postfix postfix/main_mailer_type select No configuration' |
		$as_root debconf-set-selections
	;;
esac
if ! { $as_root apt-get update -q >"$log" 2>&1 &&
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
		--no-install-recommends $missing >>"$log" 2>&1; }; then
	cat "$log" >&2
	exit 1
fi
