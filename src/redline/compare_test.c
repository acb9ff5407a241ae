#include "redline/compare.h"

#include "base/buf.h"
#include "redline/apply_private.h"
#include "redline/sample.h"
#include "text/words.h"

static struct rp_arena *arena;
static struct rp_words *words;

static void
open_all(void)
{
	arena = rp_arena_new((size_t)1 << 30);
	words = rp_words_new();
}

static void
close_all(void)
{
	rp_words_free(words);
	rp_arena_free(arena);
}

static const struct rp_script *
compared(const char *old, const char *now)
{
	struct rp_script *s;

	RP_CHECK_OK(rp_redline_compare(arena, words,
	    rp_sample_document(arena, rp_text_z(old), RP_LABEL_TYPED),
	    rp_sample_document(arena, rp_text_z(now), RP_LABEL_TYPED), &s));
	rp_apply_check(arena, s);
	return s;
}

/* "=0:0 ~1:1[a{-b-}{+c+}] +2 -3 >4:5": the script on one line. */
static rp_text
shown(const char *old, const char *now)
{
	const struct rp_script *s = compared(old, now);
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, arena, 1 << 20);
	for (size_t i = 0; i < s->edits.n; i++) {
		const struct rp_edit *e = &s->edits.v[i];

		rp_buf_f(&b, "%s%c", i > 0 ? " " : "", "=~+->"[e->op]);
		if (e->old != RP_NO_BLOCK)
			rp_buf_f(&b, "%u", e->old);
		for (size_t k = 0; k < e->merged.n; k++)
			rp_buf_f(&b, "&%u", e->merged.v[k]);
		if (e->now != RP_NO_BLOCK)
			rp_buf_f(&b, ":%u", e->now);
		if (e->split_of != RP_NO_BLOCK)
			rp_buf_f(&b, "/%u", e->split_of);
		if (e->op == RP_OP_DELETE ||
		    (e->op == RP_OP_INSERT && e->split_of == RP_NO_BLOCK))
			continue;
		for (size_t k = 0; k < e->runs.n; k++) {
			const struct rp_script_run *r = &e->runs.v[k];
			rp_text t = rp_applied_text(arena,
			    r->change == RP_CHANGE_DEL ? s->old : s->now,
			    r->change == RP_CHANGE_DEL ? r->old_block : e->now);

			t = rp_text_sub(t, r->from, r->to);
			rp_buf_f(&b,
			    r->change == RP_CHANGE_DEL ? "{-%.*s-}" :
			    r->change == RP_CHANGE_INS ? "{+%.*s+}" :
							 "%.*s",
			    RP_FMT(t));
		}
	}
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static void
small_texts_in_many_scripts(void)
{
	static const struct {
		const char *old, *now, *want;
	} cases[] = {
		{ "", "", "" },
		{ "", "one\n", "+:0" },
		{ "one\n", "", "-0" },
		{ "one two three\n", "one two three\n", "=0:0" },
		{ "alpha beta gamma delta\n", "one two three four\n",
		    "-0 +:0" },
		{ "the old report on trade\n", "the new report on trade\n",
		    "~0:0the {-old-}{+new+} report on trade" },
		{ "the report on trade\n", "the report on trade and aid\n",
		    "~0:0the report on trade{+ and aid+}" },
		{ "see 70/125 of the list\n", "see 70/126 of the list\n",
		    "~0:0see {-70/125-}{+70/126+} of the list" },
		{ "وإذ يؤكد أهمية الوصول إلى الإنترنت\n",
		    "وإذ يؤكد أهمية النفاذ إلى الإنترنت\n",
		    "~0:0وإذ يؤكد أهمية {-الوصول-}{+النفاذ+} إلى الإنترنت" },
		{ "考虑到国际电信联盟的宗旨和作用\n",
		    "考虑到国际电信联合的宗旨和作用\n",
		    "~0:0考虑到国际电信联{-盟-}{+合+}的宗旨和作用" },
		/* Only white space: kept apart from the words. */
		{ "one two three four\n", "one  two three four\n",
		    "~0:0one {+ +}two three four" },
		/* A run that is gone begins with its call-out. */
		{ "noting\na)\tthe red house\nnoting\nb)\tthe blue "
		  "sea\nnoting\nc)\tthe green wood\n",
		    "noting\na)\tthe red house\nnoting\nc)\tthe green wood\n",
		    "=0:0 =1:1 -2 -3 =4:2 =5:3" },
		/* Labels alone are no change. */
		{ "a)\tthe sea and the sky\nb)\tthe land and the wood\n",
		    "a)\tnothing of the kind here\nb)\tthe sea and the sky\n"
		    "c)\tthe land and the wood\n",
		    "+:0 =0:1 =1:2" },
		{ "_\n_\none\n", "_\none\n_\n", "-0 =1:0 =2:1 +:2" },
	};

	open_all();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (i != sizeof(cases) / sizeof(cases[0]) - 1)
			RP_CHECK_TEXT(shown(cases[i].old, cases[i].now),
			    rp_text_z(cases[i].want));
		else
			compared(cases[i].old, cases[i].now);
	close_all();
}

