#!/usr/bin/env python3
"""Check the content of the demonstration body: shape, counts and text.

Usage: check_demo.py [FOLDER]    (default: demo/ beside tools/)

Prints one line per fault and the figures of what was found; ends with 1 when
there was a fault. It knows the words and limits of the schema, so that a
content that the loader would refuse is found without building anything.
"""

import collections
import json
import pathlib
import re
import sys
import unicodedata

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
REGIONS = {
    "africa", "americas", "arab_states", "asia_pacific", "cis", "europe",
}
CAPABILITIES = {
    "read", "amend", "propose", "answer", "check", "redact", "translate",
    "enter", "launch", "contact", "export", "members", "grant", "erase",
    "audit", "register", "theme", "steer", "administer",
}
CLASSES = {"member_state", "sector_member", "associate", "academia", "other"}
CATEGORIES = {
    "government", "private_sector", "civil_society", "technical_community",
    "academia", "international_organisation", "individual",
}
STATES = {
    "received", "held", "checked", "published", "returned", "rejected",
    "withdrawn",
}
TRANSLATIONS = {"official", "courtesy", "machine"}
ATTACHMENTS = {"pdf", "docx", "odt", "txt"}
ANSWER_MAX = 40000
SUMMARY_FROM_WORDS = 1500
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESPONSE_FIELDS = {
    "capacity": str, "name": str, "organisation": str, "job_title": str,
    "signatories": str, "category": str, "country": str, "email": str,
    "lang": str, "answers": dict, "summary": str, "authorisation": str,
    "present": str, "needs": str, "day": int, "time": str,
    "attachments": list, "demo_state": str,
}
OPTIONAL_FIELDS = {
    "campaign": str, "message": str, "reason": str, "hold_reason": str,
    "redaction_hint": list, "channel": str, "earlier": list,
}

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def need(where, ok, what):
    if not ok:
        fault(where, what)
    return ok


def script(text):
    """The script with the most letters, by the names of the characters."""
    count = collections.Counter()
    for c in text:
        if unicodedata.category(c)[0] != "L":
            continue
        word = unicodedata.name(c, "?").split()[0]
        count[word] += 1
    if count["HIRAGANA"] + count["KATAKANA"] > 0:
        return "JAPANESE"
    return count.most_common(1)[0][0] if count else "?"


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for k, v in value.items():
            yield k
            yield from strings(v)
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)


def check_text(where, value):
    for s in strings(value):
        need(where, s == unicodedata.normalize("NFC", s),
             f"not NFC: {s[:40]!r}")
        bad = [c for c in s if unicodedata.category(c) in ("Cc", "Cn", "Co")
               and c != "\n"]
        need(where, not bad, f"control or unassigned character {bad!r}")
        need(where, s == s.strip(), f"space at an end: {s[:40]!r}")


def check_six(where, value):
    if not need(where, isinstance(value, dict), "must be one text per language"):
        return
    need(where, tuple(sorted(value)) == tuple(sorted(LANGUAGES)),
         f"languages are {sorted(value)}")
    for lang, text in value.items():
        need(where, isinstance(text, str) and text, f"{lang} is empty")


def check_email(where, address):
    if not need(where, "@" in address, "no @"):
        return
    local, domain = address.rsplit("@", 1)
    octets = len(local.encode())
    need(where, 1 <= octets <= 64, f"local part of {octets} octets")
    quoted = local.startswith('"') and local.endswith('"')
    need(where, quoted or not re.search(r'[\s"(),:;<>@\[\]\\]', local),
         f"local part {local!r}")
    total = 0
    for label in re.split("[.\u3002]", domain):
        ascii_form = label
        if not label.isascii():
            ascii_form = "xn--" + label.encode("punycode").decode()
        total += len(ascii_form) + 1
        need(where, 1 <= len(ascii_form) <= 63,
             f"label {label!r} of {len(ascii_form)} octets")
        need(where, label == label.lower(), f"label {label!r} not folded")
    need(where, total <= 254, "domain too long")
    last = domain.rsplit(".", 1)[-1]
    need(where, last in ("example", "test") or not last.isascii(),
         f"{domain} is not reserved for examples")


