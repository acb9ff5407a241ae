#!/bin/sh
# Durable submissions through the normal path: COUNT responses of 2 kB by 64
# clients from different /64s of a ULA /48, in a network namespace. Needs root.
#
# usage: bench/submit.sh [PROGRAM SUBMIT [COUNT [CLIENTS [DATABASE-URL]]]]
#
# SUBMIT is the load: ninja -C build-release bench/submit. The one-line result
# says accepted, refused, rate and waits; the raw fdatasync rate of the disk
# stands beside it, for the figures mean nothing without it.
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-build-release/src/proc/rapporteur}")
load=$(realpath "${2:-build-release/bench/submit}")
count=${3:-64000}
clients=${4:-64}
url=${5:-sqlite:rapporteur.db}
if [ "${RP_BENCH_INSIDE-}" != yes ]; then
	RP_BENCH_INSIDE=yes exec unshare -n "$0" "$program" "$load" "$count" \
		"$clients" "$url"
fi
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/rp-bench.XXXXXX")
pid=
end() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null || :
	wait
	rm -rf "$dir"
}
trap end EXIT
trap 'exit 1' INT TERM
ip link set lo up
for i in $(seq "$clients"); do
	ip -6 address add "$(printf 'fd00:1:2:%x::1/128' "$i")" dev lo nodad
done
many=
for kind in submissions reads; do
	for part in all 48 56 64 ipv4 24; do
		many="$many --set ${kind}_per_$part=100000000"
	done
done
# shellcheck disable=SC2086
set -- --set data_dir="$dir" --set listen=[::1]:18490 \
	--set database="$url" --set form_age_min=0s $many
"$program" migrate "$@"
python3 tests/reliability/seed.py "$program" "$@"
"$program" serve "$@" 2>"$dir/log" &
pid=$!
until grep -q event=ready "$dir/log"; do sleep 0.1; done
python3 - "$dir/sync" <<'END'
import os, sys, time
fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
began = time.time()
for i in range(500):
    os.pwrite(fd, b'x' * 4096, 4096 * i)
    os.fdatasync(fd)
print('fdatasync %.2f ms' % ((time.time() - began) * 2))
END
echo "server:"
"$load" ::1 18490 /en/wg/consultations/1/answer "$clients" "$count" 2000 \
	fd00:1:2
kill "$pid"
wait "$pid" 2>/dev/null || :
pid=
# The peer: the same rows by SQLite alone, in a database of its own.
raw=$(dirname "$load")/submit_raw
mkdir "$dir/raw"
"$program" migrate --set data_dir="$dir/raw"
python3 tests/reliability/seed.py "$program" --set data_dir="$dir/raw" \
	--set database=sqlite:rapporteur.db
echo "SQLite alone:"
"$raw" "$dir/raw/rapporteur.db" "$count" "$clients"
