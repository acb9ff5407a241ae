#!/usr/bin/env python3
"""Make a two-stage table from a file of the Unicode character database.

    gen_codepoints.py NAME COLUMN MAP DEFAULT INPUT OUTPUT.c

Reads lines of `XXXX[..YYYY] ; value`, or without a value when COLUMN is 0
(a binary property). MAP is `Value=number,...`; a value that MAP does not name
is an error. Code points that the file does not list get DEFAULT.
"""
import sys


def rows(numbers):
    for i in range(0, len(numbers), 16):
        yield '\t' + ' '.join('%d,' % n for n in numbers[i:i + 16])


def write_table(name, values, target):
    blocks, index = {}, []
    for start in range(0, 0x110000, 256):
        block = bytes(values[start:start + 256])
        index.append(blocks.setdefault(block, len(blocks)))
    assert len(blocks) <= 256
    with open(target, 'w', encoding='ascii') as out:
        print('#include "text/codepoint.h"\n', file=out)
        print('static const uint8_t stage1[0x1100] = {', file=out)
        print('\n'.join(rows(index)), file=out)
        print('};\n\nstatic const uint8_t stage2[%d][256] = {' % len(blocks),
              file=out)
        for block in blocks:
            print('\t{\n%s\n\t},' % '\n'.join(rows(block)), file=out)
        print('};\n\nconst struct rp_codepoint_table rp_%s = '
              '{ stage1, stage2 };' % name, file=out)


def main():
    name, column, mapping, default, source, target = sys.argv[1:]
    column = int(column)
    numbers = dict(p.split('=') for p in mapping.split(','))
    values = bytearray([int(default)]) * 0x110000
    for line in open(source, encoding='utf-8'):
        fields = [f.strip() for f in line.split('#')[0].split(';')]
        if not fields[0]:
            continue
        first, _, last = fields[0].partition('..')
        number = int(numbers[fields[column] if column else 'Yes'])
        for cp in range(int(first, 16), int(last or first, 16) + 1):
            values[cp] = number
    write_table(name, values, target)


if __name__ == '__main__':
    main()
