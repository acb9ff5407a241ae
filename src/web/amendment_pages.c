/*
 * amendment_pages - the consolidated text, one amendment, and their files.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/registry.h"
#include "render/chart.h"
#include "render/t_amendment.h"
#include "text/input.h"
#include "web/amendments.h"
#include "web/file.h"
#include "web/registry.h"

#define SPONSORS_MAX ((size_t)4000)
#define URL_MAX 1000

struct rp_err *
rp_web_amending_find(const struct rp_request *req, struct rp_web_amending *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*out = (struct rp_web_amending){ 0 };
	RP_TRY(
	    rp_group_get(req->who, req->tx, req->params.group, lang, &out->g));
	RP_TRY(rp_instrument_get(req->who, req->tx, out->g.id, req->params.name,
	    lang, &out->i));
	return rp_amending_get(req->who, req->tx, out->i.id, req->params.n,
	    &out->a);
}

rp_url
rp_web_amending_url(const struct rp_request *req,
    const struct rp_web_amending *s, const char *fmt, ...)
{
	rp_url base = rp_web_instrument_url(req, &s->g, &s->i, "");
	char rest[URL_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(rest, sizeof(rest), fmt, ap);
	va_end(ap);
	return rp_urlf(req->arena, "%s%lld/amendments/%s", base.p,
	    (long long)s->a.number, rest);
}

struct rp_err *
rp_web_amending_frame(const struct rp_request *req,
    const struct rp_web_amending *s, enum rp_msg title, bool wide,
    rp_html content, struct rp_response *out)
{
	struct rp_frame f = { .group = &s->g,
		.title = rp_textf(req->arena, "%.*s: %.*s (%.*s)",
		    RP_FMT(rp_web_msg(req, title)),
		    RP_FMT(rp_web_instrument_name(req, &s->i)),
		    RP_FMT(s->a.version_name)),
		.wide = wide,
		.private = !s->a.is_public };

	out->no_store = true;
	return rp_web_frame(req, &f, content, out);
}

struct v_chip
rp_web_amending_chip(const struct rp_request *req, const struct rp_amending *a)
{
	return (struct v_chip){ .kind = a->open ? RP_TEXT("open") :
						  RP_TEXT("closed"),
		.label = rp_web_msg(req,
		    a->open ? M_amendments_open : M_amendments_closed) };
}

struct v_chip
rp_web_amendment_chip(const struct rp_request *req,
    const struct rp_party_amendment *m)
{
	bool draft = rp_text_eq(m->state, RP_TEXT("draft"));
	bool gone = rp_text_eq(m->state, RP_TEXT("withdrawn"));

	return (struct v_chip){ .kind = gone  ? RP_TEXT("withdrawn") :
					draft ? RP_TEXT("held") :
						RP_TEXT("published"),
		.label = rp_web_msg(req, gone  ? M_amendment_state_withdrawn :
					 draft ? M_amendment_state_draft :
						 M_amendment_state_standing) };
}

static bool
stands(const struct rp_sponsor *s)
{
	return rp_text_eq(s->state, RP_TEXT("submits")) ||
	       rp_text_eq(s->state, RP_TEXT("joined"));
}

rp_text
rp_web_amendment_sponsors(const struct rp_request *req,
    const struct rp_party_amendment *m)
{
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, req->arena, SPONSORS_MAX);
	for (size_t i = 0; i < m->sponsors.n; i++) {
		const struct rp_sponsor *s = &m->sponsors.v[i];

		if (!stands(s))
			continue;
		if (b.n > 0)
			rp_buf_text(&b, RP_TEXT(", "));
		rp_buf_text(&b, s->name.n > 0 ? s->name : s->slug);
	}
	return rp_buf_done(&b, &out) == NULL ? out : RP_TEXT("…");
}

/* Statistics. */

struct tally {
	int64_t alone, shared, open, decided;
};

static struct tally
count(const struct rp_consolidated_view *v)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < v->changes.n; i++) {
		const struct rp_consolidated_change *k = &v->changes.v[i];
		uint64_t who = k->choices.v[0].sponsors;
		bool is_open = k->decided == RP_CONSOLIDATED_OPEN;

		t.open += k->bracket && is_open;
		t.decided += !is_open;
		t.shared += !k->bracket && is_open && (who & (who - 1)) != 0;
		t.alone += !k->bracket && is_open && (who & (who - 1)) == 0;
	}
	return t;
}

