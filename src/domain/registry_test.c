#include "domain/registry.h"

#include "base/check.h"
#include "domain/search.h"
#include "domain/testing/world.h"
#include "domain/upload.h"
#include "text/tokens.h"

struct shelf {
	struct world w;
	struct rp_actor who;
	int64_t id;
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

static void
add_as(struct shelf *s, const char *name, const char *dated, const char *lang,
    const char *state)
{
	struct rp_version_in v = { .name = rp_text_z(name),
		.state = rp_text_z(state),
		.lang = rp_text_z(lang),
		.dated = rp_text_z(dated),
		.file_name = RP_TEXT("r.docx"),
		.file_kind = RP_TEXT("docx") };
	int64_t n;

	RP_CHECK_OK(
	    rp_upload_begin(&s->who, s->w.tx, RP_TEXT("r.docx"), &v.upload_id));
	RP_CHECK_OK(rp_upload_chunk(&s->who, s->w.tx, v.upload_id, 0,
	    rp_text_bytes(rp_text_z(name))));
	RP_CHECK_OK(rp_version_add(&s->who, s->w.tx, s->id, &v, &n));
}

static void
add(struct shelf *s, const char *name, const char *dated, const char *lang)
{
	add_as(s, name, dated, lang, "in_force");
}

static struct rp_registry_work
claim(struct shelf *s, bool *found)
{
	struct rp_registry_work work;

	RP_CHECK_OK(rp_registry_claim(&s->w.system, s->w.tx, found, &work));
	return work;
}

/* As a parse process would: all that waits; how many comparisons. */
static int
work_off(struct shelf *s)
{
	struct rp_registry_result r = { .text = RP_BYTES("<akn/>"),
		.script = RP_BYTES("{}"),
		.tracked = RP_BYTES("PK"),
		.c = { .modified = 3 } };
	struct rp_registry_work work;
	int compared = 0;
	bool found;

	for (work = claim(s, &found); found; work = claim(s, &found)) {
		compared += work.kind == RP_REGISTRY_COMPARE;
		if (work.kind != RP_REGISTRY_NOTHING)
			RP_CHECK_OK(
			    rp_registry_done(&s->w.system, s->w.tx, &work, &r));
	}
	return compared;
}

static void
only_the_worker(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_registry_result r = { .failed = true };
	struct rp_registry_work work;
	bool found;

	shelf_open(&s);
	add(&s, "Rev. Dubai, 2018", "2018-11-16", "en");
	RP_CHECK_FAILS(rp_registry_claim(&s.who, s.w.tx, &found, &work),
	    RP_E_DENIED);
	work = claim(&s, &found);
	RP_CHECK(found && work.kind == RP_REGISTRY_READ);
	RP_CHECK_FAILS(rp_registry_done(&s.who, s.w.tx, &work, &r),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_registry_later(&s.who, s.w.tx, &work, 1,
			   RP_TEXT("x")),
	    RP_E_DENIED);
}

static void
claimed_once(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_registry_work work, again;
	bool found;

	shelf_open(&s);
	add(&s, "Rev. Dubai, 2018", "2018-11-16", "en");
	work = claim(&s, &found);
	RP_CHECK(found);
	claim(&s, &found);
	RP_CHECK(!found);
	RP_CHECK_OK(rp_registry_later(&s.w.system, s.w.tx, &work, RP_MINUTE,
	    RP_TEXT("busy")));
	s.w.system.now += RP_MINUTE + 1;
	again = claim(&s, &found);
	RP_CHECK(found && again.ref_id == work.ref_id && again.tries == 2);
}

/* The older one first, whichever came first; one language with itself. */
static void
compared_in_order(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_comparison c;
	struct rp_versions v;
	rp_bytes octets;

	shelf_open(&s);
	add(&s, "Rev. Bucharest, 2022", "2022-10-14", "en");
	RP_CHECK(work_off(&s) == 0);
	add(&s, "Rev. Dubai, 2018", "2018-11-16", "en");
	add(&s, "Rév. Dubaï, 2018", "2018-11-16", "fr");
	RP_CHECK(work_off(&s) == 1);
	RP_CHECK_OK(rp_version_list(&s.w.nobody, s.w.tx, s.id, &v));
	RP_CHECK(v.n == 3);
	RP_CHECK_TEXT(v.v[0].name, RP_TEXT("Rev. Dubai, 2018"));
	RP_CHECK_TEXT(v.v[2].name, RP_TEXT("Rev. Bucharest, 2022"));
	RP_CHECK(rp_version_is_older(&v.v[0], &v.v[2]) &&
		 !rp_version_is_older(&v.v[2], &v.v[0]) &&
		 rp_version_is_older(&v.v[0], &v.v[1]));
	RP_CHECK_OK(
	    rp_comparison_get(&s.w.nobody, s.w.tx, &v.v[0], &v.v[2], &c));
	RP_CHECK_TEXT(c.state, RP_TEXT("done"));
	RP_CHECK(c.modified == 3 && c.text_blob_id != 0 &&
		 c.script_blob_id != 0 && c.tracked_blob_id != 0);
	RP_CHECK_OK(rp_registry_octets(&s.w.nobody, s.w.tx, c.script_blob_id,
	    10, &octets));
	RP_CHECK(octets.n == 2 && memcmp(octets.p, "{}", 2) == 0);
	RP_CHECK_FAILS(rp_registry_octets(&s.w.nobody, s.w.tx, c.script_blob_id,
			   1, &octets),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_comparison_get(&s.w.nobody, s.w.tx, &v.v[2], &v.v[0],
			   &c),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_comparison_get(&s.w.nobody, s.w.tx, &v.v[1], &v.v[2],
			   &c),
	    RP_E_NOTFOUND);
}

/* A draft is for those who write it: no place, no count, no comparison. */
static void
drafts_are_not_public(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_instruments list;
	struct rp_version one;
	struct rp_versions v;

	shelf_open(&s);
	add(&s, "Rev. Dubai, 2018", "2018-11-16", "en");
	add_as(&s, "Rev. Bucharest, 2022", "2022-10-14", "en", "draft");
	RP_CHECK(work_off(&s) == 1);
	RP_CHECK_OK(rp_version_list(&s.w.nobody, s.w.tx, s.id, &v));
	RP_CHECK(v.n == 1 && v.v[0].number == 1);
	RP_CHECK_FAILS(rp_version_get(&s.w.nobody, s.w.tx, s.id, 2, &one),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_instrument_list(&s.w.nobody, s.w.tx, s.w.group_id,
	    RP_TEXT("en"), &list));
	RP_CHECK(list.n == 1 && list.v[0].versions == 1);
	RP_CHECK_OK(rp_version_list(&s.who, s.w.tx, s.id, &v));
	RP_CHECK(v.n == 2);
	RP_CHECK_OK(rp_version_step(&s.who, s.w.tx, s.id, 2,
	    &(struct rp_version_step_in){ .state = RP_TEXT("proposed") }));
	RP_CHECK_OK(rp_version_get(&s.w.nobody, s.w.tx, s.id, 2, &one));
}

/* What could not be read is told to staff, and not to the public. */
static void
not_read(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_registry_result r = { .failed = true,
		.reason = RP_TEXT("not a Word document") };
	struct rp_registry_work work;
	struct rp_versions v;
	bool found;

	shelf_open(&s);
	add(&s, "Rev. Dubai, 2018", "2018-11-16", "en");
	work = claim(&s, &found);
	RP_CHECK_OK(rp_registry_done(&s.w.system, s.w.tx, &work, &r));
	add(&s, "Rev. Bucharest, 2022", "2022-10-14", "en");
	work = claim(&s, &found);
	r.failed = false; /* but nothing came back */
	RP_CHECK_OK(rp_registry_done(&s.w.system, s.w.tx, &work, &r));
	claim(&s, &found);
	RP_CHECK(!found);
	RP_CHECK_OK(rp_version_list(&s.w.nobody, s.w.tx, s.id, &v));
	RP_CHECK(v.n == 0);
	RP_CHECK_OK(rp_version_list(&s.who, s.w.tx, s.id, &v));
	RP_CHECK(v.n == 2);
	RP_CHECK_TEXT(v.v[0].reading, RP_TEXT("not_read"));
	RP_CHECK_TEXT(v.v[0].reason, RP_TEXT("not a Word document"));
	RP_CHECK_TEXT(v.v[1].reading, RP_TEXT("not_read"));
}

/* As a parse process would, with what the text quotes. */
static void
read_with(struct shelf *s, const struct rp_cited *cited, size_t n)
{
	struct rp_registry_result r = { .text = RP_BYTES("<akn/>"),
		.body = RP_TEXT("words") };
	struct rp_registry_work work;
	bool found;

	for (size_t i = 0; i < n; i++)
		rp_vec_push(s->w.a, &r.citations, cited[i]);
	work = claim(s, &found);
	RP_CHECK(found && work.kind == RP_REGISTRY_READ && !work.markdown);
	RP_CHECK_OK(rp_registry_done(&s->w.system, s->w.tx, &work, &r));
}

#define CITED(k, n, v, y)                                  \
	((struct rp_cited){ .at = y,                       \
	    .quoted = RP_TEXT("Resolution " n " (" v ")"), \
	    .kind = RP_TEXT(k),                            \
	    .number = RP_TEXT(n),                          \
	    .name = RP_TEXT(v),                            \
	    .year = y })

/* Which of the texts that are quoted have a newer version. */
static void
swept(void)
{
	const struct rp_cited cited[] = {
		CITED("resolution", "5", "Rev. Doha, 2026", 2026), /* itself */
		CITED("resolution", "102", "Rev. Dubai, 2018", 2018),
		CITED("resolution", "102", "REV.DUBAI 2018", 2018),
		CITED("resolution", "102", "Rév. Dubaï, 2018", 2018),
		CITED("resolution", "102", "Rev. Bucharest, 2022", 2022),
		CITED("resolution", "102", "Rev. Moon, 2030", 2030),
		CITED("resolution", "102", "", 0),
		CITED("decision", "102", "Rev. Dubai, 2018", 2018),
	};
	static const enum rp_cited_state states[] = { RP_CITED_OLDER,
		RP_CITED_OLDER, RP_CITED_CURRENT, RP_CITED_CURRENT,
		RP_CITED_ANY, RP_CITED_ELSEWHERE };
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_swepts found;
	struct rp_citeds all;
	struct rp_version v;
	int64_t first;

	shelf_open(&s);
	first = s.id;
	add(&s, "Rev. Dubai, 2018", "2018-11-16", "en");
	add(&s, "Rev. Bucharest, 2022", "2022-10-14", "en");
	add_as(&s, "Draft", "2026-10-14", "en", "draft");
	work_off(&s);
	RP_CHECK_OK(rp_instrument_create(&s.who, s.w.tx, s.w.group_id,
	    RP_TEXT("resolution"), RP_TEXT("5"), &s.id));
	add(&s, "Rev. Doha, 2026", "2026-11-20", "en");
	read_with(&s, cited, sizeof(cited) / sizeof(cited[0]));
	RP_CHECK_OK(rp_version_get(&s.w.nobody, s.w.tx, s.id, 1, &v));
	RP_CHECK_OK(rp_version_cited(&s.w.nobody, s.w.tx, &v, &all));
	RP_CHECK(all.n == sizeof(states) / sizeof(states[0]));
	for (size_t i = 0; i < all.n; i++)
		RP_CHECK(all.v[i].state == states[i]);
	RP_CHECK(all.v[0].times == 2 && all.v[0].at == 2018);
	RP_CHECK_TEXT(all.v[0].now_name, RP_TEXT("Rev. Bucharest, 2022"));
	RP_CHECK_TEXT(all.v[0].slug, RP_TEXT("resolution-102"));
	RP_CHECK(all.v[0].now_number == 2);
	RP_CHECK_OK(rp_registry_sweep(&s.who, s.w.tx, s.w.group_id,
	    RP_TEXT("en"), &found));
	RP_CHECK(found.n == 1 && found.v[0].older.n == 2 &&
		 found.v[0].instrument.id == s.id);
	RP_CHECK_FAILS(rp_registry_sweep(&s.w.nobody, s.w.tx, s.w.group_id,
			   RP_TEXT("en"), &found),
	    RP_E_UNKNOWN);
	/* One that is withdrawn is no newer version. */
	RP_CHECK_OK(rp_version_withdraw(&s.who, s.w.tx, first, 2,
	    RP_TEXT("the wrong file")));
	RP_CHECK_OK(rp_registry_sweep(&s.who, s.w.tx, s.w.group_id,
	    RP_TEXT("en"), &found));
	RP_CHECK(found.n == 0);
}

static int64_t
found(struct shelf *s, const struct rp_actor *who, const char *words,
    struct rp_search_hit *out)
{
	struct rp_search_query q = { .words = rp_text_z(words),
		.reader = RP_LANG_EN };
	struct rp_search_page page;

