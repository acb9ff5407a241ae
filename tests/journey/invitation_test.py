#!/usr/bin/env python3
"""The letter of invitation to a meeting and the letterheads of a group, on both
engines: uploaded, read in a process of its own, put in force; the letter as a
page and as files in six languages, on the letterhead for members, with the
parts that each may see. TAP. Usage: invitation_test.py PROGRAM"""
import io
import os
import re
import time
import zipfile

from house import House
from server import Tap

tap = Tap()
LANGS = ('ar', 'zh', 'en', 'fr', 'ru', 'es')
W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'


def docx(*paragraphs):
    """As small as a Word document can be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr('[Content_Types].xml', (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            '"/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>'))
        z.writestr('_rels/.rels', (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
            '2006/relationships"><Relationship Id="r1" Type="http://schemas.'
            'openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument" Target="word/document.xml"/></Relationships>'))
        z.writestr('word/document.xml', f'<w:document xmlns:w="{W}"><w:body>' +
                   ''.join(f'<w:p><w:r><w:t>{p}</w:t></w:r></w:p>'
                           for p in paragraphs) + '</w:body></w:document>')
    return out.getvalue()


def words(octets):
    text = zipfile.ZipFile(io.BytesIO(octets)).read('word/document.xml')
    return re.sub(r'<[^>]*>', ' ', re.sub(r'</w:p>|<w:br/>', '\n',
                                          text.decode()))


def upload(h, url, octets, name='head.docx', kind='letter'):
    form = h.staff.get(url).form(url, 'add')
    filled = {**{k: v[0] for k, v in form['fields'].items()}, 'kind': kind,
              'do': 'add'}
    body = b''.join(
        f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
        .encode() for k, v in filled.items())
    body += (f'--B\r\nContent-Disposition: form-data; name="file"; filename='
             f'"{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
             ).encode() + octets + b'\r\n--B--\r\n'
    return h.staff.ask('POST', url, body, {
        'Content-Type': 'multipart/form-data; boundary=B'})


def settled(h, url):
    """The page when nothing waits any more."""
    for _ in range(150):
        page = h.staff.get(url)
        if 'being read' not in page.text and 'being made' not in page.text:
            return page
        time.sleep(0.2)
    h.check('does not wait for ever', False, page)


def letterheads(h):
    page = h.staff.get('/en/desk/meetings')
    url = re.search(r'href="(/en/desk/letterheads/\d+)"', page.text)[1]
    page = h.staff.get(url)
    h.check('no letterhead, and which fields there are', 'no letterhead yet' in
            page.text and '«registration»' in page.text, page)
    bad = upload(h, url, b'%PDF-1.4 nothing', 'head.pdf')
    h.check('not a Word document', bad.status == 400 and
            'id="file-error"' in bad.text, bad)
    got = upload(h, url, docx('«title»', 'Until «deadlin» and «title»'))
    h.check('one with a wrong field is taken', got.status == 303, got)
    page = settled(h, url)
    h.check('and not to be used', 'cannot be used' in page.text and
            '«deadlin»' in page.text and 'name="force"' not in page.text, page)
    number = re.search(r'/letterheads/\d+/files/(\d+)"', page.text)[1]
    token = page.form(url, 'add')['fields']['token'][0]
    got = h.staff.post(url, {'token': token, 'force': number})
    h.check('not by force either', got.status == 409, got)
    got = upload(h, url, docx(
        'House of «group»', '«number» of «date»', '«title»', '«salutation»',
        '«text»', '«opens» – «closes», «place», «mode»', '«parts»',
        '«deadlines»', '«registration» «address»', '«chair»',
        '«accessibility»', '«closing»', '«signature»', '«language»'))
    h.check('a better version', got.status == 303, got)
    page = settled(h, url)
    h.check('can be used', 'version 2' in page.text and 'name="force"' in
            page.text, page)
    second = re.search(r'name="force" value="(\d+)"', page.text)[1]
    got = h.staff.post(url, {'token': token, 'force': second})
    h.check('is in force', 'name="out"' in h.staff.follow(got).text, got)
    got = h.staff.get(f'{url}/files/{second}')
    h.check('and can be taken back as it came', 'House of «group»' in
            words(got.octets))
    reader = h.person('Rita', 'read')
    for one in (url, f'{url}/files/{second}'):
        h.check('members and others do not see them', reader.get(one).status
                == 403 and h.public.get(one).status in (303, 401))
    return url, reader


def parts(h, url):
    for title, access, opens, closes in (
            ('Open half', 'public', '2999-10-04T09:30', '2999-10-04T13:00'),
            ('Shut half', 'members', '2999-10-04T14:30', '2999-10-05T17:30')):
        h.staff.send(h.staff.get(url + '/agenda'), '/agenda', 'add_part',
                     title=title, access=access, opens=opens, closes=closes)


def issued(h, url, public, reader):
    here = url + '/invitation'
    page = h.staff.get(url)
    h.check('the meeting leads to its letter', f'href="{here}"' in page.text)
    h.check('nobody sees one that was not issued', h.public.get(
        public + 'invitation').status == 404 and reader.get(
        public + 'invitation.docx').status == 404)
    h.check('but for the desk', h.staff.get(public + 'invitation').status
            == 200)
    page = h.staff.get(here)
    bad = h.staff.send(page, here, 'issue', number='x' * 61, signature=' ')
    h.check('a number that is too long', bad.status == 400 and
            'id="number-error"' in bad.text, bad)
    bad = h.staff.send(page, here, 'issue', number='CL-99/12', signature=' ')
    h.check('nobody signs', bad.status == 400 and 'id="signature-error"' in
            bad.text and 'value="CL-99/12"' in bad.text, bad)
    got = h.staff.send(page, here, 'issue', number='CL-99/12',
                       signature='Ana Ruiz\nSecretary-General')
    h.check('issued', got.status == 303, got)
    page = settled(h, here)
    h.check('six files on the letterhead', page.text.count(
        'with the letterhead') == 6 and page.text.count(
        'invitation.docx"') == 6, page)


def read(h, public, reader):
    page = h.public.get(public)
    h.check('the meeting shows the letter', 'href="invitation"' in page.text,
            page)
    page = h.public.get(public + 'invitation')
    h.check('what it says', page.status == 200 and all(s in page.words for s in (
        'twentieth meeting', 'CL-99/12', 'Geneva', 'Open half', 'everybody',
        'Ana Ruiz', 'step-free', 'remotely')) and 'registration' in page.text,
        page)
    h.check('and not what it does not', 'Shut half' not in page.text)
    h.check('members see all parts', 'Shut half' in reader.get(
        public + 'invitation').text)
    ours = {}
    for lang in LANGS:
        address = f'/{lang}{public[3:]}invitation.docx'
        got = reader.get(address)
        ours[lang] = words(got.octets)
        h.check(f'{lang}: on the letterhead', 'House of ' in ours[lang] and
                '«' not in re.sub('«[^»]* [^»]*»', '', ours[lang]) and
                'Ana Ruiz' in ours[lang] and 'CL-99/12' in ours[lang],
                ours[lang])
        plain = words(h.public.get(address).octets)
        h.check(f'{lang}: plain for everybody', 'House of' not in plain and
                'Ana Ruiz' in plain and 'Shut half' not in plain, plain)
    for lang, said in (('fr', 'vingtième'), ('es', 'vigésima'),
                       ('ru', 'двадцатое'), ('ar', 'العشر'), ('zh', '第二十')):
        h.check(f'{lang}: the ordinal', said in ours[lang], ours[lang])
    got = h.public.get(public + 'invitation.pdf')
    h.check('a PDF', got.status == 200 and got.octets[:5] == b'%PDF-' or
            got.status == 503, got.status)
    for lang in LANGS:
        page = h.public.get(f'/{lang}{public[3:]}invitation')
        h.check(f'{lang}: a page', page.status == 200 and 'Ana Ruiz' in
                page.text, page)


def again(h, heads, url, public, reader):
    page = h.staff.get(heads)
    number = re.search(r'name="out" value="(\d+)"', page.text)[1]
    got = h.staff.send(page, heads, None, out=number)
    h.check('taken out of force', got.status == 303 and 'name="out"' not in
            h.staff.follow(got).text, got)
    here = url + '/invitation'
    got = h.staff.send(h.staff.get(here), here, 'issue', number='CL-99/13')
    page = settled(h, here)
    h.check('issued again without one', got.status == 303 and page.text.count(
        'without a letterhead') == 6, page)
    plain = words(reader.get(public + 'invitation.docx').octets)
    h.check('plain, and anew', 'CL-99/13' in plain and 'House of' not in plain
            and 'Shut half' in plain, plain)
    page = h.staff.get('/en/desk/announcements/meeting/' +
                       url.rpartition('/')[2])
    h.check('the announcement names the letter',
            f'{public}invitation' in page.text, page)
    here = page.url
    got = h.staff.send(page, here, 'letter')
    h.check('no letterhead for announcements', got.status == 409 and
            'No letterhead for announcements' in got.text, got)
    got = upload(h, heads, docx('Told by «group»', '«title»', '«text»'),
                 kind='announcement')
    page = settled(h, heads)
    number = re.search(r'name="force" value="(\d+)"',
                       page.text.split('announcements')[1])[1]
    h.staff.send(page, heads, None, force=number)
    got = h.staff.send(h.staff.get(here), here, 'letter')
    page = settled(h, here + '?in=en')
    file = re.search(r'href="([^"]*letter.docx[^"]*)"', page.text)
    h.check('the letter of an announcement', got.status == 303 and file and
            'Told by' in words(h.staff.get(file[1]).octets), page)
    h.check('is not for others', reader.get(file[1]).status == 403)
    text = h.staff.get('/en/desk/audit').text
    h.check('all of it is in the audit trail', all(
        a in text for a in ('letterhead.add', 'letterhead.in_force',
                            'invitation.issue', 'letter.ask')))


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        heads, reader = letterheads(h)
        url, public = h.meeting()
        parts(h, url)
        issued(h, url, public, reader)
        read(h, public, reader)
        again(h, heads, url, public, reader)
    finally:
        h.server.stop()
    h.check('no complaint', 'AddressSanitizer' not in h.server.said())


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
