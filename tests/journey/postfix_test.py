#!/usr/bin/env python3
"""Announcements and receipts through Postfix, on both engines: in Arabic and
Chinese, to an address in its own script, to nobody whom it knows, while it is
stopped and after; nothing arrives twice. TAP. Skipped without Postfix or root.
Usage: postfix_test.py PROGRAM"""
import email.errors
import email.utils
import os
import re
import signal
import sys
import time

import minutes
from house import House
from postfix import Postfix, why_not
from server import Tap

tap = Tap()
AMAL, BO, SCRIPT, DOMAIN, GRAY, LATE, ANA, LI = (
    'amal@example.org', 'bo@example.org', '用户@xn--r8jz45g.test',
    'post@xn--r8jz45g.test', 'gray@example.org', 'late@example.org',
    'ana@example.org', 'li@example.org')
BOXES = {AMAL: 'amal', BO: 'bo', SCRIPT: 'script', DOMAIN: 'domain',
         GRAY: 'gray', LATE: 'late', ANA: 'ana', LI: 'li'}
TABLE = '''name,address,language,class
أمل,amal@example.org,ar,members
Bo,bo@example.org,zh,members
用户,用户@例え.test,zh,members
Post,post@例え.test,fr,members
Gray,gray@example.org,es,members
Gone,gone@example.org,en,members
無,無@例え.test,zh,members
Late,late@example.org,ru,press
'''
ARABIC, HAN = '[\u0621-\u064a]', '[\u4e00-\u9fff]'


class Post(House):
    """Its database is looked into, as a clock that goes on would change it."""
    sql = minutes.House.sql

    def check(self, name, ok, why=''):
        # It is asked again and again, and counted where it fails.
        if name != 'psql' or not ok:
            super().check(name, ok, why)

    def until(self, name, test, seconds=60):
        for _ in range(seconds * 5):
            if test():
                break
            time.sleep(0.2)
        self.check(name, test(), self.server.said()[-2000:])

    def waiting(self):
        """How many messages were tried and wait for their next time."""
        return int(self.sql("SELECT count(*) FROM outbox WHERE state = "
                            "'waiting' AND error <> ''"))

    def time_passes(self):
        """All that waits is due."""
        self.sql("UPDATE outbox SET not_before_at = 0")

    def respond(self, lang, address):
        """A response by somebody who reads this language."""
        url = f'/{lang}/wg-names/consultations/2/answer'
        got = self.public.send(self.public.get(url), '/answer', 'send', **{
            'q1': 'From the registry.', 'lang': lang, 'capacity': 'individual',
            'name': 'Ana Ruiz', 'category': 'individual', 'country': 'PE',
            'email': address, 'authorisation': 'full', 'agreed': '1'})
        self.check(f'a response of {address}', got.status == 303, got)
        return self.sql('SELECT max(code) FROM response WHERE id = '
                        '(SELECT max(id) FROM response)')


def addressees(h):
    page = h.staff.get('/en/desk/announcements')
    url = re.search(r'href="(/en/desk/recipients/\d+)"', page.text)[1]
    got = h.staff.send(h.staff.get(url), url, 'import', rows=TABLE)
    h.check('the addressees are entered', got.status == 303, got)
    page = h.staff.get('/en/desk/announcements')
    return re.search(r'href="(/en/desk/announcements/meeting/\d+)"',
                     page.text)[1]


def headers(h, m, lang, to):
    """What every message has, as another program reads it."""
    date = email.utils.parsedate_to_datetime(m['Date'])
    h.check(f'to {to}: whence, whither, when', m['From'] == 'post@body.example'
            and m['Return-Path'] == '<post@body.example>' and
            m['To'] == to and m['Delivered-To'] == to and
            abs(date.timestamp() - time.time()) < 600, m.items())
    h.check(f'to {to}: an id, its language, by a machine', re.fullmatch(
        r'<[^<>@\s]+@\S+>', m['Message-ID']) and
        m['Content-Language'] == lang and
        m['Auto-Submitted'] == 'auto-generated', m.items())
    # Python calls any address in another script a defect.
    wrong = [d for d in [*m.defects, *(d for v in m.values()
                                       for d in v.defects)]
             if not isinstance(d, email.errors.NonASCIILocalPartDefect)]
    h.check(f'to {to}: nothing is wrong in its form', not wrong, wrong)


