#!/usr/bin/env python3
"""Registration for a meeting, through pages alone, on both engines: a delegate
registers, a focal point confirms, the desk enters a guest and prints badges;
who reads what of it. TAP. Usage: registration_test.py PROGRAM"""
import os
import re

from house import House
from server import Tap

tap = Tap()


def delegate(h, name, party):
    """Somebody who reads, of a party; and the page of the person."""
    one = h.person(name, 'read')
    page = h.staff.get('/en/desk/people')
    person = re.search(r'href="(/en/desk/people/\d+)"[^>]*>(?:<[^>]*>)*'
                       + name, page.text)[1]
    page = h.staff.get(person)
    options = page.text.split('name="party"')[1].split('</select>')[0]
    value = re.search(r'value="(\d+)"[^>]*>' + re.escape(party), options)
    got = h.staff.send(page, person, 'party', party=value[1])
    h.check(f'{name} is of {party}', got.status == 303, got)
    return one


def registers(h, own, ken):
    page = ken.get(own)
    h.check('a member finds the form', page.status == 200 and
            'Your registration' not in page.text, page)
    for field, n, says in (('title', 301, 'title-error'),
                           ('needs', 2001, 'needs-error')):
        bad = ken.send(page, own, 'register', **{
            'title': 'Envoy', 'needs': 'captions', field: 'z' * n})
        h.check(f'{field} too long is told beside its field, all is kept',
                bad.status == 400 and f'id="{says}"' in bad.text and
                'z' * n in bad.text, bad)
    bad = ken.send(page, own, 'register', mode='by_letter')
    h.check('no other way to take part', bad.status == 400 and
            'id="in-person-error"' in bad.text, bad)
    got = ken.send(page, own, 'register', title='Envoy', mode='in_person',
                   needs='a quiet room')
    page = ken.follow(got)
    h.check('registered, and waits', got.status == 303 and
            'waits for the focal point' in page.text and 'a quiet room' in
            page.text, page)
    told(h, 'Registration for a meeting', 'We have received your',
         'CWG-Internet-20', 'Geneva')


def told(h, *texts):
    page = h.staff.get('/en/desk/outbox')
    h.check('a mail tells of it', 'ken@example.org' in page.text and all(
        t in page.text for t in texts), page)


def confirmed(h, url, own, ken, kim, per):
    desk = url + '/participants'
    page = h.staff.get(desk)
    h.check('the desk leads there and reads the needs', f'"{desk}"' in
            h.staff.get(url).text and 'a quiet room' in page.text, page)
    for one in (kim, per):
        one.send(one.get(own), own, 'register', title='Aide', mode='remote')
    page = h.staff.get(desk)
    for name in ('Kim', 'Per'):
        person = re.search(r'value="(\d+)">[^<]*– ' + name, page.text)[1]
        got = h.staff.send(page, desk, 'focal', person=person)
        h.check(f'{name} is a focal point', got.status == 303, got)
    page = per.get(own)
    h.check('of his own party alone', 'Confirm Ken' not in page.words and
            'Confirm Per' in page.words, page)
    page = kim.get(own)
    h.check('sees whom to confirm, not what he needs', 'Confirm Ken' in
            page.words and 'quiet room' not in page.text, page)
    one = re.search(r'name="confirm" value="(\d+)">Confirm <bdi>Ken', page.text)[1]
    form = page.form(own, 'register')['fields']['token'][0]
    token = per.get(own).form(own, 'register')['fields']['token'][0]
    got = per.post(own, {'token': token, 'confirm': one})
    h.check('nobody confirms for others', got.status == 404, got)
    got = kim.post(own, {'token': form, 'confirm': one})
    h.check('confirmed', got.status == 303 and 'Your registration: confirmed'
            in ken.get(own).text, got)
    return desk


def lists(h, url, public, desk, per):
    page = h.staff.get(desk)
    bad = h.staff.send(page, desk, 'enter', name='', title='Expert')
    h.check('a guest has a name', bad.status == 400 and 'id="name-error"' in
            bad.text and 'value="Expert"' in bad.text, bad)
    got = h.staff.send(page, desk, 'enter', name='Ms. Guest', party='0',
                       title='Expert', mode='in_person')
    h.check('the desk enters a guest', got.status == 303, got)
    page = per.get(public + 'participants')
    h.check('members read who takes part', page.status == 200 and 'Ken' in
            page.text and 'Ms. Guest' in page.text and '2 participants' in
            page.text and 'quiet room' not in page.text and '>Per<' not in
            page.text.split('<main')[1], page)
    page = h.staff.get(url + '/badges')
    h.check('badges of who comes', 'class="name"><bdi>Ken' in page.text and
            'Ms. Guest' in page.text and 'Kim' not in page.text and
            'badges-' in page.text, page)


def refused(h, url, public, desk, own, per):
    other = h.person('Oz')
    for path in (own, public + 'participants'):
        h.check(f'not there without a session: {path}',
                h.public.get(path).status == 303)
        h.check(f'not there for who is no member: {path}',
                other.get(path).status == 404 and
                other.post(own, {'do': 'register'}).status in (403, 404))
    for path in (desk, url + '/badges'):
        h.check(f'not for members: {path}', per.get(path).status == 403 and
                per.post(desk, {'do': 'enter'}).status == 403)
    h.check('the page of the meeting does not lead there', 'registration' not
            in h.public.get(public).text)
    h.check('but members', 'href="registration"' in per.get(public).text)
    got = per.send(per.get(own), own, 'withdraw')
    h.check('who will not come says so', got.status == 303 and
            'withdrawn' in per.get(own).text, got)
    audit = h.staff.get('/en/desk/audit').text
    h.check('every act is on record, no need is', all(a in audit for a in (
        'registration.ask', 'registration.state', 'registration.enter',
        'focal_point.set')) and 'quiet room' not in audit)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        own = public + 'registration'
        page = h.staff.get(url)
        options = page.text.split('name="source"')[1].split('</select>')[0]
        parties = re.findall(r'value="\d+"[^>]*>([^<]+)', options)[:2]
        ken, kim, per = (delegate(h, n, p) for n, p in zip(
            ('Ken', 'Kim', 'Per'), (parties[0], *parties)))
        registers(h, own, ken)
        desk = confirmed(h, url, own, ken, kim, per)
        lists(h, url, public, desk, per)
        refused(h, url, public, desk, own, per)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
