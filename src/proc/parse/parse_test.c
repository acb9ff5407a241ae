#include "proc/parse/parse.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/filetype.h"
#include "codec/paper.h"
#include "codec/sample.h"
#include "codec/zip.h"
#include "exchange/consolidate_bundle.h"
#include "proc/profile.h"

/* What one document may take; the sandbox's own limits are far above. */
#define SECONDS_MAX 30
#define MEMORY_MAX_KIB (512L << 10)

static void child(int in, int out) RP_NORETURN;

static void
child(int in, int out)
{
	struct rp_sandbox_profile profile = rp_profile_parse();
	struct rp_err *e = rp_parse_prepare();

	if (e == NULL)
		e = rp_sandbox_enter(&profile, false, NULL);
	if (e != NULL) {
		fprintf(stderr, "%s\n", rp_err_message(e));
		_exit(9);
	}
	_exit(rp_parse_main(in, out));
}

/* A second child feeds the document, so that no pipe can block us. */
static void
feed(int to, const struct rp_ipc_request *request, rp_bytes document,
    rp_bytes other)
{
	uint8_t frame[RP_IPC_REQUEST_FRAME];
	rp_bytes parts[] = { { frame, sizeof(frame) }, document, other };

	if (fork() != 0)
		return;
	rp_ipc_request_write(frame, request);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		while (parts[i].n > 0) {
			ssize_t n = write(to, parts[i].p, parts[i].n);

			if (n <= 0)
				_exit(1);
			parts[i].p += n;
			parts[i].n -= (size_t)n;
		}
	}
	_exit(0);
}

/* Through the sandboxed process, as the server does it. */
static struct rp_ipc_reply
ask_as(struct rp_arena *a, struct rp_ipc_request request, rp_bytes document,
    rp_bytes other)
{
	int in[2], out[2], status;
	struct rp_ipc_reply reply = { 0 };
	struct rusage used;
	struct rp_buf b;
	rp_bytes octets = { 0 };
	char block[65536];
	ssize_t n;
	pid_t pid;

	request.document = document.n;
	request.other = other.n;
	RP_CHECK(pipe(in) == 0 && pipe(out) == 0);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		close(in[1]);
		close(out[0]);
		child(in[0], out[1]);
	}
	close(in[0]);
	close(out[1]);
	feed(in[1], &request, document, other);
	close(in[1]);
	rp_buf_init(&b, a, (size_t)32 << 20);
	while ((n = read(out[0], block, sizeof(block))) > 0)
		rp_buf_add(&b, block, (size_t)n);
	close(out[0]);
	RP_CHECK(wait4(pid, &status, 0, &used) == pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		printf("# ended with status %#x\n", (unsigned)status);
	RP_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	RP_CHECK(used.ru_utime.tv_sec + used.ru_stime.tv_sec < SECONDS_MAX);
	if (!RP_WITH_ASAN)
		RP_CHECK(used.ru_maxrss < MEMORY_MAX_KIB);
	RP_CHECK_OK(rp_buf_bytes(&b, &octets));
	RP_CHECK_OK(rp_ipc_reply_parse(a, octets, &reply));
	while (waitpid(-1, NULL, WNOHANG) > 0)
		continue;
	return reply;
}

static struct rp_ipc_reply
ask_for(struct rp_arena *a, enum rp_ipc_what what, rp_bytes document,
    rp_bytes other)
{
	return ask_as(a, (struct rp_ipc_request){ .what = what }, document,
	    other);
}

static struct rp_ipc_reply
ask(struct rp_arena *a, rp_bytes document)
{
	return ask_for(a, RP_IPC_WHAT_READ, document, (rp_bytes){ 0 });
}

static bool
holds(rp_bytes in, const char *what)
{
	return memmem(in.p, in.n, what, strlen(what)) != NULL;
}

#define P(t) "<w:p><w:r><w:t>" t "</w:t></w:r></w:p>"

