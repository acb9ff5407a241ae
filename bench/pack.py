#!/usr/bin/env python3
"""A meeting pack of 100 documents, 200 MB, as a ZIP file and as one PDF: how
long, and how much memory the process that serves it takes at most.
Usage: bench/pack.py PROGRAM [DOCUMENTS]"""
import http.client
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../tests/journey'))
from house import House  # noqa: E402

DOCUMENTS = int(sys.argv[2]) if len(sys.argv) > 2 else 100
OCTETS = 2_000_000


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


def scan(n, body):
    """A PDF of one page with a picture of so many octets, each another."""
    objects = [b'<</Type/Catalog/Pages 2 0 R>>',
               b'<</Type/Pages/Count 1/Kids[3 0 R]>>',
               b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R'
               b'/Resources<</XObject<</I 5 0 R>>>>>>',
               b'<</Length 28>>\nstream\nq 600 0 0 800 0 0 cm /I Do Q\n'
               b'endstream',
               b'<</Type/XObject/Subtype/Image/Width 1000/Height %d'
               b'/ColorSpace/DeviceGray/BitsPerComponent 8/Length %d>>\n'
               b'stream\n%s\nendstream' % (len(body) // 1000, len(body),
                                          body)]
    out, at = b'%%PDF-1.7\n%%%d\n' % n, []
    for i, o in enumerate(objects):
        at.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, o)
    return out + (b'xref\n0 6\n0000000000 65535 f \n' +
                  b''.join(b'%010d 00000 n \n' % i for i in at) +
                  b'trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n'
                  % len(out))


def fill(h, url):
    body = os.urandom(OCTETS)
    for n in range(DOCUMENTS):
        one = h.document(url, f'Document {n}', 'public', posted=False)
        h.upload(one, scan(n, body), 'x.pdf', lang='en', revision='0')
        h.staff.send(h.staff.get(one), one, 'post')


def read(h, public, name):
    """(octets, seconds, the most that any process of it took, in MiB)."""
    # Memory of filling, and of the other one, is not what is measured.
    h.server.stop()
    h.server.start()
    h.public.get(public)
    before = max(resident(p, 'VmRSS') for p in below(h.server.process.pid))
    con = http.client.HTTPConnection('::1', h.server.port, timeout=600)
    began = time.monotonic()
    con.request('GET', public + name)
    got, n = con.getresponse(), 0
    while piece := got.read(1 << 20):
        n += len(piece)
    took = time.monotonic() - began
    most = max(resident(p, 'VmHWM') for p in below(h.server.process.pid))
    print(f'{name}: {DOCUMENTS} documents, {n / 1e6:.1f} MB in {took:.2f} s '
          f'({n / 1e6 / took:.0f} MB/s); resident {before:.1f} MiB before, '
          f'{most:.1f} MiB at most', flush=True)
    return n, most


def main():
    h = House(Loud(), 'sqlite')
    try:
        url, public = h.meeting()
        fill(h, url)
        end = time.time() + 1200
        page = b''
        while page.count(b'/Fit]') < DOCUMENTS and time.time() < end:
            time.sleep(5)
            page = h.public.get(public + 'pack.pdf').octets
        _, zipped = read(h, public, 'pack.zip')
        n, joined = read(h, public, 'pack.pdf')
        sys.exit(max(zipped, joined) > 64 or n < DOCUMENTS * OCTETS)
    finally:
        h.server.stop()


main()
