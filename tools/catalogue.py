"""Read the message catalogues po/<lang>.po: ids, texts, arguments, plurals.

A message is text with {name} for an argument and at most one
{name, plural, one{...} other{...}} in which # stands for the number.
"""
import re
import sys
from pathlib import Path

LANGS = ["ar", "zh", "en", "fr", "ru", "es"]
CATEGORIES = ["zero", "one", "two", "few", "many", "other"]
ENTRY = re.compile(r'^(msgid|msgstr)?\s*"(.*)"$')


def unquote(s):
    return s.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")


def read(path):
    """{id: text} of one .po file; an empty msgstr is absent."""
    out, mode, ident, text = {}, None, "", ""
    for n, line in enumerate(Path(path).read_text("utf-8").splitlines() +
                             ['msgid ""'], 1):
        if not line.strip() or line.startswith("#"):
            continue
        m = ENTRY.match(line.strip())
        if not m:
            sys.exit(f"{path}:{n}: not a catalogue line: {line}")
        if m[1] == "msgid":
            if ident and ident in out:
                sys.exit(f"{path}:{n}: {ident} stands twice")
            if ident and text:
                out[ident] = text
            mode, ident, text = "id", unquote(m[2]), ""
        elif m[1] == "msgstr":
            mode, text = "str", unquote(m[2])
        elif mode == "id":
            ident += unquote(m[2])
        else:
            text += unquote(m[2])
    return out


def split(text, where):
    """[(kind, value)]: ('lit', s), ('arg', name), ('plural', name, {cat: s})"""
    parts, i, lit = [], 0, ""
    while i < len(text):
        if text[i] != "{":
            if text[i] == "}":
                sys.exit(f"{where}: unbalanced brace")
            lit += text[i]
            i += 1
            continue
        depth, j = 1, i + 1
        while j < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[j], 0)
            j += 1
        if depth:
            sys.exit(f"{where}: unbalanced brace")
        if lit:
            parts.append(("lit", lit))
            lit = ""
        inner = text[i + 1:j - 1]
        m = re.match(r"^(\w+)\s*,\s*plural\s*,\s*(.*)$", inner, re.S)
        if m:
            cases = dict(re.findall(r"(\w+)\s*\{((?:[^{}]|\{\w+\})*)\}", m[2]))
            bad = set(cases) - set(CATEGORIES)
            if bad or "other" not in cases:
                sys.exit(f"{where}: plural needs 'other', knows no {bad}")
            parts.append(("plural", m[1], cases))
        elif re.match(r"^\w+$", inner):
            parts.append(("arg", inner))
        else:
            sys.exit(f"{where}: what is {{{inner}}}?")
        i = j
    if lit:
        parts.append(("lit", lit))
    return parts


def arguments(text, where):
    """The names of a message's arguments, in alphabetical order."""
    names = set()
    for p in split(text, where):
        if p[0] != "lit":
            names.add(p[1])
        if p[0] == "plural":
            for case in p[2].values():
                names |= set(re.findall(r"\{(\w+)\}", case))
    return sorted(names)


def plural_of(text, where):
    found = [p for p in split(text, where) if p[0] == "plural"]
    if len(found) > 1:
        sys.exit(f"{where}: more than one plural")
    return found[0] if found else None


def cident(ident):
    return "M_" + re.sub(r"\W", "_", ident)


def cstring(s):
    out = s.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return out.replace("??", '?""?')
