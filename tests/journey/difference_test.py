#!/usr/bin/env python3
"""Two revisions of a document compared, through pages alone, on both engines:
inline, side by side and as a Word document; an addendum with what it is added
to; one language with itself; who sees it. TAP. Usage: difference_test.py
PROGRAM"""
import io
import os
import time
import zipfile

from house import House
from server import Tap

tap = Tap()
OLD = b'# Wells\n\nThe wells are deep.\n\nThey are old.\n'
NEW = b'# Wells\n\nThe wells are xylophagous.\n\nThey are old.\n'


def until(who, url, good):
    end = time.time() + 90
    while True:
        page = who.get(f'{url}?t={time.time()}')
        if good(page) or time.time() > end:
            return page
        time.sleep(0.5)


def made(page):
    return page.status == 200 and '<ins' in page.text


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        url, public = h.meeting()
        one = h.document(url, 'On wells')
        member, other = h.person('Mia', 'read'), h.person('Olaf')
        h.upload(one, OLD, 'wells.md', lang='en')
        h.upload(one, NEW, 'wells.md', lang='en', revision='1')
        h.upload(one, b'Les puits.', 'puits.md', lang='fr', revision='1')
        page = until(member, public + 'documents/1/',
                     lambda p: 'compare/0-1-en/' in p.text)
        h.check('the page of the document leads to it', 'Compare revisions' in
                page.text and 'compare/0-1-en/' in page.text, page)
        h.check('but not from one language to another', '-fr/' not in page.text)
        where = public + 'documents/1/compare/0-1-en/'
        page = until(member, where, made)
        h.check('what came and what went', '<ins' in page.text and
                'xylophagous' in page.text and '<del' in page.text and
                'deep' in page.text, page)
        h.check('the symbols are told', 'CWG-Internet-20/1</bdi>' in page.text
                and 'CWG-Internet-20/1(Rev.1)</bdi>' in page.text, page)
        side = member.get(where + '?view=side')
        h.check('side by side', side.status == 200 and 'xylophagous' in
                side.text and 'aria-current="page">Side by side' in side.text
                or 'view=side" aria-current="page"' in side.text, side)
        word = member.get(where + 'changes.docx')
        h.check('as a Word document', word.status == 200, word.status)
        text = zipfile.ZipFile(io.BytesIO(word.octets)).read(
            'word/document.xml').decode()
        h.check('with tracked changes', '<w:ins ' in text and '<w:del ' in text
                and 'xylophagous' in text)
        for path in (where, where + 'changes.docx'):
            for who, name in ((h.public, 'nobody'), (other, 'a stranger')):
                h.check(f'{name} does not find {path[-14:]}',
                        who.get(path).status == 404)
        for name in ('1-0-en', '0-1-fr', '0-2-en', 'of-0-en', 'x', '0-0-en'):
            h.check(f'{name} is no comparison', member.get(
                public + f'documents/1/compare/{name}/').status == 404)
        added = h.staff.send(h.staff.get(one), one, 'part', part_kind='add',
                             part_title='More wells', part_number='',
                             part_about='', part_lang='en')
        part = added.location.split('?')[0]
        h.upload(part, OLD + b'\nAnd a quixotic one.\n', 'more.md', lang='en')
        h.staff.send(h.staff.get(part), part, 'post')
        where = public + 'documents/1/add-1/compare/of-0-en/'
        page = until(member, where, made)
        h.check('an addendum with the newest revision of its document',
                'quixotic' in page.text and 'xylophagous' in page.text and
                '(Add.1)' in page.text and '(Rev.1)' in page.text, page)
        h.check('as a Word document too',
                member.get(where + 'changes.docx').octets[:2] == b'PK')
        h.upload(one, NEW + b'\nLast.\n', 'wells.md', lang='en', revision='2')
        page = until(member, where, lambda p: '(Rev.2)' in p.text and made(p))
        h.check('of a newer one, when there is one', '(Rev.2)' in page.text and
                made(page), page)
        page = until(member, public + 'documents/1/compare/0-2-en/', made)
        h.check('over several revisions', made(page), page)
        got = h.staff.send(h.staff.get(one), one, 'access', access='public',
                           title_public='1')
        h.check('for everybody', h.public.get(
            public + 'documents/1/compare/0-1-en/').status == 200, got)
        h.check('but not of what is for members', h.public.get(
            where).status == 404)
        for lang in ('ar', 'zh', 'fr', 'ru', 'es'):
            h.check(f'in {lang}', h.public.get(
                f'/{lang}{public[3:]}documents/1/compare/0-1-en/')
                .status == 200)
        h.staff.send(h.staff.get(one), one, 'withdraw')
        h.check('withdrawn, its revisions are compared for nobody', h.public.get(
            public + 'documents/1/compare/0-1-en/?w').status == 404 and
            member.get(public + 'documents/1/compare/0-1-en/').status == 404)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
