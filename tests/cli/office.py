#!/usr/bin/env python3
"""What LibreOffice makes of documents: its text, with all changes taken or
undone by LibreOffice itself.

usage: office.py < JOBS > ANSWERS	one JSON value a line
	["accept" | "reject" | "as-is", PATH]
	{"paragraphs": [[LABEL, TEXT], ...], "notes": [TEXT, ...]}, or
	{"error": TEXT}
	["own", "note_goes" | "note_comes"]
	the two texts that should be equal: a document of its own with tracked
	changes, written as DOCX, read again and settled, and what it was made of

One headless process with a profile of its own serves all jobs. It needs the
packages libreoffice-writer-nogui and python3-uno. As a module it has `ask`,
which runs it under an interpreter that has uno, and `missing`, which says what
is not there."""
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

DISPATCH = {'accept': '.uno:AcceptAllTrackedChanges',
            'reject': '.uno:RejectAllTrackedChanges'}


@functools.lru_cache(maxsize=1)
def interpreter():
    """uno belongs to the interpreter of the system, which may be another."""
    for python in (sys.executable, shutil.which('python3', path=os.defpath)):
        if python and subprocess.run([python, '-c', 'import uno'],
                                     capture_output=True).returncode == 0:
            return python
    return None


def missing():
    if shutil.which('soffice') is None:
        return 'no soffice'
    return None if interpreter() else 'no python3-uno'


def ask(jobs):
    done = subprocess.run(
        [interpreter(), os.path.abspath(__file__)], capture_output=True,
        text=True, check=True, input=''.join(json.dumps(j) + '\n'
                                             for j in jobs))
    return [json.loads(line) for line in done.stdout.splitlines()]


def connect(pipe, tries=240):
    import uno
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext(
        'com.sun.star.bridge.UnoUrlResolver', here)
    for _ in range(tries):
        try:
            return resolver.resolve(
                f'uno:pipe,name={pipe};urp;StarOffice.ComponentContext')
        except Exception:
            time.sleep(.25)
    raise RuntimeError('soffice does not answer')


def hidden():
    from com.sun.star.beans import PropertyValue
    value = PropertyValue()
    value.Name, value.Value = 'Hidden', True
    return value


def content(document):
    paragraphs, texts = [], document.Text.createEnumeration()
    while texts.hasMoreElements():
        x = texts.nextElement()
        if x.supportsService('com.sun.star.text.Paragraph'):
            paragraphs.append((x.ListLabelString, x.String))
        else:
            paragraphs += [('', f'{name}: {x.getCellByName(name).String}')
                           for name in x.CellNames]
    notes = [kind.getByIndex(i).String
             for kind in (document.Footnotes, document.Endnotes)
             for i in range(kind.Count)]
    return {'paragraphs': paragraphs, 'notes': notes}


# Three paragraphs, the second of which has a note and goes, is accepted; three,
# of which the first gets a note at its end and a new one comes behind it, are
# rejected: what LibreOffice writes of its own, and what it reads of that.

def note_at_end(document, number):
    cursor = document.Text.createTextCursor()
    cursor.gotoStart(False)
    for _ in range(number):
        cursor.gotoNextParagraph(False)
    cursor.gotoEndOfParagraph(False)
    note = document.createInstance('com.sun.star.text.Footnote')
    document.Text.insertTextContent(cursor, note, False)
    note.insertString(note.createTextCursor(), 'note', False)


def own_case(document, case):
    text = document.Text
    cursor = text.createTextCursor()
    for word in ('one', 'two', 'three'):
        if word != 'one':
            text.insertControlCharacter(cursor, 0, False)
        text.insertString(cursor, word, False)
    if case == 'note_goes':
        note_at_end(document, 1)
        document.RecordChanges = True
        cursor.gotoStart(False)
        cursor.gotoNextParagraph(False)
        cursor.gotoNextParagraph(True)
        cursor.setString('')
        return 'accept', ['one', 'three']
    document.RecordChanges = True
    note_at_end(document, 0)
    cursor = text.createTextCursor()
    cursor.gotoStart(False)
    cursor.gotoNextParagraph(False)
    text.insertString(cursor, 'new', False)
    text.insertControlCharacter(cursor, 0, False)
    return 'reject', ['one', 'two', 'three']


def own(desk, dispatcher, case):
    from com.sun.star.beans import PropertyValue
    made = desk.loadComponentFromURL('private:factory/swriter', '_blank', 0,
                                     (hidden(),))
    mode, want = own_case(made, case)
    as_docx = PropertyValue()
    as_docx.Name, as_docx.Value = 'FilterName', 'MS Word 2007 XML'
    with tempfile.TemporaryDirectory() as folder:
        url = f'file://{folder}/own.docx'
        made.storeToURL(url, (as_docx,))
        made.close(True)
        read = desk.loadComponentFromURL(url, '_blank', 0, (hidden(),))
        dispatcher.executeDispatch(read.CurrentController.Frame,
                                   DISPATCH[mode], '', 0, ())
        got = [p[1] for p in content(read)['paragraphs']]
        read.close(True)
    return got, want


def serve(context, lines):
    manager = context.ServiceManager
    desk = manager.createInstanceWithContext('com.sun.star.frame.Desktop',
                                             context)
    dispatcher = manager.createInstanceWithContext(
        'com.sun.star.frame.DispatchHelper', context)
    for line in lines:
        mode, path = json.loads(line)
        if mode == 'own':
            print(json.dumps(own(desk, dispatcher, path)), flush=True)
            continue
        document = desk.loadComponentFromURL(
            'file://' + os.path.abspath(path), '_blank', 0, (hidden(),))
        if document is None:
            print(json.dumps({'error': 'not opened'}), flush=True)
            continue
        if mode in DISPATCH:
            dispatcher.executeDispatch(document.CurrentController.Frame,
                                       DISPATCH[mode], '', 0, ())
        print(json.dumps(content(document)), flush=True)
        document.close(True)
    try:
        desk.terminate()
    except Exception:
        pass


def main():
    with tempfile.TemporaryDirectory() as profile:
        pipe = 'rp' + os.path.basename(profile).replace('_', 'x')
        office = subprocess.Popen(
            ['soffice', '--headless', '--norestore', '--nologo',
             '-env:UserInstallation=file://' + profile,
             f'--accept=pipe,name={pipe};urp;'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            serve(connect(pipe), sys.stdin)
            office.wait(timeout=30)
        finally:
            office.kill()
            office.wait()


if __name__ == '__main__':
    main()
