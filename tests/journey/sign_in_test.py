#!/usr/bin/env python3
"""From `rapporteur init` to a second factor, through pages alone. TAP.
Usage: sign_in_test.py PROGRAM"""
import sys

from server import Browser, Server, Tap

PHRASE = 'ninety lamps by the lake'

tap = Tap()
check = tap.check
server = Server(sys.argv[1])
made = server.command('init', '--address', '测试@例え.テスト', '--name',
                      'Ana Ndlovu')
check('init prints a link', made.returncode == 0 and '/en/l/' in made.stdout,
      made.stderr)
link = made.stdout.strip().partition(str(server.port))[2]
server.start()
try:
    ana = Browser(server)

    # Nobody is anybody yet.
    page = ana.get('/en/sign-in')
    check('the page to sign in', page.status == 200, page)
    check('its cookie is kept from scripts and other sites',
          'HttpOnly' in ana.set_cookie and 'SameSite=Lax' in ana.set_cookie
          and 'Path=/' in ana.set_cookie and 'Secure' not in ana.set_cookie,
          ana.set_cookie)
    page = ana.send(page, '/sign-in', email='测试@例え.テスト', passphrase='')
    check('an empty passphrase signs nobody in', page.status == 403, page)
    page = ana.send(page, '/sign-in', email='测试@例え.テスト',
                    passphrase=PHRASE)
    check('nor does any before there is one', page.status == 403 and
          'do not belong together' in page.text, page)

    # The link
    page = ana.get(link)
    check('the link names its person', page.status == 200 and
          'Ana Ndlovu' in page.text or 'first administrator' in page.text,
          page)
    check('and is not for the next page', page.headers['Referrer-Policy'] ==
          'no-referrer' and page.headers['Cache-Control'] == 'no-store')
    for name, one, two in (('short', 'short', 'short'),
                           ('common', 'Password12345', 'Password12345'),
                           ('mistyped', PHRASE, PHRASE + '!')):
        page = ana.send(page, link, passphrase=one, repeat=two)
        check(f'a {name} passphrase is refused beside its field',
              page.status == 400 and 'aria-invalid="true"' in page.text, page)
    before = dict(ana.cookies)
    done = ana.send(page, link, passphrase=PHRASE, repeat=PHRASE)
    check('a good one is set, and its owner signed in', done.status == 303 and
          done.location.startswith('/en/desk/'), done)
    check('with a new secret', ana.cookies['session'] != before['session'])
    page = ana.get(link)
    check('the link works once', page.status == 410 and
          'used already' in page.text, page)
    check('a link that nobody was given', ana.get(
        '/en/l/' + '0' * 32).status == 404)
    page = ana.get('/en/accessibility')
    check('pages know her', 'Ana Ndlovu' in page.text, page)

    # Out
    check('signing out needs the token', ana.post(
        '/en/sign-out', {'token': 'wrong'}).status == 403)
    out = ana.send(page, '/sign-out')
    check('sign out', out.status == 303 and 'session' not in ana.cookies, out)
    check('it is said', 'You are signed out' in ana.follow(out).text)

    # In
    check('a form from elsewhere signs nobody in', Browser(server).post(
        '/en/sign-in', {'email': '测试@例え.テスト', 'passphrase': PHRASE}
    ).status == 403)
    for to, goes in (('/en/accessibility?zone=UTC',
                      '/en/accessibility?zone=UTC'),
                     ('//example.org/', '/en/desk/'),
                     ('/\\example.org', '/en/desk/'),
                     ('https://example.org/', '/en/desk/'),
                     ('/en/"><script>', '/en/%22%3E%3Cscript%3E')):
        one = Browser(server)
        page = one.send(one.get('/en/sign-in'), '/sign-in', to=to,
                        email='测试@例え.テスト', passphrase=PHRASE)
        check(f'signing in goes on to {goes}', page.status == 303 and
              page.location == goes, page.location)
    check('by another spelling of the address', one.cookies and Browser.send(
        (two := Browser(server)), two.get('/ar/sign-in'), '/sign-in',
        email='测试@xn--r8jz45g.xn--zckzah', passphrase=PHRASE).location ==
        '/ar/desk/')

    # Guessing
    thief = Browser(server)
    page = thief.get('/fr/sign-in')
    tries = [thief.send(page, '/sign-in', email='nobody@example.org',
                        passphrase=f'not the one {i}').status
             for i in range(7)]
    check('guessing becomes slow, also for an address that nobody has',
          tries[:5] == [403] * 5 and tries[6] == 429, tries)
    page = thief.send(page, '/sign-in', email='nobody@example.org',
                      passphrase=PHRASE)
    check('and is told how long', 0 < int(page.retry_after or 0) <= 900,
          page)
finally:
    server.stop()
check('nothing secret is in the log', PHRASE not in server.said() and
      link.rpartition('/')[2] not in server.said(), server.said())
tap.done()
