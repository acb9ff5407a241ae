#!/usr/bin/env python3
"""How fast viewers of a list of speakers see a change.

usage: bench/speakers.py PROGRAM [VIEWERS [CHANGES]]

Starts PROGRAM over a new data folder, opens VIEWERS streams of events of one
item over loopback and keeps them, then lets the Chair change the list CHANGES
times. For each change the time is taken from the moment that the form of the
Chair is sent until the last octet of the new list is with a viewer; the time
in which the Chair gets his answer is within it. Prints a table row for
bench/RESULTS.md. This program shares the processors with the server.
"""
import os
import re
import resource
import select
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'tests',
                                'journey'))
from house import House  # noqa: E402

WAIT = 10  # seconds until a change counts as lost


class Quiet:
    def check(self, name, ok, why=''):
        if not ok:
            sys.exit(f'{name}: {why}')


def item(h):
    url, public = h.meeting()
    page = h.staff.get(url + '/agenda')
    h.staff.send(page, '/agenda', 'add_part', title='Open', access='public',
                 opens='2999-10-04T09:30', closes='2999-10-04T13:00')
    page = h.staff.get(url + '/agenda')
    h.staff.send(page, '/agenda', 'add_item', title='Wells', kind='other')
    page = h.staff.get(url + '/agenda')
    found = re.search(r'/items/(\d+)', page.text)[1]
    return f'{public}items/{found}/floor'


def connect(port, path, n, poll):
    """n streams, each with its first piece read."""
    request = (f'GET {path}/events HTTP/1.1\r\nHost: [::1]:{port}\r\n'
               'User-Agent: bench\r\n\r\n').encode()
    all_of = {}
    for _ in range(n):
        s = socket.create_connection(('::1', port))
        s.sendall(request)
        s.setblocking(False)
        all_of[s.fileno()] = s
        poll.register(s.fileno(), select.EPOLLIN)
    until(all_of, poll, time.monotonic() + WAIT)
    return all_of


def until(all_of, poll, end):
    """Times at which each stream had a whole piece."""
    rest, text, times = set(all_of), dict.fromkeys(all_of, b''), []
    while rest and time.monotonic() < end:
        for fd, _ in poll.poll(0.1):
            got = all_of[fd].recv(1 << 16)
            if not got:
                sys.exit('a stream ended')
            text[fd] += got
            # A piece ends with an empty line inside its chunk.
            if fd in rest and b'\n\n\r\n' in text[fd].partition(
                    b'event: piece')[2]:
                rest.discard(fd)
                times.append(time.monotonic())
    if rest:
        sys.exit(f'{len(rest)} of {len(all_of)} streams saw nothing; '
                 f'one has {text[min(rest)][:300]}')
    return times


def changes(h, path, all_of, poll, n):
    page = h.staff.get(path)
    options = page.text.split('name="party"')[1].split('</select>')[0]
    parties = re.findall(r'value="(\d+)"', options)[1:]
    token = page.form(path, 'open')['fields']['token'][0]
    took = []
    for k in range(n):
        fields = {'token': token, 'do': 'enter', 'source': 'desk', 'name': '',
                  'party': parties[k % 20], 'class': 'member'} \
            if k < 20 else {'token': token, 'do': 'next'} \
            if k % 2 == 0 else {'token': token, 'do': 'more'}
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:  # the Chair, who does not wait for the viewers
            got = h.staff.post(path, fields)
            os._exit(0 if got.status == 303 else 1)
        times = until(all_of, poll, began + WAIT)
        if os.waitpid(pid, 0)[1] != 0:
            sys.exit('the Chair was refused')
        took.append([t - began for t in times])
        time.sleep(0.05)
    return took


def main(program, viewers=1000, n=40):
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    h = House(Quiet(), 'bench')
    poll = select.epoll()
    try:
        path = item(h)
        all_of = connect(h.server.port, path, viewers, poll)
        took = changes(h, path, all_of, poll, n)
        pages = [int(re.search(r'VmRSS:\s+(\d+)', open(
            f'/proc/{p}/status').read())[1]) for p in os.listdir('/proc')
            if p.isdigit() and os.path.exists(f'/proc/{p}/exe') and
            os.path.realpath(f'/proc/{p}/exe') == os.path.realpath(program)]
    finally:
        h.server.stop()
    every = sorted(1000 * t for c in took for t in c)
    last = sorted(1000 * max(c) for c in took)
    load = os.getloadavg()[0]
    print(f'| {viewers} | {n} | {every[len(every) // 2]:.0f} | '
          f'{every[len(every) * 99 // 100]:.0f} | {last[len(last) // 2]:.0f} '
          f'| {last[-1]:.0f} | {max(pages) // 1024} | {load:.1f} |')


if __name__ == '__main__':
    main(sys.argv[1], *map(int, sys.argv[2:]))
