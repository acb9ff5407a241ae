#include "codec/office_clean.h"

#include <string.h>

#include "base/err.h"
#include "base/vec.h"
#include "codec/xmlpatch.h"
#include "codec/zip.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const struct rp_xmlpatch_rule word_rules[] = {
	{ RP_XMLPATCH_DROP_TAG, .element = "rsids" },
	{ RP_XMLPATCH_DROP_TAG, .element = "rsidRoot" },
	{ RP_XMLPATCH_DROP_TAG, .element = "rsid" },
	{ RP_XMLPATCH_DROP_ATTR, .name = "rsid*" },
	{ RP_XMLPATCH_NUMBER_ATTR, .name = "author", .value = "Author" },
	{ RP_XMLPATCH_SET_ATTR, .name = "initials", .value = "A" },
	{ RP_XMLPATCH_SET_ATTR, .name = "userId", .value = "None" },
	{ RP_XMLPATCH_SET_ATTR, .name = "providerId", .value = "None" },
};

static const struct rp_xmlpatch_rule word_rels_rules[] = {
	{ RP_XMLPATCH_FILE_ATTR, .element = "Relationship", .name = "Target" },
};

static const struct rp_xmlpatch_rule odt_rules[] = {
	{ RP_XMLPATCH_DROP_ATTR, .name = "rsid" },
	{ RP_XMLPATCH_DROP_ATTR, .name = "paragraph-rsid" },
	{ RP_XMLPATCH_SET_TEXT, .element = "creator", .value = "Author" },
	{ RP_XMLPATCH_SET_TEXT, .element = "creator-initials", .value = "A" },
	{ RP_XMLPATCH_SET_TEXT, .element = "sender-initials", .value = "A" },
	{ RP_XMLPATCH_SET_TEXT, .element = "config-item", .where = "name",
	    .is = "Printer*", .value = "" },
	{ RP_XMLPATCH_SET_TEXT, .element = "config-item", .where = "name",
	    .is = "Rsid*", .value = "0" },
};

static const struct {
	rp_text name, content;
} word_replaced[] = {
	{ RP_TEXT_INIT("docProps/core.xml"),
	    RP_TEXT_INIT(XML
		"<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats"
		".org/package/2006/metadata/core-properties\"/>") },
	{ RP_TEXT_INIT("docProps/app.xml"),
	    RP_TEXT_INIT(
		XML "<Properties xmlns=\"http://schemas.openxmlformats.org/"
		    "officeDocument/2006/extended-properties\"/>") },
	{ RP_TEXT_INIT("docProps/custom.xml"),
	    RP_TEXT_INIT(
		XML "<Properties xmlns=\"http://schemas.openxmlformats.org/"
		    "officeDocument/2006/custom-properties\"/>") },
};

static const rp_text odt_meta = RP_TEXT_INIT(
    XML "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:"
	"xmlns:office:1.0\" office:version=\"1.3\"><office:meta/>"
	"</office:document-meta>");

struct changes RP_VEC(struct rp_zip_change);

struct cleaning {
	struct rp_arena *arena;
	struct rp_zip *zip;
	struct changes changes;
	struct rp_xmlpatch_numbers authors;
};

static bool
ends(rp_text t, rp_text tail)
{
	return t.n >= tail.n &&
	       rp_text_eq(rp_text_sub(t, t.n - tail.n, t.n), tail);
}

static void
change(struct cleaning *c, size_t i, rp_bytes content)
{
	struct rp_zip_change one = { .i = i, .content = content };

	rp_vec_push(c->arena, &c->changes, one);
}

static void
drop(struct cleaning *c, size_t i)
{
	struct rp_zip_change one = { .i = i, .drop = true };

	rp_vec_push(c->arena, &c->changes, one);
}

static struct rp_err *
patch(struct cleaning *c, size_t i, const struct rp_xmlpatch_rule *rules,
    size_t n)
{
	rp_bytes in, out;
	struct rp_err *e;
	bool changed;

	RP_TRY(rp_zip_read(c->arena, c->zip, i, &in));
	e = rp_xmlpatch(c->arena, in, rules, n, &c->authors, &out, &changed);
	if (e != NULL)
		return rp_err_wrap(e, "%.*s", RP_FMT(rp_zip_name(c->zip, i)));
	if (changed)
		change(c, i, out);
	return NULL;
}

static struct rp_err *
clean_word_part(struct cleaning *c, size_t i)
{
	rp_text name = rp_zip_name(c->zip, i);

	for (size_t k = 0; k < sizeof(word_replaced) / sizeof(word_replaced[0]);
	     k++) {
		if (rp_text_eq(name, word_replaced[k].name)) {
			change(c, i, rp_text_bytes(word_replaced[k].content));
			return NULL;
		}
	}
	if (ends(name, RP_TEXT(".psmdcp"))) {
		change(c, i, rp_text_bytes(word_replaced[0].content));
		return NULL;
	}
	if (rp_text_starts(name, RP_TEXT("word/")) &&
	    ends(name, RP_TEXT(".rels")))
		return patch(c, i, word_rels_rules,
		    sizeof(word_rels_rules) / sizeof(word_rels_rules[0]));
	if (rp_text_starts(name, RP_TEXT("word/")) &&
	    ends(name, RP_TEXT(".xml")))
		return patch(c, i, word_rules,
		    sizeof(word_rules) / sizeof(word_rules[0]));
	return NULL;
}

static struct rp_err *
clean_odt_part(struct cleaning *c, size_t i)
{
	rp_text name = rp_zip_name(c->zip, i);

	if (ends(name, RP_TEXT("meta.xml")) &&
	    !rp_text_starts(name, RP_TEXT("META-INF/"))) {
		change(c, i, rp_text_bytes(odt_meta));
		return NULL;
	}
	if (rp_text_starts(name, RP_TEXT("META-INF/")) &&
	    ends(name, RP_TEXT("signatures.xml"))) {
		drop(c, i);
		return NULL;
	}
	if (ends(name, RP_TEXT("content.xml")) ||
	    ends(name, RP_TEXT("styles.xml")) ||
	    ends(name, RP_TEXT("settings.xml")))
		return patch(c, i, odt_rules,
		    sizeof(odt_rules) / sizeof(odt_rules[0]));
	return NULL;
}

static struct rp_err *
clean(struct rp_arena *a, struct rp_zip *z, size_t max,
    struct rp_err *(*part)(struct cleaning *c, size_t i), rp_bytes *out)
{
	struct cleaning c = { .arena = a, .zip = z };

	for (size_t i = 0; i < rp_zip_n(z); i++)
		RP_TRY(part(&c, i));
	return rp_zip_copy(a, z, c.changes.v, c.changes.n, max, out);
}

struct rp_err *
rp_docx_clean(struct rp_arena *a, struct rp_zip *z, size_t max, rp_bytes *out)
{
	return clean(a, z, max, clean_word_part, out);
}

struct rp_err *
rp_odt_clean(struct rp_arena *a, struct rp_zip *z, size_t max, rp_bytes *out)
{
	return clean(a, z, max, clean_odt_part, out);
}
