#!/usr/bin/env python3
"""Turn src/store/sql/<entity>.sql into q_<entity>.h and q_<entity>.c.

usage: gen_queries.py ENTITY.sql OUT.h OUT.c
       gen_queries.py --all OUT.c ENTITY.sql...     (the table of all queries)

A query is

    -- query: response_get :one
    -- role: web, worker            (optional; without it any role)
    -- param: id i64                (optional)
    -- row: id i64, name text,      (continues on lines that begin with
    --   is_late bool                "--   ")
    SELECT ... WHERE id = :id;
    -- engine: pg                   (optional: another body for PostgreSQL)
    SELECT ...;

Kinds, and what q_<name>(tx, &param, ...) takes after the parameters:

    :exec   nothing             run; a failure may come with the next answer
    :count  int64_t *out        rows changed
    :one    row *out            exactly one row, or RP_E_NOTFOUND
    :opt    row *out, bool *out_found
    :many   rows *out           a vector, in the transaction's arena
    :each   fn, ctx             fn(ctx, &row) per row, in constant memory

Types: i64, bool (stored 0/1), text, bytes, ref (i64, 0 is NULL).

What only reads and gives a row or rows is asked once in a reading transaction:
see rp_asked_find().
"""
import re
import sys
from pathlib import Path

CTYPE = {"i64": "int64_t", "bool": "bool", "text": "rp_text",
         "bytes": "rp_bytes", "ref": "int64_t"}
LETTER = {"i64": "i", "bool": "b", "text": "t", "bytes": "o", "ref": "r"}
KINDS = {":exec", ":count", ":one", ":opt", ":many", ":each"}
MARK = re.compile(r"^-- (query|param|row|role|engine): *(.*)$")
# A parameter, but not a cast (::), not inside a quoted string.
PARAM = re.compile(r"'[^']*'|::\w+|:([a-z][a-z0-9_]*)")


def fail(q, why):
    sys.exit(f"{q['file']}: {q['name']}: {why}")


def fields(q, spec):
    """'draft_id i64, body text' -> [('draft_id', 'i64'), ('body', 'text')]"""
    pairs = [tuple(f.split()) for f in spec.split(",") if f.strip()]
    for p in pairs:
        if len(p) != 2 or p[1] not in CTYPE:
            fail(q, f"not 'name type': {' '.join(p)}")
    if len({p[0] for p in pairs}) != len(pairs):
        fail(q, "a name stands twice")
    return pairs


def numbered(q, engine, sign):
    """Parameters get their number in the order of declaration, not of use."""
    names = [n for n, _ in q["param"]]
    used = set()

    def one(m):
        if not m[1]:
            return m[0]
        if m[1] not in names:
            fail(q, f"parameter {m[1]} is not declared")
        used.add(m[1])
        return f"{sign}{names.index(m[1]) + 1}"
    lines = [PARAM.sub(one, s) for s in q["sql"][engine]]
    if used != set(names):
        fail(q, f"not used: {', '.join(sorted(set(names) - used))}")
    lines[-1] = lines[-1].rstrip(";")
    if any(";" in re.sub(r"'[^']*'", "", s) for s in lines):
        fail(q, "more than one statement")
    return lines


def finish(q):
    for key in ("param", "row"):
        q[key] = fields(q, q[key])
    if q["kind"] not in KINDS:
        fail(q, f"no such kind: {q['kind']}")
    if (q["kind"] in (":exec", ":count")) == bool(q["row"]):
        fail(q, f"{q['kind']} and its row line do not agree")
    q["sql"].setdefault("pg", q["sql"]["all"])
    if not all(q["sql"].values()):
        fail(q, "no statement")
    q["sqlite"] = numbered(q, "all", "?")
    q["pg"] = numbered(q, "pg", "$")
    q["role"] = " ".join(q["role"].replace(",", " ").split())


def parse(path):
    queries, q, key, body = [], None, None, None
    for line in Path(path).read_text().splitlines():
        m = MARK.match(line)
        if m and m[1] == "query":
            name, _, kind = m[2].partition(" ")
            q = {"file": path, "name": name, "kind": kind.strip(), "param": "",
                 "row": "", "role": "", "sql": {"all": []}}
            queries.append(q)
            key, body = None, "all"
        elif m and q is not None and m[1] == "engine":
            key, body = None, m[2].strip()
            if body != "pg":
                fail(q, f"no such engine: {body}")
            q["sql"][body] = []
        elif m and q is not None:
            key = m[1]
            q[key] += m[2]
        elif line.startswith("--   ") and key:
            q[key] += " " + line[5:]
        elif line.startswith("--") or not line.strip():
            key = None
        elif q is not None:
            key = None
            q["sql"][body].append(line.strip())
    for q in queries:
        finish(q)
    return queries


