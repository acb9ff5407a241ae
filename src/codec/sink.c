#include "codec/sink.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

/* An error that nobody asked for goes with the arena. */
static void
drop_error(void *ptr)
{
	struct rp_sink *s = ptr;

	rp_err_free(s->failed);
	s->failed = NULL;
}

void
rp_sink_init(struct rp_sink *s, struct rp_arena *a,
    struct rp_err *(*put)(void *ctx, rp_bytes chunk), void *ctx)
{
	*s = (struct rp_sink){ .arena = a, .put = put, .ctx = ctx };
	s->p = rp_alloc(a, RP_SINK_CHUNK);
	rp_arena_defer(a, drop_error, s);
}

void
rp_sink_to_buf(struct rp_sink *s, struct rp_arena *a, struct rp_buf *b)
{
	*s = (struct rp_sink){ .arena = a, .buf = b };
}

static void
hand_on(struct rp_sink *s)
{
	if (s->n > 0 && s->failed == NULL)
		s->failed = s->put(s->ctx, (rp_bytes){ s->p, s->n });
	s->n = 0;
}

void
rp_sink_add(struct rp_sink *s, const void *p, size_t n)
{
	const uint8_t *from = p;

	if (s->buf != NULL) {
		rp_buf_add(s->buf, p, n);
		return;
	}
	while (n > 0 && s->failed == NULL) {
		size_t room = RP_SINK_CHUNK - s->n;
		size_t step = n < room ? n : room;

		memcpy(s->p + s->n, from, step);
		s->n += step;
		from += step;
		n -= step;
		if (s->n == RP_SINK_CHUNK)
			hand_on(s);
	}
}

void
rp_sink_byte(struct rp_sink *s, uint8_t c)
{
	rp_sink_add(s, &c, 1);
}

void
rp_sink_text(struct rp_sink *s, rp_text t)
{
	rp_sink_add(s, t.p, t.n);
}

bool
rp_sink_failed(const struct rp_sink *s)
{
	return s->buf ? s->buf->over : s->failed != NULL;
}

struct rp_err *
rp_sink_flush(struct rp_sink *s)
{
	struct rp_err *e;

	if (s->buf != NULL)
		return s->buf->over ?
			   rp_fail(RP_E_LIMIT, "more than %zu octets",
			       s->buf->limit) :
			   NULL;
	hand_on(s);
	e = s->failed;
	s->failed = NULL;
	return e;
}
