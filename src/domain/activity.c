#include "domain/activity.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_activity.h"
#include "text/zone.h"

const rp_text rp_sectors[RP_SECTORS] = { RP_TEXT_INIT("R"), RP_TEXT_INIT("T"),
	RP_TEXT_INIT("D"), RP_TEXT_INIT("SG") };

const rp_text rp_activity_statuses[] = { RP_TEXT_INIT("planned"),
	RP_TEXT_INIT("ongoing"), RP_TEXT_INIT("completed"),
	RP_TEXT_INIT("cancelled"), RP_TEXT_INIT("") };

static bool
status_ok(rp_text t)
{
	for (const rp_text *w = rp_activity_statuses; w->n > 0; w++)
		if (rp_text_eq(*w, t))
			return true;
	return false;
}

enum rp_activity_problem
rp_activity_check(const struct rp_activity *a)
{
	bool any = false;

	for (size_t i = 0; i < RP_SECTORS; i++)
		any |= a->sectors[i];
	if (!any)
		return RP_ACTIVITY_NO_SECTOR;
	if (!rp_zone_is_day(a->from))
		return RP_ACTIVITY_BAD_FROM;
	if (a->until.n > 0 &&
	    (!rp_zone_is_day(a->until) || rp_text_cmp(a->until, a->from) < 0))
		return RP_ACTIVITY_BAD_UNTIL;
	if (!status_ok(a->status))
		return RP_ACTIVITY_BAD_STATUS;
	if (a->partners.n > RP_ACTIVITY_PARTNERS_MAX)
		return RP_ACTIVITY_BAD_PARTNERS;
	if (a->bases.n == 0 || a->bases.n > RP_ACTIVITY_BASES_MAX)
		return RP_ACTIVITY_NO_BASIS;
	for (size_t i = 0; i < a->bases.n; i++)
		if (a->bases.v[i].paragraph.n > RP_ACTIVITY_PARAGRAPH_MAX)
			return RP_ACTIVITY_NO_BASIS;
	return RP_ACTIVITY_FINE;
}

/* "R T" as flags; and back. */
static void
read_sectors(rp_text t, bool *out)
{
	size_t from = 0;

	while (from < t.n) {
		size_t end = rp_text_find(t, ' ', from);

		for (size_t i = 0; i < RP_SECTORS; i++)
			out[i] |= rp_text_eq(rp_text_sub(t, from, end),
			    rp_sectors[i]);
		from = end + 1;
	}
}

static rp_text
write_sectors(struct rp_arena *a, const bool *sectors)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < RP_SECTORS; i++)
		if (sectors[i])
			out = rp_textf(a, "%.*s%s%.*s", RP_FMT(out),
			    out.n > 0 ? " " : "", RP_FMT(rp_sectors[i]));
	return out;
}

/* Without an end it goes on. */
static bool
is_of(const struct rp_activity *a, int64_t year)
{
	int64_t from = 0, until = 9999;

	if (year == 0)
		return true;
	(void)rp_text_i64(rp_text_sub(a->from, 0, 4), &from);
	if (a->until.n >= 4)
		(void)rp_text_i64(rp_text_sub(a->until, 0, 4), &until);
	return from <= year && year <= until;
}

static struct rp_wording
words(const struct rp_wordings *all, int64_t id, const char *field,
    rp_text lang)
{
	const struct rp_wording *w =
	    rp_wording_pick(all, id, rp_text_z(field), lang, RP_TEXT("en"));

	return w ? *w : (struct rp_wording){ .lang = lang };
}

struct rp_err *
rp_activity_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    rp_text lang, int64_t year, struct rp_activities *out)
{
	struct q_activity_list_rows rows;
	struct q_activity_bases_rows bases;
	struct rp_wordings texts;
	struct rp_place where;
	size_t b = 0;
	bool all;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	all = rp_actor_may(who, RP_MAY_REGISTER, where) ||
	      rp_actor_may(who, RP_MAY_READ, where);
	RP_TRY(q_activity_list(tx,
	    &(struct q_activity_list_param){ .group_id = group_id }, &rows));
	RP_TRY(q_activity_bases(tx,
	    &(struct q_activity_bases_param){ .group_id = group_id }, &bases));
	RP_TRY(rp_wording_load_span(tx, RP_TEXT("activity"),
	    rows.n > 0 ? rows.v[0].id : 1,
	    rows.n > 0 ? rows.v[rows.n - 1].id : 0, &texts));
	*out = (struct rp_activities){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_activity_list_row *r = &rows.v[i];
		struct rp_activity a = { .id = r->id,
			.group_id = group_id,
			.number = r->number,
			.from = r->from_day,
			.until = r->until_day,
			.partners = r->partners,
			.status = r->status,
			.is_public = r->is_public,
			.title = words(&texts, r->id, "title", lang),
			.text = words(&texts, r->id, "text", lang) };

		read_sectors(r->sectors, a.sectors);
		while (b < bases.n && bases.v[b].activity_id < r->id)
			b++;
		for (; b < bases.n && bases.v[b].activity_id == r->id; b++)
			rp_vec_push(rp_tx_arena(tx), &a.bases,
			    ((struct rp_activity_basis){
				bases.v[b].instrument_id,
				bases.v[b].paragraph }));
		if ((all || a.is_public) && is_of(&a, year))
			rp_vec_push(rp_tx_arena(tx), out, a);
	}
	return NULL;
}

