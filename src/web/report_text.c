#include "web/report.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "codec/akn.h"
#include "codec/doc_build.h"
#include "codec/docx_new.h"
#include "codec/html_doc.h"
#include "codec/json.h"
#include "codec/markdown.h"
#include "codec/plain_doc.h"
#include "codec/sink.h"
#include "pdf/pdf.h"
#include "text/country.h"
#include "text/format.h"
#include "text/input.h"
#include "text/zone.h"
#include "web/registry_text.h"
#include "web/server.h"

/* From the minutes to the facts of render/. */

struct facts {
	const struct rp_request *req;
	struct rp_arena *a;
	struct rp_reader reader;
	const struct rp_meeting *m;
};

static struct rp_report_outcome
outcome(const struct rp_proceedings_outcome *o)
{
	struct rp_report_outcome out = { .object = o->object,
		.reservation = o->reservation };

	(void)rp_outcome_from(o->verb, &out.verb);
	return out;
}

static void
outcomes(const struct facts *f, const struct rp_proceedings_outcomes *all,
    struct rp_report_outcomes *out)
{
	for (size_t i = 0; i < all->n; i++)
		rp_vec_push(f->a, out, outcome(&all->v[i]));
}

static void
statements(const struct facts *f, const struct rp_proceedings_statements *all,
    struct rp_report_statements *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_proceedings_statement *s = &all->v[i];
		struct rp_report_statement one = { .key = s->id,
			.voices = (uint32_t)s->voices,
			.is_all = s->is_all,
			.name = s->name,
			.words = s->words,
			.outcome = outcome(&s->outcome) };

		one.speaker = rp_text_eq(s->speaker, RP_TEXT("chair")) ?
				  RP_SPEAKER_CHAIR :
			      rp_text_eq(s->speaker, RP_TEXT("secretariat")) ?
				  RP_SPEAKER_SECRETARIAT :
			      rp_text_eq(s->speaker, RP_TEXT("named")) ?
				  RP_SPEAKER_NAMED :
				  RP_SPEAKER_MEMBERS;
		rp_vec_push(f->a, out, one);
	}
}

/* Paragraphs of a summary are lines that are not empty. */
static void
summary(const struct facts *f, rp_text t, struct rp_report_texts *out)
{
	size_t from = 0;

	while (from < t.n) {
		size_t end = rp_text_find(t, '\n', from);
		rp_text line = rp_text_strip(rp_text_sub(t, from, end));

		if (line.n > 0)
			rp_vec_push(f->a, out, line);
		from = end + 1;
	}
}

static void
papers(const struct facts *f, const struct rp_proceedings_papers *all,
    struct rp_report_papers *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_proceedings_paper *p = &all->v[i];
		struct rp_report_paper one = { .key = p->document_id,
			.symbol = p->symbol,
			.title = p->title,
			.sources = p->sources };

		summary(f, p->summary, &one.summary);
		statements(f, &p->statements, &one.statements);
		outcomes(f, &p->outcomes, &one.outcomes);
		rp_vec_push(f->a, out, one);
	}
}

/* "Approval of the report of the nineteenth meeting", if it is that one's. */
static rp_text
title_of(const struct facts *f, const struct rp_proceedings_item *item)
{
	const struct rp_msg_arg nth[] = { RP_MSG_TEXT(
	    rp_format_ordinal(f->reader.locale, f->a, item->report_ordinal)) };

	if (item->title.n > 0 || item->report_ordinal == 0)
		return item->title;
	return rp_message(f->a, &f->reader, M_report_title_approval_of, nth, 1);
}

static void
items(const struct facts *f, const struct rp_proceedings *in,
    struct rp_report_items *out)
{
	for (size_t i = 0; i < in->items.n; i++) {
		const struct rp_proceedings_item *item = &in->items.v[i];
		struct rp_report_item one = { .key = item->id,
			.title = title_of(f, item) };

		if (!rp_report_kind_from(item->kind, &one.kind))
			one.kind = RP_ITEM_OTHER;
		papers(f, &item->papers, &one.papers);
		statements(f, &item->statements, &one.statements);
		outcomes(f, &item->outcomes, &one.outcomes);
		for (size_t k = 0; k < item->actions.n; k++)
			rp_vec_push(f->a, &one.actions,
			    ((struct rp_report_action){ item->actions.v[k].id,
				item->actions.v[k].text }));
		rp_vec_push(f->a, out, one);
	}
}

