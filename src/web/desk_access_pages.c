/* desk_access_pages - who opened which document that is not public. */
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/sink.h"
#include "domain/access_log.h"
#include "render/t_desk_access.h"
#include "text/format.h"
#include "web/desk.h"
#include "web/meeting.h"

#define TABLE_MAX ((size_t)32 << 20)
#define COLUMNS 5

static enum rp_msg
what_msg(enum rp_access_what what)
{
	static const enum rp_msg of[RP_ACCESS_WHATS] = {
		[RP_ACCESS_PAGE_SHOWN] = M_access_page,
		[RP_ACCESS_FILE] = M_access_file,
		[RP_ACCESS_PDF] = M_access_pdf,
		[RP_ACCESS_DOCX] = M_access_docx,
		[RP_ACCESS_CHANGES] = M_access_changes,
		[RP_ACCESS_PACK] = M_access_pack,
		[RP_ACCESS_API] = M_access_api,
	};

	return of[what];
}

/* "CWG-Internet-20/3(Rev.1)" */
static rp_text
symbol_of(const struct rp_request *req, const struct rp_access_row *r)
{
	const struct rp_meeting m = { .series = r->series,
		.ordinal = r->ordinal };
	const struct rp_meeting_document d = { .number = r->number,
		.revision = r->revision };

	return rp_meeting_document_symbol(req->arena, &m, &d);
}

static struct rp_err *
find(const struct rp_request *req, struct rp_group *out)
{
	return rp_group_get_by_id(req->who, req->tx, req->params.id,
	    rp_lang_tag(req->reader.lang), out);
}

struct rp_err *
rp_web_desk_access(const struct rp_request *req, struct rp_response *out)
{
	struct rp_access_rows all;
	struct rp_group g;
	struct v_desk_access v = { 0 };
	rp_html content;
	int64_t at, below;

	RP_TRY(find(req, &g));
	rp_desk_after(req, &at, &below);
	RP_TRY(rp_access_list(req->who, req->tx, g.id, below, &all));
	v.meetings_url = rp_desk_url(req, "meetings");
	v.group = g.name.body;
	v.days = req->who->env->access_log_age / RP_DAY;
	v.table_url = rp_desk_url(req, "access/%lld/log.csv", (long long)g.id);
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_access_row *r = &all.v[i];
		struct v_desk_access_rows row = { .time = rp_web_time(req,
						      g.zone, r->at),
			.iso = rp_web_iso(req, r->at),
			.person = r->person,
			.symbol = symbol_of(req, r),
			.what = what_msg(r->what) };

		if (r->lang.n > 0)
			row.language = rp_locale_language(req->reader.locale,
			    req->arena, r->lang);
		rp_vec_push(req->arena, &v.rows, row);
	}
	v.pager = rp_desk_pager(req,
	    rp_desk_url(req, "access/%lld?", (long long)g.id),
	    all.n == RP_ACCESS_PAGE, 1, all.n > 0 ? all.v[all.n - 1].id : 0);
	out->no_store = true;
	RP_TRY(rp_web_render(req, desk_access, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_access_title), content,
	    out);
}

struct rp_err *
rp_web_desk_access_csv(const struct rp_request *req, struct rp_response *out)
{
	static const rp_text head[COLUMNS] = { RP_TEXT_INIT("at"),
		RP_TEXT_INIT("person"), RP_TEXT_INIT("document"),
		RP_TEXT_INIT("language"), RP_TEXT_INIT("what") };
	const struct rp_csv_options how = { .guard = true };
	struct rp_access_rows all;
	struct rp_sink sink;
	struct rp_group g;
	struct rp_buf b;

	RP_TRY(find(req, &g));
	RP_TRY(rp_access_export(req->who, req->tx, g.id, &all));
	rp_buf_init(&b, req->arena, TABLE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_csv_write(&sink, &how, head, COLUMNS);
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_access_row *r = &all.v[i];
		const rp_text fields[COLUMNS] = {
			rp_clock_rfc3339(req->arena, r->at), r->person,
			symbol_of(req, r), r->lang, rp_access_what_name(r->what)
		};

		rp_csv_write(&sink, &how, fields, COLUMNS);
	}
	RP_TRY(rp_sink_flush(&sink));
	out->type = "text/csv; charset=utf-8; header=present";
	out->no_store = true;
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"access-%.*s.csv\"",
		RP_FMT(g.slug)));
	return rp_buf_bytes(&b, &out->body);
}
