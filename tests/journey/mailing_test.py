#!/usr/bin/env python3
"""Addressees of a group, and announcements by mail, on both engines: a table
checked and imported, sent through a mail server that this test plays, in each
reader's language, with what it refuses now and for good; the log, again to
those who were not reached, and the recipient's own page. TAP.
Usage: mailing_test.py PROGRAM"""
import email
import email.policy
import os
import re
import socket
import threading
import time

from house import House
from server import Tap, free_port

tap = Tap()
TABLE = '''name,address,language,class
Ana,ana@example.org,fr,press
"Bo, Li",bo@example.org,zh,members
南,南@example.org,ar,members
Gray,gray@example.org,en,members
Gone,gone@example.org,en,press
'''


class Sink:
    """A mail server on loopback: keeps what it takes, refuses some."""

    def __init__(self):
        self.port, self.taken, self.log = free_port(), [], []
        self.gray = True
        self.offers = ['SMTPUTF8', '8BITMIME']
        self.listen = socket.create_server(('::1', self.port),
                                           family=socket.AF_INET6)
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            con, _ = self.listen.accept()
            try:
                self.talk(con)
            except OSError:
                pass
            con.close()

    def answer(self, line):
        verb = line.upper()
        if verb.startswith('EHLO'):
            return '\r\n'.join([f'250-{o}' for o in ['sink', *self.offers]]
                               + ['250 HELP'])
        if 'gone@' in line:
            return '550 5.1.1 no such mailbox'
        if 'gray@' in line and self.gray:
            return '450 4.2.0 come back'
        if verb == 'DATA':
            return '354 go on'
        return '221 bye' if verb == 'QUIT' else '250 fine'

    def talk(self, con):
        con.settimeout(30)
        file, said, at = con.makefile('rwb'), [], None
        file.write(b'220 sink ESMTP\r\n')
        file.flush()
        for raw in file:
            if at is not None:
                if raw == b'.\r\n':
                    # The demonstration has notifications of its own.
                    if '@example.org' in said[-2]:
                        self.taken.append((said[-2], b''.join(at)))
                    at = None
                    file.write(b'250 2.0.0 taken\r\n')
                    file.flush()
                else:
                    at.append(raw[1:] if raw.startswith(b'..') else raw)
                continue
            line = raw.decode().rstrip('\r\n')
            said.append(line)
            self.log.append(line)
            answer = self.answer(line)
            file.write(answer.encode() + b'\r\n')
            file.flush()
            if answer.startswith('354'):
                at = []
            if line.upper() == 'QUIT':
                return

    def wait(self, n, seconds=60):
        for _ in range(seconds * 10):
            if len(self.taken) >= n:
                return
            time.sleep(0.1)

    def to(self, address):
        """The newest message to somebody, read by another program."""
        octets = [m for to, m in self.taken if f'<{address}>' in to][-1]
        return email.message_from_bytes(octets, policy=email.policy.default)


def addressees(h):
    page = h.staff.get('/en/desk/announcements')
    url = re.search(r'href="(/en/desk/recipients/\d+)"', page.text)[1]
    page = h.staff.get(url)
    h.check('no addressees', 'no addressees yet' in page.text, page)
    bad = h.staff.send(page, url, 'check', rows='ana@example.org\n')
    h.check('a table without a header', bad.status == 400 and
            'first line has to name' in bad.text and 'ana@example.org' in
            bad.text, bad)
    bad = h.staff.send(page, url, 'check', rows='name,address\n"open')
    h.check('no table', bad.status == 400 and 'no table in CSV' in bad.text,
            bad)
    bad = h.staff.send(page, url, 'import', rows=TABLE + (
        'X,not an address,en,\nY,y@example.org,tlh,\nZ,ANA@example.org,fr,\n'
        ',,,\n'))
    h.check('wrong rows are told with their lines', bad.status == 400 and all(
        s in bad.words for s in (
            'Line 7', 'not an e-mail address', 'Line 8', 'six languages',
            'Line 9', 'earlier row', 'Line 10', 'no address')), bad)
    got = h.staff.send(page, url, 'check', rows=TABLE)
    h.check('checked, nothing stored', got.status == 200 and 'New: 5' in
            got.words.replace('\u2068', '').replace('\u2069', '') and
            'no addressees yet' in h.staff.get(url).text, got)
    got = h.staff.send(page, url, 'import', rows=TABLE)
    page = h.staff.follow(got)
    h.check('imported', got.status == 303 and '5 addressees' in page.words and
            'Bo, Li' in page.text, page)
    return url


def nobody(h, url):
    """Without a mail server nothing is offered."""
    page = h.staff.get('/en/desk/announcements')
    one = re.search(r'href="(/en/desk/announcements/meeting/\d+)"', page.text)
    page = h.staff.get(one[1])
    h.check('without a mail server the text is to be copied',
            'No mail server is set' in page.text and 'name="do" value="mail"' not in
            page.text, page)
    token = page.form(one[1], 'sent')['fields']['token'][0]
    got = h.staff.post(one[1], {'token': token, 'do': 'mail', 'in': 'en',
                                'class': ''})
    h.check('and nothing is sent', got.status == 409, got)


