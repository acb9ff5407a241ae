#include "store/fault.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

#define TRACE_MAX ((size_t)4 * 1024 * 1024)
#define NEVER INT64_MAX
#define PIECE 4096 /* a disk writes so much of a larger write or nothing */

/* A write that is not synced yet; without data: a truncation to `at`. */
struct change {
	struct change *next;
	int64_t at;
	size_t n;
	uint8_t data[];
};

struct image {
	struct image *next;
	char *path;
	uint8_t *p; /* what is certainly on the disk */
	size_t n;
	struct change *first, **last;
};

struct rp_fault {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	struct image *images;
	int64_t count, fail_at, crash_at, marks, marks_at_crash;
	enum rp_fault_kind kind;
	bool stays, has_failed, has_crashed;
	const char *folder;
	uint64_t seed;
	char *trace;
	size_t trace_n;
	char last[32];
	int64_t repeats;
};

struct fault_file {
	sqlite3_file base;
	struct rp_fault *fault;
	struct image *image; /* NULL: a temporary file */
	sqlite3_file *real;
};

static void *
grown(void *p, size_t n)
{
	p = realloc(p, n > 0 ? n : 1);
	RP_ASSERT(p != NULL);
	return p;
}

static void
flush_trace(struct rp_fault *f)
{
	char line[64];
	int n = 0;

	if (f->repeats > 1)
		n = snprintf(line, sizeof(line), "%s %" PRId64 "\n", f->last,
		    f->repeats);
	else if (f->repeats == 1)
		n = snprintf(line, sizeof(line), "%s\n", f->last);
	f->repeats = 0;
	if (f->trace_n + (size_t)n > TRACE_MAX)
		return;
	f->trace = grown(f->trace, f->trace_n + (size_t)n);
	memcpy(f->trace + f->trace_n, line, (size_t)n);
	f->trace_n += (size_t)n;
}

static void
trace(struct rp_fault *f, const char *verb, const char *what)
{
	char now[32];

	(void)snprintf(now, sizeof(now), "%s %s", verb, what);
	if (strcmp(now, f->last) != 0)
		flush_trace(f);
	memcpy(f->last, now, sizeof(now));
	f->repeats++;
}

static bool
ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static const char *
label(const char *path)
{
	if (ends(path, "-wal"))
		return "wal";
	return ends(path, "-journal") ? "journal" : "db";
}

static void
put_at(uint8_t **p, size_t *n, const struct change *c)
{
	size_t end = (size_t)c->at + c->n;

	if (c->n == 0) {
		*n = (size_t)c->at < *n ? (size_t)c->at : *n;
		return;
	}
	if (end > *n) {
		*p = grown(*p, end);
		memset(*p + *n, 0, end - *n);
		*n = end;
	}
	memcpy(*p + c->at, c->data, c->n);
}

