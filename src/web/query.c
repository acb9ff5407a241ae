#include "web/query.h"

#include "base/err.h"

void
rp_web_query_begin(struct rp_web_query *q, struct rp_arena *a, rp_url base)
{
	*q = (struct rp_web_query){ 0 };
	rp_buf_init(&q->buf, a, RP_WEB_QUERY_MAX);
	rp_buf_add(&q->buf, base.p, base.n);
}

void
rp_web_query_add(struct rp_web_query *q, const char *name, rp_text value)
{
	rp_text v;

	if (value.n == 0)
		return;
	v = rp_percent_encode(q->buf.arena, rp_text_bytes(value));
	rp_buf_f(&q->buf, "%c%s=%.*s", q->any ? '&' : '?', name, RP_FMT(v));
	q->any = true;
}

void
rp_web_query_add_i64(struct rp_web_query *q, const char *name, int64_t v)
{
	if (v != 0)
		rp_web_query_add(q, name,
		    rp_textf(q->buf.arena, "%lld", (long long)v));
}

struct rp_err *
rp_web_query_end(struct rp_web_query *q, rp_url *out)
{
	rp_text t;

	RP_TRY(rp_buf_done(&q->buf, &t));
	*out = rp_urlf(q->buf.arena, "%s", t.p);
	return NULL;
}
