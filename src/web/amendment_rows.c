/*
 * amendment_rows - the consolidated text, provision by provision: what stands
 * there, who proposes what and why, what was decided.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/registry.h"
#include "web/amendments.h"

#define NAMES_MAX ((size_t)4000)
#define BRACKET_MAX ((size_t)64 << 10)

struct making {
	const struct rp_request *req;
	const struct rp_web_amending *s;
	const struct rp_web_consolidation *c;
	struct v_amendments *v;
	bool changed; /* only what has something to say */
	size_t n_new;
	struct v_amendments_rows row;
};

/* Loading. */

/* A decision on a question that is put no more has no effect. */
static void
lay_over(const struct rp_bracket_decisions *all, struct rp_consolidated_view *v)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_bracket_decision *d = &all->v[i];
		size_t at = rp_consolidated_find(v, d->key);
		int choice = RP_CONSOLIDATED_BASE;

		if (!d->holds || at == v->changes.n)
			continue;
		if (rp_text_eq(d->kind, RP_TEXT("text")))
			choice = RP_CONSOLIDATED_TEXT;
		else if (rp_text_eq(d->kind, RP_TEXT("choice")))
			choice = rp_consolidated_choice(&v->changes.v[at],
			    d->choice);
		rp_consolidated_decide(v, at, choice, d->body);
	}
}

/* Whose text the party `p` of the consolidation is. */
static struct rp_err *
find_party(const struct rp_request *req, struct rp_web_consolidation *c,
    size_t p)
{
	const struct rp_consolidation_part *part = NULL;

	for (size_t i = 0; i < c->parts.n; i++)
		if (rp_text_eq(c->parts.v[i].name, c->v.parties.v[p]))
			part = &c->parts.v[i];
	if (part == NULL)
		return NULL;
	for (size_t i = 0; i < c->all.n; i++) {
		const struct rp_party_amendment *m = &c->all.v[i];

		if (m->id != part->amendment_id)
			continue;
		c->of[p] = m;
		for (size_t k = 0; k < m->revisions.n; k++)
			if (m->revisions.v[k].id == part->revision_id)
				RP_TRY(rp_amendment_edit_list(req->who, req->tx,
				    &m->revisions.v[k], &c->edits[p]));
	}
	return NULL;
}

struct rp_err *
rp_web_consolidation_load(const struct rp_request *req,
    const struct rp_web_amending *s, struct rp_web_consolidation *out)
{
	struct rp_err *e;
	rp_bytes octets;

	*out =
	    (struct rp_web_consolidation){ .there = s->a.script_blob_id != 0 };
	RP_TRY(rp_amendment_list(req->who, req->tx, &s->a,
	    rp_lang_tag(req->reader.lang), &out->all));
	RP_TRY(rp_bracket_decision_list(req->who, req->tx, &s->a,
	    &out->decisions));
	RP_TRY(rp_consolidation_parts(req->who, req->tx, &s->a, &out->parts));
	if (!out->there)
		return NULL;
	e = rp_registry_octets(req->who, req->tx, s->a.script_blob_id,
	    RP_CONSOLIDATION_SCRIPT_MAX, &octets);
	if (e == NULL)
		e = rp_consolidated_parse(req->arena, octets, &out->v);
	if (e != NULL && rp_err_code(e) == RP_E_LIMIT) {
		rp_err_free(e);
		out->is_long = true;
		return NULL;
	}
	if (e != NULL)
		return e;
	lay_over(&out->decisions, &out->v);
	for (size_t p = 0; p < out->v.parties.n; p++)
		RP_TRY(find_party(req, out, p));
	return NULL;
}

rp_text
rp_web_consolidation_names(const struct rp_request *req,
    const struct rp_web_consolidation *c, uint64_t who)
{
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, req->arena, NAMES_MAX);
	for (size_t p = 0; p < c->v.parties.n; p++) {
		if ((who >> p & 1) == 0)
			continue;
		if (b.n > 0)
			rp_buf_text(&b, RP_TEXT(", "));
		rp_buf_text(&b, c->of[p] != NULL ?
				    rp_web_amendment_sponsors(req, c->of[p]) :
				    c->v.parties.v[p]);
	}
	if (rp_buf_done(&b, &out) == NULL)
		return out;
	return RP_TEXT("…");
}

/* Brackets. */

/* As the documents have it: brackets are in the language of the text. */
static rp_text
written_names(const struct rp_request *req,
    const struct rp_web_consolidation *c, uint64_t who)
{
	rp_text t = RP_TEXT("");

	for (size_t p = 0; p < c->v.parties.n; p++)
		if ((who >> p & 1) != 0)
			t = rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(t),
			    t.n > 0 ? ", " : "", RP_FMT(c->v.parties.v[p]));
	return t;
}

