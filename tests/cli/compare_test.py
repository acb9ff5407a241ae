#!/usr/bin/env python3
"""`rapporteur compare` from outside. TAP. Usage: compare_test.py PROGRAM SHARED

Part of it needs pandoc and the pairs of SHARED, and is skipped without them.
pandoc 2.17 settles tracked changes itself, with one thing of its own: a
numbered paragraph that goes as a whole leaves an empty item there, which takes
a number (Readers/Docx.hs puts the item around whatever is left). So where lists
count by themselves its text is compared without the numbers, and with them once
`rapporteur accept` and `reject` have settled the document."""
import functools
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

from tap import TYPE, W, check, docx, end, paragraphs, put, skip

program, shared = sys.argv[1:]
PAIRS = 60
# Sanitizers take five times as long: some of the pairs there, all of them in
# the build that is released.
SOME = os.environ.get('RP_TEST_SOME') == '1'
STEP = 5 if SOME else 1
PAIR = os.path.join(shared, 'data/docx/redline-gold/pair%03d-%s.docx')
COMPARE = os.path.join(shared, 'data/docx/compare')
SCORE = os.path.join(shared, 'tools/score_redline.py')
# A list's label at the begin of a line of pandoc's plain text.
LABEL = re.compile(r'\s*(?:[a-z]{1,2}\)|[ivxlc]+[.)]|\d+[.)]|-)(?:\s+|$)')

NS = '{%s}' % W
CHANGES = ('ins', 'del', 'moveFrom', 'moveTo')
RANGES = ('moveFromRangeStart', 'moveToRangeStart')
# The order of CT_PPr in the schema of ECMA-376, transitional.
PROPERTIES = ('pStyle keepNext keepLines pageBreakBefore framePr widowControl '
              'numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens '
              'kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE '
              'autoSpaceDN bidi adjustRightInd snapToGrid spacing ind '
              'contextualSpacing mirrorIndents suppressOverlap jc '
              'textDirection textAlignment textboxTightWrap outlineLvl divId '
              'cnfStyle rPr sectPr pPrChange').split()


def run(command, *args, given=b''):
    return subprocess.run([program, command, *args], input=given,
                          capture_output=True)


def compare(*args, given=b''):
    return run('compare', *args, given=given)


def simple(*texts):
    return docx(paragraphs(*texts))


LONG = 'the secretariat of the committee on budget for its report of June'
OLD = ('The Assembly,', 'noting', 'the first of all reports', LONG,
       'the rules of procedure that were adopted in the year before',
       'resolves to instruct the secretariat')
NEW = ('The Assembly,', 'noting', 'the third of all reports',
       'the rules of procedure that were adopted in the year before',
       'resolves to instruct the secretariat', LONG, 'to close the matter')


def part(path, name):
    with zipfile.ZipFile(path) as z:
        return z.read(name) if name in z.namelist() else None


def rules_of(tree, seen, moves):
    """What the schema and ECMA-376 17.13.5 say, as far as it is touched."""
    wrong, above = [], {child: e for e in tree.iter() for child in e}
    for e in tree.iter():
        if not isinstance(e.tag, str) or not e.tag.startswith(NS):
            continue
        name, up = e.tag[len(NS):], above.get(e)
        outer = set()
        while up is not None:
            outer.add(up.tag[len(NS):] if up.tag.startswith(NS) else '')
            up = above.get(up)
        if name in CHANGES + RANGES + ('pPrChange', 'rPrChange'):
            if e.get(NS + 'id') is None or e.get(NS + 'author') is None:
                wrong.append((name, e.attrib))
            if e.get(NS + 'id') in seen:
                wrong.append((name, 'again', e.attrib))
            seen.add(e.get(NS + 'id'))
        if name in CHANGES and list(e) and e.find('.//%sp' % NS) is not None:
            wrong.append('a paragraph in w:' + name)
        if name in RANGES:
            moves.setdefault(e.get(NS + 'name'), []).append(name)
        if name in ('t', 'instrText') and 'del' in outer or \
                name in ('delText', 'delInstrText') and 'del' not in outer:
            wrong.append((name, sorted(outer)))
        if name == 'pPr':
            order = [PROPERTIES.index(c.tag[len(NS):]) for c in e
                     if c.tag.startswith(NS)]
            if order != sorted(set(order)):
                wrong.append([c.tag for c in e])
        if name == 'rPr' and above[e].tag == NS + 'pPr':
            marks = [c.tag[len(NS):] in CHANGES for c in e]
            if marks != sorted(marks, reverse=True):
                wrong.append([c.tag for c in e])
    return wrong


