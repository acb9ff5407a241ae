#!/usr/bin/env python3
"""A meeting pack of 100 documents, 200 MB: how long, and how much memory the
process that serves it takes at most. Usage: bench/pack.py PROGRAM"""
import http.client
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../tests/journey'))
from house import House  # noqa: E402

DOCUMENTS, OCTETS = 100, 2_000_000


class Loud:
    def check(self, name, ok, why=''):
        if not ok:
            sys.exit(f'{name}: {why}')


def resident(pid, what):
    with open(f'/proc/{pid}/status') as f:
        return int(re.search(what + r':\s+(\d+)', f.read())[1]) / 1024


def below(pid):
    """The process and all that it started."""
    out, todo = [], [pid]
    while todo:
        one = todo.pop()
        out.append(one)
        with open(f'/proc/{one}/task/{one}/children') as f:
            todo += [int(i) for i in f.read().split()]
    return out


def fill(h, url):
    body = os.urandom(OCTETS)
    for n in range(DOCUMENTS):
        one = h.document(url, f'Document {n}', 'public', posted=False)
        form = h.staff.get(one).form(one, 'file')
        fields = {**{k: v[0] for k, v in form['fields'].items()},
                  'lang': 'en', 'revision': '0', 'do': 'file'}
        text = b''.join(
            f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
            .encode() for k, v in fields.items())
        # A PDF by its first octets, each another.
        text += (b'--B\r\nContent-Disposition: form-data; name="file"; '
                 b'filename="x.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
                 b'%PDF-1.7\n%' + str(n).encode() + b'\n' + body +
                 b'\r\n--B--\r\n')
        got = h.staff.ask('POST', one, text, {
            'Content-Type': 'multipart/form-data; boundary=B'})
        assert got.status == 303, got
        h.staff.send(h.staff.get(one), one, 'post')


def main():
    h = House(Loud(), 'sqlite')
    try:
        url, public = h.meeting()
        fill(h, url)
        # Memory of filling is not what is measured.
        h.server.stop()
        h.server.start()
        h.public.get(public)
        before = max(resident(p, 'VmRSS') for p in
                     below(h.server.process.pid))
        con = http.client.HTTPConnection('::1', h.server.port, timeout=600)
        began = time.monotonic()
        con.request('GET', public + 'pack.zip')
        got, n = con.getresponse(), 0
        while piece := got.read(1 << 20):
            n += len(piece)
        took = time.monotonic() - began
        most = max(resident(p, 'VmHWM') for p in below(h.server.process.pid))
        print(f'{DOCUMENTS} documents, {n / 1e6:.1f} MB in {took:.2f} s '
              f'({n / 1e6 / took:.0f} MB/s); resident {before:.1f} MiB '
              f'before, {most:.1f} MiB at most')
        sys.exit(most > 64)
    finally:
        h.server.stop()


main()
