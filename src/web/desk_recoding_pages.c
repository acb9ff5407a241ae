/*
 * desk_recoding_pages - the second coder: passages drawn, coded blind, how the
 * two agree, and where they differ.
 */
#include "base/buf.h"
#include "base/err.h"
#include "domain/recoding.h"
#include "render/t_desk_agreement.h"
#include "render/t_desk_recoding.h"
#include "render/t_desk_recodings.h"
#include "text/format.h"
#include "web/theme.h"

#define SPAN_MAX 70
#define WORD_MAX 20
#define UNITS 10 /* on one page: the script shows one after another */
#define DIFFERENCES 20
#define SIZE 100 /* passages, unless another number is typed */

static rp_text
id_text(const struct rp_request *req, int64_t id)
{
	return rp_textf(req->arena, "%lld", (long long)id);
}

static rp_text
number(const struct rp_request *req, int64_t n)
{
	return rp_format_i64(req->reader.locale, req->arena, n);
}

static rp_url
recoding_url(const struct rp_request *req, int64_t id, const char *rest)
{
	return rp_desk_url(req, "recodings/%lld%s", (long long)id, rest);
}

/* What was drawn. */

struct drawing {
	struct rp_theme_page p;
	rp_text size, basis;
	enum rp_msg size_error;
};

static struct v_desk_recodings_rows
row_of(const struct rp_request *req, const struct rp_theme_page *p,
    const struct rp_recoding *r)
{
	const struct rp_msg_arg by[] = { RP_MSG_TEXT(r->person),
		RP_MSG_TEXT(rp_web_time(req, p->c.zone, r->asked_at)) };
	bool mine = r->coder_id != 0 && r->coder_id == req->who->person_id;
	bool done = rp_recoding_done(r);
	struct v_desk_recodings_rows row = { .id = id_text(req, r->id),
		.basis = rp_text_eq(r->basis, RP_TEXT("sample")) ?
			     M_theme_recode_basis_sample :
			     M_theme_recode_basis_uncertain,
		.by = rp_message(req->arena, &req->reader,
		    M_theme_recode_asked_by, by, 2),
		.coder = r->coder,
		.has_coder = r->coder_id != 0,
		.n = r->coded,
		.all = r->units,
		.is_done = done,
		.can_begin = r->coder_id == 0 };

	if (mine && !done)
		row.code_url = recoding_url(req, r->id, "");
	if (r->coder_id != 0 && (!mine || done))
		row.agreement_url = recoding_url(req, r->id, "/agreement");
	return row;
}

static struct rp_err *
show_recodings(const struct rp_request *req, const struct drawing *d,
    struct rp_response *out)
{
	struct v_desk_recodings v = { .book_url = d->p.url,
		.book = d->p.name,
		.action = rp_theme_url(req, d->p.q->id, "recodings"),
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = d->p.problem,
		.size = d->size,
		.size_error = d->size_error,
		.uncertain = rp_text_eq(d->basis, RP_TEXT("uncertain")) };
	struct rp_recodings all;
	rp_html content;

	RP_TRY(rp_recoding_list(req->who, req->tx, &d->p.b, &all));
	for (size_t i = 0; i < all.n; i++)
		rp_vec_push(req->arena, &v.rows, row_of(req, &d->p, &all.v[i]));
	RP_TRY(rp_web_render(req, desk_recodings, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_theme_recode_title),
	    content, out);
}

struct rp_err *
rp_web_desk_recodings(const struct rp_request *req, struct rp_response *out)
{
	struct drawing d = { .size = id_text(req, SIZE),
		.basis = RP_TEXT("sample"),
		.size_error = M_none };

	RP_TRY(rp_theme_page(req, req->params.id, &d.p));
	return show_recodings(req, &d, out);
}

static struct rp_err *
ask(const struct rp_request *req, struct drawing *d)
{
	int64_t size = 0, id;
	uint64_t seed;

	(void)rp_text_i64(d->size, &size);
	req->who->env->rand(&seed, sizeof(seed));
	return rp_recoding_ask(req->who, req->tx, d->p.q->id, d->basis, size,
	    seed, &id);
}

struct rp_err *
rp_web_desk_recodings_post(const struct rp_request *req,
    struct rp_response *out)
{
	bool begin = rp_desk_button(req, "begin");
	int64_t id = rp_desk_number(req, &req->form, "recoding");
	struct drawing d = { .size_error = M_none };
	enum rp_msg problem;
	struct rp_err *e;

