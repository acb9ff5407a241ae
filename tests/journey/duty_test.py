#!/usr/bin/env python3
"""Duties to report, through pages alone, on both engines: found in a real
resolution as a careful reader finds them, confirmed, rejected and entered;
the calendar, reports by document and who sees which; and its file. TAP.
Usage: duty_test.py PROGRAM SHARED"""
import glob
import os
import re
import subprocess
import sys
import tempfile

from minutes import House
from server import Tap
from shelf import post_file, wait

SHARED = sys.argv[2]
tap = Tap()

# What a careful reader finds in the proposed revision of Resolution 102, with
# the year where one is named. Others speak of reports and ask for none.
GOLD = {
    'instructs the Secretary-General 8': 'yearly',
    'instructs the Secretary-General 9': '',
    'instructs the Directors of the Bureaux 1': '',
    'instructs the Director of the Telecommunication Standardization '
    'Bureau 4': 'yearly',
    'instructs the Director of the Telecommunication Development '
    'Bureau 3': 'yearly',
    'instructs the ITU Council 4': 'once',
}
TEXT = '''# RESOLUTION 5 (Rev. Oslo, 2022)

Names and numbers

*resolves*

1) to keep the register of names,

*instructs the Secretary-General*

1) to keep the list;

2) to report annually to the Council on the register;

3) to consider the annual reports to the Council,

*instructs the Director*

1) to report to the 2030 plenipotentiary conference on names.
'''


def command(*arguments):
    return subprocess.run([sys.argv[1], *arguments], capture_output=True,
                          text=True)


def real_texts():
    """The seeds as files, and what the command finds in each."""
    seeds = sorted(glob.glob(os.path.join(SHARED, 'seeds', '*.txt')))
    if len(seeds) < 5:
        tap.check('real resolutions # SKIP not here', True)
        return
    got = {}
    for path in seeds:
        done = command('duties', path)
        tap.check(f'{os.path.basename(path)[:3]} is read',
                  done.returncode == 0, done.stderr)
        got[os.path.basename(path)[:3]] = [
            line.split('\t') for line in done.stdout.splitlines()]
    found = {row[1]: row[4] for row in got['004']}
    hits = [k for k in GOLD if k in found]
    tap.check(f'of {len(GOLD)} duties of Resolution 102 {len(hits)} are found,'
              f' and {len(found) - len(hits)} that are none',
              found == GOLD, found)
    tap.check('who, to whom and which year', [
        (row[2], row[3], row[5]) for row in got['004'] if row[5]] == [
            ('the ITU Council', 'the 2022 2026 plenipotentiary conference',
             '2026')], got['004'])
    tap.check('reports and contributions give no duties', not any(
        got[k] for k in ('000', '001', '002', '003')), got)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'out')
        done = command('salvage', '-o', out, seeds[4])
        tap.check('the flattened text is separated', done.returncode == 0,
                  done.stderr)
        texts = [os.path.join(out, n) for n in sorted(os.listdir(out))
                 if n.endswith('.txt')]
        for path in texts:
            lines = command('duties', path).stdout.splitlines()
            tap.check(f'{os.path.basename(path)}: duties of the text alone',
                      4 <= len(lines) <= len(GOLD), lines)
        tap.check('two texts', len(texts) == 2, os.listdir(out))
    tap.check('what is no document', command(
        'duties', sys.argv[1]).returncode != 0)
    tap.check('usage', command('duties').returncode != 0)