	RP_CHECK_OK(rp_search_index_all(&s->w.system, s->w.tx));
	RP_CHECK_OK(rp_search_find(who, s->w.tx, &q, &page));
	if (page.hits.n > 0)
		*out = page.hits.v[0];
	return page.count;
}

/* By title, number, name and provision; nobody finds what is not public. */
static void
searched(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_registry_result r = { .text = RP_BYTES("<akn/>"),
		.body = RP_TEXT("resolves 1 to keep the herons") };
	struct rp_registry_work work;
	struct rp_tokenizer *tokens;
	struct rp_search_hit hit;
	bool got;

	shelf_open(&s);
	tokens = rp_tokenizer_new();
	s.w.env.tokens = tokens;
	RP_CHECK_OK(rp_instrument_set_title(&s.who, s.w.tx, s.id, RP_TEXT("en"),
	    RP_TEXT("On weirs")));
	add_as(&s, "Rev. Dubai, 2018", "2018-11-16", "en", "draft");
	RP_CHECK(found(&s, &s.w.nobody, "herons", &hit) == 0);
	work = claim(&s, &got);
	RP_CHECK_OK(rp_registry_done(&s.w.system, s.w.tx, &work, &r));
	/* A draft is not found, and not by staff either: search is public. */
	RP_CHECK(found(&s, &s.who, "herons", &hit) == 0);
	RP_CHECK_OK(rp_version_step(&s.who, s.w.tx, s.id, 1,
	    &(struct rp_version_step_in){ .state = RP_TEXT("proposed") }));
	RP_CHECK(found(&s, &s.w.nobody, "herons", &hit) == 1);
	RP_CHECK(hit.kind == RP_FOUND_VERSION && hit.number == 1);
	RP_CHECK_TEXT(hit.place, RP_TEXT("resolution-102/1"));
	RP_CHECK_TEXT(hit.title, RP_TEXT("On weirs (Rev. Dubai, 2018)"));
	RP_CHECK(found(&s, &s.w.nobody, "resolution 102", &hit) == 1);
	RP_CHECK(found(&s, &s.w.nobody, "weirs Dubai", &hit) == 1);
	RP_CHECK_OK(rp_instrument_set_title(&s.who, s.w.tx, s.id, RP_TEXT("fr"),
	    RP_TEXT("Sur les barrages")));
	RP_CHECK(found(&s, &s.w.nobody, "barrages", &hit) == 1);
	RP_CHECK_OK(rp_version_withdraw(&s.who, s.w.tx, s.id, 1,
	    RP_TEXT("the wrong file")));
	RP_CHECK(found(&s, &s.w.nobody, "herons", &hit) == 0);
	rp_tokenizer_free(tokens);
}

/* What a text quotes of itself comes back as it was kept. */
static void
references(void)
{
	RP_AUTO(shelf_close) struct shelf s;
	struct rp_registry_result r = { .text = RP_BYTES("<akn/>"),
		.script = RP_BYTES("{}") };
	struct rp_self_reference one = { .at = 7,
		.quoted = RP_TEXT("resolves 2"),
		.label = RP_TEXT("3"),
		.state = RP_TEXT("stale"),
		.doubtful = true };
	struct rp_self_references got;
	struct rp_registry_work work;
	struct rp_comparison c;
	struct rp_versions v;
	bool found;

	shelf_open(&s);
	add(&s, "Rev. Dubai, 2018", "2018-11-16", "en");
	work_off(&s);
	add(&s, "Rev. Bucharest, 2022", "2022-10-14", "en");
	read_with(&s, NULL, 0);
	work = claim(&s, &found);
	RP_CHECK(found && work.kind == RP_REGISTRY_COMPARE);
	rp_vec_push(s.w.a, &r.references, one);
	RP_CHECK_OK(rp_registry_done(&s.w.system, s.w.tx, &work, &r));
	RP_CHECK_OK(rp_version_list(&s.w.nobody, s.w.tx, s.id, &v));
	RP_CHECK_OK(
	    rp_comparison_get(&s.w.nobody, s.w.tx, &v.v[0], &v.v[1], &c));
	RP_CHECK_OK(rp_comparison_references(&s.w.nobody, s.w.tx, &c, &got));
	RP_CHECK(got.n == 1 && got.v[0].at == 7 && got.v[0].doubtful);
	RP_CHECK_TEXT(got.v[0].quoted, one.quoted);
	RP_CHECK_TEXT(got.v[0].label, one.label);
	RP_CHECK_TEXT(got.v[0].state, one.state);
}

/* A withdrawn version is compared with nothing more. */
static void
withdrawn_is_not_compared(void)
{
	RP_AUTO(shelf_close) struct shelf s;

	shelf_open(&s);
	add(&s, "Rev. Dubai, 2018", "2018-11-16", "en");
	work_off(&s);
	RP_CHECK_OK(rp_version_withdraw(&s.who, s.w.tx, s.id, 1,
	    RP_TEXT("the wrong file")));
	add(&s, "Rev. Bucharest, 2022", "2022-10-14", "en");
	RP_CHECK(work_off(&s) == 0);
}

RP_CHECK_MAIN({ "only the worker", only_the_worker },
    { "claimed once", claimed_once },
    { "compared in order", compared_in_order },
    { "drafts are not public", drafts_are_not_public },
    { "not read", not_read }, { "swept", swept }, { "searched", searched },
    { "references", references },
    { "withdrawn is not compared", withdrawn_is_not_compared })
