#include "domain/letterhead.h"

#include "base/check.h"
#include "domain/testing/room.h"
#include "domain/upload.h"

static int64_t
upload(struct room *r, const struct rp_actor *who, const char *octets)
{
	int64_t id = 0;

	RP_CHECK_OK(rp_upload_begin(who, r->w.tx, RP_TEXT("h.docx"), &id));
	RP_CHECK_OK(rp_upload_chunk(who, r->w.tx, id, 0,
	    rp_text_bytes(rp_text_z(octets))));
	return id;
}

static int64_t
add(struct room *r, const char *kind, const char *octets)
{
	int64_t id = 0;

	RP_CHECK_OK(rp_letterhead_add(&r->clerk, r->w.tx, r->w.group_id,
	    rp_text_z(kind), upload(r, &r->clerk, octets), RP_TEXT("h.docx"),
	    &id));
	return id;
}

/* As the parse process would: the next that waits is read, or made. */
static struct rp_letterhead_work
work(struct room *r, const char *fields, const char *docx, const char *reason)
{
	struct rp_letterhead_work w = { 0 };
	bool found = false;

	RP_CHECK_OK(rp_letterhead_claim(&r->w.system, r->w.tx, &found, &w));
	RP_CHECK(found);
	RP_CHECK_OK(
	    rp_letterhead_made(&r->w.system, r->w.tx, &w, rp_text_z(fields),
		rp_text_bytes(rp_text_z(docx)), rp_text_z(reason)));
	return w;
}

static struct rp_letterheads
all_of(struct room *r)
{
	struct rp_letterheads all = { 0 };

	RP_CHECK_OK(
	    rp_letterhead_list(&r->clerk, r->w.tx, r->w.group_id, &all));
	return all;
}

