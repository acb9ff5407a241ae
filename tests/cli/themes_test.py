#!/usr/bin/env python3
"""`rapporteur themes` from outside. TAP. Usage: themes_test.py PROGRAM SHARED

What is promised is checked here once more from the files alone: every response
is in one state, every quotation is what stands in the input, figures are those
of the assignments. Sets of SHARED that are absent are skipped."""
import collections
import csv
import html
import json
import os
import pty
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

from tap import check, end, skip

program, shared = sys.argv[1:]
DATA = os.path.join(shared, 'data/themes')
TABLES = {
    'assignments': 'id field unit start end theme by score'.split(),
    'themes': 'theme parent label responses distinct '
              'campaign_responses'.split(),
    'campaigns': 'id campaign level own_start own_end'.split(),
    'quotations': 'theme id field start end text'.split(),
}


# Sanitizers take many times as long: the largest set is for the build that is
# released.
SOME = os.environ.get('RP_TEST_SOME') == '1'


def run(args, octets=None):
    return subprocess.run([program, 'themes'] + args, input=octets,
                          capture_output=True)


def table(folder, name):
    path = os.path.join(folder, name + '.csv')
    with open(path, encoding='utf-8', newline='') as f:
        rows = list(csv.reader(f))
    assert rows[0] == TABLES[name], rows[0]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def read(folder, name):
    return json.load(open(os.path.join(folder, name), encoding='utf-8'))


TOPICS = [
    ('the price of mobile data', 'tariffs doubled', 'operators charge us',
     'a cap on wholesale prices', 'the invoice is too high',
     'roaming charges', 'families pay too much', 'cheaper tariffs'),
    ('computers for schools', 'teachers need training', 'pupils at school',
     'the classroom has no network', 'a library for pupils',
     'train rural teachers', 'school computers broke', 'lessons online'),
    ('spectrum for satellites', 'the satellite bands', 'share the spectrum',
     'interference of earth stations', 'auctions of spectrum',
     'protect the satellite service', 'bands below six gigahertz',
     'coordination of frequencies'),
]
LETTER = ('The islands depend on one cable that breaks in every storm. We ask '
          'the assembly to fund a second cable before the next season. '
          'Without it our hospitals and schools stay offline for weeks.')
OWN = ' My clinic number %d burnt down in May.'


def made(n, seed=3):
    """Rows in three topics, a campaign, empty ones, a quoted line end."""
    rng, rows = random.Random(seed), []
    for i in range(n):
        topic = TOPICS[rng.randrange(3)]
        text = 'We think that %s and %s matter, because %s.' % tuple(
            rng.sample(topic, 3))
        if i % 9 == 0:
            text += '\r\n- And %s; "%s" is what I wanted to say about %s.' % (
                tuple(rng.sample(topic, 3)))
        if i % 10 == 4:
            text = LETTER
        if i % 40 == 14:
            text = 'Dear all, ' + LETTER + OWN % i
        if i % 25 == 7:
            text = '  '
        rows.append({'nr': 'R-%d' % i, 'answer': text, 'lang': 'en',
                     'who': ('state', 'sector')[i % 2],
                     'more': 'About %s too.' % topic[3] if i % 7 == 0
                             else ''})
    return rows


def as_csv(rows):
    out = tempfile.SpooledTemporaryFile(mode='w+', newline='',
                                        encoding='utf-8')
    w = csv.DictWriter(out, rows[0].keys())
    w.writeheader()
    w.writerows(rows)
    out.seek(0)
    return out.read().encode()


COLUMNS = ['--text', 'answer', 'more', '--id', 'nr', '--lang', 'lang',
           '--group', 'who']


