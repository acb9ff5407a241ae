#!/usr/bin/env python3
"""Compile src/proc/settings.def.

usage: gen_settings.py DEF OUT.h OUT.c MANUAL.md SAMPLE.conf
"""
import re
import sys
from pathlib import Path

HEAD = re.compile(r"^([a-z][a-z0-9_]*): ([a-z]+)(?:\(([a-z|]+)\))? =\s?(.*)$")
RANGE = re.compile(r"^(\d+[a-zA-Z]*)\.\.(\d+[a-zA-Z]*)$")
C_TYPES = {"text": "rp_text", "path": "rp_text", "number": "int64_t",
           "size": "int64_t", "duration": "int64_t", "flag": "bool",
           "choice": "int", "words": "struct rp_words_list",
           "addresses": "struct rp_words_list",
           "prefixes": "struct rp_words_list"}
UNITS = {"size": {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30},
         "duration": {"s": 1000, "m": 60000, "h": 3600000, "d": 86400000},
         "number": {"": 1}}


def value(kind, text, where):
    m = re.match(r"^(\d+)([a-zA-Z]*)$", text)
    if not m or m[2] not in UNITS[kind]:
        sys.exit(f"{where}: {text} is not a {kind}")
    return int(m[1]) * UNITS[kind][m[2]]


def read(path):
    """[(section, [setting])] where a setting is a dict."""
    sections, now = [], None
    for n, line in enumerate(path.read_text().splitlines(), 1):
        where = f"{path}:{n}"
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("== "):
            sections.append((line.strip("= "), []))
        elif line.startswith("\t"):
            now["text"].append(line.strip())
        else:
            m = HEAD.match(line)
            if not m or m[2] not in C_TYPES or not sections:
                sys.exit(f"{where}: not a setting")
            parts = [p.strip() for p in m[4].split(",")]
            now = {"name": m[1], "kind": m[2], "choices": m[3] or "",
                   "default": parts[0], "range": "", "min": 0, "max": 0,
                   "secret": "secret" in parts[1:], "text": []}
            for p in parts[1:]:
                r = RANGE.match(p)
                if r:
                    now["range"] = p
                    now["min"], now["max"] = (value(m[2], v, where)
                                              for v in r.groups())
                elif p != "secret":
                    sys.exit(f"{where}: {p} is neither a range nor secret")
            if m[2] in UNITS:
                if not now["range"]:
                    sys.exit(f"{where}: a {m[2]} has a range")
                if not (now["min"] <= value(m[2], parts[0], where)
                        <= now["max"]):
                    sys.exit(f"{where}: the default is out of range")
            sections[-1][1].append(now)
    for _, items in sections:
        for s in items:
            if not s["text"]:
                sys.exit(f"{path}: {s['name']} has no manual text")
    return sections


def header(items):
    out = ["/* Generated from settings.def by gen_settings.py. */",
           "#ifndef RP_PROC_SETTINGS_TABLE_H",
           "#define RP_PROC_SETTINGS_TABLE_H", "",
           "struct rp_settings {",
           f"\tenum rp_setting_origin origin[{len(items)}];"]
    out += [f"\t{C_TYPES[s['kind']]} {s['name']};" for s in items]
    out += ["};", ""]
    for s in items:
        if s["kind"] == "choice":
            names = ", ".join(f"RP_{s['name'].upper()}_{c.upper()}"
                              for c in s["choices"].split("|"))
            out += [f"enum rp_{s['name']} {{ {names} }};", ""]
    out += [f"#define RP_SETTINGS_COUNT {len(items)}", "", "#endif", ""]
    return "\n".join(out)


def table(items):
    out = ["/* Generated from settings.def by gen_settings.py. */",
           "#include <stddef.h>", "", '#include "proc/settings.h"', "",
           "const struct rp_setting rp_setting_list[RP_SETTINGS_COUNT] = {"]
    for s in items:
        out.append(
            f"\t{{ \"{s['name']}\", RP_SETTING_{s['kind'].upper()}, "
            f"\"{s['default']}\", \"{s['range']}\", {s['min']}, {s['max']}, "
            f"\"{s['choices']}\", {str(s['secret']).lower()}, "
            f"offsetof(struct rp_settings, {s['name']}) }},")
    out += ["};", ""]
    return "\n".join(out)


def kind_words(s):
    words = {"number": "a number", "size": "octets, or with K, M, G",
             "duration": "a time with its unit: s, m, h, d",
             "flag": "yes or no", "text": "text", "path": "a path",
             "words": "words", "addresses": "addresses with ports",
             "prefixes": "networks",
             "choice": "one of " + ", ".join(s["choices"].split("|"))}
    out = words[s["kind"]]
    if s["range"]:
        out += ", from {} to {}".format(*s["range"].split(".."))
    return out


def manual(sections):
    out = ["# Settings", "",
           "Made from `src/proc/settings.def`; do not edit.", "",
           "A setting comes from, the later ones first: the command line "
           "(`--set name=value`), the environment (`RAPPORTEUR_NAME`), the "
           "file (`/etc/rapporteur/rapporteur.conf`, or what `--config` "
           "says), the default. The file has lines `name = value`; a `#` "
           "begins a comment at the start of a line. `rapporteur settings` "
           "prints what is in force and where it comes from.", ""]
    for title, items in sections:
        out += [f"## {title}", ""]
        for s in items:
            default = f"`{s['default']}`" if s["default"] else "empty"
            out += [f"### {s['name']}", "",
                    f"{kind_words(s)[0].upper()}{kind_words(s)[1:]}. "
                    f"Default: {default}.", "", *s["text"], ""]
    return "\n".join(out)


def sample(sections):
    out = ["# Settings of Rapporteur. Every line shows a default; remove the "
           "# and", "# change what you need. `rapporteur check` tells what is "
           "wrong.", ""]
    for title, items in sections:
        out += [f"# -- {title} --", ""]
        for s in items:
            out += ["# " + t for t in s["text"]]
            out += [f"# ({kind_words(s)})",
                    f"#{s['name']} = {s['default']}".rstrip(), ""]
    return "\n".join(out)


def main(definition, out_h, out_c, out_md, out_conf):
    sections = read(Path(definition))
    items = [s for _, part in sections for s in part]
    Path(out_h).write_text(header(items))
    Path(out_c).write_text(table(items))
    Path(out_md).write_text(manual(sections))
    Path(out_conf).write_text(sample(sections))


if __name__ == "__main__":
    main(*sys.argv[1:])
