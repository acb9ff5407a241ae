/* odt_style_private - styles and lists, within the reader of odt_read.h. */
#ifndef RP_CODEC_ODT_STYLE_PRIVATE_H
#define RP_CODEC_ODT_STYLE_PRIVATE_H

#include "base/map.h"
#include "codec/odt_read.h"

struct rp_xmlread;

#define RP_ODT_NS "urn:oasis:names:tc:opendocument:xmlns:"

struct rp_odt_style {
	rp_text parent, display, list;
	unsigned on, off; /* looks */
	rp_text lang;
	bool rtl, automatic;
};

struct rp_odt_level {
	bool set, bullet, sync;
	rp_text prefix, suffix, format, text; /* text: the bullet */
	int32_t start, display;
};

struct rp_odt_list {
	struct rp_odt_level levels[RP_ODT_LEVELS];
};

struct rp_odt_styles {
	struct rp_arena *arena;
	/* Keys are the family's first letter and the name: "pHeading". */
	struct RP_MAP(struct rp_odt_style) styles;
	struct RP_MAP(struct rp_odt_list) lists;
	/* Being read. */
	rp_text style, list; /* keys; empty: none */
	bool automatic;
};

/* The numbers that a list has reached. */
struct rp_odt_counters {
	int32_t v[RP_ODT_LEVELS];
	bool used[RP_ODT_LEVELS];
};

/* An element opened or closed outside of text. */
struct rp_err *rp_odt_style_open(struct rp_odt_styles *s,
    struct rp_xmlread *x) RP_MUST_USE;
void rp_odt_style_close(struct rp_odt_styles *s, struct rp_xmlread *x);

const struct rp_odt_style *rp_odt_style_find(const struct rp_odt_styles *s,
    char family, rp_text name);

/* What is on after the style and all that it is made from. */
unsigned rp_odt_style_look(const struct rp_odt_styles *s, char family,
    rp_text name, unsigned look);

/* The name of the style, or of the one behind it, as shown to people. */
rp_text rp_odt_style_shown(const struct rp_odt_styles *s, char family,
    rp_text name);

/* The list style that a paragraph's style has, or empty. */
rp_text rp_odt_style_list(const struct rp_odt_styles *s, rp_text name);

/* Count an item and give it its label; no label: kind stays NONE. */
void rp_odt_label(struct rp_odt_styles *s, rp_text list,
    struct rp_odt_counters *c, size_t level, int32_t start,
    struct rp_label *out);

#endif
