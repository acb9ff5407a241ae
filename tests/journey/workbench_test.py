#!/usr/bin/env python3
"""The workbench of themes beyond a first run, through pages alone, on both
engines: a second coder, blind; suggestions from what was decided;
codebooks out and in; summaries of two authors. TAP.
Usage: workbench_test.py PROGRAM"""
import csv
import html
import io
import json
import os
import re
from xml.etree import ElementTree

from theme_desk import Desk, begin, figures, row_of, tap, themes_of

CLIPPED = 'seven otters under the pier'


def option(page, select, name):
    part = page.text.partition(f'<select id="{select}"')[2].partition(
        '</select>')[0]
    found = re.search(r'<option value="(\d+)"[^>]*>(?:\d+ )?' +
                      re.escape(html.escape(name, False)), part)
    return found and found[1]


def units(page):
    """[(text, span)] of the passages of a page."""
    forms = page.text.split('class="card unit"')[1:]
    return [(html.unescape(re.search(r'<blockquote[^>]*>(.*?)</blockquote>', f,
                                     re.S)[1]),
             re.search(r'name="span" value="([^"]*)"', f)[1]) for f in forms]


def first_coder(d, book, n=12):
    """Decide on the first passages of the queue; {span: theme}."""
    queue = book.replace('/themes', '/queue')
    d.act(book, 'create', name='Forms & scripts', reason='often said')
    d.act(book, 'create', name='Costs')
    said = {}
    for i in range(n):
        page = d.staff.get(queue)
        text, span = units(page)[0]
        name = ('Forms & scripts', 'Costs', None)[i % 3]
        fields = {'span': span}
        if name:
            fields['theme'] = option(page, 'other-u0', name)
        got = d.staff.send(page, queue,
                           'choose' if name else 'none', **fields)
        if got.status != 303:
            d.check('a passage is decided', False, got)
        said[span] = name
    return said


def second_coder(d, book):
    recodings = book.replace('/themes', '/recodings')
    page = d.staff.get(recodings)
    bad = d.staff.send(page, recodings, 'ask', basis='sample', size='9')
    d.check('nothing to draw from before anything is decided',
            bad.status == 400 and 'Nothing was drawn' in bad.text and
            'value="9"' in bad.text, bad)
    said = first_coder(d, book)
    bad = d.staff.send(page, recodings, 'ask', basis='uncertain', size='501')
    d.check('not more than a limit', bad.status == 400 and
            'value="501"' in bad.text and 'selected' in bad.text, bad)
    d.act(recodings, 'ask', basis='sample', size='9')
    page = d.staff.get(recodings)
    n = re.search(r'name="recoding" value="(\d+)"', page.text)[1]
    bad = d.staff.send(page, recodings, 'begin', recoding=n)
    d.check('who decided is no second coder', bad.status == 409 and
            'You cannot be the second coder' in bad.text, bad)
    other = d.colleague('Bo Li', CLIPPED)
    page = other.get(recodings)
    got = other.send(page, recodings, 'begin', recoding=n)
    d.check('somebody else is', got.status == 303 and
            got.headers['Location'].endswith(f'/recodings/{n}'), got)
    code = f'/en/desk/recodings/{n}'
    blind(d, other, book, code)
    differ = recode(d, other, code, said)
    agreement(d, other, book, code, said, differ)


def blind(d, other, book, code):
    page = other.get(code)
    d.check('nine passages, without what was decided', '9 passages are still'
            in page.text and 'Yes' not in page.text and
            'Proposed' not in page.text, page)
    url = re.search(r'href="(/en/desk/questions/\d+/responses/\d+)"',
                    page.text)[1]
    page = other.get(url)
    d.check('nor on the answer', 'You code blind' in page.text and
            '<mark>' not in page.text, page)
    page = other.get(book.replace('/themes', '/decisions'))
    d.check('nor in the log', 'not shown while you code blind' in page.text,
            page)
    theme = themes_of(other.get(book))['Costs']
    page = other.get(theme)
    d.check('nor under the theme', 'class="choice"' not in page.text, page)
    page = other.get(code + '/agreement')
    d.check('nor the agreement', 'You code blind' in page.text and
            '<table' not in page.text, page)
    page = d.staff.get(code)
    d.check('passages are the second coder’s alone', page.status == 403, page)
    d.check('and not for strangers', d.public.get(code).status in
            (303, 401, 403))


