#include "domain/consultation.h"

#include "base/err.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_consultation.h"
#include "text/zone.h"

#define LIST_MAX 500

struct rp_place
rp_consultation_place(const struct rp_consultation *c)
{
	return (struct rp_place){ .body_id = c->group.body_id,
		.group_id = c->group.id,
		.consultation_id = c->id };
}

static enum rp_consultation_state
state_now(rp_text stored, const struct rp_consultation *c, int64_t now)
{
	if (rp_text_eq(stored, RP_TEXT("planned")))
		return RP_CONSULTATION_PLANNED;
	if (rp_text_eq(stored, RP_TEXT("archived")))
		return RP_CONSULTATION_ARCHIVED;
	if (now < c->opens_at)
		return RP_CONSULTATION_COMING;
	return now < c->deadline_at ? RP_CONSULTATION_OPEN :
				      RP_CONSULTATION_CLOSED;
}

void
rp_consultation_advance(struct rp_consultation *c, int64_t now)
{
	if (c->state != RP_CONSULTATION_PLANNED &&
	    c->state != RP_CONSULTATION_ARCHIVED)
		c->state = state_now(RP_TEXT("launched"), c, now);
}

bool
rp_consultation_shows_responses(const struct rp_consultation *c)
{
	switch (c->state) {
	case RP_CONSULTATION_PLANNED:
	case RP_CONSULTATION_COMING:
		return false;
	case RP_CONSULTATION_OPEN:
		return c->publication == RP_PUBLISH_AS_CHECKED;
	case RP_CONSULTATION_CLOSED:
	case RP_CONSULTATION_ARCHIVED:
		break;
	}
	return true;
}

static struct rp_wording
best(const struct rp_wordings *set, int64_t id, rp_text field, rp_text lang,
    rp_text fallback)
{
	const struct rp_wording *w =
	    rp_wording_pick(set, id, field, lang, fallback);

	return w ? *w : (struct rp_wording){ .lang = lang };
}

static enum rp_publication
publication_of(rp_text stored)
{
	return rp_text_eq(stored, RP_TEXT("as_checked")) ?
		   RP_PUBLISH_AS_CHECKED :
		   RP_PUBLISH_AFTER_DEADLINE;
}

static struct rp_err *
instants(const struct rp_actor *who, struct rp_consultation *c)
{
	struct rp_zones *z = who->env->zones;

	RP_TRY(rp_zone_resolve(z, c->opens_local, c->zone, &c->opens_at));
	RP_TRY(rp_zone_resolve(z, c->deadline_local, c->zone, &c->deadline_at));
	if (c->meeting_local.n == 0)
		return NULL;
	return rp_zone_resolve(z, c->meeting_local, c->meeting_zone,
	    &c->meeting_at);
}

/* What is asked for: by id, or by number in a group. */
struct asked {
	int64_t id;
	rp_text group_slug;
	int64_t number;
};

