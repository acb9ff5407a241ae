#include "domain/speakers.h"

#include "base/check.h"
#include "domain/person.h"
#include "domain/testing/room.h"

static void
opened(struct room *r, int64_t item_id)
{
	RP_CHECK_OK(rp_speakers_open(&r->clerk, r->w.tx, &r->m, item_id, true));
}

static int64_t
ask(struct room *r, enum rp_speaker_class class, int64_t party_id)
{
	struct rp_speaker s = { .class = class,
		.party_id = party_id,
		.source = RP_TEXT("desk") };
	int64_t id = 0;

	RP_CHECK_OK(
	    rp_speaker_ask(&r->clerk, r->w.tx, &r->m, r->report, &s, &id));
	r->clerk.now++;
	return id;
}

static struct rp_speakers
list(struct room *r, const struct rp_actor *who)
{
	struct rp_speakers all = { 0 };

	RP_CHECK_OK(rp_speakers_get(who, r->w.tx, &r->m, r->report,
	    RP_TEXT("en"), &all));
	return all;
}

static void
give(struct room *r, int64_t id)
{
	RP_CHECK_OK(rp_speaker_give(&r->clerk, r->w.tx, &r->m, r->report, id));
	r->clerk.now++;
}

/* A delegate of a party, who may read. */
static struct rp_actor
delegate(struct room *r, const char *name, int64_t party_id)
{
	struct rp_actor who =
	    world_staff(&r->w, name, RP_MAY_READ, RP_ON_GROUP, r->w.group_id);
	struct rp_person p;

	RP_CHECK_OK(rp_person_get(&r->w.system, r->w.tx, who.person_id, &p));
	p.party_id = party_id;
	RP_CHECK_OK(rp_person_change(&r->w.system, r->w.tx, &p));
	return who;
}

static void
in_the_order_of_the_rules(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_speakers all;
	int64_t kenya, peru, nepal, k, p, g, reply, order;

	room_open(&r);
	kenya = room_party(&r, "kenya");
	peru = room_party(&r, "peru");
	nepal = room_party(&r, "nepal");
	opened(&r, r.report);
	reply = ask(&r, RP_SPEAKS_IN_REPLY, nepal);
	k = ask(&r, RP_SPEAKS_AS_MEMBER, kenya);
	p = ask(&r, RP_SPEAKS_AS_MEMBER, peru);
	g = ask(&r, RP_SPEAKS_FOR_GROUP, nepal);
	all = list(&r, &r.reader);
	RP_CHECK(all.waiting.n == 4 && all.waiting.v[0].id == g &&
		 all.waiting.v[1].id == k && all.waiting.v[2].id == p &&
		 all.waiting.v[3].id == reply);
	order = ask(&r, RP_SPEAKS_ON_ORDER, peru);
	RP_CHECK(list(&r, &r.reader).waiting.v[0].id == order);
	/* The next one, then anybody, then the rest. */
	give(&r, 0);
	RP_CHECK(list(&r, &r.reader).speaking.id == order);
	give(&r, k);
	all = list(&r, &r.reader);
	RP_CHECK(all.speaking.id == k && all.waiting.n == 3 &&
		 all.speaking.seconds == 180);
	give(&r, 0);
	RP_CHECK(list(&r, &r.reader).speaking.id == g);
	/* Kenya has spoken: it waits for Peru, which asked before or after. */
	k = ask(&r, RP_SPEAKS_AS_MEMBER, kenya);
	RP_CHECK_OK(rp_speaker_withdraw(&r.clerk, r.w.tx, &r.m, r.report, p));
	p = ask(&r, RP_SPEAKS_AS_MEMBER, peru);
	all = list(&r, &r.reader);
	RP_CHECK(all.waiting.v[0].id == p && all.waiting.v[1].id == k);
}

