/*
 * topic_guidance - what the Council is asked on: a proposal that the group did
 * not agree on, with what was proposed beside it, how many are for and against,
 * and how it went. Delegations are counted, and named as authors only.
 */
#include "base/buf.h"
#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/docx_new.h"
#include "codec/html_doc.h"
#include "codec/sink.h"
#include "text/format.h"
#include "web/topics.h"

#define PACK_MAX ((size_t)8 << 20)

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))

struct making {
	const struct rp_request *req;
	struct rp_web_topic f;
	struct rp_wordings parties;
	struct rp_doc_build b;
	struct rp_doc_runs runs;
	uint32_t table, row;
};

static struct rp_err *
put(struct making *k, const struct rp_block *block, rp_text t)
{
	struct rp_run run = { .text = t };

	if (t.n == 0)
		return NULL;
	RP_TRY(rp_doc_build_run(&k->b, &k->runs, &run));
	return rp_doc_build_block(&k->b, &k->b.doc->body.blocks, block,
	    &k->runs);
}

static struct rp_err *
heading(struct making *k, uint8_t level, rp_text t, rp_text lang)
{
	return put(k,
	    &(struct rp_block){ .kind = RP_BLOCK_HEADING,
		.level = level,
		.lang = lang },
	    t);
}

static struct rp_err *
paragraph(struct making *k, rp_text t, rp_text lang)
{
	return put(k, &(struct rp_block){ .lang = lang }, t);
}

static struct rp_err *
item(struct making *k, rp_text t, rp_text lang)
{
	return put(k,
	    &(struct rp_block){ .kind = RP_BLOCK_ITEM,
		.lang = lang,
		.label = { .kind = RP_LABEL_AUTO,
		    .style = RP_LABEL_BULLET,
		    .text = RP_TEXT("•"),
		    .list = 1 } },
	    t);
}

static struct rp_err *
lines(struct making *k, rp_text t, rp_text lang)
{
	for (size_t at = 0; at < t.n;) {
		size_t end = rp_text_find(t, '\n', at);

		RP_TRY(
		    paragraph(k, rp_text_trim(rp_text_sub(t, at, end)), lang));
		at = end + 1;
	}
	return NULL;
}

static rp_text
say(const struct making *k, enum rp_msg id)
{
	return rp_web_msg(k->req, id);
}

static rp_text
own(const struct making *k)
{
	return rp_lang_tag(k->req->reader.lang);
}

static struct rp_err *
proposal(struct making *k, const struct rp_proposal *m,
    const struct rp_proposal_text *t)
{
	const struct rp_msg_arg n[] = { RP_MSG_NUM(m->number) };
	rp_text number =
	    rp_message(k->req->arena, &k->req->reader, M_topics_number, n, 1);

	RP_TRY(heading(k, 2, t->title, t->lang));
	RP_TRY(paragraph(k,
	    rp_textf(k->req->arena, "%.*s – %.*s – %.*s", RP_FMT(number),
		RP_FMT(rp_web_topic_party(k->req, &k->parties, m->party_id)),
		RP_FMT(say(k, rp_msg_topic_state(m->shown)))),
	    own(k)));
	RP_TRY(paragraph(k,
	    rp_textf(k->req->arena, "%.*s: %.*s", RP_FMT(say(k, M_topic_issue)),
		RP_FMT(t->issue)),
	    t->lang));
	RP_TRY(heading(k, 3, say(k, M_topic_rationale), own(k)));
	RP_TRY(lines(k, t->rationale, t->lang));
	RP_TRY(heading(k, 3, say(k, M_topic_questions), own(k)));
	for (size_t i = 0; i < t->questions.n; i++)
		RP_TRY(item(k, t->questions.v[i].body, t->lang));
	return NULL;
}

static struct rp_err *
cells(struct making *k, rp_text name, int64_t n)
{
	struct rp_block b = { .lang = own(k),
		.cell = { .table = 1, .row = ++k->row, .column = 1 } };

	RP_TRY(put(k, &b, name));
	b.cell.column = 2;
	return put(k, &b,
	    rp_format_i64(k->req->reader.locale, k->req->arena, n));
}

static struct rp_err *
positions(struct making *k)
{
	struct rp_proposal_positions log;
	struct rp_proposal_counts c;

	RP_TRY(rp_proposal_log(k->req->who, k->req->tx, &k->f.s.p, &k->f.m,
	    &log, &c));
	/* A member who reads the pack is not told the counts. */
	if (!k->f.s.p.may_meet && !k->f.s.p.may_steer)
		return NULL;
	RP_TRY(heading(k, 1, say(k, M_topic_positions), own(k)));
	RP_TRY(paragraph(k, say(k, M_guidance_positions_what), own(k)));
	RP_TRY(cells(k, say(k, M_topic_stance_for), c.for_it));
	RP_TRY(cells(k, say(k, M_topic_stance_neutral), c.neutral));
	return cells(k, say(k, M_topic_stance_against), c.against);
}

