#include "render/sections.h"

#include "base/err.h"
#include "codec/doc_build.h"
#include "text/format.h"

struct making {
	struct rp_arena *a;
	const struct rp_reader *reader;
	struct rp_doc_build b;
	struct rp_doc_runs runs;
	uint32_t bold, tables;
};

static struct rp_err *
put(struct making *k, struct rp_block block, rp_text t, uint32_t format)
{
	struct rp_run run = { .text = t, .format = format };

	if (t.n > 0)
		RP_TRY(rp_doc_build_run(&k->b, &k->runs, &run));
	return rp_doc_build_block(&k->b, &k->b.doc->body.blocks, &block,
	    &k->runs);
}

static struct rp_err *
heading(struct making *k, uint8_t level, rp_text t)
{
	return put(k,
	    (struct rp_block){ .kind = RP_BLOCK_HEADING, .level = level }, t,
	    0);
}

static struct rp_err *
words(struct making *k, rp_text t, rp_text lang)
{
	size_t from = 0;

	while (from < t.n) {
		size_t end = rp_text_find(t, '\n', from);
		rp_text line = rp_text_trim(rp_text_sub(t, from, end));

		if (line.n > 0)
			RP_TRY(put(k, (struct rp_block){ .lang = lang },
			    rp_text_dup(k->a, line), 0));
		from = end + 1;
	}
	return NULL;
}

static struct rp_err *
cell(struct making *k, size_t row, size_t column, rp_text t)
{
	struct rp_block b = { .cell = { .table = k->tables,
				  .row = (uint32_t)row + 1,
				  .column = (uint32_t)column + 1 } };

	return put(k, b, t, row == 0 ? k->bold : 0);
}

static struct rp_err *
table(struct making *k, const struct rp_section *s)
{
	k->tables++;
	for (size_t i = 0; i < s->cells.n; i++)
		RP_TRY(cell(k, i / s->columns, i % s->columns, s->cells.v[i]));
	return NULL;
}

/* What a chart shows, with its head. */
static struct rp_err *
bars(struct making *k, const struct rp_section *s)
{
	k->tables++;
	RP_TRY(cell(k, 0, 0, s->bars_title));
	RP_TRY(cell(k, 0, 1,
	    rp_message(k->a, k->reader, M_sections_number, NULL, 0)));
	for (size_t i = 0; i < s->bars.n; i++) {
		RP_TRY(cell(k, i + 1, 0, s->bars.v[i].label));
		RP_TRY(cell(k, i + 1, 1,
		    rp_format_i64(k->reader->locale, k->a, s->bars.v[i].n)));
	}
	return NULL;
}

bool
rp_section_has_rows(const struct rp_section *s)
{
	return s->columns > 0 && s->cells.n > s->columns;
}

static struct rp_err *
section(struct making *k, const struct rp_section *s)
{
	if (s->words.n == 0 && s->columns == 0 && s->bars.n == 0)
		return NULL;
	if (s->title.n > 0)
		RP_TRY(heading(k, 1, s->title));
	RP_TRY(words(k, s->words, s->words_lang));
	if (s->summary.n > 0)
		RP_TRY(put(k, (struct rp_block){ 0 }, s->summary, 0));
	if (rp_section_has_rows(s))
		RP_TRY(table(k, s));
	else if (s->columns > 0)
		RP_TRY(put(k, (struct rp_block){ 0 }, s->none, 0));
	/* Two tables need a paragraph between them. */
	if (s->bars.n > 0) {
		RP_TRY(put(k, (struct rp_block){ .style = RP_TEXT("Caption") },
		    s->bars_title, 0));
		RP_TRY(bars(k, s));
	}
	return NULL;
}

struct rp_err *
rp_sections_document(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_sections *s, struct rp_document **out)
{
	const struct rp_format bold = { .look = RP_LOOK_BOLD };
	struct making k = { .a = a, .reader = reader };

	rp_doc_build_init(&k.b, a);
	k.b.doc->lang = rp_lang_tag(reader->lang);
	k.b.doc->title = s->title;
	k.bold = rp_document_format(a, k.b.doc, &bold);
	RP_TRY(heading(&k, 0, s->title));
	if (s->about.n > 0)
		RP_TRY(
		    put(&k, (struct rp_block){ .style = RP_TEXT("Subtitle") },
			s->about, 0));
	for (size_t i = 0; i < s->all.n; i++)
		RP_TRY(section(&k, &s->all.v[i]));
	*out = k.b.doc;
	return NULL;
}
