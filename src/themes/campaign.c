#include "themes/campaign.h"

#include <string.h>

#include "base/err.h"
#include "text/folded.h"
#include "text/lang.h"
#include "themes/campaign_private.h"
#include "themes/watch.h"

/* Groups too large to be learnt from at once are looked at again. */
#define ROUNDS 3

struct finding {
	struct rp_arena *arena;
	struct rp_watch *watch;
	struct rp_creader *reader;
	struct rp_ctexts texts;
	struct rp_ccores *cores;
	uint32_t *core_of; /* text to core */
	bool *meets;       /* text uses a core */
	/* Texts by group. */
	uint32_t *order, *start;
};

/* Texts without a core yet, group by group. */
static void
order_by_group(struct finding *f)
{
	const struct rp_ctexts *t = &f->texts;

	memset(f->start, 0, ((size_t)t->n + 2) * sizeof(*f->start));
	for (uint32_t i = 0; i < t->n; i++)
		f->start[t->group[i] + 2] += f->core_of[i] == RP_NONE;
	for (uint32_t i = 0; i < t->n; i++)
		f->start[i + 2] += f->start[i + 1];
	for (uint32_t i = 0; i < t->n; i++)
		if (f->core_of[i] == RP_NONE)
			f->order[f->start[t->group[i] + 1]++] = i;
}

static void
learn_groups(struct finding *f)
{
	order_by_group(f);
	for (uint32_t g = 0; g < f->texts.n; g++) {
		const uint32_t *group = f->order + f->start[g];
		uint32_t n = f->start[g + 1] - f->start[g], weight = 0;

		if (rp_watch_stops_at(f->watch, g))
			return;
		for (uint32_t i = 0; i < n; i++)
			weight += f->texts.weight[group[i]];
		if (weight >= RP_CAMPAIGN_MEMBERS_MIN)
			rp_ccores_learn(f->cores, f->reader, &f->texts, group,
			    n);
	}
}

/* All texts, or those again that use a core. */
static void
judge_texts(struct finding *f, bool again)
{
	for (uint32_t i = 0; i < f->texts.n && !rp_watch_stops_at(f->watch, i);
	     i++)
		if (!again || f->meets[i])
			f->core_of[i] = rp_ccores_judge(f->cores,
			    rp_creader_read(f->reader, f->texts.first[i]),
			    f->texts.weight[i], &f->meets[i]);
}

/* Too few members are none. */
static void
drop_few(struct finding *f)
{
	uint32_t *members =
	    rp_new_n(f->arena, uint32_t, rp_ccores_n(f->cores) + 1);

	for (uint32_t i = 0; i < f->texts.n; i++)
		if (f->core_of[i] != RP_NONE)
			members[f->core_of[i]] += f->texts.weight[i];
	for (uint32_t i = 0; i < f->texts.n; i++)
		if (f->core_of[i] != RP_NONE &&
		    members[f->core_of[i]] < RP_CAMPAIGN_MEMBERS_MIN)
			f->core_of[i] = RP_NONE;
}

static void
find_cores(struct finding *f)
{
	for (uint32_t i = 0; i < f->texts.n; i++)
		f->core_of[i] = RP_NONE;
	for (int round = 0; round < ROUNDS; round++) {
		learn_groups(f);
		if (rp_watch_stops(f->watch) || !rp_ccores_settle(f->cores))
			return;
		judge_texts(f, false);
		if (rp_ccores_prune(f->cores))
			judge_texts(f, true);
		drop_few(f);
	}
}

struct size {
	uint32_t core, members;
};

static int
by_size(const void *x, const void *y)
{
	const struct size *a = x, *b = y;

	if (a->members != b->members)
		return a->members > b->members ? -1 : 1;
	return a->core < b->core ? -1 : a->core > b->core;
}

/* Number the campaigns by size, and give the responses to them. */
static struct size *
make_campaigns(struct rp_arena *a, struct finding *f,
    struct rp_themes_result *r)
{
	size_t n = rp_ccores_n(f->cores);
	struct size *sizes = rp_new_n(f->arena, struct size, n + 1);
	uint32_t *number = rp_new_n(f->arena, uint32_t, n + 1);

	for (size_t i = 0; i < n; i++)
		sizes[i].core = (uint32_t)i;
	for (uint32_t i = 0; i < f->texts.n; i++)
		if (f->core_of[i] != RP_NONE)
			sizes[f->core_of[i]].members += f->texts.weight[i];
	qsort(sizes, n, sizeof(*sizes), by_size);
	for (size_t i = 0; i < n && sizes[i].members > 0; i++) {
		number[sizes[i].core] = (uint32_t)i;
		rp_vec_push(a, &r->campaigns,
		    ((struct rp_campaign){ .twin = RP_NONE }));
	}
	for (uint32_t i = 0; i < r->responses.n; i++) {
		uint32_t text = f->texts.of[i], core;

		r->responses.v[i].campaign = RP_NONE;
		core = text != RP_NONE ? f->core_of[text] : RP_NONE;
		if (core == RP_NONE)
			continue;
		r->responses.v[i].campaign = number[core];
		rp_vec_push(a, &r->campaigns.v[number[core]].members,
		    ((struct rp_campaign_member){ .response = i }));
	}
	return sizes;
}

