/*
 * pack_pdf - a meeting pack as one PDF, piece by piece: a cover, the agenda, an
 * index with pages and hashes, and the documents behind them.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/pdf_join.h"
#include "codec/sink.h"
#include "domain/document_part.h"
#include "domain/upload.h"
#include "pdf/pdf.h"
#include "text/format.h"
#include "web/agenda.h"
#include "web/pack.h"
#include "web/server.h"

/* A chunk, or the places of all objects. */
#define PIECE_MAX ((size_t)24 << 20)
#define FRONT_TRIES 4 /* until the index has its own number of pages */

/* A file of the pack with its PDF in parts; 0 pages: it has none. */
struct piece {
	const struct rp_pack_file *file;
	int64_t blob_id, pages;
};
struct pieces RP_VEC(struct piece);

struct sending {
	struct rp_request req; /* a copy: pieces have arenas of their own */
	struct rp_actor who;
	struct rp_group g;
	struct rp_meeting m;
	struct rp_pack pack;
	struct rp_agenda agenda;
	struct pieces all;
	struct rp_pdf_join *join;
	uint32_t joined; /* how many have parts */
	size_t next;
	int64_t seq;
	bool is_over;
};

static const struct rp_meeting_document *
document_of(const struct sending *s, const struct piece *p)
{
	return &s->pack.documents.v[p->file->document];
}

static void
take_files(struct sending *s)
{
	for (size_t i = 0; i < s->pack.files.n; i++) {
		struct piece one = { .file = &s->pack.files.v[i] };
		const struct rp_document_files *files =
		    &document_of(s, &one)->files;

		for (size_t k = 0; k < files->n; k++) {
			if (files->v[k].id != one.file->id)
				continue;
			one.blob_id = files->v[k].parts_blob_id;
			one.pages = one.blob_id != 0 ? files->v[k].pages : 0;
		}
		s->joined += one.pages > 0;
		rp_vec_push(s->req.arena, &s->all, one);
	}
}

/* The front: a document of ours. */

struct front {
	struct sending *s;
	struct rp_request *req;
	struct rp_doc_build b;
	struct rp_document *d;
};

static struct rp_err *
put(struct front *f, enum rp_block_kind kind, uint8_t level, const char *style,
    rp_text lang, rp_text t)
{
	struct rp_block block = { .kind = kind,
		.level = level,
		.style = rp_text_z(style),
		.lang = lang };
	struct rp_doc_runs runs = { 0 };
	struct rp_run run = { .kind = RP_RUN_TEXT, .text = t };

	if (t.n == 0)
		return NULL;
	RP_TRY(rp_doc_build_run(&f->b, &runs, &run));
	return rp_doc_build_block(&f->b, &f->d->body.blocks, &block, &runs);
}

static struct rp_err *
heading(struct front *f, enum rp_msg msg)
{
	return put(f, RP_BLOCK_HEADING, 1, "", RP_TEXT(""),
	    rp_web_msg(f->req, msg));
}

static struct rp_err *
cover(struct front *f)
{
	const struct sending *s = f->s;
	const struct rp_msg_arg edition[] = { RP_MSG_TEXT(s->pack.edition) };

	RP_TRY(put(f, RP_BLOCK_HEADING, 0, "", RP_TEXT(""),
	    rp_web_meeting_name(f->req, &s->m)));
	RP_TRY(put(f, RP_BLOCK_PARAGRAPH, 0, "Subtitle", s->g.name.lang,
	    s->g.name.body));
	RP_TRY(put(f, RP_BLOCK_PARAGRAPH, 0, "", RP_TEXT(""),
	    rp_web_time(f->req, s->m.zone, s->m.opens_at)));
	RP_TRY(put(f, RP_BLOCK_PARAGRAPH, 0, "", RP_TEXT(""), s->m.place));
	return put(f, RP_BLOCK_PARAGRAPH, 0, "", RP_TEXT(""),
	    rp_message(f->req->arena, &f->req->reader, M_pack_pdf_edition,
		edition, 1));
}

/* "CWG-Internet-20/3, CWG-Internet-20/4" */
static rp_text
symbols(struct front *f, const struct rp_agenda_item *i)
{
	const struct rp_meeting_documents *all = &f->s->pack.documents;
	rp_text out = RP_TEXT("");

	for (size_t k = 0; k < i->documents.n; k++) {
		const struct rp_meeting_document *d =
		    rp_web_document_find(all, i->documents.v[k]);

		if (d != NULL)
			out = rp_textf(f->req->arena, "%.*s%s%.*s", RP_FMT(out),
			    out.n > 0 ? ", " : "",
			    RP_FMT(rp_meeting_document_symbol(f->req->arena,
				&f->s->m, d)));
	}
	return out;
}

