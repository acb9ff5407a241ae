#include "codec/docx_style.h"

#include <string.h>

#include "base/err.h"

#define INHERIT_MAX 50

static bool
same(rp_bytes got, const char *want)
{
	return got.n == strlen(want) && memcmp(got.p, want, got.n) == 0;
}

void
rp_docx_looks(const struct rp_xmltree *t, uint32_t rpr, unsigned *on,
    unsigned *off)
{
	static const struct {
		enum rp_docx_name name;
		unsigned look;
	} looks[] = { { RP_W_b, RP_LOOK_BOLD }, { RP_W_i, RP_LOOK_ITALIC },
		{ RP_W_u, RP_LOOK_UNDERLINE }, { RP_W_strike, RP_LOOK_STRIKE },
		{ RP_W_dstrike, RP_LOOK_STRIKE },
		{ RP_W_smallCaps, RP_LOOK_SMALL_CAPS },
		{ RP_W_caps, RP_LOOK_CAPS }, { RP_W_vanish, RP_LOOK_HIDDEN } };
	rp_bytes v;

	*on = *off = 0;
	for (uint32_t c = t->v[rpr].first; c != 0; c = t->v[c].next) {
		for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
			if (!rp_docx_is(t, c, looks[i].name))
				continue;
			if (rp_docx_on(t, rpr, looks[i].name))
				*on |= looks[i].look;
			else
				*off |= looks[i].look;
		}
		if (!rp_docx_is(t, c, RP_W_vertAlign))
			continue;
		v = rp_xmltree_attr(t, c, "val");
		if (same(v, "superscript"))
			*on |= RP_LOOK_SUPERSCRIPT;
		else if (same(v, "subscript"))
			*on |= RP_LOOK_SUBSCRIPT;
		else
			*off |= RP_LOOK_SUPERSCRIPT | RP_LOOK_SUBSCRIPT;
	}
}

static struct rp_err *
read_style(struct rp_arena *a, const struct rp_xmltree *t, uint32_t node,
    struct rp_docx_styles *out)
{
	uint32_t ppr = rp_docx_child(t, node, RP_W_pPr);
	uint32_t rpr = rp_docx_child(t, node, RP_W_rPr);
	struct rp_docx_style s = { .list = -1, .outline = -1, .node = node };
	uint32_t numpr;
	rp_text id;

	if (out->by_id.n >= RP_DOCX_STYLES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d styles",
		    RP_DOCX_STYLES_MAX);
	id = rp_xmltree_text(a, rp_xmltree_attr(t, node, "styleId"));
	s.name = rp_xmltree_text(a, rp_docx_value(t, node, RP_W_name));
	s.based_on = rp_xmltree_text(a, rp_docx_value(t, node, RP_W_basedOn));
	if (rpr != 0)
		rp_docx_looks(t, rpr, &s.look_on, &s.look_off);
	if (ppr != 0) {
		s.outline =
		    rp_docx_number(rp_docx_value(t, ppr, RP_W_outlineLvl), -1);
		numpr = rp_docx_child(t, ppr, RP_W_numPr);
		if (numpr != 0) {
			s.list =
			    rp_docx_number(rp_docx_value(t, numpr, RP_W_numId),
				-1);
			s.list_level =
			    rp_docx_number(rp_docx_value(t, numpr, RP_W_ilvl),
				0);
		}
	}
	*rp_map_at(a, &out->by_id, id) = s;
	return NULL;
}

/* Take over what a style does not say itself; loops end by the count. */
static void
settle(struct rp_docx_styles *s, struct rp_docx_style *x, unsigned depth)
{
	struct rp_docx_style *base;

	if (x->settled || depth > INHERIT_MAX)
		return;
	x->settled = true;
	base = rp_map_find(&s->by_id, x->based_on);
	if (x->based_on.n == 0 || base == NULL)
		return;
	settle(s, base, depth + 1);
	if (x->list < 0) {
		x->list = base->list;
		x->list_level = base->list_level;
	}
	if (x->outline < 0)
		x->outline = base->outline;
	x->look_on |= base->look_on & ~x->look_off;
	x->look_off |= base->look_off & ~x->look_on;
}

