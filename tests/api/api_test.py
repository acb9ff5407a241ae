#!/usr/bin/env python3
"""Every operation of api/openapi.json against the program, on both engines.

Statuses and bodies are compared with the schemas; at the end each operation
must have been called, and its routes must be those of web/routes.def. TAP.
usage: api_test.py PROGRAM SOURCE-ROOT
"""
import json
import re
import socket
import sys
import time
from pathlib import Path

import schema
from house import GROUP, House, READER, TOKEN, Tap, engines, submission

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
DOC = json.loads((ROOT / 'api/openapi.json').read_text('utf-8'))
ONE = f'/api/v1/groups/{GROUP}/consultations/1'
TWO = f'/api/v1/groups/{GROUP}/consultations/2'
tap = Tap()


def operations():
    for path, methods in DOC['paths'].items():
        for method, op in methods.items():
            yield method.upper(), path, op


def operation_of(method, path):
    path = path.partition('?')[0]
    for m, pattern, op in operations():
        regex = re.sub(r'\\{[^/]*?\\}', '[^/]+', re.escape(pattern))
        if m == method and re.fullmatch(regex, path):
            return op
    raise KeyError(path)


class Client:
    def __init__(self, house, engine):
        self.house, self.engine, self.called = house, engine, set()

    def call(self, what, method, path, want, body=None, token=None,
             headers=None):
        """Calls, and checks status, type and body with the description."""
        op = operation_of(method, path)
        self.called.add(op['operationId'])
        status, got, octets = self.house.call(method, path, body, headers,
                                              token)
        described = op['responses'].get(str(status))
        faults = [] if status == want else [f'status {status}']
        value = None
        if described is None:
            faults.append(f'{status} is not described')
        elif 'content' in described:
            kind = got.get_content_type()
            if kind not in described['content']:
                faults.append(f'type {kind}')
            elif kind.endswith('json'):
                value = json.loads(octets)
                faults += schema.wrong(
                    DOC, described['content'][kind]['schema'], value)
            else:
                value = octets.decode('utf-8')
        elif octets:
            faults.append('a body where none is')
        if got.get('Access-Control-Allow-Origin'):
            faults.append('another site may read it')
        tap.ok(f'{self.engine}: {what}', not faults,
               f'{method} {path}: {faults}\n{octets[:600]!r}')
        return value

    def post(self, what, want, body, path=ONE + '/responses', **kw):
        return self.call(what, 'POST', path, want, body, **kw)

    def get(self, what, path, want=200, **kw):
        return self.call(what, 'GET', path, want, **kw)


def codes(problem):
    return {(p['field'], p['code']) for p in problem['problems']}


def reading(c):
    c.get('the description', '/api/v1/openapi.json')
    c.get('groups', '/api/v1/groups')
    c.get('a group', f'/api/v1/groups/{GROUP}?lang=en')
    c.get('no group', '/api/v1/groups/nothing', 404)
    c.get('consultations', f'/api/v1/groups/{GROUP}/consultations')
    one = c.get('a consultation', ONE + '?lang=fr')
    tap.ok('texts are in the language asked for',
           one['title'] == {'lang': 'fr', 'text': 'Des noms pour tous'}, one)
    other = c.get('by Accept-Language', ONE,
                  headers={'Accept-Language': 'fr;q=0.9, xx'})
    tap.ok('Accept-Language decides', other['title']['lang'] == 'fr', other)
    tap.ok('dates have local time, zone and instant',
           one['deadline']['zone'] == 'UTC' and
           one['deadline']['instant'].startswith(one['deadline']['local']),
           one['deadline'])
    gone = c.get('no consultation', ONE[:-1] + '99?lang=fr', 404)
    same = c.get('what a problem means',
                 gone['type'].partition('[::1]:18301')[2] + '?lang=fr')
    tap.ok('a problem explains itself', same == gone, (same, gone))
    c.get('no such problem', '/api/v1/problems/xyz', 404)


