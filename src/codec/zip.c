#include "codec/zip.h"

#include <string.h>
#include <zip.h>

#include "base/err.h"
#include "base/map.h"

#define STEP ((size_t)64 << 10)
/* libzip's own default is 9, which takes several times as long for 2 %. */
#define LEVEL 5
#define FIXED_DATE ((uint16_t)(1 << 5 | 1)) /* 1980-01-01 as MS-DOS has it */

struct entry {
	rp_text name;
	size_t size, deflated;
	uint16_t method;
	uint32_t sum;
};

struct rp_zip {
	zip_t *zip;
	struct entry *entries;
	size_t n;
	struct names RP_MAP(size_t) names; /* lower-case, to find doubles */
};

static void
discard(void *zip)
{
	zip_discard(zip);
}

static struct rp_err *
fail(const char *what, zip_error_t *error)
{
	struct rp_err *e =
	    rp_fail(RP_E_INVALID, "%s: %s", what, zip_error_strerror(error));

	zip_error_fini(error);
	return e;
}

static bool
escapes(rp_text name)
{
	if (name.n == 0 || name.p[0] == '/' ||
	    memchr(name.p, '\\', name.n) != NULL ||
	    memchr(name.p, ':', name.n) != NULL ||
	    memchr(name.p, '\n', name.n) != NULL)
		return true;
	for (size_t from = 0; from <= name.n;) {
		size_t to = rp_text_find(name, '/', from);
		rp_text one = rp_text_sub(name, from, to);

		if (rp_text_eq(one, RP_TEXT("..")) ||
		    rp_text_eq(one, RP_TEXT(".")) ||
		    (to < name.n && one.n == 0))
			return true;
		from = to + 1;
	}
	return false;
}

static rp_text
lower(struct rp_arena *a, rp_text name)
{
	char *p = rp_alloc(a, name.n + 1);

	for (size_t i = 0; i < name.n; i++)
		p[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ?
				  name.p[i] | 0x20 :
				  name.p[i]);
	return (rp_text){ p, name.n };
}

static struct rp_err *
check_sizes(const struct entry *e, size_t *total)
{
	if (e->size > RP_ZIP_ENTRY_MAX)
		return rp_fail(RP_E_LIMIT, "ZIP entry inflates to %zu octets",
		    e->size);
	if (e->size > RP_ZIP_RATIO_FROM &&
	    e->size / RP_ZIP_RATIO_MAX > e->deflated)
		return rp_fail(RP_E_LIMIT, "ZIP entry inflates %zu to %zu",
		    e->deflated, e->size);
	*total += e->size;
	if (*total > RP_ZIP_TOTAL_MAX)
		return rp_fail(RP_E_LIMIT, "ZIP entries inflate to over %zu",
		    RP_ZIP_TOTAL_MAX);
	return NULL;
}

static struct rp_err *
enter(struct rp_arena *a, struct rp_zip *z, size_t i, size_t *total)
{
	struct entry *e = &z->entries[i];
	const uint8_t *name;
	zip_stat_t st;

	if (zip_stat_index(z->zip, i, ZIP_FL_ENC_RAW, &st) != 0)
		return rp_fail(RP_E_INVALID, "unreadable ZIP directory");
	name = (const uint8_t *)st.name;
	RP_TRY(rp_text_from(a, (rp_bytes){ name, strlen(st.name) },
	    RP_ZIP_NAME_MAX, &e->name));
	if (escapes(e->name))
		return rp_fail(RP_E_INVALID, "ZIP entry's name escapes");
	if (rp_map_find(&z->names, lower(a, e->name)) != NULL)
		return rp_fail(RP_E_INVALID, "ZIP entry twice");
	*rp_map_at(a, &z->names, lower(a, e->name)) = i;
	if (st.encryption_method != ZIP_EM_NONE)
		return rp_fail(RP_E_INVALID, "encrypted ZIP entry");
	if (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)
		return rp_fail(RP_E_INVALID, "ZIP method %u", st.comp_method);
	e->method = st.comp_method;
	e->sum = st.crc;
	e->size = st.size;
	e->deflated = st.comp_size;
	return check_sizes(e, total);
}

