#include "proc/job_document.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/ipc.h"
#include "codec/json.h"
#include "codec/paper.h"
#include "codec/pdf_join.h"
#include "codec/sink.h"
#include "domain/document_reading.h"
#include "domain/env.h"
#include "domain/registry.h"
#include "proc/attachment.h"
#include "proc/scan.h"
#include "render/message.h"
#include "store/db.h"
#include "text/format.h"
#include "text/zone.h"

/* A scanner or a reader that is not there: not sooner than this. */
#define LATER (2 * RP_MINUTE)

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_document_work *out, rp_bytes *octets, rp_bytes *old)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_document_claim(who, tx, found, out));
	if (*found && !out->is_nothing)
		RP_TRY(rp_registry_octets(who, tx, out->blob_id,
		    RP_IPC_DOCUMENT_MAX, octets));
	if (*found && out->old_blob_id != 0)
		RP_TRY(rp_registry_octets(who, tx, out->old_blob_id,
		    RP_IPC_DOCUMENT_MAX, old));
	return rp_tx_commit(tx);
}

/* The head. */

struct heading {
	struct rp_arena *a;
	struct rp_reader reader;
	struct rp_paper paper;
};

static rp_text
word(struct heading *h, enum rp_msg id)
{
	return rp_message(h->a, &h->reader, id, NULL, 0);
}

static void
row(struct heading *h, struct rp_paper_rows *to, enum rp_msg name,
    rp_text value)
{
	struct rp_paper_row r = { word(h, name), value };

	if (value.n > 0)
		rp_vec_push(h->a, to, r);
}

/* One a line, as the language lists them. */
static rp_text
listed(struct heading *h, rp_text lines)
{
	rp_text items[RP_FORMAT_LIST_MAX];
	size_t n = 0;

	for (size_t at = 0; at < lines.n && n < RP_FORMAT_LIST_MAX;) {
		size_t end = rp_text_find(lines, '\n', at);

		items[n++] = rp_text_sub(lines, at, end);
		at = end + 1;
	}
	return rp_format_list(h->reader.locale, h->a, items, n);
}

static void
letter_line(struct heading *h, rp_text t)
{
	struct rp_paper_row r = { RP_TEXT(""), t };

	if (t.n > 0)
		rp_vec_push(h->a, &h->paper.letter, r);
}

static void
letter(struct heading *h, const struct rp_document_work *work, rp_text date,
    rp_text sources)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(sources) };

	if (work->letter.n == 0)
		return;
	letter_line(h, date);
	letter_line(h, rp_message(h->a, &h->reader, M_paper_letter, args, 1));
	letter_line(h, work->title);
	letter_line(h, work->letter);
}

static rp_text
day(struct heading *h, const struct rp_worker *w,
    const struct rp_document_work *work)
{
	const struct rp_zone *zone = rp_zone_find(w->env->zones, work->zone);

	if (zone == NULL)
		return RP_TEXT("");
	return rp_format_local(h->reader.locale, h->a, RP_DATE_FULL,
	    rp_zone_local(zone, work->received_at));
}

static rp_text
head(struct rp_arena *a, const struct rp_worker *w,
    const struct rp_document_work *work)
{
	struct heading h = { .a = a, .reader = { .lang = RP_LANG_EN } };
	struct rp_msg_arg args[] = { RP_MSG_TEXT(RP_TEXT("")) };
	rp_text sources, date;
	struct rp_paper *p = &h.paper;

	for (int l = 0; l < RP_LANG_COUNT; l++) {
		if (rp_lang_tag_same_primary(rp_lang_tag((enum rp_lang)l),
			work->lang))
			h.reader.lang = (enum rp_lang)l;
	}
	h.reader.locale = w->locales[h.reader.lang];
	sources = listed(&h, work->sources);
	args[0].text = sources;
	date = day(&h, w, work);
	p->lang = work->lang;
	p->symbol = work->symbol;
	p->title = work->title;
	row(&h, &p->head, M_paper_document, work->symbol);
	row(&h, &p->head, M_paper_date, date);
	row(&h, &p->head, M_paper_language,
	    rp_locale_language(h.reader.locale, a, work->lang));
	row(&h, &p->head, M_paper_source, work->sources);
	row(&h, &p->box, M_paper_purpose, work->purpose);
	row(&h, &p->box, M_paper_action, work->action);
	row(&h, &p->box, M_paper_refs, work->refs);
	if (sources.n > 0 && rp_text_eq(work->kind, RP_TEXT("contribution")))
		p->above = rp_message(a, &h.reader, M_paper_from, args, 1);
	letter(&h, work, date, sources);
	return rp_paper_json(a, p);
}

/* Making. */

static struct rp_err *
drop(void *ctx, rp_bytes chunk)
{
	(void)ctx;
	(void)chunk;
	return NULL;
}

static void
fail(struct rp_document_result *out, rp_text reason)
{
	*out = (struct rp_document_result){ .failed = true, .reason = reason };
}

static struct rp_err *
take_script(struct rp_arena *a, rp_text script, struct rp_document_result *out)
{
	const struct rp_json *v;

	RP_TRY(rp_json_parse(a, rp_text_bytes(script), &v));
	RP_TRY(rp_json_i64(v, "paragraphs", &out->paragraphs));
	RP_TRY(
	    rp_json_text(a, v, "labels", RP_DOCUMENT_LABELS_MAX, &out->labels));
	out->findings = script;
	return NULL;
}

