#include "codec/multipart.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"

#define TYPE "multipart/form-data; boundary=XyZ"

/* Everything the sink is told, as one text. */
struct log {
	struct rp_buf b;
	size_t files;
};

static struct rp_err *
log_begin(void *ctx, const struct rp_multipart_part *p)
{
	struct log *l = ctx;

	rp_buf_f(&l->b, "[%.*s|%.*s|%.*s:", RP_FMT(p->name),
	    RP_FMT(p->filename), RP_FMT(p->type));
	if (++l->files > 3)
		return rp_fail(RP_E_LIMIT, "too many files");
	return NULL;
}

static struct rp_err *
log_data(void *ctx, rp_bytes chunk)
{
	struct log *l = ctx;

	rp_buf_f(&l->b, "%zu,", chunk.n);
	rp_buf_bytes_add(&l->b, chunk);
	return NULL;
}

static struct rp_err *
log_end(void *ctx)
{
	struct log *l = ctx;

	rp_buf_byte(&l->b, ']');
	return NULL;
}

/* Feed `body` cut at `first` and then into pieces of `step` octets. */
static struct rp_err *
run(struct rp_arena *a, rp_bytes body, size_t first, size_t step, rp_text *out)
{
	struct log l = { 0 };
	struct rp_multipart_sink sink = { &l, log_begin, log_data, log_end };
	struct rp_multipart *m;
	struct rp_urlform fields;

	rp_buf_init(&l.b, a, (size_t)64 << 20);
	RP_TRY(rp_multipart_new(a, RP_BYTES(TYPE), &sink, &m));
	for (size_t i = 0, n = first; i < body.n; i += n, n = step) {
		if (n > body.n - i)
			n = body.n - i;
		RP_TRY(rp_multipart_feed(m, (rp_bytes){ body.p + i, n }));
	}
	RP_TRY(rp_multipart_finish(m, &fields));
	for (size_t i = 0; i < fields.n; i++)
		rp_buf_f(&l.b, "{%.*s=%.*s}", RP_FMT(fields.v[i].name),
		    RP_FMT(fields.v[i].value));
	return rp_buf_done(&l.b, out);
}

#define FIELD(name, value)                                      \
	"--XyZ\r\nContent-Disposition: form-data; name=\"" name \
	"\"\r\n\r\n" value "\r\n"

static const char good[] = "preamble --XyZ\r\n" FIELD("a", "1") FIELD("empty",
    "") FIELD("tricky",
    "\r\n--Xy\r\n\r--XyZ\r\r\n--XyY--") "--XyZ \t\r\ncontent-disposition: "
					"form-data; name=\"f\"; "
					"filename=\"C:\\\\dir\\\\%22q%22."
					"txt\"\r\nContent-Type: "
					"text/plain\r\n\r\n"
					"one\r\n--X\r\ntwo\r\n"
					"--XyZ\r\nContent-Disposition: "
					"form-data; name=\"g\"; "
					"filename=\"\"\r\n"
					"Content-Type: "
					"application/octet-stream\r\n\r\n\r\n"
					"--XyZ\r\nContent-Disposition: "
					"form-data; name=\"h\"; "
					"filename=\"e\"\r\n"
					"\r\n\r\n"
					"--XyZ\r\nContent-Disposition: "
					"form-data; name=\"old\"\r\n\r\n"
					"--XyZ--\r\nepilogue\r\n--XyZ\r\n";

static const char want[] =
    "[f|\"q\".txt|text/plain:13,one\r\n--X\r\ntwo][h|e|:]"
    "{a=1}{empty=}{tricky=\r\n--Xy\r\n\r--XyZ\r\r\n--XyY--}{old=}";

static void
every_split_gives_the_same(void)
{
	rp_bytes body = RP_BYTES("");

	body = (rp_bytes){ (const uint8_t *)good, sizeof(good) - 1 };
	for (size_t first = 0; first <= body.n; first++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		rp_text got;

		RP_CHECK_OK(run(a, body, first, body.n, &got));
		RP_CHECK_TEXT(got, rp_text_z(want));
	}
	for (size_t step = 1; step < 40; step++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		rp_text got;

		RP_CHECK_OK(run(a, body, step, step, &got));
		RP_CHECK_TEXT(got, rp_text_z(want));
	}
}

