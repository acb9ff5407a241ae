#!/usr/bin/env python3
"""How long the report of a large meeting takes to write: 40 items with 80
documents, 160 statements and 400 interventions, from the database to a file and
to the desk's page. usage: bench/report.py PROGRAM"""
import os
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'tests', 'journey'))
from minutes import House  # noqa: E402
from server import Tap  # noqa: E402

ITEMS, PAPERS, STATEMENTS, INTERVENTIONS, ROUNDS = 40, 80, 160, 400, 30


def fill(h):
    url, _ = h.meeting(20)
    meeting = url.rsplit('/', 1)[1]
    papers = [h.document(url, f'Paper {n}', 'One sentence. ' * 30 + '\n\n' +
                         'Another one. ' * 30) for n in range(PAPERS)]
    parties = [h.sql('SELECT id FROM party ORDER BY id LIMIT 1 OFFSET '
                     f'{n % 30}') for n in range(INTERVENTIONS)]
    said = left = 0
    for n in range(ITEMS):
        item = h.item(meeting, n + 1, 'contributions', f'Item {n}',
                      papers[n * 2:n * 2 + 2])
        for k in range(STATEMENTS // ITEMS):
            said += 1
            end = INTERVENTIONS * said // STATEMENTS
            h.says(item, 'supported the proposal and asked for more. ' * 3,
                   parties[left:end], papers[n * 2 + k % 2], k + 1)
            left = end
        h.ends(item, 'noted', '', papers[n * 2])
    return url + '/report'


def measure(h, url):
    times = []
    for _ in range(ROUNDS):
        at = time.perf_counter()
        page = h.staff.get(url)
        times.append((time.perf_counter() - at) * 1000)
        assert page.status == 200
    return statistics.median(times), max(times), len(page.octets)


tap = Tap()
h = House(tap, sys.argv[1], 'sqlite')
try:
    where = fill(h)
    for name in ('/report.txt', '/report.docx', ''):
        print('%s: median %.1f ms, at most %.1f ms, %d octets' % (
            name or 'the page', *measure(h, where + name)))
finally:
    h.server.stop()
