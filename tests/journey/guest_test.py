#!/usr/bin/env python3
"""Guests of one item of an agenda, on both engines: admitted at the desk, by an
account or an invitation; what such a guest sees on every page that can be
reached, by the API, in packs, feeds and the search, which is that item and
nothing else of what is for members; the end. TAP. Usage: guest_test.py PROGRAM
"""
import datetime
import os
import re
import urllib.parse

from house import PHRASE, House
from server import Browser, Tap
from stream import Stream

tap = Tap()
PAGES_MAX = 400
SECRETS = ('Hiddenplan', 'Hiddenpaper', 'Shuthalf')


def soon(days):
    return (datetime.datetime.now() + datetime.timedelta(days)).strftime(
        '%Y-%m-%dT%H:%M')


def agenda(h, url):
    """A part for members with two items, each with a paper under it."""
    page = h.staff.get(url + '/agenda')
    h.staff.send(page, '/agenda', 'add_part', title='Shuthalf',
                 access='members', opens='2999-10-04T14:30',
                 closes='2999-10-05T17:30')
    page = h.staff.get(url + '/agenda')
    options = page.text.split('name="part"')[1].split('</select>')[0]
    part = re.search(r'value="(\d+)"[^>]*>Shuthalf', options)[1]
    found = []
    for n, title in enumerate(('Wells', 'Hiddenplan')):
        paper = h.document(url, ('Wellspaper', 'Hiddenpaper')[n])
        h.upload(paper, f'Words of {title}'.encode(), f'{title}.txt',
               revision='0', lang='en', status='original')
        number = paper.rpartition('/')[2]
        got = h.staff.send(page, '/agenda', 'add_item', kind='other',
                           title=title, part=part, documents=number)
        h.check(f'item {title}', got.status == 303, got)
        text = h.staff.get(url + '/agenda').text
        found.append(re.search(r'/items/(\d+)"[^>]*>' + title, text)[1])
    return found, part


def admitted(h, url, item):
    """At the desk: what is wrong beside its field, then the invitation."""
    here = f'{url}/items/{item}/guests'
    page = h.staff.get(f'{url}/items/{item}')
    h.check('the item leads to its guests', f'href="{here}"' in page.text,
            page)
    page = h.staff.get(here)
    h.check('nobody yet', 'No guest was admitted' in page.text and
            'value="2999-10-05T17:30"' in page.text, page)
    got = h.staff.send(page, here, 'admit', email='eve', person='Eve',
                       since='soon', until='', instrument='')
    h.check('what is wrong stands beside its field', got.status == 400 and
            'id="email-error"' in got.text and 'id="since-error"' in got.text
            and 'value="soon"' in got.text and 'value="Eve"' in got.text, got)
    got = h.staff.send(page, here, 'admit', email='eve@example.org',
                       person='', instrument='Letter 7')
    h.check('somebody new has a name', got.status == 400 and
            'id="person-error"' in got.text, got)
    got = h.staff.send(page, here, 'admit', email='eve@example.org',
                       person='Eve', until='2026-01-01T00:00',
                       instrument='Letter 7')
    h.check('a time that is over', got.status == 400 and
            'id="until-error"' in got.text and 'at most 366 days' in got.text,
            got)
    until = soon(30)
    got = h.staff.send(page, here, 'admit', email='eve@example.org',
                       person='Eve', until=until, instrument='')
    h.check('by some decision', got.status == 400 and
            'id="instrument-error"' in got.text, got)
    h.check('none of this made an account', 'Eve' not in h.staff.get(
        '/en/desk/people').text)
    got = h.staff.send(page, here, 'admit', email='eve@example.org',
                       person='Eve', until=until, instrument='Letter 7')
    link = re.search(r'/en/l/[0-9a-z]{32}', got.text)
    h.check('admitted, with an invitation', got.status == 200 and link and
            'in force' in got.text and 'Letter 7' in got.text and
            'Admitted by' in got.text, got)
    eve = Browser(h.server)
    got = eve.send(eve.get(link[0]), link[0], passphrase=PHRASE, repeat=PHRASE)
    h.check('she is in', got.status == 303, got)
    got = h.staff.send(h.staff.get(here), here, 'admit',
                       email='eve@example.org', person='', until=until,
                       instrument='Letter 8')
    h.check('once at a time', got.status == 400 and
            'guest of this item already' in got.text, got)
    return eve, here


def links(text):
    """Addresses of this server, as a reader would follow them."""
    for href in re.findall(r'(?:href|src|data-events)="([^"]+)"', text):
        yield href.replace('&amp;', '&')


def walk(h, who, first):
    """Every page that can be reached from these; what each one said."""
    seen, todo = {}, list(first)
    while todo and len(seen) < PAGES_MAX:
        url = todo.pop(0)
        if url in seen or '/events' in url or '/responses/' in url:
            continue
        got = who.get(url)
        seen[url] = got
        if 'text/html' not in got.headers.get('Content-Type', ''):
            continue
        for href in links(got.text):
            to = urllib.parse.urljoin(url, href).partition('#')[0]
            if re.match(r'/(en|api)/', to) and '?back=' not in to:
                todo.append(to)
    return seen