static void
add_parties(const struct rp_request *req, const struct rp_web_amending *s,
    const struct rp_web_consolidation *c, struct v_amendments *v)
{
	for (size_t p = 0; p < c->v.parties.n; p++) {
		struct v_amendments_parties row = { 0 };

		if (c->of[p] == NULL)
			continue;
		row.name = rp_web_amendment_sponsors(req, c->of[p]);
		row.url = rp_web_amending_url(req, s, "%lld/",
		    (long long)c->of[p]->number);
		for (size_t i = 0; i < c->v.changes.n; i++) {
			const struct rp_consolidated_change *k =
			    &c->v.changes.v[i];
			bool has = false;

			for (size_t x = 0; x < k->choices.n; x++)
				has |= (k->choices.v[x].sponsors >> p & 1) != 0;
			row.applied += has && !k->bracket;
			row.bracketed += has && k->bracket;
			row.objects += (k->objectors >> p & 1) != 0;
		}
		rp_vec_push(req->arena, &v->parties, row);
	}
}

static struct rp_err *
add_statistics(const struct rp_request *req, const struct rp_web_amending *s,
    const struct rp_web_consolidation *c, struct v_amendments *v)
{
	const struct tally t = count(&c->v);
	const struct v_amendments_counts rows[] = {
		{ M_amendments_count_alone, t.alone },
		{ M_amendments_count_shared, t.shared },
		{ M_amendments_count_open, t.open },
		{ M_amendments_count_decided, t.decided },
	};
	struct rp_chart chart = { .id = RP_TEXT("places"),
		.title = rp_web_msg(req, M_amendments_chart) };

	if (c->v.changes.n == 0)
		return NULL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_chart_bar bar = { .label =
						rp_web_msg(req, rows[i].label),
			.n = rows[i].n,
			.share = RP_TEXT(""),
			.colour = (int)i + 1 };

		rp_vec_push(req->arena, &v->counts, rows[i]);
		rp_vec_push(req->arena, &chart.bars, bar);
	}
	v->has_statistics = true;
	add_parties(req, s, c, v);
	return rp_chart_bars(req->arena, &req->reader, &chart, &v->chart);
}

/* The consolidated text. */

static void
add_amendments(const struct rp_request *req, const struct rp_web_amending *s,
    const struct rp_web_consolidation *c, struct v_amendments *v)
{
	int64_t mine = s->a.my_party_id;

	for (size_t i = 0; i < c->all.n; i++) {
		const struct rp_party_amendment *m = &c->all.v[i];
		struct v_amendments_amendments row = { .number = m->number,
			.url = rp_web_amending_url(req, s, "%lld/",
			    (long long)m->number),
			.sponsors = rp_web_amendment_sponsors(req, m),
			.state = rp_web_amendment_chip(req, m) };
		bool gone = rp_text_eq(m->state, RP_TEXT("withdrawn"));

		rp_vec_push(req->arena, &v->amendments, row);
		for (size_t k = 0; mine != 0 && !gone && k < m->sponsors.n;
		     k++) {
			const struct rp_sponsor *one = &m->sponsors.v[k];

			if (one->party_id != mine)
				continue;
			if (rp_text_eq(one->state, RP_TEXT("asked")) &&
			    s->a.open)
				v->asked_url = row.url;
			else if (stands(one))
				v->own_url = row.url;
		}
	}
}

static void
add_files(const struct rp_request *req, const struct rp_web_amending *s,
    struct v_amendments *v)
{
	if (s->a.tracked_blob_id != 0)
		v->docx_url = rp_web_amending_url(req, s, "consolidated.docx");
	v->html_url = rp_web_amending_url(req, s, "consolidated.html");
	v->akn_url = rp_web_amending_url(req, s, "consolidated.xml");
	v->markdown_url = rp_web_amending_url(req, s, "consolidated.md");
	v->text_url = rp_web_amending_url(req, s, "consolidated.txt");
	v->json_url = rp_web_amending_url(req, s, "consolidated.json");
}

static void
add_acts(const struct rp_request *req, const struct rp_web_amending *s,
    struct v_amendments *v)
{
	bool may = s->a.open && (s->a.may_register || s->a.my_party_id != 0);

	if (may && v->own_url.n == 0) {
		v->new_url = rp_web_amending_url(req, s, "new");
		v->edit_url = rp_web_amending_url(req, s, "edit");
	}
	if (s->a.may_register)
		v->desk_url = rp_urlf(req->arena,
		    "/%s/desk/instruments/%lld/amendments/%lld",
		    rp_lang_tag(req->reader.lang).p, (long long)s->i.id,
		    (long long)s->a.number);
}

