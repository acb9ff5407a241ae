/* contribution_pages - contributions to a meeting, and one of them. */
#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"
#include "render/prose.h"
#include "render/t_contribution.h"
#include "render/t_contributions.h"
#include "text/input.h"
#include "web/contribution_merge.h"
#include "web/contributions.h"
#include "web/desk.h"
#include "web/file.h"

#define WORD_MAX 40
#define URL_MAX 600
#define IS(t, word) rp_text_eq((t), RP_TEXT(word))

struct rp_err *
rp_web_contributing_find(const struct rp_request *req,
    struct rp_web_contributing *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*out = (struct rp_web_contributing){ 0 };
	RP_TRY(
	    rp_group_get(req->who, req->tx, req->params.group, lang, &out->g));
	RP_TRY(rp_meeting_get(req->who, req->tx, out->g.id, req->params.n,
	    &out->m));
	RP_TRY(rp_contribution_parties(req->who, req->tx, &out->m, lang,
	    &out->parties));
	if (out->parties.n == 0 &&
	    !rp_actor_may(req->who, RP_MAY_MEET, rp_group_place(&out->g)))
		return rp_fail(RP_E_NOTFOUND, "acts for nobody here");
	return NULL;
}

rp_url
rp_web_contributions_url(const struct rp_request *req,
    const struct rp_web_contributing *s, const char *fmt, ...)
{
	char rest[URL_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(rest, sizeof(rest), fmt, ap);
	va_end(ap);
	return rp_web_meeting_url(req, &s->g, &s->m,
	    rp_textf(req->arena, "contributions/%s", rest).p);
}

struct rp_err *
rp_web_contributions_frame(const struct rp_request *req,
    const struct rp_web_contributing *s, rp_text title, rp_html content,
    struct rp_response *out)
{
	const struct rp_frame f = { .group = &s->g,
		.title = title,
		.private = true };

	out->no_store = true;
	return rp_web_frame(req, &f, content, out);
}

static rp_text
party_name(const struct rp_request *req, int64_t id, struct rp_err **e)
{
	rp_text name = RP_TEXT("");

	if (*e == NULL)
		*e = rp_party_named(req->tx, id, rp_lang_tag(req->reader.lang),
		    &name);
	return name;
}

struct rp_err *
rp_web_contribution_sources(const struct rp_request *req,
    const struct rp_contribution *c, rp_text *out)
{
	struct rp_document_sources all = { 0 };

	rp_vec_push(req->arena, &all, c->in.party_id);
	for (size_t i = 0; i < c->sources.n; i++) {
		if (IS(c->sources.v[i].state, "joined"))
			rp_vec_push(req->arena, &all, c->sources.v[i].party_id);
	}
	return rp_web_sources(req, &all, out);
}

static enum rp_msg
state_msg(rp_text state)
{
	static const struct {
		const char *word;
		enum rp_msg msg;
	} of[] = {
		{ "draft", M_contribution_state_draft },
		{ "received", M_contribution_state_received },
		{ "returned", M_contribution_state_returned },
		{ "checked", M_contribution_state_checked },
		{ "numbered", M_contribution_state_numbered },
		{ "withdrawn", M_contribution_state_withdrawn },
		{ "asked", M_contribution_source_asked },
		{ "joined", M_contribution_source_joined },
		{ "refused", M_contribution_source_refused },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		if (rp_text_eq(state, rp_text_z(of[i].word)))
			return of[i].msg;
	}
	return M_none;
}

static rp_text
symbol_of(const struct rp_request *req, const struct rp_web_contributing *s,
    int64_t number)
{
	const struct rp_meeting_document d = { .number = number };

	return rp_meeting_document_symbol(req->arena, &s->m, &d);
}

/* Has a part in it that the secretariat or nobody answered yet. */
static bool
waits_for(const struct rp_contribution *c)
{
	for (size_t i = 0; i < c->sources.n; i++) {
		if (c->sources.v[i].party_id == c->asked &&
		    IS(c->sources.v[i].state, "asked"))
			return !IS(c->state, "numbered") &&
			       !IS(c->state, "withdrawn");
	}
	return false;
}

struct rp_err *
rp_web_contributions(const struct rp_request *req, struct rp_response *out)
{
	struct rp_web_contributing s;
	struct rp_contributions all;
	struct v_contributions v = { 0 };
	rp_html content;

	RP_TRY(rp_web_contributing_find(req, &s));
	RP_TRY(rp_contribution_list(req->who, req->tx, &s.m, &all));
	v.meeting_url = RP_URL("../");
	v.meeting_name = rp_web_meeting_name(req, &s.m);
	v.new_url = RP_URL("new");
	v.can_add = s.parties.n > 0;
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_contribution *c = &all.v[i];
		struct v_contributions_rows row = { .title = c->in.title,
			.lang = c->in.lang,
			.state = state_msg(c->state),
			.asked = waits_for(c),
			.url = rp_web_contributions_url(req, &s, "%lld/",
			    (long long)c->id) };

		if (c->received_at != 0)
			row.late = rp_msg_posting(c->posting);
		if (c->number != 0)
			row.symbol = symbol_of(req, &s, c->number);
		RP_TRY(rp_web_contribution_sources(req, c, &row.sources));
		rp_vec_push(req->arena, &v.rows, row);
	}
	RP_TRY(rp_web_render(req, contributions, &v, &content));
	return rp_web_contributions_frame(req, &s,
	    rp_web_msg(req, M_contributions_title), content, out);
}

