/* docx_write_objects - images of package 1 in package 0. */
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "codec/docx_write_private.h"
#include "codec/zip.h"

#define NS "http://schemas.openxmlformats.org/"
#define RELATIONS NS "officeDocument/2006/relationships"

/* Numbers of drawings that Word itself does not reach. */
#define FIRST_DRAWING 900000

static struct rp_err *
cannot(const char *what)
{
	return rp_fail(RP_E_INVALID, "%s cannot be brought over", what);
}

static bool
has(rp_bytes in, rp_text what)
{
	return memmem(in.p, in.n, what.p, what.n) != NULL;
}

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The start tag that octets begin with. */
static rp_bytes
start_tag(rp_bytes in)
{
	size_t i = 0;
	uint8_t quote = 0;

	for (; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (quote != 0)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			break;
	}
	return (rp_bytes){ in.p, i < in.n ? i + 1 : i };
}

/* The next attribute of a tag from *at on, as it is written. */
struct attribute {
	rp_bytes name, value, all;
};

static bool
next_attribute(rp_bytes tag, size_t *at, struct attribute *out)
{
	size_t i = *at, from, to;
	const uint8_t *close;

	while (i < tag.n && !is_space(tag.p[i]))
		i++;
	while (i < tag.n && is_space(tag.p[i]))
		i++;
	from = i;
	while (i < tag.n && tag.p[i] != '=' && tag.p[i] != '>' &&
	       !is_space(tag.p[i]))
		i++;
	to = i;
	while (i < tag.n && (is_space(tag.p[i]) || tag.p[i] == '='))
		i++;
	if (i >= tag.n || (tag.p[i] != '"' && tag.p[i] != '\''))
		return false;
	close = memchr(tag.p + i + 1, tag.p[i], tag.n - i - 1);
	if (close == NULL)
		return false;
	out->name = (rp_bytes){ tag.p + from, to - from };
	out->value =
	    (rp_bytes){ tag.p + i + 1, (size_t)(close - tag.p) - i - 1 };
	*at = (size_t)(close - tag.p) + 1;
	out->all = (rp_bytes){ tag.p + from, *at - from };
	return true;
}

/* The prefix that a name or declaration begins or ends with. */
static rp_text
declared(const struct attribute *a)
{
	if (a->name.n <= 6 || memcmp(a->name.p, "xmlns:", 6) != 0)
		return RP_TEXT("");
	return (rp_text){ (const char *)a->name.p + 6, a->name.n - 6 };
}

/* What the root of package 1 binds and these octets use. */
static void
put_namespaces(struct rp_docx_writing *w, struct rp_buf *b, rp_bytes root,
    rp_bytes raw)
{
	rp_bytes own = start_tag(raw);
	bool needs = has(raw, RP_TEXT("Requires="));
	struct attribute a;

	for (size_t at = 0; next_attribute(root, &at, &a);) {
		rp_text prefix = declared(&a);

		if (prefix.n == 0 || rp_text_eq(prefix, RP_TEXT("w")) ||
		    has(own, rp_textf(w->arena, "xmlns:%.*s=", RP_FMT(prefix))))
			continue;
		if (!has(raw, rp_textf(w->arena, "%.*s:", RP_FMT(prefix))) &&
		    !(needs && has(raw, prefix)))
			continue;
		rp_buf_byte(b, ' ');
		rp_buf_bytes_add(b, a.all);
	}
}

/* Relations are told by "r:" and by nothing else. */
static bool
names_relations_plainly(rp_bytes root, rp_bytes raw)
{
	const rp_bytes in[2] = { root, raw };
	const rp_text uri = RP_TEXT("\"" RELATIONS "\"");

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < in[k].n;) {
			const uint8_t *p =
			    memmem(in[k].p + i, in[k].n - i, uri.p, uri.n);

			if (p == NULL)
				break;
			if (p - in[k].p < 8 ||
			    memcmp(p - 8, "xmlns:r=", 8) != 0)
				return false;
			i = (size_t)(p - in[k].p) + uri.n;
		}
	return has(root, uri) || has(raw, uri);
}

static rp_text
suffix(rp_text name)
{
	size_t i = name.n;

	while (i > 0 && name.p[i - 1] != '.' && name.p[i - 1] != '/')
		i--;
	return i > 0 && name.p[i - 1] == '.' ? rp_text_sub(name, i, name.n) :
					       RP_TEXT("");
}

static bool
same_word(rp_text x, rp_text y)
{
	return x.n == y.n && strncasecmp(x.p, y.p, x.n) == 0;
}

/* What package 1 says that a part is; empty: nothing. */
static struct rp_err *
media_type(struct rp_docx_writing *w, rp_text part, rp_text *out)
{
	const struct rp_docx_package *p = &w->w->packages[1]->package;
	size_t entry = rp_zip_find(p->zip, RP_TEXT("[Content_Types].xml"));
	rp_text ending = suffix(part);
	struct rp_xmltree t;

	*out = RP_TEXT("");
	if (entry == SIZE_MAX)
		return NULL;
	RP_TRY(rp_docx_tree(w->arena, p, entry, &t));
	for (uint32_t c = t.v[1].first; c != 0; c = t.v[c].next) {
		rp_text name = rp_xmltree_text(w->arena,
		    rp_xmltree_attr(&t, c, "PartName"));
		rp_text end = rp_xmltree_text(w->arena,
		    rp_xmltree_attr(&t, c, "Extension"));
		rp_text type = rp_xmltree_text(w->arena,
		    rp_xmltree_attr(&t, c, "ContentType"));

		if (name.n == part.n + 1 &&
		    same_word(rp_text_sub(name, 1, name.n), part)) {
			*out = type;
			return NULL;
		}
		if (end.n > 0 && same_word(end, ending))
			*out = type;
	}
	return NULL;
}

