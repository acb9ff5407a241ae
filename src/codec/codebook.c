#include "codec/codebook.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "codec/xml.h"
#include "codec/xmlread.h"

#define SPACE "urn:QDA-XML:codebook:1.0"
#define SPACE_OF_PROGRAMS "urn:QDA-XML:codebook:1:0"
#define INCLUDE "[+] "
#define EXCLUDE "[-] "
#define EXAMPLES "[=] "
#define DESCRIPTION_MAX (4 * RP_CODEBOOK_TEXT_MAX)

/* What is read, in the order of the columns of CSV. */
enum member {
	ID,
	NAME,
	DEFINITION,
	INCLUDES,
	EXCLUDES,
	EXAMPLE,
	COLOUR,
	PARENT,
	CODABLE,
	MEMBERS
};

static const char *const member_names[MEMBERS] = {
	[ID] = "id",
	[NAME] = "name",
	[DEFINITION] = "definition",
	[INCLUDES] = "include",
	[EXCLUDES] = "exclude",
	[EXAMPLE] = "examples",
	[COLOUR] = "colour",
	[PARENT] = "parent",
	[CODABLE] = "codable",
};

/* A code as a file has it, before its parent is known. */
struct found {
	struct rp_code code;
	rp_text parent; /* id or name; empty: none */
};

struct reading {
	struct rp_arena *a;
	struct RP_VEC(struct found) v;
	/* CSV: which column is what, MEMBERS for none. */
	bool has_head;
	uint8_t column[RP_CSV_FIELDS_MAX];
	size_t n_columns;
};

