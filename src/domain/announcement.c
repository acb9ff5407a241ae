#include "domain/announcement.h"

#include "base/err.h"
#include "domain/consultation.h"
#include "domain/event.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_announcement.h"
#include "text/input.h"
#include "text/lang.h"

const rp_text rp_occasions[] = { RP_TEXT_INIT("consultation"),
	RP_TEXT_INIT("summary"), RP_TEXT_INIT("meeting"), RP_TEXT_INIT("") };

const rp_text rp_channels[] = { RP_TEXT_INIT("web"), RP_TEXT_INIT("letter"),
	RP_TEXT_INIT("mail"), RP_TEXT_INIT("social"), RP_TEXT_INIT("") };

/* Everything asks again: the occasion came from the caller. */
static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, const struct rp_occasion *o)
{
	return rp_place_needs(who, tx, RP_MAY_CONTACT, RP_TEXT("group"),
	    o->group_id);
}

struct rp_err *
rp_occasion_find(const struct rp_actor *who, struct rp_tx *tx, rp_text kind,
    int64_t object_id, struct rp_occasion *out)
{
	bool meets = rp_text_eq(kind, RP_TEXT("meeting"));
	struct rp_place where;

	if (!rp_text_in(rp_occasions, kind))
		return rp_fail(RP_E_NOTFOUND, "no such occasion");
	RP_TRY(rp_place_of(tx,
	    meets ? RP_TEXT("meeting") : RP_TEXT("consultation"), object_id,
	    &where));
	where.consultation_id = 0;
	RP_TRY(rp_actor_needs(who, RP_MAY_CONTACT, where));
	if (!meets) {
		struct rp_consultation c;

		RP_TRY(rp_consultation_get_by_id(who, tx, object_id,
		    RP_TEXT("en"), &c));
		if (c.state == RP_CONSULTATION_PLANNED)
			return rp_fail(RP_E_NOTFOUND, "only planned");
	}
	*out = (struct rp_occasion){ kind, object_id, where.group_id };
	return NULL;
}

struct rp_err *
rp_announcement_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text lang, struct rp_announcements *out)
{
	struct q_announcement_text_list_rows rows;

	RP_TRY(needs(who, tx, o));
	RP_TRY(q_announcement_text_list(tx,
	    &(struct q_announcement_text_list_param){ .occasion = o->kind,
		.object_id = o->object_id,
		.lang = lang },
	    &rows));
	*out = (struct rp_announcements){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_announcement one = { rows.v[i].channel,
			rows.v[i].body, rows.v[i].changed_at };

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

static struct rp_err *
check(const struct rp_actor *who, struct rp_tx *tx, const struct rp_occasion *o,
    rp_text channel, rp_text lang)
{
	enum rp_lang known;

	RP_TRY(needs(who, tx, o));
	if (!rp_text_in(rp_channels, channel) || !rp_lang_find(lang, &known))
		return rp_fail(RP_E_INVALID, "not a channel or language");
	return NULL;
}

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_occasion *o,
    rp_text action, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = rp_text_eq(o->kind, RP_TEXT("meeting")) ?
				   RP_TEXT("meeting") :
				   RP_TEXT("consultation"),
		.object_id = o->object_id,
		.group_id = o->group_id,
		.after = after });
}

struct rp_err *
rp_announcement_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text channel, rp_text lang, rp_text body)
{
	RP_TRY(check(who, tx, o, channel, lang));
	if (body.n > RP_ANNOUNCEMENT_MAX)
		return rp_fail(RP_E_LIMIT, "a text of %zu octets", body.n);
	if (rp_text_blank(body))
		RP_TRY(q_announcement_text_remove(tx,
		    &(struct q_announcement_text_remove_param){ .occasion =
								    o->kind,
			.object_id = o->object_id,
			.channel = channel,
			.lang = lang }));
	else
		RP_TRY(q_announcement_text_set(tx,
		    &(struct q_announcement_text_set_param){ .group_id =
								 o->group_id,
			.occasion = o->kind,
			.object_id = o->object_id,
			.channel = channel,
			.lang = lang,
			.body = body,
			.now = who->now }));
	return event(who, tx, o, RP_TEXT("announcement.set"),
	    rp_textf(rp_tx_arena(tx), "%.*s %.*s %.*s", RP_FMT(o->kind),
		RP_FMT(channel), RP_FMT(lang)));
}

