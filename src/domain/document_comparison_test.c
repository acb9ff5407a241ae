#include "domain/document_comparison.h"

#include "base/check.h"

/* Files as meeting_document.c has them: the newest revision first. */
static struct rp_meeting_document
document(struct rp_arena *a, const char *files)
{
	struct rp_meeting_document d = { 0 };

	/* "2e 1e 1f- 0e": revision, language; "-": no Word document. */
	for (const char *p = files; *p != '\0'; p++) {
		struct rp_document_file f = { .revision = p[0] - '0',
			.docx_blob_id = p[2] == '-' ? 0 : 1,
			.lang = p[1] == 'e' ? RP_TEXT("en") : RP_TEXT("fr") };

		rp_vec_push(a, &d.files, f);
		p += p[2] == '-' ? 2 : 1;
		if (p[1] == '\0')
			break;
		p++;
	}
	return d;
}

/* "1>2e 0>2e": the pairs, in their order; "w": of the whole. */
static rp_text
pairs(struct rp_arena *a, const char *files, const char *whole)
{
	struct rp_meeting_document d = document(a, files), of;
	struct rp_document_pairs all = { 0 };
	rp_text out = RP_TEXT("");

	if (whole != NULL)
		of = document(a, whole);
	rp_document_pairs(a, &d, whole ? &of : NULL, &all);
	for (size_t i = 0; i < all.n; i++)
		out = rp_textf(a, "%.*s%s%s%lld>%lld%c", RP_FMT(out),
		    i > 0 ? " " : "", all.v[i].is_of_whole ? "w" : "",
		    (long long)all.v[i].old->revision,
		    (long long)all.v[i].now->revision, all.v[i].now->lang.p[0]);
	return out;
}

static void
of_revisions(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	RP_CHECK_TEXT(pairs(a, "0e", NULL), RP_TEXT(""));
	RP_CHECK_TEXT(pairs(a, "2e 1e 0e", NULL), RP_TEXT("1>2e 0>2e 0>1e"));
	/* One language with itself; nothing without a Word document. */
	RP_CHECK_TEXT(pairs(a, "1e 1f 0f", NULL), RP_TEXT("0>1f"));
	RP_CHECK_TEXT(pairs(a, "1e 0e-", NULL), RP_TEXT(""));
	RP_CHECK_TEXT(pairs(a, "7e 2e 1e", NULL), RP_TEXT("2>7e 1>2e"));
}

static void
of_parts(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	/* With the newest that has one, in the same language. */
	RP_CHECK_TEXT(pairs(a, "0e", "2e- 1e 0e"), RP_TEXT("w1>0e"));
	RP_CHECK_TEXT(pairs(a, "0f", "1e"), RP_TEXT(""));
	RP_CHECK_TEXT(pairs(a, "1e 0e", "3e"), RP_TEXT("0>1e w3>0e"));
}

RP_CHECK_MAIN({ "of revisions", of_revisions }, { "of parts", of_parts })
