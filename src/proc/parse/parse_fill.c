/* parse_fill - a body's own Word template with facts in its fields. */
#include "base/buf.h"
#include "base/err.h"
#include "codec/docx_fill.h"
#include "codec/filetype.h"
#include "codec/plain.h"
#include "proc/parse/parse.h"
#include "proc/parse/parse_private.h"

struct step {
	struct rp_arena *keep;
	rp_bytes template, facts;
	struct rp_ipc_reply *reply;
};

static struct rp_err *
names(struct rp_arena *a, struct step *s, const struct rp_docx_field_names *all)
{
	struct rp_buf b;
	rp_bytes octets;

	if (all->n > RP_DOCX_FILL_FIELDS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu fields", all->n);
	rp_buf_init(&b, a, RP_IPC_TEXT_MAX);
	for (size_t i = 0; i < all->n; i++)
		rp_buf_f(&b, "%.*s\n", RP_FMT(all->v[i]));
	RP_TRY(rp_buf_bytes(&b, &octets));
	s->reply->text = rp_text_trusted(s->keep, octets);
	return NULL;
}

static struct rp_err *
fill_step(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	struct rp_docx_values values;
	struct rp_docx_fill done;
	enum rp_filetype kind;
	struct rp_zip *zip;

	RP_TRY(rp_filetype_find(a, s->template, &kind, &zip));
	if (kind != RP_FILETYPE_DOCX)
		return rp_fail(RP_E_INVALID, "not a Word document");
	RP_TRY(rp_docx_values_parse(a, s->facts, &values));
	RP_TRY(rp_docx_fill(a, s->template, &values, RP_IPC_COPY_MAX, &done));
	RP_TRY(names(a, s, &done.unknown));
	s->reply->copy = rp_text_bytes(rp_text_trusted(s->keep, done.docx));
	return NULL;
}

void
rp_parse_fill(struct rp_arena *a, rp_bytes template, rp_bytes facts,
    struct rp_ipc_reply *out)
{
	struct rp_ipc_reply reply = { .status = RP_IPC_READ,
		.kind = RP_FILETYPE_DOCX };
	struct step s = { .keep = a,
		.template = template,
		.facts = facts,
		.reply = &reply };
	struct rp_err *e = rp_job_run(RP_PARSE_STEP_MAX, fill_step, &s);

	*out = reply;
	if (e != NULL)
		*out = (struct rp_ipc_reply){ .status = RP_IPC_NOT_READ,
			.reason = rp_parse_reason(a, e) };
}
