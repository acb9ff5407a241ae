#!/usr/bin/env python3
"""Add up what test runs say: one number for each TAP line, or for each program
that speaks no TAP.

usage: count_tests.py BUILD_DIR...

Prints what failed, and as the last line "N passed, N failed" with
", N skipped" behind it if any were. Fails if anything failed or nothing ran.
"""
import json
import re
import sys
from pathlib import Path

LINE = re.compile(r"^(ok|not ok)\b(.*)$", re.M)
SKIP_ALL = re.compile(r"^1\.\.0\b.*# *skip", re.M | re.I)
TAIL = 40


def subtests(entry):
    """(passed, failed, skipped) of one program."""
    said = entry.get("stdout") or ""
    passed = failed = skipped = 0
    for verdict, rest in LINE.findall(said):
        if re.search(r"# *skip", rest, re.I):
            skipped += 1
        elif verdict == "ok":
            passed += 1
        else:
            failed += 1
    if SKIP_ALL.search(said) or entry["result"] == "SKIP":
        skipped += 1
    elif entry["result"] == "OK" and not passed + failed + skipped:
        passed = 1
    # A program may fail without a line that says so.
    if entry["result"] not in ("OK", "SKIP") and not failed:
        failed = 1
    return passed, failed, skipped


def show(build, entry):
    print(f"\n-- {build}: {entry['name']}: {entry['result']}")
    for stream in ("stdout", "stderr"):
        lines = (entry.get(stream) or "").splitlines()
        lines = [s for s in lines if not s.startswith("ok ")]
        print("\n".join(lines[-TAIL:]))


def broke_off(build):
    """Whether meson itself gave up, with tests that it never began."""
    log = Path(build, "test.log")
    return log.exists() and "Unhandled python exception" in log.read_text(
        errors="replace")


def main(builds):
    total = [0, 0, 0]
    for build in builds:
        if broke_off(build):
            print(f"\n-- {build}: meson broke off: see {build}/test.log")
            total[1] += 1
        for log in sorted(Path(build, "meson-logs").glob("testlog*.json")):
            for line in log.read_text(errors="replace").splitlines():
                entry = json.loads(line)
                counts = subtests(entry)
                total = [a + b for a, b in zip(total, counts)]
                if counts[1]:
                    show(build, entry)
    passed, failed, skipped = total
    print(f"{passed} passed, {failed} failed" +
          (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
