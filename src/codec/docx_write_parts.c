#include "codec/docx_write_private.h"

#include <string.h>

#include "base/err.h"
#include "codec/zip.h"

#define NS "http://schemas.openxmlformats.org/"
#define WORD NS "wordprocessingml/2006/main"
#define TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

static void
put(struct rp_buf *b, const char *z)
{
	rp_buf_text(b, rp_text_z(z));
}

uint32_t
rp_docx_list_of(struct rp_docx_writing *w, uint32_t list)
{
	struct rp_docx_same_list fresh = { .from = list };

	for (size_t i = 0; i < w->w->n_lists; i++)
		if (w->w->lists[i].from == list)
			return w->w->lists[i].to;
	for (size_t i = 0; i < w->lists.n; i++)
		if (w->lists.v[i].from == list)
			return w->lists.v[i].to;
	fresh.to = ++w->next_list;
	rp_vec_push(w->arena, &w->lists, fresh);
	return fresh.to;
}

void
rp_docx_need_style(struct rp_docx_writing *w, rp_text id)
{
	const struct rp_docx_read *r = w->w->packages[1];
	const struct rp_docx_style *s;

	if (rp_docx_style_find(&w->w->packages[0]->styles, id) != NULL)
		return;
	s = rp_docx_style_find(&r->styles, id);
	if (s == NULL)
		return;
	for (size_t i = 0; i < w->styles.n; i++)
		if (rp_text_eq(w->styles.v[i], id))
			return;
	rp_vec_push(w->arena, &w->styles, id);
	if (s->based_on.n > 0)
		rp_docx_need_style(w, s->based_on);
}

static bool
is_local(const struct rp_xmltree *t, uint32_t node, const char *name)
{
	const uint8_t *p = t->in.p + t->v[node].from + 1;
	size_t n = strlen(name);

	return memcmp(p, "w:", 2) == 0 && memcmp(p + 2, name, n) == 0 &&
	       (p[2 + n] == ' ' || p[2 + n] == '/' || p[2 + n] == '>');
}

static uint32_t
find_by(const struct rp_xmltree *t, enum rp_docx_name name, const char *attr,
    int32_t id)
{
	for (uint32_t c = t->v[1].first; c != 0; c = t->v[c].next)
		if (rp_docx_is(t, c, name) &&
		    rp_docx_number(rp_xmltree_attr(t, c, attr), -1) == id)
			return c;
	return 0;
}

static int32_t
highest(const struct rp_xmltree *t, enum rp_docx_name name, const char *attr)
{
	int32_t top = 0;

	for (uint32_t c = t->n ? t->v[1].first : 0; c != 0; c = t->v[c].next) {
		int32_t v;

		if (!rp_docx_is(t, c, name))
			continue;
		v = rp_docx_number(rp_xmltree_attr(t, c, attr), 0);
		top = v > top ? v : top;
	}
	return top;
}

/* A definition under another number, without what ties it to others. */
static void
put_abstract(struct rp_buf *b, const struct rp_xmltree *t, uint32_t node,
    int32_t id)
{
	static const char *const ties[] = { "nsid", "tmpl", "name", "styleLink",
		"numStyleLink" };

	rp_buf_f(b, "<w:abstractNum w:abstractNumId=\"%d\">", id);
	for (uint32_t c = t->v[node].first; c != 0; c = t->v[c].next) {
		bool tie = t->v[c].space != RP_SPACE_WORD;

		for (size_t i = 0; i < sizeof(ties) / sizeof(ties[0]); i++)
			tie = tie || is_local(t, c, ties[i]);
		if (!tie)
			rp_buf_bytes_add(b, rp_xmltree_raw(t, c));
	}
	put(b, "</w:abstractNum>");
}

static void
put_list(struct rp_buf *b, const struct rp_xmltree *t, uint32_t node,
    uint32_t id, int32_t abstract)
{
	rp_buf_f(b, "<w:num w:numId=\"%u\"><w:abstractNumId w:val=\"%d\"/>", id,
	    abstract);
	for (uint32_t c = t->v[node].first; c != 0; c = t->v[c].next)
		if (rp_docx_is(t, c, RP_W_lvlOverride))
			rp_buf_bytes_add(b, rp_xmltree_raw(t, c));
	put(b, "</w:num>");
}

/* Lists of one definition keep one in common. */
static void
put_lists(struct rp_docx_writing *w, const struct rp_xmltree *from,
    int32_t next, struct rp_buf *abstracts, struct rp_buf *lists)
{
	struct rp_docx_list_ids done = { 0 };

	for (size_t i = 0; i < w->lists.n; i++) {
		uint32_t num = find_by(from, RP_W_num, "numId",
		    (int32_t)w->lists.v[i].from);
		int32_t old, id = -1;
		uint32_t node;

		if (num == 0)
			continue;
		old =
		    rp_docx_number(rp_docx_value(from, num, RP_W_abstractNumId),
			0);
		for (size_t k = 0; k < done.n; k++)
			if (done.v[k].from == (uint32_t)old)
				id = (int32_t)done.v[k].to;
		node = find_by(from, RP_W_abstractNum, "abstractNumId", old);
		if (id < 0 && node != 0) {
			struct rp_docx_same_list d = { (uint32_t)old,
				(uint32_t)++next };

			id = next;
			rp_vec_push(w->arena, &done, d);
			put_abstract(abstracts, from, node, id);
		}
		if (id >= 0)
			put_list(lists, from, num, w->lists.v[i].to, id);
	}
}

