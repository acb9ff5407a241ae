#include "base/err.h"

#include <errno.h>

#include "base/check.h"

static struct rp_err *
tries(struct rp_err *e)
{
	RP_TRY(e);
	return NULL;
}

static void
context_goes_in_front(void)
{
	struct rp_err *e = rp_fail(RP_E_CONFLICT, "row %d", 7);

	e = rp_err_wrap(tries(e), "saving %s", "it");
	RP_CHECK(rp_err_code(e) == RP_E_CONFLICT);
	RP_CHECK(strcmp(rp_err_message(e), "saving it: row 7") == 0);
	rp_err_free(e);
	RP_CHECK(tries(NULL) == NULL);
	rp_err_free(NULL);
}

static void
errno_has_a_reason(void)
{
	struct rp_err *e;

	errno = ENOENT;
	e = rp_fail_errno(RP_E_INTERNAL, "open %s", "x");
	RP_CHECK(strcmp(rp_err_message(e),
		     "open x: No such file or directory") == 0);
	rp_err_free(e);
}

RP_CHECK_MAIN({ "context goes in front", context_goes_in_front },
    { "errno has a reason", errno_has_a_reason })
