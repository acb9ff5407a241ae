/* What a run found, into its rows: see theme_run.h. */
#include <stdlib.h>

#include "base/err.h"
#include "domain/theme_private.h"
#include "domain/theme_run.h"
#include "store/db.h"
#include "store/q_theme_run.h"

/* A theme is known again if it shares so much with an old one (Dice). */
#define SAME_PERMILLE 500
/* Read after the units that have a turn. */
#define NO_TURN 1000000

struct storing {
	struct rp_tx *tx;
	const struct rp_run_work *work;
	const struct rp_run_inputs *in;
	const struct rp_themes_result *r;
};

static int64_t
index_or_none(uint32_t n)
{
	return n == RP_NONE ? -1 : (int64_t)n;
}

static struct rp_err *
outside(const char *what)
{
	return rp_fail(RP_E_INVALID, "the result's %s points outside", what);
}

/* The response and text that a field is of. */
struct place {
	int64_t response_id, answer_id;
	rp_text text;
};

static struct rp_err *
place_of(const struct storing *s, uint32_t field, struct place *out)
{
	const struct rp_run_input *in;
	uint32_t response;
	size_t k = 0;

	if (field >= s->r->fields.n)
		return outside("field");
	response = s->r->fields.v[field].response;
	if (response >= s->in->n)
		return outside("response");
	in = &s->in->v[response];
	/* Those of one response lie together. */
	while (k < field && s->r->fields.v[field - k - 1].response == response)
		k++;
	if (k >= rp_run_input_fields(in))
		return outside("unit");
	out->response_id = in->response_id;
	out->text = rp_run_input_field(in, k, &out->answer_id);
	return NULL;
}

static struct rp_err *
octets_ok(rp_text t, uint32_t from, uint32_t to)
{
	if (from >= to || to > t.n ||
	    ((unsigned char)t.p[from] & 0xc0) == 0x80 ||
	    (to < t.n && ((unsigned char)t.p[to] & 0xc0) == 0x80))
		return outside("place");
	return NULL;
}

static struct rp_err *
store_theme(const struct storing *s, size_t i)
{
	const struct rp_theme *t = &s->r->themes.v[i];

	if (t->parent != RP_NONE && t->parent >= s->r->themes.n)
		return outside("parent");
	return q_run_theme_insert(s->tx,
	    &(struct q_run_theme_insert_param){ .run_id = s->work->id,
		.n = (int64_t)i,
		.parent_n = index_or_none(t->parent),
		.label = t->label,
		.lang = t->lang });
}

static struct rp_err *
store_unit(const struct storing *s, size_t i)
{
	const struct rp_theme_unit *u = &s->r->units.v[i];
	struct place in;

	RP_TRY(place_of(s, u->field, &in));
	RP_TRY(octets_ok(in.text, u->from, u->to));
	if ((u->theme != RP_NONE && u->theme >= s->r->themes.n) ||
	    u->copy_of >= s->r->units.n)
		return outside("theme");
	return q_run_unit_insert(s->tx,
	    &(struct q_run_unit_insert_param){ .run_id = s->work->id,
		.n = (int64_t)i,
		.response_id = in.response_id,
		.answer_id = in.answer_id,
		.from_byte = u->from,
		.to_byte = u->to,
		.lang = u->lang,
		.copy_of = u->copy_of,
		.is_shared = u->is_shared,
		.theme_n = index_or_none(u->theme),
		.by_whom = u->by == RP_BY_CAMPAIGN ? RP_TEXT("campaign") :
			   u->theme == RP_NONE     ? RP_TEXT("nobody") :
						     RP_TEXT("machine"),
		.score = u->score,
		.turn = s->work->turns != NULL && s->work->turns[i] != 0 ?
			    s->work->turns[i] :
			    NO_TURN });
}

static struct rp_err *
store_reading(const struct storing *s, size_t i)
{
	const struct rp_theme_response *t = &s->r->responses.v[i];

	if (t->reading >= RP_READINGS)
		return outside("reading");
	return q_run_reading_insert(s->tx,
	    &(struct q_run_reading_insert_param){ .run_id = s->work->id,
		.response_id = s->in->v[i].response_id,
		.answer_id = s->in->v[i].answer_id,
		.state = rp_reading_name(t->reading),
		.campaign_n = index_or_none(t->campaign) });
}