static struct rp_err *
numbering_tree(struct rp_docx_writing *w, unsigned package, size_t *entry,
    struct rp_xmltree *t)
{
	const struct rp_docx_package *p = &w->w->packages[package]->package;

	*t = (struct rp_xmltree){ 0 };
	*entry = rp_docx_part(w->arena, p, "numbering");
	return *entry == SIZE_MAX ? NULL : rp_docx_tree(w->arena, p, *entry, t);
}

struct rp_err *
rp_docx_bring_lists(struct rp_docx_writing *w, struct rp_docx_changes *out)
{
	struct rp_buf abstracts, lists, b;
	struct rp_xmltree from, to;
	size_t entry, other, at, end;
	struct rp_zip_change c = { 0 };
	uint32_t first, last = 0;

	if (w->lists.n == 0)
		return NULL;
	RP_TRY(numbering_tree(w, 1, &other, &from));
	RP_TRY(numbering_tree(w, 0, &entry, &to));
	if (other == SIZE_MAX)
		return NULL;
	rp_buf_init(&abstracts, w->arena, w->w->max);
	rp_buf_init(&lists, w->arena, w->w->max);
	rp_buf_init(&b, w->arena, w->w->max);
	put_lists(w, &from, highest(&to, RP_W_abstractNum, "abstractNumId"),
	    &abstracts, &lists);
	if (entry == SIZE_MAX) {
		put(&b,
		    "<?xml version=\"1.0\" encoding=\"UTF-8\" "
		    "standalone=\"yes\"?>\n<w:numbering xmlns:w=\"" WORD "\">");
		rp_buf_add(&b, abstracts.p, abstracts.n);
		rp_buf_add(&b, lists.p, lists.n);
		put(&b, "</w:numbering>");
		RP_TRY(rp_buf_bytes(&b, &c.content));
		return rp_docx_add_part(w, out, "numbering", "numbering.xml",
		    c.content);
	}
	/* Definitions stand before all lists. */
	first = rp_docx_child(&to, 1, RP_W_num);
	for (uint32_t k = to.v[1].first; k != 0; k = to.v[k].next)
		if (rp_docx_is(&to, k, RP_W_num) ||
		    (first == 0 && rp_docx_is(&to, k, RP_W_abstractNum)))
			last = k;
	end = last ? to.v[last].to : to.v[1].inner_to;
	at = first ? to.v[first].from : end;
	rp_buf_add(&b, to.in.p, at);
	rp_buf_add(&b, abstracts.p, abstracts.n);
	rp_buf_add(&b, to.in.p + at, end - at);
	rp_buf_add(&b, lists.p, lists.n);
	rp_buf_add(&b, to.in.p + end, to.in.n - end);
	c.i = entry;
	RP_TRY(rp_buf_bytes(&b, &c.content));
	rp_vec_push(w->arena, out, c);
	return NULL;
}

struct rp_err *
rp_docx_bring_styles(struct rp_docx_writing *w, struct rp_docx_changes *out)
{
	const struct rp_docx_package *p = &w->w->packages[0]->package;
	struct rp_zip_change c = { 0 };
	struct rp_xmltree to, from;
	struct rp_buf b;
	size_t other;

	c.i = rp_docx_part(w->arena, p, "styles");
	if (w->styles.n == 0 || c.i == SIZE_MAX)
		return NULL;
	other = rp_docx_part(w->arena, &w->w->packages[1]->package, "styles");
	RP_TRY(rp_docx_tree(w->arena, p, c.i, &to));
	RP_TRY(
	    rp_docx_tree(w->arena, &w->w->packages[1]->package, other, &from));
	rp_buf_init(&b, w->arena, w->w->max);
	rp_buf_add(&b, to.in.p, to.v[1].inner_to);
	for (size_t i = 0; i < w->styles.n; i++) {
		const struct rp_docx_style *s =
		    rp_docx_style_find(&w->w->packages[1]->styles,
			w->styles.v[i]);

		/* Its list is another one there; the paragraph says its own. */
		for (uint32_t k = from.v[s->node].first,
			      at = from.v[s->node].from;
		     ; k = from.v[k].next) {
			uint32_t numpr = 0;

			if (k == 0) {
				rp_buf_add(&b, from.in.p + at,
				    from.v[s->node].to - at);
				break;
			}
			if (rp_docx_is(&from, k, RP_W_pPr))
				numpr = rp_docx_child(&from, k, RP_W_numPr);
			if (numpr == 0)
				continue;
			rp_buf_add(&b, from.in.p + at, from.v[numpr].from - at);
			at = from.v[numpr].to;
		}
	}
	rp_buf_add(&b, to.in.p + to.v[1].inner_to, to.in.n - to.v[1].inner_to);
	RP_TRY(rp_buf_bytes(&b, &c.content));
	rp_vec_push(w->arena, out, c);
	return NULL;
}

