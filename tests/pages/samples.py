"""Sample views for tools/preview.py: (page, language, frame, template, view)."""

OWN = {"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français",
       "ru": "Русский", "es": "Español"}
BODY = {"en": "International Network Union",
        "ar": "الاتحاد الدولي للشبكات", "zh": "国际网络联盟"}
GROUP = {"en": "Working Group on Internet Policy",
         "ar": "فريق العمل المعني بسياسات الإنترنت",
         "zh": "互联网政策工作组"}
TITLE = {"en": "An Internet in every language: names, addresses and "
               "universal acceptance",
         "ar": "إنترنت بكل اللغات: الأسماء والعناوين والقبول الشامل",
         "zh": "人人可用自己语言的互联网：名称、地址与普遍适用"}
QUESTIONS = {
    "en": ["Where do people in your country meet software that refuses names "
           "and addresses in their own script?",
           "Which measures have worked, and what did they cost?",
           "What should the group recommend to its members?"],
    "ar": ["أين يواجه الناس في بلدكم برمجيات ترفض الأسماء والعناوين بخطهم؟",
           "ما التدابير التي نجحت، وكم كلفت؟",
           "بماذا ينبغي أن يوصي الفريق أعضاءه؟"],
    "zh": ["在贵国，人们在哪些地方会遇到拒绝本国文字名称和地址的软件？",
           "哪些措施行之有效？代价如何？", "工作组应向成员提出哪些建议？"]}
WHEN = {"en": ("31 January 2027, 23:59 (Geneva)", "31 January 2027, 22:59 UTC",
               "in 71 days"),
        "ar": ("٣١ يناير ٢٠٢٧، ٢٣:٥٩ (جنيف)", "٣١ يناير ٢٠٢٧، ٢٢:٥٩ UTC",
               "خلال ٧١ يومًا"),
        "zh": ("2027年1月31日 23:59（日内瓦）", "2027年1月31日 22:59 UTC", "71天后")}
STATE = {"en": {"open": "open", "closed": "closed", "received": "received",
                "soon": "closes in 3 days", "published": "published",
                "late": "late", "held": "held"},
         "ar": {"open": "مفتوحة", "closed": "مغلقة", "received": "مستلم",
                "soon": "تغلق خلال ٣ أيام", "published": "منشور",
                "late": "متأخر", "held": "محتجز"},
         "zh": {"open": "开放", "closed": "已结束", "received": "已收到",
                "soon": "3天后结束", "published": "已发布", "late": "逾期",
                "held": "暂留"}}
ZONES = ["Africa/Nairobi", "Africa/Lagos", "America/Bogota",
         "America/New_York", "America/Sao_Paulo", "Asia/Almaty",
         "Asia/Kolkata", "Asia/Riyadh", "Asia/Shanghai", "Asia/Tokyo",
         "Europe/Geneva", "Europe/Moscow", "Pacific/Auckland"]
COUNTRIES = """Afghanistan Albania Algeria Andorra Angola Argentina Armenia
Australia Austria Azerbaijan Bahamas Bahrain Bangladesh Barbados Belarus Belgium
Belize Benin Bhutan Bolivia Botswana Brazil Brunei Bulgaria Burundi Cambodia
Cameroon Canada Chad Chile China Colombia Comoros Congo Croatia Cuba Cyprus
Czechia Denmark Djibouti Dominica Ecuador Egypt Eritrea Estonia Eswatini Ethiopia
Fiji Finland France Gabon Gambia Georgia Germany Ghana Greece Grenada Guatemala
Guinea Guyana Haiti Honduras Hungary Iceland India Indonesia Iran Iraq Ireland
Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Kiribati Kuwait Kyrgyzstan
Laos Latvia Lebanon Lesotho Liberia Libya Liechtenstein Lithuania Luxembourg
Madagascar Malawi Malaysia Maldives Mali Malta Mauritania Mauritius Mexico
Micronesia Moldova Monaco Mongolia Montenegro Morocco Mozambique Myanmar Namibia
Nauru Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palau Panama
Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa
Senegal Serbia Seychelles Singapore Slovakia Slovenia Somalia Spain Sudan
Suriname Sweden Switzerland Syria Tajikistan Thailand Togo Tonga Tunisia Turkmenistan
Tuvalu Türkiye Uganda Ukraine Uruguay Uzbekistan Vanuatu Venezuela Yemen Zambia
Zimbabwe""".split()


