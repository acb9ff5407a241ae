#include "codec/docx_fill.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/docx_package.h"
#include "codec/json.h"
#include "codec/zip.h"

#define OPEN "\xc2\xab" /* « */
#define CLOSE "\xc2\xbb"
#define MARK ((size_t)2)

/* A w:t, what it says, and what it is to say. */
struct piece {
	uint32_t node, paragraph;
	rp_text text;
	struct rp_buf to;
	bool changed;
};
struct pieces RP_VEC(struct piece);
struct changes RP_VEC(struct rp_zip_change);

struct filling {
	struct rp_arena *a;
	const struct rp_docx_values *values;
	bool *used;
	struct rp_docx_fill *out;
	const struct rp_xmltree *t;
	struct pieces pieces;
};

static bool
name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

static bool
is_name(rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (!name_char(t.p[i]))
			return false;
	}
	return t.n > 0 && t.n <= RP_DOCX_FILL_NAME_MAX;
}

static const rp_text *
value_of(struct filling *f, rp_text name)
{
	for (size_t i = 0; i < f->values->n; i++) {
		if (!rp_text_eq(f->values->v[i].name, name))
			continue;
		f->used[i] = true;
		f->out->filled++;
		return &f->values->v[i].value;
	}
	for (size_t i = 0; i < f->out->unknown.n; i++) {
		if (rp_text_eq(f->out->unknown.v[i], name))
			return NULL;
	}
	rp_vec_push(f->a, &f->out->unknown, rp_text_dup(f->a, name));
	return NULL;
}

static bool
in_space(const struct rp_xmltree *t, uint32_t node)
{
	return rp_docx_is(t, node, RP_W_t);
}

/* The nearest above that is one of these; 0 if none. */
static uint32_t
above(const struct rp_xmltree *t, uint32_t node, enum rp_docx_name name)
{
	for (uint32_t up = t->v[node].parent; up != 0; up = t->v[up].parent) {
		if (rp_docx_is(t, up, name))
			return up;
	}
	return 0;
}

static void
collect(struct filling *f)
{
	const struct rp_xmltree *t = f->t;

	f->pieces = (struct pieces){ 0 };
	for (uint32_t i = 1; i < t->n; i++) {
		struct piece one = { .node = i };
		const struct rp_xmlnode *n = &t->v[i];

		if (!in_space(t, i) || n->inner_to <= n->inner_from)
			continue;
		one.paragraph = above(t, i, RP_W_p);
		one.text =
		    rp_xmltree_text(f->a, (rp_bytes){ t->in.p + n->inner_from,
					      n->inner_to - n->inner_from });
		rp_buf_init(&one.to, f->a, RP_DOCX_FILL_VALUE_MAX * 20);
		rp_vec_push(f->a, &f->pieces, one);
	}
}

static void
escaped(struct rp_buf *b, char c)
{
	switch (c) {
	case '&':
		rp_buf_text(b, RP_TEXT("&amp;"));
		break;
	case '<':
		rp_buf_text(b, RP_TEXT("&lt;"));
		break;
	case '>':
		rp_buf_text(b, RP_TEXT("&gt;"));
		break;
	default:
		rp_buf_byte(b, (uint8_t)c);
	}
}

/* "w:" of "<w:t>" */
static rp_text
prefix_of(const struct rp_xmltree *t, uint32_t node)
{
	const char *p = (const char *)t->in.p + t->v[node].from + 1;
	size_t n = t->v[node].to - t->v[node].from - 1;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == ':')
			return (rp_text){ p, i + 1 };
		if (p[i] == '>' || p[i] == ' ' || p[i] == '/' || p[i] == '\t' ||
		    p[i] == '\n' || p[i] == '\r')
			break;
	}
	return RP_TEXT("");
}

static void
put_value(struct filling *f, struct piece *p, rp_text value)
{
	rp_text w = prefix_of(f->t, p->node);

	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '\n')
			rp_buf_f(&p->to,
			    "</%.*st><%.*sbr/><%.*st xml:space=\"preserve\">",
			    RP_FMT(w), RP_FMT(w), RP_FMT(w));
		else
			escaped(&p->to, value.p[i]);
	}
	p->changed = true;
}

/* Where a place of the paragraph's text lies. */
struct place {
	size_t piece, at;
};

