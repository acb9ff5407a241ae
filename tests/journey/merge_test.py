#!/usr/bin/env python3
"""Two contributions become one, through pages alone, on both engines: a text
that is merged of both, the consent of their sources, the symbol, and the way
from each to what it went into. TAP. Usage: merge_test.py PROGRAM"""
import os

from house import House
from server import Tap

tap = Tap()


def submit(h, who, public, title):
    """A contribution with typed text; its page."""
    new = public + 'contributions/new'
    got = who.send(who.get(new), new, 'save', title=title, purpose='To agree.',
                   body='Wells.', lang='en', kind='contribution',
                   **{'for': 'information'})
    h.check(f'{title} is begun', got.status == 303, got)
    one = got.location.split('?')[0]
    got = who.send(who.get(one), one, 'submit')
    h.check(f'{title} is submitted', got.status == 303, got)
    return one


def press(h, who, one, button, **fields):
    got = who.send(who.get(one), one, button, **fields)
    h.check(f'{button} {one.rpartition("contributions/")[2]}',
            got.status == 303, got)
    return got


def number(h, one):
    press(h, h.staff, one, 'accept')
    got = press(h, h.staff, one, 'number')
    desk = got.location.split('?')[0]
    press(h, h.staff, desk, 'post')
    return desk


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        kenya, brazil, nepal = h.delegates('Kenya', 'Brazil', 'Nepal')
        for who, title in ((kenya, 'Wells'), (brazil, 'Springs')):
            number(h, submit(h, who, public, title))
        joint = submit(h, kenya, public, 'Wells and springs')
        for symbol in ('1', '2'):
            press(h, kenya, joint, 'merge', merge=symbol)
        page = kenya.get(joint)
        h.check('it says what it is merged of, and who is asked',
                'Waiting for the consent of' in page.text and
                'documents/1/"' in page.text and 'documents/2/"' in page.text,
                page)
        token = page.form(joint, 'unmerge')['fields']['token'][0]
        h.check('a document that is none is not found', kenya.post(joint, {
            'token': token, 'do': 'merge', 'merge': '9'}).status == 404)
        h.check('who has nothing to do with it does not find it',
                nepal.get(joint).status == 404)
        press(h, h.staff, joint, 'accept')
        page = h.staff.get(joint)
        h.check('no symbol before all sources joined',
                'once all sources of these documents have joined' in page.text
                and 'value="number"' not in page.text, page)
        token = page.form(joint, 'unmerge')['fields']['token'][0]
        h.check('not by its form either', h.staff.post(joint, {
            'token': token, 'do': 'number', 'access': 'members',
            'title_public': '1'}).status == 409)
        page = brazil.get(joint)
        press(h, brazil, joint, 'join', party=page.form(joint, 'join')[
            'fields']['party'][0])
        got = press(h, h.staff, joint, 'number')
        press(h, h.staff, got.location.split('?')[0], 'post')
        for n in ('1', '2'):
            page = nepal.get(f'{public}documents/{n}/')
            h.check(f'document {n} is merged, and leads to the new one',
                    'Merged into' in page.text and 'merged</span>' in page.text
                    and 'documents/3/"' in page.text, page)
            h.check('its text can still be read', nepal.get(
                f'{public}documents/{n}/0-en').octets == b'Wells.')
        page = nepal.get(public + 'documents/3/')
        h.check('which leads back', 'Merged of' in page.text and
                'documents/1/"' in page.text and 'documents/2/"' in page.text
                and 'Kenya' in page.text and 'Brazil' in page.text, page)
        page = nepal.get(public)
        h.check('the list says so', page.text.count('merged</span>') == 2,
                page)
        h.check('in Arabic', 'أُدمجت في' in nepal.get(
            '/ar' + public[3:] + 'documents/1/').text)
        h.check('nobody else is told', h.public.get(
            public + 'documents/1/').status in (200, 404) and
            'Wells.' not in h.public.get(public + 'documents/1/0-en').text)
        desk = url + '/documents/2'
        press(h, h.staff, desk, 'post')
        page = nepal.get(public + 'documents/2/')
        h.check('what was a mistake is undone', 'Merged into' not in page.text
                and 'documents/2/"' not in
                nepal.get(public + 'documents/3/').text, page)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
