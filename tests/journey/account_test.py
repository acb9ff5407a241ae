#!/usr/bin/env python3
"""One's own account: names, addresses, passphrase, second factor, sessions,
tokens. TAP. Usage: account_test.py PROGRAM"""
import base64
import hashlib
import hmac
import re
import struct
import sys
import time

from server import Browser, Server, Tap

PHRASE = 'ninety lamps by the lake'
OTHER = 'ninety ships by the pier'


def code_of(secret, at=None):
    step = int((at or time.time()) // 30)
    key = base64.b32decode(secret.replace(' ', ''))
    mac = hmac.digest(key, struct.pack('>Q', step), hashlib.sha1)
    off = mac[-1] & 15
    return '%06d' % ((struct.unpack('>I', mac[off:off + 4])[0] & 0x7fffffff)
                     % 1000000)


def sign_in(server, phrase, lang='en'):
    one = Browser(server)
    return one, one.send(one.get(f'/{lang}/sign-in'), '/sign-in',
                         email='ana@example.org', passphrase=phrase,
                         to=f'/{lang}/account')


tap = Tap()
check = tap.check
server = Server(sys.argv[1])
made = server.command('init', '--address', 'ana@example.org', '--name', 'Ana')
link = made.stdout.strip().partition(str(server.port))[2]
server.start()
try:
    check('strangers are sent to sign in', Browser(server).get(
        '/en/account').location.startswith('/en/sign-in?to='))
    ana = Browser(server)
    ana.send(ana.get(link), link, passphrase=PHRASE, repeat=PHRASE)
    page = ana.get('/en/account')
    check('the account', page.status == 200 and 'ana@example.org' in page.text,
          page)

    # Names, language, zone
    done = ana.send(page, '/account', 'preferences', name='آنا الأندلسي',
                    name_latin='Ana Alandalusi', lang='ar',
                    zone='Asia/Kolkata')
    check('preferences are saved', done.status == 303, done)
    page = ana.follow(done)
    check('and shown', 'Saved.' in page.text and 'آنا الأندلسي' in page.text and
          'Asia/Kolkata' in page.form('/account', 'preferences')['fields']
          ['zone'], page)
    check('a page without a language in its address is in hers', 'lang="ar"'
          in ana.get('/r/nothing').text)
    bad = ana.send(page, '/account', 'preferences', name=' ')
    check('a name is needed', bad.status == 400 and 'aria-invalid' in bad.text)

    # Addresses
    done = ana.send(page, '/account', 'address_add',
                    new_address='ана@пример.рф')
    check('a second address', done.status == 303, done)
    page = ana.follow(done)
    check('it stands there', 'ана@пример.рф' in page.text, page)
    for bad in 'nothing', 'ана@xn--e1afmkfd.xn--p1ai':
        got = ana.send(page, '/account', 'address_add', new_address=bad)
        check(f'{bad} cannot be added', got.status == 400 and bad in got.text,
              got)
    page = ana.follow(ana.send(page, '/account', 'address_primary'))
    page = ana.follow(ana.send(page, '/account', 'address_remove'))
    check('the first one can go when another is primary',
          'ana@example.org' not in page.text and 'ана@пример.рф' in page.text)
    page = ana.follow(ana.send(page, '/account', 'address_add',
                               new_address='ana@example.org'))

    # Passphrase
    two, page2 = sign_in(server, PHRASE)
    check('signed in twice', page2.status == 303, page2)
    form = ana.get('/en/account/passphrase')
    got = ana.send(form, '/passphrase', current='not this one', repeat=OTHER,
                   passphrase=OTHER)
    check('the old passphrase is needed', got.status == 400 and
          'not your current' in got.text, got)
    before = ana.cookies['session']
    got = ana.send(form, '/passphrase', current=PHRASE, passphrase=OTHER,
                   repeat=OTHER)
    check('it is changed', got.status == 303 and 'done=passphrase' in
          got.location, got)
    check('the session has a new secret', ana.cookies['session'] != before)
    check('other sessions have ended', two.get('/en/account').status == 303)
    old = Browser(server)
    old.cookies['session'] = before
    check('also by the old secret', old.get('/en/account').status == 303)
    check('the old passphrase is nobody\'s',
          sign_in(server, PHRASE)[1].status == 403)

    # Second factor
    page = ana.get('/en/account')
    page = ana.send(page, '/account', 'second_factor_on')
    secret = re.search(r'secret=([A-Z2-7]+)', page.text)
    check('a secret as text and as a QR code', secret and '<svg class="qr"'
          in page.text and 'otpauth://totp/' in page.text, page)
    secret = secret[1]
    got = ana.send(page, '/account', 'second_factor_confirm', code='000000')
    check('a wrong code shows the same secret again', got.status == 400 and
          secret in got.text, got)
    now = time.time()
    page = ana.send(got, '/account', 'second_factor_confirm',
                    code=code_of(secret, now - 30))
    codes = re.findall(r'<code dir="ltr">([0-9a-z-]{19})</code>', page.text)
    check('a right one switches it on', page.status == 200 and
          len(codes) == 10, page)
    check('its page can be used', ana.send(
        page, '/account', 'preferences', name='Ana').status == 303)
    check('recovery codes are shown once',
          codes[0] not in ana.get('/en/account').text)

    three, page = sign_in(server, OTHER)
    check('signing in asks for the code', page.status == 200 and
          'name="code"' in page.text and three.get('/en/account').status ==
          303, page)
    got = three.send(page, '/sign-in', code='123')
    check('a wrong one does not do', got.status == 403 and
          'was used already' in got.text, got)
    done = three.send(got, '/sign-in', code=code_of(secret, now))
    check('the right one does', done.status == 303 and done.location ==
          '/en/account', done)
    four, page = sign_in(server, OTHER)
    check('not twice', four.send(page, '/sign-in', code=code_of(
        secret, now)).status == 403)
    done = four.send(page, '/sign-in', code=codes[3].upper())
    check('a recovery code does', done.status == 303, done)
    five, page = sign_in(server, OTHER)
    check('once', five.send(page, '/sign-in', code=codes[3]).status == 403)
    got = five.send(page, '/sign-in', ticket='1.1.x', code=codes[4])
    check('nor without a ticket', got.status == 403 and
          'passphrase' in got.text)

    # Sessions
    page = ana.get('/en/account')
    check('sessions are listed', page.text.count('Firefox') == 3, page)
    done = ana.send(page, '/account', 'end_session')
    check('one is ended', done.status == 303 and ana.follow(done).text.count(
        'Firefox') == 2, done)
    check('and is nobody\'s then', 303 in (three.get('/en/account').status,
                                           four.get('/en/account').status))

    # Tokens
    got = ana.send(page, '/account', 'new_token', token_name='', right='check')
    check('a token needs a name', got.status == 400 and 'needs a name' in
          got.text, got)
    got = ana.send(page, '/account', 'new_token', token_name='script',
                   right=['check', 'export'])
    check('a token', got.status == 200 and re.search(
        r'<code dir="ltr">[0-9a-z]{32}</code>', got.text), got)
    page = ana.get('/en/account')
    check('is shown once', 'script' in page.text and not re.search(
        r'<code dir="ltr">[0-9a-z]{32}</code>', page.text), page)
    done = ana.send(page, '/account', 'end_token')
    check('and revoked', 'script' not in ana.follow(done).text)

    # Off
    page = ana.get('/en/account')
    got = ana.send(page, '/account', 'second_factor_off', code='')
    check('switching off needs a code', got.status == 400, got)
    done = ana.send(got, '/account', 'second_factor_off', code=codes[5])
    check('and is done with one', done.status == 303 and
          sign_in(server, OTHER)[1].status == 303, done)
    check('no form is taken without the token of its session', ana.post(
        '/en/account', {'do': 'preferences', 'name': 'Eve'}).status == 403)
finally:
    server.stop()
check('nothing secret is in the log', PHRASE not in server.said() and
      OTHER not in server.said() and secret not in server.said())
tap.done()
