#!/usr/bin/env python3
"""Amendments of parties to a version, through pages alone, on both engines:
open a version, three delegations amend it (a file with tracked changes, a clean
text, provision by provision), read the consolidated text, take it as files,
decide on its brackets, and make the clean text a version. TAP.
Usage: amendment_test.py PROGRAM"""
import html
import io
import json
import os
import re
import sys
import time
import zipfile

from server import Browser
from shelf import (PHRASE, Registry, package, post_file, tap, text_run, wait)

BASE = ['Names and numbers', 'The Conference,', 'resolves',
        '1\tto keep the register of names in good order;',
        '2\tto report every year to the Council;',
        '3\tto hold a meeting in spring,',
        'invites Member States', '1\tto contribute to the work.']


def paragraph(p):
    """A line; "{+new+}" and "{-old-}" in it are tracked changes."""
    out, n = '', 0
    for part in re.split(r'(\{[+-].*?[+-]\})', p):
        n += 1
        if part.startswith('{+'):
            out += (f'<w:ins w:id="{n}" w:author="Somebody">'
                    f'{text_run(part[2:-2])}</w:ins>')
        elif part.startswith('{-'):
            out += (f'<w:del w:id="{n}" w:author="Somebody">'
                    f'{text_run(part[2:-2], "delText")}</w:del>')
        elif part:
            out += text_run(part)
    return f'<w:p>{out}</w:p>'


def docx(paragraphs):
    return package(''.join(map(paragraph, paragraphs)))


def document(octets):
    with zipfile.ZipFile(io.BytesIO(octets)) as z:
        return z.read('word/document.xml').decode()


def lines(xml, take, drop):
    """Paragraphs of a document whose tracked changes are taken or undone."""
    xml = re.sub(rf'<w:p>(?:(?!</w:p>).)*<w:rPr><w:{drop}\b.*?</w:p>|'
                 rf'<w:p [^>]*>(?:(?!</w:p>).)*<w:rPr><w:{drop}\b.*?</w:p>',
                 '', xml, flags=re.S)
    xml = re.sub(rf'<w:{drop} .*?</w:{drop}>', '', xml, flags=re.S)
    return [html.unescape(re.sub(r'<[^>]*>', '',
                                 re.sub(r'<w:tab/>', '\t', p)))
            for p in re.findall(r'<w:p[ >].*?</w:p>', xml, re.S)]


class Round(Registry):
    """A server with the demonstration, its administrator, a resolution."""

    def __init__(self, engine, *sets):
        super().__init__(engine, *sets)
        self.delegates = {}

    def upload(self, who, url, octets, button, filename='a.docx', **fields):
        return post_file(who, url, octets, button, filename, **fields)

    def until(self, who, path, good):
        return wait(who, path, good)

    def settled(self, who=None):
        """The consolidated page when nothing is on its way."""
        return self.until(who or self.staff, self.url, lambda p:
                          'being consolidated' not in p.text and
                          'id="text"' in p.text)


def version(r):
    page = r.staff.get('/en/desk/instruments')
    group = re.search(r'<option value="(\d+)"', page.text).group(1)
    made = r.staff.send(page, '/instruments', 'create', number='102',
                        title='On names', group=group, kind='resolution',
                        lang='en')
    r.desk = made.location.split('?')[0]
    page = r.upload(r.staff, r.desk, docx(BASE), 'add',
                    name='Rev. Dubai, 2018', dated='2018-11-16',
                    state='in_force')
    r.check('a version is there', page.status == 303, page)
    page = r.until(r.staff, r.desk, lambda p: 'amendments/1"' in p.text)
    r.manage = r.desk + '/amendments/1'
    r.check('the desk leads from it to its amendments',
            r.manage in page.text, page)
    r.public_url = re.search(r'href="(/en/[^"]*/resolution-102/)"',
                             page.text).group(1)
    r.url = r.public_url + '1/amendments/'


