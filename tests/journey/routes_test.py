#!/usr/bin/env python3
"""What may a stranger reach? Every route that needs a session refuses one who
has none, every form of staff one without the session's token, and somebody
without rights what needs one. TAP. Usage: routes_test.py PROGRAM ROUTES"""
import re
import sys

from server import Browser, Server, Tap

PHRASE = 'ninety lamps by the lake'
FILL = {'lang': 'en', 'group': 'nowhere', 'secret': '0' * 32, 'name': 'x', 'part': 'add-1',
        'n': '1', 'k': '1', 'id': '999'}
ROUTE = re.compile(r'ROUTE\(\s*"(\w+)",\s*"([^"]+)",\s*(\w+),\s*(\w+),\s*'
                   r'([^"]*?),\s*"')
ANYBODY = ('RP_MAY_ANSWER', 'RP_MAY_READ', 'RP_MAY_NOTHING')


def routes():
    with open(sys.argv[2]) as f:
        for method, path, name, needs, flags in ROUTE.findall(f.read()):
            yield (method, re.sub(r'{(\w+)}', lambda m: FILL[m[1]], path),
                   needs, set(re.findall(r'RP_\w+', flags)))


def invite(admin, address):
    page = admin.send(admin.get('/en/desk/people'), '/people', 'add',
                      name='Bo', email=address)
    found = re.search(r'/en/l/[0-9a-z]{32}', page.text)
    if not found:
        return None
    one = Browser(admin.server)
    one.send(one.get(found[0]), found[0], passphrase=PHRASE, repeat=PHRASE)
    return one


tap = Tap()
check = tap.check
every = list(routes())
with open(sys.argv[2]) as source:
    written = source.read().count('ROUTE("')
check('every route is read', len(every) == written > 40,
      f'{len(every)} of {written}')
server = Server(sys.argv[1])
made = server.command('init', '--address', 'ana@example.org', '--name', 'Ana')
link = made.stdout.strip().partition(str(server.port))[2]
server.start()
try:
    ana, stranger = Browser(server), Browser(server)
    ana.send(ana.get(link), link, passphrase=PHRASE, repeat=PHRASE)
    bo = invite(ana, 'bo@example.org')
    check('somebody without rights', bo and
          bo.get('/en/account').status == 200)
    forged = Browser(server)
    forged.cookies['session'] = 'a' * 32
    staff = [r for r in every if 'RP_STAFF' in r[3]]
    check('there are such routes', len(staff) > 10, staff)
    for method, path, needs, flags in staff:
        if method == 'GET':
            seen = stranger.get(path), forged.get(path)
            ok = all(p.status == 303 and p.location.startswith(
                '/en/sign-in?to=') for p in seen)
        else:
            # 401 also before the form is read.
            seen = stranger.post(path, {'do': 'x'}), forged.post(
                path, {'do': 'x', 'token': 'x'})
            ok = all(p.status == 401 for p in seen)
        check(f'a stranger at {method} {path}', ok,
              [(p.status, p.location) for p in seen])
        if method != 'GET':
            bare = ana.post(path, {'do': 'x'})
            wrong = ana.post(path, {'do': 'x', 'token': '0' * 26})
            check(f'no token at {method} {path}',
                  bare.status == 403 == wrong.status,
                  (bare.status, wrong.status))
        if needs not in ANYBODY and method == 'GET':
            got = bo.get(path)
            check(f'no right at {method} {path}', got.status in (400, 403, 404),
                  got.status)
    check('what was sent without a token changed nothing',
          ana.get('/en/account').status == 200)
    for method, path, needs, flags in every:
        if 'RP_API' not in flags or method == 'GET':
            continue
        got = ana.post(path, {'do': 'x'})
        check(f'a cookie opens nothing at {method} {path}',
              400 <= got.status < 500, got.status)
finally:
    server.stop()
tap.done()
