#!/usr/bin/env python3
"""The registry of texts, through pages alone, on both engines: create a
resolution, upload two versions, read them, compare them, take the files; a
wrong file, a damaged one, and who has no right. TAP.
Usage: registry_test.py PROGRAM"""
import io
import json
import os
import re
import time
import zipfile

from server import Browser
from shelf import PHRASE, Registry, accepted, docx, tap

OLD = ['Names and numbers', 'The Conference,', 'resolves',
       '1\tto keep the register of names;',
       '2\tto report every year to the Council,',
       'invites Member States', '1\tto contribute to the work.']
NEW = ['Names and numbers', 'The Conference,', 'resolves',
       '1\tto publish the register in six languages;',
       '2\tto keep the register of names;',
       '3\tto report every second year to the Council,',
       'invites Member States', '1\tto contribute to the work.']

def create(r):
    page = r.staff.get('/en/desk/')
    r.check('the desk leads to the registry', '/en/desk/instruments"' in
            page.text, page)
    page = r.staff.get('/en/desk/instruments')
    group = re.search(r'<option value="(\d+)"', page.text).group(1)
    new = {'group': group, 'kind': 'resolution', 'lang': 'en'}
    bad = r.staff.send(page, '/instruments', 'create', number='1/2',
                       title='On names', **new)
    r.check('a number that cannot be is told beside its field',
            bad.status == 400 and 'id="number-error">Give the number' in
            bad.text and 'value="On names"' in bad.text, bad)
    bad = r.staff.send(page, '/instruments', 'create', number='102', title='',
                       **new)
    r.check('a title is needed', bad.status == 400 and
            'id="title-error">Give the title' in bad.text, bad)
    made = r.staff.send(page, '/instruments', 'create', number='102',
                        title='On names & numbers', **new)
    r.check('created', made.status == 303, made)
    again = r.staff.send(page, '/instruments', 'create', number='102',
                         title='Another', **new)
    r.check('one number, one text', again.status == 400 and
            'already' in again.text, again)
    url = made.location.split('?')[0]
    public = re.search(r'href="(/en/[^"]*/instruments/resolution-102/)"',
                       r.staff.get(url).text).group(1)
    page = r.public.get(public)
    r.check('the public finds it', page.status == 200 and
            'Resolution 102' in page.text and 'On names &amp; numbers' in
            page.text and 'There is no version yet' in page.text, page)
    listed = r.public.get(public.replace('resolution-102/', ''))
    r.check('and in the list', public in listed.text, listed)
    return url, public


def wrong_files(r, url, public):
    good = {'name': 'Rev. Dubai, 2018', 'dated': '2018-11-16'}
    page = r.upload(url, b'%PDF-1.4 no', 'r.pdf', **good)
    r.check('a file that is none is told beside the field',
            page.status == 400 and 'id="file-error">r.pdf is not a Word '
            'document' in page.text and 'Rev. Dubai, 2018' in page.text, page)
    page = r.upload(url, b'', '', **good)
    r.check('a file is needed', page.status == 400 and
            'id="file-error">Choose a Word document' in page.text, page)
    page = r.upload(url, docx(OLD), **{**good, 'dated': '2018-11-31'})
    r.check('a day that is none', page.status == 400 and
            'id="dated-error">Give the date' in page.text, page)
    page = r.upload(url, docx(OLD), **{**good, 'name': ' '})
    r.check('a name is needed', page.status == 400 and
            'id="name-error">Give the name' in page.text, page)
    r.check('nothing changed', 'There is no version yet' in
            r.staff.get(url).text)