/* One. */

struct one {
	struct rp_web_contributing s;
	struct rp_contribution c;
	rp_text reason, number;
	bool no_reason, bad_number, given;
};

static struct rp_err *
load(const struct rp_request *req, struct one *o)
{
	*o = (struct one){ 0 };
	RP_TRY(rp_web_contributing_find(req, &o->s));
	return rp_contribution_get(req->who, req->tx, &o->s.m, req->params.k,
	    &o->c);
}

static struct rp_err *
add_sources(const struct rp_request *req, const struct one *o,
    struct v_contribution *v)
{
	struct rp_err *e = NULL;
	struct v_contribution_sources first = { .name = party_name(req,
						    o->c.in.party_id, &e),
		.state = M_contribution_source_submits };

	RP_TRY(e);
	rp_vec_push(req->arena, &v->sources, first);
	for (size_t i = 0; i < o->c.sources.n; i++) {
		struct v_contribution_sources row = {
			.name = party_name(req, o->c.sources.v[i].party_id, &e),
			.state = state_msg(o->c.sources.v[i].state)
		};

		RP_TRY(e);
		rp_vec_push(req->arena, &v->sources, row);
	}
	return NULL;
}

static bool
is_source(const struct one *o, int64_t party_id)
{
	for (size_t i = 0; i < o->c.sources.n; i++) {
		if (o->c.sources.v[i].party_id == party_id)
			return true;
	}
	return o->c.in.party_id == party_id;
}

static struct rp_err *
add_parties(const struct rp_request *req, const struct one *o,
    struct v_contribution *v)
{
	struct rp_memberships all;

	if (!v->can_ask)
		return NULL;
	RP_TRY(rp_membership_list(req->tx, o->s.g.id, req->now,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		struct v_contribution_parties row = {
			.value = rp_textf(req->arena, "%lld",
			    (long long)all.v[i].party_id),
			.name = all.v[i].short_name.n > 0 ?
				    all.v[i].short_name :
				    all.v[i].name
		};

		if (!is_source(o, all.v[i].party_id))
			rp_vec_push(req->arena, &v->parties, row);
	}
	v->can_ask = v->parties.n > 0;
	return NULL;
}

static void
show_problems(const struct rp_request *req, const struct one *o,
    struct v_contribution *v)
{
	int64_t n = 0;

	if (o->no_reason)
		rp_web_problem_text(req, &v->errors, "reason",
		    rp_web_msg(req, M_contribution_error_reason),
		    &v->reason_error);
	if (o->bad_number)
		rp_web_problem_text(req, &v->errors, "number",
		    rp_web_msg(req, M_desk_meeting_error_number),
		    &v->number_error);
	if (o->given && rp_text_i64(o->number, &n)) {
		const struct rp_msg_arg symbol[] = { RP_MSG_TEXT(
		    symbol_of(req, &o->s, n)) };

		rp_web_problem_text(req, &v->errors, "number",
		    rp_message(req->arena, &req->reader,
			M_desk_meeting_error_there, symbol, 1),
		    &v->number_error);
	}
}

/* What may be done with it, by whom it is shown to. */
static void
show_acts(const struct one *o, struct v_contribution *v)
{
	const struct rp_contribution *c = &o->c;
	bool open = IS(c->state, "draft") || IS(c->state, "returned");
	bool over = IS(c->state, "numbered") || IS(c->state, "withdrawn");

	v->is_open = open;
	v->can_edit = c->mine && open;
	v->can_submit = v->can_edit && rp_contribution_check(&c->in, true,
					   c->blob_id != 0) == 0;
	v->can_ask = c->mine && !over;
	v->can_withdraw = c->mine && !IS(c->state, "withdrawn");
	v->can_accept = c->may_decide && IS(c->state, "received");
	v->can_number = c->may_decide && IS(c->state, "checked");
	v->can_return = v->can_accept || v->can_number;
	v->is_revision = c->revises != 0;
}

static void
show_times(const struct rp_request *req, const struct one *o,
    struct v_contribution *v)
{
	const struct rp_contribution *c = &o->c;
	enum rp_msg late = rp_msg_posting(c->posting);
	const struct rp_msg_arg mark[] = { RP_MSG_MSG(late) };

