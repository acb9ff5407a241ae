#!/usr/bin/env python3
"""Fail where the tree is not as CONTRIBUTING.md says.

- A module (x.h with x.c) has x_test.c beside it, or its header says "Tested in
  <file>", and that file exists.
- A module whose header says "Untrusted input" has x_fuzz.c and a corpus.
- A header begins with "/*" and its name, and compiles alone.
- A setting is used; every command stands in a manual page.
- docs/admin/routes.md, if there is one, has every route.

tools/check_tree.known lists the gaps that are known. A gap that is not listed
fails, and so does a line of the list that is no gap any more: it only shrinks.

usage: check_tree.py ROOT BUILD_DIR COMPILER...
"""
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def modules(root, bad):
    for header in sorted(root.glob("src/**/*.h")):
        name, text = header.stem, header.read_text()
        if name.endswith("_private") or "testing" in header.parts:
            continue
        where = header.relative_to(root)
        head = text[:text.find("#ifndef")]
        if not head.startswith("/*"):
            bad.append(f"{where}: does not begin with what it is")
        sources = [p for ext in ("c", "cc")
                   for p in header.parent.glob(f"{name}*.{ext}")
                   if p.stem == name or p.stem.startswith(name + "_")]
        if not sources:
            continue
        said = re.search(r"Tested in\s+(?:\* )?([\w/.]+\.\w+)", head)
        test = header.with_name(name + "_test.c")
        if said:
            other = header.parent / said[1]
            if not other.exists() and not (root / said[1]).exists():
                bad.append(f"{where}: there is no {said[1]}")
        elif not test.exists():
            bad.append(f"{where}: no {test.name} beside it, and no "
                       f'"Tested in" in its head')
        if re.search(r"untrusted\s+(?:\* )?input", head, re.I):
            fuzz = header.with_name(name + "_fuzz.c")
            corpus = header.parent / "corpus" / name
            if said and not fuzz.exists():
                continue
            if not fuzz.exists():
                bad.append(f"{where}: reads untrusted input without "
                           f"{fuzz.name}")
            elif not corpus.is_dir() or not any(corpus.iterdir()):
                bad.append(f"{where}: no corpus/{name}")


def alone(root, build, compiler, bad):
    pq = subprocess.run(["pkg-config", "--cflags", "libpq", "harfbuzz"],
                        capture_output=True, text=True).stdout.split()
    flags = ["-std=gnu17", "-D_GNU_SOURCE", "-fsyntax-only", "-Werror",
             "-Wall", "-I", str(root / "src"), "-I", str(build / "src"),
             "-I", str(root), "-x", "c", *pq]
    headers = sorted(root.glob("src/**/*.h"))

    def compile_one(header):
        got = subprocess.run(
            [*compiler, *flags, "-"], capture_output=True, text=True,
            input=f'#include "{header.relative_to(root / "src")}"\n')
        return header, got

    with ThreadPoolExecutor(2) as pool:
        for header, got in pool.map(compile_one, headers):
            if got.returncode:
                why = next((s for s in got.stderr.splitlines()
                            if "error" in s), "?")
                bad.append(f"{header.relative_to(root)}: does not compile "
                           f"alone: {why}")


def settings(root, bad):
    code = "\n".join(p.read_text() for p in root.glob("src/**/*.c")
                     if not p.name.endswith(("_test.c", "_fuzz.c")))
    definition = (root / "src/proc/settings.def").read_text()
    for name in re.findall(r"^([a-z][a-z0-9_]*): ", definition, re.M):
        if not re.search(rf"(->|\.){name}\b", code):
            bad.append(f"src/proc/settings.def: nothing uses {name}")


def commands(root, bad):
    pages = "\n".join(p.read_text() for p in root.glob("docs/man/*.1"))
    table = (root / "src/proc/commands.def").read_text()
    for name in re.findall(r'COMMAND\("([a-z]+)"', table):
        if not re.search(rf"^\.It Cm {name}\b", pages, re.M):
            bad.append(f"docs/man: no page says anything of {name}")


def routes(root, bad):
    manual = root / "docs/admin/routes.md"
    table = root / "src/web/routes.def"
    if not manual.exists() or not table.exists():
        return
    text = manual.read_text()
    for path in re.findall(r'ROUTE\(\s*"[A-Z]+",\s*"([^"]+)"',
                           table.read_text()):
        if path not in text:
            bad.append(f"docs/admin/routes.md: lacks {path}")


def main(root, build, *compiler):
    root, build, bad = Path(root), Path(build), []
    modules(root, bad)
    alone(root, build, compiler, bad)
    settings(root, bad)
    commands(root, bad)
    routes(root, bad)
    known = [s for s in (root / "tools/check_tree.known").read_text()
             .splitlines() if s and not s.startswith("#")]
    fresh = [b for b in bad if b not in known]
    closed = [f"tools/check_tree.known: is no gap any more: {k}"
              for k in known if k not in bad]
    print("\n".join(fresh + closed) or
          f"the tree is in order but for {len(known)} known gaps")
    return 1 if fresh or closed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