def recode(d, other, code, said):
    """Say the same, but of two passages; returns what differs."""
    differ = []
    skipped = False
    for _ in range(9):
        page = other.get(code)
        if not skipped:
            got = other.send(page, code, 'skip')
            d.check('a passage is passed over', got.status == 303 and
                    'skip=1' in got.headers['Location'], got)
            skipped = True
        text, span = units(page)[0]
        name = said[span]
        if len(differ) < 2 and name:
            differ.append((text, name))
            name = None
        fields = {'span': span}
        if name:
            fields['theme'] = option(page, 'theme-u0', name)
        got = other.send(page, code, 'choose' if name else 'none',
                         **fields)
        if got.status != 303:
            d.check('a passage is coded', False, got)
    page = other.get(code)
    d.check('all are coded', 'All passages are coded' in page.text, page)
    return differ


def agreement(d, other, book, code, said, differ):
    url = code + '/agreement'
    page = other.get(url)
    f = figures(page)
    d.check('how they agree', page.status == 200 and
            f['Passages that both coded'] == 9 and
            f['With the same themes'] == 7 and
            f['Differences that are not settled'] == 2, f)
    rows = [re.findall(r'<td[^>]*>(.*?)</td>', r)
            for r in page.text.partition('<tbody>')[2].split('<tr>')[1:]]
    d.check('a row for each theme and one for all', len(rows) >= 2 and
            rows[-1][4] == '78%', rows)
    for both, one, two, none, _, kappa, alpha, _ in rows[:-1]:
        a, b, c, e = (int(x) for x in (both, one, two, none))
        n, yes = a + b + c + e, 2 * a + b + c
        want = 1 - (2 * n - 1) * (b + c) / (yes * (2 * n - yes))
        d.check('alpha as it is defined', n == 9 and
                abs(float(alpha) - want) < 0.006, (alpha, want))
    d.check('a chart and its table', '<svg' in page.text and
            'Krippendorff' in page.text, page)
    d.check('in Arabic', 'dir="rtl"' in d.staff.get(
        url.replace('/en/', '/ar/')).text)
    bad = d.staff.send(d.staff.get(url), url, 'second', reason='')
    d.check('a settlement needs a reason', bad.status == 400 and
            'needs a reason' in bad.text, bad)
    before = row_of(d.staff.get(book), differ[0][1])
    d.act(url, 'second', reason='nobody says so')
    page = d.staff.get(url)
    d.check('one is settled', figures(page)
            ['Differences that are not settled'] == 1 and
            figures(page)['With the same themes'] == 7, page)
    after = row_of(d.staff.get(book), differ[0][1])
    d.check('and counts', after[0] < before[0], (before, after))
    log = book.replace('/themes', '/decisions')
    page = d.staff.get(log)
    d.check('with its reason in the log', 'nobody says so' in page.text and
            'difference settled' in page.text, page)
    d.act(log, 'undo')
    d.check('undone', row_of(d.staff.get(book), differ[0][1]) == before and
            figures(d.staff.get(url))['Differences that are not settled'] == 2)


def by_machine(d, url):
    """[(passage, by)] under a theme, on all its pages."""
    found = []
    while url:
        page = d.staff.get(url)
        found += re.findall(r'<span lang="[^"]*" dir="auto">(.*?)</span></p>\n'
                            r'<p class="small">.*? – ([a-z]+) [^<]*</p>',
                            page.text, re.S)
        more = re.search(r'rel="next" href="([^"#]*)', page.text)
        url = more and more[1]
    return found


def confirm_passages(d, book, name, n):
    """Say yes to `n` passages that the machine put under a theme."""
    queue = book.replace('/themes', '/queue')
    url = themes_of(d.staff.get(book))[name]
    spans = re.findall(r'name="spans" value="([^"]*)"',
                       d.staff.get(url).text)[:n]
    page = d.staff.get(queue)
    for span in spans:
        got = d.staff.send(page, queue, 'choose', span=span,
                           theme=url.rpartition('/')[2])
        if got.status != 303:
            d.check('a passage is confirmed', False, got)
    return len(spans)