def rules(path):
    wrong, ids, moves, seen = [], set(), {}, {}
    for name in ('document', 'footnotes', 'endnotes'):
        octets = part(path, 'word/%s.xml' % name)
        if octets is None:
            continue
        tree = ElementTree.fromstring(octets)
        wrong += rules_of(tree, ids, moves)
        for kind in ('footnote', 'endnote'):
            here = [e.get(NS + 'id') for e in tree.findall(NS + kind)]
            if len(here) != len(set(here)):
                wrong.append((kind, here))
            if here:
                seen[kind] = here
        if name == 'document':
            refs = {k: [e.get(NS + 'id') for e in
                        tree.iter(NS + k + 'Reference')]
                    for k in ('footnote', 'endnote')}
    for kind, used in refs.items():
        if not set(used) <= set(seen.get(kind, [])):
            wrong.append((kind, 'without its text', used))
    wrong += [(n, k) for n, k in moves.items() if len(k) != 2 or
              len(set(k)) != 2]
    return wrong


def notes_in_order(path):
    """As their marks are: some readers go by the order of the part."""
    octets = part(path, 'word/footnotes.xml')
    if octets is None:
        return []
    body = ElementTree.fromstring(part(path, 'word/document.xml'))
    used = [e.get(NS + 'id') for e in body.iter(NS + 'footnoteReference')]
    there = [e.get(NS + 'id') for e in ElementTree.fromstring(octets)
             if e.get(NS + 'type') is None]
    if used == there == sorted(there, key=int):
        return []
    return [('notes', used, there)]


def manners(top):
    old, new = os.path.join(top, 'old.docx'), os.path.join(top, 'new.docx')
    out, wrong = os.path.join(top, 'out.docx'), []

    def want(status, *args, given=b''):
        done = compare(*args, given=given)
        # A difference is no failure: nothing is said about it.
        if done.returncode != status or \
                bool(done.stderr) != (status == 2 or done.stdout == b''):
            wrong.append((args, done))
        return done

    want(2)
    want(2, old)
    want(2, old, new, 'more')
    want(2, old, new, '-o')
    want(2, old, new, '--nonsense')
    want(2, '-', '-')
    want(1, old, new, '-o', os.path.join(top, 'x.odt'))
    want(1, old, new, '-o', out, '--side-by-side')
    want(1, old, new, '-o', out, '--date', 'today')
    want(1, old, new, '-o', os.path.join(top, 'no/such/x.docx'))
    for name in (os.path.join(top, 'none.docx'), top):
        done = want(1, old, name, '-o', out)
        if name.encode() not in done.stderr:
            wrong.append(done)
    if os.path.exists(out):
        wrong.append('a file although it failed')
    want(0, old, new)
    want(1, old, new, '--exit-code')
    want(0, old, old, '--exit-code')
    with open(new, 'rb') as f:
        octets = f.read()
    want(0, old, '-', '-o', out, given=octets)
    with open(out, 'rb') as f:
        first = f.read()
    want(0, old, new, '-o', out)
    with open(out, 'rb') as f:
        if f.read() != first:
            wrong.append('a file and standard input differ')
    done = compare(old, new, '-o', '-', '--format', 'docx')
    if done.stdout != first or done.returncode:
        wrong.append('standard output and a file differ')
    if sorted(os.listdir(top)) != ['new.docx', 'old.docx', 'out.docx']:
        wrong.append(os.listdir(top))
    return wrong


