/* UAX 29 through text/words.h: characters, words and sentences. */
#include "text/words.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/vec.h"
#include "conformance/reader.h"

#define DIVIDE "\xc3\xb7"
#define TIMES "\xc3\x97"

struct line {
	rp_text t;
	struct RP_VEC(size_t) bounds; /* where a piece ends */
};

static uint32_t
hex(rp_text t)
{
	uint32_t v = 0;

	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		v = v * 16 + (uint32_t)(c <= '9' ? c - '0' : c - 'A' + 10);
	}
	return v;
}

/* "÷ 0020 × 0308 ÷": false for a line with a lone surrogate. */
static bool
parse(struct rp_arena *a, rp_text line, struct line *out)
{
	struct rp_buf b;

	rp_buf_init(&b, a, 1000);
	*out = (struct line){ 0 };
	for (size_t i = 0;; i++) {
		rp_text field = rp_reader_field(line, ' ', i);

		if (field.n == 0)
			break;
		if (rp_text_eq(field, RP_TEXT(TIMES)))
			continue;
		if (rp_text_eq(field, RP_TEXT(DIVIDE))) {
			if (b.n > 0)
				rp_vec_push(a, &out->bounds, b.n);
			continue;
		}
		if (hex(field) >= 0xd800 && hex(field) < 0xe000)
			return false;
		rp_buf_text(&b, rp_reader_utf8(a, hex(field)));
	}
	RP_CHECK_OK(rp_buf_done(&b, &out->t));
	return true;
}

static bool
agrees(struct rp_words *w, struct rp_arena *a, enum rp_break kind,
    const struct line *l)
{
	size_t n;
	struct rp_segment *s = rp_words_split(w, a, kind, l->t, &n);

	if (n != l->bounds.n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (s[i].to != l->bounds.v[i])
			return false;
	return true;
}

/*
 * CLDR's rules, which ICU follows, differ from UAX 29 in what they say about
 * `exception`: lines that hold it are counted apart. 0: there are none.
 */
static void
run(const char *file, enum rp_break kind, size_t least, uint32_t exception,
    size_t exceptions)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	RP_AUTO(rp_words_freep) struct rp_words *w = rp_words_new();
	rp_text rest = rp_reader_file(a, file), line;
	rp_text odd = exception ? rp_reader_utf8(a, exception) : RP_TEXT("\n");
	size_t right = 0, wrong = 0, excepted = 0;
	struct line l;

	while (rp_reader_line(&rest, &line)) {
		line = rp_text_sub(line, 0, rp_text_find(line, '#', 0));
		line = rp_text_trim(line);
		if (line.n == 0 || !parse(a, line, &l))
			continue;
		if (agrees(w, a, kind, &l)) {
			right++;
			continue;
		}
		if (exception && memmem(l.t.p, l.t.n, odd.p, odd.n) != NULL) {
			excepted++;
			continue;
		}
		wrong++;
		printf("# %.*s\n", RP_FMT(line));
	}
	printf("# %s: %zu right, %zu wrong, %zu excepted\n", file, right, wrong,
	    excepted);
	RP_CHECK(wrong == 0 && right >= least && excepted == exceptions);
}

static void
characters(void)
{
	run("unicode/GraphemeBreakTest.txt", RP_BREAK_CHARACTER, 600, 0, 0);
}

static void
words(void)
{
	/* CLDR took the colon from MidLetter: "a:b" is two words. */
	run("unicode/WordBreakTest.txt", RP_BREAK_WORD, 1500, ':', 15);
}

static void
sentences(void)
{
	run("unicode/SentenceBreakTest.txt", RP_BREAK_SENTENCE, 500, 0, 0);
}

RP_CHECK_MAIN({ "characters", characters }, { "words", words },
    { "sentences", sentences })
