#include "codec/json.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
copy(struct rp_json_writer *w, const struct rp_json *v)
{
	rp_bytes octets = rp_json_octets(v);
	bool object = rp_json_kind(v) == RP_JSON_OBJECT;
	int64_t i;

	switch (rp_json_kind(v)) {
	case RP_JSON_TEXT:
		rp_json_put_text(w,
		    (rp_text){ (const char *)octets.p, octets.n });
		return;
	case RP_JSON_I64:
		rp_err_free(rp_json_as_i64(v, &i));
		rp_json_put_i64(w, i);
		return;
	case RP_JSON_ARRAY:
	case RP_JSON_OBJECT:
		break;
	default:
		rp_json_put_null(w);
		return;
	}
	if (object)
		rp_json_object_begin(w);
	else
		rp_json_array_begin(w);
	for (size_t k = 0; k < rp_json_n(v); k++) {
		if (object)
			rp_json_key(w, rp_json_key_at(v, k));
		copy(w, rp_json_at(v, k));
	}
	if (object)
		rp_json_object_end(w);
	else
		rp_json_array_end(w);
}

static bool
again(struct rp_arena *a, rp_bytes in, rp_bytes *out)
{
	const struct rp_json *v;
	struct rp_err *e = rp_json_parse(a, in, &v);
	struct rp_json_writer w;
	struct rp_sink s;
	struct rp_buf b;

	if (e != NULL) {
		rp_err_free(e);
		return false;
	}
	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_json_init(&w, &s);
	copy(&w, v);
	e = rp_buf_bytes(&b, out);
	RP_ASSERT(e == NULL);
	return true;
}

/* What was read and written reads again and writes the same octets. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	rp_bytes one, two;

	if (!again(a, (rp_bytes){ data, size }, &one))
		return 0;
	RP_ASSERT(again(a, one, &two));
	RP_ASSERT(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
	return 0;
}
