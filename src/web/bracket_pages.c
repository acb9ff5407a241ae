/*
 * bracket_pages - the chair's team decides on one change.
 */
#include <string.h>

#include "base/err.h"
#include "render/t_amendment_change.h"
#include "text/input.h"
#include "web/amendments.h"
#include "web/desk.h"
#include "web/registry.h"

#define PLACE_MAX 120 /* octets of a provision where it is only named */

struct deciding {
	struct rp_web_amending s;
	struct rp_web_consolidation c;
	rp_text key;
	struct rp_consolidated_change *k; /* NULL: put no more */
	rp_text choice, body, reason;     /* as typed */
	enum rp_msg choice_error, reason_error;
};

static struct rp_err *
load(const struct rp_request *req, const struct rp_urlform *form,
    struct deciding *f)
{
	size_t at;

	*f = (struct deciding){ 0 };
	RP_TRY(rp_web_amending_find(req, &f->s));
	RP_TRY(rp_actor_needs(req->who, RP_MAY_REGISTER, f->s.a.where));
	RP_TRY(rp_web_consolidation_load(req, &f->s, &f->c));
	RP_TRY(rp_form_line(req, form, "key", RP_CHANGE_KEY_MAX, &f->key));
	at = rp_consolidated_find(&f->c.v, f->key);
	if (at < f->c.v.changes.n)
		f->k = &f->c.v.changes.v[at];
	return NULL;
}

static bool
is_own_decision(const struct deciding *f)
{
	return f->k->decided == RP_CONSOLIDATED_OPEN ||
	       &f->c.v.changes.v[f->k->by] == f->k;
}

/* What the sponsors say, of the provision or of the whole. */
static rp_text
reasons(const struct rp_request *req, const struct deciding *f, uint64_t who)
{
	int64_t block = (int64_t)f->k->at;
	rp_text t = RP_TEXT("");

	if (f->k->place == RP_CONSOLIDATED_SLOT && block > 0)
		block--;
	for (size_t p = 0; p < f->c.v.parties.n; p++) {
		rp_text said = RP_TEXT("");

		if ((who >> p & 1) == 0 || f->c.of[p] == NULL)
			continue;
		for (size_t i = 0; i < f->c.edits[p].n; i++)
			if (f->c.edits[p].v[i].block == block)
				said = f->c.edits[p].v[i].reason;
		if (said.n == 0 && f->c.of[p]->current != NULL)
			said = f->c.of[p]->current->reasons;
		t = rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(t),
		    t.n > 0 ? "\n" : "", RP_FMT(said));
	}
	return t;
}

static void
add_choices(const struct rp_request *req, const struct deciding *f,
    struct v_amendment_change *v)
{
	const struct rp_consolidated_change *k = f->k;

	for (size_t i = 0; i < k->choices.n; i++) {
		const struct rp_msg_arg n[] = { RP_MSG_NUM((int64_t)i + 1) };
		const struct rp_consolidated_choice *x = &k->choices.v[i];
		struct v_amendment_change_choices row = {
			.id = rp_textf(req->arena, "%zu", i + 1),
			.value = x->key,
			.name = rp_message(req->arena, &req->reader,
			    M_amendments_alternative_number, n, 1),
			.text =
			    rp_web_decided_text(req, k, (int)i, RP_TEXT("")),
			.sponsors =
			    rp_web_consolidation_names(req, &f->c, x->sponsors),
			.reason = reasons(req, f, x->sponsors),
			.selected = rp_text_eq(f->choice, x->key)
		};

		rp_vec_push(req->arena, &v->choices, row);
	}
}

/* Another place, not decided yet, where the same words are proposed. */
static bool
is_same_elsewhere(const struct deciding *f,
    const struct rp_consolidated_change *other)
{
	if (other == f->k || other->decided != RP_CONSOLIDATED_OPEN ||
	    (f->k->set != 0 && other->set == f->k->set))
		return false;
	for (size_t i = 0; i < f->k->choices.n; i++)
		if (rp_consolidated_choice(other, f->k->choices.v[i].key) >= 0)
			return true;
	return false;
}

static rp_text
place_of(const struct rp_request *req, const struct deciding *f,
    const struct rp_consolidated_change *k)
{
	const struct rp_consolidated_provisions *all = &f->c.v.provisions;
	/* What is new stands behind a provision. */
	size_t at =
	    k->place == RP_CONSOLIDATED_SLOT && k->at > 0 ? k->at - 1 : k->at;

	if (at >= all->n)
		return rp_web_bracket_text(req, &f->c, k);
	return rp_textf(req->arena, "%.*s %.*s – %.*s",
	    RP_FMT(all->v[at].label),
	    RP_FMT(rp_text_cut(all->v[at].text, PLACE_MAX)),
	    RP_FMT(rp_web_bracket_text(req, &f->c, k)));
}

