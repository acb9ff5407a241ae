#!/usr/bin/env python3
"""The list that bench/address.sh judges: every public suffix under every label
of UASG004's samples and under as many ASCII ones; about 200,000 names.

    address_list.py PUBLIC_SUFFIX_LIST UASG004_DOMAINS
"""
import itertools
import sys

suffixes = []
for line in open(sys.argv[1], encoding='utf-8'):
    rule = line.split('//')[0].strip().lstrip('!').removeprefix('*.')
    if rule and not line.startswith('//'):
        suffixes.append(rule)
labels = [line.rstrip('\n').replace('。', '.').split('.')[0]
          for line in open(sys.argv[2], encoding='utf-8')]
words = ['www.ministry', 'mail.example', 'telecom', 'Regulator', 'post-office',
         'university', 'council2026', 'www.open-consultation', 'internet',
         'SOCIETY']
pick = itertools.cycle(labels)
for suffix in suffixes:
    for word in words:
        print('%s.%s' % (word, suffix))
    for _ in words:
        print('%s.%s' % (next(pick), suffix))