struct rp_err *
rp_zip_open(struct rp_arena *a, rp_bytes in, struct rp_zip **out)
{
	struct rp_zip *z = rp_new(a, struct rp_zip);
	zip_source_t *source;
	zip_int64_t n;
	size_t total = 0;
	zip_error_t error;

	if (in.n > RP_ZIP_FILE_MAX)
		return rp_fail(RP_E_LIMIT, "ZIP of %zu octets", in.n);
	if (in.n < 4 || memcmp(in.p, "PK\x03\x04", 4) != 0)
		return rp_fail(RP_E_INVALID, "not a ZIP file");
	zip_error_init(&error);
	source = zip_source_buffer_create(in.p, in.n, 0, &error);
	if (source == NULL)
		return fail("ZIP", &error);
	z->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (z->zip == NULL) {
		zip_source_free(source);
		return fail("ZIP", &error);
	}
	zip_error_fini(&error);
	rp_arena_defer(a, discard, z->zip);
	n = zip_get_num_entries(z->zip, 0);
	if (n < 0 || n > RP_ZIP_ENTRIES_MAX)
		return rp_fail(RP_E_LIMIT, "ZIP of %lld entries", (long long)n);
	z->n = (size_t)n;
	z->entries = rp_new_n(a, struct entry, z->n);
	for (size_t i = 0; i < z->n; i++)
		RP_TRY(enter(a, z, i, &total));
	*out = z;
	return NULL;
}

size_t
rp_zip_n(const struct rp_zip *z)
{
	return z->n;
}

rp_text
rp_zip_name(const struct rp_zip *z, size_t i)
{
	RP_ASSERT(i < z->n);
	return z->entries[i].name;
}

uint32_t
rp_zip_sum(const struct rp_zip *z, size_t i)
{
	RP_ASSERT(i < z->n);
	return z->entries[i].sum;
}

size_t
rp_zip_find(const struct rp_zip *z, rp_text name)
{
	for (size_t i = 0; i < z->n; i++)
		if (rp_text_eq(z->entries[i].name, name))
			return i;
	return SIZE_MAX;
}

/* Read to the end, where libzip compares the CRC; `to` may be NULL. */
static struct rp_err *
inflate_entry(struct rp_zip *z, size_t i, uint8_t *to)
{
	const struct entry *e = &z->entries[i];
	zip_file_t *f = zip_fopen_index(z->zip, i, 0);
	uint8_t scrap[4096];
	size_t n = 0;
	zip_int64_t got;

	if (f == NULL)
		return rp_fail(RP_E_INVALID, "ZIP entry: %s",
		    zip_strerror(z->zip));
	do {
		bool keep = to != NULL && n < e->size;
		size_t want = keep && e->size - n < STEP ? e->size - n : STEP;

		got = zip_fread(f, keep ? to + n : scrap,
		    keep ? want : sizeof(scrap));
		n += got > 0 ? (size_t)got : 0;
	} while (got > 0 && n <= e->size);
	zip_fclose(f);
	if (got < 0 || n != e->size)
		return rp_fail(RP_E_INVALID, "damaged ZIP entry");
	return NULL;
}

struct rp_err *
rp_zip_read(struct rp_arena *a, struct rp_zip *z, size_t i, rp_bytes *out)
{
	uint8_t *to;

	RP_ASSERT(i < z->n);
	to = rp_alloc(a, z->entries[i].size + 1);
	RP_TRY(inflate_entry(z, i, to));
	*out = (rp_bytes){ to, z->entries[i].size };
	return NULL;
}

static struct rp_err *
add_entry(struct rp_zip *z, zip_t *to, size_t i,
    const struct rp_zip_change *change)
{
	const struct entry *e = &z->entries[i];
	zip_source_t *source;
	zip_int64_t at;

	if (change != NULL) {
		source = zip_source_buffer(to,
		    change->content.n ? (const void *)change->content.p : "",
		    change->content.n, 0);
	} else {
		RP_TRY(inflate_entry(z, i, NULL));
		source =
		    zip_source_zip(to, z->zip, i, ZIP_FL_COMPRESSED, 0, -1);
	}
	if (source == NULL)
		return rp_fail(RP_E_INTERNAL, "ZIP: %s", zip_strerror(to));
	at = zip_file_add(to, e->name.p, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return rp_fail(RP_E_INTERNAL, "ZIP: %s", zip_strerror(to));
	}
	if (zip_set_file_compression(to, (zip_uint64_t)at, e->method,
		change != NULL && e->method == ZIP_CM_DEFLATE ? LEVEL : 0) !=
		0 ||
	    zip_file_set_dostime(to, (zip_uint64_t)at, 0, FIXED_DATE, 0) != 0)
		return rp_fail(RP_E_INTERNAL, "ZIP: %s", zip_strerror(to));
	return NULL;
}

