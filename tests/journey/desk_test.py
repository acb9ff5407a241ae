#!/usr/bin/env python3
"""The secretariat's way with responses, through pages alone, on both engines:
submit, check, publish; return, revise, publish; hide; hold; enter; translate;
plan and launch. Over the demonstration body. TAP.
Usage: desk_test.py PROGRAM"""
import os
import re
import sys
import time

from server import Browser, Server, Tap

PHRASE = 'eleven herons over the weir'
ANSWER = 'Write to Ana Ruiz, +51 1 555 0101, about the *second* question.'

tap = Tap()


class Desk:
    """One server with the demonstration, its administrator, a respondent."""

    def __init__(self, engine, *sets):
        self.engine = engine
        self.server = Server(sys.argv[1], 'form_age_min=0s', *sets)
        made = self.server.command('demo')
        self.check('the demonstration is loaded', made.returncode == 0,
                   made.stderr)
        again = self.server.command('demo')
        self.check('and never over something else', again.returncode == 1 and
                   'not empty' in again.stderr, again.stderr)
        self.link = made.stdout.strip().partition(str(self.server.port))[2]
        self.server.start()
        self.staff = Browser(self.server)
        self.public = Browser(self.server)

    def check(self, name, ok, why=''):
        tap.check(f'{self.engine}: {name}', ok, why)

    def sign_in(self):
        page = self.staff.get(self.link)
        page = self.staff.send(page, self.link, passphrase=PHRASE,
                               repeat=PHRASE)
        self.check('the administrator is in', page.status == 303, page)

    def submit(self, text, **more):
        """A response to consultation 2; the path of its receipt."""
        base = '/en/wg-names/consultations/2/answer'
        page = self.public.get(base)
        page = self.public.send(page, '/answer', 'send', **{
            'q1': text, 'lang': 'en', 'capacity': 'individual',
            'name': 'Ana Ruiz', 'category': 'individual', 'country': 'PE',
            'email': 'ana@example.org', 'authorisation': 'full',
            'agreed': '1', **more})
        self.check('a response is received', page.status == 303, page)
        return page.location.split('?')[0]

    def newest(self, state):
        """The address of the last response in a state of the queue."""
        page = self.staff.get(f'/en/desk/consultations/2/queue?state={state}')
        self.check(f'the queue of what is {state}', page.status == 200, page)
        found = re.findall(r'href="(/en/desk/responses/\d+)"', page.text)
        return found[-1] if found else None

    def act(self, url, button, **fields):
        page = self.staff.get(url)
        return self.staff.send(page, url, button, **fields)

    def published(self, url):
        """The public address that the desk links to."""
        page = self.staff.get(url)
        found = re.search(r'href="([^"]*/responses/\d+)">[^<]*public',
                          page.text)
        return found and found.group(1)


def the_queue(d):
    receipt = d.submit(ANSWER)
    url = d.newest('received')
    page = d.staff.get(url)
    d.check('the desk shows the original', page.status == 200 and
            '+51 1 555 0101' in page.text and 'ana@example.org' in page.text,
            page)
    d.check('and keeps it to itself', page.headers['Cache-Control'] ==
            'no-store' and page.headers['Referrer-Policy'] == 'no-referrer')
    d.check('a stranger sees nothing', d.public.get(url).status in (303, 401))
    d.check('a form without the token of the session is refused',
            d.staff.post(url, {'do': 'publish', 'token': 'x'}).status == 403)

    page = d.act(url, 'check')
    d.check('checked', page.status == 303 and
            page.location == url + '?done=checked', page)
    d.check('it is said', 'Marked as checked' in d.staff.follow(page).text)
    page = d.act(url, 'publish')
    d.check('published', page.status == 303, page)
    public = d.published(url)
    d.check('it has a public address', public, d.staff.get(url))
    page = d.public.get(public)
    d.check('everybody reads it', page.status == 200 and
            '555 0101' in page.text and 'Ana Ruiz' in page.text, page)
    d.check('but not the address', 'ana@example.org' not in page.text, page)
    page = d.public.get('/en/wg-names/consultations/2/responses/')
    d.check('it is listed', 'Ana Ruiz' in page.text, page)
    return url, receipt, public


def the_mark(d, url, public):
    page = d.staff.get(url)
    part = re.search(r'<option value="(answer-\d+)"', page.text).group(1)
    page = d.act(url, 'redact', part=part, passage='+51 2',
                 redact_reason='A telephone number')
    d.check('a passage that is not there is refused, and comes back',
            page.status == 400 and 'does not occur' in page.text and
            '+51 2' in page.text and 'A telephone number' in page.text, page)
    page = d.act(url, 'redact', part=part, passage='+51 1 555 0101',
                 redact_reason='')
    d.check('a reason is needed', page.status == 400 and
            'Give a reason' in page.text, page)
    page = d.act(url, 'redact', part=part, passage='+51 1 555 0101',
                 redact_reason='A telephone number')
    d.check('a passage is hidden', page.status == 303, page)
    page = d.public.get(public)
    d.check('the public sees a mark and the reason', '555 0101' not in
            page.text and '\u2588' in page.text and
            'A telephone number' in page.text, page)
    page = d.public.get('/en/wg-names/consultations/2/responses/')
    d.check('nor is it in the list', '555 0101' not in page.text, page)
    d.check('the desk still has it', '555 0101' in d.staff.get(url).text)
    page = d.act(url, 'unredact')
    d.check('and can show it again', page.status == 303 and
            '555 0101' in d.public.get(public).text, page)