static void
versions(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_letterheads all;
	int64_t first, second, bad;

	room_open(&r);
	first = add(&r, "letter", "one");
	second = add(&r, "letter", "two");
	bad = add(&r, "announcement", "three");
	all = all_of(&r);
	RP_CHECK(all.n == 3 && all.v[1].version == 2 && all.v[2].version == 1);
	RP_CHECK_TEXT(all.v[0].state, RP_TEXT("waiting"));
	RP_CHECK_FAILS(rp_letterhead_put_in_force(&r.clerk, r.w.tx,
			   r.w.group_id, first),
	    RP_E_CONFLICT);
	work(&r, "title\ntext\n", "", "");
	work(&r, "title\nwhy\n", "", "");
	work(&r, "", "", "not a Word document");
	all = all_of(&r);
	RP_CHECK_TEXT(all.v[0].state, RP_TEXT("bad"));
	RP_CHECK_TEXT(all.v[0].reason, RP_TEXT("not a Word document"));
	RP_CHECK(all.v[1].unknown.n == 1 && all.v[1].known.n == 1);
	RP_CHECK_TEXT(all.v[1].unknown.v[0], RP_TEXT("why"));
	RP_CHECK(all.v[2].unknown.n == 0 && all.v[2].known.n == 2);
	/* A letter with a hole does not go out. */
	RP_CHECK_FAILS(rp_letterhead_put_in_force(&r.clerk, r.w.tx,
			   r.w.group_id, second),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_letterhead_put_in_force(&r.clerk, r.w.tx,
			   r.w.group_id, bad),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_letterhead_put_in_force(&r.clerk, r.w.tx,
			   r.w.group_id, 999),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(
	    rp_letterhead_put_in_force(&r.clerk, r.w.tx, r.w.group_id, first));
	/* One of a kind at most. */
	(void)add(&r, "letter", "four");
	work(&r, "title\n", "", "");
	all = all_of(&r);
	RP_CHECK_OK(rp_letterhead_put_in_force(&r.clerk, r.w.tx, r.w.group_id,
	    all.v[1].id));
	all = all_of(&r);
	RP_CHECK(all.v[1].is_in_force && all.v[1].version == 3 &&
		 !all.v[3].is_in_force);
	RP_CHECK_OK(rp_letterhead_take_out(&r.clerk, r.w.tx, r.w.group_id,
	    RP_TEXT("letter")));
	RP_CHECK(!all_of(&r).v[1].is_in_force);
}

static void
letters(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_letterhead_work w;
	struct rp_letters all;
	bool asked = true;
	int64_t id;

	room_open(&r);
	RP_CHECK_OK(
	    rp_letter_ask(&r.clerk, r.w.tx, r.w.group_id, RP_TEXT("invitation"),
		r.m.id, RP_TEXT("fr"), RP_TEXT("{}"), &asked));
	RP_CHECK(!asked);
	id = add(&r, "letter", "one");
	work(&r, "title\n", "", "");
	RP_CHECK_OK(
	    rp_letterhead_put_in_force(&r.clerk, r.w.tx, r.w.group_id, id));
	for (int i = 0; i < 2; i++)
		RP_CHECK_OK(rp_letter_ask(&r.clerk, r.w.tx, r.w.group_id,
		    RP_TEXT("invitation"), r.m.id, RP_TEXT("fr"),
		    RP_TEXT("{\"title\":\"T\"}"), &asked));
	RP_CHECK(asked);
	RP_CHECK_OK(
	    rp_letter_ask(&r.clerk, r.w.tx, r.w.group_id, RP_TEXT("invitation"),
		r.m.id, RP_TEXT("ar"), RP_TEXT("{}"), &asked));
	work(&r, "", "old", "");
	w = work(&r, "", "made", "");
	RP_CHECK(w.is_letter && w.blob_id != 0);
	RP_CHECK_TEXT(w.facts, RP_TEXT("{\"title\":\"T\"}"));
	work(&r, "", "", "a field has no fact");
	RP_CHECK_OK(rp_letter_list(&r.reader, r.w.tx, r.w.group_id,
	    RP_TEXT("invitation"), r.m.id, &all));
	RP_CHECK(all.n == 2 && all.v[0].blob_id == 0 && all.v[1].blob_id != 0);
	RP_CHECK_TEXT(all.v[0].state, RP_TEXT("failed"));
	RP_CHECK_TEXT(all.v[1].lang, RP_TEXT("fr"));
	RP_CHECK(all.v[1].id == w.ref_id);
	RP_CHECK_OK(rp_letter_list(&r.w.nobody, r.w.tx, r.w.group_id,
	    RP_TEXT("invitation"), r.m.id, &all));
	RP_CHECK(all.n == 0);
}

static void
refused(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_letterheads heads;
	struct rp_letterhead_work w;
	bool b;
	int64_t id;

	room_open(&r);
	RP_CHECK_FAILS(rp_letterhead_list(&r.reader, r.w.tx, r.w.group_id,
			   &heads),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_letterhead_add(&r.reader, r.w.tx, r.w.group_id,
			   RP_TEXT("letter"), 1, RP_TEXT("h"), &id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_letterhead_add(&r.clerk, r.w.tx, r.w.group_id,
			   RP_TEXT("poem"), upload(&r, &r.clerk, "x"),
			   RP_TEXT("h"), &id),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_letterhead_add(&r.clerk, r.w.tx, r.w.group_id,
			   RP_TEXT("letter"), 0, RP_TEXT("h"), &id),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_letterhead_take_out(&r.w.nobody, r.w.tx, r.w.group_id,
			   RP_TEXT("letter")),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_letter_ask(&r.reader, r.w.tx, r.w.group_id,
			   RP_TEXT("invitation"), r.m.id, RP_TEXT("en"),
			   RP_TEXT("{}"), &b),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_letter_ask(&r.clerk, r.w.tx, r.w.group_id,
			   RP_TEXT("invitation"), r.m.id, RP_TEXT("xx"),
			   RP_TEXT("{}"), &b),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_letterhead_claim(&r.clerk, r.w.tx, &b, &w),
	    RP_E_DENIED);
}

RP_CHECK_MAIN({ "versions", versions }, { "letters", letters },
    { "refused", refused })
