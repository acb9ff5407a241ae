#!/usr/bin/env python3
"""What a meeting decided, on the page of the document, on both engines: where
it stands at each step, the fixed phrase in six languages, the item, the
paragraph of the report once that is posted; and nothing of a part for members
for anybody else. TAP. Usage: outcome_test.py PROGRAM"""
import os
import re
import sys

from minutes import House
from server import Tap

tap = Tap()
PHRASES = {'en': 'The Group noted the wells.',
           'fr': 'Le Groupe a pris note', 'es': 'El Grupo tomó nota',
           'ru': 'приняла к сведению', 'zh': '注意到', 'ar': 'أحاط'}


def plain(page):
    return re.sub('</?bdi[^>]*>|[\u2066-\u2069\u200e\u200f]', '', page.text)


def chip(page):
    """What stands beside the symbol."""
    head = page.text.partition('<h1>')[2].partition('</h1>')[0]
    return re.findall(r'<span class="chip \w+">([^<]*)<', head)


def journey(engine, *sets):
    h = House(tap, sys.argv[1], engine, 'log_level=debug', *sets)
    try:
        h.members_read()
        kenya = h.person('Ke', 'Kenya')
        desk, public = h.meeting(20)
        meeting = desk.rsplit('/', 1)[1]
        paper = h.document(desk, 'Wells and words', 'Wells are deep.')
        one = desk + '/documents/1'
        h.staff.send(h.staff.get(one), one, 'post')
        h.staff.send(h.staff.get(one), one, 'access', access='public')
        url = public + 'documents/1/'
        t = [0]

        def anew(who, path=url):
            t[0] += 1
            return who.get(f'{path}?t={t[0]}')
        h.check('posted, it stands nowhere yet', chip(anew(kenya)) == [] and
                'What the meeting decided' not in anew(kenya).text)
        part = h.sql('INSERT INTO meeting_part (meeting_id, position, access, '
                     "opens_local, closes_local) VALUES (?, 1, 'members', "
                     "'2024-10-04T09:30', '2024-10-04T12:30') RETURNING id",
                     meeting)
        closed = h.item(meeting, 1, 'contributions', 'Behind doors', [paper])
        h.sql('UPDATE agenda_item SET part_id = ?, state = \'planned\' WHERE '
              'id = ?', part, closed)
        page = anew(kenya)
        h.check('on the agenda', chip(page) == ['on the agenda'] and
                'CWG-Internet, meeting 20, item 1' in plain(page) and
                f'#i{closed}"' in page.text, page)
        h.sql("UPDATE agenda_item SET state = 'open' WHERE id = ?", closed)
        h.check('under consideration', chip(anew(kenya)) ==
                ['under consideration'])
        h.sql("UPDATE agenda_item SET state = 'closed' WHERE id = ?", closed)
        h.check('considered', chip(anew(kenya)) == ['considered'])
        h.ends(closed, 'noted', 'the wells', paper)
        page = anew(kenya)
        h.check('noted, with the phrase', chip(page) == ['noted'] and
                'The Group noted the wells.' in plain(page), page)
        for lang, phrase in PHRASES.items():
            page = anew(kenya, f'/{lang}{url[3:]}')
            h.check(f'the phrase in {lang}', phrase in plain(page),
                    plain(page).partition('id="outcome"')[2][:400])
        page = anew(h.public)
        h.check('others see the document, and nothing of a part for members',
                page.status == 200 and chip(page) == [] and
                'noted' not in page.text and 'Behind doors' not in page.text
                and 'What the meeting decided' not in page.text, page)
        h.sql("UPDATE meeting_part SET access = 'public' WHERE id = ?", part)
        h.check('of a part for everybody they do', chip(anew(h.public)) ==
                ['noted'] and 'Behind doors' in anew(h.public).text)
        before = len(h.server.said())
        anew(h.public)
        n = re.findall(r'documents/\{k\}/ .*?statements=(\d+)',
                       h.server.said()[before:])
        h.check(f'by at most 12 statements: {n}', n and int(n[-1]) <= 12,
                h.server.said()[before:])
        report(h, desk, public, kenya, anew)
        h.staff.send(h.staff.get(one), one, 'withdraw')
        h.check('withdrawn is what it is', chip(anew(h.public)) ==
                ['withdrawn'], anew(h.public))
    finally:
        h.server.stop()


def report(h, desk, public, kenya, anew):
    url = desk + '/report'
    page = h.staff.get(url)
    got = h.staff.send(page, '/report', 'open', commenters='members',
                       until='2999-01-01T12:00', silence='', lang=['en', 'fr'])
    h.check('a draft of the report is shown to members', got.status == 303,
            got)
    h.check('which is not cited', 'Report, paragraph' not in
            anew(kenya).text)
    h.staff.send(h.staff.get(url), '/report', 'close')
    got = h.staff.send(h.staff.get(url), '/report', 'approve', **{
        'in': desk.rsplit('/', 1)[1], 'lang': ['en', 'fr']})
    h.check('it is approved', got.status == 303, got)
    got = h.staff.send(h.staff.get(url), '/report', 'post', access='members')
    h.check('and posted for members', got.status == 303, got)
    page = anew(kenya)
    cited = re.search(r'Report, paragraph ([\d.]+) a\)', plain(page))
    h.check('its paragraph is cited', cited and 'report/"' in page.text, page)
    text = kenya.get(public + 'report/').words
    h.check('where the report says so', re.search(
        re.escape(cited[1]) + r'\s+Discussion\s+(a\)\s+)?The Group noted', text),
        ' '.join(text.split())[-500:])
    h.check('not for others, who have no report', 'Report, paragraph' not in
            anew(h.public).text)
    h.check('in French', 'Rapport, paragraphe' in plain(
        kenya.get('/fr' + public[3:] + 'documents/1/?fr')))


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
