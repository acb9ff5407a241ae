#include "exchange/consolidated_json.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "redline/compare.h"
#include "redline/sample.h"
#include "text/words.h"

static const char base[] = "resolves\n"
			   "1\tto print the programme in May\n"
			   "2\tto send the programme in June\n";
static const char first[] = "resolves\n"
			    "1\tto print the programme in July\n"
			    "1bis\tto read all of it aloud before\n"
			    "2\tto send the programme in June\n";
static const char second[] = "resolves\n"
			     "1\tto print the programme in August\n"
			     "2\tto send the programme in June\n";

static void
expect(const struct rp_json *o, const char *name, const char *text)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 16);
	rp_text got;

	RP_CHECK_OK(rp_json_text(a, o, name, 1000, &got));
	RP_CHECK_TEXT(got, rp_text_z(text));
}

static void
says_who_wants_what(void)
{
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_words *words = rp_words_new();
	struct rp_document *d =
	    rp_sample_document(a, rp_text_z(base), RP_LABEL_AUTO);
	struct rp_amendment amendments[2] = { { .party = RP_TEXT("A \"x\"") },
		{ .party = RP_TEXT("B") } };
	const char *const texts[] = { first, second };
	struct rp_consolidated *c;
	const struct rp_json *v, *changes, *change, *choices;
	struct rp_script *s;
	struct rp_sink sink;
	struct rp_buf b;
	int64_t n;

	for (size_t i = 0; i < 2; i++) {
		RP_CHECK_OK(rp_redline_compare(a, words, d,
		    rp_sample_document(a, rp_text_z(texts[i]), RP_LABEL_AUTO),
		    &s));
		amendments[i].script = s;
	}
	RP_CHECK_OK(rp_redline_merge(a, d, amendments, 2, &c));
	rp_buf_init(&b, a, 1 << 20);
	rp_sink_to_buf(&sink, a, &b);
	rp_consolidated_json_write(a, c, (const uint32_t[]){ 0, 2 }, &sink);
	RP_CHECK_OK(rp_sink_flush(&sink));
	RP_CHECK_OK(rp_json_parse(a, (rp_bytes){ b.p, b.n }, &v));
	RP_CHECK(rp_json_n(rp_json_find(v, "left_out")) == 2);
	RP_CHECK_OK(
	    rp_json_as_i64(rp_json_at(rp_json_find(v, "left_out"), 1), &n));
	RP_CHECK(n == 2);
	RP_CHECK(rp_json_n(rp_json_find(v, "provisions")) == 3);
	changes = rp_json_find(v, "changes");
	RP_CHECK(rp_json_n(changes) == 2);
	change = rp_json_at(changes, 0);
	expect(change, "place", "range");
	expect(change, "base", "May");
	expect(change, "decided", "open");
	choices = rp_json_find(change, "choices");
	RP_CHECK(rp_json_n(choices) == 2);
	expect(rp_json_at(choices, 0), "text", "July");
	expect(rp_json_at(choices, 1), "text", "August");
	change = rp_json_at(changes, 1);
	expect(change, "place", "slot");
	RP_CHECK_OK(rp_json_i64(change, "at", &n));
	RP_CHECK(n == 2);
	choices = rp_json_find(change, "choices");
	expect(rp_json_at(rp_json_find(rp_json_at(choices, 0), "blocks"), 0),
	    "label", "1bis");
	RP_CHECK_OK(rp_json_i64(rp_json_find(v, "summary"), "brackets", &n));
	RP_CHECK(n == 1);
	rp_words_free(words);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "says who wants what", says_who_wants_what })
