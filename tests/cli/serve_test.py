#!/usr/bin/env python3
"""The server's commands from outside: settings, migrate, serve, check, backup,
restore. TAP. Usage: serve_test.py PROGRAM"""
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time

from tap import end, is_so

program = sys.argv[1]
folder = tempfile.TemporaryDirectory()
env = {k: v for k, v in os.environ.items() if not k.startswith('RAPPORTEUR')}


def run(*args, data=folder.name, **more):
    return subprocess.run([program, *args, '--set', 'data_dir=' + data],
                          capture_output=True, text=True,
                          env={**env, **more})


def free_port():
    with socket.socket(socket.AF_INET6) as s:
        s.bind(('::1', 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, *args):
        self.port = free_port()
        self.log = open(os.path.join(folder.name, 'log'), 'w+')
        self.process = subprocess.Popen(
            [program, 'serve', '--set', 'data_dir=' + folder.name, '--set',
             f'listen=[::1]:{self.port} 127.0.0.1:{self.port}',
             '--set', 'metrics_socket=metrics', *args],
            env=env, stderr=self.log)
        for _ in range(300):
            if 'event=ready' in self.said() or self.process.poll() is not None:
                break
            time.sleep(0.1)

    def said(self):
        with open(self.log.name) as f:
            return f.read()

    def ask(self, address):
        with socket.create_connection((address, self.port), 20) as s:
            s.sendall(b'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
            got = b''
            while piece := s.recv(65536):
                got += piece
        return got

    def children(self):
        path = f'/proc/{self.process.pid}/task/{self.process.pid}/children'
        with open(path) as f:
            return [int(p) for p in f.read().split()]

    def name(self, pid):
        with open(f'/proc/{pid}/comm') as f:
            return f.read().strip()


# Settings
got = run('settings', RAPPORTEUR_IDLE_TIMEOUT='7s')
is_so('settings say where they come from',
      'idle_timeout = 7s  # environment' in got.stdout and
      'cache_size = 32M  # default' in got.stdout, got.stdout)
got = run('settings', '--set', 'database=postgresql://u:geheim@x/y')
is_so('a password is not shown', 'geheim' not in got.stdout + got.stderr)
got = run('serve', '--set', 'listen=nonsense')
is_so('a wrong setting is told', got.returncode == 1 and
      'not an address with a port' in got.stderr, got.stderr)
got = run('nothing')
is_so('an unknown command is told', got.returncode == 2)

# Migrate and check
got = run('check')
is_so('check tells that there is no database', got.returncode == 1 and
      'There is no database' in got.stdout, got.stdout)
is_so('migrate makes it', run('migrate').returncode == 0)
mode = os.stat(os.path.join(folder.name, 'rapporteur.db')).st_mode
is_so('for its owner only', stat.S_IMODE(mode) == 0o600, oct(mode))
got = run('check', '--json')
found = {(f['subject'], f['verdict']) for f in json.loads(got.stdout)}
is_so('check finds it sound', ('database', 'good') in found and
      ('database', 'wrong') not in found, got.stdout)

# Serve
server = Server()
is_so('serve is ready', 'event=ready' in server.said(), server.said())
is_so('IPv6 is answered', server.ask('::1').startswith(b'HTTP/1.1 '))
is_so('IPv4 is answered', server.ask('127.0.0.1').startswith(b'HTTP/1.1 '))
got = run('check', '--set', f'listen=[::1]:{server.port}')
is_so('check sees it run', 'does not run' not in got.stdout, got.stdout)
with socket.socket(socket.AF_UNIX) as s:
    s.connect(os.path.join(folder.name, 'metrics'))
    s.sendall(b'GET / HTTP/1.0\r\n\r\n')
    figures = b''
    while piece := s.recv(65536):
        figures += piece
is_so('metrics count the answers', re.search(
    rb'rapporteur_requests_total\{status="[23]xx"\} [12]\n', figures),
    figures)

names = sorted(server.name(p) for p in server.children())
is_so('its roles have names', names == ['hash', 'web', 'worker'], names)
for pid in server.children():
    with open(f'/proc/{pid}/status') as f:
        status = f.read()
    # On a kernel without seccomp the sandbox's own test speaks.
    closed = re.search(r'NoNewPrivs:\t1', status) and \
        re.search(r'Seccomp:\t2', status) and \
        re.search(r'CapEff:\t0+\n', status)
    is_so(f'{server.name(pid)} is closed', closed, status)

# Backup while serving, restore elsewhere
backup = os.path.join(folder.name, 'backup')
got = run('backup', backup)
is_so('backup while serving', got.returncode == 0, got.stderr)
is_so('not over an older one', run('backup', backup).returncode == 1)
other = os.path.join(folder.name, 'other')
os.mkdir(other)
got = run('restore', backup, data=other)
is_so('restore elsewhere', got.returncode == 0, got.stderr)
got = run('check', '--json', data=other)
is_so('what was restored is sound', ('database', 'good') in
      {(f['subject'], f['verdict']) for f in json.loads(got.stdout)} and
      'damaged' not in got.stdout, got.stdout)
is_so('nothing is restored over it',
      run('restore', os.path.join(folder.name, 'log'),
          data=other).returncode == 1)

# The web role is killed: another takes its place.
web = next(p for p in server.children() if server.name(p) == 'web')
os.kill(web, signal.SIGKILL)
is_so('a killed role comes back', server.ask('::1').startswith(b'HTTP/1.1 '))
children = server.children()
server.process.send_signal(signal.SIGTERM)
is_so('SIGTERM ends it in order', server.process.wait(30) == 0, server.said())
is_so('nothing is left of it', 'event=stopped' in server.said() and
      not any(os.path.exists(f'/proc/{p}') for p in children))

# A certificate that is none
got = run('serve', '--set', 'tls_certificate=no.pem', '--set',
          'tls_key=no.key', '--set', f'listen=[::1]:{free_port()}')
is_so('a missing certificate stops the start', got.returncode == 1 and
      'no.pem' in got.stderr, got.stderr)
end()
