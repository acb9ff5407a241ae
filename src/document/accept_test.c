#include "document/accept.h"

#include "base/check.h"

#define INS 1U
#define DEL 2U

static struct rp_document *
fresh(struct rp_arena *a)
{
	struct rp_document *d = rp_document_new(a);
	struct rp_revision ins = { .kind = RP_REVISION_INSERT };
	struct rp_revision del = { .kind = RP_REVISION_DELETE };

	RP_CHECK(rp_document_revise(a, d, &ins) == INS);
	RP_CHECK(rp_document_revise(a, d, &del) == DEL);
	return d;
}

/* A paragraph of "+new", "-old" and plain runs between bars. */
static struct rp_block *
add(struct rp_arena *a, struct rp_document *d, const char *spec, char mark)
{
	rp_text t = rp_text_z(spec);
	struct rp_block b = { .runs = rp_new_n(a, struct rp_run, 8) };

	for (size_t from = 0; from < t.n;) {
		size_t to = rp_text_find(t, '|', from);
		struct rp_run *r = &b.runs[b.n_runs++];

		r->text = rp_text_sub(t, from, to);
		if (t.p[from] == '+')
			r->ins = INS;
		if (t.p[from] == '-')
			r->del = DEL;
		from = to + 1;
	}
	b.mark_ins = mark == '+' ? INS : 0;
	b.mark_del = mark == '-' ? DEL : 0;
	rp_vec_push(a, &d->body.blocks, b);
	return &d->body.blocks.v[d->body.blocks.n - 1];
}

static void
check(struct rp_arena *a, const struct rp_document *d, const char *want)
{
	rp_text got = RP_TEXT("");

	for (size_t i = 0; i < d->body.blocks.n; i++)
		got = rp_textf(a, "%.*s%.*s/", RP_FMT(got),
		    RP_FMT(rp_block_text(a, &d->body.blocks.v[i])));
	RP_CHECK_TEXT(got, rp_text_z(want));
	RP_CHECK(!rp_document_has_revisions(d));
}

static void
settles_runs_and_marks(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_document *d = fresh(a);

	add(a, d, "a|+b|-c", 0);
	add(a, d, "-gone", '-');
	add(a, d, "+come", '+');
	add(a, d, "first", '-');
	add(a, d, " second", '+');
	add(a, d, " third", 0);
	add(a, d, "-last", '-');
	check(a, rp_document_accept(a, d), "a+b/+come/first second/ third/");
	check(a, rp_document_reject(a, d),
	    "a-c/-gone/first/ second third/-last/");
}

static void
settles_tables(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_document *d = fresh(a);
	struct rp_document *got;

	add(a, d, "-text", '-');
	add(a, d, "1", 0)->cell = (struct rp_cell){ 1, 1, 1, 1, 0, 0, 0, 0 };
	/* The one paragraph of a cell stays, its text goes. */
	add(a, d, "-2", '-')->cell = (struct rp_cell){ 1, 1, 2, 1, 0, 0, 0, 0 };
	add(a, d, "3", 0)->cell = (struct rp_cell){ 1, 2, 1, 1, 0, DEL, 0, 0 };
	add(a, d, "4", 0)->cell = (struct rp_cell){ 1, 3, 1, 1, INS, 0, 0, 0 };
	add(a, d, "5", 0)->cell = (struct rp_cell){ 1, 4, 1, 1, 0, 0, 0, DEL };
	got = rp_document_accept(a, d);
	check(a, got, "1//4/");
	check(a, rp_document_reject(a, d), "-text/1/-2/3/5/");
	RP_CHECK(got->body.blocks.v[2].cell.row_ins == 0);
}

static void
renumbers_notes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_document *d = fresh(a), *got;
	struct rp_block *b = add(a, d, "-x|y", 0);

	for (int i = 0; i < 2; i++) {
		struct rp_document *note = fresh(a);
		struct rp_story s = { .kind = RP_STORY_FOOTNOTE };

		add(a, note, i ? "two|+!" : "one", 0);
		s.blocks = note->body.blocks;
		rp_vec_push(a, &d->notes, s);
		b->runs[i].kind = RP_RUN_NOTE;
		b->runs[i].note = (uint32_t)i;
	}
	got = rp_document_accept(a, d);
	RP_CHECK(got->notes.n == 1 && got->body.blocks.v[0].runs[0].note == 0);
	RP_CHECK_TEXT(rp_block_text(a, &got->notes.v[0].blocks.v[0]),
	    RP_TEXT("two+!"));
	got = rp_document_reject(a, d);
	RP_CHECK(got->notes.n == 2);
	RP_CHECK_TEXT(rp_block_text(a, &got->notes.v[1].blocks.v[0]),
	    RP_TEXT("two"));
}

static void
keeps_labels(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_document *d = fresh(a);
	struct rp_label old = { .kind = RP_LABEL_AUTO, .text = RP_TEXT("1") };
	struct rp_block *b = add(a, d, "that", 0);

	b->label =
	    (struct rp_label){ .kind = RP_LABEL_AUTO, .text = RP_TEXT("2") };
	b->label_rejected = &old;
	add(a, d, "-a)\t|+b)\t|that", 0);
	RP_CHECK_TEXT(rp_document_accept(a, d)->body.blocks.v[0].label.text,
	    RP_TEXT("2"));
	RP_CHECK_TEXT(rp_document_reject(a, d)->body.blocks.v[0].label.text,
	    RP_TEXT("1"));
}

static void
tells_the_difference(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_document *x = fresh(a), *y = fresh(a);

	add(a, x, "one|two", 0);
	add(a, y, "onetwo", 0);
	RP_CHECK(rp_document_difference(a, x, y).n == 0);
	y->body.blocks.v[0].label.text = RP_TEXT("1");
	RP_CHECK_TEXT(rp_document_difference(a, x, y),
	    RP_TEXT("body 0, paragraph 0: label"));
	y->body.blocks.v[0].runs[0].text = RP_TEXT("x");
	RP_CHECK_TEXT(rp_document_difference(a, x, y),
	    RP_TEXT("body 0, paragraph 0: text"));
	add(a, x, "more", 0);
	y->body.blocks.v[0] = x->body.blocks.v[0];
	RP_CHECK_TEXT(rp_document_difference(a, x, y),
	    RP_TEXT("body 0: 2 and 1 paragraphs"));
}

RP_CHECK_MAIN({ "settles runs and marks", settles_runs_and_marks },
    { "settles tables", settles_tables },
    { "renumbers notes", renumbers_notes }, { "keeps labels", keeps_labels },
    { "tells the difference", tells_the_difference })
