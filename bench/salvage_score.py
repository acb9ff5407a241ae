#!/usr/bin/env python3
"""Score `rapporteur salvage`.

    salvage_score.py PROGRAM [--fresh N] [--seed FILE TABLE] [-v]

Fresh texts come from salvage_gen.py. A row M is told apart when a decision on
its line, other than an uncertain one, says what the truth says: the labels
themselves, or the words that differ once what both texts share is cut off, or
the paragraph as it stands in either text. A row S is right when its line has an
uncertain decision about it and no other that would act on its words. A false
split is a decision that acts on words where nothing of the kind happened; a
wrong label is one about a paragraph that came, went or was renumbered.

--seed reads the rows out of the specification's table.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import salvage_gen  # noqa: E402

WORDS = ('SUB', 'INS', 'DEL', 'HDG', 'SPL')


def salvage(program, flat):
    with tempfile.TemporaryDirectory() as top:
        subprocess.run([program, 'salvage', '-o', top, flat], check=True,
                       stdout=subprocess.DEVNULL)
        def text(name):
            return open(os.path.join(top, name), encoding='utf-8').read()
        return (json.loads(text('decisions.json'))['decisions'],
                text('base.txt').split('\n'), text('new.txt').split('\n'))


def cut(one, two):
    """What differs, without the words that both begin and end with."""
    a, b = one.split(), two.split()
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return ' '.join(a), ' '.join(b)


def acts(d):
    return d['confidence'] != 'uncertain'


def same(row, d):
    """Whether a decision says what the truth says."""
    base, new = d['base'] or '', d['new'] or ''
    if row['kind'] in ('LBL', 'PAR'):
        return d['kind'] == row['kind'] and (base, new) == (
            row['base'], row['new'])
    if row['kind'] in ('HDG', 'ART'):
        return d['kind'] == row['kind'] and (base, new) == (
            row['base'], row['new'])
    if d['kind'] != 'SUB':
        return False
    return cut(base, new) == cut(row['base'], row['new']) or (
        'old' in row and cut(base, new) == cut(row['old'], row['now']))


def mark(d):
    """The last mark below a call-out: it follows from the paragraphs."""
    return d['kind'] == 'SUB' and d['flattened'] in (',', ';', '.')


def fresh(program, seeds):
    n = Counter()
    missed = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as top:
            salvage_gen.main(seed, top)
            truth = json.load(open(top + '/truth.json'))['rows']
            got, base, new = salvage(program, top + '/flat.txt')
            want = [open('%s/%s.txt' % (top, x)).read().split('\n')
                    for x in ('base', 'new')]
        by_line = {}
        for d in got:
            by_line.setdefault(d['line'], []).append(d)
        for row in truth:
            here = by_line.get(row['line'], [])
            hit = any(acts(d) and same(row, d) for d in here)
            if row['code'] == 'S':
                hit = any(not acts(d) for d in here) and not any(
                    acts(d) and d['kind'] in WORDS + ('FN',) and not mark(d)
                    and not any(same(x, d) for x in truth
                                if x['line'] == d['line'])
                    for d in here)
            n[row['code'], 'rows'] += 1
            n[row['code'], 'hit'] += hit
            if row['code'] in 'MS':
                n[row['code'], row['kind'], 'rows'] += 1
                n[row['code'], row['kind'], 'hit'] += hit
            if not hit and row['code'] in 'MS':
                missed.append((seed, row, here))
        for d in got:
            rows = [x for x in truth if x['line'] == d['line']]
            right = any(same(x, d) for x in rows)
            if acts(d) and d['kind'] in WORDS and not mark(d):
                n['split'] += 1
                if not right:
                    n['false'] += 1
                    missed.append((seed, 'false', d))
            if acts(d) and d['kind'] in ('LBL', 'PAR'):
                n['label', d['confidence']] += 1
                n['label', d['confidence'], 'wrong'] += not right
        for have, wanted in zip((base, new), want):
            have = {strip(x) for x in have}
            n['paras'] += len([x for x in wanted if x])
            n['paras right'] += len([x for x in wanted
                                     if x and strip(x) in have])
        n['texts'] += 1
    n['missed'] = missed
    return n


def strip(t):
    return re.sub(r'(\[\^\d+\])|[,;.]$', '', re.sub(r'\[\^\d+\]$', '', t)
                  ).rstrip(',;. ')


def told(n):
    def part(a, b):
        return '%d of %d (%.3f)' % (a, b, a / b if b else 1)
    out = ['texts %d' % n['texts']]
    for code in 'MSLA':
        out.append('%s %s' % (code, part(n[code, 'hit'], n[code, 'rows'])))
    out.append('false splits %d of %d' % (n['false'], n['split']))
    for c in ('certain', 'likely', 'ambiguous'):
        out.append('labels %s %s wrong' % (c, part(
            n['label', c, 'wrong'], n['label', c])))
    out.append('paragraphs ' + part(n['paras right'], n['paras']))
    return '; '.join(out)


def good(n):
    return (n['M', 'hit'] >= .95 * n['M', 'rows'] and
            n['S', 'hit'] >= .95 * n['S', 'rows'] and
            n['false'] <= .05 * n['split'] and
            n['label', 'certain', 'wrong'] == 0)


# The seed.

def table_rows(table):
    """The rows of the specification: dictionaries of its columns."""
    text = open(table, encoding='utf-8').read()
    rows = []
    for line in text.split('### 14.3')[1].split('### 14.4')[0].split('\n'):
        cells = [c.strip() for c in line.strip('|').split('|')]
        if len(cells) == 7 and cells[0].isdigit():
            first = [int(x) for x in re.findall(r'\d+', cells[1])]
            rows.append(dict(zip(
                ('flat', 'base', 'new', 'kind', 'conf'), cells[2:]),
                n=int(cells[0]), first=first[0], last=first[-1]))
    return rows


def plain(t):
    return re.sub(r'\s+', ' ', t.replace('\xa0', ' ').replace('**', '')
                  ).strip()


def pattern(cell):
    """A cell of the table as a pattern: an ellipsis is any words."""
    t = plain(cell).split(';')[0].strip('… ')
    t = re.sub(r'\(ends.*', '', t).strip()
    return '.*'.join(re.escape(x.strip()) for x in t.split('…'))


def label_of(cell):
    m = re.match(r'(\w+)\)?', plain(cell))
    return m[1] if m else ''


def paragraph(lines, flat):
    """The paragraph of a clean text that has most of this line's words."""
    words = Counter(plain(flat).split())
    best, top = '', 0
    for x in lines:
        mine = Counter(plain(x).split())
        both = sum((mine & words).values())
        score = 2 * both / (sum(mine.values()) + sum(words.values()) or 1)
        if score > top:
            best, top = plain(x), score
    return best


