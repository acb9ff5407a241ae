#!/usr/bin/env python3
"""Compile templates/<name>.html into t_<name>.h and t_<name>.c.

The file begins with {# view: field type, ... #}: the C struct that the page is
made from. Types: text, html, url, i64 (plain digits), num (the reader's
digits), bool, msg (a message id), @other (the view of another template, printed
by {% use field %}), [field type, ...] (a list), [@other] (a list of views: in
{% for x in field %} the item is printed by {% use x %}).

    {{ field }}  {{ item.field }}  {{ view.field }}	a value, escaped as its place demands
    {{ _ id }}  {{ _ id name=field }}	a message of the catalogue
    {% if f %} {% if not f %} {% else %} {% for x in f %} {% use f %} {% end %}

Texts are printed in elements and double-quoted attributes, addresses alone in
href, action, src, formaction and cite. Nothing is printed in <script>, <style>,
comments, unquoted attributes or tag names: the build stops.

usage: gen_templates.py PO_DIR NAME.html OUT.h OUT.c
"""
import re
import sys
from pathlib import Path

import catalogue as cat

CTYPE = {"text": "rp_text", "html": "rp_html", "url": "rp_url",
         "i64": "int64_t", "num": "int64_t", "bool": "bool",
         "msg": "enum rp_msg"}
# The indentation of a block that begins its line goes with it.
TOKEN = re.compile(r"\{\{ (.*?) \}\}|(?:(?<=\n)[ \t]+)?\{% (.*?) %\}\n?", re.S)
VIEW = re.compile(r"\{# view:\s*(.*?)#\}\n", re.S)
URL_ATTR = {"href", "action", "src", "formaction", "cite"}


def fields(spec, where):
    out, i = {}, 0
    spec = spec.strip()
    while i < len(spec):
        m = re.compile(r"\s*(\w+)\s+").match(spec, i)
        if not m:
            sys.exit(f"{where}: view: {spec[i:]}")
        i = m.end()
        if spec[i] == "[":
            depth, j = 1, i + 1
            while depth:
                depth += {"[": 1, "]": -1}.get(spec[j], 0)
                j += 1
            inner = spec[i + 1:j - 1].strip()
            out[m[1]] = "*" + inner[1:] if inner[:1] == "@" else \
                fields(inner, where)
        else:
            j = re.compile(r"@?\w+").match(spec, i).end()
            out[m[1]] = spec[i:j]
            if spec[i] != "@" and spec[i:j] not in CTYPE:
                sys.exit(f"{where}: {m[1]}: no such type: {spec[i:j]}")
        i = re.compile(r"\s*,?\s*").match(spec, j).end()
    return out


def is_list(kind):
    return isinstance(kind, dict) or kind[0] == "*"


class Place:
    """Where in the markup the next value would stand."""

    def __init__(self):
        self.state, self.attr, self.raw = "text", "", None

    def feed(self, s):
        i = 0
        while i < len(s):
            c = s[i]
            if self.raw:
                end = s.lower().find("</" + self.raw, i)
                if end < 0:
                    return
                i, self.raw = end, None
            elif self.state == "text":
                if s.startswith("<!--", i):
                    i = s.index("-->", i) + 2
                elif c == "<":
                    self.state, self.tag = "tag", ""
                    m = re.compile(r"</?([A-Za-z0-9]+)").match(s, i)
                    self.tag = m[1].lower() if m else ""
            elif self.state == "tag":
                m = re.compile(r'([A-Za-z-]+)="').match(s, i)
                if m:
                    self.state, self.attr = "quoted", m[1].lower()
                    i = m.end() - 1
                elif c == ">":
                    opening = s.rfind("<", 0, i)
                    self.state = "text"
                    if self.tag in ("script", "style") and \
                            s[opening:opening + 2] != "</":
                        self.raw = self.tag
            elif self.state == "quoted" and c == '"':
                self.state = "tag"
            i += 1

    def check(self, kind, what, where):
        if self.raw or self.state == "tag":
            sys.exit(f"{where}: {what} may not be printed here")
        if self.state == "quoted":
            if (self.attr in URL_ATTR) != (kind == "url") and \
                    not (self.attr in URL_ATTR and kind == "i64"):
                sys.exit(f"{where}: {what} is {kind} in {self.attr}")
            if kind == "html":
                sys.exit(f"{where}: {what}: markup in an attribute")
        elif kind == "url":
            sys.exit(f"{where}: {what} is an address outside an attribute")


