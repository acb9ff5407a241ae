#include "domain/testing/round.h"

#include "base/check.h"
#include "domain/instrument.h"
#include "domain/registry.h"
#include "domain/upload.h"
#include "domain/wording.h"

static const char *const slugs[] = { "kenya", "peru", "nepal" };
static const char *const names[] = { "Kenya", "Peru", "Nepal" };

static void
add_party(struct round *r, size_t i)
{
	struct world *w = &r->w;
	struct rp_party p = { .body_id = w->body_id,
		.slug = rp_text_z(slugs[i]) };
	struct rp_membership m = { .class = RP_TEXT("member_state") };
	struct q_world_person_row person;

	RP_CHECK_OK(rp_party_add(&w->system, w->tx, &p, &r->parties[i]));
	RP_CHECK_OK(rp_wording_set(&w->system, w->tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("party"),
		.owner_id = r->parties[i],
		.field = RP_TEXT("name"),
		.lang = RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, rp_text_z(names[i])));
	m.party_id = r->parties[i];
	RP_CHECK_OK(rp_membership_set(&w->system, w->tx, w->group_id, &m));
	RP_CHECK_OK(q_world_person(w->tx,
	    &(struct q_world_person_param){ .name = rp_text_z(names[i]),
		.party_id = r->parties[i],
		.now = WORLD_NOW },
	    &person));
	RP_CHECK_OK(q_world_right(w->tx,
	    &(struct q_world_right_param){ .person_id = person.id,
		.capability = rp_capability_name(RP_MAY_AMEND),
		.object_kind = rp_object_kind_name(RP_ON_GROUP),
		.object_id = w->group_id }));
	RP_CHECK_OK(q_world_right(w->tx,
	    &(struct q_world_right_param){ .person_id = person.id,
		.capability = rp_capability_name(RP_MAY_CONTRIBUTE),
		.object_kind = rp_object_kind_name(RP_ON_GROUP),
		.object_id = w->group_id }));
	r->delegates[i] = rp_actor_public(&w->env, WORLD_NOW);
	RP_CHECK_OK(rp_actor_load(w->tx, person.id, &r->delegates[i]));
}

static int64_t
upload(struct round *r, const char *octets)
{
	int64_t id;

	RP_CHECK_OK(
	    rp_upload_begin(&r->staff, r->w.tx, RP_TEXT("a.docx"), &id));
	RP_CHECK_OK(rp_upload_chunk(&r->staff, r->w.tx, id, 0,
	    rp_text_bytes(rp_text_z(octets))));
	return id;
}

static void
add_version(struct round *r)
{
	struct rp_version_in v = { .name = RP_TEXT("Rev. Dubai, 2018"),
		.state = RP_TEXT("in_force"),
		.lang = RP_TEXT("en"),
		.dated = RP_TEXT("2018-11-16"),
		.upload_id = upload(r, "base"),
		.file_name = RP_TEXT("r.docx"),
		.file_kind = RP_TEXT("docx") };
	struct rp_registry_result text = { .text = RP_BYTES("<akn/>") };
	struct rp_registry_work work;
	int64_t number;
	bool found;

	RP_CHECK_OK(
	    rp_version_add(&r->staff, r->w.tx, r->instrument_id, &v, &number));
	RP_CHECK_OK(rp_registry_claim(&r->w.system, r->w.tx, &found, &work));
	RP_CHECK_OK(rp_registry_done(&r->w.system, r->w.tx, &work, &text));
}

void
round_open(struct round *r)
{
	world_open(&r->w);
	r->staff = world_staff(&r->w, "Desk", RP_MAY_REGISTER, RP_ON_GROUP,
	    r->w.group_id);
	for (size_t i = 0; i < ROUND_PARTIES; i++)
		add_party(r, i);
	RP_CHECK_OK(rp_instrument_create(&r->staff, r->w.tx, r->w.group_id,
	    RP_TEXT("resolution"), RP_TEXT("102"), &r->instrument_id));
	add_version(r);
	RP_CHECK_OK(rp_amending_open(&r->staff, r->w.tx, r->instrument_id, 1,
	    WORLD_NOW + RP_DAY, false));
	r->a = round_of(r, &r->staff);
}

void
round_close(struct round *r)
{
	world_close(&r->w);
}

struct rp_amending
round_of(struct round *r, const struct rp_actor *who)
{
	struct rp_amending a = { 0 };

	RP_CHECK_OK(rp_amending_get(who, r->w.tx, r->instrument_id, 1, &a));
	return a;
}

struct rp_amendment_in
round_file(struct round *r, size_t party, const char *octets)
{
	return (struct rp_amendment_in){ .party_id = r->parties[party],
		.upload_id = upload(r, octets),
		.size = 4,
		.file_name = RP_TEXT("a.docx"),
		.file_kind = RP_TEXT("docx"),
		.reasons = RP_TEXT("It is better so.") };
}

int64_t
round_submit(struct round *r, size_t party, const char *octets)
{
	struct rp_amendment_in in = round_file(r, party, octets);
	int64_t number = 0;

	RP_CHECK_OK(rp_amendment_submit(&r->delegates[party], r->w.tx, &r->a,
	    &in, &number));
	return number;
}

int
round_work(struct round *r)
{
	struct rp_consolidation_result made = { .reason = RP_TEXT(""),
		.text = RP_BYTES("<akn/>"),
		.script = RP_BYTES("{}"),
		.tracked = RP_BYTES("PK") };
	struct rp_consolidation_work work;
	int n = 0;
	bool found = true;

	while (found) {
		RP_CHECK_OK(rp_consolidation_claim(&r->w.system, r->w.tx,
		    &found, &work));
		if (!found || work.kind == RP_CONSOLIDATION_NOTHING)
			continue;
		n += work.kind == RP_CONSOLIDATION_ALL;
		RP_CHECK_OK(
		    rp_consolidation_done(&r->w.system, r->w.tx, &work, &made));
	}
	return n;
}