def promises(folder, rows, ident, fields):
    """What is wrong with a folder, given the rows that it came from."""
    wrong = []
    octets = {(str(r[ident]), f): r[f].encode() for r in rows for f in fields}
    units = collections.defaultdict(list)
    for a in table(folder, 'assignments'):
        units[a['id']].append(a)
    if list(units) != [str(r[ident]) for r in rows]:
        wrong.append('responses are lost, or out of order')
    parent = {t['theme']: t['parent'] for t in table(folder, 'themes')}
    of_theme = collections.defaultdict(set)
    states = collections.Counter()
    for ident_, list_ in units.items():
        at = (-1, -1)
        for a in list_:
            if not a['field']:
                states['empty'] += 1
                if len(list_) > 1 or any(a[k] for k in a if k != 'id'):
                    wrong.append(a)
                continue
            text = octets[ident_, a['field']]
            start, end = int(a['start']), int(a['end'])
            place = fields.index(a['field']), start
            if not (place > at and 0 <= start < end <= len(text)):
                wrong.append(('place', a))
            at = place[0], end - 1
            text[start:end].decode()
            if bool(a['theme']) != bool(a['by']):
                wrong.append(('by', a))
            if a['theme']:
                of_theme[a['theme']].add(ident_)
                if parent[a['theme']]:
                    of_theme[parent[a['theme']]].add(ident_)
        if any(a['theme'] for a in list_):
            states['themed'] += 1
        elif list_[0]['field']:
            states['unread'] += 1
    told = read(folder, 'run.json')
    for state, n in told['states'].items():
        if states[state] != n:
            wrong.append((state, n, states[state]))
    if sum(told['states'].values()) != len(rows):
        wrong.append('states')
    members = {}
    for c in table(folder, 'campaigns'):
        members.setdefault(c['id'], c['campaign'])
        if members[c['id']] != c['campaign']:
            wrong.append(('two campaigns', c))
    quoted = collections.defaultdict(list)
    for q in table(folder, 'quotations'):
        text = octets[q['id'], q['field']]
        piece = text[int(q['start']):int(q['end'])].decode()
        if piece.replace('\r', ' ') != q['text']:
            wrong.append(('not what was said', q))
        quoted[q['theme']].append(q)
        if q['id'] not in of_theme[q['theme']]:
            wrong.append(('of another theme', q))
    for t in table(folder, 'themes'):
        name = t['theme']
        below = [c for c, p in parent.items() if p == name]
        if len(of_theme[name]) != int(t['responses']):
            wrong.append((t, len(of_theme[name])))
        if not of_theme[name] or not t['label']:
            wrong.append(('nobody', t))
        if not quoted[name] and not any(quoted[c] for c in below):
            wrong.append(('no quotation', t))
        if len([1 for i in of_theme[name] if i in members]) != \
                int(t['campaign_responses']):
            wrong.append(('campaign', t))
        ids = [q['id'] for q in quoted[name]]
        if len(ids) != len(set(ids)):
            wrong.append(('twice quoted', t))
    for name in TABLES:
        csv_rows, json_rows = table(folder, name), read(folder,
                                                        name + '.json')
        if name == 'campaigns':
            json_rows = [m for c in json_rows for m in c['members']]
        same = [{k: '' if v is None else str(v) for k, v in row.items()}
                for row in json_rows]
        if same != csv_rows:
            wrong.append(name + ': CSV and JSON differ')
    return wrong


def results(top):
    rows, out, wrong = made(400), top + '/out', []
    done = run(['-'] + COLUMNS + ['-o', out], as_csv(rows))
    if done.returncode or done.stderr:
        return [done]
    wrong += promises(out, rows, 'nr', ['answer', 'more'])
    levels = collections.Counter(c['level'] for c in table(out, 'campaigns'))
    if levels['exact'] < 25 or levels['own'] < 10:
        wrong.append(levels)
    own = [c for c in table(out, 'campaigns') if c['level'] == 'own']
    answers = {r['nr']: (r['answer'] + '\n' + r['more']).encode()
               for r in rows}
    for c in own:
        said = answers[c['id']][int(c['own_start']):int(c['own_end'])]
        if said.decode() not in ((OWN % int(c['id'][2:])).strip(' .'),
                                 answers[c['id']].decode().split(
                                     '\n')[-1].strip('.')):
            wrong.append((c, said))
    template = read(out, 'campaigns.json')[0]['template']
    if template != LETTER:
        wrong.append(template)
    if done.stdout.decode().splitlines()[0].split()[:2] != ['400',
                                                            'responses,']:
        wrong.append(done.stdout)
    return wrong


