#!/usr/bin/env python3
"""Fail where a file breaks the rules of the layers or of the language.

- src/layers.txt says which layer may include which, and which file may for
  once include a header that its layer may not.
- A library's headers are included in the layers that own it, nowhere else.
- X_private.h stays in its folder, store/q_*.h in domain/ and store/'s tests.
- Only base/attr.h spells __attribute__; there are no // comments.

usage: check_layers.py SRC_DIR
"""
import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'")
BLOCK = re.compile(r"/\*.*?\*/", re.S)

# Headers of other people's libraries: pattern, layers or folders that may.
LIBRARIES = [
    (r"unicode/", {"text"}),
    (r"libstemmer|compact_lang_det|cld2", {"text"}),
    (r"libpsl\.h", {"text"}),
    (r"sqlite3\.h|libpq-fe\.h|pg_config", {"store"}),
    (r"libxml/|zip\.h|jansson\.h|xlsxwriter", {"codec"}),
    (r"zlib\.h", {"codec", "pdf"}),
    (r"hb[.-]", {"pdf"}),
    (r"sodium|openssl/", {"domain"}),
    (r"microhttpd\.h", {"web"}),
    (r"libdeflate\.h|qrencode\.h", {"render"}),
    (r"xxhash\.h", {"themes", "redline", "web"}),
    (r"linear\.h", {"themes"}),
    (r"unbound\.h|ldns/", {"survey"}),
    (r"poppler|qpdf/", {"proc/parse"}),
    (r"seccomp\.h|linux/landlock\.h", {"proc/sandbox_linux.c",
                                        "proc/sandbox_calls_linux.c",
                                        "proc/sandbox_test.c"}),
    (r"glib|gio/|pango|cairo|gmime", set()),
    (r"pthread\.h|threads\.h|dlfcn\.h", set()),
]

# Headers of store/ that its neighbours do not see.
STORE_INSIDE = {"stmt.h", "engine.h"}


def load(path):
    allowed = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            layer, _, below = line.partition(":")
            allowed[layer] = {layer, *below.split()}
    return allowed


def may_have(library_homes, where):
    return any(where == home or where.startswith(home + "/")
               for home in library_homes)


def include_problem(allowed, where, header, system):
    layer, folder = where.split("/")[0], where.rpartition("/")[0]
    if system:
        for pattern, homes in LIBRARIES:
            if re.match(pattern, header) and not may_have(homes, where):
                return f"<{header}> is not for {folder}/"
        return None
    to, slash, name = header.partition("/")
    if not slash:
        return f'"{header}" does not name its layer'
    if to == "tests" and layer in allowed:
        return "what is shipped includes nothing from tests/"
    if to not in allowed:
        return f"{to}/ is not a layer"
    if to not in allowed[layer] and header not in allowed.get(where, ()):
        return f"{layer}/ may not include {to}/"
    if name.endswith("_private.h") and \
            header.rpartition("/")[0] != folder:
        return f"{header} is private to its folder"
    if to == "store" and layer != "store" and name in STORE_INSIDE:
        return f"{header} is private to store/"
    if to == "store" and name.startswith("q_") and \
            layer not in ("store", "domain"):
        return "only domain/ calls generated queries"
    return None


def blank(m):
    """The same lines without their text, so that numbers stay right."""
    return re.sub(r"[^\n]", " ", m[0])


def language_problems(text):
    bare = STRING.sub('""', BLOCK.sub(blank, text))
    for n, line in enumerate(bare.splitlines(), 1):
        if "//" in line and not line.lstrip().startswith("#"):
            yield n, "// comments are for private debugging"
        if "__attribute__" in line:
            yield n, "__attribute__ is spelled in base/attr.h only"
        if re.search(r"\bgoto\b", line):
            yield n, "no goto"
        if re.search(r"\bsetjmp\b|\blongjmp\b", line):
            yield n, "the one jump point is in base/arena.c"


def main(src):
    src, bad = Path(src), []
    allowed = load(src / "layers.txt")
    for path in sorted([*src.rglob("*.[ch]"), *src.rglob("*.cc"),
                        *src.rglob("*.def")]):
        where, text = str(path.relative_to(src)), path.read_text()
        if path.suffix in (".c", ".h", ".cc"):
            for n, line in enumerate(text.splitlines(), 1):
                m = INCLUDE.match(line)
                why = m and include_problem(allowed, where, m[2],
                                            m[1] == "<")
                if why:
                    bad.append(f"src/{where}:{n}: {why}")
        if path.suffix not in (".c", ".h"):
            continue
        for n, why in language_problems(text):
            if where == "base/attr.h" and "attribute" in why:
                continue
            if where == "base/arena.c" and "jump" in why:
                continue
            bad.append(f"src/{where}:{n}: {why}")
    print("\n".join(bad) if bad else "layers hold")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