def versions(r, url, public):
    page = r.upload(url, docx(NEW), name='Rev. Bucharest, 2022',
                    dated='2022-10-14', state='adopted')
    r.check('a version is added', page.status == 303, page)
    r.check('and it is said', 'Added.' in r.staff.follow(page).text)
    page = r.upload(url, docx(OLD), name='Rev. Dubai, 2018',
                    dated='2018-11-16', state='in_force')
    r.check('an older one too', page.status == 303, page)
    page = r.until(public + '2/', 'id="p-4"')
    r.check('its text is there, with an anchor for each paragraph',
            page.status == 200 and 'to keep the register of names' in
            page.text and 'id="p-7"' in page.text and 'in force' in page.text,
            page)
    page = r.until(public, 'Rev. Dubai, 2018')
    r.check('both are listed, the newest first',
            0 < page.text.find('Rev. Bucharest, 2022') <
            page.text.find('Rev. Dubai, 2018'), page)
    page = r.staff.get(url)
    page = r.staff.send(page, url, 'state', version='1', state='in_force')
    r.check('a state is changed', page.status == 303 and
            'adopted' not in r.public.get(public).text, page)
    got = r.public.get(public + '1/text.docx')
    r.check('the file as it was uploaded', got.octets == docx(NEW) and
            got.headers['Content-Disposition'].startswith('attachment;'),
            got.headers)
    got = r.public.get(public + '1/text.md')
    r.check('as Markdown', got.status == 200 and
            'to publish the register in six languages' in got.text, got)
    got = r.public.get(public + '1/text.xml')
    r.check('as Akoma Ntoso', got.status == 200 and '<akomaNtoso' in got.text
            and '2022-10-14' in got.text, got)
    audit = r.staff.get('/en/desk/audit')
    r.check('every act is on record', 'version.state' in audit.text and
            'version.add' in audit.text and 'instrument.create' in audit.text,
            audit)


def comparison(r, public):
    page = r.public.get(public + 'compare?old=1&new=2')
    there = public + 'compare/2/1/'
    r.check('the older one comes first, however they were chosen',
            page.status == 303 and page.location.endswith(there), page)
    page = r.public.get(public + 'compare?old=1&new=1')
    r.check('one cannot be compared with itself', page.status == 303 and
            'Choose two different' in r.public.follow(page).text, page)
    page = r.until(there, 'doc-bars')
    marks = re.findall(r'<(ins|del)\b[^>]*>(.*?)</\1>', page.text, re.S)
    words = [(k, re.sub(r'<[^>]*>', '', t)) for k, t in marks]
    r.check('what is new and what is gone is marked', page.status == 200 and
            any(k == 'ins' and 'to publish the register' in t
                for k, t in words) and
            any(k == 'ins' and 'second' in t for k, t in words), page)
    labels = re.findall(r'<span class="doc-label">(.*?)</span>(.*?)</p>',
                        page.text, re.S)
    r.check('no label is marked but that of a new paragraph', len(labels) == 4
            and all('<ins' in text for label, text in labels
                    if '<ins' in label or '<del' in label) and
            sum('<ins' in label for label, _ in labels) == 1, labels)
    r.check('nor what stayed', not any('to keep the register of names' in t
                                       for k, t in words), words)
    r.check('with bars at the side', 'doc-changed' in page.text)
    count = dict(re.findall(r'<th scope="row">([^:<]*)[^<]*</th><td '
                            r'class="n">([^<]*)', page.text))
    r.check('counted by class', count.get('ADD') == '1' and
            count.get('MOD') == '1' and count.get('SUP') == '0' and
            count.get('renumbered') == '2', count)
    side = r.public.get(there + '?view=side')
    r.check('side by side', 'class="doc-sides"' in side.text and
            'Old version' in side.text, side)
    sides = [re.sub(r'<[^>]*>', '', c).strip() for c in re.findall(
        r'<td class="doc-(?:old|new)">(.*?)</td>', side.text, re.S)]
    r.check('each with its own numbers',
            sides[6:12] == ['', NEW[3].replace('\t', ' '),
                            OLD[3].replace('\t', ' '),
                            NEW[4].replace('\t', ' '),
                            OLD[4].replace('\t', ' '),
                            NEW[5].replace('\t', ' ')], sides)
    clean = r.public.get(there + '?view=clean')
    r.check('the new text alone', '<ins' not in clean.text and
            'every second year' in clean.words, clean)
    arabic = r.public.get('/ar' + there[3:])
    r.check('from right to left, the text in its own language',
            '<html lang="ar" dir="rtl">' in arabic.text and
            'class="doc doc-bars doc-margins" lang="en" dir="ltr"' in
            arabic.text, arabic)
    return there


