#!/usr/bin/env python3
"""Learning again after a decision: Banking77, 10,003 units, 77 themes of which
each has 20 examples (then 5); proposals for all units. Times are printed by the
program.

usage: bench/themes_mapping_time.py BUILD [SHARED/DATA/THEMES]
"""
import csv
import json
import subprocess
import sys
from pathlib import Path

BUILD = Path(sys.argv[1])
DATA = Path(sys.argv[2] if len(sys.argv) > 2 else
            Path(__file__).resolve().parents[2] / "shared/data/themes")
with open(DATA / "banking77/train.csv", encoding="utf-8", newline="") as f:
    rows = list(csv.DictReader(f))
names = sorted({r["category"] for r in rows})
of = [names.index(r["category"]) for r in rows]


def run(examples):
    yes, left = [], [examples] * len(names)
    for i, t in enumerate(of):
        if left[t]:
            left[t] -= 1
            yes.append([i, t])
    shown = {i for i, _ in yes}
    task = {"texts": [r["text"] for r in rows],
            "themes": [n.replace("_", " ") for n in names],
            "runs": [{"themes": list(range(len(names))), "yes": yes,
                      "units": list(range(len(rows)))}]}
    done = subprocess.run([BUILD / "bench/themes_mapping"],
                          input=json.dumps(task).encode(), check=True,
                          stdout=subprocess.PIPE)
    got = json.loads(done.stdout)[0]
    right = [u[1] == of[i] for i, u in enumerate(got) if i not in shown]
    sure = [u[1] == of[i] for i, u in enumerate(got)
            if i not in shown and u[0]]
    print(f"{examples} examples: {sum(right) / len(right):.3f} right, sure of "
          f"{len(sure) / len(right):.3f}, there "
          f"{sum(sure) / max(1, len(sure)):.3f}")


for n in (5, 20):
    run(n)
