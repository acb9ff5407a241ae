#!/usr/bin/env python3
"""`rapporteur lint` from outside. TAP. Usage: lint_test.py PROGRAM SHARED

The real reports have defects that are known (process.md 16): each must be
found, and nothing else that a careful reader would reject; left out where the
reports are absent."""
import glob
import json
import os
import subprocess
import sys
import tempfile
import zipfile

from tap import check, end, skip

program, shared = sys.argv[1:]

# file, line, rule, words. The first list is of the known defects; the second
# of what the rules find besides, which is so in the texts too.
KNOWN = [
    ('000', 7, 'repeated', 'Internet resources'),
    ('001', 23, 'punctuation', ':.'),
    ('001', 26, 'symbol-twice', 'CWG-Internet-18/4'),
    ('001', 49, 'label-form', '6'),
    ('001', 51, 'label-form', '6.1.1.'),
    ('003', 11, 'symbol-form', 'CWG-Internet-20/1 (Rev. 2)'),
    ('003', 24, 'date', 'the meeting and the consultation that it looks at'
     ' were both held on 4 October 2024'),
    ('003', 37, 'spelling', 'multi-stakeholder'),
    ('003', 38, 'spelling', 'time zones'),
    ('003', 39, 'spelling', 'Chairman'),
    ('003', 65, 'numbering', '7.3.1'),
    ('003', 66, 'bracket', '('),
    ('003', 69, 'ordinal', 'tenth online consultation'),
    ('003', 72, 'approval',
     'report of the twentieth meeting of the CWG-Internet was approved'),
]
BESIDES = [
    ('001', 7, 'label-form', '1.1.'),
    ('001', 9, 'spelling', 'Vice Chairs'),
    ('001', 15, 'symbol-form', 'CWG-Internet 18/4'),
    ('001', 48, 'punctuation', ' ,'),
    ('003', 7, 'label-form', '1.1.'),
    ('003', 64, 'label-form', '7'),
]


def run(args, octets=None):
    return subprocess.run([program, 'lint'] + args, input=octets,
                          capture_output=True)


def results():
    wrong = []
    done = run(['-'], b'1.\tOne\n1.2\tTwo (three\n')
    if done.returncode or done.stdout != (
            b'-.txt:2: numbering: 1.2, where 1.1 would follow\n'
            b'-.txt:2: bracket: (: no bracket that belongs to it: '
            b'"Two (three"\n'):
        wrong.append(done)
    done = run(['--json', '-'], b'(a\n')
    got = json.loads(done.stdout)
    if [(f['line'], f['rule'], f['what'], f['other_line']) for f in got] != \
            [(1, 'bracket', '(', None)]:
        wrong.append(got)
    for octets, code in ((b'(a\n', 1), (b'a\n', 0), (b'', 0)):
        if run(['--exit-code', '-'], octets).returncode != code:
            wrong.append(octets)
    return wrong


def documents(top):
    """A Word document has the same findings, by paragraph."""
    path = top + '/report.docx'
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
    package = 'http://schemas.openxmlformats.org/package/2006/'
    with zipfile.ZipFile(path, 'w') as z:
        z.writestr('[Content_Types].xml', head + '<Types xmlns="' + package +
                   'content-types"><Default Extension="rels" ContentType="'
                   'application/vnd.openxmlformats-package.relationships+xml"'
                   '/><Override PartName="/word/document.xml" ContentType="'
                   'application/vnd.openxmlformats-officedocument.'
                   'wordprocessingml.document.main+xml"/></Types>')
        z.writestr('_rels/.rels', head + '<Relationships xmlns="' + package +
                   'relationships"><Relationship Id="rId1" Type="http://'
                   'schemas.openxmlformats.org/officeDocument/2006/'
                   'relationships/officeDocument" Target="word/document.xml"/>'
                   '</Relationships>')
        z.writestr('word/document.xml', head + '<w:document xmlns:w="' + word +
                   '"><w:body>' + ''.join(
                       '<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r>'
                       '</w:p>' % t for t in ('The Chair spoke.',
                                              'The Chairman left (late.')) +
                   '</w:body></w:document>')
    done = run([path])
    rules = [line.split(': ')[1] for line in done.stdout.decode().splitlines()]
    return [] if done.returncode == 0 and rules == ['bracket', 'spelling'] \
        else [done]


def bad_input(top):
    wrong = []
    open(top + '/bad.txt', 'wb').write(b'\xff\xfe(\n')
    open(top + '/bad.docx', 'wb').write(b'PK\x03\x04 and nothing more')
    for args, code, says in ((['nowhere.txt'], 1, b'nowhere.txt'),
                             ([top + '/bad.txt'], 1, b'bad.txt'),
                             ([top + '/bad.docx'], 1, b'bad.docx'),
                             ([], 2, b'usage'), (['-x', 'y'], 2, b'usage'),
                             (['a', 'b'], 2, b'usage')):
        done = run(args)
        if done.returncode != code or says not in done.stderr or done.stdout:
            wrong.append((args, done))
    return wrong


def reports():
    found = set()
    for path in sorted(glob.glob(shared + '/seeds/00[0-3]_*.txt')):
        for f in json.loads(run(['--json', path]).stdout):
            found.add((os.path.basename(path)[:3], f['line'], f['rule'],
                       f['what']))
    return (['not found: %s' % (k,) for k in KNOWN if k not in found] +
            ['found besides: %s' % (f,) for f in sorted(found)
             if f not in KNOWN + BESIDES])


with tempfile.TemporaryDirectory() as top:
    check('findings as lines and as JSON, and the exit code', results())
    check('a Word document', documents(top))
    check('bad input and bad usage', bad_input(top))
if glob.glob(shared + '/seeds/00[0-3]_*.txt'):
    check('the known defects of real reports, and no others', reports())
else:
    skip('the known defects of real reports', 'absent')
end()