def the_revision(d):
    receipt = d.submit('From where do I write?')
    url = d.newest('received')
    stale = d.staff.get(url)
    page = d.staff.send(stale, url, 'return', message='  ')
    d.check('returning needs a message', page.status == 400 and
            'Write a message' in page.text, page)
    page = d.staff.send(stale, url, 'return', message='Which country?')
    d.check('returned', page.status == 303, page)
    page = d.public.get(receipt)
    d.check('its author reads why', 'Which country?' in page.text, page)
    for rest in ('/withdraw', '/file'):
        page = d.public.get(receipt + rest)
        d.check(f'and finds {rest}', page.status == 200, page)
    form = d.public.get('/en/wg-names/consultations/2/answer')
    page = d.public.send(form, '/answer', 'save', q1='Half of it.')
    link = re.search(r'/d/[0-9a-z]{20,}', d.public.follow(page).text if
                     page.location else page.text)
    d.check('and another draft again', link and 'Half of it.' in
            d.public.get(link[0]).text, page)
    form = d.public.get(receipt + '/revise')
    page = d.public.send(form, '/revise', 'send', q1='From Peru.', agreed='1')
    d.check('and revises', page.status == 303, page)
    page = d.staff.send(stale, url, 'reject', reason='abuse', message='No.')
    d.check('who read the old one decides nothing', page.status == 409 and
            'in the meantime' in page.text, page)
    page = d.act(url, 'publish')
    d.check('the new one is published', page.status == 303, page)
    page = d.public.get(d.published(url))
    d.check('as it is now', 'From Peru.' in page.text, page)
    page = d.staff.get(url)
    old = re.search(r'href="([^"]*/revisions/1)"', page.text)
    d.check('the history has both', old and 'revised by its author' in
            page.text and 'returned to its author' in page.text, page)
    page = d.staff.get(old.group(1))
    d.check('the first one is kept, and nothing can be done to it',
            'From where do I write?' in page.text and
            'value="reject"' not in page.text, page)
    return url


def the_rejection(d, url):
    public = d.published(url)
    page = d.act(url, 'reject', reason='', message='Nobody wrote this.')
    d.check('a ground is needed, and nothing typed is lost',
            page.status == 400 and 'Choose a ground' in page.text and
            'Nobody wrote this.' in page.text, page)
    page = d.act(url, 'reject', reason='impersonation', message='')
    d.check('rejected', page.status == 303, page)
    d.check('it is public no more', d.public.get(public).status == 404)


def the_held(d):
    d.submit('Buy lamps.', website='http://lamps.example/')
    page = d.staff.get('/en/desk/held')
    d.check('what no person fills in holds it, and the page says so',
            'Buy lamps.' in page.text and
            'a field that people do not see' in page.text, page)
    url = d.newest('held')
    d.check('it cannot be published', 'value="publish"' not in
            d.staff.get(url).text)
    page = d.act(url, 'release')
    d.check('it is released into the queue', page.status == 303 and
            d.newest('received') == url, page)


def the_letter(d):
    at = '/en/desk/consultations/2/enter'
    given = {'channel': 'paper', 'received': '', 'q1': 'On paper we write.',
             'lang': 'fr', 'capacity': 'individual', 'name': 'Odile Aubert',
             'category': 'individual', 'country': 'FR',
             'authorisation': 'full', 'agreed': '1'}
    page = d.staff.get(at)
    d.check('the form for letters', page.status == 200, page)
    page = d.staff.send(page, '/enter', 'enter', **given)
    d.check('who received it must be said', page.status == 400 and
            'Say who received it' in page.text and
            'On paper we write.' in page.text, page)
    given['received'] = 'Front desk'
    form = page
    page = d.staff.send(form, '/enter', 'enter', **given)
    d.check('entered', page.status == 303 and 'done=entered' in page.location,
            page)
    again = d.staff.send(form, '/enter', 'enter', **given)
    d.check('once, however often it is sent', again.location == page.location,
            again)
    page = d.staff.follow(page)
    d.check('by which way, and by whom', 'on paper' in page.text and
            'entered by the secretariat' in page.text and
            'Front desk' in page.text, page)


def the_translation(d, url, public):
    page = d.staff.get(url + '/translate?to=fr')
    d.check('the page to translate', page.status == 200 and
            '555 0101' in page.text, page)
    page = d.staff.send(page, '/translate', 'save', a1='Écrivez à Ana Ruiz.',
                        status='courtesy')
    d.check('a translation is stored', page.status == 303, page)
    page = d.public.get(public)
    d.check('beside the original, marked', 'Écrivez à Ana Ruiz.' in page.text
            and 'courtesy' in page.text.lower(), page)


