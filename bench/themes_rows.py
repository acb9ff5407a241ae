#!/usr/bin/env python3
"""Rows for themes_fit at scale: made-up words, 60 topics of uneven size.

usage: themes_rows.py N SEED > FILE.csv    columns: text, topic
"""
import random
import sys


def main():
    n, seed = int(sys.argv[1]), int(sys.argv[2])
    r = random.Random(seed)
    letters = "bdfgklmnprstvz"
    word = ["".join(r.choice(letters) + r.choice("aeiou") for _ in range(4))
            for _ in range(20000)]
    topics = [r.sample(range(200, 20000), 150) for _ in range(60)]
    size = [1 / (1 + t * 0.1) for t in range(60)]
    print("text,topic")
    for t in r.choices(range(60), size, k=n):
        words = [word[int(200 * r.random() ** 2)] if r.random() < 0.5
                 else word[topics[t][int(150 * r.random() ** 2)]]
                 for _ in range(r.randint(8, 18))]
        print(" ".join(words) + f",{t}")


main()
