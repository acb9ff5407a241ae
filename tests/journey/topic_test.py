#!/usr/bin/env python3
"""Topics through pages alone, on both engines: propose, revise, compare, merge
by consent, positions, rooms, silence, outcomes, the pack for the Council, and
into a consultation; and what each class of person sees of it at each step. TAP.
Usage: topic_test.py PROGRAM"""
import datetime
import html
import io
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
import zoneinfo

from server import Browser, Server, Tap

PHRASE = 'eleven herons over the weir'
QUESTIONS = {
    'Kenya': ('Zebra mail in every script', [
        'Which mail systems accept internationalized addresses?',
        'What does training of registries cost?']),
    'Brazil': ('Mail for everybody', [
        'Which mail systems refuse internationalized addresses?',
        'How far has IPv6 been deployed by operators?']),
}

tap = Tap()


class Group:
    """One server with the demonstration, its administrator, and people."""

    def __init__(self, engine, *sets):
        self.engine = engine
        self.server = Server(sys.argv[1], 'page_age=0s', *sets)
        made = self.server.command('demo')
        self.check('the demonstration is loaded', made.returncode == 0,
                   made.stderr)
        link = made.stdout.strip().partition(str(self.server.port))[2]
        self.server.start()
        self.admin = Browser(self.server)
        self.public = Browser(self.server)
        self.admin.send(self.admin.get(link), link, passphrase=PHRASE,
                        repeat=PHRASE)
        page = self.admin.get('/en/')
        self.slug = re.search(r'href="/en/([a-z-]+)/consultations/',
                              page.text)[1]
        self.url = f'/en/{self.slug}/topics/'
        page = self.admin.get('/en/desk/rights')
        self.on = re.search(r'value="(group \d+)"', page.text)[1]

    def check(self, name, ok, why=''):
        tap.check(f'{self.engine}: {name}', ok, why)

    def person(self, name, capability=None, country=None):
        page = self.admin.send(self.admin.get('/en/desk/people'), '/people',
                               'add', name=name, email=f'{name}@example.org')
        link = re.search(r'/en/l/[0-9a-z]{32}', page.text)[0]
        path = re.findall(r'/en/desk/people/\d+', page.text)[-1]
        who = Browser(self.server)
        who.send(who.get(link), link, passphrase=PHRASE, repeat=PHRASE)
        if country:
            page = self.admin.get(path)
            who.party = re.search(
                rf'<option value="(\d+)"[^>]*>{country}[^<]*</option>',
                page.text)[1]
            self.admin.send(page, path, 'party', party=who.party)
        if capability:
            self.grant(f'person {path.split("/")[-1]}', capability)
        return who

    def grant(self, holder, capability):
        page = self.admin.get('/en/desk/rights')
        done = self.admin.send(page, '/rights', 'grant', holder=holder,
                               capability=capability, object=self.on,
                               instrument='Decision 12, decides 4')
        self.check(f'{holder} may {capability}', done.status == 303, done)

    def act(self, who, n, button, says='', **fields):
        """A button on the page of a topic, and the page after it."""
        url = f'{self.url}{n}/'
        got = who.send(who.get(url), url, button, **fields)
        page = who.follow(got) if got.status == 303 else got
        self.check(f'{button} on {n}', got.status == 303 and
                   (says in page.words), page)
        return page


def people(g):
    g.grant('class member_state', 'propose')
    g.ke = g.person('Ke', None, 'Kenya')
    g.br = g.person('Br', None, 'Brazil')
    g.ne = g.person('Ne', None, 'Nepal')
    g.reader = g.person('Reader', 'read')
    g.chair = g.person('Chair', 'steer')
    g.desk = g.person('Desk', 'meet')
    g.launcher = g.person('Launcher', 'launch')
    g.nobody = g.person('Nobody')


def fields_of(country):
    title, questions = QUESTIONS[country]
    return {'title': title, 'rationale': f'{country} finds it urgent.',
            'issue': 'Multilingualism', 'format': 'together',
            **{f'q-{i}': q for i, q in enumerate(questions, 1)}}


