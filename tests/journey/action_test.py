#!/usr/bin/env python3
"""Actions, through pages alone, on both engines: decided by a meeting, done,
superseded, overdue; carried into the next agenda and its report; made from a
comment on a report; and who sees which. TAP. Usage: action_test.py PROGRAM"""
import os
import re
import sys

from minutes import House
from server import Tap

tap = Tap()


def plain(page):
    return page.words.replace('\u2068', '').replace('\u2069', '')


class Actions(House):
    def __init__(self, engine, *sets):
        super().__init__(tap, sys.argv[1], engine, *sets)
        self.members_read()
        self.kenya = self.person('Ke', 'Kenya')
        self.stranger = self.person('Nobody')
        self.meeting_url, self.open = self.meeting(20)
        self.next_url, self.next_open = self.meeting(
            21, '2999-02-04T09:30', '2999-02-04T17:30')
        page = self.staff.get('/en/desk/meetings')
        self.url = re.search(r'/en/desk/groups/\d+/actions', page.text)[0]
        page = self.staff.get(self.url)
        self.public_url = re.search(r'href="(/en/[^"]*/actions/)"',
                                    page.text)[1]

    def add(self, text, **fields):
        page = self.staff.get(self.url)
        return self.staff.send(page, '/actions', 'add', **{
            'text': text, 'lang': 'en', 'kind': 'office', 'public': '1',
            'office': 'secretariat', **fields})

    def step(self, number, state, **fields):
        url = f'{self.url}/{number}'
        return self.staff.send(self.staff.get(url), url, 'step', state=state,
                               **fields)


def entered(r):
    page = r.public.get(r.public_url)
    r.check('there are none', page.status == 200 and 'There are no actions'
            in page.text, page)
    r.check('the page of the group leads there', 'href="actions/"' in
            r.public.get(r.public_url.replace('actions/', '')).text)
    bad = r.add(' ', kind='words', words=' ', due='2024-02-31')
    r.check('text and owner are told beside their fields', bad.status == 400
            and 'id="text-error"' in bad.text and 'id="owner-error"' in
            bad.text and 'value="2024-02-31"' in bad.text, bad)
    bad = r.add('Plant trees.', due='2024-02-31')
    r.check('and a day that is none', bad.status == 400 and 'id="due-error"'
            in bad.text and 'Plant trees.' in bad.text, bad)
    number = r.meeting_url.rsplit('/', 1)[1]
    done = r.add('Prepare the <summary>.', due='2024-12-01', meeting=number)
    r.check('an action of the secretariat', done.status == 303, done)
    done = r.add('Reflect in silence.', kind='party', party=r.kenya.party,
                 meeting=number, public='')
    r.check('one of a member, for members alone', done.status == 303, done)
    done = r.add('Tell the press.', kind='words', words='Friends & co',
                 due='2999-12-01')
    r.check('one of somebody else', done.status == 303, done)


def seen(r):
    page = r.public.get(r.public_url)
    text = plain(page)
    r.check('everybody sees the public ones', 'Prepare the <summary>.' in text
            and 'Friends & co' in text and '1 December 2024' in text and
            'CWG-Internet, meeting 20' in text, page)
    r.check('with what is overdue', 'class="chip late">overdue' in page.text,
            page)
    for who in (r.public, r.stranger):
        r.check('and no other', 'Reflect' not in who.get(r.public_url).text and
                'Kenya' not in who.get(r.public_url).text)
    r.check('members see all', 'Reflect in silence.' in
            r.kenya.get(r.public_url).text)
    page = r.public.get(r.public_url + '?show=overdue')
    r.check('overdue ones alone', 'Prepare' in page.text and 'press' not in
            page.text, page)
    for who in (r.public, r.stranger, r.kenya):
        r.check('the desk is for the secretariat', who.get(
            r.url).status in (303, 403) and who.get(
                r.url + '/1').status in (303, 403))
    page = r.public.get('/ar' + r.public_url[3:])
    r.check('from right to left', 'dir="rtl"' in page.text and 'الأمانة' in
            page.text, page)


def followed(r):
    done = r.step(1, 'progress', note='Half of it.')
    r.check('begun', done.status == 303 and 'Half of it.' in
            r.staff.get(r.url + '/1').text, done)
    bad = r.step(1, 'superseded', follower='77', note='Kept words')
    r.check('a follower that is none is told beside its field', bad.status ==
            400 and 'id="follower-error"' in bad.text and 'Kept words' in
            bad.text, bad)
    done = r.step(3, 'done')
    r.check('done', done.status == 303 and 'press' not in r.public.get(
        r.public_url + '?show=open').text, done)
    done = r.step(2, 'superseded', follower='1')
    page = r.kenya.get(r.public_url)
    r.check('superseded by another', done.status == 303 and 'Action 1' in
            plain(page).partition('Superseded by')[2], page)
    page = r.staff.get(r.url + '/2')
    r.check('which ends it', 'value="step"' not in page.text, page)
    url = r.url + '/1'
    done = r.staff.send(r.staff.get(url), url, 'change', due='2999-01-01',
                        public='1')
    r.check('another day', done.status == 303 and 'overdue' not in
            r.public.get(r.public_url).text.partition('<ul class="list">')[2],
            done)


def carried(r):
    number = r.next_url.rsplit('/', 1)[1]
    got = r.sql("SELECT count(*) FROM agenda_item WHERE kind = 'actions' AND "
                'meeting_id = ?', number)
    r.check('the next agenda has an item for actions, once', str(got) == '1',
            got)
    page = r.staff.get(r.next_url + '/report')
    text = plain(page)
    r.check('whose section in the report has those that are open',
            'Prepare the <summary>.' in text and 'Reflect' not in text and
            'press' not in text, text)
    item = r.sql("SELECT id FROM agenda_item WHERE kind = 'actions' AND "
                 'meeting_id = ?', number)
    r.check('each with its origin', f'item-{item}-action-' in page.text, page)


def from_comment(r):
    url = r.meeting_url + '/report'
    r.item(r.meeting_url.rsplit('/', 1)[1], 1, 'opening')
    page = r.staff.get(url)
    done = r.staff.send(page, '/report', 'open', commenters='members',
                        until='2999-01-01T12:00', silence='', lang='en')
    r.check('a report is shown', done.status == 303, done)
    public = r.open + 'report/'
    done = r.kenya.send(r.kenya.get(public), 'report/', 'comment',
                        body='Count the trees next time.')
    r.check('a member comments', done.status == 303, done)
    done = r.staff.send(r.staff.get(url), '/report', 'action')
    r.check('the comment becomes an action', done.status == 303 and
            'Count the trees' in r.staff.get(r.url + '/4').text, done)
    r.check('which is not public by itself', 'Count the trees' not in
            r.public.get(r.public_url).text)
    r.check('and the comment is taken', 'taken into account' in
            r.kenya.get(public).text)


def journey(engine, *sets):
    r = Actions(engine, *sets)
    try:
        entered(r)
        seen(r)
        followed(r)
        carried(r)
        from_comment(r)
    finally:
        r.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
