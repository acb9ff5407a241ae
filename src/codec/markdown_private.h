/* markdown_private - blocks to inlines, within the reader of markdown.h. */
#ifndef RP_CODEC_MARKDOWN_PRIVATE_H
#define RP_CODEC_MARKDOWN_PRIVATE_H

#include "base/map.h"
#include "codec/doc_build.h"

struct rp_markdown_names RP_MAP(uint32_t);

struct rp_markdown_reading {
	struct rp_doc_build b;
	struct rp_markdown_names defined; /* note -> index of its blocks */
	struct rp_markdown_names notes;   /* note -> index in doc + 1 */
	struct rp_markdown_names links;   /* address -> index in doc */
	struct RP_VEC(uint32_t) order;    /* doc->notes[i] has those blocks */
	rp_revision_ref ins, del;
	size_t atoms;
	uint32_t *lists, n_lists; /* as met -> as numbered in the model */
};

/* The runs of a paragraph's source, its lines separated by \n. */
struct rp_err *rp_markdown_inline(struct rp_markdown_reading *r, rp_text t,
    struct rp_doc_runs *runs) RP_MUST_USE;

/* "[^name]" at `from`: the octet behind it, or 0. */
size_t rp_markdown_mark(rp_text t, size_t from, rp_text *name);

/* The code point at `i`, or that which ends before it; 0 at the ends. */
uint32_t rp_markdown_at(rp_text t, size_t i);
uint32_t rp_markdown_before(rp_text t, size_t i);
bool rp_markdown_space(uint32_t c);
bool rp_markdown_punctuation(uint32_t c);

/* The marker of a list's item at `from`: its octets, or 0. */
size_t rp_markdown_marker(rp_text t, size_t from, bool *bullet);

/* "(1)", "(a)" and a space: octets before the text, or 0. */
size_t rp_markdown_typed(rp_text t, size_t from, rp_text *label);

#endif
