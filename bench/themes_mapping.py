#!/usr/bin/env python3
"""How well themes are proposed from 5, 10 and 20 examples of each.

ArgKP: each motion and stance is a question, its themes are the key points with
at least N + 5 arguments, where there are two such. For N examples of each theme
arguments are drawn (three times); what is measured are the other arguments that
have one of the themes. gambling_XS: two questions of 100 responses, labels of
the whole response. The peers are scikit-learn's on the same draws: TF-IDF
(sublinear, English stop words) with a nearest centroid, and with logistic
regression one against the rest (C = 10), themes of at least one half or the
most probable one; "+ names" has the themes' words as one more example.

usage: bench/themes_mapping.py BUILD [SHARED/DATA/THEMES]	needs scikit-learn
"""
import collections
import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import NearestCentroid

BUILD = Path(sys.argv[1])
DATA = Path(sys.argv[2] if len(sys.argv) > 2 else
            Path(__file__).resolve().parents[2] / "shared/data/themes")
DRAWS = 3
NS = (5, 10, 20)


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def argkp(need):
    for part in ("train", "dev"):
        pairs = collections.defaultdict(set)
        for r in rows(DATA / f"argkp/labels_{part}.csv"):
            if r["label"] == "1":
                pairs[r["key_point_id"]].add(r["arg_id"])
        questions = collections.defaultdict(list)
        for r in rows(DATA / f"argkp/key_points_{part}.csv"):
            if len(pairs[r["key_point_id"]]) >= need:
                questions[r["topic"], r["stance"]].append(r)
        arguments = rows(DATA / f"argkp/arguments_{part}.csv")
        for key, points in questions.items():
            if len(points) < 2:
                continue
            mine = [r for r in arguments if (r["topic"], r["stance"]) == key]
            yield ([p["key_point"] for p in points],
                   [r["argument"] for r in mine],
                   [{i for i, p in enumerate(points)
                     if r["arg_id"] in pairs[p["key_point_id"]]} for r in mine])


def lines(path):
    return [json.loads(x) for x in open(path, encoding="utf-8")]


def gambling():
    for q in ("q1", "q2"):
        folder = DATA / "gambling_XS"
        themes = json.load(open(folder / f"{q}_themes.json"))
        ids = [t["topic_id"] for t in themes]
        labels = {r["response_id"]: r["labels"]
                  for r in lines(folder / f"{q}_mapping.jsonl")}
        responses = lines(folder / f"{q}_responses.jsonl")
        yield ([t["topic"] for t in themes],
               [r["response"] for r in responses],
               [{ids.index(x) for x in labels[r["response_id"]] if x in ids}
                for r in responses])


def draw(gold, k, n, seed):
    order = list(range(len(gold)))
    random.Random(seed).shuffle(order)
    train = set()
    for theme in range(k):
        have = sum(theme in gold[i] for i in train)
        for i in order:
            if have < n and theme in gold[i] and i not in train:
                train.add(i)
                have += 1
    return sorted(train)


def f1(gold, found):
    return np.array([2 * len(g & f) / (len(g) + len(f)) if g or f else 1
                     for g, f in zip(gold, found)])


def peers(themes, texts, gold, train, test):
    k = len(themes)
    x = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    m = x.fit_transform(texts)
    names = x.transform(themes)
    pairs = [(i, t) for i in train for t in sorted(gold[i])]
    near = NearestCentroid().fit(m[[i for i, _ in pairs]].toarray(),
                                 [t for _, t in pairs])
    out = {"nearest centroid, Euclid": [{int(t)} for t in
                              near.predict(m[test].toarray())]}
    centre = np.zeros((k, m.shape[1]))
    for i, t in pairs:
        centre[t] += m[i].toarray()[0]
    centre /= np.maximum(np.linalg.norm(centre, axis=1, keepdims=True), 1e-9)
    out["nearest centroid, cosine"] = [{int(t)} for t in
                                       (m[test] @ centre.T).argmax(1)]
    for name, more in (("logistic regression", []),
                       ("logistic regression + names", range(k))):
        p = np.zeros((len(test), k))
        import scipy.sparse as sp
        mt = sp.vstack([m[train], names[list(more)]]) if more else m[train]
        for t in range(k):
            y = [t in gold[i] for i in train] + [t == j for j in more]
            if any(y) and not all(y):
                p[:, t] = LogisticRegression(C=10, max_iter=1000).fit(
                    mt, y).predict_proba(m[test])[:, 1]
        out[name] = [{int(r.argmax())} | set(np.where(r >= .5)[0].tolist())
                     for r in p]
    return out


def ours(questions, runs):
    texts, themes, first_text, first_theme = [], [], [], []
    for names, answers, _ in questions:
        first_text.append(len(texts))
        first_theme.append(len(themes))
        texts += answers
        themes += names
    task = {"texts": texts, "themes": themes, "runs": [
        {"themes": [first_theme[q] + t for t in range(len(questions[q][0]))],
         "yes": [[first_text[q] + i, first_theme[q] + t]
                 for i in train for t in sorted(questions[q][2][i])],
         "units": [first_text[q] + i for i in test]}
        for q, train, test in runs]}
    done = subprocess.run([BUILD / "bench/themes_mapping"],
                          input=json.dumps(task).encode(), check=True,
                          stdout=subprocess.PIPE)
    for (q, _, _), got in zip(runs, json.loads(done.stdout)):
        yield [({t - first_theme[q] for t in u[1:]}, bool(u[0])) for u in got]


def interval(v):
    g = np.random.default_rng(1)
    means = [g.choice(v, len(v)).mean() for _ in range(1000)]
    return f"{np.percentile(means, 2.5):.3f} to {np.percentile(means, 97.5):.3f}"


def measure(name, questions, n):
    runs, values = [], collections.defaultdict(list)
    sure = []
    for q, (themes, texts, gold) in enumerate(questions):
        for seed in range(DRAWS):
            train = draw(gold, len(themes), n, seed)
            test = [i for i in range(len(gold))
                    if i not in set(train) and gold[i]]
            if test:
                runs.append((q, train, test))
    for (q, train, test), got in zip(runs, ours(questions, runs)):
        themes, texts, gold = questions[q]
        want = [gold[i] for i in test]
        found = peers(themes, texts, gold, train, test)
        found["rapporteur"] = [t for t, _ in got]
        for who, sets in found.items():
            values[who].append(f1(want, sets))
        right = f1(want, [t for t, _ in got])
        sure += [(s, r) for (_, s), r in zip(got, right)]
    print(f"\n{name}, {n} examples: {len(questions)} questions, "
          f"{sum(len(q[0]) for q in questions)} themes, {len(runs)} draws")
    for who, v in values.items():
        # The mean of questions, as in the design; and of all responses.
        each = np.array([x.mean() for x in v])
        print(f"  {who:28} samples-F1 {each.mean():.3f} "
              f"({interval(each)}), over all responses "
              f"{np.concatenate(v).mean():.3f}")
    said = [r for s, r in sure if s]
    print(f"  sure of {len(said) / len(sure):.3f}, there samples-F1 "
          f"{np.mean(said) if said else 0:.3f}")


for n in NS:
    measure("ArgKP", list(argkp(n + 5)), n)
for n in (5, 10):
    measure("gambling_XS", list(gambling()), n)
