/*
 * registry_pages - instruments, their versions and comparisons, for everybody.
 *
 * Texts are stored as Akoma Ntoso, made by a parse process; they are read here
 * within the limits of registry.h and shown with codec/html_doc.
 */
#include "base/buf.h"
#include "base/err.h"
#include "codec/akn.h"
#include "codec/html_doc.h"
#include "codec/markdown.h"
#include "codec/sink.h"
#include "domain/amendment.h"
#include "domain/registry.h"
#include "render/t_comparison.h"
#include "render/t_instrument.h"
#include "render/t_instruments.h"
#include "render/t_version.h"
#include "text/format.h"
#include "text/zone.h"
#include "web/file.h"
#include "web/registry.h"

#define FRESH ((int64_t)60 * 1000)

/* What is made from a text: its tags, and what a fault would make of it. */
#define MADE_MAX (4 * RP_REGISTRY_TEXT_MAX)

/* Blocks of the old text that are looked at for the one that goes on. */
#define NEAR 16

/* What the path names, as far as it does. */
struct shown {
	struct rp_group g;
	struct rp_instrument i;
	struct rp_version old, now;
};

static struct rp_err *
find(const struct rp_request *req, struct shown *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s->g));
	return rp_instrument_get(req->who, req->tx, s->g.id, req->params.name,
	    lang, &s->i);
}

static struct rp_err *
find_version(const struct rp_request *req, struct shown *s)
{
	RP_TRY(find(req, s));
	RP_TRY(
	    rp_version_get(req->who, req->tx, s->i.id, req->params.n, &s->now));
	/* The desk sees those that have no text yet; pages here do not. */
	return s->now.text_blob_id == 0 ? rp_fail(RP_E_NOTFOUND, "not read") :
					  NULL;
}

static struct rp_err *
find_pair(const struct rp_request *req, struct shown *s,
    struct rp_comparison *c)
{
	RP_TRY(find(req, s));
	RP_TRY(
	    rp_version_get(req->who, req->tx, s->i.id, req->params.n, &s->old));
	RP_TRY(
	    rp_version_get(req->who, req->tx, s->i.id, req->params.k, &s->now));
	return rp_comparison_get(req->who, req->tx, &s->old, &s->now, c);
}

enum rp_msg
rp_msg_version_state(rp_text state)
{
	return rp_text_eq(state, RP_TEXT("draft"))    ? M_version_draft :
	       rp_text_eq(state, RP_TEXT("proposed")) ? M_version_proposed :
	       rp_text_eq(state, RP_TEXT("adopted"))  ? M_version_adopted :
	       rp_text_eq(state, RP_TEXT("in_force")) ? M_version_in_force :
							M_none;
}

enum rp_msg
rp_msg_instrument_kind(rp_text kind)
{
	return rp_text_eq(kind, RP_TEXT("resolution")) ?
		   M_instrument_resolution :
	       rp_text_eq(kind, RP_TEXT("decision")) ?
		   M_instrument_decision :
	       rp_text_eq(kind, RP_TEXT("recommendation")) ?
		   M_instrument_recommendation :
	       rp_text_eq(kind, RP_TEXT("opinion")) ? M_instrument_opinion :
						      M_none;
}

rp_text
rp_web_instrument_name(const struct rp_request *req,
    const struct rp_instrument *i)
{
	return rp_message(req->arena, &req->reader,
	    rp_msg_instrument_kind(i->kind),
	    (const struct rp_msg_arg[]){ RP_MSG_TEXT(i->number) }, 1);
}

rp_url
rp_web_instrument_url(const struct rp_request *req, const struct rp_group *g,
    const struct rp_instrument *i, const char *rest)
{
	return rp_urlf(req->arena, "/%s/%.*s/instruments/%.*s/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug), RP_FMT(i->slug),
	    rest);
}

rp_text
rp_web_version_date(const struct rp_request *req, const struct rp_version *v)
{
	rp_text noon = rp_textf(req->arena, "%.*sT12:00", RP_FMT(v->dated));
	int64_t at;
	struct rp_err *e =
	    rp_zone_resolve(req->who->env->zones, noon, RP_TEXT("UTC"), &at);

	if (e == NULL)
		return rp_web_date(req, RP_TEXT("UTC"), at);
	rp_err_free(e);
	return v->dated;
}

rp_text
rp_web_version_language(const struct rp_request *req,
    const struct rp_version *v)
{
	return rp_locale_language(req->reader.locale, req->arena, v->lang);
}

