#include "render/agenda_document.h"

#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/docx_new.h"
#include "text/format.h"

struct making {
	struct rp_arena *a;
	const struct rp_reader *reader;
	struct rp_doc_build b;
	struct rp_doc_runs runs;
};

static struct rp_err *
line(struct making *k, const struct rp_block *block, rp_text t)
{
	struct rp_run run = { .text = t };

	if (t.n > 0)
		RP_TRY(rp_doc_build_run(&k->b, &k->runs, &run));
	return rp_doc_build_block(&k->b, &k->b.doc->body.blocks, block,
	    &k->runs);
}

static struct rp_err *
heading(struct making *k, uint8_t level, rp_text t, rp_text lang)
{
	return line(k,
	    &(struct rp_block){ .kind = RP_BLOCK_HEADING,
		.level = level,
		.lang = lang },
	    t);
}

static struct rp_err *
entry(struct making *k, const struct rp_agenda_entry *e)
{
	const struct rp_msg_arg n[] = { RP_MSG_NUM(e->minutes) };
	rp_text t = rp_textf(k->a, "%.*s. %.*s",
	    RP_FMT(rp_format_i64(k->reader->locale, k->a, e->number)),
	    RP_FMT(e->title));

	RP_TRY(heading(k, 2, t, e->lang));
	if (e->minutes > 0)
		RP_TRY(
		    line(k, &(struct rp_block){ .style = RP_TEXT("Subtitle") },
			rp_message(k->a, k->reader, M_agenda_minutes, n, 1)));
	for (size_t i = 0; i < e->papers.n; i++) {
		const struct rp_agenda_paper *p = &e->papers.v[i];

		RP_TRY(line(k,
		    &(struct rp_block){ .kind = RP_BLOCK_ITEM,
			.lang = p->lang },
		    rp_textf(k->a, "%.*s – %.*s", RP_FMT(p->symbol),
			RP_FMT(p->title))));
	}
	return NULL;
}

static struct rp_err *
section(struct making *k, const struct rp_agenda_section *s)
{
	if (s->title.n > 0)
		RP_TRY(heading(k, 1, s->title, s->lang));
	if (s->about.n > 0)
		RP_TRY(
		    line(k, &(struct rp_block){ .style = RP_TEXT("Subtitle") },
			s->about));
	for (size_t i = 0; i < s->entries.n; i++)
		RP_TRY(entry(k, &s->entries.v[i]));
	return NULL;
}

struct rp_err *
rp_agenda_docx(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_agenda_facts *facts, rp_bytes *out)
{
	const struct rp_docx_new options = { 0 };
	struct making k = { .a = a, .reader = reader };

	rp_doc_build_init(&k.b, a);
	k.b.doc->lang = rp_lang_tag(reader->lang);
	k.b.doc->title = rp_message(a, reader, M_agenda_title, NULL, 0);
	RP_TRY(line(&k, &(struct rp_block){ .style = RP_TEXT("Subtitle") },
	    facts->symbol));
	RP_TRY(heading(&k, 0, k.b.doc->title, RP_TEXT("")));
	RP_TRY(line(&k, &(struct rp_block){ .style = RP_TEXT("Subtitle") },
	    facts->meeting));
	RP_TRY(line(&k, &(struct rp_block){ .style = RP_TEXT("Subtitle") },
	    facts->about));
	for (size_t i = 0; i < facts->sections.n; i++)
		RP_TRY(section(&k, &facts->sections.v[i]));
	return rp_docx_new(a, k.b.doc, &options, out);
}
