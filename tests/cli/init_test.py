#!/usr/bin/env python3
"""`rapporteur init` from outside. TAP. Usage: init_test.py PROGRAM"""
import re
import subprocess
import sys
import tempfile

from tap import end, is_so

LINK = re.compile(r'http://example\.org/zh/l/[0-9a-z]{32}\n')


def init(folder, *args):
    return subprocess.run(
        [sys.argv[1], 'init', '--set', f'data_dir={folder}', '--set',
         'public_url=http://example.org', *args], capture_output=True,
        text=True)


with tempfile.TemporaryDirectory() as folder:
    who = ('--address', '测试@例え.テスト', '--name', '王小明', '--lang', 'zh')
    one, two = init(folder, *who), init(folder, *who)
    is_so('prints one link and nothing else on standard output',
          one.returncode == 0 and LINK.fullmatch(one.stdout) is not None)
    is_so('a second call gives another link',
          LINK.fullmatch(two.stdout) is not None and two.stdout != one.stdout)
    bad = init(folder, '--address', 'nobody', '--name', 'X')
    is_so('says why an address is none',
          bad.returncode == 1 and bad.stdout == '' and bad.stderr != '')
    is_so('needs an address and a name',
          init(folder).returncode == 2 and
          init(folder, '--address', 'a@example.org').returncode == 2)
end()
