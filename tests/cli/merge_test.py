#!/usr/bin/env python3
"""`rapporteur merge` from outside. TAP. Usage: merge_test.py PROGRAM SHARED

The last part needs the pairs of SHARED and pandoc, and is skipped without."""
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.dom import minidom

from tap import TYPE, W, check, docx, end, paragraphs, put, skip

program, shared = sys.argv[1:]
PAIR = os.path.join(shared, 'data/docx/redline-gold/pair%03d-%s.docx')
PAIRS = range(0, 60, 6)
# An item that goes as a whole leaves an empty one in pandoc's text, which takes
# a number: lists are compared there without their numbers.
LABEL = re.compile(r'\s*(?:(?:[a-z]{1,2}\)|[ivxlc]+[.)]|\d+[.)]|-)(?:\s+|$))*')


def differ(got, want):
    return [] if got == want else [repr(got), 'is not', repr(want)]


def simple(*texts, raw=''):
    return docx(paragraphs(*texts) + raw,
                ('word/media/a.bin', b'\0\1\2' * 100))


def run(command, *args, given=b''):
    return subprocess.run([program, command, *args], input=given,
                          capture_output=True)


def merge(*args, given=b''):
    return run('merge', *args, given=given)


def authors(path):
    """What each author inserted and deleted, from the octets."""
    with zipfile.ZipFile(path) as z:
        doc = minidom.parseString(z.read('word/document.xml'))
    out = {}
    for kind, tag in (('ins', 'w:t'), ('del', 'w:delText')):
        for e in doc.getElementsByTagName('w:' + kind):
            text = ''.join(t.firstChild.data
                           for t in e.getElementsByTagName(tag)
                           if t.firstChild)
            by = (e.getAttribute('w:author'), kind)
            if text:
                out[by] = out.get(by, '') + text
    return out


ONE = 'that names are written in many scripts of the world'
TWO = 'that addresses are scarce in all regions this year'


def small(top):
    base = put(top, 'base.docx', simple(ONE, TWO))
    a = put(top, 'a.docx', simple(ONE.replace('written', 'spoken'), TWO))
    b = put(top, 'b.docx', simple(
        ONE.replace('written', 'sung'), raw='<w:p><w:r><w:t>%s</w:t></w:r>'
        '<w:ins w:id="1" w:author="y"><w:r><w:t xml:space="preserve"> and the '
        'next</w:t></w:r></w:ins></w:p>' % TWO))
    c = put(top, 'c.txt', (ONE.replace('written', 'spoken') + '\n' + TWO +
                           '\n').encode())
    out = os.path.join(top, 'out.docx')
    parties = (a + '=A', b + '=B', c + '=C')
    done = merge(base, *parties, '-o', out, '--date', '2026-11-29T10:00:00Z')
    check('merges three parties and counts', differ(
        (done.returncode, done.stdout.decode(), done.stderr.decode()),
        (0, 'A: 0 applied, 1 in brackets\nB: 1 applied, 1 in brackets\n'
            'C: 0 applied, 1 in brackets\nchanges 1, of them shared 0; '
            'brackets 1, of them with objections 0\n', '')))
    check('each text has its author', differ(authors(out), {
        ('Rapporteur', 'ins'): '[] [Alt 1 (A, C): ] [Alt 2 (B): ]',
        ('A, C', 'ins'): 'spoken', ('B', 'ins'): 'sung and the next'}))
    check('rejecting gives the base', differ(
        run('text', '--reject', out).stdout.decode(), ONE + '\n' + TWO + '\n'))
    check('accepting shows the brackets', differ(
        run('text', out).stdout.decode(),
        'that names are [written] [Alt 1 (A, C): spoken] [Alt 2 (B): sung] in '
        'many scripts of the world\n' + TWO + ' and the next\n'))
    with zipfile.ZipFile(out) as z:
        check('keeps what it does not touch', differ(
            z.read('word/media/a.bin'), b'\0\1\2' * 100))
    with open(out, 'rb') as f:
        octets = f.read()
    with open(base, 'rb') as f:
        again = merge('-', *parties, '-o', '-', '--format', 'docx', '--date',
                      '2026-11-29T10:00:00Z', given=f.read())
    check('the same input gives the same octets',
          [] if again.stdout == octets else [again.stderr])
    done = merge(base, *parties, '-o', out, '--author', 'Chair & Co')
    check('brackets have the author asked for', differ(
        authors(out).get(('Chair & Co', 'ins')),
        '[] [Alt 1 (A, C): ] [Alt 2 (B): ]'))
    done = merge(base, a + '=A', '-o', out, '--noc', 'N:#1')
    check('an objection is a bracket', differ(
        (run('text', out).stdout.decode().split('\n')[0],
         done.stdout.decode().split('\n')[1]),
        ('that names are [NOC (N): written] [Alt 1 (A): spoken] in many '
         'scripts of the world', 'N: 0 applied, 0 in brackets, objects to 1')))
    got = json.loads(merge(base, *parties, '-o', '-', '--format',
                           'json').stdout)
    check('JSON says who wants what', differ(
        ([p['text'] for p in got['provisions']],
         [(c['base'], [(k['sponsors'], k['text']) for k in c['choices']])
          for c in got['changes']], got['summary']),
        ([ONE, TWO],
         [('written', [(['A', 'C'], 'spoken'), (['B'], 'sung')]),
          ('', [(['B'], ' and the next')])],
         {'changes': 1, 'shared': 0, 'brackets': 1, 'objections': 0,
          'open': 1})))
    two = put(top, 'two.docx', simple(ONE.replace('many', 'all official'),
                                    TWO.replace('all', 'all official')))
    same = put(top, 'same.docx', simple(ONE.replace('that', 'remembering that'),
                                      TWO.replace('that', 'remembering that')))
    done = merge(base, two + '=A', same + '=B', '-o', '-', '--format', 'json')
    got = json.loads(done.stdout)['changes']
    sets = [(c['choices'][0]['sponsors'], c['set']) for c in got]
    check('one intention in several places is one set', differ(
        [[n is not None for who, n in sets if who == [p]] for p in 'AB'] +
        [len({n for who, n in sets if who == ['B']})],
        [[False, False], [True, True], 1]))
    wrong = []
    for end in ('html', 'md', 'txt', 'akn'):
        name = os.path.join(top, 'out.' + end)
        done = merge(base, *parties, '-o', name)
        with open(name, encoding='utf-8') as f:
            if done.returncode or 'Alt 1 (A, C): ' not in f.read():
                wrong.append(end)
    check('other formats show the brackets', wrong)


