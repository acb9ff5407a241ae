#!/usr/bin/env python3
"""Themes of more than what was typed, through pages alone, on both engines: a
response's PDF and DOCX as the parse role reads them, and what was said at a
session of the physical consultation: themed, quoted with where they stand,
counted apart, set aside, hidden. TAP. Usage: sources_test.py PROGRAM"""
import csv
import html
import io
import json
import os
import re
import time
import zipfile

from shelf import package, text_run
from theme_desk import (Desk, add_up, begin, figures, row_of, tap, themes_of)

PDF = 'five-verbs.pdf'
IN_PDF = 'Process: ask for a new passphrase.'
SAID = 'At the counter in Kisumu the form refused every second name.'
HIDDEN = 'This was said before the microphone was open.'
PAPER = ('Our lake towns have no exchange point of their own.',
         'Traffic between two of them goes around the world.')
CITED = {'en': 'Session 1, intervention, Academia, ',
         'fr': 'Séance 1, intervention, ', 'es': 'Sesión 1, intervención, ',
         'ru': 'Заседание 1, выступление, ', 'ar': 'الجلسة ١، مداخلة، ',
         'zh': '第1场会议，发言，'}


def plain(text):
    """Without the marks that isolate names."""
    return re.sub('[\u2066-\u2069]', '', html.unescape(text))


def rows(d, url):
    got = d.staff.get(url + '.csv')
    table = list(csv.DictReader(io.StringIO(got.octets.decode('utf-8-sig'))))
    also = json.loads(d.staff.get(url + '.json').text)
    d.check('both files have the same rows', len(table) == len(also) and
            [r['source'] for r in table] == [r['source'] for r in also],
            (len(table), len(also)))
    return table


def heard(page):
    """{words: number} of the table of texts heard."""
    part = page.text.partition('<table id="heard">')[2].partition('</table>')[0]
    return {html.unescape(a): int(re.sub('<.*?>', '', b)) for a, b in
            re.findall(r'<th scope="row">(.*?)</th><td class="n">(.*?)</td>',
                       part)}


def number_of(d, desk):
    """The number of the response that the PDF came with; how many there are."""
    public = re.search(r'href="(/en/[^"]*/consultations/\d+/)"',
                       d.staff.get(desk).text)[1]
    lines = d.public.get(public + 'responses.jsonl').text.splitlines()
    ours = [json.loads(x)['number'] for x in lines if 'Open Test Beds' in x]
    d.check('a response came with a PDF', ours, len(lines))
    return str(ours[0]), len(lines)


def sessions(d, desk, book):
    """A session, a text on one question and one on all; the first published."""
    url = desk.replace('/themes', '/sessions')
    made = d.act(url, 'add_session', zone='Africa/Nairobi',
                 opens='2999-02-10T10:00', closes='2999-02-10T13:00',
                 place='Nairobi', mode='hybrid')
    session = re.search(r'id="text-session" name="session">\s*<option value="'
                        r'(\d+)"|name="session">\s*<option value="(\d+)"',
                        made.text)
    session = session[1] or session[2]
    question = re.search(r'questions/(\d+)/', book)[1]
    for body, on in ((SAID, question), (HIDDEN, '0')):
        d.act(url, 'add_text', session=session, kind='intervention',
              lang='en', category='academia', question=on, name='Ana',
              at='2999-02-10T10:20', body=body)
    page = d.staff.get(url)
    texts = re.findall(r'name="publish" value="(\d+)"', page.text)
    d.check('two texts are entered', len(texts) == 2, page)
    return url, texts[0]


def show(d, url, text, button):
    page = d.staff.get(url)
    token = page.form(url, 'add_text')['fields']['token'][0]
    got = d.staff.post(url, {'token': token, button: text})
    d.check(f'{button} a text', got.status == 303, got)


def run(d, book, before):
    d.run(book)
    page = d.act(book, 'apply')
    f = add_up(d, 'after the run', page)
    d.check('the responses are as many as before', sum(f.values()) ==
            before['Received'], (f, before))
    h = heard(page)
    d.check('one text was heard, in one state', h.pop('Received') == 1 and
            sum(h.values()) == 1, h)
    table = rows(d, book.replace('/themes', '/assignments'))
    files = [r for r in table if r['source'] == 'attachment']
    return files, [r for r in table if r['source'] == 'session']


