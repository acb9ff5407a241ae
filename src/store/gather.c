#include "store/gather.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* The log. The real file follows it in the memory that SQLite gives. */
struct log_file {
	sqlite3_file base;
	uint8_t *p; /* what is not written yet: n octets, for place `at` */
	int n;
	sqlite3_int64 at;
};

/* SQLite rounds sizes up to eight octets, and so does this. */
#define LOG_SIZE ((sizeof(struct log_file) + 7) / 8 * 8)

static sqlite3_file *
real_of(struct log_file *f)
{
	return (sqlite3_file *)(void *)((uint8_t *)f + LOG_SIZE);
}

static struct log_file *
log_of(sqlite3_file *f)
{
	return (struct log_file *)(void *)f;
}

static int
flush(struct log_file *f)
{
	sqlite3_file *real = real_of(f);
	int n = f->n;

	f->n = 0;
	if (n == 0)
		return SQLITE_OK;
	return real->pMethods->xWrite(real, f->p, n, f->at);
}

static int
log_write(sqlite3_file *base, const void *p, int n, sqlite3_int64 at)
{
	struct log_file *f = log_of(base);
	sqlite3_file *real = real_of(f);
	bool follows = f->n > 0 && at == f->at + f->n;
	int rc;

	if (!follows || n > RP_GATHER_MAX - f->n) {
		rc = flush(f);
		if (rc != SQLITE_OK)
			return rc;
		f->at = at;
	}
	if (n > RP_GATHER_MAX)
		return real->pMethods->xWrite(real, p, n, at);
	memcpy(f->p + f->n, p, (size_t)n);
	f->n += n;
	return SQLITE_OK;
}

static int
log_read(sqlite3_file *base, void *p, int n, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(log_of(base));
	int rc = flush(log_of(base));

	return rc != SQLITE_OK ? rc : real->pMethods->xRead(real, p, n, at);
}

static int
log_truncate(sqlite3_file *base, sqlite3_int64 n)
{
	sqlite3_file *real = real_of(log_of(base));
	int rc = flush(log_of(base));

	return rc != SQLITE_OK ? rc : real->pMethods->xTruncate(real, n);
}

static int
log_sync(sqlite3_file *base, int flags)
{
	sqlite3_file *real = real_of(log_of(base));
	int rc = flush(log_of(base));

	return rc != SQLITE_OK ? rc : real->pMethods->xSync(real, flags);
}

static int
log_size(sqlite3_file *base, sqlite3_int64 *n)
{
	sqlite3_file *real = real_of(log_of(base));
	int rc = flush(log_of(base));

	return rc != SQLITE_OK ? rc : real->pMethods->xFileSize(real, n);
}

static int
log_control(sqlite3_file *base, int op, void *arg)
{
	sqlite3_file *real = real_of(log_of(base));
	int rc = flush(log_of(base));

	return rc != SQLITE_OK ? rc :
				 real->pMethods->xFileControl(real, op, arg);
}

static int
log_close(sqlite3_file *base)
{
	struct log_file *f = log_of(base);
	sqlite3_file *real = real_of(f);
	int wrote = flush(f), closed = real->pMethods->xClose(real);

	free(f->p);
	f->p = NULL;
	return wrote != SQLITE_OK ? wrote : closed;
}

/* Nobody locks the log itself. */
static int
log_lock(sqlite3_file *base, int level)
{
	sqlite3_file *real = real_of(log_of(base));

	return real->pMethods->xLock(real, level);
}

static int
log_unlock(sqlite3_file *base, int level)
{
	sqlite3_file *real = real_of(log_of(base));

	return real->pMethods->xUnlock(real, level);
}

static int
log_reserved(sqlite3_file *base, int *out)
{
	sqlite3_file *real = real_of(log_of(base));

	return real->pMethods->xCheckReservedLock(real, out);
}

static int
log_sector(sqlite3_file *base)
{
	sqlite3_file *real = real_of(log_of(base));

	return real->pMethods->xSectorSize(real);
}

static int
log_device(sqlite3_file *base)
{
	sqlite3_file *real = real_of(log_of(base));

	return real->pMethods->xDeviceCharacteristics(real);
}

static const sqlite3_io_methods log_methods = {
	.iVersion = 1,
	.xClose = log_close,
	.xRead = log_read,
	.xWrite = log_write,
	.xTruncate = log_truncate,
	.xSync = log_sync,
	.xFileSize = log_size,
	.xLock = log_lock,
	.xUnlock = log_unlock,
	.xCheckReservedLock = log_reserved,
	.xFileControl = log_control,
	.xSectorSize = log_sector,
	.xDeviceCharacteristics = log_device,
};

static int
open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags,
    int *out_flags)
{
	sqlite3_vfs *real = ((struct rp_gather *)(void *)vfs)->real;
	struct log_file *f = log_of(base);
	int rc;

	if ((flags & SQLITE_OPEN_WAL) == 0)
		return real->xOpen(real, path, base, flags, out_flags);
	memset(f, 0, LOG_SIZE);
	rc = real->xOpen(real, path, real_of(f), flags, out_flags);
	if (rc != SQLITE_OK)
		return rc;
	f->p = malloc(RP_GATHER_MAX);
	RP_ASSERT(f->p != NULL);
	f->base.pMethods = &log_methods;
	return SQLITE_OK;
}

static int
remove_file(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	sqlite3_vfs *real = ((struct rp_gather *)(void *)vfs)->real;

	return real->xDelete(real, path, sync_folder);
}

static int
access_file(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	sqlite3_vfs *real = ((struct rp_gather *)(void *)vfs)->real;

	return real->xAccess(real, path, flags, out);
}

static int
full_path(sqlite3_vfs *vfs, const char *path, int n, char *out)
{
	sqlite3_vfs *real = ((struct rp_gather *)(void *)vfs)->real;

	return real->xFullPathname(real, path, n, out);
}

/* What is not named here (time, randomness, sleep) is the real one's. */
void
rp_gather_init(struct rp_gather *g)
{
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);

	RP_ASSERT(real != NULL);
	g->real = real;
	g->vfs = *real;
	g->vfs.pNext = NULL;
	g->vfs.szOsFile = (int)LOG_SIZE + real->szOsFile;
	snprintf(g->name, sizeof(g->name), "gather-%p", (void *)g);
	g->vfs.zName = g->name;
	g->vfs.xOpen = open_file;
	g->vfs.xDelete = remove_file;
	g->vfs.xAccess = access_file;
	g->vfs.xFullPathname = full_path;
}