def noted(*paragraphs):
    """Paragraphs with notes: (text, note, text behind the mark)."""
    body, notes = '', ''
    for k, (before, note, after) in enumerate(paragraphs):
        mark = ''
        if note:
            mark = '<w:r><w:footnoteReference w:id="%d"/></w:r>' % (k + 2)
            notes += ('<w:footnote w:id="%d"><w:p><w:r><w:t>%s</w:t></w:r>'
                      '</w:p></w:footnote>' % (k + 2, note))
        body += ('<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r>%s<w:r>'
                 '<w:t xml:space="preserve">%s</w:t></w:r></w:p>' %
                 (before, mark, after))
    office = ('http://schemas.openxmlformats.org/officeDocument/2006/'
              'relationships')
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr('[Content_Types].xml',
                   f'<Types><Override PartName="/word/document.xml" '
                   f'ContentType="{TYPE}"/><Override PartName='
                   '"/word/footnotes.xml" ContentType="' +
                   TYPE.replace('document.main', 'footnotes') + '"/></Types>')
        z.writestr('word/document.xml',
                   f'<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
                   '</w:document>')
        z.writestr('word/_rels/document.xml.rels',
                   '<Relationships xmlns="http://schemas.openxmlformats.org/'
                   'package/2006/relationships"><Relationship Id="r1" '
                   f'Type="{office}/footnotes" Target="footnotes.xml"/>'
                   '</Relationships>')
        z.writestr('word/footnotes.xml', f'<w:footnotes xmlns:w="{W}">{notes}'
                   '</w:footnotes>')
    return out.getvalue()


def notes_of(path):
    with zipfile.ZipFile(path) as z:
        doc = minidom.parseString(z.read('word/footnotes.xml'))
    out = []
    for kind in ('ins', 'del'):
        for e in doc.getElementsByTagName('w:' + kind):
            out.append((kind, e.getAttribute('w:author'), ''.join(
                t.firstChild.data for tag in ('w:t', 'w:delText')
                for t in e.getElementsByTagName(tag))))
    return sorted(out)


