#include "codec/smtp.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever a server says: it ends, and nothing but our own lines are sent. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	const rp_bytes *in = ctx;
	const struct rp_smtp_message m = { .client = RP_TEXT("x.example"),
		.from = RP_TEXT("a@x.example"),
		.to = RP_TEXT("b@y.example"),
		.octets = RP_BYTES("Subject: s\n\n.\nt\n") };
	struct rp_smtp *s;
	size_t sent = 0;
	rp_text said;

	RP_TRY(rp_smtp_new(a, &m, &s));
	for (size_t i = 0; i < in->n; i++) {
		rp_smtp_feed(s, (rp_bytes){ in->p + i, 1 });
		sent += rp_smtp_next(s).n > 0;
	}
	RP_ASSERT(sent <= 6);
	rp_smtp_end(s, RP_TEXT("end"));
	RP_ASSERT(rp_smtp_outcome(s) != RP_SMTP_GOES_ON);
	said = rp_smtp_said(s);
	RP_ASSERT(rp_text_find(said, '\n', 0) >= said.n);
	RP_ASSERT(rp_text_from(a, rp_text_bytes(said), RP_SMTP_SAID_MAX,
		      &said) == NULL);
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	rp_bytes in = { data, size };

	rp_err_free(rp_job_run((size_t)64 << 20, run, &in));
	return 0;
}
