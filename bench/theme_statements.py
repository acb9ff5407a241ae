#!/usr/bin/env python3
"""What the figures of the workbench cost: processor time of each statement that
counts, on a database in SQLite (a copy: nothing is written).
Usage: theme_statements.py DATABASE [THEME.SQL]

THEME.SQL: src/store/sql/theme.sql of another state of the tree, to compare.
bench/theme_queue.py writes such a database with 100,000 responses."""
import pathlib
import re
import sqlite3
import sys
import time

NAMES = ('theme_figures', 'theme_top_figures', 'theme_figures_of',
         'theme_by_category', 'theme_by_country', 'theme_counts_of',
         'theme_balance',
         'theme_spoken', 'theme_received', 'theme_of_state', 'theme_passages',
         'theme_quotations', 'theme_queue', 'theme_undecided')
TIMES = 3


def statements(path):
    """The first body of each query: SQLite's."""
    for part in pathlib.Path(path).read_text().split('-- query: ')[1:]:
        head, _, rest = part.partition('\n')
        lines = [x for x in rest.split('\n') if not x.startswith('--')]
        yield head.split()[0], '\n'.join(lines).partition(';')[0]


def main():
    here = pathlib.Path(__file__).parents[1] / 'src/store/sql/theme.sql'
    db = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)
    book, question = db.execute(
        'SELECT b.id, b.question_id FROM codebook b JOIN theme_run r '
        'ON r.id = b.run_id ORDER BY r.units DESC').fetchone()
    theme = db.execute('SELECT min(id) FROM theme WHERE codebook_id = ?',
                       (book,)).fetchone()[0]
    given = {'codebook_id': book, 'question_id': question, 'theme_id': theme,
             'state': 'empty', 'after_id': 0, 'after_answer': 0,
             'after_from': 0, 'max': 50}
    for name, sql in statements(sys.argv[2] if sys.argv[2:] else here):
        if name not in NAMES:
            continue
        asked = {x: given[x] for x in re.findall(r':([a-z_]+)', sql)}
        took = []
        for _ in range(TIMES):
            began = time.process_time()
            db.execute(sql, asked).fetchall()
            took.append((time.process_time() - began) * 1000)
        print(f'{name}: {min(took):.0f} ms')


main()
