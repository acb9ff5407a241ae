/* cited - what versions quote of other texts, and whether that is the newest.
 */
#include "base/err.h"
#include "document/citation.h"
#include "domain/instrument_private.h"
#include "domain/place.h"
#include "domain/registry.h"
#include "store/db.h"
#include "store/q_instrument.h"
#include "text/lang.h"

static bool
holds(const struct rp_version *v, rp_text state)
{
	return rp_version_is_public(v) && rp_text_eq(v->state, state);
}

/* Newer than the best so far; of one day, the one in the right language. */
static bool
is_better(const struct rp_version *v, const struct rp_version *best,
    rp_text lang)
{
	if (best == NULL)
		return true;
	if (!rp_text_eq(v->dated, best->dated))
		return rp_text_cmp(v->dated, best->dated) > 0;
	return rp_lang_tag_same_primary(v->lang, lang) &&
	       !rp_lang_tag_same_primary(best->lang, lang);
}

static const struct rp_version *
newest(const struct rp_versions *all, rp_text lang)
{
	static const rp_text states[] = { RP_TEXT_INIT("in_force"),
		RP_TEXT_INIT("adopted") };
	const struct rp_version *best = NULL;

	for (size_t s = 0; s < 2 && best == NULL; s++)
		for (size_t i = 0; i < all->n; i++)
			if (holds(&all->v[i], states[s]) &&
			    is_better(&all->v[i], best, lang))
				best = &all->v[i];
	return best;
}

/* The day of the version that is quoted, as far as the registry has it. */
static rp_text
day_of(const struct rp_versions *all, rp_text name)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_version_is_public(&all->v[i]) &&
		    rp_citation_same_name(all->v[i].name, name))
			return all->v[i].dated;
	return RP_TEXT("");
}

static enum rp_cited_state
judge(const struct rp_cited *c, const struct rp_versions *all,
    const struct rp_version *now)
{
	rp_text day = day_of(all, c->name);
	int64_t year = 0;

	if (c->name.n == 0)
		return RP_CITED_ANY;
	if (now == NULL)
		return RP_CITED_CURRENT;
	if (day.n > 0)
		return rp_text_cmp(day, now->dated) < 0 ? RP_CITED_OLDER :
							  RP_CITED_CURRENT;
	if (!rp_text_i64(rp_text_sub(now->dated, 0, 4), &year))
		year = 0;
	return c->year < year ? RP_CITED_OLDER : RP_CITED_CURRENT;
}

/* The place of one that was quoted before, or `out->n`. */
static size_t
known(const struct rp_citeds *out, const struct q_citation_list_row *r)
{
	size_t i = 0;

	while (
	    i < out->n && !(rp_text_eq(out->v[i].kind, r->kind) &&
			      rp_text_eq(out->v[i].number, r->number) &&
			      rp_citation_same_name(out->v[i].name, r->name)))
		i++;
	return i;
}

static struct rp_err *
look_up(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *v, const struct q_citation_list_row *r,
    struct rp_cited *c, bool *out_itself)
{
	const struct rp_version *now;
	struct rp_versions all;

	*out_itself = r->instrument_id == v->instrument_id &&
		      rp_citation_same_name(r->name, v->name);
	if (r->instrument_id == 0 || *out_itself)
		return NULL;
	RP_TRY(rp_version_list(who, tx, r->instrument_id, &all));
	now = newest(&all, v->lang);
	c->slug = r->slug;
	c->group_slug = r->group_slug;
	c->state = judge(c, &all, now);
	if (now == NULL)
		return NULL;
	c->now_number = now->number;
	c->now_name = now->name;
	c->now_lang = now->lang;
	c->now_state = now->state;
	return NULL;
}

struct rp_err *
rp_version_cited(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *v, struct rp_citeds *out)
{
	struct q_citation_list_rows rows;
	struct rp_place where;
	int64_t last = -1;

	RP_TRY(
	    rp_place_of(tx, RP_TEXT("instrument"), v->instrument_id, &where));
	RP_TRY(q_citation_list(tx,
	    &(struct q_citation_list_param){ .version_id = v->id,
		.group_id = where.group_id },
	    &rows));
	*out = (struct rp_citeds){ 0 };
	for (size_t i = 0; i < rows.n && out->n < RP_CITED_MAX; i++) {
		const struct q_citation_list_row *r = &rows.v[i];
		struct rp_cited c = { .at = r->at,
			.times = 1,
			.quoted = r->quoted,
			.kind = r->kind,
			.number = r->number,
			.name = r->name,
			.year = r->year };
		size_t k = known(out, r);
		bool itself = false;

		/* The same quotation again: in another group too. */
		if (r->position == last)
			continue;
		last = r->position;
		if (k < out->n) {
			out->v[k].times++;
			continue;
		}
		RP_TRY(look_up(who, tx, v, r, &c, &itself));
		if (!itself)
			rp_vec_push(rp_tx_arena(tx), out, c);
	}
	return NULL;
}

static struct rp_err *
sweep_one(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_instrument *i, const struct rp_version *v,
    struct rp_swepts *out)
{
	struct rp_swept one = { .instrument = *i, .version = *v };
	struct rp_citeds all;

	RP_TRY(rp_version_cited(who, tx, v, &all));
	for (size_t k = 0; k < all.n; k++)
		if (all.v[k].state == RP_CITED_OLDER)
			rp_vec_push(rp_tx_arena(tx), &one.older, all.v[k]);
	if (one.older.n > 0)
		rp_vec_push(rp_tx_arena(tx), out, one);
	return NULL;
}

/* The last of its language; they are in the order of their days. */
static bool
is_last(const struct rp_versions *all, size_t i)
{
	if (!rp_version_is_public(&all->v[i]))
		return false;
	for (size_t k = i + 1; k < all->n; k++)
		if (rp_version_is_public(&all->v[k]) &&
		    rp_text_eq(all->v[k].lang, all->v[i].lang))
			return false;
	return true;
}

struct rp_err *
rp_registry_sweep(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_swepts *out)
{
	struct rp_instruments texts;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("group"),
	    group_id));
	RP_TRY(rp_instrument_list(who, tx, group_id, lang, &texts));
	*out = (struct rp_swepts){ 0 };
	for (size_t i = 0; i < texts.n; i++) {
		struct rp_versions all;

		RP_TRY(rp_version_list(who, tx, texts.v[i].id, &all));
		for (size_t k = 0; k < all.n; k++)
			if (is_last(&all, k))
				RP_TRY(sweep_one(who, tx, &texts.v[i],
				    &all.v[k], out));
	}
	return NULL;
}
