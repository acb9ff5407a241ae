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
	static const struct rp_version_step_in
	    superseded = { .state = RP_TEXT_INIT("superseded") },
	    gone = { .state = RP_TEXT_INIT("gone") };
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
	RP_CHECK_FAILS(rp_version_step(&other, w.tx, id, n, &superseded),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_version_step(&who, w.tx, id, n, &gone), RP_E_INVALID);
	RP_CHECK_FAILS(rp_version_step(&who, w.tx, id, n + 1, &superseded),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_version_withdraw(&other, w.tx, id, n, RP_TEXT("x")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_instrument_set_title(&other, w.tx, id, RP_TEXT("fr"),
			   RP_TEXT("x")),
	    RP_E_DENIED);
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
	RP_CHECK_OK(rp_version_step(&who, w.tx, id, 1,
	    &(struct rp_version_step_in){ .state = RP_TEXT("adopted"),
		.why = RP_TEXT("a wrong click") }));
	RP_CHECK_OK(rp_version_get(&who, w.tx, id, 1, &one));
	RP_CHECK_TEXT(one.state, RP_TEXT("adopted"));
}

static void
every_act_is_an_event(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_event_filter filter = { .object_kind =
					      RP_TEXT("instrument") };
	const struct rp_version_step_in step = { .state =
						     RP_TEXT("superseded") };
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
	RP_CHECK_OK(rp_version_step(&who, w.tx, id, n, &step));
	RP_CHECK_OK(rp_version_step(&who, w.tx, id, n, &step));
	RP_CHECK_OK(rp_event_list(&w.system, w.tx, &filter, &events));
	RP_CHECK(events.n == 3);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("version.state"));
	RP_CHECK_TEXT(events.v[0].before, RP_TEXT("in_force"));
	RP_CHECK_TEXT(events.v[1].action, RP_TEXT("version.add"));
	RP_CHECK_TEXT(events.v[2].action, RP_TEXT("instrument.create"));
	RP_CHECK(events.v[0].group_id == w.group_id);
}

static struct rp_err *
go(struct world *w, const struct rp_actor *who, int64_t id, const char *state,
    const char *why)
{
	return rp_version_step(who, w->tx, id, 1,
	    &(struct rp_version_step_in){ .state = rp_text_z(state),
		.place = RP_TEXT("Plenary, 12th meeting"),
		.why = rp_text_z(why) });
}

/* The readings of a conference, one after the other, and back with a reason. */
static void
readings(void)
{
	static const char *const forward[] = { "proposed", "first_reading",
		"second_reading", "adopted", "in_force", "superseded" };
	RP_AUTO(world_close) struct world w;
	struct rp_version_steps steps;
	struct rp_version_in v;
	struct rp_version one;
	struct rp_actor who;
	int64_t id, n;

	world_open(&w);
	who = registrar(&w);
	RP_CHECK_OK(rp_instrument_create(&who, w.tx, w.group_id,
	    RP_TEXT("resolution"), RP_TEXT("5"), &id));
	v = version(&w, "Rev. Doha, 2026", "2026-11-20");
	v.state = RP_TEXT("draft");
	RP_CHECK_OK(rp_version_add(&who, w.tx, id, &v, &n));
	for (size_t i = 0; i < sizeof(forward) / sizeof(forward[0]); i++) {
		/* Nobody goes two steps at once. */
		if (i + 2 < sizeof(forward) / sizeof(forward[0]) && i != 1)
			RP_CHECK_FAILS(go(&w, &who, id, forward[i + 2], ""),
			    RP_E_INVALID);
		who.now += 1000;
		RP_CHECK_OK(go(&w, &who, id, forward[i], ""));
	}
	RP_CHECK_FAILS(go(&w, &who, id, "in_force", " "), RP_E_INVALID);
	RP_CHECK_OK(go(&w, &who, id, "in_force", "a wrong click"));
	RP_CHECK_FAILS(go(&w, &who, id, "draft", "x"), RP_E_INVALID);
	RP_CHECK_OK(rp_version_get(&who, w.tx, id, 1, &one));
	RP_CHECK_OK(rp_version_steps(&who, w.tx, &one, &steps));
	RP_CHECK(steps.n == 8);
	RP_CHECK_TEXT(steps.v[0].state, RP_TEXT("draft"));
	RP_CHECK_TEXT(steps.v[2].state, RP_TEXT("first_reading"));
	RP_CHECK_TEXT(steps.v[2].place, RP_TEXT("Plenary, 12th meeting"));
	RP_CHECK_TEXT(steps.v[2].person, RP_TEXT("R"));
	RP_CHECK(steps.v[2].at == steps.v[1].at + 1000);
	RP_CHECK_TEXT(steps.v[7].why, RP_TEXT("a wrong click"));
	/* Who entered it is the secretariat's business. */
	RP_CHECK_OK(rp_version_steps(&w.nobody, w.tx, &one, &steps));
	RP_CHECK(steps.n == 8 && steps.v[2].person.n == 0);
}

