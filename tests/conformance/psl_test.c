/* The public suffix list's own cases, on the list that is shipped. */
#include "base/check.h"
#include "conformance/reader.h"
#include "text/domain_name.h"
#include "text/names.h"
#include "text/suffix.h"

/* The n-th argument: 'x' in quotes, or null as an empty text. */
static rp_text
argument(rp_text line, size_t n)
{
	size_t from = rp_text_find(line, '(', 0) + 1;
	size_t to = rp_text_find(line, ')', from);
	rp_text t = rp_reader_field(rp_text_sub(line, from, to), ',', n);

	if (t.n < 2 || t.p[0] != '\'')
		return RP_TEXT("");
	return rp_text_sub(t, 1, t.n - 1);
}

static rp_text
a_form(struct rp_arena *a, const struct rp_names *names, rp_text t)
{
	struct rp_domain_name name;

	if (rp_domain_name_check(a, names, t, RP_DOMAIN_NAME_SINGLE, &name) !=
	    RP_ADDRESS_OK)
		return RP_TEXT("");
	return name.a;
}

static void
organisations(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_text rest = rp_reader_file(a, "psl/test_psl.txt"), line;
	const struct rp_names *names = NULL;
	int n = 0;

	RP_CHECK_OK(rp_names_open(a,
	    RP_DATA_SOURCE "/psl/public_suffix_list.dat", &names));
	while (rp_reader_line(&rest, &line)) {
		rp_text got, want;

		if (!rp_text_starts(line, RP_TEXT("checkPublicSuffix")))
			continue;
		got = rp_suffix_find_organisation(names,
		    a_form(a, names, argument(line, 0)));
		want = a_form(a, names, argument(line, 1));
		if (!rp_text_eq(got, want))
			printf("# %.*s\n", RP_FMT(line));
		RP_CHECK_TEXT(got, want);
		n++;
	}
	printf("# %d cases\n", n);
	RP_CHECK(n > 70);
}

RP_CHECK_MAIN({ "organisational domains", organisations })
