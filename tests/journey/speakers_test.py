#!/usr/bin/env python3
"""The list of speakers, on both engines: asked for from the room, remotely and
by the desk, given by the rules, seen live by everybody who sees the item, also
through another web process. TAP. Usage: speakers_test.py PROGRAM"""
import os
import re
import time

from house import House
from server import Browser, Server, Tap
from stream import Stream

tap = Tap()


def items(h, url):
    page = h.staff.get(url + '/agenda')
    for title, access, opens, closes in (
            ('Open half', 'public', '2999-10-04T09:30', '2999-10-04T13:00'),
            ('Shut half', 'members', '2999-10-04T14:30', '2999-10-05T17:30')):
        h.staff.send(page, '/agenda', 'add_part', title=title, access=access,
                     opens=opens, closes=closes)
    page = h.staff.get(url + '/agenda')
    options = page.text.split('name="part"')[1].split('</select>')[0]
    found = []
    for title, where in (('Wells', 'Open half'), ('Secret', 'Shut half')):
        part = re.search(r'value="(\d+)"[^>]*>' + where, options)[1]
        h.staff.send(page, '/agenda', 'add_item', kind='other', title=title,
                     part=part)
        text = h.staff.get(url + '/agenda').text
        found.append(re.search(r'/items/(\d+)"[^>]*>' + title, text)[1])
    return found


def delegate(h, name, party):
    """Somebody who reads, of a party."""
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


def rules(h):
    page = h.staff.get('/en/desk/meetings')
    url = re.search(r'href="(/en/desk/speakers/\d+)"', page.text)[1]
    page = h.staff.get(url)
    bad = h.staff.send(page, url, 'save', member_seconds='long',
                       group_rank='100', instrument='')
    h.check('wrong rules are told beside their fields', bad.status == 400 and
            'id="member-error"' in bad.text and 'id="group-error"' in bad.text
            and 'id="instrument-error"' in bad.text and 'value="long"' in
            bad.text, bad)
    got = h.staff.send(page, url, 'save', member_seconds='75',
                       turns='once', instrument='Rule 12')
    page = h.staff.follow(got)
    h.check('rules are set', got.status == 303 and 'value="75"' in page.text
            and 'value="Rule 12"' in page.text, page)
    return url


def seen(h, public, first, second, member):
    floor, secret = (f'{public}items/{n}/floor' for n in (first, second))
    for url in (secret, secret + '/events', secret + '/screen'):
        h.check('not there for others: ' + url.split('/floor')[1],
                h.public.get(url).status == 404)
    h.check('a member finds it', member.get(secret).status == 200)
    page = h.public.get(floor)
    h.check('everybody sees the list of an open item', page.status == 200 and
            'the list is closed' in page.text and 'http-equiv="refresh"' in
            page.text and 'value="next"' not in page.text and
            'value="ask"' not in page.text, page)
    h.check('and asks for nothing', h.public.post(floor, {
        'do': 'ask', 'class': 'member', 'source': 'room'}).status == 401)
    return floor


