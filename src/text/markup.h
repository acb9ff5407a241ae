/*
 * markup - what answers are written in: plain text, and a little Markdown.
 *
 *	paragraphs	separated by an empty line; line breaks inside are kept
 *	lists		lines of "- x", "* x" or "• x"; or of "1. x" (1 to 3
 *			digits, the author's numbers are kept). A list may
 *follow a paragraph's line directly, an ordered one then only from 1. A line
 *indented by two spaces or a tab goes on with its item, any other line ends the
 *list emphasis	*x* and _x_; strong **x**. Marks stand at the edges of words; in
 *scripts without spaces between words also inside them (but not _) links
 *[text](https://...), http, https and mailto only; and addresses that stand in
 *the text, found by `linker`
 *
 * Everything else is literal, and what is not closed is literal: parsing never
 * fails, and there is nothing that a text could lose. Time and memory are
 *linear in the text, whatever it holds.
 *
 * The result is a flat tree: nodes in document order, each with the index past
 * its last descendant. Nodes point into the source by octets. At most
 * RP_MARKUP_DEPTH nodes are open at a time.
 *
 * Paragraphs and items are numbered from 1 in one sequence, which depends on
 *the source alone: number n is the anchor "p{n}" that people cite.
 */
#ifndef RP_TEXT_MARKUP_H
#define RP_TEXT_MARKUP_H

#include "base/str.h"
#include "base/vec.h"

#define RP_MARKUP_DEPTH 6 /* list, item, link, em, em, strong */

enum rp_markup_kind {
	RP_MARKUP_PARAGRAPH, /* n */
	RP_MARKUP_LIST,      /* ordered */
	RP_MARKUP_ITEM,      /* n; in an ordered list also number */
	RP_MARKUP_TEXT,      /* from, to: literal text without \n */
	RP_MARKUP_BREAK,     /* a line ends */
	RP_MARKUP_EM,
	RP_MARKUP_STRONG,
	RP_MARKUP_LINK, /* href */
};

struct rp_markup_node {
	enum rp_markup_kind kind;
	bool ordered;
	uint32_t n;      /* PARAGRAPH, ITEM: place in the one sequence */
	uint32_t number; /* ITEM: as the author counted */
	size_t end;      /* index past the last descendant */
	size_t from, to; /* octets of the source, marks included */
	rp_text href;    /* LINK; not checked: rp_url_from() before use */
};

struct rp_markup {
	rp_text source;
	struct RP_VEC(struct rp_markup_node) nodes;
	uint32_t paragraphs; /* the last n */
};

/* A link in plain text: octets and where it leads. */
struct rp_markup_found {
	size_t from, to;
	rp_text href;
};

/*
 * Finds the first link in `t` (from < to <= t.n), or returns false. It is asked
 * again for what follows a link, so it may look at each octet once.
 */
struct rp_markup_linker {
	bool (*find)(void *ctx, struct rp_arena *a, rp_text t,
	    struct rp_markup_found *out);
	void *ctx;
};

/* `linker` may be NULL: then only [text](address) makes links. */
struct rp_markup *rp_markup_parse(struct rp_arena *a, rp_text source,
    const struct rp_markup_linker *linker);

/*
 * Without marks: for mail, feeds, excerpts and search. Blocks are separated by
 * an empty line, items begin with "- " or their number; a link's address
 * follows its text in brackets where it differs and `with_links` is set.
 */
rp_text rp_markup_plain(struct rp_arena *a, const struct rp_markup *m,
    bool with_links);

/*
 * The beginning of a text without its markup, at most `max` octets and an
 * ellipsis; and the same of a text that has none. Cut at a space where there is
 * one in the second half, as a list shows it.
 */
rp_text rp_markup_excerpt(struct rp_arena *a, rp_text source, size_t max);
rp_text rp_markup_shorten(struct rp_arena *a, rp_text plain, size_t max);

/* The octets of paragraph or item `n`: false if there is none. */
bool rp_markup_paragraph(const struct rp_markup *m, uint32_t n, rp_text *out);

#endif
