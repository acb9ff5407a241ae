#include "domain/flattened.h"

#include "base/check.h"
#include "domain/registry.h"
#include "domain/testing/world.h"
#include "domain/upload.h"

struct shelf {
	struct world w;
	struct rp_actor who;
	int64_t id, text_id;
};

static void
shelf_open(struct shelf *s)
{
	world_open(&s->w);
	s->who = world_staff(&s->w, "R", RP_MAY_REGISTER, RP_ON_GROUP,
	    s->w.group_id);
	RP_CHECK_OK(rp_instrument_create(&s->who, s->w.tx, s->w.group_id,
	    RP_TEXT("resolution"), RP_TEXT("102"), &s->id));
}

static void
shelf_close(struct shelf *s)
{
	world_close(&s->w);
}

static int64_t
upload(struct shelf *s)
{
	int64_t id;

	RP_CHECK_OK(rp_upload_begin(&s->who, s->w.tx, RP_TEXT("004.txt"), &id));
	RP_CHECK_OK(rp_upload_chunk(&s->who, s->w.tx, id, 0,
	    RP_BYTES("2018Bucharest")));
	return id;
}

static void
add(struct shelf *s)
{
	RP_CHECK_OK(rp_flattened_add(&s->who, s->w.tx, s->id, RP_TEXT("en"),
	    upload(s), RP_TEXT("004.txt"), RP_TEXT("txt"), &s->text_id));
}

static void
separate(struct shelf *s)
{
	struct rp_registry_result r = { .text = RP_BYTES("<akn>old</akn>"),
		.newer = RP_BYTES("<akn>new</akn>"),
		.script = RP_BYTES("{}") };
	struct rp_registry_work work;
	bool found;

	RP_CHECK_OK(rp_registry_claim(&s->w.system, s->w.tx, &found, &work));
	RP_CHECK(found && work.kind == RP_REGISTRY_SALVAGE);
	RP_CHECK_OK(rp_registry_done(&s->w.system, s->w.tx, &work, &r));
}

static struct rp_version_in
named(const char *name, const char *dated)
{
	return (struct rp_version_in){ .name = rp_text_z(name),
		.dated = rp_text_z(dated),
		.state = RP_TEXT("in_force") };
}

static struct rp_err *
settle(struct shelf *s, const char *old_day, const char *new_day,
    enum rp_version_problem *problem, bool *newer)
{
	struct rp_version_in old = named("Rev. Dubai, 2018", old_day);
	struct rp_version_in now = named("Rev. Bucharest, 2022", new_day);

	return rp_flattened_settle(&s->who, s->w.tx, s->id, s->text_id, &old,
	    &now, problem, newer);
}

/* Uploaded, separated, settled: two versions that say where they are from. */
static void
becomes_two(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	enum rp_version_problem problem;
	struct rp_registry_work work;
	struct rp_flattened f;
	struct rp_versions v;
	bool newer, found;
	rp_bytes octets;

	shelf_open(&s);
	add(&s);
	RP_CHECK_FAILS(settle(&s, "2018-11-16", "2022-10-14", &problem, &newer),
	    RP_E_CONFLICT);
	separate(&s);
	RP_CHECK_OK(rp_flattened_get(&s.who, s.w.tx, s.id, s.text_id, &f));
	RP_CHECK_TEXT(f.reading, RP_TEXT("read"));
	RP_CHECK(f.old_number == 0);
	RP_CHECK_FAILS(settle(&s, "2018-11-31", "2022-10-14", &problem, &newer),
	    RP_E_INVALID);
	RP_CHECK(problem == RP_VERSION_BAD_DATE && !newer);
	RP_CHECK_FAILS(settle(&s, "2022-11-16", "2022-10-14", &problem, &newer),
	    RP_E_INVALID);
	RP_CHECK(problem == RP_VERSION_BAD_DATE && newer);
	RP_CHECK_OK(settle(&s, "2018-11-16", "2022-10-14", &problem, &newer));
	RP_CHECK_OK(rp_version_list(&s.who, s.w.tx, s.id, &v));
	RP_CHECK(v.n == 2 && v.v[0].flattened_id == s.text_id &&
		 v.v[1].flattened_id == s.text_id);
	RP_CHECK_TEXT(v.v[0].format, RP_TEXT("akn"));
	RP_CHECK_TEXT(v.v[1].name, RP_TEXT("Rev. Bucharest, 2022"));
	RP_CHECK_OK(
	    rp_registry_octets(&s.who, s.w.tx, v.v[1].blob_id, 100, &octets));
	RP_CHECK(memcmp(octets.p, "<akn>new", 8) == 0);
	/* Both are read as other files are. */
	for (int i = 0; i < 2; i++) {
		RP_CHECK_OK(
		    rp_registry_claim(&s.w.system, s.w.tx, &found, &work));
		RP_CHECK(found && work.kind == RP_REGISTRY_READ);
	}
	RP_CHECK_OK(rp_flattened_of(&s.w.nobody, s.w.tx, &v.v[0], &f));
	RP_CHECK(f.decisions_blob_id != 0);
	RP_CHECK_FAILS(settle(&s, "2018-11-16", "2022-10-14", &problem, &newer),
	    RP_E_CONFLICT);
}