static struct v_chip
state_chip(const struct rp_request *req, const struct rp_version *v)
{
	bool holds = rp_text_eq(v->state, RP_TEXT("in_force"));

	return (struct v_chip){ .kind = holds ? RP_TEXT("open") : v->state,
		.label = rp_web_msg(req, rp_msg_version_state(v->state)) };
}

static struct rp_err *
framed(const struct rp_request *req, const struct shown *s, rp_text title,
    bool wide, rp_html content, struct rp_response *out)
{
	struct rp_frame f = { .group = &s->g, .title = title, .wide = wide };

	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_instruments(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_instruments all;
	struct v_instruments v = { 0 };
	struct shown s = { 0 };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s.g));
	RP_TRY(rp_instrument_list(req->who, req->tx, s.g.id, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct v_instruments_rows row = {
			.name = rp_web_instrument_name(req, &all.v[i]),
			.title = all.v[i].title.body,
			.lang = all.v[i].title.lang,
			.versions = all.v[i].versions,
			.url = rp_web_instrument_url(req, &s.g, &all.v[i], "")
		};

		rp_vec_push(req->arena, &v.rows, row);
	}
	v.group_name = s.g.name.body;
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, instruments, &v, &content));
	return framed(req, &s, rp_web_msg(req, M_instrument_list), false,
	    content, out);
}

static rp_text
number_text(const struct rp_request *req, int64_t n)
{
	return rp_textf(req->arena, "%lld", (long long)n);
}

/* "Rev. Bucharest, 2022 (English)" */
static rp_text
choice_name(const struct rp_request *req, const struct rp_version *v)
{
	return rp_textf(req->arena, "%.*s (%.*s)", RP_FMT(v->name),
	    RP_FMT(rp_web_version_language(req, v)));
}

/* What is chosen first: the last two in the reader's language, or at all. */
static void
choose(const struct rp_request *req, const struct rp_versions *all,
    struct v_instrument *v)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	bool some = false;
	int64_t old = 0, now = 0;

	for (size_t i = 0; i < all->n; i++)
		some |= rp_text_eq(all->v[i].lang, lang);
	for (size_t i = 0; i < all->n; i++) {
		if (some && !rp_text_eq(all->v[i].lang, lang))
			continue;
		old = now;
		now = all->v[i].number;
	}
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_version *one = &all->v[i];
		struct v_instrument_choices c = { .value = number_text(req,
						      one->number),
			.name = choice_name(req, one),
			.is_old = one->number == old,
			.is_new = one->number == now };

		if (one->text_blob_id != 0)
			rp_vec_push(req->arena, &v->choices, c);
	}
	v->can_compare = v->choices.n > 1;
}

struct rp_err *
rp_web_instrument(const struct rp_request *req, struct rp_response *out)
{
	struct v_instrument v = { 0 };
	struct rp_version_numbers amended;
	struct rp_versions all;
	struct shown s = { 0 };
	rp_html content;

	RP_TRY(find(req, &s));
	RP_TRY(rp_version_list(req->who, req->tx, s.i.id, &all));
	RP_TRY(rp_amending_list(req->who, req->tx, s.i.id, &amended));
	v.name = rp_web_instrument_name(req, &s.i);
	v.title = s.i.title.body;
	v.lang = s.i.title.lang;
	v.list_url = rp_urlf(req->arena, "/%s/%.*s/instruments/",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(s.g.slug));
	v.compare_url = rp_web_instrument_url(req, &s.g, &s.i, "compare");
	for (size_t i = all.n; i-- > 0;) {
		const struct rp_version *one = &all.v[i];
		struct v_instrument_versions row = { .name = one->name,
			.name_lang = one->lang,
			.date = rp_web_version_date(req, one),
			.iso = one->dated,
			.language = rp_web_version_language(req, one),
			.state = state_chip(req, one),
			.url = rp_urlf(req->arena, "%lld/",
			    (long long)one->number) };

		for (size_t k = 0; k < amended.n; k++)
			if (amended.v[k] == one->number)
				row.amendments_url = rp_urlf(req->arena,
				    "%lld/amendments/", (long long)one->number);
		if (one->text_blob_id != 0)
			rp_vec_push(req->arena, &v.versions, row);
	}
	choose(req, &all, &v);
	v.differ = rp_form_has(&req->query, "differ");
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, instrument, &v, &content));
	return framed(req, &s, v.name, false, content, out);
}

