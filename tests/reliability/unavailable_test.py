#!/usr/bin/env python3
"""Full disk, locked database: 503 with the typed text, and
recovery without help. TAP. Usage: unavailable_test.py PROGRAM"""
import os
import sqlite3
import subprocess
import sys
import time

from server import Server, Tap, program_and_folder

tap = Tap()
program, folder = program_and_folder()
TEXT = 'What was typed stays: 你好 مرحبا '


def refused(client, name, token):
    """503, the page holds the text; reading may fail too, but is answered."""
    status, page = client.submit(TEXT + name, token=token)
    tap.check(name + ': 503', status == 503, (status, page[:500]))
    tap.check(name + ': the page holds what was typed',
              (TEXT + name).encode() in page, page[-3000:])


def recovers(server, client, name, token, web):
    # The same form again: the token is of the page that could not be sent.
    for _ in range(100):
        status, where = client.submit(TEXT + name, token=token)
        if status == 303:
            break
        time.sleep(0.1)
    tap.check(name + ': the next try succeeds', status == 303,
              (status, where))
    tap.check(name + ': its receipt is there',
              client.ask('GET', where)[0] == 200)
    tap.check(name + ': by the same process',
              server.children().get('web') == web, server.said())


def locked():
    """Another process holds the lock file for a while, then the database."""
    server = Server(program, os.path.join(folder.name, 'a'))
    os.mkdir(server.folder)
    server.seed()
    server.start()
    web, client = server.children()['web'], server.client()
    token = client.token()
    with sqlite3.connect(server.db, isolation_level=None) as other:
        other.execute('begin exclusive')
        refused(client, 'database locked', token)
        other.execute('rollback')
    recovers(server, client, 'database locked', token, web)
    server.stop()


def inside():
    """In a mount namespace of its own: the data lie on a small tmpfs."""
    at = sys.argv[3]
    subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=12m', 'none', at],
                   check=True)
    server = Server(program, at)
    server.seed()
    server.start()
    web, client = server.children()['web'], server.client()

    token = client.token()
    filler = os.path.join(at, 'filler')
    with open(filler, 'wb', buffering=0) as f:
        try:
            while True:
                f.write(b'x' * 4096)
        except OSError:
            pass
    # What is left of the log is used up first.
    for n in range(400):
        status, _ = client.submit('x' * 8000, token=client.token())
        if status == 503:
            break
    refused(client, 'full disk', token)
    os.unlink(filler)
    recovers(server, client, 'full disk', token, web)

    server.stop()
    with sqlite3.connect(server.db) as db:
        tap.check('integrity_check', db.execute(
            'pragma integrity_check').fetchall() == [('ok',)])
    tap.done()


if len(sys.argv) > 2:
    tap.n = int(sys.argv[4])
    inside()
    sys.exit(0)
locked()
where = os.path.join(folder.name, 'small')
os.mkdir(where)
probe = subprocess.run(['unshare', '-m', 'mount', '-t', 'tmpfs', 'none',
                        where], capture_output=True)
if probe.returncode != 0:
    tap.skip('full disk', 'no mount namespace here')
    tap.done()
    sys.exit(0)
sys.stdout.flush()
done = subprocess.run(['unshare', '-m', sys.executable, sys.argv[0], program,
                       'inside', where, str(tap.n)])
sys.exit(done.returncode)