static void
both_readings_at_once(void)
{
	struct rp_arena *a = rp_arena_new(1 << 16);
	struct rp_version_nexts next =
	    rp_version_next_of(a, RP_TEXT("first_reading"));

	RP_CHECK(next.n == 3 && !next.v[0].back && !next.v[1].back &&
		 next.v[2].back);
	RP_CHECK_TEXT(next.v[1].state, RP_TEXT("adopted"));
	RP_CHECK(rp_version_next_of(a, RP_TEXT("poem")).n == 0);
	rp_arena_free(a);
}

static void
withdrawn(void)
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
	    RP_TEXT("resolution"), RP_TEXT("5"), &id));
	v = version(&w, "Rev. Doha, 2026", "2026-11-20");
	RP_CHECK_OK(rp_version_add(&who, w.tx, id, &v, &n));
	RP_CHECK_FAILS(rp_version_withdraw(&who, w.tx, id, n, RP_TEXT(" ")),
	    RP_E_INVALID);
	RP_CHECK_OK(
	    rp_version_withdraw(&who, w.tx, id, n, RP_TEXT("the wrong file")));
	RP_CHECK_OK(rp_version_get(&who, w.tx, id, n, &one));
	RP_CHECK(one.withdrawn_at == who.now);
	RP_CHECK_TEXT(one.withdrawn_why, RP_TEXT("the wrong file"));
	RP_CHECK_OK(rp_version_list(&w.nobody, w.tx, id, &all));
	RP_CHECK(all.n == 0);
	RP_CHECK_FAILS(rp_version_withdraw(&who, w.tx, id, n, RP_TEXT("x")),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(go(&w, &who, id, "superseded", ""), RP_E_CONFLICT);
}

static void
titles(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_wordings all;
	struct rp_instrument got;
	struct rp_actor who;
	char *p;
	int64_t id;

	world_open(&w);
	who = registrar(&w);
	RP_CHECK_OK(rp_instrument_create(&who, w.tx, w.group_id,
	    RP_TEXT("resolution"), RP_TEXT("5"), &id));
	RP_CHECK_OK(rp_instrument_set_title(&who, w.tx, id, RP_TEXT("en"),
	    RP_TEXT("On names")));
	RP_CHECK_FAILS(rp_instrument_set_title(&who, w.tx, id, RP_TEXT("en"),
			   RP_TEXT("")),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_instrument_set_title(&who, w.tx, id, RP_TEXT("fr"),
	    RP_TEXT("Noms")));
	RP_CHECK_OK(rp_instrument_titles(&w.nobody, w.tx, id, &all));
	RP_CHECK(all.n == 2 && all.v[0].status == RP_WORDING_ORIGINAL &&
		 all.v[1].status == RP_WORDING_OFFICIAL);
	RP_CHECK_OK(
	    rp_instrument_get_by_id(&w.nobody, w.tx, id, RP_TEXT("fr"), &got));
	RP_CHECK_TEXT(got.title.body, RP_TEXT("Noms"));
	RP_CHECK_OK(rp_instrument_set_title(&who, w.tx, id, RP_TEXT("fr"),
	    RP_TEXT("")));
	RP_CHECK_OK(rp_instrument_titles(&w.nobody, w.tx, id, &all));
	RP_CHECK(all.n == 1);
	p = rp_alloc(w.a, RP_INSTRUMENT_TITLE_MAX + 2);
	memset(p, 'x', RP_INSTRUMENT_TITLE_MAX + 1);
	RP_CHECK_FAILS(rp_instrument_set_title(&who, w.tx, id, RP_TEXT("fr"),
			   rp_text_z(p)),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_instrument_set_title(&who, w.tx, id, RP_TEXT("not a"),
			   RP_TEXT("x")),
	    RP_E_INVALID);
}

/* By its octets, and text by its name. */
static void
formats(void)
{
	static const struct {
		const char *kind, *name, *format;
	} rows[] = { { "docx", "a.docx", "docx" }, { "odt", "a.odt", "odt" },
		{ "txt", "a.txt", "txt" }, { "txt", "A.MD", "md" },
		{ "txt", "a.markdown", "md" }, { "txt", "a.xml", "akn" },
		{ "txt", "a.akn", "akn" }, { "txt", "noname", "txt" } };
	RP_AUTO(world_close) struct world w;
	struct rp_version_in v;
	struct rp_version one;
	struct rp_actor who;
	int64_t id, n;

	world_open(&w);
	who = registrar(&w);
	RP_CHECK_OK(rp_instrument_create(&who, w.tx, w.group_id,
	    RP_TEXT("resolution"), RP_TEXT("5"), &id));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		v = version(&w, "Rev. Doha, 2026", "2026-11-20");
		v.file_kind = rp_text_z(rows[i].kind);
		v.file_name = rp_text_z(rows[i].name);
		RP_CHECK_OK(rp_version_add(&who, w.tx, id, &v, &n));
		RP_CHECK_OK(rp_version_get(&who, w.tx, id, n, &one));
		RP_CHECK_TEXT(one.format, rp_text_z(rows[i].format));
	}
}

RP_CHECK_MAIN({ "created once", created_once }, { "refused", refused },
    { "checked", checked }, { "seen by", seen_by },
    { "every act is an event", every_act_is_an_event },
    { "readings", readings },
    { "both readings at once", both_readings_at_once },
    { "withdrawn", withdrawn }, { "titles", titles }, { "formats", formats })
