#!/usr/bin/env python3
"""The registry's texts: one in which changes were flattened becomes two
versions with a comparison and the list of what was decided, the page is
printed; other formats than Word; readings, withdrawing, titles; what a text
quotes, and that there is a newer version. TAP.
Usage: registry_texts_test.py PROGRAM BENCH SHARED"""
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

from shelf import Registry, accepted, docx, tap

BENCH, SHARED = sys.argv[2:4]
CHROMIUM = os.environ.get('CHROMIUM') or shutil.which('chromium')

MARKDOWN = '''# RESOLUTION 5 (Rev. Lima, 2018)

Names and numbers

*resolves*

1) to keep the register of names;

2) to act as Resolution 102 (Rev. Dubai, 2018) asks,
'''
ODT = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:'
       'xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:'
       'text:1.0" office:version="1.3"><office:body><office:text><text:p>'
       'RESOLUTION 5 (Rev. Oslo, 2022)</text:p><text:p>Names and numbers'
       '</text:p><text:p>resolves</text:p><text:p>1)<text:tab/>to keep the '
       'register of names and of numbers;</text:p><text:p>2)<text:tab/>to act '
       'as Resolution 102 (Rev. Dubai, 2018) asks,</text:p></office:text>'
       '</office:body></office:document-content>')


def odt():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr('mimetype', 'application/vnd.oasis.opendocument.text')
        z.writestr('META-INF/manifest.xml', '<manifest:manifest '
                   'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
                   'manifest:1.0"><manifest:file-entry manifest:full-path="/" '
                   'manifest:media-type="application/vnd.oasis.opendocument.'
                   'text"/><manifest:file-entry manifest:full-path="content.'
                   'xml" manifest:media-type="text/xml"/></manifest:manifest>')
        z.writestr('content.xml', ODT)
    return out.getvalue()


def printed(r, path):
    """The text of what Chromium prints of a page, and its pages' sizes."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = os.path.join(folder, 'page.pdf')
        made = subprocess.run(
            [CHROMIUM, '--headless=new', '--no-sandbox', '--disable-gpu',
             f'--user-data-dir={folder}/profile', '--no-pdf-header-footer',
             f'--print-to-pdf={pdf}', f'http://[::1]:{r.server.port}{path}'],
            capture_output=True, text=True, timeout=120)
        if not os.path.exists(pdf):
            return made.stderr, ''
        text = subprocess.run(['pdftotext', '-layout', pdf, '-'],
                              capture_output=True, text=True).stdout
        facts = subprocess.run(['pdfinfo', pdf], capture_output=True,
                               text=True).stdout
    return text, facts


def squeezed(text):
    return re.sub(r'\s+', ' ', text)


def separated(r, url, flat, name):
    """Upload a flattened text, and wait until it was separated."""
    sent = r.upload(url, flat, name, button='flatten', lang='en')
    r.check(f'{name} is taken', sent.status == 303 and '/flattened/' in
            sent.location, sent)
    for _ in range(240):
        page = r.staff.get(sent.location)
        if 'http-equiv' not in page.text and 'Refresh' not in page.headers:
            break
        time.sleep(0.25)
    return sent.location, page


def marks(page, kind):
    return [html.unescape(re.sub(r'<[^>]*>', '', t)) for t in
            re.findall(rf'<{kind}\b[^>]*>(.*?)</{kind}>', page.text, re.S)]


def generated(r):
    """A text of our own generator, whose truth is known."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable,
                        os.path.join(BENCH, 'salvage_gen.py'), '7', folder],
                       check=True)
        flat, base, new = (open(os.path.join(folder, n), 'rb').read() for n in
                           ('flat.txt', 'base.txt', 'new.txt'))
    head = re.search(r'RESOLUTION (\d+) \((Rev\. [^)]*)\)', base.decode())
    now = re.search(r'RESOLUTION \d+ \((Rev\. [^)]*)\)', new.decode())
    r.check('the generated text has a heading', head and now, flat[:200])
    url, public = r.create(head[1], 'Of a generator')
    wrong = r.upload(url, b'%PDF-1.4 no', 'r.pdf', button='flatten', lang='en')
    r.check('a PDF is no text', wrong.status == 400 and
            'id="text-error">Choose a plain text' in wrong.text, wrong)
    there, page = separated(r, url, flat, 'flat.txt')
    fields = page.form(there, 'settle')['fields']
    r.check('the names are proposed from the text',
            fields['old_name'] == [head[2]] and fields['new_name'] == [now[1]],
            fields)
    r.check('and no date, for a year is no day',
            fields['old_dated'] == fields['new_dated'] == [''], fields)
    r.check('each decision with its confidence', 'certain' in page.words and
            'number only' in page.words and 'As it stood' in page.words, page)
    bad = r.staff.send(page, there, 'settle', old_dated='2022-01-01',
                       new_dated='2018-01-01')
    r.check('the newer one must be newer', bad.status == 400 and
            'id="new_dated-error">The new version must be' in bad.text, bad)
    made = r.staff.send(page, there, 'settle', old_dated='2018-01-01',
                        new_dated='2022-01-01')
    r.check('two versions are made', made.status == 303, made)
    page = r.until(public + 'compare/1/2/', 'doc-bars')
    r.check('and compared', marks(page, 'ins') and marks(page, 'del'), page)
    text = r.public.get(public + '2/text.txt').text
    # The truth is without the marks at the ends of lines and notes' marks.
    plain = [[re.sub(r'\[\^\d+\]|[;,.:]+$', '', re.sub(r'\[\^\d+\]', '',
                     squeezed(x).strip())) for x in t.splitlines() if x.strip()]
             for t in (new.decode(), text)]
    kept = sum(x in plain[1] for x in plain[0])
    r.check('the newer text is as the generator knows it, in nine lines of ten',
            kept >= .9 * len(plain[0]), (kept, len(plain[0]), plain[1][:40]))
    again = r.staff.get(there)
    r.check('it is done once', 'Two versions were made' in again.text and
            'name="old_name"' not in again.text, again)