static void
moves_splits_and_merges(void)
{
	open_all();
	RP_CHECK_TEXT(
	    shown("a)\tthe first is short and plain\nb)\tthe second goes far "
		  "away from here\nc)\tthe third says what others do not say "
		  "at all\n",
		"a)\tthe second goes far away from here\nb)\tthe third says "
		"what others do not say at all\nc)\tthe first is short and "
		"plain\n"),
	    RP_TEXT("=1:0 =2:1 >0:2"));
	RP_CHECK_TEXT(
	    shown("the union shall report on trade each year and it shall "
		  "publish all figures at once\nthe end of it all\n",
		"the union shall report on trade each year\nit shall publish "
		"all figures at once\nthe end of it all\n"),
	    RP_TEXT("~0:0the union shall report on trade each year{- and -} "
		    "+:1/0it shall publish all figures at once =1:2"));
	RP_CHECK_TEXT(
	    shown("the union shall report on trade each year\nit shall "
		  "publish all figures at once\nthe end of it all\n",
		"the union shall report on trade each year and it shall "
		"publish all figures at once\nthe end of it all\n"),
	    RP_TEXT("~0&1:0the union shall report on trade each year{+ and "
		    "+}it shall publish all figures at once =2:1"));
	close_all();
}

/* A cell keeps its place, and a row comes without the others being touched. */
static void
cells_align_within_their_table(void)
{
	open_all();
	RP_CHECK_TEXT(
	    shown("before it\n| year | sum |\n| 2018 | 12 |\n| 2020 | 15 "
		  "|\nbehind it\n",
		"before it\n| year | sum |\n| 2018 | 14 |\n| 2019 | 99 |\n| "
		"2020 | 15 |\nbehind it\n"),
	    RP_TEXT("=0:0 =1:1 =2:2 =3:3 ~4:4{-12-}{+14+} +:5 +:6 =5:7 =6:8 "
		    "=7:9"));
	close_all();
}

static const struct rp_edit *
first_change(const char *old, const char *now)
{
	const struct rp_script *s = compared(old, now);

	for (size_t i = 0; i < s->edits.n; i++)
		if (s->edits.v[i].op != RP_OP_EQUAL)
			return &s->edits.v[i];
	RP_CHECK(false);
	return NULL;
}

static void
changes_have_their_class(void)
{
	const struct rp_edit *e;

	open_all();
	RP_CHECK(first_change("The Fund of \"aid\" and data base of it\n",
		     "the fund of “aid” and database of it\n")
		     ->class
		 == RP_CLASS_MOD_EDITORIAL);
	RP_CHECK(first_change("the fund of aid for all\n",
		     "the fund of help for all\n")
		     ->class
		 == RP_CLASS_MOD);
	/* b) is not the last one any more, so its comma follows. */
	e = first_change("a)\tthe sea and the sky;\nb)\tthe land and the "
			 "wood,\n",
	    "a)\tthe sea and the sky;\nb)\tthe land and the wood;\nc)\tnone "
	    "of these other things,\n");
	RP_CHECK(e->class == RP_CLASS_NOC && e->op == RP_OP_EDIT);
	RP_CHECK(e->runs.v[1].consequential && e->runs.v[2].consequential);
	/* The same mark for no reason is an editor's. */
	RP_CHECK(first_change("a)\tthe sea and the sky,\nb)\tthe land and the "
			      "wood,\n",
		     "a)\tthe sea and the sky;\nb)\tthe land and the wood,\n")
		     ->class
		 == RP_CLASS_MOD_EDITORIAL);
	close_all();
}

static void
notes_are_stories_of_their_own(void)
{
	const struct rp_edit *e;

	open_all();
	e = first_change("the sea and the sky[^1]\n[^1]: See the old book\n",
	    "the sea and the sky[^1]\n[^1]: See the new book\n");
	RP_CHECK(e->op == RP_OP_EDIT && e->runs.n == 0 && e->notes.n == 1);
	RP_CHECK(e->class == RP_CLASS_MOD && e->notes.v[0].runs.n == 4);
	e = first_change("the sea and the sky\n",
	    "the sea and the sky[^1]\n[^1]: See the new book\n");
	RP_CHECK(e->notes.n == 1 && e->notes.v[0].old == RP_NO_BLOCK);
	RP_CHECK(e->notes.v[0].runs.n == 1);
	/* Another number is no change. */
	e = first_change("the sea and the sky[^1]\n[^1]: See there\n",
	    "whatever is written before it all[^1]\nthe sea and the "
	    "sky[^2]\n[^1]: See elsewhere\n[^2]: See there\n");
	RP_CHECK(e->op == RP_OP_INSERT && e->notes.n == 1);
	RP_CHECK(
	    compared("a b c d[^1]\n[^1]: See\n", "a b c d[^1]\n[^1]: See\n")
		->edits.v[0]
		.op == RP_OP_EQUAL);
	close_all();
}