def words(top):
    """What is in the Word document, by the rules of ECMA-376 17.13.5."""
    old, new = os.path.join(top, 'old.docx'), os.path.join(top, 'new.docx')
    out, wrong = os.path.join(top, 'out.docx'), []
    done = compare(old, new, '-o', out, '--author', 'A & B',
                   '--date', '2026-11-29T10:00:00Z')
    if done.returncode or b'moved 1' not in done.stdout:
        return [done]
    for mode, want in (('accept', NEW), ('reject', OLD)):
        got = run('text', '--' + mode, out).stdout.decode().splitlines()
        if got != list(want):
            wrong.append((mode, got))
    tree = ElementTree.fromstring(part(out, 'word/document.xml'))
    for name in CHANGES + RANGES:
        found = list(tree.iter(NS + name))
        if not found:
            wrong.append('no ' + name)
        for e in found:
            if e.get(NS + 'author') != 'A & B' or \
                    e.get(NS + 'date') != '2026-11-29T10:00:00Z':
                wrong.append((name, e.attrib))
    return wrong + rules(out)


def typing(top):
    """Words at a paragraph's end and new paragraphs: one insertion."""
    wrong, out = [], os.path.join(top, 'typed.docx')
    old = put(top, 'typing-old.docx', simple('The first of them', 'The last'))
    new = put(top, 'typing-new.docx', simple(
        'The first of them and more', 'One', 'Two', 'The last'))
    done = compare(old, new, '-o', out)
    if done.returncode or b'are shown' in done.stdout:
        return [done]
    tree = ElementTree.fromstring(part(out, 'word/document.xml'))
    marks = [p.find('%spPr/%srPr/%sins' % (NS, NS, NS)) is not None
             for p in tree.iter(NS + 'p')]
    if marks != [True, True, False, False]:
        wrong.append(marks)
    for mode, side in (('accept', new), ('reject', old)):
        if run('text', '--' + mode, out).stdout != run('text', side).stdout:
            wrong.append(mode)
    return wrong + rules(out)


def formats(top):
    old, new = os.path.join(top, 'old.docx'), os.path.join(top, 'new.docx')
    wrong = []
    for end, marks in (('html', ('<ins', '<del', 'third')),
                       ('akn', ('<ins', '<del', 'akomaNtoso')),
                       ('md', ('third', 'resolves')),
                       ('txt', ('third', 'resolves'))):
        out = os.path.join(top, 'x.' + end)
        done = compare(old, new, '-o', out)
        if done.returncode or b'words: ' not in done.stdout:
            wrong.append((end, done))
            continue
        with open(out, encoding='utf-8') as f:
            text = f.read()
        wrong += [(end, m, text) for m in marks if m not in text]
        again = compare(old, new, '-o', '-', '--format', end)
        if again.stdout != text.encode():
            wrong.append((end, 'not the same again'))
        if end in ('akn', 'html'):
            side = compare(old, new, '-o', '-', '--format', end,
                           '--side-by-side')
            if (side.returncode == 0) != (end == 'html') or \
                    side.stdout == again.stdout:
                wrong.append(side)
    got = json.loads(compare(old, new, '-o', '-', '--format', 'json').stdout)
    ops = [b['op'] for b in got['blocks']]
    if ops.count('move') != 1 or 'edit' not in ops or 'insert' not in ops:
        wrong.append(ops)
    one = put(top, 'one.txt', b'a)\tone word\nb)\tsame\n')
    two = put(top, 'two.md', b'a)\tanother word\n\nb)\tsame\n')
    if compare(one, two, '-o', '-', '--format', 'txt').returncode:
        wrong.append('text and Markdown')
    done = compare(one, two, '-o', os.path.join(top, 'x.docx'))
    if done.returncode != 1 or b'two Word documents' not in done.stderr:
        wrong.append(done)
    return wrong


