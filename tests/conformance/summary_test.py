#!/usr/bin/env python3
"""The summary of themes as DOCX, read by programs that are not ours: pandoc, and
LibreOffice where it is installed. TAP. Usage: summary_test.py THEME_SAMPLE"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sample = sys.argv[1]
count = failed = 0
QUOTATIONS = [
    'The deadline of three weeks is too short for administrations',
    'Le délai ne permet pas de consulter les associations locales',
    'ينبغي نشر جميع الوثائق باللغات الست',
    '域名应当能够用所有文字书写',
    'Fees of <500 & more> per application',
]
FIGURES = {'en': ['381', '68.8%', '132'], 'ar': ['٣٨١', '١٣٢'],
           'zh': ['381', '132']}


def check(name, good, why=''):
    global count, failed
    count += 1
    failed += not good
    print(f'{"ok" if good else "not ok"} {count} - {name}')
    if not good and why:
        print('# ' + str(why).replace('\n', '\n# '))


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=240).stdout


def squeeze(text):
    return ' '.join(text.split())


def by_pandoc(lang, docx):
    blocks = json.loads(run('pandoc', '-f', 'docx', '-t', 'json',
                            docx))['blocks']
    kinds = [b['t'] for b in blocks]
    text = squeeze(run('pandoc', '-f', 'docx', '-t', 'plain', '--wrap=none',
                       docx).decode())
    check(f'pandoc, {lang}: five tables', kinds.count('Table') == 5, kinds)
    levels = [b['c'][0] for b in blocks if b['t'] == 'Header']
    check(f'pandoc, {lang}: headings in levels', {1, 2, 3, 4} <= set(levels),
          levels)
    missing = [q for q in QUOTATIONS + FIGURES[lang] if q not in text]
    check(f'pandoc, {lang}: quotations and figures', not missing, missing)


def by_office(lang, docx, folder):
    profile = os.path.join(folder, 'profile')
    run('soffice', '--headless', f'-env:UserInstallation=file://{profile}',
        '--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder, docx)
    with open(docx.replace('.docx', '.txt'), encoding='utf-8-sig') as f:
        text = squeeze(f.read())
    missing = [q for q in QUOTATIONS + FIGURES[lang] if q not in text]
    check(f'LibreOffice, {lang}: quotations and figures', not missing, missing)


def main():
    if shutil.which('pandoc') is None:
        print('1..0 # SKIP no pandoc')
        return
    with tempfile.TemporaryDirectory() as folder:
        for lang in FIGURES:
            docx = os.path.join(folder, lang + '.docx')
            subprocess.run([sample, lang, os.path.join(folder, 'x.html'), docx],
                           check=True)
            by_pandoc(lang, docx)
            if shutil.which('soffice') is not None:
                by_office(lang, docx, folder)
            else:
                print(f'# no LibreOffice: {lang} was read by pandoc alone')
    print(f'1..{count}')
    sys.exit(failed > 0)


main()