def suggested(d, desk, book):
    """Learnt from decisions: applied when its difference was seen, what
    persons decided stays, and it can be undone."""
    page = d.staff.get(book)
    themes = themes_of(page)
    largest = sorted(themes, key=lambda n: -len(re.findall(
        'name="spans"', d.staff.get(themes[n]).text)))[:3]
    done = {n: confirm_passages(d, book, n, 8) for n in largest}
    d.check('passages are confirmed', sum(done.values()) >= 12, done)
    before = {n: row_of(d.staff.get(book), n) for n in themes}
    persons = {n: sum(1 for _, by in by_machine(d, themes[n])
                      if by == 'person') for n in largest}
    d.act(book, 'map')
    page = d.until(book, 'value="apply"')
    d.check('suggestions are ready', 'learnt from what was decided' in
            page.text and re.search(r'\d+ responses? would', page.text), page)
    for n in themes:
        d.check(f'nothing of “{n}” is shown yet', row_of(page, n) == before[n],
                row_of(page, n))
    page = d.act(book, 'apply', reason='learnt')
    f = figures(page)
    received = f.pop('Received')
    d.check('every response has one state', sum(f.values()) == received, f)
    for n in persons:
        now = by_machine(d, themes[n])
        d.check(f'what persons said of “{n}” stays', sum(
            1 for _, by in now if by == 'person') == persons[n] > 0, now)
    added = sum(1 for n in persons for _, by in by_machine(d, themes[n])
                if by != 'person')
    d.check('the machine adds, and abstains where it is unsure',
            added > 0 and f['Not yet read'] > 0, (added, f))
    queue = d.staff.get(book.replace('/themes', '/queue'))
    d.check('the queue has an order of reading', len(units(queue)) == 10, queue)
    log = book.replace('/themes', '/decisions')
    d.act(log, 'undo')
    after = {n: row_of(d.staff.get(book), n) for n in themes}
    d.check('undone as a whole', after == before, (before, after))


def fresh(d, desk, book):
    """A new answer gets its theme; no other moves."""
    page = d.staff.get(book)
    d.check('no new answers', 'value="more"' not in page.text, page)
    queue = desk.replace('/themes', '/queue?state=received')
    page = d.staff.get(queue)
    urls = re.findall(r'href="(/en/desk/responses/\d+)"', page.text)
    d.check('a response waits at the desk', len(urls) > 0, page)
    d.act(urls[0], 'publish')
    page = d.staff.get(book)
    d.check('a new answer is told of', 'Read 1 new answer' in page.text, page)
    d.act(book, 'more')
    page = d.until(book, 'value="apply"')
    d.check('no other moves', 'New answers alone' in page.text and
            '0 responses would move' in page.text and
            '0 responses would have no theme' in page.text, page)
    page = d.act(book, 'apply')
    d.check('and is read', 'value="more"' not in page.text, page)


QDC = '{urn:QDA-XML:codebook:1.0}'


