#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/doc_label.h"
#include "codec/odt_style_private.h"
#include "codec/xmlread.h"

#define TEXT RP_ODT_NS "text:1.0"
#define STYLE RP_ODT_NS "style:1.0"
#define OFFICE RP_ODT_NS "office:1.0"
#define CHAIN_MAX 16 /* styles behind a style: they may be a circle */
#define LABEL_MAX ((size_t)256)
#define AFFIX_MAX ((size_t)32)

static rp_text
attribute(struct rp_odt_styles *s, struct rp_xmlread *x, const char *name)
{
	return rp_doc_clean_line(s->arena, rp_xmlread_attr(x, name));
}

static rp_text
key(struct rp_odt_styles *s, char family, rp_text name)
{
	return rp_textf(s->arena, "%c%.*s", family, RP_FMT(name));
}

static char
family_of(rp_text t)
{
	return rp_text_eq(t, RP_TEXT("paragraph")) ? 'p' :
	       rp_text_eq(t, RP_TEXT("text"))      ? 't' :
						     '\0';
}

static struct rp_err *
open_style(struct rp_odt_styles *s, struct rp_xmlread *x)
{
	struct rp_odt_style style = { .automatic = s->automatic };
	char family = family_of(attribute(s, x, "family"));
	rp_text name = attribute(s, x, "name");

	if (family == '\0')
		return NULL;
	style.parent = attribute(s, x, "parent-style-name");
	style.display = attribute(s, x, "display-name");
	style.list = attribute(s, x, "list-style-name");
	if (style.display.n == 0)
		style.display = name;
	s->style = key(s, family, name);
	*rp_map_at(s->arena, &s->styles, s->style) = style;
	if (s->styles.n > RP_ODT_STYLES_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu styles",
		    RP_ODT_STYLES_MAX);
	return NULL;
}

static bool
has(struct rp_odt_styles *s, struct rp_xmlread *x, const char *name,
    const char *value)
{
	return rp_text_eq(attribute(s, x, name), rp_text_z(value));
}

static void
look(struct rp_odt_style *st, rp_text value, bool on, unsigned bit)
{
	if (value.n == 0)
		return;
	if (on) {
		st->on |= bit;
		st->off &= ~bit;
	} else {
		st->off |= bit;
		st->on &= ~bit;
	}
}

static void
text_properties(struct rp_odt_styles *s, struct rp_xmlread *x,
    struct rp_odt_style *st)
{
	rp_text t = attribute(s, x, "font-weight"), country;
	int64_t weight = 0;

	look(st, t,
	    rp_text_eq(t, RP_TEXT("bold")) ||
		(rp_text_i64(t, &weight) && weight >= 600),
	    RP_LOOK_BOLD);
	t = attribute(s, x, "font-style");
	look(st, t, !rp_text_eq(t, RP_TEXT("normal")), RP_LOOK_ITALIC);
	t = attribute(s, x, "text-underline-style");
	look(st, t, !rp_text_eq(t, RP_TEXT("none")), RP_LOOK_UNDERLINE);
	t = attribute(s, x, "text-line-through-style");
	look(st, t, !rp_text_eq(t, RP_TEXT("none")), RP_LOOK_STRIKE);
	t = attribute(s, x, "font-variant");
	look(st, t, rp_text_eq(t, RP_TEXT("small-caps")), RP_LOOK_SMALL_CAPS);
	t = attribute(s, x, "text-transform");
	look(st, t, rp_text_eq(t, RP_TEXT("uppercase")), RP_LOOK_CAPS);
	t = attribute(s, x, "display");
	look(st, t, rp_text_eq(t, RP_TEXT("none")), RP_LOOK_HIDDEN);
	t = attribute(s, x, "text-position");
	look(st, t,
	    rp_text_starts(t, RP_TEXT("super")) ||
		(t.n > 0 && t.p[0] >= '1' && t.p[0] <= '9'),
	    RP_LOOK_SUPERSCRIPT);
	look(st, t,
	    rp_text_starts(t, RP_TEXT("sub")) || (t.n > 0 && t.p[0] == '-'),
	    RP_LOOK_SUBSCRIPT);
	t = attribute(s, x, "language");
	country = attribute(s, x, "country");
	if (t.n > 0 && t.n <= 8 && !rp_text_eq(t, RP_TEXT("none")))
		st->lang = country.n > 0 && country.n <= 3 &&
				   !rp_text_eq(country, RP_TEXT("none")) ?
			       rp_textf(s->arena, "%.*s-%.*s", RP_FMT(t),
				   RP_FMT(country)) :
			       t;
}

static int32_t
number(rp_text t, int32_t otherwise, int32_t max)
{
	int64_t v;

	return rp_text_i64(t, &v) && v >= 0 && v <= max ? (int32_t)v :
							  otherwise;
}

