#!/usr/bin/env python3
"""The agenda of a meeting, through pages alone, on both engines: parts with
their access, items with documents, moved, renamed, issued with revisions,
adopted; what everybody and a member see of it. TAP.
Usage: agenda_test.py PROGRAM"""
import io
import os
import re
import zipfile

from house import House
from server import Tap

tap = Tap()


def parts(h, url):
    agenda = url + '/agenda'
    page = h.staff.get(agenda)
    h.check('the desk leads to the agenda', f'"{agenda}"' in
            h.staff.get(url).text and 'No item has been entered' in page.text,
            page)
    for field, value, says in (
            ('opens', '2999-10-03T09:30', 'part-opens-error'),
            ('opens', 'x', 'part-opens-error'),
            ('closes', '2999-10-04T09:30', 'part-closes-error'),
            ('closes', '2999-10-06T09:30', 'part-closes-error'),
            ('title', 'y' * 601, 'part-title-error')):
        typed = {'title': 'Dawn', 'opens': '2999-10-04T09:30',
                 'closes': '2999-10-04T13:00', 'access': 'public',
                 field: value}
        bad = h.staff.send(page, agenda, 'add_part', **typed)
        h.check(f'{field} {value[:16]!r} is told beside its field, all is kept',
                bad.status == 400 and f'id="{says}"' in bad.text and
                (field == 'title' or 'value="Dawn"' in bad.text), bad)
    for title, access, opens, closes in (
            ('First half', 'public', '2999-10-04T09:30', '2999-10-04T13:00'),
            ('', 'members', '2999-10-04T14:30', '2999-10-05T17:30')):
        got = h.staff.send(page, agenda, 'add_part', title=title,
                           access=access, opens=opens, closes=closes)
        h.check(f'a part for {access}', got.status == 303, got)
    page = h.staff.get(agenda)
    h.check('one has its title, the other its number', 'First half' in
            page.text and 'Part 2' in page.text, page)
    return agenda, page


def choice(page, name, label):
    options = page.text.split(f'name="{name}"')[1].split('</select>')[0]
    return re.search(r'value="(\d+)"[^>]*>' + label, options)[1]


def items(h, agenda, page):
    first, second = (choice(page, 'part', p) for p in ('First half', 'Part 2'))
    bad = h.staff.send(page, agenda, 'add_item', kind='contributions',
                       title='Kept', part=first, minutes='many',
                       documents='1, 77')
    h.check('minutes and documents are told beside their fields',
            bad.status == 400 and 'id="minutes-error"' in bad.text and
            'id="documents-error"' in bad.text and 'no document 77' in
            bad.text and 'value="Kept"' in bad.text and 'value="1, 77"' in
            bad.text, bad)
    h.check('nothing of it is stored', 'Kept</a>' not in
            h.staff.get(agenda).text)
    for kind, title, part, documents in (
            ('topics', 'Choice of the secret topic', second, ''),
            ('opening', '', first, ''),
            ('contributions', 'On wells & words', first, '2, 1')):
        got = h.staff.send(page, agenda, 'add_item', kind=kind, title=title,
                           part=part, minutes='20', documents=documents)
        h.check(f'an item: {title or kind}', got.status == 303, got)
    page = h.staff.get(agenda)
    h.check('in the order of the parts, with documents in theirs',
            re.search(r'1\. <a[^>]*>Introduction.*2\. <a[^>]*>On wells '
                      r'&amp; words.*2, 1.*3\. <a[^>]*>Choice of the',
                      page.text, re.S), page)
    token = page.form(agenda, 'issue')['fields']['token'][0]
    up = re.search(r'name="item_up" value="(\d+)" aria-label="Up: On wells',
                   page.text)[1]
    got = h.staff.post(agenda, {'token': token, 'item_up': up})
    page = h.staff.get(agenda)
    h.check('one is moved up', got.status == 303 and re.search(
        r'1\. <a[^>]*>On wells.*2\. <a[^>]*>Introduction', page.text, re.S),
        page)
    return second


def seen(h, public, member):
    page = h.public.get(public)
    h.check('everybody sees the open part, numbered without a gap',
            'First half' in page.text and 'On wells &amp; words' in page.text
            and '20 minutes' in page.text, page)
    h.check('and nothing of the other', 'secret topic' not in page.text and
            'Part 2' not in page.text and 'for members of the group' not in
            page.text, page)
    h.check('a document that is public is linked, the other not',
            'href="#d1"' in page.text and 'href="#d2"' not in page.text, page)
    page = member.get(public)
    h.check('a member sees both', 'secret topic' in page.text and
            'Part 2' in page.text and page.text.index('href="#d2"') <
            page.text.index('href="#d1"'), page)
    for url in (public.replace('/en/', f'/{lang}/') for lang in
                ('ar', 'zh', 'fr', 'ru', 'es')):
        h.check(f'nothing of it at {url}', 'secret topic' not in
                h.public.get(url).text)


