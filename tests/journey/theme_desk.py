"""What the walks through the workbench of themes share: a server with the
demonstration, its administrator, the public; what stands on pages."""
import html
import json
import pathlib
import re
import sys
import time

from server import Browser, Server, Tap

PHRASE = 'eleven herons over the weir'
DEMO = pathlib.Path(__file__).parents[2] / 'demo/responses-1.jsonl'
tap = Tap()


class Desk:
    """A server with the demonstration, its administrator, and the public."""

    def __init__(self, engine, *sets):
        self.engine = engine
        self.server = Server(sys.argv[1], *sets)
        made = self.server.command('demo')
        self.check('the demonstration is there', made.returncode == 0,
                   made.stderr)
        link = made.stdout.strip().partition(str(self.server.port))[2]
        self.server.start()
        self.staff = Browser(self.server)
        self.public = Browser(self.server)
        page = self.staff.send(self.staff.get(link), link, passphrase=PHRASE,
                               repeat=PHRASE)
        self.check('its administrator signs in', page.status == 303, page)

    def check(self, name, ok, why=''):
        tap.check(f'{self.engine}: {name}', ok, why)

    def act(self, url, button, action=None, who=None, **fields):
        """Press a button of a page; what comes, and the page after it."""
        who = who or self.staff
        page = who.get(url)
        got = who.send(page, action or url.split('?')[0], button, **fields)
        self.check(f'{button} at {url.partition("/desk/")[2]}',
                   got.status == 303, got)
        return who.follow(got)

    def colleague(self, name, phrase):
        """Somebody else of the secretariat who may work on themes."""
        page = self.staff.get('/en/desk/people')
        got = self.staff.send(page, '/people', 'add', name=name,
                              email=name.split()[0].lower() + '@example.org')
        link = re.search(r'/en/l/[0-9a-z]{32}', got.text)[0]
        who = Browser(self.server)
        who.send(who.get(link), link, passphrase=phrase, repeat=phrase)
        page = self.staff.get('/en/desk/rights')
        part = page.text.partition('<select id="holder"')[2].partition(
            '</select>')[0]
        holder = re.search(r'value="([^"]*)"[^>]*>[^<]*' + name, part)[1]
        for on in re.findall(r'value="(group \d+)"', page.text):
            self.act('/en/desk/rights', 'grant', holder=holder,
                     capability='theme', object=on, instrument='Decision 7')
        return who

    def upload(self, url, button, name, octets, **fields):
        """Send a file with a form of a page."""
        page = self.staff.get(url)
        form = page.form(url, button)
        filled = {**form['fields'], **fields, 'do': button}
        filled.pop('file', None)
        body = b''.join(
            f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}'
            '\r\n'.encode() for k, vs in filled.items() for v in
            (vs if isinstance(vs, list) else [vs]))
        body += (f'--B\r\nContent-Disposition: form-data; name="file"; '
                 f'filename="{name}"\r\nContent-Type: application/octet-'
                 'stream\r\n\r\n').encode() + octets + b'\r\n--B--\r\n'
        return self.staff.ask('POST', url, body, {
            'Content-Type': 'multipart/form-data; boundary=B'})

    def run(self, book, **fields):
        """Ask for a run and wait for what it proposes."""
        self.act(book, 'run', **fields)
        return self.until(book, 'value="apply"')

    def until(self, url, what, seconds=90):
        for _ in range(seconds * 4):
            page = self.staff.get(url)
            if what in page.text:
                return page
            time.sleep(0.25)
        return page


def figures(page):
    """The facts at the end of a page: {words: number}."""
    pairs = re.findall(r'<dt>(.*?)</dt><dd>(.*?)</dd>', page.text)
    return {re.sub('<.*?>', '', a): int(re.sub(r'<.*?>|,', '', b))
            for a, b in pairs if re.sub(r'<.*?>|,', '', b).isdigit()}


def add_up(d, name, page):
    f = figures(page)
    received = f.pop('Received')
    d.check(f'{name}: every response has one state', len(f) == 5 and
            sum(f.values()) == received > 0, f)
    return f


def themes_of(page):
    """{name: address} of the table of themes."""
    return {html.unescape(n): u for u, n in re.findall(
        r'<a href="(/en/desk/themes/\d+)"><bdi[^>]*>(.*?)</bdi>', page.text)}


def row_of(page, name):
    for row in page.text.split('<tr>'):
        if f'>{html.escape(name, False)}</bdi>' in row:
            return [int(n) for n in re.findall(r'class="n">(\d+)<', row)]
    return None


def passage_of(page):
    """The first words of an answer, as they stand there."""
    body = page.text.partition('<div class="typed marked"')[2]
    body = body.partition('>')[2].partition('</div>')[0]
    text = html.unescape(re.sub('<.*?>', '', body))
    return text.split('\n')[0][:60]


def wait_for_files(d):
    """Until the worker has read the attachments of the closed consultation: what
    it reads after a run is new to that run."""
    lines = DEMO.read_text('utf-8').splitlines()
    for n, line in enumerate(lines, 1):
        files = len(json.loads(line).get('attachments') or [])
        for _ in range(240):
            page = d.staff.get(f'/en/desk/responses/{n}') if files else None
            if not files or page.text.count('/text"') == files:
                break
            time.sleep(0.25)
        else:
            d.check(f'the files of response {n} are read', False, page)


def begin(d):
    wait_for_files(d)
    page = d.staff.get('/en/desk/')
    urls = re.findall(r'href="(/en/desk/consultations/\d+/themes)"', page.text)
    d.check('the desk leads to the themes', len(urls) >= 1, page)
    for url in urls:
        page = d.staff.get(url)
        if figures(page).get('Received', 0) > 100:
            return url, re.findall(r'href="(/en/desk/questions/\d+/themes)"',
                                   page.text)[0]
    d.check('a consultation with many responses', False, page)
