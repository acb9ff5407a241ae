#include "exchange/file.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/akn.h"
#include "codec/docx_read.h"
#include "codec/docx_revise.h"
#include "codec/filetype.h"
#include "codec/odt_read.h"
#include "codec/zip.h"
#include "document/accept.h"
#include "document/label.h"

static bool
begins(rp_bytes in, const char *with, size_t n)
{
	return in.n >= n && memcmp(in.p, with, n) == 0;
}

struct rp_err *
rp_file_check(rp_bytes octets)
{
	if (begins(octets, "\xd0\xcf\x11\xe0", 4))
		return rp_fail(RP_E_INVALID,
		    "an office file of before 2007, or one with a password");
	if (begins(octets, "%PDF-", 5))
		return rp_fail(RP_E_INVALID, "a PDF has no text to compare");
	return NULL;
}

bool
rp_file_is_xml(rp_bytes octets)
{
	return begins(octets, "<", 1) || begins(octets, "\xef\xbb\xbf<", 4);
}

/* An OpenDocument text has no typed labels that were not found yet. */
static struct rp_err *
read_odt(struct rp_arena *a, struct rp_zip *z, struct rp_document **out)
{
	RP_TRY(rp_odt_read(a, z, out));
	rp_label_find(a, *out);
	return NULL;
}

struct rp_err *
rp_file_read(struct rp_arena *a, rp_bytes octets, struct rp_document **out)
{
	enum rp_filetype type = RP_FILETYPE_UNKNOWN;
	struct rp_docx_read r;
	struct rp_zip *z;

	RP_TRY(rp_file_check(octets));
	if (rp_file_is_xml(octets)) {
		RP_TRY(rp_akn_read(a, octets, out));
		rp_label_find(a, *out);
		return NULL;
	}
	if (begins(octets, "PK", 2))
		RP_TRY(rp_filetype_find(a, octets, &type, &z));
	if (type == RP_FILETYPE_ODT)
		return read_odt(a, z, out);
	RP_TRY(rp_docx_read(a, octets, &r));
	*out = r.document;
	return NULL;
}

struct rp_err *
rp_file_settle(struct rp_arena *a, rp_bytes octets, bool accept, rp_bytes *out)
{
	RP_TRY(rp_file_check(octets));
	if (accept)
		return rp_docx_accept(a, octets, RP_FILE_OUT_MAX, out);
	return rp_docx_reject(a, octets, RP_FILE_OUT_MAX, out);
}

static void
put_line(struct rp_buf *b, rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		rp_buf_byte(b, (uint8_t)(t.p[i] == '\n' ? ' ' : t.p[i]));
}

/* Marks are closed only where the state changes. */
static void
put_state(struct rp_buf *b, int *state, int now)
{
	static const char *const begin[] = { "", "{+", "[-" };
	static const char *const end[] = { "", "+}", "-]" };

	if (*state == now)
		return;
	rp_buf_text(b, rp_text_z(end[*state]));
	rp_buf_text(b, rp_text_z(begin[now]));
	*state = now;
}

static void
put_block(struct rp_buf *b, const struct rp_block *x, bool marks)
{
	bool typed = x->label.kind == RP_LABEL_TYPED;
	int state = 0;

	/* With revisions the label is what they make of it. */
	if (x->label.kind != RP_LABEL_NONE && !(marks && typed)) {
		put_line(b, x->label.text);
		rp_buf_byte(b, '\t');
	}
	for (uint32_t i = marks ? 0 : x->label_runs; i < x->n_runs; i++) {
		const struct rp_run *r = &x->runs[i];

		put_state(b, &state, r->del ? 2 : r->ins ? 1 : 0);
		if (r->kind == RP_RUN_NOTE)
			rp_buf_f(b, "[^%u]", r->note + 1);
		else if (r->kind == RP_RUN_TEXT)
			put_line(b, r->text);
	}
	put_state(b, &state, 0);
}

static bool
same_row(const struct rp_block *x, const struct rp_block *y)
{
	return x->cell.table != 0 && x->cell.table == y->cell.table &&
	       x->cell.row == y->cell.row;
}

static void
put_story(struct rp_buf *b, const struct rp_blocks *blocks, bool marks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct rp_block *x = &blocks->v[i];
		const struct rp_block *next = i + 1 < blocks->n ? x + 1 : NULL;

		put_block(b, x, marks);
		if (next == NULL || !same_row(x, next))
			rp_buf_byte(b, '\n');
		else
			rp_buf_byte(b,
			    x->cell.column == next->cell.column ? ' ' : '\t');
	}
}

struct rp_err *
rp_file_text(struct rp_arena *a, rp_bytes octets, enum rp_file_view view,
    rp_text *out)
{
	struct rp_document *d;
	struct rp_buf b;

	RP_TRY(rp_file_read(a, octets, &d));
	if (view == RP_FILE_ACCEPTED)
		d = rp_document_accept(a, d);
	else if (view == RP_FILE_REJECTED)
		d = rp_document_reject(a, d);
	rp_buf_init(&b, a, RP_FILE_OUT_MAX);
	put_story(&b, &d->body.blocks, view == RP_FILE_ALL);
	for (size_t i = 0; i < d->notes.n; i++) {
		rp_buf_f(&b, "[^%zu]: ", i + 1);
		put_story(&b, &d->notes.v[i].blocks, view == RP_FILE_ALL);
	}
	return rp_buf_done(&b, out);
}
