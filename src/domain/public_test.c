#include "domain/public.h"

#include "base/check.h"
#include "domain/testing/floor.h"

static int64_t
version(struct floor *f)
{
	int64_t v = -1;

	RP_CHECK_OK(rp_public_version(&f->w.nobody, f->w.tx, &v));
	return v;
}

static void
the_version_grows_with_what_the_public_sees(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_submission s;
	struct rp_receipt r;
	int64_t before;

	floor_open(&f);
	before = version(&f);
	floor_fill(&f, &s, "Red", "One.");
	r = floor_send(&f, &s);
	RP_CHECK(version(&f) == before);
	floor_publish(&f, &r);
	RP_CHECK(version(&f) > before);
	before = version(&f);
	RP_CHECK_OK(rp_response_withdraw(&f.w.nobody, f.w.tx, r.secret));
	RP_CHECK(version(&f) > before);
	before = version(&f);
	RP_CHECK_OK(rp_public_touch(&f.w.system, f.w.tx));
	RP_CHECK(version(&f) == before + 1);
}

static void
a_change_that_is_undone_leaves_the_version(void)
{
	RP_AUTO(floor_close) struct floor f;
	int64_t before;

	floor_open(&f);
	before = version(&f);
	RP_CHECK_OK(rp_tx_save(f.w.tx, f.w.a));
	RP_CHECK_OK(rp_public_touch(&f.w.system, f.w.tx));
	RP_CHECK(version(&f) == before + 1);
	RP_CHECK_OK(rp_tx_undo(f.w.tx));
	RP_CHECK(version(&f) == before);
}

RP_CHECK_MAIN({ "the version grows with what the public sees",
		  the_version_grows_with_what_the_public_sees },
    { "a change that is undone leaves the version",
	a_change_that_is_undone_leaves_the_version })
