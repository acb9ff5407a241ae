#!/usr/bin/env python3
"""The table of targets for themes, with peers measured in the same run.

usage: themes.py PROGRAM SHARED BUILD_DIR [ROW...] [--million FILE.jsonl]

ROWs are names of functions below without "row_"; all of them without any.
Needs python3-sklearn (Debian) for the peers. FILE is what themes_gen.py makes
with 1000000 11."""
import argparse
import collections
import csv
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score as ari
from sklearn.metrics import normalized_mutual_info_score as nmi
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer


def banking(a):
    path = a.shared + "/data/themes/banking77/train.csv"
    rows = list(csv.DictReader(open(path, encoding="utf-8")))
    return [r["text"] for r in rows], [r["category"] for r in rows]


def sib(a):
    rows = [line.rstrip("\n").split("\t") for line in open(
        a.shared + "/data/themes/sib200/eng_Latn.tsv", encoding="utf-8")]
    head = rows[0]
    return ([r[head.index("text")] for r in rows[1:]],
            [r[head.index("category")] for r in rows[1:]])


class Run:
    """One run of the command over texts; ids are 1 to n."""

    def __init__(self, a, texts, *args):
        self.top = tempfile.TemporaryDirectory()
        path = self.top.name + "/in.jsonl"
        with open(path, "w", encoding="utf-8") as f:
            for text in texts:
                f.write(json.dumps({"text": text}) + "\n")
        self.n = len(texts)
        self.measure(a, path, args)

    def measure(self, a, path, args):
        out = self.top.name + "/out"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        child = subprocess.Popen([a.program, "themes", path, "--text", "text",
                                  "-o", out, "--quiet", *args])
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = status
        self.wall = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert status == 0
        self.cpu = used.ru_utime + used.ru_stime
        self.memory = used.ru_maxrss / 1024
        del before, after
        self.told = json.load(open(out + "/run.json"))
        self.themes = list(csv.DictReader(open(out + "/themes.csv")))
        self.assignments = out + "/assignments.csv"

    def labels(self):
        """The theme that most of a response has."""
        weight = collections.defaultdict(collections.Counter)
        for r in csv.DictReader(open(self.assignments, newline="")):
            if r["theme"]:
                weight[int(r["id"])][r["theme"]] += (
                    int(r["end"]) - int(r["start"])) * int(r["score"]) + 1
        return [weight[i].most_common(1)[0][0] if i in weight else f"none{i}"
                for i in range(1, self.n + 1)]

    def leaves(self):
        above = {t["parent"] for t in self.themes}
        return sum(t["theme"] not in above for t in self.themes)


def vectors(texts):
    return TfidfVectorizer(sublinear_tf=True, stop_words="english",
                           min_df=2).fit_transform(texts)


def peers(texts, k, seed):
    x = vectors(texts)
    yield "KMeans", KMeans(k, n_init=3, random_state=seed).fit_predict(x)
    lsa = make_pipeline(TruncatedSVD(100, random_state=seed),
                        Normalizer(copy=False)).fit_transform(x)
    yield "LSA+KMeans", KMeans(k, n_init=3, random_state=seed).fit_predict(lsa)
    yield "NMF", NMF(k, init="nndsvd", random_state=seed).fit_transform(
        x).argmax(1)


def quality(a, name, texts, gold):
    k = len(set(gold))
    best = {n: nmi(gold, got) for n, got in peers(texts, k, 0)}
    ours = [nmi(gold, Run(a, texts, "--themes", str(k), "--seed", str(s),
                          "--jobs", "2").labels()) for s in (1, 2, 3)]
    top = max(best, key=best.get)
    print(f"{name} NMI: ours {statistics.mean(ours):.3f} "
          f"({min(ours):.3f} to {max(ours):.3f}, 3 seeds), best peer {top} "
          f"{best[top]:.3f}: {statistics.mean(ours) / best[top]:.2f} times")


def row_banking(a):
    quality(a, "Banking77", *banking(a))


def row_sib(a):
    quality(a, "SIB-200 English", *sib(a))


def mean_ari(labels):
    return statistics.mean(ari(x, y)
                           for x, y in itertools.combinations(labels, 2))


def row_seeds(a):
    texts, gold = banking(a)
    k = len(set(gold))
    ours = [Run(a, texts, "--themes", str(k), "--seed", str(s), "--jobs",
                "2").labels() for s in range(1, 6)]
    x = vectors(texts)
    peer = [KMeans(k, n_init=3, random_state=s).fit_predict(x)
            for s in range(5)]
    print(f"Banking77 ARI between 5 seeds: ours {mean_ari(ours):.3f}, KMeans "
          f"{mean_ari(peer):.3f}")


def row_number(a):
    texts, gold = banking(a)
    found = [Run(a, texts, "--seed", str(s), "--jobs", "2").leaves()
             for s in range(1, 6)]
    print(f"Banking77 number of themes by itself (true {len(set(gold))}): "
          f"{found}")


