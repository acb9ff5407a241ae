#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/map.h"
#include "codec/akn.h"
#include "codec/doc_build.h"
#include "codec/sink.h"
#include "codec/xml.h"
#include "text/input.h"

#define GAP_MAX 1000 /* empty cells or rows that are kept */

enum part {
	PART_PREFACE,
	PART_PREAMBLE,
	PART_BODY,
};

struct seen RP_MAP(uint32_t);

struct writing {
	struct rp_xml x;
	struct rp_arena *a;
	const struct rp_document *d;
	struct rp_akn_meta m;
	rp_text *ids;     /* of the body's blocks */
	enum part *parts; /* of the same */
	bool *operative;  /* of call-outs */
	struct seen seen;
	uint32_t tables;
	/* Of the runs: what is open. */
	rp_revision_ref ins, del;
	uint32_t link;
	unsigned look;
};

/* Ids and parts, before anything is written. */

static bool
is_name_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* A label as part of an id: "b)bis" is b-bis. */
static rp_text
slug(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n && n < 20; i++) {
		if (is_name_char(t.p[i]))
			p[n++] = t.p[i];
		else if (n > 0 && p[n - 1] != '-')
			p[n++] = '-';
	}
	n -= n > 0 && p[n - 1] == '-';
	return (rp_text){ p, n };
}

/* Every id is there once: a second one is "x-2". */
static rp_text
only(struct writing *w, rp_text id)
{
	uint32_t *n = rp_map_at(w->a, &w->seen, id), again;

	again = ++*n;
	if (again == 1)
		return id;
	return only(w, rp_textf(w->a, "%.*s-%u", RP_FMT(id), again));
}

static bool
begins_with_word(rp_text t, const char *word)
{
	size_t n = strlen(word);

	return t.n >= n && strncasecmp(t.p, word, n) == 0 &&
	       (t.n == n || !is_name_char(t.p[n]));
}

static bool
is_operative(struct writing *w, size_t i)
{
	static const char *const verbs[] = { "resolves", "decides", "instructs",
		"requests", "invites", "urges", "encourages", "recommends",
		"agrees", "authorizes", "calls upon", "declares", "adopts",
		"approves", "further resolves", "further instructs",
		"further invites", "also invites", "décide", "charge", "invite",
		"prie", "resuelve", "encarga", "invita" };
	const struct rp_blocks *v = &w->d->body.blocks;
	rp_text t = rp_text_trim(rp_block_text(w->a, &v->v[i]));

	if (i + 1 < v->n && v->v[i + 1].label.kind != RP_LABEL_NONE)
		return v->v[i + 1].label.style == RP_LABEL_DECIMAL;
	for (size_t k = 0; k < sizeof(verbs) / sizeof(verbs[0]); k++)
		if (begins_with_word(t, verbs[k]))
			return true;
	return false;
}

/* In a table it is a paragraph that reads like one. */
static bool
is_callout(const struct rp_block *b)
{
	return b->kind == RP_BLOCK_CALLOUT && b->cell.table == 0;
}

static void
place_all(struct writing *w)
{
	const struct rp_blocks *v = &w->d->body.blocks;
	enum part part = PART_PREFACE;
	bool callout = false;
	size_t first = v->n;

	for (size_t i = 0; i < v->n && first == v->n; i++)
		if (is_callout(&v->v[i]))
			first = i;
	for (size_t i = 0; i < v->n; i++) {
		const struct rp_block *b = &v->v[i];

		if (is_callout(b)) {
			w->operative[i] = is_operative(w, i);
			callout = true;
		}
		if (part == PART_PREFACE &&
		    (b->kind != RP_BLOCK_HEADING || b->cell.table != 0))
			part = PART_PREAMBLE;
		/* Without a call-out there is no preamble. */
		if (part == PART_PREAMBLE &&
		    (w->operative[i] || first == v->n ||
			(callout && b->kind == RP_BLOCK_HEADING &&
			    b->cell.table == 0)))
			part = PART_BODY;
		w->parts[i] = part;
	}
}

