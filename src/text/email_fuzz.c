#include "text/email.h"

#include "base/err.h"
#include "text/names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The key and what is shown are addresses of the same mailbox. */
static void
check_again(struct rp_arena *a, const struct rp_names *names, rp_text in,
    rp_text key)
{
	struct rp_email again = { 0 };

	RP_ASSERT(rp_email_check(a, names, in, &again) == RP_ADDRESS_OK);
	RP_ASSERT(rp_text_eq(again.key, key));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rp_names *names;
	static struct rp_arena *kept;
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_email email;
	struct rp_err *e;
	rp_text in;

	if (kept == NULL) {
		kept = rp_arena_new(64 << 20);
		e = rp_names_open(kept, NULL, &names);
		RP_ASSERT(e == NULL);
	}
	e = rp_text_from(a, (rp_bytes){ data, size }, 65536, &in);
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	if (rp_email_check(a, names, in, &email) != RP_ADDRESS_OK)
		return 0;
	RP_ASSERT(email.local.n <= 4 * RP_EMAIL_LOCAL_MAX);
	RP_ASSERT(email.key.n <= RP_EMAIL_MAX);
	check_again(a, names, email.key, email.key);
	check_again(a, names, rp_email_display(a, &email), email.key);
	RP_ASSERT(rp_email_match(a, &email).n > 0);
	return 0;
}
