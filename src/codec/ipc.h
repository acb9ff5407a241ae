/*
 * ipc - what the parse role is asked and what it answers, as octets.
 *
 * The asker writes the request's frame and then the document, and the other one
 * where two are compared or a bundle (exchange/consolidate_bundle.h) where
 * amendments are consolidated; the role answers with the reply's frame and then
 *the reason, the text, the edit script and the copy, one after the other. Both
 * sides distrust each other: decoding returns errors, and who reads decides
 * what they mean. Integers are little-endian.
 *
 *	request  "RPQ2" | u8 what | u8 markdown | u8 pdf | u8 0 |
 *		 u32 document | u32 other
 *	reply	 "RPA2" | u8 status | u8 kind | u8 flags | u8 0 | u32 pages |
 *		 u32 reason | u32 text | u32 copy | u32 script
 *
 * What the parts of a reply are depends on what was asked:
 *
 *			text			script		copy
 *	READ		the words		-		cleaned
 *	MODEL		Akoma Ntoso		citations, JSON	the words
 *	COMPARE		AKN, revisions		JSON		DOCX, tracked
 *	CONSOLIDATE	AKN, revisions		JSON		DOCX, tracked
 *	CLEAN		-			-		DOCX
 *	SALVAGE		the older text, AKN	decisions, JSON	the newer, AKN
 *	CODEBOOK	codes, JSON		-		-
 *	PAPER		the words		below, JSON	DOCX, or PDF
 *	FILL		fields, below		-		DOCX
 *	PARTS		-			-		parts of a PDF
 *
 * Citations are {"citations":[{"at":0,"quoted":"Resolution 102 (Rev. Dubai,
 * 2018)","kind":"resolution","number":"102","name":"Rev. Dubai, 2018",
 * "year":2018}]}, as document/citation.h has them. PAPER is asked with a head
 * (codec/paper.h) as the other document; its script is {"paragraphs":12,
 * "labels":"1\n1.1\n","findings":[{"rule":"date","line":3,"message":"..."}]},
 * as exchange/lint.h finds them, and is empty with a PDF. FILL is asked with
 * facts (codec/docx_fill.h) as the other document; its text has the fields of
 * the template that no fact is for, one a line.
 */
#ifndef RP_CODEC_IPC_H
#define RP_CODEC_IPC_H

#include "base/str.h"

struct rp_buf;

#define RP_IPC_REQUEST_FRAME 16
#define RP_IPC_REPLY_FRAME 28
#define RP_IPC_DOCUMENT_MAX ((size_t)10 << 20)
#define RP_IPC_REASON_MAX ((size_t)512)
#define RP_IPC_HEAD_MAX ((size_t)4 << 20)
#define RP_IPC_BUNDLE_MAX ((size_t)32 << 20)
#define RP_IPC_TEXT_MAX ((size_t)4 << 20)
#define RP_IPC_SCRIPT_MAX ((size_t)16 << 20)
#define RP_IPC_COPY_MAX ((size_t)16 << 20)
#define RP_IPC_PAGES_MAX 5000

enum rp_ipc_what {
	RP_IPC_WHAT_READ = 1,    /* an attachment */
	RP_IPC_WHAT_MODEL,       /* the version of an instrument */
	RP_IPC_WHAT_COMPARE,     /* two versions; `other` is the newer one */
	RP_IPC_WHAT_SALVAGE,     /* a text with flattened changes */
	RP_IPC_WHAT_CONSOLIDATE, /* `other` is a bundle of amendments */
	RP_IPC_WHAT_CLEAN,       /* the same: the text as it was decided */
	RP_IPC_WHAT_CODEBOOK,    /* themes of another program (codebook.h) */
	RP_IPC_WHAT_PAPER,       /* with its head: `other`, codec/paper.h */
	RP_IPC_WHAT_FILL,        /* a letterhead with facts: `other`, JSON */
	RP_IPC_WHAT_PARTS,       /* a PDF, to be joined (codec/pdf_join.h) */
	RP_IPC_WHATS,
};

struct rp_ipc_request {
	enum rp_ipc_what what;
	bool markdown;          /* MODEL, PAPER: text is Markdown; no octet
				 * says so */
	bool pdf;               /* PAPER: as PDF, not as DOCX */
	size_t document, other; /* octets; `other` 0 where there is one only */
};

enum rp_ipc_status {
	RP_IPC_READ = 1,    /* text and, for kinds that have one, the copy */
	RP_IPC_NOT_READ,    /* malformed, encrypted, too large: see reason */
	RP_IPC_NOT_CLEANED, /* text, but no copy could be made: see reason */
};

struct rp_ipc_reply {
	enum rp_ipc_status status;
	uint8_t kind;   /* enum rp_filetype; 0 if it was not recognised */
	bool truncated; /* the text ends at RP_IPC_TEXT_MAX */
	uint32_t pages; /* 0: the kind has none */
	rp_text reason; /* for the operator's log; empty if all went well */
	rp_text text;
	rp_text script;
	rp_bytes copy;
};

void rp_ipc_request_write(uint8_t out[RP_IPC_REQUEST_FRAME],
    const struct rp_ipc_request *request);

/* RP_E_INVALID or RP_E_LIMIT. `frame` has RP_IPC_REQUEST_FRAME octets. */
struct rp_err *rp_ipc_request_parse(const uint8_t *frame,
    struct rp_ipc_request *out) RP_MUST_USE;

void rp_ipc_reply_write(struct rp_buf *b, const struct rp_ipc_reply *reply);

/*
 * How many octets follow a reply's frame of RP_IPC_REPLY_FRAME octets: at most
 * the four maxima together. RP_E_INVALID or RP_E_LIMIT.
 */
struct rp_err *rp_ipc_reply_measure(const uint8_t *frame,
    size_t *out) RP_MUST_USE;

/* Frame and all. The texts are validated again; `copy` is borrowed. */
struct rp_err *rp_ipc_reply_parse(struct rp_arena *a, rp_bytes in,
    struct rp_ipc_reply *out) RP_MUST_USE;

#endif