static struct rp_err *
add_new(zip_t *to, const struct rp_zip_change *change)
{
	zip_source_t *source = zip_source_buffer(to,
	    change->content.n ? (const void *)change->content.p : "",
	    change->content.n, 0);
	zip_int64_t at;

	if (source == NULL)
		return rp_fail(RP_E_INTERNAL, "ZIP: %s", zip_strerror(to));
	at = zip_file_add(to, change->name.p, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return rp_fail(RP_E_INTERNAL, "ZIP: %s", zip_strerror(to));
	}
	if (zip_set_file_compression(to, (zip_uint64_t)at, ZIP_CM_DEFLATE,
		LEVEL) != 0 ||
	    zip_file_set_dostime(to, (zip_uint64_t)at, 0, FIXED_DATE, 0) != 0)
		return rp_fail(RP_E_INTERNAL, "ZIP: %s", zip_strerror(to));
	return NULL;
}

static struct rp_err *
add_all(struct rp_zip *z, zip_t *to, const struct rp_zip_change *changes,
    size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < z->n; i++) {
		const struct rp_zip_change *change = NULL;

		if (k < n && changes[k].i == i)
			change = &changes[k++];
		if (change == NULL || !change->drop)
			RP_TRY(add_entry(z, to, i, change));
	}
	for (; k < n; k++) {
		RP_ASSERT(changes[k].i == RP_ZIP_ADD);
		RP_TRY(add_new(to, &changes[k]));
	}
	return NULL;
}

static struct rp_err *
take(struct rp_arena *a, zip_source_t *source, size_t max, rp_bytes *out)
{
	zip_stat_t st;
	uint8_t *to;

	if (zip_source_stat(source, &st) != 0 || !(st.valid & ZIP_STAT_SIZE))
		return rp_fail(RP_E_INTERNAL, "ZIP: no result");
	if (st.size > max)
		return rp_fail(RP_E_LIMIT, "copy of %llu octets",
		    (unsigned long long)st.size);
	to = rp_alloc(a, st.size + 1);
	if (zip_source_open(source) != 0)
		return rp_fail(RP_E_INTERNAL, "ZIP: result not open");
	if (zip_source_read(source, to, st.size) != (zip_int64_t)st.size) {
		zip_source_close(source);
		return rp_fail(RP_E_INTERNAL, "ZIP: result not read");
	}
	zip_source_close(source);
	*out = (rp_bytes){ to, st.size };
	return NULL;
}

static void
source_free(void *source)
{
	zip_source_free(source);
}

struct rp_err *
rp_zip_copy(struct rp_arena *a, struct rp_zip *z,
    const struct rp_zip_change *changes, size_t n, size_t max, rp_bytes *out)
{
	zip_source_t *source;
	zip_error_t error;
	struct rp_err *e;
	zip_t *to;

	zip_error_init(&error);
	source = zip_source_buffer_create(NULL, 0, 0, &error);
	if (source == NULL)
		return fail("ZIP", &error);
	rp_arena_defer(a, source_free, source);
	zip_source_keep(source);
	to = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	if (to == NULL) {
		zip_source_free(source);
		return fail("ZIP", &error);
	}
	zip_error_fini(&error);
	e = add_all(z, to, changes, n);
	if (e == NULL && zip_close(to) != 0)
		e = rp_fail(RP_E_INTERNAL, "ZIP: %s", zip_strerror(to));
	if (e != NULL) {
		zip_discard(to);
		return e;
	}
	return take(a, source, max, out);
}

struct rp_err *
rp_zip_new(struct rp_arena *a, const struct rp_zip_change *entries, size_t n,
    size_t max, rp_bytes *out)
{
	struct rp_zip nothing = { 0 };

	return rp_zip_copy(a, &nothing, entries, n, max, out);
}
