#!/usr/bin/env python3
"""Who opened which document that is not public, on both engines: pages, files,
packs and the API are noted with the account; public documents and strangers
never; read by the secretariat alone, and as a table. TAP.
Usage: access_test.py PROGRAM"""
import csv
import io
import os
import re

from house import House
from server import Tap

tap = Tap()


def rows(h, url):
    got = h.staff.get(url + '/log.csv')
    h.check('the table', got.status == 200 and 'attachment' in
            got.headers['Content-Disposition'], got)
    return [(r['person'], r['document'].rpartition('/')[2], r['language'],
             r['what']) for r in csv.DictReader(io.StringIO(got.text))]


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        for title, access in (('Open', 'public'), ('Shut', 'members')):
            one = h.document(url, title, access)
            h.upload(one, f'{title} words'.encode(), f'{title}.txt',
                   revision='0', lang='en', status='original')
        page = h.staff.get('/en/desk/meetings')
        log = re.search(r'href="(/en/desk/access/\d+)"', page.text)[1]
        rita = h.person('Rita', 'read')
        for who in (h.public, rita):
            who.get(public + 'documents/1/')
            got = who.get(public + 'documents/1/0-en')
            h.check('a public file', 'Open words' in got.text, got)
            who.get(public + 'documents/2/')
        h.check('not for strangers', h.public.get(
            public + 'documents/2/0-en').status == 404)
        got = rita.get(public + 'documents/2/0-en')
        h.check('a file for members', 'Shut words' in got.text, got)
        h.check('a pack', rita.get(public + 'pack.zip').status == 200)
        h.check('no such file is not noted', rita.get(
            public + 'documents/2/7-en').status == 404)
        seen = [r for r in rows(h, log) if r[0] == 'Rita']
        h.check('what is noted, newest first, and nothing public', seen == [
            ('Rita', '2', 'en', 'pack'), ('Rita', '2', 'en', 'file'),
            ('Rita', '2', '', 'page')], rows(h, log))
        h.check('with accounts alone', all(r[0] for r in rows(h, log)))
        page = h.staff.get(log)
        h.check('the page says the same', 'Rita' in page.text and
                'CWG-Internet-20/2' in page.text and 'CWG-Internet-20/1<'
                not in page.text and '180 days' in page.words and
                '[::1]' not in page.words.partition('Who opened')[2], page)
        for one in (log, log + '/log.csv'):
            h.check('not for members', rita.get(one).status == 403 and
                    h.public.get(one).status in (303, 401))
        group = re.match(r'/en/([^/]+)/', public)[1]
        page = h.public.get(f'/en/{group}/privacy')
        h.check('the privacy page tells of it', '180 days' in page.words,
                page)
    finally:
        h.server.stop()
    h.check('no complaint', 'AddressSanitizer' not in h.server.said())


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
