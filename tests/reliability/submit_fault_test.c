/*
 * A whole submission on a disk whose n-th operation fails, for n = 1, 2, 3 ...,
 * and on one that loses power there: no half rows, the next try succeeds, and
 * what was acknowledged is there.
 */
#include <dirent.h>
#include <unistd.h>

#include "base/check.h"
#include "domain/testing/floor.h"
#include "domain/upload.h"
#include "store/fault.h"
#include "store/test_db.h"

#define SENT_MAX 2000

struct disk {
	struct floor f;
	struct rp_fault *fault;
	char url[RP_TEST_URL_MAX];
	rp_text secrets[SENT_MAX]; /* of what was acknowledged */
	size_t n;
};

static void
disk_open(struct disk *d)
{
	d->n = 0;
	d->fault = rp_fault_new();
	rp_test_db_sqlite(d->url);
	floor_open_at(&d->f, d->url);
	RP_CHECK_OK(rp_tx_commit(d->f.w.tx));
}

static void
disk_close(struct disk *d)
{
	floor_close(&d->f);
	rp_test_db_drop(d->url);
	rp_fault_free(d->fault);
}

static struct rp_err *
add_file(struct disk *d, struct rp_tx *tx, struct rp_submission *s)
{
	rp_text text = rp_textf(d->f.w.a, "File %zu of the test.", d->n);
	struct rp_upload_in in = { .size = (int64_t)text.n,
		.name = RP_TEXT("a.txt"),
		.kind = RP_TEXT("txt") };

	RP_TRY(rp_upload_begin(&d->f.w.nobody, tx, in.name, &in.upload_id));
	RP_TRY(rp_upload_chunk(&d->f.w.nobody, tx, in.upload_id, 0,
	    rp_text_bytes(text)));
	rp_vec_push(d->f.w.a, &s->uploads, in);
	s->summary = RP_TEXT("In short.");
	return NULL;
}

static struct rp_err *
submit(struct disk *d, bool with_file)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_problems problems = { 0 };
	struct rp_submission s;
	struct rp_receipt r;
	struct rp_tx *tx;

	floor_fill(&d->f, &s, "Red Abierta", "An answer.");
	RP_TRY(rp_tx_begin(d->f.w.db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_tx_save(tx, a));
	if (with_file)
		RP_TRY(add_file(d, tx, &s));
	RP_TRY(
	    rp_response_submit(&d->f.w.nobody, tx, &d->f.c, &s, &problems, &r));
	RP_TRY(rp_tx_release(tx));
	RP_TRY(rp_tx_commit(tx));
	RP_CHECK(d->n < SENT_MAX);
	d->secrets[d->n++] = rp_text_dup(d->f.w.a, r.secret);
	return NULL;
}

/* The file is sound, and the first `n` are there, each with its answer. */
static void
all_there(struct disk *d, struct rp_db *db, size_t n, size_t files)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_response_record r;
	struct rp_tx *tx;
	size_t found = 0;
	rp_text wrong;

	RP_CHECK_OK(rp_db_integrity(db, a, &wrong));
	RP_CHECK_TEXT(wrong, RP_TEXT(""));
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &tx));
	for (size_t i = 0; i < n; i++) {
		RP_CHECK_OK(rp_response_by_secret(&d->f.w.nobody, tx,
		    d->secrets[i], &r));
		RP_CHECK(r.standing.answers.n == 1);
		found += r.standing.attachments.n;
	}
	RP_CHECK(found == files);
}

static void
every_failure(void)
{
	for (int kind = RP_FAULT_IOERR; kind <= RP_FAULT_FULL; kind++)
		for (int with_file = 0; with_file < 2; with_file++) {
			struct disk d;
			bool failed = true;

			disk_open(&d);
			for (int64_t n = 1; failed; n++) {
				size_t before = d.n;
				struct rp_err *e;

				rp_fault_at(d.fault, n,
				    (enum rp_fault_kind)kind, n % 2 == 0);
				e = submit(&d, with_file);
				failed = rp_fault_clear(d.fault);
				RP_CHECK((e != NULL) == failed);
				RP_CHECK(e == NULL ||
					 rp_err_code(e) == RP_E_UNAVAILABLE);
				RP_CHECK(d.n == before + (e == NULL));
				rp_err_free(e);
				RP_CHECK_OK(submit(&d, with_file));
				all_there(&d, d.f.w.db, d.n,
				    with_file ? d.n : 0);
				RP_CHECK(n < 200);
			}
			RP_CHECK(d.n > 2);
			disk_close(&d);
		}
}

static void
empty_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	RP_CHECK(dir != NULL);
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			RP_CHECK(unlinkat(dirfd(dir), entry->d_name, 0) == 0);
	(void)closedir(dir);
}

/* False once the n-th operation was not reached. */
static bool
cut(struct disk *d, int64_t n, const char *folder, uint64_t seed)
{
	char url[RP_TEST_URL_MAX];
	size_t before = d->n;
	struct rp_db *db;
	int64_t marks;
	bool crashed;

	rp_fault_crash_at(d->fault, n, folder, seed);
	for (int i = 0; i < 3; i++) {
		RP_CHECK_OK(submit(d, i == 1));
		rp_fault_mark(d->fault, "acknowledged");
	}
	RP_CHECK_OK(rp_db_checkpoint(d->f.w.db));
	crashed = rp_fault_crashed(d->fault, &marks);
	rp_fault_crash_at(d->fault, INT64_MAX, folder, 0);
	if (!crashed)
		return false;
	(void)snprintf(url, sizeof(url), "sqlite:%s/test.db", folder);
	RP_CHECK_OK(rp_db_open(url, &db));
	all_there(d, db, before + (size_t)marks,
	    before / 3 + (marks >= 2 ? 1 : 0));
	rp_db_close(db);
	empty_folder(folder);
	return true;
}

static void
power_cuts(void)
{
	static const uint64_t seeds[] = { 0, 7 };
	char folder[] = "/tmp/rp-crash.XXXXXX";

	RP_CHECK(mkdtemp(folder) != NULL);
	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++) {
		struct disk d;
		int64_t n = 1;

		disk_open(&d);
		while (cut(&d, n, folder, seeds[i]))
			n++;
		RP_CHECK(n > 5);
		disk_close(&d);
	}
	RP_CHECK(rmdir(folder) == 0);
}

RP_CHECK_MAIN({ "the n-th operation fails", every_failure },
    { "the power is cut before the n-th operation", power_cuts })
