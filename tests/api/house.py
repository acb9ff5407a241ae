"""A running rapporteur with a body, a group and two consultations, for tests.

The rows are written past the program, so that nothing but what is tested is
used. Both engines: sqlite3 is in the standard library, PostgreSQL is spoken to
through psql.
"""
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

TOKEN = 'clerk' + '0' * 27
READER = 'reader' + '0' * 26
GROUP = 'wg'


AKN = ('<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
       '<statement name="resolution"><mainBody><p>resolves</p><paragraph>'
       '<num>1)</num><content><p>to keep the register%s,</p></content>'
       '</paragraph></mainBody></statement></akomaNtoso>')


def registry(now):
    """A resolution with two versions that were read and compared."""
    for n, octets in enumerate((AKN % '', AKN % ' of names', '{}'), 901):
        octets = octets.encode()
        yield 'blob', dict(id=n, digest=hashlib.sha256(octets).digest(),
                           size=len(octets), chunks=1, created_at=now)
        yield 'blob_chunk', dict(blob_id=n, seq=0, data=octets)
    yield 'instrument', dict(id=1, group_id=1, kind='resolution', number='5',
                             slug='resolution-5', created_at=now)
    for n, (name, state, dated) in enumerate([
            ('Rev. Lima, 2018', 'superseded', '2018-05-02'),
            ('Rev. Oslo, 2022', 'in_force', '2022-05-02'),
            ('Draft', 'draft', '2026-05-02')], 1):
        blob = 900 + min(n, 2)  # far from what the program numbers
        yield 'instrument_version', dict(
            id=n, instrument_id=1, number=n, name=name, state=state, lang='en',
            dated=dated, file_name='r.xml', format='akn', blob_id=blob,
            text_blob_id=blob, reading='read', created_at=now)
        yield 'version_step', dict(version_id=n, state=state, at=now,
                                   place='Plenary')
    yield 'citation', dict(version_id=2, position=0, at=1, quoted='Decision 7',
                           kind='decision', number='7', name='', year=0)
    yield 'comparison', dict(id=1, old_id=1, new_id=2, state='done',
                             text_blob_id=902, script_blob_id=903, modified=1,
                             unchanged=1)
    yield 'comparison_reference', dict(
        comparison_id=1, position=0, at=1, quoted='1)', now_label='1)',
        state='ok', doubtful=0)


def meetings(now):
    """A meeting with a document for everybody, one for members whose title is
    public, one that nobody else knows of, and one that is not posted."""
    yield 'meeting', dict(id=1, group_id=1, series='WG', ordinal=5, zone='UTC',
                          opens_local='2099-10-04T09:30',
                          closes_local='2099-10-05T17:30', place='Geneva',
                          mode='hybrid', created_at=now)
    for n, (access, shown, state) in enumerate([
            ('public', 1, 'posted'), ('members', 1, 'posted'),
            ('members', 0, 'posted'), ('public', 1, 'received')], 1):
        yield 'document', dict(
            id=n, meeting_id=1, number=n, kind='contribution', is_for_action=1,
            access=access, is_title_public=shown, state=state,
            received_at=now, posted_at=now if state == 'posted' else 0)
        yield 'document_file', dict(
            document_id=n, revision=0, lang='en', status='original',
            file_name='a.md', file_kind='md', blob_id=901, received_at=now)
    yield 'document', dict(
        id=5, meeting_id=1, number=-1, kind='contribution', is_for_action=1,
        access='members', is_title_public=0, state='posted', received_at=now,
        posted_at=now, parent_id=2, addendum=1)


def rows(now):
    """(table, {column: value}) of what every test finds there."""
    year = 365 * 24 * 3600 * 1000
    digest = lambda secret: hashlib.sha256(secret.encode()).digest()
    local = lambda at: time.strftime('%Y-%m-%dT%H:%M',
                                     time.gmtime(at / 1000))
    yield 'body', dict(id=1, slug='org', acronym='ORG', zone='UTC',
                       default_lang='en', created_at=now)
    yield 'working_group', dict(id=1, body_id=1, slug=GROUP, acronym='WG',
                                created_at=now)
    for n, (opens, closes) in enumerate([(now - year, now + year),
                                         (now - year, now - 60000 * 60)], 1):
        yield 'consultation', dict(
            id=n, group_id=1, number=n, state='launched', zone='UTC',
            opens_local=local(opens), deadline_local=local(closes),
            publication='as_checked', languages='en fr', created_at=now,
            changed_at=now, launched_at=opens)
        for q in (1, 2):
            yield 'question', dict(id=n * 10 + q, consultation_id=n,
                                   position=q)
    yield from registry(now)
    yield from meetings(now)
    texts = [('body', 1, 'name', 'en', 'The Organisation'),
             ('working_group', 1, 'name', 'en', 'Working Group'),
             ('consultation', 1, 'title', 'en', 'Names for all'),
             ('consultation', 1, 'title', 'fr', 'Des noms pour tous'),
             ('instrument', 1, 'title', 'en', 'On names'),
             ('consultation', 1, 'introduction', 'en', 'Please answer.'),
             ('consultation', 2, 'title', 'en', 'A closed one')]
    texts += [('document', n, field, 'en', f'{field} {n}')
              for n in (1, 2, 3, 4) for field in ('title', 'purpose')]
    texts += [('question', c * 10 + q, 'text', 'en', f'Question {q}?')
              for c in (1, 2) for q in (1, 2)]
    for n, (kind, owner, field, lang, text) in enumerate(texts, 1):
        yield 'wording', dict(
            id=n, owner_kind='group' if kind == 'working_group' else kind,
            owner_id=owner, field=field, lang=lang, body=text,
            status='original' if lang == 'en' else 'official',
            changed_at=now)
    for n, (name, token, rights) in enumerate([
            ('Clerk', TOKEN, 'check export contact'),
            ('Reader', READER, 'read')], 1):
        yield 'person', dict(id=n, name=name, name_lang='en', lang='en',
                             zone='UTC', created_at=now)
        for right in rights.split():
            yield 'access_right', dict(
                holder_kind='person', holder_id=n, capability=right,
                object_kind='group', object_id=1, instrument='test',
                from_at=now - 1000)
        yield 'api_token', dict(person_id=n, name='test',
                                secret_hash=digest(token), capabilities=rights,
                                created_at=now, expires_at=now + year)


