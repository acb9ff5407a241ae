#include "web/pack.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/sink.h"
#include "codec/zip_write.h"
#include "domain/party.h"
#include "domain/upload.h"
#include "render/t_pack_index.h"
#include "text/format.h"
#include "web/meeting.h"
#include "web/server.h"

/* A chunk, its blocks' heads and what else an entry needs; or an index. */
#define PIECE_MAX ((size_t)20 << 20)

struct sending {
	struct rp_request req; /* a copy: pieces have arenas of their own */
	struct rp_actor who;
	struct rp_group g;
	struct rp_meeting m;
	struct rp_pack pack;
	struct rp_zip_writer *zip;
	size_t index, file;
	int64_t seq;
	bool is_over;
};

/* Of a language, or of the reader's own. */
#define INDEXES (RP_LANG_COUNT + 1)

static rp_text
index_name(struct rp_arena *a, size_t i)
{
	return i == RP_LANG_COUNT ?
		   RP_TEXT("index.html") :
		   rp_textf(a, "index-%s.html", rp_lang_tag((enum rp_lang)i).p);
}

static void
add_languages(const struct rp_request *req, struct v_pack_index *v)
{
	for (size_t i = 0; i < RP_LANG_COUNT; i++) {
		enum rp_lang lang = (enum rp_lang)i;
		struct v_pack_index_languages one = {
			.lang = rp_lang_tag(lang),
			.name = rp_lang_own_name(lang),
			.url = rp_urlf(req->arena, "%s",
			    index_name(req->arena, i).p),
			.current = lang == req->reader.lang,
		};

		rp_vec_push(req->arena, &v->languages, one);
	}
}

static void
add_document(const struct rp_request *req, const struct sending *s,
    const struct rp_parties *parties, size_t i, struct v_pack_index *v)
{
	const struct rp_meeting_document *d = &s->pack.documents.v[i];
	struct rp_wording title =
	    rp_pack_title(&s->pack, i, rp_lang_tag(req->reader.lang));
	struct v_pack_index_documents row = {
		.symbol = rp_meeting_document_symbol(req->arena, &s->m, d),
		.title = title.body,
		.lang = title.lang,
		.sources = rp_web_sources_of(req, parties, &d->sources),
		.kind = rp_msg_document_kind(d->kind),
		.purpose = d->is_for_action ? M_document_for_action :
					      M_document_for_information,
		.posted = rp_web_date(req, s->m.zone, d->posted_at),
		.posted_iso = rp_web_iso(req, d->posted_at),
		.title_only = d->is_title_only,
	};

	for (size_t k = 0; k < s->pack.files.n; k++) {
		const struct rp_pack_file *f = &s->pack.files.v[k];
		struct v_pack_index_documents_files one = {
			.url = rp_urlf(req->arena, "%s", f->name.p),
			.language = rp_locale_language(req->reader.locale,
			    req->arena, f->lang),
			.status = rp_msg_document_status(f->status),
			.sum = f->sum,
		};

		if (f->document == i)
			rp_vec_push(req->arena, &row.files, one);
	}
	rp_vec_push(req->arena, &v->documents, row);
}

/* `i`: a language, or RP_LANG_COUNT for the reader's. */
static struct rp_err *
write_index(struct sending *s, struct rp_sink *sink, struct rp_arena *a,
    struct rp_tx *tx, size_t i)
{
	struct rp_request req = s->req;
	struct v_pack_index v = { .edition = s->pack.edition,
		.part = s->pack.is_part,
		.group_name = s->g.name.body,
		.group_lang = s->g.name.lang,
		.place = s->m.place };
	struct rp_parties parties;
	rp_html page;

	req.arena = a;
	req.tx = tx;
	if (i < RP_LANG_COUNT) {
		req.reader.lang = (enum rp_lang)i;
		req.reader.locale = rp_web_options_of(req.web)->locales[i];
	}
	v.lang = rp_lang_tag(req.reader.lang);
	v.dir = rp_dir_name(rp_lang_dir(req.reader.lang));
	v.title = rp_web_meeting_name(&req, &s->m);
	v.opens = rp_web_time(&req, s->m.zone, s->m.opens_at);
	add_languages(&req, &v);
	RP_TRY(rp_party_sources(tx, s->m.id, v.lang, &parties));
	for (size_t k = 0; k < s->pack.documents.n; k++) {
		if (rp_pack_names(&s->pack, k))
			add_document(&req, s, &parties, k, &v);
	}
	RP_TRY(rp_web_render(&req, pack_index, &v, &page));
	rp_zip_writer_begin(s->zip, sink, index_name(s->req.arena, i));
	rp_zip_writer_add(s->zip, sink,
	    rp_text_bytes((rp_text){ page.p, page.n }));
	rp_zip_writer_end(s->zip, sink);
	return NULL;
}