static void
forget_changes(struct image *im)
{
	for (struct change *c = im->first, *next; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	im->first = NULL;
	im->last = &im->first;
}

static void
settle(struct image *im)
{
	for (struct change *c = im->first; c != NULL; c = c->next)
		put_at(&im->p, &im->n, c);
	forget_changes(im);
}

static void
note_change(struct image *im, int64_t at, const void *data, size_t n)
{
	struct change *c = grown(NULL, sizeof(*c) + n);

	*c = (struct change){ .at = at, .n = n };
	if (n > 0)
		memcpy(c->data, data, n);
	*im->last = c;
	im->last = &c->next;
}

static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void
write_survivor(struct rp_fault *f, const struct image *im)
{
	const char *slash = strrchr(im->path, '/');
	uint8_t *p = grown(NULL, im->n);
	size_t n = im->n;
	char path[512];
	int fd;

	if (n > 0)
		memcpy(p, im->p, n);
	for (const struct change *c = im->first; c != NULL; c = c->next)
		if (f->seed != 0 && next_random(&f->seed) % 2 == 0)
			put_at(&p, &n, c);
	(void)snprintf(path, sizeof(path), "%s/%s", f->folder,
	    slash ? slash + 1 : im->path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	RP_ASSERT(fd >= 0 && write(fd, p, n) == (ssize_t)n);
	(void)close(fd);
	free(p);
}

/* Count one operation; whether it must fail. */
static bool
hit(struct rp_fault *f, const char *verb, const char *path)
{
	bool is_write = strcmp(verb, "write") == 0;

	f->count++;
	if (f->count == f->crash_at) {
		for (struct image *im = f->images; im != NULL; im = im->next)
			write_survivor(f, im);
		f->has_crashed = true;
		f->marks_at_crash = f->marks;
	}
	trace(f, verb, label(path));
	if (f->count < f->fail_at ||
	    (f->count > f->fail_at && !f->stays && f->has_failed))
		return false;
	if (f->kind == RP_FAULT_FULL && !is_write)
		return false;
	f->has_failed = true;
	return true;
}

static struct fault_file *
file_of(sqlite3_file *file)
{
	return (struct fault_file *)file;
}

static int
fault_close(sqlite3_file *file)
{
	return file_of(file)->real->pMethods->xClose(file_of(file)->real);
}

static int
fault_read(sqlite3_file *file, void *p, int n, sqlite3_int64 at)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xRead(real, p, n, at);
}

static int
fault_write(sqlite3_file *file, const void *p, int n, sqlite3_int64 at)
{
	struct fault_file *ff = file_of(file);
	struct rp_fault *f = ff->fault;
	bool fails = ff->image != NULL && hit(f, "write", ff->image->path);
	int rc;

	if (fails)
		n /= 2;
	for (int i = 0; ff->image != NULL && i < n; i += PIECE)
		note_change(ff->image, at + i, (const uint8_t *)p + i,
		    (size_t)(n - i < PIECE ? n - i : PIECE));
	rc = ff->real->pMethods->xWrite(ff->real, p, n, at);
	if (!fails)
		return rc;
	return f->kind == RP_FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int
fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct fault_file *ff = file_of(file);

	if (ff->image != NULL) {
		if (hit(ff->fault, "truncate", ff->image->path))
			return SQLITE_IOERR_TRUNCATE;
		note_change(ff->image, size, NULL, 0);
	}
	return ff->real->pMethods->xTruncate(ff->real, size);
}

/* The real disk is spared: what survives a crash is decided here. */
static int
fault_sync(sqlite3_file *file, int flags RP_UNUSED)
{
	struct fault_file *ff = file_of(file);

	if (ff->image == NULL)
		return SQLITE_OK;
	if (hit(ff->fault, "sync", ff->image->path))
		return SQLITE_IOERR_FSYNC;
	settle(ff->image);
	return SQLITE_OK;
}

static int
fault_size(sqlite3_file *file, sqlite3_int64 *out)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xFileSize(real, out);
}

static int
fault_lock(sqlite3_file *file, int level)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xLock(real, level);
}

static int
fault_unlock(sqlite3_file *file, int level)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xUnlock(real, level);
}

static int
fault_check_lock(sqlite3_file *file, int *out)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xCheckReservedLock(real, out);
}

static int
fault_control(sqlite3_file *file, int op, void *arg)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xFileControl(real, op, arg);
}

static int
fault_sector(sqlite3_file *file)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xSectorSize(real);
}

static int
fault_traits(sqlite3_file *file)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xDeviceCharacteristics(real);
}

static int
fault_shm_map(sqlite3_file *file, int page, int size, int extend,
    void volatile **out)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xShmMap(real, page, size, extend, out);
}

static int
fault_shm_lock(sqlite3_file *file, int at, int n, int flags)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xShmLock(real, at, n, flags);
}

static void
fault_shm_barrier(sqlite3_file *file)
{
	sqlite3_file *real = file_of(file)->real;

	real->pMethods->xShmBarrier(real);
}

static int
fault_shm_unmap(sqlite3_file *file, int remove)
{
	sqlite3_file *real = file_of(file)->real;

	return real->pMethods->xShmUnmap(real, remove);
}

static const sqlite3_io_methods fault_methods = {
	.iVersion = 2,
	.xClose = fault_close,
	.xRead = fault_read,
	.xWrite = fault_write,
	.xTruncate = fault_truncate,
	.xSync = fault_sync,
	.xFileSize = fault_size,
	.xLock = fault_lock,
	.xUnlock = fault_unlock,
	.xCheckReservedLock = fault_check_lock,
	.xFileControl = fault_control,
	.xSectorSize = fault_sector,
	.xDeviceCharacteristics = fault_traits,
	.xShmMap = fault_shm_map,
	.xShmLock = fault_shm_lock,
	.xShmBarrier = fault_shm_barrier,
	.xShmUnmap = fault_shm_unmap,
};

/* What a file holds when it is opened counts as synced. */
static void
load(struct image *im)
{
	int fd = open(im->path, O_RDONLY | O_CLOEXEC);
	off_t size;

	if (fd < 0)
		return;
	size = lseek(fd, 0, SEEK_END);
	im->p = grown(NULL, (size_t)size);
	im->n = (size_t)size;
	RP_ASSERT(pread(fd, im->p, im->n, 0) == size);
	(void)close(fd);
}

