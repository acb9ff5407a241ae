/* period_pages - reports of a period, for everybody: the list, one, its files
 * and its pack. */
#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"
#include "codec/zip_write.h"
#include "domain/crypto.h"
#include "render/chart.h"
#include "render/prose.h"
#include "render/t_period.h"
#include "render/t_period_body.h"
#include "render/t_periods.h"
#include "web/period.h"

#define PACK_MAX ((size_t)64 << 20)

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

struct v_chip
rp_web_period_chip(const struct rp_request *req, const struct rp_period *p)
{
	bool issued = is(p->state, "issued");

	return (struct v_chip){ .kind = issued ? RP_TEXT("published") :
						 RP_TEXT("soon"),
		.label = rp_web_msg(req,
		    issued ? M_period_issued : M_period_draft) };
}

static rp_url
desk_url(const struct rp_request *req, const struct rp_group *g, int64_t number)
{
	rp_url base = rp_urlf(req->arena, "/%s/desk/groups/%lld/periods",
	    rp_lang_tag(req->reader.lang).p, (long long)g->id);

	if (!rp_actor_may(req->who, RP_MAY_MEET, rp_group_place(g)))
		return (rp_url){ "", 0 };
	return number == 0 ?
		   base :
		   rp_urlf(req->arena, "%s/%lld", base.p, (long long)number);
}