static struct rp_err *
store_own(const struct storing *s, size_t campaign,
    const struct rp_campaign_member *m)
{
	struct place in;

	if (m->n_own > s->r->own.n || m->first_own > s->r->own.n - m->n_own)
		return outside("own words");
	for (uint32_t k = 0; k < m->n_own; k++) {
		const struct rp_own_words *o = &s->r->own.v[m->first_own + k];

		RP_TRY(place_of(s, o->field, &in));
		RP_TRY(octets_ok(in.text, o->from, o->to));
		RP_TRY(q_run_own_insert(s->tx,
		    &(struct q_run_own_insert_param){ .run_id = s->work->id,
			.campaign_n = (int64_t)campaign,
			.answer_id = in.answer_id,
			.from_byte = o->from,
			.to_byte = o->to }));
	}
	return NULL;
}

static rp_text
level_name(enum rp_campaign_level level)
{
	switch (level) {
	case RP_CAMPAIGN_EXACT:
		return RP_TEXT("exact");
	case RP_CAMPAIGN_NEAR:
		return RP_TEXT("near");
	case RP_CAMPAIGN_WITH_OWN:
		return RP_TEXT("with_own");
	case RP_CAMPAIGN_TWIN:
		break;
	}
	return RP_TEXT("twin");
}

static struct rp_err *
store_campaign(const struct storing *s, size_t i)
{
	const struct rp_campaign *c = &s->r->campaigns.v[i];

	return q_run_campaign_insert(s->tx,
	    &(struct q_run_campaign_insert_param){ .run_id = s->work->id,
		.n = (int64_t)i,
		.template = c->template_text,
		.lang = c->lang,
		.twin_n = index_or_none(c->twin) });
}

/* Members of all campaigns, counted through. */
static size_t
members_of(const struct rp_themes_result *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->campaigns.n; i++)
		n += r->campaigns.v[i].members.n;
	return n;
}

static struct rp_err *
store_member(const struct storing *s, size_t i)
{
	const struct rp_campaign_member *m;
	size_t c = 0;

	while (i >= s->r->campaigns.v[c].members.n)
		i -= s->r->campaigns.v[c++].members.n;
	m = &s->r->campaigns.v[c].members.v[i];
	if (m->response >= s->in->n)
		return outside("member");
	RP_TRY(q_run_member_insert(s->tx,
	    &(struct q_run_member_insert_param){ .run_id = s->work->id,
		.campaign_n = (int64_t)c,
		.response_id = s->in->v[m->response].response_id,
		.level = level_name(m->level) }));
	return store_own(s, c, m);
}

static struct rp_err *
store_quotation(const struct storing *s, size_t i)
{
	const struct rp_quotation *q = &s->r->quotations.v[i];
	const struct rp_theme_unit *u;
	struct place in;

	if (q->unit >= s->r->units.n || q->theme >= s->r->themes.n)
		return outside("quotation");
	u = &s->r->units.v[q->unit];
	RP_TRY(place_of(s, u->field, &in));
	return q_run_quotation_insert(s->tx,
	    &(struct q_run_quotation_insert_param){ .run_id = s->work->id,
		.theme_n = q->theme,
		.position = (int64_t)i,
		.response_id = in.response_id,
		.answer_id = in.answer_id,
		.from_byte = u->from,
		.to_byte = u->to });
}

struct rp_err *
rp_theme_run_store(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, const struct rp_run_inputs *inputs,
    const struct rp_themes_result *r, size_t *at, bool *out_done)
{
	const struct storing s = { tx, work, inputs, r };
	const struct {
		size_t n;
		struct rp_err *(*store)(const struct storing *s, size_t i);
	} parts[] = {
		{ r->themes.n, store_theme },
		{ r->units.n, store_unit },
		{ r->responses.n, store_reading },
		{ r->campaigns.n, store_campaign },
		{ members_of(r), store_member },
		{ r->quotations.n, store_quotation },
	};
	size_t n_parts = sizeof(parts) / sizeof(parts[0]);
	size_t all = 0, left = RP_RUN_STORE_MAX, from = 0;

	if (r->responses.n != inputs->n)
		return outside("response");
	for (size_t p = 0; p < n_parts; p++)
		all += parts[p].n;
	RP_TRY(rp_theme_run_progress(who, tx, work, RP_TEXT("store"),
	    all == 0 ? 0 : (int64_t)(*at * 1000 / all)));
	for (size_t p = 0; p < n_parts && left > 0; p++) {
		for (; *at - from < parts[p].n && left > 0; ++*at, left--)
			RP_TRY(parts[p].store(&s, *at - from));
		from += parts[p].n;
	}
	*out_done = *at == all;
	return NULL;
}