static void
good_documents(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	struct rp_ipc_reply r, again;

	r = ask(a, rp_sample_pdf(a, 3, "Hello page"));
	RP_CHECK(r.status == RP_IPC_READ && r.kind == RP_FILETYPE_PDF);
	RP_CHECK(r.pages == 3 && !r.truncated);
	RP_CHECK_TEXT(r.text,
	    RP_TEXT("Hello page\n\nHello page\n\nHello page"));
	RP_CHECK(!holds(r.copy, "Secret") && holds(r.copy, "%PDF-1."));
	again = ask(a, rp_sample_pdf(a, 3, "Hello page"));
	RP_CHECK(again.copy.n == r.copy.n &&
		 memcmp(again.copy.p, r.copy.p, r.copy.n) == 0);
	again = ask(a, r.copy);
	RP_CHECK_TEXT(again.text, r.text);

	r = ask(a, rp_sample_docx(a, P("one") P("two"), NULL));
	RP_CHECK(r.status == RP_IPC_READ && r.kind == RP_FILETYPE_DOCX);
	RP_CHECK_TEXT(r.text, RP_TEXT("one\n\ntwo"));
	RP_CHECK(!holds(r.copy, "Secret") && r.copy.n > 0);

	r = ask(a, rp_sample_odt(a, "<text:p>eins</text:p>"));
	RP_CHECK(r.status == RP_IPC_READ && r.kind == RP_FILETYPE_ODT);
	RP_CHECK_TEXT(r.text, RP_TEXT("eins"));
	RP_CHECK(!holds(r.copy, "Secret") && r.copy.n > 0);

	r = ask(a, RP_BYTES("\xef\xbb\xbf"
			    "caf\xc3\xa9\r\nb"));
	RP_CHECK(r.status == RP_IPC_READ && r.kind == RP_FILETYPE_TXT);
	RP_CHECK_TEXT(r.text, RP_TEXT("caf\xc3\xa9\nb"));
	RP_CHECK(r.copy.n == 11);
	r = ask(a, RP_BYTES("\xfe\xff\x65\x87"));
	RP_CHECK_TEXT(r.text, RP_TEXT("\xe6\x96\x87"));
}

static void
not_read(struct rp_arena *a, rp_bytes document, const char *why)
{
	struct rp_ipc_reply r = ask(a, document);

	if (r.status != RP_IPC_NOT_READ || strstr(r.reason.p, why) == NULL)
		printf("# status %d, reason \"%s\", not \"%s\"\n",
		    (int)r.status, r.reason.p, why);
	RP_CHECK(r.status == RP_IPC_NOT_READ);
	RP_CHECK(strstr(r.reason.p, why) != NULL);
	RP_CHECK(r.text.n == 0 && r.copy.n == 0);
}

static rp_bytes
docx_with(struct rp_arena *a, const char *name, const char *content, size_t n)
{
	struct rp_sample_entry e[] = {
		{ .name = "[Content_Types].xml",
		    .content =
			"<Types><Override PartName=\"/word/document.xml\" "
			"ContentType=\"application/vnd.openxmlformats-"
			"officedocument.wordprocessingml.document.main+xml\"/>"
			"</Types>" },
		{ .name = name, .content = content, .n = n, .deflate = true },
	};

	return rp_sample_zip(a, e, 2);
}

/* `n` times `unit` between `head` and `tail`. */
static char *
repeated(struct rp_arena *a, const char *head, const char *unit, size_t n,
    const char *tail)
{
	struct rp_buf b;
	rp_text out = { 0 };

	rp_buf_init(&b, a, (size_t)256 << 20);
	rp_buf_text(&b, rp_text_z(head));
	for (size_t i = 0; i < n; i++)
		rp_buf_text(&b, rp_text_z(unit));
	rp_buf_text(&b, rp_text_z(tail));
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return (char *)(uintptr_t)out.p;
}

#define HEAD                                                       \
	"<w:document xmlns:w=\"http://schemas.openxmlformats.org/" \
	"wordprocessingml/2006/main\"><w:body>"
#define TAIL "</w:body></w:document>"
#define MAIN "word/document.xml"