static void
name_all(struct writing *w)
{
	const struct rp_blocks *v = &w->d->body.blocks;
	rp_text group = { "", 0 };
	uint32_t containers = 0, divisions = 0, loose = 0;

	for (size_t i = 0; i < v->n; i++) {
		const struct rp_block *b = &v->v[i];
		bool opens =
		    b->kind == RP_BLOCK_CALLOUT || b->kind == RP_BLOCK_HEADING;
		rp_text id, label = slug(w->a, b->label.text);

		if (w->parts[i] == PART_PREFACE) {
			id = rp_textf(w->a, "preface__p_%zu", i + 1);
		} else if (opens && w->parts[i] == PART_PREAMBLE) {
			id = rp_textf(w->a, "container_%u", ++containers);
			group = rp_textf(w->a, "%.*s__", RP_FMT(id));
		} else if (opens) {
			id = rp_textf(w->a, "dvs_%u", ++divisions);
			group = rp_textf(w->a, "%.*s__", RP_FMT(id));
		} else {
			const char *what =
			    w->parts[i] == PART_BODY ? "para" : "item";

			if (label.n == 0)
				label = rp_textf(w->a, "p%u", ++loose);
			id = rp_textf(w->a, "%.*s%s_%.*s", RP_FMT(group), what,
			    RP_FMT(label));
		}
		w->ids[i] = only(w, id);
	}
}

/* Metadata. */

static void
empty(struct writing *w, const char *name, const char *attribute, rp_text v)
{
	rp_xml_open(&w->x, name);
	rp_xml_attr(&w->x, attribute, v);
	rp_xml_close(&w->x);
}

static void
dated(struct writing *w, rp_text date)
{
	rp_xml_open(&w->x, "FRBRdate");
	rp_xml_attr(&w->x, "date", date);
	rp_xml_attr(&w->x, "name", RP_TEXT("Generation"));
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "FRBRauthor");
	rp_xml_attr(&w->x, "href",
	    rp_textf(w->a, "#%.*s", RP_FMT(w->m.author)));
	rp_xml_close(&w->x);
}

static void
core(struct writing *w, const char *tail, rp_text date)
{
	empty(w, "FRBRthis", "value",
	    rp_textf(w->a, "%.*s%s/!main", RP_FMT(w->m.uri), tail));
	empty(w, "FRBRuri", "value",
	    rp_textf(w->a, "%.*s%s", RP_FMT(w->m.uri), tail));
	dated(w, date);
}

static void
identification(struct writing *w)
{
	rp_text version = rp_textf(w->a, "/%.*s@%.*s", RP_FMT(w->m.language),
	    RP_FMT(w->m.version));
	rp_text file = rp_textf(w->a, "%.*s.akn", RP_FMT(version));

	rp_xml_open(&w->x, "identification");
	rp_xml_attr(&w->x, "source",
	    rp_textf(w->a, "#%.*s", RP_FMT(w->m.author)));
	rp_xml_open(&w->x, "FRBRWork");
	core(w, "", w->m.date);
	empty(w, "FRBRcountry", "value", w->m.country);
	if (w->m.number.n > 0)
		empty(w, "FRBRnumber", "value", w->m.number);
	if (w->d->title.n > 0)
		empty(w, "FRBRname", "value", w->d->title);
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "FRBRExpression");
	core(w, version.p, w->m.version);
	empty(w, "FRBRlanguage", "language", w->m.language);
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "FRBRManifestation");
	core(w, file.p, w->m.version);
	empty(w, "FRBRformat", "value", RP_TEXT("xml"));
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
}

/* What was done to a block, as a textualMod has it; or NULL. */
static const char *
change_of(const struct rp_block *b)
{
	bool ins = b->cell.row_ins != 0, del = b->cell.row_del != 0;

	for (uint32_t i = 0; i < b->n_runs; i++) {
		ins |= b->runs[i].ins != 0;
		del |= b->runs[i].del != 0;
	}
	if (ins && del)
		return "substitution";
	if (ins)
		return "insertion";
	if (del)
		return "repeal";
	if (b->mark_ins)
		return b->n_runs > 0 ? "split" : "insertion";
	if (b->mark_del)
		return b->n_runs > 0 ? "join" : "repeal";
	return b->mark_format ? "renumbering" : NULL;
}

