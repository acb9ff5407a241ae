#!/usr/bin/env python3
"""Captions of parts and sessions, on both engines: pasted at the desk, posted
in with a secret, seen live and kept; of a restricted part by nobody but
members, on any path. TAP. Usage: captions_test.py PROGRAM"""
import http.client
import os
import re

from house import House
from server import Tap
from stream import Stream

tap = Tap()


def parts(h, url):
    """An open and a restricted part; their ids."""
    page = h.staff.get(url + '/agenda')
    for title, access, opens, closes in (
            ('Open half', 'public', '2999-10-04T09:30', '2999-10-04T13:00'),
            ('Shut half', 'members', '2999-10-04T14:30', '2999-10-05T17:30')):
        h.staff.send(page, '/agenda', 'add_part', title=title, access=access,
                     opens=opens, closes=closes)
    text = h.staff.get(url + '/agenda').text
    return [re.search(r'/parts/(\d+)"[^>]*>' + t, text)[1]
            for t in ('Open half', 'Shut half')]


def send(h, path, body, kind='text/plain; charset=utf-8'):
    """As a captioner's program posts."""
    con = http.client.HTTPConnection('::1', h.server.port, timeout=20)
    con.request('POST', path, body.encode() if isinstance(body, str) else body,
                {'Content-Type': kind})
    got = con.getresponse()
    got.read()
    con.close()
    return got.status


def admitted(h, url):
    """The path of a new address."""
    got = h.staff.send(h.staff.get(url), url, 'admit', lang='en')
    found = re.search(r'/api/v1/captions/([0-9a-z]{32})<', got.text)
    h.check('the address is told once', got.status == 200 and found and
            found[1] not in h.staff.get(url).text, got)
    return '/api/v1/captions/' + found[1]


def entered(h, url, says):
    page = h.staff.get(url)
    for body in ('', ' \n ', 'x' * 2001, 'a line\n' * 1001):
        bad = h.staff.send(page, url, 'enter', lang='fr', body=body)
        h.check(f'{body[:6]!r}: told beside its field, what was typed is kept',
                bad.status == 400 and 'id="body-error"' in bad.text and
                body.strip() in bad.text and
                '<option value="fr" selected' in bad.text, bad)
    h.check('and nothing is stored', 'There are no captions yet' in
            h.staff.get(url).text)
    got = h.staff.send(page, url, 'enter', lang='en', body=says)
    h.check('lines are entered', got.status == 303, got)


def languages(h, url):
    """A second language beside the first: each sees what he chooses."""
    h.check('one language: nothing to choose', '?in=' not in
            h.public.get(url).text)
    got = h.staff.send(h.staff.get(url), url, 'enter', lang='fr',
                       body='Bonjour à tous.')
    h.check('lines in French', got.status == 303 and '?in=fr' in got.location,
            got)
    page = h.public.get(url)
    h.check('the first one is shown', 'Good morning' in page.text and
            'Bonjour' not in page.text and '?in=fr"' in page.text, page)
    page = h.public.get(url + '?in=fr')
    h.check('or the other', 'Bonjour' in page.text and 'Good morning' not in
            page.text and 'lang="fr"' in page.text and
            '/events?in=fr' in page.text, page)
    text = h.public.get(url + '/transcript.txt?in=fr').text
    h.check('a transcript of each', 'Bonjour' in text and 'Good morning'
            not in text, text)
    french = Stream(h.public, url + '/events?in=fr')
    english = Stream(h.public, url + '/events')
    h.check('streams of each', 'Bonjour' in french.piece() and
            'Good morning' in english.piece())
    got = h.staff.send(h.staff.get(url + '?in=fr'), url, 'enter', lang='fr',
                       body='Commençons.')
    told = french.piece()
    h.check('seen by who chose it', 'Commençons' in told, told)
    told = english.piece()
    h.check('and by nobody else', 'Commençons' not in told, told)


def live(h, url, reader, who):
    stream = Stream(reader, url + '/events')
    first = stream.piece()
    h.check(f'{who}: a stream begins with what is', 'text/event-stream' in
            stream.head and 'Good morning' in first and
            'name="remove"' not in first, first)
    address = admitted(h, url)
    stream.piece()
    vtt = ('WEBVTT\n\n1\n00:01.000 --> 00:03.000\n<v Ana>We begin &amp; <i>'
           'listen</i>.\n\n00:03.000 --> 00:04.000\n<script>alert(1)\n')
    h.check('a program posts', send(h, address, vtt, 'text/vtt') == 204)
    told = stream.piece()
    h.check(f'{who}: seen at once, without what is markup',
            'Ana: We begin &amp; listen.' in told and 'alert(1)' in told and
            '<script>' not in told, told)
    h.check('plain lines, too, whatever type they have', send(
        h, address, '<b>الكلمة لكم</b>',
        'application/x-www-form-urlencoded') == 204)
    told = stream.piece()
    h.check('as they are', '&lt;b&gt;الكلمة لكم&lt;/b&gt;' in told, told)
    for body, status in (('', 400), (' \n', 400), (b'\xff', 400),
                         ('x' * 2001, 413), ('x\n' * 40000, 413)):
        h.check(f'not {body[:3]!r}', send(h, address, body) == status)
    line = re.search(r'name="remove" value="(\d+)"[^>]*alert',
                     h.staff.get(url).text)[1]
    got = h.staff.send(h.staff.get(url), url, None, remove=line)
    told = stream.piece()
    h.check('a line is taken away, everywhere', got.status == 303 and
            'alert' not in told and 'alert' not in
            reader.get(url + '/transcript.txt').text, told)
    h.staff.send(h.staff.get(url), url, 'end', lang='en')
    h.check('nobody posts any more', send(h, address, 'x') == 404)
    h.check('nor with another secret', send(
        h, '/api/v1/captions/' + 'a' * 32, 'x') == 404)
    return stream