def announced(h, postfix, lang, to, letters):
    m = postfix.wait(to, 1)
    h.check(f'it has arrived at {to}', len(m) == 1, postfix.said())
    m = m[0]
    headers(h, m, lang, to)
    subject = h.sql('SELECT subject FROM mailing WHERE lang = ?', lang)
    h.check(f'to {to}: its subject is what was written', m['Subject'] ==
            subject and re.search(letters, subject), (m['Subject'], subject))
    body = h.sql('SELECT body FROM mailing WHERE lang = ?', lang)
    text = m.get_content()
    h.check(f'to {to}: and so is its text', body.splitlines()[0] in text and
            re.search(letters, text) and
            re.search(rf'/{lang}/u/[0-9a-z]{{32}}', text), text)
    h.check(f'to {to}: how to have no more of it', re.fullmatch(
        r'<http://[^<>\s]*/api/v1/unsubscribe/[0-9a-z]{32}>',
        m['List-Unsubscribe']) and m['List-Unsubscribe-Post'] ==
        'List-Unsubscribe=One-Click', m.items())


def sent(h, postfix, one):
    got = h.staff.send(h.staff.get(one), one, 'mail', **{'class': 'members'})
    h.check('sent to the members', got.status == 303, got)
    announced(h, postfix, 'ar', AMAL, ARABIC)
    announced(h, postfix, 'zh', BO, HAN)
    announced(h, postfix, 'zh', SCRIPT, HAN)
    announced(h, postfix, 'fr', DOMAIN, '[a-z]')
    for to, how in ((SCRIPT, 'UTF8SMTP'), (DOMAIN, 'ESMTP'), (AMAL, 'ESMTP')):
        m = postfix.messages(to)[0]
        h.check(f'{to} has come by {how}', f' with {how} ' in
                ' '.join(m['Received'].split()) and (how == 'UTF8SMTP' or
                postfix.octets(to)[0].isascii()), m.items())
    for to in ('gone@example.org', '無@xn--r8jz45g.test'):
        words = (f'550 5.1.1 &lt;{to}&gt;: Recipient address rejected: User '
                 'unknown in virtual mailbox table')
        h.until(f'why not to {to}, in the words of Postfix',
                lambda: words in h.staff.get(one).text)
    h.until('who is to come back waits, and why is there', lambda:
            h.waiting() == 1 and f'450 4.7.1 &lt;{GRAY}&gt;: Recipient '
            'address rejected: come back' in h.staff.get(one).text)
    h.check('both are counted as not reached', int(h.sql(
        "SELECT count(*) FROM outbox WHERE state = 'failed' AND "
        "object_kind = 'delivery'")) == 2)


def receipt(h, postfix, lang, address, code, letters):
    m = postfix.wait(address, 1)
    h.check(f'the receipt has arrived at {address}', len(m) == 1,
            postfix.said())
    headers(h, m[0], lang, address)
    subject, text = m[0]['Subject'], m[0].get_content()
    h.check(f'to {address}: a receipt in the language of the response',
            code in subject and re.search(letters, subject) and
            re.search(letters, text) and '\ufffd' not in subject + text and
            m[0]['List-Unsubscribe'] is None, (subject, text))


def stopped(h, postfix, one):
    """What is sent while nobody takes it goes when somebody does."""
    postfix.stop()
    code = h.respond('zh', LI)
    got = h.staff.send(h.staff.get(one), one, 'mail', **{'class': 'press'})
    h.check('sent to the press', got.status == 303, got)
    h.until('both wait, too', lambda: h.waiting() == 3)
    h.check('and why is in the log', 'the mail server cannot be reached' in
            h.staff.get(one).text, h.staff.get(one))
    postfix.refuse({})
    h.check('Postfix is started again', postfix.start(), postfix.said())
    h.time_passes()
    announced(h, postfix, 'es', GRAY, '[a-z]')
    announced(h, postfix, 'ru', LATE, '[а-я]')
    receipt(h, postfix, 'zh', LI, code, HAN)
    h.until('nothing waits any more', lambda: h.waiting() == 0)