static rp_text
day(const struct facts *f, rp_text local)
{
	struct rp_local l;
	struct rp_err *e = rp_zone_local_parse(local, &l);

	rp_err_free(e);
	return e != NULL ?
		   local :
		   rp_format_local(f->reader.locale, f->a, RP_DATE_FULL, l);
}

static rp_text
days(const struct facts *f)
{
	rp_text from = day(f, f->m->opens_local);
	rp_text to = day(f, f->m->closes_local);

	return rp_text_eq(from, to) ?
		   from :
		   rp_textf(f->a, "%.*s – %.*s", RP_FMT(from), RP_FMT(to));
}

static rp_text
country(const struct facts *f, rp_text code)
{
	const struct rp_country *c = rp_country_find(code);

	return c == NULL ? RP_TEXT("") :
			   rp_country_name(f->req->who->env->countries,
			       f->reader.lang, c);
}

/* What people changed, as render/ has it. */
static void
edits(const struct facts *f, const struct rp_report_changes *all,
    struct rp_report_edits *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_report_change *c = &all->v[i];
		struct rp_report_edit e = {
			.op = rp_text_eq(c->op, RP_TEXT("add")) ?
				  RP_REPORT_ADD :
			      rp_text_eq(c->op, RP_TEXT("remove")) ?
				  RP_REPORT_REMOVE :
				  RP_REPORT_REPLACE,
			.origin = c->origin,
			.after = c->after,
			.body = c->body,
			.was = c->was,
			.kind = rp_text_eq(c->kind, RP_TEXT("section")) ?
				    RP_LINE_SECTION :
				rp_text_eq(c->kind, RP_TEXT("text")) ?
				    RP_LINE_TEXT :
				    RP_LINE_PARAGRAPH,
			.level = (uint8_t)c->level
		};

		rp_vec_push(f->a, out, e);
	}
}

struct rp_err *
rp_web_report_make(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_report *r, enum rp_lang lang,
    struct rp_web_report *out)
{
	rp_text tag = rp_lang_tag(lang);
	struct facts f = { req, req->arena,
		{ lang, rp_web_options_of(req->web)->locales[lang] }, m };
	struct rp_report_facts facts = { .group = m->series,
		.group_name = g->name.body,
		.ordinal = m->ordinal };
	struct rp_report_lines made = { 0 };
	struct rp_report_edits changed = { 0 };
	struct rp_report_changes changes;
	struct rp_proceedings minutes;

	RP_TRY(rp_proceedings_load(req->who, req->tx, m, tag, &minutes));
	RP_TRY(rp_report_changes(req->who, req->tx, r, tag, &changes));
	facts.date = days(&f);
	facts.chair = minutes.chair;
	facts.chair_country = country(&f, minutes.chair_country);
	facts.acting = minutes.acting;
	facts.acting_country = country(&f, minutes.acting_country);
	items(&f, &minutes, &facts.items);
	rp_meeting_report(req->arena, &f.reader, &facts, &made);
	edits(&f, &changes, &changed);
	*out = (struct rp_web_report){ .lang = lang };
	rp_meeting_report_edit(req->arena, &made, &changed, &out->lines,
	    &out->orphans);
	for (size_t i = 0; i < out->lines.n; i++) {
		const struct rp_report_line *l = &out->lines.v[i];

		out->edited += l->is_edited || l->is_added || l->is_removed;
		out->stale += l->is_stale;
	}
	return NULL;
}

rp_text
rp_web_report_title(const struct rp_request *req, const struct rp_meeting *m,
    enum rp_lang lang)
{
	const struct rp_reader reader = { lang,
		rp_web_options_of(req->web)->locales[lang] };
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(m->series),
		RP_MSG_TEXT(
		    rp_format_ordinal(reader.locale, req->arena, m->ordinal)) };

	return rp_message(req->arena, &reader, M_report_title, args, 2);
}

/* Lines as JSON: [kind, level, label, text, origin], one after another. */