def files_of(folder):
    return {name: open(os.path.join(folder, name), 'rb').read()
            for name in sorted(os.listdir(folder)) if name != 'run.json'}


def identical(top):
    """Twice, on two processes, as JSON Lines, into a folder that is there."""
    rows, wrong = made(600, 8), []
    given = as_csv(rows)
    lines = '\n'.join(json.dumps(r) for r in rows).encode()
    ways = [([], given), ([], given), (['--jobs', '2'], given),
            (['--jobs', '5', '--quiet'], given), (['--format', 'jsonl'],
                                                  lines)]
    first = None
    for i, (more, octets) in enumerate(ways):
        out = '%s/same%d' % (top, min(i, 3))
        done = run(['-'] + COLUMNS + ['-o', out] + more, octets)
        if done.returncode:
            return [done]
        got = files_of(out)
        first = first or got
        wrong += [(more, name) for name in first
                  if got.get(name) != first[name]]
        if set(got) != set(first):
            wrong.append(sorted(got))
    return wrong


def only_campaigns(top):
    out = top + '/only'
    done = run(['-'] + COLUMNS + ['-o', out, '--campaigns-only', '--quiet'],
               as_csv(made(100)))
    if done.returncode or done.stdout or done.stderr:
        return [done]
    if sorted(os.listdir(out)) != ['campaigns.csv', 'campaigns.json',
                                   'run.json']:
        return [os.listdir(out)]
    return []


def messages(top):
    """Wrong files: exit status 1 and a message with the line."""
    wrong = []
    for octets, args, said in (
            (b'id,text\n1,a\n', ['--text', 'answer'],
             'line 1: there is no column "answer"; there are "id", "text"'),
            (b'id,text\n1,a\n', ['--text', 'text', '--id', 'nr'],
             'line 1: there is no column "nr"'),
            (b'id,text\n1,a\n1,b\n', ['--text', 'text', '--id', 'id'],
             'line 3: the id "1" is on line 2 too'),
            (b'id,text\n1,a\n,b\n', ['--text', 'text', '--id', 'id'],
             'line 3: no "id"'),
            (b'id,text\n1,a\n\n\n2\n', ['--text', 'text'],
             'line 5: 1 fields, where the first line has 2'),
            (b'id,text\n1,caf\xe9\n', ['--text', 'text'],
             'line 2: field 2 is not UTF-8'),
            ('id,text\n1,a\n'.encode('utf-16'), ['--text', 'text'],
             'line 1: this is UTF-16'),
            (b'id,text\n1,"a\n', ['--text', 'text'],
             'line 2: quote not closed'),
            (b'id,text\n', ['--text', 'text'], 'there are no rows'),
            (b'', ['--text', 'text'], 'there are no rows'),
            (b'l,text\nnot a tag,a\n', ['--text', 'text', '--lang', 'l'],
             'line 2: "l"'),
            (b'{"text":"a"}\n{"text":\n', ['--text', 'text', '--format',
                                           'jsonl'], 'line 2: ')):
        out = top + '/wrong'
        done = run(['-', '-o', out] + args, octets)
        error = done.stderr.decode()
        if done.returncode != 1 or said not in error or \
                not error.startswith('rapporteur: standard input: ') or \
                error.count('\n') != 1:
            wrong.append((said, done.returncode, error))
        if os.path.exists(out):
            wrong.append((said, os.listdir(out)))
    done = run(['/nowhere/at.csv', '--text', 'text', '-o', top + '/w'])
    if done.returncode != 1 or b'/nowhere/at.csv' not in done.stderr:
        wrong.append(done)
    done = run(['-', '--text', 'text', '-o', '/dev/null'], b'text\na\n')
    if done.returncode != 1 or b'/dev/null is no folder' not in done.stderr:
        wrong.append(done)
    return wrong