def frame(lang, title, **more):
    return {"lang": lang, "dir": "rtl" if lang == "ar" else "ltr",
            "title": title, "body_name": BODY[lang], "body_url": f"/{lang}/",
            "group_name": GROUP[lang], "group_url": f"/{lang}/internet/",
            "style_url": "style.css", "icon_url": "icon.svg", "sign_in_url": f"/{lang}/sign-in",
            "languages": [{"lang": k, "name": v, "url": f"/{k}/x",
                           "current": k == lang} for k, v in OWN.items()],
            "search_url": f"/{lang}/search",
            "feeds": [{"name": GROUP[lang], "url": "/x.atom"}],
            "rights_url": "/rights", "privacy_url": "/privacy",
            "accessibility_url": "/accessibility", "version": "0.1.0",
            "record_head": "7f3a9c2e41d0", **more}


def staff(lang, title, **more):
    return frame(lang, title, who="Léa Müller-Okonkwo", account_url="/a",
                 desk_url="/desk", sign_out_url="/out", wide=True, **more)


def clock(lang, **more):
    t, u, r = WHEN[lang]
    return {"iso": "2027-01-31T22:59:00Z", "body_time": t, "utc_time": u,
            "relative": r, **more}


def chip(lang, kind):
    return {"kind": kind, "label": STATE[lang][kind]}


def zones():
    return [{"value": z, "name": z.split("/")[1].replace("_", " "),
             "selected": z == "Asia/Tokyo"} for z in ZONES]


def consultation(lang, **more):
    return {"number": 12, "title": TITLE[lang], "lang": lang,
            "status": chip(lang, "open"), "is_open": True,
            "decided_by": {"en": "Agreed at the nineteenth meeting of the "
                           "group, February 2026.",
                           "ar": "تم الاتفاق عليها في الاجتماع التاسع عشر.",
                           "zh": "工作组第十九次会议商定。"}[lang],
            "introduction": {
                "en": "<p>Half of the people of the world write in a script "
                "other than Latin. Many of them cannot yet use a name in it "
                "where an address is asked for.</p><p>The group wishes to "
                "hear from everybody who has met the problem, or solved "
                "it.</p>",
                "ar": "<p>نصف سكان العالم يكتبون بخط غير اللاتيني، وكثيرون "
                "منهم لا يستطيعون بعد استخدام اسم بخطهم حيث يُطلب عنوان.</p>",
                "zh": "<p>世界上有一半人使用非拉丁文字书写，其中许多人在需要填写地址"
                "的地方仍无法使用本民族文字的名称。</p>"}[lang],
            "introduction_lang": lang,
            "questions": [{"n": i, "text": f"<p>{q}</p>", "lang": lang}
                          for i, q in enumerate(QUESTIONS[lang], 1)],
            "deadline": clock(lang, zones=zones(), action="/x",
                              reader_time={"en": "1 February 2027, 07:59 "
                                           "(Tokyo)",
                                           "ar": "١ فبراير ٢٠٢٧، ٠٧:٥٩",
                                           "zh": "2027年2月1日 07:59（东京）"}[lang]),
            "extensions": [{"old": "15 January 2027, 23:59",
                            "new": WHEN[lang][0], "at": "20 November 2026",
                            "reason": "Translations were late.",
                            "reason_lang": "en"}],
            "languages": [{"name": v, "lang": k, "url": "/x"}
                          for k, v in OWN.items()],
            "moderation": "consultation.moderation_relevant",
            "publication": "consultation.publication_as_checked",
            "meeting_time": WHEN[lang][0], "meeting_utc": WHEN[lang][1],
            "meeting_place": "Room K2, Geneva, and remotely",
            "answer_url": "/x/answer", "responses_url": "/x/responses/",
            "responses": 84, "statistics_url": "/x/statistics",
            "feed_url": "/x.atom", "calendar_url": "/x.ics", **more}


CATEGORIES = ["government", "private_sector", "civil_society",
              "technical_community", "academia",
              "international_organisation", "individual"]