def by_hand(d, book):
    """A theme that stands on both; the pages of both texts."""
    d.act(book, 'create', name='What fails')
    question = re.search(r'questions/(\d+)/', book)[1]
    theme = themes_of(d.staff.get(book))['What fails'].rpartition('/')[2]
    pages = {}
    for state in ('themed', 'unread', 'no_theme', 'empty'):
        after = ''
        while len(pages) < 2:
            page = d.staff.get(book.replace('/themes', '/readings/' + state) +
                               after)
            for url, label in re.findall(
                    r'href="(/en/desk/questions/' + question +
                    r'/responses/\d+)"><bdi>(.*?)</bdi>', page.text):
                if label.startswith('Session 1'):
                    pages['said'] = url
                elif label == f'Answer of response {d.number}':
                    pages['paper'] = url
            more = re.search(r'rel="next" href="[^"?]*(\?after=\d+)"',
                             page.text)
            if not more:
                break
            after = more[1]
    d.check('both texts are in the lists of what is read', len(pages) == 2,
            pages)
    page = d.act(pages['paper'], 'mark', passage=IN_PDF, theme=theme)
    d.check('a passage of an attachment is marked in it',
            f'<mark>{IN_PDF}</mark>' in page.text and
            f'in the attachment {PDF}' in plain(page.words), page)
    page = d.act(pages['said'], 'mark', passage=SAID, theme=theme)
    d.check('one of what was said too, which is cited by its session',
            SAID in page.text and re.search(
                r'<h1><bdi>Session 1, intervention, Academia, [^<]*2999',
                page.text), page)
    page = d.staff.get(book)
    d.check('both count, apart', row_of(page, 'What fails') == [1, 1, 0, 1],
            row_of(page, 'What fails'))
    add_up(d, 'with passages by hand', page)
    return pages


def theme_page(d, book):
    page = d.staff.get(themes_of(d.staff.get(book))['What fails'])
    words = plain(page.words)
    d.check('the theme’s page says where its quotations stand',
            f'Response {d.number}, attachment {PDF}' in words and
            CITED['en'] in words and
            'and 1 text heard at a session, counted apart' in words, page)


def set_aside(d, book, pages):
    page = d.act(pages['paper'], 'speaks', questions=[],
                 reason='of another matter')
    d.check('the attachment is set aside for this question',
            'not read for this question' in page.text and
            IN_PDF not in page.text, page)
    page = d.staff.get(book)
    d.check('it counts no more', row_of(page, 'What fails') == [0, 0, 0, 1],
            row_of(page, 'What fails'))
    add_up(d, 'without the attachment', page)
    d.run(book)
    page = d.act(book, 'apply')
    left = [r for r in rows(d, book.replace('/themes', '/assignments'))
            if r['file'] == PDF]
    d.check('the next run does not read it', left == [], left)
    log = book.replace('/themes', '/decisions')
    page = d.staff.get(log)
    d.check('who decided it is on record', 'attachment does not speak to the '
            'question' in page.text and 'of another matter' in page.text, page)
    undo = re.search(r'name="decision" value="(\d+)"', page.text.partition(
        'of another matter')[2])[1]
    d.act(log, 'undo', decision=undo)
    d.check('it is undone: it speaks again', row_of(d.staff.get(book), 'What fails') ==
            [1, 1, 0, 1])


def hide(d, book, url, text):
    show(d, url, text, 'hide')
    page = d.staff.get(book)
    d.check('hidden, it is under no theme', row_of(page, 'What fails') ==
            [1, 1, 0] and 'id="heard"' not in page.text,
            row_of(page, 'What fails'))
    show(d, url, text, 'publish')
    d.check('published again, it is', row_of(d.staff.get(book),
                                             'What fails') == [1, 1, 0, 1])


