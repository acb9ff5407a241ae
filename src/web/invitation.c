#include "web/invitation.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "domain/letterhead.h"
#include "domain/officer.h"
#include "domain/posting.h"
#include "text/format.h"
#include "text/zone.h"
#include "web/server.h"

/* What it says. */

static rp_text
say(const struct rp_request *req, enum rp_msg id, const struct rp_msg_arg *args,
    size_t n)
{
	return rp_message(req->arena, &req->reader, id, args, n);
}

static rp_url
absolute(const struct rp_request *req, rp_url own)
{
	return rp_urlf(req->arena, "%s%s",
	    rp_web_options_of(req->web)->public_url.p, own.p);
}

static void
add_text(const struct rp_request *req, struct rp_web_invitation *v)
{
	rp_text group = v->g.acronym.n > 0 ? v->g.acronym : v->g.name.body;
	rp_text ordinal =
	    rp_format_ordinal(req->reader.locale, req->arena, v->m.ordinal);
	const struct rp_msg_arg title[] = { RP_MSG_TEXT(group),
		RP_MSG_TEXT(ordinal) };
	const struct rp_msg_arg text[] = { RP_MSG_TEXT(v->g.name.body),
		RP_MSG_TEXT(v->m.place) };

	v->title = say(req, M_invitation_title_of, title, 2);
	v->text = say(req, M_invitation_text, text, 2);
	v->salutation = rp_web_msg(req, M_announce_dear);
	v->closing = rp_web_msg(req, M_announce_faithfully);
	v->registering = rp_web_msg(req, M_invitation_registering);
	v->accessibility = rp_web_msg(req, M_invitation_accessibility);
}

/* "First half: 4 October at 09:30 to … – everybody" */
static void
add_parts(const struct rp_request *req, const struct rp_agenda *a,
    struct rp_web_invitation *v)
{
	for (size_t i = 0; i < a->parts.n; i++) {
		const struct rp_meeting_part *p = &a->parts.v[i];
		struct rp_web_title t = rp_web_part_title(req, p, i + 1);
		const struct rp_msg_arg args[] = {
			RP_MSG_MSG(rp_msg_part_access(p->access)),
			RP_MSG_TEXT(rp_web_part_time(req, &v->m, p)),
			RP_MSG_TEXT(t.text)
		};

		rp_vec_push(req->arena, &v->parts,
		    say(req, M_invitation_part, args, 3));
	}
}

static struct rp_err *
add_deadlines(const struct rp_request *req, struct rp_web_invitation *v)
{
	struct rp_posting_rules all;
	const struct rp_zone *zone;

	RP_TRY(rp_posting_list(req->who, req->tx, v->g.id, &all));
	RP_TRY(rp_zone_get(req->who->env->zones, v->m.zone, &zone));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_posting_rule *r = &all.v[i];
		int64_t at = rp_posting_deadline(zone, v->m.opens_at, r->days);
		const struct rp_msg_arg args[] = { RP_MSG_MSG(rp_msg_posting(
						       r->effect)),
			RP_MSG_MSG(r->kind.n > 0 ?
				       rp_msg_document_kind(r->kind) :
				       M_posting_all_kinds),
			RP_MSG_TEXT(rp_web_time(req, v->m.zone, at)) };

		if (r->effect != RP_POSTING_EXEMPT && r->days > 0)
			rp_vec_push(req->arena, &v->deadlines,
			    say(req, M_invitation_deadline, args, 3));
	}
	return NULL;
}

static struct rp_err *
add_chair(const struct rp_request *req, struct rp_web_invitation *v)
{
	struct rp_officers all;

	RP_TRY(rp_officer_list(req->tx, v->g.id, req->now, &all));
	for (size_t i = 0; i < all.n && v->chair.n == 0; i++) {
		if (rp_text_eq(all.v[i].office, RP_TEXT("chair")))
			v->chair = all.v[i].name;
	}
	return NULL;
}

struct rp_err *
rp_web_invitation_of(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, struct rp_web_invitation *out)
{
	struct rp_agenda agenda;

	*out = (struct rp_web_invitation){ .g = *g, .m = *m };
	RP_TRY(rp_invitation_get(req->who, req->tx, m, &out->i));
	RP_TRY(rp_agenda_get(req->who, req->tx, m,
	    rp_lang_tag(req->reader.lang), &agenda));
	add_text(req, out);
	out->date = rp_web_date(req, m->zone,
	    out->i.issued_at != 0 ? out->i.issued_at : req->now);
	out->opens = rp_web_time(req, m->zone, m->opens_at);
	out->closes = rp_web_time(req, m->zone, m->closes_at);
	out->mode = rp_web_msg(req, rp_msg_meeting_mode(m->mode));
	out->page = absolute(req, rp_web_meeting_url(req, g, m, ""));
	out->registration =
	    absolute(req, rp_web_meeting_url(req, g, m, "registration"));
	add_parts(req, &agenda, out);
	RP_TRY(add_deadlines(req, out));
	return add_chair(req, out);
}

struct rp_err *
rp_web_invitation_find(const struct rp_request *req,
    struct rp_web_invitation *out)
{
	struct rp_meeting m;
	struct rp_group g;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &g));
	RP_TRY(rp_meeting_get(req->who, req->tx, g.id, req->params.n, &m));
	return rp_web_invitation_of(req, &g, &m, out);
}

/* As a document. */

struct making {
	struct rp_doc_build b;
	struct rp_doc_runs runs;
	rp_text lang;
};

static struct rp_err *
put(struct making *k, struct rp_block block, rp_text t)
{
	const struct rp_run run = { .text = t };

	if (t.n == 0)
		return NULL;
	block.lang = k->lang;
	RP_TRY(rp_doc_build_run(&k->b, &k->runs, &run));
	return rp_doc_build_block(&k->b, &k->b.doc->body.blocks, &block,
	    &k->runs);
}