def seed(r):
    """Resolution 102 out of the flattened text of the seeds, in English."""
    path = os.path.join(SHARED, 'seeds', '004_0676c5940d16fbaf.txt')
    if not os.path.exists(path):
        tap.n += 1
        print(f'ok {tap.n} - {r.engine}: Resolution 102 # SKIP no seeds')
        return
    with open(path, 'rb') as f:
        flat = f.read()
    url, public = r.create('102', 'ITU’s role with regard to international '
                           'public policy issues pertaining to the Internet')
    there, page = separated(r, url, flat, '004.txt')
    fields = page.form(there, 'settle')['fields']
    r.check('Resolution 102: both names stand in the text',
            fields['old_name'][0].lower() == 'rev. dubai, 2018' and
            fields['new_name'] == ['Rev. Bucharest, 2022'], fields)
    made = r.staff.send(page, there, 'settle', old_name='Rev. Dubai, 2018',
                        old_dated='2018-11-16', new_dated='2022-10-14')
    r.check('Resolution 102: two versions are made', made.status == 303, made)
    path = public + 'compare/1/2/'
    page = r.until(path, 'doc-bars')
    r.check('Resolution 102: what is new and what is gone is marked',
            any('Bucharest' in t for t in marks(page, 'ins')) and
            any('Dubai' in t for t in marks(page, 'del')) or
            any('2022' in t for t in marks(page, 'ins')), marks(page, 'ins'))
    symbols = set(re.findall(r'<span class="doc-margin"><bdi>([^<]*)<',
                             page.text))
    r.check('Resolution 102: with the symbols of proposals in the margin',
            {'NOC', 'MOD', 'ADD', 'SUP'} <= symbols, symbols)
    links = re.findall(r'<li><a href="#(p-\d+)"><b', page.text)
    r.check('Resolution 102: every change has its place', len(links) > 20 and
            all(f'id="{x}"' in page.text for x in links), links)
    origin = r.public.get(public + '2/origin')
    uncertain = re.search(r'<section aria-labelledby="uncertain">(.*?)'
                          r'</section>', origin.text, re.S)
    r.check('Resolution 102: what is uncertain is told, and nothing is '
            'asserted about it', origin.status == 200 and uncertain and
            uncertain[1].count('<strong>uncertain') ==
            uncertain[1].count('class="item"') > 0 and
            'Old version' not in uncertain[1], origin)
    version = r.public.get(public + '2/')
    r.check('Resolution 102: the version says where it is from',
            f'href="origin"' in version.text and 'flattened' in version.text,
            version)
    data = json.loads(r.public.get(public + '2/decisions.json').text)
    r.check('Resolution 102: the decisions as data',
            data['format'] == 'rapporteur-salvage-1', data)
    got = r.public.get(path + 'changes.docx')
    now = accepted(got.octets, 'accept')
    old = accepted(got.octets, 'reject')
    for n, made in ((1, old), (2, now)):
        text = r.public.get(public + f'{n}/text.txt').text
        text = [squeezed(re.sub(r'\[\^\d+\]', '', x)).strip() for x in
                text.splitlines() if not x.startswith('[^')]
        made = [squeezed(html.unescape(p)).strip() for p in made]
        r.check(f'Resolution 102: tracked changes hold version {n} exactly',
                [p for p in made if p] == [t for t in text if t],
                [x for x in zip(made, text) if x[0] != x[1]][:5])
    if not CHROMIUM or r.engine != 'sqlite':
        return
    text, facts = printed(r, path)
    flat_text = squeezed(text)
    r.check('Resolution 102 printed: its name and both versions stand first',
            'Resolution 102' in flat_text[:400] and 'Rev. Dubai, 2018' in
            flat_text[:400] and 'Rev. Bucharest, 2022' in flat_text[:400],
            text[:800])
    words = [t for t in marks(page, 'ins') + marks(page, 'del')
             if re.fullmatch(r'[\w ,;’()-]{9,60}', squeezed(t))]
    there = [w for w in words if squeezed(w) in flat_text]
    r.check('Resolution 102 printed: inserted and deleted words are there',
            len(words) >= 10 and len(there) >= .9 * len(words),
            (len(words), len(there), [w for w in words if w not in there]))
    pages = int(re.search(r'Pages:\s+(\d+)', facts)[1])
    r.check('Resolution 102 printed: some pages of A4 or Letter, not dozens',
            6 <= pages <= 24, facts)
    r.check('Resolution 102 printed: no buttons, no lists of links',
            'Side by side' not in text and 'List of changes' not in text,
            text[:1500])