struct rp_err *
rp_delivery_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, struct rp_deliveries *out)
{
	struct q_delivery_list_rows rows;

	RP_TRY(needs(who, tx, o));
	RP_TRY(q_delivery_list(tx,
	    &(struct q_delivery_list_param){ .occasion = o->kind,
		.object_id = o->object_id,
		.max = RP_DELIVERIES_SHOWN },
	    &rows));
	*out = (struct rp_deliveries){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_delivery_list_row *r = &rows.v[i];
		struct rp_delivery one = { .id = r->id,
			.sent_at = r->sent_at,
			.acknowledged_at = r->acknowledged_at,
			.channel = r->channel,
			.lang = r->lang,
			.recipient = r->recipient,
			.state = r->state,
			.error = r->error,
			.is_refused = r->refused > 0 };

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_delivery_reach(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, struct rp_reaches *out)
{
	struct q_delivery_reach_rows rows;

	RP_TRY(needs(who, tx, o));
	RP_TRY(q_delivery_reach(tx,
	    &(struct q_delivery_reach_param){ .occasion = o->kind,
		.object_id = o->object_id },
	    &rows));
	*out = (struct rp_reaches){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_reach one = { rows.v[i].channel, rows.v[i].lang,
			rows.v[i].sent, rows.v[i].acknowledged };

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct recipient {
	int64_t line;
	rp_text name, key;
};
struct recipients RP_VEC(struct recipient);

static struct rp_err *
split(struct rp_arena *a, rp_text typed, struct recipients *out)
{
	int64_t line = 0;

	for (size_t from = 0; from <= typed.n;) {
		size_t to = rp_text_find(typed, '\n', from);
		struct recipient one = { .line = ++line,
			.name = rp_text_trim(rp_text_sub(typed, from, to)) };

		from = to + 1;
		if (one.name.n == 0)
			continue;
		if (out->n == RP_RECIPIENTS_MAX)
			return rp_fail(RP_E_LIMIT, "over %d recipients",
			    RP_RECIPIENTS_MAX);
		rp_vec_push(a, out, one);
	}
	return NULL;
}

static rp_text
key_of(struct rp_arena *a, rp_text name)
{
	char *p = rp_alloc(a, name.n + 1);

	for (size_t i = 0; i < name.n; i++)
		p[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ?
				  name.p[i] | 0x20 :
				  name.p[i]);
	return (rp_text){ p, name.n };
}

static struct rp_err *
judge(struct rp_tx *tx, const struct rp_occasion *o, struct recipient *r,
    struct rp_recipients_wrong *out)
{
	struct rp_recipient_wrong wrong = { .line = r->line,
		.problem = RP_RECIPIENT_TOO_LONG,
		.recipient = r->name };
	struct q_delivery_refused_row row;
	bool refused;

	if (r->name.n > RP_RECIPIENT_MAX) {
		wrong.recipient = rp_text_cut(r->name, 60);
		rp_vec_push(rp_tx_arena(tx), out, wrong);
		return NULL;
	}
	r->key = key_of(rp_tx_arena(tx), r->name);
	RP_TRY(q_delivery_refused(tx,
	    &(struct q_delivery_refused_param){ .group_id = o->group_id,
		.recipient_key = r->key },
	    &row, &refused));
	wrong.problem = RP_RECIPIENT_REFUSED;
	if (refused)
		rp_vec_push(rp_tx_arena(tx), out, wrong);
	return NULL;
}

struct rp_err *
rp_delivery_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text channel, rp_text lang,
    rp_text recipients, struct rp_recipients_wrong *out_wrong, int64_t *out_n)
{
	struct recipients all = { 0 };
	int64_t n;

	*out_n = 0;
	*out_wrong = (struct rp_recipients_wrong){ 0 };
	RP_TRY(check(who, tx, o, channel, lang));
	RP_TRY(split(rp_tx_arena(tx), recipients, &all));
	for (size_t i = 0; i < all.n; i++)
		RP_TRY(judge(tx, o, &all.v[i], out_wrong));
	if (out_wrong->n > 0 || all.n == 0)
		return NULL;
	for (size_t i = 0; i < all.n; i++) {
		RP_TRY(q_delivery_insert(tx,
		    &(struct q_delivery_insert_param){ .group_id = o->group_id,
			.occasion = o->kind,
			.object_id = o->object_id,
			.channel = channel,
			.lang = lang,
			.recipient = all.v[i].name,
			.recipient_key = all.v[i].key,
			.now = who->now,
			.person_id = who->person_id },
		    &n));
		*out_n += n;
	}
	/* Numbers alone: the trail is kept longer than addresses. */
	return event(who, tx, o, RP_TEXT("announcement.sent"),
	    rp_textf(rp_tx_arena(tx), "%.*s %.*s %.*s %lld", RP_FMT(o->kind),
		RP_FMT(channel), RP_FMT(lang), (long long)*out_n));
}

static struct rp_err *
find(const struct rp_actor *who, struct rp_tx *tx, const struct rp_occasion *o,
    int64_t id, struct q_delivery_get_row *out)
{
	bool found;

	RP_TRY(needs(who, tx, o));
	RP_TRY(q_delivery_get(tx, &(struct q_delivery_get_param){ .id = id },
	    out, &found));
	if (!found || !rp_text_eq(out->occasion, o->kind) ||
	    out->object_id != o->object_id)
		return rp_fail(RP_E_NOTFOUND, "no such delivery");
	return NULL;
}

struct rp_err *
rp_delivery_acknowledge(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, int64_t id)
{
	struct q_delivery_get_row row;

	RP_TRY(find(who, tx, o, id, &row));
	RP_TRY(q_delivery_acknowledge(tx,
	    &(struct q_delivery_acknowledge_param){ .id = id,
		.now = who->now }));
	return event(who, tx, o, RP_TEXT("announcement.acknowledged"),
	    rp_textf(rp_tx_arena(tx), "%lld", (long long)id));
}

struct rp_err *
rp_delivery_refuse(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, int64_t id)
{
	struct q_delivery_get_row row;

	RP_TRY(find(who, tx, o, id, &row));
	RP_TRY(q_delivery_refuse(tx,
	    &(struct q_delivery_refuse_param){ .group_id = row.group_id,
		.recipient_key = row.recipient_key,
		.now = who->now }));
	return event(who, tx, o, RP_TEXT("announcement.refused"),
	    rp_textf(rp_tx_arena(tx), "%lld", (long long)id));
}