static void
analysis(struct writing *w)
{
	const struct rp_blocks *v = &w->d->body.blocks;
	uint32_t n = 0;

	for (size_t i = 0; i < v->n; i++) {
		const char *type = change_of(&v->v[i]);

		if (type == NULL)
			continue;
		if (n++ == 0) {
			rp_xml_open(&w->x, "analysis");
			rp_xml_attr(&w->x, "source",
			    rp_textf(w->a, "#%.*s", RP_FMT(w->m.author)));
			rp_xml_open(&w->x, "passiveModifications");
		}
		rp_xml_open(&w->x, "textualMod");
		rp_xml_attr(&w->x, "type", rp_text_z(type));
		rp_xml_attr(&w->x, "eId", rp_textf(w->a, "pmod_%u", n));
		rp_xml_open(&w->x, "source");
		rp_xml_attr(&w->x, "eId", rp_textf(w->a, "pmod_%u__source", n));
		rp_xml_attr(&w->x, "href", RP_TEXT("#amendments"));
		rp_xml_close(&w->x);
		rp_xml_open(&w->x, "destination");
		rp_xml_attr(&w->x, "eId",
		    rp_textf(w->a, "pmod_%u__destination", n));
		rp_xml_attr(&w->x, "href",
		    rp_textf(w->a, "#%.*s", RP_FMT(w->ids[i])));
		rp_xml_close(&w->x);
		rp_xml_close(&w->x);
	}
	if (n > 0) {
		rp_xml_close(&w->x);
		rp_xml_close(&w->x);
	}
}

static void concept(struct writing *w, const char *element, rp_text id,
    const char *href, rp_text show)
{
	rp_xml_open(&w->x, element);
	rp_xml_attr(&w->x, "eId", id);
	rp_xml_attr(&w->x, "href", rp_textf(w->a, "%s%.*s", href, RP_FMT(id)));
	rp_xml_attr(&w->x, "showAs", show);
	rp_xml_close(&w->x);
}

static void
meta(struct writing *w)
{
	rp_xml_open(&w->x, "meta");
	identification(w);
	analysis(w);
	rp_xml_open(&w->x, "references");
	rp_xml_attr(&w->x, "source",
	    rp_textf(w->a, "#%.*s", RP_FMT(w->m.author)));
	concept(w, "TLCOrganization", w->m.author, "/ontology/organization/",
	    w->m.author_name.n > 0 ? w->m.author_name : w->m.author);
	concept(w, "TLCConcept", RP_TEXT("preamble"), "/ontology/concept/",
	    RP_TEXT("Preamble"));
	concept(w, "TLCConcept", RP_TEXT("amendments"), "/ontology/concept/",
	    RP_TEXT("Amendments"));
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
}

/* Runs. */

static const struct {
	unsigned look;
	const char *name, *class;
} looks[] = {
	{ RP_LOOK_BOLD, "b", NULL },
	{ RP_LOOK_ITALIC, "i", NULL },
	{ RP_LOOK_UNDERLINE, "u", NULL },
	{ RP_LOOK_SUPERSCRIPT, "sup", NULL },
	{ RP_LOOK_SUBSCRIPT, "sub", NULL },
	{ RP_LOOK_STRIKE, "span", "strike" },
	{ RP_LOOK_SMALL_CAPS, "span", "small-caps" },
	{ RP_LOOK_CAPS, "span", "caps" },
	{ RP_LOOK_CODE, "span", "code" },
	{ RP_LOOK_HIDDEN, "span", "hidden" },
};

#define LOOKS (sizeof(looks) / sizeof(looks[0]))

static void
close_looks(struct writing *w)
{
	for (size_t i = LOOKS; i > 0; i--)
		if (w->look & looks[i - 1].look)
			rp_xml_close(&w->x);
	w->look = 0;
}

