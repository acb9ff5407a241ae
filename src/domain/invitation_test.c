#include "domain/invitation.h"

#include <string.h>

#include "base/check.h"
#include "domain/testing/room.h"

static void
issued(void)
{
	const struct rp_invitation in = { .number = RP_TEXT("CL-26/12"),
		.signature = RP_TEXT("Ana Ruiz\nSecretary-General") };
	RP_AUTO(room_close) struct room r;
	struct rp_invitation got;

	room_open(&r);
	RP_CHECK_FAILS(rp_invitation_get(&r.w.nobody, r.w.tx, &r.m, &got),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_invitation_get(&r.reader, r.w.tx, &r.m, &got),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_invitation_get(&r.clerk, r.w.tx, &r.m, &got));
	RP_CHECK(got.issued_at == 0);
	RP_CHECK_FAILS(rp_invitation_issue(&r.reader, r.w.tx, &r.m, &in),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_invitation_issue(&r.clerk, r.w.tx, &r.m, &in));
	RP_CHECK_OK(rp_invitation_get(&r.w.nobody, r.w.tx, &r.m, &got));
	RP_CHECK(got.issued_at == WORLD_NOW && got.revision == 0);
	RP_CHECK_TEXT(got.number, in.number);
	RP_CHECK_TEXT(got.signature, in.signature);
	RP_CHECK_OK(rp_invitation_issue(&r.clerk, r.w.tx, &r.m, &in));
	RP_CHECK_OK(rp_invitation_get(&r.reader, r.w.tx, &r.m, &got));
	RP_CHECK(got.revision == 1);
}

static void
checked(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_invitation in = { .signature = RP_TEXT(" \n") };
	char *big;

	room_open(&r);
	RP_CHECK(rp_invitation_check(&in) == RP_INVITATION_BAD_SIGNATURE);
	RP_CHECK_FAILS(rp_invitation_issue(&r.clerk, r.w.tx, &r.m, &in),
	    RP_E_INVALID);
	big = rp_alloc(r.w.a, RP_INVITATION_SIGNATURE_MAX + 2);
	memset(big, 'x', RP_INVITATION_SIGNATURE_MAX + 1);
	in.signature = (rp_text){ big, RP_INVITATION_SIGNATURE_MAX + 1 };
	RP_CHECK(rp_invitation_check(&in) == RP_INVITATION_BAD_SIGNATURE);
	in.signature.n--;
	RP_CHECK(rp_invitation_check(&in) == RP_INVITATION_FINE);
	in.number = (rp_text){ big, RP_INVITATION_NUMBER_MAX + 1 };
	RP_CHECK(rp_invitation_check(&in) == RP_INVITATION_BAD_NUMBER);
}

RP_CHECK_MAIN({ "issued", issued }, { "checked", checked })
