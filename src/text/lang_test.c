#include "text/lang.h"

#include "base/check.h"

static void
six(void)
{
	enum rp_lang lang;

	for (int i = 0; i < RP_LANG_COUNT; i++) {
		RP_CHECK(rp_lang_find(rp_lang_tag((enum rp_lang)i), &lang));
		RP_CHECK(lang == (enum rp_lang)i);
		RP_CHECK(rp_lang_own_name(lang).n > 0);
		RP_CHECK(
		    (rp_lang_dir(lang) == RP_DIR_RTL) == (lang == RP_LANG_AR));
	}
	RP_CHECK(!rp_lang_find(RP_TEXT("de"), &lang));
	RP_CHECK(!rp_lang_find(RP_TEXT("EN"), &lang));
	RP_CHECK(!rp_lang_find(RP_TEXT("en-GB"), &lang));
	RP_CHECK_TEXT(rp_dir_name(RP_DIR_RTL), RP_TEXT("rtl"));
	RP_CHECK_TEXT(rp_dir_name(RP_DIR_AUTO), RP_TEXT("auto"));
}

static void
tags(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "en", "en" },
		{ "EN-us", "en-US" },
		{ "zh-hant-TW", "zh-Hant-TW" },
		{ "zh-cmn-hans-cn", "zh-cmn-Hans-CN" },
		{ "sr-LATN", "sr-Latn" },
		{ "es-419", "es-419" },
		{ "sl-rozaj-biske", "sl-rozaj-biske" },
		{ "de-1996", "de-1996" },
		{ "hy-Latn-IT-arevela", "hy-Latn-IT-arevela" },
		{ "ar-u-nu-latn", "ar-u-nu-latn" },
		{ "en-a-bbb-x-a-ccc", "en-a-bbb-x-a-ccc" },
		{ "tlh-x-y-z", "tlh-x-y-z" },
		{ "kok", "kok" },
		{ "", NULL },
		{ "e", NULL },
		{ "x-private", NULL },
		{ "en-", NULL },
		{ "-en", NULL },
		{ "en--US", NULL },
		{ "en_US", NULL },
		{ "en-u", NULL },
		{ "en-a-b-c", NULL },
		{ "en-x", NULL },
		{ "123", NULL },
		{ "toolonglanguage", NULL },
		{ "en-US-GB", NULL },
		{ "en-US-Latn", NULL },
		{ "en\" onx", NULL },
		{ "fran\xc3\xa7", NULL },
		{ "en-abcdefgh-abcdefgh-abcdefgh-abcdefg", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_text in = rp_text_z(rows[i].in), out;

		if (rows[i].out == NULL) {
			RP_CHECK_FAILS(rp_lang_tag_parse(a, in, &out),
			    RP_E_INVALID);
			continue;
		}
		RP_CHECK_OK(rp_lang_tag_parse(a, in, &out));
		RP_CHECK_TEXT(out, rp_text_z(rows[i].out));
	}
	RP_CHECK(rp_lang_tag_same_primary(RP_TEXT("zh-Hant"), RP_TEXT("ZH")));
	RP_CHECK(!rp_lang_tag_same_primary(RP_TEXT("zh"), RP_TEXT("zha")));
	for (size_t i = 0; rp_lang_common[i].p != NULL; i++) {
		rp_text out;

		RP_CHECK_OK(rp_lang_tag_parse(a, rp_lang_common[i], &out));
		RP_CHECK_TEXT(out, rp_lang_common[i]);
		for (size_t k = 0; k < i; k++)
			RP_CHECK(!rp_text_eq(out, rp_lang_common[k]));
	}
}