enum rp_codebook_format
rp_codebook_guess(rp_bytes in)
{
	size_t at = in.n >= 3 && memcmp(in.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	while (at < in.n && in.p[at] != 0 && strchr(" \t\r\n", in.p[at]))
		at++;
	if (at < in.n && in.p[at] == '<')
		return RP_CODEBOOK_QDC;
	if (at < in.n && (in.p[at] == '[' || in.p[at] == '{'))
		return RP_CODEBOOK_JSON;
	return RP_CODEBOOK_CSV;
}

/* Octets as text: CR LF and CR are LF, the ends are trimmed. */
static struct rp_err *
gate(struct rp_arena *a, rp_bytes in, size_t max, rp_text *out)
{
	uint8_t *p = rp_alloc(a, in.n + 1);
	size_t n = 0;
	rp_text t;

	for (size_t i = 0; i < in.n; i++) {
		if (in.p[i] == '\r' && i + 1 < in.n && in.p[i + 1] == '\n')
			continue;
		p[n++] = in.p[i] == '\r' ? '\n' : in.p[i];
	}
	RP_TRY(rp_text_from(a, (rp_bytes){ p, n }, max, &t));
	/* U+FFFE and U+FFFF: XML cannot hold them. */
	for (size_t i = 0; i + 2 < t.n; i++)
		if (memcmp(t.p + i, "\xef\xbf", 2) == 0 &&
		    ((uint8_t)t.p[i + 2] | 1) == 0xBF)
			return rp_fail(RP_E_INVALID, "a noncharacter");
	*out = rp_text_dup(a, rp_text_trim(t));
	return NULL;
}

static bool
is_colour(rp_text t)
{
	if (t.n != 7 || t.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++)
		if (memchr("0123456789abcdefABCDEF", t.p[i], 22) == NULL)
			return false;
	return true;
}

static bool
is_yes(rp_text t)
{
	return !rp_text_eq(t, RP_TEXT("false")) && !rp_text_eq(t, RP_TEXT("0"));
}

static size_t
max_of(enum member m)
{
	return m == DEFINITION || m == INCLUDES || m == EXCLUDES ||
		       m == EXAMPLE ?
		   RP_CODEBOOK_TEXT_MAX :
		   RP_CODEBOOK_NAME_MAX;
}

static struct rp_err *
set(struct reading *r, struct found *f, enum member m, rp_bytes octets)
{
	rp_text *const to[MEMBERS] = {
		[ID] = &f->code.id,
		[NAME] = &f->code.name,
		[DEFINITION] = &f->code.definition,
		[INCLUDES] = &f->code.include,
		[EXCLUDES] = &f->code.exclude,
		[EXAMPLE] = &f->code.examples,
		[COLOUR] = &f->code.colour,
		[PARENT] = &f->parent,
	};
	struct rp_err *e;
	rp_text t;

	e = gate(r->a, octets, max_of(m), &t);
	if (e != NULL)
		return rp_err_wrap(e, "%s", member_names[m]);
	if (m == CODABLE) {
		f->code.is_codable = is_yes(t);
		return NULL;
	}
	if (m == COLOUR && t.n > 0 && !is_colour(t))
		return rp_fail(RP_E_INVALID, "%.*s is no colour", RP_FMT(t));
	*to[m] = t;
	return NULL;
}

static struct rp_err *
add(struct reading *r, const struct found *f)
{
	if (f->code.name.n == 0)
		return rp_fail(RP_E_INVALID, "code %zu has no name",
		    r->v.n + 1);
	if (r->v.n >= RP_CODEBOOK_CODES_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu codes",
		    RP_CODEBOOK_CODES_MAX);
	rp_vec_push(r->a, &r->v, *f);
	return NULL;
}

/* The tree. */

struct index RP_MAP(uint32_t);

static struct rp_err *
find_parents(struct reading *r, uint32_t *parent)
{
	struct index by_id = { 0 }, by_name = { 0 };

	for (uint32_t i = 0; i < r->v.n; i++) {
		const struct rp_code *c = &r->v.v[i].code;

		if (c->id.n > 0) {
			if (rp_map_find(&by_id, c->id) != NULL)
				return rp_fail(RP_E_INVALID,
				    "the id %.*s is there twice",
				    RP_FMT(c->id));
			*rp_map_at(r->a, &by_id, c->id) = i;
		}
		/* The first of its name. */
		if (rp_map_find(&by_name, c->name) == NULL)
			*rp_map_at(r->a, &by_name, c->name) = i;
	}
	for (uint32_t i = 0; i < r->v.n; i++) {
		rp_text name = r->v.v[i].parent;
		const uint32_t *at = rp_map_find(&by_id, name);

		parent[i] = RP_CODEBOOK_NONE;
		if (name.n == 0)
			continue;
		if (at == NULL)
			at = rp_map_find(&by_name, name);
		if (at == NULL)
			return rp_fail(RP_E_INVALID,
			    "code %u: there is no parent %.*s", i + 1,
			    RP_FMT(name));
		parent[i] = *at;
	}
	return NULL;
}

static struct rp_err *
check_depth(const uint32_t *parent, uint32_t i)
{
	unsigned depth = 1;

	for (uint32_t at = parent[i]; at != RP_CODEBOOK_NONE; at = parent[at])
		if (++depth > RP_CODEBOOK_DEPTH_MAX)
			return rp_fail(RP_E_INVALID,
			    "code %u is in itself, or in more than %d others",
			    i + 1, RP_CODEBOOK_DEPTH_MAX);
	return NULL;
}

/*
 * Parents before children, children in their order: each code is put behind
 * the last of its parent's. `next` are lists of siblings.
 */
static void
put_children(struct reading *r, const uint32_t *first, const uint32_t *next,
    uint32_t at, uint32_t parent, struct rp_codebook *out)
{
	for (; at != RP_CODEBOOK_NONE; at = next[at]) {
		struct rp_code c = r->v.v[at].code;
		uint32_t now = (uint32_t)out->codes.n;

		c.parent = parent;
		rp_vec_push(r->a, &out->codes, c);
		/* As deep as RP_CODEBOOK_DEPTH_MAX: checked. */
		put_children(r, first, next, first[at], now, out);
	}
}

static struct rp_err *
arrange(struct reading *r, const uint32_t *parent, struct rp_codebook *out)
{
	uint32_t n = (uint32_t)r->v.n, top = RP_CODEBOOK_NONE;
	uint32_t *first = rp_new_n(r->a, uint32_t, n + 1);
	uint32_t *next = rp_new_n(r->a, uint32_t, n + 1);

	for (uint32_t i = 0; i < n; i++) {
		first[i] = RP_CODEBOOK_NONE;
		RP_TRY(check_depth(parent, i));
	}
	for (uint32_t i = n; i-- > 0;) {
		uint32_t *list =
		    parent[i] == RP_CODEBOOK_NONE ? &top : &first[parent[i]];

		next[i] = *list;
		*list = i;
	}
	put_children(r, first, next, top, RP_CODEBOOK_NONE, out);
	return NULL;
}

static struct rp_err *
finish(struct reading *r, struct rp_codebook *out)
{
	uint32_t *parent = rp_new_n(r->a, uint32_t, r->v.n + 1);
	struct rp_codebook book = { 0 };

	RP_TRY(find_parents(r, parent));
	RP_TRY(arrange(r, parent, &book));
	*out = book;
	return NULL;
}

/* REFI-QDA. */

struct qdc {
	struct reading *r;
	struct rp_xmlread *x;
	struct rp_codebook *out;
	uint32_t open[RP_CODEBOOK_DEPTH_MAX]; /* codes that are open */
	unsigned depth;
	unsigned description; /* depth of the element that is open, or 0 */
	struct rp_buf text;
};

static bool
in_codebook(const struct qdc *q)
{
	return rp_xmlread_in(q->x, SPACE) ||
	       rp_xmlread_in(q->x, SPACE_OF_PROGRAMS);
}

static struct rp_err *
open_code(struct qdc *q)
{
	static const struct {
		const char *attribute;
		enum member m;
	} attributes[] = { { "guid", ID }, { "name", NAME },
		{ "color", COLOUR }, { "isCodable", CODABLE } };
	struct found f = { .code.is_codable = true,
		.code.parent = RP_CODEBOOK_NONE };

	if (q->depth >= RP_CODEBOOK_DEPTH_MAX)
		return rp_fail(RP_E_LIMIT, "codes in more than %d others",
		    RP_CODEBOOK_DEPTH_MAX);
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++)
		RP_TRY(set(q->r, &f, attributes[i].m,
		    rp_xmlread_attr(q->x, attributes[i].attribute)));
	if (rp_xmlread_attr(q->x, "isCodable").n == 0)
		f.code.is_codable = true;
	if (q->depth > 0)
		f.code.parent = q->open[q->depth - 1];
	q->open[q->depth++] = (uint32_t)q->r->v.n;
	return add(q->r, &f);
}

