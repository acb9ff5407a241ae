/* objects - pages, annotations, the structure tree: what a PDF consists of. */
#include <zlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "pdf/pdf_private.h"

enum { CATALOG = 1, PAGES, INFO, METADATA, TREE, PARENTS, OUTLINES, FIRST };

void
pdf_begin(struct pdf_file *f, uint32_t object)
{
	f->at[object] = f->b.n;
	rp_buf_f(&f->b, "%u 0 obj\n", object);
}

void
pdf_end(struct pdf_file *f)
{
	rp_buf_f(&f->b, "\nendobj\n");
}

void
pdf_stream(struct pdf_file *f, uint32_t object, const char *entries,
    rp_bytes in)
{
	uLongf n = compressBound(in.n);
	uint8_t *out = rp_alloc_raw(f->p->a, n);
	int r = compress2(out, &n, in.p, in.n, 6);

	RP_ASSERT(r == Z_OK);
	pdf_begin(f, object);
	rp_buf_f(&f->b, "<<%s /Length %zu /Filter /FlateDecode>>\nstream\n",
	    entries, (size_t)n);
	rp_buf_add(&f->b, out, n);
	rp_buf_f(&f->b, "\nendstream");
	pdf_end(f);
}

void
pdf_utf16(struct rp_buf *b, rp_text t)
{
	size_t at = 0;

	while (at < t.n) {
		const uint8_t *p = (const uint8_t *)t.p + at;
		size_t n = rp_utf8_len(p, t.n - at);
		uint32_t c;

		RP_ASSERT(n > 0);
		c = n == 1 ? p[0] : p[0] & (0xffU >> (n + 1));
		for (size_t i = 1; i < n; i++)
			c = (c << 6) | (p[i] & 0x3fU);
		if (c >= 0x10000)
			rp_buf_f(b, "%04X%04X", 0xd800 + ((c - 0x10000) >> 10),
			    0xdc00 + ((c - 0x10000) & 0x3ff));
		else
			rp_buf_f(b, "%04X", c);
		at += n;
	}
}

static void
words(struct pdf_file *f, const char *key, rp_text t)
{
	rp_buf_f(&f->b, " /%s <FEFF", key);
	pdf_utf16(&f->b, t);
	rp_buf_f(&f->b, ">");
}

/* A string of octets: addresses and tags of languages. */
static void
literal(struct pdf_file *f, const char *key, rp_text t)
{
	rp_buf_f(&f->b, " /%s (", key);
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '(' || t.p[i] == ')' || t.p[i] == '\\')
			rp_buf_byte(&f->b, '\\');
		rp_buf_byte(&f->b, (uint8_t)t.p[i]);
	}
	rp_buf_f(&f->b, ")");
}

/* Pages and annotations. */

static void
annotations(struct pdf_file *f, uint32_t page)
{
	const struct pdf *p = f->p;
	bool any = false;

	for (size_t i = 0; i < p->links.n; i++) {
		if (p->links.v[i].page != page)
			continue;
		rp_buf_f(&f->b, "%s%u 0 R", any ? " " : " /Annots [",
		    f->links + (uint32_t)i);
		any = true;
	}
	if (any)
		rp_buf_f(&f->b, "]");
}

static struct rp_err *
pages(struct pdf_file *f)
{
	struct pdf *p = f->p;

	for (uint32_t i = 0; i < p->pages.n; i++) {
		rp_bytes content;

		pdf_begin(f, f->pages + 2 * i);
		rp_buf_f(&f->b,
		    "<</Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] "
		    "/Contents %u 0 R /StructParents %u /Tabs /S /Resources "
		    "<</Font <<",
		    PAGES, PDF_PAGE_W, PDF_PAGE_H, f->pages + 2 * i + 1, i);
		for (size_t k = 0; k < p->fonts->n; k++) {
			if (f->fonts[k] != 0)
				rp_buf_f(&f->b, "/F%zu %u 0 R ", k,
				    f->fonts[k]);
		}
		rp_buf_f(&f->b, ">>>>");
		annotations(f, i);
		rp_buf_f(&f->b, ">>");
		pdf_end(f);
		RP_TRY(rp_buf_bytes(&p->pages.v[i].content, &content));
		pdf_stream(f, f->pages + 2 * i + 1, "", content);
	}
	return NULL;
}