static void
accept(void)
{
	static const struct {
		const char *field;
		enum rp_lang lang;
	} rows[] = {
		{ "", RP_LANG_EN },
		{ "fr", RP_LANG_FR },
		{ "FR-ca", RP_LANG_FR },
		{ "de, fr;q=0.8, en;q=0.9", RP_LANG_EN },
		{ "zh-Hant-TW,zh;q=0.9,en;q=0.8", RP_LANG_ZH },
		{ "de-DE,de;q=0.9,ar;q=0.5,en;q=0.4", RP_LANG_AR },
		{ "ru;q=0.5,es;q=0.5", RP_LANG_RU },
		{ "ru; q=0.5 , es ;q=1.000", RP_LANG_ES },
		{ "*", RP_LANG_EN },
		{ "en;q=0, *;q=0.5, fr;q=0.1", RP_LANG_FR },
		{ "es;q=0", RP_LANG_EN },
		{ "de", RP_LANG_EN },
		{ "fr;q=2, es;q=0.1", RP_LANG_ES },
		{ "fr;q=0.1234, es;q=0.001", RP_LANG_ES },
		{ "fr;level=1, es", RP_LANG_ES },
		{ ",,;;q,=,fr,", RP_LANG_FR },
		{ "english", RP_LANG_EN },
		{ "fra", RP_LANG_EN },
		{ "\xff\xfe,es", RP_LANG_ES },
	};
	char many[4000];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK(rp_lang_accept(rp_text_bytes(rp_text_z(rows[i].field)),
			     RP_LANG_EN) == rows[i].lang);
	memset(many, ',', sizeof(many));
	memcpy(many + RP_LANG_ACCEPT_MAX, "fr", 2);
	RP_CHECK(rp_lang_accept((rp_bytes){ (uint8_t *)many, sizeof(many) },
		     RP_LANG_ES) == RP_LANG_ES);
}

static void
directions(void)
{
	static const struct {
		const char *text;
		enum rp_dir dir;
	} rows[] = {
		{ "", RP_DIR_AUTO }, { "123 \xe2\x80\x93 !", RP_DIR_AUTO },
		{ "1. one", RP_DIR_LTR },
		{ "\"\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7\" hello",
		    RP_DIR_RTL },
		{ "hello \xd9\x85", RP_DIR_LTR },
		{ "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", RP_DIR_RTL },
		{ "\xe4\xb8\xad\xe6\x96\x87", RP_DIR_LTR },
		/* RLI shalom PDI abc: what is isolated does not count */
		{ "\xe2\x81\xa7\xd7\xa9\xe2\x81\xa9 abc", RP_DIR_LTR },
		{ "\xe2\x81\xa9\xe2\x81\xa6 abc", RP_DIR_AUTO },
		{ "\xf0\x9e\xa4\x80", RP_DIR_RTL }, /* Adlam */
	};
	static const struct {
		const char *tag;
		enum rp_dir dir;
	} of_tags[] = {
		{ "ar", RP_DIR_RTL },
		{ "ar-Latn", RP_DIR_LTR },
		{ "fa", RP_DIR_RTL },
		{ "ur-IN", RP_DIR_RTL },
		{ "he", RP_DIR_RTL },
		{ "yi", RP_DIR_RTL },
		{ "dv", RP_DIR_RTL },
		{ "az", RP_DIR_LTR },
		{ "az-Arab", RP_DIR_RTL },
		{ "pa-PK", RP_DIR_RTL },
		{ "en", RP_DIR_LTR },
		{ "zh-Hant", RP_DIR_LTR },
		{ "qqq", RP_DIR_LTR },
		{ "", RP_DIR_LTR },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK(rp_text_dir(rp_text_z(rows[i].text)) == rows[i].dir);
	for (size_t i = 0; i < sizeof(of_tags) / sizeof(of_tags[0]); i++)
		RP_CHECK(rp_lang_tag_dir(rp_text_z(of_tags[i].tag)) ==
			 of_tags[i].dir);
}

static void
scripts(void)
{
	static const struct {
		const char *text, *script;
	} rows[] = {
		{ "", "Zyyy" },
		{ "12 + 3", "Zyyy" },
		{ "word", "Latn" },
		{ "Привет, world of ясных букв", "Cyrl" },
		{ "الشبكة العالمية ITU", "Arab" },
		{ "多语种互联网 IPv6", "Hani" },
		{ "これは日本語です", "Jpan" },
		{ "한국어 문장", "Kore" },
		{ "हिन्दी", "Deva" },
		{ "ไทย", "Thai" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_text_script(rp_text_z(rows[i].text)),
		    rp_text_z(rows[i].script));
}

RP_CHECK_MAIN({ "the six", six }, { "language tags", tags },
    { "Accept-Language", accept }, { "directions", directions },
    { "scripts", scripts })
