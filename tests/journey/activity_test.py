#!/usr/bin/env python3
"""Activities and the matrix, through pages alone, on both engines: entered,
changed, imported from CSV with a dry run and errors by line; the matrix with its
gaps, by year, as page, CSV, XLSX, DOCX and PDF; the report by resolution; and
who sees which. TAP. Usage: activity_test.py PROGRAM"""
import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile

from minutes import House
from server import Tap

tap = Tap()
HEAD = 'title,text,sectors,resolution,paragraph,from,until,partners,status\n'


def plain(page):
    return page.words.replace('\u2068', '').replace('\u2069', '')


def converted(octets, name, to):
    """A file as LibreOffice or pandoc reads it; None where there is none."""
    tool = 'soffice' if to == 'csv' else 'pandoc'
    if shutil.which(tool) is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        with open(path, 'wb') as f:
            f.write(octets)
        if tool == 'pandoc':
            return subprocess.run(['pandoc', '-t', 'plain', path],
                                  capture_output=True, text=True).stdout
        subprocess.run(['soffice', f'-env:UserInstallation=file://{folder}/p',
                        '--headless', '--convert-to',
                        'csv:Text - txt - csv (StarCalc):44,34,76', '--outdir',
                        f'{folder}/out', path], capture_output=True,
                       timeout=120)
        made = f'{folder}/out/' + name.replace('.xlsx', '.csv')
        if not os.path.exists(made):
            return None  # Writer alone is installed.
        with open(made, encoding='utf-8') as f:
            return f.read()


class Matrix(House):
    def __init__(self, engine, *sets):
        super().__init__(tap, sys.argv[1], engine, *sets)
        self.members_read()
        self.kenya = self.person('Ke', 'Kenya')
        self.stranger = self.person('Nobody')
        page = self.staff.get('/en/desk/instruments')
        self.group = re.search(r'<option value="(\d+)"', page.text)[1]
        for number in ('7', '102', '133'):
            made = self.staff.send(page, '/instruments', 'create',
                                   number=number, title=f'On {number}',
                                   group=self.group, kind='resolution',
                                   lang='en')
            self.check(f'resolution {number}', made.status in (303, 400), made)
        self.url = f'/en/desk/groups/{self.group}/activities'
        page = self.staff.get(self.url)
        self.public_url = re.search(r'href="(/en/[^"]*/activities/)"',
                                    page.text)[1]

    def save(self, number=0, **fields):
        url = f'{self.url}/{number or "new"}'
        return self.staff.send(self.staff.get(url), url, 'save', **{
            'title': 'Wells in schools', 'text': 'Twelve wells.', 'lang': 'en',
            'bases': '102; resolves 3\nresolution-133', 'sector': ['T', 'SG'],
            'from': '2025-03-01', 'until': '2026-02-28', 'status': 'ongoing',
            'partners': 'Friends & co', 'public': '1', **fields})

    def table(self, text, button):
        page = self.staff.get(self.url)
        return self.staff.send(page, '/activities', button, csv=text)


def entered(r):
    page = r.public.get(r.public_url)
    r.check('a matrix of gaps', page.status == 200 and 'No activity' in
            page.text and 'Resolution 102' in plain(page), page)
    bad = r.save(title=' ', bases='4711', sector=[], **{'from': 'soon'})
    r.check('what is wrong is told beside its field', bad.status == 400 and
            'id="title-error"' in bad.text and 'id="bases-error"' in bad.text
            and '4711' in bad.text, bad)
    bad = r.save(**{'from': '2025-13-01'})
    r.check('a day that is none', bad.status == 400 and 'id="from-error"' in
            bad.text, bad)
    bad = r.save(sector=[])
    r.check('no Sector', bad.status == 400 and 'id="sectors-error"' in
            bad.text, bad)
    done = r.save()
    r.check('an activity', done.status == 303, done)
    done = r.save(title='For members', public='', until='', bases='102',
                  sector='D')
    r.check('one for members', done.status == 303, done)


def seen(r):
    page = r.public.get(r.public_url)
    rows = re.findall(r'<tr>.*?</tr>', page.text.split('<tbody>')[1], re.S)
    wells = [x for x in rows if 'Wells in schools' in x]
    r.check('it stands under each of its resolutions', len(wells) == 2 and
            'resolves 3' in wells[0] and 'Friends &amp; co' in wells[0], page)
    boxes = re.findall('[☑☐]', wells[0])
    r.check('with a box for each Sector', boxes == ['☐', '☑', '☐', '☑'],
            wells[0])
    gaps = [x for x in rows if 'No activity' in x]
    r.check('a resolution without any is a gap', any(
        'resolution-7/' in x for x in gaps) and not any(
            'resolution-102/' in x for x in gaps), gaps)
    for who in (r.public, r.stranger):
        got = [who.get(r.public_url + n) for n in (
            '', 'matrix.csv', 'report.txt', 'report.html')]
        r.check('others see no activity that is for members',
                all(p.status == 200 and 'For members' not in p.text
                    for p in got))
    r.check('members do', 'For members' in r.kenya.get(r.public_url).text)
    for who in (r.public, r.stranger, r.kenya):
        r.check('the desk is for those who register', who.get(
            r.url).status in (303, 403) and who.get(
                r.url + '/1').status in (303, 403))
    page = r.public.get(r.public_url + '?year=2024')
    r.check('of another year there is nothing', 'Wells' not in page.text,
            page)
    page = r.public.get(r.public_url + '?year=2026')
    r.check('of its last year it is there', 'Wells' in page.text and
            'matrix.csv?year=2026' in page.text, page)
    page = r.public.get('/ar' + r.public_url[3:])
    r.check('from right to left', 'dir="rtl"' in page.text and 'لا نشاط' in
            page.text, page)


