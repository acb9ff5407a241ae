#!/usr/bin/env python3
"""A meeting pack as one PDF, through pages alone, on both engines, read by
poppler: cover, index with pages and hashes, documents typed and uploaded as PDF,
bookmarks, tags, the same octets twice; hostile PDFs; who gets what. TAP.
Usage: pack_pdf_test.py PROGRAM"""
import hashlib
import os
import re
import subprocess
import tempfile
import time

from house import House
from server import Tap

tap = Tap()


def pdf(*texts, extra='', page=''):
    """A PDF of a page for each text, written by hand."""
    n = len(texts)
    kids = ' '.join(f'{4 + 2 * i} 0 R' for i in range(n))
    objects = [f'<</Type/Catalog/Pages 2 0 R{extra}>>',
               f'<</Type/Pages/Count {n}/Kids[{kids}]/MediaBox[0 0 300 300]'
               '/Resources<</Font<</F 3 0 R>>>>>>',
               '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']
    for i, text in enumerate(texts):
        body = f'BT /F 20 Tf 20 150 Td ({text}) Tj ET'
        objects += [f'<</Type/Page/Parent 2 0 R/Contents {5 + 2 * i} 0 R'
                    f'{page}>>',
                    f'<</Length {len(body)}>>\nstream\n{body}\nendstream']
    out, at = b'%PDF-1.4\n', []
    for i, o in enumerate(objects):
        at.append(len(out))
        out += f'{i + 1} 0 obj\n{o}\nendobj\n'.encode()
    start = len(out)
    out += f'xref\n0 {len(at) + 1}\n0000000000 65535 f \n'.encode()
    out += b''.join(b'%010d 00000 n \n' % a for a in at)
    return out + (f'trailer\n<</Size {len(at) + 1}/Root 1 0 R>>\nstartxref\n'
                  f'{start}\n%%EOF\n').encode()


HOSTILE = {
    'loop': pdf('Looped').replace(b'/Count 1/Kids[4 0 R]',
                                  b'/Count 1/Kids[2 0 R]'),
    'cut': pdf('Cut off')[:200],
    'noise': b'%PDF-1.4\n' + os.urandom(3000),
    'huge': pdf('Huge').replace(b'/Count 1', b'/Count 1000000000'),
    'deep': pdf('Deep', page='/X ' + '[' * 3000 + ']' * 3000),
}


def tool(name, octets, *args):
    with tempfile.NamedTemporaryFile(suffix='.pdf') as f:
        f.write(octets)
        f.flush()
        done = subprocess.run([name, *args, f.name] + (
            ['-'] if name == 'pdftotext' else []), capture_output=True)
    return done.returncode, done.stdout.decode('utf-8', 'replace'), \
        done.stderr.decode('utf-8', 'replace')


def get(h, who, url):
    got = who.get(url)
    h.check(f'{url.rpartition("/")[2]} is a PDF', got.status == 200 and
            got.headers['Content-Type'] == 'application/pdf', got.status)
    code, info, complaints = tool('pdfinfo', got.octets)
    h.check('of which poppler says nothing', code == 0 and not complaints,
            complaints or info)
    pages = int(re.search(r'Pages:\s+(\d+)', info)[1])
    texts = [tool('pdftotext', got.octets, '-layout', '-f', str(i + 1), '-l',
                  str(i + 1))[1] for i in range(pages)]
    return got.octets, info, texts