rp_text
rp_web_alternative(const struct rp_request *req,
    const struct rp_web_consolidation *c,
    const struct rp_consolidated_change *k, size_t choice)
{
	return rp_textf(req->arena, "Alt %zu (%.*s): ", choice + 1,
	    RP_FMT(written_names(req, c, k->choices.v[choice].sponsors)));
}

/* What a choice says, in one line. */
static rp_text
said(const struct rp_request *req, const struct rp_consolidated_choice *x)
{
	rp_text t = x->text;

	if (x->gone)
		return x->moved ? RP_TEXT("moved") : RP_TEXT("SUP");
	for (size_t i = 0; i < x->blocks.n; i++)
		t = rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(t),
		    t.n > 0 ? " / " : "", RP_FMT(x->blocks.v[i].text));
	return t;
}

rp_text
rp_web_bracket_text(const struct rp_request *req,
    const struct rp_web_consolidation *c,
    const struct rp_consolidated_change *k)
{
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, req->arena, BRACKET_MAX);
	if (k->objectors != 0)
		rp_buf_f(&b, "[NOC (%.*s): %.*s]",
		    RP_FMT(written_names(req, c, k->objectors)),
		    RP_FMT(k->base));
	else if (k->base.n > 0)
		rp_buf_f(&b, "[%.*s]", RP_FMT(k->base));
	for (size_t i = 0; i < k->choices.n; i++)
		rp_buf_f(&b, "%s[%.*s%.*s]", b.n > 0 ? " " : "",
		    RP_FMT(rp_web_alternative(req, c, k, i)),
		    RP_FMT(said(req, &k->choices.v[i])));
	return rp_buf_done(&b, &out) == NULL ? out : RP_TEXT("[…]");
}

rp_text
rp_web_decided_text(const struct rp_request *req,
    const struct rp_consolidated_change *k, int decided, rp_text compromise)
{
	if (decided == RP_CONSOLIDATED_TEXT)
		return compromise;
	if (decided >= 0 && (size_t)decided < k->choices.n)
		return said(req, &k->choices.v[decided]);
	return k->base;
}

rp_url
rp_web_change_url(const struct rp_request *req, const struct rp_web_amending *s,
    rp_text key)
{
	return rp_web_amending_url(req, s, "change?key=%.*s",
	    RP_FMT(rp_percent_encode(req->arena, rp_text_bytes(key))));
}

/* Rows. */

static void
begin(struct making *m, const char *id, size_t n)
{
	m->row = (struct v_amendments_rows){ .id = rp_textf(m->req->arena,
						 "%s%zu", id, n) };
}

static void
mark(struct making *m, const char *sign, enum rp_msg title)
{
	m->row.mark = rp_text_z(sign);
	m->row.mark_title = title;
}

static void
part(struct making *m, rp_text t, char kind, rp_text title)
{
	struct v_amendments_rows_parts p = { .text = t,
		.is_ins = kind == '+',
		.is_del = kind == '-',
		.is_bracket = kind == '[',
		.title = title };

	if (t.n > 0)
		rp_vec_push(m->req->arena, &m->row.parts, p);
}

static rp_text
names(const struct making *m, uint64_t who)
{
	return rp_web_consolidation_names(m->req, m->c, who);
}

/* What the parties said of this provision when they edited it. */
static rp_text
reason_of(const struct making *m, uint64_t who, size_t block)
{
	rp_text t = RP_TEXT("");

	for (size_t p = 0; p < m->c->v.parties.n; p++)
		for (size_t i = 0; i < m->c->edits[p].n; i++) {
			const struct rp_amendment_edit *e =
			    &m->c->edits[p].v[i];

			if ((who >> p & 1) != 0 && e->reason.n > 0 &&
			    e->block == (int64_t)block)
				t = rp_textf(m->req->arena, "%.*s%s%.*s",
				    RP_FMT(t), t.n > 0 ? " " : "",
				    RP_FMT(e->reason));
		}
	return t;
}

static void
note(struct making *m, rp_text heading, uint64_t who, size_t block, bool chosen)
{
	struct v_amendments_rows_notes n = { .heading = heading,
		.is_chosen = chosen,
		.reason = reason_of(m, who, block) };

	for (size_t p = 0; p < m->c->v.parties.n; p++) {
		struct v_amendments_rows_notes_sponsors one = { 0 };

		if ((who >> p & 1) == 0 || m->c->of[p] == NULL)
			continue;
		one.name = rp_web_amendment_sponsors(m->req, m->c->of[p]);
		one.url = rp_web_amending_url(m->req, m->s, "%lld/#reasons",
		    (long long)m->c->of[p]->number);
		rp_vec_push(m->req->arena, &n.sponsors, one);
	}
	rp_vec_push(m->req->arena, &m->row.notes, n);
}