def sees(h, eve, public, item, hidden, part):
    page = eve.get(public)
    h.check('the guest sees the item and its paper', 'Wells' in page.text and
            'Wellspaper' in page.text, page)
    h.check('a stranger does not', 'Wells' not in h.public.get(public).text)
    floor = f'{public}items/{item}/floor'
    h.check('and its list of speakers', eve.get(floor).status == 200 and
            'value="ask"' not in eve.get(floor).text)
    said = Stream(eve, floor + '/events').piece()
    h.check('live', 'event: piece' in said, said)
    file = re.search(r'href="(/en/[^"]*/documents/\d+/0-en)"', page.text)
    h.check('and takes the paper', file and 'Words of Wells' in
            eve.get(file[1]).text, page)
    other = re.sub(r'/documents/\d+/', '/documents/2/', file[1])
    for url in (f'{public}items/{hidden}/floor', other,
                f'{public}items/{hidden}/floor/events',
                f'{public}items/{hidden}/floor/screen',
                f'{public}documents/2/', f'{public}parts/{part}/captions'):
        got = eve.get(url)
        h.check(f'not there: {url[len(public) - 3:]}', got.status == 404, got)
    for url in (f'{public}participants', f'{public}registration'):
        h.check(f'not for guests: {url[len(public):]}',
                eve.get(url).status in (403, 404))


def nothing_else(h, eve, public, url, item):
    group = re.match(r'/en/([^/]+)/', public)[1]
    number = public.rstrip('/').rpartition('/')[2]
    api = f'/api/v1/groups/{group}/meetings/{number}'
    first = [public, '/en/', f'/en/{group}/', api, api + '/documents/1',
             api + '/documents/2', f'/api/v1/groups/{group}/meetings',
             '/en/search?q=Hiddenpaper', '/en/search?q=Hiddenplan',
             f'{public}pack.zip', f'{public}report/', f'/en/{group}/feed',
             f'/en/{group}/calendar.ics', '/en/account']
    seen = walk(h, eve, first)
    bad = [(u, s) for u, got in seen.items() for s in SECRETS
           if s.encode() in got.octets and
           not u.startswith('/en/search?q=' + s)]
    h.check(f'{len(seen)} pages that a guest reaches tell nothing else',
            len(seen) > 30 and not bad, bad)
    answered = [u for u, got in seen.items() if got.status == 200]
    h.check('many of which are pages', len(answered) > 20, seen.keys())
    more = sorted(u for u, got in seen.items() if got.status == 200 and
                  h.public.get(u).status != 200)
    h.check('what there is more than for everybody is the item, its paper, '
            'and the account', more and all(
                re.search(r'/documents/1/|/items/%s/floor|/account|'
                          r'/contributions/|/documents/1$' % item, u)
                for u in more), more)
    for to in (url, url + '/agenda', f'{url}/items/{item}',
               f'{url}/items/{item}/guests', f'{url}/documents/1'):
        got = eve.get(to)
        h.check(f'no desk: {to}', got.status in (403, 404), got)


def ended(h, eve, here, public, item):
    got = h.staff.send(h.staff.get(here), here, None,
                       end=re.search(r'name="end" value="(\d+)"',
                                     h.staff.get(here).text)[1])
    page = h.staff.follow(got)
    h.check('ended, which is told', got.status == 303 and 'over' in page.text
            and 'Ended by' in page.text and 'name="end"' not in page.text,
            page)
    h.check('then the item is not there', 'Wells' not in eve.get(public).text
            and eve.get(f'{public}items/{item}/floor').status == 404)
    got = h.staff.send(page, here, 'admit', email='eve@example.org',
                       person='', instrument='Letter 9',
                       since='2999-10-01T09:00', until='2999-10-05T17:30')
    h.check('an account that is there is admitted again', got.status == 303 and
            'not yet' in h.staff.follow(got).text, got)
    h.check('and sees nothing before its time', 'Wells' not in
            eve.get(public).text)
    text = h.staff.get('/en/desk/audit').text
    h.check('all of it is in the audit trail', 'guest.admit' in text and
            'guest.end' in text)
    got = h.staff.send(h.staff.get(here.rpartition('/')[0]),
                       here.rpartition('/')[0], 'remove')
    h.check('an item that had a guest stays', got.status == 409, got)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        (item, hidden), part = agenda(h, url)
        eve, here = admitted(h, url, item)
        sees(h, eve, public, item, hidden, part)
        nothing_else(h, eve, public, url, item)
        ended(h, eve, here, public, item)
    finally:
        h.server.stop()
    h.check('no complaint', 'AddressSanitizer' not in h.server.said())


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