def edited(h, agenda):
    page = h.staff.get(agenda)
    item = re.search(r'href="([^"]*/items/\d+)"[^>]*>Choice', page.text)[1]
    page = h.staff.get(item + '?text=ar')
    h.check('in Arabic it has no title yet', 'dir="rtl"' in page.text and
            'missing' in page.text, page)
    got = h.staff.send(page, item, 'save', title='اختيار الموضوع')
    h.check('it gets one', got.status == 303 and got.location.endswith(
        'text=ar&done=saved'), got)
    page = h.staff.get('/ar' + agenda[3:])
    h.check('which readers of Arabic see', 'اختيار الموضوع' in page.text, page)
    part = re.search(r'href="([^"]*/parts/\d+)"[^>]*>Part 2',
                     h.staff.get(agenda).text)[1]
    got = h.staff.send(h.staff.get(part), part, 'remove')
    h.check('a part with items stays', got.status == 409 and
            'This part has items' in got.text, got)
    got = h.staff.send(h.staff.get(part), part, 'save', closes='soon')
    h.check('a wrong time is told', got.status == 400 and
            'id="part-closes-error"' in got.text, got)
    page = h.staff.get(agenda)
    h.staff.send(page, agenda, 'add_item', title='Of no use', kind='other')
    one = re.search(r'href="([^"]*/items/\d+)"[^>]*>Of no use',
                    h.staff.get(agenda).text)[1]
    got = h.staff.send(h.staff.get(one), one, 'remove')
    h.check('an item without a record goes', got.status == 303 and
            'Of no use' not in h.staff.get(agenda).text and
            h.staff.get(one).status == 404, got)
    for other in (item, part):
        h.check('a form of another meeting finds nothing', h.staff.get(
            re.sub(r'meetings/\d+', 'meetings/999', other)).status == 404)


def words_of(octets):
    with zipfile.ZipFile(io.BytesIO(octets)) as z:
        return re.sub(r'<[^>]*>', '', z.read('word/document.xml').decode())


def issued(h, agenda, public, member):
    def press(button):
        return h.staff.send(h.staff.get(agenda), agenda, button)
    got = press('issue')
    h.check('issued', got.status == 303, got)
    page = h.staff.follow(got)
    h.check('as a document of the register', 'Issued as CWG-Internet-20/3' in
            page.text and 'value="issue"' not in page.text, page)
    page = h.public.get(public)
    h.check('everybody reads that it is there, and no more',
            'Agenda: CWG-Internet, meeting 20' in page.text and
            'documents/3/0-' not in page.text, page)
    h.check('nor by its address', h.public.get(
        public + 'documents/3/0-en').status == 404)
    got = member.get(public + 'documents/3/0-en')
    text = words_of(got.octets)
    h.check('a member reads the file', got.status == 200 and
            'CWG-Internet-20/3' in text and 'Choice of the secret topic' in
            text and '1. On wells &amp; words' in text, text)
    h.check('in French titles are missing', member.get(
        public + 'documents/3/0-fr').status == 404)
    page = h.staff.get(agenda)
    item = re.search(r'href="([^"]*/items/\d+)"[^>]*>On wells', page.text)[1]
    got = h.staff.send(h.staff.get(item), item, 'save', minutes='45')
    h.check('a change', got.status == 303, got)
    page = h.staff.get(agenda)
    h.check('is told, and has to be issued before it is adopted',
            'It has changed since' in page.text and 'value="adopt"' not in
            page.text, page)
    press('issue')
    page = h.staff.get(agenda)
    h.check('as a revision', 'CWG-Internet-20/3(Rev.1)' in page.text, page)
    text = words_of(member.get(public + 'documents/3/1-en').octets)
    h.check('which says so', 'CWG-Internet-20/3(Rev.1)' in text and
            '45 minutes' in text, text)
    got = press('adopt')
    page = h.staff.follow(got)
    h.check('adopted as revised', got.status == 303 and 'adopted as revised'
            in page.text, page)
    h.check('everybody reads it', 'adopted as revised' in
            h.public.get(public).text)
    audit = h.staff.get('/en/desk/audit')
    h.check('every act is on record', all(a in audit.text for a in (
        'meeting_part.add', 'agenda_item.add', 'agenda_item.move',
        'agenda_item.remove', 'agenda.issue', 'agenda.adopt')), audit)


def refused(h, agenda, member):
    page = h.staff.get(agenda)
    item = re.search(r'href="([^"]*/items/\d+)"', page.text)[1]
    part = re.search(r'href="([^"]*/parts/\d+)"', page.text)[1]
    for url in (agenda, item, part):
        h.check(f'not for a member: {url}', member.get(url).status == 403 and
                member.post(url, {'do': 'save'}).status == 403 and
                h.public.get(url).status == 303)


def journey(engine, *sets):
    h = House(tap, engine, *sets)
    try:
        member = h.person('Bo', 'read')
        url, public = h.meeting()
        h.document(url, 'On wells', 'public')
        h.document(url, 'On words')
        agenda, page = parts(h, url)
        items(h, agenda, page)
        seen(h, public, member)
        edited(h, agenda)
        issued(h, agenda, public, member)
        refused(h, agenda, member)
    finally:
        h.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
