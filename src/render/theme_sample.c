#include "render/theme_sample.h"

#define GROUPS 5

struct sampling {
	struct rp_arena *a;
	struct rp_theme_report *r;
};

static const struct {
	const char *id, *group, *lang, *text;
	const char *quoted; /* a part of the text */
} said[] = {
	{ "17", "Governments", "en",
	    "We thank the secretariat. The deadline of three weeks is too "
	    "short for administrations that must translate and coordinate. We "
	    "propose eight weeks.",
	    "The deadline of three weeks is too short for administrations that "
	    "must translate and coordinate." },
	{ "42", "Civil society", "fr",
	    "Nos membres vivent dans douze pays. Le délai ne permet pas de "
	    "consulter les associations locales avant de répondre.\nNous "
	    "demandons aussi que les documents soient publiés plus tôt.",
	    "Le délai ne permet pas de consulter les associations locales "
	    "avant de répondre." },
	{ "58", "Technical community", "ar",
	    "نشكر الأمانة على هذه الفرصة. ينبغي نشر جميع الوثائق باللغات "
	    "الست في الوقت نفسه (ITU-T X.1250). ولا نرى مبررا للتأخير.",
	    "ينبغي نشر جميع الوثائق باللغات الست في الوقت نفسه (ITU-T "
	    "X.1250)." },
	{ "63", "Governments", "zh",
	    "我们支持多语种互联网。域名应当能够用所有文字书写，邮件地址也应如此"
	    "。",
	    "域名应当能够用所有文字书写，邮件地址也应如此。" },
	{ "64", "Private sector", "en",
	    "Fees of <500 & more> per application keep small registries out.",
	    "Fees of <500 & more> per application keep small registries out." },
	{ "71", "", "ru",
	    "Взносы непосильны для малых операторов. Просим пересмотреть их "
	    "размер.",
	    "Взносы непосильны для малых операторов." },
	{ "80", "Civil society", "es",
	    "Las tasas deben depender del tamaño de la entidad.",
	    "Las tasas deben depender del tamaño de la entidad." },
	{ "CWG-Internet-18/94-Rev.1", "Technical community", "en",
	    "Universal acceptance needs tests that anybody can run: "
	    "https://example.org/a-very-long-address-that-does-not-break-by-"
	    "itself-and-goes-on-and-on-and-on.",
	    "Universal acceptance needs tests that anybody can run" },
	{ "101", "Civil society", "en",
	    "I ask the Secretariat to keep the consultation open to everybody. "
	    "In my village nobody can travel to the meetings.",
	    "" },
	{ "102", "", "en",
	    "I ask the Secretariat to keep this consultation open to all.",
	    "" },
	{ "103", "Academia", "en",
	    "I ask the Secretariat to keep the consultation open to everybody.",
	    "" },
};
#define SOURCES (sizeof(said) / sizeof(said[0]))

static void
push(const struct sampling *s, struct rp_report_parts *to, rp_text t,
    bool is_marked)
{
	struct rp_report_part part = { t, is_marked };

	if (t.n > 0)
		rp_vec_push(s->a, to, part);
}

/* The text of a response with what was quoted of it marked. */
static struct rp_report_parts
marked(const struct sampling *s, rp_text all, rp_text part)
{
	struct rp_report_parts out = { 0 };
	const char *at =
	    part.n == 0 ? NULL : memmem(all.p, all.n, part.p, part.n);

	if (at == NULL) {
		push(s, &out, all, false);
		return out;
	}
	push(s, &out, rp_text_sub(all, 0, (size_t)(at - all.p)), false);
	push(s, &out, part, true);
	push(s, &out, rp_text_sub(all, (size_t)(at - all.p) + part.n, all.n),
	    false);
	return out;
}

static void
sources(const struct sampling *s)
{
	for (size_t i = 0; i < SOURCES; i++) {
		struct rp_report_source one = { .id = rp_text_z(said[i].id),
			.group = rp_text_z(said[i].group),
			.lang = rp_text_z(said[i].lang),
			.is_cut = i == 7 };

		/* The last ones are shown where they stand only. */
		if (i < 9)
			one.text = marked(s, rp_text_z(said[i].text),
			    rp_text_z(said[i].quoted));
		rp_vec_push(s->a, &s->r->sources, one);
	}
}

struct themed {
	const char *label, *lang, *definition;
	uint32_t parent;
	int32_t x, y;
	int64_t by_group[GROUPS];
	int64_t distinct, campaign;
	uint32_t quoted[3], n_quoted, near[2];
	bool is_edited;
};

#define TOP RP_REPORT_NONE
static const struct themed themed[] = {
	{ "More time to answer", "en",
	    "The period between publication and deadline is too short.", TOP,
	    200, 300, { 18, 31, 9, 4, 6 }, 55, 7, { 0, 1 }, 2, { 1, 2 }, true },
	{ "deadline extension · weeks", "en", "", 0, 180, 250,
	    { 12, 22, 5, 3, 4 }, 40, 7, { 0 }, 1, { 2, 4 }, false },
	{ "associations locales", "fr", "", 0, 240, 380, { 6, 14, 4, 1, 2 }, 27,
	    0, { 1 }, 1, { 1, 5 }, false },
	{ "All six languages", "en", "", TOP, 600, 250, { 22, 12, 14, 3, 3 },
	    50, 0, { 2, 3 }, 2, { 4, 5 }, true },
	{ "اللغات الست", "ar", "", 3, 620, 200, { 14, 4, 9, 1, 1 }, 28, 0,
	    { 2 }, 1, { 5, 7 }, false },
	{ "多语种互联网与域名", "zh", "", 3, 560, 330, { 9, 8, 6, 2, 2 }, 25, 0,
	    { 3 }, 1, { 4, 9 }, false },
	{ "Fees for small operators", "en", "", TOP, 420, 760,
	    { 3, 9, 5, 16, 2 }, 33, 0, { 4, 5, 6 }, 3, { 7, 8 }, true },
	{ "fees · small registries", "en", "", 6, 400, 720, { 1, 3, 3, 14, 1 },
	    21, 0, { 4 }, 1, { 8, 1 }, false },
	{ "взносы · операторы", "ru", "", 6, 460, 800, { 2, 6, 2, 4, 1 }, 14, 0,
	    { 5, 6 }, 2, { 7, 5 }, false },
	{ "Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung", "de",
	    "", TOP, 800, 600, { 1, 0, 2, 0, 1 }, 4, 0, { 7 }, 1, { 5, 4 },
	    false },
};
#define THEMES (sizeof(themed) / sizeof(themed[0]))