static void
hostile_packages(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)2 << 30);
	size_t big = (size_t)60 << 20;
	struct rp_sample_entry twice[] = { { .name = "a", .content = "1" },
		{ .name = "A", .content = "2" } };
	struct rp_sample_entry outside = { .name = "../a", .content = "1" };
	rp_bytes encrypted;
	uint8_t *p;

	not_read(a, docx_with(a, MAIN, rp_alloc(a, big), big), "inflates");
	not_read(a, rp_sample_zip(a, twice, 2), "twice");
	not_read(a, rp_sample_zip(a, &outside, 1), "escapes");
	not_read(a,
	    docx_with(a, MAIN,
		"<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
		"\"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
		"\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d "
		"\"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]><w>&d;</w>",
		0),
	    "XML");
	not_read(a,
	    docx_with(a, MAIN, repeated(a, HEAD, "<w:tbl>", 100000, ""), 0),
	    "deeper");
	not_read(a, docx_with(a, MAIN, HEAD "<w:p>", 0), "well formed");
	encrypted = rp_sample_docx(a, P("x"), NULL);
	p = rp_alloc(a, encrypted.n);
	memcpy(p, encrypted.p, encrypted.n);
	for (size_t i = 0; i + 9 < encrypted.n; i++)
		if (memcmp(p + i, "PK\x01\x02", 4) == 0)
			p[i + 8] |= 1;
	not_read(a, (rp_bytes){ p, encrypted.n }, "encrypted");
}

static void
a_million_paragraphs(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	struct rp_ipc_reply r;

	r = ask(a, docx_with(a, MAIN,
		       repeated(a, HEAD, "<w:p/>", 1000000, P("end") TAIL), 0));
	RP_CHECK(r.status == RP_IPC_READ);
	RP_CHECK_TEXT(r.text, RP_TEXT("end"));
	r = ask(a,
	    docx_with(a, MAIN,
		repeated(a, HEAD, P("word word word"), 300000, TAIL), 0));
	RP_CHECK(r.status == RP_IPC_READ && r.truncated);
	RP_CHECK(r.text.n > RP_IPC_TEXT_MAX - 20);
}

static void
damaged_documents(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	rp_bytes docx = rp_sample_docx(a, P("x"), NULL),
		 pdf = rp_sample_pdf(a, 2, "x");
	struct rp_ipc_reply r;

	for (size_t n = 4; n < docx.n; n += docx.n / 8)
		not_read(a, (rp_bytes){ docx.p, n }, "ZIP");
	/* A PDF cut short may still be read in part: a reply, no more. */
	for (size_t n = 8; n < pdf.n; n += pdf.n / 8)
		r = ask(a, (rp_bytes){ pdf.p, n });
	not_read(a, RP_BYTES("%PDF-1.4\nnothing"), "PDF");
	not_read(a, RP_BYTES(""), "kind");
	not_read(a, RP_BYTES("\x89PNG\r\n\x1a\n\0"), "kind");
	not_read(a, RP_BYTES("caf\xe9"), "Unicode");
	r = ask(a, rp_sample_pdf(a, RP_IPC_PAGES_MAX + 1, "x"));
	RP_CHECK(r.status == RP_IPC_NOT_READ);
}

static const char locked[] =
    "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n"
    "3 0 obj\n<</Filter/Standard/V 1/R 2/P "
    "-4/O<00000000000000000000000000000000"
    "00000000000000000000000000000000>/U<111111111111111111111111111111111111"
    "1111111111111111111111111111>>>\nendobj\n"
    "trailer\n<</Root 1 0 R/Size 4/Encrypt 3 0 R/ID[<00><00>]>>\n"
    "startxref\n0\n%%EOF\n";

static void
an_encrypted_pdf(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);

	not_read(a, rp_text_bytes(rp_text_z(locked)), "PDF");
}

