/* export_pages - downloads of everything, for those who may export. */
#include "base/buf.h"
#include "base/err.h"
#include "web/api.h"
#include "web/export.h"

/* Answers of one piece are a mebibyte of characters; four octets each, doubled
 * by escapes, and the other fields. */
#define PIECE_MAX ((size_t)40 * 1024 * 1024)

struct download {
	struct rp_actor who;
	struct rp_consultation c;
	struct rp_export x;
	int64_t after;
	bool begun;
};

static struct rp_err *
piece(void *ctx, struct rp_arena *a, struct rp_tx *tx, rp_bytes *out)
{
	struct download *d = ctx;
	struct rp_transfer_rows rows;
	struct rp_sink s;
	struct rp_buf b;

	rp_buf_init(&b, a, PIECE_MAX);
	rp_sink_to_buf(&s, a, &b);
	if (!d->begun)
		rp_export_head(&d->x, &s);
	d->begun = true;
	RP_TRY(rp_transfer_batch(&d->who, tx, &d->c, d->after, &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_export_row(&d->x, &s, a, &d->c, &rows.v[i]);
	if (rows.n > 0)
		d->after = rows.v[rows.n - 1].id;
	RP_TRY(rp_sink_flush(&s));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
download(const struct rp_request *req, bool csv, struct rp_response *out)
{
	struct download *d = rp_new(req->arena, struct download);

	RP_TRY(rp_api_consultation(req, &d->c));
	RP_TRY(rp_actor_needs(req->who, RP_MAY_EXPORT,
	    rp_consultation_place(&d->c)));
	d->who = *req->who;
	d->x = (struct rp_export){ .csv = csv,
		.answers = (int64_t)d->c.questions.n };
	out->producer = piece;
	out->ctx = d;
	out->no_store = true;
	out->type = csv ? "text/csv; charset=utf-8" : "application/jsonl";
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%s-%lld.%s\"",
		d->c.group.slug.p, (long long)d->c.number,
		csv ? "csv" : "jsonl"));
	return NULL;
}

struct rp_err *
rp_web_export_csv(const struct rp_request *req, struct rp_response *out)
{
	return download(req, true, out);
}

struct rp_err *
rp_web_export_jsonl(const struct rp_request *req, struct rp_response *out)
{
	return download(req, false, out);
}
