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
# Whole programs: one around ICU's call that writes A-forms, and the command,
# which also writes U-forms and keys and warns (UTS 39, public suffixes).
python3 - $build "$list" "$out" "${1:-5}" <<'E2'
import os, statistics, subprocess, sys
build, names, out, runs = sys.argv[1:]
lines = sum(1 for _ in open(names, 'rb'))
programs = {'filter': [build + '/bench/address_peer', '--filter'],
            'command': [build + '/src/proc/rapporteur', 'address', '--data',
                        'data']}
took = {name: [] for name in programs}


def spent():
    t = os.times()
    return t.children_user + t.children_system


for _ in range(int(runs)):
    for name, program in programs.items():
        with open(names, 'rb') as i, open(out, 'wb') as o:
            start = spent()
            subprocess.run(program, stdin=i, stdout=o)
            took[name].append((spent() - start) * 1e9 / lines)
for name in programs:
    each = statistics.median(took[name])
    print('%-7s %.0f ns a name, %.0f a second' % (name, each, 1e9 / each))
print('ratio %.2f' % (statistics.median(took['command'])
                      / statistics.median(took['filter'])))
E2
