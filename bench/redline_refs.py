#!/usr/bin/env python3
"""How many cross-references of gold pairs are told rightly.

usage: redline_refs.py BIN DIR [-v]	DIR as score_redline.py reads it

Right is: the label is the same and the state "ok"; or it is another and the
state "updated", with that label; or its target is gone and the state says so; or
its target went below another call-out, the quotation did not follow, and the
state is "stale" (the set names the two labels only; where the target is now
follows from its map). A reference that is "stale", "gone" or "doubtful" is
flagged.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path


LABEL = re.compile(r'((?:[a-z]{1,2}\)|[ivx]+\)|\d+))\t')


def read(path):
    """(label, text, index of the call-out above) of each paragraph."""
    out, above = [], None
    for line in path.read_text().split('\n'):
        if not line or re.match(r'\[\^\d+\]: ', line):
            continue
        m = LABEL.match(line)
        if not m:
            above = len(out)
        out.append((m[1] if m else '', line[m.end():] if m else line, above))
    return out


def phrase(side, i):
    return side[i][1].rstrip(' :,').lower() if i is not None else ''


def elsewhere(base, pairs, at, old, new):
    """Every provision that may be meant is now below another call-out."""
    one, two = read(Path(base + "-old.txt")), read(Path(base + "-new.txt"))
    to = {m["old"]: m["new"] for m in pairs if m["old"] is not None}
    said = max((p for p in {phrase(one, x[2]) for x in one}
                if p and f'{p} {old}' in two[at][1].lower()), key=len,
               default=None)
    meant = [i for i, (label, _, above) in enumerate(one)
             if label == old and phrase(one, above) == said and i in to and
             two[to[i]][0] == new]
    return bool(meant) and all(
        phrase(two, two[to[i]][2]) != said and to.get(one[i][2]) !=
        two[to[i]][2] for i in meant)


def main(binary, directory, *options):
    right = wrong = need = seen = alarms = 0
    for gold in sorted(Path(directory).glob("*-gold.json")):
        base = str(gold)[:-len("-gold.json")]
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([binary, "compare", base + "-old.docx",
                            base + "-new.docx", "-o", out + "/o.json"],
                           check=True)
            script = json.loads(Path(out, "o.json").read_text())
        pairs = json.loads(gold.read_text())["map"]
        for m in pairs:
            if not m["ref_label"]:
                continue
            old, new, there = m["ref_label"]
            got = [r for r in script["references"] if r["at"] == m["new"]]
            want = "gone" if not there else "ok" if old == new else "updated"
            ok = any(r["state"] == want and
                     (not there or r["new_label"] == new) for r in got)
            if not ok and want == "ok" and elsewhere(base, pairs, m["new"],
                                                     old, new):
                want, ok = "stale", any(r["state"] == "stale" for r in got)
            flagged = any(r["state"] in ("stale", "gone") or
                          r.get("doubtful") for r in got)
            alarms += want == "ok" and flagged
            right += ok
            wrong += not ok
            need += want != "ok"
            seen += want != "ok" and (ok or flagged)
            if not ok and "-v" in options:
                print(gold.name, m["new"], m["ref_label"], got)
    print(f"references {right + wrong}, told rightly {right}; of {need} that "
          f"changed or lost their target, updated or flagged {seen}; "
          f"of the others, flagged {alarms}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