def struct(name, pairs):
    body = "".join(f"\t{CTYPE[k]} {n};\n" for n, k in pairs)
    return f"struct {name} {{\n{body}}};\n\n"


def signature(q):
    n = f"q_{q['name']}"
    args = ["struct rp_tx *tx"]
    if q["param"]:
        args.append(f"const struct {n}_param *param")
    args += {
        ":exec": [],
        ":count": ["int64_t *out"],
        ":one": [f"struct {n}_row *out"],
        ":opt": [f"struct {n}_row *out", "bool *out_found"],
        ":many": [f"struct {n}_rows *out"],
        ":each": [f"struct rp_err *(*fn)(void *ctx,\n\t"
                  f"const struct {n}_row *row)", "void *ctx"],
    }[q["kind"]]
    return f"{n}(" + ",\n    ".join(args) + ")"


def header(entity, queries):
    out = (f"/* Generated from {entity}.sql by gen_queries.py. */\n"
           f"#ifndef Q_{entity.upper()}_H\n#define Q_{entity.upper()}_H\n\n"
           '#include "base/str.h"\n#include "base/vec.h"\n\n'
           "struct rp_err;\nstruct rp_tx;\n\n")
    for q in queries:
        if q["param"]:
            out += struct(f"q_{q['name']}_param", q["param"])
        if q["row"]:
            out += struct(f"q_{q['name']}_row", q["row"])
        if q["kind"] == ":many":
            out += (f"struct q_{q['name']}_rows "
                    f"RP_VEC(struct q_{q['name']}_row);\n\n")
        out += f"struct rp_err *{signature(q)} RP_MUST_USE;\n\n"
    return out + "#endif\n"


def literal(lines):
    lines = [s.replace("\\", "\\\\").replace('"', '\\"') for s in lines]
    return "\n".join(f'\t    "{s} "' for s in lines)


def letters(pairs):
    return "".join(LETTER[k] for _, k in pairs)


def descriptor(q):
    """External, so that the table of all queries can list it."""
    roles = f'" {q["role"]} "' if q["role"] else "NULL"
    return (f"extern const struct rp_query query_{q['name']};\n"
            f"const struct rp_query query_{q['name']} = {{\n"
            f'\t.name = "{q["name"]}",\n\t.sql = {{\n'
            f"\t    [RP_SQLITE] =\n{literal(q['sqlite'])},\n"
            f"\t    [RP_PG] =\n{literal(q['pg'])},\n"
            f'\t}},\n\t.params = "{letters(q["param"])}",\n'
            f'\t.columns = "{letters(q["row"])}",\n\t.roles = {roles},\n}};\n\n')


def columns(q, to, depth):
    return "".join("\t" * depth +
                   f"RP_TRY(rp_stmt_{kind}(s, {i}, &{to}{name}));\n"
                   for i, (name, kind) in enumerate(q["row"]))


def loop(q, step, use, end=""):
    """Over the rows of :many and :each; `end` is done after the last."""
    return ("\tfor (;;) {\n"
            f"\t\tstruct q_{q['name']}_row row;\n\n"
            f"\t\tRP_TRY({step}(s, &more));\n"
            "\t\tif (!more)\n\t\t\tbreak;\n"
            f"{columns(q, 'row.', 2)}\t\t{use};\n\t}}\n"
            + end.replace("\t\t", "\t") + "\treturn NULL;\n")


def is_asked_once(q):
    reads = all(q[e][0].startswith(("SELECT", "WITH"))
                for e in ("sqlite", "pg"))
    return reads and q["kind"] in (":one", ":opt", ":many")


def value(name, kind):
    if kind == "text":
        return f"{{ .octets = rp_text_bytes(param->{name}) }}"
    if kind == "bytes":
        return f"{{ .octets = param->{name} }}"
    return f"{{ .i64 = param->{name} }}"


def answer(q):
    """The struct that an answer is remembered as."""
    if q["kind"] == ":opt":
        return f"struct q_{q['name']}_known"
    return f"struct q_{q['name']}_row" + "s" * (q["kind"] == ":many")


