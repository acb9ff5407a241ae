#include "proc/parse/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "codec/akn.h"
#include "codec/codebook.h"
#include "codec/docx_new.h"
#include "codec/docx_read.h"
#include "codec/docx_text.h"
#include "codec/filetype.h"
#include "codec/json.h"
#include "codec/odt_text.h"
#include "codec/office_clean.h"
#include "codec/plain_doc.h"
#include "codec/salvage.h"
#include "codec/sink.h"
#include "codec/xmlread.h"
#include "codec/zip.h"
#include "document/accept.h"
#include "document/citation.h"
#include "exchange/consolidate_bundle.h"
#include "exchange/pair.h"
#include "proc/parse/parse_private.h"
#include "proc/parse/pdf_shim.h"
#include "text/words.h"

/* Request, document, reply, and the buffer that grew to hold it. */
#define PROCESS_MAX ((size_t)224 << 20)

/* One step of one document: what it reads, and where its result stays. */
struct step {
	struct rp_arena *keep;
	rp_bytes document, other;
	bool markdown;
	struct rp_ipc_reply *reply;
};

/* ICU's word bounds, of the whole process: opened before the sandbox is. */
static struct rp_words *words;

/* The reader of JSON asks the system for a seed, once. */
static struct rp_err *
seed_json(struct rp_arena *a, void *ctx)
{
	const struct rp_json *v;

	(void)ctx;
	return rp_json_parse(a, RP_BYTES("{}"), &v);
}

struct rp_err *
rp_parse_prepare(void)
{
	/* libzip turns MS-DOS times into local ones: a zone without a file. */
	if (setenv("TZ", "UTC0", 1) != 0)
		return rp_fail_errno(RP_E_INTERNAL, "TZ");
	tzset();
	rp_xmlread_prepare();
	RP_TRY(rp_job_run(RP_PARSE_STEP_MAX, seed_json, NULL));
	if (words == NULL)
		words = rp_words_new();
	rp_parse_paper_prepare();
	if (rp_pdf_shim_prepare() != RP_PDF_OK)
		return rp_fail(RP_E_INTERNAL, "the PDF libraries do not work");
	return NULL;
}

static struct rp_err *
pdf_error(enum rp_pdf_shim_result r)
{
	switch (r) {
	case RP_PDF_OK:
		return NULL;
	case RP_PDF_MALFORMED:
		return rp_fail(RP_E_INVALID, "damaged PDF");
	case RP_PDF_ENCRYPTED:
		return rp_fail(RP_E_INVALID, "encrypted PDF");
	case RP_PDF_TOO_MANY_PAGES:
		return rp_fail(RP_E_LIMIT, "PDF of over %d pages",
		    RP_IPC_PAGES_MAX);
	case RP_PDF_NO_MEMORY:
		break;
	}
	return rp_fail(RP_E_LIMIT, "PDF needs too much memory");
}

struct page_reader {
	struct rp_arena *arena;
	struct rp_plain *plain;
};

static int
read_page(void *ctx, const uint16_t *text, size_t units)
{
	struct page_reader *r = ctx;
	uint8_t octets[4096] = { 0xfe, 0xff };
	size_t i = 0, n;

	rp_plain_break(r->plain, 2);
	while (i < units && !r->plain->truncated) {
		for (n = 2; n < sizeof(octets) - 2 && i < units; i++) {
			octets[n++] = (uint8_t)(text[i] >> 8);
			octets[n++] = (uint8_t)text[i];
		}
		/* Both halves of a pair go in one piece. */
		if (i < units && (text[i] & 0xfc00) == 0xdc00) {
			octets[n++] = (uint8_t)(text[i] >> 8);
			octets[n++] = (uint8_t)text[i++];
		}
		rp_plain_add_utf16(r->plain, (rp_bytes){ octets, n });
	}
	return !r->plain->truncated;
}

static struct rp_err *
pdf_text(struct rp_arena *a, rp_bytes in, struct rp_plain *plain,
    uint32_t *out_pages)
{
	struct page_reader r = { a, plain };
	int pages = 0;

	RP_TRY(pdf_error(rp_pdf_shim_text(in.p, in.n, RP_IPC_PAGES_MAX,
	    read_page, &r, &pages)));
	*out_pages = pages > 0 ? (uint32_t)pages : 0;
	return NULL;
}