def answer(lang, **more):
    return {"consultation_title": TITLE[lang], "consultation_lang": lang,
            "consultation_url": "/x", "action": "/x/answer",
            "token": "9f2c" * 16, "notice": 3, "privacy_version": 3,
            "privacy_url": "/privacy", "deadline": clock(lang),
            "questions": [{"n": i, "text": f"<p>{q}</p>", "lang": lang}
                          for i, q in enumerate(QUESTIONS[lang], 1)],
            "answer_max": 40000, "attachment_max": 5,
            "attachment_max_mib": 10, "is_full": True, "has_meeting": True,
            "present_no": True,
            "categories": [{"value": c, "label": f"category.{c}"}
                           for c in CATEGORIES],
            "countries": [{"value": c[:2].upper(), "name": c}
                          for c in COUNTRIES],
            "languages": [{"value": k, "name": v, "selected": k == lang}
                          for k, v in OWN.items()], **more}


ERRORS = {"errors": [
    {"href": "#q1", "text": "Your answer to question 1: Answer at least one "
                            "question."},
    {"href": "#email", "text": "E-mail address: This is not a valid e-mail "
                               "address. Look for missing or extra "
                               "characters."}]}


def receipt(lang, **more):
    return {"is_new": True, "code": "K7QD-2M9X-4TRW", "time": WHEN[lang][0],
            "utc_time": WHEN[lang][1], "iso": "2027-01-31T22:59:00Z",
            "hash": "7f3a9c2e41d0b8865f1e0a934b7c" * 2 + "00ff00ff",
            "revision": 1, "status": chip(lang, "received"),
            "consultation_title": TITLE[lang], "consultation_lang": lang,
            "consultation_url": "/x",
            "receipt_text": "https://consult.example/r/5mzkt0w9qf3v8c2nhx7",
            "receipt_url": "/r/5m", "read_url": "/r/5m/text",
            "revise_url": "/r/5m/revise", "withdraw_url": "/r/5m/withdraw",
            "download_url": "/r/5m.txt", "mail_copy": "K7QD-2M9X-4TRW",
            "publication": "consultation.publication_as_checked",
            "attachments": [{"name": "Annex – ملحق.pdf", "size": "1.2 MB",
                             "state": "receipt.attachment_waiting"}],
            "revisions": [{"n": 1, "time": WHEN[lang][0], "iso": "x",
                           "hash": "7f3a9c2e41d0"}], **more}


def card(lang, kind, **more):
    return {"number": 12, "title": TITLE[lang], "lang": lang, "url": "/x",
            "status": chip(lang, kind), "group_name": GROUP[lang],
            "when": WHEN[lang][0], "relative": WHEN[lang][2],
            "is_open": kind != "closed", "responses": 84, **more}


def start(lang):
    return {"body_name": BODY[lang], "lang": lang,
            "open": [card(lang, "open"), card(lang, "soon")],
            "closed": [card(lang, "closed")],
            "groups": [{"name": GROUP[lang], "acronym": "WG-IP", "lang": lang,
                        "url": "/x", "open": 2,
                        "about": "Prepares decisions on public policy for "
                                 "the Internet."}]}


def group(lang):
    return {"name": GROUP[lang], "lang": lang, "acronym": "WG-IP",
            "mandate": "<p>Established by Resolution 12 (Lima, 2022).</p>",
            "mandate_lang": "en", "open": [card(lang, "open", group_name="")],
            "archive": [card(lang, "closed", group_name="")],
            "archive_url": "/x",
            "calendar": [{"time": WHEN[lang][0], "what": TITLE[lang],
                          "lang": lang, "url": "/x"}],
            "officers": [{"office": "office.chair", "name": "Ewa Kowalska",
                          "name_lang": "pl", "country": "Poland"},
                         {"office": "office.vice_chair", "name": "王小明",
                          "name_lang": "zh", "country": "China",
                          "region": "region.asia_pacific"}],
            "classes": [{"class": "class.member_state", "n": 41},
                        {"class": "class.academia", "n": 7}],
            "members_url": "/x", "rights_url": "/x", "feed_url": "/x"}


