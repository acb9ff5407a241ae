#include "domain/caption.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_caption.h"
#include "text/input.h"
#include "text/lang.h"

struct feed {
	int64_t id;       /* 0: none yet */
	int64_t first_id; /* of the place; 0: none yet */
	struct q_caption_feeds_rows all;
	int64_t version, posts_until, size, lines;
	int64_t group_id;
	rp_text lang;
	bool may_lead;
};

/* Whose captions they are, and whether they are there for `who`. */

static struct rp_err *
may_see_part(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, struct feed *f)
{
	struct q_caption_part_row part;
	struct rp_place place;
	bool found;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), where->m->group_id, &place));
	RP_TRY(q_caption_part(tx,
	    &(struct q_caption_part_param){ .meeting_id = where->m->id,
		.part_id = where->id },
	    &part, &found));
	f->group_id = where->m->group_id;
	f->may_lead = rp_actor_may(who, RP_MAY_MEET, place);
	if (!found || (!f->may_lead && !rp_actor_may(who, RP_MAY_READ, place) &&
			  !rp_text_eq(part.access, RP_TEXT("public"))))
		return rp_fail(RP_E_NOTFOUND, "no part %lld",
		    (long long)where->id);
	return NULL;
}

static struct rp_err *
may_see_session(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, struct feed *f)
{
	struct q_caption_session_row row;
	struct rp_place place;
	bool found;

	RP_TRY(rp_place_of(tx, RP_TEXT("consultation"), where->c->id, &place));
	RP_TRY(q_caption_session(tx,
	    &(struct q_caption_session_param){ .consultation_id = where->c->id,
		.session_id = where->id },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no session %lld",
		    (long long)where->id);
	f->group_id = where->c->group.id;
	f->may_lead = rp_actor_may(who, RP_MAY_MEET, place);
	return NULL;
}

static struct rp_err *
find(struct rp_tx *tx, bool is_part, int64_t id,
    struct q_caption_feeds_rows *out)
{
	return q_caption_feeds(tx,
	    &(struct q_caption_feeds_param){ .part_id = is_part ? id : 0,
		.session_id = is_part ? 0 : id },
	    out);
}

/* Each only grows: another sum is another state. */
static int64_t
version_of(const struct q_caption_feeds_rows *all)
{
	int64_t sum = 0;

	for (size_t i = 0; i < all->n; i++)
		sum += all->v[i].version;
	return sum;
}

struct rp_err *
rp_captions_version(const struct rp_actor *who, struct rp_tx *tx, bool is_part,
    int64_t id, int64_t *out)
{
	struct q_caption_feeds_rows all;

	RP_ASSERT(who != NULL); /* a number that says nothing */
	RP_TRY(find(tx, is_part, id, &all));
	*out = version_of(&all);
	return NULL;
}

static void
pick(struct feed *f, const struct q_caption_feeds_row *r)
{
	f->id = r->id;
	f->lang = r->lang;
	f->posts_until = r->posts_until;
	f->size = r->size;
	f->lines = r->lines;
}

static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, struct feed *f)
{
	*f = (struct feed){ 0 };
	RP_TRY(where->m != NULL ? may_see_part(who, tx, where, f) :
				  may_see_session(who, tx, where, f));
	RP_TRY(find(tx, where->m != NULL, where->id, &f->all));
	f->version = version_of(&f->all);
	for (size_t i = 0; i < f->all.n; i++) {
		if (i == 0 || rp_text_eq(f->all.v[i].lang, where->lang))
			pick(f, &f->all.v[i]);
	}
	f->first_id = f->all.n > 0 ? f->all.v[0].id : 0;
	return NULL;
}

struct rp_err *
rp_captions_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, int64_t max, struct rp_captions *out)
{
	struct q_captions_rows rows = { 0 };
	struct feed f;

	RP_TRY(load(who, tx, where, &f));
	*out = (struct rp_captions){ .version = f.version,
		.lang = f.lang,
		.may_lead = f.may_lead };
	if (f.may_lead && f.posts_until > who->now)
		out->posts_until = f.posts_until;
	for (size_t i = 0; i < f.all.n; i++)
		rp_vec_push(rp_tx_arena(tx), &out->langs, f.all.v[i].lang);
	if (f.id != 0)
		RP_TRY(q_captions(tx,
		    &(struct q_captions_param){ .feed_id = f.id, .max = max },
		    &rows));
	for (size_t i = rows.n; i > 0; i--) {
		const struct q_captions_row *r = &rows.v[i - 1];
		struct rp_caption one = { r->id, r->at, r->body };

		rp_vec_push(rp_tx_arena(tx), &out->lines, one);
	}
	return NULL;
}

/* Changing. */

static struct rp_err *
lead(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, struct feed *f)
{
	RP_TRY(load(who, tx, where, f));
	return where->m != NULL ? rp_place_needs(who, tx, RP_MAY_MEET,
				      RP_TEXT("group"), where->m->group_id) :
				  rp_place_needs(who, tx, RP_MAY_MEET,
				      RP_TEXT("consultation"), where->c->id);
}

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, const struct feed *f, rp_text action,
    rp_text before, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = where->m != NULL ?
				   RP_TEXT("meeting_part") :
				   RP_TEXT("consultation_session"),
		.object_id = where->id,
		.group_id = f->group_id,
		.before = before,
		.after = after });
}