def publish(d, desk):
    page = d.act(desk, 'freeze')
    d.check('frozen', 'The version is frozen' in page.text, page)
    d.act(desk, 'publish')
    public = re.search(r'href="(/en/[^"]*/consultations/\d+/)"', page.text)[1]
    page = d.public.get(public + 'summary')
    words = plain(page.text)
    quotes = re.findall(r'<blockquote[^>]*>(.*?)</blockquote>\n<p class="small">'
                        r'(.*?)</p>', words, re.S)
    said = [at for text, at in quotes if text == SAID]
    paper = [at for text, at in quotes if text == IN_PDF]
    d.check('the public reads both, word for word', len(said) == 1 and
            len(paper) == 1, quotes)
    where = re.search(r'href="([^"]*/sessions)#(said\d+)"', said[0])
    d.check('what was said leads to its session, to no response', where and
            'responses/' not in said[0], said)
    there = d.public.get(where[1])
    d.check('and stands there', f'id="{where[2]}"' in there.text and SAID in
            there.text and HIDDEN not in there.text, there)
    d.check('the attachment is cited with its response', re.search(
        rf'responses/{d.number}\?r=1#q4"><bdi>Response {d.number}, '
        'attachment ' + PDF,
        paper[0]), paper)
    d.check('what was heard has its column', words.count('Heard at sessions')
            >= 2 and 'and 1 text heard at a session' in words, page)
    for lang, begins in CITED.items():
        other = d.public.get(public.replace('/en/', f'/{lang}/') + 'summary')
        d.check(f'cited in {lang}', begins in plain(other.text), other)
    return public


def files(d, public):
    got = d.public.get(public + 'summaries/1/summary.docx')
    with zipfile.ZipFile(io.BytesIO(got.octets)) as z:
        text = plain(re.sub('<.*?>', '', z.read(
            'word/document.xml').decode()))
    d.check('the document quotes and cites both', SAID in text and IN_PDF in
            text and CITED['en'] in text and
            f'Response {d.number}, attachment {PDF}' in text and
            'Heard at sessions' in text, text[:2000])
    got = d.public.get(public + 'summaries/1/summary.pdf')
    d.check('and there is a PDF', got.octets.startswith(b'%PDF'), got)
    got = d.public.get(public + 'summaries/1/assignments.csv')
    table = list(csv.DictReader(io.StringIO(got.octets.decode('utf-8-sig'))))
    kinds = {r['source']: r for r in table}
    d.check('the public rows tell them apart', kinds['session']['response'] ==
            '' and int(kinds['session']['part']) > 0 and
            kinds['attachment']['response'] == d.number and
            kinds['attachment']['part'] == '1', table[:3])
    also = json.loads(d.public.get(public + 'summaries/1/assignments.json')
                      .text)
    d.check('so do the rows of JSON', {(r['source'], r['response'])
                                       for r in also} ==
            {('session', None), ('attachment', int(d.number))}, also)
    page = d.public.get(public + f'responses/{d.number}')
    d.check('who sent it sees what became of the attachment', IN_PDF in
            page.text and f'in the attachment {PDF}' in plain(page.words),
            page)


def no_response(d, desk, public, pages, before):
    """What was heard is in no list, count or file of responses."""
    listed = d.public.get(public + 'responses.csv').octets.decode('utf-8-sig')
    d.check('no file of responses has it', SAID not in listed and
            len(list(csv.DictReader(io.StringIO(listed)))) == before, before)
    lines = d.public.get(public + 'responses.jsonl').text
    d.check('no line either, and no answer of an attachment', SAID not in lines
            and all(IN_PDF not in str(json.loads(x).get('answers'))
                    for x in lines.splitlines()), lines[:300])
    own = pages['said'].rpartition('/')[2]
    d.check('it has no page as a response', d.staff.get(
        f'/en/desk/responses/{own}').status == 404)
    queue = desk.replace('/themes', '')
    for url in (queue, queue + '?state=heard', queue + '/queue?state=heard'):
        d.check('nor is it in the queue', SAID not in d.staff.get(url).text)
    found = d.public.get('/en/search?q=Kisumu+counter')
    d.check('search finds no response', '/responses/' not in
            found.text.partition('<main')[2].partition('<form')[0], found)


def hidden_afterwards(d, url, text, public):
    show(d, url, text, 'hide')
    time.sleep(0.5)
    for _ in range(100):
        page = d.public.get(public + 'summaries/1')
        if SAID not in page.text:
            break
        time.sleep(0.5)
    d.check('hidden, it is quoted no more', SAID not in page.text and IN_PDF in
            page.text, page)
    d.check('and still counted, as withheld', re.search(
        r'<th scope="row">Withheld[^<]*</th>(<td class="n">[^<]*</td>){2}'
        r'<td class="n">1</td>', page.text), page)


