#!/usr/bin/env python3
"""The desk's pages about rights and personal data. TAP.
Usage: rights_test.py PROGRAM DEMO"""
import re
import sys

from server import Browser, Server, Tap

PHRASE = 'ninety lamps by the lake'

tap = Tap()
check = tap.check
server = Server(sys.argv[1])
got = server.command('demo', '--from', sys.argv[2])
check('the demonstration body', got.returncode == 0, got.stderr)
made = server.command('init', '--address', 'ana@example.org', '--name', 'Ana')
link = made.stdout.strip().partition(str(server.port))[2]
server.start()


def value(page, select, name):
    part = page.text.partition(f'<select id="{select}"')[2]
    part = part.partition('</select>')[0]
    found = re.search(r'value="([^"]*)"[^>]*>[^<]*' + name, part)
    return found and found[1]


try:
    ana = Browser(server)
    ana.send(ana.get(link), link, passphrase=PHRASE, repeat=PHRASE)
    page = ana.get('/en/desk/people')
    got = ana.send(page, '/people', 'add', name='Bo Li',
                   email='bo@example.org')
    invitation = re.search(r'/en/l/[0-9a-z]{32}', got.text)[0]
    bo = Browser(server)
    bo.send(bo.get(invitation), invitation, passphrase=PHRASE, repeat=PHRASE)

    # Rights
    page = ana.get('/en/desk/rights')
    check('rights', page.status == 200 and 'rapporteur init' in page.text,
          page)
    who, on = value(page, 'holder', 'Bo Li'), re.search(
        r'value="(group \d+)"', page.text)[1]
    check('people and groups to choose', who and on, page)
    got = ana.send(page, '/rights', 'grant', holder=who, capability='audit',
                   object=on, instrument='')
    check('an instrument is needed', got.status == 400 and
          'resolution or decision' in got.text, got)
    check('he may not audit yet', bo.get('/en/desk/rights').status == 403)
    done = ana.send(page, '/rights', 'grant', holder=who, capability='audit',
                    object=on, instrument='Decision 7', until='2999-12-31')
    check('granted', done.status == 303, done)
    page = ana.follow(done)
    check('it stands there', 'Decision 7' in page.text and
          '2999' in page.text, page)
    got = bo.get('/en/desk/rights')
    check('he sees rights, and may grant none', got.status == 200 and
          'Decision 7' in got.text and 'value="grant"' not in got.text, got)
    check('nor by the form', bo.post('/en/desk/rights', {
        'token': got.form('/sign-out')['fields']['token'], 'do': 'grant',
        'holder': who, 'capability': 'audit', 'object': on,
        'instrument': 'x'}).status == 403)
    token = page.form('/rights', 'grant')['fields']['token']
    row = [r for r in page.text.split('<tr>') if 'Decision 7' in r][0]
    right = re.search(r'name="right" value="(\d+)"', row)[1]
    done = ana.post('/en/desk/rights', {'token': token, 'do': 'end',
                                        'right': right})
    check('ended', done.status == 303 and
          bo.get('/en/desk/rights').status == 403, done)
    rows = sorted((r for r in page.text.split('<tr>') if 'rapporteur init'
                   in r), key=lambda r: '<bdi>Ana</bdi>' in r)
    for row in rows:
        right = re.search(r'name="right" value="(\d+)"', row)[1]
        got = ana.post('/en/desk/rights', {'token': token, 'do': 'end',
                                           'right': right})
    check('the last administrator stays', len(rows) == 2 and got.status == 409 and
          'has to remain' in got.text, got)

    # Notices and rules
    page = ana.get('/en/desk/privacy')
    check('personal data', page.status == 200 and 'name="text_zh"' in
          page.text, page)
    slug = page.form('/privacy', 'notice')['fields']['group'][0]
    done = ana.send(page, '/privacy', 'notice', text_en='We keep *little*.',
                    text_zh='我们保存很少。', text_fr='', text_ar='',
                    text_ru='', text_es='')
    check('a new notice', done.status == 303, done)
    check('is public, in its language', 'We keep' in Browser(server).get(
        f'/en/{slug}/privacy').text and '我们保存很少' in Browser(server).get(
        f'/zh/{slug}/privacy').text)
    page = ana.follow(done)
    got = ana.send(page, '/privacy', 'rule', days='many')
    check('a rule is a number', got.status == 400, got)
    done = ana.send(page, '/privacy', 'rule', days='730')
    check('of days', ana.follow(done).form('/privacy', 'rule')['fields']
          ['days'] == ['730'], done)

    # On request
    got = ana.send(page, '/people/data', email='nobody@example.org')
    check('nothing is stored about nobody', got.status == 200 and
          got.text == '[]\n', got)
    got = ana.send(page, '/privacy', 'erase', email='nobody@example.org')
    check('erasing is asked for twice', 'cannot be undone' in got.text, got)
    done = ana.send(got, '/privacy', 'erase')
    check('then done', done.status == 303 and 'Erased' in
          ana.follow(done).text, done)
    page = ana.get('/en/desk/audit')
    check('all of it is in the audit trail', 'right.grant' in page.text and
          'privacy_notice.add' in page.text, page)
finally:
    server.stop()
tap.done()