/* The text of the pieces from..to, and where each octet of it lies. */
static rp_text
join(struct filling *f, size_t from, size_t to, struct place **out)
{
	size_t n = 0, k = 0;
	char *p;

	for (size_t i = from; i < to; i++)
		n += f->pieces.v[i].text.n;
	p = rp_alloc(f->a, n + 1);
	*out = rp_new_n(f->a, struct place, n + 1);
	for (size_t i = from; i < to; i++) {
		for (size_t c = 0; c < f->pieces.v[i].text.n; c++) {
			(*out)[k] = (struct place){ i, c };
			p[k++] = f->pieces.v[i].text.p[c];
		}
	}
	return (rp_text){ p, n };
}

static bool
starts_at(rp_text t, size_t at, const char *mark)
{
	return t.n - at >= MARK && memcmp(t.p + at, mark, MARK) == 0;
}

/* The name that begins after the mark at `at`, up to the closing one. */
static bool
field_at(rp_text t, size_t at, rp_text *name)
{
	size_t from = at + MARK, to = from;

	if (!starts_at(t, at, OPEN))
		return false;
	while (to < t.n && name_char(t.p[to]))
		to++;
	if (to == from || to >= t.n || !starts_at(t, to, CLOSE))
		return false;
	*name = rp_text_sub(t, from, to);
	return is_name(*name);
}

static void
fill_paragraph(struct filling *f, size_t from, size_t to)
{
	struct place *places;
	rp_text t = join(f, from, to, &places), name;

	for (size_t i = 0; i < t.n;) {
		struct piece *p = &f->pieces.v[places[i].piece];
		const rp_text *value =
		    field_at(t, i, &name) ? value_of(f, name) : NULL;
		size_t end;

		if (value == NULL) {
			escaped(&p->to, t.p[i++]);
			continue;
		}
		put_value(f, p, *value);
		end = i + name.n + 2 * MARK;
		for (; i < end; i++)
			f->pieces.v[places[i].piece].changed = true;
	}
}

static void
fill_text(struct filling *f)
{
	for (size_t from = 0, to; from < f->pieces.n; from = to) {
		to = from + 1;
		while (to < f->pieces.n &&
		       f->pieces.v[to].paragraph == f->pieces.v[from].paragraph)
			to++;
		fill_paragraph(f, from, to);
	}
}

/* The tag of a content control; empty if it has none that is a name. */
static rp_text
tag_of(struct filling *f, uint32_t sdt)
{
	uint32_t properties = rp_docx_child(f->t, sdt, RP_W_sdtPr);
	rp_text name = RP_TEXT("");

	if (properties == RP_XMLTREE_NONE)
		return name;
	for (uint32_t c = f->t->v[properties].first; c != 0;
	     c = f->t->v[c].next) {
		if (rp_docx_is(f->t, c, RP_W_tag))
			name = rp_xmltree_text(f->a,
			    rp_xmltree_attr(f->t, c, "val"));
	}
	return is_name(name) ? name : RP_TEXT("");
}

/* What a control shows is replaced as a whole: its first piece says it. */
static void
fill_control(struct filling *f, uint32_t sdt)
{
	uint32_t content = rp_docx_child(f->t, sdt, RP_W_sdtContent);
	rp_text name = tag_of(f, sdt);
	const rp_text *value = NULL;
	bool said = false;

	if (name.n == 0 || content == RP_XMLTREE_NONE)
		return;
	value = value_of(f, name);
	for (size_t i = 0; value != NULL && i < f->pieces.n; i++) {
		struct piece *p = &f->pieces.v[i];
		const struct rp_xmlnode *n = &f->t->v[p->node];

		if (n->from < f->t->v[content].from ||
		    n->to > f->t->v[content].to)
			continue;
		p->to.n = 0;
		p->changed = true;
		if (!said)
			put_value(f, p, *value);
		said = true;
	}
}

static rp_bytes
written(struct filling *f, size_t max, bool *out_changed)
{
	const struct rp_xmltree *t = f->t;
	rp_bytes out = { 0 };
	struct rp_buf b;
	size_t at = 0;

	*out_changed = false;
	rp_buf_init(&b, f->a, max);
	for (size_t i = 0; i < f->pieces.n; i++) {
		const struct piece *p = &f->pieces.v[i];
		const struct rp_xmlnode *n = &t->v[p->node];

		if (!p->changed)
			continue;
		*out_changed = true;
		rp_buf_add(&b, t->in.p + at, n->inner_from - at);
		rp_buf_add(&b, p->to.p, p->to.n);
		at = n->inner_to;
	}
	rp_buf_add(&b, t->in.p + at, t->in.n - at);
	rp_err_free(rp_buf_bytes(&b, &out));
	return out;
}

