#!/usr/bin/env python3
"""`rapporteur pdf` from outside, its files read by poppler and LibreOffice's
documents read by it. TAP. Usage: pdf_test.py PROGRAM"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zlib

from tap import check, end

program, = sys.argv[1:]

# A paragraph in each language, with what is hard in it: ligatures of Arabic,
# marks, punctuation of Chinese, numbers inside text from right to left.
SIX = {
    'ar': 'أحاط الفريق علما بالوثيقة 20/3 المقدمة من الأعضاء، ودعا إلى تقديم '
          'مساهمات قبل 12 يوما من افتتاح الاجتماع.',
    'zh': '工作组注意到该文件，并请各成员国在会议开幕前12天提交文稿。',
    'en': 'The Group noted the document; the office is efficient, fluffily.',
    'fr': 'Le groupe a pris note : « naïve », œuvre, Noël, où ça ?',
    'ru': 'Группа приняла документ к сведению и поблагодарила авторов.',
    'es': 'El Grupo tomó nota. ¿Qué más? Señor, pingüino, corazón.',
}
BODY = '''# {title}

{text}

## Second head

1. first
2. second
   - inner

| Symbol | Source |
|--------|--------|
| 20/3   | Brazil |

A [link](https://example.org/path) and a note[^1], **bold**, *slanted*, `code`.

[^1]: What the note says.
'''


def made(path, out, *more):
    done = subprocess.run([program, 'pdf', path, '-o', out, *more],
                          capture_output=True, text=True)
    return [done.stderr] if done.returncode else []


def tool(*args):
    done = subprocess.run(args, capture_output=True, text=True)
    return done.stdout, done.stderr


def lacks(text, *what):
    return [f'lacks {w!r} in {text[:300]!r}' for w in what if w not in text]


def letters(text):
    """Without white space and the marks of direction that poppler adds."""
    return re.sub(r'[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]', '', text)


def content(octets):
    """All streams that inflate."""
    out = b''
    for part in re.findall(rb'stream\n(.*?)\nendstream', octets, re.S):
        try:
            out += zlib.decompress(part)
        except zlib.error:
            pass
    return out


def one_language(folder, lang):
    md, out = f'{folder}/{lang}.md', f'{folder}/{lang}.pdf'
    with open(md, 'w') as f:
        f.write(BODY.format(title=SIX[lang][:24], text=SIX[lang]))
    wrong = made(md, out, '--lang', lang, '--head-rows', '1',
                 '--foot', 'CWG-Internet-20/3')
    if wrong:
        return wrong
    with open(out, 'rb') as f:
        octets = f.read()
    info, said = tool('pdfinfo', out)
    wrong = [said] if said else []
    wrong += lacks(info, 'Tagged:          yes', SIX[lang][:24].strip())
    wrong += lacks(octets, b'/MarkInfo <</Marked true>>',
                   b'/Lang (%s)' % lang.encode(), b'/DisplayDocTitle true')
    if (b'/Direction /R2L' in octets) != (lang == 'ar'):
        wrong.append('the direction of pages')
    tree, said = tool('pdfinfo', '-struct', out)
    wrong += [said] if said else []
    wrong += lacks(re.sub(r'\s+', ' ', tree), 'Document H1 (block) P (block)',
                   'H2 (block)', 'LI (block) Lbl (block) LBody (block)',
                   'Table', 'TH: /Scope /Column', 'TD', 'Link (inline) Object',
                   'Reference (inline)', 'Note <note-1>')
    text, said = tool('pdftotext', out, '-')
    wrong += [said] if said else []
    for piece in re.split(r'[\d/]+', SIX[lang]) if lang == 'ar' else [
            SIX[lang]]:
        # Poppler says itself how punctuation goes between directions.
        for word in piece.split() if lang == 'ar' else [piece]:
            word = word.strip('.،')
            if letters(word) not in letters(text):
                wrong.append(f'{word!r} not in {text[:200]!r}')
    fonts, _ = tool('pdffonts', out)
    for line in fonts.splitlines()[2:]:
        if not re.search(r' yes yes yes ', line):
            wrong.append(f'not embedded, cut, and readable: {line}')
    if (b'/ReversedChars BMC' in content(octets)) != (lang == 'ar'):
        wrong.append('what is said of reversed characters')
    return wrong


def again(folder):
    wrong = []
    for lang in SIX:
        wrong += made(f'{folder}/{lang}.md', f'{folder}/again.pdf', '--lang',
                      lang, '--head-rows', '1', '--foot', 'CWG-Internet-20/3')
        with open(f'{folder}/{lang}.pdf', 'rb') as f, \
                open(f'{folder}/again.pdf', 'rb') as g:
            if f.read() != g.read():
                wrong.append(f'{lang} differs from itself')
    return wrong


def pictures(folder):
    """A picture of a Word document is a figure with its alternative text."""
    with open(f'{folder}/p.png', 'wb') as f:
        f.write(PNG)
    with open(f'{folder}/p.md', 'w') as f:
        f.write('Before ![A map of the regions](p.png) behind.\n')
    done = subprocess.run(['pandoc', 'p.md', '-o', 'p.docx'], cwd=folder,
                          capture_output=True, text=True)
    wrong = [done.stderr] if done.returncode else []
    wrong += made(f'{folder}/p.docx', f'{folder}/p.pdf', '--title', 'Regions')
    if wrong:
        return wrong
    with open(f'{folder}/p.pdf', 'rb') as f:
        octets = f.read()
    alt = 'A map of the regions'.encode('utf-16-be').hex().upper().encode()
    wrong += lacks(octets, b'/S /Figure', b'/Alt <FEFF' + alt)
    wrong += lacks(tool('pdfinfo', f'{folder}/p.pdf')[0], 'Regions')
    return wrong


def long_ones(folder):
    """Tables go over pages with their heads, and no line is lost."""
    rows = ''.join(f'| row {i} end | {"long text " * (i % 40)} |\n'
                   for i in range(400))
    with open(f'{folder}/l.md', 'w') as f:
        f.write('# Long\n\n| Head one | Head two |\n|---|---|\n' + rows)
    start = time.monotonic()
    wrong = made(f'{folder}/l.md', f'{folder}/l.pdf', '--head-rows', '1')
    took = time.monotonic() - start
    text = tool('pdftotext', '-layout', f'{folder}/l.pdf', '-')[0]
    pages = text.count('\f')
    for i in range(400):
        if f'row {i} end' not in text:
            wrong.append(f'row {i} is lost')
    if text.count('long') != sum(i % 40 for i in range(400)):
        wrong.append(f'{text.count("long")} words')
    if text.count('Head one') != pages or pages < 10:
        wrong.append(f'{text.count("Head one")} heads on {pages} pages')
    print(f'# {pages} pages in {took:.2f} s')
    return wrong


def refused(folder):
    wrong = []
    for octets in (b'\x89PNG\r\n\x1a\n' + bytes(100), b'%PDF-1.4\n', b'PK\3\4'):
        with open(f'{folder}/x', 'wb') as f:
            f.write(octets)
        if not made(f'{folder}/x', f'{folder}/x.pdf'):
            wrong.append(f'{octets[:8]!r} was taken')
        if os.path.exists(f'{folder}/x.pdf'):
            wrong.append('a file was left')
    if not made(f'{folder}/en.md', f'{folder}/x.pdf', '--fonts', folder):
        wrong.append('without fonts')
    return wrong


def png():
    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, 'big') + body + zlib.crc32(
            body).to_bytes(4, 'big')
    return b'\x89PNG\r\n\x1a\n' + chunk(
        b'IHDR', bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])) + chunk(
        b'IDAT', zlib.compress(bytes(4))) + chunk(b'IEND', b'')


PNG = png()


def main():
    absent = [t for t in ('pdfinfo', 'pdftotext', 'pdffonts', 'pandoc')
              if shutil.which(t) is None]
    if absent:
        print(f'1..0 # SKIP no {absent[0]}')
        return
    with tempfile.TemporaryDirectory() as folder:
        for lang in SIX:
            check(f'a document in {lang}: tags, language, text, fonts',
                  one_language(folder, lang))
        check('the same document gives the same octets', again(folder))
        check('pictures have their alternative texts', pictures(folder))
        check('long tables', long_ones(folder))
        check('what is no document is refused', refused(folder))
    end()


main()
