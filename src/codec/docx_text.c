#include "codec/docx_text.h"

#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "codec/xmlread.h"
#include "codec/zip.h"

#define MAIN_TYPE                                                         \
	"application/vnd.openxmlformats-officedocument.wordprocessingml." \
	"document.main+xml"
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define W_STRICT "http://purl.oclc.org/ooxml/wordprocessingml/main"
#define MATH "http://schemas.openxmlformats.org/officeDocument/2006/math"
#define MC "http://schemas.openxmlformats.org/markup-compatibility/2006"

struct numbers RP_MAP(int64_t);

struct reading {
	struct rp_arena *arena;
	struct rp_plain *out;
	struct rp_xmlread *xml;
	struct numbers notes; /* "f1", "e1": kind and id -> number shown */
	unsigned skip;        /* depth at which a left-out element opened */
	unsigned tables, texts;
	char kind;           /* of the notes being read: 'f', 'e'; 0: body */
	bool fresh_cell;     /* no paragraph in it yet */
	bool first_cell;     /* of its row */
	bool behind_mark;    /* a note's first paragraph */
	bool fresh;          /* this paragraph has no text yet */
	bool item, was_item; /* this paragraph, the one before */
};

static bool
same(rp_bytes got, const char *want)
{
	return got.n == strlen(want) && memcmp(got.p, want, got.n) == 0;
}

/* The next element that opens; `out_end` if there is none. */
static struct rp_err *
next_element(struct rp_xmlread *xml, bool *out_end)
{
	enum rp_xmlread_event event;

	do
		RP_TRY(rp_xmlread_next(xml, &event));
	while (event != RP_XMLREAD_OPEN && event != RP_XMLREAD_END);
	*out_end = event == RP_XMLREAD_END;
	return NULL;
}

static struct rp_err *
open_part(struct rp_arena *a, struct rp_zip *z, rp_text name,
    struct rp_xmlread **out)
{
	size_t i = rp_zip_find(z, name);
	rp_bytes octets;

	if (i == SIZE_MAX)
		return rp_fail(RP_E_INVALID, "no %.*s", RP_FMT(name));
	RP_TRY(rp_zip_read(a, z, i, &octets));
	return rp_xmlread_open(a, octets, out);
}

/* A part's name as packages write it, with or without its first slash. */
static struct rp_err *
find_part(struct rp_zip *z, rp_bytes name, size_t *out)
{
	rp_text t = { (const char *)name.p, name.n };

	if (t.n > 0 && t.p[0] == '/')
		t = rp_text_sub(t, 1, t.n);
	*out = rp_zip_find(z, t);
	if (*out == SIZE_MAX)
		return rp_fail(RP_E_INVALID, "document part missing");
	return NULL;
}

/* By the package's relations, when its type is only that of all .xml parts. */
static struct rp_err *
main_by_relation(struct rp_arena *a, struct rp_zip *z, size_t *out)
{
	static const char tail[] = "/officeDocument";
	struct rp_xmlread *xml;
	bool end;

	RP_TRY(open_part(a, z, RP_TEXT("_rels/.rels"), &xml));
	for (;;) {
		rp_bytes type;

		RP_TRY(next_element(xml, &end));
		if (end)
			return rp_fail(RP_E_INVALID, "no Word document part");
		type = rp_xmlread_attr(xml, "Type");
		if (type.n >= sizeof(tail) - 1 &&
		    memcmp(type.p + type.n - (sizeof(tail) - 1), tail,
			sizeof(tail) - 1) == 0)
			return find_part(z, rp_xmlread_attr(xml, "Target"),
			    out);
	}
}

struct rp_err *
rp_docx_main(struct rp_arena *a, struct rp_zip *z, size_t *out)
{
	struct rp_xmlread *xml;
	bool end, by_default = false;

	RP_TRY(open_part(a, z, RP_TEXT("[Content_Types].xml"), &xml));
	for (;;) {
		RP_TRY(next_element(xml, &end));
		if (end && by_default)
			return main_by_relation(a, z, out);
		if (end)
			return rp_fail(RP_E_INVALID, "no Word document part");
		if (!same(rp_xmlread_attr(xml, "ContentType"), MAIN_TYPE))
			continue;
		if (rp_xmlread_is(xml, "Override"))
			return find_part(z, rp_xmlread_attr(xml, "PartName"),
			    out);
		by_default = true;
	}
}