def once(h, postfix, one):
    """Neither time nor a second press of the button sends anything again."""
    n = len(re.findall('reject: RCPT[^\n]*gone@', postfix.said()))
    got = h.staff.send(h.staff.get(one), one, 'mail', **{'class': ''})
    h.check('sent once more', got.status == 303, got)
    h.time_passes()
    h.until('whom it did not reach is tried', lambda: len(re.findall(
        'reject: RCPT[^\n]*gone@', postfix.said())) == n + 1)
    h.until('until nothing is left', lambda: int(h.sql(
        "SELECT count(*) FROM outbox WHERE state = 'waiting'")) == 0)
    said = postfix.said()
    h.check('each mailbox has one message', all(
        len(postfix.octets(b)) == 1 for b in BOXES), said)
    ids = {postfix.messages(b)[0]['Message-ID'] for b in BOXES}
    h.check('each has its own id', len(ids) == len(BOXES), ids)
    h.check('Postfix took no more than it delivered', said.count(
        'status=sent') == said.count(': client=') == len(BOXES), said)
    h.check('and found nothing to complain of', not re.search(
        'warning:|improper|lost connection|timeout|bounced', said), said)


def unnoted(h, postfix):
    """Taken by Postfix, and the program died before it could note it: what
    goes again is the same message, for a mailbox to drop one of them."""
    h.sql("UPDATE outbox SET state = 'waiting', not_before_at = 0 WHERE "
          "recipient = ? AND object_kind = 'delivery'", BO)
    one, two = postfix.wait(BO, 2)
    h.check('the same message has the same id', one['Message-ID'] ==
            two['Message-ID'] and one.get_content() == two.get_content() and
            one['Subject'] == two['Subject'], (one.items(), two.items()))


def ascii_only(h, postfix, one):
    """A Postfix that does not offer SMTPUTF8 gets what it can take."""
    postfix.stop()
    postfix.configure(utf8='no')
    h.check('Postfix is started without SMTPUTF8', postfix.start(),
            postfix.said())
    h.sql("UPDATE outbox SET state = 'waiting', not_before_at = 0 WHERE "
          "object_kind = 'delivery' AND recipient IN (?, ?)",
          '用户@例え.test', 'post@例え.test')
    m = postfix.wait(DOMAIN, 2)
    h.check('a name in another script goes as A-labels', len(m) == 2 and
            m[1]['To'] == DOMAIN, postfix.said())
    h.until('an address in another script does not, and why is there',
            lambda: 'the mail server does not offer SMTPUTF8' in
            h.staff.get(one).text)
    h.check('nor was it tried', len(postfix.octets(SCRIPT)) == 1 and
            not re.search('bounced|warning:', postfix.said()), postfix.said())


def journey(engine, *sets):
    postfix = Postfix(BOXES)
    h = None
    try:
        postfix.refuse({GRAY: '450 4.7.1 come back'})
        tap.check(f'{engine}: Postfix is started', postfix.start(),
                  postfix.said())
        h = Post(tap, engine, 'form_age_min=0s', *sets)
        h.sql("UPDATE outbox SET state = 'sent' WHERE state = 'waiting'")
        h.meeting()
        one = addressees(h)
        h.server.stop()
        h.server.sets += [f'smarthost=127.0.0.1:{postfix.port}',
                          'mail_from=post@body.example']
        h.server.start()
        sent(h, postfix, one)
        code = h.respond('ar', ANA)
        receipt(h, postfix, 'ar', ANA, code, ARABIC)
        stopped(h, postfix, one)
        once(h, postfix, one)
        unnoted(h, postfix)
        ascii_only(h, postfix, one)
    finally:
        if h:
            h.server.stop()
        postfix.remove()
    h.check('no complaint', 'AddressSanitizer' not in h.server.said() and
            'SIGSYS' not in h.server.said(), h.server.said()[-2000:])


if why_not():
    print(f'1..0 # SKIP {why_not()}')
    sys.exit()
# Ended from outside, it still ends what it has started.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
