#include "domain/document_part.h"

#include "base/check.h"
#include "domain/testing/world.h"

/* A meeting with one document, which is posted, and who may do what. */
struct stage {
	struct world w;
	struct rp_meeting m;
	struct rp_actor who, member;
};

static struct rp_meeting_document
document(struct stage *s)
{
	struct rp_meeting_document d;

	RP_CHECK_OK(rp_meeting_document_get(&s->who, s->w.tx, &s->m, 1,
	    RP_TEXT("en"), &d));
	return d;
}

static void
set_state(struct stage *s, const struct rp_meeting_document *d,
    const char *state)
{
	RP_CHECK_OK(rp_meeting_document_set_state(&s->who, s->w.tx, &s->m, d,
	    rp_text_z(state)));
}

static void
stage_open(struct stage *s)
{
	struct rp_meeting m = { .series = RP_TEXT("WG-Water"),
		.ordinal = 20,
		.zone = RP_TEXT("Europe/Zurich"),
		.opens_local = RP_TEXT("2999-10-04T09:30"),
		.closes_local = RP_TEXT("2999-10-04T17:30"),
		.place = RP_TEXT("Geneva"),
		.mode = RP_TEXT("hybrid") };
	const struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = RP_TEXT("members"),
		.is_for_action = true };
	struct rp_meeting_document d;
	int64_t id, number;

	world_open(&s->w);
	s->who =
	    world_staff(&s->w, "S", RP_MAY_MEET, RP_ON_GROUP, s->w.group_id);
	s->member =
	    world_staff(&s->w, "M", RP_MAY_READ, RP_ON_GROUP, s->w.group_id);
	m.group_id = s->w.group_id;
	RP_CHECK_OK(rp_meeting_create(&s->who, s->w.tx, &m, &id));
	RP_CHECK_OK(rp_meeting_get_by_id(&s->who, s->w.tx, id, &s->m));
	RP_CHECK_OK(rp_meeting_document_add(&s->who, s->w.tx, &s->m, &in, &id,
	    &number));
	d = document(s);
	set_state(s, &d, "posted");
}

static struct rp_meeting_document
add(struct stage *s, struct rp_document_part_in in, const char *symbol)
{
	struct rp_meeting_document d = document(s), part, got;
	rp_text name;

	RP_CHECK_OK(
	    rp_document_part_add(&s->who, s->w.tx, &s->m, &d, &in, &part));
	RP_CHECK_TEXT(rp_meeting_document_symbol(s->w.a, &s->m, &part),
	    rp_text_z(symbol));
	name = rp_document_part_name(s->w.a, &part);
	RP_CHECK_OK(rp_document_part_get(&s->who, s->w.tx, &s->m, 1, name,
	    RP_TEXT("en"), &got));
	RP_CHECK(got.id == part.id && got.parent_id == d.id);
	RP_CHECK_OK(rp_meeting_document_get_by_id(&s->who, s->w.tx, &s->m,
	    part.id, RP_TEXT("en"), &got));
	RP_CHECK(got.number == 1);
	return got;
}

static void
numbers(void)
{
	struct stage s;
	struct rp_meeting_document d, part;
	int64_t next;

	stage_open(&s);
	add(&s, (struct rp_document_part_in){ 0 }, "WG-Water-20/1(Add.1)");
	add(&s, (struct rp_document_part_in){ 0 }, "WG-Water-20/1(Add.2)");
	add(&s, (struct rp_document_part_in){ .number = 5 },
	    "WG-Water-20/1(Add.5)");
	part = add(&s,
	    (struct rp_document_part_in){ .is_corrigendum = true,
		.only_lang = RP_TEXT("FR") },
	    "WG-Water-20/1(Corr.1)");
	RP_CHECK_TEXT(part.only_lang, RP_TEXT("fr"));
	add(&s,
	    (struct rp_document_part_in){ .is_corrigendum = true,
		.of_addendum = 2 },
	    "WG-Water-20/1(Add.2)(Corr.1)");
	d = document(&s);
	RP_CHECK(d.parts.n == 5 && d.revision == 0);
	RP_CHECK(rp_document_part_next(&d, false, 0) == 6);
	RP_CHECK(rp_document_part_next(&d, true, 0) == 2);
	RP_CHECK(rp_document_part_next(&d, true, 2) == 2);
	RP_CHECK(rp_document_part_next(&d, true, 1) == 1);
	/* They take no number of the register. */
	RP_CHECK_OK(rp_meeting_document_next(&s.who, s.w.tx, &s.m, &next));
	RP_CHECK(next == 2);
	RP_CHECK_FAILS(rp_document_part_add(&s.who, s.w.tx, &s.m, &d,
			   &(struct rp_document_part_in){ .number = 5 }, &part),
	    RP_E_CONFLICT);
	world_close(&s.w);
}

