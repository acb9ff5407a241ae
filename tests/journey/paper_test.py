#!/usr/bin/env python3
"""Documents of a meeting through pages alone, on both engines: addenda and
corrigenda with their symbols, files and languages, and who sees them. TAP.
Usage: paper_test.py PROGRAM"""
import io
import json
import os
import re
import time
import zipfile

from house import House
from server import Tap

tap = Tap()


def add(h, one, **fields):
    page = h.staff.get(one)
    return h.staff.send(page, one, 'part', **{
        'part_kind': 'add', 'part_number': '', 'part_title': 'More of it',
        'part_lang': 'en', 'part_about': '', **fields})


def plain(page):
    return re.sub('</?bdi[^>]*>|[\u2068\u2069]', '', page.text)


def parts(h, url, public):
    one = h.document(url, 'On wells')
    page = h.staff.get(one)
    h.check('the next numbers are proposed', all(s in page.text for s in (
        'Addendum 1 – CWG-Internet-20/1(Add.1)',
        'Corrigendum 1 – CWG-Internet-20/1(Corr.1)')), page)
    for field, value, says in (('part_number', 'x', 'part-number-error'),
                               ('part_number', '100', 'part-number-error'),
                               ('part_title', ' ', 'part-title-error'),
                               ('part_about', 'fr', 'part-about-error')):
        bad = add(h, one, **{'part_title': 'Kept', field: value})
        h.check(f'{field} {value!r} is told beside its field, all is kept',
                bad.status == 400 and f'id="{says}"' in bad.text and
                (field == 'part_title' or 'value="Kept"' in bad.text), bad)
    h.check('and nothing is stored', 'Add.1)</bdi>' not in
            h.staff.get(url).text)
    made = add(h, one)
    h.check('an addendum is entered', made.status == 303 and
            '/documents/1/add-1?' in made.location, made)
    first = made.location.split('?')[0]
    page = h.staff.get(first)
    h.check('its page has its symbol, and no form for parts of it',
            'CWG-Internet-20/1(Add.1)' in page.text and
            'part_kind' not in page.text, page)
    bad = add(h, one, part_number='1')
    h.check('a number is given once', bad.status == 400 and
            'CWG-Internet-20/1(Add.1) has been given' in plain(bad), bad)
    made = add(h, one, part_kind='corr-1', part_title='A slip',
               part_about='fr')
    h.check('a corrigendum to the addendum, of the French alone',
            made.status == 303 and '/add-1-corr-1?' in made.location, made)
    second = made.location.split('?')[0]
    h.check('which is said', 'one language version only: French' in plain(
        h.staff.get(second)), h.staff.get(second))
    got = add(h, one, part_kind='corr', part_number='3', part_title='Number')
    h.check('any free number', '/corr-3?' in got.location, got)
    page = h.staff.get(one)
    h.check('the next ones follow', all(s in page.text for s in (
        'CWG-Internet-20/1(Add.2)</option>',
        'CWG-Internet-20/1(Corr.4)</option>',
        'Corrigendum 2 to Addendum 1')),
        re.findall('<option value="(?:add|corr).*', page.text))
    h.check('of no addendum that is not there', add(
        h, one, part_kind='corr-7').status == 404)
    return one, first, second