/* There is one in `lang` from now on, and `f` is it. */
static struct rp_err *
make(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, rp_text lang, struct feed *f)
{
	struct q_caption_feed_insert_row row;
	bool first = f->first_id == 0;

	for (size_t i = 0; i < f->all.n; i++) {
		if (!rp_text_eq(f->all.v[i].lang, lang))
			continue;
		pick(f, &f->all.v[i]);
		return NULL;
	}
	if (f->all.n >= RP_CAPTION_FEEDS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d languages",
		    RP_CAPTION_FEEDS_MAX);
	RP_TRY(q_caption_feed_insert(tx,
	    &(struct q_caption_feed_insert_param){
		.part_id = first && where->m != NULL ? where->id : 0,
		.session_id = first && where->m == NULL ? where->id : 0,
		.of_feed_id = f->first_id,
		.lang = lang,
		.secret_hash = (rp_bytes){ (const uint8_t *)"", 0 } },
	    &row));
	pick(f, &(struct q_caption_feeds_row){ .id = row.id, .lang = lang });
	return rp_public_touch(who, tx); /* a link to them */
}

static struct rp_err *
check_lang(struct rp_tx *tx, rp_text lang)
{
	rp_text canonical;

	return rp_lang_tag_parse(rp_tx_arena(tx), lang, &canonical);
}

struct rp_err *
rp_captions_admit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, rp_text lang, rp_text *out_secret)
{
	rp_text secret = rp_secret_new(rp_tx_arena(tx), who->env);
	struct rp_digest hash = rp_secret_hash(secret);
	struct feed f;

	RP_TRY(lead(who, tx, where, &f));
	RP_TRY(check_lang(tx, lang));
	RP_TRY(make(who, tx, where, lang, &f));
	RP_TRY(q_caption_feed_secret(tx,
	    &(struct q_caption_feed_secret_param){ .id = f.id,
		.secret_hash = rp_digest_bytes(&hash),
		.posts_until = who->now + RP_CAPTION_DAYS * RP_DAY,
		.lang = lang }));
	*out_secret = secret;
	return event(who, tx, where, &f, RP_TEXT("captions.admit"), RP_TEXT(""),
	    lang);
}

struct rp_err *
rp_captions_end(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where)
{
	struct feed f;

	RP_TRY(lead(who, tx, where, &f));
	if (f.posts_until == 0)
		return NULL;
	RP_TRY(q_caption_feed_secret(tx,
	    &(struct q_caption_feed_secret_param){ .id = f.id,
		.secret_hash = (rp_bytes){ (const uint8_t *)"", 0 },
		.posts_until = 0,
		.lang = f.lang }));
	return event(who, tx, where, &f, RP_TEXT("captions.end"), RP_TEXT(""),
	    RP_TEXT(""));
}

static struct rp_err *
add(struct rp_tx *tx, int64_t now, const struct feed *f,
    const struct rp_caption_lines *lines)
{
	int64_t size = 0;

	if (lines->n == 0)
		return rp_fail(RP_E_INVALID, "no caption");
	for (size_t i = 0; i < lines->n; i++) {
		if (rp_text_blank(lines->v[i]) ||
		    lines->v[i].n > RP_CAPTION_MAX)
			return rp_fail(RP_E_INVALID, "not a caption");
		size += (int64_t)lines->v[i].n;
	}
	if (f->lines + (int64_t)lines->n > RP_CAPTIONS_MAX ||
	    f->size + size > RP_CAPTION_FEED_MAX)
		return rp_fail(RP_E_LIMIT, "a feed is full");
	for (size_t i = 0; i < lines->n; i++)
		RP_TRY(q_caption_insert(tx,
		    &(struct q_caption_insert_param){ .feed_id = f->id,
			.at = now,
			.body = lines->v[i] }));
	return q_caption_feed_grow(tx,
	    &(struct q_caption_feed_grow_param){ .id = f->id,
		.size = size,
		.lines = (int64_t)lines->n });
}

struct rp_err *
rp_captions_enter(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, rp_text lang,
    const struct rp_caption_lines *lines)
{
	struct feed f;

	RP_TRY(lead(who, tx, where, &f));
	RP_TRY(check_lang(tx, lang));
	RP_TRY(make(who, tx, where, lang, &f));
	RP_TRY(add(tx, who->now, &f, lines));
	return event(who, tx, where, &f, RP_TEXT("captions.enter"), RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "%zu lines", lines->n));
}

struct rp_err *
rp_caption_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, int64_t id)
{
	struct q_caption_get_row row;
	struct feed f;
	bool found = false;

	RP_TRY(lead(who, tx, where, &f));
	/* A line of any language. */
	for (size_t i = 0; i < f.all.n && !found; i++) {
		RP_TRY(q_caption_get(tx,
		    &(struct q_caption_get_param){ .feed_id = f.all.v[i].id,
			.id = id },
		    &row, &found));
		f.id = f.all.v[i].id;
	}
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no such caption");
	RP_TRY(
	    q_caption_delete(tx, &(struct q_caption_delete_param){ .id = id }));
	RP_TRY(q_caption_feed_grow(tx,
	    &(struct q_caption_feed_grow_param){ .id = f.id,
		.size = -(int64_t)row.body.n,
		.lines = -1 }));
	return event(who, tx, where, &f, RP_TEXT("captions.remove"),
	    RP_TEXT("one line"), RP_TEXT(""));
}

struct rp_err *
rp_captions_post(const struct rp_actor *who, struct rp_tx *tx, rp_text secret,
    const struct rp_caption_lines *lines)
{
	struct rp_digest hash = rp_secret_hash(secret);
	struct q_caption_feed_by_secret_row row;
	bool found;

	RP_TRY(q_caption_feed_by_secret(tx,
	    &(struct q_caption_feed_by_secret_param){
		.secret_hash = rp_digest_bytes(&hash),
		.now = who->now },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no feed has this secret");
	return add(tx, who->now,
	    &(struct feed){ .id = row.id,
		.size = row.size,
		.lines = row.lines },
	    lines);
}