static void
turns(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_speaker_order o;
	struct rp_speakers all;
	struct rp_speaker again = { .class = RP_SPEAKS_AS_MEMBER,
		.source = RP_TEXT("desk") };
	int64_t kenya, peru, k, id;

	room_open(&r);
	kenya = room_party(&r, "kenya");
	peru = room_party(&r, "peru");
	opened(&r, r.report);
	RP_CHECK_OK(
	    rp_speaker_order_get(&r.w.nobody, r.w.tx, r.w.group_id, &o));
	RP_CHECK(o.turns == RP_TURNS_FIRST && o.instrument.n == 0);
	o.turns = RP_TURNS_ONCE;
	o.of[RP_SPEAKS_AS_MEMBER].seconds = 60;
	RP_CHECK_FAILS(rp_speaker_order_set(&r.clerk, r.w.tx, r.w.group_id, &o),
	    RP_E_INVALID);
	o.instrument = RP_TEXT("Rule 12");
	RP_CHECK_OK(rp_speaker_order_set(&r.clerk, r.w.tx, r.w.group_id, &o));
	k = ask(&r, RP_SPEAKS_AS_MEMBER, kenya);
	give(&r, k);
	RP_CHECK(list(&r, &r.reader).speaking.seconds == 60);
	again.party_id = kenya;
	RP_CHECK_FAILS(rp_speaker_ask(&r.clerk, r.w.tx, &r.m, r.report, &again,
			   &id),
	    RP_E_CONFLICT);
	/* A reply is no turn. */
	again.class = RP_SPEAKS_IN_REPLY;
	RP_CHECK_OK(
	    rp_speaker_ask(&r.clerk, r.w.tx, &r.m, r.report, &again, &id));
	/* Any turns: as they asked. */
	o.turns = RP_TURNS_ANY;
	RP_CHECK_OK(rp_speaker_order_set(&r.clerk, r.w.tx, r.w.group_id, &o));
	k = ask(&r, RP_SPEAKS_AS_MEMBER, kenya);
	(void)ask(&r, RP_SPEAKS_AS_MEMBER, peru);
	all = list(&r, &r.reader);
	RP_CHECK(all.waiting.v[0].id == k);
	o.of[0].rank = RP_SPEAKER_RANK_MAX + 1;
	RP_CHECK_FAILS(rp_speaker_order_set(&r.clerk, r.w.tx, r.w.group_id, &o),
	    RP_E_INVALID);
}

static void
delegates_ask_for_their_party(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_speaker s = { .class = RP_SPEAKS_AS_MEMBER,
		.source = RP_TEXT("remote") };
	struct rp_actor ken, per;
	struct rp_speakers all;
	int64_t kenya, peru, id, other;

	room_open(&r);
	kenya = room_party(&r, "kenya");
	peru = room_party(&r, "peru");
	ken = delegate(&r, "Ken", kenya);
	per = delegate(&r, "Per", peru);
	s.party_id = peru; /* which he is not of */
	RP_CHECK_FAILS(rp_speaker_ask(&ken, r.w.tx, &r.m, r.report, &s, &id),
	    RP_E_CONFLICT); /* the list is closed */
	opened(&r, r.report);
	RP_CHECK_OK(rp_speaker_ask(&ken, r.w.tx, &r.m, r.report, &s, &id));
	all = list(&r, &ken);
	RP_CHECK(all.waiting.n == 1 && all.waiting.v[0].party_id == kenya &&
		 all.waiting.v[0].is_own && all.may_ask && !all.may_lead);
	RP_CHECK_TEXT(all.waiting.v[0].source, RP_TEXT("remote"));
	RP_CHECK(!list(&r, &per).waiting.v[0].is_own);
	RP_CHECK_FAILS(rp_speaker_ask(&ken, r.w.tx, &r.m, r.report, &s, &other),
	    RP_E_CONFLICT); /* twice */
	RP_CHECK_FAILS(rp_speaker_withdraw(&per, r.w.tx, &r.m, r.report, id),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_speaker_withdraw(&ken, r.w.tx, &r.m, r.report, id));
	RP_CHECK(list(&r, &ken).waiting.n == 0);
	/* Without a party, or as what one is not. */
	RP_CHECK_FAILS(rp_speaker_ask(&r.reader, r.w.tx, &r.m, r.report, &s,
			   &id),
	    RP_E_DENIED);
	s.class = RP_SPEAKS_AS_SECRETARIAT;
	RP_CHECK_FAILS(rp_speaker_ask(&ken, r.w.tx, &r.m, r.report, &s, &id),
	    RP_E_DENIED);
	/* A point of order is taken when the list is closed. */
	RP_CHECK_OK(rp_speakers_open(&r.clerk, r.w.tx, &r.m, r.report, false));
	s.class = RP_SPEAKS_ON_ORDER;
	RP_CHECK_OK(rp_speaker_ask(&ken, r.w.tx, &r.m, r.report, &s, &id));
}