def proposing(g):
    new = g.url + 'new'
    page = g.ke.get(new)
    g.check('a delegate finds the form, for his delegation',
            page.status == 200 and '<bdi>Kenya</bdi>' in page.text, page)
    for field, says in (('title', 'title-error'), ('rationale',
                        'rationale-error'), ('issue', 'issue-error')):
        bad = g.ke.send(page, new, 'propose',
                        **{**fields_of('Kenya'), field: ' '})
        g.check(f'{field} is told beside its field, all is kept',
                bad.status == 400 and f'id="{says}"' in bad.text and
                'What does training of registries cost?' in bad.words, bad)
    bad = g.ke.send(page, new, 'propose',
                    **{**fields_of('Kenya'), 'q-1': '', 'q-2': ' '})
    g.check('a question is needed', bad.status == 400 and
            'Ask at least one question' in bad.text, bad)
    got = g.ke.send(page, new, 'check', **{
        **fields_of('Kenya'), 'q-2': "Don't you agree that [more] is needed",
        'q-3': 'What was done and how was it paid for?'})
    g.check('weak questions are told, and nothing is stored',
            got.status == 200 and 'expect a certain answer' in got.text and
            'still to be filled in' in got.text and
            'no question mark' in got.text and 'ask two things' in got.text
            and 'Zebra mail in every' not in g.ke.get(g.url).text, got)
    got = g.ke.send(page, new, 'draft', title='Zebra mail',
                    **{'q-1': 'Half a'})
    page = g.ke.follow(got)
    g.check('kept as a draft', got.status == 303 and 'The draft is kept' in
            page.text and 'value="Zebra mail"' in page.text, page)
    draft = got.location.split('?')[1].split('&')[0]
    for name, who, status in (
            ('another delegate', g.br, 404), ('the secretariat', g.desk, 404),
            ('the chair', g.chair, 403)):
        seen = who.get(f'{new}?{draft}')
        g.check(f'{name} does not see the draft', seen.status == status and
                'Zebra' not in who.get(g.url).text, seen)
    got = g.ke.send(g.ke.get(f'{new}?{draft}'), new, 'propose',
                    **fields_of('Kenya'))
    page = g.ke.follow(got)
    g.check('proposed, with a number', got.status == 303 and
            '/topics/1/' in got.location and 'The topic is proposed' in
            page.text and 'Kenya finds it urgent' in page.text, page)
    got = g.br.send(g.br.get(new), new, 'propose', **fields_of('Brazil'))
    g.check('another one proposes as well', '/topics/2/' in got.location, got)
    for bad in (g.reader, g.chair, g.launcher, g.nobody):
        page = bad.get(new)
        g.check('who is of no delegation may not', page.status == 403, page)


def seen_by_whom(g):
    one = g.url + '1/'
    g.check('members see what is proposed', all(
        who.get(one).status == 200 and 'Mail for everybody' in
        who.get(g.url).text for who in (g.ke, g.ne, g.reader, g.chair,
                                        g.desk)))
    for name, who in (('everybody', g.public), ('somebody', g.nobody),
                      ('who launches', g.launcher)):
        for path in ('', '1/', '1/changes/2', 'compare?p=1&p=2', 'calendar',
                     'calendar.ics'):
            page = who.get(g.url + path)
            g.check(f'{name} finds nothing of it at {path or "the list"}',
                    'Zebra' not in page.text and 'Mail for' not in
                    page.text and page.status == (
                        404 if path[:1] == '1' else 200), page)
    page = g.desk.get('/en/desk/topics')
    got = g.desk.send(page, '/desk/topics', 'rule', public='1')
    g.check('the rule of the group opens it', got.status == 303 and
            g.public.get(one).status == 200 and 'Mail for everybody' in
            g.public.get(g.url).text, got)
    g.check('but no acts, no people', 'value="outcome"' not in
            g.public.get(one).text and 'Ke</bdi>' not in
            g.public.get(one).text)
    token = page.form('/desk/topics', 'rule')['fields']['token'][0]
    group = page.form('/desk/topics', 'rule')['fields']['group'][0]
    g.desk.post('/en/desk/topics', {'token': token, 'do': 'rule',
                                    'group': group})
    g.check('and closes it', g.public.get(one).status == 404)