static rp_text
affix(struct rp_odt_styles *s, struct rp_xmlread *x, const char *name)
{
	rp_text t = rp_doc_clean(s->arena, rp_xmlread_attr(x, name));

	return t.n <= AFFIX_MAX ? t : (rp_text){ "", 0 };
}

static void
open_level(struct rp_odt_styles *s, struct rp_xmlread *x, bool bullet)
{
	struct rp_odt_list *l = rp_map_at(s->arena, &s->lists, s->list);
	int32_t at = number(attribute(s, x, "level"), 0, RP_ODT_LEVELS);
	struct rp_odt_level v = { .set = true, .bullet = bullet };

	if (at == 0)
		return;
	v.prefix = affix(s, x, "num-prefix");
	v.suffix = affix(s, x, "num-suffix");
	v.format = attribute(s, x, "num-format");
	v.sync = has(s, x, "num-letter-sync", "true");
	v.text = affix(s, x, "bullet-char");
	v.start = number(attribute(s, x, "start-value"), 1, 1000000);
	v.display = number(attribute(s, x, "display-levels"), 1, RP_ODT_LEVELS);
	l->levels[at - 1] = v;
}

struct rp_err *
rp_odt_style_open(struct rp_odt_styles *s, struct rp_xmlread *x)
{
	if (rp_xmlread_in(x, OFFICE)) {
		if (rp_xmlread_is(x, "automatic-styles"))
			s->automatic = true;
	} else if (rp_xmlread_in(x, STYLE)) {
		struct rp_odt_style *st =
		    s->style.n > 0 ? rp_map_find(&s->styles, s->style) : NULL;

		if (rp_xmlread_is(x, "style"))
			return open_style(s, x);
		if (st != NULL && rp_xmlread_is(x, "text-properties"))
			text_properties(s, x, st);
		else if (st != NULL && rp_xmlread_is(x, "paragraph-properties"))
			st->rtl = has(s, x, "writing-mode", "rl-tb");
	} else if (rp_xmlread_in(x, TEXT)) {
		if (rp_xmlread_is(x, "list-style"))
			s->list = key(s, 'l', attribute(s, x, "name"));
		else if (rp_xmlread_is(x, "outline-style"))
			s->list = RP_TEXT("o");
		else if (s->list.n > 0 &&
			 (rp_xmlread_is(x, "list-level-style-number") ||
			     rp_xmlread_is(x, "outline-level-style")))
			open_level(s, x, false);
		else if (s->list.n > 0 &&
			 (rp_xmlread_is(x, "list-level-style-bullet") ||
			     rp_xmlread_is(x, "list-level-style-image")))
			open_level(s, x, true);
	}
	if (s->lists.n > RP_ODT_STYLES_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu list styles",
		    RP_ODT_STYLES_MAX);
	return NULL;
}

void
rp_odt_style_close(struct rp_odt_styles *s, struct rp_xmlread *x)
{
	if (rp_xmlread_in(x, OFFICE) && rp_xmlread_is(x, "automatic-styles"))
		s->automatic = false;
	else if (rp_xmlread_in(x, STYLE) && rp_xmlread_is(x, "style"))
		s->style = (rp_text){ 0 };
	else if (rp_xmlread_in(x, TEXT) &&
		 (rp_xmlread_is(x, "list-style") ||
		     rp_xmlread_is(x, "outline-style")))
		s->list = (rp_text){ 0 };
}

const struct rp_odt_style *
rp_odt_style_find(const struct rp_odt_styles *s, char family, rp_text name)
{
	char buf[256];

	if (name.n == 0 || name.n + 1 > sizeof(buf))
		return NULL;
	buf[0] = family;
	memcpy(buf + 1, name.p, name.n);
	return rp_map_find(&s->styles, ((rp_text){ buf, name.n + 1 }));
}

unsigned
rp_odt_style_look(const struct rp_odt_styles *s, char family, rp_text name,
    unsigned look_before)
{
	const struct rp_odt_style *chain[CHAIN_MAX];
	size_t n = 0;

	while (n < CHAIN_MAX) {
		chain[n] = rp_odt_style_find(s, family, name);
		if (chain[n] == NULL)
			break;
		name = chain[n++]->parent;
	}
	for (; n > 0; n--)
		look_before =
		    (look_before & ~chain[n - 1]->off) | chain[n - 1]->on;
	return look_before;
}

rp_text
rp_odt_style_shown(const struct rp_odt_styles *s, char family, rp_text name)
{
	for (size_t i = 0; i < CHAIN_MAX; i++) {
		const struct rp_odt_style *st =
		    rp_odt_style_find(s, family, name);

		if (st == NULL)
			break;
		if (!st->automatic)
			return st->display;
		name = st->parent;
	}
	return (rp_text){ "", 0 };
}

