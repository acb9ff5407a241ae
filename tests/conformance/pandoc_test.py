#!/usr/bin/env python3
"""pandoc, which is not our reader, accepts and rejects what exchange/compare
wrote for the gold pairs to the two documents. TAP; skipped without pandoc or
the pairs. Usage: pandoc_test.py EXCHANGE_COMPARE_TEST DATA

pandoc keeps an empty item where a numbered paragraph was deleted, so its lists
are taken apart: paragraphs with something in them are compared, in order, with
their notes."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

writer, data = sys.argv[1:]
pairs = os.path.join(data, 'docx/redline-gold')
if shutil.which('pandoc') is None or not os.path.isdir(pairs):
    print('1..0 # SKIP no pandoc, or no pairs')
    sys.exit(0)


def text(x):
    if isinstance(x, list):
        return ''.join(text(y) for y in x)
    if not isinstance(x, dict):
        return ''
    kind, content = x.get('t'), x.get('c')
    if kind == 'Str':
        return content
    if kind in ('Space', 'SoftBreak', 'LineBreak'):
        return ' '
    if kind == 'Note':
        return '[^' + ' '.join(paragraphs(content)) + ']'
    if kind in ('Link', 'Span', 'Image', 'Quoted'):
        return text(content[1])
    return text(content)


def paragraphs(blocks):
    out = []
    for block in blocks:
        kind, content = block['t'], block.get('c')
        if kind in ('Para', 'Plain'):
            out += [t for t in [text(content).strip()] if t]
        elif kind == 'Header':
            out.append(text(content[2]))
        elif kind == 'BlockQuote':
            out += paragraphs(content)
        elif kind == 'Div':
            out += paragraphs(content[1])
        elif kind in ('OrderedList', 'BulletList'):
            for item in content[1] if kind == 'OrderedList' else content:
                out += paragraphs(item)
        else:
            out.append(json.dumps(block))
    return out


def read(path, changes):
    done = subprocess.run(['pandoc', f'--track-changes={changes}', '-f',
                           'docx', '-t', 'json', path], capture_output=True,
                          check=True)
    return paragraphs(json.loads(done.stdout)['blocks'])


def agrees(redline, changes, pair, version):
    return (read(redline, changes) ==
            read(os.path.join(pairs, f'{pair}-{version}.docx'), 'all'))


with tempfile.TemporaryDirectory() as folder:
    subprocess.run([writer], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, 'RP_TEST_OUT': folder,
                        'RP_TEST_DATA': data})
    jobs = [(os.path.join(folder, f'pair{i:03d}-1.docx'), how, f'pair{i:03d}',
             version) for i in range(60)
            for how, version in (('accept', 'new'), ('reject', 'old'))]
    with ThreadPoolExecutor(2) as pool:
        good = list(pool.map(lambda job: agrees(*job), jobs))
for n, how in ((1, 'accept'), (2, 'reject')):
    right = sum(g for g, j in zip(good, jobs) if j[1] == how)
    print(f"{'ok' if right == 60 else 'not ok'} {n} - {how}s to the document "
          f'in {right} of 60 pairs')
print('1..2')