def refusals(c):
    bad = c.post('nothing in it', 400, {})
    tap.ok('all that is missing is told', codes(bad) >= {
        ('capacity', 'missing'), ('name', 'missing'), ('email', 'missing'),
        ('answer', 'no_answer'), ('authorisation', 'missing')}, bad)
    bad = c.post('wrong values', 400, submission(
        email='nobody', country='XX', lang='?', organization='x',
        name=7, answers=[dict(position=9, body='x')]),
        headers={'Accept-Language': 'es'})
    tap.ok('all that is wrong is told', codes(bad) >= {
        ('email', 'not_an_email'), ('country', 'not_a_choice'),
        ('lang', 'not_a_choice'), ('organization', 'unknown_field'),
        ('name', 'not_text'), ('answer', 'not_a_choice')}, bad)
    tap.ok('in the language of the sender',
           any('campo' in p['message'] for p in bad['problems']), bad)
    c.post('no JSON', 400, b'{', headers={'Content-Type': 'application/json'})
    c.post('neither JSON nor a form', 400, b'x',
           headers={'Content-Type': 'text/plain'})
    c.post('a short key', 400, submission(),
           headers={'Idempotency-Key': 'short'})
    late = c.post('after the deadline', 409, submission(), TWO + '/responses')
    tap.ok('it is told why', codes(late) == {('form', 'closed')}, late)
    got = c.post('knowingly late', 201, submission(late=True),
                 TWO + '/responses')
    tap.ok('it is held', got['late'] and got['held'], got)
    c.post('the answer twice', 400, submission(
        answers=[dict(position=1, body='a'), dict(position=1, body='b')]))
    c.post('to no consultation', 404, submission(),
           ONE[:-1] + '99/responses')
    status, _, body = c.house.call('GET', '/api/v1/nothing')
    tap.ok('an unknown address is a problem document', status == 404 and
           json.loads(body)['status'] == 404, body)
    status, head, body = c.house.call('PATCH', '/api/v1/receipts/abc')
    tap.ok('an unknown method is told which there are',
           status == 405 and json.loads(body)['status'] == 405 and
           head['Allow'] == 'GET, HEAD, PUT, DELETE', (status, head, body))


def submitting(c):
    key = {'Idempotency-Key': 'a-key-of-some-length'}
    one = c.post('a response', 201, submission(), headers=key)
    again = c.post('sent again', 200, submission(), headers=key)
    tap.ok('it is one response', again == dict(one, again=True),
           (one, again))
    c.post('the same key for something else', 409, submission(name='Eva'),
           headers=key)
    other = c.post('without a key', 201, submission())
    tap.ok('it is another one', other['code'] != one['code'])
    own = '/api/v1/receipts/' + one['secret']
    mine = c.get('one’s own', own)
    tap.ok('it is what was sent', mine['email'] == 'ana@example.org' and
           mine['sha256'] == one['sha256'] and mine['nonce'] == one['nonce']
           and mine['answers'] == submission()['answers'], mine)
    same = c.call('unchanged', 'PUT', own, 200, submission())
    tap.ok('that is no revision', same['again'] and same['revision'] == 1,
           same)
    two = c.call('revised', 'PUT', own, 200, submission(name='Ana R.'))
    tap.ok('that is one', two['revision'] == 2 and not two['again'], two)
    c.call('badly revised', 'PUT', own, 400, submission(email=''))
    c.call('withdrawn', 'DELETE', own, 204)
    c.call('withdrawn again', 'DELETE', own, 410)
    c.call('revised after that', 'PUT', own, 410, submission())
    c.get('nobody’s', '/api/v1/receipts/' + 'x' * 32, 404)
    c.call('captions at an address that nobody has', 'POST',
           '/api/v1/captions/' + 'x' * 32, 404, b'Good morning.\n',
           headers={'Content-Type': 'text/plain; charset=utf-8'})
    c.call('no more mail, at an address that nobody has', 'POST',
           '/api/v1/unsubscribe/' + 'x' * 32, 404,
           b'List-Unsubscribe=One-Click', headers={
               'Content-Type': 'application/x-www-form-urlencoded'})
    form = ('--B\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n')
    fields = dict(submission(), q1='With a file.', summary='Short.')
    del fields['answers']
    body = ''.join(form.format(k, v) for k, v in fields.items())
    body += ('--B\r\nContent-Disposition: form-data; name="attachments"; '
             'filename="ñ.txt"\r\n\r\nHello.\r\n--B--\r\n')
    got = c.post('with a file', 201, body.encode(),
                 headers={'Content-Type': 'multipart/form-data; boundary=B'})
    own = c.get('its receipt', '/api/v1/receipts/' + got['secret'])
    tap.ok('the file is there', [a['name'] for a in own['attachments']] ==
           ['ñ.txt'] and own['answers'][0]['body'] == 'With a file.', own)


