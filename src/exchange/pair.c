#include "exchange/pair.h"

#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/akn.h"
#include "codec/docx_revise.h"
#include "codec/filetype.h"
#include "codec/html_doc.h"
#include "codec/markdown.h"
#include "codec/odt_read.h"
#include "codec/plain_doc.h"
#include "codec/sink.h"
#include "document/accept.h"
#include "document/label.h"
#include "exchange/file.h"
#include "exchange/pair_private.h"
#include "exchange/script_json.h"
#include "redline/compare.h"

static bool
ends(rp_text name, const char *with)
{
	size_t n = strlen(with);

	return name.n > n && strncasecmp(name.p + name.n - n, with, n) == 0;
}

enum rp_pair_format
rp_pair_format_of(rp_text name)
{
	static const struct {
		const char *end;
		enum rp_pair_format format;
	} of[] = {
		{ ".docx", RP_PAIR_DOCX },
		{ ".html", RP_PAIR_HTML },
		{ ".json", RP_PAIR_JSON },
		{ ".akn", RP_PAIR_AKN },
		{ ".xml", RP_PAIR_AKN },
		{ ".md", RP_PAIR_MARKDOWN },
		{ ".txt", RP_PAIR_TEXT },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (ends(name, of[i].end))
			return of[i].format;
	return RP_PAIR_FORMATS;
}

static bool
begins(rp_bytes in, const char *with)
{
	size_t n = strlen(with);

	return in.n >= n && memcmp(in.p, with, n) == 0;
}

static struct rp_err *
read_docx(struct rp_arena *a, rp_bytes octets, struct rp_pair_side *out)
{
	out->is_docx = true;
	RP_TRY(rp_docx_read(a, octets, &out->docx));
	if (rp_document_has_revisions(out->docx.document)) {
		RP_TRY(rp_docx_accept(a, octets, RP_PAIR_OUT_MAX, &octets));
		out->docx = (struct rp_docx_read){ 0 };
		RP_TRY(rp_docx_read(a, octets, &out->docx));
	}
	out->document = out->docx.document;
	return NULL;
}

static struct rp_err *
read_other(struct rp_arena *a, const struct rp_pair_file *f,
    struct rp_pair_side *out)
{
	if (rp_file_is_xml(f->octets) || begins(f->octets, "PK"))
		RP_TRY(rp_file_read(a, f->octets, &out->document));
	else if (ends(f->name, ".md") || ends(f->name, ".markdown"))
		RP_TRY(rp_markdown_read(a, f->octets, &out->document));
	else
		RP_TRY(rp_plain_doc_read(a, f->octets, &out->document));
	if (rp_document_has_revisions(out->document))
		out->document = rp_document_accept(a, out->document);
	rp_label_find(a, out->document);
	return NULL;
}

static struct rp_err *
read_side(struct rp_arena *a, const struct rp_pair_file *f,
    struct rp_pair_side *out)
{
	enum rp_filetype type = RP_FILETYPE_UNKNOWN;
	struct rp_zip *z;

	RP_TRY(rp_file_check(f->octets));
	if (begins(f->octets, "PK"))
		RP_TRY(rp_filetype_find(a, f->octets, &type, &z));
	if (type == RP_FILETYPE_DOCX || type == RP_FILETYPE_ZIP)
		return read_docx(a, f->octets, out);
	return read_other(a, f, out);
}

struct rp_err *
rp_pair_read_side(struct rp_arena *a, const struct rp_pair_file *f,
    struct rp_pair_side *out)
{
	struct rp_err *e;

	*out = (struct rp_pair_side){ 0 };
	e = read_side(a, f, out);
	return e == NULL ? NULL : rp_err_wrap(e, "%.*s", RP_FMT(f->name));
}

struct rp_err *
rp_pair_read(struct rp_arena *a, const struct rp_pair_file *f,
    struct rp_document **out)
{
	struct rp_pair_side side;

	RP_TRY(rp_pair_read_side(a, f, &side));
	*out = side.document;
	return NULL;
}

void
rp_pair_free_labels(struct rp_document *d)
{
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		struct rp_block *b = &d->body.blocks.v[i];

		if (b->label.kind != RP_LABEL_TYPED)
			continue;
		b->label.kind = RP_LABEL_AUTO;
		b->runs += b->label_runs;
		b->n_runs -= b->label_runs;
		b->label_runs = 0;
	}
}

/* What stays in its place is shown with the number that it has now. */
static void
take_new_labels(struct rp_document *old, const struct rp_script *script)
{
	for (size_t i = 0; i < script->edits.n; i++) {
		const struct rp_edit *e = &script->edits.v[i];

		if (e->op == RP_OP_EQUAL || e->op == RP_OP_EDIT)
			old->body.blocks.v[e->old].label =
			    script->now->body.blocks.v[e->now].label;
	}
}

void
rp_pair_write(struct rp_sink *s, const struct rp_document *d,
    const struct rp_pair_options *o)
{
	const struct rp_plain_doc_options bars = { .bars = true };
	struct rp_html_doc_options html = { .complete = true,
		.view = o->format == RP_PAIR_SIDE ? RP_HTML_DOC_SIDE :
						    RP_HTML_DOC_BARS };
	struct rp_akn_meta meta = { .version = rp_text_sub(o->compare.date, 0,
					o->compare.date.n < 10 ? 0 : 10),
		.author_name = o->compare.author };

	if (o->format == RP_PAIR_AKN)
		rp_akn_write(s, d, &meta);
	else if (o->format == RP_PAIR_MARKDOWN)
		rp_markdown_write(s, d);
	else if (o->format == RP_PAIR_TEXT)
		rp_plain_doc_write(s, d, &bars);
	else
		rp_html_doc_write(s, d, &html);
}