static void
close_all(struct writing *w)
{
	close_looks(w);
	if (w->link != 0)
		rp_xml_close(&w->x);
	if (w->del != 0)
		rp_xml_close(&w->x);
	if (w->ins != 0)
		rp_xml_close(&w->x);
	w->ins = w->del = 0;
	w->link = 0;
}

static void
open_revision(struct writing *w, rp_revision_ref ref, const char *name)
{
	const struct rp_revision *r = &w->d->revisions.v[ref];

	if (ref == 0)
		return;
	rp_xml_open(&w->x, name);
	if (r->move.n > 0)
		rp_xml_attr(&w->x, "class",
		    rp_textf(w->a, "move move-%.*s",
			RP_FMT(slug(w->a, r->move))));
	else if (r->kind == RP_REVISION_MOVE_FROM ||
		 r->kind == RP_REVISION_MOVE_TO)
		rp_xml_attr(&w->x, "class", RP_TEXT("move"));
	if (r->author.n > 0)
		rp_xml_attr(&w->x, "title", r->author);
}

static void
open_link(struct writing *w, uint32_t link)
{
	struct rp_err *e;
	rp_url url;

	if (link == 0)
		return;
	e = rp_url_from(w->a, w->d->links.v[link], &url);
	if (e != NULL) {
		rp_err_free(e);
		return;
	}
	rp_xml_open(&w->x, "a");
	rp_xml_attr(&w->x, "href", (rp_text){ url.p, url.n });
	w->link = link;
}

static void
settle(struct writing *w, const struct rp_run *r)
{
	unsigned look = w->d->formats.v[r->format].look;

	if (w->ins != r->ins || w->del != r->del || w->link != r->link) {
		close_all(w);
		open_revision(w, r->ins, "ins");
		open_revision(w, r->del, "del");
		w->ins = r->ins;
		w->del = r->del;
		open_link(w, r->link);
	}
	if (w->look == look)
		return;
	close_looks(w);
	for (size_t i = 0; i < LOOKS; i++) {
		if (!(look & looks[i].look))
			continue;
		rp_xml_open(&w->x, looks[i].name);
		if (looks[i].class != NULL)
			rp_xml_attr(&w->x, "class", rp_text_z(looks[i].class));
		w->look |= looks[i].look;
	}
}

static void
text(struct writing *w, rp_text t)
{
	size_t from = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != '\n')
			continue;
		rp_xml_text(&w->x, rp_text_sub(t, from, i));
		rp_xml_open(&w->x, "eol");
		rp_xml_close(&w->x);
		from = i + 1;
	}
	rp_xml_text(&w->x, rp_text_sub(t, from, t.n));
}

static void blocks_of_note(struct writing *w, uint32_t n);

static void
runs(struct writing *w, const struct rp_block *b, uint32_t from, uint32_t to,
    bool notes)
{
	for (uint32_t i = from; i < to; i++) {
		const struct rp_run *r = &b->runs[i];

		settle(w, r);
		if (r->kind == RP_RUN_NOTE && notes) {
			struct writing saved = *w;

			w->ins = w->del = 0;
			w->link = 0;
			w->look = 0;
			blocks_of_note(w, r->note);
			w->ins = saved.ins;
			w->del = saved.del;
			w->link = saved.link;
			w->look = saved.look;
		} else if (r->kind == RP_RUN_OPAQUE) {
			rp_xml_open(&w->x, "placeholder");
			rp_xml_attr(&w->x, "originalText", r->text);
			rp_xml_text(&w->x, RP_TEXT("[...]"));
			rp_xml_close(&w->x);
		} else if (r->kind == RP_RUN_TEXT) {
			text(w, r->text);
		}
	}
	close_all(w);
}

/* Blocks. */

/* What folding white space would change. */
static bool
needs_space(struct rp_arena *a, const struct rp_block *b)
{
	rp_text t = rp_block_text(a, b);

	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] == '\t' ||
		    (t.p[i] == ' ' &&
			(i == 0 || i + 1 == t.n || t.p[i + 1] == ' ' ||
			    t.p[i + 1] == '\n' || t.p[i - 1] == '\n')))
			return true;
	return false;
}