static void
read_level(struct rp_arena *a, const struct rp_xmltree *t, uint32_t node,
    struct rp_level *l)
{
	rp_bytes text = rp_docx_value(t, node, RP_W_lvlText);
	rp_text format =
	    rp_xmltree_text(a, rp_docx_value(t, node, RP_W_numFmt));

	l->set = true;
	l->start = rp_docx_number(rp_docx_value(t, node, RP_W_start), 0);
	l->format =
	    format.n ? rp_number_format_named(format) : RP_NUMBER_DECIMAL;
	l->text = rp_xmltree_text(a, text);
	if (l->text.n > RP_NUMBERING_TEXT_MAX)
		l->text = RP_TEXT("");
	l->legal = rp_docx_on(t, node, RP_W_isLgl);
	l->restart = -1;
	if (rp_docx_child(t, node, RP_W_lvlRestart) != 0) {
		int32_t r =
		    rp_docx_number(rp_docx_value(t, node, RP_W_lvlRestart), -1);

		l->restart = (int8_t)(r >= 0 && r <= 9 ? r : -1);
	}
}

static unsigned
level_of(const struct rp_xmltree *t, uint32_t node)
{
	int32_t v = rp_docx_number(rp_xmltree_attr(t, node, "ilvl"), 0);

	return v >= 0 && v < RP_NUMBERING_LEVELS ? (unsigned)v :
						   RP_NUMBERING_LEVELS - 1;
}

/* A style's list has the level whose w:pStyle names the style. */
static void
level_for_style(struct rp_arena *a, const struct rp_xmltree *t, uint32_t lvl,
    struct rp_docx_styles *s)
{
	rp_bytes name = rp_docx_value(t, lvl, RP_W_pStyle);
	struct rp_docx_style *x;

	if (name.p == NULL)
		return;
	x = rp_map_find(&s->by_id, rp_xmltree_text(a, name));
	if (x != NULL)
		x->list_level = (int32_t)level_of(t, lvl);
}

static void
read_abstract(struct rp_arena *a, const struct rp_xmltree *t, uint32_t node,
    struct rp_docx_styles *s)
{
	uint32_t id =
	    (uint32_t)rp_docx_number(rp_xmltree_attr(t, node, "abstractNumId"),
		0);
	struct rp_numbering_abstract *d =
	    rp_numbering_define(a, &s->numbering, id);

	for (uint32_t c = t->v[node].first; c != 0; c = t->v[c].next) {
		if (!rp_docx_is(t, c, RP_W_lvl))
			continue;
		read_level(a, t, c, &d->levels[level_of(t, c)]);
		level_for_style(a, t, c, s);
	}
}

static struct rp_err *
read_list(struct rp_arena *a, const struct rp_xmltree *t, uint32_t node,
    struct rp_docx_styles *s)
{
	struct rp_numbering_list *l;
	int32_t id = rp_docx_number(rp_xmltree_attr(t, node, "numId"), 0);

	if (id <= 0)
		return NULL;
	RP_TRY(rp_numbering_add(a, &s->numbering, (uint32_t)id,
	    (uint32_t)rp_docx_number(rp_docx_value(t, node, RP_W_abstractNumId),
		0),
	    &l));
	for (uint32_t c = t->v[node].first; c != 0; c = t->v[c].next) {
		struct rp_list_override *o;
		uint32_t lvl;

		if (!rp_docx_is(t, c, RP_W_lvlOverride))
			continue;
		o = &l->overrides[level_of(t, c)];
		lvl = rp_docx_child(t, c, RP_W_lvl);
		o->has_start = rp_docx_child(t, c, RP_W_startOverride) != 0;
		o->start =
		    rp_docx_number(rp_docx_value(t, c, RP_W_startOverride), 1);
		o->has_level = lvl != 0;
		if (lvl != 0)
			read_level(a, t, lvl, &o->level);
	}
	return NULL;
}

