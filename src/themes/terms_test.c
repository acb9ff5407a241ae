#include "themes/terms.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/stem.h"
#include "text/words.h"

struct bench {
	struct rp_arena *a;
	struct rp_theme_tools tools;
	struct rp_themes_result r;
	struct rp_terms t;
};

static struct bench
begin(void)
{
	struct bench b = { .a = rp_arena_new(1 << 28) };

	b.tools.words = rp_words_new();
	b.tools.folder = rp_folder_new();
	b.tools.stemmer = rp_stemmer_new();
	return b;
}

static void
end(struct bench *b)
{
	rp_words_free(b->tools.words);
	rp_folder_free(b->tools.folder);
	rp_stemmer_free(b->tools.stemmer);
	rp_arena_free(b->a);
}

static void
add(struct bench *b, rp_text text, const char *lang)
{
	struct rp_theme_response r = { .lang = rp_text_z(lang),
		.campaign = RP_NONE };
	struct rp_theme_field f = { .response = (uint32_t)b->r.responses.n,
		.text = text };

	rp_vec_push(b->a, &b->r.responses, r);
	rp_vec_push(b->a, &b->r.fields, f);
}

static void
build(struct bench *b, const char *question)
{
	rp_units_build(b->a, &b->tools, &b->r);
	rp_terms_build(b->a, &b->tools, &b->r, rp_text_z(question), &b->t);
}

static const struct rp_term *
find(const struct bench *b, const char *stem)
{
	for (uint32_t i = 0; i < b->t.n_terms; i++)
		if (rp_text_eq(b->t.terms[i].stem, rp_text_z(stem)))
			return &b->t.terms[i];
	return NULL;
}

static void
rows(void)
{
	struct bench b = begin();
	const struct rp_term *cable;

	add(&b, RP_TEXT("Cables, cables and 2 schools"), "en");
	add(&b, RP_TEXT("cables and cables and 2 schools"), "en");
	add(&b, RP_TEXT("CABLES CABLES AND 2 SCHOOLS!"), "en");
	add(&b, RP_TEXT("The cable of the school"), "en");
	build(&b, "Which school?");
	/* The third says what the first did. */
	RP_CHECK(b.t.n_rows == 3);
	RP_CHECK(b.t.unit[0] == 0 && b.t.unit[1] == 1 && b.t.unit[2] == 3);
	cable = find(&b, "cabl");
	RP_CHECK(cable != NULL && cable->rows == 3 && cable->weight == 1);
	RP_CHECK_TEXT(cable->surface, RP_TEXT("cables"));
	RP_CHECK_TEXT(cable->lang, RP_TEXT("en"));
	RP_CHECK(find(&b, "school")->weight == RP_QUESTION_WEIGHT);
	RP_CHECK(find(&b, "2") == NULL);
	RP_CHECK(b.t.seq_start[1] == 4 && b.t.start[1] == 3);
	RP_CHECK(b.t.seq[0] == b.t.seq[1]);
	for (uint32_t row = 0; row < b.t.n_rows; row++) {
		uint32_t words = 0;

		for (uint32_t i = b.t.start[row]; i < b.t.start[row + 1]; i++) {
			RP_CHECK(i == b.t.start[row] ||
				 b.t.term[i - 1] < b.t.term[i]);
			words += b.t.count[i];
		}
		RP_CHECK(words == b.t.seq_start[row + 1] - b.t.seq_start[row]);
	}
	end(&b);
}

static void
scripts(void)
{
	struct bench b = begin();

	add(&b, RP_TEXT("中国政府认为网络"), "zh");
	add(&b, RP_TEXT("中国网络"), "zh");
	build(&b, "");
	RP_CHECK(b.t.n_rows == 2);
	RP_CHECK(find(&b, "中国") != NULL && find(&b, "中国")->rows == 2);
	RP_CHECK(find(&b, "政府") != NULL);
	end(&b);
}

/* Many rows: what most have is a stop word, what one has is left out. */
static void
stop_words(void)
{
	static const char *const nouns[] = { "cable", "school", "tariff",
		"spectrum", "privacy", "satellite", "roaming", "numbering",
		"broadband", "security", "language", "gender", "climate",
		"training", "invoice", "registry", "numbers", "emergency",
		"disaster", "copyright", "platform", "island", "village",
		"hospital", "farmer", "library", "museum", "airport" };
	static const char *const fillers[] = { "the", "we", "want", "for", "of",
		"and", "that", "this", "with", "have", "more", "very" };
	enum { NOUNS = 28, TOPIC = 7, FILLERS = 12, N = 2000 };
	struct bench b = begin();

	for (unsigned i = 0; i < N; i++) {
		unsigned topic = i % (NOUNS / TOPIC) * TOPIC;
		unsigned k = i * 7919u >> 3;

		add(&b,
		    rp_textf(b.a, "%s %s %s %s %s %s %s of x%ux",
			fillers[k % FILLERS], nouns[topic + k % TOPIC],
			fillers[k / 7 % FILLERS], fillers[k / 5 % FILLERS],
			nouns[topic + k / 7 % TOPIC], fillers[k / 11 % FILLERS],
			fillers[k / 13 % FILLERS], i),
		    "en");
	}
	build(&b, "");
	RP_CHECK(b.t.n_rows == N);
	RP_CHECK(find(&b, "of") == NULL && find(&b, "want") == NULL);
	RP_CHECK(find(&b, "x7x") == NULL);
	RP_CHECK(find(&b, "cabl") != NULL && find(&b, "tariff") != NULL);
	end(&b);
}

RP_CHECK_MAIN({ "rows", rows }, { "scripts", scripts },
    { "stop words", stop_words })
