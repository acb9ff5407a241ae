#include "domain/codebook_import.h"

#include "base/check.h"
#include "domain/testing/themed.h"
#include "domain/upload.h"

static int64_t
send_file(struct themed *t)
{
	struct rp_codebook_import last;
	int64_t id;

	RP_CHECK_OK(rp_upload_begin(&t->who, t->f.w.tx, RP_TEXT("b.qdc"), &id));
	RP_CHECK_OK(rp_upload_chunk(&t->who, t->f.w.tx, id, 0,
	    RP_BYTES("<CodeBook/>")));
	RP_CHECK_OK(rp_codebook_import_add(&t->who, t->f.w.tx, t->question_id,
	    id, RP_TEXT("b.qdc"), RP_TEXT("en")));
	RP_CHECK_OK(rp_codebook_of(&t->who, t->f.w.tx, t->question_id, &t->b));
	RP_CHECK_OK(rp_codebook_import_last(&t->who, t->f.w.tx, &t->b, &last));
	RP_CHECK_TEXT(last.state, RP_TEXT("received"));
	RP_CHECK_TEXT(last.file_name, RP_TEXT("b.qdc"));
	return last.id;
}

static void
read_as(struct themed *t, const struct rp_import_codes *codes)
{
	struct rp_import_work work;
	bool found;

	RP_CHECK_OK(
	    rp_codebook_import_claim(&t->f.w.system, t->f.w.tx, &found, &work));
	RP_CHECK(found && work.blob_id != 0);
	RP_CHECK_OK(rp_codebook_import_read(&t->f.w.system, t->f.w.tx, &work,
	    codes, RP_TEXT("damaged")));
}

static struct rp_import_codes
codes_of(struct themed *t)
{
	struct rp_import_codes all;

	RP_CHECK_OK(
	    rp_codebook_codes(&t->who, t->f.w.tx, &t->b, RP_TEXT("en"), &all));
	return all;
}

static struct rp_import_preview
preview(struct themed *t, int64_t id)
{
	struct rp_import_preview p;

	RP_CHECK_OK(
	    rp_codebook_import_preview(&t->who, t->f.w.tx, &t->b, id, &p));
	return p;
}

/* Out, changed in another program, and in again. */
static void
round_trip(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_import_preview p;
	struct rp_import_codes all;
	struct rp_theme_items items;
	struct rp_decisions log;
	int64_t top, id;

	themed_open(&t);
	RP_CHECK_OK(rp_theme_create(&t.who, t.f.w.tx, t.question_id, 0,
	    RP_TEXT("Costs"), RP_TEXT("en"), RP_TEXT(""), &top));
	RP_CHECK_OK(rp_theme_create(&t.who, t.f.w.tx, t.question_id, top,
	    RP_TEXT("Fees"), RP_TEXT("en"), RP_TEXT(""), &id));
	id = send_file(&t);
	all = codes_of(&t);
	RP_CHECK(all.n == 2 && all.v[1].parent == 0 && all.v[0].guid.n == 36);
	all.v[0].definition = RP_TEXT("What is paid");
	all.v[1].name = RP_TEXT("Fees and tariffs");
	rp_vec_push(t.f.w.a, &all,
	    ((struct rp_import_code){ .parent = 1,
		.guid = RP_TEXT("aaaaaaaa-0000-4000-8000-000000000001"),
		.name = RP_TEXT("Roaming") }));
	read_as(&t, &all);
	p = preview(&t, id);
	RP_CHECK(p.lines.n == 3 && p.n[RP_IMPORT_DEFINED] == 1 &&
		 p.n[RP_IMPORT_RENAMED] == 1 && p.n[RP_IMPORT_ADDED] == 1);
	RP_CHECK_TEXT(p.lines.v[1].was, RP_TEXT("Fees"));
	/* The third level stands below the first. */
	RP_CHECK_TEXT(p.lines.v[2].parent, RP_TEXT("Costs"));
	items = themed_items(&t);
	RP_CHECK(items.n == 2 && themed_find(&items, "Fees") != NULL);
	p.n[RP_IMPORT_ADDED]++;
	RP_CHECK_FAILS(rp_codebook_import_apply(&t.who, t.f.w.tx, &t.b, id, p.n,
			   RP_TEXT("")),
	    RP_E_CONFLICT);
	p.n[RP_IMPORT_ADDED]--;
	RP_CHECK_OK(rp_codebook_import_apply(&t.who, t.f.w.tx, &t.b, id, p.n,
	    RP_TEXT("from them")));
	items = themed_items(&t);
	RP_CHECK(items.n == 3 &&
		 themed_find(&items, "Fees and tariffs") != NULL &&
		 themed_find(&items, "Roaming")->parent_id == top);
	RP_CHECK_FAILS(rp_codebook_import_apply(&t.who, t.f.w.tx, &t.b, id, p.n,
			   RP_TEXT("")),
	    RP_E_CONFLICT);
	/* The same file again changes nothing: the guids are known. */
	all = codes_of(&t);
	id = send_file(&t);
	read_as(&t, &all);
	p = preview(&t, id);
	RP_CHECK(p.n[RP_IMPORT_SAME] == 3);
	RP_CHECK_OK(rp_decision_list(&t.who, t.f.w.tx, &t.b, 0, &log));
	RP_CHECK_TEXT(log.v[0].kind, RP_TEXT("import"));
	RP_CHECK_OK(
	    rp_decision_undo(&t.who, t.f.w.tx, log.v[0].id, RP_TEXT("no")));
	items = themed_items(&t);
	RP_CHECK(items.n == 2 && themed_find(&items, "Fees") != NULL);
}