/* Who wants what of one change, and what was decided. */
static void
notes(struct making *m, const struct rp_consolidated_change *k)
{
	size_t block =
	    k->place == RP_CONSOLIDATED_SLOT && k->at > 0 ? k->at - 1 : k->at;
	bool decided = k->decided != RP_CONSOLIDATED_OPEN;

	if (k->objectors != 0)
		note(m, RP_TEXT("NOC"), k->objectors, k->at,
		    k->decided == RP_CONSOLIDATED_BASE);
	for (size_t i = 0; i < k->choices.n; i++) {
		const struct rp_msg_arg n[] = { RP_MSG_NUM((int64_t)i + 1) };

		note(m,
		    k->bracket ? rp_message(m->req->arena, &m->req->reader,
				     M_amendments_alternative_number, n, 1) :
				 rp_web_msg(m->req, M_amendments_proposed),
		    k->choices.v[i].sponsors, block, k->decided == (int)i);
	}
	if (k->decided == RP_CONSOLIDATED_BASE)
		m->row.verdict = rp_web_msg(m->req, M_amendments_verdict_base);
	else if (k->decided == RP_CONSOLIDATED_TEXT)
		m->row.verdict = rp_web_msg(m->req, M_amendments_verdict_text);
	if (!m->s->a.may_register || m->row.decide_url.n > 0)
		return;
	m->row.decide_url = rp_web_change_url(m->req, m->s, k->key);
	m->row.decide_name =
	    rp_web_msg(m->req, decided    ? M_amendments_see_decision :
			       k->bracket ? M_amendments_decide :
					    M_amendments_decide_change);
}

/* A row is shown if it has something to say, or all are. */
static void
end(struct making *m)
{
	bool says = m->row.mark.n > 0 || m->row.notes.n > 0;

	if (says || !m->changed)
		rp_vec_push(m->req->arena, &m->v->rows, m->row);
}

/* Several changes of one provision: each has its own page. */
static void
more_changes(struct making *m, const struct rp_consolidated_change *k,
    size_t id)
{
	end(m);
	begin(m, "c-", id);
	notes(m, k);
}

/* New provisions. */

static int
settled(const struct rp_consolidated_change *k)
{
	return k->decided == RP_CONSOLIDATED_OPEN && !k->bracket ? 0 :
								   k->decided;
}

static void
new_rows(struct making *m, const struct rp_consolidated_change *k,
    size_t choice, bool last)
{
	const struct rp_consolidated_choice *x = &k->choices.v[choice];
	bool bracket = settled(k) == RP_CONSOLIDATED_OPEN;
	rp_text who = names(m, x->sponsors);

	for (size_t i = 0; i < x->blocks.n; i++) {
		begin(m, "n-", ++m->n_new);
		mark(m, x->blocks.v[i].moved ? "ADD*" : "ADD",
		    x->blocks.v[i].moved ? M_amendments_mark_moved_here :
					   M_amendments_mark_add);
		m->row.is_new = true;
		m->row.label = x->blocks.v[i].label;
		if (bracket && i == 0)
			part(m,
			    rp_textf(m->req->arena, "[%.*s",
				RP_FMT(rp_web_alternative(m->req, m->c, k,
				    choice))),
			    '[', RP_TEXT(""));
		part(m, x->blocks.v[i].text, '+', who);
		if (bracket && i + 1 == x->blocks.n)
			part(m, RP_TEXT("]"), '[', RP_TEXT(""));
		if (last && i + 1 == x->blocks.n)
			notes(m, k);
		end(m);
	}
}

static void
slot(struct making *m, const struct rp_consolidated_change *k)
{
	int pick = settled(k);

	if (pick >= 0) {
		new_rows(m, k, (size_t)pick, true);
		return;
	}
	if (pick == RP_CONSOLIDATED_OPEN) {
		for (size_t i = 0; i < k->choices.n; i++)
			new_rows(m, k, i, i + 1 == k->choices.n);
		return;
	}
	begin(m, "n-", ++m->n_new);
	if (pick == RP_CONSOLIDATED_TEXT) {
		mark(m, "ADD", M_amendments_mark_add);
		m->row.is_new = true;
		part(m, k->compromise, '+', RP_TEXT(""));
	}
	notes(m, k);
	end(m);
}

/* Provisions of the base. */

