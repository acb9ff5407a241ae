#!/usr/bin/env python3
"""Score campaigns against gold: B-cubed, pairs, own words.

usage: themes_campaign_score.py GOLD.jsonl FOUND.jsonl

GOLD has "campaign" (null: none, an item by itself) and "own_text"; FOUND is
what themes_stage prints."""
import collections
import json
import sys


def load(gold_path, found_path):
    gold = [json.loads(line) for line in open(gold_path)]
    found = {}
    for line in open(found_path):
        row = json.loads(line)
        found[row["i"]] = row
    g = [("g", r["campaign"]) if r["campaign"] else ("g", i)
         for i, r in enumerate(gold)]
    f = [("f", found[i]["campaign"]) if i in found else ("s", i)
         for i in range(len(gold))]
    return gold, found, g, f


def scores(g, f):
    both = collections.Counter(zip(g, f))
    ng, nf = collections.Counter(g), collections.Counter(f)
    n = len(g)
    p = sum(c * c / nf[b] for (a, b), c in both.items()) / n
    r = sum(c * c / ng[a] for (a, b), c in both.items()) / n
    pairs = sum(c * (c - 1) // 2 for c in both.values())
    pf = sum(c * (c - 1) // 2 for c in nf.values())
    pg = sum(c * (c - 1) // 2 for c in ng.values())
    print(f"B3 P {p:.4f} R {r:.4f} F1 {2 * p * r / (p + r):.4f}; "
          f"pairs P {pairs / pf:.5f} R {pairs / pg:.5f}; "
          f"campaigns {len(set(x for x in f if x[0] == 'f'))}")


def own_words(gold, found):
    """Octets of own text that were found, and found octets that are own."""
    want = got = right = 0
    for i, row in found.items():
        text = gold[i]["text"].encode()
        own = set()
        for sentence in gold[i].get("own_text") or []:
            at = text.lower().find(sentence.lower().encode())
            if at >= 0:
                own.update(range(at, at + len(sentence.encode())))
        mine = set()
        for a, b in row["own"]:
            mine.update(range(a, b))
        want += len(own)
        got += len(mine)
        right += len(own & mine)
    if want and got:
        print(f"own words: P {right / got:.3f} R {right / want:.3f}")


def main():
    gold, found, g, f = load(sys.argv[1], sys.argv[2])
    scores(g, f)
    own_words(gold, found)
    wrong = [i for i in found if not gold[i]["campaign"]]
    missed = collections.Counter(r.get("level") for i, r in enumerate(gold)
                                 if r["campaign"] and i not in found)
    print(f"members that are none: {len(wrong)}; missed by level: "
          f"{dict(missed)}")


main()