def revising(g):
    url = g.url + '1/revise'
    got = g.br.get(url)
    g.check('another delegate may not revise it', got.status == 403, got)
    page = g.ke.get(url)
    got = g.ke.send(page, url, 'revise', rationale='Kenya finds it pressing.')
    page = g.ke.follow(got)
    g.check('revised', got.status == 303 and 'Kenya finds it pressing' in
            page.text and 'Revision 2' in page.words, page)
    page = g.reader.get(g.url + '1/changes/2')
    g.check('with what it changed', page.status == 200 and
            '<del>urgent</del><ins>pressing</ins>' in page.text, page)
    g.check('no revision before the first',
            g.reader.get(g.url + '1/changes/1').status == 404)


def merging(g):
    page = g.ne.get(g.url + 'compare?p=1&p=2')
    g.check('side by side, with the question that both ask',
            page.status == 200 and '1 question of 3 is asked by more' in
            page.words and '<svg' in page.text, page)
    row = [r for r in page.text.split('<tr>') if 'accept inter' in r][0]
    g.check('in one row', 'refuse internationalized' in row and '%' in row,
            row)
    g.check('one alone is not compared', 'Choose two to six' in
            g.ne.get(g.url + 'compare?p=1').text)
    url = g.url + 'merge?p=1&p=2'
    page = g.ke.get(url)
    form = page.form('/merge', 'merge')
    filled = {**form['fields'], 'title': 'Mail and zebras', 'do': 'merge'}
    del filled['take-3']
    g.check('its fields have the questions of both',
            filled['q-1'][0].startswith('Which mail') and
            len(filled['o-1'][0].split()) == 2, form)
    bad = g.ke.post(g.url + 'merge', {**filled, 'title': ''})
    g.check('a title is needed', bad.status == 400 and 'title-error' in
            bad.text, bad)
    got = g.ke.post(g.url + 'merge', filled)
    page = g.ke.follow(got)
    g.check('the authors are asked', got.status == 303 and '/topics/3/' in
            got.location and 'consent is asked' in page.words and
            'from proposed topic 1, question 1' in page.words and
            'from proposed topic 2, question 1' in page.words, page)
    url = g.url + '3/'
    g.check('its own author has agreed by asking', 'value="agree"' not in
            page.text, page)
    for who in (g.ne, g.desk, g.chair):
        g.check('nobody consents in the place of an author',
                'value="agree"' not in who.get(url).text)
    g.check('who is asked finds it in the list', 'Your delegation is asked' in
            g.br.get(g.url).text and 'Your delegation is asked' not in
            g.ke.get(g.url).text)
    page = g.br.get(url)
    fields = page.form(url, 'refuse')['fields']
    bad = g.ne.post(url, {**fields, 'token': g.ne.get(url).form(
        '/sign-out')['fields']['token'], 'do': 'agree'})
    g.check('nor by the form', bad.status == 403, bad)
    bad = g.br.send(page, url, 'refuse', reason=' ')
    g.check('no needs a reason', bad.status == 400 and 'Give the reason' in
            bad.text, bad)
    page = g.act(g.br, 3, 'refuse', 'Too broad', reason='Too broad.')
    g.check('and is told', 'does not agree' in page.words, page)
    page = g.br.get(g.url + '3/from/2')
    g.check('with the changes from each', page.status == 200 and '<ins>' in
            page.text and '<del>' in page.text, page)
    g.check('from none that it is not from',
            g.br.get(g.url + '3/from/9').status == 404)
    page = g.act(g.br, 3, 'agree', 'proposed')
    g.check('with all consents it is proposed', 'chip closed">proposed<' in
            page.text, page)
    page = g.reader.get(g.url + '1/')
    g.check('and its parents are merged, and cited', 'merged into proposed '
            'topic 3' in page.words and 'Zebra mail in every' in page.text,
            page)


def positions(g):
    url = g.url + '3/'
    bad = g.br.send(g.br.get(url), url, 'position', words='Well.')
    g.check('a position is one of three', bad.status == 400 and
            'Choose a position' in bad.text and 'Well.' in bad.text, bad)
    g.act(g.br, 3, 'position', 'It is time', stance='for',
          words='It is time.')
    g.act(g.chair, 3, 'position', 'It is time', party=g.ne.party,
          stance='against', words='Told in the corridor.')
    page = g.chair.get(url)
    g.check('the chair reads the log', 'It is time.' in page.text and
            'Told in the corridor' in page.text, page)
    page = g.desk.get(url)
    g.check('the secretariat the counts alone', 'id="positions"' in page.text
            and 'It is time' not in page.text and 'corridor' not in page.text,
            page)
    g.check('a delegation what it entered itself', 'It is time' in
            g.br.get(url).text and 'corridor' not in g.br.get(url).text)
    for who in (g.ke, g.ne, g.reader):
        page = who.get(url)
        g.check('and others nothing', 'It is time' not in page.text and
                'id="positions"' not in page.text, page)
    audit = g.admin.get('/en/desk/audit')
    g.check('nor does the audit trail', 'corridor' not in audit.text)


