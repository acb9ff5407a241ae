/*
 * docx_fill - a body's own Word template with the facts filled in.
 *
 * A template names its fields in two ways: as text between guillemets
 * («deadline»), in one run or spread over several as Word likes to do, and as
 * content controls by their tag. A name has letters, digits, "_", "-" and "."
 * of ASCII; other text between guillemets is text. Fields may stand in the
 * body, notes, headers, footers and text boxes, as often as wanted. The value
 * takes the look of where the field begins; line ends become line breaks.
 * Everything else keeps its octets, and parts without fields are copied
 * deflated (zip.h). The same input gives the same octets.
 *
 * A field that is not known stays as it is, and is reported, as are values that
 * no field asked for: the letter is not sent with a hole.
 *
 * Works on foreign octets, as docx_revise.h does, with the same errors;
 * RP_E_LIMIT also past RP_DOCX_FILL_FIELDS_MAX values.
 */
#ifndef RP_CODEC_DOCX_FILL_H
#define RP_CODEC_DOCX_FILL_H

#include "base/str.h"
#include "base/vec.h"

#define RP_DOCX_FILL_FIELDS_MAX 500
#define RP_DOCX_FILL_NAME_MAX ((size_t)100)     /* octets */
#define RP_DOCX_FILL_VALUE_MAX ((size_t)100000) /* octets */

struct rp_docx_value {
	rp_text name, value;
};
struct rp_docx_values RP_VEC(struct rp_docx_value);
struct rp_docx_field_names RP_VEC(rp_text);

struct rp_docx_fill {
	rp_bytes docx;
	struct rp_docx_field_names unknown; /* in the template, each once */
	struct rp_docx_field_names unused;  /* given, and asked for nowhere */
	size_t filled;                      /* places */
};

/*
 * The facts as JSON: one object whose members are texts. Untrusted input:
 * RP_E_INVALID, RP_E_LIMIT.
 */
struct rp_err *rp_docx_values_parse(struct rp_arena *a, rp_bytes json,
    struct rp_docx_values *out) RP_MUST_USE;

struct rp_err *rp_docx_fill(struct rp_arena *a, rp_bytes template,
    const struct rp_docx_values *values, size_t max,
    struct rp_docx_fill *out) RP_MUST_USE;

#endif
