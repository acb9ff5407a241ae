#!/usr/bin/env python3
"""The workbench of themes, through pages alone, on both engines: run, apply,
correct, undo, freeze, publish; what the public sees and what it does not; a
worker killed in the middle of a run. TAP.
Usage: theme_test.py PROGRAM"""
import csv
import html
import io
import json
import os
import re
import signal
import sqlite3
import time
import zipfile

from theme_desk import (Desk, add_up, begin, figures, passage_of, row_of, tap,
                        themes_of)


def run_and_apply(d, book):
    page = d.staff.get(book)
    add_up(d, 'before any run', page)
    page = d.run(book)
    d.check('a proposal is ready', 'A proposal is ready' in page.text, page)
    d.check('nothing is shown before it is applied',
            'No campaign was found' in page.text, page)
    moved = re.search(r'(\d+) responses? would move', page.text)
    gained = re.search(r'(\d+) responses? would get', page.text)
    d.check('it says what would move', moved and gained and
            moved[1] == '0', page)
    form = page.form(book, 'apply')['fields']
    stale = d.staff.send(page, book, 'apply', moved='1')
    d.check('another difference than was seen is refused', stale.status == 409
            and 'something was changed meanwhile' in stale.text, stale)
    page = d.act(book, 'apply', reason='first proposal')
    d.check('applied', 'No campaign was found' not in page.text and
            'with words of their own' in page.text, page)
    f = add_up(d, 'after the run', page)
    d.check('as many are themed as it said', f['Themed'] == int(gained[1]) and
            form['gained'][0] == gained[1], f)


def campaign(d, book):
    page = d.staff.get(book)
    url = re.search(r'href="([^"]*/campaigns/1)"', page.text)[1]
    page = d.staff.get(url)
    d.check('a campaign has its letter, senders and their own words',
            page.status == 200 and 'The shared letter' in page.text and
            'Words of their own' in page.text and
            page.text.count('class="item"') >= 3, page)


def mark_passages(d, book, name):
    """Passages of three answers under a theme by hand; the answers' pages."""
    unread = book.replace('/themes', '/readings/unread')
    page = d.staff.get(unread)
    urls = re.findall(r'href="(/en/desk/questions/\d+/responses/\d+)"',
                      page.text)
    d.check('the unread are listed', len(urls) >= 3, page)
    done = []
    for url in urls:
        page = d.staff.get(url)
        option = re.search(r'<option value="(\d+)"[^>]*>' + re.escape(name),
                           page.text)[1]
        passage = passage_of(page)
        got = d.staff.send(page, url, 'mark', passage=passage, theme=option)
        if got.status != 303:
            continue
        done.append((url, passage))
        if len(done) == 3:
            break
    d.check('three passages are marked by hand', len(done) == 3, page)
    page = d.staff.get(done[0][0])
    d.check('the answer shows its passage', '<mark>' in page.text and
            'person' in page.text, page)
    bad = d.staff.send(page, done[0][0], 'mark', passage='no such words',
                       theme='1')
    d.check('what does not stand in the answer is no passage',
            bad.status == 400 and 'exactly once' in bad.text and
            'no such words' in bad.text, bad)
    return done