def read(h, url, reader, who):
    page = reader.get(url)
    h.check(f'{who}: the page, with what captions are not', page.status == 200
            and 'no verbatim record' in page.text and 'Good morning' in
            page.text and 'http-equiv="refresh"' in page.text and
            '<textarea' not in page.text, page)
    text = reader.get(url + '/transcript.txt')
    h.check(f'{who}: the transcript', text.status == 200 and
            'no verbatim record' in text.text and re.search(
                r'\d{4}-\d\d-\d\dT[\d:]+Z  Ana: We begin & listen\.\n',
                text.text), text)
    arabic = reader.get('/ar' + url[3:])
    h.check(f'{who}: from right to left', 'dir="rtl"' in arabic.text and
            'lang="en"' in arabic.text and 'Good morning' in arabic.text,
            arabic)


def shut(h, url, public, member):
    """Of a restricted part nobody else finds anything, on any path."""
    for who, one in (('a stranger', h.public),
                     ('without rights', h.person('Uma'))):
        for path in ('', '/events', '/transcript.txt'):
            got = one.get(url + path)
            h.check(f'{who}: no restricted{path}', got.status == 404, got)
        page = one.get(public).text
        h.check(f'{who}: nor a link', url.split('/meetings/')[1].partition(
            '/')[2] not in page)
        got = one.post(url, {'do': 'enter', 'lang': 'en', 'body': 'x'})
        h.check(f'{who}: enters nothing', got.status in (401, 403), got)
        found = one.get('/en/search?q=morning').text
        h.check(f'{who}: nor finds it', 'Good morning' not in found)
    token = re.search(r'name="token" value="([^"]+)"',
                      member.get('/en/account').text)[1]
    for fields in ({'do': 'enter', 'body': 'x'}, {'do': 'admit'},
                   {'do': 'end'}, {'remove': '1'}):
        got = member.post(url, {'token': token, 'lang': 'en', **fields})
        h.check(f'a member does not {fields}', got.status == 403, got)


def session(h):
    """A session of a physical consultation: its captions' page."""
    page = h.staff.get('/en/desk/')
    one = re.search(r'/en/desk/consultations/(\d+)"', page.text)[1]
    desk = f'/en/desk/consultations/{one}/sessions'
    h.staff.send(h.staff.get(desk), desk, 'add_session',
                 zone='Africa/Nairobi', opens='2999-02-10T10:00',
                 closes='2999-02-10T13:00', place='Nairobi', mode='hybrid')
    text = h.staff.get(desk).text
    return (re.search(r'href="(/en/[^"]*/sessions/\d+/captions)"', text)[1],
            re.search(r'href="(/en/(?!desk/)[^"]*/sessions)"', text)[1])


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        first, second = parts(h, url)
        member = h.person('Ken', 'read')
        opened, closed = (f'{public}parts/{n}/captions'
                          for n in (first, second))
        h.check('the desk leads there', f'"{opened}"' in h.staff.get(
            f'{url}/parts/{first}').text)
        h.check('without captions nobody is led there',
                'captions' not in h.public.get(public).text)
        entered(h, opened, 'Good morning.\nPlease be seated.')
        streams = [live(h, opened, h.public, 'a stranger')]
        read(h, opened, h.public, 'a stranger')
        languages(h, opened)
        h.check('the meeting leads there', f'parts/{first}/captions' in
                h.public.get(public).text)
        entered(h, closed, 'Good morning, members.')
        streams.append(live(h, closed, member, 'a member'))
        read(h, closed, member, 'a member')
        shut(h, closed, public, member)
        h.check('a part of another meeting is not found', h.public.get(
            f'{public}parts/99999/captions').status == 404)
        got = h.staff.send(h.staff.get(f'{url}/parts/{first}'),
                           f'{url}/parts/{first}', 'remove')
        h.check('a part with captions stays', got.status == 409 and
                'This part has captions' in got.text, got)
        hall, sessions = session(h)
        entered(h, hall, 'Good morning, Nairobi.')
        streams.append(live(h, hall, h.public, 'a stranger'))
        read(h, hall, h.public, 'a stranger')
        languages(h, hall)
        h.check('the sessions lead there', f'"{hall}"' in h.public.get(
            sessions).text)
        audit = h.staff.get('/en/desk/audit').text
        h.check('acts of staff are on record', all(a in audit for a in (
            'captions.admit', 'captions.enter', 'captions.remove',
            'captions.end')) and 'alert(1)' not in audit)
    finally:
        h.server.stop()
    h.check('streams end with the server, in order', all(
        s.ended() for s in streams) and h.server.process.returncode == 0 and
        'AddressSanitizer' not in h.server.said(), h.server.said()[-3000:])


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
