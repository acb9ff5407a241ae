#include "domain/pack.h"

#include "base/check.h"
#include "domain/testing/world.h"
#include "domain/upload.h"
#include "domain/wording.h"

/* A meeting of three documents: one for everybody, in English and French and
 * revised in English; one for members; one whose title is public. */
struct stage {
	struct world w;
	struct rp_meeting m;
	struct rp_actor who, member;
};

static struct rp_meeting_document
get(struct stage *s, int64_t number)
{
	struct rp_meeting_document d;

	RP_CHECK_OK(rp_meeting_document_get(&s->who, s->w.tx, &s->m, number,
	    RP_TEXT("en"), &d));
	return d;
}

static void
add_file(struct stage *s, int64_t number, int64_t revision, const char *lang,
    const char *status, const char *octets)
{
	struct rp_meeting_document d = get(s, number);
	struct rp_document_file_in in = { .revision = revision,
		.lang = rp_text_z(lang),
		.status = rp_text_z(status),
		.file_name = RP_TEXT("x.docx"),
		.file_kind = RP_TEXT("docx") };

	RP_CHECK_OK(
	    rp_upload_begin(&s->who, s->w.tx, in.file_name, &in.upload_id));
	RP_CHECK_OK(rp_upload_chunk(&s->who, s->w.tx, in.upload_id, 0,
	    rp_text_bytes(rp_text_z(octets))));
	RP_CHECK_OK(
	    rp_meeting_document_add_file(&s->who, s->w.tx, &s->m, &d, &in));
}

static void
add(struct stage *s, const char *access, bool title_public)
{
	struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = rp_text_z(access),
		.is_title_public = title_public };
	int64_t id, number;

	RP_CHECK_OK(rp_meeting_document_add(&s->who, s->w.tx, &s->m, &in, &id,
	    &number));
	RP_CHECK_OK(rp_wording_set(&s->who, s->w.tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = id,
		.field = RP_TEXT("title"),
		.lang = RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, rp_textf(s->w.a, "No. %d", (int)number)));
}

static void
post(struct stage *s, int64_t number)
{
	struct rp_meeting_document d = get(s, number);

	RP_CHECK_OK(rp_meeting_document_set_state(&s->who, s->w.tx, &s->m, &d,
	    RP_TEXT("posted")));
}

static void
stage_open(struct stage *s)
{
	struct rp_meeting m = WORLD_MEETING;
	int64_t id;

	world_open(&s->w);
	s->who =
	    world_staff(&s->w, "S", RP_MAY_MEET, RP_ON_GROUP, s->w.group_id);
	s->member =
	    world_staff(&s->w, "M", RP_MAY_READ, RP_ON_GROUP, s->w.group_id);
	m.group_id = s->w.group_id;
	RP_CHECK_OK(rp_meeting_create(&s->who, s->w.tx, &m, &id));
	RP_CHECK_OK(rp_meeting_get_by_id(&s->who, s->w.tx, id, &s->m));
	add(s, "public", false);
	add_file(s, 1, 0, "en", "original", "one");
	add_file(s, 1, 0, "fr", "courtesy", "un");
	add(s, "members", false);
	add_file(s, 2, 0, "en", "original", "two");
	add(s, "members", true);
	add_file(s, 3, 0, "ru", "original", "three");
	add(s, "public", true);
	add_file(s, 4, 0, "en", "original", "not posted");
	post(s, 1);
	post(s, 2);
	post(s, 3);
}

static struct rp_pack
made(struct stage *s, const struct rp_actor *who,
    const struct rp_pack_asked *asked)
{
	struct rp_pack p;

	RP_CHECK_OK(rp_pack_make(who, s->w.tx, &s->m, asked, &p));
	return p;
}

static struct rp_pack
whole(struct stage *s, const struct rp_actor *who)
{
	return made(s, who, &(struct rp_pack_asked){ 0 });
}