static void
common(struct writing *w, const struct rp_block *b)
{
	if (needs_space(w->a, b))
		rp_xml_attr(&w->x, "xml:space", RP_TEXT("preserve"));
	if (b->lang.n > 0)
		rp_xml_attr(&w->x, "xml:lang", b->lang);
}

static void class(struct writing *w, const struct rp_block *b, bool kind)
{
	static const char *const kinds[] = { "p", "heading", "callout",
		"provision", "item", "opaque", "section" };
	rp_text t = { "", 0 };

	if (kind && b->kind == RP_BLOCK_HEADING)
		t = rp_textf(w->a, "heading-%u", b->level);
	else if (kind)
		t = rp_text_z(kinds[b->kind]);
	if (b->label.kind != RP_LABEL_NONE && b->label.level > 0)
		t = rp_textf(w->a, "%.*s level-%u", RP_FMT(t), b->label.level);
	if (b->kind != RP_BLOCK_HEADING && b->level > 0)
		t = rp_textf(w->a, "%.*s depth-%u", RP_FMT(t), b->level);
	if (b->margin != RP_MARGIN_NONE)
		t = rp_textf(w->a, "%.*s margin-%.*s", RP_FMT(t),
		    RP_FMT(rp_margin_text(b->margin)));
	if (b->mark_ins)
		t = rp_textf(w->a, "%.*s mark-ins", RP_FMT(t));
	if (b->mark_del)
		t = rp_textf(w->a, "%.*s mark-del", RP_FMT(t));
	t = rp_text_trim(t);
	if (t.n > 0)
		rp_xml_attr(&w->x, "class", t);
	/* Whose mark it is. */
	t = w->d->revisions.v[b->mark_ins ? b->mark_ins : b->mark_del].author;
	if (t.n > 0)
		rp_xml_attr(&w->x, "title", t);
}

static bool
is_id(rp_text t)
{
	if (t.n == 0 || t.n > RP_AKN_ID_MAX)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if ((uint8_t)t.p[i] <= ' ')
			return false;
	return !rp_text_blank(t);
}

static void
ids(struct writing *w, const struct rp_block *b, rp_text id)
{
	rp_xml_attr(&w->x, "eId", id);
	if (is_id(b->id))
		rp_xml_attr(&w->x, "wId", b->id);
}

/* `element` is "num", or "inline" where that may not stand. */
static void
num(struct writing *w, const struct rp_block *b, rp_text id,
    const char *element)
{
	if (b->label.kind == RP_LABEL_NONE)
		return;
	rp_xml_open(&w->x, element);
	if (strcmp(element, "inline") == 0)
		rp_xml_attr(&w->x, "name", RP_TEXT("num"));
	rp_xml_attr(&w->x, "eId",
	    only(w, rp_textf(w->a, "%.*s__num", RP_FMT(id))));
	if (b->label_runs > 0) {
		rp_xml_attr(&w->x, "class", RP_TEXT("typed"));
		rp_xml_attr(&w->x, "title", b->label.text);
		rp_xml_attr(&w->x, "xml:space", RP_TEXT("preserve"));
		runs(w, b, 0, b->label_runs, false);
	} else {
		rp_xml_text(&w->x, b->label.text);
	}
	rp_xml_close(&w->x);
}

static void
inline_content(struct writing *w, const struct rp_block *b)
{
	runs(w, b, b->label_runs, b->n_runs, true);
}

static void
p(struct writing *w, const struct rp_block *b, bool kind, rp_text id)
{
	rp_xml_open(&w->x, "p");
	class(w, b, kind);
	common(w, b);
	if (id.n > 0)
		num(w, b, id, "inline");
	inline_content(w, b);
	rp_xml_close(&w->x);
}

/* Cells and rows in which there is nothing keep the others in their place. */
static void
empty_cells(struct writing *w, uint32_t from, uint32_t to)
{
	for (uint32_t i = 0; from + i < to && i < GAP_MAX; i++) {
		rp_xml_open(&w->x, "td");
		rp_xml_close(&w->x);
	}
}

