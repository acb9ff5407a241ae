"""The record of a meeting, put into the database of a running server: agenda,
documents called, statements with what was logged below them, outcomes. And
people of the classes that differ in what they see."""
import os
import re
import sqlite3
import subprocess

from server import Browser, Server

PHRASE = 'eleven herons over the weir'
PSQL = '/usr/lib/postgresql/15/bin/psql'


class House:
    """One server with the demonstration, its administrator, and anybody."""

    def __init__(self, tap, program, engine, *sets):
        self.tap, self.engine, self.sets = tap, engine, sets
        self.server = Server(program, 'page_age=0s', *sets)
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

    def sql(self, text, *values):
        """One statement; the first column of its first row, if it has one."""
        if self.engine == 'sqlite':
            path = os.path.join(self.server.folder.name, 'rapporteur.db')
            with sqlite3.connect(path, timeout=30) as db:
                row = db.execute(text, values).fetchone()
            db.close()
            return row[0] if row else None
        for v in values:
            text = text.replace('?', 'NULL' if v is None else "'%s'" %
                                str(v).replace("'", "''"), 1)
        done = subprocess.run([PSQL, os.environ['RP_TEST_PG'], '-qtAc', text],
                              capture_output=True, text=True)
        self.check('psql', done.returncode == 0, done.stderr)
        return done.stdout.splitlines()[0] if done.stdout.strip() else None

    def person(self, name, country=None):
        """Somebody with an account, of a party or of none."""
        page = self.staff.send(self.staff.get('/en/desk/people'), '/people',
                               'add', name=name, email=f'{name}@example.org')
        link = re.search(r'/en/l/[0-9a-z]{32}', page.text).group(0)
        one = re.findall(r'/en/desk/people/\d+', page.text)[-1]
        who = Browser(self.server)
        if country:
            page = self.staff.get(one)
            party = re.search(
                rf'<option value="(\d+)"[^>]*>{country}[^<]*</option>',
                page.text)
            self.check(f'{country} is a party', party, page)
            self.staff.send(page, one, 'party', party=party[1])
            who.party = party[1]
        who.send(who.get(link), link, passphrase=PHRASE, repeat=PHRASE)
        return who

    def members_read(self):
        page = self.staff.get('/en/desk/rights')
        on = re.search(r'value="(group \d+)"', page.text)[1]
        done = self.staff.send(page, '/rights', 'grant', capability='read',
                               holder='class member_state', object=on,
                               instrument='Decision 12, decides 4')
        self.check('member States may read', done.status == 303, done)

    def meeting(self, ordinal, opens='2024-10-04T09:30',
                closes='2024-10-04T17:30'):
        """Its address at the desk, and everybody's."""
        page = self.staff.get('/en/desk/meetings')
        group = re.search(r'<option value="(\d+)"', page.text).group(1)
        made = self.staff.send(
            page, '/meetings', 'create', group=group, series='CWG-Internet',
            ordinal=str(ordinal), zone='Europe/Zurich', opens=opens,
            closes=closes, place='Geneva', mode='hybrid')
        self.check(f'meeting {ordinal}', made.status == 303, made)
        url = made.location.split('?')[0]
        page = self.staff.get(url)
        public = re.search(r'href="(/en/[^"]*/meetings/\d+/)"', page.text)
        return url, public.group(1)

    def document(self, url, title, summary):
        page = self.staff.get(url)
        parties = re.findall(r'<option value="(\d+)"',
                             page.text.split('id="source"')[1])
        made = self.staff.send(page, url, 'add', number='', title=title,
                               kind='contribution', lang='en', access='members',
                               source=parties[:2], **{'for': 'action'})
        self.check(f'"{title}" is entered', made.status == 303, made)
        key = self.sql('SELECT max(id) FROM document')
        self.sql('INSERT INTO wording (owner_kind, owner_id, field, lang, '
                 "status, body, changed_at) VALUES ('document', ?, 'summary', "
                 "'en', 'original', ?, 1)", key, summary)
        return key

    def item(self, meeting, position, kind, title='', documents=()):
        key = self.sql(
            'INSERT INTO agenda_item (meeting_id, position, kind, minutes, '
            "state, created_at) VALUES (?, ?, ?, 0, 'closed', 1) RETURNING id",
            meeting, position, kind)
        if title:
            self.sql('INSERT INTO wording (owner_kind, owner_id, field, lang, '
                     "status, body, changed_at) VALUES ('agenda_item', ?, "
                     "'title', 'en', 'original', ?, 1)", key, title)
        for n, d in enumerate(documents):
            self.sql('INSERT INTO agenda_item_document (item_id, position, '
                     'document_id) VALUES (?, ?, ?)', key, n + 1, d)
        return key

    def says(self, item, words, parties, document=None, position=1,
             speaker='members', everybody=0):
        key = self.sql(
            'INSERT INTO statement (item_id, document_id, position, speaker, '
            "name, is_all, words) VALUES (?, ?, ?, ?, '', ?, ?) RETURNING id",
            item, document, position, speaker, everybody, words)
        for n, p in enumerate(parties):
            self.sql(
                'INSERT INTO intervention (item_id, document_id, statement_id,'
                ' party_id, speaker, role, lang, words, stance, is_remote, at)'
                " VALUES (?, ?, ?, ?, 'Zoe Hidden', 'delegate', 'en', "
                "'Unpublished words', 'for', 0, ?)", item, document, key, p,
                n + 1)
        return key

    def ends(self, item, verb, thing='', document=None, statement=None):
        self.sql('INSERT INTO outcome (item_id, document_id, statement_id, '
                 'position, verb, object, reservation, at) VALUES (?, ?, ?, 1, '
                 "?, ?, '', 1)", item, document, statement, verb, thing)