class Template:
    def __init__(self, name, text, english, others):
        self.name, self.where, self.en = name, f"templates/{name}.html", english
        self.others = others
        head = VIEW.match(text)
        if not head:
            sys.exit(f"{self.where}: no view on the first line")
        self.view = fields(head[1], self.where)
        self.source = text[head.end():].rstrip("\n")
        self.out, self.depth, self.loops = [], 1, {}
        self.place, self.blocks = Place(), []

    def emit(self, line):
        self.out.append("\t" * self.depth + line)

    def scope(self, kind, path):
        if isinstance(kind, dict):
            return kind
        if kind[0] not in "@*":
            sys.exit(f"{self.where}: {path}: has no fields")
        text = (self.others / f"{kind[1:]}.html").read_text("utf-8")
        return fields(VIEW.match(text)[1], f"templates/{kind[1:]}.html")

    def resolve(self, path):
        names = path.split(".")
        if names[0] in self.loops:
            kind, c, join = self.loops[names.pop(0)], path.split(".")[0], "->"
        else:
            kind, c, join = self.view, "v", "->"
        for i, name in enumerate(names):
            scope = self.scope(kind, path)
            if name not in scope or (i and is_list(kind)):
                sys.exit(f"{self.where}: {path}: not a field of the view")
            kind, c, join = scope[name], c + join + name, "."
        return kind, c

    def message(self, words):
        ident, given = words[0], dict(w.split("=", 1) for w in words[1:])
        if ident not in self.en:
            sys.exit(f"{self.where}: no message {ident} in po/en.po")
        want = cat.arguments(self.en[ident], f"po/en.po: {ident}")
        if sorted(given) != want:
            sys.exit(f"{self.where}: {ident} wants {want}, got {sorted(given)}")
        self.place.check("text", ident, self.where)
        inside = "true" if self.place.state == "text" else "false"
        if not want:
            self.emit(f"rp_page_msg(page, {cat.cident(ident)});")
            return
        args = []
        for name in want:
            kind, c = self.resolve(given[name])
            if kind in ("i64", "num"):
                args.append(f"RP_MSG_NUM({c})")
            elif kind == "text":
                args.append(f"RP_MSG_TEXT({c})")
            elif kind == "msg":
                args.append(f"RP_MSG_MSG({c})")
            else:
                sys.exit(f"{self.where}: {ident}: {name} is {kind}")
        self.emit(f"rp_page_msgv(page, {cat.cident(ident)}, {inside},")
        self.emit(f"    (const struct rp_msg_arg[]){{ {', '.join(args)} }}, "
                  f"{len(args)});")

    def value(self, path):
        kind, c = self.resolve(path)
        if is_list(kind) or kind == "bool" or kind[0] == "@":
            sys.exit(f"{self.where}: {path}: cannot be printed")
        self.place.check(kind, path, self.where)
        self.emit(f"rp_page_{kind}(page, {c});")

    def block(self, words):
        if words[0] == "end":
            self.depth -= 1
            self.emit("}")
            self.loops.pop(self.blocks.pop(), None)
        elif words[0] == "else":
            self.depth -= 1
            self.emit("} else {")
            self.depth += 1
        elif words[0] == "if":
            negate = words[1] == "not"
            kind, c = self.resolve(words[1 + negate])
            c += ".n > 0" if is_list(kind) or kind in (
                "text", "html", "url") else ""
            self.emit(f"if ({'!(' if negate else ''}{c}"
                      f"{')' if negate else ''}) {{")
            self.depth += 1
            self.blocks.append(None)
        elif words[0] == "for":
            kind, c = self.resolve(words[3])
            if not is_list(kind):
                sys.exit(f"{self.where}: {words[3]} is not a list")
            i = f"i_{words[1]}"
            self.loops[words[1]] = kind
            self.blocks.append(words[1])
            self.emit(f"for (size_t {i} = 0; {i} < {c}.n; {i}++) {{")
            self.depth += 1
            self.emit(f"const __typeof__(*{c}.v) *{words[1]} = &{c}.v[{i}];\n")
        elif words[0] == "use":
            kind, c = self.resolve(words[1])
            if isinstance(kind, dict) or kind[0] not in "@*" or \
                    (kind[0] == "*" and words[1] not in self.loops):
                sys.exit(f"{self.where}: {words[1]} is not a view")
            self.emit(f"t_{kind[1:]}(page, {'&' if kind[0] == '@' else ''}"
                      f"{c});")
        else:
            sys.exit(f"{self.where}: what is {{% {' '.join(words)} %}}?")

    def compile(self):
        at = 0
        for m in [*TOKEN.finditer(self.source), None]:
            markup = self.source[at:m.start() if m else len(self.source)]
            # Indentation is for people; one line break is enough for browsers.
            tight = re.sub(r"\n\s*", "\n", markup)
            self.place.feed(markup)
            if tight.strip("\n") or (tight and self.place.state != "text"):
                self.emit(f'rp_page_html(page, RP_HTML("{cat.cstring(tight)}"'
                          '));')
            if m is None:
                break
            at = m.end()
            words = (m[1] or m[2]).split()
            if m[2]:
                self.block(words)
            elif words[0] == "_":
                self.message(words[1:])
            else:
                self.value(words[0])
        if self.depth != 1:
            sys.exit(f"{self.where}: a block is not ended")
        return "\n".join(self.out)