static void
stable_ids_are_believed(void)
{
	struct rp_document *d[2];
	struct rp_script *s;

	open_all();
	for (int k = 0; k < 2; k++)
		d[k] = rp_sample_document(arena,
		    k == 0 ? RP_TEXT("the same words stand here\nthe same "
				     "words stand here\nan end of it\n") :
			     RP_TEXT("the same words stand here\nan end of "
				     "it\nthe same words lay there\n"),
		    RP_LABEL_TYPED);
	for (size_t i = 0; i < 3; i++)
		d[0]->body.blocks.v[i].id = rp_textf(arena, "p%zu", i);
	d[1]->body.blocks.v[0].id = RP_TEXT("p1");
	d[1]->body.blocks.v[1].id = RP_TEXT("p2");
	d[1]->body.blocks.v[2].id = RP_TEXT("p0");
	RP_CHECK_OK(rp_redline_compare(arena, words, d[0], d[1], &s));
	rp_apply_check(arena, s);
	RP_CHECK(s->edits.n == 3);
	RP_CHECK(s->edits.v[0].old == 1 && s->edits.v[0].op == RP_OP_EQUAL);
	RP_CHECK(s->edits.v[2].old == 0 && s->edits.v[2].op == RP_OP_MOVE);
	close_all();
}

/* Random pairs. */

static uint32_t
next(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 16;
}

static void
random_line(struct rp_buf *b, uint32_t *state)
{
	static const char *const vocabulary[] = { "the", "sea", "of", "trade",
		"and", "report,", "on", "2018", "70/125", "aid;", "القرار",
		"国际电信", "联盟", "é", " ", "e)", "\xc2\xa0x", "up." };
	uint32_t n = next(state) % 14;

	if (next(state) % 8 == 0)
		rp_buf_f(b, "| c%u | ", next(state) % 3);
	else if (next(state) % 3 == 0)
		rp_buf_f(b, "%c)\t", 'a' + (char)(next(state) % 5));
	for (uint32_t i = 0; i <= n; i++)
		rp_buf_f(b, "%s%s", i > 0 ? " " : "",
		    vocabulary[next(state) % 18]);
	rp_buf_byte(b, '\n');
}

/* Lines of `old` kept, lost, doubled, put elsewhere, cut in two, or new. */
static rp_text
random_change(rp_text old, uint32_t *state)
{
	struct rp_buf b;
	rp_text out;
	size_t at = 0;

	rp_buf_init(&b, arena, 1 << 20);
	while (at < old.n) {
		size_t end = rp_text_find(old, '\n', at);
		rp_text line = rp_text_sub(old, at, end);
		size_t space = rp_text_find(line, ' ', line.n / 2);

		at = end + 1;
		switch (next(state) % 10) {
		case 0:
			break;
		case 1:
			random_line(&b, state);
			break;
		case 2:
			rp_buf_f(&b, "%.*s\n%.*s\n", RP_FMT(line),
			    RP_FMT(line));
			break;
		case 3:
			rp_buf_f(&b, "%.*s\n%.*s\n", (int)space, line.p,
			    (int)(line.n - space), line.p + space);
			break;
		case 4:
			rp_buf_f(&b, "%.*s", RP_FMT(line));
			break;
		case 5:
			rp_buf_f(&b, "%.*s more%.*s\n", (int)space, line.p,
			    (int)(line.n - space), line.p + space);
			break;
		default:
			rp_buf_f(&b, "%.*s\n", RP_FMT(line));
		}
	}
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static void
random_pairs_are_given_exactly(void)
{
	uint32_t state = 11;

	open_all();
	for (int round = 0; round < 400; round++) {
		uint32_t n = next(&state) % 14;
		rp_text old, now;
		struct rp_buf b;

		rp_buf_init(&b, arena, 1 << 20);
		for (uint32_t i = 0; i < n; i++)
			random_line(&b, &state);
		RP_CHECK_OK(rp_buf_done(&b, &old));
		now = random_change(old, &state);
		compared(old.p, now.p);
		compared(now.p, old.p);
		rp_arena_reset(arena);
	}
	close_all();
}

RP_CHECK_MAIN({ "small texts in many scripts", small_texts_in_many_scripts },
    { "moves, splits and merges", moves_splits_and_merges },
    { "cells align within their table", cells_align_within_their_table },
    { "changes have their class", changes_have_their_class },
    { "notes are stories of their own", notes_are_stories_of_their_own },
    { "stable ids are believed", stable_ids_are_believed },
    { "random pairs are given exactly", random_pairs_are_given_exactly })
