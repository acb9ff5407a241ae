#include "text/question_lint.h"

#include <string.h>

#include "text/folded.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/words.h"

#define WORDS_MAX 24

/* What a question begins with, or has in it, that expects an answer. */
static const char *const leading[RP_LANG_COUNT][WORDS_MAX] = {
	[RP_LANG_EN] = { "don't you", "do you agree", "do you not", "isn't it",
	    "aren't", "wouldn't you", "shouldn't", "should we not", "surely",
	    "obviously", "of course", "it is clear that", "everybody knows",
	    "everyone knows", "why should", NULL },
	[RP_LANG_FR] = { "n'est-ce pas", "ne pensez-vous pas", "ne faut-il pas",
	    "êtes-vous d'accord", "bien entendu", "évidemment",
	    "il est clair que", "ne devrait-on pas", "ne convient-il pas",
	    "ne faudrait-il pas", "chacun sait", "il va de soi", NULL },
	[RP_LANG_ES] = { "no cree", "no creen", "no le parece",
	    "está de acuerdo", "están de acuerdo", "no debería", "no deberían",
	    "evidentemente", "por supuesto", "es evidente que", "es obvio que",
	    "no es cierto", NULL },
	[RP_LANG_RU] = { "не считаете ли", "согласны ли", "не правда ли",
	    "разве", "неужели", "очевидно", "не следует ли", "не должны ли",
	    "конечно", "само собой", "всем известно", NULL },
	[RP_LANG_ZH] = { "难道", "是否同意", "不是吗", "您同意", "你同意",
	    "不应该", "显然", "岂不", "众所周知", "当然", NULL },
	[RP_LANG_AR] = { "ألا تعتقد", "ألا تعتقدون", "ألا ترى", "ألا ترون",
	    "هل توافق", "هل توافقون", "أليس", "أليست", "ألا ينبغي", "من الواضح",
	    "بالطبع", "كما يعلم الجميع", NULL },
};

/* Where a second question begins. */
static const char *const joined[RP_LANG_COUNT][WORDS_MAX] = {
	[RP_LANG_EN] = { "and how", "and what", "and why", "and who",
	    "and which", "and when", "and where", "and if so", "and should",
	    "and is", "and are", "and do", "and does", "and can", "or how",
	    "as well as how", "as well as what", NULL },
	[RP_LANG_FR] = { "et comment", "et pourquoi", "et quel", "et quels",
	    "et quelle", "et quelles", "et qui", "et où", "et quand",
	    "et dans quelle mesure", "et si oui", "et faut-il",
	    "ainsi que comment", NULL },
	[RP_LANG_ES] = { "y cómo", "y qué", "y por qué", "y cuál", "y cuáles",
	    "y quién", "y quiénes", "y dónde", "y cuándo", "y en qué medida",
	    "y de ser así", "y debería", NULL },
	[RP_LANG_RU] = { "и как", "и что", "и почему", "и кто", "и какие",
	    "и какой", "и какая", "и каким", "и какова", "и где", "и когда",
	    "и следует ли", "и в какой мере", NULL },
	[RP_LANG_ZH] = { "以及如何", "以及哪些", "以及什么", "以及为什么",
	    "并且如何", "并如何", "和如何", "以及是否", "又如何", "以及谁",
	    NULL },
	[RP_LANG_AR] = { "وكيف", "وما هي", "وما هو", "ولماذا", "ومن الذي",
	    "وأين", "وهل", "ومتى", "وإلى أي مدى", "وأي", NULL },
};

/* To be filled in: in every list, whatever the language. */
static const char *const gaps[] = { "tbd", "tbc", "todo", "xx", "xxx",
	"à compléter", "à préciser", "por definir", "por completar",
	"уточняется", "подлежит уточнению", "待定", "待补充", "يحدد لاحقا",
	"يستكمل لاحقا", NULL };

/* A text's folded words, with a space before and behind each. */
static rp_text
folded(struct rp_arena *a, struct rp_folder *f, rp_text t)
{
	struct rp_folded w = rp_fold_words(f, t);

	return rp_textf(a, " %.*s", (int)w.n, w.p);
}

static bool
has(rp_text words, rp_text some)
{
	return some.n > 1 && memmem(words.p, words.n, some.p, some.n) != NULL;
}

/* Any of the list, as whole words. */
static bool
has_any(struct rp_arena *a, struct rp_folder *f, rp_text words,
    const char *const *list)
{
	for (; *list != NULL; list++)
		if (has(words, folded(a, f, rp_text_z(*list))))
			return true;
	return false;
}

static size_t
count(rp_text t, const char *mark)
{
	size_t n = 0, size = strlen(mark);

	for (size_t i = 0; i + size <= t.n; i++)
		n += memcmp(t.p + i, mark, size) == 0;
	return n;
}

static size_t
marks(rp_text t)
{
	return count(t, "?") + count(t, "？") + count(t, "؟");
}

static bool
has_gap(struct rp_arena *a, struct rp_folder *f, rp_text t, rp_text words)
{
	static const char *const signs[] = { "[", "]", "{", "}", "__", "...",
		"…", "<", NULL };

	for (const char *const *s = signs; *s != NULL; s++)
		if (count(t, *s) > 0)
			return true;
	return has_any(a, f, words, gaps);
}

static unsigned
of_one(struct rp_arena *a, struct rp_words *w, struct rp_folder *f,
    rp_text lang, rp_text t, rp_text words)
{
	int64_t n = rp_words_count(w, t);
	unsigned found = 0;
	enum rp_lang l;

	if (n > RP_QUESTION_WORDS_MAX)
		found |= RP_QUESTION_LONG;
	if (n < RP_QUESTION_WORDS_MIN)
		found |= RP_QUESTION_SHORT;
	if (marks(t) == 0)
		found |= RP_QUESTION_NO_MARK;
	if (marks(t) > 1)
		found |= RP_QUESTION_DOUBLE;
	if (has_gap(a, f, t, words))
		found |= RP_QUESTION_PLACEHOLDER;
	if (!rp_lang_find(lang, &l))
		return found;
	if (has_any(a, f, words, leading[l]))
		found |= RP_QUESTION_LEADING;
	if (has_any(a, f, words, joined[l]))
		found |= RP_QUESTION_DOUBLE;
	return found;
}

void
rp_question_lint(struct rp_arena *a, struct rp_words *w, rp_text lang,
    const rp_text *t, size_t n, unsigned *out)
{
	RP_AUTO(rp_folder_freep) struct rp_folder *f = rp_folder_new();
	rp_text *words = rp_new_n(a, rp_text, n + 1);

	for (size_t i = 0; i < n; i++) {
		out[i] = 0;
		words[i] = RP_TEXT("");
		if (rp_text_blank(t[i]))
			continue;
		words[i] = folded(a, f, t[i]);
		out[i] = of_one(a, w, f, lang, t[i], words[i]);
		for (size_t k = 0; k < i; k++)
			if (words[k].n > 1 && rp_text_eq(words[k], words[i]))
				out[i] |= RP_QUESTION_REPEATED;
	}
}
