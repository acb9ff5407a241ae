#!/usr/bin/env python3
"""Liaison statements, recommendations to the Council and referrals, through pages
alone, on both engines: entered, sent, answered by a reply, their outcome; a reply
that is overdue; and who sees which. TAP. Usage: correspondence_test.py PROGRAM"""
import io
import os
import re
import sys
import zipfile

from minutes import House
from server import Tap

tap = Tap()


class Letters(House):
    def __init__(self, engine, *sets):
        super().__init__(tap, sys.argv[1], engine, *sets)
        self.members_read()
        self.kenya = self.person('Ke', 'Kenya')
        self.stranger = self.person('Nobody')
        page = self.staff.get('/en/desk/meetings')
        group = re.search(r'<option value="(\d+)"', page.text)[1]
        self.url = f'/en/desk/groups/{group}/correspondence'
        self.public_url = re.search(r'href="(/en/[^"]*/correspondence/)"',
                                    self.staff.get(self.url).text)[1]

    def add(self, kind, title, **fields):
        return self.staff.send(self.staff.get(self.url), '/correspondence',
                               'add', **{
            'kind': kind, 'title': title, 'other': 'CWG-WSIS', 'lang': 'en',
            'level': 'action', 'dated': '2024-10-01', 'public': '1', **fields})

    def step(self, number, state, words=''):
        page = self.staff.get(self.url)
        token = page.form('/correspondence', 'add')['fields']['token'][0]
        return self.staff.post(self.url, {'token': token, 'number': number,
                                          'do': state, 'words': words})


def one_letter(r):
    """A draft is changed, sent, and then has further languages only."""
    url = r.url + '/3'
    page = r.staff.get(url)
    r.check('a draft has its page', page.status == 200 and
            'value="Open the second half"' in page.text, page)
    bad = r.staff.send(page, url, 'words', lang='en', title=' ', text='Kept & ')
    r.check('without a title; nothing typed is lost', bad.status == 400 and
            'id="title-error"' in bad.text and 'Kept &amp;' in bad.text, bad)
    bad = r.staff.send(page, url, 'head', other='', dated='soon')
    r.check('without an addressee', bad.status == 400 and
            'id="other-error"' in bad.text and 'value="soon"' in bad.text, bad)
    for lang, title, text in (
            ('en', 'Open both halves', 'The Council should open both.'),
            ('fr', 'Ouvrir les deux moitiés', 'Le Conseil devrait.')):
        done = r.staff.send(r.staff.get(f'{url}?words={lang}'), url, 'words',
                            lang=lang, title=title, text=text)
        r.check(f'words in {lang}', done.status == 303, done)
    done = r.staff.send(r.staff.get(url), url, 'head', other='Council of 2025',
                        dated='2024-11-01')
    r.check('and its head', done.status == 303, done)
    for who in (r.public, r.stranger):
        r.check('a draft has no file for others', who.get(
            r.public_url + '3/text.docx').status == 404)
    r.check('members take it', r.kenya.get(
        r.public_url + '3/text.docx').status == 200)
    r.check('its page at the desk is not theirs', all(
        w.get(url).status in (303, 403)
        for w in (r.public, r.stranger, r.kenya)))