static void
by_rights(void)
{
	struct rp_pack p;
	struct stage s;

	stage_open(&s);
	p = whole(&s, &s.w.nobody);
	RP_CHECK(p.files.n == 2 && p.size == 5 && p.documents.n == 2);
	RP_CHECK_TEXT(p.files.v[0].name,
	    RP_TEXT("documents/WG-Water-20-1-en.docx"));
	RP_CHECK_TEXT(p.files.v[0].sum,
	    RP_TEXT("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73f"
		    "f431ed"));
	RP_CHECK(rp_pack_names(&p, 1) && p.documents.v[1].number == 3);
	RP_CHECK_TEXT(rp_pack_title(&p, 1, RP_TEXT("ar")).body,
	    RP_TEXT("No. 3"));
	p = whole(&s, &s.member);
	RP_CHECK(p.files.n == 4 && p.documents.n == 3);
	/* What is not posted is not even for who enters it. */
	RP_CHECK_TEXT(whole(&s, &s.who).edition, p.edition);
	RP_CHECK(!rp_text_eq(whole(&s, &s.w.nobody).edition, p.edition));
	world_close(&s.w);
}

static void
in_languages(void)
{
	struct rp_pack_asked asked = { 0 };
	struct rp_pack p;
	struct stage s;

	stage_open(&s);
	rp_vec_push(s.w.a, &asked.langs, RP_TEXT("fr"));
	p = made(&s, &s.member, &asked);
	RP_CHECK(p.files.n == 3 && p.langs.n == 3);
	RP_CHECK_TEXT(p.files.v[0].lang, RP_TEXT("fr"));
	RP_CHECK_TEXT(p.files.v[1].lang, RP_TEXT("en"));
	RP_CHECK_TEXT(p.files.v[2].lang, RP_TEXT("ru"));
	add_file(&s, 1, 1, "en", "original", "one, revised");
	p = made(&s, &s.member, &asked);
	RP_CHECK_TEXT(p.files.v[0].name,
	    RP_TEXT("documents/WG-Water-20-1-Rev1-en.docx"));
	world_close(&s.w);
}

static void
what_is_new(void)
{
	struct rp_pack_asked asked = { 0 };
	struct rp_pack p, before;
	struct stage s;

	stage_open(&s);
	before = whole(&s, &s.member);
	asked.edition = before.edition;
	RP_CHECK(made(&s, &s.member, &asked).files.n == 0);
	s.who.now += 3 * 86400000;
	add_file(&s, 2, 1, "en", "original", "two, revised");
	p = made(&s, &s.member, &asked);
	RP_CHECK(p.problem == RP_PACK_FINE && p.files.n == 1 && p.is_part &&
		 p.files.v[0].revision == 1 && !rp_pack_names(&p, 0));
	RP_CHECK(!rp_text_eq(p.edition, before.edition));
	/* A state of members says nothing to others. */
	p = made(&s, &s.w.nobody, &asked);
	RP_CHECK(p.problem == RP_PACK_BAD_EDITION && p.files.n == 0);
	asked = (struct rp_pack_asked){ .since = RP_TEXT("2026-11-24") };
	RP_CHECK(made(&s, &s.member, &asked).files.n == 1);
	asked.since = RP_TEXT("2026-11-25");
	RP_CHECK(made(&s, &s.member, &asked).files.n == 0);
	asked.since = RP_TEXT("2026-02-30");
	RP_CHECK(made(&s, &s.member, &asked).problem == RP_PACK_BAD_SINCE);
	world_close(&s.w);
}

static void
what_was_taken(void)
{
	struct rp_pack_asked unseen = { .is_new = true };
	struct rp_pack p;
	struct stage s;

	stage_open(&s);
	p = made(&s, &s.member, &unseen);
	RP_CHECK(p.files.n == 4 && p.taken_at == 0);
	RP_CHECK_FAILS(rp_pack_take(&s.w.nobody, s.w.tx, &s.m, &p),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_pack_take(&s.member, s.w.tx, &s.m, &p));
	p = made(&s, &s.member, &unseen);
	RP_CHECK(p.files.n == 0 && p.taken_at == s.member.now);
	/* Another person's are his own. */
	RP_CHECK(made(&s, &s.who, &unseen).files.n == 4);
	post(&s, 4);
	s.member.now++;
	p = made(&s, &s.member, &unseen);
	RP_CHECK(p.files.n == 1);
	RP_CHECK_OK(rp_pack_take(&s.member, s.w.tx, &s.m, &p));
	/* Both can be fetched again, by their person. */
	unseen = (struct rp_pack_asked){ .taken_at = s.member.now };
	RP_CHECK(made(&s, &s.member, &unseen).files.n == 1);
	unseen.taken_at--;
	RP_CHECK(made(&s, &s.member, &unseen).files.n == 4);
	RP_CHECK(made(&s, &s.who, &unseen).files.n == 0);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "by rights", by_rights }, { "in languages", in_languages },
    { "what is new", what_is_new }, { "what was taken", what_was_taken })