	RP_TRY(rp_theme_page(req, req->params.id, &d.p));
	RP_TRY(rp_form_line(req, &req->form, "size", WORD_MAX, &d.size));
	RP_TRY(rp_form_line(req, &req->form, "basis", WORD_MAX, &d.basis));
	e = begin ? rp_recoding_begin(req->who, req->tx, id) : ask(req, &d);
	if (e == NULL && begin)
		return rp_response_see_other(out, recoding_url(req, id, ""));
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_theme_url(req, d.p.q->id, "recodings"), "act");
	RP_TRY(rp_theme_refused(e, &problem, out));
	if (begin)
		d.p.problem = M_theme_recode_error_begin;
	else
		d.size_error = M_theme_recode_error_ask;
	return show_recodings(req, &d, out);
}

/* Passages, for the second coder. */

struct reading {
	struct rp_theme_page p;
	struct rp_recoding r;
	struct rp_theme_items items;
};

static struct rp_err *
load(const struct rp_request *req, struct reading *x)
{
	*x = (struct reading){ 0 };
	RP_TRY(rp_recoding_get(req->who, req->tx, req->params.id, &x->r));
	RP_TRY(rp_theme_page(req, x->r.b.question_id, &x->p));
	return rp_theme_names_list(req->who, req->tx, &x->p.b,
	    rp_lang_tag(req->reader.lang), false, &x->items);
}

static struct rp_err *
show_recoding(const struct rp_request *req, const struct reading *x,
    struct rp_response *out)
{
	int64_t skip = rp_theme_asked(req, "skip");
	struct v_desk_recoding v = { .book_url = rp_theme_url(req, x->p.q->id,
					 "recodings"),
		.book = rp_web_msg(req, M_theme_recode_title),
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = x->p.problem,
		.left = x->r.units - x->r.coded,
		.agreement_url = recoding_url(req, x->r.id, "/agreement") };
	struct rp_theme_passages units;
	rp_html content;

	if (skip < 0 || skip > RP_RECODING_MAX)
		skip = 0;
	/* What was skipped comes again when nothing else is left. */
	if (skip >= v.left)
		skip = 0;
	v.action = rp_desk_url(req, "recodings/%lld?skip=%lld",
	    (long long)x->r.id, (long long)skip);
	RP_TRY(rp_recoding_next(req->who, req->tx, &x->r, (size_t)skip + UNITS,
	    &units));
	for (size_t i = (size_t)skip; i < units.n; i++) {
		const struct rp_theme_passage *u = &units.v[i];
		struct v_desk_recoding_units row = {
			.id = rp_textf(req->arena, "u%zu", v.units.n),
			.text = u->text,
			.lang = u->lang,
			.language = rp_locale_language(req->reader.locale,
			    req->arena, u->lang),
			.country = rp_web_country(req, u->country),
			.category = rp_msg_category(u->category),
			.url = rp_theme_url(req, x->p.q->id, "responses/%lld",
			    (long long)u->response_id),
			.span = rp_theme_span(req, u->answer_id, u->from, u->to)
		};

		rp_vec_push(req->arena, &v.units, row);
	}
	for (size_t i = 0; i < x->items.n; i++)
		rp_vec_push(req->arena, &v.themes,
		    ((struct v_desk_recoding_themes){
			number(req, (int64_t)i + 1),
			id_text(req, x->items.v[i].id), x->items.v[i].name,
			x->items.v[i].lang }));
	RP_TRY(rp_web_render(req, desk_recoding, &v, &content));
	return rp_theme_frame(req, rp_web_msg(req, M_theme_recode_go_on),
	    content, out);
}

struct rp_err *
rp_web_desk_recoding(const struct rp_request *req, struct rp_response *out)
{
	struct reading x;

	RP_TRY(load(req, &x));
	return show_recoding(req, &x, out);
}

static struct rp_err *
say(const struct rp_request *req, const struct reading *x)
{
	int64_t theme = rp_desk_number(req, &req->form, "theme");
	int64_t also = rp_desk_number(req, &req->form, "also");
	struct rp_span span;
	rp_text t;

	RP_TRY(rp_form_line(req, &req->form, "span", SPAN_MAX, &t));
	if (!rp_theme_span_read(t, &span))
		return rp_fail(RP_E_INVALID, "no span");
	if (rp_desk_button(req, "none"))
		return rp_recoding_code(req->who, req->tx, &x->r, span, 0,
		    false);
	if (!rp_desk_button(req, "choose") || theme == 0)
		return rp_fail(RP_E_INVALID, "no theme");
	RP_TRY(rp_recoding_code(req->who, req->tx, &x->r, span, theme, false));
	return also == 0 || also == theme ?
		   NULL :
		   rp_recoding_code(req->who, req->tx, &x->r, span, also, true);
}