static void
refused(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_import_codes many = { 0 };
	struct rp_codebook_import last;
	struct rp_import_preview p;
	struct rp_import_work work;
	bool found;
	int64_t id;

	themed_open(&t);
	RP_CHECK_FAILS(rp_codebook_import_add(&t.who, t.f.w.tx, t.question_id,
			   0, RP_TEXT("x"), RP_TEXT("en")),
	    RP_E_INVALID);
	world_turn(&t.f.w);
	RP_CHECK_FAILS(rp_codebook_import_add(&t.f.clerk, t.f.w.tx,
			   t.question_id, 1, RP_TEXT("x"), RP_TEXT("en")),
	    RP_E_DENIED);
	world_turn(&t.f.w);
	id = send_file(&t);
	RP_CHECK_FAILS(rp_codebook_import_preview(&t.who, t.f.w.tx, &t.b, id,
			   &p),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_codebook_import_claim(&t.who, t.f.w.tx, &found,
			   &work),
	    RP_E_DENIED);
	read_as(&t, NULL);
	RP_CHECK_OK(rp_codebook_import_last(&t.who, t.f.w.tx, &t.b, &last));
	RP_CHECK_TEXT(last.state, RP_TEXT("failed"));
	RP_CHECK_TEXT(last.reason, RP_TEXT("damaged"));
	for (int i = 0; i <= RP_THEMES_MAX; i++)
		rp_vec_push(t.f.w.a, &many,
		    ((struct rp_import_code){ .parent = -1,
			.name = RP_TEXT("A") }));
	(void)send_file(&t);
	read_as(&t, &many);
	RP_CHECK_OK(rp_codebook_import_last(&t.who, t.f.w.tx, &t.b, &last));
	RP_CHECK_TEXT(last.state, RP_TEXT("failed"));
}

static void
assignments(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_assignment after = { 0 };
	struct rp_theme_assignments all;

	themed_open(&t);
	themed_answer(&t, "A", "Rural access is what we lack");
	themed_answer(&t, "C", "The cost of spectrum is too high");
	themed_apply(&t, themed_run(&t));
	RP_CHECK_OK(rp_theme_assignments(&t.who, t.f.w.tx, &t.b, &after, &all));
	RP_CHECK(all.n == 2 && all.v[0].from == 0 && all.v[0].number == 1);
	after = all.v[0];
	RP_CHECK_OK(rp_theme_assignments(&t.who, t.f.w.tx, &t.b, &after, &all));
	RP_CHECK(all.n == 1);
	RP_CHECK_FAILS(rp_theme_assignments(&t.f.clerk, t.f.w.tx, &t.b, &after,
			   &all),
	    RP_E_DENIED);
}

RP_CHECK_MAIN({ "out and in again", round_trip }, { "refused", refused },
    { "assignments", assignments })