def notes(top):
    one, two, three = (
        'that names are written in many scripts of the world',
        'that addresses are scarce in all regions this year',
        'that the fees of the union are due in the spring')
    base = put(top, 'base.docx', noted((one, 'An old note', ''),
                                       (two, '', ''), (three, 'Old fees', '')))
    a = put(top, 'a.docx', noted((one, 'A new note', ''),
                                 (two[:14], 'Which addresses', two[14:]),
                                 (three, '', '')))
    b = put(top, 'b.docx', noted((one, 'An old note', ''),
                                 ('that more is to be said of it', 'What more',
                                  ' and of the rest'),
                                 (two[:14], 'Which addresses',
                                  two[14:].replace('scarce', 'rare')),
                                 (three, 'Old fees', '')))
    c = put(top, 'c.docx', noted((one, 'An older note', ''), (two, '', ''),
                                 (three, 'Old fees', '')))
    out = os.path.join(top, 'out.docx')
    done = merge(base, a + '=A', b + '=B', '-o', out)
    check('notes come with their marks, in order', differ(
        (run('text', out).stdout.decode(), done.returncode,
         b'left out' in done.stdout),
        (one + '[^1]\nthat more is to be said of it[^2] and of the rest\n' +
         two[:14] + '[^3]' + two[14:].replace('scarce', 'rare') + '\n' +
         three + '\n'
         '[^1]: A new note\n[^2]: What more\n[^3]: Which addresses\n', 0,
         False)))
    check('rejecting gives the notes of the base', differ(
        run('text', '--reject', out).stdout, run('text', base).stdout))
    check('notes are by their parties', differ(notes_of(out), [
        ('del', 'A', 'An old'), ('del', 'A', 'Old fees'), ('ins', 'A', 'A new'),
        ('ins', 'A, B', 'Which addresses'), ('ins', 'B', 'What more')]))
    done = merge(base, a + '=A', c + '=C', '-o', out)
    check('a contested note stays, and is counted', differ(
        (done.stdout.decode().count('left out 1 '),
         'An old note' in run('text', out).stdout.decode()), (2, True)))


def refusals(top):
    base = put(top, 'base.docx', simple(ONE, TWO))
    bad = put(top, 'bad.docx', b'PK no package')
    plain = put(top, 'plain.txt', ONE.encode() + b'\n')
    out = os.path.join(top, 'never.docx')
    wrong = []
    for name, args in (
            ('bad.docx: ', (base, base + '=A', bad + '=B')),
            ('none.docx', (base, os.path.join(top, 'none.docx') + '=A')),
            ('plain.txt: ', (plain, base + '=A')),
            ('two parties are called A', (base, base + '=A', plain + '=A')),
            ('no provision z)', (base, base + '=A', '--noc', 'N:z)')),
            ('not FILE=NAME', (base, base + '=')),
            ('not NAME:PROVISION', (base, base + '=A', '--noc', 'N')),
            ('not a date', (base, base + '=A', '--date', 'today'))):
        done = merge(*args, '-o', out)
        text = done.stderr.decode()
        if done.returncode != 1 or name not in text or done.stdout or \
           not text.startswith('rapporteur: ') or os.path.exists(out):
            wrong.append((name, done.returncode, text))
    check('refuses with a message that names the file', wrong)
    many = [base + '=%d' % i for i in range(13)]
    wrong = []
    for args in ((), (base,), (base, base + '=A'), (base, base, '-o', out),
                 (base, *many, '-o', out), (base, base + '=A', '-o'),
                 (base, base + '=A', '-o', out, '--what')):
        if merge(*args).returncode != 2:
            wrong.append(args)
    check('knows when it is called wrongly', wrong)


def pandoc(track, path):
    return subprocess.run(
        ['pandoc', '--track-changes=' + track, '-f', 'docx', '-t', 'plain',
         '--wrap=none', path], capture_output=True, check=True).stdout.decode()


def without_labels(text):
    lines = (LABEL.sub('', line, count=1).strip() for line in text.split('\n'))
    return [line for line in lines if line]


def real_files(top):
    name = 'three parties on real resolutions'
    if not os.path.exists(PAIR % (0, 'old')) or not shutil.which('pandoc'):
        skip(name, 'no pairs, or no pandoc')
        return
    wrong = []
    for i in PAIRS:
        base, new = PAIR % (i, 'old'), PAIR % (i, 'new')
        lines = run('text', base).stdout.decode().split('\n')
        third = put(top, 'third.txt', '\n'.join(
            line.replace(' the ', ' every ') if k % 3 == 0 else line
            for k, line in enumerate(lines)).encode())
        fourth = put(top, 'fourth.txt', '\n'.join(
            line for k, line in enumerate(lines) if k % 9 != 4).encode())
        out = os.path.join(top, 'merged.docx')
        done = merge(base, new + '=A', third + '=B', fourth + '=C', '-o', out)
        if done.returncode:
            wrong.append((i, done.stderr))
            continue
        if b'whole paragraphs' in done.stdout:
            wrong.append((i, done.stdout))
        rejected = os.path.join(top, 'rejected.docx')
        run('reject', out, '-o', rejected)
        if pandoc('accept', rejected) != pandoc('accept', base):
            wrong.append((i, 'rejected here, it is not the base'))
        if without_labels(pandoc('reject', out)) != \
           without_labels(pandoc('accept', base)):
            wrong.append((i, 'rejected by pandoc, it is not the base'))
        if not {'A', 'B', 'C'} <= {by for by, _ in authors(out)}:
            wrong.append((i, 'a party has no change'))
    check(name, wrong)


with tempfile.TemporaryDirectory() as folder:
    small(folder)
    notes(folder)
    refusals(folder)
    real_files(folder)
end()
