#!/usr/bin/env python3
"""The report of a meeting from the record to the Council, through pages alone,
on both engines: written from the agenda, edited, shown for comments, revised,
endorsed by silence or approved by the next meeting, posted; and what every
class of person finds of it at each step. TAP.
Usage: report_test.py PROGRAM"""
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

from minutes import House
from server import Tap

tap = Tap()
LANGS = {'ar': 'عُقد الاجتماع', 'zh': '次会议于', 'en': 'meeting of CWG-Internet was',
         'fr': 'réunion du CWG-Internet', 'ru': 'собрание CWG-Internet',
         'es': 'reunión del CWG-Internet'}


def plain(page):
    return page.words.replace('\u2068', '').replace('\u2069', '')


class Report(House):
    def __init__(self, engine, *sets):
        super().__init__(tap, sys.argv[1], engine, *sets)
        self.members_read()
        self.kenya = self.person('Ke', 'Kenya')
        self.brazil = self.person('Br', 'Brazil')
        self.stranger = self.person('Nobody')

    def record(self):
        """The twentieth meeting, as it was."""
        self.desk, self.open = self.meeting(20)
        self.id = self.desk.rsplit('/', 1)[1]
        self.url = self.desk + '/report'
        self.public_url = self.open + 'report/'
        paper = self.document(self.desk, 'Wells and words',
                              'Wells are deep.\n\nWords are long.')
        self.opening = self.item(self.id, 1, 'opening')
        agenda = self.item(self.id, 2, 'agenda')
        self.ends(agenda, 'adopted')
        topics = self.item(self.id, 3, 'contributions', 'Contributions',
                           [paper])
        k, b = self.kenya.party, self.brazil.party
        self.both = self.says(topics, 'supported the proposal.', [k, k, b],
                              paper)
        self.one = self.says(topics, 'asked for its cost.', [b], paper, 2)
        self.ends(topics, 'noted', '', paper)
        self.paper, self.topics = paper, topics
        self.item(self.id, 4, 'closing')

    def line(self, origin, where=None):
        page = where or self.staff.get(self.url)
        part = page.text.partition(f'id="{origin}"')[2].partition('</li>')[0]
        return re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', part))

    def edit(self, origin, text, button='save'):
        page = self.staff.get(f'{self.url}?edit={origin}')
        return self.staff.send(page, '/report', button, body=text)


def written(r):
    page = r.staff.get(r.desk)
    r.check('the desk leads from the meeting to its report',
            f'href="{r.url}"' in page.text, page)
    page = r.staff.get(r.url)
    text = plain(page)
    r.check('it is written from the record', page.status == 200 and all(
        t in text for t in (
            'The twentieth meeting of CWG-Internet was held on 4 October 2024',
            'The Agenda was adopted.', 'CWG-Internet-20/1', 'Wells are deep.',
            'Words are long.', 'Some members supported the proposal.',
            'A member asked for its cost.', 'The contribution was noted.')),
            text)
    said = f'item-{r.topics}-paper-{r.paper}-said-{r.both}'
    r.check('the secretariat sees how many stand behind a quantifier',
            '2 members' in r.line(said, page), r.line(said, page))
    r.check('and no name of the log', 'Hidden' not in page.text and
            'Unpublished' not in page.text and 'Kenya' not in
            page.text.partition('id="lines"')[2])
    for lang, words in LANGS.items():
        page = r.staff.get(f'/{lang}' + r.url[3:])
        r.check(f'in {lang}', page.status == 200 and words in plain(page),
                plain(page))
    r.check('others find nothing, at the desk or elsewhere', all(
        w.get(a).status in (303, 403, 404) and w.get(a).status != 200
        for w in (r.public, r.stranger, r.kenya)
        for a in (r.url, r.public_url, r.url + '/report.docx',
                  r.public_url + '1/en.docx')))
    r.check('and no link to it', 'report/' not in r.public.get(r.open).text)