def opened(r):
    page = r.public.get(r.url)
    r.check('nothing there before it is open', page.status == 404, page)
    bad = r.staff.send(r.staff.get(r.manage), r.manage, 'open',
                       until='2001-01-01')
    r.check('a day that is past is told beside its field',
            bad.status == 400 and 'id="until-error">Give a day' in bad.text
            and 'value="2001-01-01"' in bad.text, bad)
    done = r.staff.send(r.staff.get(r.manage), r.manage, 'open',
                        until='2999-12-31')
    r.check('open', done.status == 303 and 'open for amendments' in
            r.staff.follow(done).text, done)
    page = r.until(r.public, r.public_url, lambda p: '1/amendments/' in p.text)
    r.check('the public page leads there', '1/amendments/' in page.text, page)
    page = r.public.get(r.url)
    r.check('but only members may see: sign in first', page.status == 303 and
            '/sign-in?to=' in page.location, page)
    page = r.settled()
    r.check('the text of the version is there, with no amendment yet',
            'to keep the register of names' in page.text and
            'No amendment has been submitted' in page.text and
            '31 December 2999' in page.words, page)


def delegates(r):
    page = r.staff.get('/en/desk/rights')
    on = re.search(r'value="(group \d+)"', page.text)[1]
    done = r.staff.send(page, '/rights', 'grant', holder='class member_state',
                        capability='amend', object=on,
                        instrument='Decision 12, decides 4')
    r.check('member States may amend', done.status == 303, done)
    for name, country in (('Ke', 'Kenya'), ('Br', 'Brazil'), ('Ne', 'Nepal')):
        page = r.staff.send(r.staff.get('/en/desk/people'), '/people', 'add',
                            name=name, email=f'{name}@example.org')
        link = re.search(r'/en/l/[0-9a-z]{32}', page.text).group(0)
        person = re.findall(r'/en/desk/people/\d+', page.text)[-1]
        page = r.staff.get(person)
        party = re.search(rf'<option value="(\d+)"[^>]*>{country}[^<]*</option>',
                          page.text)
        r.check(f'{country} is a party', party, page)
        r.staff.send(page, person, 'party', party=party[1])
        who = r.delegates[country] = Browser(r.server)
        who.send(who.get(link), link, passphrase=PHRASE, repeat=PHRASE)
        who.party = party[1]
    page = r.staff.send(r.staff.get('/en/desk/people'), '/people', 'add',
                        name='Nobody', email='nobody@example.org')
    link = re.search(r'/en/l/[0-9a-z]{32}', page.text).group(0)
    stranger = Browser(r.server)
    stranger.send(stranger.get(link), link, passphrase=PHRASE, repeat=PHRASE)
    r.check('who is of no party is refused', all(
        p.status == 403 for p in (
            stranger.get(r.url), stranger.get(r.url + 'new'),
            stranger.get(r.url + 'consolidated.json'),
            stranger.get(r.manage))))
    r.check('a delegate sees it, and may submit', 'Submit an amendment' in
            r.delegates['Kenya'].get(r.url).text)
    r.check('and may not manage or decide', all(
        r.delegates['Kenya'].get(p).status == 403
        for p in (r.manage, r.url + 'change?key=x')))


def as_a_file(r):
    """With tracked changes."""
    kenya = r.delegates['Kenya']
    new = r.url + 'new'
    page = r.upload(kenya, new, b'', 'submit', '', reasons='It is time.')
    r.check('a file is needed', page.status == 400 and
            'id="file-error">Choose a Word document' in page.text and
            'It is time.</textarea>' in page.text, page)
    page = r.upload(kenya, new, b'%PDF-1.4', 'submit', 'x.pdf', reasons='x')
    r.check('of the right kind', page.status == 400 and
            'x.pdf is not a Word document' in page.text, page)
    page = r.upload(kenya, new, docx(BASE), 'submit', reasons='  ')
    r.check('and reasons', page.status == 400 and
            'id="reasons-error">Give the reasons' in page.text, page)
    page = r.upload(kenya, new, docx(BASE), 'submit', reasons='x',
                    party=r.delegates['Brazil'].party)
    r.check('for one\'s own delegation', page.status == 303 and
            'Kenya' in kenya.follow(page).text, page)
    text = list(BASE)
    text[3] = ('1\tto keep the register of names in {-good-}{+perfect+} '
               'order;')
    text[4] = '2\tto report every {-year-}{+month+} to the Council;'
    page = r.upload(kenya, new, docx(text), 'submit',
                    reasons='Perfection & speed.')
    r.check('submitted again: a revision of the same', page.status == 303 and
            '/amendments/1/' in page.location, page)
    page = r.until(kenya, r.url + '1/', lambda p: '<ins' in p.text)
    r.check('its text is shown with what it changes', page.status == 200 and
            'perfect' in page.text and 'Perfection &amp; speed.' in page.text
            and 'Revision 2' in page.words and 'Revision 1' in page.words,
            page)
    old = kenya.get(r.url + '1/?revision=1')
    r.check('the old one is kept', old.status == 200 and 'perfect' not in
            old.text, old)
    got = kenya.get(r.url + '1/2/file')
    r.check('the file as it was', got.octets == docx(text), got.headers)
    xml = document(kenya.get(r.url + '1/2.docx').octets)
    r.check('and with the delegation as the author of its changes',
            set(re.findall(r'w:author="([^"]*)"', xml)) == {'Kenya'}, xml)