static struct rp_err *
plain_text(rp_bytes in, enum rp_filetype kind, struct rp_plain *plain)
{
	if (kind == RP_FILETYPE_TXT) {
		if (in.n >= 3 && memcmp(in.p, "\xef\xbb\xbf", 3) == 0)
			in = (rp_bytes){ in.p + 3, in.n - 3 };
		rp_plain_add_lines(plain, in);
		return NULL;
	}
	if (in.p[0] < 0xfe)
		return rp_fail(RP_E_INVALID, "text is not in Unicode");
	rp_plain_add_utf16(plain, in);
	return NULL;
}

static struct rp_err *
text_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	enum rp_filetype kind;
	struct rp_plain plain;
	struct rp_zip *zip;
	struct rp_err *e = NULL;

	RP_TRY(rp_filetype_find(a, s->document, &kind, &zip));
	s->reply->kind = (uint8_t)kind;
	rp_plain_init(&plain, a, RP_IPC_TEXT_MAX);
	switch (kind) {
	case RP_FILETYPE_PDF:
		e = pdf_text(a, s->document, &plain, &s->reply->pages);
		break;
	case RP_FILETYPE_DOCX:
		e = rp_docx_text(a, zip, &plain);
		break;
	case RP_FILETYPE_ODT:
		e = rp_odt_text(a, zip, &plain);
		break;
	case RP_FILETYPE_TXT:
	case RP_FILETYPE_TXT_LEGACY:
		e = plain_text(s->document, kind, &plain);
		break;
	case RP_FILETYPE_UNKNOWN:
	case RP_FILETYPE_ZIP:
		e = rp_fail(RP_E_INVALID, "not a kind of document we read");
		break;
	}
	if (e != NULL)
		return e;
	s->reply->truncated = plain.truncated;
	s->reply->text = rp_text_dup(s->keep, rp_plain_done(&plain));
	return NULL;
}

struct copy_keeper {
	struct rp_arena *keep;
	rp_bytes copy;
	bool over;
};

static void
keep_copy(void *ctx, const uint8_t *p, size_t n)
{
	struct copy_keeper *k = ctx;

	k->over = n > RP_IPC_COPY_MAX;
	if (!k->over)
		k->copy =
		    rp_text_bytes(rp_text_trusted(k->keep, (rp_bytes){ p, n }));
}

static struct rp_err *
pdf_clean(struct step *s)
{
	struct copy_keeper k = { .keep = s->keep };

	RP_TRY(pdf_error(
	    rp_pdf_shim_clean(s->document.p, s->document.n, keep_copy, &k)));
	if (k.over)
		return rp_fail(RP_E_LIMIT, "copy of the PDF is too large");
	s->reply->copy = k.copy;
	return NULL;
}

static struct rp_err *
copy_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	struct rp_zip *zip;
	rp_bytes copy;

	switch (s->reply->kind) {
	case RP_FILETYPE_PDF:
		return pdf_clean(s);
	case RP_FILETYPE_DOCX:
		RP_TRY(rp_zip_open(a, s->document, &zip));
		RP_TRY(rp_docx_clean(a, zip, RP_IPC_COPY_MAX, &copy));
		break;
	case RP_FILETYPE_ODT:
		RP_TRY(rp_zip_open(a, s->document, &zip));
		RP_TRY(rp_odt_clean(a, zip, RP_IPC_COPY_MAX, &copy));
		break;
	default:
		s->reply->copy = s->document;
		return NULL;
	}
	s->reply->copy = rp_text_bytes(rp_text_trusted(s->keep, copy));
	return NULL;
}

rp_text
rp_parse_reason(struct rp_arena *a, struct rp_err *e)
{
	struct rp_plain plain;

	rp_plain_init(&plain, a, RP_IPC_REASON_MAX);
	rp_plain_add(&plain, rp_text_bytes(rp_text_z(rp_err_message(e))));
	rp_err_free(e);
	return rp_plain_done(&plain);
}