def edited(r):
    said = f'item-{r.topics}-paper-{r.paper}-said-{r.one}'
    both = f'item-{r.topics}-paper-{r.paper}-said-{r.both}'
    bad = r.edit(said, ' ')
    r.check('an empty line is told beside its field', bad.status == 400 and
            'id="body-error"' in bad.text, bad)
    done = r.edit(said, f'A member asked what it costs (see [[{both}]]).')
    r.check('a line is edited', done.status == 303, done)
    line = r.line(said, r.staff.follow(done))
    r.check('marked, with what the machine would write, and its reference',
            'edited' in line and 'what it costs (see a)' in line and
            'asked for its cost' in line, line)
    page = r.staff.get(f'{r.url}?add={said}')
    done = r.staff.send(page, '/report', 'add', kind='paragraph',
                        body='Coffee was served.')
    r.check('a line is added by hand', done.status == 303 and
            'added' in r.line('hand-1'), r.staff.get(r.url))
    done = r.edit(f'item-{r.opening}-held-1', 'X', 'remove')
    r.check('and one removed', done.status == 303 and
            'removed' in r.line(f'item-{r.opening}-held-1'), done)
    text = r.staff.get(r.url + '/report.txt').text
    r.check('which is in no file', 'was held on' not in text.partition(
        'Introduction')[2] and 'Coffee was served.' in text, text)
    done = r.staff.send(r.staff.get(
        f'{r.url}?edit=item-{r.opening}-held-1'), '/report', 'undo')
    r.check('given back to the machine', done.status == 303 and
            'was held on' in r.line(f'item-{r.opening}-held-1'), done)
    # The record changes: an item comes before, a voice is gone.
    r.sql('UPDATE agenda_item SET position = position + 10 WHERE meeting_id = '
          '? AND position > 2', r.id)
    r.item(r.id, 3, 'other', 'Working methods')
    r.sql('DELETE FROM intervention WHERE statement_id = ? AND party_id = ?',
          r.both, r.brazil.party)
    page = r.staff.get(r.url)
    r.check('written again, edits are where they were', 'what it costs (see a)'
            in r.line(said, page) and 'Coffee' in r.line('hand-1', page), page)
    r.check('the quantifier follows the record', 'A member supported' in
            r.line(both, page) and '1 member' in r.line(both, page),
            r.line(both, page))
    r.check('numbers follow the agenda', 'Contributions' in plain(page) and
            '4. Contributions' in re.sub(r'\s+', ' ', plain(page)), page)
    r.sql('UPDATE statement SET words = ? WHERE id = ?', 'asked for a budget.',
          r.one)
    r.check('an edit whose facts changed is to be looked at', 'look at it again'
            in r.line(said), r.line(said))
    other = r.staff.get('/fr' + r.url[3:])
    r.check('an edit is of one language', 'what it costs' not in other.text and
            'Coffee' not in other.text, other)


def files(r):
    got = {e: r.staff.get(f'{r.url}/report.{e}')
           for e in ('docx', 'pdf', 'html', 'xml', 'md', 'txt')}
    r.check('six formats', all(p.status == 200 and 'attachment' in
                                p.headers['Content-Disposition']
                                for p in got.values()))
    r.check('the same words in all', all(
        'Wells are deep.' in got[e].text for e in ('html', 'xml', 'md', 'txt')))
    r.check('origins stand in Akoma Ntoso', f'wId="item-{r.topics}-title-1"' in
            got['xml'].text, got['xml'].text[:3000])
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'x.docx')
        with open(path, 'wb') as f:
            f.write(got['docx'].octets)
        out = subprocess.run(['pandoc', '-f', 'docx', '-t', 'plain', path],
                             capture_output=True, text=True).stdout
        path = os.path.join(folder, 'x.pdf')
        with open(path, 'wb') as f:
            f.write(got['pdf'].octets)
        tags = subprocess.run(['pdfinfo', '-struct-text', path],
                              capture_output=True, text=True).stdout
    r.check('pandoc reads the Word document', 'Coffee was served.' in out, out)
    r.check('the PDF is tagged', 'H1' in tags and 'Coffee was served.' in
            re.sub(r'"\s+"', ' ', tags).replace('\n', ' '), tags[:3000])
    r.check('no other format', r.staff.get(r.url + '/report.exe').status == 404)


