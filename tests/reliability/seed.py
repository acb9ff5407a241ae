#!/usr/bin/env python3
"""Put the small consultation of these tests into a migrated SQLite database.

usage: seed.py PROGRAM --set data_dir=FOLDER ..."""
import os
import sqlite3
import sys

from server import seed_sql

folder = next(a.split('=', 1)[1] for a in sys.argv if a.startswith('data_dir='))
with sqlite3.connect(os.path.join(folder, 'rapporteur.db')) as db:
    for line in seed_sql():
        db.execute(line)