struct rp_err *
rp_web_amendments(const struct rp_request *req, struct rp_response *out)
{
	struct rp_web_consolidation c;
	struct v_amendments v = { 0 };
	struct rp_web_amending s;
	rp_html content;

	RP_TRY(rp_web_amending_find(req, &s));
	RP_TRY(rp_web_consolidation_load(req, &s, &c));
	v.instrument_name = rp_web_instrument_name(req, &s.i);
	v.instrument_url = rp_web_instrument_url(req, &s.g, &s.i, "");
	v.version_name = s.a.version_name;
	v.version_url = rp_urlf(req->arena, "../");
	v.lang = s.a.lang;
	v.state = rp_web_amending_chip(req, &s.a);
	v.is_public = s.a.is_public;
	v.is_waiting = s.a.is_waiting;
	v.is_failed = s.a.is_failed;
	v.is_there = c.there;
	v.is_long = c.is_long;
	v.is_changed = rp_form_has(&req->query, "changed");
	v.all_url = RP_URL("./#text");
	v.changed_url = RP_URL("?changed#text");
	if (s.a.may_register)
		v.reason = s.a.reason;
	if (s.a.until_at != 0) {
		v.until = rp_web_time(req, s.g.zone, s.a.until_at);
		v.until_iso = rp_web_iso(req, s.a.until_at);
	}
	add_amendments(req, &s, &c, &v);
	add_acts(req, &s, &v);
	if (c.there)
		add_files(req, &s, &v);
	if (c.there && !c.is_long) {
		RP_TRY(add_statistics(req, &s, &c, &v));
		rp_web_consolidation_rows(req, &s, &c, v.is_changed, &v);
	}
	if (v.is_waiting)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	RP_TRY(rp_web_render(req, amendments, &v, &content));
	return rp_web_amending_frame(req, &s, M_amendments_title, false,
	    content, out);
}

/* Its files. */

static struct rp_err *
stored(const struct rp_request *req, bool json, struct rp_response *out)
{
	struct rp_web_amending s;
	int64_t blob_id;

	RP_TRY(rp_web_amending_find(req, &s));
	blob_id = json ? s.a.script_blob_id : s.a.tracked_blob_id;
	if (blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "not made");
	return rp_web_file(req, blob_id,
	    rp_web_amending_file(req, &s, json ? "json" : "docx"),
	    json ? RP_TEXT("json") : RP_TEXT("docx"), out);
}

struct rp_err *
rp_web_consolidated_docx(const struct rp_request *req, struct rp_response *out)
{
	return stored(req, false, out);
}

struct rp_err *
rp_web_consolidated_json(const struct rp_request *req, struct rp_response *out)
{
	return stored(req, true, out);
}

static struct rp_err *
made(const struct rp_request *req, const char *format, struct rp_response *out)
{
	struct rp_web_amending s;

	RP_TRY(rp_web_amending_find(req, &s));
	return rp_web_amendment_download(req, &s, s.a.text_blob_id, format,
	    out);
}

struct rp_err *
rp_web_consolidated_akn(const struct rp_request *req, struct rp_response *out)
{
	return made(req, "xml", out);
}

struct rp_err *
rp_web_consolidated_markdown(const struct rp_request *req,
    struct rp_response *out)
{
	return made(req, "md", out);
}

struct rp_err *
rp_web_consolidated_text(const struct rp_request *req, struct rp_response *out)
{
	return made(req, "txt", out);
}

struct rp_err *
rp_web_consolidated_html(const struct rp_request *req, struct rp_response *out)
{
	return made(req, "html", out);
}

/* One amendment. */

struct one {
	struct rp_web_amending s;
	struct rp_party_amendment m;
	const struct rp_amendment_revision *shown; /* NULL: none */
	enum rp_msg ask_error;
};

static struct rp_err *
find_one(const struct rp_request *req, struct one *o)
{
	*o = (struct one){ 0 };
	RP_TRY(rp_web_amending_find(req, &o->s));
	return rp_amendment_get(req->who, req->tx, &o->s.a, req->params.k,
	    rp_lang_tag(req->reader.lang), &o->m);
}