SOURCES = [
    ("Ministry of Communications", "Nomsa Dlamini", "government", "Eswatini",
     "English", "en", "Forms of the tax office refuse e-mail addresses that "
     "end in a longer domain than they know. We measured 212 of them."),
    ("جمعية الإنترنت المفتوح", "سمير الخطيب", "civil_society", "Jordan",
     "Arabic", "ar", "ترفض نماذج التسجيل في الجامعات أي اسم لا يُكتب بالحروف "
     "اللاتينية، فيضطر الطلاب إلى اختراع تهجئة لأسمائهم."),
    ("", "山田 花子", "individual", "Japan", "Japanese", "ja",
     "役所の申請画面では、日本語のメールアドレスを入力すると必ずエラーになります。"),
    ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
     "gesellschaft", "Ägidius Größner", "private_sector", "Austria", "German",
     "de", "Wir haben unsere Systeme umgestellt; es dauerte acht Monate."),
    ("भारतीय भाषा मंच", "अनिता शर्मा", "technical_community", "India", "Hindi",
     "hi", "डोमेन नाम अपनी लिपि में लेना आसान है, पर ईमेल में उसका उपयोग कठिन।")]


def row(i):
    o, n, c, country, language, lang, text = SOURCES[i % len(SOURCES)]
    return {"number": i + 1, "url": "/x", "source": n, "organisation": o,
            "category": f"category.{c}", "country": country,
            "language": language, "lang": lang,
            "time": "14 January 2027", "excerpt": text,
            "attachments": i % 3}


def responses(lang, n=20, **more):
    return {"consultation_title": TITLE[lang], "consultation_lang": lang,
            "consultation_url": "/x", "count": 84, "action": "/x",
            "categories": answer(lang)["categories"],
            "countries": answer(lang)["countries"][:40],
            "languages": answer(lang)["languages"],
            "sorts": [{"value": "r", "label": "list.sort_received"},
                      {"value": "s", "label": "list.sort_source"}],
            "rows": [row(i) for i in range(n)],
            "pager": {"first_url": "/x", "next_url": "/x"},
            "publication": "consultation.publication_as_checked",
            "csv_url": "/x.csv", "jsonl_url": "/x.jsonl", "feed_url": "/x",
            "statistics_url": "/x", "withdrawn": 1, **more}


def response(lang):
    def para(k, text):
        return (f'<p id="q1-p{k}">{text} <a class="anchor" href="#q1-p{k}" '
                f'aria-label="Link to paragraph {k}">§</a></p>')
    o, n, c, country, language, tag, text = SOURCES[1]
    return {"consultation_title": TITLE[lang], "consultation_lang": lang,
            "consultation_url": "/x", "number": 17, "source": n,
            "organisation": o, "job_title": "المدير التنفيذي",
            "category": f"category.{c}", "country": country,
            "language": language, "lang": tag, "time": WHEN[lang][0],
            "channel": "channel.web", "receipt": "7f3a9c2e41d0",
            "revision": 2, "has_revisions": True, "is_late": True,
            "signatories": [{"name": "Réseau des bibliothèques, Maroc"}],
            "answers": [{"n": i, "question": f"<p>{q}</p>",
                         "question_lang": lang,
                         "body": para(1, text) + para(
                             2, text + ' <span class="redacted">[hidden]'
                             '</span>'), "lang": tag,
                         "translations": [{
                             "lang": "en", "language": "English",
                             "status": "translation.courtesy",
                             "body": "<p>Registration forms of universities "
                             "refuse every name that is not written in Latin "
                             "letters, so students have to invent a spelling "
                             "of their names.</p>"}] if i == 1 else []}
                        for i, q in enumerate(QUESTIONS[lang][:2], 1)],
            "redactions": [{"reason": "A telephone number of a third person.",
                            "lang": "en", "time": "16 January 2027"}],
            "attachments": [{"name": "دراسة.pdf", "url": "/x",
                             "size": "840 kB"}],
            "cite": f"{n}, {o}. Response 17 (revision 2) to open consultation "
                    "12. https://consult.example/en/internet/consultations/12/"
                    "responses/17", "next_url": "/x", "list_url": "/x",
            "json_url": "/x"}


def bars(lang, name, figures):
    rtl, top = lang == "ar", max(n for _, n in figures)
    out = (f'<svg class="chart" role="img" aria-labelledby="{name}-t" '
           f'width="100%" height="{3.2 * len(figures):.1f}em">'
           f'<title id="{name}-t">x</title>')
    for i, (label, n) in enumerate(figures):
        w, y = 100 * n / top, 3.2 * i
        out += (f'<text x="{100 if rtl else 0}%" y="{y + 1.1:.1f}em">{label}'
                f'</text><text class="val" text-anchor="end" '
                f'x="{0 if rtl else 100}%" y="{y + 1.1:.1f}em">{n}</text>'
                f'<rect class="c{i % 7 + 1}" x="{100 - w if rtl else 0}%" '
                f'y="{y + 1.5:.1f}em" width="{w:.1f}%" height="1em"/>')
    return out + "</svg>"


