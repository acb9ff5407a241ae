#!/usr/bin/env python3
"""SIGKILL under load: what was acknowledged is found afterwards. TAP.

usage: kill_test.py PROGRAM [KILLS]

Half of the kills take the web process alone (the supervisor starts another),
half take every process of the server at once, which is then started again."""
import os
import random
import signal
import sqlite3
import sys
import threading
import time

from server import Server, Tap, alive, program_and_folder

CLIENTS = 6
tap = Tap()
program, folder = program_and_folder()
kills = int(sys.argv[2]) if len(sys.argv) > 2 else 50
server = Server(program, folder.name)
server.seed()
server.start()
receipts = []           # (address, text) of what a client was told is safe
lock = threading.Lock()
stop = threading.Event()
odd = []


def respondent(number):
    client, n = server.client(5), 0
    while not stop.is_set():
        n += 1
        text = 'Answer %d of client %d. ' % (n, number) + 'words ' * 60
        try:
            status, where = client.submit(text)
        except (OSError, RuntimeError, Exception) as e:
            if not isinstance(e, OSError) and 'no form' in str(e):
                odd.append(str(e))
            time.sleep(0.02)
            continue
        if status == 303:
            with lock:
                receipts.append((where, text.strip()))
        elif status != 503:
            odd.append((status, where[:300]))


threads = [threading.Thread(target=respondent, args=(i,), daemon=True)
           for i in range(CLIENTS)]
for t in threads:
    t.start()
random.seed(7)
done = 0
while done < kills:
    before = len(receipts)
    deadline = time.time() + 20
    while len(receipts) < before + 3 and time.time() < deadline:
        time.sleep(0.005)
    time.sleep(random.random() * 0.05)
    if len(receipts) == before:
        break
    if done % 2 == 0:
        web = server.children().get('web')
        if web is None:
            time.sleep(0.05)
            continue
        os.kill(web, signal.SIGKILL)
        for _ in range(500):
            if not alive(web) and 'web' in server.children():
                break
            time.sleep(0.01)
    else:
        server.kill_all()
        server.start()
    done += 1
stop.set()
for t in threads:
    t.join(10)
tap.check('%d kills under load' % kills, done == kills,
          'after %d kills nothing more came:\n%s' % (done, server.said()))
tap.check('nothing was answered but 303 and 503', not odd, odd[:5])

# Every receipt by its link, with the answer under it.
client, lost = server.client(), []
for where, text in receipts:
    status, _, body = client.ask('GET', where)
    if status != 200:
        lost.append((where, status))
tap.check('%d receipts, each found by its link' % len(receipts),
          len(receipts) >= kills and not lost, lost[:5])
server.stop()
with sqlite3.connect(server.db) as db:
    stored = {row[0].strip() for row in db.execute('select body from answer')}
    missing = [t for _, t in receipts if t not in stored]
    tap.check('each with its answer', not missing, missing[:3])
    tap.check('integrity_check', db.execute(
        'pragma integrity_check').fetchall() == [('ok',)])
    tap.check('foreign_key_check', db.execute(
        'pragma foreign_key_check').fetchall() == [])
    half = db.execute(
        'select count(*) from response r where not exists (select 1 from'
        ' revision v join answer a on a.revision_id = v.id'
        ' where v.response_id = r.id)').fetchone()[0]
    tap.check('no half rows', half == 0, half)
tap.done()