def row_pipeline(a):
    """Files in, files out; the peer reads, weighs, groups and labels."""
    texts, _ = banking(a)
    one, two = Run(a, texts), Run(a, texts, "--jobs", "2")
    code = ("import csv,resource,sys,time\nt=time.monotonic()\n"
            "rows=[r[0] for r in csv.reader(open(sys.argv[1]))][1:]\n"
            "sys.path.insert(0,sys.argv[2])\n"
            "from sklearn.feature_extraction.text import TfidfVectorizer\n"
            "from sklearn.cluster import KMeans\n"
            "v=TfidfVectorizer(sublinear_tf=True,stop_words='english',"
            "min_df=2)\nx=v.fit_transform(rows)\n"
            "m=KMeans(77,n_init=3,random_state=0).fit(x)\n"
            "n=v.get_feature_names_out()\n"
            "print([[n[j] for j in c.argsort()[-3:]] for c in "
            "m.cluster_centers_][0])\n"
            "u=resource.getrusage(resource.RUSAGE_SELF)\n"
            "print(time.monotonic()-t,u.ru_utime+u.ru_stime,"
            "u.ru_maxrss/1024)\n")
    done = subprocess.run([sys.executable, "-c", code, a.shared +
                           "/data/themes/banking77/train.csv", "."],
                          capture_output=True, text=True, check=True)
    wall, cpu, memory = map(float, done.stdout.splitlines()[-1].split())
    print(f"Banking77 whole pipeline: one job {one.wall:.2f} s (cpu "
          f"{one.cpu:.2f}), {one.memory:.0f} MB; two jobs {two.wall:.2f} s, "
          f"{two.memory:.0f} MB; scikit-learn KMeans {wall:.2f} s (cpu "
          f"{cpu:.2f}), {memory:.0f} MB")
    print("  stages, ms:", one.told["milliseconds"])


def row_campaigns(a):
    path = a.shared + "/data/themes/campaign/campaign.jsonl"
    stage = a.build + "/bench/themes_stage"
    score = os.path.join(os.path.dirname(__file__),
                         "themes_campaign_score.py")
    gen = os.path.join(os.path.dirname(__file__), "themes_gen.py")
    with tempfile.TemporaryDirectory() as top:
        made = [(path, "shared set")]
        for n, seed in ((10000, 5), (20000, 6)):
            name = f"{top}/{seed}.jsonl"
            with open(name, "w") as f:
                subprocess.run([sys.executable, gen, str(n), str(seed)],
                               stdout=f, check=True)
            made.append((name, f"made, {n}, seed {seed}"))
        for name, what in made:
            with open(top + "/found", "w") as f:
                subprocess.run([stage, "campaigns", name, "print"], stdout=f,
                               stderr=subprocess.DEVNULL, check=True)
            print(f"campaigns, {what}:")
            subprocess.run([sys.executable, score, name, top + "/found"],
                           check=True)


def row_scale(a):
    gen = os.path.join(os.path.dirname(__file__), "themes_gen.py")
    with tempfile.TemporaryDirectory() as top:
        for n, seed in ((10000, 5), (100000, 7), (1000000, 11)):
            path = f"{top}/{n}.jsonl"
            if n == 1000000:
                if not a.million:
                    continue
                path = a.million
            else:
                with open(path, "w") as f:
                    subprocess.run([sys.executable, gen, str(n), str(seed)],
                                   stdout=f, check=True)
            r = Run.__new__(Run)
            r.top, r.n = tempfile.TemporaryDirectory(), n
            r.measure(a, path, ("--jobs", "2", "--group", "group", "--id",
                                "id"))
            print(f"{n} responses: {r.wall:.1f} s (cpu {r.cpu:.1f}), "
                  f"{r.memory:.0f} MB, {r.told['themes']} themes; ms: "
                  f"{r.told['milliseconds']}")


def row_languages(a):
    import random
    rng, lines = random.Random(4), []
    names = dict(eng_Latn="en", fra_Latn="fr", spa_Latn="es", rus_Cyrl="ru",
                 arb_Arab="ar", zho_Hans="zh", deu_Latn="de", por_Latn="pt",
                 swh_Latn="sw", hin_Deva="hi")
    for name, lang in names.items():
        path = f"{a.shared}/data/themes/sib200/{name}.tsv"
        for line in list(open(path, encoding="utf-8"))[1:]:
            t = line.rstrip("\n").split("\t")[-1]
            at = rng.randrange(max(1, len(t) - 40))
            p = t[at:at + 40]
            if " " in p and at > 0 and t[at - 1] != " ":
                p = p[p.index(" ") + 1:]
            lines.append(f"{lang}\t{p.strip()}")
    print("languages, 40 characters, ten languages: ", end="", flush=True)
    subprocess.run([a.build + "/bench/themes_lang"], check=True,
                   input="\n".join(lines) + "\n", text=True)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("shared")
    ap.add_argument("build")
    ap.add_argument("row", nargs="*")
    ap.add_argument("--million")
    a = ap.parse_args()
    rows = {n[4:]: f for n, f in globals().items() if n.startswith("row_")}
    for name in a.row or rows:
        rows[name](a)
        sys.stdout.flush()


main()
