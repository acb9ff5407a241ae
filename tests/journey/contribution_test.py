#!/usr/bin/env python3
"""Contributions of delegations to a meeting, through pages alone, on both
engines: a draft with a file and with typed text, a second source that joins and
one that refuses, receipt, return, check, symbol, posting; the Word document and
the tagged PDF with their head, read by LibreOffice, pandoc and poppler; a
revision, languages, a letter, a day on which it becomes public. Who sees what
at each step. TAP. Usage: contribution_test.py PROGRAM"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from server import Browser, Server, Tap

PHRASE = 'eleven herons over the weir'
BODY = '''# Introduction

The tenth consultation was held.

# Proposal

1. What should be done (in each country?
2. By whom?
'''
WORDS = {'kind': 'contribution', 'for': 'action', 'item': 'Topics',
         'lang': 'fr', 'title': 'Des puits & des mots',
         'purpose': 'Proposer un sujet.',
         'action': 'Le groupe est invité à décider.',
         'summary': 'En bref : des puits.', 'refs': 'Résolution 102'}
tap = Tap()


class Room:
    def __init__(self, engine, *sets):
        self.engine = engine
        self.server = Server(sys.argv[1], 'page_age=0s', *sets)
        made = self.server.command('demo')
        self.check('the demonstration is loaded', made.returncode == 0,
                   made.stderr)
        link = made.stdout.strip().partition(str(self.server.port))[2]
        self.server.start()
        self.staff, self.public = Browser(self.server), Browser(self.server)
        self.staff.send(self.staff.get(link), link, passphrase=PHRASE,
                        repeat=PHRASE)
        self.delegates = {}

    def check(self, name, ok, why=''):
        tap.check(f'{self.engine}: {name}', ok, why)

    def upload(self, who, url, button, octets=b'', filename='', **fields):
        form = who.get(url).form(url.split('?')[0], button)
        filled = {k: v[0] for k, v in form['fields'].items()}
        filled.update(fields, do=button)
        body = b''
        for name, value in filled.items():
            body += (f'--B\r\nContent-Disposition: form-data; name="{name}"'
                     f'\r\n\r\n{value}\r\n').encode()
        body += (f'--B\r\nContent-Disposition: form-data; name="file"; '
                 f'filename="{filename}"\r\nContent-Type: application/octet-'
                 'stream\r\n\r\n').encode() + octets + b'\r\n--B--\r\n'
        return who.ask('POST', url.split('?')[0], body, {
            'Content-Type': 'multipart/form-data; boundary=B'})

    def press(self, who, url, button, **fields):
        return who.send(who.get(url), url, button, **fields)

    def until(self, who, path, good):
        for _ in range(160):
            page = who.get(path)
            if good(page):
                return page
            time.sleep(0.25)
        return page


def meeting(r, ordinal='20', opens='2999-10-04T09:30',
            closes='2999-10-04T17:30'):
    page = r.staff.get('/en/desk/meetings')
    r.group = re.search(r'<option value="(\d+)"', page.text).group(1)
    made = r.staff.send(page, '/meetings', 'create', series='CWG-Internet',
                        ordinal=ordinal, zone='Europe/Zurich', opens=opens,
                        closes=closes, place='Geneva', mode='hybrid',
                        group=r.group)
    r.check('a meeting is entered', made.status == 303, made)
    r.desk = made.location.split('?')[0]
    page = r.staff.get(r.desk)
    r.url = re.search(r'href="(/en/[^"]*/meetings/\d+/)"', page.text).group(1)
    r.list = r.url + 'contributions/'


def rules(r):
    url = f'/en/desk/posting/{r.group}'
    got = r.press(r.staff, url, 'set', kind='', effect='late_agenda',
                  days='12', instrument='Council Decision 556, decides 2')
    r.check('a rule of posting', got.status == 303, got)


def delegates(r):
    page = r.staff.get('/en/desk/rights')
    on = re.search(r'value="(group \d+)"', page.text)[1]
    done = r.staff.send(page, '/rights', 'grant', holder='class member_state',
                        capability='contribute', object=on,
                        instrument='Decision 12, decides 4')
    r.check('member States may contribute', done.status == 303, done)
    for name, country in (('Ke', 'Kenya'), ('Br', 'Brazil'), ('Ne', 'Nepal'),
                          ('No', None)):
        page = r.staff.send(r.staff.get('/en/desk/people'), '/people', 'add',
                            name=name, email=f'{name}@example.org')
        link = re.search(r'/en/l/[0-9a-z]{32}', page.text).group(0)
        person = re.findall(r'/en/desk/people/\d+', page.text)[-1]
        who = Browser(r.server)
        if country:
            page = r.staff.get(person)
            party = re.search(rf'<option value="(\d+)"[^>]*>{country}[^<]*'
                              '</option>', page.text)
            r.staff.send(page, person, 'party', party=party[1])
            r.delegates[country] = who
            who.party = party[1]
        else:
            r.stranger = who
        who.send(who.get(link), link, passphrase=PHRASE, repeat=PHRASE)


def sees(r, url, **who):
    """Who gets a page, who does not even know that it is there."""
    for name, status in who.items():
        browser = {'staff': r.staff, 'public': r.public,
                   'stranger': r.stranger}.get(name) or r.delegates[name]
        got = browser.get(url)
        r.check(f'{url} for {name}: {status}', got.status == status, got)


def draft(r):
    kenya = r.delegates['Kenya']
    new = r.list + 'new'
    sees(r, new, public=303, stranger=404, Kenya=200)
    bad = r.upload(kenya, new, 'save', b'\x89PNG\0\0', 'x.png',
                   **{**WORDS, 'title': ' '})
    r.check('title and file are told beside their fields, all is kept',
            bad.status == 400 and 'id="title-error"' in bad.text and
            'id="file-error"' in bad.text and 'Résolution 102' in bad.text and
            'value="fr" selected' in bad.text, bad)
    bad = r.upload(kenya, new, 'save', body=BODY, party=r.delegates[
        'Brazil'].party, **WORDS)
    r.check('for one\'s own delegation', bad.status == 403, bad)
    made = r.upload(kenya, new, 'save', body='', **WORDS)
    r.check('a draft is saved', made.status == 303, made)
    one = made.location.split('?')[0]
    page = kenya.follow(made)
    r.check('which says what it still needs', 'Saved as a draft' in page.text
            and 'Before it can be submitted' in page.text and
            'value="submit"' not in page.text, page)
    sees(r, one, public=303, stranger=404, Brazil=404, Nepal=404, Kenya=200)
    r.check('and the secretariat has no list of drafts', 'Des puits' not in
            r.staff.get(r.list).text)
    edit = one + 'edit'
    sees(r, edit, Brazil=404, Kenya=200)
    got = r.upload(kenya, edit, 'save', BODY.encode(), 'puits.md')
    page = kenya.follow(got)
    r.check('a file is sent, the words are kept', got.status == 303 and
            'puits.md' in page.text and 'Le groupe est invité' in page.text,
            page)
    r.check('as it was', kenya.get(one + 'file').octets == BODY.encode())
    sees(r, one + 'file', Brazil=404, public=303)
    got = r.upload(kenya, edit, 'save', drop_file='1', body=BODY)
    page = kenya.follow(got)
    r.check('taken off for typed text', 'puits.md' not in page.text and
            'The tenth consultation' in page.text, page)
    return one


def joint(r, one):
    kenya, brazil, nepal = (r.delegates[c] for c in
                            ('Kenya', 'Brazil', 'Nepal'))
    for who in (brazil, nepal):
        got = r.press(kenya, one, 'ask', party=who.party)
        r.check('a party is asked', got.status == 303, got)
    r.check('who was asked sees it', 'asked to be a source' in
            brazil.get(r.list).text)
    page = brazil.get(one)
    r.check('and can join or refuse, no more', page.status == 200 and
            'value="join"' in page.text and 'value="submit"' not in page.text
            and 'value="withdraw"' not in page.text, page)
    forged = brazil.post(one, {'token': page.form(one, 'join')['fields'][
        'token'][0], 'do': 'join', 'party': nepal.party})
    r.check('nobody answers for another', forged.status == 404, forged)
    r.press(brazil, one, 'join')
    r.press(nepal, one, 'refuse')
    page = kenya.get(one)
    r.check('one joined, one refused', re.search(
        r'Brazil joined\s+Nepal refused', page.words), page.words)


def received(r, one):
    kenya = r.delegates['Kenya']
    got = r.press(kenya, one, 'submit')
    page = kenya.follow(got)
    r.check('submitted, with its receipt', got.status == 303 and
            'The secretariat has received' in page.text and
            'Received on' in page.text and 'in time' in page.text, page)
    page = r.staff.get('/en/desk/outbox')
    r.check('and one by mail, with a hash', 'Receipt of a contribution' in
            page.text and 'Des puits' in page.text and re.search(
                r'SHA-256: [0-9a-f]{64}', page.text), page)
    r.check('it cannot be changed now', r.upload(
        kenya, one + 'edit', 'save', title='X').status == 409)
    page = r.staff.get(r.list)
    r.check('the secretariat sees it', 'Des puits' in page.text and
            'Kenya, Brazil' in page.words and 'Nepal' not in page.words, page)
    bad = r.press(r.staff, one, 'return', reason=' ')
    r.check('to return it needs a reason', bad.status == 400 and
            'id="reason-error"' in bad.text, bad)
    r.press(r.staff, one, 'return', reason='Four pages at most.')
    page = kenya.get(one)
    r.check('its author reads why', 'Four pages at most.' in page.text and
            'value="submit"' in page.text, page)
    r.press(kenya, one, 'submit')
    got = r.press(r.staff, one, 'accept')
    r.check('checked', got.status == 303 and 'value="number"' in
            r.staff.follow(got).text, got)
    forged = kenya.post(one, {'token': kenya.get(one).form(
        one, 'withdraw')['fields']['token'][0], 'do': 'number'})
    r.check('no author numbers', forged.status == 403, forged)
    bad = r.press(r.staff, one, 'number', number='x')
    r.check('a number that is none', bad.status == 400 and
            'id="number-error"' in bad.text, bad)
    got = r.press(r.staff, one, 'number', access='members', title_public='1')
    r.check('it gets its symbol', got.status == 303, got)
    page = r.staff.follow(got)
    r.check('the register has it, with those that joined', 'CWG-Internet-20/1'
            in page.text and 'Kenya, Brazil' in page.words and 'Nepal' not in
            page.words, page)
    r.check('twice is refused', r.staff.post(one, {
        'token': page.form(got.location.split('?')[0], 'post')['fields'][
            'token'][0], 'do': 'number'}).status == 409)
    return got.location.split('?')[0]


def seen(r, one, desk):
    document = r.url + 'documents/1/'
    sees(r, document, public=404, stranger=404, staff=200)
    r.check('its author is told', 'It is document' in
            r.delegates['Kenya'].get(one).text)
    page = r.until(r.staff, desk, lambda p: 'line 2' in p.words)
    r.check('what the lint found stands at the desk, with its place',
            re.search(r'line \d+: ', page.words) and 'bracket' in
            page.text.lower(), page)
    r.press(r.staff, desk, 'post')
    page = r.staff.get(r.url + 'pack')
    r.check('the pack tells the secretariat what the lint queries',
            'What a careful reader would query' in page.text and re.search(
                r'CWG-Internet-20/1: \d+ quer', re.sub(
                    '[\u2066-\u2069]', '', page.words)), page)
    for who in (r.public, r.delegates['Kenya']):
        r.check('and nobody else', 'careful reader' not in who.get(
            r.url + 'pack').text)
    page = r.public.get(document)
    r.check('posted with a public title: the title, no text, no file',
            page.status == 200 and 'Des puits &amp; des mots' in page.text and
            'Proposer un sujet' not in page.text and '0-fr' not in page.text,
            page)
    for name in ('0-fr', '0-fr.docx', '0-fr.pdf'):
        sees(r, document + name, public=404, stranger=404)
    page = r.until(r.staff, document, lambda p: '0-fr.pdf' in p.text and
                   'being made' not in p.text)
    r.check('the page: box, summary, deadline with its rule, languages',
            page.status == 200 and all(w in page.text for w in (
                'Proposer un sujet.', 'Le groupe est invité à décider.',
                'En bref : des puits.', '0-fr.docx', '0-fr.pdf')) and
            'in time' in page.words and 'rule: 12 days' in page.words and
            'Council Decision 556, decides 2' in page.words and
            'Not there yet: ' in page.words and 'Arabic' in page.words and
            'French' in page.words, page)
    page = r.until(r.public, '/en/search?q=puits', lambda p: document in
                   p.text)
    r.check('search finds its title', document in page.text and
            'Proposer' not in page.text, page)
    none = r.public.get('/en/search?q=consultation+tenth')
    r.check('and none of its text', document not in none.text, none)
    bad = r.press(r.staff, desk, 'access', public_from='soon')
    r.check('a day that is none is told beside its field', bad.status == 400
            and 'id="public-from-error"' in bad.text and 'value="soon"' in
            bad.text, bad)
    r.press(r.staff, desk, 'access', access='members', summary_public='1')
    page = r.public.get(document)
    r.check('a public summary of what is for members', 'Proposer un sujet.' in
            page.text and 'En bref : des puits.' in page.text and
            'invité à décider' not in page.text and '0-fr' not in page.text,
            page)
    r.press(r.staff, desk, 'access', access='members', summary_public='',
            title_public='', public_from='2001-02-03')
    sees(r, document, public=200, stranger=200)
    r.check('on its day it is public', 'Proposer un sujet.' in
            r.public.get(document).text)
    page = r.until(r.public, '/en/search?q=tenth', lambda p: document in
                   p.text)
    r.check('and found by its text', document in page.text, page)
    r.press(r.staff, desk, 'access', access='members', public_from=
            '2999-02-03')
    page = r.until(r.public, '/en/search?q=tenth', lambda p: document not in
                   p.text)
    r.check('not before', document not in page.text, page)
    return document


def tool(*args):
    return subprocess.run(args, capture_output=True, text=True).stdout


def opened(r, document):
    """Other programs read what was made."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in ('docx', 'pdf'):
            with open(f'{folder}/d.{kind}', 'wb') as f:
                f.write(r.staff.get(f'{document}0-fr.{kind}').octets)
        head = ('CWG-Internet-20/1', 'Langue originale', 'Français',
                'Contribution soumise par', 'Des puits & des mots', 'Objet',
                'Proposer un sujet.', 'Suite à donner',
                'Le groupe est invité à décider.', 'Résolution 102',
                'Introduction', 'The tenth consultation was held.',
                'By whom?')
        plain = tool('pandoc', '-t', 'plain', '--wrap=none',
                     f'{folder}/d.docx')
        lost = [w for w in head if w not in plain]
        r.check('pandoc reads the Word document: head, box, body in order',
                not lost and sorted(head[4:], key=plain.index) ==
                list(head[4:]), f'{lost}\n{plain}')
        text = ' '.join(tool('pdftotext', f'{folder}/d.pdf', '-').split())
        r.check('poppler reads the PDF', all(w in text for w in head) and
                text.index('Objet') < text.index('Introduction'), text)
        with open(f'{folder}/d.pdf', 'rb') as f:
            octets = f.read()
        tree = re.sub(r'\s+', ' ', tool('pdfinfo', '-struct',
                                        f'{folder}/d.pdf'))
        r.check('it is tagged, with its language and title',
                b'/Lang (fr)' in octets and b'/Marked true' in octets and
                'Des puits & des mots' in tool('pdfinfo', f'{folder}/d.pdf')
                and 'TH: /Scope /Row' in tree and 'H1 (block)' in tree and
                'Lbl (block) LBody' in tree, tree)
        if shutil.which('soffice'):
            tool('soffice', f'-env:UserInstallation=file://{folder}/o',
                 '--headless', '--convert-to', 'txt:Text', '--outdir', folder,
                 f'{folder}/d.docx')
            with open(f'{folder}/d.txt', encoding='utf-8-sig') as f:
                text = f.read()
            r.check('LibreOffice reads the Word document', all(
                w in text for w in head), text)