def exchange(d, book):
    """The codebook goes out, is changed by another program, and comes in."""
    page = d.staff.get(book)
    url = book.replace('/themes', '/exchange')
    d.check('the workbench leads there', url in page.text, page)
    file = d.staff.get(book.replace('/themes', '/codebook.qdc'))
    tree = ElementTree.fromstring(file.octets)
    codes = {c.get('name'): c for c in tree.iter(QDC + 'Code')}
    d.check('a REFI-QDA codebook of the themes', file.status == 200 and
            set(codes) == set(themes_of(page)) and
            all(len(c.get('guid')) == 36 for c in codes.values()) and
            '-codebook.qdc' in file.headers['Content-Disposition'], file)
    again = d.staff.get(book.replace('/themes', '/codebook.qdc'))
    d.check('the same octets twice', again.octets == file.octets)
    also = json.loads(d.staff.get(book.replace('/themes', '/codebook.json'))
                      .octets)
    d.check('and as JSON', {c['name'] for c in also['codes']} == set(codes), also)
    codes['Costs'].set('name', 'Costs and fees')
    parent = codes['Forms & scripts']
    new = ElementTree.SubElement(parent, QDC + 'Code', {
        'guid': 'aaaaaaaa-0000-4000-8000-000000000001',
        'name': 'Diacritics', 'isCodable': 'true'})
    ElementTree.SubElement(new, QDC + 'Description').text = 'Signs of letters.'
    page = d.staff.get(url)
    bad = d.staff.send(page, url, 'send', lang='en')
    d.check('a file is needed', bad.status == 400 and 'No file was chosen' in
            bad.text, bad)
    octets = ElementTree.tostring(tree, 'utf-8', xml_declaration=True)
    got = d.upload(url, 'send', 'theirs.qdc', octets, lang='en')
    d.check('the file is taken', got.status == 303, got)
    page = d.until(url, 'value="apply"', 30)
    rows = [[html.unescape(re.sub('<.*?>', '', c)) for c in re.findall(
        r'<t[hd][^>]*>(.*?)</t[hd]>', r)] for r in
        page.text.partition('<tbody>')[2].partition('</tbody>')[0].split(
            '<tr>')[1:]]
    what = {r[0]: (r[1], r[2], r[3]) for r in rows}
    d.check('what it would do', what.get('Costs and fees', '')[:2] ==
            ('renamed', 'Costs') and what.get('Diacritics') ==
            ('added', '', 'Forms & scripts') and
            sum(1 for w in what.values() if w[0] == 'as it is') ==
            len(codes) - 1, what)
    d.check('nothing is changed yet', 'Diacritics' not in
            themes_of(d.staff.get(book)))
    stale = d.staff.send(page, url, 'apply', added='7')
    d.check('another difference than was seen is refused', stale.status == 409,
            stale)
    d.act(url, 'apply', reason='as agreed')
    page = d.staff.get(book)
    d.check('taken over', {'Costs and fees', 'Diacritics'} <=
            set(themes_of(page)) and 'Costs' not in themes_of(page), page)
    d.act(book.replace('/themes', '/decisions'), 'undo')
    page = d.staff.get(book)
    d.check('undone by one act', 'Costs' in themes_of(page) and
            'Diacritics' not in themes_of(page), page)
    hostile(d, url)
    rows_out(d, book)


def hostile(d, url):
    for name, octets in (
            ('entity.qdc', b'<!DOCTYPE x [<!ENTITY e SYSTEM '
             b'"file:///etc/passwd">]><x>&e;</x>'),
            ('other.qdc', b'\x00\x01\x02 no codebook')):
        d.upload(url, 'send', name, octets, lang='en')
        page = d.until(url, f'{name}” could not be read', 30)
        d.check(f'{name} is refused', name in page.text and 'root:' not in
                page.text and 'value="apply"' not in page.text, page)


def rows_out(d, book):
    got = d.staff.get(book.replace('/themes', '/assignments.csv'))
    rows = list(csv.DictReader(io.StringIO(got.octets.decode('utf-8-sig'))))
    also = json.loads(d.staff.get(book.replace('/themes', '/assignments.json'))
                      .octets)
    d.check('assignments as CSV and JSON', len(rows) == len(also) > 20 and
            [int(r['start']) for r in rows] == [r['start'] for r in also] and
            {'machine', 'person'} <= {r['by'] for r in rows}, got)
    names = {r['name'] for r in rows}
    d.check('with the names of themes', names <=
            set(themes_of(d.staff.get(book))) and '' not in names, names)
    d.check('not for strangers', d.public.get(book.replace(
        '/themes', '/assignments.csv')).status in (303, 401, 403))


def spoken(d, desk, book):
    """What was said at the meeting is entered, read, and counted apart."""
    at = desk.replace('/themes', '/enter')
    page = d.staff.get(at)
    d.check('the form has the way', 'value="spoken"' in page.text, page)
    got = d.staff.send(
        page, '/enter', 'enter', channel='spoken', received='Clerk of the room',
        q1='The forms in our offices refuse our letters. We say it here aloud.',
        lang='en', capacity='organisation', organisation='Delegation of Samoa',
        name='Tala Ese', category='government', country='WS',
        authorisation='full', agreed='1')
    d.check('entered after the deadline', got.status == 303, got)
    queue = d.staff.get(desk.replace('/themes', '/queue?state=received'))
    row = [r for r in queue.text.split('<tr>') if 'Samoa' in r]
    d.check('it waits at the desk', len(row) == 1, queue)
    url = re.search(r'href="(/en/desk/responses/\d+)"', row[0])[1]
    d.check('which says how it came', 'Spoken at the physical consultation' in
            d.staff.get(url).text, d.staff.get(url))
    d.act(url, 'publish')
    page = d.staff.get(book)
    f = figures(page)
    d.check('counted apart', f['of these, spoken at the physical consultation']
            == 1, f)
    d.act(book, 'more')
    d.until(book, 'value="apply"')
    d.act(book, 'apply')
    number = url.rpartition('/')[2]
    page = d.staff.get(book.replace('/themes', f'/responses/{number}'))
    d.check('its words are there', 'We say it here aloud' in page.text, page)
    theme = option(page, 'theme', 'Forms & scripts')
    got = d.staff.send(page, f'/responses/{number}', 'mark', theme=theme,
                       passage='The forms in our offices refuse our letters.')
    d.check('and stand under a theme', got.status == 303, got)


