#include "domain/meeting_document.h"

#include "base/check.h"
#include "domain/party.h"
#include "domain/testing/world.h"
#include "domain/upload.h"

/* A meeting in thirteen days, and who may register for it, read, or neither. */
struct stage {
	struct world w;
	struct rp_meeting m;
	struct rp_actor who, member, other;
	int64_t parties[2];
};

static void
stage_open(struct stage *s)
{
	struct rp_meeting m = WORLD_MEETING;
	struct rp_actor members;
	int64_t id;

	world_open(&s->w);
	s->who =
	    world_staff(&s->w, "S", RP_MAY_MEET, RP_ON_GROUP, s->w.group_id);
	s->member =
	    world_staff(&s->w, "M", RP_MAY_READ, RP_ON_GROUP, s->w.group_id);
	s->other =
	    world_staff(&s->w, "O", RP_MAY_NOTHING, RP_ON_GROUP, s->w.group_id);
	members =
	    world_staff(&s->w, "P", RP_MAY_MEMBERS, RP_ON_BODY, s->w.body_id);
	m.group_id = s->w.group_id;
	RP_CHECK_OK(rp_meeting_create(&s->who, s->w.tx, &m, &id));
	RP_CHECK_OK(rp_meeting_get_by_id(&s->who, s->w.tx, id, &s->m));
	for (int i = 0; i < 2; i++) {
		struct rp_party p = { .body_id = s->w.body_id,
			.slug = i ? RP_TEXT("utopia") : RP_TEXT("laputa") };

		RP_CHECK_OK(
		    rp_party_add(&members, s->w.tx, &p, &s->parties[i]));
	}
}

static struct rp_document_in
contribution(struct stage *s)
{
	struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = RP_TEXT("members"),
		.is_for_action = true };

	rp_vec_push(s->w.a, &in.sources, s->parties[1]);
	rp_vec_push(s->w.a, &in.sources, s->parties[0]);
	return in;
}

static struct rp_meeting_document
add(struct stage *s, struct rp_document_in in)
{
	struct rp_meeting_document d;
	int64_t id, number;

	RP_CHECK_OK(rp_meeting_document_add(&s->who, s->w.tx, &s->m, &in, &id,
	    &number));
	RP_CHECK_OK(rp_wording_set(&s->who, s->w.tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = id,
		.field = RP_TEXT("title"),
		.lang = RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, RP_TEXT("On wells")));
	RP_CHECK_OK(rp_meeting_document_get(&s->who, s->w.tx, &s->m, number,
	    RP_TEXT("fr"), &d));
	RP_CHECK(d.id == id);
	return d;
}

static struct rp_err *
add_file(struct stage *s, const struct rp_meeting_document *d, int64_t revision,
    const char *lang)
{
	struct rp_document_file_in in = { .revision = revision,
		.lang = rp_text_z(lang),
		.status = RP_TEXT("original"),
		.file_name = RP_TEXT("x.docx"),
		.file_kind = RP_TEXT("docx") };

	RP_CHECK_OK(
	    rp_upload_begin(&s->who, s->w.tx, in.file_name, &in.upload_id));
	RP_CHECK_OK(rp_upload_chunk(&s->who, s->w.tx, in.upload_id, 0,
	    RP_BYTES("octets")));
	return rp_meeting_document_add_file(&s->who, s->w.tx, &s->m, d, &in);
}

static struct rp_meeting_document
again(struct stage *s, const struct rp_meeting_document *d)
{
	struct rp_meeting_document out;

	RP_CHECK_OK(rp_meeting_document_get(&s->who, s->w.tx, &s->m, d->number,
	    RP_TEXT("en"), &out));
	return out;
}

static void
symbols_once(void)
{
	struct stage s;
	struct rp_document_in in;
	struct rp_meeting_document d;
	int64_t id, number;

	stage_open(&s);
	in = contribution(&s);
	d = add(&s, in);
	RP_CHECK(d.number == 1 && d.sources.n == 2 &&
		 d.sources.v[0] == s.parties[1]);
	RP_CHECK_TEXT(d.title.body, RP_TEXT("On wells"));
	RP_CHECK_TEXT(rp_meeting_document_symbol(s.w.a, &s.m, &d),
	    RP_TEXT("WG-Water-20/1"));
	in.number = 5;
	RP_CHECK(add(&s, in).number == 5);
	RP_CHECK_OK(rp_meeting_document_next(&s.who, s.w.tx, &s.m, &number));
	RP_CHECK(number == 6);
	/* The last: PostgreSQL does nothing more in this transaction. */
	RP_CHECK_FAILS(rp_meeting_document_add(&s.who, s.w.tx, &s.m, &in, &id,
			   &number),
	    RP_E_CONFLICT);
	world_close(&s.w);
}