/* Texts. */

static struct rp_err *
load_text(const struct rp_request *req, int64_t blob_id, size_t max,
    struct rp_document **out)
{
	rp_bytes octets;

	RP_TRY(rp_registry_octets(req->who, req->tx, blob_id, max, &octets));
	return rp_akn_read(req->arena, octets, out);
}

static struct rp_html_doc_texts
doc_texts(const struct rp_request *req)
{
	return (struct rp_html_doc_texts){
		.lang = rp_lang_tag(req->reader.lang),
		.inserted = rp_web_msg(req, M_doc_inserted),
		.deleted = rp_web_msg(req, M_doc_deleted),
		.moved_here = rp_web_msg(req, M_doc_moved_here),
		.moved_away = rp_web_msg(req, M_doc_moved_away),
		.by = rp_web_msg(req, M_doc_by),
		.old = rp_web_msg(req, M_comparison_old),
		.now = rp_web_msg(req, M_comparison_new),
		.notes = rp_web_msg(req, M_doc_notes),
		.back = rp_web_msg(req, M_doc_back),
		.gap = rp_web_msg(req, M_doc_gap),
		.untitled = RP_TEXT(""),
	};
}

/* The text of a block as it was. */
static rp_text
old_text(struct rp_arena *a, const struct rp_block *b)
{
	struct rp_buf buf;
	rp_text out = RP_TEXT("");

	rp_buf_init(&buf, a, RP_REGISTRY_TEXT_MAX);
	for (uint32_t i = b->label_runs; i < b->n_runs; i++)
		if (b->runs[i].ins == 0 && b->runs[i].kind == RP_RUN_TEXT)
			rp_buf_text(&buf, b->runs[i].text);
	rp_err_free(rp_buf_done(&buf, &out));
	return out;
}

/*
 * What stayed in its place is stored with the number that it has now. Beside
 * the new text the old one has its own: those of the old version, whose blocks
 * come in the same order; a block that was split or joined is passed over.
 */
static void
take_old_labels(struct rp_arena *a, struct rp_document *d,
    const struct rp_document *old)
{
	const struct rp_blocks *was = &old->body.blocks;
	size_t next = 0;

	for (size_t i = 0; i < d->body.blocks.n; i++) {
		struct rp_block *b = &d->body.blocks.v[i];
		rp_text t = old_text(a, b);

		if (t.n == 0)
			continue;
		for (size_t k = next; k < was->n && k < next + NEAR; k++) {
			struct rp_label *l;

			if (!rp_text_eq(rp_block_text(a, &was->v[k]), t))
				continue;
			l = rp_new(a, struct rp_label);
			*l = was->v[k].label;
			if (l->kind == RP_LABEL_TYPED)
				l->kind = RP_LABEL_AUTO;
			b->label_rejected = l;
			next = k + 1;
			break;
		}
	}
}

/* `original`: where what cannot be shown is; `old`: beside this, or NULL. */
static struct rp_err *
html_of(const struct rp_request *req, int64_t blob_id, rp_text lang,
    enum rp_html_doc_view view, rp_url original, const struct rp_version *old,
    rp_html *out)
{
	const struct rp_html_doc_texts texts = doc_texts(req);
	const struct rp_html_doc_options o = { .view = view,
		.texts = &texts,
		.original = original,
		.anchors = true };
	struct rp_document *d, *was;
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;

	RP_TRY(load_text(req, blob_id, RP_REGISTRY_PAGE_MAX, &d));
	if (old != NULL) {
		RP_TRY(load_text(req, old->text_blob_id, RP_REGISTRY_PAGE_MAX,
		    &was));
		take_old_labels(req->arena, d, was);
	}
	/* Whoever uploaded it said so; the file often says something else. */
	d->lang = lang;
	rp_buf_init(&b, req->arena, MADE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_html_doc_write(&sink, d, &o);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	*out = (rp_html){ (const char *)octets.p, octets.n };
	return NULL;
}

/* The same, or `out_long`: the page says that the text is too long for it. */
static struct rp_err *
html_or_long(const struct rp_request *req, int64_t blob_id, rp_text lang,
    enum rp_html_doc_view view, rp_url original, const struct rp_version *old,
    rp_html *out, bool *out_long)
{
	struct rp_err *e =
	    html_of(req, blob_id, lang, view, original, old, out);

	*out_long = e != NULL && rp_err_code(e) == RP_E_LIMIT;
	if (!*out_long)
		return e;
	rp_err_free(e);
	*out = RP_HTML("");
	return NULL;
}

struct rp_err *
rp_web_version(const struct rp_request *req, struct rp_response *out)
{
	struct v_version v = { 0 };
	struct shown s = { 0 };
	rp_html content;

	RP_TRY(find_version(req, &s));
	v.instrument_name = rp_web_instrument_name(req, &s.i);
	v.instrument_url = rp_web_instrument_url(req, &s.g, &s.i, "");
	v.name = s.now.name;
	v.lang = s.now.lang;
	v.state = state_chip(req, &s.now);
	v.date = rp_web_version_date(req, &s.now);
	v.iso = s.now.dated;
	v.language = rp_web_version_language(req, &s.now);
	v.docx_url = rp_urlf(req->arena, "text.docx");
	v.markdown_url = rp_urlf(req->arena, "text.md");
	v.akn_url = rp_urlf(req->arena, "text.xml");
	RP_TRY(html_or_long(req, s.now.text_blob_id, s.now.lang,
	    RP_HTML_DOC_INLINE, v.docx_url, NULL, &v.text, &v.is_long));
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, version, &v, &content));
	return framed(req, &s,
	    rp_textf(req->arena, "%.*s (%.*s)", RP_FMT(v.instrument_name),
		RP_FMT(v.name)),
	    false, content, out);
}