struct rp_err *
rp_web_desk_recoding_post(const struct rp_request *req, struct rp_response *out)
{
	int64_t skip = rp_theme_asked(req, "skip");
	struct reading x;
	struct rp_err *e;

	RP_TRY(load(req, &x));
	if (rp_desk_button(req, "skip"))
		return rp_response_see_other(out,
		    rp_desk_url(req, "recodings/%lld?skip=%lld",
			(long long)x.r.id, (long long)skip + 1));
	e = say(req, &x);
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_desk_url(req, "recodings/%lld?skip=%lld",
			(long long)x.r.id, (long long)skip),
		    "act");
	RP_TRY(rp_theme_refused(e, &x.p.problem, out));
	return show_recoding(req, &x, out);
}

/* How they agree. */

struct settling {
	struct reading x;
	int64_t unit_id; /* whose settlement was refused */
	rp_text reason;
};

static const struct rp_theme_item *
item_of(const struct rp_theme_items *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

static enum rp_msg
means(const struct rp_coders_agreement *a)
{
	return !a->is_defined                  ? M_theme_recode_undefined :
	       a->alpha >= RP_CODERS_RELIABLE  ? M_theme_recode_reliable :
	       a->alpha >= RP_CODERS_TENTATIVE ? M_theme_recode_tentative :
						 M_theme_recode_unreliable;
}

static struct v_desk_agreement_rows
figures(const struct rp_request *req, const struct rp_coders_agreement *a)
{
	struct v_desk_agreement_rows row = {
		.observed = rp_format_percent(req->reader.locale, req->arena,
		    a->observed, 0),
		.means = means(a)
	};

	row.kappa = row.alpha = RP_TEXT("–");
	if (!a->is_defined)
		return row;
	row.kappa =
	    rp_format_decimal(req->reader.locale, req->arena, a->kappa, 2);
	row.alpha =
	    rp_format_decimal(req->reader.locale, req->arena, a->alpha, 2);
	return row;
}

static struct rp_err *
add_rows(const struct rp_request *req, const struct reading *x,
    const struct rp_agreement *all, struct v_desk_agreement *v)
{
	struct rp_chart chart = { .id = RP_TEXT("alphas"),
		.title = rp_web_msg(req, M_theme_recode_chart) };
	struct v_desk_agreement_rows total = figures(req, &all->all);

	for (size_t i = 0; i < all->themes.n; i++) {
		const struct rp_theme_agreement *t = &all->themes.v[i];
		const struct rp_theme_item *item =
		    item_of(&x->items, t->theme_id);
		struct v_desk_agreement_rows row = figures(req, &t->is);
		double alpha =
		    t->is.is_defined && t->is.alpha > 0 ? t->is.alpha : 0;

		if (item == NULL)
			continue;
		row.name = item->name;
		row.lang = item->lang;
		row.url =
		    rp_desk_url(req, "themes/%lld", (long long)t->theme_id);
		row.both = number(req, t->n.both);
		row.first = number(req, t->n.first);
		row.second = number(req, t->n.second);
		row.neither = number(req, t->n.neither);
		rp_vec_push(req->arena, &v->rows, row);
		if (chart.bars.n < RP_CHART_BARS_MAX)
			rp_vec_push(req->arena, &chart.bars,
			    ((struct rp_chart_bar){ .label = item->name,
				.n = (int64_t)(alpha * 100 + 0.5),
				.colour = 1 }));
	}
	total.is_all = true;
	total.both = total.first = total.second = total.neither = RP_TEXT("–");
	rp_vec_push(req->arena, &v->rows, total);
	return rp_chart_bars(req->arena, &req->reader, &chart, &v->chart);
}

static rp_text
names(const struct rp_request *req, const struct reading *x,
    const struct rp_said *said)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < said->n; i++) {
		const struct rp_theme_item *t =
		    item_of(&x->items, said->themes[i]);

		if (t == NULL)
			continue;
		out = rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(out),
		    out.n > 0 ? " · " : "", RP_FMT(t->name));
	}
	return out;
}