def wait(h, who, url, good):
    end = time.time() + 120
    while True:
        got = who.get(url)
        if good(got.octets) or time.time() > end:
            return got
        time.sleep(1)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        typed = h.document(url, 'On wells')
        h.upload(typed, b'# Wells\n\nThe quokka drinks.\n', 'w.md', lang='en')
        scanned = h.document(url, 'On (springs)')
        there = pdf('First narwhal', 'Second narwhal',
                    extra='/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>',
                    page='/AA<</O<</S/JavaScript/JS(evil)>>>>/Annots[<<'
                    '/Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI('
                    'https://example.org/)>>>><</Type/Annot/Subtype/Widget'
                    '/Rect[0 0 9 9]/T(field)>>]')
        h.upload(scanned, there, 's.pdf', lang='en')
        secret = h.document(url, 'Unposted', posted=False)
        h.upload(secret, pdf('Hidden numbat'), 'h.pdf', lang='en')
        for one in (typed, scanned):
            h.staff.send(h.staff.get(one), one, 'access', access='public',
                         title_public='1')
        members = h.document(url, 'For members')
        h.upload(members, pdf('Closed quoll'), 'm.pdf', lang='en')
        address = public + 'pack.pdf'
        member = h.person('Mia', 'read')
        wait(h, member, address, lambda o: o.count(b'/Fit]') >= 3)
        octets, info, texts = get(h, member, address)
        h.check('the same twice', member.get(address).octets == octets)
        whole = '\n'.join(texts)
        h.check('it is tagged, and has its title', 'Tagged:          yes' in
                info and 'CWG-Internet, meeting 20' in info, info)
        h.check('a cover', 'CWG-Internet, meeting 20' in texts[0] and
                'Geneva' in texts[0] and 'Edition' in whole, texts[0])
        h.check('all that she may read', all(w in whole for w in (
            'The quokka drinks', 'First narwhal', 'Second narwhal',
            'Closed quoll')), whole[-2000:])
        h.check('and nothing else', 'numbat' not in whole)
        for n, word in ((1, 'The quokka'), (2, 'First narwhal'),
                        (4, 'Closed quoll')):
            row = re.search(rf'CWG-Internet-20/{n} .*?Pages (\d+) to (\d+)',
                            whole, re.S)
            h.check(f'the index has the page of document {n}', row and word in
                    '\n'.join(texts[int(row[1]) - 1:int(row[2])]),
                    row or whole[:1500])
        h.check('and the hash of what was sent', hashlib.sha256(
            there).hexdigest() in re.sub(r'\s', '', whole), texts[0])
        titles = [bytes.fromhex(t.decode()).decode('utf-16-be') for t in
                  re.findall(rb'/Title <FEFF([0-9A-F]+)>', octets)]
        h.check('a bookmark for each', all(any(t.startswith(s) for t in titles)
                for s in ('CWG-Internet-20/1 – On wells',
                          'CWG-Internet-20/2 – On (springs)',
                          'CWG-Internet-20/4 – For members')), titles)
        h.check('no script and no form came along, but links', b'JavaScript'
                not in octets and b'Widget' not in octets and
                b'https://example.org/' in octets)
        structure = tool('pdfinfo', octets, '-struct-text')[1]
        h.check('the tags of what is ours are there', 'The quokka drinks' in
                structure and 'Part' in structure, structure[:1500])
        octets, info, texts = get(h, h.public, address)
        whole = '\n'.join(texts)
        h.check('others get what they may read', 'quokka' in whole and
                'narwhal' in whole and 'quoll' not in whole and
                'For members' not in whole, whole[:1500])
        for lang, word in (('fr', 'Pages'), ('ar', ''), ('zh', '')):
            get(h, h.public, f'/{lang}{public[3:]}pack.pdf')
        hostile(h, url, public, member)
        page = member.get(public + 'pack')
        h.check('the page of the pack offers it', 'formaction="' + address in
                page.text, page)
        bad = member.get(address + '?since=tomorrow')
        h.check('what is wrong is told on the page', bad.status == 400 and
                'since-error' in bad.text, bad)
    finally:
        h.server.stop()


def hostile(h, url, public, member):
    """What cannot be read is named; the rest is as it was."""
    for name, octets in HOSTILE.items():
        one = h.document(url, f'Hostile {name}')
        h.upload(one, octets, f'{name}.pdf', lang='en')
    time.sleep(8)
    octets, info, texts = get(h, member, public + 'pack.pdf')
    whole = '\n'.join(texts)
    h.check('hostile ones harm no other', all(w in whole for w in (
        'The quokka drinks', 'First narwhal', 'Closed quoll')), whole[:500])
    h.check('what cannot be taken apart is named', 'Hostile noise' in whole and
            'Not in this file' in whole, whole[:3000])
    said = [x for x in h.server.said().splitlines()
            if 'Sanitizer' in x or 'runtime error' in x or 'level=error' in x]
    h.check('the server has not complained of itself', not said,
            '\n'.join(said))


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