def rooms(g):
    url = g.url + 'rooms/'
    page = g.chair.get(url)
    bad = g.chair.send(page, url, 'open', title='', until='')
    g.check('a room has a title and guests', bad.status == 400 and
            'title-error' in bad.text and 'at least one delegation' in
            bad.text, bad)
    bad = g.chair.send(page, url, 'open', title='On mail', party=g.ke.party,
                       until='2001-01-01T10:00')
    g.check('and a time that is to come', bad.status == 400 and 'until-error'
            in bad.text and 'value="On mail"' in bad.text, bad)
    ids = page.form(url, 'open')['fields']
    g.check('nothing is chosen beforehand', 'party' not in ids, ids)
    got = g.chair.send(page, url, 'open', title='On mail',
                       party=[g.ke.party, g.br.party],
                       until='2999-01-01T10:00')
    g.check('opened', got.status == 303 and '/rooms/1/' in got.location, got)
    room = url + '1/'
    for name, who, status in (
            ('a guest', g.ke, 200), ('the other', g.br, 200),
            ('the secretariat', g.desk, 200), ('who was not asked', g.ne, 404),
            ('a reader', g.reader, 403), ('nobody', g.nobody, 403)):
        got = who.get(room)
        g.check(f'{name} at the room', got.status == status, got)
    g.check('nor in the list', 'On mail' not in g.ne.get(url).text and
            'On mail' in g.ke.get(url).text)
    bad = g.ke.send(g.ke.get(room), room, 'draft', body=' ')
    g.check('a draft has words', bad.status == 400 and 'draft-error' in
            bad.text, bad)
    g.ke.send(g.ke.get(room), room, 'draft', body='Mail in every script.')
    g.br.send(g.br.get(room), room, 'draft', body='Mail in any script.')
    g.br.send(g.br.get(room), room, 'comment', body='Any is <enough>.',
              on='2')
    page = g.ke.get(room)
    g.check('drafts, with what changed, and comments',
            '<del>every</del><ins>any</ins>' in page.text and
            'Any is &lt;enough&gt;.' in page.text, page)
    g.chair.send(g.chair.get(room), room, 'invite', party=g.ne.party)
    g.check('another guest', g.ne.get(room).status == 200)
    g.chair.send(g.chair.get(room), room, 'close')
    page = g.ke.get(room)
    g.check('closed: read, not written', page.status == 200 and
            'value="draft"' not in page.text and 'Any is' in page.text, page)
    got = g.ke.post(room, {'token': page.form('/sign-out')['fields']['token'],
                           'do': 'comment', 'body': 'Late.', 'on': '0'})
    g.check('by the form neither', got.status == 400 and 'Late.' not in
            g.ke.get(room).text, got)


def propose(g, who, title):
    new = g.url + 'new'
    got = who.send(who.get(new), new, 'propose', title=title,
                   rationale='It has to be asked.', issue='Access',
                   **{'q-1': 'What has been done about it so far?'})
    return int(got.location.split('/topics/')[1].split('/')[0])


