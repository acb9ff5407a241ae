/*
 * comparison_pages - what two versions of an instrument differ in.
 */
#include "base/err.h"
#include "document/document.h"
#include "render/chart.h"
#include "render/t_comparison.h"
#include "text/input.h"
#include "web/registry.h"
#include "web/registry_text.h"

#define CHANGES_SHOWN 300
#define EXCERPT 90 /* octets */

static const struct rp_version *
by_number(const struct rp_versions *all, int64_t number)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].number == number)
			return &all->v[i];
	return NULL;
}

static int64_t
asked(const struct rp_request *req, const char *name)
{
	int64_t n = 0;
	rp_text t;
	struct rp_err *e = rp_form_line(req, &req->query, name, 20, &t);

	if (e == NULL && !rp_text_i64(t, &n))
		n = 0;
	rp_err_free(e);
	return n;
}

/* From the two that were chosen, in either order, to their comparison. */
struct rp_err *
rp_web_compare(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_version *old, *now;
	struct rp_versions all;
	struct rp_shelf s = { 0 };

	RP_TRY(rp_shelf_find(req, &s));
	RP_TRY(rp_version_list(req->who, req->tx, s.i.id, &all));
	old = by_number(&all, asked(req, "old"));
	now = by_number(&all, asked(req, "new"));
	if (old == NULL || now == NULL || old->withdrawn_at != 0 ||
	    now->withdrawn_at != 0)
		return rp_fail(RP_E_NOTFOUND, "no such versions");
	if (old == now || !rp_text_eq(old->lang, now->lang))
		return rp_response_see_other(out,
		    rp_web_instrument_url(req, &s.g, &s.i, "?differ=1"));
	if (rp_version_is_older(now, old)) {
		const struct rp_version *other = old;

		old = now;
		now = other;
	}
	return rp_response_see_other(out,
	    rp_web_instrument_url(req, &s.g, &s.i,
		rp_textf(req->arena, "compare/%lld/%lld/",
		    (long long)old->number, (long long)now->number)
		    .p));
}

/* The classes as rows and as bars; the same class has one colour everywhere. */
static struct rp_err *
add_counts(const struct rp_request *req, const struct rp_comparison *c,
    struct v_comparison *v)
{
	const struct {
		enum rp_msg class;
		int64_t n;
		int colour;
	} rows[] = {
		{ M_comparison_mod, c->modified, 1 },
		{ M_comparison_editorial, c->editorial, 4 },
		{ M_comparison_add, c->added, 3 },
		{ M_comparison_sup, c->suppressed, 5 },
		{ M_comparison_noc, c->unchanged, 7 },
		{ M_comparison_moved, c->moved, 2 },
		{ M_comparison_renumbered, c->renumbered, 6 },
	};
	struct rp_chart chart = { .id = RP_TEXT("counts"),
		.title = rp_web_msg(req, M_comparison_counts) };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct v_comparison_counts row = { .class = rows[i].class,
			.n = rows[i].n };
		struct rp_chart_bar bar = { .label =
						rp_web_msg(req, rows[i].class),
			.n = rows[i].n,
			.colour = rows[i].colour };

		rp_vec_push(req->arena, &v->counts, row);
		rp_vec_push(req->arena, &chart.bars, bar);
	}
	return rp_chart_bars(req->arena, &req->reader, &chart, &v->chart);
}

static enum rp_msg
reference_msg(const struct rp_self_reference *r)
{
	return rp_text_eq(r->state, RP_TEXT("stale")) ? M_comparison_stale :
	       rp_text_eq(r->state, RP_TEXT("gone"))  ? M_comparison_gone :
	       r->doubtful                            ? M_comparison_doubtful :
	       rp_text_eq(r->state, RP_TEXT("updated")) ? M_comparison_updated :
							  M_comparison_ok;
}

/* First those that somebody has to look at. */
static struct rp_err *
add_references(const struct rp_request *req, const struct rp_comparison *c,
    struct v_comparison *v)
{
	struct rp_self_references all;

	RP_TRY(rp_comparison_references(req->who, req->tx, c, &all));
	for (int look = 1; look >= 0; look--) {
		for (size_t i = 0; i < all.n; i++) {
			const struct rp_self_reference *r = &all.v[i];
			enum rp_msg state = reference_msg(r);
			bool ok = state == M_comparison_ok ||
				  state == M_comparison_updated;
			struct v_comparison_references row = { .quoted =
								   r->quoted,
				.label = state == M_comparison_stale ?
					     r->label :
					     RP_TEXT(""),
				.href = rp_urlf(req->arena, "%s#p-%lld",
				    v->new_url.p, (long long)r->at + 1),
				.place = r->at + 1,
				.state = state };

			if (ok == (look == 1))
				continue;
			v->to_look_at |= look == 1;
			v->ok += state == M_comparison_ok;
			v->updated += state == M_comparison_updated;
			rp_vec_push(req->arena, &v->references, row);
		}
	}
	return NULL;
}

