#!/usr/bin/env python3
"""Announcements at the desk, on both engines: texts from the facts in six
languages and four channels, changed and back; who was told, acknowledged, asked
not to be written to again; rights. TAP. Usage: announcement_test.py PROGRAM"""
import html
import json
import os
import re
import sys

from house import House
from server import Tap

tap = Tap()
LANGS = ('ar', 'zh', 'en', 'fr', 'ru', 'es')
CHANNELS = ('web', 'letter', 'mail', 'social')


def texts(page):
    found = re.findall(r'<textarea id="text-(\w+)"[^>]*>\n?([^<]*)</textarea>',
                       page.text)
    return {c: html.unescape(t) for c, t in found}


def find(h):
    h.meeting()
    desk = h.staff.get('/en/desk/')
    h.check('the desk leads there', '/en/desk/announcements"' in desk.text)
    page = h.staff.get('/en/desk/announcements')
    one = re.search(r'/en/desk/announcements/consultation/\d+', page.text)
    met = re.search(r'/en/desk/announcements/meeting/\d+', page.text)
    h.check('a consultation and a meeting to announce', one and met, page)
    return one[0], met[0]


def written(h, one, met):
    for lang in LANGS:
        page = h.staff.get(f'{one}?in={lang}')
        all_of = texts(page)
        h.check(f'{lang}: a text for each channel', set(all_of) ==
                set(CHANNELS) and all(all_of.values()), page)
        link = f'{h.server.port}/{lang}/'
        h.check(f'{lang}: each leads to the page in its language',
                all(link in t for t in all_of.values()), all_of)
        h.check(f'{lang}: no marks around the facts', not any(
            c in t for t in all_of.values() for c in '\u2068\u2069'), all_of)
        h.check(f'{lang}: the short one is short',
                len(all_of['social']) <= 280, all_of['social'])
        h.check(f'{lang}: marked as such', f'lang="{lang}" dir="' + (
            'rtl' if lang == 'ar' else 'ltr') + '"' in page.text)
        facts = json.loads(h.staff.get(f'{met}/facts.json?in={lang}').text)
        h.check(f'{lang}: the same as facts for a template', set(facts) == {
            'title', 'salutation', 'text', 'address', 'closing', 'group',
            'date'} and all(facts.values()) and facts['text'] in
            texts(h.staff.get(f'{met}?in={lang}'))['letter'], facts)
    english = texts(h.staff.get(met))
    h.check('the meeting: when and where', 'Geneva' in english['letter'] and
            '4 October 2999' in english['letter'] and 'Dear Sir' in
            english['letter'], english)
    h.check('an e-mail has its subject, and how to be left alone',
            english['mail'].startswith('Subject: Invitation: CWG-Internet, '
                                       'meeting 20\n') and
            'written to again' in english['mail'], english['mail'])


def changed(h, met):
    page = h.staff.get(met)
    forms = re.findall(r'<form.*?</form>', page.text, re.S)
    mail = next(f for f in forms if 'value="mail"' in f and 'text-mail' in f)
    token = re.search(r'name="token" value="([^"]+)"', mail)[1]

    def press(**fields):
        return h.staff.post(met, {'token': token, 'in': 'en', **fields})
    got = press(channel='mail', do='save', text='Come & <see>.')
    h.check('a text is changed', got.status == 303, got)
    page = h.staff.follow(got)
    h.check('kept, and said to be', texts(page)['mail'] == 'Come & <see>.' and
            'Changed by hand' in page.text, page)
    h.check('in this language alone', texts(h.staff.get(
        met + '?in=fr'))['mail'].startswith('Objet :'))
    long = press(channel='mail', do='save', text='x' * 20001)
    h.check('one too long is told beside it, and kept', long.status == 400 and
            'id="text-mail-error"' in long.text and
            len(texts(long)['mail']) == 20001, long.status)
    got = press(channel='mail', do='reset')
    h.check('back to the facts', texts(h.staff.follow(got))['mail'].startswith(
        'Subject:'), got)
    h.check('a channel that is none', press(
        channel='pigeon', do='save', text='x').status == 400)
    return press


def told(h, met, press):
    bad = press(channel='mail', do='sent', recipients='  ')
    h.check('somebody has to be named', bad.status == 400 and
            'id="recipients-error"' in bad.text, bad)
    got = press(channel='mail', do='sent',
                recipients='Laputa\nlist@example.org\n\nUtopia')
    h.check('three are entered', got.status == 303, got)
    page = h.staff.follow(got)
    h.check('they are in the log', page.text.count('value="refuse"') == 3 and
            'list@example.org' in page.text, page)
    press(channel='mail', do='sent', recipients='LAPUTA')
    page = h.staff.get(met)
    h.check('once each', page.text.count('value="refuse"') == 3, page)
    h.check('a chart, and the same as a table', '<svg' in page.text and
            '<td>3</td><td>0</td>' in page.text, page)
    rows = re.findall(r'<tr><th scope="row" dir="auto">(.*?)</th>.*?'
                      r'name="delivery" value="(\d+)"', page.text, re.S)
    ids = dict(rows)
    got = press(do='acknowledge', delivery=ids['Utopia'])
    h.check('one acknowledged', '<td>3</td><td>1</td>' in
            h.staff.follow(got).text, got)
    got = press(do='refuse', delivery=ids['list@example.org'])
    h.check('one asks not to be written to again', 'not to be written to' in
            h.staff.follow(got).text, got)
    bad = press(channel='social', do='sent',
                recipients='Lilliput\nList@example.org')
    h.check('and is not entered any more, with the line', bad.status == 400 and
            'Line 2:' in bad.words.replace('\u2068', '').replace(
                '\u2069', '') and 'Lilliput' in bad.text, bad)
    h.check('nor anybody beside it', h.staff.get(met).text.count(
        'name="delivery"') == 3)
    h.check('a delivery of nobody', press(
        do='refuse', delivery='99999').status == 404)


def rights(h, one, met):
    mia, ben = h.person('Mia', 'meet'), h.person('Ben', 'contact')
    h.check('who may not see addresses does not get there',
            mia.get('/en/desk/announcements').status == 403 and
            mia.get(met).status == 403 and
            mia.get(met + '/facts.json').status == 403)
    h.check('who may, does', ben.get('/en/desk/announcements').status == 200
            and 'Laputa' in ben.get(met).text)
    for url in (met + '9', met + '9/facts.json', one.rpartition('/')[0] + '/9999',
                one.replace('consultation', 'party'),
                one.replace('consultation', 'summary'), met + '?in=xx'):
        h.check(f'{url} is not found', ben.get(url).status == 404,
                ben.get(url))
    audit = h.staff.get('/en/desk/audit').text
    h.check('acts are on record, addresses are not', 'announcement.sent' in
            audit and 'announcement.refused' in audit and
            'list@example.org' not in audit)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        one, met = find(h)
        written(h, one, met)
        told(h, met, changed(h, met))
        rights(h, one, met)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
