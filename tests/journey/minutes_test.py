#!/usr/bin/env python3
"""The record of a meeting, through pages alone, on both engines: an item is
taken up, interventions are noted and put under sentences, it is concluded with
outcomes; what everybody reads of it, and what nobody reads. TAP.
Usage: minutes_test.py PROGRAM"""
import os
import re

from house import House
from server import Tap

tap = Tap()


def agenda(h, url):
    page = h.staff.get(url + '/agenda')
    for title, access, opens, closes in (
            ('Open half', 'public', '2999-10-04T09:30', '2999-10-04T13:00'),
            ('Shut half', 'members', '2999-10-04T14:30', '2999-10-05T17:30')):
        h.staff.send(page, '/agenda', 'add_part', title=title, access=access,
                     opens=opens, closes=closes)
    page = h.staff.get(url + '/agenda')
    options = page.text.split('name="part"')[1].split('</select>')[0]
    part = {name: re.search(r'value="(\d+)"[^>]*>' + name, options)[1]
            for name in ('Open half', 'Shut half')}
    for kind, title, where, documents in (
            ('agenda', 'Agenda', 'Open half', ''),
            ('contributions', 'Wells', 'Open half', '1'),
            ('topics', 'Hidden topic', 'Shut half', '1')):
        h.staff.send(page, '/agenda', 'add_item', kind=kind, title=title,
                     part=part[where], documents=documents)
    page = h.staff.get(url + '/agenda')
    return [re.search(r'href="([^"]*/items/\d+/record)" aria-label="Record: '
                      + title, page.text)[1]
            for title in ('Agenda', 'Wells', 'Hidden topic')]


def log(h, record):
    page = h.staff.get(record)
    h.check('the page of an item', page.status == 200 and 'Wells' in page.text
            and 'accesskey="w"' in page.text, page)
    options = page.text.split('name="party"')[1].split('</select>')[0]
    parties = re.findall(r'value="(\d+)"[^>]*>([^<]+)', options)[1:]
    for field, value, says in (('words', ' ', 'words-error'),
                               ('words', 'x' * 20001, 'words-error'),
                               ('party', '0', 'name-error')):
        typed = {'party': parties[0][0], 'words': 'We need wells',
                 'lang': 'en', 'stance': 'for', field: value}
        bad = h.staff.send(page, record, 'note', **typed)
        h.check(f'{field} {value[:9]!r} is told beside its field',
                bad.status == 400 and f'id="{says}"' in bad.text and
                (field == 'words' or 'We need wells' in bad.text), bad)
    for party, words, stance in ((parties[0], 'We need wells', 'for'),
                                 (parties[0], 'Wells, I say', 'for'),
                                 (parties[1], 'So do we', 'for'),
                                 (parties[2], 'Not at our cost', 'against')):
        got = h.staff.send(page, record, 'note', party=party[0], words=words,
                           stance=stance, lang='en', remote='1',
                           document='1')
        h.check(f'noted: {words}', got.status == 303, got)
    page = h.staff.get(record)
    h.check('the log has who, what, how', page.text.count(
        f'<bdi>{parties[0][1]}</bdi>') == 2 and 'against</span>' in page.text
        and 'CWG-Internet-20/1' in page.text, page)
    return parties


def sentences(h, record):
    page = h.staff.get(record)
    bad = h.staff.send(page, record, 'state', words='', name='Ms. A')
    h.check('a sentence needs words, and a name its role', bad.status == 400
            and 'id="statement-words-error"' in bad.text and
            'value="Ms. A"' in bad.text, bad)
    for words in ('opposed it.', 'supported the proposal.'):
        got = h.staff.send(page, record, 'state', words=words)
        h.check(f'a sentence: {words}', got.status == 303, got)
    page = h.staff.get(record)
    form = page.form(record, 'group')
    said = re.findall(r'name="said" value="(\d+)"', page.text)
    target = re.search(r'value="(\d+)">2\. supported', page.text)[1]
    got = h.staff.post(record, {'token': form['fields']['token'],
                                'said': said[:3], 'statement': target,
                                'do': 'group'})
    page = h.staff.get(record)
    h.check('three interventions of two delegations are two voices',
            got.status == 303 and '2 voices' in page.text, page)
    up = re.search(r'name="statement_up" value="%s"' % target, page.text)
    h.staff.post(record, {'token': form['fields']['token'],
                          'statement_up': target})
    page = h.staff.get(record)
    h.check('sentences are put in order', up and page.text.index(
        '>supported the') < page.text.index('>opposed it'), page)