def the_plan(d):
    page = d.staff.get('/en/desk/consultations/new')
    given = {'title': 'Paper and ink', 'introduction': 'We ask.',
             'q1': 'What do you use?', 'zone': 'Europe/Zurich',
             'opens': '2099-01-01T09:00', 'deadline': '2098-01-01T09:00',
             'meeting': '', 'publication': 'as_checked',
             'language': ['en', 'ar']}
    page = d.staff.send(page, '/new', 'save', **given)
    d.check('a deadline before the opening is refused', page.status == 400
            and 'must be after the opening' in page.text and
            'What do you use?' in page.text, page)
    given['deadline'] = '2099-03-29T02:30'
    page = d.staff.send(page, '/new', 'save', **given)
    d.check('so is a time that no clock shows', page.status == 400 and
            'does not exist' in page.text, page)
    given['deadline'] = '2099-04-01T23:59'
    page = d.staff.send(page, '/new', 'save', **given)
    d.check('planned', page.status == 303, page)
    url = page.location.split('?')[0]
    d.check('the public does not see it', 'Paper and ink' not in
            d.public.get('/en/wg-names/').text)
    page = d.staff.get(url + '?text=en')
    page = d.staff.send(page, url, 'launch') if 'value="launch"' in \
        page.text else page
    d.check('it is not launched while a language is missing',
            page.status in (200, 400) and 'missing' in page.text, page)
    page = d.staff.get(url + '?text=ar')
    page = d.staff.send(page, url, 'save', **{
        **given, 'title': 'الورق والحبر', 'introduction': 'نسأل.',
        'q1': 'ماذا تستعمل؟', 'status': 'official'})
    d.check('the other language', page.status == 303, page)
    page = d.act(url, 'launch')
    d.check('launched', page.status == 303, page)
    d.check('the public sees it', 'الورق والحبر' in
            d.public.get('/ar/wg-names/').text)
    page = d.act(url, 'extend', new_deadline='2099-05-01T23:59', reason='')
    d.check('an extension needs a reason', page.status == 400 and
            'Give a reason' in page.text, page)
    page = d.act(url, 'extend', new_deadline='2099-05-01T23:59',
                 reason='More time was asked for.')
    d.check('extended', page.status == 303, page)


def the_record(d):
    page = d.staff.get('/en/desk/')
    d.check('the start says what waits', page.status == 200 and
            'Responses to check' in page.text, page)
    page = d.staff.get('/en/desk/audit')
    d.check('every act is in the trail', all(
        f'<bdi>{act}</bdi>' in page.text for act in (
            'response.publish', 'response.return', 'response.reject',
            'response.redact', 'response.enter', 'response.release',
            'consultation.launch', 'consultation.extend')), page)
    page = d.staff.get('/en/desk/outbox')
    d.check('messages wait to be copied', page.status == 200 and
            'ana@example.org' in page.text and 'Which country?' in page.text,
            page)
    secret = re.search(r'/r/[a-z0-9]{20,}', page.text)
    d.check('without the secret of a receipt', not secret, secret)
    page = d.staff.send(page, '/outbox', 'sent')
    d.check('and are marked as sent', page.status == 303 and
            'Marked as sent' in d.staff.follow(page).text, page)
    page = d.staff.get('/en/desk/consultations/1/queue?state=published')
    d.check('a long queue goes on', 'rel="next"' in page.text, page)


def the_files(d):
    """What the worker read out of a PDF that the loader made."""
    for i in range(1, 159):
        page = d.staff.get(f'/en/desk/responses/{i}')
        if 'five-verbs.pdf' in page.text:
            break
    d.check('the attachment is on the desk', 'five-verbs.pdf' in page.text)
    original = re.search(r'href="([^"]*/files/\d+)"', page.text).group(1)
    got = d.staff.get(original)
    d.check('its original goes out to be saved', got.status == 200 and
            got.octets.startswith(b'%PDF-') and
            got.headers['Content-Disposition'].startswith('attachment;') and
            got.headers['X-Content-Type-Options'] == 'nosniff', got.headers)
    d.check('to staff only', d.public.get(original).status in (303, 401))
    for _ in range(60):
        text = d.staff.get(original + '/text')
        if text.status == 200:
            break
        time.sleep(0.5)
    d.check('its text was read', 'Five verbs, one afternoon' in text.text,
            text)


def walk(engine, *sets):
    d = Desk(engine, *sets)
    try:
        d.sign_in()
        url, _, public = the_queue(d)
        the_mark(d, url, public)
        the_translation(d, url, public)
        the_rejection(d, the_revision(d))
        the_held(d)
        the_letter(d)
        the_plan(d)
        the_record(d)
        the_files(d)
    finally:
        d.server.stop()


walk('sqlite')
if os.environ.get('RP_TEST_PG'):
    walk('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
