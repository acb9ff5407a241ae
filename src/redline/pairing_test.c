#include "redline/pairing.h"

#include "base/check.h"
#include "redline/sample.h"
#include "text/words.h"

static struct rp_pairing
paired(struct rp_arena *a, const char *old, const char *now)
{
	struct rp_words *w = rp_words_new();
	struct rp_proses *p = rp_proses_new(a, w);
	struct rp_pairing pair = { 0 };

	rp_proses_side(p, rp_sample_document(a, rp_text_z(old), RP_LABEL_TYPED),
	    &pair.old);
	rp_proses_side(p, rp_sample_document(a, rp_text_z(now), RP_LABEL_TYPED),
	    &pair.now);
	rp_proses_weigh(p, &pair.old, &pair.now);
	rp_pair(a, p, &pair);
	rp_words_free(w);
	return pair;
}

/* A short line goes with the run that it stands in. */
static void
a_run_moves_as_one(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_pairing p = paired(a,
	    "noting\nthe first long line of the moved part\nthe second long "
	    "line is another one\nhere begins what stays in its place for "
	    "ever\nand there is so much of it that it is heavier\nnobody would "
	    "want to see it marked as moved\n",
	    "here begins what stays in its place for ever\nand there is so "
	    "much of it that it is heavier\nnobody would want to see it marked "
	    "as moved\nnoting\nthe first long line of the moved part\nthe "
	    "second long line is another one\n");

	for (uint32_t j = 0; j < 6; j++) {
		RP_CHECK(p.old_of[j] == (j + 3) % 6);
		RP_CHECK(p.moved[j] == (j >= 3));
	}
	rp_arena_free(a);
}

/* Moved and edited, although something like it stands in its old place. */
static void
a_better_pair_elsewhere_is_taken(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_pairing p = paired(a,
	    "to report on the quality of water in rivers each year\nto keep a "
	    "list of all who take part\nto hold meetings in two places at "
	    "once\n",
	    "to report on the number of people in towns each year\nto keep a "
	    "list of all who take part\nto hold meetings in two places at "
	    "once\nto report on the quality of water in many rivers each "
	    "year\n");

	RP_CHECK(p.now_of[0] == 3 && p.moved[3]);
	RP_CHECK(p.old_of[0] == RP_NO_PAIR);
	rp_arena_free(a);
}

static void
three_pieces_of_one(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_pairing p = paired(a,
	    "the members shall pay what they owe in spring, the office shall "
	    "write to those who are late, and the council shall hear of it in "
	    "autumn\nthis is the last line\n",
	    "the members shall pay what they owe in spring\nthe office shall "
	    "write to those who are late\nthe council shall hear of it in "
	    "autumn\nthis is the last line\n");

	RP_CHECK(p.now_of[0] == 0 && p.split_of[1] == 0 && p.split_of[2] == 0);
	RP_CHECK(p.now_of[1] == 3);
	rp_arena_free(a);
}

/* The words of the new line are all in the old one, but not in its order. */
static void
a_bag_of_words_is_no_piece(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_pairing p =
	    paired(a, "red green blue black white brown pink grey gold\n",
		"red green blue black white\ngold grey pink brown\n");

	RP_CHECK(p.now_of[0] == 0 && p.split_of[1] == RP_NO_PAIR);
	rp_arena_free(a);
}

/* Half of it went: hardly similar, but there is nothing else it could be. */
static void
what_is_alone_between_two_pairs_was_rewritten(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_pairing p = paired(a,
	    "the first line stays as it is\nthe rules of procedure adopted in "
	    "Geneva by the former assembly in 1994 with all their annexes, "
	    "lists and later corrections apply\nthe last line stays too\n",
	    "the first line stays as it is\nthe rules of procedure "
	    "apply\nthe last line stays too\n");

	RP_CHECK(p.now_of[1] == 1 && !p.moved[1]);
	p = paired(a,
	    "the first line stays as it is\nrules of procedure apply\nthe "
	    "last line stays too\n",
	    "the first line stays as it is\nsomething else is said "
	    "here\nthe last line stays too\n");
	RP_CHECK(p.now_of[1] == RP_NO_PAIR);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "a run moves as one", a_run_moves_as_one },
    { "a better pair elsewhere is taken", a_better_pair_elsewhere_is_taken },
    { "what is alone between two pairs was rewritten",
	what_is_alone_between_two_pairs_was_rewritten },
    { "three pieces of one", three_pieces_of_one },
    { "a bag of words is no piece", a_bag_of_words_is_no_piece })