struct rp_err *
rp_web_periods(const struct rp_request *req, struct rp_response *out)
{
	struct v_periods v = { 0 };
	struct rp_periods all;
	struct rp_group g;
	struct rp_frame f = { .group = &g };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &g));
	RP_TRY(rp_period_list(req->who, req->tx, g.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_period *p = &all.v[i];
		struct v_periods_rows row = { .name =
						  rp_web_period_name(req, p),
			.url =
			    rp_urlf(req->arena, "%lld/", (long long)p->number),
			.state = rp_web_period_chip(req, p) };

		if (p->issued_at != 0) {
			row.issued = rp_web_date(req, g.zone, p->issued_at);
			row.issued_iso = rp_web_iso(req, p->issued_at);
		}
		rp_vec_push(req->arena, &v.rows, row);
	}
	v.group_name = g.name.body;
	v.desk_url = desk_url(req, &g, 0);
	f.title = rp_web_msg(req, M_period_title);
	RP_TRY(rp_web_render(req, periods, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* What a page shows of it. */

static struct rp_err *
add_section(const struct rp_request *req, const struct rp_section *s,
    struct v_period_body *v)
{
	struct v_period_body_sections one = { .id = s->key,
		.title = s->title,
		.words = rp_prose(req->arena, s->words, RP_TEXT(""), NULL),
		.words_lang = s->words_lang,
		.summary = s->summary };
	struct rp_chart chart = { .id = s->key, .title = s->bars_title };

	if (s->words.n == 0 && s->columns == 0 && s->bars.n == 0)
		return NULL;
	for (size_t i = 0; i < s->columns; i++)
		rp_vec_push(req->arena, &one.head,
		    ((struct v_period_body_sections_head){ s->cells.v[i] }));
	for (size_t i = s->columns; s->columns > 0 && i < s->cells.n;
	     i += s->columns) {
		struct v_period_body_sections_rows row = { 0 };

		for (size_t k = 0; k < s->columns; k++)
			rp_vec_push(req->arena, &row.cells,
			    ((struct v_period_body_sections_rows_cells){
				s->cells.v[i + k] }));
		rp_vec_push(req->arena, &one.rows, row);
	}
	if (s->columns > 0 && !rp_section_has_rows(s))
		one.none = s->none;
	for (size_t i = 0; i < s->bars.n; i++)
		rp_vec_push(req->arena, &chart.bars,
		    ((struct rp_chart_bar){ .label = s->bars.v[i].label,
			.n = s->bars.v[i].n,
			.colour = 1 }));
	RP_TRY(rp_chart_bars(req->arena, &req->reader, &chart, &one.chart));
	rp_vec_push(req->arena, &v->sections, one);
	return NULL;
}

struct rp_err *
rp_web_period_body(const struct rp_request *req, const struct rp_sections *s,
    rp_html *out)
{
	struct v_period_body v = { 0 };

	for (size_t i = 0; i < s->all.n; i++)
		RP_TRY(add_section(req, &s->all.v[i], &v));
	return rp_web_render(req, period_body, &v, out);
}

struct shown {
	struct rp_group g;
	struct rp_period p;
	bool issued;
	struct rp_period_files files; /* of an issued one */
	struct rp_sections sections;  /* of a draft */
};

static struct rp_err *
load(const struct rp_request *req, struct shown *s)
{
	*s = (struct shown){ 0 };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &s->g));
	RP_TRY(rp_period_get(req->who, req->tx, s->g.id, req->params.n, &s->p));
	s->issued = is(s->p.state, "issued");
	if (s->issued)
		return rp_period_files(req->who, req->tx, &s->p, &s->files);
	return rp_web_period_sections(req, &s->g, &s->p, &s->sections);
}

/* Frozen octets of an issued one, made now of a draft. */
static struct rp_err *
file_of(const struct rp_request *req, const struct shown *s, rp_text lang,
    rp_text format, rp_bytes *out)
{
	if (!s->issued)
		return rp_web_period_file_make(req, &s->sections, &s->p, format,
		    out);
	for (size_t i = 0; i < s->files.n; i++) {
		const struct rp_period_file *f = &s->files.v[i];

		if (rp_text_eq(f->lang, lang) && rp_text_eq(f->format, format))
			return rp_period_file_read(req->who, req->tx, &s->p, f,
			    out);
	}
	return rp_fail(RP_E_NOTFOUND, "no such file");
}

struct rp_err *
rp_web_period(const struct rp_request *req, struct rp_response *out)
{
	static const char *const files[][2] = { { "report.docx", "DOCX" },
		{ "report.pdf", "PDF" }, { "report.html", "HTML" } };
	struct v_period v = { 0 };
	struct shown s;
	struct rp_frame f = { .group = &s.g, .wide = true };
	rp_html content;
	rp_bytes body;

	RP_TRY(load(req, &s));
	RP_TRY(file_of(req, &s, rp_lang_tag(req->reader.lang), RP_TEXT("part"),
	    &body));
	v.list_url = rp_urlf(req->arena, "../");
	v.name = rp_web_period_name(req, &s.p);
	v.state = rp_web_period_chip(req, &s.p);
	v.is_draft = !s.issued;
	v.desk_url = desk_url(req, &s.g, s.p.number);
	v.pack_url = rp_urlf(req->arena, "pack.zip");
	/* It was rendered here, when it was issued. */
	v.body = (rp_html){ (const char *)body.p, body.n };
	if (s.issued) {
		v.issued = rp_web_date(req, s.g.zone, s.p.issued_at);
		v.issued_iso = rp_web_iso(req, s.p.issued_at);
	}
	for (size_t i = 0; i < 3; i++)
		rp_vec_push(req->arena, &v.formats,
		    ((struct v_period_formats){
			rp_urlf(req->arena, "%s", files[i][0]),
			rp_text_z(files[i][1]) }));
	f.title = v.name;
	RP_TRY(rp_web_render(req, period, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* Files. */

struct packing {
	struct rp_sink sink;
	struct rp_buf buf, sums;
	struct rp_zip_writer *zip;
};

static void
add_entry(struct packing *k, rp_text name, rp_bytes octets)
{
	rp_zip_writer_begin(k->zip, &k->sink, name);
	rp_zip_writer_add(k->zip, &k->sink, octets);
	rp_zip_writer_end(k->zip, &k->sink);
}

static struct rp_err *
pack_file(const struct rp_request *req, const struct shown *s,
    struct packing *k, rp_text lang, rp_text format)
{
	rp_text name = rp_textf(req->arena, "report-%lld-%.*s.%.*s",
	    (long long)s->p.number, RP_FMT(lang), RP_FMT(format));
	struct rp_digest sum;
	rp_bytes octets;

	RP_TRY(file_of(req, s, lang, format, &octets));
	sum = rp_sha256(octets);
	rp_buf_f(&k->sums, "%.*s  %.*s\n",
	    RP_FMT(rp_hex(req->arena, (rp_bytes){ sum.b, sizeof(sum.b) })),
	    RP_FMT(name));
	add_entry(k, name, octets);
	return NULL;
}

/* All languages of an issued one, the reader's of a draft. The same report
 * gives the same octets. */
static struct rp_err *
pack(const struct rp_request *req, const struct shown *s,
    struct rp_response *out)
{
	static const rp_text formats[] = { RP_TEXT_INIT("docx"),
		RP_TEXT_INIT("html"), RP_TEXT_INIT("pdf") };
	struct packing k = { .zip = rp_zip_writer_new(req->arena) };
	rp_bytes sums;

	rp_buf_init(&k.buf, req->arena, PACK_MAX);
	rp_buf_init(&k.sums, req->arena, PACK_MAX);
	rp_sink_to_buf(&k.sink, req->arena, &k.buf);
	for (int l = 0; l < RP_LANG_COUNT; l++)
		for (size_t i = 0; i < 3; i++)
			if (s->issued || (enum rp_lang)l == req->reader.lang)
				RP_TRY(pack_file(req, s, &k,
				    rp_lang_tag((enum rp_lang)l), formats[i]));
	RP_TRY(rp_buf_bytes(&k.sums, &sums));
	add_entry(&k, RP_TEXT("SHA256SUMS"), sums);
	rp_zip_writer_finish(k.zip, &k.sink);
	RP_TRY(rp_sink_flush(&k.sink));
	out->type = "application/zip";
	return rp_buf_bytes(&k.buf, &out->body);
}

struct rp_err *
rp_web_period_file(const struct rp_request *req, struct rp_response *out)
{
	static const struct {
		rp_text name, format;
		const char *type;
	} files[] = { { RP_TEXT_INIT("report.docx"), RP_TEXT_INIT("docx"),
			  "application/vnd.openxmlformats-officedocument."
			  "wordprocessingml.document" },
		{ RP_TEXT_INIT("report.pdf"), RP_TEXT_INIT("pdf"),
		    "application/pdf" },
		{ RP_TEXT_INIT("report.html"), RP_TEXT_INIT("html"),
		    "text/html; charset=utf-8" } };
	rp_text name = req->params.name;
	struct shown s;

	RP_TRY(load(req, &s));
	if (is(name, "pack.zip"))
		RP_TRY(pack(req, &s, out));
	for (size_t i = 0; i < 3; i++) {
		if (!rp_text_eq(name, files[i].name))
			continue;
		out->type = files[i].type;
		RP_TRY(file_of(req, &s, rp_lang_tag(req->reader.lang),
		    files[i].format, &out->body));
	}
	if (out->type == NULL || out->body.n == 0)
		return rp_fail(RP_E_NOTFOUND, "no such file");
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"report-%lld-%s-%.*s\"",
		(long long)s.p.number, rp_lang_tag(req->reader.lang).p,
		RP_FMT(name)));
	return NULL;
}
