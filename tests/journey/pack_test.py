#!/usr/bin/env python3
"""Meeting packs through pages alone, on both engines: what is in one for
everybody, for a member and for who enters documents; languages; what is new
since a day, an edition, the last download; the index, opened from disk. TAP.
Usage: pack_test.py PROGRAM"""
import csv
import hashlib
import html.parser
import io
import os
import subprocess
import sys
import tempfile
import zipfile

from house import House
from server import Tap

tap = Tap()
LANGS = ('ar', 'zh', 'en', 'fr', 'ru', 'es')


class Links(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.all = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.all += [v for k, v in attrs if k in ('href', 'src')]


upload = House.upload


def pack(h, who, url):
    """The archive, checked by two other programs."""
    got = who.get(url)
    h.check(f'{url.rpartition("/")[2]} is a ZIP file', got.status == 200 and
            got.headers['Content-Type'] == 'application/zip', got.status)
    z = zipfile.ZipFile(io.BytesIO(got.octets))
    h.check('whose sums are right', z.testzip() is None)
    with tempfile.NamedTemporaryFile(suffix='.zip') as f:
        f.write(got.octets)
        f.flush()
        tested = subprocess.run(['unzip', '-tqq', f.name],
                                capture_output=True, text=True)
    h.check('for unzip too', tested.returncode == 0, tested)
    return z, got.octets


def documents(z):
    return sorted(n.partition('/')[2] for n in z.namelist()
                  if n.startswith('documents/'))


def index(h, z):
    """Everything that the index names is beside it, and nothing is missing."""
    rows = list(csv.DictReader(io.StringIO(z.read('index.csv').decode())))
    for row in rows:
        if row['file']:
            octets = z.read(row['file'])
            h.check(f'{row["file"]} has its sum and size',
                    hashlib.sha256(octets).hexdigest() == row['sha256'] and
                    len(octets) == int(row['octets']), row)
    named = {r['file'] for r in rows if r['file']}
    h.check('the table names every file', named == {
        n for n in z.namelist() if n.startswith('documents/')}, rows)
    for name in ['index.html'] + [f'index-{i}.html' for i in LANGS]:
        links = Links(z.read(name).decode()).all
        h.check(f'{name} leads to what is in the pack, and nowhere else',
                set(links) <= set(z.namelist()) and named <= set(links),
                links)
    arabic = z.read('index-ar.html').decode()
    h.check('from right to left', '<html lang="ar" dir="rtl">' in arabic)
    return rows


def walk(h):
    url, public = h.meeting()
    zipped = public + 'pack.zip'
    page = h.public.get(public + 'pack')
    h.check('nothing to take away yet', page.status == 200 and
            'No document that you may see' in page.text, page)
    member, bare = h.person('Mia', 'read'), h.person('Oto')
    one = h.document(url, 'On wells', 'public', posted=False)
    upload(h, one, b'Wells.', 'w.txt', lang='en', revision='0')
    upload(h, one, b'Puits.', 'p.txt', lang='fr', revision='0',
           status='courtesy')
    two = h.document(url, '=On ponds', 'members', posted=False)
    large = bytes(range(33, 126)) * 20000
    upload(h, two, large, 'l.txt', lang='en', revision='0')
    three = h.document(url, 'On lakes', 'members', posted=False)
    upload(h, three, b'Lakes.', 'k.txt', lang='ru', revision='0')
    four = h.document(url, 'On seas', 'public', posted=False)
    upload(h, four, b'Seas.', 's.txt', lang='en', revision='0')
    for page, access in ((one, None), (two, None), (three, 'members')):
        h.staff.send(h.staff.get(page), page, 'post')
        if access:
            h.staff.send(h.staff.get(page), page, 'access', access=access,
                         title_public='1')
    return (public, zipped, member, bare, four)


def rights(h, zipped, member, bare):
    z, octets = pack(h, h.public, zipped)
    h.check('everybody gets what everybody may read', documents(z) == [
        'CWG-Internet-20-1-en.txt', 'CWG-Internet-20-1-fr.txt'],
        z.namelist())
    rows = index(h, z)
    h.check('of a public title no file', [r['symbol'] for r in rows] == [
        'CWG-Internet-20/1', 'CWG-Internet-20/1', 'CWG-Internet-20/3'] and
        rows[2]['file'] == '', rows)
    everything = b''.join(z.read(n) for n in z.namelist())
    h.check('not a word of the others', b'ponds' not in everything and
            b'seas' not in everything and b'Lakes' not in everything)
    h.check('somebody without rights gets the same octets',
            pack(h, bare, zipped)[1] == octets)
    z, octets = pack(h, member, zipped)
    h.check('a member gets what members may read', documents(z) == [
        'CWG-Internet-20-1-en.txt', 'CWG-Internet-20-1-fr.txt',
        'CWG-Internet-20-2-en.txt', 'CWG-Internet-20-3-ru.txt'],
        z.namelist())
    rows = index(h, z)
    h.check('a title is no formula', any(r['title'] == "'=On ponds"
                                         for r in rows), rows)
    h.check('the same twice gives the same octets',
            pack(h, member, zipped)[1] == octets)
    staff = pack(h, h.staff, zipped)[1]
    h.check('who enters documents gets no more', staff == octets)
    h.check('all are dated alike', {i.date_time for i in z.infolist()} == {
        (1980, 1, 1, 0, 0, 0)})


def choices(h, public, zipped, member):
    z, _ = pack(h, member, zipped + '?lang=fr')
    h.check('in French, or else in the original', documents(z) == [
        'CWG-Internet-20-1-fr.txt', 'CWG-Internet-20-2-en.txt',
        'CWG-Internet-20-3-ru.txt'], z.namelist())
    page = member.get(public + 'pack')
    h.check('the page counts them', '<dd>4 (' in page.text, page)
    for query, says in (('since=2026-13-01', 'since-error'),
                        ('since=soon', 'since-error'),
                        ('edition=0123', 'edition-error'),
                        ('since=2026-01-01&edition=01', 'edition-error')):
        bad = member.get(f'{zipped}?{query}')
        kept = query.partition('&')[0].partition('=')[2]
        h.check(f'{query} is told beside its field', bad.status == 400 and
                f'id="{says}"' in bad.text and f'value="{kept}"' in bad.text,
                bad)
    z, _ = pack(h, member, zipped + '?since=2999-01-01')
    h.check('nothing since then', documents(z) == [], z.namelist())
    z, _ = pack(h, member, zipped + '?since=2020-01-01')
    h.check('all since then', len(documents(z)) == 4, z.namelist())
    h.check('no meeting, no pack', member.get(
        zipped.replace('/20/', '/21/')).status == 404)
    return page.text.partition('<code class="hash" dir="ltr">')[2] \
        .partition('<')[0]


def taken(h, public, zipped, member, bare, four, edition):
    where = public + 'pack'
    sent = member.send(member.get(where), '/pack', 'new')
    h.check('a download is noted', sent.status == 303 and '?taken=' in
            sent.location, sent)
    first = sent.location.partition(str(h.server.port))[2] or sent.location
    h.check('and has everything', len(documents(pack(h, member,
            first)[0])) == 4)
    sent = member.send(member.get(where), '/pack', 'new')
    h.check('then nothing is new', sent.status == 200 and 'Nothing is new'
            in sent.text and 'Your last download' in sent.text, sent)
    h.staff.send(h.staff.get(four), four, 'post')
    sent = member.send(member.get(where), '/pack', 'new')
    second = sent.location.partition(str(h.server.port))[2] or sent.location
    z, _ = pack(h, member, second)
    h.check('until something is posted', documents(z) == [
        'CWG-Internet-20-4-en.txt'], z.namelist())
    index(h, z)
    h.check('the index says that it is a part',
            'only what is new' in z.read('index.html').decode())
    h.check('the first can be fetched again', len(documents(pack(
        h, member, first)[0])) == 4)
    h.check('not by others', bare.get(first).status == 404 and
            h.public.get(first).status == 404)
    z, _ = pack(h, member, f'{zipped}?edition={edition}')
    h.check('the same by edition, without being remembered',
            documents(z) == ['CWG-Internet-20-4-en.txt'], z.namelist())
    h.check('an edition of members says nothing to others', h.public.get(
        f'{zipped}?edition={edition}').status == 400)
    h.check('only who is signed in is offered it', 'value="new"' not in
            h.public.get(where).text)
    h.check('a stranger is not remembered', h.public.post(where, {
        'do': 'new'}).status == 401)
    arabic = h.public.get('/ar' + where[3:])
    h.check('the page from right to left', 'dir="rtl"' in arabic.text and
            'حزمة وثائق الاجتماع' in arabic.text, arabic)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        public, zipped, member, bare, four = walk(h)
        rights(h, zipped, member, bare)
        edition = choices(h, public, zipped, member)
        taken(h, public, zipped, member, bare, four, edition)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
