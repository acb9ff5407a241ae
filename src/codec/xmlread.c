#include "codec/xmlread.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "base/err.h"

struct rp_xmlread {
	xmlTextReaderPtr reader;
	bool was_empty; /* the close of an empty element is still to be told */
	unsigned depth;
	unsigned closing; /* depth goes down at the next event */
};

void
rp_xmlread_prepare(void)
{
	xmlInitParser();
}

/*
 * Other first octets would make libxml2 look for a converter, and the C library
 * for a file.
 */
static bool
starts_well(rp_bytes in)
{
	static const uint8_t mark[] = { 0xef, 0xbb, 0xbf };

	if (in.n < 4)
		return false;
	if ((in.p[0] == 0xff && in.p[1] == 0xfe) ||
	    (in.p[0] == 0xfe && in.p[1] == 0xff))
		return in.p[2] != 0 || in.p[3] != 0;
	if (memcmp(in.p, mark, sizeof(mark)) == 0)
		return in.p[3] == '<';
	return in.p[0] == '<' && in.p[1] != 0;
}

static void
free_reader(void *reader)
{
	xmlFreeTextReader(reader);
}

static void
say_nothing(void *ctx, xmlErrorPtr error)
{
	(void)ctx;
	(void)error;
}

struct rp_err *
rp_xmlread_open(struct rp_arena *a, rp_bytes in, struct rp_xmlread **out)
{
	struct rp_xmlread *r = rp_new(a, struct rp_xmlread);

	if (in.n > RP_XMLREAD_MAX)
		return rp_fail(RP_E_LIMIT, "XML of %zu octets", in.n);
	if (!starts_well(in))
		return rp_fail(RP_E_INVALID, "not XML in UTF-8 or UTF-16");
	r->reader =
	    xmlReaderForMemory((const char *)in.p, (int)in.n, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
		    XML_PARSE_IGNORE_ENC);
	if (r->reader == NULL)
		return rp_fail(RP_E_INTERNAL, "no XML reader");
	xmlTextReaderSetStructuredErrorHandler(r->reader, say_nothing, NULL);
	rp_arena_defer(a, free_reader, r->reader);
	*out = r;
	return NULL;
}

static struct rp_err *
opened(struct rp_xmlread *r)
{
	r->was_empty = xmlTextReaderIsEmptyElement(r->reader) == 1;
	if (++r->depth > RP_XMLREAD_DEPTH_MAX)
		return rp_fail(RP_E_LIMIT, "XML deeper than %d",
		    RP_XMLREAD_DEPTH_MAX);
	return NULL;
}

/* libxml2 lets malformed octets through inside CDATA sections. */
static bool
valid(rp_bytes t)
{
	for (size_t i = 0, step; i < t.n; i += step) {
		step = rp_utf8_len(t.p + i, t.n - i);
		if (step == 0)
			return false;
	}
	return true;
}

struct rp_err *
rp_xmlread_next(struct rp_xmlread *r, enum rp_xmlread_event *out)
{
	int got;

	r->depth -= r->closing;
	r->closing = 0;
	if (r->was_empty) {
		r->was_empty = false;
		r->closing = 1;
		*out = RP_XMLREAD_CLOSE;
		return NULL;
	}
	while ((got = xmlTextReaderRead(r->reader)) == 1) {
		switch (xmlTextReaderNodeType(r->reader)) {
		case XML_READER_TYPE_ELEMENT:
			*out = RP_XMLREAD_OPEN;
			return opened(r);
		case XML_READER_TYPE_END_ELEMENT:
			r->closing = 1;
			*out = RP_XMLREAD_CLOSE;
			return NULL;
		case XML_READER_TYPE_TEXT:
		case XML_READER_TYPE_CDATA:
		case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		case XML_READER_TYPE_WHITESPACE:
			if (!valid(rp_xmlread_text(r)))
				return rp_fail(RP_E_INVALID,
				    "XML text that is not UTF-8");
			*out = RP_XMLREAD_TEXT;
			return NULL;
		case XML_READER_TYPE_DOCUMENT_TYPE:
		case XML_READER_TYPE_ENTITY:
		case XML_READER_TYPE_ENTITY_REFERENCE:
			return rp_fail(RP_E_INVALID,
			    "XML with a document type or entities");
		default:
			break;
		}
	}
	if (got < 0)
		return rp_fail(RP_E_INVALID, "XML not well formed, line %d",
		    xmlTextReaderGetParserLineNumber(r->reader));
	*out = RP_XMLREAD_END;
	return NULL;
}

static bool
is(const xmlChar *got, const char *want)
{
	return strcmp(got ? (const char *)got : "", want) == 0;
}

bool
rp_xmlread_in(const struct rp_xmlread *r, const char *namespace)
{
	return is(xmlTextReaderConstNamespaceUri(r->reader), namespace);
}

bool
rp_xmlread_is(const struct rp_xmlread *r, const char *local)
{
	return is(xmlTextReaderConstLocalName(r->reader), local);
}

rp_bytes
rp_xmlread_attr(struct rp_xmlread *r, const char *local)
{
	rp_bytes v = { 0 };

	while (xmlTextReaderMoveToNextAttribute(r->reader) == 1) {
		if (!is(xmlTextReaderConstLocalName(r->reader), local))
			continue;
		v.p = xmlTextReaderConstValue(r->reader);
		v.n = v.p ? strlen((const char *)v.p) : 0;
		if (!valid(v))
			v = (rp_bytes){ 0 };
		break;
	}
	xmlTextReaderMoveToElement(r->reader);
	return v;
}

rp_bytes
rp_xmlread_text(const struct rp_xmlread *r)
{
	const xmlChar *p = xmlTextReaderConstValue(r->reader);

	return (rp_bytes){ p, p ? strlen((const char *)p) : 0 };
}

unsigned
rp_xmlread_depth(const struct rp_xmlread *r)
{
	return r->depth;
}