/* A definition that only names a style has the levels of that style's list. */
static void
follow_link(struct rp_arena *a, const struct rp_xmltree *t, uint32_t node,
    struct rp_docx_styles *s)
{
	rp_bytes link = rp_docx_value(t, node, RP_W_numStyleLink);
	const struct rp_numbering_list *l;
	struct rp_numbering_abstract *to;
	const struct rp_docx_style *x;

	if (link.p == NULL)
		return;
	x = rp_docx_style_find(s, rp_xmltree_text(a, link));
	if (x == NULL || x->list <= 0)
		return;
	l = rp_numbering_find(&s->numbering, (uint32_t)x->list);
	to = rp_numbering_abstract_find(&s->numbering,
	    (uint32_t)rp_docx_number(rp_xmltree_attr(t, node, "abstractNumId"),
		0));
	if (l != NULL && to != NULL)
		memcpy(to->levels, s->numbering.abstracts.v[l->abstract].levels,
		    sizeof(to->levels));
}

static struct rp_err *
read_numbering(struct rp_arena *a, const struct rp_docx_package *p,
    struct rp_docx_styles *out)
{
	size_t entry = rp_docx_part(a, p, "numbering");
	struct rp_xmltree t;

	if (entry == SIZE_MAX)
		return NULL;
	RP_TRY(rp_docx_tree(a, p, entry, &t));
	for (uint32_t c = t.v[1].first; c != 0; c = t.v[c].next)
		if (rp_docx_is(&t, c, RP_W_abstractNum)) {
			if (out->numbering.abstracts.n >=
			    RP_NUMBERING_LISTS_MAX)
				return rp_fail(RP_E_LIMIT, "over %d lists",
				    RP_NUMBERING_LISTS_MAX);
			read_abstract(a, &t, c, out);
		}
	for (uint32_t c = t.v[1].first; c != 0; c = t.v[c].next)
		if (rp_docx_is(&t, c, RP_W_num))
			RP_TRY(read_list(a, &t, c, out));
	for (uint32_t c = t.v[1].first; c != 0; c = t.v[c].next)
		if (rp_docx_is(&t, c, RP_W_abstractNum))
			follow_link(a, &t, c, out);
	return NULL;
}

struct rp_err *
rp_docx_styles_read(struct rp_arena *a, const struct rp_docx_package *p,
    struct rp_docx_styles *out)
{
	size_t entry = rp_docx_part(a, p, "styles");
	struct rp_xmltree t;

	*out = (struct rp_docx_styles){ 0 };
	if (entry == SIZE_MAX)
		return read_numbering(a, p, out);
	RP_TRY(rp_docx_tree(a, p, entry, &t));
	for (uint32_t c = t.v[1].first; c != 0; c = t.v[c].next) {
		if (rp_docx_is(&t, c, RP_W_style))
			RP_TRY(read_style(a, &t, c, out));
		if (rp_docx_is(&t, c, RP_W_docDefaults)) {
			uint32_t d = rp_docx_child(&t, c, RP_W_rPrDefault);

			d = d ? rp_docx_child(&t, d, RP_W_rPr) : 0;
			if (d != 0)
				out->lang = rp_xmltree_text(a,
				    rp_docx_value(&t, d, RP_W_lang));
		}
	}
	for (size_t i = 0; i < out->by_id.n; i++)
		settle(out, &out->by_id.v[i], 0);
	return read_numbering(a, p, out);
}

const struct rp_docx_style *
rp_docx_style_find(const struct rp_docx_styles *s, rp_text id)
{
	return rp_map_find(&s->by_id, id);
}
