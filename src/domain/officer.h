/*
 * officer - who chairs a group and who stands beside: Chair, Vice-Chairs per
 * region, Acting Chair, secretary.
 *
 * Rights may be tied to an office (right.h), so nobody appoints to an office
 * whose rights he does not have. Terms are not deleted, only ended. The list is
 * public; appointing and ending need RP_MAY_MEMBERS on the group.
 */
#ifndef RP_DOMAIN_OFFICER_H
#define RP_DOMAIN_OFFICER_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

/* chair, vice_chair, acting_chair, secretary. */
#define RP_OFFICE_COUNT 4
extern const rp_text rp_offices[RP_OFFICE_COUNT];
bool rp_office_ok(rp_text office);

struct rp_officer {
	int64_t id, person_id;
	rp_text office;
	rp_text region; /* of a Vice-Chair; may be empty */
	int64_t from_at;
	int64_t until_at;                    /* 0: until ended */
	rp_text name, name_lang, name_latin; /* read only */
	rp_text country;                     /* of the party; read only */
};

struct rp_officers RP_VEC(struct rp_officer);

/* RP_E_INVALID, RP_E_NOTFOUND, the refusals. */
struct rp_err *rp_officer_appoint(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_officer *officer,
    int64_t *out_id) RP_MUST_USE;

/* Now. RP_E_GONE if the term was over. */
struct rp_err *rp_officer_end(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id) RP_MUST_USE;

/* In office at `at`: Chair, Acting Chair, Vice-Chairs by region, secretaries.
 */
struct rp_err *rp_officer_list(struct rp_tx *tx, int64_t group_id, int64_t at,
    struct rp_officers *out) RP_MUST_USE;

#endif
