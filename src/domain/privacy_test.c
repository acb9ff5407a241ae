#include "domain/privacy.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/listing.h"
#include "domain/person.h"
#include "domain/session.h"
#include "domain/testing/world.h"
#include "domain/wording.h"
#include "store/q_account.h"
#include "text/names.h"

static int listed, unlisted;

/* What would be done to the lists; listing_test.c shows that it is. */
struct rp_err *
rp_listing_put(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id)
{
	(void)who, (void)tx, (void)response_id;
	listed++;
	return NULL;
}

struct rp_err *
rp_listing_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id)
{
	(void)who, (void)tx, (void)response_id;
	unlisted++;
	return NULL;
}

static void
open_with_names(struct world *w)
{
	world_open(w);
	RP_CHECK_OK(rp_names_open(w->a, NULL, &w->env.names));
	listed = unlisted = 0;
}

struct sent {
	int64_t response_id, revision_id;
};

/* A published response of an address, received at `at`. */
static struct sent
send(struct world *w, const char *form, rp_text key, int64_t at)
{
	struct rp_digest d = rp_secret_hash(rp_text_z(form));
	struct q_world_response_row r;
	struct q_world_revision_row v;

	RP_CHECK_OK(q_world_response(w->tx,
	    &(struct q_world_response_param){ .consultation_id =
						  w->consultation_id,
		.form_id = rp_text_z(form),
		.secret_hash = rp_digest_bytes(&d),
		.state = RP_TEXT("received"),
		.received_at = at },
	    &r));
	RP_CHECK_OK(q_world_revision(w->tx,
	    &(struct q_world_revision_param){ .response_id = r.id,
		.received_at = at,
		.name = RP_TEXT("Ana"),
		.email = key,
		.email_key = key,
		.digest = rp_digest_bytes(&d) },
	    &v));
	RP_CHECK_OK(q_world_answer(w->tx,
	    &(struct q_world_answer_param){ .revision_id = v.id,
		.question_id = w->question_id,
		.body = RP_TEXT("My answer") }));
	RP_CHECK_OK(q_world_publish(w->tx,
	    &(struct q_world_publish_param){ .response_id = r.id,
		.revision_id = v.id }));
	RP_CHECK_OK(rp_event_write(&w->system, w->tx,
	    &(struct rp_act){ .action = RP_TEXT("response.publish"),
		.object_kind = RP_TEXT("response"),
		.object_id = r.id,
		.group_id = w->group_id,
		.after = RP_TEXT("by Ana") }));
	return (struct sent){ r.id, v.id };
}

static struct q_world_revision_now_row
now_of(struct world *w, struct sent s)
{
	struct q_world_revision_now_row row;

	RP_CHECK_OK(q_world_revision_now(w->tx,
	    &(struct q_world_revision_now_param){ .id = s.revision_id }, &row));
	return row;
}

#define KEY RP_TEXT("测试@xn--r8jz45g.xn--zckzah")
#define TYPED RP_TEXT("测试@例え.テスト")

static bool
has(const struct rp_personal_data *all, const char *kind, const char *field,
    const char *value)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i].kind, rp_text_z(kind)) &&
		    rp_text_eq(all->v[i].field, rp_text_z(field)) &&
		    rp_text_eq(all->v[i].value, rp_text_z(value)))
			return true;
	return false;
}

static void
notices(void)
{
	RP_AUTO(world_close) struct world w;
	const struct rp_notice_text one[] = {
		{ RP_TEXT("en"), RP_TEXT("We keep little.") },
		{ RP_TEXT("fr"), RP_TEXT("Nous gardons peu.") },
	};
	struct rp_actor checker;
	struct rp_notice n;
	int64_t first, second;

	open_with_names(&w);
	checker = world_staff(&w, "C", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_notice_current(w.tx, w.group_id, RP_TEXT("fr"), &n),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_notice_add(&w.system, w.tx, w.group_id, one, 2, &first));
	RP_CHECK_OK(
	    rp_notice_add(&w.system, w.tx, w.group_id, one, 1, &second));
	RP_CHECK_OK(rp_notice_current(w.tx, w.group_id, RP_TEXT("fr"), &n));
	RP_CHECK(n.id == second && n.version == 2);
	RP_CHECK_TEXT(n.text, RP_TEXT("We keep little."));
	RP_CHECK_TEXT(n.lang, RP_TEXT("en"));
	RP_CHECK_OK(rp_notice_get(w.tx, first, RP_TEXT("fr"), &n));
	RP_CHECK(n.version == 1);
	RP_CHECK_TEXT(n.text, RP_TEXT("Nous gardons peu."));
	RP_CHECK_FAILS(rp_notice_add(&checker, w.tx, w.group_id, one, 2,
			   &first),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_notice_add(&w.system, w.tx, w.group_id, one, 0,
			   &first),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_wording_set(&w.system, w.tx,
			   &(struct rp_wording_at){ RP_TEXT("privacy_notice"),
			       second, RP_TEXT("text"), RP_TEXT("en") },
			   RP_WORDING_ORIGINAL, RP_TEXT("We keep all.")),
	    RP_E_CONFLICT);
}