static void
empty_rows(struct writing *w, uint32_t from, uint32_t to)
{
	for (uint32_t i = 0; from + i < to && i < GAP_MAX; i++) {
		rp_xml_open(&w->x, "tr");
		empty_cells(w, 0, 1);
		rp_xml_close(&w->x);
	}
}

/* The blocks of a row: how many. */
static size_t
table_row(struct writing *w, const struct rp_block *b, size_t n)
{
	uint32_t next = 1;
	size_t i = 0;

	rp_xml_open(&w->x, "tr");
	if (b->cell.row_ins || b->cell.row_del)
		rp_xml_attr(&w->x, "class",
		    b->cell.row_del ? RP_TEXT("mark-del") :
				      RP_TEXT("mark-ins"));
	while (i < n && b[i].cell.table == b->cell.table &&
	       b[i].cell.row == b->cell.row) {
		const struct rp_cell *c = &b[i].cell;

		empty_cells(w, next, c->column);
		next = c->column + (c->columns > 1 ? c->columns : 1U);
		rp_xml_open(&w->x, "td");
		if (c->columns > 1)
			rp_xml_attr(&w->x, "colspan",
			    rp_textf(w->a, "%u", c->columns));
		for (; i < n && b[i].cell.table == c->table &&
		       b[i].cell.row == c->row && b[i].cell.column == c->column;
		     i++)
			p(w, &b[i], true,
			    only(w, rp_textf(w->a, "table_%u__p", w->tables)));
		rp_xml_close(&w->x);
	}
	rp_xml_close(&w->x);
	return i;
}

static size_t
table(struct writing *w, const struct rp_block *b, size_t n)
{
	uint32_t next = 1;
	size_t i = 0;

	rp_xml_open(&w->x, "table");
	rp_xml_attr(&w->x, "eId", rp_textf(w->a, "table_%u", ++w->tables));
	while (i < n && b[i].cell.table == b[0].cell.table) {
		empty_rows(w, next, b[i].cell.row);
		next = b[i].cell.row + 1;
		i += table_row(w, b + i, n - i);
	}
	rp_xml_close(&w->x);
	return i;
}

static void
blocks_of_note(struct writing *w, uint32_t n)
{
	const struct rp_blocks *v = &w->d->notes.v[n].blocks;
	rp_text id = only(w, rp_textf(w->a, "note_%u", n + 1));

	rp_xml_open(&w->x, "authorialNote");
	rp_xml_attr(&w->x, "marker", rp_textf(w->a, "%u", n + 1));
	rp_xml_attr(&w->x, "placement",
	    w->d->notes.v[n].kind == RP_STORY_ENDNOTE ? RP_TEXT("side") :
							RP_TEXT("bottom"));
	rp_xml_attr(&w->x, "eId", id);
	for (size_t i = 0; i < v->n; i++) {
		rp_xml_open(&w->x, "p");
		class(w, &v->v[i], true);
		common(w, &v->v[i]);
		num(w, &v->v[i], id, "inline");
		/* A note in a note would have no end. */
		runs(w, &v->v[i], v->v[i].label_runs, v->v[i].n_runs, false);
		rp_xml_close(&w->x);
	}
	if (v->n == 0) {
		rp_xml_open(&w->x, "p");
		rp_xml_attr(&w->x, "class", RP_TEXT("none"));
		rp_xml_close(&w->x);
	}
	rp_xml_close(&w->x);
}

/* The parts. */