def as_clean_text(r):
    brazil = r.delegates['Brazil']
    text = list(BASE)
    text[4] = '2\tto report every second year to the Council;'
    text.insert(6, '4\tto publish all of it in six languages,')
    page = r.upload(brazil, r.url + 'new', docx(text), 'submit',
                    reasons='Less work.', **{'noc-4': '1'})
    r.check('a clean text, and an objection', page.status == 303, page)
    page = r.settled(brazil)
    page = r.until(brazil, r.url, lambda p: 'Alt 2' in p.text)
    r.check('what two want differently is in brackets',
            '[Alt 1 (Kenya): ' in page.words and
            '[Alt 2 (Brazil): ' in page.words, page)
    r.check('and what one wants as it is', '[NOC (Brazil): ' in page.words,
            page)


def by_provision(r):
    nepal = r.delegates['Nepal']
    edit = r.url + 'edit'
    page = nepal.get(edit)
    r.check('the provisions, each to be amended', 'p=6#edit' in page.text and
            'to hold a meeting in spring' in page.text, page)
    page = nepal.get(edit + '?p=6')
    bad = nepal.send(page, edit, 'save', op='replace',
                     body='to hold a meeting in spring,')
    r.check('the same text is no amendment', bad.status == 400 and
            'id="body-error">This is the text' in bad.text, bad)
    bad = nepal.send(page, edit, 'save', op='add', body=' ',
                     reason='because')
    r.check('nothing cannot be added', bad.status == 400 and
            'id="body-error">Write the text' in bad.text and
            'because</textarea>' in bad.text, bad)
    done = nepal.send(page, edit, 'save', op='replace',
                      body='to hold a meeting in autumn,',
                      reason='Spring is for planting.')
    r.check('saved', done.status == 303 and 'Saved in the draft' in
            nepal.follow(done).text, done)
    nepal.send(nepal.get(edit + '?p=4'), edit, 'save', op='add',
               body='to ask the members first;')
    nepal.send(nepal.get(edit + '?p=8'), edit, 'save', op='noc')
    nepal.send(nepal.get(edit + '?p=8'), edit, 'save', op='add',
               body='to ask the members first;')
    page = nepal.get(edit)
    r.check('four edits stand in the draft', page.text.count(
        'value="drop"') == 4 and 'in autumn' in page.text, page)
    r.check('nobody else sees them', 'autumn' not in r.delegates[
        'Kenya'].get(r.url).text and 'Amendment 3' not in
        r.delegates['Kenya'].get(r.url).text)
    bad = nepal.send(page, edit, 'submit', reasons='')
    r.check('reasons are needed', bad.status == 400 and
            'id="reasons-error">' in bad.text, bad)
    done = nepal.send(page, edit, 'submit', reasons='The farmers ask for it.')
    r.check('submitted', done.status == 303 and '/amendments/3/' in
            done.location, done)
    page = r.until(nepal, r.url + '3/', lambda p: '<ins' in p.text)
    r.check('shown as the others are', 'in autumn' in page.words and
            '1bis' in page.words and 'Spring is for planting.' in page.text,
            page)