def correct(d, book):
    d.act(book, 'create', name='Scripts & forms', reason='often said')
    d.act(book, 'create', name='Lost sales')
    page = d.staff.get(book)
    d.check('themes made by hand', {'Scripts & forms', 'Lost sales'} <=
            set(themes_of(page)), page)
    bad = d.staff.send(page, book, 'create', name=' ')
    d.check('a theme needs a name', bad.status == 400 and
            'is missing' in bad.text, bad)
    marked = mark_passages(d, book, 'Scripts &amp; forms')
    page = d.staff.get(book)
    d.check('they are counted', row_of(page, 'Scripts & forms') == [3, 3, 0],
            row_of(page, 'Scripts & forms'))
    theme = themes_of(page)['Scripts & forms']
    d.act(theme, 'words', name='Scripts in forms', definition='What forms do '
          'to names.', lang='en')
    page = d.act(theme + '?text=fr', 'words', name='Les écritures', lang='fr')
    d.check('renamed', 'Scripts in forms' in page.text, page)
    fr = d.staff.get(book.replace('/en/', '/fr/'))
    d.check('in French it has its French name', 'Les écritures' in fr.text, fr)
    page = d.staff.get(theme)
    box = re.search(r'name="spans" value="([^"]*)"', page.text)[1]
    page = d.act(theme, 'split', spans=box, name='Names on paper',
                 reason='apart')
    page = d.staff.get(book)
    d.check('split', row_of(page, 'Scripts in forms') == [2, 2, 0] and
            row_of(page, 'Names on paper') == [1, 1, 0], page)
    both = themes_of(page)
    paper = both['Names on paper'].rpartition('/')[2]
    d.act(both['Lost sales'], 'move', parent=theme.rpartition('/')[2])
    page = d.staff.get(book)
    d.check('moved below', [r for r in page.text.split('<tr>') if '↳' in r and
                            'Lost sales' in r], page)
    d.act(both['Lost sales'], 'move', parent='0')
    d.act(theme, 'merge', into=paper, reason='the same')
    page = d.staff.get(book)
    d.check('merged', row_of(page, 'Scripts in forms') is None and
            row_of(page, 'Names on paper') == [3, 3, 0], page)
    log = book.replace('/themes', '/decisions')
    page = d.staff.get(log)
    d.check('the log says who and why', 'the same' in page.text and
            'merged' in page.text and page.text.count('<time') >= 8, page)
    page = d.act(log, 'undo')
    page = d.staff.get(book)
    d.check('undone', row_of(page, 'Scripts in forms') == [2, 2, 0] and
            row_of(page, 'Names on paper') == [1, 1, 0], page)
    add_up(d, 'after corrections', page)
    d.act(themes_of(page)['Lost sales'], 'retire', reason='empty')
    return marked


def read(d, book, marked):
    queue = book.replace('/themes', '/queue')
    page = d.staff.get(queue)
    left = re.search(r'(\d+) texts are not decided', page.text)
    d.check('the queue shows what is not decided', left and
            page.text.count('class="card unit"') == 10, page)
    d.act(queue + '?skip=0', 'none', queue)
    page = d.staff.get(queue)
    d.check('one text fewer', int(re.search(r'(\d+) texts are not', page.text)
                                  [1]) < int(left[1]), page)
    option = re.search(r'<option value="(\d+)"[^>]*>\d+ Scripts in forms',
                       page.text)[1]
    d.act(queue + '?skip=0', 'choose', queue, theme=option)
    page = d.act(queue + '?skip=0', 'skip', queue)
    d.check('passed over', 'class="card unit"' in page.text, page)
    url, passage = marked[0]
    d.act(url, 'practice', passage=passage)
    page = d.staff.get('/en/desk/library')
    d.check('a good practice stands in the library', page.status == 200 and
            html.escape(passage, False)[:20] in page.text, page)
    d.check('and not among the challenges', html.escape(passage, False)[:20]
            not in d.staff.get('/en/desk/library?kind=challenge').text)
    unread = d.staff.get(book.replace('/themes', '/readings/unread'))
    url = re.findall(r'href="(/en/desk/questions/\d+/responses/\d+)"',
                     unread.text)[-1]
    d.act(url, 'no_theme', reason='of something else')
    page = d.staff.get(book)
    f = add_up(d, 'after reading', page)
    d.check('one is read, and of no theme',
            f['Read, and of no theme'] >= 1, f)