static void
what_is_known_of_an_address(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_personal_data all;
	struct rp_actor eraser, elsewhere;

	open_with_names(&w);
	(void)send(&w, "one", KEY, WORLD_NOW);
	(void)send(&w, "two", RP_TEXT("bo@example.org"), WORLD_NOW);
	eraser = world_staff(&w, "E", RP_MAY_ERASE, RP_ON_GROUP, w.group_id);
	elsewhere = world_staff(&w, "L", RP_MAY_ERASE, RP_ON_GROUP, 999);
	RP_CHECK_OK(rp_privacy_of_address(&eraser, w.tx, TYPED, &all));
	RP_CHECK(has(&all, "revision", "name", "Ana"));
	RP_CHECK(has(&all, "revision", "receipt", "one"));
	RP_CHECK(has(&all, "revision", "needs", "a loop for hearing aids"));
	RP_CHECK(has(&all, "answer", "body", "My answer"));
	RP_CHECK(!has(&all, "revision", "receipt", "two"));
	RP_CHECK_OK(rp_privacy_of_address(&elsewhere, w.tx, TYPED, &all));
	RP_CHECK(all.n == 0);
	RP_CHECK_FAILS(rp_privacy_of_address(&w.nobody, w.tx, TYPED, &all),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_privacy_of_address(&eraser, w.tx, RP_TEXT("x"), &all),
	    RP_E_INVALID);
}

static void
names_erased(void)
{
	RP_AUTO(world_close) struct world w;
	struct q_world_revision_now_row row;
	struct rp_event_check check;
	struct rp_personal_data all;
	struct rp_actor eraser, checker;
	struct rp_events events;
	struct sent s;
	int64_t n;

	open_with_names(&w);
	s = send(&w, "one", KEY, WORLD_NOW);
	eraser = world_staff(&w, "E", RP_MAY_ERASE, RP_ON_GROUP, w.group_id);
	checker = world_staff(&w, "C", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_privacy_erase_response(&checker, w.tx, s.response_id,
			   RP_ERASE_NAMES),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_privacy_erase_address(&checker, w.tx, TYPED,
			   RP_ERASE_NAMES, &n),
	    RP_E_DENIED);
	RP_CHECK_OK(
	    rp_privacy_erase_address(&eraser, w.tx, TYPED, RP_ERASE_NAMES, &n));
	RP_CHECK(n == 1 && listed == 1 && unlisted == 1);
	row = now_of(&w, s);
	RP_CHECK(row.name.n + row.email.n + row.email_key.n + row.needs.n +
		     row.network.n + row.nonce.n ==
		 0);
	RP_CHECK_TEXT(row.authorisation, RP_TEXT("without_name"));
	RP_CHECK_TEXT(row.answer, RP_TEXT("My answer"));
	RP_CHECK_TEXT(row.state, RP_TEXT("published"));
	RP_CHECK(row.erased_at == WORLD_NOW);
	RP_CHECK_OK(rp_privacy_of_address(&eraser, w.tx, TYPED, &all));
	RP_CHECK(all.n == 0);
	/* The trail is whole, and nothing in it says who it was. */
	RP_CHECK_OK(rp_event_verify(&w.system, w.tx, 0, &check));
	RP_CHECK(check.broken.n == 0 && check.erased == 1);
	RP_CHECK_OK(rp_event_list(&w.system, w.tx,
	    &(struct rp_event_filter){ .object_kind = RP_TEXT("response") },
	    &events));
	RP_CHECK(events.n == 2 && events.v[1].erased);
	RP_CHECK_TEXT(events.v[0].after, RP_TEXT("names"));
}