/* The member whose mark a line begins with. */
static enum member
marked(rp_text line)
{
	if (rp_text_starts(line, RP_TEXT(INCLUDE)))
		return INCLUDES;
	if (rp_text_starts(line, RP_TEXT(EXCLUDE)))
		return EXCLUDES;
	return rp_text_starts(line, RP_TEXT(EXAMPLES)) ? EXAMPLE : MEMBERS;
}

/* A paragraph that begins with a mark goes where the mark says. */
static struct rp_err *
describe(struct qdc *q, struct rp_code *c)
{
	rp_text *const all[] = { &c->definition, &c->include, &c->exclude,
		&c->examples };
	rp_text *to = all[0], t;
	rp_bytes octets;

	RP_TRY(rp_buf_bytes(&q->text, &octets));
	RP_TRY(gate(q->r->a, octets, DESCRIPTION_MAX, &t));
	for (size_t at = 0; at < t.n;) {
		size_t end = rp_text_find(t, '\n', at);
		rp_text line = rp_text_sub(t, at, end);
		enum member m = marked(line);

		if (m != MEMBERS) {
			to = all[m - DEFINITION];
			line = rp_text_sub(line, sizeof(INCLUDE) - 1, line.n);
		}
		*to = rp_textf(q->r->a, "%.*s%s%.*s", RP_FMT(*to),
		    to->n > 0 ? "\n" : "", RP_FMT(line));
		at = end + 1;
	}
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		*all[i] = rp_text_dup(q->r->a, rp_text_trim(*all[i]));
		if (all[i]->n > RP_CODEBOOK_TEXT_MAX)
			return rp_fail(RP_E_LIMIT,
			    "a description of %zu octets", t.n);
	}
	return NULL;
}

static struct rp_err *
close_element(struct qdc *q)
{
	if (q->description == rp_xmlread_depth(q->x)) {
		q->description = 0;
		return describe(q, &q->r->v.v[q->open[q->depth - 1]].code);
	}
	if (q->depth > 0 && in_codebook(q) && rp_xmlread_is(q->x, "Code"))
		q->depth--;
	return NULL;
}

