#!/usr/bin/env python3
"""Pages of a group of thirty years: 60 meetings of 50 documents, 60
consultations, one with 200,000 responses. Server time (clock, by its own log)
and processor time of the web process, no page twice; statements of each page.
Usage: bench/group.py PROGRAM LIST_SEED [RESPONSES [ROUNDS]]
Wants a release build. Data are made by `rapporteur demo`, `import-archive` and
bench/list_seed; consultations beyond the demonstration's by SQL."""
import csv
import http.client
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../tests/journey'))
from server import Server  # noqa: E402

MEETINGS, DOCUMENTS, CONSULTATIONS = 60, 50, 60
HEAD = ('symbol title language status source date kind access for title_public '
        'file meeting_opens meeting_closes meeting_zone meeting_place').split()
KINDS = 'agenda contribution contribution secretariat information'.split()
PAGES = {
    'group': '/en/{g}/',
    'group, Arabic': '/ar/{g}/',
    'meetings': '/en/{g}/meetings/',
    'meeting': '/en/{g}/meetings/{m}/',
    'meeting, Chinese': '/zh/{g}/meetings/{m}/',
    'document (file)': '/en/{g}/meetings/{m}/documents/{d}/0-en',
    'pack, its page': '/en/{g}/meetings/{m}/pack',
    'all consultations': '/en/{g}/consultations/',
    'consultation': '/en/{g}/consultations/1/',
    'calendar.ics': '/en/{g}/calendar.ics',
    'documents.atom': '/en/{g}/documents.atom',
}


def archive(server, group, slugs):
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, 'table.csv')
        with open(table, 'w', newline='', encoding='utf-8') as f:
            out = csv.writer(f)
            out.writerow(HEAD)
            for m in range(1, MEETINGS + 1):
                year, month = 1996 + m // 2, 3 if m % 2 else 9
                for d in range(1, DOCUMENTS + 1):
                    name = f'{m}-{d}.txt'
                    with open(os.path.join(folder, name), 'w') as text:
                        text.write(f'Document {d} of meeting {m}.\n' * 40)
                    out.writerow([
                        f'WG-Years-{m}/{d}',
                        f'What members said of point {d} in year {year}',
                        'en', '', ';'.join(slugs[(m + d + i) % len(slugs)]
                                           for i in range(1 + d % 3)),
                        f'{year}-{month:02}-01', KINDS[d % 5],
                        'public' if d % 3 else 'members', 'action', 'yes',
                        name, f'{year}-{month:02}-10T09:30',
                        f'{year}-{month:02}-12T17:30', '', 'Geneva'])
        got = server.command('import-archive', table, '--group', group,
                             '--files', folder)
        print(got.stdout.strip() or got.stderr)


def consultations(path):
    db = sqlite3.connect(path)
    group, have = db.execute(
        'SELECT group_id, max(number) FROM consultation WHERE group_id = '
        '(SELECT group_id FROM consultation ORDER BY id LIMIT 1)').fetchone()
    names = [r[1] for r in db.execute('PRAGMA table_info(consultation)')
             if r[1] not in ('id', 'number', 'state')]
    source = db.execute('SELECT id FROM consultation WHERE group_id = ? '
                        'ORDER BY number LIMIT 1', (group,)).fetchone()[0]
    for n in range(have + 1, CONSULTATIONS + 1):
        made = db.execute(
            f'INSERT INTO consultation (number, state, {", ".join(names)}) '
            f"SELECT ?, 'archived', {', '.join(names)} FROM consultation "
            'WHERE id = ?', (n, source)).lastrowid
        for lang in ('en', 'fr', 'es', 'ru', 'ar', 'zh'):
            db.execute(
                'INSERT INTO wording (owner_kind, owner_id, field, lang, '
                "status, body, changed_at) VALUES ('consultation', ?, "
                "'title', ?, 'original', ?, 0)",
                (made, lang, f'Consultation {n}, {lang}'))
    db.commit()
    slugs = [r[0] for r in db.execute('SELECT slug FROM party ORDER BY slug')]
    slug = db.execute('SELECT slug FROM working_group WHERE id = ?',
                      (group,)).fetchone()[0]
    db.close()
    return slug, slugs, source


def web_pid(pid):
    with open(f'/proc/{pid}/task/{pid}/children') as f:
        for one in f.read().split():
            with open(f'/proc/{one}/cmdline') as c, \
                    open(f'/proc/{one}/comm') as n:
                if 'web' in c.read() + n.read():
                    return one
    return None


def spent(pid):
    with open(f'/proc/{pid}/schedstat') as f:
        return int(f.read().split()[0]) / 1e6


def p99(values):
    return sorted(values)[max(0, int(len(values) * 0.99) - 1)]


def measure(server, group, rounds):
    pid = web_pid(server.process.pid)
    con = http.client.HTTPConnection('::1', server.port, timeout=60)
    worst = 0
    print(f'{"page":20} {"p50 ms":>8} {"p99 ms":>8} {"cpu p99":>8} '
          f'{"statements":>10}')
    for name, path in PAGES.items():
        before, cpu = len(server.said()), []
        for i in range(rounds):
            began = spent(pid) if pid else 0
            con.request('GET', path.format(
                g=group, m=1 + i % MEETINGS, d=1 + i % DOCUMENTS) +
                f'?anew={name.replace(" ", "")}{i}',
                headers={'Accept-Encoding': 'gzip'})
            got = con.getresponse()
            got.read()
            # A third of the documents is for members.
            assert got.status == 200 or 'documents/' in path, path
            cpu.append((spent(pid) - began) if pid else 0)
        seen = re.findall(r'us=(\d+) statements=(\d+)',
                          server.said()[before:])
        times = [int(us) / 1000 for us, _ in seen]
        n = max(int(s) for _, s in seen)
        print(f'{name:20} {statistics.median(times):8.2f} '
              f'{p99(times):8.2f} {p99(cpu):8.2f} {n:10}')
        worst = max(worst, p99(times))
    print(f'the worst p99: {worst:.2f} ms')


def main():
    responses = sys.argv[3] if len(sys.argv) > 3 else '200000'
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 300
    many = [f'{kind}_per_{part}=100000000' for kind in ('submissions', 'reads')
            for part in ('all', '48', '56', '64', 'ipv4', '24')]
    server = Server(sys.argv[1], 'log_level=debug', *many)
    assert server.command('demo').returncode == 0
    path = next(os.path.join(server.folder.name, n)
                for n in os.listdir(server.folder.name)
                if n.endswith(('.db', '.sqlite')))
    group, slugs, first = consultations(path)
    archive(server, group, slugs)
    subprocess.run([sys.argv[2], f'sqlite:{path}', str(first), responses],
                   check=True)
    server.start()
    try:
        measure(server, group, rounds)
    finally:
        server.stop()


main()
