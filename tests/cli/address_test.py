#!/usr/bin/env python3
"""`rapporteur address` from outside: the suites that its modules pass, again
through pipes and arguments. TAP. Usage: address_test.py PROGRAM DATA SHARED"""
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

from tap import check, end, skip

program, data, shared = sys.argv[1:]


def run(args, lines=None, env=None):
    """Exit status and lines of output; `lines` are octets for its input."""
    done = subprocess.run([program, 'address', '--data', data] + args,
                          input=lines, capture_output=True, env=env)
    return done.returncode, done.stdout.decode('utf-8').split('\n')[:-1]


def judged(values, *args):
    """One dictionary for each value, by way of JSON Lines."""
    lines = b''.join(v.encode('utf-8') + b'\n' for v in values)
    rows = [json.loads(r) for r in run(['--json', *args], lines)[1]]
    assert len(rows) == len(values), (len(rows), len(values))
    return rows


def path(name):
    return os.path.join(shared, name)


def read(name):
    return open(path(name), encoding='utf-8', newline='\n').read()


def samples(name):
    """Accepted, given back octet for octet, and the same again by its key."""
    octets = open(path(name), 'rb').read()
    status, rows = run([], octets)
    wrong = [] if status == 0 else ['status %d' % status]
    first = ('\n'.join(r.split('\t')[0] for r in rows) + '\n').encode()
    if first != octets:
        wrong.append('values came back changed')
    for column in 4, 5, 6:
        again = run([], ('\n'.join(r.split('\t')[column] for r in rows)
                         + '\n').encode())[1]
        for one, two in zip(rows, again):
            if one.split('\t')[4:7] != two.split('\t')[4:7]:
                wrong.append(one)
    values = octets.decode().split('\n')[:-1]
    by_argument = run(['--'] + values)[1]
    if by_argument != rows:
        wrong.append('arguments and input differ')
    for value, row in zip(values, judged(values)):
        if row['value'] != value or not row['valid']:
            wrong.append(row)
    return wrong


def library_suite():
    wrong, exceptions = [], 0
    cases = [json.loads(line)
             for line in read('uasg/uasg-conformance.jsonl').splitlines()]
    for kind in 'domain', 'email':
        mine = [c for c in cases if (c['suite'] == 'HEs') == (kind == 'email')]
        rows = judged([c['input'] for c in mine], '--kind', kind)
        for case, row in zip(mine, rows):
            form = 'u' if case['suite'] == 'LA2U' else 'a'
            if row['valid'] != case['valid']:
                if case['id'] == 'LU2AS7' and case['input'][0] == '\u0116':
                    exceptions += 1
                else:
                    wrong.append((case, row))
            elif case['expected'] and row[form] != case['expected']:
                wrong.append((case, row))
    if exceptions != 1 or len(cases) != 213:
        wrong.append('%d exceptions, %d cases' % (exceptions, len(cases)))
    return wrong


def isemail():
    good = 'ISEMAIL_VALID_CATEGORY', 'ISEMAIL_DNSWARN', 'ISEMAIL_RFC5321'
    wrong = []
    tree = xml.etree.ElementTree.parse(path('email/isemail-tests.xml'))
    tests = tree.getroot().findall('test')
    for test in tests:
        value = ''.join(chr(ord(c) - 0x2400) if 0x2400 <= ord(c) <= 0x2421
                        else c for c in test.findtext('address') or '')
        if '\0' in value:
            continue  # neither an argument nor a line can hold it
        status = run(['--kind', 'email', '--', value])[0]
        if (status == 0) != (test.findtext('category') in good):
            wrong.append((value, status))
    if len(tests) != 164:
        wrong.append('%d tests' % len(tests))
    return wrong


def idna_classes():
    allowed = set()
    for line in read('idna/Idna2008-15.0.0.txt').splitlines():
        fields = line.split('#')[0].split(';')
        if len(fields) > 1 and fields[1].strip() in ('PVALID', 'CONTEXTJ',
                                                     'CONTEXTO'):
            first, _, last = fields[0].strip().partition('..')
            allowed.update(range(int(first, 16), int(last or first, 16) + 1))
    return allowed


def unescape(field):
    return re.sub(r'\\u([0-9A-F]{4})|\\x\{([0-9A-F]+)\}',
                  lambda m: chr(int(m[1] or m[2], 16)), field)


def idna_rows(allowed):
    """Each row with what IDNA2008 and two labels make of its verdict."""
    for line in read('idna/IdnaTestV2.txt').splitlines():
        fields = [unescape(f.strip()) for f in line.split('#')[0].split(';')]
        if len(fields) < 5 or not fields[0]:
            continue
        source, u, u_status, a, a_status = fields[:5]
        u = (u or source).removesuffix('.')
        a = (a or u).removesuffix('.')
        status = a_status or u_status
        if re.search('[\0-\x1f\x7f-\x9f\ud800-\udfff]', source):
            continue
        valid = status in ('', '[]') and '.' in u and all(
            ord(c) < 128 or ord(c) in allowed for c in u) and not any(
            l.lower().startswith('xn--') and l.endswith('-')
            for l in source.split('.'))
        yield source, u, a, valid


