#!/bin/sh
# Judging a list of about 200,000 names against ICU's bare calls, in one run.
# usage: bench/address.sh [RUNS]        (from the root of the tree)
set -eu
build=build-release
list=$(mktemp) out=$(mktemp)
trap 'rm -f "$list" "$out"' EXIT
[ -d $build ] || meson setup $build --buildtype=release >/dev/null
ninja -C $build bench/address_peer src/proc/rapporteur >/dev/null
python3 bench/address_list.py data/psl/public_suffix_list.dat \
	../shared/data/uasg/uasg004-domains.txt >"$list"
$build/bench/address_peer "$list" "${1:-5}"
# The command does more: reads, judges, warns (UTS 39, suffixes) and writes.
python3 - $build/src/proc/rapporteur "$list" "$out" "${1:-5}" <<'E2'
import os, statistics, subprocess, sys
program, names, out, runs = sys.argv[1:]
lines = sum(1 for _ in open(names, 'rb'))


def spent():
    t = os.times()
    return t.children_user + t.children_system


took = []
for _ in range(int(runs)):
    with open(names, 'rb') as i, open(out, 'wb') as o:
        start = spent()
        subprocess.run([program, 'address', '--data', 'data'], stdin=i,
                       stdout=o)
        took.append(spent() - start)
middle = statistics.median(took)
print('command %.0f ns a name, %.0f names a second, with its start'
      % (middle * 1e9 / lines, lines / middle))
E2
