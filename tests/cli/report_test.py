#!/usr/bin/env python3
"""`rapporteur report` from outside. TAP. Usage: report_test.py PROGRAM SHARED

The outlines of two real meetings are made again from their facts
(report/18.json, 20.json) and compared with the real reports: labels, outcome
phrases and who spoke; what differs is listed here and why. Left out where the
real ones are absent."""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

from tap import check, end, skip

program, shared = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))

# What the real reports have otherwise than the ones that are made.
DIFFERENT = {
    # 2.1: the real one leaves the only paragraph of the section unnumbered.
    # a) to c): it has bullets there.
    18: ({'2.1', '6.1.2 a)', '6.1.2 b)', '6.1.2 c)', '6.2.2 a)', '6.2.2 b)'},
         set()),
    # 5.1.1, 5.2.1 head a summary each; the real one has 5.2 for all
    # contributions and 5.2.2 for this one. 7.3.1 to 7.3.3 is a known error.
    # 8.1, 9.1, 10.1: unnumbered there.
    20: ({'7.1', '7.2', '7.3', '8.1', '9.1', '10.1'},
         {'5.2.2', '7.3.1', '7.3.2', '7.3.3'}),
}
PHRASES = {
    18: ['The Agenda was adopted.', 'noted the Internet Activities Report',
         'could not reach any agreement on a topic', 'informal consultations',
         'Some members', 'A member', 'The Group noted'],
    20: ['The Agenda was adopted.', 'This proposal was agreed by the Group.',
         'noted the Internet Activities Report', 'Some members', 'A member',
         'The contribution was noted.', 'a revised proposal'],
}


def run(args, octets=None):
    return subprocess.run([program, 'report'] + args, input=octets,
                          capture_output=True)


def made(number, *more):
    done = run([f'{here}/report/{number}.json', *more])
    return done.stdout.decode() if done.returncode == 0 else done.stderr


def labels(text):
    """All labels; letters with the section that they are in."""
    out, section = set(), ''
    for line in text.splitlines():
        found = re.match(r'\s*(\d+(?:\.\d+)*)(?:\.?\s*\t|\. )', line)
        letter = re.match(r'\s*([a-z]\))\s*\t', line)
        if found and (found[1].count('.') or not re.match(
                r'\d+\.\t[WH]hat', line)):
            section = found[1]
            out.add(section)
        elif letter:
            out.add(f'{section} {letter[1]}')
    return out


def outline(number, real):
    mine, theirs = labels(made(number)), labels(real)
    # 1. and 2. in the list of questions of 7.3.1 are no sections.
    more, less = DIFFERENT[number]
    wrong = [f'made only: {x}' for x in sorted(mine - theirs - more)]
    wrong += [f'real only: {x}' for x in sorted(theirs - mine - less)]
    wrong += [f'listed, and not so: {x}' for x in
              sorted((more - (mine - theirs)) | (less - (theirs - mine)))]
    return wrong


def phrases(number, real):
    return [f'{p!r}: {where}' for p in PHRASES[number]
            for where, text in (('made', made(number)), ('real', real))
            if p not in text]


def formats(top):
    wrong = []
    for end, has in (('html', '<h'), ('md', '# '), ('xml', '<akomaNtoso'),
                     ('txt', '1.1\t')):
        path = f'{top}/r.{end}'
        done = run([f'{here}/report/20.json', '-o', path])
        if done.returncode or has not in open(path, encoding='utf-8').read():
            wrong.append((end, done))
    path = f'{top}/r.docx'
    done = run([f'{here}/report/20.json', '-o', path])
    text = subprocess.run([program, 'text', path], capture_output=True)
    if done.returncode or text.stdout.decode() != made(20):
        wrong.append(('docx', done, text))
    if made(20) != made(20) or made(20) != open(
            f'{top}/r.txt', encoding='utf-8').read():
        wrong.append('not the same twice')
    for lang, has in (('fr', 'vingtième réunion'), ('ru', 'двадцатое'),
                      ('ar', 'الاجتماع العشرون'), ('zh', '第二十次会议'),
                      ('es', 'vigésima reunión')):
        if has not in made(20, '--lang', lang):
            wrong.append(lang)
    return wrong


def clean():
    """What is made has none of the defects that lint knows."""
    wrong = []
    for number in (18, 20):
        done = subprocess.run([program, 'lint', '--json', '-'],
                              input=made(number).encode(),
                              capture_output=True)
        wrong += json.loads(done.stdout)
    return wrong


def bad_input(top):
    wrong = []
    open(top + '/bad.json', 'w').write('{"group": "WG", "ordinal": 7, '
                                       '"date": "soon", "items": []}')
    open(top + '/kind.json', 'w').write(
        '{"group": "WG", "ordinal": 7, "date": "2024-10-04", "items": '
        '[{"kind": "poem"}]}')
    for args, code, says in ((['nowhere.json'], 1, b'nowhere.json'),
                             ([top + '/bad.json'], 1, b'"soon" is no day'),
                             ([top + '/kind.json'], 1, b'item 1: "poem"'),
                             ([top + '/bad.json', '-o', 'x.odt'], 1, b'x.odt'),
                             ([top + '/bad.json', '--lang', 'de'], 1, b'de:'),
                             ([], 2, b'usage'), (['-x', 'y'], 2, b'usage')):
        done = run(args)
        if done.returncode != code or says not in done.stderr or done.stdout:
            wrong.append((args, done))
    return wrong


with tempfile.TemporaryDirectory() as top:
    check('every format and language, the same twice', formats(top))
    check('bad input and bad usage', bad_input(top))
check('what is made has no defect that lint knows', clean())
for number, seed in ((18, '001'), (20, '003')):
    paths = glob.glob(f'{shared}/seeds/{seed}_*.txt')
    if paths:
        real = open(paths[0], encoding='utf-8').read()
        check(f'the outline of meeting {number}', outline(number, real))
        check(f'the phrases of meeting {number}', phrases(number, real))
    else:
        for what in ('outline', 'phrases'):
            skip(f'the {what} of meeting {number}', 'absent')
end()
