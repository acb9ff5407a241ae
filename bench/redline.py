#!/usr/bin/env python3
"""All figures of comparing, merging and salvaging, with their aims.

usage: redline.py BUILD SHARED [--quick]

BUILD is a release build with bench/redline in it (ninja -C BUILD bench/redline);
SHARED has data/, tools/ and seeds/. pandoc and LibreOffice are asked where they
are there. Times are processor time, the least of several runs in one process;
memory is what a process had at its most. --quick leaves out what takes minutes:
LibreOffice, most of the random merges and most fresh flattened texts."""
import glob
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '../tests/cli'))
import office  # noqa: E402

build, shared = sys.argv[1:3]
quick = '--quick' in sys.argv
program = os.path.join(build, 'src/proc/rapporteur')
engine = os.path.join(build, 'bench/redline')
GOLD = os.path.join(shared, 'data/docx/redline-gold')
LABEL = re.compile(r'\s*(?:[a-z]{1,2}\)|[ivxlc]+[.)]|\d+[.)]|-)(?:\s+|$)')
ALONE = re.compile(r'\s*(?:[a-z]{1,2}\)|[ivx]+\)|\d+)\s*$')
missed = []


def row(what, got, aim, good):
    mark = '' if good is None else ' ' if good else '  <- missed'
    print(f'| {what} | {got} | {aim} |{mark}', flush=True)
    if good is False:
        missed.append(what)


def run(*args, **more):
    return subprocess.run(args, capture_output=True, text=True, **more)


def text(path, *options):
    return run(program, 'text', *options, path).stdout


def paragraphs(path, *options):
    """Some of revisions/ keep an empty one where a paragraph went."""
    return [x for x in text(path, *options).split('\n') if x.strip()]


def pairs():
    for path in sorted(glob.glob(GOLD + '/*-gold.json')):
        base = path[:-len('-gold.json')]
        yield int(base[-3:]), base + '-old.docx', base + '-new.docx', path


# What is marked.

def score(binary, folder):
    done = run(sys.executable, os.path.join(shared, 'tools/score_redline.py'),
               binary, folder)
    found = re.findall(
        r'(\w+): pairs (\d+) MWR ([\d.]+) align F1 ([\d.]+) move P [\d.]+ '
        r'R [\d.]+ F1 ([\d.]+) split\+merge F1 ([\d.]+)', done.stdout)
    failed = re.search(r'failed (\d+)', done.stdout)
    if not found or failed is None or failed[1] != '0':
        raise SystemExit(done.stdout + done.stderr)
    return {f[0]: [float(x) for x in f[2:]] for f in found}


def marked(top):
    for name, binary, folder in (('gold', program, GOLD),
                                 ('fresh', engine, fresh_pairs(top))):
        for kind, (mwr, align, moves, split) in score(binary, folder).items():
            where = f'{name}, {"typed" if kind == "typed" else "automatic"}'
            row(f'marked / truly changed words ({where})', f'{mwr:.3f}',
                '1.03', mwr <= 1.03)
            row(f'alignment F1 ({where})', f'{align:.4f}', '.99', align >= .99)
            row(f'moves F1 ({where})', f'{moves:.3f}', '.97', moves >= .97)
            row(f'split and merge F1 ({where})', f'{split:.3f}', '.85',
                split >= .85)
    row('marks for a label alone (gold)', labels_alone(top), '0',
        labels_alone(top) == 0)
    for name, binary, folder in (('gold', program, GOLD),
                                 ('fresh', engine, top + '/fresh')):
        done = run(sys.executable, HERE + '/redline_refs.py', binary, folder)
        n = [int(x) for x in re.findall(r'\d+', done.stdout)]
        all_, right, need, seen, alarms = n[-5:]
        row(f'references told rightly ({name})',
            f'{right} of {all_} ({right / all_:.3f})', '.98',
            right >= .98 * all_)
        row(f'those that need it, updated or flagged ({name})',
            f'{seen} of {need}; of the others flagged {alarms}', '.98',
            seen >= .98 * need)


def fresh_pairs(top):
    folder = top + '/fresh'
    run(sys.executable, HERE + '/redline_gen.py', 'pairs', folder, '60',
        check=True)
    return folder


def labels_alone(top):
    """Marked runs that are a label, in paragraphs that only got another one."""
    n = 0
    for _, old, new, gold in pairs():
        same = {m['new'] for m in json.loads(Path(gold).read_text())['map']
                if not m['changed'] and not m['ref_label']}
        out = top + '/labels.json'
        run(program, 'compare', old, new, '-o', out, check=True)
        for b in json.loads(Path(out).read_text())['blocks']:
            if b['op'] == 'edit' and b.get('new') in same:
                n += sum(r['t'] != 'equal' and bool(ALONE.match(r['text']))
                         for r in b.get('runs') or [])
    return n