def check_body(body):
    for field in ("slug", "acronym", "zone", "default_lang"):
        need("body", isinstance(body.get(field), str), f"no {field}")
    need("body", SLUG.fullmatch(body["slug"]), "slug")
    check_six("body name", body["name"])
    group = body["group"]
    need("group", SLUG.fullmatch(group["slug"]), "slug")
    for field in ("name", "mandate", "privacy_notice"):
        check_six(f"group {field}", group[field])
    check_six("group rules", group["rules"]["text"])
    for g in body["rights"]:
        need("rights", g["capability"] in CAPABILITIES, g["capability"])
        need("rights", g["holder_kind"] in ("office", "class", "public"),
             g["holder_kind"])
        need("rights", g["instrument"], "no instrument")
    need("rights", body["rights_of_people"], "no instrument for people")
    offices = collections.Counter()
    for p in body["people"]:
        where = f"person {p['name_latin']}"
        offices[p["office"]] += 1
        need(where, p["office"] in ("chair", "vice_chair", "acting_chair",
             "secretary"), "office")
        need(where, p["region"] in REGIONS | {""}, "region")
        need(where, p["lang"] in LANGUAGES, "language")
        need(where, set(p.get("rights", [])) <= CAPABILITIES, "rights")
        for address in p["email"]:
            check_email(where, address)
    need("people", offices["chair"] == 1, "must have one chair")
    need("people", offices["vice_chair"] >= 5, "too few vice-chairs")
    need("people", offices["secretary"] >= 2, "too few in the secretariat")
    return offices


def check_parties(parties, body):
    classes = collections.Counter()
    slugs = set()
    for p in parties:
        where = f"party {p['slug']}"
        classes[p["class"]] += 1
        need(where, p["class"] in CLASSES, "class")
        need(where, p["region"] in REGIONS, "region")
        need(where, re.fullmatch("[A-Z]{2}", p["country"]), "country")
        need(where, SLUG.fullmatch(p["slug"]), "slug")
        need(where, p["slug"] not in slugs, "twice")
        slugs.add(p["slug"])
        check_six(where, p["name"])
        check_six(where, p["short_name"])
    need("parties", classes["member_state"] >= 40, "too few States")
    need("parties", classes["sector_member"] >= 8, "too few Sector Members")
    need("parties", classes["academia"] >= 4, "too few of Academia")
    need("parties", classes["associate"] >= 3, "too few Associates")
    states = {p["country"] for p in parties if p["class"] == "member_state"}
    for p in body["people"]:
        need(f"person {p['name_latin']}", p["party"] in states | {""},
             f"party {p['party']} is no member")
    return classes


def check_moment(where, moment):
    need(where, isinstance(moment["day"], int), "day")
    need(where, TIME.fullmatch(moment["time"]), "time")


def check_consultation(c):
    where = f"consultation {c['number']}"
    need(where, tuple(c["languages"]) == LANGUAGES, "languages")
    for field in ("title", "introduction", "guidelines", "moderation"):
        check_six(f"{where} {field}", c[field])
    for field in ("opens", "deadline", "meeting"):
        check_moment(f"{where} {field}", c[field])
    check_six(f"{where} place", c["meeting"]["place"])
    need(where, c["opens"]["day"] < c["deadline"]["day"], "closes before it opens")
    need(where, c["deadline"]["day"] < c["meeting"]["day"],
         "the meeting comes before the deadline")
    for lang in LANGUAGES:
        need(where, c["introduction"][lang].count("\n\n") == 2,
             f"introduction in {lang} is not of three paragraphs")
    for e in c["extensions"]:
        for field in ("old", "new", "decided"):
            check_moment(f"{where} extension", e[field])
        check_six(f"{where} extension", e["reason"])
        need(where, e["decided"]["day"] < e["old"]["day"] < e["new"]["day"],
             "order of the extension's dates")
    if c["extensions"]:
        need(where, c["extensions"][-1]["new"] == c["deadline"],
             "last extension and deadline differ")
    topics = {t["number"] for t in c["topics"]}
    for t in c["topics"]:
        check_six(f"{where} topic {t['number']}", t["title"])
    need(where, [q["position"] for q in c["questions"]] == [1, 2, 3, 4],
         "positions of the questions")
    for q in c["questions"]:
        check_six(f"{where} question {q['position']}", q["text"])
        check_six(f"{where} help {q['position']}", q["help"])
        need(where, q["topic"] in topics, "topic of a question")


def check_fields(where, r):
    for field, kind in RESPONSE_FIELDS.items():
        need(where, type(r.get(field)) is kind, f"{field} must be {kind.__name__}")
    for field in r:
        if field in RESPONSE_FIELDS:
            continue
        if need(where, field in OPTIONAL_FIELDS, f"unknown field {field}"):
            need(where, type(r[field]) is OPTIONAL_FIELDS[field], field)