static struct rp_err *
fill_part(struct filling *f, const struct rp_docx_package *p, size_t entry,
    size_t max, struct changes *changes)
{
	struct rp_zip_change c = { .i = entry };
	struct rp_xmltree t;
	bool changed;

	for (size_t i = 0; i < changes->n; i++) {
		if (changes->v[i].i == entry)
			return NULL;
	}
	RP_TRY(rp_docx_tree(f->a, p, entry, &t));
	f->t = &t;
	collect(f);
	fill_text(f);
	for (uint32_t i = 1; i < t.n; i++) {
		if (rp_docx_is(&t, i, RP_W_sdt))
			fill_control(f, i);
	}
	c.content = written(f, max, &changed);
	if (changed && c.content.n == 0)
		return rp_fail(RP_E_LIMIT, "over %zu octets", max);
	if (changed)
		rp_vec_push(f->a, changes, c);
	return NULL;
}

static int
by_entry(const void *x, const void *y)
{
	const struct rp_zip_change *p = x, *q = y;

	return p->i < q->i ? -1 : p->i > q->i;
}

static bool
has_text(rp_text type)
{
	static const char *const types[] = { "footnotes", "endnotes", "header",
		"footer" };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (rp_text_eq(type, rp_text_z(types[i])))
			return true;
	}
	return false;
}

static struct rp_err *
check(const struct rp_docx_values *values)
{
	if (values->n > RP_DOCX_FILL_FIELDS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d values",
		    RP_DOCX_FILL_FIELDS_MAX);
	for (size_t i = 0; i < values->n; i++) {
		if (!is_name(values->v[i].name))
			return rp_fail(RP_E_INVALID, "\"%.*s\" names no field",
			    RP_FMT(rp_text_sub(values->v[i].name, 0,
				values->v[i].name.n < 60 ? values->v[i].name.n :
							   60)));
		if (values->v[i].value.n > RP_DOCX_FILL_VALUE_MAX)
			return rp_fail(RP_E_LIMIT,
			    "the value of %.*s is over "
			    "%zu octets",
			    RP_FMT(values->v[i].name), RP_DOCX_FILL_VALUE_MAX);
	}
	return NULL;
}

struct rp_err *
rp_docx_values_parse(struct rp_arena *a, rp_bytes json,
    struct rp_docx_values *out)
{
	const struct rp_json *o;

	*out = (struct rp_docx_values){ 0 };
	RP_TRY(rp_json_parse(a, json, &o));
	if (rp_json_kind(o) != RP_JSON_OBJECT)
		return rp_fail(RP_E_INVALID, "the facts are no JSON object");
	for (size_t i = 0; i < rp_json_n(o); i++) {
		struct rp_docx_value v = { .name = rp_json_key_at(o, i) };

		RP_TRY(rp_json_as_text(a, rp_json_find(o, v.name.p),
		    RP_DOCX_FILL_VALUE_MAX, &v.value));
		rp_vec_push(a, out, v);
	}
	return check(out);
}

struct rp_err *
rp_docx_fill(struct rp_arena *a, rp_bytes template,
    const struct rp_docx_values *values, size_t max, struct rp_docx_fill *out)
{
	struct filling f = { .a = a, .values = values, .out = out };
	struct changes changes = { 0 };
	struct rp_docx_package p;
	struct rp_zip *z;

	*out = (struct rp_docx_fill){ 0 };
	RP_TRY(check(values));
	f.used = rp_new_n(a, bool, values->n + 1);
	RP_TRY(rp_zip_open(a, template, &z));
	RP_TRY(rp_docx_open(a, z, &p));
	RP_TRY(fill_part(&f, &p, p.main, max, &changes));
	for (size_t i = 0; i < p.relations.n; i++) {
		size_t entry = SIZE_MAX;

		if (has_text(p.relations.v[i].type) &&
		    !p.relations.v[i].external)
			entry = rp_zip_find(z, p.relations.v[i].target);
		if (entry != SIZE_MAX && entry != p.main)
			RP_TRY(fill_part(&f, &p, entry, max, &changes));
	}
	for (size_t i = 0; i < values->n; i++) {
		if (!f.used[i])
			rp_vec_push(a, &out->unused, values->v[i].name);
	}
	if (changes.n > 1)
		qsort(changes.v, changes.n, sizeof(*changes.v), by_entry);
	return rp_zip_copy(a, z, changes.v, changes.n, max, &out->docx);
}
