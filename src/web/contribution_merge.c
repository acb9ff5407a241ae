#include "web/contribution_merge.h"

#include "base/err.h"
#include "web/desk.h"

#define IS(t, word) rp_text_eq((t), RP_TEXT(word))

static struct rp_err *
add_document(const struct rp_request *req, const struct rp_web_contributing *s,
    const struct rp_contribution_merged *one, struct v_contribution_merge *out)
{
	struct v_contribution_merge_documents row = {
		.symbol =
		    rp_meeting_document_symbol(req->arena, &s->m, &one->d),
		.url = rp_web_document_page(req, &s->g, &s->m, &one->d),
		.title = one->d.title.body,
		.lang = one->d.title.lang,
		.number = one->d.number
	};

	RP_TRY(rp_web_sources(req, &one->missing, &row.missing));
	rp_vec_push(req->arena, &out->documents, row);
	return NULL;
}

static bool
is_there(const struct rp_contribution_merges *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].d.id == id)
			return true;
	}
	return false;
}

static struct rp_err *
add_choices(const struct rp_request *req, const struct rp_web_contributing *s,
    const struct rp_contribution *c, const struct rp_contribution_merges *there,
    struct v_contribution_merge *out)
{
	struct rp_meeting_documents all;

	RP_TRY(rp_contribution_merge_choices(req->who, req->tx, &s->m, c,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_meeting_document *d = &all.v[i];
		struct v_contribution_merge_choices row = {
			.value =
			    rp_textf(req->arena, "%lld", (long long)d->number),
			.name = rp_textf(req->arena, "%.*s – %.*s",
			    RP_FMT(rp_meeting_document_symbol(req->arena, &s->m,
				d)),
			    RP_FMT(d->title.body))
		};

		if (!is_there(there, d->id))
			rp_vec_push(req->arena, &out->choices, row);
	}
	return NULL;
}

struct rp_err *
rp_web_contribution_merge_show(const struct rp_request *req,
    const struct rp_web_contributing *s, const struct rp_contribution *c,
    struct v_contribution_merge *out, bool *out_waits)
{
	struct rp_contribution_merges all;

	*out_waits = false;
	out->token = req->csrf;
	out->action =
	    rp_web_contributions_url(req, s, "%lld/", (long long)c->id);
	out->can_change =
	    c->mine && !IS(c->state, "numbered") && !IS(c->state, "withdrawn");
	RP_TRY(rp_contribution_merge_list(req->who, req->tx, &s->m, c,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		*out_waits |= all.v[i].missing.n > 0;
		RP_TRY(add_document(req, s, &all.v[i], out));
	}
	return out->can_change ? add_choices(req, s, c, &all, out) : NULL;
}

struct rp_err *
rp_web_contribution_merge_do(const struct rp_request *req,
    const struct rp_web_contributing *s, const struct rp_contribution *c)
{
	int64_t number = rp_desk_number(req, &req->form, "merge");

	return rp_desk_button(req, "merge") ?
		   rp_contribution_merge_add(req->who, req->tx, &s->m, c,
		       number) :
		   rp_contribution_merge_remove(req->who, req->tx, &s->m, c,
		       number);
}
