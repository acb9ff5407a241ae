#!/usr/bin/env python3
"""Texts of resolutions with tracked changes that an extractor flattened, and
the truth about each. Deterministic by seed.

    salvage_gen.py SEED FOLDER    writes flat.txt, base.txt, new.txt, truth.json

Codes of truth as in the specification's table: M is in plain sight (labels:
forced by counting, which is computed here by listing the readings, not as the
reader does it); S rests on another document and must be left alone; L and A
cannot be told from the text, or only guessed.
"""
import json
import os
import random
import sys
from functools import lru_cache

CITIES = ('Porto Novo', 'Lima', 'Oslo', 'Nice', 'Bonn', 'Accra', 'Quito',
          'Tunis', 'Hanoi', 'Perth', 'Riga', 'Cairo', 'Lomé', 'Sofia',
          'Montevideo', 'Port Louis', 'Bergen', 'Varna')
YEARS = (2006, 2010, 2014, 2018, 2022, 2026)
NOUNS = ('harbour fleet river lighthouse ferry cargo dredging pilotage canal '
         'estuary pier mooring buoy wharf barge shipyard lock towage beacon '
         'jetty hydrography ballast seafarer tonnage').split()
THINGS = ('safety upkeep funding inspection renewal planning survey operation '
          'use state management navigation protection').split()
ADJ = ('coastal regional inland reliable affordable modern seasonal maritime '
       'navigable rural').split()
# "to VERB the ..." in one text or the other
VERBS = ('strengthen dredge improve survey facilitate patrol promote charter '
         'protect repair encourage enhance maintain enlarge coordinate '
         'renovate').split()
WHO = ('Member States', 'port authorities', 'the river commissions',
       'pilots and crews', 'the Sector Members', 'small islands')
CALLS = ('recalling', 'considering', 'noting', 'recognizing', 'emphasizing')
OPERATIVE = ('resolves', 'instructs the Secretary-General',
             'instructs the Director of the Bureau', 'invites Member States')


def label(style, n):
    return '%s)' % chr(96 + n) if style == 'a' else str(n)