def check_response(where, r, window):
    check_fields(where, r)
    check_email(where, r["email"])
    need(where, r["capacity"] in ("organisation", "individual"), "capacity")
    need(where, bool(r["organisation"]) == (r["capacity"] == "organisation"),
         "capacity and organisation do not agree")
    need(where, r["category"] in CATEGORIES, "category")
    need(where, r["authorisation"] in ("full", "without_name", "aggregate"),
         "authorisation")
    need(where, r["demo_state"] in STATES, "demo_state")
    need(where, re.fullmatch("[A-Z]{2}", r["country"]), "country")
    need(where, re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]+)*", r["lang"]), "lang")
    need(where, TIME.fullmatch(r["time"]), "time")
    need(where, 0 <= r["day"] < window, f"day {r['day']} is outside the window")
    need(where, r["name"], "no name")
    need(where, r["answers"], "no answer")
    for position, text in r["answers"].items():
        need(where, position in ("1", "2", "3", "4"), f"question {position}")
        need(where, 0 < len(text) <= ANSWER_MAX, f"length of answer {position}")
    need(where, len(r["attachments"]) <= 5, "too many attachments")
    for a in r["attachments"]:
        need(where, set(a) == {"name", "kind", "text"}, "fields of attachment")
        need(where, a["kind"] in ATTACHMENTS, "kind of attachment")
        need(where, a["name"].endswith("." + a["kind"]), "name of attachment")
    if r["attachments"] or words(r) > SUMMARY_FROM_WORDS:
        need(where, r["summary"], "no summary")
    need(where, r["present"] in ("", "in_person", "remote"), "present")
    for field in ("name", "organisation", "job_title", "email"):
        need(where, "\n" not in r[field], f"{field} has several lines")
    need(where, (r["demo_state"] == "held") == ("hold_reason" in r),
         "hold_reason")
    need(where, (r["demo_state"] == "rejected") == ("reason" in r), "reason")
    if r["demo_state"] in ("returned", "rejected"):
        need(where, r.get("message"), "no message to the author")
    need(where, r.get("channel", "paper") in ("paper", "email"), "channel")
    for e in r.get("earlier", []):
        need(where, set(e) == {"day", "time", "answers"}, "earlier revision")
        need(where, 0 <= e["day"] < r["day"], "earlier revision comes later")
        need(where, e["answers"] != r["answers"], "revision without a change")
    for h in r.get("redaction_hint", []):
        text = r["answers"].get(h["question"], "")
        need(where, text.count(h["text"]) == 1, "redaction does not match")


def words(r):
    return sum(len(t.split()) for t in r["answers"].values())


def check_responses(name, rows, window):
    addresses = collections.Counter(r["email"] for r in rows)
    bodies = collections.Counter()
    for n, r in enumerate(rows, 1):
        where = f"{name}:{n}"
        check_response(where, r, window)
        check_text(where, r)
        if "campaign" not in r:
            bodies[json.dumps(r["answers"], sort_keys=True)] += 1
    for address, n in addresses.items():
        need(name, n == 1, f"{address} stands {n} times")
    for text, n in bodies.items():
        need(name, n == 1, f"the same answer {n} times: {text[:60]}")
    days = [(r["day"], r["time"]) for r in rows]
    need(name, days == sorted(days), "not in the order of arrival")


def check_first(name, rows):
    """What only the large consultation has to show."""
    states = collections.Counter(r["demo_state"] for r in rows)
    want = {"received": 4, "checked": 2, "returned": 1, "rejected": 1,
            "withdrawn": 1, "held": 2}
    for state, n in want.items():
        need(name, states[state] == n, f"{states[state]} {state}, not {n}")
    campaigns = collections.Counter(r["campaign"] for r in rows if "campaign" in r)
    need(name, sorted(campaigns.values()) == [9, 14], f"campaigns {campaigns}")
    langs = {r["lang"] for r in rows}
    scripts = {script(" ".join(r["answers"].values())) for r in rows}
    need(name, len(rows) >= 96, "fewer than 96 responses")
    need(name, states["published"] >= 80, "fewer than 80 published")
    need(name, len(langs) >= 12, "fewer than 12 languages")
    need(name, len(scripts) >= 8, "fewer than 8 scripts")
    need(name, sum(words(r) >= 1000 for r in rows) >= 3, "fewer than 3 long ones")
    need(name, sum(words(r) <= 12 for r in rows) >= 3, "no short ones")
    files = sum(len(r["attachments"]) for r in rows)
    need(name, files == 6, f"{files} attachments, not 6")
    need(name, {a["kind"] for r in rows for a in r["attachments"]} == ATTACHMENTS,
         "not every kind of attachment")
    need(name, any("redaction_hint" in r for r in rows), "nothing to redact")
    need(name, any(len(r["answers"]) == 1 for r in rows), "nobody answers one only")
    need(name, any(r["email"].startswith('"') for r in rows), "no quoted local part")
    need(name, any("+" in r["email"] for r in rows), "no tagged address")
    need(name, any("'" in r["email"] for r in rows), "no apostrophe in an address")
    need(name, any("\u200f" in r["name"] or "\u200e" in r["name"] for r in rows),
         "no name with a direction mark")
    need(name, any(len(r["organisation"]) > 150 for r in rows), "no long name")


