"""A stream of server-sent events, as a browser opens one."""
import socket
import time

DEADLINE = 20  # seconds until a test gives up on an event


class Stream:
    """A stream of events, as a browser opens one."""

    def __init__(self, browser, path):
        self.sock = socket.create_connection(
            ('::1', browser.server.port), timeout=DEADLINE)
        cookie = '; '.join(f'{k}={v}' for k, v in browser.cookies.items())
        self.sock.sendall(
            (f'GET {path} HTTP/1.1\r\nHost: [::1]:{browser.server.port}\r\n'
             'User-Agent: Mozilla/5.0 Firefox/131.0\r\nAccept: text/event-'
             f'stream\r\nCookie: {cookie}\r\n\r\n').encode())
        self.text = ''
        self.head = self.until('\r\n\r\n')

    def until(self, what):
        """Everything up to and with it; what came behind is kept."""
        end = time.monotonic() + DEADLINE
        while what not in self.text:
            self.sock.settimeout(max(0.01, end - time.monotonic()))
            try:
                got = self.sock.recv(65536)
            except (TimeoutError, ConnectionResetError):
                got = b''
            if not got:
                raise AssertionError(f'no {what!r} in {self.text!r}')
            self.text += got.decode('utf-8', 'replace')
        before, _, self.text = self.text.partition(what)
        return before + what

    def piece(self):
        return self.until('\n\n')

    def ended(self):
        self.sock.settimeout(DEADLINE)
        try:
            while self.sock.recv(65536):
                pass
        except ConnectionResetError:
            pass
        return True
