#include "render/agenda_document.h"

#include "base/check.h"
#include "codec/docx_read.h"
#include "text/format.h"

static struct rp_agenda_facts
facts(struct rp_arena *a)
{
	struct rp_agenda_facts f = { .symbol = RP_TEXT("WG-Water-20/1(Rev.1)"),
		.meeting = RP_TEXT("WG-Water, meeting 20"),
		.about = RP_TEXT("4 December 2026, Geneva") };
	struct rp_agenda_section s = { .title = RP_TEXT("Morning"),
		.lang = RP_TEXT("en"),
		.about = RP_TEXT("09:30 to 13:00") };
	struct rp_agenda_entry e = { .number = 1,
		.title = RP_TEXT("Opening <of> it"),
		.lang = RP_TEXT("en"),
		.minutes = 10 };
	struct rp_agenda_paper p = { .symbol = RP_TEXT("WG-Water-20/3"),
		.title = RP_TEXT("Puits"),
		.lang = RP_TEXT("fr") };

	rp_vec_push(a, &e.papers, p);
	rp_vec_push(a, &s.entries, e);
	rp_vec_push(a, &f.sections, s);
	return f;
}

/* The paragraphs of what was made, joined by "|". */
static rp_text
read_back(struct rp_arena *a, enum rp_lang lang, rp_bytes *octets)
{
	RP_AUTO(rp_locale_freep) struct rp_locale *l = rp_locale_new(lang);
	struct rp_reader reader = { lang, l };
	struct rp_agenda_facts f = facts(a);
	struct rp_docx_read read;
	rp_text out = RP_TEXT("");

	RP_CHECK_OK(rp_agenda_docx(a, &reader, &f, octets));
	RP_CHECK_OK(rp_docx_read(a, *octets, &read));
	for (size_t i = 0; i < read.document->body.blocks.n; i++)
		out = rp_textf(a, "%.*s%.*s|", RP_FMT(out),
		    RP_FMT(rp_block_text(a, &read.document->body.blocks.v[i])));
	return out;
}

static void
written(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(32 << 20);
	rp_bytes one, two;

	RP_CHECK_TEXT(read_back(a, RP_LANG_EN, &one),
	    RP_TEXT("WG-Water-20/1(Rev.1)|Agenda|WG-Water, meeting 20|"
		    "4 December 2026, Geneva|Morning|09:30 to 13:00|"
		    "1. Opening <of> it|10 minutes|WG-Water-20/3 – Puits|"));
	(void)read_back(a, RP_LANG_EN, &two);
	RP_CHECK(one.n == two.n);
	for (size_t i = 0; i < one.n && i < two.n; i++)
		RP_CHECK(one.p[i] == two.p[i]);
	RP_CHECK(
	    rp_text_starts(rp_text_sub(read_back(a, RP_LANG_AR, &two), 21, 60),
		RP_TEXT("جدول الأعمال|")));
}

RP_CHECK_MAIN({ "written", written })
