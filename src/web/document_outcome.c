#include "web/document_outcome.h"

#include "base/err.h"
#include "render/meeting_report.h"
#include "text/format.h"
#include "web/agenda.h"
#include "web/report.h"

static enum rp_msg
standing(const struct rp_document_decided *d)
{
	switch (d->standing) {
	case RP_STANDING_ON_AGENDA:
		return M_document_standing_agenda;
	case RP_STANDING_OPEN:
		return M_document_standing_open;
	case RP_STANDING_CONSIDERED:
		return M_document_standing_considered;
	case RP_STANDING_ENDED:
		return rp_msg_outcome(d->last);
	case RP_STANDING_NONE:
	case RP_STANDING_POSTED:
		break;
	}
	return M_none;
}

/* The lines of the report, if the reader may read it. */
struct reported {
	struct rp_report_lines lines;
	rp_text lang;
	rp_url url;
};

static struct rp_err *
read_report(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_document_decided *d,
    struct reported *out)
{
	rp_bytes octets;

	*out = (struct reported){ 0 };
	if (!d->has_report || d->items.n == 0)
		return NULL;
	RP_TRY(rp_document_report(req->who, req->tx, m, d,
	    rp_lang_tag(req->reader.lang), &out->lang, &octets));
	out->url = rp_web_meeting_url(req, g, m, "report/");
	return rp_web_report_read(req, octets, &out->lines);
}

/* Its number: "5.1.2", and of a letter "5.1.2 c)". */
static rp_text
number_of(const struct rp_request *req, const struct rp_report_lines *all,
    size_t i)
{
	size_t section = i;

	if (all->v[i].kind != RP_LINE_LETTER)
		return all->v[i].label;
	while (section > 0 && all->v[section].kind != RP_LINE_SECTION)
		section--;
	return rp_textf(req->arena, "%.*s %.*s", RP_FMT(all->v[section].label),
	    RP_FMT(all->v[i].label));
}

/* Where it says how that ended, or what is nearest to it; empty: nowhere. */
static rp_text
paragraph_of(const struct rp_request *req, const struct reported *r,
    int64_t item_id, int64_t document_id)
{
	long long item = item_id, document = document_id;
	const rp_text of[] = {
		rp_textf(req->arena, "item-%lld-paper-ended-%lld", item,
		    document),
		rp_textf(req->arena, "item-%lld-paper-%lld-ended-1", item,
		    document),
		rp_textf(req->arena, "item-%lld-ended-1", item),
		rp_textf(req->arena, "item-%lld-discussion-%lld", item,
		    document),
		rp_textf(req->arena, "item-%lld-paper-%lld", item, document),
		rp_textf(req->arena, "item-%lld-title-1", item),
	};

	for (size_t k = 0; k < sizeof(of) / sizeof(of[0]); k++) {
		for (size_t i = 0; i < r->lines.n; i++) {
			if (rp_text_eq(r->lines.v[i].origin, of[k]) &&
			    r->lines.v[i].label.n > 0)
				return number_of(req, &r->lines, i);
		}
	}
	return RP_TEXT("");
}

static void
add_outcomes(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_item_outcomes *all, struct v_document_outcomes_items *row)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_item_outcome *o = &all->v[i];
		const struct rp_report_outcome said = { .verb = o->verb,
			.object = o->object,
			.reservation = o->reservation };
		struct v_document_outcomes_items_outcomes one = {
			.verb = rp_msg_outcome(o->verb),
			.sentence =
			    rp_report_sentence(req->arena, &req->reader, &said),
			.time = rp_web_date(req, m->zone, o->at),
			.iso = rp_web_iso(req, o->at)
		};

		rp_vec_push(req->arena, &row->outcomes, one);
	}
}

static void
add_item(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, int64_t document_id,
    const struct rp_document_item *i, const struct reported *r,
    struct v_document_outcomes *out)
{
	const struct rp_msg_arg n[] = { RP_MSG_TEXT(
					    rp_web_meeting_name(req, m)),
		RP_MSG_NUM(i->item.number) };
	struct rp_web_title title = rp_web_item_title(req, &i->item);
	struct v_document_outcomes_items row = {
		.item = rp_message(req->arena, &req->reader,
		    M_document_outcomes_item, n, 2),
		.url = rp_web_meeting_url(req, g, m,
		    rp_textf(req->arena, "#i%lld", (long long)i->item.id).p),
		.title = title.text,
		.lang = title.lang
	};

	if (i->outcomes.n == 0)
		row.state = rp_msg_item_state(i->item.state);
	add_outcomes(req, m, &i->outcomes, &row);
	row.paragraph = paragraph_of(req, r, i->item.id, document_id);
	if (row.paragraph.n > 0)
		row.report_url = r->url;
	rp_vec_push(req->arena, &out->items, row);
}

struct rp_err *
rp_web_document_outcome(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    struct v_document_outcomes *out, enum rp_msg *out_standing)
{
	int64_t id = d->parent_id != 0 ? d->parent_id : d->id;
	struct rp_document_decided decided;
	struct reported report;

	RP_TRY(rp_document_decided(req->who, req->tx, m, d,
	    rp_lang_tag(req->reader.lang), &decided));
	*out_standing = standing(&decided);
	RP_TRY(read_report(req, g, m, &decided, &report));
	for (size_t i = 0; i < decided.items.n; i++)
		add_item(req, g, m, id, &decided.items.v[i], &report, out);
	return NULL;
}
