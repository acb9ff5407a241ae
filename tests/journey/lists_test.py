#!/usr/bin/env python3
"""What the public finds: lists, search, statistics, feeds, files. TAP.
Usage: lists_test.py PROGRAM"""
import csv
import io
import json
import re
import sys
import time
import urllib.parse
import xml.etree.ElementTree as ET

from server import Browser, Server, Tap

ATOM = '{http://www.w3.org/2005/Atom}'

tap = Tap()
check = tap.check
server = Server(sys.argv[1])
made = server.command('demo')
check('the demonstration is made', made.returncode == 0, made.stderr)
server.start()


def asked(words):
    return 'q=' + urllib.parse.quote(words)


def items(page):
    return re.findall(r'<li class="item">\s*<h2><a href="([^"]+)"', page.text)


def link(page, rel):
    m = re.search(rf'rel="{rel}" href="([^"]+)"', page.text)
    return m and m[1].replace('&amp;', '&')


def walk(anyone, first):
    """All pages from `first` on: each row once, and back again."""
    page, seen, pages = anyone.get(first), [], []
    while True:
        assert page.status == 200, page
        pages.append(items(page))
        seen += pages[-1]
        if not link(page, 'next'):
            break
        page = anyone.get(link(page, 'next'))
    for before in reversed(pages[:-1]):
        page = anyone.get(link(page, 'prev'))
        assert items(page) == before, page
    return seen


try:
    anyone = Browser(server)
    group = re.search(r'href="/en/([a-z-]+)/consultations/1/"',
                      anyone.get('/en/').text)[1]
    home = f'/en/{group}/consultations/1/'
    for _ in range(100):
        if json.loads(anyone.get('/en/search.json?q=name').text)['count']:
            break
        time.sleep(0.2)

    # The list
    table = anyone.get(home + 'responses.csv')
    rows = list(csv.reader(io.StringIO(table.text, newline='')))
    n = len(rows) - 1
    check('a table of all responses', n >= 80 and
          len({len(r) for r in rows}) == 1, (n, rows[0]))
    check('in the same octets twice',
          anyone.get(home + 'responses.csv').text == table.text)
    check('no field begins a formula', not any(
        f[:1] in '=+-@\t\r' for r in rows for f in r if f))
    lines = [json.loads(x) for x in
             anyone.get(home + 'responses.jsonl').text.splitlines()]
    check('the same as JSON lines', [str(x['number']) for x in lines] ==
          [r[0] for r in rows[1:]])
    check('with the same answers', [x['summary'] for x in lines] ==
          [r[rows[0].index('summary')].removeprefix("'") for r in rows[1:]] or
          all(x['answers'] for x in lines))
    for sort in ('newest', 'oldest', 'source', 'country', 'category'):
        seen = walk(anyone, f'{home}responses/?sort={sort}')
        check(f'sorted by {sort}: every response once',
              len(seen) == n == len(set(seen)), len(seen))
    french = [r for r in rows[1:] if r[rows[0].index('language')] == 'fr']
    for sort in ('newest', 'source', 'category'):
        seen = walk(anyone, f'{home}responses/?lang=fr&sort={sort}')
        check(f'a filter, sorted by {sort}', sorted(seen) ==
              sorted(r[0] for r in french), seen)
    page = anyone.get(home + 'responses/?all=1')
    check('all on one page', len(items(page)) == n)
    page = anyone.get(home + 'responses/?print=1')
    check('to print, without a form to filter', len(items(page)) == n and
          'class="filter"' not in page.text)
    check('a place that is none',
          anyone.get(home + 'responses/?after=x').status == 400)
    check('an order that is none',
          anyone.get(home + 'responses/?sort=x').status == 400)

    # Search
    found = json.loads(anyone.get('/zh/search.json?' + asked('域名')).text)
    check('two Chinese characters find', found['count'] > 0)
    check('with the article and without it', all(
        json.loads(anyone.get('/ar/search.json?' + asked(w)).text)['count'] > 0
        for w in ('الإنترنت', 'إنترنت')))
    page = anyone.get('/en/search?' + asked('<b>"'))
    check('what was asked for is escaped', '<b>"' not in page.text and
          page.status == 200)
    for hit in found['results']:
        path = hit['url'].partition(f'/zh/{group}')[2]
        check('a result leads there', anyone.get(
            f'/zh/{group}{path}').status == 200, hit)

    # One response
    page = anyone.get(home + 'responses/2')
    check('it has neighbours', link(page, 'prev') and link(page, 'next'))
    one = json.loads(anyone.get(home + 'responses/2.json').text)
    check('and JSON', one == lines[[x['number'] for x in lines].index(2)])
    check('a revision that never was',
          anyone.get(home + 'responses/2?r=9').status == 404)
    with_file = [x for x in lines if x['attachments']]
    for x in with_file[:2]:
        file = anyone.get(home + f'responses/{x["number"]}/files/1')
        check('a file is saved, not shown', file.status == 200 and
              file.headers['Content-Disposition'].startswith('attachment'))
    check('a file that is none',
          anyone.get(home + 'responses/2/files/99').status == 404)

    # Figures
    page = anyone.get(home + 'statistics')
    check('five charts with their tables', page.text.count('<svg') == 5 and
          page.text.count('<table>') == 5, page.text.count('<svg'))
    figures = list(csv.DictReader(io.StringIO(
        anyone.get(home + 'statistics.csv').text)))
    for name in ('category', 'region', 'country', 'language', 'day'):
        check(f'by {name}: as many as there are', sum(
            int(f['responses']) for f in figures if f['table'] == name) >= n)

    # Feeds and calendars
    for path in (home, f'/en/{group}/'):
        feed = ET.fromstring(anyone.get(path + 'responses.atom').text)
        entries = feed.findall(ATOM + 'entry')
        stamps = [e.find(ATOM + 'updated').text for e in entries]
        check('a feed, newest first', len(entries) == 50 and
              stamps == sorted(stamps, reverse=True), stamps[:3])
        check('it was updated with its newest',
              feed.find(ATOM + 'updated').text == stamps[0])
        ics = anyone.get(path + 'calendar.ics')
        check('a calendar', ics.text.startswith('BEGIN:VCALENDAR\r\n') and
              '-1-deadline@' in ics.text and
              ics.text.count('BEGIN:VEVENT') == ics.text.count('END:VEVENT')
              and all(len(x.encode()) <= 75
                      for x in ics.text.split('\r\n')), ics)

    # The group
    page = anyone.get(f'/en/{group}/')
    check('officers and classes of members', 'Chair' in page.text and
          'Member State' in page.text, page)
    for name in ('members', 'rights', 'privacy'):
        check(name, anyone.get(f'/en/{group}/{name}').status == 200)
    check('a version that is none',
          anyone.get(f'/en/{group}/privacy?v=99').status == 404)
finally:
    server.stop()
tap.done()
