#include "codec/pdf_join.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/vec.h"
#include "codec/sink.h"
#include "text/input.h"

#define RECORD 5 /* octets: a letter and a number */
#define LINE_MAX 200

enum { PAGES = 1, ELEMENT = 2, PARENTS = 3 };

/* What is known of a further one when it has gone by. */
struct joined {
	uint32_t base; /* before its object 1 */
	uint32_t first, pages, keys;
	rp_text title;
};

struct rp_pdf_join {
	struct rp_arena *a;
	struct rp_pdf_first first;
	uint32_t root; /* of the pages; then that of keys, then bookmarks */
	uint32_t n;    /* further ones there will be */
	uint64_t at;   /* octets written */
	struct RP_VEC(uint64_t) offsets; /* of objects from `root` on */
	struct RP_VEC(struct joined) all;
	uint32_t next;     /* object that is free */
	uint32_t next_key; /* of the tree of structure */
	struct rp_pdf_parts head;
	bool is_open;  /* an object is */
	uint32_t left; /* octets of text to come */
	uint8_t rest[RECORD];
	size_t n_rest;
	uint64_t tree_at, outlines_at; /* of objects of the first one */
};

static uint32_t
get(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

struct rp_err *
rp_pdf_parts_parse(rp_bytes head, struct rp_pdf_parts *out)
{
	struct rp_pdf_parts p;

	if (head.n < RP_PDF_PARTS_HEAD || memcmp(head.p, "RPP1", 4) != 0)
		return rp_fail(RP_E_INVALID, "no parts of a PDF");
	p = (struct rp_pdf_parts){ get(head.p + 4), get(head.p + 8),
		get(head.p + 12), get(head.p + 16) };
	if (p.objects > RP_PDF_PARTS_OBJECTS || p.pages > RP_PDF_PARTS_PAGES ||
	    p.keys > RP_PDF_PARTS_KEYS)
		return rp_fail(RP_E_LIMIT, "too many parts of a PDF");
	if (p.pages == 0 || p.first == 0 || p.first > p.objects)
		return rp_fail(RP_E_INVALID, "parts without a page");
	*out = p;
	return NULL;
}

static void
put(struct rp_pdf_join *j, struct rp_sink *out, const void *p, size_t n)
{
	rp_sink_add(out, p, n);
	j->at += n;
}

static void RP_PRINTF(3, 4)
    putf(struct rp_pdf_join *j, struct rp_sink *out, const char *fmt, ...)
{
	char line[LINE_MAX];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	RP_ASSERT(n >= 0 && (size_t)n < sizeof(line));
	put(j, out, line, (size_t)n);
}

struct rp_pdf_join *
rp_pdf_join_new(struct rp_arena *a, struct rp_sink *out,
    const struct rp_pdf_first *first, rp_bytes octets, uint32_t n)
{
	struct rp_pdf_join *j = rp_new(a, struct rp_pdf_join);

	j->a = a;
	j->first = *first;
	j->n = n;
	j->root = first->objects;
	j->next = first->objects + 2 + n;
	j->next_key = first->keys;
	for (uint32_t i = 0; i < 2 + n; i++)
		rp_vec_push(a, &j->offsets, (uint64_t)0);
	put(j, out, octets.p, octets.n);
	return j;
}

struct rp_err *
rp_pdf_join_begin(struct rp_pdf_join *j, const struct rp_pdf_parts *head,
    rp_text title)
{
	struct joined one = { .base = j->next - 1,
		.first = head->first,
		.pages = head->pages,
		.keys = head->keys,
		.title = rp_text_cut(title, RP_PDF_JOIN_TITLE_MAX) };

	RP_ASSERT(j->all.n < j->n);
	if (j->next + head->objects > RP_PDF_JOIN_OBJECTS)
		return rp_fail(RP_E_LIMIT, "over %d objects",
		    RP_PDF_JOIN_OBJECTS);
	j->head = *head;
	j->is_open = false;
	j->left = 0;
	j->n_rest = 0;
	for (uint32_t i = 0; i < head->objects; i++)
		rp_vec_push(j->a, &j->offsets, (uint64_t)0);
	rp_vec_push(j->a, &j->all, one);
	return NULL;
}

static const struct joined *
current(const struct rp_pdf_join *j)
{
	return &j->all.v[j->all.n - 1];
}

static struct rp_err *
open_object(struct rp_pdf_join *j, struct rp_sink *out, uint32_t n)
{
	uint32_t object = current(j)->base + n;
	uint64_t *at = &j->offsets.v[object - j->root];

	if (*at != 0)
		return rp_fail(RP_E_INVALID, "an object twice");
	*at = j->at;
	j->is_open = true;
	putf(j, out, "%u 0 obj\n", object);
	return NULL;
}

static struct rp_err *
record(struct rp_pdf_join *j, struct rp_sink *out, char letter, uint32_t n)
{
	bool is_object = letter == 'O' || letter == 'R' || letter == 'E';

	if (j->is_open == (letter == 'O') ||
	    (is_object && (n == 0 || n > j->head.objects)) ||
	    (letter == 'K' && n >= j->head.keys))
		return rp_fail(RP_E_INVALID, "parts out of order");
	switch (letter) {
	case 'L':
		j->left = n;
		return NULL;
	case 'O':
		return open_object(j, out, n);
	case 'E':
		j->is_open = false;
		putf(j, out, "\nendobj\n");
		return NULL;
	case 'R':
		putf(j, out, "%u 0 R", current(j)->base + n);
		return NULL;
	case 'K':
		putf(j, out, "%u", j->next_key + n);
		return NULL;
	case 'G':
		putf(j, out, "%u 0 R", j->root);
		return NULL;
	case 'T':
		putf(j, out, "%u 0 R", j->first.tree);
		return NULL;
	default:
		return rp_fail(RP_E_INVALID, "parts of no kind");
	}
}

struct rp_err *
rp_pdf_join_add(struct rp_pdf_join *j, struct rp_sink *out, rp_bytes in)
{
	size_t at = 0;

	while (at < in.n) {
		size_t n = in.n - at;

		if (j->left > 0) {
			n = n < j->left ? n : j->left;
			put(j, out, in.p + at, n);
			j->left -= (uint32_t)n;
			at += n;
			continue;
		}
		n = n < RECORD - j->n_rest ? n : RECORD - j->n_rest;
		memcpy(j->rest + j->n_rest, in.p + at, n);
		j->n_rest += n;
		at += n;
		if (j->n_rest < RECORD)
			break;
		j->n_rest = 0;
		RP_TRY(record(j, out, (char)j->rest[0], get(j->rest + 1)));
	}
	return NULL;
}

struct rp_err *
rp_pdf_join_end(struct rp_pdf_join *j)
{
	const struct joined *one = current(j);

	if (j->left > 0 || j->n_rest > 0 || j->is_open ||
	    j->offsets.v[one->base + PAGES - j->root] == 0 ||
	    (one->keys > 0 &&
		(j->offsets.v[one->base + ELEMENT - j->root] == 0 ||
		    j->offsets.v[one->base + PARENTS - j->root] == 0)))
		return rp_fail(RP_E_INVALID, "parts that break off");
	j->next += j->head.objects;
	j->next_key += j->head.keys;
	return NULL;
}

static void
begin(struct rp_pdf_join *j, struct rp_sink *out, uint32_t object)
{
	if (object >= j->root)
		j->offsets.v[object - j->root] = j->at;
	putf(j, out, "%u 0 obj\n", object);
}

static void
pages(struct rp_pdf_join *j, struct rp_sink *out)
{
	uint64_t n = j->first.n_pages;

	for (size_t i = 0; i < j->all.n; i++)
		n += j->all.v[i].pages;
	begin(j, out, j->root);
	putf(j, out, "<</Type /Pages /Count %llu /Kids [%u 0 R",
	    (unsigned long long)n, j->first.pages);
	for (size_t i = 0; i < j->all.n; i++)
		putf(j, out, "\n%u 0 R", j->all.v[i].base + PAGES);
	putf(j, out, "]>>\nendobj\n");
}

static void
structure(struct rp_pdf_join *j, struct rp_sink *out)
{
	j->tree_at = j->at;
	begin(j, out, j->first.tree);
	putf(j, out, "<</Type /StructTreeRoot /K [%u 0 R", j->first.elements);
	for (size_t i = 0; i < j->all.n; i++) {
		if (j->all.v[i].keys > 0)
			putf(j, out, "\n%u 0 R", j->all.v[i].base + ELEMENT);
	}
	putf(j, out, "] /ParentTree %u 0 R /ParentTreeNextKey %u>>\nendobj\n",
	    j->root + 1, j->next_key);
	begin(j, out, j->root + 1);
	putf(j, out, "<</Kids [%u 0 R", j->first.parents);
	for (size_t i = 0; i < j->all.n; i++) {
		if (j->all.v[i].keys > 0)
			putf(j, out, "\n%u 0 R", j->all.v[i].base + PARENTS);
	}
	putf(j, out, "]>>\nendobj\n");
}

static void
title(struct rp_pdf_join *j, struct rp_sink *out, rp_text t)
{
	const uint8_t *p = (const uint8_t *)t.p;

	putf(j, out, "/Title <FEFF");
	for (size_t at = 0; at < t.n;) {
		size_t n = rp_utf8_len(p + at, t.n - at);
		uint32_t c;

		RP_ASSERT(n > 0); /* it is text */
		c = n == 1 ? p[at] : p[at] & (0xffU >> (n + 1));
		for (size_t i = 1; i < n; i++)
			c = (c << 6) | (p[at + i] & 0x3fU);
		if (c >= 0x10000)
			putf(j, out, "%04X%04X", 0xd800 + ((c - 0x10000) >> 10),
			    0xdc00 + ((c - 0x10000) & 0x3ff));
		else
			putf(j, out, "%04X", c);
		at += n;
	}
	putf(j, out, ">");
}

static void
bookmarks(struct rp_pdf_join *j, struct rp_sink *out)
{
	uint32_t mine = j->root + 2, n = (uint32_t)j->all.n;
	uint32_t first = j->first.bookmark != 0 ? j->first.bookmark : mine;

	j->outlines_at = j->at;
	begin(j, out, j->first.outlines);
	putf(j, out, "<</Type /Outlines");
	if (j->first.bookmarks + n > 0)
		putf(j, out, " /First %u 0 R /Last %u 0 R /Count %u", first,
		    n > 0 ? mine + n - 1 : j->first.last,
		    j->first.bookmarks + n);
	putf(j, out, ">>\nendobj\n");
	for (uint32_t i = 0; i < n; i++) {
		const struct joined *one = &j->all.v[i];
		uint32_t before = i > 0 ? mine + i - 1 : j->first.last;

		begin(j, out, mine + i);
		putf(j, out, "<</Parent %u 0 R ", j->first.outlines);
		title(j, out, one->title);
		putf(j, out, " /Dest [%u 0 R /Fit]", one->base + one->first);
		if (before != 0)
			putf(j, out, " /Prev %u 0 R", before);
		if (i + 1 < n)
			putf(j, out, " /Next %u 0 R", mine + i + 1);
		putf(j, out, ">>\nendobj\n");
	}
}

static uint64_t
offset_of(const struct rp_pdf_join *j, uint32_t object)
{
	if (object >= j->root)
		return j->offsets.v[object - j->root];
	if (object == j->first.tree)
		return j->tree_at;
	if (object == j->first.outlines)
		return j->outlines_at;
	return j->first.at[object];
}

/* What is not there is free: the list of those is not linked, which the
 * readers of today do not ask for. */
static void
cross_reference(struct rp_pdf_join *j, struct rp_sink *out)
{
	uint64_t at = j->at;

	putf(j, out, "xref\n0 %u\n0000000000 65535 f \n", j->next);
	for (uint32_t i = 1; i < j->next; i++) {
		uint64_t o = offset_of(j, i);

		if (o == 0)
			putf(j, out, "0000000000 65535 f \n");
		else
			putf(j, out, "%010llu 00000 n \n",
			    (unsigned long long)o);
	}
	putf(j, out,
	    "trailer\n<</Size %u /Root %u 0 R /Info %u 0 R>>\nstartxref\n"
	    "%llu\n%%%%EOF\n",
	    j->next, j->first.catalog, j->first.info, (unsigned long long)at);
}

struct rp_err *
rp_pdf_join_finish(struct rp_pdf_join *j, struct rp_sink *out)
{
	if (j->all.n != j->n)
		return rp_fail(RP_E_INTERNAL, "%zu of %u came", j->all.n, j->n);
	pages(j, out);
	structure(j, out);
	bookmarks(j, out);
	cross_reference(j, out);
	return NULL;
}