def row_hit(row, here, flat, base, new):
    kind = row['kind'].split()[0]
    if kind == 'LBL' or kind == 'PAR':
        want = ['' if '∅' in row[x] or 'no number' in row[x]
                else label_of(row[x]) for x in ('base', 'new')]
        shown = label_of(row['flat'])
        if kind == 'PAR':
            want = [shown if 'DEL' in row['kind'] else '',
                    '' if 'DEL' in row['kind'] else shown]
        return any(d['kind'] == kind and acts(d) and
                   [label_of(d['base'] or ''), label_of(d['new'] or '')] ==
                   want for d in here)
    if kind == 'ART':
        return all(any(d['kind'] == 'ART' and
                       d['base'] == d['new'] == w.strip() for d in here)
                   for w in row['base'].split(','))
    if kind == 'HDG':
        name = plain(flat)
        count = [sum(plain(x) == name for x in t) for t in (base, new)]
        return any(d['kind'] == 'HDG' and acts(d) and not d['new']
                   for d in here) and count[0] == count[1] + 1
    one, two = paragraph(base, flat), paragraph(new, flat)
    if row['first'] == 1:
        one, two = plain(base[0]), plain(new[0])
    a, b = pattern(row['base']), pattern(row['new'])
    return any(d['kind'] == 'SUB' and acts(d) for d in here) and bool(
        re.search(a, one) and re.search(b, two)) and not (
        re.search(b, one) or re.search(a, two))


def shares(one, two):
    """Two texts have two words in a row in common."""
    a, b = plain(one).split(), plain(two).split()
    pairs = set(zip(a, a[1:]))
    return any(p in pairs for p in zip(b, b[1:]))


def seed(program, path, table):
    lines = open(path, encoding='utf-8').read().split('\n')
    rows = table_rows(table)
    got, base, new = salvage(program, path)
    out = {'M': 0, 'M rows': 0, 'S': 0, 'S rows': 0, 'false': 0,
           'labels against the table': 0, 'missed': []}
    for row in rows:
        here = [d for d in got if row['first'] <= d['line'] <= row['last']]
        flat = lines[row['first'] - 1]
        if row['conf'].startswith('M'):
            hit = row_hit(row, here, flat, base, new)
            out['M rows'] += 1
            out['M'] += hit
        elif row['conf'].startswith('S'):
            kind = row['kind'].split()[0]
            about = [d for d in here if d['kind'] in WORDS + ('FN',) and (
                shares(d['flattened'], row['flat']) or
                (kind == 'FN' and '[footnoteRef' in row['flat'] and
                 d['kind'] == 'FN'))]
            hit = bool(about) and not any(map(acts, about)) and not any(
                acts(d) and d['kind'] in WORDS for d in here)
            out['S rows'] += 1
            out['S'] += hit
        else:
            continue
        if not hit:
            out['missed'].append(row['n'])
    for d in got:
        here = [r for r in rows if r['first'] <= d['line'] <= r['last']]
        if acts(d) and d['kind'] in WORDS and not any(
                r['conf'][0] in 'ML' and 'false' not in r['kind'] and
                (r['kind'].split()[0] in WORDS or mark(d)) for r in here):
            out['false'] += 1
            out['missed'].append(d)
        if acts(d) and d['kind'] in ('LBL', 'PAR') and not any(
                row_hit(r, [d], '', base, new) for r in here
                if r['kind'].split()[0] in ('LBL', 'PAR')):
            out['labels against the table'] += 1
    return out


def seed_good(n):
    return (n['M'] >= 36 and n['M rows'] == 37 and n['S'] == n['S rows'] > 0
            and n['false'] <= 2)


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('program')
    p.add_argument('--fresh', type=int, default=0)
    p.add_argument('--first', type=int, default=1)
    p.add_argument('--seed', nargs=2)
    p.add_argument('-v', action='store_true')
    a = p.parse_args()
    ok = True
    if a.fresh:
        n = fresh(a.program, range(a.first, a.first + a.fresh))
        print('fresh:', told(n))
        for code in 'MS':
            print('   ', code, {k[1]: '%d/%d' % (n[code, k[1], 'hit'], v)
                                for k, v in list(n.items())
                                if isinstance(k, tuple) and len(k) == 3 and
                                k[0] == code and k[2] == 'rows'})
        ok &= good(n)
        for m in n['missed'] if a.v else []:
            print(m)
    if a.seed:
        n = seed(a.program, *a.seed)
        print('seed:', n)
        ok &= seed_good(n)
    return 0 if ok else 1


if __name__ == '__main__':
    sys.exit(main())
