#!/usr/bin/env python3
"""Compile po/*.po into messages.h and messages.c.

usage: gen_messages.py PO_DIR OUT.h OUT.c
"""
import sys
from pathlib import Path

import catalogue as cat


def parts_for(text, category, args, where):
    """The parts of a message once its plural is decided."""
    out = []
    for p in cat.split(text, where):
        if p[0] == "plural":
            case = p[2].get(category, p[2]["other"])
            pieces = case.split("#")
            for i, piece in enumerate(pieces):
                out += cat.split(piece, where)
                if i + 1 < len(pieces):
                    out.append(("arg", p[1]))
        else:
            out.append(p)
    rows = []
    for p in out:
        if p[0] == "arg":
            rows.append(f"{{ NULL, 0, {args.index(p[1])}, false }}")
        else:
            n = len(p[1].encode())
            special = "true" if any(c in p[1] for c in "&<>\"'") else "false"
            rows.append(f'{{ "{cat.cstring(p[1])}", {n}, -1, {special} }}')
    rows.append("{ NULL, 0, -1, false }")
    return "{ " + ", ".join(rows) + " }"


def main(po, out_h, out_c):
    books = {lang: cat.read(Path(po) / f"{lang}.po") for lang in cat.LANGS}
    ids = sorted(books["en"])
    head = ("/* Generated from po/ by gen_messages.py. */\n"
            "#ifndef RP_MESSAGES_H\n#define RP_MESSAGES_H\n\nenum rp_msg {\n"
            "\tM_none,\n"
            + "".join(f"\t{cat.cident(i)},\n" for i in ids)
            + "\tM_count_of_messages\n};\n\n#endif\n")
    Path(out_h).write_text(head)
    body = ["/* Generated from po/ by gen_messages.py. */",
            '#include "render/message_private.h"', ""]
    defs = {}
    for lang in cat.LANGS:
        for ident in ids:
            text = books[lang].get(ident)
            if text is None:
                defs[lang, ident] = None
                continue
            where = f"po/{lang}.po: {ident}"
            args = cat.arguments(books["en"][ident], f"po/en.po: {ident}")
            if not set(cat.arguments(text, where)) <= set(args):
                sys.exit(f"{where}: arguments differ from English {args}")
            plural = cat.plural_of(text, where)
            base = f"p_{lang}_{cat.cident(ident)}"
            names = []
            for k in (cat.CATEGORIES if plural else ["other"]):
                if plural and k != "other" and k not in plural[2]:
                    names.append(None)
                    continue
                body.append(f"static const struct rp_msg_part {base}_{k}[] = "
                            f"{parts_for(text, k, args, where)};")
                names.append(f"{base}_{k}")
            names = [n or f"{base}_other" for n in names]
            at = args.index(plural[1]) if plural else -1
            defs[lang, ident] = f"{{ {at}, {{ {', '.join(names)} }} }}"
    for lang in cat.LANGS:
        body.append(f"\nstatic const struct rp_msg_def defs_{lang}[] = {{")
        body.append("\t[M_none] = { -1, { NULL } },")
        for ident in ids:
            d = defs[lang, ident] or defs["en", ident]
            body.append(f"\t[{cat.cident(ident)}] = {d},")
        body.append("};")
    body.append("\nconst struct rp_msg_def *const rp_msg_defs[] = {")
    body += [f"\tdefs_{lang}," for lang in cat.LANGS]
    body.append("};\n")
    # The ids themselves, for the API and for tests.
    body.append("const char *const rp_msg_ids[] = {\n\t\"\",")
    body += [f'\t"{i}",' for i in ids]
    body.append("};")
    Path(out_c).write_text("\n".join(body) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
