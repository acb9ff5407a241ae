#!/usr/bin/env python3
"""Meetings and their documents, through pages alone, on both engines: enter a
meeting, set rules of posting, enter documents, add files, post, open, admit,
withdraw; what everybody sees of it at each step. TAP.
Usage: meeting_test.py PROGRAM"""
import os
import re
import sys

from server import Browser, Server, Tap

PHRASE = 'eleven herons over the weir'
MEETING = {'series': 'CWG-Internet', 'ordinal': '20', 'zone': 'Europe/Zurich',
           'opens': '2999-10-04T09:30', 'closes': '2999-10-04T17:30',
           'place': 'Geneva', 'mode': 'hybrid'}

tap = Tap()


class House:
    """One server with the demonstration, its administrator, and anybody."""

    def __init__(self, engine, *sets):
        self.engine = engine
        self.server = Server(sys.argv[1], 'page_age=0s', *sets)
        made = self.server.command('demo')
        self.check('the demonstration is loaded', made.returncode == 0,
                   made.stderr)
        link = made.stdout.strip().partition(str(self.server.port))[2]
        self.server.start()
        self.staff = Browser(self.server)
        self.public = Browser(self.server)
        page = self.staff.send(self.staff.get(link), link, passphrase=PHRASE,
                               repeat=PHRASE)
        self.check('the administrator is in', page.status == 303, page)

    def check(self, name, ok, why=''):
        tap.check(f'{self.engine}: {name}', ok, why)

    def upload(self, url, octets, filename, **fields):
        form = self.staff.get(url).form(url, 'file')
        filled = {k: v[0] for k, v in form['fields'].items()}
        filled.update(fields, do='file')
        body = b''
        for name, value in filled.items():
            body += (f'--B\r\nContent-Disposition: form-data; name="{name}"'
                     f'\r\n\r\n{value}\r\n').encode()
        body += (f'--B\r\nContent-Disposition: form-data; name="file"; '
                 f'filename="{filename}"\r\nContent-Type: application/octet-'
                 'stream\r\n\r\n').encode() + octets + b'\r\n--B--\r\n'
        return self.staff.ask('POST', url, body, {
            'Content-Type': 'multipart/form-data; boundary=B'})


def meeting(h):
    page = h.staff.get('/en/desk/')
    h.check('the desk leads to the meetings', '/en/desk/meetings"' in
            page.text, page)
    page = h.staff.get('/en/desk/meetings')
    group = re.search(r'<option value="(\d+)"', page.text).group(1)

    def send(**fields):
        return h.staff.send(page, '/meetings', 'create',
                            **{'group': group, **MEETING, **fields})
    for field, value, says in (('series', 'WG 5', 'series-error'),
                               ('ordinal', '0', 'ordinal-error'),
                               ('ordinal', 'x', 'ordinal-error'),
                               ('opens', 'soon', 'opens-error'),
                               ('closes', '2999-10-04T09:30', 'closes-error'),
                               ('place', ' ', 'place-error')):
        bad = send(**{field: value})
        h.check(f'{field} {value!r} is told beside its field, all is kept',
                bad.status == 400 and f'id="{says}"' in bad.text and
                (field == 'place' or 'value="Geneva"' in bad.text), bad)
    made = send()
    h.check('entered', made.status == 303, made)
    again = send()
    h.check('one number once in a series', again.status == 400 and
            'has a meeting of this number' in again.text, again)
    url = made.location.split('?')[0]
    page = h.staff.follow(made)
    h.check('and it is said', 'The meeting was entered' in page.text, page)
    public = re.search(r'href="(/en/[^"]*/meetings/20/)"', page.text).group(1)
    page = h.public.get(public)
    h.check('everybody finds when and where', page.status == 200 and
            'CWG-Internet, meeting 20' in page.text and 'Geneva' in page.text
            and '4 October 2999' in page.text, page)
    h.check('from the list', public in
            h.public.get(public.replace('20/', '')).text)
    h.check('and from the page of the group', 'href="meetings/"' in
            h.public.get(public.replace('meetings/20/', '')).text)
    h.check('nobody else gets to the desk',
            h.public.get(url).status in (303, 401, 403))
    return url, public, group


def rules(h, group, public):
    url = f'/en/desk/posting/{group}'
    page = h.staff.get(url)
    bad = h.staff.send(page, url, 'set', kind='', effect='held_over',
                       days='400', instrument='')
    h.check('a rule needs days and a decision', bad.status == 400 and
            'id="days-error"' in bad.text and 'id="instrument-error"' in
            bad.text and 'value="400"' in bad.text, bad)
    for kind, effect, days in (('', 'late_agenda', '7'),
                               ('agenda', 'exempt', '0')):
        got = h.staff.send(page, url, 'set', kind=kind, effect=effect,
                           days=days, instrument='Council Decision 556')
        h.check(f'a rule for {kind or "all kinds"}', got.status == 303, got)
    page = h.public.get(public)
    h.check('everybody can read the rules', 'Council Decision 556' in
            page.text and 'late for the agenda' in page.text, page)
    page = h.staff.get(url)
    got = h.staff.post(url, {'token': page.form(url, 'remove')['fields'][
        'token'][0], 'kind': 'agenda', 'effect': 'exempt', 'do': 'remove'})
    h.check('one is removed', got.status == 303 and 'exempt</td>' not in
            h.staff.get(url).text, got)


