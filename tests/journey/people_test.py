#!/usr/bin/env python3
"""The desk's pages about people. TAP. Usage: people_test.py PROGRAM"""
import json
import re
import sys

from server import Browser, Server, Tap

PHRASE = 'ninety lamps by the lake'

tap = Tap()
check = tap.check
server = Server(sys.argv[1])
made = server.command('init', '--address', 'ana@example.org', '--name', 'Ana')
link = made.stdout.strip().partition(str(server.port))[2]
server.start()


def link_in(page):
    found = re.search(r'/(?:ar|zh|en|fr|ru|es)/l/[0-9a-z]{32}', page.text)
    return found and found[0]


try:
    ana = Browser(server)
    ana.send(ana.get(link), link, passphrase=PHRASE, repeat=PHRASE)
    page = ana.get('/en/desk/people')
    check('people', page.status == 200 and 'ana@example.org' in page.text,
          page)
    got = ana.send(page, '/people', 'add', name='', email='bo@example.org')
    check('a name is needed', got.status == 400 and 'bo@example.org' in
          got.text, got)
    for bad in 'no address', 'ana@EXAMPLE.org':
        got = ana.send(page, '/people', 'add', name='Wang', email=bad)
        check(f'{bad} is refused beside its field', got.status == 400 and
              'aria-invalid' in got.text, got)
    check('and nobody was added', 'Wang' not in
          ana.get('/en/desk/people').text)
    got = ana.send(page, '/people', 'add', name='王小明',
                   name_latin='WANG Xiaoming', lang='zh',
                   email='测试@例え.テスト')
    invitation = link_in(got)
    check('a person with a link in his language', got.status == 200 and
          invitation and invitation.startswith('/zh/'), got)
    check('who is found by name, by Latin form and by address', all(
        '王小明' in ana.get('/en/desk/people?q=' + q).text and
        'ana@example.org' not in ana.get('/en/desk/people?q=' + q).text
        for q in ('%E7%8E%8B', 'WANG', '%E6%B5%8B%E8%AF%95')))
    person = re.findall(r'/en/desk/people/\d+', got.text)[-1]
    page = ana.get(person)
    check('his page', page.status == 200 and 'no account' in page.text, page)
    newer = link_in(ana.send(page, person, 'link'))
    wang = Browser(server)
    check('a newer link ends the older', wang.get(invitation).status == 410)
    wang.send(wang.get(newer), newer, passphrase=PHRASE, repeat=PHRASE)
    check('he signs in by it', wang.get('/zh/account').status == 200)
    check('he may not manage people', wang.get(
        '/zh/desk/people').status == 403)
    check('nor see the person who may', wang.get(
        '/zh/desk/people/1').status in (403, 404))

    # Several addresses
    got = ana.send(page, person, 'address_add', new_address='wang@example.org')
    check('another address', got.status == 303 and 'wang@example.org' in
          ana.follow(got).text, got)
    got = ana.send(page, person, 'address_add', new_address='ana@example.org')
    check('not somebody else\'s', got.status == 400, got)

    # Sessions, reset, close
    page = ana.get(person)
    done = ana.send(page, person, 'end_sessions')
    check('his sessions are ended', done.status == 303 and
          wang.get('/zh/account').status == 303, done)
    got = ana.send(page, person, 'reset')
    again = link_in(got)
    check('a reset gives a link', again, got)
    wang.send(wang.get(again), again, passphrase=PHRASE, repeat=PHRASE)
    check('that lets him in', wang.get('/zh/account').status == 200)
    done = ana.send(page, person, 'close')
    check('closed, he is out', wang.get('/zh/account').status == 303 and
          'closed' in ana.follow(done).text, done)
    ana.send(ana.get(person), person, 'open')

    # Personal data
    got = ana.send(page, person + '/data')
    rows = json.loads(got.text)
    check('his data as a file', 'attachment' in
          got.headers['Content-Disposition'] and any(
              r['value'] == '王小明' for r in rows) and any(
              r['value'] == '测试@例え.テスト' for r in rows), got)
    got = ana.send(page, person, 'erase')
    check('erasing is asked for twice', got.status == 200 and
          'cannot be undone' in got.text and '王小明' in
          ana.get(person).text, got)
    done = ana.post(person, {**got.form(person, 'erase')['fields'],
                             'do': 'erase'})
    check('then done', done.status == 303 and '测试' not in
          ana.get('/en/desk/people').text, done)
finally:
    server.stop()
tap.done()
