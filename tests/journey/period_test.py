#!/usr/bin/env python3
"""Reports of a period, through pages alone, on both engines: begun, with the
secretariat's words in two languages, live figures with charts and tables, the
files and the pack, issued and frozen; and who sees which. TAP.
Usage: period_test.py PROGRAM"""
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

from minutes import House
from server import Tap

tap = Tap()
LANGS = ('ar', 'en', 'es', 'fr', 'ru', 'zh')


def plain(page):
    return page.words.replace('\u2068', '').replace('\u2069', '')


def tool(name, octets, end, *arguments):
    """What a program says of a file; None where there is none."""
    if shutil.which(name) is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'r.' + end)
        with open(path, 'wb') as f:
            f.write(octets)
        done = subprocess.run([name, *[path if a == 'FILE' else a
                                       for a in arguments]],
                              capture_output=True, text=True)
        return done.stdout + done.stderr


class Reports(House):
    def __init__(self, engine, *sets):
        super().__init__(tap, sys.argv[1], engine, *sets)
        self.members_read()
        self.kenya = self.person('Ke', 'Kenya')
        self.stranger = self.person('Nobody')
        page = self.staff.get('/en/desk/meetings')
        self.group = re.search(r'<option value="(\d+)"', page.text)[1]
        self.desk = f'/en/desk/groups/{self.group}'
        self.url = self.desk + '/periods'
        self.public_url = re.search(r'href="(/en/[^"]*/reports/)"',
                                    self.staff.get(self.url).text)[1]

    def begin(self, **fields):
        return self.staff.send(self.staff.get(self.url), '/periods', 'add', **{
            'addressee': 'council', 'from': '2024-01-01',
            'until': '2024-12-31', 'public': '1', **fields})

    def do(self, url, button, **fields):
        return self.staff.send(self.staff.get(url), url.split('?')[0], button,
                               **fields)

    def record(self):
        """A year: a meeting, an action of each kind, an activity, letters."""
        self.meeting(20)
        self.meeting(21, '2025-02-04T09:30', '2025-02-04T17:30')
        for text, public in (('Dig the well', '1'), ('Only members', '')):
            url = self.desk + '/actions'
            self.staff.send(self.staff.get(url), '/actions', 'add', text=text,
                            lang='en', kind='words', words='The Chair',
                            due='2024-11-01', public=public)
        self.sql('UPDATE action SET created_at = 1717200000000')
        url = self.desk + '/correspondence'
        for kind, title, dated in (('recommendation', 'Dig deeper',
                                    '2024-06-01'),
                                   ('referral', 'Another year', '2023-06-01'),
                                   ('referral', 'In a drawer', '2024-06-02')):
            self.staff.send(self.staff.get(url), '/correspondence', 'add',
                            kind=kind, title=title, other='Council', lang='en',
                            level='action', dated=dated, public='1')
        page = self.staff.get(url)
        token = page.form('/correspondence', 'add')['fields']['token'][0]
        for n, state in ((1, 'sent'), (1, 'adopted'), (2, 'sent')):
            self.staff.post(url, {'token': token, 'number': str(n),
                                  'do': state, 'words': 'Decision 9'})
        page = self.staff.get('/en/desk/instruments')
        self.staff.send(page, '/instruments', 'create', number='102',
                        title='On 102', kind='resolution', lang='en')
        url = self.desk + '/activities/new'
        self.staff.send(self.staff.get(url), url, 'save', title='Wells',
                        text='Twelve.', lang='en', bases='102; resolves 3',
                        sector=['T', 'SG'], status='ongoing', partners='',
                        until='', public='1', **{'from': '2023-05-01'})


def begun(r):
    bad = r.begin(until='2023-12-31')
    r.check('a period that ends before it begins', bad.status == 400 and
            'id="until-error"' in bad.text and 'value="2024-01-01"' in
            bad.text, bad)
    bad = r.begin(**{'from': 'soon'})
    r.check('a day that is none', bad.status == 400 and 'id="from-error"' in
            bad.text, bad)
    done = r.begin()
    r.check('a report is begun', done.status == 303, done)
    url = done.location.split('?')[0]
    for text, lang in (('A dry year.', 'en'), ('Une année sèche.', 'fr')):
        done = r.do(f'{url}?text={lang}', 'save', lang=lang, introduction=text,
                    meetings='')
        r.check(f'words in {lang}', done.status == 303, done)
    public = r.public_url + '1/'
    for who in (r.public, r.stranger, r.kenya):
        r.check('a draft is not found by others', all(
            who.get(u).status == 404 for u in (
                public, public + 'report.pdf', public + 'pack.zip')) and
                'Report 1' not in plain(who.get(r.public_url)))
    page = r.staff.get(public)
    text = plain(page)
    r.check('the secretariat sees it with its words', page.status == 200 and
            'A dry year.' in text and 'Report 1 to the Council' in text, page)
    r.check('the meeting of the year, and no other', 'twentieth' in
            text.lower() or '20' in text, page)
    r.check('actions that everybody sees, with their state',
            'Dig the well' in text and 'Only members' not in text and
            'overdue' in text, page)
    r.check('a recommendation and its outcome', 'Dig deeper' in text and
            'adopted' in text and 'Decision 9' in text and
            'Another year' not in text and 'In a drawer' not in text, page)
    r.check('the matrix', 'Resolution 102, resolves 3' in text and '☑' in text,
            page)
    r.check('charts', page.text.count('<svg') >= 2, page)
    r.check('in French', 'Une année sèche.' in plain(
        r.staff.get('/fr' + public[3:])))
    r.check('words of another language where there are none',
            'A dry year.' in plain(r.staff.get('/ar' + public[3:])))
    return url, public


