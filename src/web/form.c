#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/err.h"
#include "codec/httpval.h"
#include "codec/multipart.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "text/input.h"
#include "web/engine_private.h"

/* So many are looked at, to say how many are too many. */
#define FILES_SEEN (4 * RP_ATTACHMENTS_MAX)

/*
 * A form with files is stored while it arrives. The parser's chunks are copied
 * here; after each piece of the body that completed one, the connection waits
 * until the turn has written them.
 *
 *	libmicrohttpd -> rp_multipart_feed -> chunk_seen -> pending
 *	turn: pending -> rp_upload_chunk -> store
 */
struct pending {
	STAILQ_ENTRY(pending) link;
	size_t file; /* index into uploads */
	int64_t seq;
	size_t n;
	uint8_t data[];
};

struct rq_upload {
	struct rp_uploads files;
	STAILQ_HEAD(, pending) waiting;
	int64_t seq; /* of the file that is arriving */
	struct rq *rq;
	bool counted; /* in rp_web.n_uploads */
};

/*
 * What it will turn out to be, by its first octets: a package is a DOCX or an
 * ODT by the name that its first entries have. The parse role has the last
 * word.
 */
static rp_text
kind_of(rp_bytes head)
{
	size_t looked = head.n < 4096 ? head.n : 4096;

	if (head.n >= 5 && memcmp(head.p, "%PDF-", 5) == 0)
		return RP_TEXT("pdf");
	if (head.n >= 4 && memcmp(head.p, "PK\3\4", 4) == 0)
		return memmem(head.p, looked, "opendocument.text", 17) ?
			   RP_TEXT("odt") :
			   RP_TEXT("docx");
	if (head.n > 0 && memchr(head.p, 0, looked) == NULL)
		return RP_TEXT("txt");
	return RP_TEXT("");
}

static struct rp_err *
file_begins(void *ctx, const struct rp_multipart_part *part)
{
	struct rq_upload *u = ctx;
	struct rp_arena *a = u->rq->arena;
	struct rp_upload file = { 0 };

	if (u->files.n >= FILES_SEEN)
		return rp_fail(RP_E_LIMIT, "more than %d files", FILES_SEEN);
	RP_TRY(rp_text_input_line(a, part->name, 100, &file.field));
	RP_TRY(rp_text_input_line(a, part->filename, RP_FILE_NAME_MAX,
	    &file.name));
	rp_vec_push(a, &u->files, file);
	u->seq = 0;
	return NULL;
}

static struct rp_err *
chunk_seen(void *ctx, rp_bytes chunk)
{
	struct rq_upload *u = ctx;
	struct rp_upload *file = &u->files.v[u->files.n - 1];
	struct pending *p;

	if (u->seq == 0)
		file->kind = kind_of(chunk);
	file->size += chunk.n;
	/* Counted, so that the form can say what is too much; not stored. */
	if (file->size > (size_t)RP_ATTACHMENT_SIZE_MAX ||
	    u->files.n > RP_ATTACHMENTS_MAX)
		return NULL;
	p = malloc(sizeof(*p) + chunk.n);
	RP_ASSERT(p != NULL);
	p->file = u->files.n - 1;
	p->seq = u->seq++;
	p->n = chunk.n;
	memcpy(p->data, chunk.p, chunk.n);
	STAILQ_INSERT_TAIL(&u->waiting, p, link);
	return NULL;
}

static struct rp_err *
file_ends(void *ctx)
{
	(void)ctx;
	return NULL;
}

static struct rp_err *
multipart(struct rq *rq)
{
	struct rq_upload *u = rp_new(rq->arena, struct rq_upload);
	struct rp_multipart_sink *sink =
	    rp_new(rq->arena, struct rp_multipart_sink);

	if (!(rq->req.route->flags & RP_UPLOAD))
		return rp_fail(RP_E_INVALID, "this form takes no files");
	*sink = (struct rp_multipart_sink){ .ctx = u,
		.begin = file_begins,
		.data = chunk_seen,
		.end = file_ends };
	u->rq = rq;
	STAILQ_INIT(&u->waiting);
	rq->uploading = u;
	rq->body_max = RP_MULTIPART_TOTAL_MAX;
	return rp_multipart_new(rq->arena, rp_text_bytes(rq->req.content_type),
	    sink, &rq->multipart);
}

struct rp_err *
rp_web_form_begin(struct rq *rq)
{
	const char *length = MHD_lookup_connection_value(rq->con,
	    MHD_HEADER_KIND, "Content-Length");
	struct rp_httpval type = { 0 };
	int64_t n;

	rp_buf_init(&rq->body, rq->arena, RP_WEB_FORM_MAX);
	rq->body_max = RP_WEB_FORM_MAX;
	if (rq->req.content_type.n > 0)
		RP_TRY(rp_httpval_type_parse(rq->arena,
		    rp_text_bytes(rq->req.content_type), &type));
	if (rp_text_eq(type.main, RP_TEXT("multipart/form-data")))
		RP_TRY(multipart(rq));
	else if (type.main.n > 0 && !(rq->req.route->flags & RP_API) &&
		 !rp_text_eq(type.main,
		     RP_TEXT("application/x-www-form-urlencoded")))
		return rp_fail(RP_E_INVALID, "a form of an unknown type");
	rq->req.content_type = type.main;
	if (length != NULL && rp_text_i64(rp_text_z(length), &n) &&
	    n > (int64_t)rq->body_max)
		return rp_fail(RP_E_LIMIT, "a body of %lld octets",
		    (long long)n);
	return NULL;
}

