#!/usr/bin/env python3
"""Memory of all processes, idle and with 10,000 idle connections; others are
served meanwhile. TAP. Usage: idle_test.py PROGRAM

For a release build: the sanitizers' memory is not the server's."""
import os
import re
import resource
import socket
import time

from server import Server, Tap, program_and_folder, skip_all

COUNT = 10000
IDLE_MAX, BUSY_MAX = 48, 224  # MiB, by PSS
tap = Tap()
program, folder = program_and_folder()
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (COUNT + 500, COUNT + 500))
except (ValueError, OSError):
    skip_all('not enough descriptors')


def pss(server):
    total = 0
    for pid in [server.process.pid, *server.children().values()]:
        with open('/proc/%d/smaps_rollup' % pid) as f:
            total += int(re.search(r'(?m)^Pss: +(\d+)', f.read())[1])
    return total / 1024


server = Server(program, folder.name, 'idle_timeout=60s')
server.seed()
server.start()
client = server.client()
status, where = client.submit('Before the crowd.')
tap.check('served before', status == 303, where)
idle = pss(server)
print('# idle: %.1f MiB' % idle)
tap.check('idle: at most %d MiB' % IDLE_MAX, idle <= IDLE_MAX, idle)
crowd = []
for n in range(COUNT):
    s = socket.create_connection(('::1', server.port), 20)
    # A third have said nothing, a third half a line, a third half their headers.
    if n % 3 == 1:
        s.sendall(b'GET /en/ HTTP')
    elif n % 3 == 2:
        s.sendall(b'GET /en/ HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    crowd.append(s)
time.sleep(1)
busy = pss(server)
print('# with %d connections: %.1f MiB' % (COUNT, busy))
tap.check('with %d connections: at most %d MiB' % (COUNT, BUSY_MAX),
          busy <= BUSY_MAX, busy)
other = server.client()
began = time.time()
status, where = other.submit('In the crowd.')
tap.check('others are served', status == 303, where)
print('# a submission took %.3f s' % (time.time() - began))
for s in crowd:
    s.close()
server.stop()
tap.done()
