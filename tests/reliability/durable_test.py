#!/usr/bin/env python3
"""No octet of an acknowledgement leaves before its commit is on disk: the
system calls of the web process, by strace. TAP. Usage: durable_test.py PROGRAM
"""
import os
import re
import subprocess
import threading

from server import Server, Tap, program_and_folder

COUNT, CLIENTS = 10, 4
tap = Tap()
program, folder = program_and_folder()
server = Server(program, folder.name)
server.seed()
server.start()
web = server.children()['web']
out = os.path.join(folder.name, 'trace')
trace = subprocess.Popen(
    ['strace', '-y', '-s', '40', '-o', out, '-e',
     'trace=pwrite64,fdatasync,fsync,send,sendto,sendmsg,write,writev', '-p',
     str(web)], stderr=subprocess.PIPE)
said = trace.stderr.readline()
if b'attached' not in said:
    server.stop()
    tap.skip('trace', 'strace cannot attach here')
    tap.done()
    raise SystemExit

statuses = []


def respond(n):
    client = server.client(60)
    for i in range(COUNT):
        statuses.append(client.submit('Answer %d %d' % (n, i))[0])


threads = [threading.Thread(target=respond, args=(n,))
           for n in range(CLIENTS)]
for t in threads:
    t.start()
for t in threads:
    t.join()
trace.terminate()
trace.wait()
server.stop()
tap.check('all were taken', statuses == [303] * COUNT * CLIENTS, statuses)
unsynced, answers, early, syncs = 0, 0, [], 0
with open(out) as f:
    for line in f:
        if re.match(r'pwrite64\(.*-wal>', line):
            unsynced += 1
        elif re.match(r'(fdatasync|fsync)\(.*-wal>\) += 0', line):
            unsynced, syncs = 0, syncs + 1
        elif 'HTTP/1.1 303' in line:
            answers += 1
            if unsynced:
                early.append(line)
tap.check('all acknowledgements were seen', answers == len(statuses),
          '%d of %d' % (answers, len(statuses)))
tap.check('each commit was synced', 0 < syncs <= answers, syncs)
tap.check('none left before the log was on disk', not early, early[:3])
tap.done()
