"""A server for one test, and a browser without script to walk through it."""
import html
import html.parser
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

import statements

# Journeys count what their pages take; others that start a server do not.
COUNTS = os.path.dirname(os.path.abspath(sys.argv[0])) == os.path.dirname(
    os.path.abspath(__file__))
ENV = {k: v for k, v in os.environ.items() if not k.startswith('RAPPORTEUR')}


def free_port():
    with socket.socket(socket.AF_INET6) as s:
        s.bind(('::1', 0))
        return s.getsockname()[1]


class Tap:
    """Counts; a step that fails ends the test, for the next ones need it."""
    n = 0

    def check(self, name, ok, why=''):
        self.n += 1
        if not ok:
            for line in str(why).splitlines()[:60]:
                print('#', line)
        print('%sok %d - %s' % ('' if ok else 'not ', self.n, name),
              flush=True)
        if not ok:
            sys.exit(1)

    def done(self):
        print('1..%d' % self.n)


class Server:
    """`rapporteur serve` over a new data folder, on a port of its own."""

    def __init__(self, program, *sets):
        self.folder = tempfile.TemporaryDirectory()
        self.program = program
        self.port = free_port()
        self.sets = [*(['log_level=debug'] if COUNTS else []),
                     f'data_dir={self.folder.name}',
                     f'public_url=http://[::1]:{self.port}',
                     f'listen=[::1]:{self.port}', *sets]
        self.process = None

    def command(self, *args):
        sets = [x for s in self.sets for x in ('--set', s)]
        return subprocess.run([self.program, *args, *sets], env=ENV,
                              capture_output=True, text=True)

    def start(self):
        self.log = open(os.path.join(self.folder.name, 'log'), 'w+')
        sets = [x for s in self.sets for x in ('--set', s)]
        self.process = subprocess.Popen([self.program, 'serve', *sets],
                                        env=ENV, stderr=self.log)
        for _ in range(300):
            if 'event=ready' in self.said() or self.process.poll() is not None:
                break
            time.sleep(0.1)

    def said(self):
        with open(self.log.name) as f:
            return f.read()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
            if COUNTS:
                self.count()

    def count(self):
        """No page took more statements than it may."""
        wrong = statements.over(self.said())
        assert not wrong, f'too many statements: {wrong}'


class Forms(html.parser.HTMLParser):
    """The forms of a page: action, method, fields as a browser sends them."""

    def __init__(self):
        super().__init__()
        self.all, self.select, self.area = [], None, None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == 'form':
            self.all.append({'action': a.get('action', ''), 'fields': {},
                             'buttons': []})
        if not self.all:
            return
        fields = self.all[-1]['fields']
        if tag == 'input' and a.get('name'):
            if a.get('type') in ('checkbox', 'radio'):
                if 'checked' in a:
                    fields.setdefault(a['name'], []).append(a.get('value'))
            elif a.get('type') != 'file':
                fields.setdefault(a['name'], []).append(a.get('value', ''))
        elif tag == 'select':
            self.select = a.get('name')
        elif tag == 'option' and self.select and (
                'selected' in a or self.select not in fields):
            fields[self.select] = [a.get('value', '')]
        elif tag == 'textarea':
            self.area = a.get('name')
            fields[self.area] = ['']
        elif tag == 'button':
            self.all[-1]['buttons'].append((a.get('name'), a.get('value')))

    def handle_endtag(self, tag):
        if tag == 'select':
            self.select = None
        elif tag == 'textarea':
            # The first line end belongs to the markup.
            text = self.all[-1]['fields'][self.area]
            text[0] = text[0].removeprefix('\n')
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.all[-1]['fields'][self.area][0] += data


class Page:
    def __init__(self, url, status, headers, body):
        self.url, self.status, self.headers = url, status, headers
        self.octets, self.text = body, body.decode('utf-8', 'replace')
        self.location = headers.get('Location')
        self.retry_after = headers.get('Retry-After')

    def __str__(self):
        return f'{self.status} {self.url}\n{self.text}'

    @property
    def words(self):
        text = re.sub(r'<[^>]*>', '', self.text)
        return html.unescape(text)

    def form(self, action, button=None):
        """The form that goes to an address ending so, with such a button."""
        forms = Forms()
        forms.feed(self.text)
        for f in forms.all:
            path = f['action'].split('?')[0]
            if path.endswith(action) and (
                    button is None or button in [b[1] for b in f['buttons']]):
                return f
        raise KeyError(f'no form to {action} ({button}) in {self}')


class Browser:
    """Cookies and forms; follows no redirect by itself."""

    def __init__(self, server):
        self.server, self.cookies, self.set_cookie = server, {}, ''

    def ask(self, method, path, body=None, headers=None):
        con = http.client.HTTPConnection('::1', self.server.port, timeout=60)
        head = {'User-Agent': 'Mozilla/5.0 (X11; Linux) Firefox/131.0',
                **(headers or {})}
        if self.cookies:
            head['Cookie'] = '; '.join(f'{k}={v}'
                                       for k, v in self.cookies.items())
        con.request(method, path, body, head)
        got = con.getresponse()
        page = Page(path, got.status, got.headers, got.read())
        for line in got.headers.get_all('Set-Cookie') or []:
            self.set_cookie = line
            name, _, value = line.split(';')[0].partition('=')
            if 'Max-Age=0' in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        con.close()
        return page

    def get(self, path, **headers):
        return self.ask('GET', path, headers=headers)

    def post(self, path, fields, **headers):
        return self.ask('POST', path, urllib.parse.urlencode(fields, True), {
            'Content-Type': 'application/x-www-form-urlencoded', **headers})

    def send(self, page, action, button=None, **fields):
        """Fill in a page's form and send it."""
        form = page.form(action, button)
        filled = {**form['fields'], **fields}
        if button:
            filled['do'] = button
        return self.post(form['action'] or page.url.split('?')[0], filled)

    def follow(self, page):
        base = f'http://[::1]:{self.server.port}'
        return self.get(page.location.removeprefix(base))