def files(h, first, second, url, public):
    h.upload(first, b'Eleven more wells.', 'wells.txt', lang='en')
    h.upload(second, b'Onze puits.', 'puits.txt', lang='fr')
    h.upload(first, b'Twelve more wells.', 'wells.txt', lang='en',
           revision='1')
    page = h.staff.get(first)
    h.check('a revision of the addendum stands behind it',
            'CWG-Internet-20/1(Add.1)(Rev.1)' in page.text, page)
    for one in (first, second):
        h.staff.send(h.staff.get(one), one, 'post')
    member = h.person('Mia', 'read')
    page = member.get(public)
    h.check('a member sees them in the list, not the one that was not posted',
            'documents/1/add-1/"' in page.text and
            'documents/1/add-1-corr-1/"' in page.text and
            'corr-3' not in page.text, page)
    page = member.get(public + 'documents/1/')
    h.check('and on the page of the document', 'Addenda and corrigenda' in
            page.text and 'Corrigendum 1 to Addendum 1' in plain(page) and
            'version only: French' in plain(page), page)
    page = member.get(public + 'documents/1/add-1/')
    h.check('which leads to its own', page.status == 200 and
            'CWG-Internet-20/1(Add.1)(Rev.1)' in page.text and
            'documents/1/"' in page.text, page)
    file = public + 'documents/1/add-1/1-en'
    h.check('with its files', member.get(file).octets ==
            b'Twelve more wells.' and
            member.get(public + 'documents/1/add-1/0-en').octets ==
            b'Eleven more wells.')
    for path in ('documents/1/add-1/', 'documents/1/add-1/1-en',
                 'documents/1/', 'documents/1/add-9/'):
        h.check(f'nobody else finds {path}',
                h.public.get(public + path).status == 404)
    for lang, word in (('ar', 'الضميمة'), ('zh', '补遗'), ('fr', 'Addendum'),
                       ('ru', 'Дополнение'), ('es', 'Addéndum')):
        h.check(f'in {lang}', word in member.get(
            f'/{lang}{public[3:]}documents/1/add-1/').text)
    return member


def taken(h, member, public):
    got = member.get(public + 'pack.zip')
    names = zipfile.ZipFile(io.BytesIO(got.octets)).namelist()
    h.check('the pack has them', all(n in names for n in (
        'documents/CWG-Internet-20-1-add-1-Rev1-en.txt',
        'documents/CWG-Internet-20-1-add-1-corr-1-fr.txt')), names)
    api = public.replace('/en/', '/api/v1/groups/')
    got = h.public.get(api.rstrip('/'))
    h.check('the API hides them from others', '"documents":[]' in
            got.text.replace(' ', ''), got)
    h.check('one by one too', h.public.get(
        api + 'documents/1/add-1').status == 404)


def opened(h, one, first, public):
    for page in (one, first):
        got = h.staff.send(h.staff.get(page), page, 'access',
                           access='public', title_public='1')
        h.check('open to everybody', got.status == 303, got)
    api = public.replace('/en/', '/api/v1/groups/')
    got = json.loads(h.public.get(api.rstrip('/')).text)
    symbols = [(d['symbol'], d['addendum'], d['corrigendum'])
               for d in got['documents']]
    h.check('the API tells everybody what is open', symbols == [
        ('CWG-Internet-20/1', 0, 0),
        ('CWG-Internet-20/1(Add.1)(Rev.1)', 1, 0)], symbols)
    got = h.public.get(api + 'documents/1/add-1')
    h.check('with its files', json.loads(got.text)['files'][0]['url']
            .endswith('documents/1/add-1/1-en'), got)
    feed = h.public.get(public.partition('meetings')[0] + 'documents.atom')
    h.check('so does the feed', '/documents/1/add-1/' in feed.text and
            'corr-1' not in feed.text, feed)
    until = time.time() + 60
    found = h.public.get(f'/en/search?q=twelve+more&t={time.time()}')
    while 'add-1/' not in found.text and time.time() < until:
        time.sleep(0.5)
        found = h.public.get(f'/en/search?q=twelve+more&t={time.time()}')
    h.check('and the search', 'documents/1/add-1/"' in found.text, found)
    got = h.staff.send(h.staff.get(one), one, 'withdraw')
    page = h.public.get(public + 'documents/1/add-1/')
    h.check('with the document its addendum keeps its title alone',
            page.status == 200 and '1-en' not in page.text and
            h.public.get(public + 'documents/1/add-1/1-en').status == 404,
            page)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        one, first, second = parts(h, url, public)
        member = files(h, first, second, url, public)
        taken(h, member, public)
        opened(h, one, first, public)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