	if (c->received_at != 0 && !v->is_open) {
		v->received = rp_web_time(req, o->s.m.zone, c->received_at);
		v->received_iso = rp_web_iso(req, c->received_at);
		v->late = late;
	} else if (v->is_open && late != M_none) {
		v->would_be = rp_message(req->arena, &req->reader,
		    M_contribution_would_be, mark, 1);
	}
}

static void
show_words(const struct rp_request *req, const struct one *o,
    struct v_contribution *v)
{
	const struct rp_contribution *c = &o->c;
	const struct rp_msg_arg symbol[] = { RP_MSG_TEXT(
	    symbol_of(req, &o->s, c->revises)) };

	v->title = c->in.title;
	v->lang = c->in.lang;
	v->state = state_msg(c->state);
	v->kind = rp_msg_document_kind(c->in.kind);
	v->purpose_word = c->in.is_for_action ? M_document_for_action :
						M_document_for_information;
	v->item = c->in.item;
	v->purpose = c->in.purpose;
	v->action_required = c->in.action;
	v->summary = c->in.summary;
	v->refs = c->in.refs;
	v->file_name = c->in.file_name;
	v->file_url = RP_URL("file");
	v->body = rp_prose(req->arena, c->in.body, RP_TEXT(""), NULL);
	if (c->revises != 0)
		v->revises = rp_message(req->arena, &req->reader,
		    M_contribution_revises_one, symbol, 1);
	if (IS(c->state, "returned"))
		v->reason = c->reason;
	if (c->number != 0) {
		v->symbol = symbol_of(req, &o->s, c->number);
		v->document_url = rp_web_meeting_url(req, &o->s.g, &o->s.m,
		    rp_textf(req->arena, "documents/%lld/",
			(long long)c->number)
			.p);
	}
}

static const struct rp_desk_word done_words[] = {
	{ "saved", M_contribution_saved },
	{ "submit", M_contribution_submitted },
	{ "withdraw", M_contribution_done_withdrawn },
	{ "ask", M_contribution_done_asked },
	{ "answer", M_contribution_done_answered },
	{ "merge", M_contribution_merge_done },
	{ "unmerge", M_contribution_merge_undone },
	{ "accept", M_contribution_done_checked },
	{ "return", M_contribution_done_returned },
	{ NULL, M_none },
};

static struct rp_err *
show_one(const struct rp_request *req, const struct one *o,
    struct rp_response *out)
{
	struct v_contribution v = { .token = req->csrf,
		.meeting_url = RP_URL("../../"),
		.meeting_name = rp_web_meeting_name(req, &o->s.m),
		.list_url = RP_URL("../"),
		.edit_url = RP_URL("edit"),
		.action = rp_web_contributions_url(req, &o->s, "%lld/",
		    (long long)o->c.id),
		.done = rp_desk_word(req, done_words),
		.number = o->number,
		.reason_typed = o->reason };
	rp_html content;

