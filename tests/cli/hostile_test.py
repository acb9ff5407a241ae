#!/usr/bin/env python3
"""Hostile documents through the commands that read documents. TAP.
Usage: hostile_test.py PROGRAM

Each file is made here. A command either does its work or says with one line what
is wrong, names the file, ends with 1 and leaves no file behind; in any case
within SECONDS and within the memory of its sandbox."""
import io
import os
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

from tap import TYPE, W, check, end, skip

program = sys.argv[1]
SECONDS = 90
MIB = 640            # 448 of work, twice 16 of files, the program itself
with open(program, 'rb') as f:
    SANITIZED = b'__asan_init' in f.read()
TYPES = (f'<Types><Override PartName="/word/document.xml" ContentType="{TYPE}"/>'
         '</Types>')
ODF = 'urn:oasis:names:tc:opendocument:xmlns:%s:1.0'
ODT = 'application/vnd.oasis.opendocument.text'
AKN = 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0'
LAUGHS = ('<!DOCTYPE x [<!ENTITY a "ha">' + ''.join(
    f'<!ENTITY {y} "{("&" + x + ";") * 10}">'
    for x, y in zip('abcdefgh', 'bcdefghi')) + ']>')
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
P = '<w:p><w:r><w:t>%s</w:t></w:r></w:p>'
MILLION = 1000000


