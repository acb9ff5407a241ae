/* parse_paper - a document of a meeting with its head, as Word and as PDF. */
#include "base/buf.h"
#include "base/err.h"
#include "codec/docx_new.h"
#include "codec/filetype.h"
#include "codec/json.h"
#include "codec/paper.h"
#include "codec/plain.h"
#include "codec/plain_doc.h"
#include "codec/sink.h"
#include "exchange/lint.h"
#include "pdf/pdf.h"
#include "proc/parse/parse.h"
#include "proc/parse/parse_private.h"

#define LABELS_MAX ((size_t)20000) /* octets; the rest is not told */

/* Mapped before the sandbox is; NULL: this installation has none. */
static struct rp_pdf_fonts *fonts;

void
rp_parse_paper_prepare(void)
{
	struct rp_err *e = NULL;

	if (fonts == NULL)
		e = rp_pdf_fonts_open(RP_PDF_FONTS, &fonts);
	rp_err_free(e);
}

struct step {
	struct rp_arena *keep;
	rp_bytes document, head;
	bool markdown, pdf;
	struct rp_ipc_reply *reply;
};

static struct rp_err *
keep(struct step *s, rp_bytes octets, size_t max, rp_text *out)
{
	if (octets.n > max)
		return rp_fail(RP_E_LIMIT, "result of %zu octets", octets.n);
	*out = rp_text_trusted(s->keep, octets);
	return NULL;
}

static struct rp_err *
keep_copy(struct step *s, rp_bytes octets)
{
	rp_text kept;

	RP_TRY(keep(s, octets, RP_IPC_COPY_MAX, &kept));
	s->reply->copy = rp_text_bytes(kept);
	return NULL;
}

static struct rp_err *
words(struct rp_arena *a, struct step *s, const struct rp_document *d)
{
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;

	rp_buf_init(&b, a, RP_IPC_TEXT_MAX);
	rp_sink_to_buf(&sink, a, &b);
	rp_plain_doc_write(&sink, d, NULL);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	return keep(s, octets, RP_IPC_TEXT_MAX, &s->reply->text);
}

/* The paragraphs with words, and the labels of those that have one. */
static int64_t
count(struct rp_arena *a, const struct rp_document *d, rp_text *out_labels)
{
	int64_t n = 0;
	struct rp_buf b;

	*out_labels = RP_TEXT("");
	rp_buf_init(&b, a, LABELS_MAX);
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *v = &d->body.blocks.v[i];

		if (rp_text_trim(rp_block_text(a, v)).n == 0)
			continue;
		n++;
		if (v->label.text.n == 0 || v->label.style == RP_LABEL_BULLET ||
		    b.over)
			continue;
		rp_buf_text(&b, rp_text_trim(v->label.text));
		rp_buf_byte(&b, '\n');
	}
	rp_err_free(rp_buf_done(&b, out_labels));
	return n;
}

static void
put_finding(struct rp_arena *a, struct rp_json_writer *w,
    const struct rp_lint_finding *f)
{
	rp_json_object_begin(w);
	rp_json_key(w, RP_TEXT("rule"));
	rp_json_put_text(w, rp_lint_rule_name(f->rule));
	rp_json_key(w, RP_TEXT("line"));
	rp_json_put_i64(w, f->line);
	rp_json_key(w, RP_TEXT("message"));
	rp_json_put_text(w, rp_lint_message(a, f));
	rp_json_object_end(w);
}

static struct rp_err *
findings(struct rp_arena *a, struct step *s, const struct rp_pair_file *file,
    const struct rp_document *d)
{
	struct rp_lint_findings found = { 0 };
	struct rp_lint_lines lines = { 0 };
	struct rp_json_writer w;
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;
	rp_text labels;
	int64_t n = count(a, d, &labels);

	RP_TRY(rp_lint_read(a, file, &lines));
	rp_lint(a, &lines, &found);
	rp_buf_init(&b, a, RP_IPC_SCRIPT_MAX);
	rp_sink_to_buf(&sink, a, &b);
	rp_json_init(&w, &sink);
	rp_json_object_begin(&w);
	rp_json_key(&w, RP_TEXT("paragraphs"));
	rp_json_put_i64(&w, n);
	rp_json_key(&w, RP_TEXT("labels"));
	rp_json_put_text(&w, labels);
	rp_json_key(&w, RP_TEXT("findings"));
	rp_json_array_begin(&w);
	for (size_t i = 0; i < found.n; i++)
		put_finding(a, &w, &found.v[i]);
	rp_json_array_end(&w);
	rp_json_object_end(&w);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	return keep(s, octets, RP_IPC_SCRIPT_MAX, &s->reply->script);
}

static struct rp_err *
as_pdf(struct rp_arena *a, struct step *s, const struct rp_paper *p,
    const struct rp_document *d)
{
	const struct rp_pdf_options o = { .title = d->title,
		.foot = p->symbol,
		.max = RP_IPC_COPY_MAX };
	rp_bytes octets;

	if (fonts == NULL)
		return rp_fail(RP_E_UNAVAILABLE, "no fonts below %s",
		    RP_PDF_FONTS);
	RP_TRY(rp_pdf_write(a, fonts, d, &o, &octets));
	return keep_copy(s, octets);
}

static struct rp_err *
paper_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	const struct rp_pair_file file = { s->markdown ? RP_TEXT("text.md") :
							 RP_TEXT("text"),
		s->document };
	struct rp_document *body, *whole;
	struct rp_paper p;
	rp_bytes octets;

	RP_TRY(rp_paper_parse(a, s->head, &p));
	RP_TRY(rp_pair_read(a, &file, &body));
	whole = rp_paper_document(a, &p, body);
	RP_TRY(words(a, s, body));
	if (s->pdf)
		return as_pdf(a, s, &p, whole);
	RP_TRY(findings(a, s, &file, body));
	RP_TRY(rp_docx_new(a, whole,
	    &(struct rp_docx_new){ .max = RP_IPC_COPY_MAX }, &octets));
	return keep_copy(s, octets);
}

/* An error's message as text, takes the error. */
void
rp_parse_paper(struct rp_arena *a, rp_bytes document, rp_bytes head,
    bool markdown, bool pdf, struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ,
		.kind = RP_FILETYPE_DOCX };
	struct step s = { .keep = a,
		.document = document,
		.head = head,
		.markdown = markdown,
		.pdf = pdf,
		.reply = &reply };
	struct rp_err *e = rp_job_run(RP_PARSE_STEP_MAX, paper_step, &s);

	*out = reply;
	if (e == NULL)
		return;
	*out = (struct rp_ipc_reply){ .status = RP_IPC_NOT_READ,
		.reason = rp_parse_reason(a, e) };
}