static struct rp_err *
qdc_event(struct qdc *q, enum rp_xmlread_event event)
{
	if (event == RP_XMLREAD_TEXT) {
		if (q->description > 0)
			rp_buf_bytes_add(&q->text, rp_xmlread_text(q->x));
		return NULL;
	}
	if (event == RP_XMLREAD_CLOSE)
		return close_element(q);
	if (rp_xmlread_depth(q->x) == 1 &&
	    (!in_codebook(q) || !rp_xmlread_is(q->x, "CodeBook")))
		return rp_fail(RP_E_INVALID, "not a REFI-QDA codebook");
	if (!in_codebook(q) || q->description > 0)
		return NULL;
	if (rp_xmlread_is(q->x, "Code"))
		return open_code(q);
	if (q->depth > 0 && rp_xmlread_is(q->x, "Description")) {
		q->description = rp_xmlread_depth(q->x);
		rp_buf_init(&q->text, q->r->a, DESCRIPTION_MAX);
	}
	return NULL;
}

static struct rp_err *
read_qdc(struct reading *r, rp_bytes in, struct rp_codebook *out)
{
	enum rp_xmlread_event event = RP_XMLREAD_OPEN;
	struct rp_codebook book = { 0 };
	struct qdc q = { .r = r };
	struct index ids = { 0 };

	RP_TRY(rp_xmlread_open(r->a, in, &q.x));
	while (event != RP_XMLREAD_END) {
		RP_TRY(rp_xmlread_next(q.x, &event));
		if (event != RP_XMLREAD_END)
			RP_TRY(qdc_event(&q, event));
	}
	/* In the order of the file parents are before children already. */
	for (size_t i = 0; i < r->v.n; i++) {
		struct rp_code *c = &r->v.v[i].code;

		if (c->id.n > 0 && rp_map_find(&ids, c->id) != NULL)
			return rp_fail(RP_E_INVALID,
			    "the guid %.*s is there twice", RP_FMT(c->id));
		if (c->id.n > 0)
			*rp_map_at(r->a, &ids, c->id) = 1;
		rp_vec_push(r->a, &book.codes, *c);
	}
	*out = book;
	return NULL;
}

/* JSON. */

static struct rp_err *
json_code(struct reading *r, const struct rp_json *v)
{
	struct found f = { .code.is_codable = true };

	if (rp_json_kind(v) != RP_JSON_OBJECT)
		return rp_fail(RP_E_INVALID, "code %zu is no object",
		    r->v.n + 1);
	for (int m = 0; m < MEMBERS; m++) {
		const struct rp_json *x = rp_json_find(v, member_names[m]);

		if (x == NULL || rp_json_kind(x) == RP_JSON_NULL)
			continue;
		if (m == CODABLE) {
			RP_TRY(rp_json_bool(v, member_names[m],
			    &f.code.is_codable));
			continue;
		}
		if (rp_json_kind(x) != RP_JSON_TEXT)
			return rp_fail(RP_E_INVALID, "code %zu: %s is no text",
			    r->v.n + 1, member_names[m]);
		RP_TRY(set(r, &f, (enum member)m, rp_json_octets(x)));
	}
	return add(r, &f);
}

static struct rp_err *
read_json(struct reading *r, rp_bytes in)
{
	const struct rp_json *v;

	RP_TRY(rp_json_parse(r->a, in, &v));
	if (rp_json_kind(v) == RP_JSON_OBJECT)
		RP_TRY(rp_json_array(v, "codes", RP_CODEBOOK_CODES_MAX, &v));
	if (rp_json_kind(v) != RP_JSON_ARRAY)
		return rp_fail(RP_E_INVALID, "no array of codes");
	if (rp_json_n(v) > RP_CODEBOOK_CODES_MAX)
		return rp_fail(RP_E_LIMIT, "%zu codes, at most %zu",
		    rp_json_n(v), RP_CODEBOOK_CODES_MAX);
	for (size_t i = 0; i < rp_json_n(v); i++)
		RP_TRY(json_code(r, rp_json_at(v, i)));
	return NULL;
}

/* CSV. */

static struct rp_err *
csv_head(struct reading *r, const struct rp_csv_row *row)
{
	bool seen[MEMBERS] = { false };

	r->has_head = true;
	r->n_columns = row->n;
	for (size_t i = 0; i < row->n; i++) {
		rp_bytes name = row->fields[i];

		r->column[i] = MEMBERS;
		for (int m = 0; m < MEMBERS; m++)
			if (name.n == strlen(member_names[m]) &&
			    memcmp(name.p, member_names[m], name.n) == 0 &&
			    !seen[m]) {
				r->column[i] = (uint8_t)m;
				seen[m] = true;
			}
	}
	return seen[NAME] ? NULL :
			    rp_fail(RP_E_INVALID,
				"the first line has no column \"name\"");
}