def rewrite(octets, change):
    """A Word document with its main part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as z, zipfile.ZipFile(
            out, 'w', zipfile.ZIP_DEFLATED) as to:
        for name in z.namelist():
            part = z.read(name)
            if name == 'word/document.xml':
                part = change(part.decode()).encode()
            to.writestr(name, part)
    return out.getvalue()


def bring_back(r, octets, name='report.docx'):
    form = r.staff.get(r.url).form('/report', 'return')
    body = b''
    for key, value in (('token', form['fields']['token'][0]),
                       ('do', 'return')):
        body += (f'--B\r\nContent-Disposition: form-data; name="{key}"'
                 f'\r\n\r\n{value}\r\n').encode()
    body += (f'--B\r\nContent-Disposition: form-data; name="file"; '
             f'filename="{name}"\r\nContent-Type: application/octet-stream'
             '\r\n\r\n').encode() + octets + b'\r\n--B--\r\n'
    done = r.staff.ask('POST', r.url, body, {
        'Content-Type': 'multipart/form-data; boundary=B'})
    for _ in range(160):
        page = r.staff.get(r.url)
        if done.status != 303 or 'is being read' not in page.text:
            break
        time.sleep(0.25)
    return done, page


def office(octets):
    """Opened and saved again by LibreOffice; None where there is none."""
    if shutil.which('soffice') is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.docx')
        with open(path, 'wb') as f:
            f.write(octets)
        subprocess.run(['soffice', f'-env:UserInstallation=file://{folder}/p',
                        '--headless', '--convert-to', 'docx:MS Word 2007 XML',
                        '--outdir', f'{folder}/out', path],
                       capture_output=True, timeout=120)
        with open(f'{folder}/out/report.docx', 'rb') as f:
            return f.read()


def word(r):
    bad, page = bring_back(r, b'not a document', 'x.txt')
    r.check('what is no Word document is told beside the field', bad.status ==
            400 and 'id="file-error"' in bad.text, bad)
    mine = r.staff.get(r.url + '/report.docx').octets
    done, page = bring_back(r, mine)
    r.check('what comes back as it went has no difference', done.status == 303
            and '0 lines differ' in plain(page),
            page.text.partition('id="returned"')[2])
    if r.engine == 'sqlite':
        theirs = office(mine)
        if theirs:
            done, page = bring_back(r, theirs)
            r.check('nor what LibreOffice saved', '0 lines differ' in
                    plain(page), page.text.partition('id="returned"')[2])
            mine = theirs

    def change(xml):
        for old, new in (('Wells are deep.', 'Wells are very deep.'),
                         ('Words are long.', '')):
            r.check(f'"{old}" is in the file', old in xml, xml[:2000])
            xml = xml.replace(old, new)
        at = xml.index('<w:p', xml.index('Coffee was served.'))
        return (xml[:at] + '<w:p><w:r><w:t>Biscuits followed.</w:t></w:r>'
                '</w:p>' + xml[at:])
    done, page = bring_back(r, rewrite(mine, change))
    text = page.text.partition('doc-bars')[2]
    r.check('edited in Word: shown as a redline by paragraph',
            '3 lines differ' in plain(page) and '<ins' in text and
            'very' in text and 'Biscuits followed.' in text and '<del' in text,
            page.text.partition('id="returned"')[2])
    r.check('nothing is taken over by itself', 'very deep' not in
            r.staff.get(r.url + '/report.txt').text)
    done = r.staff.send(page, '/report', 'takeover')
    text = r.staff.get(r.url + '/report.txt').text
    r.check('taken over', done.status == 303 and 'Wells are very deep.' in text
            and 'Words are long.' not in text and text.index(
                'Coffee was served.') < text.index('Biscuits followed.'), text)
    line = r.line(f'item-{r.topics}-summary-{r.paper}-1')
    r.check('each change at its origin', 'edited' in line and
            'Wells are deep.' in line, line)
    for origin in (f'item-{r.topics}-summary-{r.paper}-1',
                   f'item-{r.topics}-summary-{r.paper}-2'):
        r.staff.send(r.staff.get(f'{r.url}?edit={origin}'), '/report', 'undo')
    text = r.staff.get(r.url + '/report.txt').text
    r.check('and can be given back to the machine', 'Wells are deep.' in text
            and 'Words are long.' in text, text)


def open_round(r, **fields):
    page = r.staff.get(r.url)
    return r.staff.send(page, '/report', 'open', **{
        'commenters': 'members', 'until': '2999-01-01T12:00',
        'silence': '2999-02-01T12:00', 'lang': ['en', 'ar'], **fields})


def comments(r):
    bad = open_round(r, until='2001-01-01T12:00', silence='2000-01-01T00:00',
                     lang=[])
    r.check('a round in the past, in no language', bad.status == 400 and all(
        f'id="{i}-error"' in bad.text for i in ('until', 'silence', 'langs'))
        and 'value="2001-01-01T12:00"' in bad.text, bad)
    done = open_round(r)
    r.check('the draft is shown to members', done.status == 303, done)
    page = r.kenya.get(r.public_url)
    r.check('who read it', page.status == 200 and 'what it costs' in
            page.text and 'Version 1' in plain(page) and
            'open to comments' in page.text, page)
    r.check('and see no count behind a quantifier', '1 member' not in
            plain(page) and 'Hidden' not in page.text)
    r.check('the meeting leads them to it', 'href="report/"' in
            r.kenya.get(r.open).text)
    for who in (r.public, r.stranger):
        r.check('nobody else does', who.get(r.public_url).status == 404 and
                who.get(r.public_url + '1/en.docx').status == 404 and
                'report/' not in who.get(r.open).text)
    r.check('in Arabic, from right to left', 'dir="rtl"' in r.kenya.get(
        '/ar' + r.public_url[3:]).text)
    r.check('as a file of each language', r.kenya.get(
        r.public_url + '1/ar.docx').status == 200 and r.kenya.get(
            r.public_url + '1/fr.docx').status == 404)
    bad = r.kenya.send(page, 'report/', 'comment', body=' ')
    r.check('an empty comment is told beside its field', bad.status == 400 and
            'id="body-error"' in bad.text, bad)
    place = re.search(r'<option value="(hand-1)"', page.text)
    done = r.kenya.send(page, 'report/', 'comment', place=place[1],
                        body='Tea too <b>was</b> served.')
    r.check('a member comments on a line', done.status == 303, done)
    page = r.brazil.get(r.public_url)
    r.check('another member reads it', 'Tea too &lt;b&gt;was' in page.text and
            'Kenya' in page.text, page)
    token = r.kenya.get(r.public_url).form('report/', 'comment')['fields'][
        'token']
    r.check('a form without its token is refused', r.kenya.post(
        r.public_url, {'do': 'comment', 'body': 'x'}).status == 403)
    r.check('a stranger’s form finds nothing', r.stranger.post(
        r.public_url, {'do': 'comment', 'body': 'x', 'source': 'x',
                       'token': token}).status in (403, 404))
    page = r.staff.get(r.url)
    done = r.staff.send(page, '/report', 'taken', answer='Yes, tea.')
    r.check('the secretariat answers', done.status == 303 and 'Yes, tea.' in
            r.kenya.get(r.public_url).text, done)


def revised(r):
    done = r.edit('hand-1', 'Coffee and tea were served.')
    r.check('it is revised', done.status == 303, done)
    r.check('what members see did not change', 'Coffee was served.' in
            r.kenya.get(r.public_url).text)
    done = open_round(r, commenters='public')
    r.check('and shown again, to everybody', done.status == 303, done)
    page = r.public.get(r.public_url)
    r.check('who reads it', page.status == 200 and 'Coffee and tea were' in
            page.text and 'name="source"' in page.text, page)
    r.check('and not the draft of the members’ round', 'Version 1' not in
            plain(page) and r.public.get(r.public_url + '?v=1').status == 404
            and r.public.get(r.public_url + '1/en.docx').status == 404, page)
    page = r.kenya.get(r.public_url + '?v=2&in=en&changes=1')
    text = page.text.partition('doc-bars')[2]
    r.check('with what changed, word by word', '<ins' in text and
            'and tea were' in text and '<del' in text and
            page.text.count('<del') < 4, page)
    page = r.public.get(r.public_url)
    bad = r.public.send(page, 'report/', 'comment', body='Milk?', source='')
    r.check('somebody says who they are', bad.status == 400 and
            'id="source-error"' in bad.text and 'Milk?' in bad.text, bad)
    done = r.public.send(bad, 'report/', 'comment', body='Milk?',
                         source='Cow & Co')
    r.check('and comments without an account', done.status == 303, done)
    r.check('which members read, and others do not',
            'Milk?' in r.kenya.get(r.public_url).text and
            'Milk?' not in r.public.get(r.public_url).text)
    page = r.staff.get(r.url)
    done = r.staff.send(page, '/report', 'close')
    r.check('the round ends', done.status == 303 and 'name="source"' not in
            r.public.get(r.public_url).text, done)


def endorsed(r):
    open_round(r, commenters='members')
    page = r.kenya.get(r.public_url)
    r.check('a member can endorse', 'You act for Kenya' in plain(page), page)
    bad = r.kenya.send(page, 'report/', 'object', words='')
    r.check('an objection needs reasons', bad.status == 400 and
            'id="words-error"' in bad.text, bad)
    done = r.kenya.send(page, 'report/', 'object', words='No milk.')
    r.check('an objection is recorded', done.status == 303 and 'No milk.' in
            r.brazil.get(r.public_url).text, done)
    r.check('and is not for others', r.public.get(r.public_url).status == 404)
    r.sql('UPDATE report SET silence_at = 1 WHERE meeting_id = ?', r.id)
    page = r.staff.get(r.url)
    bad = r.staff.send(page, '/report', 'approve', **{'in': '0', 'lang': 'en'})
    r.check('then silence does not approve it', bad.status == 400 and
            'id="in-error"' in bad.text, bad)


def approved(r):
    r.next, r.next_open = r.meeting(21, '2025-02-04T09:30', '2025-02-04T17:30')
    number = r.next.rsplit('/', 1)[1]
    got = r.sql('SELECT count(*) FROM agenda_item WHERE meeting_id = ? AND '
                "kind = 'approval'", number)
    r.check('its approval stands on the next agenda by itself', str(got) ==
            '1', got)
    page = r.staff.get(r.next + '/report')
    r.check('whose report will say of which meeting', 'Approval of the report '
            'of the twentieth meeting' in plain(page), page)
    page = r.staff.get(r.url)
    done = r.staff.send(page, '/report', 'approve', **{
        'in': number, 'lang': ['en', 'fr']})
    r.check('the next meeting approves it', done.status == 303, done)
    page = r.staff.get(r.url)
    r.check('it is locked', 'does not change any more' in page.text and
            '?edit=' not in page.text and r.staff.post(r.url, {
                'token': page.form('/report')['fields']['token'], 'do': 'save',
                'origin': 'hand-1', 'body': 'x'}).status == 409, page)
    r.check('members read it, others not yet', r.kenya.get(
        r.public_url).status == 200 and r.public.get(
            r.public_url).status == 404)
    done = r.staff.send(page, '/report', 'post', access='public')
    r.check('it is posted', done.status == 303, done)
    page = r.public.get(r.open)
    r.check('in the register, with a symbol, in its languages',
            'CWG-Internet-20/2' in page.text and
            'Report of the twentieth meeting' in plain(page) and
            'documents/2/0-fr' in page.text, page)
    got = r.public.get(r.open + 'documents/2/0-en')
    r.check('as a Word document', got.status == 200 and got.octets[:2] == b'PK')
    page = r.public.get(r.public_url)
    r.check('and as a page', page.status == 200 and 'Coffee and tea' in
            page.text, page)
    r.check('without drafts that members alone saw', 'Version 1' not in
            plain(page) and r.public.get(r.public_url + '1/en.docx').status ==
            404 and r.public.get(r.public_url + '?v=1').status == 404, page)
    done = r.staff.send(r.staff.get(r.url), '/report', 'send')
    r.check('sent to the Council', done.status == 303 and 'sent to the Council'
            in r.public.get(r.public_url).text, done)
    audit = r.staff.get('/en/desk/audit').text
    r.check('every act is on record', all(a in audit for a in (
        'report.state', 'report.endorse', 'report.comment')), audit)


def journey(engine, *sets):
    r = Report(engine, *sets)
    try:
        r.record()
        written(r)
        edited(r)
        files(r)
        word(r)
        comments(r)
        revised(r)
        endorsed(r)
        approved(r)
    finally:
        r.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
