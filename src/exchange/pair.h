/*
 * pair - two files compared, and the comparison in the format asked for.
 *
 * What comes is foreign; the readers of codec/ judge it, and have the fuzz
 * targets. A file is a Word document, OpenDocument text, Akoma Ntoso, Markdown
 * or plain text: the first three are known by their octets, Markdown by its
 * name (.md, .markdown). Revisions that a file has of its own are taken first.
 *
 * A Word document with tracked changes needs two Word documents: it is the old
 * one, patched and checked (exchange/compare.h). All other formats show the
 * comparison of any two files. The same input gives the same octets.
 *
 * RP_E_INVALID, RP_E_LIMIT as the readers say, with the file's name in front.
 */
#ifndef RP_EXCHANGE_PAIR_H
#define RP_EXCHANGE_PAIR_H

#include "exchange/compare.h"

struct rp_err;
struct rp_words;

#define RP_PAIR_OUT_MAX ((size_t)64 << 20)

enum rp_pair_format {
	RP_PAIR_DOCX = 0,
	RP_PAIR_HTML, /* a page, changes in the text and bars at the side */
	RP_PAIR_SIDE, /* a page, old beside new */
	RP_PAIR_JSON, /* the edit script: script_json.h */
	RP_PAIR_AKN,
	RP_PAIR_MARKDOWN,
	RP_PAIR_TEXT, /* with visible marks and change bars */
	RP_PAIR_FORMATS
};

/* By the end of a name: "x.docx", ".html", ".json", ".akn" and ".xml", ".md",
 * ".txt"; RP_PAIR_FORMATS if none is known. */
enum rp_pair_format rp_pair_format_of(rp_text name);

struct rp_pair_file {
	rp_text name; /* for messages, and to know Markdown */
	rp_bytes octets;
};

struct rp_pair_options {
	enum rp_pair_format format;
	struct rp_compare_options compare;
};

struct rp_pair {
	struct rp_script *script;
	enum rp_compare_form form; /* of a Word document */
	rp_text why;               /* it is not the first form; empty: it is */
	uint32_t tables;           /* of it, shown as a whole */
	rp_bytes octets;           /* in the format */
};

/* The model of one file, its own revisions taken. */
struct rp_err *rp_pair_read(struct rp_arena *a, const struct rp_pair_file *f,
    struct rp_document **out) RP_MUST_USE;

/* `words` is the process's; everything in `out` lives in `a`. */
struct rp_err *rp_pair_compare(struct rp_arena *a, struct rp_words *words,
    const struct rp_pair_file *old, const struct rp_pair_file *now,
    const struct rp_pair_options *o, struct rp_pair *out) RP_MUST_USE;

/*
 * What a person wants to know first, in English: counts by class, moves,
 * references to look at with their paragraphs, and the form if it is not the
 * first. Lines, each with its end.
 */
rp_text rp_pair_summary(struct rp_arena *a, const struct rp_pair *p);

/* True if anything but labels differs, or the labels do. */
bool rp_pair_differs(const struct rp_pair *p);

#endif
