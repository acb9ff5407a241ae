#include "text/linkify.h"
#include "text/markup.h"
#include "web/page.h"

/*
 * Links of one run of text are found once and then handed out in order, so a
 * text of many links is still read only once.
 */
struct found {
	const struct rp_names *names;
	const char *end; /* of the run that `links` is about */
	struct rp_links links;
	const char *base;
	size_t next;
};

static bool
find(void *ctx, struct rp_arena *a, rp_text t, struct rp_markup_found *out)
{
	struct found *f = ctx;

	if (f->end != t.p + t.n || t.p < f->base) {
		f->base = t.p;
		f->end = t.p + t.n;
		f->links = (struct rp_links){ 0 };
		f->next = 0;
		rp_linkify_find(a, f->names, t, &f->links);
	}
	for (; f->next < f->links.n; f->next++) {
		const struct rp_link *l = &f->links.v[f->next];

		if (f->base + l->from < t.p)
			continue;
		out->from = (size_t)(f->base + l->from - t.p);
		out->to = (size_t)(f->base + l->to - t.p);
		out->href = l->target;
		return true;
	}
	return false;
}

const struct rp_markup_linker *
rp_web_linker(const struct rp_request *req)
{
	struct found *f = rp_new(req->arena, struct found);
	struct rp_markup_linker *l =
	    rp_new(req->arena, struct rp_markup_linker);

	f->names = req->who->env->names;
	*l = (struct rp_markup_linker){ .find = find, .ctx = f };
	return l;
}