void
rp_parse_document(struct rp_arena *a, rp_bytes document,
    struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ };
	struct step s = { .keep = a, .document = document, .reply = &reply };
	struct rp_err *e;

	e = rp_job_run(RP_PARSE_STEP_MAX, text_step, &s);
	if (e != NULL) {
		reply.status = RP_IPC_NOT_READ;
		reply.reason = rp_parse_reason(a, e);
		*out = reply;
		return;
	}
	e = rp_job_run(RP_PARSE_STEP_MAX, copy_step, &s);
	if (e != NULL) {
		reply.status = RP_IPC_NOT_CLEANED;
		reply.reason = rp_parse_reason(a, e);
	}
	*out = reply;
}

static struct rp_err *
parts_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	struct copy_keeper k = { .keep = s->keep };
	int pages = 0;

	(void)a;
	RP_TRY(pdf_error(rp_pdf_shim_parts(s->document.p, s->document.n,
	    RP_IPC_PAGES_MAX, RP_IPC_COPY_MAX, keep_copy, &k, &pages)));
	if (k.over)
		return rp_fail(RP_E_LIMIT, "parts of the PDF are too large");
	s->reply->copy = k.copy;
	s->reply->pages = pages > 0 ? (uint32_t)pages : 0;
	return NULL;
}

void
rp_parse_parts(struct rp_arena *a, rp_bytes document, struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ,
		.kind = RP_FILETYPE_PDF };
	struct step s = { .keep = a, .document = document, .reply = &reply };
	struct rp_err *e = rp_job_run(RP_PARSE_STEP_MAX, parts_step, &s);

	if (e != NULL) {
		reply.status = RP_IPC_NOT_READ;
		reply.reason = rp_parse_reason(a, e);
	}
	*out = reply;
}

/* The sandbox may have been passed by: nothing larger than its place. */
static struct rp_err *
keep_text(struct rp_arena *keep, rp_bytes octets, size_t max, rp_text *out)
{
	if (octets.n > max)
		return rp_fail(RP_E_LIMIT, "result of %zu octets", octets.n);
	*out = rp_text_trusted(keep, octets);
	return NULL;
}

/*
 * Only the octets say what it is; the name was anybody's. A PDF or a picture
 * would be read as text and fail at its first octets.
 */
static struct rp_err *
must_be_ours(struct rp_arena *a, rp_bytes document, enum rp_filetype *kind)
{
	struct rp_zip *zip;

	RP_TRY(rp_filetype_find(a, document, kind, &zip));
	if (document.n == 0 ||
	    (*kind != RP_FILETYPE_DOCX && *kind != RP_FILETYPE_ODT &&
		*kind != RP_FILETYPE_TXT))
		return rp_fail(RP_E_INVALID,
		    "not a Word document nor another text that we read");
	return NULL;
}

static struct rp_err *
read_model(struct rp_arena *a, const struct step *s, struct rp_document **out)
{
	const struct rp_pair_file f = { s->markdown ? RP_TEXT("text.md") :
						      RP_TEXT("text"),
		s->document };
	enum rp_filetype kind;

	RP_TRY(must_be_ours(a, s->document, &kind));
	s->reply->kind = (uint8_t)kind;
	if (kind == RP_FILETYPE_DOCX) {
		struct rp_docx_read r;

		RP_TRY(rp_docx_read(a, s->document, &r));
		*out = r.document;
		if (rp_document_has_revisions(*out))
			*out = rp_document_accept(a, *out);
		return NULL;
	}
	return rp_pair_read(a, &f, out);
}

static struct rp_err *
as_akn(struct rp_arena *a, const struct rp_document *d, rp_bytes *out)
{
	const struct rp_akn_meta none = { 0 };
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, a, RP_IPC_TEXT_MAX);
	rp_sink_to_buf(&sink, a, &b);
	rp_akn_write(&sink, d, &none);
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

