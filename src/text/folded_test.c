#include "text/folded.h"

#include "base/check.h"

static rp_text
folded(struct rp_arena *a, struct rp_folder *f, const char *z)
{
	struct rp_folded got = rp_fold_words(f, rp_text_z(z));

	return rp_text_dup(a, (rp_text){ got.p, got.n });
}

static void
words(void)
{
	RP_AUTO(rp_folder_freep) struct rp_folder *f = rp_folder_new();
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "" },
		{ " \n", "" },
		{ "We AGREE; no \xe2\x80\x9ctariffs\xe2\x80\x9d!",
		    "we agree no tariffs " },
		{ "don't", "don t " },
		{ "Éducation, élève", "education eleve " },
		{ "e\xcc\x81leve", "eleve " },
		{ "ＦＵＬＬ ﬁbre", "full fibre " },
		{ "中国 abc中", "中 国 abc 中 " },
		{ "ＩＰv６", "ipv6 " },
		{ "سَلامٌ", "سلام " },
		{ "\xc2\xab\xc2\xbb", "" },
		{ "a\xf0\x9f\x98\x80z", "a z " },
		{ "\xf0\xa0\x80\x80", "\xf0\xa0\x80\x80 " },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(folded(a, f, rows[i].in), rp_text_z(rows[i].out));
}

static void
places(void)
{
	RP_AUTO(rp_folder_freep) struct rp_folder *f = rp_folder_new();
	rp_text t = RP_TEXT("Ça, « là-bas » 中文.");
	static const char *const want[] = { "Ça", "là", "bas", "中", "文" };
	struct rp_folded got = rp_fold_words(f, t);

	RP_CHECK(got.n_words == 5 && got.n_single == 2);
	for (size_t i = 0; i < got.n_words; i++) {
		const struct rp_folded_word *w = &got.words[i];

		RP_CHECK_TEXT(rp_text_sub(t, w->from, w->to),
		    rp_text_z(want[i]));
		RP_CHECK(got.p[w->at + w->n] == ' ');
	}
}

/* One letter that becomes eighteen must not write past the room. */
static void
growth(void)
{
	RP_AUTO(rp_folder_freep) struct rp_folder *f = rp_folder_new();
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	enum { N = 1000 };
	char *p = rp_alloc(a, N * 3);
	struct rp_folded got;

	for (size_t i = 0; i < N; i++)
		memcpy(p + 3 * i, "\xef\xb7\xba", 3);
	got = rp_fold_words(f, (rp_text){ p, (size_t)N * 3 });
	RP_CHECK(got.n_words == 1 && got.words[0].n > N * 20);
	got = rp_fold_words(f, RP_TEXT("one two"));
	RP_CHECK(got.n_words == 2 && got.n == 8);
}

RP_CHECK_MAIN({ "words", words }, { "places", places }, { "growth", growth })