/* The revision asked for, or the last one that was submitted. */
static void
choose_revision(const struct rp_request *req, struct one *o)
{
	rp_text wanted = RP_TEXT("");
	int64_t n = 0;

	rp_err_free(rp_form_line(req, &req->query, "revision", 20, &wanted));
	rp_text_i64(wanted, &n);
	for (size_t i = 0; i < o->m.revisions.n; i++) {
		const struct rp_amendment_revision *r = &o->m.revisions.v[i];

		if (rp_text_eq(r->state, RP_TEXT("draft")))
			continue;
		if (n == 0 || r->number == n)
			o->shown = r;
	}
}

static enum rp_msg
sponsor_state(rp_text state)
{
	return rp_text_eq(state, RP_TEXT("submits")) ? M_sponsor_submits :
	       rp_text_eq(state, RP_TEXT("joined"))  ? M_sponsor_joined :
	       rp_text_eq(state, RP_TEXT("asked"))   ? M_sponsor_asked :
						       M_sponsor_left;
}

static void
add_sponsors(const struct rp_request *req, const struct one *o,
    struct v_amendment *v)
{
	bool gone = rp_text_eq(o->m.state, RP_TEXT("withdrawn"));

	for (size_t i = 0; i < o->m.sponsors.n; i++) {
		const struct rp_sponsor *s = &o->m.sponsors.v[i];
		bool mine =
		    o->s.a.may_register || s->party_id == o->s.a.my_party_id;
		struct v_amendment_sponsors row = { .name = s->name,
			.slug = s->slug,
			.state = sponsor_state(s->state),
			.id = rp_textf(req->arena, "%lld",
			    (long long)s->party_id),
			.can_leave = o->s.a.open && !gone && mine &&
				     rp_text_eq(s->state, RP_TEXT("joined")) };

		if (rp_text_eq(s->state, RP_TEXT("asked")) && o->s.a.open &&
		    !gone && s->party_id == o->s.a.my_party_id) {
			v->can_join = true;
			v->join_party = row.id;
		}
		if (!rp_text_eq(s->state, RP_TEXT("left")))
			rp_vec_push(req->arena, &v->sponsors, row);
	}
}

static struct rp_err *
add_parties_to_ask(const struct rp_request *req, const struct one *o,
    struct v_amendment *v)
{
	struct rp_memberships all;

	v->can_ask = o->s.a.open && o->m.mine &&
		     rp_text_eq(o->m.state, RP_TEXT("standing"));
	if (!v->can_ask)
		return NULL;
	RP_TRY(rp_membership_list(req->tx, o->s.g.id, req->now,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		struct v_amendment_parties p = {
			.value = rp_textf(req->arena, "%lld",
			    (long long)all.v[i].party_id),
			.name = all.v[i].short_name
		};

		if (all.v[i].party_id != o->m.party_id)
			rp_vec_push(req->arena, &v->parties, p);
	}
	return NULL;
}

static void
add_revisions(const struct rp_request *req, const struct one *o,
    struct v_amendment *v)
{
	for (size_t i = o->m.revisions.n; i-- > 0;) {
		const struct rp_amendment_revision *r = &o->m.revisions.v[i];
		struct v_amendment_revisions row = { .number = r->number,
			.url = rp_urlf(req->arena, "?revision=%lld",
			    (long long)r->number),
			.time = rp_web_time(req, o->s.g.zone, r->submitted_at),
			.iso = rp_web_iso(req, r->submitted_at),
			.person = r->person,
			.form = rp_text_eq(r->form, RP_TEXT("file")) ?
				    M_amendment_form_file :
				    M_amendment_form_edits,
			.state = rp_text_eq(r->state, RP_TEXT("read")) ?
				     M_amendment_read :
				 rp_text_eq(r->state, RP_TEXT("not_read")) ?
				     M_amendment_unread :
				     M_amendment_received,
			.current = r == o->shown };

		if (!rp_text_eq(r->state, RP_TEXT("draft")))
			rp_vec_push(req->arena, &v->revisions, row);
	}
}

static const char *
sign(rp_text op)
{
	return rp_text_eq(op, RP_TEXT("add"))      ? "ADD" :
	       rp_text_eq(op, RP_TEXT("suppress")) ? "SUP" :
	       rp_text_eq(op, RP_TEXT("noc"))      ? "NOC" :
						     "MOD";
}

static struct rp_err *
add_edits(const struct rp_request *req, const struct one *o,
    struct v_amendment *v)
{
	struct rp_web_consolidation c;
	struct rp_amendment_edits edits;