def letter(r, desk, document):
    r.press(r.staff, desk, 'letter', letter='A. Nonyme\nSecrétaire général')

    def made(_):
        with tempfile.NamedTemporaryFile(suffix='.pdf') as f:
            f.write(r.staff.get(document + '0-fr.pdf').octets)
            f.flush()
            made.text = ' '.join(tool('pdftotext', f.name, '-').split())
        return 'A. Nonyme' in made.text
    r.until(r.staff, document, made)
    r.check('a letter of transmittal stands before it, in its language',
            'J’ai l’honneur de transmettre' in made.text and
            made.text.index('honneur') < made.text.index('Langue originale'),
            made.text)


def languages(r, desk, document):
    for lang, text in (('en', BODY.replace('2. By', '3. By')),
                       ('ar', '# مقدمة\n\nنص.\n\n# مقترح\n\n1. ماذا؟\n2. من؟'
                        '\n')):
        got = r.upload(r.staff, desk, 'file', text.encode(), 'x.md',
                       lang=lang, revision='0', status='courtesy')
        r.check(f'a translation into {lang}', got.status == 303, got)
    page = r.until(r.staff, document, lambda p: p.text.count('.pdf"') == 3)
    r.check('both have their files', page.text.count('.pdf"') == 3, page)
    arabic = r.staff.get(document + '0-ar.pdf').octets
    r.check('the Arabic one is an Arabic document', b'/Lang (ar)' in arabic
            and b'/Direction /R2L' in arabic)
    page = r.staff.get(document)
    r.check('fewer are missing', 'Not there yet: ' in page.words and
            'Arabic' not in page.words.split('Not there yet')[1], page)