/* The text as it is now; where nothing is left of it, as it was. */
static rp_text
excerpt(struct rp_arena *a, const struct rp_block *b)
{
	rp_text now = RP_TEXT(""), was = RP_TEXT("");

	for (uint32_t i = b->label_runs; i < b->n_runs; i++) {
		const struct rp_run *r = &b->runs[i];
		rp_text *to = r->del == 0 ? &now : &was;

		if (r->kind == RP_RUN_TEXT && to->n < EXCERPT)
			*to = rp_textf(a, "%.*s%.*s", RP_FMT(*to),
			    RP_FMT(r->text));
	}
	now = rp_text_trim(now);
	if (now.n == 0)
		now = rp_text_trim(was);
	if (now.n <= EXCERPT)
		return now;
	return rp_textf(a, "%.*s…", RP_FMT(rp_text_cut(now, EXCERPT)));
}

/* Everything but NOC, each with the way to its place. */
static void
add_changes(const struct rp_request *req, const struct rp_document *d,
    struct v_comparison *v)
{
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *b = &d->body.blocks.v[i];
		struct v_comparison_changes row = { .symbol = rp_margin_text(
							b->margin),
			.label = b->label.text,
			.href = rp_urlf(req->arena, "#p-%zu", i + 1) };

		if (b->margin == RP_MARGIN_NONE || b->margin == RP_MARGIN_NOC ||
		    b->n_runs == 0)
			continue;
		if (v->changes.n >= CHANGES_SHOWN) {
			v->more_changes++;
			continue;
		}
		row.excerpt = excerpt(req->arena, b);
		rp_vec_push(req->arena, &v->changes, row);
	}
}

static struct rp_err *
add_text(const struct rp_request *req, const struct rp_shelf *s,
    const struct rp_comparison *c, struct v_comparison *v)
{
	struct rp_registry_html what = { .blob_id = v->is_clean ?
							s->now.text_blob_id :
							c->text_blob_id,
		.lang = s->now.lang,
		.view = v->is_clean ? RP_HTML_DOC_INLINE :
			v->is_side  ? RP_HTML_DOC_SIDE :
				      RP_HTML_DOC_BARS,
		.original = rp_web_instrument_url(req, &s->g, &s->i,
		    rp_textf(req->arena, "%lld/text.docx",
			(long long)s->now.number)
			.p),
		.old = v->is_side ? &s->old : NULL,
		.margins = !v->is_clean };
	struct rp_document *d;

	RP_TRY(add_counts(req, c, v));
	RP_TRY(add_references(req, c, v));
	if (c->tracked_blob_id != 0)
		v->docx_url = rp_urlf(req->arena, "changes.docx");
	v->json_url = rp_urlf(req->arena, "changes.json");
	v->akn_url = rp_urlf(req->arena, "changes.xml");
	v->markdown_url = rp_urlf(req->arena, "changes.md");
	v->html_url = rp_urlf(req->arena, "changes.html");
	v->text_url = rp_urlf(req->arena, "changes.txt");
	RP_TRY(rp_registry_html(req, &what, &d, &v->text, &v->is_long));
	if (d != NULL && !v->is_clean)
		add_changes(req, d, v);
	return NULL;
}

static void
choose_view(const struct rp_request *req, struct v_comparison *v)
{
	rp_text view = RP_TEXT("");

	rp_err_free(rp_form_line(req, &req->query, "view", 20, &view));
	v->is_side = rp_text_eq(view, RP_TEXT("side"));
	v->is_clean = rp_text_eq(view, RP_TEXT("clean"));
	v->is_inline = !v->is_side && !v->is_clean;
	v->inline_url = rp_urlf(req->arena, "./");
	v->side_url = rp_urlf(req->arena, "?view=side");
	v->clean_url = rp_urlf(req->arena, "?view=clean");
}

struct rp_err *
rp_web_comparison(const struct rp_request *req, struct rp_response *out)
{
	struct v_comparison v = { 0 };
	struct rp_shelf s = { 0 };
	struct rp_comparison c;
	rp_html content;

	RP_TRY(rp_shelf_pair(req, &s, &c));
	v.instrument_name = rp_web_instrument_name(req, &s.i);
	v.instrument_url = rp_web_instrument_url(req, &s.g, &s.i, "");
	v.lang = s.now.lang;
	v.old_name = s.old.name;
	v.new_name = s.now.name;
	v.old_url =
	    rp_urlf(req->arena, "../../../%lld/", (long long)s.old.number);
	v.new_url =
	    rp_urlf(req->arena, "../../../%lld/", (long long)s.now.number);
	v.is_waiting = rp_text_eq(c.state, RP_TEXT("waiting"));
	v.is_failed = rp_text_eq(c.state, RP_TEXT("failed"));
	choose_view(req, &v);
	if (v.is_waiting)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	else if (!v.is_failed)
		RP_TRY(add_text(req, &s, &c, &v));
	out->fresh_ms = v.is_waiting ? 0 : RP_REGISTRY_FRESH;
	RP_TRY(rp_web_render(req, comparison, &v, &content));
	return rp_shelf_frame(req, &s,
	    rp_textf(req->arena, "%.*s: %.*s → %.*s", RP_FMT(v.instrument_name),
		RP_FMT(v.old_name), RP_FMT(v.new_name)),
	    v.is_side, content, out);
}
