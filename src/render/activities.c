#include "render/activities.h"

#include "base/err.h"
#include "codec/doc_build.h"
#include "text/format.h"

#define CHECKED RP_TEXT("☑")
#define EMPTY RP_TEXT("☐")

struct making {
	struct rp_arena *a;
	const struct rp_reader *reader;
	const struct rp_matrix *m;
	struct rp_doc_build b;
	struct rp_doc_runs runs;
	uint32_t bold;
};

static rp_text
say(const struct making *k, enum rp_msg id)
{
	return rp_message(k->a, k->reader, id, NULL, 0);
}

/* The table. */

static void
head(const struct making *k, struct rp_matrix_cells *out)
{
	static const enum rp_msg columns[RP_MATRIX_COLUMNS] = {
		M_matrix_resolution, M_matrix_activity, M_matrix_r, M_matrix_t,
		M_matrix_d, M_matrix_sg, M_matrix_time, M_matrix_partners,
		M_matrix_status
	};

	for (size_t i = 0; i < RP_MATRIX_COLUMNS; i++)
		rp_vec_push(k->a, out, say(k, columns[i]));
}

static void
row(const struct making *k, const struct rp_matrix_resolution *r,
    const struct rp_matrix_activity *a, struct rp_matrix_cells *out)
{
	rp_text name = r->name;

	if (a != NULL && a->paragraph.n > 0)
		name = rp_textf(k->a, "%.*s, %.*s", RP_FMT(name),
		    RP_FMT(a->paragraph));
	rp_vec_push(k->a, out, name);
	rp_vec_push(k->a, out, a ? a->title : say(k, M_matrix_gap));
	for (size_t i = 0; i < RP_MATRIX_SECTORS; i++)
		rp_vec_push(k->a, out, a && a->sectors[i] ? CHECKED : EMPTY);
	rp_vec_push(k->a, out, a ? a->time : RP_TEXT(""));
	rp_vec_push(k->a, out, a ? a->partners : RP_TEXT(""));
	rp_vec_push(k->a, out, a ? a->status : RP_TEXT(""));
}

void
rp_matrix_table(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_matrix *m, struct rp_matrix_cells *out)
{
	struct making k = { .a = a, .reader = reader, .m = m };

	*out = (struct rp_matrix_cells){ 0 };
	head(&k, out);
	for (size_t i = 0; i < m->resolutions.n; i++) {
		const struct rp_matrix_resolution *r = &m->resolutions.v[i];

		if (r->activities.n == 0)
			row(&k, r, NULL, out);
		for (size_t n = 0; n < r->activities.n; n++)
			row(&k, r, &r->activities.v[n], out);
	}
}

/* Documents. */

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
heading(struct making *k, uint8_t level, rp_text t, rp_text lang)
{
	return put(k,
	    (struct rp_block){ .kind = RP_BLOCK_HEADING,
		.level = level,
		.lang = lang },
	    t, 0);
}

static struct rp_err *
table(struct making *k)
{
	struct rp_matrix_cells cells;

	rp_matrix_table(k->a, k->reader, k->m, &cells);
	for (size_t i = 0; i < cells.n; i++) {
		size_t r = i / RP_MATRIX_COLUMNS, c = i % RP_MATRIX_COLUMNS;
		struct rp_block b = { .cell = { .table = 1,
					  .row = (uint32_t)r + 1,
					  .column = (uint32_t)c + 1 } };

		RP_TRY(put(k, b, cells.v[i], r == 0 ? k->bold : 0));
	}
	return NULL;
}

/* "2025 – 2026; ITU-T; with Friends; ongoing" */
static rp_text
facts(const struct making *k, const struct rp_matrix_activity *a)
{
	static const enum rp_msg names[RP_MATRIX_SECTORS] = { M_matrix_r,
		M_matrix_t, M_matrix_d, M_matrix_sg };
	rp_text out = a->time;

	for (size_t i = 0; i < RP_MATRIX_SECTORS; i++)
		if (a->sectors[i])
			out = rp_textf(k->a, "%.*s – %.*s", RP_FMT(out),
			    RP_FMT(say(k, names[i])));
	if (a->partners.n > 0)
		out = rp_textf(k->a, "%.*s – %.*s", RP_FMT(out),
		    RP_FMT(a->partners));
	return rp_textf(k->a, "%.*s – %.*s", RP_FMT(out), RP_FMT(a->status));
}

static struct rp_err *
activity(struct making *k, const struct rp_matrix_activity *a)
{
	rp_text title = a->title;

	if (a->paragraph.n > 0)
		title = rp_textf(k->a, "%.*s (%.*s)", RP_FMT(title),
		    RP_FMT(a->paragraph));
	RP_TRY(heading(k, 2, title, a->lang));
	if (a->text.n > 0)
		RP_TRY(
		    put(k, (struct rp_block){ .lang = a->lang }, a->text, 0));
	return put(k, (struct rp_block){ .style = RP_TEXT("Caption") },
	    facts(k, a), 0);
}

static struct rp_err *
report(struct making *k)
{
	for (size_t i = 0; i < k->m->resolutions.n; i++) {
		const struct rp_matrix_resolution *r = &k->m->resolutions.v[i];

		RP_TRY(heading(k, 1,
		    r->title.n > 0 ? rp_textf(k->a, "%.*s: %.*s",
					 RP_FMT(r->name), RP_FMT(r->title)) :
				     r->name,
		    r->lang));
		if (r->activities.n == 0)
			RP_TRY(put(k, (struct rp_block){ 0 },
			    say(k, M_matrix_gap), 0));
		for (size_t n = 0; n < r->activities.n; n++)
			RP_TRY(activity(k, &r->activities.v[n]));
	}
	return heading(k, 1, say(k, M_matrix_annex), RP_TEXT(""));
}

struct rp_err *
rp_matrix_document(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_matrix *m, bool alone, struct rp_document **out)
{
	const struct rp_format bold = { .look = RP_LOOK_BOLD };
	struct making k = { .a = a, .reader = reader, .m = m };

	rp_doc_build_init(&k.b, a);
	k.b.doc->lang = rp_lang_tag(reader->lang);
	k.b.doc->title = m->title;
	k.bold = rp_document_format(a, k.b.doc, &bold);
	RP_TRY(heading(&k, 0, m->title, RP_TEXT("")));
	if (m->about.n > 0)
		RP_TRY(
		    put(&k, (struct rp_block){ .style = RP_TEXT("Subtitle") },
			m->about, 0));
	if (!alone)
		RP_TRY(report(&k));
	RP_TRY(table(&k));
	*out = k.b.doc;
	return NULL;
}