def docx_response(d):
    """A response to the open consultation with a DOCX, through the form."""
    home = d.public.get('/en/').text
    group = re.search(r'href="(/en/wg-[a-z]+/)"', home)[1]
    url = group + 'consultations/2/answer'
    page = d.public.get(url)
    form = page.form(url, 'send') if 'value="send"' in page.text else \
        page.form('/answer')
    body = package(''.join(f'<w:p>{text_run(p)}</w:p>' for p in PAPER))
    filled = {k: v[0] for k, v in form['fields'].items() if v}
    filled.update({
        'q1': 'We need an exchange point for the towns at the lake.',
        'summary': 'What the lake towns need.', 'capacity': 'organisation',
        'name': 'Otieno', 'organisation': 'Lake Towns Network', 'lang': 'en',
        'category': 'technical_community', 'country': 'KE',
        'email': 'lake@example.org', 'authorisation': 'full', 'agreed': '1',
        'do': 'send'})
    octets = b''.join(
        f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
        .encode() for k, v in filled.items())
    octets += (b'--B\r\nContent-Disposition: form-data; name="attachment"; '
               b'filename="lake.docx"\r\nContent-Type: application/octet-'
               b'stream\r\n\r\n') + body + b'\r\n--B--\r\n'
    time.sleep(5)  # a form that comes at once is held
    got = d.public.ask('POST', url, octets, {
        'Content-Type': 'multipart/form-data; boundary=B'})
    d.check('a response with a DOCX is sent', got.status == 303, got)


def docx_is_read(d):
    page = d.staff.get('/en/desk/')
    for url in re.findall(r'href="(/en/desk/consultations/\d+/themes)"',
                          page.text):
        if '/consultations/2/' in d.staff.get(url).text:
            desk = url
    queue = desk.replace('/themes', '/queue')
    for _ in range(120):
        page = d.staff.get(queue)
        one = re.search(r'href="(/en/desk/responses/\d+)"[^>]*>(?:<bdi>)?'
                        r'Lake Towns', page.text)
        if one and 'being read' not in d.staff.get(one[1]).text and \
                'attachment_text' not in d.staff.get(one[1]).text:
            break
        time.sleep(0.5)
    d.check('it is in the queue', one, page)
    page = d.staff.get(one[1])
    got = d.staff.send(page, one[1], 'publish')
    d.check('it is published', got.status == 303, got)
    books = re.findall(r'href="(/en/desk/questions/\d+/themes)"',
                       d.staff.get(desk).text)
    own = one[1].rpartition('/')[2]
    first = books[0].replace('/themes', '/responses/' + own)
    for _ in range(60):
        page = d.staff.get(first)
        if PAPER[0] in page.text:
            break
        time.sleep(0.5)
    d.check('its DOCX stands below the answer that it goes with',
            all(p in page.text for p in PAPER) and 'lake.docx' in page.text,
            page)
    other = d.staff.get(books[1].replace('/themes', '/responses/' + own))
    d.check('and not where nothing was answered', other.status == 200 and
            PAPER[0] not in other.text and 'lake.docx' in other.text, other)
    form = other.form(other.url, 'speaks')['fields']
    ticks = re.findall(r'name="questions" value="(\d+)"', other.text)
    d.check('it is read for the question that was answered',
            form['questions'] == ticks[:1] and len(ticks) > 1, form)
    page = d.act(other.url, 'speaks', questions=ticks[:2])
    d.check('until somebody says that it speaks to another too', PAPER[0] in
            page.text, page)


def walk(engine, *sets):
    d = Desk(engine, *sets)
    try:
        desk, first = begin(d)
        book = re.findall(r'href="(/en/desk/questions/\d+/themes)"',
                          d.staff.get(desk).text)[3]
        before = figures(d.staff.get(book))
        d.number, public_n = number_of(d, desk)
        docx_response(d)
        url, text = sessions(d, desk, book)
        d.check('what is only entered is not themed', 'id="heard"' not in
                d.staff.get(book).text)
        show(d, url, text, 'publish')
        run(d, book, before)
        pages = by_hand(d, book)
        theme_page(d, book)
        set_aside(d, book, pages)
        hide(d, book, url, text)
        public = publish(d, desk)
        files(d, public)
        no_response(d, desk, public, pages, public_n)
        hidden_afterwards(d, url, text, public)
        docx_is_read(d)
    finally:
        d.server.stop()


walk('sqlite')
if os.environ.get('RP_TEST_PG'):
    walk('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
