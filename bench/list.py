#!/usr/bin/env python3
"""Lists, filters and searches over very many responses: one request after the
other on one connection, no page twice. Time by the client's clock, and the
processor time of the server's web process, which other programs on the machine
disturb less.
usage: bench/list.py PORT GROUP NUMBER ROUNDS PID [KIND]
PID: of the web process. KIND: an expression; only pages that match it.
(bench/list.sh makes the data and starts the server.)"""
import http.client
import random
import re
import statistics
import sys
import time
import urllib.parse

PORT, GROUP, N = int(sys.argv[1]), sys.argv[2], sys.argv[3]
ROUNDS, PID = int(sys.argv[4]), sys.argv[5]
KIND = sys.argv[6] if len(sys.argv) > 6 else ''
LIST = f'/en/{GROUP}/consultations/{N}/responses/'
COUNTRIES = 'AD AE AF AG AL AM AO AR AT AU BD BR CH CN EG FR IN KE PE TV'.split()
CATEGORIES = ('government private_sector civil_society technical_community '
              'academia international_organisation individual').split()
LANGS = 'en fr es ru ar pt de sw ja zh'.split()
SORTS = 'newest oldest source country category'.split()
SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi zo ka ly'.split()

rnd = random.Random(1)
con = http.client.HTTPConnection('127.0.0.1', PORT, timeout=60)


def spent():
    """Nanoseconds on a processor."""
    with open(f'/proc/{PID}/schedstat') as f:
        return int(f.read().split()[0])


def get(path):
    before, began = spent(), time.perf_counter()
    con.request('GET', path)
    answer = con.getresponse()
    text = answer.read().decode()
    took = (time.perf_counter() - began) * 1000, (spent() - before) / 1e6
    if answer.status != 200:
        sys.exit(f'{path}: {answer.status}')
    return took, text


def word(at):
    out = ''
    while True:
        out += SYLLABLES[at % 16]
        at //= 16
        if not at:
            return out + 'r'


def common():
    return word(int(20000 * rnd.random() ** 4 * 0.02))


def rare():
    return word(rnd.randrange(15000, 20000))


def query(**fields):
    return '?' + urllib.parse.urlencode(
        dict(fields, x=rnd.randrange(10 ** 12)))


def filters():
    given = {'category': rnd.choice(CATEGORIES),
             'country': rnd.choice(COUNTRIES), 'lang': rnd.choice(LANGS)}
    return {k: given[k] for k in rnd.sample(list(given), rnd.randint(1, 3))}


def deep(sort, lang='en'):
    """The addresses of pages further and further on."""
    path = LIST.replace('/en/', f'/{lang}/') + query(sort=sort)
    while True:
        yield path
        _, text = get(path)
        m = re.search(r'rel="next" href="([^"]+)"', text)
        path = m[1].replace('&amp;', '&') + f'&x={rnd.randrange(10 ** 12)}'


KINDS = {
    'list, newest': lambda: LIST + query(),
    'list, any sort': lambda: LIST + query(sort=rnd.choice(SORTS)),
    'list, one to three filters': lambda: LIST + query(**filters()),
    'list, filters and any sort':
        lambda: LIST + query(sort=rnd.choice(SORTS), **filters()),
    'list, words': lambda: LIST + query(q=rnd.choice((common, rare))()),
    'list, words, filters, any sort': lambda: LIST + query(
        q=common(), sort=rnd.choice(SORTS), **filters()),
    'search, a common word': lambda: '/en/search' + query(q=common()),
    'search, a rare word': lambda: '/en/search' + query(q=rare()),
    'search, two words': lambda: '/en/search' + query(
        q=common() + ' ' + rnd.choice((common, rare))()),
    'search, two Chinese characters': lambda: '/en/search' + query(
        q=''.join(chr(0x4e00 + int(20000 * rnd.random() ** 4 * 0.05))
                  for _ in range(2))),
    'search, word and language': lambda: '/en/search' + query(
        q=common(), lang=rnd.choice(LANGS)),
    'response': lambda: LIST + str(rnd.randrange(1000, 2000)) + query(),
}
for sort in SORTS:
    pages = deep(sort, 'ar' if sort == 'source' else 'en')
    KINDS[f'pages onwards, {sort}'] = lambda pages=pages: next(pages)


def main():
    print('| page | median ms | p99 | worst | processor median | p99 | worst |')
    print('|---|---:|---:|---:|---:|---:|---:|')
    for name, address in KINDS.items():
        if not re.search(KIND, name):
            continue
        took = [get(address())[0] for _ in range(ROUNDS)]
        row = f'| {name}'
        for times in zip(*took):
            times = sorted(times)
            row += (f' | {statistics.median(times):.1f} '
                    f'| {times[int(len(times) * 0.99)]:.1f} '
                    f'| {times[-1]:.1f}')
        print(row + ' |', flush=True)


main()