	show_acts(o, &v);
	show_words(req, o, &v);
	show_times(req, o, &v);
	if (waits_for(&o->c))
		v.asked_party =
		    rp_textf(req->arena, "%lld", (long long)o->c.asked);
	if (v.can_number)
		RP_TRY(rp_meeting_document_next(req->who, req->tx, &o->s.m,
		    &v.next));
	RP_TRY(rp_web_contribution_merge_show(req, &o->s, &o->c, &v.merge,
	    &v.waits));
	v.can_number = v.can_number && !v.waits;
	RP_TRY(add_sources(req, o, &v));
	RP_TRY(add_parties(req, o, &v));
	show_problems(req, o, &v);
	RP_TRY(rp_web_render(req, contribution, &v, &content));
	return rp_web_contributions_frame(req, &o->s, v.title, content, out);
}

struct rp_err *
rp_web_contribution(const struct rp_request *req, struct rp_response *out)
{
	struct one o;

	RP_TRY(load(req, &o));
	return show_one(req, &o, out);
}

struct rp_err *
rp_web_contribution_file(const struct rp_request *req, struct rp_response *out)
{
	struct one o;

	RP_TRY(load(req, &o));
	if (o.c.blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "no file");
	return rp_web_file(req, o.c.blob_id, o.c.in.file_name, o.c.in.file_kind,
	    out);
}

/* A symbol: told beside the field before the database would refuse it. */
static struct rp_err *
read_number(const struct rp_request *req, struct one *o, int64_t *out)
{
	struct rp_meeting_documents all;

	RP_TRY(rp_form_line(req, &req->form, "number", WORD_MAX, &o->number));
	*out = 0;
	if (o->number.n == 0 || o->c.revises != 0)
		return NULL;
	o->bad_number = !rp_text_i64(o->number, out) || *out < 1 ||
			*out > RP_DOCUMENT_NUMBER_MAX;
	RP_TRY(rp_meeting_document_list(req->who, req->tx, &o->s.m,
	    RP_TEXT("en"), &all));
	for (size_t i = 0; i < all.n && !o->bad_number; i++)
		o->given |= all.v[i].number == *out;
	return NULL;
}

static struct rp_err *
give_number(const struct rp_request *req, struct one *o,
    struct rp_response *out)
{
	rp_text access, shown;
	int64_t number;

	RP_TRY(read_number(req, o, &number));
	if (o->bad_number || o->given) {
		out->status = 400;
		return show_one(req, o, out);
	}
	RP_TRY(rp_form_line(req, &req->form, "access", WORD_MAX, &access));
	RP_TRY(rp_form_line(req, &req->form, "title_public", WORD_MAX, &shown));
	RP_TRY(rp_contribution_number(req->who, req->tx, &o->s.m, &o->c, number,
	    access.n > 0 ? access : RP_TEXT("members"), shown.n > 0, &number));
	return rp_desk_done(out, req,
	    rp_desk_url(req, "meetings/%lld/documents/%lld",
		(long long)o->s.m.id, (long long)number),
	    "numbered");
}

static struct rp_err *
give_back(const struct rp_request *req, struct one *o, struct rp_response *out)
{
	RP_TRY(rp_form_text(req, &req->form, "reason",
	    RP_CONTRIBUTION_REASON_MAX, &o->reason));
	o->no_reason = rp_text_blank(o->reason);
	if (o->no_reason) {
		out->status = 400;
		return show_one(req, o, out);
	}
	RP_TRY(rp_contribution_return(req->who, req->tx, &o->s.m, &o->c,
	    o->reason));
	return rp_desk_done(out, req,
	    rp_web_contributions_url(req, &o->s, "%lld/", (long long)o->c.id),
	    "return");
}

struct rp_err *
rp_web_contribution_post(const struct rp_request *req, struct rp_response *out)
{
	int64_t party = rp_desk_number(req, &req->form, "party");
	const char *did = "submit";
	struct one o;

	RP_TRY(load(req, &o));
	if (rp_desk_button(req, "number"))
		return give_number(req, &o, out);
	if (rp_desk_button(req, "return"))
		return give_back(req, &o, out);
	if (rp_desk_button(req, "submit")) {
		RP_TRY(rp_contribution_submit(req->who, req->tx, &o.s.m, &o.c));
	} else if (rp_desk_button(req, "withdraw")) {
		did = "withdraw";
		RP_TRY(
		    rp_contribution_withdraw(req->who, req->tx, &o.s.m, &o.c));
	} else if (rp_desk_button(req, "ask")) {
		did = "ask";
		RP_TRY(rp_contribution_ask(req->who, req->tx, &o.s.m, &o.c,
		    party));
	} else if (rp_desk_button(req, "merge") ||
		   rp_desk_button(req, "unmerge")) {
		did = rp_desk_button(req, "merge") ? "merge" : "unmerge";
		RP_TRY(rp_web_contribution_merge_do(req, &o.s, &o.c));
	} else if (rp_desk_button(req, "accept")) {
		did = "accept";
		RP_TRY(rp_contribution_accept(req->who, req->tx, &o.s.m, &o.c));
	} else {
		did = "answer";
		RP_TRY(rp_contribution_answer(req->who, req->tx, &o.s.m, &o.c,
		    party, rp_desk_button(req, "join")));
	}
	return rp_desk_done(out, req,
	    rp_web_contributions_url(req, &o.s, "%lld/", (long long)o.c.id),
	    did);
}