static void
everything_erased(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_digest d = rp_secret_hash(RP_TEXT("file"));
	struct rp_digest d2 = rp_secret_hash(RP_TEXT("shared"));
	struct q_world_blob_row own, shared;
	struct q_world_blobs_row count;
	struct q_world_revision_now_row row;
	struct sent s, other;

	open_with_names(&w);
	s = send(&w, "one", KEY, WORLD_NOW);
	other = send(&w, "two", RP_TEXT("bo@example.org"), WORLD_NOW);
	RP_CHECK_OK(q_world_blob(w.tx,
	    &(struct q_world_blob_param){ rp_digest_bytes(&d) }, &own));
	RP_CHECK_OK(q_world_blob(w.tx,
	    &(struct q_world_blob_param){ rp_digest_bytes(&d2) }, &shared));
	for (int i = 0; i < 2; i++)
		RP_CHECK_OK(q_world_blob_chunk(w.tx,
		    &(struct q_world_blob_chunk_param){
			.blob_id = i ? own.id : shared.id,
			.data = RP_BYTES("x") }));
	RP_CHECK_OK(q_world_attach(w.tx,
	    &(struct q_world_attach_param){ s.revision_id, 1, own.id }));
	RP_CHECK_OK(q_world_attach(w.tx,
	    &(struct q_world_attach_param){ s.revision_id, 2, shared.id }));
	RP_CHECK_OK(q_world_attach(w.tx,
	    &(struct q_world_attach_param){ other.revision_id, 1, shared.id }));
	RP_CHECK_OK(rp_privacy_erase_response(&w.system, w.tx, s.response_id,
	    RP_ERASE_EVERYTHING));
	RP_CHECK(listed == 0 && unlisted == 1);
	row = now_of(&w, s);
	RP_CHECK(row.answer.n + row.summary.n + row.name.n == 0);
	RP_CHECK_TEXT(row.state, RP_TEXT("withdrawn"));
	RP_CHECK_OK(q_world_blobs(w.tx, &count));
	RP_CHECK(count.blobs == 1 && count.chunks == 1);
	row = now_of(&w, other);
	RP_CHECK_TEXT(row.answer, RP_TEXT("My answer"));
	RP_CHECK_TEXT(row.name, RP_TEXT("Ana"));
	/* Once more does no harm. */
	RP_CHECK_OK(rp_privacy_erase_response(&w.system, w.tx, s.response_id,
	    RP_ERASE_EVERYTHING));
	RP_CHECK(unlisted == 1);
}

static void
a_person(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor admin, ana, checker;
	struct rp_personal_data all;
	struct rp_person p;

	open_with_names(&w);
	admin = world_staff(&w, "Ad", RP_MAY_ADMINISTER, RP_ON_SYSTEM, 0);
	ana = world_staff(&w, "Ana", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	checker = world_staff(&w, "C", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_OK(rp_person_address_add(&ana, w.tx, ana.person_id, TYPED));
	RP_CHECK_FAILS(rp_privacy_of_person(&checker, w.tx, ana.person_id,
			   &all),
	    RP_E_DENIED);
	ana.session_id = 1;
	RP_CHECK_OK(rp_privacy_of_person(&ana, w.tx, ana.person_id, &all));
	RP_CHECK(has(&all, "person", "name", "Ana"));
	RP_CHECK(has(&all, "address", "entered", "测试@例え.テスト"));
	RP_CHECK(has(&all, "right", "capability", "check"));
	RP_CHECK(has(&all, "act", "action", "person.address_add"));
	RP_CHECK_FAILS(rp_privacy_erase_person(&checker, w.tx, ana.person_id),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_privacy_erase_person(&admin, w.tx, ana.person_id));
	RP_CHECK_OK(rp_person_get(&admin, w.tx, ana.person_id, &p));
	RP_CHECK(p.name.n == 0 && p.addresses.n == 0);
	RP_CHECK_TEXT(p.state, RP_TEXT("closed"));
	ana = world_again(&w, &ana);
	RP_CHECK(ana.grants.n == 0);
}

static void
retention(void)
{
	RP_AUTO(world_close) struct world w;
	struct q_world_revision_now_row row;
	struct sent old, fresh;
	struct rp_actor later;
	bool more = true;

	open_with_names(&w);
	old = send(&w, "old", KEY, WORLD_NOW - 100 * RP_DAY);
	fresh = send(&w, "fresh", KEY, WORLD_NOW);
	RP_CHECK_FAILS(rp_privacy_retain(&w.nobody, w.tx, &more), RP_E_DENIED);
	RP_CHECK_OK(rp_privacy_retain(&w.system, w.tx, &more));
	RP_CHECK(!more);
	row = now_of(&w, old);
	RP_CHECK(row.network.n == 0 && row.email.n > 0);
	RP_CHECK(now_of(&w, fresh).network.n > 0);
	RP_CHECK_FAILS(rp_privacy_set_rule(&w.nobody, w.tx, w.group_id, 90),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_privacy_set_rule(&w.system, w.tx, w.group_id, -1),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_privacy_set_rule(&w.system, w.tx, w.group_id, 90));
	RP_CHECK_OK(rp_privacy_retain(&w.system, w.tx, &more));
	row = now_of(&w, old);
	RP_CHECK(
	    row.email.n + row.email_key.n + row.needs.n + row.nonce.n == 0);
	RP_CHECK_TEXT(row.name, RP_TEXT("Ana"));
	RP_CHECK(now_of(&w, fresh).email.n > 0);
	later = rp_actor_system(&w.env, WORLD_NOW + 91 * RP_DAY);
	RP_CHECK_OK(rp_privacy_retain(&later, w.tx, &more));
	row = now_of(&w, fresh);
	RP_CHECK(row.email.n + row.network.n == 0);
}

RP_CHECK_MAIN({ "notices", notices },
    { "what is known of an address", what_is_known_of_an_address },
    { "names erased", names_erased },
    { "everything erased", everything_erased }, { "a person", a_person },
    { "retention", retention })
