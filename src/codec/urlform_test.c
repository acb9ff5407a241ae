#include "codec/urlform.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"

static const struct {
	const char *body;
	size_t fields;
	const char *name, *value; /* of the first */
} rows[] = {
	{ "", 0, NULL, NULL },
	{ "&&&", 0, NULL, NULL },
	{ "a=1", 1, "a", "1" },
	{ "a=1&a=2&&b", 3, "a", "1" },
	{ "q=caf%C3%A9+noir", 1, "q", "caf\xc3\xa9 noir" },
	{ "a==x", 1, "a", "=x" },
	{ "=x", 1, "", "x" },
	{ "=", 1, "", "" },
	{ "%61=b", 1, "a", "b" },
	{ "a=100%", 1, "a", "100%" },
	{ "a=%4", 1, "a", "%4" },
	{ "a=%zz%41", 1, "a", "%zzA" },
	{ "a=%%41", 1, "a", "%A" },
};

static bool
is(rp_bytes got, const char *want)
{
	return got.n == strlen(want) &&
	       (got.n == 0 || memcmp(got.p, want, got.n) == 0);
}

static void
parses_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 20);
		rp_bytes in = rp_text_bytes(rp_text_z(rows[i].body));
		struct rp_urlform f = { 0 };

		RP_CHECK_OK(rp_urlform_parse(a, in, &f));
		RP_CHECK(f.n == rows[i].fields);
		if (rows[i].name != NULL) {
			RP_CHECK(is(f.v[0].name, rows[i].name));
			RP_CHECK(is(f.v[0].value, rows[i].value));
			RP_CHECK(is(rp_urlform_value(&f, rows[i].name),
			    rows[i].value));
		}
		RP_CHECK(rp_urlform_find(&f, "absent") == NULL);
	}
}

static void
refuses_too_much(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 26);
	char body[(RP_URLFORM_FIELDS_MAX + 1) * 2];
	struct rp_urlform f = { 0 };
	uint8_t *big = rp_alloc(a, RP_URLFORM_BODY_MAX + 1);

	for (size_t i = 0; i < sizeof(body); i += 2)
		memcpy(body + i, "a&", 2);
	RP_CHECK_FAILS(rp_urlform_parse(a,
			   (rp_bytes){ (uint8_t *)body, sizeof(body) }, &f),
	    RP_E_LIMIT);
	RP_CHECK(f.n == 0);
	RP_CHECK_OK(rp_urlform_parse(a,
	    (rp_bytes){ (uint8_t *)body, sizeof(body) - 2 }, &f));
	RP_CHECK(f.n == RP_URLFORM_FIELDS_MAX);
	RP_CHECK_FAILS(rp_urlform_parse(a,
			   (rp_bytes){ big, RP_URLFORM_BODY_MAX + 1 }, &f),
	    RP_E_LIMIT);
}

static void
reads_what_it_wrote(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_urlform form = { 0 }, back = { 0 };
	uint8_t all[256];
	struct rp_buf b;
	rp_bytes out;

	for (size_t i = 0; i < sizeof(all); i++)
		all[i] = (uint8_t)i;
	for (size_t i = 1; i < sizeof(all); i *= 2) {
		struct rp_urlform_field f = { { all + i, i },
			{ all, 256 - i } };

		rp_vec_push(a, &form, f);
	}
	rp_buf_init(&b, a, 1 << 20);
	rp_urlform_write(&b, &form);
	RP_CHECK_OK(rp_buf_bytes(&b, &out));
	RP_CHECK_OK(rp_urlform_parse(a, out, &back));
	RP_CHECK(back.n == form.n);
	for (size_t i = 0; i < form.n; i++) {
		RP_CHECK(back.v[i].name.n == form.v[i].name.n);
		RP_CHECK(!memcmp(back.v[i].name.p, form.v[i].name.p,
		    form.v[i].name.n));
		RP_CHECK(back.v[i].value.n == form.v[i].value.n);
		RP_CHECK(!memcmp(back.v[i].value.p, form.v[i].value.p,
		    form.v[i].value.n));
	}
}

RP_CHECK_MAIN({ "parses the table", parses_the_table },
    { "refuses too much", refuses_too_much },
    { "reads what it wrote", reads_what_it_wrote })
