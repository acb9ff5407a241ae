/* desk_speakers_pages - in which order, and how long, a group speaks. */
#include "base/err.h"
#include "domain/right.h"
#include "render/t_desk_speakers.h"
#include "text/input.h"
#include "web/desk.h"
#include "web/speakers.h"
#include "web/staff.h"

#define WORD_MAX 40
#define TYPED_MAX 4000

struct rules {
	struct rp_group g;
	struct rp_speaker_order order;
	rp_text rank[RP_SPEAKER_CLASSES], seconds[RP_SPEAKER_CLASSES];
	bool bad[RP_SPEAKER_CLASSES], bad_instrument;
};

static struct rp_err *
load(const struct rp_request *req, struct rules *f)
{
	*f = (struct rules){ 0 };
	RP_TRY(rp_group_get_by_id(req->who, req->tx, req->params.id,
	    rp_lang_tag(req->reader.lang), &f->g));
	RP_TRY(rp_actor_needs(req->who, RP_MAY_MEET, rp_group_place(&f->g)));
	RP_TRY(rp_speaker_order_get(req->who, req->tx, f->g.id, &f->order));
	for (int i = 0; i < RP_SPEAKER_CLASSES; i++) {
		f->rank[i] = rp_desk_digits(req, f->order.of[i].rank);
		f->seconds[i] = rp_desk_digits(req, f->order.of[i].seconds);
	}
	return NULL;
}

static rp_text
field(const struct rp_request *req, int class, const char *what)
{
	return rp_textf(req->arena, "%.*s_%s",
	    RP_FMT(rp_speaker_class_name((enum rp_speaker_class) class)), what);
}

static void
add_rules(const struct rp_request *req, const struct rules *f,
    struct v_desk_speakers *v)
{
	for (int i = 0; i < RP_SPEAKER_CLASSES; i++) {
		enum rp_speaker_class class = (enum rp_speaker_class)i;
		struct v_desk_speakers_rules row = {
			.class = rp_speaker_class_name(class),
			.name = rp_msg_speaker_class(class),
			.rank = f->rank[i],
			.rank_id = field(req, i, "rank"),
			.seconds = f->seconds[i],
			.seconds_id = field(req, i, "seconds")
		};

		if (f->bad[i])
			rp_web_problem_text(req, &v->errors, row.rank_id.p,
			    rp_web_msg(req, M_speakers_error_rule), &row.error);
		rp_vec_push(req->arena, &v->rules, row);
	}
	for (int i = 0; i < RP_SPEAKER_TURNS; i++) {
		enum rp_speaker_turns turns = (enum rp_speaker_turns)i;
		struct v_desk_speakers_turns one = {
			.value = rp_speaker_turns_name(turns),
			.name = rp_web_msg(req, rp_msg_speaker_turns(turns)),
			.selected = turns == f->order.turns
		};

		rp_vec_push(req->arena, &v->turns, one);
	}
}

static struct rp_err *
show(const struct rp_request *req, const struct rules *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "saved", M_desk_agenda_done_saved },
		{ NULL, M_none },
	};
	struct v_desk_speakers v = { .token = req->csrf,
		.list_url = rp_desk_url(req, "meetings"),
		.group_name = f->g.name.body,
		.action = rp_desk_url(req, "speakers/%lld", (long long)f->g.id),
		.done = rp_desk_word(req, done),
		.instrument = f->order.instrument };
	rp_html content;

	add_rules(req, f, &v);
	if (f->bad_instrument)
		rp_web_problem_text(req, &v.errors, "instrument",
		    rp_web_msg(req, M_posting_error_instrument),
		    &v.instrument_error);
	RP_TRY(rp_web_render(req, desk_speakers, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_speakers_rules), content,
	    out);
}

struct rp_err *
rp_web_desk_speakers(const struct rp_request *req, struct rp_response *out)
{
	struct rules f;

	RP_TRY(load(req, &f));
	return show(req, &f, out);
}

static bool
within(int64_t n, int64_t max)
{
	return n >= 0 && n <= max;
}

static struct rp_err *
read_rules(const struct rp_request *req, struct rules *f, bool *out_bad)
{
	const struct rp_urlform *form = &req->form;
	rp_text turns;

	RP_TRY(rp_form_line(req, form, "turns", WORD_MAX, &turns));
	if (!rp_speaker_turns_from(turns, &f->order.turns))
		return rp_fail(RP_E_INVALID, "no rule of turns");
	RP_TRY(rp_form_line(req, form, "instrument", TYPED_MAX,
	    &f->order.instrument));
	f->bad_instrument = rp_text_blank(f->order.instrument) ||
			    f->order.instrument.n > RP_INSTRUMENT_MAX;
	*out_bad = f->bad_instrument;
	for (int i = 0; i < RP_SPEAKER_CLASSES; i++) {
		struct rp_speaker_rule *r = &f->order.of[i];

		RP_TRY(rp_form_line(req, form, field(req, i, "rank").p,
		    WORD_MAX, &f->rank[i]));
		RP_TRY(rp_form_line(req, form, field(req, i, "seconds").p,
		    WORD_MAX, &f->seconds[i]));
		r->rank = rp_desk_whole(f->rank[i]);
		r->seconds = rp_desk_whole(f->seconds[i]);
		f->bad[i] = !within(r->rank, RP_SPEAKER_RANK_MAX) ||
			    !within(r->seconds, RP_SPEAKER_SECONDS_MAX);
		*out_bad |= f->bad[i];
	}
	return NULL;
}

struct rp_err *
rp_web_desk_speakers_post(const struct rp_request *req, struct rp_response *out)
{
	struct rules f;
	bool bad;

	RP_TRY(load(req, &f));
	RP_TRY(read_rules(req, &f, &bad));
	if (bad) {
		out->status = 400;
		return show(req, &f, out);
	}
	RP_TRY(rp_speaker_order_set(req->who, req->tx, f.g.id, &f.order));
	return rp_desk_done(out, req,
	    rp_desk_url(req, "speakers/%lld", (long long)f.g.id), "saved");
}