static void
each_change_is_a_version(void)
{
	RP_AUTO(room_close) struct room r;
	int64_t kenya, before, after, id;

	room_open(&r);
	kenya = room_party(&r, "kenya");
#define GROWS(call)                                                       \
	RP_CHECK_OK(                                                      \
	    rp_speakers_version(&r.w.nobody, r.w.tx, r.report, &before)); \
	call;                                                             \
	RP_CHECK_OK(                                                      \
	    rp_speakers_version(&r.w.nobody, r.w.tx, r.report, &after));  \
	RP_CHECK(after > before)
	GROWS(opened(&r, r.report));
	GROWS(id = ask(&r, RP_SPEAKS_AS_MEMBER, kenya));
	GROWS(give(&r, id));
	GROWS(RP_CHECK_OK(
	    rp_speaker_extend(&r.clerk, r.w.tx, &r.m, r.report, 60)));
	RP_CHECK(list(&r, &r.reader).speaking.seconds == 240);
	GROWS(RP_CHECK_OK(rp_speaker_end(&r.clerk, r.w.tx, &r.m, r.report)));
#undef GROWS
	RP_CHECK(list(&r, &r.clerk).done.n == 1 &&
		 list(&r, &r.clerk).done.v[0].ended_at != 0);
	RP_CHECK(list(&r, &r.reader).done.n == 0);
	RP_CHECK_FAILS(rp_speaker_give(&r.clerk, r.w.tx, &r.m, r.report, id),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_speaker_extend(&r.clerk, r.w.tx, &r.m, r.report, 60),
	    RP_E_CONFLICT);
}

static void
refused(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_speaker s = { .class = RP_SPEAKS_AS_MEMBER,
		.source = RP_TEXT("room") };
	struct rp_speaker_order o = { .instrument = RP_TEXT("x") };
	struct rp_speakers all;
	int64_t id;

	room_open(&r);
	/* What lies in the part for members is not there. */
	RP_CHECK_FAILS(rp_speakers_get(&r.w.nobody, r.w.tx, &r.m, r.closed,
			   RP_TEXT("en"), &all),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_speakers_get(&r.w.nobody, r.w.tx, &r.m, 999,
			   RP_TEXT("en"), &all),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_speakers_get(&r.reader, r.w.tx, &r.m, r.closed,
	    RP_TEXT("en"), &all));
	RP_CHECK_FAILS(rp_speaker_ask(&r.w.nobody, r.w.tx, &r.m, r.closed, &s,
			   &id),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_speaker_ask(&r.w.nobody, r.w.tx, &r.m, r.report, &s,
			   &id),
	    RP_E_UNKNOWN);
	for (int k = 0; k < 2; k++) {
		const struct rp_actor *who = k ? &r.reader : &r.w.nobody;
		enum rp_ecode code = k ? RP_E_DENIED : RP_E_UNKNOWN;
		struct rp_tx *tx = r.w.tx;

#define NO(call) RP_CHECK_FAILS(call, code)
		NO(rp_speakers_open(who, tx, &r.m, r.report, true));
		NO(rp_speaker_give(who, tx, &r.m, r.report, 0));
		NO(rp_speaker_end(who, tx, &r.m, r.report));
		NO(rp_speaker_extend(who, tx, &r.m, r.report, 60));
		NO(rp_speaker_order_set(who, tx, r.w.group_id, &o));
#undef NO
	}
	/* Nobody in particular does not speak. */
	RP_CHECK_FAILS(rp_speaker_ask(&r.clerk, r.w.tx, &r.m, r.report, &s,
			   &id),
	    RP_E_CONFLICT);
}

RP_CHECK_MAIN({ "in the order of the rules", in_the_order_of_the_rules },
    { "turns", turns },
    { "delegates ask for their party", delegates_ask_for_their_party },
    { "each change is a version", each_change_is_a_version },
    { "refused", refused })
