#!/usr/bin/env python3
"""Put the small consultation of these tests into a migrated database.

usage: seed.py PROGRAM --set data_dir=FOLDER [--set database=URL] ..."""
import os
import sqlite3
import subprocess
import sys

from server import seed_sql


def setting(name, default):
    return next((a.split('=', 1)[1] for a in sys.argv
                 if a.startswith(name + '=')), default)


url = setting('database', 'sqlite:rapporteur.db')
if url.startswith('sqlite:'):
    with sqlite3.connect(os.path.join(setting('data_dir', '.'),
                                      url.removeprefix('sqlite:'))) as db:
        for line in seed_sql():
            db.execute(line)
else:
    subprocess.run(['psql', '--quiet', '--no-psqlrc', '--single-transaction',
                    '--set=ON_ERROR_STOP=1', '--dbname', url],
                   input=''.join(line.rstrip('; \n') + ';\n'
                                 for line in seed_sql()),
                   text=True, check=True)
