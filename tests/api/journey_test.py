#!/usr/bin/env python3
"""Universal acceptance, all five verbs: every domain and address of UASG004 is
accepted (in the form and by the API), validated, stored, processed (exported,
imported, searched) and displayed (page, CSV, feed), octet for octet, on both
engines. TAP.

What is compared is Normalization Form C of the sample: that is what a person's
input becomes (text/input.h), and what the sample's author means by it.

usage: journey_test.py PROGRAM SHARED-DATA
"""
import csv
import html.parser
import io
import json
import sqlite3
import subprocess
import sys
import time
import unicodedata
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path

from house import GROUP, House, TOKEN, Tap, engines, submission

PROGRAM, SHARED = sys.argv[1], Path(sys.argv[2]) / 'data/uasg'
PAGE = f'/en/{GROUP}/consultations/1/'
API = f'/api/v1/groups/{GROUP}/consultations/1'
tap = Tap()


def sample(name):
    lines = (SHARED / name).read_text('utf-8').split('\n')
    return [unicodedata.normalize('NFC', t) for t in lines if t]


class Reader(html.parser.HTMLParser):
    """Hidden fields of a page, and the texts of its links by their address."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.fields, self.links, self.href = {}, [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == 'input' and a.get('type') == 'hidden':
            self.fields[a['name']] = a.get('value', '')
        if tag == 'a':
            self.href, self.text = a.get('href'), ''

    def handle_data(self, data):
        if self.href is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag == 'a' and self.href is not None:
            self.links.append((self.text, self.href))
            self.href = None


def text_of(domain):
    return f'{domain} is a name. Is https://{domain}/ one, too?'


# Its last label is in no root zone, so without a scheme nothing says that it
# is a name and no sentence without a space: UTS 58 leaves it text.
NO_TLD = {'موريتانيا.xn-----ctdbabcfhu9c2b9l1acccr4c'}


class Journey:
    def __init__(self, house, engine, domains, emails):
        self.house, self.engine = house, engine
        self.domains, self.emails = domains, emails
        # Each address goes with a domain; there are more addresses.
        self.pairs = [(e, domains[i % len(domains)])
                      for i, e in enumerate(emails)]

    def all(self, what, faults):
        tap.ok(f'{self.engine}: {what}', not faults, faults)

    def in_the_form(self):
        faults = []
        for email, domain in self.pairs:
            page = self.house.call('GET', PAGE + 'answer')[2].decode()
            fields = dict(Reader(page).fields, q1=text_of(domain), lang='en',
                          email=email, name=domain, capacity='individual',
                          category='individual', country='PE',
                          authorisation='full', do='send')
            status, head, body = self.house.call(
                'POST', PAGE + 'answer', urllib.parse.urlencode(
                    fields).encode(), {'Content-Type':
                                       'application/x-www-form-urlencoded'})
            if status != 303 or '/r/' not in head.get('Location', ''):
                faults.append((email, domain, status))
        self.all('accepted in the form', faults)

    def by_the_api(self):
        faults = []
        for email, domain in self.pairs:
            status, _, body = self.house.call(
                'POST', API + '/responses', submission(
                    email=email, name=domain,
                    answers=[dict(position=1, body=text_of(domain))]))
            if status != 201:
                faults.append((email, domain, status, body))
                continue
            secret = json.loads(body)['secret']
            own = self.house.json('GET', '/api/v1/receipts/' + secret)[1]
            if own['email'] != email or own['name'] != domain or \
                    own['answers'][0]['body'] != text_of(domain):
                faults.append((email, own))
        self.all('accepted by the API and given back', faults)

    def validated(self):
        out = subprocess.run(
            [PROGRAM, 'address'] + self.domains + self.emails,
            capture_output=True).stdout.decode().splitlines()
        faults = [line for line in out if line.split('\t')[2] != 'valid']
        self.all('validated', faults or
                 (len(out) != len(self.domains + self.emails) and out))

    def stored(self):
        sql = 'SELECT email, name FROM revision ORDER BY id'
        if self.house.pg:
            rows = [tuple(line.split('\t')) for line in self.house.ask(sql)]
        else:
            db = sqlite3.connect(self.house.folder / 'rapporteur.db')
            rows = db.execute(sql).fetchall()
            db.close()
        want = self.pairs + self.pairs
        self.all('stored', [pair for pair in zip(rows, want)
                            if pair[0] != pair[1]] or
                 (len(rows) != len(want) and rows))

    def exported(self, *args):
        done = self.house.run('export', 'responses', '--all', *args)
        return list(csv.DictReader(io.StringIO(done.stdout.decode(),
                                               newline='')))

    def processed(self):
        table = self.house.run('export', 'responses', '--all',
                               '--consultation', f'{GROUP}/1').stdout
        path = self.house.folder / 'all.csv'
        path.write_bytes(table)
        done = self.house.run('import', str(path), '--consultation',
                              f'{GROUP}/2')
        rows = self.exported('--consultation', f'{GROUP}/2')
        got = [(r['email'], r['name'], r['answer_1']) for r in rows]
        want = [(e, d, text_of(d)) for e, d in self.pairs + self.pairs]
        self.all('exported and imported', got != want and
                 (done.stderr, got[:3]))

    def publish(self):
        faults = []
        after = ''
        while after is not None:
            queue = self.house.json('GET', f'{API}/queue?state=received'
                                    f'&after={after}', token=TOKEN)[1]
            for r in queue['responses']:
                status, _, body = self.house.call(
                    'POST', f'/api/v1/queue/{r["id"]}/publish',
                    dict(revision_id=r['revision_id']), token=TOKEN)
                if status != 200:
                    faults.append(body)
            after = queue['next']
        self.all('published', faults)

    def searched(self):
        def numbers(domain):
            q = urllib.parse.quote(domain)
            return {r['number'] for r in self.house.json(
                'GET', f'/api/v1/search?max=200&q={q}')[1]['results']
                if r['kind'] == 'response'}
        faults, patience = [], 300
        for domain in self.domains:
            want = {self.number[i] for i, (_, d) in
                    enumerate(self.pairs + self.pairs) if d == domain}
            found = numbers(domain)
            # The worker writes what is searched shortly afterwards.
            while not want <= found and patience > 0:
                patience -= 1
                time.sleep(0.1)
                found = numbers(domain)
            if not want <= found:
                faults.append((domain, want, found))
        self.all('found by search', faults)

    def find_numbers(self):
        rows = self.exported('--consultation', f'{GROUP}/1')
        self.number = [int(r['number']) for r in rows]

    def displayed(self):
        faults = []
        for i, (email, domain) in enumerate(self.pairs):
            page = self.house.call(
                'GET', f'{PAGE}responses/{self.number[i]}')[2].decode()
            links = {text: href for text, href in Reader(page).links}
            bare = links.get(domain, '')
            full = links.get(f'https://{domain}/', '')
            if not full.startswith('https://') or \
                    (not bare.startswith('http')) != (domain in NO_TLD) or \
                    domain not in page:
                faults.append((domain, bare, full))
            if email in page:
                faults.append((email, 'is shown'))
        self.all('displayed as links in pages, addresses never', faults)

    def in_files(self):
        octets = self.house.call('GET', PAGE + 'responses.csv')[2]
        # Every cell, whatever its column is called.
        cells = [c for row in csv.reader(io.StringIO(
            octets.decode('utf-8-sig'), newline='')) for c in row]
        self.all('in the CSV of the public', [
            d for d in self.domains if text_of(d) not in cells])
        table = list(csv.DictReader(io.StringIO(self.house.run(
            'export', 'responses').stdout.decode(), newline='')))
        self.all('and of the command', [
            d for d in self.domains
            if text_of(d) not in [r['answer_1'] for r in table]] or
            [k for k in table[0] if k == 'email'])

    def in_the_feed(self):
        octets = self.house.call('GET', PAGE + 'responses.atom')[2]
        entries = [''.join(e.itertext()) for e in
                   ET.fromstring(octets).iter(
                       '{http://www.w3.org/2005/Atom}entry')]
        # The feed has the newest ones only.
        newest = [d for _, d in self.pairs + self.pairs][-len(entries):]
        self.all(f'in the feed ({len(entries)} entries)', [
            d for d in newest if not any(d in e for e in entries)] or
            not entries and 'no entries')


if not SHARED.is_dir():
    print('1..0 # SKIP without the samples')
    sys.exit(0)
for name, pg in engines():
    with House(PROGRAM, pg, port=18311, sets=['form_age_min=0s']) as house:
        j = Journey(house, name, sample('uasg004-domains.txt'),
                    sample('uasg004-emails.txt'))
        for step in (j.in_the_form, j.by_the_api, j.validated, j.stored,
                     j.processed, j.publish, j.find_numbers, j.searched,
                     j.displayed, j.in_files, j.in_the_feed):
            step()
        if tap.failed:
            print('# ' + house.log().replace('\n', '\n# '))
tap.done()