def files(r):
    got = {n: r.public.get(r.public_url + n) for n in (
        'matrix.csv', 'matrix.xlsx', 'matrix.docx', 'matrix.pdf',
        'report.docx', 'report.pdf', 'report.html', 'report.md',
        'report.txt')}
    r.check('nine files', all(p.status == 200 and 'attachment' in
                              p.headers['Content-Disposition']
                              for p in got.values()))
    rows = list(csv.reader(io.StringIO(got['matrix.csv'].octets.decode())))
    mine = [x for x in rows if x[1] == 'Wells in schools']
    r.check('CSV', len(rows[0]) == 9 and len(mine) == 2 and mine[0][2:6] ==
            ['☐', '☑', '☐', '☑'] and mine[0][0] ==
            'Resolution 102, resolves 3', rows)
    with zipfile.ZipFile(io.BytesIO(got['matrix.xlsx'].octets)) as z:
        r.check('the workbook is whole', z.testzip() is None)
        sheet = xml.etree.ElementTree.fromstring(
            z.read('xl/worksheets/sheet1.xml'))
        ns = {'x': sheet.tag[1:].partition('}')[0]}
        r.check('and has the same cells', [
            [''.join(c.itertext()) for c in row.findall('x:c', ns)]
            for row in sheet.findall('x:sheetData/x:row', ns)] == rows)
    if r.engine == 'sqlite':
        back = converted(got['matrix.xlsx'].octets, 'matrix.xlsx', 'csv')
        if back is not None:
            r.check('LibreOffice reads the same from it',
                    list(csv.reader(io.StringIO(back))) == rows, back)
        text = converted(got['report.docx'].octets, 'report.docx', 'plain')
        if text is not None:
            r.check('pandoc reads the report', 'Twelve wells.' in text and
                    'Annex: matrix' in text and '☑' in text, text)
    text = got['report.txt'].text
    r.check('the report has a section for each resolution',
            text.index('Twelve wells.') < text.index('Annex: matrix') and
            'No activity' in text, text)
    r.check('no other file', r.public.get(
        r.public_url + 'matrix.exe').status == 404)


def imported(r):
    text = (HEAD + '"Masts, tall",Two masts.,R D,102,resolves 1,2026-01-01,,'
            'A; B,planned\n,,,133,invites,,,,\nBad,,X,102,,2026-01-01,,,planned'
            '\nWorse,,R,9999,,never,,,asleep\nshort,line\n')
    bad = r.table(text, 'import')
    said = plain(bad)
    r.check('errors with their lines, nothing is stored', bad.status == 400 and
            all(f'Line {n}' in said for n in (4, 5, 6)) and
            'Line 2:' not in said and 'Masts' not in
            r.staff.get(r.url).text, said)
    good = '\n'.join(text.splitlines()[:3]) + '\n'
    page = r.table(good, 'check')
    r.check('a dry run says what would be added', page.status == 200 and
            '1 activity would be added' in plain(page) and 'Masts' not in
            r.staff.get(r.url).text and '&quot;Masts, tall&quot;' in
            page.text.replace('"Masts, tall"', '&quot;Masts, tall&quot;'),
            page)
    done = r.table(good, 'import')
    page = r.public.get(r.public_url)
    r.check('then it is', done.status == 303 and
            page.text.count('<td><bdi lang="en">Masts, tall') == 2, page)
    bad = r.table('"open', 'check')
    r.check('what is no CSV', bad.status == 400, bad)
    done = r.save(3, title='Masts, short', status='cancelled', bases='102')
    r.check('changed: what is cancelled is in no matrix', done.status == 303
            and 'Masts' not in r.public.get(r.public_url).text, done)
    audit = r.staff.get('/en/desk/audit').text
    r.check('every act is on record', 'activity.add' in audit and
            'activity.change' in audit)


def journey(engine, *sets):
    r = Matrix(engine, *sets)
    try:
        entered(r)
        seen(r)
        files(r)
        imported(r)
    finally:
        r.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
