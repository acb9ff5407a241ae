#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"

void
rp_json_init(struct rp_json_writer *w, struct rp_sink *sink)
{
	*w = (struct rp_json_writer){ .sink = sink };
}

/* Before a value: the comma, if one is due here. */
static void
value(struct rp_json_writer *w)
{
	if (w->after_key) {
		w->after_key = false;
		return;
	}
	RP_ASSERT(!w->in_object[w->depth]);
	RP_ASSERT(w->depth > 0 || !w->some[0]);
	if (w->some[w->depth])
		rp_sink_byte(w->sink, ',');
	w->some[w->depth] = true;
}

static void
begin(struct rp_json_writer *w, bool object)
{
	value(w);
	RP_ASSERT(w->depth < RP_JSON_DEPTH_MAX);
	w->depth++;
	w->in_object[w->depth] = object;
	w->some[w->depth] = false;
	rp_sink_byte(w->sink, object ? '{' : '[');
}

static void
end(struct rp_json_writer *w, bool object)
{
	RP_ASSERT(w->depth > 0 && w->in_object[w->depth] == object);
	RP_ASSERT(!w->after_key);
	w->depth--;
	rp_sink_byte(w->sink, object ? '}' : ']');
}

void
rp_json_object_begin(struct rp_json_writer *w)
{
	begin(w, true);
}

void
rp_json_object_end(struct rp_json_writer *w)
{
	end(w, true);
}

void
rp_json_array_begin(struct rp_json_writer *w)
{
	begin(w, false);
}

void
rp_json_array_end(struct rp_json_writer *w)
{
	end(w, false);
}

static void
put_escaped(struct rp_sink *s, uint8_t c)
{
	static const char digits[] = "0123456789abcdef";
	char u[6] = { '\\', 'u', '0', '0' };

	switch (c) {
	case '"':
		rp_sink_add(s, "\\\"", 2);
		return;
	case '\\':
		rp_sink_add(s, "\\\\", 2);
		return;
	case '\n':
		rp_sink_add(s, "\\n", 2);
		return;
	case '\r':
		rp_sink_add(s, "\\r", 2);
		return;
	case '\t':
		rp_sink_add(s, "\\t", 2);
		return;
	default:
		u[4] = digits[c >> 4];
		u[5] = digits[c & 15];
		rp_sink_add(s, u, sizeof(u));
	}
}

static void
string(struct rp_sink *s, rp_text t)
{
	size_t from = 0;

	rp_sink_byte(s, '"');
	for (size_t i = 0; i < t.n; i++) {
		uint8_t c = (uint8_t)t.p[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		rp_sink_add(s, t.p + from, i - from);
		put_escaped(s, c);
		from = i + 1;
	}
	rp_sink_add(s, t.p + from, t.n - from);
	rp_sink_byte(s, '"');
}

void
rp_json_key(struct rp_json_writer *w, rp_text key)
{
	RP_ASSERT(w->in_object[w->depth] && !w->after_key);
	if (w->some[w->depth])
		rp_sink_byte(w->sink, ',');
	w->some[w->depth] = true;
	string(w->sink, key);
	rp_sink_byte(w->sink, ':');
	w->after_key = true;
}

void
rp_json_put_text(struct rp_json_writer *w, rp_text t)
{
	value(w);
	string(w->sink, t);
}

void
rp_json_put_i64(struct rp_json_writer *w, int64_t v)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%" PRId64, v);

	value(w);
	rp_sink_add(w->sink, digits, (size_t)n);
}

void
rp_json_put_f64(struct rp_json_writer *w, double v)
{
	char digits[40];
	int n = 0;

	RP_ASSERT(isfinite(v));
	for (int precision = 15; precision <= 17; precision++) {
		double back;

		n = snprintf(digits, sizeof(digits), "%.*g", precision, v);
		back = strtod(digits, NULL);
		if (memcmp(&back, &v, sizeof(v)) == 0)
			break;
	}
	value(w);
	rp_sink_add(w->sink, digits, (size_t)n);
}

void
rp_json_put_bool(struct rp_json_writer *w, bool v)
{
	value(w);
	rp_sink_text(w->sink, v ? RP_TEXT("true") : RP_TEXT("false"));
}

void
rp_json_put_null(struct rp_json_writer *w)
{
	value(w);
	rp_sink_text(w->sink, RP_TEXT("null"));
}

void
rp_json_line_end(struct rp_json_writer *w)
{
	RP_ASSERT(w->depth == 0 && w->some[0]);
	rp_sink_byte(w->sink, '\n');
	w->some[0] = false;
}