static const struct {
	const char *body;
	enum rp_ecode code;
} bad[] = {
	{ "", RP_E_INVALID },
	{ "--XyZ", RP_E_INVALID },
	{ "--XyZ\r\n", RP_E_INVALID },
	{ FIELD("a", "1"), RP_E_INVALID },
	{ FIELD("a", "1") "--XyZ-", RP_E_INVALID },
	{ FIELD("a", "1") "--XyZ-x", RP_E_INVALID },
	{ FIELD("a", "1") "--XyZab\r\n", RP_E_INVALID },
	{ "--XyZ\n\r\n", RP_E_INVALID },
	{ "--XyZ\r\n\r\nx\r\n--XyZ--", RP_E_INVALID },
	{ "--XyZ\r\nContent-Disposition: form-data\r\n\r\n\r\n--XyZ--",
	    RP_E_INVALID },
	{ "--XyZ\r\nContent-Disposition: file; name=a\r\n\r\n\r\n--XyZ--",
	    RP_E_INVALID },
	{ "--XyZ\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n",
	    RP_E_INVALID },
	{ "--XyZ\r\nContent-Disposition: form-data; name=a\n\r\n",
	    RP_E_INVALID },
	{ "--XyZ\r\nContent-Disposition: form-data; name=a\r\n"
	  "Content-Disposition: form-data; name=b\r\n\r\n",
	    RP_E_INVALID },
	{ "--XyZ\r\nContent-Disposition: form-data; name=a\r\n"
	  "Content-Transfer-Encoding: base64\r\n\r\n",
	    RP_E_INVALID },
	{ "--XyZ\r\nno colon\r\n\r\n", RP_E_INVALID },
};

static void
refuses_malformed_bodies(void)
{
	static const char *types[] = { "text/plain", "multipart/form-data",
		"multipart/form-data; boundary=\"\"",
		"multipart/form-data; boundary=\"a\\\"b\"",
		"multipart/form-data; boundary=\"a \"",
		"multipart/form-data; boundary="
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaa" };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_multipart_sink sink = { 0 };
	struct rp_multipart *m;
	rp_text got;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		for (size_t step = 1; step < 60; step += 7)
			RP_CHECK_FAILS(run(a,
					   rp_text_bytes(
					       rp_text_z(bad[i].body)),
					   step, step, &got),
			    bad[i].code);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		RP_CHECK_FAILS(rp_multipart_new(a,
				   rp_text_bytes(rp_text_z(types[i])), &sink,
				   &m),
		    RP_E_INVALID);
}

/* `head`, then `n` octets of `fill` over and over, then `tail`. */
static rp_bytes
built(struct rp_arena *a, const char *head, size_t n, const char *fill,
    const char *tail)
{
	struct rp_buf b;
	rp_bytes out = { 0 };
	size_t len = strlen(fill);

	rp_buf_init(&b, a, (size_t)128 << 20);
	rp_buf_room(&b, n + 1000);
	rp_buf_text(&b, rp_text_z(head));
	for (size_t i = 0; i < n; i += len)
		rp_buf_add(&b, fill, len);
	rp_buf_text(&b, rp_text_z(tail));
	RP_CHECK_OK(rp_buf_bytes(&b, &out));
	return out;
}

#define FILE_HEAD                                                     \
	"--XyZ\r\nContent-Disposition: form-data; name=f; filename=x" \
	"\r\n\r\n"

static void
limits(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	rp_text got;
	rp_bytes body;

	body =
	    built(a, "", RP_MULTIPART_PARTS_MAX * (sizeof(FIELD("a", "1")) - 1),
		FIELD("a", "1"), FIELD("a", "1") "--XyZ--");
	RP_CHECK_FAILS(run(a, body, 4096, 4096, &got), RP_E_LIMIT);
	body = built(a, "--XyZ\r\nX: ", RP_MULTIPART_HEADER_MAX, "x", "");
	RP_CHECK_FAILS(run(a, body, 4096, 4096, &got), RP_E_LIMIT);
	body =
	    built(a, "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n",
		RP_MULTIPART_FIELD_MAX + 1, "x", "");
	RP_CHECK_FAILS(run(a, body, 4096, 4096, &got), RP_E_LIMIT);
	body =
	    built(a, "", 4 * sizeof(FILE_HEAD), FILE_HEAD "y\r\n", "--XyZ--");
	RP_CHECK_FAILS(run(a, body, 4096, 4096, &got), RP_E_LIMIT);
	body = built(a, "", RP_MULTIPART_TOTAL_MAX + 1, "x", "");
	RP_CHECK_FAILS(run(a, body, 1 << 20, 1 << 20, &got), RP_E_LIMIT);
}

static void
files_come_in_whole_chunks(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	static const size_t steps[] = { 1000, 16384, 1000000, 5000000 };
	size_t n = 2 * RP_MULTIPART_CHUNK + 7;
	rp_bytes body = built(a, FILE_HEAD, n, "x", "\r\n--XyZ--");

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		rp_text got;

		RP_CHECK_OK(run(a, body, steps[i], steps[i], &got));
		RP_CHECK(!memcmp(got.p, "[f|x|:1048576,xxx", 17));
		RP_CHECK(!memcmp(got.p + 14 + RP_MULTIPART_CHUNK - 1,
		    "x1048576,x", 10));
		RP_CHECK(!memcmp(got.p + got.n - 11, "x7,xxxxxxx]", 11));
	}
}

RP_CHECK_MAIN({ "every split gives the same", every_split_gives_the_same },
    { "refuses malformed bodies", refuses_malformed_bodies },
    { "limits", limits },
    { "files come in whole chunks", files_come_in_whole_chunks })
