/*
 * question_lint - what is weak about a question that many people shall answer.
 *
 * Findings, not errors: whoever asks decides. What can be told without knowing
 * the language is told for every language: length (in words, text/words.h), a
 * second question mark of any script, gaps to be filled in ("[…]", "XX", "__"),
 * no question mark at the end. Questions that lead ("do you agree that"), or
 * ask two things ("and how"), are found by word lists for the six official
 * languages; for other languages there are none. Comparing is by folded words
 * (text/folded.h): case, accents and punctuation do not count.
 */
#ifndef RP_TEXT_QUESTION_LINT_H
#define RP_TEXT_QUESTION_LINT_H

#include "base/str.h"

struct rp_words;

#define RP_QUESTION_WORDS_MAX 60 /* more are too many for one question */
#define RP_QUESTION_WORDS_MIN 4
#define RP_QUESTIONS_GOOD 6 /* more in one topic are answered by few */

enum rp_question_finding {
	RP_QUESTION_LONG = 1 << 0,
	RP_QUESTION_SHORT = 1 << 1,
	RP_QUESTION_DOUBLE = 1 << 2,
	RP_QUESTION_LEADING = 1 << 3,
	RP_QUESTION_PLACEHOLDER = 1 << 4,
	RP_QUESTION_NO_MARK = 1 << 5,
	RP_QUESTION_REPEATED = 1 << 6, /* asked before in the same list */
};

/*
 * The findings on t[0 .. n), which are in the language of `lang` (a BCP 47
 * tag), into out[0 .. n). Empty texts have none.
 */
void rp_question_lint(struct rp_arena *a, struct rp_words *w, rp_text lang,
    const rp_text *t, size_t n, unsigned *out);

#endif