def files(r, there):
    got = r.public.get(there + 'changes.docx')
    r.check('tracked changes', got.status == 200 and
            got.octets[:2] == b'PK', got.headers)
    now, old = accepted(got.octets, 'accept'), accepted(got.octets, 'reject')
    r.check('accepted, they are the new text', now == NEW, now)
    r.check('rejected, the old one', old == OLD, old)
    got = r.public.get(there + 'changes.json')
    script = json.loads(got.text)
    r.check('the edit script', script['version'] == 1 and
            script['summary']['ADD'] == 1, got)
    got = r.public.get(there + 'changes.md')
    r.check('as Markdown', '<ins>' in got.text, got)
    got = r.public.get(there + 'changes.xml')
    r.check('as Akoma Ntoso', '<ins' in got.text, got)


def damaged(r, url, public):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr('word/nothing.xml', '<x/>')
    page = r.upload(url, out.getvalue(), name='Rev. Nowhere, 2026',
                    dated='2026-01-31')
    r.check('a package is taken', page.status == 303, page)
    for _ in range(120):
        page = r.staff.get(url)
        if 'could not be read' in page.text:
            break
        time.sleep(0.25)
    r.check('that it is no document is said at the desk',
            'could not be read' in page.text and 'Word' in page.text, page)
    r.check('the public does not see it', 'Nowhere' not in
            r.public.get(public).text and
            r.public.get(public + '3/').status == 404 and
            r.public.get(public + '3/text.docx').status == 404 and
            r.staff.get(public + '3/text.docx').status == 404)
    r.check('nor is it compared', r.public.get(
        public + 'compare/2/3/').status == 404)


def long_one(r, url, public):
    """In another language, so that it is compared with nothing."""
    line = 'to keep, to publish and to report what the members write ' * 3
    page = r.upload(url, docx([f'{i}\t{line};' for i in range(1, 5000)]),
                    name='Plan, 2026', dated='2026-02-01', lang='fr')
    r.check('a long text is added', page.status == 303, page)
    page = r.until(public + '4/', 'too long')
    r.check('its page says that it is one', page.status == 200 and
            'too long' in page.text and len(page.octets) < 14000, page.status)
    got = r.public.get(public + '4/text.md')
    r.check('and the files have it', got.status == 200 and
            '4999' in got.text, got.status)


def rights(r, url, public):
    page = r.staff.send(r.staff.get('/en/desk/people'), '/people', 'add',
                        name='Bo', email='bo@example.org')
    link = re.search(r'/en/l/[0-9a-z]{32}', page.text).group(0)
    bo = Browser(r.server)
    bo.send(bo.get(link), link, passphrase=PHRASE, repeat=PHRASE)
    r.check('somebody without the right is in',
            bo.get('/en/account').status == 200)
    form = bo.get('/en/account').form('/sign-out')
    token = form['fields']['token'][0]
    tried = [bo.get('/en/desk/instruments'), bo.get(url),
             bo.post(url, {'do': 'state', 'version': '1', 'state': 'draft',
                           'token': token}),
             bo.post('/en/desk/instruments', {
                 'do': 'create', 'group': '1', 'kind': 'decision',
                 'number': '5', 'title': 'X', 'lang': 'en', 'token': token})]
    r.check('and is refused', all(p.status == 403 for p in tried),
            [p.status for p in tried])
    r.check('and changed nothing', 'Decision 5' not in
            r.staff.get('/en/desk/instruments').text and
            'draft' not in r.public.get(public).text)


def budget(r, public):
    for path in (public, public.replace('resolution-102/', '')):
        page = r.public.get(path, **{'Accept-Encoding': 'gzip'})
        r.check(f'{path} is small', len(page.octets) <= 14 * 1024,
                len(page.octets))


def walk(engine, *sets):
    r = Registry(engine, *sets)
    try:
        url, public = create(r)
        wrong_files(r, url, public)
        versions(r, url, public)
        files(r, comparison(r, public))
        damaged(r, url, public)
        long_one(r, url, public)
        rights(r, url, public)
        budget(r, public)
    finally:
        r.server.stop()


walk('sqlite')
if os.environ.get('RP_TEST_PG'):
    walk('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
