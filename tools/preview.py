#!/usr/bin/env python3
"""Write pages from the templates and sample views, to look at them.

The samples are tests/pages/samples.py. Every page is written as
OUT/<page>.<lang>.html beside copies of static/; a report of compressed sizes
follows. The program is for people who design pages: the server uses the C that
gen_templates.py makes of the same templates.

With --check nothing is written: the budgets of first load are checked, and
that the stylesheet knows no left or right.

usage: preview.py OUT [page ...]
       preview.py --check
"""
import gzip
import html
import re
import shutil
import sys
from pathlib import Path

import catalogue as cat
from gen_templates import TOKEN, VIEW, fields

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "pages"))
sys.dont_write_bytecode = True
EMPTY = {"num": 0, "i64": 0, "bool": False}
DIGITS = {"ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")}
GROUP = {"en": ",", "zh": ",", "ar": "٬", "fr": "\u202f", "ru": "\u00a0",
         "es": "."}


def number(lang, n):
    return f"{n:,}".replace(",", GROUP[lang]).translate(DIGITS.get(lang, {}))


def category(lang, n):
    if lang == "zh":
        return "other"
    if lang == "ar":
        return ("zero", "one", "two")[n] if n < 3 else \
            "few" if 3 <= n % 100 <= 10 else \
            "many" if 11 <= n % 100 <= 99 else "other"
    if lang == "ru":
        return "one" if n % 10 == 1 and n % 100 != 11 else \
            "few" if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else "many"
    return "one" if n == 1 or (lang == "fr" and n == 0) else "other"


class Preview:
    def __init__(self, lang):
        self.lang = lang
        self.books = cat.read(ROOT / "po" / f"{lang}.po")
        self.english = cat.read(ROOT / "po" / "en.po")

    def words(self, ident, args, isolate):
        def value(name):
            v = args[name]
            if isinstance(v, int):
                return number(self.lang, v)
            return f"<bdi>{html.escape(v)}</bdi>" if isolate else html.escape(v)

        text, out = self.books.get(ident) or self.english[ident], ""
        for p in cat.split(text, ident):
            if p[0] == "plural":
                case = p[2].get(category(self.lang, args[p[1]]), p[2]["other"])
                case = case.replace("#", "{" + p[1] + "}")
                out += re.sub(r"\{(\w+)\}", lambda m: value(m[1]), case)
            else:
                out += html.escape(p[1]) if p[0] == "lit" else value(p[1])
        return out

    def complete(self, spec, view):
        out = {}
        for name, kind in spec.items():
            if isinstance(kind, dict):
                out[name] = [self.complete(kind, x) for x in view.get(name, [])]
            elif kind[0] == "*":
                out[name] = [self.view(kind[1:], x) for x in view.get(name, [])]
            elif kind[0] == "@":
                out[name] = self.view(kind[1:], view.get(name, {}))
            else:
                out[name] = view.get(name, EMPTY.get(kind, ""))
                if kind == "msg" and out[name]:
                    out[name] = self.words(out[name], {}, False)
        unknown = set(view) - set(spec)
        if unknown:
            sys.exit(f"not in the view: {unknown}")
        return out

    def template(self, name):
        text = (ROOT / "templates" / f"{name}.html").read_text("utf-8")
        head = VIEW.match(text)
        return fields(head[1], name), text[head.end():].rstrip("\n")

    def view(self, name, given):
        return self.complete(self.template(name)[0], given)

    def render(self, name, given):
        spec, source = self.template(name)
        tokens, at = [], 0
        for m in TOKEN.finditer(source):
            tokens += [("html", source[at:m.start()], spec),
                       ("block" if m[2] else "value", (m[2] or m[1]).split())]
            at = m.end()
        tokens.append(("html", source[at:]))
        out = []
        self.run(tokens, 0, self.view(name, given), spec, {}, out, True)
        return "".join(out)

    def run(self, tokens, i, view, spec, loops, out, live):
        def find(path):
            names = path.split(".")
            v, k = loops[names.pop(0)] if names[0] in loops else (view, spec)
            for n in names:
                if isinstance(k, str):
                    k = self.template(k[1:])[0]
                v, k = v[n], k[n]
            return v, k

        while i < len(tokens):
            what, arg = tokens[i][0], tokens[i][1]
            if what == "html":
                if live:
                    out.append(re.sub(r"\n\s*", "\n", arg))
            elif what == "value" and live:
                if arg[0] == "_":
                    args = {a.split("=")[0]: find(a.split("=")[1])[0]
                            for a in arg[2:]}
                    before = "".join(out[-40:])
                    inside = before.rfind(">") > before.rfind("<")
                    out.append(self.words(arg[1], args, inside))
                else:
                    v, k = find(arg[0])
                    out.append(v if k in ("html", "msg") else
                               number(self.lang, v) if k == "num" else
                               html.escape(str(v)))
            elif what == "block":
                if arg[0] in ("end", "else"):
                    return i
                if arg[0] == "use":
                    if live:
                        v, k = find(arg[1])
                        out.append(self.render_done(k[1:], v))
                elif arg[0] == "if":
                    yes = live and bool(find(arg[-1])[0]) != (arg[1] == "not")
                    i = self.run(tokens, i + 1, view, spec, loops, out, yes)
                    if tokens[i][1][0] == "else":
                        i = self.run(tokens, i + 1, view, spec, loops, out,
                                     live and not yes)
                else:
                    items, k = find(arg[3]) if live else ([], {})
                    end = self.run(tokens, i + 1, view, spec, loops, out, False)
                    for x in items:
                        self.run(tokens, i + 1, view, spec,
                                 {**loops, arg[1]: (x, k)}, out, True)
                    i = end
            i += 1
        return i

    def render_done(self, name, view):
        """The same for a view that is complete already."""
        keep, self.view = self.view, lambda n, v: v
        try:
            return self.render(name, view)
        finally:
            self.view = keep