def outcomes(h, url, records, public, member):
    first, second, third = records
    token = h.staff.get(second).form(second, 'open')['fields']['token'][0]

    def send(record, button, **fields):
        return h.staff.post(record, {'token': token, 'do': button, **fields})
    h.check('an item is taken up', send(second, 'open').status == 303 and
            'under discussion' in h.public.get(public).text)
    bad = send(second, 'outcome', verb='noted', object='x' * 601)
    h.check('too long is told', bad.status == 400 and 'id="verb-error"' in
            bad.text and bad.text.count('x' * 601) == 1, bad)
    h.check('a word that is none', send(second, 'outcome', verb='liked'
                                        ).status == 400)
    h.check('noted', send(second, 'outcome', verb='noted', document='1'
                          ).status == 303)
    page = h.public.get(public)
    h.check('everybody reads how it ended, at the item and in the register',
            len(re.findall(r'published">noted<', page.text)) == 2, page)
    h.check('and the other item is taken up', send(third, 'open'
                                                   ).status == 303)
    page = h.public.get(public)
    h.check('the first is concluded', 'concluded' in page.text and
            'under discussion' not in page.text, page)
    send(third, 'outcome', verb='revised_invited', document='1',
         object='hidden object')
    page = h.public.get(public)
    h.check('what ended in the part for members is not told to others',
            'revision invited' not in page.text and 'hidden object' not in
            page.text and len(re.findall(r'published">noted<', page.text)) ==
            2, page)
    page = member.get(public)
    h.check('members read it', 'hidden object' in page.text and len(
        re.findall(r'published">revision invited<', page.text)) == 2, page)
    # The agenda.
    h.staff.send(h.staff.get(url + '/agenda'), '/agenda', 'issue')
    h.check('the agenda is adopted by its item', send(
        first, 'outcome', verb='adopted').status == 303 and
        'adopted</span></h2>' in h.public.get(public).text)
    again = send(first, 'outcome', verb='adopted')
    h.check('once', again.status == 400 and 'is adopted already' in
            again.text, again)
    page = h.staff.get(first)
    one = re.search(r'name="remove_outcome" value="(\d+)"', page.text)[1]
    h.staff.post(first, {'token': token, 'remove_outcome': one})
    h.check('a mistake is taken back', 'adopted</span></h2>' not in
            h.public.get(public).text)
    got = h.staff.send(h.staff.get(second.removesuffix('/record')), '/items/'
                       + second.split('/')[-2], 'remove')
    h.check('an item with a record stays in the agenda', got.status == 409 and
            'Something is recorded' in got.text, got)


def private(h, records, public, member):
    for who, name in ((h.public, 'anybody'), (member, 'a member')):
        for url in records:
            got = who.get(url)
            h.check(f'{name} does not get the record',
                    got.status in (303, 403) and 'wells' not in got.text)
            got = who.post(url, {'do': 'note', 'words': 'x'})
            h.check(f'{name} does not write it', got.status in (401, 403))
        for url in (public, public.replace('/en/', '/ar/')):
            text = who.get(url).text
            h.check(f'{name} reads no words of the log', 'Not at our' not in
                    text and 'supported the proposal' not in text)
    audit = h.staff.get('/en/desk/audit').text
    h.check('the trail has the acts and no words', 'intervention.add' in audit
            and 'outcome.remove' in audit and 'Not at our' not in audit)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        member = h.person('Bo', 'read')
        url, public = h.meeting()
        h.document(url, 'On wells', 'public')
        records = agenda(h, url)
        log(h, records[1])
        sentences(h, records[1])
        outcomes(h, url, records, public, member)
        private(h, records, public, member)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