/* A copy of an entry (or of the change to it) with more before its end. */
static struct rp_err *
append(struct rp_docx_writing *w, struct rp_docx_changes *out, size_t entry,
    rp_text more)
{
	const struct rp_docx_package *p = &w->w->packages[0]->package;
	struct rp_zip_change *c = NULL, fresh = { .i = entry };
	struct rp_xmltree t;
	rp_bytes octets;
	struct rp_buf b;
	size_t at;

	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].i == entry)
			c = &out->v[i];
	if (c == NULL) {
		RP_TRY(rp_zip_read(w->arena, p->zip, entry, &octets));
		rp_vec_push(w->arena, out, fresh);
		c = &out->v[out->n - 1];
	} else {
		octets = c->content;
	}
	RP_TRY(rp_xmltree_read(w->arena, octets, &rp_docx_names, &t));
	at = t.v[1].inner_to;
	rp_buf_init(&b, w->arena, w->w->max);
	if (at == t.v[1].to)
		return rp_fail(RP_E_INVALID, "empty relations or types");
	rp_buf_add(&b, octets.p, at);
	rp_buf_text(&b, more);
	rp_buf_add(&b, octets.p + at, octets.n - at);
	return rp_buf_bytes(&b, &c->content);
}

rp_text
rp_docx_escaped(struct rp_docx_writing *w, rp_text t)
{
	struct rp_buf b;

	rp_buf_init(&b, w->arena, t.n * 6 + 1);
	for (size_t i = 0; i < t.n; i++) {
		const char *e = t.p[i] == '&' ? "&amp;" :
				t.p[i] == '<' ? "&lt;" :
				t.p[i] == '"' ? "&quot;" :
						NULL;

		if (e != NULL)
			put(&b, e);
		else
			rp_buf_byte(&b, (uint8_t)t.p[i]);
	}
	return (rp_text){ (const char *)b.p, b.n };
}

/* A part that was added here has its text still open to more. */
static struct rp_zip_change *
added(struct rp_docx_changes *out, rp_text name)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].i == RP_ZIP_ADD &&
		    rp_text_eq(out->v[i].name, name))
			return &out->v[i];
	return NULL;
}

struct rp_err *
rp_docx_add_relation(struct rp_docx_writing *w, struct rp_docx_changes *out,
    rp_text relation)
{
	static const char end[] = "</Relationships>";
	const struct rp_docx_package *p = &w->w->packages[0]->package;
	rp_text main = rp_zip_name(p->zip, p->main);
	struct rp_zip_change r = { .i = RP_ZIP_ADD }, *c;
	rp_text before = RP_TEXT(
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
	    "<Relationships xmlns=\"" NS "package/2006/relationships\">");
	size_t i;

	r.name = rp_textf(w->arena, "%.*s_rels/%.*s.rels", RP_FMT(p->folder),
	    (int)(main.n - p->folder.n), main.p + p->folder.n);
	i = rp_zip_find(p->zip, r.name);
	if (i != SIZE_MAX)
		return append(w, out, i, relation);
	c = added(out, r.name);
	if (c == NULL) {
		rp_vec_push(w->arena, out, r);
		c = &out->v[out->n - 1];
	} else {
		before = (rp_text){ (const char *)c->content.p,
			c->content.n - (sizeof(end) - 1) };
	}
	c->content = rp_text_bytes(rp_textf(w->arena, "%.*s%.*s%s",
	    RP_FMT(before), RP_FMT(relation), end));
	return NULL;
}

struct rp_err *
rp_docx_add_entry(struct rp_docx_writing *w, struct rp_docx_changes *out,
    rp_text name, rp_text type, rp_bytes content)
{
	struct rp_zip_change c = { .i = RP_ZIP_ADD,
		.content = content,
		.name = name };
	size_t types = rp_zip_find(w->w->packages[0]->package.zip,
	    RP_TEXT("[Content_Types].xml"));

	RP_TRY(append(w, out, types,
	    rp_textf(w->arena,
		"<Override PartName=\"/%.*s\" ContentType=\"%.*s\"/>",
		RP_FMT(rp_docx_escaped(w, name)),
		RP_FMT(rp_docx_escaped(w, type)))));
	rp_vec_push(w->arena, out, c);
	return NULL;
}

struct rp_err *
rp_docx_add_part(struct rp_docx_writing *w, struct rp_docx_changes *out,
    const char *type, const char *file, rp_bytes content)
{
	const struct rp_docx_package *p = &w->w->packages[0]->package;

	RP_TRY(rp_docx_add_relation(w, out,
	    rp_textf(w->arena,
		"<Relationship Id=\"rIdRp%s\" Type=\"" NS
		"officeDocument/2006/relationships/%s\" Target=\"%s\"/>",
		type, type, file)));
	return rp_docx_add_entry(w, out,
	    rp_textf(w->arena, "%.*s%s", RP_FMT(p->folder), file),
	    rp_textf(w->arena, TYPE "%s+xml", type), content);
}
