"""A server with the demonstration, its administrator, anybody, and people with
the rights that a test gives them."""
import re
import sys

from server import Browser, Server

PHRASE = 'eleven herons over the weir'


class House:
    """One server on one engine; `tap` counts."""

    def __init__(self, tap, engine, *sets):
        self.tap, self.engine = tap, engine
        self.server = Server(sys.argv[1], 'page_age=0s', *sets)
        made = self.server.command('demo')
        self.check('the demonstration is loaded', made.returncode == 0,
                   made.stderr)
        link = made.stdout.strip().partition(str(self.server.port))[2]
        self.server.start()
        self.staff = Browser(self.server)
        self.public = Browser(self.server)
        page = self.staff.send(self.staff.get(link), link, passphrase=PHRASE,
                               repeat=PHRASE)
        self.check('the administrator is in', page.status == 303, page)

    def check(self, name, ok, why=''):
        self.tap.check(f'{self.engine}: {name}', ok, why)

    def person(self, name, *capabilities):
        """Somebody who is signed in and has these rights on the first group."""
        page = self.staff.get('/en/desk/people')
        got = self.staff.send(page, '/people', 'add', name=name,
                              email=f'{name.lower()}@example.org')
        link = re.search(r'/en/l/[0-9a-z]{32}', got.text)
        self.check(f'{name} is invited', link, got)
        one = Browser(self.server)
        one.send(one.get(link[0]), link[0], passphrase=PHRASE, repeat=PHRASE)
        page = self.staff.get('/en/desk/rights')
        who = re.search(r'value="([^"]*)"[^>]*>[^<]*' + name, page.text)
        on = re.search(r'value="(group \d+)"', page.text)
        for capability in capabilities:
            got = self.staff.send(page, '/rights', 'grant', holder=who[1],
                                  capability=capability, object=on[1],
                                  instrument='Decision 7')
            self.check(f'{name} may {capability}', got.status == 303, got)
        return one

    def meeting(self, ordinal='20', opens='2999-10-04T09:30',
                closes='2999-10-05T17:30'):
        """A meeting of the first group: its pages at the desk and for all."""
        page = self.staff.get('/en/desk/meetings')
        group = re.search(r'<option value="(\d+)"', page.text)[1]
        made = self.staff.send(page, '/meetings', 'create', group=group,
                               series='CWG-Internet', ordinal=ordinal,
                               zone='Europe/Zurich', opens=opens,
                               closes=closes, place='Geneva', mode='hybrid')
        self.check(f'meeting {ordinal} is entered', made.status == 303, made)
        url = made.location.split('?')[0]
        page = self.staff.get(url)
        public = re.search(r'href="(/en/[^"]*/meetings/%s/)"' % ordinal,
                           page.text)[1]
        return url, public

    def document(self, url, title, access='members', posted=True):
        """A document of a meeting; its page at the desk."""
        made = self.staff.send(self.staff.get(url), url, 'add', title=title,
                               kind='contribution', lang='en', access=access,
                               **{'for': 'action'})
        self.check(f'document {title}', made.status == 303, made)
        one = made.location.split('?')[0]
        if posted:
            got = self.staff.send(self.staff.get(one), one, 'post')
            self.check(f'{title} is posted', got.status == 303, got)
        return one

    def file(self, one, octets, name, **fields):
        """A file of a document, by its page at the desk."""
        form = self.staff.get(one).form(one, 'file')
        filled = {**{k: v[0] for k, v in form['fields'].items()}, **fields,
                  'do': 'file'}
        body = b''.join(
            f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
            .encode() for k, v in filled.items())
        body += (f'--B\r\nContent-Disposition: form-data; name="file"; filename='
                 f'"{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
                 ).encode() + octets + b'\r\n--B--\r\n'
        got = self.staff.ask('POST', one, body, {
            'Content-Type': 'multipart/form-data; boundary=B'})
        self.check(f'{name} is added', got.status == 303, got)