static const char *const kinds[] = {
	[RP_LINE_BOX_HEAD] = "box-head",
	[RP_LINE_BOX] = "box",
	[RP_LINE_SECTION] = "section",
	[RP_LINE_PARAGRAPH] = "paragraph",
	[RP_LINE_TEXT] = "text",
	[RP_LINE_LETTER] = "letter",
	[RP_LINE_SIGNATURE] = "signature",
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))
#define LINES_MAX ((size_t)20000)
#define WORD_MAX ((size_t)40)

struct rp_err *
rp_web_report_write(const struct rp_request *req,
    const struct rp_report_lines *lines, rp_bytes *out)
{
	struct rp_json_writer w;
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, req->arena, RP_REPORT_OCTETS_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_json_init(&w, &sink);
	rp_json_array_begin(&w);
	for (size_t i = 0; i < lines->n; i++) {
		const struct rp_report_line *l = &lines->v[i];

		if (l->is_removed)
			continue;
		rp_json_array_begin(&w);
		rp_json_put_text(&w, rp_text_z(kinds[l->kind]));
		rp_json_put_i64(&w, l->level);
		rp_json_put_text(&w, l->label);
		rp_json_put_text(&w, l->text);
		rp_json_put_text(&w, l->origin);
		rp_json_array_end(&w);
	}
	rp_json_array_end(&w);
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
read_line(struct rp_arena *a, const struct rp_json *v,
    struct rp_report_line *out)
{
	rp_text kind;
	int64_t level;

	if (rp_json_kind(v) != RP_JSON_ARRAY || rp_json_n(v) != 5)
		return rp_fail(RP_E_INVALID, "not a line of a report");
	RP_TRY(rp_json_as_text(a, rp_json_at(v, 0), WORD_MAX, &kind));
	RP_TRY(rp_json_as_i64(rp_json_at(v, 1), &level));
	RP_TRY(rp_json_as_text(a, rp_json_at(v, 2), WORD_MAX, &out->label));
	RP_TRY(rp_json_as_text(a, rp_json_at(v, 3), RP_REPORT_OCTETS_MAX,
	    &out->text));
	RP_TRY(rp_json_as_text(a, rp_json_at(v, 4), RP_REPORT_ORIGIN_MAX,
	    &out->origin));
	out->level = (uint8_t)(level & 3);
	for (size_t k = 0; k < KINDS; k++) {
		if (!rp_text_eq(kind, rp_text_z(kinds[k])))
			continue;
		out->kind = (enum rp_report_line_kind)k;
		return NULL;
	}
	return rp_fail(RP_E_INVALID, "\"%.*s\" is no kind of line",
	    RP_FMT(kind));
}

struct rp_err *
rp_web_report_read(const struct rp_request *req, rp_bytes octets,
    struct rp_report_lines *out)
{
	const struct rp_json *all;

	*out = (struct rp_report_lines){ 0 };
	RP_TRY(rp_json_parse(req->arena, octets, &all));
	for (size_t i = 0; i < rp_json_n(all) && i < LINES_MAX; i++) {
		struct rp_report_line l = { 0 };

		RP_TRY(read_line(req->arena, rp_json_at(all, i), &l));
		rp_vec_push(req->arena, out, l);
	}
	return NULL;
}

struct rp_report_lines
rp_web_report_kept(const struct rp_request *req,
    const struct rp_report_lines *lines)
{
	struct rp_report_lines out = { 0 };

	for (size_t i = 0; i < lines->n; i++)
		if (!lines->v[i].is_removed)
			rp_vec_push(req->arena, &out, lines->v[i]);
	return out;
}

struct by_origin RP_MAP(size_t);

static struct by_origin
places(struct rp_arena *a, const struct rp_report_lines *lines)
{
	struct by_origin out = { 0 };

	for (size_t i = 0; i < lines->n; i++)
		*rp_map_at(a, &out, lines->v[i].origin) = i + 1;
	return out;
}

/* A label that the reader did not tell from the text is none of it. */
static rp_text
without_label(rp_text t, rp_text label)
{
	if (label.n == 0 || !rp_text_starts(t, label) || t.n == label.n ||
	    (t.p[label.n] != '\t' && t.p[label.n] != ' '))
		return t;
	return rp_text_strip(rp_text_sub(t, label.n, t.n));
}

static struct rp_report_line
new_line(const struct rp_request *req, const struct rp_block *b, rp_text t,
    size_t n)
{
	bool heading = b->kind == RP_BLOCK_HEADING;

	return (struct rp_report_line){ .kind = heading ? RP_LINE_SECTION :
						b->label.kind != RP_LABEL_NONE ?
							  RP_LINE_PARAGRAPH :
							  RP_LINE_TEXT,
		.level = heading && b->level > 1 ? 2 : 1,
		.label = b->label.text,
		.text = t,
		.origin = rp_textf(req->arena, "back-%zu", n) };
}

struct rp_err *
rp_web_report_returned(const struct rp_request *req, rp_bytes akn,
    const struct rp_report_lines *lines, struct rp_report_lines *out)
{
	struct by_origin known = places(req->arena, lines), taken = { 0 };
	struct rp_document *d;
	size_t n = 0;

	*out = (struct rp_report_lines){ 0 };
	RP_TRY(rp_akn_read(req->arena, akn, &d));
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *b = &d->body.blocks.v[i];
		rp_text t = rp_text_strip(rp_block_text(req->arena, b));
		const size_t *at = rp_map_find(&known, b->id);
		struct rp_report_line l;

		if (t.n == 0)
			continue;
		/* A paragraph that was copied has the id once. */
		if (at != NULL && rp_map_find(&taken, b->id) == NULL) {
			*rp_map_at(req->arena, &taken, b->id) = 1;
			l = lines->v[*at - 1];
			l.text = without_label(t, l.label);
		} else {
			l = new_line(req, b, t, ++n);
		}
		rp_vec_push(req->arena, out, l);
	}
	return NULL;
}