static void
put_citation(struct rp_json_writer *w, struct rp_arena *a,
    const struct rp_document *d, const struct rp_citation *c)
{
	const struct {
		const char *key;
		rp_text value;
	} texts[] = {
		{ "quoted",
		    rp_text_sub(rp_block_text(a, &d->body.blocks.v[c->at]),
			c->from, c->to) },
		{ "kind", c->kind },
		{ "number", c->number },
		{ "name", c->name },
	};

	rp_json_object_begin(w);
	rp_json_key(w, RP_TEXT("at"));
	rp_json_put_i64(w, c->at);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		rp_json_key(w, rp_text_z(texts[i].key));
		rp_json_put_text(w, texts[i].value);
	}
	rp_json_key(w, RP_TEXT("year"));
	rp_json_put_i64(w, c->year);
	rp_json_object_end(w);
}

static struct rp_err *
citations(struct rp_arena *a, const struct rp_document *d, rp_bytes *out)
{
	struct rp_citations all = rp_citations_find(a, d);
	struct rp_json_writer w;
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, a, RP_IPC_SCRIPT_MAX);
	rp_sink_to_buf(&sink, a, &b);
	rp_json_init(&w, &sink);
	rp_json_object_begin(&w);
	rp_json_key(&w, RP_TEXT("citations"));
	rp_json_array_begin(&w);
	for (size_t i = 0; i < all.n; i++)
		put_citation(&w, a, d, &all.v[i]);
	rp_json_array_end(&w);
	rp_json_object_end(&w);
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
plain_words(struct rp_arena *a, const struct rp_document *d, rp_bytes *out)
{
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, a, RP_IPC_COPY_MAX);
	rp_sink_to_buf(&sink, a, &b);
	rp_plain_doc_write(&sink, d, NULL);
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
model_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	struct rp_document *d;
	rp_bytes octets;
	rp_text kept;

	RP_TRY(read_model(a, s, &d));
	RP_TRY(as_akn(a, d, &octets));
	RP_TRY(keep_text(s->keep, octets, RP_IPC_TEXT_MAX, &s->reply->text));
	RP_TRY(citations(a, d, &octets));
	RP_TRY(
	    keep_text(s->keep, octets, RP_IPC_SCRIPT_MAX, &s->reply->script));
	RP_TRY(plain_words(a, d, &octets));
	RP_TRY(keep_text(s->keep, octets, RP_IPC_COPY_MAX, &kept));
	s->reply->copy = rp_text_bytes(kept);
	return NULL;
}

static struct rp_err *
salvage_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	struct rp_salvage made;
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;
	rp_text kept;

	RP_TRY(rp_salvage_read(a, s->document, &made));
	RP_TRY(as_akn(a, made.base, &octets));
	RP_TRY(keep_text(s->keep, octets, RP_IPC_TEXT_MAX, &s->reply->text));
	RP_TRY(as_akn(a, made.now, &octets));
	RP_TRY(keep_text(s->keep, octets, RP_IPC_COPY_MAX, &kept));
	s->reply->copy = rp_text_bytes(kept);
	rp_buf_init(&b, a, RP_IPC_SCRIPT_MAX);
	rp_sink_to_buf(&sink, a, &b);
	rp_salvage_put_json(&sink, &made);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	return keep_text(s->keep, octets, RP_IPC_SCRIPT_MAX, &s->reply->script);
}

static struct rp_err *
compare_as(struct rp_arena *a, const struct step *s, enum rp_pair_format format,
    rp_bytes *out)
{
	const struct rp_pair_file old = { RP_TEXT("old"), s->document };
	const struct rp_pair_file now = { RP_TEXT("new"), s->other };
	const struct rp_pair_options o = { .format = format,
		.compare = { .author = RP_TEXT(RP_PARSE_AUTHOR) } };
	struct rp_pair pair;

	RP_TRY(rp_pair_compare(a, words, &old, &now, &o, &pair));
	*out = pair.octets;
	return NULL;
}