def asked(q):
    """(declarations, what is done if the answer is known)"""
    values = ",\n".join("\t    " + value(*p) for p in q["param"])
    args = f"tx, &query_{q['name']}, asked, {len(q['param'])}"
    if not values:
        args = args.replace("asked", "NULL")
    opt = q["kind"] == ":opt"
    what = ("*out = known->row;\n\t\t*out_found = known->found;" if opt else
            "*out = *known;")
    return ((f"\tconst struct rp_value asked[] = {{\n{values}\n\t}};\n"
             if values else "")
            + f"\tconst {answer(q)} *known =\n\t    rp_asked_find({args});\n",
            f"\tif (known != NULL) {{\n\t\t{what}\n\t\treturn NULL;\n\t}}\n",
            args)


def keep(q, args, what, depth):
    return "\t" * depth + f"rp_asked_keep({args}, {what}, sizeof(*({what})));\n"


def known_struct(q):
    if q["kind"] != ":opt" or not is_asked_once(q):
        return ""
    return struct(f"q_{q['name']}_known", [("found", "bool")]).replace(
        "{\n", f"{{\n\tstruct q_{q['name']}_row row;\n")


def body(q):
    kind, once = q["kind"], is_asked_once(q)
    declared, known, args = asked(q) if once else ("", "", "")
    out = (descriptor(q) + known_struct(q)
           + f"struct rp_err *\n{signature(q)}\n{{\n" + declared
           + (f"\t{answer(q)} now;\n" if once and kind == ":opt" else "")
           + "\tRP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;\n"
           + ("\tbool more;\n" if kind in (":many", ":each", ":opt") else "")
           + f"\n{known}\tRP_TRY(rp_stmt_open(tx, &query_{q['name']}, &s));\n")
    for i, (name, t) in enumerate(q["param"]):
        out += f"\trp_stmt_bind_{t}(s, {i}, param->{name});\n"
    if kind == ":exec":
        out += "\treturn rp_stmt_exec(s);\n"
    elif kind == ":count":
        out += "\treturn rp_stmt_count(s, out);\n"
    elif kind == ":one":
        out += ("\tRP_TRY(rp_stmt_one(s));\n" + columns(q, "out->", 1)
                + "\tRP_TRY(rp_stmt_no_more(s));\n"
                + (keep(q, args, "out", 1) if once else "")
                + "\treturn NULL;\n")
    elif kind == ":opt":
        out += ("\tRP_TRY(rp_stmt_step(s, &more));\n\t*out_found = more;\n"
                "\tif (more) {\n" + columns(q, "out->", 2)
                + "\t\tRP_TRY(rp_stmt_no_more(s));\n\t}\n"
                + (f"\tnow = ({answer(q)}){{ .found = more }};\n"
                   "\tif (more)\n\t\tnow.row = *out;\n"
                   + keep(q, args, "&now", 1) if once else "")
                + "\treturn NULL;\n")
    elif kind == ":many":
        out += (f"\t*out = (struct q_{q['name']}_rows){{ 0 }};\n"
                + loop(q, "rp_stmt_step",
                       "rp_vec_push(rp_tx_arena(tx), out, row)",
                       keep(q, args, "out", 2) if once else ""))
    else:
        out += loop(q, "rp_stmt_each", "RP_TRY(fn(ctx, &row))")
    return out + "}\n\n"


def write_all(out_c, sources):
    names = [q["name"] for s in sources for q in parse(s)]
    if len(set(names)) != len(names):
        sys.exit(f"a query's name stands twice: "
                 f"{sorted(n for n in names if names.count(n) > 1)}")
    Path(out_c).write_text(
        "/* Generated by gen_queries.py: every query there is. */\n"
        '#include "store/stmt.h"\n\n'
        + "".join(f"extern const struct rp_query query_{n};\n" for n in names)
        + "\nconst struct rp_query *const rp_queries[] = {\n"
        + "".join(f"\t&query_{n},\n" for n in names) + "\tNULL,\n};\n"
        f"const size_t rp_queries_n = {len(names)};\n")


def main(args):
    if args[0] == "--all":
        return write_all(args[1], args[2:])
    src, out_h, out_c = args
    entity = Path(src).stem
    queries = parse(src)
    Path(out_h).write_text(header(entity, queries))
    Path(out_c).write_text(
        f"/* Generated from {entity}.sql by gen_queries.py. */\n"
        f'#include "store/q_{entity}.h"\n\n#include "base/err.h"\n'
        '#include "store/stmt.h"\n\n' + "".join(body(q) for q in queries))


if __name__ == "__main__":
    main(sys.argv[1:])
