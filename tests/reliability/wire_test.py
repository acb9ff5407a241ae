#!/usr/bin/env python3
"""Requests octet by octet, good and hostile: tests/wire/*.case. TAP.

usage: wire_test.py PROGRAM FOLDER

A case is lines of "> octets" to be sent and "< what is expected":

    > GET /en/ HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n     \\r \\n \\t \\\\ \\xNN, {A*9000}
    < 200|304        the status of the next answer; "none": closed without one
    < header REGEX   a header line of the last answer matches
    < no-header REGEX
    < body REGEX
    < closed         and then the server closes
    < kept           and then the connection still serves
"""
import os
import re
import socket
import sys

from server import Server, Tap, program_and_folder

tap = Tap()
program, folder = program_and_folder()


def octets(line):
    out, at = bytearray(), 0
    for m in re.finditer(r'\\x([0-9a-fA-F]{2})|\\(.)|\{(.)\*(\d+)\}', line):
        out += line[at:m.start()].encode()
        if m[1]:
            out.append(int(m[1], 16))
        elif m[2]:
            out += {'r': b'\r', 'n': b'\n', 't': b'\t'}.get(
                m[2], m[2].encode())
        else:
            out += m[3].encode() * int(m[4])
        at = m.end()
    return bytes(out + line[at:].encode())


class Wire:
    def __init__(self, port):
        self.s = socket.create_connection(('::1', port), 15)
        self.got = b''

    def more(self):
        try:
            piece = self.s.recv(65536)
        except ConnectionResetError:
            piece = b''
        self.got += piece
        return bool(piece)

    def answer(self, head_only):
        """(status, head, body), or None at the end of the connection."""
        while b'\r\n\r\n' not in self.got:
            if not self.more():
                return None
        head, self.got = self.got.split(b'\r\n\r\n', 1)
        status = int(head.split(b' ', 2)[1])
        length = re.search(rb'(?im)^content-length: *(\d+)', head)
        n = int(length[1]) if length else 0
        if head_only or status in (204, 304) or status < 200:
            n = 0
        while len(self.got) < n and self.more():
            pass
        body, self.got = self.got[:n], self.got[n:]
        return status, head, body

    def closed(self):
        try:
            return not self.got and not self.more()
        except socket.timeout:
            return False

    def kept(self):
        self.s.sendall(b'GET /en/ HTTP/1.1\r\nHost: x\r\n\r\n')
        a = self.answer(False)
        return a is not None and a[0] == 200


def run(case, port):
    """None, or why it fails."""
    w, last, head_only = Wire(port), None, False
    with open(case) as f:
        lines = [s.rstrip('\n') for s in f]
    for line in lines:
        if line.startswith('> '):
            head_only = line.startswith('> HEAD')
            try:
                w.s.sendall(octets(line[2:]))
            except OSError:
                pass  # it was refused before its end
            continue
        if not line.startswith('< '):
            continue
        what, _, rest = line[2:].partition(' ')
        if what == 'closed':
            if last and b'Content-Security-Policy' not in last[1]:
                w.got = b''
            ok = w.closed()
        elif what == 'kept':
            ok = w.kept()
        elif what == 'header':
            ok = re.search(rest.encode(), last[1], re.I | re.M)
        elif what == 'no-header':
            ok = not re.search(rest.encode(), last[1], re.I | re.M)
        elif what == 'body':
            ok = re.search(rest.encode(), last[2], re.S)
        else:
            try:
                last = w.answer(head_only)
            except socket.timeout:
                last = (0, b'', b'no answer, not closed')
            got = str(last[0]) if last else 'none'
            ok = got in what.split('|')
            # An answer is one header block and one body. What libmicrohttpd
            # 0.9.75 refuses by itself has two, and then the end.
            ours = last and b'Content-Security-Policy' in last[1]
            if ours and not head_only and b'HTTP/1.' in last[2][:2000]:
                return 'two header blocks: %r' % (last[1:],)
        if not ok:
            return '%s\nlast answer: %r' % (line, last)
    w.s.close()
    return None


server = Server(program, folder.name, 'idle_timeout=5s')
server.seed()
server.start()
web = server.children()['web']
cases = sorted(f for f in os.listdir(sys.argv[2]) if f.endswith('.case'))
failed = 0
for name in cases:
    why = run(os.path.join(sys.argv[2], name), server.port)
    tap.n += 1
    if why:
        failed += 1
        for line in why.splitlines():
            print('#', line[:1500])
    print('%sok %d - %s' % ('not ' if why else '', tap.n, name[:-5]),
          flush=True)
tap.check('the same web process serves', server.children().get('web') == web,
          server.said())
tap.check('it ends in order', server.stop() == 0 and
          'ERROR' not in server.said(), server.said())
tap.done()