static void
refused(void)
{
	struct stage s;
	struct rp_meeting_document d, part, got;
	const struct {
		struct rp_document_part_in in;
		enum rp_ecode code;
	} rows[] = {
		{ { .number = -1 }, RP_E_INVALID },
		{ { .number = RP_DOCUMENT_PART_NUMBER_MAX + 1 }, RP_E_LIMIT },
		{ { .only_lang = RP_TEXT("fr") }, RP_E_INVALID },
		{ { .of_addendum = 1 }, RP_E_INVALID },
		{ { .is_corrigendum = true, .only_lang = RP_TEXT("?") },
		    RP_E_INVALID },
		{ { .is_corrigendum = true, .of_addendum = 9 }, RP_E_NOTFOUND },
	};

	stage_open(&s);
	d = document(&s);
	RP_CHECK_FAILS(rp_document_part_add(&s.member, s.w.tx, &s.m, &d,
			   &(struct rp_document_part_in){ 0 }, &part),
	    RP_E_DENIED);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_FAILS(rp_document_part_add(&s.who, s.w.tx, &s.m, &d,
				   &rows[i].in, &part),
		    rows[i].code);
	part =
	    add(&s, (struct rp_document_part_in){ 0 }, "WG-Water-20/1(Add.1)");
	RP_CHECK_FAILS(rp_document_part_add(&s.who, s.w.tx, &s.m, &part,
			   &(struct rp_document_part_in){ 0 }, &got),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_document_part_get(&s.who, s.w.tx, &s.m, 1,
			   RP_TEXT("add-2"), RP_TEXT("en"), &got),
	    RP_E_NOTFOUND);
	world_close(&s.w);
}

/* How many parts the reader sees; -1 if not even the document. */
static int
seen(struct stage *s, const struct rp_actor *who, bool *out_title_only)
{
	struct rp_meeting_documents all;

	RP_CHECK_OK(
	    rp_meeting_document_list(who, s->w.tx, &s->m, RP_TEXT("en"), &all));
	if (all.n == 0)
		return -1;
	*out_title_only =
	    all.v[0].parts.n > 0 && all.v[0].parts.v[0].is_title_only;
	return (int)all.v[0].parts.n;
}

static void
who_sees_them(void)
{
	struct rp_document_access open = { .access = RP_TEXT("public") },
				  titled = { .access = RP_TEXT("members"),
					  .is_title_public = true };
	struct rp_meeting_document d, part;
	struct stage s;
	bool title_only;

	stage_open(&s);
	part =
	    add(&s, (struct rp_document_part_in){ 0 }, "WG-Water-20/1(Add.1)");
	RP_CHECK(seen(&s, &s.who, &title_only) == 1);
	RP_CHECK(seen(&s, &s.member, &title_only) == 0);
	set_state(&s, &part, "posted");
	RP_CHECK(seen(&s, &s.member, &title_only) == 1 && !title_only);
	RP_CHECK(seen(&s, &s.w.nobody, &title_only) == -1);
	/* No more than of what it belongs to. */
	RP_CHECK_OK(
	    rp_meeting_document_set_access(&s.who, s.w.tx, &s.m, &part, &open));
	RP_CHECK(seen(&s, &s.w.nobody, &title_only) == -1);
	d = document(&s);
	RP_CHECK_OK(
	    rp_meeting_document_set_access(&s.who, s.w.tx, &s.m, &d, &titled));
	RP_CHECK(seen(&s, &s.w.nobody, &title_only) == 1 && title_only);
	RP_CHECK_OK(
	    rp_meeting_document_set_access(&s.who, s.w.tx, &s.m, &d, &open));
	RP_CHECK(seen(&s, &s.w.nobody, &title_only) == 1 && !title_only);
	RP_CHECK_OK(rp_meeting_document_set_access(&s.who, s.w.tx, &s.m, &part,
	    &(struct rp_document_access){ .access = RP_TEXT("members") }));
	RP_CHECK(seen(&s, &s.w.nobody, &title_only) == 0);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "numbers and symbols", numbers }, { "refused", refused },
    { "who sees them", who_sees_them })