def statistics(lang):
    figures = [("Civil society", 31), ("Government", 19), ("Academia", 12),
               ("Technical community", 9), ("Private sector", 7),
               ("International organisation", 4), ("Individual", 2)]
    return {"consultation_title": TITLE[lang], "consultation_lang": lang,
            "consultation_url": "/x", "responses": 84, "words": 61234,
            "countries": 37, "languages": 12, "first_time": 41,
            "has_longest": True, "longest_share": "38 %",
            "charts": [{"id": "by-category",
                        "title": "statistics.by_category",
                        "head": "statistics.head_category",
                        "chart": bars(lang, "by-category", figures),
                        "rows": [{"label": k, "n": n, "words": n * 700,
                                  "share": f"{100 * n // 84} %"}
                                 for k, n in figures]}], "csv_url": "/x"}


def search(lang):
    return {"action": "/x", "q": "адрес 地址", "searched": True, "count": 2,
            "groups": [{"value": "1", "name": GROUP[lang]}],
            "languages": answer(lang)["languages"],
            "results": [{"url": "/x", "title": s[1], "lang": s[5],
                         "kind": "search.response", "where": TITLE[lang],
                         "time": "14 January 2027", "excerpt":
                         s[6].replace("e-mail", "<mark>e-mail</mark>"),
                         "excerpt_lang": s[5]} for s in SOURCES[:3]]}


def desk(lang):
    entry = {"time": "31 January", "relative": WHEN[lang][2],
             "what": "desk.due_deadline", "title": TITLE[lang], "lang": lang,
             "url": "/x"}
    return {"name": "x", "waiting": [
        {"label": "desk.received", "n": 14, "url": "/x",
         "oldest": "3 days ago"},
        {"label": "desk.held", "n": 2, "url": "/x"}],
        "due": [entry], "late": [entry],
        "consultations": [{"title": TITLE[lang], "lang": lang, "url": "/x",
                           "status": chip(lang, "open"), "edit_url": "/x",
                           "queue_url": "/x", "statistics_url": "/x",
                           "responses": 14}],
        "new_url": "/x", "people_url": "/x", "audit_url": "/x",
        "outbox_url": "/x", "rights_url": "/x", "held_url": "/x"}


def queue(lang):
    return {"desk_url": "/x", "consultation_url": "/x",
            "consultation_title": TITLE[lang], "consultation_lang": lang,
            "states": [{"label": f"state.{s}", "n": 14 - i, "url": "/x",
                        "current": i == 0} for i, s in enumerate(
                            ("received", "checked", "published", "returned",
                             "rejected", "withdrawn", "held"))],
            "rows": [{"code": "K7QD-2M9X-4TRW", "url": "/x", "source": s[1],
                      "organisation": s[0], "category": f"category.{s[2]}",
                      "country": s[3], "language": s[4],
                      "time": "14 January 2027", "words": 812,
                      "attachments": 1, "status": chip(lang, "received"),
                      "marks": [chip(lang, "late")]} for s in SOURCES],
            "count": 5, "enter_url": "/x", "export_url": "/x"}


def desk_response(lang):
    v = response(lang)
    keep = ("source", "organisation", "job_title", "category", "country",
            "language", "lang", "time", "channel", "revision", "signatories")
    return {**{k: v[k] for k in keep}, "desk_url": "/x", "queue_url": "/x",
            "code": "K7QD-2M9X-4TRW", "status": chip(lang, "received"),
            "marks": [chip(lang, "late")], "capacity": "capacity.organisation",
            "authorisation": "authorisation.full",
            "email": "سمير@مثال.اختبار",
            "answers": [{k: a[k] for k in ("n", "question", "question_lang",
                                           "body", "lang")}
                        for a in v["answers"]],
            "can_check": True, "can_publish": True, "can_return": True,
            "can_reject": True, "can_redact": True, "can_translate": True,
            "redact_error": "Give a reason.",
            "reasons": [{"value": "x", "label": "reason.duplicate"}],
            "history": [{"time": WHEN[lang][0], "what": "act.received"}]}