/* Small forms are always taken: the places are for those that need memory. */
static void
take_place(struct rq *rq)
{
	struct rq_upload *u = rq->uploading;

	if (u == NULL || u->counted || rq->body_seen < RP_WEB_LARGE)
		return;
	if (rq->web->n_uploads >= RP_WEB_UPLOADS_MAX) {
		rq->refuse = RP_E_UNAVAILABLE;
		return;
	}
	rq->web->n_uploads++;
	u->counted = true;
}

/* False: the sender goes on past every limit; the connection is closed. */
bool
rp_web_form_data(struct rq *rq, const char *data, size_t *n)
{
	rp_bytes piece = { (const uint8_t *)data, *n };
	struct rp_err *e = NULL;

	rq->body_seen += *n;
	if (rq->body_seen > rq->body_max)
		return false;
	*n = 0;
	take_place(rq);
	if (rq->refuse != 0)
		return true; /* read to its end, so that the answer is seen */
	if (rq->multipart != NULL)
		e = rp_multipart_feed(rq->multipart, piece);
	else
		rp_buf_bytes_add(&rq->body, piece);
	if (e != NULL)
		rq->refuse = rp_err_code(e);
	rp_err_free(e);
	if (rq->uploading != NULL && rq->refuse == 0 &&
	    !STAILQ_EMPTY(&rq->uploading->waiting))
		rq->state = RQ_CHUNK;
	return true;
}

struct rp_err *
rp_web_form_chunk(struct rq *rq, struct rp_tx *tx)
{
	struct rq_upload *u = rq->uploading;
	struct pending *p;

	while ((p = STAILQ_FIRST(&u->waiting)) != NULL) {
		struct rp_upload *file = &u->files.v[p->file];

		if (file->upload_id == 0)
			RP_TRY(rp_upload_begin(&rq->who, tx, file->name,
			    &file->upload_id));
		RP_TRY(rp_upload_chunk(&rq->who, tx, file->upload_id, p->seq,
		    (rp_bytes){ p->data, p->n }));
		STAILQ_REMOVE_HEAD(&u->waiting, link);
		free(p);
	}
	return NULL;
}

struct rp_err *
rp_web_form_end(struct rq *rq)
{
	rp_bytes all;

	if (rq->refuse != 0)
		return rp_fail(rq->refuse, "the form could not be taken");
	if (rq->multipart != NULL) {
		RP_TRY(rp_multipart_finish(rq->multipart, &rq->req.form));
		if (!STAILQ_EMPTY(&rq->uploading->waiting)) {
			rq->state = RQ_CHUNK;
			return NULL;
		}
		rq->req.uploads = rq->uploading->files;
		return NULL;
	}
	RP_TRY(rp_buf_bytes(&rq->body, &all));
	rq->req.body = all;
	if (rq->req.content_type.n == 0 ||
	    rp_text_eq(rq->req.content_type,
		RP_TEXT("application/x-www-form-urlencoded")))
		return rp_urlform_parse(rq->arena, all, &rq->req.form);
	return NULL;
}

size_t
rp_web_form_waiting(const struct rq *rq)
{
	const struct pending *p;
	size_t n = 0;

	if (rq->uploading == NULL)
		return rq->body_seen;
	STAILQ_FOREACH(p, &rq->uploading->waiting, link)
	n += p->n;
	return n;
}

void
rp_web_form_gone(struct rq *rq)
{
	struct rq_upload *u = rq->uploading;
	struct pending *p;

	if (u == NULL)
		return;
	while ((p = STAILQ_FIRST(&u->waiting)) != NULL) {
		STAILQ_REMOVE_HEAD(&u->waiting, link);
		free(p);
	}
	if (u->counted)
		rq->web->n_uploads--;
	u->counted = false;
}

rp_bytes
rp_form_value(const struct rp_urlform *form, const char *name)
{
	return rp_urlform_value(form, name);
}

bool
rp_form_has(const struct rp_urlform *form, const char *name)
{
	return rp_urlform_find(form, name) != NULL;
}

struct rp_err *
rp_form_text(const struct rp_request *req, const struct rp_urlform *form,
    const char *name, size_t max, rp_text *out)
{
	return rp_text_input(req->arena, rp_urlform_value(form, name), max,
	    out);
}

struct rp_err *
rp_form_line(const struct rp_request *req, const struct rp_urlform *form,
    const char *name, size_t max, rp_text *out)
{
	return rp_text_input_line(req->arena, rp_urlform_value(form, name), max,
	    out);
}
