#include "text/stem.h"

#include <libstemmer.h>
#include <unicode/unorm2.h>

#include "base/err.h"
#include "text/fold_private.h"
#include "text/input.h"
#include "text/lang.h"

#define STEM_MEMORY ((size_t)256 * 1024 * 1024)

/* Primary subtags that Snowball knows under another name than the tag. */
static const struct {
	rp_text tag;
	const char *name;
} known[] = {
	{ RP_TEXT_INIT("ar"), "arabic" },
	{ RP_TEXT_INIT("ca"), "catalan" },
	{ RP_TEXT_INIT("da"), "danish" },
	{ RP_TEXT_INIT("de"), "german" },
	{ RP_TEXT_INIT("el"), "greek" },
	{ RP_TEXT_INIT("en"), "english" },
	{ RP_TEXT_INIT("es"), "spanish" },
	{ RP_TEXT_INIT("eu"), "basque" },
	{ RP_TEXT_INIT("fi"), "finnish" },
	{ RP_TEXT_INIT("fr"), "french" },
	{ RP_TEXT_INIT("ga"), "irish" },
	{ RP_TEXT_INIT("hi"), "hindi" },
	{ RP_TEXT_INIT("hu"), "hungarian" },
	{ RP_TEXT_INIT("hy"), "armenian" },
	{ RP_TEXT_INIT("id"), "indonesian" },
	{ RP_TEXT_INIT("it"), "italian" },
	{ RP_TEXT_INIT("lt"), "lithuanian" },
	{ RP_TEXT_INIT("nb"), "norwegian" },
	{ RP_TEXT_INIT("ne"), "nepali" },
	{ RP_TEXT_INIT("nl"), "dutch" },
	{ RP_TEXT_INIT("nn"), "norwegian" },
	{ RP_TEXT_INIT("no"), "norwegian" },
	{ RP_TEXT_INIT("pt"), "portuguese" },
	{ RP_TEXT_INIT("ro"), "romanian" },
	{ RP_TEXT_INIT("ru"), "russian" },
	{ RP_TEXT_INIT("sr"), "serbian" },
	{ RP_TEXT_INIT("sv"), "swedish" },
	{ RP_TEXT_INIT("ta"), "tamil" },
	{ RP_TEXT_INIT("tr"), "turkish" },
	{ RP_TEXT_INIT("yi"), "yiddish" },
};
#define KNOWN (sizeof(known) / sizeof(known[0]))

struct rp_stemmer {
	struct rp_arena *arena, *scratch;
	struct sb_stemmer *open[KNOWN];
	bool tried[KNOWN];
};

struct rp_stemmer *
rp_stemmer_new(void)
{
	struct rp_arena *a = rp_arena_new(STEM_MEMORY);
	struct rp_stemmer *s = rp_new(a, struct rp_stemmer);

	s->arena = a;
	s->scratch = rp_arena_new(STEM_MEMORY);
	return s;
}

void
rp_stemmer_free(struct rp_stemmer *s)
{
	if (s == NULL)
		return;
	rp_arena_free(s->scratch);
	rp_arena_free(s->arena);
}

void
rp_stemmer_freep(struct rp_stemmer **s)
{
	rp_stemmer_free(*s);
}

static void
close_stemmer(void *p)
{
	sb_stemmer_delete(p);
}

/* NULL: no stemmer for this language, or not in this version of Snowball. */
static struct sb_stemmer *
stemmer_of(struct rp_stemmer *s, rp_text lang)
{
	size_t i = 0;

	while (i < KNOWN && !rp_lang_tag_same_primary(lang, known[i].tag))
		i++;
	if (i == KNOWN)
		return NULL;
	if (!s->tried[i]) {
		s->tried[i] = true;
		s->open[i] = sb_stemmer_new(known[i].name, "UTF_8");
		if (s->open[i] != NULL)
			rp_arena_defer(s->arena, close_stemmer, s->open[i]);
	}
	return s->open[i];
}

static rp_text
lower_ascii(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		p[i] = t.p[i] >= 'A' && t.p[i] <= 'Z' ?
			   (char)(t.p[i] - 'A' + 'a') :
			   t.p[i];
	return (rp_text){ p, t.n };
}

static rp_text
casefold(struct rp_arena *a, rp_text t)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *cf = unorm2_getNFKCCasefoldInstance(&status);
	struct rp_utf16 u = rp_utf16_from(a, t), out;
	int32_t cap = u.n * 2 + 64;

	for (;;) {
		out.p = rp_new_n(a, UChar, (size_t)cap + 1);
		out.n = unorm2_normalize(cf, u.p, u.n, out.p, cap, &status);
		if (status != U_BUFFER_OVERFLOW_ERROR)
			break;
		cap = out.n;
		status = U_ZERO_ERROR;
	}
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, out.p, out.n);
}

static rp_text
without_accents(struct rp_arena *a, rp_text t)
{
	struct rp_utf16 u = rp_fold(a, rp_utf16_from(a, t));

	return rp_utf16_text(a, u.p, u.n);
}

static bool
has_digit(rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] >= '0' && t.p[i] <= '9')
			return true;
	return false;
}

/* English possessives are no stems of their own: "user's", "users'". */
static rp_text
plain_apostrophe(struct rp_arena *a, rp_text t)
{
	static const rp_text curly = RP_TEXT_INIT("\xe2\x80\x99");
	char *p = rp_alloc(a, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.n - i >= curly.n &&
		    memcmp(t.p + i, curly.p, curly.n) == 0) {
			p[n++] = '\'';
			i += curly.n - 1;
		} else {
			p[n++] = t.p[i];
		}
	}
	return (rp_text){ p, n };
}

/* Snowball knows -ción and -sión by the accents that people leave out. */
static rp_text
spanish_accent(struct rp_arena *a, rp_text t, rp_text lang)
{
	rp_text end = rp_text_sub(t, t.n > 4 ? t.n - 4 : 0, t.n);

	if (!rp_lang_tag_same_primary(lang, RP_TEXT("es")) ||
	    (!rp_text_eq(end, RP_TEXT("cion")) &&
		!rp_text_eq(end, RP_TEXT("sion"))))
		return t;
	return rp_textf(a, "%.*s\xc3\xb3n", (int)(t.n - 2), t.p);
}

rp_text
rp_stem(struct rp_stemmer *s, struct rp_arena *a, rp_text word, rp_text lang)
{
	struct sb_stemmer *by = stemmer_of(s, lang);
	bool ascii = rp_text_is_ascii(word);
	rp_text t;
	size_t article;

	rp_arena_reset(s->scratch);
	t = ascii ? lower_ascii(s->scratch, word) : casefold(s->scratch, word);
	if (!ascii)
		t = plain_apostrophe(s->scratch, t);
	if (by != NULL && !has_digit(t) &&
	    rp_text_code_points(t) >= RP_STEM_FROM) {
		const sb_symbol *got;

		t = spanish_accent(s->scratch, t, lang);
		got = sb_stemmer_stem(by, (const sb_symbol *)t.p, (int)t.n);
		RP_ASSERT(got != NULL);
		if (sb_stemmer_length(by) > 0)
			t = rp_text_dup(s->scratch,
			    (rp_text){ (const char *)got,
				(size_t)sb_stemmer_length(by) });
	}
	if (!ascii)
		t = without_accents(s->scratch, t);
	article = ascii ? 0 : rp_fold_article(t);
	return rp_text_dup(a, rp_text_sub(t, article, t.n));
}