def again(d, book):
    """A second run: what persons decided stays."""
    before = d.staff.get(book)
    d.run(book, wanted='3')
    page = d.act(book, 'apply')
    for name in ('Scripts in forms', 'Names on paper'):
        was, now = row_of(before, name), row_of(page, name)
        d.check(f'“{name}” keeps what persons gave it', was and now and
                now[0] >= was[0], (was, now))
    add_up(d, 'after the second run', page)


def publish(d, desk, book):
    page = d.staff.get(book)
    public = re.search(r'href="(/en/[^"]*/consultations/\d+/)"',
                       d.staff.get(desk).text)[1]
    d.check('no summary yet', d.public.get(public + 'summary').status == 404)
    d.act(book, 'create', name='Nobody said this')
    page = d.staff.get(desk)
    bad = d.staff.send(page, desk, 'freeze', note='')
    d.check('a theme that nobody said is not frozen', bad.status == 409 and
            'Nothing may be quoted' in bad.text and 'Nobody said this' in
            bad.text, bad)
    d.act(themes_of(d.staff.get(book))['Nobody said this'], 'retire')
    page = d.act(desk, 'freeze', note='For the meeting')
    d.check('frozen', 'The version is frozen' in page.text and
            'not published' in page.text, page)
    own = re.search(r'href="(/en/desk/consultations/\d+/summaries/1)"',
                    page.text)[1]
    d.check('the secretariat sees it', 'not published yet' in
            d.staff.get(own).text, d.staff.get(own))
    d.check('the public does not', d.public.get(public + 'summaries/1').status
            == 404 and d.public.get(public + 'summaries/1/assignments.csv')
            .status == 404 and d.staff.get(public + 'summaries/1').status ==
            404)
    d.check('nor the desk’s own page', d.public.get(own).status in (303, 401,
                                                                    403))
    d.act(desk, 'publish')
    page = d.public.get(public + 'summary')
    d.check('published', page.status == 200 and 'Scripts in forms' in
            page.text and 'For the meeting' in page.text, page)
    summary(d, public, page)


def summary(d, public, page):
    first = page.text.partition('aria-labelledby="q1"')[2].partition(
        'aria-labelledby="q2"')[0]
    table = first.partition('What was not themed')[2].partition(
        '</table>')[0]
    counts = [int(n.replace(',', '')) for n in re.findall(
        r'class="n">(?:<strong>)?([\d,]+)<', table)]
    d.check('the five states add up', len(counts) == 6 and
            sum(counts[:5]) == counts[5] > 0, counts)
    d.check('campaigns are reported openly', 'Letters that several sent' in
            first and 'The shared letter' in first, first)
    d.check('who answered', 'Category' in first and 'Region' in first, first)
    quotes = re.findall(r'<blockquote[^>]*>(.*?)</blockquote>\n<p class="small'
                        r'">.*?<a href="([^"]*)">', page.text, re.S)
    d.check('themes have quotations', len(quotes) >= 2, page)
    for words, url in quotes:
        source = d.public.get(url.partition('#')[0])
        plain = re.sub(r'\s+', ' ', html.unescape(words))
        said = re.sub(r'\s+', ' ', source.words)
        d.check('word for word, where the link leads', source.status == 200
                and plain in said, (plain, url))
        d.check('the respondent sees what became of the answer',
                'What became of this answer' in source.text and
                'summaries/1#t' in source.text, source)
    got = d.public.get(public + 'summaries/1/assignments.csv')
    rows = list(csv.DictReader(io.StringIO(got.octets.decode('utf-8-sig'))))
    also = json.loads(d.public.get(public +
                                   'summaries/1/assignments.json').text)
    d.check('assignments as CSV and JSON', len(rows) == len(also) > 0 and
            rows[0]['response'] == str(also[0]['response']) and
            {'machine', 'campaign', 'person'} >= {r['by'] for r in rows},
            got)
    page = d.public.get(public)
    got = d.public.get(public + 'summaries/1/summary.docx')
    with zipfile.ZipFile(io.BytesIO(got.octets)) as z:
        xml = z.read('word/document.xml').decode()
    text = html.unescape(re.sub('<[^>]*>', '', xml))
    d.check('a Word document with its figures and quotations', got.status ==
            200 and 'Scripts in forms' in text and
            re.sub(r'\s+', ' ', html.unescape(quotes[0][0]))[:40] in
            re.sub(r'\s+', ' ', text), text[:3000])
    got = d.public.get(public + 'summaries/1/summary.pdf')
    d.check('the same as a tagged PDF', got.status == 200 and
            got.octets.startswith(b'%PDF-') and b'/Marked true' in got.octets
            and b'/Lang (en)' in got.octets and b'/Scope /Column' in
            got.octets, got)
    d.check('the consultation leads to it', '/summary"' in page.text, page)
    ar = d.public.get(public.replace('/en/', '/ar/') + 'summary')
    d.check('in Arabic', 'ملخص الردود' in ar.text and 'dir="rtl"' in ar.text)