static struct image *
image_get(struct rp_fault *f, const char *path)
{
	struct image *im;

	for (im = f->images; im != NULL; im = im->next)
		if (strcmp(im->path, path) == 0)
			return im;
	im = grown(NULL, sizeof(*im));
	*im = (struct image){ .next = f->images, .path = strdup(path) };
	RP_ASSERT(im->path != NULL);
	im->last = &im->first;
	load(im);
	f->images = im;
	return im;
}

static void
image_free(struct image *im)
{
	forget_changes(im);
	free(im->p);
	free(im->path);
	free(im);
}

static int
fault_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
    int *out_flags)
{
	struct rp_fault *f = vfs->pAppData;
	struct fault_file *ff = file_of(file);
	int kept =
	    SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
	int rc;

	*ff = (struct fault_file){ .fault = f };
	ff->real = (sqlite3_file *)(void *)(ff + 1);
	if (path != NULL && (flags & kept) && (flags & SQLITE_OPEN_READWRITE)) {
		if (hit(f, "open", path))
			return SQLITE_CANTOPEN;
		ff->image = image_get(f, path);
	}
	rc = f->real->xOpen(f->real, path, ff->real, flags, out_flags);
	if (rc == SQLITE_OK)
		ff->base.pMethods = &fault_methods;
	return rc;
}

static int
fault_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	struct rp_fault *f = vfs->pAppData;
	int rc;

	if (hit(f, "delete", path))
		return SQLITE_IOERR_DELETE;
	rc = f->real->xDelete(f->real, path, sync);
	for (struct image **at = &f->images; *at; at = &(*at)->next)
		if (strcmp((*at)->path, path) == 0) {
			struct image *gone = *at;

			*at = gone->next;
			image_free(gone);
			break;
		}
	return rc;
}

struct rp_fault *
rp_fault_new(void)
{
	struct rp_fault *f = calloc(1, sizeof(*f));

	RP_ASSERT(f != NULL);
	f->real = sqlite3_vfs_find(NULL);
	f->vfs = *f->real;
	f->vfs.zName = "fault";
	f->vfs.pNext = NULL;
	f->vfs.pAppData = f;
	f->vfs.szOsFile = (int)sizeof(struct fault_file) + f->real->szOsFile;
	f->vfs.xOpen = fault_open;
	f->vfs.xDelete = fault_delete;
	f->fail_at = f->crash_at = NEVER;
	RP_ASSERT(sqlite3_vfs_register(&f->vfs, 1) == SQLITE_OK);
	return f;
}

void
rp_fault_free(struct rp_fault *f)
{
	if (f == NULL)
		return;
	(void)sqlite3_vfs_unregister(&f->vfs);
	for (struct image *im = f->images, *next; im != NULL; im = next) {
		next = im->next;
		image_free(im);
	}
	free(f->trace);
	free(f);
}

void
rp_fault_freep(struct rp_fault **f)
{
	rp_fault_free(*f);
	*f = NULL;
}

/* What was removed behind SQLite's back is of no interest any more. */
static void
restart(struct rp_fault *f)
{
	struct image **at = &f->images;

	f->count = 0;
	while (*at != NULL) {
		struct image *im = *at;

		if (access(im->path, F_OK) == 0) {
			at = &im->next;
			continue;
		}
		*at = im->next;
		image_free(im);
	}
}

void
rp_fault_at(struct rp_fault *f, int64_t n, enum rp_fault_kind kind, bool stays)
{
	restart(f);
	f->fail_at = n;
	f->kind = kind;
	f->stays = stays;
	f->has_failed = false;
}

bool
rp_fault_clear(struct rp_fault *f)
{
	f->fail_at = NEVER;
	return f->has_failed;
}

void
rp_fault_crash_at(struct rp_fault *f, int64_t n, const char *folder,
    uint64_t seed)
{
	restart(f);
	f->crash_at = n;
	f->folder = folder;
	f->seed = seed;
	f->marks = 0;
	f->has_crashed = false;
}

bool
rp_fault_crashed(const struct rp_fault *f, int64_t *out_marks)
{
	*out_marks = f->marks_at_crash;
	return f->has_crashed;
}

void
rp_fault_mark(struct rp_fault *f, const char *what)
{
	f->marks++;
	trace(f, "mark", what);
}

rp_text
rp_fault_trace(const struct rp_fault *f, struct rp_arena *a)
{
	rp_text done = { f->trace ? f->trace : "", f->trace_n };

	if (f->repeats > 1)
		return rp_textf(a, "%.*s%s %" PRId64 "\n", RP_FMT(done),
		    f->last, f->repeats);
	return rp_textf(a, "%.*s%s\n", RP_FMT(done), f->last);
}