static size_t
preface(struct writing *w)
{
	const struct rp_blocks *v = &w->d->body.blocks;
	size_t i = 0;

	if (v->n == 0 || w->parts[0] != PART_PREFACE)
		return 0;
	rp_xml_open(&w->x, "preface");
	for (; i < v->n && w->parts[i] == PART_PREFACE; i++) {
		const struct rp_block *b = &v->v[i];
		const char *inner = b->level == 0 ? "docTitle" :
				    i == 0        ? "docNumber" :
						    NULL;

		rp_xml_open(&w->x, "p");
		class(w, b, true);
		ids(w, b, w->ids[i]);
		common(w, b);
		num(w, b, w->ids[i], "inline");
		if (inner != NULL)
			rp_xml_open(&w->x, inner);
		inline_content(w, b);
		if (inner != NULL)
			rp_xml_close(&w->x);
		rp_xml_close(&w->x);
	}
	rp_xml_close(&w->x);
	return i;
}

static rp_text
container_name(struct writing *w, const struct rp_block *b)
{
	rp_text t =
	    rp_doc_clean_line(w->a, rp_text_bytes(rp_block_text(w->a, b)));

	while (t.n > 0 && strchr(",:;. ", t.p[t.n - 1]) != NULL)
		t = rp_text_sub(t, 0, t.n - 1);
	return t.n > 0 && t.n <= 60 ? t : RP_TEXT("preamble");
}

/* Labelled paragraphs as items of a list, others by themselves. */
static size_t
preamble_blocks(struct writing *w, size_t i, size_t end)
{
	const struct rp_blocks *v = &w->d->body.blocks;
	const struct rp_block *b = &v->v[i];
	rp_text none = { "", 0 };

	if (b->cell.table != 0)
		return i + table(w, b, end - i);
	if (b->label.kind == RP_LABEL_NONE) {
		rp_xml_open(&w->x, "p");
		class(w, b, true);
		ids(w, b, w->ids[i]);
		common(w, b);
		inline_content(w, b);
		rp_xml_close(&w->x);
		return i + 1;
	}
	rp_xml_open(&w->x, "blockList");
	rp_xml_attr(&w->x, "eId",
	    only(w, rp_textf(w->a, "%.*s__list", RP_FMT(w->ids[i]))));
	for (; i < end && v->v[i].label.kind != RP_LABEL_NONE &&
	       v->v[i].cell.table == 0 && v->v[i].kind != RP_BLOCK_CALLOUT;
	     i++) {
		b = &v->v[i];
		rp_xml_open(&w->x, "item");
		class(w, b, true);
		ids(w, b, w->ids[i]);
		num(w, b, w->ids[i], "num");
		p(w, b, false, none);
		rp_xml_close(&w->x);
	}
	rp_xml_close(&w->x);
	return i;
}

static size_t
preamble(struct writing *w, size_t i)
{
	const struct rp_blocks *v = &w->d->body.blocks;
	size_t end = i;
	bool in_container = false;
	rp_text none = { "", 0 };

	while (end < v->n && w->parts[end] == PART_PREAMBLE)
		end++;
	if (end == i)
		return i;
	rp_xml_open(&w->x, "preamble");
	while (i < end) {
		const struct rp_block *b = &v->v[i];

		if (is_callout(b)) {
			if (in_container)
				rp_xml_close(&w->x);
			in_container = true;
			rp_xml_open(&w->x, "container");
			rp_xml_attr(&w->x, "name", container_name(w, b));
			ids(w, b, w->ids[i]);
			p(w, b, true, w->ids[i]);
			i++;
		} else if (!in_container && b->kind == RP_BLOCK_PARAGRAPH &&
			   b->cell.table == 0) {
			rp_xml_open(&w->x, "formula");
			rp_xml_attr(&w->x, "name", RP_TEXT("enactingFormula"));
			ids(w, b, w->ids[i]);
			p(w, b, true, none);
			rp_xml_close(&w->x);
			i++;
		} else {
			i = preamble_blocks(w, i, end);
		}
	}
	if (in_container)
		rp_xml_close(&w->x);
	rp_xml_close(&w->x);
	return i;
}

