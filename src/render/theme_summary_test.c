#include "render/theme_summary.h"

#include "base/check.h"
#include "codec/docx_read.h"
#include "render/theme_sample.h"
#include "text/format.h"

static rp_bytes
summary(struct rp_arena *a, enum rp_lang lang)
{
	RP_AUTO(rp_locale_freep) struct rp_locale *l = rp_locale_new(lang);
	struct rp_reader reader = { lang, l };
	const struct rp_theme_report *r = rp_theme_sample(a);
	rp_bytes out;

	RP_CHECK_OK(
	    rp_theme_summary_docx(a, &reader, RP_TEXT(""), &r, 1, &out));
	return out;
}

static bool
has(struct rp_arena *a, const struct rp_document *d, const char *what)
{
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		rp_text t = rp_block_text(a, &d->body.blocks.v[i]);

		if (memmem(t.p, t.n, what, strlen(what)) != NULL)
			return true;
	}
	return false;
}

/* What was written is read back by the reader of foreign documents. */
static void
read_back(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	rp_bytes docx = summary(a, RP_LANG_EN);
	struct rp_docx_read read;
	const struct rp_document *d;
	uint32_t tables = 0;

	RP_CHECK_OK(rp_docx_read(a, docx, &read));
	d = read.document;
	for (size_t i = 0; i < d->body.blocks.n; i++)
		if (d->body.blocks.v[i].cell.table > tables)
			tables = d->body.blocks.v[i].cell.table;
	RP_CHECK(tables == 5);
	RP_CHECK(d->body.blocks.v[0].kind == RP_BLOCK_HEADING);
	RP_CHECK(has(a, d, "Summary of the responses"));
	RP_CHECK(has(a, d, "381 responses were received."));
	RP_CHECK(has(a, d, "deadline extension · weeks"));
	RP_CHECK(has(a, d, "Fees of <500 & more> per application"));
	RP_CHECK(has(a, d, "Response 58 · Technical community · Arabic"));
	RP_CHECK(has(a, d, "ينبغي نشر جميع الوثائق"));
	RP_CHECK(has(a, d, "Campaign 1") && has(a, d, "Unchanged: 90"));
	RP_CHECK(has(a, d, "Not yet read: 58 responses"));
	RP_CHECK(has(a, d, "has 41% of all words"));
}

/* Every quotation stands in the document, word for word. */
static void
quotations(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	const struct rp_theme_report *r = rp_theme_sample(a);
	struct rp_document *d;

	RP_CHECK_OK(rp_theme_summary(a, &reader, RP_TEXT(""), &r, 1, &d));
	for (size_t i = 0; i < r->themes.n; i++)
		for (size_t q = 0; q < r->themes.v[i].quotations.n; q++) {
			rp_text want = r->themes.v[i].quotations.v[q].text;
			bool found = false;

			for (size_t k = 0; k < d->body.blocks.n; k++)
				found |= rp_text_eq(want,
				    rp_block_text(a, &d->body.blocks.v[k]));
			RP_CHECK(found);
		}
}

static void
the_same_twice(void)
{
	for (int lang = 0; lang < RP_LANG_COUNT; lang++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(256 << 20);
		rp_bytes x = summary(a, (enum rp_lang)lang);
		rp_bytes y = summary(a, (enum rp_lang)lang);

		RP_CHECK(x.n == y.n && memcmp(x.p, y.p, x.n) == 0);
	}
}

static void
several_questions(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_FR);
	struct rp_reader reader = { RP_LANG_FR, l };
	struct rp_theme_report none = { .title = RP_TEXT("A second question"),
		.longest_share = -1 };
	const struct rp_theme_report *two[] = { rp_theme_sample(a), &none };
	struct rp_document *d;

	RP_CHECK_OK(rp_theme_summary(a, &reader, RP_TEXT("Titre"), two, 2, &d));
	RP_CHECK_TEXT(rp_block_text(a, &d->body.blocks.v[0]), RP_TEXT("Titre"));
	RP_CHECK(has(a, d, "A second question"));
	RP_CHECK(has(a, d, "Il n’y a pas de réponses."));
	none.responses = 1;
	RP_CHECK_FAILS(rp_theme_summary(a, &reader, RP_TEXT(""), two, 2, &d),
	    RP_E_INVALID);
}

/* What was heard stands apart: its states, its column, how it is cited. */
static void
heard(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_theme_report r = *rp_theme_sample(a);
	const struct rp_theme_report *one = &r;
	struct rp_document *d;

	RP_CHECK_OK(rp_theme_summary(a, &reader, RP_TEXT(""), &one, 1, &d));
	RP_CHECK(!has(a, d, "Heard at sessions"));
	r.heard = 3;
	r.heard_states[RP_REPORT_THEMED] = 2;
	RP_CHECK_FAILS(rp_theme_summary(a, &reader, RP_TEXT(""), &one, 1, &d),
	    RP_E_INVALID);
	r.heard_states[RP_REPORT_UNREAD] = 1;
	r.themes.v[0].heard = 2;
	r.sources.v[r.themes.v[0].quotations.v[0].source].cite =
	    RP_TEXT("Session 2, presentation, Academia, 12 May 2026");
	RP_CHECK_OK(rp_theme_summary(a, &reader, RP_TEXT(""), &one, 1, &d));
	RP_CHECK(has(a, d, "Heard at sessions"));
	RP_CHECK(has(a, d, "and 2 texts heard at sessions, counted apart"));
	RP_CHECK(has(a, d, "Session 2, presentation, Academia, 12 May 2026"));
	RP_CHECK(has(a, d, "381 responses were received."));
}

RP_CHECK_MAIN({ "read back", read_back }, { "quotations", quotations },
    { "the same twice", the_same_twice },
    { "several questions", several_questions }, { "heard", heard })
