#include "domain/listing.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/actor.h"
#include "domain/party.h"
#include "domain/public.h"
#include "domain/public_response.h"
#include "domain/response.h"
#include "store/db.h"
#include "store/q_consultation.h"
#include "store/q_listing.h"
#include "store/q_response.h"
#include "text/collate.h"
#include "text/input.h"
#include "text/markup.h"

#define EXCERPT_MAX 300 /* octets */

struct counted {
	int64_t consultation_id;
	rp_text category, country, region, lang;
	int64_t received_at, words;
	bool is_first;
};

rp_text
rp_listing_count_key(struct rp_arena *a, rp_text category, rp_text country,
    rp_text lang)
{
	return rp_textf(a, "%.*s|%.*s|%.*s", RP_FMT(category), RP_FMT(country),
	    RP_FMT(lang));
}

static struct rp_err *
add(struct rp_tx *tx, const struct counted *c, const char *dimension,
    rp_text value, int64_t sign)
{
	return q_tally_add(tx,
	    &(struct q_tally_add_param){ .consultation_id = c->consultation_id,
		.dimension = rp_text_z(dimension),
		.value = value,
		.responses = sign,
		.words = sign * c->words });
}

/* The counts move by one, up or down, in every dimension. */
static struct rp_err *
tally(struct rp_tx *tx, const struct counted *c, int64_t sign)
{
	rp_text day =
	    rp_text_sub(rp_clock_rfc3339(rp_tx_arena(tx), c->received_at), 0,
		10);

	RP_TRY(add(tx, c, "all", RP_TEXT(""), sign));
	RP_TRY(add(tx, c, "category", c->category, sign));
	RP_TRY(add(tx, c, "country", c->country, sign));
	RP_TRY(add(tx, c, "region", c->region, sign));
	RP_TRY(add(tx, c, "lang", c->lang, sign));
	RP_TRY(add(tx, c, "day", day, sign));
	if (c->is_first)
		RP_TRY(add(tx, c, "first", RP_TEXT(""), sign));
	return NULL;
}

/*
 * How many the lists show: under every choice of their three filters, so that
 * no list has to be counted ("government||fr"; domain/catalog.c).
 */
static struct rp_err *
count_public(struct rp_tx *tx, const struct counted *c, int64_t delta)
{
	for (unsigned filters = 0; filters < 8; filters++) {
		rp_text value = rp_listing_count_key(rp_tx_arena(tx),
		    filters & 1 ? c->category : RP_TEXT(""),
		    filters & 2 ? c->country : RP_TEXT(""),
		    filters & 4 ? c->lang : RP_TEXT(""));

		RP_TRY(add(tx, c, "list", value, delta));
	}
	return q_consultation_count_published(tx,
	    &(struct q_consultation_count_published_param){
		.id = c->consultation_id,
		.delta = delta });
}

/* Take the row and its counts away; `out_was` tells whether there was one. */
static struct rp_err *
unlist(struct rp_tx *tx, int64_t response_id, bool *out_was)
{
	struct q_listing_find_row row;
	struct counted c;

	RP_TRY(q_listing_find(tx,
	    &(struct q_listing_find_param){ .response_id = response_id }, &row,
	    out_was));
	if (!*out_was)
		return NULL;
	c = (struct counted){ row.consultation_id, row.category, row.country,
		row.region, row.lang, row.received_at, row.words,
		row.is_first };
	RP_TRY(tally(tx, &c, -1));
	RP_TRY(rp_public_response_delete(tx, response_id));
	RP_TRY(count_public(tx, &c, -1));
	return q_listing_delete(tx,
	    &(struct q_listing_delete_param){ .response_id = response_id });
}

static struct rp_err *
task(struct rp_tx *tx, int64_t response_id, int64_t now)
{
	return q_task_insert(tx,
	    &(struct q_task_insert_param){ .kind = RP_TEXT("index"),
		.ref_id = response_id,
		.not_before_at = now });
}

