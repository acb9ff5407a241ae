#include "domain/instrument.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/world.h"
#include "domain/upload.h"

static int64_t
upload(struct world *w, const char *octets)
{
	int64_t id;

	RP_CHECK_OK(rp_upload_begin(&w->nobody, w->tx, RP_TEXT("r.docx"), &id));
	RP_CHECK_OK(rp_upload_chunk(&w->nobody, w->tx, id, 0,
	    rp_text_bytes(rp_text_z(octets))));
	return id;
}

static struct rp_version_in
version(struct world *w, const char *name, const char *dated)
{
	return (struct rp_version_in){ .name = rp_text_z(name),
		.state = RP_TEXT("in_force"),
		.lang = RP_TEXT("en"),
		.dated = rp_text_z(dated),
		.upload_id = upload(w, name),
		.file_name = RP_TEXT("r.docx"),
		.file_kind = RP_TEXT("docx") };
}

static struct rp_actor
registrar(struct world *w)
{
	return world_staff(w, "R", RP_MAY_REGISTER, RP_ON_GROUP, w->group_id);
}

static void
created_once(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_instrument got;
	struct rp_instruments all;
	struct rp_actor who;
	int64_t id, again;

	world_open(&w);
	who = registrar(&w);
	RP_CHECK_OK(rp_instrument_create(&who, w.tx, w.group_id,
	    RP_TEXT("resolution"), RP_TEXT("COM5-1"), &id));
	RP_CHECK_OK(rp_wording_set(&who, w.tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("instrument"),
		.owner_id = id,
		.field = RP_TEXT("title"),
		.lang = RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, RP_TEXT("On names")));
	RP_CHECK_OK(rp_instrument_get(&w.nobody, w.tx, w.group_id,
	    RP_TEXT("resolution-com5-1"), RP_TEXT("fr"), &got));
	RP_CHECK(got.id == id);
	RP_CHECK_TEXT(got.number, RP_TEXT("COM5-1"));
	RP_CHECK_TEXT(got.title.body, RP_TEXT("On names"));
	RP_CHECK_TEXT(got.title.lang, RP_TEXT("en"));
	RP_CHECK_OK(rp_instrument_list(&w.nobody, w.tx, w.group_id,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 1 && all.v[0].versions == 0);
	RP_CHECK_FAILS(rp_instrument_get(&w.nobody, w.tx, w.group_id + 1,
			   RP_TEXT("resolution-com5-1"), RP_TEXT("en"), &got),
	    RP_E_NOTFOUND);
	/* The last: PostgreSQL does nothing more in this transaction. */
	RP_CHECK_FAILS(rp_instrument_create(&who, w.tx, w.group_id,
			   RP_TEXT("resolution"), RP_TEXT("com5-1"), &again),
	    RP_E_CONFLICT);
}

static void
refused(void)
{
	static const char *const numbers[] = { "", "1/2", "..", "1 2", "ü",
		"123456789012345678901" };
	RP_AUTO(world_close) struct world w;
	struct rp_actor who, other;
	struct rp_version_in v;
	int64_t id, n;

	world_open(&w);
	who = registrar(&w);
	other = world_staff(&w, "O", RP_MAY_LAUNCH, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_instrument_create(&w.nobody, w.tx, w.group_id,
			   RP_TEXT("decision"), RP_TEXT("5"), &id),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_instrument_create(&other, w.tx, w.group_id,
			   RP_TEXT("decision"), RP_TEXT("5"), &id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_instrument_create(&who, w.tx, w.group_id,
			   RP_TEXT("poem"), RP_TEXT("5"), &id),
	    RP_E_INVALID);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		RP_CHECK_FAILS(rp_instrument_create(&who, w.tx, w.group_id,
				   RP_TEXT("decision"), rp_text_z(numbers[i]),
				   &id),
		    RP_E_INVALID);
	RP_CHECK_OK(rp_instrument_create(&who, w.tx, w.group_id,
	    RP_TEXT("decision"), RP_TEXT("5"), &id));
	v = version(&w, "Rev. Dubai, 2018", "2018-11-16");
	RP_CHECK_FAILS(rp_version_add(&w.nobody, w.tx, id, &v, &n),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_version_add(&other, w.tx, id, &v, &n), RP_E_DENIED);
	RP_CHECK_FAILS(rp_version_add(&who, w.tx, id + 1, &v, &n),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_version_add(&who, w.tx, id, &v, &n));
	RP_CHECK_FAILS(rp_version_set_state(&other, w.tx, id, n,
			   RP_TEXT("draft")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_version_set_state(&who, w.tx, id, n, RP_TEXT("gone")),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_version_set_state(&who, w.tx, id, n + 1,
			   RP_TEXT("draft")),
	    RP_E_NOTFOUND);
}

static void
checked(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_version_in good, v;
	static const char *const days[] = { "", "2018-11-31", "2018-13-01",
		"2018-02-29", "2018-2-1", "18-11-2018", "2018-11-00" };

	world_open(&w);
	good = version(&w, "Rev. Dubai, 2018", "2020-02-29");
	RP_CHECK(rp_version_check(w.a, &good) == RP_VERSION_FINE);
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		v = good;
		v.dated = rp_text_z(days[i]);
		RP_CHECK(rp_version_check(w.a, &v) == RP_VERSION_BAD_DATE);
	}
	v = good;
	v.name = RP_TEXT(" ");
	RP_CHECK(rp_version_check(w.a, &v) == RP_VERSION_NO_NAME);
	v = good;
	v.state = RP_TEXT("old");
	RP_CHECK(rp_version_check(w.a, &v) == RP_VERSION_BAD_STATE);
	v = good;
	v.lang = RP_TEXT("not a tag");
	RP_CHECK(rp_version_check(w.a, &v) == RP_VERSION_BAD_LANG);
	v = good;
	v.upload_id = 0;
	RP_CHECK(rp_version_check(w.a, &v) == RP_VERSION_NO_FILE);
	v = good;
	v.file_kind = RP_TEXT("pdf");
	RP_CHECK(rp_version_check(w.a, &v) == RP_VERSION_BAD_FILE);
}

/* Until its file was read only who may add some sees a version. */
static void
seen_by(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_version_in v;
	struct rp_versions all;
	struct rp_version one;
	struct rp_actor who;
	int64_t id, n;

	world_open(&w);
	who = registrar(&w);
	RP_CHECK_OK(rp_instrument_create(&who, w.tx, w.group_id,
	    RP_TEXT("decision"), RP_TEXT("5"), &id));
	v = version(&w, "Rev. Bucharest, 2022", "2022-10-14");
	RP_CHECK_OK(rp_version_add(&who, w.tx, id, &v, &n));
	v = version(&w, "Rev. Dubai, 2018", "2018-11-16");
	RP_CHECK_OK(rp_version_add(&who, w.tx, id, &v, &n));
	RP_CHECK(n == 2);
	RP_CHECK_OK(rp_version_list(&who, w.tx, id, &all));
	RP_CHECK(all.n == 2);
	RP_CHECK_TEXT(all.v[0].name, RP_TEXT("Rev. Dubai, 2018"));
	RP_CHECK_TEXT(all.v[0].reading, RP_TEXT("received"));
	RP_CHECK_OK(rp_version_list(&w.nobody, w.tx, id, &all));
	RP_CHECK(all.n == 0);
	RP_CHECK_FAILS(rp_version_get(&w.nobody, w.tx, id, 1, &one),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(
	    rp_version_set_state(&who, w.tx, id, 1, RP_TEXT("adopted")));
	RP_CHECK_OK(rp_version_get(&who, w.tx, id, 1, &one));
	RP_CHECK_TEXT(one.state, RP_TEXT("adopted"));
}

static void
every_act_is_an_event(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_event_filter filter = { .object_kind =
					      RP_TEXT("instrument") };
	struct rp_version_in v;
	struct rp_events events;
	struct rp_actor who;
	int64_t id, n;

	world_open(&w);
	who = registrar(&w);
	RP_CHECK_OK(rp_instrument_create(&who, w.tx, w.group_id,
	    RP_TEXT("opinion"), RP_TEXT("1"), &id));
	v = version(&w, "Draft", "2026-01-31");
	RP_CHECK_OK(rp_version_add(&who, w.tx, id, &v, &n));
	RP_CHECK_OK(
	    rp_version_set_state(&who, w.tx, id, n, RP_TEXT("proposed")));
	RP_CHECK_OK(
	    rp_version_set_state(&who, w.tx, id, n, RP_TEXT("proposed")));
	RP_CHECK_OK(rp_event_list(&w.system, w.tx, &filter, &events));
	RP_CHECK(events.n == 3);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("version.state"));
	RP_CHECK_TEXT(events.v[0].before, RP_TEXT("in_force"));
	RP_CHECK_TEXT(events.v[1].action, RP_TEXT("version.add"));
	RP_CHECK_TEXT(events.v[2].action, RP_TEXT("instrument.create"));
	RP_CHECK(events.v[0].group_id == w.group_id);
}

RP_CHECK_MAIN({ "created once", created_once }, { "refused", refused },
    { "checked", checked }, { "seen by", seen_by },
    { "every act is an event", every_act_is_an_event })