def odt(*paragraphs):
    names = {n: 'urn:oasis:names:tc:opendocument:xmlns:%s:1.0' % n
             for n in ('office', 'text')}
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr('mimetype', 'application/vnd.oasis.opendocument.text')
        z.writestr('content.xml', '<office:document-content %s><office:body>'
                   '<office:text>%s</office:text></office:body>'
                   '</office:document-content>' % (
                       ' '.join('xmlns:%s="%s"' % n for n in names.items()),
                       ''.join('<text:p>%s</text:p>' % p
                               for p in paragraphs)))
    return out.getvalue()


def open_document(top):
    """Known by its octets, whatever its name; against Word, and as text."""
    wrong = []
    one, two = put(top, 'one', odt(*OLD)), put(top, 'two', odt(*NEW))
    word = os.path.join(top, 'old.docx')
    want = compare(word, os.path.join(top, 'new.docx')).stdout
    for old, new in ((one, two), (word, two)):
        done = compare(old, new)
        if done.stdout != want or done.returncode:
            wrong.append(done)
    if run('text', one).stdout.decode().splitlines() != list(OLD):
        wrong.append(run('text', one))
    done = compare(one, two, '-o', os.path.join(top, 'x.docx'))
    if done.returncode != 1 or b'two Word documents' not in done.stderr:
        wrong.append(done)
    os.unlink(one)
    os.unlink(two)
    return wrong


RELATIONS = 'http://schemas.openxmlformats.org/'
OFFICE = RELATIONS + 'officeDocument/2006/relationships'


