#include "web/file.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/upload.h"

#define NAME_MAX_PLAIN 120

struct sending {
	const struct rp_actor *who;
	int64_t blob_id, seq;
};

static struct rp_err *
next(void *ctx, struct rp_arena *a, struct rp_tx *tx, rp_bytes *out)
{
	struct sending *s = ctx;
	bool found;

	(void)a;
	RP_TRY(rp_blob_chunk(s->who, tx, s->blob_id, s->seq, &found, out));
	if (!found)
		*out = (rp_bytes){ 0 };
	s->seq++;
	return NULL;
}

static const char *
type_of(rp_text kind)
{
	static const struct {
		const char *kind, *type;
	} types[] = {
		{ "pdf", "application/pdf" },
		{ "docx", "application/vnd.openxmlformats-officedocument."
			  "wordprocessingml.document" },
		{ "odt", "application/vnd.oasis.opendocument.text" },
		{ "txt", "text/plain; charset=utf-8" },
		{ "md", "text/markdown; charset=utf-8" },
		{ "json", "application/json" },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (rp_text_eq(kind, rp_text_z(types[i].kind)))
			return types[i].type;
	return "application/octet-stream";
}

/* The name for programs that know ASCII only. */
static rp_text
plain_name(struct rp_arena *a, rp_text name)
{
	rp_text out = RP_TEXT("file");
	struct rp_buf b;

	rp_buf_init(&b, a, NAME_MAX_PLAIN);
	for (size_t i = 0; i < name.n; i++) {
		uint8_t c = (uint8_t)name.p[i];

		if (c >= 0x80 && (c & 0xc0) == 0x80)
			continue;
		rp_buf_byte(&b,
		    c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' ?
			(uint8_t)'_' :
			c);
	}
	rp_err_free(rp_buf_done(&b, &out));
	return out;
}

struct rp_err *
rp_web_file(const struct rp_request *req, int64_t blob_id, rp_text name,
    rp_text kind, struct rp_response *out)
{
	struct sending *s = rp_new(req->arena, struct sending);

	s->who = req->who;
	s->blob_id = blob_id;
	out->type = type_of(kind);
	out->producer = next;
	out->ctx = s;
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena,
		"attachment; filename=\"%.*s\"; filename*=UTF-8''%.*s",
		RP_FMT(plain_name(req->arena, name)),
		RP_FMT(rp_percent_encode(req->arena, rp_text_bytes(name)))));
	return NULL;
}
