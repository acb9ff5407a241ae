/*
 * codepoint - properties of code points that ICU does not have.
 *
 * tools/gen_codepoints.py makes the tables at build time from the files in
 * data/: Idna2008-15.0.0.txt (RFC 5892's derived property) and UTS 58's
 * LinkTerm.txt, LinkEmail.txt and LinkBracket.txt. Two stages: a block number
 * per 256 code points, then a value per code point; equal blocks are stored
 * once.
 */
#ifndef RP_TEXT_CODEPOINT_H
#define RP_TEXT_CODEPOINT_H

#include <stddef.h>
#include <stdint.h>

struct rp_codepoint_table {
	const uint8_t *index;
	const uint8_t (*blocks)[256];
};

/*
 * RFC 5892: what may stand in a label. Plain ones are PVALID and left as they
 * are by UTS 46: written from left to right, stable under NFC.
 */
enum {
	RP_IDNA_DISALLOWED,
	RP_IDNA_PVALID,
	RP_IDNA_CONTEXT,
	RP_IDNA_PLAIN,
	RP_IDNA_PLAIN_MARK,   /* not first in a label */
	RP_IDNA_PLAIN_ACCENT, /* nor after another: they would be ordered */
};
extern const struct rp_codepoint_table rp_idna2008;

/* UTS 58 Link_Term: what a code point does to a link that it follows. */
enum {
	RP_LINK_HARD,    /* ends it */
	RP_LINK_INCLUDE, /* belongs to it */
	RP_LINK_SOFT,    /* belongs to it if something after it does */
	RP_LINK_OPEN,
	RP_LINK_CLOSE, /* belongs to it if it closes what was opened */
};
extern const struct rp_codepoint_table rp_link_term;

/* UTS 58 Link_Email: 1 for what a bare local part may hold. */
extern const struct rp_codepoint_table rp_link_email;

/* `cp` is at most 0x10FFFF. */
static inline uint8_t
rp_codepoint_class(const struct rp_codepoint_table *t, uint32_t cp)
{
	return t->blocks[t->index[cp >> 8]][cp & 0xff];
}

/* Sorted by `from`. */
struct rp_codepoint_pair {
	uint32_t from, to;
};

extern const struct rp_codepoint_pair rp_link_brackets[];
extern const size_t rp_link_brackets_n;

/* UTS 58 Link_Bracket: the bracket that `close` closes, or 0. */
uint32_t rp_codepoint_opening(uint32_t close);

#endif