static struct rp_err *
csv_row(void *ctx, const struct rp_csv_row *row)
{
	struct reading *r = ctx;
	struct found f = { .code.is_codable = true };
	struct rp_err *e;

	if (!r->has_head)
		return csv_head(r, row);
	for (size_t i = 0; i < row->n && i < r->n_columns; i++) {
		if (r->column[i] == MEMBERS)
			continue;
		e = set(r, &f, (enum member)r->column[i], row->fields[i]);
		if (e != NULL)
			return rp_err_wrap(e, "line %lld",
			    (long long)row->line);
	}
	e = add(r, &f);
	return e == NULL ? NULL :
			   rp_err_wrap(e, "line %lld", (long long)row->line);
}

static struct rp_err *
read_csv(struct reading *r, rp_bytes in)
{
	/* As the writer: people open these in spreadsheets. */
	static const struct rp_csv_options options = { .guard = true };
	struct rp_csv_reader *c = rp_csv_reader_new(r->a, &options, csv_row, r);

	RP_TRY(rp_csv_read(c, in));
	RP_TRY(rp_csv_finish(c));
	return r->has_head ? NULL : rp_fail(RP_E_INVALID, "an empty file");
}

struct rp_err *
rp_codebook_read(struct rp_arena *a, enum rp_codebook_format format,
    rp_bytes in, struct rp_codebook *out)
{
	struct reading *r = rp_new(a, struct reading);

	r->a = a;
	if (in.n > RP_CODEBOOK_MAX)
		return rp_fail(RP_E_LIMIT, "a codebook of %zu octets", in.n);
	switch (format) {
	case RP_CODEBOOK_QDC:
		return read_qdc(r, in, out);
	case RP_CODEBOOK_JSON:
		RP_TRY(read_json(r, in));
		break;
	case RP_CODEBOOK_CSV:
		RP_TRY(read_csv(r, in));
		break;
	}
	return finish(r, out);
}

/* Writing. */

static bool
is_uuid(rp_text t)
{
	if (t.n != 36)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? t.p[i] != '-' :
			   memchr("0123456789abcdefABCDEF", t.p[i], 22) == NULL)
			return false;
	}
	return true;
}

/* FNV-1a (Fowler, Noll, Vo), 64 bits: names need no secret here. */
static uint64_t
hash(rp_text t, uint64_t h)
{
	for (size_t i = 0; i < t.n; i++)
		h = (h ^ (uint8_t)t.p[i]) * 0x100000001b3U;
	return h;
}

/* Of the code's place and name, in the form of a UUID (RFC 9562, version 8). */
static rp_text
guid(struct rp_arena *a, const struct rp_codebook *book, uint32_t i)
{
	const struct rp_code *c = &book->codes.v[i];
	rp_text path = rp_textf(a, "%u/%.*s", i, RP_FMT(c->name));
	uint64_t high = hash(path, 0xcbf29ce484222325U);
	uint64_t low = hash(path, high);

	if (is_uuid(c->id))
		return c->id;
	high = (high & ~(uint64_t)0xF000) | 0x8000;
	low = (low & ~((uint64_t)3 << 62)) | ((uint64_t)2 << 62);
	return rp_textf(a, "%08llx-%04llx-%04llx-%04llx-%012llx",
	    (unsigned long long)(high >> 32),
	    (unsigned long long)(high >> 16 & 0xFFFF),
	    (unsigned long long)(high & 0xFFFF),
	    (unsigned long long)(low >> 48),
	    (unsigned long long)(low & 0xFFFFFFFFFFFF));
}

static rp_text
paragraph(struct rp_arena *a, rp_text before, const char *mark, rp_text t)
{
	if (t.n == 0)
		return before;
	return rp_textf(a, "%.*s%s%s%.*s", RP_FMT(before),
	    before.n > 0 ? "\n\n" : "", mark, RP_FMT(t));
}

static rp_text
description(struct rp_arena *a, const struct rp_code *c)
{
	rp_text t = paragraph(a, c->definition, INCLUDE, c->include);

	t = paragraph(a, t, EXCLUDE, c->exclude);
	return paragraph(a, t, EXAMPLES, c->examples);
}

