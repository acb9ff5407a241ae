#!/usr/bin/env python3
"""250,000 answers into a consultation and out of it again.

Time and the largest resident memory of each command, for both formats; the first and a second export have to be the same octets.
usage: bench/export.py PROGRAM [ANSWERS]
"""
import hashlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'tests/api'))
from house import GROUP, House  # noqa: E402

WORDS = ('Names and addresses in every script have to be accepted, stored and '
         'shown; καθολική αποδοχή, 普遍适用, القبول الشامل. ').split()


def lines(n):
    """n / 2 responses of two answers, of some 500 octets each, all other."""
    for i in range(n // 2):
        text = [' '.join(WORDS[(i * k + j) % len(WORDS)] for j in range(60))
                for k in (3, 7)]
        yield json.dumps(dict(
            capacity='individual', name=f'Respondent {i}', country='PE',
            category='individual', lang='en', authorisation='full',
            email=f'respondent{i}@example.org', answer_1=f'{i}: {text[0]}',
            answer_2=f'= {text[1]}'), ensure_ascii=False) + '\n'


def measured(args, out):
    """(processor s, s by the clock, MiB at most, octets written, digest)"""
    began = time.monotonic()
    pid = os.posix_spawn(args[0], args, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, str(out),
         os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)])
    _, status, usage = os.wait4(pid, 0)
    assert status == 0
    took = usage.ru_utime + usage.ru_stime
    clock = time.monotonic() - began
    # In pieces: what this program holds would count as the next one's.
    with open(out, 'rb') as f:
        digest = hashlib.file_digest(f, 'sha256').hexdigest()
    return took, clock, usage.ru_maxrss / 1024, out.stat().st_size, digest


house = House(sys.argv[1])
house.fill()
n = int(sys.argv[2]) if len(sys.argv) > 2 else 250000
source, out = house.folder / 'in.jsonl', house.folder / 'out'
with open(source, 'w', encoding='utf-8') as f:
    f.writelines(lines(n))
table = [('import', measured(house.args(
    'import', str(source), '--consultation', f'{GROUP}/1'), out))]
for kind in ('csv', 'jsonl', 'csv', 'jsonl'):
    table.append((f'export --all --format {kind}', measured(house.args(
        'export', 'responses', '--all', '--format', kind), out)))
same = table[1][1][4] == table[3][1][4] and table[2][1][4] == table[4][1][4]
print(f'{n} answers; the same octets twice: {"yes" if same else "NO"}')
print('| command | processor s | clock s | answers/s | MiB | MB written |')
print('|---|---:|---:|---:|---:|---:|')
for name, (s, clock, mib, octets, _) in table:
    print(f'| `{name}` | {s:.1f} | {clock:.1f} | {n / s:,.0f} | {mib:.0f} | '
          f'{octets / 1e6:.0f} |')