def check_translations(rows, responses):
    for n, t in enumerate(rows, 1):
        where = f"translations.jsonl:{n}"
        need(where, t["status"] in TRANSLATIONS, "status")
        check_text(where, t)
        match = [r for r in responses.get(t["consultation"], [])
                 if r["email"] == t["email"]]
        if not need(where, len(match) == 1, f"no response of {t['email']}"):
            continue
        need(where, t["question"] in match[0]["answers"], "no such answer")
        need(where, t["lang"] != match[0]["lang"], "same language")
    need("translations", len(rows) >= 8, "fewer than 8")


def check_instruments(folder, texts):
    """Titles in six languages, files that are there, states that follow."""
    for t in texts:
        where = f"instruments.json: {t['kind']} {t['number']}"
        check_six(where, t["title"])
        days = {}
        for v in t["versions"]:
            need(where, (folder / v["file"]).is_file(), v["file"])
            need(where, re.fullmatch(r"\d{4}-\d\d-\d\d", v["dated"]),
                 v["dated"])
            need(where, v["steps"], "no state")
            need(where, days.get(v["lang"], "") < v["dated"],
                 "not in the order of days")
            days[v["lang"]] = v["dated"]
            check_text(v["file"], read(folder / v["file"]))


def read(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    if path.suffix == ".md":
        return text.splitlines()
    return [json.loads(line) for line in text.splitlines() if line]


def figures(name, rows):
    langs = collections.Counter(r["lang"] for r in rows)
    scripts = collections.Counter(
        script(" ".join(r["answers"].values())) for r in rows)
    states = collections.Counter(r["demo_state"] for r in rows)
    lengths = sorted(words(r) for r in rows)
    print(f"{name}: {len(rows)} responses, {len(langs)} languages, "
          f"{len(scripts)} scripts, {len({r['country'] for r in rows})} countries")
    print("  languages", dict(langs.most_common()))
    print("  scripts", dict(scripts.most_common()))
    print("  states", dict(states))
    print("  categories", dict(collections.Counter(r["category"] for r in rows)))
    print(f"  words {lengths[0]} to {lengths[-1]}, {sum(lengths)} in all, "
          f"{sum(not r['email'].isascii() for r in rows)} internationalised "
          "addresses")


def main():
    folder = pathlib.Path(__file__).resolve().parent.parent / "demo"
    if len(sys.argv) > 1:
        folder = pathlib.Path(sys.argv[1])
    body = read(folder / "body.json")
    parties = read(folder / "parties.json")
    consultations = read(folder / "consultations.json")
    check_text("body.json", body)
    check_text("parties.json", parties)
    check_text("consultations.json", consultations)
    texts = read(folder / "instruments.json")
    check_text("instruments.json", texts)
    check_instruments(folder / "instruments", texts)
    print("people", dict(check_body(body)))
    print("parties", dict(check_parties(parties, body)))
    need("consultations", [c["number"] for c in consultations] == [1, 2], "numbers")
    responses = {}
    for c in consultations:
        check_consultation(c)
        name = f"responses-{c['number']}.jsonl"
        rows = read(folder / name)
        end = min(0, c["deadline"]["day"])
        check_responses(name, rows, end - c["opens"]["day"])
        figures(name, rows)
        responses[c["number"]] = rows
    check_first("responses-1.jsonl", responses[1])
    need("responses-2.jsonl", len(responses[2]) >= 14, "fewer than 14")
    check_translations(read(folder / "translations.jsonl"), responses)
    for line in faults:
        print("fault:", line)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
