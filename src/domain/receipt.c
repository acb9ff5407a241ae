#include "domain/receipt.h"

#include "base/buf.h"
#include "base/err.h"
#include "text/input.h"

static void
record(struct rp_buf *b, const char *name, rp_text value)
{
	rp_buf_f(b, "%s:%zu:", name, value.n);
	rp_buf_text(b, value);
	rp_buf_byte(b, '\n');
}

/* In the order of the questions, whatever order they came in; what is blank is
 * no answer and is not stored either. */
static void
answers(struct rp_buf *b, const struct rp_submission *s)
{
	char name[32];

	for (int64_t position = 1; position <= RP_QUESTIONS_MAX; position++)
		for (size_t i = 0; i < s->answers.n; i++) {
			const struct rp_answer_in *in = &s->answers.v[i];

			if (in->position != position || rp_text_blank(in->body))
				continue;
			snprintf(name, sizeof(name), "answer-%lld",
			    (long long)position);
			record(b, name, in->body);
		}
}

static void
files(struct rp_arena *a, struct rp_buf *b, const struct rp_receipt_files *list)
{
	char name[32];

	for (size_t i = 0; i < list->n; i++) {
		rp_text hex = rp_hex(a, list->v[i].digest);

		snprintf(name, sizeof(name), "file-%zu", i + 1);
		record(b, name,
		    rp_textf(a, "%s %.*s", hex.p, RP_FMT(list->v[i].name)));
	}
}

struct rp_err *
rp_receipt_canonical(struct rp_arena *a, const struct rp_submission *s,
    rp_text email, const struct rp_receipt_files *list, rp_bytes *out)
{
	struct rp_buf b;

	rp_buf_init(&b, a, RP_CANONICAL_MAX);
	rp_buf_text(&b, RP_TEXT("rapporteur-response-1\n"));
	record(&b, "capacity", s->capacity);
	record(&b, "name", s->name);
	record(&b, "organisation", s->organisation);
	record(&b, "job_title", s->job_title);
	record(&b, "signatories", s->signatories);
	record(&b, "category", s->category);
	record(&b, "country", s->country);
	record(&b, "email", email);
	record(&b, "lang", s->lang);
	record(&b, "summary", s->summary);
	record(&b, "authorisation", s->authorisation);
	record(&b, "notice", rp_textf(a, "%lld", (long long)s->notice_id));
	record(&b, "wishes_to_present", s->present);
	record(&b, "needs", s->needs);
	answers(&b, s);
	files(a, &b, list);
	return rp_buf_bytes(&b, out);
}

struct rp_err *
rp_receipt_digest(struct rp_arena *a, const struct rp_submission *s,
    rp_text email, const struct rp_receipt_files *list, rp_bytes nonce,
    struct rp_digest *out)
{
	struct rp_sha256 *h = rp_sha256_new(a);
	rp_bytes form;

	RP_TRY(rp_receipt_canonical(a, s, email, list, &form));
	rp_sha256_add(h, nonce);
	rp_sha256_add(h, form);
	*out = rp_sha256_done(h);
	return NULL;
}

rp_text
rp_receipt_code(struct rp_arena *a, const struct rp_env *env)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint8_t r[12];
	char c[12];

	env->rand(r, sizeof(r));
	for (size_t i = 0; i < 12; i++)
		c[i] = digits[r[i] & 31];
	return rp_textf(a, "RP-%.4s-%.4s-%.4s", c, c + 4, c + 8);
}