/* Changes since: lines are the same by their origin. */

struct marking {
	const struct rp_request *req;
	struct rp_document *d;
	rp_revision_ref ins, del;
};

static void
add_run(const struct marking *k, struct rp_block *b, rp_text t, uint32_t format,
    rp_revision_ref ins, rp_revision_ref del)
{
	struct rp_run *runs =
	    rp_new_n(k->req->arena, struct rp_run, b->n_runs + 1);

	for (uint32_t i = 0; i < b->n_runs; i++)
		runs[i] = b->runs[i];
	runs[b->n_runs] = (struct rp_run){ .text = t,
		.format = format,
		.ins = ins,
		.del = del };
	b->runs = runs;
	b->n_runs++;
}

/* The text of a block of the new one, with what it was before. */
static void
mark_changed(const struct marking *k, struct rp_block *b, rp_text old,
    rp_text now)
{
	uint32_t format = b->n_runs > 0 ? b->runs[b->n_runs - 1].format : 0;
	struct rp_report_pieces pieces;

	rp_report_compare(k->req->who, k->req->arena, old, now, &pieces);
	b->n_runs = b->label_runs;
	for (size_t i = 0; i < pieces.n; i++)
		add_run(k, b, pieces.v[i].text, format,
		    pieces.v[i].kind == RP_PIECE_INSERTED ? k->ins : 0,
		    pieces.v[i].kind == RP_PIECE_DELETED ? k->del : 0);
	b->margin = RP_MARGIN_MOD;
	b->changed = true;
}

static void
mark_whole(struct rp_block *b, rp_revision_ref ins, rp_revision_ref del)
{
	for (uint32_t i = 0; i < b->n_runs; i++) {
		b->runs[i].ins = ins;
		b->runs[i].del = del;
	}
	b->mark_ins = ins;
	b->mark_del = del;
	b->margin = ins != 0 ? RP_MARGIN_ADD : RP_MARGIN_SUP;
	b->changed = true;
}

/* Deleted lines follow the line that they followed. */
static void
merge(const struct marking *k, const struct rp_report_lines *old,
    const struct rp_blocks *gone, const struct rp_report_lines *now,
    struct rp_blocks *is)
{
	struct rp_arena *a = k->req->arena;
	struct by_origin in_old = places(a, old), in_now = places(a, now);
	struct rp_blocks out = { 0 };

