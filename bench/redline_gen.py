#!/usr/bin/env python3
"""Make pairs of texts with a known list of edits, for bench/redline.

usage: redline_gen.py pairs DIR N [SEED]	files as score_redline.py reads
       redline_gen.py contract DIR [SEED]	863 paragraphs, some long; as
						.txt and as .docx
       redline_gen.py similar DIR [SEED]	5,000, 30 % changed, all alike

The sentences are of co-operatives and their statutes, so that nothing is shared
with the set in which the engine grew up. Deterministic by seed.
"""
import json
import random
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

WHO = """the board|the treasurer|every member|the general meeting|the audit
panel|each local branch|the managing agent|a retiring director|the shareholders
of class B|the works committee|the pension trustee|the liquidator""".split("|")
WHO = [w.replace("\n", " ") for w in WHO]
DOES = """may inspect|shall approve|shall not dispose of|must record|may
suspend|is to publish|has to insure|shall transfer|can postpone|will review|may
lend|shall keep separate|ought to disclose""".split("|")
DOES = [w.replace("\n", " ") for w in DOES]
WHAT = """the milk quota|surplus grain|leased orchards|winter fodder|the
cold-storage plant|vehicles above nine tonnes|ordinary dividends|the seed
fund|loans from members|boundary hedges|irrigation rights|the register of
shares|unclaimed refunds|the cheese brand|tools held in common|harvest
forecasts|minutes of closed sessions|veterinary bills|hired labour|solar
panels|auction proceeds|grazing permits|weighbridge tickets|beekeeping
sites""".split("|")
WHAT = [w.replace("\n", " ") for w in WHAT]
TAIL = """before the first frost|unless two thirds object in writing|within
forty days of the notice|at the tariff of the previous season|in the presence
of a notary|save where the bylaws forbid it|after hearing those affected|without
prejudice to existing tenancies|once the accounts are closed|on the form in
annex {n}|up to {n} crates a week|as decided on {n} March|under rule {n}.{m}|by
order {n}/{m}""".split("|")
TAIL = [w.replace("\n", " ") for w in TAIL]
CALL = """whereas|having regard to|mindful of|agreeing that|declares
that|directs the secretary|asks the branches|reserves|deploring|acting
under""".split("|")
CALL = [w.replace("\n", " ") for w in CALL]
NEW = """promptly|jointly|frost-proof|twelve|overdue|regional|audited|provisional
|spare|neighbouring|hereditary|refundable""".replace("\n", "").split("|")


def tail(r):
    return r.choice(TAIL).format(n=r.randint(2, 60), m=r.randint(1, 9))


def sentence(r, parts=1):
    s = f"{r.choice(WHO)} {r.choice(DOES)} {r.choice(WHAT)}"
    for _ in range(parts):
        s += f", {tail(r)}" if r.random() < .8 else f" and {r.choice(WHAT)}"
    return s


class Block:
    def __init__(self, text, kind, note=None):
        self.text, self.kind, self.note = text, kind, note
        self.old = self.split = self.merge = None
        self.moved = self.changed = self.note_changed = False
        self.ref = None                     # (call-out block, target block)
        self.label = ""

    def shown(self):
        if not self.ref:
            return self.text
        return f"{self.text} under {self.ref[0].text} {self.ref[1].label}"


def label(blocks):
    n = 0
    for b in blocks:
        if b.kind in "al":
            n += 1
            b.label = f"{chr(96 + n)})" if b.kind == "a" else str(n)
        else:
            n, b.label = 0, ""


def build(r, size, calls=CALL):
    blocks = [Block(f"STATUTE {r.randint(1, 99)}", "t"),
              Block(r.choice(WHAT).capitalize() + " and their use", "t")]
    order = list(calls)
    r.shuffle(order)
    while len(blocks) < size:
        call = Block(order[len(blocks) % len(order)], "c")
        blocks.append(call)
        kind = "a" if len(blocks) < size / 2 else "l"
        for _ in range(r.randint(2, 9)):
            note = sentence(r) if r.random() < .06 else None
            blocks.append(Block(sentence(r, r.randint(0, 4)), kind, note))
    calls = unique_calls(blocks)
    for b in blocks:
        if b.kind == "l" and calls and r.random() < .2:
            call, items = r.choice(calls)
            target = r.choice(items)
            if target is not b and not target.ref:
                b.ref = (call, target)
    return blocks


def unique_calls(blocks):
    """Call-outs whose words occur once, with their lettered items."""
    out, seen = [], {}
    for b in blocks:
        if b.kind == "c":
            seen[b.text] = seen.get(b.text, 0) + 1
    for i, b in enumerate(blocks):
        if b.kind != "c" or seen[b.text] > 1:
            continue
        items = []
        for x in blocks[i + 1:]:
            if x.kind != "a":
                break
            items.append(x)
        if items:
            out.append((b, items))
    return out