static void
target(struct pdf_file *f, const struct pdf_place *at)
{
	rp_buf_f(&f->b, " /Dest [%u 0 R /XYZ null %.2f null]",
	    f->pages + 2 * at->page, at->y);
}

static void
links(struct pdf_file *f)
{
	const struct pdf *p = f->p;

	for (uint32_t i = 0; i < p->links.n; i++) {
		const struct pdf_link *l = &p->links.v[i];

		pdf_begin(f, f->links + i);
		rp_buf_f(&f->b,
		    "<</Type /Annot /Subtype /Link /Border [0 0 0] /F 4 /Rect "
		    "[%.2f %.2f %.2f %.2f] /StructParent %u /P %u 0 R",
		    l->x, l->y, l->x + l->w, l->y + l->h,
		    (uint32_t)p->pages.n + i, f->pages + 2 * l->page);
		words(f, "Contents", l->says);
		if (l->note > 0) {
			target(f, l->is_back ? &p->marks[l->note - 1] :
					       &p->notes[l->note - 1]);
		} else {
			rp_buf_f(&f->b, " /A <</S /URI");
			literal(f, "URI", l->uri);
			rp_buf_f(&f->b, ">>");
		}
		rp_buf_f(&f->b, ">>");
		pdf_end(f);
	}
}

/* The structure tree. */

static void
kid(struct pdf_file *f, const struct pdf_kid *k, uint32_t page)
{
	switch (k->kind) {
	case PDF_KID_ELEMENT:
		rp_buf_f(&f->b, "%u 0 R ", f->elements + k->at);
		break;
	case PDF_KID_OBJECT:
		rp_buf_f(&f->b, "<</Type /OBJR /Obj %u 0 R /Pg %u 0 R>> ",
		    f->links + k->at, f->pages + 2 * f->p->links.v[k->at].page);
		break;
	case PDF_KID_CONTENT:
		if (k->page == page)
			rp_buf_f(&f->b, "%u ", k->at);
		else
			rp_buf_f(&f->b, "<</Type /MCR /Pg %u 0 R /MCID %u>> ",
			    f->pages + 2 * k->page, k->at);
		break;
	}
}

static void
attributes(struct pdf_file *f, const struct pdf_element *e)
{
	if (e->scope != NULL || e->columns > 1) {
		rp_buf_f(&f->b, " /A <</O /Table");
		if (e->scope != NULL)
			rp_buf_f(&f->b, " /Scope /%s", e->scope);
		if (e->columns > 1)
			rp_buf_f(&f->b, " /ColSpan %u", e->columns);
		rp_buf_f(&f->b, ">>");
	}
	if (e->list != NULL)
		rp_buf_f(&f->b, " /A <</O /List /ListNumbering /%s>>", e->list);
	if (e->lang.n > 0)
		literal(f, "Lang", e->lang);
	if (e->alt.n > 0)
		words(f, "Alt", e->alt);
	if (e->id > 0)
		rp_buf_f(&f->b, " /ID (note-%u)", e->id);
}

static void
element(struct pdf_file *f, uint32_t i)
{
	const struct pdf_element *e = &f->p->elements.v[i];
	uint32_t page = UINT32_MAX;

	for (size_t k = 0; k < e->kids.n && page == UINT32_MAX; k++) {
		if (e->kids.v[k].kind == PDF_KID_CONTENT)
			page = e->kids.v[k].page;
	}
	pdf_begin(f, f->elements + i);
	rp_buf_f(&f->b, "<</Type /StructElem /S /%s /P %u 0 R", e->type,
	    i == 0 ? (uint32_t)TREE : f->elements + e->parent);
	if (page != UINT32_MAX)
		rp_buf_f(&f->b, " /Pg %u 0 R", f->pages + 2 * page);
	attributes(f, e);
	rp_buf_f(&f->b, " /K [");
	for (size_t k = 0; k < e->kids.n; k++)
		kid(f, &e->kids.v[k], page);
	rp_buf_f(&f->b, "]>>");
	pdf_end(f);
}

