#!/usr/bin/env python3
"""Fail if a C file is not as .clang-format would write it.

usage: check_format.py ROOT
"""
import subprocess
import sys
from pathlib import Path


def main(root):
    files = [str(p) for d in ("src", "tests", "bench")
             for p in sorted((Path(root) / d).rglob("*.[ch]"))]
    bad = 0
    for start in range(0, len(files), 50):
        got = subprocess.run(["clang-format", "--dry-run", "-Werror",
                              *files[start:start + 50]],
                             capture_output=True, text=True)
        for line in got.stderr.splitlines():
            if "error:" in line:
                bad += 1
                print(line)
    if bad:
        print(f"{bad} places; clang-format -i settles them")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
