#include "redline/merge.h"

#include "base/check.h"
#include "redline/compare.h"
#include "redline/merge_cases.h"
#include "redline/sample.h"
#include "text/words.h"

struct desk {
	struct rp_arena *arena;
	struct rp_words *words;
	struct rp_document *base;
	struct rp_amendment amendments[8];
	size_t n;
};

static void
open_desk(struct desk *d, const char *base)
{
	*d = (struct desk){ .arena = rp_arena_new((size_t)1 << 28),
		.words = rp_words_new() };
	d->base = rp_sample_document(d->arena, rp_text_z(base), RP_LABEL_AUTO);
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
	return c;
}

static void
close_desk(struct desk *d)
{
	rp_words_free(d->words);
	rp_arena_free(d->arena);
}

#define BASE "to report on trade to the council each year without delay\n"

static void
what_does_not_touch_is_taken(void)
{
	struct rp_consolidated *c;
	struct desk d;

	open_desk(&d, BASE);
	submit(&d, "A",
	    "to write on trade to the council each year without "
	    "delay\n");
	submit(&d, "B",
	    "to report on trade to the council each month without delay\n");
	submit(&d, "C",
	    "to write on trade to the council each year without "
	    "delay\n");
	c = merged(&d);
	RP_CHECK(c->changes.n == 2 && !c->changes.v[0].bracket);
	RP_CHECK(c->changes.v[0].choices.v[0].parties == 5);
	RP_CHECK_TEXT(rp_merge_text(d.arena, c),
	    RP_TEXT("to write on trade to the council each month without "
		    "delay\n"));
	close_desk(&d);
}

static void
what_differs_is_in_brackets(void)
{
	struct rp_consolidated *c;
	struct desk d;

	open_desk(&d, BASE);
	submit(&d, "A",
	    "to write on trade to the council each year without "
	    "delay\n");
	submit(&d, "B",
	    "to speak on trade to the council each year without "
	    "delay\n");
	submit(&d, "C",
	    "to write on trade to the council each year without "
	    "delay\n");
	c = merged(&d);
	RP_CHECK_TEXT(rp_merge_text(d.arena, c),
	    RP_TEXT("to [report] [Alt 1 (A, C): write] [Alt 2 (B): speak] on "
		    "trade to the council each year without delay\n"));
	RP_CHECK_OK(rp_merge_decide(c, 0, 1));
	RP_CHECK_TEXT(rp_merge_text(d.arena, c),
	    RP_TEXT("to speak on trade to the council each year without "
		    "delay\n"));
	RP_CHECK_FAILS(rp_merge_decide(c, 0, 2), RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_merge_decide(c, 1, 0), RP_E_NOTFOUND);
	close_desk(&d);
}

static void
deletion_against_an_edit_and_noc(void)
{
	static const uint32_t first = 0;
	struct desk d;

	open_desk(&d, BASE "the end is near and it is here\n");
	submit(&d, "A", "the end is near and it is here\n");
	submit(&d, "B",
	    "to report on trade to the council each month without delay\nthe "
	    "end is near and it is here\n");
	RP_CHECK_TEXT(rp_merge_text(d.arena, merged(&d)),
	    RP_TEXT("[to report on trade to the council each year without "
		    "delay] [Alt 1 (A): ] [Alt 2 (B): to report on trade to "
		    "the council each month without delay]\nthe end is near "
		    "and it is here\n"));
	/* One who wants no change makes a bracket of an undisputed one. */
	d.n = 0;
	submit(&d, "B",
	    "to report on trade to the council each month without delay\nthe "
	    "end is near and it is here\n");
	submit(&d, "N", BASE "the end is near and it is here\n");
	d.amendments[1].noc = &first;
	d.amendments[1].n_noc = 1;
	RP_CHECK_TEXT(rp_merge_text(d.arena, merged(&d)),
	    RP_TEXT("to report on trade to the council each [NOC (N): year] "
		    "[Alt 1 (B): month] without delay\nthe end is near and it "
		    "is here\n"));
	close_desk(&d);
}

static void
much_change_takes_the_whole_paragraph(void)
{
	struct rp_consolidated *c;
	struct desk d;

	open_desk(&d, "to report widely on international trade today\n");
	submit(&d, "A", "to speak on international trade today\n");
	submit(&d, "B", "to report widely on foreign aid today\n");
	submit(&d, "C", "to report seldom on international aid today\n");
	c = merged(&d);
	RP_CHECK(c->changes.n == 1);
	RP_CHECK(c->changes.v[0].place == RP_MERGE_BLOCK);
	RP_CHECK(c->changes.v[0].choices.n == 3);
	close_desk(&d);
}

