#!/usr/bin/env python3
"""`rapporteur export` and `import` from outside, on both engines. TAP.

usage: transfer_test.py PROGRAM SHARED-DATA
"""
import csv
import io
import json
import sys
from pathlib import Path

from house import GROUP, House, Tap, engines

PROGRAM, SHARED = sys.argv[1], Path(sys.argv[2])
ONE, TWO = f'{GROUP}/1', f'{GROUP}/2'
CONSTANTS = dict(capacity='individual', name='A participant', country='US',
                 category='individual', lang='en', authorisation='full')
tap = Tap()


class Port:
    def __init__(self, house, engine):
        self.house, self.engine = house, engine
        self.folder = house.folder

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else
                         content.encode())
        return str(path)

    def map(self, **members):
        return self.file('map.json', json.dumps(members))

    def export(self, *args):
        done = self.house.run('export', 'responses', *args)
        if done.returncode:
            tap.ok(f'{self.engine}: export', False, done.stderr)
        return done.stdout

    def go(self, what, want, *args):
        done = self.house.run('import', *args)
        tap.ok(f'{self.engine}: {what}', done.returncode == want,
               (done.returncode, done.stdout, done.stderr))
        return done


def strip(table):
    """What has to be the same after a round trip."""
    ours = {'code', 'number', 'channel', 'sha256', 'consultation', 'late'}
    return [{k: v for k, v in row.items() if k not in ours} for row in table]


def read(octets):
    return list(csv.DictReader(io.StringIO(octets.decode(), newline='')))


HOSTILE = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', "'=1", "''+2",
           '"quoted", and; more', 'one\ntwo\n\nthree', ' blanks ', '＝1',
           'ל־עברית', '例え', '😀', 'a,b', "'plain"]


def round_trip(p):
    rows = [dict(CONSTANTS, name=f'Name {i}', email='測試@例え.テスト',
                 answer_1=t, answer_2=t[::-1] if i % 2 else '',
                 received_at='2026-01-02T03:04:05Z', needs='', summary=t,
                 signatories='Ana\nEva') for i, t in enumerate(HOSTILE)]
    lines = ''.join(json.dumps(r, ensure_ascii=False) + '\n' for r in rows)
    done = p.go('JSON Lines of our own names', 0,
                p.file('in.jsonl', lines), '--consultation', ONE)
    tap.ok('all of them', done.stdout.startswith(
        f'{len(rows)} responses imported, 0'.encode()), done.stdout)
    done = p.go('the same again', 0, p.file('in.jsonl', lines),
                '--consultation', ONE)
    tap.ok('none twice', done.stdout.startswith(b'0 responses imported, 15'),
           done.stdout)
    args = ('--consultation', ONE, '--all')
    out = p.export(*args)
    tap.ok(f'{p.engine}: the same octets twice', out == p.export(*args))
    table = read(out)
    tap.ok('formulas are guarded', all(
        r['answer_1'][:1] not in '=+-@' for r in table) and
        table[0]['answer_1'] == "'" + HOSTILE[0], table[0]['answer_1'])
    p.go('its own export', 0, p.file('out.csv', out), '--consultation', TWO)
    back = p.export('--consultation', TWO, '--all')
    tap.ok(f'{p.engine}: CSV comes back as it went',
           strip(read(back)) == strip(table), (out[:900], back[:900]))
    texts = [json.loads(line)['answer_1'] for line in p.export(
        '--consultation', TWO, '--all', '--format', 'jsonl').splitlines()]
    tap.ok('every text to the octet', texts == HOSTILE, texts)
    both = p.export('--all')
    tap.ok('all consultations in one', len(read(both)) == 2 * len(rows))
    tap.ok('the public sees none of it', read(p.export()) == [])
    name = p.folder / 'file.jsonl'
    p.house.run('export', 'responses', '--all', '-o', str(name))
    tap.ok('into a file for the owner alone',
           name.stat().st_mode & 0o777 == 0o600 and
           len(name.read_bytes().splitlines()) == 2 * len(rows))


def mapped(p):
    table = 'Who;x,Comment,Land,id\r\n"Ana","Sí, ""todo""\nmás",Peru,7\r\n'
    m = p.map(columns={'Who;x': 'name', 'Comment': 'answer_1',
                       'Land': 'country'}, key='id',
              constants=dict(CONSTANTS, answer_2='—'),
              values={'country': {'Peru': 'PE'}})
    name = p.file('in.csv', '\ufeff' + table)
    before = len(read(p.export('--all')))
    done = p.go('a dry run', 0, name, '--consultation', ONE, '--map', m,
                '--dry-run')
    tap.ok('it counts', done.stdout == b'1 responses can be imported\n',
           done.stdout)
    tap.ok('and stores nothing', len(read(p.export('--all'))) == before)
    p.go('with a map', 0, name, '--consultation', ONE, '--map', m)
    row = read(p.export('--consultation', ONE, '--all'))[-1]
    tap.ok('columns, constants and values', row['name'] == 'Ana' and
           row['country'] == 'PE' and row['answer_2'] == '—' and
           row['answer_1'] == 'Sí, "todo"\nmás' and
           row['channel'] == 'import' and row['state'] == 'received', row)
    p.file('in.csv', table.replace('Sí', 'No'))
    done = p.go('something else under the same key', 1, name,
                '--consultation', ONE, '--map', m)
    tap.ok('it names the line', b'in.csv:2: ' in done.stderr, done.stderr)


