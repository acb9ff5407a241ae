#include "domain/archive.h"

#include "base/check.h"
#include "domain/party.h"
#include "domain/testing/world.h"

static const struct rp_archived first = {
	.symbol = RP_TEXT_INIT("WG-Water 3/4 (Rev. 2)"),
	.title = RP_TEXT_INIT("On wells"),
	.lang = RP_TEXT_INIT("en"),
	.status = RP_TEXT_INIT("original"),
	.kind = RP_TEXT_INIT("contribution"),
	.access = RP_TEXT_INIT("public"),
	.sources = RP_TEXT_INIT("utopia"),
	.date = RP_TEXT_INIT("1999-05-04"),
	.file_name = RP_TEXT_INIT("x.pdf"),
	.file_kind = RP_TEXT_INIT("pdf"),
	.opens_local = RP_TEXT_INIT("1999-06-01T09:00"),
	.closes_local = RP_TEXT_INIT("1999-06-02T17:00"),
	.place = RP_TEXT_INIT("Geneva"),
};

struct stage {
	struct world w;
	struct rp_archive *a;
};

static void
stage_open(struct stage *s)
{
	struct rp_party p = { .slug = RP_TEXT("utopia") };
	int64_t id;

	world_open(&s->w);
	p.body_id = s->w.body_id;
	RP_CHECK_OK(rp_party_add(&s->w.system, s->w.tx, &p, &id));
	RP_CHECK_OK(
	    rp_archive_open(&s->w.system, s->w.tx, s->w.group_id, &s->a));
}

static enum rp_archive_problem
checked(struct stage *s, struct rp_archived row, const char *octets)
{
	struct rp_digest d = rp_sha256(rp_text_bytes(rp_text_z(octets)));
	enum rp_archive_problem problem;
	enum rp_archive_outcome outcome;

	RP_CHECK_OK(rp_archive_check(&s->w.system, s->w.tx, s->a, &row, &d,
	    &problem, &outcome));
	return problem;
}

static enum rp_archive_outcome
put(struct stage *s, struct rp_archived row, const char *octets)
{
	enum rp_archive_outcome outcome;

	RP_CHECK_OK(rp_archive_put(&s->w.system, s->w.tx, s->a, &row,
	    rp_text_bytes(rp_text_z(octets)), &outcome));
	return outcome;
}

static void
again_changes_nothing(void)
{
	struct rp_meeting_documents all;
	struct rp_archived row = first;
	struct rp_meeting m;
	struct stage s;

	stage_open(&s);
	RP_CHECK(put(&s, row, "one") == RP_ARCHIVE_NEW);
	row.symbol = RP_TEXT("wg-water-3/4(Rev.2)");
	RP_CHECK(put(&s, row, "one") == RP_ARCHIVE_THERE);
	row.lang = RP_TEXT("fr");
	row.title = RP_TEXT("Des puits");
	row.status = RP_TEXT("courtesy");
	RP_CHECK(put(&s, row, "un") == RP_ARCHIVE_ADDED);
	RP_CHECK_OK(rp_meeting_get(&s.w.nobody, s.w.tx, s.w.group_id, 3, &m));
	RP_CHECK_OK(rp_meeting_document_list(&s.w.nobody, s.w.tx, &m,
	    RP_TEXT("fr"), &all));
	RP_CHECK(all.n == 1 && all.v[0].number == 4 && all.v[0].revision == 2 &&
		 all.v[0].files.n == 2 && all.v[0].sources.n == 1);
	RP_CHECK_TEXT(all.v[0].title.body, RP_TEXT("Des puits"));
	/* The 4th of May of the body's zone. */
	RP_CHECK(all.v[0].posted_at / 86400000 >= 10714 &&
		 all.v[0].posted_at / 86400000 <= 10715);
	world_close(&s.w);
}

static void
what_is_wrong(void)
{
	struct rp_archived row = first;
	struct stage s;

#define WRONG(field, value, problem)                          \
	do {                                                  \
		row = first;                                  \
		row.field = RP_TEXT(value);                   \
		RP_CHECK(checked(&s, row, "one") == problem); \
	} while (0)

	stage_open(&s);
	RP_CHECK(checked(&s, row, "one") == RP_ARCHIVE_FINE);
	WRONG(symbol, "4", RP_ARCHIVE_BAD_SYMBOL);
	WRONG(symbol, "WG-Water-3/4(Add.1)", RP_ARCHIVE_BAD_SYMBOL);
	WRONG(title, " ", RP_ARCHIVE_NO_TITLE);
	WRONG(lang, "english!", RP_ARCHIVE_BAD_LANG);
	WRONG(status, "fair", RP_ARCHIVE_BAD_STATUS);
	WRONG(kind, "poem", RP_ARCHIVE_BAD_KIND);
	WRONG(access, "secret", RP_ARCHIVE_BAD_ACCESS);
	WRONG(sources, "utopia;laputa", RP_ARCHIVE_BAD_SOURCE);
	WRONG(sources, "utopia;UTOPIA", RP_ARCHIVE_BAD_SOURCE);
	WRONG(date, "1999-02-30", RP_ARCHIVE_BAD_DATE);
	WRONG(date, "2999-01-01", RP_ARCHIVE_BAD_DATE);
	WRONG(file_kind, "zip", RP_ARCHIVE_BAD_FILE);
	WRONG(closes_local, "1999-05-01T09:00", RP_ARCHIVE_BAD_MEETING);
	row = first;
	row.opens_local = row.closes_local = row.place = RP_TEXT("");
	RP_CHECK(checked(&s, row, "one") == RP_ARCHIVE_NO_MEETING);
	put(&s, first, "one");
	RP_CHECK(checked(&s, first, "two") == RP_ARCHIVE_OTHER_FILE);
	WRONG(kind, "report", RP_ARCHIVE_OTHER_KIND);
	WRONG(access, "members", RP_ARCHIVE_OTHER_ACCESS);
	WRONG(title, "On ponds", RP_ARCHIVE_OTHER_TITLE);
	world_close(&s.w);
}

static void
by_rights(void)
{
	struct rp_actor reader;
	struct rp_archive *a;
	struct stage s;

	stage_open(&s);
	reader = world_staff(&s.w, "M", RP_MAY_READ, RP_ON_GROUP, s.w.group_id);
	RP_CHECK_FAILS(rp_archive_open(&reader, s.w.tx, s.w.group_id, &a),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_archive_open(&s.w.nobody, s.w.tx, s.w.group_id, &a),
	    RP_E_UNKNOWN);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "again changes nothing", again_changes_nothing },
    { "what is wrong", what_is_wrong }, { "by rights", by_rights })
