#include "exchange/script_json.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "redline/compare.h"
#include "redline/sample.h"
#include "text/words.h"

static rp_bytes
written(struct rp_arena *a, struct rp_words *w, rp_text old, rp_text now)
{
	struct rp_script *s;
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes out;

	RP_CHECK_OK(
	    rp_redline_compare(a, w, rp_sample_document(a, old, RP_LABEL_AUTO),
		rp_sample_document(a, now, RP_LABEL_AUTO), &s));
	rp_buf_init(&b, a, 1 << 20);
	rp_sink_to_buf(&sink, a, &b);
	rp_script_json_write(a, s, &sink);
	RP_CHECK_OK(rp_sink_flush(&sink));
	RP_CHECK_OK(rp_buf_bytes(&b, &out));
	return out;
}

static void
the_members_are_as_documented(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();
	const struct rp_json *j, *blocks, *b, *refs;
	rp_bytes out = written(a, w,
	    RP_TEXT("considering\na)\tthe sea and the air[^1]\nb)\tthe whole "
		    "of the land\nresolves\n1\tto keep considering b) in "
		    "mind\n[^1]: See there\n"),
	    RP_TEXT("considering\na)\ta new and other thing\nb)\tthe sea and "
		    "the wind[^1]\nc)\tthe whole of the land\nresolves\n1\tto "
		    "keep considering c) in mind\n[^1]: See here\n"));
	int64_t n;

	RP_CHECK_OK(rp_json_parse(a, out, &j));
	RP_CHECK_OK(rp_json_i64(j, "version", &n));
	RP_CHECK(n == 1);
	RP_CHECK_OK(rp_json_array(j, "blocks", 100, &blocks));
	RP_CHECK(rp_json_n(blocks) == 6);
	b = rp_json_at(blocks, 2);
	RP_CHECK_TEXT(((rp_text){
			  (const char *)rp_json_octets(rp_json_find(b, "class"))
			      .p,
			  3 }),
	    RP_TEXT("MOD"));
	RP_CHECK_OK(rp_json_i64(b, "old", &n));
	RP_CHECK(n == 1);
	RP_CHECK(rp_json_n(rp_json_find(b, "notes")) == 1);
	b = rp_json_at(blocks, 1);
	RP_CHECK(rp_json_kind(rp_json_find(b, "old")) == RP_JSON_NULL);
	RP_CHECK(rp_json_kind(rp_json_find(b, "old_label")) == RP_JSON_NULL);
	RP_CHECK_OK(rp_json_array(j, "references", 10, &refs));
	RP_CHECK(rp_json_n(refs) == 1);
	RP_CHECK(memmem(out.p, out.n, "\"state\":\"updated\"", 17) != NULL);
	RP_CHECK(memmem(out.p, out.n, "\"consequential\":true", 20) != NULL);
	RP_CHECK_OK(rp_json_i64(rp_json_find(j, "summary"), "renumbered", &n));
	RP_CHECK(n == 2);
	rp_words_free(w);
	rp_arena_free(a);
}

RP_CHECK_MAIN(
    { "the members are as documented", the_members_are_as_documented })
