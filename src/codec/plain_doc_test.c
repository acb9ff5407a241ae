#include "codec/plain_doc.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/doc_build.h"
#include "codec/doc_show.h"
#include "codec/sink.h"

static rp_text
written(struct rp_arena *a, const struct rp_document *d,
    const struct rp_plain_doc_options *o)
{
	struct rp_sink s;
	struct rp_buf b;
	rp_text t;

	rp_buf_init(&b, a, 1 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_plain_doc_write(&s, d, o);
	RP_CHECK_OK(rp_buf_done(&b, &t));
	return t;
}

static const struct {
	const char *in, *want;
} rows[] = {
	{ "", "" },
	{ "\n\n \n", "" },
	{ "One\r\n  Two  \n\nThree", "P: One\nP: Two\nP: Three\n" },
	{ "considering\na)\tthat\n12\tto do\n-\tdash\nword\tno label",
	    "P: considering\n"
	    "I <a)|a1@0 typed>: a)\\t|that\n"
	    "I <12|D12@0 typed>: 12\\t|to do\n"
	    "I <-|B0@0 typed>: -\\t|dash\n"
	    "P: word\\tno label\n" },
	{ "A[^2] b[^x] c[^1].\n[^1]: one\n[^2]: two[^1]",
	    "P: A{note 1} b[^x] c{note 2}.\n"
	    "note 1\nP: two{note 2}\nnote 2\nP: one\n" },
	/* A text without its mark is a paragraph; so is the second of two. */
	{ "A\n[^1]: one", "P: A\nP: [^1]: one\n" },
	/* Wrapped at 30. */
	{ "The Conference has considered\nthe matters before it, and the\n"
	  "reports of all committees.\n\na)\tthat this is a label, and\n"
	  "it goes on here in the second\nline of it;\nb)\tso.\n",
	    "P: The Conference has considered the matters before it, and the "
	    "reports of all committees.\n"
	    "I <a)|a1@0 typed>: a)\\t|that this is a label, and it goes on "
	    "here in the second line of it;\n"
	    "I <b)|a2@0 typed>: b)\\t|so.\n" },
};

static void
reads_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(16 << 20);
		struct rp_document *d, *again;

		RP_CHECK_OK(rp_plain_doc_read(a,
		    rp_text_bytes(rp_text_z(rows[i].in)), &d));
		RP_CHECK_TEXT(rp_doc_show(a, d), rp_text_z(rows[i].want));
		RP_CHECK_OK(rp_plain_doc_read(a,
		    rp_text_bytes(written(a, d, NULL)), &again));
		RP_CHECK_TEXT(rp_doc_show(a, again), rp_doc_show(a, d));
	}
}

static void
add(struct rp_doc_build *b, struct rp_doc_runs *runs, rp_text t,
    rp_revision_ref ins, rp_revision_ref del)
{
	RP_CHECK_OK(rp_doc_build_run(b, runs,
	    &(struct rp_run){ .text = t, .ins = ins, .del = del }));
}

static void
marks_revisions(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_plain_doc_options bars = { .bars = true };
	struct rp_doc_runs runs = { 0 };
	struct rp_doc_build b;
	struct rp_blocks *body;
	rp_revision_ref ins, del;

	rp_doc_build_init(&b, a);
	body = &b.doc->body.blocks;
	RP_CHECK_OK(rp_doc_build_revise(&b,
	    &(struct rp_revision){ .kind = RP_REVISION_INSERT }, &ins));
	RP_CHECK_OK(rp_doc_build_revise(&b,
	    &(struct rp_revision){ .kind = RP_REVISION_DELETE }, &del));
	add(&b, &runs, RP_TEXT("as "), 0, 0);
	add(&b, &runs, RP_TEXT("it was"), 0, del);
	add(&b, &runs, RP_TEXT("it\nis"), ins, 0);
	add(&b, &runs, RP_TEXT(" x"), ins, del);
	RP_CHECK_OK(rp_doc_build_block(&b, body,
	    &(struct rp_block){ .mark_del = del }, &runs));
	add(&b, &runs, RP_TEXT("same"), 0, 0);
	RP_CHECK_OK(
	    rp_doc_build_block(&b, body, &(struct rp_block){ 0 }, &runs));
	add(&b, &runs, RP_TEXT("new"), ins, 0);
	RP_CHECK_OK(rp_doc_build_block(&b, body,
	    &(struct rp_block){ .mark_ins = ins,
		.label = { .kind = RP_LABEL_AUTO, .text = RP_TEXT("c)") } },
	    &runs));
	for (uint32_t i = 0; i < 3; i++) {
		add(&b, &runs, RP_TEXT("cell"), 0, 0);
		RP_CHECK_OK(rp_doc_build_block(&b, body,
		    &(struct rp_block){ .cell = { .table = 1,
					    .row = 1,
					    .column = i == 2 ? 3 : 1,
					    .row_ins = ins } },
		    &runs));
	}
	RP_CHECK_OK(rp_doc_build_run(&b, &runs,
	    &(struct rp_run){ .kind = RP_RUN_OPAQUE, .text = RP_TEXT("map") }));
	RP_CHECK_OK(
	    rp_doc_build_block(&b, body, &(struct rp_block){ 0 }, &runs));
	RP_CHECK_TEXT(written(a, b.doc, &bars),
	    RP_TEXT("| as [-it was-]{+it\n| is[- x-]+}[-¶-]\n"
		    "  same\n"
		    "| {+c)\tnew+}\n"
		    "| {+cell cell\t\tcell+}\n"
		    "  [map]\n"));
	bars = (struct rp_plain_doc_options){ .blank = true };
	RP_CHECK_TEXT(written(a, b.doc, &bars),
	    RP_TEXT("as [-it was-]{+it\nis[- x-]+}[-¶-]\n\nsame\n\n"
		    "{+c)\tnew+}\n\n{+cell cell\t\tcell+}\n\n[map]\n"));
}

static void
hostile(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	struct rp_document *d;
	size_t n = RP_DOCUMENT_BLOCKS_MAX + 1;
	char *p = rp_alloc(a, 2 * n + 1);

	RP_CHECK_FAILS(rp_plain_doc_read(a, RP_BYTES("a\0b"), &d),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_plain_doc_read(a, RP_BYTES("\xff\xfe"), &d),
	    RP_E_INVALID);
	for (size_t i = 0; i < n; i++)
		memcpy(p + 2 * i, "x\n", 2);
	RP_CHECK_FAILS(rp_plain_doc_read(a,
			   (rp_bytes){ (const uint8_t *)p, 2 * n }, &d),
	    RP_E_LIMIT);
	memset(p, '\n', 2 * n);
	RP_CHECK_OK(
	    rp_plain_doc_read(a, (rp_bytes){ (const uint8_t *)p, 2 * n }, &d));
	RP_CHECK(d->body.blocks.n == 0);
}

RP_CHECK_MAIN({ "reads the table", reads_the_table },
    { "marks revisions", marks_revisions }, { "hostile", hostile })
