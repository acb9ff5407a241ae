#!/usr/bin/env python3
"""`rapporteur accept`, `reject` and `text` from outside. TAP.
Usage: document_test.py PROGRAM"""
import io
import os
import subprocess
import sys
import tempfile
import zipfile

program = sys.argv[1]
count = 0
W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
TYPE = ('application/vnd.openxmlformats-officedocument.wordprocessingml.'
        'document.main+xml')
BY = 'w:id="1" w:author="A"'
BODY = ('<w:p><w:r><w:t xml:space="preserve">One </w:t></w:r>'
        f'<w:ins {BY}><w:r><w:t>new</w:t></w:r></w:ins>'
        f'<w:del {BY}><w:r><w:delText>old</w:delText></w:r></w:del></w:p>')


def docx(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('[Content_Types].xml',
                   f'<Types><Override PartName="/word/document.xml" '
                   f'ContentType="{TYPE}"/></Types>')
        z.writestr('word/document.xml',
                   f'<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
                   '</w:document>')
        z.writestr('word/media/a.bin', b'\0\1\2' * 100)
    return out.getvalue()


def run(*args, given=b''):
    return subprocess.run([program, *args], input=given, capture_output=True)


def check(name, ok):
    global count
    count += 1
    print(f"{'ok' if ok else 'not ok'} {count} - {name}", flush=True)


given = docx(BODY)
check('prints the text with all changes taken',
      run('text', '-', given=given).stdout == b'One new\n')
check('prints it with all changes undone',
      run('text', '--reject', '-', given=given).stdout == b'One old\n')
check('prints it with marks',
      run('text', '--all', '-', given=given).stdout ==
      b'One {+new+}[-old-]\n')
with tempfile.TemporaryDirectory() as folder:
    source, to = os.path.join(folder, 'a.docx'), os.path.join(folder, 'b.docx')
    with open(source, 'wb') as f:
        f.write(given)
    done = run('accept', source, '-o', to)
    check('writes a file and says nothing',
          done.returncode == 0 and done.stdout + done.stderr == b'')
    with zipfile.ZipFile(to) as z:
        check('keeps what it does not touch',
              z.read('word/media/a.bin') == b'\0\1\2' * 100)
    check('leaves nothing else in the folder',
          sorted(os.listdir(folder)) == ['a.docx', 'b.docx'])
    check('the result has no changes',
          run('text', '--reject', to).stdout == b'One new\n')
    again = run('accept', source)
    with open(to, 'rb') as f:
        check('gives the same octets again', again.stdout == f.read())
    bad = run('accept', os.path.join(folder, 'none.docx'), '-o', to + '2')
    check('says what cannot be read', bad.returncode == 1 and
          b'none.docx' in bad.stderr and not os.path.exists(to + '2'))
for name, octets in (('text', b'plain'), ('half a file', given[:200]),
                     ('an entity', docx('&x;')),
                     ('a deep one', docx('<w:sdt>' * 500))):
    bad = run('text', '-', given=octets)
    check(f'refuses {name}', bad.returncode == 1 and bad.stdout == b'' and
          bad.stderr.startswith(b'rapporteur: -: '))
check('knows when it is called wrongly',
      run('text').returncode == 2 and run('accept', 'a', 'b').returncode == 2)
print(f'1..{count}')
