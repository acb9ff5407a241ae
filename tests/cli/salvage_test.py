#!/usr/bin/env python3
"""`rapporteur salvage` from outside. TAP. Usage: salvage_test.py PROGRAM SHARED

The last case scores the file that the specification describes, by the rows of
its table (process.md 14.3); it is left out where that file is absent."""
import glob
import json
import os
import subprocess
import sys
import tempfile

program, shared = sys.argv[1:]
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../../bench'))
sys.dont_write_bytecode = True
import salvage_score  # noqa: E402

from tap import check, end

FLAT = ('RESOLUTION 5 (Rev. nice, 2018Lima, 2022)\nnoting\na)\tone;\n'
        'b)\ttwo;\nbc)\tthree,\n').encode()


def run(args, octets=None):
    return subprocess.run([program, 'salvage'] + args, input=octets,
                          capture_output=True)


def read(folder, name):
    return open(os.path.join(folder, name), encoding='utf-8').read()


def results(top):
    out, wrong = top + '/out', []
    done = run(['-o', out, '-'], FLAT)
    if done.returncode or done.stderr:
        return [done]
    if read(out, 'base.txt') != ('RESOLUTION 5 (Rev. Nice, 2018)\nnoting\n'
                                 'a)\ttwo;\nb)\tthree,\n'):
        wrong.append(read(out, 'base.txt'))
    if read(out, 'new.txt') != ('RESOLUTION 5 (Rev. Lima, 2022)\nnoting\n'
                                'a)\tone;\nb)\ttwo;\nc)\tthree,\n'):
        wrong.append(read(out, 'new.txt'))
    page = read(out, 'redline.html')
    if not all(x in page for x in ('<del', '>Nice</del>', '>Lima</ins>',
                                   'one;</ins>')) or '<del>two' in page:
        wrong.append(page)
    got = json.loads(read(out, 'decisions.json'))
    rows = done.stdout.decode().splitlines()
    total = sum(int(n) for row in rows[1:] for n in row.split('\t')[1:])
    if got['format'] != 'rapporteur-salvage-1' or \
            total != len(got['decisions']) or total != 4:
        wrong.append((rows, got))
    with open(top + '/flat.txt', 'wb') as f:
        f.write(FLAT)
    again = run(['-o', top + '/again', top + '/flat.txt'])
    if again.stdout != done.stdout or \
            read(top + '/again', 'new.txt') != read(out, 'new.txt'):
        wrong.append('a file and standard input differ')
    return wrong


def manners(top):
    wrong = []

    def want(status, args, octets=FLAT):
        done = run(args, octets)
        if done.returncode != status or bool(done.stderr) != bool(status):
            wrong.append((args, done))

    want(2, [])
    want(2, ['-'])
    want(2, ['-o'])
    want(2, ['-o', top + '/x', '-', 'more'])
    want(2, ['-o', top + '/x', '--nonsense', '-'])
    want(1, ['-o', top + '/x', '/nonexistent'])
    want(1, ['-o', top + '/x', '-'], b'\xff')
    want(1, ['-o', top + '/x', '-'], b'x\n' * (1 << 20) + b'y')
    if os.path.exists(top + '/x'):
        wrong.append('a folder although it failed')
    want(0, ['-o', top + '/full', '-'])
    want(1, ['-o', top + '/full', '-'])
    want(0, ['-o', top + '/full', '--force', '-'])
    want(0, ['-o', top + '/--', '--', '-'])
    want(1, ['-o', top + '/no/such', '-'])
    os.mkdir(top + '/empty')
    want(0, ['-o', top + '/empty', '-'], b'')
    return wrong


def fresh(top):
    """Texts made here; the figures are those of bench/RESULTS.md."""
    got = salvage_score.fresh(program, range(1, 13))
    print('#', salvage_score.told(got))
    return [] if salvage_score.good(got) else [got]


with tempfile.TemporaryDirectory() as top:
    check('two texts and decisions', results(top))
    check('exit status, folders, limits', manners(top))
    check('fresh texts', fresh(top))
    seed = glob.glob(os.path.join(shared, 'seeds/004_*.txt'))
    table = os.path.join(shared, 'design/process.md')
    if seed and os.path.exists(table):
        got = salvage_score.seed(program, seed[0], table)
        print('#', got)
        check('the file of process.md 14',
              [] if salvage_score.seed_good(got) else [got])
end()
