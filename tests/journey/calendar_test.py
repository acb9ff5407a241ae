#!/usr/bin/env python3
"""A group's calendar, feed of documents and page: meetings, last days for
documents, rights in the feed, how many statements the pages take. TAP.
Usage: calendar_test.py PROGRAM"""
import os
import re
import sys
import xml.etree.ElementTree as xml

from house import House
from server import Tap

tap = Tap()
ATOM = '{http://www.w3.org/2005/Atom}'
LANGS = {'ar': 'وثائق', 'zh': '文件', 'en': 'documents', 'fr': 'documents',
         'ru': 'документов', 'es': 'documentos'}


def events(text):
    """VEVENTs as dictionaries, lines unfolded."""
    lines = text.replace('\r\n ', '').split('\r\n')
    out, one = [], None
    for line in lines:
        if line == 'BEGIN:VEVENT':
            one = {}
        elif line == 'END:VEVENT':
            out.append(one)
        elif one is not None:
            name, _, value = line.partition(':')
            one[name.partition(';')[0]] = value
    return out


def rules(h, group):
    url = f'/en/desk/posting/{group}'
    for kind, effect, days in (('', 'late_agenda', '7'),
                               ('contribution', 'held_over', '12'),
                               ('agenda', 'exempt', '0')):
        got = h.staff.send(h.staff.get(url), url, 'set', kind=kind,
                           effect=effect, days=days,
                           instrument='Council Decision 556')
        h.check(f'a rule for {kind or "all"}', got.status == 303, got)


def calendar(h, root):
    h.meeting()
    h.meeting('19', '2020-10-04T09:30', '2020-10-05T17:30')
    page = h.staff.get('/en/desk/meetings')
    rules(h, re.search(r'/en/desk/posting/(\d+)', page.text)[1])
    for lang, word in LANGS.items():
        got = h.public.get(f'/{lang}{root}calendar.ics')
        all_of = events(got.octets.decode())
        h.check(f'{lang}: a calendar, each line short, every event once',
                got.status == 200 and all(len(i.encode()) <= 75 for i in
                                          got.text.split('\r\n')) and
                len({e['UID'] for e in all_of}) == len(all_of), got)
        met = [e for e in all_of if '-meeting-CWG-Internet-20@' in e['UID']]
        h.check(f'{lang}: the meeting with beginning, end and place',
                len(met) == 1 and met[0]['DTSTART'] == '29991004T073000Z' and
                met[0]['DTEND'] == '29991005T153000Z' and
                met[0]['LOCATION'] == 'Geneva', all_of)
        last = [e for e in all_of if '-20-held_over-contribution@' in
                e['UID']]
        h.check(f'{lang}: the last day for contributions: twelve days before',
                len(last) == 1 and last[0]['DTSTART'] == '29990922T220000Z'
                and word in last[0]['SUMMARY'], last)
        h.check(f'{lang}: no last day of what is over or exempt', len([
            e for e in all_of if 'late' in e['UID'] or 'held' in e['UID'] or
            'exempt' in e['UID']]) == 2, all_of)
    got = h.public.get(f'/en{root}calendar.ics')
    h.check('meetings that are over stay', '-meeting-CWG-Internet-19@' in
            got.text)
    h.check('the same state gives the same octets', h.public.get(
        f'/en{root}calendar.ics').octets == got.octets)


def feed(h, root):
    url = f'/en{root}documents.atom'
    empty = xml.fromstring(h.public.get(url).octets)
    h.check('no document, a feed all the same', not empty.findall(
        f'{ATOM}entry'))
    desk, _ = h.meeting('21', '2999-12-04T09:30', '2999-12-05T09:30')
    h.document(desk, 'On wells', 'public')
    two = h.document(desk, 'On ponds')
    h.document(desk, 'On seas', 'public', posted=False)
    member = h.person('Mia', 'read')

    def titles(who):
        root_ = xml.fromstring(who.get(url).octets)
        return [e.find(f'{ATOM}title').text for e in
                root_.findall(f'{ATOM}entry')]
    h.check('everybody reads what everybody may see', titles(h.public) == [
        'CWG-Internet-21/1: On wells'], titles(h.public))
    h.check('a member what members may see, the newest first',
            titles(member) == ['CWG-Internet-21/2: On ponds',
                               'CWG-Internet-21/1: On wells'],
            titles(member))
    h.staff.send(h.staff.get(two), two, 'access', access='members',
                 title_public='1')
    h.check('a public title is public', len(titles(h.public)) == 2)
    h.check('without a group no feed', h.public.get(
        '/en/nowhere/documents.atom').status == 404)


def page(h, root):
    got = h.public.get(f'/en{root}')
    text = got.text
    h.check('the page has the next meeting and the last days', all(
        w in got.words.replace('\u2068', '').replace('\u2069', '') for w in (
            'CWG-Internet, meeting 20',
            'last day for documents, afterwards “held over')), got)
    first, last = text.find('22 September 2999'), text.find('4 October 2999')
    h.check('in the order in which they come', 0 < first < last, got)
    h.check('and the meetings that are over', 'Earlier meetings' in text and
            'meetings/19/' in text.partition('Earlier meetings')[2], got)
    h.check('the feed of documents', 'href="documents.atom"' in text)
    all_of = h.public.get(f'/en{root}consultations/')
    h.check('all consultations have a page', all_of.status == 200 and
            f'{root}consultations/1/' in all_of.text, all_of)


def statements(h, root):
    """At most ten for each page, by the server's own count."""
    seen, before = {}, len(h.server.said())
    for path in ('', 'meetings/', 'meetings/21/', 'consultations/',
                 'documents.atom', 'calendar.ics', 'meetings/21/pack',
                 'members'):
        # An address that no cache has.
        h.public.get(f'/en{root}{path}?anew=1')
    for route, n in re.findall(r'route=(\S+).*?statements=(\d+)',
                               h.server.said()[before:]):
        seen[route] = int(n)
    asked = [r for r in seen if r.startswith('/{lang}/{group}/')]
    h.check('statements are counted', len(asked) >= 8, seen)
    for route in sorted(asked):
        h.check(f'{route}: {seen[route]} statements',
                seen[route] <= 10)


def journey(engine, *sets):
    h = House(tap, engine, 'log_level=debug', *sets)
    try:
        got = h.staff.get('/en/')
        root = re.search(r'href="/en(/[a-z-]+/)consultations/1/"',
                         got.text)[1]
        calendar(h, root)
        feed(h, root)
        page(h, root)
        statements(h, root)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