def with_parts(note, header):
    """A document with a footnote and a header."""
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>' if note else ''
    parts = {
        '[Content_Types].xml':
            f'<Types><Override PartName="/word/document.xml" ContentType='
            f'"{TYPE}"/><Override PartName="/word/footnotes.xml" ContentType='
            f'"{TYPE.replace("document.main", "footnotes")}"/></Types>',
        'word/document.xml':
            f'<w:document xmlns:w="{W}" xmlns:r="{OFFICE}"><w:body><w:p><w:r>'
            f'<w:t>The text</w:t></w:r>{mark}</w:p><w:sectPr><w:header'
            'Reference w:type="default" r:id="r1"/></w:sectPr></w:body>'
            '</w:document>',
        'word/_rels/document.xml.rels':
            f'<Relationships xmlns="{RELATIONS}package/2006/relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/header" Target="h.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/footnotes" '
            'Target="footnotes.xml"/></Relationships>',
        'word/h.xml':
            f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{header}</w:t></w:r></w:p>'
            '</w:hdr>',
        'word/footnotes.xml':
            f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>'
            f'{note or "unused"}</w:t></w:r></w:p></w:footnote></w:footnotes>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        for name, octets in parts.items():
            z.writestr(name, octets)
    return out.getvalue()


def stories(top):
    """Notes are marked in their own text; headers that differ are told."""
    out, wrong = os.path.join(top, 'stories.docx'), []
    paths = {k: put(top, k + '.docx', with_parts(*v)) for k, v in (
        ('first', ('A short note', 'Document 5-E')),
        ('second', ('A long note', 'Document 5-E')),
        ('third', (None, 'Document 6-E')))}

    def footnotes():
        tree = ElementTree.fromstring(part(out, 'word/footnotes.xml'))
        return [''.join(x.itertext()) for kind in ('del', 'ins')
                for x in tree.iter(NS + kind)]

    for old, new, marked, told in (('first', 'second', ['short', 'long'], 0),
                                   ('first', 'third', ['A short note'], 1),
                                   ('third', 'second', ['A long note'], 1)):
        done = compare(paths[old], paths[new], '-o', out)
        if done.returncode or b'are shown' in done.stdout or \
                footnotes() != marked or rules(out) or \
                (b'headers and footers' in done.stdout) != told:
            wrong.append((old, new, done, footnotes()))
        for mode, side in (('accept', new), ('reject', old)):
            got = run('text', '--' + mode, out).stdout
            if got != run('text', paths[side]).stdout:
                wrong.append((mode, old, new, got))
        got = json.loads(compare(paths[old], paths[new], '-o', '-',
                                 '--format', 'json').stdout)['margins']
        want = ['5-E', '6-E'] if new == 'third' else ['6-E', '5-E']
        want = [('equal', 'Document '), ('del', want[0]), ('ins', want[1])]
        if [[(r['t'], r['text']) for r in m['runs']] for m in got] != \
                ([want] if told else []):
            wrong.append(got)
    for path in (*paths.values(), out):
        os.unlink(path)
    return wrong


def table(*rows):
    """A paragraph, a table, a paragraph."""
    cells = ''.join('<w:tr>%s</w:tr>' % ''.join(
        '<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>' % c for c in r)
        for r in rows)
    return docx(
        '<w:p><w:r><w:t>Before it</w:t></w:r></w:p><w:tbl><w:tblPr/>'
        '<w:tblGrid/>%s</w:tbl><w:p><w:r><w:t>Behind it</w:t></w:r></w:p>' %
        cells)


def columns(top):
    """Only the table whose columns changed goes and comes as a whole."""
    rows = [('Country', 'Fee', 'Remarks'), ('Utopia', '12 units', 'paid now'),
            ('Erewhon', '20 units', 'to be paid')]
    old = put(top, 'old-table.docx', table(*rows))
    out, wrong = os.path.join(top, 'table.docx'), []
    for name, now in (('more', [(a, 'x', b, c) for a, b, c in rows]),
                      ('fewer', [(a, c) for a, _, c in rows]),
                      ('words', [(a, b + ' or so', c) for a, b, c in rows])):
        new = put(top, 'new-table.docx', table(*now))
        done = compare(old, new, '-o', out)
        if done.returncode or b'changes are shown' in done.stdout or \
                (b'tables whose columns' in done.stdout) == (name == 'words'):
            wrong.append((name, done))
        for mode, side in (('accept', new), ('reject', old)):
            if run('text', '--' + mode, out).stdout != run('text', side).stdout:
                wrong.append((name, mode))
        lines = run('text', '--all', out).stdout.decode().splitlines()
        if lines[0] != 'Before it' or lines[-1] != 'Behind it':
            wrong.append((name, lines))
        wrong += rules(out)
        os.unlink(new)
    os.unlink(old)
    os.unlink(out)
    return wrong


A = 'http://schemas.openxmlformats.org/drawingml/2006/'


def drawn(image, *lines, kind='image', name='r9'):
    """Lines of text; one of None is a drawing of `image`."""
    drawing = ('<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p"/>'
               '<a:graphic><a:graphicData uri="p"><a:blip r:embed="%s"/>'
               '</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
               '</w:p>') % name
    parts = {
        '[Content_Types].xml':
            '<Types><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPE}"/>'
            '</Types>',
        'word/_rels/document.xml.rels':
            f'<Relationships xmlns="{RELATIONS}package/2006/relationships">'
            f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" '
            'Target="media/i.png"/></Relationships>',
        'word/media/i.png': image,
        'word/document.xml':
            f'<w:document xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:wp="{A}'
            f'wordprocessingDrawing" xmlns:a="{A}main"><w:body>' + ''.join(
                drawing if x is None else f'<w:p><w:r><w:t>{x}</w:t></w:r></w:p>'
                for x in lines) + '</w:body></w:document>'}
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        for name, octets in parts.items():
            z.writestr(name, octets)
    return out.getvalue()


def pictures(path):
    """The octets of each picture, and whether it is inserted."""
    tree = ElementTree.fromstring(part(path, 'word/document.xml'))
    targets = {e.get('Id'): e.get('Target').rsplit('/', 1)[1] for e in
               ElementTree.fromstring(part(path,
                                           'word/_rels/document.xml.rels'))}
    new = {e for i in tree.iter(NS + 'ins') for e in i.iter()}
    return [(part(path, 'word/media/' + targets[e.get('{%s}embed' % OFFICE)]),
             e in new) for e in tree.iter('{%smain}blip' % A)]


def images(top):
    """A picture of the new version comes along, whatever its relation is."""
    wrong, out = [], os.path.join(top, 'pictures.docx')
    old = put(top, 'none.docx', drawn(b'one picture', 'One line', None,
                                      'Two lines'))
    new = put(top, 'more.docx', drawn(b'another picture', 'One line', 'Two lines',
                                      'Three lines and what they say', None))
    done = compare(old, new, '-o', out)
    if done.returncode or b'are shown' in done.stdout or sorted(
            pictures(out)) != [(b'another picture', True),
                               (b'one picture', False)]:
        wrong.append((done, pictures(out)))
    again = os.path.join(top, 'again.docx')
    run('accept', out, '-o', again)
    done = compare(again, old, '-o', out)
    if done.returncode or (b'one picture', True) not in pictures(out):
        wrong.append(done)
    # Word names relations anew, and a picture may be replaced under its name.
    renamed = put(top, 'renamed.docx', drawn(
        b'one picture', 'One line', None, 'Two lines', name='r44'))
    other = put(top, 'other.docx', drawn(b'another one', 'One line', None,
                                         'Two lines'))
    for path, same in ((renamed, True), (other, False)):
        done = compare(old, path, '-o', out)
        if done.returncode or (b'NOC 3,' in done.stdout) != same or \
                ((b'another one', True) in pictures(out)) == same:
            wrong.append((path, done, pictures(out)))
        os.unlink(path)
    chart = put(top, 'chart.docx', drawn(b'x', 'One line', None, None,
                                         'Two lines', kind='chart'))
    done = compare(old, chart, '-o', os.path.join(top, 'no.docx'))
    if done.returncode != 1 or b'chart' not in done.stderr:
        wrong.append(done)
    for path in (old, new, chart, out, again):
        os.unlink(path)
    return wrong


def hostile(top):
    """Refused with a message, quickly, and nothing is written."""
    good, wrong = os.path.join(top, 'old.docx'), []
    p = '<w:p><w:r><w:t>x</w:t></w:r></w:p>'
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('[Content_Types].xml',
                   f'<Types><Override PartName="/word/document.xml" '
                   f'ContentType="{TYPE}"/></Types>')
        z.writestr('word/document.xml', f'<w:document xmlns:w="{W}"><w:body>' +
                   p * 3000000 + '</w:body></w:document>')
    line = b' '.join(b'w%d' % (i * i % 97) for i in range(20)) + b'\n'
    cases = (('bomb.docx', bomb.getvalue(), b'inflates'),
             ('cut.docx', simple('x')[:150], b''),
             ('entity.docx', simple('&x;'), b''),
             ('huge.txt', line * 190000, b'ceiling'))
    for name, octets, said in cases:
        path, out = put(top, name, octets), os.path.join(top, 'out')
        other = path if name.endswith('.txt') else good
        done = compare(other, path, '-o', out, '--format', 'json')
        if done.returncode != 1 or said not in done.stderr or \
                not done.stderr.startswith(b'rapporteur: ') or \
                done.stdout or os.path.exists(out):
            wrong.append((name, done))
        os.unlink(path)
    return wrong


def pandoc(path, mode):
    done = subprocess.run(
        ['pandoc', '-f', 'docx', '-t', 'plain', '--wrap=none',
         '--track-changes=' + mode, path], capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else done.stderr


@functools.lru_cache(maxsize=4)
def plain(path):
    """Of a file that stays: the two of a pair."""
    return pandoc(path, 'accept')


def without_labels(text):
    lines = []
    for line in text.split('\n'):
        while LABEL.match(line):
            line = line[LABEL.match(line).end():]
        if line.strip():
            lines.append(line.strip())
    return lines


def settled(top, out, old, new):
    """The document, settled by Rapporteur, says what the two files say."""
    wrong, path = [], os.path.join(top, 'settled.docx')
    for mode, side in (('accept', new), ('reject', old)):
        if run('text', '--' + mode, out).stdout != run('text', side).stdout:
            wrong.append((mode, side, 'text'))
        if run(mode, out, '-o', path).returncode:
            wrong.append((mode, side))
        elif shutil.which('pandoc') and \
                pandoc(path, 'accept') != plain(side):
            wrong.append((mode, side, 'by pandoc'))
    return wrong


def pairs(top):
    wrong, exact = [], {'accept': 0, 'reject': 0}
    for i in range(0, PAIRS, STEP):
        old, new = PAIR % (i, 'old'), PAIR % (i, 'new')
        out, typed = os.path.join(top, 'pair.docx'), i % 2 == 0
        done = compare(old, new, '-o', out)
        if done.returncode or b'changes are shown' in done.stdout:
            wrong.append((i, done))
            continue
        wrong += settled(top, out, old, new) + rules(out)
        wrong += notes_in_order(out)
        for mode, side in (('accept', new), ('reject', old)):
            got, want = pandoc(out, mode), plain(side)
            exact[mode] += got == want
            if without_labels(got) != without_labels(want) or \
                    (typed and got != want):
                wrong.append((i, mode))
    print('# to the octet by pandoc alone: accept %d, reject %d of %d' %
          (exact['accept'], exact['reject'], len(range(0, PAIRS, STEP))))
    return wrong


def others(top):
    """Each document of a folder with the next one: the names go by cases."""
    names, wrong, forms = sorted(os.listdir(COMPARE)), [], {}
    names = [n for n in names if n.endswith('.docx')]
    both = list(zip(names + names[1:], names[1:] + names))
    for old, new in both[::STEP]:
        out = os.path.join(top, 'pair.docx')
        old, new = os.path.join(COMPARE, old), os.path.join(COMPARE, new)
        done = compare(old, new, '-o', out)
        if done.returncode:
            wrong.append(done)
            continue
        said = re.search(rb'changes are shown (.*?):', done.stdout)
        form = said.group(1).decode() if said else 'as words'
        forms[form] = forms.get(form, 0) + 1
        wrong += rules(out)
        for mode, side in (('accept', new), ('reject', old)):
            want = run('text', side).stdout
            if run('text', '--' + mode, out).stdout != want:
                wrong.append((mode, old, new))
    print('#', forms)
    return wrong


def score():
    done = subprocess.run([sys.executable, SCORE, program,
                           os.path.dirname(PAIR), '--limits'],
                          capture_output=True, text=True)
    print('#', done.stdout.strip())
    return [] if done.returncode == 0 else [done.stderr]


with tempfile.TemporaryDirectory() as top:
    put(top, 'old.docx', simple(*OLD))
    put(top, 'new.docx', simple(*NEW))
    check('exit status, files, standard input and output', manners(top))
    check('a Word document with tracked changes', words(top))
    check('what was typed in one go is one insertion', typing(top))
    check('every other format', formats(top))
    check('notes, headers and footers', stories(top))
    check('a table whose columns changed', columns(top))
    check('pictures', images(top))
    check('OpenDocument text', open_document(top))
    check('hostile files', hostile(top))
    if os.path.exists(PAIR % (0, 'old')):
        check('the figures of the pairs', score())
        if shutil.which('pandoc'):
            check('the pairs, accepted and rejected', pairs(top))
        else:
            skip('the pairs, accepted and rejected', 'no pandoc')
    else:
        skip('the pairs', 'no data')
    if os.path.isdir(COMPARE):
        check('pairs of other documents', others(top))
    else:
        skip('pairs of other documents', 'no data')
end()