def consolidated(r):
    page = r.until(r.staff, r.url, lambda p: 'Nepal' in p.text and
                   'autumn' in p.text and
                   'being consolidated' not in p.text)
    marks = re.findall(r'<abbr title="[^"]*">([^<]*)</abbr>', page.text)
    r.check('each provision has its sign', marks == [
        'MOD', 'ADD', 'MOD', 'MOD', 'ADD', 'NOC', 'ADD'], marks)
    r.check('who proposes what, and why', 'Spring is for planting.' in
            page.text and '<ins title="Nepal">' in page.text and
            '3/#reasons' in page.text, page)
    r.check('two brackets are open', re.search(
        r'<th scope="row">Brackets open</th><td class="n">2</td>', page.text)
        and '<svg' in page.text, page)
    only = r.staff.get(r.url + '?changed')
    r.check('only what is amended', 'The Conference,' in page.text and
            'The Conference,' not in only.text and 'autumn' in only.text)
    arabic = r.staff.get('/ar' + r.url[3:])
    r.check('from right to left', '<html lang="ar" dir="rtl">' in arabic.text
            and 'البديل ١' in arabic.text and '1bis' in arabic.text, arabic)
    return page


def files(r):
    got = r.staff.get(r.url + 'consolidated.docx')
    xml = document(got.octets)
    authors = set(re.findall(r'w:author="([^"]*)"', xml))
    r.check('a Word document with an author for each party',
            {'Kenya', 'Brazil', 'Nepal'} < authors and len(authors) == 4,
            authors)
    r.check('rejected, it is the version', lines(xml, 'del', 'ins') == BASE,
            lines(xml, 'del', 'ins'))
    got = r.staff.get(r.url + 'consolidated.json')
    data = json.loads(got.text)
    r.check('data', data['parties'] == ['Kenya', 'Brazil', 'Nepal'] and
            data['summary']['open'] == 2, got)
    for end, sign in (('html', '<ins'), ('xml', '<akomaNtoso'),
                      ('md', '<ins>'), ('txt', '[Alt 1 (Kenya)')):
        got = r.staff.get(r.url + 'consolidated.' + end)
        r.check(f'as .{end}', got.status == 200 and sign in got.text and
                'attachment' in got.headers['Content-Disposition'], got)
    r.check('not for strangers', r.public.get(
        r.url + 'consolidated.docx').status == 303)


def sponsors(r):
    kenya, nepal = r.delegates['Kenya'], r.delegates['Nepal']
    page = nepal.get(r.url + '3/')
    bad = nepal.send(page, '/3/', 'ask', party=kenya.party)
    r.check('who stands elsewhere cannot be asked', bad.status == 409 and
            'id="party-error">This delegation already' in bad.text, bad)
    page = kenya.get(r.url + '1/')
    done = kenya.send(page, '/1/', 'withdraw')
    r.check('withdrawn', done.status == 303 and 'withdrawn' in
            kenya.follow(done).text, done)
    done = nepal.send(nepal.get(r.url + '3/'), '/3/', 'ask',
                      party=kenya.party)
    r.check('now it can', done.status == 303, done)
    r.check('it is told', 'has been asked to co-sponsor' in
            kenya.get(r.url).text)
    brazil = r.delegates['Brazil']
    r.check('another one is not', 'value="join"' not in
            brazil.get(r.url + '3/').text)
    done = kenya.send(kenya.get(r.url + '3/'), '/3/', 'join')
    r.check('and joins', done.status == 303 and 'now a sponsor' in
            kenya.follow(done).text, done)
    page = r.until(r.staff, r.url, lambda p:
                   '<ins title="Nepal, Kenya">' in p.text)
    r.check('both are its authors', '<ins title="Nepal, Kenya">' in page.text,
            page)
    done = kenya.send(kenya.get(r.url + '3/'), '/3/', 'leave')
    r.check('and leaves', done.status == 303, done)
    text = list(BASE)
    text[3] = '1\tto keep the register of names in perfect order;'
    text[4] = '2\tto report every month to the Council;'
    page = r.upload(kenya, r.url + 'new', docx(text), 'submit',
                    reasons='Again.')
    r.check('to submit its own again', page.status == 303 and '/4/' in
            page.location, page)
    r.until(r.staff, r.url, lambda p: 'Alt 2 (Kenya)' in p.words)