static unsigned
depth_of(const struct rp_codebook *book, uint32_t i)
{
	unsigned depth = 0;

	for (uint32_t at = book->codes.v[i].parent; at != RP_CODEBOOK_NONE;
	     at = book->codes.v[at].parent)
		depth++;
	return depth;
}

static void
write_qdc(struct rp_arena *a, const struct rp_codebook *book, struct rp_sink *s)
{
	struct rp_xml x;
	unsigned open = 0;

	rp_xml_init(&x, s);
	rp_xml_open(&x, "CodeBook");
	rp_xml_attr(&x, "xmlns", RP_TEXT(SPACE));
	rp_xml_attr(&x, "origin", RP_TEXT("Rapporteur"));
	rp_xml_open(&x, "Codes");
	for (uint32_t i = 0; i < book->codes.n; i++) {
		const struct rp_code *c = &book->codes.v[i];
		rp_text text = description(a, c);

		for (; open > depth_of(book, i); open--)
			rp_xml_close(&x);
		rp_xml_open(&x, "Code");
		open++;
		rp_xml_attr(&x, "guid", guid(a, book, i));
		rp_xml_attr(&x, "name", c->name);
		rp_xml_attr(&x, "isCodable",
		    c->is_codable ? RP_TEXT("true") : RP_TEXT("false"));
		if (c->colour.n > 0)
			rp_xml_attr(&x, "color", c->colour);
		if (text.n > 0)
			rp_xml_leaf(&x, "Description", text);
	}
	for (; open > 0; open--)
		rp_xml_close(&x);
	rp_xml_close(&x);
	rp_xml_close(&x);
}

static void
members(struct rp_arena *a, const struct rp_codebook *book, uint32_t i,
    rp_text out[MEMBERS])
{
	const struct rp_code *c = &book->codes.v[i];

	out[ID] = c->id.n > 0 ? c->id : guid(a, book, i);
	out[NAME] = c->name;
	out[DEFINITION] = c->definition;
	out[INCLUDES] = c->include;
	out[EXCLUDES] = c->exclude;
	out[EXAMPLE] = c->examples;
	out[COLOUR] = c->colour;
	out[PARENT] = RP_TEXT("");
	if (c->parent != RP_CODEBOOK_NONE)
		out[PARENT] = book->codes.v[c->parent].id.n > 0 ?
				  book->codes.v[c->parent].id :
				  guid(a, book, c->parent);
	out[CODABLE] = c->is_codable ? RP_TEXT("true") : RP_TEXT("false");
}

static void
write_json(struct rp_arena *a, const struct rp_codebook *book,
    struct rp_sink *s)
{
	struct rp_json_writer w;
	rp_text v[MEMBERS];

	rp_json_init(&w, s);
	rp_json_object_begin(&w);
	rp_json_key(&w, RP_TEXT("codes"));
	rp_json_array_begin(&w);
	for (uint32_t i = 0; i < book->codes.n; i++) {
		members(a, book, i, v);
		rp_json_object_begin(&w);
		for (int m = 0; m < MEMBERS; m++) {
			if (m != CODABLE && v[m].n == 0)
				continue;
			rp_json_key(&w, rp_text_z(member_names[m]));
			if (m == CODABLE)
				rp_json_put_bool(&w,
				    book->codes.v[i].is_codable);
			else
				rp_json_put_text(&w, v[m]);
		}
		rp_json_object_end(&w);
	}
	rp_json_array_end(&w);
	rp_json_object_end(&w);
	rp_json_line_end(&w);
}

static void
write_csv(struct rp_arena *a, const struct rp_codebook *book, struct rp_sink *s)
{
	static const struct rp_csv_options options = { .guard = true };
	rp_text v[MEMBERS];

	for (int m = 0; m < MEMBERS; m++)
		v[m] = rp_text_z(member_names[m]);
	rp_csv_write(s, &options, v, MEMBERS);
	for (uint32_t i = 0; i < book->codes.n; i++) {
		members(a, book, i, v);
		rp_csv_write(s, &options, v, MEMBERS);
	}
}

void
rp_codebook_write(struct rp_arena *a, enum rp_codebook_format format,
    const struct rp_codebook *book, struct rp_sink *s)
{
	switch (format) {
	case RP_CODEBOOK_QDC:
		write_qdc(a, book, s);
		return;
	case RP_CODEBOOK_JSON:
		write_json(a, book, s);
		return;
	case RP_CODEBOOK_CSV:
		write_csv(a, book, s);
		return;
	}
}