static struct rp_err *
marked_step(struct rp_arena *a, void *ctx)
{
	enum rp_filetype kind;
	struct step *s = ctx;
	rp_bytes octets;

	RP_TRY(must_be_ours(a, s->document, &kind));
	RP_TRY(must_be_ours(a, s->other, &kind));
	RP_TRY(compare_as(a, s, RP_PAIR_AKN, &octets));
	return keep_text(s->keep, octets, RP_IPC_TEXT_MAX, &s->reply->text);
}

static struct rp_err *
script_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	rp_bytes octets;

	RP_TRY(compare_as(a, s, RP_PAIR_JSON, &octets));
	return keep_text(s->keep, octets, RP_IPC_SCRIPT_MAX, &s->reply->script);
}

/* What is no Word document becomes one, so that it can be tracked. */
static struct rp_err *
as_docx(struct rp_arena *a, rp_bytes *document)
{
	const struct rp_pair_file f = { RP_TEXT("text"), *document };
	enum rp_filetype kind;
	struct rp_document *d;

	RP_TRY(must_be_ours(a, *document, &kind));
	if (kind == RP_FILETYPE_DOCX)
		return NULL;
	RP_TRY(rp_pair_read(a, &f, &d));
	return rp_docx_new(a, d,
	    &(struct rp_docx_new){ .max = RP_IPC_COPY_MAX }, document);
}

static struct rp_err *
tracked_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	rp_bytes octets;
	rp_text kept;

	RP_TRY(as_docx(a, &s->document));
	RP_TRY(as_docx(a, &s->other));
	RP_TRY(compare_as(a, s, RP_PAIR_DOCX, &octets));
	RP_TRY(keep_text(s->keep, octets, RP_IPC_COPY_MAX, &kept));
	s->reply->copy = rp_text_bytes(kept);
	return NULL;
}

/* Nothing of what was made before the failure is given out. */
static void
refused(struct rp_arena *a, struct rp_err *e, struct rp_ipc_reply *out)
{
	*out = (struct rp_ipc_reply){ .status = RP_IPC_NOT_READ,
		.reason = rp_parse_reason(a, e) };
}

void
rp_parse_model(struct rp_arena *a, rp_bytes document, bool markdown,
    struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ };
	struct step s = { .keep = a,
		.document = document,
		.markdown = markdown,
		.reply = &reply };
	struct rp_err *e = rp_job_run(RP_PARSE_STEP_MAX, model_step, &s);

	*out = reply;
	if (e != NULL)
		refused(a, e, out);
}

typedef struct rp_err *(*step_fn)(struct rp_arena *a, void *ctx);

/* Text, script, and a Word document, which alone may be missing. */
static void
three_steps(struct rp_arena *a, rp_bytes document, rp_bytes other,
    const step_fn *fn, struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ,
		.kind = RP_FILETYPE_DOCX };
	struct step s = { .keep = a,
		.document = document,
		.other = other,
		.reply = &reply };
	struct rp_err *e = rp_job_run(RP_PARSE_STEP_MAX, fn[0], &s);

	if (e == NULL)
		e = rp_job_run(RP_PARSE_STEP_MAX, fn[1], &s);
	*out = reply;
	if (e != NULL) {
		refused(a, e, out);
		return;
	}
	e = rp_job_run(RP_PARSE_STEP_MAX, fn[2], &s);
	*out = reply;
	if (e == NULL)
		return;
	out->status = RP_IPC_NOT_CLEANED;
	out->reason = rp_parse_reason(a, e);
}

void
rp_parse_compare(struct rp_arena *a, rp_bytes old, rp_bytes now,
    struct rp_ipc_reply *out)
{
	three_steps(a, old, now,
	    (const step_fn[]){ marked_step, script_step, tracked_step }, out);
}

static struct rp_err *
must_be_docx(struct rp_arena *a, rp_bytes document)
{
	enum rp_filetype kind;

	RP_TRY(must_be_ours(a, document, &kind));
	return kind == RP_FILETYPE_DOCX ?
		   NULL :
		   rp_fail(RP_E_INVALID, "not a Word document");
}