static void
division(struct writing *w, size_t i)
{
	const struct rp_block *b = &w->d->body.blocks.v[i];
	bool preambular = b->kind == RP_BLOCK_CALLOUT && !w->operative[i];
	bool as_num = b->label.kind != RP_LABEL_NONE && !preambular;

	rp_xml_open(&w->x, "division");
	class(w, b, true);
	ids(w, b, w->ids[i]);
	if (as_num)
		num(w, b, w->ids[i], "num");
	rp_xml_open(&w->x, preambular ? "crossHeading" : "heading");
	rp_xml_attr(&w->x, "eId",
	    rp_textf(w->a, "%.*s__heading", RP_FMT(w->ids[i])));
	if (preambular)
		rp_xml_attr(&w->x, "refersTo", RP_TEXT("#preamble"));
	common(w, b);
	if (!as_num)
		num(w, b, w->ids[i], "inline");
	inline_content(w, b);
	rp_xml_close(&w->x);
}

static size_t
paragraph(struct writing *w, size_t i)
{
	const struct rp_blocks *v = &w->d->body.blocks;
	const struct rp_block *b = &v->v[i];
	rp_text none = { "", 0 };
	size_t n = 1;

	rp_xml_open(&w->x, "paragraph");
	if (b->cell.table != 0) {
		rp_xml_attr(&w->x, "eId", w->ids[i]);
	} else {
		class(w, b, true);
		ids(w, b, w->ids[i]);
		num(w, b, w->ids[i], "num");
	}
	rp_xml_open(&w->x, "content");
	rp_xml_attr(&w->x, "eId",
	    rp_textf(w->a, "%.*s__content", RP_FMT(w->ids[i])));
	if (b->cell.table != 0)
		n = table(w, b, v->n - i);
	else
		p(w, b, false, none);
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
	return i + n;
}

static void
main_body(struct writing *w, size_t i)
{
	const struct rp_blocks *v = &w->d->body.blocks;
	bool in_division = false;

	rp_xml_open(&w->x, "mainBody");
	if (i == v->n) {
		rp_xml_open(&w->x, "p");
		rp_xml_attr(&w->x, "class", RP_TEXT("none"));
		rp_xml_close(&w->x);
	}
	while (i < v->n) {
		const struct rp_block *b = &v->v[i];

		if (b->cell.table != 0 || (b->kind != RP_BLOCK_CALLOUT &&
					      b->kind != RP_BLOCK_HEADING)) {
			i = paragraph(w, i);
			continue;
		}
		if (in_division)
			rp_xml_close(&w->x);
		in_division = true;
		division(w, i++);
	}
	if (in_division)
		rp_xml_close(&w->x);
	rp_xml_close(&w->x);
}

static void
fill(rp_text *t, rp_text otherwise)
{
	if (t->n == 0)
		*t = otherwise;
}

void
rp_akn_write(struct rp_sink *s, const struct rp_document *d,
    const struct rp_akn_meta *given)
{
	struct writing w = { .a = s->arena, .d = d };
	size_t n = d->body.blocks.n + 1;

	if (given != NULL)
		w.m = *given;
	fill(&w.m.date, RP_TEXT("0001-01-01"));
	fill(&w.m.version, w.m.date);
	fill(&w.m.uri, RP_TEXT("/akn/un/statement/0001-01-01/untitled"));
	fill(&w.m.language, RP_TEXT("und"));
	fill(&w.m.country, RP_TEXT("un"));
	fill(&w.m.author, RP_TEXT("author"));
	w.ids = rp_new_n(w.a, rp_text, n);
	w.parts = rp_new_n(w.a, enum part, n);
	w.operative = rp_new_n(w.a, bool, n);
	place_all(&w);
	name_all(&w);
	rp_xml_init(&w.x, s);
	rp_xml_open(&w.x, "akomaNtoso");
	rp_xml_attr(&w.x, "xmlns", RP_TEXT(RP_AKN_NS));
	rp_xml_open(&w.x, "statement");
	rp_xml_attr(&w.x, "name", RP_TEXT("resolution"));
	rp_xml_attr(&w.x, "contains",
	    rp_document_has_revisions(d) ? RP_TEXT("multipleVersions") :
					   RP_TEXT("originalVersion"));
	meta(&w);
	main_body(&w, preamble(&w, preface(&w)));
	rp_xml_close(&w.x);
	rp_xml_close(&w.x);
}