static void
competing_moves_are_bracketed_at_all_places(void)
{
	static const char *const lines[] = {
		"the red house stands by the long road\n",
		"a blue boat sails over the wide sea\n",
		"some green trees grow in our old wood\n",
		"nobody knows what there was before us\n"
	};
	struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_consolidated *c;
	struct desk d;
	size_t brackets = 0;

#define ORDER(i, j, k, l) \
	rp_textf(a, "%s%s%s%s", lines[i], lines[j], lines[k], lines[l]).p
	open_desk(&d, ORDER(0, 1, 2, 3));
	submit(&d, "A", ORDER(1, 2, 3, 0));
	c = merged(&d);
	RP_CHECK(c->changes.n == 2);
	RP_CHECK(!c->changes.v[0].bracket && !c->changes.v[1].bracket);
	RP_CHECK(c->changes.v[1].choices.v[0].blocks.v[0].moved_from == 0);
	submit(&d, "B", ORDER(1, 2, 0, 3));
	c = merged(&d);
	for (size_t i = 0; i < c->changes.n; i++)
		brackets += c->changes.v[i].bracket;
	RP_CHECK(brackets >= 2);
	close_desk(&d);
	rp_arena_free(a);
}

static void
sets_are_decided_together_and_numbers_are_clean(void)
{
	static const uint32_t both[] = { 0, 1 };
	struct rp_consolidated *c;
	struct rp_document *clean;
	struct desk d;

	open_desk(&d,
	    "resolves\n1\tto print the programme in May\n2\tto send the "
	    "programme in June\n");
	submit(&d, "A",
	    "resolves\n1\tto print the program in May\n2\tto send the program "
	    "in June\n");
	submit(&d, "B",
	    "resolves\n1\tto print the programme in May\n1bis\tto read all of "
	    "it aloud before\n2\tto send the programme in June\n");
	c = merged(&d);
	RP_CHECK(c->changes.n == 3);
	RP_CHECK(c->changes.v[0].at == 1 && c->changes.v[1].at == 2);
	RP_CHECK(c->changes.v[1].place == RP_MERGE_SLOT);
	RP_CHECK_OK(rp_merge_link(c, (const uint32_t[]){ 0, 2 }, 2));
	RP_CHECK_FAILS(rp_merge_link(c, (const uint32_t[]){ 0, 9 }, 2),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_merge_decide(c, both[0], RP_MERGE_BASE));
	clean = rp_merge_clean(d.arena, c);
	RP_CHECK(clean->body.blocks.n == 4);
	RP_CHECK_TEXT(rp_block_text(d.arena, &clean->body.blocks.v[3]),
	    RP_TEXT("to send the programme in June"));
	for (size_t i = 1; i < 4; i++)
		RP_CHECK_TEXT(clean->body.blocks.v[i].label.text,
		    rp_textf(d.arena, "%zu", i));
	RP_CHECK_OK(rp_merge_decide(c, 2, 0));
	clean = rp_merge_clean(d.arena, c);
	RP_CHECK_TEXT(rp_block_text(d.arena, &clean->body.blocks.v[1]),
	    RP_TEXT("to print the program in May"));
	close_desk(&d);
}

/* A typed label is in the runs of its block as well. */
static void
typed_labels_are_typed_anew(void)
{
	struct rp_document *now, *clean;
	struct rp_amendment amendment = { RP_TEXT_INIT("A"), NULL, NULL, 0 };
	struct rp_consolidated *c;
	struct rp_script *s;
	struct desk d;

	open_desk(&d, "");
	d.base = rp_sample_document(d.arena,
	    RP_TEXT("a)\tthe sea and the sky\nb)\tthe land and the wood\n"),
	    RP_LABEL_TYPED);
	now = rp_sample_document(d.arena,
	    RP_TEXT("a)\tthe land and the wood\n"), RP_LABEL_TYPED);
	RP_CHECK_OK(rp_redline_compare(d.arena, d.words, d.base, now, &s));
	amendment.script = s;
	RP_CHECK_OK(rp_redline_merge(d.arena, d.base, &amendment, 1, &c));
	clean = rp_merge_clean(d.arena, c);
	RP_CHECK(clean->body.blocks.n == 1);
	RP_CHECK_TEXT(clean->body.blocks.v[0].label.text, RP_TEXT("a)"));
	RP_CHECK_TEXT(clean->body.blocks.v[0].runs[0].text, RP_TEXT("a)"));
	RP_CHECK_TEXT(clean->body.blocks.v[0].runs[1].text, RP_TEXT("\t"));
	RP_CHECK_TEXT(d.base->body.blocks.v[1].runs[0].text, RP_TEXT("b)"));
	close_desk(&d);
}