def sql_of(value):
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)


class House:
    """`with House(program, pg_url or None) as house: house.get('/en/')`"""

    def __init__(self, program, pg=None, port=18301, sets=()):
        self.program, self.pg, self.port = program, pg, port
        self.base = f'http://[::1]:{port}'
        self.folder = Path(tempfile.mkdtemp(prefix='rp-'))
        self.server = None
        self.sets = [f'data_dir={self.folder}', f'listen=[::1]:{port}',
                     f'public_url={self.base}']
        self.sets += [f'submissions_per_{n}=10000000' for n in
                      ('64', '56', '48', 'all')]
        self.sets += [f'reads_per_{n}=10000000' for n in
                      ('64', '56', '48', 'all')]
        self.sets += sets
        if pg:
            self.sets.append(f'database={pg}')

    def args(self, *command):
        out = [self.program, *command]
        for one in self.sets:
            out += ['--set', one]
        return out

    def run(self, *command, **more):
        return subprocess.run(self.args(*command), capture_output=True, **more)

    def psql(self, sql):
        psql = shutil.which('psql') or '/usr/lib/postgresql/15/bin/psql'
        subprocess.run([psql, '-q', '-v', 'ON_ERROR_STOP=1', self.pg],
                       input=sql.encode(), check=True,
                       stdout=subprocess.DEVNULL)

    def ask(self, sql):
        """Lines of columns with tabs between, from PostgreSQL."""
        psql = shutil.which('psql') or '/usr/lib/postgresql/15/bin/psql'
        done = subprocess.run([psql, '-qAt', '-F', '\t', '-c', sql, self.pg],
                              capture_output=True, check=True)
        return done.stdout.decode().splitlines()

    def fill(self):
        now = int(time.time() * 1000)
        if self.pg:
            self.psql('DROP SCHEMA public CASCADE; CREATE SCHEMA public;')
        done = self.run('migrate')
        assert done.returncode == 0, done.stderr
        if self.pg:
            self.psql(''.join(
                f'INSERT INTO {t} ({", ".join(r)}) VALUES '
                f'({", ".join(map(sql_of, r.values()))});\n'
                for t, r in rows(now)))
            return
        db = sqlite3.connect(self.folder / 'rapporteur.db')
        for t, r in rows(now):
            db.execute(f'INSERT INTO {t} ({", ".join(r)}) VALUES '
                       f'({", ".join("?" * len(r))})', list(r.values()))
        db.commit()
        db.close()

    def start(self):
        log = open(self.folder / 'log', 'ab')
        self.server = subprocess.Popen(self.args('serve'), stderr=log,
                                       stdout=log)
        for _ in range(600):
            if b'event=ready' in (self.folder / 'log').read_bytes():
                return
            assert self.server.poll() is None, self.log()
            time.sleep(0.05)
        raise AssertionError('not ready: ' + self.log())

    def log(self):
        return (self.folder / 'log').read_text('utf-8', 'replace')[-4000:]

    def stop(self):
        if self.server:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(30)
            self.server = None

    def __enter__(self):
        self.fill()
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, path, body=None, headers=None, token=None):
        """(status, headers, octets); never raises for a status."""
        headers = dict(headers or {})
        if token:
            headers['Authorization'] = 'Bearer ' + token
        if isinstance(body, (dict, list)):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault('Content-Type', 'application/json')
        req = urllib.request.Request(self.base + path, data=body,
                                     method=method, headers=headers)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), NoRedirect)
        try:
            with opener.open(req, timeout=60) as r:
                return r.status, r.headers, r.read()
        except urllib.error.HTTPError as e:
            return e.code, e.headers, e.read()

    def json(self, *args, **kw):
        status, _, body = self.call(*args, **kw)
        return status, json.loads(body)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def submission(**more):
    return dict(dict(
        capacity='individual', name='Ana Ruiz', category='individual',
        country='PE', email='ana@example.org', lang='es',
        authorisation='full',
        answers=[dict(position=1, body='Sí, para todos.')]), **more)


class Tap:
    """Counts checks; a failed one says what was seen."""

    def __init__(self):
        self.n = self.failed = 0

    def ok(self, what, good, seen=''):
        self.n += 1
        print(f"{'ok' if good else 'not ok'} {self.n} - {what}", flush=True)
        if not good:
            self.failed += 1
            print('# ' + str(seen)[:900].replace('\n', '\n# '), flush=True)
        return good

    def done(self):
        print(f'1..{self.n}', flush=True)


def engines():
    """None for SQLite, then PostgreSQL's address if there is one."""
    yield 'sqlite', None
    if os.environ.get('RP_TEST_PG'):
        yield 'postgresql', os.environ['RP_TEST_PG']
