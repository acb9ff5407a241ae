#!/usr/bin/env python3
"""`rapporteur fill` from outside; what comes out is read by pandoc and by
LibreOffice. TAP. Usage: fill_test.py PROGRAM"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

from tap import end, is_so

program = sys.argv[1]
FACTS = {'title': 'Wells & <ponds>', 'text': 'One.\nTwo.', 'group': 'آبار'}


def run(*args):
    return subprocess.run([program, *args], capture_output=True)


def letterhead(folder):
    """A real template: pandoc's own DOCX, with a header beside it."""
    source = ('«title»\n\nDear Sir,\n\n«text»\n\nYours,\n\n«group»\n\n'
              '«signature»\n')
    path = os.path.join(folder, 'letterhead.docx')
    subprocess.run(['pandoc', '-f', 'markdown', '-t', 'docx', '-o', path],
                   input=source, text=True, check=True)
    return path


def parts(path):
    with zipfile.ZipFile(path) as z:
        return {n: z.read(n) for n in z.namelist()}


def plain(path):
    return subprocess.run(['pandoc', '-f', 'docx', '-t', 'plain', path],
                          capture_output=True, text=True, check=True).stdout


with tempfile.TemporaryDirectory() as folder:
    template = letterhead(folder)
    facts = os.path.join(folder, 'facts.json')
    out = os.path.join(folder, 'letter.docx')

    def filled(values):
        with open(facts, 'w', encoding='utf-8') as f:
            json.dump(values, f)
        return run('fill', template, facts, '-o', out)

    got = filled(FACTS)
    is_so('a field without a fact is told', got.returncode == 1 and
          got.stderr == b'rapporteur: no fact for the field: signature\n',
          got)
    is_so('and stays', '«signature»' in plain(out), plain(out))
    got = filled({**FACTS, 'signature': 'A. Chair', 'more': 'x'})
    is_so('a fact without a field is told', got.returncode == 0 and
          got.stderr == b'rapporteur: no field for the fact: more\n', got)
    text = plain(out)
    is_so('pandoc reads the facts', all(w in text for w in (
        'Wells & <ponds>', 'One.\nTwo.', 'آبار', 'A. Chair', 'Dear Sir,')) and
        '«' not in text, text)
    before, after = parts(template), parts(out)
    is_so('every other part is the same, octet for octet',
          before.keys() == after.keys() and [
              n for n in before if before[n] != after[n]] ==
          ['word/document.xml'],
          [n for n in before if before.get(n) != after.get(n)])
    first = open(out, 'rb').read()
    filled({**FACTS, 'signature': 'A. Chair', 'more': 'x'})
    is_so('the same gives the same octets', open(out, 'rb').read() == first)
    if shutil.which('soffice'):
        subprocess.run(['soffice', '--headless', f'-env:UserInstallation='
                        f'file://{folder}/profile', '--convert-to', 'txt:Text '
                        '(encoded):UTF8', '--outdir', folder, out],
                       capture_output=True, check=True, timeout=120)
        with open(os.path.join(folder, 'letter.txt'),
                  encoding='utf-8-sig') as f:
            text = f.read()
        is_so('LibreOffice reads the same', 'Wells & <ponds>' in text and
              'آبار' in text and '«' not in text, text)
    with open(facts, 'w') as f:
        f.write('["x"]')
    got = run('fill', template, facts, '-o', out)
    is_so('facts that are no object', got.returncode == 1 and
          b'no JSON object' in got.stderr, got)
    got = run('fill', facts, facts)
    is_so('a template that is none', got.returncode == 1, got)
    is_so('how it is called', run('fill', template).returncode == 2)
end()
