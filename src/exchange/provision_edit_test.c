#include "exchange/provision_edit.h"

#include "base/check.h"
#include "base/err.h"
#include "redline/sample.h"

static const char lines[] = "resolves\n"
			    "1\tto print the programme in May;[^1]\n"
			    "2\tto send the programme in June.\n"
			    "[^1]: of each year\n";

static struct rp_document *
sample(struct rp_arena *a, enum rp_label_kind kind)
{
	return rp_sample_document(a, rp_text_z(lines), kind);
}

static void
is(struct rp_arena *a, const struct rp_document *d, size_t i, const char *label,
    const char *text)
{
	RP_CHECK(i < d->body.blocks.n);
	RP_CHECK_TEXT(d->body.blocks.v[i].label.text, rp_text_z(label));
	RP_CHECK_TEXT(rp_block_text(a, &d->body.blocks.v[i]), rp_text_z(text));
}

static void
replaced_suppressed_added(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	const struct rp_provision_edit edits[] = {
		{ RP_PROVISION_ADD, 1, RP_TEXT("to read it\nto keep it\n\n") },
		{ RP_PROVISION_REPLACE, 1, RP_TEXT(" to print it\nin July; ") },
		{ RP_PROVISION_SUPPRESS, 2, RP_TEXT("") },
		{ RP_PROVISION_ADD, 2, RP_TEXT("2\tto rest.") },
	};
	struct rp_document *d;
	const struct rp_block *b;

	RP_CHECK_OK(
	    rp_provision_edit(a, sample(a, RP_LABEL_TYPED), edits, 4, &d));
	RP_CHECK(d->body.blocks.n == 5);
	is(a, d, 0, "", "resolves");
	is(a, d, 1, "1", "to print it in July;");
	is(a, d, 2, "1bis", "to read it");
	is(a, d, 3, "1ter", "to keep it");
	is(a, d, 4, "2", "to rest.");
	/* The note stays with its provision. */
	b = &d->body.blocks.v[1];
	RP_CHECK(b->n_runs > 0 && b->runs[b->n_runs - 1].kind == RP_RUN_NOTE);
	RP_CHECK(d->body.blocks.v[2].label.latin == 1 &&
		 d->body.blocks.v[2].kind == RP_BLOCK_PROVISION &&
		 d->body.blocks.v[2].label_runs == 1);
}

/* The program counts: the list has one more. */
static void
automatic_labels_stay_so(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	const struct rp_provision_edit edits[] = {
		{ RP_PROVISION_ADD, 1, RP_TEXT("to read it") },
		{ RP_PROVISION_ADD, 0, RP_TEXT("a line of its own") },
	};
	struct rp_document *d;

	RP_CHECK_OK(
	    rp_provision_edit(a, sample(a, RP_LABEL_AUTO), edits, 2, &d));
	RP_CHECK(d->body.blocks.n == 5);
	RP_CHECK(d->body.blocks.v[1].kind == RP_BLOCK_PARAGRAPH &&
		 d->body.blocks.v[1].label.kind == RP_LABEL_NONE);
	RP_CHECK(d->body.blocks.v[3].label.kind == RP_LABEL_AUTO &&
		 d->body.blocks.v[3].label_runs == 0);
}

static void
what_is_no_provision(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	const struct rp_provision_edit past = { RP_PROVISION_ADD, 3,
		RP_TEXT("x") };
	const struct rp_provision_edit twice[] = {
		{ RP_PROVISION_REPLACE, 1, RP_TEXT("x") },
		{ RP_PROVISION_SUPPRESS, 1, RP_TEXT("") },
	};
	const struct rp_provision_edit gap = { RP_PROVISION_REPLACE, 2,
		RP_TEXT("x") };
	struct rp_document *base = sample(a, RP_LABEL_TYPED), *d;

	RP_CHECK_FAILS(rp_provision_edit(a, base, &past, 1, &d), RP_E_INVALID);
	RP_CHECK_FAILS(rp_provision_edit(a, base, twice, 2, &d), RP_E_INVALID);
	base->body.blocks.v[2].kind = RP_BLOCK_OPAQUE;
	RP_CHECK_FAILS(rp_provision_edit(a, base, &gap, 1, &d), RP_E_INVALID);
}

RP_CHECK_MAIN({ "replaced, suppressed, added", replaced_suppressed_added },
    { "automatic labels stay so", automatic_labels_stay_so },
    { "what is no provision", what_is_no_provision })