def desk_consultation(lang):
    return {"desk_url": "/x", "public_url": "/x", "title": TITLE[lang],
            "title_lang": lang, "status": chip(lang, "open"),
            "is_planned": True, "can_launch": True, "editing_lang": lang,
            "editing_dir": "rtl" if lang == "ar" else "ltr",
            "editing_name": OWN[lang], "tabs": [
                {"lang": k, "name": v, "url": "/x", "current": k == lang,
                 "is_missing": k == "ru"} for k, v in OWN.items()],
            "missing": "desk_consultation.missing_blocks",
            "missing_names": "Русский",
            "questions": [{"id": i, "n": i, "text": q} for i, q in
                          enumerate(QUESTIONS[lang], 1)],
            "zones": zones(), "opens": "2026-11-20T09:00",
            "deadline": "2027-01-31T23:59", "as_checked": True,
            "offered": [{"value": k, "name": v, "selected": True}
                        for k, v in OWN.items()]}


MORE = {"start": (frame, start), "group": (frame, group),
        "responses": (frame, responses), "response": (frame, response),
        "statistics": (frame, statistics), "search": (frame, search),
        "desk": (staff, desk), "desk_queue": (staff, queue),
        "desk_response": (staff, desk_response),
        "desk_consultation": (staff, desk_consultation)}


def pages():
    for lang in ("en", "ar", "zh"):
        t = TITLE[lang]
        yield "consultation", lang, frame(lang, t), "consultation", \
            consultation(lang)
        yield "answer", lang, frame(lang, t), "answer", answer(lang)
        yield "receipt", lang, frame(lang, t, private=True), "receipt", \
            receipt(lang)
    yield "closed", "en", frame("en", TITLE["en"]), "consultation", \
        consultation("en", is_open=False, is_closed=True, answer_url="",
                     status=chip("en", "closed"), extensions=[])
    yield "answer-errors", "en", frame("en", TITLE["en"]), "answer", answer(
        "en", summary_of_errors=ERRORS, email="测试＠例え。テスト@",
        email_error=ERRORS["errors"][1]["text"].split(": ")[1],
        attachments=[{"id": "7", "name": "Réponse.pdf", "size": "840 kB"}],
        name="محمد العلي", is_late=True)
    yield "draft-saved", "en", frame("en", "x", private=True), \
        "draft_saved", {
            "consultation_title": TITLE["en"], "consultation_lang": "en",
            "draft_url": "/d/x", "deadline": clock("en"),
            "draft_text": "https://consult.example/d/5mzkt0w9qf3v8c2nhx7",
            "kept_until": "2 March 2027"}
    yield "withdraw", "en", frame("en", "x"), "withdraw", {
        "code": "K7QD-2M9X-4TRW", "receipt_url": "/r/5m"}
    yield "error", "en", frame("en", "x"), "error", {
        "status": 503, "title": "error.unavailable_title",
        "what": "error.unavailable_what", "next": "error.unavailable_next",
        "back_url": "/x", "body_url": "/en/",
        "typed": [{"label": "Your answer to question 1",
                   "text": "A long text.\n\nWith a paragraph."}]}
    for name, (outer, view) in MORE.items():
        for lang in ("en", "ar", "zh"):
            yield name, lang, outer(lang, TITLE[lang]), name, view(lang)
    yield "responses-empty", "en", frame("en", "x"), "responses", \
        responses("en", 0, count=0, withdrawn=0, csv_url="")
    yield "sign_in", "en", frame("en", "x"), "sign_in", {
        "email_error": "x", "summary_of_errors": ERRORS}
    yield "account", "en", staff("en", "x"), "account", {
        "name": "Léa Müller-Okonkwo", "setting_up": True,
        "secret": "JBSW Y3DP EHPK 3PXP", "zones": zones(),
        "sessions": [{"id": 1, "is_current": True, "browser": "Firefox",
                      "network": "2001:db8:1:2::/64", "started": "14 January",
                      "seen": "today"}, {"id": 2, "browser": "Safari",
                                         "network": "192.0.2.0/24"}],
        "codes": [{"code": "7f3a-9c2e"}, {"code": "41d0-b886"}],
        "grantable": [{"value": "export", "label": "right.export"}]}
    yield "privacy", "en", frame("en", "x"), "privacy", {
        "group_name": GROUP["en"], "version": 3, "since": "1 May 2026",
        "days": 180}
    yield "accessibility", "en", frame("en", "x"), "accessibility", {}
