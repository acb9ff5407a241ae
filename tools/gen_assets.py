#!/usr/bin/env python3
"""Put the files of static/ into the program, named by what they hold.

style.css becomes style-<first 10 hex digits of its SHA-256>.css, so browsers
may keep it for ever.

usage: gen_assets.py OUT.c FILE...
"""
import hashlib
import sys
from pathlib import Path

TYPES = {".css": "text/css; charset=utf-8",
         ".json": "application/json",
         ".js": "text/javascript; charset=utf-8",
         ".svg": "image/svg+xml"}


def main(out, *paths):
    rows, data = [], []
    for n, path in enumerate(map(Path, paths)):
        octets = path.read_bytes()
        digest = hashlib.sha256(octets).hexdigest()[:10]
        name = f"{path.stem}-{digest}{path.suffix}"
        data.append(f"static const uint8_t f{n}[] = {{\n\t" + ",\n\t".join(
            ", ".join(str(b) for b in octets[i:i + 16])
            for i in range(0, len(octets), 16)) + "\n};\n")
        rows.append(f'\t{{ RP_TEXT_INIT("{path.name}"), '
                    f'RP_TEXT_INIT("{name}"), "{TYPES[path.suffix]}", '
                    f"{{ f{n}, sizeof(f{n}) }} }},")
    Path(out).write_text(
        "/* Generated from static/ by gen_assets.py. */\n"
        '#include "render/assets.h"\n\n' + "\n".join(data)
        + "\nconst struct rp_asset rp_assets[] = {\n" + "\n".join(rows)
        + "\n\t{ { NULL, 0 }, { NULL, 0 }, NULL, { NULL, 0 } }\n};\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