def key_of(page, text):
    """The link to decide in the row that has these words."""
    for row in page.text.split('<div class="prov"'):
        if text in html.unescape(re.sub(r'<[^>]*>', '', row)):
            found = re.search(r'change\?key=([0-9a-f]+)', row)
            return found and found[1]
    return None


def decisions(r):
    page = r.settled()
    report = key_of(page, 'to report every')
    order = key_of(page, 'in good order') or key_of(page, 'order;')
    r.check('the team may decide', report and order and report != order, page)
    change = r.url + 'change?key=' + report
    page = r.staff.get(change)
    r.check('the bracket with its alternatives', page.text.count(
        'name="choice"') == 4 and 'Less work.' in page.text and
        'Nothing has been decided' in page.text, page)
    bad = r.staff.send(page, '/change', 'decide', choice='base', reason='')
    r.check('a reason is needed', bad.status == 400 and
            'id="reason-error">Give a reason' in bad.text, bad)
    bad = r.staff.send(page, '/change', 'decide', reason='agreed')
    r.check('and a choice', bad.status == 400 and
            'id="choice-error">' in bad.text and
            'agreed</textarea>' in bad.text, bad)
    done = r.staff.send(page, '/change', 'decide', choice='base',
                        reason='agreed in plenary')
    r.check('decided', done.status == 303, done)
    page = r.staff.get(r.url)
    r.check('at once on the page', 'Decided: the text stays' in page.text and
            '<th scope="row">Brackets open</th><td class="n">1' in page.text,
            page)
    page = r.staff.get(change)
    done = r.staff.send(page, '/change', 'undo', reason='too early')
    page = r.staff.get(change)
    r.check('undone, with history', 'Decision undone' in page.text and
            'agreed in plenary' in page.text and 'too early' in page.text,
            page)
    alternative = re.search(
        r'value="([0-9a-f]{32})"[^>]*><label[^>]*><b>[^<]*</b> '
        r'<bdi>\(Brazil\)', page.text)[1]
    r.staff.send(page, '/change', 'decide', choice=alternative,
                 reason='agreed again')
    page = r.staff.get(r.url + 'change?key=' + order)
    done = r.staff.send(page, '/change', 'decide', choice='text',
                        body='excellent', reason='a compromise')
    r.check('a compromise', done.status == 303, done)
    page = r.settled()
    r.check('no bracket is open', 'Brackets open</th><td class="n">0' in
            page.text and 'excellent' in page.text, page)
    got = r.staff.get(r.url + 'consolidated.docx')
    taken = lines(document(got.octets), 'ins', 'del')
    r.check('what was decided is in the document', any(
        'every second year' in t for t in taken) and not any(
        'Alt 1' in t for t in taken), taken)


def together(r):
    """One intention in two places: found, and decided together."""
    page = r.settled()
    url = r.url + 'change?key=' + key_of(page, 'to ask the members')
    page = r.staff.get(url)
    choice = re.search(r'name="choice" value="([0-9a-f]{32})"',
                       page.text)[1]
    r.check('the page says that there are other places',
            'decided together' in page.words, page)
    bad = r.staff.send(page, '/change', 'decide', choice=choice, reason='')
    r.check('a reason is needed', bad.status == 400, bad)
    before = r.settled().text.count('to ask the members')
    r.staff.send(page, '/change', 'decide', choice=choice,
                 reason='both of them')
    page = r.settled()
    r.check('both are decided', 'both of them' in r.staff.get(url).text and
            page.text.count('Alt 1') == 0 and before >= 2, page)


def lasting(r):
    """What was decided holds when something else comes."""
    nepal = r.delegates['Nepal']
    edit = r.url + 'edit'
    page = nepal.get(edit)
    nepal.send(page, edit, 'begin')
    nepal.send(nepal.get(edit + '?p=1'), edit, 'save', op='replace',
               body='Names, numbers and addresses')
    done = nepal.send(nepal.get(edit), edit, 'submit', reasons='More.')
    r.check('another revision', done.status == 303, done)
    page = r.until(r.staff, r.url, lambda p: 'and addresses' in p.words and
                   'being consolidated' not in p.text)
    r.check('the decisions hold', 'Brackets open</th><td class="n">0' in
            page.text and 'excellent' in page.text, page)


