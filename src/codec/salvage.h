/*
 * salvage - two clean texts out of one in which tracked changes were flattened.
 *
 * Untrusted input. Programs that take the text out of a word processor's file
 * often give deleted and inserted words side by side, without a mark which is
 * which: "(Dubai, 2018Bucharest, 2022)", "ch)" for c) that became h). This
 * reader separates them, as far as the text itself allows: by the labels of its
 * lists (salvage_labels.h), by tokens that ran together, by two words where one
 * fits, by call-outs that stand twice and count on. It removes what extractors
 * leave behind (bookmarks, marks of notes) and puts back the no-break hyphen
 * that they drop ("ITUT"). The method is that of process.md 14.2.
 *
 * What was decided is told, with its confidence. A text alone cannot show every
 * change: what would rest on another document is reported as uncertain, and
 * then both texts keep the words as they stand. Nothing is known of the
 * contents of any text; word lists hold common English only, so in another
 * language the labels, digits and capitals have to do.
 *
 * Limits: the constants here and in salvage_labels.h; work grows with the text
 * times a constant (RP_SALVAGE_SPAN_MAX squared at each place that was found).
 */
#ifndef RP_CODEC_SALVAGE_H
#define RP_CODEC_SALVAGE_H

#include "document/document.h"

struct rp_sink;

#define RP_SALVAGE_MAX ((size_t)2 << 20) /* octets of the text */
#define RP_SALVAGE_LINES_MAX ((size_t)20000)
#define RP_SALVAGE_LINE_MAX ((size_t)64 << 10) /* octets of one line */
#define RP_SALVAGE_NOTES_MAX ((size_t)2000)
#define RP_SALVAGE_SPAN_MAX 40 /* words of one change, at most */
/* Tokens that ran together; of more, one word stands for one word. */
#define RP_SALVAGE_SEAMS_MAX ((size_t)2000)

enum rp_salvage_kind {
	RP_SALVAGE_LBL = 0, /* only the label changed */
	RP_SALVAGE_SUB,     /* words for words */
	RP_SALVAGE_INS,
	RP_SALVAGE_DEL,
	RP_SALVAGE_PAR, /* a paragraph inserted or deleted */
	RP_SALVAGE_FN,  /* a note */
	RP_SALVAGE_HDG, /* a call-out */
	RP_SALVAGE_REF, /* a reference to a paragraph that was renumbered */
	RP_SALVAGE_SPL, /* one token, two words of one version */
	RP_SALVAGE_ART, /* of the extraction; both texts say the same */
	RP_SALVAGE_KINDS
};

enum rp_salvage_confidence {
	RP_SALVAGE_CERTAIN = 0, /* forced by counting, or in plain sight */
	RP_SALVAGE_LIKELY,
	RP_SALVAGE_AMBIGUOUS, /* as good as another reading */
	RP_SALVAGE_UNCERTAIN, /* needs another text: not acted upon */
	RP_SALVAGE_CONFIDENCES
};

/* RP_BECAUSE_arithmetic ...; 0 is none. */
enum rp_salvage_reason {
	RP_BECAUSE_NOTHING = 0,
#define REASON(name, text) RP_BECAUSE_##name,
#include "codec/salvage_reasons.def"
#undef REASON
};

struct rp_salvage_decision {
	uint32_t line; /* of the file, from 1 */
	enum rp_salvage_kind kind;
	enum rp_salvage_confidence confidence;
	rp_text flat;      /* as it stood */
	rp_text base, now; /* empty: not in that version */
	enum rp_salvage_reason reason;
};

struct rp_salvage {
	struct rp_document *base, *now;
	/* In the order of lines. */
	struct rp_salvage_decisions RP_VEC(
	    struct rp_salvage_decision) decisions;
};

/* "LBL" ..., "certain" ... */
rp_text rp_salvage_kind_name(enum rp_salvage_kind kind);
rp_text rp_salvage_confidence_name(enum rp_salvage_confidence confidence);

/* "arithmetic" ..., and what it means in one English sentence. */
rp_text rp_salvage_reason_name(enum rp_salvage_reason reason);
rp_text rp_salvage_reason_text(enum rp_salvage_reason reason);

/* RP_E_INVALID: no text; RP_E_LIMIT. */
struct rp_err *rp_salvage_read(struct rp_arena *a, rp_bytes in,
    struct rp_salvage *out) RP_MUST_USE;

/*
 * A document as plain text: a line a paragraph, the label and a tab before it,
 * "[^1]" where a note is marked, "[^1]: ..." at the end.
 */
void rp_salvage_put_text(struct rp_arena *a, struct rp_sink *sink,
    const struct rp_document *d);

/*
 * {"format":"rapporteur-salvage-1","decisions":[{"line":8,"kind":"SUB",
 * "confidence":"certain","flattened":...,"base":...,"new":...,"rule":"two_articles",
 * "reason":...}]};
 * base or new is null where that version has nothing there.
 */
void rp_salvage_put_json(struct rp_sink *sink, const struct rp_salvage *s);

#endif
