#include "themes/campaign.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/words.h"
#include "themes/units.h"

struct bench {
	struct rp_arena *a;
	struct rp_theme_tools tools;
	struct rp_themes_result r;
};

static struct bench
begin(void)
{
	struct bench b = { .a = rp_arena_new(1 << 28) };

	b.tools.words = rp_words_new();
	b.tools.folder = rp_folder_new();
	return b;
}

static void
end(struct bench *b)
{
	rp_words_free(b->tools.words);
	rp_folder_free(b->tools.folder);
	rp_arena_free(b->a);
}

static uint32_t
add(struct bench *b, rp_text text)
{
	struct rp_theme_response r = { .campaign = RP_NONE };
	struct rp_theme_field f = { .response = (uint32_t)b->r.responses.n,
		.text = text };

	rp_vec_push(b->a, &b->r.responses, r);
	rp_vec_push(b->a, &b->r.fields, f);
	return f.response;
}

#define CABLE                                                                 \
	"The islands depend on one cable that breaks in every storm. We ask " \
	"the assembly to fund a second cable before the next season. Without" \
	" it our hospitals and schools stay offline for weeks."
#define PRICE                                                                 \
	"Prices for mobile data doubled within two years in our region. The " \
	"regulator must publish what operators pay for access. Only a cap on" \
	" wholesale prices protects small villages."

static void
find(struct bench *b)
{
	rp_campaigns_find(b->a, b->tools.folder, NULL, &b->r);
}

static const struct rp_campaign_member *
member(const struct bench *b, uint32_t response)
{
	uint32_t k = b->r.responses.v[response].campaign;

	RP_CHECK(k != RP_NONE);
	for (size_t i = 0; i < b->r.campaigns.v[k].members.n; i++)
		if (b->r.campaigns.v[k].members.v[i].response == response)
			return &b->r.campaigns.v[k].members.v[i];
	RP_CHECK(false);
	return NULL;
}

static rp_text
own(const struct bench *b, const struct rp_campaign_member *m, uint32_t i)
{
	const struct rp_own_words *w = &b->r.own.v[m->first_own + i];

	return rp_text_sub(b->r.fields.v[w->field].text, w->from, w->to);
}

static void
levels(void)
{
	struct bench b = begin();
	uint32_t first, near, added, other;
	const struct rp_campaign_member *m;

	first = add(&b, RP_TEXT(CABLE));
	add(&b, RP_TEXT("the islands depend on ONE cable, that breaks in every "
			"storm! We ask the assembly to fund a second cable "
			"before the next season\nWithout it our hospitals and "
			"schools stay offline for weeks"));
	add(&b, RP_TEXT(CABLE));
	near = add(&b, RP_TEXT("Dear Chair, " CABLE " J. Smith"));
	added = add(&b,
	    RP_TEXT("My own clinic lost its records last year. We had to send "
		    "a boat. " CABLE " Nobody answers our letters."));
	other = add(&b,
	    RP_TEXT("We ask the assembly to fund a second cable before the "
		    "next season. But first repair the roads, which are in a "
		    "terrible state since the floods, and then the school."));
	find(&b);
	RP_CHECK(b.r.campaigns.n == 1);
	RP_CHECK(b.r.campaigns.v[0].members.n == 5);
	RP_CHECK(b.r.responses.v[other].campaign == RP_NONE);
	RP_CHECK(member(&b, first)->level == RP_CAMPAIGN_EXACT);
	RP_CHECK(member(&b, near)->level == RP_CAMPAIGN_NEAR);
	RP_CHECK_TEXT(b.r.campaigns.v[0].template_text, RP_TEXT(CABLE));
	RP_CHECK_TEXT(b.r.campaigns.v[0].lang, RP_TEXT("en"));
	m = member(&b, added);
	RP_CHECK(m->level == RP_CAMPAIGN_WITH_OWN && m->n_own == 2);
	RP_CHECK_TEXT(own(&b, m, 0),
	    RP_TEXT("My own clinic lost its records last year. We had to send "
		    "a boat"));
	RP_CHECK_TEXT(own(&b, m, 1), RP_TEXT("Nobody answers our letters"));

	rp_units_build(b.a, &b.tools, &b.r);
	rp_campaigns_mark_units(&b.r);
	for (size_t i = 0; i < b.r.units.n; i++) {
		const struct rp_theme_unit *u = &b.r.units.v[i];
		rp_text t =
		    rp_text_sub(b.r.fields.v[u->field].text, u->from, u->to);

		RP_CHECK(
		    u->is_shared == (u->field != other &&
					!rp_text_starts(t, RP_TEXT("My own")) &&
					!rp_text_starts(t, RP_TEXT("We had")) &&
					!rp_text_starts(t, RP_TEXT("Nobody"))));
	}
	end(&b);
}

/* Two letters, and people who send both: single link would make one of them. */
static void
bridges(void)
{
	struct bench b = begin();
	enum { N = 12 };

	for (int i = 0; i < N; i++) {
		add(&b, rp_textf(b.a, "%s Signed by number %d", CABLE, i));
		add(&b, rp_textf(b.a, "Person %d writes: %s", i, PRICE));
	}
	add(&b, RP_TEXT(CABLE " " PRICE));
	add(&b, RP_TEXT(PRICE " " CABLE));
	find(&b);
	RP_CHECK(b.r.campaigns.n == 2);
	for (uint32_t i = 0; i < 2 * N; i++)
		RP_CHECK(b.r.responses.v[i].campaign ==
			 b.r.responses.v[i % 2].campaign);
	RP_CHECK(b.r.responses.v[0].campaign != b.r.responses.v[1].campaign);
	end(&b);
}