static void
tree(struct pdf_file *f)
{
	const struct pdf *p = f->p;

	if (p->o->front == NULL) {
		pdf_begin(f, TREE);
		rp_buf_f(&f->b,
		    "<</Type /StructTreeRoot /K [%u 0 R] /ParentTree %d 0 R "
		    "/ParentTreeNextKey %zu>>",
		    f->elements, PARENTS, p->pages.n + p->links.n);
		pdf_end(f);
	}
	pdf_begin(f, PARENTS);
	rp_buf_f(&f->b, "<<");
	if (p->o->front != NULL)
		rp_buf_f(&f->b, "/Limits [0 %zu] ",
		    p->pages.n + p->links.n - 1);
	rp_buf_f(&f->b, "/Nums [");
	for (uint32_t i = 0; i < p->pages.n; i++) {
		rp_buf_f(&f->b, "%u [", i);
		for (size_t k = 0; k < p->pages.v[i].owners.n; k++)
			rp_buf_f(&f->b, "%u 0 R ",
			    f->elements + p->pages.v[i].owners.v[k]);
		rp_buf_f(&f->b, "]\n");
	}
	for (uint32_t i = 0; i < p->links.n; i++)
		rp_buf_f(&f->b, "%u %u 0 R\n", (uint32_t)p->pages.n + i,
		    f->elements + p->links.v[i].element);
	rp_buf_f(&f->b, "]>>");
	pdf_end(f);
	for (uint32_t i = 0; i < p->elements.n; i++)
		element(f, i);
}

/* Bookmarks: a tree by the levels of headings. */

static bool
is_child(const struct pdf *p, size_t at, size_t of)
{
	return p->bookmarks.v[at].level > p->bookmarks.v[of].level;
}

/* The next and the previous one below the same, or SIZE_MAX. */
static size_t
sibling(const struct pdf *p, size_t at, int step)
{
	size_t i = at;

	for (;;) {
		if (step < 0 && i == 0)
			return SIZE_MAX;
		i = step < 0 ? i - 1 : i + 1;
		if (i >= p->bookmarks.n)
			return SIZE_MAX;
		if (p->bookmarks.v[i].level < p->bookmarks.v[at].level)
			return SIZE_MAX;
		if (p->bookmarks.v[i].level == p->bookmarks.v[at].level)
			return i;
	}
}

static size_t
parent_of(const struct pdf *p, size_t at)
{
	for (size_t i = at; i-- > 0;) {
		if (is_child(p, at, i))
			return i;
	}
	return SIZE_MAX;
}

static void
bookmark(struct pdf_file *f, size_t i)
{
	const struct pdf *p = f->p;
	size_t up = parent_of(p, i), next = sibling(p, i, 1);
	size_t before = sibling(p, i, -1), last = 0, n = 0;

	for (size_t k = i + 1; k < p->bookmarks.n && is_child(p, k, i); k++) {
		if (parent_of(p, k) == i) {
			last = k;
			n++;
		}
	}
	pdf_begin(f, f->bookmarks + (uint32_t)i);
	rp_buf_f(&f->b, "<</Parent %u 0 R",
	    up == SIZE_MAX ? (uint32_t)OUTLINES : f->bookmarks + (uint32_t)up);
	words(f, "Title", p->bookmarks.v[i].title);
	target(f, &p->bookmarks.v[i].place);
	if (next != SIZE_MAX)
		rp_buf_f(&f->b, " /Next %u 0 R", f->bookmarks + (uint32_t)next);
	else if (up == SIZE_MAX && p->o->front != NULL &&
		 p->o->front->others > 0)
		rp_buf_f(&f->b, " /Next %u 0 R", f->n + 2);
	if (before != SIZE_MAX)
		rp_buf_f(&f->b, " /Prev %u 0 R",
		    f->bookmarks + (uint32_t)before);
	if (n > 0)
		rp_buf_f(&f->b, " /First %u 0 R /Last %u 0 R /Count -%zu",
		    f->bookmarks + (uint32_t)i + 1,
		    f->bookmarks + (uint32_t)last, n);
	rp_buf_f(&f->b, ">>");
	pdf_end(f);
}