static struct rp_err *
load_row(const struct rp_actor *who, struct rp_tx *tx,
    const struct asked *which, rp_text lang, struct rp_consultation *c)
{
	struct q_consultation_get_row r;
	bool found;

	RP_TRY(q_consultation_get(tx,
	    &(struct q_consultation_get_param){ .id = which->id,
		.group_slug = which->group_slug,
		.number = which->number },
	    &r, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no such consultation");
	*c = (struct rp_consultation){
		.id = r.id,
		.number = r.number,
		.publication = publication_of(r.publication),
		.zone = r.zone,
		.opens_local = r.opens_local,
		.deadline_local = r.deadline_local,
		.languages = r.languages,
		.meeting_local = r.meeting_local,
		.meeting_zone = r.meeting_zone,
		.decided_by = r.decided_by,
		.published = r.published,
		.changed_at = r.changed_at,
		.notice_id = r.notice_id,
		.notice_version = r.notice_version,
	};
	RP_TRY(instants(who, c));
	c->state = state_now(r.state, c, who->now);
	RP_TRY(rp_group_get_by_id(who, tx, r.group_id, lang, &c->group));
	rp_place_known(tx, RP_TEXT("consultation"), c->id,
	    rp_consultation_place(c));
	return NULL;
}

struct words {
	struct rp_wordings own, questions, topics;
};

static void
set_words(const struct words *all, rp_text lang, struct rp_consultation *c)
{
	const struct rp_wordings *own = &all->own;
	rp_text fallback = c->group.default_lang;

	c->title = best(own, c->id, RP_TEXT("title"), lang, fallback);
	c->introduction =
	    best(own, c->id, RP_TEXT("introduction"), lang, fallback);
	c->guidelines = best(own, c->id, RP_TEXT("guidelines"), lang, fallback);
	c->moderation = best(own, c->id, RP_TEXT("moderation"), lang, fallback);
	c->place = best(own, c->id, RP_TEXT("place"), lang, fallback);
}

static void
add_part(struct rp_arena *a, const struct rp_wording_part *r,
    const struct words *all, rp_text lang, struct rp_consultation *c)
{
	rp_text fallback = c->group.default_lang;

	if (rp_text_eq(r->kind, RP_TEXT("question"))) {
		struct rp_question q = { .id = r->id,
			.topic_id = r->other,
			.position = r->position,
			.text = best(&all->questions, r->id, RP_TEXT("text"),
			    lang, fallback),
			.help = best(&all->questions, r->id, RP_TEXT("help"),
			    lang, fallback) };

		rp_vec_push(a, &c->questions, q);
	} else if (rp_text_eq(r->kind, RP_TEXT("topic"))) {
		struct rp_topic t = { .id = r->id,
			.number = r->other,
			.title = best(&all->topics, r->id, RP_TEXT("title"),
			    lang, fallback) };

		rp_vec_push(a, &c->topics, t);
	} else {
		struct rp_extension e = { .old_local = r->from,
			.new_local = r->to,
			.reason = r->reason,
			.at = r->other };

		rp_vec_push(a, &c->extensions, e);
	}
}

static struct rp_err *
load_parts(struct rp_tx *tx, rp_text lang, struct rp_consultation *c)
{
	struct rp_wording_parts parts;
	struct words all;

	RP_TRY(rp_wording_load_consultation(tx, c->id, &all.own, &all.questions,
	    &all.topics, &parts));
	set_words(&all, lang, c);
	for (size_t i = 0; i < parts.n; i++)
		add_part(rp_tx_arena(tx), &parts.v[i], &all, lang, c);
	c->extended = (int64_t)c->extensions.n;
	return NULL;
}

static bool
visible(const struct rp_actor *who, const struct rp_consultation *c)
{
	return c->state != RP_CONSULTATION_PLANNED ||
	       rp_actor_may(who, RP_MAY_LAUNCH, rp_consultation_place(c)) ||
	       rp_actor_may(who, RP_MAY_TRANSLATE, rp_consultation_place(c));
}

static struct rp_err *
get(const struct rp_actor *who, struct rp_tx *tx, const struct asked *which,
    rp_text lang, struct rp_consultation *out)
{
	struct rp_consultation c;

	RP_TRY(load_row(who, tx, which, lang, &c));
	if (!visible(who, &c))
		return rp_fail(RP_E_NOTFOUND, "consultation %lld is planned",
		    (long long)c.id);
	RP_TRY(load_parts(tx, lang, &c));
	*out = c;
	return NULL;
}

struct rp_err *
rp_consultation_get_by_id(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text lang, struct rp_consultation *out)
{
	const struct asked which = { .id = id, .group_slug = RP_TEXT("") };

	if (id == 0)
		return rp_fail(RP_E_NOTFOUND, "no such consultation");
	return get(who, tx, &which, lang, out);
}

struct rp_err *
rp_consultation_get(const struct rp_actor *who, struct rp_tx *tx,
    rp_text group_slug, int64_t number, rp_text lang,
    struct rp_consultation *out)
{
	const struct asked which = { .group_slug = group_slug,
		.number = number };

	return get(who, tx, &which, lang, out);
}

static bool
find_group(const struct rp_groups *all, int64_t id, struct rp_group *out)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].id != id)
			continue;
		*out = all->v[i];
		return true;
	}
	return false;
}

static struct rp_consultation
of_row(const struct q_consultation_list_row *r)
{
	return (struct rp_consultation){
		.id = r->id,
		.number = r->number,
		.publication = publication_of(r->publication),
		.zone = r->zone,
		.opens_local = r->opens_local,
		.deadline_local = r->deadline_local,
		.languages = r->languages,
		.meeting_local = r->meeting_local,
		.meeting_zone = r->meeting_zone,
		.decided_by = r->decided_by,
		.published = r->published,
		.changed_at = r->changed_at,
		.extended = r->extended,
	};
}

static struct rp_err *
list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    const struct rp_groups *groups, rp_text lang, struct rp_consultations *out)
{
	struct q_consultation_list_rows rows;
	struct rp_wordings words;

	RP_TRY(q_consultation_list(tx,
	    &(struct q_consultation_list_param){ .group_id = group_id,
		.max = LIST_MAX },
	    &rows));
	RP_TRY(rp_wording_load_consultations(tx, group_id, &words));
	*out = (struct rp_consultations){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_consultation c = of_row(&rows.v[i]);

		if (!find_group(groups, rows.v[i].group_id, &c.group))
			continue;
		RP_TRY(instants(who, &c));
		c.state = state_now(rows.v[i].state, &c, who->now);
		c.title = best(&words, c.id, RP_TEXT("title"), lang,
		    c.group.default_lang);
		c.place = best(&words, c.id, RP_TEXT("place"), lang,
		    c.group.default_lang);
		if (visible(who, &c))
			rp_vec_push(rp_tx_arena(tx), out, c);
	}
	return NULL;
}

struct rp_err *
rp_consultation_list_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_group *group, rp_text lang, struct rp_consultations *out)
{
	struct rp_groups one = { 0 };

	rp_vec_push(rp_tx_arena(tx), &one, *group);
	return list(who, tx, group->id, &one, lang, out);
}

struct rp_err *
rp_consultation_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_consultations *out)
{
	struct rp_groups groups;
	struct rp_group g;

	if (group_id == 0) {
		RP_TRY(rp_group_list(who, tx, lang, &groups));
		return list(who, tx, 0, &groups, lang, out);
	}
	RP_TRY(rp_group_get_by_id(who, tx, group_id, lang, &g));
	return rp_consultation_list_of(who, tx, &g, lang, out);
}
