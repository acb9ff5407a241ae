#!/usr/bin/env python3
"""Make RFC 5892's table, and mark the code points that UTS 46 leaves as is.

    gen_idna.py Idna2008.txt OUTPUT.c

A code point is plain if it is PVALID, written from left to right, and NFC can
do nothing to it in any context: neither composed nor able to compose with what
stands before it. A name made of plain code points needs no mapping, no
normalising and no bidi rule. What this Python's Unicode does not know yet is
not plain; it takes the long way and comes to the same result.
"""
import sys
import unicodedata

from gen_codepoints import write_table

DISALLOWED, PVALID, CONTEXT, PLAIN, PLAIN_MARK, PLAIN_ACCENT = range(6)

source, target = sys.argv[1:]
values = bytearray(0x110000)
for line in open(source, encoding='utf-8'):
    fields = [f.strip() for f in line.split('#')[0].split(';')]
    if not fields[0] or fields[1] in ('DISALLOWED', 'UNASSIGNED'):
        continue
    first, _, last = fields[0].partition('..')
    number = {'PVALID': PVALID, 'CONTEXTJ': CONTEXT, 'CONTEXTO': CONTEXT}
    for cp in range(int(first, 16), int(last or first, 16) + 1):
        values[cp] = number[fields[1]]

# What can compose with what stands before it: the vowels and finals of Hangul
# and the second halves of all canonical decompositions.
composing = set(range(0x1161, 0x1176)) | set(range(0x11a8, 0x11c3))
for cp in range(0x110000):
    parts = unicodedata.decomposition(chr(cp)).split()
    if len(parts) == 2 and '<' not in parts[0]:
        composing.add(int(parts[1], 16))

for cp in range(0x80, 0x110000):
    c = chr(cp)
    if (values[cp] != PVALID or cp in composing
            or unicodedata.category(c) == 'Cn'
            or unicodedata.bidirectional(c) in ('R', 'AL', 'AN', '')
            or unicodedata.normalize('NFC', c) != c):
        continue
    if unicodedata.combining(c) != 0:
        values[cp] = PLAIN_ACCENT
    elif unicodedata.category(c)[0] == 'M':
        values[cp] = PLAIN_MARK
    else:
        values[cp] = PLAIN
write_table('idna2008', values, target)