static struct rp_err *
agenda(struct front *f)
{
	const struct rp_agenda_items *all = &f->s->agenda.items;

	if (all->n == 0)
		return NULL;
	RP_TRY(heading(f, M_agenda_title));
	for (size_t i = 0; i < all->n; i++) {
		struct rp_web_title t = rp_web_item_title(f->req, &all->v[i]);

		RP_TRY(put(f, RP_BLOCK_PARAGRAPH, 0, "", t.lang,
		    rp_textf(f->req->arena, "%lld. %.*s",
			(long long)all->v[i].number, RP_FMT(t.text))));
		RP_TRY(put(f, RP_BLOCK_PARAGRAPH, 0, "Caption", RP_TEXT("en"),
		    symbols(f, &all->v[i])));
	}
	return NULL;
}

static rp_text
title_of(const struct sending *s, struct rp_arena *a, const struct piece *p,
    rp_text lang, struct rp_wording *out)
{
	*out = rp_pack_title(&s->pack, p->file->document, lang);
	return rp_textf(a, "%.*s – %.*s",
	    RP_FMT(rp_meeting_document_symbol(a, &s->m, document_of(s, p))),
	    RP_FMT(out->body));
}

/* "English, original. Pages 5 to 9." and the hash of the file that was sent. */
static struct rp_err *
index_row(struct front *f, const struct piece *p, int64_t page)
{
	struct rp_request *req = f->req;
	struct rp_wording title;
	rp_text head = title_of(f->s, req->arena, p,
	    rp_lang_tag(req->reader.lang), &title);
	const struct rp_msg_arg pages[] = { RP_MSG_NUM(page),
		RP_MSG_NUM(page + p->pages - 1) };
	rp_text where = p->pages > 0 ? rp_message(req->arena, &req->reader,
					   M_pack_pdf_pages, pages, 2) :
				       rp_web_msg(req, M_pack_pdf_left_out);

	RP_TRY(put(f, RP_BLOCK_PARAGRAPH, 0, "", title.lang, head));
	RP_TRY(put(f, RP_BLOCK_PARAGRAPH, 0, "Caption", RP_TEXT(""),
	    rp_textf(req->arena, "%.*s (%.*s). %.*s",
		RP_FMT(rp_locale_language(req->reader.locale, req->arena,
		    p->file->lang)),
		RP_FMT(
		    rp_web_msg(req, rp_msg_document_status(p->file->status))),
		RP_FMT(where))));
	return put(f, RP_BLOCK_PARAGRAPH, 0, "Caption", RP_TEXT("en"),
	    rp_textf(req->arena, "SHA-256 %.*s", RP_FMT(p->file->sum)));
}

static struct rp_err *
contents(struct front *f, int64_t page)
{
	const struct sending *s = f->s;

	RP_TRY(heading(f, M_meeting_documents));
	for (size_t i = 0; i < s->all.n; i++) {
		RP_TRY(index_row(f, &s->all.v[i], page));
		page += s->all.v[i].pages;
	}
	return NULL;
}

/* The documents begin behind so many pages, as far as is known. */
static struct rp_err *
write_front(struct sending *s, struct rp_request *req, int64_t pages,
    struct rp_pdf_front *front, rp_bytes *out)
{
	const struct rp_pdf_options o = { .title =
					      rp_web_meeting_name(req, &s->m),
		.front = front };
	struct front f = { .s = s, .req = req };

	rp_doc_build_init(&f.b, req->arena);
	f.d = f.b.doc;
	f.d->lang = rp_lang_tag(req->reader.lang);
	RP_TRY(cover(&f));
	RP_TRY(agenda(&f));
	RP_TRY(contents(&f, pages + 1));
	return rp_pdf_write(req->arena, rp_web_options_of(req->web)->fonts, f.d,
	    &o, out);
}

static struct rp_err *
begin(struct sending *s, struct rp_sink *sink, struct rp_arena *a,
    struct rp_tx *tx)
{
	struct rp_request req = s->req;
	struct rp_pdf_front front = { 0 };
	uint32_t pages;
	size_t *places;
	rp_bytes octets;

