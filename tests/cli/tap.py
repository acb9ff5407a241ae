"""What the tests of commands share: TAP on standard output, and the smallest
Word file that there is."""
import io
import os
import sys
import zipfile

W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
TYPE = ('application/vnd.openxmlformats-officedocument.wordprocessingml.'
        'document.main+xml')
SHOWN = 10

_count = 0


def check(name, wrong):
    """`wrong`: what is not as it should be, in words; empty if all is well."""
    global _count
    _count += 1
    for w in wrong[:SHOWN]:
        print('#', str(w).replace('\n', '\n# '))
    print('%sok %d - %s' % ('not ' if wrong else '', _count, name), flush=True)
    if wrong:
        sys.exit(1)


def is_so(name, good, why=''):
    check(name, [] if good else [why])


def skip(name, why):
    global _count
    _count += 1
    print('ok %d - %s # SKIP %s' % (_count, name, why), flush=True)


def end():
    print('1..%d' % _count)


def put(top, name, octets):
    path = os.path.join(top, name)
    with open(path, 'wb') as f:
        f.write(octets)
    return path


def docx(body, *entries):
    """A Word file; `body`: what stands in w:body. More entries as pairs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('[Content_Types].xml',
                   f'<Types><Override PartName="/word/document.xml" '
                   f'ContentType="{TYPE}"/></Types>')
        z.writestr('word/document.xml',
                   f'<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
                   '</w:document>')
        for name, octets in entries:
            z.writestr(name, octets)
    return out.getvalue()


def paragraphs(*texts):
    return ''.join('<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>' %
                   t for t in texts)