static rp_bytes
also_field(const struct rp_request *req, rp_text key)
{
	return rp_form_value(&req->form,
	    rp_textf(req->arena, "also-%.*s", RP_FMT(key)).p);
}

static void
add_also(const struct rp_request *req, const struct deciding *f,
    struct v_amendment_change *v)
{
	for (size_t i = 0; i < f->c.v.changes.n; i++) {
		const struct rp_consolidated_change *k = &f->c.v.changes.v[i];
		struct v_amendment_change_also row = { .key = k->key };

		if (!is_same_elsewhere(f, k))
			continue;
		row.place = place_of(req, f, k);
		row.checked = also_field(req, k->key).n > 0;
		rp_vec_push(req->arena, &v->also, row);
	}
}

/* The bracket in the provision that it stands in. */
static void
add_place(const struct rp_request *req, const struct deciding *f,
    struct v_amendment_change *v)
{
	const struct rp_consolidated_change *k = f->k;

	v->bracket = rp_web_bracket_text(req, &f->c, k);
	v->base = k->base;
	v->is_bracket = k->bracket;
	v->in_set = k->set != 0;
	v->can_write = k->set == 0;
	if (k->place != RP_CONSOLIDATED_SLOT) {
		const struct rp_consolidated_provision *p =
		    &f->c.v.provisions.v[k->at];

		v->label = p->label;
		v->before = rp_text_sub(p->text, 0, k->from);
		v->after = rp_text_sub(p->text, k->to, p->text.n);
	}
	if (k->decided == RP_CONSOLIDATED_OPEN)
		return;
	v->is_decided = true;
	v->verdict = rp_web_decided_text(req, k, k->decided, k->compromise);
	if (v->verdict.n == 0)
		v->verdict = rp_web_msg(req, M_amendments_verdict_base);
	v->can_undo = is_own_decision(f);
	if (v->can_undo)
		return;
	v->by_other = true;
	v->other_url =
	    rp_web_change_url(req, &f->s, f->c.v.changes.v[k->by].key);
}

static enum rp_msg
what(rp_text kind)
{
	return rp_text_eq(kind, RP_TEXT("base"))   ? M_decision_base :
	       rp_text_eq(kind, RP_TEXT("choice")) ? M_decision_choice :
	       rp_text_eq(kind, RP_TEXT("text"))   ? M_decision_text :
						     M_decision_undone;
}

static void
add_history(const struct rp_request *req, const struct deciding *f,
    struct v_amendment_change *v)
{
	for (size_t i = f->c.decisions.n; i-- > 0;) {
		const struct rp_bracket_decision *d = &f->c.decisions.v[i];
		struct v_amendment_change_history row = {
			.time = rp_web_time(req, f->s.g.zone, d->at),
			.iso = rp_web_iso(req, d->at),
			.person = d->person,
			.what = what(d->kind),
			.before = d->before,
			.after = d->after.n > 0 ? d->after : RP_TEXT("—"),
			.reason = d->reason,
			.holds = d->holds
		};

		if (rp_text_eq(d->key, f->key))
			rp_vec_push(req->arena, &v->history, row);
	}
}

static struct rp_err *
show(const struct rp_request *req, struct deciding *f, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "decided", M_amendment_change_done },
		{ "undone", M_amendment_change_undone },
		{ NULL, M_none },
	};
	struct v_amendment_change v = { .token = req->csrf,
		.instrument_name = rp_web_instrument_name(req, &f->s.i),
		.instrument_url =
		    rp_web_instrument_url(req, &f->s.g, &f->s.i, ""),
		.version_name = f->s.a.version_name,
		.version_url = RP_URL("../"),
		.lang = f->s.a.lang,
		.back_url = RP_URL("./#text"),
		.key = f->key,
		.action = rp_web_amending_url(req, &f->s, "change"),
		.done = rp_desk_word(req, done),
		.is_gone = f->k == NULL,
		.body = f->body,
		.reason = f->reason,
		.is_base = rp_text_eq(f->choice, RP_TEXT("base")),
		.is_text = rp_text_eq(f->choice, RP_TEXT("text")) };
	rp_html content;

	if (f->k != NULL) {
		add_place(req, f, &v);
		add_choices(req, f, &v);
		add_also(req, f, &v);
	}
	add_history(req, f, &v);
	if (f->k == NULL && v.history.n == 0)
		return rp_fail(RP_E_NOTFOUND, "no such change");
	rp_web_problem(req, &v.errors, "choice-base", f->choice_error,
	    &v.choice_error);
	rp_web_problem(req, &v.errors, "reason", f->reason_error,
	    &v.reason_error);
	RP_TRY(rp_web_render(req, amendment_change, &v, &content));
	return rp_web_amending_frame(req, &f->s, M_amendment_change_title,
	    false, content, out);
}

