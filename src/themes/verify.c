#include "themes/verify.h"

#include <string.h>

static bool
has_theme(const struct rp_theme_unit *u)
{
	return u->theme != RP_NONE;
}

void
rp_themes_read(struct rp_themes_result *r)
{
	for (size_t i = 0; i < r->responses.n; i++) {
		struct rp_theme_response *p = &r->responses.v[i];

		if (p->is_withheld)
			p->reading = RP_READING_WITHHELD;
		else if (p->reading != RP_READING_NO_THEME)
			p->reading = RP_READING_EMPTY;
	}
	for (size_t i = 0; i < r->units.n; i++) {
		const struct rp_theme_unit *u = &r->units.v[i];
		struct rp_theme_response *p =
		    &r->responses.v[r->fields.v[u->field].response];

		if (has_theme(u))
			p->reading = RP_READING_THEMED;
		else if (p->reading == RP_READING_EMPTY)
			p->reading = RP_READING_UNREAD;
	}
}

/* What one response adds to a theme: counted once for each. */
struct mark {
	uint32_t response; /* plus one */
	bool is_new;
};

struct counting {
	struct rp_themes_result *r;
	struct mark *marks; /* by theme */
};

static void
count_unit(struct counting *c, uint32_t theme, uint32_t response, bool is_new)
{
	struct rp_theme *t = &c->r->themes.v[theme];
	struct mark *m = &c->marks[theme];

	if (m->response != response + 1) {
		*m = (struct mark){ .response = response + 1 };
		t->responses++;
		t->campaign_responses +=
		    c->r->responses.v[response].campaign != RP_NONE;
	}
	if (is_new && !m->is_new) {
		m->is_new = true;
		t->distinct++;
	}
}

void
rp_themes_count(struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct counting c = { r, rp_new_n(a, struct mark, r->themes.n + 1) };

	for (size_t i = 0; i < r->themes.n; i++) {
		struct rp_theme *t = &r->themes.v[i];

		t->responses = t->distinct = t->campaign_responses = 0;
	}
	for (size_t i = 0; i < r->units.n; i++) {
		const struct rp_theme_unit *u = &r->units.v[i];
		uint32_t response = r->fields.v[u->field].response;

		for (uint32_t t = u->theme; t != RP_NONE;
		     t = r->themes.v[t].parent)
			count_unit(&c, t, response, u->copy_of == i);
	}
}

void
rp_themes_states(const struct rp_themes_result *r, uint32_t out[RP_READINGS])
{
	memset(out, 0, RP_READINGS * sizeof(*out));
	for (size_t i = 0; i < r->responses.n; i++)
		out[r->responses.v[i].reading]++;
}

/* The promises. */

struct checking {
	const struct rp_themes_result *r;
	uint32_t *units; /* by response */
	bool *themed;    /* by response */
	bool *used;      /* by theme: a respondent */
	bool *quoted;
};

static struct rp_err *
broken(const char *what, size_t where)
{
	return rp_fail(RP_E_INTERNAL,
	    "a result that must not be given out: "
	    "%s (%zu)",
	    what, where);
}

static bool
is_boundary(rp_text t, uint32_t at)
{
	return at == t.n || ((uint8_t)t.p[at] & 0xc0) != 0x80;
}

static bool
is_place(rp_text t, uint32_t from, uint32_t to)
{
	return from < to && to <= t.n && is_boundary(t, from) &&
	       is_boundary(t, to);
}

static struct rp_err *
check_unit(struct checking *c, size_t i)
{
	const struct rp_themes_result *r = c->r;
	const struct rp_theme_unit *u = &r->units.v[i], *before = u - 1;
	const struct rp_theme_field *f;

	if (u->field >= r->fields.n)
		return broken("a unit without a field", i);
	f = &r->fields.v[u->field];
	if (!is_place(f->text, u->from, u->to))
		return broken("a unit outside of its field", i);
	if (i > 0 && (before->field > u->field ||
			 (before->field == u->field && before->to > u->from)))
		return broken("units out of order", i);
	if (u->copy_of > i || r->units.v[u->copy_of].copy_of != u->copy_of)
		return broken("a copy of nothing", i);
	if (u->score > 1000 || has_theme(u) != (u->by != RP_BY_NOBODY))
		return broken("a theme that nobody gave", i);
	if (has_theme(u) && u->theme >= r->themes.n)
		return broken("no such theme", i);
	if (r->responses.v[f->response].is_withheld)
		return broken("a withheld response was read", f->response);
	c->units[f->response]++;
	if (!has_theme(u))
		return NULL;
	c->themed[f->response] = true;
	c->used[u->theme] = true;
	return NULL;
}

static struct rp_err *
check_response(const struct checking *c, size_t i)
{
	const struct rp_theme_response *p = &c->r->responses.v[i];
	enum rp_reading must = RP_READING_UNREAD;

	if ((unsigned)p->reading >= RP_READINGS)
		return broken("a response without a state", i);
	if (p->is_withheld && p->campaign != RP_NONE)
		return broken("a withheld response in a campaign", i);
	if (p->is_withheld)
		must = RP_READING_WITHHELD;
	else if (c->themed[i])
		must = RP_READING_THEMED;
	else if (c->units[i] == 0)
		must = RP_READING_EMPTY;
	/* A person may say that there is no theme in what was not read. */
	if (p->reading == must || (p->reading == RP_READING_NO_THEME &&
				      !p->is_withheld && !c->themed[i]))
		return NULL;
	return broken("a state that the units do not say", i);
}