	for (size_t i = 0; i <= now->n; i++) {
		const size_t *at = NULL;
		size_t next;

		if (i > 0) {
			const struct rp_report_line *l = &now->v[i - 1];
			struct rp_block b = is->v[i - 1];

			at = rp_map_find(&in_old, l->origin);
			if (at == NULL)
				mark_whole(&b, k->ins, 0);
			else if (!rp_text_eq(old->v[*at - 1].text, l->text))
				mark_changed(k, &b, old->v[*at - 1].text,
				    l->text);
			rp_vec_push(a, &out, b);
		}
		if (i > 0 && at == NULL)
			continue;
		for (next = i > 0 ? *at : 0;
		     next < old->n &&
		     rp_map_find(&in_now, old->v[next].origin) == NULL;
		     next++) {
			struct rp_block b = gone->v[next];

			mark_whole(&b, 0, k->del);
			rp_vec_push(a, &out, b);
		}
	}
	*is = out;
}

struct rp_err *
rp_web_report_document(const struct rp_request *req, rp_text lang,
    const struct rp_report_lines *old, const struct rp_report_lines *lines,
    struct rp_document **out)
{
	struct rp_reader reader = req->reader;
	struct marking k = { .req = req };
	struct rp_document *was;

	(void)rp_lang_find(lang, &reader.lang);
	RP_TRY(rp_meeting_report_document(req->arena, &reader, lines, out));
	if (old == NULL)
		return NULL;
	RP_TRY(rp_meeting_report_document(req->arena, &reader, old, &was));
	k.d = *out;
	k.ins = rp_document_revise(req->arena, k.d,
	    &(struct rp_revision){ .kind = RP_REVISION_INSERT });
	k.del = rp_document_revise(req->arena, k.d,
	    &(struct rp_revision){ .kind = RP_REVISION_DELETE });
	merge(&k, old, &was->body.blocks, lines, &(*out)->body.blocks);
	return NULL;
}

int64_t
rp_web_report_differences(const struct rp_report_lines *old,
    const struct rp_report_lines *now)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct by_origin in_old = places(a, old);
	int64_t n = 0, both = 0;

	for (size_t i = 0; i < now->n; i++) {
		const size_t *at = rp_map_find(&in_old, now->v[i].origin);

		both += at != NULL;
		n += at == NULL ||
		     !rp_text_eq(old->v[*at - 1].text, now->v[i].text);
	}
	return n + (int64_t)old->n - both;
}

