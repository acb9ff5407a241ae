"""What the tests of this folder share: a seeded server, and a client of it.

Everything listens on ::1 and lives in a temporary folder."""
import ctypes
import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

ENV = {k: v for k, v in os.environ.items() if not k.startswith('RAPPORTEUR')}
PATH = '/en/wg/consultations/1/answer'


class Tap:
    """Prints TAP; the first failure ends the test."""

    def __init__(self):
        self.n = 0

    def check(self, name, ok, why=''):
        self.n += 1
        if not ok:
            for line in str(why).splitlines():
                print('#', line)
        print('%sok %d - %s' % ('' if ok else 'not ', self.n, name),
              flush=True)
        if not ok:
            print('Bail out!')
            sys.exit(1)

    def skip(self, name, why):
        self.n += 1
        print('ok %d - %s # SKIP %s' % (self.n, name, why), flush=True)

    def done(self):
        print('1..%d' % self.n)


def skip_all(why):
    print('1..0 # SKIP', why)
    sys.exit(0)


def seed_sql():
    """A body, a group, an open consultation with two questions."""
    day = 86400
    opens = time.strftime('%Y-%m-%dT09:00', time.gmtime(time.time() - 2 * day))
    ends = time.strftime('%Y-%m-%dT12:00', time.gmtime(time.time() + 30 * day))
    words = [('body', 1, 'name', 'Forum on Networks'),
             ('group', 1, 'name', 'Working Group on Names'),
             ('group', 1, 'mandate', 'The group considers names.'),
             ('consultation', 1, 'title', 'IPv6 in practice'),
             ('consultation', 1, 'introduction', 'We ask everybody.'),
             ('question', 1, 'text', 'What has been the main obstacle?'),
             ('question', 2, 'text', 'Which measures helped most?')]
    lines = [
        "insert into body(id,slug,acronym,zone,default_lang,created_at)"
        " values(1,'forum','FORUM','Europe/Zurich','en',0)",
        "insert into working_group(id,body_id,slug,acronym,created_at)"
        " values(1,1,'wg','WG',0)",
        "insert into privacy_notice(id,group_id,version,created_at)"
        " values(1,1,1,0)",
        "insert into consultation(id,group_id,number,state,zone,opens_local,"
        "deadline_local,publication,languages,created_at,changed_at,"
        "launched_at) values(1,1,1,'launched','Europe/Zurich','%s','%s',"
        "'as_checked','en fr ar',0,0,0)" % (opens, ends),
        "insert into question(id,consultation_id,position)"
        " values(1,1,1),(2,1,2)"]
    for kind, owner, field, body in words:
        lines.append(
            "insert into wording(owner_kind,owner_id,field,lang,status,body,"
            "changed_at) values('%s',%d,'%s','en','original','%s',0)"
            % (kind, owner, field, body))
    return lines


def end_with_parent():
    """A test that is killed leaves no server behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Server:
    """One `rapporteur serve` in `folder`, migrated and seeded."""

    def __init__(self, program, folder, *sets, database=None):
        self.program, self.folder, self.process = program, folder, None
        self.db = os.path.join(folder, 'rapporteur.db')
        with socket.socket(socket.AF_INET6) as s:
            s.bind(('::1', 0))
            self.port = s.getsockname()[1]
        self.sets = ['data_dir=' + folder, 'listen=[::1]:%d' % self.port,
                     'form_age_min=0s']
        for kind in ('submissions', 'reads'):
            for part in ('all', '48', '56', '64', 'ipv4', '24'):
                self.sets.append('%s_per_%s=100000000' % (kind, part))
        self.sets += sets
        if database:
            self.sets.append('database=' + database)

    def args(self, *command):
        out = [self.program, *command]
        for s in self.sets:
            out += ['--set', s]
        return out

    def seed(self):
        subprocess.run(self.args('migrate'), check=True, env=ENV)
        with sqlite3.connect(self.db) as db:
            for line in seed_sql():
                db.execute(line)
        db.close()

    def start(self, wrap=(), env=None):
        self.log = os.path.join(self.folder, 'log')
        with open(self.log, 'w') as log:
            self.process = subprocess.Popen(
                [*wrap, *self.args('serve')], env={**ENV, **(env or {})},
                stderr=log, preexec_fn=end_with_parent)
        for _ in range(600):
            if 'event=ready' in self.said():
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError('not ready:\n' + self.said())

    def said(self):
        with open(self.log, errors='replace') as f:
            return f.read()

    def children(self):
        """Pids by role."""
        out = {}
        path = '/proc/%d/task/%d/children'
        pid = self.process.pid
        with open(path % (pid, pid)) as f:
            for child in f.read().split():
                try:
                    with open('/proc/%s/comm' % child) as c:
                        out[c.read().strip()] = int(child)
                except OSError:
                    pass
        return out

    def kill_all(self):
        """SIGKILL for the supervisor and every role, as a power cut would."""
        pids = [self.process.pid, *self.children().values()]
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        for _ in range(200):
            if not any(alive(p) for p in pids):
                return
            time.sleep(0.01)

    def stop(self):
        """In order; returns its exit status."""
        if self.process is None or self.process.poll() is not None:
            return self.process and self.process.returncode
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill_all()
            return -1

    def client(self, timeout=20):
        return Client(self.port, timeout)


def alive(pid):
    try:
        with open('/proc/%d/stat' % pid) as f:
            return f.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except OSError:
        return False


class Client:
    """A respondent with a keep-alive connection."""

    def __init__(self, port, timeout=20):
        self.port, self.timeout, self.http = port, timeout, None

    def ask(self, method, path, body=None, headers=None):
        """(status, headers, body); connects where there is no connection."""
        if self.http is None:
            self.http = http.client.HTTPConnection('::1', self.port,
                                                   timeout=self.timeout)
        try:
            self.http.request(method, path, body, headers or {})
            r = self.http.getresponse()
            return r.status, r.headers, r.read()
        except Exception:
            self.close()
            raise

    def close(self):
        if self.http is not None:
            self.http.close()
        self.http = None

    def token(self, path=PATH):
        status, _, body = self.ask('GET', path)
        found = re.search(rb'name="token" value="([^"]+)"', body)
        if status != 200 or not found:
            raise RuntimeError('no form: %d %r' % (status, body[:300]))
        return found[1].decode()

    def form(self, token, text, who='Ana Ruiz'):
        return {'token': token, 'notice': '1', 'agreed': '1',
                'capacity': 'organisation', 'name': who,
                'organisation': 'Red Abierta', 'category': 'civil_society',
                'country': 'PE', 'email': 'ana@example.org', 'lang': 'es',
                'authorisation': 'full', 'do': 'send', 'q1': text, 'q2': ''}

    def submit(self, text, path=PATH, token=None):
        """(status, address of the receipt or the page)."""
        form = self.form(token or self.token(path), text)
        status, headers, body = self.ask(
            'POST', path, urllib.parse.urlencode(form),
            {'Content-Type': 'application/x-www-form-urlencoded'})
        return status, headers.get('Location') or body


def program_and_folder():
    """The program named on the command line, and a folder to work in."""
    return sys.argv[1], tempfile.TemporaryDirectory(prefix='rp-rel.')