def faults(p):
    head = 'name,country,email,answer_1\r\n'
    m = p.map(columns=dict(name='name', country='country', email='email',
                           answer_1='answer_1'),
              constants={k: v for k, v in CONSTANTS.items()
                         if k not in ('name', 'country')})
    before = len(read(p.export('--all')))
    bad = p.file('bad.csv', head + 'Ana,PE,,x\r\n"Eva\n",XX,,x\r\n'
                 'Ida,FR,nobody,x\r\nOle,NO,,\r\n')
    done = p.go('wrong rows', 1, bad, '--consultation', ONE, '--map', m)
    lines = done.stderr.decode().splitlines()
    tap.ok('each by its line', [w.partition('bad.csv:')[2].split(':')[0]
                                for w in lines[:3]] == ['3', '5', '6'] and
           'country: not_a_choice' in lines[0] and
           'email: not_an_email' in lines[1] and
           'answer_1: no_answer' in lines[2], done.stderr)
    tap.ok('all or nothing', len(read(p.export('--all'))) == before)
    for what, content, word in (
            ('a short row', head + 'Ana,PE\r\n', b'line 2 has 2 fields'),
            ('not UTF-8', head.encode() + b'\xff,PE,,x\r\n', b'line 2'),
            ('an open quote', head + '"Ana', b'line 2'),
            ('an empty file', '', b'empty'),
            ('a column twice', 'name,name\r\n', b'two columns'),
            ('no such column', 'name\r\n', b'no column "country"')):
        done = p.go(what, 1, p.file('bad.csv', content), '--consultation',
                    ONE, '--map', m)
        tap.ok('it is said', word in done.stderr, done.stderr)
    for what, name, content in (
            ('a column without meaning', 'x.csv', 'name,colour\r\n'),
            ('no JSON', 'x.jsonl', '{"name": \n'),
            ('no object', 'x.jsonl', '[1]\n')):
        p.go(what, 1, p.file(name, content), '--consultation', ONE)
    for members in (dict(columns={'a': 'nothing'}),
                    dict(columns={'a': 'name', 'b': 'name'}),
                    dict(columns={'a': 'answer_3'}), dict(colums={}),
                    dict(values={'name': {}})):
        p.go(f'a map with {members}', 1, bad, '--consultation', ONE, '--map',
             p.map(**members))
    p.go('no file', 1, '/nowhere', '--consultation', ONE)
    p.go('no consultation', 1, bad, '--consultation', f'{GROUP}/9')
    for args in ((), (bad,), (bad, '--consultation', 'x'),
                 (bad, '--consultation', ONE, '--format', 'xml'),
                 (bad, '--consultation', ONE, '--map')):
        p.go(f'usage {args[1:]}', 2, *args)
    for args in ((), ('people',), ('responses', '--nothing'),
                 ('responses', '--consultation', '/1')):
        done = p.house.run('export', *args)
        tap.ok(f'usage {args}', done.returncode == 2, done.stderr)
    done = p.house.run('export', 'responses', '-o', '/nowhere/x.csv')
    tap.ok('nowhere to write', done.returncode == 1, done.stderr)


def real_input(p):
    """Comments that people made elsewhere, and long documents."""
    folder = SHARED / 'data/themes/polis'
    if not folder.is_dir():
        print('# no polis: left out')
        return
    for path in sorted(folder.glob('*.csv')):
        table = read(path.read_bytes())
        text, ident = 'comment-body', 'comment-id'
        rows = [dict(r, key=f'{path.name} {r[ident]}') for r in table
                if r[text].strip()]
        m = p.map(columns={text: 'answer_1'}, key='key', constants=CONSTANTS)
        out = io.StringIO(newline='')
        w = csv.DictWriter(out, rows[0].keys())
        w.writeheader()
        w.writerows(rows)
        done = p.go(f'{path.name}, {len(rows)} comments', 0,
                    p.file('polis.csv', out.getvalue()), '--consultation',
                    TWO, '--map', m)
        tap.ok('all of them', done.stdout.startswith(
            f'{len(rows)} responses imported, 0'.encode()), done.stdout)
    texts = [t.read_text('utf-8') for t in
             sorted((SHARED / 'seeds').glob('*.txt'))]
    texts = [t[:39000] for t in texts]
    lines = ''.join(json.dumps(dict(CONSTANTS, answer_1=t)) + '\n'
                    for t in texts)
    p.go('the documents', 0, p.file('seeds.jsonl', lines), '--consultation',
         TWO)
    got = {json.loads(line)['answer_1'] for line in p.export(
        '--consultation', TWO, '--all', '--format', 'jsonl').splitlines()}
    clean = [t.replace('\r\n', '\n').replace('\x0c', '\n') for t in texts]
    tap.ok('as they were', all(t in got for t in clean),
           [t[:80] for t in clean if t not in got])


for engine, pg in engines():
    house = House(PROGRAM, pg)
    house.fill()
    port = Port(house, engine)
    for part in (round_trip, mapped, faults, real_input):
        part(port)
tap.done()