def killed(d, book):
    """SIGKILL in the middle of a run: it begins again, nothing is lost."""
    kept = d.staff.get(book)
    path = os.path.join(d.server.folder.name, 'rapporteur.sqlite')
    files = [os.path.join(d.server.folder.name, f)
             for f in os.listdir(d.server.folder.name)]
    path = next((f for f in files if open(f, 'rb').read(15) ==
                 b'SQLite format 3'), path)
    db = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
    for _ in range(5):
        d.act(book, 'run')
        hit = None
        for _ in range(100000):
            state = db.execute('SELECT state, tries FROM theme_run ORDER BY id'
                               ' DESC LIMIT 1').fetchone()
            if state[0] == 'running':
                pid = int(re.findall(r'name=worker pid=(\d+)',
                                     d.server.said())[-1])
                os.kill(pid, signal.SIGKILL)
                hit = db.execute('SELECT state FROM theme_run ORDER BY id DESC'
                                 ' LIMIT 1').fetchone()[0]
                break
            time.sleep(0.0005)
        if hit == 'running':
            break
        d.until(book, 'value="apply"')
    d.check('the worker was killed in a run', hit == 'running', hit)
    page = d.staff.get(book)
    d.check('the page shows that it goes on', 'http-equiv' not in page.text and
            page.headers.get('Refresh'), page)
    page = d.until(book, 'value="apply"', 120)
    d.check('the run began again and is ready', 'A proposal is ready' in
            page.text, page)
    tries = db.execute('SELECT tries FROM theme_run ORDER BY id DESC LIMIT 1'
                       ).fetchone()[0]
    d.check('by a second try', tries == 2, tries)
    for name in ('Scripts in forms', 'Names on paper'):
        d.check(f'“{name}” is as it was', row_of(page, name) ==
                row_of(kept, name), page)
    d.act(book, 'drop')
    db.close()


def stopped(d, book):
    page = d.act(book, 'run')
    got = d.staff.send(page, book, 'cancel') if 'value="cancel"' in page.text \
        else None
    if got is not None and got.status == 303:
        page = d.until(book, 'value="run"')
        d.check('a run is stopped', 'was stopped' in page.text or
                'A proposal is ready' in page.text, page)


def strangers(d, book):
    for url in (book, book.replace('/themes', '/queue'),
                book.replace('/themes', '/decisions'), '/en/desk/library',
                '/en/desk/themes/1'):
        d.check('not for strangers', d.public.get(url).status in
                (303, 401, 403), url)


def walk(engine, *sets):
    d = Desk(engine, *sets)
    try:
        desk, book = begin(d)
        strangers(d, book)
        run_and_apply(d, book)
        campaign(d, book)
        read(d, book, correct(d, book))
        again(d, book)
        publish(d, desk, book)
        stopped(d, book)
        if not sets:
            killed(d, book)
    finally:
        d.server.stop()


walk('sqlite')
if os.environ.get('RP_TEST_PG'):
    walk('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