def usage(top):
    wrong = []
    good = ['-', '--text', 'a', '-o', top + '/u']
    for args in ([], ['-'], ['-', '--text', 'a'], ['-', '-o', top],
                 good + ['--themes', '1'], good + ['--themes', 'many'],
                 good + ['--jobs', '0'], good + ['--seed', '-1'],
                 good + ['--unknown'], good + ['second.csv', 'third.csv'],
                 good + ['--format', 'xlsx'], ['-', '--text', '-o', top]):
        done = run(args, b'a\nb\n')
        if done.returncode != 2 or not done.stderr.startswith(b'usage:'):
            wrong.append((args, done))
    return wrong


def small(top):
    """One response, one word, nothing but empty ones: no theme, no failure."""
    wrong = []
    for i, octets in enumerate((b'text\nyes\n', b'text\n" "\n" "\n',
                                b'text\n' + b'agree\n' * 50,
                                'text\n我们同意。\n'.encode())):
        out = '%s/small%d' % (top, i)
        done = run(['-', '--text', 'text', '-o', out], octets)
        if done.returncode:
            wrong.append(done)
            continue
        rows = [{'nr': n + 1, 'text': r['text']} for n, r in enumerate(
            csv.DictReader(octets.decode().splitlines()))]
        wrong += promises(out, rows, 'nr', ['text'])
    return wrong


def bar(top):
    """On a terminal a bar is drawn, and it is wiped away."""
    path = top + '/bar.csv'
    with open(path, 'wb') as f:
        f.write(as_csv(made(3000)))
    master, slave = pty.openpty()
    child = subprocess.Popen([program, 'themes', path] + COLUMNS +
                             ['-o', top + '/bar'], stderr=slave,
                             stdout=subprocess.DEVNULL)
    os.close(slave)
    got = b''
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        got += piece
    if child.wait() or b' s left' not in got or b'#' not in got or \
            not got.endswith(b'\r\x1b[K'):
        return [got[-200:]]
    return []


def for_people(top):
    """The report is one file that asks nobody; the summary opens."""
    rows, out, wrong = made(300), top + '/people', []
    done = run(['-'] + COLUMNS + ['-o', out, '--quiet', '--question',
                                  'What should <we> do?'], as_csv(rows))
    if done.returncode:
        return [done]
    page = open(out + '/report.html', encoding='utf-8').read()
    for absent in ('<script', 'http://', 'https://', '<link', 'src="',
                   '<we>'):
        if absent in page.replace('http://www.w3.org/2000/svg', ''):
            wrong.append(absent)
    for there in ('What should &lt;we&gt; do?', '<svg', '</html>'):
        if there not in page:
            wrong.append(there)
    for t in table(out, 'themes'):
        if html.escape(t['label']) not in page:
            wrong.append(t)
    with zipfile.ZipFile(out + '/summary.docx') as z:
        text = z.read('word/document.xml').decode()
        if z.testzip() is not None:
            wrong.append('zip')
    for t in table(out, 'themes'):
        if html.escape(t['label'], False) not in text:
            wrong.append(('summary', t))
    return wrong