class Duties(House):
    def __init__(self, engine, *sets):
        super().__init__(tap, sys.argv[1], engine, *sets)
        self.members_read()
        self.kenya = self.person('Ke', 'Kenya')
        self.stranger = self.person('Nobody')
        page = self.staff.get('/en/desk/instruments')
        self.group = re.search(r'<option value="(\d+)"', page.text)[1]
        made = self.staff.send(page, '/instruments', 'create', number='5',
                               title='Names', kind='resolution', lang='en')
        self.check('resolution 5', made.status == 303, made)
        url = self.instrument = made.location.split('?')[0]
        public = re.search(r'href="(/en/[^"]*/instruments/resolution-5[^"]*)"',
                           self.staff.get(url).text)[1]
        done = post_file(self.staff, url, TEXT.encode(), 'add', 'r.md',
                         name='Rev. Oslo, 2022', state='in_force', lang='en',
                         dated='2022-10-14')
        self.check('its text', done.status == 303, done)
        wait(self.public, public, lambda p: 'Rev. Oslo, 2022' in p.text)
        self.url = f'/en/desk/groups/{self.group}/duties'
        self.public_url = re.search(r'href="(/en/[^"]*/duties/)"',
                                    self.staff.get(self.url).text)[1]

    def press(self, button, **fields):
        page = self.staff.get(self.url)
        token = page.form('/duties', 'look')['fields']['token'][0]
        return self.staff.post(self.url, {'token': token, 'do': button,
                                          **fields})

    def save(self, url, button='save', **fields):
        return self.staff.send(self.staff.get(url), url, button, **fields)

    def found(self):
        """Paragraphs that wait, and their keys."""
        text = self.staff.get(self.url).text
        return {m[1]: m[2] for m in re.finditer(
            r'<bdi lang="en">([^<]*)</bdi>.*?name="found" value="(\d+)"',
            text.split('value="look"')[1], re.S)}


def suggested(r):
    r.check('nothing is there before somebody looks', not r.found())
    done = r.press('look')
    got = r.found()
    mine = {k: v for k, v in got.items()
            if k in ('instructs the Secretary-General 2)',
                     'instructs the Director 1)')}
    r.check('the machine suggests two, and not what considers reports',
            done.status == 303 and len(mine) == 2 and
            'instructs the Secretary-General 3)' not in got, got)
    r.check('nobody else sees a suggestion', 'instructs the Director' not in
            r.public.get(r.public_url).text)
    r.press('look')
    r.check('found twice is one suggestion', r.found().keys() == got.keys(),
            r.found())
    done = r.press('reject', found=mine['instructs the Director 1)'])
    r.check('one is rejected', done.status == 303, done)
    done = r.press('confirm', found=mine['instructs the Secretary-General 2)'])
    r.check('one is confirmed', done.status == 303 and
            re.search(r'/duties/\d+\?', done.location), done)
    r.press('look')
    r.check('what was decided is not suggested again',
            not set(mine) & set(r.found()), r.found())
    r.check('a suggestion is decided once', r.press(
        'confirm', found=mine['instructs the Director 1)']).status == 409 and
            r.press('confirm', found='99999').status == 404)
    return done.location.split('?')[0]


def edited(r, url):
    page = r.staff.get(url)
    r.check('the suggestion stands beside the decision',
            'Found by the machine in' in page.text and
            'value="the Council"' in page.text, page)
    bad = r.save(url, who=' ', due='2026-02-30')
    r.check('what is wrong is told beside its field', bad.status == 400 and
            'id="who-error"' in bad.text, bad)
    bad = r.save(url, due='soon', recipient='The <Board>')
    r.check('a day that is none; nothing typed is lost', bad.status == 400 and
            'id="due-error"' in bad.text and 'The &lt;Board&gt;' in bad.text,
            bad)
    done = r.save(url, due='2020-06-30', recipient='the Council and the Board')
    r.check('saved', done.status == 303, done)
    page = r.public.get(r.public_url)
    r.check('everybody sees the duty, and that it is overdue',
            'the Council and the Board' in page.text and
            'overdue' in page.text and 'instructs the Director' not in
            page.text, page)
    done = r.save(r.url + '/new', who='The Chair', recipient='The group',
                  words='Says how it went.', every='meeting', paragraph='',
                  due='2999-01-01')
    r.check('one is entered', done.status == 303 and 'The Chair' in
            r.public.get(r.public_url).text, done)


