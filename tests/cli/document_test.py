#!/usr/bin/env python3
"""`rapporteur accept`, `reject` and `text` from outside. TAP.
Usage: document_test.py PROGRAM"""
import os
import subprocess
import sys
import tempfile
import zipfile

from tap import docx, end, is_so

program = sys.argv[1]
BY = 'w:id="1" w:author="A"'
BODY = ('<w:p><w:r><w:t xml:space="preserve">One </w:t></w:r>'
        f'<w:ins {BY}><w:r><w:t>new</w:t></w:r></w:ins>'
        f'<w:del {BY}><w:r><w:delText>old</w:delText></w:r></w:del></w:p>')


def run(*args, given=b''):
    return subprocess.run([program, *args], input=given, capture_output=True)


given = docx(BODY, ('word/media/a.bin', b'\0\1\2' * 100))
is_so('prints the text with all changes taken',
      run('text', '-', given=given).stdout == b'One new\n')
is_so('prints it with all changes undone',
      run('text', '--reject', '-', given=given).stdout == b'One old\n')
is_so('prints it with marks',
      run('text', '--all', '-', given=given).stdout ==
      b'One {+new+}[-old-]\n')
with tempfile.TemporaryDirectory() as folder:
    source, to = os.path.join(folder, 'a.docx'), os.path.join(folder, 'b.docx')
    with open(source, 'wb') as f:
        f.write(given)
    done = run('accept', source, '-o', to)
    is_so('writes a file and says nothing',
          done.returncode == 0 and done.stdout + done.stderr == b'')
    with zipfile.ZipFile(to) as z:
        is_so('keeps what it does not touch',
              z.read('word/media/a.bin') == b'\0\1\2' * 100)
    is_so('leaves nothing else in the folder',
          sorted(os.listdir(folder)) == ['a.docx', 'b.docx'])
    is_so('the result has no changes',
          run('text', '--reject', to).stdout == b'One new\n')
    again = run('accept', source)
    with open(to, 'rb') as f:
        is_so('gives the same octets again', again.stdout == f.read())
    bad = run('accept', os.path.join(folder, 'none.docx'), '-o', to + '2')
    is_so('says what cannot be read', bad.returncode == 1 and
          b'none.docx' in bad.stderr and not os.path.exists(to + '2'))
for name, octets in (('text', b'plain'), ('half a file', given[:200]),
                     ('an entity', docx('&x;')),
                     ('a deep one', docx('<w:sdt>' * 500))):
    bad = run('text', '-', given=octets)
    is_so(f'refuses {name}', bad.returncode == 1 and bad.stdout == b'' and
          bad.stderr.startswith(b'rapporteur: -: '))
is_so('knows when it is called wrongly',
      run('text').returncode == 2 and run('accept', 'a', 'b').returncode == 2)
end()
