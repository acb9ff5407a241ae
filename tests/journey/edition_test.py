#!/usr/bin/env python3
"""Members' comments on an edition of the report on activities, through pages
alone, on both engines: made until a day, by activity and resolution, answered,
declined, turned into actions; the next edition tells what was done; and who
sees which. TAP. Usage: edition_test.py PROGRAM"""
import os
import re
import sys

from minutes import House
from server import Tap

tap = Tap()


def plain(page):
    return page.words.replace('\u2068', '').replace('\u2069', '')


class Editions(House):
    def __init__(self, engine, *sets):
        super().__init__(tap, sys.argv[1], engine, *sets)
        self.members_read()
        self.kenya = self.person('Ke', 'Kenya')
        self.stranger = self.person('Nobody')
        page = self.staff.get('/en/desk/instruments')
        self.group = re.search(r'<option value="(\d+)"', page.text)[1]
        self.staff.send(page, '/instruments', 'create', number='102',
                        title='On 102', kind='resolution', lang='en')
        url = f'/en/desk/groups/{self.group}/activities/new'
        self.staff.send(self.staff.get(url), url, 'save', title='Wells',
                        text='Twelve.', lang='en', bases='102', sector=['T'],
                        status='ongoing', partners='', until='', public='1',
                        **{'from': '2025-05-01'})
        self.url = f'/en/desk/groups/{self.group}/editions'
        self.public_url = re.search(r'href="(/en/[^"]*/editions/)"',
                                    self.staff.get(self.url).text)[1]

    def open(self, year, closes):
        return self.staff.send(self.staff.get(self.url), '/editions', 'add',
                               year=year, closes=closes)

    def say(self, who, url, body, subject='whole'):
        return who.send(who.get(url), url, 'comment', body=body,
                        subject=subject)

    def decide(self, url, comment, button, **fields):
        page = self.staff.get(url)
        token = page.form(url, 'take')['fields']['token'][0]
        return self.staff.post(url, {'token': token, 'comment': comment,
                                     'do': button, **fields})


def opened(r):
    bad = r.open('26', 'soon')
    r.check('a year that is none', bad.status == 400 and 'id="year-error"' in
            bad.text and 'value="soon"' in bad.text, bad)
    bad = r.open('2025', '2026-02-30')
    r.check('a day that is none', bad.status == 400 and 'id="closes-error"' in
            bad.text and 'value="2025"' in bad.text, bad)
    done = r.open('2025', '2999-01-31')
    r.check('an edition is opened', done.status == 303, done)
    for who in (r.public, r.stranger):
        r.check('it is not found by others', all(
            who.get(u).status == 404 for u in (
                r.public_url, r.public_url + '1/')))
    matrix = r.public_url.replace('editions', 'activities')
    r.check('members are led to it, others are not', 'editions/' in
            r.kenya.get(matrix).text and 'editions/' not in
            r.public.get(matrix).text)
    return done.location.split('?')[0]