rp_text
rp_odt_style_list(const struct rp_odt_styles *s, rp_text name)
{
	for (size_t i = 0; i < CHAIN_MAX; i++) {
		const struct rp_odt_style *st = rp_odt_style_find(s, 'p', name);

		if (st == NULL)
			break;
		if (st->list.n > 0)
			return st->list;
		name = st->parent;
	}
	return (rp_text){ "", 0 };
}

/* "一, 二, 三, ..." and the like are told by how they begin. */
static enum rp_label_style
style_of(rp_text format)
{
	static const struct {
		const char *begins;
		enum rp_label_style style;
	} formats[] = { { "1", RP_LABEL_DECIMAL },
		{ "a", RP_LABEL_LOWER_LETTER }, { "A", RP_LABEL_UPPER_LETTER },
		{ "i", RP_LABEL_LOWER_ROMAN }, { "I", RP_LABEL_UPPER_ROMAN },
		{ "一", RP_LABEL_CJK }, { "١", RP_LABEL_ARABIC_INDIC },
		{ "أ", RP_LABEL_ARABIC_ABJAD }, { "а", RP_LABEL_CYRILLIC } };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (rp_text_starts(format, rp_text_z(formats[i].begins)))
			return formats[i].style;
	return RP_LABEL_DECIMAL;
}

/* After z come aa and ab, unless letters are in step. */
static rp_text
counted(struct rp_arena *a, const struct rp_odt_level *l, int32_t v)
{
	enum rp_label_style style = style_of(l->format);
	char first = style == RP_LABEL_UPPER_LETTER ? 'A' : 'a', buf[8];
	size_t n = sizeof(buf);

	if (l->sync || v <= 26 ||
	    (style != RP_LABEL_LOWER_LETTER && style != RP_LABEL_UPPER_LETTER))
		return rp_doc_number(a, style, v);
	for (; v > 0 && n > 0; v = (v - 1) / 26)
		buf[--n] = (char)(first + (v - 1) % 26);
	return rp_text_dup(a, (rp_text){ buf + n, sizeof(buf) - n });
}

static void
write_label(struct rp_odt_styles *s, const struct rp_odt_list *l,
    const struct rp_odt_counters *c, size_t level, struct rp_label *out)
{
	const struct rp_odt_level *v = &l->levels[level];
	size_t from =
	    level + 1 -
	    ((size_t)v->display <= level + 1 ? (size_t)v->display : level + 1);
	struct rp_err *e;
	struct rp_buf b;
	bool begun = false;

	if (v->display == 0)
		from = level;
	rp_buf_init(&b, s->arena, LABEL_MAX);
	rp_buf_text(&b, v->prefix);
	for (size_t i = from; i <= level; i++) {
		if (l->levels[i].bullet || l->levels[i].format.n == 0)
			continue;
		if (begun)
			rp_buf_byte(&b, '.');
		rp_buf_text(&b, counted(s->arena, &l->levels[i],
				    c->used[i] ? c->v[i] : l->levels[i].start));
		begun = true;
	}
	rp_buf_text(&b, v->suffix);
	e = rp_buf_done(&b, &out->text);
	rp_err_free(e);
	out->text = rp_text_trim(out->text);
	out->style = v->format.n > 0 ? style_of(v->format) : RP_LABEL_OTHER;
	out->value = c->v[level];
}

void
rp_odt_label(struct rp_odt_styles *s, rp_text list, struct rp_odt_counters *c,
    size_t level, int32_t start, struct rp_label *out)
{
	rp_text name = list.n > 0 && !rp_text_eq(list, RP_TEXT("o")) ?
			   key(s, 'l', list) :
			   list;
	const struct rp_odt_list *l = rp_map_find(&s->lists, name);
	const struct rp_odt_level *v;

	level = level < RP_ODT_LEVELS ? level : RP_ODT_LEVELS - 1;
	if (l == NULL || !l->levels[level].set)
		return;
	v = &l->levels[level];
	c->v[level] = start >= 0     ? start :
		      c->used[level] ? c->v[level] + 1 :
				       v->start;
	c->used[level] = true;
	for (size_t i = level + 1; i < RP_ODT_LEVELS; i++)
		c->used[i] = false;
	out->level = (uint8_t)level;
	if (v->bullet) {
		out->style = RP_LABEL_BULLET;
		out->text = v->text.n > 0 ? v->text : RP_TEXT("•");
	} else {
		write_label(s, l, c, level, out);
	}
	if (out->text.n > 0)
		out->kind = RP_LABEL_AUTO;
}
