#include "themes/languages.h"

#include "base/check.h"

static const char *const english[] = {
	"the schools of our district have no access to the network",
	"we would like to have a second cable before the next season",
	"prices for mobile data are too high for many families here",
	"the regulator should publish what the operators pay for access",
	"please answer the letters that we have sent to the secretariat",
};
static const char *const french[] = {
	"les écoles de notre district n'ont aucun accès au réseau",
	"nous voudrions avoir un second câble avant la prochaine saison",
	"les prix des données mobiles sont trop élevés pour les familles",
	"le régulateur devrait publier ce que paient les opérateurs",
	"veuillez répondre aux lettres envoyées au secrétariat",
};

static struct rp_languages *
shown(struct rp_arena *a)
{
	struct rp_languages *l = rp_languages_new(a);

	for (int i = 0; i < 5; i++) {
		(void)rp_languages_show(l, rp_text_z(english[i]), RP_TEXT(""));
		(void)rp_languages_show(l, rp_text_z(french[i]), RP_TEXT(""));
	}
	return l;
}

static void
short_texts(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 26);
	struct rp_languages *l = shown(a);
	static const struct {
		const char *text, *declared, *want;
	} rows[] = {
		{ "no second cable", "", "en" },
		{ "pas de second câble", "", "fr" },
		{ "the price", "", "en" },
		{ "les prix", "", "fr" },
		{ "the price", "en-GB", "en-GB" },
		/* What is clear beats what was declared, in use or not. */
		{ "Сети малых островов зависят от одного кабеля, который "
		  "рвётся во время штормов.",
		    "en", "ru" },
		/* Nothing is known about the script. */
		{ "да", "ru", "ru" },
		{ "12", "fr", "fr" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_text t = rp_text_z(rows[i].text);
		rp_text declared = rp_text_z(rows[i].declared);
		struct rp_langid g = rp_langid_guess(t, declared);

		RP_CHECK_TEXT(rp_languages_ask(l, t, &g, declared),
		    rp_text_z(rows[i].want));
	}
}

static void
nothing_shown(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 26);
	struct rp_languages *l = rp_languages_new(a);
	struct rp_langid g = { .tag = RP_TEXT("und") };

	RP_CHECK_TEXT(rp_languages_ask(l, RP_TEXT("xyz"), &g, RP_TEXT("")),
	    RP_TEXT("und"));
}

RP_CHECK_MAIN({ "short texts", short_texts },
    { "nothing was shown", nothing_shown })