def outcomes(g):
    url = g.url + '3/'
    g.check('a delegate enters no outcome', 'value="outcome"' not in
            g.ke.get(url).text)
    token = g.ke.get(url).form('/sign-out')['fields']['token']
    got = g.ke.post(url, {'token': token, 'do': 'outcome',
                          'state': 'discussed', 'note': '', 'opens_on': '',
                          'closes_on': ''})
    g.check('by the form neither', got.status == 403, got)
    page = g.chair.get(url)
    g.check('what is not discussed is not agreed', 'value="agreed"' not in
            page.text, page)
    g.act(g.chair, 3, 'outcome', 'discussed', state='discussed')
    page = g.desk.get(url)
    bad = g.desk.send(page, url, 'outcome', state='agreed', note='',
                      opens_on='2999-02-01', closes_on='2999-02-01')
    g.check('a decision and a window are needed', bad.status == 400 and
            'note-error' in bad.text and 'Give two days' in bad.text and
            'value="2999-02-01"' in bad.text, bad)
    page = g.act(g.desk, 3, 'outcome', 'agreed', state='agreed',
                 note='Meeting 20, 7.3.1', opens_on='2999-02-01',
                 closes_on='2999-04-30')
    g.check('agreed, with its window', '1 February 2999' in page.words, page)
    page = g.public.get(g.url)
    g.check('everybody sees it now', 'Mail and zebras' in page.text and
            '1 February 2999' in page.words, page)
    page = g.public.get(url)
    g.check('its questions, and not how it came about', page.status == 200 and
            'Which mail systems' in page.text and 'Meeting 20' not in
            page.text and 'topics/1/' not in page.text and 'Ke</bdi>' not in
            page.text, page)
    g.check('its parents are still for members',
            g.public.get(g.url + '1/').status == 404 and
            g.public.get(g.url + '3/from/1').status == 404)
    page = g.public.get(g.url + 'calendar')
    g.check('it is in the calendar', 'Mail and zebras' in page.text, page)
    page = g.public.get(g.url + 'calendar.ics')
    g.check('and in that for programs', page.headers['Content-Type'] ==
            'text/calendar; charset=utf-8' and 'DTSTART:29990201T' in
            page.text and 'Mail and zebras' in page.text, page)


def council(g):
    n = propose(g, g.ne, 'Ships & cables')
    g.act(g.ke, n, 'position', stance='against', words='Never.')
    g.act(g.chair, n, 'outcome', state='discussed')
    url = f'{g.url}{n}/'
    g.check('no pack for members before the Council is asked',
            g.reader.get(url + 'guidance.html').status == 404)
    g.act(g.chair, n, 'outcome', 'sent to the Council', state='council',
          note='The group could not agree.')
    page = g.chair.get(url + 'guidance.html')
    words = html.unescape(re.sub(r'<[^>]*>', ' ', page.text))
    g.check('the pack for the Council', page.status == 200 and
            'Ships & cables' in words and 'could not agree' in words and
            'What has been done about it' in words and
            'counted, not named' in words, words)
    g.check('names nobody who is against', 'Never.' not in words and
            'Kenya' not in words, words)
    got = g.chair.get(url + 'guidance.docx')
    with zipfile.ZipFile(io.BytesIO(got.octets)) as z:
        xml = z.read('word/document.xml').decode()
    g.check('as a Word document too', 'Ships &amp; cables' in xml and
            'against' in xml and 'Kenya' not in xml, xml[:2000])
    if shutil.which('pandoc'):
        text = subprocess.run(['pandoc', '-f', 'docx', '-t', 'plain'],
                              input=got.octets, capture_output=True)
        text = text.stdout.decode()
        g.check('which other programs read', 'Ships & cables' in text and
                'What has been done about it so far?' in text and
                'The group could not agree.' in text, text)
    g.check('members read it without the counts', 'counted' not in
            g.reader.get(url + 'guidance.html').text and
            g.reader.get(url + 'guidance.html').status == 200)
    g.check('others do not', g.nobody.get(url + 'guidance.html').status in
            (403, 404) and g.public.get(url + 'guidance.html').status == 303)
    g.act(g.desk, n, 'outcome', 'agreed', state='agreed',
          note='Council 2999, C99/51', opens_on='2999-09-01',
          closes_on='2999-12-01')
    g.check('what the Council decides comes back as agreed', 'Ships' in
            g.public.get(g.url).text)
    return n