def reported(r, url):
    meeting, _ = r.meeting(20)
    r.document(meeting, 'Register of names', 'A summary.')
    desk = re.findall(r'/en/desk/meetings/\d+/documents/\d+',
                      r.staff.get(meeting).text)[0]
    r.staff.send(r.staff.get(desk), desk, 'post')
    bad = r.save(url, 'report', symbol='', report_words=' ')
    r.check('by nothing', bad.status == 400 and 'id="symbol-error"' in
            bad.text, bad)
    bad = r.save(url, 'report', symbol='CWG-Internet-20/77')
    r.check('a document that is not there', bad.status == 400 and
            'CWG-Internet-20/77' in bad.text, bad)
    symbol = re.search(r'CWG-Internet-20/\d+', r.staff.get(desk).text)[0]
    done = r.save(url, 'report', symbol=symbol)
    r.check('a report is recorded', done.status == 303, done)
    page = r.kenya.get(r.public_url)
    r.check('members see by which document, and the next day',
            symbol in page.text and '2021' in page.text, page)
    link = re.search(r'<a href="([^"]*/documents/\d+/)"><bdi', page.text)
    r.check('and are led to it', link and
            r.kenya.get(link[1]).status == 200, page)
    for who in (r.public, r.stranger):
        page = who.get(r.public_url)
        r.check('others see that it was reported, and no document',
                page.text.count('Reported') == 1 and symbol not in page.text,
                page)
    ics = r.public.get(r.public_url + 'duties.ics')
    r.check('the file for calendars', ics.status == 200 and
            ics.headers['Content-Type'].startswith('text/calendar') and
            ics.text.count('BEGIN:VEVENT') == 2 and 'DTSTART:20210630T2' in
            ics.text, ics)
    for who in (r.public, r.stranger, r.kenya):
        r.check('the desk is for those who register', all(
            who.get(u).status in (303, 403) for u in (r.url, url)))
    page = r.public.get('/ar' + r.public_url[3:])
    r.check('from right to left', 'dir="rtl"' in page.text and 'كل سنة' in
            page.text, page)
    audit = r.staff.get('/en/desk/audit').text
    r.check('every act is on record', all(
        f'duty.{a}' in audit for a in ('add', 'change', 'report')))


def on_the_agenda(r, url):
    r.save(url, due='2025-01-31')
    meeting, _ = r.meeting(22, '2024-11-04T09:30', '2024-11-04T17:30')
    agenda = meeting + '/agenda'
    page = r.staff.get(agenda)
    offered = re.findall(r'name="take_duty" value="(\d+)"', page.text)
    r.check('the next agenda offers what falls due within half a year',
            len(offered) == 1 and 'The Chair' not in page.text, page)
    token = page.form('/agenda', 'add_item')['fields']['token'][0]
    done = r.staff.post(agenda, {'token': token, 'take_duty': offered[0]})
    page = r.staff.get(agenda)
    r.check('taken, it is an item, and not offered again',
            done.status == 303 and 'take_duty' not in page.text and
            'the Council and the Board (Resolution 5, instructs the '
            'Secretary-General 2))' in page.text.replace('\u2068', '').replace(
                '\u2069', ''), page)
    r.check('no other', r.staff.post(agenda, {
        'token': token, 'take_duty': '99'}).status == 404)


def revised(r):
    """A newer text comes into force: what rests on the older is queried."""
    r.check('nothing is outdated', 'older version' not in
            r.staff.get(r.url).text)
    text = TEXT.replace('Rev. Oslo, 2022', 'Rev. Lima, 2026').replace(
        'annually to the Council', 'to each session of the Council')
    done = post_file(r.staff, r.instrument, text.encode(), 'add', 'r.md',
                     name='Rev. Lima, 2026', state='in_force', lang='en',
                     dated='2026-10-14')
    r.check('a newer version', done.status == 303, done)
    page = wait(r.staff, r.url, lambda p: 'older version' in p.text)
    r.check('what rests on the older is queried', page.text.count(
        'older version') == 2, page)
    r.press('look')
    r.check('and suggested anew from the newer one',
            'instructs the Secretary-General 2)' in r.found(), r.found())


def journey(engine, *sets):
    r = Duties(engine, *sets)
    try:
        url = suggested(r)
        edited(r, url)
        reported(r, url)
        on_the_agenda(r, url)
        revised(r)
    finally:
        r.server.stop()


real_texts()
journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