static struct rp_err *
heading(struct making *k, uint8_t level, rp_text t)
{
	return put(k,
	    (struct rp_block){ .kind = RP_BLOCK_HEADING, .level = level }, t);
}

static struct rp_err *
paragraph(struct making *k, rp_text t)
{
	return put(k, (struct rp_block){ 0 }, t);
}

static struct rp_err *
list(struct making *k, rp_text name, const struct rp_web_invitation_lines *all)
{
	if (all->n == 0)
		return NULL;
	RP_TRY(heading(k, 1, name));
	for (size_t i = 0; i < all->n; i++)
		RP_TRY(put(k,
		    (struct rp_block){ .kind = RP_BLOCK_ITEM,
			.label = { .kind = RP_LABEL_AUTO,
			    .style = RP_LABEL_BULLET,
			    .text = RP_TEXT("•"),
			    .list = 1 } },
		    all->v[i]));
	return NULL;
}

static struct rp_err *
fact(struct making *k, const struct rp_request *req, enum rp_msg name,
    rp_text value)
{
	if (value.n == 0)
		return NULL;
	return paragraph(k, rp_textf(req->arena, "%.*s: %.*s",
				RP_FMT(rp_web_msg(req, name)), RP_FMT(value)));
}

static struct rp_err *
signature(struct making *k, rp_text lines)
{
	for (size_t at = 0; at < lines.n;) {
		size_t end = rp_text_find(lines, '\n', at);

		RP_TRY(paragraph(k, rp_text_trim(rp_text_sub(lines, at, end))));
		at = end + 1;
	}
	return NULL;
}

static struct rp_err *
body(struct making *k, const struct rp_request *req,
    const struct rp_web_invitation *v)
{
	RP_TRY(paragraph(k, v->salutation));
	RP_TRY(paragraph(k, v->text));
	RP_TRY(fact(k, req, M_meeting_opens, v->opens));
	RP_TRY(fact(k, req, M_meeting_closes, v->closes));
	RP_TRY(fact(k, req, M_meeting_place, v->m.place));
	RP_TRY(fact(k, req, M_meeting_mode, v->mode));
	RP_TRY(fact(k, req, M_desk_agenda_chair, v->chair));
	RP_TRY(list(k, rp_web_msg(req, M_invitation_parts), &v->parts));
	RP_TRY(list(k, rp_web_msg(req, M_invitation_deadlines), &v->deadlines));
	RP_TRY(heading(k, 1, rp_web_msg(req, M_registration_title)));
	RP_TRY(paragraph(k, v->registering));
	RP_TRY(paragraph(k, rp_text_z(v->registration.p)));
	RP_TRY(heading(k, 1, rp_web_msg(req, M_frame_accessibility)));
	RP_TRY(paragraph(k, v->accessibility));
	RP_TRY(paragraph(k, rp_text_z(v->page.p)));
	RP_TRY(paragraph(k, v->closing));
	return signature(k, v->i.signature);
}

struct rp_err *
rp_web_invitation_document(const struct rp_request *req,
    const struct rp_web_invitation *v, struct rp_document **out)
{
	struct making *k = rp_new(req->arena, struct making);

	k->lang = rp_lang_tag(req->reader.lang);
	rp_doc_build_init(&k->b, req->arena);
	k->b.doc->lang = k->lang;
	k->b.doc->title = v->title;
	RP_TRY(paragraph(k, v->g.body_name.body));
	RP_TRY(paragraph(k, v->i.number));
	RP_TRY(paragraph(k, v->date));
	RP_TRY(heading(k, 0, v->title));
	RP_TRY(body(k, req, v));
	*out = k->b.doc;
	return NULL;
}

/* As facts. */

static rp_text
joined(struct rp_arena *a, const struct rp_web_invitation_lines *all)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < all->n; i++)
		out = rp_textf(a, "%.*s%s%.*s", RP_FMT(out), i > 0 ? "\n" : "",
		    RP_FMT(all->v[i]));
	return out;
}

struct rp_err *
rp_web_invitation_facts(const struct rp_request *req,
    const struct rp_web_invitation *v, rp_text *out)
{
	const struct {
		const char *name;
		rp_text value;
	} facts[] = {
		{ "accessibility", v->accessibility },
		{ "address", rp_text_z(v->page.p) },
		{ "chair", v->chair },
		{ "closes", v->closes },
		{ "closing", v->closing },
		{ "date", v->date },
		{ "deadlines", joined(req->arena, &v->deadlines) },
		{ "group", v->g.name.body },
		{ "language", rp_lang_own_name(req->reader.lang) },
		{ "meeting", rp_web_meeting_name(req, &v->m) },
		{ "mode", v->mode },
		{ "number", v->i.number },
		{ "opens", v->opens },
		{ "ordinal", rp_format_ordinal(req->reader.locale, req->arena,
				 v->m.ordinal) },
		{ "parts", joined(req->arena, &v->parts) },
		{ "place", v->m.place },
		{ "registration", rp_text_z(v->registration.p) },
		{ "salutation", v->salutation },
		{ "signature", v->i.signature },
		{ "text", v->text },
		{ "title", v->title },
	};
	struct rp_json_writer w;
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;

	rp_buf_init(&b, req->arena, RP_LETTER_FACTS_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_json_init(&w, &sink);
	rp_json_object_begin(&w);
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		rp_json_key(&w, rp_text_z(facts[i].name));
		rp_json_put_text(&w, facts[i].value);
	}
	rp_json_object_end(&w);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	*out = rp_text_trusted(req->arena, octets);
	return NULL;
}