static void
themes(const struct sampling *s)
{
	for (size_t i = 0; i < THEMES; i++) {
		const struct themed *t = &themed[i];
		struct rp_report_theme one = { .label = rp_text_z(t->label),
			.lang = rp_text_z(t->lang),
			.is_machine = !t->is_edited,
			.definition = rp_text_z(t->definition),
			.parent = t->parent,
			.distinct = t->distinct,
			.campaign_responses = t->campaign,
			.by_group = t->by_group,
			.is_on_map = t->parent != TOP || i == THEMES - 1,
			.x = t->x,
			.y = t->y };

		for (size_t g = 0; g < GROUPS; g++)
			one.responses += t->by_group[g];
		for (size_t n = 0; n < 2; n++)
			rp_vec_push(s->a, &one.near, t->near[n]);
		for (uint32_t q = 0; q < t->n_quoted; q++) {
			struct rp_report_quotation quoted = {
				rp_text_z(said[t->quoted[q]].quoted),
				rp_text_z(said[t->quoted[q]].lang),
				t->quoted[q],
			};

			rp_vec_push(s->a, &one.quotations, quoted);
		}
		rp_vec_push(s->a, &s->r->themes, one);
	}
}

static void
vary(const struct sampling *s, struct rp_report_campaign *c, uint32_t source,
    enum rp_report_level level, const char *own)
{
	struct rp_report_variation v = { .source = source,
		.level = level,
		.text =
		    marked(s, rp_text_z(said[source].text), rp_text_z(own)) };

	rp_vec_push(s->a, &c->variations, v);
}

static void
campaigns(const struct sampling *s)
{
	struct rp_report_campaign en = { .members = 132,
		.by_level = { 90, 27, 15, 0 },
		.lang = RP_TEXT("en"),
		.twin = 1 };
	struct rp_report_campaign ar = { .members = 8,
		.by_level = { 0, 0, 0, 8 },
		.lang = RP_TEXT("ar"),
		.twin = 0 };

	push(s, &en.letter, RP_TEXT("I ask the Secretariat to keep "), false);
	push(s, &en.letter, RP_TEXT("[…]"), true);
	push(s, &en.letter,
	    RP_TEXT(" consultation open to everybody.\nA consultation that "
		    "nobody can follow is not an open consultation."),
	    false);
	vary(s, &en, 8, RP_REPORT_OWN,
	    "In my village nobody can travel to the meetings.");
	vary(s, &en, 9, RP_REPORT_NEAR, "this consultation open to all");
	vary(s, &en, 10, RP_REPORT_EXACT, "");
	push(s, &ar.letter,
	    RP_TEXT("أطلب من الأمانة أن تبقي المشاورة مفتوحة للجميع."), false);
	rp_vec_push(s->a, &s->r->campaigns, en);
	rp_vec_push(s->a, &s->r->campaigns, ar);
}

struct rp_theme_report *
rp_theme_sample(struct rp_arena *a)
{
	static const struct rp_report_group groups[GROUPS] = {
		{ RP_TEXT_INIT("Governments"), 96, 18400 },
		{ RP_TEXT_INIT("Civil society"), 140, 14100 },
		{ RP_TEXT_INIT("Technical community"), 52, 9900 },
		{ RP_TEXT_INIT("Private sector"), 31, 8800 },
		{ RP_TEXT_INIT(""), 62, 2100 },
	};
	static const struct rp_report_language languages[] = {
		{ RP_TEXT_INIT("en"), 211, 30100 },
		{ RP_TEXT_INIT("fr"), 61, 8800 },
		{ RP_TEXT_INIT("es"), 44, 6000 },
		{ RP_TEXT_INIT("ar"), 33, 4700 },
		{ RP_TEXT_INIT("ru"), 20, 2900 },
		{ RP_TEXT_INIT("zh"), 9, 700 },
		{ RP_TEXT_INIT("und"), 3, 100 },
	};
	struct rp_theme_report *r = rp_new(a, struct rp_theme_report);
	struct sampling s = { a, r };

	*r = (struct rp_theme_report){
		.title = RP_TEXT("What should change in the way the body "
				 "consults, and what would you need to take "
				 "part?"),
		.title_lang = RP_TEXT("en"),
		.context = RP_TEXT("Open consultation on a multilingual "
				   "Internet & e-mail"),
		.responses = 381,
		.words = 53300,
		.states = { 262, 31, 58, 17, 13 },
		.longest_share = .41,
		.version = RP_TEXT("0.1.0"),
		.seed = RP_TEXT("1"),
	};
	for (size_t i = 0; i < GROUPS; i++)
		rp_vec_push(a, &r->groups, groups[i]);
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		rp_vec_push(a, &r->languages, languages[i]);
	sources(&s);
	themes(&s);
	campaigns(&s);
	return r;
}
