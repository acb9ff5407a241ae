#include "domain/group.h"

#include "base/err.h"
#include "domain/event.h"
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
	struct rp_wordings names;

	RP_ASSERT(who != NULL); /* everybody may see the bodies */
	RP_TRY(q_body_all(tx, &rows));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("body"), &names));
	*out = (struct rp_bodies){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_body b = {
			.id = rows.v[i].id,
			.slug = rows.v[i].slug,
			.acronym = rows.v[i].acronym,
			.zone = rows.v[i].zone,
			.default_lang = rows.v[i].default_lang,
			.name = best(&names, rows.v[i].id, RP_TEXT("name"),
			    lang, rows.v[i].default_lang),
		};

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

static struct rp_err *
with_words(struct rp_tx *tx, rp_text lang, struct rp_group *g)
{
	struct rp_wordings of_group, of_body;

	RP_TRY(
	    rp_wording_load_group(tx, g->id, g->body_id, &of_group, &of_body));
	set_words(&of_group, &of_body, lang, g);
	return NULL;
}

struct rp_err *
rp_group_get(const struct rp_actor *who, struct rp_tx *tx, rp_text slug,
    rp_text lang, struct rp_group *out)
{
	struct q_group_by_slug_row row;

	RP_ASSERT(who != NULL); /* names and mandates are public */
	RP_TRY(q_group_by_slug(tx,
	    &(struct q_group_by_slug_param){ .slug = slug }, &row));
	*out = GROUP(&row);
	return with_words(tx, lang, out);
}

struct rp_err *
rp_group_get_by_id(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text lang, struct rp_group *out)
{
	struct q_group_by_id_row row;

	RP_ASSERT(who != NULL);
	RP_TRY(
	    q_group_by_id(tx, &(struct q_group_by_id_param){ .id = id }, &row));
	*out = GROUP(&row);
	return with_words(tx, lang, out);
}

struct rp_err *
rp_group_list(const struct rp_actor *who, struct rp_tx *tx, rp_text lang,
    struct rp_groups *out)
{
	struct rp_wordings of_groups, of_bodies;
	struct q_group_all_rows rows;

	RP_ASSERT(who != NULL);
	RP_TRY(q_group_all(tx, &rows));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("group"), &of_groups));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("body"), &of_bodies));
	*out = (struct rp_groups){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_group g = GROUP(&rows.v[i]);

		set_words(&of_groups, &of_bodies, lang, &g);
		rp_vec_push(rp_tx_arena(tx), out, g);
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
