#!/usr/bin/env python3
"""How long the server takes from a passage decided to the next one shown, with
many responses to one question; and the other pages of the workbench.
Usage: theme_queue.py PROGRAM [RESPONSES]

The responses are written into the database of the demonstration as the worker
would leave them: each with one answer of two units, in forty themes."""
import os
import pathlib
import re
import sqlite3
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'tests/journey'))
from server import Browser, Server  # noqa: E402

PHRASE = 'eleven herons over the weir'
N = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
THEMES, TIMES = 40, 30


def columns(db, table):
    return [r[1] for r in db.execute(f'PRAGMA table_info({table})')]


def copies(db, table, row, n, change):
    """`n` rows like `row`, with new ids; what changes is made of the index."""
    names = columns(db, table)
    first = db.execute(f'SELECT coalesce(max(id), 0) + 1 FROM {table}'
                       ).fetchone()[0]
    marks = ','.join('?' * len(names))
    db.executemany(
        f'INSERT INTO {table} ({",".join(names)}) VALUES ({marks})',
        ([{**row, **change(i), 'id': first + i}[c] for c in names]
         for i in range(n)))
    return first


def one(db, sql):
    got = db.execute(sql)
    return dict(zip([c[0] for c in got.description], got.fetchone()))


def fill(path):
    db = sqlite3.connect(path)
    db.execute('PRAGMA foreign_keys = OFF')
    response = one(db, "SELECT * FROM response WHERE state = 'published' AND "
                   'number > 0 ORDER BY id LIMIT 1')
    revision = one(db, 'SELECT * FROM revision WHERE id = '
                   f'{response["standing_revision_id"]}')
    question = one(db, 'SELECT * FROM question WHERE consultation_id = '
                   f'{response["consultation_id"]} ORDER BY position LIMIT 1')
    answer = one(db, 'SELECT * FROM answer WHERE question_id = '
                 f'{question["id"]} LIMIT 1')
    top = db.execute('SELECT max(number) FROM response').fetchone()[0]
    v0 = db.execute('SELECT max(id) + 1 FROM revision').fetchone()[0]
    r0 = copies(db, 'response', response, N, lambda i: {
        'number': top + 1 + i, 'code': f'BENCH-{i:08d}',
        'secret_hash': os.urandom(32), 'standing_revision_id': v0 + i,
        'public_revision_id': v0 + i, 'form_id': os.urandom(16).hex()})
    copies(db, 'revision', revision, N, lambda i: {'response_id': r0 + i})
    text = 'Passage {0} of many. It says the same as no other, {0} times.'
    a0 = copies(db, 'answer', answer, N, lambda i: {
        'revision_id': v0 + i, 'question_id': question['id'],
        'body': text.format(i)})
    db.execute('INSERT INTO codebook (question_id, run_id, created_at) VALUES '
               f'({question["id"]}, 1, 0)')
    book = db.execute('SELECT max(id) FROM codebook').fetchone()[0]
    db.execute('INSERT INTO theme_run (id, codebook_id, state, seed, wanted, '
               'asked_at, responses, units, themes) VALUES (1, ?, '
               "'applied', 1, 0, 0, ?, ?, ?)", (book, N, 2 * N, THEMES))
    for t in range(THEMES):
        db.execute('INSERT INTO theme (codebook_id, state, made_by, label, '
                   "label_lang, created_at) VALUES (?, 'suggested', "
                   "'machine', ?, 'en', 0)", (book, f'theme {t}'))
        db.execute('INSERT INTO run_theme (run_id, n, parent_n, theme_id, '
                   "label, lang) VALUES (1, ?, -1, ?, 'x', 'en')",
                   (t, db.execute('SELECT max(id) FROM theme').fetchone()[0]))
    cut = [len(text.partition(' It')[0].format(i)) for i in range(N)]
    db.executemany(
        'INSERT INTO run_unit (run_id, n, response_id, answer_id, from_byte, '
        'to_byte, lang, copy_of, is_shared, theme_n, by_whom, score, turn) '
        "VALUES (1, ?, ?, ?, ?, ?, 'en', ?, 0, ?, ?, ?, ?)",
        ((2 * i + k, r0 + i, a0 + i, (cut[i] + 1) * k,
          len(text.format(i)) if k else cut[i], 2 * i + k,
          (i * 7 + k) % THEMES if (i + k) % 3 else -1,
          'machine' if (i + k) % 3 else 'nobody', (i * 37 + k * 11) % 1000,
          i + 1 if k == 0 and i < 1000 else 1000000)
         for i in range(N) for k in range(2)))
    db.executemany(
        'INSERT INTO run_reading (run_id, response_id, answer_id, state, '
        "campaign_n) VALUES (1, ?, ?, 'themed', -1)",
        ((r0 + i, a0 + i) for i in range(N)))
    db.commit()
    db.execute('ANALYZE')
    db.close()
    return question['id']


def timed(ask):
    began = time.perf_counter()
    page = ask()
    took = (time.perf_counter() - began) * 1000
    assert page.status in (200, 303), page
    return page, took


def say(what, all_ms):
    print(f'{what}: median {statistics.median(all_ms):.0f} ms, worst '
          f'{max(all_ms):.0f} ms of {len(all_ms)}')


def counted(path):
    """Seconds until the worker keeps the figures of every codebook."""
    began = time.perf_counter()
    with sqlite3.connect(path) as db:
        while db.execute('SELECT count(*) FROM codebook WHERE '
                         'tallied <> changes').fetchone()[0] > 0:
            assert time.perf_counter() - began < 120
            time.sleep(0.1)
    return time.perf_counter() - began


server = Server(sys.argv[1])
link = server.command('demo').stdout.strip().partition(str(server.port))[2]
folder = pathlib.Path(server.folder.name)
path = next(f for f in folder.rglob('*') if f.is_file() and
            f.open('rb').read(15) == b'SQLite format 3')
print(f'{N} responses of one question, written ...', flush=True)
q = fill(path)
server.start()
try:
    staff = Browser(server)
    staff.send(staff.get(link), link, passphrase=PHRASE, repeat=PHRASE)
    queue = f'/en/desk/questions/{q}/queue'
    decided, shown = [], []
    page = staff.get(queue)
    for i in range(TIMES):
        form = re.findall(r'name="span" value="([^"]*)"', page.text)
        theme = re.search(r'<option value="(\d+)"', page.text)[1]
        got, ms = timed(lambda: staff.send(page, queue, 'choose',
                                           span=form[0], theme=theme))
        page, more = timed(lambda: staff.get(queue))
        assert form[0] not in page.text
        decided.append(ms)
        shown.append(ms + more)
    say('a decision stored', decided)
    say('decided, and the next page of passages shown', shown)
    url = f'/en/desk/questions/{q}/themes'
    say('page themes, before the worker has counted',
        [timed(lambda: staff.get(url))[1]])
    print(f'counted again after {counted(path):.1f} s', flush=True)
    for name in ('themes', 'decisions', 'readings/unread', 'recodings',
                 'exchange'):
        say(f'page {name}', [timed(lambda: staff.get(
            f'/en/desk/questions/{q}/{name}'))[1] for _ in range(3)])
finally:
    server.stop()
