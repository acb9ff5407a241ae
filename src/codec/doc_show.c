#include "codec/doc_show.h"

#include "base/buf.h"
#include "base/err.h"

#define SHOW_MAX ((size_t)256 << 20)

struct showing {
	const struct rp_document *d;
	struct rp_buf b;
	bool all;
};

static void
text(struct showing *s, rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '\n')
			rp_buf_text(&s->b, RP_TEXT("\\n"));
		else if (t.p[i] == '\t')
			rp_buf_text(&s->b, RP_TEXT("\\t"));
		else
			rp_buf_byte(&s->b, (uint8_t)t.p[i]);
	}
}

static void
looks(struct showing *s, const struct rp_run *r)
{
	static const char letters[] = "biukpqsCch";
	const struct rp_format *f = &s->d->formats.v[r->format];

	for (unsigned i = 0; letters[i] != '\0'; i++)
		if (f->look & 1U << i)
			rp_buf_f(&s->b, "%c:", letters[i]);
	if (f->lang.n > 0)
		rp_buf_f(&s->b, "lang=%.*s:", RP_FMT(f->lang));
	if (f->style.n > 0)
		rp_buf_f(&s->b, "style=%.*s:", RP_FMT(f->style));
	if (r->link != 0)
		rp_buf_f(&s->b, "->%.*s:", RP_FMT(s->d->links.v[r->link]));
}

static void
revision(struct showing *s, rp_revision_ref ref, const char *sign)
{
	const struct rp_revision *r = &s->d->revisions.v[ref];

	if (ref == 0)
		return;
	rp_buf_f(&s->b, "%s", sign);
	if (r->author.n > 0)
		rp_buf_f(&s->b, "(%.*s)", RP_FMT(r->author));
	if (r->move.n > 0)
		rp_buf_f(&s->b, "(move)");
}

static void
run(struct showing *s, const struct rp_run *r)
{
	bool plain = s->d->formats.v[r->format].look == 0 &&
		     s->d->formats.v[r->format].lang.n == 0 &&
		     s->d->formats.v[r->format].style.n == 0 && r->link == 0;

	revision(s, r->ins, "+");
	revision(s, r->del, "-");
	if (r->ins || r->del)
		rp_buf_byte(&s->b, '[');
	if (!plain && s->all) {
		rp_buf_byte(&s->b, '{');
		looks(s, r);
	}
	if (r->kind == RP_RUN_NOTE)
		rp_buf_f(&s->b, "{note %u}", r->note + 1);
	else if (r->kind == RP_RUN_OPAQUE)
		rp_buf_f(&s->b, "{gap %.*s}", RP_FMT(r->text));
	else
		text(s, r->text);
	if (!plain && s->all)
		rp_buf_byte(&s->b, '}');
	if (r->ins || r->del)
		rp_buf_byte(&s->b, ']');
}

static void
label(struct showing *s, const struct rp_label *l)
{
	static const char styles[] = "BDaAiIcxby?";

	if (l->kind == RP_LABEL_NONE)
		return;
	rp_buf_f(&s->b, " <%.*s", RP_FMT(l->text));
	if (s->all) {
		rp_buf_f(&s->b, "|%c%d@%u", styles[l->style], l->value,
		    l->level);
		if (l->latin > 0)
			rp_buf_f(&s->b, "'%u", l->latin);
		if (l->list > 0)
			rp_buf_f(&s->b, "#%u", l->list);
		if (l->kind == RP_LABEL_TYPED)
			rp_buf_f(&s->b, " typed");
	}
	rp_buf_byte(&s->b, '>');
}

static void
place(struct showing *s, const struct rp_block *b)
{
	const struct rp_cell *c = &b->cell;

	if (c->table == 0)
		return;
	rp_buf_f(&s->b, "T%u.%u.%u", c->table, c->row, c->column);
	if (c->columns > 1)
		rp_buf_f(&s->b, "x%u", c->columns);
	revision(s, c->row_ins, "+");
	revision(s, c->row_del, "-");
	rp_buf_byte(&s->b, ' ');
}

static void
block(struct showing *s, const struct rp_block *b)
{
	place(s, b);
	rp_buf_byte(&s->b, (uint8_t) "PHCVIOS"[b->kind]);
	if (b->level > 0 || b->kind == RP_BLOCK_HEADING)
		rp_buf_f(&s->b, "%u", b->level);
	if (s->all && b->style.n > 0)
		rp_buf_f(&s->b, "(%.*s)", RP_FMT(b->style));
	if (s->all && b->lang.n > 0)
		rp_buf_f(&s->b, " lang=%.*s", RP_FMT(b->lang));
	label(s, &b->label);
	rp_buf_text(&s->b, RP_TEXT(": "));
	for (uint32_t i = s->all ? 0 : b->label_runs; i < b->n_runs; i++) {
		if (i > 0 && i == b->label_runs)
			rp_buf_byte(&s->b, '|');
		run(s, &b->runs[i]);
	}
	revision(s, b->mark_ins, "¶+");
	revision(s, b->mark_del, "¶-");
	revision(s, b->mark_format, "¶~");
	rp_buf_byte(&s->b, '\n');
}

static void
story(struct showing *s, const struct rp_story *st)
{
	for (size_t i = 0; i < st->blocks.n; i++)
		block(s, &st->blocks.v[i]);
}

static rp_text
show(struct rp_arena *a, const struct rp_document *d, bool all)
{
	struct showing s = { .d = d, .all = all };
	struct rp_err *e;
	rp_text t;

	rp_buf_init(&s.b, a, SHOW_MAX);
	if (all && d->title.n > 0)
		rp_buf_f(&s.b, "title: %.*s\n", RP_FMT(d->title));
	if (all && d->lang.n > 0)
		rp_buf_f(&s.b, "lang: %.*s\n", RP_FMT(d->lang));
	story(&s, &d->body);
	for (size_t i = 0; i < d->notes.n; i++) {
		rp_buf_f(&s.b, "%s %zu\n",
		    d->notes.v[i].kind == RP_STORY_ENDNOTE ? "endnote" : "note",
		    i + 1);
		story(&s, &d->notes.v[i]);
	}
	for (size_t i = 0; all && i < d->margins.n; i++) {
		rp_buf_text(&s.b, RP_TEXT("margin\n"));
		story(&s, &d->margins.v[i]);
	}
	e = rp_buf_done(&s.b, &t);
	RP_ASSERT(e == NULL);
	return t;
}

rp_text
rp_doc_show(struct rp_arena *a, const struct rp_document *d)
{
	return show(a, d, true);
}

rp_text
rp_doc_show_text(struct rp_arena *a, const struct rp_document *d)
{
	return show(a, d, false);
}
