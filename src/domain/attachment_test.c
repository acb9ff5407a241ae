#include "domain/attachment.h"

#include "base/check.h"
#include "base/err.h"
#include "domain/testing/floor.h"
#include "domain/upload.h"

#define BODY "Routers that speak IPv6 only."

/* A response with one attachment, sent. */
static struct rp_receipt
send_with_file(struct floor *f)
{
	struct rp_upload_in file = { .size = sizeof(BODY) - 1,
		.name = RP_TEXT("paper.txt"),
		.kind = RP_TEXT("txt") };
	struct rp_submission s = { 0 };

	RP_CHECK_OK(rp_upload_begin(&f->w.nobody, f->w.tx, RP_TEXT("paper.txt"),
	    &file.upload_id));
	RP_CHECK_OK(rp_upload_chunk(&f->w.nobody, f->w.tx, file.upload_id, 0,
	    RP_BYTES(BODY)));
	floor_fill(f, &s, "Red de prueba", "Respuesta con un documento.");
	s.summary = RP_TEXT("Un resumen.");
	rp_vec_push(f->w.a, &s.uploads, file);
	return floor_send(f, &s);
}

static struct rp_attachment_work
claim(struct floor *f, bool *found)
{
	struct rp_attachment_work work = { 0 };

	RP_CHECK_OK(rp_attachment_claim(&f->w.system, f->w.tx, found, &work));
	return work;
}

static void
only_the_worker(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_attachment_result r = { .state = RP_TEXT("read") };
	struct rp_attachment_work work = { 0 };
	rp_bytes octets;
	bool found;

	floor_open(&f);
	send_with_file(&f);
	RP_CHECK_FAILS(rp_attachment_claim(&f.clerk, f.w.tx, &found, &work),
	    RP_E_DENIED);
	work = claim(&f, &found);
	RP_CHECK(found);
	RP_CHECK_FAILS(rp_attachment_octets(&f.clerk, f.w.tx, &work, &octets),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_attachment_done(&f.w.nobody, f.w.tx, &work, &r),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_attachment_later(&f.w.nobody, f.w.tx, &work, 1,
			   RP_TEXT("no")),
	    RP_E_DENIED);
}

/* A claim is one worker's until its time has passed. */
static void
claimed_once(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_attachment_work work;
	rp_bytes octets;
	bool found;

	floor_open(&f);
	claim(&f, &found);
	RP_CHECK(!found);
	send_with_file(&f);
	work = claim(&f, &found);
	RP_CHECK(found && work.size == (int64_t)sizeof(BODY) - 1);
	RP_CHECK_TEXT(work.name, RP_TEXT("paper.txt"));
	RP_CHECK_OK(rp_attachment_octets(&f.w.system, f.w.tx, &work, &octets));
	RP_CHECK(octets.n == sizeof(BODY) - 1 &&
		 memcmp(octets.p, BODY, octets.n) == 0);
	claim(&f, &found);
	RP_CHECK(!found);
	f.w.system.now += RP_ATTACHMENT_CLAIM + 1;
	RP_CHECK(claim(&f, &found).attachment_id == work.attachment_id);
	RP_CHECK(found);
}

static void
later_and_again(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_attachment_work work, again;
	bool found;

	floor_open(&f);
	send_with_file(&f);
	work = claim(&f, &found);
	RP_CHECK(found);
	RP_CHECK_OK(rp_attachment_later(&f.w.system, f.w.tx, &work,
	    5 * RP_MINUTE, RP_TEXT("scanner away")));
	claim(&f, &found);
	RP_CHECK(!found);
	f.w.system.now += 5 * RP_MINUTE + 1;
	again = claim(&f, &found);
	RP_CHECK(found && again.attachment_id == work.attachment_id);
	RP_CHECK(again.tries > work.tries);
}

/* What could not be read stays, with its reason, and is not tried again. */
static void
not_read_stays(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_attachment_result failed = { .state = RP_TEXT("not_read"),
		.reason = RP_TEXT("damaged") };
	struct rp_attachment_work work;
	struct rp_response_record r;
	struct rp_receipt receipt;
	bool found;

	floor_open(&f);
	receipt = send_with_file(&f);
	work = claim(&f, &found);
	RP_CHECK_OK(rp_attachment_done(&f.w.system, f.w.tx, &work, &failed));
	RP_CHECK_OK(
	    rp_response_get(&f.w.system, f.w.tx, receipt.response_id, &r));
	RP_CHECK(r.standing.attachments.n == 1);
	RP_CHECK_TEXT(r.standing.attachments.v[0].state, RP_TEXT("not_read"));
	RP_CHECK_TEXT(r.standing.attachments.v[0].name, RP_TEXT("paper.txt"));
	f.w.system.now += RP_DAY;
	claim(&f, &found);
	RP_CHECK(!found);
}

RP_CHECK_MAIN({ "only the worker", only_the_worker },
    { "claimed once", claimed_once }, { "later and again", later_and_again },
    { "not read stays", not_read_stays })