/* What nobody proposed, and what stands when all is decided. */
static void
a_compromise_is_one_more_choice(void)
{
	struct rp_consolidated *c, *settled;
	struct rp_document *clean;
	struct desk d;
	int32_t choice;

	open_desk(&d, "resolves\n1\tto print it in May\n2\tto send it\n");
	submit(&d, "A",
	    "resolves\n1\tto print it in July\n1bis\tto read it aloud\n"
	    "2\tto send it\n");
	submit(&d, "B",
	    "resolves\n1\tto print it in August\n1bis\tto burn the book\n"
	    "2\tto send it\n");
	c = merged(&d);
	RP_CHECK(c->changes.n == 2 && c->changes.v[0].bracket &&
		 c->changes.v[1].place == RP_MERGE_SLOT);
	RP_CHECK_FAILS(rp_merge_propose(d.arena, c, 2, RP_TEXT("x"), &choice),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_merge_propose(d.arena, c, 0, RP_TEXT("x\ny"),
			   &choice),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_merge_propose(d.arena, c, 1, RP_TEXT(" \n"), &choice),
	    RP_E_INVALID);
	RP_CHECK_OK(
	    rp_merge_propose(d.arena, c, 0, RP_TEXT("summer"), &choice));
	RP_CHECK(choice == 2 && c->changes.v[0].decided == RP_MERGE_OPEN);
	RP_CHECK_OK(rp_merge_decide(c, 0, choice));
	RP_CHECK_OK(rp_merge_propose(d.arena, c, 1,
	    RP_TEXT("to read it\n\nto burn it"), &choice));
	RP_CHECK_OK(rp_merge_decide(c, 1, choice));
	clean = rp_merge_clean(d.arena, c);
	RP_CHECK(clean->body.blocks.n == 5);
	RP_CHECK_TEXT(rp_block_text(d.arena, &clean->body.blocks.v[1]),
	    RP_TEXT("to print it in summer"));
	RP_CHECK_TEXT(rp_block_text(d.arena, &clean->body.blocks.v[3]),
	    RP_TEXT("to burn it"));
	RP_CHECK_TEXT(clean->body.blocks.v[3].label.text, RP_TEXT("3"));
	RP_CHECK_TEXT(clean->body.blocks.v[4].label.text, RP_TEXT("4"));
	settled = rp_merge_settle(d.arena, c);
	RP_CHECK(settled->changes.n == 2 && !settled->changes.v[0].bracket &&
		 settled->changes.v[1].choices.n == 1);
	/* No party's text has anything of it. */
	RP_CHECK(rp_merge_project(d.arena, c, 0)->body.blocks.n == 4);
	RP_CHECK_OK(rp_merge_decide(c, 0, RP_MERGE_BASE));
	settled = rp_merge_settle(d.arena, c);
	RP_CHECK(settled->changes.n == 1 && c->changes.n == 2);
	close_desk(&d);
}

static void
another_base_is_refused(void)
{
	struct rp_consolidated *c;
	struct desk d, e;

	open_desk(&d, BASE);
	open_desk(&e, BASE);
	submit(&e, "A", BASE);
	RP_CHECK_FAILS(rp_redline_merge(d.arena, d.base, e.amendments, 1, &c),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_redline_merge(d.arena, d.base, e.amendments, 65, &c),
	    RP_E_LIMIT);
	close_desk(&d);
	close_desk(&e);
}

static void
random_amendments_project_exactly(void)
{
	struct rp_words *w = rp_words_new();
	uint32_t failed, exact = rp_merge_cases(w, 0, 300, &failed);

	if (exact != 300)
		printf("# the first that fails is %u\n", failed);
	RP_CHECK(exact == 300);
	rp_words_free(w);
}

RP_CHECK_MAIN({ "what does not touch is taken", what_does_not_touch_is_taken },
    { "what differs is in brackets", what_differs_is_in_brackets },
    { "a deletion against an edit, and NOC", deletion_against_an_edit_and_noc },
    { "much change takes the whole paragraph",
	much_change_takes_the_whole_paragraph },
    { "competing moves are bracketed at all places",
	competing_moves_are_bracketed_at_all_places },
    { "sets are decided together and numbers are clean",
	sets_are_decided_together_and_numbers_are_clean },
    { "typed labels are typed anew", typed_labels_are_typed_anew },
    { "a compromise is one more choice", a_compromise_is_one_more_choice },
    { "another base is refused", another_base_is_refused },
    { "random amendments project exactly", random_amendments_project_exactly })
