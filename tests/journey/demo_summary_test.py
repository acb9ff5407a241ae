#!/usr/bin/env python3
"""The demonstration with the summary of its closed consultation: what became of
an answer, in six languages; and the command over the consultation's export. TAP.
Usage: demo_summary_test.py PROGRAM"""
import csv
import html
import io
import json
import os
import re
import subprocess
import sys
import tempfile

from server import Browser, Server, Tap

LANGS = {'ar': 'اسم يصير اسمًا آخر', 'zh': '名字变成了另一个名字',
         'en': 'A name that becomes another',
         'fr': 'Un nom qui en devient un autre',
         'ru': 'Имя, ставшее другим', 'es': 'Un nombre que se vuelve otro'}
CITED = {'ar': 'الجلسة ١، مداخلة، القطاع الخاص، ',
         'zh': '第1场会议，发言，私营部门，',
         'en': 'Session 1, intervention, Private sector, ',
         'fr': 'Séance 1, intervention, Secteur privé, ',
         'ru': 'Заседание 1, выступление, Частный сектор, ',
         'es': 'Sesión 1, intervención, Sector privado, '}
tap = Tap()
check = tap.check
server = Server(sys.argv[1])
made = server.command('demo', '--themes')
check('the demonstration with its summary', made.returncode == 0, made.stderr)
server.start()
try:
    who = Browser(server)
    home = who.get('/en/').text
    group = re.search(r'href="(/en/wg-[a-z]+/)"', home)[1]
    closed = group + 'consultations/1/'
    for lang, name in LANGS.items():
        page = who.get(closed.replace('/en/', f'/{lang}/') + 'summary')
        check(f'the summary in {lang}', page.status == 200 and
              page.text.count('<blockquote') >= 8 and
              name in page.text, page)
        check(f'what was said at its session is cited in {lang}',
              CITED[lang] in html.unescape(page.text), page)
    page = who.get(closed + 'summary')
    row = re.search(r'A name that becomes another</bdi></a></th>((?:<td '
                    r'class="n">\d+</td>)+)', page.text)
    figures = re.findall(r'>(\d+)<', row[1]) if row else []
    check('two texts were heard on the first theme, beside its responses',
          len(figures) == 4 and figures[3] == '2', page)
    table = page.text.partition('id="q1"')[2].partition('</section>\n<section'
                                                        ' aria-labelledby="q2"')
    received = re.search(r'Received</th><td class="n"><strong>(\d+)</strong>'
                         r'</td><td class="n"></td><td class="n"><strong>(\d+)'
                         r'</strong>', table[0])
    check('its balance has three texts heard, apart from the responses',
          received and int(received[1]) > 100 and received[2] == '3', page)
    urls = re.findall(r'<blockquote[^>]*>.*?</blockquote>\n<p class="small">'
                      r'.*?<a href="([^"#]*/responses/[^"#]*)', page.text)
    for url in urls[:3]:
        source = who.get(url)
        check('what became of an answer', source.status == 200 and
              'What became of this answer' in source.text and
              'summaries/1#t' in source.text, source)
    got = who.get(closed + 'responses.csv')
    rows = list(csv.DictReader(io.StringIO(got.octets.decode('utf-8-sig'))))
    text = [c for c in rows[0] if c.startswith('answer') or 'question' in c]
    check('the consultation goes out as CSV', got.status == 200 and
          len(rows) > 100 and text, list(rows[0]))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'responses.csv')
        open(path, 'wb').write(got.octets)
        out = os.path.join(folder, 'out')
        ran = subprocess.run([sys.argv[1], 'themes', path, '--text', text[0],
                              '--lang', 'language' if 'language' in rows[0]
                              else 'lang', '--quiet', '-o', out],
                             capture_output=True, text=True, timeout=300)
        check('the command reads it', ran.returncode == 0, ran.stderr)
        run = json.load(open(os.path.join(out, 'run.json')))
        done = list(csv.DictReader(open(os.path.join(out, 'assignments.csv'),
                                        encoding='utf-8-sig')))
        check('every response is there', {r['id'] for r in done} and
              len({r['id'] for r in done}) == len(rows), run)
finally:
    server.stop()
tap.done()