struct rp_err *
rp_activity_get(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t number, rp_text lang, struct rp_activity *out)
{
	struct rp_activities all;

	RP_TRY(rp_activity_list(who, tx, group_id, lang, 0, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no activity %lld", (long long)number);
}

static struct rp_err *
may_keep(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_activity *a)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("group"),
	    a->group_id));
	if (rp_activity_check(a) != RP_ACTIVITY_FINE)
		return rp_fail(RP_E_INVALID, "not an activity");
	for (size_t i = 0; i < a->bases.n; i++) {
		struct rp_instrument in;

		RP_TRY(rp_instrument_get_by_id(who, tx,
		    a->bases.v[i].instrument_id, RP_TEXT("en"), &in));
		if (in.group_id != a->group_id)
			return rp_fail(RP_E_NOTFOUND, "no such instrument");
	}
	return NULL;
}

static struct rp_err *
keep_bases(struct rp_tx *tx, int64_t id, const struct rp_activity_bases *all)
{
	RP_TRY(q_activity_bases_forget(tx,
	    &(struct q_activity_bases_forget_param){ .activity_id = id }));
	for (size_t i = 0; i < all->n; i++)
		RP_TRY(q_activity_basis_insert(tx,
		    &(struct q_activity_basis_insert_param){ .activity_id = id,
			.position = (int64_t)i,
			.instrument_id = all->v[i].instrument_id,
			.paragraph = all->v[i].paragraph }));
	return NULL;
}

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    const struct rp_activity *was, const struct rp_activity *now)
{
	struct rp_arena *a = rp_tx_arena(tx);
	rp_text before = RP_TEXT("");

	if (was != NULL)
		before = rp_textf(a, "%.*s %.*s %.*s",
		    RP_FMT(write_sectors(a, was->sectors)), RP_FMT(was->from),
		    RP_FMT(was->status));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = was ? RP_TEXT("activity.change") :
					      RP_TEXT("activity.add"),
		.object_kind = RP_TEXT("activity"),
		.object_id = id,
		.group_id = now->group_id,
		.before = before,
		.after = rp_textf(a, "%.*s %.*s %.*s",
		    RP_FMT(write_sectors(a, now->sectors)), RP_FMT(now->from),
		    RP_FMT(now->status)) });
}

struct rp_err *
rp_activity_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_activity *a, int64_t *out_id, int64_t *out_number)
{
	struct q_activity_insert_row row;

	RP_TRY(may_keep(who, tx, a));
	RP_TRY(q_activity_insert(tx,
	    &(struct q_activity_insert_param){ .group_id = a->group_id,
		.sectors = write_sectors(rp_tx_arena(tx), a->sectors),
		.from_day = a->from,
		.until_day = a->until,
		.partners = a->partners,
		.status = a->status,
		.is_public = a->is_public,
		.now = who->now },
	    &row));
	if (row.number > RP_ACTIVITIES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d activities",
		    RP_ACTIVITIES_MAX);
	RP_TRY(keep_bases(tx, row.id, &a->bases));
	*out_id = row.id;
	*out_number = row.number;
	return event(who, tx, row.id, NULL, a);
}

struct rp_err *
rp_activity_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_activity *was, const struct rp_activity *now)
{
	struct rp_activity next = *now;

	next.group_id = was->group_id;
	RP_TRY(may_keep(who, tx, &next));
	RP_TRY(q_activity_set(tx,
	    &(struct q_activity_set_param){ .id = was->id,
		.sectors = write_sectors(rp_tx_arena(tx), now->sectors),
		.from_day = now->from,
		.until_day = now->until,
		.partners = now->partners,
		.status = now->status,
		.is_public = now->is_public }));
	RP_TRY(keep_bases(tx, was->id, &now->bases));
	return event(who, tx, was->id, was, &next);
}
