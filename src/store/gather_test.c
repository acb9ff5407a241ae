/* The log's file by itself: what is written when, and what it then holds. */
#include "store/gather.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"

#define FLAGS (SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_WAL)

struct fixture {
	struct rp_gather gather;
	char path[64];
	sqlite3_file *log;
	const sqlite3_io_methods *io;
};

static void
begin(struct fixture *f)
{
	int fd;

	snprintf(f->path, sizeof(f->path), "/tmp/rp.gather.XXXXXX");
	fd = mkstemp(f->path);
	RP_CHECK(fd >= 0);
	close(fd);
	rp_gather_init(&f->gather);
	f->log = calloc(1, (size_t)f->gather.vfs.szOsFile);
	RP_CHECK(f->gather.vfs.xOpen(&f->gather.vfs, f->path, f->log, FLAGS,
		     NULL) == SQLITE_OK);
	f->io = f->log->pMethods;
}

static void
end(struct fixture *f)
{
	RP_CHECK(f->io->xClose(f->log) == SQLITE_OK);
	free(f->log);
	unlink(f->path);
}

static int
put(struct fixture *f, const char *text, int64_t at)
{
	return f->io->xWrite(f->log, text, (int)strlen(text), at);
}

/* Octets in the file itself, whatever is still held back. */
static int64_t
on_file(const struct fixture *f)
{
	struct stat st;

	RP_CHECK(stat(f->path, &st) == 0);
	return st.st_size;
}

static bool
holds(struct fixture *f, const char *text)
{
	char got[64] = "";
	int n = (int)strlen(text);

	RP_CHECK(f->io->xRead(f->log, got, n, 0) == SQLITE_OK);
	return memcmp(got, text, (size_t)n) == 0;
}

static void
what_follows_is_held_until_synced(void)
{
	struct fixture f;

	begin(&f);
	RP_CHECK(put(&f, "one ", 0) == SQLITE_OK);
	RP_CHECK(put(&f, "two ", 4) == SQLITE_OK);
	RP_CHECK(on_file(&f) == 0);
	RP_CHECK(f.io->xSync(f.log, SQLITE_SYNC_NORMAL) == SQLITE_OK);
	RP_CHECK(on_file(&f) == 8);
	RP_CHECK(put(&f, "three", 8) == SQLITE_OK);
	RP_CHECK(on_file(&f) == 8);
	RP_CHECK(holds(&f, "one two three"));
	end(&f);
}

static void
pieces_keep_their_order(void)
{
	struct fixture f;
	sqlite3_int64 n = 0;

	begin(&f);
	/* A frame taken back and written again, as after a rollback. */
	RP_CHECK(put(&f, "aaaa", 0) == SQLITE_OK);
	RP_CHECK(put(&f, "bbbb", 4) == SQLITE_OK);
	RP_CHECK(put(&f, "cc", 4) == SQLITE_OK);
	RP_CHECK(on_file(&f) == 8);
	RP_CHECK(put(&f, "dd", 2) == SQLITE_OK);
	RP_CHECK(f.io->xFileSize(f.log, &n) == SQLITE_OK && n == 8);
	RP_CHECK(holds(&f, "aaddccbb"));
	RP_CHECK(put(&f, "e", 8) == SQLITE_OK);
	RP_CHECK(f.io->xTruncate(f.log, 4) == SQLITE_OK);
	RP_CHECK(on_file(&f) == 4 && holds(&f, "aadd"));
	end(&f);
}

static void
more_than_is_held_goes_out(void)
{
	static char page[RP_GATHER_MAX + 1];
	struct fixture f;
	char last = 0;

	begin(&f);
	memset(page, 'p', sizeof(page));
	RP_CHECK(f.io->xWrite(f.log, page, RP_GATHER_MAX - 1, 0) == SQLITE_OK);
	RP_CHECK(put(&f, "q", RP_GATHER_MAX - 1) == SQLITE_OK);
	RP_CHECK(on_file(&f) == 0);
	RP_CHECK(put(&f, "r", RP_GATHER_MAX) == SQLITE_OK);
	RP_CHECK(on_file(&f) == RP_GATHER_MAX);
	/* Larger than all of it: straight through. */
	RP_CHECK(f.io->xWrite(f.log, page, sizeof(page), RP_GATHER_MAX + 1) ==
		 SQLITE_OK);
	RP_CHECK(on_file(&f) == 2 * RP_GATHER_MAX + 2);
	RP_CHECK(f.io->xRead(f.log, &last, 1, RP_GATHER_MAX - 1) == SQLITE_OK);
	RP_CHECK(last == 'q');
	RP_CHECK(put(&f, "s", 2 * RP_GATHER_MAX + 2) == SQLITE_OK);
	end(&f);
}

static void
the_end_writes_the_rest(void)
{
	struct fixture f;
	struct stat st;

	begin(&f);
	RP_CHECK(put(&f, "rest", 0) == SQLITE_OK);
	RP_CHECK(f.io->xClose(f.log) == SQLITE_OK);
	RP_CHECK(stat(f.path, &st) == 0 && st.st_size == 4);
	free(f.log);
	unlink(f.path);
}

static int
full(sqlite3_file *file RP_UNUSED, const void *p RP_UNUSED, int n RP_UNUSED,
    sqlite3_int64 at RP_UNUSED)
{
	return SQLITE_FULL;
}

/* The disk is full: nobody is told otherwise. */
static void
a_failed_write_fails_the_sync(void)
{
	struct fixture f;
	sqlite3_io_methods broken;
	const sqlite3_io_methods *whole;
	sqlite3_file *real;

	begin(&f);
	real = (sqlite3_file *)(void *)((char *)f.log + f.gather.vfs.szOsFile -
					f.gather.real->szOsFile);
	whole = real->pMethods;
	broken = *whole;
	broken.xWrite = full;
	RP_CHECK(put(&f, "lost", 0) == SQLITE_OK);
	real->pMethods = &broken;
	RP_CHECK(f.io->xSync(f.log, SQLITE_SYNC_NORMAL) == SQLITE_FULL);
	RP_CHECK(put(&f, "lost", 0) == SQLITE_OK);
	RP_CHECK(put(&f, "too", 100) == SQLITE_FULL);
	real->pMethods = whole;
	/* What failed is not tried again behind anybody's back. */
	RP_CHECK(f.io->xSync(f.log, SQLITE_SYNC_NORMAL) == SQLITE_OK);
	RP_CHECK(on_file(&f) == 0);
	RP_CHECK(put(&f, "kept", 0) == SQLITE_OK);
	end(&f);
}

RP_CHECK_MAIN({ "what follows is held until synced",
		  what_follows_is_held_until_synced },
    { "pieces keep their order", pieces_keep_their_order },
    { "more than is held goes out", more_than_is_held_goes_out },
    { "the end writes the rest", the_end_writes_the_rest },
    { "a failed write fails the sync", a_failed_write_fails_the_sync })