def laws(top):
    ours = theirs = n = 0
    words = re.compile(r'\w+|[^\w\s]')
    for old in sorted(glob.glob(shared + '/data/docx/laws/*-old.md')):
        new = old.replace('-old.md', '-new.md')
        out = top + '/law.json'
        run(program, 'compare', old, new, '-o', out, check=True)
        n += 1
        for b in json.loads(Path(out).read_text())['blocks']:
            if b['op'] != 'equal':
                ours += sum(len(words.findall(r['text']))
                            for r in b.get('runs') or []
                            if r['t'] in ('ins', 'del'))
        diff = run('git', 'diff', '--no-index', '--histogram',
                   '--word-diff=porcelain',
                   r'--word-diff-regex=\w+|[^[:space:]]', old, new).stdout
        theirs += sum(len(words.findall(line[1:]))
                      for line in diff.split('\n')
                      if line[:1] in '+-' and line[:3] not in ('+++', '---'))
    row(f'{n} laws: marked words; git\'s word diff', f'{ours}; {theirs}', '',
        None)


# What it becomes.

def pandoc(path, mode):
    return run('pandoc', '-f', 'docx', '-t', 'plain', '--wrap=none',
               '--track-changes=' + mode, path).stdout


def without_labels(t):
    lines = []
    for line in t.split('\n'):
        while LABEL.match(line):
            line = line[LABEL.match(line).end():]
        if line.strip():
            lines.append(line.strip())
    return lines


def settled(top):
    n = words = 0
    good = {(who, mode): 0 for who in ('own', 'pandoc', 'text')
            for mode in ('accept', 'reject')}
    made = []
    for i, old, new, _ in pairs():
        out = f'{top}/{i}.docx'
        done = run(program, 'compare', old, new, '-o', out, check=True)
        words += 'are shown' not in done.stdout
        n += 1
        for mode, side in (('accept', new), ('reject', old)):
            good['own', mode] += text(out, '--' + mode) == text(side)
            if shutil.which('pandoc'):
                x, y = pandoc(out, mode), pandoc(side, 'accept')
                good['pandoc', mode] += x == y
                good['text', mode] += without_labels(x) == without_labels(y)
        made.append((i, old, new, out))
    row('written as words', f'{words} of {n}', 'all', words == n)
    for who, name in (('own', 'accepted = new, rejected = old'),
                      ('text', 'the same by pandoc, without list numbers'),
                      ('pandoc', 'the same by pandoc, to the octet')):
        got = [good[who, mode] for mode in ('accept', 'reject')]
        if who != 'own' and not shutil.which('pandoc'):
            continue
        row(name, f'{got[0]} and {got[1]} of {n}', f'{n} and {n}',
            None if who == 'pandoc' else got == [n, n])
    return made


# What LibreOffice 7.4 reads wrong in documents that it wrote itself, which is
# tried with such documents in the same run: a paragraph that goes as a whole
# with the mark of a note in it leaves an empty one; where a note was put at the
# end of a paragraph and a new paragraph behind it, rejecting joins what is
# around them.
GOES = re.compile(r'<w:p>(?:(?!</w:p>).)*?<w:rPr>\s*<w:(?:del|moveFrom) '
                  r'(?:(?!</w:p>).)*?<w:footnoteReference', re.S)
COMES = re.compile(r'<w:footnoteReference [^>]*/></w:r></w:ins></w:p>\s*'
                   r'<w:p>(?:(?!</w:p>|</w:pPr>).)*?<w:rPr>\s*<w:ins ', re.S)


def has(pattern, path):
    import zipfile
    with zipfile.ZipFile(path) as z:
        return bool(pattern.search(z.read('word/document.xml').decode()))


def its_own_fault(mode, got, want, path, wrong):
    if mode == 'accept':
        return wrong['note_goes'] and has(GOES, path) and \
            [p for p in got if p] == [p for p in want if p]
    return wrong['note_comes'] and has(COMES, path) and \
        ''.join(got) == ''.join(want)


def in_office(made):
    if quick or office.missing():
        print('# LibreOffice is not asked:', office.missing() or '--quick')
        return
    cases = ('note_goes', 'note_comes')
    jobs = [('own', case) for case in cases]
    for _, old, new, out in made:
        jobs += [('accept', out), ('as-is', new), ('reject', out),
                 ('as-is', old)]
    answers = office.ask(jobs)
    wrong = {case: got != want for case, (got, want) in zip(cases, answers)}
    answers = answers[len(cases):]
    n = {'accept': [0, 0, 0], 'reject': [0, 0, 0]}
    for k, (i, _, _, out) in enumerate(made):
        taken, new, undone, old = answers[4 * k:4 * k + 4]
        for mode, x, y in (('accept', taken, new), ('reject', undone, old)):
            texts = [[p[1] for p in z['paragraphs']] + z['notes']
                     for z in (x, y)]
            own = texts[0] != texts[1] and \
                its_own_fault(mode, *texts, out, wrong)
            n[mode][0] += x == y
            n[mode][1] += texts[0] == texts[1]
            n[mode][2] += own
            if texts[0] != texts[1]:
                print(f'# pair {i}, {mode}:', 'as it reads its own wrong'
                      if own else 'another text')
    for mode, (same, texts, own) in n.items():
        row(f'LibreOffice, {mode}: texts', f'{texts} of {len(made) - own} that '
            f'it reads its own right ({same} with the numbers of lists)',
            'all', texts == len(made) - own)