def as_sent(r):
    url, fr = r.url + '/3', '/fr' + r.public_url[3:]
    got = {n: r.public.get(fr + '3/' + n) for n in ('text.docx', 'text.pdf')}
    r.check('everybody takes its text in his language', all(
        p.status == 200 and '-fr-' in p.headers['Content-Disposition']
        for p in got.values()), got)
    with zipfile.ZipFile(io.BytesIO(got['text.docx'].octets)) as z:
        xml = z.read('word/document.xml').decode()
    r.check('with its outcome', 'Le Conseil devrait.' in xml and
            'Decision 9, with a reservation' in xml and
            'Council of 2025' in xml, xml)
    r.check('no other file', r.public.get(fr + '3/text.exe').status == 404 and
            r.public.get(fr + '99/text.pdf').status == 404)
    page = r.staff.get(url + '?words=en')
    r.check('what was sent stays', 'name="title"' not in page.text and
            'name="dated"' not in page.text, page)
    page = r.staff.get(url + '?words=es')
    token = page.form(url, 'words')['fields']['token'][0]
    for fields in ({'do': 'words', 'lang': 'en', 'title': 'Close both'},
                   {'do': 'head', 'other': 'Nobody', 'level': 'action',
                    'dated': '2024-11-02'}):
        got = r.staff.post(url, {'token': token, **fields})
        r.check('whatever is sent', got.status == 409, got)
    done = r.staff.send(page, url, 'words', lang='es',
                        title='Abrir las dos mitades', text='')
    r.check('a further language is added', done.status == 303 and
            'Abrir las dos mitades' in
            r.public.get('/es' + r.public_url[3:]).text, done)


def journey(engine, *sets):
    r = Letters(engine, *sets)
    try:
        bad = r.add('liaison_in', ' ', other='', dated='soon', replies='9')
        r.check('what is wrong is told beside its field', bad.status == 400
                and all(f'id="{i}-error"' in bad.text
                        for i in ('title', 'other', 'replies')), bad)
        bad = r.add('liaison_in', 'Kept <words>', due='2024-09-01')
        r.check('a reply before it', bad.status == 400 and 'id="due-error"' in
                bad.text and 'Kept &lt;words&gt;' in bad.text, bad)
        done = r.add('liaison_in', 'On the review', due='2024-11-01')
        r.check('a statement comes in', done.status == 303, done)
        page = r.public.get(r.public_url)
        r.check('everybody sees it, and that the reply is overdue',
                'On the review' in page.text and 'reply overdue' in page.text,
                page)
        done = r.add('liaison_out', 'Our view', replies='1')
        r.check('a reply is drafted', done.status == 303, done)
        for who in (r.public, r.stranger):
            r.check('a draft is not for others', 'Our view' not in
                    who.get(r.public_url).text)
        r.check('members see it', 'Our view' in r.kenya.get(r.public_url).text)
        got = r.step(2, 'sent')
        page = r.public.get(r.public_url)
        r.check('sent: it answers the other', got.status == 303 and
                'Our view' in page.text and 'answered' in page.text and
                'reply overdue' not in page.text and 'href="#c1"' in page.text,
                page)
        r.check('a step that does not follow', r.step(2, 'adopted').status ==
                409 and r.step(99, 'sent').status == 404)
        r.add('recommendation', 'Open the second half', other='Council')
        one_letter(r)
        got = r.step(3, 'sent')
        got = r.step(3, 'adopted', 'Decision 9, with a reservation')
        r.check('a recommendation and its outcome', got.status == 303 and
                'Decision 9, with a reservation' in
                r.public.get(r.public_url).text, got)
        as_sent(r)
        r.add('referral', 'Consider the responses', other='Director, BDT',
              public='')
        r.step(4, 'sent')
        got = r.step(4, 'acknowledged', 'Taken up in the plan.')
        r.check('a Director acknowledges', got.status == 303 and
                'Taken up in the plan.' in r.kenya.get(r.public_url).text, got)
        r.check('what is for members stays theirs', 'Director, BDT' not in
                r.public.get(r.public_url).text)
        r.check('the desk is for the secretariat', all(
            w.get(r.url).status in (303, 403)
            for w in (r.public, r.stranger, r.kenya)))
        page = r.public.get('/ar' + r.public_url[3:])
        r.check('from right to left', 'dir="rtl"' in page.text and
                'توصية' in page.text, page)
        audit = r.staff.get('/en/desk/audit').text
        r.check('every act is on record', 'correspondence.add' in audit and
                'correspondence.state' in audit)
    finally:
        r.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
