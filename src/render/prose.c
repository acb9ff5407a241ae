#include "render/prose.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/input.h"
#include "text/markup.h"

#define PROSE_MAX ((size_t)8 * 1024 * 1024)

struct out {
	struct rp_arena *a;
	struct rp_buf b;
	const struct rp_markup *m;
	rp_text anchor;
	bool in_link[RP_MARKUP_DEPTH + 1];
};

static void
put(struct out *o, const char *s)
{
	rp_buf_add(&o->b, s, strlen(s));
}

static void
put_text(struct out *o, rp_text t)
{
	rp_html h = rp_html_escape(o->a, t);

	rp_buf_add(&o->b, h.p, h.n);
}

static void
open_block(struct out *o, const char *tag, const struct rp_markup_node *n)
{
	rp_buf_f(&o->b, "<%s", tag);
	if (o->anchor.n > 0)
		rp_buf_f(&o->b, " id=\"%.*s-p%" PRIu32 "\"", RP_FMT(o->anchor),
		    n->n);
	if (n->kind == RP_MARKUP_ITEM && n->number > 0)
		rp_buf_f(&o->b, " value=\"%" PRIu32 "\"", n->number);
	put(o, ">");
}

/* The sign to cite by: at the end of the block, so that copying is clean. */
static void
close_block(struct out *o, const char *tag, const struct rp_markup_node *n)
{
	if (o->anchor.n > 0)
		rp_buf_f(&o->b,
		    " <a class=\"anchor\" href=\"#%.*s-p%" PRIu32
		    "\" aria-label=\"§ %" PRIu32 "\">§</a>",
		    RP_FMT(o->anchor), n->n, n->n);
	rp_buf_f(&o->b, "</%s>\n", tag);
}

/* False if the address may not be one: then only its text is shown. */
static bool
open_link(struct out *o, const struct rp_markup_node *n)
{
	struct rp_err *e;
	rp_url url;

	e = rp_url_from(o->a, n->href, &url);
	if (e != NULL) {
		rp_err_free(e);
		return false;
	}
	put(o, "<a rel=\"nofollow ugc noopener\" href=\"");
	put_text(o, (rp_text){ url.p, url.n });
	put(o, "\">");
	return true;
}

static bool
begin(struct out *o, const struct rp_markup_node *n)
{
	switch (n->kind) {
	case RP_MARKUP_PARAGRAPH:
		open_block(o, "p", n);
		break;
	case RP_MARKUP_LIST:
		put(o, n->ordered ? "<ol>\n" : "<ul>\n");
		break;
	case RP_MARKUP_ITEM:
		open_block(o, "li", n);
		break;
	case RP_MARKUP_TEXT:
		put_text(o, rp_text_sub(o->m->source, n->from, n->to));
		break;
	case RP_MARKUP_BREAK:
		put(o, "<br>\n");
		break;
	case RP_MARKUP_EM:
		put(o, "<em>");
		break;
	case RP_MARKUP_STRONG:
		put(o, "<strong>");
		break;
	case RP_MARKUP_LINK:
		return open_link(o, n);
	}
	return true;
}

static void
end(struct out *o, const struct rp_markup_node *n, bool linked)
{
	switch (n->kind) {
	case RP_MARKUP_PARAGRAPH:
		close_block(o, "p", n);
		break;
	case RP_MARKUP_LIST:
		put(o, n->ordered ? "</ol>\n" : "</ul>\n");
		break;
	case RP_MARKUP_ITEM:
		close_block(o, "li", n);
		break;
	case RP_MARKUP_EM:
		put(o, "</em>");
		break;
	case RP_MARKUP_STRONG:
		put(o, "</strong>");
		break;
	case RP_MARKUP_LINK:
		if (linked)
			put(o, "</a>");
		break;
	case RP_MARKUP_TEXT:
	case RP_MARKUP_BREAK:
		break;
	}
}

static void
walk(struct out *o)
{
	struct {
		const struct rp_markup_node *n;
		bool linked;
	} open[RP_MARKUP_DEPTH + 1];
	size_t depth = 0;

	for (size_t i = 0; i <= o->m->nodes.n; i++) {
		while (depth > 0 && open[depth - 1].n->end <= i) {
			depth--;
			end(o, open[depth].n, open[depth].linked);
		}
		if (i == o->m->nodes.n)
			return;
		RP_ASSERT(depth < sizeof(open) / sizeof(open[0]));
		open[depth].n = &o->m->nodes.v[i];
		open[depth].linked = begin(o, open[depth].n);
		depth++;
	}
}

rp_html
rp_prose(struct rp_arena *a, rp_text source, rp_text anchor,
    const struct rp_markup_linker *linker)
{
	struct out o = { .a = a, .anchor = anchor };

	rp_buf_init(&o.b, a, PROSE_MAX);
	o.m = rp_markup_parse(a, source, linker);
	walk(&o);
	return (rp_html){ (const char *)o.b.p, o.b.n };
}

rp_html
rp_prose_question(struct rp_arena *a, rp_text text, rp_text help)
{
	struct rp_buf b;
	rp_html q = rp_prose(a, text, RP_TEXT(""), NULL);
	rp_html h;

	rp_buf_init(&b, a, PROSE_MAX);
	rp_buf_add(&b, q.p, q.n);
	if (help.n > 0) {
		h = rp_prose(a, help, RP_TEXT(""), NULL);
		rp_buf_text(&b, RP_TEXT("<div class=\"hint\">"));
		rp_buf_add(&b, h.p, h.n);
		rp_buf_text(&b, RP_TEXT("</div>"));
	}
	return (rp_html){ (const char *)b.p, b.n };
}

rp_text
rp_prose_excerpt(struct rp_arena *a, rp_text source, size_t max)
{
	return rp_markup_excerpt(a, source, max);
}
