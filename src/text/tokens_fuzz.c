#include "text/tokens.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What both engines must see alike: a-z, 0-9, no other ASCII, single spaces. */
static void
check_tokens(rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (c == ' ')
			RP_ASSERT(i > 0 && i + 1 < t.n && t.p[i - 1] != ' ');
		else
			RP_ASSERT((uint8_t)c >= 0x80 ||
				  (c >= 'a' && c <= 'z') ||
				  (c >= '0' && c <= '9'));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	struct rp_tokenizer *k = rp_tokenizer_new();
	struct rp_err *e;
	struct rp_query q;
	rp_text t;

	e = rp_text_from(a, (rp_bytes){ data, size }, size, &t);
	if (e == NULL) {
		check_tokens(rp_tokens_index(k, a, t, RP_TEXT("fr")));
		check_tokens(rp_tokens_index(k, a, t, RP_TEXT("ru")));
		q = rp_tokens_query(k, a, t, RP_LANG_ES);
		RP_ASSERT(q.groups.n <= RP_QUERY_GROUPS_MAX);
		for (size_t i = 0; i < q.groups.n; i++) {
			RP_ASSERT(q.groups.v[i].any.n > 0);
			for (size_t n = 0; n < q.groups.v[i].any.n; n++)
				check_tokens(q.groups.v[i].any.v[n]);
		}
		RP_ASSERT((rp_query_fts5(a, &q).n == 0) == (q.groups.n == 0));
	}
	rp_err_free(e);
	rp_tokenizer_free(k);
	rp_arena_free(a);
	return 0;
}