/* Downloads. */

static rp_text
file_name(const struct rp_request *req, const struct shown *s, const char *end)
{
	if (s->old.id == 0)
		return rp_textf(req->arena, "%.*s-%.*s.%s", RP_FMT(s->i.slug),
		    RP_FMT(s->now.dated), end);
	return rp_textf(req->arena, "%.*s-%.*s-%.*s.%s", RP_FMT(s->i.slug),
	    RP_FMT(s->old.dated), RP_FMT(s->now.dated), end);
}

struct rp_err *
rp_web_version_docx(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { 0 };

	RP_TRY(find_version(req, &s));
	return rp_web_file(req, s.now.blob_id, file_name(req, &s, "docx"),
	    RP_TEXT("docx"), out);
}

/* ISO 639-2, as FRBRlanguage has it. */
static rp_text
three_letters(rp_text tag)
{
	static const struct {
		rp_text two, three;
	} of[] = {
		{ RP_TEXT_INIT("ar"), RP_TEXT_INIT("ara") },
		{ RP_TEXT_INIT("zh"), RP_TEXT_INIT("zho") },
		{ RP_TEXT_INIT("en"), RP_TEXT_INIT("eng") },
		{ RP_TEXT_INIT("fr"), RP_TEXT_INIT("fra") },
		{ RP_TEXT_INIT("ru"), RP_TEXT_INIT("rus") },
		{ RP_TEXT_INIT("es"), RP_TEXT_INIT("spa") },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (rp_lang_tag_same_primary(tag, of[i].two))
			return of[i].three;
	return RP_TEXT("");
}

static void
write_text(const struct rp_request *req, const struct shown *s,
    const struct rp_document *d, bool markdown, struct rp_sink *sink)
{
	const struct rp_akn_meta meta = {
		.uri = rp_textf(req->arena, "/akn/%.*s/statement/%.*s/%.*s",
		    RP_FMT(s->g.body_slug), RP_FMT(s->now.dated),
		    RP_FMT(s->i.slug)),
		.date = s->now.dated,
		.version = s->now.dated,
		.language = three_letters(s->now.lang),
		.country = s->g.body_slug,
		.number = s->i.number
	};

	if (markdown)
		rp_markdown_write(sink, d);
	else
		rp_akn_write(sink, d, &meta);
}

static struct rp_err *
download(const struct rp_request *req, const struct shown *s, int64_t blob_id,
    bool markdown, struct rp_response *out)
{
	struct rp_document *d;
	struct rp_sink sink;
	struct rp_buf b;

	RP_TRY(load_text(req, blob_id, RP_REGISTRY_TEXT_MAX, &d));
	d->lang = s->now.lang;
	rp_buf_init(&b, req->arena, MADE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	write_text(req, s, d, markdown, &sink);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &out->body));
	out->type = markdown ? "text/markdown; charset=utf-8" :
			       "application/xml; charset=utf-8";
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s\"",
		RP_FMT(file_name(req, s, markdown ? "md" : "xml"))));
	return NULL;
}

