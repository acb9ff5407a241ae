/* duty_pages - the calendar of duties to report, for everybody. */
#include "base/err.h"
#include "document/duty_find.h"
#include "render/t_duties.h"
#include "web/action.h"
#include "web/duty.h"
#include "web/registry.h"

/* Octets of texts that are looked at in one go, and of the memory for one. */
#define LOOK_MAX (32 * RP_REGISTRY_PAGE_MAX)
#define TEXT_ARENA ((size_t)256 << 20)

enum rp_msg
rp_msg_duty_time(rp_text every)
{
	static const enum rp_msg of[] = { M_duty_no_time, M_duty_once,
		M_duty_yearly, M_duty_four_yearly, M_duty_each_meeting };

	for (size_t i = 0; rp_duty_times[i].n > 0; i++)
		if (rp_text_eq(rp_duty_times[i], every))
			return of[i];
	return M_none;
}

struct v_chip
rp_web_duty_chip(const struct rp_request *req, const struct rp_duty *d)
{
	enum rp_msg label = M_duty_open;
	rp_text kind = RP_TEXT("open");

	if (rp_text_eq(d->state, RP_TEXT("rejected"))) {
		label = M_duty_rejected;
		kind = RP_TEXT("closed");
	} else if (rp_text_eq(d->state, RP_TEXT("ended"))) {
		label = M_duty_ended;
		kind = RP_TEXT("closed");
	} else if (d->is_overdue) {
		label = M_duty_overdue;
		kind = RP_TEXT("late");
	} else if (d->is_reported) {
		label = M_duty_done;
		kind = RP_TEXT("published");
	}
	return (struct v_chip){ .kind = kind, .label = rp_web_msg(req, label) };
}

rp_text
rp_web_duty_resolution(const struct rp_request *req, const struct rp_group *g,
    const struct rp_instruments *all, int64_t id, rp_url *out_url)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].id != id)
			continue;
		*out_url = rp_web_instrument_url(req, g, &all->v[i], "");
		return rp_web_instrument_name(req, &all->v[i]);
	}
	*out_url = (rp_url){ "", 0 };
	return RP_TEXT("");
}

rp_url
rp_web_duties_url(const struct rp_request *req, const struct rp_group *g,
    const char *rest)
{
	return rp_urlf(req->arena, "/%s/%.*s/duties/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug), rest);
}

rp_url
rp_web_duty_report_url(const struct rp_request *req, const struct rp_group *g,
    const struct rp_duty_report *r)
{
	return r->number == 0 ?
		   (rp_url){ "", 0 } :
		   rp_urlf(req->arena, "/%s/%.*s/meetings/%lld/documents/%lld/",
		       rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug),
		       (long long)r->ordinal, (long long)r->number);
}

static void
add_reports(const struct rp_request *req, const struct rp_group *g,
    const struct rp_duty *d, const struct rp_duty_reports *all,
    struct v_duties_rows *row)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_duty_report *r = &all->v[i];

		if (r->duty_id == d->id)
			rp_vec_push(req->arena, &row->reports,
			    ((struct v_duties_rows_reports){
				.due = rp_web_day(req, r->due),
				.due_iso = r->due,
				.symbol = r->symbol,
				.url = rp_web_duty_report_url(req, g, r),
				.words = r->words }));
	}
}

struct rp_err *
rp_web_duties(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_instruments instruments;
	struct rp_duty_reports reports;
	struct v_duties v = { 0 };
	struct rp_duties all;
	struct rp_group g;
	struct rp_frame f = { .group = &g };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_duty_list(req->who, req->tx, g.id, &all));
	RP_TRY(rp_duty_reports(req->who, req->tx, g.id, &reports));
	RP_TRY(rp_instrument_list(req->who, req->tx, g.id, lang, &instruments));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_duty *d = &all.v[i];
		struct v_duties_rows row = { .anchor = rp_textf(req->arena,
						 "d%lld", (long long)d->number),
			.paragraph = d->paragraph,
			.who = d->who,
			.recipient = d->recipient,
			.lang = d->lang,
			.words = d->words,
			.every = rp_msg_duty_time(d->every),
			.due = rp_web_day(req, d->due),
			.due_iso = d->due,
			.state = rp_web_duty_chip(req, d) };

		if (!rp_text_eq(d->state, RP_TEXT("standing")))
			continue;
		row.resolution = rp_web_duty_resolution(req, &g, &instruments,
		    d->instrument_id, &row.url);
		add_reports(req, &g, d, &reports, &row);
		rp_vec_push(req->arena, &v.rows, row);
	}
	v.group_name = g.name.body;
	v.ics_url = rp_urlf(req->arena, "duties.ics");
	if (rp_actor_may(req->who, RP_MAY_REGISTER, rp_group_place(&g)))
		v.desk_url = rp_urlf(req->arena, "/%s/desk/groups/%lld/duties",
		    rp_lang_tag(req->reader.lang).p, (long long)g.id);
	f.title = rp_web_msg(req, M_duty_title);
	RP_TRY(rp_web_render(req, duties, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* Looking in the texts, for the desk. */

/* One text; one that is too long for a page is passed over. Its model is large
 * and goes before the next one comes. */
static struct rp_err *
look_in(const struct rp_request *req, const struct rp_in_force *f, size_t *left)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *own = rp_arena_new(TEXT_ARENA);
	struct rp_request reading = *req;
	struct rp_found_duties found;
	struct rp_version v;
	struct rp_document *d;
	struct rp_err *e;

	reading.arena = own;
	RP_TRY(
	    rp_version_get(req->who, req->tx, f->instrument.id, f->number, &v));
	if (v.text_blob_id == 0)
		return NULL;
	e = rp_shelf_text(&reading, v.text_blob_id,
	    *left < RP_REGISTRY_PAGE_MAX ? *left : RP_REGISTRY_PAGE_MAX, &d);
	if (e != NULL && rp_err_code(e) == RP_E_LIMIT) {
		rp_err_free(e);
		return NULL;
	}
	RP_TRY(e);
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		size_t n = rp_block_text(own, &d->body.blocks.v[i]).n;

		*left -= n < *left ? n : *left;
	}
	found = rp_duties_find(own, d);
	return rp_duty_keep_found(req->who, req->tx, &f->instrument, &v,
	    &found);
}

struct rp_err *
rp_web_duty_look(const struct rp_request *req, const struct rp_group *g)
{
	struct rp_in_force_list all;
	size_t left = LOOK_MAX;

	RP_TRY(rp_instrument_in_force(req->who, req->tx, g->id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		all.v[i].instrument.group_id = g->id;
		RP_TRY(look_in(req, &all.v[i], &left));
	}
	return NULL;
}
