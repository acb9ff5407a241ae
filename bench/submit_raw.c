/*
 * submit_raw - the peer of bench/submit.sh: the same rows by SQLite alone.
 *
 * usage: submit_raw DATABASE COUNT BATCH
 *
 * DATABASE is a file with the schema, a consultation 1 and its question 1. Each
 * submission is what the server writes for one: a response, its revision, one
 * answer of 2 kB, the mark of the revision that stands, a notification; BATCH
 * of them in a transaction, synchronous=FULL. No form is parsed, nothing
 * checked. Prints submissions a second.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *db;
static char answer[2000];

static void
run(const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
		fprintf(stderr, "submit_raw: %s: %s\n", sql, why);
		exit(1);
	}
}

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
		fprintf(stderr, "submit_raw: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return s;
}

static void
step(sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);

	if (rc != SQLITE_DONE && rc != SQLITE_ROW) {
		fprintf(stderr, "submit_raw: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
	sqlite3_reset(s);
}

static sqlite3_stmt *response, *revision, *said, *stands, *told;

static void
submit(int64_t n)
{
	unsigned char hash[32];
	char id[40], code[40];
	int64_t response_id, revision_id;

	memset(hash, 0, sizeof(hash));
	memcpy(hash, &n, sizeof(n));
	snprintf(id, sizeof(id), "raw-%020lld", (long long)n);
	snprintf(code, sizeof(code), "RAW-%014lld", (long long)n);
	sqlite3_bind_text(response, 1, id, -1, SQLITE_STATIC);
	sqlite3_bind_blob(response, 2, hash, sizeof(hash), SQLITE_STATIC);
	sqlite3_bind_text(response, 3, code, -1, SQLITE_STATIC);
	step(response);
	response_id = sqlite3_last_insert_rowid(db);
	sqlite3_bind_int64(revision, 1, response_id);
	sqlite3_bind_text(revision, 2, code, -1, SQLITE_STATIC);
	sqlite3_bind_blob(revision, 3, hash, 16, SQLITE_STATIC);
	sqlite3_bind_blob(revision, 4, hash, sizeof(hash), SQLITE_STATIC);
	step(revision);
	revision_id = sqlite3_last_insert_rowid(db);
	sqlite3_bind_int64(said, 1, revision_id);
	sqlite3_bind_text(said, 2, answer, sizeof(answer), SQLITE_STATIC);
	step(said);
	sqlite3_bind_int64(stands, 1, revision_id);
	sqlite3_bind_int64(stands, 2, response_id);
	step(stands);
	sqlite3_bind_int64(told, 1, response_id);
	step(told);
}

int
main(int argc, char **argv)
{
	struct timespec from, to;
	int64_t count, batch;
	double s;

	if (argc != 4) {
		fprintf(stderr, "usage: submit_raw DATABASE COUNT BATCH\n");
		return 2;
	}
	count = strtoll(argv[2], NULL, 10);
	batch = strtoll(argv[3], NULL, 10);
	if (count < 1 || batch < 1 || sqlite3_open(argv[1], &db) != SQLITE_OK)
		return 2;
	memset(answer, 'x', sizeof(answer));
	run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
	    "PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000");
	response = prepare("INSERT INTO response (consultation_id, form_id, "
			   "secret_hash, code, state, channel, received_at, "
			   "changed_at) VALUES (1, ?, ?, ?, 'received', 'web', "
			   "1795252545334, 1795252545334)");
	revision = prepare(
	    "INSERT INTO revision (response_id, n, received_at, capacity, "
	    "name, "
	    "organisation, job_title, signatories, category, country, email, "
	    "email_key, lang, summary, authorisation, needs, "
	    "wishes_to_present, words, nonce, digest) VALUES (?, 1, "
	    "1795252545334, 'organisation', ?2, 'Bench Organisation', '', '', "
	    "'technical_community', 'CH', ?2, ?2, 'en', '', 'full', '', '', "
	    "333, ?, ?)");
	said = prepare("INSERT INTO answer (revision_id, question_id, body, "
		       "words) VALUES (?, 1, ?, 333)");
	stands = prepare("UPDATE response SET standing_revision_id = ? "
			 "WHERE id = ?");
	told =
	    prepare("INSERT INTO outbox (kind, recipient, lang, object_kind, "
		    "object_id, note, state, created_at) VALUES ('receipt', "
		    "'bench@example.org', 'en', 'response', ?, '', "
		    "'waiting', 1795252545334)");
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int64_t n = 0; n < count; n += batch) {
		run("BEGIN IMMEDIATE");
		for (int64_t i = n; i < n + batch; i++)
			submit(i);
		run("COMMIT");
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	s = (double)(to.tv_sec - from.tv_sec) +
	    (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	printf("submissions %lld seconds %.2f rate %.0f/s\n", (long long)count,
	    s, (double)count / s);
	return 0;
}