	RP_TRY(rp_amendment_edit_list(req->who, req->tx, o->shown, &edits));
	if (edits.n == 0)
		return NULL;
	RP_TRY(rp_web_consolidation_load(req, &o->s, &c));
	for (size_t i = 0; i < edits.n; i++) {
		const struct rp_amendment_edit *e = &edits.v[i];
		struct v_amendment_edits row = { .mark = rp_text_z(sign(e->op)),
			.body = e->body,
			.reason = e->reason,
			.place = rp_textf(req->arena, "#%lld",
			    (long long)e->block + 1),
			.url = rp_web_amending_url(req, &o->s, "#p-%lld",
			    (long long)e->block + 1) };

		if (e->block < (int64_t)c.v.provisions.n) {
			const struct rp_consolidated_provision *p =
			    &c.v.provisions.v[e->block];

			row.place = rp_textf(req->arena, "%.*s %.*s",
			    RP_FMT(p->label), RP_FMT(rp_text_cut(p->text, 80)));
		}
		rp_vec_push(req->arena, &v->edits, row);
	}
	return NULL;
}

/* Of the revision alone, which is one party. */
static struct rp_err *
count_left_out(const struct rp_request *req,
    const struct rp_amendment_revision *r, int64_t *out)
{
	struct rp_consolidated_view view;
	struct rp_err *e;
	rp_bytes octets;

	if (r->script_blob_id == 0)
		return NULL;
	e = rp_registry_octets(req->who, req->tx, r->script_blob_id,
	    RP_CONSOLIDATION_SCRIPT_MAX, &octets);
	if (e == NULL)
		e = rp_consolidated_parse(req->arena, octets, &view);
	if (e == NULL)
		*out = view.left_out[0];
	if (e != NULL && rp_err_code(e) != RP_E_LIMIT)
		return e;
	rp_err_free(e);
	return NULL;
}

static struct rp_err *
add_text(const struct rp_request *req, const struct one *o,
    struct v_amendment *v)
{
	const struct rp_amendment_revision *r = o->shown;

	v->is_waiting = rp_text_eq(r->state, RP_TEXT("received"));
	if (rp_text_eq(r->state, RP_TEXT("not_read")))
		v->problem = r->reason.n > 0 ? r->reason : RP_TEXT("?");
	v->reasons = r->reasons;
	if (r->tracked_blob_id != 0)
		v->docx_url = rp_web_amending_url(req, &o->s, "%lld/%lld.docx",
		    (long long)o->m.number, (long long)r->number);
	if (r->blob_id != 0) {
		v->file_url = rp_web_amending_url(req, &o->s, "%lld/%lld/file",
		    (long long)o->m.number, (long long)r->number);
		v->file_name = r->file_name;
	}
	RP_TRY(add_edits(req, o, v));
	RP_TRY(count_left_out(req, r, &v->left_out));
	return r->text_blob_id == 0 ?
		   NULL :
		   rp_web_amendment_html(req, r->text_blob_id, o->s.a.lang,
		       v->docx_url, &v->text, &v->is_long);
}

static enum rp_msg
what_was_done(const struct rp_request *req)
{
	static const struct {
		const char *word;
		enum rp_msg msg;
	} words[] = {
		{ "submitted", M_amendment_done_submitted },
		{ "withdrawn", M_amendment_done_withdrawn },
		{ "asked", M_amendment_done_asked },
		{ "joined", M_amendment_done_joined },
		{ "left", M_amendment_done_left },
	};
	rp_bytes given = rp_form_value(&req->query, "done");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (given.n == strlen(words[i].word) &&
		    memcmp(given.p, words[i].word, given.n) == 0)
			return words[i].msg;
	return M_none;
}

static void
add_links(const struct rp_request *req, const struct one *o,
    struct v_amendment *v)
{
	bool gone = rp_text_eq(o->m.state, RP_TEXT("withdrawn"));

