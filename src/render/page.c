#include "render/page.h"

#include <string.h>

#include "base/err.h"
#include "render/message_private.h"
#include "text/format.h"

#define FIRST_SIZE ((size_t)16 * 1024)

void
rp_page_init(struct rp_page *page, struct rp_arena *a,
    const struct rp_reader *reader)
{
	*page = (struct rp_page){ .arena = a,
		.reader = reader,
		.limit = RP_PAGE_MAX };
}

static void
grow(struct rp_page *page, size_t need)
{
	size_t cap = page->cap ? page->cap * 2 : FIRST_SIZE;
	char *p;

	while (cap < need)
		cap *= 2;
	p = rp_alloc_raw(page->arena, cap);
	if (page->n > 0)
		memcpy(p, page->p, page->n);
	page->p = p;
	page->cap = cap;
}

/* As memcpy(), without a call for the short pieces that pages are made of. */
static inline void
copy(char *to, const char *p, size_t n)
{
	if (n > 64) {
		memcpy(to, p, n);
	} else if (n > 32) {
		memcpy(to, p, 32);
		memcpy(to + n - 32, p + n - 32, 32);
	} else if (n >= 16) {
		memcpy(to, p, 16);
		memcpy(to + n - 16, p + n - 16, 16);
	} else if (n >= 8) {
		memcpy(to, p, 8);
		memcpy(to + n - 8, p + n - 8, 8);
	} else if (n >= 4) {
		memcpy(to, p, 4);
		memcpy(to + n - 4, p + n - 4, 4);
	} else {
		for (size_t i = 0; i < n; i++)
			to[i] = p[i];
	}
}

static inline bool
room(struct rp_page *page, size_t n)
{
	if (rp_likely(n <= page->cap - page->n))
		return true;
	if (page->over || n > page->limit - page->n) {
		page->over = true;
		return false;
	}
	grow(page, page->n + n);
	return true;
}

static inline void
add(struct rp_page *page, const char *p, size_t n)
{
	if (!room(page, n))
		return;
	copy(page->p + page->n, p, n);
	page->n += n;
}

void
rp_page_html(struct rp_page *page, rp_html h)
{
	if (h.n > 0)
		add(page, h.p, h.n);
}

/* Which octets of text have to be written as entities; 0 for the others. */
static const unsigned char
    entity_of[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5 };
static const struct {
	const char *p;
	size_t n;
} entities[] = { { "", 0 }, { "&amp;", 5 }, { "&lt;", 4 }, { "&gt;", 4 },
	{ "&quot;", 6 }, { "&#39;", 5 } };

/* Octets compared at once: vectors of GCC's and Clang's. */
typedef uint8_t eight RP_VECTOR(8);
typedef uint8_t sixteen RP_VECTOR(16);

/* & and ' differ in one bit, < and > in another; then there is ". */
#define SPECIAL(x) ((((x)&0xfe) == 0x26) | (((x)&0xfd) == 0x3c) | ((x) == 0x22))

static inline bool
plain_eight(eight x)
{
	eight hit = (eight)(SPECIAL(x));
	uint64_t some;

	memcpy(&some, &hit, sizeof(some));
	return some == 0;
}

static inline bool
plain_sixteen(sixteen x)
{
	sixteen hit = (sixteen)(SPECIAL(x));
	uint64_t some[2];

	memcpy(some, &hit, sizeof(some));
	return (some[0] | some[1]) == 0;
}

/* Copy up to the first vector that holds one to escape; how far that was. */
static inline size_t
copy_plain(char *to, const char *p, size_t n)
{
	sixteen x;
	eight y;
	size_t i = 0;

	for (; n - i >= sizeof(x); i += sizeof(x)) {
		memcpy(&x, p + i, sizeof(x));
		if (rp_unlikely(!plain_sixteen(x)))
			return i;
		memcpy(to + i, &x, sizeof(x));
	}
	if (n - i >= sizeof(y)) {
		memcpy(&y, p + i, sizeof(y));
		if (rp_unlikely(!plain_eight(y)))
			return i;
		memcpy(to + i, &y, sizeof(y));
		i += sizeof(y);
	}
	/* The end again, with some octets before it that are known. */
	if (i < n && n >= sizeof(y)) {
		memcpy(&y, p + n - sizeof(y), sizeof(y));
		if (rp_unlikely(!plain_eight(y)))
			return i;
		memcpy(to + n - sizeof(y), &y, sizeof(y));
		return n;
	}
	for (; i < n && entity_of[(unsigned char)p[i]] == 0; i++)
		to[i] = p[i];
	return i;
}

/* Eight octets or what is left, of which some are to be escaped. */
static size_t
escape_some(struct rp_page *page, const char *p, size_t n)
{
	n = n < sizeof(eight) ? n : sizeof(eight);
	for (size_t i = 0; i < n; i++) {
		unsigned char e = entity_of[(unsigned char)p[i]];

		if (e == 0)
			add(page, p + i, 1);
		else
			add(page, entities[e].p, entities[e].n);
	}
	return n;
}

static void
escaped(struct rp_page *page, const char *p, size_t n)
{
	size_t done;

	while (n > 0 && room(page, n)) {
		done = copy_plain(page->p + page->n, p, n);
		page->n += done;
		if (rp_likely(done == n))
			return;
		done += escape_some(page, p + done, n - done);
		p += done;
		n -= done;
	}
}

void
rp_page_text(struct rp_page *page, rp_text t)
{
	escaped(page, t.p, t.n);
}

void
rp_page_url(struct rp_page *page, rp_url u)
{
	escaped(page, u.p, u.n);
}

void
rp_page_i64(struct rp_page *page, int64_t v)
{
	char digits[20], *end = digits + sizeof(digits), *p = end;
	uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		*--p = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (v < 0)
		*--p = '-';
	add(page, p, (size_t)(end - p));
}

void
rp_page_num(struct rp_page *page, int64_t v)
{
	rp_page_text(page, rp_format_i64(page->reader->locale, page->arena, v));
}

void
rp_page_msg(struct rp_page *page, enum rp_msg id)
{
	rp_page_msgv(page, id, false, NULL, 0);
}

static void
argument(struct rp_page *page, const struct rp_msg_arg *arg, bool isolate)
{
	switch (arg->kind) {
	case RP_MSG_ARG_NUM:
		rp_page_num(page, arg->num);
		return;
	case RP_MSG_ARG_MSG:
		rp_page_msg(page, arg->msg);
		return;
	case RP_MSG_ARG_TEXT:
		if (isolate)
			rp_page_html(page, RP_HTML("<bdi>"));
		rp_page_text(page, arg->text);
		if (isolate)
			rp_page_html(page, RP_HTML("</bdi>"));
	}
}

void
rp_page_msgv(struct rp_page *page, enum rp_msg id, bool isolate,
    const struct rp_msg_arg *args, size_t n)
{
	const struct rp_msg_part *part;

	if (id == M_none)
		return;
	for (part = rp_message_parts(page->reader, id, args, n);
	     part->p != NULL || part->arg >= 0; part++) {
		if (part->arg >= 0) {
			RP_ASSERT((size_t)part->arg < n);
			argument(page, &args[part->arg], isolate);
		} else if (part->special) {
			escaped(page, part->p, part->n);
		} else {
			add(page, part->p, part->n);
		}
	}
}

struct rp_err *
rp_page_finish(struct rp_page *page, rp_html *out)
{
	if (page->over)
		return rp_fail(RP_E_LIMIT, "page over %zu octets", page->limit);
	*out = (rp_html){ page->p, page->n };
	return NULL;
}
