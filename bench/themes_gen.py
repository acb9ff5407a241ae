#!/usr/bin/env python3
"""Responses to a made-up consultation, as JSON Lines: for scale, and for
campaigns in another shape than that of the shared set.

usage: themes_gen.py N SEED [--share PERCENT] [--sentences MEAN] > FILE

Words are made up but for the English ones that sentences need; each response
speaks about one or two of 40 topics. PERCENT (default 35) of the responses are
of campaigns: letters of very different sizes, sent unchanged, signed, with
words replaced, with sentences left out, moved or added, as an excerpt, or with
a long text of one's own. Some letters share half of their sentences with
another letter; some responses quote one sentence of a letter and are of no
campaign. Free texts have one sentence and MEAN (default 1.15) more. "campaign" is the truth, null for none; "own_text" what a sender
added."""
import argparse
import itertools
import json
import random
import sys

FUNCTION = ("the of and to in that is for it with as on be at by this we our "
            "are not have from or has but they which will would their more "
            "should when who must also been can only no than").split()
GREETINGS = ["Dear delegates,", "Dear Madam,", "Good day,", "To the chair:",
             "Ladies and gentlemen,", "Hello all,"]
CLOSINGS = ["Respectfully,", "Best regards,", "Thank you.", "In hope,"]
TOPICS = 40


def make_words(rng, n):
    on = "b c d f g h j k l m n p r s t v w br cr dr fl gr pl st tr".split()
    vowel = "a e i o u ai ea ou".split()
    off = ["", "", "n", "r", "s", "t", "l", "nd", "st", "rk"]
    words = set()
    while len(words) < n:
        words.add("".join(rng.choice(on) + rng.choice(vowel) + rng.choice(off)
                          for _ in range(rng.choice((1, 1, 2, 2)))))
    return sorted(words)


class World:
    def __init__(self, seed, sentences):
        self.rng = random.Random(seed)
        self.sentences = sentences
        words = make_words(self.rng, 30000)
        self.rng.shuffle(words)
        self.common = list(itertools.accumulate(
            1 / (i + 2) for i in range(4000)))
        self.general = words[:4000]
        self.topics = [words[4000 + 200 * i:4200 + 200 * i]
                       for i in range(TOPICS)]
        self.names = words[-3000:]
        self.weights = list(itertools.accumulate(
            1 / (i + 5) for i in range(200)))
        self.fweights = list(itertools.accumulate(
            1 / (i + 3) for i in range(len(FUNCTION))))

    def sentence(self, topic, n):
        rng = self.rng
        f = rng.choices(FUNCTION, cum_weights=self.fweights, k=n)
        t = rng.choices(self.topics[topic], cum_weights=self.weights, k=n)
        g = rng.choices(self.general, cum_weights=self.common, k=n)
        pick = rng.choices((f, t, g), (50, 27, 23), k=n)
        s = " ".join(p[i] for i, p in enumerate(pick))
        return s[0].upper() + s[1:] + "."

    def free(self):
        rng = self.rng
        sentences = max(1, min(12, int(rng.expovariate(1 / self.sentences)) + 1))
        topics = rng.sample(range(TOPICS), rng.choice((1, 1, 1, 2)))
        return [self.sentence(rng.choice(topics), rng.randint(7, 20))
                for _ in range(sentences)]

    def letters(self):
        rng, out = self.rng, []
        for i in range(24):
            topic = rng.randrange(TOPICS)
            out.append([self.sentence(topic, rng.randint(9, 24))
                        for _ in range(rng.choice((1, 2, 3, 4, 6, 9)))])
            if i % 6 == 5 and len(out[-2]) > 2:
                half = len(out[-2]) // 2
                out[-1] = out[-2][:half] + [self.sentence(topic, 16)
                                            for _ in range(half + 2)]
        return out

    def sign(self, parts):
        rng = self.rng
        if rng.random() < .7:
            parts = [rng.choice(GREETINGS)] + parts
        if rng.random() < .8:
            name = " ".join(w.capitalize() for w in rng.sample(self.names, 2))
            parts = parts + [rng.choice(CLOSINGS), name]
        return parts

    def replaced(self, parts, rate):
        rng, out = self.rng, []
        for s in parts:
            words = s.split(" ")
            for i in range(len(words)):
                if rng.random() < rate:
                    words[i] = rng.choice(self.general)
            out.append(" ".join(words))
        return out

    def variation(self, letter):
        rng, parts, own = self.rng, list(letter), []
        kind = rng.choices(("same", "signed", "words", "moved", "own", "long",
                            "excerpt"), (35, 25, 12, 8, 12, 5, 3))[0]
        if kind in ("words", "own", "long", "moved"):
            parts = self.replaced(parts, rng.choice((.01, .02, .05)))
        if kind == "moved":
            rng.shuffle(parts)
            if len(parts) > 3:
                parts.pop()
        if kind in ("own", "long"):
            own = self.free()[:2] if kind == "own" else self.free() + \
                self.free()
            at = rng.randint(0, len(parts))
            parts[at:at] = own
        if kind == "excerpt" and len(parts) > 3:
            at = rng.randrange(len(parts) // 2)
            parts = parts[at:at + max(2, len(parts) // 2)]
        if kind != "same":
            parts = self.sign(parts)
        return parts, own


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("n", type=int)
    ap.add_argument("seed", type=int)
    ap.add_argument("--share", type=float, default=35)
    ap.add_argument("--sentences", type=float, default=1.15)
    a = ap.parse_args()
    w = World(a.seed, a.sentences)
    rng, letters = w.rng, w.letters()
    sizes = [1 / (i + 1) for i in range(len(letters))]
    out = []
    for i in range(a.n):
        p = rng.random() * 100
        campaign, own = None, []
        if p < a.share:
            k = rng.choices(range(len(letters)), sizes)[0]
            campaign = f"L{k}"
            parts, own = w.variation(letters[k])
        elif p < a.share + 2:
            quoted = rng.choice(rng.choice(letters))
            parts = w.free() + w.free() + [quoted] + w.free()
        else:
            parts = w.free()
        out.append(json.dumps({"id": i + 1, "text": rng.choice(" \n").join(
            parts), "campaign": campaign, "own_text": own,
            "group": rng.choice(("state", "sector", "academia", "person"))}))
        if len(out) == 10000:
            sys.stdout.write("\n".join(out) + "\n")
            out.clear()
    if out:
        sys.stdout.write("\n".join(out) + "\n")


main()