	req.arena = a;
	req.tx = tx;
	for (int i = 0; i < FRONT_TRIES; i++) {
		pages = front.n_pages;
		front = (struct rp_pdf_front){ .others = s->joined };
		RP_TRY(write_front(s, &req, pages, &front, &octets));
		if (front.n_pages == pages)
			break;
	}
	/* The places outlive this piece. */
	places = rp_new_n(s->req.arena, size_t, front.objects);
	memcpy(places, front.at, front.objects * sizeof(*places));
	s->join = rp_pdf_join_new(s->req.arena, sink,
	    &(struct rp_pdf_first){ .objects = front.objects,
		.at = places,
		.catalog = front.catalog,
		.pages = front.pages,
		.outlines = front.outlines,
		.tree = front.tree,
		.parents = front.parents,
		.info = front.info,
		.elements = front.elements,
		.bookmark = front.bookmark,
		.last = front.last,
		.bookmarks = front.bookmarks,
		.n_pages = front.n_pages,
		.keys = front.keys },
	    octets, s->joined);
	return NULL;
}

static struct rp_err *
begin_file(struct sending *s, struct rp_arena *a, rp_bytes *octets)
{
	const struct piece *p = &s->all.v[s->next];
	struct rp_pdf_parts head;
	struct rp_wording title;
	rp_text name =
	    title_of(s, a, p, rp_lang_tag(s->req.reader.lang), &title);

	RP_TRY(rp_pdf_parts_parse(*octets, &head));
	*octets = (rp_bytes){ octets->p + RP_PDF_PARTS_HEAD,
		octets->n - RP_PDF_PARTS_HEAD };
	return rp_pdf_join_begin(s->join, &head,
	    rp_textf(s->req.arena, "%.*s (%.*s)", RP_FMT(name),
		RP_FMT(p->file->lang)));
}

/* The next chunk of the parts that are being sent. */
static struct rp_err *
write_chunk(struct sending *s, struct rp_sink *sink, struct rp_arena *a,
    struct rp_tx *tx)
{
	const struct piece *p = &s->all.v[s->next];
	rp_bytes octets;
	bool found = false;

	if (p->pages > 0)
		RP_TRY(rp_blob_chunk(&s->who, tx, p->blob_id, s->seq, &found,
		    &octets));
	if (found) {
		if (s->seq++ == 0)
			RP_TRY(begin_file(s, a, &octets));
		return rp_pdf_join_add(s->join, sink, octets);
	}
	if (p->pages > 0)
		RP_TRY(rp_pdf_join_end(s->join));
	s->next++;
	s->seq = 0;
	return NULL;
}

static struct rp_err *
produce(void *ctx, struct rp_arena *a, struct rp_tx *tx, rp_bytes *out)
{
	struct sending *s = ctx;
	struct rp_sink sink;
	struct rp_buf b;

	*out = (rp_bytes){ 0 };
	rp_buf_init(&b, a, PIECE_MAX);
	rp_sink_to_buf(&sink, a, &b);
	/* A piece without octets would be the last one. */
	while (b.n == 0 && !s->is_over) {
		if (s->join == NULL) {
			RP_TRY(begin(s, &sink, a, tx));
		} else if (s->next < s->all.n) {
			RP_TRY(write_chunk(s, &sink, a, tx));
		} else {
			RP_TRY(rp_pdf_join_finish(s->join, &sink));
			s->is_over = true;
		}
	}
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

struct rp_err *
rp_web_pack_pdf_send(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_pack *pack,
    struct rp_response *out)
{
	struct sending *s = rp_new(req->arena, struct sending);

	if (rp_web_options_of(req->web)->fonts == NULL)
		return rp_fail(RP_E_UNAVAILABLE, "no fonts for PDF");
	*s = (struct sending){ .req = *req,
		.who = *req->who,
		.g = *g,
		.m = *m,
		.pack = *pack };
	s->req.who = &s->who;
	RP_TRY(rp_agenda_get(req->who, req->tx, m,
	    rp_lang_tag(req->reader.lang), &s->agenda));
	take_files(s);
	out->producer = produce;
	out->ctx = s;
	out->no_store = true;
	out->type = "application/pdf";
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s-%lld%s.pdf\"",
		RP_FMT(m->series), (long long)m->ordinal,
		pack->is_part ? "-new" : ""));
	return NULL;
}
