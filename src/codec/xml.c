#include "codec/xml.h"

#include <string.h>

#include "base/err.h"
#include "codec/sink.h"

void
rp_xml_init(struct rp_xml *w, struct rp_sink *sink)
{
	*w = (struct rp_xml){ .sink = sink };
	rp_sink_text(sink,
	    RP_TEXT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
}

static void
close_tag(struct rp_xml *w)
{
	if (w->in_tag)
		rp_sink_byte(w->sink, '>');
	w->in_tag = false;
}

static const char *
entity(rp_text t, size_t i, size_t *out_n)
{
	uint8_t c = (uint8_t)t.p[i];

	*out_n = 1;
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\t':
		return "&#9;";
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	default:
		break;
	}
	if (c < 0x20)
		return "\xef\xbf\xbd";
	if (c == 0xef && t.n - i >= 3 && (uint8_t)t.p[i + 1] == 0xbf &&
	    (uint8_t)t.p[i + 2] >= 0xbe) {
		*out_n = 3;
		return "\xef\xbf\xbd";
	}
	return NULL;
}

/* Line ends and tabs stand for themselves in content, not in attributes. */
static void
escaped(struct rp_sink *s, rp_text t, bool attribute)
{
	size_t from = 0, step;

	for (size_t i = 0; i < t.n; i += step) {
		const char *e = entity(t, i, &step);

		if (e == NULL ||
		    (!attribute && (t.p[i] == '\n' || t.p[i] == '\t')))
			continue;
		rp_sink_add(s, t.p + from, i - from);
		rp_sink_text(s, rp_text_z(e));
		from = i + step;
	}
	rp_sink_add(s, t.p + from, t.n - from);
}

void
rp_xml_open(struct rp_xml *w, const char *name)
{
	RP_ASSERT(w->depth < RP_XML_DEPTH_MAX);
	close_tag(w);
	w->names[w->depth++] = name;
	rp_sink_byte(w->sink, '<');
	rp_sink_text(w->sink, rp_text_z(name));
	w->in_tag = true;
}

void
rp_xml_attr(struct rp_xml *w, const char *name, rp_text value)
{
	RP_ASSERT(w->in_tag);
	rp_sink_byte(w->sink, ' ');
	rp_sink_text(w->sink, rp_text_z(name));
	rp_sink_add(w->sink, "=\"", 2);
	escaped(w->sink, value, true);
	rp_sink_byte(w->sink, '"');
}

void
rp_xml_text(struct rp_xml *w, rp_text t)
{
	close_tag(w);
	escaped(w->sink, t, false);
}

void
rp_xml_close(struct rp_xml *w)
{
	RP_ASSERT(w->depth > 0);
	w->depth--;
	if (w->in_tag) {
		rp_sink_add(w->sink, "/>", 2);
		w->in_tag = false;
		return;
	}
	rp_sink_add(w->sink, "</", 2);
	rp_sink_text(w->sink, rp_text_z(w->names[w->depth]));
	rp_sink_byte(w->sink, '>');
}

void
rp_xml_leaf(struct rp_xml *w, const char *name, rp_text t)
{
	rp_xml_open(w, name);
	rp_xml_text(w, t);
	rp_xml_close(w);
}