struct rp_err *
rp_web_report_html(const struct rp_request *req, const struct rp_document *d,
    bool changes, rp_html *out)
{
	const struct rp_html_doc_texts texts = rp_registry_texts(req);
	const struct rp_html_doc_options o = { .texts = &texts,
		.view = changes ? RP_HTML_DOC_BARS : RP_HTML_DOC_INLINE,
		.margins = changes,
		.anchors = true,
		.below = true };
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;

	rp_buf_init(&b, req->arena, RP_WEB_REPORT_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_html_doc_write(&sink, d, &o);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	*out = (rp_html){ (const char *)octets.p, octets.n };
	return NULL;
}

/* Files. */

static const struct rp_docx_new in_word = { .max = RP_WEB_REPORT_MAX };

static const struct {
	const char *end, *type;
} formats[] = {
	{ "docx", "application/vnd.openxmlformats-officedocument."
		  "wordprocessingml.document" },
	{ "pdf", "application/pdf" },
	{ "html", "text/html; charset=utf-8" },
	{ "xml", "application/xml; charset=utf-8" },
	{ "md", "text/markdown; charset=utf-8" },
	{ "txt", "text/plain; charset=utf-8" },
};

static bool
ends(rp_text name, const char *end)
{
	rp_text e = rp_text_z(end);

	return name.n > e.n + 1 && name.p[name.n - e.n - 1] == '.' &&
	       rp_text_eq(rp_text_sub(name, name.n - e.n, name.n), e);
}

/* At the foot: "CWG-Internet-20". */
static struct rp_err *
pdf(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_document *d, rp_bytes *out)
{
	const struct rp_pdf_options o = { .foot = rp_textf(req->arena,
					      "%.*s-%lld", RP_FMT(m->series),
					      (long long)m->ordinal) };
	struct rp_pdf_fonts *fonts = rp_web_options_of(req->web)->fonts;

	if (fonts == NULL)
		return rp_fail(RP_E_UNAVAILABLE, "no fonts for PDF");
	return rp_pdf_write(req->arena, fonts, d, &o, out);
}

static struct rp_err *
write_as(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_document *d, size_t format, struct rp_sink *sink)
{
	const struct rp_html_doc_texts texts = rp_registry_texts(req);
	const struct rp_html_doc_options page = { .texts = &texts,
		.complete = true,
		.anchors = true };
	const struct rp_akn_meta meta = {
		.uri = rp_textf(req->arena, "/akn/report/%.*s/%lld",
		    RP_FMT(m->series), (long long)m->ordinal),
		.date =
		    rp_text_dup(req->arena, rp_text_sub(m->opens_local, 0, 10)),
	};
	rp_bytes octets;

	switch (format) {
	case 0:
		RP_TRY(rp_docx_new(req->arena, d, &in_word, &octets));
		rp_sink_add(sink, octets.p, octets.n);
		break;
	case 1:
		RP_TRY(pdf(req, m, d, &octets));
		rp_sink_add(sink, octets.p, octets.n);
		break;
	case 2:
		rp_html_doc_write(sink, d, &page);
		break;
	case 3:
		rp_akn_write(sink, d, &meta);
		break;
	case 4:
		rp_markdown_write(sink, d);
		break;
	default:
		rp_plain_doc_write(sink, d, NULL);
	}
	return rp_sink_flush(sink);
}

struct rp_err *
rp_web_report_file(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_document *d, rp_text name, rp_text title,
    struct rp_response *out)
{
	struct rp_document titled = *d;
	struct rp_sink sink;
	struct rp_buf b;

	titled.title = title;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (!ends(name, formats[i].end))
			continue;
		rp_buf_init(&b, req->arena, RP_WEB_REPORT_MAX);
		rp_sink_to_buf(&sink, req->arena, &b);
		RP_TRY(write_as(req, m, &titled, i, &sink));
		RP_TRY(rp_buf_bytes(&b, &out->body));
		out->type = formats[i].type;
		rp_response_header(out, "Content-Disposition",
		    rp_textf(req->arena,
			"attachment; filename=\"%.*s-%lld-%.*s\"",
			RP_FMT(m->series), (long long)m->ordinal,
			RP_FMT(name)));
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no such format");
}

struct rp_err *
rp_web_report_docx(const struct rp_request *req, rp_text lang,
    const struct rp_report_lines *lines, rp_text title, rp_bytes *out)
{
	struct rp_document *d;

	RP_TRY(rp_web_report_document(req, lang, NULL, lines, &d));
	d->title = title;
	return rp_docx_new(req->arena, d, &in_word, out);
}

/* Words. */

struct word {
	const char *word;
	enum rp_msg msg;
};

static enum rp_msg
msg_of(rp_text word, const struct word *words)
{
	for (; words->word != NULL; words++)
		if (rp_text_eq(word, rp_text_z(words->word)))
			return words->msg;
	return M_none;
}

enum rp_msg
rp_msg_report_state(rp_text state)
{
	static const struct word words[] = {
		{ "draft", M_report_state_draft },
		{ "comments", M_report_state_comments },
		{ "revision", M_report_state_revision },
		{ "approved", M_report_state_approved },
		{ "posted", M_report_state_posted },
		{ "sent", M_report_state_sent },
		{ NULL, M_none },
	};

	return msg_of(state, words);
}

enum rp_msg
rp_msg_report_reason(rp_text reason)
{
	static const struct word words[] = {
		{ "comments", M_report_reason_comments },
		{ "revised", M_report_reason_revised },
		{ "approved", M_report_reason_approved },
		{ NULL, M_none },
	};

	return msg_of(reason, words);
}

enum rp_msg
rp_msg_comment_state(rp_text state)
{
	static const struct word words[] = {
		{ "open", M_report_comment_open },
		{ "taken", M_report_comment_taken },
		{ "declined", M_report_comment_declined },
		{ NULL, M_none },
	};

	return msg_of(state, words);
}