/* A name that package 0 does not have. */
static rp_text
free_name(struct rp_docx_writing *w, rp_text ending)
{
	const struct rp_docx_package *p = &w->w->packages[0]->package;
	rp_text name;

	do
		name = rp_textf(w->arena, "%.*smedia/brought%u%s%.*s",
		    RP_FMT(p->folder), ++w->next_object,
		    ending.n > 0 ? "." : "", RP_FMT(ending));
	while (rp_zip_find(p->zip, name) != SIZE_MAX);
	return name;
}

static rp_text
free_id(struct rp_docx_writing *w)
{
	const struct rp_docx_package *p = &w->w->packages[0]->package;
	rp_text id;

	do
		id = rp_textf(w->arena, "rIdBrought%u", ++w->next_object);
	while (rp_docx_relation_find(p, id) != NULL);
	return id;
}

static struct rp_err *
bring(struct rp_docx_writing *w, rp_text id, rp_text *out)
{
	const struct rp_docx_package *p = &w->w->packages[1]->package;
	const struct rp_docx_relation *r = rp_docx_relation_find(p, id);
	struct rp_docx_object o = { .from = id };
	size_t entry;

	for (size_t i = 0; i < w->objects.n; i++)
		if (rp_text_eq(w->objects.v[i].from, id)) {
			*out = w->objects.v[i].id;
			return NULL;
		}
	/* What has relations of its own would need these, too. */
	if (r == NULL ||
	    !(rp_text_eq(r->type, RP_TEXT("image")) ||
		(r->external && rp_text_eq(r->type, RP_TEXT("hyperlink")))))
		return cannot("a chart or an object");
	o.external = r->external;
	o.type = r->type;
	o.target = r->target;
	o.id = free_id(w);
	if (!r->external) {
		entry = rp_zip_find(p->zip, r->target);
		if (entry == SIZE_MAX)
			return cannot("an image that is not there");
		RP_TRY(rp_zip_read(w->arena, p->zip, entry, &o.content));
		RP_TRY(media_type(w, r->target, &o.media));
		if (o.media.n == 0)
			return cannot("an image of no type");
		o.target = free_name(w, suffix(r->target));
	}
	rp_vec_push(w->arena, &w->objects, o);
	*out = o.id;
	return NULL;
}

/* One tag: relations are those of package 0, drawings have their own number. */
static struct rp_err *
put_tag(struct rp_docx_writing *w, struct rp_buf *b, rp_bytes tag)
{
	bool drawing = has(tag, RP_TEXT("docPr ")) && tag.p[0] == '<';
	size_t done = 0;
	struct attribute a;

	for (size_t at = 0; next_attribute(tag, &at, &a);) {
		rp_text value = { (const char *)a.value.p, a.value.n };
		size_t from = (size_t)(a.value.p - tag.p);

		if (a.name.n > 2 && memcmp(a.name.p, "r:", 2) == 0 &&
		    value.n > 0) {
			RP_TRY(bring(w, value, &value));
		} else if (drawing && a.name.n == 2 &&
			   memcmp(a.name.p, "id", 2) == 0) {
			value = rp_textf(w->arena, "%u",
			    FIRST_DRAWING + w->next_id++);
		} else {
			continue;
		}
		rp_buf_add(b, tag.p + done, from - done);
		rp_buf_text(b, value);
		done = from + a.value.n;
	}
	rp_buf_add(b, tag.p + done, tag.n - done);
	return NULL;
}

struct rp_err *
rp_docx_put_object(struct rp_docx_writing *w, struct rp_buf *b, rp_bytes raw)
{
	const struct rp_xmltree *t = &w->w->packages[1]->body;
	rp_bytes root = { t->in.p + t->v[1].from,
		t->v[1].inner_from - t->v[1].from };
	bool first = true;
	size_t i = 0;

	if (raw.p < t->in.p || raw.p >= t->in.p + t->in.n)
		return cannot("an image in a note");
	if (!names_relations_plainly(root, raw))
		return cannot("an image with unusual relations");
	while (i < raw.n) {
		const uint8_t *open = memchr(raw.p + i, '<', raw.n - i);
		size_t to = open ? (size_t)(open - raw.p) : raw.n, name;
		rp_bytes tag;

		rp_buf_add(b, raw.p + i, to - i);
		if (open == NULL)
			break;
		tag = start_tag((rp_bytes){ open, raw.n - to });
		for (name = 0; first && name < tag.n &&
			       !is_space(tag.p[name]) && tag.p[name] != '>' &&
			       tag.p[name] != '/';)
			name++;
		if (first) {
			rp_buf_add(b, tag.p, name);
			put_namespaces(w, b, root, raw);
			tag.p += name;
			tag.n -= name;
		}
		first = false;
		RP_TRY(put_tag(w, b, tag));
		i = (size_t)(tag.p - raw.p) + tag.n;
	}
	return NULL;
}

struct rp_err *
rp_docx_bring_objects(struct rp_docx_writing *w, struct rp_docx_changes *out)
{
	for (size_t i = 0; i < w->objects.n; i++) {
		const struct rp_docx_object *o = &w->objects.v[i];

		RP_TRY(rp_docx_add_relation(w, out,
		    rp_textf(w->arena,
			"<Relationship Id=\"%.*s\" Type=\"" RELATIONS
			"/%.*s\" Target=\"%s%.*s\"%s/>",
			RP_FMT(o->id), RP_FMT(o->type), o->external ? "" : "/",
			RP_FMT(rp_docx_escaped(w, o->target)),
			o->external ? " TargetMode=\"External\"" : "")));
		if (o->external)
			continue;
		RP_TRY(
		    rp_docx_add_entry(w, out, o->target, o->media, o->content));
	}
	return NULL;
}
