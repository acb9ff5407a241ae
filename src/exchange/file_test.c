#include "exchange/file.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/sample.h"
#include "document/document.h"

#define T(t) "<w:r><w:t xml:space=\"preserve\">" t "</w:t></w:r>"
#define P(t) "<w:p>" T(t) "</w:p>"
#define BY " w:id=\"1\" w:author=\"A\""

static const char body[] =
    "<w:p>"
    "<w:r><w:t>a)</w:t><w:tab/></w:r>" T("one ") "<w:ins" BY ">" T(
	"new") "</w:ins><w:del" BY "><w:r><w:delText>old</w:delText></w:r></"
	       "w:del><w:r><w:footnoteReference "
	       "w:id=\"3\"/></w:r></w:p><w:tbl><w:tr><w:tc>" P("x")
		   P("y") "</w:tc><w:tc>" P("z") "</w:tc></w:tr></w:tbl>" P(
		       "end");
static const char notes[] =
    "<w:footnote w:id=\"3\">" P("Note.") "</w:footnote>";

static void
says_the_text(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	rp_bytes in = rp_sample_docx(a, body, notes);
	rp_text t;

	RP_CHECK_OK(rp_file_text(a, in, RP_FILE_ACCEPTED, &t));
	RP_CHECK_TEXT(t,
	    RP_TEXT("a)\tone new[^1]\nx y\tz\nend\n[^1]: Note.\n"));
	RP_CHECK_OK(rp_file_text(a, in, RP_FILE_REJECTED, &t));
	RP_CHECK_TEXT(t,
	    RP_TEXT("a)\tone old[^1]\nx y\tz\nend\n[^1]: Note.\n"));
	RP_CHECK_OK(rp_file_text(a, in, RP_FILE_ALL, &t));
	RP_CHECK_TEXT(t,
	    RP_TEXT("a)\tone {+new+}[-old-][^1]\nx y\tz\nend\n[^1]: Note.\n"));
}

static void
settles(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	rp_bytes in = rp_sample_docx(a, body, notes), out;
	struct rp_document *d;
	rp_text t;

	RP_CHECK_OK(rp_file_settle(a, in, false, &out));
	RP_CHECK_OK(rp_file_read(a, out, &d));
	RP_CHECK(!rp_document_has_revisions(d));
	RP_CHECK_OK(rp_file_text(a, out, RP_FILE_ALL, &t));
	RP_CHECK(memmem(t.p, t.n, "one old", 7) != NULL);
}

static rp_bytes
repeated(struct rp_arena *a, const char *what, size_t n, const char *then)
{
	struct rp_buf b;
	rp_text t;

	rp_buf_init(&b, a, (size_t)200 << 20);
	for (size_t i = 0; i < n; i++)
		rp_buf_text(&b, rp_text_z(what));
	rp_buf_text(&b, rp_text_z(then));
	RP_CHECK_OK(rp_buf_done(&b, &t));
	return rp_sample_docx(a, t.p, NULL);
}

static void
fails(struct rp_arena *a, rp_bytes in, enum rp_ecode code)
{
	rp_bytes out;
	rp_text t;

	RP_CHECK_FAILS(rp_file_text(a, in, RP_FILE_ALL, &t), code);
	RP_CHECK_FAILS(rp_file_settle(a, in, true, &out), code);
}

/* Each is told what is wrong with it, within the memory of one arena. */
static void
refuses_hostile_files(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	rp_bytes in = rp_sample_docx(a, body, notes);
	struct rp_sample_entry twice[] = {
		{ .name = "word/document.xml", .content = "<a/>" },
		{ .name = "Word/Document.xml", .content = "<a/>" },
	};
	struct rp_sample_entry escaping[] = {
		{ .name = "../document.xml", .content = "<a/>" },
	};
	struct rp_sample_entry bomb[] = {
		{ .name = "word/document.xml", .deflate = true },
	};
	rp_text t;

	fails(a, RP_BYTES(""), RP_E_INVALID);
	fails(a, RP_BYTES("plain text"), RP_E_INVALID);
	for (size_t n = 0; n < in.n; n += in.n / 20 + 1)
		fails(a, (rp_bytes){ in.p, n }, RP_E_INVALID);
	fails(a, rp_sample_zip(a, twice, 2), RP_E_INVALID);
	fails(a, rp_sample_zip(a, escaping, 1), RP_E_INVALID);
	fails(a, repeated(a, "<w:sdt>", 300, ""), RP_E_LIMIT);
	fails(a, rp_sample_docx(a, "&a;", NULL), RP_E_INVALID);
	fails(a, rp_sample_docx(a, "<!DOCTYPE a [<!ENTITY a \"b\">]>", NULL),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_file_text(a, repeated(a, "<w:p/>", 1000000, ""),
			   RP_FILE_ALL, &t),
	    RP_E_LIMIT);
	bomb[0].n = (size_t)65 << 20;
	bomb[0].content = rp_alloc(a, bomb[0].n);
	fails(a, rp_sample_zip(a, bomb, 1), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "says the text", says_the_text }, { "settles", settles },
    { "refuses hostile files", refuses_hostile_files })