/* The first text of a paragraph decides how it stands off from the last. */
static void
begin_text(struct reading *r)
{
	bool in_cell = r->tables > 0;

	if (!r->fresh)
		return;
	r->fresh = false;
	if (r->behind_mark) {
		r->behind_mark = false;
		return;
	}
	if (in_cell && !r->fresh_cell)
		rp_plain_break(r->out, 1);
	if (!in_cell)
		rp_plain_break(r->out, r->item && r->was_item ? 1 : 2);
	if (r->item && !in_cell)
		rp_plain_add(r->out, RP_BYTES("- "));
	r->fresh_cell = false;
	r->was_item = r->item;
}

static void
add(struct reading *r, rp_bytes in)
{
	if (in.n == 0)
		return;
	begin_text(r);
	rp_plain_add(r->out, in);
}

static rp_text
note_key(struct reading *r, char kind, rp_bytes id)
{
	return rp_textf(r->arena, "%c%.*s", kind, RP_FMT(id));
}

static struct rp_err *
note_mark(struct reading *r, char kind)
{
	rp_bytes id = rp_xmlread_attr(r->xml, "id");
	rp_text mark;
	int64_t *n;

	if (r->notes.n >= RP_DOCX_NOTES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d notes", RP_DOCX_NOTES_MAX);
	if (id.n == 0 || id.n > 32)
		return NULL;
	n = rp_map_at(r->arena, &r->notes, note_key(r, kind, id));
	if (*n == 0)
		*n = (int64_t)r->notes.n;
	mark = rp_textf(r->arena, "[%lld]", (long long)*n);
	add(r, rp_text_bytes(mark));
	return NULL;
}

static void
note_begin(struct reading *r)
{
	rp_bytes id = rp_xmlread_attr(r->xml, "id");
	const int64_t *n = NULL;
	rp_text mark;

	if (id.n > 0 && id.n <= 32)
		n = rp_map_find(&r->notes, note_key(r, r->kind, id));
	if (n == NULL) { /* separators, and notes without a mark */
		r->skip = rp_xmlread_depth(r->xml);
		return;
	}
	mark = rp_textf(r->arena, "[%lld] ", (long long)*n);
	rp_plain_break(r->out, 2);
	rp_plain_add(r->out, rp_text_bytes(mark));
	/* Its first paragraph goes on behind the mark. */
	r->behind_mark = true;
}

/* Text that the document as it stands does not show. */
static bool
left_out(const struct rp_xmlread *x)
{
	static const char *const names[] = { "del", "moveFrom", "delText",
		"instrText", "delInstrText", "pPrChange", "rPrChange", "sectPr",
		"annotationRef" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (rp_xmlread_is(x, names[i]))
			return true;
	return false;
}

static bool
is_word(const struct rp_xmlread *x)
{
	return rp_xmlread_in(x, W) || rp_xmlread_in(x, W_STRICT);
}

static void
opened_block(struct reading *r)
{
	const struct rp_xmlread *x = r->xml;

	if (rp_xmlread_is(x, "p")) {
		r->fresh = true;
		r->item = false;
	} else if (rp_xmlread_is(x, "numPr")) {
		r->item = true;
	} else if (rp_xmlread_is(x, "tbl")) {
		rp_plain_break(r->out, r->tables > 0 ? 1 : 2);
		r->tables++;
	} else if (rp_xmlread_is(x, "tr")) {
		rp_plain_break(r->out, 1);
		r->first_cell = true;
	} else if (rp_xmlread_is(x, "tc")) {
		if (!r->first_cell)
			rp_plain_tab(r->out);
		r->first_cell = false;
		r->fresh_cell = true;
	}
}

static struct rp_err *
opened(struct reading *r)
{
	const struct rp_xmlread *x = r->xml;

	if (rp_xmlread_in(x, MC) && rp_xmlread_is(x, "Fallback"))
		r->skip = rp_xmlread_depth(x);
	if (rp_xmlread_in(x, MATH) && rp_xmlread_is(x, "t"))
		r->texts++;
	if (!is_word(x))
		return NULL;
	if (left_out(x))
		r->skip = rp_xmlread_depth(x);
	else if (rp_xmlread_is(x, "t"))
		r->texts++;
	else if (rp_xmlread_is(x, "tab") && !r->fresh)
		rp_plain_tab(r->out);
	else if (rp_xmlread_is(x, "br") || rp_xmlread_is(x, "cr"))
		rp_plain_break(r->out, r->fresh ? 0 : 1);
	else if (rp_xmlread_is(x, "noBreakHyphen"))
		add(r, RP_BYTES("-"));
	else if (rp_xmlread_is(x, "footnoteReference"))
		return note_mark(r, 'f');
	else if (rp_xmlread_is(x, "endnoteReference"))
		return note_mark(r, 'e');
	else if (r->kind != 0 &&
		 (rp_xmlread_is(x, "footnote") || rp_xmlread_is(x, "endnote")))
		note_begin(r);
	else
		opened_block(r);
	return NULL;
}

static void
closed(struct reading *r)
{
	const struct rp_xmlread *x = r->xml;
	bool is_t = rp_xmlread_is(x, "t");

	if (is_t && (is_word(x) || rp_xmlread_in(x, MATH)) && r->texts > 0)
		r->texts--;
	if (!is_word(x))
		return;
	if (rp_xmlread_is(x, "p"))
		r->fresh = true;
	if (rp_xmlread_is(x, "tbl") && r->tables > 0) {
		r->tables--;
		rp_plain_break(r->out, r->tables > 0 ? 1 : 2);
		r->was_item = false;
	}
}

static struct rp_err *
read_part(struct reading *r, rp_bytes octets)
{
	enum rp_xmlread_event event;

	RP_TRY(rp_xmlread_open(r->arena, octets, &r->xml));
	r->skip = r->tables = r->texts = 0;
	r->fresh = true;
	r->fresh_cell = r->was_item = false;
	while (!r->out->truncated) {
		RP_TRY(rp_xmlread_next(r->xml, &event));
		if (event == RP_XMLREAD_END)
			break;
		if (r->skip != 0) {
			if (event == RP_XMLREAD_CLOSE &&
			    rp_xmlread_depth(r->xml) == r->skip)
				r->skip = 0;
			continue;
		}
		if (event == RP_XMLREAD_OPEN)
			RP_TRY(opened(r));
		else if (event == RP_XMLREAD_CLOSE)
			closed(r);
		else if (r->texts > 0)
			add(r, rp_xmlread_text(r->xml));
	}
	return NULL;
}

/* footnotes.xml and endnotes.xml stand in the document part's folder. */
static struct rp_err *
read_notes(struct reading *r, struct rp_zip *z, rp_text main, char kind,
    const char *name)
{
	rp_bytes octets;
	size_t slash = main.n, i;

	while (slash > 0 && main.p[slash - 1] != '/')
		slash--;
	i = rp_zip_find(z,
	    rp_textf(r->arena, "%.*s%s", (int)slash, main.p, name));
	if (i == SIZE_MAX || r->notes.n == 0)
		return NULL;
	RP_TRY(rp_zip_read(r->arena, z, i, &octets));
	r->kind = kind;
	return read_part(r, octets);
}

struct rp_err *
rp_docx_text(struct rp_arena *a, struct rp_zip *z, struct rp_plain *out)
{
	struct reading r = { .arena = a, .out = out };
	rp_bytes octets;
	size_t main;

	RP_TRY(rp_docx_main(a, z, &main));
	RP_TRY(rp_zip_read(a, z, main, &octets));
	RP_TRY(read_part(&r, octets));
	RP_TRY(read_notes(&r, z, rp_zip_name(z, main), 'f', "footnotes.xml"));
	return read_notes(&r, z, rp_zip_name(z, main), 'e', "endnotes.xml");
}