def package(*entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as z:
        for name, content in entries:
            z.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def document(body, before=''):
    return f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def docx(body, *more, before=''):
    return package(('[Content_Types].xml', TYPES),
                   ('word/document.xml', document(body, before)), *more)


def odt(body, *more, before='', automatic=''):
    spaces = ' '.join(f'xmlns:{n}="{ODF % n}"'
                      for n in ('office', 'text', 'table', 'style'))
    return package(
        ('mimetype', ODT), ('content.xml', f'{before}<office:document-content '
         f'{spaces}><office:automatic-styles>{automatic}'
         f'</office:automatic-styles><office:body><office:text>{body}'
         '</office:text></office:body></office:document-content>'), *more)


def akn(body, before=''):
    return (f'{before}<akomaNtoso xmlns="{AKN}"><doc name="x"><mainBody>{body}'
            '</mainBody></doc></akomaNtoso>').encode()


def patched(octets, signature, at, value):
    """Octets of each header with this signature, set to something else."""
    out, i = bytearray(octets), 0
    while (i := octets.find(signature, i)) >= 0:
        out[i + at:i + at + len(value)] = value
        i += 4
    return bytes(out)


def encrypted(octets):
    octets = patched(octets, b'PK\3\4', 6, b'\1\0')
    return patched(octets, b'PK\1\2', 8, b'\1\0')


def lying(octets):
    """Entries that say that they are smaller than what comes out."""
    octets = patched(octets, b'PK\3\4', 22, struct.pack('<I', 10))
    return patched(octets, b'PK\1\2', 24, struct.pack('<I', 10))


def styles(inner):
    return ('word/styles.xml', f'<w:styles xmlns:w="{W}">{inner}</w:styles>')


def notes(n):
    return ('word/footnotes.xml', f'<w:footnotes xmlns:w="{W}">' + ''.join(
        f'<w:footnote w:id="{i}">{P % "n"}</w:footnote>'
        for i in range(1, n + 1)) + '</w:footnotes>')


def packages():
    good = docx(P % 'x')
    yield 'bomb.docx', docx((P % 'x') * 3 * MILLION)
    yield 'bomb-odt.odt', odt('<text:p>x</text:p>' * 4 * MILLION)
    yield 'zeros.docx', docx(P % 'x', ('word/media/z.bin', bytes(180 << 20)))
    yield 'entries.docx', docx(P % 'x', *(('a%d' % i, b'')
                                          for i in range(5000)))
    yield 'lying.docx', lying(docx((P % 'x') * 1000))
    for k, name in enumerate(('../../etc/x', '/etc/x', 'a\\..\\x', 'c:x',
                              'a/../../x', 'x\n')):
        yield 'name%d.docx' % k, docx(P % 'x', (name, b'1'))
    yield 'twice.docx', docx(P % 'x', ('WORD/DOCUMENT.XML', b'1'))
    yield 'encrypted.docx', encrypted(good)
    yield 'encrypted.odt', odt('<text:p>x</text:p>', (
        'META-INF/manifest.xml', '<m:manifest xmlns:m="%s"><m:file-entry '
        'm:full-path="content.xml"><m:encryption-data/></m:file-entry>'
        '</m:manifest>' % (ODF % 'manifest')))
    yield 'method.docx', patched(patched(good, b'PK\3\4', 8, b'\x63\0'),
                                 b'PK\1\2', 10, b'\x63\0')
    yield 'sum.docx', patched(good, b'PK\1\2', 16, b'\1\2\3\4')
    yield 'password.docx', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(4000)
    for k in range(1, 8):
        yield 'cut%d.docx' % k, good[:len(good) * k // 8]
    yield 'nothing.docx', b'PK'
    yield 'directory.docx', package(('[Content_Types].xml', TYPES),
                                    ('word/document.xml/', b''))


def words():
    yield 'laughs.docx', docx(P % '&i;', before=LAUGHS)
    yield 'outside.docx', docx(P % '&i;', before=OUTSIDE)
    yield 'deep.docx', docx('<w:sdt><w:sdtContent>' * 50000)
    yield 'tables.docx', docx('<w:tbl><w:tr><w:tc>' * 400 + P % 'x' +
                              '</w:tc></w:tr></w:tbl>' * 400)
    yield 'empty.docx', docx('<w:p/>' * MILLION)
    yield 'runs.docx', docx('<w:p>' + '<w:r><w:t>x</w:t></w:r>' * 700000 +
                            '</w:p>')
    yield 'fields.docx', docx('<w:p>' + '<w:r><w:fldChar w:fldCharType="begin"/>'
                              '</w:r>' * 10000 + '</w:p>')
    yield 'moves.docx', docx(''.join(
        f'<w:p><w:moveFromRangeStart w:id="{i}" w:name="m" w:author="a"/>'
        f'<w:moveFrom w:id="{i}" w:author="a"><w:r><w:t>x</w:t></w:r>'
        '</w:moveFrom></w:p>' for i in range(2000)))
    yield 'styles.docx', docx('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>',
                              styles(''.join(
                                  '<w:style w:type="paragraph" w:styleId="%s">'
                                  '<w:basedOn w:val="%s"/></w:style>' % pair
                                  for pair in zip('abc', 'bca'))))
    yield 'notes.docx', docx(
        '<w:p>' + ''.join('<w:r><w:footnoteReference w:id="%d"/></w:r>' % i
                          for i in range(1, 30001)) + '</w:p>', notes(30000))
    yield 'utf16.docx', package(('[Content_Types].xml', TYPES),
                                ('word/document.xml',
                                 document(P % 'x').encode('utf-16')))
    yield 'octets.docx', package(('[Content_Types].xml', TYPES), (
        'word/document.xml', document(P % 'x').encode() + b'\xff\xfe\0'))
    yield 'no-body.docx', package(('[Content_Types].xml', TYPES),
                                  ('word/document.xml', '<x/>'))


def others():
    yield 'laughs.odt', odt('<text:p>&i;</text:p>', before=LAUGHS)
    yield 'deep.odt', odt('<text:list><text:list-item>' * 20000)
    yield 'empty.odt', odt('<text:p/>' * MILLION)
    yield 'spaces.odt', odt('<text:p><text:s text:c="999999999"/></text:p>' * 99)
    yield 'rows.odt', odt('<table:table><table:table-row table:number-rows-'
                          'repeated="1000000000"><table:table-cell '
                          'table:number-columns-repeated="1000000000"/>'
                          '</table:table-row></table:table><text:p>x</text:p>')
    yield 'laughs.akn', akn('<p>&i;</p>', LAUGHS)
    yield 'outside.akn', akn('<p>&i;</p>', OUTSIDE)
    yield 'deep.akn', akn('<section><num>1</num>' * 100000)
    yield 'empty.akn', akn('<p/>' * MILLION)
    yield 'spans.akn', akn('<table>' + '<tr><td colspan="999999999">x</td></tr>' *
                           20000 + '</table>')
    yield 'page.html', (b'<!DOCTYPE html><html><body><p>x<br>y</body></html>')
    yield 'tags.html', b'<p>' * 200000
    yield 'quotes.md', b'> ' * 200000 + b'x\n'
    yield 'brackets.md', b'[' * 200000 + b'\n'
    yield 'stars.md', b'*a _b ' * 100000 + b'\n'
    yield 'ticks.md', b'`a``b' * 100000 + b'\n'
    yield 'cells.md', b'|a' * 50000 + b'\n' + b'|-' * 50000 + b'\n'
    yield 'empty.md', b'<b></b>\n\n' * (MILLION // 4)
    yield 'marks.md', b''.join(b'x[^%d]\n\n[^%d]: y\n\n' % (i, i)
                               for i in range(30000))
    yield 'line.txt', b'word ' * (3 << 20)
    yield 'lines.txt', b'x\n' * MILLION
    yield 'labels.txt', b''.join(b'a)\tb\n' for _ in range(150000))
    yield 'octets.txt', b'a\xc3\x28\xff\0b'


def run(*args):
    begun = time.monotonic()
    done = subprocess.run([program, *args], capture_output=True)
    return done, time.monotonic() - begun


def judge(name, done, took, out):
    if took > SECONDS:
        return f'{took:.0f} s'
    if done.returncode == 0:
        return None if done.stderr == b'' else done.stderr
    said = done.stderr.decode()
    if done.returncode != 1 or not said.startswith('rapporteur: ') or \
            said.count('\n') != 1 or done.stdout:
        return done
    if name not in said and 'too much time or memory' not in said:
        return said
    return 'a file although it failed' if os.path.exists(out) else None


def try_all(top, cases):
    good = os.path.join(top, 'good.docx')
    wrong, refused, n = [], 0, 0
    for name, octets in cases:
        path, out = os.path.join(top, name), os.path.join(top, 'out')
        with open(path, 'wb') as f:
            f.write(octets)
        commands = [('compare', good, path, '-o', out, '--format', 'json'),
                    ('merge', good, path + '=A', '-o', out, '--format', 'json')]
        if not name.endswith(('.md', '.txt')):
            commands.append(('text', path, '-o', out))
        if name.endswith('.docx'):
            commands += [('accept', path, '-o', out),
                         ('compare', path, path, '-o', out, '--format', 'docx')]
        for args in commands:
            done, took = run(*args)
            why = judge(name, done, took, out)
            if why is not None:
                wrong.append((name, args[0], why))
            refused += done.returncode
            n += 1
            if os.path.exists(out):
                os.unlink(out)
        os.unlink(path)
    print('# %d runs, %d refused' % (n, refused))
    return wrong + ([] if refused else ['nothing was refused'])


def salvage(top):
    wrong = []
    for name, octets in (('words.txt', b'the the ' * 400000),
                         ('letters.txt', b'a)b)c)d) x\n' * 60000),
                         ('lines.txt', b'\n' * MILLION),
                         ('octets.txt', b'\xff\xfe\0'),
                         ('marks.txt', b'[footnoteRef:1] ITUT ' * 100000)):
        path, out = os.path.join(top, name), os.path.join(top, 'salvaged')
        with open(path, 'wb') as f:
            f.write(octets)
        done, took = run('salvage', path, '-o', out)
        why = judge(name, done, took, os.path.join(top, 'none'))
        if why is not None:
            wrong.append((name, why))
    return wrong


def memory():
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print('# %.0f MiB at most' % most)
    return [most] if most > MIB else []


def closed(top):
    """What the process that reads does once it is in its sandbox, by strace."""
    log = os.path.join(top, 'trace')
    may = {'read', 'write', 'close', 'mmap', 'munmap', 'mremap', 'brk',
           'madvise', 'mprotect', 'futex', 'exit', 'exit_group', 'getrandom',
           'clock_gettime', 'gettimeofday', 'rt_sigreturn', 'getpid', 'fstat',
           'newfstatat', 'lseek', 'rt_sigprocmask', 'sched_yield'}
    wrong = []
    good = os.path.join(top, 'good.docx')
    for args in (('compare', good, good), ('text', good), ('accept', good),
                 ('merge', good, good + '=A', '-o', '-', '--format', 'json')):
        subprocess.run(['strace', '-f', '-o', log, program, *args],
                       capture_output=True)
        entered, reader = False, None
        for line in open(log):
            pid, call = line.split(None, 1)
            name = call.split('(')[0]
            if name == 'seccomp' and call.rstrip().endswith('= 0') and \
                    'FILTER' in call:
                entered, reader = True, pid
            elif pid == reader and name.isidentifier() and name not in may:
                wrong.append((args[0], call.strip()))
        if not entered:
            wrong.append((args[0], 'no sandbox'))
    return wrong


with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, 'good.docx'), 'wb') as f:
        f.write(docx(P % 'One paragraph.' + P % 'Another one.'))
    check('packages that are none', try_all(folder, packages()))
    check('Word documents', try_all(folder, words()))
    check('other formats', try_all(folder, others()))
    check('flattened texts', salvage(folder))
    if SANITIZED:
        skip('memory', 'sanitizers have their own')
    else:
        check('memory', memory())
    can = subprocess.run(['strace', '-f', '-o', os.devnull, program, '--help'],
                         capture_output=True) if shutil.which(
                             'strace') else None
    if SANITIZED or can is None or b'attach' in can.stderr:
        skip('the sandbox is closed', 'no trace')
    else:
        check('the sandbox is closed', closed(folder))
end()
