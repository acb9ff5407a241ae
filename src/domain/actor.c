#include "domain/actor.h"

#include "base/err.h"
#include "store/db.h"
#include "store/q_access_right.h"

static const rp_text capability_names[RP_CAPABILITY_COUNT] = {
	[RP_MAY_NOTHING] = RP_TEXT_INIT(""),
	[RP_MAY_READ] = RP_TEXT_INIT("read"),
	[RP_MAY_AMEND] = RP_TEXT_INIT("amend"),
	[RP_MAY_PROPOSE] = RP_TEXT_INIT("propose"),
	[RP_MAY_CONTRIBUTE] = RP_TEXT_INIT("contribute"),
	[RP_MAY_ANSWER] = RP_TEXT_INIT("answer"),
	[RP_MAY_CHECK] = RP_TEXT_INIT("check"),
	[RP_MAY_REDACT] = RP_TEXT_INIT("redact"),
	[RP_MAY_TRANSLATE] = RP_TEXT_INIT("translate"),
	[RP_MAY_ENTER] = RP_TEXT_INIT("enter"),
	[RP_MAY_LAUNCH] = RP_TEXT_INIT("launch"),
	[RP_MAY_CONTACT] = RP_TEXT_INIT("contact"),
	[RP_MAY_EXPORT] = RP_TEXT_INIT("export"),
	[RP_MAY_MEMBERS] = RP_TEXT_INIT("members"),
	[RP_MAY_GRANT] = RP_TEXT_INIT("grant"),
	[RP_MAY_ERASE] = RP_TEXT_INIT("erase"),
	[RP_MAY_AUDIT] = RP_TEXT_INIT("audit"),
	[RP_MAY_REGISTER] = RP_TEXT_INIT("register"),
	[RP_MAY_THEME] = RP_TEXT_INIT("theme"),
	[RP_MAY_MEET] = RP_TEXT_INIT("meet"),
	[RP_MAY_STEER] = RP_TEXT_INIT("steer"),
	[RP_MAY_ADMINISTER] = RP_TEXT_INIT("administer"),
};

static const rp_text kind_names[RP_OBJECT_KIND_COUNT] = {
	[RP_ON_SYSTEM] = RP_TEXT_INIT("system"),
	[RP_ON_BODY] = RP_TEXT_INIT("body"),
	[RP_ON_GROUP] = RP_TEXT_INIT("group"),
	[RP_ON_CONSULTATION] = RP_TEXT_INIT("consultation"),
};

struct rp_actor
rp_actor_public(const struct rp_env *env, int64_t now)
{
	return (struct rp_actor){ .env = env, .now = now };
}

struct rp_actor
rp_actor_system(const struct rp_env *env, int64_t now)
{
	return (struct rp_actor){ .env = env, .now = now, .system = true };
}

void
rp_actor_grant(struct rp_arena *a, rp_text capability, rp_text object_kind,
    int64_t object_id, struct rp_actor *who)
{
	struct rp_grant g = { .capability = rp_capability_from(capability),
		.object_id = object_id };

	if (g.capability != RP_MAY_NOTHING &&
	    rp_object_kind_from(object_kind, &g.kind))
		rp_vec_push(a, &who->grants, g);
	if (rp_text_eq(object_kind, RP_TEXT("item")))
		rp_vec_push(a, &who->guest_of, object_id);
}

struct rp_err *
rp_actor_load(struct rp_tx *tx, int64_t person_id, struct rp_actor *who)
{
	struct q_access_right_of_person_rows rows;

	RP_TRY(q_access_right_of_person(tx,
	    &(struct q_access_right_of_person_param){ .person_id = person_id,
		.now = who->now },
	    &rows));
	who->person_id = person_id;
	who->grants = (struct rp_grants){ 0 };
	who->guest_of = (struct rp_guest_items){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_actor_grant(rp_tx_arena(tx), rows.v[i].capability,
		    rows.v[i].object_kind, rows.v[i].object_id, who);
	return NULL;
}

static bool
covers(const struct rp_grant *g, struct rp_place where)
{
	switch (g->kind) {
	case RP_ON_SYSTEM:
		return true;
	case RP_ON_BODY:
		return where.body_id != 0 && g->object_id == where.body_id;
	case RP_ON_GROUP:
		return where.group_id != 0 && g->object_id == where.group_id;
	case RP_ON_CONSULTATION:
		return where.consultation_id != 0 &&
		       g->object_id == where.consultation_id;
	case RP_OBJECT_KIND_COUNT:
		break;
	}
	return false;
}

bool
rp_actor_may(const struct rp_actor *who, enum rp_capability what,
    struct rp_place where)
{
	if (who->system || what == RP_MAY_ANSWER)
		return true;
	for (size_t i = 0; i < who->grants.n; i++) {
		const struct rp_grant *g = &who->grants.v[i];

		if ((g->capability == what ||
			g->capability == RP_MAY_ADMINISTER) &&
		    covers(g, where))
			return true;
	}
	return false;
}

struct rp_err *
rp_actor_needs(const struct rp_actor *who, enum rp_capability what,
    struct rp_place where)
{
	if (rp_actor_may(who, what, where))
		return NULL;
	if (who->person_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	return rp_fail(RP_E_DENIED, "person %lld may not %s",
	    (long long)who->person_id, capability_names[what].p);
}

bool
rp_actor_is_staff(const struct rp_actor *who)
{
	for (size_t i = 0; i < who->grants.n; i++)
		if (who->grants.v[i].capability > RP_MAY_ANSWER)
			return true;
	return who->system;
}

bool
rp_actor_is_guest(const struct rp_actor *who, int64_t item_id)
{
	for (size_t i = 0; i < who->guest_of.n; i++)
		if (who->guest_of.v[i] == item_id)
			return true;
	return false;
}

rp_text
rp_capability_name(enum rp_capability what)
{
	RP_ASSERT(what < RP_CAPABILITY_COUNT);
	return capability_names[what];
}

enum rp_capability
rp_capability_from(rp_text name)
{
	for (size_t i = 1; i < RP_CAPABILITY_COUNT; i++)
		if (rp_text_eq(name, capability_names[i]))
			return (enum rp_capability)i;
	return RP_MAY_NOTHING;
}

rp_text
rp_object_kind_name(enum rp_object_kind kind)
{
	RP_ASSERT(kind < RP_OBJECT_KIND_COUNT);
	return kind_names[kind];
}

bool
rp_object_kind_from(rp_text name, enum rp_object_kind *out)
{
	for (size_t i = 0; i < RP_OBJECT_KIND_COUNT; i++) {
		if (!rp_text_eq(name, kind_names[i]))
			continue;
		*out = (enum rp_object_kind)i;
		return true;
	}
	return false;
}