	v->can_withdraw = o->s.a.open && o->m.mine && !gone;
	if (!v->can_withdraw)
		return;
	v->revise_url = rp_web_amending_url(req, &o->s, "new?party=%lld",
	    (long long)o->m.party_id);
	v->edit_url = rp_web_amending_url(req, &o->s, "edit?party=%lld",
	    (long long)o->m.party_id);
}

static struct rp_err *
show_one(const struct rp_request *req, struct one *o, struct rp_response *out)
{
	struct v_amendment v = { .token = req->csrf,
		.instrument_name = rp_web_instrument_name(req, &o->s.i),
		.instrument_url =
		    rp_web_instrument_url(req, &o->s.g, &o->s.i, ""),
		.version_name = o->s.a.version_name,
		.version_url = rp_urlf(req->arena, "../../"),
		.lang = o->s.a.lang,
		.list_url = rp_urlf(req->arena, "../"),
		.number = o->m.number,
		.names = rp_web_amendment_sponsors(req, &o->m),
		.state = rp_web_amendment_chip(req, &o->m),
		.done = what_was_done(req) };
	rp_html content;

	v.action =
	    rp_web_amending_url(req, &o->s, "%lld/", (long long)o->m.number);
	choose_revision(req, o);
	add_sponsors(req, o, &v);
	RP_TRY(add_parties_to_ask(req, o, &v));
	add_revisions(req, o, &v);
	add_links(req, o, &v);
	if (o->shown != NULL)
		RP_TRY(add_text(req, o, &v));
	if (o->ask_error != M_none) {
		struct v_error_summary_errors e = { .href = rp_urlf(req->arena,
							"#party"),
			.text = rp_web_msg(req, o->ask_error) };

		v.ask_error = e.text;
		rp_vec_push(req->arena, &v.errors.errors, e);
	}
	if (v.is_waiting)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	RP_TRY(rp_web_render(req, amendment, &v, &content));
	return rp_web_amending_frame(req, &o->s, M_amendments_title, false,
	    content, out);
}

struct rp_err *
rp_web_amendment(const struct rp_request *req, struct rp_response *out)
{
	struct one o;

	RP_TRY(find_one(req, &o));
	return show_one(req, &o, out);
}

static bool
button(const struct rp_request *req, const char *name)
{
	rp_bytes b = rp_form_value(&req->form, "do");

	return b.n == strlen(name) && memcmp(b.p, name, b.n) == 0;
}

static struct rp_err *
act(const struct rp_request *req, const struct one *o, int64_t party,
    const char **done)
{
	if (button(req, "withdraw")) {
		*done = "withdrawn";
		return rp_amendment_withdraw(req->who, req->tx, &o->s.a, &o->m);
	}
	if (button(req, "join")) {
		*done = "joined";
		return rp_amendment_join(req->who, req->tx, &o->s.a, &o->m,
		    party);
	}
	if (button(req, "leave")) {
		*done = "left";
		return rp_amendment_leave(req->who, req->tx, &o->s.a, &o->m,
		    party);
	}
	*done = "asked";
	return rp_amendment_ask(req->who, req->tx, &o->s.a, &o->m, party);
}

struct rp_err *
rp_web_amendment_post(const struct rp_request *req, struct rp_response *out)
{
	const char *done;
	struct rp_err *e;
	rp_text party;
	struct one o;
	int64_t id = 0;

	RP_TRY(find_one(req, &o));
	RP_TRY(rp_form_line(req, &req->form, "party", 20, &party));
	rp_text_i64(party, &id);
	e = act(req, &o, id, &done);
	if (e != NULL && rp_err_code(e) == RP_E_CONFLICT) {
		rp_err_free(e);
		o.ask_error = M_amendment_error_elsewhere;
		out->status = 409;
		return show_one(req, &o, out);
	}
	if (e != NULL)
		return e;
	return rp_response_see_other(out,
	    rp_web_amending_url(req, &o.s, "%lld/?done=%s",
		(long long)o.m.number, done));
}

/* …/amendments/{k}/{id}.docx, /file: `id` is the revision's number. */
static struct rp_err *
revision_file(const struct rp_request *req, bool original,
    struct rp_response *out)
{
	struct one o;

	RP_TRY(find_one(req, &o));
	for (size_t i = 0; i < o.m.revisions.n; i++) {
		const struct rp_amendment_revision *r = &o.m.revisions.v[i];
		int64_t blob_id = original ? r->blob_id : r->tracked_blob_id;

		if (r->number != req->params.id || blob_id == 0)
			continue;
		return rp_web_file(req, blob_id,
		    original ? r->file_name :
			       rp_textf(req->arena, "%.*s-amendment-%lld.docx",
				   RP_FMT(o.s.i.slug), (long long)o.m.number),
		    RP_TEXT("docx"), out);
	}
	return rp_fail(RP_E_NOTFOUND, "no such file");
}

struct rp_err *
rp_web_amendment_docx(const struct rp_request *req, struct rp_response *out)
{
	return revision_file(req, false, out);
}

struct rp_err *
rp_web_amendment_file(const struct rp_request *req, struct rp_response *out)
{
	return revision_file(req, true, out);
}
