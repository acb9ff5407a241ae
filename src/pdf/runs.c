/* runs - the runs of a block as one paragraph: looks, links, marks, gaps. */
#include "base/err.h"
#include "pdf/pdf_private.h"

bool
pdf_is_rtl(const struct pdf *p, const struct rp_block *b, rp_text t)
{
	enum rp_layout_base base;

	if (b->direction != RP_DIRECTION_AUTO)
		return b->direction == RP_DIRECTION_RTL;
	base = rp_layout_direction(t);
	if (base == RP_LAYOUT_NEITHER)
		return p->rtl;
	return base == RP_LAYOUT_RTL;
}

static unsigned
looks_of(unsigned look)
{
	return ((look & RP_LOOK_BOLD) ? PDF_BOLD : 0U) |
	       ((look & RP_LOOK_ITALIC) ? PDF_ITALIC : 0U) |
	       ((look & RP_LOOK_CODE) ? PDF_MONO : 0U);
}

/* Tabs and breaks are white space of the line. */
static rp_text
plain(struct pdf *p, rp_text t)
{
	char *s = rp_alloc_raw(p->a, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		s[i] = t.p[i] == '\t' ? ' ' : t.p[i];
	s[t.n] = '\0';
	return (rp_text){ s, t.n };
}

static const struct rp_format *
format_of(const struct pdf *p, const struct rp_run *r)
{
	return &p->d->formats.v[r->format < p->d->formats.n ? r->format : 0];
}

static void
mark_segment(struct pdf *p, const struct rp_run *r, struct pdf_segment *s,
    rp_text *t)
{
	uint32_t reference = pdf_element(p, "Reference", s->element);

	*t = rp_textf(p->a, "%u", r->note + 1);
	s->rise += s->size * 0.33;
	s->size *= 0.66;
	s->note = r->note + 1;
	s->is_link = true;
	s->element = pdf_element(p, "Link", reference);
}

static bool
link_segment(struct pdf *p, const struct rp_run *r, struct pdf_segment *s)
{
	struct rp_err *e;
	rp_url url;

	if (r->link == 0 || r->link >= p->d->links.n)
		return false;
	e = rp_url_from(p->a, p->d->links.v[r->link], &url);
	if (e != NULL) {
		rp_err_free(e);
		return false;
	}
	s->uri = (rp_text){ url.p, url.n };
	s->is_link = s->underline = true;
	s->element = pdf_element(p, "Link", s->element);
	return true;
}

static void
look_segment(struct pdf *p, const struct rp_format *f, rp_text lang,
    struct pdf_segment *s)
{
	s->look |= looks_of(f->look);
	s->underline = (f->look & RP_LOOK_UNDERLINE) != 0;
	s->strike = (f->look & RP_LOOK_STRIKE) != 0;
	if ((f->look & (RP_LOOK_SUPERSCRIPT | RP_LOOK_SUBSCRIPT)) != 0) {
		s->rise =
		    s->size * ((f->look & RP_LOOK_SUPERSCRIPT) ? 0.33 : -0.15);
		s->size *= 0.66;
	}
	s->lang = f->lang.n > 0 ? f->lang : lang;
	if (f->lang.n > 0 && !rp_text_eq(f->lang, lang)) {
		s->element = pdf_element(p, "Span", s->element);
		p->elements.v[s->element].lang = f->lang;
	}
}

/* Appends what the run shows. */
static void
add_run(struct pdf *p, const struct rp_run *r, uint32_t element, double size,
    unsigned look, struct rp_buf *b, struct pdf_paragraph *out)
{
	const struct rp_format *f = format_of(p, r);
	struct pdf_segment s = { .from = b->n,
		.look = look,
		.size = size,
		.element = element };
	rp_text t = r->text;

	if ((f->look & RP_LOOK_HIDDEN) != 0 ||
	    (r->kind == RP_RUN_OPAQUE && r->text.n == 0))
		return;
	look_segment(p, f, out->lang, &s);
	if (r->kind == RP_RUN_NOTE) {
		mark_segment(p, r, &s, &t);
	} else if (r->kind == RP_RUN_OPAQUE) {
		s.element = pdf_element(p, "Figure", s.element);
		s.is_figure = true;
		p->elements.v[s.element].alt = r->text;
		t = rp_textf(p->a, "[%.*s]", RP_FMT(r->text));
	} else {
		(void)link_segment(p, r, &s);
	}
	t = plain(p, t);
	rp_buf_text(b, t);
	s.to = b->n;
	if (s.to > s.from)
		rp_vec_push(p->a, &out->segments, s);
}

void
pdf_paragraph_of(struct pdf *p, const struct rp_block *b, uint32_t element,
    double size, unsigned look, struct pdf_paragraph *out)
{
	struct rp_buf text;
	uint32_t from = b->label.kind == RP_LABEL_TYPED ? b->label_runs : 0;
	rp_bytes all = { 0 };

	*out = (struct pdf_paragraph){
		.lang = b->lang.n > 0 ? b->lang : p->lang,
	};
	rp_buf_init(&text, p->a, RP_DOCUMENT_TEXT_MAX);
	for (uint32_t i = from; i < b->n_runs; i++)
		add_run(p, &b->runs[i], element, size, look, &text, out);
	rp_err_free(rp_buf_bytes(&text, &all));
	out->text = rp_text_trusted(p->a, all);
	out->rtl = pdf_is_rtl(p, b, out->text);
	if (b->lang.n > 0 && !rp_text_eq(b->lang, p->lang))
		p->elements.v[element].lang = b->lang;
	pdf_shape(p, out);
}
