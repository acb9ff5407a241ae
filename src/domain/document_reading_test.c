#include "domain/document_reading.h"

#include "base/check.h"
#include "domain/meeting_document.h"
#include "domain/testing/world.h"
#include "domain/upload.h"

struct stage {
	struct world w;
	struct rp_actor who;
	struct rp_meeting m;
	struct rp_meeting_document d;
};

static void
stage_close(struct stage *s)
{
	world_close(&s->w);
}

static void
load(struct stage *s)
{
	RP_CHECK_OK(rp_meeting_document_get(&s->who, s->w.tx, &s->m, 1,
	    RP_TEXT("en"), &s->d));
}

/* A document with a file that waits. */
static void
stage_open(struct stage *s)
{
	struct rp_meeting m = WORLD_MEETING;
	struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = RP_TEXT("members") };
	struct rp_document_file_in file = { .lang = RP_TEXT("en"),
		.status = RP_TEXT("original"),
		.file_name = RP_TEXT("a.md"),
		.file_kind = RP_TEXT("md") };
	int64_t id, number;

	world_open(&s->w);
	s->who =
	    world_staff(&s->w, "S", RP_MAY_MEET, RP_ON_GROUP, s->w.group_id);
	m.group_id = s->w.group_id;
	RP_CHECK_OK(rp_meeting_create(&s->who, s->w.tx, &m, &id));
	RP_CHECK_OK(rp_meeting_get_by_id(&s->who, s->w.tx, id, &s->m));
	RP_CHECK_OK(rp_meeting_document_add(&s->who, s->w.tx, &s->m, &in, &id,
	    &number));
	load(s);
	RP_CHECK_OK(
	    rp_upload_begin(&s->who, s->w.tx, file.file_name, &file.upload_id));
	RP_CHECK_OK(rp_upload_chunk(&s->who, s->w.tx, file.upload_id, 0,
	    RP_BYTES("octets")));
	RP_CHECK_OK(rp_meeting_document_add_file(&s->who, s->w.tx, &s->m, &s->d,
	    &file));
	load(s);
}

static void
claimed_once(void)
{
	RP_AUTO(stage_close) struct stage s;
	struct rp_document_work work;
	bool found;

	stage_open(&s);
	RP_CHECK_FAILS(rp_document_claim(&s.who, s.w.tx, &found, &work),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_document_claim(&s.w.system, s.w.tx, &found, &work));
	RP_CHECK(found && !work.is_nothing && work.is_markdown);
	RP_CHECK_TEXT(work.symbol, RP_TEXT("WG-Water-20/1"));
	RP_CHECK_OK(rp_document_later(&s.w.system, s.w.tx, &work, RP_MINUTE,
	    RP_TEXT("busy")));
	RP_CHECK_OK(rp_document_claim(&s.w.system, s.w.tx, &found, &work));
	RP_CHECK(!found);
	s.w.system.now += 2 * RP_MINUTE;
	RP_CHECK_OK(rp_document_claim(&s.w.system, s.w.tx, &found, &work));
	RP_CHECK(found && work.tries == 2);
}

static void
made_and_made_again(void)
{
	RP_AUTO(stage_close) struct stage s;
	struct rp_document_result r = { .text = RP_TEXT("words"),
		.labels = RP_TEXT("1\n"),
		.findings = RP_TEXT("{}"),
		.paragraphs = 3,
		.docx = RP_BYTES("docx"),
		.pdf = RP_BYTES("pdf") };
	struct rp_document_work work;
	bool found;

	stage_open(&s);
	RP_CHECK_OK(rp_document_claim(&s.w.system, s.w.tx, &found, &work));
	RP_CHECK_OK(rp_document_made(&s.w.system, s.w.tx, &work, &r));
	load(&s);
	RP_CHECK_TEXT(s.d.files.v[0].reading, RP_TEXT("made"));
	RP_CHECK(s.d.files.v[0].paragraphs == 3 &&
		 s.d.files.v[0].pdf_blob_id != 0 &&
		 s.d.files.v[0].docx_blob_id != s.d.files.v[0].pdf_blob_id);
	RP_CHECK_OK(rp_document_claim(&s.w.system, s.w.tx, &found, &work));
	RP_CHECK(!found);
	/* Its head may have changed. */
	RP_CHECK_OK(rp_meeting_document_set_state(&s.who, s.w.tx, &s.m, &s.d,
	    RP_TEXT("posted")));
	RP_CHECK_OK(rp_document_claim(&s.w.system, s.w.tx, &found, &work));
	RP_CHECK(found);
	r = (struct rp_document_result){ .failed = true,
		.reason = RP_TEXT("damaged") };
	RP_CHECK_OK(rp_document_made(&s.w.system, s.w.tx, &work, &r));
	load(&s);
	RP_CHECK_TEXT(s.d.files.v[0].reading, RP_TEXT("failed"));
	RP_CHECK(s.d.files.v[0].pdf_blob_id == 0);
}

RP_CHECK_MAIN({ "claimed once", claimed_once },
    { "made, and made again", made_and_made_again })
