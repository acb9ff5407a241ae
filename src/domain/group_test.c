#include "domain/group.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/world.h"

static void
slugs_are_what_stands_in_addresses(void)
{
	static const struct {
		const char *slug;
		bool ok;
	} rows[] = {
		{ "itu", true },
		{ "cwg-internet", true },
		{ "sg20", true },
		{ "", false },
		{ "x", false },
		{ "-a", false },
		{ "a-", false },
		{ "CWG", false },
		{ "a b", false },
		{ "a/b", false },
		{ "été", false },
		{ "api", false },
		{ "desk", false },
		{ "sign-in", false },
		{ "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456"
		  "7",
		    true },
		{ "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz01234567"
		  "8",
		    false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rp_slug_ok(rp_text_z(rows[i].slug)) != rows[i].ok)
			printf("# \"%s\"\n", rows[i].slug);
		RP_CHECK(rp_slug_ok(rp_text_z(rows[i].slug)) == rows[i].ok);
	}
}

static struct rp_err *
name_group(struct world *w, int64_t id, const char *lang, const char *name)
{
	return rp_wording_set(&w->system, w->tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("group"),
		.owner_id = id,
		.field = RP_TEXT("name"),
		.lang = rp_text_z(lang) },
	    RP_WORDING_OFFICIAL, rp_text_z(name));
}

static void
a_group_has_its_names_and_its_bodys_zone(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_groups all;
	struct rp_group g;
	int64_t id;

	world_open(&w);
	RP_CHECK_OK(rp_group_create(&w.system, w.tx, w.body_id, RP_TEXT("cop"),
	    RP_TEXT("AAA"), &id));
	RP_CHECK_OK(name_group(&w, id, "en", "Child protection"));
	RP_CHECK_OK(name_group(&w, id, "fr", "Protection"));
	RP_CHECK_OK(
	    rp_group_get(&w.nobody, w.tx, RP_TEXT("cop"), RP_TEXT("fr"), &g));
	RP_CHECK(g.id == id && g.body_id == w.body_id);
	RP_CHECK_TEXT(g.name.body, RP_TEXT("Protection"));
	RP_CHECK_TEXT(g.zone, RP_TEXT("Europe/Zurich"));
	RP_CHECK_TEXT(g.body_slug, RP_TEXT("itu"));
	/* No Chinese: the body's language, and the page can say so. */
	RP_CHECK_OK(rp_group_get_by_id(&w.nobody, w.tx, id, RP_TEXT("zh"), &g));
	RP_CHECK_TEXT(g.name.body, RP_TEXT("Child protection"));
	RP_CHECK_TEXT(g.name.lang, RP_TEXT("en"));
	RP_CHECK(rp_group_place(&g).group_id == id);
	RP_CHECK_OK(rp_group_list(&w.nobody, w.tx, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 2);
	RP_CHECK_TEXT(all.v[0].acronym, RP_TEXT("AAA"));
	RP_CHECK_FAILS(rp_group_get(&w.nobody, w.tx, RP_TEXT("none"),
			   RP_TEXT("en"), &g),
	    RP_E_NOTFOUND);
}

static void
making_them_is_administering(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_event_filter f = { .object_kind = RP_TEXT("group") };
	struct rp_actor launcher, admin;
	struct rp_events events;
	struct rp_bodies bodies;
	int64_t id;

	world_open(&w);
	launcher =
	    world_staff(&w, "Launcher", RP_MAY_LAUNCH, RP_ON_BODY, w.body_id);
	admin =
	    world_staff(&w, "Admin", RP_MAY_ADMINISTER, RP_ON_BODY, w.body_id);
	RP_CHECK_FAILS(rp_group_create(&w.nobody, w.tx, w.body_id,
			   RP_TEXT("cop"), RP_TEXT("COP"), &id),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_group_create(&launcher, w.tx, w.body_id,
			   RP_TEXT("cop"), RP_TEXT("COP"), &id),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_group_create(&admin, w.tx, w.body_id, RP_TEXT("cop"),
	    RP_TEXT("COP"), &id));
	f.object_id = id;
	RP_CHECK_OK(rp_event_list(&w.system, w.tx, &f, &events));
	RP_CHECK(events.n == 1);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("group.create"));
	/* A body is made by who administers everything. */
	RP_CHECK_FAILS(rp_body_create(&admin, w.tx, RP_TEXT("iso"),
			   RP_TEXT("ISO"), RP_TEXT("Europe/Zurich"),
			   RP_TEXT("fr"), &id),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_body_create(&w.system, w.tx, RP_TEXT("iso"),
	    RP_TEXT("ISO"), RP_TEXT("Europe/Zurich"), RP_TEXT("fr"), &id));
	RP_CHECK_OK(rp_body_list(&w.nobody, w.tx, RP_TEXT("en"), &bodies));
	RP_CHECK(bodies.n == 2);
}

static void
bad_values_are_refused(void)
{
	RP_AUTO(world_close) struct world w;
	int64_t id;

	world_open(&w);
	RP_CHECK_FAILS(rp_body_create(&w.system, w.tx, RP_TEXT("API"),
			   RP_TEXT("A"), RP_TEXT("Europe/Zurich"),
			   RP_TEXT("en"), &id),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_body_create(&w.system, w.tx, RP_TEXT("iso"),
			   RP_TEXT("A"), RP_TEXT("Europe/Nowhere"),
			   RP_TEXT("en"), &id),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_body_create(&w.system, w.tx, RP_TEXT("iso"),
			   RP_TEXT("A"), RP_TEXT("Europe/Zurich"),
			   RP_TEXT("tlh"), &id),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_group_create(&w.system, w.tx, w.body_id,
			   RP_TEXT("cop"), RP_TEXT(""), &id),
	    RP_E_INVALID);
}

static void
a_taken_slug_is_a_conflict(void)
{
	RP_AUTO(world_close) struct world w;
	int64_t id;

	world_open(&w);
	RP_CHECK_FAILS(rp_group_create(&w.system, w.tx, w.body_id,
			   RP_TEXT("cwg-internet"), RP_TEXT("A"), &id),
	    RP_E_CONFLICT);
}

RP_CHECK_MAIN({ "slugs are what stands in addresses",
		  slugs_are_what_stands_in_addresses },
    { "a group has its names and its body's zone",
	a_group_has_its_names_and_its_bodys_zone },
    { "making them is administering", making_them_is_administering },
    { "bad values are refused", bad_values_are_refused },
    { "a taken slug is a conflict", a_taken_slug_is_a_conflict })