def formats(r):
    url, public = r.create('5', 'On names')
    for octets, name, title, day in (
            (MARKDOWN.encode(), 'r.md', 'Rev. Lima, 2018', '2018-05-02'),
            (odt(), 'r.odt', 'Rev. Oslo, 2022', '2022-05-02')):
        page = r.upload(url, octets, name, name=title, dated=day)
        r.check(f'{name} is added', page.status == 303, page)
    page = r.until(public + 'compare/1/2/', 'doc-bars')
    r.check('Markdown and OpenDocument are compared', 'and of numbers' in
            ''.join(marks(page, 'ins')), page)
    got = r.public.get(public + '1/original')
    r.check('as it was uploaded', got.octets == MARKDOWN.encode(), got.headers)
    again = r.public.get(public + '1/text.md')
    akn = r.public.get(public + '1/text.xml')
    plain = r.public.get(public + '2/text.txt')
    r.check('plain text', '1)\tto keep the register of names and of numbers;'
            in plain.text, plain)
    page = r.public.get(public + '1/text.html')
    r.check('a page of its own', page.text.startswith('<!DOCTYPE html>') and
            'Resolution 5 (Rev. Lima, 2018)' in page.text, page)
    got = r.public.get(public + '1/text.docx')
    text = accepted(got.octets, 'accept')
    r.check('a Word document that was made', 'to keep the register of names;'
            in ''.join(text) and text[0].startswith('RESOLUTION 5'), text)
    marked = r.public.get(public + 'compare/1/2/changes.docx')
    now = ''.join(accepted(marked.octets, 'accept'))
    old = ''.join(accepted(marked.octets, 'reject'))
    r.check('and one with tracked changes', 'and of numbers' in now and
            'and of numbers' not in old and 'register of names' in old,
            (now, old))
    for end, what in (('txt', '{+'), ('html', '<ins'), ('md', '<ins>'),
                      ('xml', '<ins'), ('json', '"class":"MOD"')):
        got = r.public.get(public + f'compare/1/2/changes.{end}')
        r.check(f'changes.{end}', got.status == 200 and what in got.text, got)
    for octets, name in ((again.octets, 'again.md'), (akn.octets, 'again.xml'),
                         (plain.octets, 'again.txt')):
        page = r.upload(url, octets, name, name=name, dated='2023-01-01',
                        state='draft')
        r.check(f'what went out comes in: {name}', page.status == 303, page)
    for n, name in ((3, 'again.md'), (4, 'again.xml'), (5, 'again.txt')):
        for _ in range(120):
            page = r.staff.get(public + f'{n}/')
            if page.status == 200:
                break
            time.sleep(.25)
        r.check(f'{name} has the text', page.status == 200 and
                'to keep the register of names' in page.text, page)
    return url, public