/* What came from a parse process is tried before it is kept. */
static struct rp_err *
try_parts(struct rp_arena *a, rp_bytes parts, struct rp_pdf_parts *head)
{
	static const struct rp_pdf_first first = { .objects = 1 };
	struct rp_sink *nowhere = rp_new(a, struct rp_sink);
	struct rp_pdf_join *j;

	RP_TRY(rp_pdf_parts_parse(parts, head));
	rp_sink_init(nowhere, a, drop, NULL); /* till the arena ends */
	j = rp_pdf_join_new(a, nowhere, &first, RP_BYTES("%PDF"), 1);
	RP_TRY(rp_pdf_join_begin(j, head, RP_TEXT("")));
	RP_TRY(rp_pdf_join_add(j, nowhere,
	    (rp_bytes){ parts.p + RP_PDF_PARTS_HEAD,
		parts.n - RP_PDF_PARTS_HEAD }));
	return rp_pdf_join_end(j);
}

/* One that cannot be taken apart is in no pack of one PDF, and else what it is.
 */
static struct rp_err *
take_apart(struct rp_arena *a, struct rp_worker *w, rp_bytes pdf,
    struct rp_document_result *out)
{
	struct rp_pdf_parts head;
	struct rp_ipc_reply r;
	struct rp_err *e;

	if (pdf.n == 0 || pdf.n > RP_IPC_DOCUMENT_MAX)
		return NULL;
	RP_TRY(rp_attachment_parts(a, w->spawn_fd, w->next_id++, pdf, &r));
	if (r.status != RP_IPC_READ) {
		out->reason = r.reason;
		return NULL;
	}
	e = try_parts(a, r.copy, &head);
	if (e == NULL) {
		out->parts = r.copy;
		out->pages = head.pages;
	} else {
		out->reason = rp_textf(a, "%s", rp_err_message(e));
	}
	rp_err_free(e);
	return NULL;
}

static struct rp_err *
make(struct rp_arena *a, struct rp_worker *w,
    const struct rp_document_work *work, rp_bytes file, rp_bytes old,
    struct rp_document_result *out)
{
	rp_text paper = head(a, w, work);
	struct rp_ipc_reply r;
	struct rp_err *e;

	RP_TRY(rp_attachment_paper(a, w->spawn_fd, w->next_id++, file, paper,
	    work->is_markdown, false, &r));
	if (r.status == RP_IPC_NOT_READ) {
		fail(out, r.reason);
		return NULL;
	}
	*out = (struct rp_document_result){ .text = r.text, .docx = r.copy };
	e = take_script(a, r.script, out);
	if (e != NULL) {
		fail(out, rp_textf(a, "%s", rp_err_message(e)));
		rp_err_free(e);
		return NULL;
	}
	RP_TRY(rp_attachment_paper(a, w->spawn_fd, w->next_id++, file, paper,
	    work->is_markdown, true, &r));
	if (r.status == RP_IPC_NOT_READ)
		out->reason = r.reason;
	else
		out->pdf = r.copy;
	RP_TRY(take_apart(a, w, out->pdf, out));
	if (old.n == 0 || out->docx.n > RP_IPC_DOCUMENT_MAX)
		return NULL;
	RP_TRY(rp_attachment_compare(a, w->spawn_fd, w->next_id++, old,
	    out->docx, &r));
	if (r.status == RP_IPC_READ)
		out->tracked = r.copy;
	return NULL;
}

static struct rp_err *
look_at(struct rp_arena *a, struct rp_worker *w,
    const struct rp_document_work *work, rp_bytes file, rp_bytes old,
    struct rp_document_result *out)
{
	const struct rp_settings *s = w->settings;
	rp_text found = RP_TEXT("");
	struct rp_ipc_reply r;

	if (s->scanner_socket.n > 0)
		RP_TRY(rp_scan(a, rp_settings_path(a, s, s->scanner_socket).p,
		    file, &found));
	if (found.n > 0) {
		fail(out, found);
		return NULL;
	}
	if (!work->is_pdf)
		return make(a, w, work, file, old, out);
	RP_TRY(rp_attachment_read(a, w->spawn_fd, w->next_id++, file, &r));
	if (r.status == RP_IPC_NOT_READ) {
		fail(out, r.reason);
		return NULL;
	}
	out->text = r.text;
	return take_apart(a, w, file, out);
}

static struct rp_err *
store(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_document_work *work, const struct rp_err *failed,
    struct rp_document_result *result)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	if (failed != NULL && work->tries < RP_DOCUMENT_READING_TRIES) {
		RP_TRY(rp_document_later(who, tx, work, LATER,
		    rp_text_z(rp_err_message(failed))));
	} else {
		if (failed != NULL)
			fail(result, rp_text_z(rp_err_message(failed)));
		RP_TRY(rp_document_made(who, tx, work, result));
	}
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_document(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	RP_AUTO(rp_err_freep) struct rp_err *failed = NULL;
	struct rp_document_result result = { 0 };
	struct rp_document_work work;
	rp_bytes file = { 0 }, old = { 0 };

	RP_TRY(claim(a, w, &who, more, &work, &file, &old));
	if (!*more || work.is_nothing)
		return NULL;
	failed = look_at(a, w, &work, file, old, &result);
	who.now = rp_clock_now();
	return store(a, w, &who, &work, failed, &result);
}