def desk(c):
    c.get('the queue without a token', ONE + '/queue', 401)
    c.get('with a wrong one', ONE + '/queue', 401, token='x' * 32)
    c.get('without the right', ONE + '/queue', 403, token=READER)
    c.get('a state that is none', ONE + '/queue?after=x', 400, token=TOKEN)
    c.get('in no consultation', ONE[:-1] + '99/queue', 404, token=TOKEN)
    queue = c.get('the queue', ONE + '/queue?state=received', token=TOKEN)
    first, second = queue['responses'][:2]
    act = dict(revision_id=first['revision_id'])
    path = f'/api/v1/queue/{first["id"]}'
    c.get('one of it', path, token=TOKEN)
    c.get('one without the right', path, 403, token=READER)
    c.get('one that is none', '/api/v1/queue/99999', 404, token=TOKEN)
    got = c.post('check', 200, act, path + '/check', token=TOKEN)
    tap.ok('it is checked', got['state'] == 'checked', got)
    c.post('another revision', 409, dict(revision_id=99999),
           path + '/publish', token=TOKEN)
    c.post('publish without a token', 401, act, path + '/publish')
    got = c.post('publish', 200, act, path + '/publish', token=TOKEN)
    tap.ok('it is published', got['state'] == 'published' and
           got['number'] == 1, got)
    path = f'/api/v1/queue/{second["id"]}'
    act = dict(revision_id=second['revision_id'])
    c.post('return without a word', 400, act, path + '/return', token=TOKEN)
    got = c.post('return', 200, dict(act, message='Which one?'),
                 path + '/return', token=TOKEN)
    tap.ok('with a message', got['messages'][0]['body'] == 'Which one?', got)
    c.post('reject on no ground', 400, dict(act, ground='taste'),
           path + '/reject', token=TOKEN)
    got = c.post('reject', 200, dict(act, ground='duplicate'),
                 path + '/reject', token=TOKEN)
    tap.ok('it is rejected', got['state'] == 'rejected', got)
    held = c.get('held ones', TWO + '/queue?state=held', token=TOKEN)
    one = held['responses'][0]
    act = dict(revision_id=one['revision_id'])
    path = f'/api/v1/queue/{one["id"]}'
    c.post('release a late one', 409, act, path + '/release', token=TOKEN)
    got = c.post('admit', 200, act, path + '/admit', token=TOKEN)
    tap.ok('it is in the queue', got['state'] == 'received' and got['late'],
           got)
    return got


