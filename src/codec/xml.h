/*
 * xml - a streaming XML 1.0 writer.
 *
 * UTF-8, no white space of its own, everything escaped. Element and attribute
 * names are literals of the caller. What XML cannot hold (noncharacters U+FFFE
 * and U+FFFF, controls that only rp_text_trusted() could have let in) becomes
 * U+FFFD. Ends out of place are programming mistakes.
 */
#ifndef RP_CODEC_XML_H
#define RP_CODEC_XML_H

#include "base/str.h"

struct rp_sink;

#define RP_XML_DEPTH_MAX 32

struct rp_xml {
	struct rp_sink *sink;
	const char *names[RP_XML_DEPTH_MAX];
	unsigned depth;
	bool in_tag; /* attributes may follow */
};

/* Writes the XML declaration. */
void rp_xml_init(struct rp_xml *w, struct rp_sink *sink);

void rp_xml_open(struct rp_xml *w, const char *name);
void rp_xml_attr(struct rp_xml *w, const char *name, rp_text value);
void rp_xml_text(struct rp_xml *w, rp_text t);
void rp_xml_close(struct rp_xml *w);

/* An element with nothing but text in it. */
void rp_xml_leaf(struct rp_xml *w, const char *name, rp_text t);

#endif