def silence(g):
    quiet, loud = propose(g, g.ke, 'A quiet one'), propose(g, g.ke, 'A loud')
    zone = zoneinfo.ZoneInfo('Europe/Zurich')
    for n in (quiet, loud):
        g.act(g.chair, n, 'outcome', state='discussed')
    url = f'{g.url}{quiet}/'
    page = g.chair.get(url)
    zone = zoneinfo.ZoneInfo(re.search(r'time of ([\w/]+)', page.words)[1])
    bad = g.chair.send(page, url, 'silence', until='2001-01-01T10:00',
                       opens_on='2999-01-01', closes_on='2999-03-01')
    g.check('the deadline is to come', bad.status == 400 and 'until-error' in
            bad.text and 'value="2001-01-01T10:00"' in bad.text, bad)
    until = (datetime.datetime.now(zone) + datetime.timedelta(
        seconds=90)).strftime('%Y-%m-%dT%H:%M')
    for n in (quiet, loud):
        g.act(g.chair, n, 'silence', 'unless a delegation objects',
              until=until, opens_on='2999-01-01', closes_on='2999-03-01')
    bad_url = f'{g.url}{loud}/'
    bad = g.br.send(g.br.get(bad_url), bad_url, 'object', reason='')
    g.check('an objection has reasons', bad.status == 400 and
            'object-reason-error' in bad.text, bad)
    g.act(g.br, loud, 'object', 'We said it before',
          reason='We said it before.')
    g.act(g.br, quiet, 'object', 'Only just', kind='reservation',
          reason='Only just.')
    g.act(g.ne, quiet, 'object', 'Perhaps not', reason='Perhaps not.')
    g.act(g.ne, quiet, 'take_back', 'withdrawn')
    g.check('members read them', 'We said it before' in
            g.reader.get(bad_url).text)
    g.check('the deadline is shown in the zone of the reader too',
            'Tokyo' in g.reader.get(url + '?zone=Asia/Tokyo').text)
    for _ in range(480):
        page = g.reader.get(bad_url)
        if 'unless a delegation' not in page.words and 'being entered' not in \
                page.words:
            break
        time.sleep(0.25)
    g.check('with an objection it is carried over', 'Silence was broken' in
            page.words and 'carried over' in page.words, page)
    page = g.reader.get(url)
    g.check('in silence it is agreed', 'nobody objected in time' in
            page.words and 'A quiet one' in g.public.get(g.url).text, page)
    token = g.ne.get(url).form('/sign-out')['fields']['token']
    got = g.ne.post(url, {'token': token, 'do': 'object', 'party': g.ne.party,
                          'kind': 'objection', 'reason': 'Late.'})
    g.check('it is too late', got.status == 400 and 'Late.' not in
            g.reader.get(url).text, got)


def consulting(g, other):
    page = g.launcher.get('/en/desk/topics')
    g.check('agreed topics wait at the desk', 'Mail and zebras' in
            page.text, page)
    bad = g.launcher.send(page, '/desk/topics', 'consult')
    g.check('at least one is chosen', bad.status == 400 and
            'Choose at least one topic' in bad.text, bad)
    got = g.launcher.send(page, '/desk/topics', 'consult',
                          topic=['3', str(other)])
    g.check('two into one consultation', got.status == 303, got)
    desk = got.location.split('?')[0]
    page = g.launcher.follow(got)
    g.check('its texts are there to begin with', page.status == 200 and
            'Mail and zebras; Ships &amp; cables' in page.text and
            'What has been done about it' in page.text, page)
    g.check('nobody sees it yet', g.public.get(g.url + '3/').text.count(
        'consultations/') == 0)
    got = g.launcher.send(page, desk, 'launch')
    g.check('launched', got.status == 303, got)
    page = g.public.get(g.url + '3/')
    path = re.search(r'href="[./]*(consultations/\d+/)"', page.text)[1]
    g.check('the topic leads to it', 'under consultation' in page.words, page)
    page = g.public.get(f'/en/{g.slug}/{path}')
    g.check('and it asks', page.status == 200 and 'Which mail systems' in
            page.text, page)
    page = g.launcher.get('/en/desk/topics')
    got = g.launcher.send(page, '/desk/topics', 'consult', topic='3')
    g.check('a topic may run over several', got.status == 303 and
            got.location.split('?')[0] != desk, got)
    page = g.launcher.get('/en/desk/topics')
    into = got.location.split('?')[0].split('/')[-1]
    bad = g.launcher.send(page, '/desk/topics', 'consult', topic='3',
                          into=into)
    g.check('once in each', bad.status == 400 and 'is in that consultation' in
            bad.text, bad)


