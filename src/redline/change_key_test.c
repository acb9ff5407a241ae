#include "redline/change_key.h"

#include "base/check.h"
#include "redline/compare.h"
#include "redline/sample.h"
#include "text/words.h"

#define BASE "to report on trade to the council each year without delay\n"
#define WRITE "to write on trade to the council each year without delay\n"
#define SPEAK "to speak on trade to the council each year without delay\n"
#define SINGS "to sing on trade to the council each year without delay\n"

struct desk {
	struct rp_arena *arena;
	struct rp_words *words;
};

static void
close_desk(struct desk *d)
{
	rp_words_free(d->words);
	rp_arena_free(d->arena);
}

/* Texts of parties in this order; the last one only objects, if it says so. */
static struct rp_consolidated *
merged(struct desk *d, const char *const *texts, size_t n, bool objects)
{
	static const char *const names[] = { "A", "B", "C", "D" };
	static const uint32_t first = 0;
	struct rp_amendment *all = rp_new_n(d->arena, struct rp_amendment, n);
	struct rp_document *base =
	    rp_sample_document(d->arena, RP_TEXT(BASE), RP_LABEL_AUTO);
	struct rp_consolidated *c;

	for (size_t i = 0; i < n; i++) {
		struct rp_script *s;

		RP_CHECK_OK(rp_redline_compare(d->arena, d->words, base,
		    rp_sample_document(d->arena, rp_text_z(texts[i]),
			RP_LABEL_AUTO),
		    &s));
		all[i] =
		    (struct rp_amendment){ rp_text_z(names[i]), s, NULL, 0 };
	}
	if (objects) {
		all[n - 1].noc = &first;
		all[n - 1].n_noc = 1;
	}
	RP_CHECK_OK(rp_redline_merge(d->arena, base, all, n, &c));
	RP_CHECK(c->changes.n == 1);
	return c;
}

static void
the_same_question_has_the_same_key(void)
{
	static const char *const two[] = { WRITE, SPEAK };
	static const char *const other_way[] = { SPEAK, WRITE, WRITE };
	static const char *const more[] = { WRITE, SPEAK, SINGS };
	static const char *const silent[] = { WRITE, SPEAK, BASE };
	RP_AUTO(close_desk)
	struct desk d = { rp_arena_new(1 << 26), rp_words_new() };
	struct rp_consolidated *c = merged(&d, two, 2, false);
	rp_text key = rp_change_key(d.arena, c, 0);
	int32_t choice;

	RP_CHECK(key.n == RP_CHANGE_KEY_SIZE);
	RP_CHECK_TEXT(rp_change_key(d.arena, merged(&d, other_way, 3, false),
			  0),
	    key);
	RP_CHECK(
	    !rp_text_eq(rp_change_key(d.arena, merged(&d, more, 3, false), 0),
		key));
	/* Who objects is part of it; who says nothing is not. */
	RP_CHECK_TEXT(rp_change_key(d.arena, merged(&d, silent, 3, false), 0),
	    key);
	RP_CHECK(
	    !rp_text_eq(rp_change_key(d.arena, merged(&d, silent, 3, true), 0),
		key));
	/* A compromise is an answer, and no part of the question. */
	RP_CHECK_OK(rp_merge_propose(d.arena, c, 0, RP_TEXT("note"), &choice));
	RP_CHECK(choice == 2);
	RP_CHECK_TEXT(rp_change_key(d.arena, c, 0), key);
}

static void
choices_are_told_apart(void)
{
	static const char *const two[] = { WRITE, SPEAK };
	static const char *const other_way[] = { SPEAK, WRITE };
	RP_AUTO(close_desk)
	struct desk d = { rp_arena_new(1 << 26), rp_words_new() };
	struct rp_merge_change *x = &merged(&d, two, 2, false)->changes.v[0];
	struct rp_merge_change *y =
	    &merged(&d, other_way, 2, false)->changes.v[0];
	rp_text key = rp_choice_key(d.arena, &x->choices.v[0]);

	RP_CHECK_TEXT(rp_choice_key(d.arena, &y->choices.v[1]), key);
	RP_CHECK(!rp_text_eq(rp_choice_key(d.arena, &x->choices.v[1]), key));
}

RP_CHECK_MAIN({ "the same question has the same key",
		  the_same_question_has_the_same_key },
    { "choices are told apart", choices_are_told_apart })