class Maker:
    def __init__(self, seed):
        self.r = random.Random('salvage %d' % seed)
        self.flat, self.base, self.new, self.rows = [], [], [], []
        self.notes = 0
        self.base_notes, self.new_notes = [], []

    def np(self):
        r = self.r
        return 'the %s%s of %s %ss' % (
            r.choice(['', r.choice(ADJ) + ' ']), r.choice(THINGS),
            r.choice(ADJ), r.choice(NOUNS))

    def clause(self, operative):
        r = self.r
        if operative:
            return 'to %s %s, in cooperation with %s' % (
                r.choice(VERBS), self.np(), r.choice(WHO))
        return r.choice([
            'that %s is of importance to %s' % (self.np(), r.choice(WHO)),
            'that %s should continue to %s %s' % (
                r.choice(WHO), r.choice(VERBS), self.np()),
            '%s, and the part that %s play in %s' % (
                self.np(), r.choice(WHO), self.np())])

    def ref(self):
        return self.r.choice(CITIES), self.r.choice(YEARS[:4])

    # Each gives (before, old, new, after, code): the flattened text has old
    # and new side by side, with or without a space.
    def edit(self):
        r = self.r
        kind = r.choice('place place place year verb verb finite modal glued '
                        'article adjective phrase noun behind doubt'.split())
        if kind == 'place':
            (c1, y1), c2, y2 = self.ref(), r.choice(CITIES), 2022
            while c1 == c2:
                c2 = r.choice(CITIES)
            rev = r.choice(['Rev. ', ''])
            return ('that Resolution %d (%s' % (r.randint(1, 200), rev),
                    '%s, %d' % (c1, y1), '%s, %d' % (c2, y2),
                    ') applies to %s' % self.np(), '', 'M')
        if kind == 'year':
            y = r.randrange(3)
            return ('to report on %s to the ' % self.np(), str(YEARS[y]),
                    str(YEARS[y + 1]), ' session of the Council',
                    r.choice(['', ' ']), 'M')
        if kind == 'verb':
            v = r.sample(VERBS, 2)
            return ('to ', v[0], v[1], ' %s' % self.np(), ' ', 'M')
        if kind == 'finite':
            return ('that the Bureau ',
                    r.choice(['has started', 'has begun', 'was supporting']),
                    r.choice(['is leading', 'will promote', 'is expanding']),
                    ' %s' % self.np(), ' ', 'M')
        if kind == 'modal':
            m = r.sample(['shall', 'should', 'may', 'will'], 2)
            return ('that %s ' % r.choice(WHO), m[0], m[1],
                    ' %s %s' % (r.choice(VERBS), self.np()), ' ', 'M')
        if kind == 'glued':
            n = r.sample(NOUNS, 2)
            return ('that every ', n[0], n[1], ' in %s' % self.np(), '', 'M')
        if kind == 'article':
            return ('that it serves as ', 'a', 'an',
                    ' %s %s for %s' % (r.choice(['open', 'inland', 'old']),
                                       r.choice(['harbour', 'basin']),
                                       self.np()), ' ', 'MA')
        if kind == 'adjective':
            return ('that the ', r.choice(['current', 'recent', 'regional']),
                    r.choice(['further', 'additional', 'other']),
                    ' %s of %ss is needed' % (r.choice(THINGS),
                                              r.choice(NOUNS)), ' ', 'M')
        if kind == 'phrase':  # nothing shows that it came
            return ('that %s' % self.np(), '', ' and %s' % self.np(),
                    ' is a concern of %s' % r.choice(WHO), '', 'A')
        if kind == 'noun':  # reads as one compound
            n = r.sample(NOUNS, 2)
            return ('that the ', n[0], n[1], ' in %s' % self.np(), ' ', 'A')
        if kind == 'behind':
            return ('to ', 'take a significant %s' % r.choice(
                ['part', 'role', 'place']), 'participate',
                ' in %s' % self.np(), ' ', 'S')
        return ('for an %s and a ' % r.choice(['enduring', 'evolving']),
                '', 'far-reaching, %s ' % r.choice(ADJ),
                '%s of %ss' % (r.choice(THINGS), r.choice(NOUNS)), '', 'S')

    def para(self, operative):
        """(flat, base, new, row or None) without labels and marks."""
        r = self.r
        if r.random() < .4:
            before, old, new, after, gap, code = self.edit()
            base, now = before + old + after, before + new + after
            flat = before + old + gap + new + after
            if code == 'MA':
                word = after.split()[0]
                base = before + 'a' + after[len(word) + 1:]
                old, new, code = 'a', 'an ' + word, 'M'
            return flat, base, now, dict(
                kind='SUB', code=code, flat=flat, base=base, new=now,
                old=old, now=new)
        if r.random() < .1:
            words = self.clause(operative)
            return ('%s by ITUT' % words, '%s by ITU-T' % words,
                    '%s by ITU-T' % words,
                    dict(kind='ART', code='M', flat='ITUT', base='ITU-T',
                         new='ITU-T'))
        words = self.clause(operative)
        return words, words, words, None

    def line(self, text):
        self.flat.append(text)
        return len(self.flat)

    def callout(self, name, operative):
        r = self.r
        style = '1' if operative else 'a'
        states = [r.choices(['kept', 'new', 'gone'],
                            (.72, .2, .08))[0]
                  for _ in range(r.randint(3, 11))]
        if not any(s != 'new' for s in states):
            states[0] = 'kept'
        if not any(s != 'gone' for s in states):
            states[0] = 'kept'
        self.line(name)
        self.base.append(name)
        self.new.append(name)
        self.items(states, style, operative)

    def items(self, states, style, operative):
        r = self.r
        b = n = 1
        shown, rows = [], []
        after_new = False
        for i, state in enumerate(states):
            flat, base, new, row = self.para(operative)
            last = i == len(states) - 1
            mark = ('.' if operative else ',') if last else ';'
            lb, ln = label(style, b), label(style, n)
            one = dict(line=0, kind='PAR', code='L', base='', new='')
            if state == 'kept':
                text = lb if lb == ln else lb.rstrip(')') + ln
                if lb != ln:
                    one['kind'] = 'LBL'
                    if after_new and r.random() < .7:
                        text = ln
                one.update(base=lb, new=ln)
                b, n = b + 1, n + 1
            elif state == 'new':
                text, flat = ln, new
                one['new'] = ln
                n += 1
            else:
                text, flat = lb, base
                one['base'] = lb
                b += 1
            after_new = state == 'new'
            note = ''
            if state == 'kept' and r.random() < .04:
                note = self.note()
                if note.endswith('[%d: \t] ' % self.notes):
                    rows.append(dict(line=len(self.flat) + 1, kind='FN',
                                     code='S', flat='note', base='', new=''))
            at = self.line('%s\t%s%s%s' % (text, flat, mark, note))
            shown.append(text.rstrip(')'))
            one['line'] = at
            rows.append(one)
            if row and state == 'kept':
                rows.append(dict(row, line=at))
            elif row and row['kind'] == 'ART':
                self.flat[-1] = self.flat[-1].replace('ITUT', 'ITU-T')
            if state != 'new':
                self.base.append('%s\t%s' % (lb, base))
            if state != 'gone':
                self.new.append('%s\t%s' % (ln, new))
        # The last paragraph of either version has the last mark.
        self.code_labels(shown, rows, style)
        self.rows += [x for x in rows
                      if x['kind'] != 'LBL' or x['base'] != x['new']]
        self.rows = [x for x in self.rows
                     if x['kind'] != 'PAR' or x['base'] != x['new']]

    def note(self):
        self.notes += 1
        k = self.notes
        if self.r.random() < .4:
            return '[footnoteRef:%d]%d [%d: \t] ' % (k, k, k)
        return '[footnoteRef:%d]%d [%d: %d \tOn note %d.] ' % (k, k, k, k, k)

    def code_labels(self, shown, rows, style):
        def at(i):
            return label(style, i).rstrip(')')

        @lru_cache(None)
        def ways(i, b, n):
            """Sets of verdicts of each item, over all readings, or None."""
            if i == len(shown):
                return ()
            x, out = shown[i], []
            if x == at(b) == at(n):
                out.append((('K', b, n), b + 1, n + 1))
            if b != n and x == at(b) + at(n):
                out.append((('L', b, n), b + 1, n + 1))
            if x == at(n):
                out.append((('I', 0, n), b, n + 1))
                if b != n:
                    out.append((('L', b, n), b + 1, n + 1))
            if x == at(b):
                out.append((('D', b, 0), b + 1, n))
            rest = [(v, ways(i + 1, b2, n2)) for v, b2, n2 in out]
            rest = [(v, w) for v, w in rest if w is not None]
            if not rest:
                return None
            first = frozenset(v for v, _ in rest)
            return (first,) + tuple(frozenset().union(*(w[k] for _, w in rest))
                                    for k in range(len(shown) - i - 1))

        got = ways(0, 1, 1)
        labels = [x for x in rows if x['kind'] in ('LBL', 'PAR')]
        for x, verdicts in zip(labels, got):
            if len(verdicts) == 1:
                x['code'] = 'M'

    def make(self):
        r = self.r
        (c1, y1), c2, k = self.ref(), r.choice(CITIES), r.randint(1, 200)
        while c1 == c2:
            c2 = r.choice(CITIES)
        place = 'RESOLUTION %d (Rev. %s, %d' % (k, c1.lower(), y1)
        at = self.line(' %s%s, 2022)' % (place, c2))
        self.base.append('RESOLUTION %d (Rev. %s, %d)' % (k, c1, y1))
        self.new.append('RESOLUTION %d (Rev. %s, 2022)' % (k, c2))
        self.rows.append(dict(line=at, kind='SUB', code='M',
                              flat=self.flat[-1], base=self.base[-1],
                              new=self.new[-1], old='%s, %d' % (c1, y1),
                              now='%s, 2022' % c2))
        title = 'On the %s of %ss' % (r.choice(THINGS), r.choice(NOUNS))
        self.line('[bookmark: _Toc%d]%s' % (r.randint(1, 10**6), title))
        self.base.append(title)
        self.new.append(title)
        for name in sorted(r.sample(CALLS, 3)):
            self.callout(name, False)
        for name in OPERATIVE[:3]:
            self.callout(name, True)
        self.joined()
        return self

    def joined(self):
        """A call-out that the new text joins to the one before it."""
        r, name = self.r, OPERATIVE[3]
        n = r.randint(2, 4)
        self.line(name)
        self.base.append(name)
        self.new.append(name)
        for i in range(1, n + 1):
            text = '%d\t%s' % (i, self.clause(True))
            self.line(text + (';' if i < n else ','))
            self.base.append(text)
            self.new.append(text)
        at = self.line(name)
        self.base.append(name)
        words = self.clause(True)
        self.line('%d\t%s.' % (n + 1, words))
        self.base.append(words)
        self.new.append('%d\t%s' % (n + 1, words))
        self.rows.append(dict(line=at, kind='HDG', code='M', base=name, new='',
                              flat=name))
        self.rows.append(dict(line=at + 1, kind='LBL', code='M', base='',
                              new=str(n + 1)))


def main(seed, folder):
    m = Maker(int(seed)).make()
    os.makedirs(folder, exist_ok=True)
    for name, lines in (('flat', m.flat), ('base', m.base), ('new', m.new)):
        with open(os.path.join(folder, name + '.txt'), 'w') as f:
            f.write('\n'.join(lines) + '\n')
    with open(os.path.join(folder, 'truth.json'), 'w') as f:
        json.dump({'seed': int(seed), 'rows': m.rows}, f, indent=1)


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
