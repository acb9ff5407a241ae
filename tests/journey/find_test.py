#!/usr/bin/env python3
"""The search, by each class of person, on both engines: what members alone may
read is found by them, by its files' words, and leaves no trace for others, in
results, in counts, in pages of the API and in what changes; documents, reports
and topics; what is narrowed by kind. TAP. Usage: find_test.py PROGRAM"""
import json
import os
import re
import time

from house import House
from server import Tap

tap = Tap()
n = [0]


def find(who, words, **more):
    """(how many are counted, addresses) of a search that no cache has."""
    n[0] += 1
    more = ''.join(f'&{k}={v}' for k, v in more.items())
    page = who.get(f'/en/search?q={words}{more}&anew={n[0]}')
    count = re.search(r'role="status">\s*(?:<bdi>)?([\d,]+|No)', page.text)
    hits = re.findall(r'<h2><a href="([^"]*)"', page.text)
    return (count and count[1], hits, page)


def wait(who, words, k):
    end = time.time() + 60
    while True:
        got = find(who, words)
        if len(got[1]) == k or time.time() > end:
            return got
        time.sleep(0.5)


def expect(h, people, words, k, where='', **more):
    for name, who in people.items():
        count, hits, page = find(who, words, **more)
        h.check(f'{name} finds {k} by "{words}" {more or ""}', len(hits) == k
                and (k == 0 or count == str(k)) and all(
                    where in x for x in hits),
                (count, hits, page.status))


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        kenya, = h.delegates('Kenya')
        inside = {'a delegate': kenya, 'who reads': h.person('Rea', 'read'),
                  'the desk': h.staff}
        outside = {'nobody': h.public, 'a stranger': h.person('Olaf'),
                   'who translates': h.person('Tran', 'translate')}
        both = {**inside, **outside}
        one = h.document(url, 'On zymurgy', posted=False)
        h.upload(one, b'The quokka brews.', 'z.md', lang='en')
        time.sleep(3)
        expect(h, both, 'zymurgy', 0)
        before = {name: find(who, 'zymurgy')[2].words for name, who in outside.items()}
        h.staff.send(h.staff.get(one), one, 'post')
        got = wait(kenya, 'quokka', 1)
        h.check('a member finds what the file says', got[1] ==
                [public + 'documents/1/'], got)
        expect(h, inside, 'zymurgy', 1, 'documents/1/')
        expect(h, inside, 'quokka', 1, 'documents/1/')
        expect(h, inside, 'quokka', 1, kind='document')
        expect(h, inside, 'quokka', 0, kind='response')
        expect(h, inside, 'quokka', 0, kind='report')
        for words in ('zymurgy', 'quokka', 'quokka+brews'):
            expect(h, outside, words, 0)
        for name, who in outside.items():
            page = find(who, 'zymurgy')[2]
            h.check(f'the page of {name} says what it said',
                    page.words == before[name], page.words)
        got = json.loads(h.public.get('/en/search.json?q=quokka&a=1').text)
        h.check('no count in JSON', got['count'] == 0 and got['results'] == []
                and got['next'] is None, got)
        got = json.loads(h.public.get('/api/v1/search?q=zymurgy').text)
        h.check('nor in the API', got['count'] == 0 and got['results'] == [],
                got)
        # Its title for everybody: one entry for each, the words for members.
        h.staff.send(h.staff.get(one), one, 'access', access='members',
                     title_public='1')
        wait(h.public, 'zymurgy', 1)
        expect(h, both, 'zymurgy', 1, 'documents/1/')
        expect(h, outside, 'quokka', 0)
        expect(h, inside, 'quokka', 1)
        # A report of the register is found as such.
        made = h.staff.send(h.staff.get(url), url, 'add', title='Report on all',
                            kind='report', lang='en', access='members',
                            **{'for': 'information'})
        report = made.location.split('?')[0]
        h.upload(report, b'The numbat reported.', 'r.md', lang='en')
        h.staff.send(h.staff.get(report), report, 'post')
        wait(kenya, 'numbat', 1)
        expect(h, inside, 'numbat', 1, 'documents/2/', kind='report')
        expect(h, inside, 'numbat', 1, 'documents/2/', kind='document')
        expect(h, outside, 'numbat', 0)
        expect(h, outside, 'numbat', 0, kind='report')
        topics(h, kenya, inside, outside, both)
        # Open, then withdrawn.
        h.staff.send(h.staff.get(one), one, 'access', access='public',
                     title_public='1')
        wait(h.public, 'quokka', 1)
        expect(h, both, 'quokka', 1, 'documents/1/')
        h.staff.send(h.staff.get(one), one, 'withdraw')
        wait(h.public, 'quokka', 0)
        expect(h, both, 'quokka', 0)
        expect(h, both, 'zymurgy', 0)
        page = h.public.get('/en/search?q=x&kind=secret')
        h.check('a kind that is none is not found', page.status == 404)
        for lang in ('ar', 'zh', 'fr', 'ru', 'es'):
            h.check(f'in {lang}', h.public.get(
                f'/{lang}/search?q=domain&kind=response').status == 200)
    finally:
        h.server.stop()


def topics(h, kenya, inside, outside, both):
    page = h.staff.get('/en/desk/rights')
    on = re.search(r'value="(group \d+)"', page.text)[1]
    h.staff.send(page, '/rights', 'grant', holder='class member_state',
                 capability='propose', object=on, instrument='Decision 12')
    new = '/en/wg-names/topics/new'
    got = kenya.send(kenya.get(new), new, 'propose', title='Numbers of whales',
                     rationale='The narwhal counts.', issue='Access',
                     **{'q-1': 'How many have been counted so far?'})
    h.check('a topic is proposed', got.status == 303, got)
    wait(kenya, 'narwhal', 1)
    expect(h, inside, 'narwhal', 1, '/topics/')
    expect(h, inside, 'whales', 1, '/topics/', kind='topic')
    expect(h, outside, 'narwhal', 0)
    expect(h, outside, 'whales', 0, kind='topic')


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