static void
write_as(struct rp_sink *s, struct rp_arena *a, const struct rp_pair_options *o,
    const struct rp_script *script)
{
	if (o->format == RP_PAIR_JSON)
		rp_script_json_write(a, script, s);
	else
		rp_pair_write(s,
		    rp_compare_revise(a, script, &o->compare, NULL), o);
}

struct rp_err *
rp_pair_compare(struct rp_arena *a, struct rp_words *words,
    const struct rp_pair_file *old, const struct rp_pair_file *now,
    const struct rp_pair_options *o, struct rp_pair *out)
{
	struct rp_compare_report report = { 0 };
	struct rp_pair_side x, y;
	struct rp_sink s;
	struct rp_buf b;

	*out = (struct rp_pair){ 0 };
	RP_TRY(rp_pair_read_side(a, old, &x));
	RP_TRY(rp_pair_read_side(a, now, &y));
	if (o->format != RP_PAIR_DOCX) {
		rp_pair_free_labels(x.document);
		rp_pair_free_labels(y.document);
	}
	RP_TRY(
	    rp_redline_compare(a, words, x.document, y.document, &out->script));
	if (o->format == RP_PAIR_DOCX) {
		if (!x.is_docx || !y.is_docx)
			return rp_fail(RP_E_INVALID,
			    "tracked changes in a Word document need two Word "
			    "documents");
		RP_TRY(rp_compare_docx(a, &x.docx, &y.docx, out->script,
		    &o->compare, RP_PAIR_OUT_MAX, &out->octets, &report));
		out->form = report.form;
		out->why = report.why;
		out->tables = report.tables;
		return NULL;
	}
	if (o->format != RP_PAIR_JSON)
		take_new_labels(x.document, out->script);
	rp_buf_init(&b, a, RP_PAIR_OUT_MAX);
	rp_sink_to_buf(&s, a, &b);
	write_as(&s, a, o, out->script);
	RP_TRY(rp_sink_flush(&s));
	return rp_buf_bytes(&b, &out->octets);
}

static void
put_references(struct rp_arena *a, struct rp_buf *b, const struct rp_script *s)
{
	static const char *const said[] = {
		[RP_REFERENCE_STALE] = "quotes a number that has moved on",
		[RP_REFERENCE_GONE] = "quotes what is no longer there",
	};

	for (size_t i = 0; i < s->references.n; i++) {
		const struct rp_script_reference *r = &s->references.v[i];
		const struct rp_block *at = &s->now->body.blocks.v[r->at];
		rp_text quoted =
		    rp_text_sub(rp_block_text(a, at), r->from, r->to);

		if (r->state != RP_REFERENCE_STALE &&
		    r->state != RP_REFERENCE_GONE)
			continue;
		rp_buf_f(b, "paragraph %u %.*s: \"%.*s\" %s\n", r->at + 1,
		    RP_FMT(at->label.text), RP_FMT(quoted), said[r->state]);
	}
}

rp_text
rp_pair_summary(struct rp_arena *a, const struct rp_pair *p)
{
	static const char *const forms[] = {
		[RP_COMPARE_OWN_LISTS] = "with the new document's lists",
		[RP_COMPARE_PARAGRAPHS] = "as whole paragraphs",
		[RP_COMPARE_ALL] = "as all of the old and all of the new text",
	};
	const struct rp_script *s = p->script;
	struct rp_err *e;
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, RP_PAIR_OUT_MAX);
	rp_buf_f(&b,
	    "NOC %u, MOD %u, (MOD) %u, ADD %u, SUP %u; moved %u, "
	    "renumbered %u\nwords: %u inserted, %u deleted, %u kept\n",
	    s->n_noc, s->n_mod, s->n_editorial, s->n_add, s->n_sup, s->n_moved,
	    s->n_renumbered, s->words_inserted, s->words_deleted,
	    s->words_equal);
	put_references(a, &b, s);
	if (s->margins.n > 0)
		rp_buf_f(&b,
		    "headers and footers that differ, and are left as in the "
		    "old document: %zu\n",
		    s->margins.n);
	if (p->tables > 0 && p->form != RP_COMPARE_ALL)
		rp_buf_f(&b,
		    "tables whose columns changed, shown as all of the old and "
		    "all of the new one: %u\n",
		    p->tables);
	if (p->form != RP_COMPARE_WORDS)
		rp_buf_f(&b, "the changes are shown %s: %.*s\n", forms[p->form],
		    RP_FMT(p->why));
	e = rp_buf_done(&b, &out);
	RP_ASSERT(e == NULL);
	return out;
}

bool
rp_pair_differs(const struct rp_pair *p)
{
	for (size_t i = 0; i < p->script->edits.n; i++) {
		const struct rp_edit *e = &p->script->edits.v[i];

		if (e->op != RP_OP_EQUAL || e->renumbered || e->notes.n > 0)
			return true;
	}
	return p->script->margins.n > 0;
}
