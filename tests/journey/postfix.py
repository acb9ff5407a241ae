"""A mail server of one test: Postfix with folders, a port and a queue of its
own. It takes mail for the mailboxes that it is told of, into Maildirs, and has
no way to send anything on."""
import email
import email.policy
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

MASTER = '/usr/lib/postfix/sbin/master'
QUEUES = ('active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold',
          'incoming', 'private', 'saved', 'trace')
# As strict as the settings of Postfix allow.
MAIN = '''compatibility_level = 3.6
queue_directory = {top}/queue
data_directory = {top}/data
mail_owner = postfix
maillog_file = {top}/log/mail
maillog_file_prefixes = {top}
myhostname = mx.body.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtputf8_enable = {utf8}
alias_maps =
local_recipient_maps =
local_transport = error:5.1.2 nobody is local
default_transport = error:5.1.2 nothing leaves this machine
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {top}/boxes
virtual_mailbox_maps = texthash:{top}/etc/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_peername_lookup = no
smtpd_helo_required = yes
smtpd_helo_restrictions = reject_invalid_helo_hostname
smtpd_data_restrictions = reject_unauth_pipelining
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access texthash:{top}/etc/access
strict_rfc821_envelopes = yes
'''
SERVICES = '''127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
'''


def why_not():
    """Why Postfix cannot be run here; empty if it can."""
    if not os.access(MASTER, os.X_OK):
        return 'Postfix is not installed'
    if os.geteuid() != 0:
        return 'Postfix can be started by root only'
    return ''


def unused_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Postfix:
    """`boxes`: a mailbox's address, as mail servers write it, and its folder
    below {top}/boxes."""

    def __init__(self, boxes):
        self.boxes, self.port, self.process = boxes, unused_port(), None
        self.top = tempfile.mkdtemp(prefix='rp-postfix.', dir='/tmp')
        os.chmod(self.top, 0o755)
        postfix, owner = pwd.getpwnam('postfix'), pwd.getpwnam('mail')
        for name, user, mode in (
                ('etc', None, 0o755), ('log', None, 0o755),
                ('boxes', owner, 0o700), ('data', postfix, 0o700),
                ('queue', None, 0o755), ('queue/pid', None, 0o755),
                ('queue/public', postfix, 0o710),
                ('queue/maildrop', postfix, 0o730),
                *((f'queue/{q}', postfix, 0o700) for q in QUEUES)):
            self.folder(name, user, mode)
        self.configure(utf8='yes')
        self.write('etc/master.cf', SERVICES.format(port=self.port))
        self.refuse({})
        self.write('etc/boxes', ''.join(
            f'{b} {folder}/\n' for b, folder in boxes.items()))

    def folder(self, name, user, mode):
        path = os.path.join(self.top, name)
        os.mkdir(path)
        if user:
            os.chown(path, user.pw_uid, user.pw_gid)
        os.chmod(path, mode)

    def write(self, name, text):
        with open(os.path.join(self.top, name), 'w', encoding='utf-8') as f:
            f.write(text)

    def configure(self, utf8):
        """Whether it offers SMTPUTF8, from its next start."""
        owner = pwd.getpwnam('mail')
        domains = sorted({b.rpartition('@')[2] for b in self.boxes})
        self.write('etc/main.cf', MAIN.format(
            top=self.top, domains=' '.join(domains), uid=owner.pw_uid,
            gid=owner.pw_gid, utf8=utf8))

    def refuse(self, answers):
        """What it answers to whom, from its next start."""
        self.write('etc/access', ''.join(
            f'{to} {answer}\n' for to, answer in answers.items()))

    def start(self):
        """Whether it answers."""
        # It ends its children as a group: the group is its own.
        self.process = subprocess.Popen(
            [MASTER, '-d', '-c', f'{self.top}/etc'], start_new_session=True,
            env={'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL': 'C'},
            stdin=subprocess.DEVNULL)
        # Where the test is killed, its end of the pipe is closed unread. (A
        # signal at a parent's death is lost when master changes its user.)
        self.guard = subprocess.Popen(
            ['sh', '-c', 'read -r word || kill "$1"', 'sh',
             str(self.process.pid)], start_new_session=True,
            stdin=subprocess.PIPE)
        for _ in range(300):
            if self.process.poll() is not None:
                return False
            try:
                with socket.create_connection(('127.0.0.1', self.port), 5) as s:
                    if s.recv(512).startswith(b'220 mx.body.example'):
                        s.sendall(b'QUIT\r\n')
                        return s.recv(512).startswith(b'221')
            except OSError:
                pass
            time.sleep(0.1)
        return False

    def stop(self):
        """Its master, whose number is in its own queue, ends the others."""
        master, self.process = self.process, None
        if master is None:
            return
        self.guard.communicate(b'ended\n')
        if master.poll() is not None:
            return
        with open(f'{self.top}/queue/pid/master.pid') as f:
            number = int(f.read())
        assert number == master.pid, 'a master of somebody else'
        os.kill(number, signal.SIGTERM)
        master.wait(30)
        for _ in range(300):
            # The last of them lets go of the port.
            try:
                socket.create_connection(('127.0.0.1', self.port), 5).close()
            except ConnectionRefusedError:
                return
            except OSError:
                pass
            time.sleep(0.1)

    def remove(self):
        self.stop()
        for _ in range(100):
            shutil.rmtree(self.top, ignore_errors=True)
            if not os.path.exists(self.top):
                return
            time.sleep(0.1)

    def said(self):
        try:
            with open(f'{self.top}/log/mail', encoding='utf-8') as f:
                return f.read()
        except FileNotFoundError:
            return ''

    def octets(self, address):
        """What lies in a mailbox, the oldest first."""
        found = glob.glob(f'{self.top}/boxes/{self.boxes[address]}/new/*')
        got = []
        for path in sorted(found, key=os.path.getmtime):
            with open(path, 'rb') as f:
                got.append(f.read())
        return got

    def messages(self, address):
        """The same, read by another program than the one that wrote them."""
        return [email.message_from_string(m.decode('utf-8'),
                                          policy=email.policy.SMTPUTF8)
                for m in self.octets(address)]

    def wait(self, address, n, seconds=60):
        """The messages of a mailbox when it has n."""
        for _ in range(seconds * 10):
            if len(self.octets(address)) >= n:
                break
            time.sleep(0.1)
        return self.messages(address)