/* What was sent; without a party one that says nothing stands in. */
static struct rp_err *
open_bundle(struct rp_arena *a, const struct step *s,
    struct rp_consolidate_bundle *out)
{
	RP_TRY(rp_consolidate_bundle_parse(a, s->other, out));
	for (size_t p = 0; p < out->n; p++) {
		rp_bytes file = out->parties[p].file.octets;
		struct rp_err *e;

		e = file.n > 0 ? must_be_docx(a, file) : NULL;
		if (e != NULL)
			return rp_err_wrap(e, "%.*s",
			    RP_FMT(out->parties[p].name));
	}
	if (out->n == 0)
		out->parties[out->n++].name = RP_TEXT(RP_PARSE_AUTHOR);
	return NULL;
}

static struct rp_err *
consolidate_as(struct rp_arena *a, const struct step *s,
    enum rp_pair_format format, bool clean, rp_bytes *out)
{
	struct rp_pair_file base = { RP_TEXT("base"), s->document };
	struct rp_consolidate_bundle *b =
	    rp_new(a, struct rp_consolidate_bundle);
	struct rp_consolidate *got = rp_new(a, struct rp_consolidate);

	RP_TRY(as_docx(a, &base.octets));
	RP_TRY(open_bundle(a, s, b));
	b->options.format = format;
	b->options.clean = clean;
	RP_TRY(rp_consolidate(a, words, &base, b->parties, b->n, &b->options,
	    got));
	*out = got->octets;
	return NULL;
}

static struct rp_err *
merged_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	rp_bytes octets;

	RP_TRY(consolidate_as(a, s, RP_PAIR_AKN, false, &octets));
	return keep_text(s->keep, octets, RP_IPC_TEXT_MAX, &s->reply->text);
}

static struct rp_err *
merged_script_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	rp_bytes octets;

	RP_TRY(consolidate_as(a, s, RP_PAIR_JSON, false, &octets));
	return keep_text(s->keep, octets, RP_IPC_SCRIPT_MAX, &s->reply->script);
}

static struct rp_err *
keep_copy_of(struct rp_arena *a, struct step *s, bool clean)
{
	rp_bytes octets;
	rp_text kept;

	RP_TRY(consolidate_as(a, s, RP_PAIR_DOCX, clean, &octets));
	RP_TRY(keep_text(s->keep, octets, RP_IPC_COPY_MAX, &kept));
	s->reply->copy = rp_text_bytes(kept);
	return NULL;
}

static struct rp_err *
merged_tracked_step(struct rp_arena *a, void *ctx)
{
	return keep_copy_of(a, ctx, false);
}

static struct rp_err *
clean_step(struct rp_arena *a, void *ctx)
{
	return keep_copy_of(a, ctx, true);
}

void
rp_parse_consolidate(struct rp_arena *a, rp_bytes base, rp_bytes bundle,
    struct rp_ipc_reply *out)
{
	three_steps(a, base, bundle,
	    (const step_fn[]){ merged_step, merged_script_step,
		merged_tracked_step },
	    out);
}

void
rp_parse_clean(struct rp_arena *a, rp_bytes base, rp_bytes bundle,
    struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ,
		.kind = RP_FILETYPE_DOCX };
	struct step s = { .keep = a,
		.document = base,
		.other = bundle,
		.reply = &reply };
	struct rp_err *e = rp_job_run(RP_PARSE_STEP_MAX, clean_step, &s);

	*out = reply;
	if (e != NULL)
		refused(a, e, out);
}

void
rp_parse_salvage(struct rp_arena *a, rp_bytes document,
    struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ,
		.kind = RP_FILETYPE_TXT };
	struct step s = { .keep = a, .document = document, .reply = &reply };
	struct rp_err *e = rp_job_run(RP_PARSE_STEP_MAX, salvage_step, &s);

	*out = reply;
	if (e != NULL)
		refused(a, e, out);
}

