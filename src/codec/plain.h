/*
 * plain - the text of a document, being gathered.
 *
 * What readers of documents have in common: octets that are UTF-8 go in, text
 * comes out. Control characters and line ends of the source become spaces, runs
 * of spaces one; breaks and tabs are asked for by name and appear only between
 * pieces of text, so empty paragraphs and empty tables leave no trace. Past the
 * limit the rest is dropped at a character and `truncated` says so: a document
 * is worth reading in part.
 */
#ifndef RP_CODEC_PLAIN_H
#define RP_CODEC_PLAIN_H

#include "base/buf.h"

struct rp_plain {
	struct rp_buf buf;
	size_t max;
	unsigned breaks; /* line ends due before the next text */
	unsigned tabs;   /* tabs due, on this line */
	bool space;      /* a space is due */
	bool truncated;
};

void rp_plain_init(struct rp_plain *p, struct rp_arena *a, size_t max);

/* Text as it stands in a paragraph. Octets that are not UTF-8 become U+FFFD. */
void rp_plain_add(struct rp_plain *p, rp_bytes in);

/* Text whose line ends count (of a page, of a text file). CR LF is one. */
void rp_plain_add_lines(struct rp_plain *p, rp_bytes in);

/* The same from UTF-16 that starts with its mark. */
void rp_plain_add_utf16(struct rp_plain *p, rp_bytes in);

/* At least `n` line ends (1: a line, 2: a paragraph) before what follows. */
void rp_plain_break(struct rp_plain *p, unsigned n);
void rp_plain_tab(struct rp_plain *p);

/* Nothing was put in yet. */
bool rp_plain_empty(const struct rp_plain *p);

rp_text rp_plain_done(struct rp_plain *p);

#endif