/* Whether `theme` is `top`, or below it. */
static bool
is_below(const struct rp_themes_result *r, uint32_t theme, uint32_t top)
{
	return theme == top || (theme != RP_NONE && theme < r->themes.n &&
				   r->themes.v[theme].parent == top);
}

static struct rp_err *
check_quotations(struct checking *c)
{
	const struct rp_themes_result *r = c->r;

	for (size_t i = 0; i < r->quotations.n; i++) {
		const struct rp_quotation *q = &r->quotations.v[i];
		uint32_t parent;

		if (q->theme >= r->themes.n || q->unit >= r->units.n)
			return broken("a quotation of nothing", i);
		if (i > 0 && q->theme < q[-1].theme)
			return broken("quotations out of order", i);
		if (!is_below(r, r->units.v[q->unit].theme, q->theme))
			return broken("a quotation of another theme", i);
		parent = r->themes.v[q->theme].parent;
		c->quoted[q->theme] = true;
		if (parent != RP_NONE)
			c->quoted[parent] = true;
	}
	return NULL;
}

static struct rp_err *
check_themes(struct checking *c)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_themes_result again = *c->r;
	size_t n = c->r->themes.n;

	for (size_t i = 0; i < n; i++) {
		const struct rp_theme *t = &c->r->themes.v[i];

		if (t->label.n == 0)
			return broken("a theme without a name", i);
		if (t->parent == RP_NONE)
			continue;
		if (t->parent >= n ||
		    c->r->themes.v[t->parent].parent != RP_NONE)
			return broken("a theme below a theme below", i);
		c->used[t->parent] = c->used[t->parent] || c->used[i];
	}
	again.themes.v = rp_new_n(a, struct rp_theme, n + 1);
	if (n > 0)
		memcpy(again.themes.v, c->r->themes.v,
		    n * sizeof(*again.themes.v));
	rp_themes_count(&again);
	for (size_t i = 0; i < n; i++) {
		const struct rp_theme *t = &c->r->themes.v[i];
		const struct rp_theme *u = &again.themes.v[i];

		if (!c->used[i])
			return broken("a theme without a respondent", i);
		if (!c->quoted[i])
			return broken("a theme without a quotation", i);
		if (t->responses != u->responses ||
		    t->distinct != u->distinct ||
		    t->campaign_responses != u->campaign_responses)
			return broken("a theme with other figures", i);
	}
	return NULL;
}

static struct rp_err *
check_own(const struct rp_themes_result *r, const struct rp_campaign_member *m)
{
	for (uint32_t k = 0; k < m->n_own; k++) {
		const struct rp_own_words *w;

		if ((size_t)m->first_own + k >= r->own.n)
			return broken("own words of nothing", m->response);
		w = &r->own.v[m->first_own + k];
		if (w->field >= r->fields.n ||
		    r->fields.v[w->field].response != m->response ||
		    !is_place(r->fields.v[w->field].text, w->from, w->to))
			return broken("own words of another", m->response);
	}
	return NULL;
}

static struct rp_err *
check_campaigns(const struct checking *c)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	const struct rp_themes_result *r = c->r;
	bool *seen = rp_new_n(a, bool, r->responses.n + 1);

	for (size_t i = 0; i < r->campaigns.n; i++) {
		const struct rp_campaign *p = &r->campaigns.v[i];

		if (p->twin != RP_NONE && p->twin >= i)
			return broken("a twin that is not larger", i);
		for (size_t k = 0; k < p->members.n; k++) {
			const struct rp_campaign_member *m = &p->members.v[k];

			if (m->response >= r->responses.n ||
			    seen[m->response] ||
			    r->responses.v[m->response].campaign != i)
				return broken("a member that is none", i);
			seen[m->response] = true;
			RP_TRY(check_own(r, m));
		}
	}
	for (size_t i = 0; i < r->responses.n; i++)
		if (!seen[i] && r->responses.v[i].campaign != RP_NONE)
			return broken("a member that was dropped", i);
	return NULL;
}

struct rp_err *
rp_themes_verify(const struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct checking c = {
		.r = r,
		.units = rp_new_n(a, uint32_t, r->responses.n + 1),
		.themed = rp_new_n(a, bool, r->responses.n + 1),
		.used = rp_new_n(a, bool, r->themes.n + 1),
		.quoted = rp_new_n(a, bool, r->themes.n + 1),
	};

	for (size_t i = 0; i < r->fields.n; i++)
		if (r->fields.v[i].response >= r->responses.n ||
		    (i > 0 &&
			r->fields.v[i].response < r->fields.v[i - 1].response))
			return broken("a field of no response", i);
	for (size_t i = 0; i < r->units.n; i++)
		RP_TRY(check_unit(&c, i));
	for (size_t i = 0; i < r->responses.n; i++)
		RP_TRY(check_response(&c, i));
	RP_TRY(check_quotations(&c));
	RP_TRY(check_themes(&c));
	return check_campaigns(&c);
}