static void
outlines(struct pdf_file *f)
{
	const struct pdf *p = f->p;
	size_t last = 0, n = 0;

	for (size_t i = 0; i < p->bookmarks.n; i++) {
		if (parent_of(p, i) == SIZE_MAX) {
			last = i;
			n++;
		}
	}
	if (p->o->front != NULL) {
		p->o->front->bookmark = n > 0 ? f->bookmarks : 0;
		p->o->front->last = n > 0 ? f->bookmarks + (uint32_t)last : 0;
		p->o->front->bookmarks = (uint32_t)n;
	} else {
		pdf_begin(f, OUTLINES);
		rp_buf_f(&f->b, "<</Type /Outlines");
		if (n > 0)
			rp_buf_f(&f->b,
			    " /First %u 0 R /Last %u 0 R /Count %zu",
			    f->bookmarks, f->bookmarks + (uint32_t)last, n);
		rp_buf_f(&f->b, ">>");
		pdf_end(f);
	}
	for (size_t i = 0; i < p->bookmarks.n; i++)
		bookmark(f, i);
}

/* The document itself. */

/* "2026-11-29T14:00:00Z" without what separates. */
static rp_text
pdf_date(struct rp_arena *a, int64_t at)
{
	rp_text t = rp_clock_rfc3339(a, at);
	struct rp_buf b;
	rp_text out = { "", 0 };

	rp_buf_init(&b, a, 64);
	rp_buf_f(&b, "D:");
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == 'Z' || (t.p[i] >= '0' && t.p[i] <= '9'))
			rp_buf_byte(&b, (uint8_t)t.p[i]);
	}
	rp_err_free(rp_buf_done(&b, &out));
	return out;
}

static void
info(struct pdf_file *f)
{
	const struct rp_pdf_options *o = f->p->o;

	pdf_begin(f, INFO);
	rp_buf_f(&f->b, "<</Producer (Rapporteur)");
	words(f, "Title", f->p->title);
	if (o->author.n > 0)
		words(f, "Author", o->author);
	if (o->date > 0)
		literal(f, "CreationDate", pdf_date(f->p->a, o->date));
	rp_buf_f(&f->b, ">>");
	pdf_end(f);
}

static void
metadata(struct pdf_file *f)
{
	const struct rp_pdf_options *o = f->p->o;
	rp_html title = rp_html_escape(f->p->a, f->p->title);
	rp_html author = rp_html_escape(f->p->a, o->author);
	struct rp_buf x;
	rp_bytes octets = { 0 };

	rp_buf_init(&x, f->p->a, (size_t)1 << 20);
	rp_buf_f(&x,
	    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
	    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
	    "<rdf:Description rdf:about=\"\" "
	    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	    "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
	    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%.*s</rdf:li>"
	    "</rdf:Alt></dc:title>",
	    RP_FMT(title));
	rp_buf_f(&x,
	    "<dc:language><rdf:Bag><rdf:li>%.*s</rdf:li></rdf:Bag>"
	    "</dc:language>",
	    RP_FMT(f->p->lang));
	if (author.n > 0)
		rp_buf_f(&x,
		    "<dc:creator><rdf:Seq><rdf:li>%.*s</rdf:li></rdf:Seq>"
		    "</dc:creator>",
		    RP_FMT(author));
	if (o->date > 0)
		rp_buf_f(&x, "<xmp:CreateDate>%s</xmp:CreateDate>",
		    rp_clock_rfc3339(f->p->a, o->date).p);
	rp_buf_f(&x, "</rdf:Description></rdf:RDF></x:xmpmeta>"
		     "<?xpacket end=\"r\"?>");
	rp_err_free(rp_buf_bytes(&x, &octets));
	pdf_begin(f, METADATA);
	rp_buf_f(&f->b,
	    "<</Type /Metadata /Subtype /XML /Length %zu>>\nstream\n",
	    octets.n);
	rp_buf_bytes_add(&f->b, octets);
	rp_buf_f(&f->b, "\nendstream");
	pdf_end(f);
}

