#include "codec/odt_text.h"

#include <string.h>

#include "base/err.h"
#include "codec/xmlread.h"
#include "codec/zip.h"

#define TEXT "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
#define TABLE "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define MIME "application/vnd.oasis.opendocument.text"

struct reading {
	struct rp_plain *out; /* where text goes now: body or a note */
	struct rp_plain *body, notes;
	struct rp_xmlread *xml;
	unsigned skip; /* depth at which a left-out element opened */
	unsigned paragraphs, tables, lists;
	unsigned note;            /* depth of the note being read */
	unsigned note_paragraphs; /* open around that note */
	bool citation;
	bool fresh, fresh_cell, first_cell, fresh_item, was_item;
};

struct rp_err *
rp_odt_is(struct rp_arena *a, struct rp_zip *z, bool *out)
{
	size_t i = rp_zip_find(z, RP_TEXT("mimetype"));
	rp_bytes octets = { 0 };

	if (i != SIZE_MAX)
		RP_TRY(rp_zip_read(a, z, i, &octets));
	*out = octets.n == sizeof(MIME) - 1 &&
	       memcmp(octets.p, MIME, octets.n) == 0 &&
	       rp_zip_find(z, RP_TEXT("content.xml")) != SIZE_MAX;
	return NULL;
}

static void
begin_text(struct reading *r)
{
	bool item = r->lists > 0 && r->fresh_item && r->note == 0;

	if (!r->fresh)
		return;
	r->fresh = false;
	if (r->tables > 0) {
		if (!r->fresh_cell)
			rp_plain_break(r->out, 1);
		r->fresh_cell = false;
		return;
	}
	rp_plain_break(r->out, item && r->was_item ? 1 : 2);
	if (item)
		rp_plain_add(r->out, RP_BYTES("- "));
	r->fresh_item = false;
	r->was_item = r->lists > 0;
}

static void
add(struct reading *r, rp_bytes in)
{
	begin_text(r);
	rp_plain_add(r->out, in);
}

static void
opened_note(struct reading *r)
{
	r->note = rp_xmlread_depth(r->xml);
	r->note_paragraphs = r->paragraphs;
}

static bool
opened_in_note(struct reading *r)
{
	if (rp_xmlread_is(r->xml, "note-citation")) {
		add(r, RP_BYTES("["));
		r->citation = true;
		rp_plain_break(&r->notes, 2);
		rp_plain_add(&r->notes, RP_BYTES("["));
	} else if (rp_xmlread_is(r->xml, "note-body")) {
		r->out = &r->notes;
		r->paragraphs = 0;
		/* Its first paragraph goes on behind the mark. */
		r->fresh = false;
	} else {
		return false;
	}
	return true;
}

static void
opened_text(struct reading *r)
{
	const struct rp_xmlread *x = r->xml;

	if (r->note != 0 && opened_in_note(r))
		return;
	if (rp_xmlread_is(x, "p") || rp_xmlread_is(x, "h")) {
		if (r->note == 0)
			r->fresh = true;
		r->paragraphs++;
	} else if (rp_xmlread_is(x, "tracked-changes") ||
		   rp_xmlread_is(x, "ruby-text")) {
		r->skip = rp_xmlread_depth(x);
	} else if (rp_xmlread_is(x, "list")) {
		r->lists++;
	} else if (rp_xmlread_is(x, "list-item")) {
		r->fresh_item = true;
	} else if (rp_xmlread_is(x, "note") && r->note == 0) {
		opened_note(r);
	} else if (rp_xmlread_is(x, "s") && r->paragraphs > 0) {
		rp_plain_add(r->out, RP_BYTES(" "));
	} else if (rp_xmlread_is(x, "tab") && !r->fresh) {
		rp_plain_tab(r->out);
	} else if (rp_xmlread_is(x, "line-break") && !r->fresh) {
		rp_plain_break(r->out, 1);
	}
}

static void
opened_table(struct reading *r)
{
	const struct rp_xmlread *x = r->xml;

	if (rp_xmlread_is(x, "table")) {
		rp_plain_break(r->out, r->tables > 0 ? 1 : 2);
		r->tables++;
	} else if (rp_xmlread_is(x, "table-row")) {
		rp_plain_break(r->out, 1);
		r->first_cell = true;
	} else if (rp_xmlread_is(x, "table-cell") ||
		   rp_xmlread_is(x, "covered-table-cell")) {
		if (!r->first_cell)
			rp_plain_tab(r->out);
		r->first_cell = false;
		r->fresh_cell = true;
	}
}