def codebook(top):
    """Themes of a person: from their examples, under their names."""
    rows, out, wrong = made(300), top + '/coded', []
    names = ['Prices', 'Schools', 'Spectrum, satellites']
    book = top + '/book.csv'
    with open(book, 'w', newline='', encoding='utf-8') as f:
        w = csv.writer(f)
        w.writerow(['name', 'definition', 'examples'])
        for name, topic in zip(names, TOPICS):
            w.writerow([name, topic[0], '\n'.join(
                '%s and %s' % pair for pair in zip(topic, topic[1:]))])
    gold = top + '/gold.csv'
    with open(gold, 'w', newline='', encoding='utf-8') as f:
        w = csv.writer(f)
        w.writerow(['id', 'theme'])
        for r in rows:
            hits = [n for n, topic in zip(names, TOPICS)
                    if any(x in r['answer'] for x in topic)]
            w.writerow([r['nr'], hits[0] if hits else ''])
    for more in ([], ['--jobs', '2']):
        done = run(['-'] + COLUMNS + ['-o', out, '--quiet', '--codebook',
                                      book, '--eval', gold] + more,
                   as_csv(rows))
        if done.returncode:
            return [done]
        told = dict(line.split(maxsplit=1) for line in
                    done.stdout.decode().splitlines())
        if float(told['NMI']) < .7 or float(told['samples-F1'].split()[0]) \
                < .7:
            wrong.append(done.stdout)
    wrong += promises(out, rows, 'nr', ['answer', 'more'])
    if sorted(t['label'] for t in table(out, 'themes')) != sorted(names):
        wrong.append(table(out, 'themes'))
    for octets, said in ((b'<?xml version="1.0"?><!DOCTYPE a><a/>', ''),
                         (b'[{"definition":"no name"}]', ''), (b'', '')):
        with open(book, 'wb') as f:
            f.write(octets)
        done = run(['-'] + COLUMNS + ['-o', out, '--codebook', book],
                   as_csv(rows))
        if done.returncode != 1 or book.encode() not in done.stderr:
            wrong.append((octets, done))
    with open(gold, 'w') as f:
        f.write('id,theme\nnobody,x\n')
    done = run(['-'] + COLUMNS + ['-o', out, '--quiet', '--eval', gold],
               as_csv(rows))
    if done.returncode != 1 or b'line 2: no response is called "nobody"' \
            not in done.stderr:
        wrong.append(done)
    return wrong


def sets(top):
    """The shared sets, with the promises of each."""
    def jsonl(path):
        return [json.loads(line) for line in open(path, encoding='utf-8')]

    for name, path, args, rows in (
            ('campaign', 'campaign/campaign.jsonl', ['--id', 'id'], None),
            *([] if SOME else
              [('banking77', 'banking77/train.csv', [], 'csv')]),
            ('polis', 'polis/scoop-hivemind.biodiversity.csv', [], 'csv')):
        path = os.path.join(DATA, path)
        if not os.path.exists(path):
            skip(name, 'no such set')
            continue
        column, ident, out = 'text', 'id', top + '/' + name
        if rows is None:
            rows = jsonl(path)
        else:
            with open(path, encoding='utf-8', newline='') as f:
                rows = list(csv.DictReader(f))
            if 'text' not in rows[0]:
                column = 'comment-body'
            for i, row in enumerate(rows):
                row['id'] = str(i + 1)
        done = run([path, '--text', column, '-o', out, '--quiet'] + args)
        if done.returncode:
            check(name, [done])
        check(name, promises(out, rows, ident, [column]))


def long_answers(top):
    """10 MB are an answer like others; over 16 MiB are told with the line."""
    sentence = 'Sentence %d of clause %d asks for a cable to island %d. '
    long = ''.join(sentence % (i, i * 7 % 1009, i * 11 % 4001)
                   for i in range(190000))[:10 << 20]
    rows = [{'id': str(i), 'text': t} for i, t in enumerate(
        ['We want cables.', long, 'Cables for the islands, please.'])]
    wrong = []
    for name, octets in (('csv', as_csv(rows)), ('jsonl', ''.join(
            json.dumps(r) + '\n' for r in rows).encode())):
        out = '%s/long-%s' % (top, name)
        done = run(['-', '--text', 'text', '--id', 'id', '-o', out, '--quiet',
                    '--format', name] + (['--campaigns-only'] if SOME and
                                         name == 'jsonl' else []), octets)
        if done.returncode:
            wrong.append(done)
        elif not (SOME and name == 'jsonl'):
            wrong += promises(out, rows, 'id', ['text'])
    rows[1]['text'] = 'x' * ((16 << 20) + 1)
    for name, octets, line in (
            ('csv', as_csv(rows), b'line 3: "text" has over 16777216 octets'),
            ('jsonl', ''.join(json.dumps(r) + '\n' for r in rows).encode(),
             b'line 2: "text" has over 16777216 octets')):
        out = '%s/too-long-%s' % (top, name)
        done = run(['-', '--text', 'text', '-o', out, '--format', name],
                   octets)
        if done.returncode != 1 or line not in done.stderr or \
                os.path.exists(out):
            wrong.append((done.returncode, done.stderr[-300:]))
    return wrong


