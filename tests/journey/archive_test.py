#!/usr/bin/env python3
"""An archive of earlier meetings entered by the command, on both engines, and
read through pages: spellings, dry run, errors with their lines, again, from a
folder and from a ZIP file. TAP. Usage: archive_test.py PROGRAM"""
import csv
import os
import re
import sys
import tempfile
import zipfile

from house import House
from server import Tap

tap = Tap()
HEAD = ['symbol', 'title', 'language', 'status', 'source', 'date', 'kind',
        'access', 'for', 'title_public', 'file', 'meeting_opens',
        'meeting_closes', 'meeting_place', 'meeting_zone']
PDF = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
MEETING = ('1999-06-01T09:00', '1999-06-02T17:00', 'Geneva')


def row(symbol, title, file, language='en', status='', source='',
        date='1999-05-04', kind='contribution', access='public', purpose='',
        title_public='', meeting=MEETING):
    return [symbol, title, language, status, source, date, kind, access,
            purpose, title_public, file, *meeting, '']


class Case:
    def __init__(self, h, group, folder):
        self.h, self.group, self.folder = h, group, folder
        self.table = os.path.join(folder, 'table.csv')

    def file(self, name, octets):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as f:
            f.write(octets)

    def run(self, rows, *more, files=None):
        with open(self.table, 'w', newline='', encoding='utf-8') as f:
            csv.writer(f).writerows([HEAD, *rows])
        return self.h.server.command('import-archive', self.table, '--group',
                                     self.group, '--files',
                                     files or self.folder, *more)


def good(c, name):
    h = c.h
    c.file('a/one.pdf', PDF + b'one')
    c.file('a/un.txt', 'Les puits.'.encode())
    c.file('two.txt', b'Ponds.')
    c.file('one2.pdf', PDF + b'one, revised')
    rows = [row('WG-Old 3/1', 'On wells', 'a/one.pdf', source=name,
                purpose='action'),
            row('wg-old-3/1', 'Des puits', 'a/un.txt', 'fr', 'courtesy',
                source=name),
            row('Revision 2 to Document WG-Old-3/1', 'On wells', 'one2.pdf',
                source=name, date='1999-05-20'),
            row('WG-Old-3/2', '水井与池塘', 'two.txt', 'zh',
                access='members')]
    got = c.run(rows, '--dry-run')
    h.check('a dry run counts', got.returncode == 0 and got.stdout ==
            '4 files can be stored, 0 are there already\n', got)
    root = f'/en/{c.group}/meetings/3/'
    h.check('and stores nothing', h.public.get(root).status == 404)
    got = c.run(rows)
    h.check('stored', got.returncode == 0 and got.stdout ==
            '2 documents and 2 further files stored, 0 were there already\n',
            got)
    page = h.public.get(root)
    h.check('the meeting is there, with its documents', page.status == 200
            and 'WG-Old-3/1(Rev.2)' in page.text and 'On wells' in page.text
            and '4 May 1999' in page.text and '水井' not in page.text, page)
    h.check('files as they were', h.public.get(
        root + 'documents/1/0-fr').octets == 'Les puits.'.encode() and
        h.public.get(root + 'documents/1/2-en').octets ==
        PDF + b'one, revised')
    h.check('what is for members is for members', h.public.get(
        root + 'documents/2/0-zh').status == 404 and h.staff.get(
            root + 'documents/2/0-zh').octets == b'Ponds.')
    h.check('a title in another language', 'Des puits' in h.public.get(
        f'/fr/{c.group}/meetings/3/').text)
    got = c.run(rows)
    h.check('again: nothing to do', got.returncode == 0 and got.stdout ==
            '0 documents and 0 further files stored, 4 were there already\n',
            got)
    return rows


def bad(c, rows):
    h = c.h
    c.file('x.bin', b'\0\1\2')
    wrong = [
        (row('nothing', 'T', 'two.txt'), 'no symbol'),
        (row('WG-Old-4/1', 'T', 'two.txt', meeting=('', '', '')),
         'no meeting'),
        (row('WG-Old-3/5', 'T', 'two.txt', source='Atlantis'), 'no party'),
        (row('WG-Old-3/6', 'T', 'two.txt', date='4.5.1999'), 'no date'),
        (row('WG-Old-3/7', 'T', 'x.bin'), 'no DOCX'),
        (row('WG-Old-3/8', 'T', 'missing.txt'), 'missing.txt'),
        (row('WG-Old-3/9', 'T', '../../etc/passwd'), 'outside'),
        (row('WG-Old-3/1', 'On lakes', 'a/one.pdf'), 'another title'),
        (row('WG-Old-3/2', '水井与池塘', 'two.txt', 'zh', kind='report',
             access='members'), 'another kind'),
        (row('WG-Old-3/1R2', 'On wells', 'two.txt'), 'another file'),
        (row('WG-Old-3/10', 'T', 'two.txt'), None),
        (row('WG-Old 3/10', 'T', 'two.txt'), 'stands in line 12'),
        (row('WG-Old-3/10 (Rev. 1)', 'T', 'two.txt', kind='report'),
         'another kind or access'),
    ]
    got = c.run([r for r, _ in wrong])
    h.check('what is wrong is told', got.returncode == 1 and
            'nothing was stored' in got.stderr, got.stderr)
    for n, (r, says) in enumerate(wrong, 2):
        lines = [i for i in got.stderr.splitlines()
                 if i.startswith(f'{c.table}:{n}:')]
        h.check(f'line {n}: {says}', len(lines) == (says is not None) and (
            says is None or says in lines[0]), got.stderr)
    h.check('and nothing was stored', 'WG-Old-3/10' not in h.public.get(
        f'/en/{c.group}/meetings/3/').text)
    empty = c.run([])
    h.check('an empty table is told', empty.returncode == 1 and
            'there are no rows' in empty.stderr, empty)
    nowhere = h.server.command('import-archive', c.table, '--group',
                               'nowhere', '--files', c.folder)
    h.check('a group that is none', nowhere.returncode == 1, nowhere)
    usage = h.server.command('import-archive', c.table)
    h.check('how it is called', usage.returncode == 2 and
            'usage: rapporteur import-archive' in usage.stderr, usage)
    more = c.run(rows + [row('WG-Old-3/11', 'On seas', 'two.txt')])
    h.check('one more goes in beside those that are there', more.stdout ==
            '1 documents and 0 further files stored, 4 were there already\n',
            more)


def packed(c):
    package = os.path.join(c.folder, 'files.zip')
    with zipfile.ZipFile(package, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('in/deep.txt', 'Deep.')
    rows = [row('WG-Old-3/20', 'From a package', 'in/deep.txt')]
    got = c.run(rows, files=package)
    c.h.check('from a ZIP file', got.returncode == 0 and got.stdout.startswith(
        '1 documents'), got)
    c.h.check('with its octets', c.h.public.get(
        f'/en/{c.group}/meetings/3/documents/20/0-en').octets == b'Deep.')
    got = c.run([row('WG-Old-3/21', 'T', 'no.txt')], files=package)
    c.h.check('a file that is not in it', got.returncode == 1 and
              'no such file' in got.stderr, got)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        page = h.staff.get('/en/')
        group = re.search(r'href="/en/([a-z-]+)/consultations/1/"',
                          page.text)[1]
        members = h.public.get(f'/en/{group}/members').text
        name = re.search(r'<th scope="row"[^>]*>([^<]+)', members)[1]
        with tempfile.TemporaryDirectory() as folder:
            c = Case(h, group, folder)
            bad(c, good(c, name))
            packed(c)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