def side_by_side(d, desk, book):
    """Two authors, two summaries: compared, each published by itself."""
    page = d.staff.get(book)
    public = re.search(r'href="(/en/[^"]*/consultations/\d+/)"',
                       d.staff.get(desk).text)[1]
    d.act(desk, 'freeze', author='The Secretariat', note='ours')
    first = row_of(page, 'Costs')
    d.act(themes_of(page)['Costs'], 'words', name='Prices', lang='en')
    confirm_passages(d, book, 'Prices', 0)
    d.act(desk, 'freeze', author='The Chair', note='mine')
    page = d.staff.get(desk)
    d.check('each has its author', 'The Secretariat' in page.text and
            'The Chair' in page.text, page)
    url = re.search(r'href="([^"]*/summaries/1/compare/2)"', page.text)[1]
    page = d.staff.get(url)
    rows = page.text.partition('<tbody>')[2].partition('</tbody>')[0]
    rows = {html.unescape(re.search(r'<bdi[^>]*>(.*?)</bdi>', r)[1]):
            re.findall(r'class="n">(\d+) <span class="small">([^<]*)<', r)
            for r in rows.split('<tr>')[1:]}
    heads = [html.unescape(h) for h in re.findall(
        r'<th scope="col" class="n"><bdi[^>]*>(.*?)</bdi>', page.text)]
    d.check('themes of one by themes of the other', 'Costs' in rows and
            'Prices' in heads and rows['Costs'][heads.index('Prices')] ==
            (str(first[0]), '100%'), (rows, heads))
    f = {a: int(b) for a, b in reversed(re.findall(
        r'<dt>(.*?)</dt><dd>(\d+)</dd>', page.text))}
    d.check('which responses both cover', f['Themed in both'] > 0 and
            f['In the first alone'] == 0, f)
    there = public + 'summaries/1/compare/2'
    d.check('not public', d.public.get(there).status == 404)
    got = d.staff.send(d.staff.get(desk), desk, 'publish', version='2')
    d.check('one is published alone', got.status == 303 and
            d.public.get(public + 'summaries/2').status == 200 and
            d.public.get(public + 'summaries/1').status == 404 and
            d.public.get(there).status == 404, got)
    d.staff.send(d.staff.get(desk), desk, 'publish', version='1')
    page = d.public.get(there)
    d.check('both are, and stand side by side', page.status == 200 and
            'The Secretariat' in page.text and '<svg' in page.text, page)
    page = d.public.get(public + 'summary')
    d.check('the summary says whose it is, and leads there', 'By The Chair' in
            page.words and '/summaries/2/compare/1' in page.text, page)
    d.check('what was spoken is counted apart', '1 of them was spoken' in
            page.words and 'of these, spoken' in page.words, page)
    d.check('in Arabic', 'dir="rtl"' in d.public.get(
        there.replace('/en/', '/ar/')).text)


def walk(engine, *sets):
    d = Desk(engine, *sets)
    try:
        desk, book = begin(d)
        d.run(book)
        d.act(book, 'apply')
        second_coder(d, book)
        suggested(d, desk, book)
        exchange(d, book)
        fresh(d, desk, book)
        spoken(d, desk, book)
        side_by_side(d, desk, book)
    finally:
        d.server.stop()


walk('sqlite')
if os.environ.get('RP_TEST_PG'):
    walk('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
