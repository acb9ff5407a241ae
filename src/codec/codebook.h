/*
 * codebook - themes as their authors define them, exchanged with other
 * programs: REFI-QDA codebooks (.qdc, which NVivo, ATLAS.ti, MAXQDA, QualCoder
 * and Taguette read and write), JSON and CSV.
 *
 * Untrusted input. A codebook is a tree of codes; here a list in which parents
 * stand before their children, in the order of the file.
 *
 * .qdc: XML of the namespace urn:QDA-XML:codebook:1.0 (programs in use write
 * "1:0" too; both are read). Code elements with guid, name, isCodable, color,
 * a Description, and codes inside; sets and what else there is are passed over.
 * A document type is refused, as by xmlread.h.
 * REFI-QDA has one description: what a code includes, what it excludes and its
 * examples are written behind the definition as paragraphs that begin with
 * "[+] ", "[-] " and "[=] ", and read back from there.
 * JSON: an array of objects (or an object with such an array as `codes`) with
 * `name` and, each optional, `id`, `definition`, `include`, `exclude`,
 * `examples` (a text, one a line), `colour`, `parent` (the id, or the name, of
 * another code), `codable`. CSV: the same as columns of a head line, in any
 * order; others are passed over.
 *
 * RP_E_INVALID for what is malformed: no name, a parent that is not there or is
 * its own descendant, the same id twice, a colour that is none, octets that are
 * not text. RP_E_LIMIT past the limits below. White space around names and
 * texts is taken away.
 *
 * Writing is deterministic. A guid is the code's id where that is a UUID, else
 * made from its place and name, so the same codebook has the same guids.
 */
#ifndef RP_CODEC_CODEBOOK_H
#define RP_CODEC_CODEBOOK_H

#include "base/str.h"
#include "base/vec.h"

struct rp_sink;

#define RP_CODEBOOK_MAX ((size_t)8 << 20) /* octets of a file */
#define RP_CODEBOOK_CODES_MAX ((size_t)5000)
#define RP_CODEBOOK_DEPTH_MAX 16
#define RP_CODEBOOK_NAME_MAX ((size_t)1000)  /* octets; ids too */
#define RP_CODEBOOK_TEXT_MAX ((size_t)20000) /* octets of each text */
#define RP_CODEBOOK_NONE UINT32_MAX

struct rp_code {
	rp_text id, name, definition, include, exclude;
	rp_text examples; /* what people said, one a line */
	rp_text colour;   /* "#rrggbb" or empty */
	uint32_t parent;  /* in the list, before this one; RP_CODEBOOK_NONE */
	bool is_codable;  /* false: only there to hold others */
};

struct rp_codebook {
	struct RP_VEC(struct rp_code) codes;
};

enum rp_codebook_format {
	RP_CODEBOOK_QDC,
	RP_CODEBOOK_JSON,
	RP_CODEBOOK_CSV,
};

/* By the first octet that is no white space: '<', '[' or '{', else CSV. */
enum rp_codebook_format rp_codebook_guess(rp_bytes in);

struct rp_err *rp_codebook_read(struct rp_arena *a,
    enum rp_codebook_format format, rp_bytes in,
    struct rp_codebook *out) RP_MUST_USE;

void rp_codebook_write(struct rp_arena *a, enum rp_codebook_format format,
    const struct rp_codebook *book, struct rp_sink *s);

#endif