static void
refused(void)
{
	struct stage s;
	struct rp_document_in in;
	struct rp_meeting_document d;
	int64_t id, n;

	stage_open(&s);
	in = contribution(&s);
	d = add(&s, in);
	RP_CHECK_FAILS(rp_meeting_document_add(&s.member, s.w.tx, &s.m, &in,
			   &id, &n),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_meeting_document_next(&s.w.nobody, s.w.tx, &s.m, &n),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_meeting_document_set_state(&s.member, s.w.tx, &s.m,
			   &d, RP_TEXT("posted")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_meeting_document_set_access(&s.member, s.w.tx, &s.m,
			   &d,
			   &(struct rp_document_access){ .access =
							     RP_TEXT("public"),
			       .is_title_public = true }),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_meeting_document_admit(&s.member, s.w.tx, &s.m, &d),
	    RP_E_DENIED);
	in.kind = RP_TEXT("poem");
	RP_CHECK_FAILS(rp_meeting_document_add(&s.who, s.w.tx, &s.m, &in, &id,
			   &n),
	    RP_E_INVALID);
	in = contribution(&s);
	in.received_at = s.who.now + 1;
	RP_CHECK_FAILS(rp_meeting_document_add(&s.who, s.w.tx, &s.m, &in, &id,
			   &n),
	    RP_E_INVALID);
	in = contribution(&s);
	rp_vec_push(s.w.a, &in.sources, s.parties[0]);
	RP_CHECK_FAILS(rp_meeting_document_add(&s.who, s.w.tx, &s.m, &in, &id,
			   &n),
	    RP_E_INVALID);
	in.sources.v[2] = 99999;
	RP_CHECK_FAILS(rp_meeting_document_add(&s.who, s.w.tx, &s.m, &in, &id,
			   &n),
	    RP_E_NOTFOUND);
	in = contribution(&s);
	in.number = RP_DOCUMENT_NUMBER_MAX + 1;
	RP_CHECK_FAILS(rp_meeting_document_add(&s.who, s.w.tx, &s.m, &in, &id,
			   &n),
	    RP_E_LIMIT);
	world_close(&s.w);
}

static void
files(void)
{
	struct stage s;
	struct rp_meeting_document d;

	stage_open(&s);
	d = add(&s, contribution(&s));
	RP_CHECK_FAILS(add_file(&s, &d, 1, "en"), RP_E_INVALID);
	RP_CHECK_OK(add_file(&s, &d, 0, "en"));
	d = again(&s, &d);
	RP_CHECK_FAILS(add_file(&s, &d, 0, "en"), RP_E_CONFLICT);
	RP_CHECK_FAILS(add_file(&s, &d, 0, "not a tag"), RP_E_INVALID);
	RP_CHECK_OK(add_file(&s, &d, 0, "fr"));
	RP_CHECK_OK(add_file(&s, &d, 1, "en"));
	d = again(&s, &d);
	RP_CHECK(
	    d.files.n == 3 && d.revision == 1 && d.files.v[0].revision == 1);
	RP_CHECK_TEXT(rp_meeting_document_symbol(s.w.a, &s.m, &d),
	    RP_TEXT("WG-Water-20/1(Rev.1)"));
	RP_CHECK_FAILS(add_file(&s, &d, 3, "en"), RP_E_INVALID);
	world_close(&s.w);
}

/* How many documents somebody sees, and how many of them by title only. */
static size_t
seen(struct stage *s, const struct rp_actor *who, size_t *titles)
{
	struct rp_meeting_documents all;

	RP_CHECK_OK(
	    rp_meeting_document_list(who, s->w.tx, &s->m, RP_TEXT("en"), &all));
	*titles = 0;
	for (size_t i = 0; i < all.n; i++) {
		*titles += all.v[i].is_title_only;
		RP_CHECK(!all.v[i].is_title_only || all.v[i].files.n == 0);
	}
	return all.n;
}

static void
set_word(struct stage *s, int64_t id, rp_text field, rp_text body)
{
	RP_CHECK_OK(rp_wording_set(&s->who, s->w.tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = id,
		.field = field,
		.lang = RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, body));
}

static struct rp_document_words
words(struct stage *s, const struct rp_actor *who)
{
	struct rp_meeting_document d;
	struct rp_document_words w;

	RP_CHECK_OK(
	    rp_meeting_document_get(who, s->w.tx, &s->m, 1, RP_TEXT("en"), &d));
	RP_CHECK_OK(
	    rp_meeting_document_words(who, s->w.tx, &d, RP_TEXT("en"), &w));
	return w;
}

/* Of one whose title is public: its summary, and on a day all of it. */
static void
parts(struct stage *s, const struct rp_meeting_document *d)
{
	struct rp_document_access in = { .access = RP_TEXT("members"),
		.is_title_public = true };
	struct rp_actor later = s->w.nobody;
	size_t titles;

	set_word(s, d->id, RP_TEXT("summary"), RP_TEXT("In short."));
	set_word(s, d->id, RP_TEXT("action"), RP_TEXT("Decide."));
	RP_CHECK(words(s, &s->w.nobody).summary.body.n == 0);
	RP_CHECK_TEXT(words(s, &s->member).action.body, RP_TEXT("Decide."));
	in.is_summary_public = true;
	in.public_from_at = s->who.now + 1000;
	RP_CHECK_OK(
	    rp_meeting_document_set_access(&s->who, s->w.tx, &s->m, d, &in));
	RP_CHECK_TEXT(words(s, &s->w.nobody).summary.body,
	    RP_TEXT("In short."));
	RP_CHECK(words(s, &s->w.nobody).action.body.n == 0);
	RP_CHECK(seen(s, &later, &titles) == 1 && titles == 1);
	later.now += 1000;
	RP_CHECK(seen(s, &later, &titles) == 1 && titles == 0);
	RP_CHECK_TEXT(words(s, &later).action.body, RP_TEXT("Decide."));
	in.public_from_at = -1;
	RP_CHECK_FAILS(rp_meeting_document_set_access(&s->who, s->w.tx, &s->m,
			   d, &in),
	    RP_E_INVALID);
}

static void
who_sees_what(void)
{
	struct stage s;
	struct rp_meeting_document d, gone;
	size_t titles;

	stage_open(&s);
	d = add(&s, contribution(&s));
	RP_CHECK_OK(add_file(&s, &d, 0, "en"));
	RP_CHECK(seen(&s, &s.who, &titles) == 1 && titles == 0);
	RP_CHECK(seen(&s, &s.member, &titles) == 0);
	RP_CHECK_OK(rp_meeting_document_set_state(&s.who, s.w.tx, &s.m, &d,
	    RP_TEXT("posted")));
	d = again(&s, &d);
	RP_CHECK(d.posted_at == s.who.now);
	RP_CHECK(seen(&s, &s.member, &titles) == 1 && titles == 0);
	RP_CHECK(seen(&s, &s.other, &titles) == 0);
	RP_CHECK(seen(&s, &s.w.nobody, &titles) == 0);
	RP_CHECK_FAILS(rp_meeting_document_get(&s.w.nobody, s.w.tx, &s.m, 1,
			   RP_TEXT("en"), &gone),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_meeting_document_set_access(&s.who, s.w.tx, &s.m, &d,
	    &(struct rp_document_access){ .access = RP_TEXT("members"),
		.is_title_public = true }));
	RP_CHECK(seen(&s, &s.w.nobody, &titles) == 1 && titles == 1);
	parts(&s, &d);
	RP_CHECK_OK(rp_meeting_document_set_access(&s.who, s.w.tx, &s.m, &d,
	    &(struct rp_document_access){ .access = RP_TEXT("public"),
		.is_title_public = true }));
	RP_CHECK(seen(&s, &s.w.nobody, &titles) == 1 && titles == 0);
	RP_CHECK_OK(rp_meeting_document_set_state(&s.who, s.w.tx, &s.m, &d,
	    RP_TEXT("withdrawn")));
	RP_CHECK(seen(&s, &s.w.nobody, &titles) == 1 && titles == 1);
	RP_CHECK(seen(&s, &s.who, &titles) == 1 && titles == 0);
	d = again(&s, &d);
	RP_CHECK_FAILS(rp_meeting_document_set_state(&s.who, s.w.tx, &s.m, &d,
			   RP_TEXT("posted")),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_meeting_document_set_state(&s.who, s.w.tx, &s.m, &d,
			   RP_TEXT("lost")),
	    RP_E_INVALID);
	world_close(&s.w);
}

static void
late_ones(void)
{
	struct stage s;
	struct rp_posting_rule r = { RP_TEXT("contribution"),
		RP_POSTING_HELD_OVER, 14, RP_TEXT("D 556") };
	struct rp_meeting_document d;

	stage_open(&s);
	d = add(&s, contribution(&s));
	RP_CHECK(d.posting == RP_POSTING_ON_TIME);
	RP_CHECK_FAILS(rp_meeting_document_admit(&s.who, s.w.tx, &s.m, &d),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_posting_set(&s.who, s.w.tx, s.w.group_id, &r));
	d = again(&s, &d);
	RP_CHECK(d.posting == RP_POSTING_HELD_OVER && d.admitted_at == 0);
	RP_CHECK_OK(rp_meeting_document_admit(&s.who, s.w.tx, &s.m, &d));
	d = again(&s, &d);
	RP_CHECK(d.admitted_at == s.who.now);
	RP_CHECK_FAILS(rp_meeting_document_admit(&s.who, s.w.tx, &s.m, &d),
	    RP_E_CONFLICT);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "a symbol is given once", symbols_once },
    { "refused", refused }, { "files by revision and language", files },
    { "who sees what", who_sees_what }, { "late ones are admitted", late_ones })