static struct rp_err *
codebook_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	struct rp_codebook book = { 0 };
	struct rp_sink *sink = rp_new(a, struct rp_sink);
	struct rp_buf b;
	rp_bytes octets;

	if (s->document.n > RP_CODEBOOK_MAX)
		return rp_fail(RP_E_LIMIT, "codebook of %zu octets",
		    s->document.n);
	RP_TRY(rp_codebook_read(a, rp_codebook_guess(s->document), s->document,
	    &book));
	rp_buf_init(&b, a, RP_IPC_TEXT_MAX);
	rp_sink_to_buf(sink, a, &b);
	rp_codebook_write(a, RP_CODEBOOK_JSON, &book, sink);
	RP_TRY(rp_sink_flush(sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	return keep_text(s->keep, octets, RP_IPC_TEXT_MAX, &s->reply->text);
}

void
rp_parse_codebook(struct rp_arena *a, rp_bytes document,
    struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ,
		.kind = RP_FILETYPE_TXT };
	struct step s = { .keep = a, .document = document, .reply = &reply };
	struct rp_err *e = rp_job_run(RP_PARSE_STEP_MAX, codebook_step, &s);

	*out = reply;
	if (e != NULL)
		refused(a, e, out);
}

/* Exactly `n` octets, or false. */
static bool
read_all(int fd, uint8_t *to, size_t n)
{
	while (n > 0) {
		ssize_t got = read(fd, to, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		n -= (size_t)got;
	}
	return true;
}

/* The documents of a request; false if the asker went away. */
static bool
take(struct rp_arena *a, int in, size_t n, rp_bytes *out)
{
	uint8_t *p = rp_alloc(a, n + 1);

	*out = (rp_bytes){ p, n };
	return read_all(in, p, n);
}

static void
do_what(struct rp_arena *a, const struct rp_ipc_request *r, rp_bytes document,
    rp_bytes other, struct rp_ipc_reply *out)
{
	switch (r->what) {
	case RP_IPC_WHAT_MODEL:
		rp_parse_model(a, document, r->markdown, out);
		return;
	case RP_IPC_WHAT_SALVAGE:
		rp_parse_salvage(a, document, out);
		return;
	case RP_IPC_WHAT_CODEBOOK:
		rp_parse_codebook(a, document, out);
		return;
	case RP_IPC_WHAT_COMPARE:
		rp_parse_compare(a, document, other, out);
		return;
	case RP_IPC_WHAT_CONSOLIDATE:
		rp_parse_consolidate(a, document, other, out);
		return;
	case RP_IPC_WHAT_CLEAN:
		rp_parse_clean(a, document, other, out);
		return;
	case RP_IPC_WHAT_PAPER:
		rp_parse_paper(a, document, other, r->markdown, r->pdf, out);
		return;
	case RP_IPC_WHAT_FILL:
		rp_parse_fill(a, document, other, out);
		return;
	case RP_IPC_WHAT_PARTS:
		rp_parse_parts(a, document, out);
		return;
	case RP_IPC_WHAT_READ:
	case RP_IPC_WHATS:
		break;
	}
	rp_parse_document(a, document, out);
}

static bool
answer(struct rp_arena *a, int in, int out)
{
	uint8_t frame[RP_IPC_REQUEST_FRAME];
	struct rp_ipc_request request;
	struct rp_ipc_reply reply;
	rp_bytes document, other, octets = { 0 };
	struct rp_err *e;
	struct rp_buf b;

	if (!read_all(in, frame, sizeof(frame)))
		return false;
	e = rp_ipc_request_parse(frame, &request);
	if (e != NULL) {
		rp_err_free(e);
		return false;
	}
	if (!take(a, in, request.document, &document) ||
	    !take(a, in, request.other, &other))
		return false;
	do_what(a, &request, document, other, &reply);
	rp_buf_init(&b, a,
	    RP_IPC_REPLY_FRAME + RP_IPC_REASON_MAX + RP_IPC_TEXT_MAX +
		RP_IPC_SCRIPT_MAX + RP_IPC_COPY_MAX);
	rp_ipc_reply_write(&b, &reply);
	e = rp_buf_bytes(&b, &octets);
	RP_ASSERT(e == NULL);
	return rp_fd_write(out, octets);
}

int
rp_parse_main(int in, int out)
{
	struct rp_arena *a = rp_arena_new(PROCESS_MAX);
	bool ok = answer(a, in, out);

	rp_arena_free(a);
	return ok ? 0 : 1;
}