/* The request itself: nothing, half of it, or too much. */
static void
bad_requests(void)
{
	static const rp_bytes requests[] = { { (const uint8_t *)"", 0 },
		{ (const uint8_t *)"RPQ2", 4 },
		{ (const uint8_t *)"RPQ2\1\0\0\0\5\0\0\0\0\0\0\0"
				   "abc",
		    19 },
		{ (const uint8_t *)"RPQ2\3\0\0\0\3\0\0\0\5\0\0\0"
				   "abcdef",
		    22 },
		{ (const uint8_t *)"XXXX\1\0\0\0\1\0\0\0\0\0\0\0a", 17 },
		{ (const uint8_t *)"RPQ2\1\0\0\0\xff\xff\xff\xff"
				   "\0\0\0\0",
		    16 } };

	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		int in[2], out[2];
		char none;

		RP_CHECK(pipe(in) == 0 && pipe(out) == 0);
		RP_CHECK(write(in[1], requests[i].p, requests[i].n) ==
			 (ssize_t)requests[i].n);
		close(in[1]);
		RP_CHECK(rp_parse_main(in[0], out[1]) == 1);
		close(out[1]);
		RP_CHECK(read(out[0], &none, 1) == 0);
		close(out[0]);
		close(in[0]);
	}
}

/* The text of a version: Akoma Ntoso, its own tracked changes taken. */
static void
versions(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	static const struct {
		const char *body, *why;
	} bad[] = { { "<w:p>", "" }, { NULL, "not a Word document" } };
	struct rp_ipc_reply r;

	r = ask_for(a, RP_IPC_WHAT_MODEL,
	    rp_sample_docx(a,
		P("resolves") "<w:p><w:r><w:t>to </w:t></w:r><w:ins w:id=\"1\" "
			      "w:author=\"A\"><w:r><w:t>wait</w:t></w:r>"
			      "</w:ins></w:p>",
		NULL),
	    (rp_bytes){ 0 });
	RP_CHECK(r.status == RP_IPC_READ && r.kind == RP_FILETYPE_DOCX);
	RP_CHECK(holds(rp_text_bytes(r.text), "<akomaNtoso") &&
		 holds(rp_text_bytes(r.text), "wait") &&
		 !holds(rp_text_bytes(r.text), "<ins"));
	RP_CHECK(holds(r.copy, "resolves\ntowait"));
	RP_CHECK_TEXT(r.script, RP_TEXT("{\"citations\":[]}"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		rp_bytes in = bad[i].body ?
				  rp_sample_docx(a, bad[i].body, NULL) :
				  rp_sample_pdf(a, 1, "x");

		r = ask_for(a, RP_IPC_WHAT_MODEL, in, (rp_bytes){ 0 });
		RP_CHECK(r.status == RP_IPC_NOT_READ && r.text.n == 0);
		RP_CHECK(strstr(r.reason.p, bad[i].why) != NULL);
	}
}

/* Other formats: by their octets, Markdown by what the asker says. */
static void
other_formats(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	static const char text[] =
	    "# RESOLUTION 5 (Here, 2026)\n\n*recalling*\n\n"
	    "a) Resolution 7 (Rev. There, 2022);\n";
	struct rp_ipc_reply plain, marked;

	plain = ask_for(a, RP_IPC_WHAT_MODEL, rp_text_bytes(rp_text_z(text)),
	    (rp_bytes){ 0 });
	RP_CHECK(plain.status == RP_IPC_READ && plain.kind == RP_FILETYPE_TXT &&
		 holds(rp_text_bytes(plain.text), "# RESOLUTION 5"));
	rp_parse_model(a, rp_text_bytes(rp_text_z(text)), true, &marked);
	RP_CHECK(marked.status == RP_IPC_READ &&
		 !holds(rp_text_bytes(marked.text), "# RESOLUTION 5") &&
		 holds(rp_text_bytes(marked.text), "RESOLUTION 5"));
	RP_CHECK(holds(rp_text_bytes(marked.script),
	    "{\"at\":2,\"quoted\":\"Resolution 7 (Rev. There, 2022)\",\"kind\":"
	    "\"resolution\",\"number\":\"7\",\"name\":\"Rev. There, 2022\","
	    "\"year\":2022}"));
	/* What was made of it can be read again, and compared. */
	plain = ask_for(a, RP_IPC_WHAT_MODEL, rp_text_bytes(marked.text),
	    (rp_bytes){ 0 });
	RP_CHECK(plain.status == RP_IPC_READ);
	plain = ask_for(a, RP_IPC_WHAT_COMPARE, rp_text_bytes(marked.text),
	    RP_BYTES("RESOLUTION 5 (Here, 2026)\n"));
	RP_CHECK(plain.status == RP_IPC_READ &&
		 holds(rp_text_bytes(plain.script), "\"SUP\":2"));
	/* Tracked changes in a Word document that was made for it. */
	RP_CHECK(plain.copy.n > 4 && memcmp(plain.copy.p, "PK\3\4", 4) == 0);
}

static void
salvages(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	struct rp_ipc_reply r;

	r = ask_for(a, RP_IPC_WHAT_SALVAGE,
	    RP_BYTES("RESOLUTION 9 (Rev. Lima, 2018Oslo, 2022)\n\nresolves\n\n"
		     "1\tto keep the register of names;\n"
		     "2\tto publish the register in six languages;\n"
		     "23\tto report to the Council every year.\n"),
	    (rp_bytes){ 0 });
	RP_CHECK(r.status == RP_IPC_READ);
	RP_CHECK(holds(rp_text_bytes(r.text), "Lima, 2018)") &&
		 !holds(rp_text_bytes(r.text), "Oslo"));
	RP_CHECK(holds(r.copy, "Oslo, 2022)") && !holds(r.copy, "Lima"));
	RP_CHECK(holds(rp_text_bytes(r.script), "rapporteur-salvage-1"));
	r = ask_for(a, RP_IPC_WHAT_SALVAGE, RP_BYTES("\xff\xfe\0\0"),
	    (rp_bytes){ 0 });
	RP_CHECK(r.status == RP_IPC_NOT_READ && r.text.n == 0 && r.copy.n == 0);
}

static void
codebooks(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	struct rp_ipc_reply r;

	r = ask_for(a, RP_IPC_WHAT_CODEBOOK,
	    RP_BYTES("<?xml version=\"1.0\"?><CodeBook "
		     "xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>"
		     "<Code guid=\"0f5d2a4e-5b8a-4c44-9f6e-000000000001\" "
		     "name=\"Costs\" isCodable=\"true\"><Description>Fees."
		     "</Description></Code></Codes></CodeBook>"),
	    (rp_bytes){ 0 });
	RP_CHECK(r.status == RP_IPC_READ &&
		 holds(rp_text_bytes(r.text), "\"Costs\"") &&
		 holds(rp_text_bytes(r.text), "Fees."));
	r = ask_for(a, RP_IPC_WHAT_CODEBOOK,
	    RP_BYTES("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
		     "<x>&e;</x>"),
	    (rp_bytes){ 0 });
	RP_CHECK(r.status == RP_IPC_NOT_READ && r.text.n == 0);
	r = ask_for(a, RP_IPC_WHAT_CODEBOOK, RP_BYTES("[{\"name\":\"A\"}]"),
	    (rp_bytes){ 0 });
	RP_CHECK(r.status == RP_IPC_READ);
}

static void
comparisons(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	rp_bytes old = rp_sample_docx(a, P("to ask for advice"), NULL);
	rp_bytes now =
	    rp_sample_docx(a, P("to ask for good advice") P("to go"), NULL);
	struct rp_ipc_reply r, again;

	r = ask_for(a, RP_IPC_WHAT_COMPARE, old, now);
	RP_CHECK(r.status == RP_IPC_READ);
	RP_CHECK(holds(rp_text_bytes(r.text), "<ins") &&
		 !holds(rp_text_bytes(r.text), "<del"));
	RP_CHECK(holds(rp_text_bytes(r.script), "\"ADD\":1"));
	RP_CHECK(r.copy.n > 4 && memcmp(r.copy.p, "PK\3\4", 4) == 0);
	again = ask_for(a, RP_IPC_WHAT_COMPARE, old, now);
	RP_CHECK(again.copy.n == r.copy.n &&
		 memcmp(again.copy.p, r.copy.p, r.copy.n) == 0);
	r = ask_for(a, RP_IPC_WHAT_COMPARE, old, rp_sample_pdf(a, 1, "x"));
	RP_CHECK(r.status == RP_IPC_NOT_READ && r.text.n == 0 &&
		 r.script.n == 0 && r.copy.n == 0);
	/* Nothing is a document too, and none of ours. */
	r = ask_for(a, RP_IPC_WHAT_COMPARE, old, (rp_bytes){ 0 });
	RP_CHECK(r.status == RP_IPC_NOT_READ);
}

static rp_bytes
bundle(struct rp_arena *a, rp_bytes first, const char *decided)
{
	static const struct rp_provision_edit edit = { RP_PROVISION_REPLACE, 0,
		RP_TEXT_INIT("to ask for bad advice") };
	const struct rp_consolidate_decision d = { .change = rp_text_z(decided),
		.text = RP_TEXT("any ") };
	struct rp_consolidate_bundle b = { .n = 2,
		.options = { .author = RP_TEXT("Chair"),
		    .decisions = &d,
		    .n_decisions = *decided != '\0' } };
	rp_bytes out;

	b.parties[0].name = RP_TEXT("A");
	b.parties[0].file.octets = first;
	b.parties[1].name = RP_TEXT("B");
	b.parties[1].edits = &edit;
	b.parties[1].n_edits = 1;
	RP_CHECK_OK(rp_consolidate_bundle_write(a, &b, &out));
	return out;
}

/* All amendments in one text, and what it is when the bracket is decided. */
static void
consolidations(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	rp_bytes base = rp_sample_docx(a, P("to ask for advice"), NULL);
	rp_bytes first =
	    rp_sample_docx(a, P("to ask for good advice") P("to go"), NULL);
	struct rp_consolidate_bundle none = { 0 };
	struct rp_ipc_reply r;
	const char *key;
	rp_bytes octets;

	r = ask_for(a, RP_IPC_WHAT_CONSOLIDATE, base, bundle(a, first, ""));
	RP_CHECK(r.status == RP_IPC_READ);
	RP_CHECK(holds(rp_text_bytes(r.text), "Alt 1 (A)") &&
		 holds(rp_text_bytes(r.script), "\"open\":1"));
	RP_CHECK(r.copy.n > 4 && memcmp(r.copy.p, "PK\3\4", 4) == 0);
	key = strstr(r.script.p, "\"key\":\"");
	RP_CHECK(key != NULL);
	r = ask_for(a, RP_IPC_WHAT_CLEAN, base, bundle(a, first, ""));
	RP_CHECK(r.status == RP_IPC_NOT_READ &&
		 strstr(r.reason.p, "1 brackets are open") != NULL);
	r = ask_for(a, RP_IPC_WHAT_CLEAN, base,
	    bundle(a, first, key ? rp_textf(a, "%.32s", key + 7).p : ""));
	RP_CHECK(r.status == RP_IPC_READ && r.text.n == 0);
	r = ask(a, r.copy);
	RP_CHECK(
	    holds(rp_text_bytes(r.text), "to ask for any advice\n\nto go"));
	/* Without amendments; what is no bundle; an amendment that is no DOCX.
	 */
	RP_CHECK_OK(rp_consolidate_bundle_write(a, &none, &octets));
	r = ask_for(a, RP_IPC_WHAT_CONSOLIDATE, base, octets);
	RP_CHECK(r.status == RP_IPC_READ &&
		 holds(rp_text_bytes(r.script), "\"changes\":0"));
	r = ask_for(a, RP_IPC_WHAT_CONSOLIDATE, base, base);
	RP_CHECK(r.status == RP_IPC_NOT_READ);
	r = ask_for(a, RP_IPC_WHAT_CONSOLIDATE, base,
	    bundle(a, rp_sample_pdf(a, 1, "x"), ""));
	RP_CHECK(r.status == RP_IPC_NOT_READ &&
		 strstr(r.reason.p, "A: not a Word document") != NULL);
}

/* With its head: as Word, as PDF; and what cannot be either. */
static void
papers(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	struct rp_paper p = { .lang = RP_TEXT("fr"),
		.symbol = RP_TEXT("CWG-Internet-20/3"),
		.title = RP_TEXT("Des puits") };
	rp_bytes docx =
	    rp_sample_docx(a, P("to report (in spring.") P("to go"), NULL);
	struct rp_ipc_reply r;
	rp_text head;

	rp_vec_push(a, &p.box,
	    ((struct rp_paper_row){ RP_TEXT("Objet"), RP_TEXT("Dire.") }));
	head = rp_paper_json(a, &p);
	r = ask_for(a, RP_IPC_WHAT_PAPER, docx, rp_text_bytes(head));
	RP_CHECK(r.status == RP_IPC_READ);
	RP_CHECK(memcmp(r.copy.p, "PK\3\4", 4) == 0);
	RP_CHECK(holds(rp_text_bytes(r.script), "\"paragraphs\":2") &&
		 holds(rp_text_bytes(r.script), "\"rule\":\"bracket\""));
	RP_CHECK(holds(rp_text_bytes(r.text), "to go") &&
		 !holds(rp_text_bytes(r.text), "Objet"));
	r = ask(a, r.copy);
	RP_CHECK(holds(rp_text_bytes(r.text), "Des puits") &&
		 holds(rp_text_bytes(r.text), "Dire."));
	r = ask_as(a,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_PAPER, .pdf = true },
	    docx, rp_text_bytes(head));
	RP_CHECK(r.status == RP_IPC_READ && r.script.n == 0);
	RP_CHECK(memcmp(r.copy.p, "%PDF-1.7", 8) == 0 &&
		 holds(r.copy, "/Lang (fr)"));
	r = ask_as(a,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_PAPER,
		.markdown = true },
	    RP_BYTES("# A\n\n1. b\n"), rp_text_bytes(head));
	RP_CHECK(r.status == RP_IPC_READ &&
		 holds(rp_text_bytes(r.script), "\"labels\":\"1.\\n\""));
	r = ask_for(a, RP_IPC_WHAT_PAPER, rp_sample_pdf(a, 1, "x"),
	    rp_text_bytes(head));
	RP_CHECK(r.status == RP_IPC_NOT_READ && r.reason.n > 0);
	r = ask_for(a, RP_IPC_WHAT_PAPER, docx, RP_BYTES("{"));
	RP_CHECK(r.status == RP_IPC_NOT_READ);
}