/* Which theme of the run is which theme that is there. */

struct pair {
	int64_t n, theme_id, permille;
};

static int
by_likeness(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->permille != b->permille)
		return a->permille > b->permille ? -1 : 1;
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	return a->theme_id < b->theme_id ? -1 : a->theme_id > b->theme_id;
}

static int64_t
size_in_run(const struct q_run_sizes_rows *all, int64_t n)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].n == n)
			return all->v[i].units;
	return 0;
}

static int64_t
size_now(const struct q_theme_sizes_rows *all, int64_t theme_id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].theme_id == theme_id)
			return all->v[i].units;
	return 0;
}

/* One to one, the most alike first. */
static struct rp_err *
pair_up(const struct storing *s, struct pair *pairs, size_t n)
{
	if (n > 1)
		qsort(pairs, n, sizeof(*pairs), by_likeness);
	for (size_t i = 0; i < n; i++) {
		bool taken = pairs[i].permille < SAME_PERMILLE;

		for (size_t k = 0; k < i; k++)
			taken |= pairs[k].permille >= SAME_PERMILLE &&
				 (pairs[k].n == pairs[i].n ||
				     pairs[k].theme_id == pairs[i].theme_id);
		if (taken) {
			pairs[i].permille = 0;
			continue;
		}
		RP_TRY(q_run_theme_set(s->tx,
		    &(struct q_run_theme_set_param){ .run_id = s->work->id,
			.n = pairs[i].n,
			.theme_id = pairs[i].theme_id }));
	}
	return NULL;
}

static struct rp_err *
recognise(const struct storing *s)
{
	const struct q_run_sizes_param mine = { s->work->id };
	const struct q_theme_sizes_param theirs = { s->work->codebook_id };
	struct q_run_overlap_rows rows;
	struct q_run_sizes_rows sizes;
	struct q_theme_sizes_rows now;
	struct pair *pairs;

	RP_TRY(q_run_overlap(s->tx,
	    &(struct q_run_overlap_param){ .run_id = s->work->id,
		.codebook_id = s->work->codebook_id },
	    &rows));
	RP_TRY(q_run_sizes(s->tx, &mine, &sizes));
	RP_TRY(q_theme_sizes(s->tx, &theirs, &now));
	pairs = rp_alloc_n(rp_tx_arena(s->tx), rows.n + 1, sizeof(*pairs));
	for (size_t i = 0; i < rows.n; i++) {
		int64_t both = size_in_run(&sizes, rows.v[i].n) +
			       size_now(&now, rows.v[i].theme_id);

		pairs[i] = (struct pair){ rows.v[i].n, rows.v[i].theme_id,
			both == 0 ? 0 : 2000 * rows.v[i].units / both };
	}
	return pair_up(s, pairs, rows.n);
}

static int64_t
texts_of(const struct rp_themes_result *r)
{
	int64_t n = 0;

	for (size_t i = 0; i < r->units.n; i++)
		n += r->units.v[i].copy_of == i;
	return n;
}

/* The worker knows which they are. */
static struct rp_err *
set_known(const struct storing *s)
{
	for (size_t i = 0; i < s->r->themes.n; i++)
		RP_TRY(q_run_theme_set(s->tx,
		    &(struct q_run_theme_set_param){ .run_id = s->work->id,
			.n = (int64_t)i,
			.theme_id = s->work->theme_ids[i] }));
	return NULL;
}

struct rp_err *
rp_theme_run_finish(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, const struct rp_themes_result *r)
{
	const struct storing s = { tx, work, NULL, r };
	int64_t n;

	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker runs the engine");
	RP_TRY(work->theme_ids != NULL ? set_known(&s) : recognise(&s));
	RP_TRY(q_theme_run_set_counts(tx,
	    &(struct q_theme_run_set_counts_param){ .id = work->id,
		.responses = (int64_t)r->responses.n,
		.units = (int64_t)r->units.n,
		.texts = texts_of(r),
		.themes = (int64_t)r->themes.n,
		.campaigns = (int64_t)r->campaigns.n }));
	RP_TRY(q_theme_run_end(tx,
	    &(struct q_theme_run_end_param){ .id = work->id,
		.tries = work->tries,
		.state = RP_TEXT("ready"),
		.reason = RP_TEXT(""),
		.now = who->now },
	    &n));
	return n == 1 ? NULL :
			rp_fail(RP_E_GONE, "run %lld is somebody else's",
			    (long long)work->id);
}
