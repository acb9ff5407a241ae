/*
 * page - an HTML page being written by a compiled template.
 *
 * Writing never fails; running past `limit` is remembered and reported once, by
 * rp_page_finish(). There is no function that takes a C string: what a template
 * can write is literal markup, escaped text, finished markup, an address, a
 * number, or a message of the catalogue. Text from people that becomes part of
 * a message is isolated by <bdi>.
 */
#ifndef RP_RENDER_PAGE_H
#define RP_RENDER_PAGE_H

#include "base/str.h"
#include "render/message.h"

struct rp_page {
	struct rp_arena *arena;
	const struct rp_reader *reader;
	char *p;
	size_t n, cap, limit;
	bool over;
};

#define RP_PAGE_MAX ((size_t)16 * 1024 * 1024)

void rp_page_init(struct rp_page *page, struct rp_arena *a,
    const struct rp_reader *reader);

void rp_page_html(struct rp_page *page, rp_html h);
void rp_page_text(struct rp_page *page, rp_text t); /* escapes */
void rp_page_url(struct rp_page *page, rp_url u);   /* escapes & for HTML */
void rp_page_i64(struct rp_page *page, int64_t v);  /* plain ASCII digits */
void rp_page_num(struct rp_page *page, int64_t v);  /* the reader's digits */
void rp_page_msg(struct rp_page *page, enum rp_msg id);

/* `isolate`: in element content, wrap text arguments in <bdi>. */
void rp_page_msgv(struct rp_page *page, enum rp_msg id, bool isolate,
    const struct rp_msg_arg *args, size_t n);

/* RP_E_LIMIT past RP_PAGE_MAX. The result lives in the page's arena. */
struct rp_err *rp_page_finish(struct rp_page *page, rp_html *out) RP_MUST_USE;

#endif