/* What was said against it: the words, not whose they are. */
static struct rp_err *
objections(struct making *k)
{
	struct rp_silence s;

	RP_TRY(rp_silence_get(k->req->who, k->req->tx, &k->f.s.p, &k->f.m, &s));
	if (s.objections.n == 0)
		return NULL;
	RP_TRY(heading(k, 1, say(k, M_guidance_objections), own(k)));
	for (size_t i = 0; i < s.objections.n; i++)
		if (IS(s.objections.v[i].state, "standing"))
			RP_TRY(item(k, s.objections.v[i].reason, RP_TEXT("")));
	return NULL;
}

static struct rp_err *
others(struct making *k, const struct rp_proposals *all)
{
	bool begun = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct rp_proposal *m = &all->v[i];
		bool parent = m->merged_into == k->f.m.number;
		bool stands =
		    IS(m->state, "discussed") || IS(m->state, "supported") ||
		    IS(m->state, "carried_over") || IS(m->state, "council");

		if (m->id == k->f.m.id || m->number == 0 ||
		    (!parent && !stands))
			continue;
		if (!begun)
			RP_TRY(
			    heading(k, 1, say(k, M_guidance_others), own(k)));
		begun = true;
		RP_TRY(proposal(k, m, &m->text));
	}
	return NULL;
}

static struct rp_err *
history(struct making *k, const struct rp_proposal_history *h)
{
	RP_TRY(heading(k, 1, say(k, M_topic_history), own(k)));
	for (size_t i = 0; i < h->steps.n; i++) {
		const struct rp_proposal_step *s = &h->steps.v[i];

		RP_TRY(item(k,
		    rp_textf(k->req->arena, "%.*s: %.*s%s%.*s",
			RP_FMT(rp_web_date(k->req, k->f.s.g.zone, s->at)),
			RP_FMT(say(k, rp_msg_topic_state(s->to))),
			s->note.n > 0 ? ". " : "", RP_FMT(s->note)),
		    own(k)));
	}
	return NULL;
}

static struct rp_err *
make(const struct rp_request *req, struct rp_document **out)
{
	struct making *k = rp_new(req->arena, struct making);
	struct rp_proposal_history h;
	struct rp_proposals all;

	k->req = req;
	RP_TRY(rp_web_topic_find(req, &k->f));
	if (!rp_web_topic_has_guidance(&k->f.s, &k->f.m))
		return rp_fail(RP_E_NOTFOUND, "no pack for it");
	RP_TRY(rp_proposal_names(req->who, req->tx, &k->parties));
	RP_TRY(rp_proposal_history(req->who, req->tx, &k->f.s.p, &k->f.m, &h));
	RP_TRY(rp_proposal_list(req->who, req->tx, &k->f.s.p, &all));
	rp_doc_build_init(&k->b, req->arena);
	k->b.doc->lang = own(k);
	k->b.doc->title = say(k, M_guidance_title);
	RP_TRY(heading(k, 0, say(k, M_guidance_title), own(k)));
	RP_TRY(paragraph(k, k->f.s.g.name.body, k->f.s.g.name.lang));
	RP_TRY(heading(k, 1, say(k, M_guidance_action), own(k)));
	RP_TRY(paragraph(k, say(k, M_guidance_action_what), own(k)));
	RP_TRY(heading(k, 1, say(k, M_topics_proposed), own(k)));
	RP_TRY(proposal(k, &k->f.m, &h.revisions.v[h.revisions.n - 1]));
	RP_TRY(others(k, &all));
	RP_TRY(positions(k));
	RP_TRY(objections(k));
	RP_TRY(history(k, &h));
	*out = k->b.doc;
	return NULL;
}

static void
named(const struct rp_request *req, const char *kind, struct rp_response *out)
{
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"guidance-%lld.%s\"",
		(long long)req->params.n, kind));
	out->no_store = true;
}

struct rp_err *
rp_web_topic_guidance_docx(const struct rp_request *req,
    struct rp_response *out)
{
	struct rp_docx_new how = { .max = PACK_MAX };
	struct rp_document *d;

	RP_TRY(make(req, &d));
	RP_TRY(rp_docx_new(req->arena, d, &how, &out->body));
	out->type = "application/vnd.openxmlformats-officedocument."
		    "wordprocessingml.document";
	named(req, "docx", out);
	return NULL;
}

struct rp_err *
rp_web_topic_guidance_html(const struct rp_request *req,
    struct rp_response *out)
{
	struct rp_html_doc_texts words = rp_html_doc_english;
	struct rp_html_doc_options how = { .texts = &words, .complete = true };
	struct rp_document *d;
	struct rp_sink sink;
	struct rp_buf buf;

	RP_TRY(make(req, &d));
	words.lang = rp_lang_tag(req->reader.lang);
	rp_buf_init(&buf, req->arena, PACK_MAX);
	rp_sink_to_buf(&sink, req->arena, &buf);
	rp_html_doc_write(&sink, d, &how);
	RP_TRY(rp_sink_flush(&sink));
	named(req, "html", out);
	return rp_buf_bytes(&buf, &out->body);
}