/* What is authorised in aggregate only: statistics, and nothing else. */
static struct rp_err *
tally_unlisted(struct rp_tx *tx, const struct q_listing_source_row *s,
    int64_t sign)
{
	struct counted c = { s->consultation_id, s->category, s->country,
		rp_region_of(s->country), s->lang, s->received_at, s->words,
		false };

	return tally(tx, &c, sign);
}

static bool
is_aggregate(const struct q_listing_source_row *s)
{
	return rp_text_eq(s->authorisation, RP_TEXT("aggregate"));
}

/*
 * The beginning of what the public may read of it, without markup: read once
 * here, and not for every list that shows it.
 */
static rp_text
excerpt(struct rp_arena *a, const struct rp_public_response *p)
{
	if (!rp_text_blank(p->summary))
		return rp_markup_excerpt(a, p->summary, EXCERPT_MAX);
	if (p->answers.n > 0)
		return rp_markup_excerpt(a, p->answers.v[0].body, EXCERPT_MAX);
	return RP_TEXT("");
}

static struct rp_err *
insert(const struct rp_actor *who, struct rp_tx *tx, int64_t response_id,
    const struct q_listing_source_row *s, const struct counted *c)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_public_response p = { 0 };
	rp_bytes keys[RP_LANG_COUNT];
	rp_text source;

	RP_TRY(rp_response_public_view(tx, s->revision_id, &p));
	source = p.organisation.n > 0 ? p.organisation : p.name;
	rp_sort_keys(who->env->collation, a, source, keys);
	return q_listing_insert(tx,
	    &(struct q_listing_insert_param){ .response_id = response_id,
		.group_id = s->group_id,
		.consultation_id = s->consultation_id,
		.number = s->number,
		.source = source,
		.person = p.organisation.n > 0 ? p.name : RP_TEXT(""),
		.category = s->category,
		.country = s->country,
		.region = c->region,
		.lang = s->lang,
		.received_at = s->received_at,
		.published_at = s->published_at,
		.words = s->words,
		.is_first = c->is_first,
		.excerpt = excerpt(a, &p),
		.attachments = (int64_t)p.attachments.n,
		.key_ar = keys[RP_LANG_AR],
		.key_zh = keys[RP_LANG_ZH],
		.key_en = keys[RP_LANG_EN],
		.key_fr = keys[RP_LANG_FR],
		.key_ru = keys[RP_LANG_RU],
		.key_es = keys[RP_LANG_ES] });
}

struct rp_err *
rp_listing_put(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id)
{
	struct q_listing_source_row s;
	struct q_listing_earlier_row earlier;
	struct counted c;
	bool was;

	RP_TRY(unlist(tx, response_id, &was));
	RP_TRY(q_listing_source(tx,
	    &(struct q_listing_source_param){ .response_id = response_id },
	    &s));
	if (is_aggregate(&s)) {
		RP_TRY(tally_unlisted(tx, &s, 1));
		return rp_public_touch(who, tx);
	}
	RP_TRY(q_listing_earlier(tx,
	    &(struct q_listing_earlier_param){ .email_key = s.email_key,
		.response_id = response_id,
		.received_at = s.received_at },
	    &earlier));
	c = (struct counted){ s.consultation_id, s.category, s.country,
		rp_region_of(s.country), s.lang, s.received_at, s.words,
		earlier.n == 0 || s.email_key.n == 0 };
	RP_TRY(insert(who, tx, response_id, &s, &c));
	RP_TRY(rp_public_response_put(who, tx, response_id));
	RP_TRY(tally(tx, &c, 1));
	RP_TRY(count_public(tx, &c, 1));
	RP_TRY(task(tx, response_id, who->now));
	return rp_public_touch(who, tx);
}

struct rp_err *
rp_listing_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id)
{
	struct q_listing_source_row s;
	bool was;

	RP_TRY(unlist(tx, response_id, &was));
	if (was) {
		RP_TRY(task(tx, response_id, who->now));
		return rp_public_touch(who, tx);
	}
	RP_TRY(q_listing_source(tx,
	    &(struct q_listing_source_param){ .response_id = response_id },
	    &s));
	if (is_aggregate(&s))
		RP_TRY(tally_unlisted(tx, &s, -1));
	return rp_public_touch(who, tx);
}
