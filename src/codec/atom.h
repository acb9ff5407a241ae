/*
 * atom - Atom feeds (RFC 4287), written entry by entry.
 *
 * Identifiers are addresses that never change. The caller puts entries newest
 * first; `updated_at` of the feed is the newest of them.
 */
#ifndef RP_CODEC_ATOM_H
#define RP_CODEC_ATOM_H

#include "codec/xml.h"

struct rp_atom_feed {
	rp_text id, title;
	rp_text language; /* BCP 47; may be empty */
	rp_url self, page;
	int64_t updated_at;
};

struct rp_atom_entry {
	rp_text id, title;
	rp_text language; /* of the entry's own text; may be empty */
	rp_text author;   /* may be empty: then the feed's title stands */
	rp_text summary;  /* plain text; may be empty */
	rp_url page;
	int64_t published_at, updated_at;
};

void rp_atom_begin(struct rp_xml *w, struct rp_sink *sink,
    const struct rp_atom_feed *feed);
void rp_atom_entry(struct rp_xml *w, const struct rp_atom_entry *entry);
void rp_atom_end(struct rp_xml *w);

#endif