/* The open ones of a page, and from which position the next one goes on. */
static struct rp_err *
add_differences(const struct rp_request *req, const struct settling *s,
    const struct rp_agreement *all, struct v_desk_agreement *v)
{
	int64_t after = rp_theme_asked(req, "after");
	const struct rp_recoded *shown[DIFFERENCES];
	struct rp_theme_labels labels = { 0 };
	struct rp_recoded_texts texts;
	size_t n = 0, more = 0;

	for (size_t i = 0; i < all->units.n; i++) {
		const struct rp_recoded *u = &all->units.v[i];

		if (!u->differ || u->is_settled || u->position <= after)
			continue;
		if (n < DIFFERENCES)
			shown[n++] = u;
		else
			more++;
	}
	if (n == 0)
		return NULL;
	RP_TRY(rp_recoding_texts(req->who, req->tx, &s->x.r, shown[0]->position,
	    shown[n - 1]->position, &texts));
	for (size_t i = 0; i < n; i++) {
		const struct rp_recoded *u = shown[i];
		struct v_desk_agreement_differences row = { .id = id_text(req,
								u->id),
			.url = rp_theme_url(req, s->x.p.q->id, "responses/%lld",
			    (long long)u->response_id),
			.first = names(req, &s->x, &u->first),
			.second = names(req, &s->x, &u->second),
			.reason = u->id == s->unit_id ? s->reason : RP_TEXT(""),
			.error = u->id == s->unit_id && s->reason.n == 0 ?
				     M_theme_recode_error_reason :
				     M_none };

		RP_TRY(rp_theme_label(req, &s->x.p.b,
		    &(struct rp_theme_passage){ .response_id = u->response_id,
			.number = u->number,
			.is_heard = u->is_heard },
		    &labels, &row.label));
		for (size_t k = 0; k < texts.n; k++)
			if (texts.v[k].position == u->position) {
				row.text = texts.v[k].text;
				row.lang = texts.v[k].lang;
			}
		rp_vec_push(req->arena, &v->differences, row);
	}
	if (more > 0)
		v->next_url = rp_desk_url(req,
		    "recodings/%lld/agreement?after=%lld#differences",
		    (long long)s->x.r.id, (long long)shown[n - 1]->position);
	return NULL;
}

static struct rp_err *
add_agreement(const struct rp_request *req, const struct settling *s,
    struct v_desk_agreement *v)
{
	struct rp_agreement all;

	RP_TRY(rp_recoding_agreement(req->who, req->tx, &s->x.r, &all));
	v->units = (int64_t)all.units.n;
	v->same = (int64_t)all.same;
	v->open = (int64_t)all.open;
	v->has_units = all.units.n > 0;
	RP_TRY(add_rows(req, &s->x, &all, v));
	RP_TRY(add_differences(req, s, &all, v));
	for (size_t i = 0; i < s->x.items.n; i++)
		rp_vec_push(req->arena, &v->themes,
		    ((struct v_desk_agreement_themes){
			id_text(req, s->x.items.v[i].id), s->x.items.v[i].name,
			s->x.items.v[i].lang }));
	return NULL;
}

static struct rp_err *
show_agreement(const struct rp_request *req, const struct settling *s,
    struct rp_response *out)
{
	const struct rp_recoding *r = &s->x.r;
	struct v_desk_agreement v = { .book_url = rp_theme_url(req,
					  s->x.p.q->id, "recodings"),
		.book = rp_web_msg(req, M_theme_recode_title),
		.action = recoding_url(req, r->id, "/agreement"),
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = s->x.p.problem,
		.coder = r->coder };
	rp_html content;

	v.is_blind = r->coder_id == req->who->person_id && !rp_recoding_done(r);
	if (!v.is_blind)
		RP_TRY(add_agreement(req, s, &v));
	RP_TRY(rp_web_render(req, desk_agreement, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_theme_recode_agreement),
	    content, out);
}

struct rp_err *
rp_web_desk_agreement(const struct rp_request *req, struct rp_response *out)
{
	struct settling s = { 0 };

	RP_TRY(load(req, &s.x));
	return show_agreement(req, &s, out);
}

struct rp_err *
rp_web_desk_agreement_post(const struct rp_request *req,
    struct rp_response *out)
{
	static const struct {
		const char *button;
		enum rp_settle how;
	} ways[] = { { "first", RP_SETTLE_FIRST },
		{ "second", RP_SETTLE_SECOND }, { "both", RP_SETTLE_BOTH },
		{ "other", RP_SETTLE_OTHER } };
	struct settling s = { 0 };
	struct rp_err *e = NULL;
	size_t way = 0;

	RP_TRY(load(req, &s.x));
	s.unit_id = rp_desk_number(req, &req->form, "unit");
	RP_TRY(rp_form_line(req, &req->form, "reason", RP_DECISION_REASON_MAX,
	    &s.reason));
	while (way < 4 && !rp_desk_button(req, ways[way].button))
		way++;
	e = way == 4 ? rp_fail(RP_E_INVALID, "no button") :
		       rp_recoding_settle(req->who, req->tx, &s.x.r, s.unit_id,
			   ways[way].how,
			   rp_desk_number(req, &req->form, "theme"), s.reason);
	if (e == NULL)
		return rp_desk_done(out, req,
		    recoding_url(req, s.x.r.id, "/agreement"), "act");
	RP_TRY(rp_theme_refused(e, &s.x.p.problem, out));
	return show_agreement(req, &s, out);
}