# Octets, compressed. Long texts are counted without the text.
PAGE_MAX, STYLE_MAX, SCRIPT_MAX = 14336, 6144, 6144
SIDES = re.compile(r"(?<![\w-])(left|right|(margin|padding|border)-(left|right)|"
                   r"(max-|min-)?(width|height))\s*:")


def compressed(name):
    return len(gzip.compress((ROOT / "static" / name).read_bytes(), 9))


def check():
    import samples
    bad = []
    style = (ROOT / "static" / "style.css").read_text("utf-8")
    # Media features are the one place where width is a word of the language.
    for m in SIDES.finditer(re.sub(r"@media\([^{]*\)", "", style)):
        bad.append(f"style.css: {m[0]} is not logical")
    for name, most in (("style.css", STYLE_MAX), ("answer.js", SCRIPT_MAX)):
        if compressed(name) > most:
            bad.append(f"{name}: {compressed(name)} octets, at most {most}")
    for page, lang, frame, template, view in samples.pages():
        p = Preview(lang)
        text = p.render("frame", {**frame,
                                  "content": p.render(template, view)})
        n = len(gzip.compress(text.encode(), 9)) + compressed("style.css")
        if n > PAGE_MAX:
            bad.append(f"{page}.{lang}: {n} octets, at most {PAGE_MAX}")
    print("\n".join(bad) or "pages within their budgets")
    sys.exit(1 if bad else 0)


def main(out, *only):
    import samples
    if out == "--check":
        check()
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    css = (ROOT / "static" / "style.css").read_bytes()
    for f in (ROOT / "static").iterdir():
        shutil.copy(f, out / f.name)
    print(f"style.css {len(gzip.compress(css, 9)):6}")
    for page, lang, frame, template, view in samples.pages():
        if only and page not in only:
            continue
        p = Preview(lang)
        frame = {**frame, "content": p.render(template, view)}
        text = p.render("frame", frame).encode()
        (out / f"{page}.{lang}.html").write_bytes(text)
        n = len(gzip.compress(text, 9))
        print(f"{page + '.' + lang:28} {len(text):7} raw {n:6} html "
              f"{n + len(gzip.compress(css, 9)):6} with css")


if __name__ == "__main__":
    main(*sys.argv[1:])
