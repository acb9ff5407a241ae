#include "codec/zip_write.h"

#include <zlib.h>

#include "base/err.h"
#include "base/vec.h"
#include "codec/sink.h"

#define LOCAL 0x04034b50u
#define DESCRIPTOR 0x08074b50u
#define CENTRAL 0x02014b50u
#define END 0x06054b50u
#define END64 0x06064b50u
#define LOCATOR64 0x07064b50u

#define VERSION 20
#define VERSION64 45
#define DEFLATED 8
#define FLAGS (1 << 3 | 1 << 11) /* a descriptor follows; UTF-8 */
#define DATE (1 << 5 | 1)        /* 1980-01-01 */
#define MAX16 0xffffu
#define MAX32 0xffffffffu
#define BLOCK_MAX ((size_t)0xffff) /* a stored block of deflate */

struct entry {
	rp_text name;
	uint64_t offset, size, deflated;
	uint32_t sum;
};

struct rp_zip_writer {
	struct rp_arena *arena;
	uint64_t at; /* octets written */
	struct entries RP_VEC(struct entry) entries;
	bool in_entry;
};

struct rp_zip_writer *
rp_zip_writer_new(struct rp_arena *a)
{
	struct rp_zip_writer *w = rp_new(a, struct rp_zip_writer);

	w->arena = a;
	return w;
}

static void
put(struct rp_zip_writer *w, struct rp_sink *s, const void *p, size_t n)
{
	rp_sink_add(s, p, n);
	w->at += n;
}

/* Little-endian, as everything in the format. */
static void
number(struct rp_zip_writer *w, struct rp_sink *s, uint64_t v, size_t n)
{
	uint8_t b[8];

	for (size_t i = 0; i < n; i++)
		b[i] = (uint8_t)(v >> (8 * i));
	put(w, s, b, n);
}

void
rp_zip_writer_begin(struct rp_zip_writer *w, struct rp_sink *s, rp_text name)
{
	struct entry e = { .name = name, .offset = w->at };

	RP_ASSERT(
	    !w->in_entry && name.n > 0 && name.n <= RP_ZIP_WRITE_NAME_MAX);
	w->in_entry = true;
	number(w, s, LOCAL, 4);
	number(w, s, VERSION, 2);
	number(w, s, FLAGS, 2);
	number(w, s, DEFLATED, 2);
	number(w, s, 0, 2);
	number(w, s, DATE, 2);
	number(w, s, 0, 4); /* sum and sizes: in the descriptor */
	number(w, s, 0, 8);
	number(w, s, name.n, 2);
	number(w, s, 0, 2);
	put(w, s, name.p, name.n);
	rp_vec_push(w->arena, &w->entries, e);
}

static void
block(struct rp_zip_writer *w, struct rp_sink *s, const uint8_t *p, size_t n,
    bool last)
{
	number(w, s, last ? 1 : 0, 1);
	number(w, s, n, 2);
	number(w, s, ~n & MAX16, 2);
	put(w, s, p, n);
}

void
rp_zip_writer_add(struct rp_zip_writer *w, struct rp_sink *s, rp_bytes octets)
{
	struct entry *e;

	RP_ASSERT(w->in_entry);
	e = &w->entries.v[w->entries.n - 1];
	e->size += octets.n;
	RP_ASSERT(e->size <= RP_ZIP_WRITE_ENTRY_MAX);
	e->sum = (uint32_t)crc32_z(e->sum, octets.p, octets.n);
	for (size_t at = 0; at < octets.n;) {
		size_t n =
		    octets.n - at < BLOCK_MAX ? octets.n - at : BLOCK_MAX;

		block(w, s, octets.p + at, n, false);
		at += n;
	}
}

void
rp_zip_writer_end(struct rp_zip_writer *w, struct rp_sink *s)
{
	struct entry *e;

	RP_ASSERT(w->in_entry);
	w->in_entry = false;
	block(w, s, NULL, 0, true);
	e = &w->entries.v[w->entries.n - 1];
	e->deflated = w->at - e->offset - 30 - e->name.n;
	number(w, s, DESCRIPTOR, 4);
	number(w, s, e->sum, 4);
	number(w, s, e->deflated, 4);
	number(w, s, e->size, 4);
}

static void
central(struct rp_zip_writer *w, struct rp_sink *s, const struct entry *e)
{
	bool far = e->offset >= MAX32;

	number(w, s, CENTRAL, 4);
	number(w, s, far ? VERSION64 : VERSION, 2);
	number(w, s, far ? VERSION64 : VERSION, 2);
	number(w, s, FLAGS, 2);
	number(w, s, DEFLATED, 2);
	number(w, s, 0, 2);
	number(w, s, DATE, 2);
	number(w, s, e->sum, 4);
	number(w, s, e->deflated, 4);
	number(w, s, e->size, 4);
	number(w, s, e->name.n, 2);
	number(w, s, far ? 12 : 0, 2);
	number(w, s, 0, 2); /* comment, disk, attributes */
	number(w, s, 0, 8);
	number(w, s, far ? MAX32 : e->offset, 4);
	put(w, s, e->name.p, e->name.n);
	if (!far)
		return;
	number(w, s, 1, 2);
	number(w, s, 8, 2);
	number(w, s, e->offset, 8);
}

static void
end64(struct rp_zip_writer *w, struct rp_sink *s, uint64_t from, uint64_t to)
{
	number(w, s, END64, 4);
	number(w, s, 44, 8);
	number(w, s, VERSION64, 2);
	number(w, s, VERSION64, 2);
	number(w, s, 0, 8); /* disks */
	number(w, s, w->entries.n, 8);
	number(w, s, w->entries.n, 8);
	number(w, s, to - from, 8);
	number(w, s, from, 8);
	number(w, s, LOCATOR64, 4);
	number(w, s, 0, 4);
	number(w, s, to, 8);
	number(w, s, 1, 4);
}

void
rp_zip_writer_finish(struct rp_zip_writer *w, struct rp_sink *s)
{
	uint64_t from = w->at, to, n = w->entries.n;

	RP_ASSERT(!w->in_entry);
	for (size_t i = 0; i < w->entries.n; i++)
		central(w, s, &w->entries.v[i]);
	to = w->at;
	if (n >= MAX16 || from >= MAX32 || to - from >= MAX32)
		end64(w, s, from, to);
	number(w, s, END, 4);
	number(w, s, 0, 4); /* disks */
	number(w, s, n < MAX16 ? n : MAX16, 2);
	number(w, s, n < MAX16 ? n : MAX16, 2);
	number(w, s, to - from < MAX32 ? to - from : MAX32, 4);
	number(w, s, from < MAX32 ? from : MAX32, 4);
	number(w, s, 0, 2);
}