def readings(r, url, public):
    page = r.staff.get(url)
    r.check('a draft is not public', r.public.get(public + '3/').status == 404)
    step = {'version': '3', 'place': 'Plenary, 12th meeting'}
    far = r.staff.send(page, url, 'state', state='in_force', **step)
    r.check('no state is jumped over', far.status == 400 and
            'id="step-error">This version cannot' in far.text, far)
    for state in ('proposed', 'first_reading', 'second_reading', 'adopted'):
        made = r.staff.send(r.staff.get(url), url, 'state', state=state, **step)
        r.check(f'{state}', made.status == 303, made)
    back = r.staff.send(r.staff.get(url), url, 'state', state='second_reading',
                        version='3', place='')
    r.check('a step back needs its reason', back.status == 400, back)
    back = r.staff.send(r.staff.get(url), url, 'state', state='second_reading',
                        version='3', why='Reconsidered on request of a Member')
    r.check('and is taken with it', back.status == 303, back)
    page = r.public.get(public + '3/')
    steps = re.search(r'<ol class="steps">(.*?)</ol>', page.text, re.S)[1]
    r.check('the page shows when and where', 'first reading (blue)' in steps and
            'Plenary, 12th meeting' in steps and 'Reconsidered on' in steps and
            steps.count('<time') == 6, steps)
    r.check('and not who entered it', 'entered by' not in page.text)
    r.check('which the staff sees', 'entered by' in
            r.staff.get(public + '3/').text)


def withdraws(r, url, public):
    page = r.staff.get(url)
    no = r.staff.send(page, url, 'withdraw', version='4', why=' ')
    r.check('withdrawing needs its reason', no.status == 400 and
            'id="withdraw-error">Give the reason' in no.text, no)
    done = r.staff.send(r.staff.get(url), url, 'withdraw', version='1',
                        why='The wrong file')
    r.check('a version is withdrawn', done.status == 303 and 'Withdrawn.' in
            r.staff.follow(done).text, done)
    r.check('the public does not see it any more',
            r.public.get(public + '1/').status == 404 and
            r.public.get(public + '1/text.md').status == 404 and
            r.public.get(public + 'compare/1/2/').status == 404 and
            'Rev. Lima' not in r.public.get(public).text)
    desk = r.staff.get(url)
    r.check('the desk does, with the reason', 'Rev. Lima, 2018' in desk.text and
            'The wrong file' in desk.text and 'withdrawn' in desk.text, desk)
    twice = r.staff.send(desk, url, 'withdraw', version='1', why='Again')
    r.check('once', twice.status == 400, twice)


def titles(r, url, public):
    done = r.staff.send(r.staff.get(url), url, 'title', lang='fr',
                        title='Les noms & les numéros')
    r.check('a title in French', done.status == 303, done)
    page = r.public.get('/fr' + public[3:])
    r.check('its readers see it', '<p lang="fr" dir="auto"><strong>Les noms '
            '&amp; les numéros' in page.text, page)
    r.check('others see theirs', 'On names' in r.public.get(public).text)
    no = r.staff.send(r.staff.get(url), url, 'title', lang='en', title='x' * 601)
    r.check('a title has its limit', no.status == 400 and 'too long' in no.text
            and 'x' * 100 in no.text, no)


def quotes(r, url, public):
    """Resolution 5 quotes one that has a newer version since."""
    other, there = r.create('202', 'Quoted')
    page = r.upload(url, MARKDOWN.replace('102', '202').encode(), 'q.md',
                    name='Rev. Bonn, 2024', dated='2024-05-02')
    r.check('a text that quotes', page.status == 303, page)
    for name, day in (('Rev. Dubai, 2018', '2018-11-16'),
                      ('Rev. Bucharest, 2022', '2022-10-14')):
        page = r.upload(other, docx(['RESOLUTION 202', 'resolves', '1\tto go.']),
                        name=name, dated=day)
        r.check(f'what is quoted: {name}', page.status == 303, page)
    r.until(there + 'compare/1/2/', 'doc-bars')
    page = r.until(public + '6/', 'older versions')
    box = re.search(r'<section class="note.*?</section>', page.text, re.S)
    r.check('the page says that there is a newer one', box and
            'Resolution 202 (Rev. Dubai, 2018)' in box[0] and
            'Rev. Bucharest, 2022' in box[0] and f'{there}2/' in box[0] and
            re.search(r'href="#(p-\d+)"', box[0])[1] in page.text, page)
    desk = r.staff.get('/en/desk/instruments')
    swept = re.search(r'<section aria-labelledby="swept">.*?</section>',
                      desk.text, re.S)
    r.check('and the desk has the list', swept and 'Resolution 5' in swept[0]
            and 'Rev. Bucharest, 2022' in swept[0], desk)


def walk(engine, *sets):
    r = Registry(engine, *sets)
    try:
        generated(r)
        seed(r)
        url, public = formats(r)
        readings(r, url, public)
        quotes(r, url, public)
        withdraws(r, url, public)
        titles(r, url, public)
    finally:
        r.server.stop()


walk('sqlite')
if os.environ.get('RP_TEST_PG'):
    walk('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
