#include "domain/access_log.h"

#include "base/check.h"
#include "domain/privacy.h"
#include "domain/testing/room.h"

static struct rp_meeting_document
document(struct room *r, const char *access)
{
	int64_t id = room_document(r, access);
	struct rp_meeting_documents all = { 0 };

	RP_CHECK_OK(rp_meeting_document_list(&r->clerk, r->w.tx, &r->m,
	    RP_TEXT("en"), &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id == id)
			return all.v[i];
	}
	RP_CHECK(false);
	return (struct rp_meeting_document){ 0 };
}

static struct rp_access_rows
log_of(struct room *r)
{
	struct rp_access_rows all = { 0 };

	RP_CHECK_OK(rp_access_list(&r->clerk, r->w.tx, r->w.group_id, 0, &all));
	return all;
}

static void
what_is_noted(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_meeting_document open, shut, title;
	struct rp_accesses noted = { 0 };
	struct rp_access_rows all;
	enum rp_access_what what;

	room_open(&r);
	open = document(&r, "public");
	shut = document(&r, "members");
	title = shut;
	title.is_title_only = true;
	rp_access_add(&r.reader, r.w.a, &r.m, &open, NULL, RP_ACCESS_FILE,
	    &noted);
	rp_access_add(&r.w.nobody, r.w.a, &r.m, &shut, NULL, RP_ACCESS_FILE,
	    &noted);
	rp_access_add(&r.reader, r.w.a, &r.m, &title, NULL,
	    RP_ACCESS_PAGE_SHOWN, &noted);
	RP_CHECK(noted.n == 0);
	rp_access_add(&r.reader, r.w.a, &r.m, &shut, NULL, RP_ACCESS_PAGE_SHOWN,
	    &noted);
	rp_access_add(&r.clerk, r.w.a, &r.m, &shut, NULL, RP_ACCESS_PACK,
	    &noted);
	RP_CHECK_OK(rp_access_note(r.w.tx, noted.v, noted.n));
	all = log_of(&r);
	RP_CHECK(all.n == 2 && all.v[0].what == RP_ACCESS_PACK &&
		 all.v[1].at == WORLD_NOW);
	RP_CHECK_TEXT(all.v[1].person, RP_TEXT("R"));
	RP_CHECK(all.v[1].number == shut.number && all.v[1].ordinal == 20);
	for (int i = 0; i < RP_ACCESS_WHATS; i++) {
		RP_CHECK(rp_access_what_from(rp_access_what_name(
						 (enum rp_access_what)i),
		    &what));
		RP_CHECK(what == (enum rp_access_what)i);
	}
	RP_CHECK(!rp_access_what_from(RP_TEXT("x"), &what));
}

static void
by_rights_and_for_a_time(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_meeting_document shut;
	struct rp_accesses noted = { 0 };
	struct rp_access_rows all;
	bool more;

	room_open(&r);
	shut = document(&r, "members");
	rp_access_add(&r.reader, r.w.a, &r.m, &shut, NULL, RP_ACCESS_API,
	    &noted);
	RP_CHECK_OK(rp_access_note(r.w.tx, noted.v, noted.n));
	RP_CHECK_FAILS(rp_access_list(&r.reader, r.w.tx, r.w.group_id, 0, &all),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_access_export(&r.w.nobody, r.w.tx, r.w.group_id,
			   &all),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_access_export(&r.clerk, r.w.tx, r.w.group_id, &all));
	RP_CHECK(all.n == 1);
	RP_CHECK_OK(
	    rp_access_list(&r.clerk, r.w.tx, r.w.group_id, all.v[0].id, &all));
	RP_CHECK(all.n == 0);
	/* The name goes with the person's data, the row stays. */
	RP_CHECK_OK(
	    rp_privacy_erase_person(&r.w.system, r.w.tx, r.reader.person_id));
	RP_CHECK(log_of(&r).n == 1 && log_of(&r).v[0].person.n == 0);
	RP_CHECK_FAILS(rp_access_sweep(&r.clerk, r.w.tx, &more), RP_E_DENIED);
	r.w.env.access_log_age = 1000;
	RP_CHECK_OK(rp_access_sweep(&r.w.system, r.w.tx, &more));
	RP_CHECK(!more && log_of(&r).n == 1);
	r.w.system.now += 1001;
	RP_CHECK_OK(rp_access_sweep(&r.w.system, r.w.tx, &more));
	RP_CHECK(log_of(&r).n == 0);
}

RP_CHECK_MAIN({ "what is noted", what_is_noted },
    { "by rights and for a time", by_rights_and_for_a_time })
