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
            "style_url": "style.css", "sign_in_url": f"/{lang}/sign-in",
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
