#!/usr/bin/env python3
"""Make a sorted table of pairs of code points, `XXXX ; YYYY` a line.

    gen_pairs.py NAME INPUT OUTPUT.c
"""
import sys

name, source, target = sys.argv[1:]
pairs = []
for line in open(source, encoding='utf-8'):
    fields = [f.strip() for f in line.split('#')[0].split(';')]
    if fields[0]:
        pairs.append((int(fields[0], 16), int(fields[1], 16)))
with open(target, 'w', encoding='ascii') as out:
    print('#include "text/codepoint.h"\n', file=out)
    print('const struct rp_codepoint_pair rp_%s[] = {' % name, file=out)
    for pair in sorted(pairs):
        print('\t{ 0x%04X, 0x%04X },' % pair, file=out)
    print('};\n\nconst size_t rp_%s_n = %d;' % (name, len(pairs)), file=out)