struct rp_err *
rp_web_amendment_change(const struct rp_request *req, struct rp_response *out)
{
	struct deciding f;

	RP_TRY(load(req, &req->query, &f));
	if (f.k != NULL && f.k->choices.n > 0)
		f.body = rp_web_decided_text(req, f.k,
		    f.k->decided == RP_CONSOLIDATED_TEXT ?
			RP_CONSOLIDATED_TEXT :
			0,
		    f.k->compromise);
	return show(req, &f, out);
}

static struct rp_err *
back(const struct rp_request *req, const struct deciding *f, const char *done,
    struct rp_response *out)
{
	return rp_response_see_other(out,
	    rp_urlf(req->arena, "%s&done=%s",
		rp_web_change_url(req, &f->s, f->key).p, done));
}

/* What was chosen; false if it is none. */
static bool
take_choice(const struct rp_request *req, struct deciding *f,
    struct rp_bracket_decision *d, int *decided)
{
	*decided = RP_CONSOLIDATED_BASE;
	d->kind = f->choice;
	if (rp_text_eq(f->choice, RP_TEXT("base")))
		return true;
	if (rp_text_eq(f->choice, RP_TEXT("text"))) {
		*decided = RP_CONSOLIDATED_TEXT;
		d->body = rp_consolidated_spaced(req->arena, f->k, f->body);
		/* In a line there are no lines; a new provision has some. */
		return f->k->set == 0 &&
		       (f->k->place == RP_CONSOLIDATED_SLOT ?
			       d->body.n > 0 :
			       rp_text_find(d->body, '\n', 0) == d->body.n);
	}
	*decided = rp_consolidated_choice(f->k, f->choice);
	d->kind = RP_TEXT("choice");
	d->choice = f->choice;
	return *decided >= 0;
}

/* One intention in several places: the same for each that was marked. */
static struct rp_err *
decide_elsewhere(const struct rp_request *req, const struct deciding *f,
    const struct rp_bracket_decision *first)
{
	for (size_t i = 0; i < f->c.v.changes.n; i++) {
		const struct rp_consolidated_change *k = &f->c.v.changes.v[i];
		struct rp_bracket_decision d = *first;
		int decided = RP_CONSOLIDATED_BASE;

		if (!is_same_elsewhere(f, k) || also_field(req, k->key).n == 0)
			continue;
		if (d.choice.n > 0)
			decided = rp_consolidated_choice(k, d.choice);
		if (decided == RP_CONSOLIDATED_OPEN)
			continue;
		d.key = k->key;
		d.before = rp_web_bracket_text(req, &f->c, k);
		d.after = rp_web_decided_text(req, k, decided, RP_TEXT(""));
		RP_TRY(
		    rp_bracket_decision_make(req->who, req->tx, &f->s.a, &d));
	}
	return NULL;
}

static struct rp_err *
decide(const struct rp_request *req, struct deciding *f,
    struct rp_response *out)
{
	struct rp_bracket_decision d = { .key = f->key,
		.choice = RP_TEXT(""),
		.body = RP_TEXT(""),
		.reason = f->reason };
	int decided;

	if (!take_choice(req, f, &d, &decided))
		f->choice_error = M_amendment_change_error_choice;
	if (rp_text_trim(f->reason).n == 0)
		f->reason_error = M_amendment_change_error_reason;
	if (f->choice_error != M_none || f->reason_error != M_none) {
		out->status = 400;
		return show(req, f, out);
	}
	d.before =
	    f->k->decided == RP_CONSOLIDATED_OPEN ?
		rp_web_bracket_text(req, &f->c, f->k) :
		rp_web_decided_text(req, f->k, f->k->decided, f->k->compromise);
	d.after = rp_web_decided_text(req, f->k, decided, d.body);
	RP_TRY(rp_bracket_decision_make(req->who, req->tx, &f->s.a, &d));
	if (decided != RP_CONSOLIDATED_TEXT)
		RP_TRY(decide_elsewhere(req, f, &d));
	return back(req, f, "decided", out);
}

struct rp_err *
rp_web_amendment_change_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct deciding f;

	RP_TRY(load(req, &req->form, &f));
	if (f.k == NULL)
		return rp_fail(RP_E_GONE, "that question is put no more");
	RP_TRY(rp_form_line(req, &req->form, "choice", RP_CHANGE_KEY_MAX,
	    &f.choice));
	RP_TRY(rp_form_text(req, &req->form, "body", RP_DECISION_TEXT_MAX,
	    &f.body));
	RP_TRY(rp_form_text(req, &req->form, "reason", RP_DECISION_TEXT_MAX,
	    &f.reason));
	if (!rp_desk_button(req, "undo"))
		return decide(req, &f, out);
	RP_TRY(rp_bracket_decision_undo(req->who, req->tx, &f.s.a, f.key,
	    f.reason));
	return back(req, &f, "undone", out);
}