def public(c):
    r = c.get('a published response', ONE + '/responses/1')
    tap.ok('without its address', 'email' not in r and
           r['name'] == 'Ana Ruiz', r)
    c.get('one that is none', ONE + '/responses/7', 404)
    c.get('its revision', ONE + '/responses/1?revision=1')
    c.get('no revision', ONE + '/responses/1?revision=9', 404)
    c.get('a revision of no number', ONE + '/responses/1?revision=x', 400)
    page = c.get('the list', ONE + '/responses?max=1&sort=source')
    tap.ok('it is listed', page['count'] == 1 and
           page['responses'][0]['number'] == 1, page)
    page = c.get('filtered', ONE + '/responses?country=FR')
    tap.ok('it is filtered', page['count'] == 0, page)
    c.get('an order that is none', ONE + '/responses?sort=x', 400)
    c.get('too many', ONE + '/responses?max=100000', 400)
    s = c.get('statistics', ONE + '/statistics')
    tap.ok('it is counted', s['responses'] == 1 and
           s['category'][0]['value'] == 'individual', s)
    for _ in range(100):
        found = c.house.json('GET', '/api/v1/search?q=todos')[1]
        if found.get('count'):
            break
        time.sleep(0.2)
    found = c.get('search', '/api/v1/search?q=todos')
    tap.ok('it is found', [r['number'] for r in found['results']
                           if r['kind'] == 'response'] == [1], found)
    c.get('search for nothing', '/api/v1/search?q=', 400)


def texts(c):
    """The registry: what is public of it."""
    base = f'/api/v1/groups/{GROUP}/instruments'
    one = base + '/resolution-5'
    all_ = c.get('the texts of a group', base + '?lang=en')['instruments']
    tap.ok('with the versions that are public', [
        (i['name'], i['versions']) for i in all_] == [('resolution-5', 2)],
        all_)
    i = c.get('a text', one)
    tap.ok('and its versions', [v['name'] for v in i['versions']] ==
           ['Rev. Lima, 2018', 'Rev. Oslo, 2022'], i)
    c.get('a text that is none', base + '/resolution-6', 404)
    v = c.get('a version', one + '/versions/2?lang=fr')
    tap.ok('with its provisions, history and references',
           [(p['n'], p['label'], p['text']) for p in v['provisions']][1:] ==
           [(2, '1)', 'to keep the register of names,')] and
           v['history'][0]['place'] == 'Plenary' and
           v['references'][0]['state'] == 'elsewhere', v)
    c.get('a draft', one + '/versions/3', 404)
    c.get('a draft, for somebody without the right', one + '/versions/3', 404,
          token=TOKEN)
    d = c.get('a comparison', one + '/comparisons/1/2')
    tap.ok('with its counts', d['counts']['MOD'] == 1 and
           d['references'][0]['state'] == 'ok' and
           d['script'].endswith('/compare/1/2/changes.json'), d)
    c.get('no comparison', one + '/comparisons/2/3', 404)


def meetings(c):
    """Documents, as everybody and as a member sees them."""
    base = f'/api/v1/groups/{GROUP}/meetings'
    all_ = c.get('the meetings of a group', base)['meetings']
    tap.ok('with their time and place', [
        (m['ordinal'], m['place'], m['opens']['local']) for m in all_] ==
        [(5, 'Geneva', '2099-10-04T09:30')], all_)
    c.get('a meeting that is none', base + '/6', 404)
    one = c.get('a meeting', base + '/5')
    tap.ok('with the documents that everybody may know of', [
        (d['symbol'], d['title']['text']) for d in one['documents']] ==
        [('WG-5/1', 'title 1'), ('WG-5/2', 'title 2')], one)
    one = c.get('the same for a member', base + '/5', token=READER)
    tap.ok('with all that is posted', [
        (d['number'], d['addendum']) for d in one['documents']] ==
        [(1, 0), (2, 0), (2, 1), (3, 0)], one)
    d = c.get('a document', base + '/5/documents/1')
    tap.ok('with its words, files and languages', d['purpose']['text'] ==
           'purpose 1' and [f['lang'] for f in d['files']] == ['en'] and
           d['missing'] == ['ar', 'zh', 'fr', 'ru', 'es'], d)
    d = c.get('one whose title alone is public', base + '/5/documents/2')
    tap.ok('has no words and no files', d['purpose'] is None and
           d['files'] == [] and d['title']['text'] == 'title 2', d)
    d = c.get('for a member', base + '/5/documents/2', token=READER)
    tap.ok('all of it', d['purpose']['text'] == 'purpose 2' and d['files'], d)
    d = c.get('an addendum, for a member', base + '/5/documents/2/add-1',
              token=READER)
    tap.ok('has the number of what it is added to', d['symbol'] ==
           'WG-5/2(Add.1)' and d['number'] == 2 and d['addendum'] == 1, d)
    c.get('which others do not find', base + '/5/documents/2/add-1', 404)
    for n in (3, 4, 9):
        c.get(f'document {n} is not there', base + f'/5/documents/{n}', 404)
    c.get('nor is what is not posted, for a member', base + '/5/documents/4',
          404, token=READER)