def clean(r):
    page = r.until(r.staff, r.manage, lambda p: 'value="adopt"' in p.text)
    bad = r.staff.send(page, r.manage, 'adopt', name=' ', dated='x')
    r.check('a name is needed', bad.status == 400 and 'id="name-error">' in
            bad.text, bad)
    r.check('the whole history is there', 'too early' in page.text and
            'a compromise' in page.text, page)
    done = r.staff.send(page, r.manage, 'adopt', name='Rev. Geneva, 2026',
                        dated='2026-11-29', state='proposed')
    r.check('made a version', done.status == 303, done)
    page = r.until(r.public, r.public_url + '2/', lambda p: 'id="p-4"' in
                   p.text)
    want = ['Names, numbers and addresses', 'The Conference,', 'resolves',
            '1\tto keep the register of names in excellent order;',
            '2\tto ask the members first;',
            '3\tto report every second year to the Council;',
            '4\tto hold a meeting in autumn',
            '5\tto publish all of it in six languages,',
            'invites Member States', '1\tto contribute to the work.',
            '2\tto ask the members first;']
    got = r.public.get(r.public_url + '2/text.docx')
    text = lines(document(got.octets), 'ins', 'del')
    r.check('with clean numbers and no marks', [
        t.rstrip(';,') for t in text] == [t.rstrip(';,') for t in want] and
        'w:ins' not in document(got.octets), text)
    page = r.until(r.public, r.public_url + 'compare/1/2/', lambda p:
                   'doc-bars' in p.text)
    r.check('and compared with the one before', 'excellent' in page.text,
            page)


def closed(r):
    done = r.staff.send(r.staff.get(r.manage), r.manage, 'close')
    r.check('closed', done.status == 303, done)
    kenya = r.delegates['Kenya']
    page = kenya.get(r.url)
    r.check('no amendment is taken any more', 'Submit an amendment' not in
            page.text and kenya.get(r.url + 'new').status == 410 and
            kenya.get(r.url + 'edit').status == 410, page)
    done = r.staff.send(r.staff.get(r.manage), r.manage, 'open', public='1',
                        until='')
    r.check('open for everybody to see', done.status == 303 and
            r.public.get(r.url).status == 200 and
            'Submit an amendment' not in r.public.get(r.url).text)
    page = r.staff.get('/en/desk/audit')
    for act in ('amending.open', 'amendment.submit', 'amendment.withdraw',
                'amendment.sponsor', 'bracket.decide', 'bracket.undo',
                'amending.adopt', 'amending.close'):
        r.check(f'{act} is on record', act in page.text, page)


def broken(r):
    """A package that is no document: told to who sent it, and nobody else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr('word/nothing.xml', '<x/>')
    kenya = r.delegates['Kenya']
    page = r.upload(kenya, r.url + 'new', out.getvalue(), 'submit',
                    reasons='x')
    r.check('a package is taken', page.status == 303, page)
    page = r.until(kenya, r.url + '4/', lambda p: 'could not be read' in
                   p.text)
    r.check('that it cannot be read is said, with the reason',
            'could not be read' in page.text and '<code' in page.text, page)
    page = r.settled()
    r.check('the revision before stands', 'Kenya' in page.text and
            'excellent' in page.text, page)


def walk(engine, *sets):
    r = Round(engine, *sets)
    try:
        version(r)
        opened(r)
        delegates(r)
        as_a_file(r)
        as_clean_text(r)
        by_provision(r)
        consolidated(r)
        files(r)
        sponsors(r)
        decisions(r)
        together(r)
        lasting(r)
        clean(r)
        closed(r)
        broken(r)
        r.check('the server complains of nothing', 'level=error' not in
                r.server.said(), r.server.said())
    finally:
        r.server.stop()


walk('sqlite')
if os.environ.get('RP_TEST_PG'):
    walk('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