static void
open_bracket(struct making *m, const struct rp_consolidated_change *k)
{
	struct rp_arena *a = m->req->arena;
	const rp_text none = RP_TEXT("");

	if (k->objectors != 0)
		part(m,
		    rp_textf(a,
			"[NOC (%.*s): ", RP_FMT(names(m, k->objectors))),
		    '[', none);
	else if (k->base.n > 0)
		part(m, RP_TEXT("["), '[', none);
	part(m, k->base, ' ', none);
	if (k->objectors != 0 || k->base.n > 0)
		part(m, RP_TEXT("] "), '[', none);
	for (size_t i = 0; i < k->choices.n; i++) {
		const struct rp_consolidated_choice *x = &k->choices.v[i];

		part(m,
		    rp_textf(a, "%s[%.*s", i > 0 ? " " : "",
			RP_FMT(rp_web_alternative(m->req, m->c, k, i))),
		    '[', none);
		part(m, said(m->req, x), x->gone ? '[' : '+',
		    names(m, x->sponsors));
		part(m, RP_TEXT("]"), '[', none);
	}
}

/* What became of a range; true if the provision is gone. */
static bool
one_change(struct making *m, const struct rp_consolidated_change *k)
{
	int pick = settled(k);
	rp_text who = RP_TEXT("");

	if (pick == RP_CONSOLIDATED_OPEN) {
		open_bracket(m, k);
		return false;
	}
	if (pick == RP_CONSOLIDATED_BASE) {
		part(m, k->base, ' ', who);
		return false;
	}
	if (pick >= 0)
		who = names(m, k->choices.v[pick].sponsors);
	part(m, k->base, '-', who);
	if (pick == RP_CONSOLIDATED_TEXT)
		part(m, k->compromise, '+', who);
	else if (!k->choices.v[pick].gone)
		part(m, k->choices.v[pick].text, '+', who);
	return pick >= 0 && k->choices.v[pick].gone;
}

/* Who wants it as it is, and nobody changes it. */
static uint64_t
keepers(const struct making *m, size_t block)
{
	uint64_t who = 0;

	for (size_t p = 0; p < m->c->v.parties.n; p++)
		for (size_t i = 0; i < m->c->edits[p].n; i++)
			if (m->c->edits[p].v[i].block == (int64_t)block &&
			    rp_text_eq(m->c->edits[p].v[i].op, RP_TEXT("noc")))
				who |= UINT64_C(1) << p;
	return who;
}

static void
untouched(struct making *m, size_t block)
{
	uint64_t who = keepers(m, block);

	part(m, m->c->v.provisions.v[block].text, ' ', RP_TEXT(""));
	if (who != 0) {
		mark(m, "NOC", M_amendments_mark_noc);
		note(m, RP_TEXT("NOC"), who, block, false);
	}
	end(m);
}

/* Block `b` with changes [from, to), none of them a slot. */
static void
provision(struct making *m, size_t b, size_t from, size_t to)
{
	const struct rp_consolidated_provision *p = &m->c->v.provisions.v[b];
	bool gone = false, changed = false, moved = false;
	size_t at = 0;

	begin(m, "p-", b + 1);
	m->row.label = p->label;
	if (from == to) {
		if (p->text.n > 0)
			untouched(m, b);
		return;
	}
	for (size_t i = from; i < to; i++) {
		const struct rp_consolidated_change *k = &m->c->v.changes.v[i];
		int pick = settled(k);

		part(m, rp_text_sub(p->text, at, k->from), ' ', RP_TEXT(""));
		gone = one_change(m, k) || gone;
		changed = changed || pick != RP_CONSOLIDATED_BASE;
		moved = moved || (pick >= 0 && k->choices.v[pick].moved);
		at = k->to;
	}
	part(m, rp_text_sub(p->text, at, p->text.n), gone ? '-' : ' ',
	    RP_TEXT(""));
	if (gone)
		mark(m, moved ? "SUP*" : "SUP",
		    moved ? M_amendments_mark_moved_away :
			    M_amendments_mark_sup);
	else if (changed)
		mark(m, "MOD", M_amendments_mark_mod);
	else
		mark(m, "NOC", M_amendments_mark_noc);
	for (size_t i = from; i < to; i++)
		if (i == from)
			notes(m, &m->c->v.changes.v[i]);
		else
			more_changes(m, &m->c->v.changes.v[i], i);
	end(m);
}

void
rp_web_consolidation_rows(const struct rp_request *req,
    const struct rp_web_amending *s, const struct rp_web_consolidation *c,
    bool changed, struct v_amendments *v)
{
	struct making m = { .req = req,
		.s = s,
		.c = c,
		.v = v,
		.changed = changed };
	const struct rp_consolidated_changes *all = &c->v.changes;
	size_t i = 0;

	for (size_t b = 0; b <= c->v.provisions.n; b++) {
		size_t first;

		for (; i < all->n && all->v[i].at == b &&
		       all->v[i].place == RP_CONSOLIDATED_SLOT;
		     i++)
			slot(&m, &all->v[i]);
		first = i;
		while (i < all->n && all->v[i].at == b)
			i++;
		if (b < c->v.provisions.n)
			provision(&m, b, first, i);
	}
}
