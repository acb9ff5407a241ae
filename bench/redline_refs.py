#!/usr/bin/env python3
"""How many cross-references of gold pairs are told rightly.

usage: redline_refs.py BIN DIR [-v]	DIR as score_redline.py reads it

Right is: the label is the same and the state "ok"; or it is another and the
state "updated", with that label; or its target is gone and the state says so. A
reference that is "stale", "gone" or "doubtful" is flagged.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def main(binary, directory, *options):
    right = wrong = need = seen = alarms = 0
    for gold in sorted(Path(directory).glob("*-gold.json")):
        base = str(gold)[:-len("-gold.json")]
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([binary, "compare", base + "-old.docx",
                            base + "-new.docx", "-o", out + "/o.json"],
                           check=True)
            script = json.loads(Path(out, "o.json").read_text())
        for m in json.loads(gold.read_text())["map"]:
            if not m["ref_label"]:
                continue
            old, new, there = m["ref_label"]
            got = [r for r in script["references"] if r["at"] == m["new"]]
            want = "gone" if not there else "ok" if old == new else "updated"
            ok = any(r["state"] == want and
                     (not there or r["new_label"] == new) for r in got)
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