static void
letterheads(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	rp_bytes docx = rp_sample_docx(a,
	    P("\xc2\xabtitle\xc2\xbb and \xc2\xabwhy\xc2\xbb"), NULL);
	struct rp_ipc_reply r;

	r = ask_for(a, RP_IPC_WHAT_FILL, docx, RP_BYTES("{}"));
	RP_CHECK(r.status == RP_IPC_READ);
	RP_CHECK_TEXT(r.text, RP_TEXT("title\nwhy\n"));
	r = ask_for(a, RP_IPC_WHAT_FILL, docx,
	    RP_BYTES("{\"title\":\"Wells\",\"other\":\"x\"}"));
	RP_CHECK(r.status == RP_IPC_READ);
	RP_CHECK_TEXT(r.text, RP_TEXT("why\n"));
	r = ask(a, r.copy);
	RP_CHECK(holds(rp_text_bytes(r.text), "Wells and"));
	r = ask_for(a, RP_IPC_WHAT_FILL, rp_sample_pdf(a, 1, "x"),
	    RP_BYTES("{}"));
	RP_CHECK(r.status == RP_IPC_NOT_READ && r.reason.n > 0);
	r = ask_for(a, RP_IPC_WHAT_FILL, docx, RP_BYTES("[]"));
	RP_CHECK(r.status == RP_IPC_NOT_READ);
	r = ask_for(a, RP_IPC_WHAT_FILL, docx, RP_BYTES("{\"a b\":\"x\"}"));
	RP_CHECK(r.status == RP_IPC_NOT_READ);
}

RP_CHECK_MAIN({ "good documents", good_documents },
    { "hostile packages", hostile_packages },
    { "a million paragraphs", a_million_paragraphs },
    { "damaged documents", damaged_documents },
    { "an encrypted PDF", an_encrypted_pdf }, { "bad requests", bad_requests },
    { "versions", versions }, { "other formats", other_formats },
    { "salvages", salvages }, { "codebooks", codebooks },
    { "comparisons", comparisons }, { "consolidations", consolidations },
    { "papers", papers }, { "letterheads", letterheads })
