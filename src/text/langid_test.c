#include "text/langid.h"

#include "base/check.h"
#include "text/lang.h"

static void
guesses(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const struct {
		const char *text, *tag;
	} rows[] = {
		{ "We support an open and multilingual Internet for everyone.",
		    "en" },
		{ "Nous soutenons un Internet ouvert et multilingue pour tous.",
		    "fr" },
		{ "Apoyamos una Internet abierta y multilingüe para todos.",
		    "es" },
		{ "Мы поддерживаем открытый и многоязычный интернет для всех.",
		    "ru" },
		{ "نحن ندعم إنترنت مفتوحة ومتعددة اللغات للجميع.", "ar" },
		{ "我们支持为所有人建设开放和多语种的互联网。", "zh" },
		{ "我們支持為所有人建設開放和多語種的網際網路。", "zh-Hant" },
		{ "誰もが使える開かれた多言語のインターネットを支持します。",
		    "ja" },
		{ "우리는 모두를 위한 개방된 다국어 인터넷을 지지합니다.",
		    "ko" },
		{ "אנו תומכים באינטרנט פתוח ורב לשוני לכולם.", "he" },
		{ "Apoiamos uma Internet aberta e multilíngue para todos nós.",
		    "pt" },
		{ "हम सभी के लिए खुले और बहुभाषी इंटरनेट का समर्थन करते हैं।", "hi" },
		{ "เราสนับสนุนอินเทอร์เน็ตที่เปิดกว้างสำหรับทุกคน", "th" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_langid g =
		    rp_langid_guess(rp_text_z(rows[i].text), RP_TEXT(""));
		rp_text tag;

		RP_CHECK_TEXT(g.tag, rp_text_z(rows[i].tag));
		RP_CHECK(g.reliable && g.percent > 50);
		RP_CHECK_OK(rp_lang_tag_parse(a, g.tag, &tag));
		RP_CHECK_TEXT(tag, g.tag);
	}
}

static void
nothing_to_say(void)
{
	static char big[200001];

	RP_CHECK_TEXT(rp_langid_guess(RP_TEXT(""), RP_TEXT("fr")).tag,
	    RP_TEXT("und"));
	RP_CHECK_TEXT(rp_langid_guess((rp_text){ 0 }, (rp_text){ 0 }).tag,
	    RP_TEXT("und"));
	RP_CHECK_TEXT(rp_langid_guess(RP_TEXT("12 345 --"), RP_TEXT("")).tag,
	    RP_TEXT("und"));
	/* A noncharacter is valid text, but nothing that CLD2 would read. */
	RP_CHECK(
	    !rp_langid_guess(RP_TEXT("\xef\xbf\xbf plain words"), RP_TEXT("en"))
		 .reliable);
	for (size_t i = 0; i + 5 < sizeof(big); i += 5)
		memcpy(big + i, "wort ", 5);
	(void)rp_langid_guess((rp_text){ big, sizeof(big) - 1 }, RP_TEXT("de"));
}

RP_CHECK_MAIN({ "guesses", guesses }, { "nothing to say", nothing_to_say })