def live(h, floor, ken, lil, parties):
    def lead(button, **fields):
        got = h.staff.send(h.staff.get(floor), floor, None, do=button,
                           **fields)
        h.check(f'the Chair: {button}', got.status == 303, got)
    anybody = Stream(h.public, floor + '/events')
    h.check('a stream of events', 'text/event-stream' in anybody.head and
            'no-store' in anybody.head and '200 OK' in anybody.head,
            anybody.head)
    got = anybody.piece()
    h.check('begins with what is', 'event: piece' in got and
            'the list is closed' in got, got)
    chair = Stream(h.staff, floor + '/events')
    chair.piece()
    lead('open')
    h.check('it is opened, and told', 'requests are taken' in anybody.piece())
    chair.piece()
    page = ken.get(floor)
    got = ken.send(page, floor, 'ask', **{'class': 'member',
                                          'source': 'remote'})
    h.check('a delegate asks remotely', got.status == 303, got)
    told = anybody.piece()
    h.check('everybody sees the delegation and that it is remote, no name',
            parties[0] in told and 'remotely' in told and 'Ken' not in told
            and 'name="give"' not in told, told)
    told = chair.piece()
    h.check('who leads sees who speaks, and a button', 'Ken' in told and
            'form="lead" name="give"' in told, told)
    got = ken.send(ken.get(floor), floor, 'ask', **{'class': 'member',
                                                    'source': 'room'})
    h.check('once', got.status == 400 and 'on the list already' in got.text,
            got)
    got = lil.send(lil.get(floor), floor, 'ask', **{'class': 'group',
                                                    'source': 'room'})
    told = anybody.piece()
    h.check('a group comes first', got.status == 303 and told.index(
        parties[1]) < told.index(parties[0]), told)
    page = h.staff.get(floor)
    got = h.staff.send(page, floor, 'enter', party='0', name='',
                       **{'class': 'observer', 'source': 'desk'})
    h.check('nobody is told', got.status == 400 and 'id="name-error"' in
            got.text, got)
    got = h.staff.send(page, floor, 'enter', party='0', name='Ms. Guest',
                       **{'class': 'observer', 'source': 'desk'})
    h.check('the desk enters a guest', got.status == 303 and 'Ms. Guest' in
            anybody.piece(), got)
    lead('next')
    told = anybody.piece()
    h.check('the next has the floor', re.search(
        r'class="now"><strong><bdi>' + parties[1], told), told)
    waiting = re.search(r'name="give" value="(\d+)" aria-label="Give the '
                        r'floor: Ms. Guest', h.staff.get(floor).text)[1]
    got = h.staff.send(h.staff.get(floor), floor, None, give=waiting)
    told = anybody.piece()
    h.check('or anybody else', 'class="now"><strong><bdi>Ms. Guest' in told
            and 'data-until=' in told, told)
    got = lil.send(lil.get(floor), floor, 'ask', **{'class': 'member',
                                                    'source': 'room'})
    h.check('one turn for each, by the rules', got.status == 400 and
            'give everybody one turn' in got.text, got)
    got = lil.send(lil.get(floor), floor, 'ask',
                   **{'class': 'point_of_order', 'source': 'room'})
    told = anybody.piece()
    h.check('a point of order comes before all', got.status == 303 and
            told.index('point of order') < told.index(parties[0]), told)
    got = lil.send(lil.get(floor), floor, 'take_back')
    h.check('and is taken back', 'point of order' not in anybody.piece())
    screen = h.public.get(floor + '/screen')
    h.check('the wall shows the same', 'Ms. Guest' in screen.text and
            'name="give"' not in h.staff.get(floor + '/screen').text and
            'screen-' in screen.text, screen)
    wall = Stream(h.staff, floor + '/events?wall=1')
    told = wall.piece()
    h.check('also live, and for who leads', 'Ms. Guest' in told and
            'name="give"' not in told and 'Have spoken' not in told, told)
    lead('end')
    lead('shut')
    page = h.public.get(floor)
    h.check('who has spoken is told to nobody', parties[1] not in page.text
            and 'Ms. Guest' not in page.text, page)
    h.check('but to who leads', 'Have spoken' in h.staff.get(floor).text)
    got = lil.send(lil.get(floor), floor, 'ask', **{'class': 'reply',
                                                    'source': 'room'})
    h.check('closed is closed', got.status == 400 and 'list is closed' in
            got.text, got)
    return anybody


def refused(h, floor, ken):
    page = ken.get(floor)
    token = page.form(floor, 'ask')['fields']['token'][0]
    for button in ('next', 'end', 'open'):
        got = ken.post(floor, {'token': token, 'do': button})
        h.check(f'a delegate does not press {button}', got.status == 403, got)
    got = ken.post(floor, {'token': token, 'do': 'enter', 'class': 'member',
                           'source': 'desk', 'party': '1'})
    h.check('nor asks for others', got.status in (400, 403), got)
    h.check('a delegate sees what all see', 'name="give"' not in page.text)


def elsewhere(h, floor, *sets):
    """Another server with the same database: what one stores, the other
    tells."""
    second = Server(h.server.program, 'page_age=0s', *sets)
    second.start()
    try:
        anybody = Stream(Browser(second), floor + '/events')
        h.check('a stream of another server', 'the list is closed' in
                anybody.piece())
        began = time.monotonic()
        got = h.staff.send(h.staff.get(floor), floor, 'open')
        told = anybody.piece()
        h.check('which tells what the first one stored', got.status == 303 and
                'requests are taken' in told, told)
        print(f'# {1000 * (time.monotonic() - began):.0f} ms, two pages of '
              'the Chair among them')
    finally:
        second.stop()


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        first, second = items(h, url)
        page = h.staff.get(f'{public}items/{first}/floor')
        options = page.text.split('name="party"')[1].split('</select>')[0]
        parties = re.findall(r'value="\d+"[^>]*>([^<]+)', options)[1:3]
        ken, lil = (delegate(h, n, p) for n, p in zip(('Ken', 'Lil'),
                                                      parties))
        rules(h)
        floor = seen(h, public, first, second, ken)
        anybody = live(h, floor, ken, lil, parties)
        refused(h, floor, ken)
        if sets:
            elsewhere(h, floor, *sets)
    finally:
        h.server.stop()
    h.check('the stream ends with the server', anybody.ended())
    h.check('which ends in order', h.server.process.returncode == 0 and
            'AddressSanitizer' not in h.server.said(), h.server.said()[-3000:])


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
