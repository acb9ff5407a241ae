#include "text/question_lint.h"

#include "base/check.h"
#include "text/words.h"

#define FINE 0U

static const struct {
	const char *lang, *text;
	unsigned found;
} rows[] = {
	{ "en", "What measures have been taken to deploy IPv6?", FINE },
	{ "en", "", FINE },
	{ "en", "Don't you think that more should be done?",
	    RP_QUESTION_LEADING },
	{ "en", "DO YOU AGREE that more can be done?", RP_QUESTION_LEADING },
	{ "en", "What has been done and how was it paid for?",
	    RP_QUESTION_DOUBLE },
	{ "en", "What has been done? Who has done it?", RP_QUESTION_DOUBLE },
	{ "en", "How can bands and households be connected?", FINE },
	{ "en", "What has been done in [country]?", RP_QUESTION_PLACEHOLDER },
	{ "en", "What has been done in XX by 2025?", RP_QUESTION_PLACEHOLDER },
	{ "en", "Best practices in the transition to IPv6",
	    RP_QUESTION_NO_MARK },
	{ "en", "Why so?", RP_QUESTION_SHORT },
	{ "fr", "Quelles mesures ont été prises pour déployer IPv6 ?", FINE },
	{ "fr", "Ne pensez-vous pas qu’il faut en faire plus ?",
	    RP_QUESTION_LEADING },
	{ "fr", "Quelles mesures ont été prises, et comment les financer ?",
	    RP_QUESTION_DOUBLE },
	{ "es", "¿Qué medidas se han adoptado en su país?", FINE },
	{ "es", "¿Esta de acuerdo en que hay que hacer más?",
	    RP_QUESTION_LEADING },
	{ "es", "¿Qué se ha hecho y cómo se ha financiado?",
	    RP_QUESTION_DOUBLE },
	{ "ru", "Какие меры приняты для внедрения IPv6?", FINE },
	{ "ru", "Разве мер, которые приняты, довольно?", RP_QUESTION_LEADING },
	{ "ru", "Какие меры приняты и как они оплачены?", RP_QUESTION_DOUBLE },
	{ "zh", "贵国为部署第六版互联网协议采取了哪些措施？", FINE },
	{ "zh", "您是否同意应当采取更多的措施？", RP_QUESTION_LEADING },
	{ "zh", "已采取哪些措施，以及如何为其筹资？", RP_QUESTION_DOUBLE },
	{ "ar", "ما التدابير التي اتُّخذت لنشر الإصدار السادس؟", FINE },
	{ "ar", "هل توافقون على ضرورة بذل المزيد من الجهود؟",
	    RP_QUESTION_LEADING },
	{ "ar", "ما التدابير المتخذة وكيف جرى تمويلها؟", RP_QUESTION_DOUBLE },
	/* Of no list: only what every language has. */
	{ "de", "Sind Sie nicht auch der Meinung?", FINE },
};

static void
found(void)
{
	RP_AUTO(rp_words_freep) struct rp_words *w = rp_words_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 20);
		rp_text t = rp_text_z(rows[i].text);
		unsigned got;

		rp_question_lint(a, w, rp_text_z(rows[i].lang), &t, 1, &got);
		if (got != rows[i].found)
			printf("# %s: %x, not %x\n", rows[i].text, got,
			    rows[i].found);
		RP_CHECK(got == rows[i].found);
	}
}

static void
in_a_list(void)
{
	RP_AUTO(rp_words_freep) struct rp_words *w = rp_words_new();
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	const rp_text t[] = { RP_TEXT("What has been done so far?"),
		RP_TEXT(""), RP_TEXT("what has been  done – so far?"),
		RP_TEXT("What has been done until now?") };
	unsigned got[4];
	char many[2000] = "What";

	rp_question_lint(a, w, RP_TEXT("en"), t, 4, got);
	RP_CHECK(got[0] == 0 && got[1] == 0 && got[2] == RP_QUESTION_REPEATED &&
		 got[3] == 0);
	for (int i = 0; i < RP_QUESTION_WORDS_MAX; i++)
		strcat(many,
		    i + 1 < RP_QUESTION_WORDS_MAX ? " word" : " word?");
	{
		rp_text one = rp_text_z(many);

		rp_question_lint(a, w, RP_TEXT("en"), &one, 1, got);
		RP_CHECK(got[0] == RP_QUESTION_LONG);
	}
}

RP_CHECK_MAIN({ "found", found }, { "in a list", in_a_list })
