#include "text/words.h"

#include "base/check.h"
#include "text/input.h"

/* The pieces with bars between them; words with a star. */
static rp_text
show(struct rp_arena *a, struct rp_words *w, enum rp_break kind, rp_text t)
{
	rp_text out = RP_TEXT("");
	struct rp_segment *s;
	size_t n, at = 0;

	s = rp_words_split(w, a, kind, t, &n);
	for (size_t i = 0; i < n; i++) {
		RP_CHECK(s[i].from == at && s[i].to > at);
		at = s[i].to;
		out = rp_textf(a, "%.*s%s%.*s%s", RP_FMT(out), i > 0 ? "|" : "",
		    RP_FMT(rp_text_sub(t, s[i].from, s[i].to)),
		    s[i].is_word ? "*" : "");
	}
	RP_CHECK(at == t.n);
	return out;
}

static void
splitting(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_words_freep) struct rp_words *w = rp_words_new();
	static const struct {
		enum rp_break kind;
		const char *in, *out;
	} rows[] = {
		{ RP_BREAK_WORD, "", "" },
		{ RP_BREAK_WORD, "It's 3.14, ok?", "It's*| |3.14*|,| |ok*|?" },
		{ RP_BREAK_WORD, "中国政府认为", "中国*|政府*|认为*" },
		{ RP_BREAK_WORD, "ภาษาไทย", "ภาษา*|ไทย*" },
		{ RP_BREAK_WORD, "والإنترنت مفتوحة", "والإنترنت*| |مفتوحة*" },
		{ RP_BREAK_CHARACTER,
		    "e\xcc\x81"
		    "x👩‍👧",
		    "e\xcc\x81|x|👩‍👧" },
		{ RP_BREAK_SENTENCE, "One. Two! 三。四",
		    "One. |Two! |三。|四" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(show(a, w, rows[i].kind, rp_text_z(rows[i].in)),
		    rp_text_z(rows[i].out));
}

static int64_t
count_by_split(struct rp_arena *a, struct rp_words *w, rp_text t)
{
	int64_t words = 0;
	size_t n;
	struct rp_segment *s = rp_words_split(w, a, RP_BREAK_WORD, t, &n);

	for (size_t i = 0; i < n; i++)
		words += s[i].is_word;
	return words;
}

static void
check_list(struct rp_arena *a, struct rp_words *w, rp_text t)
{
	size_t n, k, at = 0;
	struct rp_segment *all = rp_words_split(w, a, RP_BREAK_WORD, t, &n);
	struct rp_segment *words = rp_words_list(w, a, t, &k);

	for (size_t i = 0; i < n; i++) {
		if (!all[i].is_word)
			continue;
		RP_CHECK(at < k && words[at].from == all[i].from &&
			 words[at].to == all[i].to && words[at].is_word);
		at++;
	}
	RP_CHECK(at == k);
}

/* The fast count equals ICU's, over all short texts of telling characters. */
static void
counting(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 28);
	RP_AUTO(rp_words_freep) struct rp_words *w = rp_words_new();
	static const char *const pieces[] = { "a", "B", "1", "_", "'", ".", ",",
		":", ";", "-", " ", "\n", "\xc3\xa9", "\xe4\xb8\xad",
		"\xcc\x81", "\"", "@" };
	enum { N = sizeof(pieces) / sizeof(pieces[0]) };

	RP_CHECK(rp_words_count(w, RP_TEXT("")) == 0);
	RP_CHECK(rp_words_count(w, (rp_text){ 0 }) == 0);
	RP_CHECK(rp_words_count(w, RP_TEXT("IPv6 for all, in 2026.")) == 5);
	RP_CHECK(rp_words_count(w, RP_TEXT("caf\xc3\xa9 au lait")) == 3);
	for (int i = 0; i < N * N * N * N; i++) {
		rp_text t =
		    rp_textf(a, "%s%s%s%s", pieces[i % N], pieces[i / N % N],
			pieces[i / N / N % N], pieces[i / N / N / N]);

		if (rp_words_count(w, t) != count_by_split(a, w, t))
			printf("# \"%.*s\" %d %d\n", RP_FMT(t),
			    (int)rp_words_count(w, t),
			    (int)count_by_split(a, w, t));
		RP_CHECK(rp_words_count(w, t) == count_by_split(a, w, t));
		check_list(a, w, t);
		if (i % 1000 == 0)
			rp_arena_reset(a);
	}
}

static void
excerpts(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_words_freep) struct rp_words *w = rp_words_new();
	static const struct {
		const char *in;
		size_t max;
		const char *out;
	} rows[] = {
		{ "", 5, "" },
		{ "short", 5, "short" },
		{ "two  \n\n lines ", 20, "two lines" },
		{ "the quick brown fox", 19, "the quick brown fox" },
		{ "the quick brown fox", 18, "the quick brown…" },
		{ "the quick brown fox", 11, "the quick…" },
		{ "the quick brown fox", 10, "the quick…" },
		{ "the quick brown fox", 9, "the…" },
		{ "incomprehensible", 6, "incom…" },
		{ "e\xcc\x81"
		  "e\xcc\x81"
		  "e\xcc\x81",
		    4, "e\xcc\x81…" },
		{ "多语种互联网治理", 5, "多语种互…" },
		{ "ab", 1, "…" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_text got =
		    rp_words_excerpt(w, a, rp_text_z(rows[i].in), rows[i].max);

		RP_CHECK_TEXT(got, rp_text_z(rows[i].out));
		RP_CHECK(rp_text_code_points(got) <= rows[i].max);
	}
}

RP_CHECK_MAIN({ "splitting", splitting }, { "counting", counting },
    { "excerpts", excerpts })