def exports(c):
    for name in ('export.csv', 'export.jsonl'):
        path = f'{ONE}/{name}'
        c.get(name + ' without a token', path, 401)
        c.get(name + ' without the right', path, 403, token=READER)
        one = c.get(name, path, token=TOKEN)
        two = c.get(name + ' again', path, token=TOKEN)
        tap.ok('the same octets twice', one == two)
        tap.ok('with everything', 'ana@example.org' in one and
               one.count('Sí, para todos.') == 2, one)


def long_export(c):
    """A slow reader of a long file holds up nobody, and nothing is lost."""
    house, n = c.house, 700
    rows = house.folder / 'many.jsonl'
    rows.write_text(''.join(json.dumps(dict(
        submission(), answers=None, answer_1=f'{i}: ' + 'word ' * 2000,
        answer_2='')) .replace('"answers": null, ', '') + '\n'
        for i in range(n)))
    done = house.run('import', str(rows), '--consultation', f'{GROUP}/2')
    tap.ok('many responses', done.returncode == 0, done.stderr)
    s = socket.create_connection(('::1', house.port))
    s.settimeout(60)
    s.sendall(f'GET {TWO}/export.jsonl HTTP/1.1\r\nHost: x\r\n'
              f'Authorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n'
              .encode())
    got = s.recv(65536)
    c.post('a response meanwhile', 201, submission(name='Meanwhile'))
    c.get('a page meanwhile', ONE + '/responses')
    while piece := s.recv(1 << 20):
        got += piece
    s.close()
    head, _, body = got.partition(b'\r\n\r\n')
    text, rest = b'', body
    while rest:
        size, _, rest = rest.partition(b'\r\n')
        text += rest[:int(size, 16)]
        rest = rest[int(size, 16) + 2:]
    seen = {json.loads(line)['answer_1'].partition(':')[0]
            for line in text.splitlines()}
    tap.ok('all of them arrive', b'chunked' in head and
           {str(i) for i in range(n)} <= seen, (head, len(text), len(seen)))


def cookies_do_nothing(c):
    status, _, body = c.house.call('GET', ONE + '/queue', headers={
        'Cookie': 'session=' + TOKEN})
    tap.ok('a cookie is no token', status == 401, body)


def described():
    routes = (ROOT / 'src/web/routes.def').read_text('utf-8')
    table = {(m[1], m[2]) for m in re.finditer(
        r'ROUTE\("(\w+)",\s*"([^"]+)",\s*(\w+),\s*(\w+),\s*([\w\s|]+),',
        routes) if 'RP_API' in m[5]}
    doc = {(m, p) for m, p, _ in operations()}
    tap.ok('routes and description name the same operations', table == doc,
           table ^ doc)
    ids = [op['operationId'] for *_, op in operations()]
    tap.ok('operations have names of their own', len(set(ids)) == len(ids))


described()
for engine, pg in engines():
    with House(PROGRAM, pg) as house:
        client = Client(house, engine)
        for part in (reading, refusals, submitting, desk, public, texts,
                     meetings, exports, long_export, cookies_do_nothing):
            part(client)
        client.post('release', 409, dict(revision_id=1),
                    '/api/v1/queue/1/release', token=TOKEN)
        missing = {op['operationId'] for *_, op in operations()} \
            - client.called
        tap.ok(f'{engine}: every operation was called', not missing, missing)
        if tap.failed:
            print('# ' + house.log().replace('\n', '\n# '))
tap.done()