static void
catalog(struct pdf_file *f)
{
	const struct pdf *p = f->p;

	pdf_begin(f, CATALOG);
	rp_buf_f(&f->b,
	    "<</Type /Catalog /Pages %u 0 R /MarkInfo <</Marked true>> "
	    "/StructTreeRoot %d 0 R /Metadata %d 0 R /Outlines %d 0 R "
	    "/ViewerPreferences <</DisplayDocTitle true%s>>",
	    p->o->front != NULL ? f->n : (uint32_t)PAGES, TREE, METADATA,
	    OUTLINES, p->rtl ? " /Direction /R2L" : "");
	literal(f, "Lang", p->lang);
	rp_buf_f(&f->b, ">>");
	pdf_end(f);
	pdf_begin(f, PAGES);
	rp_buf_f(&f->b, "<</Type /Pages ");
	if (p->o->front != NULL)
		rp_buf_f(&f->b, "/Parent %u 0 R ", f->n);
	rp_buf_f(&f->b, "/Count %zu /Kids [", p->pages.n);
	for (uint32_t i = 0; i < p->pages.n; i++)
		rp_buf_f(&f->b, "%u 0 R ", f->pages + 2 * i);
	rp_buf_f(&f->b, "]>>");
	pdf_end(f);
}

static void
number(struct pdf_file *f)
{
	const struct pdf *p = f->p;

	f->n = FIRST;
	for (size_t i = 0; i < p->fonts->n; i++) {
		if (p->used[i].glyphs.n == 0)
			continue;
		f->fonts[i] = f->n;
		f->n += PDF_FONT_OBJECTS;
	}
	f->pages = f->n;
	f->links = f->pages + 2 * (uint32_t)p->pages.n;
	f->elements = f->links + (uint32_t)p->links.n;
	f->bookmarks = f->elements + (uint32_t)p->elements.n;
	f->n = f->bookmarks + (uint32_t)p->bookmarks.n;
	f->at = rp_new_n(p->a, size_t, f->n);
}

static void
cross_reference(struct pdf_file *f)
{
	size_t at = f->b.n;

	rp_buf_f(&f->b, "xref\n0 %u\n0000000000 65535 f \n", f->n);
	for (uint32_t i = 1; i < f->n; i++)
		rp_buf_f(&f->b, "%010zu 00000 n \n", f->at[i]);
	rp_buf_f(&f->b,
	    "trailer\n<</Size %u /Root %d 0 R /Info %d 0 R>>\nstartxref\n%zu\n"
	    "%%%%EOF\n",
	    f->n, CATALOG, INFO, at);
}

static void
tell(const struct pdf_file *f, struct rp_pdf_front *out)
{
	out->objects = f->n;
	out->at = f->at;
	out->catalog = CATALOG;
	out->pages = PAGES;
	out->outlines = OUTLINES;
	out->tree = TREE;
	out->parents = PARENTS;
	out->info = INFO;
	out->elements = f->elements;
	out->n_pages = (uint32_t)f->p->pages.n;
	out->keys = (uint32_t)(f->p->pages.n + f->p->links.n);
}

struct rp_err *
pdf_objects(struct pdf *p, rp_bytes *out)
{
	struct pdf_file f = { .p = p };

	number(&f);
	rp_buf_init(&f.b, p->a, p->o->max > 0 ? p->o->max : RP_PDF_MAX);
	rp_buf_f(&f.b, "%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n");
	catalog(&f);
	info(&f);
	metadata(&f);
	RP_TRY(pdf_embed(&f));
	RP_TRY(pages(&f));
	links(&f);
	tree(&f);
	outlines(&f);
	if (p->o->front != NULL)
		tell(&f, p->o->front);
	else
		cross_reference(&f);
	return rp_buf_bytes(&f.b, out);
}