static void
opened(struct reading *r)
{
	const struct rp_xmlread *x = r->xml;

	if (rp_xmlread_in(x, TEXT))
		opened_text(r);
	else if (rp_xmlread_in(x, TABLE))
		opened_table(r);
	else if (rp_xmlread_in(x, OFFICE) &&
		 (rp_xmlread_is(x, "annotation") || rp_xmlread_is(x, "forms")))
		r->skip = rp_xmlread_depth(x);
}

static void
closed_text(struct reading *r)
{
	const struct rp_xmlread *x = r->xml;

	if (rp_xmlread_is(x, "note-citation") && r->citation) {
		r->citation = false;
		rp_plain_add(r->out, RP_BYTES("]"));
		rp_plain_add(&r->notes, RP_BYTES("] "));
	} else if (r->note != 0 && rp_xmlread_depth(x) == r->note) {
		r->note = 0;
		r->out = r->body;
		r->paragraphs = r->note_paragraphs;
		r->fresh = false;
	} else if (rp_xmlread_is(x, "p") || rp_xmlread_is(x, "h")) {
		r->paragraphs -= r->paragraphs > 0;
		r->fresh = true;
	} else if (rp_xmlread_is(x, "list")) {
		r->lists -= r->lists > 0;
		r->was_item = r->was_item && r->lists > 0;
	}
}

static void
closed(struct reading *r)
{
	const struct rp_xmlread *x = r->xml;

	if (rp_xmlread_in(x, TEXT)) {
		closed_text(r);
	} else if (rp_xmlread_in(x, TABLE) && rp_xmlread_is(x, "table") &&
		   r->tables > 0) {
		r->tables--;
		rp_plain_break(r->out, r->tables > 0 ? 1 : 2);
		r->was_item = false;
	}
}

static void
text(struct reading *r)
{
	rp_bytes in = rp_xmlread_text(r->xml);

	if (r->citation) {
		rp_plain_add(r->out, in);
		rp_plain_add(&r->notes, in);
	} else if (r->paragraphs > 0) {
		add(r, in);
	}
}

static struct rp_err *
read_content(struct reading *r)
{
	enum rp_xmlread_event event;

	while (!r->body->truncated && !r->notes.truncated) {
		RP_TRY(rp_xmlread_next(r->xml, &event));
		if (event == RP_XMLREAD_END)
			break;
		if (r->skip != 0) {
			if (event == RP_XMLREAD_CLOSE &&
			    rp_xmlread_depth(r->xml) == r->skip)
				r->skip = 0;
		} else if (event == RP_XMLREAD_OPEN) {
			opened(r);
		} else if (event == RP_XMLREAD_CLOSE) {
			closed(r);
		} else {
			text(r);
		}
	}
	return NULL;
}

struct rp_err *
rp_odt_refuse_encrypted(struct rp_arena *a, struct rp_zip *z)
{
	static const char mark[] = "encryption-data";
	size_t i = rp_zip_find(z, RP_TEXT("META-INF/manifest.xml"));
	rp_bytes octets;

	if (i == SIZE_MAX)
		return NULL;
	RP_TRY(rp_zip_read(a, z, i, &octets));
	if (memmem(octets.p, octets.n, mark, sizeof(mark) - 1) != NULL)
		return rp_fail(RP_E_INVALID, "encrypted document");
	return NULL;
}

struct rp_err *
rp_odt_text(struct rp_arena *a, struct rp_zip *z, struct rp_plain *out)
{
	struct reading r = { .out = out, .body = out, .fresh = true };
	size_t i = rp_zip_find(z, RP_TEXT("content.xml"));
	rp_text notes;
	rp_bytes octets;

	if (i == SIZE_MAX)
		return rp_fail(RP_E_INVALID, "no content.xml");
	RP_TRY(rp_odt_refuse_encrypted(a, z));
	rp_plain_init(&r.notes, a, out->max);
	RP_TRY(rp_zip_read(a, z, i, &octets));
	RP_TRY(rp_xmlread_open(a, octets, &r.xml));
	RP_TRY(read_content(&r));
	notes = rp_plain_done(&r.notes);
	rp_plain_break(out, 2);
	rp_plain_add_lines(out, rp_text_bytes(notes));
	out->truncated |= r.notes.truncated;
	return NULL;
}
