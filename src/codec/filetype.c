#include "codec/filetype.h"

#include <string.h>

#include "base/err.h"
#include "codec/docx_text.h"
#include "codec/odt_text.h"
#include "codec/zip.h"

static const struct {
	rp_text media, suffix;
} names[] = {
	[RP_FILETYPE_UNKNOWN] = { RP_TEXT_INIT("application/octet-stream"),
	    RP_TEXT_INIT("bin") },
	[RP_FILETYPE_PDF] = { RP_TEXT_INIT("application/pdf"),
	    RP_TEXT_INIT("pdf") },
	[RP_FILETYPE_DOCX] = { RP_TEXT_INIT(
				   "application/vnd.openxmlformats-"
				   "officedocument.wordprocessingml.document"),
	    RP_TEXT_INIT("docx") },
	[RP_FILETYPE_ODT] = { RP_TEXT_INIT(
				  "application/vnd.oasis.opendocument.text"),
	    RP_TEXT_INIT("odt") },
	[RP_FILETYPE_TXT] = { RP_TEXT_INIT("text/plain; charset=utf-8"),
	    RP_TEXT_INIT("txt") },
	[RP_FILETYPE_TXT_LEGACY] = { RP_TEXT_INIT("text/plain"),
	    RP_TEXT_INIT("txt") },
	[RP_FILETYPE_ZIP] = { RP_TEXT_INIT("application/zip"),
	    RP_TEXT_INIT("zip") },
};

/* What no text has, in UTF-8 or in an older encoding of ASCII's family. */
static bool
has_controls(rp_bytes in)
{
	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (c == 0x7f || (c < 0x20 && c != '\t' && c != '\n' &&
				     c != '\r' && c != '\f'))
			return true;
	}
	return false;
}

static bool
has_utf16_mark(rp_bytes in)
{
	return in.n >= 2 && in.n % 2 == 0 &&
	       ((in.p[0] == 0xff && in.p[1] == 0xfe) ||
		   (in.p[0] == 0xfe && in.p[1] == 0xff));
}

enum rp_filetype
rp_filetype_sniff(rp_bytes head)
{
	if (head.n > RP_FILETYPE_SNIFF)
		head.n = RP_FILETYPE_SNIFF;
	if (head.n == 0)
		return RP_FILETYPE_UNKNOWN;
	/* Readers accept octets before the header, so people have such files.
	 */
	if (memmem(head.p, head.n, "%PDF-", 5) != NULL)
		return RP_FILETYPE_PDF;
	if (head.n >= 4 && memcmp(head.p, "PK\x03\x04", 4) == 0)
		return RP_FILETYPE_ZIP;
	if (has_utf16_mark((rp_bytes){ head.p, head.n & ~(size_t)1 }))
		return RP_FILETYPE_TXT;
	return has_controls(head) ? RP_FILETYPE_UNKNOWN : RP_FILETYPE_TXT;
}

static enum rp_filetype
text_kind(rp_bytes in)
{
	if (has_utf16_mark(in))
		return RP_FILETYPE_TXT_LEGACY;
	if (has_controls(in))
		return RP_FILETYPE_UNKNOWN;
	for (size_t i = 0, step; i < in.n; i += step) {
		step = in.p[i] < 0x80 ? 1 : rp_utf8_len(in.p + i, in.n - i);
		if (step == 0)
			return RP_FILETYPE_TXT_LEGACY;
	}
	return RP_FILETYPE_TXT;
}

static struct rp_err *
package_kind(struct rp_arena *a, struct rp_zip *z, enum rp_filetype *out)
{
	struct rp_err *e;
	size_t main;
	bool odt;

	RP_TRY(rp_odt_is(a, z, &odt));
	*out = odt ? RP_FILETYPE_ODT : RP_FILETYPE_ZIP;
	if (odt || rp_zip_find(z, RP_TEXT("[Content_Types].xml")) == SIZE_MAX)
		return NULL;
	e = rp_docx_main(a, z, &main);
	if (e == NULL)
		*out = RP_FILETYPE_DOCX;
	rp_err_free(e);
	return NULL;
}

struct rp_err *
rp_filetype_find(struct rp_arena *a, rp_bytes in, enum rp_filetype *out,
    struct rp_zip **out_zip)
{
	enum rp_filetype t = rp_filetype_sniff(in);
	struct rp_zip *z = NULL;

	if (t == RP_FILETYPE_TXT)
		t = text_kind(in);
	if (t == RP_FILETYPE_ZIP) {
		RP_TRY(rp_zip_open(a, in, &z));
		RP_TRY(package_kind(a, z, &t));
	}
	*out = t;
	*out_zip = z;
	return NULL;
}

rp_text
rp_filetype_media(enum rp_filetype t)
{
	return names[t].media;
}

rp_text
rp_filetype_suffix(enum rp_filetype t)
{
	return names[t].suffix;
}
