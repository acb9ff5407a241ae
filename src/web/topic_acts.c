/*
 * topic_acts - what is done on the page of one proposed topic.
 */
#include "base/err.h"
#include "domain/merging.h"
#include "text/input.h"
#include "web/desk.h"
#include "web/topics.h"

static struct rp_err *
done(const struct rp_request *req, const struct rp_web_topic *f,
    struct rp_response *out)
{
	return rp_desk_done(out, req,
	    rp_web_topics_url(req, &f->s.g, "%lld/", (long long)f->m.number),
	    "entered");
}

/* The page once more, with what is wrong beside its field. */
static struct rp_err *
again(const struct rp_request *req, struct rp_web_topic *f,
    struct rp_response *out)
{
	out->status = 400;
	return rp_web_topic_show(req, f, out);
}

/*
 * What came of an act: done, or the field whose fault it is if the domain found
 * it wrong, or told that the proposal is no longer as the page had it.
 */
static struct rp_err *
ended(const struct rp_request *req, struct rp_web_topic *f, struct rp_err *e,
    bool *fault, struct rp_response *out)
{
	if (e == NULL)
		return done(req, f, out);
	if (rp_err_code(e) == RP_E_INVALID && fault != NULL)
		*fault = true;
	else if (rp_err_code(e) == RP_E_CONFLICT || rp_err_code(e) == RP_E_GONE)
		f->changed = true;
	else
		return e;
	rp_err_free(e);
	return again(req, f, out);
}

static struct rp_err *
words(const struct rp_request *req, const char *name, rp_text *out)
{
	return rp_form_text(req, &req->form, name, RP_PROPOSAL_NOTE_MAX, out);
}

static struct rp_err *
word(const struct rp_request *req, const char *name, rp_text *out)
{
	return rp_form_line(req, &req->form, name, RP_PROPOSAL_WORD_MAX, out);
}

static struct rp_err *
consent(const struct rp_request *req, struct rp_web_topic *f, bool agrees,
    struct rp_response *out)
{
	int64_t parent = rp_desk_number(req, &req->form, "parent");
	bool fault = false;

	RP_TRY(words(req, "reason", &f->reason));
	if (!agrees && rp_text_blank(f->reason)) {
		f->parent = parent;
		return again(req, f, out);
	}
	return ended(req, f,
	    rp_merging_consent(req->who, req->tx, &f->s.p, &f->m, parent,
		agrees, f->reason),
	    &fault, out);
}

static struct rp_err *
object(const struct rp_request *req, struct rp_web_topic *f, bool back,
    struct rp_response *out)
{
	rp_text kind;

	RP_TRY(words(req, "reason", &f->reason));
	RP_TRY(word(req, "kind", &kind));
	f->party = rp_desk_number(req, &req->form, "party");
	f->is_reservation = rp_text_eq(kind, RP_TEXT("reservation"));
	if (back)
		return ended(req, f,
		    rp_silence_take_back(req->who, req->tx, &f->s.p, &f->m,
			f->party),
		    NULL, out);
	return ended(req, f,
	    rp_silence_object(req->who, req->tx, &f->s.p, &f->m, f->party, kind,
		f->reason),
	    &f->bad_object, out);
}

static struct rp_err *
position(const struct rp_request *req, struct rp_web_topic *f,
    struct rp_response *out)
{
	f->party = rp_desk_number(req, &req->form, "party");
	RP_TRY(word(req, "stance", &f->stance));
	RP_TRY(words(req, "words", &f->words));
	return ended(req, f,
	    rp_proposal_take(req->who, req->tx, &f->s.p, &f->m, f->party,
		f->stance, f->words),
	    &f->bad_take, out);
}

static struct rp_err *
outcome(const struct rp_request *req, struct rp_web_topic *f,
    struct rp_response *out)
{
	bool agreed, plain;

	RP_TRY(word(req, "state", &f->state));
	RP_TRY(words(req, "note", &f->note));
	RP_TRY(word(req, "opens_on", &f->opens_on));
	RP_TRY(word(req, "closes_on", &f->closes_on));
	agreed = rp_text_eq(f->state, RP_TEXT("agreed"));
	plain = rp_text_eq(f->state, RP_TEXT("discussed")) ||
		rp_text_eq(f->state, RP_TEXT("supported"));
	f->bad_outcome = f->state.n == 0;
	f->bad_note = !f->bad_outcome && !plain && rp_text_blank(f->note);
	f->bad_window =
	    agreed && !rp_proposal_window_ok(f->opens_on, f->closes_on);
	if (f->bad_outcome || f->bad_note || f->bad_window)
		return again(req, f, out);
	return ended(req, f,
	    rp_proposal_outcome(req->who, req->tx, &f->s.p, &f->m, f->state,
		f->note, f->opens_on, f->closes_on),
	    &f->bad_outcome, out);
}

static struct rp_err *
silence(const struct rp_request *req, struct rp_web_topic *f,
    struct rp_response *out)
{
	RP_TRY(word(req, "until", &f->until));
	RP_TRY(word(req, "opens_on", &f->s_opens_on));
	RP_TRY(word(req, "closes_on", &f->s_closes_on));
	f->bad_silence_window =
	    !rp_proposal_window_ok(f->s_opens_on, f->s_closes_on);
	if (f->bad_silence_window)
		return again(req, f, out);
	return ended(req, f,
	    rp_silence_open(req->who, req->tx, &f->s.p, &f->m, f->s.g.zone,
		f->until, f->s_opens_on, f->s_closes_on),
	    &f->bad_until, out);
}

struct rp_err *
rp_web_topic_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_web_topic f;

	RP_TRY(rp_web_topic_find(req, &f));
	if (rp_desk_button(req, "agree"))
		return consent(req, &f, true, out);
	if (rp_desk_button(req, "refuse"))
		return consent(req, &f, false, out);
	if (rp_desk_button(req, "object"))
		return object(req, &f, false, out);
	if (rp_desk_button(req, "take_back"))
		return object(req, &f, true, out);
	if (rp_desk_button(req, "position"))
		return position(req, &f, out);
	if (rp_desk_button(req, "outcome"))
		return outcome(req, &f, out);
	if (rp_desk_button(req, "silence"))
		return silence(req, &f, out);
	if (rp_desk_button(req, "stop"))
		return ended(req, &f,
		    rp_silence_stop(req->who, req->tx, &f.s.p, &f.m), NULL,
		    out);
	if (rp_desk_button(req, "withdraw"))
		return ended(req, &f,
		    rp_proposal_withdraw(req->who, req->tx, &f.s.p, &f.m), NULL,
		    out);
	return rp_fail(RP_E_INVALID, "no such act");
}
