/* desk_invitation_pages - issuing the letter of invitation, at the desk. */
#include "base/err.h"
#include "domain/letterhead.h"
#include "render/t_desk_invitation.h"
#include "web/desk.h"
#include "web/invitation.h"
#include "web/server.h"

static const rp_text occasion = RP_TEXT_INIT("invitation");

struct issuing {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_invitation i; /* as it was issued */
	rp_text number, signature;
	enum rp_invitation_problem problem;
	bool bad;
};

static struct rp_err *
load(const struct rp_request *req, struct issuing *s)
{
	*s = (struct issuing){ 0 };
	RP_TRY(rp_meeting_get_by_id(req->who, req->tx, req->params.id, &s->m));
	RP_TRY(rp_group_get_by_id(req->who, req->tx, s->m.group_id,
	    rp_lang_tag(req->reader.lang), &s->g));
	RP_TRY(rp_actor_needs(req->who, RP_MAY_MEET, rp_group_place(&s->g)));
	RP_TRY(rp_invitation_get(req->who, req->tx, &s->m, &s->i));
	s->number = s->i.number;
	s->signature = s->i.signature;
	return NULL;
}

static enum rp_msg
letter_state(rp_text state)
{
	return rp_text_eq(state, RP_TEXT("made"))    ? M_letter_made :
	       rp_text_eq(state, RP_TEXT("waiting")) ? M_letter_waiting :
						       M_letter_failed;
}

/* The files in all languages: from the letterhead where one was in force. */
static struct rp_err *
add_files(const struct rp_request *req, const struct issuing *s,
    struct v_desk_invitation *v, bool *out_waits)
{
	struct rp_letters all;

	*out_waits = false;
	RP_TRY(rp_letter_list(req->who, req->tx, s->g.id, occasion, s->m.id,
	    &all));
	for (int l = 0; l < RP_LANG_COUNT && s->i.issued_at != 0; l++) {
		rp_text tag = rp_lang_tag((enum rp_lang)l);
		struct v_desk_invitation_files row = { .lang = tag,
			.name = rp_lang_own_name((enum rp_lang)l),
			.url = rp_urlf(req->arena,
			    "/%s/%.*s/meetings/%lld/invitation", tag.p,
			    RP_FMT(s->g.slug), (long long)s->m.ordinal),
			.state = M_letter_plain };

		for (size_t k = 0; k < all.n; k++) {
			const struct rp_letter *one = &all.v[k];

			if (!rp_text_eq(one->lang, tag) ||
			    one->asked_at < s->i.issued_at)
				continue;
			row.state = letter_state(one->state);
			row.reason = one->reason;
			*out_waits |=
			    rp_text_eq(one->state, RP_TEXT("waiting"));
		}
		rp_vec_push(req->arena, &v->files, row);
	}
	return NULL;
}

static rp_url
desk_url(const struct rp_request *req, const struct issuing *s)
{
	return rp_desk_url(req, "meetings/%lld/invitation", (long long)s->m.id);
}

static struct rp_err *
show(const struct rp_request *req, const struct issuing *s,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "issued", M_invitation_done },
		{ NULL, M_none },
	};
	struct v_desk_invitation v = { .token = req->csrf,
		.meeting_url =
		    rp_desk_url(req, "meetings/%lld", (long long)s->m.id),
		.meeting_name = rp_web_meeting_name(req, &s->m),
		.public_url =
		    rp_web_meeting_url(req, &s->g, &s->m, "invitation"),
		.letterheads_url =
		    rp_desk_url(req, "letterheads/%lld", (long long)s->g.id),
		.action = desk_url(req, s),
		.done = rp_desk_word(req, done),
		.number = s->number,
		.signature = s->signature };
	rp_html content;
	bool waits;

	if (rp_actor_may(req->who, RP_MAY_CONTACT, rp_group_place(&s->g)))
		v.send_url = rp_desk_url(req, "announcements/meeting/%lld",
		    (long long)s->m.id);
	RP_TRY(add_files(req, s, &v, &waits));
	if (waits && !s->bad)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	if (s->problem == RP_INVITATION_BAD_NUMBER)
		rp_web_problem_text(req, &v.errors, "number",
		    rp_web_msg(req, M_invitation_error_number),
		    &v.number_error);
	if (s->problem == RP_INVITATION_BAD_SIGNATURE)
		rp_web_problem_text(req, &v.errors, "signature",
		    rp_web_msg(req, M_invitation_error_signature),
		    &v.signature_error);
	out->no_store = true;
	RP_TRY(rp_web_render(req, desk_invitation, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_invitation_title), content,
	    out);
}

struct rp_err *
rp_web_desk_invitation(const struct rp_request *req, struct rp_response *out)
{
	struct issuing s;

	RP_TRY(load(req, &s));
	return show(req, &s, out);
}

/* Have the letterhead filled in each language, if there is one. */
static struct rp_err *
ask_letters(const struct rp_request *req, const struct issuing *s)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	bool asked = true;

	for (int l = 0; l < RP_LANG_COUNT && asked; l++) {
		struct rp_request in = *req;
		struct rp_web_invitation i;
		struct rp_group g;
		rp_text facts;

		in.reader =
		    (struct rp_reader){ (enum rp_lang)l, o->locales[l] };
		RP_TRY(rp_group_get_by_id(req->who, req->tx, s->g.id,
		    rp_lang_tag((enum rp_lang)l), &g));
		RP_TRY(rp_web_invitation_of(&in, &g, &s->m, &i));
		RP_TRY(rp_web_invitation_facts(&in, &i, &facts));
		RP_TRY(rp_letter_ask(req->who, req->tx, s->g.id, occasion,
		    s->m.id, rp_lang_tag((enum rp_lang)l), facts, &asked));
	}
	return NULL;
}

struct rp_err *
rp_web_desk_invitation_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct rp_invitation in;
	struct issuing s;

	RP_TRY(load(req, &s));
	RP_TRY(
	    rp_form_line(req, &req->form, "number", RP_WORDING_MAX, &s.number));
	RP_TRY(rp_form_text(req, &req->form, "signature", RP_WORDING_MAX,
	    &s.signature));
	in = (struct rp_invitation){ .number = s.number,
		.signature = s.signature };
	s.problem = rp_invitation_check(&in);
	s.bad = s.problem != RP_INVITATION_FINE;
	if (s.bad) {
		out->status = 400;
		return show(req, &s, out);
	}
	RP_TRY(rp_invitation_issue(req->who, req->tx, &s.m, &in));
	RP_TRY(ask_letters(req, &s));
	return rp_desk_done(out, req, desk_url(req, &s), "issued");
}
