#include "domain/group.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_working_group.h"
#include "text/lang.h"
#include "text/zone.h"

/* Words that stand in addresses where a slug could. */
static const rp_text reserved[] = { RP_TEXT_INIT("account"),
	RP_TEXT_INIT("api"), RP_TEXT_INIT("d"), RP_TEXT_INIT("desk"),
	RP_TEXT_INIT("help"), RP_TEXT_INIT("instruments"),
	RP_TEXT_INIT("resolutions"), RP_TEXT_INIT("r"), RP_TEXT_INIT("search"),
	RP_TEXT_INIT("sign-in"), RP_TEXT_INIT("sign-out"),
	RP_TEXT_INIT("static"), RP_TEXT_INIT("accessibility") };

bool
rp_slug_ok(rp_text slug)
{
	if (slug.n < 2 || slug.n > RP_SLUG_MAX || slug.p[0] == '-' ||
	    slug.p[slug.n - 1] == '-')
		return false;
	for (size_t i = 0; i < slug.n; i++) {
		char c = slug.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			return false;
	}
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (rp_text_eq(slug, reserved[i]))
			return false;
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

struct rp_err *
rp_body_list(const struct rp_actor *who, struct rp_tx *tx, rp_text lang,
    struct rp_bodies *out)
{
	struct q_body_all_rows rows;
	struct rp_wordings names = { 0 };

	RP_ASSERT(who != NULL); /* everybody may see the bodies */
	RP_TRY(q_body_all(tx, &rows));
	*out = (struct rp_bodies){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_body_all_row *r = &rows.v[i];
		struct rp_body b = { .id = r->id,
			.slug = r->slug,
			.acronym = r->acronym,
			.zone = r->zone,
			.default_lang = r->default_lang };

		if (i == 0 || rows.v[i - 1].id != r->id)
			names = (struct rp_wordings){ 0 };
		rp_vec_push(rp_tx_arena(tx), &names,
		    rp_wording_row(r->wording_id, r->owner_id, r->field,
			r->lang, r->status, r->body, r->changed_at));
		if (i + 1 < rows.n && rows.v[i + 1].id == r->id)
			continue;
		b.name =
		    best(&names, r->id, RP_TEXT("name"), lang, r->default_lang);
		rp_vec_push(rp_tx_arena(tx), out, b);
	}
	return NULL;
}

/* The three queries have rows of this shape. */
#define GROUP(r)                                                   \
	((struct rp_group){ .id = (r)->id,                         \
	    .body_id = (r)->body_id,                               \
	    .slug = (r)->slug,                                     \
	    .acronym = (r)->acronym,                               \
	    .zone = (r)->zone,                                     \
	    .body_slug = (r)->body_slug,                           \
	    .body_acronym = (r)->body_acronym,                     \
	    .default_lang = (r)->default_lang,                     \
	    .rule_missing_languages = (r)->rule_missing_languages, \
	    .retention_days = (r)->retention_days })

static void
set_words(const struct rp_wordings *of_groups,
    const struct rp_wordings *of_bodies, rp_text lang, struct rp_group *g)
{
	g->name =
	    best(of_groups, g->id, RP_TEXT("name"), lang, g->default_lang);
	g->mandate =
	    best(of_groups, g->id, RP_TEXT("mandate"), lang, g->default_lang);
	g->body_name =
	    best(of_bodies, g->body_id, RP_TEXT("name"), lang, g->default_lang);
}

/* What was read of this page's groups. */
struct read_group {
	struct rp_group g;
	struct rp_wordings of_group, of_body;
};
struct read_groups RP_VEC(struct read_group);

static struct read_groups *
read_so_far(struct rp_tx *tx)
{
	static const char key;
	void **memo = rp_tx_memo(tx, &key);

	if (memo != NULL && *memo == NULL)
		*memo = rp_new(rp_tx_arena(tx), struct read_groups);
	return memo != NULL ? *memo : NULL;
}

static struct rp_group
in_words(const struct read_group *r, rp_text lang)
{
	struct rp_group g = r->g;

	set_words(&r->of_group, &r->of_body, lang, &g);
	return g;
}

static bool
find_read(const struct read_groups *all, int64_t id, rp_text slug, rp_text lang,
    struct rp_group *out)
{
	for (size_t i = 0; all != NULL && i < all->n; i++) {
		if (all->v[i].g.id != id && !rp_text_eq(all->v[i].g.slug, slug))
			continue;
		*out = in_words(&all->v[i], lang);
		return true;
	}
	return false;
}

static void
add_words(struct rp_arena *a, rp_text owner_kind, struct rp_wording w,
    struct read_group *to)
{
	if (rp_text_eq(owner_kind, RP_TEXT("group")))
		rp_vec_push(a, &to->of_group, w);
	if (rp_text_eq(owner_kind, RP_TEXT("body")))
		rp_vec_push(a, &to->of_body, w);
}

/* The queries have rows of this shape, one for each text. */
#define ADD_WORDS(a, r, to)                                            \
	add_words(a, (r)->owner_kind,                                  \
	    rp_wording_row((r)->wording_id, (r)->owner_id, (r)->field, \
		(r)->lang, (r)->status, (r)->body, (r)->changed_at),   \
	    to)

static struct rp_group
keep(struct rp_tx *tx, struct read_groups *all, const struct read_group *r,
    rp_text lang)
{
	struct rp_group was;

	if (all != NULL && !find_read(all, r->g.id, RP_TEXT(""), lang, &was))
		rp_vec_push(rp_tx_arena(tx), all, *r);
	rp_place_known(tx, RP_TEXT("group"), r->g.id, rp_group_place(&r->g));
	return in_words(r, lang);
}

struct rp_err *
rp_group_get(const struct rp_actor *who, struct rp_tx *tx, rp_text slug,
    rp_text lang, struct rp_group *out)
{
	struct read_groups *all = read_so_far(tx);
	struct q_group_by_slug_rows rows;
	struct read_group r = { 0 };

	RP_ASSERT(who != NULL); /* names and mandates are public */
	if (find_read(all, 0, slug, lang, out))
		return NULL;
	RP_TRY(q_group_by_slug(tx,
	    &(struct q_group_by_slug_param){ .slug = slug }, &rows));
	if (rows.n == 0)
		return rp_fail(RP_E_NOTFOUND, "no group %.*s", RP_FMT(slug));
	r.g = GROUP(&rows.v[0]);
	for (size_t i = 0; i < rows.n; i++)
		ADD_WORDS(rp_tx_arena(tx), &rows.v[i], &r);
	*out = keep(tx, all, &r, lang);
	return NULL;
}

struct rp_err *
rp_group_get_by_id(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text lang, struct rp_group *out)
{
	struct read_groups *all = read_so_far(tx);
	struct q_group_by_id_rows rows;
	struct read_group r = { 0 };

	RP_ASSERT(who != NULL);
	if (find_read(all, id, RP_TEXT(""), lang, out))
		return NULL;
	RP_TRY(q_group_by_id(tx, &(struct q_group_by_id_param){ .id = id },
	    &rows));
	if (rows.n == 0)
		return rp_fail(RP_E_NOTFOUND, "no group %lld", (long long)id);
	r.g = GROUP(&rows.v[0]);
	for (size_t i = 0; i < rows.n; i++)
		ADD_WORDS(rp_tx_arena(tx), &rows.v[i], &r);
	*out = keep(tx, all, &r, lang);
	return NULL;
}

struct rp_err *
rp_group_list(const struct rp_actor *who, struct rp_tx *tx, rp_text lang,
    struct rp_groups *out)
{
	struct read_group r = { 0 };
	struct q_group_all_rows rows;

	RP_ASSERT(who != NULL);
	RP_TRY(q_group_all(tx, &rows));
	*out = (struct rp_groups){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		if (r.g.id != rows.v[i].id)
			r = (struct read_group){ .g = GROUP(&rows.v[i]) };
		ADD_WORDS(rp_tx_arena(tx), &rows.v[i], &r);
		if (i + 1 < rows.n && rows.v[i + 1].id == r.g.id)
			continue;
		rp_vec_push(rp_tx_arena(tx), out,
		    keep(tx, read_so_far(tx), &r, lang));
	}
	return NULL;
}

struct rp_place
rp_group_place(const struct rp_group *g)
{
	return (struct rp_place){ .body_id = g->body_id, .group_id = g->id };
}

struct rp_err *
rp_body_create(const struct rp_actor *who, struct rp_tx *tx, rp_text slug,
    rp_text acronym, rp_text zone, rp_text default_lang, int64_t *out_id)
{
	struct q_body_insert_row row;
	enum rp_lang lang;

	RP_TRY(rp_actor_needs(who, RP_MAY_ADMINISTER, (struct rp_place){ 0 }));
	if (!rp_slug_ok(slug) || rp_zone_find(who->env->zones, zone) == NULL ||
	    acronym.n == 0 || acronym.n > RP_SLUG_MAX ||
	    !rp_lang_find(default_lang, &lang))
		return rp_fail(RP_E_INVALID, "slug, zone or language");
	RP_TRY(q_body_insert(tx,
	    &(struct q_body_insert_param){ .slug = slug,
		.acronym = acronym,
		.zone = zone,
		.default_lang = default_lang,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("body.create"),
		.object_kind = RP_TEXT("body"),
		.object_id = row.id,
		.after = slug });
}

struct rp_err *
rp_group_create(const struct rp_actor *who, struct rp_tx *tx, int64_t body_id,
    rp_text slug, rp_text acronym, int64_t *out_id)
{
	struct q_group_insert_row row;

	RP_TRY(rp_actor_needs(who, RP_MAY_ADMINISTER,
	    (struct rp_place){ .body_id = body_id }));
	if (!rp_slug_ok(slug) || acronym.n == 0 || acronym.n > RP_SLUG_MAX)
		return rp_fail(RP_E_INVALID, "slug or acronym");
	RP_TRY(q_group_insert(tx,
	    &(struct q_group_insert_param){ .body_id = body_id,
		.slug = slug,
		.acronym = acronym,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("group.create"),
		.object_kind = RP_TEXT("group"),
		.object_id = row.id,
		.group_id = row.id,
		.after = slug });
}
