#!/usr/bin/env python3
"""`rapporteur themes --codebook` from outside. TAP.
Usage: themes_codebook_test.py PROGRAM

The same codebook as REFI-QDA, JSON and CSV gives the same files; foreign octets
are refused with the file's name; the report is in the language asked for."""
import csv
import json
import os
import subprocess
import sys
import tempfile

from tap import end, is_so

program = sys.argv[1]
RESPONSES = [
    ('1', 'States', 'The deadline is too short. Please give us more weeks.'),
    ('2', 'States', 'We ask for a longer deadline to answer the questions.'),
    ('3', 'Others', 'The fees are too high for small operators.'),
    ('4', 'Others', 'Lower fees for small operators would help us.'),
    ('5', '', 'Thank you very much.'),
    ('6', '', ''),
]
CODES = [
    {'id': '4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e01', 'name': 'More <time>',
     'definition': 'The deadline should be longer, by weeks.',
     'examples': 'The deadline came too early.\nGive us more weeks.\n'
                 'A longer deadline, please.'},
    {'id': '4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e02', 'name': 'Lower fees',
     'definition': 'Fees are too high for small operators.',
     'examples': 'Fees hurt small operators.\nPlease lower the fees.\n'
                 'The fees are high.'},
    {'id': '4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e03', 'name': 'Satellites',
     'definition': 'Orbits and launches.'},
]


def qdc(code):
    from xml.sax.saxutils import escape, quoteattr
    text = code['definition']
    if 'examples' in code:
        text += '\n\n[=] ' + code['examples']
    return (f'<Code guid="{code["id"]}" name={quoteattr(code["name"])} '
            f'isCodable="true"><Description>{escape(text)}</Description>'
            '</Code>')


def write_codebooks(folder):
    names = [os.path.join(folder, 'book.' + x) for x in ('json', 'csv', 'qdc')]
    with open(names[0], 'w', encoding='utf-8') as f:
        json.dump(CODES, f)
    with open(names[1], 'w', encoding='utf-8', newline='') as f:
        w = csv.DictWriter(f, ['name', 'examples', 'definition', 'id'])
        w.writeheader()
        w.writerows(CODES)
    with open(names[2], 'w', encoding='utf-8') as f:
        f.write('<?xml version="1.0" encoding="utf-8"?>\n<CodeBook '
                'xmlns="urn:QDA-XML:codebook:1:0" origin="A program"><Codes>' +
                ''.join(map(qdc, CODES)) + '</Codes><Sets/></CodeBook>')
    return names


def run(folder, *args):
    return subprocess.run(
        [program, 'themes', os.path.join(folder, 'in.csv'), '--text', 'text',
         '--id', 'id', '--group', 'group', *args], capture_output=True)


def files(folder):
    return {n: open(os.path.join(folder, n), 'rb').read()
            for n in sorted(os.listdir(folder)) if n != 'run.json'}


def main(folder):
    with open(os.path.join(folder, 'in.csv'), 'w', newline='') as f:
        csv.writer(f).writerows([('id', 'group', 'text')] + RESPONSES)
    results = []
    for name in write_codebooks(folder):
        out = os.path.join(folder, 'out-' + os.path.basename(name))
        done = run(folder, '--codebook', name, '-o', out, '--quiet')
        is_so(f'{os.path.basename(name)} is taken', done.returncode == 0,
              done.stderr.decode())
        results.append(files(out))
    is_so('the same codebook in three formats gives the same files',
          results[0] == results[1] == results[2],
          [n for n in results[0] if len({r[n] for r in results}) > 1])

    with open(os.path.join(folder, 'out-book.json/themes.json')) as f:
        themes = json.load(f)
    is_so('themes are those of the codebook that were spoken of',
          [t['label'] for t in themes] == ['More <time>', 'Lower fees'] and
          [t['responses'] for t in themes] == [2, 2], themes)
    with open(os.path.join(folder, 'out-book.json/report.html'),
              encoding='utf-8') as f:
        report = f.read()
    is_so('nothing of a person is called a machine label',
          'More &lt;time&gt;' in report and 'machine label' not in report)
    is_so('the report accounts for all', '6 responses were received' in report)

    out = os.path.join(folder, 'ar')
    done = run(folder, '-o', out, '--quiet', '--report-lang', 'ar',
               '--codebook', os.path.join(folder, 'book.json'))
    with open(os.path.join(out, 'report.html'), encoding='utf-8') as f:
        is_so('the report is in the language asked for', done.returncode == 0
              and '<html lang="ar" dir="rtl">' in f.read())
    done = run(folder, '-o', out, '--report-lang', 'xx')
    is_so('a language that is not there is refused', done.returncode == 2)

    for name, octets in (
            ('circle', b'[{"name":"a","parent":"b"},'
                       b'{"name":"b","parent":"a"}]'),
            ('entity', b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]>'
                       b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">&e;'
                       b'</CodeBook>'),
            ('octets', b'name\n\xff\n'), ('nothing', b'')):
        path = os.path.join(folder, name)
        with open(path, 'wb') as f:
            f.write(octets)
        done = run(folder, '-o', os.path.join(folder, 'none'), '--codebook',
                   path)
        is_so(f'{name} is refused, by name', done.returncode == 1 and
              name.encode() in done.stderr and
              not os.path.exists(os.path.join(folder, 'none')),
              (done.returncode, done.stderr))
    end()


with tempfile.TemporaryDirectory() as where:
    main(where)