def issued(r, url, public):
    live = r.staff.get(public + 'report.html').octets
    done = r.do(url, 'issue')
    r.check('issued', done.status == 303, done)
    page = r.public.get(public)
    r.check('everybody reads it', page.status == 200 and 'A dry year.' in
            plain(page) and 'Dig the well' in plain(page), page)
    r.check('and is led to it', 'Report 1' in plain(r.public.get(
        r.public_url)))
    got = r.public.get(public + 'report.html')
    r.check('it is what it was', got.octets == live, got)
    pack = r.public.get(public + 'pack.zip')
    r.check('the pack', pack.status == 200, pack)
    with zipfile.ZipFile(io.BytesIO(pack.octets)) as z:
        names = z.namelist()
        r.check('eighteen files and their sums', z.testzip() is None and
                sorted(names) == sorted(
                    [f'report-1-{lang}.{end}' for lang in LANGS
                     for end in ('docx', 'html', 'pdf')] + ['SHA256SUMS']),
                names)
        sums = dict(reversed(line.split('  ')) for line in
                    z.read('SHA256SUMS').decode().splitlines())
        r.check('which are right', all(
            hashlib.sha256(z.read(n)).hexdigest() == s
            for n, s in sums.items()) and len(sums) == 18, sums)
        french = z.read('report-1-fr.html').decode()
        r.check('each in its language', 'Une année sèche.' in french and
                'Réunions et leurs rapports' in french and
                'dir="rtl"' in z.read('report-1-ar.html').decode())
        if r.engine == 'sqlite':
            text = tool('pandoc', z.read('report-1-en.docx'), 'docx', '-t',
                        'plain', 'FILE')
            r.check('pandoc reads the document', text is None or
                    ('Dig deeper' in text and 'Actions by state' in text and
                     '☑' in text), text)
            text = tool('pdftotext', z.read('report-1-en.pdf'), 'pdf', 'FILE',
                        '-')
            r.check('the PDF has the same', text is None or 'Dig deeper' in
                    text, text)
            text = tool('pdfinfo', z.read('report-1-ar.pdf'), 'pdf', 'FILE')
            r.check('and is tagged', text is None or re.search(
                r'Tagged:\s+yes', text), text)
    r.sql("UPDATE wording SET body = 'Fill the well' WHERE body = "
          "'Dig the well'")
    again = r.public.get(public + 'pack.zip')
    r.check('frozen, octet for octet', again.octets == pack.octets and
            'Fill the well' not in plain(r.public.get(public)))
    page = r.staff.get(url)
    r.check('no words are taken any more', 'name="introduction"' not in
            page.text, page)
    token = r.staff.get(r.url).form('/periods', 'add')['fields']['token'][0]
    for fields in ({'do': 'issue'}, {'do': 'save', 'introduction': 'Late'}):
        done = r.staff.post(url, {'token': token, 'lang': 'en', **fields})
        r.check('and nothing is done twice', done.status == 409, done)


def for_members(r):
    done = r.begin(addressee='plenipotentiary', until='2027-12-31', public='')
    r.check('four years, for members', done.status == 303, done)
    url, public = done.location.split('?')[0], r.public_url + '2/'
    r.do(url, 'issue')
    page = r.kenya.get(public)
    r.check('members read it, with what members see', page.status == 200 and
            'Only members' in plain(page) and
            'Plenipotentiary Conference' in plain(page), page)
    for who in (r.public, r.stranger):
        r.check('others do not find it', all(
            who.get(u).status == 404 for u in (
                public, public + 'report.docx', public + 'pack.zip')) and
                'Report 2' not in plain(who.get(r.public_url)))
    r.check('no other file', r.kenya.get(public + 'part').status == 404 and
            r.kenya.get(public + 'report.exe').status == 404)
    for who in (r.public, r.stranger, r.kenya):
        r.check('the desk is for the secretariat', all(
            who.get(u).status in (303, 403) for u in (r.url, url)))
    audit = r.staff.get('/en/desk/audit').text
    r.check('every act is on record', all(
        f'period.{a}' in audit for a in ('add', 'words', 'issue')))


def journey(engine, *sets):
    r = Reports(engine, *sets)
    try:
        r.record()
        url, public = begun(r)
        issued(r, url, public)
        for_members(r)
    finally:
        r.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
