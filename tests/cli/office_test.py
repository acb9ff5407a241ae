#!/usr/bin/env python3
"""Documents of `rapporteur compare` in LibreOffice. TAP.
Usage: office_test.py PROGRAM SHARED

LibreOffice opens what was written here and takes or undoes all changes by
itself; what is left must be the text of the new or the old file, as it reads
them: paragraphs, cells and notes. The labels of lists that count by themselves
are left out: LibreOffice forgets where a list begins anew once the list's first
paragraph is gone. bench/redline.py has all pairs. Skipped without LibreOffice."""
import io
import os
import subprocess
import sys
import tempfile
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import office  # noqa: E402

program, shared = sys.argv[1:]
PAIR = os.path.join(shared, 'data/docx/redline-gold/pair%03d-%s.docx')
PAIRS = range(0, 60, 5)
W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
TYPE = ('application/vnd.openxmlformats-officedocument.wordprocessingml.'
        'document.main+xml')
RELATION = ('http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument')
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/'
LONG = 'the secretariat of the committee on budget for its report of June'
SMALL = [
    ('words', ('One of two', 'Two'), ('One of three', 'Two')),
    ('a paragraph in the middle', ('One', 'Two'), ('One', 'And', 'Two')),
    ('a paragraph at the end', ('One', 'Two'), ('One', 'Two', 'Three')),
    ('what goes at both ends', ('Zero gone', 'One', 'Two', 'Three gone'),
     ('One', 'Two')),
    ('a move', (LONG, 'One stays here', 'Two stays here', 'Three stays too'),
     ('One stays here', 'Two stays here', 'Three stays too', LONG)),
    ('words at the end and paragraphs behind them',
     ('The first of them', 'The last'),
     ('The first of them and more', 'A new one', 'Another new one',
      'The last')),
    ('words gone at the end and the paragraph behind them',
     ('The first of them and more', 'The second', 'The last'),
     ('The first of them', 'The last')),
]


def docx(paragraphs):
    body = ''.join('<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>' %
                   p for p in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('[Content_Types].xml',
                   f'<Types xmlns="{PACKAGE}content-types">'
                   '<Default Extension="rels" ContentType="application/'
                   'vnd.openxmlformats-package.relationships+xml"/>'
                   f'<Override PartName="/word/document.xml" '
                   f'ContentType="{TYPE}"/></Types>')
        z.writestr('_rels/.rels',
                   f'<Relationships xmlns="{PACKAGE}relationships">'
                   f'<Relationship Id="r1" Type="{RELATION}" '
                   'Target="word/document.xml"/></Relationships>')
        z.writestr('word/document.xml',
                   f'<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
                   '</w:document>')
    return out.getvalue()


def cases(top):
    for i, (name, old, new) in enumerate(SMALL):
        paths = []
        for side, text in (('old', old), ('new', new)):
            paths.append(os.path.join(top, f'small{i}-{side}.docx'))
            with open(paths[-1], 'wb') as f:
                f.write(docx(text))
        yield (name, *paths)
    for i in PAIRS if os.path.exists(PAIR % (0, 'old')) else ():
        yield ('pair %d' % i, PAIR % (i, 'old'), PAIR % (i, 'new'))


def text(answer):
    return [p[1] for p in answer['paragraphs']] + answer['notes']


def main(top):
    jobs, names = [], []
    for k, (name, old, new) in enumerate(cases(top)):
        out = os.path.join(top, '%d.docx' % k)
        subprocess.run([program, 'compare', old, new, '-o', out], check=True,
                       stdout=subprocess.DEVNULL)
        jobs += [('accept', out), ('as-is', new), ('reject', out),
                 ('as-is', old)]
        names.append(name)
    answers = office.ask(jobs)
    for k, name in enumerate(names):
        taken, new, undone, old = answers[4 * k:4 * k + 4]
        wrong = [(mode, pair) for mode, x, y in (
            ('accepted', taken, new), ('rejected', undone, old))
            for pair in [[p for p in zip(text(x), text(y)) if p[0] != p[1]]]
            if text(x) != text(y)]
        for w in wrong:
            print('#', w)
        print('%sok %d - %s' % ('not ' if wrong else '', k + 1, name))
    print('1..%d' % len(names))


if office.missing():
    print('1..0 # SKIP', office.missing())
else:
    with tempfile.TemporaryDirectory() as folder:
        main(folder)