def revisions(top):
    folder = os.path.join(shared, 'data/docx/revisions')
    for mode, end in (('accept', 'Accepted'), ('reject', 'Rejected')):
        n = model = octets = 0
        for gold in sorted(glob.glob(f'{folder}/*-{end}.docx')):
            source = gold.replace(f'-{end}.docx', '.docx')
            if not os.path.exists(source):
                continue
            n += 1
            model += paragraphs(source, '--' + mode) == paragraphs(gold)
            run(program, mode, source, '-o', top + '/r.docx', check=True)
            octets += paragraphs(top + '/r.docx') == paragraphs(gold)
        row(f'revisions/, {mode}: by the model, in the octets',
            f'{model} and {octets} of {n}', 'all', model == octets == n)


# How long, how much.

def timed(what, *args):
    done = run(engine, *args, check=True).stdout
    ms = float(re.search(r': ([\d.]+) ms', done)[1])
    mib = [float(x) for x in re.findall(r'([\d.]+) MiB', done)]
    return done.strip(), ms, mib[-1]


def performance(top):
    best = None
    for _, old, new, _ in pairs():
        size = text(old).count('\n')
        if best is None or abs(size - 100) < abs(best[0] - 100):
            best = size, old, new
    said, ms, _ = timed('pair', 'docx', '25', *best[1:])
    row('a pair of about 100 paragraphs, read, compared, written, checked: ms',
        said, '5', ms <= 5)
    for what in ('contract', 'similar'):
        run(sys.executable, HERE + '/redline_gen.py', what, top, check=True)
    contract = [f'{top}/contract-{x}.docx' for x in ('old', 'new')]
    said, ms, mib = timed('contract', 'docx', '9', *contract)
    row('863 paragraphs like a contract: ms; MiB', said, '60; 40',
        ms <= 60 and mib <= 40)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(program, 'compare', *contract, '-o', top + '/contract.docx',
        check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = (after.ru_utime + after.ru_stime - before.ru_utime -
            before.ru_stime) * 1000
    row('the same by the command, its start too: ms; largest process MiB',
        f'{took:.0f}; {command_mib(contract, top):.1f}', '; 40',
        command_mib(contract, top) <= 40)
    said, ms, mib = timed('similar', 'time', '5',
                          *[f'{top}/similar-{x}.txt' for x in ('old', 'new')])
    row('5,000 paragraphs alike, 30 % changed: ms, MiB', said, '1000',
        ms <= 1000)


def command_mib(contract, top):
    """In a process of its own, so that nothing else counts."""
    code = ('import resource, subprocess, sys; subprocess.run(sys.argv[1:], '
            'stdout=subprocess.DEVNULL, check=True); print(resource.getrusage('
            'resource.RUSAGE_CHILDREN).ru_maxrss)')
    done = run(sys.executable, '-c', code, program, 'compare', *contract, '-o',
               top + '/contract.docx', check=True)
    return int(done.stdout) / 1024


def merges():
    n = 500 if quick else 10000
    got = run(engine, 'merge', str(n)).stdout.split('\n')[0]
    row('random merges of 2 to 12 parties', got, 'all',
        got.startswith(f'{n} of {n}'))


def salvaged():
    table = os.path.join(shared, 'design/process.md')
    files = glob.glob(os.path.join(shared, 'seeds/004_*.txt'))
    done = run(sys.executable, HERE + '/salvage_score.py', program, '--fresh',
               '10' if quick else '100', '--first', '1001', '--seed', files[0],
               table)
    fresh = re.search(r'fresh: (.*)', done.stdout)
    seed = re.search(r'seed: (.*)', done.stdout)
    row('fresh flattened texts', fresh[1] if fresh else done.stderr[-200:],
        '.95', done.returncode == 0)
    row('file 004', seed[1] if seed else '', '36 of 37; all S; 2',
        done.returncode == 0)


def main():
    with tempfile.TemporaryDirectory() as top:
        print('| figure | measured | aim |\n|---|---|---|')
        marked(top)
        laws(top)
        in_office(settled(top))
        revisions(top)
        merges()
        performance(top)
        salvaged()
    print('missed:', ', '.join(missed) or 'none')
    return 1 if missed else 0


if __name__ == '__main__':
    sys.exit(main())
