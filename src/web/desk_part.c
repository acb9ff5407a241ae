#include "web/desk_part.h"

#include "base/err.h"
#include "render/t_error_summary.h"
#include "web/desk.h"
#include "web/meeting.h"
#include "web/staff.h"

#define WORD_MAX 40

struct rp_web_new_part
rp_web_new_part_begin(const struct rp_request *req)
{
	return (struct rp_web_new_part){ .kind = RP_TEXT("add"),
		.lang = rp_lang_tag(req->reader.lang) };
}

/* "add", "corr", or "corr-2": of the addendum of that number. */
static void
read_kind(struct rp_web_new_part *p)
{
	static const rp_text of = RP_TEXT_INIT("corr-");
	int64_t n;

	p->in.is_corrigendum = !rp_text_eq(p->kind, RP_TEXT("add"));
	if (p->kind.n > of.n && rp_text_eq(rp_text_sub(p->kind, 0, of.n), of) &&
	    rp_text_i64(rp_text_sub(p->kind, of.n, p->kind.n), &n))
		p->in.of_addendum = n;
}

struct rp_err *
rp_web_new_part_read(const struct rp_request *req,
    const struct rp_meeting_document *d, struct rp_web_new_part *out)
{
	const struct rp_urlform *form = &req->form;
	int64_t n = 0;

	*out = (struct rp_web_new_part){ 0 };
	RP_TRY(rp_form_line(req, form, "part_kind", WORD_MAX, &out->kind));
	RP_TRY(rp_form_line(req, form, "part_number", WORD_MAX, &out->number));
	RP_TRY(rp_form_line(req, form, "part_title", RP_DOCUMENT_TITLE_MAX,
	    &out->title));
	RP_TRY(rp_form_line(req, form, "part_lang", WORD_MAX, &out->lang));
	RP_TRY(rp_form_line(req, form, "part_about", WORD_MAX, &out->about));
	read_kind(out);
	if (out->number.n > 0 && !rp_text_i64(out->number, &n))
		n = -1;
	out->bad_number =
	    out->number.n > 0 && (n < 1 || n > RP_DOCUMENT_PART_NUMBER_MAX);
	out->in.number = out->bad_number ? 0 : n;
	out->in.only_lang = out->about;
	out->bad_title = out->title.n == 0;
	out->bad_lang = out->about.n > 0 && !out->in.is_corrigendum;
	for (size_t i = 0; i < d->parts.n && out->in.number > 0; i++) {
		const struct rp_meeting_document *o = &d->parts.v[i];

		out->is_given |= out->in.is_corrigendum ?
				     o->addendum == out->in.of_addendum &&
					 o->corrigendum == out->in.number :
				     o->addendum == out->in.number;
	}
	return NULL;
}

bool
rp_web_new_part_is_good(const struct rp_web_new_part *p)
{
	return !p->bad_number && !p->is_given && !p->bad_title && !p->bad_lang;
}

static struct rp_meeting_document
named(const struct rp_meeting_document *d, bool is_corrigendum,
    int64_t of_addendum, int64_t number)
{
	return (struct rp_meeting_document){ .number = d->number,
		.parent_id = d->id,
		.addendum = is_corrigendum ? of_addendum : number,
		.corrigendum = is_corrigendum ? number : 0 };
}

/* "Addendum 2 – CWG-Internet-20/3(Add.2)": the next that is free. */
static void
add_kind(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_meeting_document *d, bool is_corrigendum,
    int64_t of_addendum, rp_text chosen, struct v_new_part *out)
{
	struct rp_meeting_document next = named(d, is_corrigendum, of_addendum,
	    rp_document_part_next(d, is_corrigendum, of_addendum));
	struct v_new_part_kinds one = { .value = is_corrigendum ?
						     RP_TEXT("corr") :
						     RP_TEXT("add"),
		.name = rp_textf(req->arena, "%.*s – %.*s",
		    RP_FMT(rp_web_part_name(req, &next)),
		    RP_FMT(rp_meeting_document_symbol(req->arena, m, &next))) };

	if (of_addendum > 0)
		one.value =
		    rp_textf(req->arena, "corr-%lld", (long long)of_addendum);
	one.selected = rp_text_eq(one.value, chosen);
	rp_vec_push(req->arena, &out->kinds, one);
}

static void
add_errors(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_meeting_document *d, const struct rp_web_new_part *p,
    struct v_error_summary *v, struct v_new_part *out)
{
	struct rp_meeting_document there =
	    named(d, p->in.is_corrigendum, p->in.of_addendum, p->in.number);
	const struct rp_msg_arg symbol[] = { RP_MSG_TEXT(
	    rp_meeting_document_symbol(req->arena, m, &there)) };
	const struct rp_msg_arg max[] = { RP_MSG_NUM(
	    RP_DOCUMENT_PART_NUMBER_MAX) };

	if (p->bad_number)
		rp_web_problem_text(req, v, "part-number",
		    rp_message(req->arena, &req->reader,
			M_desk_part_error_number, max, 1),
		    &out->number_error);
	if (p->is_given)
		rp_web_problem_text(req, v, "part-number",
		    rp_message(req->arena, &req->reader,
			M_desk_meeting_error_there, symbol, 1),
		    &out->number_error);
	if (p->bad_title)
		rp_web_problem_text(req, v, "part-title",
		    rp_web_msg(req, M_desk_meeting_error_title),
		    &out->title_error);
	if (p->bad_lang)
		rp_web_problem_text(req, v, "part-about",
		    rp_web_msg(req, M_desk_part_error_lang), &out->about_error);
}

void
rp_web_new_part_show(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_meeting_document *d, const struct rp_web_new_part *p,
    rp_url action, struct v_error_summary *v, struct v_new_part *out)
{
	struct v_new_part_about all = { .name = rp_web_msg(req,
					    M_desk_part_all_langs) };

	if (d->parent_id != 0)
		return;
	out->may = true;
	out->action = action;
	out->token = req->csrf;
	out->number = p->number;
	out->title = p->title;
	add_kind(req, m, d, false, 0, p->kind, out);
	add_kind(req, m, d, true, 0, p->kind, out);
	for (size_t i = 0; i < d->parts.n; i++) {
		if (d->parts.v[i].corrigendum == 0)
			add_kind(req, m, d, true, d->parts.v[i].addendum,
			    p->kind, out);
	}
	RP_COPY_CHOICES(req, &out->languages,
	    rp_web_language_choices(req, p->lang));
	rp_vec_push(req->arena, &out->about, all);
	RP_COPY_CHOICES(req, &out->about,
	    rp_web_language_choices(req, p->about));
	add_errors(req, m, d, p, v, out);
}

struct rp_err *
rp_web_new_part_add(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_meeting_document *d, const struct rp_web_new_part *p,
    struct rp_meeting_document *out)
{
	RP_TRY(rp_document_part_add(req->who, req->tx, m, d, &p->in, out));
	return rp_wording_set(req->who, req->tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = out->id,
		.field = RP_TEXT("title"),
		.lang = p->lang },
	    RP_WORDING_ORIGINAL, p->title);
}