/* Sentences from one pool, any three of them: nobody's letter. */
static void
pool(void)
{
	static const char *const sentences[] = {
		"I have lived here for thirty years and never saw such a rush.",
		"The map on page twelve shows our village on the wrong side.",
		"My sister works in a clinic and tells me how much this "
		"counts.",
		"We run a small shop with two employees near the old harbour.",
		"In my own case the bill went from forty to ninety a month.",
		"Our members voted on this at the annual meeting in the "
		"spring.",
		"Please answer me, as my last three letters were not answered.",
		"As a teacher I see every day what this means for the pupils.",
		"I attended the hearing and none of our questions were heard.",
		"The fee in table four should follow what people earn locally.",
	};
	enum { N = sizeof(sentences) / sizeof(sentences[0]) };
	struct bench b = begin();

	for (int i = 0; i < N; i++)
		for (int k = 1; k < N; k += 2)
			add(&b, rp_textf(b.a, "%s %s %s", sentences[i],
				    sentences[(i + k) % N],
				    sentences[(i + 3 * k + 1) % N]));
	find(&b);
	RP_CHECK(b.r.campaigns.n == 0);
	end(&b);
}

static void
few_and_short(void)
{
	struct bench b = begin();
	uint32_t withheld;

	add(&b, RP_TEXT(CABLE));
	add(&b, RP_TEXT(CABLE));
	withheld = add(&b, RP_TEXT(CABLE));
	b.r.responses.v[withheld].is_withheld = true;
	for (int i = 0; i < 20; i++)
		add(&b, RP_TEXT("Yes, I agree with it."));
	add(&b, RP_TEXT(""));
	find(&b);
	RP_CHECK(b.r.campaigns.n == 0);
	b.r.responses.v[withheld].is_withheld = false;
	find(&b);
	RP_CHECK(b.r.campaigns.n == 1);
	end(&b);
}

/* Characters without spaces; and a letter in two fields of a response. */
static void
shapes(void)
{
	struct bench b = begin();
	static const char han[] =
	    "本协会原则上支持该提案但不能接受第七段的现有措辞报告义务将迫使"
	    "最小的接入提供商提交季度统计数据";
	const struct rp_campaign_member *m;

	for (int i = 0; i < 4; i++) {
		struct rp_theme_field second = { .field = 1 };

		add(&b, rp_textf(b.a, "%s。", han));
		second.response =
		    add(&b, rp_textf(b.a, "Number %d says this:", i));
		second.text = RP_TEXT(CABLE);
		rp_vec_push(b.a, &b.r.fields, second);
	}
	b.r.fields.v[0].text = rp_textf(b.a, "%s。我的村庄没有网络。", han);
	find(&b);
	RP_CHECK(b.r.campaigns.n == 2);
	m = member(&b, 0);
	RP_CHECK(m->level == RP_CAMPAIGN_WITH_OWN && m->n_own == 1);
	RP_CHECK_TEXT(own(&b, m, 0), RP_TEXT("我的村庄没有网络"));
	RP_CHECK(b.r.responses.v[1].campaign != b.r.responses.v[0].campaign &&
		 b.r.responses.v[1].campaign == b.r.responses.v[7].campaign);
	end(&b);
}

static uint32_t
fixed_score(void *ctx, const struct rp_campaign *x, const struct rp_campaign *y)
{
	(void)ctx;
	return (rp_text_eq(x->lang, RP_TEXT("fr")) ||
		   rp_text_eq(y->lang, RP_TEXT("fr"))) ?
		   700 :
		   100;
}

static void
twins(void)
{
	struct bench b = begin();
	static const char french[] =
	    "Les îles dépendent d'un seul câble qui se rompt à chaque tempête. "
	    "Nous demandons à l'assemblée de financer un second câble avant la "
	    "prochaine saison.";
	static const char russian[] =
	    "Острова зависят от одного кабеля, который рвётся в каждый шторм. "
	    "Мы просим ассамблею выделить средства на второй кабель до "
	    "следующего сезона.";

	for (int i = 0; i < 5; i++)
		add(&b, RP_TEXT(CABLE));
	for (int i = 0; i < 4; i++)
		add(&b, rp_text_z(french));
	for (int i = 0; i < 3; i++)
		add(&b, rp_text_z(russian));
	find(&b);
	RP_CHECK(b.r.campaigns.n == 3);
	rp_campaigns_twins(&b.r, fixed_score, NULL, 500);
	RP_CHECK(b.r.campaigns.v[0].twin == RP_NONE);
	RP_CHECK(b.r.campaigns.v[1].twin == 0);
	RP_CHECK(b.r.campaigns.v[2].twin == RP_NONE);
	RP_CHECK(b.r.campaigns.v[1].members.v[0].level == RP_CAMPAIGN_TWIN);
	RP_CHECK(b.r.campaigns.v[0].members.v[0].level == RP_CAMPAIGN_EXACT);
	end(&b);
}

RP_CHECK_MAIN({ "levels and own words", levels }, { "bridges", bridges },
    { "a pool of sentences", pool }, { "few and short", few_and_short },
    { "characters, fields", shapes }, { "twins", twins })
