#include "domain/testing/meeting_stage.h"

#include "base/check.h"
#include "domain/party.h"

struct rp_meeting
meeting_stage_add(struct meeting_stage *s, int64_t ordinal, const char *opens,
    const char *closes)
{
	struct rp_meeting m = { .group_id = s->w.group_id,
		.series = RP_TEXT("WG-Water"),
		.ordinal = ordinal,
		.zone = RP_TEXT("UTC"),
		.opens_local = rp_text_z(opens),
		.closes_local = rp_text_z(closes),
		.place = RP_TEXT("Geneva"),
		.mode = RP_TEXT("hybrid") };
	int64_t id;

	RP_CHECK_OK(rp_meeting_create(&s->who, s->w.tx, &m, &id));
	RP_CHECK_OK(rp_meeting_get_by_id(&s->who, s->w.tx, id, &m));
	return m;
}

int64_t
meeting_stage_item(struct meeting_stage *s, const struct rp_meeting *m,
    int64_t position, const char *kind)
{
	struct q_world_item_row row;

	RP_CHECK_OK(q_world_item(s->w.tx,
	    &(struct q_world_item_param){ .meeting_id = m->id,
		.position = position,
		.kind = rp_text_z(kind) },
	    &row));
	return row.id;
}

void
meeting_stage_open(struct meeting_stage *s)
{
	static const char *const slugs[] = { "laputa", "utopia", "zembla" };
	struct rp_actor members;

	world_open(&s->w);
	s->who =
	    world_staff(&s->w, "S", RP_MAY_MEET, RP_ON_GROUP, s->w.group_id);
	s->member =
	    world_staff(&s->w, "M", RP_MAY_READ, RP_ON_GROUP, s->w.group_id);
	s->other_member =
	    world_staff(&s->w, "N", RP_MAY_READ, RP_ON_GROUP, s->w.group_id);
	s->reader =
	    world_staff(&s->w, "R", RP_MAY_READ, RP_ON_GROUP, s->w.group_id);
	s->stranger =
	    world_staff(&s->w, "O", RP_MAY_NOTHING, RP_ON_GROUP, s->w.group_id);
	members =
	    world_staff(&s->w, "P", RP_MAY_MEMBERS, RP_ON_BODY, s->w.body_id);
	for (size_t i = 0; i < 3; i++) {
		struct rp_party p = { .body_id = s->w.body_id,
			.slug = rp_text_z(slugs[i]) };

		RP_CHECK_OK(
		    rp_party_add(&members, s->w.tx, &p, &s->parties[i]));
		RP_CHECK_OK(q_world_member(s->w.tx,
		    &(struct q_world_member_param){ .group_id = s->w.group_id,
			.party_id = s->parties[i] }));
	}
	RP_CHECK_OK(q_world_join(s->w.tx,
	    &(struct q_world_join_param){ .id = s->member.person_id,
		.party_id = s->parties[0] }));
	RP_CHECK_OK(q_world_join(s->w.tx,
	    &(struct q_world_join_param){ .id = s->other_member.person_id,
		.party_id = s->parties[1] }));
	s->m = meeting_stage_add(s, 20, "2026-11-10T09:30", "2026-11-11T17:30");
}
