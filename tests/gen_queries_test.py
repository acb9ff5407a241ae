#!/usr/bin/env python3
"""What tools/gen_queries.py must refuse, and what it must make (TAP).

usage: gen_queries_test.py GEN_QUERIES
"""
import subprocess
import sys
import tempfile
from pathlib import Path

HEAD = "-- query: q :exec\n-- param: a i64, b text\n"
REFUSED = [
    ("no such kind", "-- query: q :all\nSELECT 1;\n"),
    ("parameter c is not declared", HEAD + "UPDATE t SET a = :a, b = :c;\n"),
    ("not used: b", HEAD + "UPDATE t SET a = :a;\n"),
    ("not used: b", HEAD + "UPDATE t SET a = :a, b = :b;\n-- engine: pg\n"
     "UPDATE t SET a = :a;\n"),
    ("not used: b", HEAD + "UPDATE t SET a = :a, c = ':b';\n"),
    ("not 'name type'", "-- query: q :exec\n-- param: a int\nDELETE;\n"),
    ("a name stands twice", "-- query: q :exec\n-- param: a i64, a i64\nX;\n"),
    ("row line do not agree", "-- query: q :one\nSELECT 1;\n"),
    ("row line do not agree", "-- query: q :exec\n-- row: a i64\nDELETE;\n"),
    ("more than one statement", "-- query: q :exec\nDELETE; DELETE;\n"),
    ("no statement", "-- query: q :exec\n"),
    ("no statement", "-- query: q :exec\nDELETE;\n-- engine: pg\n"),
    ("no such engine", "-- query: q :exec\nDELETE;\n-- engine: mysql\nX;\n"),
]
MADE = """-- query: q :opt
-- role: web, worker
-- param: b text,
--   a i64
-- row: x i64
SELECT a::bigint, ':c', "d" FROM t WHERE a = :a AND b = :b AND a = :a;
"""
WANT = [
    r'''"SELECT a::bigint, ':c', \"d\" FROM t WHERE a = ?2 AND b = ?1 AND a'''
    ' = ?2 "',
    "b = $1 AND a = $2", '.params = "ti"', '.columns = "i"',
    '.roles = " web worker "', "rp_stmt_bind_text(s, 0, param->b);",
    "rp_asked_find(tx, &query_q, asked, 2)",
    "{ .octets = rp_text_bytes(param->b) },", "{ .i64 = param->a }",
]


def run(gen, folder, text):
    src, out = Path(folder) / "x.sql", Path(folder) / "x.c"
    src.write_text(text)
    p = subprocess.run([sys.executable, gen, src, Path(folder) / "x.h", out],
                       capture_output=True, text=True)
    return p.returncode, p.stderr if p.returncode else out.read_text()


def main(gen):
    n = 0
    with tempfile.TemporaryDirectory() as folder:
        for why, text in REFUSED:
            n += 1
            code, said = run(gen, folder, text)
            good = code != 0 and why in said
            print(f"{'ok' if good else 'not ok'} {n} - {why}")
        code, made = run(gen, folder, MADE)
        for part in WANT:
            n += 1
            good = code == 0 and part in made
            print(f"{'ok' if good else 'not ok'} {n} - makes {part}")
    print(f"1..{n}")


if __name__ == "__main__":
    main(sys.argv[1])