def edit(r, text):
    w = text.split(" ")
    for _ in range(r.randint(1, 3)):
        i = r.randrange(1, len(w))
        what = r.random()
        if what < .4:
            w.insert(i, r.choice(NEW))
        elif what < .7 and len(w) > 6:
            del w[i]
        else:
            w[i] = r.choice(NEW)
    return " ".join(w)


def targets(blocks):
    return {id(b.ref[1]) for b in blocks if b.ref}


def change(r, blocks, rate):
    """The new text: copies that know which old block they were."""
    copy = {}
    new = []
    for i, b in enumerate(blocks):
        c = Block(b.text, b.kind, b.note)
        c.old = i
        copy[id(b)] = c
        new.append(c)
    for b in blocks:
        if b.ref:
            copy[id(b)].ref = (copy[id(b.ref[0])], copy[id(b.ref[1])])
    items = [b for b in new if b.kind in "al"]
    r.shuffle(items)
    for b in items[:int(len(items) * rate)]:
        if b in new:                        # not merged away
            one(r, new, b)
    return new


def one(r, new, b):
    at, what = new.index(b), r.random()
    words = b.text.split(" ")
    if what < .45:
        text = edit(r, b.text)
        b.changed |= text != b.text
        b.text = text
    elif what < .6:
        new.insert(at + 1, Block(sentence(r, r.randint(0, 3)), b.kind))
    elif what < .7 and id(b) not in targets(new):
        new.remove(b)
    elif what < .85:
        places = [i for i, x in enumerate(new)
                  if x.kind == b.kind and abs(i - at) > 3]
        if places and b.note is None and id(b) not in targets(new):
            other = new[r.choice(places)]
            new.remove(b)
            new.insert(new.index(other), b)
            b.moved = True
    elif what < .92 and len(words) > 11 and not b.ref and not b.changed:
        cut = r.randint(5, len(words) - 5)
        piece = Block(" ".join(words[cut:]), b.kind)
        piece.split, piece.changed = b.old, True
        b.text, b.changed = " ".join(words[:cut]), True
        new.insert(at + 1, piece)
    elif at + 1 < len(new):
        x = new[at + 1]
        if (x.kind == b.kind and x.old == b.old + 1 and not x.note and
                not x.ref and not b.ref and not x.changed and
                x.split is None and b.merge is None and not b.changed and
                id(x) not in targets(new)):
            b.text += " and " + x.text
            b.merge, b.changed = x.old, True
            new.remove(x)


def write(path, blocks):
    lines, notes = [], []
    for b in blocks:
        text = b.shown()
        if b.note:
            notes.append(b.note)
            text += f"[^{len(notes)}]"
        lines.append(f"{b.label}\t{text}" if b.label else text)
    lines += [f"[^{i + 1}]: {n}" for i, n in enumerate(notes)]
    Path(path).write_text("\n".join(lines) + "\n")


def gold(old, new):
    out = []
    for j, b in enumerate(new):
        ref = None
        if b.ref and b.old is not None:
            was = old[b.old]
            ref = [was.ref[1].label, b.ref[1].label, b.ref[1] in new]
        out.append({"new": j, "old": b.old, "splitof": b.split,
                    "mergeof": b.merge, "changed": b.changed,
                    "ref_label": ref, "fn_changed": b.note_changed,
                    "moved": moved(new, b)})
    return {"map": out}


def moved(new, b):
    """A move that other edits undid is none."""
    if not b.moved:
        return False
    at = new.index(b)
    before = [x.old for x in new[:at] if x.old is not None and not x.moved]
    after = [x.old for x in new[at:] if x.old is not None and not x.moved]
    return any(x > b.old for x in before) or any(x < b.old for x in after)


def pair(r, path, size, rate):
    old = build(r, size)
    label(old)
    new = change(r, old, rate)
    write(f"{path}-old.txt", old)
    label(new)
    write(f"{path}-new.txt", new)
    label(old)
    Path(f"{path}-gold.json").write_text(json.dumps(gold(old, new)))


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = ("http://schemas.openxmlformats.org/officeDocument/2006/"
          "relationships/")
TYPE = ("application/vnd.openxmlformats-officedocument.wordprocessingml."
        "{}+xml")
PARTS = ("styles", "numbering", "settings")


def word_run(text, bold=False):
    return (f'<w:r w:rsidRPr="00A41C52"><w:rPr><w:rFonts w:ascii="Arial" '
            f'w:hAnsi="Arial" w:cs="Arial"/>{"<w:b/>" if bold else ""}'
            f'<w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>')


