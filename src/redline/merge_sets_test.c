#include "redline/merge_sets.h"

#include "base/check.h"
#include "redline/compare.h"
#include "redline/sample.h"
#include "text/words.h"

#define BASE                                                        \
	"1\tthe council shall report on trade to the members\n"     \
	"2\tthe bureau shall publish the minutes of all meetings\n" \
	"3\tthe members shall inform the public of their decisions\n"

struct desk {
	struct rp_arena *arena;
	struct rp_words *words;
	struct rp_document *base;
	struct rp_amendment amendments[4];
	size_t n;
};

static void
open_desk(struct desk *d)
{
	*d = (struct desk){ .arena = rp_arena_new((size_t)1 << 28),
		.words = rp_words_new() };
	d->base = rp_sample_document(d->arena, rp_text_z(BASE), RP_LABEL_AUTO);
}

static void
submit(struct desk *d, const char *party, const char *text)
{
	struct rp_script *s;

	RP_CHECK_OK(rp_redline_compare(d->arena, d->words, d->base,
	    rp_sample_document(d->arena, rp_text_z(text), RP_LABEL_AUTO), &s));
	d->amendments[d->n++] =
	    (struct rp_amendment){ rp_text_z(party), s, NULL, 0 };
}

static struct rp_consolidated *
merged(struct desk *d)
{
	struct rp_consolidated *c;

	RP_CHECK_OK(
	    rp_redline_merge(d->arena, d->base, d->amendments, d->n, &c));
	RP_CHECK_OK(rp_merge_find_sets(d->arena, c));
	return c;
}

static void
close_desk(struct desk *d)
{
	rp_words_free(d->words);
	rp_arena_free(d->arena);
}

static void
one_word_in_three_places_is_one_set(void)
{
	struct rp_consolidated *c;
	struct desk d;

	open_desk(&d);
	submit(&d, "A",
	    "1\tthe council should report on trade to the members\n"
	    "2\tthe bureau should publish the minutes of all meetings\n"
	    "3\tthe members should inform the public of their plans\n");
	c = merged(&d);
	RP_CHECK(c->changes.n == 4);
	RP_CHECK(c->changes.v[0].set != 0);
	RP_CHECK(c->changes.v[1].set == c->changes.v[0].set);
	RP_CHECK(c->changes.v[2].set == c->changes.v[0].set);
	RP_CHECK(c->changes.v[3].set == 0);
	RP_CHECK(rp_merge_count_sets(d.arena, c) == 1);
	RP_CHECK_OK(rp_merge_decide(c, 1, RP_MERGE_BASE));
	RP_CHECK(c->changes.v[2].decided == RP_MERGE_BASE);
	RP_CHECK(c->changes.v[3].decided == RP_MERGE_OPEN);
	close_desk(&d);
}

/* Where another party is against it at one place, its alternative counts. */
static void
an_alternative_in_brackets_is_of_the_set(void)
{
	struct rp_consolidated *c;
	struct desk d;

	open_desk(&d);
	submit(&d, "A",
	    "1\tthe council should report on trade to the members\n"
	    "2\tthe bureau should publish the minutes of all meetings\n"
	    "3\tthe members shall inform the public of their decisions\n");
	submit(&d, "B",
	    "1\tthe council must report on trade to the members\n"
	    "2\tthe bureau shall publish the minutes of all meetings\n"
	    "3\tthe members shall inform the public of their decisions\n");
	c = merged(&d);
	RP_CHECK(c->changes.n == 2 && c->changes.v[0].bracket);
	RP_CHECK(c->changes.v[0].set != 0 &&
		 c->changes.v[0].set == c->changes.v[1].set);
	/* Taking the alternative of B leaves the other place as it was. */
	RP_CHECK_OK(rp_merge_decide(c, 0, 1));
	RP_CHECK(c->changes.v[1].decided == RP_MERGE_BASE);
	RP_CHECK_OK(rp_merge_decide(c, 0, 0));
	RP_CHECK(c->changes.v[1].decided == 0);
	close_desk(&d);
}

static void
others_and_accidents_are_by_themselves(void)
{
	struct rp_consolidated *c;
	struct desk d;

	open_desk(&d);
	/* "a" in two places, and a comma; two parties at two places. */
	submit(&d, "A",
	    "1\tthe council shall report on trade to a members\n"
	    "2\ta bureau shall publish, the minutes of all meetings\n"
	    "3\tthe members shall inform, the public of every decision\n");
	submit(&d, "B",
	    "1\tthe council shall report on every decision to the members\n"
	    "2\tthe bureau shall publish the minutes of all meetings\n"
	    "3\tthe members shall inform the public of their decisions\n");
	c = merged(&d);
	RP_CHECK(c->changes.n > 3);
	RP_CHECK(rp_merge_count_sets(d.arena, c) == 0);
	close_desk(&d);
}

static void
the_same_provision_in_two_places(void)
{
	struct rp_consolidated *c;
	struct desk d;

	open_desk(&d);
	submit(&d, "A",
	    "1\tthe council shall report on trade to the members\n"
	    "2\tnothing in it binds those who abstained\n"
	    "3\tthe bureau shall publish the minutes of all meetings\n"
	    "4\tnothing in it binds those who abstained\n"
	    "5\tthe members shall inform the public of their decisions\n");
	c = merged(&d);
	RP_CHECK(c->changes.n == 2);
	RP_CHECK(c->changes.v[0].set != 0 &&
		 c->changes.v[0].set == c->changes.v[1].set);
	close_desk(&d);
}

RP_CHECK_MAIN({ "one word in three places is one set",
		  one_word_in_three_places_is_one_set },
    { "an alternative in brackets is of the set",
	an_alternative_in_brackets_is_of_the_set },
    { "others and accidents are by themselves",
	others_and_accidents_are_by_themselves },
    { "the same provision in two places", the_same_provision_in_two_places })
