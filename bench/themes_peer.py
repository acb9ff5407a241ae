#!/usr/bin/env python3
"""What the usual scikit-learn pipelines make of a table: the peers of themes_fit.

TF-IDF (sublinear, English stop words, min_df 2) with k-means, with LSA (100) and
k-means, and with NMF; the true number of groups is given. Per peer: NMI and ARI
(mean and spread over seeds), ARI between seeds, seconds of one run.

usage: themes_peer.py FILE TEXT GOLD SEEDS    (python3-sklearn, not in packages.txt)
"""
import csv
import itertools
import resource
import sys
import time

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics import normalized_mutual_info_score
from sklearn.preprocessing import normalize


def rows(path, text, gold):
    with open(path, newline="", encoding="utf-8") as f:
        tsv = path.endswith(".tsv")
        reader = csv.DictReader(f, delimiter="\t" if tsv else ",",
                                quoting=csv.QUOTE_NONE if tsv
                                else csv.QUOTE_MINIMAL)
        table = list(reader)
    return [r[text] for r in table], [r[gold] for r in table]


def tfidf(texts):
    return TfidfVectorizer(sublinear_tf=True, stop_words="english",
                           min_df=2).fit_transform(texts)


def kmeans(texts, k, seed):
    return KMeans(k, n_init=1, random_state=seed).fit_predict(tfidf(texts))


def lsa(texts, k, seed):
    x = TruncatedSVD(100, random_state=seed).fit_transform(tfidf(texts))
    return KMeans(k, n_init=1, random_state=seed).fit_predict(normalize(x))


def nmf(texts, k, seed):
    return NMF(k, init="nndsvda", random_state=seed,
               max_iter=200).fit_transform(tfidf(texts)).argmax(1)


def main():
    path, text, gold, seeds = sys.argv[1:5]
    texts, labels = rows(path, text, gold)
    k = len(set(labels))
    for peer in kmeans, lsa, nmf:
        found, nmi, ari, spent, cpu = [], [], [], [], []
        for seed in range(int(seeds)):
            began, began_cpu = time.time(), time.process_time()
            found.append(peer(texts, k, seed))
            spent.append(time.time() - began)
            cpu.append(time.process_time() - began_cpu)
            nmi.append(normalized_mutual_info_score(labels, found[-1]))
            ari.append(adjusted_rand_score(labels, found[-1]))
        between = [adjusted_rand_score(a, b)
                   for a, b in itertools.combinations(found, 2)]
        print(f"{peer.__name__}: NMI {np.mean(nmi):.3f} +- {np.std(nmi):.3f}, "
              f"ARI {np.mean(ari):.3f} +- {np.std(ari):.3f}, between seeds ARI "
              f"{np.mean(between):.3f}, {np.mean(spent):.2f} s (cpu "
              f"{np.mean(cpu):.2f} s)", flush=True)
    print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
          "MB")


main()
