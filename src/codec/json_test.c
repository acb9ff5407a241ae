#include "codec/json.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/sink.h"

static rp_bytes
z(const char *s)
{
	return rp_text_bytes(rp_text_z(s));
}

static void
writes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_json_writer w;
	struct rp_sink s;
	struct rp_buf b;
	rp_text got;

	rp_buf_init(&b, a, 4096);
	rp_sink_to_buf(&s, a, &b);
	rp_json_init(&w, &s);
	rp_json_object_begin(&w);
	rp_json_key(&w, RP_TEXT("a\"b"));
	rp_json_put_text(&w, RP_TEXT("\\ \n\t\r\x01 \xe6\x96\x87/"));
	rp_json_key(&w, RP_TEXT("list"));
	rp_json_array_begin(&w);
	rp_json_put_i64(&w, INT64_MIN);
	rp_json_put_f64(&w, 0.1);
	rp_json_put_bool(&w, true);
	rp_json_array_begin(&w);
	rp_json_array_end(&w);
	rp_json_put_null(&w);
	rp_json_array_end(&w);
	rp_json_key(&w, RP_TEXT("o"));
	rp_json_object_begin(&w);
	rp_json_object_end(&w);
	rp_json_object_end(&w);
	rp_json_line_end(&w);
	rp_json_put_bool(&w, false);
	rp_json_line_end(&w);
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK_OK(rp_buf_done(&b, &got));
	RP_CHECK_TEXT(got,
	    RP_TEXT("{\"a\\\"b\":\"\\\\ \\n\\t\\r\\u0001 \xe6\x96\x87/\","
		    "\"list\":[-9223372036854775808,0.1,true,[],null],"
		    "\"o\":{}}\nfalse\n"));
}

static void
reads(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	const struct rp_json *v, *list;
	int64_t i;
	rp_text t;
	bool b;

	RP_CHECK_OK(rp_json_parse(a,
	    z(" {\"t\":\"\\u6587\\ud83d\\ude00\",\"i\":-7,\"b\":true,"
	      "\"l\":[1,\"x\",null,2.5,{}],\"n\":null,\"c\":\"a\\r\\nb\"} "),
	    &v));
	RP_CHECK(rp_json_kind(v) == RP_JSON_OBJECT && rp_json_n(v) == 6);
	RP_CHECK_TEXT(rp_json_key_at(v, 1), RP_TEXT("i"));
	RP_CHECK_OK(rp_json_text(a, v, "t", 7, &t));
	RP_CHECK_TEXT(t, RP_TEXT("\xe6\x96\x87\xf0\x9f\x98\x80"));
	RP_CHECK_OK(rp_json_i64(v, "i", &i));
	RP_CHECK(i == -7);
	RP_CHECK_OK(rp_json_bool(v, "b", &b));
	RP_CHECK(b);
	RP_CHECK_OK(rp_json_array(v, "l", 5, &list));
	RP_CHECK(rp_json_n(list) == 5);
	RP_CHECK_OK(rp_json_as_i64(rp_json_at(list, 0), &i));
	RP_CHECK(i == 1);
	RP_CHECK_OK(rp_json_as_text(a, rp_json_at(list, 1), 1, &t));
	RP_CHECK(rp_json_kind(rp_json_at(list, 3)) == RP_JSON_F64);
	RP_CHECK(rp_json_octets(rp_json_find(v, "c")).n == 4);

	RP_CHECK_FAILS(rp_json_text(a, v, "t", 6, &t), RP_E_LIMIT);
	RP_CHECK_FAILS(rp_json_text(a, v, "c", 9, &t), RP_E_INVALID);
	RP_CHECK_FAILS(rp_json_text(a, v, "x", 9, &t), RP_E_INVALID);
	RP_CHECK_FAILS(rp_json_text(a, v, "i", 9, &t), RP_E_INVALID);
	RP_CHECK_FAILS(rp_json_text(a, list, "i", 9, &t), RP_E_INVALID);
	RP_CHECK_FAILS(rp_json_i64(v, "t", &i), RP_E_INVALID);
	RP_CHECK_FAILS(rp_json_bool(v, "n", &b), RP_E_INVALID);
	RP_CHECK_FAILS(rp_json_array(v, "l", 4, &list), RP_E_LIMIT);
	RP_CHECK_FAILS(rp_json_as_i64(v, &i), RP_E_INVALID);
	RP_CHECK_FAILS(rp_json_as_text(a, v, 9, &t), RP_E_INVALID);
}

static void
refuses(void)
{
	static const char *bad[] = { "", " ", "{", "[1,]", "{\"a\":1,}",
		"{a:1}", "nul", "01", "1 2", "\"\x01\"", "\"\xff\"",
		"\"\xed\xa0\x80\"", "\"\\ud800\"", "\"\\u0000\"",
		"{\"a\":1,\"a\":2}", "{\"a\\u0000\":1}", "[1}", "\"",
		"9223372036854775808", "1e999", "NaN", "\xef\xbb\xbf{}",
		"// x\n1", "'a'" };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	const struct rp_json *v;
	uint8_t *big = rp_alloc(a, RP_JSON_MAX + 1);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_json_parse(a, z(bad[i]), &v), RP_E_INVALID);
	memset(big, '[', RP_JSON_MAX + 1);
	RP_CHECK_FAILS(rp_json_parse(a, (rp_bytes){ big, RP_JSON_MAX + 1 }, &v),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_json_parse(a, (rp_bytes){ big, RP_JSON_MAX }, &v),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_json_parse(a,
			   (rp_bytes){ big, RP_JSON_DEPTH_MAX + 1 }, &v),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_json_parse(a, (rp_bytes){ big, RP_JSON_DEPTH_MAX },
			   &v),
	    RP_E_INVALID);
	for (size_t i = 1; i < RP_JSON_VALUES_MAX * 2 + 2; i++)
		big[i] = (uint8_t) "1,"[i % 2];
	big[RP_JSON_VALUES_MAX * 2 + 2] = ']';
	RP_CHECK_FAILS(rp_json_parse(a,
			   (rp_bytes){ big, RP_JSON_VALUES_MAX * 2 + 3 }, &v),
	    RP_E_LIMIT);
}

RP_CHECK_MAIN({ "writes", writes }, { "reads", reads }, { "refuses", refuses })