/* Machines read this one: fixed names, English titles where there are some. */
static void
write_row(struct sending *s, struct rp_sink *sink, struct rp_arena *a,
    const struct rp_parties *parties, size_t i, const struct rp_pack_file *f)
{
	static const struct rp_csv_options guarded = { .guard = true };
	const struct rp_meeting_document *d = &s->pack.documents.v[i];
	struct rp_wording title = rp_pack_title(&s->pack, i, RP_TEXT("en"));
	struct rp_request req = s->req;
	rp_text fields[] = { rp_meeting_document_symbol(a, &s->m, d),
		title.body, title.lang, RP_TEXT(""), d->kind,
		d->is_for_action ? RP_TEXT("action") : RP_TEXT("information"),
		rp_clock_rfc3339(a, d->posted_at), RP_TEXT(""), RP_TEXT(""),
		RP_TEXT(""), RP_TEXT(""), RP_TEXT("") };

	req.arena = a;
	fields[3] = rp_web_sources_of(&req, parties, &d->sources);
	if (f != NULL) {
		fields[7] = f->lang;
		fields[8] = f->status;
		fields[9] = f->name;
		fields[10] = rp_textf(a, "%lld", (long long)f->size);
		fields[11] = f->sum;
	}
	rp_csv_write(sink, &guarded, fields,
	    sizeof(fields) / sizeof(fields[0]));
}

static struct rp_err *
write_table(struct sending *s, struct rp_sink *sink, struct rp_arena *a,
    struct rp_tx *tx)
{
	static const rp_text names[] = { RP_TEXT_INIT("symbol"),
		RP_TEXT_INIT("title"), RP_TEXT_INIT("title_language"),
		RP_TEXT_INIT("sources"), RP_TEXT_INIT("kind"),
		RP_TEXT_INIT("for"), RP_TEXT_INIT("posted_at"),
		RP_TEXT_INIT("language"), RP_TEXT_INIT("status"),
		RP_TEXT_INIT("file"), RP_TEXT_INIT("octets"),
		RP_TEXT_INIT("sha256") };
	struct rp_parties parties;
	struct rp_sink csv;
	struct rp_buf b;
	rp_bytes octets;

	rp_buf_init(&b, a, PIECE_MAX);
	rp_sink_to_buf(&csv, a, &b);
	RP_TRY(rp_party_sources(tx, s->m.id, RP_TEXT("en"), &parties));
	rp_csv_write(&csv, &(struct rp_csv_options){ 0 }, names,
	    sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < s->pack.documents.n; i++) {
		if (s->pack.documents.v[i].is_title_only &&
		    rp_pack_names(&s->pack, i))
			write_row(s, &csv, a, &parties, i, NULL);
		for (size_t k = 0; k < s->pack.files.n; k++) {
			if (s->pack.files.v[k].document == i)
				write_row(s, &csv, a, &parties, i,
				    &s->pack.files.v[k]);
		}
	}
	RP_TRY(rp_sink_flush(&csv));
	RP_TRY(rp_buf_bytes(&b, &octets));
	rp_zip_writer_begin(s->zip, sink, RP_TEXT("index.csv"));
	rp_zip_writer_add(s->zip, sink, octets);
	rp_zip_writer_end(s->zip, sink);
	return NULL;
}

/* The next chunk of the file that is being sent. */
static struct rp_err *
write_chunk(struct sending *s, struct rp_sink *sink, struct rp_tx *tx)
{
	const struct rp_pack_file *f = &s->pack.files.v[s->file];
	rp_bytes octets;
	bool found;

	RP_TRY(rp_blob_chunk(&s->who, tx, f->blob_id, s->seq, &found, &octets));
	if (s->seq == 0)
		rp_zip_writer_begin(s->zip, sink, f->name);
	if (found) {
		rp_zip_writer_add(s->zip, sink, octets);
		s->seq++;
		return NULL;
	}
	rp_zip_writer_end(s->zip, sink);
	s->file++;
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
	if (s->is_over)
		return NULL;
	rp_buf_init(&b, a, PIECE_MAX);
	rp_sink_to_buf(&sink, a, &b);
	if (s->index < INDEXES) {
		RP_TRY(write_index(s, &sink, a, tx, s->index));
		s->index++;
	} else if (s->index == INDEXES) {
		RP_TRY(write_table(s, &sink, a, tx));
		s->index++;
	} else if (s->file < s->pack.files.n) {
		RP_TRY(write_chunk(s, &sink, tx));
	} else {
		rp_zip_writer_finish(s->zip, &sink);
		s->is_over = true;
	}
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

void
rp_web_pack_send(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_pack *pack,
    struct rp_response *out)
{
	struct sending *s = rp_new(req->arena, struct sending);

	*s = (struct sending){ .req = *req,
		.who = *req->who,
		.g = *g,
		.m = *m,
		.pack = *pack };
	s->req.who = &s->who;
	s->zip = rp_zip_writer_new(req->arena);
	out->producer = produce;
	out->ctx = s;
	out->no_store = true;
	out->type = "application/zip";
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s-%lld%s.zip\"",
		RP_FMT(m->series), (long long)m->ordinal,
		pack->is_part ? "-new" : ""));
}
