#!/usr/bin/env python3
"""The sessions of a physical consultation, through pages alone, on both
engines: sessions in several zones, presentations in the order of the questions,
what was said; what everybody reads of it. TAP. Usage: sessions_test.py
PROGRAM"""
import os
import re

from house import House
from server import Tap

tap = Tap()


def sessions(h, url):
    page = h.staff.get(url)
    h.check('the consultation leads there', f'"{url}"' in h.staff.get(
        url.removesuffix('/sessions')).text and page.status == 200 and
        'value="add_slot"' not in page.text, page)
    typed = {'zone': 'Africa/Nairobi', 'opens': '2999-02-10T10:00',
             'closes': '2999-02-10T13:00', 'place': 'Nairobi',
             'mode': 'hybrid'}
    for field, value, says in (('opens', 'soon', 'opens-error'),
                               ('closes', '2999-02-10T09:00', 'closes-error'),
                               ('place', ' ', 'place-error')):
        bad = h.staff.send(page, url, 'add_session', **{**typed,
                                                        field: value})
        h.check(f'{field} {value!r} is told beside its field',
                bad.status == 400 and f'id="{says}"' in bad.text and
                (field == 'place' or 'value="Nairobi"' in bad.text), bad)
    for zone, place in (('Africa/Nairobi', 'Nairobi'),
                        ('America/Lima', 'Lima')):
        got = h.staff.send(page, url, 'add_session', **{
            **typed, 'zone': zone, 'place': place})
        h.check(f'a session in {place}', got.status == 303, got)


def slots(h, url):
    page = h.staff.get(url)
    form = page.text.split('value="add_session"')[1]
    session = re.search(r'id="session" name="session">\s*<option value="(\d+)"',
                        form)[1]
    questions = re.findall(r'value="(\d+)"', form.split('id="question"')[1]
                           .split('</select>')[0])
    wish = re.findall(r'value="(\d+)"', form.split('id="response"')[1]
                      .split('</select>')[0])
    typed = {'session': session, 'name': 'Red de Lima', 'minutes': '15',
             'category': 'civil_society', 'zone': 'America/Lima',
             'remote': '1', 'question': questions[1]}
    for field, value, says in (('name', '', 'slot-name-error'),
                               ('minutes', '0', 'minutes-error'),
                               ('minutes', 'few', 'minutes-error')):
        bad = h.staff.send(page, url, 'add_slot', **{**typed, field: value})
        h.check(f'{field} {value!r} is told beside its field',
                bad.status == 400 and f'id="{says}"' in bad.text, bad)
    got = h.staff.send(page, url, 'add_slot', **typed)
    h.check('a presentation is planned', got.status == 303, got)
    got = h.staff.send(page, url, 'add_slot', **{
        **typed, 'name': 'Opening words', 'question': '0', 'remote': ''})
    h.check('one on all questions', got.status == 303, got)
    return session, questions, wish


def texts(h, url, session, questions):
    page = h.staff.get(url)
    typed = {'session': session, 'kind': 'intervention', 'lang': 'es',
             'category': 'academia', 'question': questions[1],
             'at': '2999-02-10T10:20', 'name': 'Ana',
             'body': 'Hace falta una red.'}
    for field, value, says in (('body', ' ', 'body-error'),
                               ('at', 'later', 'at-error')):
        bad = h.staff.send(page, url, 'add_text', **{**typed, field: value})
        h.check(f'{field} {value!r} is told beside its field, all is kept',
                bad.status == 400 and f'id="{says}"' in bad.text and
                'value="Ana"' in bad.text, bad)
    got = h.staff.send(page, url, 'add_text', **typed)
    h.check('what was said is kept', got.status == 303, got)


def public(h, url, seen):
    page = h.public.get(seen)
    words = page.words
    h.check('everybody reads the sessions in their own zones',
            'Session 1: Nairobi' in words and 'Session 2: Lima' in words,
            page)
    h.check('what is on all questions comes first, the next one after it',
            words.index('Opening words') < words.index('Red de Lima') and
            '10:15' in words, page)
    h.check('each in the time of the speaker', 'At the speaker' in words and
            '02:15' in words, page)
    h.check('what was said is not public yet', 'Hace falta' not in words)
    page = h.staff.get(url)
    text = re.search(r'name="publish" value="(\d+)"', page.text)[1]
    slot = re.search(r'name="remove_slot" value="(\d+)"', page.text)[1]
    token = page.form(url, 'add_text')['fields']['token'][0]
    got = h.staff.post(url, {'token': token, 'publish': text})
    page = h.public.get(seen)
    h.check('published', got.status == 303 and 'Hace falta una red.' in
            page.text and 'lang="es"' in page.text and '10:20' in page.words,
            page)
    arabic = h.public.get('/ar' + seen[3:])
    h.check('from right to left', 'dir="rtl"' in arabic.text and
            'Hace falta una red.' in arabic.text, arabic)
    got = h.staff.post(url, {'token': token, 'hide': text})
    h.check('and hidden again', got.status == 303 and 'Hace falta' not in
            h.public.get(seen).text, got)
    got = h.staff.post(url, {'token': token, 'remove_slot': slot})
    h.check('a presentation goes, the next one moves up', got.status == 303
            and 'Opening words' not in h.public.get(seen).text and '02:00' in
            h.public.get(seen).words, got)


def refused(h, url):
    member = h.person('Bo', 'read')
    for button in ('add_session', 'add_slot', 'add_text'):
        h.check(f'not for members: {button}',
                member.post(url, {'do': button}).status == 403)
    h.check('nor the page', member.get(url).status == 403 and
            h.public.get(url).status == 303)
    audit = h.staff.get('/en/desk/audit').text
    h.check('every act is on record', all(a in audit for a in (
        'hearing.add', 'hearing.slot', 'spoken.add', 'spoken.publish')))


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        page = h.staff.get('/en/desk/')
        consultation = re.search(r'/en/desk/consultations/(\d+)"',
                                 page.text)[1]
        url = f'/en/desk/consultations/{consultation}/sessions'
        sessions(h, url)
        seen = re.search(r'href="(/en/(?!desk/)[^"]*/consultations/\d+/sessions)"',
                         h.staff.get(url).text)[1]
        session, questions, _ = slots(h, url)
        texts(h, url, session, questions)
        public(h, url, seen)
        refused(h, url)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