def translators(r, document):
    work = r.url + 'translations'
    sees(r, work, public=303, stranger=403, Kenya=403)
    page = r.staff.get(work)
    r.check('what is missing, by the day on which it is due', page.status ==
            200 and 'CWG-Internet-20/1' in page.text and
            '22 September 2999' in page.words and 'Chinese' in page.words and
            'Arabic' not in page.words.split('Missing languages')[1], page)


def revision(r, desk, document):
    kenya = r.delegates['Kenya']
    new = r.list + 'new'
    page = kenya.get(new)
    value = re.search(r'value="(\d+)">a new revision of', page.text)
    r.check('its document may be revised', value, page)
    r.check('by its own delegation', 'a new revision of' not in
            r.delegates['Brazil'].get(new).text)
    made = r.upload(kenya, new, 'save', body=BODY.replace('tenth', 'ninth'),
                    revises=value[1], **{**WORDS, 'title': 'Des puits, bis'})
    two = made.location.split('?')[0]
    r.press(kenya, two, 'submit')
    r.press(r.staff, two, 'accept')
    got = r.press(r.staff, two, 'number')
    r.check('it becomes a revision of the same document',
            got.location.split('?')[0] == desk and 'CWG-Internet-20/1(Rev.1)'
            in r.staff.follow(got).text, got)
    page = r.until(r.staff, document, lambda p: '1-fr.pdf' in p.text)
    r.check('both can be read, the newest first', page.text.find('1-fr.pdf') <
            page.text.find('0-fr.pdf') and 'Des puits, bis' in page.text, page)
    page = r.until(r.staff, document, lambda p: '1-fr-changes.docx' in p.text)
    with tempfile.NamedTemporaryFile(suffix='.docx') as f:
        f.write(r.staff.get(document + '1-fr-changes.docx').octets)
        f.flush()
        text = tool('pandoc', '--track-changes=all', '-t', 'native', f.name)
    r.check('what changed since is a Word document with tracked changes',
            re.search(r'"deletion"[^"]*".*?Str "tenth"', text, re.S) and
            re.search(r'"insertion"[^"]*".*?Str "ninth"', text, re.S), text)
    with tempfile.NamedTemporaryFile(suffix='.pdf') as f:
        f.write(r.staff.get(document + '1-fr.pdf').octets)
        f.flush()
        text = tool('pdftotext', f.name, '-')
    r.check('with its own symbol and text', 'CWG-Internet-20/1(Rev.1)' in text
            and 'ninth' in text, text)