void
rp_campaigns_find(struct rp_arena *a, struct rp_folder *folder,
    struct rp_watch *watch, struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *own = rp_arena_new(SIZE_MAX);
	struct finding f = { .arena = own, .watch = watch };
	const struct size *sizes;

	r->campaigns.n = r->own.n = 0;
	f.reader = rp_creader_new(own, folder, r);
	f.cores = rp_ccores_new(own);
	rp_ctexts_build(own, f.reader, watch, &f.texts);
	f.core_of = rp_new_n(own, uint32_t, (size_t)f.texts.n + 1);
	f.meets = rp_new_n(own, bool, (size_t)f.texts.n + 1);
	f.order = rp_new_n(own, uint32_t, (size_t)f.texts.n + 1);
	f.start = rp_new_n(own, uint32_t, (size_t)f.texts.n + 2);
	find_cores(&f);
	if (rp_watch_stops(watch))
		return;
	sizes = make_campaigns(a, &f, r);
	for (size_t i = 0; i < r->campaigns.n && !rp_watch_stops(watch); i++)
		rp_campaign_describe(a, f.reader, &f.texts, f.cores,
		    sizes[i].core, r, &r->campaigns.v[i]);
}

static uint32_t
overlap(const struct rp_own_words *own, const struct rp_theme_unit *u)
{
	uint32_t from = own->from > u->from ? own->from : u->from;
	uint32_t to = own->to < u->to ? own->to : u->to;

	return own->field == u->field && from < to ? to - from : 0;
}

void
rp_campaigns_mark_units(struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *own = rp_arena_new(SIZE_MAX);
	const struct rp_campaign_member **of = rp_new_n(own,
	    const struct rp_campaign_member *, r->responses.n + 1);

	for (size_t i = 0; i < r->campaigns.n; i++)
		for (size_t k = 0; k < r->campaigns.v[i].members.n; k++) {
			const struct rp_campaign_member *m =
			    &r->campaigns.v[i].members.v[k];

			of[m->response] = m;
		}
	for (size_t i = 0; i < r->units.n; i++) {
		struct rp_theme_unit *u = &r->units.v[i];
		const struct rp_campaign_member *m =
		    of[r->fields.v[u->field].response];
		uint32_t octets = 0;

		for (uint32_t k = 0; m != NULL && k < m->n_own; k++)
			octets += overlap(&r->own.v[m->first_own + k], u);
		u->is_shared = m != NULL && octets * 2 < u->to - u->from;
	}
}

/* Twins. */

struct pairing {
	const struct rp_themes_result *r;
	uint32_t (*score)(void *ctx, const struct rp_campaign *x,
	    const struct rp_campaign *y);
	void *ctx;
};

/* The campaign in the language of `like` that x is nearest to. */
static uint32_t
nearest(const struct pairing *p, uint32_t x, rp_text like, uint32_t *out_score)
{
	const struct rp_campaigns *all = &p->r->campaigns;
	uint32_t best = RP_NONE;

	*out_score = 0;
	for (uint32_t y = 0; y < all->n; y++) {
		uint32_t got;

		if (!rp_lang_tag_same_primary(like, all->v[y].lang))
			continue;
		got = p->score(p->ctx, &all->v[x], &all->v[y]);
		if (got > *out_score) {
			*out_score = got;
			best = y;
		}
	}
	return best;
}

/* The largest campaign in another language that is x's best, and x its. */
static uint32_t
twin_of(const struct pairing *p, uint32_t x, uint32_t least)
{
	const struct rp_campaigns *all = &p->r->campaigns;

	for (uint32_t y = 0; y < x; y++) {
		rp_text mine = all->v[x].lang, theirs = all->v[y].lang;
		uint32_t sure;

		if (all->v[y].twin != RP_NONE ||
		    rp_lang_tag_same_primary(mine, theirs))
			continue;
		if (nearest(p, x, theirs, &sure) == y && sure >= least &&
		    nearest(p, y, mine, &sure) == x)
			return y;
	}
	return RP_NONE;
}

void
rp_campaigns_twins(struct rp_themes_result *r,
    uint32_t (*score)(void *ctx, const struct rp_campaign *x,
	const struct rp_campaign *y),
    void *ctx, uint32_t least)
{
	struct pairing p = { r, score, ctx };

	for (uint32_t x = 1; x < r->campaigns.n; x++) {
		struct rp_campaign *c = &r->campaigns.v[x];

		c->twin = twin_of(&p, x, least);
		for (size_t i = 0; c->twin != RP_NONE && i < c->members.n; i++)
			c->members.v[i].level = RP_CAMPAIGN_TWIN;
	}
}
