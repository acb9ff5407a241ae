#!/usr/bin/env python3
"""Write docs/admin/routes.md from src/web/routes.def, or compare it.

usage: gen_routes_doc.py DEF            prints the manual
       gen_routes_doc.py DEF MANUAL.md  fails if MANUAL.md is another
"""
import re
import sys
from pathlib import Path

ROUTE = re.compile(r'ROUTE\(\s*"([A-Z]+)",\s*"([^"]+)",\s*(\w+),\s*RP_MAY_(\w+)'
                   r',\s*([\w| ]+?),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', re.S)
FLAGS = {"RP_PUBLIC": "cached", "RP_SECRET": "secret link",
         "RP_STAFF": "signed in", "RP_UPLOAD": "files", "RP_API": "API",
         "RP_SUBMIT": "counted"}
HEAD = """# Addresses

Made from `src/web/routes.def` by `tools/gen_routes_doc.py`; change it there.

`right` is what the one who asks must hold; `answer` is everybody's. *cached*:
the same for all, kept in memory. *secret link*: whoever has the address has the
right; never logged, never stored. *signed in*: needs a session, and forms carry
a token. *files*: takes forms with files. *API*: a bearer token instead of a
cookie, errors in JSON. *counted*: against the budgets of the network it comes
from.

| address | right | | what it is |
|---|---|---|---|
"""


def manual(table):
    text = re.sub(r"/\*.*?\*/", "", table, flags=re.S)
    rows = [HEAD]
    for method, path, _, needs, flags, doc in ROUTE.findall(text):
        said = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', doc))
        marks = [FLAGS[f] for f in re.findall(r"\w+", flags) if f in FLAGS]
        rows.append(f"| `{method} {path}` | {needs.lower()} | "
                    f"{', '.join(marks)} | {said.replace('|', '/')} |\n")
    if len(rows) - 1 != len(re.findall(r"^ROUTE\(", text, re.M)):
        sys.exit("routes.def: a route that this program cannot read")
    return "".join(rows)


def main(definition, written=None):
    made = manual(Path(definition).read_text())
    if written is None:
        sys.stdout.write(made)
        return 0
    if Path(written).read_text() != made:
        print(f"{written} is not what {definition} says; make it anew: "
              f"tools/gen_routes_doc.py {definition} > {written}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