def languages(g):
    for lang, word in (('ar', 'المواضيع'), ('fr', 'Thèmes'), ('zh', '议题')):
        page = g.ke.get(f'/{lang}/{g.slug}/topics/')
        g.check(f'the list in {lang}', page.status == 200 and word in
                page.text, page)
        for path in ('3/', 'new', 'calendar', 'rooms/1/', 'compare?p=1&p=2'):
            page = g.ke.get(f'/{lang}/{g.slug}/topics/{path}')
            g.check(f'{path} in {lang}', page.status == 200, page)


# What a page may say to whom; the letters are those of `classes` below.
SECRETS = {
    'Zebra mail in every script': 'rkbncd',  # what is proposed: members
    'Too broad.': '',            # why a merger was refused: it was taken back
    'It is time.': 'bc',         # a position: the chair, and whose it is
    'Told in the corridor.': 'c',
    'Mail in any script.': 'kbncd',  # a room: its guests, and who leads
}
# Path: who gets 200, and what everybody else gets (signed in, stranger).
WALK = {
    '': ('pxlrkbncd', 200, 200),
    'calendar': ('pxlrkbncd', 200, 200),
    'calendar.ics': ('pxlrkbncd', 200, 200),
    'compare?p=1&p=2': ('pxlrkbncd', 200, 200),
    '3/': ('pxlrkbncd', 200, 200),
    '1/': ('rkbncd', 404, 404),
    '1/changes/2': ('rkbncd', 404, 404),
    '3/from/1': ('rkbncd', 404, 404),
    '99/': ('', 404, 404),
    'new': ('kbnd', 403, 303),
    'merge?p=1&p=2': ('kbnd', 403, 303),
    '3/guidance.html': ('', 404, 303),
    '3/guidance.docx': ('', 404, 303),
    'rooms/': ('kbncd', 403, 303),
    'rooms/1/': ('kbncd', 403, 303),
    'rooms/99/': ('', (403, 404), 303),
}


def walk(g):
    """Every page as every class of person: where it answers, what it says."""
    classes = {'p': g.public, 'x': g.nobody, 'l': g.launcher, 'r': g.reader,
               'k': g.ke, 'b': g.br, 'n': g.ne, 'c': g.chair, 'd': g.desk}
    for path, (those, others, stranger) in WALK.items():
        for letter, who in classes.items():
            page = who.get(g.url + path)
            want = 200 if letter in those else \
                stranger if letter == 'p' else others
            ok = page.status in (want if isinstance(want, tuple) else
                                 (want,))
            told = [s for s, may in SECRETS.items()
                    if s in page.text and letter not in may]
            g.check(f'{path or "the list"} as {letter}: {page.status}',
                    ok and not told, f'{want} {told} {page}')
    for query in ('zebra', 'corridor', 'script'):
        page = g.public.get(f'/en/search?q={query}')
        g.check(f'searching for {query} finds nothing of it',
                'Zebra' not in page.text and 'corridor.' not in page.text)
    for path in (f'/en/{g.slug}/responses.atom', f'/en/{g.slug}/calendar.ics',
                 f'/api/v1/groups/{g.slug}/consultations',
                 f'/en/{g.slug}/'):
        page = g.public.get(path)
        g.check(f'nor has {path}', page.status == 200 and 'Zebra' not in
                page.text, page)


def withdrawing(g):
    n = propose(g, g.ne, 'Never mind')
    g.act(g.ne, n, 'withdraw', 'withdrawn')
    page = g.reader.get(f'{g.url}{n}/')
    g.check('withdrawn: it can be cited', page.status == 200 and
            'Never mind' in page.text, page)
    got = g.ne.get(f'{g.url}{n}/')
    g.check('and nothing more is done about it', 'value="withdraw"' not in
            got.text and '/revise"' not in got.text, got)


def journey(engine, *sets):
    g = Group(engine, *sets)
    try:
        people(g)
        proposing(g)
        seen_by_whom(g)
        revising(g)
        merging(g)
        positions(g)
        rooms(g)
        outcomes(g)
        other = council(g)
        consulting(g, other)
        walk(g)
        withdrawing(g)
        languages(g)
        silence(g)
        audit = g.admin.get('/en/desk/audit')
        g.check('acts are on record', 'proposal.' in audit.text, audit)
    finally:
        g.server.stop()


journey('sqlite')
if os.environ.get('RP_TEST_PG'):
    journey('postgresql', 'database=' + os.environ['RP_TEST_PG'])
tap.done()