struct rp_err *
rp_web_version_markdown(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { 0 };

	RP_TRY(find_version(req, &s));
	return download(req, &s, s.now.text_blob_id, true, out);
}

struct rp_err *
rp_web_version_akn(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { 0 };

	RP_TRY(find_version(req, &s));
	return download(req, &s, s.now.text_blob_id, false, out);
}

/* Comparisons. */

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
	struct shown s = { 0 };

	RP_TRY(find(req, &s));
	RP_TRY(rp_version_list(req->who, req->tx, s.i.id, &all));
	old = by_number(&all, asked(req, "old"));
	now = by_number(&all, asked(req, "new"));
	if (old == NULL || now == NULL)
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

static void
add_counts(const struct rp_request *req, const struct rp_comparison *c,
    struct v_comparison *v)
{
	const struct v_comparison_counts rows[] = {
		{ .class = M_comparison_mod, .n = c->modified },
		{ .class = M_comparison_editorial, .n = c->editorial },
		{ .class = M_comparison_add, .n = c->added },
		{ .class = M_comparison_sup, .n = c->suppressed },
		{ .class = M_comparison_noc, .n = c->unchanged },
		{ .class = M_comparison_moved, .n = c->moved },
		{ .class = M_comparison_renumbered, .n = c->renumbered },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		rp_vec_push(req->arena, &v->counts, rows[i]);
}

static struct rp_err *
add_text(const struct rp_request *req, const struct shown *s,
    const struct rp_comparison *c, struct v_comparison *v)
{
	rp_url original = rp_web_instrument_url(req, &s->g, &s->i,
	    rp_textf(req->arena, "%lld/text.docx", (long long)s->now.number).p);

	add_counts(req, c, v);
	if (c->tracked_blob_id != 0)
		v->docx_url = rp_urlf(req->arena, "changes.docx");
	v->json_url = rp_urlf(req->arena, "changes.json");
	v->akn_url = rp_urlf(req->arena, "changes.xml");
	v->markdown_url = rp_urlf(req->arena, "changes.md");
	if (v->is_clean)
		return html_or_long(req, s->now.text_blob_id, s->now.lang,
		    RP_HTML_DOC_INLINE, original, NULL, &v->text, &v->is_long);
	return html_or_long(req, c->text_blob_id, s->now.lang,
	    v->is_side ? RP_HTML_DOC_SIDE : RP_HTML_DOC_BARS, original,
	    v->is_side ? &s->old : NULL, &v->text, &v->is_long);
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
	struct shown s = { 0 };
	struct rp_comparison c;
	rp_html content;

	RP_TRY(find_pair(req, &s, &c));
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
	out->fresh_ms = v.is_waiting ? 0 : FRESH;
	RP_TRY(rp_web_render(req, comparison, &v, &content));
	return framed(req, &s,
	    rp_textf(req->arena, "%.*s: %.*s → %.*s", RP_FMT(v.instrument_name),
		RP_FMT(v.old_name), RP_FMT(v.new_name)),
	    v.is_side, content, out);
}

static struct rp_err *
stored(const struct rp_request *req, const struct shown *s, int64_t blob_id,
    const char *kind, struct rp_response *out)
{
	if (blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "not made");
	return rp_web_file(req, blob_id, file_name(req, s, kind),
	    rp_text_z(kind), out);
}

struct rp_err *
rp_web_comparison_docx(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { 0 };
	struct rp_comparison c;

	RP_TRY(find_pair(req, &s, &c));
	return stored(req, &s, c.tracked_blob_id, "docx", out);
}

struct rp_err *
rp_web_comparison_json(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { 0 };
	struct rp_comparison c;

	RP_TRY(find_pair(req, &s, &c));
	return stored(req, &s, c.script_blob_id, "json", out);
}

static struct rp_err *
marked(const struct rp_request *req, bool markdown, struct rp_response *out)
{
	struct shown s = { 0 };
	struct rp_comparison c;

	RP_TRY(find_pair(req, &s, &c));
	if (c.text_blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "not made");
	return download(req, &s, c.text_blob_id, markdown, out);
}

struct rp_err *
rp_web_comparison_akn(const struct rp_request *req, struct rp_response *out)
{
	return marked(req, false, out);
}

struct rp_err *
rp_web_comparison_markdown(const struct rp_request *req,
    struct rp_response *out)
{
	return marked(req, true, out);
}
