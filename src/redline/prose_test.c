#include "redline/prose.h"

#include "base/check.h"
#include "redline/sample.h"
#include "text/words.h"

static void
keys_leave_out_place_and_look(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();
	struct rp_proses *p = rp_proses_new(a, w);
	const struct rp_prose *x =
	    rp_proses_of(p, RP_TEXT("The  \"Fund\" of 1,000;"));

	RP_CHECK(
	    x->key == rp_proses_of(p, RP_TEXT("the “fund” of 1,000."))->key);
	RP_CHECK(x->key != rp_proses_of(p, RP_TEXT("the fund of 1,000."))->key);
	RP_CHECK(x == rp_proses_of(p, RP_TEXT("The  \"Fund\" of 1,000;")));
	RP_CHECK(x->n_words == 4);
	RP_CHECK(rp_proses_of(p, RP_TEXT(" "))->key == 0);
	rp_words_free(w);
	rp_arena_free(a);
}

static void
rare_words_weigh_more(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();
	struct rp_proses *p = rp_proses_new(a, w);
	struct rp_side x, y;
	float rare, common;

	rp_proses_side(p,
	    rp_sample_document(a,
		RP_TEXT("the of zebra\nthe of whale\nthe of heron\n"),
		RP_LABEL_TYPED),
	    &x);
	rp_proses_side(p,
	    rp_sample_document(a, RP_TEXT("a zebra\nthe of otter\n"),
		RP_LABEL_TYPED),
	    &y);
	rp_proses_weigh(p, &x, &y);
	rare = rp_similarity(p, &x.prose[0]->bag, &y.prose[0]->bag);
	common = rp_similarity(p, &x.prose[1]->bag, &y.prose[1]->bag);
	RP_CHECK(rare > 0.3F && common > 0 && common < 0.75F);
	RP_CHECK(rp_similarity(p, &x.prose[0]->bag, &x.prose[0]->bag) > 0.99F);
	rp_words_free(w);
	rp_arena_free(a);
}

/* What the model does not know tells two blocks without text apart. */
static void
gaps_are_in_the_key(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();
	struct rp_proses *p = rp_proses_new(a, w);
	struct rp_document *d = rp_document_new(a);
	struct rp_run image[2] = { { .kind = RP_RUN_OPAQUE,
				       .raw = RP_BYTES("<a/>") },
		{ .kind = RP_RUN_OPAQUE, .raw = RP_BYTES("<b/>") } };
	struct rp_side s;

	rp_vec_push(a, &d->body.blocks,
	    ((struct rp_block){ .runs = &image[0], .n_runs = 1 }));
	rp_vec_push(a, &d->body.blocks,
	    ((struct rp_block){ .runs = &image[1], .n_runs = 1 }));
	rp_vec_push(a, &d->body.blocks, ((struct rp_block){ 0 }));
	rp_proses_side(p, d, &s);
	RP_CHECK(s.key[0] != s.key[1] && s.key[0] != s.key[2]);
	RP_CHECK(s.key[2] == 0);
	rp_words_free(w);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "keys leave out place and look",
		  keys_leave_out_place_and_look },
    { "rare words weigh more", rare_words_weigh_more },
    { "gaps are in the key", gaps_are_in_the_key })