def processor(pid):
    """Seconds that a process and those it waited for have used so far."""
    with open('/proc/%d/stat' % pid) as f:
        ticks = f.read().rpartition(')')[2].split()[11:15]
    return sum(map(int, ticks)) / os.sysconf('SC_CLK_TCK')


def left_over(out):
    """Processes that were told about the folder `out`."""
    found = []
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/cmdline' % pid, 'rb') as f:
                if out.encode() in f.read().split(b'\0'):
                    found.append(pid)
        except OSError:
            pass
    return found


def contents(folder):
    found = {}
    for name in os.listdir(folder):
        with open(folder + '/' + name, 'rb') as f:
            found[name] = f.read()
    return found


def replaced(top, path, out, seed):
    """The signal came when all was done: then all of it must be there."""
    again = '%s/again%d' % (top, seed)
    done = run([path, '-o', again, '--quiet', '--seed', str(seed)] + COLUMNS)
    want, got = contents(again), contents(out)
    told = json.loads(got.pop('run.json', b'{}')).get('seed')
    del want['run.json']
    if done.returncode or told != seed or want != got:
        return [(seed, 'neither the files before nor those after',
                 sorted(got))]
    return []


def stopped(top):
    """A signal ends it, all of it, and leaves the folder as it was."""
    path, wrong = top + '/stopped.csv', []
    with open(path, 'wb') as f:
        f.write(as_csv(made(9000)))
    whole = top + '/whole'
    began = time.monotonic()
    done = run([path, '-o', whole, '--quiet', '--jobs', '2'] + COLUMNS)
    took = time.monotonic() - began
    if done.returncode:
        return [done]
    before = contents(whole)
    for i in range(12):
        out = whole if i % 3 == 0 else '%s/stopped%d' % (top, i)
        what = (signal.SIGINT, signal.SIGTERM)[i % 2]
        child = subprocess.Popen(
            [program, 'themes', path, '-o', out, '--quiet', '--jobs', '2'] +
            COLUMNS + ['--seed', str(i)], stderr=subprocess.PIPE)
        time.sleep(took * i / 12)
        before_it = processor(child.pid)
        os.kill(child.pid, what)  # not reaped here if it has ended
        began = time.monotonic()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        late = time.monotonic() - began
        work = used.ru_utime + used.ru_stime - before_it
        child.stderr.close()
        if child.returncode == 0:  # it was quicker than the signal
            before = contents(whole)
            continue
        # Within a second; on a busy machine that is one of the processor.
        if child.returncode != -what or (late > 1 and work > 1) or late > 30:
            wrong.append((i, child.returncode, late, work))
        if out != whole and os.path.exists(out):
            wrong += replaced(top, path, out, i)
        if out == whole and contents(whole) != before:
            wrong += replaced(top, path, whole, i)
            before = contents(whole)
        time.sleep(0.2)
        if left_over(out):
            wrong.append((i, 'left over', left_over(out)))
    return wrong


with tempfile.TemporaryDirectory() as top:
    check('long answers', long_answers(top))
    check('stopped', stopped(top))
    check('results', results(top))
    check('the same octets', identical(top))
    check('campaigns only', only_campaigns(top))
    check('messages', messages(top))
    check('usage', usage(top))
    check('small files', small(top))
    check('progress', bar(top))
    check('for people', for_people(top))
    check('a codebook, a gold standard', codebook(top))
    sets(top)
end()