def idna(allowed):
    table = list(idna_rows(allowed))
    wrong = []
    rows = judged([t[0] for t in table], '--kind', 'domain')
    for (source, u, a, valid), row in zip(table, rows):
        if row['valid'] != valid:
            wrong.append((source, valid, row))
        elif valid and (row['u'], row['a']) != (u, a):
            wrong.append((source, u, a, row))
    if len(table) < 6000:
        wrong.append('%d rows' % len(table))
    return wrong


def code_points(allowed):
    """All that Unicode 15.0 gave out and IDNA2008 disallows, of planes 0-2."""
    some = [cp for cp in range(0xa0, 0x30000) if cp not in allowed
            and not 0xd800 <= cp < 0xf900]
    rows = judged(['a%ca.example' % cp for cp in some], '--kind', 'domain')
    return [row for cp, row in zip(some, rows)
            if row['valid'] and chr(cp) in row['u']]


def ip_addresses():
    wrong = []
    for family in 'ipv4', 'ipv6':
        tests = [t for suite in json.loads(
            read('url-ip/jsonschema-%s.json' % family))
            for t in suite['tests'] if isinstance(t['data'], str)]
        tests = [t for t in tests if t['data'].strip('\r\n') == t['data']
                 != '']
        rows = judged([t['data'] for t in tests], '--kind', 'ip')
        for test, row in zip(tests, rows):
            kind = 'ipv6' if ':' in test['data'] else 'ipv4'
            # A link-local address is well formed, but not taken from people.
            if (row['valid'] and kind == family) != test['valid'] and \
                    row['reason'] != 'ip-link-local':
                wrong.append((test, row))
    pairs = [line.split('\t') for line in
             read('url-ip/rfc5952-examples.tsv').splitlines()[1:]]
    for pair, row in zip(pairs, judged([p[0] for p in pairs])):
        if row['a'] != pair[1]:
            wrong.append((pair, row))
    return wrong


def manners():
    wrong = []

    def want(status, args, lines=None, rows=None):
        got = run(args, lines)
        if got[0] != status or (rows is not None and got[1] != rows):
            wrong.append((args, lines, got))

    want(0, ['example.com'])
    want(1, ['example.com', 'a..b'])
    want(2, ['--nonsense'])
    want(2, ['--kind', 'telephone', 'x'])
    want(2, ['--data', '/nonexistent', 'example.com'])
    want(2, ['--known', '/nonexistent', 'example.com'])
    want(0, [], b'', [])
    want(0, [], b'\n\nexample.com\r\nexample.org',
         ['example.%s\tdomain\tvalid\tok%s\t' % (t, 3 * ('\texample.' + t))
          for t in ('com', 'org')])
    want(1, [], b'a\tb\n', ['a\\tb\tdomain\tinvalid\tdisallowed' + 4 * '\t'])
    want(1, [], b'\xff\xc0\n',
         [r'\\xFF\\xC0' + '\tdomain\tinvalid\tnot-text' + 4 * '\t'])
    want(1, ['--', '-a.example'], None,
         ['-a.example\tdomain\tinvalid\thyphen' + 4 * '\t'])
    status, rows = run([], b'x' * 1000000 + b'\nexample.com\n')
    if status != 1 or len(rows) != 2 or \
            'name-too-long' not in rows[0] or 'valid' not in rows[1]:
        wrong.append('a long line')
    with tempfile.NamedTemporaryFile() as known:
        known.write('paypal.com\nмосква.рф\n'.encode())
        known.flush()
        row = judged(['раура1.com'.replace('1', 'l')], '--known',
                     known.name)[0]
        if row.get('looks_like') != 'paypal.com':
            wrong.append(row)
        row = judged(['москва.рф'], '--known', known.name)[0]
        if 'looks_like' in row:
            wrong.append(row)
    return wrong


check('exit status, columns, long lines, look-alikes', manners())
if not os.path.exists(path('uasg')):
    skip('the shared test data', 'absent')
    end()
    sys.exit(0)
check('every domain of UASG004', samples('uasg/uasg004-domains.txt'))
check('every address of UASG004', samples('uasg/uasg004-emails.txt'))
check("212 of 213 cases of ICANN's library suite", library_suite())
check('isemail by policy', isemail())
classes = idna_classes()
check('IdnaTestV2 under IDNA2008', idna(classes))
check('no disallowed code point', code_points(classes))
check('JSON-Schema addresses, RFC 5952', ip_addresses())
end()
