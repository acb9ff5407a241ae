#include "codec/docx_names.h"

#include <string.h>

static const char *const names[] = {
	"",
#define NAME(n) #n,
#include "codec/docx_names.def"
#undef NAME
};

static const char *const spaces[] = { "",
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
	"http://schemas.openxmlformats.org/officeDocument/2006/math",
	"http://schemas.openxmlformats.org/markup-compatibility/2006" };

static bool
same(rp_bytes got, const char *want)
{
	return got.n == strlen(want) && memcmp(got.p, want, got.n) == 0;
}

static uint8_t
find_space(rp_bytes uri)
{
	for (uint8_t i = 1; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (same(uri, spaces[i]))
			return i;
	if (same(uri, "http://purl.oclc.org/ooxml/wordprocessingml/main"))
		return RP_SPACE_WORD;
	if (same(uri, "http://purl.oclc.org/ooxml/officeDocument/math"))
		return RP_SPACE_MATH;
	return RP_SPACE_OTHER;
}

const struct rp_xmltree_names rp_docx_names = {
	.space = find_space,
	.names = names,
	.n_names = RP_W_COUNT,
};

uint32_t
rp_docx_child(const struct rp_xmltree *t, uint32_t node, enum rp_docx_name name)
{
	for (uint32_t c = t->v[node].first; c != 0; c = t->v[c].next)
		if (rp_docx_is(t, c, name))
			return c;
	return RP_XMLTREE_NONE;
}

rp_bytes
rp_docx_value(const struct rp_xmltree *t, uint32_t node, enum rp_docx_name name)
{
	uint32_t c = rp_docx_child(t, node, name);

	return c ? rp_xmltree_attr(t, c, "val") : (rp_bytes){ 0 };
}

bool
rp_docx_on(const struct rp_xmltree *t, uint32_t node, enum rp_docx_name name)
{
	uint32_t c = rp_docx_child(t, node, name);
	rp_bytes v;

	if (c == 0)
		return false;
	v = rp_xmltree_attr(t, c, "val");
	return v.p == NULL || !(same(v, "0") || same(v, "false") ||
				  same(v, "off") || same(v, "none"));
}

int32_t
rp_docx_number(rp_bytes octets, int32_t otherwise)
{
	int64_t v;

	if (octets.p == NULL ||
	    !rp_text_i64((rp_text){ (const char *)octets.p, octets.n }, &v) ||
	    v < INT32_MIN || v > INT32_MAX)
		return otherwise;
	return (int32_t)v;
}

bool
rp_docx_has_drawing(const struct rp_xmltree *t, uint32_t node)
{
	uint32_t end = t->v[node].to;

	for (uint32_t i = node; i < t->n && t->v[i].from < end; i++)
		if (rp_docx_is(t, i, RP_W_drawing) ||
		    rp_docx_is(t, i, RP_W_pict) ||
		    rp_docx_is(t, i, RP_W_object))
			return true;
	return false;
}