def withdrawn(r, one, document):
    kenya = r.delegates['Kenya']
    got = r.press(kenya, one, 'withdraw')
    r.check('withdrawn by its author', got.status == 303, got)
    page = r.staff.get(document)
    r.check('its symbol can still be cited', page.status == 200 and
            'withdrawn' in page.text and 'CWG-Internet-20/1' in page.text,
            page)
    audit = r.staff.get('/en/desk/audit')
    r.check('every act is on record', all(a in audit.text for a in (
        'contribution.begin', 'contribution.received', 'contribution.answer',
        'contribution.returned', 'contribution.checked',
        'contribution.numbered', 'contribution.withdrawn',
        'document.letter')), audit)
    page = kenya.get('/ar' + r.list[3:])
    r.check('in Arabic too', 'مساهمات الوفود' in page.text and
            'dir="rtl"' in page.text, page)


def late(r):
    """A meeting that has begun: what comes now is late, and says so before."""
    meeting(r, '2', '2020-10-04T09:30', '2020-10-05T17:30')
    kenya = r.delegates['Kenya']
    made = r.upload(kenya, r.list + 'new', 'save', body=BODY, **WORDS)
    page = kenya.follow(made)
    r.check('a late one says so before it is submitted',
            'Submitted now it would be' in page.text and
            'late for the agenda' in page.text, page)


def journey(engine, *sets):
    r = Room(engine, *sets)
    try:
        meeting(r)
        rules(r)
        delegates(r)
        one = draft(r)
        joint(r, one)
        desk = received(r, one)
        document = seen(r, one, desk)
        opened(r, document)
        letter(r, desk, document)
        languages(r, desk, document)
        translators(r, document)
        revision(r, desk, document)
        withdrawn(r, one, document)
        late(r)
    finally:
        r.server.stop()


if any(shutil.which(t) is None for t in ('pandoc', 'pdftotext', 'pdfinfo')):
    print('1..0 # SKIP no pandoc or poppler')
    sys.exit(0)
journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
