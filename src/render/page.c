#include "render/page.h"

#include <inttypes.h>
#include <stdio.h>
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
	p = rp_alloc(page->arena, cap);
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

static inline void
add(struct rp_page *page, const char *p, size_t n)
{
	if (rp_unlikely(n > page->cap - page->n)) {
		if (page->over || n > page->limit - page->n) {
			page->over = true;
			return;
		}
		grow(page, page->n + n);
	}
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
plain_eight(const char *p)
{
	eight x, hit;
	uint64_t some;

	memcpy(&x, p, sizeof(x));
	hit = (eight)(SPECIAL(x));
	memcpy(&some, &hit, sizeof(some));
	return some == 0;
}

static inline bool
plain_sixteen(const char *p)
{
	sixteen x, hit;
	uint64_t some[2];

	memcpy(&x, p, sizeof(x));
	hit = (sixteen)(SPECIAL(x));
	memcpy(some, &hit, sizeof(some));
	return (some[0] | some[1]) == 0;
}

/* Most text is. The last octets are looked at twice rather than one by one. */
static bool
is_plain(const char *p, size_t n)
{
	size_t i = 0;

	if (n < 8) {
		while (i < n && entity_of[(unsigned char)p[i]] == 0)
			i++;
		return i == n;
	}
	if (n < 16)
		return plain_eight(p) && plain_eight(p + n - 8);
	for (; n - i > 16; i += 16)
		if (!plain_sixteen(p + i))
			return false;
	return plain_sixteen(p + n - 16);
}

static void
escaped(struct rp_page *page, const char *p, size_t n)
{
	size_t from = 0;

	if (rp_likely(is_plain(p, n))) {
		add(page, p, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned char e = entity_of[(unsigned char)p[i]];

		if (rp_likely(e == 0))
			continue;
		if (i > from)
			add(page, p + from, i - from);
		add(page, entities[e].p, entities[e].n);
		from = i + 1;
	}
	if (n > from)
		add(page, p + from, n - from);
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
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%" PRId64, v);

	add(page, digits, (size_t)n);
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