def sent(h, sink, one):
    page = h.staff.get(one)
    h.check('whom it would reach', '5 recipients have not been reached' in
            page.words and '>press<' in page.text, page)
    got = h.staff.send(page, one, 'mail', **{'class': 'press'})
    h.check('sent to a class', got.status == 303, got)
    sink.wait(1)
    got = h.staff.send(h.staff.get(one), one, 'mail', **{'class': ''})
    h.check('sent to all', got.status == 303, got)
    sink.wait(3)
    h.check('three are taken', len(sink.taken) == 3, sink.log)
    h.check('one with an address in its own script', 'MAIL FROM:<post@'
            'body.example> SMTPUTF8' in sink.log and
            'RCPT TO:<南@example.org>' in sink.log, sink.log)
    ana = sink.to('ana@example.org')
    h.check('in the reader’s language', ana['Content-Language'] == 'fr' and
            'Invitation' in ana['Subject'] and ana['From'] ==
            'post@body.example' and ana['Date'] and ana['Message-ID'], ana)
    text = ana.get_content()
    link = re.search(r'/fr/u/[0-9a-z]{32}', text)
    h.check('with a link of her own', link and '/fr/' in text and
            'Objet' not in text and '<http' in ana['List-Unsubscribe'] and
            ana['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click', text)
    bo = sink.to('bo@example.org')
    h.check('in Chinese', bo['Content-Language'] == 'zh' and re.search(
        '[\u4e00-\u9fff]', bo['Subject']), bo['Subject'])
    for _ in range(100):
        page = h.staff.get(one)
        if 'no such mailbox' in page.text:
            break
        time.sleep(0.2)
    h.check('the log has each', page.text.count('ana@example.org') and
            '550 5.1.1 no such mailbox' in page.text and 'gray@example.org'
            in page.text, page)
    return link[0], bo


def again(h, sink, one, link, bo):
    page = h.public.get(link)
    h.check('her page', page.status == 200 and 'name="do"' in page.text, page)
    got = h.public.send(page, link, 'arrived')
    h.check('says that it arrived', got.status == 303 and 'noté' in
            h.public.follow(got).text, got)
    page = h.staff.get(one)
    row = [r for r in page.text.split('<tr>') if 'ana@example.org' in r][0]
    h.check('which is in the log', 'value="acknowledge"' not in row, row)
    got = h.public.send(h.public.get(link), link, 'refuse')
    h.check('no more', got.status == 303 and 'plus de messages' in
            h.public.follow(got).text, got)
    click = re.search(r'<http://[^/]*(/api/v1/unsubscribe/[0-9a-z]{32})>',
                      bo['List-Unsubscribe'])[1]
    got = h.public.post(click, {'List-Unsubscribe': 'One-Click'})
    h.check('by one click, too', got.status == 204, got)
    h.check('twice is once', h.public.post(click, {}).status == 204)
    h.check('not by guessing', h.public.post(click[:-32] + 'x' * 32,
                                             {}).status == 404 and
            h.public.get(link[:-32] + 'x' * 32).status == 404)
    n = len(sink.taken)
    got = h.staff.send(h.staff.get(one), one, 'mail', **{'class': ''})
    gone = 0
    for _ in range(300):
        gone = sum('RCPT TO:<gone@' in s for s in sink.log)
        if gone == 2:
            break
        time.sleep(0.1)
    h.check('again: whom it did not reach, none of the others', got.status
            == 303 and len(sink.taken) == n and gone == 2, sink.log[-20:])
    url = re.search(r'href="(/en/desk/recipients/\d+)"',
                    h.staff.get(one).text)[1]
    bad = h.staff.send(h.staff.get(url), url, 'import',
                       rows='address,language\nana@example.org,fr\n')
    h.check('who refused is not entered again', bad.status == 400 and
            'asked not to be' in bad.text, bad)
    page = h.staff.get(url)
    number = re.search(r'name="remove" value="(\d+)"', page.text)[1]
    got = h.staff.send(page, url, None, remove=number)
    h.check('removed', '4 addressees' in h.staff.follow(got).words, got)
    reader = h.person('Rita', 'read')
    h.check('not for others', reader.get(url).status == 403 and
            h.public.get(url).status in (303, 401))


def journey(engine, *sets):
    sink = Sink()
    h = House(tap, engine, *sets)
    try:
        h.meeting()
        url = addressees(h)
        nobody(h, url)
        h.server.stop()
        h.server.sets += [f'smarthost=[::1]:{sink.port}',
                          'mail_from=post@body.example']
        h.server.start()
        page = h.staff.get('/en/desk/announcements')
        one = re.search(r'href="(/en/desk/announcements/meeting/\d+)"',
                        page.text)[1]
        link, bo = sent(h, sink, one)
        again(h, sink, one, link, bo)
    finally:
        h.server.stop()
    h.check('no complaint', 'AddressSanitizer' not in h.server.said() and
            'SIGSYS' not in h.server.said(), h.server.said()[-2000:])


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
