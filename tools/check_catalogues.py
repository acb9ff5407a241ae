#!/usr/bin/env python3
"""Every message stands in all six languages, and English has a note for each.

usage: check_catalogues.py PO_DIR
"""
import sys
from pathlib import Path

import catalogue as cat


def main(po):
    english = cat.read(Path(po) / "en.po")
    bad = []
    for lang in cat.LANGS:
        book = cat.read(Path(po) / f"{lang}.po")
        bad += [f"{lang}.po: no {i}" for i in english if i not in book]
        bad += [f"{lang}.po: {i} is not in en.po" for i in book
                if i not in english]
        for i in book:
            want = cat.arguments(english.get(i, ""), f"en.po: {i}")
            if cat.arguments(book[i], f"{lang}.po: {i}") != want:
                bad.append(f"{lang}.po: {i} does not use all of {want}")
    lines = (Path(po) / "en.po").read_text("utf-8").splitlines()
    bad += [f"en.po: no note for {line[6:]}" for before, line
            in zip(lines, lines[1:])
            if line.startswith("msgid") and not before.startswith("#.")]
    print("\n".join(bad) or f"{len(english)} messages in six languages")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