static void
refused(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_flattened f;
	struct rp_flatteneds all;
	struct rp_actor other;
	rp_text day;
	int64_t id;

	shelf_open(&s);
	other =
	    world_staff(&s.w, "O", RP_MAY_LAUNCH, RP_ON_GROUP, s.w.group_id);
	add(&s);
	RP_CHECK_FAILS(rp_flattened_add(&other, s.w.tx, s.id, RP_TEXT("en"), 1,
			   RP_TEXT("a.txt"), RP_TEXT("txt"), &id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_flattened_list(&s.w.nobody, s.w.tx, s.id, &all),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_flattened_get(&other, s.w.tx, s.id, s.text_id, &f),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_flattened_day_of(&other, s.w.tx, s.w.group_id,
			   RP_TEXT("x"), &day),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_flattened_get(&s.who, s.w.tx, s.id, s.text_id + 1,
			   &f),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_flattened_add(&s.who, s.w.tx, s.id, RP_TEXT("en"),
			   upload(&s), RP_TEXT("a.docx"), RP_TEXT("docx"), &id),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_flattened_add(&s.who, s.w.tx, s.id, RP_TEXT("no tag"),
			   upload(&s), RP_TEXT("a.txt"), RP_TEXT("txt"), &id),
	    RP_E_INVALID);
	for (int i = 1; i < RP_FLATTENED_MAX; i++)
		add(&s);
	RP_CHECK_FAILS(rp_flattened_add(&s.who, s.w.tx, s.id, RP_TEXT("en"),
			   upload(&s), RP_TEXT("a.txt"), RP_TEXT("txt"), &id),
	    RP_E_LIMIT);
}

/* A text that cannot be separated is told, and makes no version. */
static void
not_separated(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_registry_result r = { .failed = true,
		.reason = RP_TEXT("no text") };
	enum rp_version_problem problem;
	struct rp_registry_work work;
	struct rp_flattened f;
	bool found, newer;

	shelf_open(&s);
	add(&s);
	RP_CHECK_OK(rp_registry_claim(&s.w.system, s.w.tx, &found, &work));
	RP_CHECK_OK(rp_registry_done(&s.w.system, s.w.tx, &work, &r));
	RP_CHECK_OK(rp_flattened_get(&s.who, s.w.tx, s.id, s.text_id, &f));
	RP_CHECK_TEXT(f.reading, RP_TEXT("not_read"));
	RP_CHECK_TEXT(f.reason, RP_TEXT("no text"));
	RP_CHECK_FAILS(settle(&s, "2018-11-16", "2022-10-14", &problem, &newer),
	    RP_E_CONFLICT);
}

/* A conference revises many texts: its day is known from another one. */
static void
day_from_others(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_version_in v = named("Rev. Dubai, 2018", "2018-11-16");
	rp_text day;
	int64_t n;

	shelf_open(&s);
	v.lang = RP_TEXT("en");
	v.upload_id = upload(&s);
	v.file_name = RP_TEXT("a.txt");
	v.file_kind = RP_TEXT("txt");
	RP_CHECK_OK(rp_version_add(&s.who, s.w.tx, s.id, &v, &n));
	RP_CHECK_OK(rp_flattened_day_of(&s.who, s.w.tx, s.w.group_id,
	    RP_TEXT("Rev. Dubai, 2018"), &day));
	RP_CHECK_TEXT(day, RP_TEXT("2018-11-16"));
	RP_CHECK_OK(rp_flattened_day_of(&s.who, s.w.tx, s.w.group_id,
	    RP_TEXT("Rev. Paris, 2018"), &day));
	RP_CHECK(day.n == 0);
}

RP_CHECK_MAIN({ "becomes two", becomes_two }, { "refused", refused },
    { "not separated", not_separated }, { "day from others", day_from_others })