def word_paragraph(b, k, number):
    """As Word leaves it: runs cut where somebody typed, terms in bold."""
    props = ('<w:pStyle w:val="Heading1"/>' if b.kind == "c" else
             f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
             '<w:spacing w:after="120"/><w:jc w:val="both"/>')
    runs, words = [], b.text.split(" ")
    step = 5 + k % 9
    for i in range(0, len(words), step):
        piece = " ".join(words[i:i + step])
        runs.append(word_run(piece + (" " if i + step < len(words) else ""),
                             i // step % 6 == 5))
    return (f'<w:p w:rsidR="00A41C52" w:rsidRDefault="00F36B1D"><w:pPr>{props}'
            f'</w:pPr>{"".join(runs)}</w:p>')


def write_docx(path, blocks):
    body, number = [], 0
    for k, b in enumerate(blocks):
        number += b.kind == "c"
        body.append(word_paragraph(b, k, number))
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/><w:lvlOverride '
        f'w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for n in range(1, number + 1))
    parts = {
        "document": f'<w:body>{"".join(body)}<w:sectPr><w:pgSz w:w="11906" '
                    'w:h="16838"/></w:sectPr></w:body>',
        "styles": '<w:style w:type="paragraph" w:styleId="Heading1"><w:name '
                  'w:val="heading 1"/><w:pPr><w:keepNext/><w:outlineLvl '
                  'w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>',
        "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
                     '<w:start w:val="1"/><w:numFmt w:val="decimal"/>'
                     '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>' + lists,
        "settings": "",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml",
                   f'<Types xmlns="{PACKAGE}content-types"><Default '
                   'Extension="rels" ContentType="application/vnd.'
                   'openxmlformats-package.relationships+xml"/>' + "".join(
                       f'<Override PartName="/word/{n}.xml" ContentType="'
                       f'{TYPE.format("document.main" if n == "document" else n)}'
                       '"/>' for n in parts) + "</Types>")
        z.writestr("_rels/.rels",
                   f'<Relationships xmlns="{PACKAGE}relationships">'
                   f'<Relationship Id="r1" Type="{OFFICE}officeDocument" '
                   'Target="word/document.xml"/></Relationships>')
        z.writestr("word/_rels/document.xml.rels",
                   f'<Relationships xmlns="{PACKAGE}relationships">' + "".join(
                       f'<Relationship Id="r{i}" Type="{OFFICE}{n}" '
                       f'Target="{n}.xml"/>' for i, n in enumerate(PARTS)) +
                   "</Relationships>")
        for n, inner in parts.items():
            root = "document" if n == "document" else n
            z.writestr(f"word/{n}.xml",
                       '<?xml version="1.0" encoding="UTF-8"?>'
                       f'<w:{root} xmlns:w="{W}">{inner}</w:{root}>')


def contract(r, path):
    """Long paragraphs under numbers, as agreements have them."""
    old = []
    while len(old) < 863:
        kind = "c" if len(old) % 14 == 0 else "l"
        text = (f"Article {len(old) // 14 + 1} {r.choice(WHAT)}" if kind == "c"
                else ". ".join(sentence(r, r.randint(1, 5)).capitalize()
                               for _ in range(r.randint(1, 7))) + ".")
        old.append(Block(text, kind))
    label(old)
    new = change(r, old, .2)
    write(f"{path}-old.txt", old)
    write_docx(f"{path}-old.docx", old)
    label(new)
    write(f"{path}-new.txt", new)
    write_docx(f"{path}-new.docx", new)


def similar(r, path):
    """Each paragraph is the same but for a few words."""
    def line(i):
        return (f"{r.choice(WHO)} shall keep the list of {r.choice(WHAT)} for "
                f"season {r.randint(1, 400)} and send it to the office of "
                f"branch {r.randint(1, 90)} before the first frost of the year")
    old = [Block(line(i), "l") for i in range(5000)]
    for i, b in enumerate(old):
        b.label = str(i + 1)
    new = [Block(edit(r, b.text) if r.random() < .3 else b.text, "l")
           for b in old]
    for i, b in enumerate(new):
        b.label = str(i + 1)
    write(f"{path}-old.txt", old)
    write(f"{path}-new.txt", new)


def main(what, directory, *rest):
    rest = [int(x) for x in rest]
    Path(directory).mkdir(parents=True, exist_ok=True)
    if what == "pairs":
        r = random.Random(rest[1] if len(rest) > 1 else 3)
        for i in range(rest[0]):
            pair(r, f"{directory}/pair{i:03}", r.randint(15, 330),
                 r.uniform(.05, .45))
        return
    r = random.Random(rest[0] if rest else 3)
    {"contract": contract, "similar": similar}[what](
        r, f"{directory}/{what}")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("pairs", "contract",
                                                "similar"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
