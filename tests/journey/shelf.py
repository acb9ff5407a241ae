"""A server with the demonstration and its administrator, for the registry's
walks, and Word documents for it."""
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from xml.sax.saxutils import escape

from server import Browser, Server, Tap

PHRASE = 'eleven herons over the weir'
W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
         'content-types"><Default Extension="rels" ContentType="application/'
         'vnd.openxmlformats-package.relationships+xml"/><Default '
         'Extension="xml" ContentType="application/xml"/><Override '
         'PartName="/word/document.xml" ContentType="application/vnd.'
         'openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
         '</Types>')
RELS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>')
tap = Tap()


def package(body):
    """A Word document with such paragraphs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, content in (
                ('[Content_Types].xml', TYPES), ('_rels/.rels', RELS),
                ('word/document.xml', f'<w:document xmlns:w="{W}"><w:body>'
                 f'{body}</w:body></w:document>')):
            # Of no time: the same text is the same file.
            z.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def text_run(t, tag='t'):
    return ''.join(
        ('<w:r><w:tab/></w:r>' if i else '') +
        f'<w:r><w:{tag} xml:space="preserve">{escape(part)}</w:{tag}></w:r>'
        for i, part in enumerate(t.split('\t')))


def docx(paragraphs):
    return package(''.join(f'<w:p>{text_run(p)}</w:p>' for p in paragraphs))


def post_file(who, url, octets, button, filename, **fields):
    """Send the form of a page that has this button, with a file."""
    to = url.split('?')[0]
    form = who.get(url).form(to, button)
    filled = {k: v[0] for k, v in form['fields'].items()}
    filled.update(fields, do=button)
    body = b''
    for name, value in filled.items():
        body += (f'--B\r\nContent-Disposition: form-data; name="{name}"'
                 f'\r\n\r\n{value}\r\n').encode()
    body += (f'--B\r\nContent-Disposition: form-data; name="file"; '
             f'filename="{filename}"\r\nContent-Type: application/octet-'
             'stream\r\n\r\n').encode() + octets + b'\r\n--B--\r\n'
    return who.ask('POST', to, body, {
        'Content-Type': 'multipart/form-data; boundary=B'})


def wait(who, path, good):
    """A page as soon as it is so; the worker takes its time."""
    for _ in range(160):
        page = who.get(path)
        if good(page):
            return page
        time.sleep(0.25)
    return page


def accepted(octets, how):
    """The text of what `rapporteur accept` or `reject` makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        one, two = (os.path.join(folder, n) for n in ('a.docx', 'b.docx'))
        with open(one, 'wb') as f:
            f.write(octets)
        got = subprocess.run([sys.argv[1], how, one, '-o', two],
                             capture_output=True, text=True)
        if got.returncode:
            return got.stderr
        with zipfile.ZipFile(two) as z:
            xml = z.read('word/document.xml').decode()
    return [re.sub(r'<[^>]*>', '', re.sub(r'<w:tab/>', '\t', p))
            for p in re.findall(r'<w:p[ >].*?</w:p>', xml, re.S)]


class Registry:
    """One server with the demonstration, and its administrator."""

    def __init__(self, engine, *sets):
        self.engine = engine
        self.server = Server(sys.argv[1], *sets)
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
        tap.check(f'{self.engine}: {name}', ok, why)

    def create(self, number, title):
        """A resolution in English: its pages at the desk and for all."""
        page = self.staff.get('/en/desk/instruments')
        made = self.staff.send(page, '/instruments', 'create', number=number,
                               title=title, kind='resolution', lang='en')
        self.check(f'Resolution {number} is created', made.status == 303, made)
        url = made.location.split('?')[0]
        return url, re.search(r'href="(/en/[^"]*/instruments/resolution-[^"]*)'
                              '"', self.staff.get(url).text).group(1)

    def upload(self, url, octets, filename='r.docx', button='add', **fields):
        return post_file(self.staff, url, octets, button, filename, **fields)

    def until(self, path, what):
        return wait(self.public, path, lambda page: what in page.text)