def struct(name, view):
    out = ""
    for f, k in view.items():
        if isinstance(k, dict):
            out += struct(f"{name}_{f}", k)
    out += f"struct {name} {{\n"
    for f, k in view.items():
        if isinstance(k, dict):
            out += f"\tstruct RP_VEC(struct {name}_{f}) {f};\n"
        elif k[0] == "*":
            out += f"\tstruct RP_VEC(struct v_{k[1:]}) {f};\n"
        elif k[0] == "@":
            out += f"\tstruct v_{k[1:]} {f};\n"
        else:
            out += f"\t{CTYPE[k]} {f};\n"
    return out + ("\tbool unused_;\n" if not view else "") + "};\n\n"


def uses(view):
    for k in view.values():
        if isinstance(k, dict):
            yield from uses(k)
        elif k[0] in "@*":
            yield k[1:]


def main(po, src, out_h, out_c):
    name = Path(src).stem
    t = Template(name, Path(src).read_text("utf-8"), cat.read(Path(po) / "en.po"),
                 Path(src).parent)
    proto = f"t_{name}(struct rp_page *page, const struct v_{name} *v)"
    includes = "".join(f'#include "render/t_{u}.h"\n'
                       for u in sorted(set(uses(t.view))))
    Path(out_h).write_text(
        f"/* Generated from {name}.html by gen_templates.py. */\n"
        f"#ifndef T_{name.upper()}_H\n#define T_{name.upper()}_H\n\n"
        f'#include "base/vec.h"\n#include "render/page.h"\n{includes}\n'
        + struct(f"v_{name}", t.view) + f"void {proto};\n\n#endif\n")
    code = t.compile()
    quiet = "" if "v->" in code else "\t(void)v;\n"
    Path(out_c).write_text(
        f"/* Generated from {name}.html by gen_templates.py. */\n"
        f'#include "render/t_{name}.h"\n\nvoid\n{proto}\n{{\n'
        + quiet + code + "\n}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