def commented(r, url):
    page = r.kenya.get(r.public_url + '1/')
    values = re.findall(r'<option value="([ar]\d+)"', page.text)
    activity = [v for v in values if v[0] == 'a'][0]
    resolution = [v for v in values if v[0] == 'r'][-1]
    bad = r.say(r.kenya, r.public_url + '1/', ' ', activity)
    r.check('an empty comment; what was chosen is kept', bad.status == 400 and
            'id="body-error"' in bad.text and re.search(
                rf'value="{activity}" selected', bad.text), bad)
    for n, (text, on) in enumerate((('How <deep>?', activity),
                                    ('More on 102.', resolution),
                                    ('A matrix, please.', 'whole'))):
        done = r.say(r.kenya, r.public_url + '1/', text, on)
        r.check(f'comment {n + 1}', done.status == 303, done)
    page = r.kenya.get(r.public_url + '1/')
    r.check('each stands with its author and subject',
            'How &lt;deep&gt;?' in page.text and '1. Wells' in plain(page) and
            'Kenya' in plain(page) and 'Resolution' in plain(page) and
            page.text.count('id="c') >= 3, page)
    for subject in ('a4711', 'r4711'):
        r.check('on nothing that is there', r.say(
            r.kenya, r.public_url + '1/', 'x', subject).status in (400, 404))
    page = r.kenya.get(r.public_url + '1/')
    token = page.form(r.public_url + '1/', 'comment')['fields']['token'][0]
    got = r.stranger.post(r.public_url + '1/', {
        'token': token, 'body': 'Mine', 'subject': 'whole', 'do': 'comment'})
    r.check('others comment on nothing', got.status in (303, 400, 403, 404) and
            'Mine' not in r.kenya.get(r.public_url + '1/').text, got)
    got = r.kenya.get(url)
    r.check('the desk is for those who register', got.status in (303, 403))
    return re.findall(r'name="comment" value="(\d+)"', r.staff.get(url).text)


def decided(r, url, ids):
    bad = r.decide(url, ids[0], 'take', due='soon', answer='Gladly & <soon>')
    r.check('a day that is none; nothing typed is lost', bad.status == 400 and
            f'id="answer-{ids[0]}-error"' in bad.text and
            'Gladly &amp; &lt;soon&gt;' in bad.text, bad)
    bad = r.decide(url, ids[1], 'declined', answer=' ')
    r.check('declined without a word', bad.status == 400, bad)
    done = r.decide(url, ids[0], 'take', due='2999-06-01', answer='Gladly.')
    r.check('one becomes an action', done.status == 303, done)
    done = r.decide(url, ids[1], 'answered', answer='It is in chapter 2.')
    r.check('one is answered', done.status == 303, done)
    done = r.decide(url, ids[2], 'declined', answer='There is one.')
    r.check('one is declined', done.status == 303, done)
    r.check('taken is taken', r.decide(
        url, ids[0], 'declined', answer='No.').status == 409 and r.decide(
            url, '4711', 'answered', answer='No.').status == 404)
    page = r.kenya.get(r.public_url + '1/')
    r.check('members see what became of each', all(
        t in plain(page) for t in ('taken up', 'answered', 'declined',
                                   'Gladly.', 'It is in chapter 2.')), page)
    actions = f'/en/desk/groups/{r.group}/actions'
    page = r.staff.get(actions)
    r.check('the action has its words and its day', 'How &lt;deep&gt;?' in
            page.text and '2999-06-01' in page.text, page)
    one = re.search(rf'{actions}/\d+', page.text)[0]
    r.staff.send(r.staff.get(one), one, 'step', state='done', note='')
    done = r.open('2026', '2020-01-31')
    page = r.kenya.get(r.public_url + '2/')
    text = plain(page)
    r.check('the next edition tells what was done with each',
            'What was done with the comments on “Edition 1' in text and
            'How <deep>?' in text and 'done' in text and
            'There is one.' in text, page)
    r.check('after its last day it takes none', 'name="body"' not in
            page.text, page)
    token = r.kenya.get(r.public_url + '1/').form(
        r.public_url + '1/', 'comment')['fields']['token'][0]
    got = r.kenya.post(r.public_url + '2/', {
        'token': token, 'body': 'Late', 'subject': 'whole', 'do': 'comment'})
    r.check('nor by other ways', got.status == 409, got)
    page = r.kenya.get('/ar' + r.public_url[3:] + '1/')
    r.check('from right to left', 'dir="rtl"' in page.text and 'أُخذ به' in
            page.text, page)
    audit = r.staff.get('/en/desk/audit').text
    r.check('every act is on record', all(
        f'edition.{a}' in audit for a in ('add', 'comment', 'answer')))


def journey(engine, *sets):
    r = Editions(engine, *sets)
    try:
        url = opened(r)
        decided(r, url, commented(r, url))
    finally:
        r.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