def documents(h, url, public):
    page = h.staff.get(url)
    parties = re.findall(r'<option value="(\d+)"[^>]*>([^<]+)</option>',
                         page.text.split('id="source"')[1])
    new = {'kind': 'contribution', 'lang': 'en', 'for': 'action',
           'access': 'members', 'source': [parties[2][0], parties[0][0]]}
    bad = h.staff.send(page, url, 'add', number='x', title='', **new)
    h.check('number and title are told beside their fields',
            bad.status == 400 and 'id="number-error"' in bad.text and
            'id="title-error"' in bad.text and bad.text.count(' selected>') >=
            3, bad)
    made = h.staff.send(page, url, 'add', number='', title='On wells & words',
                        **new)
    h.check('a document is entered', made.status == 303, made)
    page = h.staff.follow(made)
    h.check('with its symbol, title and sources', 'CWG-Internet-20/1' in
            page.text and 'On wells &amp; words' in page.text and
            parties[0][1] in page.text and parties[2][1] in page.text, page)
    again = h.staff.send(h.staff.get(url), url, 'add', number='1', title='X',
                         **new)
    h.check('a symbol is given once', again.status == 400 and
            'CWG-Internet-20/1 has been given' in again.text.replace(
                '\u2068', '').replace('\u2069', ''), again)
    h.check('the next one is proposed', 'the document gets 2' in
            h.staff.get(url).words, h.staff.get(url))
    one = made.location.split('?')[0]
    h.check('nobody sees what is not posted', 'wells' not in
            h.public.get(public).text)
    return one


def files(h, one, public):
    bad = h.upload(one, b'', '')
    h.check('a file is needed', bad.status == 400 and 'id="file-error"' in
            bad.text, bad)
    bad = h.upload(one, b'\0\1\2\3', 'x.png')
    h.check('one that is no document', bad.status == 400 and
            'id="file-error"' in bad.text, bad)
    got = h.upload(one, b'The wells.', 'wells.txt', lang='en', revision='0')
    h.check('a file is added', got.status == 303, got)
    got = h.upload(one, b'The wells.', 'wells.txt', lang='en', revision='0')
    h.check('one for each language of a revision', got.status == 400 and
            'has a file in this language' in got.text, got)
    got = h.upload(one, 'Les puits.'.encode(), 'puits.txt', lang='fr',
                   revision='1', status='courtesy')
    h.check('a revision in French', got.status == 303, got)
    page = h.staff.get(one)
    h.check('both are there, the symbol has its revision',
            'CWG-Internet-20/1(Rev.1)' in page.text and
            'courtesy translation' in page.text, page)


def seen(h, one, public):
    def press(button, **fields):
        page = h.staff.send(h.staff.get(one), one, button, **fields)
        h.check(f'{button}', page.status == 303, page)
        return h.public.get(public)
    file = public + 'documents/1/1-fr'
    page = press('post')
    h.check('what is for members is not there for others', 'wells' not in
            page.text and h.public.get(file).status == 404, page)
    h.check('who registers reads it', h.staff.get(file).octets ==
            'Les puits.'.encode())
    page = press('access', access='members', title_public='1')
    h.check('with a public title: the title, and no file', 'On wells' in
            page.text and 'documents/1/1-' not in page.text and
            'for members of the group' in page.text and
            h.public.get(file).status == 404, page)
    page = press('access', access='public', title_public='1')
    h.check('open to everybody: the newest revision, by language',
            'documents/1/1-fr' in page.text and 'documents/1/0-en' not in
            page.text, page)
    got = h.public.get(file)
    h.check('the file, to be saved', got.status == 200 and got.headers[
        'Content-Disposition'].startswith('attachment;'), got.headers)
    h.check('an earlier revision can still be cited',
            h.public.get(public + 'documents/1/0-en').octets == b'The wells.')
    h.check('a language that is none',
            h.public.get(public + 'documents/1/1-zz').status == 404)
    page = press('withdraw')
    h.check('withdrawn: its symbol can be cited, its files are gone',
            'withdrawn' in page.text and 'On wells' in page.text and
            h.public.get(file).status == 404, page)
    arabic = h.public.get('/ar' + public[3:])
    h.check('from right to left', '<html lang="ar" dir="rtl">' in arabic.text
            and 'CWG-Internet-20/1(Rev.1)' in arabic.text, arabic)
    audit = h.staff.get('/en/desk/audit')
    h.check('every act is on record', all(a in audit.text for a in (
        'meeting.create', 'posting.set', 'document.add', 'document.file',
        'document.state', 'document.access')), audit)


def late(h, group):
    """A meeting that has begun: what comes now is late."""
    page = h.staff.get('/en/desk/meetings')
    made = h.staff.send(page, '/meetings', 'create', **{
        'group': group, **MEETING, 'ordinal': '2',
        'opens': '2020-10-04T09:30', 'closes': '2020-10-05T17:30'})
    url = made.location.split('?')[0]
    made = h.staff.send(h.staff.get(url), url, 'add', title='Late',
                        kind='contribution', lang='en', access='members',
                        **{'for': 'information'})
    one = made.location.split('?')[0]
    page = h.staff.get(one)
    h.check('a late one is marked', 'late for the agenda' in page.text, page)
    got = h.staff.send(page, one, 'admit')
    page = h.staff.get(one)
    h.check('and admitted by a decision', got.status == 303 and
            'admitted on' in page.text and 'value="admit"' not in page.text,
            page)
    h.check('which the list shows', 'admitted although late' in
            h.staff.get(url).text)


def journey(engine, *sets):
    h = House(engine, *sets)
    try:
        url, public, group = meeting(h)
        rules(h, group, public)
        one = documents(h, url, public)
        files(h, one, public)
        seen(h, one, public)
        late(h, group)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
